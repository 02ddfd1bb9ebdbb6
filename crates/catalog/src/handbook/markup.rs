//! The handbook's markup: as little as short pages need, so that every reading (page, print, terminal)
//! draws all of it.
//!
//! ```text
//! A paragraph is a run of lines.
//!
//! - an item of a list
//! 1. a step of many, in order
//! ! a note
//! | head | head |
//! | cell | cell |
//! ```
//! `{? words }` marks words whose source was not compared: 待核.

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block<'a> {
    /// A paragraph.
    Para(Vec<Span<'a>>),
    /// A note.
    Note(Vec<Span<'a>>),
    /// A list.
    List(Vec<Vec<Span<'a>>>),
    /// Steps in order.
    Steps(Vec<Vec<Span<'a>>>),
    /// A table with its heads.
    Table {
        /// The heads.
        head: Vec<Vec<Span<'a>>>,
        /// The rows, as wide as the heads.
        rows: Vec<Vec<Vec<Span<'a>>>>,
    },
}

/// A piece of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span<'a> {
    /// Words.
    Words(&'a str),
    /// Words whose source was not compared.
    Open(&'a str),
}

impl<'a> Span<'a> {
    /// The words alone.
    pub fn words(self) -> &'a str {
        match self {
            Self::Words(words) | Self::Open(words) => words,
        }
    }
}

impl<'a> Block<'a> {
    /// What kind of block it is and of how many items: the same in both languages.
    pub fn shape(&self) -> (&'static str, usize, usize) {
        match self {
            Self::Para(_) => ("paragraph", 1, 1),
            Self::Note(_) => ("note", 1, 1),
            Self::List(items) => ("list", items.len(), 1),
            Self::Steps(items) => ("steps", items.len(), 1),
            Self::Table { head, rows } => ("table", rows.len(), head.len()),
        }
    }

    /// Its lines, each as its pieces: items, cells row by row.
    pub fn lines(&self) -> Vec<&[Span<'a>]> {
        match self {
            Self::Para(line) | Self::Note(line) => vec![line],
            Self::List(items) | Self::Steps(items) => items.iter().map(Vec::as_slice).collect(),
            Self::Table { head, rows } => {
                head.iter().chain(rows.iter().flatten()).map(Vec::as_slice).collect()
            }
        }
    }
}

/// What sort of line it is, and what it says.
fn sort(line: &str) -> (char, &str) {
    let number = line.bytes().take_while(u8::is_ascii_digit).count();
    if let Some(step) = line[number..].strip_prefix(". ").filter(|_| number > 0) {
        return ('1', step);
    }
    for mark in ['-', '!'] {
        if let Some(text) = line.strip_prefix(mark).and_then(|rest| rest.strip_prefix(' ')) {
            return (mark, text);
        }
    }
    if line.starts_with('|') { ('|', line) } else { ('p', line) }
}

/// Reads a text; the line that can't be read when there is one.
///
/// # Errors
/// The line: a mark that is never closed, a row without its cells.
///
/// ```
/// use catalog::handbook::{Block, Span, blocks};
/// let read = blocks("- 一\n- 二{?三}")?;
/// let second = vec![Span::Words("二"), Span::Open("三")];
/// assert_eq!(read, [Block::List(vec![vec![Span::Words("一")], second])]);
/// # Ok::<(), String>(())
/// ```
pub fn blocks(text: &str) -> Result<Vec<Block<'_>>, String> {
    let mut list: Vec<Block<'_>> = Vec::new();
    let mut before = ' ';
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            before = ' ';
            continue;
        }
        let (mark, words) = sort(line);
        if mark == '|' {
            let row = cells(words).ok_or_else(|| line.to_owned())?;
            match list.last_mut() {
                Some(Block::Table { head, rows }) if before == '|' => {
                    if head.len() != row.len() {
                        return Err(line.to_owned());
                    }
                    rows.push(row);
                }
                _ => list.push(Block::Table { head: row, rows: Vec::new() }),
            }
            before = mark;
            continue;
        }
        let spans = spans(words).ok_or_else(|| line.to_owned())?;
        match (mark, list.last_mut()) {
            ('-', Some(Block::List(items))) | ('1', Some(Block::Steps(items)))
                if before == mark =>
            {
                items.push(spans);
            }
            ('-', _) => list.push(Block::List(vec![spans])),
            ('1', _) => list.push(Block::Steps(vec![spans])),
            ('!', _) => list.push(Block::Note(spans)),
            (_, Some(Block::Para(line))) if before == mark => line.extend(spans),
            _ => list.push(Block::Para(spans)),
        }
        before = mark;
    }
    Ok(list)
}

fn cells(line: &str) -> Option<Vec<Vec<Span<'_>>>> {
    let inside = line.strip_prefix('|')?.strip_suffix('|')?;
    inside.split('|').map(|cell| spans(cell.trim())).collect()
}

fn spans(line: &str) -> Option<Vec<Span<'_>>> {
    let mut list = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("{?") {
        let (open, next) = after.split_once('}')?;
        if !before.is_empty() {
            list.push(Span::Words(before));
        }
        list.push(Span::Open(open.trim()));
        rest = next;
    }
    if rest.contains(['{', '}']) {
        return None;
    }
    if !rest.is_empty() {
        list.push(Span::Words(rest));
    }
    Some(list)
}
