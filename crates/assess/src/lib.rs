//! Self-assessment (自评): which controls stand on a day and by which records, what is lacking, what
//! it comes to, and what to do next.
//!
//! Pure: events in, findings out. Told the events until a day, everything here is as of that day.

mod doors;
mod incident;
mod moot;
mod rules;
mod state;

use catalog::Controls;
use catalog::control::{Check, Control, Depth, Group};
use domain::terms::Answer;
use domain::{Day, Number};

pub use doors::{Call, Door, ElementLine, FactLine, Mend, NeedLine, door, drawn};
pub use incident::{Drawn, Incident};
pub use moot::{Hit, Raised, argue};
pub use state::{Fact, KINDS, Said, State, Task, Vouch};

use rules::View;

/// What decided: an entry of the ledger, or a checkpoint that others saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// The entry's place.
    Entry(u64),
    /// The checkpoint's size.
    Checkpoint(u64),
}

/// Something that is lacking, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lack {
    /// The key of its words, which say what to do.
    pub key: &'static str,
    /// The secret point.
    pub secret: Option<Number>,
    /// The person.
    pub person: Option<Number>,
    /// The partner.
    pub partner: Option<Number>,
    /// The measure, agreement, disclosure, copy, account or answer.
    pub thing: Option<Number>,
    /// What is there, and does not cover this.
    pub near: Option<Number>,
    /// The day it is about.
    pub day: Option<Day>,
    /// Statements, separated by commas.
    pub list: String,
}

impl Lack {
    pub(crate) fn of(key: &'static str) -> Self {
        Self { key, ..Self::default() }
    }

    /// All keys, for tests of words.
    pub const KEYS: &[&str] = &[
        "lack-registered",
        "lack-statement",
        "lack-owner",
        "lack-department",
        "lack-carrier",
        "lack-public",
        "lack-origin",
        "lack-value",
        "lack-formed",
        "lack-form",
        "lack-review",
        "lack-review-passed",
        "lack-touched",
        "lack-circle",
        "lack-measure",
        "lack-by-agreement",
        "lack-by-rules",
        "lack-by-zone",
        "lack-by-marking",
        "lack-by-devices",
        "lack-by-leavers",
        "lack-two-items",
        "lack-cover",
        "lack-vouched",
        "lack-indexed",
        "lack-swept",
        "lack-dossier",
        "lack-signed",
        "lack-signed-before",
        "lack-need",
        "lack-access-until",
        "lack-fit",
        "lack-measure-paper",
        "lack-measure-until",
        "lack-agreement",
        "lack-agreement-paper",
        "lack-return-day",
        "lack-on-time",
        "lack-in-part",
        "lack-receipt",
        "lack-end-shown",
        "lack-marked",
        "lack-settled-account",
        "lack-settled-copy",
        "lack-settled-paper",
        "lack-release",
        "lack-find",
        "lack-copy",
        "lack-shares",
        "lack-independent",
        "lack-anchor",
        "lack-anchor-old",
        "lack-drill",
        "lack-drill-old",
        "lack-drill-bad",
        "lack-auditor",
        "lack-reason",
        "lack-holder",
        "lack-own-password",
        "lack-counsel-until",
        "lack-answer",
        "lack-answer-unmet",
        "lack-answer-lapsed",
        "lack-answer-early",
        "lack-answer-paper",
        "lack-answer-cover",
    ];
}

/// Whether a control stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// 成立.
    Met,
    /// 不成立.
    Unmet,
    /// 已失效: its evidence has lapsed.
    Lapsed,
    /// 未答: a person has to say.
    Unanswered,
    /// 尚无对象: there is nothing yet that it is about.
    Idle,
    /// 不适用: a person said so, with a reason.
    Exempt,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Met, Self::Unmet, Self::Lapsed, Self::Unanswered, Self::Idle, Self::Exempt];

    /// The fixed word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Unmet => "unmet",
            Self::Lapsed => "lapsed",
            Self::Unanswered => "unanswered",
            Self::Idle => "idle",
            Self::Exempt => "exempt",
        }
    }

    /// The one with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// Whether something is to be done.
    pub const fn is_gap(self) -> bool {
        matches!(self, Self::Unmet | Self::Lapsed | Self::Unanswered)
    }

    /// Whether it counts in the score.
    pub const fn counts(self) -> bool {
        !matches!(self, Self::Idle | Self::Exempt)
    }
}

/// A control on a day.
#[derive(Clone, Debug)]
pub struct Line<'c> {
    /// Its group.
    pub group: &'c Group,
    /// The control.
    pub control: &'c Control,
    /// The place of its step, from 0.
    pub step: usize,
    /// Whether it stands.
    pub standing: Standing,
    /// How many it was asked of.
    pub asked: usize,
    /// Of how many it holds.
    pub held: usize,
    /// What decided that it stands, or stands for some.
    pub grounds: Vec<Ground>,
    /// What is lacking.
    pub lacks: Vec<Lack>,
    /// What a person said last, whether or not it holds.
    pub said: Option<Said>,
    /// Whether the control changed since that was said.
    pub changed: bool,
    /// Who sees to it.
    pub task: Option<Task>,
    /// What it gives when it stands, in tenths of a point of the score.
    pub gain: u32,
}

/// A step on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepScore {
    /// Controls that stand.
    pub met: usize,
    /// Controls that count.
    pub of: usize,
    /// Whether it is offered: those before it stand.
    pub offered: bool,
}

/// All controls on a day.
#[derive(Clone, Debug)]
pub struct Assessment<'c> {
    /// The day.
    pub day: Day,
    /// The catalogue.
    pub controls: &'c Controls,
    /// Each control, in the order of the catalogue.
    pub lines: Vec<Line<'c>>,
    /// Each step.
    pub steps: Vec<StepScore>,
    /// What it comes to: 0 to 1000, in tenths of a point.
    pub score: u32,
    /// The edition that was looked at last; `None` before the first time.
    pub adopted: Option<u32>,
}

impl<'c> Assessment<'c> {
    /// How many controls were looked at or answered, and how many there are that count.
    pub fn answered(&self) -> (usize, usize) {
        let of = self.lines.iter().filter(|line| line.standing.counts());
        let open = of.clone().filter(|line| line.standing == Standing::Unanswered).count();
        let of = of.count();
        (of - open, of)
    }

    /// What is lacking in the steps that are offered, the largest gain for the least work first.
    pub fn gaps(&self) -> Vec<&Line<'c>> {
        let is_offered = |line: &&Line<'c>| self.steps[line.step].offered;
        let mut gaps: Vec<_> =
            self.lines.iter().filter(|line| line.standing.is_gap()).filter(is_offered).collect();
        // Gain for work as a fraction, compared without dividing; the order of the data is kept.
        gaps.sort_by(|a, b| {
            let worth = |of: &Line<'_>, other: &Line<'_>| {
                u64::from(of.control.weight) * u64::from(other.control.minutes.max(1))
            };
            // What waits for a first secret point comes after registering it.
            let waits = |of: &Line<'_>| {
                !matches!(of.control.check, Some(Check::Registered { .. }))
                    && of.lacks.first().is_some_and(|lack| lack.key == "lack-registered")
            };
            (a.step, waits(a)).cmp(&(b.step, waits(b))).then(worth(b, a).cmp(&worth(a, b)))
        });
        gaps
    }

    /// The best next step.
    pub fn next(&self) -> Option<&Line<'c>> {
        self.gaps().into_iter().next()
    }

    /// A control by its name.
    pub fn line(&self, id: &str) -> Option<&Line<'c>> {
        self.lines.iter().find(|line| line.control.id.id == id)
    }
}

/// Says of every control whether it stands on a day.
///
/// `state` was told the events until that day, `vouched` is what others saw until then.
pub fn assess<'c>(
    controls: &'c Controls,
    state: &State,
    vouched: &[Vouch],
    today: Day,
) -> Assessment<'c> {
    let view = View { state, vouched, today };
    let mut lines: Vec<Line<'c>> =
        controls.all().map(|(group, control)| line(controls, group, control, view)).collect();
    let counts = |line: &&Line<'_>| line.standing.counts();
    let weight = |line: &Line<'_>| line.control.weight;
    let whole: u32 = lines.iter().filter(counts).map(weight).sum();
    let met = lines.iter().filter(|line| line.standing == Standing::Met);
    let score = (met.map(weight).sum::<u32>() * 1000).checked_div(whole).unwrap_or(0);
    let mut offered = true;
    let mut steps = Vec::new();
    for place in 0..controls.step.len() {
        let of = || lines.iter().filter(move |line| line.step == place).filter(counts);
        let met = of().filter(|line| line.standing == Standing::Met).count();
        let step = StepScore { met, of: of().count(), offered };
        offered &= step.met == step.of;
        steps.push(step);
    }
    for line in lines.iter_mut().filter(|line| line.standing.is_gap()) {
        line.gain = (line.control.weight * 1000).checked_div(whole).unwrap_or(0);
    }
    Assessment { day: today, controls, lines, steps, score, adopted: state.adopted() }
}

fn line<'c>(
    controls: &Controls,
    group: &'c Group,
    control: &'c Control,
    view: View<'_>,
) -> Line<'c> {
    let id = control.id.id.as_str();
    let mut said = view.state.answers().filter(|said| said.control == id);
    let said = said.find(|said| !said.withdrawn).cloned();
    let changed = said.as_ref().is_some_and(|said| {
        controls.changes_since(said.edition).any(|change| change.control == id)
    });
    let mut line = Line {
        group,
        control,
        step: controls.place(&control.step.id).unwrap_or(0),
        standing: Standing::Unanswered,
        asked: 0,
        held: 0,
        grounds: Vec::new(),
        lacks: Vec::new(),
        said,
        changed,
        task: view.state.tasks.get(id).filter(|task| *task != &Task::none(task.idx)).cloned(),
        gain: 0,
    };
    if let Some(said) = &line.said
        && said.verdict == Answer::Exempt
        && said.from <= view.today
        && view.today <= last_day(control, said)
    {
        line.standing = Standing::Exempt;
        line.grounds.push(Ground::Entry(said.idx));
        return line;
    }
    match &control.check {
        Some(check) => {
            for found in view.answer(check) {
                line.asked += 1;
                match found {
                    Ok(grounds) => {
                        line.held += 1;
                        line.grounds.extend(grounds);
                    }
                    Err(lack) => line.lacks.push(lack),
                }
            }
            line.standing = match (line.asked, line.lacks.len()) {
                (0, _) => Standing::Idle,
                (_, 0) => Standing::Met,
                _ => Standing::Unmet,
            };
        }
        None => {
            line.asked = 1;
            match spoken(control, line.said.as_ref(), view) {
                Ok(grounds) => {
                    line.held = 1;
                    line.grounds = grounds;
                    line.standing = Standing::Met;
                }
                Err((standing, lack)) => {
                    line.standing = standing;
                    line.lacks.push(lack);
                }
            }
        }
    }
    line.grounds.sort_unstable();
    line.grounds.dedup();
    line.lacks.dedup();
    line
}

impl Task {
    fn none(idx: u64) -> Self {
        Self { idx, person: None, due: None, why: None }
    }
}

/// Until when an answer holds: as said, and never longer than the catalogue allows.
fn last_day(control: &Control, said: &Said) -> Day {
    let most = control.months.and_then(|months| said.from.plus_months(months));
    most.map_or(said.until, |most| most.min(said.until))
}

/// Whether what a person said holds.
fn spoken(
    control: &Control,
    said: Option<&Said>,
    view: View<'_>,
) -> Result<Vec<Ground>, (Standing, Lack)> {
    let Some(said) = said else {
        return Err((Standing::Unanswered, Lack::of("lack-answer")));
    };
    let lack = |key| Lack { thing: Some(said.no), ..Lack::of(key) };
    let last = last_day(control, said);
    if view.today > last {
        return Err((Standing::Lapsed, Lack { day: Some(last), ..lack("lack-answer-lapsed") }));
    }
    if view.today < said.from {
        let lack = Lack { day: Some(said.from), ..lack("lack-answer-early") };
        return Err((Standing::Unanswered, lack));
    }
    if said.verdict == Answer::Unmet {
        return Err((Standing::Unmet, lack("lack-answer-unmet")));
    }
    let papers = view.state.papers_of(said.no);
    let Some(paper) = papers.first() else {
        return Err((Standing::Unmet, lack("lack-answer-paper")));
    };
    // Evidence that names secret points covers those and no others.
    if let Some(covered) = &said.secrets {
        let mut secrets = view.secrets(Depth::Important).map(|(no, _)| no);
        if let Some(bare) = secrets.find(|no| !covered.contains(no)) {
            let lack =
                Lack { secret: Some(bare), near: Some(said.no), ..lack("lack-answer-cover") };
            return Err((Standing::Unmet, lack));
        }
    }
    Ok(vec![Ground::Entry(said.idx), Ground::Entry(*paper)])
}

/// The address on which a lack is made good: the holes of the control's page filled in. Without
/// what a hole asks for, the control's own page.
pub fn place(control: &Control, lack: Option<&Lack>) -> String {
    let own = || format!("/controls/{}", control.id.id);
    if lack.is_some_and(|lack| lack.key == "lack-registered") {
        return "/secrets/new".to_owned();
    }
    let Some(at) = &control.at else { return own() };
    let mut text = at.clone();
    let holes = [
        ("{secret}", lack.and_then(|lack| lack.secret)),
        ("{person}", lack.and_then(|lack| lack.person)),
        ("{partner}", lack.and_then(|lack| lack.partner)),
        ("{thing}", lack.and_then(|lack| lack.thing)),
    ];
    for (hole, no) in holes {
        match no {
            Some(no) => text = text.replace(hole, &no.to_string()),
            None if text.contains(hole) => return own(),
            None => {}
        }
    }
    text
}
