//! Fictional early warning: the rules are scored on a small made-up district, the better ones are
//! switched on and run, and one alert was closed.

use domain::{Number, Series};
use office::Office;

use super::{BY, Clock};

/// Companies of the made-up district: enough for figures, and made in a moment.
const TWIN: u32 = 3_000;
/// Rules that the station has switched on.
const ON: [&str; 5] = ["repeat-respondent", "green-late", "setback", "park-overdue", "people-gap"];

/// Tells what the station did today: two cases name one organisation, the rules are run.
pub fn tell(office: &Office, clock: &Clock, companies: &[Number]) -> anyhow::Result<()> {
    clock.days_ago(0, 7);
    let ask = || office.ask(BY);
    if let Some(respondent) = companies.get(40).or(companies.last()) {
        for count in [1, 2] {
            office.case_against(&ask(), Number { series: Series::Case, count }, *respondent)?;
        }
    }
    office.score_rules(&ask(), Some(TWIN), None)?;
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
