use alloy_sol_types::{SolInterface, sol};
use candor_primitives::{Address, U256};

sol! {
    interface Known {
        function transfer(address recipient, uint256 amount) external;
        function transferFrom(address owner, address recipient, uint256 amount) external;
        function approve(address spender, uint256 amount) external;
        function increaseAllowance(address spender, uint256 added) external;
        function decreaseAllowance(address spender, uint256 subtracted) external;
        function setApprovalForAll(address operator, bool approved) external;
    }
}

/// A call whose effect is fixed by a standard (ERC-20, ERC-721, ERC-1155).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Transfer { recipient: Address, amount: U256 },
    TransferFrom { owner: Address, recipient: Address, amount: U256 },
    Approve { spender: Address, amount: U256 },
    IncreaseAllowance { spender: Address, added: U256 },
    DecreaseAllowance { spender: Address, subtracted: U256 },
    SetApprovalForAll { operator: Address, approved: bool },
}

impl Call {
    /// Reads call data, only if it is exactly what the standard encoder makes of the result: bytes that are left over
    /// or dirty padding mean that the contract may read something else there.
    pub(crate) fn decode(input: &[u8]) -> Option<Self> {
        let call = Known::KnownCalls::abi_decode_validate(input).ok()?;
        if call.abi_encode() != input {
            return None;
        }
        Some(match call {
            Known::KnownCalls::transfer(c) => Self::Transfer { recipient: c.recipient, amount: c.amount },
            Known::KnownCalls::transferFrom(c) => {
                Self::TransferFrom { owner: c.owner, recipient: c.recipient, amount: c.amount }
            }
            Known::KnownCalls::approve(c) => Self::Approve { spender: c.spender, amount: c.amount },
            Known::KnownCalls::increaseAllowance(c) => {
                Self::IncreaseAllowance { spender: c.spender, added: c.added }
            }
            Known::KnownCalls::decreaseAllowance(c) => {
                Self::DecreaseAllowance { spender: c.spender, subtracted: c.subtracted }
            }
            Known::KnownCalls::setApprovalForAll(c) => {
                Self::SetApprovalForAll { operator: c.operator, approved: c.approved }
            }
        })
    }

    /// The name and parameters in the contract's own language, for Details.
    pub(crate) const fn signature(self) -> &'static str {
        match self {
            Self::Transfer { .. } => "transfer(address,uint256)",
            Self::TransferFrom { .. } => "transferFrom(address,address,uint256)",
            Self::Approve { .. } => "approve(address,uint256)",
            Self::IncreaseAllowance { .. } => "increaseAllowance(address,uint256)",
            Self::DecreaseAllowance { .. } => "decreaseAllowance(address,uint256)",
            Self::SetApprovalForAll { .. } => "setApprovalForAll(address,bool)",
        }
    }
}
