//! Accounts: each role has what it needs, and a closed account stays closed.

use super::{Decision, Desk, Draft, maybe_text, text};
use crate::account::{Open, Wish};
use crate::event;
use crate::facts::AccountHead;
use crate::moment::Day;
use crate::number::{Number, Series};
use crate::refusal::Refusal;
use crate::rights::roles_of;
use crate::terms::{AccountRole, Role};

/// The most secret points chosen for one account.
const CHOSEN_MAX: usize = 500;

impl Desk<'_> {
    pub(super) fn account(&self, wish: Wish) -> Result<Decision, Refusal> {
        let by = self.by();
        match wish {
            Wish::Open(c) => self.open_account(*c),
            Wish::Change { account, role, secrets, until, why } => {
                let head = self.open_head(account)?;
                let secrets = self.fits(role, head.holder, secrets, until)?;
                let why = maybe_text("field-why", why)?;
                let changed = event::AccountChanged { by, account, role, secrets, until, why };
                Ok(Decision::one(changed))
            }
            Wish::SetPassword { account, how } => {
                self.open_head(account)?;
                Ok(Decision::one(event::AccountPasswordSet { by, account, how }))
            }
            Wish::Close { account, why } => {
                self.open_head(account)?;
                let why = text("field-why", why)?;
                Ok(Decision::one(event::AccountClosed { by, account, why }))
            }
        }
    }

    fn open_account(&self, c: Open) -> Result<Decision, Refusal> {
        let no = self.next(Series::Account);
        let secrets = self.fits(c.role, c.holder, c.secrets, c.until)?;
        let (role, holder, until) = (c.role, c.holder, c.until);
        let opened = event::AccountOpened { by: self.by(), no, role, holder, secrets, until };
        let draft = Draft { event: opened.into(), envelopes: vec![("name", c.name)] };
        let keys = vec![(no, c.key)];
        Ok(Decision { drafts: vec![draft], keys, number: Some(no) })
    }

    fn open_head(&self, no: Number) -> Result<&AccountHead, Refusal> {
        if no.series != Series::Account {
            return Err(Refusal::WrongSeries(no, Series::Account));
        }
        let head = self.facts.accounts.get(&no).ok_or(Refusal::Unknown(no))?;
        if head.closed { Err(Refusal::Ended(no)) } else { Ok(head) }
    }

    /// Whether an account of this role may be so; gives the secret points it is limited to.
    fn fits(
        &self,
        role: AccountRole,
        holder: Option<Number>,
        secrets: Option<Vec<Number>>,
        until: Option<Day>,
    ) -> Result<Option<Vec<Number>>, Refusal> {
        if !roles_of(self.facts.role.unwrap_or(Role::Enterprise)).contains(&role) {
            return Err(Refusal::RoleElsewhere);
        }
        let wanted = match role {
            AccountRole::Head | AccountRole::Member => Some(Series::Person),
            AccountRole::Expert => Some(Series::Expert),
            AccountRole::Liaison | AccountRole::Observer => Some(Series::Organisation),
            _ => None,
        };
        match (holder, wanted) {
            (None, Some(series)) => return Err(Refusal::NoHolder(series)),
            (Some(no), Some(series)) if no.series != series => {
                return Err(Refusal::NoHolder(series));
            }
            _ => {}
        }
        if let Some(no) = holder {
            let known = match no.series {
                Series::Person => self.facts.things.contains_key(&no),
                Series::Expert | Series::Organisation => self.facts.desk.contains_key(&no),
                _ => return Err(Refusal::WrongSeries(no, wanted.unwrap_or(Series::Person))),
            };
            // Of an account that exists the holder was looked up when it was opened.
            if !known && self.facts.accounts.is_empty() {
                return Err(Refusal::Unknown(no));
            }
        }
        if let Some(day) = until.filter(|day| *day < self.facts.today) {
            return Err(Refusal::DayOver(day));
        }
        if role != AccountRole::Counsel {
            return Ok(None);
        }
        let mut secrets = secrets.unwrap_or_default();
        secrets.sort_unstable();
        secrets.dedup();
        if until.is_none() || secrets.is_empty() {
            return Err(Refusal::NoLimits);
        }
        if secrets.len() > CHOSEN_MAX {
            return Err(Refusal::TooMany("field-secrets", CHOSEN_MAX));
        }
        secrets.iter().try_for_each(|&no| self.secret(no).map(drop))?;
        Ok(Some(secrets))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Command, Envelope, NewKey};
    use crate::facts::{Facts, SecretHead, ThingHead};
    use crate::moment::Moment;
    use crate::terms::{Level, PasswordBy};

    fn no(text: &str) -> Number {
        Number::parse(text).expect("a number")
    }

    fn day(text: &str) -> Option<Day> {
        Some(Day::parse(text).expect("a day"))
    }

    fn facts(role: Role) -> Facts {
        let today = Day::parse("2026-11-24").expect("a day");
        let mut facts = Facts::at(Moment(0), today, None);
        facts.role = Some(role);
        facts.things.insert(no("RY-0001"), ThingHead::default());
        let head = SecretHead {
            level: Level::Core,
            declassified: false,
            merged: None,
            edition: 1,
            statements: Default::default(),
            last_statement: 0,
            carriers: Vec::new(),
            last_carrier: 0,
        };
        facts.secrets.insert(no("MD-0001"), head);
        facts
    }

    fn open(role: AccountRole) -> Open {
        let key = NewKey { key_id: "k".into(), sort: "person", wrapped: Vec::new() };
        let name = Envelope { key_id: "k".into(), sealed: Vec::new(), digest: [0; 32] };
        Open { key, name, role, holder: None, secrets: None, until: None }
    }

    #[test]
    fn each_role_has_what_it_needs() {
        use AccountRole::{Counsel, Expert, Keeper, Lead, Member};
        let person = |c: Open| Open { holder: Some(no("RY-0001")), ..c };
        let chosen = |c: Open| Open { secrets: Some(vec![no("MD-0001")]), ..c };
        let until = |c: Open, text: &str| Open { until: day(text), ..c };
        let cases = [
            (open(Keeper), Ok(())),
            (open(Lead), Err(Refusal::RoleElsewhere)),
            (open(Expert), Err(Refusal::RoleElsewhere)),
            (open(Member), Err(Refusal::NoHolder(Series::Person))),
            (person(open(Member)), Ok(())),
            (
                Open { holder: Some(no("RY-0009")), ..open(Member) },
                Err(Refusal::Unknown(no("RY-0009"))),
            ),
            (chosen(open(Counsel)), Err(Refusal::NoLimits)),
            (until(open(Counsel), "2026-12-01"), Err(Refusal::NoLimits)),
            (until(chosen(open(Counsel)), "2026-12-01"), Ok(())),
            (
                until(chosen(open(Counsel)), "2026-11-01"),
                Err(Refusal::DayOver(Day::parse("2026-11-01").expect("a day"))),
            ),
            (
                Open {
                    secrets: Some(vec![no("MD-0002")]),
                    until: day("2026-12-01"),
                    ..open(Counsel)
                },
                Err(Refusal::Unknown(no("MD-0002"))),
            ),
        ];
        for (at, (wish, want)) in cases.into_iter().enumerate() {
            let wish = Command::Account(Wish::Open(Box::new(wish)));
            let got = super::super::decide(&facts(Role::Enterprise), "owner", wish).map(drop);
            assert_eq!(got, want, "case {at}");
        }
    }

    #[test]
    fn a_closed_account_stays_closed() {
        let mut facts = facts(Role::Enterprise);
        let head = AccountHead { role: AccountRole::Keeper, holder: None, closed: true };
        facts.accounts.insert(no("ZH-0001"), head);
        let account = no("ZH-0001");
        for wish in [
            Wish::Close { account, why: "x".into() },
            Wish::SetPassword { account, how: PasswordBy::Code },
            Wish::Change {
                account,
                role: AccountRole::Auditor,
                secrets: None,
                until: None,
                why: None,
            },
        ] {
            let got = super::super::decide(&facts, "owner", Command::Account(wish));
            assert_eq!(got.map(drop), Err(Refusal::Ended(account)));
        }
    }
}
