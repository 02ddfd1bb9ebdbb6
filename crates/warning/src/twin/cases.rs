//! What becomes of leaks that are noticed: requests, reports, cases with their clocks and returns.

use catalog::warning::{Harm, Sort};

use super::inside::Leak;
use super::{Happened, Making, YEAR};
use crate::chance::Chance;
use crate::facts::{Fact, Place};

/// What packages come back for.
const LACKS: [&str; 4] = ["identity", "non-public", "loss", "measures"];

impl Making<'_> {
    /// Draws what is noticed and told of leaks, and cases about other things.
    pub(super) fn cases(&mut self, leaks: &[Leak], chance: &mut Chance) {
        let told = self.plan.told.clone();
        for leak in leaks {
            if !chance.happens(told.noticed) {
                continue;
            }
            let day = chance.day(leak.day + 5, told.notice_days);
            if chance.happens(told.asked) {
                let theme = if leak.by_supplier { "partners" } else { "incident" };
                self.request(leak.company, day, theme, chance);
            }
            if chance.happens(told.reported) {
                self.hold(Fact::new(Sort::Report, Some(leak.company), day));
            }
            if chance.happens(told.case) {
                let known = chance.happens(told.respondent);
                let day = chance.day(day, 40);
                self.case(leak.company, day, leak.to.filter(|_| known), chance);
            }
        }
        for company in 0..self.companies() {
            for _ in 0..chance.times(told.other_cases * self.plan.days / YEAR) {
                let day = chance.day(0, self.plan.days);
                let other = chance.below(self.companies());
                let known = chance.happens(told.respondent) && other != company;
                self.case(company, day, known.then_some(other), chance);
            }
        }
        let facts = std::mem::take(&mut self.facts);
        self.district.add(facts);
    }

    fn case(&mut self, company: u32, day: i32, other: Option<u32>, chance: &mut Chance) {
        let cases = self.plan.cases.clone();
        let unit = chance.below(cases.units);
        let transferred = chance.happens(cases.transferred);
        let word = if transferred { "transfer" } else { "administrative" };
        let word = self.district.word(word);
        let ended = Some(chance.day(day + 40, cases.lasts));
        let of = |sort, day| Fact {
            unit: Some(unit as Place),
            word,
            ..Fact::new(sort, Some(company), day)
        };
        self.hold(Fact { ended, other, ..of(Sort::Case, day) });
        let mut of_late = cases.late;
        if transferred {
            let late = chance.happens(cases.agreed_late);
            let due = day + cases.agreed_days as i32;
            let ended = if late { chance.day(due + 3, 12) } else { chance.day(day + 1, 2) };
            self.hold(Fact { due: Some(due), ended: Some(ended), ..of(Sort::Agreed, day) });
            if late {
                of_late = cases.late_after;
            }
            self.package(company, unit, day, chance);
        }
        let due = day + cases.statute_days as i32;
        let late = chance.happens(of_late);
        let ended = if late { chance.day(due + 1, 20) } else { chance.day(due - 15, 14) };
        self.hold(Fact { due: Some(due), ended: Some(ended), ..of(Sort::Statute, day) });
        if late {
            self.harms.push(Happened { day: due + 1, company, harm: Harm::Delay });
        }
    }

    /// A package that goes to the police, and perhaps comes back.
    fn package(&mut self, company: u32, unit: u32, day: i32, chance: &mut Chance) {
        let cases = self.plan.cases.clone();
        let weak = unit < cases.weak_units;
        if chance.happens(if weak { cases.back_weak } else { cases.back }) {
            // A weak office lacks the same thing each time.
            let lack = if weak { unit } else { chance.below(LACKS.len() as u32) };
            let word = self.district.word(LACKS[lack as usize % LACKS.len()]);
            let day = chance.day(day + 8, 30);
            let fact = Fact::new(Sort::Return, Some(company), day);
            self.hold(Fact { unit: Some(unit as Place), word, ..fact });
            self.harms.push(Happened { day, company, harm: Harm::Delay });
        }
    }
}
