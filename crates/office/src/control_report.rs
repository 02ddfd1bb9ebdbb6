//! The self-assessment as a paper: what it came to, what is lacking and what to do, and every control
//! with what decided.

use assess::{Assessment, Ground, Lack, Line as Control, Standing};
use domain::Number;
use dossier::{Block, Line, Look, Report, Say};
use store::Reader;
use words::Lang;
use words::law as words_of;

use crate::recognition::score_words;
use crate::{Office, Trouble, controls, law};

/// Lacks of one control that are printed; the pages have all.
const LACKS_MAX: usize = 8;
/// Places in the ledger that are printed of one control.
const GROUNDS_MAX: usize = 6;

impl Office {
    /// The self-assessment of a day as PDF/A-2b.
    ///
    /// # Errors
    /// [`Trouble`] when it can't be read or printed.
    pub fn assessment_pdf(
        &self,
        reader: &Reader,
        all: &Assessment<'static>,
        lang: Lang,
    ) -> Result<Vec<u8>, Trouble> {
        let say = Say { lang, zone_minutes: self.zone_minutes() };
        let holder = reader.node()?.map(|node| node.name).unwrap_or_default();
        let paper = Paper { office: self, reader, say, all }.report(holder);
        self.paper_pdf(&paper)
    }
}

struct Paper<'a> {
    office: &'a Office,
    reader: &'a Reader,
    say: Say,
    all: &'a Assessment<'static>,
}

impl Paper<'_> {
    fn report(&self, holder: String) -> Report {
        let say = self.say;
        let day = self.all.day.to_string();
        let fact = |key: &str, value: String| (say.t(key), Line::plain(value));
        let edition = controls().edition.to_string();
        let mut blocks = self.gaps();
        blocks.extend(self.groups());
        blocks.extend(self.every());
        Report {
            lang: say.lang.tag(),
            title: say.tr("control-report-title", &[("day", &day)]),
            kicker: say.t("control-report-kicker"),
            footer: say.tr("report-footer", &[("no", &day), ("holder", &holder)]),
            contents: String::new(),
            facts: vec![
                fact("report-holder", holder.clone()),
                fact("control-report-day", day.clone()),
                fact("control-report-score", format!("{} / 100", score_words(self.all.score))),
                fact("control-report-summary", self.summary()),
                fact("control-report-edition", edition),
                fact("report-made", format!("{} ({})", say.moment(self.office.now()), say.zone())),
                fact("report-program", self.office.world.program.to_owned()),
            ],
            notices: vec![
                say.t("control-report-lead"),
                words_of::text(say.lang, &controls().source).to_owned(),
                say.t("report-notice-secrecy"),
            ],
            holder,
            no: day,
            blocks,
        }
    }

    fn summary(&self) -> String {
        let (answered, of) = self.all.answered();
        let met: usize = self.all.steps.iter().map(|step| step.met).sum();
        self.say.tr(
            "cli-control-score",
            &[
                ("score", &score_words(self.all.score)),
                ("met", &met.to_string()),
                ("of", &of.to_string()),
                ("answered", &answered.to_string()),
            ],
        )
    }

    fn heading(&self, level: u8, key: &str) -> Block {
        Block::Heading { level, text: self.say.t(key) }
    }

    fn named(&self, no: Option<Number>) -> String {
        let Some(no) = no else { return String::new() };
        self.office.called(self.reader, no)
    }

    fn lack(&self, lack: &Lack) -> String {
        let day = lack.day.map(|day| day.to_string()).unwrap_or_default();
        let mut text = self.say.tr(
            lack.key,
            &[
                ("secret", &self.named(lack.secret)),
                ("person", &self.named(lack.person)),
                ("partner", &self.named(lack.partner)),
                ("thing", &self.named(lack.thing)),
                ("day", &day),
                ("list", &lack.list),
            ],
        );
        if lack.near.is_some() && lack.near != lack.thing {
            text += &self.say.tr("lack-near", &[("near", &self.named(lack.near))]);
        }
        text
    }

    fn lacks(&self, line: &Control<'_>) -> Vec<Line> {
        let shown = line.lacks.iter().take(LACKS_MAX);
        let mut lines: Vec<Line> =
            shown.map(|lack| Line::of(Look::Plain, self.lack(lack))).collect();
        if line.lacks.len() > LACKS_MAX {
            let n = (line.lacks.len() - LACKS_MAX).to_string();
            lines.push(Line::of(Look::Small, self.say.tr("cli-control-more", &[("n", &n)])));
        }
        lines
    }

    /// What can be done now, the best first.
    fn gaps(&self) -> Vec<Block> {
        let say = self.say;
        let mut blocks = vec![self.heading(1, "control-report-gaps")];
        let gaps = self.all.gaps();
        if gaps.is_empty() {
            blocks.push(Block::Para { text: say.t("cli-control-no-gaps") });
            return blocks;
        }
        let rows = gaps.iter().map(|line| {
            let title = words_of::text(say.lang, &line.control.title);
            let task = line.task.as_ref().map(|task| {
                let person = self.named(task.person);
                let day = task.due.map(|day| day.to_string()).unwrap_or_default();
                say.tr("cli-control-due", &[("person", &person), ("day", &day)])
            });
            vec![
                Line::plain(title.to_owned()),
                self.lacks(line),
                Line::plain(format!("+{}", score_words(line.gain))),
                Line::plain(task.unwrap_or_default()),
            ]
        });
        let rows = rows.collect();
        let columns = self.columns(&[
            ("w-col-gap", 24),
            ("w-col-lacking", 48),
            ("w-col-gain", 9),
            ("w-col-given", 19),
        ]);
        blocks.push(Block::Table { columns, rows });
        blocks
    }

    fn columns(&self, columns: &[(&str, u16)]) -> Vec<(String, u16)> {
        columns.iter().map(|(key, share)| (self.say.t(key), *share)).collect()
    }

    fn groups(&self) -> Vec<Block> {
        let count = |fits: &dyn Fn(&Control<'_>) -> bool| {
            let of = self.all.lines.iter().filter(|line| line.standing.counts() && fits(line));
            let met = of.clone().filter(|line| line.standing == Standing::Met).count();
            format!("{met} / {}", of.count())
        };
        let lang = self.say.lang;
        let steps = controls().step.iter().enumerate().map(|(place, step)| {
            let words = count(&|line| line.step == place);
            (words_of::text(lang, &step.name).to_owned(), Line::plain(words))
        });
        let groups = controls().group.iter().map(|group| {
            let words = count(&|line| line.group.id.id == group.id.id);
            (words_of::text(lang, &group.name).to_owned(), Line::plain(words))
        });
        let (steps, groups) = (steps.collect(), groups.collect());
        vec![
            self.heading(1, "control-report-steps"),
            Block::Facts { rows: steps },
            self.heading(1, "control-report-groups"),
            Block::Facts { rows: groups },
        ]
    }

    /// Every control with its state, its basis and what decided.
    fn every(&self) -> Vec<Block> {
        let say = self.say;
        let mut blocks = vec![self.heading(1, "control-report-all")];
        for group in &controls().group {
            let name = words_of::text(say.lang, &group.name).to_owned();
            blocks.push(Block::Heading { level: 2, text: name });
            let lines = self.all.lines.iter().filter(|line| line.group.id.id == group.id.id);
            let rows = lines.map(|line| self.row(line)).collect();
            let columns = self.columns(&[
                ("w-col-control", 34),
                ("w-col-state", 16),
                ("w-control-grounds", 24),
                ("control-report-basis", 26),
            ]);
            blocks.push(Block::Table { columns, rows });
        }
        blocks
    }

    fn row(&self, line: &Control<'static>) -> Vec<Vec<Line>> {
        let say = self.say;
        let control = line.control;
        let mut what = Line::plain(words_of::text(say.lang, &control.title).to_owned());
        what.push(Line::of(Look::Small, words_of::text(say.lang, &control.says)));
        let look = if line.standing.is_gap() { Look::Flag } else { Look::Plain };
        let word = say.t(&format!("control-{}", line.standing.word()));
        let mut state = vec![Line::of(look, word)];
        if line.asked > 1 {
            state.push(Line::of(Look::Small, format!("{} / {}", line.held, line.asked)));
        }
        if let Some(said) = &line.said {
            let period = say.period(Some(said.from), Some(said.until));
            state.push(Line::of(Look::Small, format!("{} {period}", said.no)));
        }
        let shown = line.grounds.iter().take(GROUNDS_MAX).map(|ground| {
            let (key, no) = match ground {
                Ground::Entry(no) => ("cli-control-entry", no),
                Ground::Checkpoint(no) => ("cli-control-checkpoint", no),
            };
            Line::of(Look::Small, say.tr(key, &[("no", &no.to_string())]))
        });
        let mut grounds: Vec<Line> = shown.collect();
        if line.grounds.len() > GROUNDS_MAX {
            let n = (line.grounds.len() - GROUNDS_MAX).to_string();
            grounds.push(Line::of(Look::Small, say.tr("cli-control-more", &[("n", &n)])));
        }
        vec![what, state, grounds, self.basis(control)]
    }

    fn basis(&self, control: &catalog::control::Control) -> Vec<Line> {
        let say = self.say;
        let open = say.t("cli-control-unverified");
        let cites = control.cites.iter().map(|cite| {
            let seen = law().norms().mark(cite) == catalog::Mark::Seen;
            (words_of::cite(say.lang, law().norms(), cite), seen)
        });
        let topics = control.follows.iter().map(|clause| (clause.to_string(), false));
        let line = |(text, seen): (String, bool)| {
            Line::of(Look::Small, if seen { text } else { format!("{text} [{open}]") })
        };
        cites.chain(topics).map(line).collect()
    }
}
