//! What is wished of the one-to-one programme: what the procurement came to, firms engaged for
//! companies, their plans, work, results and payments.

use crate::command::{Envelope, NewKey};
use crate::facts::Need;
use crate::moment::Day;
use crate::number::{Number, Series};
use crate::terms::{ConflictReason, EngagementEnd, ItemSort};

/// A wish, and for whom it is made.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The organisation whose account wishes it; `None` for the station.
    pub acting: Option<Number>,
    /// What is wished.
    pub deed: Deed,
}

/// What is wished.
#[derive(Clone, Debug)]
pub enum Deed {
    /// Record what a procurement came to.
    Procure(Box<Procure>),
    /// Engage a firm for a company.
    Engage(Box<Engage>),
    /// Plan a step, a result or a payment.
    Plan {
        /// The engagement.
        engagement: Number,
        /// What.
        sort: ItemSort,
        /// A title without anything secret.
        title: String,
        /// By when.
        due: Day,
        /// Of a payment, in fen.
        amount: u64,
        /// The result that a payment waits for.
        after: Option<u32>,
    },
    /// Log work.
    Log {
        /// The engagement.
        engagement: Number,
        /// The item it was for.
        item: Option<u32>,
        /// When.
        happened: Day,
        /// How long, in minutes.
        minutes: u32,
        /// What was done, in a few words.
        what: String,
        /// More of it, sealed.
        note: Option<Envelope>,
        /// The engagement's key, when it has none yet.
        key: Option<NewKey>,
    },
    /// Hand a step or a result in.
    Deliver {
        /// The engagement.
        engagement: Number,
        /// The item.
        item: u32,
        /// When.
        happened: Day,
        /// What it is and where, sealed.
        note: Envelope,
        /// The engagement's key, when it has none yet.
        key: Option<NewKey>,
    },
    /// Accept it, or not.
    Accept {
        /// The engagement.
        engagement: Number,
        /// The item.
        item: u32,
        /// Whether it is accepted.
        accepted: bool,
        /// When.
        happened: Day,
        /// Why; must say something when it is not.
        why: Option<String>,
    },
    /// Record a payment.
    Pay {
        /// The engagement.
        engagement: Number,
        /// The item.
        item: u32,
        /// When.
        happened: Day,
    },
    /// Record how content the company is.
    Rate {
        /// The engagement.
        engagement: Number,
        /// 1 to 5.
        mark: u32,
        /// When.
        happened: Day,
        /// What it said, sealed.
        note: Option<Envelope>,
        /// The engagement's key, when it has none yet.
        key: Option<NewKey>,
    },
    /// End the engagement.
    End {
        /// The engagement.
        engagement: Number,
        /// How.
        how: EngagementEnd,
        /// When.
        happened: Day,
        /// Why; must say something unless it is done.
        why: Option<String>,
    },
    /// Note that a firm must keep away from a company.
    Conflict {
        /// The firm.
        organisation: Number,
        /// The company.
        company: Number,
        /// The reason by name.
        reason: ConflictReason,
        /// The case, when it is about one.
        case: Option<Number>,
        /// Until when.
        until: Option<Day>,
        /// More of it.
        why: Option<String>,
    },
    /// That reason is gone.
    Clear {
        /// The firm.
        organisation: Number,
        /// The company.
        company: Number,
        /// When.
        happened: Day,
        /// Why.
        why: String,
    },
}

/// Records what a procurement came to.
#[derive(Clone, Debug)]
pub struct Procure {
    /// What it is called.
    pub title: String,
    /// The project's number at the procurement platform.
    pub reference: String,
    /// The day of the award.
    pub happened: Day,
    /// The criteria, each with its points: `方案=40`.
    pub criteria: Vec<(String, u32)>,
    /// The bids: who, the points in hundredths by criterion, and whether it was awarded.
    pub bids: Vec<Bid>,
    /// The contract's number.
    pub contract: Option<String>,
    /// The contract's amount, in fen.
    pub amount: u64,
    /// The contract's first day.
    pub from: Day,
    /// Its last day.
    pub until: Day,
}

/// A bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bid {
    /// Whose.
    pub organisation: Number,
    /// Points by criterion, in hundredths.
    pub points: Vec<u32>,
    /// Whether it was awarded.
    pub awarded: bool,
}

/// Engages a firm for a company.
#[derive(Clone, Debug)]
pub struct Engage {
    /// The firm.
    pub organisation: Number,
    /// The company.
    pub company: Number,
    /// The procurement it rests on.
    pub procurement: Option<Number>,
    /// What is to be done, in a few words.
    pub title: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// Whether it is a pilot with deep service.
    pub pilot: bool,
    /// What the firm declared about conflicts.
    pub declared: String,
}

impl Wish {
    /// What must be looked up before the wish can be decided.
    pub(crate) fn needs(&self) -> Vec<Need> {
        let mut needs: Vec<Need> = self.acting.map(Need::Desk).into_iter().collect();
        match &self.deed {
            Deed::Procure(c) => {
                needs.push(Need::Last(Series::Procurement));
                needs.extend(c.bids.iter().map(|bid| Need::Desk(bid.organisation)));
            }
            Deed::Engage(c) => {
                needs.extend([Need::Last(Series::Engagement), Need::Desk(c.organisation)]);
                needs.extend([Need::Company(c.company)]);
                needs.push(Need::Against(c.organisation, c.company));
                needs.extend(c.procurement.map(Need::Desk));
            }
            Deed::Plan { engagement, .. }
            | Deed::Log { engagement, .. }
            | Deed::Deliver { engagement, .. }
            | Deed::Accept { engagement, .. }
            | Deed::Pay { engagement, .. }
            | Deed::Rate { engagement, .. }
            | Deed::End { engagement, .. } => needs.push(Need::Desk(*engagement)),
            Deed::Conflict { organisation, company, case, .. } => {
                needs.extend([Need::Desk(*organisation), Need::Company(*company)]);
                needs.push(Need::Against(*organisation, *company));
                needs.extend(case.map(Need::Desk));
            }
            Deed::Clear { organisation, company, .. } => {
                needs.extend([Need::Desk(*organisation), Need::Company(*company)]);
                needs.push(Need::Against(*organisation, *company));
            }
        }
        needs
    }
}
