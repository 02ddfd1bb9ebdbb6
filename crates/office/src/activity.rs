//! Activities of a station: planned, companies invited, people registered and checked in.
//!
//! Whoever registers gets a code and nothing else: the ledger keeps its hash, and the name under a key
//! of its own, which is destroyed when its time is over. Questions and remarks have keys of their own,
//! too: the newest key of an activity may be one that is destroyed.

use std::collections::BTreeMap;

use domain::activity::{Plan, Register, When, Wish};
use domain::terms::SignUp;
use domain::{Command, Number};
use sha2::{Digest as _, Sha256};
use store::read::{ActivityRow, RegistrationRow};
use store::{Reader, Receipt};

use crate::{Ask, Office, Trouble};

/// Somebody who registers.
#[derive(Clone, Debug, Default)]
pub struct RegistrationForm {
    /// The name.
    pub name: String,
    /// How to reach the person.
    pub contact: Option<String>,
    /// From which company, as said.
    pub organisation: Option<String>,
    /// From which company of the directory.
    pub company: Option<Number>,
}

/// Who registered, as far as it can still be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registered {
    /// The name; `None` when it was erased.
    pub name: Option<String>,
    /// How to reach the person.
    pub contact: String,
    /// From which company, as said.
    pub organisation: String,
}

/// A time of day as `09:30`, in minutes; `None` for anything else.
pub fn minute_of_day(text: &str) -> Option<u32> {
    let (hours, minutes) = text.trim().split_once([':', '：'])?;
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 24 && minutes < 60 && hours * 60 + minutes <= 24 * 60).then_some(hours * 60 + minutes)
}

/// Minutes of a day as `09:30`.
pub fn time_of_day(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// What is kept of a code.
fn ticket_of(code: &str) -> String {
    hex::encode(Sha256::digest(code.as_bytes()))
}

impl Office {
    /// Plans an activity.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn plan_activity(&self, ask: &Ask, plan: Plan) -> Result<Receipt, Trouble> {
        self.meet(ask, Wish::Plan(Box::new(plan)))
    }

    /// Holds an activity at another time or place; invited companies are told.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn move_activity(
        &self,
        ask: &Ask,
        activity: Number,
        when: When,
        why: String,
    ) -> Result<Receipt, Trouble> {
        let receipt = self.meet(ask, Wish::Move { activity, when, why })?;
        self.tell_invited(activity);
        Ok(receipt)
    }

    /// Cancels an activity; invited companies are told.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn cancel_activity(
        &self,
        ask: &Ask,
        activity: Number,
        why: String,
    ) -> Result<Receipt, Trouble> {
        let receipt = self.meet(ask, Wish::Cancel { activity, why })?;
        self.tell_invited(activity);
        Ok(receipt)
    }

    /// Invites companies. Those with a joined node get a letter by themselves.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn invite(
        &self,
        ask: &Ask,
        activity: Number,
        companies: Vec<Number>,
        condition: String,
    ) -> Result<Receipt, Trouble> {
        let receipt = self.meet(ask, Wish::Invite { activity, companies, condition })?;
        self.tell_invited(activity);
        Ok(receipt)
    }

    /// What fails is done with the next bundle.
    fn tell_invited(&self, activity: Number) {
        let links = self.reader().and_then(|reader| Ok(reader.invited_links(activity)?));
        for link in links.unwrap_or_default() {
            drop(self.tell(link));
        }
    }

    /// Registers somebody. Gives the code by which the person checks in; the ledger keeps its hash
    /// only. The same wish again gives the same code.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn register_for(
        &self,
        ask: &Ask,
        activity: Number,
        channel: SignUp,
        form: RegistrationForm,
    ) -> Result<(String, Receipt), Trouble> {
        let code = self.code_of(ask)?;
        let name = form.name.trim().to_owned();
        if name.is_empty() {
            return Err(domain::Refusal::Blank("field-name").into());
        }
        for (field, text, most) in [
            ("field-name", Some(&name), 60),
            ("field-contact", form.contact.as_ref(), 100),
            ("field-organisation", form.organisation.as_ref(), 120),
        ] {
            if text.is_some_and(|text| text.chars().count() > most) {
                return Err(domain::Refusal::TooLong(field, most).into());
            }
        }
        let texts =
            [("name", Some(name)), ("contact", form.contact), ("organisation", form.organisation)];
        let (key, [name, contact, organisation]) = self.seal_about(None, texts)?;
        let (Some(key), Some(name)) = (key, name) else { return Err(Trouble::Erased) };
        let register = Register {
            activity,
            company: form.company,
            channel,
            ticket: ticket_of(&code),
            key,
            name,
            contact,
            organisation,
        };
        let receipt = self.meet(ask, Wish::Register(Box::new(register)))?;
        Ok((code, receipt))
    }

    /// The code that belongs to a wish: made with the node's key, so nobody else can work it out from
    /// what the database remembers of wishes.
    fn code_of(&self, ask: &Ask) -> Result<String, Trouble> {
        let text = format!("midun ticket v1\n{}\n", hex::encode(ask.key));
        let signature = self.home.log_key()?.sign(&text);
        Ok(crate::code_letters(&Sha256::digest(signature.bytes)))
    }

    /// The registration of a code as somebody typed or scanned it.
    ///
    /// # Errors
    /// The store's own.
    pub fn ticket(&self, reader: &Reader, code: &str) -> Result<Option<RegistrationRow>, Trouble> {
        Ok(reader.registration_of(&ticket_of(&crate::typed_code(code)))?)
    }

    /// Somebody does not come.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn withdraw(
        &self,
        ask: &Ask,
        activity: Number,
        registration: u32,
    ) -> Result<Receipt, Trouble> {
        self.meet(ask, Wish::Withdraw { activity, registration })
    }

    /// Somebody came.
    ///
    /// # Errors
    /// [`Trouble`]; refused when the same registration was checked in before.
    pub fn check_in(
        &self,
        ask: &Ask,
        activity: Number,
        registration: u32,
        by_code: bool,
    ) -> Result<Receipt, Trouble> {
        self.meet(ask, Wish::CheckIn { activity, registration, by_code })
    }

    /// Records that an activity was held; companies that came have had a training.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn hold(&self, ask: &Ask, activity: Number) -> Result<Receipt, Trouble> {
        self.meet(ask, Wish::Hold { activity })
    }

    /// Takes in a question.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn ask_at(
        &self,
        ask: &Ask,
        activity: Number,
        registration: Option<u32>,
        text: String,
    ) -> Result<Receipt, Trouble> {
        if text.trim().is_empty() {
            return Err(domain::Refusal::Blank("field-question").into());
        }
        let (key, [text]) = self.seal_about(None, [("text", Some(text))])?;
        let text = text.ok_or(Trouble::Erased)?;
        self.meet(ask, Wish::Ask { activity, registration, text, key })
    }

    /// Answers a question; anew when it was answered before.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn answer_at(
        &self,
        ask: &Ask,
        (activity, question): (Number, u32),
        expert: Option<Number>,
        shown: bool,
        text: String,
    ) -> Result<Receipt, Trouble> {
        if text.trim().is_empty() {
            return Err(domain::Refusal::Blank("field-answer").into());
        }
        let (key, [text]) = self.seal_about(None, [("text", Some(text))])?;
        let text = text.ok_or(Trouble::Erased)?;
        self.meet(ask, Wish::Answer { activity, question, expert, shown, text, key })
    }

    /// Names material that was handed out.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn supply(
        &self,
        ask: &Ask,
        activity: Number,
        title: String,
        url: String,
    ) -> Result<Receipt, Trouble> {
        self.meet(ask, Wish::Supply { activity, title, url })
    }

    /// Takes in how somebody found it.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn rate(
        &self,
        ask: &Ask,
        (activity, registration): (Number, u32),
        mark: u32,
        text: Option<String>,
    ) -> Result<Receipt, Trouble> {
        let (key, [text]) = self.seal_about(None, [("text", text)])?;
        self.meet(ask, Wish::Rate { activity, registration, mark, text, key })
    }

    /// Destroys the keys of those whose time is over, and writes that down. Gives how many.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn erase_registrations(&self, ask: &Ask) -> Result<u64, Trouble> {
        let reader = self.reader()?;
        let mut due: BTreeMap<Number, Vec<RegistrationRow>> = BTreeMap::new();
        for row in reader.registrations_to_erase(self.today())? {
            due.entry(row.activity).or_default().push(row);
        }
        let mut erased = 0;
        for (activity, rows) in due {
            let mut keys = Vec::new();
            for row in &rows {
                keys.extend(reader.sealed(row.idx, "name")?.map(|item| item.key_id));
            }
            // The keys first: when it is cut off after them, the next run writes the entry.
            store::erase_keys(&self.home.dir, &keys)?;
            let registrations = rows.iter().map(|row| row.no).collect();
            self.meet(&self.ask(&ask.by), Wish::Erase { activity, registrations })?;
            erased += rows.len() as u64;
        }
        Ok(erased)
    }

    /// Who registered, as far as it can still be read.
    ///
    /// # Errors
    /// As [`Office::field`].
    pub fn registered(
        &self,
        reader: &Reader,
        row: &RegistrationRow,
    ) -> Result<Registered, Trouble> {
        let text = |field| self.field(reader, row.idx, field, None);
        let words = |shown: crate::Shown| shown.text().unwrap_or_default().to_owned();
        Ok(Registered {
            name: text("name")?.text().map(str::to_owned),
            contact: words(text("contact")?),
            organisation: words(text("organisation")?),
        })
    }

    fn meet(&self, ask: &Ask, wish: Wish) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::Activity(wish))
    }
}

/// When and where in one line: `2026-12-01 14:00–16:30`.
pub fn when_words(row: &ActivityRow) -> String {
    format!("{} {}–{}", row.day, time_of_day(row.from), time_of_day(row.until))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read_as_people_type_them() {
        for (text, minute) in [
            ("09:30", Some(570)),
            ("9：05", Some(545)),
            (" 24:00 ", Some(1_440)),
            ("0:00", Some(0)),
        ] {
            assert_eq!(minute_of_day(text), minute, "{text}");
        }
        for text in ["24:01", "25:00", "9:60", "930", "", "x:10"] {
            assert_eq!(minute_of_day(text), None, "{text}");
        }
        assert_eq!(time_of_day(545), "09:05");
    }
}
