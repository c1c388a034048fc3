//! A letter as a file that the user chose: for a stick, or beside a mail.

use super::Acknowledged;
use crate::api::{LetterFile, LetterText, LetterToFile};
use crate::{Code, Error, Host};
use radrum_wire::limits::INVITE_BYTES_MAX;
use std::io::Read as _;

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
