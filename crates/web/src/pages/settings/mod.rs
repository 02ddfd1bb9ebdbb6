//! 设置: how somebody likes to read, and what the node is.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::terms::Role;

use super::ledger::{self, Watcher};
use crate::desk::{App, at_desk};
use crate::input::Open;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/settings/page.html")]
struct Page {
    s: Shell,
    rows: Vec<(String, String)>,
    witnesses: Vec<Watcher>,
    authorities: Vec<Watcher>,
    /// Keys of the keyboard, and what they do; `midun.js` knows the same.
    keys: Vec<(&'static [&'static str], String)>,
}

/// A key or two of the keyboard, and the words of what they do.
type Keys = (&'static [&'static str], &'static str);

const KEYS_ENTERPRISE: &[Keys] = &[
    (&["c"], "w-do-register"),
    (&["j", "k"], "w-keys-rows"),
    (&["g", "h"], "w-nav-today"),
    (&["g", "s"], "w-nav-secrets"),
    (&["g", "p"], "w-nav-people"),
    (&["g", "d"], "w-nav-partners"),
    (&["g", "m"], "w-nav-measures"),
    (&["g", "e"], "w-nav-dossiers"),
    (&["g", "l"], "w-nav-ledger"),
    (&["g", "c"], "w-nav-calendar"),
];
const KEYS_STATION: &[Keys] = &[
    (&["c"], "w-add-company"),
    (&["j", "k"], "w-keys-rows"),
    (&["g", "h"], "w-nav-overview"),
    (&["g", "c"], "w-nav-companies"),
    (&["g", "s"], "w-nav-services"),
    (&["g", "o"], "w-nav-coverage"),
    (&["g", "l"], "w-nav-ledger"),
];

/// `GET /settings`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let node = desk.reader.node()?.ok_or(Problem::NotFound)?;
        let home = desk.office().home();
        let row = |key: &str, value: &str| (desk.t(key), value.to_owned());
        let rows = vec![
            row("w-node-name", &node.name),
            row("w-node-role", &desk.t(&format!("role-{}", node.role.word()))),
            row("w-origin", &node.origin),
            row("w-log-key", &node.log_key),
            row("w-vault-key", &node.vault_key),
            row("w-shares", &node.shares),
            row("w-zone", &home.settings.zone),
            row("w-listen", &home.settings.listen),
        ];
        let keys = match node.role {
            Role::Enterprise => KEYS_ENTERPRISE,
            Role::Station => KEYS_STATION,
        };
        let page = Page {
            keys: keys.iter().map(|(letters, key)| (*letters, desk.t(key))).collect(),
            rows,
            witnesses: ledger::witnesses(desk)?,
            authorities: ledger::authorities(desk)?,
            s: desk.shell(Section::Settings)?,
        };
        reply::html(&page)
    })
    .await
}

/// `POST /preferences`: language, theme and size of text, remembered in cookies.
pub(crate) async fn prefer(Open { input, .. }: Open) -> Response {
    const CHOICES: [(&str, &str, &[&str]); 3] = [
        ("lang", "midun-lang", &["zh-CN", "en"]),
        ("theme", "midun-theme", &["light", "dark", "auto"]),
        ("size", "midun-size", &["m", "l"]),
    ];
    let mut response = reply::see_other(way_back(input.get("back")));
    for (field, cookie, known) in CHOICES {
        if let Some(value) = known.iter().find(|value| input.has(field, value)) {
            reply::add_cookie(response.headers_mut(), &reply::preference(cookie, value));
        }
    }
    response
}

/// A path of this node to go back to; anything else leads home.
pub(crate) fn way_back(path: &str) -> &str {
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.bytes().all(|b| (0x21..0x7f).contains(&b));
    if ours { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for path in ["", "//evil.example", "/\\evil.example", "https://evil.example", "/a\nb"] {
            assert_eq!(way_back(path), "/", "{path}");
        }
        assert_eq!(way_back("/secrets?page=2"), "/secrets?page=2");
    }
}
