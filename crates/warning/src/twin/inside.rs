//! What goes on in companies: staff that leaves with secrets, suppliers that leak.

use catalog::warning::{Harm, Sort};

use super::{Happened, Making, YEAR};
use crate::chance::Chance;
use crate::facts::Fact;

/// A leak.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leak {
    /// From which company.
    pub company: u32,
    /// When.
    pub day: i32,
    /// To which competitor.
    pub to: Option<u32>,
    /// Whether by a supplier.
    pub by_supplier: bool,
}

impl Making<'_> {
    /// Draws moves and leaks, and what is asked about people on the way.
    pub(super) fn inside(&mut self, chance: &mut Chance) -> Vec<Leak> {
        let mut leaks = Vec::new();
        let fields = self.by_field();
        self.bursts(&fields, &mut leaks, chance);
        self.magnets(&fields, &mut leaks, chance);
        self.suppliers(&mut leaks, chance);
        leaks.sort_by_key(|leak| (leak.day, leak.company));
        let harms = leaks.iter().map(|leak| Happened {
            day: leak.day,
            company: leak.company,
            harm: Harm::Leak,
        });
        self.harms.extend(harms);
        leaks
    }

    fn by_field(&self) -> Vec<Vec<u32>> {
        let mut fields = vec![Vec::new(); self.plan.map.fields.len()];
        for (at, company) in self.district.companies.iter().enumerate() {
            if let Some(field) = company.field {
                fields[usize::from(field)].push(at as u32);
            }
        }
        fields
    }

    /// Staff leaves all the time, and in some fields a lot for a while.
    fn bursts(&mut self, fields: &[Vec<u32>], leaks: &mut Vec<Leak>, chance: &mut Chance) {
        let inside = self.plan.inside.clone();
        let bursts: Vec<(usize, i32)> = (0..inside.bursts)
            .map(|_| (chance.weighed(&self.plan.map.fields), chance.day(0, self.plan.days)))
            .collect();
        for company in 0..self.companies() {
            let drawn = u64::from(chance.below(1_001));
            // The cube of an even draw: most companies are small.
            let staff = 5 + (drawn.pow(3) * u64::from(inside.staff) / 1_000_000_000) as u32;
            let field = self.district.companies[company as usize].field;
            let field = usize::from(field.unwrap_or(0));
            for month in 0..self.plan.days / 30 {
                let from = month as i32 * 30;
                let burst = bursts.iter().any(|(of, day)| {
                    *of == field && (*day..*day + inside.burst_days as i32).contains(&from)
                });
                let times = if burst { inside.burst_times } else { 1 };
                for _ in 0..chance.times(staff * inside.leave * times * 30 / YEAR) {
                    let day = chance.day(from, 29);
                    self.ask_about_people(company, day, chance);
                    if chance.happens(inside.competitor) {
                        let to = other(&fields[field], company, chance);
                        self.leave(company, day, to, leaks, chance);
                    }
                }
            }
        }
    }

    /// Some organisations draw staff from several others.
    fn magnets(&mut self, fields: &[Vec<u32>], leaks: &mut Vec<Leak>, chance: &mut Chance) {
        let inside = self.plan.inside.clone();
        for _ in 0..self.part(inside.magnets) {
            let field = &fields[chance.weighed(&self.plan.map.fields)];
            if field.len() < 3 {
                continue;
            }
            let to = field[chance.below(field.len() as u32) as usize];
            let from = chance.day(0, self.plan.days);
            for _ in 0..3 + chance.below(inside.magnet_from.saturating_sub(2)) {
                let Some(company) = other(field, to, chance) else { continue };
                for _ in 0..1 + chance.below(inside.magnet_takes) {
                    let day = chance.day(from, inside.magnet_days);
                    self.ask_about_people(company, day, chance);
                    self.leave(company, day, Some(to), leaks, chance);
                }
            }
        }
    }

    fn leave(
        &self,
        company: u32,
        day: i32,
        to: Option<u32>,
        leaks: &mut Vec<Leak>,
        chance: &mut Chance,
    ) {
        let (leak, delay) = (self.plan.inside.leak, self.plan.inside.delay);
        if self.befalls(company, day, leak, chance) {
            let day = chance.day(day, delay);
            leaks.push(Leak { company, day, to, by_supplier: false });
        }
    }

    fn ask_about_people(&mut self, company: u32, day: i32, chance: &mut Chance) {
        if chance.happens(self.plan.told.asks) {
            let day = chance.day(day, 30);
            self.request(company, day, "people", chance);
        }
    }

    fn suppliers(&self, leaks: &mut Vec<Leak>, chance: &mut Chance) {
        let inside = &self.plan.inside;
        for company in 0..self.companies() {
            for _ in 0..chance.below(inside.suppliers + 1) {
                let day = chance.day(0, self.plan.days);
                // Over all days told, not over a year.
                let of = inside.supplier_leak * self.plan.days / YEAR;
                if self.befalls(company, day, of, chance) {
                    leaks.push(Leak { company, day, to: None, by_supplier: true });
                }
            }
        }
    }

    /// A request, answered in some days or weeks.
    pub(super) fn request(&mut self, company: u32, day: i32, theme: &str, chance: &mut Chance) {
        let word = self.district.word(theme);
        let ended = Some(chance.day(day + 1, 25));
        let fact = Fact::new(Sort::Request, Some(company), day);
        let fact = Fact { due: Some(day + 10), ended, word, ..fact };
        if theme == "incident" {
            self.hold(Fact { sort: Sort::Incident, ..fact.clone() });
        }
        self.hold(fact);
    }
}

/// Another company of a field.
fn other(field: &[u32], company: u32, chance: &mut Chance) -> Option<u32> {
    let found = field.get(chance.below(field.len() as u32) as usize).copied();
    found.filter(|found| *found != company)
}
