//! Fictional cases: some go well, one is late, one waits for an appraiser.

use catalog::When;
use domain::terms::CaseSource;
use domain::{Day, Number, Series};
use office::{CaseForm, ItemForm, Office, StepForm, law};
use words::Lang;

use super::{BY, Clock};

/// A case: its procedure and title, how many days ago it came and from where, the office in charge,
/// and its steps: days ago, step, role.
pub struct Told {
    pub procedure: &'static str,
    pub title: &'static str,
    pub days: i64,
    pub source: CaseSource,
    pub unit: &'static str,
    pub steps: &'static [(i64, &'static str, &'static str)],
}

/// Those of the station.
pub const OF_STATION: [Told; 5] = [
    Told {
        procedure: "administrative",
        title: "离职工艺工程师涉嫌披露配比参数（虚构）",
        days: 44,
        source: CaseSource::Dossier,
        unit: "执法三科（虚构）",
        steps: &[
            (43, "register_clue", "city_officer"),
            (34, "file_case", "city_head"),
            (30, "inspect", "city_officer"),
            (22, "send_to_appraiser", "city_officer"),
        ],
    },
    Told {
        procedure: "administrative",
        title: "外协厂图纸流出的举报（虚构）",
        days: 33,
        source: CaseSource::Paper,
        unit: "执法一科（虚构）",
        steps: &[(33, "register_clue", "city_officer")],
    },
    Told {
        procedure: "administrative",
        title: "展会发现的相似产品（虚构）",
        days: 3,
        source: CaseSource::Own,
        unit: "执法三科（虚构）",
        steps: &[(2, "register_clue", "city_officer")],
    },
    Told {
        procedure: "transfer",
        title: "源代码案移送公安（虚构）",
        days: 5,
        source: CaseSource::Agency,
        unit: "法制科（虚构）",
        steps: &[(4, "form_team", ""), (1, "report", "")],
    },
    Told {
        procedure: "mediation",
        title: "竞业限制纠纷诉前调解（虚构）",
        days: 12,
        source: CaseSource::Agency,
        unit: "调解室（虚构）",
        steps: &[(12, "refer_before_filing", ""), (10, "accept_referral", "")],
    },
];

/// Tells cases, each about the next of these companies.
pub fn tell(
    office: &Office,
    clock: &Clock,
    cases: &[Told],
    companies: &[Number],
) -> anyhow::Result<()> {
    // The station began to keep its cases here this morning; the days are those of the paper files.
    clock.days_ago(0, 7);
    let ask = || office.ask(BY);
    let ago = |days: i64| office.today().plus_days(-days).unwrap_or_else(|| office.today());
    for (told, company) in
        cases.iter().zip(companies.iter().map(Some).chain(std::iter::repeat(None)))
    {
        let happened = ago(told.days);
        let form = CaseForm {
            procedure: told.procedure.into(),
            company: company.copied(),
            title: told.title.into(),
            source: told.source,
            happened,
            text: Some(format!("{}：材料见卷内，当事人均为虚构。", told.title)),
        };
        let opened = office.open_case(&ask(), form)?.number;
        let case = opened.unwrap_or(Number { series: Series::Case, count: 1 });
        office.assign_case(&ask(), case, told.unit.into(), Some("祝示九（虚构）".into()))?;
        for (days, step, role) in told.steps {
            let day = ago(*days);
            paper(office, case, step, day)?;
            let form = StepForm {
                case,
                step: (*step).into(),
                role: (!role.is_empty()).then(|| (*role).into()),
                at: When::parse(&format!("{day} 10:00"))?,
                planned: None,
                note: None,
            };
            office.take_step(&ask(), form, Lang::Zh)?;
        }
    }
    Ok(())
}

/// Puts into the file what a step needs.
fn paper(office: &Office, case: Number, step: &str, dated: Day) -> anyhow::Result<()> {
    let opened = office.opened_case(&office.reader()?, case)?;
    let have = opened.papers();
    let needs = opened.procedure().step(step).map_or(&[][..], |step| &step.needs);
    for any in needs.iter().filter(|any| !any.ids.iter().any(|id| have.contains(id))) {
        let Some(id) = any.ids.first() else { continue };
        let item = opened.procedure().item(id).or_else(|| law().elements().item(id));
        let form = ItemForm {
            case,
            item: id.clone(),
            source: None,
            bears: item.map_or_else(Vec::new, |item| item.form.clone()),
            happened: Some(dated),
            why: Some("纸质卷（虚构）".into()),
        };
        office.file_item(&office.ask(BY), form)?;
    }
    Ok(())
}
