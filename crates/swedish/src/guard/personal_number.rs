//! Personnummer, samordningsnummer and interim letters (Skatteverket, SKV 704 and 707; Luhn over
//! the ten digits).

use super::birth_date::{births, hidden};
use super::near::{before, behind, has, has_word, is_masked};
use super::plain::Plain;
use super::{Day, Finding, Found, Level, Taken};
use std::ops::Range;

/// A word so near, in bytes, says that a number is one of a person.
const WORD_BEFORE: usize = 30;
const WORD_BEHIND: usize = 16;
/// A word of a case so near takes one level away.
const CASE_BEFORE: usize = 25;
const CLOCK_BEFORE: usize = 14;
/// A stamp of twelve digits is of these years, counted back from today.
const STAMP_YEARS: u16 = 5;

const PERSON_WORDS: [&str; 6] = ["pnr", "personn", "född", "fött", "id-nr", "samordn"];
const CASE_WORDS: [&str; 12] = [
    "dnr",
    "diarienr",
    "diarienummer",
    "ärende",
    "ärendenr",
    "mål",
    "målnr",
    "målnummer",
    "dokid",
    "dok-id",
    "ref",
    "referens",
];

/// Numbers and dates of persons, in order of place within each of the two. `phones` stand in
/// order and do not overlap; those that are a personnummer after all are not in what is given.
pub(super) fn find(
    plain: &Plain,
    masked: &[Range<usize>],
    today: Day,
    phones: Vec<Found>,
) -> Vec<Found> {
    let mut phones = Phones::new(phones);
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    let mut free = 0;
    for start in plain.runs() {
        if start < free || is_masked(masked, start) {
            continue;
        }
        let digits = Digits::read(plain, start);
        let shapes = [digits.twelve(), digits.ten()];
        let dated = shapes.into_iter().flatten();
        let shapes: Vec<Shape> = dated.filter(|shape| shape.is_date(today)).collect();
        if let Some(shape) = shapes.iter().find(|shape| shape.is_sound()) {
            free = shape.range.end;
            found.extend(weighed(plain, shape, today, &mut phones));
        } else {
            wrong.extend(shapes.into_iter().next());
        }
        found.extend(long_run(plain, start, today));
    }
    neighbours(plain, &mut found);
    let taken = Taken::by(&found);
    let slips = wrong
        .into_iter()
        .filter(|shape| !taken.meets(&shape.range) && is_of_a_person(plain, &shape.range));
    let slips = slips.map(|shape| Found::new(shape.finding(), Level::Ask, shape.range.clone()));
    found.extend(slips.collect::<Vec<_>>());
    found.extend(hidden(plain, masked, today));
    let taken = Taken::by(&found);
    let births = births(plain, today).into_iter();
    found.extend(births.filter(|birth| !taken.meets(&birth.range)));
    found.extend(phones.left());
    found
}

/// Telephones that were found first.
struct Phones {
    list: Vec<Found>,
    gone: Vec<bool>,
}

/// What a telephone means for a number in its place.
enum Over {
    /// It is both.
    Both,
    /// The digits are the telephone's.
    Phone,
    /// There is none, or the number is surer.
    Number,
}

impl Phones {
    fn new(list: Vec<Found>) -> Self {
        Self {
            gone: vec![false; list.len()],
            list,
        }
    }

    fn meet(&mut self, shape: &Shape, of_a_person: bool) -> Over {
        let at = self
            .list
            .partition_point(|phone| phone.range.end <= shape.range.start);
        let Some(phone) = self
            .list
            .get_mut(at)
            .filter(|phone| phone.meets(&shape.range))
        else {
            return Over::Number;
        };
        let is_whole = phone.range == shape.range && !shape.is_written_out();
        if is_whole && !of_a_person {
            phone.finding = Finding::PhoneOrPersonalNumber;
            phone.level = Level::Ask;
            return Over::Both;
        }
        if !is_whole && phone.range.start < shape.range.start {
            return Over::Phone;
        }
        self.gone[at] = true;
        Over::Number
    }

    fn left(self) -> impl Iterator<Item = Found> {
        let both = self.list.into_iter().zip(self.gone);
        both.filter(|(_, gone)| !gone).map(|(phone, _)| phone)
    }
}

/// Up to twelve digits from the start of a run, with what stands between them.
struct Digits {
    values: Vec<u8>,
    gaps: Vec<Range<usize>>,
    ends: Vec<usize>,
    start: usize,
    letter_at: Option<usize>,
    signs: Vec<Gap>,
}

/// What stands between two digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Space,
    /// `-` `.` `/`, one of them alone.
    Mark,
    /// `-` or `+`, with spaces at most.
    Sign,
    Other,
}

impl Digits {
    fn read(plain: &Plain, start: usize) -> Self {
        let mut digits = Self {
            values: Vec::new(),
            gaps: Vec::new(),
            ends: Vec::new(),
            start,
            letter_at: None,
            signs: Vec::new(),
        };
        let mut at = start;
        while digits.values.len() < 12 {
            let gap_start = at;
            while at - gap_start < 3
                && matches!(plain.byte(at), b' ' | b'\n' | b'-' | b'+' | b'.' | b'/')
            {
                at += 1;
            }
            let count = digits.values.len();
            let is_letter = matches!(count, 6 | 8)
                && b"TRSUWXJKLMNP".contains(&plain.byte(at))
                && (1..=3).all(|more| plain.is_digit(at + more));
            if plain.is_digit(at) {
                digits.values.push(plain.byte(at) - b'0');
            } else if is_letter && digits.letter_at.is_none() {
                digits.values.push(1);
                digits.letter_at = Some(count);
            } else {
                break;
            }
            digits.signs.push(gap(&plain.bytes()[gap_start..at]));
            digits.gaps.push(gap_start..at);
            at += 1;
            digits.ends.push(at);
        }
        digits
    }

    fn twelve(&self) -> Option<Shape> {
        let century = self.values.get(..2)?;
        let century = u16::from(century[0]) * 10 + u16::from(century[1]);
        let is_written =
            (18..=20).contains(&century) && matches!(self.signs.get(2)?, Gap::None | Gap::Space);
        if is_written {
            self.shape(2, Some(century))
        } else {
            None
        }
    }

    fn ten(&self) -> Option<Shape> {
        self.shape(0, None)
    }

    /// Ten digits `yymmddnnnc` from `first` on.
    fn shape(&self, first: usize, century: Option<u16>) -> Option<Shape> {
        let values: [u8; 10] = self.values.get(first..first + 10)?.try_into().ok()?;
        let gaps = self.signs.get(first..first + 10)?;
        let inside = [1, 3, 5, 7, 8, 9];
        let together = inside.iter().all(|&at| gaps[at] == Gap::None);
        let of_date = [gaps[2], gaps[4]];
        let is_date = of_date
            .iter()
            .all(|gap| matches!(gap, Gap::None | Gap::Space | Gap::Mark));
        let is_sign = gaps[6] != Gap::Other;
        let letter = self.letter_at.is_none_or(|at| at == first + 6);
        (together && is_date && is_sign && letter).then(|| Shape {
            century,
            values,
            range: self.start..self.ends[first + 9],
            sign: gaps[6],
            date_is_marked: of_date.contains(&Gap::Mark),
        })
    }
}

fn gap(bytes: &[u8]) -> Gap {
    let signs = bytes
        .iter()
        .filter(|byte| matches!(byte, b'-' | b'+'))
        .count();
    let spaces = bytes
        .iter()
        .filter(|byte| matches!(byte, b' ' | b'\n'))
        .count();
    match (bytes.len(), signs, spaces) {
        (0, _, _) => Gap::None,
        (1, 0, 1) => Gap::Space,
        (1, 1, 0) if bytes == b"-" => Gap::Mark,
        (1, 0, 0) => Gap::Mark,
        (n, 1, spaces) if spaces + 1 == n && (n < 3 || bytes[1] == b'-' || bytes[1] == b'+') => {
            Gap::Sign
        }
        _ => Gap::Other,
    }
}

/// Digits in the form of a number.
#[derive(Debug, Clone)]
struct Shape {
    century: Option<u16>,
    values: [u8; 10],
    range: Range<usize>,
    sign: Gap,
    date_is_marked: bool,
}

impl Shape {
    fn two(&self, at: usize) -> u8 {
        self.values[at] * 10 + self.values[at + 1]
    }

    fn is_coordination(&self) -> bool {
        (60..=91).contains(&self.two(4))
    }

    const fn finding(&self) -> Finding {
        if self.values[4] >= 6 {
            Finding::CoordinationNumber
        } else {
            Finding::PersonalNumber
        }
    }

    /// A samordningsnummer may have month 00 and a day that does not exist.
    fn is_date(&self, today: Day) -> bool {
        let (year, month, day) = (u16::from(self.two(0)), self.two(2), self.two(4));
        if self.is_coordination() {
            return month <= 12;
        }
        if let Some(century) = self.century {
            let year = century * 100 + year;
            let born = Day { year, month, day };
            return year >= 1840 && born.exists() && born <= today;
        }
        // The latest year that is not in the future, or a hundred earlier: both signs count.
        [2000, 1900, 1800].iter().any(|century| {
            let born = Day {
                year: century + year,
                month,
                day,
            };
            born.exists() && born <= today
        })
    }

    fn is_sound(&self) -> bool {
        let sum: u32 = self
            .values
            .iter()
            .enumerate()
            .map(|(at, value)| {
                let weighed = u32::from(*value) * if at % 2 == 0 { 2 } else { 1 };
                weighed / 10 + weighed % 10
            })
            .sum();
        let serial = &self.values[6..9];
        sum.is_multiple_of(10) && serial != [0, 0, 0]
    }

    fn is_written_out(&self) -> bool {
        self.century.is_some() || matches!(self.sign, Gap::Sign | Gap::Mark)
    }

    fn ends_in_a_time(&self) -> bool {
        self.two(6) < 24 && self.two(8) < 60
    }
}

fn is_of_a_person(plain: &Plain, range: &Range<usize>) -> bool {
    has(before(plain, range.start, WORD_BEFORE), &PERSON_WORDS)
        || has(behind(plain, range.end, WORD_BEHIND), &["pnr", "personn"])
}

fn weighed(plain: &Plain, shape: &Shape, today: Day, phones: &mut Phones) -> Option<Found> {
    if plain.is_digit(shape.range.end) {
        return None;
    }
    let of_a_person = is_of_a_person(plain, &shape.range);
    if !matches!(phones.meet(shape, of_a_person), Over::Number) {
        return None;
    }
    let mut level = if shape.is_written_out() || of_a_person {
        Level::Stop
    } else {
        Level::Ask
    };
    let clock = before(plain, shape.range.start, CLOCK_BEFORE);
    let clock = has_word(clock, &["kl", "klockan"]);
    if clock || (looks_like_a_stamp(shape, today) && !of_a_person) {
        level = level.min(Level::Ask);
    }
    let case = before(plain, shape.range.start, CASE_BEFORE);
    if !of_a_person && (has_word(case, &CASE_WORDS) || has(case, &["dok.id"])) {
        level = one_lower(level);
    }
    Some(Found::new(shape.finding(), level, shape.range.clone()))
}

/// `2026-03-12 1000`, or `202603121000` of the last years.
fn looks_like_a_stamp(shape: &Shape, today: Day) -> bool {
    let spaced = matches!(shape.sign, Gap::Space | Gap::None);
    if !spaced || !shape.ends_in_a_time() || shape.is_coordination() {
        return false;
    }
    let year = shape
        .century
        .map(|century| century * 100 + u16::from(shape.two(0)));
    let is_recent = year.is_some_and(|year| year + STAMP_YEARS >= today.year);
    is_recent || (shape.date_is_marked && shape.sign == Gap::Space)
}

const fn one_lower(level: Level) -> Level {
    match level {
        Level::Stop => Level::Ask,
        Level::Ask | Level::Tip => Level::Tip,
    }
}

/// Twelve sound digits inside a longer run: seldom, and asked.
fn long_run(plain: &Plain, start: usize, today: Day) -> Option<Found> {
    let end = plain.run_end(start);
    let firsts = start..(end + 1).saturating_sub(12);
    if end - start <= 12 {
        return None;
    }
    firsts.into_iter().find_map(|first| {
        let shape = Digits::read(plain, first).twelve()?;
        let is_sound = shape.is_date(today) && shape.is_sound();
        is_sound.then(|| Found::new(shape.finding(), Level::Ask, shape.range))
    })
}

/// A number that goes on in more digits after a sign is asked about, unless those are a number
/// of somebody themselves.
fn neighbours(plain: &Plain, found: &mut [Found]) {
    let joins = |byte: u8| matches!(byte, b'-' | b':' | b'/' | b'.');
    let ranges: Vec<Range<usize>> = found.iter().map(|found| found.range.clone()).collect();
    for (at, found) in found.iter_mut().enumerate() {
        let Range { start, end } = found.range;
        let left = joins(plain.before(start)) && start >= 2 && plain.is_digit(start - 2);
        let right = joins(plain.byte(end)) && plain.is_digit(end + 1);
        let before = at.checked_sub(1).and_then(|at| ranges.get(at));
        let left = left && before.is_none_or(|other| other.end + 1 != start);
        let right = right
            && ranges
                .get(at + 1)
                .is_none_or(|other| other.start != end + 1);
        if left || right {
            found.level = found.level.min(Level::Ask);
        }
    }
}
