//! The built interface, and files that commands read and write through tickets.

use super::Web;
use anyhow::Result;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use radrum_app::World;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Component, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Where the interface lies, and a folder for files of this run.
pub struct Files {
    ui: PathBuf,
    folder: tempfile::TempDir,
    written: Mutex<BTreeMap<String, PathBuf>>,
}

impl Files {
    /// Makes the folder; it goes with the program.
    ///
    /// # Errors
    /// Any IO error.
    pub fn new(ui: PathBuf) -> Result<Self> {
        Ok(Self {
            ui,
            folder: tempfile::tempdir()?,
            written: Mutex::default(),
        })
    }

    fn fresh(&self, world: &World) -> Option<PathBuf> {
        let bytes: [u8; 16] = world.random().ok()?;
        let name: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Some(self.folder.path().join(name))
    }
}

/// A ticket for a file that a command writes and the page then fetches.
pub async fn save_ticket(State(web): State<Web>) -> Response {
    let world = web.host.world();
    let Some(path) = web.files.fresh(&world) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    match web.host.tickets().give(&world, path.clone()) {
        Ok(ticket) => {
            let mut written = web
                .files
                .written
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            written.insert(ticket.clone(), path);
            Json(json!({ "ticket": ticket })).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// A ticket for a file that the page sends and a command reads.
pub async fn upload(State(web): State<Web>, body: Bytes) -> Response {
    let world = web.host.world();
    let Some(path) = web.files.fresh(&world) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if tokio::fs::write(&path, &body).await.is_err() {
        return StatusCode::INSUFFICIENT_STORAGE.into_response();
    }
    match web.host.tickets().give(&world, path) {
        Ok(ticket) => Json(json!({ "ticket": ticket })).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// A file that a command wrote, once.
pub async fn download(State(web): State<Web>, Path(ticket): Path<String>) -> Response {
    let path = {
        let mut written = web
            .files
            .written
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        written.remove(&ticket)
    };
    let Some(path) = path else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match tokio::fs::read(&path).await {
        Ok(bytes) => ([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A file of the built interface.
pub async fn asset(State(web): State<Web>, uri: Uri) -> Response {
    let wanted = uri.path().trim_start_matches('/');
    let wanted = PathBuf::from(if wanted.is_empty() {
        "index.html"
    } else {
        wanted
    });
    if !wanted
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return StatusCode::NOT_FOUND.into_response();
    }
    let kind = match wanted.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    };
    match tokio::fs::read(web.files.ui.join(&wanted)).await {
        Ok(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, kind),
                (header::CACHE_CONTROL, "no-cache"),
            ];
            (headers, bytes).into_response()
        }
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
