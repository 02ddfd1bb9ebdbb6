//! All tests.

use crate::Options;
use crate::shell::{Outcome, answers, cargo, execute};

/// Unit and integration tests, then the examples in the documentation.
pub fn run(_: &Options) -> Outcome {
    if !answers("cargo-nextest", "--version") {
        return execute(&mut cargo(&["test", "--workspace", "--locked"]));
    }
    execute(&mut cargo(&["nextest", "run", "--workspace", "--locked", "--status-level", "slow"]))?;
    execute(&mut cargo(&["test", "--workspace", "--locked", "--doc", "--quiet"]))
}
