//! What the verifier says: keys and values; the words are in the translation files.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// The verdict on a dossier.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// The verdict in one word.
    pub outcome: Outcome,
    /// What was checked, in the order of the report: what holds, what fails, what stays open.
    pub claims: Vec<Claim>,
    /// What the manifest says of the dossier, when it could be read.
    pub dossier: Option<About>,
    /// The name in leaf 0, when leaf 0 is in the log.
    pub holder: Option<String>,
    /// The log's verifier key, as the manifest names it.
    pub log_key: Option<String>,
    /// Whose words decide which witnesses count.
    pub keys_from: KeysFrom,
    /// Whose roots decide which time-stamp authorities count.
    pub roots_from: KeysFrom,
    /// Whether an independent witness or authority vouches for the time of each event shown.
    pub neutral: bool,
    /// The events shown, ascending by index.
    pub events: Vec<EventFact>,
    /// The event `dossier.built`.
    pub built: Option<EventFact>,
    /// What the manifest vouches for.
    pub files: Vec<FileFact>,
    /// The witnesses that were looked for.
    pub witnesses: Vec<WitnessFact>,
    /// The time-stamp authorities that were found.
    pub authorities: Vec<AuthorityFact>,
    /// How much there was.
    pub counts: Counts,
    /// What it says, when it is a proof that stands alone rather than a dossier.
    pub proof: Option<ProofFact>,
    /// The entry in which reading stopped, when it stopped before the end.
    pub stopped_in: Option<String>,
}

/// The verdict in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nothing fails, and all that must be judged could be judged.
    Valid,
    /// Something fails; the claims say what, and what still holds.
    NotValid,
    /// It can't be judged: no dossier, cut off, or made by a newer program.
    Unreadable,
}

/// Whether a claim holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It was checked and holds.
    Holds,
    /// It was checked and does not hold.
    Fails,
    /// It could not be checked, or nobody vouches for it. Not a failure of the dossier.
    Open,
}

/// One thing that was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// A translation key, one of [`super::CLAIM_KEYS`].
    pub id: &'static str,
    /// What it is about: a path, an index, a name; empty when `args` count many alike.
    pub subject: String,
    /// Whether it holds.
    pub state: State,
    /// Why it fails or stays open: a translation key, one of [`super::WHY_KEYS`].
    pub why: Option<&'static str>,
    /// Values for the words of `id` and `why`. In JSON an object.
    #[serde(serialize_with = "as_object")]
    pub args: Vec<(&'static str, String)>,
}

fn as_object<S: Serializer>(args: &[(&'static str, String)], out: S) -> Result<S::Ok, S::Error> {
    out.collect_map(args.iter().map(|(name, value)| (name, value)))
}

/// What the manifest says of the dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct About {
    /// Its number.
    pub no: String,
    /// What it is for.
    pub purpose: String,
    /// Its language.
    pub language: String,
    /// The holder, as the manifest says.
    pub holder: String,
    /// When it was made, as the manifest says.
    pub made: String,
    /// The program that made it.
    pub program: String,
    /// The secret points shown.
    pub secrets: Vec<String>,
    /// What was left out.
    pub withheld: Vec<String>,
}

/// What a proof that stands alone says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProofFact {
    /// The log, by its origin.
    pub log: String,
    /// The place of the entry.
    pub index: u64,
    /// The size of the log at the proof's checkpoint.
    pub size: u64,
    /// Who signed the checkpoint beside the log, by the names in its lines.
    pub cosigners: Vec<String>,
    /// The witnesses of the verifier's policy whose signatures hold, and when they signed:
    /// milliseconds since 1970.
    pub seen: Vec<(String, i64)>,
}

/// Who named a key or a root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeysFrom {
    /// Whoever verifies.
    Verifier,
    /// The dossier itself: then they prove order, but whoever made the dossier chose them.
    DossierItself,
}

/// How a witness or an authority is related to the holder, as the holder told the log. The order
/// is that of weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// For drills and the demo only.
    Drill,
    /// Run by the holder itself.
    Own,
    /// The events shown don't say.
    Unknown,
    /// The district's station.
    Station,
    /// An independent third party.
    Independent,
}

impl Standing {
    /// Reads the item `relation` of `witness.added` or `authority.added`.
    pub fn parse(word: &str) -> Self {
        match word {
            "station" => Self::Station,
            "independent" => Self::Independent,
            "own" => Self::Own,
            "drill" => Self::Drill,
            _ => Self::Unknown,
        }
    }
}

/// A time that somebody else vouches for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bound {
    /// Milliseconds since 1970 in UTC.
    pub unix_ms: i64,
    /// The witness's or authority's name.
    pub by: String,
    /// Whether it is a cosignature or a time-stamp.
    pub means: Means,
    /// How whoever vouches is related to the holder.
    pub standing: Standing,
}

/// How a time is vouched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// A witness's cosignature (C2SP tlog-cosignature).
    Cosignature,
    /// A time-stamp (RFC 3161).
    Stamp,
}

/// What is known of an event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventFact {
    /// Its place in the log.
    pub index: u64,
    /// Its kind's tag.
    pub kind: String,
    /// The fields shown, by name in the kind's order.
    pub shown: Map<String, Value>,
    /// The names of the fields withheld.
    pub withheld: Vec<&'static str>,
    /// The journal's clock: milliseconds since 1970 in UTC.
    pub received: Option<i64>,
    /// It was in the log not later than this: the earliest time by whoever stands highest.
    pub not_later_than: Option<Bound>,
    /// The earliest such time for each standing, highest first.
    pub bounds: Vec<Bound>,
    /// It was received not earlier than this.
    pub not_earlier_than: Option<Bound>,
    /// Whether number, names and order of the items are those of the kind.
    pub form: State,
    /// Whether it is in the log.
    pub included: State,
    /// Whether `received` agrees with the times others vouch for.
    pub time: State,
}

/// What is known of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileFact {
    /// Its path in the dossier.
    pub path: String,
    /// Its size in bytes, as the manifest says.
    pub size: u64,
    /// SHA-256 in hex, as the manifest says.
    pub sha256: String,
    /// The event that commits to it.
    pub event: Option<u64>,
    /// Whether the content is the manifest's.
    pub content: State,
    /// Whether the event commits to it; `None` for what is not under `files/`.
    pub committed: Option<State>,
}

/// What is known of a witness.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WitnessFact {
    /// Its name, as in its key.
    pub name: String,
    /// Its verifier key.
    pub key: String,
    /// How it is related to the holder.
    pub standing: Standing,
    /// How many checkpoints it cosigned.
    pub cosigned: u64,
    /// Its earliest and latest cosignature, milliseconds since 1970.
    pub first: Option<i64>,
    /// Its latest cosignature.
    pub last: Option<i64>,
}

/// What is known of a time-stamp authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuthorityFact {
    /// Its name, as in its certificate.
    pub name: String,
    /// The name of the root that vouches for it.
    pub root: String,
    /// SHA-256 of that root's certificate, in hex.
    pub root_sha256: String,
    /// How it is related to the holder.
    pub standing: Standing,
    /// How many checkpoints it stamped.
    pub stamped: u64,
    /// Its earliest stamp, milliseconds since 1970.
    pub first: Option<i64>,
    /// Its latest stamp.
    pub last: Option<i64>,
    /// When the first certificate of its chain ends: it must be stamped anew before then.
    pub chain_ends: i64,
}

/// How much there was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Bytes understood.
    pub bytes: u64,
    /// Entries begun.
    pub entries: u64,
    /// Events shown, `dossier.built` not counted.
    pub events: u64,
    /// Entries under `files/`.
    pub files: u64,
    /// Earlier checkpoints.
    pub anchors: u64,
    /// Leaves of the log at the newest checkpoint.
    pub leaves: Option<u64>,
}

impl Verdict {
    /// The exit status of a command that verifies: 0 valid, 1 not valid, 2 cannot be read.
    pub fn exit_code(&self) -> u8 {
        match self.outcome {
            Outcome::Valid => 0,
            Outcome::NotValid => 1,
            Outcome::Unreadable => 2,
        }
    }

    /// The verdict as JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("these types have string keys only")
    }

    /// The claims that fail.
    pub fn failures(&self) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(|claim| claim.state == State::Fails)
    }
}
