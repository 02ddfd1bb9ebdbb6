//! Two things side by side: read, taken apart, compared, kept sealed, and concluded by a person.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use domain::command::{Command, ConcludeComparison, RecordComparison};
use domain::terms::Sameness;
use domain::{Number, Series};
use matcher::compare::{DocumentFigures, Filter, Findings, Passage, Why, compare};
use matcher::encoding::Encoding;
use matcher::units::{Document, Layer};
use sha2::{Digest as _, Sha256};
use store::Receipt;
use vault::Unlocked;

use super::compared::{
    Comparison, FilterRow, GREYED_BYTES, GREYED_MAX, Greyed, PARTS_MAX, PLACES_MAX, PartRow,
    PassageRow, SecretSide, Side, Spot, TEXTS_MAX,
};
use super::excerpt::{excerpt, lines};
use super::report::FAULTS_MAX;
use super::side::{Body, Taken};
use super::sweep::{Control, json};
use super::{paths, shown_text};
use crate::{Ask, Office, Shown, Sort, Trouble};

/// What is to be compared.
#[derive(Clone, Debug)]
pub struct CompareForm {
    /// The holder's side.
    pub left: Body,
    /// The other side.
    pub right: Body,
    /// What does not count, and why: a name, and where it is.
    pub filters: Vec<(Why, Body)>,
    /// What this is, in words; the names of both sides when not said.
    pub what: Option<String>,
    /// Where the right side comes from.
    pub source: Option<String>,
    /// The salt of an earlier comparison that is to be repeated.
    pub salt: Option<String>,
}

/// What a person concludes.
#[derive(Clone, Debug)]
pub struct ConclusionForm {
    /// The comparison.
    pub comparison: Number,
    /// Who concludes.
    pub person: Number,
    /// What.
    pub sameness: Sameness,
    /// Whether those skilled in the field would easily think of the differences.
    pub differences: Option<String>,
    /// Whether use, way, purpose and effect differ in substance.
    pub effects: Option<String>,
    /// On what the conclusion rests.
    pub why: String,
}

/// What was concluded, opened.
#[derive(Clone, Debug)]
pub struct Conclusion {
    /// As the ledger has it.
    pub row: store::read::ConclusionRow,
    /// Of the differences; `None` when nothing was said, or it was erased.
    pub differences: Option<String>,
    /// Of use, way, purpose and effect.
    pub effects: Option<String>,
    /// On what it rests.
    pub why: Option<String>,
}

impl Office {
    /// Compares two things. Writes nothing, neither on the disk nor in the ledger.
    ///
    /// # Errors
    /// [`Trouble`]: a path does not exist, a side is empty or too large, or the vault is locked.
    pub fn compare(
        &self,
        form: &CompareForm,
        unlocked: Option<&Unlocked>,
        control: &Control,
    ) -> Result<Comparison, Trouble> {
        let begun = self.now().to_rfc3339();
        let left = self.side(&form.left, unlocked, control)?;
        let right = self.side(&form.right, unlocked, control)?;
        for (side, body) in [(&left, &form.left), (&right, &form.right)] {
            if side.is_empty() {
                let args = vec![("name", self.body_name(body))];
                return Err(Trouble::Other("trouble-compare-empty", args, Sort::Refused));
            }
        }
        let (mut filters, mut rows) = (Vec::new(), Vec::new());
        let mut faults = [&left.faults[..], &right.faults[..]].concat();
        let salt = form.salt.clone().unwrap_or_else(|| hex::encode(self.random::<16>()));
        let mut filter = |name: String, why: Why, taken: Taken| {
            let manifest = taken.manifest(&salt);
            rows.push(FilterRow { name: name.clone(), why, files: taken.files, manifest });
            faults.extend(taken.faults);
            filters.push(Filter { name, why, documents: taken.documents });
        };
        if let Some(known) = self.public_part(&form.left, unlocked)? {
            let taken = self.side(&known, unlocked, control)?;
            filter(self.body_name(&known), Why::Public, taken);
        }
        for (why, body) in &form.filters {
            filter(self.body_name(body), *why, self.side(body, unlocked, control)?);
        }
        let findings = compare(&left.documents, &right.documents, &filters);
        let figures = digest(&salt, &findings)?;
        let secret = match form.left {
            Body::Secret(no) => self.reader()?.secret_row(no)?.map(|row| SecretSide {
                no,
                title: row.title,
                level: row.level,
            }),
            _ => None,
        };
        let names = [self.body_name(&form.left), self.body_name(&form.right)];
        faults.truncate(FAULTS_MAX);
        let [name_left, name_right] = names.clone();
        Ok(Comparison {
            version: 1,
            no: None,
            program: self.world.program.to_owned(),
            begun,
            ended: self.now().to_rfc3339(),
            what: form.what.clone().unwrap_or_else(|| names.join(" ↔ ")),
            source: form.source.clone(),
            secret,
            left: side(name_left, &left, (&findings.left, &right), &findings, &salt, At::Left),
            right: side(name_right, &right, (&findings.right, &left), &findings, &salt, At::Right),
            filters: rows,
            layers: findings.layers.clone(),
            passages: passages(&findings, &left, &right),
            more_passages: findings.more,
            names: findings.names,
            faults,
            salt,
            figures,
        })
    }

    /// Records a comparison: the report is kept, sealed; counts and digests go into the ledger.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn record_comparison(
        &self,
        ask: &Ask,
        comparison: &mut Comparison,
    ) -> Result<Receipt, Trouble> {
        let write = |no, comparison: &mut Comparison| {
            comparison.no = Some(no);
            fitting(comparison)
        };
        let receipt =
            self.keep_numbered(Series::Comparison, comparison, write, |no, of, report| {
                let filters = of.filters.iter();
                let filters = filters.map(|row| format!("{} {}", row.why.word(), row.manifest));
                let command = RecordComparison {
                    no,
                    what: of.what.clone(),
                    source: of.source.clone(),
                    secrets: of.secret.iter().map(|secret| secret.no).collect(),
                    files: of.left.files + of.right.files,
                    faults: of.faults.len() as u64,
                    filters: filters.collect(),
                    sides: [of.left.manifest.clone(), of.right.manifest.clone()],
                    figures: of.figures.clone(),
                    program: of.program.clone(),
                    report,
                };
                self.submit(ask, Command::RecordComparison(Box::new(command)))
            })?;
        comparison.no = receipt.number;
        Ok(receipt)
    }

    /// A comparison that was kept.
    ///
    /// # Errors
    /// As [`Office::kept_report`].
    pub fn kept_comparison(
        &self,
        no: Number,
        kept: (u64, &str),
        unlocked: &Unlocked,
    ) -> Result<Comparison, Trouble> {
        self.kept(no, kept, unlocked)
    }

    /// Records what a person concludes. What is said in words is sealed under the secret point's key.
    ///
    /// # Errors
    /// [`Trouble`]: the comparison is not of a secret point, or the person is not known.
    pub fn conclude_comparison(&self, ask: &Ask, form: ConclusionForm) -> Result<Receipt, Trouble> {
        let row = self.reader()?.comparison(form.comparison)?;
        let row = row.ok_or(Trouble::Unknown(form.comparison))?;
        let Some(&secret) = row.secrets.first() else {
            let args = vec![("no", row.no.to_string())];
            return Err(Trouble::Other("trouble-compare-no-secret", args, Sort::Refused));
        };
        let text = |field, text: &str| match text.trim() {
            "" => Err(Trouble::Refused(domain::Refusal::Blank(field))),
            text => Ok(text.to_owned()),
        };
        let why = text("field-why", &form.why)?;
        let (key_id, sealer) = self.sealer_of(secret)?;
        let seal = |field, text: String| self.seal_item(&key_id, &sealer, field, &text.into());
        let maybe = |field, text: Option<String>| {
            let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
            text.map(|text| seal(field, text)).transpose()
        };
        let command = ConcludeComparison {
            comparison: form.comparison,
            secret,
            person: form.person,
            sameness: form.sameness,
            differences: maybe("differences", form.differences)?,
            effects: maybe("effects", form.effects)?,
            why: seal("why", why)?,
        };
        self.submit(ask, Command::ConcludeComparison(Box::new(command)))
    }

    /// What was concluded of a comparison, opened as far as it can be.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn conclusions(
        &self,
        comparison: Number,
        unlocked: Option<&Unlocked>,
    ) -> Result<Vec<Conclusion>, Trouble> {
        let reader = self.reader()?;
        let open = |idx, field| match self.field(&reader, idx, field, unlocked)? {
            Shown::Value(value) => Ok(value.as_str().map(str::to_owned)),
            _ => Ok::<_, Trouble>(None),
        };
        let rows = reader.conclusions(comparison)?.into_iter().map(|row| {
            Ok(Conclusion {
                differences: open(row.idx, "differences")?,
                effects: open(row.idx, "effects")?,
                why: open(row.idx, "why")?,
                row,
            })
        });
        rows.collect()
    }

    /// What the register says is public of a secret point: it never counts.
    pub(super) fn public_part(
        &self,
        body: &Body,
        unlocked: Option<&Unlocked>,
    ) -> Result<Option<Body>, Trouble> {
        let Body::Secret(no) = body else { return Ok(None) };
        let reader = self.reader()?;
        let Some(idx) = reader.secret(*no)?.and_then(|card| card.public_idx) else {
            return Ok(None);
        };
        let text = self.field(&reader, idx, "public", unlocked)?.text().map(str::to_owned);
        Ok(text.map(|text| Body::Texts(vec![(no.to_string(), text.into_bytes())])))
    }

    pub(super) fn body_name(&self, body: &Body) -> String {
        /// Longer lists of names are cut.
        const LONGEST: usize = 100;
        let shown = |path: &std::path::PathBuf| {
            let name = path.file_name().map(Path::new);
            paths::shown(name.unwrap_or(path))
        };
        let names: Vec<String> = match body {
            Body::Secret(no) => vec![no.to_string()],
            Body::Paths(given) => given.iter().map(shown).collect(),
            Body::Texts(texts) => {
                texts.iter().map(|(name, _)| paths::shown(Path::new(name))).collect()
            }
        };
        let text = names.join(", ");
        match text.char_indices().nth(LONGEST) {
            Some((at, _)) => format!("{}…", &text[..at]),
            None => text,
        }
    }
}

/// The comparison as it is kept; what does not fit is counted.
fn fitting(comparison: &mut Comparison) -> Result<Vec<u8>, Trouble> {
    let mut text = json(comparison)?;
    while text.len() > vault::TEXT_BYTES_MAX {
        let keep = comparison.passages.len() / 2;
        comparison.more_passages += (comparison.passages.len() - keep) as u64;
        comparison.passages.truncate(keep);
        for side in [&mut comparison.left, &mut comparison.right] {
            let keep = side.parts.len() / 2;
            side.more_parts += (side.parts.len() - keep) as u64;
            side.parts.truncate(keep);
        }
        text = json(comparison)?;
    }
    Ok(text)
}

/// What the same inputs give again.
fn digest(salt: &str, findings: &Findings) -> Result<String, Trouble> {
    let found = json(findings)?;
    Ok(hex::encode(Sha256::new().chain_update(salt).chain_update(found).finalize()))
}

/// A part's name, and lines of it.
type Place = (String, Option<[u64; 2]>);
/// What is the same, as bytes of both texts.
type Run = (Range<u32>, Range<u32>);

#[derive(Clone, Copy, PartialEq)]
enum At {
    Left,
    Right,
}

fn ends(passage: &Passage, at: At) -> [&(u32, Range<u32>); 2] {
    match at {
        At::Left => [&passage.left, &passage.right],
        At::Right => [&passage.right, &passage.left],
    }
}

fn side(
    name: String,
    of: &Taken,
    (figures, other): (&[DocumentFigures], &Taken),
    findings: &Findings,
    salt: &str,
    at: At,
) -> Side {
    let mut places: BTreeMap<u32, Vec<Place>> = BTreeMap::new();
    for passage in &findings.passages {
        let [here, there] = ends(passage, at);
        let list = places.entry(here.0).or_default();
        let document = &other.documents[there.0 as usize];
        let place = (label(other, there.0), document_lines(document, passage.layer, &there.1));
        if list.len() < PLACES_MAX && !list.contains(&place) {
            list.push(place);
        }
    }
    let rows = (0_u32..).zip(&of.documents).zip(figures).map(|((n, document), figures)| {
        let mut filtered: BTreeMap<Option<u32>, u64> = BTreeMap::new();
        for (range, filter) in &figures.filtered {
            *filtered.entry(*filter).or_default() += u64::from(range.end - range.start);
        }
        PartRow {
            part: of.parts[n as usize].clone(),
            name: document.name.clone(),
            layers: figures.layers.clone(),
            filtered: filtered.into_iter().collect(),
            places: places.remove(&n).unwrap_or_default(),
        }
    });
    let mut parts: Vec<PartRow> = rows.collect();
    // A secret point's parts stay in their order; files come by what they share.
    if of.parts.iter().all(Option::is_none) {
        let share = |row: &PartRow| row.share().unwrap_or(0.0);
        parts.sort_by(|a, b| share(b).total_cmp(&share(a)).then_with(|| a.name.cmp(&b.name)));
    }
    let more_parts = parts.len().saturating_sub(PARTS_MAX) as u64;
    parts.truncate(PARTS_MAX);
    let (files, bytes, manifest) = (of.files, of.bytes, of.manifest(salt));
    Side { name, files, bytes, manifest, parts, more_parts, greyed: greyed(of, figures) }
}

fn greyed(of: &Taken, figures: &[DocumentFigures]) -> Vec<Greyed> {
    let each = (0_u32..).zip(figures).flat_map(|(n, figures)| {
        figures.filtered.iter().map(move |(range, filter)| (n, range.clone(), *filter))
    });
    let mut all: Vec<(u32, Range<u32>, Option<u32>)> = each.collect();
    all.sort_by_key(|(n, range, _)| (std::cmp::Reverse(range.end - range.start), *n, range.start));
    all.truncate(GREYED_MAX);
    let shown = |(n, range, filter): (u32, Range<u32>, Option<u32>)| {
        let document = &of.documents[n as usize];
        let end = (range.end as usize).min(range.start as usize + GREYED_BYTES);
        Greyed {
            name: label(of, n),
            lines: document_lines(document, Layer::Text, &range),
            filter,
            text: excerpt(&document.text, range.start as usize..end, Some(Encoding::Utf8)),
        }
    };
    all.into_iter().map(shown).collect()
}

/// How a document is named beside a passage: what belongs to a secret point by its part, since the
/// names of its carriers are secret too.
fn label(of: &Taken, document: u32) -> String {
    let part = of.parts[document as usize].clone();
    part.unwrap_or_else(|| of.documents[document as usize].name.clone())
}

fn document_lines(document: &Document, layer: Layer, range: &Range<u32>) -> Option<[u64; 2]> {
    let range = range.start as usize..range.end as usize;
    (layer != Layer::Bytes).then(|| lines(&document.text, &range))
}

fn passages(findings: &Findings, left: &Taken, right: &Taken) -> Vec<PassageRow> {
    let rows = findings.passages.iter().enumerate().map(|(n, passage)| {
        let spot = |of: &Taken, (place, range): &(u32, Range<u32>), same: Vec<Range<u32>>| {
            let document = &of.documents[*place as usize];
            let shown = n < TEXTS_MAX && passage.layer != Layer::Bytes;
            Spot {
                name: label(of, *place),
                bytes: [range.start, range.end],
                lines: document_lines(document, passage.layer, range),
                text: if shown { shown_text::around(&document.text, same) } else { Vec::new() },
            }
        };
        let same = |pick: fn(&Run) -> Range<u32>| {
            let mut same: Vec<_> = passage.runs.iter().map(pick).collect();
            same.sort_by_key(|range| range.start);
            same
        };
        PassageRow {
            layer: passage.layer,
            same: passage.same,
            edited: passage.runs.len() > 1 && passage.layer != Layer::Rows,
            moved: passage.moved,
            left: spot(left, &passage.left, same(|run| run.0.clone())),
            right: spot(right, &passage.right, same(|run| run.1.clone())),
        }
    });
    rows.collect()
}
