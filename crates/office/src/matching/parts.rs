//! What a secret point consists of: its statements, and the pieces of its carriers.

use std::io::Read as _;

use extract::{Limits, extract_bytes};
use matcher::index::Kind;
use store::Reader;
use store::read::SecretCard;
use vault::Unlocked;

use super::gather::{Gather, Gathered};
use super::protected::{CARRIER_MAX, Leave};
use crate::{Office, Shown, Trouble};

/// Takes a part, `statement/1`, `carrier/2` or `carrier/2/` and a place in it, or why it is left out.
/// The path of a statement is empty; that of a piece of a carrier ends with a file's name.
pub(super) type Take<'t> = dyn FnMut(String, Result<Gathered, Leave>) + 't;

impl Office {
    /// Hands on all that stands in the register of a secret point.
    pub(super) fn secret_parts(
        &self,
        reader: &Reader,
        card: &SecretCard,
        unlocked: &Unlocked,
        take: &mut Take<'_>,
    ) -> Result<(), Trouble> {
        for statement in card.statements.iter().filter(|row| row.stands) {
            let part = format!("statement/{}", statement.no);
            match self.field(reader, statement.idx, "text", Some(unlocked))? {
                Shown::Value(value) => {
                    let bytes = value.as_str().unwrap_or_default().as_bytes().to_vec();
                    take(part, Ok(Gathered { path: String::new(), kind: Kind::Text, bytes }));
                }
                _ => take(part, Err(Leave::word("erased"))),
            }
        }
        for carrier in card.carriers.iter().filter(|row| !row.retired) {
            let part = format!("carrier/{}", carrier.no);
            if carrier.size > CARRIER_MAX {
                take(part, Err(Leave::word("too-big")));
                continue;
            }
            let name = match self.field(reader, carrier.idx, "name", Some(unlocked))? {
                Shown::Value(value) => value.as_str().unwrap_or_default().to_owned(),
                _ => {
                    take(part, Err(Leave::word("erased")));
                    continue;
                }
            };
            let mut bytes = Vec::new();
            self.open_carrier(reader, carrier, unlocked)?
                .take(CARRIER_MAX)
                .read_to_end(&mut bytes)
                .map_err(|_| Trouble::NotAsRecorded(carrier.idx))?;
            pieces(&part, &name, &bytes, take);
        }
        Ok(())
    }
}

/// Takes a file apart: each piece under its part, and what of it can't be had.
fn pieces(part: &str, name: &str, bytes: &[u8], take: &mut Take<'_>) {
    let within = |path: &str| {
        let slash = if path.is_empty() { "" } else { "/" };
        format!("{part}{slash}{path}")
    };
    let mut add = |mut piece: Gathered| {
        let part = within(&piece.path);
        if piece.path.is_empty() {
            name.clone_into(&mut piece.path);
        }
        take(part, Ok(piece));
    };
    let mut gather = Gather::new(name, &mut add);
    extract_bytes(name, bytes, Limits::default(), &mut gather);
    for (path, word) in std::mem::take(&mut gather.left) {
        take(within(&path), Err(Leave::word(word)));
    }
}
