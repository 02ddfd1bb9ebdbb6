//! The workstation: who may be asked, and in which order a request, a visit and a prescription go on.

use std::collections::BTreeSet;

use super::{Decision, Desk, Draft, in_order, maybe_text, text, title};
use crate::command::NewKey;
use crate::event;
use crate::facts::{DeskHead, ExpertHead, PrescriptionHead, RequestHead, VisitHead};
use crate::moment::Day;
use crate::number::{Number, Series};
use crate::refusal::Refusal;
use crate::terms::{Closing, Mark, Review, Service, VisitState};
use crate::workstation::{AddExpert, PlanVisit, Receive, RecordVisit, Route, Wish};

/// The most companies an expert keeps away from when joining; more are declared one by one.
const CONFLICTS_MAX: usize = 50;
/// The most points of a checklist.
const POINTS_MAX: usize = 200;
/// The most experts at one visit.
const EXPERTS_MAX: usize = 10;

impl Desk<'_> {
    pub(super) fn workstation(&self, wish: Wish) -> Result<Decision, Refusal> {
        match wish {
            Wish::AddExpert(c) => self.add_expert(*c),
            Wish::Recuse { expert, company, why } => {
                let head = self.expert(expert)?;
                self.company(company)?;
                if head.conflicts.contains(&company) {
                    return Err(Refusal::Recused(expert, company));
                }
                let why = text("field-why", why)?;
                Ok(Decision::one(event::ExpertRecused { by: self.by(), expert, company, why }))
            }
            Wish::Renew { expert, until, why } => {
                self.expert(expert)?;
                if until < self.facts.today {
                    return Err(Refusal::TermOver(expert, until));
                }
                let why = maybe_text("field-why", why)?;
                Ok(Decision::one(event::ExpertRenewed { by: self.by(), expert, until, why }))
            }
            Wish::EndExpert { expert, happened, why } => {
                self.expert(expert)?;
                let why = text("field-why", why)?;
                Ok(Decision::one(event::ExpertEnded { by: self.by(), expert, happened, why }))
            }
            Wish::Receive(c) => self.receive(*c),
            Wish::Route(c) => self.route(*c),
            Wish::Reply { request, expert, happened, text, key } => {
                let head = self.open_request(request)?;
                self.not_in_future("field-happened", Some(happened))?;
                if let Some(expert) = expert {
                    if head.expert != Some(expert) {
                        return Err(Refusal::NotRouted(request, expert));
                    }
                    self.may_serve(expert, head.company)?;
                }
                let (by, company) = (self.by(), head.company);
                let replied = event::RequestReplied { by, request, company, expert, happened };
                let mut decision = Decision::one(replied);
                decision.drafts[0].envelopes.push(("text", text));
                let what = head.title.clone();
                decision.drafts.push(self.service(company, Service::Advice, happened, what));
                Ok(decision.keyed(company, key))
            }
            Wish::Close { request, how, happened, why } => {
                let head = self.open_request(request)?;
                self.not_in_future("field-happened", Some(happened))?;
                if how == Closing::Settled && !head.replied {
                    return Err(Refusal::Unanswered(request));
                }
                let why = match how {
                    Closing::Settled => maybe_text("field-why", why)?,
                    Closing::Referred | Closing::Withdrawn => {
                        Some(text("field-why", why.unwrap_or_default())?)
                    }
                };
                let (by, company) = (self.by(), head.company);
                Ok(Decision::one(event::RequestClosed { by, request, company, how, happened, why }))
            }
            Wish::PlanVisit(c) => self.plan_visit(*c),
            Wish::CancelVisit { visit, why } => {
                let company = self.planned(visit)?.company;
                let why = text("field-why", why)?;
                Ok(Decision::one(event::VisitCancelled { by: self.by(), visit, company, why }))
            }
            Wish::RecordVisit(c) => self.record_visit(*c),
            Wish::Progress { prescription, how, happened, note, key } => {
                let company = self.open_prescription(prescription)?.company;
                self.not_in_future("field-happened", Some(happened))?;
                let by = self.by();
                let progressed =
                    event::PrescriptionProgressed { by, prescription, company, how, happened };
                let mut decision = Decision::one(progressed);
                decision.drafts[0].envelopes.extend(note.map(|note| ("note", note)));
                Ok(decision.keyed(company, key))
            }
            Wish::Review { prescription, visit, verdict, happened, due, note, key } => {
                let company = self.open_prescription(prescription)?.company;
                self.not_in_future("field-happened", Some(happened))?;
                if let Some(visit) = visit
                    && self.visit(visit)?.company != company
                {
                    return Err(Refusal::OfOtherCompany(visit, company));
                }
                let due = match (verdict, due) {
                    (Review::Wanting, None) => return Err(Refusal::Blank("field-due")),
                    (Review::Wanting, Some(due)) if due < happened => {
                        return Err(Refusal::EndsBeforeStart(happened, due));
                    }
                    (Review::Wanting, due) => due,
                    (Review::Cured | Review::Dropped, _) => None,
                };
                let reviewed = event::PrescriptionReviewed {
                    by: self.by(),
                    prescription,
                    company,
                    visit,
                    verdict,
                    happened,
                    due,
                };
                let mut decision = Decision::one(reviewed);
                decision.drafts[0].envelopes.extend(note.map(|note| ("note", note)));
                Ok(decision.keyed(company, key))
            }
        }
    }

    fn add_expert(&self, c: AddExpert) -> Result<Decision, Refusal> {
        let no = self.next(Series::Expert);
        in_order(Some(c.from), c.until)?;
        if c.fields.is_empty() {
            return Err(Refusal::Blank("field-expertise"));
        }
        let conflicts: BTreeSet<Number> = c.conflicts.into_iter().collect();
        if conflicts.len() > CONFLICTS_MAX {
            return Err(Refusal::TooMany("field-conflicts", CONFLICTS_MAX));
        }
        for &company in &conflicts {
            self.company(company)?;
        }
        let fields: BTreeSet<_> = c.fields.into_iter().collect();
        let added = event::ExpertAdded {
            by: self.by(),
            no,
            fields: fields.into_iter().collect(),
            organisation: title("field-organisation", c.organisation)?,
            from: c.from,
            until: c.until,
            conflicts: conflicts.into_iter().collect(),
        };
        let mut decision = Decision::one(added).made(no);
        decision.drafts[0].envelopes.push(("name", c.name));
        decision.drafts[0].envelopes.extend(c.contact.map(|contact| ("contact", contact)));
        Ok(decision.keyed(no, Some(c.key)))
    }

    pub(super) fn receive(&self, c: Receive) -> Result<Decision, Refusal> {
        let no = self.next(Series::Request);
        self.company(c.company)?;
        self.not_in_future("field-happened", Some(c.happened))?;
        in_order(Some(c.happened), Some(c.due))?;
        let received = event::RequestReceived {
            by: self.by(),
            no,
            company: c.company,
            channel: c.channel,
            theme: c.theme,
            title: title("field-title", c.title)?,
            happened: c.happened,
            due: c.due,
        };
        let mut decision = Decision::one(received).made(no);
        decision.drafts[0].envelopes.extend(c.text.map(|text| ("text", text)));
        Ok(decision.keyed(c.company, c.key))
    }

    fn route(&self, c: Route) -> Result<Decision, Refusal> {
        let head = self.open_request(c.request)?;
        let body = c.body.filter(|body| !body.trim().is_empty());
        let body = body.map(|body| title("field-body", body)).transpose()?;
        match (c.expert, &body) {
            (Some(expert), None) => self.may_serve(expert, head.company)?,
            (None, Some(_)) => {}
            _ => return Err(Refusal::ExpertOrBody),
        }
        let routed = event::RequestRouted {
            by: self.by(),
            request: c.request,
            company: head.company,
            expert: c.expert,
            body,
            urgent: c.urgent,
            due: c.due,
            why: maybe_text("field-why", c.why)?,
        };
        Ok(Decision::one(routed))
    }

    fn plan_visit(&self, c: PlanVisit) -> Result<Decision, Refusal> {
        let no = self.next(Series::Visit);
        self.company(c.company)?;
        let experts: BTreeSet<Number> = c.experts.into_iter().collect();
        if experts.len() > EXPERTS_MAX {
            return Err(Refusal::TooMany("field-experts", EXPERTS_MAX));
        }
        for &expert in &experts {
            self.may_serve(expert, c.company)?;
        }
        if let Some(request) = c.request
            && self.open_request(request)?.company != c.company
        {
            return Err(Refusal::OfOtherCompany(request, c.company));
        }
        if let Some(follows) = c.follows
            && self.visit(follows)?.company != c.company
        {
            return Err(Refusal::OfOtherCompany(follows, c.company));
        }
        let planned = event::VisitPlanned {
            by: self.by(),
            no,
            company: c.company,
            day: c.day,
            title: title("field-title", c.title)?,
            experts: experts.into_iter().collect(),
            checklist: c.checklist,
            request: c.request,
            follows: c.follows,
        };
        Ok(Decision::one(planned).made(no))
    }

    fn record_visit(&self, c: RecordVisit) -> Result<Decision, Refusal> {
        let head = self.planned(c.visit)?;
        let company = head.company;
        self.not_in_future("field-happened", Some(c.happened))?;
        if c.marks.len() > POINTS_MAX {
            return Err(Refusal::TooMany("field-marks", POINTS_MAX));
        }
        let wanting =
            |point: &str| c.marks.iter().any(|(id, mark)| id == point && *mark == Mark::Wanting);
        let mut seen = BTreeSet::new();
        for prescribed in &c.prescriptions {
            if !wanting(&prescribed.point) || !seen.insert(prescribed.point.clone()) {
                return Err(Refusal::NotWanting(prescribed.point.clone()));
            }
            in_order(Some(c.happened), Some(prescribed.due))?;
        }
        let marks = c.marks.iter().map(|(point, mark)| format!("{point}={}", mark.word()));
        let made = event::VisitMade {
            by: self.by(),
            visit: c.visit,
            company,
            happened: c.happened,
            checklist: head.checklist.clone(),
            marks: marks.collect(),
        };
        let mut decision = Decision::one(made).made(c.visit);
        decision.drafts[0].envelopes.extend(c.note.map(|note| ("note", note)));
        let serve = |service| self.service(company, service, c.happened, head.title.clone());
        decision.drafts.push(serve(Service::Visit));
        if !c.prescriptions.is_empty() {
            decision.drafts.push(serve(Service::Diagnosis));
        }
        let mut no = self.next(Series::Prescription);
        for prescribed in c.prescriptions {
            let written = event::PrescriptionWritten {
                by: self.by(),
                no,
                company,
                visit: c.visit,
                point: prescribed.point,
                theme: prescribed.theme,
                grade: prescribed.grade,
                happened: c.happened,
                due: prescribed.due,
            };
            let envelopes = vec![("finding", prescribed.finding), ("advice", prescribed.advice)];
            decision.drafts.push(Draft { event: written.into(), envelopes });
            no.count += 1;
        }
        Ok(decision.keyed(company, c.key))
    }

    /// What a company had through the workstation counts as a service like any other.
    pub(super) fn service(
        &self,
        company: Number,
        service: Service,
        happened: Day,
        what: String,
    ) -> Draft {
        Draft::plain(event::ServiceGiven {
            by: self.by(),
            company,
            service,
            happened,
            what,
            who: None,
        })
    }

    pub(super) fn head(&self, no: Number, series: Series) -> Result<&DeskHead, Refusal> {
        if no.series != series {
            return Err(Refusal::WrongSeries(no, series));
        }
        self.facts.desk.get(&no).ok_or(Refusal::Unknown(no))
    }

    /// An expert who has not left.
    pub(super) fn expert(&self, no: Number) -> Result<&ExpertHead, Refusal> {
        match self.head(no, Series::Expert)? {
            DeskHead::Expert(head) if head.ended => Err(Refusal::Ended(no)),
            DeskHead::Expert(head) => Ok(head),
            _ => Err(Refusal::Unknown(no)),
        }
    }

    /// Whether an expert may work for a company today.
    pub(super) fn may_serve(&self, no: Number, company: Number) -> Result<(), Refusal> {
        let head = self.expert(no)?;
        match head.until {
            Some(until) if until < self.facts.today => Err(Refusal::TermOver(no, until)),
            _ if head.conflicts.contains(&company) => Err(Refusal::Recused(no, company)),
            _ => Ok(()),
        }
    }

    pub(super) fn open_request(&self, no: Number) -> Result<&RequestHead, Refusal> {
        match self.head(no, Series::Request)? {
            DeskHead::Request(head) if head.closed => Err(Refusal::Ended(no)),
            DeskHead::Request(head) => Ok(head),
            _ => Err(Refusal::Unknown(no)),
        }
    }

    fn visit(&self, no: Number) -> Result<&VisitHead, Refusal> {
        match self.head(no, Series::Visit)? {
            DeskHead::Visit(head) => Ok(head),
            _ => Err(Refusal::Unknown(no)),
        }
    }

    /// A visit that has yet to take place.
    fn planned(&self, no: Number) -> Result<&VisitHead, Refusal> {
        match self.visit(no)? {
            head if head.state == VisitState::Planned => Ok(head),
            _ => Err(Refusal::Ended(no)),
        }
    }

    fn open_prescription(&self, no: Number) -> Result<&PrescriptionHead, Refusal> {
        match self.head(no, Series::Prescription)? {
            DeskHead::Prescription(head) if head.closed => Err(Refusal::Ended(no)),
            DeskHead::Prescription(head) => Ok(head),
            _ => Err(Refusal::Unknown(no)),
        }
    }
}

impl Decision {
    pub(super) fn keyed(mut self, of: Number, key: Option<NewKey>) -> Self {
        self.keys.extend(key.map(|key| (of, key)));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Command, Envelope};
    use crate::decide;
    use crate::facts::{CompanyHead, Facts};
    use crate::moment::Moment;
    use crate::terms::{Channel, CompanyKind, Grade, Pace, Role, Theme};
    use crate::workstation::Prescribe;

    fn no(series: Series, count: u32) -> Number {
        Number { series, count }
    }
    fn qy(count: u32) -> Number {
        no(Series::Company, count)
    }
    fn zj(count: u32) -> Number {
        no(Series::Expert, count)
    }
    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }
    fn sealed() -> Envelope {
        Envelope { key_id: "k".into(), digest: [0; 32], sealed: vec![1] }
    }

    /// 2026-11-25: two companies; ZJ-0001 keeps away from QY-0002, ZJ-0002's term is over, ZJ-0003
    /// has left; SQ-0001 went to ZJ-0001, SQ-0002 is closed; ZF-0001 is arranged, ZF-0002 made;
    /// CF-0001 is open, CF-0002 cured. All but ZF-0002 is of QY-0001.
    fn desk() -> Facts {
        let mut facts = Facts::at(Moment(1_795_000_000_000), day("2026-11-25"), None);
        facts.role = Some(Role::Station);
        let head =
            CompanyHead { edition: 1, kind: CompanyKind::Team, code: None, merged_into: None };
        facts.companies.extend([(qy(1), head), (qy(2), head)]);
        let expert = |until: Option<&str>, ended, conflicts| {
            DeskHead::Expert(ExpertHead {
                until: until.map(day),
                ended,
                organisation: String::new(),
                conflicts,
            })
        };
        facts.desk.insert(zj(1), expert(Some("2026-11-25"), false, vec![qy(2)]));
        facts.desk.insert(zj(2), expert(Some("2026-11-24"), false, vec![]));
        facts.desk.insert(zj(3), expert(None, true, vec![]));
        let request = |expert, replied, closed| {
            let title = "离职员工".into();
            DeskHead::Request(RequestHead {
                company: qy(1),
                title,
                expert,
                organisation: None,
                replied,
                closed,
            })
        };
        facts.desk.insert(no(Series::Request, 1), request(Some(zj(1)), false, false));
        facts.desk.insert(no(Series::Request, 2), request(None, true, true));
        let visit = |company, state| {
            let (title, checklist) = ("问诊".into(), "diagnosis@1".into());
            DeskHead::Visit(VisitHead { company, title, checklist, state })
        };
        facts.desk.insert(no(Series::Visit, 1), visit(qy(1), VisitState::Planned));
        facts.desk.insert(no(Series::Visit, 2), visit(qy(2), VisitState::Made));
        let prescription =
            |closed| DeskHead::Prescription(PrescriptionHead { company: qy(1), closed, steps: 0 });
        facts.desk.insert(no(Series::Prescription, 1), prescription(false));
        facts.desk.insert(no(Series::Prescription, 2), prescription(true));
        facts.last.extend([(Series::Prescription, 2), (Series::Visit, 2), (Series::Request, 2)]);
        facts
    }

    fn decided(wish: Wish) -> Result<Decision, Refusal> {
        decide(&desk(), "owner", Command::Workstation(wish))
    }

    fn route(expert: Option<Number>, body: Option<&str>, request: u32) -> Wish {
        Wish::Route(Box::new(Route {
            request: no(Series::Request, request),
            expert,
            body: body.map(str::to_owned),
            urgent: false,
            due: None,
            why: None,
        }))
    }

    fn plan(company: Number, expert: Number, follows: Option<u32>) -> Wish {
        Wish::PlanVisit(Box::new(PlanVisit {
            company,
            day: day("2026-12-01"),
            title: "走访".into(),
            experts: vec![expert],
            checklist: "diagnosis@1".into(),
            request: None,
            follows: follows.map(|count| no(Series::Visit, count)),
        }))
    }

    fn reply(expert: Option<Number>, request: u32) -> Wish {
        let (request, happened) = (no(Series::Request, request), day("2026-11-25"));
        Wish::Reply { request, expert, happened, text: sealed(), key: None }
    }

    fn close(how: Closing, why: Option<&str>) -> Wish {
        let (request, happened) = (no(Series::Request, 1), day("2026-11-25"));
        Wish::Close { request, how, happened, why: why.map(str::to_owned) }
    }

    fn review(prescription: u32, verdict: Review, due: Option<&str>, visit: Option<u32>) -> Wish {
        Wish::Review {
            prescription: no(Series::Prescription, prescription),
            visit: visit.map(|count| no(Series::Visit, count)),
            verdict,
            happened: day("2026-11-25"),
            due: due.map(day),
            note: None,
            key: None,
        }
    }

    fn record(visit: u32, marks: &[(&str, Mark)], prescribed: &[&str]) -> Wish {
        let prescribe = |point: &&str| Prescribe {
            point: (*point).to_owned(),
            theme: Theme::People,
            grade: Grade::High,
            due: day("2026-12-25"),
            finding: sealed(),
            advice: sealed(),
        };
        Wish::RecordVisit(Box::new(RecordVisit {
            visit: no(Series::Visit, visit),
            happened: day("2026-11-25"),
            marks: marks.iter().map(|(point, mark)| ((*point).to_owned(), *mark)).collect(),
            note: None,
            prescriptions: prescribed.iter().map(prescribe).collect(),
            key: None,
        }))
    }

    #[test]
    fn nobody_works_for_a_company_to_keep_away_from_or_out_of_term() {
        let (over, yesterday) = (zj(2), day("2026-11-24"));
        for (wish, refusal) in [
            (route(Some(over), None, 1), Refusal::TermOver(over, yesterday)),
            (route(Some(zj(3)), None, 1), Refusal::Ended(zj(3))),
            (route(Some(zj(9)), None, 1), Refusal::Unknown(zj(9))),
            (route(Some(qy(1)), None, 1), Refusal::WrongSeries(qy(1), Series::Expert)),
            (route(Some(zj(1)), Some("法院"), 1), Refusal::ExpertOrBody),
            (route(None, Some(" "), 1), Refusal::ExpertOrBody),
            (route(Some(zj(1)), None, 2), Refusal::Ended(no(Series::Request, 2))),
            (plan(qy(2), zj(1), None), Refusal::Recused(zj(1), qy(2))),
            (plan(qy(1), zj(1), Some(2)), Refusal::OfOtherCompany(no(Series::Visit, 2), qy(1))),
        ] {
            assert_eq!(decided(wish), Err(refusal));
        }
        assert!(decided(route(Some(zj(1)), None, 1)).is_ok(), "the last day of a term counts");
        assert!(decided(plan(qy(1), zj(1), None)).is_ok());
        // A conflict that comes up after the request was routed counts, too.
        let mut facts = desk();
        let away = ExpertHead {
            until: None,
            ended: false,
            organisation: String::new(),
            conflicts: vec![qy(1)],
        };
        facts.desk.insert(zj(1), DeskHead::Expert(away));
        let answer = decide(&facts, "owner", Command::Workstation(reply(Some(zj(1)), 1)));
        assert_eq!(answer, Err(Refusal::Recused(zj(1), qy(1))));
    }

    #[test]
    fn a_request_is_answered_by_whom_it_went_to_and_settled_only_when_answered() {
        let request = no(Series::Request, 1);
        assert_eq!(decided(reply(Some(zj(2)), 1)), Err(Refusal::NotRouted(request, zj(2))));
        let tags = |decision: Decision| -> Vec<_> {
            decision.drafts.iter().map(|draft| draft.event.tag()).collect()
        };
        let answered = decided(reply(None, 1)).map(tags);
        assert_eq!(answered, Ok(vec!["request.replied", "service.given"]));
        assert_eq!(decided(close(Closing::Settled, None)), Err(Refusal::Unanswered(request)));
        assert_eq!(decided(close(Closing::Referred, None)), Err(Refusal::Blank("field-why")));
        assert!(decided(close(Closing::Withdrawn, Some("企业已自行解决"))).is_ok());
        let receive = |due: &str| {
            decided(Wish::Receive(Box::new(Receive {
                company: qy(1),
                channel: Channel::Phone,
                theme: Theme::People,
                title: "竞业限制".into(),
                happened: day("2026-11-25"),
                due: day(due),
                text: None,
                key: None,
            })))
        };
        assert_eq!(receive("2026-11-30").map(|made| made.number), Ok(Some(no(Series::Request, 3))));
        assert!(matches!(receive("2026-11-24"), Err(Refusal::EndsBeforeStart(..))));
    }

    #[test]
    fn a_visit_prescribes_only_for_what_is_wanting_and_counts_as_services() {
        let marks = [("list", Mark::Wanting), ("level", Mark::Fine)];
        let made = decided(record(1, &marks, &["list"])).expect("it fits");
        let tags: Vec<_> = made.drafts.iter().map(|draft| draft.event.tag()).collect();
        assert_eq!(tags, ["visit.made", "service.given", "service.given", "prescription.written"]);
        assert!(made.drafts[3].event.about().contains(&no(Series::Prescription, 3)));
        assert_eq!(decided(record(1, &marks, &[])).map(|made| made.drafts.len()), Ok(2));
        for (wish, refusal) in [
            (record(1, &marks, &["level"]), Refusal::NotWanting("level".into())),
            (record(1, &marks, &["list", "list"]), Refusal::NotWanting("list".into())),
            (record(2, &marks, &[]), Refusal::Ended(no(Series::Visit, 2))),
        ] {
            assert_eq!(decided(wish), Err(refusal));
        }
    }

    #[test]
    fn only_a_look_ends_a_prescription() {
        let progress = |count| {
            decided(Wish::Progress {
                prescription: no(Series::Prescription, count),
                how: Pace::Done,
                happened: day("2026-11-25"),
                note: None,
                key: None,
            })
        };
        assert!(progress(1).is_ok());
        assert_eq!(progress(2), Err(Refusal::Ended(no(Series::Prescription, 2))));
        assert!(decided(review(1, Review::Cured, None, Some(1))).is_ok());
        assert!(decided(review(1, Review::Wanting, Some("2026-12-10"), None)).is_ok());
        for (wish, refusal) in [
            (review(1, Review::Wanting, None, None), Refusal::Blank("field-due")),
            (
                review(1, Review::Wanting, Some("2026-11-01"), None),
                Refusal::EndsBeforeStart(day("2026-11-25"), day("2026-11-01")),
            ),
            (
                review(1, Review::Cured, None, Some(2)),
                Refusal::OfOtherCompany(no(Series::Visit, 2), qy(1)),
            ),
            (review(2, Review::Cured, None, None), Refusal::Ended(no(Series::Prescription, 2))),
        ] {
            assert_eq!(decided(wish), Err(refusal));
        }
    }
}
