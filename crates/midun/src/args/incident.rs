//! `midun incident …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::h;

#[derive(Debug, Subcommand)]
pub enum Incident {
    #[command(about = h("incident-open"))]
    Open {
        #[arg(long, help = h("incident-title"))]
        title: String,
        #[command(flatten)]
        act: ActArgs,
        #[arg(long, value_name = "FILE", help = h("incident-text"))]
        text: Option<PathBuf>,
        #[arg(long, value_name = "TEXT", help = h("incident-others"))]
        others: Option<String>,
    },
    #[command(about = h("incident-list"))]
    List {
        #[arg(long, help = h("incident-all"))]
        all: bool,
    },
    #[command(about = h("incident-show"))]
    Show {
        #[arg(value_name = "SJ-…", help = h("incident-no"))]
        id: String,
    },
    #[command(about = h("incident-revise"))]
    Revise {
        #[arg(value_name = "SJ-…", help = h("incident-no"))]
        id: String,
        #[command(flatten)]
        act: ActArgs,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("incident-note"))]
    Note {
        #[arg(value_name = "SJ-…", help = h("incident-no"))]
        id: String,
        #[arg(long, value_name = "FILE", help = h("incident-note-text"))]
        text: PathBuf,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
    #[command(about = h("incident-link"))]
    Link {
        #[arg(value_name = "SJ-…", help = h("incident-no"))]
        id: String,
        #[arg(value_name = "NUMBER", help = h("incident-thing"))]
        thing: String,
        #[arg(long, value_name = "TEXT", help = h("incident-shows"))]
        shows: Option<String>,
        #[arg(long, requires = "why", help = h("incident-unlink"))]
        remove: bool,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("incident-preserve"))]
    Preserve {
        #[arg(value_name = "SJ-…", help = h("incident-no"))]
        id: String,
        #[arg(value_name = "ITEM", help = h("incident-item"))]
        item: String,
        #[arg(long, value_name = "FILE", help = h("incident-file"))]
        file: Option<PathBuf>,
        #[arg(long, value_name = "TEXT", help = h("incident-origin"))]
        origin: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("incident-collector"))]
        collector: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("incident-method"))]
        method: Option<String>,
        #[arg(long, value_name = "DATE", help = h("incident-dated"))]
        dated: Option<String>,
        #[arg(long, value_name = "DATE", help = h("incident-taken"))]
        taken: Option<String>,
        #[arg(long, value_name = "signature|date|origin|hash|custody", value_delimiter = ',',
              help = h("case-bears"))]
        bears: Vec<String>,
    },
    #[command(about = h("incident-hand"))]
    Hand {
        #[arg(value_name = "SJ-…", help = h("incident-no"))]
        id: String,
        #[arg(value_name = "N", help = h("incident-exhibit"))]
        exhibit: u32,
        #[arg(long, value_name = "NAME", help = h("incident-to"))]
        to: String,
        #[arg(long, value_name = "NAME", help = h("incident-giver"))]
        from: Option<String>,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("case-note"))]
        note: Option<String>,
    },
    #[command(about = h("incident-drop"))]
    Drop {
        #[arg(value_name = "SJ-…", help = h("incident-no"))]
        id: String,
        #[arg(value_name = "N", help = h("incident-exhibit"))]
        exhibit: u32,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("incident-reckon"))]
    Reckon {
        #[arg(value_name = "SJ-…", help = h("incident-no"))]
        id: String,
        #[arg(value_name = "METHOD", help = h("case-method"))]
        method: String,
        #[arg(long, default_value = "criminal", help = h("case-sheet"))]
        sheet: String,
        #[arg(long, value_name = "INPUT=NUMBER", help = h("case-input"))]
        with: Vec<String>,
        #[arg(long, value_name = "FILE", help = h("case-basis"))]
        basis: Option<PathBuf>,
        #[arg(long, help = h("case-rely"))]
        rely: bool,
    },
    #[command(about = h("incident-doors"))]
    Doors {
        #[arg(value_name = "SJ-…", help = h("incident-no"))]
        id: String,
        #[arg(value_name = "ROUTE", help = h("incident-route"))]
        route: Option<String>,
        #[arg(long, value_name = "FILE", help = h("incident-out"))]
        out: Option<PathBuf>,
    },
    #[command(about = h("incident-go"))]
    Go {
        #[arg(value_name = "SJ-…", help = h("incident-no"))]
        id: String,
        #[arg(value_name = "ROUTE", help = h("incident-route"))]
        route: String,
        #[command(flatten)]
        out: OutArgs,
    },
    #[command(about = h("incident-moot"))]
    Moot {
        #[arg(value_name = "SJ-…", help = h("incident-no"))]
        id: String,
        #[command(flatten)]
        out: OutArgs,
    },
    #[command(about = h("incident-close"))]
    Close {
        #[arg(value_name = "SJ-…", help = h("incident-no"))]
        id: String,
        #[arg(long, help = h("incident-outcome"))]
        outcome: String,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
        #[arg(long, value_name = "FILE", help = h("case-note-file"))]
        note: Option<PathBuf>,
    },
    #[command(about = h("incident-reopen"))]
    Reopen {
        #[arg(value_name = "SJ-…", help = h("incident-no"))]
        id: String,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
}

/// What is known of the act.
#[derive(Args, Debug)]
pub struct ActArgs {
    #[arg(long, value_name = "WORD", default_value = "breach", help = h("incident-conduct"))]
    pub conduct: String,
    #[arg(long, value_name = "MD-…", help = h("incident-secret"))]
    pub secret: Vec<String>,
    #[arg(long, value_name = "RY-…", help = h("incident-person"))]
    pub person: Vec<String>,
    #[arg(long, value_name = "HZ-…", help = h("incident-partner"))]
    pub partner: Vec<String>,
    #[arg(long, value_name = "DATE", help = h("incident-from"))]
    pub from: String,
    #[arg(long, value_name = "DATE", help = h("incident-until"))]
    pub until: Option<String>,
    #[arg(long, value_name = "DATE", help = h("incident-noticed"))]
    pub noticed: Option<String>,
}

/// A file for what is never recorded.
#[derive(Args, Debug)]
pub struct OutArgs {
    #[arg(long, value_name = "FILE", requires = "know", help = h("incident-out"))]
    pub out: Option<PathBuf>,
    #[arg(long = "i-know-production-may-be-ordered", id = "know", help = h("incident-know"))]
    pub know: bool,
}
