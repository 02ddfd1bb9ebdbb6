//! The command line's shape. What each word means is in the translation files.

mod exchange;

use std::path::PathBuf;

pub use exchange::Exchange;

use clap::{Args, Parser, Subcommand};

/// The help of a key, in the user's language.
fn h(key: &str) -> String {
    let arguments: Vec<_> = std::env::args_os().collect();
    words::t(crate::say::language(&arguments), &format!("help-{key}"))
}

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "midun", version, about = h("midun"), after_help = h("midun-after"))]
#[command(propagate_version = true, disable_help_subcommand = true)]
pub struct Cli {
    /// The data directory.
    #[arg(long, global = true, env = "MIDUN_DIR", value_name = "DIR", help = h("dir"))]
    pub dir: Option<PathBuf>,
    /// Results as JSON.
    #[arg(long, global = true, help = h("json"))]
    pub json: bool,
    /// No remarks.
    #[arg(long, short, global = true, help = h("quiet"))]
    pub quiet: bool,
    /// The language.
    #[arg(long, global = true, value_name = "zh|en", help = h("lang"))]
    pub lang: Option<String>,
    /// Where the passphrase is read from.
    #[arg(long, global = true, env = "MIDUN_PASSPHRASE_FILE", value_name = "FILE",
          help = h("passphrase-file"))]
    pub passphrase_file: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(about = h("init"))]
    Init(Init),
    #[command(about = h("secret"), subcommand)]
    Secret(Secret),
    #[command(about = h("person"), subcommand)]
    Person(Person),
    #[command(about = h("partner"), subcommand)]
    Partner(Partner),
    #[command(about = h("measure"), subcommand)]
    Measure(Measure),
    #[command(about = h("disclose"), subcommand)]
    Disclose(Disclose),
    #[command(about = h("copy"), subcommand)]
    Copy(CopyOf),
    #[command(about = h("company"), subcommand)]
    Company(Company),
    #[command(about = h("service"), subcommand)]
    Service(Service),
    #[command(about = h("coverage"))]
    Coverage(Coverage),
    #[command(about = h("exchange"), subcommand)]
    Exchange(Exchange),
    #[command(about = h("expert"), subcommand)]
    Expert(Expert),
    #[command(about = h("request"), subcommand)]
    Request(Request),
    #[command(about = h("visit"), subcommand)]
    Visit(Visit),
    #[command(about = h("prescription"), subcommand)]
    Prescription(Prescription),
    #[command(about = h("checklist"))]
    Checklist {
        #[arg(help = h("visit-checklist"))]
        id: Option<String>,
    },
    #[command(about = h("timeline"))]
    Timeline {
        #[arg(value_name = "SUBJECT", help = h("subject"))]
        subject: String,
    },
    #[command(about = h("witness"), subcommand)]
    Witness(Witness),
    #[command(about = h("stamp"))]
    Stamp(Stamp),
    #[command(about = h("dossier"), subcommand)]
    Dossier(Dossier),
    #[command(about = h("verify"))]
    Verify(Verify),
    #[command(about = h("index"))]
    Index(Index),
    #[command(about = h("sweep"))]
    Sweep(Sweep),
    #[command(about = h("clear"), after_help = h("clear-after"))]
    Clear(Clear),
    #[command(about = h("fsck"))]
    Fsck {
        #[arg(long, help = h("replay"))]
        replay: bool,
    },
    #[command(about = h("serve"))]
    Serve(Serve),
    #[command(about = h("start"))]
    Start,
    #[command(about = h("demo"))]
    Demo(Demo),
    #[command(about = h("vault"), subcommand)]
    Vault(Vault),
    #[command(about = h("clock"), subcommand)]
    Clock(Clock),
    #[command(about = h("procedure"), subcommand)]
    Procedure(Procedures),
    #[command(about = h("deadline"))]
    Deadline(Deadline),
    #[command(about = h("standard"), subcommand)]
    Standard(Standards),
    #[command(about = h("bench"), subcommand)]
    Bench(Bench),
    #[command(about = h("completions"))]
    Completions {
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub struct Init {
    #[arg(long, value_name = "enterprise|station", default_value = "enterprise", help = h("role"))]
    pub role: String,
    #[arg(long, help = h("node-name"))]
    pub name: String,
    #[arg(long, default_value = "2-of-3", value_name = "K-of-N", help = h("shares"))]
    pub shares: String,
    #[arg(long, default_value = "+08:00", help = h("zone"))]
    pub zone: String,
    #[arg(long, default_value = "127.0.0.1:8470", help = h("listen"))]
    pub listen: String,
    #[arg(long, value_name = "LOG2", default_value_t = 18, help = h("kdf-log-n"))]
    pub kdf_log_n: u8,
}

#[derive(Debug, Args)]
pub struct Index {
    #[arg(long, value_name = "PATH", num_args = 1.., help = h("index-public"))]
    pub public: Vec<PathBuf>,
    #[arg(long, conflicts_with = "public", help = h("index-no-public"))]
    pub no_public: bool,
    #[arg(long, help = h("index-wide"))]
    pub wide: bool,
    #[arg(long, conflicts_with = "wide", help = h("index-fine"))]
    pub fine: bool,
    #[arg(long, help = h("index-anew"))]
    pub anew: bool,
    #[arg(long, help = h("index-all"))]
    pub all: bool,
}

#[derive(Debug, Args)]
pub struct Sweep {
    #[arg(required = true, value_name = "PATH", help = h("sweep-path"))]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_name = "ID", num_args = 1.., help = h("sweep-secret"))]
    pub secret: Vec<String>,
    #[arg(long, value_name = "FILE|DIR", help = h("sweep-out"))]
    pub out: Option<PathBuf>,
    #[arg(long, value_name = "TEXT", help = h("sweep-what"))]
    pub what: Option<String>,
    #[arg(long, help = h("sweep-excerpts"))]
    pub excerpts: bool,
}

#[derive(Debug, Args)]
pub struct Clear {
    #[arg(required_unless_present_any = ["approve", "refuse"], value_name = "FILE",
          help = h("clear-file"))]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_name = "TEXT", help = h("clear-what"))]
    pub what: Option<String>,
    #[arg(long, value_name = "TEXT", help = h("clear-to"))]
    pub to: Option<String>,
    #[arg(long, value_name = "FILE|DIR", help = h("sweep-out"))]
    pub out: Option<PathBuf>,
    #[arg(long, help = h("sweep-excerpts"))]
    pub excerpts: bool,
    #[arg(long, help = h("clear-record"))]
    pub record: bool,
    #[arg(long, value_name = "ID", conflicts_with_all = ["paths", "refuse"],
          requires_all = ["person", "why"], help = h("clear-approve"))]
    pub approve: Option<String>,
    #[arg(long, value_name = "ID", conflicts_with = "paths", requires_all = ["person", "why"],
          help = h("clear-refuse"))]
    pub refuse: Option<String>,
    #[arg(long, value_name = "ID", help = h("clear-person"))]
    pub person: Option<String>,
    #[arg(long, value_name = "TEXT", help = h("why"))]
    pub why: Option<String>,
}

/// The properties of a secret point that may also be changed later.
#[derive(Debug, Default, Args)]
pub struct Properties {
    #[arg(long, help = h("form"))]
    pub form: Option<String>,
    #[arg(long, value_name = "RY-…", help = h("owner"))]
    pub owner: Option<String>,
    #[arg(long, help = h("department"))]
    pub department: Option<String>,
    #[arg(long, value_name = "DATE", help = h("review"))]
    pub review: Option<String>,
    #[arg(long, value_name = "DATE", help = h("formed"))]
    pub happened: Option<String>,
    #[arg(long, value_name = "FILE", help = h("origin"))]
    pub origin: Option<PathBuf>,
    #[arg(long, value_name = "FILE", help = h("public"))]
    pub public: Option<PathBuf>,
    #[arg(long, value_name = "FILE", help = h("value"))]
    pub value: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Secret {
    #[command(about = h("secret-add"))]
    Add {
        #[arg(long, help = h("title"))]
        title: String,
        #[arg(long, value_name = "technical|business", help = h("kind"))]
        kind: String,
        #[arg(long, value_name = "core|important|general", help = h("level"))]
        level: String,
        #[arg(long, value_name = "FILE", num_args = 1.., help = h("statement"))]
        statement: Vec<PathBuf>,
        #[arg(long, value_name = "PATH", num_args = 1.., help = h("carrier"))]
        carrier: Vec<PathBuf>,
        #[command(flatten)]
        properties: Box<Properties>,
    },
    #[command(about = h("secret-show"))]
    Show {
        #[arg(value_name = "MD-…", help = h("secret-no"))]
        id: String,
        #[arg(long, help = h("reveal"))]
        reveal: bool,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("secret-list"))]
    List {
        #[arg(long, value_name = "TEXT", help = h("find"))]
        find: Option<String>,
        #[arg(long, value_name = "core|important|general", help = h("level"))]
        level: Option<String>,
    },
    #[command(about = h("secret-revise"))]
    Revise {
        #[arg(value_name = "MD-…", help = h("secret-no"))]
        id: String,
        #[arg(long, help = h("title"))]
        title: Option<String>,
        #[arg(long, value_name = "FILE", num_args = 1.., help = h("statement"))]
        statement: Vec<PathBuf>,
        #[arg(long, value_name = "NO=FILE", help = h("restate"))]
        restate: Vec<String>,
        #[arg(long, value_name = "NO", help = h("unstate"))]
        unstate: Vec<u32>,
        #[arg(long, value_name = "PATH", num_args = 1.., help = h("carrier"))]
        carrier: Vec<PathBuf>,
        #[arg(long, value_name = "NO", help = h("retire"))]
        retire: Vec<u32>,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
        #[command(flatten)]
        properties: Box<Properties>,
    },
    #[command(about = h("secret-level"))]
    Level {
        #[arg(value_name = "MD-…", help = h("secret-no"))]
        id: String,
        #[arg(value_name = "core|important|general", help = h("level"))]
        level: String,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("secret-declassify"))]
    Declassify {
        #[arg(value_name = "MD-…", help = h("secret-no"))]
        id: String,
        #[arg(long, value_name = "DATE", help = h("since"))]
        happened: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("secret-export"))]
    Export {
        #[arg(value_name = "MD-…", help = h("secret-no"))]
        id: String,
        #[arg(value_name = "NO", help = h("carrier-no"))]
        carrier: u32,
        #[arg(long, value_name = "FILE", help = h("out"))]
        out: PathBuf,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub enum Person {
    #[command(about = h("person-add"))]
    Add {
        #[arg(long, help = h("person-name"))]
        name: String,
        #[arg(long, help = h("post"))]
        post: Option<String>,
        #[arg(long, help = h("department"))]
        department: Option<String>,
        #[arg(long, value_name = "DATE", help = h("joined"))]
        joined: Option<String>,
    },
    #[command(about = h("person-list"))]
    List,
    #[command(about = h("person-clear"))]
    Clear {
        #[arg(value_name = "RY-…", help = h("person-no"))]
        id: String,
        #[arg(long, value_name = "MD-…", help = h("secret-no"))]
        secret: String,
        #[arg(long, value_name = "DATE", help = h("from"))]
        from: Option<String>,
        #[arg(long, value_name = "DATE", help = h("until"))]
        until: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("person-bar"))]
    Bar {
        #[arg(value_name = "RY-…", help = h("person-no"))]
        id: String,
        #[arg(long, value_name = "MD-…", help = h("secret-no"))]
        secret: String,
        #[arg(long, value_name = "DATE", help = h("happened"))]
        happened: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("paper"))]
    Paper(Paper),
}

/// Papers for something that exists.
#[derive(Debug, Args)]
pub struct Paper {
    #[arg(value_name = "NO", help = h("paper-about"))]
    pub id: String,
    #[arg(value_name = "FILE", required = true, help = h("paper-file"))]
    pub files: Vec<PathBuf>,
    #[arg(long, value_name = "DATE", help = h("paper-day"))]
    pub dated: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Partner {
    #[command(about = h("partner-add"))]
    Add {
        #[arg(long, help = h("partner-name"))]
        name: String,
        #[arg(long, default_value = "supplier", help = h("relation"))]
        relation: String,
        #[arg(long, help = h("code"))]
        code: Option<String>,
        #[arg(long, help = h("contact"))]
        contact: Option<String>,
    },
    #[command(about = h("partner-list"))]
    List,
    #[command(about = h("partner-agree"))]
    Agree {
        #[arg(value_name = "HZ-…", help = h("partner-no"))]
        id: String,
        #[arg(long, help = h("agreement-title"))]
        title: String,
        #[arg(long, value_name = "DATE", help = h("from"))]
        from: Option<String>,
        #[arg(long, value_name = "DATE", help = h("until"))]
        until: Option<String>,
        #[arg(long, value_name = "MD-…", help = h("agreement-secret"))]
        secret: Vec<String>,
        #[arg(long, value_name = "FILE", help = h("paper-file"))]
        paper: Vec<PathBuf>,
        #[arg(long, value_name = "DATE", help = h("paper-day"))]
        dated: Option<String>,
    },
    #[command(about = h("paper"))]
    Paper(Paper),
}

#[derive(Debug, Subcommand)]
pub enum Measure {
    #[command(about = h("measure-add"))]
    Add {
        #[arg(long, value_name = "agreement|rules|zone|marking|devices|leavers|other",
              help = h("measure-item"))]
        item: String,
        #[arg(long, help = h("measure-title"))]
        title: String,
        #[arg(long, help = h("detail"))]
        detail: Option<String>,
        #[arg(long, value_name = "DATE", help = h("from"))]
        from: Option<String>,
        #[arg(long, value_name = "DATE", help = h("until"))]
        until: Option<String>,
        #[arg(long, value_name = "FILE", help = h("paper-file"))]
        paper: Vec<PathBuf>,
        #[arg(long, value_name = "DATE", help = h("paper-day"))]
        dated: Option<String>,
    },
    #[command(about = h("measure-list"))]
    List,
    #[command(about = h("measure-match"))]
    Match {
        #[arg(value_name = "CS-…", help = h("measure-no"))]
        id: String,
        #[arg(long, value_name = "MD-…", help = h("secret-no"))]
        secret: String,
        #[arg(long, value_name = "NO", help = h("match-statement"))]
        statement: Vec<u32>,
        #[arg(long, value_name = "TEXT", help = h("match-why"))]
        why: Option<String>,
    },
    #[command(about = h("measure-end"))]
    End {
        #[arg(value_name = "CS-…", help = h("measure-no"))]
        id: String,
        #[arg(long, value_name = "DATE", help = h("happened"))]
        happened: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("paper"))]
    Paper(Paper),
}

#[derive(Debug, Subcommand)]
pub enum Disclose {
    #[command(about = h("disclose-add"))]
    Add {
        #[arg(long, value_name = "MD-…", help = h("secret-no"))]
        secret: String,
        #[arg(long, value_name = "HZ-…", help = h("partner-no"))]
        to: String,
        #[arg(long, value_name = "TEXT", help = h("disclose-purpose"))]
        purpose: String,
        #[arg(long, value_name = "NO", help = h("disclose-statement"))]
        statement: Vec<u32>,
        #[arg(long, value_name = "NO", help = h("disclose-carrier"))]
        carrier: Vec<u32>,
        #[arg(long, value_name = "RY-…", help = h("disclose-person"))]
        person: Option<String>,
        #[arg(long, value_name = "DATE", help = h("happened"))]
        happened: Option<String>,
        #[arg(long, value_name = "DATE", help = h("disclose-until"))]
        until: Option<String>,
        #[arg(long, value_name = "XY-…", help = h("disclose-agreement"))]
        agreement: Option<String>,
        #[arg(long, value_name = "FILE", help = h("paper-file"))]
        paper: Vec<PathBuf>,
    },
    #[command(about = h("disclose-list"))]
    List,
    #[command(about = h("disclose-close"))]
    Close {
        #[arg(value_name = "PL-…", help = h("disclosure-no"))]
        id: String,
        #[arg(long, value_name = "returned|destroyed", help = h("ending"))]
        how: String,
        #[arg(long, value_name = "DATE", help = h("happened"))]
        happened: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
        #[arg(long, value_name = "FILE", help = h("paper-file"))]
        paper: Vec<PathBuf>,
    },
}

/// What may change in a text.
#[derive(Debug, Args)]
pub struct Marks {
    #[arg(long, value_name = "FILE", help = h("copy-wording"))]
    pub wording: Option<PathBuf>,
    #[arg(long, help = h("copy-free-order"))]
    pub free_order: bool,
    #[arg(long, value_name = "KIND", help = h("copy-without"))]
    pub without: Vec<String>,
}

/// How a copy came back or was acknowledged.
#[derive(Debug, Args)]
pub struct Attested {
    #[arg(value_name = "FB-…", help = h("copy-no"))]
    pub id: String,
    #[arg(long, value_name = "DATE", help = h("happened"))]
    pub happened: Option<String>,
    #[arg(long, value_name = "FILE", help = h("paper-file"))]
    pub paper: Vec<PathBuf>,
    #[arg(long, value_name = "DATE", help = h("paper-day"))]
    pub dated: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum CopyOf {
    #[command(about = h("copy-budget"))]
    Budget {
        #[arg(value_name = "MD-…", help = h("secret-no"))]
        secret: String,
        #[arg(long, value_name = "NO", help = h("copy-carrier"))]
        carrier: u32,
        #[arg(long, value_name = "N", default_value_t = 100, help = h("copy-among"))]
        among: usize,
        #[command(flatten)]
        marks: Marks,
    },
    #[command(about = h("copy-issue"))]
    Issue {
        #[arg(value_name = "MD-…", help = h("secret-no"))]
        secret: String,
        #[arg(long, value_name = "NO", help = h("copy-carrier"))]
        carrier: u32,
        #[arg(long, value_name = "HZ-…|RY-…", required = true, num_args = 1.., help = h("copy-to"))]
        to: Vec<String>,
        #[arg(long, value_name = "TEXT", help = h("disclose-purpose"))]
        purpose: String,
        #[arg(long, value_name = "DATE", help = h("disclose-until"))]
        until: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("copy-notice"))]
        notice: Option<String>,
        #[arg(long, value_name = "DIR", required_unless_present = "commit_only",
              help = h("copy-out"))]
        out: Option<PathBuf>,
        #[arg(long, help = h("copy-commit-only"))]
        commit_only: bool,
        #[command(flatten)]
        marks: Marks,
    },
    #[command(about = h("copy-make"))]
    Make {
        #[arg(value_name = "FF-…|FB-…", help = h("copy-make-no"))]
        batch: String,
        #[arg(long, value_name = "FB-…=HEX", help = h("copy-nonce"))]
        nonce: Vec<String>,
        #[arg(long, value_name = "DIR", help = h("copy-out"))]
        out: PathBuf,
    },
    #[command(about = h("copy-list"))]
    List {
        #[arg(long, value_name = "MD-…", help = h("secret-no"))]
        secret: Option<String>,
        #[arg(long, value_name = "FF-…", help = h("batch-no"))]
        batch: Option<String>,
        #[arg(long, value_name = "HZ-…|RY-…", help = h("copy-to"))]
        to: Option<String>,
        #[arg(long, help = h("copy-overdue"))]
        overdue: bool,
    },
    #[command(about = h("copy-show"))]
    Show {
        #[arg(value_name = "FB-…", help = h("copy-no"))]
        id: String,
    },
    #[command(about = h("copy-receipt"))]
    Receipt {
        #[command(flatten)]
        attested: Attested,
        #[arg(long, value_name = "SHA-256", help = h("copy-sha256"))]
        sha256: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("copy-how"))]
        how: Option<String>,
    },
    #[command(about = h("copy-returned"))]
    Returned {
        #[command(flatten)]
        attested: Attested,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("copy-destroyed"))]
    Destroyed {
        #[command(flatten)]
        attested: Attested,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("copy-recall"))]
    Recall {
        #[arg(value_name = "FB-…", required = true, help = h("copy-no"))]
        ids: Vec<String>,
        #[arg(long, value_name = "DATE", help = h("copy-recall-until"))]
        until: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("copy-identify"))]
    Identify {
        #[arg(value_name = "FILE|-|XS-…", help = h("copy-identify-file"))]
        file: String,
        #[arg(long, value_name = "TEXT", help = h("copy-source"))]
        source: Option<String>,
        #[arg(long, value_name = "FF-…", help = h("copy-only-batch"))]
        batch: Vec<String>,
    },
    #[command(about = h("copy-finds"))]
    Finds,
    #[command(about = h("copy-report"))]
    Report {
        #[arg(value_name = "XS-…", help = h("find-no"))]
        id: String,
        #[arg(long, value_name = "FILE", help = h("copy-report-out"))]
        out: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub enum Witness {
    #[command(about = h("witness-serve"))]
    Serve {
        #[arg(long, value_name = "DIR", help = h("witness-dir"))]
        state: PathBuf,
        #[arg(long, help = h("witness-name"))]
        name: Option<String>,
        #[arg(long, default_value = "127.0.0.1:8471", help = h("listen"))]
        listen: String,
        #[arg(long, value_name = "VKEY", help = h("witness-log"))]
        log: Vec<String>,
    },
    #[command(about = h("witness-add"))]
    Add {
        #[arg(long, value_name = "VKEY", help = h("witness-key"))]
        key: String,
        #[arg(long, help = h("witness-url"))]
        url: Option<String>,
        #[arg(long, value_name = "station|independent|own|drill", help = h("standing"))]
        relation: String,
    },
    #[command(about = h("witness-list"))]
    List,
    #[command(about = h("witness-remove"))]
    Remove {
        name: String,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("witness-ask"))]
    Ask,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Stamp {
    #[command(subcommand)]
    pub command: Option<StampCommand>,
}

#[derive(Debug, Subcommand)]
pub enum StampCommand {
    #[command(about = h("stamp-add"))]
    Add {
        #[arg(long, help = h("authority-name"))]
        name: String,
        #[arg(long, help = h("authority-url"))]
        url: String,
        #[arg(long, value_name = "PEM", help = h("authority-roots"))]
        roots: PathBuf,
        #[arg(long, value_name = "station|independent|own|drill", help = h("standing"))]
        relation: String,
    },
    #[command(about = h("stamp-list"))]
    List,
    #[command(about = h("stamp-remove"))]
    Remove {
        name: String,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("stamp-serve"))]
    Serve {
        #[arg(long, value_name = "DIR", help = h("authority-dir"))]
        state: PathBuf,
        #[arg(long, default_value = "127.0.0.1:8472", help = h("listen"))]
        listen: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum Dossier {
    #[command(about = h("dossier-build"))]
    Build {
        #[arg(long, value_name = "MD-…", num_args = 1.., required = true, help = h("secret-no"))]
        secret: Vec<String>,
        #[arg(long, value_name = "PURPOSE", help = h("purpose"))]
        purpose: String,
        #[arg(long, value_name = "FILE", help = h("out"))]
        out: PathBuf,
        #[arg(long, value_name = "statements,carriers,papers,names|all", value_delimiter = ',',
              help = h("show"))]
        show: Vec<String>,
        #[arg(long, value_name = "zh|en", help = h("dossier-lang"))]
        language: Option<String>,
    },
    #[command(about = h("dossier-plan"))]
    Plan {
        #[arg(long, value_name = "MD-…", num_args = 1.., required = true, help = h("secret-no"))]
        secret: Vec<String>,
        #[arg(long, value_name = "PURPOSE", default_value = "complaint", help = h("purpose"))]
        purpose: String,
        #[arg(long, value_name = "statements,carriers,papers,names|all", value_delimiter = ',',
              help = h("show"))]
        show: Vec<String>,
    },
    #[command(about = h("dossier-list"))]
    List,
}

#[derive(Debug, Args)]
pub struct Verify {
    #[arg(value_name = "ZIP", help = h("verify-file"))]
    pub file: PathBuf,
    #[arg(long, value_name = "FILE", help = h("policy"))]
    pub policy: Option<PathBuf>,
    #[arg(long, value_name = "PEM", help = h("tsa"))]
    pub tsa: Vec<PathBuf>,
    #[arg(long, help = h("verify-all"))]
    pub all: bool,
}

#[derive(Debug, Args)]
pub struct Serve {
    #[arg(long, help = h("listen"))]
    pub listen: Option<String>,
    #[arg(long, value_name = "NAME", help = h("host"))]
    pub host: Vec<String>,
    #[arg(long, help = h("locked"))]
    pub locked: bool,
    #[arg(long, help = h("open"))]
    pub open: bool,
}

#[derive(Debug, Args)]
pub struct Demo {
    #[arg(long, default_value = "enterprise", help = h("demo-role"))]
    pub role: String,
    #[arg(long, default_value_t = 20_000, help = h("demo-companies"),
          value_parser = clap::value_parser!(u32).range(1..=50_000))]
    pub companies: u32,
    #[arg(long, help = h("demo-listen"))]
    pub listen: Option<String>,
    #[arg(long, help = h("no-browser"))]
    pub no_browser: bool,
    #[arg(long, help = h("no-serve"))]
    pub no_serve: bool,
}

#[derive(Debug, Subcommand)]
pub enum Vault {
    #[command(about = h("vault-passphrase"))]
    Passphrase {
        #[arg(long, value_name = "FILE", help = h("new-passphrase-file"))]
        new_passphrase_file: Option<PathBuf>,
    },
    #[command(about = h("vault-recover"))]
    Recover {
        #[arg(long, value_name = "FILE", help = h("shares-file"))]
        shares_file: Option<PathBuf>,
        #[arg(long, value_name = "FILE", help = h("new-passphrase-file"))]
        new_passphrase_file: Option<PathBuf>,
    },
    #[command(about = h("vault-shares"))]
    Shares {
        #[arg(long, default_value = "2-of-3", value_name = "K-of-N", help = h("shares"))]
        shares: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum Clock {
    #[command(about = h("clock-accept"))]
    Accept {
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
}

/// Whose data.
#[derive(Debug, Args)]
pub struct Data {
    #[arg(long, value_name = "DIR", help = h("catalog"))]
    pub catalog: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Procedures {
    #[command(about = h("procedure-list"))]
    List(Data),
    #[command(about = h("procedure-show"))]
    Show {
        #[arg(value_name = "ID", help = h("procedure-id"))]
        id: String,
        #[command(flatten)]
        data: Data,
    },
    #[command(about = h("procedure-diagram"))]
    Diagram {
        #[arg(value_name = "ID", help = h("procedure-id"))]
        id: String,
        #[arg(long, value_name = "FILE.svg", help = h("out"))]
        out: PathBuf,
        #[command(flatten)]
        data: Data,
    },
    #[command(about = h("procedure-check"))]
    Check(Data),
    #[command(about = h("procedure-export"))]
    Export {
        #[arg(value_name = "DIR", help = h("procedure-export-dir"))]
        out: PathBuf,
    },
}

#[derive(Debug, Args)]
pub struct Deadline {
    #[arg(value_name = "PROCEDURE", help = h("procedure-id"))]
    pub procedure: String,
    #[arg(value_name = "DEADLINE", help = h("deadline-id"))]
    pub deadline: Option<String>,
    #[arg(long, value_name = "DATE[/TIME]", help = h("deadline-from"))]
    pub from: Option<String>,
    #[arg(long, value_name = "DATE", conflicts_with = "from", help = h("deadline-before"))]
    pub before: Option<String>,
    #[arg(long, value_name = "STEP=DATE[/TIME][..DATE]", help = h("deadline-step"))]
    pub step: Vec<String>,
    #[arg(long, value_name = "DATE", help = h("deadline-on"))]
    pub on: Option<String>,
    #[command(flatten)]
    pub data: Data,
}

#[derive(Debug, Subcommand)]
pub enum Standards {
    #[command(about = h("standard-list"))]
    List(Data),
    #[command(about = h("standard-show"))]
    Show {
        #[arg(value_name = "ID", help = h("standard-id"))]
        id: String,
        #[command(flatten)]
        data: Data,
    },
    #[command(about = h("standard-check"))]
    Check {
        #[arg(value_name = "ID", help = h("standard-id"))]
        id: String,
        #[arg(value_name = "FILE.json", help = h("case-file"))]
        file: PathBuf,
        #[command(flatten)]
        data: Data,
    },
}

#[derive(Debug, Subcommand)]
pub enum Bench {
    #[command(about = h("bench-ledger"))]
    Ledger {
        #[arg(long, default_value_t = 3, help = h("bench-seconds"))]
        seconds: u64,
    },
    #[command(about = h("bench-deadlines"))]
    Deadlines,
    #[command(about = h("bench-trace"))]
    Trace,
    #[command(about = h("bench-station"))]
    Station {
        #[arg(long, default_value_t = 20_000, help = h("demo-companies"),
              value_parser = clap::value_parser!(u32).range(1..=50_000))]
        companies: u32,
        #[arg(long, default_value_t = 5, help = h("bench-seconds"))]
        seconds: u64,
    },
}

#[derive(Debug, Subcommand)]
pub enum Company {
    #[command(about = h("company-add"))]
    Add {
        #[arg(long, help = h("company-name"))]
        name: String,
        #[arg(long, value_name = "company|institution|team", default_value = "company",
              help = h("company-kind"))]
        kind: String,
        #[arg(long, help = h("code"))]
        code: Option<String>,
        #[command(flatten)]
        fields: CompanyFields,
    },
    #[command(about = h("company-list"))]
    List {
        #[command(flatten)]
        query: CompanyQuery,
        #[arg(long, default_value_t = 50, help = h("limit"))]
        limit: u32,
    },
    #[command(about = h("company-show"))]
    Show {
        #[arg(value_name = "QY-…", help = h("company-no"))]
        id: String,
    },
    #[command(about = h("company-revise"))]
    Revise {
        #[arg(value_name = "QY-…", help = h("company-no"))]
        id: String,
        #[arg(long, help = h("company-name"))]
        name: Option<String>,
        #[arg(long, value_name = "company|institution|team", help = h("company-kind"))]
        kind: Option<String>,
        #[arg(long, help = h("code"))]
        code: Option<String>,
        #[command(flatten)]
        fields: CompanyFields,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("company-merge"))]
    Merge {
        #[arg(value_name = "QY-…", help = h("company-no"))]
        id: String,
        #[arg(long, value_name = "QY-…", help = h("company-into"))]
        into: String,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("company-import"))]
    Import {
        #[arg(value_name = "FILE", help = h("company-file"))]
        file: PathBuf,
        #[arg(long, value_name = "WHAT=HEADING", help = h("company-column"))]
        column: Vec<String>,
        #[arg(long, help = h("company-preview"))]
        preview: bool,
        #[arg(long, value_name = "FILE", help = h("company-refused"))]
        refused: Option<PathBuf>,
    },
}

/// What else is known of a company.
#[derive(Debug, Args)]
pub struct CompanyFields {
    #[arg(long, value_name = "TAG", help = h("company-tag"))]
    pub tag: Vec<String>,
    #[arg(long, help = h("company-field"))]
    pub field: Option<String>,
    #[arg(long, help = h("company-park"))]
    pub park: Option<String>,
    #[arg(long, help = h("company-street"))]
    pub street: Option<String>,
    #[arg(long, help = h("contact"))]
    pub contact: Option<String>,
}

/// Which companies are meant.
#[derive(Debug, Args)]
pub struct CompanyQuery {
    #[arg(long, value_name = "TEXT", help = h("company-find"))]
    pub find: Option<String>,
    #[arg(long = "of-kind", value_name = "company|institution|team", help = h("company-kind"))]
    pub kind: Option<String>,
    #[arg(long, value_name = "TAG", help = h("company-with-tag"))]
    pub tag: Option<String>,
    #[arg(long, help = h("company-field"))]
    pub field: Option<String>,
    #[arg(long, help = h("company-park"))]
    pub park: Option<String>,
    #[arg(long, help = h("company-street"))]
    pub street: Option<String>,
    #[arg(long, value_name = "SERVICE", help = h("company-had"))]
    pub had: Vec<String>,
    #[arg(long, value_name = "SERVICE", help = h("company-lacks"))]
    pub lacks: Vec<String>,
    #[arg(long, help = h("company-never-served"))]
    pub never_served: bool,
    #[arg(long, value_name = "newest|name|no|served|unserved|first", help = h("company-order"))]
    pub order: Option<String>,
}

impl CompanyQuery {
    /// Whether it asks for nothing in particular.
    pub fn is_blank(&self) -> bool {
        let Self { find, kind, tag, field, park, street, had, lacks, never_served, order: _ } =
            self;
        [find, kind, tag, field, park, street].iter().all(|part| part.is_none())
            && had.is_empty()
            && lacks.is_empty()
            && !never_served
    }
}

#[derive(Debug, Subcommand)]
pub enum Service {
    #[command(about = h("service-give"))]
    Give {
        #[arg(value_name = "SERVICE", help = h("service-which"))]
        service: String,
        #[arg(long, value_name = "TEXT", help = h("service-what"))]
        what: String,
        #[arg(long, value_name = "DATE", help = h("service-happened"))]
        happened: Option<String>,
        #[arg(long, help = h("service-who"))]
        who: Option<String>,
        #[arg(long, value_name = "QY-…", num_args = 1.., help = h("service-company"))]
        company: Vec<String>,
        #[command(flatten)]
        query: Box<CompanyQuery>,
    },
    #[command(about = h("service-list"))]
    List {
        #[arg(long, value_name = "QY-…", help = h("company-no"))]
        company: Option<String>,
        #[arg(long, default_value_t = 50, help = h("limit"))]
        limit: u32,
    },
}

#[derive(Debug, Args)]
pub struct Coverage {
    #[arg(long, value_name = "tag|field|park|street|kind", default_value = "tag",
          help = h("coverage-by"))]
    pub by: String,
    #[arg(long, help = h("coverage-public"))]
    pub public: bool,
}

#[derive(Debug, Subcommand)]
pub enum Expert {
    #[command(about = h("expert-add"))]
    Add {
        #[arg(long, help = h("expert-name"))]
        name: String,
        #[arg(long, help = h("organisation"))]
        organisation: String,
        #[arg(long, value_name = "FIELD", required = true, help = h("expert-field"))]
        field: Vec<String>,
        #[arg(long, value_name = "DATE", help = h("from"))]
        from: Option<String>,
        #[arg(long, value_name = "DATE", help = h("until"))]
        until: Option<String>,
        #[arg(long, help = h("contact"))]
        contact: Option<String>,
        #[arg(long, value_name = "QY-…", help = h("expert-conflict"))]
        conflict: Vec<String>,
    },
    #[command(about = h("expert-list"))]
    List,
    #[command(about = h("expert-show"))]
    Show {
        #[arg(value_name = "ZJ-…", help = h("expert-no"))]
        id: String,
    },
    #[command(about = h("expert-recuse"))]
    Recuse {
        #[arg(value_name = "ZJ-…", help = h("expert-no"))]
        id: String,
        #[arg(long, value_name = "QY-…", help = h("company-no"))]
        company: String,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("expert-renew"))]
    Renew {
        #[arg(value_name = "ZJ-…", help = h("expert-no"))]
        id: String,
        #[arg(long, value_name = "DATE", help = h("until"))]
        until: String,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("expert-end"))]
    End {
        #[arg(value_name = "ZJ-…", help = h("expert-no"))]
        id: String,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
}

/// What lists of the workstation are asked for.
#[derive(Debug, Args)]
pub struct DeskQuery {
    #[arg(long, value_name = "TEXT", help = h("desk-find"))]
    pub find: Option<String>,
    #[arg(long, value_name = "QY-…", help = h("desk-company"))]
    pub company: Option<String>,
    #[arg(long, value_name = "ZJ-…", help = h("desk-expert"))]
    pub expert: Option<String>,
    #[arg(long, help = h("desk-theme"))]
    pub theme: Option<String>,
    #[arg(long, help = h("desk-state"))]
    pub state: Option<String>,
    #[arg(long, help = h("desk-open"))]
    pub open: bool,
    #[arg(long, help = h("desk-late"))]
    pub late: bool,
    #[arg(long, default_value_t = 50, help = h("limit"))]
    pub limit: u32,
}

#[derive(Debug, Subcommand)]
pub enum Request {
    #[command(about = h("request-receive"))]
    Receive {
        #[arg(long, value_name = "QY-…", help = h("company-no"))]
        company: String,
        #[arg(long, help = h("request-title"))]
        title: String,
        #[arg(long, value_name = "FILE", help = h("request-text"))]
        text: Option<PathBuf>,
        #[arg(long, default_value = "other", help = h("desk-theme"))]
        theme: String,
        #[arg(long, default_value = "phone", help = h("request-channel"))]
        channel: String,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
        #[arg(long, value_name = "DATE", help = h("due"))]
        due: Option<String>,
    },
    #[command(about = h("request-list"))]
    List {
        #[command(flatten)]
        query: DeskQuery,
    },
    #[command(about = h("request-show"))]
    Show {
        #[arg(value_name = "SQ-…", help = h("request-no"))]
        id: String,
    },
    #[command(about = h("request-route"))]
    Route {
        #[arg(value_name = "SQ-…", help = h("request-no"))]
        id: String,
        #[arg(long, value_name = "ZJ-…", help = h("expert-no"))]
        expert: Option<String>,
        #[arg(long, help = h("request-body"))]
        body: Option<String>,
        #[arg(long, help = h("request-urgent"))]
        urgent: bool,
        #[arg(long, value_name = "DATE", help = h("due"))]
        due: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("request-reply"))]
    Reply {
        #[arg(value_name = "SQ-…", help = h("request-no"))]
        id: String,
        #[arg(long, value_name = "FILE", help = h("reply-text"))]
        text: PathBuf,
        #[arg(long, value_name = "ZJ-…", help = h("expert-no"))]
        expert: Option<String>,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
    #[command(about = h("request-close"))]
    Close {
        #[arg(value_name = "SQ-…", help = h("request-no"))]
        id: String,
        #[arg(long, default_value = "settled", help = h("request-how"))]
        how: String,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub enum Visit {
    #[command(about = h("visit-plan"))]
    Plan {
        #[arg(long, value_name = "QY-…", help = h("company-no"))]
        company: String,
        #[arg(long, help = h("visit-title"))]
        title: String,
        #[arg(long, value_name = "DATE", help = h("visit-day"))]
        day: String,
        #[arg(long, value_name = "ZJ-…", help = h("visit-expert"))]
        expert: Vec<String>,
        #[arg(long, default_value = "diagnosis", help = h("visit-checklist"))]
        checklist: String,
        #[arg(long, value_name = "SQ-…", help = h("request-no"))]
        request: Option<String>,
        #[arg(long, value_name = "ZF-…", help = h("visit-after"))]
        after: Option<String>,
    },
    #[command(about = h("visit-list"))]
    List {
        #[command(flatten)]
        query: DeskQuery,
    },
    #[command(about = h("visit-show"))]
    Show {
        #[arg(value_name = "ZF-…", help = h("visit-no"))]
        id: String,
    },
    #[command(about = h("visit-cancel"))]
    Cancel {
        #[arg(value_name = "ZF-…", help = h("visit-no"))]
        id: String,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("visit-form"))]
    Form {
        #[arg(value_name = "ZF-…", help = h("visit-no"))]
        id: String,
        #[arg(long, value_name = "FILE", help = h("out"))]
        out: PathBuf,
    },
    #[command(about = h("visit-record"))]
    Record {
        #[arg(value_name = "ZF-…", help = h("visit-no"))]
        id: String,
        #[arg(value_name = "FILE", help = h("visit-file"))]
        form: PathBuf,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
    #[command(about = h("visit-report"))]
    Report {
        #[arg(value_name = "ZF-…", help = h("visit-no"))]
        id: String,
        #[arg(long, value_name = "FILE", help = h("out"))]
        out: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub enum Prescription {
    #[command(about = h("prescription-list"))]
    List {
        #[command(flatten)]
        query: DeskQuery,
    },
    #[command(about = h("prescription-show"))]
    Show {
        #[arg(value_name = "CF-…", help = h("prescription-no"))]
        id: String,
    },
    #[command(about = h("prescription-progress"))]
    Progress {
        #[arg(value_name = "CF-…", help = h("prescription-no"))]
        id: String,
        #[arg(long, help = h("prescription-how"))]
        how: String,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
        #[arg(long, value_name = "FILE", help = h("note-text"))]
        note: Option<PathBuf>,
    },
    #[command(about = h("prescription-review"))]
    Review {
        #[arg(value_name = "CF-…", help = h("prescription-no"))]
        id: String,
        #[arg(long, help = h("prescription-verdict"))]
        verdict: String,
        #[arg(long, value_name = "DATE", help = h("new-due"))]
        due: Option<String>,
        #[arg(long, value_name = "ZF-…", help = h("visit-no"))]
        visit: Option<String>,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
        #[arg(long, value_name = "FILE", help = h("note-text"))]
        note: Option<PathBuf>,
    },
}
