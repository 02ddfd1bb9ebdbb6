//! What happens in the demo. All names, figures and recipes are made up; the recipes make nothing.

use catalog::overseas::Said;
use catalog::procedure::Form as Bears;
use domain::incident::Act;
use domain::terms::{Answer, Class, Conduct, Ending, Form, Level, MeasureItem, Relation};
use domain::{Number, Series};
use office::{
    AgreementForm, AnswerForm, AssessForm, DisclosureForm, ExportForm, HandForm, IncidentForm,
    MeasureForm, Office, PartnerForm, PersonForm, PreserveForm, ReckonForm, RevisionForm,
    SecretForm, Source, Whom,
};
use words::Lang;

use super::{BY, Clock};

/// Tells the story from three years ago until today.
pub fn tell(office: &Office, clock: &Clock) -> anyhow::Result<()> {
    people(office, clock)?;
    first_secrets(office, clock)?;
    measures(office, clock)?;
    access(office, clock)?;
    supplier(office, clock)?;
    year_two(office, clock)?;
    leak(office, clock)
}

fn no(series: Series, count: u32) -> Number {
    Number { series, count }
}

fn md(count: u32) -> Number {
    no(Series::Secret, count)
}

fn ry(count: u32) -> Number {
    no(Series::Person, count)
}

fn cs(count: u32) -> Number {
    no(Series::Measure, count)
}

fn file(name: &str, content: &str) -> Source {
    let bytes = Box::new(std::io::Cursor::new(content.to_owned().into_bytes()));
    Source::Upload { name: name.into(), bytes }
}

fn people(office: &Office, clock: &Clock) -> anyhow::Result<()> {
    clock.days_ago(1_079, 10);
    for (name, post, department, joined) in [
        ("沈示一", "配方工程师", "研发一部", 2_400),
        ("许示六", "中试主管", "研发一部", 1_900),
        ("韩示五", "工艺工程师", "工艺部", 1_700),
        ("顾示二", "商业秘密管理员", "总经办", 2_100),
        ("何示七", "采购经理", "采购部", 1_500),
    ] {
        let form = PersonForm {
            name: name.into(),
            post: Some(post.into()),
            department: Some(department.into()),
            joined: clock.day_before(joined),
        };
        office.add_person(&office.ask(BY), form)?;
    }
    Ok(())
}

fn first_secrets(office: &Office, clock: &Clock) -> anyhow::Result<()> {
    clock.days_ago(1_070, 14);
    let paste = SecretForm {
        title: "浆料配方 C-17".into(),
        class: Class::Technical,
        form: Some(Form::Formula),
        level: Level::Core,
        owner: Some(ry(1)),
        department: Some("研发一部".into()),
        review: clock.day_before(-60),
        happened: clock.day_before(1_130),
        origin: Some(
            "沈示一、许示六 2021 年起在研发一部研发，共 212 次试验，记录在试验本 LY-03 至 LY-09。".into(),
        ),
        public: Some(
            "已剔除：教科书中的端浆一般组成、公开专利中的玻璃粉体系、供应商产品说明书中的载体牌号。".into(),
        ),
        value: Some("研发投入 3,260,000 元（凭证 14 份）；良率较公开方案高 4.1 个百分点。".into()),
        statements: vec![
            "粉体 A 与粉体 B 的质量比为 61.5 : 38.5，其中粉体 A 的中位粒径为 0.83 微米，且先球磨 17 小时后混合。".into(),
            "有机载体按 甲→丙→乙 的次序加入，丙在 43 摄氏度时加入，各步间隔不少于 11 分钟。".into(),
            "以 0.27 % 的助剂 K 代替常用消泡剂，在第二次三辊研磨之后加入。".into(),
        ],
        carriers: vec![
            file("C-17配方表.csv", "组分,质量份,备注\n粉体A,61.5,0.83 µm\n粉体B,38.5,\n载体甲,12.4,先\n载体丙,3.1,43 ℃\n载体乙,6.6,后\n助剂K,0.27,二次研磨后\n"),
            file("C-17工艺卡.md", "# C-17 工艺卡（虚构）\n\n1. 粉体 A 球磨 17 h\n2. 甲→丙→乙\n3. 三辊研磨两次\n4. 加助剂 K\n"),
        ],
    };
    office.register_secret(&office.ask(BY), paste)?;

    clock.days_ago(1_055, 15);
    let curve = SecretForm {
        title: "低温烧结曲线".into(),
        class: Class::Technical,
        form: Some(Form::Process),
        level: Level::Core,
        owner: Some(ry(3)),
        department: Some("工艺部".into()),
        review: clock.day_before(2),
        happened: clock.day_before(1_100),
        origin: Some("工艺部自主试验，炉温记录 B2-021 至 B2-188。".into()),
        public: Some("已剔除：设备厂家手册中的推荐升温速率。".into()),
        value: Some("烧结能耗下降 18 %，按年产量测算每年节约 740,000 元。".into()),
        statements: vec![
            "升温至 612 摄氏度后保持 27 分钟，再以每分钟 1.4 摄氏度升至 688 摄氏度。".into(),
            "保温段通入含水量 0.9 % 的氮气，流量按炉膛温差自动调节，调节表见载体。".into(),
        ],
        carriers: vec![file(
            "烧结曲线与调节表.csv",
            "温度,时间_min,流量_L_min\n25,0,4.0\n612,74,4.0\n612,101,5.5\n688,155,6.2\n",
        )],
    };
    office.register_secret(&office.ask(BY), curve)?;

    clock.days_ago(1_050, 11);
    let quote = SecretForm {
        title: "客户报价模型".into(),
        class: Class::Business,
        form: Some(Form::Customer),
        level: Level::Important,
        owner: Some(ry(4)),
        department: Some("营销中心".into()),
        review: clock.day_before(-180),
        happened: clock.day_before(1_300),
        origin: Some("营销中心根据历年成交与客户特殊要求整理。".into()),
        public: None,
        value: Some("覆盖 37 家长期客户，成交率由此提高。".into()),
        statements: vec![
            "对三类客户分别采用的折扣阶梯与交期系数，以及各客户的特殊验收习惯。".into(),
        ],
        carriers: vec![file(
            "报价模型.csv",
            "客户类别,折扣阶梯,交期系数\n甲,3|5|8,1.00\n乙,2|4|6,1.07\n丙,0|2|3,1.15\n",
        )],
    };
    office.register_secret(&office.ask(BY), quote)?;
    office.vouch(Whom::WitnessesAndAuthorities)?;
    Ok(())
}

fn measures(office: &Office, clock: &Clock) -> anyhow::Result<()> {
    clock.days_ago(1_019, 9);
    let items = [
        (
            MeasureItem::Agreement,
            "研发人员保密协议",
            1_040,
            Some("保密协议签署页.txt"),
            "写明 C-17 与烧结曲线两个密点",
        ),
        (
            MeasureItem::Rules,
            "保密制度与年度培训",
            1_035,
            Some("培训签到.txt"),
            "培训材料逐项列出各密点的名称与责任人",
        ),
        (MeasureItem::Zone, "B2 实验室门禁与访客登记", 1_030, None, "配方与烧结只在 B2 实验室进行"),
        (
            MeasureItem::Marking,
            "文件标注“核心”并加密入库",
            1_025,
            None,
            "载体全部入保险库，副本编号",
        ),
        (MeasureItem::Devices, "研发终端禁用外设与外发", 1_020, None, "载体只能在研发终端打开"),
    ];
    for (at, (item, title, days, paper, why)) in (1..).zip(items) {
        let papers = paper.map(|name| {
            file(name, &format!("{title}（虚构文书）\n签署人：沈示一、许示六、韩示五\n"))
        });
        let form = MeasureForm {
            item,
            title: title.into(),
            detail: None,
            from: clock.day_before(days),
            until: None,
            papers: papers.into_iter().collect(),
            papers_day: clock.day_before(days),
        };
        office.add_measure(&office.ask(BY), form)?;
        office.match_measure(&office.ask(BY), cs(at), md(1), None, Some(why.into()))?;
        if at != 5 {
            office.match_measure(&office.ask(BY), cs(at), md(2), None, Some(why.into()))?;
        }
    }
    office.match_measure(
        &office.ask(BY),
        cs(2),
        md(3),
        None,
        Some("营销中心每年单独培训一次".into()),
    )?;
    Ok(())
}

fn access(office: &Office, clock: &Clock) -> anyhow::Result<()> {
    clock.days_ago(1_018, 16);
    for (person, secret, why) in [
        (1, 1, "配方责任人"),
        (2, 1, "中试复现"),
        (3, 1, "工艺验证"),
        (3, 2, "曲线责任人"),
        (2, 2, "中试复现"),
        (4, 3, "报价审批"),
    ] {
        let days = (clock.day_before(1_018), None);
        office.clear_person(&office.ask(BY), ry(person), md(secret), days, Some(why.into()))?;
    }
    // One of them never signed: the matrix of a day says so.
    for person in [1, 2, 4] {
        let paper = file("保密告知书-已签.txt", "虚构保密告知书：本人知悉所列密点的范围与义务。");
        office.add_papers(&office.ask(BY), ry(person), vec![paper], clock.day_before(1_018))?;
    }
    office.vouch(Whom::WitnessesAndAuthorities)?;
    Ok(())
}

fn supplier(office: &Office, clock: &Clock) -> anyhow::Result<()> {
    clock.days_ago(618, 10);
    for (name, relation) in [
        ("磐溪精密（虚构）", Relation::Supplier),
        ("澄岭大学材料学院（虚构）", Relation::Cooperation),
    ] {
        let form = PartnerForm {
            name: name.into(),
            relation,
            code: None,
            contact: Some("联系人：陆示三".into()),
        };
        office.add_partner(&office.ask(BY), form)?;
    }
    let form = AgreementForm {
        partner: no(Series::Partner, 1),
        title: "代工试制保密协议".into(),
        from: clock.day_before(618),
        until: clock.day_before(-1),
        secrets: Some(vec![md(1)]),
        papers: vec![file(
            "保密协议扫描件.txt",
            "代工试制保密协议（虚构）\n甲方：岚屿新材料\n乙方：磐溪精密\n",
        )],
        papers_day: clock.day_before(618),
    };
    office.agree(&office.ask(BY), form)?;
    clock.days_ago(600, 14);
    let form = DisclosureForm {
        secret: md(1),
        statements: Some(vec![2]),
        carriers: vec![2],
        partner: no(Series::Partner, 1),
        person: Some(ry(5)),
        happened: clock.day_before(600),
        purpose: "代工试制第一批样件".into(),
        until: clock.day_before(-1),
        agreement: Some(no(Series::Agreement, 1)),
        papers: vec![file("签收回执.txt", "签收回执（虚构）：工艺卡一份，副本 03\n")],
        papers_day: clock.day_before(600),
    };
    office.disclose(&office.ask(BY), form)?;
    office.vouch(Whom::WitnessesAndAuthorities)?;
    Ok(())
}

fn year_two(office: &Office, clock: &Clock) -> anyhow::Result<()> {
    clock.days_ago(420, 9);
    let failed = SecretForm {
        title: "中试线失败记录汇编".into(),
        class: Class::Technical,
        form: Some(Form::Data),
        level: Level::Important,
        owner: Some(ry(2)),
        department: Some("研发一部".into()),
        review: clock.day_before(-120),
        happened: clock.day_before(500),
        origin: None,
        public: None,
        value: Some("避免重复试错；阶段性成果同样具有商业价值。".into()),
        statements: vec!["212 次失败试验的参数区间与失效现象的对应关系。".into()],
        carriers: vec![file(
            "失败记录.csv",
            "编号,参数区间,现象\n1,0.70-0.75,开裂\n2,0.92-0.95,起泡\n",
        )],
    };
    office.register_secret(&office.ask(BY), failed)?;

    clock.days_ago(365, 15);
    let narrower = RevisionForm {
        public: Some(
            "除原有部分外，再剔除 2 件新公开专利中的载体加入次序的一般描述。".into(),
        ),
        restate: vec![(
            2,
            "有机载体按 甲→丙→乙 的次序加入，丙在 43 摄氏度时加入，各步间隔 11 至 14 分钟，且丙加入前停止搅拌 90 秒。".into(),
        )],
        review: clock.day_before(-60),
        why: "年度复核：按新公开专利缩小范围".into(),
        ..RevisionForm::default()
    };
    office.revise_secret(&office.ask(BY), md(1), narrower)?;

    clock.days_ago(300, 10);
    let solvent = SecretForm {
        title: "回收溶剂提纯步骤".into(),
        class: Class::Technical,
        form: Some(Form::Method),
        level: Level::General,
        owner: None,
        department: Some("环安部".into()),
        review: clock.day_before(-12),
        happened: clock.day_before(700),
        origin: None,
        public: None,
        value: None,
        statements: vec![],
        carriers: vec![],
    };
    office.register_secret(&office.ask(BY), solvent)?;
    office.level_secret(
        &office.ask(BY),
        md(3),
        Level::Core,
        "客户集中度提高，泄露后难以弥补".into(),
    )?;

    clock.days_ago(200, 11);
    let form = AgreementForm {
        partner: no(Series::Partner, 2),
        title: "联合试验保密条款".into(),
        from: clock.day_before(200),
        until: clock.day_before(-160),
        secrets: None,
        papers: vec![],
        papers_day: None,
    };
    office.agree(&office.ask(BY), form)?;
    let form = DisclosureForm {
        secret: md(2),
        statements: Some(vec![1]),
        carriers: vec![],
        partner: no(Series::Partner, 2),
        person: Some(ry(3)),
        happened: clock.day_before(200),
        purpose: "联合测试样品".into(),
        until: clock.day_before(20),
        agreement: Some(no(Series::Agreement, 2)),
        papers: vec![],
        papers_day: None,
    };
    office.disclose(&office.ask(BY), form)?;
    clock.days_ago(30, 11);
    office.close_disclosure(
        &office.ask(BY),
        no(Series::Disclosure, 2),
        (Ending::Returned, clock.day_before(31)),
        Some("纸质资料当面返还".into()),
        vec![file("返还清单.txt", "返还清单（虚构）\n")],
    )?;
    office.vouch(Whom::WitnessesAndAuthorities)?;
    Ok(())
}

fn leak(office: &Office, clock: &Clock) -> anyhow::Result<()> {
    clock.days_ago(21, 9);
    office.bar_person(
        &office.ask(BY),
        ry(3),
        md(1),
        clock.day_before(21),
        "工艺验证结束，收紧知悉范围".into(),
    )?;
    clock.days_ago(3, 16);
    office.view_secret(
        &office.ask(BY),
        md(1),
        "statements".into(),
        Some("合作方工艺卡疑似含相同内容，核对".into()),
    )?;
    let form = MeasureForm {
        item: MeasureItem::Leavers,
        title: "离职交接与返还清单".into(),
        detail: Some("离岗前逐项返还、清除，并书面提醒继续保密。".into()),
        from: clock.day_before(2),
        until: None,
        papers: vec![],
        papers_day: None,
    };
    clock.days_ago(2, 10);
    office.add_measure(&office.ask(BY), form)?;
    office.match_measure(&office.ask(BY), cs(6), md(1), None, Some("责任人即将离职".into()))?;
    assessed(office)?;
    abroad(office)?;
    incident(office, clock)?;
    office.vouch(Whom::WitnessesAndAuthorities)?;
    clock.days_ago(0, 7);
    Ok(())
}

/// A suspicion against the supplier, with two exhibits and a first count of the loss.
fn incident(office: &Office, clock: &Clock) -> anyhow::Result<()> {
    let day = |days| clock.day_before(days).expect("the demo's days are in the calendar");
    let act = Act {
        conduct: Conduct::Breach,
        secrets: vec![md(1)],
        persons: vec![ry(3)],
        partners: vec![no(Series::Partner, 1)],
        from: day(45),
        until: day(5),
        noticed: day(3),
    };
    let form = IncidentForm {
        title: "合作方工艺卡疑似含 C-17 内容".into(),
        act,
        text: Some("许示六在展会看到磐溪精密的宣传页，所列加料次序与工艺卡相同（虚构）。".into()),
        others: None,
    };
    office.open_incident(&office.ask(BY), form)?;
    let incident = no(Series::Incident, 1);
    for (item, name, words, dated, origin, method) in [
        (
            "disclosure_capture",
            "展会宣传页取证.txt",
            "宣传页文字（虚构）：先甲后丙再乙，丙在 43 摄氏度时加入。",
            Some(3),
            "展位公开发放的宣传页",
            "当场拍摄并封存一份，编号 F-01",
        ),
        (
            "electronic_data",
            "宣传页电子版.txt",
            "宣传页电子版（虚构）",
            Some(3),
            "对方网站公开下载",
            "下载后即存入保险库",
        ),
    ] {
        let form = PreserveForm {
            incident,
            item: item.into(),
            source: Some(file(name, words)),
            bears: vec![Bears::Date, Bears::Origin],
            dated: dated.and_then(|days| clock.day_before(days)),
            happened: day(3),
            origin: Some(origin.into()),
            collector: Some("顾示二".into()),
            method: Some(method.into()),
        };
        office.preserve(&office.ask(BY), form)?;
    }
    let form = HandForm {
        incident,
        exhibit: 1,
        happened: day(2),
        giver: Some("顾示二".into()),
        taker: Some("档案柜 A-3".into()),
        text: Some("封条完好".into()),
    };
    office.hand_exhibit(&office.ask(BY), form)?;
    let shown = Some("工艺卡副本 03 交给了对方".to_owned());
    office.link_incident(&office.ask(BY), incident, no(Series::Disclosure, 1), shown)?;
    let form = ReckonForm {
        case: incident,
        sheet: "criminal".into(),
        method: "value".into(),
        inputs: [("research".to_owned(), "3260000".to_owned())].into(),
        basis: "研发投入凭证 14 份（虚构）".into(),
        relied: true,
    };
    office.reckon(&office.ask(BY), form, Lang::Zh)?;
    Ok(())
}

/// A fair abroad that is planned, and what was answered before material leaves.
fn abroad(office: &Office) -> anyhow::Result<()> {
    let form = AssessForm {
        product: "浆料样品参加慕尼黑展会（虚构）".into(),
        markets: vec!["de".into(), "us".into()],
        answers: ["counterparty:customer", "plan:exhibit", "goes:sample", "holder:own"]
            .map(str::to_owned)
            .into(),
    };
    office.assess_overseas(&office.ask(BY), form)?;
    let gates = ["personal", "important", "technology", "state"];
    let no = |question: &str| (question.to_owned(), "no".to_owned());
    let said = gates.into_iter().map(no).chain([("authority".to_owned(), "unclear".to_owned())]);
    let said = said.map(|(question, choice)| Said { question, choice, proof: None });
    let (secrets, to) = (vec![md(1)], "境外客户，经当地律师（虚构）".to_owned());
    office.answer_export(&office.ask(BY), ExportForm { secrets, to, said: said.collect() })?;
    Ok(())
}

/// What people say of some controls, and a gap that is somebody's.
fn assessed(office: &Office) -> anyhow::Result<()> {
    for (control, verdict, paper, why) in [
        ("lead", Answer::Met, Some("任命书（虚构）.txt"), None),
        ("rules", Answer::Met, Some("保密制度（虚构）.txt"), None),
        ("keeper", Answer::Met, Some("密管员任命（虚构）.txt"), None),
        ("visitors", Answer::Unmet, None, Some("登记本在门卫，没有陪同记录")),
        ("cross-border", Answer::Exempt, None, Some("目前没有境外业务，参展前先做预判")),
    ] {
        let form = AnswerForm {
            control: control.into(),
            verdict,
            from: None,
            until: None,
            secrets: None,
            person: Some(ry(4)),
            why: why.map(str::to_owned),
            papers: paper.map(|name| file(name, "虚构的佐证材料\n")).into_iter().collect(),
            papers_day: None,
        };
        office.answer_control(&office.ask(BY), form)?;
    }
    let due = office.today().plus_days(9);
    let why = Some("补签保密协议，签署件存档".to_owned());
    office.assign_control(&office.ask(BY), "signed", (Some(ry(4)), due), why)?;
    Ok(())
}
