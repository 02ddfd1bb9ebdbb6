//! Figures of a station over a period (看板, 报告): one pure function from counts to a board, which
//! the page, the paper, the open data and the command line only put into words.

use crate::coverage::{Figure, Share, Sight, shown, shown_counts};
use crate::moment::Day;
use crate::number::Number;
use crate::period::Period;
use crate::terms::{Service, Theme};

/// In how many days a request was answered, in steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// On the day it came.
    SameDay,
    /// Within three days.
    Three,
    /// Within a week.
    Week,
    /// Within fifteen days.
    Fifteen,
    /// Later.
    Later,
    /// Not answered.
    Not,
}

impl Wait {
    /// All of them, the quickest first.
    pub const ALL: [Self; 6] =
        [Self::SameDay, Self::Three, Self::Week, Self::Fifteen, Self::Later, Self::Not];

    /// The fixed word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SameDay => "same-day",
            Self::Three => "three",
            Self::Week => "week",
            Self::Fifteen => "fifteen",
            Self::Later => "later",
            Self::Not => "not",
        }
    }

    /// The one with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wait| wait.word() == word)
    }

    /// Days from the coming to the first answer, both included; `None` for no answer.
    pub const fn days(self) -> Option<(i64, i64)> {
        match self {
            Self::SameDay => Some((0, 0)),
            Self::Three => Some((1, 3)),
            Self::Week => Some((4, 7)),
            Self::Fifteen => Some((8, 15)),
            Self::Later => Some((16, i64::MAX)),
            Self::Not => None,
        }
    }

    /// The step of a number of days.
    pub fn of(days: Option<i64>) -> Self {
        let Some(days) = days else { return Self::Not };
        let within = |wait: &Self| wait.days().is_some_and(|(_, most)| days <= most);
        Self::ALL.into_iter().find(within).unwrap_or(Self::Later)
    }
}

/// What was counted. Nothing in it is a share yet, and no text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Companies in the directory.
    pub companies: u64,
    /// Those that had each service, ever.
    pub had: Vec<(Service, u64)>,
    /// Those that had any.
    pub any: u64,
    /// Those whose profile is filed.
    pub filed: u64,
    /// In the period: how often each service was given, and to how many companies.
    pub services: Vec<(Service, u64, u64)>,
    /// How many companies had any in the period.
    pub served: u64,
    /// Of each month: services given, requests received, visits made.
    pub months: Vec<(Period, [u64; 3])>,
    /// Visits of the period: planned, made, cancelled.
    pub visits: [u64; 3],
    /// Requests received in the period, by theme: all, closed, late and still open.
    pub requests: Vec<(Theme, [u64; 3])>,
    /// Days to the first answer of each request received in the period.
    pub waits: Vec<Option<i64>>,
    /// Activities of the period: planned, held, cancelled.
    pub activities: [u64; 3],
    /// Companies invited, people registered, people who came.
    pub people: [u64; 3],
    /// By layer: applied for in the period, awarded in the period, holding now.
    pub recognitions: Vec<(String, [u64; 3])>,
    /// By procedure: cases accepted in the period, and those of them that have ended.
    pub cases: Vec<(String, [u64; 2])>,
    /// Open cases now, by procedure and state: how many, and how many of them are late.
    pub steps: Vec<(String, String, [u64; 2])>,
    /// Prescriptions of the period by theme: written, open, of these overdue, cured.
    pub prescriptions: Vec<(Theme, [u64; 4])>,
    /// By expert: replies and visits in the period, requests waiting now.
    pub experts: Vec<(Number, [u64; 3])>,
    /// Links that stand: heard within a week, within thirty days, not for longer.
    pub links: [u64; 3],
    /// Letters of the period: received, sent, and sent of these without a receipt.
    pub letters: [u64; 3],
}

/// What stands at the head of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// The key of its words.
    Key(String),
    /// A month.
    Month(Period),
    /// A layer of recognition, by its scheme.
    Layer(String),
    /// A procedure.
    Procedure(String),
    /// A state of a procedure.
    State(String, String),
    /// Something with a number.
    Thing(Number),
}

/// A figure and the list behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The figure.
    pub count: u64,
    /// The address of the list; blank where there is none.
    pub list: String,
}

/// A line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is of.
    pub label: Label,
    /// Its figures, one for each column.
    pub cells: Vec<Cell>,
}

/// A table of the board: one chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its word: `fig-<word>` is the key of its title, `fig-<word>-def` that of its definition.
    pub word: &'static str,
    /// The words of its columns: `fig-col-<word>`.
    pub columns: &'static [&'static str],
    /// Its lines.
    pub lines: Vec<Line>,
    /// All lines together, where that is a figure of its own.
    pub sum: Option<Vec<Cell>>,
    /// The columns that outsiders may see, each with the one of which it is a part.
    pub open: &'static [(usize, Option<usize>)],
    /// Whether its lines follow each other in time.
    pub in_time: bool,
}

/// All figures of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// The period.
    pub period: Period,
    /// The day on which it was counted.
    pub on: Day,
    /// The figures at the top: `fig-head-<word>`.
    pub heads: Vec<(&'static str, Cell)>,
    /// Days in which half of the answered requests were answered, and nine of ten.
    pub answered_in: Option<(i64, i64)>,
    /// The tables.
    pub parts: Vec<Part>,
}

fn cell(count: u64, list: String) -> Cell {
    Cell { count, list }
}

fn key(prefix: &str, word: &str) -> Label {
    Label::Key(format!("{prefix}-{word}"))
}

/// The value at a share of sorted values: the first one that so many are not above.
fn at_share(sorted: &[i64], of: usize, whole: usize) -> Option<i64> {
    let last = sorted.len().checked_sub(1)?;
    let at = (sorted.len() * of).div_ceil(whole).saturating_sub(1);
    sorted.get(at.min(last)).copied()
}

/// The board of a period as counted on a day.
pub fn board(period: Period, on: Day, counts: &Counts) -> Board {
    let Counts { visits, people, activities, links, letters, .. } = counts;
    let list = |path: &str, pairs: &[(&str, &str)]| {
        let mut text = format!("{path}?period={period}");
        for (name, value) in pairs {
            text += &format!("&{name}={value}");
        }
        text
    };
    let sums = |lines: &[Line], lists: &[String]| {
        let sum =
            |at: usize| lines.iter().filter_map(|line| line.cells.get(at)).map(|c| c.count).sum();
        Some(lists.iter().enumerate().map(|(at, list)| cell(sum(at), list.clone())).collect())
    };
    let mut parts = Vec::new();

    let lines = counts.had.iter().map(|(service, had)| Line {
        label: key("service", service.word()),
        cells: vec![
            cell(counts.companies, "/companies".into()),
            cell(*had, format!("/companies?had={}", service.word())),
        ],
    });
    let filed = Line {
        label: Label::Key("coverage-filed".into()),
        cells: vec![
            cell(counts.companies, "/companies".into()),
            cell(counts.filed, "/companies?view=filed".into()),
        ],
    };
    parts.push(Part {
        word: "coverage",
        columns: &["companies", "had"],
        lines: lines.chain([filed]).collect(),
        sum: Some(vec![
            cell(counts.companies, "/companies".into()),
            cell(counts.any, "/companies?view=served".into()),
        ]),
        open: &[(0, None), (1, Some(0))],
        in_time: false,
    });

    let lines: Vec<Line> = counts
        .services
        .iter()
        .map(|(service, times, companies)| Line {
            label: key("service", service.word()),
            cells: vec![
                cell(*times, list("/services", &[("service", service.word())])),
                cell(*companies, list("/services", &[("service", service.word())])),
            ],
        })
        .collect();
    let times = counts.services.iter().map(|(_, times, _)| times).sum();
    parts.push(Part {
        word: "services",
        columns: &["times", "companies"],
        lines,
        sum: Some(vec![
            cell(times, list("/services", &[])),
            cell(counts.served, list("/services", &[])),
        ]),
        open: &[(0, None), (1, None)],
        in_time: false,
    });

    let lines = counts.months.iter().map(|(month, of)| {
        let at = |path: &str, rest: &str| format!("{path}?period={month}{rest}");
        let lists = [at("/services", ""), at("/requests", ""), at("/visits", "&view=made")];
        let cells = of.iter().zip(lists).map(|(count, list)| cell(*count, list)).collect();
        Line { label: Label::Month(*month), cells }
    });
    parts.push(Part {
        word: "months",
        columns: &["services", "requests", "visits"],
        lines: lines.collect(),
        sum: None,
        open: &[(0, None), (1, None), (2, None)],
        in_time: true,
    });

    let lines: Vec<Line> = ["planned", "made", "cancelled"]
        .into_iter()
        .zip(visits)
        .map(|(state, count)| Line {
            label: key("visit-state", state),
            cells: vec![cell(*count, list("/visits", &[("view", state)]))],
        })
        .collect();
    let sum = sums(&lines, &[list("/visits", &[])]);
    parts.push(Part {
        word: "visits",
        columns: &["visits"],
        lines,
        sum,
        open: &[(0, None)],
        in_time: false,
    });

    let lines: Vec<Line> = counts
        .requests
        .iter()
        .map(|(theme, of)| {
            let at = |view: &str| match view {
                "" => list("/requests", &[("theme", theme.word())]),
                view => list("/requests", &[("theme", theme.word()), ("view", view)]),
            };
            let cells =
                of.iter().zip(["", "closed", "late"]).map(|(count, view)| cell(*count, at(view)));
            Line { label: key("theme", theme.word()), cells: cells.collect() }
        })
        .collect();
    let lists = [
        list("/requests", &[]),
        list("/requests", &[("view", "closed")]),
        list("/requests", &[("view", "late")]),
    ];
    let sum = sums(&lines, &lists);
    parts.push(Part {
        word: "requests",
        columns: &["received", "closed", "late"],
        lines,
        sum,
        open: &[(0, None), (1, Some(0))],
        in_time: false,
    });

    let lines: Vec<Line> = Wait::ALL
        .into_iter()
        .map(|wait| {
            let count = counts.waits.iter().filter(|days| Wait::of(**days) == wait).count() as u64;
            Line {
                label: key("wait", wait.word()),
                cells: vec![cell(count, list("/requests", &[("wait", wait.word())]))],
            }
        })
        .collect();
    let sum = sums(&lines, &[list("/requests", &[])]);
    parts.push(Part {
        word: "waits",
        columns: &["requests"],
        lines,
        sum,
        open: &[(0, None)],
        in_time: false,
    });

    let lines: Vec<Line> = ["planned", "held", "cancelled"]
        .into_iter()
        .zip(activities)
        .map(|(state, count)| Line {
            label: key("activity", state),
            cells: vec![cell(*count, list("/activities", &[("view", state)]))],
        })
        .collect();
    let sum = sums(&lines, &[list("/activities", &[])]);
    parts.push(Part {
        word: "activities",
        columns: &["activities"],
        lines,
        sum,
        open: &[(0, None)],
        in_time: false,
    });

    let lines = ["invited", "registered", "came"].into_iter().zip(people).map(|(word, count)| {
        Line { label: key("fig-people", word), cells: vec![cell(*count, list("/activities", &[]))] }
    });
    parts.push(Part {
        word: "people",
        columns: &["people"],
        lines: lines.collect(),
        sum: None,
        open: &[(0, None)],
        in_time: false,
    });

    let lines: Vec<Line> = counts
        .recognitions
        .iter()
        .map(|(layer, of)| {
            let lists = [
                list("/recognitions", &[("layer", layer)]),
                list("/recognitions", &[("layer", layer), ("awarded", "yes")]),
                format!("/recognitions?layer={layer}&view=holds"),
            ];
            let cells = of.iter().zip(lists).map(|(count, list)| cell(*count, list)).collect();
            Line { label: Label::Layer(layer.clone()), cells }
        })
        .collect();
    let lists = [
        list("/recognitions", &[]),
        list("/recognitions", &[("awarded", "yes")]),
        "/recognitions?view=holds".to_owned(),
    ];
    let sum = sums(&lines, &lists);
    parts.push(Part {
        word: "recognitions",
        columns: &["applied", "awarded", "holding"],
        lines,
        sum,
        // Who is recognised is public one by one.
        open: &[(2, None)],
        in_time: false,
    });

    let lines: Vec<Line> = counts
        .cases
        .iter()
        .map(|(procedure, of)| {
            let lists = [
                list("/cases", &[("procedure", procedure), ("view", "all")]),
                list("/cases", &[("procedure", procedure), ("view", "ended")]),
            ];
            let cells = of.iter().zip(lists).map(|(count, list)| cell(*count, list)).collect();
            Line { label: Label::Procedure(procedure.clone()), cells }
        })
        .collect();
    let sum =
        sums(&lines, &[list("/cases", &[("view", "all")]), list("/cases", &[("view", "ended")])]);
    parts.push(Part {
        word: "cases",
        columns: &["accepted", "ended"],
        lines,
        sum,
        open: &[(0, None), (1, Some(0))],
        in_time: false,
    });

    let lines: Vec<Line> = counts
        .steps
        .iter()
        .map(|(procedure, state, of)| Line {
            label: Label::State(procedure.clone(), state.clone()),
            cells: vec![
                cell(of[0], format!("/cases?procedure={procedure}&state={state}")),
                cell(of[1], "/cases/due".into()),
            ],
        })
        .collect();
    let sum = sums(&lines, &["/cases".to_owned(), "/cases/due".to_owned()]);
    parts.push(Part {
        word: "steps",
        columns: &["open", "late"],
        lines,
        sum,
        open: &[],
        in_time: false,
    });

    let lines: Vec<Line> = counts
        .prescriptions
        .iter()
        .map(|(theme, of)| {
            let at = |view: &str| match view {
                "" => list("/prescriptions", &[("theme", theme.word())]),
                view => list("/prescriptions", &[("theme", theme.word()), ("view", view)]),
            };
            let cells = of
                .iter()
                .zip(["", "open", "late", "cured"])
                .map(|(count, view)| cell(*count, at(view)));
            Line { label: key("theme", theme.word()), cells: cells.collect() }
        })
        .collect();
    let lists = ["", "open", "late", "cured"].map(|view| match view {
        "" => list("/prescriptions", &[]),
        view => list("/prescriptions", &[("view", view)]),
    });
    let sum = sums(&lines, &lists);
    parts.push(Part {
        word: "prescriptions",
        columns: &["written", "open", "overdue", "cured"],
        lines,
        sum,
        open: &[(0, None), (3, Some(0))],
        in_time: false,
    });

    let lines: Vec<Line> = counts
        .experts
        .iter()
        .map(|(no, of)| Line {
            label: Label::Thing(*no),
            cells: of.iter().map(|count| cell(*count, format!("/experts/{no}"))).collect(),
        })
        .collect();
    let sum = sums(&lines, &["/experts".to_owned(), "/experts".to_owned(), "/experts".to_owned()]);
    parts.push(Part {
        word: "experts",
        columns: &["replies", "visits", "waiting"],
        lines,
        sum,
        open: &[],
        in_time: false,
    });

    let lines: Vec<Line> = ["week", "month", "longer"]
        .into_iter()
        .zip(links)
        .map(|(word, count)| Line {
            label: key("fig-heard", word),
            cells: vec![cell(*count, "/exchange".into())],
        })
        .collect();
    let sum = sums(&lines, &["/exchange".to_owned()]);
    parts.push(Part { word: "links", columns: &["links"], lines, sum, open: &[], in_time: false });
    let lines =
        ["received", "sent", "unreceipted"].into_iter().zip(letters).map(|(word, count)| Line {
            label: key("fig-letters", word),
            cells: vec![cell(*count, "/exchange".into())],
        });
    parts.push(Part {
        word: "letters",
        columns: &["letters"],
        lines: lines.collect(),
        sum: None,
        open: &[],
        in_time: false,
    });

    let mut days: Vec<i64> = counts.waits.iter().copied().flatten().collect();
    days.sort_unstable();
    let answered_in = at_share(&days, 1, 2).zip(at_share(&days, 9, 10));
    let of = |word: &str, at: usize| {
        let part = parts.iter().find(|part| part.word == word);
        let sum = part.and_then(|part| part.sum.as_ref()).and_then(|sum| sum.get(at));
        sum.cloned().unwrap_or_else(|| cell(0, String::new()))
    };
    let heads = vec![
        ("companies", cell(counts.companies, "/companies".into())),
        ("served", of("services", 1)),
        ("requests", of("requests", 0)),
        ("visits", cell(visits[1], list("/visits", &[("view", "made")]))),
        ("overdue", of("prescriptions", 2)),
        ("cases", of("cases", 0)),
        ("late", of("steps", 1)),
        ("holding", of("recognitions", 2)),
    ];
    Board { period, on, heads, answered_in, parts }
}

impl Part {
    /// Its figures as a viewer may see them, line by line, and their sum. Outsiders see the columns
    /// that are open to them, by the rule of coverage: no small figure, and none that follows.
    pub fn shown(&self, sight: Sight) -> (Vec<Vec<Figure>>, Option<Vec<Figure>>) {
        let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let columns: Vec<(usize, Option<usize>)> = match sight {
            Sight::Companies => (0..self.columns.len()).map(|at| (at, None)).collect(),
            Sight::Figures => self.open.to_vec(),
        };
        let mut lines = vec![Vec::new(); self.lines.len()];
        let mut sums = Vec::new();
        for (at, of) in columns {
            let count = |line: &Line, at: usize| small(line.cells[at].count);
            let all = self.lines.iter().map(|line| u64::from(count(line, at))).sum::<u64>();
            let sum =
                |at: usize, all: u64| small(self.sum.as_ref().map_or(all, |sum| sum[at].count));
            let (figures, whole) = match of {
                Some(of) => {
                    let share = |line: &Line| Share { of: count(line, of), had: count(line, at) };
                    let shares: Vec<Share> = self.lines.iter().map(share).collect();
                    let whole = Share { of: sum(of, all), had: sum(at, all) };
                    let (lines, whole) = shown(sight, &shares, whole);
                    (lines.into_iter().map(|line| line.had).collect(), whole.had)
                }
                None => {
                    let counts: Vec<u32> = self.lines.iter().map(|line| count(line, at)).collect();
                    shown_counts(sight, &counts, sum(at, all))
                }
            };
            let figures: Vec<Figure> = figures;
            lines.iter_mut().zip(figures).for_each(|(line, figure)| line.push(figure));
            sums.push(whole);
        }
        (lines, self.sum.as_ref().map(|_| sums))
    }

    /// The columns that a viewer sees, by their place.
    pub fn columns_for(&self, sight: Sight) -> Vec<usize> {
        match sight {
            Sight::Companies => (0..self.columns.len()).collect(),
            Sight::Figures => self.open.iter().map(|(at, _)| *at).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts() -> Counts {
        Counts {
            companies: 500,
            had: vec![(Service::Visit, 120), (Service::Training, 4)],
            any: 122,
            services: vec![(Service::Visit, 30, 25), (Service::Training, 4, 4)],
            served: 27,
            requests: vec![
                (Theme::People, [40, 20, 2]),
                (Theme::Carriers, [3, 1, 1]),
                (Theme::Partners, [30, 15, 0]),
            ],
            waits: vec![Some(0), Some(2), Some(9), None, Some(40), Some(2)],
            ..Counts::default()
        }
    }

    fn of(word: &str) -> Part {
        let (period, on) =
            (Period::parse("2026-H1").expect("a period"), Day::parse("2026-07-02").expect("a day"));
        let board = board(period, on, &counts());
        board.parts.into_iter().find(|part| part.word == word).expect("a part")
    }

    #[test]
    fn figures_lead_to_their_lists_and_answers_are_counted_in_steps() {
        let requests = of("requests");
        assert_eq!(
            requests.lines[0].cells[2],
            cell(2, "/requests?period=2026-H1&theme=people&view=late".into())
        );
        let sum: Vec<u64> = requests.sum.iter().flatten().map(|cell| cell.count).collect();
        assert_eq!(sum, [73, 36, 3]);
        let waits: Vec<u64> = of("waits").lines.iter().map(|line| line.cells[0].count).collect();
        assert_eq!(waits, [1, 2, 0, 1, 1, 1]);
        let (period, on) =
            (Period::parse("2026").expect("a period"), Day::parse("2026-07-02").expect("a day"));
        assert_eq!(board(period, on, &counts()).answered_in, Some((2, 40)));
        assert_eq!(board(period, on, &Counts::default()).answered_in, None);
        for (days, wait) in [
            (0, Wait::SameDay),
            (3, Wait::Three),
            (4, Wait::Week),
            (15, Wait::Fifteen),
            (16, Wait::Later),
        ] {
            assert_eq!(Wait::of(Some(days)), wait);
        }
    }

    #[test]
    fn outsiders_see_no_small_figure_and_none_that_follows() {
        let (lines, sum) = of("requests").shown(Sight::Figures);
        // Carriers has 3: it takes the next smallest with it.
        assert_eq!(
            lines.iter().map(|line| line[0]).collect::<Vec<_>>(),
            [Figure::Shown(40), Figure::Withheld, Figure::Withheld]
        );
        assert_eq!(sum.expect("a sum")[0], Figure::Shown(73));
        let (lines, _) = of("requests").shown(Sight::Companies);
        assert_eq!(lines[1], [Figure::Shown(3), Figure::Shown(1), Figure::Shown(1)]);
        assert!(of("experts").columns_for(Sight::Figures).is_empty());
        assert!(of("links").columns_for(Sight::Figures).is_empty());
    }
}
