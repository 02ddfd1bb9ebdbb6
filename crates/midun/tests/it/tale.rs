//! Reads a story and tells it, line by line:
//!
//! ```text
//! midun ARGS…            run it; it must end with 0
//! [3] midun ARGS…        … with 3
//! > TEXT                 what it said (both streams) contains TEXT
//! !> TEXT                … does not
//! start ARGS…            run it in the background until it says its first line
//! stop                   end that
//! write FILE TEXT        make a text file         line FILE TEXT    add a line to it
//! bytes FILE HEX         make any file
//! folder DIR             make a folder            link FILE TO      make a symbolic link
//! copy A B               copy a file              remove FILE       remove a file or folder
//! flip FILE              change one bit in its middle
//! cut FILE BYTES         cut it to a length       replace FILE A B  replace text in it
//! keep FILE TEXT         keep those lines of what was said that contain TEXT
//! nowhere TEXT DIR       no file below DIR holds TEXT, as it is or in base64
//! unsaid TEXT            nothing said so far holds TEXT
//! unix                   the rest is told on Unix only
//! MIDUN_NAME=VALUE       an environment variable from here on
//! ```
//!
//! "Double quotes" keep words together.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// How long a server may take to say its first line.
const START_MAX: std::time::Duration = std::time::Duration::from_secs(60);

struct Tale {
    folder: tempfile::TempDir,
    settings: Vec<(String, String)>,
    said: String,
    all_said: String,
    running: Vec<Child>,
}

/// Tells the story in a file; the error says which line failed and what was said.
pub fn tell(file: &Path) -> Result<(), String> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let text = std::fs::read_to_string(file).map_err(|error| format!("{name}: {error}"))?;
    let mut tale = Tale {
        folder: tempfile::tempdir().map_err(|error| error.to_string())?,
        settings: Vec::new(),
        said: String::new(),
        all_said: String::new(),
        running: Vec::new(),
    };
    for (at, line) in (1..).zip(text.lines().map(str::trim)) {
        if line == "unix" && !is_unix() {
            break;
        }
        if line.is_empty() || line.starts_with('#') || line == "unix" {
            continue;
        }
        tale.line(line).map_err(|why| {
            format!("{name}:{at}: {line}\n  {why}\n  said: {}", tale.said.trim_end())
        })?;
    }
    Ok(())
}

/// The program: another one, or the one that was built with these tests.
fn program() -> Command {
    let Ok(told) = std::env::var("MIDUN_TOLD_BY") else {
        return Command::new(env!("CARGO_BIN_EXE_midun"));
    };
    let mut words = told.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    command
}

fn is_unix() -> bool {
    cfg!(unix) && std::env::var_os("MIDUN_TOLD_BY").is_none()
}

impl Tale {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        let words = split(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let io = |error: std::io::Error| error.to_string();
        match words.as_slice() {
            ["midun", arguments @ ..] => self.run(arguments, 0),
            [code, "midun", arguments @ ..] if code.starts_with('[') => {
                let code = code.trim_matches(['[', ']']).parse().map_err(|_| "no exit code")?;
                self.run(arguments, code)
            }
            [">", ..] => self.holds(line[1..].trim(), true),
            ["!>", ..] => self.holds(line[2..].trim(), false),
            ["start", arguments @ ..] => self.start(arguments),
            ["stop"] => {
                self.stop();
                Ok(())
            }
            ["write", file, text @ ..] => {
                std::fs::write(self.path(file), text.join(" ") + "\n").map_err(io)
            }
            ["line", file, text @ ..] => {
                let mut lines = std::fs::read_to_string(self.path(file)).map_err(io)?;
                lines.push_str(&(text.join(" ") + "\n"));
                std::fs::write(self.path(file), lines).map_err(io)
            }
            ["bytes", file, text] => {
                let bytes = hex::decode(text).map_err(|error| error.to_string())?;
                std::fs::write(self.path(file), bytes).map_err(io)
            }
            ["folder", name] => std::fs::create_dir_all(self.path(name)).map_err(io),
            ["link", file, to] => link(to, &self.path(file)).map_err(io),
            ["copy", from, to] => {
                std::fs::copy(self.path(from), self.path(to)).map(drop).map_err(io)
            }
            ["remove", name] if self.path(name).is_dir() => {
                std::fs::remove_dir_all(self.path(name)).map_err(io)
            }
            ["remove", name] => std::fs::remove_file(self.path(name)).map_err(io),
            ["flip", file] => self.change(file, |bytes| {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
            }),
            ["cut", file, length] => {
                let length = length.parse().map_err(|_| "no length")?;
                self.change(file, |bytes| bytes.truncate(length))
            }
            ["replace", file, old, new] => self.change(file, |bytes| {
                *bytes = String::from_utf8_lossy(bytes).replace(old, new).into_bytes();
            }),
            ["keep", file, text] => {
                let lines = self.said.lines().filter(|line| line.contains(text));
                let kept: Vec<&str> = lines.map(str::trim).collect();
                std::fs::write(self.path(file), kept.join("\n") + "\n").map_err(io)
            }
            ["nowhere", text, dir] => nowhere(text, &self.path(dir)),
            ["unsaid", text] if self.all_said.contains(text) => Err("it was said".into()),
            ["unsaid", _] => Ok(()),
            [setting] if setting.starts_with("MIDUN_") => {
                let (name, value) = setting.split_once('=').ok_or("no value")?;
                self.settings.push((name.to_owned(), value.to_owned()));
                Ok(())
            }
            _ => Err("no such line".into()),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        for name in ["MIDUN_DIR", "MIDUN_PASSPHRASE_FILE", "MIDUN_LANG", "LC_ALL", "LANG"] {
            command.env_remove(name);
        }
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    fn run(&mut self, arguments: &[&str], code: i32) -> Result<(), String> {
        let output = self.command(arguments).output().map_err(|error| error.to_string())?;
        self.said = String::from_utf8_lossy(&output.stdout).into_owned();
        self.said += &String::from_utf8_lossy(&output.stderr);
        self.all_said += &self.said;
        match output.status.code() {
            Some(found) if found == code => Ok(()),
            found => Err(format!("ended with {found:?}, not {code}")),
        }
    }

    fn start(&mut self, arguments: &[&str]) -> Result<(), String> {
        let mut command = self.command(arguments);
        let mut child =
            command.stdout(Stdio::piped()).spawn().map_err(|error| error.to_string())?;
        let stdout = child.stdout.take().ok_or("no output")?;
        self.running.push(child);
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                // Later lines are read so that it never waits for us; nobody needs them.
                drop(send.send(line));
            }
        });
        self.said = receive.recv_timeout(START_MAX).map_err(|_| "it said nothing")?;
        self.all_said += &self.said;
        Ok(())
    }

    fn stop(&mut self) {
        for mut child in self.running.drain(..) {
            // It may have ended by itself.
            drop(child.kill());
            drop(child.wait());
        }
    }

    fn holds(&self, text: &str, should: bool) -> Result<(), String> {
        match (self.said.contains(text), should) {
            (true, true) | (false, false) => Ok(()),
            (false, true) => Err("it was not said".into()),
            (true, false) => Err("it was said".into()),
        }
    }

    fn change(&self, file: &str, change: impl FnOnce(&mut Vec<u8>)) -> Result<(), String> {
        let path = self.path(file);
        let mut bytes = std::fs::read(&path).map_err(|error| error.to_string())?;
        change(&mut bytes);
        std::fs::write(&path, bytes).map_err(|error| error.to_string())
    }
}

impl Drop for Tale {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(unix)]
fn link(to: &str, at: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(to, at)
}

#[cfg(not(unix))]
fn link(_: &str, _: &Path) -> std::io::Result<()> {
    Err(std::io::Error::from(std::io::ErrorKind::Unsupported))
}

/// Fails when a file below `dir` holds the text: as it is, or inside a longer text in base64.
fn nowhere(text: &str, dir: &Path) -> Result<(), String> {
    let mut needles = vec![text.as_bytes().to_vec()];
    needles.extend((0..3).map(|at| base64_core(text, at).into_bytes()));
    let mut waiting = vec![dir.to_owned()];
    let mut files = 0;
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).map_err(|error| error.to_string())?;
            waiting.extend(entries.flatten().map(|entry| entry.path()));
            continue;
        }
        files += 1;
        let name = path.display().to_string();
        let bytes = std::fs::read(&path).map_err(|error| format!("{name}: {error}"))?;
        let holds = |needle: &Vec<u8>| bytes.windows(needle.len()).any(|part| part == needle);
        if name.contains(text) || needles.iter().any(holds) {
            return Err(format!("{name} holds it"));
        }
    }
    if files == 0 { Err("there is no file".into()) } else { Ok(()) }
}

/// What the text becomes in base64url when `at` bytes modulo 3 stand before it, without the
/// characters at both ends that its neighbours decide too.
fn base64_core(text: &str, at: usize) -> String {
    use base64::Engine as _;
    let padded = [&vec![0; at][..], text.as_bytes()].concat();
    let encoded = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(padded);
    let start = (at * 8).div_ceil(6);
    encoded[start..encoded.len() - 1].to_owned()
}

/// Words parted by blanks; "double quotes" keep blanks inside.
fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in line.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[test]
fn quotes_keep_words_together() {
    let words = split("secret add --title \"第二拐点 温度\" --empty \"\" x");
    assert_eq!(words, ["secret", "add", "--title", "第二拐点 温度", "--empty", "", "x"]);
}

#[test]
fn base64_is_found_wherever_it_stands() {
    use base64::Engine as _;
    for at in 0..3 {
        let whole = format!("{}苍鹭虚构词 and more", &"xyz"[..at]);
        let encoded = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(whole);
        assert!(encoded.contains(&base64_core("苍鹭虚构词", at)), "{at}");
    }
}
