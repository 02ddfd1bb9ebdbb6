//! Activities of the fictional district: two were held, one takes registrations, one is for invited
//! companies only.

use domain::activity::{Plan, When};
use domain::terms::{SignUp, Theme};
use domain::{Number, Series};
use office::{Ask, Office, RegistrationForm};

use super::district::{Dice, Entry};
use super::{BY, Clock};

/// Given names of those who register.
const PEOPLE: [&str; 12] = [
    "黎一舟",
    "沈见微",
    "许青岚",
    "韩守拙",
    "顾知远",
    "何望舒",
    "陆怀瑾",
    "秦若谷",
    "邵行简",
    "裴明之",
    "温如许",
    "祝有恒",
];

/// An activity: when it was planned and when it is, in days from today; what and for whom.
struct Told {
    title: &'static str,
    summary: &'static str,
    theme: Theme,
    planned: i64,
    on: i64,
    place: &'static str,
    seats: u32,
    open: bool,
    people: usize,
}

const ACTIVITIES: [Told; 4] = [
    Told {
        title: "送法入企：离职员工管理与竞业限制（虚构）",
        summary: "面向制造业企业的人事和保密负责人：离职核对、竞业限制约定、交接清单怎么写。",
        theme: Theme::People,
        planned: -6,
        on: -4,
        place: "北岭园区报告厅",
        seats: 60,
        open: true,
        people: 12,
    },
    Told {
        title: "科研团队成果保护沙龙（虚构）",
        summary: "论文、专利与商业秘密怎样选择和衔接，发表之前先做哪几件事。",
        theme: Theme::Identification,
        planned: -6,
        on: -2,
        place: "澄湖生命科学园 2 号楼",
        seats: 20,
        open: true,
        people: 5,
    },
    Told {
        title: "密点怎么写：现场练习（虚构）",
        summary: "带一项自己的技术来（不带资料），当场练习把范围写清楚。",
        theme: Theme::Identification,
        planned: -5,
        on: 9,
        place: "松风街道会议室",
        seats: 30,
        open: true,
        people: 8,
    },
    Told {
        title: "重点企业闭门座谈（虚构）",
        summary: "只对受邀企业开放：维权中的难点和需要。",
        theme: Theme::Other,
        planned: -5,
        on: 20,
        place: "工作站",
        seats: 0,
        open: false,
        people: 0,
    },
];

/// Tells them; `known` are the companies of the directory.
pub fn tell(office: &Office, clock: &Clock, known: &[(&Entry, Number)]) -> anyhow::Result<()> {
    let dice = &mut Dice::new(119);
    let mut all = Vec::new();
    for told in &ACTIVITIES {
        clock.days_ago(-told.planned, 9);
        let day = office.today().plus_days(told.on - told.planned).unwrap_or(office.today());
        let place = told.place.to_owned();
        let plan = Plan {
            title: told.title.to_owned(),
            series: Some("送法入企（虚构）".to_owned()),
            theme: told.theme,
            when: When { day, from: 14 * 60, until: 16 * 60 + 30, place },
            seats: told.seats,
            closes: day,
            keep: 90,
            open: told.open,
            summary: told.summary.to_owned(),
        };
        let planned = office.plan_activity(&ask(office), plan)?.number;
        let no = planned.unwrap_or(Number { series: Series::Activity, count: 1 });
        let park = known.iter().filter(|(entry, _)| entry.park.is_some()).take(40);
        let invited: Vec<Number> = park.map(|(_, no)| *no).collect();
        if !invited.is_empty() {
            office.invite(&ask(office), no, invited.clone(), "park".to_owned())?;
        }
        for at in 0..told.people {
            let company = invited.get(at * 3).copied().filter(|_| dice.happens(700));
            let organisation = company.is_none().then(|| "云岫某企业（虚构）".to_owned());
            let contact = Some(format!("000-{:04}", 100 + at));
            let name = PEOPLE[at % PEOPLE.len()].to_owned();
            let form = RegistrationForm { name, contact, organisation, company };
            let channel = if dice.happens(750) { SignUp::Public } else { SignUp::Desk };
            office.register_for(&ask(office), no, channel, form)?;
        }
        all.push((told, no));
    }
    for (told, no) in all.iter().filter(|(told, _)| told.on < 0) {
        clock.days_ago(-told.on, 14);
        for part in 1..=told.people as u32 {
            if !dice.happens(800) {
                continue;
            }
            office.check_in(&ask(office), *no, part, true)?;
            if dice.happens(600) {
                let mark = if dice.happens(600) { 5 } else { 4 };
                office.rate(&ask(office), (*no, part), mark, None)?;
            }
        }
        asked(office, *no, "补偿金没有约定，竞业限制还有效吗？", true)?;
        asked(office, *no, "样品送检算不算公开？", false)?;
        let url = "https://station.example/handout.pdf".to_owned();
        office.supply(&ask(office), *no, "讲义（虚构）".to_owned(), url)?;
        clock.days_ago(-told.on, 17);
        office.hold(&ask(office), *no)?;
    }
    Ok(())
}

/// A question, and an answer of the committee's first expert when there is one.
fn asked(office: &Office, no: Number, text: &str, answered: bool) -> anyhow::Result<()> {
    office.ask_at(&ask(office), no, None, text.to_owned())?;
    if answered {
        let experts = office.reader()?.experts()?;
        let today = office.today();
        let expert = experts.iter().find(|expert| expert.serves(today)).map(|expert| expert.no);
        let answer = "看约定和实际支付情况，请把合同带来再细看（虚构答复）。".to_owned();
        office.answer_at(&ask(office), (no, 1), expert, true, answer)?;
    }
    Ok(())
}

fn ask(office: &Office) -> Ask {
    office.ask(BY)
}
