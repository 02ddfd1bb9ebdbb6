//! `midun company …`, `service …` and `coverage`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::h;

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

#[derive(Debug, Args)]
pub struct Dashboard {
    #[arg(long, value_name = "2026-H1", help = h("period"))]
    pub period: Option<String>,
    #[arg(long, help = h("figures-public"))]
    pub public: bool,
}

#[derive(Debug, Args)]
pub struct PeriodReport {
    #[command(flatten)]
    pub of: Dashboard,
    #[arg(long, value_name = "FILE", help = h("report-out"))]
    pub out: PathBuf,
}
