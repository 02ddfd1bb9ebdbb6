//! The directory of a station: who is in it, and what each was given.

use std::collections::{BTreeMap, BTreeSet};

use super::{Decision, Desk, Draft, maybe_text, text, title};
use crate::command::{AddCompany, ImportDirectory, ReviseCompany};
use crate::credit_code::CreditCode;
use crate::event;
use crate::facts::CompanyHead;
use crate::moment::Day;
use crate::number::{Number, Series};
use crate::refusal::Refusal;
use crate::terms::{CompanyKind, KeyTag, Service};

/// The most tags of one company.
const TAGS_MAX: usize = 20;

impl Desk<'_> {
    pub(super) fn add_company(&self, c: AddCompany) -> Result<Decision, Refusal> {
        let no = self.next(Series::Company);
        let mut decision = Decision { drafts: vec![], keys: vec![], number: Some(no) };
        self.company_added(&mut decision, no, c, None)?;
        Ok(decision)
    }

    pub(super) fn revise_company(&self, c: ReviseCompany) -> Result<Decision, Refusal> {
        let no = c.company;
        if c.why.as_deref().unwrap_or_default().trim().is_empty() {
            return Err(Refusal::Blank("field-why"));
        }
        let mut decision = Decision { drafts: vec![], keys: vec![], number: Some(no) };
        self.company_revised(&mut decision, c, None)?;
        Ok(decision)
    }

    pub(super) fn merge_company(
        &self,
        company: Number,
        into: Number,
        why: String,
    ) -> Result<Decision, Refusal> {
        if company == into {
            return Err(Refusal::MergedIntoItself(company));
        }
        self.company(company)?;
        self.company(into)?;
        let why = text("field-why", why)?;
        let merged = event::CompanyMerged { by: self.by(), company, into, why };
        Ok(Decision::one(merged).made(into))
    }

    pub(super) fn import_directory(&self, c: ImportDirectory) -> Result<Decision, Refusal> {
        let mut decision = Decision { drafts: vec![], keys: vec![], number: None };
        let (added, revised) = (c.added.len() as u32, c.revised.len() as u32);
        let mut no = self.next(Series::Company);
        // The facts know what was before this file; the file must not bring one in twice itself.
        let mut codes: BTreeMap<CreditCode, Number> = BTreeMap::new();
        let mut names: BTreeMap<String, Number> = BTreeMap::new();
        for company in c.added {
            let twice = match company.code {
                Some(code) => codes.insert(code, no).map(Refusal::CreditCodeTaken),
                None => names.insert(company.name.trim().to_owned(), no).map(Refusal::NameTaken),
            };
            if let Some(refusal) = twice {
                return Err(refusal);
            }
            self.company_added(&mut decision, no, company, Some(&c.file))?;
            no.count += 1;
        }
        let mut seen = BTreeSet::new();
        for company in c.revised {
            if !seen.insert(company.company)
                || company.code.is_some_and(|code| codes.contains_key(&code))
            {
                return Err(Refusal::ChangedMeanwhile(company.company));
            }
            self.company_revised(&mut decision, company, Some(&c.file))?;
        }
        decision.drafts.push(Draft::plain(event::DirectoryImported {
            by: self.by(),
            file: c.file,
            mapping: c.mapping,
            rows: c.rows,
            added,
            revised,
            same: c.same,
            refused: c.refused,
        }));
        Ok(decision)
    }

    pub(super) fn give_service(
        &self,
        companies: Vec<Number>,
        service: Service,
        happened: Day,
        (what, who): (String, Option<String>),
    ) -> Result<Decision, Refusal> {
        self.not_in_future("field-happened", Some(happened))?;
        let what = text("field-what", what)?;
        let who = who.filter(|who| !who.trim().is_empty());
        let who = who.map(|who| title("field-who", who)).transpose()?;
        let companies: BTreeSet<Number> = companies.into_iter().collect();
        let mut drafts = Vec::with_capacity(companies.len());
        for company in companies {
            self.company(company)?;
            let (by, what, who) = (self.by(), what.clone(), who.clone());
            let given = event::ServiceGiven { by, company, service, happened, what, who };
            drafts.push(Draft::plain(given));
        }
        if drafts.is_empty() {
            return Err(Refusal::NoCompany);
        }
        Ok(Decision { drafts, keys: vec![], number: None })
    }

    /// An entry that stands.
    pub(super) fn company(&self, no: Number) -> Result<&CompanyHead, Refusal> {
        if no.series != Series::Company {
            return Err(Refusal::WrongSeries(no, Series::Company));
        }
        let head = self.facts.companies.get(&no).ok_or(Refusal::Unknown(no))?;
        match head.merged_into {
            Some(into) => Err(Refusal::Merged(no, into)),
            None => Ok(head),
        }
    }

    fn company_added(
        &self,
        decision: &mut Decision,
        no: Number,
        c: AddCompany,
        source: Option<&str>,
    ) -> Result<(), Refusal> {
        let name = title("field-name", c.name)?;
        match c.code {
            Some(code) => self.code_is_free(code, None)?,
            None if c.kind != CompanyKind::Team => return Err(Refusal::CreditCodeMissing),
            None => {
                if let Some(&other) = self.facts.uncoded.get(&name) {
                    return Err(Refusal::NameTaken(other));
                }
            }
        }
        let added = event::CompanyAdded {
            by: self.by(),
            no,
            name,
            sort: c.kind,
            code: c.code,
            tags: tags(c.tags)?,
            field: place("field-field", c.field)?.filter(|text| !text.is_empty()),
            park: place("field-park", c.park)?.filter(|text| !text.is_empty()),
            street: place("field-street", c.street)?.filter(|text| !text.is_empty()),
            source: source.map(str::to_owned),
        };
        let envelopes = c.contact.map(|contact| ("contact", contact)).into_iter().collect();
        decision.drafts.push(Draft { event: added.into(), envelopes });
        decision.keys.extend(c.key.map(|key| (no, key)));
        Ok(())
    }

    fn company_revised(
        &self,
        decision: &mut Decision,
        c: ReviseCompany,
        source: Option<&str>,
    ) -> Result<(), Refusal> {
        let no = c.company;
        let head = self.company(no)?;
        if head.edition != c.edition {
            return Err(Refusal::ChangedMeanwhile(no));
        }
        if let Some(code) = c.code {
            self.code_is_free(code, Some(no))?;
        }
        if c.kind.unwrap_or(head.kind) != CompanyKind::Team && c.code.or(head.code).is_none() {
            return Err(Refusal::CreditCodeMissing);
        }
        let nothing = c.name.is_none()
            && c.kind.is_none()
            && c.code.is_none()
            && c.tags.is_none()
            && c.field.is_none()
            && c.park.is_none()
            && c.street.is_none()
            && c.contact.is_none();
        if nothing {
            return Err(Refusal::NothingToChange(no));
        }
        let revised = event::CompanyRevised {
            by: self.by(),
            company: no,
            edition: head.edition + 1,
            name: c.name.map(|name| title("field-name", name)).transpose()?,
            sort: c.kind,
            code: c.code,
            tags: c.tags.map(tags).transpose()?,
            field: place("field-field", c.field)?,
            park: place("field-park", c.park)?,
            street: place("field-street", c.street)?,
            why: maybe_text("field-why", c.why)?,
            source: source.map(str::to_owned),
        };
        let envelopes = c.contact.map(|contact| ("contact", contact)).into_iter().collect();
        decision.drafts.push(Draft { event: revised.into(), envelopes });
        decision.keys.extend(c.key.map(|key| (no, key)));
        Ok(())
    }

    fn code_is_free(&self, code: CreditCode, of: Option<Number>) -> Result<(), Refusal> {
        match self.facts.company_of.get(&code) {
            Some(&other) if Some(other) != of => Err(Refusal::CreditCodeTaken(other)),
            _ => Ok(()),
        }
    }
}

/// A place or a field: short, and blank when it is taken away.
fn place(field: &'static str, value: Option<String>) -> Result<Option<String>, Refusal> {
    match value {
        Some(value) if value.trim().is_empty() => Ok(Some(String::new())),
        Some(value) => title(field, value).map(Some),
        None => Ok(None),
    }
}

/// Tags in one spelling, without repetition: those of public policy first, by their weight, then
/// free ones. A list in one cell is several tags.
pub fn tags(said: Vec<String>) -> Result<Vec<String>, Refusal> {
    let mut key: BTreeSet<KeyTag> = BTreeSet::new();
    let mut free: BTreeSet<String> = BTreeSet::new();
    for part in
        said.iter().flat_map(|text| text.split(['、', '，', ',', ';', '；', '|', '/', '\n']))
    {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        match KeyTag::from_text(part) {
            Some(tag) => drop(key.insert(tag)),
            None => drop(free.insert(title("field-tags", part.to_owned())?)),
        }
    }
    let tags: Vec<String> = key.into_iter().map(|tag| tag.word().to_owned()).chain(free).collect();
    if tags.len() > TAGS_MAX { Err(Refusal::TooManyTags(TAGS_MAX)) } else { Ok(tags) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Command;
    use crate::facts::Facts;
    use crate::moment::Moment;
    use crate::terms::Role;
    use crate::{Event, decide};

    fn qy(count: u32) -> Number {
        Number { series: Series::Company, count }
    }

    fn code(body: &str) -> CreditCode {
        CreditCode::completed(body).expect("the body is sound")
    }

    /// A station that has QY-0001 with a code, the team QY-0002 without, and QY-0003, merged.
    fn station() -> Facts {
        let today = Day::parse("2026-11-25").expect("a day");
        let mut facts = Facts::at(Moment(1_795_000_000_000), today, None);
        facts.role = Some(Role::Station);
        facts.last.insert(Series::Company, 3);
        let head = |kind, code, merged_into| CompanyHead { edition: 1, kind, code, merged_into };
        let first = code("91990000000000001");
        facts.companies.insert(qy(1), head(CompanyKind::Company, Some(first), None));
        facts.companies.insert(qy(2), head(CompanyKind::Team, None, None));
        let third = code("91990000000000002");
        facts.companies.insert(qy(3), head(CompanyKind::Company, Some(third), Some(qy(1))));
        facts.company_of.insert(first, qy(1));
        facts.company_of.insert(third, qy(3));
        facts.uncoded.insert("甲团队（虚构）".into(), qy(2));
        facts
    }

    fn add(name: &str, kind: CompanyKind, code: Option<CreditCode>) -> AddCompany {
        AddCompany {
            name: name.into(),
            kind,
            code,
            tags: vec!["高新技术企业、瞪羚".into(), "专精特新".into(), "high-tech".into()],
            field: Some(" 新材料 ".into()),
            park: Some("  ".into()),
            street: None,
            contact: None,
            key: None,
        }
    }

    fn revise(company: Number) -> ReviseCompany {
        ReviseCompany {
            company,
            edition: 1,
            name: None,
            kind: None,
            code: None,
            tags: None,
            field: None,
            park: None,
            street: None,
            contact: None,
            key: None,
            why: Some("名单更正".into()),
        }
    }

    fn decided(command: Command) -> Result<Decision, Refusal> {
        decide(&station(), "owner", command)
    }

    #[test]
    fn a_company_comes_in_once() {
        let free = code("91990000000000009");
        let made =
            decided(Command::AddCompany(Box::new(add("甲", CompanyKind::Company, Some(free)))));
        let decision = made.expect("it is new");
        assert_eq!(decision.number, Some(qy(4)));
        let Event::CompanyAdded(event) = &decision.drafts[0].event else { panic!("an addition") };
        assert_eq!(event.tags, ["specialised", "high-tech", "瞪羚"]);
        assert_eq!((event.field.as_deref(), event.park.as_deref()), (Some("新材料"), None));
        for (kind, given, name, refusal) in [
            (
                CompanyKind::Company,
                Some("91990000000000001"),
                "乙",
                Refusal::CreditCodeTaken(qy(1)),
            ),
            (
                CompanyKind::Company,
                Some("91990000000000002"),
                "乙",
                Refusal::CreditCodeTaken(qy(3)),
            ),
            (CompanyKind::Institution, None, "乙", Refusal::CreditCodeMissing),
            (CompanyKind::Team, None, "甲团队（虚构）", Refusal::NameTaken(qy(2))),
            (CompanyKind::Team, None, " ", Refusal::Blank("field-name")),
        ] {
            let company = add(name, kind, given.map(code));
            assert_eq!(decided(Command::AddCompany(Box::new(company))), Err(refusal), "{name}");
        }
    }

    #[test]
    fn a_revision_says_what_changed_and_refuses_what_is_stale() {
        let revised = |change: fn(&mut ReviseCompany), no| {
            let mut c = revise(no);
            change(&mut c);
            decided(Command::ReviseCompany(Box::new(c)))
        };
        let decision = revised(|c| c.park = Some(String::new()), qy(1)).expect("it changes");
        let Event::CompanyRevised(event) = &decision.drafts[0].event else { panic!("a revision") };
        assert_eq!((event.edition, event.park.as_deref(), &event.name), (2, Some(""), &None));
        for (change, no, refusal) in [
            ((|_| ()) as fn(&mut ReviseCompany), qy(1), Refusal::NothingToChange(qy(1))),
            (|c| c.edition = 2, qy(1), Refusal::ChangedMeanwhile(qy(1))),
            (|c| c.park = Some("x".into()), qy(3), Refusal::Merged(qy(3), qy(1))),
            (|c| c.park = Some("x".into()), qy(9), Refusal::Unknown(qy(9))),
            (|c| c.kind = Some(CompanyKind::Company), qy(2), Refusal::CreditCodeMissing),
            (|c| c.code = Some(code("91990000000000001")), qy(2), Refusal::CreditCodeTaken(qy(1))),
            (|c| c.why = Some(" ".into()), qy(1), Refusal::Blank("field-why")),
            (|c| c.name = Some(" ".into()), qy(1), Refusal::Blank("field-name")),
        ] {
            assert_eq!(revised(change, no), Err(refusal));
        }
    }

    #[test]
    fn an_import_is_one_wish_of_many_events() {
        let free = |at: u32| code(&format!("9199000000000010{at}"));
        let import = |added, revised| {
            decided(Command::ImportDirectory(Box::new(ImportDirectory {
                file: "ab".repeat(32),
                mapping: vec!["name=企业名称".into()],
                rows: 9,
                same: 1,
                refused: 2,
                added,
                revised,
            })))
        };
        let new = |at| add("甲", CompanyKind::Company, Some(free(at)));
        let change = || ReviseCompany { park: Some("园".into()), why: None, ..revise(qy(1)) };
        let decision = import(vec![new(1), new(2)], vec![change()]).expect("it fits");
        let tags: Vec<_> = decision.drafts.iter().map(|draft| draft.event.tag()).collect();
        assert_eq!(
            tags,
            ["company.added", "company.added", "company.revised", "directory.imported"]
        );
        assert_eq!(decision.drafts[1].event.about(), [qy(5)]);
        assert_eq!(import(vec![new(1), new(1)], vec![]), Err(Refusal::CreditCodeTaken(qy(4))));
        assert_eq!(import(vec![], vec![change(), change()]), Err(Refusal::ChangedMeanwhile(qy(1))));
    }

    #[test]
    fn a_service_is_given_to_each_company_once() {
        let give = |companies: Vec<Number>, day: &str| {
            decided(Command::GiveService {
                companies,
                service: Service::Training,
                happened: Day::parse(day).expect("a day"),
                what: "送法入企".into(),
                who: Some(" ".into()),
            })
        };
        let decision = give(vec![qy(2), qy(1), qy(2)], "2026-11-25").expect("it was given");
        let about: Vec<_> = decision.drafts.iter().flat_map(|draft| draft.event.about()).collect();
        assert_eq!(about, [qy(1), qy(2)]);
        assert_eq!(give(vec![], "2026-11-25"), Err(Refusal::NoCompany));
        assert_eq!(give(vec![qy(3)], "2026-11-25"), Err(Refusal::Merged(qy(3), qy(1))));
        let tomorrow = Day::parse("2026-11-26").expect("a day");
        assert_eq!(
            give(vec![qy(1)], "2026-11-26"),
            Err(Refusal::InFuture("field-happened", tomorrow))
        );
        let merge = |company, into| {
            let why = "重复登记".into();
            decided(Command::MergeCompany { company, into, why })
        };
        assert_eq!(merge(qy(1), qy(1)), Err(Refusal::MergedIntoItself(qy(1))));
        assert_eq!(merge(qy(1), qy(3)), Err(Refusal::Merged(qy(3), qy(1))));
        assert_eq!(merge(qy(2), qy(1)).map(|made| made.number), Ok(Some(qy(1))));
    }

    #[test]
    fn each_role_keeps_to_its_own() {
        let mut facts = station();
        let company = || Command::AddCompany(Box::new(add("甲", CompanyKind::Team, None)));
        let level = || Command::RemoveWitness { name: "x".into(), why: "y".into() };
        facts.role = Some(Role::Enterprise);
        assert_eq!(decide(&facts, "owner", company()), Err(Refusal::WrongRole(Role::Enterprise)));
        // What any node does is refused for other reasons only.
        assert_eq!(decide(&facts, "owner", level()), Err(Refusal::WitnessUnknown("x".into())));
        facts.role = Some(Role::Station);
        let secret = Number { series: Series::Secret, count: 1 };
        let view = Command::ViewSecret { secret, what: "statements".into(), why: None };
        assert_eq!(decide(&facts, "owner", view), Err(Refusal::WrongRole(Role::Station)));
    }
}
