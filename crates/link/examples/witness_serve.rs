//! Serves a witness on this machine, for other programs to talk to:
//! `cargo run -p link --example witness_serve -- FOLDER ORIGIN VKEY`
//! Makes the witness if FOLDER holds none, follows one log, and prints its address and vkey.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;
use std::str::FromStr as _;
use std::sync::Arc;

use ledger::note::VerifierKey;
use link::{Witness, witness_router};

#[tokio::main]
async fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, origin, vkey] = args.as_slice() else { panic!("FOLDER ORIGIN VKEY") };
    let folder = PathBuf::from(folder);
    let clock: link::Clock =
        Arc::new(|| i64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap());
    let witness = match folder.join("witness.key").exists() {
        true => Witness::open(&folder, clock).unwrap(),
        false => Witness::create(&folder, "witness.example/w1", &[1; 32], clock).unwrap(),
    };
    witness.add_log(origin, &VerifierKey::from_str(vkey).unwrap()).unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap());
    println!("{}", witness.vkey());
    axum::serve(listener, witness_router(witness)).await.unwrap();
}
