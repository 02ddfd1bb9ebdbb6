//! What lies on the fictional station's desk: a committee of experts, what companies asked, visits and
//! what they prescribed. Much was mended; some is late, and some waits for a look.

use domain::terms::{Channel, Closing, Mark, Pace, Review, Theme};
use domain::workstation::{PlanVisit, Route};
use domain::{Day, Number};
use office::{ExpertForm, Finding, Office, RequestForm, VisitForm};

use super::district::{Dice, Entry};
use super::{BY, Clock};

/// The committee.
const EXPERTS: usize = 40;
const SURNAMES: &str = "祝温简柳谈裴邵秦陆何";
const GIVEN: &str = "一二三四五六七八九十";
const HOUSES: [&str; 8] = [
    "云岫砥平律师事务所（虚构）",
    "云岫知衡律师事务所（虚构）",
    "磐溪大学法学院（虚构）",
    "磐溪大学计算机学院（虚构）",
    "云岫明矩咨询（虚构）",
    "云岫守中信息安全（虚构）",
    "云岫司法鉴定所（虚构）",
    "云岫仲裁院（虚构）",
];

/// What companies ask, by theme.
const ASKED: [(Theme, &str, &str, &str); 8] = [
    (
        Theme::People,
        "工艺人员离职去了同行",
        "一名工艺工程师上月离职，据了解入职同行企业，担心带走工艺参数。（虚构）",
        "先固定交接记录、门禁与邮件日志，核对接触过的密点；再发告知函，必要时申请行为保全。（虚构）",
    ),
    (
        Theme::People,
        "竞业限制补偿怎么约定",
        "想与核心研发人员约定竞业限制，补偿标准和期限不清楚。（虚构）",
        "按岗位区分，写明范围、期限和补偿；没有接触密点的人员不必约定。（虚构）",
    ),
    (
        Theme::Identification,
        "哪些信息应当定为密点",
        "有图纸、配方和客户清单，不知道哪些够得上商业秘密。（虚构）",
        "逐条写出与公知信息的区别，先定最值钱的三项，统称不算。（虚构）",
    ),
    (
        Theme::Carriers,
        "图纸被员工发到私人邮箱",
        "审计发现员工把图纸发到私人邮箱，系统没有限制。（虚构）",
        "要求书面确认删除并留证，收回权限；对外发设置审批。（虚构）",
    ),
    (
        Theme::Partners,
        "外协厂要求提供完整图纸",
        "外协加工必须提供图纸，担心被转给别人。（虚构）",
        "只给所需部分，按收件方编号，签保密条款并约定返还。（虚构）",
    ),
    (
        Theme::Incident,
        "竞争对手推出高度相似产品",
        "对方产品在三个参数上与我方未公开的工艺一致。（虚构）",
        "先购买公证保全，再比对密点，不要直接联系对方员工。（虚构）",
    ),
    (
        Theme::Remedies,
        "举报需要准备哪些材料",
        "准备向监管部门举报，不清楚证据要到什么程度。（虚构）",
        "密点说明、保密措施、对方接触的可能、实质相同，四项各附证据。（虚构）",
    ),
    (
        Theme::Overseas,
        "参加海外展会注意什么",
        "下月赴海外参展，带样机和资料。（虚构）",
        "资料分级，样机不带核心部件，提前了解当地取证方式。（虚构）",
    ),
];

/// What is written where a point is wanting.
const FOUND: [&str; 5] = [
    "口头有要求，没有成文。（虚构）",
    "只做了一部分，抽查的三项中有两项缺少。（虚构）",
    "制度有，近一年没有执行记录。（虚构）",
    "负责人已换，新的负责人不了解。（虚构）",
    "现场没有标识，外来人员可以看到。（虚构）",
];

/// A visit whose prescriptions are followed up.
struct Followed {
    visit: Number,
    month: u32,
}

/// The desk, month by month.
pub struct Desk {
    experts: Vec<(Number, Vec<Theme>, Vec<Number>)>,
    followed: Vec<Followed>,
    dice: Dice,
}

impl Desk {
    /// Appoints the committee.
    pub fn appoint(office: &Office, known: &[(&Entry, Number)]) -> anyhow::Result<Self> {
        let mut dice = Dice::new(40);
        let (surnames, given): (Vec<_>, Vec<_>) =
            (SURNAMES.chars().collect(), GIVEN.chars().collect());
        let today = office.today();
        let mut experts = Vec::new();
        for at in 0..EXPERTS {
            let name = format!("{}示{}", surnames[at % 10], given[at / 10 + at % 7]);
            let house = HOUSES[at % HOUSES.len()];
            let mut fields = vec![Theme::ALL[at % (Theme::ALL.len() - 1)]];
            if dice.happens(500) {
                fields.push(*dice.one(Theme::ALL));
            }
            let conflicts: Vec<_> = (0..dice.below(3)).map(|_| dice.one(known).1).collect();
            let form = ExpertForm {
                name,
                contact: Some(format!("000-{:05}", dice.below(100_000))),
                fields: fields.clone(),
                organisation: house.to_owned(),
                from: today,
                // Some terms end soon: somebody has to think of them.
                until: today.plus_days(if at % 13 == 5 { 735 } else { 1_095 }),
                conflicts: conflicts.clone(),
            };
            let receipt = office.add_expert(&office.ask(BY), form)?;
            experts.extend(receipt.number.map(|no| (no, fields, conflicts)));
        }
        Ok(Self { experts, followed: Vec::new(), dice })
    }

    /// A month: what was asked, where somebody went, what came of earlier visits. `days` is how long
    /// ago its last week began; `most` how many of each.
    pub fn month(
        &mut self,
        (office, clock): (&Office, &Clock),
        known: &[(&Entry, Number)],
        (month, days): (u32, i64),
        most: usize,
    ) -> anyhow::Result<()> {
        let tagged: Vec<_> = known.iter().filter(|(entry, _)| !entry.tags.is_empty()).collect();
        let is_last = month == 23;
        clock.days_ago(days, 9);
        self.follow_up(office, month)?;
        let mut asked = Vec::new();
        for at in 0..most {
            let company = self.dice.one(&tagged).1;
            let (theme, title, text, reply) = *self.dice.one(&ASKED);
            let due = office.today().plus_days(7).unwrap_or(office.today());
            let form = RequestForm {
                company,
                channel: *self.dice.one(Channel::ALL),
                theme,
                title: title.to_owned(),
                happened: office.today(),
                due,
                text: Some(text.to_owned()),
            };
            let receipt = office.receive_request(&office.ask(BY), form)?;
            let Some(request) = receipt.number else { continue };
            // Of the last month some still wait: to be routed, or to be answered.
            if is_last && at == 0 {
                continue;
            }
            if let Some(expert) = self.expert(company, theme, office.today(), office)? {
                let route = Route {
                    request,
                    expert: Some(expert),
                    body: None,
                    urgent: self.dice.happens(150),
                    due: None,
                    why: None,
                };
                office.route_request(&office.ask(BY), route)?;
                if !(is_last && at == 1) {
                    asked.push((request, expert, reply));
                }
            }
        }
        let mut planned = Vec::new();
        for _ in 0..most {
            let company = self.dice.one(&tagged).1;
            let Some(expert) = self.expert(company, Theme::Carriers, office.today(), office)?
            else {
                continue;
            };
            let title = if self.dice.happens(600) { "问诊开方" } else { "首次走访" };
            let plan = PlanVisit {
                company,
                day: office.today().plus_days(4).unwrap_or(office.today()),
                title: title.to_owned(),
                experts: vec![expert],
                checklist: "diagnosis".to_owned(),
                request: None,
                follows: None,
            };
            planned.extend(office.plan_visit(&office.ask(BY), plan)?.number);
        }
        clock.days_ago(days - 4, 15);
        for (request, expert, reply) in asked {
            let (ask, today) = (office.ask(BY), office.today());
            office.reply_request(&ask, request, Some(expert), today, reply.to_owned())?;
            if self.dice.happens(850) {
                let (ask, how) = (office.ask(BY), Closing::Settled);
                office.close_request(&ask, request, how, today, None)?;
            }
        }
        // The last visit of the last month is yet to be recorded.
        let kept = if is_last { planned.len().saturating_sub(1) } else { planned.len() };
        for visit in planned.into_iter().take(kept) {
            self.record(office, visit)?;
            self.followed.push(Followed { visit, month });
        }
        Ok(())
    }

    /// An expert for a company: one who knows the theme if there is one, and need not keep away.
    fn expert(
        &mut self,
        company: Number,
        theme: Theme,
        today: Day,
        office: &Office,
    ) -> anyhow::Result<Option<Number>> {
        let reader = office.reader()?;
        let knows = |fields: &[Theme]| fields.contains(&theme);
        let mut free: Vec<_> =
            self.experts.iter().filter(|(.., away)| !away.contains(&company)).collect();
        if free.iter().any(|(_, fields, _)| knows(fields)) {
            free.retain(|(_, fields, _)| knows(fields));
        }
        if free.is_empty() {
            return Ok(None);
        }
        let expert = self.dice.one(&free).0;
        Ok(reader.expert(expert)?.filter(|row| row.serves(today)).map(|row| row.no))
    }

    fn record(&mut self, office: &Office, visit: Number) -> anyhow::Result<()> {
        let (mut marks, mut findings) = (Vec::new(), Vec::new());
        let list = office::checklist("diagnosis").expect("it is shipped");
        for (_, point) in list.points() {
            let mark = match self.dice.below(100) {
                0..=57 => Mark::Fine,
                58..=79 => Mark::Wanting,
                80..=89 => Mark::NotApplicable,
                _ => Mark::Unseen,
            };
            marks.push((point.id.id.clone(), mark));
            if mark == Mark::Wanting {
                findings.push(Finding {
                    point: point.id.id.clone(),
                    finding: (*self.dice.one(&FOUND)).to_owned(),
                    ..Finding::default()
                });
            }
        }
        let note = Some("企业配合，愿意整改。（虚构）".to_owned());
        let form = VisitForm { visit, happened: office.today(), marks, note, findings };
        office.record_visit(&office.ask(BY), form)?;
        Ok(())
    }

    /// A month after a visit companies say how far they are; two months after it somebody looks.
    fn follow_up(&mut self, office: &Office, month: u32) -> anyhow::Result<()> {
        let today = office.today();
        for one in &self.followed {
            for row in office.reader()?.prescriptions_of(one.visit)? {
                let ask = office.ask(BY);
                match month - one.month {
                    1 if self.dice.happens(700) => {
                        let done = self.dice.happens(650);
                        let how = if done { Pace::Done } else { Pace::Started };
                        office.progress(&ask, row.no, how, today, None)?;
                    }
                    2 | 4 if self.dice.happens(if month < 22 { 880 } else { 500 }) => {
                        if row.state == domain::terms::Cure::Cured {
                            continue;
                        }
                        let cured = self.dice.happens(760);
                        let seen = match cured {
                            true => (Review::Cured, None),
                            false => (Review::Wanting, today.plus_days(45)),
                        };
                        office.review(&ask, row.no, seen, None, today, None)?;
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }
}
