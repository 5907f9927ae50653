//! Locked and unlocked, and the price of a wrong password.

use candor_primitives::Millis;
use candor_protocol::{
    host::{AlarmName, Effect},
    notice::Notice,
    ui::{UiError, UiErrorCode},
};
use candor_vault::{DataKey, KeyEncryptionKey, OpenError};

use crate::{Wallet, outbox::Slice, records::Session};

/// Wrong passwords without any delay.
const FREE_TRIES: u32 = 5;
/// The delay after the last free try; it doubles with each further one.
const FIRST_DELAY: Millis = Millis::from_secs(5);
/// The longest delay.
const LONGEST_DELAY: Millis = Millis::from_secs(15 * 60);
/// Use is written down this coarsely, so that scrolling through the wallet does not write each time.
const USE_GRAIN: Millis = Millis::from_secs(10);

impl Wallet {
    pub(crate) const fn is_unlocked(&self) -> bool {
        self.session.is_some()
    }

    /// The data key, if unlocked.
    pub(crate) fn data_key(&self) -> Option<DataKey> {
        let mut key = zeroize::Zeroizing::new([0; 32]);
        hex::decode_to_slice(&self.session.as_ref()?.data_key, key.as_mut_slice()).ok()?;
        Some(DataKey::from_bytes(*key))
    }

    /// When the wallet locks if nobody uses it; nothing if only the browser's end locks it.
    const fn deadline(&self, session: &Session) -> Option<Millis> {
        match self.settings.auto_lock_minutes {
            0 => None,
            minutes => Some(session.last_used.plus(Millis::from_secs(minutes as u64 * 60))),
        }
    }

    /// Locks if nobody used the wallet for long enough, or if the clock went back behind the last use.
    pub(crate) fn lock_if_due(&mut self) {
        self.shorten_delay();
        let due = self.session.as_ref().is_some_and(|session| {
            self.deadline(session).is_some_and(|deadline| {
                self.now >= deadline || session.last_used.since(self.now) > Millis::from_secs(60)
            })
        });
        if due {
            self.lock();
        }
    }

    /// Forgets the data key and, after this turn, everything else in memory.
    pub(crate) fn lock(&mut self) {
        if self.session.take().is_none() {
            return;
        }
        self.out.touch(Slice::Session);
        self.write_ledger();
        self.out.push(Effect::ClearAlarm { name: AlarmName::Lock });
        self.out.notice(Notice::Status);
        self.out.replace();
    }

    /// A person used the wallet: the time to lock starts again.
    pub(crate) fn used(&mut self) {
        let now = self.now;
        let Some(session) = &mut self.session else { return };
        if now.since(session.last_used) >= USE_GRAIN {
            session.last_used = now;
            self.out.touch(Slice::Session);
            self.set_lock_alarm();
        }
    }

    pub(crate) fn set_lock_alarm(&mut self) {
        let Some(session) = &self.session else { return };
        self.out.push(match self.deadline(session) {
            Some(deadline) => Effect::SetAlarm { name: AlarmName::Lock, at_ms: deadline.0 },
            None => Effect::ClearAlarm { name: AlarmName::Lock },
        });
    }

    /// Starts a session with the data key.
    pub(crate) fn open_session(&mut self, key: &DataKey) {
        self.session = Some(Session { data_key: hex::encode(key.expose()), last_used: self.now });
        self.out.touch(Slice::Session);
        self.set_lock_alarm();
        self.out.notice(Notice::Status);
    }

    /// How long until the next password can be tried.
    pub(crate) const fn retry_after(&self) -> Millis {
        self.guard.not_before.since(self.now)
    }

    /// A clock that was set back cannot make the delay longer than the longest one.
    fn shorten_delay(&mut self) {
        if self.retry_after() > LONGEST_DELAY {
            self.guard.not_before = self.now.plus(LONGEST_DELAY);
            self.out.touch(Slice::Guard);
        }
    }

    /// The data key, if this is the password's key. Wrong ones are counted before the answer is given.
    pub(crate) fn try_password(&mut self, key: &str) -> Result<DataKey, UiError> {
        let retry_after = self.retry_after();
        if retry_after > Millis(0) {
            return Err(too_soon(retry_after));
        }
        let mut bytes = zeroize::Zeroizing::new([0; 32]);
        hex::decode_to_slice(key, bytes.as_mut_slice())
            .map_err(|_| crate::surface::error::invalid("The key is not valid.", "Try again."))?;
        let vault = self.vault().ok_or_else(crate::surface::error::wrong_stage)?;
        let slot = vault.password_slot().ok_or_else(crate::surface::error::damaged)?.0;
        match vault.open(slot, &KeyEncryptionKey::from_bytes(*bytes)) {
            Ok(key) => {
                if self.guard.failures > 0 {
                    self.guard = crate::records::Guard::default();
                    // A full disk must not turn the right password away.
                    self.out.heal(Slice::Guard);
                }
                Ok(key)
            }
            Err(OpenError::WrongKey) => {
                self.guard.failures = self.guard.failures.saturating_add(1);
                let delay = delay_after(self.guard.failures);
                self.guard.not_before = self.now.plus(delay);
                self.out.touch(Slice::Guard);
                Err(wrong_password(delay))
            }
            Err(_) => Err(crate::surface::error::damaged()),
        }
    }
}

/// The delay after so many wrong passwords in a row.
fn delay_after(failures: u32) -> Millis {
    match failures.checked_sub(FREE_TRIES) {
        None => Millis(0),
        Some(further) => {
            let factor = 1_u64.checked_shl(further).unwrap_or(u64::MAX);
            Millis(FIRST_DELAY.0.saturating_mul(factor)).min(LONGEST_DELAY)
        }
    }
}

fn wrong_password(delay: Millis) -> UiError {
    UiError {
        code: UiErrorCode::WrongPassword,
        title: "That is not the password for this computer.".to_owned(),
        text: "Check capital letters. If you changed it on another computer, this one still has the old one."
            .to_owned(),
        retry_after_ms: delay.0,
    }
}

fn too_soon(left: Millis) -> UiError {
    UiError {
        code: UiErrorCode::TooSoon,
        title: "Too many wrong passwords.".to_owned(),
        text: format!("Try again in {} seconds.", left.0.div_ceil(1000)),
        retry_after_ms: left.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_grows_after_five_wrong_passwords() {
        let check = |failures: u32, seconds: u64| {
            assert_eq!(delay_after(failures), Millis::from_secs(seconds), "{failures}");
        };
        check(1, 0);
        check(4, 0);
        check(5, 5);
        check(6, 10);
        check(7, 20);
        check(12, 640);
        check(13, 900);
        check(500, 900);
    }
}
