//! A letter as a file that the user chose, for a stick or beside a mail, and as a code for a camera.

use super::Acknowledged;
use crate::api::{LetterCode, LetterFile, LetterText, LetterToFile};
use crate::{Code, Error, Host};
use qrcode::{Color, EcLevel, QrCode};
use radrum_wire::limits::INVITE_BYTES_MAX;
use std::io::Read as _;

/// How each letter begins.
const BEGIN: &str = "RADRUM-";

/// As much as a letter's reader looks through.
const TEXT_BYTES_MAX: usize = 2 * INVITE_BYTES_MAX;

pub(super) fn write_letter(host: &Host, args: LetterToFile) -> Result<Acknowledged, Error> {
    let path = host.tickets().take(&args.ticket)?;
    if args.text.len() > TEXT_BYTES_MAX {
        return Err(Error::new(Code::TooLarge, "letter"));
    }
    crate::export::write_whole(&path, args.text.as_bytes())?;
    Ok(Acknowledged {})
}

/// Longest letter that a telephone reads from a screen, in bytes.
const CODE_BYTES_MAX: usize = 1_700;

/// As a QR code (ISO/IEC 18004) of the letter alone, without what stands around it.
pub(super) fn letter_code(_: &Host, args: LetterText) -> Result<LetterCode, Error> {
    let rows = rows(&args.text);
    Ok(LetterCode { rows })
}

fn rows(text: &str) -> Vec<String> {
    let code = alone(text)
        .filter(|letter| letter.len() <= CODE_BYTES_MAX)
        .and_then(|letter| QrCode::with_error_correction_level(letter, EcLevel::L).ok());
    code.map_or_else(Vec::new, |code| {
        let dark = |color: &Color| if *color == Color::Dark { '1' } else { '0' };
        let rows = code.to_colors();
        let rows = rows.chunks(code.width());
        rows.map(|row| row.iter().map(dark).collect()).collect()
    })
}

/// From its first word to the point that ends it, on one line.
fn alone(text: &str) -> Option<String> {
    let (_, rest) = text.split_once(BEGIN)?;
    let (code, _) = rest.split_once('.')?;
    let code: String = code.chars().filter(|of| !of.is_whitespace()).collect();
    Some(format!("{BEGIN}{code}."))
}

/// Gives the text as it stands. What it says is read where it is used.
pub(super) fn read_letter(host: &Host, args: LetterFile) -> Result<LetterText, Error> {
    let path = host.tickets().take(&args.ticket)?;
    let mut text = Vec::new();
    let unreadable = |error: std::io::Error| Error::new(Code::BadLetter, error.kind().to_string());
    // One byte more than allowed tells a longer file without reading it.
    std::fs::File::open(path)
        .and_then(|open| open.take(TEXT_BYTES_MAX as u64 + 1).read_to_end(&mut text))
        .map_err(unreadable)?;
    if text.len() > TEXT_BYTES_MAX {
        return Err(Error::new(Code::BadLetter, "too long"));
    }
    let text = String::from_utf8(text).map_err(|_| Error::new(Code::BadLetter, "no text"))?;
    Ok(LetterText { text })
}

#[cfg(test)]
mod tests {
    use super::{CODE_BYTES_MAX, rows};
    use rqrr::PreparedImage;

    /// A pixel for each point, with the border that a reader wants.
    const BORDER: usize = 4;

    fn seen_by_a_camera(rows: &[String]) -> String {
        let side = rows.len() + 2 * BORDER;
        let dark = |x: usize, y: usize| {
            let at = |n: usize| n.checked_sub(BORDER);
            let row = at(y).and_then(|y| rows.get(y));
            row.zip(at(x))
                .is_some_and(|(row, x)| row.as_bytes().get(x) == Some(&b'1'))
        };
        let scale = 4;
        let mut image = PreparedImage::prepare_from_bitmap(side * scale, side * scale, |x, y| {
            dark(x / scale, y / scale)
        });
        let (_, content) = image.detect_grids()[0].decode().expect("read");
        content
    }

    #[test]
    fn a_letter_is_read_from_its_code_without_what_stands_around_it() {
        let letter = format!("RADRUM-INBJUDAN:{}.", "aB3_-".repeat(200));
        let broken = letter.replace("aB3_-aB3", "aB3_-\r\naB3");
        let code = rows(&format!("Hej Åsa!\n\n{broken}\n\nHälsningar"));
        assert_eq!(seen_by_a_camera(&code), letter);
    }

    #[test]
    fn a_letter_that_is_too_long_for_a_camera_has_no_code() {
        let letter = |n: usize| format!("RADRUM-INBJUDAN:{}.", "a".repeat(n));
        assert!(rows(&letter(CODE_BYTES_MAX)).is_empty());
        assert!(!rows(&letter(CODE_BYTES_MAX - 40)).is_empty());
        assert!(rows("inget brev").is_empty());
    }
}
