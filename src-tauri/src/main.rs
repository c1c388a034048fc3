//! The desktop shell: one window, the keyring of the operating system, one `rpc` command.
//!
//! In: commands from the window's interface. Out: what the command list of `radrum-app` gives,
//! and its events. Invariants: the window loads nothing from outside, may call `rpc` only, and
//! keeps nothing on disk of its own; files are opened and written through tickets.
//!
//! Deliberately not here: what any command does (`radrum-app`).

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod keyring_store;
mod log;
mod native;
mod notice;
mod options;
mod rpc;
mod window;

use anyhow::{Result, bail};
use options::Options;
use radrum_app::{FixedClock, Host, OsEntropy, Setup, SystemClock, World};
use std::sync::Arc;

fn main() -> Result<()> {
    let options = Options::parse(std::env::args_os().skip(1))?;
    let _log = log::start(&options);
    refuse_automation()?;
    let host = Arc::new(Host::new(setup(&options)?));
    // The database opens while the window is being made.
    let opening = Arc::clone(&host);
    std::thread::spawn(move || opening.start());
    window::run(host, options)
}

/// Whether a test drives the window.
fn is_driven() -> bool {
    std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some()
}

/// A release build is not driven from outside.
fn refuse_automation() -> Result<()> {
    if is_driven() && !cfg!(debug_assertions) {
        bail!("TAURI_WEBVIEW_AUTOMATION is refused by release builds");
    }
    Ok(())
}

fn setup(options: &Options) -> Result<Setup> {
    let clock: Arc<dyn radrum_app::Clock> = match options.now {
        Some(day) => Arc::new(FixedClock::on(day)),
        None => Arc::new(SystemClock),
    };
    Ok(Setup {
        folder: options.folder()?,
        world: World {
            clock,
            entropy: Arc::new(OsEntropy),
        },
        secrets: Arc::new(keyring_store::KeyringStore),
        example: options.example.then_some(radrum_app::Size::Small),
        planted: None,
        opener: Some(Arc::new(radrum_transport::Roads)),
    })
}
