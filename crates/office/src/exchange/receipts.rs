//! Receipts: the event `letter.received` of the one side, with its proof, checked by the other.

use domain::Moment;
use domain::terms::LetterWay;
use evidence::dossier::{ShownEvent, ShownItem};
use evidence::item;
use ledger::hash::leaf_hash;
use ledger::note::{Note, VerifierKey};
use ledger::tlog_proof::TlogProof;
use link::exchange::ReceiptProof;
use store::read::{LetterRow, LinkRow};
use store::{KeptReceipt, Reader};

use crate::{Sort, Trouble};

/// The receipt for a letter: our event that holds it, with its proof.
pub(super) fn receipt_for(
    reader: &Reader,
    letter: &LetterRow,
    size: u64,
    note: &Note,
) -> Result<ReceiptProof, Trouble> {
    let leaf = reader.leaf(letter.idx)?.ok_or(Trouble::UnknownEntry(letter.idx))?;
    let items = leaf.texts.into_iter().zip(leaf.digests).map(|(text, digest)| match text {
        Some(text) => ShownItem::Shown(text),
        None => ShownItem::Withheld(digest),
    });
    let event = ShownEvent { index: letter.idx, items: items.collect() };
    let path = reader.inclusion(letter.idx, size)?;
    let checkpoint = note.to_string();
    let proof = TlogProof { extra: None, index: letter.idx, path, checkpoint }.to_string();
    Ok(ReceiptProof { seq: letter.seq, event, proof })
}

/// The receipts that are new and hold: each proves that the other side's ledger has our letter.
pub(super) fn kept_receipts(
    reader: &Reader,
    row: &LinkRow,
    key: &VerifierKey,
    receipts: &[ReceiptProof],
) -> Result<Vec<KeptReceipt>, Trouble> {
    let mut kept = Vec::new();
    for receipt in receipts {
        if reader.receipt(row.no, receipt.seq)?.is_some() {
            continue;
        }
        let letter = reader.letter(row.no, LetterWay::Out, receipt.seq)?;
        let wrong = || {
            let args = vec![("seq", receipt.seq.to_string())];
            Trouble::Other("trouble-receipt", args, Sort::Refused)
        };
        let letter = letter.ok_or_else(wrong)?;
        let at = check_receipt(receipt, key, &row.link, &letter).ok_or_else(wrong)?;
        kept.push(KeptReceipt {
            seq: receipt.seq,
            proof: serde_json::to_string(receipt).expect("a receipt is JSON"),
            leaf: receipt.event.index,
            at,
        });
    }
    Ok(kept)
}

/// When the other side received a letter, if its receipt holds.
fn check_receipt(
    receipt: &ReceiptProof,
    key: &VerifierKey,
    link: &str,
    letter: &LetterRow,
) -> Option<Moment> {
    let digests: Vec<_> = receipt.event.items.iter().map(ShownItem::digest).collect();
    let entry = item::entry(&digests)?;
    let proof = TlogProof::parse(receipt.proof.as_bytes()).ok()?;
    if proof.index != receipt.event.index || proof.verify_leaf(&leaf_hash(&entry), key).is_err() {
        return None;
    }
    let kind = evidence::kind::kind("letter.received")?;
    if kind.all_fields().count() != digests.len() {
        return None;
    }
    let field = |name: &str| match receipt.event.items.get(kind.place(name)?)? {
        ShownItem::Shown(text) => item::parse(text).ok().filter(|item| item.name == name),
        ShownItem::Withheld(_) => None,
    };
    let text = |name: &str| field(name)?.value.as_str().map(str::to_owned);
    let holds = text("kind")? == "letter.received"
        && text("channel")? == link
        && field("seq")?.value.as_u64()? == letter.seq
        && text("digest")? == letter.digest;
    if !holds {
        return None;
    }
    evidence::moment::parse(&text("received")?).map(Moment)
}
