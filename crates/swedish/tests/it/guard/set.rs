//! Precision and recall on the text set (tests/fixtures/guard/README.md). A third is set aside
//! by hash and told apart.

use super::in_field;
use radrum_swedish::guard::{Field, Level, check};
use std::ops::Range;

const SENTENCES: &str = include_str!("../../../../../tests/fixtures/guard/sentences.txt");

/// Of a hundred places that the guard stops, so many are to be right.
const STOP_PRECISION_MIN: f64 = 0.99;

struct Sentence {
    field: Field,
    text: String,
    labels: Vec<(Level, Range<usize>)>,
}

fn sentences() -> Vec<Sentence> {
    SENTENCES.lines().map(read).collect()
}

fn read(line: &str) -> Sentence {
    let mut parts = line.split('\t').skip(1);
    let field = match parts.next() {
        Some("reference") => Field::Reference,
        Some("contact") => Field::Contact,
        _ => Field::Text,
    };
    let marked = parts.next().expect("a sentence");
    let (mut text, mut labels) = (String::new(), Vec::new());
    for (number, piece) in marked.split('{').enumerate() {
        if number == 0 {
            text.push_str(piece);
            continue;
        }
        let level = match piece.as_bytes()[0] {
            b's' => Level::Stop,
            b'f' => Level::Ask,
            _ => Level::Tip,
        };
        let (label, rest) = piece[2..].split_once('}').expect("an end of the label");
        labels.push((level, text.len()..text.len() + label.len()));
        text.push_str(label);
        text.push_str(rest);
    }
    Sentence {
        field,
        text,
        labels,
    }
}

fn is_set_aside(text: &str) -> bool {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash.is_multiple_of(3)
}

/// Places at a level or above.
#[derive(Debug, Default)]
struct Counts {
    told: usize,
    right: usize,
    labelled: usize,
    met: usize,
}

impl Counts {
    fn add(&mut self, sentence: &Sentence, at_least: Level) -> Vec<Range<usize>> {
        let hits = check(&sentence.text, &in_field(sentence.field));
        let meets = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
        let told: Vec<_> = hits.iter().filter(|hit| hit.level >= at_least).collect();
        let labels: Vec<_> = sentence
            .labels
            .iter()
            .filter(|(level, _)| *level >= at_least)
            .collect();
        let (right, wrong): (Vec<_>, Vec<_>) = told
            .iter()
            .map(|hit| hit.range.clone())
            .partition(|range| labels.iter().any(|(_, label)| meets(label, range)));
        self.told += told.len();
        self.right += right.len();
        self.labelled += labels.len();
        let met = |label: &Range<usize>| told.iter().any(|hit| meets(&hit.range, label));
        self.met += labels.iter().filter(|(_, label)| met(label)).count();
        wrong
    }

    fn precision(&self) -> f64 {
        self.right as f64 / self.told.max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.met as f64 / self.labelled.max(1) as f64
    }
}

#[test]
fn ninety_nine_of_a_hundred_stops_are_right_also_on_what_was_set_aside() {
    let all = sentences();
    assert_eq!(all.len(), 2_000);
    let (aside, tuned): (Vec<_>, Vec<_>) = all.iter().partition(|s| is_set_aside(&s.text));
    for (name, part) in [("tuned on", tuned), ("set aside", aside)] {
        for level in [Level::Stop, Level::Ask, Level::Tip] {
            let mut counts = Counts::default();
            for sentence in &part {
                let wrong = counts.add(sentence, level);
                if name == "tuned on" && std::env::var_os("RADRUM_GUARD_WRONG").is_some() {
                    for range in wrong {
                        println!(
                            "wrong at {level:?}: {} | {}",
                            &sentence.text[range], sentence.text
                        );
                    }
                }
            }
            println!(
                "{name}, {} sentences, {level:?} or above: precision {:.2} % ({} of {}), recall {:.2} % ({} of {})",
                part.len(),
                100.0 * counts.precision(),
                counts.right,
                counts.told,
                100.0 * counts.recall(),
                counts.met,
                counts.labelled,
            );
            if level == Level::Stop {
                assert!(
                    counts.told > 50,
                    "too few stops to say anything: {counts:?}"
                );
                assert!(
                    counts.precision() >= STOP_PRECISION_MIN,
                    "{name}: {counts:?}"
                );
            }
        }
    }
}
