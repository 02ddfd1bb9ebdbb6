//! Everything a template can see: itself, its data, the files it was given, one font, one date.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{DiagSpanKind, FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};

use crate::glyphs::FONT;
use crate::{NamedFile, PdfError, Problem};

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts([&*FONT])));
// Interned once: typst keeps every file id for ever and has only 65,535 of them.
static MAIN: LazyLock<FileId> = LazyLock::new(|| file_id("main.typ").expect("a plain name"));
static DATA: LazyLock<FileId> = LazyLock::new(|| file_id("data.json").expect("a plain name"));

fn file_id(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    (!path.is_root() && path.get_without_slash() == name)
        .then(|| FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

/// The world of one render.
pub(crate) struct Desk {
    main: Source,
    files: Vec<(FileId, Bytes)>,
    today: Datetime,
}

impl Desk {
    pub(crate) fn new(
        template: &str,
        data: String,
        today: Datetime,
        files: &[NamedFile<'_>],
    ) -> Result<Self, PdfError> {
        let main = Source::new(*MAIN, template.to_owned());
        let mut desk = Self { main, files: vec![(*DATA, Bytes::from_string(data))], today };
        for (name, bytes) in files {
            let id = file_id(name).filter(|id| *id != *MAIN && desk.bytes_of(*id).is_none());
            let id = id.ok_or_else(|| PdfError::FileName((*name).to_owned()))?;
            desk.files.push((id, Bytes::new(bytes.to_vec())));
        }
        Ok(desk)
    }

    /// Typst's diagnostics with places a person can find.
    pub(crate) fn problems(&self, diagnostics: &[SourceDiagnostic]) -> Vec<Problem> {
        diagnostics.iter().map(|diagnostic| self.problem(diagnostic)).collect()
    }

    fn problem(&self, diagnostic: &SourceDiagnostic) -> Problem {
        let id = match diagnostic.span.get() {
            DiagSpanKind::Detached => None,
            DiagSpanKind::Number { id, .. } | DiagSpanKind::Range { id, .. } => Some(id),
        };
        let line = id.zip(self.range(diagnostic.span)).and_then(|(id, range)| {
            let bytes = self.file(id).ok()?;
            let before = bytes.as_slice().get(..range.start)?;
            Some(1 + before.iter().filter(|byte| **byte == b'\n').count())
        });
        Problem {
            file: id.map_or(String::new(), |id| id.vpath().get_without_slash().to_owned()),
            line,
            message: diagnostic.message.to_string(),
            hints: diagnostic.hints.iter().map(|hint| hint.v.to_string()).collect(),
        }
    }

    fn bytes_of(&self, id: FileId) -> Option<&Bytes> {
        self.files.iter().find(|(known, _)| *known == id).map(|(_, bytes)| bytes)
    }

    fn refused(id: FileId) -> FileError {
        FileError::NotFound(id.vpath().get_without_slash().into())
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        *MAIN
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == *MAIN {
            return Ok(self.main.clone());
        }
        let bytes = self.bytes_of(id).ok_or_else(|| Self::refused(id))?;
        let text = bytes.as_str().map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(id, text.to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *MAIN {
            return Ok(Bytes::from_string(self.main.text().to_owned()));
        }
        self.bytes_of(id).cloned().ok_or_else(|| Self::refused(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        (index == 0).then(|| FONT.clone())
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        Some(self.today)
    }
}
