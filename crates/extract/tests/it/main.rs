//! What comes out of files, and that nothing that does not is passed over in silence.
#![allow(clippy::unwrap_used, missing_docs)]

mod build;
mod containers;
mod documents;
mod hostile;

use extract::{Fault, Limits, Piece, Sink, View, extract_bytes};

/// Keeps what comes out.
#[derive(Default)]
struct Kept {
    pieces: Vec<(String, View, Vec<u8>)>,
    pages: Vec<(u32, usize)>,
    faults: Vec<Fault>,
    stop_after: Option<usize>,
    open: bool,
}

impl Sink for Kept {
    fn begin(&mut self, piece: Piece<'_>) {
        assert!(!self.open, "one piece at a time: {}", piece.path);
        self.open = true;
        self.pieces.push((piece.path.to_owned(), piece.view, Vec::new()));
    }

    fn feed(&mut self, bytes: &[u8]) {
        assert!(self.open);
        self.pieces.last_mut().unwrap().2.extend_from_slice(bytes);
    }

    fn page(&mut self, page: u32) {
        self.pages.push((page, self.pieces.last().unwrap().2.len()));
    }

    fn end(&mut self) {
        assert!(self.open);
        self.open = false;
    }

    fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    fn go_on(&mut self) -> bool {
        let all: usize = self.pieces.iter().map(|(.., bytes)| bytes.len()).sum();
        self.stop_after.is_none_or(|most| all < most)
    }
}

impl Kept {
    /// The text of a piece; panics when there is none, or it is no UTF-8.
    fn text(&self, path: &str) -> &str {
        let all: Vec<_> = self.pieces.iter().map(|(path, view, _)| (path, view)).collect();
        let found = self.pieces.iter().rfind(|(of, ..)| of == path);
        let (.., bytes) = found.unwrap_or_else(|| panic!("{path} of {all:?}"));
        std::str::from_utf8(bytes).unwrap()
    }

    fn view(&self, path: &str) -> View {
        self.pieces.iter().rfind(|(of, ..)| of == path).unwrap().1
    }

    /// Paths and words of all faults.
    fn faults(&self) -> Vec<(&str, &str, &str)> {
        let words = |fault: &Fault| (fault.why.word(), fault.got.word());
        self.faults
            .iter()
            .map(|fault| {
                let (why, got) = words(fault);
                (fault.path.as_str(), why, got)
            })
            .collect()
    }
}

fn kept(name: &str, bytes: &[u8]) -> Kept {
    kept_within(name, bytes, Limits::default())
}

fn kept_within(name: &str, bytes: &[u8], limits: Limits) -> Kept {
    let mut kept = Kept::default();
    extract_bytes(name, bytes, limits, &mut kept);
    assert!(!kept.open);
    kept
}
