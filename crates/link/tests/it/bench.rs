//! What several tests share: a log that can lie, a witness, and calls without a socket.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use ledger::checkpoint::Checkpoint;
use ledger::hash::{Hash, leaf_hash, node_hash};
use ledger::note::{Note, SigningKey};
use ledger::tree::root_of;
use ledger::witness::AddCheckpoint;
use link::{Clock, Witness, witness_router};
use tempfile::TempDir;
use tower::ServiceExt as _;

/// 2026-03-02T07:00:00Z.
pub(crate) const NOW_MS: i64 = 1_772_434_800_000;
pub(crate) const WITNESS: &str = "witness.example/w1";

pub(crate) fn clock() -> Clock {
    Arc::new(|| NOW_MS)
}

pub(crate) fn witness() -> (TempDir, Witness) {
    let folder = TempDir::new().unwrap();
    let witness = Witness::create(folder.path(), WITNESS, &[1; 32], clock()).unwrap();
    (folder, witness)
}

/// A log with a true history and a forged one that leaves it at [`Log::fork`].
pub(crate) struct Log {
    pub(crate) key: SigningKey,
    pub(crate) fork: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum History {
    True,
    Forged,
}

impl Log {
    pub(crate) fn new(origin: &str) -> Self {
        Self { key: SigningKey::log(origin, &[2; 32]).unwrap(), fork: 4 }
    }

    pub(crate) fn origin(&self) -> &str {
        self.key.name()
    }

    fn leaves(&self, size: u64, history: History) -> Vec<Hash> {
        let leaf = |at: u64| match history {
            History::Forged if at >= self.fork => leaf_hash(format!("forged {at}").as_bytes()),
            _ => leaf_hash(format!("true {at}").as_bytes()),
        };
        (0..size).map(leaf).collect()
    }

    pub(crate) fn checkpoint(&self, size: u64, history: History) -> Checkpoint {
        let root = root_of(&self.leaves(size, history));
        Checkpoint::new(self.origin().to_owned(), size, root)
    }

    pub(crate) fn note(&self, size: u64, history: History) -> Note {
        self.checkpoint(size, history).sign(&self.key)
    }

    /// A request to grow from `old` to `size` within one history.
    pub(crate) fn request(&self, old: u64, size: u64, history: History) -> AddCheckpoint {
        let proof = if old == 0 || old > size {
            Vec::new()
        } else {
            consistency(&self.leaves(size, history), old as usize, true)
        };
        AddCheckpoint { old, proof, note: self.note(size, history) }
    }
}

/// RFC 6962 §2.1.2, word for word: `SUBPROOF(m, D, b)`.
pub(crate) fn consistency(leaves: &[Hash], m: usize, whole: bool) -> Vec<Hash> {
    let n = leaves.len();
    if m == n {
        return if whole { Vec::new() } else { vec![root_of(leaves)] };
    }
    let k = n.next_power_of_two() / 2;
    let (left, right) = leaves.split_at(k);
    let (mut proof, sibling) = if m <= k {
        (consistency(left, m, whole), root_of(right))
    } else {
        (consistency(right, m - k, false), root_of(left))
    };
    proof.push(sibling);
    proof
}

#[test]
fn the_textbook_tree_is_the_ledgers() {
    let leaves: Vec<Hash> = (0..3u8).map(|at| leaf_hash(&[at])).collect();
    let textbook = node_hash(&node_hash(&leaves[0], &leaves[1]), &leaves[2]);
    assert_eq!(root_of(&leaves), textbook);
}

/// Status, content type and body of an answer.
pub(crate) type Reply = (StatusCode, String, Vec<u8>);

pub(crate) async fn call(router: Router, request: Request<Body>) -> Reply {
    let response = router.oneshot(request).await.unwrap();
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE);
    let kind = kind.map_or(String::new(), |value| value.to_str().unwrap().to_owned());
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, kind, body.to_vec())
}

pub(crate) async fn post(witness: &Witness, body: impl Into<Body>) -> Reply {
    let request = Request::post("/add-checkpoint").body(body.into()).unwrap();
    call(witness_router(witness.clone()), request).await
}

pub(crate) async fn get(witness: &Witness, path: &str) -> Reply {
    let request = Request::get(path).body(Body::empty()).unwrap();
    call(witness_router(witness.clone()), request).await
}
