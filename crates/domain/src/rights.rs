//! Permissions: one table of actions and the roles that may. What is not in it nobody may.
//!
//! Which address asks for which action is said once, in `web/src/rights.rs`. Which secret points a
//! role sees at all is another question, answered by [`sight`].

use crate::terms::{AccountRole, Action, Role};

use crate::terms::AccountRole::{
    Auditor, Counsel, Expert, Head, Hr, Keeper, Lead, Liaison, Member, Observer, Officer, Owner,
};

/// Who may what. Each action stands here once; a test compares it with `docs/permissions.md`.
pub const TABLE: &[(Action, &[AccountRole])] = &[
    (Action::Use, AccountRole::ALL),
    (Action::SeeSecrets, &[Owner, Keeper, Head, Member, Auditor, Counsel]),
    (Action::ReadContent, &[Owner, Keeper, Head, Member, Counsel]),
    (Action::KeepSecrets, &[Owner, Keeper]),
    (Action::SeePeople, &[Owner, Keeper, Hr, Auditor]),
    (Action::KeepPeople, &[Owner, Keeper, Hr]),
    (Action::ClearPeople, &[Owner, Keeper]),
    (Action::SeePartners, &[Owner, Keeper, Auditor]),
    (Action::KeepPartners, &[Owner, Keeper]),
    (Action::SeeMeasures, &[Owner, Keeper, Auditor]),
    (Action::KeepMeasures, &[Owner, Keeper]),
    (Action::SeePapers, &[Owner, Keeper]),
    (Action::SeeCopies, &[Owner, Keeper, Auditor]),
    (Action::KeepCopies, &[Owner, Keeper]),
    (Action::SeeDossiers, &[Owner, Keeper, Auditor, Counsel]),
    (Action::BuildDossiers, &[Owner, Keeper, Counsel]),
    (Action::SeeMatches, &[Owner, Keeper, Auditor]),
    (Action::KeepMatches, &[Owner, Keeper]),
    (Action::SeeCalendar, &[Owner, Keeper, Head, Member, Hr, Auditor, Counsel]),
    (Action::SeeControls, &[Owner, Keeper, Auditor]),
    (Action::KeepControls, &[Owner, Keeper]),
    (Action::SeeIncidents, &[Owner, Keeper, Auditor]),
    (Action::KeepIncidents, &[Owner, Keeper]),
    (Action::Erase, &[Owner]),
    (Action::SeeExchange, &[Owner, Keeper, Auditor, Lead, Officer]),
    (Action::WriteLetters, &[Owner, Keeper, Lead, Officer]),
    (Action::KeepLinks, &[Owner, Keeper, Lead]),
    (Action::SeeLedger, &[Owner, Keeper, Auditor, Lead, Officer]),
    (Action::SeeAccounts, &[Owner, Auditor, Lead]),
    (Action::KeepAccounts, &[Owner, Lead]),
    (Action::SeeDirectory, &[Owner, Auditor, Lead, Officer]),
    (Action::KeepDirectory, &[Owner, Lead, Officer]),
    (Action::SeeDesk, &[Owner, Auditor, Lead, Officer, Expert, Liaison, Observer]),
    (Action::KeepDesk, &[Owner, Lead, Officer]),
    (Action::SeeCases, &[Owner, Keeper, Auditor, Lead, Officer, Liaison, Observer]),
    (Action::KeepCases, &[Owner, Keeper, Lead, Officer]),
    (Action::SeeWarnings, &[Owner, Auditor, Lead, Officer]),
    (Action::KeepWarnings, &[Owner, Lead, Officer]),
    (Action::SeeCompanies, &[Owner, Auditor, Lead, Officer, Liaison, Observer]),
    (Action::SeeBodies, &[Owner, Auditor, Lead, Officer, Liaison, Observer]),
    (Action::KeepBodies, &[Owner, Lead, Officer]),
    (Action::Assist, &[Owner, Lead, Officer, Liaison]),
];

/// Whether a role may do something. What the table does not say is forbidden.
pub fn may(role: AccountRole, action: Action) -> bool {
    TABLE.iter().any(|(of, roles)| *of == action && roles.contains(&role))
}

/// On which sort of node an action means something; `None` for both.
pub fn belongs_to(action: Action) -> Option<Role> {
    use Action::{
        Assist, KeepAccounts, KeepBodies, KeepCases, KeepDesk, KeepDirectory, KeepLinks,
        KeepWarnings, SeeAccounts, SeeBodies, SeeCases, SeeCompanies, SeeDesk, SeeDirectory,
        SeeExchange, SeeLedger, SeeWarnings, Use, WriteLetters,
    };
    match action {
        SeeDirectory | KeepDirectory | SeeDesk | KeepDesk | SeeWarnings | KeepWarnings
        | SeeCompanies | SeeBodies | KeepBodies | Assist => Some(Role::Station),
        Use | SeeExchange | WriteLetters | KeepLinks | SeeLedger | SeeAccounts | KeepAccounts
        | SeeCases | KeepCases => None,
        _ => Some(Role::Enterprise),
    }
}

/// The roles of accounts on a node of this role.
pub fn roles_of(role: Role) -> &'static [AccountRole] {
    match role {
        Role::Enterprise => &[Owner, Keeper, Head, Member, Hr, Auditor, Counsel],
        Role::Station => &[Owner, Lead, Officer, Expert, Liaison, Observer, Auditor],
    }
}

/// What an account sees of the registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Everything.
    All,
    /// The secret points of the holder's department, and those the holder is cleared for.
    Department,
    /// The secret points that the holder is cleared for.
    Cleared,
    /// The secret points chosen for the account.
    Chosen,
    /// People, and no secret point.
    People,
    /// What was routed to the expert, and the visits the expert goes to.
    Desk,
    /// What [`crate::reach`] says of the organisation's kind.
    Body,
}

/// What a role sees.
pub fn sight(role: AccountRole) -> Sight {
    match role {
        Owner | Keeper | Auditor | Lead | Officer => Sight::All,
        Head => Sight::Department,
        Member => Sight::Cleared,
        Counsel => Sight::Chosen,
        Hr => Sight::People,
        Expert => Sight::Desk,
        Liaison | Observer => Sight::Body,
    }
}

/// Whether an account of this role holds the vault's key under its password: without it nobody can
/// open content with that account, not even with the machine's disk in hand.
pub fn holds_key(role: AccountRole) -> bool {
    may(role, Action::ReadContent) || may(role, Action::WriteLetters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_action_stands_in_the_table_once() {
        for action in Action::ALL {
            let rows = TABLE.iter().filter(|(of, _)| of == action).count();
            assert_eq!(rows, 1, "{}: a row in domain/src/rights.rs", action.word());
        }
    }

    /// The document that people read is another hand's copy of the table: cell by cell the same.
    #[test]
    fn the_table_is_the_one_in_the_docs() {
        let doc = include_str!("../../../docs/permissions.md");
        let rows: Vec<Vec<&str>> = doc
            .lines()
            .filter(|line| line.starts_with("| "))
            .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
            .collect();
        let (heads, rows) = rows.split_first().expect("docs/permissions.md has a table");
        let roles: Vec<AccountRole> = heads[1..]
            .iter()
            .map(|word| AccountRole::from_word(word).expect("a role of the table"))
            .collect();
        assert_eq!(roles, AccountRole::ALL, "docs/permissions.md: a column for each role");
        for action in Action::ALL {
            let row = rows.iter().find(|row| row[0].trim_matches('`') == action.word());
            let row = row.unwrap_or_else(|| {
                panic!("docs/permissions.md lacks the row of `{}`", action.word())
            });
            for (role, cell) in roles.iter().zip(&row[1..]) {
                let place = format!("{} × {}", action.word(), role.word());
                assert!(matches!(*cell, "✓" | ""), "{place}: ✓ or nothing");
                assert_eq!(may(*role, *action), *cell == "✓", "{place}");
            }
        }
        assert_eq!(rows.len(), Action::ALL.len(), "one row for each action");
    }
}
