//! The history of the company's own work.

use super::{Decision, Desk, title};
use crate::event;
use crate::number::Series;
use crate::refusal::Refusal;
use crate::work::RecordWork;

impl Desk<'_> {
    pub(super) fn record_work(&self, c: RecordWork) -> Result<Decision, Refusal> {
        self.is_next(c.no, Series::Work)?;
        for secret in &c.secrets {
            self.secret(*secret)?;
        }
        if let Some(after) = c.after {
            self.thing_of(after, Series::Work)?;
        }
        let [first, last] = c.days.map_or([None, None], |days| days.map(Some));
        let recorded = event::WorkRecorded {
            by: self.by(),
            no: c.no,
            what: title("field-work", c.what)?,
            secrets: c.secrets,
            previous: c.after,
            thread: c.thread,
            commits: c.commits,
            files: c.files,
            faults: c.faults,
            first,
            last,
            chain: c.chain,
            program: c.program,
            report: c.report,
        };
        Ok(Decision::one(recorded).made(c.no))
    }
}
