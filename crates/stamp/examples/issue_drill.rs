//! Issues one drill token into a folder, for other programs to check:
//! `cargo run -p stamp --features issue --example issue_drill -- FOLDER UNIX_SECONDS`
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use sha2::Digest as _;
use stamp::{AskFor, Authority, certificates_to_pem, request};

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(args.next().expect("usage: issue_drill FOLDER UNIX_SECONDS"));
    let now_ms = args.next().and_then(|text| text.parse::<i64>().ok()).unwrap_or(0) * 1000;
    let data = b"fictional data\n";
    let year_ms = 365 * 86_400_000;
    let authority =
        Authority::from_seed(&[1; 32], "interop", now_ms - 60_000, now_ms + year_ms).unwrap();
    let query = request(&sha2::Sha256::digest(data).into(), 42, AskFor::Certificates);
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).unwrap();
    write("data", data);
    write("reply.tsr", &authority.answer(&query, now_ms, &[2; 16]));
    write("root.pem", certificates_to_pem(&[authority.root().to_vec()]).as_bytes());
}
