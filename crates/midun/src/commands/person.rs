//! `midun person …`.

use domain::{Number, Series};
use office::{Office, PersonForm, copy_state};
use serde_json::json;

use super::{Desk, any_number, custody, day, number, table};
use crate::args::{Paper, Person};

pub fn run(desk: &Desk<'_>, args: Person) -> anyhow::Result<()> {
    let office = desk.office()?;
    match args {
        Person::Add { name, post, department, joined } => {
            let joined = day(joined.as_deref())?;
            let form = PersonForm { name, post, department, joined };
            desk.done(&office.add_person(&desk.ask(&office), form)?);
        }
        Person::List => {
            let reader = office.reader()?;
            let mut people = Vec::new();
            for row in reader.people()? {
                let name = office.person_name(&reader, &row)?;
                people.push((name, row));
            }
            let value: Vec<_> = people
                .iter()
                .map(|(name, row)| {
                    json!({
                        "id": row.no, "name": name, "post": row.post,
                        "department": row.department, "joined": row.joined,
                        "cleared": row.cleared,
                    })
                })
                .collect();
            desk.say.result(&json!(value), || {
                let erased = || desk.say.t("cli-erased");
                let heads = ["cli-col-no", "cli-col-name", "cli-col-post", "cli-col-department"];
                let mut rows = vec![heads.map(|key| desk.say.t(key)).to_vec()];
                rows.extend(people.iter().map(|(name, row)| {
                    vec![
                        row.no.to_string(),
                        name.clone().unwrap_or_else(erased),
                        row.post.clone().unwrap_or_else(|| "—".into()),
                        row.department.clone().unwrap_or_else(|| "—".into()),
                    ]
                }));
                table(rows)
            });
        }
        Person::Clear { id, secret, from, until, why } => {
            let (person, secret) = (number(&id, Series::Person)?, number(&secret, Series::Secret)?);
            let days = (day(from.as_deref())?, day(until.as_deref())?);
            desk.done(&office.clear_person(&desk.ask(&office), person, secret, days, why)?);
        }
        Person::Bar { id, secret, happened, why } => {
            let (person, secret) = (number(&id, Series::Person)?, number(&secret, Series::Secret)?);
            let happened = day(happened.as_deref())?;
            desk.done(&office.bar_person(&desk.ask(&office), person, secret, happened, why)?);
        }
        Person::Exit { id, for_leaver } => {
            exit(desk, &office, number(&id, Series::Person)?, for_leaver)?;
        }
        Person::Erase { id, ground, approved, why, confirm } => {
            let given = (ground.as_deref(), approved.as_deref());
            custody::erase(desk, &office, &id, given, (why, confirm))?;
        }
        Person::Paper(paper) => add_papers(desk, paper)?,
    }
    Ok(())
}

/// What a leaver could reach, read and was given; for the leaver by numbers only, and only what a
/// record shows.
fn exit(
    desk: &Desk<'_>,
    office: &Office,
    person: Number,
    for_leaver: bool,
) -> Result<(), office::Trouble> {
    let (reader, today) = (office.reader()?, office.today());
    let exit = office.exit(&reader, person)?;
    let shown: Vec<_> =
        exit.lines.iter().filter(|line| !for_leaver || line.was_in_hand()).collect();
    let lines: Vec<_> = shown
        .iter()
        .map(|line| {
            let access = line.access.iter().map(|access| {
                json!({
                    "from": access.from, "until": access.until,
                    "ended": access.ended.is_some(), "ended_on": access.ended.flatten(),
                })
            });
            let readings = line.readings.iter().map(|(day, what)| json!({ "day": day, "what": what }));
            let copies = line.copies.iter().map(|copy| {
                json!({ "id": copy.no, "state": copy_state(copy, today), "received": copy.received })
            });
            let mut value = json!({
                "secret": line.secret, "carriers": line.carriers,
                "open": line.is_open(today), "access": access.collect::<Vec<_>>(),
                "readings": readings.collect::<Vec<_>>(), "copies": copies.collect::<Vec<_>>(),
            });
            if !for_leaver {
                value["title"] = json!(line.title);
                value["level"] = json!(line.level);
            }
            value
        })
        .collect();
    let (access, copies, accounts) = exit.open(today);
    let value = json!({
        "person": person, "lines": lines, "accounts": exit.accounts,
        "open": { "access": access, "copies": copies, "accounts": accounts },
    });
    desk.say.result(&value, || {
        if shown.is_empty() {
            return format!("{}\n", desk.say.t("w-exit-none"));
        }
        let heads = ["w-col-secret", "w-exit-col-access", "w-exit-col-read", "w-exit-col-copies"];
        let mut rows = vec![heads.map(|key| desk.say.t(key)).to_vec()];
        rows.extend(shown.iter().map(|line| {
            let days = line.access.iter().map(|access| {
                let end = access.ended.flatten().or(access.until);
                let end = end.map(|day| day.to_string()).unwrap_or_default();
                format!("{}～{end}", access.from)
            });
            let title = if for_leaver { "" } else { &*line.title };
            let read = line.readings.iter().map(|(day, what)| format!("{day} {what}"));
            let copies = line.copies.iter().map(|copy| {
                format!("{} {}", copy.no, desk.say.t(&format!("copy-{}", copy_state(copy, today))))
            });
            vec![
                format!("{} {title}", line.secret).trim_end().to_owned(),
                days.collect::<Vec<_>>().join(" "),
                read.collect::<Vec<_>>().join(" "),
                copies.collect::<Vec<_>>().join(" "),
            ]
        }));
        let open = desk.say.tr(
            "cli-exit-open",
            &[
                ("access", access.to_string()),
                ("copies", copies.to_string()),
                ("accounts", accounts.to_string()),
            ],
        );
        format!("{}\n{open}\n", table(rows))
    });
    Ok(())
}

/// Papers for a person, partner, measure, agreement or disclosure.
pub fn add_papers(desk: &Desk<'_>, paper: Paper) -> anyhow::Result<()> {
    let office = desk.office()?;
    let about = any_number(&paper.id)?;
    let dated = day(paper.dated.as_deref())?;
    let papers = desk.sources(&paper.files)?;
    desk.done(&office.add_papers(&desk.ask(&office), about, papers, dated)?);
    Ok(())
}
