//! Short texts as QR codes (ISO/IEC 18004), for papers that lead to a page.

use fast_qr::{ECL, QRBuilder};

/// The longest text that becomes a code, in bytes: longer ones can't be read off paper.
pub const QR_TEXT_MAX: usize = 300;

/// A text as rows of dark and light squares, without the quiet zone of four light ones that belongs
/// around them. `None` for what is longer than [`QR_TEXT_MAX`].
pub fn qr(text: &str) -> Option<Vec<Vec<bool>>> {
    if text.is_empty() || text.len() > QR_TEXT_MAX {
        return None;
    }
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let row = |y: usize| code[y].iter().take(code.size).map(|module| module.value()).collect();
    Some((0..code.size).map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_three_finders_and_grow_with_the_text() {
        let small = qr("HTTP://A/1").expect("short");
        let large = qr(&"http://station.example/public/recognised/".repeat(3)).expect("short");
        assert!(small.len() >= 21 && small.len() < large.len());
        for rows in [&small, &large] {
            let end = rows.len() - 7;
            for (y, x) in [(0, 0), (0, end), (end, 0)] {
                let side = |at: usize| rows[y][x + at] && rows[y + at][x] && rows[y + 6][x + at];
                assert!((0..7).all(side), "a finder at {x}, {y}");
                assert!(!rows[y + 1][x + 1] && rows[y + 3][x + 3], "its ring and its eye");
            }
        }
        assert_eq!(qr(""), None);
        assert_eq!(qr(&"a".repeat(QR_TEXT_MAX + 1)), None);
    }
}
