//! The web host as a program of its own, asked over loopback.

use super::Bench;
use super::process::{lines, stop};
use super::samples::ms_since;
use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// It must listen by then.
const LISTENS_WITHIN: Duration = Duration::from_secs(120);

/// A running web host; ended when dropped.
pub struct Web {
    child: Child,
    address: String,
    token: String,
    /// From its start to its `link:` line, in ms.
    pub started_ms: f64,
}

impl Web {
    /// Starts it on the store.
    ///
    /// # Errors
    /// When it does not listen in time.
    pub fn start(bench: &Bench<'_>) -> Result<Self> {
        let began = Instant::now();
        let child = Command::new(bench.place.program("webhost")?)
            .args(["--demo", bench.size.name(), "--profile"])
            .arg(&bench.store.folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut web = Self {
            child,
            address: String::new(),
            token: String::new(),
            started_ms: 0.0,
        };
        let printed = lines(&mut web.child)?;
        while web.token.is_empty() {
            let line = printed
                .recv_timeout(LISTENS_WITHIN)
                .context("the web host did not listen")?;
            if let Some(link) = line.strip_prefix("link: http://") {
                web.started_ms = ms_since(began);
                let (address, _) = link.split_once('/').context("link")?;
                web.address = address.to_string();
            } else if let Some(token) = line.strip_prefix("token: ") {
                web.token = token.to_string();
            }
        }
        Ok(web)
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Calls a command.
    ///
    /// # Errors
    /// When the answer is not 200.
    pub fn call(&self, command: &str, args: &Value) -> Result<Value> {
        let body = json!({ "command": command, "args": args }).to_string();
        let mut stream = TcpStream::connect(&self.address)?;
        let (address, token) = (&self.address, &self.token);
        write!(
            stream,
            "POST /rpc HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").context("answer")?;
        if !head.starts_with("HTTP/1.1 200") {
            bail!("{command}: {head}");
        }
        Ok(serde_json::from_str(body)?)
    }
}

impl Drop for Web {
    fn drop(&mut self) {
        stop(&mut self.child);
    }
}
