//! Fictional organisations of the district and what they asked of each other: some answered, one
//! late, one turned down and taken further, one that nobody has received.

use domain::programme::Engage;
use domain::terms::{AssistanceAnswer, AssistanceSort, Closing, ItemSort, OrganisationKind};
use domain::{Day, Number};
use office::{About, AssistanceForm, For, Office, OrganisationForm, PlanForm, ProcurementForm};

use super::BY;

/// Name, kind, and the park or street it looks after.
const BODIES: [(&str, OrganisationKind, Option<&str>); 17] = [
    ("云岫区知识产权局（虚构）", OrganisationKind::Bureau, None),
    ("云岫区市场监督管理局（虚构）", OrganisationKind::Market, None),
    ("云岫区公安分局（虚构）", OrganisationKind::Police, None),
    ("云岫区检察院（虚构）", OrganisationKind::Procuratorate, None),
    ("云岫区法院（虚构）", OrganisationKind::Court, None),
    ("云岫仲裁院（虚构）", OrganisationKind::Arbitration, None),
    ("北岭园区管委会（虚构）", OrganisationKind::Park, Some("北岭园区")),
    ("南坞园区管委会（虚构）", OrganisationKind::Park, Some("南坞园区")),
    ("松风街道办（虚构）", OrganisationKind::Street, Some("松风街道")),
    ("云峰街道办（虚构）", OrganisationKind::Street, Some("云峰街道")),
    ("云岫新材料协会（虚构）", OrganisationKind::Association, None),
    ("云岫砥平律师事务所（虚构）", OrganisationKind::Firm, None),
    ("云岫知衡律师事务所（虚构）", OrganisationKind::Firm, None),
    ("云岫明矩咨询（虚构）", OrganisationKind::Firm, None),
    ("云岫守中信息安全（虚构）", OrganisationKind::Firm, None),
    ("云岫维权服务站（虚构）", OrganisationKind::Rights, None),
    ("云岫商业秘密保护联盟（虚构）", OrganisationKind::Alliance, None),
];
/// Members of the alliance.
const MEMBERS: usize = 12;

/// Companies served one to one, and pilots among them.
const SERVED: usize = 29;
const PILOTS: usize = 3;
/// Companies with a plan: the pilots, and some whose first result is late.
const PLANNED: usize = 8;

/// What became of a request.
enum Became {
    /// Nobody has received it.
    Asked,
    /// It was received and given to somebody.
    Triaged(&'static str),
    /// It was answered.
    Replied(AssistanceAnswer, &'static str),
    /// It was turned down and went to the bureau.
    Escalated(&'static str),
    /// It was answered and closed.
    Closed(&'static str),
}

/// Who asked whom, by place among [`BODIES`], for what, how many days ago and for how long.
const ASKED: [(usize, usize, AssistanceSort, &str, i64, i64, Became); 9] = [
    (
        8,
        15,
        AssistanceSort::Lead,
        "辖内企业反映离职员工去了同行",
        26,
        10,
        Became::Closed("已联系企业，登记诉求并安排律师到场。（虚构）"),
    ),
    (
        1,
        2,
        AssistanceSort::Transfer,
        "源代码案会商移送条件",
        18,
        14,
        Became::Replied(AssistanceAnswer::Given, "已提前介入，请补损失计算材料。（虚构）"),
    ),
    (
        2,
        1,
        AssistanceSort::Evidence,
        "请提供现场检查笔录复制件",
        12,
        20,
        Became::Triaged("法制科（虚构）"),
    ),
    (
        15,
        11,
        AssistanceSort::Referral,
        "请律师接待配方外泄咨询",
        9,
        7,
        Became::Triaged("商业秘密组（虚构）"),
    ),
    (
        6,
        10,
        AssistanceSort::Opinion,
        "请协会推荐工艺领域专家",
        15,
        10,
        Became::Escalated("会员中没有合适人选，建议另找高校。（虚构）"),
    ),
    (3, 1, AssistanceSort::Inquiry, "查询被反映单位行政处罚情况", 3, 15, Became::Asked),
    (
        16,
        12,
        AssistanceSort::Aid,
        "会员请求外观近似产品比对意见",
        6,
        12,
        Became::Replied(AssistanceAnswer::Partly, "只能就公开资料出具初步意见。（虚构）"),
    ),
    (0, 7, AssistanceSort::Joint, "园区联合宣讲与走访", 8, 21, Became::Triaged("服务部（虚构）")),
    (4, 5, AssistanceSort::Inquiry, "了解保密仲裁庭审安排", 1, 14, Became::Asked),
];

/// Tells who takes part, and what they asked of each other.
pub fn tell(office: &Office, companies: &[Number]) -> anyhow::Result<()> {
    let ask = || office.ask(BY);
    let ago = |days: i64| office.today().plus_days(-days).unwrap_or(office.today());
    let mut bodies = Vec::with_capacity(BODIES.len());
    for (at, (name, kind, area)) in BODIES.iter().enumerate() {
        let form = OrganisationForm {
            name: (*name).into(),
            kind: *kind,
            area: area.map(Into::into),
            contact: Some(format!("联络员示{} 000-{at:05}", at + 1)),
        };
        let receipt = office.add_organisation(For::station(&ask()), form)?;
        bodies.extend(receipt.number);
    }
    for (at, company) in companies.iter().take(MEMBERS).enumerate() {
        let post = (at < 3).then(|| "理事单位（虚构）".to_owned());
        office.enrol_member(For::station(&ask()), bodies[16], *company, ago(100), post)?;
    }
    programme(office, &bodies[11..15], companies)?;
    for (at, (from, to, sort, title, days, within, became)) in ASKED.iter().enumerate() {
        let asked = ago(*days);
        let form = AssistanceForm {
            from: bodies[*from],
            to: bodies[*to],
            sort: *sort,
            title: format!("{title}（虚构）"),
            about: About { company: companies.get(at * 3).copied(), ..About::default() },
            happened: asked,
            due: asked.plus_days(*within).unwrap_or(asked),
            text: format!("{title}，请在期限内答复，材料可由联络员当面交接。（虚构）"),
        };
        let receipt = office.ask_assistance(For::station(&ask()), form)?;
        let Some(no) = receipt.number else { continue };
        became_of(office, no, asked, became, bodies[0])?;
    }
    Ok(())
}

/// Carries a request on as far as it went.
fn became_of(
    office: &Office,
    no: Number,
    asked: Day,
    became: &Became,
    bureau: Number,
) -> anyhow::Result<()> {
    let ask = || office.ask(BY);
    // So many days after it was asked, and not in the future.
    let after = |days: i64| asked.plus_days(days).unwrap_or(asked).min(office.today());
    let reply = |answer, on: Day, text: &str| {
        office.reply_assistance(For::station(&ask()), no, None, (answer, on), text.to_owned())
    };
    if let Became::Asked = became {
        return Ok(());
    }
    let reference = Some(format!("收〔虚构〕{}号", no.count));
    office.receive_assistance(For::station(&ask()), no, None, after(1), reference)?;
    match became {
        Became::Asked => {}
        Became::Triaged(unit) => {
            office.triage_assistance(For::station(&ask()), no, (*unit).into(), false, None)?;
        }
        Became::Replied(answer, text) => {
            reply(*answer, after(4), text)?;
        }
        Became::Escalated(text) => {
            reply(AssistanceAnswer::Declined, after(5), text)?;
            let today = office.today();
            let days = (after(6), today.plus_days(14).unwrap_or(today));
            let why = "请主管部门协调推荐人选（虚构）".to_owned();
            office.escalate_assistance(For::station(&ask()), no, bureau, days, why)?;
        }
        Became::Closed(text) => {
            reply(AssistanceAnswer::Given, after(3), text)?;
            office.close_assistance(For::station(&ask()), no, Closing::Settled, after(5), None)?;
        }
    }
    Ok(())
}

/// The one-to-one programme: a procurement, firms engaged for key companies, pilots that are served in
/// depth, and some results that are late.
fn programme(office: &Office, firms: &[Number], companies: &[Number]) -> anyhow::Result<()> {
    let ask = || office.ask(BY);
    let today = office.today();
    let day = |days: i64| today.plus_days(days).unwrap_or(today);
    let mut table = String::from("机构,方案 40,业绩 30,报价 30,中标\n");
    for (at, firm) in firms.iter().enumerate() {
        let (points, won) = (36 - at, if at < 3 { "是" } else { "" });
        table += &format!("{firm},{points}.5,{},{}.25,{won}\n", 26 - at, 24 + at);
    }
    let form = ProcurementForm {
        title: "商业秘密一对一服务采购（虚构）".into(),
        reference: "虚构-2026-017".into(),
        happened: day(-150),
        table: table.into_bytes(),
        contract: Some("虚构-合-2026-003".into()),
        amount: 58_000_000,
        from: day(-140),
        until: day(225),
    };
    let procurement = office.procure(For::station(&ask()), form)?.number;
    for (at, company) in companies.iter().skip(100).take(SERVED).enumerate() {
        let engage = Engage {
            organisation: firms[at % 3],
            company: *company,
            procurement,
            title: "年度一对一服务（虚构）".into(),
            from: day(-130 + at as i64),
            until: day(225),
            pilot: at < PILOTS,
            declared: "经查无利益冲突（虚构）".into(),
        };
        let opened = office.engage(For::station(&ask()), engage)?;
        let Some(no) = opened.number.filter(|_| at < PLANNED) else { continue };
        // A late result is one of a company that is no pilot.
        let due = if at < PILOTS { -40 } else { -5 - at as i64 };
        for (sort, title, days, amount, after) in [
            (ItemSort::Result, "密点清单与分级建议（虚构）", due, 0, None),
            (ItemSort::Step, "制度宣讲一次（虚构）", 40, 0, None),
            (ItemSort::Payment, "首期款（虚构）", 20, 600_000, Some(1)),
        ] {
            let (title, due) = (title.to_owned(), day(days));
            let form = PlanForm { sort, title, due, amount, after };
            office.plan_item(For::station(&ask()), no, form)?;
        }
        let what = "现场访谈与资料查阅（虚构）".to_owned();
        office.log_work(For::station(&ask()), no, Some(1), (day(-60), 180), what, None)?;
        if at < PILOTS {
            let note = "清单三份，当面移交，存企业档案室。（虚构）".to_owned();
            office.deliver(For::station(&ask()), (no, 1), day(-42), note)?;
        }
        if at < PILOTS - 1 {
            office.accept(For::station(&ask()), (no, 1), true, day(-35), None)?;
            office.pay(For::station(&ask()), (no, 3), day(-20))?;
            office.rate_engagement(For::station(&ask()), no, (5 - at as u32, day(-15)), None)?;
        }
    }
    Ok(())
}
