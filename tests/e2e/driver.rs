//! A browser window that is driven: the desktop's own, or one that shows the web host.

use crate::stage::{Stage, wait_for};
use crate::window::{Window, within};
use anyhow::{Context as _, Result};
use fantoccini::ClientBuilder;
use fantoccini::wd::Capabilities;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tokio::runtime::Runtime;

/// WebKit's own small browser, beside its other programs.
const BROWSERS: [&str; 3] = [
    "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
    "/usr/lib/webkit2gtk-4.1/MiniBrowser",
];

/// The window's program, as `cargo xtask test programs` builds it.
pub fn desktop() -> PathBuf {
    webhost().with_file_name("radrum")
}

/// The web host's program.
pub fn webhost() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_webhost"))
}

/// Opens the desktop in the profile of the stage.
pub fn open_desktop(stage: &Stage, args: &[&str]) -> Result<Window> {
    let profile = stage.profile().to_string_lossy().into_owned();
    let mut all = vec!["--profile", &profile, "--size", "1280x800"];
    all.extend(args);
    open(stage, &desktop(), &all)
}

/// Opens the desktop in the Exempelkrets, on the start page.
pub fn open_example(stage: &Stage) -> Result<Window> {
    let window = open_desktop(stage, &["--demo"])?;
    window.wait("the start page", "seen('h2', 'Nytt i kretsen')")?;
    Ok(window)
}

/// Opens a browser at an address.
pub fn open_browser(stage: &Stage, address: &str) -> Result<Window> {
    let browser = BROWSERS.iter().map(Path::new).find(|path| path.exists());
    let browser = browser.context("no MiniBrowser: install WebKitGTK's")?;
    let window = open(stage, browser, &["--automation"])?;
    window.visit(address)?;
    Ok(window)
}

fn open(stage: &Stage, program: &Path, args: &[&str]) -> Result<Window> {
    let program = std::fs::canonicalize(program)
        .with_context(|| format!("{}: cargo xtask test programs builds it", program.display()))?;
    let (driver, port) = start_driver(stage)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let options = json!({ "binary": program, "args": args });
    // A name of a browser would match nothing (libraries.md G2).
    let capabilities: Capabilities = [("webkitgtk:browserOptions".to_string(), options)]
        .into_iter()
        .collect();
    let client = connect(&runtime, port, capabilities)?;
    Ok(Window::new(runtime, client, driver, program))
}

fn connect(runtime: &Runtime, port: u16, capabilities: Capabilities) -> Result<fantoccini::Client> {
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities);
    let address = format!("http://127.0.0.1:{port}");
    within(runtime, async { Ok(builder.connect(&address).await?) })
}

fn start_driver(stage: &Stage) -> Result<(Child, u16)> {
    let port = free_port()?;
    let mut driver = Command::new("WebKitWebDriver");
    driver.arg(format!("--port={port}"));
    driver.stdin(Stdio::null()).stdout(Stdio::null());
    let driver = stage.spawn(driver.stderr(Stdio::null()))?;
    wait_for("WebKitWebDriver", || {
        Ok(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok())
    })?;
    Ok((driver, port))
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}
