//! The one-to-one programme in plain words: what procurements came to, firms engaged for companies,
//! plans, work, results, payments, and whom a firm must keep away from.

use domain::programme::{Bid, Deed, Engage, Procure, Wish};
use domain::terms::{ConflictReason, EngagementEnd, ItemSort};
use domain::{Command, Day, Number, Refusal, Series};
use store::Receipt;

use crate::{For, Office, Sort, Trouble};

/// What a procurement came to, as somebody writes it down.
#[derive(Clone, Debug)]
pub struct ProcurementForm {
    /// What it is called.
    pub title: String,
    /// The project's number at the procurement platform.
    pub reference: String,
    /// The day of the award.
    pub happened: Day,
    /// The table of bids, as CSV or XLSX: see [`Office::procure`].
    pub table: Vec<u8>,
    /// The contract's number.
    pub contract: Option<String>,
    /// The contract's amount, in fen.
    pub amount: u64,
    /// The contract's first day.
    pub from: Day,
    /// Its last day.
    pub until: Day,
}

/// An item of a plan, as somebody writes it down.
#[derive(Clone, Debug)]
pub struct PlanForm {
    /// A step, a result or a payment.
    pub sort: ItemSort,
    /// What.
    pub title: String,
    /// By when.
    pub due: Day,
    /// Of a payment, in fen.
    pub amount: u64,
    /// The item that a payment waits for.
    pub after: Option<u32>,
}

/// What a table of bids says: the criteria with their most points, and the bids.
type Bids = (Vec<(String, u32)>, Vec<Bid>);

/// An amount of money as people write it (`12,800.50`, `1.28 万`), in fen.
///
/// # Errors
/// [`Trouble::Other`] for what is none.
pub fn fen(text: &str) -> Result<u64, Trouble> {
    let wrong = || {
        let args = vec![("text", text.chars().take(40).collect())];
        Trouble::Other("trouble-not-money", args, Sort::Refused)
    };
    let plain = text.trim().replace([',', '，', ' ', '元', '¥', '￥'], "");
    let (digits, times) = match plain.strip_suffix('万') {
        Some(digits) => (digits.to_owned(), 10_000),
        None => (plain, 1),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((&*digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_number(whole) || !is_number(part) || part.len() > 6 {
        return Err(wrong());
    }
    let millionth: u64 = format!("{part:0<6}").parse().map_err(|_| wrong())?;
    let whole: u64 = whole.parse().map_err(|_| wrong())?;
    let millionths = whole.checked_mul(1_000_000).and_then(|all| all.checked_add(millionth));
    let all = millionths.and_then(|all| all.checked_mul(times)).ok_or_else(wrong)?;
    // Fen are the smallest.
    if all % 10_000 == 0 { Ok(all / 10_000) } else { Err(wrong()) }
}

/// An amount in fen as people read it: `12,800.50`.
pub fn money_words(fen: u64) -> String {
    let (yuan, rest) = ((fen / 100).to_string(), fen % 100);
    let mut out = String::new();
    for (at, digit) in yuan.chars().enumerate() {
        if at > 0 && (yuan.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if rest == 0 { out } else { format!("{out}.{rest:02}") }
}

impl Office {
    /// Records what a procurement came to. The table has a head: first the bidder (its number or
    /// name), then one column a criterion, its most points at the end of its name (`方案 40`,
    /// `报价(30)`), then whether it was awarded (中标, `yes`, `是`, `1`).
    ///
    /// # Errors
    /// [`Trouble`]; `trouble-bids` names the line that can't be read.
    pub fn procure(&self, by: For<'_>, form: ProcurementForm) -> Result<Receipt, Trouble> {
        let (criteria, bids) = self.bids(&form.table)?;
        let ProcurementForm { title, reference, happened, contract, amount, from, until, .. } =
            form;
        let procure =
            Procure { title, reference, happened, criteria, bids, contract, amount, from, until };
        self.of_programme(by, Deed::Procure(Box::new(procure)))
    }

    fn bids(&self, table: &[u8]) -> Result<Bids, Trouble> {
        let wrong = |line: usize| {
            Trouble::Other("trouble-bids", vec![("line", line.to_string())], Sort::Refused)
        };
        let sheet = sheet::read(table).map_err(|_| wrong(1))?;
        let (head, rows) = sheet.rows.split_first().ok_or_else(|| wrong(1))?;
        let head = &head.cells;
        let awarded_at = head
            .iter()
            .rposition(|cell| matches!(cell.trim(), "中标" | "成交" | "award" | "awarded"))
            .filter(|at| *at >= 2)
            .ok_or_else(|| wrong(1))?;
        let mut criteria = Vec::new();
        for cell in &head[1..awarded_at] {
            let bare = cell.trim().trim_end_matches([')', '）', '分']);
            let at = bare
                .rfind(|c: char| !c.is_ascii_digit())
                .map_or(0, |at| at + bare[at..].chars().next().map_or(1, char::len_utf8));
            let (name, points) = bare.split_at(at);
            let name = name.trim().trim_end_matches(['(', '（']).trim();
            let points = points.parse().ok().filter(|points| (1..=1_000).contains(points));
            criteria.push((name.to_owned(), points.ok_or_else(|| wrong(1))?));
        }
        let known = self.reader()?.organisations(None)?;
        let mut bids = Vec::new();
        for row in rows {
            let line = row.line as usize;
            let cell = |at: usize| row.cells.get(at).map(|cell| cell.trim()).unwrap_or_default();
            let named = known.iter().find(|of| of.name == cell(0)).map(|of| of.no);
            let typed = Number::parse(cell(0)).ok();
            let typed = typed.filter(|no| no.series == Series::Organisation);
            let organisation = typed.or(named).ok_or_else(|| wrong(line))?;
            let mut points = Vec::new();
            for place in 1..awarded_at {
                // Points have two digits after the point at most, as amounts have.
                let said = fen(cell(place)).ok().and_then(|points| u32::try_from(points).ok());
                points.push(said.ok_or_else(|| wrong(line))?);
            }
            let awarded = matches!(cell(awarded_at), "yes" | "是" | "1" | "√" | "✓" | "中标");
            bids.push(Bid { organisation, points, awarded });
        }
        Ok((criteria, bids))
    }

    /// Engages a firm for a company.
    ///
    /// # Errors
    /// [`Trouble`]; refused with the reason when the firm must keep away from it.
    pub fn engage(&self, by: For<'_>, engage: Engage) -> Result<Receipt, Trouble> {
        self.of_programme(by, Deed::Engage(Box::new(engage)))
    }

    /// Plans a step, a result or a payment.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn plan_item(
        &self,
        by: For<'_>,
        engagement: Number,
        form: PlanForm,
    ) -> Result<Receipt, Trouble> {
        let PlanForm { sort, title, due, amount, after } = form;
        self.of_programme(by, Deed::Plan { engagement, sort, title, due, amount, after })
    }

    /// Logs work.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn log_work(
        &self,
        by: For<'_>,
        engagement: Number,
        item: Option<u32>,
        (happened, minutes): (Day, u32),
        what: String,
        note: Option<String>,
    ) -> Result<Receipt, Trouble> {
        let (key, [note]) = self.seal_about(Some(engagement), [("note", note)])?;
        self.of_programme(by, Deed::Log { engagement, item, happened, minutes, what, note, key })
    }

    /// Hands a step or a result in.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn deliver(
        &self,
        by: For<'_>,
        (engagement, item): (Number, u32),
        happened: Day,
        note: String,
    ) -> Result<Receipt, Trouble> {
        let (key, [note]) = self.seal_about(Some(engagement), [("note", Some(note))])?;
        let note = note.ok_or(Refusal::Blank("field-note"))?;
        self.of_programme(by, Deed::Deliver { engagement, item, happened, note, key })
    }

    /// Accepts what was handed in, or not.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn accept(
        &self,
        by: For<'_>,
        (engagement, item): (Number, u32),
        accepted: bool,
        happened: Day,
        why: Option<String>,
    ) -> Result<Receipt, Trouble> {
        self.of_programme(by, Deed::Accept { engagement, item, accepted, happened, why })
    }

    /// Records that a payment was made.
    ///
    /// # Errors
    /// [`Trouble`]; refused while what it waits for is not accepted.
    pub fn pay(
        &self,
        by: For<'_>,
        (engagement, item): (Number, u32),
        happened: Day,
    ) -> Result<Receipt, Trouble> {
        self.of_programme(by, Deed::Pay { engagement, item, happened })
    }

    /// Records how content the company is, 1 to 5.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn rate_engagement(
        &self,
        by: For<'_>,
        engagement: Number,
        (mark, happened): (u32, Day),
        note: Option<String>,
    ) -> Result<Receipt, Trouble> {
        let (key, [note]) = self.seal_about(Some(engagement), [("note", note)])?;
        self.of_programme(by, Deed::Rate { engagement, mark, happened, note, key })
    }

    /// Ends an engagement.
    ///
    /// # Errors
    /// [`Trouble`]; refused as done while something is not accepted or paid.
    pub fn end_engagement(
        &self,
        by: For<'_>,
        engagement: Number,
        how: EngagementEnd,
        happened: Day,
        why: Option<String>,
    ) -> Result<Receipt, Trouble> {
        self.of_programme(by, Deed::End { engagement, how, happened, why })
    }

    /// Notes that a firm must keep away from a company.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn note_conflict(
        &self,
        by: For<'_>,
        (organisation, company): (Number, Number),
        (reason, case): (ConflictReason, Option<Number>),
        until: Option<Day>,
        why: Option<String>,
    ) -> Result<Receipt, Trouble> {
        let deed = Deed::Conflict { organisation, company, reason, case, until, why };
        self.of_programme(by, deed)
    }

    /// Records that a firm may serve a company again.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn clear_conflict(
        &self,
        by: For<'_>,
        (organisation, company): (Number, Number),
        happened: Day,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.of_programme(by, Deed::Clear { organisation, company, happened, why })
    }

    fn of_programme(&self, by: For<'_>, deed: Deed) -> Result<Receipt, Trouble> {
        self.submit(by.ask, Command::Programme(Wish { acting: by.acting, deed }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_as_people_write_it() {
        for (text, want) in [
            ("12,800.50", 1_280_050),
            ("1.28万", 1_280_000),
            ("30 万元", 30_000_000),
            ("¥0.01", 1),
            ("86.5", 8_650),
        ] {
            assert_eq!(fen(text).ok(), Some(want), "{text}");
        }
        for text in ["", "abc", "-3", "0.001", "1e9", "99999999999999999999"] {
            assert!(fen(text).is_err(), "{text}");
        }
        assert_eq!(money_words(1_280_050), "12,800.50");
        assert_eq!(money_words(30_000_000), "300,000");
    }
}
