//! Public numbers: `MD-0017` for a secret point, `RY-0003` for a person.
//!
//! They stand in addresses, papers and the ledger, and say nothing about the content.

use serde::{Deserialize, Serialize};

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Series {
    /// 密点, a secret point: `MD`.
    Secret,
    /// 人员, a person: `RY`.
    Person,
    /// 合作方, a partner: `HZ`.
    Partner,
    /// 保密措施, a protective measure: `CS`.
    Measure,
    /// 协议, an agreement with a partner: `XY`.
    Agreement,
    /// 披露, a disclosure: `PL`.
    Disclosure,
    /// 举证卷宗, a dossier: `JZ`.
    Dossier,
    /// 企业, a company, institution or research team in a station's directory: `QY`.
    Company,
    /// 联网, a link between a node and a station: `LW`.
    Link,
    /// 清查, a sweep for pieces of secret points: `QC`.
    Sweep,
    /// 外发, something asked to leave: `WF`.
    Release,
    /// 分发, copies of one carrier committed to together: `FF`.
    Batch,
    /// 副本, one recipient's marked copy: `FB`.
    Copy,
    /// 线索, something that turned up and was read for its marks: `XS`.
    Find,
    /// 专家, an expert of a station's committee: `ZJ`.
    Expert,
    /// 诉求, a company's request: `SQ`.
    Request,
    /// 走访, a visit: `ZF`.
    Visit,
    /// 处方, a prescription: `CF`.
    Prescription,
    /// 账号, an account by which somebody signs in: `ZH`.
    Account,
    /// 比对, two things side by side: `BD`.
    Comparison,
    /// 案件, a case: `AJ`.
    Case,
    /// 认定, an application for recognition and what came of it: `RD`.
    Recognition,
    /// 任务, what a station asks of a company: `RW`.
    Task,
    /// 自评, an answer to a control: `ZP`.
    Answer,
    /// 活动, a meeting that a station invites companies to: `HD`.
    Activity,
    /// 秘点梳理, an inventory of a folder: `SL`.
    Inventory,
    /// 公开语料, a public corpus: `YL`.
    Corpus,
    /// 公知性检索, a public check of a secret point: `GZ`.
    PublicCheck,
    /// 盲比, a blind comparison with another party: `MB`.
    Blind,
    /// 研发记录, a record of the company's own work: `YF`.
    Work,
    /// 事件, a suspected leak: `SJ`.
    Incident,
    /// 预警, an alert of a rule: `YJ`.
    Warning,
    /// 出海预判, a pre-judgement before going abroad: `YP`.
    Assessment,
    /// 出境审查, answers before material leaves China: `CJ`.
    Export,
    /// 机构, an organisation that takes part: `JG`.
    Organisation,
    /// 协作请求, one organisation asking another for help: `XZ`.
    Assistance,
    /// 采购, what a procurement came to: `CG`.
    Procurement,
    /// 聘请, a firm engaged for a company: `WT`.
    Engagement,
}

impl Series {
    /// All series.
    pub const ALL: [Self; 38] = [
        Self::Secret,
        Self::Person,
        Self::Partner,
        Self::Measure,
        Self::Agreement,
        Self::Disclosure,
        Self::Dossier,
        Self::Company,
        Self::Link,
        Self::Sweep,
        Self::Release,
        Self::Batch,
        Self::Copy,
        Self::Find,
        Self::Expert,
        Self::Request,
        Self::Visit,
        Self::Prescription,
        Self::Account,
        Self::Comparison,
        Self::Case,
        Self::Recognition,
        Self::Task,
        Self::Answer,
        Self::Activity,
        Self::Inventory,
        Self::Corpus,
        Self::PublicCheck,
        Self::Blind,
        Self::Work,
        Self::Incident,
        Self::Warning,
        Self::Assessment,
        Self::Export,
        Self::Organisation,
        Self::Assistance,
        Self::Procurement,
        Self::Engagement,
    ];

    /// The letters that numbers of this series start with.
    pub const fn letters(self) -> &'static str {
        match self {
            Self::Secret => "MD",
            Self::Person => "RY",
            Self::Partner => "HZ",
            Self::Measure => "CS",
            Self::Agreement => "XY",
            Self::Disclosure => "PL",
            Self::Dossier => "JZ",
            Self::Company => "QY",
            Self::Link => "LW",
            Self::Sweep => "QC",
            Self::Release => "WF",
            Self::Batch => "FF",
            Self::Copy => "FB",
            Self::Find => "XS",
            Self::Expert => "ZJ",
            Self::Request => "SQ",
            Self::Visit => "ZF",
            Self::Prescription => "CF",
            Self::Account => "ZH",
            Self::Comparison => "BD",
            Self::Case => "AJ",
            Self::Recognition => "RD",
            Self::Task => "RW",
            Self::Answer => "ZP",
            Self::Activity => "HD",
            Self::Inventory => "SL",
            Self::Corpus => "YL",
            Self::PublicCheck => "GZ",
            Self::Blind => "MB",
            Self::Work => "YF",
            Self::Incident => "SJ",
            Self::Warning => "YJ",
            Self::Assessment => "YP",
            Self::Export => "CJ",
            Self::Organisation => "JG",
            Self::Assistance => "XZ",
            Self::Procurement => "CG",
            Self::Engagement => "WT",
        }
    }
}

/// A public number, such as `MD-0017`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    /// What it counts.
    pub series: Series,
    /// Counted from 1.
    pub count: u32,
}

/// A text that is no number of any series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a number such as MD-0017")]
pub struct NotANumber;

impl Number {
    /// Reads a number as printed; letters in lower case and missing zeros are accepted, since
    /// people type them.
    ///
    /// # Errors
    /// [`NotANumber`] for anything else.
    pub fn parse(text: &str) -> Result<Self, NotANumber> {
        let (letters, digits) = text.trim().split_once('-').ok_or(NotANumber)?;
        let series = Series::ALL
            .into_iter()
            .find(|series| series.letters().eq_ignore_ascii_case(letters))
            .ok_or(NotANumber)?;
        if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotANumber);
        }
        match digits.parse() {
            Ok(count) if count > 0 => Ok(Self { series, count }),
            _ => Err(NotANumber),
        }
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:04}", self.series.letters(), self.count)
    }
}

impl Serialize for Number {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let number = Number { series: Series::Secret, count: 17 };
        for text in ["MD-0017", "md-17", " MD-017 "] {
            assert_eq!(Number::parse(text), Ok(number), "{text}");
        }
        assert_eq!(number.to_string(), "MD-0017");
        for text in ["MD-0", "MD17", "XX-1", "MD-", "MD-1x", "MD-9999999999", ""] {
            assert_eq!(Number::parse(text), Err(NotANumber), "{text}");
        }
    }
}
