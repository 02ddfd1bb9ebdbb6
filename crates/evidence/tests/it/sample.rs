//! A small node whose log, witnesses and authority are made up here, and dossiers of it. All keys
//! and salts are fixed; names are fictional.

use std::collections::BTreeSet;

use evidence::dossier::{
    AnchorParts, Content, Events, FORMAT, File, Manifest, Package, ShownEvent, ShownItem,
    StampParts, carrier_path, hex, paper_path,
};
use evidence::item;
use evidence::kind;
use ledger::checkpoint::Checkpoint;
use ledger::cosignature::cosign;
use ledger::hash::{Hash, leaf_hash};
use ledger::note::SigningKey;
use ledger::proof::{consistency_proof, inclusion_proof};
use ledger::tile::HashSource;
use ledger::tlog_proof::TlogProof;
use ledger::tree::root_of;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// 2026-11-24T00:00:00Z in seconds.
pub const START: i64 = 1_795_478_400;

/// A log with its events, all items known.
pub struct Node {
    pub key: SigningKey,
    pub events: Vec<Vec<String>>,
    leaves: Vec<Hash>,
}

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

pub fn witness() -> SigningKey {
    SigningKey::cosigner("witness.example/neutral", &[2; 32]).unwrap()
}

pub fn own_witness() -> SigningKey {
    SigningKey::cosigner("witness.example/own", &[3; 32]).unwrap()
}

pub fn authority() -> stamp::Authority {
    let from = (START - 86_400) * 1000;
    stamp::Authority::from_seed(&[4; 32], "Example TSA", from, from + 10 * 365 * 86_400_000)
        .unwrap()
}

pub fn moment(seconds: i64) -> String {
    let (day, rest) = ((seconds - START) / 86_400, (seconds - START) % 86_400);
    let clock = format!("{:02}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60);
    format!("2026-11-{:02}T{clock}.000Z", 24 + day)
}

impl Node {
    pub fn new() -> Self {
        Self::with_key(SigningKey::log("log.example/a1b2", &[1; 32]).unwrap())
    }

    pub fn with_key(key: SigningKey) -> Self {
        Self { key, events: Vec::new(), leaves: Vec::new() }
    }

    pub fn len(&self) -> u64 {
        self.events.len() as u64
    }

    /// Appends an event; fields not given are null.
    pub fn push(&mut self, tag: &str, received: i64, after: Option<&[u8]>, fields: Value) -> u64 {
        let index = self.len();
        let kind = kind::kind(tag).unwrap();
        let known = |name: &str| match name {
            "kind" => json!(tag),
            "id" => json!(format!("{index:032x}")),
            "received" => json!(moment(received)),
            "after" => json!(after.map(|note| hex(&Sha256::digest(note)))),
            "by" => json!("owner"),
            name => fields.get(name).cloned().unwrap_or(Value::Null),
        };
        let texts = (0..).zip(kind.all_fields()).map(|(place, field)| {
            let salt: [u8; 32] = Sha256::digest(format!("{index} {place}")).into();
            item::text(salt[..16].try_into().unwrap(), field.name, &known(field.name))
        });
        let texts: Vec<String> = texts.collect();
        self.push_texts(texts)
    }

    /// Appends an event with any items.
    pub fn push_texts(&mut self, texts: Vec<String>) -> u64 {
        let digests: Vec<_> = texts.iter().map(|text| item::digest(text)).collect();
        self.leaves.push(leaf_hash(&item::entry(&digests).unwrap()));
        self.events.push(texts);
        self.len() - 1
    }

    pub fn checkpoint(&self, size: u64) -> Checkpoint {
        let root = root_of(&self.leaves[..size as usize]);
        Checkpoint::new(self.key.name().to_owned(), size, root)
    }

    /// A checkpoint's note, cosigned by these witnesses at these times.
    pub fn note(&self, size: u64, witnesses: &[(&SigningKey, i64)]) -> Vec<u8> {
        let mut note = self.checkpoint(size).sign(&self.key);
        for (key, time) in witnesses {
            note.signatures.push(cosign(key, &note.text, *time as u64));
        }
        note.to_string().into_bytes()
    }

    pub fn inclusion(&self, index: u64, size: u64) -> Vec<Hash> {
        inclusion_proof(&mut Leaves(&self.leaves), index, size).unwrap()
    }

    pub fn consistency(&self, old: u64, new: u64) -> Vec<Hash> {
        consistency_proof(&mut Leaves(&self.leaves[..new as usize]), old, new).unwrap()
    }

    /// An event as a dossier shows it, with these fields withheld.
    pub fn shown(&self, index: u64, withheld: &[&str]) -> ShownEvent {
        let items = self.events[index as usize].iter().map(|text| {
            let item = item::parse(text).unwrap();
            if withheld.contains(&&*item.name) {
                ShownItem::Withheld(item::digest(text))
            } else {
                ShownItem::Shown(text.clone())
            }
        });
        ShownEvent { index, items: items.collect() }
    }
}

/// A reply to a request for a time-stamp over these bytes.
pub fn stamp_over(bytes: &[u8], seconds: i64) -> StampParts {
    let request = stamp::request(&Sha256::digest(bytes).into(), 7, stamp::AskFor::Certificates);
    let token = authority().answer(&request, seconds * 1000, &[9; 16]);
    StampParts { token, chain_pem: authority().chain_pem() }
}

/// A bare token over these bytes, as a container of ETSI wants it.
pub fn token_over(bytes: &[u8]) -> Option<Vec<u8>> {
    let reply = stamp_over(bytes, START + 400).token;
    Some(stamp::Token::parse(&reply).unwrap().der().to_vec())
}

/// An earlier checkpoint to put into a dossier.
pub struct Anchor {
    pub size: u64,
    pub note: Vec<u8>,
    pub stamps: Vec<StampParts>,
}

/// A dossier to be made of a node. Tests change it before [`Recipe::build`]: what they change is
/// then signed and sealed like everything else, as by a keeper who lies.
pub struct Recipe {
    pub node: Node,
    pub shown: Events,
    pub files: Vec<(String, Vec<u8>, u64)>,
    pub extras: Vec<(&'static str, Vec<u8>)>,
    pub anchors: Vec<Anchor>,
    pub policy: String,
    pub holder: String,
    pub log: String,
    pub built_at: i64,
    /// Cosignatures under the newest checkpoint.
    pub newest: Vec<(SigningKey, i64)>,
    /// Changes the fields of `dossier.built`.
    pub built: fn(&mut Value),
    /// Stamps the whole.
    pub stamp: fn(&[u8]) -> Option<Vec<u8>>,
}

/// The entries of a dossier but `SHA256SUMS`, to be tampered with.
#[derive(Clone)]
pub struct Entries(pub Vec<(String, Vec<u8>)>);

pub const HOLDER: &str = "示例科技(虚构)有限公司";

/// A node with eight events and a dossier of it: cosigned, stamped, with a carrier and a paper.
pub fn recipe() -> Recipe {
    let carrier = b"fictional drawing".to_vec();
    let paper = b"fictional agreement".to_vec();
    let mut node = Node::new();
    push_start(&mut node);
    let first = node.note(3, &[(&witness(), START + 60), (&own_witness(), START + 50)]);
    let after = Some(&first[..]);
    node.push("secret.registered", START + 100, after, registered());
    node.push("secret.stated", START + 101, after, stated());
    let fields = json!({"secret": "MD-0001", "no": 1, "size": carrier.len(), "media": "text/plain",
        "blob": "b1", "sealed": "00", "name": "drawing.txt",
        "digest": {"sha256": hex(&Sha256::digest(&carrier))}});
    node.push("carrier.added", START + 102, after, fields);
    let fields = json!({"about": "HZ-0001", "no": 2, "size": paper.len(), "media": "text/plain",
        "blob": "b2", "sealed": "00", "name": "nda.txt",
        "digest": {"sha256": hex(&Sha256::digest(&paper))}});
    node.push("paper.added", START + 103, after, fields);
    let second = node.note(7, &[(&witness(), START + 160)]);
    node.push("secret.viewed", START + 200, Some(&second), json!({"secret": "MD-0001"}));

    let shown = vec![
        node.shown(0, &[]),
        node.shown(1, &[]),
        node.shown(2, &[]),
        node.shown(3, &["origin", "public", "value"]),
        node.shown(4, &["text"]),
        node.shown(5, &["name"]),
        node.shown(6, &[]),
    ];
    let log = node.key.verifier().to_string();
    let stamps = vec![stamp_over(&second, START + 170)];
    Recipe {
        node,
        shown: Events::new(shown),
        files: vec![
            (carrier_path("MD-0001", 1, "txt"), carrier, 5),
            (paper_path("HZ-0001", 2, "txt"), paper, 6),
        ],
        extras: vec![("report.html", b"<p>fictional</p>".to_vec())],
        anchors: vec![
            Anchor { size: 3, note: first, stamps: Vec::new() },
            Anchor { size: 7, note: second, stamps },
        ],
        policy: policy(&log),
        holder: HOLDER.to_owned(),
        log,
        built_at: START + 300,
        newest: vec![(witness(), START + 360)],
        built: |_| {},
        stamp: |_| None,
    }
}

/// Leaf 0 and who vouches: what every node starts with.
pub fn push_start(node: &mut Node) {
    let (key, origin) = (node.key.verifier().to_string(), node.key.name().to_owned());
    let fields = json!({"name": HOLDER, "role": "enterprise", "origin": origin, "log_key": key,
        "vault_key": "age1example", "shares": "2-of-3", "program": "midun 0.0.0"});
    node.push("node.created", START, None, fields);
    let fields = json!({"name": witness().name(), "key": witness().verifier().to_string(),
        "relation": "independent"});
    node.push("witness.added", START + 1, None, fields);
    let root = hex(&Sha256::digest(authority().root()));
    let fields = json!({"name": "Example TSA", "url": "https://tsa.example", "roots": [root],
        "relation": "drill"});
    node.push("authority.added", START + 2, None, fields);
}

fn registered() -> Value {
    json!({"no": "MD-0001", "title": "虚构工艺", "class": "technical", "level": "core",
        "origin": "own research", "public": "nothing", "value": "much"})
}

fn stated() -> Value {
    json!({"secret": "MD-0001", "no": 1, "edition": 1, "text": "虚构的密点:温度 731 度"})
}

/// A dossier with three events and nothing else, for tests that try every byte.
pub fn small_recipe() -> Recipe {
    let mut node = Node::new();
    push_start(&mut node);
    let first = node.note(3, &[(&witness(), START + 60)]);
    node.push("secret.stated", START + 101, Some(&first), stated());
    let shown = vec![node.shown(0, &["vault_key", "program"]), node.shown(3, &["text"])];
    let log = node.key.verifier().to_string();
    Recipe {
        shown: Events::new(shown),
        files: Vec::new(),
        extras: Vec::new(),
        anchors: vec![Anchor { size: 3, note: first, stamps: Vec::new() }],
        policy: policy(&log),
        holder: HOLDER.to_owned(),
        log,
        built_at: START + 300,
        newest: vec![(witness(), START + 360)],
        built: |_| {},
        stamp: |_| None,
        node,
    }
}

pub fn policy(log: &str) -> String {
    let witness = witness().verifier();
    let own = own_witness().verifier();
    format!("log {log}\nwitness neutral {witness}\nwitness own {own}\nquorum neutral\n")
}

impl Recipe {
    pub fn manifest(&self) -> Manifest {
        let file = |path: &str, content: &[u8], event| File {
            path: path.to_owned(),
            size: content.len() as u64,
            sha256: Sha256::digest(content).into(),
            event,
        };
        let mut files = vec![
            file("events.json", &self.shown.to_bytes(), None),
            file("policy.txt", self.policy.as_bytes(), None),
        ];
        files.extend(self.extras.iter().map(|(path, content)| file(path, content, None)));
        let of_events = self.files.iter();
        files.extend(of_events.map(|(path, content, event)| file(path, content, Some(*event))));
        Manifest {
            format: FORMAT.to_owned(),
            no: "JZ-0001".to_owned(),
            purpose: "complaint".to_owned(),
            language: "zh-CN".to_owned(),
            holder: self.holder.clone(),
            made: moment(self.built_at),
            program: "midun 0.0.0".to_owned(),
            log: self.log.clone(),
            secrets: vec!["MD-0001".to_owned()],
            withheld: vec!["statements".to_owned()],
            files,
        }
    }

    /// Commits to the manifest in the log, signs, and packs.
    pub fn build(self) -> Vec<u8> {
        self.build_with_manifest(|_| {})
    }

    pub fn build_with_manifest(mut self, change: impl FnOnce(&mut Manifest)) -> Vec<u8> {
        let mut manifest = self.manifest();
        change(&mut manifest);
        let mut fields = json!({
            "no": manifest.no, "purpose": manifest.purpose, "secrets": manifest.secrets,
            "manifest": hex(&Sha256::digest(manifest.to_bytes())), "withheld": manifest.withheld,
        });
        (self.built)(&mut fields);
        let index = self.node.push("dossier.built", self.built_at, None, fields);
        let size = self.node.len();
        let newest: Vec<_> = self.newest.iter().map(|(key, time)| (key, *time)).collect();
        let checkpoint = self.node.note(size, &newest);
        let shown = self.shown.events.iter().map(|event| event.index);
        let indices: BTreeSet<u64> = shown.chain([index]).collect();
        let proofs: Vec<_> = indices
            .into_iter()
            .map(|index| {
                let path = self.node.inclusion(index, size);
                let note = String::from_utf8(checkpoint.clone()).unwrap();
                let proof = TlogProof { extra: None, index, path, checkpoint: note };
                (index, proof.to_string().into_bytes())
            })
            .collect();
        let anchors: Vec<_> = self.anchors.iter().map(|anchor| self.anchor(anchor, size)).collect();
        let package = Package {
            manifest: &manifest,
            built: &self.node.shown(index, &[]),
            events: &self.shown,
            checkpoint: &checkpoint,
            proofs: &proofs,
            anchors: &anchors,
            policy: &self.policy,
        };
        let extras = self.extras.iter().map(|(path, content)| (path.to_string(), content.clone()));
        let files = self.files.iter().map(|(path, content, _)| (path.clone(), content.clone()));
        let contents: Vec<(String, Vec<u8>)> = extras.chain(files).collect();
        let mut content = |file: &File| {
            let (_, bytes) = contents.iter().find(|(path, _)| *path == file.path).unwrap();
            let reader = Box::new(std::io::Cursor::new(bytes.clone()));
            Ok(Content { crc32: crc32fast::hash(bytes), reader })
        };
        package.write(Vec::new(), &mut content, &mut |bytes| (self.stamp)(bytes)).unwrap()
    }

    fn anchor(&self, anchor: &Anchor, size: u64) -> AnchorParts {
        AnchorParts {
            checkpoint: anchor.note.clone(),
            consistency: self.node.consistency(anchor.size, size),
            stamps: anchor.stamps.clone(),
        }
    }
}

impl Entries {
    /// Takes a dossier apart.
    pub fn of(dossier: &[u8]) -> Self {
        use evidence::container::{Answer, Part, Reader};
        let mut entries: Vec<(String, Vec<u8>)> = Vec::new();
        let mut reader = Reader::new();
        let mut sink = |part: Part<'_>| {
            match part {
                Part::Start(entry) => entries.push((entry.path.clone(), Vec::new())),
                Part::Data(bytes) => entries.last_mut().unwrap().1.extend(bytes),
                Part::End { .. } => {}
            }
            Answer::Continue(())
        };
        reader.feed(dossier, &mut sink).unwrap();
        reader.finish().unwrap();
        Self(entries)
    }

    pub fn at(&self, path: &str) -> usize {
        self.0.iter().position(|(found, _)| found == path).unwrap()
    }

    pub fn get(&mut self, path: &str) -> &mut Vec<u8> {
        let at = self.at(path);
        &mut self.0[at].1
    }

    /// Packs them as they are, in their order.
    pub fn pack(&self) -> Vec<u8> {
        let mut writer = evidence::container::Writer::new(Vec::new());
        self.0.iter().for_each(|(path, bytes)| writer.add_bytes(path, bytes).unwrap());
        writer.finish().unwrap()
    }

    /// Packs them with checksums that fit: what an attacker without the log's key can do.
    pub fn reseal(&mut self) -> Vec<u8> {
        let hashed = self.0.iter().filter(|(path, _)| path != "mimetype" && path != "SHA256SUMS");
        let lines =
            hashed.map(|(path, bytes)| format!("{}  {path}\n", hex(&Sha256::digest(bytes))));
        let sums: String = lines.collect();
        *self.get("SHA256SUMS") = sums.into_bytes();
        self.pack()
    }
}
