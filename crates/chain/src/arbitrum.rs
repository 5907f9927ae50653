//! How much of a transaction's work on an Arbitrum network is for publishing it on Ethereum. It is part of what
//! `eth_estimateGas` says, so it changes no limit; it says why a plain payment takes more than elsewhere.

use candor_primitives::{Address, Bytes, U256, address};

/// Answers calls on every Arbitrum network without being a contract (Arbitrum documentation, "NodeInterface").
pub const NODE_INTERFACE: Address = address!("0x00000000000000000000000000000000000000C8");

/// Call data of `gasEstimateComponents(address,bool,bytes)`; without a receiver, of a contract's creation.
#[must_use]
pub fn gas_components(to: Option<Address>, input: &[u8]) -> Bytes {
    let mut data = vec![0xc9, 0x4e, 0x6e, 0xeb];
    data.extend(to.unwrap_or_default().into_word());
    data.extend(U256::from(to.is_none()).to_be_bytes::<32>());
    data.extend(U256::from(96).to_be_bytes::<32>());
    data.extend(U256::from(input.len()).to_be_bytes::<32>());
    data.extend(input);
    data.resize(4 + (data.len() - 4).next_multiple_of(32), 0);
    data.into()
}

/// The answer's second word: the gas that stands for publishing.
#[must_use]
pub fn decode_publishing_gas(result: &[u8]) -> Option<u64> {
    u64::try_from(U256::from_be_slice(result.get(32..64)?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use candor_primitives::keccak256;

    #[test]
    fn the_call() {
        let check = |to: Option<Address>, input: &[u8], words: usize| {
            let call = gas_components(to, input);
            assert_eq!(call[..4], keccak256("gasEstimateComponents(address,bool,bytes)")[..4]);
            assert_eq!(call.len(), 4 + 32 * words);
            assert_eq!(call[67], u8::from(to.is_none()));
            assert_eq!(&call[132..132 + input.len()], input);
        };
        check(Some(NODE_INTERFACE), &[], 4);
        check(None, &[1, 2], 5);
        check(Some(NODE_INTERFACE), &[7; 33], 6);
    }

    #[test]
    fn the_answer() {
        let words =
            [21_500_u64, 500, 10_000_000, 30].map(|word| U256::from(word).to_be_bytes::<32>()).concat();
        let check = |result: &[u8], expected| assert_eq!(decode_publishing_gas(result), expected);
        check(&words, Some(500));
        check(&words[..40], None);
        check(&[0xff; 128], None);
        check(&[], None);
    }
}
