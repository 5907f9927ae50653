//! The accounts of a keyring. Everything is derived here; nobody is asked.

use candor_keys::{
    CustomPathError, DerivationPath, Family, Progress, Search,
    keyring::{Keyring, Kind},
};
use candor_primitives::{Address, Platform};
use candor_protocol::{
    import::{AccountAt, Family as FamilyView, FindAddress, ListAccounts},
    ui::UiError,
    view::FoundAccount,
};

use crate::{answer::Answer, error, record};

/// The most accounts that one call lists.
const MOST_LISTED: u32 = 100;
/// The most indices that one call compares.
const MOST_COMPARED: u32 = 2_000;
/// Indices of BIP-32 below the hardened ones.
const INDICES: u32 = 1 << 31;

impl Answer for ListAccounts {
    fn answer(self, _: &mut dyn Platform) -> Result<Vec<FoundAccount>, UiError> {
        let end = end(self.from, self.count, MOST_LISTED, INDICES)?;
        let keyring = record::read(&self.keyring)?;
        if keyring.kind() == Kind::Key {
            let only = (self.from..end).contains(&0).then(record::root);
            return only.into_iter().map(|path| record::found(&keyring, &path?)).collect();
        }
        let family = match self.family {
            FamilyView::Standard => Family::Bip44,
            FamilyView::LedgerLive => Family::LedgerLive,
            FamilyView::Legacy => Family::Legacy,
        };
        (self.from..end).map(|index| record::found(&keyring, &family.path(index))).collect()
    }
}

impl Answer for AccountAt {
    fn answer(self, _: &mut dyn Platform) -> Result<FoundAccount, UiError> {
        let keyring = record::read(&self.keyring)?;
        record::found(&keyring, &path(&keyring, &self.path)?)
    }
}

impl Answer for FindAddress {
    fn answer(self, _: &mut dyn Platform) -> Result<Option<FoundAccount>, UiError> {
        let end = end(self.from, self.count, MOST_COMPARED, Search::INDICES)?;
        let address = address(&self.address)?;
        let keyring = record::read(&self.keyring)?;
        let Some(seed) = keyring.to_be_shared() else {
            let only = record::found(&keyring, &record::root()?)?;
            let is_it = (self.from..end).contains(&0) && only.address == address.to_string();
            return Ok(is_it.then_some(only));
        };
        let mut search = Search::new(seed.expose(), address).map_err(record::no_key)?.starting_at(self.from);
        match search.step(self.count) {
            progress @ Progress::Found { .. } => {
                progress.path().map(|path| record::found(&keyring, &path)).transpose()
            }
            Progress::Searching { .. } | Progress::NotFound => Ok(None),
        }
    }
}

/// The index behind the last one, if the page keeps to what one call may do.
fn end(from: u32, count: u32, most: u32, indices: u32) -> Result<u32, UiError> {
    let end = from.checked_add(count).filter(|end| count <= most && *end <= indices);
    end.ok_or_else(error::internal)
}

/// Reads a path as a person writes it. A single key has only `m`.
pub(crate) fn path(keyring: &Keyring, text: &str) -> Result<DerivationPath, UiError> {
    if keyring.kind() == Kind::Key {
        return if text.trim().eq_ignore_ascii_case("m") {
            record::root()
        } else {
            Err(error::invalid("A private key has only one account.", "It has no paths."))
        };
    }
    DerivationPath::from_typed(text).map_err(|wrong| {
        let title = match wrong {
            CustomPathError::NoRoot => "A path begins with “m/”.".to_owned(),
            CustomPathError::EmptyStep { position } => format!("Part {position} of the path is empty."),
            CustomPathError::NotANumber { position } => {
                format!("Part {position} of the path is not a number.")
            }
            CustomPathError::TooLarge { position } => {
                format!("The number in part {position} of the path is too large.")
            }
            CustomPathError::TooDeep { steps } => format!("The path has {steps} parts."),
        };
        let text = match wrong {
            CustomPathError::NoRoot | CustomPathError::EmptyStep { .. } => "Write it like m/44'/60'/0'/0/0.",
            CustomPathError::NotANumber { .. } => {
                "Only an ' may be behind the digits, as in m/44'/60'/0'/0/0."
            }
            CustomPathError::TooLarge { .. } => "The largest is 2147483647.",
            CustomPathError::TooDeep { .. } => "10 are the most.",
        };
        error::invalid(&title, text)
    })
}

/// Reads an address as a person writes it. Its upper and lower case letters are a checksum if it has both (EIP-55).
fn address(text: &str) -> Result<Address, UiError> {
    let typed = text.trim();
    let digits = typed.strip_prefix("0x").or_else(|| typed.strip_prefix("0X")).unwrap_or(typed);
    let wrong = || {
        error::invalid(
            "This is not an address.",
            "An address is 0x and 40 characters, the digits 0 to 9 and the letters a to f.",
        )
    };
    let mut bytes = [0; 20];
    hex::decode_to_slice(digits, &mut bytes).map_err(|_| wrong())?;
    let address = Address::from(bytes);
    let has = |is: fn(&u8) -> bool| digits.bytes().any(|byte| is(&byte));
    let mixed = has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase);
    if mixed && address.to_string().get(2..) != Some(digits) {
        return Err(error::invalid(
            "There is a typing error in this address.",
            "Its upper and lower case letters do not fit together. One character is probably wrong.",
        ));
    }
    Ok(address)
}

#[cfg(test)]
mod tests;
