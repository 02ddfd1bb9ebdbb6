//! Where the passphrase comes from: a file, or the terminal without echo. Never an argument: other
//! programs on the machine see those.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use office::{Office, Sort, Trouble};
use words::Lang;

/// The file that the environment names.
const VARIABLE: &str = "MIDUN_PASSPHRASE_FILE";
/// A new passphrase has at least so many characters.
const CHARACTERS_MIN: usize = 8;

fn file(given: Option<&Path>) -> Option<PathBuf> {
    given.map(Path::to_owned).or_else(|| std::env::var_os(VARIABLE).map(PathBuf::from))
}

/// The passphrase of a vault that exists.
pub fn existing(given: Option<&Path>, lang: Lang) -> Result<String, Trouble> {
    match file(given) {
        Some(file) => from_file(&file),
        None => prompt(&words::t(lang, "cli-prompt-passphrase")),
    }
}

/// A passphrase for a new vault: asked twice on a terminal.
pub fn new(given: Option<&Path>, lang: Lang) -> Result<String, Trouble> {
    if let Some(file) = file(given) {
        return long_enough(from_file(&file)?);
    }
    loop {
        let first = match long_enough(prompt(&words::t(lang, "cli-prompt-new-passphrase"))?) {
            Ok(first) => first,
            Err(trouble) => {
                eprintln!("{}", words::tr(lang, trouble.key(), &trouble.args()));
                continue;
            }
        };
        if first == prompt(&words::t(lang, "cli-prompt-again"))? {
            return Ok(first);
        }
        eprintln!("{}", words::t(lang, "cli-passphrases-differ"));
    }
}

/// Stretching makes each guess dear, but not a word that is guessed at once.
fn long_enough(passphrase: String) -> Result<String, Trouble> {
    if passphrase.chars().count() >= CHARACTERS_MIN {
        return Ok(passphrase);
    }
    let args = vec![("least", CHARACTERS_MIN.to_string())];
    Err(Trouble::Other("cli-short-passphrase", args, Sort::Refused))
}

fn from_file(path: &Path) -> Result<String, Trouble> {
    Ok(Office::read_text(path)?.lines().next().unwrap_or_default().to_owned())
}

fn prompt(text: &str) -> Result<String, Trouble> {
    let none = || Trouble::Other("cli-no-terminal", vec![], Sort::Locked);
    if !std::io::stdin().is_terminal() {
        return Err(none());
    }
    rpassword::prompt_password(text).map_err(|_| none())
}
