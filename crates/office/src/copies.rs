//! Marked copies: committed to, made, and traced when something turns up.
//!
//! The order is the point. What words are drawn from is committed to before copies are made; what
//! was read from a leak stands in the ledger before the keys are opened.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use domain::command::{CommitCopies, MadeCopy};
use domain::terms::Ending;
use domain::{Command, Day, Number};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::Receipt;
use store::read::{BatchRow, CopyFilter, CopyRow};
use trace::code::{Biases, Codebook, Word};
use trace::document::{BYTES_MAX, Plan, Traceability, Unfit};
use trace::key::{Draw, Seed};
use trace::text::Asked;
use vault::Unlocked;

use crate::{Ask, Office, Source, Trouble, Whom, files};
use crate::{Shown, Sort};

/// Bytes of a nonce that the node draws itself.
const NONCE_BYTES: usize = 16;
/// The longest nonce that is taken from a recipient.
const NONCE_BYTES_MAX: usize = 64;

/// Copies to be committed to.
pub struct CopiesForm {
    /// The secret point.
    pub secret: Number,
    /// The carrier.
    pub carrier: u32,
    /// To whom they go.
    pub recipients: Vec<Number>,
    /// What for.
    pub purpose: String,
    /// To be given back by this day.
    pub until: Option<Day>,
    /// What recipients are told about marks.
    pub notice: Option<String>,
    /// What may change in the text.
    pub asked: Asked,
}

/// A copy that was made, to be handed over.
pub struct Handed {
    /// Its number.
    pub no: Number,
    /// To whom it goes.
    pub recipient: Number,
    /// A name for its file.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// SHA-256 of its content, in hex.
    pub sha256: String,
}

impl Office {
    /// What could be traced of a carrier if it went to so many.
    ///
    /// # Errors
    /// [`Trouble`] when there is no such carrier, it is no text, or the vault is locked.
    pub fn traceability(
        &self,
        (secret, carrier): (Number, u32),
        asked: &Asked,
        among: usize,
        unlocked: &Unlocked,
    ) -> Result<(Plan, Traceability), Trouble> {
        let (_, original) = self.carrier_bytes(secret, carrier, unlocked)?;
        let plan = Plan::of(&original, asked).map_err(unfit)?;
        let budget = plan.budget(&original, among).map_err(unfit)?;
        Ok((plan, budget))
    }

    /// Commits to copies. None is made yet.
    ///
    /// # Errors
    /// [`Trouble`]; a document with too few sites is refused, with the number that is missing.
    pub fn commit_copies(
        &self,
        ask: &Ask,
        form: CopiesForm,
        unlocked: &Unlocked,
    ) -> Result<Receipt, Trouble> {
        let (_, original) = self.carrier_bytes(form.secret, form.carrier, unlocked)?;
        let plan = Plan::of(&original, &form.asked).map_err(unfit)?;
        let needed = trace::document::needed(form.recipients.len());
        if plan.sites.len() < needed {
            let missing = needed - plan.sites.len();
            let args = vec![
                ("sites", plan.sites.len().to_string()),
                ("needed", needed.to_string()),
                ("missing", missing.to_string()),
            ];
            return Err(Trouble::Other("trouble-few-sites", args, Sort::Refused));
        }
        let seed = Seed::new(self.random());
        let (key_id, sealer) = self.sealer_of(form.secret)?;
        let seal =
            |field, value: serde_json::Value| self.seal_item(&key_id, &sealer, field, &value);
        let command = CommitCopies {
            secret: form.secret,
            carrier: form.carrier,
            recipients: form.recipients,
            seed: hex::encode(seed.commitment()),
            plan: hex::encode(plan.digest()),
            sites: plan.sites.len() as u32,
            purpose: form.purpose,
            until: form.until,
            notice: form.notice,
            program: self.world.program.into(),
            key: seal("key", hex::encode(seed.bytes()).into())?,
            marks: seal("marks", plan.to_json().into())?,
        };
        self.submit(ask, Command::CommitCopies(Box::new(command)))
    }

    /// Makes the copies of a batch that were not made yet, or those of them that `nonces` names.
    ///
    /// `nonces` holds what recipients chose after the commitment, by copy; for the others the node
    /// draws. Witnesses are asked first, so that what they sign goes into the words. The digests
    /// stand in the ledger when this returns; the caller then hands the files over.
    ///
    /// # Errors
    /// [`Trouble`]; then no copy was made.
    pub fn issue_copies(
        &self,
        ask: &Ask,
        batch: Number,
        nonces: &BTreeMap<Number, Vec<u8>>,
        unlocked: &Unlocked,
    ) -> Result<Vec<Handed>, Trouble> {
        let row = self.reader()?.batch(batch)?.ok_or(Trouble::Unknown(batch))?;
        let waiting: Vec<CopyRow> = self
            .reader()?
            .copies(CopyFilter { batch: Some(batch), ..CopyFilter::default() })?
            .into_iter()
            .filter(|copy| copy.at.is_none())
            .filter(|copy| nonces.is_empty() || nonces.contains_key(&copy.no))
            .collect();
        for copy in nonces.keys() {
            if !waiting.iter().any(|row| row.no == *copy) {
                return Err(domain::Refusal::CopyMade(*copy).into());
            }
        }
        if nonces.values().any(|nonce| nonce.is_empty() || nonce.len() > NONCE_BYTES_MAX) {
            return Err(Trouble::Other("trouble-nonce", vec![], Sort::Refused));
        }
        let (name, original) = self.carrier_bytes(row.secret, row.carrier, unlocked)?;
        let plan = self.marks(&row, unlocked)?;
        let beacon = self.beacon()?;
        self.view_secret(ask, row.secret, format!("keys {batch}"), Some(row.purpose.clone()))?;
        let (seed, biases) = self.seed(&row, &plan, unlocked)?;

        let (mut made, mut handed) = (Vec::new(), Vec::new());
        for copy in waiting {
            let own = self.random::<NONCE_BYTES>();
            let (chosen, nonce) = match nonces.get(&copy.no) {
                Some(nonce) => ("recipient", nonce.as_slice()),
                None => ("node", own.as_slice()),
            };
            let word = word(&seed, &plan, &biases, copy.no, nonce, beacon.as_ref());
            let bytes = plan.copy(&original, &word).map_err(unfit)?;
            let sha256 = hex::encode(Sha256::digest(&bytes));
            made.push(MadeCopy {
                no: copy.no,
                chosen,
                nonce: hex::encode(nonce),
                beacon: beacon.map(hex::encode),
                file: sha256.clone(),
                size: bytes.len() as u64,
            });
            let name = numbered(&name, copy.no);
            handed.push(Handed { no: copy.no, recipient: copy.recipient, name, bytes, sha256 });
        }
        let ask = Ask { by: ask.by.clone(), key: self.random() };
        self.submit(&ask, Command::IssueCopies { batch, copies: made })?;
        Ok(handed)
    }

    /// Makes a copy again that was made before, byte for byte, as when the recipient lost it. The
    /// ledger is told first, so that no copy is made unnoticed.
    ///
    /// # Errors
    /// [`Trouble`]; [`Trouble::NotAsRecorded`] when it would not be the same.
    pub fn remake_copy(
        &self,
        ask: &Ask,
        copy: Number,
        unlocked: &Unlocked,
    ) -> Result<Handed, Trouble> {
        let row = self.reader()?.copy(copy)?.ok_or(Trouble::Unknown(copy))?;
        let batch = self.reader()?.batch(row.batch)?.ok_or(Trouble::Unknown(row.batch))?;
        let (Some(_), Some(file)) = (row.at, &row.file) else {
            return Err(Trouble::Unknown(copy));
        };
        self.view_secret(ask, batch.secret, format!("keys {copy}"), None)?;
        let (name, original) = self.carrier_bytes(batch.secret, batch.carrier, unlocked)?;
        let plan = self.marks(&batch, unlocked)?;
        let key = self.seed(&batch, &plan, unlocked)?;
        let (book, copies) = self.codebook(&batch, &plan, &key)?;
        let place = copies.iter().position(|other| other.no == copy);
        let word = book.word(place.ok_or(Trouble::Unknown(copy))?);
        let bytes = plan.copy(&original, &word).map_err(unfit)?;
        let sha256 = hex::encode(Sha256::digest(&bytes));
        if sha256 != *file {
            return Err(Trouble::NotAsRecorded(batch.idx));
        }
        let name = numbered(&name, copy);
        Ok(Handed { no: copy, recipient: row.recipient, name, bytes, sha256 })
    }

    /// Writes copies into a folder, each under its name; none overwrites a file.
    ///
    /// # Errors
    /// [`Trouble`] of the disk. The copies count as made: their digests stand in the ledger.
    pub fn hand_over(&self, copies: &[Handed], folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
        std::fs::create_dir_all(folder).map_err(|error| Trouble::disk(folder, error))?;
        let write = |copy: &Handed| {
            let path = folder.join(&copy.name);
            files::new_file(&path, |file| {
                file.write_all(&copy.bytes).map_err(|error| Trouble::disk(&path, error))
            })?;
            Ok(path)
        };
        copies.iter().map(write).collect()
    }

    /// Records that a recipient acknowledged a copy. `file` is the digest that the recipient
    /// states.
    ///
    /// # Errors
    /// [`Trouble`]; a digest that is not the copy's is refused.
    pub fn receive_copy(
        &self,
        ask: &Ask,
        copy: Number,
        happened: Option<Day>,
        (file, how): (Option<String>, Option<String>),
        papers: (Vec<Source>, Option<Day>),
    ) -> Result<Receipt, Trouble> {
        let file = file.map(|file| file.trim().to_ascii_lowercase());
        let row = self.reader()?.copy(copy)?.ok_or(Trouble::Unknown(copy))?;
        if file.is_some() && file != row.file {
            let args = vec![("no", copy.to_string())];
            return Err(Trouble::Other("trouble-other-copy", args, Sort::Refused));
        }
        let papers = self.papers(Some(copy), papers.0, papers.1)?;
        self.submit(ask, Command::ReceiveCopy { copy, happened, file, how, papers })
    }

    /// Records that a copy is back or destroyed.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn end_copy(
        &self,
        ask: &Ask,
        (copy, how): (Number, Ending),
        happened: Option<Day>,
        why: Option<String>,
        papers: (Vec<Source>, Option<Day>),
    ) -> Result<Receipt, Trouble> {
        let papers = self.papers(Some(copy), papers.0, papers.1)?;
        self.submit(ask, Command::EndCopy { copy, how, happened, why, papers })
    }

    /// Calls copies back.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn recall_copies(
        &self,
        ask: &Ask,
        copies: Vec<Number>,
        until: Option<Day>,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::RecallCopies { copies, until, why })
    }

    /// The name and the content of a carrier; nothing of it reaches the disk.
    pub(crate) fn carrier_bytes(
        &self,
        secret: Number,
        carrier: u32,
        unlocked: &Unlocked,
    ) -> Result<(String, Vec<u8>), Trouble> {
        let reader = self.reader()?;
        let card = reader.secret(secret)?.ok_or(Trouble::Unknown(secret))?;
        let row = card.carriers.iter().find(|row| row.no == carrier);
        let row = row.ok_or(Trouble::UnknownPart(secret, carrier))?;
        if row.size > BYTES_MAX as u64 {
            return Err(unfit(Unfit::TooLong));
        }
        let name = self.field(&reader, row.idx, "name", Some(unlocked))?;
        let name = name.text().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        self.open_carrier(&reader, row, unlocked)?
            .read_to_end(&mut bytes)
            .map_err(|_| Trouble::NotAsRecorded(row.idx))?;
        Ok((name, bytes))
    }

    /// A sealed text of a batch's commitment.
    fn sealed_text(
        &self,
        row: &BatchRow,
        field: &str,
        unlocked: &Unlocked,
    ) -> Result<String, Trouble> {
        match self.field(&self.reader()?, row.idx, field, Some(unlocked))? {
            Shown::Value(value) => {
                value.as_str().map(str::to_owned).ok_or(Trouble::NotAsRecorded(row.idx))
            }
            Shown::Locked => Err(Trouble::Locked),
            Shown::Empty | Shown::Erased => Err(Trouble::Erased),
        }
    }

    /// The plan of a batch, which reading a leak needs; no key.
    pub(crate) fn marks(&self, row: &BatchRow, unlocked: &Unlocked) -> Result<Plan, Trouble> {
        let plan = Plan::from_json(&self.sealed_text(row, "marks", unlocked)?);
        let plan = plan.ok_or(Trouble::NotAsRecorded(row.idx))?;
        if hex::encode(plan.digest()) != row.plan {
            return Err(Trouble::NotAsRecorded(row.idx));
        }
        Ok(plan)
    }

    /// Opens the key of a batch: with it, each copy's word follows.
    pub(crate) fn seed(
        &self,
        row: &BatchRow,
        plan: &Plan,
        unlocked: &Unlocked,
    ) -> Result<(Seed, Biases), Trouble> {
        let text = self.sealed_text(row, "key", unlocked)?;
        let bytes = hex::decode(text).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let seed = Seed::new(bytes.ok_or(Trouble::NotAsRecorded(row.idx))?);
        if hex::encode(seed.commitment()) != row.seed {
            return Err(Trouble::NotAsRecorded(row.idx));
        }
        let biases = Biases::draw(&seed, &plan.digest(), plan.sites.len());
        Ok((seed, biases))
    }

    /// What a witness signs now, after the commitment; `None` when none answers.
    fn beacon(&self) -> Result<Option<[u8; 32]>, Trouble> {
        if !self.reader()?.witnesses()?.iter().any(|witness| witness.asked) {
            return Ok(None);
        }
        let asked = self.vouch(Whom::Witnesses)?;
        let cosigned = asked.witnesses.iter().any(|answer| answer.said.is_ok());
        Ok(cosigned.then(|| Sha256::digest(asked.note.as_bytes()).into()))
    }

    /// The words of all copies of a batch that were made.
    pub(crate) fn codebook(
        &self,
        row: &BatchRow,
        plan: &Plan,
        (seed, biases): &(Seed, Biases),
    ) -> Result<(Codebook, Vec<CopyRow>), Trouble> {
        let filter = CopyFilter { batch: Some(row.no), ..CopyFilter::default() };
        let mut copies = self.reader()?.copies(filter)?;
        copies.retain(|copy| copy.at.is_some());
        let mut book = Codebook::new(biases.clone());
        for copy in &copies {
            let bytes = |text: &Option<String>| match text {
                Some(text) => hex::decode(text).map_err(|_| Trouble::NotAsRecorded(row.idx)),
                None => Ok(Vec::new()),
            };
            let (nonce, beacon) = (bytes(&copy.nonce)?, bytes(&copy.beacon)?);
            let beacon = <[u8; 32]>::try_from(beacon).ok();
            book.push(&word(seed, plan, biases, copy.no, &nonce, beacon.as_ref()));
        }
        Ok((book, copies))
    }
}

/// The fixed word of where a copy stands.
pub fn copy_state(row: &CopyRow, today: Day) -> &'static str {
    match row.ending {
        Some(Ending::Returned) => "returned",
        Some(Ending::Destroyed) => "destroyed",
        None if row.at.is_none() => "waiting",
        None if row.overdue(today) => "overdue",
        None if row.recalled_idx.is_some() => "recalled",
        None if row.received_idx.is_some() => "received",
        None => "out",
    }
}

/// The word of a copy.
fn word(
    seed: &Seed,
    plan: &Plan,
    biases: &Biases,
    copy: Number,
    nonce: &[u8],
    beacon: Option<&[u8; 32]>,
) -> Word {
    let copy = copy.to_string();
    let draw = Draw { copy: &copy, nonce, beacon: beacon.map_or(&[], |beacon| &beacon[..]) };
    Word::draw(&seed.copy_key(&plan.digest(), &draw), biases)
}

/// `规程.txt` becomes `规程.FB-0001.txt`; folders in the name are left out.
fn numbered(name: &str, copy: Number) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => format!("{stem}.{copy}.{ending}"),
        _ => format!("{name}.{copy}"),
    }
}

/// Why a file can't carry marks, in words.
pub(crate) fn unfit(unfit: Unfit) -> Trouble {
    let key = match unfit {
        Unfit::Empty => "trouble-unfit-empty",
        Unfit::NotText => "trouble-unfit-not-text",
        Unfit::Closed => "trouble-unfit-closed",
        Unfit::Damaged => "trouble-unfit-damaged",
        Unfit::TooLong => "trouble-unfit-too-long",
        Unfit::NotTheOriginal => "trouble-unfit-original",
    };
    Trouble::Other(key, vec![], Sort::Refused)
}

impl Handed {
    /// As data.
    pub fn to_json(&self) -> serde_json::Value {
        json!({
            "id": self.no, "recipient": self.recipient, "file": self.name, "sha256": self.sha256,
            "size": self.bytes.len(),
        })
    }
}
