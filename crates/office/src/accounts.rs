//! Accounts: opening them, passwords, signing in, sessions.
//!
//! An account's password wraps the vault's key when its role opens content; otherwise it wraps a
//! key that opens nothing, so that the password can still be checked.

use std::sync::Arc;

use domain::account::{Open, Wish};
use domain::rights::{self, holds_key};
use domain::terms::{AccountRole, PasswordBy};
use domain::{Command, Day, Number, Refusal, Series};
use store::read::{AccountRow, SessionRow};
use store::{Ending, Reader, Receipt, Sight};
use vault::{KeyError, Unlocked, Zeroizing};

use crate::{Ask, Office, Sort, Trouble};

/// How long a one-time code works, in days.
pub const CODE_DAYS: i64 = 14;
/// A password has at least so many characters.
pub const PASSWORD_MIN: usize = 10;
/// And at most so many.
const PASSWORD_MAX: usize = 200;
/// A name to sign in with has at most so many characters.
const NAME_MAX: usize = 40;
/// The owner's name at the sign-in; no account may take it.
const RESERVED: [&str; 2] = ["owner", "所有者"];
/// Words that guessing begins with, in any case.
const COMMON: [&str; 16] = [
    "password", "passw0rd", "qwerty", "asdfgh", "zxcvbn", "abcdef", "123456", "654321", "111111",
    "000000", "888888", "666666", "admin", "welcome", "iloveyou", "woaini",
];

/// An account to be opened.
#[derive(Clone, Debug)]
pub struct AccountForm {
    /// The name to sign in with.
    pub name: String,
    /// What it may do.
    pub role: AccountRole,
    /// Whose it is.
    pub holder: Option<Number>,
    /// The chosen secret points.
    pub secrets: Option<Vec<Number>>,
    /// Its last day.
    pub until: Option<Day>,
}

/// Somebody who signed in by an account.
pub struct Entered {
    /// The account.
    pub account: AccountRow,
    /// The vault's key, when the account holds it.
    pub unlocked: Option<Arc<Unlocked>>,
}

/// Why nobody gets in: the same words whether the name or the password is wrong.
fn wrong() -> Trouble {
    Trouble::Other("trouble-sign-in", vec![], Sort::Locked)
}

fn refused(key: &'static str, args: Vec<(&'static str, String)>) -> Trouble {
    Trouble::Other(key, args, Sort::Refused)
}

impl Office {
    /// Opens an account; gives the one-time code by which its holder signs in first. The code is
    /// kept nowhere.
    ///
    /// # Errors
    /// [`Trouble`]; [`Trouble::Locked`] when the role needs the vault's key and it is not there.
    pub fn open_account(
        &self,
        ask: &Ask,
        form: AccountForm,
        unlocked: Option<&Unlocked>,
    ) -> Result<(Receipt, Zeroizing<String>), Trouble> {
        let AccountForm { name, role, holder, secrets, until } = form;
        let name = name.trim().to_owned();
        self.name_is_free(&name)?;
        let vault = key_for(role, unlocked)?;
        let (key, mut sealed) = self.seal_all(None, vec![("name", Some(name))])?;
        let (Some(key), Some(Some(name))) = (key, sealed.pop()) else {
            return Err(Refusal::Blank("field-sign-in-name").into());
        };
        let open = Open { key, name, role, holder, secrets, until };
        let receipt = self.submit(ask, Command::Account(Wish::Open(Box::new(open))))?;
        let no = receipt.number.ok_or_else(wrong)?;
        let code = self.hand_code(&self.ask(&ask.by), no, vault)?;
        Ok((receipt, code))
    }

    /// Hands out a new one-time code: the password that the account had works no longer, and its
    /// sessions end.
    ///
    /// # Errors
    /// As [`Office::open_account`].
    pub fn reset_account(
        &self,
        ask: &Ask,
        no: Number,
        unlocked: Option<&Unlocked>,
    ) -> Result<Zeroizing<String>, Trouble> {
        let row = self.reader()?.account(no)?.ok_or(Trouble::Unknown(no))?;
        let code = self.hand_code(ask, no, key_for(row.role, unlocked)?)?;
        self.end_sessions(Ending::Of(no))?;
        Ok(code)
    }

    fn hand_code(
        &self,
        ask: &Ask,
        no: Number,
        vault: Option<&Unlocked>,
    ) -> Result<Zeroizing<String>, Trouble> {
        let wish = Wish::SetPassword { account: no, how: PasswordBy::Code };
        self.submit(ask, Command::Account(wish))?;
        let code = self.one_time_code();
        self.wrap(no, vault, &code)?;
        Ok(code)
    }

    /// 100 random bits for people: five groups of four without I, L, O, U.
    fn one_time_code(&self) -> Zeroizing<String> {
        const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let random = Zeroizing::new(self.random::<20>());
        let mut code = Zeroizing::new(String::with_capacity(24));
        for (at, byte) in random.iter().enumerate() {
            if at > 0 && at % 4 == 0 {
                code.push('-');
            }
            code.push(char::from(LETTERS[usize::from(byte % 32)]));
        }
        code
    }

    fn wrap(&self, no: Number, vault: Option<&Unlocked>, password: &str) -> Result<(), Trouble> {
        let mut entropy = self.world.entropy;
        let work = self.keys.work()?;
        Ok(self.keys.set_account(&no.to_string(), vault, password, work, &mut entropy)?)
    }

    /// Signs somebody in by name and password. As dear as unlocking the vault, also for a name that
    /// nobody has.
    ///
    /// # Errors
    /// `trouble-sign-in` whatever is wrong, or `trouble-code-over` with the right code after
    /// [`CODE_DAYS`]; the disk's own.
    pub fn sign_in(&self, name: &str, password: &str) -> Result<Entered, Trouble> {
        let reader = self.reader()?;
        let found = self.account_named(&reader, name)?;
        let Some(account) = found.filter(|row| self.account_stands(row)) else {
            // Who asks can't tell by the time whether there is such a name.
            let _ = self.keys.unlock(password);
            return Err(wrong());
        };
        let typed = match account.password {
            Some((PasswordBy::Code, _)) => Zeroizing::new(password.trim().to_uppercase()),
            _ => Zeroizing::new(password.to_owned()),
        };
        let unlocked = match self.keys.try_account(&account.no.to_string(), &typed) {
            Ok(unlocked) => unlocked,
            Err(KeyError::WrongPassphrase | KeyError::Missing(_)) => return Err(wrong()),
            Err(other) => return Err(other.into()),
        };
        if let Some((PasswordBy::Code, at)) = account.password {
            let last = at.day_at(self.zone_minutes()).plus_days(CODE_DAYS);
            if last.is_none_or(|last| last < self.today()) {
                return Err(Trouble::Other("trouble-code-over", vec![], Sort::Locked));
            }
        }
        // A key that the role no longer needs stays unused.
        let unlocked = unlocked.filter(|_| holds_key(account.role)).map(Arc::new);
        Ok(Entered { account, unlocked })
    }

    /// Whether an account may be used today.
    pub fn account_stands(&self, row: &AccountRow) -> bool {
        !row.closed && row.until.is_none_or(|until| until >= self.today())
    }

    /// The holder chooses a password. `old` is the code or the password until now.
    ///
    /// # Errors
    /// `trouble-old-password`, the rules of passwords, [`Trouble`].
    pub fn choose_password(
        &self,
        ask: &Ask,
        no: Number,
        old: &str,
        new: &str,
    ) -> Result<Receipt, Trouble> {
        let reader = self.reader()?;
        let row = reader.account(no)?.ok_or(Trouble::Unknown(no))?;
        let name = self.account_name(&reader, &row)?;
        sound(new, &name)?;
        let old = match row.password {
            Some((PasswordBy::Code, _)) => Zeroizing::new(old.trim().to_uppercase()),
            _ => Zeroizing::new(old.to_owned()),
        };
        if new.to_uppercase() == old.to_uppercase() {
            return Err(refused("trouble-same-password", vec![]));
        }
        let unlocked =
            self.keys.try_account(&no.to_string(), &old).map_err(|error| match error {
                KeyError::WrongPassphrase | KeyError::Missing(_) => {
                    refused("trouble-old-password", vec![])
                }
                other => other.into(),
            })?;
        let wish = Wish::SetPassword { account: no, how: PasswordBy::Holder };
        self.wrap(no, unlocked.as_ref(), new)?;
        self.submit(ask, Command::Account(wish))
    }

    /// The owner chooses another passphrase for the node.
    ///
    /// # Errors
    /// `trouble-old-password`, the rules of passwords, [`Trouble`].
    pub fn choose_passphrase(&self, ask: &Ask, old: &str, new: &str) -> Result<Receipt, Trouble> {
        sound(new, "")?;
        if new == old {
            return Err(refused("trouble-same-password", vec![]));
        }
        let work = self.keys.work()?;
        self.keys.change_passphrase(old, new, work).map_err(|error| match error {
            KeyError::WrongPassphrase => refused("trouble-old-password", vec![]),
            other => other.into(),
        })?;
        self.keys_changed(ask, "passphrase", None)
    }

    /// Changes what an account may do. An account that needs the vault's key now and has none gets
    /// a new one-time code, which is given back.
    ///
    /// # Errors
    /// As [`Office::open_account`].
    pub fn change_account(
        &self,
        ask: &Ask,
        no: Number,
        form: (AccountRole, Option<Vec<Number>>, Option<Day>),
        why: Option<String>,
        unlocked: Option<&Unlocked>,
    ) -> Result<(Receipt, Option<Zeroizing<String>>), Trouble> {
        let before = self.reader()?.account(no)?.ok_or(Trouble::Unknown(no))?;
        let (role, secrets, until) = form;
        let anew = holds_key(role) != holds_key(before.role);
        let vault = if anew { key_for(role, unlocked)? } else { None };
        let wish = Wish::Change { account: no, role, secrets, until, why };
        let receipt = self.submit(ask, Command::Account(wish))?;
        // What is open was opened with other rights.
        self.end_sessions(Ending::Of(no))?;
        let code = match anew {
            true => Some(self.hand_code(&self.ask(&ask.by), no, vault)?),
            false => None,
        };
        Ok((receipt, code))
    }

    /// Closes an account: its sessions end and its wrapped key is destroyed.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn close_account(&self, ask: &Ask, no: Number, why: String) -> Result<Receipt, Trouble> {
        let receipt = self.submit(ask, Command::Account(Wish::Close { account: no, why }))?;
        self.end_sessions(Ending::Of(no))?;
        self.keys.forget_account(&no.to_string())?;
        Ok(receipt)
    }

    /// The name by which an account signs in; its number after an erasure.
    ///
    /// # Errors
    /// As [`Office::field`].
    pub fn account_name(&self, reader: &Reader, row: &AccountRow) -> Result<String, Trouble> {
        let shown = self.field(reader, row.idx, "name", None)?;
        Ok(shown.text().map_or_else(|| row.no.to_string(), str::to_owned))
    }

    fn account_named(&self, reader: &Reader, name: &str) -> Result<Option<AccountRow>, Trouble> {
        let name = name.trim().to_lowercase();
        for row in reader.accounts()?.into_iter().filter(|row| !row.closed) {
            if self.account_name(reader, &row)?.to_lowercase() == name
                || row.no.to_string().to_lowercase() == name
            {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    fn name_is_free(&self, name: &str) -> Result<(), Trouble> {
        if name.is_empty() {
            return Err(Refusal::Blank("field-sign-in-name").into());
        }
        if name.chars().count() > NAME_MAX {
            return Err(Refusal::TooLong("field-sign-in-name", NAME_MAX).into());
        }
        if name.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(Refusal::NotPrintable("field-sign-in-name").into());
        }
        let taken = RESERVED.contains(&&*name.to_lowercase())
            || Number::parse(name).is_ok()
            || self.account_named(&self.reader()?, name)?.is_some();
        match taken {
            true => Err(refused("trouble-name-taken", vec![("name", name.to_owned())])),
            false => Ok(()),
        }
    }

    /// What an account sees; `None` for everything.
    ///
    /// # Errors
    /// The store's own.
    pub fn sight(&self, reader: &Reader, row: &AccountRow) -> Result<Option<Sight>, Trouble> {
        let person = row.holder.filter(|no| no.series == Series::Person);
        Ok(match rights::sight(row.role) {
            rights::Sight::All => None,
            rights::Sight::People => Some(Sight::People),
            rights::Sight::Desk => {
                let nobody = Number { series: Series::Expert, count: u32::MAX };
                Some(Sight::Desk(row.holder.unwrap_or(nobody)))
            }
            rights::Sight::Body => {
                let no = row.holder.filter(|no| no.series == Series::Organisation);
                let found = no.map(|no| reader.organisation(no)).transpose()?.flatten();
                // Without an organisation that takes part there is nothing to see.
                let Some(found) = found.filter(|found| found.ended.is_none()) else {
                    let nobody = Number { series: Series::Expert, count: u32::MAX };
                    return Ok(Some(Sight::Desk(nobody)));
                };
                let (organisation, kind) = (found.no, found.kind);
                Some(Sight::Body { organisation, role: row.role, kind })
            }
            rights::Sight::Chosen => Some(Sight::Secrets {
                cleared: None,
                department: None,
                chosen: row.secrets.clone().unwrap_or_default(),
            }),
            rights::Sight::Cleared => {
                Some(Sight::Secrets { cleared: person, department: None, chosen: Vec::new() })
            }
            rights::Sight::Department => {
                let holder = person.map(|no| reader.person(no)).transpose()?.flatten();
                let department = holder.and_then(|person| person.department);
                Some(Sight::Secrets { cleared: person, department, chosen: Vec::new() })
            }
        })
    }

    /// Notes that a session of the pages began.
    ///
    /// # Errors
    /// The store's own.
    pub fn begin_session(&self, session: &SessionRow) -> Result<(), Trouble> {
        Ok(store::begin_session(&self.home.dir, session)?)
    }

    /// Notes that a session is used.
    ///
    /// # Errors
    /// The store's own.
    pub fn touch_session(&self, id: &str) -> Result<(), Trouble> {
        Ok(store::touch_session(&self.home.dir, id, self.now())?)
    }

    /// Ends sessions of the pages; gives how many.
    ///
    /// # Errors
    /// The store's own.
    pub fn end_sessions(&self, which: Ending<'_>) -> Result<usize, Trouble> {
        Ok(store::end_sessions(&self.home.dir, which, self.now())?)
    }
}

/// The key to be wrapped for a role: none for a role that opens nothing.
fn key_for(role: AccountRole, unlocked: Option<&Unlocked>) -> Result<Option<&Unlocked>, Trouble> {
    match (holds_key(role), unlocked) {
        (false, _) => Ok(None),
        (true, Some(unlocked)) => Ok(Some(unlocked)),
        (true, None) => Err(Trouble::Locked),
    }
}

/// Whether a password is worth stretching: long enough, not the name, not what guessing begins with
/// (NIST SP 800-63B section 3.1.1.2: length and a list of common ones, no rules on kinds of letters).
fn sound(password: &str, name: &str) -> Result<(), Trouble> {
    let count = password.chars().count();
    if !(PASSWORD_MIN..=PASSWORD_MAX).contains(&count) {
        let args = vec![("least", PASSWORD_MIN.to_string()), ("most", PASSWORD_MAX.to_string())];
        return Err(refused("trouble-short-password", args));
    }
    let lower = password.to_lowercase();
    if lower.contains(&name.to_lowercase()) && !name.is_empty() {
        return Err(refused("trouble-password-is-name", vec![]));
    }
    let mut different: Vec<char> = lower.chars().collect();
    different.sort_unstable();
    different.dedup();
    // What is left without the common word must still be a password.
    let rest = COMMON.iter().fold(lower.clone(), |rest, word| rest.replace(word, ""));
    if different.len() < 5 || rest.chars().count() < 4 {
        return Err(refused("trouble-weak-password", vec![]));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_that_are_guessed_at_once_are_refused() {
        for (password, key) in [
            ("short", "trouble-short-password"),
            ("短短短短", "trouble-short-password"),
            ("aaaaaaaaaaaa", "trouble-weak-password"),
            ("Password123456", "trouble-weak-password"),
            ("qwerty888888", "trouble-weak-password"),
            ("chenyifan-2026", "trouble-password-is-name"),
        ] {
            let refused = sound(password, "ChenYifan").expect_err(password);
            assert_eq!(refused.key(), key, "{password}");
        }
        for password in
            ["浆料在三号炉前要静置一夜", "correct horse battery", "password of the moon"]
        {
            assert!(sound(password, "chen").is_ok(), "{password}");
        }
    }
}
