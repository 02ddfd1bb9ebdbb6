//! What the station does: visits, prescriptions, services, recognitions, activities.

use catalog::warning::Sort;

use super::{FULL, Making, YEAR};
use crate::chance::Chance;
use crate::facts::Fact;

/// What a visit looks at.
const THEMES: [&str; 5] = ["identification", "people", "carriers", "premises", "partners"];
/// Themes of requests that have nothing to do with a leak, with their weights.
const ASKED: [(&str, u32); 7] = [
    ("identification", 30),
    ("people", 20),
    ("carriers", 12),
    ("partners", 14),
    ("remedies", 12),
    ("overseas", 7),
    ("incident", 5),
];

impl Making<'_> {
    /// Keeps a fact, unless it lies beyond what is told.
    pub(super) fn hold(&mut self, mut fact: Fact) {
        if fact.day <= self.plan.days as i32 {
            fact.no = self.held;
            self.held += 1;
            self.facts.push(fact);
        }
    }

    /// Draws what the station does, and what that changes.
    pub(super) fn station(&mut self, chance: &mut Chance) {
        for company in 0..self.companies() {
            self.visits(company, chance);
            self.services(company, chance);
            self.recognition(company, chance);
            self.invitations(company, chance);
            for _ in 0..chance.times(self.plan.told.other_requests * self.plan.days / YEAR) {
                let day = chance.day(0, self.plan.days);
                let weights = ASKED.map(|(_, weight)| weight);
                let theme = ASKED[chance.weighed(&weights)].0;
                self.request(company, day, theme, chance);
            }
        }
    }

    fn visits(&mut self, company: u32, chance: &mut Chance) {
        let station = self.plan.station.clone();
        let key = self.district.companies[company as usize].weight > 0;
        let of = if key { station.visit_key } else { station.visit };
        for _ in 0..chance.times(of * self.plan.days / YEAR) {
            let day = chance.day(0, self.plan.days);
            self.hold(Fact::new(Sort::Visit, Some(company), day));
            for theme in THEMES {
                let care = self.care[company as usize];
                if chance.happens(station.wanting * (FULL - care) / FULL) {
                    self.prescribe(company, day, theme, chance);
                }
            }
        }
    }

    /// A prescription, done by a company that takes care, and left lying by others.
    fn prescribe(&mut self, company: u32, day: i32, theme: &str, chance: &mut Chance) {
        let station = self.plan.station.clone();
        let word = self.district.word(theme);
        let [least, most] = station.given;
        let due = chance.day(day + least as i32, most - least);
        let care = self.care[company as usize];
        let done = chance.happens((2_500 + care * 7).min(9_500));
        let ended = done.then(|| chance.day(day + 7, (due - day) as u32 + 15));
        if let Some(ended) = ended {
            self.turns.push((company, ended, station.cured_gain as i32));
        }
        let fact = Fact::new(Sort::Prescription, Some(company), day);
        let fact = Fact { due: Some(due), ended, word, ..fact };
        if chance.happens(station.grave) {
            self.hold(Fact { sort: Sort::Grave, ..fact.clone() });
        }
        self.hold(fact);
        if !done && chance.happens(5_000) {
            let day = chance.day(due + 5, 60);
            self.hold(Fact { word, ..Fact::new(Sort::Setback, Some(company), day) });
        }
    }

    fn services(&mut self, company: u32, chance: &mut Chance) {
        for _ in 0..chance.times(self.plan.station.service * self.plan.days / YEAR) {
            let day = chance.day(0, self.plan.days);
            let word = self.district.word("training");
            self.hold(Fact { word, ..Fact::new(Sort::Service, Some(company), day) });
            self.turns.push((company, day, self.plan.station.service_gain as i32));
        }
    }

    /// A recognition with its yearly check; who lets it slip has let more slip.
    fn recognition(&mut self, company: u32, chance: &mut Chance) {
        if !chance.happens(self.plan.station.recognised) {
            return;
        }
        let word = self.district.word("company");
        // Some were awarded before the first day, so that some end within the days told.
        let before = 2 * YEAR;
        let awarded = chance.day(-(before as i32), before + self.plan.days / 2);
        let expiry = Fact::new(Sort::Expiry, Some(company), awarded);
        self.hold(Fact { due: Some(awarded + 3 * YEAR as i32), word, ..expiry });
        let mut from = awarded;
        while from < self.plan.days as i32 {
            let due = from + YEAR as i32;
            let kept = chance.happens((5_000 + self.care[company as usize] * 4).min(9_500));
            let late = if kept { 0 } else { 60 + chance.below(200) as i32 };
            let ended = due - 20 + chance.below(20) as i32 + late;
            let fact = Fact::new(Sort::Check, Some(company), from);
            self.hold(Fact { due: Some(due), ended: Some(ended), word, ..fact });
            if !kept {
                let loss = self.plan.station.slip_loss as i32;
                self.turns.push((company, due - 60, -loss));
                self.turns.push((company, ended, loss));
            }
            from = ended;
        }
    }

    fn invitations(&mut self, company: u32, chance: &mut Chance) {
        for month in 0..self.plan.days / 30 {
            if chance.happens(self.plan.station.invited) {
                let day = chance.day(month as i32 * 30, 29);
                if !chance.happens(2_000 + self.care[company as usize] * 5) {
                    self.hold(Fact::new(Sort::Absence, Some(company), day));
                }
            }
        }
    }
}
