//! An empty window of the same Tauri: what a window costs before anything of ours is in it.
//! `cargo xtask bench` prints the real window beside it. Never shipped.

use anyhow::Result;
use serde_json::{Value, json};
use std::time::Instant;
use tauri::{State, WebviewUrl, WebviewWindowBuilder};

fn main() -> Result<()> {
    tauri::Builder::default()
        .manage(Instant::now())
        .invoke_handler(tauri::generate_handler![rpc])
        .setup(|app| {
            // Size and privacy as in src/window.rs.
            WebviewWindowBuilder::new(app, "main", WebviewUrl::App("index.html".into()))
                .inner_size(1_280.0, 800.0)
                .incognito(true)
                .build()?
                .set_focus()?;
            Ok(())
        })
        .run(tauri::generate_context!("examples/empty/tauri.conf.json"))?;
    Ok(())
}

/// The page calls it when its first frame is painted, as the interface does.
#[tauri::command]
#[expect(clippy::print_stdout, reason = "for measurements")]
async fn rpc(started: State<'_, Instant>, command: String, args: Value) -> Result<Value, ()> {
    if command == "warm_up" {
        println!("usable after {} ms", started.elapsed().as_millis());
    }
    drop(args);
    Ok(json!({}))
}
