//! A procedure as its file writes it: roles, papers, states, steps, rules, deadlines.

use serde::Deserialize;

use crate::day::Day;
use crate::norm::Mark;
use crate::text::{AnyOf, Cite, Length, Ref, Text};

/// One version of one procedure.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Its name, the same in all versions and that of its file.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// First day on which a case may be opened under this version.
    pub from: Day,
    /// Last such day; none while it is the newest.
    pub until: Option<Day>,
    /// Whose calendar of working days counts.
    #[serde(default = "china")]
    pub calendar: String,
    /// Its title.
    pub title: Text,
    /// Who acts.
    pub role: Vec<Named>,
    /// Papers and things that steps need or issue.
    pub item: Vec<Item>,
    /// Lines of states that run side by side. The first is the main one.
    pub track: Vec<Track>,
    /// States.
    pub state: Vec<State>,
    /// Steps.
    pub step: Vec<Step>,
    /// Who may not do what, from when to when, unless what.
    #[serde(default)]
    pub rule: Vec<Rule>,
    /// Clocks.
    #[serde(default)]
    pub deadline: Vec<Deadline>,
}

fn china() -> String {
    "cn".to_owned()
}

/// Something with a name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
}

/// A paper or thing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
    /// What it must bear to count in full.
    #[serde(default)]
    pub form: Vec<Form>,
}

/// What a paper must bear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Signature or seal.
    Signature,
    /// Date.
    Date,
    /// Where it comes from.
    Origin,
    /// Hash of its content.
    Hash,
    /// Unbroken custody.
    Custody,
}

impl Form {
    /// All marks of form.
    pub const ALL: [Self; 5] =
        [Self::Signature, Self::Date, Self::Origin, Self::Hash, Self::Custody];

    /// Its name in data and translation files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Date => "date",
            Self::Origin => "origin",
            Self::Hash => "hash",
            Self::Custody => "custody",
        }
    }
}

/// A line of states.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Track {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
    /// Its first state.
    pub start: Ref,
}

/// A state of one track.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// Its name in the data, unique in the whole procedure.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
    /// Its track; the main one when not said.
    pub track: Option<Ref>,
    /// Whether the track ends here.
    #[serde(default)]
    pub end: bool,
}

/// Something that is done or happens.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
    /// Who may.
    pub by: Vec<Ref>,
    /// In which states of one track.
    pub from: Vec<Ref>,
    /// Where it leads; stays when not said.
    pub to: Option<Ref>,
    /// What else must be so: of each entry, one state of another track.
    #[serde(default, rename = "while")]
    pub during: Vec<AnyOf>,
    /// Steps that must have been done before.
    #[serde(default)]
    pub after: Vec<Ref>,
    /// What must lie in the file: of each entry, one.
    #[serde(default)]
    pub needs: Vec<AnyOf>,
    /// What it issues.
    #[serde(default)]
    pub issues: Vec<Ref>,
    /// Whether it names a day: of a hearing, of an approved extension.
    #[serde(default)]
    pub planned: bool,
    /// Whether it sends the case back or home.
    #[serde(default)]
    pub returns: bool,
    /// Its basis.
    pub cites: Cite,
}

/// Keeps a role from steps, on some days.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
    /// Which steps.
    pub steps: Vec<Ref>,
    /// Who may not.
    pub role: Ref,
    /// Unless this lies in the file.
    pub unless: Option<Ref>,
    /// Only for cases with this mark. A mark is no paper: it needs no item.
    pub only_if: Option<String>,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Option<Day>,
    /// Whether it is switched on.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Its basis.
    pub cites: Cite,
    /// What a reader should know.
    pub note: Option<Text>,
}

fn yes() -> bool {
    true
}

/// The four kinds of clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Act by the last day. Late acts are late, not void.
    ActBy,
    /// Not before the period has run.
    NotBefore,
    /// A state lasts no longer, whatever anyone does.
    MaxDuration,
    /// A right is lost, or may be objected to, afterwards.
    Limitation,
}

impl Kind {
    /// Its name in data and translation files.
    pub fn key(self) -> &'static str {
        match self {
            Self::ActBy => "act_by",
            Self::NotBefore => "not_before",
            Self::MaxDuration => "max_duration",
            Self::Limitation => "limitation",
        }
    }
}

/// A clock.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
    /// What it does.
    pub kind: Kind,
    /// Whom it binds.
    pub who: Ref,
    /// How long; said by the arms when there are two.
    pub within: Option<Length>,
    /// Steps that start it. The last one counts.
    #[serde(default)]
    pub from: Vec<Ref>,
    /// Steps whose named day it is counted back from. The last one counts.
    #[serde(default)]
    pub before: Vec<Ref>,
    /// Which of the arms counts.
    pub take: Option<Take>,
    /// Several periods, of which the earlier or later one counts.
    #[serde(default)]
    pub arm: Vec<Arm>,
    /// Steps that meet it.
    #[serde(default)]
    pub stop: Vec<Ref>,
    /// Steps that make it void.
    #[serde(default)]
    pub void: Vec<Ref>,
    /// Steps after which it never starts.
    #[serde(default)]
    pub already: Vec<Ref>,
    /// Steps it forbids: before its end (not before), after it (other kinds).
    #[serde(default)]
    pub blocks: Vec<Ref>,
    /// What stops the count for a while.
    #[serde(default)]
    pub pause: Vec<Pause>,
    /// What makes it longer.
    #[serde(default)]
    pub extend: Vec<Extend>,
    /// The provision by which a last day on a holiday moves to the next working day.
    pub rollover: Option<Cite>,
    /// The statutory clock beside which an agreed, faster one stands.
    pub beside: Option<Ref>,
    /// Whether it runs on when the procedure has ended.
    #[serde(default)]
    pub survives_end: bool,
    /// Its basis.
    pub cites: Cite,
    /// Lowers what the basis is worth, never raises it.
    pub mark: Option<Mark>,
    /// What a reader should know.
    pub note: Option<Text>,
}

/// Which of two periods counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Take {
    /// The one that ends first.
    Earlier,
    /// The one that ends last.
    Later,
}

/// One of several periods.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arm {
    /// How long.
    pub within: Length,
    /// Steps that start it. The last one counts.
    pub from: Vec<Ref>,
    /// Steps that, while it runs, start it anew.
    #[serde(default)]
    pub restart: Vec<Ref>,
    /// Its basis.
    pub cites: Cite,
}

/// Days that don't count: those after `from`, up to and with the day of `to`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// The step that begins it.
    pub from: Ref,
    /// The step that ends it.
    pub to: Ref,
    /// Another step that ends it.
    pub or: Option<Ref>,
    /// Its basis.
    pub cites: Cite,
}

/// More time.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extend {
    /// The step that gives it. Who may and which paper with the reason it needs stands there.
    pub step: Ref,
    /// How much.
    pub by: More,
    /// Its basis.
    pub cites: Cite,
}

/// How much more time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum More {
    /// So much.
    Length(Length),
    /// Until the day that the step names.
    Decided,
}

impl<'de> Deserialize<'de> for More {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "decided" => Ok(Self::Decided),
            text => Length::parse(text).map(Self::Length).map_err(serde::de::Error::custom),
        }
    }
}

impl Procedure {
    /// A step by its name.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.step.iter().find(|step| step.id.id == id)
    }

    /// A state by its name.
    pub fn state(&self, id: &str) -> Option<&State> {
        self.state.iter().find(|state| state.id.id == id)
    }

    /// A paper by its name.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.item.iter().find(|item| item.id.id == id)
    }

    /// A role by its name.
    pub fn role(&self, id: &str) -> Option<&Named> {
        self.role.iter().find(|role| role.id.id == id)
    }

    /// A clock by its name.
    pub fn deadline(&self, id: &str) -> Option<&Deadline> {
        self.deadline.iter().find(|deadline| deadline.id.id == id)
    }

    /// The track of a state.
    pub fn track_of(&self, state: &str) -> Option<&str> {
        let state = self.state(state)?;
        Some(match &state.track {
            Some(track) => &track.id,
            None => self.main(),
        })
    }

    /// The main track.
    pub fn main(&self) -> &str {
        self.track.first().map_or("", |track| &track.id.id)
    }

    /// Whether a case may be opened under this version on a day.
    pub fn in_force(&self, day: Day) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// Whether one of the references is that name.
pub(crate) fn names(refs: &[Ref], id: &str) -> bool {
    refs.iter().any(|reference| reference.id == id)
}
