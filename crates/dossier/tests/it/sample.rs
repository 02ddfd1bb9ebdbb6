//! A fictional company whose log, witnesses and authority are made up here, and what is gathered
//! of it for a dossier. All keys and salts are fixed; all names are invented.

use std::io::Cursor;

use domain::terms::Purpose;
use domain::{Event, Moment, Number};
use dossier::{Anchor, Contents, Draft, Entry, FilePart, Recorded, SelfCheck, Withheld};
use evidence::dossier::{ShownEvent, ShownItem, carrier_path, hex, paper_path};
use evidence::{item, kind};
use ledger::checkpoint::Checkpoint;
use ledger::cosignature::cosign;
use ledger::hash::{Hash, leaf_hash};
use ledger::note::SigningKey;
use ledger::proof::{consistency_proof, inclusion_proof};
use ledger::tile::HashSource;
use ledger::tree::root_of;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use words::Lang;

/// 2026-11-24 08:00 in Beijing.
pub const START: i64 = 1_795_478_400;
pub const DAY: i64 = 86_400;
pub const HOLDER: &str = "示例科技(虚构)有限公司";

/// Words that stand in sealed fields and nowhere else.
pub const STATEMENT: &str = "烧结温度取七百三十一度保温四十分钟";
pub const ORIGIN: &str = "二〇二四年中试线自行摸索所得";
pub const PERSON: &str = "甲乙丙";
pub const ACCOUNT: &str = "zhang-account";
pub const CARRIER: &str = "furnace-curve.csv";
pub const PAPER: &str = "nda-scan.pdf";
pub const CARRIER_BYTES: &[u8] = b"fictional curve: 731 degrees";

/// The hashes of a tree's leaves as the lowest level of tiles.
struct Leaves<'a>(&'a [Hash]);

impl HashSource for Leaves<'_> {
    type Error = std::convert::Infallible;

    fn hashes(&mut self, level: u8, start: u64, count: u16) -> Result<Vec<Hash>, Self::Error> {
        let span = 256_usize.pow(u32::from(level));
        let first = start as usize * span;
        let chunks = self.0[first..].chunks(span).take(usize::from(count));
        Ok(chunks.map(root_of).collect())
    }
}

/// An event of the log, all items known.
struct Written {
    texts: Vec<String>,
    event: Event,
    received: Moment,
    after: Option<String>,
    file: Option<(String, Vec<u8>)>,
}

/// A node with its log.
pub struct Company {
    pub log: SigningKey,
    written: Vec<Written>,
    leaves: Vec<Hash>,
    pub anchors: Vec<Anchor>,
}

pub fn witness() -> SigningKey {
    SigningKey::cosigner("neutral-witness.association.example.org.cn", &[2; 32]).unwrap()
}

pub fn station() -> SigningKey {
    SigningKey::cosigner("station.example/district", &[3; 32]).unwrap()
}

pub fn authority() -> stamp::Authority {
    let from = (START - 30 * DAY) * 1000;
    stamp::Authority::from_seed(&[4; 32], "Example TSA", from, from + 10 * 365 * DAY * 1000)
        .unwrap()
}

pub fn no(text: &str) -> Number {
    Number::parse(text).unwrap()
}

impl Company {
    /// Only leaf 0.
    pub fn new() -> Self {
        let log = SigningKey::log("log.example/a1b2", &[1; 32]).unwrap();
        let fields = json!({"name": HOLDER, "role": "enterprise", "origin": log.name(),
            "log_key": log.verifier().to_string(), "vault_key": "age1example", "shares": "2-of-3",
            "program": "midun 0.1.0", "by": "owner"});
        let mut company =
            Self { log, written: Vec::new(), leaves: Vec::new(), anchors: Vec::new() };
        company.push("node.created", 0, fields);
        company
    }

    pub fn len(&self) -> u64 {
        self.leaves.len() as u64
    }

    /// Appends an event `day` days after the start; fields not given are null.
    pub fn push(&mut self, tag: &str, day: i64, fields: Value) -> u64 {
        let index = self.len();
        let kind = kind::kind(tag).unwrap();
        let Value::Object(mut fields) = fields else { unreachable!() };
        fields.entry("by").or_insert_with(|| ACCOUNT.into());
        let received = Moment((START + day * DAY + index as i64) * 1000);
        let after = self.anchors.last().map(|one| hex(&Sha256::digest(one.note.as_bytes())));
        let value = |name: &str| match name {
            "kind" => json!(tag),
            "id" => json!(format!("{index:032x}")),
            "received" => json!(received.to_rfc3339()),
            "after" => json!(after),
            name => fields.get(name).cloned().unwrap_or(Value::Null),
        };
        let texts = (0..).zip(kind.all_fields()).map(|(place, field)| {
            let salt: [u8; 32] = Sha256::digest(format!("{index} {place}")).into();
            item::text(salt[..16].try_into().unwrap(), field.name, &value(field.name))
        });
        let texts: Vec<String> = texts.collect();
        let digests: Vec<_> = texts.iter().map(|text| item::digest(text)).collect();
        self.leaves.push(leaf_hash(&item::entry(&digests).unwrap()));
        let event = Event::from_fields(tag, fields).unwrap();
        self.written.push(Written { texts, event, received, after, file: None });
        index
    }

    /// A carrier with its content.
    pub fn carrier(&mut self, day: i64, secret: &str, number: u64, bytes: &[u8]) {
        let digest = hex(&Sha256::digest(bytes));
        let fields = json!({"secret": secret, "no": number, "blob": "b", "size": bytes.len(),
            "sealed": "00", "media": "text/csv", "happened": "2026-10-01T02:00:00Z",
            "name": CARRIER, "digest": {"sha256": digest}});
        self.push("carrier.added", day, fields);
        let path = carrier_path(secret, number, "csv");
        self.written.last_mut().unwrap().file = Some((path, bytes.to_vec()));
    }

    /// A paper with its content.
    pub fn paper(&mut self, day: i64, about: &str, number: u64) {
        let bytes = format!("fictional paper of {about}").into_bytes();
        let digest = hex(&Sha256::digest(&bytes));
        let fields = json!({"about": about, "no": number, "blob": "b", "size": bytes.len(),
            "sealed": "00", "media": "application/pdf", "happened": "2026-11-20", "name": PAPER,
            "digest": {"sha256": digest}});
        self.push("paper.added", day, fields);
        let path = paper_path(about, number, "pdf");
        self.written.last_mut().unwrap().file = Some((path, bytes));
    }

    pub fn note(&self, size: u64, witnesses: &[(&SigningKey, i64)]) -> String {
        let root = root_of(&self.leaves[..size as usize]);
        let checkpoint = Checkpoint::new(self.log.name().to_owned(), size, root);
        let mut note = checkpoint.sign(&self.log);
        for (key, seconds) in witnesses {
            note.signatures.push(cosign(key, &note.text, *seconds as u64));
        }
        note.to_string()
    }

    /// Has all so far seen by witnesses and stamped, at these seconds after the start.
    pub fn anchor(&mut self, witnesses: &[(&SigningKey, i64)], stamps: &[i64]) {
        let size = self.len();
        let at: Vec<_> = witnesses.iter().map(|(key, after)| (*key, START + after)).collect();
        let note = self.note(size, &at);
        let stamps = stamps.iter().map(|after| {
            let request = stamp::request(
                &Sha256::digest(note.as_bytes()).into(),
                7,
                stamp::AskFor::Certificates,
            );
            let reply = authority().answer(&request, (START + after) * 1000, &[9; 16]);
            (reply, authority().chain_pem())
        });
        let stamps = stamps.collect();
        self.anchors.push(Anchor { size, note, stamps });
    }

    /// Adds a witness or the authority to the log.
    pub fn know(&mut self, key: &SigningKey, relation: &str) {
        let fields = json!({"name": key.name(), "key": key.verifier().to_string(),
            "relation": relation});
        self.push("witness.added", 0, fields);
    }

    pub fn know_authority(&mut self, relation: &str) {
        let root = hex(&Sha256::digest(authority().root()));
        let fields = json!({"name": "Example TSA", "url": "https://tsa.example", "roots": [root],
            "relation": relation});
        self.push("authority.added", 0, fields);
    }

    /// Gathers everything, leaving out what is withheld as the format says.
    pub fn contents(&self, withheld: Withheld) -> Contents {
        let entries = (0..).zip(&self.written).map(|(index, written)| Entry {
            shown: ShownEvent { index, items: shown_items(written, withheld) },
            event: written.event.clone(),
            received: written.received,
            after: written.after.clone(),
            erased: Vec::new(),
            file: written.file.as_ref().filter(|_| shows_file(&written.event, withheld)).map(
                |(path, bytes)| FilePart {
                    path: path.clone(),
                    size: bytes.len() as u64,
                    sha256: Sha256::digest(bytes).into(),
                    crc32: crc32fast::hash(bytes),
                },
            ),
        });
        let secrets = self.written.iter().filter_map(|written| match &written.event {
            Event::SecretRegistered(event) => Some(event.no),
            _ => None,
        });
        Contents {
            no: no("JZ-0001"),
            purpose: Purpose::Suit,
            lang: Lang::Zh,
            made: Moment((START + 40 * DAY) * 1000),
            zone_minutes: 480,
            program: "midun 0.1.0".into(),
            secrets: secrets.collect(),
            withheld,
            leaves: self.len(),
            self_check: Some(SelfCheck { entries: self.len(), anchors: 2, problems: vec![] }),
            entries: entries.collect(),
            anchors: self.anchors.clone(),
        }
    }

    /// Records the draft in the log, and packs it.
    pub fn pack(mut self, contents: &Contents, draft: &Draft) -> Vec<u8> {
        let fields = json!({"no": contents.no.to_string(), "purpose": contents.purpose.word(),
            "secrets": contents.secrets, "manifest": draft.manifest_sha256(),
            "withheld": contents.withheld.words(), "by": "owner"});
        let built = self.push("dossier.built", 40, fields);
        let size = self.len();
        let shown = |text: &String| ShownItem::Shown(text.clone());
        let items = self.written[built as usize].texts.iter().map(shown).collect();
        let source = || Leaves(&self.leaves);
        let indices = contents.entries.iter().map(Entry::index).chain([built]);
        let recorded = Recorded {
            built: ShownEvent { index: built, items },
            checkpoint: self.note(size, &[(&witness(), START + 41 * DAY)]),
            inclusion: indices
                .map(|index| (index, inclusion_proof(&mut source(), index, size).unwrap()))
                .collect(),
            consistency: contents
                .anchors
                .iter()
                .map(|anchor| consistency_proof(&mut source(), anchor.size, size).unwrap())
                .collect(),
        };
        let mut open = |path: &str| {
            let files = self.written.iter().filter_map(|written| written.file.as_ref());
            let (_, bytes) = files.into_iter().find(|(found, _)| found == path).unwrap();
            Ok(Box::new(Cursor::new(bytes.clone())) as Box<dyn std::io::Read>)
        };
        draft.write(&recorded, &mut open, Vec::new()).unwrap()
    }
}

fn shows_file(event: &Event, withheld: Withheld) -> bool {
    match event {
        Event::CarrierAdded(_) => !withheld.carriers,
        Event::PaperAdded(event) => {
            let about_person = event.about.series == domain::Series::Person;
            !(withheld.papers || withheld.names && about_person)
        }
        _ => true,
    }
}

fn shown_items(written: &Written, withheld: Withheld) -> Vec<ShownItem> {
    let file_is_shown = shows_file(&written.event, withheld);
    let hides = |name: &str| match name {
        // Leaf 0 has an origin too: the log's name.
        "origin" if matches!(written.event, Event::NodeCreated(_)) => false,
        "text" | "origin" | "public" | "value" => withheld.statements,
        "digest" => !file_is_shown,
        "name" => match written.event {
            Event::PersonAdded(_) => withheld.names,
            Event::PaperAdded(_) => !file_is_shown || withheld.names,
            _ => !file_is_shown,
        },
        "by" => withheld.names,
        _ => false,
    };
    let shown = |text: &String| {
        if hides(&item::parse(text).unwrap().name) {
            ShownItem::Withheld(item::digest(text))
        } else {
            ShownItem::Shown(text.clone())
        }
    };
    written.texts.iter().map(shown).collect()
}

/// Two secret points: one kept with care, one with every gap. Two witnesses and a drill.
pub fn company() -> Company {
    let mut company = Company::new();
    company.know(&witness(), "independent");
    company.know(&station(), "station");
    company.know_authority("drill");
    company.push(
        "person.added",
        0,
        json!({"no": "RY-0001", "name": PERSON, "post": "工艺工程师", "department": "中试车间",
            "joined": "2024-03-01"}),
    );
    careful(&mut company);
    company.anchor(&[(&witness(), 600), (&station(), 500)], &[700]);
    careless(&mut company);
    company.anchor(&[(&station(), 30 * DAY)], &[]);
    company
}

/// One secret point with one statement and a carrier, seen twice, for tests that take long.
pub fn small_company() -> Company {
    let mut company = Company::new();
    company.know(&witness(), "independent");
    company.know_authority("drill");
    let fields = json!({"no": "MD-0001", "title": "曲线", "class": "technical", "level": "core"});
    company.push("secret.registered", 0, fields);
    company.anchor(&[(&witness(), 600)], &[700]);
    let fields = json!({"secret": "MD-0001", "no": 1, "edition": 1, "text": STATEMENT});
    company.push("secret.stated", 0, fields);
    company.carrier(0, "MD-0001", 1, CARRIER_BYTES);
    company.anchor(&[(&witness(), 900)], &[]);
    company
}

/// A secret point with measures, agreement, receipt and papers, all recorded before.
fn careful(company: &mut Company) {
    company.push(
        "secret.registered",
        0,
        json!({"no": "MD-0001", "title": "烧结曲线 <虚构>", "class": "technical",
            "form": "process", "level": "core", "owner": "RY-0001", "department": "中试车间",
            "happened": "2026-10-01", "origin": ORIGIN, "public": "炉型公知，升温段不同",
            "value": "合格率提高三成"}),
    );
    for number in 1..=2 {
        company.push(
            "secret.stated",
            0,
            json!({"secret": "MD-0001", "no": number, "edition": 1,
                "text": format!("{STATEMENT}，第{number}段")}),
        );
    }
    company.carrier(0, "MD-0001", 1, CARRIER_BYTES);
    for (number, item, title) in [(1, "agreement", "员工保密协议"), (2, "zone", "中试车间门禁")]
    {
        let measure = format!("CS-{number:04}");
        let fields = json!({"no": measure, "item": item, "title": title, "detail": "虚构的说明",
            "from": "2025-01-01"});
        company.push("measure.added", 0, fields);
        company.paper(0, &measure, 1);
        let fields = json!({"measure": measure, "secret": "MD-0001", "why": "覆盖全部接触人员"});
        company.push("measure.matched", 0, fields);
    }
    let fields = json!({"person": "RY-0001", "secret": "MD-0001", "from": "2026-10-01",
        "why": "中试负责人"});
    company.push("person.cleared", 0, fields);
    company.paper(0, "RY-0001", 1);
    let fields = json!({"no": "HZ-0001", "name": "虚构炉业有限公司", "relation": "supplier"});
    company.push("partner.added", 0, fields);
    let fields = json!({"no": "XY-0001", "partner": "HZ-0001", "title": "保密协议",
        "from": "2026-01-01", "until": "2027-12-31", "secrets": ["MD-0001"]});
    company.push("partner.agreed", 0, fields);
    company.paper(0, "XY-0001", 1);
    let fields = json!({"no": "PL-0001", "secret": "MD-0001", "statements": [1], "carriers": [1],
        "partner": "HZ-0001", "person": "RY-0001", "happened": "2026-11-24", "purpose": "报价",
        "until": "2027-03-01", "agreement": "XY-0001"});
    company.push("disclosure.made", 0, fields);
    company.paper(0, "PL-0001", 1);
}

/// A secret point where things are missing, late or over.
fn careless(company: &mut Company) {
    let fields = json!({"no": "MD-0002", "title": "客户价目", "class": "business",
        "form": "customer", "level": "general"});
    company.push("secret.registered", 10, fields);
    for number in 1..=2 {
        let fields = json!({"secret": "MD-0002", "no": number, "edition": 1, "text": "虚构价目"});
        company.push("secret.stated", 10, fields);
    }
    let fields = json!({"no": "XY-0002", "partner": "HZ-0001", "title": "旧协议",
        "from": "2024-01-01", "until": "2025-12-31"});
    company.push("partner.agreed", 10, fields);
    for (number, happened) in [(2, Some("2026-12-01")), (3, None), (4, Some("2026-12-02"))] {
        let fields = json!({"no": format!("PL-{number:04}"), "secret": "MD-0002", "carriers": [],
            "partner": "HZ-0001", "happened": happened, "purpose": "询价", "until": "2026-12-20"});
        company.push("disclosure.made", 10, fields);
    }
    // Written down only after the disclosures, though said to be in force since before.
    let fields = json!({"no": "CS-0003", "item": "marking", "title": "价目表加密",
        "from": "2026-01-01", "until": "2026-12-25"});
    company.push("measure.added", 20, fields);
    let fields = json!({"measure": "CS-0003", "secret": "MD-0002", "statements": [1]});
    company.push("measure.matched", 20, fields);
    let fields = json!({"no": "XY-0003", "partner": "HZ-0001", "title": "补签协议",
        "from": "2026-12-02", "secrets": ["MD-0002"]});
    company.push("partner.agreed", 20, fields);
    let fields = json!({"person": "RY-0001", "secret": "MD-0002"});
    company.push("person.cleared", 20, fields);
}
