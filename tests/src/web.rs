//! The real web host as a child process.

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The longest that any command may take before a test gives up.
const ANSWER_WITHIN: Duration = Duration::from_secs(60);

/// A running web host. It is killed when this is dropped.
pub struct Web {
    child: Child,
    client: reqwest::blocking::Client,
    address: String,
    token: String,
    link: String,
}

/// An answer of the web host.
#[derive(Debug)]
pub enum Answer {
    /// What the command gave.
    Given(Value),
    /// The command's error.
    Refused(Value),
}

impl Web {
    /// Starts the program and waits until it listens.
    ///
    /// # Errors
    /// When it ends before.
    pub fn start(program: &Path, prepare: impl FnOnce(&mut Command)) -> Result<Self> {
        // No request of ours uses TLS, but a client wants to know whose it would be. Whoever was
        // first has chosen the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut command = Command::new(program);
        prepare(&mut command);
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let out = child.stdout.take().context("stdout")?;
        let mut web = Self {
            child,
            client: reqwest::blocking::Client::builder()
                .timeout(ANSWER_WITHIN)
                .no_proxy()
                .build()?,
            address: String::new(),
            token: String::new(),
            link: String::new(),
        };
        for line in BufReader::new(out).lines() {
            let line = line?;
            if let Some(link) = line.strip_prefix("link: ") {
                let address = link.split_once("/#").context("link")?.0;
                web.address = address.to_string();
                web.link = link.to_string();
            }
            if let Some(token) = line.strip_prefix("token: ") {
                web.token = token.to_string();
                return Ok(web);
            }
        }
        bail!("the web host ended at once")
    }

    /// Process number.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The link that works once.
    #[must_use]
    pub fn link(&self) -> &str {
        &self.link
    }

    /// The token of every request.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// A caller for another thread.
    #[must_use]
    pub fn caller(&self) -> Caller {
        Caller {
            client: self.client.clone(),
            address: self.address.clone(),
            token: self.token.clone(),
        }
    }

    /// Calls a command that must not be refused.
    ///
    /// # Errors
    /// When it is, or the program has gone.
    pub fn call(&self, command: &str, args: Value) -> Result<Value> {
        match self.caller().call(command, &args)? {
            Answer::Given(value) => Ok(value),
            Answer::Refused(error) => bail!("{command}: {error}"),
        }
    }

    /// Sends a file as a user chooses one, and gives its ticket.
    ///
    /// # Errors
    /// When it is not taken.
    pub fn upload(&self, file: Vec<u8>) -> Result<String> {
        let sent = self.client.post(format!("{}/upload", self.address));
        let answer = sent.bearer_auth(&self.token).body(file).send()?;
        let ticket: Value = answer.error_for_status()?.json()?;
        let ticket = ticket["ticket"].as_str().context("ticket")?;
        Ok(ticket.to_string())
    }

    /// kill -9.
    ///
    /// # Errors
    /// When there is nothing to kill.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Web {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Calls commands of a running web host.
#[derive(Clone)]
pub struct Caller {
    client: reqwest::blocking::Client,
    address: String,
    token: String,
}

impl Caller {
    /// Calls a command.
    ///
    /// # Errors
    /// When the program has gone.
    pub fn call(&self, command: &str, args: &Value) -> Result<Answer> {
        let response = self
            .client
            .post(format!("{}/rpc", self.address))
            .bearer_auth(&self.token)
            .json(&json!({ "command": command, "args": args }))
            .send()?;
        let right = response.status().is_success();
        let body: Value = response.json()?;
        Ok(if right {
            Answer::Given(body)
        } else {
            Answer::Refused(body)
        })
    }
}
