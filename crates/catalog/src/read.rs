//! Reading the data files into one catalog, or saying in which file and line it fails.

use serde::de::DeserializeOwned;

use crate::boundary::Boundary;
use crate::calendar::{Calendar, Year};
use crate::case::Case;
use crate::check;
use crate::checklist::Checklist;
use crate::control::Controls;
use crate::day::Day;
use crate::document::{self, Common, Documents};
use crate::field::{self, Pack};
use crate::handbook::{self, Chapters, Glossary, Handbook, Page};
use crate::inventory::Rules;
use crate::loss::{self, Worksheet};
use crate::moot::{self, Moot};
use crate::norm::{Norm, Norms};
use crate::overseas::{self, Country, Export, Questions};
use crate::procedure::Procedure;
use crate::recognition::Scheme;
use crate::route::{self, Routes};
use crate::standard::{Elements, Exhibit, Figures, Report, Standard};
use crate::template::{self, Template};
use crate::twin::Twin;
use crate::warning::{self, Warning};

/// The data files of this program, each with its path below `catalog/`.
pub const SHIPPED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The folders below `catalog/` that are read.
pub const FOLDERS: &[&str] = include!("folders.rs");

/// Everything read and checked.
#[derive(Clone, Debug)]
pub struct Catalog {
    norms: Norms,
    calendars: Vec<Calendar>,
    procedures: Vec<Procedure>,
    elements: Elements,
    standards: Vec<Standard>,
    checklists: Vec<Checklist>,
    schemes: Vec<Scheme>,
    documents: Vec<Documents>,
    worksheets: Vec<Worksheet>,
    boundary: Boundary,
    controls: Option<Controls>,
    inventory: Rules,
    handbook: Handbook,
    templates: Vec<Template>,
    packs: Vec<Pack>,
    routes: Option<Routes>,
    moot: Option<Moot>,
    warnings: Vec<Warning>,
    twin: Option<Twin>,
    countries: Vec<Country>,
    questions: Option<Questions>,
    export: Option<Export>,
}

/// A fault in a data file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("catalog/{file}:{line}: {problem}")]
pub struct Fault {
    /// Its path below `catalog/`.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong with a data file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "each variant's message says it")]
pub enum Problem {
    #[error("{0}")]
    Unreadable(String),
    #[error(
        "no folder of the catalog has such files; use norms, calendars, procedures, standards, checklists, recognition, documents, losses, points, controls, inventory, handbook, templates, fields, incidents, warnings, overseas or twin"
    )]
    NoSuchFolder,
    #[error("{0:?} is used twice here")]
    Twice(String),
    #[error("no {kind} is called {id:?}")]
    Unknown { kind: &'static str, id: String },
    #[error("{0} is cited, and no file in norms/ lists it; add the article there")]
    UnknownCite(String),
    #[error("{0} is out of force before this version begins")]
    OldCite(String),
    #[error("{0} is a local agreement; only a clock beside a statutory one may rest on it")]
    AgreedBasis(String),
    #[error("the text needs both languages: {0}")]
    OneLanguage(String),
    #[error("{kind} {id:?} is never used")]
    Unused { kind: &'static str, id: String },
    #[error("no step leads to state {0:?}")]
    Unreachable(String),
    #[error("from state {0:?} no end can be reached")]
    NoEnd(String),
    #[error("{0:?} is an end, and a step leads on from it")]
    EndGoesOn(String),
    #[error("the main track has no end")]
    Endless,
    #[error("{0:?} mixes states of several tracks")]
    MixedTracks(String),
    #[error("a clock has either within and from, or within and before, or arms and take")]
    ClockShape,
    #[error("roll-over is never for {0}")]
    NoRollOver(&'static str),
    #[error("the clock's units don't fit: {0}")]
    ClockUnits(&'static str),
    #[error("step {0:?} must name a day: planned = true")]
    NotPlanned(String),
    #[error(
        "an agreed limit may not be longer than the statutory one {0:?}, and shares its start and stop"
    )]
    SlowerThanLaw(String),
    #[error("days run backward from {0} to {1}")]
    Backward(Day, Day),
    #[error("the file of {0:?} should bear its name")]
    Misnamed(String),
    #[error("two versions are in force on {0}")]
    Overlap(Day),
    #[error("control {0:?} has neither a check nor shown_by: nobody could tell whether it stands")]
    NoCheck(String),
    #[error(
        "rule {0:?} is there twice, looks for nothing or in two ways, or has words with capitals"
    )]
    Rule(String),
    #[error("points add up to {0}, not to 100")]
    Points(u32),
    #[error("a sum of {0:?} isn't of what it gives: money once, or counts alone")]
    Units(String),
    #[error("item {0:?} has no document here, and isn't listed in others")]
    NoDocument(String),
    #[error("this line of the handbook can't be read: {0}")]
    Markup(String),
    #[error("too long or too short, in characters: {0}")]
    Length(String),
    #[error("both languages need the same gaps 【…】, one at least: {0}")]
    Gaps(String),
    #[error("not all is there that a statement needs: {0}")]
    Source(String),
    #[error("question {0:?} needs a basis, an answer that goes on and one that stops")]
    Gate(String),
}

impl Problem {
    /// All names, for tests of words and of the checker.
    pub const KEYS: &[&str] = &[
        "unreadable",
        "no-such-folder",
        "twice",
        "unknown",
        "unknown-cite",
        "old-cite",
        "agreed-basis",
        "one-language",
        "unused",
        "unreachable",
        "no-end",
        "end-goes-on",
        "endless",
        "mixed-tracks",
        "clock-shape",
        "no-roll-over",
        "clock-units",
        "not-planned",
        "slower-than-law",
        "backward",
        "misnamed",
        "overlap",
        "no-check",
        "points",
        "rule",
        "no-document",
        "units",
        "markup",
        "length",
        "gaps",
        "source",
        "gate",
    ];

    /// Its name in the translation files.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::NoSuchFolder => "no-such-folder",
            Self::Twice(_) => "twice",
            Self::Unknown { .. } => "unknown",
            Self::UnknownCite(_) => "unknown-cite",
            Self::OldCite(_) => "old-cite",
            Self::AgreedBasis(_) => "agreed-basis",
            Self::OneLanguage(_) => "one-language",
            Self::Unused { .. } => "unused",
            Self::Unreachable(_) => "unreachable",
            Self::NoEnd(_) => "no-end",
            Self::EndGoesOn(_) => "end-goes-on",
            Self::Endless => "endless",
            Self::MixedTracks(_) => "mixed-tracks",
            Self::ClockShape => "clock-shape",
            Self::NoRollOver(_) => "no-roll-over",
            Self::ClockUnits(_) => "clock-units",
            Self::NotPlanned(_) => "not-planned",
            Self::SlowerThanLaw(_) => "slower-than-law",
            Self::Backward(..) => "backward",
            Self::Misnamed(_) => "misnamed",
            Self::Overlap(_) => "overlap",
            Self::NoCheck(_) => "no-check",
            Self::Points(_) => "points",
            Self::Rule(_) => "rule",
            Self::NoDocument(_) => "no-document",
            Self::Units(_) => "units",
            Self::Markup(_) => "markup",
            Self::Length(_) => "length",
            Self::Gaps(_) => "gaps",
            Self::Source(_) => "source",
            Self::Gate(_) => "gate",
        }
    }

    /// Its values: what it is about, and, by `kind`, what sort of thing that is.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NoSuchFolder | Self::Endless | Self::ClockShape => Vec::new(),
            Self::Unknown { kind, id } | Self::Unused { kind, id } => {
                vec![("kind", (*kind).to_owned()), ("what", id.clone())]
            }
            Self::NoRollOver(kind) | Self::ClockUnits(kind) => vec![("kind", (*kind).to_owned())],
            Self::Backward(from, to) => vec![("from", from.to_string()), ("to", to.to_string())],
            Self::Overlap(day) => vec![("what", day.to_string())],
            Self::Points(sum) => vec![("what", sum.to_string())],
            Self::Unreadable(what)
            | Self::Twice(what)
            | Self::UnknownCite(what)
            | Self::OldCite(what)
            | Self::AgreedBasis(what)
            | Self::OneLanguage(what)
            | Self::Unreachable(what)
            | Self::NoEnd(what)
            | Self::EndGoesOn(what)
            | Self::MixedTracks(what)
            | Self::NotPlanned(what)
            | Self::SlowerThanLaw(what)
            | Self::Rule(what)
            | Self::NoDocument(what)
            | Self::Units(what)
            | Self::Markup(what)
            | Self::Length(what)
            | Self::Gaps(what)
            | Self::Source(what)
            | Self::Gate(what)
            | Self::NoCheck(what)
            | Self::Misnamed(what) => vec![("what", what.clone())],
        }
    }
}

impl Catalog {
    /// The catalog of this program.
    ///
    /// # Errors
    /// All faults found. Tests keep the shipped data free of them.
    pub fn shipped() -> Result<Self, Vec<Fault>> {
        Self::read(SHIPPED)
    }

    /// Reads and checks data files: `(path below catalog/, text)`.
    ///
    /// # Errors
    /// All faults found, each with its file and line.
    pub fn read(files: &[(&str, &str)]) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut norms = Vec::new();
        let mut years: Vec<Read<Year>> = Vec::new();
        let mut procedures = Vec::new();
        let mut elements = Vec::new();
        let mut standards = Vec::new();
        let mut checklists = Vec::new();
        let mut schemes = Vec::new();
        let mut common: Vec<Read<Common>> = Vec::new();
        let mut documents: Vec<Read<Documents>> = Vec::new();
        let mut worksheets: Vec<Read<Worksheet>> = Vec::new();
        let mut boundaries: Vec<Read<Boundary>> = Vec::new();
        let mut controls: Vec<Read<Controls>> = Vec::new();
        let mut inventories: Vec<Read<Rules>> = Vec::new();
        let mut chapters: Vec<Read<Chapters>> = Vec::new();
        let mut glossary: Vec<Read<Glossary>> = Vec::new();
        let mut pages: Vec<Read<Page>> = Vec::new();
        let mut templates: Vec<Read<Template>> = Vec::new();
        let mut packs: Vec<Read<Pack>> = Vec::new();
        let mut routes: Vec<Read<Routes>> = Vec::new();
        let mut moots: Vec<Read<Moot>> = Vec::new();
        let mut warnings: Vec<Read<Warning>> = Vec::new();
        let mut twins: Vec<Read<Twin>> = Vec::new();
        let mut countries: Vec<Read<Country>> = Vec::new();
        let mut questions: Vec<Read<Questions>> = Vec::new();
        let mut exports: Vec<Read<Export>> = Vec::new();
        for (path, text) in files {
            let file = File { path, text };
            match path.split_once('/') {
                Some(("norms", _)) => file.parse(&mut norms, &mut faults),
                Some(("calendars", _)) => file.parse(&mut years, &mut faults),
                Some(("procedures", _)) => file.parse(&mut procedures, &mut faults),
                Some(("standards", "elements.toml")) => file.parse(&mut elements, &mut faults),
                Some(("standards", _)) => file.parse(&mut standards, &mut faults),
                Some(("checklists", _)) => file.parse(&mut checklists, &mut faults),
                Some(("recognition", _)) => file.parse(&mut schemes, &mut faults),
                Some(("documents", "common.toml")) => file.parse(&mut common, &mut faults),
                Some(("documents", _)) => file.parse(&mut documents, &mut faults),
                Some(("losses", _)) => file.parse(&mut worksheets, &mut faults),
                Some(("points", _)) => file.parse(&mut boundaries, &mut faults),
                Some(("controls", _)) => file.parse(&mut controls, &mut faults),
                Some(("inventory", _)) => file.parse(&mut inventories, &mut faults),
                Some(("handbook", "chapters.toml")) => file.parse(&mut chapters, &mut faults),
                Some(("handbook", "glossary.toml")) => file.parse(&mut glossary, &mut faults),
                Some(("handbook", _)) => file.parse(&mut pages, &mut faults),
                Some(("templates", _)) => file.parse(&mut templates, &mut faults),
                Some(("fields", _)) => file.parse(&mut packs, &mut faults),
                Some(("incidents", "routes.toml")) => file.parse(&mut routes, &mut faults),
                Some(("incidents", _)) => file.parse(&mut moots, &mut faults),
                Some(("warnings", _)) => file.parse(&mut warnings, &mut faults),
                Some(("twin", _)) => file.parse(&mut twins, &mut faults),
                Some(("overseas", "questions.toml")) => file.parse(&mut questions, &mut faults),
                Some(("overseas", "export.toml")) => file.parse(&mut exports, &mut faults),
                Some(("overseas", _)) => file.parse(&mut countries, &mut faults),
                _ => faults.push(file.fault(0, Problem::NoSuchFolder)),
            }
        }
        for read in &mut documents {
            let shared = common.first().map(|read| read.value.clone());
            read.value.common = shared.unwrap_or_default();
        }
        templates.sort_by_key(|read| read.value.place);
        packs.sort_by_key(|read| read.value.place);
        check::norms(&norms, &mut faults);
        check::years(&years, &mut faults);
        let catalog = Self {
            norms: Norms(norms.into_iter().map(|read| read.value).collect()),
            calendars: calendars(years.into_iter().map(|read| read.value)),
            procedures: procedures
                .iter()
                .map(|read: &Read<Procedure>| read.value.clone())
                .collect(),
            elements: elements
                .first()
                .map(|read: &Read<Elements>| read.value.clone())
                .unwrap_or_default(),
            standards: standards.iter().map(|read: &Read<Standard>| read.value.clone()).collect(),
            checklists: checklists
                .iter()
                .map(|read: &Read<Checklist>| read.value.clone())
                .collect(),
            schemes: schemes.iter().map(|read: &Read<Scheme>| read.value.clone()).collect(),
            worksheets: worksheets.iter().map(|read| read.value.clone()).collect(),
            documents: documents.iter().map(|read| read.value.clone()).collect(),
            boundary: boundaries.first().map(|read| read.value.clone()).unwrap_or_default(),
            controls: controls.first().map(|read| read.value.clone()),
            inventory: inventories.first().map(|read| read.value.clone()).unwrap_or_default(),
            handbook: Handbook::read(&chapters, &pages, &glossary),
            templates: templates.iter().map(|read| read.value.clone()).collect(),
            packs: packs.iter().map(|read| read.value.clone()).collect(),
            routes: routes.first().map(|read| read.value.clone()),
            moot: moots.first().map(|read| read.value.clone()),
            warnings: warnings.iter().map(|read| read.value.clone()).collect(),
            twin: twins.first().map(|read| read.value.clone()),
            countries: countries.iter().map(|read| read.value.clone()).collect(),
            questions: questions.first().map(|read| read.value.clone()),
            export: exports.first().map(|read| read.value.clone()),
        };
        for read in &procedures {
            check::procedure(read, &catalog, &mut faults);
        }
        check::versions(&procedures, &mut faults);
        for read in &elements {
            check::elements(read, &catalog, &standards, &mut faults);
        }
        for read in &standards {
            check::standard(read, &catalog, &mut faults);
        }
        for read in &checklists {
            check::checklist(read, &catalog, &mut faults);
        }
        for read in &schemes {
            check::scheme(read, &catalog, &mut faults);
        }
        for read in &worksheets {
            loss::check(read, &catalog, &mut faults);
        }
        for read in &inventories {
            check::inventory(read, &mut faults);
        }
        for read in &common {
            document::check_common(read, catalog.documents(), &mut faults);
        }
        for read in &documents {
            document::check(read, &catalog, &mut faults);
        }
        for read in &routes {
            route::check(read, &catalog, &mut faults);
        }
        for read in &moots {
            moot::check(read, &catalog, &mut faults);
        }
        for read in &warnings {
            warning::check(read, &catalog, &mut faults);
        }
        for read in &controls {
            check::controls(read, &catalog, &mut faults);
        }
        for read in &chapters {
            handbook::check_chapters(read, catalog.handbook(), &mut faults);
        }
        for read in &glossary {
            handbook::check_glossary(read, catalog.handbook(), &mut faults);
        }
        for read in &pages {
            handbook::check(read, &catalog, &mut faults);
        }
        for read in &templates {
            template::check(read, &catalog, &mut faults);
        }
        for read in &packs {
            field::check(read, &catalog, &mut faults);
        }
        for read in &countries {
            overseas::check_country(read, &mut faults);
        }
        for read in &questions {
            overseas::check_questions(read, &mut faults);
        }
        for read in &exports {
            overseas::check_export(read, &catalog, &mut faults);
        }
        if faults.is_empty() {
            return Ok(catalog);
        }
        faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        Err(faults)
    }

    /// All acts.
    pub fn norms(&self) -> &Norms {
        &self.norms
    }

    /// A region's calendar; one by weekends alone where the region has no file.
    pub fn calendar(&self, region: &str) -> Option<&Calendar> {
        self.calendars.iter().find(|calendar| calendar.region() == region)
    }

    /// All versions of all procedures.
    pub fn procedures(&self) -> &[Procedure] {
        &self.procedures
    }

    /// The version under which a case is opened on a day.
    pub fn procedure(&self, id: &str, day: Day) -> Option<&Procedure> {
        self.procedures.iter().find(|procedure| procedure.id == id && procedure.in_force(day))
    }

    /// One version, for a case that was opened under it.
    pub fn version(&self, id: &str, version: u32) -> Option<&Procedure> {
        self.procedures.iter().find(|row| row.id == id && row.version == version)
    }

    /// Opens a case under the version in force on a day.
    pub fn open(&self, id: &str, day: Day) -> Option<Case<'_>> {
        Case::new(self, self.procedure(id, day)?)
    }

    /// Opens a case under a given version, to play back what has happened.
    pub fn open_version(&self, id: &str, version: u32) -> Option<Case<'_>> {
        Case::new(self, self.version(id, version)?)
    }

    /// Elements and kinds of items.
    pub fn elements(&self) -> &Elements {
        &self.elements
    }

    /// All evidence standards.
    pub fn standards(&self) -> &[Standard] {
        &self.standards
    }

    /// A standard by its name.
    pub fn standard(&self, id: &str) -> Option<&Standard> {
        self.standards.iter().find(|standard| standard.id == id)
    }

    /// All checklists.
    pub fn checklists(&self) -> &[Checklist] {
        &self.checklists
    }

    /// A checklist by its name.
    pub fn checklist(&self, id: &str) -> Option<&Checklist> {
        self.checklists.iter().find(|checklist| checklist.id == id)
    }

    /// All schemes of recognition, those that others stand under first.
    pub fn schemes(&self) -> &[Scheme] {
        &self.schemes
    }

    /// A scheme by its name.
    pub fn scheme(&self, id: &str) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| scheme.id == id)
    }

    /// The worksheets of loss and gain.
    pub fn worksheets(&self) -> &[Worksheet] {
        &self.worksheets
    }

    /// The documents of all procedures that have any.
    pub fn documents(&self) -> &[Documents] {
        &self.documents
    }

    /// The documents of a procedure.
    pub fn documents_of(&self, procedure: &str) -> Option<&Documents> {
        self.documents.iter().find(|file| file.procedure.id == procedure)
    }

    /// The catalogue of controls; `None` where no file has one.
    pub fn controls(&self) -> Option<&Controls> {
        self.controls.as_ref()
    }

    /// The routes open after a suspected leak; `None` where no file has any.
    pub fn routes(&self) -> Option<&Routes> {
        self.routes.as_ref()
    }

    /// The arguments of the other side; `None` where no file has any.
    pub fn moot(&self) -> Option<&Moot> {
        self.moot.as_ref()
    }

    /// The words of the boundary test.
    pub fn boundary(&self) -> &Boundary {
        &self.boundary
    }

    /// The rules of an inventory.
    pub fn inventory(&self) -> &Rules {
        &self.inventory
    }

    /// The handbook.
    pub fn handbook(&self) -> &Handbook {
        &self.handbook
    }

    /// The templates of papers, in their order.
    pub fn templates(&self) -> &[Template] {
        &self.templates
    }

    /// A template by its name.
    pub fn template(&self, id: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.id == id)
    }

    /// The packs for fields of industry, in their order.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// A pack by its name.
    pub fn pack(&self, id: &str) -> Option<&Pack> {
        self.packs.iter().find(|pack| pack.id == id)
    }

    /// The rules of early warning, in the order of their names.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// A rule of early warning by its name.
    pub fn warning(&self, id: &str) -> Option<&Warning> {
        self.warnings.iter().find(|rule| rule.id == id)
    }

    /// The parameters of the made-up district; `None` where no file has them.
    pub fn twin(&self) -> Option<&Twin> {
        self.twin.as_ref()
    }

    /// The guides of countries, complete ones first.
    pub fn countries(&self) -> Vec<&Country> {
        let mut all: Vec<&Country> = self.countries.iter().collect();
        all.sort_by_key(|country| (!country.is_complete(), country.id.clone()));
        all
    }

    /// A country's guide by its name.
    pub fn country(&self, id: &str) -> Option<&Country> {
        self.countries.iter().find(|country| country.id == id)
    }

    /// What a company is asked before it goes abroad; `None` where no file has it.
    pub fn questions(&self) -> Option<&Questions> {
        self.questions.as_ref()
    }

    /// What must be answered before material leaves China; `None` where no file has it.
    pub fn export(&self) -> Option<&Export> {
        self.export.as_ref()
    }

    /// What a file covers of a standard.
    pub fn report(&self, standard: &str, file: &[Exhibit], figures: Figures) -> Option<Report<'_>> {
        let standard = self.standard(standard)?;
        Some(self.elements.report(standard, file, figures, &self.norms))
    }
}

/// One calendar a region. Procedures may count in regions without files: by weekends alone.
fn calendars(years: impl Iterator<Item = Year>) -> Vec<Calendar> {
    let mut regions: Vec<(String, Vec<Year>)> = vec![("eu".to_owned(), Vec::new())];
    for year in years {
        match regions.iter_mut().find(|(region, _)| *region == year.region) {
            Some((_, years)) => years.push(year),
            None => regions.push((year.region.clone(), vec![year])),
        }
    }
    regions.into_iter().map(|(region, years)| Calendar::new(&region, years)).collect()
}

/// A file on its way in.
#[derive(Clone, Copy)]
pub(crate) struct File<'f> {
    pub path: &'f str,
    pub text: &'f str,
}

/// What a file says, and the file.
pub(crate) struct Read<'f, T> {
    pub file: File<'f>,
    pub value: T,
}

impl<'f> File<'f> {
    /// Largest data file; a larger one is no catalog.
    const MAX_BYTES: usize = 1 << 20;

    fn parse<T: DeserializeOwned>(self, into: &mut Vec<Read<'f, T>>, faults: &mut Vec<Fault>) {
        if self.text.len() > Self::MAX_BYTES {
            faults.push(self.fault(0, Problem::Unreadable("larger than 1 MiB".to_owned())));
            return;
        }
        match toml::from_str::<T>(self.text) {
            Ok(value) => into.push(Read { file: self, value }),
            Err(trouble) => {
                let at = trouble.span().map_or(0, |span| span.start);
                faults.push(self.fault(at, Problem::Unreadable(trouble.message().to_owned())));
            }
        }
    }

    /// A fault at a byte of the text.
    pub(crate) fn fault(self, at: usize, problem: Problem) -> Fault {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        Fault { file: self.path.to_owned(), line, problem }
    }
}

impl Read<'_, Norm> {
    pub(crate) fn stem(&self) -> &str {
        stem(self.file.path)
    }
}

/// The name of a file without folder and ending.
pub(crate) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".toml").unwrap_or(name)
}
