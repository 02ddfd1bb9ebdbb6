//! A node in a temporary folder whose clock the test moves, asked without sockets.

use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use domain::terms::{Class, Form, Level, MeasureItem, Relation, Role};
use domain::{Day, Moment, Number};
use office::{
    AgreementForm, Ask, DisclosureForm, MeasureForm, NewNode, Office, PartnerForm, PersonForm,
    SecretForm, Source, World, init,
};
use tower::ServiceExt as _;

pub const PASSPHRASE: &str = "correct horse";
pub const CODE: &str = "code-of-the-terminal";
pub const HOST: &str = "127.0.0.1:8470";

/// What must never be seen unasked: a word in each field that is sealed, and in each carrier.
pub const PLANTED: [&str; 6] = [
    "planted-statement",
    "planted-origin",
    "planted-public",
    "planted-value",
    "planted-carrier",
    "planted-name",
];

/// Long enough to be looked for.
pub const STATEMENT: &str = "planted-statement: the slurry is milled for thirty-six hours, rests, and is fired by curve two";

/// A directory of a station; fictional, of a division that does not exist.
pub const LIST: &str = "\
企业名称,统一社会信用代码,高新技术企业,园区,街道,联系人
岚屿新材料（虚构）,919900000000000018,是,北岭园区,松风街道,黎一舟
磐溪精密（虚构）,91990000000000002B,否,北岭园区,松风街道,
";

/// 2026-11-24 11:19:54 in the node's zone.
const START: i64 = 1_795_490_394_000;

pub struct House {
    pub dir: tempfile::TempDir,
    pub office: Arc<Office>,
    clock: Arc<AtomicI64>,
    app: Router,
    runtime: tokio::runtime::Runtime,
    /// The cookies that the browser would send.
    pub cookie: String,
    pub csrf: String,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn to(&self) -> &str {
        self.header("location")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Body and headers, for looking whether something stands anywhere.
    pub fn all(&self) -> String {
        format!("{:?}\n{}", self.headers, self.text())
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        between(&self.text(), &format!("name=\"{name}\" value=\""), "\"").to_owned()
    }
}

/// What stands between two texts; empty when they are not there.
pub fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let rest = text.split_once(before).map(|(_, rest)| rest).unwrap_or_default();
    rest.split_once(after).map(|(found, _)| found).unwrap_or_default()
}

/// A form that was filled in: path, fields, and the kind of the entry that is newest afterwards.
pub type Filled = (&'static str, &'static [(&'static str, &'static str)], &'static str);

impl House {
    /// A node without entries, started unlocked or locked.
    pub fn new(unlocked: bool) -> Self {
        Self::of(Role::Enterprise, unlocked)
    }

    /// A station with a directory and a service in it, and somebody signed in.
    pub fn station() -> Self {
        let mut house = Self::of(Role::Station, true);
        let office = &house.office;
        let table = office::Table::read(LIST.as_bytes()).expect("it is a table");
        let reader = office.reader().expect("a reader");
        office.import(&office.ask("owner"), &reader, &table).expect("it comes in");
        let form = office::ServiceForm {
            companies: vec![Number::parse("QY-0001").expect("a number")],
            service: domain::terms::Service::Visit,
            happened: office.today(),
            what: "首次走访".into(),
            who: None,
        };
        office.give_service(&office.ask("owner"), form).expect("it is recorded");
        house.enter();
        house
    }

    fn of(role: Role, unlocked: bool) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(AtomicI64::new(START));
        let ticking = clock.clone();
        let clock_of_world = Arc::new(move || Moment(ticking.load(Ordering::Relaxed)));
        let entropy = vault::os_entropy;
        let world = World { clock: clock_of_world, entropy, program: "test" };
        let node = NewNode {
            name: "虚构示例企业".into(),
            role,
            passphrase: PASSPHRASE.into(),
            work: vault::WorkFactor::new(10).expect("ten is allowed"),
            shares: None,
            zone: "+08:00".into(),
            language: "zh-CN".into(),
            listen: HOST.into(),
            program: "test".into(),
        };
        let path = dir.path().join("node");
        init(&path, node, &world).expect("a node is made");
        let office = Arc::new(Office::open(&path, world).expect("the node opens"));
        let key = unlocked.then(|| office.unlock(PASSPHRASE).expect("the passphrase is right"));
        let parts = web::Parts {
            office: office.clone(),
            unlocked: key,
            code: unlocked.then(|| CODE.to_owned()),
            hosts: vec!["node.example".into()],
            fictional: true,
        };
        let app = web::app(parts).expect("the pages open");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime");
        Self { dir, office, clock, app, runtime, cookie: String::new(), csrf: String::new() }
    }

    /// A node with one thing of each kind in it, and somebody signed in.
    pub fn furnished() -> Self {
        let mut house = Self::new(true);
        furnish(&house.office);
        house.swept();
        house.cased();
        house.gone_through();
        house.looked_up();
        house.offered();
        house.worked();
        house.suspected();
        house.enter();
        house
    }

    /// An incident with an exhibit that went through hands, and a comparison laid beside it.
    fn suspected(&self) {
        use domain::incident::Act;
        use office::{HandForm, IncidentForm, PreserveForm};
        let (office, ask) = (&self.office, || self.office.ask("owner"));
        let (day, no) = (
            |text| Day::parse(text).expect("a day"),
            |text| Number::parse(text).expect("a number"),
        );
        let act = Act {
            conduct: domain::terms::Conduct::Breach,
            secrets: vec![no("MD-0001")],
            persons: vec![no("RY-0001")],
            partners: vec![no("HZ-0001")],
            from: day("2026-10-01"),
            until: day("2026-10-09"),
            noticed: day("2026-11-01"),
        };
        let text = Some("见取证记录".to_owned());
        let form = IncidentForm { title: "展会宣传页".into(), act, text, others: None };
        let incident = office.open_incident(&ask(), form).expect("opened").number;
        let incident = incident.expect("a number");
        let bytes = Box::new(std::io::Cursor::new(b"%PDF-1.7".to_vec()));
        let form = PreserveForm {
            incident,
            item: "disclosure_capture".into(),
            source: Some(Source::Upload { name: "page.pdf".into(), bytes }),
            bears: vec![catalog::procedure::Form::Origin],
            dated: Some(day("2026-11-02")),
            happened: day("2026-11-02"),
            origin: Some("展位".into()),
            collector: Some("顾示二".into()),
            method: None,
        };
        office.preserve(&ask(), form).expect("preserved");
        let form = HandForm {
            incident,
            exhibit: 1,
            happened: day("2026-11-03"),
            giver: Some("顾示二".into()),
            taker: Some("档案柜".into()),
            text: None,
        };
        office.hand_exhibit(&ask(), form).expect("handed over");
        let held = office.set_hold(&ask(), vec![no("RY-0001")], Some(incident), "可能起诉".into());
        held.expect("held");
        office.link_incident(&ask(), incident, no("BD-0001"), None).expect("linked");
    }

    /// An inventory of a folder with three proposals.
    fn gone_through(&self) {
        use office::matching::Control;
        use office::matching::inventory::InventoryForm;
        let share = self.dir.path().join("share");
        let files = [
            ("rnd/配比 v1.txt", "岚屿(虚构) 商业秘密 浆料配比 银粉 61.5%，玻璃粉 3.5%，溶剂 35%"),
            ("rnd/配比 v2.txt", "岚屿(虚构) 商业秘密 浆料配比 银粉 60.5%，玻璃粉 4.5%，溶剂 35%"),
            ("sales/list.csv", "单位名称,联系人,手机,成交价"),
            ("机密.txt", "虚构"),
            ("downloads/manual.txt", "用户手册 版权所有"),
        ];
        for (name, text) in files {
            let path = share.join(name);
            std::fs::create_dir_all(path.parent().expect("below")).expect("a folder");
            std::fs::write(path, text).expect("written");
        }
        let unlocked = self.office.unlock(PASSPHRASE).expect("the passphrase is right");
        let form = InventoryForm::new(share);
        let taken = self.office.take_inventory(&form, &unlocked, &Control::default());
        let mut inventory = taken.expect("gone through");
        let ask = self.office.ask("owner");
        self.office.record_inventory(&ask, &mut inventory).expect("recorded");
    }

    /// A folder of notes, recorded as own work.
    fn worked(&self) {
        use office::matching::{Control, WorkForm};
        let notes = self.dir.path().join("notes");
        std::fs::create_dir(&notes).expect("a folder");
        std::fs::write(notes.join("log.txt"), format!("first trial: {STATEMENT}"))
            .expect("written");
        let form = WorkForm {
            paths: vec![notes],
            what: "paste".into(),
            secrets: vec![Number::parse("MD-0001").expect("a number")],
            after: None,
        };
        let unlocked = self.office.unlock(PASSPHRASE).expect("the passphrase is right");
        let mut report =
            self.office.read_work(&form, &unlocked, &Control::default()).expect("read");
        self.office.record_work(&self.office.ask("owner"), &mut report).expect("recorded");
    }

    /// A blind comparison that waits for the other side.
    fn offered(&self) {
        use office::matching::{BlindForm, Body, Control, THEIRS_MAX};
        let unlocked = self.office.unlock(PASSPHRASE).expect("the passphrase is right");
        let text = (0..60).map(|n| format!("第{n}步，{}；", n * n)).collect::<String>();
        let form = BlindForm {
            bodies: vec![Body::Texts(vec![("steps.txt".into(), text.into_bytes())])],
            public: vec![],
            partner: Some(Number::parse("HZ-0001").expect("a number")),
            most: THEIRS_MAX,
        };
        let ask = self.office.ask("owner");
        self.office.offer_blind(&ask, &form, &unlocked, &Control::default()).expect("offered");
    }

    /// A public corpus, and the secret point looked for in it.
    fn looked_up(&self) {
        use office::matching::{Control, CorpusForm, PublicCheckForm};
        let office = &self.office;
        let ask = || office.ask("owner");
        let sort = domain::terms::CorpusSort::Web;
        let page = ("page.html".to_owned(), format!("<p>{STATEMENT}</p>").into_bytes());
        let form = CorpusForm {
            texts: vec![page],
            ..CorpusForm::new("网页(虚构)".into(), sort, Vec::new())
        };
        let built = office.build_corpus(form, &Control::default()).expect("built");
        office.record_corpus(&ask(), built).expect("recorded");
        let unlocked = office.unlock(PASSPHRASE).expect("the passphrase is right");
        let secret = Number::parse("MD-0001").expect("a number");
        let form = PublicCheckForm { secret, day: None, corpora: Vec::new() };
        let mut check =
            office.public_check(&form, &unlocked, &Control::default()).expect("looked up");
        office.record_public_check(&ask(), &mut check).expect("recorded");
    }

    /// A case with a paper in its file and a step.
    fn cased(&self) {
        use office::{CaseForm, ItemForm, Source, StepForm};
        let (office, day) = (&self.office, domain::Day::parse("2026-03-02").expect("a day"));
        let form = CaseForm {
            procedure: "administrative".into(),
            company: None,
            title: "举报".into(),
            source: domain::terms::CaseSource::Own,
            happened: day,
            text: Some("材料见卷内".into()),
        };
        let case = office.open_case(&office.ask("owner"), form).expect("opened").number;
        let case = case.expect("a number");
        let bytes = Box::new(std::io::Cursor::new(b"%PDF-1.7".to_vec()));
        let form = ItemForm {
            case,
            item: "source_record".into(),
            source: Some(Source::Upload { name: "record.pdf".into(), bytes }),
            bears: Vec::new(),
            happened: Some(day),
            why: None,
        };
        office.file_item(&office.ask("owner"), form).expect("filed");
        let form = StepForm {
            case,
            step: "register_clue".into(),
            role: Some("city_officer".into()),
            at: catalog::When::parse("2026-03-02").expect("a moment"),
            planned: None,
            note: Some("材料见卷内".into()),
        };
        office.take_step(&office.ask("owner"), form, words::Lang::Zh).expect("taken");
    }

    /// A sweep that found something, and something with a secret in it that was asked to leave.
    fn swept(&self) {
        use office::matching::{Build, Control, Options, ReleaseForm};
        let office = &self.office;
        let unlocked = office.unlock(PASSPHRASE).expect("the passphrase is right");
        let ask = || office.ask("owner");
        let protected = office.protected(&ask(), &unlocked, &Build::default()).expect("an index");
        let text = ("mail.txt".to_owned(), format!("As said, {STATEMENT}.").into_bytes());
        let options = Options { texts: vec![text], excerpts: true, ..Options::new(Vec::new()) };
        let mut swept = office.sweep(&protected, &options, &Control::default()).expect("swept");
        office.record_sweep(&ask(), &mut swept).expect("recorded");
        let mut clearance =
            office.clear(&protected, &options, &Control::default()).expect("looked at");
        office.ask_release(&ask(), &mut clearance, &ReleaseForm::default()).expect("asked");
        self.compared(&unlocked);
    }

    /// The secret point beside something with it in, and what a person said of that.
    fn compared(&self, unlocked: &vault::Unlocked) {
        use office::matching::{Body, CompareForm, ConclusionForm, Control};
        let office = &self.office;
        let ask = || office.ask("owner");
        let no = |text| Number::parse(text).expect("a number");
        let theirs = ("card.txt".to_owned(), format!("Their card: {STATEMENT}.").into_bytes());
        let form = CompareForm {
            left: Body::Secret(no("MD-0001")),
            right: Body::Texts(vec![theirs]),
            filters: vec![],
            what: None,
            source: None,
            salt: None,
        };
        let made = office.compare(&form, Some(unlocked), &Control::default());
        let mut comparison = made.expect("compared");
        office.record_comparison(&ask(), &mut comparison).expect("recorded");
        let conclusion = ConclusionForm {
            comparison: no("BD-0001"),
            person: no("RY-0001"),
            sameness: domain::terms::Sameness::Same,
            differences: None,
            effects: None,
            why: "planted-reason: word for word".into(),
        };
        office.conclude_comparison(&ask(), conclusion).expect("concluded");
    }

    pub fn wait(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1000, Ordering::Relaxed);
    }

    /// Signs in with the terminal's code.
    pub fn enter(&mut self) {
        let answer = self.get(&format!("/enter?code={CODE}"));
        assert_eq!((answer.status.as_u16(), answer.to()), (303, "/"));
        self.take_cookie(&answer);
    }

    /// Signs in with a passphrase.
    pub fn unlock(&mut self, passphrase: &str) -> Answer {
        let form = format!("passphrase={passphrase}&next=%2Fledger");
        let answer = self.send("/unlock", "application/x-www-form-urlencoded", form.into_bytes());
        if answer.status == StatusCode::SEE_OTHER {
            self.take_cookie(&answer);
        }
        answer
    }

    /// Tries to sign in by an account's name and password; who was signed in here is not any more.
    pub fn try_in(&mut self, name: &str, password: &str) -> Answer {
        self.cookie.clear();
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("name", name).append_pair("passphrase", password);
        self.send("/unlock", "application/x-www-form-urlencoded", form.finish().into_bytes())
    }

    /// Signs in by an account's name and password.
    pub fn sign_in(&mut self, name: &str, password: &str) {
        let answer = self.try_in(name, password);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}: {}", answer.text());
        let cookie = answer.header("set-cookie").to_owned();
        self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        // Every page has the token, also the one that a first sign-in is led to.
        let page = self.get("/account");
        let page = if page.to().is_empty() { page } else { self.get("/account/password") };
        self.csrf = page.hidden("csrf");
        assert_eq!(self.csrf.len(), 32, "{name}");
    }

    /// Signs the owner in again.
    pub fn enter_again(&mut self) {
        self.cookie.clear();
        assert_eq!(self.unlock(PASSPHRASE).status, StatusCode::SEE_OTHER);
    }

    fn take_cookie(&mut self, answer: &Answer) {
        let cookie = answer.header("set-cookie");
        assert!(cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
        self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        self.csrf = self.get("/settings").hidden("csrf");
        assert_eq!(self.csrf.len(), 32);
    }

    pub fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let builder = Request::builder().method(method).uri(path).header(header::HOST, HOST);
        if self.cookie.is_empty() { builder } else { builder.header("cookie", &self.cookie) }
    }

    pub fn ask(&self, request: Request<Body>) -> Answer {
        self.runtime.block_on(async {
            let response = self.app.clone().oneshot(request).await.expect("it always answers");
            let (parts, body) = response.into_parts();
            let body = axum::body::to_bytes(body, 8 << 20).await.expect("a body").to_vec();
            Answer { status: parts.status, headers: parts.headers, body }
        })
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask(self.request("GET", path).body(Body::empty()).expect("a request"))
    }

    fn send(&self, path: &str, media: &str, body: Vec<u8>) -> Answer {
        let request = self.request("POST", path).header("content-type", media);
        let request = request.header("origin", format!("http://{HOST}"));
        self.ask(request.body(body.into()).expect("a request"))
    }

    /// Sends a form with the session's token.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_with(path, &self.csrf, fields)
    }

    pub fn post_with(&self, path: &str, csrf: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("csrf", csrf).extend_pairs(fields);
        self.send(path, "application/x-www-form-urlencoded", form.finish().into_bytes())
    }

    /// Sends a form with files: name of the field, name of the file, content.
    pub fn upload(
        &self,
        path: &str,
        csrf: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let mut body = Vec::new();
        for (name, value) in [("csrf", csrf)].iter().chain(fields) {
            let part = format!(
                "--frontier\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend(part.into_bytes());
        }
        for (name, file, bytes) in files {
            let head = format!(
                "--frontier\r\ncontent-disposition: form-data; name=\"{name}\"; \
                 filename=\"{file}\"\r\ncontent-type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.into_bytes());
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--frontier--\r\n");
        self.send(path, "multipart/form-data; boundary=frontier", body)
    }

    /// Sends forms one after another, each as a browser does, and once more.
    pub fn fill(&self, forms: &[Filled]) {
        for (path, fields, kind) in forms {
            let form = self.get(path);
            assert_eq!(form.status.as_u16(), 200, "{path}");
            let mut sent = vec![("key", form.hidden("key"))];
            sent.extend(fields.iter().map(|(name, value)| (*name, (*value).to_owned())));
            let sent: Vec<(&str, &str)> =
                sent.iter().map(|(name, value)| (*name, &**value)).collect();
            let answer = self.post(path, &sent);
            assert_eq!(answer.status.as_u16(), 303, "{path}: {}", answer.text());
            assert_eq!(self.newest(), *kind, "{path}");
            let shown = self.get(answer.to());
            assert_eq!(shown.status.as_u16(), 200, "{path} leads to {}", answer.to());
            assert!(shown.text().contains("role=\"status\""), "{path} says what was written");
            // A second click writes nothing more.
            let size = self.size();
            self.post(path, &sent);
            assert_eq!(self.size(), size, "{path} twice");
        }
    }

    /// The number of entries.
    pub fn size(&self) -> u64 {
        self.office.reader().and_then(|reader| Ok(reader.chain()?.size)).expect("a ledger")
    }

    /// The ledger's key.
    pub fn log_key(&self) -> String {
        self.office.home().log_vkey().expect("a key").to_string()
    }

    /// The kind of the newest entry.
    pub fn newest(&self) -> &'static str {
        let reader = self.office.reader().expect("a reader");
        let latest = reader.latest(None, 1).expect("entries");
        latest.first().map(|record| record.event.tag()).unwrap_or_default()
    }

    /// Files of the node that hold a text in clear.
    pub fn on_disk(&self, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        look(self.dir.path(), text.as_bytes(), &mut found);
        found
    }
}

fn look(dir: &Path, text: &[u8], found: &mut Vec<String>) {
    for entry in std::fs::read_dir(dir).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            look(&path, text, found);
            continue;
        }
        let mut bytes = Vec::new();
        // A file that was taken away in between holds nothing.
        let _ = std::fs::File::open(&path).and_then(|mut file| file.read_to_end(&mut bytes));
        if bytes.windows(text.len()).any(|window| window == text) {
            found.push(path.display().to_string());
        }
    }
}

/// One thing of each kind: MD-0001, RY-0001, HZ-0001, XY-0001, CS-0001, PL-0001.
fn furnish(office: &Office) {
    let ask = || Ask { by: "owner".into(), key: office.random() };
    let day = |text: &str| Some(Day::parse(text).expect("a day"));
    let number = |text: &str| Number::parse(text).expect("a number");
    let paper = |name: &str| Source::Upload {
        name: name.into(),
        bytes: Box::new(std::io::Cursor::new(b"a signed scan".to_vec())),
    };
    let person = PersonForm {
        name: "沈示一".into(),
        post: Some("工程师".into()),
        department: Some("研发一部".into()),
        joined: day("2020-01-02"),
    };
    office.add_person(&ask(), person).expect("a person");
    let secret = SecretForm {
        title: "浆料配方".into(),
        class: Class::Technical,
        form: Some(Form::Formula),
        level: Level::Core,
        owner: Some(number("RY-0001")),
        department: Some("研发一部".into()),
        review: day("2026-11-20"),
        happened: day("2025-01-02"),
        origin: Some("planted-origin".into()),
        public: Some("planted-public".into()),
        value: Some("planted-value".into()),
        statements: vec![STATEMENT.into()],
        carriers: vec![Source::Upload {
            name: "planted-name.txt".into(),
            bytes: Box::new(std::io::Cursor::new(b"planted-carrier".to_vec())),
        }],
    };
    office.register_secret(&ask(), secret).expect("a secret point");
    let measure = MeasureForm {
        item: MeasureItem::Zone,
        title: "实验室门禁".into(),
        detail: None,
        from: day("2025-01-02"),
        until: None,
        papers: vec![paper("记录.pdf")],
        papers_day: None,
    };
    office.add_measure(&ask(), measure).expect("a measure");
    let (measure, secret) = (number("CS-0001"), number("MD-0001"));
    office.match_measure(&ask(), measure, secret, None, None).expect("a match");
    let period = (day("2025-01-02"), None);
    office.clear_person(&ask(), number("RY-0001"), secret, period, None).expect("a clearance");
    let partner = PartnerForm {
        name: "磐溪精密".into(),
        relation: Relation::Supplier,
        code: None,
        contact: Some("甲某".into()),
    };
    office.add_partner(&ask(), partner).expect("a partner");
    let agreement = AgreementForm {
        partner: number("HZ-0001"),
        title: "保密协议".into(),
        from: day("2026-01-01"),
        until: day("2026-11-30"),
        secrets: None,
        papers: vec![paper("协议.pdf")],
        papers_day: None,
    };
    office.agree(&ask(), agreement).expect("an agreement");
    let disclosure = DisclosureForm {
        secret,
        statements: None,
        carriers: vec![1],
        partner: number("HZ-0001"),
        person: None,
        happened: day("2026-10-01"),
        purpose: "代工试制".into(),
        until: day("2026-11-25"),
        agreement: Some(number("XY-0001")),
        papers: vec![paper("签收.pdf")],
        papers_day: None,
    };
    office.disclose(&ask(), disclosure).expect("a disclosure");
}
