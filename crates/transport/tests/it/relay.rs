//! The relay in a process of its own, which can be killed.

use crate::desk::auth_key;
use crate::office::REGION;
use radrum_relay::Server;
use radrum_relay::config::{Config, KretsConfig, Tls};
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use tempfile::TempDir;

pub const CERTIFICATE: &str = "certificate.pem";
pub const KEY: &str = "key.pem";
type Output = BufReader<ChildStdout>;

const MARK: &str = "relay listens at ";

pub struct RelayProcess {
    data: TempDir,
    child: Child,
    /// Kept open: the process in there writes into it.
    output: Output,
    pub address: SocketAddr,
}

impl RelayProcess {
    pub fn start() -> Self {
        let data = TempDir::new().expect("folder");
        Self::start_in(data)
    }

    /// With the certificate that lies in the folder.
    pub fn start_in(data: TempDir) -> Self {
        let (child, output, address) = spawn(data.path(), "127.0.0.1:0");
        Self {
            data,
            child,
            output,
            address,
        }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// kill -9.
    pub fn kill(&mut self) {
        self.child.kill().expect("kill");
        self.child.wait().expect("wait");
    }

    /// At the same address.
    pub fn restart(&mut self) {
        let (child, output, address) = spawn(self.data.path(), &self.address.to_string());
        assert_eq!(address, self.address);
        (self.child, self.output) = (child, output);
    }

    /// Another disk.
    pub fn empty(&mut self) {
        self.data = TempDir::new().expect("folder");
    }
}

impl Drop for RelayProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `examples/process.rs` as one of its parts.
pub fn process(part: &str) -> Command {
    let here = std::env::current_exe().expect("program");
    let built = here.ancestors().nth(2).expect("target folder");
    let name = format!("process{}", std::env::consts::EXE_SUFFIX);
    let mut command = Command::new(built.join("examples").join(name));
    command.arg(part);
    command
}

fn spawn(data: &Path, listen: &str) -> (Child, Output, SocketAddr) {
    let mut child = process("relay")
        .arg(data)
        .arg(listen)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("relay");
    let mut output = BufReader::new(child.stdout.take().expect("output"));
    let lines = output.by_ref().lines().map_while(Result::ok);
    let address = lines
        .filter_map(|line| line.split_once(MARK).map(|(_, address)| address.parse()))
        .next();
    if address.is_none() {
        child.wait().expect("wait");
    }
    let address = address.expect("the relay starts");
    (child, output, address.expect("address"))
}

/// Is the relay process. Ends when the test that started it does.
pub fn serve(data: &Path, listen: &str) {
    let mut config = Config {
        listen: listen.parse().expect("address"),
        krets: vec![KretsConfig {
            region: REGION,
            roster_keys: vec![auth_key(1)],
        }],
        ..Config::default()
    };
    config.quotas.requests_a_minute = 100_000;
    let certificate = data.join(CERTIFICATE);
    config.tls = certificate.exists().then(|| Tls {
        certificate,
        key: data.join(KEY),
    });
    let runtime = runtime();
    let server = runtime.block_on(Server::start(&config, data));
    let server = server.expect("server");
    println!("{MARK}{}", server.address);
    let _ = std::io::stdin().read(&mut [0]);
    std::process::exit(0);
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("runtime")
}
