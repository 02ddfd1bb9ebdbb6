//! What happened in the fictional district over two years: lists that came in, and what companies
//! were given. Much is left to do: some parks were hardly reached.

use std::path::Path;

use domain::Number;
use domain::terms::{CompanyKind, Role, Service};
use office::{Office, ServiceForm, Table, Whom};

use super::desk::Desk;
use super::district::{Dice, Entry, KEY, PARKS, WHOLE, entries};
use super::recognition::Recognised;
use super::{BY, Clock, Others, activities, bodies, casework, new_node, profiles, warnings};
use crate::say::Say;

/// How long ago the station began, in days.
const BEGAN: i64 = 760;
/// Firms that give services for the station.
const FIRMS: [&str; 4] = [
    "云岫砥平律师事务所（虚构）",
    "云岫知衡律师事务所（虚构）",
    "云岫明矩咨询（虚构）",
    "云岫守中信息安全（虚构）",
];

/// Sets up the station and tells its two years; others vouch for it when there are any.
pub fn make(
    say: &Say,
    node: &Path,
    clock: &Clock,
    others: Option<&Others>,
    companies: u32,
) -> anyhow::Result<()> {
    clock.days_ago(BEGAN + 5, 9);
    let new = new_node("云岫区商业秘密保护工作站（虚构）", Role::Station, say.lang)?;
    office::init(node, new, &clock.world())?;
    let office = Office::open(node, clock.world())?;
    if let Some(others) = others {
        others.introduce(&office)?;
    }
    let entries = entries(companies);
    let (old, new) = by_age(&entries);
    first_lists(&office, clock, &old)?;
    clock.days_ago(BEGAN - 55, 10);
    let mut desk = Desk::appoint(&office, &known(&office, &old)?)?;
    let mut recognised = Recognised::new();
    services(&office, clock, &old, 0..22, (&mut desk, &mut recognised))?;
    clock.days_ago(64, 10);
    take(&office, table("新设企业（虚构）", &ALL, &new))?;
    let all: Vec<_> = entries.iter().collect();
    services(&office, clock, &all, 22..24, (&mut desk, &mut recognised))?;
    let known = known(&office, &all)?;
    activities::tell(&office, clock, &known)?;
    let joining: Vec<_> = known.iter().take(40).copied().collect();
    let about: Vec<_> = known.into_iter().map(|(_, no)| no).collect();
    casework::tell(&office, clock, &casework::OF_STATION, &about)?;
    profiles::tell(say, &office, clock, &joining, node)?;
    warnings::tell(&office, clock, &about)?;
    bodies::tell(&office, &about)?;
    clock.days_ago(0, 8);
    office.vouch(Whom::WitnessesAndAuthorities)?;
    office::publish(office.home(), &office.reader()?)?;
    Ok(())
}

/// Those that the first lists name, and those that were founded since.
fn by_age(entries: &[Entry]) -> (Vec<&Entry>, Vec<&Entry>) {
    let is_new = |at: usize, entry: &Entry| at % 33 == 32 && entry.kind == CompanyKind::Company;
    let (new, old): (Vec<_>, Vec<_>) =
        entries.iter().enumerate().partition(|(at, entry)| is_new(*at, entry));
    let bare = |list: Vec<(usize, _)>| list.into_iter().map(|(_, entry)| entry).collect();
    (bare(old), bare(new))
}

/// The lists of the district as they came in: who there is, what each was recognised as, and the
/// teams.
fn first_lists(office: &Office, clock: &Clock, entries: &[&Entry]) -> anyhow::Result<()> {
    let (companies, others): (Vec<&Entry>, Vec<&Entry>) =
        entries.iter().partition(|entry| entry.kind == CompanyKind::Company);
    clock.days_ago(BEGAN, 10);
    let columns = [NAME, CODE, FIELD, PARK, STREET, CONTACT];
    take(office, table("云岫区企业名单（虚构）", &columns, &companies))?;
    clock.days_ago(BEGAN - 21, 15);
    let tagged: Vec<_> = companies.into_iter().filter(|entry| !entry.tags.is_empty()).collect();
    take(office, table("资质名单（虚构）", &[NAME, CODE, TAGS], &tagged))?;
    clock.days_ago(BEGAN - 50, 11);
    take(office, table("科研院所与团队（虚构）", &ALL, &others))?;
    office.vouch(Whom::WitnessesAndAuthorities)?;
    Ok(())
}

/// A column: its heading, and what an entry has in it.
type Column = (&'static str, fn(&Entry) -> String);
const NAME: Column = ("企业名称", |entry| entry.name.clone());
const CODE: Column = ("统一社会信用代码", |entry| {
    entry.code.map(|code| code.to_string()).unwrap_or_default()
});
const KIND: Column = ("类型", |entry| entry.kind.word().to_owned());
const TAGS: Column = ("资质", |entry| entry.tags.join("、"));
const FIELD: Column = ("行业领域", |entry| entry.field.to_owned());
const PARK: Column = ("所属园区", |entry| entry.park.unwrap_or_default().to_owned());
const STREET: Column = ("街道", |entry| entry.street.to_owned());
const CONTACT: Column = ("联系人", |entry| entry.contact.clone());
const ALL: [Column; 8] = [NAME, KIND, CODE, TAGS, FIELD, PARK, STREET, CONTACT];

/// A list as districts keep them: a title above the head.
fn table(title: &str, columns: &[Column], rows: &[&Entry]) -> String {
    let mut text = String::from(sheet::csv_start());
    sheet::csv_line(&mut text, [title]);
    sheet::csv_line(&mut text, columns.iter().map(|(heading, _)| *heading));
    for entry in rows {
        sheet::csv_line(&mut text, columns.iter().map(|(_, cell)| cell(entry)));
    }
    text
}

fn take(office: &Office, text: String) -> anyhow::Result<()> {
    // A small district may have nobody for a list.
    if text.lines().count() > 2 {
        let table = Table::read(text.as_bytes())?;
        office.import(&office.ask(BY), &office.reader()?, &table)?;
    }
    Ok(())
}

/// The entries that are in the directory, each with its number.
fn known<'a>(office: &Office, entries: &[&'a Entry]) -> anyhow::Result<Vec<(&'a Entry, Number)>> {
    let reader = office.reader()?;
    let mut known = Vec::with_capacity(entries.len());
    for entry in entries {
        let found = match entry.code {
            Some(code) => reader.company_of(code)?,
            None => reader.companies_named(&entry.name)?.pop(),
        };
        known.extend(found.map(|row| (*entry, row.no)));
    }
    Ok(known)
}

/// Services, a little each month; there are 24 of them.
fn services(
    office: &Office,
    clock: &Clock,
    entries: &[&Entry],
    months: std::ops::Range<u32>,
    (desk, recognised): (&mut Desk, &mut Recognised),
) -> anyhow::Result<()> {
    let dice = &mut Dice::new(u64::from(months.start) + 7);
    let known = known(office, entries)?;
    let companies = known.len() as u32;
    let part = |whole: u32| (whole * companies).div_ceil(WHOLE) as usize;
    for month in months {
        let days = BEGAN - 60 - i64::from(month) * 29;
        clock.days_ago(days, 14);
        // Half a park at a time, as far as the station has come there at all.
        let (park, _, reached) = PARKS[month as usize % PARKS.len()];
        let there: Vec<_> = known
            .iter()
            .filter(|(entry, _)| entry.park == Some(park))
            .filter(|_| dice.happens(reached * 10))
            .map(|(_, no)| *no)
            .collect();
        let what = format!("送法入企：{park}商业秘密保护宣讲");
        give(office, there, Service::Training, &what, Some(*dice.one(&FIRMS)))?;
        let tagged = |tag: &str, dice: &mut Dice, of_1000: u32| -> Vec<Number> {
            let with = known.iter().filter(|(entry, _)| entry.tags.contains(&tag));
            with.filter(|_| dice.happens(of_1000)).map(|(_, no)| *no).collect()
        };
        clock.days_ago(days - 7, 10);
        let visited = tagged("高新技术企业", dice, 11);
        give(office, visited, Service::Visit, "走访：了解保护现状", None)?;
        let visited = tagged("院士团队", dice, 20);
        give(office, visited, Service::Visit, "走访：科研团队成果保护", None)?;
        clock.days_ago(days - 12, 10);
        let diagnosed = tagged("专精特新", dice, 14);
        give(
            office,
            diagnosed,
            Service::Diagnosis,
            "问诊开方：现场查看并出具建议",
            Some(FIRMS[2]),
        )?;
        let served = tagged(KEY, dice, 40);
        give(office, served, Service::OneToOne, "一对一服务：入户辅导", Some(*dice.one(&FIRMS)))?;
        clock.days_ago(days - 18, 16);
        let asked = (0..part(9)).map(|_| dice.one(&known).1).collect();
        give(office, asked, Service::Advice, "咨询答复：竞业限制与保密协议", None)?;
        let fostered = tagged("小巨人", dice, 30);
        give(office, fostered, Service::Recognition, "认定培育：对照标准逐项辅导", None)?;
        if month % 3 == 0 {
            let helped = vec![dice.one(&known).1];
            give(office, helped, Service::Rights, "维权援助：整理线索与证据清单", Some(FIRMS[0]))?;
        }
        desk.month((office, clock), &known, (month, days - 22), part(4))?;
        recognised.month((office, clock), &known, (month, days - 26))?;
    }
    Ok(())
}

fn give(
    office: &Office,
    companies: Vec<Number>,
    service: Service,
    what: &str,
    who: Option<&str>,
) -> anyhow::Result<()> {
    if companies.is_empty() {
        return Ok(());
    }
    let happened = office.today();
    let (what, who) = (what.to_owned(), who.map(str::to_owned));
    let form = ServiceForm { companies, service, happened, what, who };
    office.give_service(&office.ask(BY), form)?;
    Ok(())
}
