//! A line between two programs that counts what passes, can listen, can be slow, and can break.

use anyhow::Result;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Bytes that are passed on at a time.
const CHUNK: usize = 16 * 1024;

/// A line on a port of its own. It stands until the program ends.
pub struct Line {
    address: SocketAddr,
    counted: Arc<Counted>,
}

#[derive(Default)]
struct Counted {
    up: AtomicU64,
    down: AtomicU64,
    /// Bytes a second each way; 0 is without limit.
    speed: AtomicU64,
    /// What passed since somebody began to listen.
    heard: Mutex<Option<Vec<u8>>>,
    /// Bytes that still pass before it breaks.
    left: Mutex<Option<usize>>,
    /// Connections that are over.
    ended: AtomicU64,
}

impl Line {
    /// A line to a program on this computer.
    ///
    /// # Errors
    /// When no port is free.
    pub fn to(port: u16) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let line = Self {
            address: listener.local_addr()?,
            counted: Arc::default(),
        };
        let counted = Arc::clone(&line.counted);
        std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                let Ok(far) = TcpStream::connect(("127.0.0.1", port)) else {
                    continue;
                };
                let (Ok(back), Ok(out)) = (far.try_clone(), near.try_clone()) else {
                    continue;
                };
                let (a, b) = (Arc::clone(&counted), Arc::clone(&counted));
                std::thread::spawn(move || carry(near, far, &a.up, &a));
                std::thread::spawn(move || carry(back, out, &b.down, &b));
            }
        });
        Ok(line)
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Bytes that have passed since the last question: to the relay, and from it.
    #[must_use]
    pub fn take(&self) -> (u64, u64) {
        let take = |of: &AtomicU64| of.swap(0, Ordering::SeqCst);
        (take(&self.counted.up), take(&self.counted.down))
    }

    /// Keeps all that passes from now on, both ways in the order in which it came.
    pub fn listen(&self) {
        *lock(&self.counted.heard) = Some(Vec::new());
    }

    /// All that was heard.
    #[must_use]
    pub fn heard(&self) -> Vec<u8> {
        lock(&self.counted.heard).clone().unwrap_or_default()
    }

    /// After so many more bytes, both ways together, every connection is cut at its next byte.
    pub fn break_after(&self, bytes: usize) {
        *lock(&self.counted.left) = Some(bytes);
    }

    /// Whether it has come to that.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        *lock(&self.counted.left) == Some(0)
    }

    /// New connections pass again.
    pub fn mend(&self) {
        *lock(&self.counted.left) = None;
    }

    /// How many connections one end has closed.
    #[must_use]
    pub fn ended(&self) -> u64 {
        self.counted.ended.load(Ordering::SeqCst)
    }

    /// From now on at most so many bits a second each way; 0 is without limit.
    pub fn limit(&self, bits: u64) {
        self.counted.speed.store(bits / 8, Ordering::SeqCst);
    }
}

impl Counted {
    /// How many of so many bytes pass before the line breaks.
    fn let_through(&self, bytes: usize) -> usize {
        match lock(&self.left).as_mut() {
            Some(left) => {
                let passing = bytes.min(*left);
                *left -= passing;
                passing
            }
            None => bytes,
        }
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, count: &AtomicU64, line: &Counted) {
    let _ = to.set_nodelay(true);
    let mut buffer = vec![0; CHUNK];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        let began = Instant::now();
        let length = line.let_through(read);
        if to.write_all(&buffer[..length]).is_err() {
            break;
        }
        count.fetch_add(length as u64, Ordering::SeqCst);
        if let Some(heard) = lock(&line.heard).as_mut() {
            heard.extend_from_slice(&buffer[..length]);
        }
        if length < read {
            let _ = from.shutdown(Shutdown::Both);
            let _ = to.shutdown(Shutdown::Both);
            break;
        }
        let speed = line.speed.load(Ordering::SeqCst);
        if speed > 0 {
            let whole = Duration::from_secs_f64(length as f64 / speed as f64);
            std::thread::sleep(whole.saturating_sub(began.elapsed()));
        }
    }
    let _ = to.shutdown(Shutdown::Write);
    line.ended.fetch_add(1, Ordering::SeqCst);
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
