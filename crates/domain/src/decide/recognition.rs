//! Recognition: in which order an application goes on, who may review it, and when it may be awarded.

use std::collections::{BTreeMap, BTreeSet};

use super::{Decision, Desk, Draft, maybe_text, text};
use crate::event;
use crate::facts::{DeskHead, RecognitionHead};
use crate::moment::Day;
use crate::number::{Number, Series};
use crate::recognition::{Agree, Apply, Evidence, Review, Rules, Wish};
use crate::refusal::Refusal;
use crate::terms::{Check, RecognitionState, Service, VisitState};

/// So many experts review an application.
const REVIEWERS: usize = 2;

impl Desk<'_> {
    pub(super) fn recognition(&self, wish: Wish) -> Result<Decision, Refusal> {
        match wish {
            Wish::Apply(c) => self.apply_for(*c),
            Wish::Evidence(c) => self.evidence(*c),
            Wish::Assign { recognition, experts, due, rules } => {
                self.assign(recognition, experts, due, &rules)
            }
            Wish::Review(c) => self.review_of(*c),
            Wish::Visit { recognition, visit } => self.visited(recognition, visit),
            Wish::Agree(c) => self.agree(*c),
            Wish::Publish { recognition, until, rules } => {
                let head = self.at(recognition, &[RecognitionState::Passed])?;
                let from = self.facts.today;
                // The day of publication does not count.
                let least = from.plus_days(rules.notice_days.into()).unwrap_or(from);
                let until = until.unwrap_or(least);
                if until < least {
                    return Err(Refusal::NoticeTooShort(least));
                }
                let (by, company) = (self.by(), head.company);
                let published =
                    event::RecognitionPublished { by, recognition, company, from, until };
                Ok(Decision::one(published))
            }
            Wish::Object { recognition, happened, name, text, key } => {
                let head = self.at(recognition, &[RecognitionState::Notice])?;
                self.not_in_future("field-happened", Some(happened))?;
                if head.until.is_none_or(|until| until < happened || until < self.facts.today) {
                    return Err(Refusal::NoticeOver(recognition));
                }
                let (by, company) = (self.by(), head.company);
                let no = head.objections.len() as u32 + 1;
                let objected =
                    event::RecognitionObjected { by, recognition, company, no, happened };
                let mut decision = Decision::one(objected);
                decision.drafts[0].envelopes.extend(name.map(|name| ("name", name)));
                decision.drafts[0].envelopes.push(("text", text));
                Ok(decision.keyed(company, key))
            }
            Wish::Answer { recognition, objection, upheld, happened, why } => {
                let head = self.at(recognition, &[RecognitionState::Notice])?;
                self.not_in_future("field-happened", Some(happened))?;
                match (objection as usize).checked_sub(1).and_then(|at| head.objections.get(at)) {
                    None => return Err(Refusal::NoObjection(recognition, objection)),
                    Some(Some(_)) => {
                        return Err(Refusal::ObjectionAnswered(recognition, objection));
                    }
                    Some(None) => {}
                }
                let (by, company) = (self.by(), head.company);
                let why = text("field-why", why)?;
                Ok(Decision::one(event::RecognitionAnswered {
                    by,
                    recognition,
                    company,
                    objection,
                    upheld,
                    happened,
                    why,
                }))
            }
            Wish::Award { recognition, happened, until, check, code, what } => {
                let company = self.may_award(recognition, happened)?;
                if until < happened {
                    return Err(Refusal::EndsBeforeStart(happened, until));
                }
                let by = self.by();
                let awarded = event::RecognitionAwarded {
                    by,
                    recognition,
                    company,
                    happened,
                    until,
                    check,
                    code,
                };
                let mut decision = Decision::one(awarded);
                decision.drafts.push(self.service(company, Service::Recognition, happened, what));
                Ok(decision)
            }
            Wish::Check { recognition, verdict, happened, next, why } => {
                let head = self.at(recognition, &[RecognitionState::Awarded])?;
                self.not_in_future("field-happened", Some(happened))?;
                if next < happened {
                    return Err(Refusal::EndsBeforeStart(happened, next));
                }
                let why = match verdict {
                    Check::Kept => maybe_text("field-why", why)?,
                    Check::Improve => Some(text("field-why", why.unwrap_or_default())?),
                };
                let (by, company) = (self.by(), head.company);
                Ok(Decision::one(event::RecognitionChecked {
                    by,
                    recognition,
                    company,
                    verdict,
                    happened,
                    next,
                    why,
                }))
            }
            Wish::End { recognition, how, happened, why } => {
                let head = self.recognised(recognition)?;
                self.not_in_future("field-happened", Some(happened))?;
                let awarded = head.state == RecognitionState::Awarded;
                if head.state.is_over() || awarded != how.after_award() {
                    return Err(Refusal::NotAtThisStep(recognition, head.state));
                }
                let (by, company) = (self.by(), head.company);
                let why = text("field-why", why)?;
                let ended =
                    event::RecognitionEnded { by, recognition, company, how, happened, why };
                Ok(Decision::one(ended))
            }
        }
    }

    fn apply_for(&self, c: Apply) -> Result<Decision, Refusal> {
        let no = self.next(Series::Recognition);
        self.company(c.company)?;
        self.not_in_future("field-happened", Some(c.happened))?;
        let stem = Rules::stem(&c.rules.scheme);
        if let Some(&known) = self.facts.recognised.get(&(c.company, stem.to_owned())) {
            return Err(Refusal::AppliedBefore(known));
        }
        if let Some(under) = c.under {
            let head = self.at(under, &[RecognitionState::Awarded])?;
            if Some(Rules::stem(&head.scheme)) != c.rules.under.as_deref() {
                return Err(Refusal::WrongLayer(under));
            }
        }
        let applied = event::RecognitionApplied {
            by: self.by(),
            no,
            company: c.company,
            scheme: c.rules.scheme,
            under: c.under,
            source: maybe_text("field-by-letter", c.source)?,
            happened: c.happened,
        };
        let mut decision = Decision::one(applied).made(no);
        decision.drafts[0].envelopes.extend(c.statement.map(|text| ("statement", text)));
        Ok(decision.keyed(c.company, c.key))
    }

    fn evidence(&self, c: Evidence) -> Result<Decision, Refusal> {
        let open = [RecognitionState::Applied, RecognitionState::Assigned];
        let head = self.at(c.recognition, &open)?;
        if !c.rules.points.contains_key(&c.criterion) {
            return Err(Refusal::NoCriterion(c.criterion));
        }
        if c.note.is_none() && c.papers.stored.is_empty() && c.proved.is_none() {
            return Err(Refusal::Blank("field-evidence"));
        }
        let mut decision = Decision { drafts: vec![], keys: vec![], number: None };
        let given = c.papers.stored.len() as u32;
        self.add_papers(&mut decision, c.recognition, head.papers, c.papers)?;
        let (entry, log) = c.proved.unzip();
        let evidenced = event::RecognitionEvidenced {
            by: self.by(),
            recognition: c.recognition,
            company: head.company,
            criterion: c.criterion,
            papers: (head.papers + 1..=head.papers + given).collect(),
            entry,
            log,
        };
        let envelopes = c.note.map(|note| ("note", note)).into_iter().collect();
        decision.drafts.push(Draft { event: evidenced.into(), envelopes });
        Ok(decision.keyed(head.company, c.key))
    }

    fn assign(
        &self,
        recognition: Number,
        experts: Vec<Number>,
        due: Day,
        rules: &Rules,
    ) -> Result<Decision, Refusal> {
        let open = [RecognitionState::Applied, RecognitionState::Assigned];
        let head = self.at(recognition, &open)?;
        let missing = rules.must.iter().filter(|id| !head.evidenced.contains(*id)).count();
        if missing > 0 {
            return Err(Refusal::EvidenceMissing(recognition, missing));
        }
        let experts: Vec<Number> =
            experts.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        if experts.len() != REVIEWERS {
            return Err(Refusal::TwoReviewers);
        }
        if !head.reviews.is_empty() {
            return Err(Refusal::ReviewBegun(recognition));
        }
        let mut houses = BTreeSet::new();
        for &expert in &experts {
            self.may_serve(expert, head.company)?;
            houses.insert(&self.expert(expert)?.organisation);
        }
        if houses.len() < REVIEWERS {
            return Err(Refusal::SameHouse(experts[0], experts[1]));
        }
        let (by, company) = (self.by(), head.company);
        Ok(Decision::one(event::RecognitionAssigned { by, recognition, company, experts, due }))
    }

    fn review_of(&self, c: Review) -> Result<Decision, Refusal> {
        let head = self.at(c.recognition, &[RecognitionState::Assigned])?;
        self.not_in_future("field-happened", Some(c.happened))?;
        if !head.experts.contains(&c.expert) {
            return Err(Refusal::NotAReviewer(c.expert, c.recognition));
        }
        if head.reviews.iter().any(|(expert, ..)| *expert == c.expert) {
            return Err(Refusal::Reviewed(c.expert, c.recognition));
        }
        self.may_serve(c.expert, head.company)?;
        let (marks, score) = points(&c.marks, &c.rules)?;
        let reviewed = event::RecognitionReviewed {
            by: self.by(),
            recognition: c.recognition,
            company: head.company,
            expert: c.expert,
            marks,
            bars: bars(c.bars, &c.rules)?,
            score,
            happened: c.happened,
        };
        let mut decision = Decision::one(reviewed);
        decision.drafts[0].envelopes.extend(c.note.map(|note| ("note", note)));
        Ok(decision.keyed(head.company, c.key))
    }

    fn visited(&self, recognition: Number, visit: Number) -> Result<Decision, Refusal> {
        let head = self.at(recognition, &[RecognitionState::Assigned])?;
        if visit.series != Series::Visit {
            return Err(Refusal::WrongSeries(visit, Series::Visit));
        }
        let company = head.company;
        match self.facts.desk.get(&visit) {
            Some(DeskHead::Visit(of)) if of.company != company => {
                return Err(Refusal::OfOtherCompany(visit, company));
            }
            Some(DeskHead::Visit(of)) if of.state == VisitState::Made => {}
            Some(DeskHead::Visit(_)) => return Err(Refusal::VisitNotMade(visit)),
            _ => return Err(Refusal::Unknown(visit)),
        }
        let by = self.by();
        Ok(Decision::one(event::RecognitionVisited { by, recognition, company, visit }))
    }

    fn agree(&self, c: Agree) -> Result<Decision, Refusal> {
        let head = self.at(c.recognition, &[RecognitionState::Assigned])?;
        self.not_in_future("field-happened", Some(c.happened))?;
        let [(_, one, bars_one), (_, two, bars_two)] = &*head.reviews else {
            return Err(Refusal::ReviewsMissing(c.recognition));
        };
        if !head.visited {
            return Err(Refusal::NotVisited(c.recognition));
        }
        let differ = one.abs_diff(*two) > 10 * c.rules.apart || bars_one != bars_two;
        let why = maybe_text("field-why", c.why)?;
        let (marks, score, found) = if c.marks.is_empty() {
            if differ {
                return Err(Refusal::ReviewsApart(c.recognition));
            }
            (Vec::new(), (one + two) / 2, bars_one.clone())
        } else {
            let (marks, score) = points(&c.marks, &c.rules)?;
            (marks, score, bars(c.bars, &c.rules)?)
        };
        if differ && why.is_none() {
            return Err(Refusal::Blank("field-why"));
        }
        let agreed = event::RecognitionAgreed {
            by: self.by(),
            recognition: c.recognition,
            company: head.company,
            passed: found.is_empty() && score >= 10 * c.rules.pass,
            marks,
            bars: found,
            score,
            happened: c.happened,
            why,
        };
        Ok(Decision::one(agreed))
    }

    /// Whose recognition it is, when it may be awarded on a day.
    fn may_award(&self, recognition: Number, happened: Day) -> Result<Number, Refusal> {
        let head = self.at(recognition, &[RecognitionState::Notice])?;
        self.not_in_future("field-happened", Some(happened))?;
        if head.until.is_some_and(|until| happened <= until) {
            return Err(Refusal::NoticeRuns(recognition, head.until.unwrap_or(happened)));
        }
        for (at, upheld) in (1..).zip(&head.objections) {
            match upheld {
                None => return Err(Refusal::ObjectionOpen(recognition, at)),
                Some(true) => return Err(Refusal::ObjectionUpheld(recognition, at)),
                Some(false) => {}
            }
        }
        Ok(head.company)
    }

    fn recognised(&self, no: Number) -> Result<&RecognitionHead, Refusal> {
        if no.series != Series::Recognition {
            return Err(Refusal::WrongSeries(no, Series::Recognition));
        }
        self.facts.recognitions.get(&no).ok_or(Refusal::Unknown(no))
    }

    /// A recognition that is in one of these states.
    fn at(&self, no: Number, states: &[RecognitionState]) -> Result<&RecognitionHead, Refusal> {
        let head = self.recognised(no)?;
        if states.contains(&head.state) {
            Ok(head)
        } else {
            Err(Refusal::NotAtThisStep(no, head.state))
        }
    }
}

/// The points of every criterion as the ledger keeps them, and their sum in tenths.
fn points(marks: &BTreeMap<String, u32>, rules: &Rules) -> Result<(Vec<String>, u32), Refusal> {
    if let Some(odd) = marks.keys().find(|id| !rules.points.contains_key(*id)) {
        return Err(Refusal::NoCriterion(odd.clone()));
    }
    let mut sum = 0;
    let mut kept = Vec::new();
    for (id, most) in &rules.points {
        match marks.get(id) {
            Some(mark) if mark <= most => {
                sum += 10 * mark;
                kept.push(format!("{id}={mark}"));
            }
            Some(_) => return Err(Refusal::TooManyPoints(id.clone(), *most)),
            None => return Err(Refusal::PointsMissing(id.clone())),
        }
    }
    Ok((kept, sum))
}

fn bars(found: Vec<String>, rules: &Rules) -> Result<Vec<String>, Refusal> {
    let found: BTreeSet<String> = found.into_iter().collect();
    match found.iter().find(|id| !rules.bars.contains(id)) {
        Some(odd) => Err(Refusal::NoCriterion(odd.clone())),
        None => Ok(found.into_iter().collect()),
    }
}

#[cfg(test)]
mod tests;
