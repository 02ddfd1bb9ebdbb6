//! The moot court (模拟对抗): which arguments of the other side a record triggers, by which entries.
//! An argument that its answer has met is not there any more.

use catalog::Catalog;
use catalog::moot::{Argument, When};
use domain::terms::{Conduct, Form, Level, MeasureItem};
use domain::{Day, Number, Series};

use crate::incident::{ANSWERS, Drawn, KEPT, Scene};
use crate::state::{At, State, Vouch};

/// Civil limitation in months (民法典 art. 188).
const CIVIL_MONTHS: u32 = 36;
/// Limitation of penalties in months (行政处罚法 art. 36).
const PENALTY_MONTHS: u32 = 24;

/// An argument that the record triggers.
#[derive(Clone, Debug)]
pub struct Raised<'c> {
    /// The argument.
    pub argument: &'c Argument,
    /// What triggers it, at least one.
    pub hits: Vec<Hit>,
}

/// An entry that triggers an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The entry's place in the ledger.
    pub idx: u64,
    /// The day on which the journal received it.
    pub day: Day,
    /// The secret point.
    pub secret: Option<Number>,
    /// The person.
    pub person: Option<Number>,
    /// The partner.
    pub partner: Option<Number>,
    /// The measure, disclosure, release or comparison.
    pub thing: Option<Number>,
    /// The exhibit.
    pub exhibit: Option<u32>,
}

impl Hit {
    fn at((idx, day): At) -> Self {
        let (secret, person, partner, thing, exhibit) = (None, None, None, None, None);
        Self { idx, day, secret, person, partner, thing, exhibit }
    }

    fn of(at: At, secret: Number) -> Self {
        Self { secret: Some(secret), ..Self::at(at) }
    }
}

/// Which arguments an incident's record triggers, in the order of the catalogue; `None` when there
/// is no such incident. `state` was told everything, `vouched` is what others saw.
pub fn argue<'c>(
    catalog: &'c Catalog,
    state: &State,
    vouched: &[Vouch],
    no: Number,
    today: Day,
) -> Option<Vec<Raised<'c>>> {
    let moot = catalog.moot()?;
    let incident = state.incident(no)?;
    let scene = Scene { state, vouched, incident };
    let counts = |one: &Drawn| {
        one.exhibit.is_some() || (ANSWERS.contains(&&*one.item) && one.is_good(catalog))
    };
    let drawn: Vec<Drawn> = scene.drawn().into_iter().filter(counts).collect();
    let raised = moot.argument.iter().filter_map(|argument| {
        let answered = drawn.iter().any(|one| {
            argument.items.iter().any(|item| item.id == one.item)
                && (!argument.before || incident.is_before(one.day))
        });
        let mut hits = if answered { Vec::new() } else { scene.hits(argument.when, today) };
        hits.sort_unstable();
        hits.dedup();
        (!hits.is_empty()).then_some(Raised { argument, hits })
    });
    Some(raised.collect())
}

impl Scene<'_> {
    fn hits(self, when: When, today: Day) -> Vec<Hit> {
        let incident = self.incident;
        let whole = |holds: bool| if holds { vec![Hit::at(incident.act_at)] } else { vec![] };
        match when {
            When::Persons => self.each_person(|_| true),
            When::ThirdParty => whole(incident.conduct == Conduct::ThirdParty),
            When::NoSuspect => whole(incident.persons.is_empty() && incident.partners.is_empty()),
            When::Uncounted => {
                let counts = |gives: &str| matches!(gives, "loss" | "gain");
                whole(!incident.relied.iter().any(|(.., gives)| counts(gives)))
            }
            When::CivilLate => whole(self.civil_late(today)),
            When::PenaltyLate => {
                let end = incident.until.plus_months(PENALTY_MONTHS);
                whole(end.is_some_and(|end| end < today))
            }
            When::LooseExhibit | When::NoCustody => self.of_exhibits(when),
            When::PersonWithoutAccess => self.each_person(|person| {
                !incident.secrets.is_empty()
                    && incident.secrets.iter().all(|no| self.reach(person, *no).is_empty())
            }),
            When::PersonUnbound => self.each_person(|person| self.papers_before(person).is_empty()),
            When::PartnerWithoutAccess => self.each_partner(|partner| {
                !incident.secrets.is_empty()
                    && incident.secrets.iter().all(|no| self.given(partner, *no).is_empty())
            }),
            When::PartnerUnbound => self.each_partner(|partner| {
                incident.secrets.iter().any(|no| self.bound(partner, *no).is_empty())
            }),
            When::Licensed | When::OthersHold => self.of_disclosures(when),
            When::NoMeasure
            | When::MeasureLate
            | When::MeasureGeneric
            | When::MeasureBare
            | When::OneMeasure
            | When::Leaver => self.of_measures_taken(when),
            When::WideCircle => self.wide(),
            When::Released => self.released(),
            When::NotCompared => self.not_compared(),
            _ => self.of_points(when),
        }
    }

    fn each_person(self, holds: impl Fn(Number) -> bool) -> Vec<Hit> {
        let at = self.incident.act_at;
        let found = self.incident.persons.iter().copied().filter(|no| holds(*no));
        found.map(|no| Hit { person: Some(no), ..Hit::at(at) }).collect()
    }

    fn each_partner(self, holds: impl Fn(Number) -> bool) -> Vec<Hit> {
        let at = self.incident.act_at;
        let found = self.incident.partners.iter().copied().filter(|no| holds(*no));
        found.map(|no| Hit { partner: Some(no), ..Hit::at(at) }).collect()
    }

    /// Three years since the company learnt of it, and no demand within them that began new ones.
    fn civil_late(self, today: Day) -> bool {
        let mut from = self.incident.noticed;
        let letters = self.incident.exhibits.iter().filter(|one| one.item == "warning_letter");
        let mut demands: Vec<Day> = letters.filter_map(|one| one.dated).collect();
        demands.sort_unstable();
        for day in demands {
            if from <= day && from.plus_months(CIVIL_MONTHS).is_some_and(|end| day <= end) {
                from = day;
            }
        }
        from.plus_months(CIVIL_MONTHS).is_some_and(|end| end < today)
    }

    fn of_exhibits(self, when: When) -> Vec<Hit> {
        use catalog::procedure::Form as Bears;
        let exhibits = self.incident.exhibits.iter().filter(|one| match when {
            When::LooseExhibit => !one.paper || !one.bears.contains(&Bears::Origin),
            _ => {
                KEPT.contains(&&*one.item)
                    && one.handed.is_empty()
                    && !one.bears.contains(&Bears::Custody)
            }
        });
        exhibits.map(|one| Hit { exhibit: Some(one.no), ..Hit::at(one.at) }).collect()
    }

    /// What a secret point says of itself.
    fn of_points(self, when: When) -> Vec<Hit> {
        let act = self.incident;
        let found = self.secrets().filter_map(|(no, secret)| {
            let at = match when {
                When::EachSecret => secret.at,
                When::Technical => secret.is_technical().then_some(secret.at)?,
                When::Customer => {
                    let is = secret.kind == Some(Form::Customer) && !act.persons.is_empty();
                    is.then_some(secret.at)?
                }
                When::NoPublicRemark => secret.public.is_none().then_some(secret.at)?,
                When::NoValueRemark => secret.value.is_none().then_some(secret.at)?,
                When::NoOriginRemark => secret.origin.is_none().then_some(secret.at)?,
                When::NoStatement => secret.statements.is_empty().then_some(secret.at)?,
                When::StatedLate => secret.stated.filter(|at| act.from < at.1)?,
                When::RestatedLate => secret.restated.filter(|at| act.from < at.1)?,
                When::FormedLate => {
                    let late = secret.formed_on.is_some_and(|day| act.until < day);
                    secret.formed.filter(|_| late)?
                }
                When::ReviewPassed => {
                    secret.review.filter(|(_, day)| *day < act.from).map(|(at, _)| at)?
                }
                When::Declassified => {
                    let gone = secret.declassified.is_some_and(|day| day <= act.until);
                    gone.then_some(secret.declassified_at.unwrap_or(secret.at))?
                }
                When::NoVouch => {
                    let seen = self.vouched.iter().any(|vouch| {
                        vouch.is_outside() && vouch.size > secret.at.0 && vouch.day <= act.from
                    });
                    (!seen).then_some(secret.at)?
                }
                _ => return None,
            };
            Some(Hit::of(at, no))
        });
        found.collect()
    }

    fn of_measures_taken(self, when: When) -> Vec<Hit> {
        let act = self.incident;
        let mut hits = Vec::new();
        for (no, secret) in self.secrets() {
            let force = self.in_force(secret);
            let first = force
                .first()
                .map(|(measure, _, at, _)| Hit { thing: Some(*measure), ..Hit::of(*at, no) });
            let holds = match when {
                When::NoMeasure => {
                    if force.is_empty() {
                        hits.push(Hit::of(secret.at, no));
                    }
                    continue;
                }
                When::Leaver => {
                    let asked = |one: &(Number, &crate::state::Measure, At, bool)| {
                        one.1.item == MeasureItem::Leavers
                    };
                    if !force.iter().any(asked) {
                        hits.extend(self.left(no));
                    }
                    continue;
                }
                When::MeasureLate => force
                    .iter()
                    .all(|(_, measure, at, _)| act.from < at.1 || act.from < measure.at.1),
                When::MeasureGeneric => {
                    !force.iter().any(|(_, _, at, has_why)| *has_why && at.1 <= act.from)
                }
                When::MeasureBare => {
                    force.iter().all(|(measure, ..)| self.papers_before(*measure).is_empty())
                }
                _ => {
                    let kinds = force.iter().map(|(_, measure, ..)| measure.item);
                    let kinds: std::collections::BTreeSet<_> = kinds.collect();
                    secret.level == Level::Core && kinds.len() == 1
                }
            };
            hits.extend(first.filter(|_| holds));
        }
        hits
    }

    /// Suspected persons who had left a secret point by the end of the act.
    fn left(self, secret: Number) -> Vec<Hit> {
        let found = self.state.clearances.iter().filter_map(|one| {
            let (at, day) = one.barred?;
            let left = one.secret == secret
                && self.incident.persons.contains(&one.person)
                && day.unwrap_or(at.1) <= self.incident.until;
            left.then_some(Hit { person: Some(one.person), ..Hit::of(at, secret) })
        });
        found.collect()
    }

    /// Clearances in force on the first day of the act that give no reason.
    fn wide(self) -> Vec<Hit> {
        let day = self.incident.from;
        let found = self.state.clearances.iter().filter(|one| {
            let barred = one.barred.map(|(at, day)| day.unwrap_or(at.1));
            self.incident.secrets.contains(&one.secret)
                && !one.has_why
                && one.from.unwrap_or(one.at.1) <= day
                && one.until.is_none_or(|until| day <= until)
                && barred.is_none_or(|barred| day <= barred)
                // The same person may have been cleared with a reason as well.
                && !self.state.clearances.iter().any(|other| {
                    (other.person, other.secret) == (one.person, one.secret)
                        && other.has_why
                        && other.at.1 <= day
                })
        });
        found.map(|one| Hit { person: Some(one.person), ..Hit::of(one.at, one.secret) }).collect()
    }

    fn of_disclosures(self, when: When) -> Vec<Hit> {
        let act = self.incident;
        let traced = act.links.iter().any(|(thing, _)| {
            thing.series == Series::Find
                && self.state.traced.get(thing).is_some_and(|named| !named.is_empty())
        });
        if when == When::OthersHold && traced {
            return Vec::new();
        }
        let found = self.state.disclosures.iter().filter(|(_, one)| {
            let suspected = act.partners.contains(&one.partner);
            let of = act.secrets.contains(&one.secret) && one.made <= act.until;
            let open = one.closed.is_none_or(|closed| act.from < closed.1)
                && one.until.is_none_or(|until| act.from <= until);
            of && match when {
                When::Licensed => suspected && open,
                _ => !suspected,
            }
        });
        let hit = |(no, one): (&Number, &crate::state::Disclosure)| Hit {
            thing: Some(*no),
            partner: Some(one.partner),
            ..Hit::of(one.at, one.secret)
        };
        found.map(hit).collect()
    }

    fn released(self) -> Vec<Hit> {
        let found = self.state.releases.iter().flat_map(|(no, one)| {
            let left = one.approved.filter(|at| !one.refused && at.1 <= self.incident.until);
            let secrets = one.secrets.iter().filter(|no| self.incident.secrets.contains(no));
            secrets
                .filter_map(move |secret| Some(Hit { thing: Some(*no), ..Hit::of(left?, *secret) }))
        });
        found.collect()
    }

    /// Secret points that no linked comparison was concluded on.
    fn not_compared(self) -> Vec<Hit> {
        let linked = || {
            let links = self.incident.links.iter().map(|(thing, _)| thing);
            links.filter_map(|thing| Some((thing, self.state.comparisons.get(thing)?)))
        };
        let found = self.secrets().filter_map(|(no, secret)| {
            let mut of = linked().filter(|(_, one)| one.secrets.contains(&no));
            if of.clone().any(|(_, one)| one.concluded.contains(&no)) {
                return None;
            }
            let hit =
                of.next().map(|(thing, one)| Hit { thing: Some(*thing), ..Hit::of(one.at, no) });
            Some(hit.unwrap_or(Hit::of(secret.at, no)))
        });
        found.collect()
    }
}
