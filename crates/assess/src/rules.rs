//! The rules: what each asks of the state on a day, by what it holds, and what it lacks.

use std::collections::BTreeMap;

use catalog::control::{
    Begun as What, Check, Depth, OfAccount, OfClearance, OfDisclosure, OfMatch, OfNode, OfPerson,
    OfSecret,
};
use domain::terms::{AccountRole, Level, MeasureItem, PasswordBy};
use domain::{Day, Number, Series};

use crate::state::{
    Account, Agreement, At, Clearance, Disclosure, Match, Measure, Paper, Secret, State, Vouch,
};
use crate::{Ground, Lack};

/// What the rules see: the state and the day.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub state: &'a State,
    pub vouched: &'a [Vouch],
    pub today: Day,
}

/// What a subject holds, or what it lacks.
type Found = Result<Vec<Ground>, Lack>;

fn entry(at: At) -> Ground {
    Ground::Entry(at.0)
}

fn or_lack(at: Option<At>, lack: impl FnOnce() -> Lack) -> Found {
    at.map(|at| vec![entry(at)]).ok_or_else(lack)
}

impl<'a> View<'a> {
    /// What each subject of a rule came to; none when the rule has no subject yet.
    pub fn answer(self, check: &Check) -> Vec<Found> {
        // Without any secret point nothing about one can stand, and that is the gap.
        let is_about_secrets =
            matches!(check, Check::Secret { .. } | Check::Clearance { .. } | Check::Matched { .. });
        if is_about_secrets && self.secrets(Depth::General).next().is_none() {
            return vec![Err(Lack::of("lack-registered"))];
        }
        match *check {
            Check::Registered { count } => self.registered(count),
            Check::Secret { from, has, days } => {
                let of = self.secrets(from);
                of.map(|(no, secret)| self.secret(no, secret, has, days)).collect()
            }
            Check::Clearance { from, has } => {
                let of = self.clearances(from);
                of.map(|one| self.clearance(one, has)).collect()
            }
            Check::Matched { from, has } => {
                let of = self.secrets(from).flat_map(|(no, secret)| {
                    self.in_force(secret).map(move |(one, measure)| (no, one, measure))
                });
                of.map(|(no, one, measure)| self.matched(no, one, measure, has)).collect()
            }
            Check::Disclosure { from, has } => self
                .disclosures(from, has == OfDisclosure::EndShown)
                .map(|(no, one)| self.disclosure(no, one, has))
                .collect(),
            Check::Person { has: OfPerson::Settled } => self.left(),
            Check::Account { has } => {
                let open = self.accounts().filter(|(_, one)| {
                    has != OfAccount::CounselUntil || one.role == AccountRole::Counsel
                });
                open.map(|(no, one)| account(no, one, has)).collect()
            }
            Check::Settled { what: What::Copy, days } => self.copies(days),
            Check::Settled { what, days } => self.begun(what, days),
            Check::Node { has, days } => self.node(has, days.unwrap_or(0)),
        }
    }

    /// The secret points that stand, of a level or graver.
    pub fn secrets(self, from: Depth) -> impl Iterator<Item = (Number, &'a Secret)> {
        let all = self.state.secrets.iter().map(|(no, one)| (*no, one));
        all.filter(move |(_, one)| self.stands(one, from))
    }

    fn stands(self, secret: &Secret, from: Depth) -> bool {
        let level = match secret.level {
            Level::Core => Depth::Core,
            Level::Important => Depth::Important,
            Level::General => Depth::General,
        };
        level <= from && secret.declassified.is_none_or(|day| day > self.today)
    }

    fn is_asked(self, no: Number, from: Depth) -> bool {
        self.state.secrets.get(&no).is_some_and(|one| self.stands(one, from))
    }

    fn is_recent(self, day: Day, days: u32) -> bool {
        day.days_to(self.today) <= i64::from(days)
    }

    fn registered(self, count: usize) -> Vec<Found> {
        let stand: Vec<_> = self.secrets(Depth::General).take(count).collect();
        if stand.len() < count {
            return vec![Err(Lack::of("lack-registered"))];
        }
        vec![Ok(stand.into_iter().map(|(_, secret)| entry(secret.at)).collect())]
    }

    /// The measures in force that are matched to a secret point.
    fn in_force(self, secret: &'a Secret) -> impl Iterator<Item = (&'a Match, &'a Measure)> {
        secret.matches.iter().filter_map(move |one| {
            let measure = self.state.measures.get(&one.measure)?;
            self.holds(measure).then_some((one, measure))
        })
    }

    fn holds(self, measure: &Measure) -> bool {
        let ended = match measure.ended {
            Some((_, Some(last))) => last < self.today,
            Some((_, None)) => true,
            None => false,
        };
        measure.from.unwrap_or(measure.at.1) <= self.today
            && measure.until.is_none_or(|until| self.today <= until)
            && !ended
    }

    fn secret(self, no: Number, of: &'a Secret, has: OfSecret, days: Option<u32>) -> Found {
        let lack = |key| Lack { secret: Some(no), ..Lack::of(key) };
        let item = |item, key| self.of_item(no, of, item, key);
        match has {
            OfSecret::Statement => {
                or_lack(of.statements.values().next().copied(), || lack("lack-statement"))
            }
            OfSecret::Owner => or_lack(of.owner, || lack("lack-owner")),
            OfSecret::Department => or_lack(of.department, || lack("lack-department")),
            OfSecret::Carrier => {
                or_lack(of.carriers.values().next().copied(), || lack("lack-carrier"))
            }
            OfSecret::Public => or_lack(of.public, || lack("lack-public")),
            OfSecret::Origin => or_lack(of.origin, || lack("lack-origin")),
            OfSecret::Value => or_lack(of.value, || lack("lack-value")),
            OfSecret::Formed => or_lack(of.formed, || lack("lack-formed")),
            OfSecret::Form => or_lack(of.form, || lack("lack-form")),
            OfSecret::Review => match of.review {
                None => Err(lack("lack-review")),
                Some((_, day)) if day < self.today => {
                    Err(Lack { day: Some(day), ..lack("lack-review-passed") })
                }
                Some((at, _)) => Ok(vec![entry(at)]),
            },
            OfSecret::Touched if self.is_recent(of.touched.1, days.unwrap_or(0)) => {
                Ok(vec![entry(of.touched)])
            }
            OfSecret::Touched => Err(Lack { day: Some(of.touched.1), ..lack("lack-touched") }),
            OfSecret::Circle => {
                let open = self.clearances(Depth::General).find(|one| one.secret == no);
                or_lack(open.map(|one| one.at), || lack("lack-circle"))
            }
            OfSecret::Measure => match self.in_force(of).next() {
                Some((one, measure)) => Ok(vec![entry(measure.at), entry(one.at)]),
                None => Err(Lack { near: self.near_measure(no, None), ..lack("lack-measure") }),
            },
            OfSecret::Agreement => item(MeasureItem::Agreement, "lack-by-agreement"),
            OfSecret::Rules => item(MeasureItem::Rules, "lack-by-rules"),
            OfSecret::Zone => item(MeasureItem::Zone, "lack-by-zone"),
            OfSecret::Marking => item(MeasureItem::Marking, "lack-by-marking"),
            OfSecret::Devices => item(MeasureItem::Devices, "lack-by-devices"),
            OfSecret::Leavers => item(MeasureItem::Leavers, "lack-by-leavers"),
            OfSecret::TwoItems => {
                let mut items: Vec<(MeasureItem, At, At)> = Vec::new();
                for (one, measure) in self.in_force(of) {
                    if items.iter().all(|(item, ..)| *item != measure.item) {
                        items.push((measure.item, measure.at, one.at));
                    }
                }
                match items[..] {
                    [(_, a, b), (_, c, d), ..] => Ok([a, b, c, d].map(entry).to_vec()),
                    _ => Err(lack("lack-two-items")),
                }
            }
            OfSecret::Cover => self.cover(no, of),
            OfSecret::Vouched => self.vouched_statements(no, of),
            OfSecret::Indexed => self.indexed(no, of),
            OfSecret::Swept => self.swept(no, days.unwrap_or(0)),
            OfSecret::Dossier => {
                let mut built = self.state.dossiers.iter().rev();
                let days = days.unwrap_or(0);
                let found = built.find(|((_, day), secrets)| {
                    secrets.contains(&no) && self.is_recent(*day, days)
                });
                or_lack(found.map(|(at, _)| *at), || lack("lack-dossier"))
            }
        }
    }

    /// A measure that is in force but not matched here.
    fn near_measure(self, secret: Number, item: Option<MeasureItem>) -> Option<Number> {
        let of = self.state.secrets.get(&secret)?;
        let mut others = self.state.measures.iter().filter(|(no, one)| {
            self.holds(one)
                && item.is_none_or(|item| one.item == item)
                && of.matches.iter().all(|matched| matched.measure != **no)
        });
        others.next().map(|(no, _)| *no)
    }

    fn of_item(self, no: Number, of: &'a Secret, item: MeasureItem, key: &'static str) -> Found {
        match self.in_force(of).find(|(_, measure)| measure.item == item) {
            Some((one, measure)) => Ok(vec![entry(measure.at), entry(one.at)]),
            None => {
                let near = self.near_measure(no, Some(item));
                Err(Lack { secret: Some(no), near, ..Lack::of(key) })
            }
        }
    }

    fn cover(self, no: Number, of: &'a Secret) -> Found {
        let mut grounds = Vec::new();
        let mut bare = Vec::new();
        for &statement in of.statements.keys() {
            let fits =
                |one: &Match| one.statements.as_ref().is_none_or(|all| all.contains(&statement));
            match self.in_force(of).find(|(one, _)| fits(one)) {
                Some((one, measure)) => grounds.extend([entry(measure.at), entry(one.at)]),
                None => bare.push(statement.to_string()),
            }
        }
        if of.statements.is_empty() {
            return Err(Lack { secret: Some(no), ..Lack::of("lack-statement") });
        }
        if bare.is_empty() {
            return Ok(grounds);
        }
        Err(Lack { secret: Some(no), list: bare.join(", "), ..Lack::of("lack-cover") })
    }

    fn vouched_statements(self, no: Number, of: &'a Secret) -> Found {
        let mut grounds = Vec::new();
        let mut bare = Vec::new();
        for (statement, at) in &of.statements {
            let mut seen = self.vouched.iter().filter(|one| one.is_outside() && one.size > at.0);
            match seen.next() {
                Some(one) => grounds.extend([entry(*at), Ground::Checkpoint(one.size)]),
                None => bare.push(statement.to_string()),
            }
        }
        if bare.is_empty() && !grounds.is_empty() {
            return Ok(grounds);
        }
        let key = if bare.is_empty() { "lack-statement" } else { "lack-vouched" };
        Err(Lack { secret: Some(no), list: bare.join(", "), ..Lack::of(key) })
    }

    fn indexed(self, no: Number, of: &'a Secret) -> Found {
        let lack = || Lack { secret: Some(no), ..Lack::of("lack-indexed") };
        let ((idx, day), secrets, _) = self.state.indexes.last().ok_or_else(lack)?;
        let newest = of.carriers.values().chain(of.statements.values()).map(|at| at.0).max();
        if secrets.contains(&no) && newest.is_none_or(|newest| newest < *idx) {
            Ok(vec![entry((*idx, *day))])
        } else {
            Err(lack())
        }
    }

    fn swept(self, no: Number, days: u32) -> Found {
        let knows = |digest: &str| {
            let mut made = self.state.indexes.iter().rev();
            made.find(|(_, secrets, of)| of == digest && secrets.contains(&no)).map(|(at, ..)| *at)
        };
        let mut sweeps = self.state.sweeps.iter().rev();
        let found = sweeps.find_map(|(at, partial, digest)| {
            let index = knows(digest)?;
            (!partial && self.is_recent(at.1, days)).then_some([entry(*at), entry(index)])
        });
        found
            .map(|grounds| grounds.to_vec())
            .ok_or_else(|| Lack { secret: Some(no), ..Lack::of("lack-swept") })
    }

    /// The clearances in force for secret points of a level or graver.
    fn clearances(self, from: Depth) -> impl Iterator<Item = &'a Clearance> {
        self.state
            .clearances
            .iter()
            .filter(move |one| self.is_cleared(one) && self.is_asked(one.secret, from))
    }

    fn is_cleared(self, one: &Clearance) -> bool {
        let barred = one.barred.map(|(at, day)| day.unwrap_or(at.1));
        one.from.unwrap_or(one.at.1) <= self.today
            && one.until.is_none_or(|until| self.today <= until)
            && barred.is_none_or(|day| day > self.today)
    }

    fn papers(self, no: Number) -> impl Iterator<Item = &'a Paper> {
        let all = self.state.papers.get(&no).into_iter().flatten();
        all.filter(move |paper| paper.day() <= self.today)
    }

    fn clearance(self, one: &'a Clearance, has: OfClearance) -> Found {
        let lack =
            |key| Lack { secret: Some(one.secret), person: Some(one.person), ..Lack::of(key) };
        match has {
            OfClearance::Signed => {
                or_lack(self.papers(one.person).next().map(|paper| paper.at), || {
                    lack("lack-signed")
                })
            }
            OfClearance::SignedBefore => {
                let since = one.from.unwrap_or(one.at.1);
                let before = self.papers(one.person).find(|paper| paper.day() <= since);
                or_lack(before.map(|paper| paper.at), || Lack {
                    day: Some(since),
                    ..lack("lack-signed-before")
                })
            }
            OfClearance::Why if one.has_why => Ok(vec![entry(one.at)]),
            OfClearance::Why => Err(lack("lack-need")),
            OfClearance::Until if one.until.is_some() => Ok(vec![entry(one.at)]),
            OfClearance::Until => Err(lack("lack-access-until")),
        }
    }

    fn matched(self, no: Number, one: &'a Match, measure: &'a Measure, has: OfMatch) -> Found {
        let lack = |key| Lack { secret: Some(no), thing: Some(one.measure), ..Lack::of(key) };
        match has {
            OfMatch::Why if one.has_why => Ok(vec![entry(one.at)]),
            OfMatch::Why => Err(lack("lack-fit")),
            OfMatch::Paper => {
                or_lack(self.papers(one.measure).next().map(|paper| paper.at), || {
                    lack("lack-measure-paper")
                })
            }
            OfMatch::Until if measure.until.is_some() => Ok(vec![entry(measure.at)]),
            OfMatch::Until => Err(lack("lack-measure-until")),
        }
    }

    fn disclosures(
        self,
        from: Depth,
        closed: bool,
    ) -> impl Iterator<Item = (Number, &'a Disclosure)> {
        let all = self.state.disclosures.iter().map(|(no, one)| (*no, one));
        all.filter(move |(_, one)| {
            one.closed.is_some() == closed && (closed || self.is_asked(one.secret, from))
        })
    }

    /// An agreement with a partner that is in force and covers a secret point.
    fn binding(self, one: &Disclosure) -> impl Iterator<Item = (Number, &'a Agreement)> {
        let (partner, secret) = (one.partner, one.secret);
        let all = self.state.agreements.iter().map(|(no, agreement)| (*no, agreement));
        all.filter(move |(_, agreement)| {
            agreement.partner == partner
                && agreement.secrets.as_ref().is_none_or(|all| all.contains(&secret))
                && agreement.from.unwrap_or(agreement.at.1) <= self.today
                && agreement.until.is_none_or(|until| self.today <= until)
        })
    }

    fn disclosure(self, no: Number, one: &'a Disclosure, has: OfDisclosure) -> Found {
        let lack = |key| Lack {
            secret: Some(one.secret),
            partner: Some(one.partner),
            thing: Some(no),
            ..Lack::of(key)
        };
        let own = |key| or_lack(self.papers(no).next().map(|paper| paper.at), || lack(key));
        let said = |is_so: bool, key| or_lack(is_so.then_some(one.at), || lack(key));
        match has {
            OfDisclosure::Agreement => {
                let bound = self.binding(one).next().map(|(_, agreement)| agreement.at);
                or_lack(bound, || {
                    let mut others = self.state.agreements.iter();
                    let near = others.find(|(_, other)| other.partner == one.partner);
                    Lack { near: near.map(|(no, _)| *no), ..lack("lack-agreement") }
                })
            }
            OfDisclosure::AgreementPaper => {
                let mut thing = None;
                for (agreement, _) in self.binding(one) {
                    thing = Some(agreement);
                    if let Some(paper) = self.papers(agreement).next() {
                        return Ok(vec![entry(paper.at)]);
                    }
                }
                match thing {
                    Some(_) => Err(Lack { thing, ..lack("lack-agreement-paper") }),
                    None => Err(lack("lack-agreement")),
                }
            }
            OfDisclosure::ReturnDay => said(one.until.is_some(), "lack-return-day"),
            OfDisclosure::OnTime => match one.until {
                Some(until) if until < self.today => {
                    Err(Lack { day: Some(until), ..lack("lack-on-time") })
                }
                _ => Ok(vec![entry(one.at)]),
            },
            OfDisclosure::InPart => said(one.in_part, "lack-in-part"),
            OfDisclosure::Receipt => own("lack-receipt"),
            OfDisclosure::EndShown => {
                // A receipt from the beginning shows no end.
                let closed = one.closed.map_or(u64::MAX, |at| at.0);
                let shown = self.papers(no).find(|paper| paper.at.0 > closed);
                or_lack(shown.map(|paper| paper.at), || lack("lack-end-shown"))
            }
            OfDisclosure::Marked => {
                let mut copies = self.state.copies.values();
                let held = copies.find(|copy| {
                    copy.recipient == one.partner
                        && copy.secret == Some(one.secret)
                        && copy.ended.is_none()
                });
                or_lack(held.map(|copy| copy.at), || lack("lack-marked"))
            }
        }
    }

    /// Everybody whose access was ended altogether.
    fn left(self) -> Vec<Found> {
        let mut of: BTreeMap<Number, Vec<&Clearance>> = BTreeMap::new();
        for one in &self.state.clearances {
            of.entry(one.person).or_default().push(one);
        }
        let gone = of.into_iter().filter(|(_, all)| !all.iter().any(|one| self.is_cleared(one)));
        gone.filter_map(|(person, all)| {
            let (at, day) = all.iter().filter_map(|one| one.barred).max_by_key(|(at, _)| at.0)?;
            Some(self.settled(person, day.unwrap_or(at.1)))
        })
        .collect()
    }

    fn settled(self, person: Number, since: Day) -> Found {
        let lack = |key, thing| Lack { person: Some(person), thing, ..Lack::of(key) };
        let account = self.accounts().find(|(_, one)| one.holder == Some(person));
        if let Some((no, _)) = account {
            return Err(lack("lack-settled-account", Some(no)));
        }
        let mut copies = self.state.copies.iter();
        let held = copies.find(|(_, one)| one.recipient == person && one.ended.is_none());
        if let Some((no, _)) = held {
            return Err(lack("lack-settled-copy", Some(*no)));
        }
        let paper = self.papers(person).find(|paper| paper.day() >= since);
        or_lack(paper.map(|paper| paper.at), || Lack {
            day: Some(since),
            ..lack("lack-settled-paper", None)
        })
    }

    /// The accounts that are open.
    fn accounts(self) -> impl Iterator<Item = (Number, &'a Account)> {
        let all = self.state.accounts.iter().map(|(no, one)| (*no, one));
        all.filter(move |(_, one)| {
            !one.closed && one.until.is_none_or(|(_, day)| self.today <= day)
        })
    }

    fn begun(self, what: What, days: u32) -> Vec<Found> {
        let (series, key) = match what {
            What::Release => (Series::Release, "lack-release"),
            What::Find | What::Copy => (Series::Find, "lack-find"),
        };
        let of = self.state.begun.iter().filter(|(no, _)| no.series == series);
        of.map(|(no, one)| {
            if one.done.len() >= one.needed {
                return Ok(one.done.iter().copied().map(entry).collect());
            }
            let lack = || Lack { thing: Some(*no), day: Some(one.at.1), ..Lack::of(key) };
            or_lack(self.is_recent(one.at.1, days).then_some(one.at), lack)
        })
        .collect()
    }

    fn copies(self, days: u32) -> Vec<Found> {
        let due = self.state.copies.iter().filter_map(|(no, one)| Some((no, one, one.until?)));
        due.map(|(no, one, until)| match one.ended {
            Some(ended) => Ok(vec![entry(ended)]),
            None => or_lack(self.is_recent(until, days).then_some(one.at), || Lack {
                thing: Some(*no),
                secret: one.secret,
                day: Some(until),
                ..Lack::of("lack-copy")
            }),
        })
        .collect()
    }

    fn node(self, has: OfNode, days: u32) -> Vec<Found> {
        let found = match has {
            OfNode::Shares => {
                let shares = self.state.node.as_ref();
                let enough = shares.filter(|(_, shares)| needed(shares) >= 2);
                or_lack(enough.map(|(at, _)| *at), || Lack::of("lack-shares"))
            }
            OfNode::Independent => {
                let mut all = self.state.vouchers.values();
                let found =
                    all.find(|(_, standing)| *standing == domain::terms::Standing::Independent);
                or_lack(found.map(|(at, _)| *at), || Lack::of("lack-independent"))
            }
            OfNode::Anchor => {
                let outside = self.vouched.iter().filter(|one| one.is_outside());
                let newest = outside.max_by_key(|one| one.day);
                match newest {
                    Some(one) if self.is_recent(one.day, days) => {
                        Ok(vec![Ground::Checkpoint(one.size)])
                    }
                    newest => {
                        let day = newest.map(|one| one.day);
                        let key = if day.is_some() { "lack-anchor-old" } else { "lack-anchor" };
                        Err(Lack { day, ..Lack::of(key) })
                    }
                }
            }
            OfNode::Drill => {
                let last = self.state.drills.last();
                match last {
                    Some((at, 0)) if self.is_recent(at.1, days) => Ok(vec![entry(*at)]),
                    Some((at, 0)) => Err(Lack { day: Some(at.1), ..Lack::of("lack-drill-old") }),
                    Some((at, _)) => Err(Lack { day: Some(at.1), ..Lack::of("lack-drill-bad") }),
                    None => Err(Lack::of("lack-drill")),
                }
            }
            OfNode::Auditor => {
                let found = self.accounts().find(|(_, one)| one.role == AccountRole::Auditor);
                or_lack(found.map(|(_, one)| one.at), || Lack::of("lack-auditor"))
            }
            OfNode::ReadsReasoned => {
                let bare = self.state.unreasoned.iter().rev();
                let recent = bare.take_while(|(at, _)| self.is_recent(at.1, days)).last();
                if let Some((at, secret)) = recent {
                    let (secret, day) = (Some(*secret), Some(at.1));
                    return vec![Err(Lack { secret, day, ..Lack::of("lack-reason") })];
                }
                match self.state.read {
                    Some(at) if self.is_recent(at.1, days) => Ok(vec![entry(at)]),
                    _ => return Vec::new(),
                }
            }
        };
        vec![found]
    }
}

fn account(no: Number, one: &Account, has: OfAccount) -> Found {
    let lack = |key| Lack { thing: Some(no), ..Lack::of(key) };
    match has {
        OfAccount::Holder => or_lack(one.holder.map(|_| one.at), || lack("lack-holder")),
        OfAccount::OwnPassword => {
            let own = one.password.filter(|(_, how)| *how == PasswordBy::Holder);
            or_lack(own.map(|(at, _)| at), || lack("lack-own-password"))
        }
        OfAccount::CounselUntil => {
            or_lack(one.until.map(|(at, _)| at), || lack("lack-counsel-until"))
        }
    }
}

/// How many shares open the vault together: 2 of `2-of-3`.
fn needed(shares: &str) -> u32 {
    shares.split('-').next().and_then(|count| count.parse().ok()).unwrap_or(0)
}
