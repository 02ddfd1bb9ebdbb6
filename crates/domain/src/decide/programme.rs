//! The one-to-one programme: nobody is engaged against a conflict, nothing is paid before what it
//! waits for is accepted.

use super::{Decision, Desk, Draft, in_order, maybe_text, text, title};
use crate::event;
use crate::facts::{DeskHead, EngagementHead, ItemHead};
use crate::number::{Number, Series};
use crate::programme::{Deed, Engage, Procure, Wish};
use crate::refusal::Refusal;
use crate::terms::{ConflictReason, EngagementEnd, ItemSort, OrganisationKind, Service};

/// The most items of an engagement.
const ITEMS_MAX: usize = 200;
/// The most bids and criteria of a procurement.
const BIDS_MAX: usize = 100;
/// The most minutes of one entry of a work log: a day.
const MINUTES_MAX: u32 = 24 * 60;

impl Desk<'_> {
    pub(super) fn programme(&self, wish: Wish) -> Result<Decision, Refusal> {
        let acting = wish.acting;
        if let Some(acting) = acting {
            self.body(acting)?;
        }
        let by = self.by();
        match wish.deed {
            Deed::Procure(c) => self.procure(acting, *c),
            Deed::Engage(c) => self.engage(acting, *c),
            Deed::Plan { engagement, sort, title: name, due, amount, after } => {
                let head = self.engagement(engagement)?;
                self.works_for(acting, head)?;
                if head.items.len() >= ITEMS_MAX {
                    return Err(Refusal::TooMany("field-items", ITEMS_MAX));
                }
                let money = sort == ItemSort::Payment;
                if money && amount == 0 {
                    return Err(Refusal::Blank("field-amount"));
                }
                if let Some(after) = after {
                    self.item(engagement, head, after)?;
                }
                in_order(Some(head.from), Some(due))?;
                let planned = event::EngagementPlanned {
                    by,
                    engagement,
                    item: head.items.len() as u32 + 1,
                    sort,
                    title: title("field-title", name)?,
                    due,
                    amount: if money { amount } else { 0 },
                    waits: after.filter(|_| money),
                };
                Ok(Decision::one(planned).made(engagement))
            }
            Deed::Log { engagement, item, happened, minutes, what, note, key } => {
                let head = self.engagement(engagement)?;
                self.works_for(acting, head)?;
                if let Some(item) = item {
                    self.item(engagement, head, item)?;
                }
                self.not_in_future("field-happened", Some(happened))?;
                if minutes == 0 || minutes > MINUTES_MAX {
                    return Err(Refusal::TooMany("field-minutes", MINUTES_MAX as usize));
                }
                let what = title("field-what", what)?;
                let logged =
                    event::EngagementLogged { by, engagement, item, happened, minutes, what };
                let mut decision = Decision::one(logged).made(engagement);
                decision.drafts[0].envelopes.extend(note.map(|note| ("note", note)));
                Ok(decision.keyed(engagement, key))
            }
            Deed::Deliver { engagement, item, happened, note, key } => {
                let head = self.engagement(engagement)?;
                self.works_for(acting, head)?;
                self.not_in_future("field-happened", Some(happened))?;
                match self.item(engagement, head, item)? {
                    ItemHead { sort: ItemSort::Payment, .. } => {
                        return Err(Refusal::IsPayment(engagement, item));
                    }
                    ItemHead { accepted: true, .. } => {
                        return Err(Refusal::AcceptedAlready(engagement, item));
                    }
                    _ => {}
                }
                let delivered = event::EngagementDelivered { by, engagement, item, happened };
                let mut decision = Decision::one(delivered).made(engagement);
                decision.drafts[0].envelopes.push(("note", note));
                Ok(decision.keyed(engagement, key))
            }
            Deed::Accept { engagement, item, accepted, happened, why } => {
                let head = self.engagement(engagement)?;
                the_station(acting, head.organisation)?;
                self.not_in_future("field-happened", Some(happened))?;
                match self.item(engagement, head, item)? {
                    ItemHead { accepted: true, .. } => {
                        return Err(Refusal::AcceptedAlready(engagement, item));
                    }
                    ItemHead { delivered: false, .. } => {
                        return Err(Refusal::NotDelivered(engagement, item));
                    }
                    _ => {}
                }
                let why = match accepted {
                    true => maybe_text("field-why", why)?,
                    false => Some(text("field-why", why.unwrap_or_default())?),
                };
                let looked =
                    event::EngagementAccepted { by, engagement, item, accepted, happened, why };
                Ok(Decision::one(looked).made(engagement))
            }
            Deed::Pay { engagement, item, happened } => {
                let head = self.engagement(engagement)?;
                the_station(acting, head.organisation)?;
                self.not_in_future("field-happened", Some(happened))?;
                let one = self.item(engagement, head, item)?;
                if one.sort != ItemSort::Payment {
                    return Err(Refusal::NoPayment(engagement, item));
                }
                if one.accepted {
                    return Err(Refusal::AcceptedAlready(engagement, item));
                }
                if let Some(after) = one.after
                    && !self.item(engagement, head, after)?.accepted
                {
                    return Err(Refusal::NotDelivered(engagement, after));
                }
                let amount = one.amount;
                let paid = event::EngagementPaid { by, engagement, item, happened, amount };
                Ok(Decision::one(paid).made(engagement))
            }
            Deed::Rate { engagement, mark, happened, note, key } => {
                let head = self.any_engagement(engagement)?;
                the_station(acting, head.organisation)?;
                self.not_in_future("field-happened", Some(happened))?;
                if !(1..=5).contains(&mark) {
                    return Err(Refusal::TooMany("field-mark", 5));
                }
                let rated = event::EngagementRated { by, engagement, mark, happened };
                let mut decision = Decision::one(rated).made(engagement);
                decision.drafts[0].envelopes.extend(note.map(|note| ("note", note)));
                Ok(decision.keyed(engagement, key))
            }
            Deed::End { engagement, how, happened, why } => {
                let head = self.engagement(engagement)?;
                the_station(acting, head.organisation)?;
                self.not_in_future("field-happened", Some(happened))?;
                let open = head.items.iter().position(|item| !item.accepted);
                if let (EngagementEnd::Done, Some(at)) = (how, open) {
                    return Err(Refusal::NotDelivered(engagement, at as u32 + 1));
                }
                let why = match how {
                    EngagementEnd::Done => maybe_text("field-why", why)?,
                    EngagementEnd::Terminated => Some(text("field-why", why.unwrap_or_default())?),
                };
                let ended = event::EngagementEnded { by, engagement, how, happened, why };
                Ok(Decision::one(ended).made(engagement))
            }
            Deed::Conflict { organisation, company, reason, case, until, why } => {
                self.body(organisation)?;
                // Who must keep away says so itself, or the station does.
                if acting.is_some_and(|acting| acting != organisation) {
                    return Err(Refusal::NotYours(organisation));
                }
                self.company(company)?;
                if let Some(case) = case {
                    self.head(case, Series::Case)?;
                }
                if until.is_some_and(|until| until < self.facts.today) {
                    return Err(Refusal::DueIsPast);
                }
                let why = maybe_text("field-why", why)?;
                let noted =
                    event::FirmConflicted { by, organisation, company, reason, case, until, why };
                Ok(Decision::one(noted).made(organisation))
            }
            Deed::Clear { organisation, company, happened, why } => {
                self.body(organisation)?;
                the_station(acting, organisation)?;
                self.not_in_future("field-happened", Some(happened))?;
                let recorded = |(reason, _): &(ConflictReason, Option<Number>)| {
                    *reason != ConflictReason::Client
                };
                if !self.against(organisation, company).iter().any(recorded) {
                    return Err(Refusal::NoConflict(organisation, company));
                }
                let why = text("field-why", why)?;
                let cleared = event::FirmCleared { by, organisation, company, happened, why };
                Ok(Decision::one(cleared).made(organisation))
            }
        }
    }

    fn procure(&self, acting: Option<Number>, c: Procure) -> Result<Decision, Refusal> {
        let no = self.next(Series::Procurement);
        the_station(acting, no)?;
        self.not_in_future("field-happened", Some(c.happened))?;
        in_order(Some(c.from), Some(c.until))?;
        if c.criteria.is_empty() {
            return Err(Refusal::Blank("field-criteria"));
        }
        if c.bids.len() > BIDS_MAX || c.criteria.len() > BIDS_MAX {
            return Err(Refusal::TooMany("field-bids", BIDS_MAX));
        }
        let mut scores = Vec::new();
        for bid in &c.bids {
            self.body(bid.organisation)?;
            if bid.points.len() != c.criteria.len() {
                return Err(Refusal::PointsMissing(bid.organisation.to_string()));
            }
            for ((name, most), points) in c.criteria.iter().zip(&bid.points) {
                if *points > most * 100 {
                    return Err(Refusal::TooManyPoints(name.clone(), *most));
                }
            }
            let points: Vec<String> = bid.points.iter().map(ToString::to_string).collect();
            scores.push(format!("{}={}", bid.organisation, points.join("/")));
        }
        let awarded: Vec<Number> =
            c.bids.iter().filter(|bid| bid.awarded).map(|bid| bid.organisation).collect();
        if awarded.is_empty() {
            return Err(Refusal::NobodyAwarded);
        }
        let mut criteria = Vec::new();
        for (name, most) in c.criteria {
            criteria.push(format!("{}={most}", title("field-criteria", name.replace('=', " "))?));
        }
        let contract = c.contract.filter(|text| !text.trim().is_empty());
        let recorded = event::ProcurementRecorded {
            by: self.by(),
            no,
            title: title("field-title", c.title)?,
            reference: title("field-reference", c.reference)?,
            happened: c.happened,
            criteria,
            scores,
            awarded,
            contract: contract.map(|text| title("field-contract", text)).transpose()?,
            amount: c.amount,
            from: c.from,
            until: c.until,
        };
        Ok(Decision::one(recorded).made(no))
    }

    fn engage(&self, acting: Option<Number>, c: Engage) -> Result<Decision, Refusal> {
        let no = self.next(Series::Engagement);
        the_station(acting, no)?;
        let firm = self.body(c.organisation)?;
        if firm.kind != OrganisationKind::Firm {
            return Err(Refusal::NotAFirm(c.organisation));
        }
        self.company(c.company)?;
        in_order(Some(c.from), Some(c.until))?;
        if let Some((reason, thing)) = self.against(c.organisation, c.company).first() {
            return Err(Refusal::FirmConflict(c.organisation, c.company, *reason, *thing));
        }
        if let Some(procurement) = c.procurement {
            let DeskHead::Procurement(awarded) = self.head(procurement, Series::Procurement)?
            else {
                return Err(Refusal::Unknown(procurement));
            };
            if !awarded.contains(&c.organisation) {
                return Err(Refusal::NotAwarded(procurement, c.organisation));
            }
        }
        let firm = firm.name.clone();
        let opened = event::EngagementOpened {
            by: self.by(),
            no,
            organisation: c.organisation,
            company: c.company,
            procurement: c.procurement,
            title: title("field-title", c.title)?,
            from: c.from,
            until: c.until,
            pilot: c.pilot,
            declared: text("field-declared", c.declared)?,
        };
        let what = opened.title.clone();
        let mut decision = Decision::one(opened).made(no);
        let happened = c.from.min(self.facts.today);
        // It counts in the directory and in coverage like any other service.
        decision.drafts.push(Draft::plain(event::ServiceGiven {
            by: self.by(),
            company: c.company,
            service: Service::OneToOne,
            happened,
            what,
            who: Some(firm),
        }));
        Ok(decision)
    }

    /// Why a firm must keep away from a company, the first reason first.
    fn against(
        &self,
        organisation: Number,
        company: Number,
    ) -> &[(ConflictReason, Option<Number>)] {
        self.facts.against.get(&(organisation, company)).map(Vec::as_slice).unwrap_or_default()
    }

    fn any_engagement(&self, no: Number) -> Result<&EngagementHead, Refusal> {
        match self.head(no, Series::Engagement)? {
            DeskHead::Engagement(head) => Ok(head),
            _ => Err(Refusal::Unknown(no)),
        }
    }

    fn engagement(&self, no: Number) -> Result<&EngagementHead, Refusal> {
        match self.any_engagement(no)? {
            head if head.ended => Err(Refusal::Ended(no)),
            head => Ok(head),
        }
    }

    fn item<'h>(
        &self,
        no: Number,
        head: &'h EngagementHead,
        item: u32,
    ) -> Result<&'h ItemHead, Refusal> {
        let at = (item as usize).checked_sub(1);
        at.and_then(|at| head.items.get(at)).ok_or(Refusal::NoItem(no, item))
    }

    /// The firm itself, or the station.
    fn works_for(&self, acting: Option<Number>, head: &EngagementHead) -> Result<(), Refusal> {
        match acting {
            Some(acting) if acting != head.organisation => {
                Err(Refusal::NotYours(head.organisation))
            }
            _ => Ok(()),
        }
    }
}

/// What only the station does.
fn the_station(acting: Option<Number>, of: Number) -> Result<(), Refusal> {
    if acting.is_some() { Err(Refusal::NotYours(of)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Command;
    use crate::decide::decide;
    use crate::facts::{CompanyHead, Facts, OrganisationHead};
    use crate::moment::{Day, Moment};
    use crate::terms::{CompanyKind, Role};

    fn no(series: Series, count: u32) -> Number {
        Number { series, count }
    }

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    /// A firm, a court, a company, and an engagement with a result and a payment that waits for it.
    fn facts() -> Facts {
        let mut facts = Facts::at(Moment(0), day("2026-11-24"), None);
        facts.role = Some(Role::Station);
        for (count, kind) in [(1, OrganisationKind::Firm), (2, OrganisationKind::Court)] {
            let head = OrganisationHead { name: "某机构".into(), kind, ended: false };
            facts.desk.insert(no(Series::Organisation, count), DeskHead::Organisation(head));
        }
        let kind = CompanyKind::Company;
        let head = CompanyHead { edition: 1, kind, code: None, merged_into: None };
        facts.companies.insert(no(Series::Company, 1), head);
        let item = |sort, after| ItemHead {
            sort,
            delivered: false,
            accepted: false,
            amount: 1_000,
            after,
        };
        let head = EngagementHead {
            organisation: no(Series::Organisation, 1),
            company: no(Series::Company, 1),
            from: day("2026-01-01"),
            ended: false,
            items: vec![item(ItemSort::Result, None), item(ItemSort::Payment, Some(1))],
        };
        facts.desk.insert(no(Series::Engagement, 1), DeskHead::Engagement(head));
        facts
    }

    fn wish(acting: Option<Number>, deed: Deed) -> Command {
        Command::Programme(Wish { acting, deed })
    }

    fn said(facts: &Facts, acting: Option<Number>, deed: Deed) -> Result<(), Refusal> {
        decide(facts, "owner", wish(acting, deed)).map(|_| ())
    }

    fn engage(firm: u32) -> Deed {
        Deed::Engage(Box::new(Engage {
            organisation: no(Series::Organisation, firm),
            company: no(Series::Company, 1),
            procurement: None,
            title: "一对一服务".into(),
            from: day("2026-11-24"),
            until: day("2027-11-23"),
            pilot: true,
            declared: "没有利益冲突".into(),
        }))
    }

    #[test]
    fn a_firm_is_engaged_unless_a_named_reason_stands_against_it() {
        let mut facts = facts();
        let (firm, company) = (no(Series::Organisation, 1), no(Series::Company, 1));
        assert_eq!(said(&facts, None, engage(1)), Ok(()));
        let court = no(Series::Organisation, 2);
        assert_eq!(said(&facts, None, engage(2)), Err(Refusal::NotAFirm(court)));
        let by_itself = said(&facts, Some(firm), engage(1));
        assert_eq!(by_itself, Err(Refusal::NotYours(no(Series::Engagement, 1))));
        for reason in ConflictReason::ALL {
            let case = Some(no(Series::Case, 3));
            facts.against.insert((firm, company), vec![(*reason, case)]);
            let refused = Refusal::FirmConflict(firm, company, *reason, case);
            assert_eq!(said(&facts, None, engage(1)), Err(refused), "{}", reason.word());
        }
    }

    #[test]
    fn nothing_is_paid_before_what_it_waits_for_is_accepted() {
        let mut facts = facts();
        let engagement = no(Series::Engagement, 1);
        let happened = day("2026-11-24");
        let pay = |item| Deed::Pay { engagement, item, happened };
        let accept = |accepted, why: Option<&str>| Deed::Accept {
            engagement,
            item: 1,
            accepted,
            happened,
            why: why.map(Into::into),
        };
        assert_eq!(said(&facts, None, pay(1)), Err(Refusal::NoPayment(engagement, 1)));
        assert_eq!(said(&facts, None, pay(2)), Err(Refusal::NotDelivered(engagement, 1)));
        assert_eq!(said(&facts, None, pay(9)), Err(Refusal::NoItem(engagement, 9)));
        let early = Err(Refusal::NotDelivered(engagement, 1));
        assert_eq!(said(&facts, None, accept(true, None)), early);
        let end = Deed::End { engagement, how: EngagementEnd::Done, happened, why: None };
        assert_eq!(said(&facts, None, end), early);
        let Some(DeskHead::Engagement(head)) = facts.desk.get_mut(&engagement) else {
            panic!("it is there")
        };
        head.items[0].delivered = true;
        assert_eq!(said(&facts, None, accept(false, None)), Err(Refusal::Blank("field-why")));
        assert_eq!(said(&facts, None, accept(true, None)), Ok(()));
        // The firm doesn't accept its own work.
        let firm = no(Series::Organisation, 1);
        let own = said(&facts, Some(firm), accept(true, None));
        assert_eq!(own, Err(Refusal::NotYours(firm)));
        let Some(DeskHead::Engagement(head)) = facts.desk.get_mut(&engagement) else {
            panic!("it is there")
        };
        head.items[0].accepted = true;
        assert_eq!(said(&facts, None, pay(2)), Ok(()));
    }
}
