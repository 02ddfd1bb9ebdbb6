//! The text of a PDF, glyph by glyph in the order in which it is drawn.
//!
//! The library reads fonts and their maps to Unicode; lines are told by where glyphs stand. A page
//! of pictures has no text, and files within the file are read like members of an archive.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{Dict, Object, Stream};
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache,
    InterpreterSettings, Paint, PathDrawMode, SoftMask, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect};

use crate::Why;

/// What comes out of a PDF.
pub(crate) enum Out<'a> {
    /// A page begins, counted from 1.
    Page(u32),
    /// Text of it.
    Text(&'a str),
    /// A file within the file: its name, and its bytes.
    File(String, &'a [u8]),
    /// Something could not be read.
    Fault(Why),
}

/// The most text of one page.
const PAGE_TEXT_MAX: usize = 16 << 20;

/// Hands what is in a PDF to `sink`, which says whether to go on.
///
/// # Errors
/// [`Why::Encrypted`], or [`Why::Damaged`] when there is no page to be found.
pub(crate) fn read(bytes: Vec<u8>, sink: &mut dyn FnMut(Out<'_>) -> bool) -> Result<(), Why> {
    // The library is made to bear any input, but whatever it does must not end a sweep.
    let guarded = catch_unwind(AssertUnwindSafe(|| guarded(bytes, sink)));
    guarded.unwrap_or(Err(Why::Damaged))
}

fn guarded(bytes: Vec<u8>, sink: &mut dyn FnMut(Out<'_>) -> bool) -> Result<(), Why> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Why::Encrypted,
        _ => Why::Damaged,
    })?;
    let settings = InterpreterSettings {
        // Without these fonts the text of some files would have no way to Unicode.
        warning_sink: Arc::new(|_| {}),
        ..InterpreterSettings::default()
    };
    let cache = InterpreterCache::new();
    let mut pictures = false;
    let mut number = 0;
    for page in pdf.pages().iter() {
        number += 1;
        if !sink(Out::Page(number)) {
            return Ok(());
        }
        let bounds = Rect::new(0.0, 0.0, 1.0, 1.0);
        let mut context =
            Context::new(Affine::IDENTITY, bounds, &cache, pdf.xref(), settings.clone());
        let mut text = PageText::default();
        interpret_page(page, &mut context, &mut text);
        text.text.push('\n');
        pictures |= text.glyphs == 0 && text.images > 0 || text.unknown > text.glyphs / 4 + 2;
        if !sink(Out::Text(&text.text)) {
            return Ok(());
        }
    }
    if number == 0 {
        return Err(Why::Damaged);
    }
    if pictures {
        sink(Out::Fault(Why::Pictures));
    }
    files(&pdf, sink);
    Ok(())
}

/// Files that are attached.
fn files(pdf: &Pdf, sink: &mut dyn FnMut(Out<'_>) -> bool) {
    let mut number = 0;
    for object in pdf.objects() {
        let Object::Dict(dict) = object else { continue };
        // A file specification: its name, and the stream that holds the file.
        let Some(stream) = dict.get::<Dict<'_>>(b"EF").and_then(|ef| ef.get::<Stream<'_>>(b"F"))
        else {
            continue;
        };
        number += 1;
        let name = dict.get::<hayro_interpret::hayro_syntax::object::String<'_>>(b"F");
        let name = name.map(|name| String::from_utf8_lossy(name.as_bytes()).into_owned());
        let name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| format!("#{number}"));
        let on = match stream.decoded() {
            Ok(bytes) => sink(Out::File(name, &bytes)),
            Err(_) => sink(Out::Fault(Why::Damaged)),
        };
        if !on {
            return;
        }
    }
}

/// The text of a page as it is drawn.
#[derive(Default)]
struct PageText {
    text: String,
    /// Where the last glyph stood, and how large it was.
    last: Option<(Point, f64)>,
    glyphs: u64,
    /// Glyphs whose character is not known.
    unknown: u64,
    images: u64,
}

impl PageText {
    fn glyph(&mut self, glyph: &Glyph<'_>, transform: Affine) {
        if self.text.len() > PAGE_TEXT_MAX {
            return;
        }
        self.glyphs += 1;
        let here = transform * Point::ORIGIN;
        // Glyphs are drawn in thousandths of their size.
        let size = (transform * Point::new(0.0, 1000.0) - here).hypot().max(0.1);
        if let Some((last, last_size)) = self.last {
            let across = here.y - last.y;
            let along = here.x - last.x;
            if across.abs() > 0.5 * size.max(last_size) || along < -size {
                self.text.push('\n');
            } else if along > 1.6 * size {
                self.text.push(' ');
            }
        }
        self.last = Some((here, size));
        match glyph.as_unicode() {
            Some(BfString::Char(c)) => self.text.push(c),
            Some(BfString::String(text)) => self.text.push_str(&text),
            None => self.unknown += 1,
        }
    }
}

impl<'a> Device<'a> for PageText {
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        self.glyph(glyph, transform * glyph_transform);
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {
        self.images += 1;
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
