//! The checks against Go and witness-log, which fetch their tools: only when `MIDUN_INTEROP` is set.

use std::process::Command;

#[test]
fn others_agree() {
    if std::env::var_os("MIDUN_INTEROP").is_none() {
        return;
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/interop/run.sh");
    assert!(Command::new(script).status().unwrap().success());
}
