//! The command line's shape. What each word means is in the translation files.

mod account;
mod activity;
mod casework;
mod control;
mod copy;
mod deep;
mod exchange;
mod handbook;
mod incident;
mod matching;
mod organisation;
mod overseas;
mod programme;
mod recognition;
mod station;
mod task;
mod warning;
mod workstation;

use std::path::PathBuf;

pub use account::Account;
pub use activity::{Activity, WhenArgs};
pub use casework::Case;
pub use control::Control;
pub use copy::{Attested, CopyOf, Marks};
pub use deep::{Backup, Matrix, Restore};
pub use exchange::Exchange;
pub use handbook::{HandbookArgs, Template};
pub use incident::{ActArgs, Incident, OutArgs};
pub use matching::{
    Blind, BlindArgs, Clear, Cluster, Compare, Corpus, CorpusAdd, Index, Inventory, PublicCheck,
    Sweep, Work, WorkArgs,
};
pub use organisation::{Assistance, Organisation};
pub use overseas::Overseas;
pub use programme::{Engagement, Procurement};
pub use recognition::{Points, Recognition};
pub use station::{
    Company, CompanyFields, CompanyQuery, Coverage, Dashboard, PeriodReport, Service,
};
pub use task::Task;
pub use warning::Warning;
pub use workstation::{DeskQuery, Expert, Prescription, Request, Visit};

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
    #[command(about = h("hold"), subcommand)]
    Hold(Hold),
    #[command(about = h("disclose"), subcommand)]
    Disclose(Disclose),
    #[command(about = h("copy"), subcommand)]
    Copy(CopyOf),
    #[command(about = h("account"), subcommand)]
    Account(Account),
    #[command(about = h("company"), subcommand)]
    Company(Company),
    #[command(about = h("service"), subcommand)]
    Service(Service),
    #[command(about = h("coverage"))]
    Coverage(Coverage),
    #[command(about = h("dashboard"))]
    Dashboard(Dashboard),
    #[command(about = h("report"))]
    Report(PeriodReport),
    #[command(about = h("exchange"), subcommand)]
    Exchange(Exchange),
    #[command(about = h("task"), subcommand)]
    Task(Task),
    #[command(about = h("expert"), subcommand)]
    Expert(Expert),
    #[command(about = h("request"), subcommand)]
    Request(Request),
    #[command(about = h("visit"), subcommand)]
    Visit(Visit),
    #[command(about = h("prescription"), subcommand)]
    Prescription(Prescription),
    #[command(about = h("activity"), subcommand)]
    Activity(Box<Activity>),
    #[command(about = h("case"), subcommand)]
    Case(Case),
    #[command(about = h("incident"), after_help = h("incident-after"), subcommand)]
    Incident(Box<Incident>),
    #[command(about = h("warning"), subcommand)]
    Warning(Warning),
    #[command(about = h("organisations"), subcommand)]
    Organisation(Organisation),
    #[command(about = h("assistance"), subcommand)]
    Assistance(Box<Assistance>),
    #[command(about = h("procurement"), subcommand)]
    Procurement(Procurement),
    #[command(about = h("engagement"), subcommand)]
    Engagement(Box<Engagement>),
    #[command(about = h("control"), visible_alias = "norm", subcommand)]
    Control(Control),
    #[command(about = h("recognition"), subcommand)]
    Recognition(Box<Recognition>),
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
    #[command(about = h("matrix"))]
    Matrix(Matrix),
    #[command(about = h("backup"))]
    Backup(Backup),
    #[command(about = h("restore"))]
    Restore(Restore),
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
    #[command(about = h("inventory"), after_help = h("inventory-after"))]
    Inventory(Box<Inventory>),
    #[command(about = h("compare"), after_help = h("compare-after"))]
    Compare(Box<Compare>),
    #[command(about = h("cluster"))]
    Cluster(Cluster),
    #[command(about = h("corpus"), subcommand)]
    Corpus(Corpus),
    #[command(about = h("public-check"), after_help = h("public-check-after"))]
    PublicCheck(PublicCheck),
    #[command(about = h("work"), after_help = h("work-after"), subcommand)]
    Work(Work),
    #[command(about = h("blind"), after_help = h("blind-after"), subcommand)]
    Blind(Blind),
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
    #[command(subcommand, about = h("overseas"))]
    Overseas(Overseas),
    #[command(about = h("handbook"))]
    Handbook(HandbookArgs),
    #[command(about = h("template"), subcommand)]
    Template(Template),
    #[command(about = h("field"))]
    Field {
        #[arg(value_name = "ID", help = h("field-id"))]
        id: Option<String>,
    },
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
    #[command(about = h("secret-merge"))]
    Merge {
        #[arg(value_name = "MD-…", help = h("secret-no"))]
        id: String,
        #[arg(long, value_name = "MD-…", help = h("secret-into"))]
        into: String,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("secret-split"))]
    Split {
        #[arg(value_name = "MD-…", help = h("secret-no"))]
        id: String,
        #[arg(long, value_name = "NO", required = true, help = h("split-statement"))]
        statement: Vec<u32>,
        #[arg(long, value_name = "NO", help = h("split-carrier"))]
        carrier: Vec<u32>,
        #[arg(long, help = h("title"))]
        title: String,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("secret-versions"))]
    Versions {
        #[arg(value_name = "MD-…", help = h("secret-no"))]
        id: String,
    },
    #[command(about = h("secret-diff"))]
    Diff {
        #[arg(value_name = "MD-…", help = h("secret-no"))]
        id: String,
        #[arg(value_name = "NO", help = h("diff-left"))]
        left: u32,
        #[arg(value_name = "NO", help = h("diff-right"))]
        right: u32,
        #[arg(long, help = h("reveal"))]
        reveal: bool,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("secret-destroy"))]
    Destroy {
        #[arg(value_name = "MD-…", help = h("secret-no"))]
        id: String,
        #[arg(long, value_name = "RY-…", help = h("erase-approved"))]
        approved: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
        #[arg(long, value_name = "MD-…", help = h("erase-confirm"))]
        confirm: Option<String>,
    },
    #[command(about = h("secret-check"))]
    Check {
        #[arg(value_name = "MD-…", help = h("secret-no"))]
        id: String,
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
    #[command(about = h("person-exit"))]
    Exit {
        #[arg(value_name = "RY-…", help = h("person-no"))]
        id: String,
        #[arg(long, help = h("person-exit-leaver"))]
        for_leaver: bool,
    },
    #[command(about = h("person-erase"))]
    Erase {
        #[arg(value_name = "RY-…", help = h("person-no"))]
        id: String,
        #[arg(
            long,
            value_name = "purpose|ended|consent|unlawful|other",
            help = h("erase-ground")
        )]
        ground: Option<String>,
        #[arg(long, value_name = "RY-…", help = h("erase-approved"))]
        approved: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
        #[arg(long, value_name = "RY-…", help = h("erase-confirm"))]
        confirm: Option<String>,
    },
    #[command(about = h("paper"))]
    Paper(Paper),
}

#[derive(Debug, Subcommand)]
pub enum Hold {
    #[command(about = h("hold-set"))]
    Set {
        #[arg(value_name = "RY-…|MD-…", help = h("hold-things"))]
        things: Vec<String>,
        #[arg(long, value_name = "SJ-…|AJ-…", help = h("hold-ground"))]
        ground: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("hold-lift"))]
    Lift {
        #[arg(value_name = "RY-…|MD-…", help = h("hold-thing"))]
        thing: String,
        #[arg(value_name = "NO", help = h("hold-no"))]
        hold: u32,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("hold-list"))]
    List {
        #[arg(long, help = h("hold-all"))]
        all: bool,
    },
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
        #[arg(long, value_name = "SJ-…", help = h("dossier-incident"))]
        incident: Option<String>,
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
        #[arg(long, value_name = "SJ-…", help = h("dossier-incident"))]
        incident: Option<String>,
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
    #[command(about = h("bench-blind"))]
    Blind {
        #[arg(long, default_value_t = 100_000, help = h("bench-blind-things"))]
        things: u32,
    },
    #[command(about = h("bench-trace"))]
    Trace,
    #[command(about = h("bench-match"))]
    Match {
        #[arg(long, default_value_t = 256, help = h("bench-match-megabytes"))]
        megabytes: usize,
        #[arg(long, default_value_t = 10, help = h("bench-match-keys"))]
        million_keys: usize,
        #[arg(long, default_value_t = 1, help = h("bench-match-seed"))]
        seed: u64,
    },
    #[command(about = h("bench-station"))]
    Station {
        #[arg(long, default_value_t = 20_000, help = h("demo-companies"),
              value_parser = clap::value_parser!(u32).range(1..=50_000))]
        companies: u32,
        #[arg(long, default_value_t = 5, help = h("bench-seconds"))]
        seconds: u64,
    },
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

    /// The question in words: names and values.
    pub fn words(&self) -> String {
        let texts = [
            ("find", &self.find),
            ("kind", &self.kind),
            ("tag", &self.tag),
            ("field", &self.field),
            ("park", &self.park),
            ("street", &self.street),
        ];
        let said = texts.into_iter().filter_map(|(name, text)| Some((name, text.clone()?)));
        let lists = [("had", &self.had), ("lacks", &self.lacks)].into_iter();
        let lists = lists.flat_map(|(name, all)| all.iter().map(move |one| (name, one.clone())));
        let never = self.never_served.then(|| ("view", "never".to_owned()));
        let all = said.chain(lists).chain(never);
        all.map(|(name, text)| format!("{name}={text}")).collect::<Vec<_>>().join(" ")
    }
}
