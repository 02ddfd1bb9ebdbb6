//! Organisations in plain words: who takes part, who is a member where, and what one asks of another.
//!
//! What is asked and answered is sealed under a key of the request's own: it can be erased without
//! breaking the ledger, and lists and figures do without it.

use domain::organisation::{Add, Ask as AskWish, Deed, Wish};
use domain::terms::{AssistanceAnswer, AssistanceSort, Closing, FollowUp, OrganisationKind};
use domain::workstation::Receive;
use domain::{Command, Day, Number, Refusal};
use store::Receipt;

use crate::{Ask, Office, RequestForm, Trouble};

/// Who acts: whoever asks, and the organisation of the account, if it is one's.
#[derive(Clone, Copy, Debug)]
pub struct For<'a> {
    /// Who asks.
    pub ask: &'a Ask,
    /// For which organisation; `None` for the station, which acts for any.
    pub acting: Option<Number>,
}

impl<'a> For<'a> {
    /// The station itself.
    pub fn station(ask: &'a Ask) -> Self {
        Self { ask, acting: None }
    }
}

/// An organisation as somebody writes it down.
#[derive(Clone, Debug)]
pub struct OrganisationForm {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// The park or street that it looks after.
    pub area: Option<String>,
    /// Whom to talk to.
    pub contact: Option<String>,
}

/// A request for assistance as somebody writes it.
#[derive(Clone, Debug)]
pub struct AssistanceForm {
    /// Who asks.
    pub from: Number,
    /// Who is asked.
    pub to: Number,
    /// For what.
    pub sort: AssistanceSort,
    /// A title without anything secret.
    pub title: String,
    /// The company, case and company's request it is about, and the request it passes on.
    pub about: About,
    /// When.
    pub happened: Day,
    /// By when it should be answered.
    pub due: Day,
    /// What is asked.
    pub text: String,
}

/// What a request for assistance is about.
#[derive(Clone, Copy, Debug, Default)]
pub struct About {
    /// A company.
    pub company: Option<Number>,
    /// A case.
    pub case: Option<Number>,
    /// A company's request.
    pub request: Option<Number>,
    /// The request for assistance that is passed on.
    pub follows: Option<Number>,
}

impl Office {
    /// Registers an organisation.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn add_organisation(
        &self,
        by: For<'_>,
        form: OrganisationForm,
    ) -> Result<Receipt, Trouble> {
        let OrganisationForm { name, kind, area, contact } = form;
        let (key, [contact]) = self.seal_about(None, [("contact", contact)])?;
        self.body(by, Deed::Add(Box::new(Add { name, kind, area, contact, key })))
    }

    /// Calls an organisation otherwise, or gives it another area or contact. A contact that is left
    /// out stays as it was.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn change_organisation(
        &self,
        by: For<'_>,
        organisation: Number,
        (name, area): (String, Option<String>),
        contact: Option<String>,
        why: Option<String>,
    ) -> Result<Receipt, Trouble> {
        let (key, [contact]) = self.seal_about(Some(organisation), [("contact", contact)])?;
        self.body(by, Deed::Change { organisation, name, area, contact, key, why })
    }

    /// Records that an organisation takes part no more.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn end_organisation(
        &self,
        by: For<'_>,
        organisation: Number,
        happened: Day,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.body(by, Deed::End { organisation, happened, why })
    }

    /// Records that a company became a member.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn enrol_member(
        &self,
        by: For<'_>,
        organisation: Number,
        company: Number,
        happened: Day,
        post: Option<String>,
    ) -> Result<Receipt, Trouble> {
        self.body(by, Deed::Enrol { organisation, company, happened, post })
    }

    /// Records that a company is a member no more.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn leave_member(
        &self,
        by: For<'_>,
        organisation: Number,
        company: Number,
        happened: Day,
        why: Option<String>,
    ) -> Result<Receipt, Trouble> {
        self.body(by, Deed::Leave { organisation, company, happened, why })
    }

    /// Asks an organisation for assistance.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn ask_assistance(&self, by: For<'_>, form: AssistanceForm) -> Result<Receipt, Trouble> {
        let AssistanceForm { from, to, sort, title, about, happened, due, text } = form;
        let About { company, case, request, follows } = about;
        let (key, [text]) = self.seal_about(None, [("text", Some(text))])?;
        let (Some(key), Some(text)) = (key, text) else {
            return Err(Refusal::Blank("field-text").into());
        };
        let ask = AskWish {
            from,
            to,
            sort,
            title,
            company,
            case,
            request,
            follows,
            happened,
            due,
            text,
            key,
        };
        self.body(by, Deed::Ask(Box::new(ask)))
    }

    /// Receives a request for assistance; `organisation` is who does, when not whoever has it now.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn receive_assistance(
        &self,
        by: For<'_>,
        assistance: Number,
        organisation: Option<Number>,
        happened: Day,
        reference: Option<String>,
    ) -> Result<Receipt, Trouble> {
        self.body(by, Deed::Receive { assistance, organisation, happened, reference })
    }

    /// Says who sees to a request for assistance.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn triage_assistance(
        &self,
        by: For<'_>,
        assistance: Number,
        unit: String,
        urgent: bool,
        why: Option<String>,
    ) -> Result<Receipt, Trouble> {
        self.body(by, Deed::Triage { assistance, unit, urgent, why })
    }

    /// Answers a request for assistance.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn reply_assistance(
        &self,
        by: For<'_>,
        assistance: Number,
        organisation: Option<Number>,
        (answer, happened): (AssistanceAnswer, Day),
        text: String,
    ) -> Result<Receipt, Trouble> {
        let (key, [text]) = self.seal_about(Some(assistance), [("text", Some(text))])?;
        let text = text.ok_or(Refusal::Blank("field-reply"))?;
        self.body(by, Deed::Reply { assistance, organisation, answer, happened, text, key })
    }

    /// Takes a request for assistance that is late or was turned down to a third organisation.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn escalate_assistance(
        &self,
        by: For<'_>,
        assistance: Number,
        to: Number,
        (happened, due): (Day, Day),
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.body(by, Deed::Escalate { assistance, to, happened, due, why })
    }

    /// Hands a company's request to the desk of an organisation.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn hand_request(
        &self,
        by: For<'_>,
        request: Number,
        organisation: Number,
        due: Option<Day>,
        why: Option<String>,
    ) -> Result<Receipt, Trouble> {
        self.body(by, Deed::Take { request, organisation, due, why })
    }

    /// Takes in what a company asks at the desk of an organisation.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn take_in(
        &self,
        by: For<'_>,
        organisation: Number,
        form: RequestForm,
    ) -> Result<Receipt, Trouble> {
        let RequestForm { company, channel, theme, title, happened, due, text } = form;
        let (key, [text]) = self.seal_about(Some(company), [("text", text)])?;
        let receive = Receive { company, channel, theme, title, happened, due, text, key };
        self.body(by, Deed::TakeIn(organisation, Box::new(receive)))
    }

    /// Answers a company's request at the desk where it lies; `again` is when to ask whether it
    /// helped.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn answer_at_desk(
        &self,
        by: For<'_>,
        request: Number,
        (happened, again): (Day, Option<Day>),
        text: String,
    ) -> Result<Receipt, Trouble> {
        let company = self.company_of(request)?;
        let (key, [text]) = self.seal_about(Some(company), [("text", Some(text))])?;
        let text = text.ok_or(Refusal::Blank("field-reply"))?;
        self.body(by, Deed::Answer { request, happened, again, text, key })
    }

    /// Records whether an answer helped.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn follow_request(
        &self,
        by: For<'_>,
        request: Number,
        outcome: FollowUp,
        (happened, again): (Day, Option<Day>),
        note: Option<String>,
    ) -> Result<Receipt, Trouble> {
        let company = self.company_of(request)?;
        let (key, [note]) = self.seal_about(Some(company), [("note", note)])?;
        self.body(by, Deed::Follow { request, outcome, happened, again, note, key })
    }

    fn company_of(&self, request: Number) -> Result<Number, Trouble> {
        let row = self.reader()?.request(request)?.ok_or(Trouble::Unknown(request))?;
        Ok(row.company)
    }

    /// Closes a request for assistance.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn close_assistance(
        &self,
        by: For<'_>,
        assistance: Number,
        how: Closing,
        happened: Day,
        why: Option<String>,
    ) -> Result<Receipt, Trouble> {
        self.body(by, Deed::Close { assistance, how, happened, why })
    }

    fn body(&self, by: For<'_>, deed: Deed) -> Result<Receipt, Trouble> {
        let wish = Wish { acting: by.acting, deed };
        self.submit(by.ask, Command::Organisation(wish))
    }
}
