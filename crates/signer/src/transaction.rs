//! Transactions, from fixed fields to signed bytes.
//!
//! The order of work is in the types: [`Fields`] may still change, [`Prepared`] may not, [`Reviewed`] was shown to a
//! person exactly as it stands, and only that can be signed.

use alloy_consensus::{
    SignableTransaction, Transaction as _, TxEip1559, TxEip2930, TxEnvelope, TxLegacy, TypedTransaction,
    transaction::SignerRecoverable,
};
use alloy_eips::eip2718::{Decodable2718, Encodable2718};
use alloy_primitives::TxKind;
use candor_primitives::{Address, B256, Bytes, ChainId, U256, keccak256};

use crate::signature::{InvalidKey, PrivateKeyBytes, signature};

pub use alloy_eips::eip2930::{AccessList, AccessListItem};

/// What the sender pays for each unit of work, in wei.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fees {
    /// One price, paid in full (before EIP-1559).
    Legacy {
        /// Wei for each unit of gas.
        gas_price: u128,
    },
    /// A ceiling and a tip (EIP-1559).
    Eip1559 {
        /// The most that is paid for each unit of gas, base fee and tip together.
        max_fee_per_gas: u128,
        /// The most of it that goes to the block's producer.
        max_priority_fee_per_gas: u128,
    },
}

impl Fees {
    /// The most that one unit of gas can cost, in wei.
    #[must_use]
    pub const fn ceiling(self) -> u128 {
        match self {
            Self::Legacy { gas_price } => gas_price,
            Self::Eip1559 { max_fee_per_gas, .. } => max_fee_per_gas,
        }
    }
}

/// The plain fields of a transaction, for building, storing and comparing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    /// The only network on which the signature counts (EIP-155).
    pub chain_id: ChainId,
    /// How many transactions the sender sent before.
    pub nonce: u64,
    /// The price of work.
    pub fees: Fees,
    /// The most units of work that may be used.
    pub gas_limit: u64,
    /// The receiver; `None` publishes a new contract.
    pub to: Option<Address>,
    /// Wei that move to the receiver.
    pub value: U256,
    /// The call, or the code of the new contract.
    pub input: Bytes,
    /// Storage announced in advance (EIP-2930). With [`Fees::Legacy`], `Some` makes it a type-1 transaction, even if
    /// the list is empty.
    pub access_list: Option<AccessList>,
}

/// Why fields do not make a transaction that a network could accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrepareError {
    /// EIP-1559 forbids it, every node refuses it.
    #[error("the tip is higher than the most you allow for the whole fee")]
    TipAboveCeiling,
    /// EIP-2681: the last number is never usable.
    #[error("the transaction number is too large")]
    NonceTooLarge,
    /// The fee ceiling does not fit in 256 bits of wei together with the value.
    #[error("the value and the fee are too large")]
    CostTooLarge,
    /// Neither a receiver nor code.
    #[error("a new contract needs code")]
    NoReceiverNoCode,
}

/// Why signed bytes are not a transaction that this wallet could have made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Not the encoding of a signed transaction, or bytes are left over.
    #[error("these bytes are not a signed transaction")]
    Malformed,
    /// A kind of transaction that this wallet does not make (EIP-4844, EIP-7702 and later).
    #[error("this kind of transaction is not supported")]
    Unsupported,
    /// Signed without a network (before EIP-155), so it would count on all of them.
    #[error("the transaction does not name its network")]
    NoNetwork,
    /// The number of the network cannot be used.
    #[error("the transaction names a network that cannot exist")]
    InvalidNetwork,
    /// No key made this signature, or its `s` is in the upper half (EIP-2).
    #[error("the signature is not valid")]
    InvalidSignature,
    /// Decoded, but no network could accept it.
    #[error(transparent)]
    Invalid(#[from] PrepareError),
}

/// The fingerprint that was shown belongs to another transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the transaction changed after it was shown")]
pub struct FingerprintMismatch;

/// A transaction with every field fixed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared(Fields);

impl Prepared {
    /// Fixes the fields.
    ///
    /// # Errors
    /// No network could accept them.
    pub fn new(mut fields: Fields) -> Result<Self, PrepareError> {
        if let Fees::Eip1559 { max_fee_per_gas, max_priority_fee_per_gas } = fields.fees {
            if max_priority_fee_per_gas > max_fee_per_gas {
                return Err(PrepareError::TipAboveCeiling);
            }
            // Type 2 always carries a list, so an empty one says nothing.
            fields.access_list = fields.access_list.filter(|list| !list.is_empty());
        }
        if fields.nonce == u64::MAX {
            return Err(PrepareError::NonceTooLarge);
        }
        if fields.to.is_none() && fields.input.is_empty() {
            return Err(PrepareError::NoReceiverNoCode);
        }
        let prepared = Self(fields);
        prepared.value_and_fee().ok_or(PrepareError::CostTooLarge)?;
        Ok(prepared)
    }

    /// The fields as fixed.
    #[must_use]
    pub const fn fields(&self) -> &Fields {
        &self.0
    }

    /// The fields, to change them. What was shown before no longer counts.
    #[must_use]
    pub fn into_fields(self) -> Fields {
        self.0
    }

    /// The most wei that the fee can reach: a hard cap from the signed fields.
    #[must_use]
    pub fn max_fee(&self) -> U256 {
        // 128 × 64 bits cannot overflow 256.
        U256::from(self.0.fees.ceiling()).saturating_mul(U256::from(self.0.gas_limit))
    }

    /// The bytes whose Keccak-256 is signed: the type (EIP-2718) and the RLP list of the fields, without a signature;
    /// for a legacy transaction the list alone, with the chain id and two zeros at its end (EIP-155).
    ///
    /// This is also what `getL1Fee(bytes)` of the OP Stack's `GasPriceOracle` takes to tell the fee for publishing: it
    /// adds the size of the missing signature by itself.
    #[must_use]
    pub fn unsigned(&self) -> Bytes {
        typed(&self.0).encoded_for_signing().into()
    }

    /// The digest that is signed.
    #[must_use]
    pub fn digest(&self) -> B256 {
        keccak256(self.unsigned())
    }

    /// Identifies exactly the bytes that get signed; show the transaction together with it.
    #[must_use]
    pub fn fingerprint(&self) -> B256 {
        self.digest()
    }

    /// States that a person was shown the transaction with this fingerprint and agreed.
    ///
    /// # Errors
    /// It was another transaction.
    pub fn reviewed(self, fingerprint: B256) -> Result<Reviewed, FingerprintMismatch> {
        if self.fingerprint() == fingerprint { Ok(Reviewed(self)) } else { Err(FingerprintMismatch) }
    }

    fn value_and_fee(&self) -> Option<U256> {
        self.max_fee().checked_add(self.0.value)
    }
}

/// A transaction that a person saw and agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed(Prepared);

impl Reviewed {
    /// What was reviewed.
    #[must_use]
    pub const fn prepared(&self) -> &Prepared {
        &self.0
    }

    /// Signs it.
    ///
    /// # Errors
    /// The key is not a private key.
    pub fn sign(&self, key: &PrivateKeyBytes) -> Result<Signed, InvalidKey> {
        let transaction = typed(self.0.fields());
        let signature = signature(key, keccak256(transaction.encoded_for_signing()))?;
        let envelope = TxEnvelope::from(transaction.into_signed(signature));
        Ok(Signed { raw: envelope.encoded_2718().into(), hash: *envelope.tx_hash() })
    }
}

/// A signed transaction, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The bytes for `eth_sendRawTransaction`.
    pub raw: Bytes,
    /// The hash under which networks know it.
    pub hash: B256,
}

/// Reads signed bytes back: who signed, and what.
///
/// # Errors
/// The bytes are not exactly one signed transaction of a kind that this crate makes.
pub fn decode_raw(raw: &[u8]) -> Result<(Address, Prepared), DecodeError> {
    let envelope = TxEnvelope::decode_2718_exact(raw).map_err(|_| DecodeError::Malformed)?;
    let (fees, access_list) = match &envelope {
        TxEnvelope::Legacy(signed) => (Fees::Legacy { gas_price: signed.tx().gas_price }, None),
        TxEnvelope::Eip2930(signed) => {
            let transaction = signed.tx();
            (Fees::Legacy { gas_price: transaction.gas_price }, Some(transaction.access_list.clone()))
        }
        TxEnvelope::Eip1559(signed) => {
            let transaction = signed.tx();
            let fees = Fees::Eip1559 {
                max_fee_per_gas: transaction.max_fee_per_gas,
                max_priority_fee_per_gas: transaction.max_priority_fee_per_gas,
            };
            (fees, Some(transaction.access_list.clone()))
        }
        _ => return Err(DecodeError::Unsupported),
    };
    let from = envelope.recover_signer().map_err(|_| DecodeError::InvalidSignature)?;
    let chain_id = envelope.chain_id().ok_or(DecodeError::NoNetwork)?;
    let prepared = Prepared::new(Fields {
        chain_id: ChainId::new(chain_id).map_err(|_| DecodeError::InvalidNetwork)?,
        nonce: envelope.nonce(),
        fees,
        gas_limit: envelope.gas_limit(),
        to: envelope.to(),
        value: envelope.value(),
        input: envelope.input().clone(),
        access_list,
    })?;
    Ok((from, prepared))
}

fn typed(fields: &Fields) -> TypedTransaction {
    let Fields { chain_id, nonce, fees, gas_limit, to, value, input, access_list } = fields.clone();
    let chain_id = chain_id.get();
    let to = to.map_or(TxKind::Create, TxKind::Call);
    match (fees, access_list) {
        (Fees::Legacy { gas_price }, None) => {
            TxLegacy { chain_id: Some(chain_id), nonce, gas_price, gas_limit, to, value, input }.into()
        }
        (Fees::Legacy { gas_price }, Some(access_list)) => {
            TxEip2930 { chain_id, nonce, gas_price, gas_limit, to, value, access_list, input }.into()
        }
        (Fees::Eip1559 { max_fee_per_gas, max_priority_fee_per_gas }, access_list) => TxEip1559 {
            chain_id,
            nonce,
            gas_limit,
            max_fee_per_gas,
            max_priority_fee_per_gas,
            to,
            value,
            access_list: access_list.unwrap_or_default(),
            input,
        }
        .into(),
    }
}
