//! Fingerprints of what is public: without a key, since there is nothing to hide in it.
//!
//! A text gives a fingerprint for some of its grams of 32 folded bytes, chosen as in
//! [`crate::index`], and one for each row of numbers that tells. Two texts that share a run of
//! [`Window::guaranteed`] folded bytes share a fingerprint; the reverse is nearly sure, and whoever
//! has both texts looks.

use crate::index::{Window, row_bytes};
use crate::key::{GRAM, Keys, MatchKey, Nonce};
use crate::lanes::Lanes;
use crate::number::{Row, rows};
use crate::select::{ranks, select};
use crate::text::{Folder, LineStart};
use crate::units::{hash_bytes, mix};

/// Makes fingerprints the same in each run of each program: they are kept in files.
const PUBLIC: [u8; 32] = *b"midun public fingerprints, no. 1";
/// Keeps rows apart from grams.
const ROWS: u64 = 0x524F_5753;

/// Which grams get a fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Density {
    /// Those that a window chooses.
    Chosen(Window),
    /// All: most shared runs shorter than the guarantee are found as well.
    Every,
}

/// Makes fingerprints; keeps its buffers from text to text.
pub struct Prints {
    keys: Keys,
    pieces: Pieces,
}

impl Default for Prints {
    fn default() -> Self {
        Self { keys: Keys::new(&MatchKey::new(PUBLIC), Nonce([0; 16])), pieces: Pieces::default() }
    }
}

impl Prints {
    /// The fingerprints of a UTF-8 text, each once, in order; and its folded bytes.
    pub fn of(&mut self, text: &[u8], density: Density, out: &mut Vec<u64>) -> usize {
        out.clear();
        let folded = self.pieces.each(text, density, |piece| {
            out.push(match piece {
                Piece::Gram { gram, .. } => self.keys.fast(gram),
                Piece::Row { row, .. } => mix(ROWS ^ hash_bytes(&row)),
            });
        });
        out.sort_unstable();
        out.dedup();
        folded
    }
}

/// Takes a text to pieces; keeps its buffers from text to text.
#[derive(Default)]
pub struct Pieces {
    folder: Folder,
    ranks: Vec<i16>,
}

impl Pieces {
    /// Hands on what fingerprints of a UTF-8 text are made of; returns its folded bytes.
    pub fn each(
        &mut self,
        text: &[u8],
        density: Density,
        mut take: impl FnMut(Piece<'_>),
    ) -> usize {
        let before = self.folder.bytes().len();
        self.folder.forget(before);
        self.folder.fold(text, LineStart::Yes);
        let folded = self.folder.bytes();
        let mut add = |at: usize| {
            if let Some(gram) = folded.get(at..).and_then(|rest| rest.first_chunk::<GRAM>()) {
                take(Piece::Gram { at, gram });
            }
        };
        match density {
            Density::Every => (0..(folded.len() + 1).saturating_sub(GRAM)).for_each(add),
            Density::Chosen(window) => {
                let lanes = Lanes::default();
                ranks(lanes, folded, &mut self.ranks);
                match window {
                    Window::Fine => select::<32>(lanes, &self.ranks, &mut add),
                    Window::Wide => select::<64>(lanes, &self.ranks, &mut add),
                }
            }
        }
        rows(text, |row| {
            let piece =
                |row: &Row| Piece::Row { at: row.span().start, row: row_bytes(&row.sorted()) };
            if row.tells() {
                take(piece(row));
                if let Some(bare) = row.unnumbered().filter(Row::tells) {
                    take(piece(&bare));
                }
            }
        });
        folded.len()
    }
}

/// What a fingerprint is made of.
pub enum Piece<'a> {
    /// A gram of the folded text, and where in that it begins.
    Gram {
        /// Folded bytes before it.
        at: usize,
        /// The gram.
        gram: &'a [u8; GRAM],
    },
    /// A row of numbers that tells, whatever their order.
    Row {
        /// Bytes of the text before it.
        at: u32,
        /// The row.
        row: Vec<u8>,
    },
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn prints(text: &str, density: Density) -> Vec<u64> {
        let mut out = Vec::new();
        Prints::default().of(text.as_bytes(), density, &mut out);
        out
    }

    proptest! {
        #[test]
        fn a_shared_run_as_long_as_the_guarantee_shares_a_fingerprint(
            before in "[a-z工艺。 ]{0,80}", after in "[a-z工艺。 ]{0,80}", other in "[a-z参数，]{0,80}",
            run in "[一-十a-z]{63,90}",
        ) {
            let kept = prints(&format!("{before}{run}{after}"), Density::Chosen(Window::Fine));
            let asked = prints(&format!("{other}{run}"), Density::Every);
            prop_assert!(asked.iter().any(|print| kept.binary_search(print).is_ok()));
        }
    }

    #[test]
    fn rows_are_found_in_any_order_and_prints_stay_the_same_for_ever() {
        let table = "1185 36.5 48.25\n1201 37.5 48.75\n";
        let turned = "单位 x\n37.5\t1201\t48.75\n";
        let (all, some) = (prints(table, Density::Every), prints(turned, Density::Every));
        assert!(some.iter().any(|print| all.binary_search(print).is_ok()), "{all:?} {some:?}");
        let text = "abcdefghijklmnopqrstuvwxyz012345";
        assert_eq!(prints(text, Density::Every), [KEPT], "files of earlier versions hold this one");
    }

    const KEPT: u64 = 10417946290603764513;
}
