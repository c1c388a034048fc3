//! Street and number, post code, fastighet and vehicle.

use super::plain::Plain;
use super::tokens::{Token, Tokens};
use super::{Finding, Found, Level, words};

const STREET_ENDS: [&str; 12] = [
    "gatan", "vägen", "gränd", "gränden", "stigen", "torget", "allén", "backen", "leden", "plan",
    "svängen", "gata",
];

pub(super) fn find(plain: &Plain, tokens: &Tokens<'_>, found: &mut Vec<Found>) {
    for (at, token) in tokens.list.iter().enumerate() {
        if !token.is_capital {
            continue;
        }
        let hit = street(plain, tokens, at)
            .or_else(|| property(plain, tokens, at))
            .or_else(|| vehicle(plain, tokens, at))
            .or_else(|| post_code(plain, token));
        found.extend(hit);
    }
}

/// `Norra Torggatan 4B`.
fn street(plain: &Plain, tokens: &Tokens<'_>, at: usize) -> Option<Found> {
    let word = tokens.lower(at);
    let token = tokens.list.get(at)?;
    let is_street = STREET_ENDS
        .iter()
        .any(|end| word.ends_with(end) && word.len() > end.len() + 2);
    if !is_street || plain.byte(token.range.end) != b' ' {
        return None;
    }
    let number = token.range.end + 1;
    let mut end = plain.run_end(number);
    if !(1..=3).contains(&(end - number))
        || matches!(plain.byte(end), b':' | b'.') && plain.is_digit(end + 1)
    {
        return None;
    }
    let letter = end + usize::from(plain.byte(end) == b' ');
    let stands_alone =
        !plain.byte(letter + 1).is_ascii_alphanumeric() && plain.byte(letter + 1) < 0x80;
    if plain.byte(letter).is_ascii_uppercase() && stands_alone {
        end = letter + 1;
    }
    let before = at.checked_sub(1).and_then(|before| tokens.list.get(before));
    let start = match before {
        Some(word) if word.is_capital && !word.is_first && tokens.gap(at - 1) == " " => {
            word.range.start
        }
        _ => token.range.start,
    };
    Some(Found::new(Finding::Address, Level::Ask, start..end))
}

/// `923 31 Storuman`.
fn post_code(plain: &Plain, token: &Token) -> Option<Found> {
    let end = token.range.start;
    let start = end.checked_sub(7)?;
    let code = plain.bytes().get(start..end)?;
    let digits = [0, 1, 2, 4, 5];
    let is_code = digits.iter().all(|at| code[*at].is_ascii_digit())
        && code[0] != b'0'
        && code[3] == b' '
        && code[6] == b' ';
    let joins = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+');
    let goes_on = joins(plain.before(start)) || (start >= 2 && joins(plain.byte(start - 2)));
    (is_code && !goes_on && !token.is_shouted)
        .then(|| Found::new(Finding::Address, Level::Ask, start..token.range.end))
}

/// `Norrbäck 2:15`, not a chapter of a law and not a time.
fn property(plain: &Plain, tokens: &Tokens<'_>, at: usize) -> Option<Found> {
    const LETTERS_MIN: usize = 4;
    let token = tokens.list.get(at)?;
    let word = tokens.lower(at);
    let known = words::is("public", word) || words::ends("public_end", word);
    if token.is_shouted || known || word.chars().count() < LETTERS_MIN {
        return None;
    }
    let block = token.range.end + 1;
    let colon = plain.run_end(block);
    let unit = colon + 1;
    let end = plain.run_end(unit);
    let is_property = plain.byte(token.range.end) == b' '
        && (1..=3).contains(&(colon - block))
        && plain.byte(colon) == b':'
        && end > unit
        && (1..=3).contains(&(end - unit));
    if !is_property {
        return None;
    }
    let hour: u32 = plain.text[block..colon].parse().unwrap_or(99);
    let minute: u32 = plain.text[unit..end].parse().unwrap_or(99);
    let is_time = end - unit == 2 && hour < 24 && minute < 60;
    if is_time && token.is_first && !words::ends("place_end", word) && !words::is("place", word) {
        return None;
    }
    Some(Found::new(
        Finding::Property,
        Level::Ask,
        token.range.start..end,
    ))
}

/// `ABC 123`, `ABC12D`: letters that plates have.
fn vehicle(plain: &Plain, tokens: &Tokens<'_>, at: usize) -> Option<Found> {
    let token = tokens.list.get(at)?;
    let on_plates = |byte: u8| byte.is_ascii_uppercase() && !matches!(byte, b'I' | b'Q' | b'V');
    let letters = plain.bytes().get(token.range.clone())?;
    if letters.len() != 3
        || !letters.iter().all(|byte| on_plates(*byte))
        || words::is("not_car", tokens.lower(at))
    {
        return None;
    }
    let start = token.range.end + usize::from(plain.byte(token.range.end) == b' ');
    let last = plain.byte(start + 2);
    let is_plate = plain.is_digit(start)
        && plain.is_digit(start + 1)
        && (last.is_ascii_digit() || on_plates(last));
    let next = plain.byte(start + 3);
    let goes_on = next.is_ascii_alphanumeric()
        || next >= 0x80
        || (matches!(next, b':' | b'-' | b'/' | b'.' | b' ') && plain.is_digit(start + 4));
    (is_plate && !goes_on)
        .then(|| Found::new(Finding::Vehicle, Level::Ask, token.range.start..start + 3))
}
