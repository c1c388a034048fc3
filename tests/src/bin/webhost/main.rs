//! The web host: the built interface and the same command list on loopback, for end-to-end
//! tests, pictures and development. Not part of the shipped package.
//!
//! `webhost [--profile DIR] [--port N] [--demo small|plan|stress] [--now YYYY-MM-DD]`
//!
//! Prints `link: …` (works once) and `token: …` when it listens. `POST /rpc` takes
//! `{"command": …, "args": …}` with `Authorization: Bearer TOKEN`.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program, not the library"
)]

mod files;
mod guard;
mod options;
mod rpc;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use guard::Access;
use options::Options;
use radrum_app::{FixedClock, Host, MemorySecrets, OsEntropy, Setup, SystemClock, World};
use std::net::Ipv4Addr;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Largest request: one save with a long note, in bytes.
const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;

/// Longest file that a page may choose.
const FILE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// What every route shares.
#[derive(Clone)]
struct Web {
    host: Arc<Host>,
    access: Arc<Access>,
    files: Arc<files::Files>,
}

fn main() -> Result<()> {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .init();
    radrum_app::log_panics_by_place();
    let options = Options::parse(std::env::args().skip(1))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(serve(options))
}

async fn serve(options: Options) -> Result<()> {
    let host = Arc::new(Host::new(setup(&options)?));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))
        .await
        .with_context(|| format!("port {}", options.port))?;
    let address = listener.local_addr()?;
    let access = Arc::new(Access::new(address.port())?);
    let files = Arc::new(files::Files::new(options.ui.clone())?);
    let opening = Arc::clone(&host);
    tokio::task::spawn_blocking(move || opening.start()).await?;
    println!("link: http://{address}/#start={}", access.start_code());
    println!("token: {}", access.token());
    let web = Web {
        host: Arc::clone(&host),
        access,
        files,
    };
    axum::serve(listener, router(web))
        .with_graceful_shutdown(stopped())
        .await?;
    host.close();
    Ok(())
}

fn router(web: Web) -> Router {
    Router::new()
        .route("/rpc", post(rpc::rpc))
        .route("/events", get(rpc::events))
        .route("/session", post(guard::session))
        .route("/ticket", post(files::save_ticket))
        .route(
            "/upload",
            post(files::upload).layer(DefaultBodyLimit::max(FILE_BYTES_MAX)),
        )
        .route("/file/{ticket}", get(files::download))
        .fallback(files::asset)
        .layer(from_fn_with_state(web.clone(), guard::guard))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(web)
}

fn setup(options: &Options) -> Result<Setup> {
    let clock: Arc<dyn radrum_app::Clock> = match options.now {
        Some(day) => Arc::new(FixedClock::on(day)),
        None => Arc::new(SystemClock),
    };
    let name = match options.demo {
        Some(size) => format!("exempelkrets-{}", size.name()),
        None => "krets".to_string(),
    };
    let folder = options
        .profile
        .clone()
        .or_else(|| radrum_app::standard_folder(&name))
        .context("no --profile, and no standard folder on this computer")?;
    Ok(Setup {
        folder,
        world: World {
            clock,
            entropy: Arc::new(OsEntropy),
        },
        // Without a keyring a profile of one's own is opened with a passphrase.
        secrets: Arc::new(MemorySecrets::unavailable()),
        example: options.demo,
        planted: options.planted,
        opener: Some(Arc::new(radrum_transport::Roads)),
    })
}

async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
            return;
        }
    }
    let _ = interrupted.await;
}
