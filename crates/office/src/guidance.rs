//! Figures of a station over a period: counted, put into words, and as a paper, a table or data.

use catalog::Standing;
use domain::coverage::{Figure, Sight};
use domain::guidance::{Board, Label, Part, board};
use domain::{Number, Period};
use dossier::{Block, Line, Report, Say};
use serde_json::{Value, json};
use store::Reader;
use words::Lang;
use words::law as words_of;

use crate::{Office, Trouble, law, scheme};

/// The most lines of one table on paper; the page has all.
const PAPER_LINES: usize = 40;

impl Office {
    /// All figures of a period, as they stand now.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn board(&self, reader: &Reader, period: Period) -> Result<Board, Trouble> {
        let today = self.today();
        let mut counts = reader.counts(period, today, self.zone_minutes())?;
        let mut late: Vec<Number> = Vec::new();
        for due in self.due_clocks(reader, today)? {
            if matches!(due.due.standing, Standing::Late | Standing::Lapsed) {
                late.push(due.case);
            }
        }
        late.sort_unstable();
        late.dedup();
        for no in late {
            let Some(row) = reader.case(no)?.filter(|row| row.ended.is_none()) else { continue };
            let mut steps = counts.steps.iter_mut();
            let step = steps.find(|(of, state, _)| *of == row.procedure && *state == row.state);
            if let Some((.., of)) = step {
                of[1] += 1;
            }
        }
        Ok(board(period, today, &counts))
    }

    /// The figures of a period as a paper: every table with what it counts.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn period_report(
        &self,
        reader: &Reader,
        board: &Board,
        sight: Sight,
        lang: Lang,
    ) -> Result<Report, Trouble> {
        let say = Say { lang, zone_minutes: self.zone_minutes() };
        let holder = reader.node()?.map(|node| node.name).unwrap_or_default();
        let chain = reader.chain()?;
        let name = period_words(lang, board.period);
        let fact = |key: &str, value: String| (say.t(key), Line::plain(value));
        let mut blocks = Vec::new();
        if sight == Sight::Companies {
            blocks.push(Block::Heading { level: 1, text: say.t("fig-heads") });
            let rows = board.heads.iter().map(|(word, cell)| {
                let key = format!("fig-head-{word}");
                (say.t(&key), Line::plain(cell.count.to_string()))
            });
            blocks.push(Block::Facts { rows: rows.collect() });
        }
        for part in &board.parts {
            if !part.columns_for(sight).is_empty() {
                self.part(reader, say, board, part, sight, &mut blocks)?;
            }
        }
        let days = say.tr(
            "fig-days",
            &[
                ("from", &board.period.from().to_string()),
                ("until", &board.period.until().to_string()),
            ],
        );
        let mut notices = vec![say.t("fig-notice")];
        if sight == Sight::Figures {
            notices.push(say.t("w-sight-public-why"));
        }
        Ok(Report {
            lang: say.lang.tag(),
            title: say.tr("fig-report-title", &[("period", &name)]),
            kicker: say.t("fig-report-kicker"),
            footer: say
                .tr("report-footer", &[("no", &board.period.to_string()), ("holder", &holder)]),
            contents: String::new(),
            facts: vec![
                fact("fig-station", holder.clone()),
                fact("fig-period", days),
                fact("fig-counted", board.on.to_string()),
                fact(
                    "fig-ledger",
                    say.tr(
                        "fig-ledger-says",
                        &[("n", &chain.size.to_string()), ("root", &chain.root.to_string())],
                    ),
                ),
                fact("report-program", self.world.program.to_owned()),
            ],
            notices,
            holder,
            no: board.period.to_string(),
            blocks,
        })
    }

    fn part(
        &self,
        reader: &Reader,
        say: Say,
        board: &Board,
        part: &Part,
        sight: Sight,
        blocks: &mut Vec<Block>,
    ) -> Result<(), Trouble> {
        let word = part.word;
        blocks.push(Block::Heading { level: 1, text: say.t(&format!("fig-{word}")) });
        blocks.push(Block::Para { text: say.t(&format!("fig-{word}-def")) });
        if word == "waits"
            && let (Some((half, most)), Sight::Companies) = (board.answered_in, sight)
        {
            let text = say
                .tr("fig-answered-in", &[("half", &half.to_string()), ("most", &most.to_string())]);
            blocks.push(Block::Para { text });
        }
        let table = self.part_table(reader, part, sight, say.lang)?;
        if table.len() < 2 {
            blocks.push(Block::Note { text: say.t("fig-none") });
            return Ok(());
        }
        let columns = table[0].len() as u16;
        let first = 100 - (columns - 1) * 14;
        let width = |at: usize| if at == 0 { first } else { 14 };
        let heads = table[0].iter().enumerate().map(|(at, text)| (text.clone(), width(at)));
        let left = table.len().saturating_sub(PAPER_LINES + 1);
        let rows = table[1..].iter().take(PAPER_LINES);
        let rows = rows.map(|row| row.iter().map(|text| Line::plain(text.clone())).collect());
        blocks.push(Block::Table { columns: heads.collect(), rows: rows.collect() });
        if left > 0 {
            blocks.push(Block::Note { text: say.tr("fig-more", &[("n", &left.to_string())]) });
        }
        Ok(())
    }

    /// A table of the board in words: its head, its lines, and the sum where there is one.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn part_table(
        &self,
        reader: &Reader,
        part: &Part,
        sight: Sight,
        lang: Lang,
    ) -> Result<Vec<Vec<String>>, Trouble> {
        let (figures, sum) = part.shown(sight);
        if figures.is_empty() {
            return Ok(Vec::new());
        }
        let columns = part.columns_for(sight).into_iter();
        let heads = columns.map(|at| words::t(lang, &format!("fig-col-{}", part.columns[at])));
        let mut table = vec![vec![words::t(lang, "fig-of")]];
        table[0].extend(heads);
        let cells = |figures: &[Figure]| {
            let cells = figures.iter().map(|figure| figure_words(lang, *figure));
            cells.collect::<Vec<_>>()
        };
        for (line, figures) in part.lines.iter().zip(&figures) {
            let mut row = vec![self.label_words(reader, lang, &line.label)?];
            row.extend(cells(figures));
            table.push(row);
        }
        if let Some(sum) = sum {
            let mut row = vec![words::t(lang, "coverage-all")];
            row.extend(cells(&sum));
            table.push(row);
        }
        Ok(table)
    }

    /// What stands at the head of a line.
    ///
    /// # Errors
    /// As [`Office::field`].
    pub fn label_words(
        &self,
        reader: &Reader,
        lang: Lang,
        label: &Label,
    ) -> Result<String, Trouble> {
        Ok(match label {
            Label::Key(key) => words::t(lang, key),
            Label::Month(month) => period_words(lang, *month),
            Label::Layer(id) => scheme(id).map_or_else(
                || id.clone(),
                |scheme| words_of::text(lang, &scheme.title).to_owned(),
            ),
            Label::Procedure(id) => procedure_words(lang, id),
            Label::State(procedure, state) => {
                let args = [
                    ("one", procedure_words(lang, procedure)),
                    ("two", state_words(lang, procedure, state)),
                ];
                words::tr(lang, "w-two-words", &args)
            }
            Label::Thing(no) => {
                let name = match reader.expert_idx(*no)? {
                    Some(idx) => self.field(reader, idx, "name", None)?.text().map(str::to_owned),
                    None => None,
                };
                name.map_or_else(|| no.to_string(), |name| format!("{name} {no}"))
            }
        })
    }

    /// The figures for outsiders as CSV: one line each figure, with the period and what it counts.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn board_csv(
        &self,
        reader: &Reader,
        board: &Board,
        sight: Sight,
        lang: Lang,
    ) -> Result<String, Trouble> {
        let mut text = String::from(sheet::csv_start());
        let heads = ["period", "counted", "table", "line", "figure", "value", "definition"];
        let heads = heads.map(|word| words::t(lang, &format!("fig-csv-{word}")));
        sheet::csv_line(&mut text, heads);
        for part in &board.parts {
            let table = self.part_table(reader, part, sight, lang)?;
            let Some((heads, lines)) = table.split_first() else { continue };
            for line in lines {
                for (head, value) in heads.iter().zip(line).skip(1) {
                    let row = [
                        board.period.to_string(),
                        board.on.to_string(),
                        words::t(lang, &format!("fig-{}", part.word)),
                        line[0].clone(),
                        head.clone(),
                        value.clone(),
                        words::t(lang, &format!("fig-{}-def", part.word)),
                    ];
                    sheet::csv_line(&mut text, row);
                }
            }
        }
        Ok(text)
    }

    /// The figures for other programs; what a viewer may not see is null.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn board_json(
        &self,
        reader: &Reader,
        board: &Board,
        sight: Sight,
        lang: Lang,
    ) -> Result<Value, Trouble> {
        let number = |figure: &Figure| match figure {
            Figure::Shown(count) => json!(count),
            Figure::Withheld => Value::Null,
        };
        let mut parts = Vec::new();
        for part in &board.parts {
            let columns = part.columns_for(sight);
            if columns.is_empty() {
                continue;
            }
            let (figures, sum) = part.shown(sight);
            let named = |figures: &[Figure]| -> Value {
                let pairs = columns.iter().zip(figures);
                pairs.map(|(at, figure)| (part.columns[*at].to_owned(), number(figure))).collect()
            };
            let mut lines = Vec::new();
            for (line, figures) in part.lines.iter().zip(&figures) {
                let mut value = json!({
                    "label": self.label_words(reader, lang, &line.label)?, "figures": named(figures),
                });
                if sight == Sight::Companies {
                    let lists = columns.iter().map(|at| &line.cells[*at].list);
                    value["lists"] = json!(lists.collect::<Vec<_>>());
                }
                lines.push(value);
            }
            parts.push(json!({
                "table": part.word, "title": words::t(lang, &format!("fig-{}", part.word)),
                "definition": words::t(lang, &format!("fig-{}-def", part.word)),
                "lines": lines, "sum": sum.map(|sum| named(&sum)),
            }));
        }
        let mut value = json!({
            "period": board.period.to_string(), "from": board.period.from(),
            "until": board.period.until(), "counted": board.on, "tables": parts,
        });
        if sight == Sight::Companies {
            let heads =
                board.heads.iter().map(|(word, cell)| ((*word).to_owned(), json!(cell.count)));
            value["heads"] = heads.collect();
            value["answered_in"] = json!(board.answered_in);
        }
        Ok(value)
    }
}

fn figure_words(lang: Lang, figure: Figure) -> String {
    match figure {
        Figure::Shown(count) => count.to_string(),
        Figure::Withheld => words::t(lang, "coverage-withheld"),
    }
}

/// A period as people say it: 2026年上半年.
pub fn period_words(lang: Lang, period: Period) -> String {
    let key = match period.span() {
        12 => "period-year".to_owned(),
        6 => format!("period-half-{}", period.part()),
        3 => "period-quarter".to_owned(),
        _ => "period-month".to_owned(),
    };
    let args = [("year", period.year().to_string()), ("part", period.part().to_string())];
    words::tr(lang, &key, &args)
}

/// The name of a procedure, of its newest version.
pub fn procedure_words(lang: Lang, id: &str) -> String {
    let mut known = law().procedures().iter().filter(|known| known.id == id);
    known
        .next_back()
        .map_or_else(|| id.to_owned(), |known| words_of::text(lang, &known.title).to_owned())
}

/// The name of a state of a procedure.
pub fn state_words(lang: Lang, procedure: &str, state: &str) -> String {
    let mut known = law().procedures().iter().filter(|known| known.id == procedure).rev();
    let known = known.find_map(|known| known.state(state));
    known.map_or_else(|| state.to_owned(), |state| words_of::text(lang, &state.name).to_owned())
}
