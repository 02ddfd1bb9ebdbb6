//! Fictional early warning: the rules are scored on the made-up district, some are switched on
//! and run, and one alert was closed.

use domain::{Number, Series};
use office::Office;

use super::{BY, Clock};

/// Companies of the made-up district: as many as the directory has, within these.
const TWIN: [u32; 2] = [1_000, 20_000];
/// Rules that the station has switched on.
const ON: [&str; 5] = ["repeat-respondent", "green-late", "setback", "park-overdue", "people-gap"];

/// Tells what the station did today: two cases name one organisation, the rules are run.
pub fn tell(office: &Office, clock: &Clock, companies: &[Number]) -> anyhow::Result<()> {
    clock.days_ago(0, 7);
    let ask = || office.ask(BY);
    // Neither of the two whose cases they are.
    let others = companies.get(2..).unwrap_or_default();
    if let Some(respondent) = others.get(38).or(others.last()) {
        for count in [1, 2] {
            office.case_against(&ask(), Number { series: Series::Case, count }, *respondent)?;
        }
    }
    let twin = (companies.len() as u32).clamp(TWIN[0], TWIN[1]);
    office.score_rules(&ask(), Some(twin), None)?;
    for rule in ON {
        office.switch_rule(&ask(), rule, true, None)?;
    }
    office.raise_warnings(&ask())?;
    let warning = |count| Number { series: Series::Warning, count };
    let last = office.reader()?.last(Series::Warning)?;
    let today = office.today();
    if last >= 1 {
        let due = today.plus_days(5).unwrap_or(today);
        office.assign_warning(&ask(), warning(1), "预警岗（虚构）".into(), due)?;
    }
    if last >= 3 {
        let why = "已电话核实，企业已补做整改（虚构）".to_owned();
        office.close_warning(&ask(), warning(last), true, today, why)?;
    }
    Ok(())
}
