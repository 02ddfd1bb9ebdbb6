//! Spreadsheets (XLSX): the first sheet that holds anything.

use std::io::{Cursor, Read as _};

use calamine::{DataRef, Reader as _, Xlsx};

use crate::{CELL_MAX, COLUMNS_MAX, Format, Rows, Sheet, SheetError, cell};

/// What all parts of the file may unpack to: many times what [`crate::ROWS_MAX`] rows need.
const UNPACKED_MAX: u64 = 192 << 20;
/// A spreadsheet has a dozen parts.
const PARTS_MAX: usize = 2_000;

pub(crate) fn read(bytes: &[u8]) -> Result<Sheet, SheetError> {
    weigh(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| SheetError::Damaged)?;
    for name in book.sheet_names() {
        let rows = sheet(&mut book, &name)?;
        if !rows.rows.is_empty() {
            return Ok(Sheet { format: Format::Xlsx, rows: rows.rows });
        }
    }
    Err(SheetError::Empty)
}

/// Unpacks everything once without keeping it: what a part says about its size is not believed.
fn weigh(bytes: &[u8]) -> Result<(), SheetError> {
    let damaged = |_| SheetError::Damaged;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > PARTS_MAX {
        return Err(SheetError::TooLarge);
    }
    let mut left = UNPACKED_MAX;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(damaged)?;
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
            .map_err(|_| SheetError::Damaged)?;
        left = left.checked_sub(size).ok_or(SheetError::TooLarge)?;
    }
    Ok(())
}

/// Reads cell by cell. A sheet as a whole would be laid out from its first to its last cell, so
/// that two cells far apart would take all memory.
fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Rows, SheetError> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|_| SheetError::Damaged)?;
    let mut rows = Rows::default();
    let (mut line, mut cells) = (0, Vec::new());
    while let Some(found) = reader.next_cell().map_err(|_| SheetError::Damaged)? {
        let (row, column) = found.get_position();
        let at = row.saturating_add(1);
        if at != line {
            rows.push(line, std::mem::take(&mut cells))?;
            line = at;
        }
        let text = text(found.get_value());
        if text.is_empty() {
            continue;
        }
        let column = column as usize;
        if column >= COLUMNS_MAX {
            return Err(SheetError::TooManyColumns(line));
        }
        if text.len() > CELL_MAX {
            return Err(SheetError::CellTooLong(line));
        }
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = cell(&text);
    }
    rows.push(line, cells)?;
    Ok(rows)
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // A number typed without a fraction is meant as written.
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}")
        }
        DataRef::Float(number) => number.to_string(),
        DataRef::Empty => String::new(),
        other => calamine::Data::from(other.clone()).to_string(),
    }
}
