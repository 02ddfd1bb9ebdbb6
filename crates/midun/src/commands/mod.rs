//! One file a noun. Each parses what was typed, asks the office, and says the result.

mod account;
mod activity;
mod assistance;
mod backup;
mod bench;
mod blind;
mod case;
mod clear;
mod cluster;
mod company;
mod compare;
mod control;
mod copy;
mod corpus;
mod custody;
mod deadline;
mod demo;
mod disclose;
mod dossier;
mod exchange;
mod expert;
mod field;
mod fsck;
mod guidance;
mod handbook;
mod incident;
mod index;
mod init;
mod inventory;
mod lineage;
mod matrix;
mod measure;
mod organisation;
mod overseas;
mod partner;
mod person;
mod point;
mod prescription;
mod procedure;
mod programme;
mod public_check;
mod recognition;
mod request;
mod secret;
mod serve;
mod service;
mod standard;
mod sweep;
mod task;
mod template;
mod timeline;
mod vault;
mod verify;
mod visit;
mod warning;
mod witness;
mod work;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::CommandFactory as _;
use domain::{Day, Number, Series};
use office::{Ask, Found, Office, Sort, Source, Trouble};
use serde_json::{Value, json};
use store::Receipt;

use crate::args::{Cli, Clock, Command};
use crate::say::Say;
use crate::world::world;

/// Who is said to act on the command line: whoever may read the service key.
const BY: &str = "owner";
/// So many names of files are listed in a remark.
const NAMES_SHOWN: usize = 5;

/// What all commands share.
pub(crate) struct Desk<'a> {
    dir: Option<PathBuf>,
    passphrase_file: Option<PathBuf>,
    say: &'a Say,
}

/// Does what was asked.
pub fn run(cli: Cli, say: &Say) -> anyhow::Result<ExitCode> {
    let desk = Desk { dir: cli.dir, passphrase_file: cli.passphrase_file, say };
    let Some(command) = cli.command else {
        // A double click in Windows comes without arguments: begin at the beginning.
        if cfg!(windows) {
            return serve::start(&desk);
        }
        crate::help::localized(Cli::command(), say.lang).print_help()?;
        return Ok(ExitCode::SUCCESS);
    };
    match command {
        Command::Init(args) => init::run(&desk, args)?,
        Command::Secret(args) => secret::run(&desk, args)?,
        Command::Person(args) => person::run(&desk, args)?,
        Command::Partner(args) => partner::run(&desk, args)?,
        Command::Measure(args) => measure::run(&desk, args)?,
        Command::Hold(args) => custody::hold(&desk, args)?,
        Command::Disclose(args) => disclose::run(&desk, args)?,
        Command::Copy(args) => copy::run(&desk, args)?,
        Command::Account(args) => account::run(&desk, args)?,
        Command::Company(args) => company::run(&desk, args)?,
        Command::Service(args) => service::run(&desk, args)?,
        Command::Coverage(args) => service::coverage(&desk, &args)?,
        Command::Dashboard(args) => guidance::dashboard(&desk, &args)?,
        Command::Report(args) => guidance::report(&desk, &args)?,
        Command::Exchange(args) => exchange::run(&desk, args)?,
        Command::Task(args) => task::run(&desk, args)?,
        Command::Warning(args) => warning::run(&desk, args)?,
        Command::Organisation(args) => organisation::run(&desk, args)?,
        Command::Procurement(args) => programme::procurement(&desk, args)?,
        Command::Engagement(args) => programme::engagement(&desk, *args)?,
        Command::Assistance(args) => assistance::run(&desk, *args)?,
        Command::Expert(args) => expert::run(&desk, args)?,
        Command::Request(args) => request::run(&desk, args)?,
        Command::Visit(args) => visit::run(&desk, args)?,
        Command::Prescription(args) => prescription::run(&desk, args)?,
        Command::Activity(args) => activity::run(&desk, *args)?,
        Command::Case(args) => return case::run(&desk, args),
        Command::Incident(args) => incident::run(&desk, *args)?,
        Command::Control(args) => control::run(&desk, args)?,
        Command::Recognition(args) => recognition::run(&desk, *args)?,
        Command::Checklist { id } => visit::checklist(&desk, id.as_deref())?,
        Command::Timeline { subject } => timeline::run(&desk, &subject)?,
        Command::Backup(args) => return backup::back_up(&desk, &args),
        Command::Restore(args) => return backup::restore(&desk, &args),
        Command::Matrix(args) => matrix::run(&desk, args)?,
        Command::Witness(args) => witness::run(&desk, args)?,
        Command::Stamp(args) => witness::stamp(&desk, args)?,
        Command::Verify(args) => return verify::run(&desk, args),
        Command::Index(args) => index::run(&desk, args)?,
        Command::Sweep(args) => return sweep::run(&desk, args),
        Command::Clear(args) => return clear::run(&desk, args),
        Command::Compare(args) => return compare::run(&desk, *args),
        Command::Inventory(args) => return inventory::run(&desk, *args),
        Command::Cluster(args) => return cluster::run(&desk, &args),
        Command::Corpus(args) => corpus::run(&desk, args)?,
        Command::PublicCheck(args) => public_check::run(&desk, args)?,
        Command::Work(args) => work::run(&desk, args)?,
        Command::Blind(args) => blind::run(&desk, args)?,
        Command::Fsck { replay } => return fsck::run(&desk, replay),
        Command::Dossier(args) => dossier::run(&desk, args)?,
        Command::Serve(args) => return serve::run(&desk, args),
        Command::Start => return serve::start(&desk),
        Command::Demo(args) => return demo::run(&desk, args),
        Command::Vault(args) => vault::run(&desk, args)?,
        Command::Clock(Clock::Accept { why }) => {
            let office = desk.office()?;
            let receipt = office.accept_clock(&office.ask(BY), why)?;
            desk.done(&receipt);
        }
        Command::Procedure(args) => return procedure::run(&desk, args),
        Command::Deadline(args) => deadline::run(&desk, args)?,
        Command::Standard(args) => return standard::run(&desk, args),
        Command::Handbook(args) => handbook::run(&desk, args)?,
        Command::Overseas(args) => overseas::run(&desk, args)?,
        Command::Template(args) => template::run(&desk, args)?,
        Command::Field { id } => field::run(&desk, id.as_deref())?,
        Command::Bench(args) => bench::run(&desk, args)?,
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "midun", &mut std::io::stdout());
        }
    }
    Ok(ExitCode::SUCCESS)
}

impl Desk<'_> {
    /// The data directory: as said, or the one we stand in.
    fn dir(&self) -> Result<PathBuf, Trouble> {
        match &self.dir {
            Some(dir) => Ok(dir.clone()),
            None if Path::new("midun.toml").exists() => Ok(PathBuf::from(".")),
            None => Err(Trouble::Other("cli-no-dir", vec![], Sort::Refused)),
        }
    }

    fn office(&self) -> Result<Office, Trouble> {
        Office::open(&self.dir()?, world())
    }

    fn unlocked(&self, office: &Office) -> Result<std::sync::Arc<::vault::Unlocked>, Trouble> {
        let given = self.passphrase_file.as_deref();
        office.unlock(&crate::passphrase::existing(given, self.say.lang)?)
    }

    /// Whether the passphrase is at hand, without asking anybody.
    fn has_passphrase(&self) -> bool {
        self.passphrase_file.is_some() || std::env::var_os("MIDUN_PASSPHRASE_FILE").is_some()
    }

    fn ask(&self, office: &Office) -> Ask {
        office.ask(BY)
    }

    /// The files that paths name; folders give all files below them.
    fn sources(&self, paths: &[PathBuf]) -> Result<Vec<Source>, Trouble> {
        let mut sources = Vec::new();
        for path in paths {
            let found = Source::at(path)?;
            self.remark_found(path, &found);
            sources.extend(found.sources);
        }
        Ok(sources)
    }

    /// Says what a folder brings in before any of it is sealed, and what does not come as it is.
    fn remark_found(&self, path: &Path, found: &Found) {
        let path = path.display().to_string();
        let say = |key, count: String, names: &[String]| {
            let mut listed = names.iter().take(NAMES_SHOWN).cloned().collect::<Vec<_>>().join(", ");
            if names.len() > NAMES_SHOWN {
                listed.push('…');
            }
            let args = [("path", path.clone()), ("count", count), ("names", listed)];
            self.say.remark(&self.say.tr(key, &args));
        };
        if let Some(folder) = &found.folder {
            let args = [
                ("path", folder.display().to_string()),
                ("count", found.sources.len().to_string()),
                ("bytes", found.bytes.to_string()),
            ];
            self.say.remark(&self.say.tr("cli-folder-taken", &args));
        }
        if found.links > 0 {
            say("cli-links-left-out", found.links.to_string(), &[]);
        }
        if !found.left_out.is_empty() {
            say("cli-files-left-out", found.left_out.len().to_string(), &found.left_out);
        }
        if !found.renamed.is_empty() {
            say("cli-files-renamed", found.renamed.len().to_string(), &found.renamed);
        }
    }

    /// Says that something was written.
    fn done(&self, receipt: &Receipt) {
        self.say.result(&receipt_json(receipt), || self.receipt_text(receipt));
    }

    fn receipt_text(&self, receipt: &Receipt) -> String {
        let last = receipt.first + receipt.events - 1;
        let leaves = if last == receipt.first {
            receipt.first.to_string()
        } else {
            format!("{}–{last}", receipt.first)
        };
        let key = match receipt.number {
            Some(_) => "cli-written-number",
            None => "cli-written",
        };
        let no = receipt.number.map(|no| no.to_string()).unwrap_or_default();
        format!("{}\n", self.say.tr(key, &[("no", no), ("leaves", leaves)]))
    }
}

fn receipt_json(receipt: &Receipt) -> Value {
    json!({
        "id": receipt.number,
        "leaf": receipt.first,
        "events": receipt.events,
        "size": receipt.size,
        "checkpoint": receipt.checkpoint,
    })
}

/// Why nothing can be served at an address.
fn listen_trouble(listen: String, source: std::io::Error) -> Trouble {
    let key = match source.kind() {
        std::io::ErrorKind::AddrInUse => "cli-listen-taken",
        std::io::ErrorKind::PermissionDenied => "cli-listen-forbidden",
        _ => "cli-listen",
    };
    let args = vec![("listen", listen), ("why", source.to_string())];
    Trouble::Other(key, args, Sort::Conflict)
}

/// A number of a series, as typed.
fn number(text: &str, series: Series) -> Result<Number, Trouble> {
    let number = parsed(text, series)?;
    if number.series == series {
        Ok(number)
    } else {
        Err(domain::Refusal::WrongSeries(number, series).into())
    }
}

fn any_number(text: &str) -> Result<Number, Trouble> {
    parsed(text, Series::Secret)
}

/// A number as typed; what is none is told how one of `series` looks.
fn parsed(text: &str, series: Series) -> Result<Number, Trouble> {
    Number::parse(text).map_err(|_| {
        let like = Number { series, count: 1 }.to_string();
        let args = vec![("text", text.chars().take(40).collect()), ("like", like)];
        Trouble::Other("cli-not-a-number", args, Sort::Refused)
    })
}

fn maybe_number(text: Option<&str>, series: Series) -> Result<Option<Number>, Trouble> {
    text.map(|text| number(text, series)).transpose()
}

fn day(text: Option<&str>) -> Result<Option<Day>, Trouble> {
    let wrong =
        |text: &str| Trouble::Other("cli-not-a-day", vec![("text", text.into())], Sort::Refused);
    text.map(|text| Day::parse(text).map_err(|_| wrong(text))).transpose()
}

/// A term by its word; the words allowed are named when it is none.
fn term<T: Copy>(
    text: &str,
    from: fn(&str) -> Option<T>,
    all: &[T],
    word: fn(T) -> &'static str,
) -> Result<T, Trouble> {
    from(text).ok_or_else(|| {
        let words: Vec<_> = all.iter().map(|&term| word(term)).collect();
        let args = vec![("text", text.chars().take(40).collect()), ("words", words.join(", "))];
        Trouble::Other("cli-not-a-word", args, Sort::Refused)
    })
}

macro_rules! term_of {
    ($term:ident, $text:expr) => {
        crate::commands::term(
            $text,
            domain::terms::$term::from_word,
            domain::terms::$term::ALL,
            domain::terms::$term::word,
        )
    };
}
pub(crate) use term_of;

/// A level; the words of state secrets are refused with their own reason.
fn level(text: &str) -> Result<domain::terms::Level, Trouble> {
    for word in ["绝密", "机密", "秘密"] {
        if text.trim() == word {
            return Err(domain::Refusal::StateSecretWord(word).into());
        }
    }
    let chinese = [("核心", "core"), ("重要", "important"), ("一般", "general")];
    let text = chinese.iter().find(|(zh, _)| *zh == text.trim()).map_or(text, |(_, en)| en);
    term_of!(Level, text)
}

/// Facts as people read them: labels by their keys, and words; blank ones are left out.
fn facts<const N: usize>(desk: &Desk<'_>, facts: [(&str, String); N]) -> String {
    let said = facts.into_iter().filter(|(_, words)| !words.is_empty());
    table(said.map(|(key, words)| vec![desk.say.t(key), words]).collect())
}

fn texts(paths: &[PathBuf]) -> Result<Vec<String>, Trouble> {
    paths.iter().map(|path| Office::read_text(path)).collect()
}

fn maybe_text(path: Option<&Path>) -> Result<Option<String>, Trouble> {
    path.map(Office::read_text).transpose()
}

/// Lines of a table, columns aligned; wide characters count double.
fn table(rows: Vec<Vec<String>>) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(|text| width(text)).max())
        .map(Option::unwrap_or_default)
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, wide) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(wide - width(cell) + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Columns on a terminal: Chinese characters and full-width marks take two.
fn width(text: &str) -> usize {
    let wide = |c: char| {
        matches!(u32::from(c), 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3
            | 0xF900..=0xFAFF | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6
            | 0x20000..=0x3FFFD)
    };
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}
