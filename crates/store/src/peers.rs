//! Keeps what is known of the other side of a link: how far it has come, and its receipts.
//!
//! These are no events: the other side says them again with each bundle, and a receipt proves
//! itself. What was known only grows, so an old bundle that comes late changes nothing.

use std::path::Path;

use domain::{Moment, Number};
use rusqlite::params;

use crate::read::Peer;
use crate::{StoreError, open};

/// A receipt to be kept.
#[derive(Clone, Debug)]
pub struct KeptReceipt {
    /// The letter's number.
    pub seq: u64,
    /// The receipt as JSON: event and proof.
    pub proof: String,
    /// Its place in the other side's ledger.
    pub leaf: u64,
    /// When the other side received the letter.
    pub at: Moment,
}

/// Notes how far the other side has come and keeps its receipts; what was known stays known.
///
/// # Errors
/// The database's own.
pub fn note_peer(
    dir: &Path,
    link: Number,
    peer: &Peer,
    at: Moment,
    receipts: &[KeptReceipt],
) -> Result<(), StoreError> {
    let mut db = open::writer(dir, false)?;
    let tx = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let no = link.to_string();
    tx.execute(
        "INSERT INTO peer (link, next, receipted, cosigned, witnessed, line, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (link) DO UPDATE SET next = MAX(next, excluded.next),
             receipted = MAX(receipted, excluded.receipted),
             cosigned = MAX(cosigned, excluded.cosigned),
             line = CASE WHEN excluded.witnessed >= witnessed
                 THEN COALESCE(excluded.line, line) ELSE line END,
             witnessed = MAX(witnessed, excluded.witnessed), at = MAX(at, excluded.at)",
        params![
            no,
            peer.next as i64,
            peer.receipted as i64,
            peer.cosigned as i64,
            peer.witnessed as i64,
            peer.line,
            at.0,
        ],
    )?;
    for receipt in receipts {
        tx.execute(
            "INSERT INTO receipt (link, seq, proof, leaf, at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (link, seq) DO NOTHING",
            params![no, receipt.seq as i64, receipt.proof, receipt.leaf as i64, receipt.at.0],
        )?;
    }
    tx.commit().map_err(StoreError::sort)?;
    Ok(())
}

/// Notes up to which letter of a link the vault has looked for effects.
///
/// # Errors
/// The database's own.
pub fn note_looked(dir: &Path, link: Number, seq: u64) -> Result<(), StoreError> {
    let db = open::writer(dir, false)?;
    db.execute(
        "INSERT INTO looked (link, seq) VALUES ($1, $2)
         ON CONFLICT (link) DO UPDATE SET seq = MAX(seq, excluded.seq)",
        params![link.to_string(), seq as i64],
    )?;
    Ok(())
}
