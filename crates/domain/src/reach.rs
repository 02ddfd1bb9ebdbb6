//! What accounts of organisations see: one table by role, kind of organisation and thing. What is
//! not in it nobody sees.
//!
//! How it is kept is another question: `store/src/sight.rs` covers each table of the database by a
//! view of what the account may see.

use crate::terms::{AccountRole, OrganisationKind};

use crate::terms::OrganisationKind::{
    Alliance, Arbitration, Association, Bureau, Court, Firm, Insurer, Market, Park, Police,
    Procuratorate, Rights, Street,
};

/// What there is to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// Entries of the directory.
    Companies,
    /// What companies asked.
    Requests,
    /// Visits and what they prescribed.
    Visits,
    /// Cases.
    Cases,
    /// Recognitions.
    Recognitions,
    /// Requests for assistance.
    Assistance,
    /// Procurements, and firms engaged for companies.
    Engagements,
    /// The sealed texts of what is seen: what was asked, answered, found.
    Texts,
}

impl Thing {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 8] = [
        Self::Companies,
        Self::Requests,
        Self::Visits,
        Self::Cases,
        Self::Recognitions,
        Self::Assistance,
        Self::Engagements,
        Self::Texts,
    ];

    /// The fixed word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Companies => "companies",
            Self::Requests => "requests",
            Self::Visits => "visits",
            Self::Cases => "cases",
            Self::Recognitions => "recognitions",
            Self::Assistance => "assistance",
            Self::Engagements => "engagements",
            Self::Texts => "texts",
        }
    }
}

/// How much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Nothing.
    Nothing,
    /// What it has a part in: what it asked, was asked, or was handed; the companies and cases
    /// these are about.
    Own,
    /// That, and what is of its own circle: the companies of its park or street, and its members.
    Circle,
    /// Everything.
    All,
}

impl Reach {
    /// The fixed word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Own => "own",
            Self::Circle => "circle",
            Self::All => "all",
        }
    }
}

use Reach::{All, Circle, Nothing, Own};

/// What a liaison sees, in the order of [`Thing::ALL`]. An observer sees the same without texts.
pub const TABLE: &[(OrganisationKind, [Reach; 8])] = &[
    // Companies, requests, visits, cases, recognitions, assistance, engagements, texts.
    (Bureau, [All, All, All, All, All, All, All, Own]),
    (Market, [All, All, All, All, All, Own, Nothing, Own]),
    (Police, [Own, Own, Nothing, Own, Nothing, Own, Nothing, Own]),
    (Procuratorate, [Own, Nothing, Nothing, Own, Nothing, Own, Nothing, Own]),
    (Court, [Own, Nothing, Nothing, Own, Nothing, Own, Nothing, Own]),
    (Arbitration, [Own, Nothing, Nothing, Nothing, Nothing, Own, Nothing, Own]),
    (Park, [Circle, Circle, Circle, Nothing, Circle, Own, Nothing, Own]),
    (Street, [Circle, Circle, Circle, Nothing, Circle, Own, Nothing, Own]),
    (Association, [Circle, Own, Nothing, Nothing, Circle, Own, Nothing, Own]),
    (Firm, [Own, Own, Nothing, Nothing, Nothing, Own, Own, Own]),
    (Insurer, [Own, Nothing, Nothing, Nothing, Nothing, Own, Nothing, Own]),
    (Rights, [Own, Own, Nothing, Own, Nothing, Own, Nothing, Own]),
    (Alliance, [Circle, Own, Nothing, Nothing, Circle, Own, Nothing, Own]),
];

/// What an account of this role for an organisation of this kind sees of a thing.
pub fn reach(role: AccountRole, kind: OrganisationKind, thing: Thing) -> Reach {
    let cells = TABLE.iter().find(|(of, _)| *of == kind).map(|(_, cells)| cells);
    let at = Thing::ALL.iter().position(|of| *of == thing);
    let reach = cells.zip(at).and_then(|(cells, at)| cells.get(at)).copied().unwrap_or(Nothing);
    match (role, thing) {
        (AccountRole::Liaison, _) => reach,
        (AccountRole::Observer, Thing::Texts) => Nothing,
        (AccountRole::Observer, _) => reach,
        _ => Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The document that people read is another hand's copy: cell by cell the same, for each role.
    #[test]
    fn the_table_is_the_one_in_the_docs() {
        let doc = include_str!("../../../docs/organisations.md");
        let rows: Vec<Vec<&str>> = doc
            .lines()
            .filter(|line| line.starts_with("| "))
            .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
            .collect();
        let (heads, rows) = rows.split_first().expect("docs/organisations.md has a table");
        let things: Vec<&str> = Thing::ALL.iter().map(|thing| thing.word()).collect();
        assert_eq!(heads[2..], things, "a column for each thing");
        let roles = [AccountRole::Liaison, AccountRole::Observer];
        assert_eq!(rows.len(), OrganisationKind::ALL.len() * roles.len(), "a row for each");
        for kind in OrganisationKind::ALL {
            for role in roles {
                let row = rows
                    .iter()
                    .find(|row| row[0] == format!("`{}`", kind.word()) && row[1] == role.word())
                    .unwrap_or_else(|| panic!("a row of {} as {}", kind.word(), role.word()));
                for (thing, cell) in Thing::ALL.iter().zip(&row[2..]) {
                    let said = reach(role, *kind, *thing);
                    let cell = if cell.is_empty() { "nothing" } else { cell };
                    assert_eq!(said.word(), cell, "{row:?} × {}", thing.word());
                }
            }
        }
    }

    #[test]
    fn nobody_else_sees_by_this_table_and_observers_open_nothing() {
        for (kind, _) in TABLE {
            for thing in Thing::ALL {
                assert_eq!(reach(AccountRole::Expert, *kind, thing), Nothing);
            }
            assert_eq!(reach(AccountRole::Observer, *kind, Thing::Texts), Nothing);
            // Texts open no wider than what somebody has a part in.
            assert_eq!(reach(AccountRole::Liaison, *kind, Thing::Texts), Own);
        }
    }
}
