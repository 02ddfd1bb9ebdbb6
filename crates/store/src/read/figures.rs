//! What a station's figures of a period are counted from: few passes, each over one register.

use std::collections::BTreeMap;

use domain::guidance::Counts;
use domain::terms::{Service, Theme};
use domain::{Day, Number, Period};
use rusqlite::params;

use super::{Dimension, Reader, number, term};
use crate::StoreError;

/// Prescriptions that are not over.
const OPEN_CURES: &str = "('open', 'started', 'blocked', 'done')";

impl Reader {
    /// Counts a period as it stands on a day. `zone_minutes` says when that day began. Which cases
    /// are late is not in the database: `Counts::steps` leaves it at none.
    ///
    /// # Errors
    /// The database's own.
    pub fn counts(&self, period: Period, on: Day, zone_minutes: i16) -> Result<Counts, StoreError> {
        let (from, until) = (period.from().to_string(), period.until().to_string());
        let days = [from.as_str(), until.as_str()];
        let today = on.to_string();
        let mut counts = Counts::default();
        // `$1` names a parameter: they are numbered as they first appear in a question.
        let all = self.coverage(Dimension::Kind)?.all;
        counts.companies = all.of.into();
        counts.had = Service::ALL.iter().copied().zip(all.had.map(u64::from)).collect();
        (counts.any, counts.filed) = (all.any.into(), all.filed.into());

        let services: BTreeMap<Service, (u64, u64)> = self
            .rows(
                "SELECT service, COUNT(*), COUNT(DISTINCT company) FROM service
                 WHERE happened BETWEEN $1 AND $2 GROUP BY service",
                days,
                |row| Ok((term(row, 0, Service::from_word)?, (count(row, 1)?, count(row, 2)?))),
            )?
            .into_iter()
            .collect();
        counts.services = Service::ALL
            .iter()
            .map(|service| {
                let (times, companies) = services.get(service).copied().unwrap_or_default();
                (*service, times, companies)
            })
            .collect();
        counts.served = self.one(
            "SELECT COUNT(DISTINCT company) FROM service WHERE happened BETWEEN $1 AND $2",
            days,
        )?;

        let mut months: BTreeMap<String, [u64; 3]> = BTreeMap::new();
        for (at, sql) in [
            "SELECT substr(happened, 1, 7), COUNT(*) FROM service
             WHERE happened BETWEEN $1 AND $2 GROUP BY 1",
            "SELECT substr(happened, 1, 7), COUNT(*) FROM request
             WHERE happened BETWEEN $1 AND $2 GROUP BY 1",
            "SELECT substr(day, 1, 7), COUNT(*) FROM visit
             WHERE day BETWEEN $1 AND $2 AND state = 'made' GROUP BY 1",
        ]
        .into_iter()
        .enumerate()
        {
            for (month, n) in self.rows(sql, days, |row| Ok((row.get(0)?, count(row, 1)?)))? {
                months.entry(month).or_default()[at] = n;
            }
        }
        counts.months = period
            .months()
            .into_iter()
            .map(|month| (month, months.get(&month.to_string()).copied().unwrap_or_default()))
            .collect();

        self.row(
            "SELECT COUNT(*) FILTER (WHERE state = 'planned'),
                 COUNT(*) FILTER (WHERE state = 'made'),
                 COUNT(*) FILTER (WHERE state = 'cancelled')
             FROM visit WHERE day BETWEEN $1 AND $2",
            days,
            |row| {
                counts.visits = [count(row, 0)?, count(row, 1)?, count(row, 2)?];
                Ok(())
            },
        )?;
        counts.requests = self.rows(
            "SELECT theme, COUNT(*), COUNT(*) FILTER (WHERE state = 'closed'),
                 COUNT(*) FILTER (WHERE state <> 'closed' AND due < $1)
             FROM request WHERE happened BETWEEN $2 AND $3 GROUP BY theme",
            params![today, from, until],
            |row| {
                let of = [count(row, 1)?, count(row, 2)?, count(row, 3)?];
                Ok((term(row, 0, Theme::from_word)?, of))
            },
        )?;
        counts.requests.sort_by_key(|(theme, _)| *theme);
        counts.waits = self.rows(
            "SELECT CAST(julianday(replied) - julianday(happened) AS INTEGER) FROM request
             WHERE happened BETWEEN $1 AND $2",
            days,
            |row| row.get(0),
        )?;

        self.row(
            "SELECT COUNT(*) FILTER (WHERE state = 'planned'),
                 COUNT(*) FILTER (WHERE state = 'held'),
                 COUNT(*) FILTER (WHERE state = 'cancelled'),
                 COALESCE(SUM(invited), 0), COALESCE(SUM(registered), 0), COALESCE(SUM(came), 0)
             FROM activity WHERE day BETWEEN $1 AND $2",
            days,
            |row| {
                counts.activities = [count(row, 0)?, count(row, 1)?, count(row, 2)?];
                counts.people = [count(row, 3)?, count(row, 4)?, count(row, 5)?];
                Ok(())
            },
        )?;
        counts.recognitions = self.rows(
            "SELECT layer, COUNT(*) FILTER (WHERE happened BETWEEN $1 AND $2),
                 COUNT(*) FILTER (WHERE awarded BETWEEN $1 AND $2),
                 COUNT(*) FILTER (WHERE state = 'awarded' AND until >= $3)
             FROM recognition GROUP BY layer ORDER BY layer",
            params![from, until, today],
            |row| Ok((row.get(0)?, [count(row, 1)?, count(row, 2)?, count(row, 3)?])),
        )?;
        counts.cases = self.rows(
            "SELECT procedure, COUNT(*), COUNT(*) FILTER (WHERE ended IS NOT NULL) FROM casefile
             WHERE happened BETWEEN $1 AND $2 GROUP BY procedure ORDER BY procedure",
            days,
            |row| Ok((row.get(0)?, [count(row, 1)?, count(row, 2)?])),
        )?;
        counts.steps = self.rows(
            "SELECT procedure, state, COUNT(*) FROM casefile WHERE ended IS NULL
             GROUP BY procedure, state ORDER BY procedure, MIN(idx)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, [count(row, 2)?, 0])),
        )?;
        counts.prescriptions = self.rows(
            &format!(
                "SELECT theme, COUNT(*), COUNT(*) FILTER (WHERE state IN {OPEN_CURES}),
                     COUNT(*) FILTER (WHERE state IN {OPEN_CURES} AND due < $1),
                     COUNT(*) FILTER (WHERE state = 'cured')
                 FROM prescription WHERE happened BETWEEN $2 AND $3 GROUP BY theme"
            ),
            params![today, from, until],
            |row| {
                let of = [count(row, 1)?, count(row, 2)?, count(row, 3)?, count(row, 4)?];
                Ok((term(row, 0, Theme::from_word)?, of))
            },
        )?;
        counts.prescriptions.sort_by_key(|(theme, _)| *theme);
        counts.experts = self.expert_counts(days)?;
        (counts.links, counts.letters) = self.exchange_counts(period, on, zone_minutes)?;
        Ok(counts)
    }

    /// What experts did in some days and what waits for them, the busiest first; those who did
    /// nothing and wait for nothing are left out.
    fn expert_counts(&self, days: [&str; 2]) -> Result<Vec<(Number, [u64; 3])>, StoreError> {
        self.rows(
            "SELECT no, replies, visits, waiting FROM (
                 SELECT e.no AS no, e.idx AS idx,
                     (SELECT COUNT(*) FROM reply y WHERE y.expert = e.no
                         AND y.happened BETWEEN $1 AND $2) AS replies,
                     (SELECT COUNT(*) FROM visit_expert x JOIN visit v ON v.no = x.visit
                         WHERE x.expert = e.no AND v.state = 'made'
                         AND v.day BETWEEN $1 AND $2) AS visits,
                     (SELECT COUNT(*) FROM request r
                         WHERE r.expert = e.no AND r.state = 'routed') AS waiting
                 FROM expert e)
             WHERE replies + visits + waiting > 0
             ORDER BY replies + visits + waiting DESC, idx",
            days,
            |row| Ok((number(row, 0)?, [count(row, 1)?, count(row, 2)?, count(row, 3)?])),
        )
    }

    /// Links by when they were last heard of, and the letters of a period.
    fn exchange_counts(
        &self,
        period: Period,
        on: Day,
        zone_minutes: i16,
    ) -> Result<([u64; 3], [u64; 3]), StoreError> {
        // The first millisecond of a day in the node's zone.
        let start = |day: Day| -> i64 {
            let epoch = Day::parse("1970-01-01").map_or(0, |epoch| epoch.days_to(day));
            (epoch * 1_440 - i64::from(zone_minutes)) * 60_000
        };
        let tomorrow = start(on) + 86_400_000;
        let links = self.row(
            "SELECT COUNT(*) FILTER (WHERE p.at >= $1),
                 COUNT(*) FILTER (WHERE p.at < $1 AND p.at >= $2),
                 COUNT(*) FILTER (WHERE p.at IS NULL OR p.at < $2)
             FROM link k LEFT JOIN peer p ON p.link = k.no WHERE k.state = 'joined'",
            params![tomorrow - 7 * 86_400_000, tomorrow - 30 * 86_400_000],
            |row| Ok([count(row, 0)?, count(row, 1)?, count(row, 2)?]),
        )?;
        let letters = self.row(
            "SELECT COUNT(*) FILTER (WHERE l.way = 'in'), COUNT(*) FILTER (WHERE l.way = 'out'),
                 COUNT(*) FILTER (WHERE l.way = 'out' AND NOT EXISTS (
                     SELECT 1 FROM receipt r WHERE r.link = l.link AND r.seq = l.seq))
             FROM letter l WHERE l.at >= $1 AND l.at < $2",
            params![start(period.from()), start(period.until()) + 86_400_000],
            |row| Ok([count(row, 0)?, count(row, 1)?, count(row, 2)?]),
        )?;
        Ok((links.unwrap_or_default(), letters.unwrap_or_default()))
    }

    fn one(&self, sql: &str, days: [&str; 2]) -> Result<u64, StoreError> {
        Ok(self.row(sql, days, |row| count(row, 0))?.unwrap_or(0))
    }
}

fn count(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<u64> {
    Ok(row.get::<_, i64>(at)? as u64)
}
