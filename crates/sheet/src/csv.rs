//! Text with separators.

use encoding_rs::{Encoding, GB18030, UTF_8};

use crate::{Format, Rows, Sheet, SheetError, cell};

/// The separators that occur: the comma, the semicolon of spreadsheets in Europe, the tab of what
/// was copied.
const SEPARATORS: [char; 3] = [',', ';', '\t'];
/// How many lines decide which separator it is.
const LINES_LOOKED_AT: usize = 20;

pub(crate) fn read(bytes: &[u8]) -> Result<Sheet, SheetError> {
    let (text, encoding) = decode(bytes)?;
    let separator = separator(&text);
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator as u8)
        .from_reader(text.as_bytes());
    let mut rows = Rows::default();
    let mut record = ::csv::StringRecord::new();
    let (mut line, mut counted) = (1, 0);
    // Reading from memory what is UTF-8 already has nothing left to fail at.
    while reader.read_record(&mut record).map_err(|_| SheetError::Damaged)? {
        // A record is said to start where the one before it ended: at the end of that line, and
        // before any blank ones.
        let at = record.position().map_or(0, |position| position.byte() as usize);
        let at = at + text[at..].bytes().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        line += text[counted..at].bytes().filter(|&b| b == b'\n').count() as u32;
        counted = at;
        rows.push(line, record.iter().map(cell).collect())?;
    }
    Ok(Sheet { format: Format::Csv { encoding: encoding.name(), separator }, rows: rows.rows })
}

/// The text: as its byte order mark says; else UTF-8 when it is that; else GB18030, which is what
/// spreadsheets in China write.
fn decode(bytes: &[u8]) -> Result<(String, &'static Encoding), SheetError> {
    let (encoding, start) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, length),
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, 0),
        None => (GB18030, 0),
    };
    let body = &bytes[start..];
    match encoding.decode_without_bom_handling_and_without_replacement(body) {
        Some(text) => Ok((text.into_owned(), encoding)),
        None => {
            let (text, _) = encoding.decode_without_bom_handling(body);
            let before = text.find('\u{fffd}').unwrap_or(0);
            let line = 1 + text[..before].matches('\n').count();
            Err(SheetError::Encoding(line as u32))
        }
    }
}

/// The separator that occurs most often outside of quotes in the first lines.
fn separator(text: &str) -> char {
    let mut counts = [0usize; SEPARATORS.len()];
    let mut quoted = false;
    let mut lines = 0;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '\n' if !quoted => {
                lines += 1;
                if lines == LINES_LOOKED_AT {
                    break;
                }
            }
            _ if !quoted => {
                if let Some(at) = SEPARATORS.iter().position(|&separator| separator == c) {
                    counts[at] += 1;
                }
            }
            _ => {}
        }
    }
    // The first of equals: `max_by_key` would give the last.
    let most = counts.iter().max().copied().unwrap_or(0);
    let at = counts.iter().position(|&count| count == most).unwrap_or(0);
    SEPARATORS[at]
}
