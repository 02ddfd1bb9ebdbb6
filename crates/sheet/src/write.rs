//! Rows out as CSV.

/// What starts a formula in one spreadsheet or another.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The start of a file: the byte order mark by which spreadsheets know UTF-8.
pub const fn csv_start() -> &'static str {
    "\u{feff}"
}

/// Adds one row. Cells that a spreadsheet would calculate get a quote before them, which
/// [`crate::read`] takes away again.
pub fn csv_line<S: AsRef<str>>(out: &mut String, cells: impl IntoIterator<Item = S>) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        let cell = cell.as_ref();
        let quote = if is_dangerous(cell) { "'" } else { "" };
        if cell.contains(['"', ',', ';', '\n', '\r', '\t']) || !quote.is_empty() {
            out.push('"');
            out.push_str(quote);
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}

/// Whether the cell would be calculated: also when quotes of ours stand before it already, so that
/// taking one away always gives back what was written.
fn is_dangerous(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FORMULA_STARTS)
}

/// A cell without the quote that [`csv_line`] puts before what looks like a formula.
pub fn bare(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest) => rest,
        _ => cell,
    }
}
