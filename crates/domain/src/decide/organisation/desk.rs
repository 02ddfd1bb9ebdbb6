//! The desk of an organisation, such as the rights station: a company's question comes in, is
//! answered, and followed up. What is referred is a request for assistance.

use super::{acts_for, stations};
use crate::decide::{Decision, Desk, Draft, in_order, maybe_text};
use crate::event;
use crate::facts::{DeskHead, RequestHead};
use crate::number::{Number, Series};
use crate::organisation::Deed;
use crate::refusal::Refusal;
use crate::terms::Service;

impl Desk<'_> {
    pub(super) fn at_desk(&self, acting: Option<Number>, deed: Deed) -> Result<Decision, Refusal> {
        let by = self.by();
        match deed {
            Deed::Take { request, organisation, due, why } => {
                let company = self.open_request(request)?.company;
                self.body(organisation)?;
                stations(acting, organisation)?;
                if due.is_some_and(|due| due < self.facts.today) {
                    return Err(Refusal::DueIsPast);
                }
                let why = maybe_text("field-why", why)?;
                let taken = event::RequestTaken { by, request, company, organisation, due, why };
                Ok(Decision::one(taken).made(request))
            }
            Deed::TakeIn(organisation, c) => {
                self.body(organisation)?;
                acts_for(acting, organisation)?;
                let company = c.company;
                let mut decision = self.receive(*c)?;
                let request = self.next(Series::Request);
                let (due, why) = (None, None);
                let taken = event::RequestTaken { by, request, company, organisation, due, why };
                decision.drafts.push(Draft::plain(taken));
                Ok(decision)
            }
            Deed::Answer { request, happened, again, text, key } => {
                let (head, organisation) = self.desk_of(request, acting)?;
                if head.closed {
                    return Err(Refusal::Ended(request));
                }
                self.not_in_future("field-happened", Some(happened))?;
                in_order(Some(happened), again)?;
                let company = head.company;
                let answered =
                    event::RequestAnswered { by, request, company, organisation, happened, again };
                let mut decision = Decision::one(answered).made(request);
                decision.drafts[0].envelopes.push(("text", text));
                let what = head.title.clone();
                decision.drafts.push(self.service(company, Service::Advice, happened, what));
                Ok(decision.keyed(company, key))
            }
            Deed::Follow { request, outcome, happened, again, note, key } => {
                let (head, _) = self.desk_of(request, acting)?;
                self.not_in_future("field-happened", Some(happened))?;
                in_order(Some(happened), again)?;
                // An answer is followed up, also when the request is over.
                if !head.replied {
                    return Err(Refusal::Unanswered(request));
                }
                let company = head.company;
                let followed =
                    event::RequestFollowed { by, request, company, outcome, happened, again };
                let mut decision = Decision::one(followed).made(request);
                decision.drafts[0].envelopes.extend(note.map(|note| ("note", note)));
                Ok(decision.keyed(company, key))
            }
            _ => Err(Refusal::AsksItself),
        }
    }

    /// A request and the organisation at whose desk it lies, which must be the one that acts.
    fn desk_of(
        &self,
        no: Number,
        acting: Option<Number>,
    ) -> Result<(&RequestHead, Number), Refusal> {
        let DeskHead::Request(head) = self.head(no, Series::Request)? else {
            return Err(Refusal::Unknown(no));
        };
        let organisation = head.organisation.ok_or(Refusal::AtNoDesk(no))?;
        acts_for(acting, organisation)?;
        Ok((head, organisation))
    }
}
