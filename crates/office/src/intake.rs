//! Tables of companies, as districts keep them, on their way into the directory: which column is
//! what, what each row would change, and then all of it at once.
//!
//! A table adds and corrects; it takes nothing away. A blank cell says nothing, and tags are only
//! added.

use std::collections::HashMap;

use domain::command::ImportDirectory;
use domain::facts::{CompanyHead, Facts};
use domain::terms::{CompanyKind, KeyTag, Role};
use domain::{Command, CreditCode, Number, Refusal, decide};
use sha2::{Digest as _, Sha256};
use sheet::{Row, SheetError};
use store::read::CompanyRow;
use store::{Reader, Receipt};

use crate::directory::{bare_addition, bare_revision};
use crate::{Ask, CompanyChange, CompanyForm, Office, Sort, Trouble};

/// The head of a table is looked for in so many rows: titles and notes may stand above it.
const HEAD_WITHIN: usize = 10;

/// What a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The name.
    Name,
    /// Company, institution or team.
    Kind,
    /// 统一社会信用代码.
    Code,
    /// Tags, several in one cell.
    Tags,
    /// Whether it has this tag: yes or no.
    Tag(KeyTag),
    /// 行业领域.
    Field,
    /// 园区.
    Park,
    /// 街道.
    Street,
    /// Whom to talk to; several such columns are put together.
    Contact,
}

impl Column {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Name,
        Self::Code,
        Self::Kind,
        Self::Tags,
        Self::Tag(KeyTag::HighTech),
        Self::Tag(KeyTag::Listed),
        Self::Tag(KeyTag::Specialised),
        Self::Tag(KeyTag::Giant),
        Self::Field,
        Self::Park,
        Self::Street,
        Self::Contact,
    ];

    /// The fixed word; a tag's own for a column of one tag.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Kind => "kind",
            Self::Code => "code",
            Self::Tags => "tags",
            Self::Tag(tag) => tag.word(),
            Self::Field => "field",
            Self::Park => "park",
            Self::Street => "street",
            Self::Contact => "contact",
        }
    }

    /// The column with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.word() == word)
    }

    /// What a heading means, in the words that lists use.
    pub fn guess(heading: &str) -> Option<Self> {
        let heading: String = heading
            .chars()
            .take_while(|c| !matches!(c, '(' | '（' | '[' | '【'))
            .filter(|c| !c.is_whitespace() && !matches!(c, '*' | '：' | ':' | '_'))
            .collect();
        let heading = heading.to_lowercase();
        Some(match &*heading {
            "企业名称" | "单位名称" | "公司名称" | "机构名称" | "团队名称" | "名称" | "企业"
            | "单位" | "公司" | "企业全称" | "name" | "company" | "companyname" => {
                Self::Name
            }
            "统一社会信用代码"
            | "社会信用代码"
            | "信用代码"
            | "统一代码"
            | "代码"
            | "code"
            | "creditcode"
            | "uscc" => Self::Code,
            "类型" | "类别" | "性质" | "主体类型" | "单位类型" | "kind" | "type" => {
                Self::Kind
            }
            "标签" | "资质" | "企业资质" | "认定" | "荣誉资质" | "tags" | "tag" => {
                Self::Tags
            }
            "行业" | "领域" | "行业领域" | "产业领域" | "所属行业" | "产业" | "field"
            | "industry" => Self::Field,
            "园区" | "所属园区" | "所在园区" | "产业园" | "park" => Self::Park,
            "街道" | "所属街道" | "所在街道" | "街镇" | "镇街" | "属地" | "street"
            | "sub-district" | "subdistrict" => Self::Street,
            "联系人" | "联系方式" | "联系电话" | "电话" | "手机" | "邮箱" | "contact" | "phone"
            | "email" => Self::Contact,
            other => {
                let tag = other.strip_prefix("是否").unwrap_or(other);
                return KeyTag::from_text(tag).map(Self::Tag);
            }
        })
    }
}

/// A table that was read, and what its columns are taken for.
pub struct Table {
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// Its headings.
    pub headings: Vec<String>,
    /// What each column is taken for; `None` for one that is left out.
    pub columns: Vec<Option<Column>>,
    rows: Vec<Row>,
}

/// What a table would do.
pub struct Intake {
    /// Each row below the head.
    pub rows: Vec<IntakeRow>,
}

/// What one row would do.
pub struct IntakeRow {
    /// Its line in the file, from 1.
    pub line: u32,
    /// The name that it gives.
    pub name: String,
    /// What it would do.
    pub outcome: Outcome,
}

/// What a row would do.
pub enum Outcome {
    /// A new entry.
    New(CompanyForm),
    /// Changes to an entry.
    Revised(CompanyChange),
    /// Nothing: all that it says is known.
    Same(Number),
    /// It can't be taken in.
    Refused(Trouble),
}

impl Table {
    /// Reads a table and guesses what its columns are.
    ///
    /// # Errors
    /// [`Trouble::Other`] when it is no table that can be read, or has a head only.
    pub fn read(bytes: &[u8]) -> Result<Self, Trouble> {
        let mut rows = sheet::read(bytes).map_err(unreadable)?.rows;
        let known = |row: &Row| row.cells.iter().filter_map(|c| Column::guess(c)).count();
        // The first of those with most headings that are known.
        let within = rows.len().min(HEAD_WITHIN);
        let head = (0..within).rev().max_by_key(|&at| known(&rows[at])).unwrap_or(0);
        let widest = rows[head..].iter().map(|row| row.cells.len()).max().unwrap_or(0);
        rows.drain(..head);
        let mut headings = rows.remove(0).cells;
        headings.resize(widest, String::new());
        if rows.is_empty() {
            return Err(refused("trouble-sheet-head-only", vec![]));
        }
        let mut table = Self {
            sha256: hex::encode(Sha256::digest(bytes)),
            columns: vec![None; widest],
            headings,
            rows,
        };
        for at in 0..widest {
            table.take(at, Column::guess(&table.headings[at]));
        }
        Ok(table)
    }

    /// Takes a column for something. Each thing but a contact is in one column only: another that
    /// was taken for it is left out from now on when this one comes later.
    pub fn take(&mut self, at: usize, column: Option<Column>) {
        if let Some(column) = column
            && column != Column::Contact
            && self.columns.contains(&Some(column))
        {
            return;
        }
        if let Some(place) = self.columns.get_mut(at) {
            *place = column;
        }
    }

    /// Takes the column with this heading, or with this number from 1, for something.
    ///
    /// # Errors
    /// [`Trouble::Other`] when there is no such column.
    pub fn name(&mut self, column: Column, heading: &str) -> Result<(), Trouble> {
        let by_number = || heading.parse::<usize>().ok()?.checked_sub(1);
        let found = self.headings.iter().position(|found| found == heading).or_else(by_number);
        let at = found.filter(|&at| at < self.columns.len()).ok_or_else(|| {
            let known = self.headings.join(", ");
            let args = vec![("heading", heading.chars().take(60).collect()), ("known", known)];
            refused("trouble-sheet-no-column", args)
        })?;
        if column != Column::Contact {
            self.columns.iter_mut().filter(|c| **c == Some(column)).for_each(|c| *c = None);
        }
        self.columns[at] = Some(column);
        Ok(())
    }

    /// The number of rows below the head.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row below the head; never so for a table that was read.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows that an intake refuses as a table of its own, each with the reason, so that they
    /// can be mended and brought in again. CSV in UTF-8; `reason` puts a trouble into words.
    pub fn refused_rows(
        &self,
        intake: &Intake,
        reason_heading: &str,
        reason: impl Fn(&Trouble) -> String,
    ) -> String {
        let mut out = String::from(sheet::csv_start());
        let headings = self.headings.iter().map(String::as_str);
        sheet::csv_line(&mut out, headings.chain([reason_heading]));
        for (row, fate) in self.rows.iter().zip(&intake.rows) {
            if let Outcome::Refused(trouble) = &fate.outcome {
                let blank = self.headings.len().saturating_sub(row.cells.len());
                let cells = row.cells.iter().cloned().chain(vec![String::new(); blank]);
                sheet::csv_line(&mut out, cells.chain([reason(trouble)]));
            }
        }
        out
    }

    /// Which column was taken for what, as the ledger keeps it.
    fn mapping(&self) -> Vec<String> {
        let pairs = self.columns.iter().zip(&self.headings);
        pairs
            .filter_map(|(column, heading)| Some(format!("{}={heading}", (*column)?.word())))
            .collect()
    }

    fn name_in<'a>(&self, row: &'a Row) -> &'a str {
        let at = self.columns.iter().position(|column| *column == Some(Column::Name));
        at.and_then(|at| row.cells.get(at)).map_or("", String::as_str)
    }

    fn said(&self, row: &Row) -> Result<Said, Trouble> {
        let mut said = Said::default();
        for (column, cell) in self.columns.iter().zip(&row.cells) {
            let (Some(column), false) = (column, cell.is_empty()) else { continue };
            match column {
                Column::Name => said.name = Some(cell.clone()),
                Column::Kind => said.kind = Some(kind(cell)?),
                Column::Code => said.code = Some(CreditCode::parse(cell).map_err(Refusal::from)?),
                Column::Tags => said.tags.push(cell.clone()),
                Column::Tag(tag) if yes(cell)? => said.tags.push(tag.word().to_owned()),
                Column::Tag(_) => {}
                Column::Field => said.field = Some(cell.clone()),
                Column::Park => said.park = Some(cell.clone()),
                Column::Street => said.street = Some(cell.clone()),
                Column::Contact => {
                    let contact = said.contact.get_or_insert_default();
                    if !contact.is_empty() {
                        contact.push(' ');
                    }
                    contact.push_str(cell);
                }
            }
        }
        Ok(said)
    }
}

impl Intake {
    /// How many rows are new, change something, change nothing, are refused.
    pub fn counts(&self) -> [usize; 4] {
        let mut counts = [0; 4];
        for row in &self.rows {
            counts[row.outcome.at()] += 1;
        }
        counts
    }
}

impl Outcome {
    /// The fixed words, in the order of [`Intake::counts`].
    pub const WORDS: [&'static str; 4] = ["new", "revised", "same", "refused"];

    /// Its place among [`Outcome::WORDS`].
    pub fn at(&self) -> usize {
        match self {
            Self::New(_) => 0,
            Self::Revised(_) => 1,
            Self::Same(_) => 2,
            Self::Refused(_) => 3,
        }
    }
}

/// What a row says; blank cells say nothing.
#[derive(Default)]
struct Said {
    name: Option<String>,
    kind: Option<CompanyKind>,
    code: Option<CreditCode>,
    tags: Vec<String>,
    field: Option<String>,
    park: Option<String>,
    street: Option<String>,
    contact: Option<String>,
}

impl Office {
    /// What a table would do to the directory as it is now. Writes nothing.
    ///
    /// # Errors
    /// [`Trouble::Other`] when no column is the name or the code; the store's own.
    pub fn intake(&self, reader: &Reader, table: &Table) -> Result<Intake, Trouble> {
        if !table.columns.iter().any(|c| matches!(c, Some(Column::Name | Column::Code))) {
            return Err(refused("trouble-sheet-no-name", vec![]));
        }
        let mut seen = HashMap::new();
        let rows = table.rows.iter().map(|row| {
            let said = table.said(row);
            let outcome = match said.and_then(|said| self.outcome(reader, said, row, &mut seen)) {
                Ok(outcome) => outcome,
                Err(trouble) if trouble.sort() == Sort::Broken => return Err(trouble),
                Err(trouble) => Outcome::Refused(trouble),
            };
            Ok(IntakeRow { line: row.line, name: table.name_in(row).to_owned(), outcome })
        });
        Ok(Intake { rows: rows.collect::<Result<_, _>>()? })
    }

    /// Takes a table into the directory: all rows that are not refused, as one.
    ///
    /// # Errors
    /// [`Trouble`]; [`Refusal::ChangedMeanwhile`] and its like when somebody else was faster, and
    /// then nothing was written.
    pub fn import(
        &self,
        ask: &Ask,
        reader: &Reader,
        table: &Table,
    ) -> Result<(Receipt, Intake), Trouble> {
        let intake = self.intake(reader, table)?;
        let [_, _, same, refused] = intake.counts().map(|count| count as u32);
        let (mut added, mut revised) = (Vec::new(), Vec::new());
        for row in &intake.rows {
            match &row.outcome {
                Outcome::New(form) => added.push(self.addition(form.clone())?),
                Outcome::Revised(change) => revised.push(self.revision(change.clone())?),
                Outcome::Same(_) | Outcome::Refused(_) => {}
            }
        }
        let command = ImportDirectory {
            file: table.sha256.clone(),
            mapping: table.mapping(),
            rows: table.len() as u32,
            same,
            refused,
            added,
            revised,
        };
        let receipt = self.submit(ask, Command::ImportDirectory(Box::new(command)))?;
        Ok((receipt, intake))
    }

    fn outcome(
        &self,
        reader: &Reader,
        said: Said,
        row: &Row,
        seen: &mut HashMap<String, u32>,
    ) -> Result<Outcome, Trouble> {
        let known = find(reader, &said)?;
        // The same company once more in one file: whichever row were taken, one would be lost.
        let same = match (&known, said.code) {
            (Some(known), _) => known.no.to_string(),
            (None, Some(code)) => code.to_string(),
            (None, None) => said.name.clone().unwrap_or_default(),
        };
        if let Some(before) = seen.insert(same, row.line) {
            return Err(refused("intake-twice", vec![("line", before.to_string())]));
        }
        let mut facts = Facts::at(self.now(), self.today(), None);
        facts.role = Some(Role::Station);
        let Some(known) = known else {
            let form = CompanyForm {
                name: said.name.unwrap_or_default(),
                kind: said.kind.unwrap_or(CompanyKind::Company),
                code: said.code.map(|code| code.to_string()),
                tags: said.tags,
                field: said.field,
                park: said.park,
                street: said.street,
                contact: said.contact,
            };
            let wish = Command::AddCompany(Box::new(bare_addition(form.clone())?));
            return Ok(decide(&facts, "", wish).map(|_| Outcome::New(form))?);
        };
        let no = known.no;
        let Some(change) = self.change(reader, &known, said)? else {
            return Ok(Outcome::Same(no));
        };
        let head = CompanyHead {
            edition: known.edition,
            kind: known.kind,
            code: known.code,
            merged_into: known.merged_into,
        };
        facts.companies.insert(no, head);
        let mut bare = bare_revision(change.clone())?;
        bare.why = Some("-".into());
        match decide(&facts, "", Command::ReviseCompany(Box::new(bare))) {
            // Without its contact, which is sealed later, it may change nothing else.
            Ok(_) | Err(Refusal::NothingToChange(_)) => Ok(Outcome::Revised(change)),
            Err(refusal) => Err(refusal.into()),
        }
    }

    /// What a row says anew of an entry; `None` when all is known.
    fn change(
        &self,
        reader: &Reader,
        known: &CompanyRow,
        said: Said,
    ) -> Result<Option<CompanyChange>, Trouble> {
        let anew =
            |said: Option<String>, now: Option<&str>| said.filter(|said| Some(said.trim()) != now);
        let all = known.tags.iter().cloned().chain(said.tags).collect();
        let tags = domain::tags(all)?;
        let contact = match (said.contact, known.contact_idx) {
            (Some(said), Some(idx)) => {
                let now = self.field(reader, idx, "contact", None)?;
                (now.text() != Some(said.trim())).then_some(said)
            }
            (said, _) => said,
        };
        let nothing = CompanyChange::of(known.no, known.edition);
        let change = CompanyChange {
            name: anew(said.name, Some(&known.name)),
            kind: said.kind.filter(|kind| *kind != known.kind),
            code: said.code.filter(|code| Some(*code) != known.code).map(|code| code.to_string()),
            tags: (tags != known.tags).then_some(tags),
            field: anew(said.field, known.field.as_deref()),
            park: anew(said.park, known.park.as_deref()),
            street: anew(said.street, known.street.as_deref()),
            contact,
            ..nothing.clone()
        };
        Ok((change != nothing).then_some(change))
    }
}

/// The entry that a row is about: by its code, or else by its name.
fn find(reader: &Reader, said: &Said) -> Result<Option<CompanyRow>, Trouble> {
    if let Some(code) = said.code
        && let Some(known) = reader.company_of(code)?
    {
        return match known.merged_into {
            Some(into) => Err(Refusal::Merged(known.no, into).into()),
            None => Ok(Some(known)),
        };
    }
    let Some(name) = &said.name else { return Ok(None) };
    let mut named = reader.companies_named(name.trim())?;
    // With another code it is another one of the same name.
    named.retain(|row| said.code.is_none() || row.code.is_none());
    match (named.pop(), named.pop()) {
        (Some(one), None) => Ok(Some(one)),
        (Some(one), Some(other)) => {
            let args = vec![("no", other.no.to_string()), ("other", one.no.to_string())];
            Err(refused("intake-ambiguous", args))
        }
        _ => Ok(None),
    }
}

fn kind(text: &str) -> Result<CompanyKind, Trouble> {
    let has = |parts: &[&str]| parts.iter().any(|part| text.contains(part));
    if has(&["团队"]) {
        Ok(CompanyKind::Team)
    } else if has(&["机构", "事业单位", "院", "所", "高校", "大学", "学校", "协会", "社会组织"])
    {
        Ok(CompanyKind::Institution)
    } else if has(&["企业", "公司"]) {
        Ok(CompanyKind::Company)
    } else {
        let word = text.to_ascii_lowercase();
        CompanyKind::from_word(&word)
            .ok_or_else(|| refused("intake-kind", vec![("text", text.chars().take(40).collect())]))
    }
}

/// Whether a cell in a column of one tag says yes.
fn yes(cell: &str) -> Result<bool, Trouble> {
    match &*cell.to_lowercase() {
        "是" | "有" | "√" | "✓" | "✔" | "y" | "yes" | "true" | "1" | "x" => Ok(true),
        "否" | "无" | "不是" | "n" | "no" | "false" | "0" | "-" | "—" | "/" | "×" => {
            Ok(false)
        }
        // A year, a date or a number of certificate: it was recognised.
        text if text.starts_with(|c: char| c.is_ascii_digit()) => Ok(true),
        text => Err(refused("intake-yes-no", vec![("text", text.chars().take(40).collect())])),
    }
}

fn refused(key: &'static str, args: Vec<(&'static str, String)>) -> Trouble {
    Trouble::Other(key, args, Sort::Refused)
}

pub(crate) fn unreadable(error: SheetError) -> Trouble {
    let line = |line: u32| vec![("line", line.to_string())];
    match error {
        SheetError::Empty => refused("trouble-sheet-empty", vec![]),
        SheetError::TooLarge => {
            let most = (sheet::BYTES_MAX >> 20).to_string();
            refused("trouble-sheet-too-large", vec![("most", most)])
        }
        SheetError::TooManyRows => {
            refused("trouble-sheet-rows", vec![("most", sheet::ROWS_MAX.to_string())])
        }
        SheetError::TooManyColumns(at) => refused("trouble-sheet-columns", line(at)),
        SheetError::CellTooLong(at) => refused("trouble-sheet-cell", line(at)),
        SheetError::Encoding(at) => refused("trouble-sheet-encoding", line(at)),
        SheetError::OldSpreadsheet => refused("trouble-sheet-old", vec![]),
        SheetError::Damaged => refused("trouble-sheet-damaged", vec![]),
    }
}
