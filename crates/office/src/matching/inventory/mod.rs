//! 秘点梳理: going through a folder for what may be secret points, with the reasons.
//!
//! ```text
//!  a folder ──► scan: each file read once, in blocks ──► Seen: its hash, reasons, a few prints
//!                │  sealed to the spool, so that a killed run goes on
//!                ▼
//!             group: copies, versions, what is alike, what lies together ──► proposals, ranked
//!             adjust: carriers of secret points that changed, moved, vanished, are new
//!                ▼
//!             report, sealed ── inventory.done: counts and digests ── inventory.decided
//! ```
//! Nothing becomes a secret point here: a proposal that a person accepts goes through the same door
//! as any other registration.

mod accept;
mod adjust;
mod group;
mod scan;
mod sink;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use catalog::inventory::Looker;
use domain::inventory::{Record, Wish};
use domain::terms::Form;
use domain::{Command, Number, Series};
use extract::Limits;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::Receipt;
use store::read::InventoryRow;
use vault::Unlocked;

use super::report::{FAULTS_MAX, FaultRow};
use super::spool::{self, Spool};
use super::sweep::{Control, json};
use crate::{Ask, Office, Sort, Trouble, home};

pub use accept::{AcceptForm, DecideForm};
pub use adjust::{Adjust, AdjustSort};
pub use scan::{Scan, Seen};

/// Proposals that a report keeps; more are counted.
const PROPOSALS_MAX: usize = 1000;
/// Files of one proposal that a report keeps; more are counted.
const FILES_MAX: usize = 400;

/// What is to be gone through, and how.
#[derive(Clone, Debug)]
pub struct InventoryForm {
    /// The folder.
    pub path: PathBuf,
    /// What this is, in words, stored in clear.
    pub what: Option<String>,
    /// Whether what a killed run left is thrown away instead of used.
    pub fresh: bool,
    /// Limits on what comes out of files.
    pub limits: Limits,
    /// Files looked through side by side.
    pub hands: usize,
}

impl InventoryForm {
    /// Goes through this folder.
    pub fn new(path: PathBuf) -> Self {
        Self {
            path,
            what: None,
            fresh: false,
            limits: Limits::default(),
            hands: std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}

/// What going through a folder came to: kept sealed, since it holds names of files.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Inventory {
    /// The format's version: 1.
    pub version: u32,
    /// Its number.
    pub no: Option<Number>,
    /// The program.
    pub program: String,
    /// When it began, RFC 3339.
    pub begun: String,
    /// When it ended.
    pub ended: String,
    /// The folder, as it is really called.
    pub root: String,
    /// What this was, in words.
    pub what: Option<String>,
    /// Whether it was ended early.
    pub partial: bool,
    /// Files that were read.
    pub files: u64,
    /// Bytes of them.
    pub bytes: u64,
    /// Files that an earlier run, which was killed, had read.
    pub resumed: u64,
    /// Files that stand in the register already, as they are.
    pub registered: u64,
    /// Files of proposals that were held to be no secret point before.
    pub passed: u64,
    /// SHA-256 of the rules.
    pub rules: String,
    /// The salt of the list of what was read.
    pub salt: String,
    /// SHA-256 of that list.
    pub manifest: String,
    /// Proposals, adjustments first, then the highest rank first.
    pub proposals: Vec<Proposal>,
    /// Proposals that are not listed.
    pub more_proposals: u64,
    /// How many files or members were not read, or not wholly, by why.
    pub unread: BTreeMap<String, u64>,
    /// Which.
    pub faults: Vec<FaultRow>,
    /// Those that are not listed.
    pub more_faults: u64,
}

/// Something that may be a secret point, or an adjustment of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Its number, from 1.
    pub no: u32,
    /// The sum of its reasons' weights, and a little for more files: for ranking only.
    pub rank: i32,
    /// The kind of information, as far as the reasons say.
    pub form: Option<Form>,
    /// Whether a word that is a level of state secrets was found.
    pub state_word: bool,
    /// Why, the heaviest first.
    pub reasons: Vec<WhyRow>,
    /// Its files; the first one gave the reasons.
    pub files: Vec<FileRow>,
    /// Files that are not listed.
    pub more_files: u64,
    /// What is to be adjusted, when it is about a secret point.
    pub adjust: Option<Adjust>,
}

/// A reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhyRow {
    /// The rule.
    pub rule: String,
    /// What it adds to the rank.
    pub weight: i32,
    /// How many different words, or values.
    pub count: u32,
    /// Some of the words.
    pub words: Vec<String>,
}

/// A file of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRow {
    /// Where it lies, below the folder.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// When it was changed last, in milliseconds of Unix time.
    pub changed: i64,
    /// SHA-256; blank when it could not be read.
    pub sha256: String,
    /// Its own rank.
    pub rank: i32,
    /// Why it belongs to the first one.
    pub tie: Tie,
}

/// Why a file belongs to a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tie {
    /// It is the one with the highest rank.
    First,
    /// The same bytes.
    Copy,
    /// The same name but for a mark of version.
    Version,
    /// Much of the same text, code or numbers.
    Alike,
    /// It lies in the same folder and is of the same kind.
    Place,
}

impl Tie {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::First, Self::Copy, Self::Version, Self::Alike, Self::Place];

    /// A fixed word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Copy => "copy",
            Self::Version => "version",
            Self::Alike => "alike",
            Self::Place => "place",
        }
    }
}

/// How a proposal stands, as a fixed word: `open`, or what became of it.
pub fn state_of(decided: Option<&store::read::ProposalRow>) -> &'static str {
    decided.map_or("open", |row| row.answer.word())
}

/// SHA-256 of the rules that came with the program.
pub(crate) fn rules_digest() -> String {
    let mut hasher = Sha256::new();
    for (path, text) in catalog::SHIPPED.iter().filter(|(path, _)| path.starts_with("inventory/")) {
        hasher.update(path);
        hasher.update(text);
    }
    hex::encode(hasher.finalize())
}

/// Files and proposals of a folder without a node: nothing is kept, nothing recorded.
///
/// # Errors
/// [`Trouble`] when it is no folder that can be gone through.
pub fn proposals_of(
    form: &InventoryForm,
    control: &Control,
) -> Result<(Scan, Vec<Proposal>), Trouble> {
    let root = root_of(&form.path)?;
    let looker = looker()?;
    let scan = scan::scan(&root, form, &looker, control, None)?;
    let all: Vec<&Seen> = scan.seen.iter().collect();
    let proposals = group::proposals(&all);
    Ok((scan, proposals))
}

fn looker() -> Result<Looker<'static>, Trouble> {
    Looker::new(crate::law().inventory()).ok_or(Trouble::Settings("catalog/inventory"))
}

/// Whether a folder can be gone through.
///
/// # Errors
/// [`Trouble`] with the reason why not.
pub fn check_folder(path: &Path) -> Result<(), Trouble> {
    root_of(path).map(drop)
}

/// The folder as it is really called.
fn root_of(path: &Path) -> Result<PathBuf, Trouble> {
    let data = std::fs::metadata(path).map_err(|error| crate::files::file_trouble(path, error))?;
    let shown = || vec![("path", path.display().to_string())];
    if !data.is_dir() {
        return Err(Trouble::Other("trouble-inventory-no-folder", shown(), Sort::Refused));
    }
    let root =
        std::fs::canonicalize(path).map_err(|error| crate::files::file_trouble(path, error))?;
    if let Some(node) = home::node_over(&root) {
        let args = vec![("path", path.display().to_string()), ("node", node.display().to_string())];
        return Err(Trouble::Other("trouble-nodes-own", args, Sort::Refused));
    }
    Ok(root)
}

/// Where what a run has read of a folder is kept.
fn spool_of(root: &str) -> spool::Kind<'_> {
    spool::Kind { folder: "inventory", of: root, held: "trouble-inventory-running" }
}

impl Office {
    /// Goes through a folder. Writes nothing but the spool, from which a killed run goes on.
    ///
    /// # Errors
    /// [`Trouble`] when it is no folder, an empty one, a node's own, or one that another run is in.
    pub fn take_inventory(
        &self,
        form: &InventoryForm,
        unlocked: &Unlocked,
        control: &Control,
    ) -> Result<Inventory, Trouble> {
        let begun = self.now().to_rfc3339();
        let root = root_of(&form.path)?;
        let looker = looker()?;
        let rules = rules_digest();
        let mut spool =
            Spool::open(self, spool_of(&super::paths::shown(&root)), &rules, form.fresh, unlocked)?;
        let Scan { seen, mut faults, resumed } =
            scan::scan(&root, form, &looker, control, Some(&mut spool))?;
        let partial = !control.goes_on();
        if seen.is_empty() && faults.is_empty() && !partial {
            let args = vec![("path", root.display().to_string())];
            return Err(Trouble::Other("trouble-folder-empty", args, Sort::Refused));
        }
        let known = self.known_carriers(&root, unlocked)?;
        let fresh: Vec<&Seen> = seen.iter().filter(|seen| !known.holds(seen)).collect();
        let new: Vec<&Seen> = fresh.iter().copied().filter(|seen| !known.passed(seen)).collect();
        let mut proposals = if partial { Vec::new() } else { known.adjustments(&seen, &faults) };
        let adjusting: std::collections::BTreeSet<&str> =
            proposals.iter().flat_map(|p: &Proposal| &p.files).map(|file| &*file.path).collect();
        let left: Vec<&Seen> =
            new.iter().copied().filter(|seen| !adjusting.contains(&*seen.path)).collect();
        let mut found = group::proposals(&left);
        drop(adjusting);
        let room = PROPOSALS_MAX.saturating_sub(proposals.len());
        let more_proposals = found.len().saturating_sub(room) as u64;
        found.truncate(room);
        proposals.append(&mut found);
        for (no, proposal) in (1..).zip(&mut proposals) {
            proposal.no = no;
        }
        let salt = hex::encode(self.random::<16>());
        let mut unread: BTreeMap<String, u64> = BTreeMap::new();
        faults.iter().for_each(|fault| *unread.entry(fault.why.clone()).or_default() += 1);
        let more_faults = faults.len().saturating_sub(FAULTS_MAX) as u64;
        faults.truncate(FAULTS_MAX);
        Ok(Inventory {
            version: 1,
            no: None,
            program: self.world.program.to_owned(),
            begun,
            ended: self.now().to_rfc3339(),
            root: super::paths::shown(&root),
            what: form.what.clone(),
            partial,
            files: seen.iter().filter(|seen| !seen.sha256.is_empty()).count() as u64,
            bytes: seen.iter().map(|seen| seen.size).sum(),
            resumed,
            registered: (seen.len() - fresh.len()) as u64,
            passed: (fresh.len() - new.len()) as u64,
            rules,
            manifest: scan::manifest(&seen, &salt),
            salt,
            proposals,
            more_proposals,
            unread,
            faults,
            more_faults,
        })
    }

    /// Records an inventory: the report is kept, sealed; counts and digests go into the ledger.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn record_inventory(
        &self,
        ask: &Ask,
        inventory: &mut Inventory,
    ) -> Result<Receipt, Trouble> {
        let write = |no, inventory: &mut Inventory| {
            inventory.no = Some(no);
            fitting(inventory)
        };
        let receipt =
            self.keep_numbered(Series::Inventory, inventory, write, |no, of, report| {
                let (key, sealer) = self.new_key()?;
                let paths = serde_json::Value::from(of.root.as_str());
                let paths = self.seal_item(&key.key_id, &sealer, "paths", &paths)?;
                let adjusted = of.proposals.iter().filter_map(|one| one.adjust.as_ref());
                let mut secrets: Vec<Number> = adjusted.clone().map(|one| one.secret).collect();
                secrets.sort_unstable();
                secrets.dedup();
                let record = Record {
                    no,
                    key,
                    what: of.what.clone(),
                    paths,
                    partial: of.partial,
                    files: of.files,
                    bytes: of.bytes,
                    faults: of.all_faults(),
                    proposals: of.proposals.len() as u32,
                    adjustments: adjusted.count() as u32,
                    secrets,
                    rules: of.rules.clone(),
                    manifest: of.manifest.clone(),
                    program: of.program.clone(),
                    report,
                };
                self.submit(ask, Command::Inventory(Box::new(Wish::Record(Box::new(record)))))
            })?;
        inventory.no = receipt.number;
        if !inventory.partial {
            spool::forget(self, spool_of(&inventory.root));
        }
        Ok(receipt)
    }

    /// An inventory that was kept, if it is still what the ledger says.
    ///
    /// # Errors
    /// [`Trouble::Erased`] when it is gone, [`Trouble::NotAsRecorded`] when it is another.
    pub fn kept_inventory(
        &self,
        row: &InventoryRow,
        unlocked: &Unlocked,
    ) -> Result<Inventory, Trouble> {
        self.kept(row.no, (row.idx, &row.report), unlocked)
    }
}

impl Inventory {
    /// Files and members that were not read, or not wholly.
    pub fn all_faults(&self) -> u64 {
        self.unread.values().sum()
    }

    /// A proposal by its number.
    ///
    /// # Errors
    /// [`domain::Refusal::NoProposal`].
    pub fn proposal(&self, no: u32) -> Result<&Proposal, Trouble> {
        let found = self.proposals.iter().find(|proposal| proposal.no == no);
        let whole = Number { series: Series::Inventory, count: 0 };
        Ok(found.ok_or(domain::Refusal::NoProposal(self.no.unwrap_or(whole), no))?)
    }
}

/// The report as it is kept. What is cut is counted.
fn fitting(inventory: &mut Inventory) -> Result<Vec<u8>, Trouble> {
    let mut text = json(inventory)?;
    while text.len() > vault::TEXT_BYTES_MAX {
        let keep = inventory.faults.len() / 2;
        inventory.more_faults += (inventory.faults.len() - keep) as u64;
        inventory.faults.truncate(keep);
        for proposal in &mut inventory.proposals {
            let keep = (proposal.files.len() / 2).max(1).min(proposal.files.len());
            proposal.more_files += (proposal.files.len() - keep) as u64;
            proposal.files.truncate(keep);
        }
        text = json(inventory)?;
    }
    Ok(text)
}
