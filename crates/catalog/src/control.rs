//! Controls (控制项): what a company should have in place, in steps, each with its basis and, where
//! the ledger can tell, the rule by which it is checked.
//!
//! The rules are a small closed set. Each is answered from what happened by the room `assess`; what
//! no rule can tell, a person answers with evidence.

use serde::Deserialize;

use crate::norm::Mark;
use crate::text::{Cite, Ref, Text};

/// The catalogue of controls.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Controls {
    /// Its name, that of its file.
    pub id: String,
    /// Counted up when controls change; an answer remembers under which one it was given.
    pub edition: u32,
    /// Its title.
    pub title: Text,
    /// What it is made from, and what it is not.
    pub source: Text,
    /// The steps, the first one first.
    pub step: Vec<Step>,
    /// The public standards whose topics are followed.
    pub standard: Vec<Public>,
    /// What this edition and those before changed.
    #[serde(default)]
    pub change: Vec<Change>,
    /// The controls, by group.
    pub group: Vec<Group>,
}

/// A step: controls that are met together; the next one is offered when they stand.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
    /// What is gained by it.
    pub says: Text,
}

/// A public standard whose topics are followed, never its wording.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Public {
    /// Its number.
    pub id: Ref,
    /// Its title.
    pub name: Text,
    /// How well it is known: `recalled` while only topics were seen, as in a table of contents.
    pub mark: Mark,
    /// Where its topics were seen.
    pub source: String,
    /// Its topics, as far as they are known.
    pub parts: Vec<String>,
}

/// What an edition changed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The edition.
    pub edition: u32,
    /// The control; one that is gone stands here alone.
    pub control: String,
    /// What changed, and why.
    pub says: Text,
}

/// A group: controls about one matter.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
    /// Its controls.
    pub control: Vec<Control>,
}

/// A control.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// Its name in the data and in addresses.
    pub id: Ref,
    /// The step it belongs to.
    pub step: Ref,
    /// What it is called.
    pub title: Text,
    /// What is asked for.
    pub says: Text,
    /// What shows it, for one that a person answers.
    pub shown_by: Option<Text>,
    /// Articles it rests on.
    #[serde(default)]
    pub cites: Vec<Cite>,
    /// Topics of public standards that it follows.
    #[serde(default)]
    pub follows: Vec<Clause>,
    /// What it gives, 1 to 5.
    pub weight: u32,
    /// How long it takes a small company, in minutes.
    pub minutes: u32,
    /// By which rule the ledger tells; none where a person answers.
    pub check: Option<Check>,
    /// For how many months an answer holds at most.
    pub months: Option<u32>,
    /// The page on which it is done; holes: `{secret}`, `{person}`, `{partner}`, `{thing}`.
    pub at: Option<String>,
}

/// A topic of a public standard: `DB61/T 1605-2022 人员管理`.
#[derive(Clone, Debug)]
pub struct Clause {
    /// The standard's number.
    pub standard: String,
    /// The topic.
    pub part: String,
    /// Where it stands in its file, in bytes.
    pub(crate) at: usize,
}

/// How grave a leak would be; a rule is about this level and graver ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Depth {
    /// 核心.
    Core,
    /// 重要 and graver.
    Important,
    /// All.
    General,
}

/// A rule by which the ledger tells whether a control stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Check {
    /// So many secret points stand.
    Registered {
        /// How many.
        count: usize,
    },
    /// Each secret point that stands, of this level or graver, has it.
    Secret {
        /// The level.
        from: Depth,
        /// What.
        has: OfSecret,
        /// Within how many days, where it must be recent.
        #[serde(default)]
        days: Option<u32>,
    },
    /// Each clearance in force for a secret point of this level or graver has it.
    Clearance {
        /// The level.
        from: Depth,
        /// What.
        has: OfClearance,
    },
    /// Each measure in force that is matched to a secret point of this level or graver has it.
    Matched {
        /// The level.
        from: Depth,
        /// What.
        has: OfMatch,
    },
    /// Each disclosure of a secret point of this level or graver has it.
    Disclosure {
        /// The level.
        from: Depth,
        /// What.
        has: OfDisclosure,
    },
    /// Everybody who had access has it.
    Person {
        /// What.
        has: OfPerson,
    },
    /// Each account that is open has it.
    Account {
        /// What.
        has: OfAccount,
    },
    /// What was begun is finished in so many days.
    Settled {
        /// What.
        what: Begun,
        /// In how many days.
        days: u32,
    },
    /// The node itself has it.
    Node {
        /// What.
        has: OfNode,
        /// Within how many days, where it must be recent.
        #[serde(default)]
        days: Option<u32>,
    },
}

/// What a secret point can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfSecret {
    /// A statement.
    Statement,
    /// An owner.
    Owner,
    /// A department.
    Department,
    /// A carrier.
    Carrier,
    /// A day of review that has not passed.
    Review,
    /// A remark on what the public knows.
    Public,
    /// A remark on its origin.
    Origin,
    /// A remark on its value.
    Value,
    /// A day on which it was formed.
    Formed,
    /// A kind of information.
    Form,
    /// A change or a confirmation, recently.
    Touched,
    /// Somebody cleared.
    Circle,
    /// Any measure in force, matched.
    Measure,
    /// One of art. 6 item 1.
    Agreement,
    /// One of item 2.
    Rules,
    /// One of item 3.
    Zone,
    /// One of item 4.
    Marking,
    /// One of item 5.
    Devices,
    /// One of item 6.
    Leavers,
    /// Measures of two items.
    TwoItems,
    /// A measure for each statement.
    Cover,
    /// Each statement seen by somebody outside.
    Vouched,
    /// Its newest carriers in the index of fingerprints.
    Indexed,
    /// A whole sweep with an index that knows it, recently.
    Swept,
    /// A dossier, recently.
    Dossier,
}

/// What a clearance can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfClearance {
    /// A paper signed by the person.
    Signed,
    /// One that bears no later day than the access.
    SignedBefore,
    /// A reason.
    Why,
    /// A last day.
    Until,
}

/// What a measure matched to a secret point can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfMatch {
    /// A reason why it fits.
    Why,
    /// A paper.
    Paper,
    /// A last day that was set and has not come: it is looked at again.
    Until,
}

/// What a disclosure can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfDisclosure {
    /// An agreement in force that covers the secret point; of open ones.
    Agreement,
    /// A signed paper of that agreement; of open ones.
    AgreementPaper,
    /// A day by which it is back; of open ones.
    ReturnDay,
    /// That day not passed; of open ones.
    OnTime,
    /// Chosen statements only; of open ones.
    InPart,
    /// A receipt; of open ones.
    Receipt,
    /// A marked copy; of open ones.
    Marked,
    /// A paper that shows its end; of closed ones.
    EndShown,
}

/// What a person can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfPerson {
    /// Of those whose access was ended altogether: nothing open, and a paper of the leaving.
    Settled,
}

/// What an account can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfAccount {
    /// A person whose it is.
    Holder,
    /// A password that its holder chose.
    OwnPassword,
    /// A last day, for counsel.
    CounselUntil,
}

/// What begins and is to be finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Begun {
    /// What was asked to leave: approved or refused.
    Release,
    /// A find: traced.
    Find,
    /// A marked copy whose day has come: ended.
    Copy,
}

/// What the node can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfNode {
    /// Recovery shares of which more than one is needed.
    Shares,
    /// A witness or authority that is independent.
    Independent,
    /// A checkpoint that somebody else vouched for, recently.
    Anchor,
    /// A backup that was shown to be restorable, recently.
    Drill,
    /// An account of an auditor.
    Auditor,
    /// A reason for each recent reading of content.
    ReadsReasoned,
}

impl Controls {
    /// All controls in their order, each with its group.
    pub fn all(&self) -> impl Iterator<Item = (&Group, &Control)> {
        self.group.iter().flat_map(|group| group.control.iter().map(move |one| (group, one)))
    }

    /// A control by its name, with its group.
    pub fn control(&self, id: &str) -> Option<(&Group, &Control)> {
        self.all().find(|(_, one)| one.id.id == id)
    }

    /// The place of a step, from 0.
    pub fn place(&self, step: &str) -> Option<usize> {
        self.step.iter().position(|one| one.id.id == step)
    }

    /// A standard by its number.
    pub fn standard(&self, id: &str) -> Option<&Public> {
        self.standard.iter().find(|one| one.id.id == id)
    }

    /// What changed after an edition.
    pub fn changes_since(&self, edition: u32) -> impl Iterator<Item = &Change> {
        self.change.iter().filter(move |one| one.edition > edition)
    }
}

impl<'de> Deserialize<'de> for Clause {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = toml::Spanned::<String>::deserialize(deserializer)?;
        let at = text.span().start;
        match text.get_ref().rsplit_once(' ') {
            Some((standard, part)) if !standard.is_empty() && !part.is_empty() => {
                Ok(Self { standard: standard.to_owned(), part: part.to_owned(), at })
            }
            _ => Err(serde::de::Error::custom(format!(
                "{:?} names no topic: write DB61/T 1605-2022 人员管理",
                text.get_ref()
            ))),
        }
    }
}

impl std::fmt::Display for Clause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.standard, self.part)
    }
}
