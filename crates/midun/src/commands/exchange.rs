//! `midun exchange …`: letters between a company's node and its station.

mod profile;

use std::fs;
use std::path::{Path, PathBuf};

use domain::terms::{LetterSort, LetterWay, LinkState, Role};
use domain::{Number, Series};
use link::exchange::{BUNDLE_BYTES_MAX, Invitation};
use office::{INVITATION_DAYS, LetterForm, Office, OpenedLetter, Settled, Sort, Taken, Trouble};
use serde_json::{Value, json};
use store::read::{LetterRow, LinkRow};

use super::{Desk, day, number, receipt_json, table, term_of};
use crate::args::Exchange;

pub fn run(desk: &Desk<'_>, args: Exchange) -> anyhow::Result<()> {
    let office = desk.office()?;
    match args {
        Exchange::Offer { company, until, url } => {
            let company = super::maybe_number(company.as_deref(), Series::Company)?;
            let until = match day(until.as_deref())? {
                Some(until) => until,
                None => office.today().plus_days(INVITATION_DAYS).unwrap_or(office.today()),
            };
            let (receipt, invitation) =
                office.offer_link(&desk.ask(&office), company, until, url)?;
            let text = invitation.to_text();
            let mut value = receipt_json(&receipt);
            value["invitation"] = json!(text);
            let no = receipt.number.map(|no| no.to_string()).unwrap_or_default();
            desk.say.result(&value, || {
                let args = [("no", no), ("day", until.to_string())];
                format!("{}\n\n{text}\n", desk.say.tr("cli-exchange-offered", &args))
            });
        }
        Exchange::Join { invitation, code } => join(desk, &office, &invitation, code.as_deref())?,
        Exchange::Sync { link } => {
            sync(desk, &office, link.as_deref())?;
            settle_if_may(desk, &office)?;
        }
        Exchange::Settle => {
            let unlocked = desk.unlocked(&office)?;
            let settled = office.settle(&unlocked)?;
            let value = json!({ "settled": settled.done, "refused": settled.refused });
            desk.say.result(&value, || settled_words(desk, settled));
        }
        Exchange::Status => status(desk, &office)?,
        Exchange::Write { link, sort, subject, text, attach, re, due } => {
            let link = chosen(&office, link.as_deref())?;
            let text = text.as_deref().map(Office::read_text).transpose()?.unwrap_or_default();
            let form = LetterForm {
                sort: term_of!(LetterSort, &sort)?,
                subject,
                text,
                re: re.map(|seq| (LetterWay::In, seq)),
                due: day(due.as_deref())?,
                files: attach.iter().map(attached).collect::<Result<_, _>>()?,
            };
            let (seq, receipt) = office.write_letter(&desk.ask(&office), link, &form)?;
            let mut value = receipt_json(&receipt);
            value["seq"] = json!(seq);
            desk.say.result(&value, || {
                let args = [("no", link.to_string()), ("seq", seq.to_string())];
                format!("{}\n", desk.say.tr("cli-exchange-written", &args))
            });
        }
        Exchange::List { link, limit } => {
            let link = super::maybe_number(link.as_deref(), Series::Link)?;
            let rows = office.reader()?.letters(link, 0, limit)?;
            let value: Vec<_> = rows.iter().map(letter_json).collect();
            desk.say.result(&json!(value), || lines(desk, &office, &rows));
        }
        Exchange::Read { way, seq, link, files, why } => {
            let link = chosen(&office, link.as_deref())?;
            let way = term_of!(LetterWay, &way)?;
            let unlocked = desk.unlocked(&office)?;
            let ask = desk.ask(&office);
            let opened = office.open_letter(&ask, (link, way, seq), &unlocked, why)?;
            read(desk, &office, &opened, files.as_deref())?;
        }
        Exchange::Export { out, link } => {
            let link = chosen(&office, link.as_deref())?;
            let bundle = office.pack(link)?;
            let bytes = bundle.to_bytes();
            write_new(&out, &bytes)?;
            let letters = bundle.letters.len();
            let value = json!({ "link": link, "bytes": bytes.len(), "letters": letters });
            desk.say.result(&value, || {
                let args = [
                    ("path", out.display().to_string()),
                    ("bytes", bytes.len().to_string()),
                    ("letters", letters.to_string()),
                ];
                format!("{}\n", desk.say.tr("cli-exchange-exported", &args))
            });
        }
        Exchange::Import { files } => {
            for file in files {
                let taken = office.take(&bundle_bytes(&file)?)?;
                say_taken(desk, taken)?;
            }
            settle_if_may(desk, &office)?;
        }
        Exchange::Profile { link, set, tick, agree } => match office.reader()?.role()? {
            Some(Role::Station) => profile::list(desk, &office)?,
            _ => {
                let link = chosen(&office, link.as_deref())?;
                profile::file(desk, &office, link, (&set, &tick), agree)?;
            }
        },
        Exchange::Unfile { link, why } => {
            let link = chosen(&office, link.as_deref())?;
            let (_, receipt) = office.withdraw_profile(&desk.ask(&office), link, why)?;
            desk.done(&receipt);
        }
        Exchange::End { link, why } => {
            let link = number(&link, Series::Link)?;
            desk.done(&office.end_link(&desk.ask(&office), link, why)?);
        }
    }
    Ok(())
}

fn settled_words(desk: &Desk<'_>, settled: Settled) -> String {
    let args = [("done", settled.done.to_string()), ("refused", settled.refused.to_string())];
    format!("{}\n", desk.say.tr("cli-exchange-settled", &args))
}

/// Lets letters that came have their effect when the passphrase is at hand; else says how.
fn settle_if_may(desk: &Desk<'_>, office: &Office) -> Result<(), Trouble> {
    let waiting = office.unlooked()?;
    if waiting == 0 {
        return Ok(());
    }
    if !desk.has_passphrase() {
        let args = [("n", waiting.to_string())];
        desk.say.remark(&desk.say.tr("cli-exchange-settle-next", &args));
        return Ok(());
    }
    let settled = office.settle(&*desk.unlocked(office)?)?;
    if settled != Settled::default() {
        desk.say.remark(settled_words(desk, settled).trim_end());
    }
    Ok(())
}

fn join(desk: &Desk<'_>, office: &Office, given: &str, code: Option<&str>) -> anyhow::Result<()> {
    // People keep invitations in files, or paste them.
    let text = match fs::read_to_string(given) {
        Ok(text) => text,
        Err(_) => given.to_owned(),
    };
    let invitation = Invitation::parse(&text)
        .map_err(|_| Trouble::Other("trouble-invitation", vec![], Sort::Refused))?;
    let receipt = office.ask_link(&desk.ask(office), &invitation, code)?;
    let no = receipt.number.map(|no| no.to_string()).unwrap_or_default();
    desk.say.result(&receipt_json(&receipt), || {
        let args = [("no", no), ("name", invitation.name.clone())];
        format!("{}\n", desk.say.tr("cli-exchange-asked", &args))
    });
    desk.say.remark(&desk.say.t("cli-exchange-asked-next"));
    Ok(())
}

fn sync(desk: &Desk<'_>, office: &Office, link: Option<&str>) -> anyhow::Result<()> {
    let link = chosen(office, link)?;
    let synced = office.sync(link)?;
    let value = json!({
        "link": link, "rounds": synced.rounds, "sent": synced.sent,
        "received": synced.received, "cosigned": synced.cosigned,
    });
    desk.say.result(&value, || {
        let args = [
            ("no", link.to_string()),
            ("rounds", synced.rounds.to_string()),
            ("sent", synced.sent.to_string()),
            ("received", synced.received.to_string()),
        ];
        let mut text = format!("{}\n", desk.say.tr("cli-exchange-synced", &args));
        if let Some(size) = synced.cosigned {
            let args = [("size", size.to_string())];
            text += &format!("{}\n", desk.say.tr("cli-exchange-cosigned", &args));
        }
        text
    });
    Ok(())
}

fn status(desk: &Desk<'_>, office: &Office) -> anyhow::Result<()> {
    let reader = office.reader()?;
    let mut values = Vec::new();
    let mut rows = Vec::new();
    for link in reader.links()? {
        let (counts, peer) = (reader.letter_counts(link.no)?, reader.peer(link.no)?);
        values.push(json!({
            "no": link.no, "state": link.state, "name": link.name, "company": link.company,
            "url": link.url, "received": counts.received, "unread": counts.unread,
            "sent": counts.sent, "receipted": counts.receipted, "cosigned": peer.cosigned,
            "heard": peer.at.map(|at| at.to_rfc3339()),
        }));
        let heard = peer.at.map(|at| at.minute_at(office.zone_minutes()));
        rows.push(vec![
            link.no.to_string(),
            desk.say.t(&format!("link-{}", link.state.word())),
            link.name.unwrap_or_default(),
            link.company.map(|no| no.to_string()).unwrap_or_default(),
            format!("{} {}", desk.say.t("way-in"), counts.received),
            format!("{} {}/{}", desk.say.t("way-out"), counts.receipted, counts.sent),
            heard.unwrap_or_default(),
        ]);
    }
    desk.say.result(&json!(values), || match rows.is_empty() {
        true => format!("{}\n", desk.say.t("cli-exchange-none")),
        false => table(rows),
    });
    Ok(())
}

/// The link that is meant: as said, or the only one there is.
fn chosen(office: &Office, link: Option<&str>) -> Result<Number, Trouble> {
    if let Some(link) = link {
        return number(link, Series::Link);
    }
    let live = |row: &LinkRow| matches!(row.state, LinkState::Joined | LinkState::Asked);
    let links: Vec<_> = office.reader()?.links()?.into_iter().filter(live).collect();
    match links.as_slice() {
        [] => Err(Trouble::Other("cli-exchange-none", vec![], Sort::Refused)),
        [one] => Ok(one.no),
        more => {
            let args = vec![("n", more.len().to_string())];
            Err(Trouble::Other("cli-exchange-which", args, Sort::Refused))
        }
    }
}

fn letter_json(row: &LetterRow) -> Value {
    json!({
        "link": row.link, "way": row.way, "seq": row.seq, "leaf": row.idx,
        "at": row.at.to_rfc3339(), "digest": row.digest, "size": row.size, "sort": row.sort,
        "opened": row.opened, "receipted": row.receipted.map(|at| at.to_rfc3339()),
    })
}

fn lines(desk: &Desk<'_>, office: &Office, rows: &[LetterRow]) -> String {
    let zone = office.zone_minutes();
    let rows = rows.iter().map(|row| {
        let state = match (row.way, row.receipted) {
            (LetterWay::In, _) if row.opened == 0 => desk.say.t("cli-exchange-unread"),
            (LetterWay::In, _) => String::new(),
            (LetterWay::Out, None) => desk.say.t("cli-exchange-no-receipt"),
            (LetterWay::Out, Some(at)) => {
                desk.say.tr("cli-exchange-receipted", &[("at", at.minute_at(zone))])
            }
        };
        let sort = row.sort.map(|sort| desk.say.t(&format!("letter-{}", sort.word())));
        vec![
            row.link.to_string(),
            desk.say.t(&format!("way-{}", row.way.word())),
            row.seq.to_string(),
            row.at.minute_at(zone),
            sort.unwrap_or_default(),
            state,
        ]
    });
    table(rows.collect())
}

fn read(
    desk: &Desk<'_>,
    office: &Office,
    opened: &OpenedLetter,
    out: Option<&Path>,
) -> anyhow::Result<()> {
    let head = &opened.content.head;
    let mut written = Vec::new();
    if let Some(out) = out {
        fs::create_dir_all(out).map_err(|error| Trouble::disk(out, error))?;
        for (file, bytes) in head.files.iter().zip(&opened.content.files) {
            let path = out.join(safe_name(&file.name));
            write_new(&path, bytes)?;
            written.push(path);
        }
    }
    let value = json!({ "letter": letter_json(&opened.row), "content": head, "written": written });
    desk.say.result(&value, || {
        let sort = match LetterSort::from_word(&head.sort) {
            Some(sort) => desk.say.t(&format!("letter-{}", sort.word())),
            None => head.sort.clone(),
        };
        let args = [("sort", sort), ("subject", head.subject.clone())];
        let mut text = format!("{}\n", desk.say.tr("cli-exchange-letter", &args));
        if let Some((way, seq)) = office.answered(head) {
            let way = desk.say.t(&format!("way-{}", way.word()));
            let args = [("way", way), ("seq", seq.to_string())];
            text += &format!("{}\n", desk.say.tr("cli-exchange-re", &args));
        }
        if let Some(due) = &head.due {
            text += &format!("{}\n", desk.say.tr("cli-exchange-due", &[("day", due.clone())]));
        }
        if !head.text.is_empty() {
            text += &format!("\n{}\n", head.text);
        }
        if !head.files.is_empty() {
            text += &format!("\n{}\n", desk.say.t("cli-exchange-files"));
            let rows = head.files.iter();
            let rows = rows.map(|f| vec![f.name.clone(), f.size.to_string(), f.sha256.clone()]);
            text += &table(rows.collect());
        }
        for path in &written {
            let args = [("path", path.display().to_string())];
            text += &format!("{}\n", desk.say.tr("cli-exchange-files-out", &args));
        }
        text
    });
    Ok(())
}

/// A name that stays in its folder: the other side chose it.
fn safe_name(name: &str) -> String {
    let name: String = name.chars().filter(|c| !c.is_control() && !"/\\:".contains(*c)).collect();
    let name = name.trim_start_matches('.').trim();
    if name.is_empty() { "file".to_owned() } else { name.to_owned() }
}

fn say_taken(desk: &Desk<'_>, taken: Taken) -> anyhow::Result<()> {
    let value = json!({
        "link": taken.link, "joined": taken.joined, "letters": taken.letters,
        "known": taken.known, "receipts": taken.receipts, "cosigned": taken.cosigned,
    });
    desk.say.result(&value, || {
        let args = [
            ("no", taken.link.to_string()),
            ("letters", taken.letters.to_string()),
            ("known", taken.known.to_string()),
            ("receipts", taken.receipts.to_string()),
        ];
        format!("{}\n", desk.say.tr("cli-exchange-taken", &args))
    });
    match taken.trouble {
        Some(trouble) => Err(trouble.into()),
        None => Ok(()),
    }
}

fn attached(path: &PathBuf) -> Result<(String, Vec<u8>), Trouble> {
    let bytes = fs::read(path).map_err(|error| absent_or(path, error))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok((name, bytes))
}

fn bundle_bytes(path: &Path) -> Result<Vec<u8>, Trouble> {
    let size = fs::metadata(path).map_err(|error| absent_or(path, error))?.len();
    if size > BUNDLE_BYTES_MAX as u64 {
        return Err(Trouble::Other("trouble-bundle-form", vec![], Sort::Refused));
    }
    fs::read(path).map_err(|error| absent_or(path, error))
}

fn absent_or(path: &Path, error: std::io::Error) -> Trouble {
    match error.kind() {
        std::io::ErrorKind::NotFound => Trouble::FileAbsent(path.to_owned()),
        std::io::ErrorKind::PermissionDenied => Trouble::FileForbidden(path.to_owned()),
        std::io::ErrorKind::IsADirectory => Trouble::NotAFile(path.to_owned()),
        _ => Trouble::disk(path, error),
    }
}

/// Writes a file that was not there before.
fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    use std::io::Write as _;
    let trouble = |error| Trouble::disk(path, error);
    let mut file = fs::File::create_new(path).map_err(trouble)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(trouble)
}
