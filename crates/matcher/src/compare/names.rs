//! Which names of one side stand where the other side has another.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::runs::Run;
use crate::code::Token;
use crate::units::{Document, Layer};

/// Renamed identifiers that are listed.
const NAMES_MAX: usize = 500;
/// Times that a pair must be seen.
const TIMES_MIN: u32 = 2;

/// An identifier and what stands in its places on the other side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renamed {
    /// On the left.
    pub left: String,
    /// On the right.
    pub right: String,
    /// Places in aligned code where one stands for the other.
    pub times: u32,
    /// Places in aligned code where the left one stands.
    pub of: u32,
}

#[derive(Default)]
pub(super) struct Names(BTreeMap<String, BTreeMap<String, u32>>);

impl Names {
    /// Takes note of the names in a run of tokens.
    pub(super) fn see(&mut self, layer: Layer, left: &[Document], right: &[Document], run: &Run) {
        if layer != Layer::Tokens {
            return;
        }
        let (left, right) =
            (&left[run.left_document as usize], &right[run.right_document as usize]);
        let (Some(ours), Some(theirs)) = (left.units(layer), right.units(layer)) else { return };
        for n in 0..run.len {
            if ours.units[run.left + n] == Token::IDENTIFIER {
                let one = word(&left.text, ours.at[run.left + n]);
                let other = word(&right.text, theirs.at[run.right + n]);
                *self.0.entry(one).or_default().entry(other).or_default() += 1;
            }
        }
    }

    /// The names that mostly stand for one other.
    pub(super) fn finish(self) -> Vec<Renamed> {
        let mut renamed = Vec::new();
        for (left, others) in self.0 {
            let of = others.values().sum();
            let most = others.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
            let Some((right, times)) = most else { continue };
            if right != left && times >= TIMES_MIN && 2 * times > of {
                renamed.push(Renamed { left, right, times, of });
            }
        }
        renamed.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.left.cmp(&b.left)));
        renamed.truncate(NAMES_MAX);
        renamed
    }
}

fn word(text: &[u8], at: u32) -> String {
    let rest = text.get(at as usize..).unwrap_or_default();
    let inside =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(*b, b'_' | b'$' | b'@') || *b >= 0x80;
    let len = rest.iter().take_while(|b| inside(b)).count();
    String::from_utf8_lossy(&rest[..len]).into_owned()
}
