//! What the operating system must have, and how it gets it.

use crate::shell::{command, exists, output, run};
use anyhow::Result;
use std::io::IsTerminal as _;
use std::process::{Command, ExitCode, Stdio};

/// A need and how to see that it is there.
struct Need {
    /// Debian's name.
    debian: &'static str,
    /// Fedora's and Arch's.
    fedora: &'static str,
    arch: &'static str,
    seen: Seen,
}

enum Seen {
    /// A program on the path.
    Program(&'static str),
    /// A library with headers that pkg-config knows.
    Library(&'static str),
    /// PostgreSQL's server, which Debian keeps off the path.
    Postgres,
}

/// To build and open the window.
const BUILD: &[Need] = &[
    need(
        "pkg-config",
        "pkgconf-pkg-config",
        "pkgconf",
        Seen::Program("pkg-config"),
    ),
    need(
        "libwebkit2gtk-4.1-dev",
        "webkit2gtk4.1-devel",
        "webkit2gtk-4.1",
        Seen::Library("webkit2gtk-4.1"),
    ),
    need(
        "libssl-dev",
        "openssl-devel",
        "openssl",
        Seen::Library("openssl"),
    ),
];

/// To take a picture without a display, and to drive the real window in tests.
const DISPLAY: &[Need] = &[
    need(
        "xvfb",
        "xorg-x11-server-Xvfb",
        "xorg-server-xvfb",
        Seen::Program("Xvfb"),
    ),
    need(
        "imagemagick",
        "ImageMagick",
        "imagemagick",
        Seen::Program("import"),
    ),
    need(
        "dbus",
        "dbus-daemon",
        "dbus",
        Seen::Program("dbus-run-session"),
    ),
];

/// To drive the real window in tests, with an unlocked key store; and a database server for the
/// relay's other store, which its tests start themselves in a folder of their own.
const TEST: &[Need] = &[
    need(
        "postgresql",
        "postgresql-server",
        "postgresql",
        Seen::Postgres,
    ),
    need(
        "webkit2gtk-driver",
        "webkit2gtk4.1",
        "webkit2gtk-4.1",
        Seen::Program("WebKitWebDriver"),
    ),
    need(
        "gnome-keyring",
        "gnome-keyring",
        "gnome-keyring",
        Seen::Program("gnome-keyring-daemon"),
    ),
];

const fn need(debian: &'static str, fedora: &'static str, arch: &'static str, seen: Seen) -> Need {
    Need {
        debian,
        fedora,
        arch,
        seen,
    }
}

/// What is about to be done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
pub enum For {
    /// Build and open a window.
    Window,
    /// Also without a display.
    Picture,
    /// Also drive it.
    Tests,
}

/// Installs what is missing. `Some` is the exit code when the user must do it.
///
/// # Errors
/// When an installation fails.
pub fn ensure(purpose: For) -> Result<Option<ExitCode>> {
    if !cfg!(target_os = "linux") {
        return Ok(ensure_node());
    }
    let mut needs: Vec<&Need> = BUILD.iter().collect();
    if purpose >= For::Picture {
        needs.extend(DISPLAY);
    }
    if purpose >= For::Tests {
        needs.extend(TEST);
    }
    // Looked for in order: without pkg-config no library is seen, and all are installed.
    let missing: Vec<&Need> = needs.into_iter().filter(|need| !is_there(need)).collect();
    if !missing.is_empty()
        && let Some(code) = install(&missing)?
    {
        return Ok(Some(code));
    }
    Ok(ensure_node())
}

fn is_there(need: &Need) -> bool {
    match need.seen {
        Seen::Program(program) => exists(program),
        Seen::Postgres => has_postgres(),
        Seen::Library(library) => {
            let mut ask = command("pkg-config", &["--exists", library]);
            ask.stderr(Stdio::null())
                .status()
                .is_ok_and(|status| status.success())
        }
    }
}

fn has_postgres() -> bool {
    let versions = std::fs::read_dir("/usr/lib/postgresql");
    let mut versions = versions.into_iter().flatten().flatten();
    exists("initdb") || versions.any(|version| version.path().join("bin/initdb").exists())
}

fn install(missing: &[&Need]) -> Result<Option<ExitCode>> {
    let names = |of: fn(&Need) -> &'static str| -> Vec<&str> {
        missing.iter().map(|need| of(need)).collect()
    };
    let debian = names(|need| need.debian);
    let line = format!(
        "apt-get install -y --no-install-recommends {}",
        debian.join(" ")
    );
    if !exists("apt-get") {
        let line = if exists("dnf") {
            format!(
                "sudo dnf install -y {}",
                names(|need| need.fedora).join(" ")
            )
        } else if exists("pacman") {
            format!(
                "sudo pacman -S --needed {}",
                names(|need| need.arch).join(" ")
            )
        } else {
            format!("(Debian's names) {}", debian.join(" "))
        };
        return Ok(Some(ask_user(&line)));
    }
    let Some(privileged) = privilege()? else {
        return Ok(Some(ask_user(&format!(
            "sudo apt-get update && sudo {line}"
        ))));
    };
    println!("Installing {} …", debian.join(", "));
    run(&mut apt(&privileged, &["update", "-qq"]))?;
    let mut install = vec!["install", "-y", "-qq", "--no-install-recommends"];
    install.extend(debian);
    run(&mut apt(&privileged, &install))?;
    Ok(None)
}

fn ask_user(line: &str) -> ExitCode {
    eprintln!("Some packages are missing. Type this, then try again:\n\n  {line}\n");
    ExitCode::from(2)
}

/// Words before apt-get; none when nobody may install without being asked.
fn privilege() -> Result<Option<Vec<&'static str>>> {
    if output(&mut command("id", &["-u"]))?.trim() == "0" {
        return Ok(Some(Vec::new()));
    }
    if !exists("sudo") {
        return Ok(None);
    }
    let quietly = command("sudo", &["-n", "true"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if quietly {
        Ok(Some(vec!["sudo", "-n"]))
    } else if std::io::stdin().is_terminal() {
        Ok(Some(vec!["sudo"]))
    } else {
        Ok(None)
    }
}

fn apt(privileged: &[&str], args: &[&str]) -> Command {
    let mut words: Vec<&str> = privileged.to_vec();
    // `env` because sudo drops variables.
    words.extend(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    words.extend(args);
    command(words[0], &words[1..])
}

/// Node 20.19 or newer: what Vite needs.
fn ensure_node() -> Option<ExitCode> {
    let version = output(&mut command("node", &["--version"])).unwrap_or_default();
    let mut numbers = version.trim().trim_start_matches('v').split('.');
    let mut next = || {
        numbers
            .next()
            .and_then(|n| n.parse::<u32>().ok())
            .unwrap_or(0)
    };
    if (next(), next()) >= (20, 19) {
        return None;
    }
    eprintln!("Node.js 20.19 or newer is needed (https://nodejs.org); found: {version}");
    Some(ExitCode::from(2))
}

/// Whether a window can be shown.
pub fn has_display() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
