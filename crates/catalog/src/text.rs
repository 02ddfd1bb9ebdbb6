//! Words in both languages, references, and lengths of time, as the data files write them.

use std::fmt;

use serde::Deserialize;
use toml::Spanned;

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// One of the two languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Text {
    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// An article of an act: `行政处罚法 art. 36`.
#[derive(Clone, Debug)]
pub struct Cite {
    /// How the act is cited.
    pub act: String,
    /// The article, as its file lists it.
    pub article: String,
    /// Where it stands in its file, in bytes.
    pub(crate) at: usize,
}

/// The name of something in the same file.
#[derive(Clone, Debug)]
pub struct Ref {
    /// The name.
    pub id: String,
    /// Where it stands in its file, in bytes.
    pub(crate) at: usize,
}

/// One of several names: `test_report|appraisal_conclusion`.
#[derive(Clone, Debug)]
pub struct AnyOf {
    /// The names; any one will do.
    pub ids: Vec<String>,
    /// Where it stands in its file, in bytes.
    pub(crate) at: usize,
}

/// A length of time with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Working days.
    WorkingDays(u32),
    /// Days of the calendar.
    Days(u32),
    /// Months; years are twelve.
    Months(u32),
    /// Hours, which run by the clock through nights and holidays.
    Hours(u32),
}

/// Longest length that a row may state, in its own unit; a longer one is a slip.
const LONGEST: u32 = 400;

impl Length {
    /// Reads `15 working days`, `3 days`, `6 months`, `2 years`, `24 hours`.
    ///
    /// # Errors
    /// What was expected, when it is none of these or longer than 400 of its unit.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "{text:?} is no length: write 15 working days, 3 days, 6 months, 2 years or 24 hours"
            )
        };
        let (number, unit) = text.split_once(' ').ok_or_else(wrong)?;
        let number: u32 = number.parse().map_err(|_| wrong())?;
        if number > LONGEST {
            return Err(format!("{text:?} is longer than {LONGEST} of its unit"));
        }
        match (unit, number) {
            ("working day", 1) | ("working days", _) => Ok(Self::WorkingDays(number)),
            ("day", 1) | ("days", _) => Ok(Self::Days(number)),
            ("month", 1) | ("months", _) => Ok(Self::Months(number)),
            ("year", 1) | ("years", _) => Ok(Self::Months(12 * number)),
            ("hour", 1) | ("hours", _) => Ok(Self::Hours(number)),
            _ => Err(wrong()),
        }
    }

    /// Both together, when they have one unit.
    pub fn plus(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::WorkingDays(a), Self::WorkingDays(b)) => Some(Self::WorkingDays(a + b)),
            (Self::Days(a), Self::Days(b)) => Some(Self::Days(a + b)),
            (Self::Months(a), Self::Months(b)) => Some(Self::Months(a + b)),
            (Self::Hours(a), Self::Hours(b)) => Some(Self::Hours(a + b)),
            _ => None,
        }
    }

    /// Its unit by name, and how many: years where they are whole.
    pub fn unit(self) -> (&'static str, u32) {
        match self {
            Self::WorkingDays(n) => ("working-day", n),
            Self::Days(n) => ("day", n),
            Self::Months(n) if n % 12 == 0 && n > 0 => ("year", n / 12),
            Self::Months(n) => ("month", n),
            Self::Hours(n) => ("hour", n),
        }
    }
}

impl PartialEq for Cite {
    fn eq(&self, other: &Self) -> bool {
        self.act == other.act && self.article == other.article
    }
}

impl fmt::Display for Cite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} art. {}", self.act, self.article)
    }
}

impl fmt::Display for AnyOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.ids.join("|"))
    }
}

impl<'de> Deserialize<'de> for Cite {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Spanned::<String>::deserialize(deserializer)?;
        let at = text.span().start;
        match text.get_ref().rsplit_once(" art. ") {
            Some((act, article)) if !act.is_empty() && !article.is_empty() => {
                Ok(Self { act: act.to_owned(), article: article.to_owned(), at })
            }
            _ => Err(serde::de::Error::custom(format!(
                "{:?} cites nothing: write 行政处罚法 art. 36",
                text.get_ref()
            ))),
        }
    }
}

impl<'de> Deserialize<'de> for Ref {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Spanned::<String>::deserialize(deserializer)?;
        Ok(Self { at: text.span().start, id: text.into_inner() })
    }
}

impl<'de> Deserialize<'de> for AnyOf {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Spanned::<String>::deserialize(deserializer)?;
        let ids = text.get_ref().split('|').map(|id| id.trim().to_owned()).collect();
        Ok(Self { at: text.span().start, ids })
    }
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
