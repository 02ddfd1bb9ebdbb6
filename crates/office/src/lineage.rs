//! Merging and splitting secret points: what moves is opened and sealed anew under the other's key.

use domain::command::{RegisterSecret, Remarks, Stored};
use domain::lineage::{Merge, Split, Wish};
use domain::{Command, Number, Refusal};
use store::read::{CarrierRow, SecretCard, StatementRow};
use store::{Reader, Receipt};
use vault::{SecretSealer, Unlocked};

use crate::{Ask, Office, Shown, Source, Trouble};

/// Parts to be taken out of a secret point as one of its own.
#[derive(Clone, Debug)]
pub struct SplitForm {
    /// The secret point.
    pub secret: Number,
    /// The statements that go.
    pub statements: Vec<u32>,
    /// The carriers that go.
    pub carriers: Vec<u32>,
    /// What the new one is called.
    pub title: String,
    /// Why.
    pub why: String,
}

impl Office {
    /// Merges a secret point into another, with all its statements and carriers that stand.
    ///
    /// # Errors
    /// [`Trouble`]; refused when one of them has ended.
    pub fn merge_secret(
        &self,
        ask: &Ask,
        (secret, into): (Number, Number),
        why: String,
        unlocked: &Unlocked,
    ) -> Result<Receipt, Trouble> {
        let reader = self.reader()?;
        let card = reader.secret(secret)?.ok_or(Trouble::Unknown(secret))?;
        reader.secret_row(into)?.ok_or(Trouble::Unknown(into))?;
        let (key_id, sealer) = self.sealer_of(into)?;
        let sealing = (&*key_id, &sealer);
        let parts: Vec<u32> = standing(&card).map(|row| row.no).collect();
        let files: Vec<u32> = carried(&card).map(|row| row.no).collect();
        let texts = self.moved_statements(&reader, &card, &parts, sealing, unlocked)?;
        let stored = self.moved_carriers(&reader, &card, &files, sealing, unlocked)?;
        let merge = Merge {
            secret,
            into,
            statements: parts.into_iter().zip(texts).collect(),
            carriers: files.into_iter().zip(stored).collect(),
            why,
        };
        self.submit(ask, Command::Lineage(Box::new(Wish::Merge(merge))))
    }

    /// Takes parts of a secret point out as one of its own, with the same properties.
    ///
    /// # Errors
    /// [`Trouble`]; refused when nothing would be left.
    pub fn split_secret(
        &self,
        ask: &Ask,
        form: SplitForm,
        unlocked: &Unlocked,
    ) -> Result<Receipt, Trouble> {
        let SplitForm { secret, mut statements, mut carriers, title, why } = form;
        for parts in [&mut statements, &mut carriers] {
            parts.sort_unstable();
            parts.dedup();
        }
        let reader = self.reader()?;
        let card = reader.secret(secret)?.ok_or(Trouble::Unknown(secret))?;
        let (key, sealer) = self.new_key()?;
        let sealing = (&*key.key_id, &sealer);
        let texts = self.moved_statements(&reader, &card, &statements, sealing, unlocked)?;
        let stored = self.moved_carriers(&reader, &card, &carriers, sealing, unlocked)?;
        let row = &card.row;
        let register = RegisterSecret {
            key: key.clone(),
            title,
            class: row.class,
            form: row.form,
            level: row.level,
            owner: row.owner,
            department: row.department.clone(),
            review: row.review,
            happened: row.happened,
            remarks: Remarks {
                origin: self.moved(&reader, card.origin_idx, "origin", sealing, unlocked)?,
                public: self.moved(&reader, card.public_idx, "public", sealing, unlocked)?,
                value: self.moved(&reader, card.value_idx, "value", sealing, unlocked)?,
            },
            statements: texts,
            carriers: stored,
        };
        let split = Split { secret, statements, carriers, register, why };
        self.submit(ask, Command::Lineage(Box::new(Wish::Split(Box::new(split)))))
    }

    fn moved_statements(
        &self,
        reader: &Reader,
        card: &SecretCard,
        parts: &[u32],
        sealing: (&str, &SecretSealer),
        unlocked: &Unlocked,
    ) -> Result<Vec<domain::Envelope>, Trouble> {
        let one = |part: &u32| {
            let row = standing(card).find(|row| row.no == *part);
            let row = row.ok_or(Refusal::NoStatement(card.row.no, *part))?;
            let moved = self.moved(reader, Some(row.idx), "text", sealing, unlocked)?;
            moved.ok_or(Trouble::Erased)
        };
        parts.iter().map(one).collect()
    }

    /// A sealed field, sealed anew; `None` when nothing was said.
    fn moved(
        &self,
        reader: &Reader,
        idx: Option<u64>,
        field: &'static str,
        (key_id, sealer): (&str, &SecretSealer),
        unlocked: &Unlocked,
    ) -> Result<Option<domain::Envelope>, Trouble> {
        let Some(idx) = idx else { return Ok(None) };
        match self.field(reader, idx, field, Some(unlocked))? {
            Shown::Value(value) => self.seal_item(key_id, sealer, field, &value).map(Some),
            Shown::Empty => Ok(None),
            Shown::Locked => Err(Trouble::Locked),
            Shown::Erased => Err(Trouble::Erased),
        }
    }

    fn moved_carriers(
        &self,
        reader: &Reader,
        card: &SecretCard,
        parts: &[u32],
        (key_id, sealer): (&str, &SecretSealer),
        unlocked: &Unlocked,
    ) -> Result<Vec<Stored>, Trouble> {
        let one = |part: &u32| {
            let row = carried(card).find(|row| row.no == *part);
            let row = row.ok_or(Refusal::NoCarrier(card.row.no, *part))?;
            let name = self.field(reader, row.idx, "name", Some(unlocked))?;
            let name = name.text().ok_or(Trouble::Erased)?.to_owned();
            let bytes = Box::new(self.open_carrier(reader, row, unlocked)?);
            let mut stored = self.store(Source::Upload { name, bytes }, key_id, sealer)?;
            // It is the same file: what its file system said of it moves along.
            stored.changed.clone_from(&row.happened);
            Ok(stored)
        };
        parts.iter().map(one).collect()
    }
}

fn standing(card: &SecretCard) -> impl Iterator<Item = &StatementRow> {
    card.statements.iter().filter(|row| row.stands)
}

fn carried(card: &SecretCard) -> impl Iterator<Item = &CarrierRow> {
    card.carriers.iter().filter(|row| !row.retired)
}
