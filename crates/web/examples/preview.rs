//! Serves the pages of a made-up node, to look at them: `cargo run -p web --example preview -- DIR`.
//!
//! Prints the link that signs in. All people, companies and secrets in it are fictional.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use domain::terms::{Class, Form, Level, MeasureItem, Relation, Role};
use domain::{Day, Moment, Number};
use office::{
    AgreementForm, Ask, DisclosureForm, MeasureForm, NewNode, Office, PartnerForm, PersonForm,
    SecretForm, Source, Trouble, World, init,
};

const PASSPHRASE: &str = "preview";

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir: PathBuf = std::env::args().nth(1).ok_or("give a directory")?.into();
    let (clock, entropy) = (Arc::new(now), vault::os_entropy);
    let world = World { clock, entropy, program: "preview" };
    if !dir.join("midun.toml").exists() {
        init(&dir, node(), &world)?;
        fill(&Office::open(&dir, world.clone())?)?;
    }
    let office = Arc::new(Office::open(&dir, world)?);
    office::publish(office.home(), &office.reader()?)?;
    let unlocked = office.unlock(PASSPHRASE)?;
    let code = hex::encode(office.random::<16>());
    let parts = web::Parts {
        office,
        unlocked: Some(unlocked),
        code: Some(code.clone()),
        hosts: Vec::new(),
        fictional: true,
    };
    let app = web::app(parts)?;
    let address: SocketAddr =
        std::env::args().nth(2).as_deref().unwrap_or("127.0.0.1:8090").parse()?;
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("http://{address}/enter?code={code}");
    axum::serve(listener, app).await?;
    Ok(())
}

fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

fn node() -> NewNode {
    NewNode {
        name: "岚屿新材料（虚构）".into(),
        role: Role::Enterprise,
        passphrase: PASSPHRASE.into(),
        work: vault::WorkFactor::new(12).unwrap_or_default(),
        shares: Some((2, 3)),
        zone: "+08:00".into(),
        language: "zh-CN".into(),
        listen: "127.0.0.1:8090".into(),
        program: "preview".into(),
    }
}

/// Fills the node with what a small company might have.
fn fill(office: &Office) -> Result<(), Trouble> {
    let ask = || Ask { by: "owner".into(), key: office.random() };
    let today = office.today();
    let day = |days: i64| today.plus_days(days);
    let number = |receipt: store::Receipt| receipt.number.ok_or(Trouble::UnknownEntry(0));

    let mut people = Vec::new();
    for (name, post, department) in [
        ("沈示一", "首席配方师", "研发一部"),
        ("韩示五", "工艺工程师", "工艺部"),
        ("许示六", "中试负责人", "研发一部"),
        ("何示七", "采购经理", "采购部"),
    ] {
        let form = PersonForm {
            name: name.into(),
            post: Some(post.into()),
            department: Some(department.into()),
            joined: day(-1200),
        };
        people.push(number(office.add_person(&ask(), form)?)?);
    }

    let mut secrets = Vec::new();
    let points: [Point; 7] = [
        (
            "浆料配方 C-17",
            Class::Technical,
            Form::Formula,
            Level::Core,
            "研发一部",
            80,
            &[
                "粉体比例落在虚构区间甲，公开方案均在区间乙。",
                "有机载体先于消泡剂加入，次序与公开方案相反。",
            ],
        ),
        (
            "低温烧结曲线",
            Class::Technical,
            Form::Process,
            Level::Core,
            "工艺部",
            -2,
            &["升温段第二平台的虚构时长。"],
        ),
        (
            "客户报价模型",
            Class::Business,
            Form::Sales,
            Level::Core,
            "营销中心",
            5,
            &["折扣系数按虚构规则随账期变化。"],
        ),
        (
            "供应商评级与底价",
            Class::Business,
            Form::BusinessData,
            Level::Important,
            "采购部",
            200,
            &["评级权重的虚构取值。"],
        ),
        (
            "涂布机张力控制程序",
            Class::Technical,
            Form::Program,
            Level::Important,
            "自动化组",
            150,
            &["张力反馈的虚构滤波方法。"],
        ),
        ("回收溶剂提纯步骤", Class::Technical, Form::Method, Level::General, "环安部", 12, &[]),
        (
            "展会样品展示清单",
            Class::Business,
            Form::Plan,
            Level::General,
            "营销中心",
            300,
            &["哪些样品可见结构须遮挡（虚构）。"],
        ),
    ];
    for (at, (title, class, form, level, department, review, statements)) in
        points.into_iter().enumerate()
    {
        let carriers = match at {
            0 => vec![
                file("配方卡（虚构）.txt", "这是虚构内容。"),
                file("试验记录（虚构）.csv", "a,b\n"),
            ],
            1 | 4 => vec![file("说明（虚构）.pdf", "%PDF-1.4 fictional")],
            _ => vec![],
        };
        let form = SecretForm {
            title: title.into(),
            class,
            form: Some(form),
            level,
            owner: people.get(at % people.len()).copied(),
            department: Some(department.into()),
            review: day(review),
            happened: day(-400),
            origin: (at == 0).then(|| "研发一部 2023 年起试验 212 批（虚构）。".into()),
            public: (at == 0).then(|| "已剔除 11 件专利与 2 篇论文中的内容（虚构）。".into()),
            value: (at < 2).then(|| "研发投入约 326 万元（虚构），良率高于公开方案。".into()),
            statements: statements.iter().map(|text| (*text).to_owned()).collect(),
            carriers,
        };
        secrets.push(number(office.register_secret(&ask(), form)?)?);
    }

    let mut measures = Vec::new();
    for (item, title) in [
        (MeasureItem::Agreement, "全员保密协议"),
        (MeasureItem::Rules, "保密制度与年度培训"),
        (MeasureItem::Zone, "B2 实验室门禁与访客登记"),
        (MeasureItem::Marking, "载体加密与密级标注"),
        (MeasureItem::Devices, "禁外发策略"),
    ] {
        let papers = match item {
            MeasureItem::Zone => vec![],
            _ => vec![file("佐证（虚构）.pdf", "%PDF-1.4 fictional")],
        };
        let form = MeasureForm {
            item,
            title: title.into(),
            detail: Some("每季度检查一次（虚构）。".into()),
            from: day(-500),
            until: None,
            papers,
            papers_day: day(-30),
        };
        measures.push(number(office.add_measure(&ask(), form)?)?);
    }
    for &measure in &measures {
        let why = Some("原件只在该范围内存放与使用（虚构）。".to_owned());
        office.match_measure(&ask(), measure, secrets[0], None, why)?;
    }
    office.match_measure(&ask(), measures[0], secrets[1], Some(vec![1]), None)?;
    office.match_measure(&ask(), measures[0], secrets[4], None, None)?;

    for (person, why) in [(0, "责任人"), (1, "工艺验证"), (2, "中试")] {
        let period = (day(-300), day(120));
        office.clear_person(&ask(), people[person], secrets[0], period, Some(why.into()))?;
    }
    office.bar_person(&ask(), people[2], secrets[0], day(-1), "转岗".into())?;

    let partner = PartnerForm {
        name: "磐溪精密（虚构）".into(),
        relation: Relation::Supplier,
        code: Some("91330000FICTIONAL0".into()),
        contact: Some("甲某".into()),
    };
    let partner = number(office.add_partner(&ask(), partner)?)?;
    let agreement = AgreementForm {
        partner,
        title: "保密协议（虚构）".into(),
        from: day(-200),
        until: day(1),
        secrets: Some(vec![secrets[0]]),
        papers: vec![file("协议（虚构）.pdf", "%PDF-1.4 fictional")],
        papers_day: day(-200),
    };
    let agreement = number(office.agree(&ask(), agreement)?)?;
    disclose(office, secrets[0], partner, Some(agreement), people[0], day(-110), day(1))?;
    disclose(office, secrets[1], partner, None, people[1], day(-20), day(40))?;
    Ok(())
}

fn disclose(
    office: &Office,
    secret: Number,
    partner: Number,
    agreement: Option<Number>,
    person: Number,
    happened: Option<Day>,
    until: Option<Day>,
) -> Result<(), Trouble> {
    let form = DisclosureForm {
        secret,
        statements: Some(vec![1]),
        carriers: vec![1],
        partner,
        person: Some(person),
        happened,
        purpose: "代工试制（虚构）".into(),
        until,
        agreement,
        papers: vec![file("签收回执（虚构）.jpg", "not really a picture")],
        papers_day: happened,
    };
    office.disclose(&Ask { by: "owner".into(), key: office.random() }, form)?;
    Ok(())
}

fn file(name: &str, text: &str) -> Source {
    let bytes = Box::new(std::io::Cursor::new(text.to_owned().into_bytes()));
    Source::Upload { name: name.into(), bytes }
}

/// Title, class, form, level, department, days until its review, statements.
type Point<'a> = (&'a str, Class, Form, Level, &'a str, i64, &'a [&'a str]);
