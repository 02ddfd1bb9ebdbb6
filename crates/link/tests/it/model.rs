//! Random conversations with honest and lying logs, against ten lines of model.

use std::collections::HashMap;

use axum::http::StatusCode;
use proptest::prelude::*;

use crate::bench::{History, Log, post, witness};

#[derive(Debug, Clone)]
struct Move {
    old: Old,
    size: u64,
    history: History,
}

#[derive(Debug, Clone, Copy)]
enum Old {
    /// What the witness has: the usual case.
    Right,
    Said(u64),
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let old = prop_oneof![3 => Just(Old::Right), 1 => (0u64..20).prop_map(Old::Said)];
    let history = prop_oneof![2 => Just(History::True), 1 => Just(History::Forged)];
    let one = (old, 0u64..20, history).prop_map(|(old, size, history)| Move { old, size, history });
    proptest::collection::vec(one, 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_witness_is_the_model(moves in moves()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(play(moves))?;
    }
}

async fn play(moves: Vec<Move>) -> Result<(), TestCaseError> {
    let (_folder, witness) = witness();
    let log = Log::new("log.example/model");
    witness.add_log(log.origin(), &log.key.verifier()).unwrap();
    let mut latest = (0, History::True);
    let mut roots = HashMap::new();
    for Move { old, size, history } in moves {
        let old = match old {
            Old::Right => latest.0,
            Old::Said(old) => old,
        };
        let same_past = history == latest.1 || latest.0 <= log.fork;
        let expected = if old > size {
            400
        } else if old != latest.0 {
            409
        } else if same_past {
            200
        } else {
            422
        };
        let (status, ..) = post(&witness, log.request(old, size, history).to_string()).await;
        prop_assert_eq!(status.as_u16(), expected, "{} to {} {:?}", old, size, history);
        if status == StatusCode::OK {
            latest = (size, history);
            // The promise: one root for each size, for ever.
            let root = log.checkpoint(size, history).root;
            prop_assert_eq!(*roots.entry(size).or_insert(root), root);
        }
    }
    Ok(())
}
