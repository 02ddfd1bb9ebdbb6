//! midun.exe under Wine: the stories that the tests tell to the native program are told to it.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::cross::windows_exe;
use crate::shell::{Outcome, cargo, command, execute, target};
use crate::{Options, tools};

/// Debian's Wine for programs of 64 bits.
const WINE: &str = "/usr/lib/wine/wine64";
const SERVER: &str = "/usr/lib/wine/wineserver64";

/// Tells the stories to midun.exe, which `cargo xtask windows` has built.
pub fn run(options: &Options) -> Outcome {
    tools::need(tools::EMULATOR)?;
    let exe = windows_exe(options);
    if !exe.exists() {
        return Err(format!("{} is not built: run `cargo xtask windows`", exe.display()));
    }
    let prefix = target().join("wine");
    generator(&prefix.join("drive_c/windows/system32"))?;
    let exe = stripped(&exe)?;
    let _server = Server::start(&prefix)?;
    // One alone sets Wine's folders up; many at once trip over each other.
    let mut first = command(WINE, &[&exe.to_string_lossy(), "--version"]);
    execute(first.env("WINEPREFIX", &prefix).env("WINEDEBUG", "-all"))?;
    // As for all tests: with `-p midun` the libraries would be built once more with other features.
    let mut tell =
        cargo(&["test", "--locked", "--workspace", "--test", "it", "--", "--exact", "stories"]);
    execute(
        tell.env("MIDUN_TOLD_BY", format!("{WINE} {}", exe.display()))
            .env("WINEPREFIX", &prefix)
            .env("WINEDEBUG", "-all")
            // Wine reads words on its command line by this; midun does not take its language from it.
            .env("LC_CTYPE", "C.UTF-8"),
    )
}

/// The program without its symbols, laid out in whole pages: Wine maps it then, and starts it more
/// than twice as fast as when it copies it with all that only a debugger reads.
fn stripped(exe: &Path) -> Result<PathBuf, String> {
    let lean = exe.with_file_name("midun-stripped.exe");
    let mut strip = command("x86_64-w64-mingw32-objcopy", &["--strip-all"]);
    execute(strip.args(["--file-alignment", "4096"]).arg(exe).arg(&lean))?;
    Ok(lean)
}

/// Wine's server for as long as the stories are told. Left to Wine, the first program starts it and
/// hands it its own output, so that whoever reads that to its end waits for the server too.
struct Server<'a>(&'a Path);

impl<'a> Server<'a> {
    fn start(prefix: &'a Path) -> Result<Self, String> {
        let server = Server(prefix);
        server.call("-p")?;
        Ok(server)
    }

    fn call(&self, flag: &str) -> Outcome {
        let mut server = command(SERVER, &[flag]);
        server.env("WINEPREFIX", self.0).stdin(Stdio::null());
        execute(server.stdout(Stdio::null()).stderr(Stdio::null()))
    }
}

impl Drop for Server<'_> {
    fn drop(&mut self) {
        // It ends by itself when the machine does.
        let _ = self.call("-k");
    }
}

/// Gives Wine the library of Windows that Rust takes random bytes from; Debian 12's Wine lacks it.
fn generator(system: &Path) -> Outcome {
    std::fs::create_dir_all(system).map_err(|trouble| trouble.to_string())?;
    let library = system.join("bcryptprimitives.dll");
    if library.exists() {
        return Ok(());
    }
    let mut compile = command("x86_64-w64-mingw32-gcc", &["-shared", "-O1", "-o"]);
    execute(compile.arg(&library).args(["xtask/src/bcryptprimitives.c", "-ladvapi32"]))
}
