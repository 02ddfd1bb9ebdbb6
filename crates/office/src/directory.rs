//! The directory of a station: companies and services in plain words.

use domain::command::{AddCompany, ReviseCompany};
use domain::terms::{CompanyKind, KeyTag, Service};
use domain::{Command, CreditCode, Day, Number, Refusal};
use store::Receipt;
use store::read::Dimension;
use words::Lang;

use crate::{Ask, Office, Trouble};

/// A company, institution or team to be taken into the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyForm {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: CompanyKind,
    /// 统一社会信用代码, as typed.
    pub code: Option<String>,
    /// Tags, as said.
    pub tags: Vec<String>,
    /// 行业领域.
    pub field: Option<String>,
    /// 园区.
    pub park: Option<String>,
    /// 街道.
    pub street: Option<String>,
    /// Whom to talk to.
    pub contact: Option<String>,
}

/// Changes to an entry: `None` leaves a thing as it is, a blank takes it away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyChange {
    /// The entry.
    pub company: Number,
    /// The edition that was looked at.
    pub edition: u32,
    /// A new name.
    pub name: Option<String>,
    /// Another kind.
    pub kind: Option<CompanyKind>,
    /// Another code, as typed.
    pub code: Option<String>,
    /// All tags from now on.
    pub tags: Option<Vec<String>>,
    /// Another field.
    pub field: Option<String>,
    /// Another park.
    pub park: Option<String>,
    /// Another sub-district.
    pub street: Option<String>,
    /// Another contact.
    pub contact: Option<String>,
    /// Why.
    pub why: Option<String>,
}

/// A service that companies were given together.
#[derive(Clone, Debug)]
pub struct ServiceForm {
    /// The companies.
    pub companies: Vec<Number>,
    /// Which.
    pub service: Service,
    /// When.
    pub happened: Day,
    /// What it was.
    pub what: String,
    /// Which organisation gave it; `None` for the station itself.
    pub who: Option<String>,
}

impl CompanyChange {
    /// A change of nothing yet.
    pub fn of(company: Number, edition: u32) -> Self {
        Self {
            company,
            edition,
            name: None,
            kind: None,
            code: None,
            tags: None,
            field: None,
            park: None,
            street: None,
            contact: None,
            why: None,
        }
    }
}

impl Office {
    /// Takes a company into the directory.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn add_company(&self, ask: &Ask, form: CompanyForm) -> Result<Receipt, Trouble> {
        let command = self.addition(form)?;
        self.submit(ask, Command::AddCompany(Box::new(command)))
    }

    /// Changes an entry.
    ///
    /// # Errors
    /// [`Trouble`]; [`Refusal::ChangedMeanwhile`] when somebody else was faster.
    pub fn revise_company(&self, ask: &Ask, change: CompanyChange) -> Result<Receipt, Trouble> {
        let command = self.revision(change)?;
        self.submit(ask, Command::ReviseCompany(Box::new(command)))
    }

    /// Makes two entries one.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn merge_company(
        &self,
        ask: &Ask,
        company: Number,
        into: Number,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::MergeCompany { company, into, why })
    }

    /// Records that companies were given a service.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn give_service(&self, ask: &Ask, form: ServiceForm) -> Result<Receipt, Trouble> {
        let ServiceForm { companies, service, happened, what, who } = form;
        self.submit(ask, Command::GiveService { companies, service, happened, what, who })
    }

    pub(crate) fn addition(&self, form: CompanyForm) -> Result<AddCompany, Trouble> {
        let contact = form.contact.clone().filter(|contact| !contact.trim().is_empty());
        let (key, contact) = self.seal_contact(None, contact)?.unzip();
        Ok(AddCompany { contact, key: key.flatten(), ..bare_addition(form)? })
    }

    pub(crate) fn revision(&self, change: CompanyChange) -> Result<ReviseCompany, Trouble> {
        let sealed = self.seal_contact(Some(change.company), change.contact.clone())?;
        let (key, contact) = sealed.unzip();
        Ok(ReviseCompany { contact, key: key.flatten(), ..bare_revision(change)? })
    }
}

/// An addition without its contact.
pub(crate) fn bare_addition(form: CompanyForm) -> Result<AddCompany, Refusal> {
    let code = form.code.as_deref().map(str::trim).filter(|code| !code.is_empty());
    Ok(AddCompany {
        name: form.name,
        kind: form.kind,
        code: code.map(CreditCode::parse).transpose()?,
        tags: form.tags,
        field: form.field,
        park: form.park,
        street: form.street,
        contact: None,
        key: None,
    })
}

/// A revision without its contact.
pub(crate) fn bare_revision(change: CompanyChange) -> Result<ReviseCompany, Refusal> {
    Ok(ReviseCompany {
        company: change.company,
        edition: change.edition,
        name: change.name,
        kind: change.kind,
        code: change.code.as_deref().map(CreditCode::parse).transpose()?,
        tags: change.tags,
        field: change.field,
        park: change.park,
        street: change.street,
        contact: None,
        key: None,
        why: change.why,
    })
}

/// Tags in words.
pub fn tags_words(lang: Lang, tags: &[String]) -> String {
    let tags: Vec<String> = tags.iter().map(|tag| tag_words(lang, tag)).collect();
    tags.join(&words::t(lang, "w-comma"))
}

/// A tag in words: one of public policy, or as somebody wrote it.
pub fn tag_words(lang: Lang, tag: &str) -> String {
    match KeyTag::from_word(tag) {
        Some(tag) => words::t(lang, &format!("tag-{}", tag.word())),
        None => tag.to_owned(),
    }
}

/// What stands at the head of a line of a coverage table.
pub fn value_words(lang: Lang, by: Dimension, value: &str) -> String {
    match (by, value) {
        (_, "") => words::t(lang, "coverage-without"),
        (Dimension::Kind, word) => words::t(lang, &format!("company-{word}")),
        (Dimension::Tag, tag) => tag_words(lang, tag),
        _ => value.to_owned(),
    }
}
