//! The data directory: its settings, its keys, and how a new one is made.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use domain::Command;
use domain::command::CreateNode;
use domain::terms::Role;
use ledger::note::{SigningKey, VerifierKey};
use serde::{Deserialize, Serialize};
use store::{Config, Journal, Wish};
use vault::{KeyDir, Share, WorkFactor};

use crate::{Trouble, World};

/// The settings' file.
const SETTINGS: &str = "midun.toml";
/// The log's key, in the form that Go's `note` package writes.
const LOG_KEY: &str = "log.key";
/// The newest layout of a data directory that this program knows.
const VERSION: u32 = 1;

/// `midun.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The layout's version.
    pub version: u32,
    /// The log's origin: a random name, which is also the name of its key.
    pub origin: String,
    /// The company's time zone, such as `+08:00`.
    pub zone: String,
    /// The language of pages and messages when the reader asks for none: `zh-CN` or `en`.
    pub language: String,
    /// Where pages are served.
    pub listen: String,
}

impl Settings {
    /// The time zone in minutes east of Greenwich.
    ///
    /// # Errors
    /// [`Trouble::Settings`] when it is not written as `+08:00`.
    pub fn zone_minutes(&self) -> Result<i16, Trouble> {
        let wrong = || Trouble::Settings("zone");
        let (sign, rest) = match self.zone.split_at_checked(1) {
            Some(("+", rest)) => (1, rest),
            Some(("-", rest)) => (-1, rest),
            _ => return Err(wrong()),
        };
        let (hours, minutes) = rest.split_once(':').ok_or_else(wrong)?;
        let hours: i16 = hours.parse().map_err(|_| wrong())?;
        let minutes: i16 = minutes.parse().map_err(|_| wrong())?;
        let sound = (0..=14).contains(&hours) && (0..60).contains(&minutes);
        if sound { Ok(sign * (60 * hours + minutes)) } else { Err(wrong()) }
    }
}

/// What stands in a data directory, by the first part of its path.
const OWN: [&str; 6] = [SETTINGS, "keys", "vault", "tiles", "roots", "uploads"];
/// The database and its companions begin so.
const DATABASE: &str = "midun.sqlite";

/// Whether a folder is some node's data directory.
pub(crate) fn is_node(dir: &Path) -> bool {
    dir.join(SETTINGS).is_file() && dir.join("keys").is_dir()
}

/// The node whose own files a real path leads into: its directory, keys, vault, database. Files
/// that somebody keeps beside those are not the node's.
pub(crate) fn node_over(real: &Path) -> Option<&Path> {
    real.ancestors().filter(|dir| is_node(dir)).find(|dir| {
        let inside = real.strip_prefix(dir).ok().and_then(|rest| rest.components().next());
        let Some(first) = inside else { return true };
        let first = first.as_os_str().to_string_lossy();
        first.starts_with(DATABASE) || OWN.contains(&&*first)
    })
}

/// A data directory that exists.
#[derive(Clone, Debug)]
pub struct Home {
    /// Where it is.
    pub dir: PathBuf,
    /// Its settings.
    pub settings: Settings,
}

impl Home {
    /// Reads the settings of a data directory.
    ///
    /// # Errors
    /// [`Trouble::NoNode`], [`Trouble::Newer`], [`Trouble::Settings`], [`Trouble::Disk`].
    pub fn open(dir: &Path) -> Result<Self, Trouble> {
        let text = match fs::read_to_string(dir.join(SETTINGS)) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Trouble::NoNode(dir.to_owned()));
            }
            Err(error) => return Err(Trouble::disk(dir.join(SETTINGS), error)),
        };
        let table: toml::Table = text.parse().map_err(|_| Trouble::Settings("midun.toml"))?;
        match table.get("version").and_then(toml::Value::as_integer) {
            Some(found) if found > i64::from(VERSION) => return Err(Trouble::Newer),
            Some(_) => {}
            None => return Err(Trouble::Settings("version")),
        }
        let settings: Settings = table.try_into().map_err(|_| Trouble::Settings("midun.toml"))?;
        settings.zone_minutes()?;
        Ok(Self { dir: dir.to_owned(), settings })
    }

    /// `keys/`.
    pub fn keys_dir(&self) -> PathBuf {
        self.dir.join("keys")
    }

    /// `vault/`.
    pub fn vault_dir(&self) -> PathBuf {
        self.dir.join("vault")
    }

    /// `tiles/`.
    pub fn tiles_dir(&self) -> PathBuf {
        self.dir.join("tiles")
    }

    /// The log's key, a service credential: a node signs without anybody's passphrase.
    ///
    /// # Errors
    /// [`Trouble::LogKey`] when it is missing, damaged, or of another origin.
    pub fn log_key(&self) -> Result<SigningKey, Trouble> {
        let text =
            fs::read_to_string(self.keys_dir().join(LOG_KEY)).map_err(|_| Trouble::LogKey)?;
        let key = SigningKey::parse(text.trim()).map_err(|_| Trouble::LogKey)?;
        if key.name() == self.settings.origin { Ok(key) } else { Err(Trouble::LogKey) }
    }

    /// The log's verifier key.
    ///
    /// # Errors
    /// As [`Home::log_key`].
    pub fn log_vkey(&self) -> Result<VerifierKey, Trouble> {
        Ok(self.log_key()?.verifier())
    }
}

/// What is needed to set up a node.
pub struct NewNode {
    /// The company's or station's name.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// What protects the vault's key.
    pub passphrase: String,
    /// How much stretching the passphrase costs: 2 to this power.
    pub work: WorkFactor,
    /// Shares needed and shares made; `None` for no shares.
    pub shares: Option<(u8, u8)>,
    /// The settings; version and origin are set here.
    pub zone: String,
    /// `zh-CN` or `en`.
    pub language: String,
    /// Where pages will be served.
    pub listen: String,
    /// The program's version.
    pub program: String,
}

/// Makes a data directory: keys, vault, journal with leaf 0. Gives the recovery shares, which are
/// stored nowhere.
///
/// # Errors
/// [`Trouble`]; a directory that holds a node already is left as it is, and in an empty one nothing
/// stays behind.
pub fn init(dir: &Path, node: NewNode, world: &World) -> Result<Vec<Share>, Trouble> {
    if dir.join(SETTINGS).exists() {
        return Err(domain::Refusal::AlreadyCreated.into());
    }
    fs::create_dir_all(dir).map_err(|error| Trouble::disk(dir, error))?;
    let mut inside = fs::read_dir(dir).map_err(|error| Trouble::disk(dir, error))?;
    let was_empty = inside.next().is_none();
    let made = make(dir, node, world);
    if made.is_err() && was_empty {
        // Nobody has seen these keys, and nothing was sealed or signed with them.
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let path = entry.path();
            drop(if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) });
        }
    }
    made
}

fn make(dir: &Path, node: NewNode, world: &World) -> Result<Vec<Share>, Trouble> {
    let mut entropy = world.entropy;

    let keys = KeyDir::at(dir.join("keys"));
    let unlocked = keys.set_up(&node.passphrase, node.work, &mut entropy)?;
    let shares = match node.shares {
        Some((need, made)) => unlocked.split(need, made, &mut entropy).map_err(Trouble::Share)?,
        None => Vec::new(),
    };

    let mut name = [0; 8];
    entropy(&mut name);
    let settings = Settings {
        version: VERSION,
        origin: format!("midun.log/{}", hex::encode(name)),
        zone: node.zone,
        language: node.language,
        listen: node.listen,
    };
    let zone_minutes = settings.zone_minutes()?;
    let mut seed = [0; 32];
    entropy(&mut seed);
    let log_key = SigningKey::log(&settings.origin, &seed).map_err(|_| Trouble::LogKey)?;
    private_file(&dir.join("keys").join(LOG_KEY), format!("{}\n", log_key.to_text()).as_bytes())?;

    let command = CreateNode {
        name: node.name,
        role: node.role,
        origin: settings.origin.clone(),
        log_key: log_key.verifier().to_string(),
        vault_key: unlocked.recipient().to_string(),
        shares: node.shares.map_or("none".into(), |(need, made)| format!("{need}-of-{made}")),
        program: node.program,
    };
    vault::BlobStore::open(dir.join("vault"))?;
    let config = Config {
        dir: dir.to_owned(),
        origin: settings.origin.clone(),
        log_key: std::sync::Arc::new(log_key),
        clock: world.clock.clone(),
        entropy: world.entropy,
        zone_minutes,
    };
    let journal = Journal::open(config, true)?;
    let mut key = [0; 16];
    entropy(&mut key);
    journal.submit(Wish { key, by: "owner".into(), command: Command::CreateNode(command) })?;
    drop(journal);

    // Last of all: a directory with settings is a whole node.
    let text = toml::to_string(&settings).map_err(|_| Trouble::Settings("midun.toml"))?;
    private_file(&dir.join(SETTINGS), text.as_bytes())?;
    Ok(shares)
}

/// Writes a file that only its owner may read, whole or not at all.
pub(crate) fn private_file(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    let trouble = |error| Trouble::disk(path, error);
    let temporary = path.with_extension("new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&temporary).map_err(trouble)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(trouble)?;
    drop(file);
    fs::rename(&temporary, path).map_err(trouble)?;
    sync_parent(path).map_err(trouble)
}

/// Makes a rename durable. Windows has no such call; there the file system journals it.
pub(crate) fn sync_parent(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    if let Some(parent) = path.parent() {
        return fs::File::open(parent)?.sync_all();
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
