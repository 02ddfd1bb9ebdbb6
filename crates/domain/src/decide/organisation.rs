//! Organisations: who may act for which, and in which order a request for assistance goes on.

mod desk;

use super::{Decision, Desk, in_order, maybe_text, text, title};
use crate::event;
use crate::facts::{AssistanceHead, DeskHead, OrganisationHead};
use crate::number::{Number, Series};
use crate::organisation::{Add, Ask, Deed, Wish};
use crate::refusal::Refusal;
use crate::terms::{AssistanceState, Closing};

impl Desk<'_> {
    pub(super) fn organisation(&self, wish: Wish) -> Result<Decision, Refusal> {
        let acting = wish.acting;
        if let Some(acting) = acting {
            self.body(acting)?;
        }
        let by = self.by();
        match wish.deed {
            Deed::Add(c) => self.add_organisation(acting, *c),
            Deed::Change { organisation, name, area, contact, key, why } => {
                self.body(organisation)?;
                // Its area decides what its accounts see: they don't set it themselves.
                stations(acting, organisation)?;
                let name = title("field-name", name)?;
                let area = area.filter(|area| !area.trim().is_empty());
                let area = area.map(|area| title("field-area", area)).transpose()?;
                let why = maybe_text("field-why", why)?;
                let changed = event::OrganisationChanged { by, organisation, name, area, why };
                let mut decision = Decision::one(changed).made(organisation);
                decision.drafts[0].envelopes.extend(contact.map(|sealed| ("contact", sealed)));
                Ok(decision.keyed(organisation, key))
            }
            Deed::End { organisation, happened, why } => {
                self.body(organisation)?;
                stations(acting, organisation)?;
                self.not_in_future("field-happened", Some(happened))?;
                let why = text("field-why", why)?;
                let ended = event::OrganisationEnded { by, organisation, happened, why };
                Ok(Decision::one(ended).made(organisation))
            }
            Deed::Enrol { organisation, company, happened, post } => {
                self.body(organisation)?;
                // So do its members.
                stations(acting, organisation)?;
                self.company(company)?;
                self.not_in_future("field-happened", Some(happened))?;
                if self.facts.members.contains(&(organisation, company)) {
                    return Err(Refusal::MemberAlready(organisation, company));
                }
                let post = post.filter(|post| !post.trim().is_empty());
                let post = post.map(|post| title("field-post", post)).transpose()?;
                let joined = event::MemberJoined { by, organisation, company, happened, post };
                Ok(Decision::one(joined).made(organisation))
            }
            Deed::Leave { organisation, company, happened, why } => {
                self.body(organisation)?;
                acts_for(acting, organisation)?;
                self.not_in_future("field-happened", Some(happened))?;
                if !self.facts.members.contains(&(organisation, company)) {
                    return Err(Refusal::NotAMember(organisation, company));
                }
                let why = maybe_text("field-why", why)?;
                let left = event::MemberLeft { by, organisation, company, happened, why };
                Ok(Decision::one(left).made(organisation))
            }
            Deed::Ask(c) => self.ask_assistance(acting, *c),
            deed @ (Deed::Take { .. }
            | Deed::TakeIn(..)
            | Deed::Answer { .. }
            | Deed::Follow { .. }) => self.at_desk(acting, deed),
            Deed::Receive { assistance, organisation, happened, reference } => {
                let head = self.open_assistance(assistance)?;
                let organisation = self.part_in(assistance, head, acting, organisation)?;
                self.not_in_future("field-happened", Some(happened))?;
                if !awaits_receipt(head, organisation) {
                    return Err(Refusal::ReceivedAlready(assistance));
                }
                let reference = reference.filter(|text| !text.trim().is_empty());
                let reference = reference.map(|text| title("field-reference", text)).transpose()?;
                let received =
                    event::AssistanceReceived { by, assistance, organisation, happened, reference };
                Ok(Decision::one(received).made(assistance))
            }
            Deed::Triage { assistance, unit, urgent, why } => {
                let head = self.open_assistance(assistance)?;
                self.part_in(assistance, head, acting, None)?;
                if head.state == AssistanceState::Asked {
                    return Err(Refusal::NotReceived(assistance));
                }
                let unit = title("field-unit", unit)?;
                let why = maybe_text("field-why", why)?;
                let triaged = event::AssistanceTriaged { by, assistance, unit, urgent, why };
                Ok(Decision::one(triaged).made(assistance))
            }
            Deed::Reply { assistance, organisation, answer, happened, text, key } => {
                let head = self.open_assistance(assistance)?;
                let organisation = self.part_in(assistance, head, acting, organisation)?;
                self.not_in_future("field-happened", Some(happened))?;
                if awaits_receipt(head, organisation) {
                    return Err(Refusal::NotReceived(assistance));
                }
                let replied =
                    event::AssistanceReplied { by, assistance, organisation, answer, happened };
                let mut decision = Decision::one(replied).made(assistance);
                decision.drafts[0].envelopes.push(("text", text));
                Ok(decision.keyed(assistance, key))
            }
            Deed::Escalate { assistance, to, happened, due, why } => {
                let head = self.open_assistance(assistance)?;
                acts_for(acting, head.from)?;
                self.body(to)?;
                self.not_in_future("field-happened", Some(happened))?;
                if to == head.from || to == head.to {
                    return Err(Refusal::NoPartIn(assistance, to));
                }
                if head.escalated.is_some() {
                    return Err(Refusal::EscalatedAlready(assistance));
                }
                let late = head.state != AssistanceState::Replied && head.due < self.facts.today;
                if !late && !head.answer.is_some_and(|answer| answer.turned_down()) {
                    return Err(Refusal::NotLate(assistance, head.due));
                }
                if due < self.facts.today {
                    return Err(Refusal::DueIsPast);
                }
                let why = text("field-why", why)?;
                let escalated =
                    event::AssistanceEscalated { by, assistance, to, happened, due, why };
                Ok(Decision::one(escalated).made(assistance))
            }
            Deed::Close { assistance, how, happened, why } => {
                let head = self.open_assistance(assistance)?;
                acts_for(acting, head.from)?;
                self.not_in_future("field-happened", Some(happened))?;
                if how == Closing::Settled && head.answer.is_none() {
                    return Err(Refusal::Unanswered(assistance));
                }
                let why = match how {
                    Closing::Settled => maybe_text("field-why", why)?,
                    Closing::Referred | Closing::Withdrawn => {
                        Some(text("field-why", why.unwrap_or_default())?)
                    }
                };
                let closed = event::AssistanceClosed { by, assistance, how, happened, why };
                Ok(Decision::one(closed).made(assistance))
            }
        }
    }

    fn add_organisation(&self, acting: Option<Number>, c: Add) -> Result<Decision, Refusal> {
        let no = self.next(Series::Organisation);
        stations(acting, no)?;
        let area = c.area.filter(|area| !area.trim().is_empty());
        let added = event::OrganisationAdded {
            by: self.by(),
            no,
            name: title("field-name", c.name)?,
            sort: c.kind,
            area: area.map(|area| title("field-area", area)).transpose()?,
        };
        let mut decision = Decision::one(added).made(no);
        decision.drafts[0].envelopes.extend(c.contact.map(|contact| ("contact", contact)));
        Ok(decision.keyed(no, c.key))
    }

    fn ask_assistance(&self, acting: Option<Number>, c: Ask) -> Result<Decision, Refusal> {
        let no = self.next(Series::Assistance);
        self.body(c.from)?;
        acts_for(acting, c.from)?;
        if c.from == c.to {
            return Err(Refusal::AsksItself);
        }
        match c.to.series {
            // Members of an alliance or association help each other through it.
            Series::Company => {
                self.company(c.to)?;
                if !self.facts.members.contains(&(c.from, c.to)) {
                    return Err(Refusal::NotAMember(c.from, c.to));
                }
            }
            _ => {
                self.body(c.to)?;
            }
        }
        if let Some(company) = c.company {
            self.company(company)?;
        }
        for (thing, series) in
            [(c.case, Series::Case), (c.request, Series::Request), (c.follows, Series::Assistance)]
        {
            if let Some(thing) = thing {
                self.head(thing, series)?;
            }
        }
        if let Some(follows) = c.follows {
            let head = self.assistance(follows)?;
            if ![Some(head.from), Some(head.to), head.escalated].contains(&Some(c.from)) {
                return Err(Refusal::NoPartIn(follows, c.from));
            }
        }
        self.not_in_future("field-happened", Some(c.happened))?;
        in_order(Some(c.happened), Some(c.due))?;
        let asked = event::AssistanceAsked {
            by: self.by(),
            no,
            from: c.from,
            to: c.to,
            sort: c.sort,
            title: title("field-title", c.title)?,
            company: c.company,
            case: c.case,
            request: c.request,
            follows: c.follows,
            happened: c.happened,
            due: c.due,
        };
        let mut decision = Decision::one(asked).made(no);
        decision.drafts[0].envelopes.push(("text", c.text));
        Ok(decision.keyed(no, Some(c.key)))
    }

    /// An organisation that takes part.
    pub(super) fn body(&self, no: Number) -> Result<&OrganisationHead, Refusal> {
        match self.head(no, Series::Organisation)? {
            DeskHead::Organisation(head) if head.ended => Err(Refusal::Ended(no)),
            DeskHead::Organisation(head) => Ok(head),
            _ => Err(Refusal::Unknown(no)),
        }
    }

    fn assistance(&self, no: Number) -> Result<&AssistanceHead, Refusal> {
        match self.head(no, Series::Assistance)? {
            DeskHead::Assistance(head) => Ok(head),
            _ => Err(Refusal::Unknown(no)),
        }
    }

    fn open_assistance(&self, no: Number) -> Result<&AssistanceHead, Refusal> {
        match self.assistance(no)? {
            head if head.state == AssistanceState::Closed => Err(Refusal::Ended(no)),
            head => Ok(head),
        }
    }

    /// Who of those that were asked acts: the one that is named, or whoever has the request now.
    fn part_in(
        &self,
        no: Number,
        head: &AssistanceHead,
        acting: Option<Number>,
        named: Option<Number>,
    ) -> Result<Number, Refusal> {
        let has = head.escalated.unwrap_or(head.to);
        let asked = |who: Number| who == head.to || head.escalated == Some(who);
        // A company has no account here: who asked its member writes down what the member says.
        let speaks = |of: Number| of.series == Series::Company && acting == Some(head.from);
        let who = named.or(acting.filter(|acting| asked(*acting))).unwrap_or(has);
        if !asked(who) {
            return Err(Refusal::NoPartIn(no, who));
        }
        if !speaks(who) {
            acts_for(acting, who)?;
        }
        Ok(who)
    }
}

/// Whether an organisation has yet to say that it received the request.
fn awaits_receipt(head: &AssistanceHead, organisation: Number) -> bool {
    match head.state {
        AssistanceState::Asked => true,
        // The first receiver has it; the third one has not.
        AssistanceState::Escalated => head.escalated == Some(organisation),
        _ => false,
    }
}

/// An account of an organisation acts for it alone.
fn acts_for(acting: Option<Number>, organisation: Number) -> Result<(), Refusal> {
    match acting {
        Some(acting) if acting != organisation => Err(Refusal::NotYours(organisation)),
        _ => Ok(()),
    }
}

/// What only the station does.
fn stations(acting: Option<Number>, organisation: Number) -> Result<(), Refusal> {
    if acting.is_some() { Err(Refusal::NotYours(organisation)) } else { Ok(()) }
}
