//! The door: command line, configuration, clock, randomness, wiring.

mod args;
mod commands;
mod passphrase;
mod say;
mod world;

use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let lang = say::language(&arguments);
    let command = args::Cli::command();
    let matches = match command.try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version go to stdout with code 0, misuse to stderr with code 2.
            let code = error.exit_code();
            drop(error.print());
            return ExitCode::from(u8::try_from(code).unwrap_or(2));
        }
    };
    let cli = match args::Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    let say = say::Say { lang, json: cli.json, quiet: cli.quiet };
    match commands::run(cli, &say) {
        Ok(code) => code,
        Err(error) => say.failure(&error),
    }
}
