//! The fees of OP Stack networks that come on top of gas times price: for publishing on Ethereum, which is not bounded
//! by what is signed, and for the network's operator. They must be asked for, and left over when someone sends
//! everything they have.

use candor_primitives::{Address, Bytes, U256, address};

use serde::{Deserialize, Serialize};

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

/// What a network's operator takes beside gas times price (OP Stack specification, "Isthmus: Operator Fee"): an amount
/// for each transaction, and one for its work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorFee {
    /// In wei, for any transaction.
    pub each: U256,
    /// In wei, for [`Self::MUCH`] units of gas more.
    pub much: U256,
}

impl OperatorFee {
    /// The work at which the second amount is asked for. The fee grows evenly with the work, by different formulas in
    /// different versions of the specification; two points say it for all of them.
    pub const MUCH: u64 = 1_000_000_000;

    /// Call data of `getOperatorFee(uint256)`.
    #[must_use]
    pub fn call(gas: u64) -> Bytes {
        [&[0x27, 0x5a, 0xed, 0xd2][..], &U256::from(gas).to_be_bytes::<32>()].concat().into()
    }

    /// From the answers for no work and for [`Self::MUCH`]. Nothing where the contract does not know such a fee.
    #[must_use]
    pub fn decode(none: &[u8], much: &[u8]) -> Option<Self> {
        let each = decode_uint(none)?;
        Some(Self { each, much: decode_uint(much)?.saturating_sub(each) })
    }

    /// In wei, for so much work, rounded up.
    #[must_use]
    pub fn of(&self, gas: u64) -> U256 {
        let work = self.much.saturating_mul(U256::from(gas)).div_ceil(U256::from(Self::MUCH));
        self.each.saturating_add(work)
    }
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

    #[test]
    fn the_operators_fee() {
        assert_eq!(OperatorFee::call(1)[..4], keccak256("getOperatorFee(uint256)")[..4]);
        assert_eq!(OperatorFee::call(1)[4..], U256::from(1).to_be_bytes::<32>());
        let check = |none: u64, much: u64, gas: u64, expected: u64| {
            let [none, much] = [none, much].map(|wei| U256::from(wei).to_be_bytes::<32>());
            assert_eq!(OperatorFee::decode(&none, &much).unwrap().of(gas), U256::from(expected), "{gas}");
        };
        check(0, 0, 21_000, 0);
        check(7, 7, 21_000, 7);
        // Isthmus: a scalar of 2,000 per million units of gas. Jovian: a scalar of 3, a hundred times per unit.
        check(7, 7 + 2_000 * 1_000, 21_000, 7 + 42);
        check(7, 7 + 300 * 1_000_000_000, 21_000, 7 + 300 * 21_000);
        check(0, 1, 1, 1);
        assert_eq!(OperatorFee::decode(&[], &[]), None);
        let most = OperatorFee { each: U256::MAX, much: U256::MAX };
        assert_eq!(most.of(u64::MAX), U256::MAX);
    }
}
