//! What is looked for: an index of the register's statements and carriers under a key of its own.
//!
//! On the disk lie the index (keyed hashes), its key and a list of what is in it and what was left
//! out; the last two sealed to the vault's key. So neither can be used while the vault is locked.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use domain::Number;
use domain::command::{BuildIndex, Command};
use domain::terms::Level;
use extract::{Limits, extract_bytes};
use matcher::index::{Added, Index, IndexBuilder, Kind, OpenError, Part, Reason, Refused, Window};
use matcher::key::{MatchKey, Nonce};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::Reader;
use store::read::{SecretCard, SecretFilter};
use vault::Unlocked;

use super::gather::{Gather, Gathered};
use super::report::IndexInfo;
use super::{look, paths};
use crate::home::private_file;
use crate::{Ask, Office, Sort, Trouble};

/// The version of how content is taken apart; another one builds the index anew.
const VERSION: u32 = 1;
/// The largest carrier that is taken apart.
pub(super) const CARRIER_MAX: u64 = 256 << 20;
/// Refusals that the ledger names.
const REFUSED_MAX: usize = 200;

/// A part that is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The secret point.
    pub secret: Number,
    /// `statement/1`, `carrier/2`, or `carrier/2/` and the place in it.
    pub part: String,
    /// What it is: `text`, `table` or `bytes`.
    pub kind: Kind,
    /// Folded bytes of a text or table, bytes of anything else.
    pub units: u32,
    /// Of them, those that are looked for.
    pub units_protected: u32,
    /// Rows of a table that are looked for.
    pub rows: u32,
    /// Fingerprints.
    pub fingerprints: u32,
    /// Stretches that are not looked for: why, and how many bytes. `repetitive`, or `public` with
    /// the name of the public text.
    pub filtered: Vec<(Leave, u64)>,
}

/// Why something is not looked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Leave {
    /// `empty`, `too-short`, `public`, `repetitive`, `too-big`, `layout`, `erased`, or a word of
    /// [`extract::Why`].
    pub word: String,
    /// The public texts, or how long it is and would have to be.
    pub detail: String,
}

/// A part that is not looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The secret point.
    pub secret: Number,
    /// As in [`Listed::part`].
    pub part: String,
    /// Why.
    pub why: Leave,
}

impl Leave {
    pub(super) fn word(word: &str) -> Self {
        Self { word: word.to_owned(), detail: String::new() }
    }

    /// The words besides those of [`extract::Why`].
    pub const WORDS: &'static [&'static str] =
        &["empty", "too-short", "public", "repetitive", "too-big", "layout", "erased"];
}

/// What is kept beside the index, sealed.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct State {
    version: u32,
    register: String,
    built: String,
    digest: String,
    window: Window,
    public: Vec<PathBuf>,
    listed: Vec<Listed>,
    left: Vec<Left>,
}

/// A secret point as the register has it now.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) title: String,
    pub(super) level: Level,
    pub(super) owner: Option<Number>,
}

/// What is looked for, opened.
pub struct Protected {
    bytes: Vec<u8>,
    key: MatchKey,
    state: State,
    info: IndexInfo,
    pub(super) heads: BTreeMap<Number, Head>,
    /// Whether it was built just now.
    pub built_now: bool,
}

/// How the index is to be built.
#[derive(Clone, Debug, Default)]
pub struct Build {
    /// Files and folders with public texts: what is in them is not looked for. `None`: as before.
    pub public: Option<Vec<PathBuf>>,
    /// The wide window, or the fine one, which guarantees shorter runs for twice the index; as before
    /// if not said, and wide at first.
    pub wide: Option<bool>,
    /// Build it, also when nothing has changed.
    pub anew: bool,
}

impl Protected {
    /// The index.
    ///
    /// # Errors
    /// [`OpenError`]; not after it was opened once.
    pub(super) fn index(&self) -> Result<Index<'_>, OpenError> {
        Index::open(&self.bytes, &self.key)
    }

    /// Figures of the index.
    pub fn info(&self) -> &IndexInfo {
        &self.info
    }

    /// When it was built, RFC 3339.
    pub fn built(&self) -> &str {
        &self.state.built
    }

    /// Bytes of the index.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Parts that are looked for.
    pub fn listed(&self) -> &[Listed] {
        &self.state.listed
    }

    /// Parts that are not.
    pub fn left(&self) -> &[Left] {
        &self.state.left
    }

    /// Files and folders with public texts.
    pub fn public(&self) -> &[PathBuf] {
        &self.state.public
    }
}

impl Office {
    fn match_file(&self, name: &str) -> PathBuf {
        self.home().dir.join("match").join(name)
    }

    /// Opens what is looked for, and builds it first when the register has changed since.
    ///
    /// # Errors
    /// [`Trouble`]: no secret point to look for, or what opening them says.
    pub fn protected(
        &self,
        ask: &Ask,
        unlocked: &Unlocked,
        build: &Build,
    ) -> Result<Protected, Trouble> {
        let dir = self.home().dir.join("match");
        std::fs::create_dir_all(&dir).map_err(|error| Trouble::disk(&dir, error))?;
        let key = self.match_key(unlocked)?;
        let reader = self.reader()?;
        let cards = cards(&reader)?;
        let heads = heads(&cards);
        let known = self.match_state(unlocked);
        let public = build.public.clone();
        let public =
            public.or_else(|| known.as_ref().map(|state| state.public.clone())).unwrap_or_default();
        let wide = build.wide.or_else(|| known.as_ref().map(|s| s.window == Window::Wide));
        let window = if wide == Some(false) { Window::Fine } else { Window::Wide };
        let register = register(&cards, &public, window);
        let fresh = known
            .filter(|state| state.version == VERSION && state.register == register && !build.anew);
        if let Some(state) = fresh
            && let Some(bytes) = self.index_bytes(&key, &state)?
        {
            return Ok(Protected::of(bytes, key, state, heads, false));
        }
        let (bytes, mut state) =
            self.build_index(&reader, &cards, unlocked, &key, (window, public))?;
        state.register = register;
        private_file(&self.match_file("index"), &bytes)?;
        let sealed = serde_json::to_vec(&state).map_err(|_| Trouble::Settings("match"))?;
        private_file(&self.match_file("state.age"), &self.seal_for_vault(&sealed)?)?;
        let protected = Protected::of(bytes, key, state, heads, true);
        self.record_index(ask, &protected, cards.iter().map(|card| card.row.no).collect())?;
        Ok(protected)
    }

    /// Seals something so that the vault's key opens it.
    pub(super) fn seal_for_vault(&self, plain: &[u8]) -> Result<Vec<u8>, Trouble> {
        Ok(self.vault.seal(plain)?)
    }

    fn match_key(&self, unlocked: &Unlocked) -> Result<MatchKey, Trouble> {
        let path = self.match_file("key.age");
        if let Ok(sealed) = std::fs::read(&path) {
            let opened = unlocked.open(&sealed)?;
            if let Some(key) = opened.first_chunk::<32>() {
                return Ok(MatchKey::new(*key));
            }
        }
        // Without its key an index is worth nothing: a new one is built with a new key.
        let key = self.random::<32>();
        private_file(&path, &self.seal_for_vault(&key)?)?;
        Ok(MatchKey::new(key))
    }

    fn match_state(&self, unlocked: &Unlocked) -> Option<State> {
        let sealed = std::fs::read(self.match_file("state.age")).ok()?;
        serde_json::from_slice(&unlocked.open(&sealed).ok()?).ok()
    }

    /// The index on the disk, if it is the one that the state tells of.
    fn index_bytes(&self, key: &MatchKey, state: &State) -> Result<Option<Vec<u8>>, Trouble> {
        let Ok(bytes) = std::fs::read(self.match_file("index")) else { return Ok(None) };
        match Index::open(&bytes, key) {
            Err(OpenError::NewerVersion { .. }) => Err(Trouble::Newer),
            // Anything else is mended by building it anew.
            Err(_) => Ok(None),
            Ok(_) => {
                let same = hex::encode(Sha256::digest(&bytes)) == state.digest;
                Ok(same.then_some(bytes))
            }
        }
    }

    fn build_index(
        &self,
        reader: &Reader,
        cards: &[SecretCard],
        unlocked: &Unlocked,
        key: &MatchKey,
        (window, public): (Window, Vec<PathBuf>),
    ) -> Result<(Vec<u8>, State), Trouble> {
        let mut building = Building {
            builder: IndexBuilder::new(key, Nonce(self.random()), window),
            listed: Vec::new(),
            left: Vec::new(),
        };
        for card in cards {
            if let Some(idx) = card.public_idx
                && let Some(text) = self.field(reader, idx, "public", Some(unlocked))?.text()
            {
                building.builder.add_public(&card.row.no.to_string(), Kind::Text, text.as_bytes());
            }
        }
        for path in &public {
            add_public(&mut building.builder, path)?;
        }
        for card in cards {
            let no = card.row.no;
            self.secret_parts(reader, card, unlocked, &mut |part, content| match content {
                Ok(piece) => building.add(no, part, piece.kind, &piece.bytes),
                Err(why) => building.leave(no, part, why),
            })?;
        }
        if building.listed.is_empty() {
            return Err(nothing_to_look_for(&building.left));
        }
        let Building { builder, listed, left } = building;
        let bytes = builder.finish();
        let state = State {
            version: VERSION,
            register: String::new(),
            built: self.now().to_rfc3339(),
            digest: hex::encode(Sha256::digest(&bytes)),
            window,
            public,
            listed,
            left,
        };
        Ok((bytes, state))
    }

    fn record_index(
        &self,
        ask: &Ask,
        protected: &Protected,
        secrets: Vec<Number>,
    ) -> Result<(), Trouble> {
        let named =
            |left: &Left| format!("{} {} {}", left.secret, first_two(&left.part), left.why.word);
        let refused = protected.left().iter().filter(|left| left.why.word != "layout");
        let command = BuildIndex {
            secrets,
            parts: protected.info.parts,
            refused: refused.take(REFUSED_MAX).map(named).collect(),
            fingerprints: protected.info.fingerprints,
            guaranteed: protected.info.guaranteed,
            digest: protected.info.digest.clone(),
        };
        let ask = Ask { by: ask.by.clone(), key: self.random() };
        self.submit(&ask, Command::BuildIndex(Box::new(command))).map(drop)
    }
}

/// `carrier/2` of `carrier/2/word/document.xml`: what lies in a carrier is nobody's business.
fn first_two(part: &str) -> &str {
    let end = part.match_indices('/').nth(1).map_or(part.len(), |(at, _)| at);
    &part[..end]
}

struct Building {
    builder: IndexBuilder,
    listed: Vec<Listed>,
    left: Vec<Left>,
}

impl Building {
    fn leave(&mut self, secret: Number, part: String, why: Leave) {
        self.left.push(Left { secret, part, why });
    }

    fn add(&mut self, secret: Number, part: String, kind: Kind, bytes: &[u8]) {
        let document = secret.to_string();
        match self.builder.add(Part { document: &document, part: &part, kind, bytes }) {
            Ok(added) => self.listed.push(listed(secret, part, &added)),
            Err(refused) => self.leave(secret, part, why(&refused)),
        }
    }
}

fn listed(secret: Number, part: String, added: &Added) -> Listed {
    let mut filtered: BTreeMap<Leave, u64> = BTreeMap::new();
    for stretch in &added.filtered {
        let why = match &stretch.reason {
            Reason::Public(source) => Leave { word: "public".into(), detail: source.clone() },
            Reason::Repetitive => Leave::word("repetitive"),
        };
        *filtered.entry(why).or_default() += u64::from(stretch.range.end - stretch.range.start);
    }
    Listed {
        secret,
        part,
        kind: added.info.kind,
        units: added.info.units,
        units_protected: added.info.units_protected,
        rows: added.info.rows,
        fingerprints: added.fingerprints,
        filtered: filtered.into_iter().collect(),
    }
}

fn why(refused: &Refused) -> Leave {
    match refused {
        Refused::Empty => Leave::word("empty"),
        Refused::TooShort { units, needed } => {
            Leave { word: "too-short".into(), detail: format!("{units}/{needed}") }
        }
        Refused::PublicOnly { sources } => {
            Leave { word: "public".into(), detail: sources.join(", ") }
        }
        Refused::Repetitive => Leave::word("repetitive"),
        Refused::TooBig => Leave::word("too-big"),
    }
}

fn nothing_to_look_for(left: &[Left]) -> Trouble {
    let shown = left
        .iter()
        .take(5)
        .map(|left| format!("{} {} ({})", left.secret, first_two(&left.part), left.why.word));
    let args = vec![("parts", shown.collect::<Vec<_>>().join(", "))];
    let key = if left.is_empty() { "trouble-index-empty" } else { "trouble-index-all-left" };
    Trouble::Other(key, args, Sort::Refused)
}

/// Takes everything below a path as public.
fn add_public(builder: &mut IndexBuilder, path: &Path) -> Result<(), Trouble> {
    let mut faults = Vec::new();
    let entries = paths::files(std::slice::from_ref(&path.to_owned()), &mut faults, &|| true);
    if entries.is_empty() {
        return Err(Trouble::FileAbsent(path.to_owned()));
    }
    for entry in entries {
        let mut bytes = Vec::new();
        let read = std::fs::File::open(&entry.path)
            .and_then(|file| file.take(CARRIER_MAX).read_to_end(&mut bytes));
        read.map_err(|error| Trouble::disk(&entry.path, error))?;
        let mut add = |piece: Gathered| builder.add_public(&entry.shown, piece.kind, &piece.bytes);
        extract_bytes(
            &entry.shown,
            &bytes,
            Limits::default(),
            &mut Gather::new(&entry.shown, &mut add),
        );
    }
    Ok(())
}

impl Protected {
    fn of(
        bytes: Vec<u8>,
        key: MatchKey,
        state: State,
        heads: BTreeMap<Number, Head>,
        built_now: bool,
    ) -> Self {
        let fingerprints = state.listed.iter().map(|part| u64::from(part.fingerprints)).sum();
        let left = state.left.iter().filter(|left| left.why.word != "layout");
        let info = IndexInfo {
            digest: state.digest.clone(),
            guaranteed: look::guaranteed(state.window),
            guaranteed_bytes: look::BYTES_MIN + state.window.guaranteed() as u32,
            parts: state.listed.len() as u32,
            fingerprints,
            left_out: left.count() as u32,
        };
        Self { bytes, key, state, info, heads, built_now }
    }
}

/// The secret points that are looked for, with all that stands in the register of them.
fn cards(reader: &Reader) -> Result<Vec<SecretCard>, Trouble> {
    let filter = SecretFilter { limit: u32::MAX, ..SecretFilter::default() };
    let mut rows = reader.secrets(&filter)?.rows;
    rows.retain(|row| row.state.is_open());
    rows.sort_by_key(|row| row.no);
    let cards = rows.into_iter().map(|row| Ok(reader.secret(row.no)?));
    Ok(cards.collect::<Result<Vec<_>, Trouble>>()?.into_iter().flatten().collect())
}

fn heads(cards: &[SecretCard]) -> BTreeMap<Number, Head> {
    let head = |card: &SecretCard| Head {
        title: card.row.title.clone(),
        level: card.row.level,
        owner: card.row.owner,
    };
    cards.iter().map(|card| (card.row.no, head(card))).collect()
}

/// A digest of all that the index depends on.
fn register(cards: &[SecretCard], public: &[PathBuf], window: Window) -> String {
    let mut hasher = Sha256::new();
    let mut line = |text: String| hasher.update(format!("{text}\n"));
    line(format!("{VERSION} {window:?}"));
    for card in cards {
        line(format!("{} {:?}", card.row.no, card.public_idx));
        for row in card.statements.iter().filter(|row| row.stands) {
            line(format!("statement {} {}", row.no, row.idx));
        }
        for row in card.carriers.iter().filter(|row| !row.retired) {
            line(format!("carrier {} {}", row.no, row.idx));
        }
    }
    for path in public {
        let mut faults = Vec::new();
        for entry in paths::files(std::slice::from_ref(path), &mut faults, &|| true) {
            let data = std::fs::metadata(&entry.path).ok();
            let changed = data.as_ref().and_then(|data| data.modified().ok());
            line(format!("public {} {:?} {changed:?}", entry.shown, data.map(|data| data.len())));
        }
    }
    hex::encode(hasher.finalize())
}
