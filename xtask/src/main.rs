//! Chores: what a person runs before a commit, and what CI runs on a fresh clone.
//!
//! No dependencies, so that the first `cargo xtask` takes two seconds.

mod browser;
mod check;
mod cross;
mod edges;
mod shell;
mod suite;
mod tools;
mod wine;
mod words;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use shell::Outcome;

const USAGE: &str = "\
cargo xtask <chore>

  check            format, clippy, licences and bans, which room may use which
  test             all tests: cargo test --workspace
  wasm [--check]   build the verifier for browsers into crates/dossier/assets;
                   with --check: build it again and compare the bytes
  windows          cross-build midun.exe              [--profile dev|release]
  wine             tell midun.exe the stories of crates/midun/tests under Wine
  e2e              walk the demo in a real browser    [--profile dev|release] [--shots DIR]
  words            list translation keys that nothing mentions
  tools            install what all of this needs, then stop
  ci               everything above, with times  [--skip windows,e2e,…]
";

/// One chore of `cargo xtask ci`: its name, and what it does.
type Step = (&'static str, fn(&Options) -> Outcome);

const CI: &[Step] = &[
    ("tools", |_| tools::install(tools::ALL)),
    ("check", check::run),
    ("test", suite::run),
    ("wasm", |_| cross::wasm(cross::Wasm::Compare)),
    // What the browser and Windows must show is that everything runs there, not how fast.
    ("e2e", |options| browser::run(&options.unoptimised())),
    ("windows", |options| cross::windows(&options.unoptimised())),
    ("wine", |options| wine::run(&options.unoptimised())),
];

/// What the command line says beside the chore.
#[derive(Debug, Default, Clone)]
pub struct Options {
    /// `--check`
    pub check: bool,
    /// `--profile NAME`
    pub profile: Option<String>,
    /// `--shots DIR`
    pub shots: Option<String>,
    /// `--skip a,b`
    pub skip: Vec<String>,
}

impl Options {
    /// The same, with the dev profile unless another was asked for.
    fn unoptimised(&self) -> Self {
        let profile = self.profile.clone().or(Some("dev".to_owned()));
        Self { profile, ..self.clone() }
    }
}

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let chore = args.next().unwrap_or_default();
    let outcome = options(args).and_then(|options| match chore.as_str() {
        "check" => check::run(&options),
        "test" => suite::run(&options),
        "wasm" if options.check => cross::wasm(cross::Wasm::Compare),
        "wasm" => cross::wasm(cross::Wasm::Write),
        "windows" => cross::windows(&options),
        "wine" => wine::run(&options),
        "e2e" => browser::run(&options),
        "words" => words::list(),
        "tools" => tools::install(tools::ALL),
        "ci" => ci(&options),
        _ => Err(USAGE.to_owned()),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("{trouble}");
            ExitCode::FAILURE
        }
    }
}

fn options(mut args: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options::default();
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(format!("{arg} needs a value\n\n{USAGE}"));
        match arg.as_str() {
            "--check" => options.check = true,
            "--profile" => options.profile = Some(value()?),
            "--shots" => options.shots = Some(value()?),
            "--skip" => options.skip = value()?.split(',').map(str::to_owned).collect(),
            _ => return Err(format!("unknown option {arg}\n\n{USAGE}")),
        }
    }
    match options.skip.iter().find(|name| CI.iter().all(|(step, _)| step != name)) {
        Some(name) => Err(format!("--skip {name}: there is no such step\n\n{USAGE}")),
        None => Ok(options),
    }
}

/// Runs every step even after one has failed, so that one run tells all there is to mend.
fn ci(options: &Options) -> Outcome {
    let started = Instant::now();
    let mut lines = Vec::new();
    let mut failed = Vec::new();
    for (name, step) in CI {
        if options.skip.iter().any(|skipped| skipped == name) {
            lines.push(format!("{name:10} skipped"));
            continue;
        }
        println!("\n=== {name}");
        let start = Instant::now();
        let outcome = step(options);
        let word = if outcome.is_ok() { "good" } else { "FAILED" };
        lines.push(format!("{name:10} {word:8} {}", clock(start.elapsed())));
        if let Err(trouble) = outcome {
            eprintln!("{trouble}");
            failed.push(*name);
        }
    }
    println!(
        "\n=== times\n{}\n{:10} {:8} {}",
        lines.join("\n"),
        "all",
        "",
        clock(started.elapsed())
    );
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", "))) }
}

fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02} min", seconds / 60, seconds % 60)
}
