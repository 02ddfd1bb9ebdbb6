//! What is wished of organisations that take part in the district's work: who they are, who their
//! members are, and what one asks of another (协作请求).

use crate::command::{Envelope, NewKey};
use crate::facts::Need;
use crate::moment::Day;
use crate::number::{Number, Series};
use crate::terms::{AssistanceAnswer, AssistanceSort, Closing, FollowUp, OrganisationKind};
use crate::workstation::Receive;

/// A wish, and for whom it is made.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The organisation whose account wishes it; `None` for the station, which acts for any.
    pub acting: Option<Number>,
    /// What is wished.
    pub deed: Deed,
}

/// What is wished.
#[derive(Clone, Debug)]
pub enum Deed {
    /// Register an organisation.
    Add(Box<Add>),
    /// Call it otherwise, give it another area or contact.
    Change {
        /// The organisation.
        organisation: Number,
        /// Its name.
        name: String,
        /// The park or street that it looks after.
        area: Option<String>,
        /// Whom to talk to, sealed; `None` leaves it as it was.
        contact: Option<Envelope>,
        /// The organisation's key, when it has none yet.
        key: Option<NewKey>,
        /// Why.
        why: Option<String>,
    },
    /// It takes part no more.
    End {
        /// The organisation.
        organisation: Number,
        /// The last day.
        happened: Day,
        /// Why.
        why: String,
    },
    /// A company becomes a member.
    Enrol {
        /// The organisation.
        organisation: Number,
        /// The company.
        company: Number,
        /// From when.
        happened: Day,
        /// What it is there.
        post: Option<String>,
    },
    /// A company is a member no more.
    Leave {
        /// The organisation.
        organisation: Number,
        /// The company.
        company: Number,
        /// When.
        happened: Day,
        /// Why.
        why: Option<String>,
    },
    /// Ask for assistance.
    Ask(Box<Ask>),
    /// Receive a request for assistance.
    Receive {
        /// The request.
        assistance: Number,
        /// Who receives it; `None` for whoever has it now.
        organisation: Option<Number>,
        /// When.
        happened: Day,
        /// The number under which the receiver keeps it.
        reference: Option<String>,
    },
    /// Look at it and give it to somebody.
    Triage {
        /// The request.
        assistance: Number,
        /// An office or a post.
        unit: String,
        /// Whether it comes before others.
        urgent: bool,
        /// What was found at the first look.
        why: Option<String>,
    },
    /// Answer it.
    Reply {
        /// The request.
        assistance: Number,
        /// Who answers; `None` for whoever has it now.
        organisation: Option<Number>,
        /// What, in a word.
        answer: AssistanceAnswer,
        /// When.
        happened: Day,
        /// The answer, sealed.
        text: Envelope,
        /// The request's key, when it has none yet.
        key: Option<NewKey>,
    },
    /// Take it to a third organisation.
    Escalate {
        /// The request.
        assistance: Number,
        /// To whom.
        to: Number,
        /// When.
        happened: Day,
        /// The new day.
        due: Day,
        /// Why.
        why: String,
    },
    /// Hand a company's request to the desk of an organisation.
    Take {
        /// The request.
        request: Number,
        /// Whose desk.
        organisation: Number,
        /// Another day by which it should be answered.
        due: Option<Day>,
        /// Why.
        why: Option<String>,
    },
    /// Take in what a company asks at the desk of an organisation.
    TakeIn(Number, Box<Receive>),
    /// Answer a request that lies at a desk.
    Answer {
        /// The request.
        request: Number,
        /// When.
        happened: Day,
        /// When to ask whether it helped.
        again: Option<Day>,
        /// The answer, sealed.
        text: Envelope,
        /// The company's key, when it has none yet.
        key: Option<NewKey>,
    },
    /// Record whether the answer helped.
    Follow {
        /// The request.
        request: Number,
        /// What was found.
        outcome: FollowUp,
        /// When.
        happened: Day,
        /// When to ask again.
        again: Option<Day>,
        /// What the company said, sealed.
        note: Option<Envelope>,
        /// The company's key, when it has none yet.
        key: Option<NewKey>,
    },
    /// Close it.
    Close {
        /// The request.
        assistance: Number,
        /// How.
        how: Closing,
        /// When.
        happened: Day,
        /// A remark; must say something unless it was settled.
        why: Option<String>,
    },
}

/// Registers an organisation.
#[derive(Clone, Debug)]
pub struct Add {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// The park or street that it looks after.
    pub area: Option<String>,
    /// Whom to talk to, sealed.
    pub contact: Option<Envelope>,
    /// The organisation's key, when something is sealed.
    pub key: Option<NewKey>,
}

/// Asks for assistance.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Who asks.
    pub from: Number,
    /// Who is asked.
    pub to: Number,
    /// For what.
    pub sort: AssistanceSort,
    /// A title without anything secret.
    pub title: String,
    /// The company it is about.
    pub company: Option<Number>,
    /// The case it is about.
    pub case: Option<Number>,
    /// The company's request that it comes from.
    pub request: Option<Number>,
    /// The request for assistance that it passes on.
    pub follows: Option<Number>,
    /// When.
    pub happened: Day,
    /// By when it should be answered.
    pub due: Day,
    /// What is asked, sealed.
    pub text: Envelope,
    /// The key of the request.
    pub key: NewKey,
}

impl Wish {
    /// What must be looked up before the wish can be decided.
    pub(crate) fn needs(&self) -> Vec<Need> {
        let mut needs: Vec<Need> = self.acting.map(Need::Desk).into_iter().collect();
        match &self.deed {
            Deed::Add(_) => needs.push(Need::Last(Series::Organisation)),
            Deed::Change { organisation, .. } | Deed::End { organisation, .. } => {
                needs.push(Need::Desk(*organisation));
            }
            Deed::Enrol { organisation, company, .. }
            | Deed::Leave { organisation, company, .. } => {
                needs.extend([Need::Desk(*organisation), Need::Company(*company)]);
                needs.push(Need::Member(*organisation, *company));
            }
            Deed::Ask(c) => {
                needs.extend([Need::Last(Series::Assistance), Need::Desk(c.from)]);
                match c.to.series {
                    Series::Company => {
                        needs.extend([Need::Company(c.to), Need::Member(c.from, c.to)]);
                    }
                    _ => needs.push(Need::Desk(c.to)),
                }
                needs.extend(c.company.map(Need::Company));
                needs.extend([c.case, c.request, c.follows].into_iter().flatten().map(Need::Desk));
            }
            Deed::Receive { assistance, .. }
            | Deed::Triage { assistance, .. }
            | Deed::Reply { assistance, .. }
            | Deed::Close { assistance, .. } => needs.push(Need::Desk(*assistance)),
            Deed::Take { request, organisation, .. } => {
                needs.extend([Need::Desk(*request), Need::Desk(*organisation)]);
            }
            Deed::TakeIn(organisation, c) => {
                needs.extend([Need::Desk(*organisation), Need::Company(c.company)]);
                needs.push(Need::Last(Series::Request));
            }
            Deed::Answer { request, .. } | Deed::Follow { request, .. } => {
                needs.push(Need::Desk(*request));
            }
            Deed::Escalate { assistance, to, .. } => {
                needs.extend([Need::Desk(*assistance), Need::Desk(*to)]);
            }
        }
        needs
    }
}
