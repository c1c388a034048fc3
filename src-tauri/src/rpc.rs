//! The one command of the window.

use crate::native;
use radrum_app::{Code, Host};
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;
use tauri::{AppHandle, State};

/// What a window needs to answer a call.
pub struct Shell {
    /// The profile.
    pub host: Arc<Host>,
    /// Say when the window can be used.
    pub announce: bool,
    /// When the program started.
    pub started: std::time::Instant,
}

/// An error as the interface reads it.
#[derive(Debug, Serialize)]
pub struct Failed {
    code: Code,
    args: Value,
}

/// Runs a command off the main thread, so that the window never waits for disk.
#[tauri::command]
pub async fn rpc(
    app: AppHandle,
    shell: State<'_, Shell>,
    command: String,
    args: Value,
) -> Result<Value, Failed> {
    let host = Arc::clone(&shell.host);
    if shell.announce && command == "warm_up" {
        announce(shell.started.elapsed().as_millis());
    }
    let run = tauri::async_runtime::spawn_blocking(move || {
        match native::call(&app, &host, &command, &args) {
            Some(answer) => answer,
            None => radrum_app::call(&host, &command, args),
        }
    });
    match run.await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(Failed {
            code: error.code,
            args: error.args,
        }),
        Err(_) => Err(Failed {
            code: Code::Bug,
            args: json!({}),
        }),
    }
}

/// The interface asks for `warm_up` when its first page is painted and takes input.
#[expect(
    clippy::print_stdout,
    reason = "asked for on the command line, for measurements"
)]
fn announce(ms: u128) {
    println!("usable after {ms} ms");
}
