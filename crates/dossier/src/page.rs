//! A report as blocks: one content for the page in HTML and for the print in PDF.

use domain::{Day, Moment, Number};
use serde::Serialize;
use words::Lang;

use crate::times::Bound;

/// A whole report.
#[derive(Debug, Serialize)]
pub struct Report {
    /// `zh-CN` or `en`.
    pub lang: &'static str,
    /// The title, by purpose.
    pub title: String,
    /// Above the title: what kind of paper this is.
    pub kicker: String,
    /// Who holds the secrets.
    pub holder: String,
    /// The dossier's number.
    pub no: String,
    /// In the footer of each page, beside the page number.
    pub footer: String,
    /// The words above the table of contents.
    pub contents: String,
    /// On the first page: names and values.
    pub facts: Vec<(String, Vec<Line>)>,
    /// On the first page, below: whom it is meant for, how to keep it.
    pub notices: Vec<String>,
    /// The rest.
    pub blocks: Vec<Block>,
}

/// A part of a report.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    /// A heading; level 1 for sections.
    Heading {
        /// 1 to 3.
        level: u8,
        /// The words.
        text: String,
    },
    /// A paragraph.
    Para {
        /// The words.
        text: String,
    },
    /// A remark in smaller letters.
    Note {
        /// The words.
        text: String,
    },
    /// The box with the conclusion.
    Boxed {
        /// What is in it: a heading and its lines.
        parts: Vec<(String, Vec<String>)>,
    },
    /// A list.
    List {
        /// Its items.
        items: Vec<String>,
    },
    /// Names and values.
    Facts {
        /// In their order.
        rows: Vec<(String, Vec<Line>)>,
    },
    /// A table.
    Table {
        /// Its columns: the head and the share of the width.
        columns: Vec<(String, u16)>,
        /// Its rows: for each column some lines.
        rows: Vec<Vec<Vec<Line>>>,
    },
}

/// A line in a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// How it looks.
    pub look: Look,
    /// The words.
    pub text: String,
    /// What it is about, where a page can lead on.
    #[serde(skip)]
    pub to: Option<To>,
}

/// What a line leads to on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// A thing with a number.
    Thing(Number),
    /// An entry of the ledger.
    Entry(u64),
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Look {
    /// As it is.
    Plain,
    /// A hash or a path: letters of one width where there are such.
    Code,
    /// To be seen at once: not proved, missing, late.
    Flag,
    /// Words of the holder, with their line ends.
    Quote,
    /// Smaller.
    Small,
}

impl Line {
    /// Plain words, as the only line of a cell.
    pub fn plain(text: impl Into<String>) -> Vec<Self> {
        vec![Self::of(Look::Plain, text)]
    }

    /// A line of some look.
    pub fn of(look: Look, text: impl Into<String>) -> Self {
        Self { look, text: text.into(), to: None }
    }

    /// The same, leading on.
    pub fn to(self, to: To) -> Self {
        Self { to: Some(to), ..self }
    }
}

/// Says things in one language and one zone.
#[derive(Clone, Copy, Debug)]
pub struct Say {
    /// The language.
    pub lang: Lang,
    /// Minutes east of Greenwich.
    pub zone_minutes: i16,
}

impl Say {
    /// The words of a key.
    pub fn t(self, key: &str) -> String {
        words::t(self.lang, key)
    }

    /// The words of a key with values.
    pub fn tr(self, key: &str, args: &[(&str, &str)]) -> String {
        words::tr(self.lang, key, args)
    }

    /// A term of the domain: its prefix and word.
    pub fn term(self, prefix: &str, word: &str) -> String {
        self.t(&format!("{prefix}-{word}"))
    }

    /// A moment to the second.
    pub fn moment(self, at: Moment) -> String {
        at.second_at(self.zone_minutes)
    }

    /// The zone, such as `UTC+08:00`.
    pub fn zone(self) -> String {
        let sign = if self.zone_minutes < 0 { '-' } else { '+' };
        let minutes = self.zone_minutes.unsigned_abs();
        format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }

    /// A claimed day.
    pub fn day(self, day: Option<Day>) -> String {
        day.map_or_else(|| self.t("report-not-claimed"), |day| day.to_string())
    }

    /// A claimed period.
    pub fn period(self, from: Option<Day>, until: Option<Day>) -> String {
        if from.is_none() && until.is_none() {
            return self.t("report-not-claimed");
        }
        let [from, until] = [from, until].map(|day| day.map(|day| day.to_string()));
        match (from, until) {
            (Some(from), Some(until)) => {
                self.tr("report-period", &[("from", &from), ("until", &until)])
            }
            (Some(from), None) => self.tr("report-until-open", &[("from", &from)]),
            (None, until) => self.tr("report-from-open", &[("until", &until.unwrap_or_default())]),
        }
    }

    /// Who vouches for a time, how, and how related.
    pub fn bound(self, bound: &Bound) -> String {
        let means = if bound.is_stamp { "report-by-stamp" } else { "report-by-cosignature" };
        let relation = match bound.standing {
            Some(standing) => self.term("standing", standing.word()),
            None => self.t("report-standing-unsaid"),
        };
        self.tr(means, &[("by", &bound.by), ("relation", &relation)])
    }

    /// The outside time of an event for a table: that of the weightiest word, and how many others
    /// there are. Annex B has them all.
    pub fn first_bound(self, bounds: &[Bound]) -> Vec<Line> {
        let mut lines = self.bounds(&bounds[..bounds.len().min(1)]);
        if bounds.len() > 1 {
            let count = (bounds.len() - 1).to_string();
            lines.push(Line::of(Look::Small, self.tr("report-more-bounds", &[("count", &count)])));
        }
        lines
    }

    /// All outside times of an event or a checkpoint.
    pub fn bounds(self, bounds: &[Bound]) -> Vec<Line> {
        if bounds.is_empty() {
            return vec![Line::of(Look::Flag, self.t("report-no-outside"))];
        }
        bounds
            .iter()
            .flat_map(|bound| {
                let at = Line::of(Look::Plain, self.moment(bound.at));
                [at, Line::of(Look::Small, self.bound(bound))]
            })
            .collect()
    }

    /// Heads of the three columns of times.
    pub fn time_heads(self) -> [(String, u16); 3] {
        [
            (self.t("report-head-claimed"), 13),
            (self.t("report-head-received"), 12),
            (self.t("report-head-outside"), 21),
        ]
    }

    /// A list in words.
    pub fn join<T: ToString>(self, items: impl IntoIterator<Item = T>) -> String {
        let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
        items.join(if self.lang == Lang::Zh { "、" } else { ", " })
    }

    /// Statement numbers; `None` for all.
    pub fn statements(self, numbers: Option<&[u32]>) -> String {
        match numbers {
            None => self.t("report-all-statements"),
            Some(numbers) => self.join(numbers),
        }
    }

    /// Bytes, as people read them.
    pub fn bytes(self, size: u64) -> String {
        let text = size.to_string();
        let mut grouped = String::new();
        for (at, digit) in text.chars().enumerate() {
            if at > 0 && (text.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        self.tr("report-bytes", &[("count", &grouped)])
    }
}

/// Numbers as ranges: `1–3, 5`.
pub fn ranges(numbers: &[usize]) -> String {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for &number in numbers {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => parts.push((number, number)),
        }
    }
    let part = |&(first, last): &(usize, usize)| {
        if first == last { first.to_string() } else { format!("{first}–{last}") }
    };
    parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_ranges() {
        assert_eq!(ranges(&[1, 2, 3, 5, 7, 8]), "1–3, 5, 7–8");
        assert_eq!(ranges(&[]), "");
    }

    #[test]
    fn sizes_and_zones() {
        let say = Say { lang: Lang::En, zone_minutes: -330 };
        assert_eq!(say.zone(), "UTC-05:30");
        assert!(say.bytes(1_234_567).contains("1,234,567"));
        assert!(say.bytes(123).starts_with("123"));
    }
}
