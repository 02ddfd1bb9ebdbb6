//! Documents of a case: filled in from its record, printed, and the whole file handed over.
//!
//! What was filled in is an event, sealed under the case's key, so that what one document says
//! stands ready in the next and can be printed again. A document becomes an item of the file only
//! when its signed scan, or word of the signed original, is filed.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use catalog::Text;
use catalog::document::{Document, Documents, Field, Origin, Piece, Volume, pieces};
use domain::casework::Wish;
use domain::{Command, Number};
use dossier::{BoundItem, CaseDocument, CaseFile, DocumentRow, Pages};
use evidence::container::Writer;
use store::read::CaseItemRow;
use store::{Reader, Receipt};
use words::Lang;

use crate::gather::read_through;
use crate::{Ask, Office, OpenedCase, Sort, Trouble, Unlocked, files, law};

/// The largest scan whose pages are bound into the paper file; a larger one is a file beside it.
const BOUND_BYTES_MAX: u64 = 32 << 20;
/// All scans together that are bound into one volume.
const VOLUME_BYTES_MAX: u64 = 256 << 20;

/// The field that is printed above a document.
const REFERENCE: &str = "reference";

/// What was filled in, by the names of fields.
pub type Filled = BTreeMap<String, String>;

/// A document as it is to be filled in.
pub struct Sheet {
    /// The document.
    pub document: &'static Document,
    /// Its fields in order, with what stands in each so far; blank where nothing is known.
    pub fields: Vec<(&'static Field, String)>,
    /// The event that filled it in last.
    pub drawn: Option<u64>,
}

/// What a bundle holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// Items in it.
    pub items: usize,
    /// Items whose scan is there.
    pub files: usize,
    /// Bound volumes.
    pub volumes: usize,
}

/// What is known about an item on its way into a bundle.
struct Scan {
    path: String,
    pages: Option<Pages>,
    says: Vec<String>,
}

impl OpenedCase {
    /// The documents of its procedure.
    pub fn documents(&self) -> Option<&'static Documents> {
        law().documents_of(&self.row.procedure)
    }

    /// The articles under which steps need or issue an item.
    fn basis(&self, lang: Lang, item: &str) -> Vec<String> {
        let mut list: Vec<String> = Vec::new();
        for step in &self.procedure().step {
            let needs = step.needs.iter().any(|any| any.ids.iter().any(|id| id == item));
            let issues = step.issues.iter().any(|issued| issued.id == item);
            let cite = words::law::cite(lang, law().norms(), &step.cites);
            if (needs || issues) && !list.contains(&cite) {
                list.push(cite);
            }
        }
        list
    }

    /// The name of an item, of the procedure or of evidence.
    pub fn item_name(&self, lang: Lang, id: &str) -> String {
        let item = self.procedure().item(id).or_else(|| law().elements().item(id));
        item.map_or_else(|| id.to_owned(), |item| words::law::text(lang, &item.name).to_owned())
    }

    /// A line an item of the file.
    fn file_list(&self, lang: Lang) -> String {
        let line = |row: &CaseItemRow| {
            let day = row.happened.map(|day| format!(" {day}")).unwrap_or_default();
            format!("{}{day}", self.item_name(lang, &row.item))
        };
        self.items.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

impl Office {
    /// A document with what is known so far: what it said before, what the record has, what another
    /// document of the case said.
    ///
    /// # Errors
    /// [`Trouble::Other`] when the procedure has no such document; it names those it has.
    pub fn document_sheet(
        &self,
        reader: &Reader,
        opened: &OpenedCase,
        item: &str,
        lang: Lang,
    ) -> Result<Sheet, Trouble> {
        let documents = opened.documents();
        let found = documents.and_then(|of| Some((of, of.document(item)?)));
        let Some((documents, document)) = found else {
            let known = documents.map_or(&[][..], |of| &of.document);
            let known: Vec<_> = known.iter().map(|one| &*one.item.id).collect();
            let args = vec![("text", item.chars().take(40).collect()), ("known", known.join(", "))];
            return Err(Trouble::Other("trouble-no-document", args, Sort::Refused));
        };
        let (mut own, mut others, mut drawn) = (Filled::new(), Filled::new(), None);
        for row in reader.case_documents(opened.row.no)? {
            let filled = self.filled(reader, row.idx)?;
            if row.item == item {
                drawn = Some(row.idx);
                own = filled;
            } else {
                others.extend(filled.into_iter().filter(|(_, text)| !text.is_empty()));
            }
        }
        let mut fields = Vec::new();
        for id in document.fields() {
            let Some(field) = documents.field(id) else { continue };
            let recorded = match &field.from {
                Some(origin) => self.of_record(reader, opened, origin, lang)?,
                None => String::new(),
            };
            // A list of the file goes stale with each item; all else a person may have put better.
            let before = own.get(id).filter(|_| field.from != Some(Origin::File));
            let value = before
                .cloned()
                .or_else(|| (!recorded.is_empty()).then_some(recorded))
                .or_else(|| others.get(id).cloned());
            fields.push((field, value.unwrap_or_default()));
        }
        Ok(Sheet { document, fields, drawn })
    }

    /// Fills a document in. Fields that are not among `filled` keep what stands in them.
    ///
    /// # Errors
    /// [`Trouble`]; refused when it has no such field.
    pub fn draw_document(
        &self,
        ask: &Ask,
        case: Number,
        item: &str,
        lang: Lang,
        mut filled: Filled,
    ) -> Result<Receipt, Trouble> {
        let reader = self.reader()?;
        let opened = self.opened_case(&reader, case)?;
        let sheet = self.document_sheet(&reader, &opened, item, lang)?;
        let mut whole = Filled::new();
        for (field, value) in &sheet.fields {
            let text = filled.remove(&field.id.id).unwrap_or_else(|| value.clone());
            whole.insert(field.id.id.clone(), text.trim().to_owned());
        }
        if let Some((odd, _)) = filled.into_iter().next() {
            let known: Vec<_> = sheet.fields.iter().map(|(field, _)| &*field.id.id).collect();
            let args = vec![("text", odd.chars().take(40).collect()), ("known", known.join(", "))];
            return Err(Trouble::Other("trouble-no-such-field", args, Sort::Refused));
        }
        let json = serde_json::to_string(&whole).expect("texts become JSON");
        let (key, sealed) = self.seal_all(Some(case), vec![("filled", Some(json))])?;
        let filled = sealed.into_iter().next().flatten().expect("an object is never blank");
        let (item, lang) = (item.to_owned(), lang.tag().to_owned());
        self.submit(ask, Command::Casework(Wish::Draw { case, item, lang, filled, key }))
    }

    /// A document as PDF: as it was filled in last, else with what the record has.
    ///
    /// # Errors
    /// As [`Office::document_sheet`].
    pub fn document_pdf(
        &self,
        reader: &Reader,
        opened: &OpenedCase,
        item: &str,
        lang: Lang,
    ) -> Result<Vec<u8>, Trouble> {
        let sheet = self.document_sheet(reader, opened, item, lang)?;
        let mut values: Filled = sheet
            .fields
            .iter()
            .map(|(field, value)| (field.id.id.clone(), value.clone()))
            .collect();
        if let Some(idx) = sheet.drawn {
            values.extend(self.filled(reader, idx)?);
        }
        let value = |id: &str| values.get(id).cloned().unwrap_or_default();
        let (document, author) = (sheet.document, self.author(reader)?);
        let documents = opened.documents();
        let text = |text: &Text| words::law::text(lang, text).to_owned();
        let cut = |of: &Text| -> Vec<String> {
            let piece = |piece: Piece<'_>| match piece {
                Piece::Words(words) => words.to_owned(),
                Piece::Field(id) => value(id),
            };
            pieces(words::law::text(lang, of)).into_iter().map(piece).collect()
        };
        let field = |id: &str| documents.and_then(|of| of.field(id));
        // The reference has its place above.
        let rows = document.rows.iter().filter(|row| row.id != REFERENCE);
        let rows = rows.filter_map(|row| field(&row.id)).map(|of| DocumentRow {
            name: text(&of.name),
            value: value(&of.id.id),
            lines: of.lines,
        });
        let signers = document.sign.iter().filter_map(|of| documents?.signer(&of.id));
        let title = capital(&opened.item_name(lang, item));
        let t = |key: &str| words::t(lang, key);
        let basis = opened.basis(lang, item).join(&t("w-comma"));
        let of = CaseDocument {
            lang: lang.tag(),
            author,
            reference: value(REFERENCE),
            to: document.to.as_ref().map(|to| value(&to.id)),
            text: document.text.as_ref().map(cut).unwrap_or_default(),
            rows: rows.collect(),
            clauses: Vec::new(),
            rights: document.rights.as_ref().map(cut),
            signers: signers.map(|of| text(&of.name)).collect(),
            dated: t("document-dated"),
            basis: if basis.is_empty() {
                basis
            } else {
                words::tr(lang, "document-basis", &[("cites", &basis)])
            },
            footer: words::tr(
                lang,
                "document-footer",
                &[("no", &opened.row.no.to_string()), ("title", &title)],
            ),
            title,
        };
        dossier::document_pdf(&of, self.today())
            .map_err(|error| crate::dossier::trouble(error.into()))
    }

    /// The file of a case as it is handed over: a ZIP with each scan under its number, a bound PDF a
    /// volume, and checksums that `sha256sum -c` reads. `whole` takes the internal volumes along.
    ///
    /// # Errors
    /// [`Trouble`]; nothing stays behind then.
    pub fn bundle_case(
        &self,
        reader: &Reader,
        opened: &OpenedCase,
        unlocked: &Unlocked,
        whole: bool,
        lang: Lang,
        out: &Path,
    ) -> Result<Bundle, Trouble> {
        files::new_file(out, |file| self.bundle(reader, opened, unlocked, whole, lang, file))
    }

    /// The same, written to a stream.
    ///
    /// # Errors
    /// As [`Office::bundle_case`].
    pub fn bundle(
        &self,
        reader: &Reader,
        opened: &OpenedCase,
        unlocked: &Unlocked,
        whole: bool,
        lang: Lang,
        out: &mut dyn std::io::Write,
    ) -> Result<Bundle, Trouble> {
        let none: &[Volume] = &[];
        let volumes = opened.documents().map_or(none, |of| &of.volume);
        let mut zip = Writer::new(out);
        let mut sums: Vec<(String, String)> = Vec::new();
        let mut done = Bundle { items: 0, files: 0, volumes: 0 };
        let wrong = |error: evidence::container::WriteError| {
            Trouble::Other("trouble-bundle", vec![("why", error.to_string())], Sort::Broken)
        };
        let count = if whole { volumes.len().max(1) } else { 1 };
        for number in 0..count {
            let mut rows: Vec<&CaseItemRow> = opened.items.iter().collect();
            let place =
                |row: &CaseItemRow| opened.documents().map_or((0, 0), |of| of.place(&row.item));
            rows.retain(|row| place(row).0 == number);
            rows.sort_by_key(|row| (place(row), row.idx));
            let (mut items, mut room) = (Vec::new(), VOLUME_BYTES_MAX);
            for (at, row) in rows.into_iter().enumerate() {
                let path = format!("files/{}-{:03}-{}", number + 1, at + 1, row.item);
                let scan = self.scan(reader, opened, row, unlocked, path, &mut room, lang)?;
                let name = opened.item_name(lang, &row.item);
                if let Some((scan, part)) = &scan {
                    let paper = paper_of(reader, opened, row)?;
                    let mut content = self.open_paper(reader, &paper, unlocked)?;
                    zip.add(&scan.path, part.size, part.crc32, &mut content).map_err(wrong)?;
                    sums.push((hex::encode(part.sha256), scan.path.clone()));
                    done.files += 1;
                }
                let says = match &scan {
                    Some((scan, _)) => scan.says.clone(),
                    None => vec![words::t(lang, "casefile-original-elsewhere")],
                };
                items.push(BoundItem {
                    name,
                    dated: row.happened.map(|day| day.to_string()).unwrap_or_default(),
                    note: row.why.clone().unwrap_or_default(),
                    pages: scan.and_then(|(scan, _)| scan.pages),
                    says,
                });
            }
            done.items += items.len();
            if items.is_empty() && number > 0 {
                continue;
            }
            let volume = volumes.get(number);
            let pdf = self.bound(reader, opened, items, volume, lang)?;
            let path = format!("{}-{}.pdf", opened.row.no, volume.map_or("main", |of| &of.id.id));
            sums.push((hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&pdf)), path.clone()));
            zip.add_bytes(&path, &pdf).map_err(wrong)?;
            done.volumes += 1;
        }
        let sums: String = sums.iter().map(|(sum, path)| format!("{sum}  {path}\n")).collect();
        zip.add_bytes("SHA256SUMS", sums.as_bytes()).map_err(wrong)?;
        zip.finish().map_err(wrong)?;
        Ok(done)
    }

    /// Looks at an item's scan: its checksums, and its pages when they can be bound.
    #[allow(clippy::too_many_arguments)]
    fn scan(
        &self,
        reader: &Reader,
        opened: &OpenedCase,
        row: &CaseItemRow,
        unlocked: &Unlocked,
        path: String,
        room: &mut u64,
        lang: Lang,
    ) -> Result<Option<(Scan, dossier::FilePart)>, Trouble> {
        if row.paper.is_none() {
            return Ok(None);
        }
        let paper = paper_of(reader, opened, row)?;
        let ending = Pages::ending(&paper.media);
        let path = format!("{path}.{}", ending.unwrap_or("bin"));
        let changed = |_| Trouble::NotAsRecorded(paper.idx);
        let mut content = self.open_paper(reader, &paper, unlocked)?;
        let part = read_through(&mut content, path.clone()).map_err(changed)?;
        let mut pages = None;
        if let Some(ending) = ending.filter(|_| part.size <= BOUND_BYTES_MAX.min(*room)) {
            let mut bytes = Vec::new();
            let mut content = self.open_paper(reader, &paper, unlocked)?;
            content.read_to_end(&mut bytes).map_err(changed)?;
            pages = Pages::read(ending, bytes);
            *room -= pages.as_ref().map_or(0, |_| part.size);
        }
        let size = part.size.to_string();
        let args = [("path", &*path), ("size", &size)];
        let says = vec![
            words::tr(lang, "casefile-see-file", &args),
            format!("SHA-256 {}", hex::encode(part.sha256)),
        ];
        Ok(Some((Scan { path, pages, says }, part)))
    }

    fn bound(
        &self,
        reader: &Reader,
        opened: &OpenedCase,
        items: Vec<BoundItem>,
        volume: Option<&Volume>,
        lang: Lang,
    ) -> Result<Vec<u8>, Trouble> {
        let t = |key: &str| words::t(lang, key);
        let row = &opened.row;
        let company = row.name.clone().unwrap_or_default();
        let mut facts = vec![
            (t("casefile-case"), row.no.to_string()),
            (t("w-col-procedure"), words::law::text(lang, &opened.procedure().title).to_owned()),
            (t("field-company"), company),
            (t("casefile-received"), row.happened.to_string()),
            (t("field-unit"), row.unit.clone().unwrap_or_default()),
            (t("casefile-made"), self.today().to_string()),
            (t("casefile-items"), items.len().to_string()),
        ];
        facts.retain(|(_, value)| !value.is_empty());
        let name = volume.map(|of| words::law::text(lang, &of.name).to_owned());
        let mut of = CaseFile {
            lang,
            author: self.author(reader)?,
            no: row.no.to_string(),
            title: row.title.clone(),
            volume: name.unwrap_or_else(|| t("casefile-volume")),
            facts,
            items,
            made: self.today(),
        };
        if let Ok(pdf) = dossier::casefile_pdf(&of) {
            return Ok(pdf);
        }
        // Some scan can't be drawn, and typst doesn't say which: each is tried alone.
        for at in 0..of.items.len() {
            let one = CaseFile { items: vec![of.items[at].clone()], ..of.clone() };
            if dossier::casefile_pdf(&one).is_err() {
                of.items[at].pages = None;
            }
        }
        dossier::casefile_pdf(&of).map_err(|error| crate::dossier::trouble(error.into()))
    }

    fn author(&self, reader: &Reader) -> Result<String, Trouble> {
        Ok(reader.node()?.map(|node| node.name).unwrap_or_default())
    }

    /// What was filled in; empty when its key was destroyed.
    fn filled(&self, reader: &Reader, idx: u64) -> Result<Filled, Trouble> {
        let shown = self.field(reader, idx, "filled", None)?;
        let Some(text) = shown.text() else { return Ok(Filled::new()) };
        serde_json::from_str(text).map_err(|_| Trouble::NotAsRecorded(idx))
    }

    /// What the record of a case has; blank when it has nothing.
    fn of_record(
        &self,
        reader: &Reader,
        opened: &OpenedCase,
        origin: &Origin,
        lang: Lang,
    ) -> Result<String, Trouble> {
        let row = &opened.row;
        let sealed = |idx: Option<u64>, field: &str| -> Result<String, Trouble> {
            let Some(idx) = idx else { return Ok(String::new()) };
            Ok(self.field(reader, idx, field, None)?.text().unwrap_or_default().to_owned())
        };
        let company = row.company.map(|no| reader.company(no)).transpose()?.flatten();
        Ok(match origin {
            Origin::Number => row.no.to_string(),
            Origin::Title => row.title.clone(),
            Origin::Source => words::t(lang, &format!("case-source-{}", row.source.word())),
            Origin::Received => row.happened.to_string(),
            Origin::Unit => row.unit.clone().unwrap_or_default(),
            Origin::Handler => sealed(row.handler_idx, "handler")?,
            Origin::Known => sealed(Some(row.idx), "text")?,
            Origin::Company => company.map(|row| row.name).unwrap_or_default(),
            Origin::Code => {
                company.and_then(|row| row.code).map(|code| code.to_string()).unwrap_or_default()
            }
            Origin::Author => self.author(reader)?,
            Origin::Today => self.today().to_string(),
            Origin::File => opened.file_list(lang),
            Origin::Step(id) => {
                let last =
                    opened.steps.iter().rfind(|step| step.withdrawn.is_none() && step.step == *id);
                last.map(|step| step.happened.to_string()).unwrap_or_default()
            }
            Origin::Clock(id) => {
                let clock = opened.case.clock(id, self.local_now()?);
                let end = clock.and_then(|clock| clock.end);
                end.map(|end| end.to_string()).unwrap_or_default()
            }
        })
    }
}

/// With its first letter as at the beginning of a sentence.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn paper_of(
    reader: &Reader,
    opened: &OpenedCase,
    row: &CaseItemRow,
) -> Result<store::read::PaperRow, Trouble> {
    let papers = reader.papers(opened.row.no)?;
    let found = papers.into_iter().find(|paper| Some(paper.no) == row.paper);
    found.ok_or(Trouble::NotAsRecorded(row.idx))
}
