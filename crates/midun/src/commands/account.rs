//! `midun account …`: who may sign in to the pages.

use domain::rights::{belongs_to, may, roles_of};
use domain::terms::{AccountRole, Action, Role};
use domain::{Day, Moment, Number, Series};
use office::{AccountForm, CODE_DAYS, Office, Trouble};
use serde_json::{Value, json};
use store::Ending;
use store::read::AccountRow;

use super::{Desk, any_number, day, number, table, term_of};
use crate::args::Account;

/// A session that was not used for so long is over (as the pages have it).
const IDLE_MILLIS: i64 = 30 * 60 * 1000;

pub fn run(desk: &Desk<'_>, args: Account) -> anyhow::Result<()> {
    let office = desk.office()?;
    let no = |text: &str| number(text, Series::Account);
    match args {
        Account::Add { name, role, holder, secret, until } => {
            let role = term_of!(AccountRole, &role)?;
            let holder = holder.as_deref().map(any_number).transpose()?;
            let secrets = secrets(&secret)?;
            let until = day(until.as_deref())?;
            let form = AccountForm { name, role, holder, secrets, until };
            let unlocked = unlocked(desk, &office, role)?;
            let (receipt, code) =
                office.open_account(&desk.ask(&office), form, unlocked.as_deref())?;
            let value = json!({
                "id": receipt.number, "leaf": receipt.first, "code": *code,
                "code_days": CODE_DAYS,
            });
            desk.say.result(&value, || {
                format!("{}{}", desk.receipt_text(&receipt), code_text(desk, &code))
            });
        }
        Account::List => list(desk, &office)?,
        Account::Change { id, role, secret, until, why } => {
            let no = no(&id)?;
            let row = office.reader()?.account(no)?.ok_or(Trouble::Unknown(no))?;
            let role = role.as_deref().map(|word| term_of!(AccountRole, word)).transpose()?;
            let role = role.unwrap_or(row.role);
            let secrets = secrets(&secret)?.or(row.secrets);
            let until = match until.as_deref() {
                Some("none") => None,
                Some(text) => day(Some(text))?,
                None => row.until,
            };
            let anew = domain::rights::holds_key(role) && !domain::rights::holds_key(row.role);
            let unlocked = if anew { unlocked(desk, &office, role)? } else { None };
            let asked = (role, secrets, until);
            let (receipt, code) =
                office.change_account(&desk.ask(&office), no, asked, why, unlocked.as_deref())?;
            let code_json = code.as_ref().map(|code| code.as_str());
            let value = json!({ "id": no, "leaf": receipt.first, "code": code_json });
            desk.say.result(&value, || {
                let code = code.as_ref().map(|code| code_text(desk, code)).unwrap_or_default();
                format!("{}{code}", desk.receipt_text(&receipt))
            });
        }
        Account::Close { id, why } => {
            desk.done(&office.close_account(&desk.ask(&office), no(&id)?, why)?);
        }
        Account::Password { id, old, new } => {
            let no = no(&id)?;
            if let (Some(old), Some(new)) = (old, new) {
                // The holder's own wish, carried out where the pages are not at hand.
                let line = |path| -> Result<String, Trouble> {
                    let text = Office::read_text(path)?;
                    Ok(text.lines().next().unwrap_or_default().to_owned())
                };
                let ask = office.ask(&no.to_string());
                desk.done(&office.choose_password(&ask, no, &line(&old)?, &line(&new)?)?);
                return Ok(());
            }
            let row = office.reader()?.account(no)?.ok_or(Trouble::Unknown(no))?;
            let unlocked = unlocked(desk, &office, row.role)?;
            let code = office.reset_account(&desk.ask(&office), no, unlocked.as_deref())?;
            let value = json!({ "id": no, "code": *code, "code_days": CODE_DAYS });
            desk.say.result(&value, || code_text(desk, &code));
        }
        Account::Sessions { end, of } => sessions(desk, &office, end, of)?,
        Account::Roles => roles(desk, &office)?,
    }
    Ok(())
}

/// The vault's key, when the role needs it.
fn unlocked(
    desk: &Desk<'_>,
    office: &Office,
    role: AccountRole,
) -> Result<Option<std::sync::Arc<vault::Unlocked>>, Trouble> {
    domain::rights::holds_key(role).then(|| desk.unlocked(office)).transpose()
}

fn secrets(typed: &[String]) -> Result<Option<Vec<Number>>, Trouble> {
    let secrets: Vec<_> =
        typed.iter().map(|no| number(no, Series::Secret)).collect::<Result<_, _>>()?;
    Ok((!secrets.is_empty()).then_some(secrets))
}

fn code_text(desk: &Desk<'_>, code: &str) -> String {
    // On a line of its own, so that it can be copied or kept as it is.
    let head = desk.say.tr("cli-account-code", &[("n", CODE_DAYS.to_string())]);
    format!("{head}\n\n  {code}\n")
}

fn state(office: &Office, row: &AccountRow) -> &'static str {
    match (row.closed, office.account_stands(row), row.password) {
        (true, ..) => "closed",
        (_, false, _) => "over",
        (_, _, None) => "no-password",
        (_, _, Some((how, _))) if how.word() == "code" => "invited",
        _ => "open",
    }
}

fn list(desk: &Desk<'_>, office: &Office) -> Result<(), Trouble> {
    let reader = office.reader()?;
    let rows = reader.accounts()?;
    let mut values = Vec::new();
    let mut lines = Vec::new();
    for row in &rows {
        let name = office.account_name(&reader, row)?;
        let state = state(office, row);
        values.push(json!({
            "id": row.no, "name": name, "role": row.role, "holder": row.holder,
            "secrets": row.secrets, "until": row.until, "state": state,
        }));
        lines.push(vec![
            row.no.to_string(),
            name,
            desk.say.t(&format!("account-role-{}", row.role.word())),
            row.holder.map(|no| no.to_string()).unwrap_or_default(),
            row.until.map(|day: Day| day.to_string()).unwrap_or_default(),
            desk.say.t(&format!("cli-account-{state}")),
        ]);
    }
    desk.say.result(&Value::from(values), || match lines.is_empty() {
        true => format!("{}\n", desk.say.t("cli-none-found")),
        false => {
            let heads = ["w-col-no", "w-sign-in-name", "w-col-role", "w-col-holder"];
            let heads = heads.into_iter().chain(["w-col-until", "w-col-state"]);
            lines.insert(0, heads.map(|key| desk.say.t(key)).collect());
            table(lines)
        }
    });
    Ok(())
}

fn sessions(
    desk: &Desk<'_>,
    office: &Office,
    end: Option<String>,
    of: Option<String>,
) -> Result<(), Trouble> {
    let of = of.map(|of| number(&of, Series::Account)).transpose()?;
    let ended = match (&end, of) {
        (Some(id), _) => Some(office.end_sessions(Ending::One(id))?),
        (None, Some(no)) => Some(office.end_sessions(Ending::Of(no))?),
        (None, None) => None,
    };
    if let Some(n) = ended {
        desk.say.result(&json!({ "ended": n }), || {
            format!("{}\n", desk.say.tr("cli-sessions-ended", &[("n", n.to_string())]))
        });
        return Ok(());
    }
    let reader = office.reader()?;
    let rows = reader.sessions(Moment(office.now().0 - IDLE_MILLIS))?;
    let value = rows.iter().map(|row| {
        json!({
            "id": row.id, "account": row.account, "begun": row.begun.to_rfc3339(),
            "seen": row.seen.to_rfc3339(), "address": row.address,
        })
    });
    let value: Value = value.collect::<Vec<_>>().into();
    desk.say.result(&value, || {
        if rows.is_empty() {
            return format!("{}\n", desk.say.t("w-sessions-none"));
        }
        let heads = ["w-col-no", "w-col-account", "w-col-begun", "w-col-used", "w-col-address"];
        let mut lines = vec![heads.map(|key| desk.say.t(key)).to_vec()];
        lines.extend(rows.iter().map(|row| {
            let owner = || desk.say.t("account-role-owner");
            vec![
                row.id.clone(),
                row.account.map_or_else(owner, |no| no.to_string()),
                row.begun.to_rfc3339(),
                row.seen.to_rfc3339(),
                row.address.clone(),
            ]
        }));
        table(lines)
    });
    Ok(())
}

/// The table of permissions, as the pages enforce it.
fn roles(desk: &Desk<'_>, office: &Office) -> Result<(), Trouble> {
    let role = office.reader()?.role()?.unwrap_or(Role::Enterprise);
    let roles = roles_of(role);
    let here = |action: &&Action| belongs_to(**action).is_none_or(|of| of == role);
    let value: serde_json::Map<String, Value> = Action::ALL
        .iter()
        .filter(here)
        .map(|action| {
            let able = roles.iter().filter(|role| may(**role, *action)).map(|role| role.word());
            (action.word().to_owned(), able.collect::<Vec<_>>().into())
        })
        .collect();
    desk.say.result(&Value::from(value), || {
        let mut lines = vec![vec![desk.say.t("w-col-action")]];
        lines[0].extend(roles.iter().map(|r| desk.say.t(&format!("account-role-{}", r.word()))));
        lines.extend(Action::ALL.iter().filter(here).map(|action| {
            let mut line = vec![desk.say.t(&format!("action-{}", action.word()))];
            let mark = |role: &AccountRole| if may(*role, *action) { "✓" } else { "" };
            line.extend(roles.iter().map(|role| mark(role).to_owned()));
            line
        }));
        table(lines)
    });
    Ok(())
}
