//! What a letter asks the other side's program to do: figures and facts beside its text, which says
//! the same to people.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ContentHead;

/// What a letter brings about. Words are those of the domain; days are `2026-11-24`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "kebab-case")]
pub enum Effect {
    /// Station to node: a prescription, which becomes a task.
    Prescribed {
        /// Its number at the station.
        no: String,
        /// What it is called.
        title: String,
        /// What it is about.
        theme: String,
        /// How grave it is.
        grade: String,
        /// When it was prescribed.
        happened: String,
        /// By when it is to be done.
        due: String,
        /// What was found.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        finding: String,
        /// What is advised.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        advice: String,
    },
    /// Station to node: a word on a prescription, after a look or by what was heard.
    Reviewed {
        /// The prescription's number.
        no: String,
        /// What is said.
        said: String,
        /// When.
        happened: String,
        /// The new date.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<String>,
        /// A remark.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Station to node: an invitation to an activity, which becomes a task.
    Invited {
        /// Its number at the station.
        no: String,
        /// What it is called.
        title: String,
        /// What it is about.
        theme: String,
        /// When and where, and what it is about, in words.
        says: String,
        /// The last day to register.
        closes: String,
    },
    /// Node to station: how far the company says it is with a prescription.
    Reported {
        /// The prescription's number.
        no: String,
        /// How far.
        how: String,
        /// When.
        happened: String,
        /// How many words of the station on it were known.
        seen: u32,
        /// A remark.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Node to station: somebody of the company comes to an activity.
    Booked {
        /// The activity's number.
        no: String,
        /// Who comes.
        name: String,
        /// How to reach the person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contact: Option<String>,
    },
    /// Node to station: the company's profile, as far as it agreed to file it. The proofs are the
    /// letter's first file.
    Profile {
        /// As of this day.
        day: String,
        /// What was ticked: the word of each and what it says.
        given: super::Given,
    },
    /// Node to station: the company takes back its agreement to what it filed before.
    Unfiled {
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String>,
    },
}

impl Effect {
    /// The effect a letter has: nothing for one that is only to be read, also when a newer program
    /// asks for something that this one does not know.
    ///
    /// # Errors
    /// When it is of a known name and not of its form.
    pub fn of(head: &ContentHead) -> Result<Option<Self>, serde_json::Error> {
        const KNOWN: [&str; 7] =
            ["prescribed", "reviewed", "invited", "reported", "booked", "profile", "unfiled"];
        let name = head.data.get("effect").and_then(Value::as_str);
        if !name.is_some_and(|name| KNOWN.contains(&name)) {
            return Ok(None);
        }
        serde_json::from_value(Value::Object(head.data.clone())).map(Some)
    }

    /// Puts it into a letter.
    pub fn put_into(&self, head: &mut ContentHead) {
        if let Ok(Value::Object(map)) = serde_json::to_value(self) {
            head.data = map;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_travel_and_strange_ones_are_only_read() {
        let mut head = ContentHead::default();
        assert!(matches!(Effect::of(&head), Ok(None)));
        let (no, how) = ("CF-0001".to_owned(), "done".to_owned());
        let happened = "2026-11-24".to_owned();
        let effect = Effect::Reported { no, how, happened, seen: 2, note: None };
        effect.put_into(&mut head);
        assert_eq!(Effect::of(&head).ok().flatten(), Some(effect));
        head.data.insert("seen".into(), "two".into());
        assert!(Effect::of(&head).is_err(), "known, and not of its form");
        head.data.insert("effect".into(), "of-the-future".into());
        assert!(matches!(Effect::of(&head), Ok(None)));
    }
}
