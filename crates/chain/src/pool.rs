//! Prices of tokens without a feed, as Uniswap v3 pools have them at the moment.
//!
//! Whoever pays for it can move such a price for a moment, so it counts only where the pool has much of what it is told
//! in, and it is only ever shown.

use candor_primitives::{Address, B256, Bytes, ChainId, U256, U512, address, keccak256};

use crate::erc20::{call, decode_uint};

/// The factory of Uniswap v3 on the networks of [`wrapped_ether`] (`@uniswap/v3-sdk` 3.31, MIT).
const FACTORY: Address = address!("0x1F98431c8aD98523631AE4a59f267346ea31F984");
/// Keccak-256 of what every pool is made of (the same package).
const INIT_CODE_HASH: B256 = B256::new([
    0xe3, 0x4f, 0x19, 0x9b, 0x19, 0xb2, 0xb4, 0xf4, 0x7f, 0x68, 0x44, 0x26, 0x19, 0xd5, 0x55, 0x52, 0x7d,
    0x24, 0x4f, 0x78, 0xa3, 0x29, 0x7e, 0xa8, 0x93, 0x25, 0xf8, 0x43, 0xf8, 0x7b, 0x8b, 0x54,
]);
/// The fees of the pools that are looked at, in millionths.
pub const FEES: [u32; 3] = [500, 3000, 10_000];
/// A pool with less wrapped ether than this, in wei, sets no price: 25 ether.
const LEAST_LIQUIDITY: U256 = U256::from_limbs([6553255926290448384, 1, 0, 0]);
/// No token has more decimals; what says so is not believed.
const MOST_DECIMALS: u8 = 36;

/// The wrapped ether that prices are told in, on networks that have these pools.
#[must_use]
pub const fn wrapped_ether(chain: ChainId) -> Option<Address> {
    match chain.get() {
        1 => Some(address!("0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2")),
        10 => Some(address!("0x4200000000000000000000000000000000000006")),
        42161 => Some(address!("0x82aF49447D8a07e3bd95BD0d56f35241523fBab1")),
        _ => None,
    }
}

/// The address of the pool of two tokens with that fee (CREATE2, EIP-1014).
#[must_use]
pub fn address(one: Address, other: Address, fee: u32) -> Address {
    let (first, second) = if one < other { (one, other) } else { (other, one) };
    let fee = B256::from(U256::from(fee));
    FACTORY.create2(keccak256([first.into_word(), second.into_word(), fee].concat()), INIT_CODE_HASH)
}

/// Call data of a pool's `slot0()`.
#[must_use]
pub fn slot0() -> Bytes {
    call([0x38, 0x50, 0xc7, 0xbd], &[])
}

/// How much wrapped ether, in wei, one whole `token` is worth by a pool's answer to `slot0`. Nothing if it cannot be
/// read, or if the pool has too little wrapped ether (`liquidity`, in wei) to say.
#[must_use]
pub fn price(token: Address, wrapped: Address, decimals: u8, slot0: &[u8], liquidity: U256) -> Option<U256> {
    if liquidity < LEAST_LIQUIDITY || decimals > MOST_DECIMALS {
        return None;
    }
    // The square root of the second token per first, in 2⁻⁹⁶.
    let root = decode_uint(slot0).filter(|root| !root.is_zero() && root.bit_len() <= 160)?;
    let square = U512::from(root) * U512::from(root);
    let one = U512::from(U256::from(10).pow(U256::from(decimals)));
    let price: U512 = if token < wrapped { (square * one) >> 192 } else { (one << 192) / square };
    U256::checked_from_limbs_slice(price.as_limbs()).filter(|price| !price.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WRAPPED: Address = address!("0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2");
    const USDC: Address = address!("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48");

    #[test]
    fn pools_are_where_the_factory_puts_them() {
        let check = |one: Address, fee: u32, expected: Address| {
            assert_eq!(address(one, WRAPPED, fee), expected);
            assert_eq!(address(WRAPPED, one, fee), expected);
        };
        // As Uniswap's interface shows them.
        check(USDC, 500, address!("0x88e6A0c2dDD26FEEb64F039a2c41296FcB3f5640"));
        check(USDC, 3000, address!("0x8ad599c3A0ff1De082011EFDDc58f1908eb6e6D8"));
        assert_eq!(slot0()[..], keccak256("slot0()")[..4]);
    }

    #[test]
    fn prices() {
        let ether = U256::from(10).pow(U256::from(18));
        let enough = ether * U256::from(25);
        let check = |token: u8, decimals: u8, root: U256, liquidity: U256, expected: Option<U256>| {
            let (token, wrapped) = (Address::repeat_byte(token), Address::repeat_byte(5));
            let found = price(token, wrapped, decimals, &root.to_be_bytes::<32>(), liquidity);
            assert_eq!(found, expected, "{token} {decimals} {root}");
        };
        let even = U256::ONE << 96;
        check(1, 18, even, enough, Some(ether));
        check(9, 18, even, enough, Some(ether));
        // Four of the second for one of the first.
        check(1, 18, even << 1, enough, Some(ether * U256::from(4)));
        check(9, 18, even << 1, enough, Some(ether / U256::from(4)));
        check(1, 6, even, enough, Some(U256::from(1_000_000)));
        check(1, 18, even, enough - U256::ONE, None);
        check(1, 18, U256::ZERO, enough, None);
        check(1, 18, U256::ONE, enough, None);
        check(1, 18, U256::ONE << 160, enough, None);
        check(1, 37, even, enough, None);
        assert_eq!(price(USDC, WRAPPED, 6, &[], enough), None);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(slot0: Vec<u8>, decimals: u8, token: [u8; 20]) {
            let _ = price(token.into(), WRAPPED, decimals, &slot0, U256::MAX);
        }

        #[test]
        fn no_root_overflows(root: [u8; 20], decimals in 0_u8..=36, above: bool) {
            let token = if above { Address::repeat_byte(0xff) } else { Address::ZERO };
            let root = U256::from_be_slice(&root).to_be_bytes::<32>();
            let _ = price(token, WRAPPED, decimals, &root, U256::MAX);
        }
    }
}
