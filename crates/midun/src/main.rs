//! The door: command line, configuration, clock, randomness, wiring.

mod args;
mod commands;
mod help;
mod passphrase;
mod say;
mod world;

use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let lang = say::language(&arguments);
    let command = help::localized(args::Cli::command(), lang);
    let matches = match command.try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version go to stdout with code 0, misuse to stderr with code 2.
            let code = ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
            match help::misuse(&error, lang) {
                Some(text) => eprintln!("{}{text}", words::t(lang, "cli-error")),
                None => drop(error.print()),
            }
            return code;
        }
    };
    let cli = match args::Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    let say = say::Say { lang, json: cli.json, quiet: cli.quiet };
    if let Some(tag) = cli.lang.as_deref().filter(|tag| words::Lang::from_tag(tag).is_none()) {
        let args = vec![("text", tag.chars().take(40).collect()), ("words", "zh, en".into())];
        let trouble = office::Trouble::Other("cli-not-a-word", args, office::Sort::Refused);
        return say.failure(&trouble.into());
    }
    match commands::run(cli, &say) {
        Ok(code) => code,
        Err(error) => say.failure(&error),
    }
}
