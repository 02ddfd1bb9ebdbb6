//! `midun expert …`, `request …`, `visit …` and `prescription …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::h;

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
    #[command(about = h("request-hand"))]
    Hand {
        #[arg(value_name = "SQ-…", help = h("request-no"))]
        id: String,
        #[arg(long, value_name = "JG-…", help = h("organisation-no"))]
        organisation: String,
        #[arg(long, value_name = "DATE", help = h("due"))]
        due: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("request-answer"))]
    Answer {
        #[arg(value_name = "SQ-…", help = h("request-no"))]
        id: String,
        #[arg(long, value_name = "FILE", help = h("reply-text"))]
        text: PathBuf,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
        #[arg(long, value_name = "DATE", help = h("request-again"))]
        again: Option<String>,
    },
    #[command(about = h("request-follow"))]
    Follow {
        #[arg(value_name = "SQ-…", help = h("request-no"))]
        id: String,
        #[arg(long, help = h("request-outcome"))]
        outcome: String,
        #[arg(long, value_name = "FILE", help = h("request-note"))]
        note: Option<PathBuf>,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
        #[arg(long, value_name = "DATE", help = h("request-again"))]
        again: Option<String>,
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
