//! All tests.

use crate::Options;
use crate::shell::{Outcome, cargo, execute};

/// Unit and integration tests and the examples in the documentation: the README's test command.
pub fn run(_: &Options) -> Outcome {
    execute(&mut cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]))
}
