//! Wishes in plain words, sealed and handed to the journal.

use domain::command::{
    AddMeasure, AddPartner, AddPerson, AgreePartner, Disclose, NewKey, Papers, RegisterSecret,
    Remarks, ReviseSecret, Stored,
};
use domain::terms::{Class, Ending, Form, Level, MeasureItem, Purpose, Relation, Standing};
use domain::{Command, Day, Number, Refusal};
use store::read::SubjectKey;
use store::{Receipt, Wish};
use vault::{PersonKeys, SecretKeys, SecretSealer};

use crate::read::{person_keys, secret_keys, wrap_person, wrap_secret};
use crate::{Office, Source, Trouble};

/// The longest statement or remark, in bytes: longer things are files.
const STATEMENT_BYTES_MAX: usize = 1 << 20;

/// Who asks, and the key that names this wish: sent twice, it is carried out once.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Who asks.
    pub by: String,
    /// Random, one for each wish.
    pub key: [u8; 16],
}

/// A person to be added.
#[derive(Clone, Debug, Default)]
pub struct PersonForm {
    /// The name.
    pub name: String,
    /// 岗位.
    pub post: Option<String>,
    /// 部门.
    pub department: Option<String>,
    /// When the person joined.
    pub joined: Option<Day>,
}

/// A partner to be added.
#[derive(Clone, Debug)]
pub struct PartnerForm {
    /// Its name.
    pub name: String,
    /// How it is related to the company.
    pub relation: Relation,
    /// 统一社会信用代码.
    pub code: Option<String>,
    /// Whom to talk to.
    pub contact: Option<String>,
}

/// A secret point to be registered.
pub struct SecretForm {
    /// A title by which colleagues recognise it.
    pub title: String,
    /// Technical or business.
    pub class: Class,
    /// The kind of information.
    pub form: Option<Form>,
    /// 密级.
    pub level: Level,
    /// Who answers for it.
    pub owner: Option<Number>,
    /// 责任部门.
    pub department: Option<String>,
    /// When it is to be reviewed next; a year from today when not said.
    pub review: Option<Day>,
    /// When the information was formed.
    pub happened: Option<Day>,
    /// Who developed it, when and how.
    pub origin: Option<String>,
    /// What the public knows and is left out.
    pub public: Option<String>,
    /// What its value rests on.
    pub value: Option<String>,
    /// What exactly is secret, one separable statement each.
    pub statements: Vec<String>,
    /// Its carriers.
    pub carriers: Vec<Source>,
}

/// Changes to a secret point.
#[derive(Default)]
pub struct RevisionForm {
    /// A new title.
    pub title: Option<String>,
    /// A new kind of information.
    pub form: Option<Form>,
    /// A new owner.
    pub owner: Option<Number>,
    /// A new department.
    pub department: Option<String>,
    /// A new date of review.
    pub review: Option<Day>,
    /// A corrected date of forming.
    pub happened: Option<Day>,
    /// New words on its origin.
    pub origin: Option<String>,
    /// New words on what the public knows.
    pub public: Option<String>,
    /// New words on its value.
    pub value: Option<String>,
    /// Statements changed: number and new text.
    pub restate: Vec<(u32, String)>,
    /// Statements added.
    pub state: Vec<String>,
    /// Statements taken back.
    pub unstate: Vec<u32>,
    /// Carriers added.
    pub carriers: Vec<Source>,
    /// Carriers retired.
    pub retire: Vec<u32>,
    /// Why.
    pub why: String,
}

/// A measure to be added.
pub struct MeasureForm {
    /// The item of 法释〔2020〕7号 art. 6.
    pub item: MeasureItem,
    /// What it is.
    pub title: String,
    /// How it works.
    pub detail: Option<String>,
    /// In force from.
    pub from: Option<Day>,
    /// In force until.
    pub until: Option<Day>,
    /// Papers that show it.
    pub papers: Vec<Source>,
    /// The date on the papers.
    pub papers_day: Option<Day>,
}

/// An agreement to be added.
pub struct AgreementForm {
    /// The partner.
    pub partner: Number,
    /// What it is.
    pub title: String,
    /// In force from.
    pub from: Option<Day>,
    /// In force until.
    pub until: Option<Day>,
    /// The secret points it names.
    pub secrets: Option<Vec<Number>>,
    /// The signed paper.
    pub papers: Vec<Source>,
    /// The date on the paper.
    pub papers_day: Option<Day>,
}

/// A disclosure to be recorded.
pub struct DisclosureForm {
    /// The secret point.
    pub secret: Number,
    /// The statements given; `None` for all.
    pub statements: Option<Vec<u32>>,
    /// The carriers given.
    pub carriers: Vec<u32>,
    /// To whom.
    pub partner: Number,
    /// Who handed it over.
    pub person: Option<Number>,
    /// When.
    pub happened: Option<Day>,
    /// What for.
    pub purpose: String,
    /// To be given back by this day.
    pub until: Option<Day>,
    /// Under which agreement.
    pub agreement: Option<Number>,
    /// Receipts.
    pub papers: Vec<Source>,
    /// The date on them.
    pub papers_day: Option<Day>,
}

/// A subject's key with its id, ready to seal.
struct Sealing {
    key_id: String,
    sealer: SecretSealer,
    /// To be stored, when it was made just now.
    new: Option<NewKey>,
}

impl Office {
    /// A fresh key for one wish.
    pub fn ask(&self, by: &str) -> Ask {
        Ask { by: by.to_owned(), key: self.random() }
    }

    pub(crate) fn submit(&self, ask: &Ask, command: Command) -> Result<Receipt, Trouble> {
        let wish = Wish { key: ask.key, by: ask.by.clone(), command };
        Ok(self.journal.submit(wish)?)
    }

    fn new_sealing(&self) -> Result<Sealing, Trouble> {
        let key_id = hex::encode(self.random::<16>());
        let mut entropy = self.world.entropy;
        let keys = SecretKeys::new(&key_id, &self.vault, &self.service, &mut entropy)?;
        let sealer = keys.sealer(&key_id, &self.service)?;
        let new = NewKey { key_id: key_id.clone(), sort: "secret", wrapped: wrap_secret(&keys) };
        Ok(Sealing { key_id, sealer, new: Some(new) })
    }

    /// The key of something that exists; a new one when it has none that seals.
    fn sealing_of(&self, subject: Number) -> Result<Sealing, Trouble> {
        match self.reader()?.key_of(subject, "secret")? {
            Some(key) => {
                let sealer = secret_keys(&key.wrapped)?.sealer(&key.key_id, &self.service)?;
                Ok(Sealing { key_id: key.key_id, sealer, new: None })
            }
            None => self.new_sealing(),
        }
    }

    /// The key of something that exists, to seal more under; it must have one.
    pub(crate) fn sealer_of(&self, subject: Number) -> Result<(String, SecretSealer), Trouble> {
        let sealing = self.sealing_of(subject)?;
        match sealing.new {
            None => Ok((sealing.key_id, sealing.sealer)),
            Some(_) => Err(Trouble::Erased),
        }
    }

    /// A new key, to be stored with what is sealed under it.
    pub(crate) fn new_key(&self) -> Result<(NewKey, SecretSealer), Trouble> {
        let sealing = self.new_sealing()?;
        sealing.new.map(|new| (new, sealing.sealer)).ok_or(Trouble::Erased)
    }

    fn envelopes(
        &self,
        sealing: &Sealing,
        field: &'static str,
        texts: Vec<String>,
    ) -> Result<Vec<domain::Envelope>, Trouble> {
        texts.into_iter().map(|text| self.envelope(sealing, field, text)).collect()
    }

    fn envelope(
        &self,
        sealing: &Sealing,
        field: &'static str,
        text: String,
    ) -> Result<domain::Envelope, Trouble> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Refusal::Blank("field-statement").into());
        }
        if text.len() > STATEMENT_BYTES_MAX {
            return Err(Trouble::TextTooLong);
        }
        self.seal_item(&sealing.key_id, &sealing.sealer, field, &text.into())
    }

    /// A remark; blank ones are left out.
    fn remark(
        &self,
        sealing: &Sealing,
        field: &'static str,
        text: Option<String>,
    ) -> Result<Option<domain::Envelope>, Trouble> {
        let text = text.filter(|text| !text.trim().is_empty());
        text.map(|text| self.envelope(sealing, field, text)).transpose()
    }

    fn files(&self, sealing: &Sealing, sources: Vec<Source>) -> Result<Vec<Stored>, Trouble> {
        sources
            .into_iter()
            .map(|source| self.store(source, &sealing.key_id, &sealing.sealer))
            .collect()
    }

    /// Seals papers; `about` is what they belong to, when it exists already.
    pub(crate) fn papers(
        &self,
        about: Option<Number>,
        sources: Vec<Source>,
        happened: Option<Day>,
    ) -> Result<Papers, Trouble> {
        if sources.is_empty() {
            return Ok(Papers::default());
        }
        let mut sealing = match about {
            Some(about) => self.sealing_of(about)?,
            None => self.new_sealing()?,
        };
        let stored = self.files(&sealing, sources)?;
        Ok(Papers { key: sealing.new.take(), stored, happened })
    }

    /// Adds a person.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn add_person(&self, ask: &Ask, form: PersonForm) -> Result<Receipt, Trouble> {
        let name = form.name.trim();
        if name.is_empty() {
            return Err(Refusal::Blank("field-name").into());
        }
        let key_id = hex::encode(self.random::<16>());
        let mut entropy = self.world.entropy;
        let keys = PersonKeys::new(&key_id, &self.vault, &self.service, &mut entropy)?;
        let name = self.seal_personal(&key_id, &keys, "name", name)?;
        let key = NewKey { key_id, sort: "person", wrapped: wrap_person(&keys) };
        let PersonForm { post, department, joined, .. } = form;
        self.submit(ask, Command::AddPerson(AddPerson { key, name, post, department, joined }))
    }

    /// Adds a partner.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn add_partner(&self, ask: &Ask, form: PartnerForm) -> Result<Receipt, Trouble> {
        let PartnerForm { name, relation, code, contact } = form;
        let contact = contact.filter(|contact| !contact.trim().is_empty());
        let (key, contact) = self.seal_contact(None, contact)?.unzip();
        let key = key.flatten();
        self.submit(ask, Command::AddPartner(AddPartner { key, name, relation, code, contact }))
    }

    /// Seals whom to talk to, under the key of `of` when it has one already; else under a new key,
    /// which is to be stored.
    pub(crate) fn seal_contact(
        &self,
        of: Option<Number>,
        contact: Option<String>,
    ) -> Result<Option<(Option<NewKey>, domain::Envelope)>, Trouble> {
        let Some(contact) = contact else { return Ok(None) };
        let contact = contact.trim();
        if contact.len() > STATEMENT_BYTES_MAX {
            return Err(Trouble::TextTooLong);
        }
        let known = of.map(|of| self.person_key(of)).transpose()?;
        if let Some(known) = known.flatten() {
            let keys = person_keys(&known.wrapped)?;
            return Ok(Some((None, self.seal_personal(&known.key_id, &keys, "contact", contact)?)));
        }
        let key_id = hex::encode(self.random::<16>());
        let mut entropy = self.world.entropy;
        let keys = PersonKeys::new(&key_id, &self.vault, &self.service, &mut entropy)?;
        let sealed = self.seal_personal(&key_id, &keys, "contact", contact)?;
        let key = NewKey { key_id, sort: "person", wrapped: wrap_person(&keys) };
        Ok(Some((Some(key), sealed)))
    }

    /// Seals texts under one key: that of `of` when it has one already, else a new one, which is to
    /// be stored. Blank ones are left out.
    pub(crate) fn seal_all(
        &self,
        of: Option<Number>,
        texts: Vec<(&'static str, Option<String>)>,
    ) -> Result<(Option<NewKey>, Vec<Option<domain::Envelope>>), Trouble> {
        let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let texts: Vec<_> = texts.into_iter().map(|(field, text)| (field, said(text))).collect();
        if texts.iter().all(|(_, text)| text.is_none()) {
            return Ok((None, texts.into_iter().map(|_| None).collect()));
        }
        let known = of.map(|of| self.person_key(of)).transpose()?;
        let (key_id, keys, new) = match known.flatten() {
            Some(known) => (known.key_id, person_keys(&known.wrapped)?, None),
            None => {
                let key_id = hex::encode(self.random::<16>());
                let mut entropy = self.world.entropy;
                let keys = PersonKeys::new(&key_id, &self.vault, &self.service, &mut entropy)?;
                let wrapped = wrap_person(&keys);
                (key_id.clone(), keys, Some(NewKey { key_id, sort: "person", wrapped }))
            }
        };
        let sealed = texts.into_iter().map(|(field, text)| {
            let Some(text) = text else { return Ok(None) };
            let text = text.trim();
            if text.len() > STATEMENT_BYTES_MAX {
                return Err(Trouble::TextTooLong);
            }
            self.seal_personal(&key_id, &keys, field, text).map(Some)
        });
        Ok((new, sealed.collect::<Result<_, _>>()?))
    }

    fn person_key(&self, of: Number) -> Result<Option<SubjectKey>, Trouble> {
        Ok(self.reader()?.key_of(of, "person")?)
    }

    fn seal_personal(
        &self,
        key_id: &str,
        keys: &PersonKeys,
        field: &'static str,
        text: &str,
    ) -> Result<domain::Envelope, Trouble> {
        let text = evidence::item::text(&self.random(), field, &text.into());
        let digest = evidence::item::digest(&text);
        let mut entropy = self.world.entropy;
        let sealed =
            keys.key(key_id, &self.service)?.seal(text.as_bytes(), &digest, &mut entropy)?;
        Ok(domain::Envelope { key_id: key_id.to_owned(), digest, sealed })
    }

    /// Registers a secret point.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn register_secret(&self, ask: &Ask, form: SecretForm) -> Result<Receipt, Trouble> {
        let mut sealing = self.new_sealing()?;
        let remarks = Remarks {
            origin: self.remark(&sealing, "origin", form.origin)?,
            public: self.remark(&sealing, "public", form.public)?,
            value: self.remark(&sealing, "value", form.value)?,
        };
        let statements = self.envelopes(&sealing, "text", form.statements)?;
        let carriers = self.files(&sealing, form.carriers)?;
        let Some(key) = sealing.new.take() else { return Err(Trouble::Erased) };
        let command = RegisterSecret {
            key,
            title: form.title,
            class: form.class,
            form: form.form,
            level: form.level,
            owner: form.owner,
            department: form.department,
            review: form.review.or_else(|| self.today().plus_days(365)),
            happened: form.happened,
            remarks,
            statements,
            carriers,
        };
        self.submit(ask, Command::RegisterSecret(Box::new(command)))
    }

    /// Changes a secret point.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn revise_secret(
        &self,
        ask: &Ask,
        no: Number,
        form: RevisionForm,
    ) -> Result<Receipt, Trouble> {
        if self.reader()?.secret_row(no)?.is_none() {
            return Err(Trouble::Unknown(no));
        }
        let sealing = self.sealing_of(no)?;
        // A secret point is made with its key: without it, it was erased.
        if sealing.new.is_some() {
            return Err(Trouble::Erased);
        }
        let remarks = Remarks {
            origin: self.remark(&sealing, "origin", form.origin)?,
            public: self.remark(&sealing, "public", form.public)?,
            value: self.remark(&sealing, "value", form.value)?,
        };
        let restate = form
            .restate
            .into_iter()
            .map(|(part, text)| Ok((part, self.envelope(&sealing, "text", text)?)))
            .collect::<Result<_, Trouble>>()?;
        let command = ReviseSecret {
            title: form.title,
            form: form.form,
            owner: form.owner,
            department: form.department,
            review: form.review,
            happened: form.happened,
            remarks,
            restate,
            state: self.envelopes(&sealing, "text", form.state)?,
            unstate: form.unstate,
            carriers: self.files(&sealing, form.carriers)?,
            retire: form.retire,
            why: form.why,
        };
        self.submit(ask, Command::ReviseSecret(no, Box::new(command)))
    }

    /// Changes the level of a secret point.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn level_secret(
        &self,
        ask: &Ask,
        secret: Number,
        to: Level,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::LevelSecret { secret, to, why })
    }

    /// Declassifies a secret point.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn declassify_secret(
        &self,
        ask: &Ask,
        secret: Number,
        happened: Option<Day>,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::DeclassifySecret { secret, happened, why })
    }

    /// Notes that content was read. To be called before the content is shown.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn view_secret(
        &self,
        ask: &Ask,
        secret: Number,
        what: String,
        why: Option<String>,
    ) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::ViewSecret { secret, what, why })
    }

    /// Adds a measure.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn add_measure(&self, ask: &Ask, form: MeasureForm) -> Result<Receipt, Trouble> {
        let papers = self.papers(None, form.papers, form.papers_day)?;
        let MeasureForm { item, title, detail, from, until, .. } = form;
        let command = AddMeasure { item, title, detail, from, until, papers };
        self.submit(ask, Command::AddMeasure(command))
    }

    /// Matches a measure to a secret point.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn match_measure(
        &self,
        ask: &Ask,
        measure: Number,
        secret: Number,
        statements: Option<Vec<u32>>,
        why: Option<String>,
    ) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::MatchMeasure { measure, secret, statements, why })
    }

    /// Ends a measure.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn end_measure(
        &self,
        ask: &Ask,
        measure: Number,
        happened: Option<Day>,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::EndMeasure { measure, happened, why })
    }

    /// Lets a person know a secret point.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn clear_person(
        &self,
        ask: &Ask,
        person: Number,
        secret: Number,
        (from, until): (Option<Day>, Option<Day>),
        why: Option<String>,
    ) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::ClearPerson { person, secret, from, until, why })
    }

    /// Ends a person's access.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn bar_person(
        &self,
        ask: &Ask,
        person: Number,
        secret: Number,
        happened: Option<Day>,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::BarPerson { person, secret, happened, why })
    }

    /// Adds an agreement.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn agree(&self, ask: &Ask, form: AgreementForm) -> Result<Receipt, Trouble> {
        let papers = self.papers(None, form.papers, form.papers_day)?;
        let AgreementForm { partner, title, from, until, secrets, .. } = form;
        let command = AgreePartner { partner, title, from, until, secrets, papers };
        self.submit(ask, Command::AgreePartner(command))
    }

    /// Adds papers to a person, partner, measure, agreement or disclosure.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn add_papers(
        &self,
        ask: &Ask,
        about: Number,
        papers: Vec<Source>,
        happened: Option<Day>,
    ) -> Result<Receipt, Trouble> {
        let papers = self.papers(Some(about), papers, happened)?;
        self.submit(ask, Command::AddPapers { about, papers })
    }

    /// Records a disclosure.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn disclose(&self, ask: &Ask, form: DisclosureForm) -> Result<Receipt, Trouble> {
        let papers = self.papers(None, form.papers, form.papers_day)?;
        let command = Disclose {
            secret: form.secret,
            statements: form.statements,
            carriers: form.carriers,
            partner: form.partner,
            person: form.person,
            happened: form.happened,
            purpose: form.purpose,
            until: form.until,
            agreement: form.agreement,
            papers,
        };
        self.submit(ask, Command::Disclose(command))
    }

    /// Records that a disclosure ended.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn close_disclosure(
        &self,
        ask: &Ask,
        disclosure: Number,
        (how, happened): (Ending, Option<Day>),
        why: Option<String>,
        papers: Vec<Source>,
    ) -> Result<Receipt, Trouble> {
        let papers = self.papers(Some(disclosure), papers, happened)?;
        self.submit(ask, Command::CloseDisclosure { disclosure, how, happened, why, papers })
    }

    /// Adds a witness.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn add_witness(
        &self,
        ask: &Ask,
        key: &ledger::note::VerifierKey,
        url: Option<String>,
        relation: Standing,
    ) -> Result<Receipt, Trouble> {
        let (name, key) = (key.name().to_owned(), key.to_string());
        self.submit(ask, Command::AddWitness { name, key, url, relation })
    }

    /// Asks a witness no longer.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn remove_witness(&self, ask: &Ask, name: String, why: String) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::RemoveWitness { name, why })
    }

    /// Adds a time-stamp authority; `roots` are SHA-256 of its root certificates, in hex.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn add_authority(
        &self,
        ask: &Ask,
        name: String,
        url: String,
        roots: Vec<String>,
        relation: Standing,
    ) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::AddAuthority { name, url, roots, relation })
    }

    /// Asks an authority no longer.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn remove_authority(
        &self,
        ask: &Ask,
        name: String,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::RemoveAuthority { name, why })
    }

    /// Accepts that the machine's clock went back.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn accept_clock(&self, ask: &Ask, why: String) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::SetClockBack { why })
    }

    /// Notes a change of the vault's passphrase: `passphrase` or `recovered`.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn keys_changed(
        &self,
        ask: &Ask,
        what: &str,
        why: Option<String>,
    ) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::ChangeKeys { what: what.to_owned(), why })
    }

    /// Records a dossier.
    pub(crate) fn record_dossier(
        &self,
        ask: &Ask,
        no: Number,
        purpose: Purpose,
        secrets: Vec<Number>,
        manifest: String,
        withheld: Vec<String>,
    ) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::BuildDossier { no, purpose, secrets, manifest, withheld })
    }
}
