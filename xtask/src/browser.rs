//! The demos' pages in a real browser; the walk itself is e2e/walk.mjs.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::cross::profile_folder;
use crate::shell::{Outcome, cargo, command, execute, target};
use crate::{Options, tools};

const START_MAX: Duration = Duration::from_secs(120);

/// The demos that are walked: the arguments of each, and the pages to begin with.
const DEMOS: [(&[&str], &str); 2] = [
    (&["demo"], "e2e/pages.txt"),
    (&["demo", "--role", "station", "--companies", "900"], "e2e/station.txt"),
];

/// Starts each demo, waits for the address it prints, and walks its pages.
pub fn run(options: &Options) -> Outcome {
    tools::need(tools::BROWSER)?;
    tools::npm()?;
    let midun = build_native(options)?;
    for (arguments, pages) in DEMOS {
        walk(&midun, arguments, pages, options)?;
    }
    Ok(())
}

fn walk(midun: &Path, arguments: &[&str], pages: &str, options: &Options) -> Outcome {
    let mut demo = Command::new(midun);
    demo.args(arguments).args(["--no-browser", "--listen", "127.0.0.1:0"]).current_dir(target());
    let mut demo = Running(
        demo.stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|trouble| format!("{}: {trouble}", midun.display()))?,
    );
    let address = demo.address()?;
    let (base, path) = split(&address);
    println!("{}: {base}", arguments.join(" "));
    let mut walk = command("node", &["e2e/walk.mjs", base, "--pages", pages]);
    if path.len() > 1 {
        walk.args(["--enter", path]);
    }
    if let Some(folder) = &options.shots {
        walk.args(["--shots", folder]);
    }
    execute(&mut walk)
}

/// Builds midun and says where it lies. The tests have built it already with the features that all
/// rooms together ask of their libraries; `-p midun` alone would build those libraries once more.
fn build_native(options: &Options) -> Result<PathBuf, String> {
    let profile = options.profile.as_deref().unwrap_or("release");
    if profile == "dev" {
        execute(&mut cargo(&["test", "--workspace", "--locked", "--no-run", "--quiet"]))?;
    } else {
        execute(&mut cargo(&["build", "--locked", "-p", "midun", "--profile", profile]))?;
    }
    Ok(target().join(profile_folder(options)).join("midun"))
}

/// A child that ends when we do.
struct Running(Child);

impl Running {
    /// The first web address the demo prints; keeps reading so that it never waits for us.
    fn address(&mut self) -> Result<String, String> {
        let output = self.0.stdout.take().ok_or("the demo has no output")?;
        let (found, wait) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some(address) = address_in(&line) {
                    // The receiver is gone after the first address; later ones don't matter.
                    let _ = found.send(address.to_owned());
                }
            }
        });
        wait.recv_timeout(START_MAX).map_err(|_| "the demo printed no address".to_owned())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn address_in(line: &str) -> Option<&str> {
    let start = line.find("http://")?;
    let end = line[start..].find(|c: char| c.is_whitespace() || !c.is_ascii());
    Some(end.map_or(&line[start..], |end| &line[start..start + end]))
}

/// Parts an address into its origin and its path.
fn split(address: &str) -> (&str, &str) {
    let host = "http://".len();
    address[host..].find('/').map_or((address, ""), |slash| address.split_at(host + slash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_and_parted() {
        let address =
            address_in("打开 http://127.0.0.1:8080/enter?code=ab 按 Ctrl+C").unwrap_or("");
        assert_eq!(split(address), ("http://127.0.0.1:8080", "/enter?code=ab"));
        assert_eq!(split("http://127.0.0.1:1"), ("http://127.0.0.1:1", ""));
        assert_eq!(address_in("nothing here"), None);
    }
}
