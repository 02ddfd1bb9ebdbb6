//! Cases: what may be recorded about one, apart from what its procedure says.

use super::{Decision, Desk, maybe_text, text, title};
use crate::casework::{FileItem, OpenCase, TakeStep, Wish};
use crate::event;
use crate::facts::{CaseHead, DeskHead};
use crate::number::{Number, Series};
use crate::refusal::Refusal;

/// Minutes of a day.
const DAY_MINUTES: u16 = 24 * 60;

impl Desk<'_> {
    pub(super) fn casework(&self, wish: Wish) -> Result<Decision, Refusal> {
        match wish {
            Wish::Open(c) => self.open_case(*c),
            Wish::Assign { case, unit, handler, key } => {
                self.case(case)?;
                let unit = title("field-unit", unit)?;
                let mut decision = Decision::one(event::CaseAssigned { by: self.by(), case, unit });
                decision.drafts[0].envelopes.extend(handler.map(|name| ("handler", name)));
                Ok(decision.keyed(case, key))
            }
            Wish::File(c) => self.file_item(*c),
            Wish::Unfile { case, item, why } => {
                if !self.case(case)?.items.contains(&item) {
                    return Err(Refusal::NotOnFile(case, item));
                }
                let why = text("field-why", why)?;
                Ok(Decision::one(event::CaseUnfiled { by: self.by(), case, item, why }))
            }
            Wish::Draw { case, item, lang, filled, key } => {
                self.case(case)?;
                let item = title("field-item", item)?;
                let drawn = event::CaseDrawn { by: self.by(), case, item, lang };
                let mut decision = Decision::one(drawn);
                decision.drafts[0].envelopes.push(("filled", filled));
                Ok(decision.keyed(case, key))
            }
            Wish::Against { case, respondent } => {
                let head = self.case(case)?;
                self.company(respondent)?;
                if head.company == Some(respondent) {
                    return Err(Refusal::AgainstItself(respondent));
                }
                Ok(Decision::one(event::CaseAgainst { by: self.by(), case, respondent }).made(case))
            }
            Wish::Reckon(c) => {
                self.case(c.case)?;
                let mut decision = Decision::one(event::CaseReckoned {
                    by: self.by(),
                    case: c.case,
                    sheet: c.sheet,
                    method: c.method,
                    gives: c.gives,
                    relied: c.relied,
                });
                decision.drafts[0].envelopes.push(("counted", c.counted));
                Ok(decision.keyed(c.case, c.key))
            }
            Wish::Step(c) => self.take_step(*c),
            Wish::Unstep { case, no, state, why } => {
                if self.case(case)?.last_step != Some(no) {
                    return Err(Refusal::NotLastStep(case, no));
                }
                let why = text("field-why", why)?;
                Ok(Decision::one(event::CaseUnstepped { by: self.by(), case, no, state, why }))
            }
        }
    }

    fn open_case(&self, c: OpenCase) -> Result<Decision, Refusal> {
        let no = self.next(Series::Case);
        if let Some(company) = c.company {
            self.company(company)?;
        }
        self.not_in_future("field-happened", Some(c.happened))?;
        let opened = event::CaseOpened {
            by: self.by(),
            no,
            procedure: c.procedure,
            version: c.version,
            state: c.state,
            company: c.company,
            title: title("field-title", c.title)?,
            source: c.source,
            happened: c.happened,
        };
        let mut decision = Decision::one(opened).made(no);
        decision.drafts[0].envelopes.extend(c.text.map(|text| ("text", text)));
        Ok(decision.keyed(no, c.key))
    }

    fn file_item(&self, c: FileItem) -> Result<Decision, Refusal> {
        self.case(c.case)?;
        if let Some(paper) = c.paper
            && self.thing(c.case)?.papers < paper
        {
            return Err(Refusal::NoPaper(c.case, paper));
        }
        self.not_in_future("field-happened", c.happened)?;
        let filed = event::CaseFiled {
            by: self.by(),
            case: c.case,
            item: title("field-item", c.item)?,
            paper: c.paper,
            bears: c.bears,
            happened: c.happened,
            why: maybe_text("field-why", c.why)?,
        };
        Ok(Decision::one(filed))
    }

    fn take_step(&self, c: TakeStep) -> Result<Decision, Refusal> {
        let head = self.case(c.case)?;
        if head.steps != c.after {
            return Err(Refusal::CaseWentOn(c.case));
        }
        self.not_in_future("field-happened", Some(c.happened))?;
        let minute = c.minute.filter(|&minute| minute < DAY_MINUTES);
        let stepped = event::CaseStepped {
            by: self.by(),
            case: c.case,
            no: head.last_step_ever + 1,
            step: c.step,
            role: c.role,
            happened: c.happened,
            minute,
            planned: c.planned,
            state: c.state,
            ends: c.ends,
        };
        let mut decision = Decision::one(stepped).made(c.case);
        decision.drafts[0].envelopes.extend(c.note.map(|note| ("note", note)));
        Ok(decision.keyed(c.case, c.key))
    }

    fn case(&self, no: Number) -> Result<&CaseHead, Refusal> {
        if no.series != Series::Case {
            return Err(Refusal::WrongSeries(no, Series::Case));
        }
        match self.facts.desk.get(&no) {
            Some(DeskHead::Case(head)) => Ok(head),
            _ => Err(Refusal::Unknown(no)),
        }
    }
}
