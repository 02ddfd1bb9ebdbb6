//! Wishes and the journal they go to, as several tests need them.

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::SystemTime;

use domain::command::{
    AddPartner, CreateNode, Disclose, Envelope, NewKey, Papers, RegisterSecret, Remarks, Stored,
};
use domain::terms::{Class, Form, Level, Relation, Role};
use domain::{Command, Moment, Number};
use ledger::note::SigningKey;
use store::{Config, Wish};

pub(crate) fn log_key() -> SigningKey {
    SigningKey::log("log.example/test", &[5; 32]).unwrap()
}

/// Bytes that no other call gives, also not one in another process: keys must differ.
pub(crate) fn fill(bytes: &mut [u8]) {
    static NEXT: LazyLock<AtomicI64> = LazyLock::new(|| {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        AtomicI64::new(now.as_nanos() as i64)
    });
    for chunk in bytes.chunks_mut(8) {
        let next =
            NEXT.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as i64);
        chunk.copy_from_slice(&next.to_le_bytes()[..chunk.len()]);
    }
}

pub(crate) fn config(dir: &Path, clock: Arc<AtomicI64>) -> Config {
    Config {
        dir: dir.to_owned(),
        origin: "log.example/test".into(),
        log_key: Arc::new(log_key()),
        clock: Arc::new(move || Moment(clock.load(Ordering::Relaxed))),
        entropy: fill,
        zone_minutes: 480,
    }
}

pub(crate) fn clock() -> Arc<AtomicI64> {
    Arc::new(AtomicI64::new(1_795_000_000_000))
}

pub(crate) fn wish(command: Command) -> Wish {
    let mut key = [0; 16];
    fill(&mut key);
    Wish { key, by: "owner".into(), command }
}

pub(crate) fn create() -> Command {
    Command::CreateNode(CreateNode {
        name: "岚屿新材料（虚构）".into(),
        role: Role::Enterprise,
        origin: "log.example/test".into(),
        log_key: log_key().verifier().to_string(),
        vault_key: "age1example".into(),
        shares: "2-of-3".into(),
        program: "test".into(),
    })
}

pub(crate) fn envelope(name: &str) -> Envelope {
    let mut salt = [0; 16];
    fill(&mut salt);
    let text = evidence::item::text(&salt, name, &"sealed".into());
    Envelope {
        key_id: "k".into(),
        digest: evidence::item::digest(&text),
        sealed: text.into_bytes(),
    }
}

pub(crate) fn stored() -> Stored {
    Stored {
        blob: "ab".repeat(32),
        size: 12,
        sealed: "cd".repeat(32),
        media: "text/plain".into(),
        changed: Some("2026-01-02T03:04:05Z".into()),
        name: envelope("name"),
        digest: envelope("digest"),
    }
}

pub(crate) fn secret(title: &str) -> Command {
    let mut id = [0; 16];
    fill(&mut id);
    Command::RegisterSecret(Box::new(RegisterSecret {
        key: NewKey { key_id: format!("{id:02x?}"), sort: "secret", wrapped: vec![1, 2, 3] },
        title: title.into(),
        class: Class::Technical,
        form: Some(Form::Formula),
        level: Level::Core,
        owner: None,
        department: Some("研发一部".into()),
        review: None,
        happened: None,
        remarks: Remarks { public: Some(envelope("public")), ..Remarks::default() },
        statements: vec![envelope("text"), envelope("text")],
        carriers: vec![stored()],
    }))
}

pub(crate) fn no(text: &str) -> Number {
    Number::parse(text).unwrap()
}

pub(crate) fn partner() -> Command {
    Command::AddPartner(AddPartner {
        key: None,
        name: "磐溪精密（虚构）".into(),
        relation: Relation::Supplier,
        code: None,
        contact: None,
    })
}

/// The first secret point, given to the first partner.
pub(crate) fn disclosure(purpose: &str) -> Command {
    Command::Disclose(Disclose {
        secret: no("MD-0001"),
        statements: Some(vec![1, 2]),
        carriers: vec![1],
        partner: no("HZ-0001"),
        person: None,
        happened: None,
        purpose: purpose.into(),
        until: None,
        agreement: None,
        papers: Papers::default(),
    })
}
