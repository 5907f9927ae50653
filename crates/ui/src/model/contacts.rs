//! Contacts: whom a few typed letters mean.

use candor_protocol::contacts::ContactView;

use super::address;

/// So many are offered.
const OFFERED: usize = 5;

/// How the user calls who has this address.
#[must_use]
pub fn name_of(contacts: &[ContactView], address: &str) -> Option<String> {
    contacts.iter().find(|known| address::same(&known.address, address)).map(|known| known.name.clone())
}

/// The contacts whose name holds what is typed, or whose address begins with it; nobody once the address is whole.
#[must_use]
pub fn meant(contacts: &[ContactView], typed: &str) -> Vec<ContactView> {
    let typed = typed.trim().to_lowercase();
    let fits = |contact: &&ContactView| {
        let address = contact.address.to_lowercase();
        address != typed && (contact.name.to_lowercase().contains(&typed) || address.starts_with(&typed))
    };
    contacts.iter().filter(fits).take(OFFERED).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_mean_names_and_the_beginning_of_addresses() {
        let contact = |name: &str, digit: &str| ContactView {
            address: format!("0x{}", digit.repeat(40)),
            name: name.to_owned(),
        };
        let all = [contact("Anna", "a"), contact("Maria", "b")];
        let check = |typed: &str, expected: &[&str]| {
            let meant = meant(&all, typed);
            let names: Vec<&str> = meant.iter().map(|contact| contact.name.as_str()).collect();
            assert_eq!(names, expected, "{typed}");
        };
        check("", &["Anna", "Maria"]);
        check("MAR", &["Maria"]);
        check("0xaa", &["Anna"]);
        check(&all[0].address, &[]);
        check("zoe", &[]);
        assert_eq!(name_of(&all, &all[1].address.to_uppercase().replace('X', "x")), Some("Maria".to_owned()));
    }
}
