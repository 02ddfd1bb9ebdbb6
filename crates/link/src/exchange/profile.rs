//! A company's profile as it is filed, and the proofs that go with it.
//!
//! A proof shows an entry of the company's ledger with its kind and the time at which it was
//! received; all else in it is withheld. So it proves that the entry is there and since when the
//! ledger says so, and not what it says.

use std::collections::{BTreeMap, BTreeSet};

use evidence::dossier::{ShownEvent, ShownItem};
use evidence::item;
use ledger::hash::leaf_hash;
use ledger::note::VerifierKey;
use ledger::tlog_proof::TlogProof;
use serde::{Deserialize, Serialize};

use super::ExchangeError;

/// The name of the file that holds [`Grounds`].
pub const PROOF_FILE: &str = "proof.json";

/// What is filed: only what was ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// What somebody typed, by the field's word.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub typed: BTreeMap<String, String>,
    /// What the self-assessment came to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<ScoreGiven>,
    /// Secret points by the word of their level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<BTreeMap<String, u64>>,
}

/// A summary of a self-assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreGiven {
    /// In tenths of a point, 0 to 1000.
    pub score: u32,
    /// Controls that stand, and those that count, of each step.
    pub steps: Vec<(usize, usize)>,
    /// The catalogue with its edition.
    pub edition: String,
}

/// The entries that decided, each with its proof.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grounds {
    /// How many entries decided in all.
    pub of: u64,
    /// Those that are shown.
    pub entries: Vec<(ShownEvent, String)>,
}

/// What the proofs of a profile show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// How many entries.
    pub entries: u64,
    /// The size of the ledger in which they are.
    pub size: u64,
    /// How many of each kind.
    pub kinds: BTreeMap<String, u64>,
    /// When the first and the last were received, by the ledger's clock, in milliseconds.
    pub received: Option<(i64, i64)>,
}

impl Grounds {
    /// Checks every proof under the key of the ledger: each entry is in it at its place, once, all
    /// under one checkpoint, and shows its kind and when it was received.
    ///
    /// # Errors
    /// [`ExchangeError`] when one of them does not hold.
    pub fn check(&self, key: &VerifierKey) -> Result<Shown, ExchangeError> {
        let form = ExchangeError::Form("profile's proof");
        let mut shown = Shown::default();
        let mut checkpoint: Option<String> = None;
        let mut places = BTreeSet::new();
        for (event, proof) in &self.entries {
            let proof = TlogProof::parse(proof.as_bytes()).map_err(|_| form)?;
            if proof.index != event.index || !places.insert(event.index) {
                return Err(form);
            }
            let digests: Vec<_> = event.items.iter().map(ShownItem::digest).collect();
            let entry = item::entry(&digests).ok_or(form)?;
            let under = proof.verify_leaf(&leaf_hash(&entry), key);
            let under = under.map_err(|_| ExchangeError::Signature)?;
            if *checkpoint.get_or_insert_with(|| proof.checkpoint.clone()) != proof.checkpoint {
                return Err(form);
            }
            shown.size = under.size;
            let text = |at: usize, name: &str| match event.items.get(at)? {
                ShownItem::Shown(text) => {
                    let item = item::parse(text).ok().filter(|item| item.name == name)?;
                    item.value.as_str().map(str::to_owned)
                }
                ShownItem::Withheld(_) => None,
            };
            let tag = text(0, "kind").ok_or(form)?;
            let kind = evidence::kind::kind(&tag).ok_or(form)?;
            if kind.all_fields().count() != digests.len() {
                return Err(form);
            }
            let at = kind.place("received").and_then(|at| text(at, "received"));
            let at = at.and_then(|at| evidence::moment::parse(&at)).ok_or(form)?;
            *shown.kinds.entry(tag).or_default() += 1;
            let (first, last) = shown.received.unwrap_or((at, at));
            shown.received = Some((first.min(at), last.max(at)));
            shown.entries += 1;
        }
        if shown.entries > self.of { Err(form) } else { Ok(shown) }
    }
}
