//! The read-only calls that a wallet makes about collectibles (ERC-165, ERC-721, ERC-1155), and what comes back.
//!
//! Names and symbols are asked for as those of other tokens, see [`crate::erc20`].

use candor_primitives::{Address, B256, Bytes, U256};

use crate::erc20::{call, decode_uint};

/// The interface of ERC-721, as ERC-165 names it.
pub const ERC721: [u8; 4] = [0x80, 0xac, 0x58, 0xcd];

/// The interface of ERC-1155, as ERC-165 names it.
pub const ERC1155: [u8; 4] = [0xd9, 0xb6, 0x7a, 0x26];

/// Call data of ERC-165's `supportsInterface(interface)`.
#[must_use]
pub fn supports(interface: [u8; 4]) -> Bytes {
    call([0x01, 0xff, 0xc9, 0xa7], &[B256::right_padding_from(&interface)])
}

/// Call data of ERC-721's `ownerOf(number)`.
#[must_use]
pub fn owner_of(number: U256) -> Bytes {
    call([0x63, 0x52, 0x21, 0x1e], &[number.into()])
}

/// Call data of ERC-1155's `balanceOf(owner, number)`.
#[must_use]
pub fn balance_of(owner: Address, number: U256) -> Bytes {
    call([0x00, 0xfd, 0xd5, 0x8e], &[owner.into_word(), number.into()])
}

/// The result of `supportsInterface`: yes only if it is exactly that.
#[must_use]
pub fn decode_yes(result: &[u8]) -> bool {
    decode_uint(result) == Some(U256::ONE)
}

/// The result of `ownerOf`.
#[must_use]
pub fn decode_owner(result: &[u8]) -> Option<Address> {
    let word = B256::from(*result.first_chunk::<32>()?);
    let owner = Address::from_word(word);
    (owner.into_word() == word).then_some(owner)
}

#[cfg(test)]
mod tests {
    use candor_primitives::keccak256;

    use super::*;
    use crate::quantity::encode_data;

    #[test]
    fn calls_match_their_signatures() {
        let check = |call: Bytes, signature: &str, arguments: &str| {
            let selector = encode_data(&keccak256(signature)[..4]);
            assert_eq!(encode_data(&call), format!("{selector}{arguments}"), "{signature}");
        };
        let owner = Address::repeat_byte(0xaa);
        let padded = format!("{}{}", "0".repeat(24), "aa".repeat(20));
        let twelve = format!("{:064x}", 12);
        check(supports(ERC721), "supportsInterface(bytes4)", &format!("80ac58cd{}", "0".repeat(56)));
        check(owner_of(U256::from(12)), "ownerOf(uint256)", &twelve);
        check(balance_of(owner, U256::from(12)), "balanceOf(address,uint256)", &(padded + &twelve));
    }

    #[test]
    fn interfaces_are_the_functions_that_the_standards_name() {
        let check = |interface: [u8; 4], functions: &[&str]| {
            let all = functions.iter().fold([0; 4], |all: [u8; 4], function| {
                let selector = keccak256(function);
                core::array::from_fn(|n| all[n] ^ selector[n])
            });
            assert_eq!(interface, all);
        };
        check(
            ERC721,
            &[
                "balanceOf(address)",
                "ownerOf(uint256)",
                "approve(address,uint256)",
                "getApproved(uint256)",
                "setApprovalForAll(address,bool)",
                "isApprovedForAll(address,address)",
                "transferFrom(address,address,uint256)",
                "safeTransferFrom(address,address,uint256)",
                "safeTransferFrom(address,address,uint256,bytes)",
            ],
        );
        check(
            ERC1155,
            &[
                "safeTransferFrom(address,address,uint256,uint256,bytes)",
                "safeBatchTransferFrom(address,address,uint256[],uint256[],bytes)",
                "balanceOf(address,uint256)",
                "balanceOfBatch(address[],uint256[])",
                "setApprovalForAll(address,bool)",
                "isApprovedForAll(address,address)",
            ],
        );
    }

    #[test]
    fn answers() {
        let word = |number: u64| U256::from(number).to_be_bytes::<32>();
        let check = |result: &[u8], yes: bool, owner: Option<Address>| {
            assert_eq!((decode_yes(result), decode_owner(result)), (yes, owner), "{result:?}");
        };
        check(&[], false, None);
        check(&[1], false, None);
        check(&word(0), false, Some(Address::ZERO));
        check(&word(1), true, Some(Address::with_last_byte(1)));
        check(&word(2), false, Some(Address::with_last_byte(2)));
        check(&[0xff; 32], false, None);
    }
}
