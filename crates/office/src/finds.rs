//! What turned up: read first, with the keys closed; then held against all copies.

use domain::{Command, Number};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::Receipt;
use store::read::{BatchRow, FindRow};
use trace::accuse::{Budget, Named, Test, accuse};
use trace::code::{Grade, Reading, Seen};
use trace::document::BYTES_MAX;
use vault::Unlocked;

use crate::copies::unfit;
use crate::{Ask, Office, Shown, Sort, Source, Trouble};

/// Material that has fewer letters of an original than this is not from it.
const LETTERS_MIN: usize = 30;

/// Something that turned up.
pub struct FindForm {
    /// Its name, when it came as a file.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Where it was found.
    pub source: String,
    /// Hold it against the copies of these batches only; empty for all.
    pub batches: Vec<Number>,
}

/// What was read, batch by batch, as the ledger keeps it.
#[derive(Serialize, Deserialize)]
struct Readings {
    /// SHA-256 of what turned up.
    leak: String,
    batches: Vec<BatchReading>,
}

#[derive(Serialize, Deserialize)]
struct BatchReading {
    batch: Number,
    /// One sign for each site: `0`, `1`, or `-` for nothing.
    seen: String,
    /// One sign for each site: how far it is trusted, `0` the most.
    grades: String,
}

/// What came of holding a reading against all copies.
#[derive(Clone, Debug)]
pub struct Traced {
    /// What turned up.
    pub find: Number,
    /// The sources, with what names each.
    pub named: Vec<NamedCopy>,
    /// How many copies there were.
    pub among: u32,
    /// The probability that any copy is named which was no source, at most.
    pub epsilon: f64,
    /// How many sites say something, over all batches.
    pub live: usize,
    /// How many more would have to agree to name a single copy, when none was named.
    pub missing: usize,
    /// The report by which it can be repeated.
    pub report: serde_json::Value,
}

/// A copy that was a source.
#[derive(Clone, Debug)]
pub struct NamedCopy {
    /// Its number.
    pub no: Number,
    /// To whom it went.
    pub recipient: Number,
    /// The probability that the test which named it names any that was no source.
    pub bound: f64,
}

impl Office {
    /// Reads something that turned up, and writes into the ledger what was read. No key is opened.
    ///
    /// # Errors
    /// [`Trouble`] when it is empty, or like no original that copies were made of.
    pub fn read_find(
        &self,
        ask: &Ask,
        form: FindForm,
        unlocked: &Unlocked,
    ) -> Result<Receipt, Trouble> {
        if form.bytes.is_empty() {
            return Err(Trouble::Other("trouble-find-empty", vec![], Sort::Refused));
        }
        if form.bytes.len() > BYTES_MAX {
            return Err(unfit(trace::document::Unfit::TooLong));
        }
        let leak = hex::encode(Sha256::digest(&form.bytes));
        let mut readings = Readings { leak: leak.clone(), batches: Vec::new() };
        let mut batches = Vec::new();
        for row in self.reader()?.batches(None)? {
            if !form.batches.is_empty() && !form.batches.contains(&row.no) {
                continue;
            }
            // A secret point whose key was destroyed can no longer be compared.
            let (plan, original) = match (
                self.marks(&row, unlocked),
                self.carrier_bytes(row.secret, row.carrier, unlocked),
            ) {
                (Ok(plan), Ok((_, original))) => (plan, original),
                (Err(Trouble::Erased), _) | (_, Err(Trouble::Erased)) => continue,
                (Err(trouble), _) | (_, Err(trouble)) => return Err(trouble),
            };
            let (reading, letters) = plan.read(&original, &form.bytes).map_err(unfit)?;
            if letters >= LETTERS_MIN {
                batches.push((row.no, reading.live() as u32));
                readings.batches.push(BatchReading::of(row.no, &reading));
            }
        }
        if batches.is_empty() {
            return Err(Trouble::Other("trouble-find-unlike", vec![], Sort::Refused));
        }
        let (new, sealer) = self.new_key()?;
        let key_id = new.key_id.clone();
        let value = serde_json::to_value(&readings).map_err(|_| Trouble::TextTooLong)?;
        let source =
            Source::Upload { name: form.name, bytes: Box::new(std::io::Cursor::new(form.bytes)) };
        let command = Command::ReadFind {
            batches,
            source: form.source,
            program: self.world.program.into(),
            leak: self.seal_item(&key_id, &sealer, "leak", &leak.into())?,
            readings: self.seal_item(&key_id, &sealer, "readings", &value)?,
            papers: vec![self.store(source, &key_id, &sealer)?],
            key: new,
        };
        self.submit(ask, command)
    }

    /// Opens the keys and holds a reading against all copies. The reading comes out of the ledger:
    /// it cannot be changed any more.
    ///
    /// # Errors
    /// [`Trouble`] when nothing was read yet, or it was traced already.
    pub fn trace_find(
        &self,
        ask: &Ask,
        find: Number,
        unlocked: &Unlocked,
    ) -> Result<Traced, Trouble> {
        let row = self.reader()?.find(find)?.ok_or(Trouble::Unknown(find))?;
        if row.traced_idx.is_some() {
            return Err(domain::Refusal::Ended(find).into());
        }
        let readings = self.readings(&row, unlocked)?;
        let mut opened = Vec::new();
        for reading in readings.batches {
            let batch = self.reader()?.batch(reading.batch)?;
            let batch = batch.ok_or(Trouble::NotAsRecorded(row.idx))?;
            let fresh = Ask { by: ask.by.clone(), key: self.random() };
            let (what, why) = (format!("keys {}", batch.no), find.to_string());
            self.view_secret(&fresh, batch.secret, what, Some(why))?;
            let plan = self.marks(&batch, unlocked)?;
            let key = self.seed(&batch, &plan, unlocked)?;
            let (book, copies) = self.codebook(&batch, &plan, &key)?;
            opened.push((batch, key.0, book, copies, reading));
        }
        let among: usize = opened.iter().map(|(.., copies, _)| copies.len()).sum();
        let budget = Budget::of(among);
        let mut traced = Traced {
            find,
            named: Vec::new(),
            among: among as u32,
            epsilon: budget.epsilon,
            live: 0,
            missing: 0,
            report: serde_json::Value::Null,
        };
        let mut parts = Vec::new();
        for (batch, seed, book, copies, reading) in &opened {
            let read = reading.reading().ok_or(Trouble::NotAsRecorded(row.idx))?;
            if read.seen.len() != book.biases().sites() {
                return Err(Trouble::NotAsRecorded(row.idx));
            }
            let outcome = accuse(book, &read, &budget);
            traced.live += outcome.live;
            traced.named.extend(outcome.named.iter().map(|named| NamedCopy {
                no: copies[named.copy].no,
                recipient: copies[named.copy].recipient,
                bound: named.bound,
            }));
            let named: Vec<_> = outcome.named.iter().map(|named| said(named, copies)).collect();
            let ranks: Vec<_> = outcome
                .ranks
                .iter()
                .map(|rank| {
                    serde_json::json!({
                        "copy": copies[rank.copy].no, "matches": rank.matches, "bits": rank.bits,
                    })
                })
                .collect();
            parts.push(part(
                batch,
                seed,
                book.biases().as_slice(),
                copies,
                reading,
                (named, ranks),
            ));
        }
        if traced.named.is_empty() {
            traced.missing = trace::document::needed(among).saturating_sub(traced.live);
        }
        let report = serde_json::json!({
            "format": "midun tracing 1", "find": find, "program": self.world.program,
            "leak": readings.leak, "epsilon": budget.epsilon, "among": among,
            "method": trace::accuse::method(), "batches": parts,
        });
        let text = report.to_string();
        let (key_id, sealer) = self.sealer_of(find)?;
        let command = Command::TraceFind {
            find,
            named: traced.named.iter().map(|named| named.no).collect(),
            epsilon: format!("{:e}", budget.epsilon),
            among: among as u32,
            report: hex::encode(Sha256::digest(text.as_bytes())),
            findings: self.seal_item(&key_id, &sealer, "findings", &text.into())?,
        };
        self.submit(ask, command)?;
        traced.report = report;
        Ok(traced)
    }

    /// The report of something that was traced: its text, whose SHA-256 stands in the ledger.
    ///
    /// # Errors
    /// [`Trouble`] when it was not traced yet, or the vault is locked.
    pub fn find_report(&self, find: Number, unlocked: &Unlocked) -> Result<String, Trouble> {
        let reader = self.reader()?;
        let row = reader.find(find)?.ok_or(Trouble::Unknown(find))?;
        let untraced = || {
            Trouble::Other("trouble-find-untraced", vec![("no", find.to_string())], Sort::Refused)
        };
        let idx = row.traced_idx.ok_or_else(untraced)?;
        let shown = self.field(&reader, idx, "findings", Some(unlocked))?;
        shown.text().map(str::to_owned).ok_or(Trouble::Erased)
    }

    /// Writes the report into a new file; gives its SHA-256.
    ///
    /// # Errors
    /// As [`Office::find_report`]; a file that is there already is left as it is.
    pub fn export_report(
        &self,
        find: Number,
        unlocked: &Unlocked,
        out: &std::path::Path,
    ) -> Result<String, Trouble> {
        let text = self.find_report(find, unlocked)?;
        crate::files::new_file(out, |file| {
            file.write_all(text.as_bytes()).map_err(|error| Trouble::disk(out, error))
        })?;
        Ok(hex::encode(Sha256::digest(text.as_bytes())))
    }

    fn readings(&self, row: &FindRow, unlocked: &Unlocked) -> Result<Readings, Trouble> {
        match self.field(&self.reader()?, row.idx, "readings", Some(unlocked))? {
            Shown::Value(value) => {
                serde_json::from_value(value).map_err(|_| Trouble::NotAsRecorded(row.idx))
            }
            Shown::Locked => Err(Trouble::Locked),
            Shown::Empty | Shown::Erased => Err(Trouble::Erased),
        }
    }
}

impl BatchReading {
    fn of(batch: Number, reading: &Reading) -> Self {
        let sign = |seen: &Seen| match seen {
            Seen::Nothing => '-',
            Seen::Zero => '0',
            Seen::One => '1',
        };
        let grade = |grade: &Grade| match grade {
            Grade::Sure => '0',
            Grade::Fair => '1',
            Grade::Poor => '2',
        };
        Self {
            batch,
            seen: reading.seen.iter().map(sign).collect(),
            grades: reading.grades.iter().map(grade).collect(),
        }
    }

    fn reading(&self) -> Option<Reading> {
        let seen: Option<Vec<Seen>> = self
            .seen
            .chars()
            .map(|sign| match sign {
                '-' => Some(Seen::Nothing),
                '0' => Some(Seen::Zero),
                '1' => Some(Seen::One),
                _ => None,
            })
            .collect();
        let grades: Option<Vec<Grade>> = self
            .grades
            .chars()
            .map(|sign| match sign {
                '0' => Some(Grade::Sure),
                '1' => Some(Grade::Fair),
                '2' => Some(Grade::Poor),
                _ => None,
            })
            .collect();
        let reading = Reading { seen: seen?, grades: grades? };
        (reading.seen.len() == reading.grades.len()).then_some(reading)
    }
}

/// What a report says of one batch: all that an expert needs to repeat the computation.
fn part(
    batch: &BatchRow,
    seed: &trace::key::Seed,
    biases: &[u8],
    copies: &[store::read::CopyRow],
    reading: &BatchReading,
    (named, ranks): (Vec<serde_json::Value>, Vec<serde_json::Value>),
) -> serde_json::Value {
    let copies: Vec<_> = copies
        .iter()
        .map(|copy| {
            serde_json::json!({
                "no": copy.no, "recipient": copy.recipient, "nonce": copy.nonce,
                "beacon": copy.beacon, "file": copy.file,
            })
        })
        .collect();
    serde_json::json!({
        "batch": batch.no, "secret": batch.secret, "carrier": batch.carrier, "entry": batch.idx,
        "seed": hex::encode(seed.bytes()), "commitment": batch.seed, "plan": batch.plan,
        "biases": biases, "seen": reading.seen, "grades": reading.grades, "copies": copies,
        "named": named, "ranks": ranks,
    })
}

fn said(named: &Named, copies: &[store::read::CopyRow]) -> serde_json::Value {
    let no = copies[named.copy].no;
    match &named.test {
        Test::Single { sites, live, matches, chance } => serde_json::json!({
            "copy": no, "test": "single", "from": sites.start, "to": sites.end, "live": live,
            "matches": matches, "chance": chance, "bound": named.bound,
        }),
        Test::Joint { given, bits } => {
            let given: Vec<Number> = given.iter().map(|&copy| copies[copy].no).collect();
            serde_json::json!({
                "copy": no, "test": "joint", "given": given, "bits": bits, "bound": named.bound,
            })
        }
    }
}
