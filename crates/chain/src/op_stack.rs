//! The publishing fee of OP Stack networks, which comes on top of gas times price and is not bounded by what is
//! signed: it must be asked for, and left over when someone sends everything they have.

use candor_primitives::{Address, Bytes, U256, address};

use crate::erc20::decode_uint;

/// The predeployed contract that knows the fee (OP Stack specification, "Predeploys: GasPriceOracle").
pub const GAS_PRICE_ORACLE: Address = address!("0x420000000000000000000000000000000000000F");

/// Call data of `getL1Fee(bytes)` for a transaction in its unsigned encoding; the contract adds the signature's
/// share itself.
#[must_use]
pub fn publishing_fee(unsigned_transaction: &[u8]) -> Bytes {
    let mut data = vec![0x49, 0x94, 0x8e, 0x0e];
    data.extend(U256::from(32).to_be_bytes::<32>());
    data.extend(U256::from(unsigned_transaction.len()).to_be_bytes::<32>());
    data.extend(unsigned_transaction);
    data.resize(4 + (data.len() - 4).next_multiple_of(32), 0);
    data.into()
}

/// The answer in wei, with a quarter added, since the fee follows Ethereum's and may rise before the transaction
/// is included.
#[must_use]
pub fn decode_publishing_fee(result: &[u8]) -> Option<U256> {
    let fee = decode_uint(result)?;
    Some(fee.saturating_add(fee / U256::from(4)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::encode_data;
    use candor_primitives::keccak256;

    #[test]
    fn the_call() {
        let check = |transaction: &[u8], words: usize| {
            let call = publishing_fee(transaction);
            assert_eq!(call[..4], keccak256("getL1Fee(bytes)")[..4]);
            assert_eq!(call.len(), 4 + 32 * words);
            assert_eq!(&call[68..68 + transaction.len()], transaction);
        };
        check(&[], 2);
        check(&[2, 1], 3);
        check(&[7; 32], 3);
        check(&[7; 33], 4);
        assert!(encode_data(&publishing_fee(&[9])).ends_with(&format!("{:064x}{:0<64}", 1, "09")));
    }

    #[test]
    fn the_answer() {
        let check =
            |result: &[u8], expected: Option<U256>| assert_eq!(decode_publishing_fee(result), expected);
        check(&U256::from(1000).to_be_bytes::<32>(), Some(U256::from(1250)));
        check(&[0; 32], Some(U256::ZERO));
        check(&[0xff; 32], Some(U256::MAX));
        check(&[], None);
    }
}
