//! The key folder: `vault.age`, `vault.pub`, `service.key`.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use age::secrecy::SecretString;
use zeroize::{Zeroize, Zeroizing};

use crate::Entropy;
use crate::disk::{self, Temp};
use crate::error::{DiskError, KeyError, KeyFile, SealError, ShareError};
use crate::recipient::{Identity, Recipient};
use crate::recovery::{self, Share};
use crate::service::Service;

/// Key files are under a kilobyte; a bigger one isn't ours.
const KEY_FILE_BYTES_MAX: u64 = 16 << 10;
const TEMP_SAFE_AGE: Duration = Duration::from_secs(3600);

/// Cost of trying one passphrase: scrypt with `N = 2^log_n`, r = 8, p = 1 (RFC 7914; C2SP age).
///
/// Each step doubles time and memory (`2^log_n` KiB). The default, 2^18, is the `age` tool's:
/// 256 MiB and about a second. Small machines may take 2^17.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkFactor(u8);

impl WorkFactor {
    /// Least exponent taken: below it a passphrase is guessed too fast. For tests.
    pub const LOG_N_MIN: u8 = 10;
    /// Largest exponent taken, also when opening: the `age` tool refuses more.
    pub const LOG_N_MAX: u8 = 22;

    /// `N = 2^log_n`.
    ///
    /// # Errors
    /// [`KeyError::WorkFactor`] outside 10 to 22.
    pub fn new(log_n: u8) -> Result<Self, KeyError> {
        match (Self::LOG_N_MIN..=Self::LOG_N_MAX).contains(&log_n) {
            true => Ok(WorkFactor(log_n)),
            false => Err(KeyError::WorkFactor { log_n }),
        }
    }
}

impl Default for WorkFactor {
    fn default() -> Self {
        WorkFactor(18)
    }
}

/// The folder with the vault's keys. Folder 0700, files 0600 (on Unix); each file is written
/// beside its place, flushed and renamed, so that a crash leaves the old one or the new one.
#[derive(Debug, Clone)]
pub struct KeyDir(PathBuf);

impl KeyDir {
    /// Names the folder; touches nothing yet.
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        KeyDir(dir.into())
    }

    /// Whether a vault was set up here.
    pub fn is_set_up(&self) -> bool {
        self.path(KeyFile::VaultPub).exists()
    }

    /// Makes the vault: master identity, service credential, `vault.pub` last.
    ///
    /// A set-up that was cut short is completed when the passphrase is the same.
    ///
    /// # Errors
    /// [`KeyError::AlreadyThere`], [`KeyError::Unfinished`], [`KeyError::EmptyPassphrase`],
    /// [`KeyError::Disk`].
    pub fn set_up(
        &self,
        passphrase: &str,
        work: WorkFactor,
        entropy: &mut Entropy,
    ) -> Result<Unlocked, KeyError> {
        if self.is_set_up() {
            return Err(KeyError::AlreadyThere);
        }
        disk::lasting_private_dir(&self.0)?;
        self.sweep()?;
        let identity = if self.path(KeyFile::VaultAge).exists() {
            self.identity(passphrase).map_err(|error| match error {
                KeyError::WrongPassphrase => KeyError::Unfinished,
                other => other,
            })?
        } else {
            let identity = Identity::generate(entropy);
            let sealed = under_passphrase(&identity, passphrase, work)?;
            self.add(KeyFile::VaultAge, &sealed)?;
            identity
        };
        if !self.path(KeyFile::Service).exists() {
            let mut key = Zeroizing::new([0; 32]);
            entropy(&mut *key);
            self.add(KeyFile::Service, &*key)?;
        }
        self.add(KeyFile::VaultPub, format!("{}\n", identity.recipient()).as_bytes())?;
        Ok(Unlocked(identity))
    }

    /// The vault's recipient, from `vault.pub`. No passphrase needed.
    ///
    /// # Errors
    /// [`KeyError::Missing`], [`KeyError::Damaged`], [`KeyError::Disk`].
    pub fn recipient(&self) -> Result<Recipient, KeyError> {
        let bytes = self.read(KeyFile::VaultPub)?;
        std::str::from_utf8(&bytes)
            .ok()
            .and_then(|text| text.parse().ok())
            .ok_or(KeyError::Damaged(KeyFile::VaultPub))
    }

    /// The service credential, from `service.key`. No passphrase needed.
    ///
    /// # Errors
    /// [`KeyError::Missing`], [`KeyError::Damaged`] when it hasn't 32 bytes, [`KeyError::Disk`].
    pub fn service(&self) -> Result<Service, KeyError> {
        let bytes = self.read(KeyFile::Service)?;
        let bytes = bytes.as_slice().try_into().map_err(|_| KeyError::Damaged(KeyFile::Service))?;
        Ok(Service::from_bytes(bytes))
    }

    /// Makes a new `service.key` after the old one was lost. What was wrapped under the old one
    /// must be wrapped anew: [`crate::SecretKeys::rewrap`], [`crate::PersonKeys::rewrap`].
    ///
    /// # Errors
    /// [`KeyError::AlreadyThere`] while a `service.key` is there, [`KeyError::Disk`].
    pub fn renew_service(&self, entropy: &mut Entropy) -> Result<Service, KeyError> {
        let mut key = Zeroizing::new([0; 32]);
        entropy(&mut *key);
        self.add(KeyFile::Service, &*key)?;
        Ok(Service::from_bytes(*key))
    }

    /// Opens the vault. Takes about a second and the memory of the work factor.
    ///
    /// # Errors
    /// [`KeyError::WrongPassphrase`], [`KeyError::Missing`], [`KeyError::Damaged`],
    /// [`KeyError::WorkFactor`] when the file asks for more than 2^22, [`KeyError::NotThisVault`],
    /// [`KeyError::Disk`].
    pub fn unlock(&self, passphrase: &str) -> Result<Unlocked, KeyError> {
        let identity = self.identity(passphrase)?;
        if identity.recipient() != self.recipient()? {
            return Err(KeyError::NotThisVault);
        }
        Ok(Unlocked(identity))
    }

    /// Opens the vault with recovery shares. `vault.age` isn't needed; give a new passphrase with
    /// [`KeyDir::set_passphrase`] afterwards.
    ///
    /// # Errors
    /// As [`crate::combine`], and those of [`KeyDir::recipient`].
    pub fn unlock_with_shares(&self, shares: &[Share]) -> Result<Unlocked, KeyError> {
        recovery::combine(shares, &self.recipient()?)
    }

    /// Puts the master identity under another passphrase. Copies of the old `vault.age` (backups)
    /// still open with the old one.
    ///
    /// # Errors
    /// Those of [`KeyDir::unlock`] for `old`; [`KeyError::EmptyPassphrase`] for `new`.
    pub fn change_passphrase(
        &self,
        old: &str,
        new: &str,
        work: WorkFactor,
    ) -> Result<(), KeyError> {
        self.set_passphrase(&self.unlock(old)?, new, work)
    }

    /// Puts the master identity under a passphrase, replacing `vault.age`: after unlocking with
    /// shares because the old one is lost.
    ///
    /// # Errors
    /// [`KeyError::NotThisVault`], [`KeyError::EmptyPassphrase`], [`KeyError::Disk`].
    pub fn set_passphrase(
        &self,
        vault: &Unlocked,
        new: &str,
        work: WorkFactor,
    ) -> Result<(), KeyError> {
        if vault.recipient() != self.recipient()? {
            return Err(KeyError::NotThisVault);
        }
        let sealed = under_passphrase(&vault.0, new, work)?;
        self.sweep()?;
        self.write(&sealed)?.replace(&self.path(KeyFile::VaultAge))?;
        Ok(())
    }

    fn identity(&self, passphrase: &str) -> Result<Identity, KeyError> {
        let sealed = self.read(KeyFile::VaultAge)?;
        open_sealed(&sealed, passphrase, KeyFile::VaultAge)
    }

    /// The work factor of `vault.age`: what trying its passphrase costs.
    ///
    /// # Errors
    /// [`KeyError::Missing`], [`KeyError::Damaged`], [`KeyError::Disk`].
    pub fn work(&self) -> Result<WorkFactor, KeyError> {
        let sealed = self.read(KeyFile::VaultAge)?;
        // The header is text: `-> scrypt SALT LOG_N` (C2SP age, scrypt recipient stanza).
        let line = sealed.split(|byte| *byte == b'\n').nth(1).unwrap_or_default();
        let line = std::str::from_utf8(line).unwrap_or_default();
        let log_n = line.strip_prefix("-> scrypt ").and_then(|rest| rest.split(' ').nth(1));
        let log_n = log_n.and_then(|log_n| log_n.parse().ok());
        WorkFactor::new(log_n.ok_or(KeyError::Damaged(KeyFile::VaultAge))?)
    }

    /// Gives an account a password: wraps `vault` under it, or, for an account that opens nothing,
    /// an identity that nothing is sealed to. Replaces what the account had. `account` is a number
    /// such as `ZH-0001`.
    ///
    /// # Errors
    /// [`KeyError::NotThisVault`], [`KeyError::EmptyPassphrase`], [`KeyError::Disk`].
    pub fn set_account(
        &self,
        account: &str,
        vault: Option<&Unlocked>,
        password: &str,
        work: WorkFactor,
        entropy: &mut Entropy,
    ) -> Result<(), KeyError> {
        let sealed = match vault {
            Some(vault) if vault.recipient() != self.recipient()? => {
                return Err(KeyError::NotThisVault);
            }
            Some(vault) => under_passphrase(&vault.0, password, work)?,
            None => under_passphrase(&Identity::generate(entropy), password, work)?,
        };
        let path = self.account_path(account);
        disk::lasting_private_dir(path.parent().unwrap_or(&self.0))?;
        self.sweep()?;
        self.write(&sealed)?.replace(&path)?;
        Ok(())
    }

    /// Tries an account's password; gives the vault when the account holds its key. As dear as
    /// [`KeyDir::unlock`].
    ///
    /// # Errors
    /// [`KeyError::WrongPassphrase`], [`KeyError::Missing`] when the account has no password,
    /// [`KeyError::Damaged`], [`KeyError::WorkFactor`], [`KeyError::Disk`].
    pub fn try_account(&self, account: &str, password: &str) -> Result<Option<Unlocked>, KeyError> {
        let file = KeyFile::Account;
        let sealed = read_small(&self.account_path(account)).map_err(|e| read_error(file, e))?;
        let identity = open_sealed(&sealed, password, file)?;
        let holds_key = identity.recipient() == self.recipient()?;
        Ok(holds_key.then_some(Unlocked(identity)))
    }

    /// Destroys an account's wrapped key. It is no fault when there is none.
    ///
    /// # Errors
    /// [`KeyError::Disk`].
    pub fn forget_account(&self, account: &str) -> Result<(), KeyError> {
        match std::fs::remove_file(self.account_path(account)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(DiskError::from_io("remove a key file", error).into())
            }
            _ => Ok(()),
        }
    }

    fn account_path(&self, account: &str) -> PathBuf {
        // Numbers only: nothing that leads elsewhere.
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        assert!(!account.is_empty() && account.chars().all(plain), "an account is a number");
        self.0.join("accounts").join(format!("{account}.age"))
    }

    fn path(&self, file: KeyFile) -> PathBuf {
        self.0.join(file.name())
    }

    fn read(&self, file: KeyFile) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        read_small(&self.path(file)).map_err(|error| read_error(file, error))
    }

    /// Writes a key file that must not be there yet.
    fn add(&self, file: KeyFile, bytes: &[u8]) -> Result<(), KeyError> {
        match self.write(bytes)?.keep_unless_there(&self.path(file))? {
            true => Ok(()),
            false => Err(KeyError::AlreadyThere),
        }
    }

    fn write(&self, bytes: &[u8]) -> Result<Temp, DiskError> {
        let mut temp = Temp::new(&self.0)?;
        temp.file()
            .write_all(bytes)
            .map_err(|error| DiskError::from_io("write a key file", error))?;
        Ok(temp)
    }

    fn sweep(&self) -> Result<(), DiskError> {
        disk::sweep(&self.0, SystemTime::now(), TEMP_SAFE_AGE)
    }
}

/// The opened vault: the master identity. Opens the keys of every subject.
///
/// Overwritten when dropped; prints nothing; can't be copied.
pub struct Unlocked(pub(crate) Identity);

impl Unlocked {
    /// The public half, the same as [`KeyDir::recipient`].
    pub fn recipient(&self) -> Recipient {
        self.0.recipient()
    }

    /// A fresh identity that belongs to no vault: what is sealed to it can be opened by this
    /// process only.
    pub fn passing(entropy: &mut Entropy) -> Self {
        Unlocked(Identity::generate(entropy))
    }

    /// Opens a text that was sealed to [`Unlocked::recipient`].
    ///
    /// # Errors
    /// [`SealError::WrongKey`], [`SealError::Damaged`], [`SealError::TooLong`].
    pub fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        self.0.open(sealed)
    }

    /// Splits the master identity into `n` shares, any `k` of which open the vault. Each call
    /// makes a new set; older sets stay valid and don't mix with it.
    ///
    /// # Errors
    /// [`ShareError::Numbers`] unless `2 <= k <= n <= SHARES_MAX`.
    pub fn split(&self, k: u8, n: u8, entropy: &mut Entropy) -> Result<Vec<Share>, ShareError> {
        recovery::split(&self.0, k, n, entropy)
    }
}

impl fmt::Debug for Unlocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unlocked(…)")
    }
}

/// The file that `age-keygen | age -p` would give, so that `age -d -i vault.age` takes it too.
fn under_passphrase(
    identity: &Identity,
    passphrase: &str,
    work: WorkFactor,
) -> Result<Vec<u8>, KeyError> {
    if passphrase.is_empty() {
        return Err(KeyError::EmptyPassphrase);
    }
    let mut key = age::scrypt::Recipient::new(SecretString::from(passphrase.to_owned()));
    key.set_work_factor(work.0);
    let text = Zeroizing::new(format!(
        "# public key: {}\n{}\n",
        identity.recipient(),
        *identity.to_text()
    ));
    let mut sealed = Vec::new();
    let mut writer = age::Encryptor::with_recipients(std::iter::once(&key as &dyn age::Recipient))
        .expect("one passphrase is a valid set of recipients")
        .wrap_output(&mut sealed)
        .expect("a header can be written to memory");
    writer.write_all(text.as_bytes()).expect("memory takes what is written");
    writer.finish().expect("memory takes what is written");
    Ok(sealed)
}

/// Opens what [`under_passphrase`] gave.
fn open_sealed(sealed: &[u8], passphrase: &str, file: KeyFile) -> Result<Identity, KeyError> {
    let damaged = || KeyError::Damaged(file);
    let mut key = age::scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
    key.set_max_work_factor(WorkFactor::LOG_N_MAX);
    let mut reader = age::Decryptor::new(sealed)
        .and_then(|file| file.decrypt(std::iter::once(&key as &dyn age::Identity)))
        .map_err(|error| match error {
            age::DecryptError::DecryptionFailed => KeyError::WrongPassphrase,
            age::DecryptError::ExcessiveWork { required, .. } => {
                KeyError::WorkFactor { log_n: required }
            }
            _ => damaged(),
        })?;
    let mut text = Zeroizing::new(String::with_capacity(sealed.len()));
    reader.read_to_string(&mut text).map_err(|_| damaged())?;
    text.lines().find(|line| !line.starts_with('#')).and_then(Identity::parse).ok_or_else(damaged)
}

fn read_error(file: KeyFile, error: io::Error) -> KeyError {
    match error.kind() {
        io::ErrorKind::NotFound => KeyError::Missing(file),
        io::ErrorKind::FileTooLarge => KeyError::Damaged(file),
        _ => DiskError::from_io("read a key file", error).into(),
    }
}

fn read_small(path: &Path) -> io::Result<Zeroizing<Vec<u8>>> {
    let file = File::open(path)?;
    let mut bytes = Zeroizing::new(vec![0; KEY_FILE_BYTES_MAX as usize + 1]);
    let mut len = 0;
    loop {
        match (&file).read(&mut bytes[len..])? {
            0 if len > KEY_FILE_BYTES_MAX as usize => {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            0 => break,
            read => len += read,
        }
    }
    bytes[len..].zeroize();
    bytes.truncate(len);
    Ok(bytes)
}
