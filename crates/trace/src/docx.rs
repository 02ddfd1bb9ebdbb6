//! Word documents: their text, and copies of them in which only text inside runs differs.

use std::io::{Cursor, Read as _, Write as _};
use std::ops::Range;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::document::Unfit;
use crate::text::{Kind, Site, Spot};

/// The part that holds the text.
const PART: &str = "word/document.xml";
/// The longest text part, unpacked.
const XML_MAX: u64 = 64 << 20;

/// Kinds that have no meaning between paragraphs of a Word document.
pub(crate) const WITHOUT: [Kind; 3] = [Kind::Order, Kind::Blank, Kind::Trailing];

/// The text of a document, and where it stands in its XML.
pub(crate) struct Docx {
    xml: String,
    pub(crate) text: String,
    pieces: Vec<Piece>,
}

/// The text of one `w:t`.
struct Piece {
    text: Range<usize>,
    /// Where it begins in the XML.
    xml: usize,
    /// Blanks at its ends count.
    kept: bool,
    /// It has no entities, so that its bytes are those of the XML.
    plain: bool,
}

/// Whether these are the first bytes of a ZIP, as of a Word document.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Whether these are the first bytes of an office file that is old, or has a password.
pub(crate) fn is_closed(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, Unfit> {
    let file = archive.by_name(name).map_err(|error| match error {
        zip::result::ZipError::FileNotFound => Unfit::NotText,
        _ => Unfit::Damaged,
    })?;
    let mut xml = String::new();
    file.take(XML_MAX + 1).read_to_string(&mut xml).map_err(|_| Unfit::Damaged)?;
    if xml.len() as u64 > XML_MAX { Err(Unfit::TooLong) } else { Ok(xml) }
}

impl Docx {
    /// Reads a Word document.
    ///
    /// # Errors
    /// [`Unfit`] when it is another kind of file, damaged, or has a password.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Unfit> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unfit::Damaged)?;
        Self::of_xml(part(&mut archive, PART)?)
    }

    fn of_xml(xml: String) -> Result<Self, Unfit> {
        let (mut text, mut pieces) = (String::new(), Vec::new());
        let mut at = 0;
        while let Some(open) = xml[at..].find('<').map(|open| at + open) {
            let close = open + xml[open..].find('>').ok_or(Unfit::Damaged)?;
            let tag = &xml[open + 1..close];
            at = close + 1;
            let name = tag.split([' ', '/', '\t', '\r', '\n']).find(|part| !part.is_empty());
            match (tag.starts_with('/'), name) {
                (false, Some("w:t")) if !tag.ends_with('/') => {
                    let end = at + xml[at..].find("</w:t>").ok_or(Unfit::Damaged)?;
                    let inner = &xml[at..end];
                    let start = text.len();
                    text.push_str(&unescaped(inner));
                    pieces.push(Piece {
                        text: start..text.len(),
                        xml: at,
                        kept: tag.contains("xml:space=\"preserve\""),
                        plain: !inner.contains(['&', '<']),
                    });
                    at = end;
                }
                (true, Some("w:p")) | (false, Some("w:br" | "w:cr")) => text.push('\n'),
                (false, Some("w:tab")) if tag.ends_with('/') => text.push('\t'),
                _ => {}
            }
        }
        Ok(Self { xml, text, pieces })
    }

    /// Where a spot stands in the XML, if it lies in the text of one run and no blank is lost.
    fn place(&self, spot: &Spot) -> Option<usize> {
        let blank = spot.forms.iter().any(|form| form.contains(' '));
        let first = self.pieces.partition_point(|piece| piece.text.end < spot.at.start);
        let piece = self.pieces[first..]
            .iter()
            .take_while(|piece| piece.text.start <= spot.at.start)
            .find(|piece| {
                let inside = piece.text.start < spot.at.start && spot.at.end < piece.text.end;
                let within = piece.text.start <= spot.at.start && spot.at.end <= piece.text.end;
                let safe = spot.forms.iter().all(|form| !form.contains(['<', '&', '>']));
                piece.plain && safe && (inside || within && (piece.kept || !blank))
            })?;
        Some(piece.xml + spot.at.start - piece.text.start)
    }

    /// Whether all spots of a site can be written.
    pub(crate) fn holds(&self, site: &Site) -> bool {
        site.spots.iter().all(|spot| self.place(spot).is_some())
    }

    /// The XML in which each spot has its form.
    fn with(&self, spots: &[(&Spot, usize)]) -> Option<String> {
        let mut placed = Vec::new();
        for (spot, form) in spots {
            placed.push((self.place(spot)?, spot, *form));
        }
        placed.sort_by_key(|(place, spot, _)| (*place, spot.at.end));
        let (mut xml, mut done) = (String::with_capacity(self.xml.len() + 4096), 0);
        for (place, spot, form) in placed {
            xml.push_str(&self.xml[done..place]);
            xml.push_str(&spot.forms[form]);
            done = place + spot.at.len();
        }
        xml.push_str(&self.xml[done..]);
        Some(xml)
    }

    /// Writes the document in which each spot has its form; all other parts stay byte for byte.
    ///
    /// # Errors
    /// [`Unfit::Damaged`] when a part can't be taken over.
    pub(crate) fn write(&self, bytes: &[u8], spots: &[(&Spot, usize)]) -> Result<Vec<u8>, Unfit> {
        let damaged = |_| Unfit::Damaged;
        let xml = self.with(spots).ok_or(Unfit::NotTheOriginal)?;
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() + 4096)));
        for at in 0..archive.len() {
            let file = archive.by_index_raw(at).map_err(damaged)?;
            if file.name().map_err(damaged)? == PART {
                let mut options = SimpleFileOptions::default();
                if let Some(time) = file.last_modified() {
                    options = options.last_modified_time(time);
                }
                drop(file);
                out.start_file(PART, options).map_err(damaged)?;
                out.write_all(xml.as_bytes()).map_err(|_| Unfit::Damaged)?;
            } else {
                out.raw_copy_file(file).map_err(damaged)?;
            }
        }
        Ok(out.finish().map_err(damaged)?.into_inner())
    }
}

/// The text of an office file that turned up: Word or OpenDocument; `None` for anything else.
pub(crate) fn text_of(bytes: &[u8]) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    if let Ok(xml) = part(&mut archive, PART) {
        return Docx::of_xml(xml).ok().map(|docx| docx.text);
    }
    let xml = part(&mut archive, "content.xml").ok()?;
    let body = xml.find("<office:body").map_or(&*xml, |at| &xml[at..]);
    let mut text = String::new();
    let mut rest = body;
    while let Some(open) = rest.find('<') {
        text.push_str(&unescaped(&rest[..open]));
        let close = open + rest[open..].find('>')?;
        match &rest[open + 1..close] {
            "/text:p" | "/text:h" | "text:line-break/" => text.push('\n'),
            "text:tab/" => text.push('\t'),
            tag if tag.starts_with("text:s")
                && tag.ends_with('/')
                && !tag.starts_with("text:se") =>
            {
                text.push(' ');
            }
            _ => {}
        }
        rest = &rest[close + 1..];
    }
    Some(text)
}

/// Text without entities.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let end = rest[at..].find(';').map_or(rest.len(), |end| at + end + 1);
        let code = rest[at..end].trim_start_matches('&').trim_end_matches(';');
        let number = |text: &str, radix| u32::from_str_radix(text, radix).ok();
        let c = match code {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => match code.strip_prefix("#x").map(|hex| number(hex, 16)) {
                Some(code) => code.and_then(char::from_u32),
                None => code.strip_prefix('#').and_then(|n| number(n, 10)).and_then(char::from_u32),
            },
        };
        out.extend(c);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}
