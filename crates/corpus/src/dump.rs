//! Records of dumps: JSON, one JSON object a line, or XML, where one record is one document.

mod json;
mod xml;

use serde::{Deserialize, Serialize};

use crate::Dated;

/// Names of fields, the most telling first; case does not matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fields {
    /// The element of XML that is a record; without it, each child of the outermost element when
    /// there are several of one name, else the outermost element.
    pub record: Option<String>,
    /// Its own name: a number of a patent, an address.
    pub id: Vec<String>,
    /// Its title.
    pub title: Vec<String>,
    /// When it was published.
    pub date: Vec<String>,
    /// What it says; all fields of these names together. Where a record has none, all its words.
    pub text: Vec<String>,
}

impl Default for Fields {
    fn default() -> Self {
        let list = |names: &str| names.split(' ').map(str::to_owned).collect();
        Self {
            record: None,
            id: list(
                "id doc-number publication_number publication-number doi url link 公开号 公告号 \
                 编号 标准号",
            ),
            title: list("title invention-title headline name 题名 标题 发明名称 名称"),
            date: list(
                "publication_date publication-date published pub_date pubdate date 公开日 公告日 \
                 公布日 发布日期 发表日期 日期 year 年份",
            ),
            text: list(
                "text body content fulltext abstract description claims claim-text p summary 正文 \
                 全文 内容 摘要 说明书 权利要求 权利要求书",
            ),
        }
    }
}

/// Names that are read as something else than what they are by default: `text=正文,摘要`.
impl Fields {
    /// Sets one of `record`, `id`, `title`, `date`, `text`; says no for anything else.
    #[must_use]
    pub fn set(&mut self, assignment: &str) -> bool {
        let Some((what, names)) = assignment.split_once('=') else { return false };
        let names: Vec<String> = names
            .split(',')
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect();
        if names.is_empty() {
            return false;
        }
        match what.trim() {
            "record" => self.record = names.into_iter().next(),
            "id" => self.id = names,
            "title" => self.title = names,
            "date" => self.date = names,
            "text" => self.text = names,
            _ => return false,
        }
        true
    }
}

/// A record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Its own name, or its number in the file, from 1.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// When it was published.
    pub dated: Option<Dated>,
    /// What it says.
    pub text: String,
}

/// How a dump is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One JSON value: a list of objects, or an object that holds lists of them.
    Json,
    /// One JSON object a line.
    Lines,
    /// XML, one document or several one after another.
    Xml,
}

impl Form {
    /// The form of a file with this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        match &*ending {
            "json" => Some(Self::Json),
            "jsonl" | "ndjson" => Some(Self::Lines),
            "xml" => Some(Self::Xml),
            _ => None,
        }
    }
}

/// Hands each record to `sink`. Says no when what comes is no such dump, or not to its end: what was
/// read until there was handed on.
pub fn records(form: Form, bytes: &[u8], fields: &Fields, sink: &mut dyn FnMut(Record)) -> bool {
    let mut gathering = Gathering { fields, count: 0, sink };
    match form {
        Form::Json => json::value(bytes, &mut gathering),
        Form::Lines => json::lines(bytes, &mut gathering),
        Form::Xml => xml::read(bytes, &mut gathering),
    }
}

/// What a name means.
#[derive(Clone, Copy, PartialEq)]
enum Meaning {
    Id,
    Title,
    Date,
    Text,
    Other,
}

struct Gathering<'g> {
    fields: &'g Fields,
    count: u64,
    sink: &'g mut dyn FnMut(Record),
}

/// A record under way: for each meaning what was found, and the rank of its name.
#[derive(Default)]
struct Draft {
    id: Option<(usize, String)>,
    title: Option<(usize, String)>,
    date: Option<(usize, Dated)>,
    text: String,
    other: String,
}

impl Gathering<'_> {
    fn meaning(&self, name: &str) -> (Meaning, usize) {
        let fields = self.fields;
        let lists = [
            (Meaning::Id, &fields.id),
            (Meaning::Title, &fields.title),
            (Meaning::Date, &fields.date),
            (Meaning::Text, &fields.text),
        ];
        let place = |names: &[String]| {
            names.iter().position(|known| known.to_lowercase() == name.to_lowercase())
        };
        lists
            .into_iter()
            .find_map(|(meaning, names)| place(names).map(|rank| (meaning, rank)))
            .unwrap_or((Meaning::Other, 0))
    }

    fn put(&self, draft: &mut Draft, name: &str, words: &str) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        let (meaning, rank) = self.meaning(name);
        let better = |known: Option<usize>| known.is_none_or(|known| rank < known);
        match meaning {
            Meaning::Id if better(draft.id.as_ref().map(|id| id.0)) => {
                draft.id = Some((rank, words.to_owned()));
            }
            Meaning::Title if better(draft.title.as_ref().map(|title| title.0)) => {
                draft.title = Some((rank, words.to_owned()));
            }
            Meaning::Date if better(draft.date.as_ref().map(|date| date.0)) => {
                draft.date = Dated::read(words).map(|dated| (rank, dated)).or(draft.date.take());
            }
            Meaning::Id | Meaning::Title | Meaning::Date => {}
            Meaning::Text => line(&mut draft.text, words),
            Meaning::Other => line(&mut draft.other, words),
        }
    }

    fn done(&mut self, draft: Draft) {
        /// Longer names and titles are cut.
        const NAME_MAX: usize = 200;
        let short = |text: String| {
            let text: String = text.chars().filter(|c| !c.is_control()).take(NAME_MAX).collect();
            text.trim().to_owned()
        };
        self.count += 1;
        let title = draft.title.map(|(_, title)| short(title));
        let mut text = if draft.text.is_empty() { draft.other } else { draft.text };
        if let Some(title) = &title {
            // What a title says is public as well.
            text.insert_str(0, &format!("{title}\n"));
        }
        let id = draft.id.map(|(_, id)| short(id)).filter(|id| !id.is_empty());
        (self.sink)(Record {
            id: id.unwrap_or_else(|| self.count.to_string()),
            title,
            dated: draft.date.map(|(_, dated)| dated),
            text,
        });
    }
}

fn line(text: &mut String, words: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(words);
}
