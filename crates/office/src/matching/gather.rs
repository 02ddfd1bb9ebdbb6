//! What of a carrier is looked for: its texts and tables, and the bytes of what has none.

use extract::{Fault, Format, Piece, Sink, View, Why};
use matcher::index::Kind;

/// The longest piece that is looked for.
const PIECE_MAX: usize = 256 << 20;
/// Pictures in documents smaller than this are marks and logos, which other documents have too.
const PICTURE_MIN: usize = 16 << 10;

/// A piece of a carrier.
pub(super) struct Gathered {
    /// Where in the carrier.
    pub(super) path: String,
    pub(super) kind: Kind,
    pub(super) bytes: Vec<u8>,
}

/// Takes a carrier apart, and hands each piece on as soon as it is whole.
pub(super) struct Gather<'g> {
    name: String,
    sink: &'g mut dyn FnMut(Gathered),
    /// Pieces that are left out: where, and why.
    pub(super) left: Vec<(String, &'static str)>,
    piece: Option<Gathered>,
    /// Whether another view of the same comes, or came: pages are looked for as people see them.
    marks: bool,
    /// Whether it only says how an office file looks.
    layout: bool,
    long: bool,
}

impl<'g> Gather<'g> {
    pub(super) fn new(name: &str, sink: &'g mut dyn FnMut(Gathered)) -> Self {
        Self {
            name: name.to_owned(),
            sink,
            left: Vec::new(),
            piece: None,
            marks: false,
            layout: false,
            long: false,
        }
    }
}

/// Whether a piece of an office file only says how it looks: others have the same.
pub(super) fn is_layout(piece: &Piece<'_>) -> bool {
    // What was taken out as the words or rows of a part is what the document says, whatever the
    // part is called.
    if piece.format == Format::Zip && piece.view != View::Raw {
        return false;
    }
    let member = piece.path.rsplit("!/").next().unwrap_or_default();
    let folders =
        ["word/", "xl/", "ppt/", "visio/", "docProps/", "_rels/", "customXml/", "META-INF/"];
    let ending = member.rsplit_once('.').map_or("", |(_, ending)| ending);
    let xml = matches!(ending, "xml" | "rels" | "rdf" | "vml" | "psmdcp");
    let named =
        ["[Content_Types].xml", "settings.xml", "styles.xml", "meta.xml", "mimetype", "OFD.xml"];
    named.contains(&member)
        || xml
            && (folders.iter().any(|folder| member.starts_with(folder))
                || member.starts_with("Doc_"))
        || matches!(ending, "ttf" | "otf" | "odttf" | "fntdata")
}

fn is_picture_in_document(path: &str) -> bool {
    ["word/media/", "xl/media/", "ppt/media/", "Pictures/"]
        .iter()
        .any(|folder| path.contains(folder))
}

impl Sink for Gather<'_> {
    fn begin(&mut self, piece: Piece<'_>) {
        let name = if piece.path.is_empty() { &self.name } else { piece.path };
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        let kind = match (piece.view, piece.format) {
            (View::Rows, _) => Kind::Table,
            (View::Text, _) => Kind::Text,
            (View::Raw, Format::Text | Format::Mail) if matches!(&*ending, "csv" | "tsv") => {
                Kind::Table
            }
            (View::Raw, Format::Text | Format::Mail | Format::Markup) => Kind::Text,
            (View::Raw, _) => Kind::Bytes,
        };
        let path = piece.path.to_owned();
        self.long = false;
        self.layout = is_layout(&piece);
        self.marks = piece.format == Format::Markup && piece.view == View::Raw;
        self.piece = Some(Gathered { path, kind, bytes: Vec::new() });
    }

    fn feed(&mut self, bytes: &[u8]) {
        let Some(piece) = &mut self.piece else { return };
        if piece.bytes.len() + bytes.len() > PIECE_MAX {
            self.long = true;
        } else {
            piece.bytes.extend_from_slice(bytes);
        }
    }

    fn end(&mut self) {
        let Some(piece) = self.piece.take().filter(|_| !self.marks) else { return };
        if self.long {
            return self.left.push((piece.path, "too-big"));
        }
        let small = piece.bytes.len() < PICTURE_MIN && is_picture_in_document(&piece.path);
        if self.layout || small {
            return self.left.push((piece.path, "layout"));
        }
        (self.sink)(piece);
    }

    fn fault(&mut self, fault: Fault) {
        let Fault { path, why, .. } = fault;
        // Its bytes are looked for all the same.
        if why != Why::Unsupported {
            self.left.push((path, why.word()));
        }
    }
}
