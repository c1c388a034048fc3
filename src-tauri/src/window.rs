//! The window and its life.

use crate::native::Opened;
use crate::notice;
use crate::options::Options;
use crate::rpc::{self, Shell};
use anyhow::Result;
use radrum_app::Host;
use std::sync::Arc;
use std::time::Instant;
use tauri::webview::NewWindowResponse;
use tauri::{App, Emitter as _, Manager as _, Theme, Url, WebviewUrl, WebviewWindowBuilder};
use tauri_plugin_window_state::StateFlags;

/// Size of the first window, in logical pixels.
const SIZE: (u32, u32) = (1_280, 800);

/// Smallest window that every page works in.
const SIZE_MIN: (f64, f64) = (480.0, 480.0);

/// Opens the window and returns when it has been closed.
///
/// # Errors
/// When no window can be made.
pub fn run(host: Arc<Host>, options: Options) -> Result<()> {
    let shell = Shell {
        host: Arc::clone(&host),
        announce: options.announce,
        started: Instant::now(),
    };
    let mut builder = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| raise(app)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init());
    if options.size.is_none() {
        let remembered = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
        builder = builder.plugin(
            tauri_plugin_window_state::Builder::default()
                .with_state_flags(remembered)
                .build(),
        );
    }
    let listening = Arc::clone(&host);
    builder
        .manage(shell)
        .manage(Opened(options.opened.clone()))
        .invoke_handler(tauri::generate_handler![rpc::rpc])
        .setup(move |app| {
            forward_events(app, &listening);
            notice::watch(&listening);
            open(app, &options)?;
            Ok(())
        })
        .run(tauri::generate_context!())?;
    host.close();
    Ok(())
}

/// A second start shows the window that is there.
fn raise(app: &tauri::AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

fn forward_events(app: &App, host: &Host) {
    let events = host.events().listen();
    let app = app.handle().clone();
    std::thread::spawn(move || {
        while let Ok(event) = events.recv() {
            if app.emit("radrum", &event).is_err() {
                return;
            }
        }
    });
}

fn open(app: &App, options: &Options) -> Result<()> {
    let (width, height) = options.size.unwrap_or(SIZE);
    let theme = if options.dark { "?theme=dark" } else { "" };
    let page = format!(
        "index.html{theme}{}",
        options.at.as_deref().unwrap_or_default()
    );
    let title = if options.example {
        "Rådrum – Exempelkrets"
    } else {
        "Rådrum"
    };
    let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::App(page.into()))
        .title(title)
        .inner_size(f64::from(width), f64::from(height))
        .min_inner_size(SIZE_MIN.0, SIZE_MIN.1)
        // Nothing of what is shown is cached on disk (security.md T1). A private window cannot
        // be driven, so tests look at an ordinary one, and find nothing on the disk either.
        .incognito(!crate::is_driven())
        .theme(options.dark.then_some(Theme::Dark))
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    window.set_focus()?;
    Ok(())
}

/// The window never leaves the interface that is built into the program.
fn is_own_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => true,
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}
