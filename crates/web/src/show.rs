//! Small things made readable: days, sizes, digests, check seals.

use domain::{Day, Moment, Number};
use words::Lang;

use crate::desk::Desk;
use crate::shell::thousands;

/// A word with a shape and a tint: `class` is `ok`, `part`, `due`, `bad`, `done` or empty.
pub(crate) struct Status {
    pub(crate) class: &'static str,
    pub(crate) text: String,
}

impl Status {
    pub(crate) fn new(class: &'static str, text: String) -> Self {
        Self { class, text }
    }
}

/// A thing with its number, name and page.
#[derive(Clone)]
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) no: String,
    pub(crate) name: String,
}

/// A choice of view with its count.
pub(crate) struct Chip {
    pub(crate) href: String,
    pub(crate) label: String,
    pub(crate) count: String,
    pub(crate) current: bool,
}

/// The way through a long list, with its caption.
pub(crate) struct Pager {
    pub(crate) caption: String,
    pub(crate) sizes: Vec<Chip>,
    pub(crate) before: String,
    pub(crate) after: String,
}

/// Where in a long list somebody is: the page from 1, rows on a page, and the sizes offered.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) page: u32,
    pub(crate) size: u32,
}

impl Place {
    /// Rows on a page.
    const SIZES: [u32; 3] = [12, 25, 50];
    /// Rows on a page when nothing was asked for.
    pub(crate) const SIZE: u32 = 50;

    /// What `page` and `size` in a query ask for; what is unknown in them is ignored.
    pub(crate) fn read(input: &crate::input::Input) -> Self {
        let size = input.get("size").parse().ok().filter(|n| Self::SIZES.contains(n));
        let page = input.get("page").parse().unwrap_or(1).clamp(1, 100_000);
        Self { page, size: size.unwrap_or(Self::SIZE) }
    }

    /// How many rows come before.
    pub(crate) fn offset(self) -> u32 {
        (self.page - 1) * self.size
    }

    /// Rows on this page.
    pub(crate) fn rows(self) -> u32 {
        self.size
    }

    /// `size` and `page` as they stand in a query; blank when they go without saying.
    pub(crate) fn words(self) -> [String; 2] {
        let unless = |same: bool, n: u32| if same { String::new() } else { n.to_string() };
        [unless(self.size == Self::SIZE, self.size), unless(self.page == 1, self.page)]
    }

    /// The pager of a list of `total` rows, of which `shown` are here. `href` leads to another
    /// place in it; `caption` is the key of words with `sort`, `first`, `last` and `n`.
    pub(crate) fn pager(
        self,
        desk: &Desk,
        (caption, sort): (&str, &str),
        (shown, total): (usize, u64),
        href: impl Fn(Self) -> String,
    ) -> Pager {
        let first = u64::from(self.offset()) + 1;
        let last = first + shown as u64 - 1;
        let at = |page| href(Self { page, ..self });
        let sizes = Self::SIZES.into_iter().map(|size| Chip {
            href: href(Self { page: 1, size }),
            label: size.to_string(),
            count: String::new(),
            current: size == self.size,
        });
        Pager {
            caption: desk.tr(
                caption,
                &[
                    ("sort", sort),
                    ("first", &thousands(first.min(total))),
                    ("last", &thousands(last.min(total))),
                    ("n", &thousands(total)),
                ],
            ),
            sizes: sizes.collect(),
            before: if self.page > 1 { at(self.page - 1) } else { String::new() },
            after: if last < total { at(self.page + 1) } else { String::new() },
        }
    }
}

/// A day or nothing: `2026-11-24` or `—`.
pub(crate) fn day(day: Option<Day>) -> String {
    day.map_or_else(nothing, |day| day.to_string())
}

/// What stands where there is no value.
pub(crate) fn nothing() -> String {
    "—".into()
}

/// A size for people.
pub(crate) fn size(bytes: u64) -> String {
    const STEPS: [(u64, &str); 3] = [(1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")];
    for (step, unit) in STEPS {
        if bytes >= step {
            return format!("{:.1} {unit}", bytes as f64 / step as f64);
        }
    }
    format!("{bytes} B")
}

/// The beginning of a digest in groups of four digits.
pub(crate) fn short(digest: &[u8]) -> String {
    let groups: Vec<String> = digest.chunks(2).take(5).map(hex::encode).collect();
    format!("{} …", groups.join(" "))
}

/// The path of a check seal (校验印) in an 11 by 11 view box: 7 columns and rows, of which four
/// columns are the first 28 bits of the digest, the least significant first, row by row, and three
/// mirror them. It lets people notice a difference at a glance; it proves nothing.
pub(crate) fn seal(digest: &[u8]) -> String {
    let mut bits = digest.iter().take(4).fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
    let mut path = String::new();
    for y in 2..9 {
        let mut row = [false; 7];
        for x in 0..4 {
            row[x] = bits & 1 == 1;
            row[6 - x] = row[x];
            bits >>= 1;
        }
        for (x, _) in row.iter().enumerate().filter(|(_, on)| **on) {
            path.push_str(&format!("M{} {y}h1v1h-1z", x + 2));
        }
    }
    path
}

impl Desk {
    /// A moment to the second, in the node's zone.
    pub(crate) fn second(&self, at: Moment) -> String {
        let zone = &self.office().home().settings.zone;
        format!("{} {zone}", at.second_at(self.office().zone_minutes()))
    }

    /// A moment to the minute, in the node's zone.
    pub(crate) fn minute(&self, at: Moment) -> String {
        at.minute_at(self.office().zone_minutes())
    }

    /// The day of a moment, in the node's zone.
    pub(crate) fn day_of(&self, at: Moment) -> Day {
        at.day_at(self.office().zone_minutes())
    }

    /// A thing with its number and name.
    pub(crate) fn link(&self, no: Number) -> Link {
        Link { href: crate::desk::href(no), no: no.to_string(), name: self.name(no) }
    }

    /// Things by name and number, in one line.
    pub(crate) fn names(&self, list: &[Number]) -> String {
        let names: Vec<String> = list.iter().map(|no| format!("{} {no}", self.name(*no))).collect();
        names.join(&self.t("w-comma"))
    }

    /// A near day as people say it: today, tomorrow, or date and weekday.
    pub(crate) fn near_day(&self, day: Day) -> String {
        match self.today().days_to(day) {
            0 => self.t("w-day-today"),
            1 => self.t("w-day-tomorrow"),
            days => {
                let weekday = self.weekday(day);
                let full = day.to_string();
                // Within half a year the year goes without saying.
                let date = if days.abs() < 180 { &full[5..] } else { &full };
                format!("{date} {weekday}")
            }
        }
    }

    /// The short name of a day of the week.
    pub(crate) fn weekday(&self, day: Day) -> String {
        words::weekday(self.lang(), day.weekday())
    }

    /// How far off a deadline is.
    pub(crate) fn due(&self, day: Day) -> Status {
        match self.today().days_to(day) {
            days if days < 0 => Status::new("bad", self.n("w-late", -days)),
            0 => Status::new("due", self.t("w-due-today")),
            days if days <= 7 => Status::new("due", self.n("w-left", days)),
            days => Status::new("", self.n("w-left", days)),
        }
    }

    /// The period between two days.
    pub(crate) fn period(&self, from: Option<Day>, until: Option<Day>) -> String {
        match (from, until) {
            (None, None) => self.t("w-period-open"),
            (Some(from), None) => self.tr("w-period-from", &[("from", &from.to_string())]),
            (None, Some(until)) => self.tr("w-period-until", &[("until", &until.to_string())]),
            (Some(from), Some(until)) => {
                self.tr("w-period", &[("from", &from.to_string()), ("until", &until.to_string())])
            }
        }
    }

    /// Which statements are meant.
    pub(crate) fn statements(&self, parts: Option<&[u32]>) -> String {
        match parts {
            None => self.t("w-all-statements"),
            Some(parts) => self.n("w-statement-nos", list(self.lang(), parts)),
        }
    }
}

/// Numbers in a row, as a language separates them.
pub(crate) fn list(lang: Lang, parts: &[u32]) -> String {
    let parts: Vec<String> = parts.iter().map(u32::to_string).collect();
    parts.join(&words::t(lang, "w-comma"))
}

/// The class of a level's seal.
pub(crate) fn level_class(level: domain::terms::Level) -> &'static str {
    match level {
        domain::terms::Level::Core => "a",
        domain::terms::Level::Important => "b",
        domain::terms::Level::General => "c",
    }
}

/// Builds a query out of the pairs that say something.
pub(crate) fn query(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let said: Vec<_> = pairs.iter().filter(|(_, value)| !value.is_empty()).collect();
    if said.is_empty() {
        return path.to_owned();
    }
    query.extend_pairs(said);
    format!("{path}?{}", query.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The seal of the design system's first page.
    #[test]
    fn the_check_seal_is_that_of_the_prototype() {
        let path = seal(&[0x41, 0xf8, 0xce, 0xfb, 0xa1, 0x16]);
        assert!(path.starts_with(
            "M2 2h1v1h-1zM3 2h1v1h-1zM5 2h1v1h-1zM7 2h1v1h-1zM8 2h1v1h-1zM2 3h1v1h-1z"
        ));
        assert!(path.ends_with("M2 8h1v1h-1zM8 8h1v1h-1z"));
    }

    #[test]
    fn sizes_are_rounded() {
        for (bytes, text) in [(7, "7 B"), (2048, "2.0 KB"), (5 << 20, "5.0 MB")] {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn queries_leave_out_what_says_nothing() {
        assert_eq!(query("/secrets", &[("q", ""), ("level", "core")]), "/secrets?level=core");
        assert_eq!(query("/secrets", &[("q", "")]), "/secrets");
    }
}
