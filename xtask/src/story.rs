//! A short story told to midun on the command line, natively and under Wine.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cross::{profile_folder, windows_exe};
use crate::shell::{Outcome, cargo, execute, read, root, target};
use crate::{Options, tools};

const STORY: &str = "xtask/story.txt";

/// Tells the story to midun as built for this machine.
pub fn native(options: &Options) -> Outcome {
    let midun = build_native(options)?;
    tell(&|| Command::new(&midun))
}

/// Tells the story to midun.exe, which `cargo xtask windows` has built.
pub fn wine(options: &Options) -> Outcome {
    tools::need(tools::EMULATOR)?;
    let exe = windows_exe(options);
    if !exe.exists() {
        return Err(format!("{} is not built: run `cargo xtask windows`", exe.display()));
    }
    let prefix = target().join("wine");
    std::fs::create_dir_all(&prefix).map_err(|trouble| trouble.to_string())?;
    tell(&|| {
        let mut wine = Command::new("/usr/lib/wine/wine64");
        wine.arg(&exe).env("WINEPREFIX", &prefix).env("WINEDEBUG", "-all").env("LC_ALL", "C.UTF-8");
        wine
    })
}

/// Builds midun and says where it lies.
pub fn build_native(options: &Options) -> Result<PathBuf, String> {
    let profile = options.profile.as_deref().unwrap_or("release");
    execute(&mut cargo(&["build", "--locked", "-p", "midun", "--profile", profile]))?;
    Ok(target().join(profile_folder(options)).join("midun"))
}

/// Runs each line in one fresh folder; story.txt says what lines there are.
fn tell(midun: &dyn Fn() -> Command) -> Outcome {
    let folder = target().join("story");
    let trouble = |trouble: std::io::Error| format!("{}: {trouble}", folder.display());
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(trouble)?;
    }
    std::fs::create_dir_all(&folder).map_err(trouble)?;
    let mut settings: Vec<(String, String)> = Vec::new();
    let mut told = 0;
    for line in read(&root().join(STORY))?.lines().map(str::trim) {
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        match (first, line.split_once('=')) {
            _ if line.is_empty() || line.starts_with('#') => {}
            ("write", _) => {
                let (name, text) = rest.split_once(' ').unwrap_or((rest, ""));
                std::fs::write(folder.join(name), format!("{text}\n")).map_err(trouble)?;
            }
            ("damage", _) => damage(&folder.join(rest)).map_err(trouble)?,
            (_, Some((name, value))) if name.starts_with("MIDUN_") => {
                settings.push((name.to_owned(), value.to_owned()));
            }
            _ => {
                one(midun(), line, &folder, &settings)?;
                told += 1;
            }
        }
    }
    println!("story: {told} lines told");
    Ok(())
}

/// Changes one bit in the middle of a file.
fn damage(file: &Path) -> std::io::Result<()> {
    let mut bytes = std::fs::read(file)?;
    let middle = bytes.len() / 2;
    if let Some(byte) = bytes.get_mut(middle) {
        *byte ^= 1;
    }
    std::fs::write(file, bytes)
}

fn one(mut midun: Command, line: &str, folder: &Path, settings: &[(String, String)]) -> Outcome {
    println!("> midun {line}");
    let (should_fail, words) = match line.strip_prefix('!') {
        Some(rest) => (true, split(rest)),
        None => (false, split(line)),
    };
    midun.args(words).current_dir(folder).envs(settings.iter().map(|(name, value)| (name, value)));
    match (execute(&mut midun), should_fail) {
        (Ok(()), false) | (Err(_), true) => Ok(()),
        (Ok(()), true) => Err(format!("midun {line}: should have failed")),
        (Err(trouble), false) => Err(trouble),
    }
}

/// Words parted by spaces; "double quotes" keep spaces inside.
fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (i, part) in line.split('"').enumerate() {
        if i % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_keep_words_together() {
        let line = "secret add --name \"第二拐点 温度\" --empty \"\" x";
        assert_eq!(split(line), ["secret", "add", "--name", "第二拐点 温度", "--empty", "", "x"]);
    }
}
