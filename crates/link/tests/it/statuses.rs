//! `tests/cases/witness.toml` through the router: each status, and what comes with it.

use axum::http::StatusCode;
use ledger::hash::{Hash, empty_root};
use ledger::note::{Note, SigningKey};
use ledger::witness::AddCheckpoint;
use link::{BODY_BYTES_MAX, EvidenceKind, Witness};
use serde::Deserialize;

use crate::bench::{History, Log, NOW_MS, WITNESS, get, post, witness};

const ORIGIN: &str = "log.example/one";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    story: Vec<Story>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    name: String,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    old: Option<String>,
    size: Option<u64>,
    history: Option<String>,
    root: Option<String>,
    proof: Option<String>,
    signed: Option<String>,
    origin: Option<String>,
    body: Option<String>,
    expect: u16,
    says: Option<String>,
}

impl Step {
    fn body(&self) -> String {
        if let Some(body) = &self.body {
            return body.clone();
        }
        let log = Log::new(self.origin.as_deref().unwrap_or(ORIGIN));
        let history = match self.history.as_deref() {
            None | Some("true") => History::True,
            Some("forged") => History::Forged,
            other => panic!("history {other:?}"),
        };
        let size = self.size.unwrap_or(5);
        let claimed = self.old.as_deref().unwrap_or("0");
        let old = claimed.parse().unwrap_or(0);
        let mut request = log.request(old, size, history);
        let mut checkpoint = log.checkpoint(size, history);
        match self.root.as_deref() {
            None | Some("own") => {}
            Some("other") => checkpoint.root = Hash([3; 32]),
            Some("empty") => checkpoint.root = empty_root(),
            other => panic!("root {other:?}"),
        }
        request.note = checkpoint.sign(&log.key);
        let mut extra_line = "";
        match self.proof.as_deref() {
            None | Some("right") => {}
            Some("none") => request.proof.clear(),
            Some("wrong") => match request.proof.first_mut() {
                Some(first) => first.0[0] ^= 1,
                None => request.proof.push(Hash([9; 32])),
            },
            Some("one more") => request.proof.push(Hash([9; 32])),
            Some("63 lines") => request.proof = vec![Hash([9; 32]); 63],
            Some("64 lines") => request.proof = vec![Hash([9; 32]); 64],
            Some("not a hash") => extra_line = "AAAA\n",
            other => panic!("proof {other:?}"),
        }
        self.sign(&log, &mut request.note);
        let text = request.to_string();
        text.replacen(&format!("old {old}\n"), &format!("old {claimed}\n{extra_line}"), 1)
    }

    fn sign(&self, log: &Log, note: &mut Note) {
        let stranger = SigningKey::log(log.origin(), &[77; 32]).unwrap();
        let other_name = SigningKey::log("another.example", &[2; 32]).unwrap();
        let own = note.signatures[0].clone();
        let mut broken = own.clone();
        *broken.bytes.last_mut().unwrap() ^= 1;
        note.signatures = match self.signed.as_deref() {
            None | Some("log") => vec![own],
            Some("broken") => vec![broken],
            Some("stranger") => vec![stranger.sign(&note.text)],
            Some("other name") => vec![other_name.sign(&note.text)],
            Some("log and stranger") => vec![stranger.sign(&note.text), own],
            Some("log twice, once broken") => vec![own, broken],
            Some("nobody") => Vec::new(),
            other => panic!("signed {other:?}"),
        };
    }
}

#[tokio::test]
async fn every_story_as_the_specification_says() {
    let cases: Cases = toml::from_str(include_str!("../cases/witness.toml")).unwrap();
    let mut steps = 0;
    for story in cases.story {
        let (_folder, witness) = followed();
        for (at, step) in story.steps.iter().enumerate() {
            let place = format!("{}, step {}", story.name, at + 1);
            check_step(&witness, step, &place).await;
            steps += 1;
        }
    }
    assert!(steps >= 60, "only {steps} steps were read");
}

async fn check_step(witness: &Witness, step: &Step, place: &str) {
    let before = witness.latest(ORIGIN).unwrap();
    let body = step.body();
    let (status, kind, answer) = post(witness, body.clone()).await;
    let text = String::from_utf8(answer).unwrap();
    assert_eq!(status.as_u16(), step.expect, "{place}: {text}");
    if let Some(says) = &step.says {
        assert_eq!(text, *says, "{place}");
    }
    let after = witness.latest(ORIGIN).unwrap();
    match status {
        StatusCode::OK => {
            // The lines verify under the checkpoint, and the stored one is log's and ours.
            let request = AddCheckpoint::parse(body.as_bytes()).unwrap();
            let cosigned =
                Note::parse(format!("{}\n{text}", request.note.text).as_bytes()).unwrap();
            let verified = cosigned.verify(&[witness.vkey()]).unwrap();
            assert_eq!(verified[0].time, Some((NOW_MS / 1000) as u64), "{place}");
            let stored = Note::parse(after.unwrap().as_bytes()).unwrap();
            assert_eq!(stored.text, request.note.text, "{place}");
            let keys = [witness.vkey(), Log::new(ORIGIN).key.verifier()];
            assert_eq!(stored.verify(&keys).unwrap().len(), 2, "{place}");
            assert_eq!(stored.signatures.len(), 2, "{place}: lines of strangers are dropped");
        }
        StatusCode::CONFLICT => assert_eq!(kind, "text/x.tlog.size", "{place}"),
        _ => assert_eq!(kind, "text/plain; charset=utf-8", "{place}"),
    }
    if status != StatusCode::OK {
        assert_eq!(before, witness.latest(ORIGIN).unwrap(), "{place}: a refusal changes nothing");
    }
}

fn followed() -> (tempfile::TempDir, Witness) {
    let (folder, witness) = witness();
    witness.add_log(ORIGIN, &Log::new(ORIGIN).key.verifier()).unwrap();
    (folder, witness)
}

#[tokio::test]
async fn the_latest_checkpoint_can_be_watched() {
    let (_folder, witness) = followed();
    let log = Log::new(ORIGIN);
    // `printf log.example/one | sha256sum`
    let path = format!("/{}", ledger::witness::checkpoint_path(ORIGIN));
    assert_eq!(get(&witness, &path).await.0, StatusCode::NOT_FOUND, "none yet");
    for (old, size) in [(0, 5), (5, 9)] {
        post(&witness, log.request(old, size, History::True).to_string()).await;
        let (status, kind, body) = get(&witness, &path).await;
        assert_eq!((status, kind.as_str()), (StatusCode::OK, "text/plain; charset=utf-8"));
        let note = Note::parse(&body).unwrap();
        assert_eq!(note.text, log.checkpoint(size, History::True).to_string());
        assert_eq!(note.verify(&[log.key.verifier(), witness.vkey()]).unwrap().len(), 2);
        assert_eq!(witness.latest(ORIGIN).unwrap().unwrap().as_bytes(), body);
    }
    let unknown = format!("/{}/checkpoint", "0".repeat(64));
    for path in [unknown.as_str(), "/checkpoint", "/x/checkpoint", "/%00/checkpoint"] {
        assert_eq!(get(&witness, path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(get(&witness, "/add-checkpoint").await.0, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn bodies_beyond_the_limit_are_not_read() {
    let (_folder, witness) = followed();
    let just = post(&witness, vec![b'x'; BODY_BYTES_MAX]).await;
    assert_eq!(just.0, StatusCode::BAD_REQUEST);
    let over = post(&witness, vec![b'x'; BODY_BYTES_MAX + 1]).await;
    assert_eq!(over.0, StatusCode::PAYLOAD_TOO_LARGE);
    let not_text = post(&witness, vec![0xff; 100]).await;
    assert_eq!(not_text.0, StatusCode::BAD_REQUEST);
}

#[tokio::test(start_paused = true)]
async fn bodies_that_do_not_come_are_given_up() {
    let (_folder, witness) = followed();
    let never = axum::body::Body::new(Never);
    assert_eq!(post(&witness, never).await.0, StatusCode::REQUEST_TIMEOUT);
}

/// A body that never comes.
struct Never;

impl axum::body::HttpBody for Never {
    type Data = axum::body::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Self::Data>, Self::Error>>> {
        std::task::Poll::Pending
    }
}

#[tokio::test]
async fn what_a_log_should_not_have_signed_is_kept() {
    let (_folder, witness) = followed();
    let log = Log::new(ORIGIN);
    post(&witness, log.request(0, 5, History::True).to_string()).await;
    let cosigned = witness.latest(ORIGIN).unwrap();
    assert_eq!(witness.evidence().unwrap(), []);

    let mut fork = log.request(5, 5, History::Forged);
    fork.proof.clear();
    let fork = fork.to_string();
    post(&witness, fork.clone()).await;
    post(&witness, fork.clone()).await;
    let kept = witness.evidence().unwrap();
    assert_eq!(kept.len(), 1, "the same once only");
    assert_eq!((kept[0].kind, kept[0].received_ms), (EvidenceKind::TwoRoots, NOW_MS));
    assert_eq!(kept[0].body, fork.as_bytes());
    assert_eq!(kept[0].latest, cosigned);
    // It can be carried to anyone: two notes, one size, two roots, both signed by the log.
    let one = Note::parse(cosigned.unwrap().as_bytes()).unwrap();
    let other = AddCheckpoint::parse(&kept[0].body).unwrap().note;
    for note in [&one, &other] {
        note.verify(&[log.key.verifier()]).unwrap();
    }
    assert_ne!(one.text, other.text);

    // A flood of other refusals neither grows without bound nor pushes the proof out.
    for size in 6..60 {
        post(&witness, log.request(5, size, History::Forged).to_string()).await;
    }
    let kept = witness.evidence().unwrap();
    let of = |kind| kept.iter().filter(|piece| piece.kind == kind).count();
    assert_eq!((of(EvidenceKind::TwoRoots), of(EvidenceKind::NoGrowth)), (1, 16));
    // What the log did not sign says nothing about the log.
    let mut unsigned = log.request(5, 61, History::Forged);
    unsigned.note.signatures[0].bytes[5] ^= 1;
    post(&witness, unsigned.to_string()).await;
    assert_eq!(witness.evidence().unwrap().len(), 17);
}

#[tokio::test]
async fn many_logs_at_once_each_get_their_own() {
    let (_folder, witness) = witness();
    let logs: Vec<Log> = (0..100).map(|at| Log::new(&format!("log.example/{at}"))).collect();
    for log in &logs {
        witness.add_log(log.origin(), &log.key.verifier()).unwrap();
    }
    let mut asked = tokio::task::JoinSet::new();
    for (at, log) in logs.iter().enumerate() {
        let witness = witness.clone();
        let request = log.request(0, at as u64, History::True);
        asked.spawn(async move { (at, post(&witness, request.to_string()).await) });
    }
    while let Some(done) = asked.join_next().await {
        let (at, (status, _, body)) = done.unwrap();
        assert_eq!(status, StatusCode::OK);
        let text = logs[at].checkpoint(at as u64, History::True).to_string();
        let note = [text.as_bytes(), b"\n", &body].concat();
        Note::parse(&note).unwrap().verify(&[witness.vkey()]).unwrap();
    }
    let sizes: Vec<u64> =
        witness.logs().unwrap().iter().map(|log| log.latest.unwrap().size).collect();
    assert_eq!(sizes.iter().sum::<u64>(), 99 * 100 / 2);
    assert_eq!(witness.vkey().name(), WITNESS);
}
