//! The real window, and an empty one, on a screen of their own.

use super::Bench;
use super::figure::Figure;
use super::samples::Samples;
use super::screen::Screen;
use super::shown::{Shown, USABLE_WITHIN};
use anyhow::{Result, bail};
use std::fs;
use std::time::{Duration, Instant};

/// Starts of each window, after a first one that fills the file cache.
const STARTS: usize = 9;

/// Starts with nothing in the file cache.
const COLD_STARTS: usize = 3;

/// Nothing more is drawn when nothing was drawn for so long.
const STILL_AFTER: Duration = Duration::from_millis(1_200);

/// Between two looks at the screen; the figure is late by this at most.
const LOOKS_EVERY: Duration = Duration::from_millis(8);

/// Fewer pixels than this are a blinking cursor.
const DRAWN_MIN: usize = 400;

/// Product.md section 5, in ms.
const USABLE_MAX: f64 = 1_000.0;

/// Begins with an answer on the screen.
pub const ANSWERING: [&str; 2] = ["--at", "#/sok?q=vem+kan+adoption"];

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let screen = Screen::start()?;
    let [mut usable, mut answered, mut cold]: [Pair; 3] = Default::default();
    for round in 0..=STARTS {
        let pair = (
            Shown::radrum(bench, &screen, &[])?.usable_ms,
            Shown::empty(bench, &screen)?.usable_ms,
        );
        let drawn = (
            drawn_ms(bench, &screen, Which::Radrum)?,
            drawn_ms(bench, &screen, Which::Empty)?,
        );
        if round > 0 {
            usable.push(pair);
            answered.push(drawn);
        }
    }
    for _ in 0..COLD_STARTS {
        if !forget_everything() {
            bench.note("window: no cold start; only root may empty the file cache");
            break;
        }
        let ours = Shown::radrum(bench, &screen, &[])?.usable_ms;
        forget_everything();
        cold.push((ours, Shown::empty(bench, &screen)?.usable_ms));
    }
    bench.note(
        "window: usable is when the page is painted, the field has the focus and the profile is \
         open; a first answer is drawn when the screen rests after #/sok?q=vem+kan+adoption",
    );
    let mut figures = usable.figures("start to usable", Some(USABLE_MAX));
    figures.extend(answered.figures("start to a first answer, drawn", Some(USABLE_MAX)));
    if cold.0.len() > 0 {
        figures.extend(cold.figures("cold start to usable (empty file cache)", None));
    }
    Ok(figures)
}

/// Ours and the empty one.
#[derive(Default)]
struct Pair(Samples, Samples);

impl Pair {
    fn push(&mut self, (ours, empty): (f64, f64)) {
        self.0.push(ours);
        self.1.push(empty);
    }

    fn figures(&self, name: &str, most: Option<f64>) -> Vec<Figure> {
        let figure = |(stat, share)| {
            let figure = self.0.figure(name, stat, share);
            let figure = figure.beside("empty Tauri window", self.1.quantile(share));
            // One slow start of nine may be the machine's; it is shown, not judged.
            match most {
                Some(most) if stat == "median" => figure.at_most(most),
                _ => figure,
            }
        };
        [("median", 0.5), ("max", 1.0)]
            .into_iter()
            .map(figure)
            .collect()
    }
}

/// Takes everything out of the system's file cache; root only.
fn forget_everything() -> bool {
    rustix::fs::sync();
    fs::write("/proc/sys/vm/drop_caches", "3").is_ok()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Radrum,
    Empty,
}

/// From the start until the last pixel, in ms.
fn drawn_ms(bench: &Bench<'_>, screen: &Screen, which: Which) -> Result<f64> {
    // The window before has gone from the screen too.
    std::thread::sleep(Duration::from_millis(100));
    let mut pixels = screen.pixels()?;
    let shown = match which {
        Which::Radrum => Shown::start_radrum(bench, screen, &ANSWERING)?,
        Which::Empty => Shown::start_empty(bench, screen)?,
    };
    let (mut is_usable, mut last) = (false, shown.began);
    while shown.began.elapsed() < USABLE_WITHIN {
        is_usable |= shown.has_said_usable();
        let now = Instant::now();
        if pixels.changed()? >= DRAWN_MIN {
            last = now;
        }
        if is_usable && last > shown.began && last.elapsed() > STILL_AFTER {
            return Ok(last.duration_since(shown.began).as_secs_f64() * 1_000.0);
        }
        std::thread::sleep(LOOKS_EVERY);
    }
    bail!("the screen did not come to rest")
}
