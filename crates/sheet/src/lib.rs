//! Tables that people keep in files: CSV in the encodings and with the separators that occur, and
//! XLSX. Bytes in, rows of text out, inside limits; and rows out as CSV that no spreadsheet takes
//! for formulas.
//!
//! Pure, and knows nothing of what a column means.

mod csv;
mod write;
mod xlsx;

pub use write::{bare, csv_line, csv_start};

/// The largest file that is read, in bytes.
pub const BYTES_MAX: usize = 16 << 20;
/// The most rows that are read.
pub const ROWS_MAX: usize = 50_000;
/// The most columns that a row may have.
pub const COLUMNS_MAX: usize = 200;
/// The longest cell, in bytes.
pub const CELL_MAX: usize = 8_000;

/// How a table was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text with separators.
    Csv {
        /// The name of its encoding, such as `UTF-8` or `gb18030`.
        encoding: &'static str,
        /// What stands between cells.
        separator: char,
    },
    /// A spreadsheet; its first sheet was read.
    Xlsx,
}

/// One row that is not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it stands in the file, counted from 1, as a spreadsheet counts.
    pub line: u32,
    /// Its cells, without blanks at both ends.
    pub cells: Vec<String>,
}

/// A table: its rows that are not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// How it was written.
    pub format: Format,
    /// The rows.
    pub rows: Vec<Row>,
}

/// Why a file can't be read as a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// It holds nothing.
    #[error("the table is empty")]
    Empty,
    /// It is larger than [`BYTES_MAX`], or unpacks to far more than a table of that size needs.
    #[error("the file is too large")]
    TooLarge,
    /// It has more than [`ROWS_MAX`] rows.
    #[error("the table has too many rows")]
    TooManyRows,
    /// A row has more than [`COLUMNS_MAX`] cells: the line.
    #[error("line {0} has too many cells")]
    TooManyColumns(u32),
    /// A cell is longer than [`CELL_MAX`]: the line.
    #[error("a cell in line {0} is too long")]
    CellTooLong(u32),
    /// The text is neither UTF-8, UTF-16 nor GB18030: the line.
    #[error("line {0} is in no known encoding")]
    Encoding(u32),
    /// It is the old binary format of spreadsheets.
    #[error("the old binary spreadsheet format")]
    OldSpreadsheet,
    /// It looks like a spreadsheet and can't be read.
    #[error("the spreadsheet is damaged or locked")]
    Damaged,
}

/// Reads a table.
///
/// # Errors
/// [`SheetError`].
pub fn read(bytes: &[u8]) -> Result<Sheet, SheetError> {
    if bytes.len() > BYTES_MAX {
        return Err(SheetError::TooLarge);
    }
    let sheet = match bytes {
        [b'P', b'K', 3, 4, ..] => xlsx::read(bytes)?,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => return Err(SheetError::OldSpreadsheet),
        _ => csv::read(bytes)?,
    };
    if sheet.rows.is_empty() { Err(SheetError::Empty) } else { Ok(sheet) }
}

/// Gathers rows inside the limits.
#[derive(Default)]
struct Rows {
    rows: Vec<Row>,
}

impl Rows {
    fn push(&mut self, line: u32, mut cells: Vec<String>) -> Result<(), SheetError> {
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        if cells.len() > COLUMNS_MAX {
            return Err(SheetError::TooManyColumns(line));
        }
        if cells.iter().any(|cell| cell.len() > CELL_MAX) {
            return Err(SheetError::CellTooLong(line));
        }
        if self.rows.len() == ROWS_MAX {
            return Err(SheetError::TooManyRows);
        }
        self.rows.push(Row { line, cells });
        Ok(())
    }
}

/// A cell's text as it is kept: without blanks, marks of byte order and the quote that keeps a
/// spreadsheet from calculating.
fn cell(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    bare(text).to_owned()
}
