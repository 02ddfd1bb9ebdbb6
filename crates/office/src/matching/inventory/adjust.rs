//! Carriers of secret points that are in a folder: which are as they were, and which changed,
//! moved, vanished or are new (动态调整).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use domain::Number;
use domain::terms::Judgement;
use matcher::cluster::{Prints, pairs};
use serde::{Deserialize, Serialize};
use vault::Unlocked;

use super::group::{file_row, whys};
use super::{Proposal, Seen, Tie};
use crate::matching::report::FaultRow;
use crate::{Office, Shown, Trouble};

/// The score from which a file is proposed as a new carrier of what a carrier is of.
const ALIKE: f32 = 0.5;

/// What is to be adjusted of a secret point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adjust {
    /// The secret point.
    pub secret: Number,
    /// How.
    pub sort: AdjustSort,
    /// The carrier that it is about; of a new one, the carrier that it is like.
    pub carrier: u32,
    /// The name under which that carrier is kept.
    pub name: String,
}

/// How a carrier is not as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AdjustSort {
    /// There is a file that is like a carrier, and is none.
    New,
    /// Another content under the same name.
    Changed,
    /// The same content under another name.
    Moved,
    /// Neither its name nor its content is there.
    Vanished,
}

impl AdjustSort {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::New, Self::Changed, Self::Moved, Self::Vanished];

    /// A fixed word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Moved => "moved",
            Self::Vanished => "vanished",
        }
    }
}

/// A carrier that stands in the register.
struct Carrier {
    secret: Number,
    no: u32,
    name: String,
    sha256: String,
    /// Whether its secret point came from this folder.
    home: bool,
}

/// What the register and earlier inventories say of a folder.
pub(super) struct Known {
    carriers: Vec<Carrier>,
    hashes: BTreeSet<String>,
    /// Contents that were held to be no secret point.
    passed: BTreeSet<String>,
}

impl Office {
    /// What is known of a folder that is gone through again.
    pub(super) fn known_carriers(
        &self,
        root: &Path,
        unlocked: &Unlocked,
    ) -> Result<Known, Trouble> {
        let reader = self.reader()?;
        let root = crate::matching::paths::shown(root);
        let (mut home, mut passed) = (BTreeSet::new(), BTreeSet::new());
        for row in reader.inventories()? {
            let kept = match self.kept_inventory(&row, unlocked) {
                Ok(kept) if kept.root == root => kept,
                // Another folder, or one whose report is gone: it says nothing here.
                Ok(_) | Err(Trouble::Erased | Trouble::NotAsRecorded(_)) => continue,
                Err(trouble) => return Err(trouble),
            };
            for decided in reader.proposals(row.no)? {
                let Ok(proposal) = kept.proposal(decided.no) else { continue };
                match decided.answer {
                    Judgement::Accepted => home.extend(decided.secret),
                    Judgement::Aside => {}
                    Judgement::NotSecret => {
                        let hashes = proposal.files.iter().map(|file| file.sha256.clone());
                        passed.extend(hashes.filter(|hash| !hash.is_empty()));
                    }
                }
            }
        }
        let mut carriers = Vec::new();
        let filter =
            store::read::SecretFilter { limit: u32::MAX, ..store::read::SecretFilter::default() };
        for row in reader.secrets(&filter)?.rows {
            let Some(card) = reader.secret(row.no)? else { continue };
            for carrier in card.carriers.iter().filter(|carrier| !carrier.retired) {
                let field = |name| self.field(&reader, carrier.idx, name, Some(unlocked));
                let (Shown::Value(name), Shown::Value(digest)) = (field("name")?, field("digest")?)
                else {
                    continue;
                };
                let text = |value: &serde_json::Value| value.as_str().unwrap_or("").to_owned();
                carriers.push(Carrier {
                    secret: row.no,
                    no: carrier.no,
                    name: text(&name),
                    sha256: text(&digest["sha256"]),
                    home: home.contains(&row.no),
                });
            }
        }
        let hashes = carriers.iter().map(|carrier| carrier.sha256.clone()).collect();
        Ok(Known { carriers, hashes, passed })
    }
}

impl Known {
    /// Whether a file's content stands in the register.
    pub(super) fn holds(&self, seen: &Seen) -> bool {
        self.hashes.contains(&seen.sha256)
    }

    /// Whether a file's content was held to be no secret point.
    pub(super) fn passed(&self, seen: &Seen) -> bool {
        self.passed.contains(&seen.sha256)
    }

    /// What is not as the register says, of secret points that came from this folder.
    pub(super) fn adjustments(&self, seen: &[Seen], faults: &[FaultRow]) -> Vec<Proposal> {
        let by_path: HashMap<&str, &Seen> = seen.iter().map(|s| (&*s.path, s)).collect();
        let mut by_hash: HashMap<&str, Vec<&Seen>> = HashMap::new();
        for file in seen.iter().filter(|file| !file.sha256.is_empty()) {
            by_hash.entry(&file.sha256).or_default().push(file);
        }
        let names: BTreeSet<&str> = self.carriers.iter().map(|c| &*c.name).collect();
        let unread = !faults.is_empty() && faults.iter().any(|f| is_hiding(&f.why));
        let mut proposals = Vec::new();
        // Files that are taken: a copy stands for one carrier only.
        let mut taken: BTreeSet<&str> = BTreeSet::new();
        for carrier in self.carriers.iter().filter(|carrier| carrier.home) {
            let there = by_path.get(&*carrier.name).copied();
            let copies = by_hash.get(&*carrier.sha256).map_or(&[][..], Vec::as_slice);
            let (sort, file) = match there {
                Some(file) if file.sha256 == carrier.sha256 => continue,
                // What can't be read now may be as it was.
                Some(file) if file.sha256.is_empty() => continue,
                Some(file) => (AdjustSort::Changed, Some(file)),
                None => {
                    let free = |file: &&&Seen| {
                        !names.contains(&*file.path) && !taken.contains(&*file.path)
                    };
                    match copies.iter().find(free) {
                        Some(file) => (AdjustSort::Moved, Some(*file)),
                        None if !copies.is_empty() || unread => continue,
                        None => (AdjustSort::Vanished, None),
                    }
                }
            };
            taken.extend(file.map(|file| &*file.path));
            proposals.push(self.adjustment(carrier, sort, file));
        }
        let new = self.new_carriers(seen, &by_path, &taken);
        proposals.extend(new);
        proposals
    }

    fn adjustment(&self, carrier: &Carrier, sort: AdjustSort, file: Option<&Seen>) -> Proposal {
        let (secret, name) = (carrier.secret, carrier.name.clone());
        Proposal {
            no: 0,
            rank: file.map_or(0, Seen::rank),
            form: None,
            state_word: false,
            reasons: file.map(whys).unwrap_or_default(),
            files: file.map(|file| file_row(file, file.rank(), Tie::First)).into_iter().collect(),
            more_files: 0,
            adjust: Some(Adjust { secret, sort, carrier: carrier.no, name }),
        }
    }

    /// Files that are copies of a carrier elsewhere in the folder, or much like one.
    fn new_carriers(
        &self,
        seen: &[Seen],
        by_path: &HashMap<&str, &Seen>,
        taken: &BTreeSet<&str>,
    ) -> Vec<Proposal> {
        let home: Vec<&Carrier> = self.carriers.iter().filter(|carrier| carrier.home).collect();
        let names: BTreeSet<&str> = self.carriers.iter().map(|c| &*c.name).collect();
        let free = |file: &Seen| !taken.contains(&*file.path) && !names.contains(&*file.path);
        let mut found: BTreeMap<&str, (&Carrier, &Seen)> = BTreeMap::new();
        for file in seen.iter().filter(|file| free(file) && !self.passed(file)) {
            let like = home.iter().find(|c| c.sha256 == file.sha256 && !file.sha256.is_empty());
            if let Some(carrier) = like {
                found.insert(&file.path, (carrier, file));
            }
        }
        // Only files that stand in the register under their name have prints to compare with.
        let known: Vec<(&Carrier, &Seen)> =
            home.iter().filter_map(|c| Some((*c, *by_path.get(&*c.name)?))).collect();
        let others: Vec<&Seen> =
            seen.iter().filter(|f| free(f) && !self.holds(f) && !self.passed(f)).collect();
        let all = known.iter().map(|(_, file)| *file).chain(others.iter().copied());
        let prints: Vec<Prints> = all.map(|file| file.prints.clone()).collect();
        for pair in pairs(&prints, ALIKE) {
            let (left, right) = (pair.left as usize, pair.right as usize);
            if left < known.len() && right >= known.len() {
                let file = others[right - known.len()];
                found.entry(&file.path).or_insert((known[left].0, file));
            }
        }
        let found = found.into_values();
        found.map(|(carrier, file)| self.adjustment(carrier, AdjustSort::New, Some(file))).collect()
    }
}

/// Whether a fault may hide files: then nothing is said to have vanished.
fn is_hiding(why: &str) -> bool {
    matches!(why, "forbidden" | "unreadable" | "loop")
}
