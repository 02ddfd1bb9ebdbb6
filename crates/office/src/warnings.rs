//! Early warning in plain words: rules with their scores, what they find in the station's facts, and
//! alerts with what came of them.

use std::collections::{BTreeMap, BTreeSet};

use catalog::Warning;
use catalog::procedure::Kind;
use catalog::warning::Sort as FactSort;
use domain::event::RuleScored;
use domain::warning::{Raise, Scored, Wish};
use domain::{Command, Day, Number, Series};
use store::read::{CaseFilter, CaseRow, CaseStepRow, Outcome, WarningRow};
use store::{Reader, Receipt};
use warning::{Company, District, Fact, Found, Key};
use words::Lang;

use crate::casework::replay;
use crate::{Ask, Office, Sort, Trouble, law};

/// From so many closed alerts on, what they came to counts instead of the score.
pub const LIVE: u32 = 30;
/// The most numbers an alert keeps of what was counted.
const COUNTED_MAX: usize = 200;
/// The most companies a score can be asked for.
pub const TWIN_MAX: u32 = 50_000;
/// The fewest.
pub const TWIN_MIN: u32 = 100;

/// The rules of early warning.
pub fn warning_rules() -> &'static [Warning] {
    law().warnings()
}

/// A rule by its name.
///
/// # Errors
/// [`Trouble::Other`] when there is none.
pub fn warning_rule(id: &str) -> Result<&'static Warning, Trouble> {
    law().warning(id.trim()).ok_or_else(|| {
        let known: Vec<_> = warning_rules().iter().map(|rule| &*rule.id).collect();
        let args = vec![("text", id.chars().take(40).collect()), ("known", known.join(", "))];
        Trouble::Other("trouble-no-rule", args, Sort::NotFound)
    })
}

/// The parameters of the made-up district.
pub fn twin_plan() -> &'static catalog::Twin {
    law().twin().expect("tests keep the parameters in the shipped data")
}

/// Scores of rules on the made-up district.
///
/// # Errors
/// [`Trouble::Other`] when so many companies are not made.
pub fn twin_scores(
    rules: &[&Warning],
    companies: Option<u32>,
    seed: Option<u32>,
) -> Result<Vec<warning::Score>, Trouble> {
    let plan = twin_plan();
    let companies = companies.unwrap_or(plan.companies);
    if !(TWIN_MIN..=TWIN_MAX).contains(&companies) {
        let args = vec![("least", TWIN_MIN.to_string()), ("most", TWIN_MAX.to_string())];
        return Err(Trouble::Other("trouble-twin-size", args, Sort::Refused));
    }
    let twin = warning::twin::make(plan, companies, seed.unwrap_or(plan.seed));
    Ok(rules.iter().map(|rule| warning::score(rule, plan, &twin)).collect())
}

/// The facts of a station as rules see them, and whose places are whose numbers.
pub struct Watched {
    /// The facts.
    pub district: District,
    numbers: Vec<Number>,
}

/// What a rule finds today.
#[derive(Clone, Debug)]
pub struct Foreseen {
    /// The rule.
    pub rule: &'static Warning,
    /// Of what: `park:` and its name, `company:` and its number.
    pub matter: String,
    /// What each count came to.
    pub figures: Vec<String>,
    /// What was counted, as far as it has numbers.
    pub counted: Vec<Number>,
    /// The companies it is about.
    pub companies: Vec<Number>,
}

/// How a rule stands.
#[derive(Clone, Debug)]
pub struct RuleStanding {
    /// The rule.
    pub rule: &'static Warning,
    /// What of it this program has.
    pub version: String,
    /// Its last score.
    pub score: Option<RuleScored>,
    /// Whether it is on, as this program has it.
    pub on: bool,
    /// Whether another version of it was switched on: it raises nothing until it is scored anew.
    pub outdated: bool,
    /// How alerts of this version ended.
    pub outcome: Outcome,
}

impl RuleStanding {
    /// Its score, when it is one of this version.
    pub fn current(&self) -> Option<&RuleScored> {
        self.score.as_ref().filter(|score| score.version == self.version)
    }

    /// The precision of closed alerts, of 1,000, once there are enough of them.
    pub fn live(&self) -> Option<u32> {
        let Outcome { closed, useful, .. } = self.outcome;
        (closed >= LIVE).then(|| useful * 1_000 / closed)
    }
}

/// Days since 1970-01-01.
fn days(day: Day) -> i32 {
    let first = Day::parse("1970-01-01").expect("a day");
    i32::try_from(first.days_to(day)).unwrap_or(i32::MAX)
}

fn sort_of(word: &str) -> Option<FactSort> {
    FactSort::ALL.into_iter().find(|sort| sort.key() == word)
}

/// The series of the numbers that facts of a sort stand under.
fn series_of(sort: FactSort) -> Option<Series> {
    match sort {
        FactSort::Case | FactSort::Return | FactSort::Agreed | FactSort::Statute => {
            Some(Series::Case)
        }
        FactSort::Request | FactSort::Incident => Some(Series::Request),
        FactSort::Report => Some(Series::Link),
        FactSort::Visit => Some(Series::Visit),
        FactSort::Prescription | FactSort::Grave | FactSort::Setback => Some(Series::Prescription),
        FactSort::Check | FactSort::Expiry => Some(Series::Recognition),
        FactSort::Absence => Some(Series::Activity),
        FactSort::Service => None,
    }
}

impl Watched {
    /// What a rule finds on a day.
    pub fn find(&self, rule: &'static Warning, on: Day) -> Vec<Foreseen> {
        let found = warning::find(rule, &self.district, days(on));
        found.into_iter().map(|found| self.foreseen(rule, found)).collect()
    }

    fn foreseen(&self, rule: &'static Warning, found: Found) -> Foreseen {
        let figures = found.counted.iter().map(|count| match (count.of, count.before) {
            (Some(of), _) => format!("{}/{of}", count.n),
            (None, Some(before)) => format!("{}>{}.{}", count.n, before / 10, before % 10),
            (None, None) => count.n.to_string(),
        });
        let counted: BTreeSet<Number> = found
            .counted
            .iter()
            .flat_map(|count| &count.facts)
            .filter_map(|(sort, count)| Some(Number { series: series_of(*sort)?, count: *count }))
            .filter(|no| no.count > 0)
            .collect();
        Foreseen {
            rule,
            matter: self.matter(found.key),
            figures: figures.collect(),
            counted: counted.into_iter().take(COUNTED_MAX).collect(),
            companies: found.companies.iter().map(|at| self.numbers[*at as usize]).collect(),
        }
    }

    fn matter(&self, key: Key) -> String {
        let d = &self.district;
        let name =
            |names: &[String], at: u16| names.get(usize::from(at)).cloned().unwrap_or_default();
        match key {
            Key::Company(at) => format!("company:{}", self.numbers[at as usize]),
            Key::Respondent(at) => format!("respondent:{}", self.numbers[at as usize]),
            Key::Park(at) => format!("park:{}", name(&d.parks, at)),
            Key::Street(at) => format!("street:{}", name(&d.streets, at)),
            Key::Field(at) => format!("field:{}", name(&d.fields, at)),
            Key::Unit(at) => format!("unit:{}", name(&d.units, at)),
            Key::Lack(unit, at) => {
                format!("lack:{}/{}", name(&d.units, unit), name(&d.words, at))
            }
            Key::Case(count) => format!("case:{}", Number { series: Series::Case, count }),
        }
    }
}

/// Of what an alert is, in words; a number is left to the caller.
pub fn matter_words(lang: Lang, matter: &str) -> String {
    let (sort, what) = matter.split_once(':').unwrap_or(("", matter));
    let what = match what.split_once('/').filter(|_| sort == "lack") {
        Some((unit, step)) => format!("{unit} · {}", step_words(lang, step)),
        None => what.to_owned(),
    };
    words::tr(
        lang,
        "warning-matter",
        &[("sort", words::t(lang, &format!("by-{sort}"))), ("what", what)],
    )
}

/// The number that an alert is of, when it is of one.
pub fn matter_number(matter: &str) -> Option<Number> {
    let (sort, what) = matter.split_once(':')?;
    matches!(sort, "company" | "respondent" | "case").then(|| Number::parse(what).ok()).flatten()
}

/// A step by its procedure and name.
fn step_words(lang: Lang, step: &str) -> String {
    let found = step.split_once('.').and_then(|(procedure, id)| {
        let of = law().procedures().iter().filter(|row| row.id == procedure);
        of.filter_map(|row| row.step(id)).next_back()
    });
    found.map_or_else(|| step.to_owned(), |step| words::law::text(lang, &step.name).to_owned())
}

impl Office {
    /// The station's facts, as rules see them.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn watched(&self, reader: &Reader) -> Result<Watched, Trouble> {
        let entries = reader.watched_companies()?;
        let merged: BTreeMap<Number, Number> =
            entries.iter().filter_map(|row| Some((row.no, row.merged_into?))).collect();
        let mut district = District::default();
        let mut numbers = Vec::new();
        let mut places = BTreeMap::new();
        for row in entries.iter().filter(|row| row.merged_into.is_none()) {
            places.insert(row.no, numbers.len() as u32);
            numbers.push(row.no);
            let park = row.park.as_deref().map(|name| district.park(name));
            let street = row.street.as_deref().map(|name| district.street(name));
            let field = row.field.as_deref().map(|name| district.field(name));
            let company = Company { no: row.no.count, park, street, field, weight: row.weight };
            district.companies.push(company);
        }
        // What was said of an entry before it was merged is said of the one that stands.
        let place = |no: Number| {
            let mut no = no;
            for _ in 0..merged.len() {
                match merged.get(&no) {
                    Some(into) => no = *into,
                    None => break,
                }
            }
            places.get(&no).copied()
        };
        let mut facts = Vec::new();
        for row in reader.watched_facts(self.zone_minutes())? {
            let (Some(sort), Some(company)) = (sort_of(&row.sort), place(row.company)) else {
                continue;
            };
            facts.push(Fact {
                due: row.due.map(days),
                ended: row.ended.map(days),
                word: district.word(&row.word),
                no: row.no.map_or(0, |no| no.count),
                ..Fact::new(sort, Some(company), days(row.day))
            });
        }
        self.watch_cases(reader, &mut district, &mut facts, &place)?;
        district.add(facts);
        Ok(Watched { district, numbers })
    }

    fn watch_cases(
        &self,
        reader: &Reader,
        district: &mut District,
        facts: &mut Vec<Fact>,
        place: &dyn Fn(Number) -> Option<u32>,
    ) -> Result<(), Trouble> {
        let all = CaseFilter { limit: u32::MAX >> 1, ..CaseFilter::default() };
        let mut steps: BTreeMap<Number, Vec<CaseStepRow>> = BTreeMap::new();
        for step in reader.steps_after(None)? {
            steps.entry(step.case).or_default().push(step);
        }
        let against: BTreeMap<Number, Number> = reader.respondents()?.into_iter().collect();
        for row in reader.cases(&all)?.rows {
            let company = row.company.and_then(place);
            let unit = row.unit.as_deref().map(|unit| district.unit(unit));
            let of = |sort, day: Day| Fact {
                unit,
                no: row.no.count,
                ..Fact::new(sort, company, days(day))
            };
            let other = against.get(&row.no).copied().and_then(place);
            let (word, ended) = (district.word(&row.procedure), row.ended.map(days));
            facts.push(Fact { word, ended, other, ..of(FactSort::Case, row.happened) });
            let steps = steps.get(&row.no).map_or(&[][..], Vec::as_slice);
            let procedure = law().version(&row.procedure, row.version);
            for step in steps {
                let returns =
                    procedure.and_then(|of| of.step(&step.step)).is_some_and(|s| s.returns);
                if returns {
                    let word = district.word(&format!("{}.{}", row.procedure, step.step));
                    facts.push(Fact { word, ..of(FactSort::Return, step.happened) });
                }
            }
            if row.ended.is_none() {
                let clocks = self.open_clocks(&row, steps)?;
                let fact = |(sort, due): (FactSort, Day)| Fact {
                    due: Some(days(due)),
                    ..of(sort, row.happened)
                };
                facts.extend(clocks.into_iter().map(fact));
            }
        }
        Ok(())
    }

    /// The clocks of a case that wait for somebody. One that was missed today by the hour counts as
    /// missed yesterday: rules count days.
    fn open_clocks(
        &self,
        row: &CaseRow,
        steps: &[CaseStepRow],
    ) -> Result<Vec<(FactSort, Day)>, Trouble> {
        let now = self.local_now()?;
        let case = replay(row, steps.iter())?;
        let mut open = Vec::new();
        for clock in case.clocks(now) {
            let waits = matches!(clock.standing.key(), "running" | "late");
            let (true, true, Some(end)) = (waits, clock.deadline.kind == Kind::ActBy, clock.end)
            else {
                continue;
            };
            let Ok(due) = Day::parse(&end.day().to_string()) else { continue };
            let late = clock.standing.key() == "late";
            let due = if late { due.plus_days(-1).unwrap_or(due) } else { due };
            let sort = match clock.deadline.beside {
                Some(_) => FactSort::Agreed,
                None => FactSort::Statute,
            };
            open.push((sort, due));
        }
        Ok(open)
    }

    /// What rules find today that is not open and not closed a short while ago; of one rule, or of
    /// all that are on.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn foresee(
        &self,
        reader: &Reader,
        only: Option<&'static Warning>,
    ) -> Result<Vec<Foreseen>, Trouble> {
        let today = self.today();
        let rules: Vec<&'static Warning> = match only {
            Some(rule) => vec![rule],
            None => {
                let standings = self.rule_standings(reader)?;
                standings.into_iter().filter(|one| one.on).map(|one| one.rule).collect()
            }
        };
        if rules.is_empty() {
            return Ok(Vec::new());
        }
        let quiet: BTreeMap<(String, String), Option<Day>> = reader
            .raised_matters()?
            .into_iter()
            .map(|(rule, matter, closed)| ((rule, matter), closed))
            .collect();
        let watched = self.watched(reader)?;
        let mut all = Vec::new();
        for rule in rules {
            let rests = |found: &Foreseen| {
                let closed = quiet.get(&(rule.id.clone(), found.matter.clone()));
                closed.is_some_and(|closed| {
                    closed.is_none_or(|closed| closed.days_to(today) < i64::from(rule.rest))
                })
            };
            all.extend(watched.find(rule, today).into_iter().filter(|found| !rests(found)));
        }
        Ok(all)
    }

    /// Runs the rules that are on and raises what they find; `None` when there is nothing new.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn raise_warnings(&self, ask: &Ask) -> Result<Option<Receipt>, Trouble> {
        let found = self.foresee(&self.reader()?, None)?;
        if found.is_empty() {
            return Ok(None);
        }
        let today = self.today();
        let raise = |found: Foreseen| Raise {
            rule: found.rule.id.clone(),
            edition: found.rule.edition,
            version: warning::version(found.rule),
            matter: found.matter,
            figures: found.figures,
            counted: found.counted,
            companies: found.companies,
            due: today.plus_days(found.rule.days.into()).unwrap_or(today),
        };
        let all = found.into_iter().map(raise).collect();
        self.submit(ask, Command::Warning(Wish::Raise(all))).map(Some)
    }

    /// How every rule stands.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn rule_standings(&self, reader: &Reader) -> Result<Vec<RuleStanding>, Trouble> {
        let rows = reader.rules()?;
        let outcomes = reader.outcomes()?;
        let mut standings = Vec::new();
        for rule in warning_rules() {
            let version = warning::version(rule);
            let row = rows.iter().find(|row| row.rule == rule.id);
            let score = row.and_then(|row| row.scored_idx);
            let score = score.map(|idx| reader.score(idx)).transpose()?.flatten();
            let running = row.and_then(|row| row.running.as_deref());
            let outcome = outcomes.iter().find(|o| o.rule == rule.id && o.version == version);
            standings.push(RuleStanding {
                rule,
                on: running == Some(&*version),
                outdated: running.is_some_and(|running| running != version),
                score,
                outcome: outcome.cloned().unwrap_or_default(),
                version,
            });
        }
        Ok(standings)
    }

    /// Tries rules on the made-up district and records their scores.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn score_rules(
        &self,
        ask: &Ask,
        companies: Option<u32>,
        seed: Option<u32>,
    ) -> Result<Receipt, Trouble> {
        let rules: Vec<&Warning> = warning_rules().iter().collect();
        let scores = twin_scores(&rules, companies, seed)?;
        let scored = |one: warning::Score| Scored {
            score: one.digest(),
            rule: one.rule,
            version: one.version,
            twin: one.twin,
            seed: one.seed,
            companies: one.companies,
            alerts: one.alerts,
            named: one.named,
            hits: one.hits,
            harms: one.harms,
            foreseen: one.foreseen,
            lead: one.lead,
            load: one.load,
            random: one.random,
            recent: one.recent,
        };
        let wish = Wish::Score(scores.into_iter().map(scored).collect());
        self.submit(ask, Command::Warning(wish))
    }

    /// Switches a rule on or off.
    ///
    /// # Errors
    /// [`Trouble`]; refused on without a score of its version.
    pub fn switch_rule(
        &self,
        ask: &Ask,
        rule: &str,
        on: bool,
        why: Option<String>,
    ) -> Result<Receipt, Trouble> {
        let rule = warning_rule(rule)?;
        let (id, version) = (rule.id.clone(), warning::version(rule));
        self.submit(ask, Command::Warning(Wish::Switch { rule: id, on, version, why }))
    }

    /// Says who sees to an alert, until when.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn assign_warning(
        &self,
        ask: &Ask,
        warning: Number,
        unit: String,
        due: Day,
    ) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::Warning(Wish::Assign { warning, unit, due }))
    }

    /// Closes an alert, with whether it was of use.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn close_warning(
        &self,
        ask: &Ask,
        warning: Number,
        useful: bool,
        happened: Day,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::Warning(Wish::Close { warning, useful, happened, why }))
    }

    /// For how many days an alert has been open, or was.
    pub fn warning_age(&self, row: &WarningRow) -> i64 {
        let raised = row.at.day_at(self.zone_minutes());
        raised.days_to(row.closed.unwrap_or_else(|| self.today())).max(0)
    }
}
