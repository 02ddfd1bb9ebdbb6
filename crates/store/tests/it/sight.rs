//! What a limited reader sees of the tables themselves, whatever questions are asked of them.

use domain::account::{Open, Wish};
use domain::command::NewKey;
use domain::terms::AccountRole;
use domain::{Command, Day, Number, Series};
use rusqlite::Connection;
use store::{Journal, Reader, Sight};

use crate::wishes::{clock, config, create, disclosure, envelope, no, partner, secret, wish};

/// Tables that a limited reader may see something of. A new table is not among them until a rule in
/// `store/src/sight.rs` says what of it is shown, and then it is looked at here, too.
const KNOWN: &[&str] = &[
    "about",
    "anchor",
    "authority",
    "batch",
    "carrier",
    "clearance",
    "copy",
    "disclosure",
    "dossier",
    "envelope",
    "event",
    "head",
    "measure",
    "measure_match",
    "node",
    "node_card",
    "paper",
    "partner",
    "person",
    "root",
    "secret",
    "series",
    "stamp",
    "statement",
    "subject_key",
    "witness",
];

#[test]
fn a_table_that_no_rule_names_shows_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(config(folder.path(), clock()), true).unwrap();
    for command in [create(), secret("甲"), secret("乙"), partner(), disclosure("代工"), account()]
    {
        journal.submit(wish(command)).unwrap();
    }
    drop(journal);
    Connection::open(folder.path().join(store::FILE))
        .unwrap()
        .execute_batch(
            "CREATE TABLE forgotten (secret TEXT); INSERT INTO forgotten VALUES ('MD-0001');",
        )
        .unwrap();
    let full = Reader::open(folder.path()).unwrap().shown().unwrap();
    for (sight, secrets) in [
        (Sight::Secrets { cleared: None, department: None, chosen: vec![no("MD-0002")] }, 1),
        (
            Sight::Secrets {
                cleared: None, department: Some("研发一部".into()), chosen: vec![]
            },
            2,
        ),
        (
            Sight::Secrets {
                cleared: Some(no("RY-0001")),
                department: None,
                chosen: vec![no("MD-0009")],
            },
            0,
        ),
        (Sight::People, 0),
        (Sight::Desk(no("ZJ-0001")), 0),
    ] {
        let reader = Reader::open(folder.path()).unwrap();
        reader.limit(&sight, Day::parse("2026-11-24").unwrap()).unwrap();
        let shown = reader.shown().unwrap();
        let of = |name: &str| shown.iter().find(|(table, _)| table == name).unwrap().1;
        assert_eq!(of("secret"), secrets, "{sight:?}");
        assert_eq!(of("statement"), 2 * secrets, "{sight:?}");
        assert_eq!(of("account"), 0, "{sight:?}");
        assert_eq!(of("forgotten"), 0, "{sight:?}");
        for (table, n) in shown.iter().filter(|(_, n)| *n > 0) {
            assert!(KNOWN.contains(&&**table), "{table} shows {n} rows: say so here, too");
        }
        assert_eq!(reader.last(Series::Secret).unwrap(), secrets as u32, "{sight:?}");
        assert_eq!(reader.last(Series::Partner).unwrap(), 0, "{sight:?}");
        for (count, sees) in [(1, secrets == 2), (2, secrets > 0)] {
            let no = Number { series: Series::Secret, count };
            assert_eq!(reader.sees(no).unwrap(), sees, "{sight:?} {no}");
            assert_eq!(!reader.timeline(no).unwrap().is_empty(), sees, "{sight:?} {no}");
        }
    }
    assert!(full.iter().any(|(table, n)| table == "forgotten" && *n == 1));
}

fn account() -> Command {
    let key = NewKey { key_id: "account".into(), sort: "person", wrapped: vec![1] };
    Command::Account(Wish::Open(Box::new(Open {
        key,
        name: envelope("name"),
        role: AccountRole::Auditor,
        holder: None,
        secrets: None,
        until: None,
    })))
}
