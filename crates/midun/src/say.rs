//! How the program speaks: results to stdout, everything else to stderr; in the user's language,
//! or as JSON.

use std::ffi::OsString;
use std::process::ExitCode;

use domain::Refusal;
use office::{Sort, Trouble};
use serde_json::{Value, json};
use store::StoreError;
use words::Lang;

/// How to speak.
#[derive(Clone, Copy, Debug)]
pub struct Say {
    /// In which language.
    pub lang: Lang,
    /// As JSON.
    pub json: bool,
    /// Without remarks.
    pub quiet: bool,
}

/// The language: `--lang`, then `MIDUN_LANG`, then the environment's; Chinese when none says.
pub fn language(arguments: &[OsString]) -> Lang {
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    let mut said = None;
    while let Some(argument) = arguments.next() {
        if argument == "--lang" {
            said = arguments.next().and_then(Lang::from_tag);
        } else if let Some(tag) = argument.strip_prefix("--lang=") {
            said = Lang::from_tag(tag);
        }
    }
    let environment = || {
        ["MIDUN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| Lang::from_tag(&std::env::var(name).ok()?))
    };
    said.or_else(environment).unwrap_or_default()
}

impl Say {
    /// The words of a key.
    pub fn t(&self, key: &str) -> String {
        words::t(self.lang, key)
    }

    /// The words of a key, with values.
    pub fn tr(&self, key: &str, args: &[(&str, String)]) -> String {
        words::tr(self.lang, key, args)
    }

    /// A result: as JSON, or as people read it.
    pub fn result(&self, value: &Value, text: impl FnOnce() -> String) {
        use std::io::Write as _;
        let text = if self.json { format!("{value}\n") } else { text() };
        // A closed pipe is no failure: whoever reads has seen enough.
        drop(std::io::stdout().write_all(text.as_bytes()));
    }

    /// A remark beside the result.
    pub fn remark(&self, text: &str) {
        if !self.quiet && !self.json {
            eprintln!("{text}");
        }
    }

    /// What went wrong, with the exit code that says what sort it is.
    pub fn failure(&self, error: &anyhow::Error) -> ExitCode {
        let Some(trouble) = error.downcast_ref::<Trouble>() else {
            let text = self.tr("cli-internal", &[("why", format!("{error:#}"))]);
            self.print_failure("internal", &text);
            return ExitCode::from(70);
        };
        let text = self.trouble(trouble);
        self.print_failure(trouble.key(), &text);
        ExitCode::from(exit_code(trouble))
    }

    fn print_failure(&self, key: &str, text: &str) {
        if self.json {
            eprintln!("{}", json!({ "error": { "key": key, "message": text } }));
        } else {
            eprintln!("{}{text}", self.t("cli-error"));
        }
    }

    /// The words of a trouble: its values that are keys of fields are put into words too.
    pub fn trouble(&self, trouble: &Trouble) -> String {
        let args: Vec<(&str, String)> = trouble
            .args()
            .into_iter()
            .map(|(name, value)| {
                let value = if name == "field" { self.t(&value) } else { value };
                (name, value)
            })
            .collect();
        self.tr(trouble.key(), &args)
    }
}

/// 0 done · 1 not valid · 2 misuse or refused · 3 not found · 4 locked · 5 conflict · 6 damaged ·
/// 70 anything else.
fn exit_code(trouble: &Trouble) -> u8 {
    match trouble {
        Trouble::Store(StoreError::Damaged(_) | StoreError::TreeMismatch(_))
        | Trouble::NotAsRecorded(_) => 6,
        Trouble::Refused(Refusal::ClockWentBack { .. }) => 5,
        trouble => match trouble.sort() {
            Sort::Refused => 2,
            Sort::NotFound => 3,
            Sort::Locked => 4,
            Sort::Conflict => 5,
            Sort::Broken => 70,
        },
    }
}
