//! Verbs that only a desktop has: choosing files, opening links.

use radrum_app::{Code, Error, Host};
use serde_json::{Value, json};
use std::path::PathBuf;
use tauri::{AppHandle, Manager as _};
use tauri_plugin_dialog::DialogExt as _;
use tauri_plugin_opener::OpenerExt as _;

/// The file that the program was opened with, as from a file manager.
pub struct Opened(pub Option<PathBuf>);

/// Answers a native verb, or nothing if the command is not one.
pub fn call(
    app: &AppHandle,
    host: &Host,
    command: &str,
    args: &Value,
) -> Option<Result<Value, Error>> {
    match command {
        "pick_save_file" => {
            let name = args["name"].as_str().unwrap_or("radrum.zip");
            let path = app.dialog().file().set_file_name(name).blocking_save_file();
            Some(ticket(host, path))
        }
        "pick_open_file" => Some(ticket(host, app.dialog().file().blocking_pick_file())),
        "opened_file" => {
            let opened = app.state::<Opened>().0.clone();
            Some(ticket(host, opened.map(Into::into)))
        }
        "open_link" => Some(open_link(app, args["url"].as_str().unwrap_or_default())),
        _ => None,
    }
}

/// Null when the user changed her mind, or opened none.
fn ticket(host: &Host, path: Option<tauri_plugin_dialog::FilePath>) -> Result<Value, Error> {
    let Some(path) = path.and_then(|path| path.into_path().ok()) else {
        return Ok(Value::Null);
    };
    let ticket = host.tickets().give(&host.world(), path)?;
    Ok(json!({ "ticket": ticket }))
}

/// The interface has asked the user and named the host; anything but these is a fault.
fn open_link(app: &AppHandle, url: &str) -> Result<Value, Error> {
    let safe = ["https://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| url.starts_with(scheme));
    if !safe {
        return Err(Error::new(Code::BadArguments, "link"));
    }
    app.opener()
        .open_url(url, None::<&str>)
        .map_err(|error| Error::new(Code::Bug, error.to_string()))?;
    Ok(json!({}))
}
