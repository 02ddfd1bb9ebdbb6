//! The command line's help and its complaints, in the user's language: clap's own words are English.

use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, Command};
use words::Lang;

/// Puts the words that clap adds by itself into a language.
pub fn localized(command: Command, lang: Lang) -> Command {
    let is_root = command.get_name() == "midun";
    let options = words::t(lang, "help-options");
    let arguments = words::t(lang, "help-arguments");
    let usage = words::t(lang, "help-usage");
    let mut command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .subcommand_help_heading(words::t(lang, "help-commands"))
        .help_template(format!(
            "{{about-with-newline}}\n{usage}{{usage}}\n\n{{all-args}}{{after-help}}"
        ))
        .mut_args(|arg| {
            let heading = if arg.is_positional() { &arguments } else { &options };
            arg.help_heading(heading.clone())
        })
        .mut_subcommands(|inner| localized(inner, lang))
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help(words::t(lang, "help-help"))
                .help_heading(options.clone()),
        );
    if is_root {
        command = command.arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(words::t(lang, "help-version"))
                .help_heading(options),
        );
    }
    command
}

/// What is wrong with a command line, when it is more than a question for help.
pub fn misuse(error: &clap::Error, lang: Lang) -> Option<String> {
    let of = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let key = match error.kind() {
        ErrorKind::UnknownArgument => "misuse-unknown-argument",
        ErrorKind::InvalidSubcommand => "misuse-unknown-command",
        ErrorKind::MissingRequiredArgument => "misuse-missing",
        ErrorKind::InvalidValue if of(ContextKind::InvalidValue).is_empty() => "misuse-no-value",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "misuse-value",
        ErrorKind::ArgumentConflict => "misuse-conflict",
        _ => return None,
    };
    let args = [
        ("argument", of(ContextKind::InvalidArg)),
        ("command", of(ContextKind::InvalidSubcommand)),
        ("value", of(ContextKind::InvalidValue)),
        ("other", of(ContextKind::PriorArg)),
    ];
    let mut text = words::tr(lang, key, &args);
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand] {
        let suggested = of(kind);
        if !suggested.is_empty() {
            text += &words::tr(lang, "misuse-suggested", &[("what", suggested)]);
        }
    }
    let usage = of(ContextKind::Usage);
    if let Some(usage) = usage.strip_prefix("Usage: ") {
        text += &format!("\n{}{usage}", words::t(lang, "help-usage"));
    }
    Some(text)
}
