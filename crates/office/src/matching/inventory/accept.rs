//! What becomes of a proposal: a draft in the register, an adjusted secret point, or a reason why
//! it is none.

use std::path::{Path, PathBuf};

use domain::inventory::{Decide, Wish};
use domain::terms::{Class, Form, Judgement, Level, NoSecret};
use domain::{Command, Number, Refusal};
use sha2::{Digest as _, Sha256};
use store::Receipt;

use super::adjust::{Adjust, AdjustSort};
use super::{FileRow, Inventory, Proposal, scan};
use crate::{Ask, Office, RevisionForm, SecretForm, Sort, Source, Trouble};

/// How a proposal becomes a draft. What is not said follows the proposal.
#[derive(Clone, Debug)]
pub struct AcceptForm {
    /// A title by which colleagues recognise it; it is stored in clear.
    pub title: String,
    /// The kind of information.
    pub form: Option<Form>,
    /// Technical or business; by the kind when not said.
    pub class: Option<Class>,
    /// 密级.
    pub level: Level,
    /// The places of the files that are its carriers, from 0; all when not said.
    pub files: Option<Vec<usize>>,
    /// Why an adjustment is made, in words, stored in clear.
    pub why: String,
}

/// What is said of a proposal that is not accepted.
#[derive(Clone, Debug)]
pub struct DecideForm {
    /// Put aside, or no secret point.
    pub answer: Judgement,
    /// Why it is none.
    pub reason: Option<NoSecret>,
    /// Why, in words, sealed.
    pub why: Option<String>,
}

impl Office {
    /// Accepts a proposal: a new one becomes a secret point without statements, with its files as
    /// carriers; an adjustment changes the carriers of its secret point. Gives what the register
    /// and what the inventory got.
    ///
    /// # Errors
    /// [`Trouble`] when a file is gone or not as it was seen, or it was accepted before.
    pub fn accept_proposal(
        &self,
        ask: &Ask,
        inventory: &Inventory,
        no: u32,
        form: AcceptForm,
    ) -> Result<[Receipt; 2], Trouble> {
        let of = inventory.no.ok_or(Trouble::Settings("match/report"))?;
        let proposal = inventory.proposal(no)?;
        self.still_open(of, no)?;
        // Killed between both entries, the same wish finds what it has registered.
        let own = Ask { by: ask.by.clone(), key: derived(inventory, no) };
        let (written, secret) = match &proposal.adjust {
            Some(adjust) => (self.adjust(&own, inventory, proposal, adjust, form)?, adjust.secret),
            None => {
                let carriers = sources(inventory, proposal, form.files.as_deref())?;
                let fits = |form: &Form| form.class();
                let class = form.class.or(form.form.as_ref().and_then(fits));
                let secret = SecretForm {
                    title: form.title,
                    class: class.unwrap_or(Class::Technical),
                    form: form.form,
                    level: form.level,
                    owner: None,
                    department: None,
                    review: None,
                    happened: None,
                    origin: None,
                    public: None,
                    value: None,
                    statements: Vec::new(),
                    carriers,
                };
                let receipt = self.register_secret(&own, secret)?;
                let secret = receipt.number.ok_or(Trouble::Settings("register"))?;
                (receipt, secret)
            }
        };
        let decide = Decide {
            inventory: of,
            proposal: no,
            answer: Judgement::Accepted,
            secret: Some(secret),
            reason: None,
            why: None,
        };
        let decided = self.submit(ask, Command::Inventory(Box::new(Wish::Decide(decide))))?;
        Ok([written, decided])
    }

    /// Puts a proposal aside, or holds it to be no secret point.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn decide_proposal(
        &self,
        ask: &Ask,
        (inventory, proposal): (Number, u32),
        form: DecideForm,
    ) -> Result<Receipt, Trouble> {
        let said = form.why.filter(|why| !why.trim().is_empty());
        let why = said.map(|why| {
            let (key_id, sealer) = self.sealer_of(inventory)?;
            self.seal_item(&key_id, &sealer, "why", &why.trim().into())
        });
        let decide = Decide {
            inventory,
            proposal,
            answer: form.answer,
            secret: None,
            reason: form.reason,
            why: why.transpose()?,
        };
        self.submit(ask, Command::Inventory(Box::new(Wish::Decide(decide))))
    }

    fn still_open(&self, inventory: Number, no: u32) -> Result<(), Trouble> {
        let reader = self.reader()?;
        reader.inventory(inventory)?.ok_or(Trouble::Unknown(inventory))?;
        let decided = reader.proposals(inventory)?.into_iter().find(|row| row.no == no);
        match decided.map(|row| row.answer) {
            Some(Judgement::Accepted) => Err(Refusal::ProposalAccepted(inventory, no).into()),
            _ => Ok(()),
        }
    }

    fn adjust(
        &self,
        own: &Ask,
        inventory: &Inventory,
        proposal: &Proposal,
        adjust: &Adjust,
        form: AcceptForm,
    ) -> Result<Receipt, Trouble> {
        let retire = match adjust.sort {
            AdjustSort::New => vec![],
            AdjustSort::Changed | AdjustSort::Moved | AdjustSort::Vanished => vec![adjust.carrier],
        };
        let revision = RevisionForm {
            carriers: match adjust.sort {
                AdjustSort::Vanished => vec![],
                _ => sources(inventory, proposal, None)?,
            },
            retire,
            why: form.why,
            ..RevisionForm::default()
        };
        self.revise_secret(own, adjust.secret, revision)
    }
}

/// One key for one proposal, however often it is accepted.
fn derived(inventory: &Inventory, no: u32) -> [u8; 16] {
    let mut hasher = Sha256::new();
    hasher.update(format!("midun accept v1\n{}\n{}\n{no}\n", inventory.salt, inventory.manifest));
    let mut key = [0; 16];
    key.copy_from_slice(&hasher.finalize()[..16]);
    key
}

/// The chosen files as carriers, if they are still as they were seen.
fn sources(
    inventory: &Inventory,
    proposal: &Proposal,
    chosen: Option<&[usize]>,
) -> Result<Vec<Source>, Trouble> {
    let root = Path::new(&inventory.root);
    let all: Vec<&FileRow> = proposal.files.iter().collect();
    let files: Vec<&FileRow> = match chosen {
        Some(places) => places.iter().filter_map(|place| all.get(*place).copied()).collect(),
        None => all,
    };
    if files.is_empty() {
        return Err(Trouble::Other("trouble-inventory-no-file", vec![], Sort::Refused));
    }
    files
        .into_iter()
        .map(|file| {
            let path: PathBuf = root.join(&file.path);
            let now =
                scan::state(&path).map_err(|error| crate::files::file_trouble(&path, error))?;
            if now != (file.size, file.changed) {
                let args = vec![("path", file.path.clone())];
                return Err(Trouble::Other("trouble-inventory-changed", args, Sort::Conflict));
            }
            Ok(Source::Path { path, name: file.path.clone() })
        })
        .collect()
}
