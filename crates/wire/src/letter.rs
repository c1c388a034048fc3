//! Small records as a file or as text that survives a mail program: line breaks, spaces and
//! quote marks are skipped, and damage is told before anything is read.

use crate::limits::INVITE_BYTES_MAX;
use crate::record::within;
use crate::{Invitation, Record, SealedRequest, SealedWelcome, WireError};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

const MAGIC: [u8; 10] = *b"RADRUMBREV";
const VERSION: u8 = 1;
const DIGEST: usize = 8;
const BEGIN: &str = "RADRUM";
const LINE: usize = 64;

/// What can be sent as a letter.
pub trait Letter: Record {
    /// Its number in the file.
    const KIND: u8;
    /// Its word in the text.
    const WORD: &'static str;

    /// The file: magic, version, kind, record, digest.
    ///
    /// # Errors
    /// As [`Record::encode_record`].
    fn to_file(&self) -> Result<Vec<u8>, WireError> {
        let mut file = MAGIC.to_vec();
        file.extend([VERSION, Self::KIND]);
        file.extend(self.encode_record()?);
        let digest = digest(&file);
        file.extend(digest);
        Ok(file)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`WireError::Magic`] for another file or another letter, [`WireError::Version`],
    /// [`WireError::Damaged`], and as [`Record::decode_record`].
    fn from_file(file: &[u8]) -> Result<Self, WireError> {
        within(file.len(), INVITE_BYTES_MAX + 64)?;
        let rest = file.strip_prefix(&MAGIC).ok_or(WireError::Magic)?;
        let (head, rest) = rest.split_at_checked(2).ok_or(WireError::Truncated)?;
        if head[0] != VERSION {
            return Err(WireError::Version(head[0]));
        }
        if head[1] != Self::KIND {
            return Err(WireError::Magic);
        }
        let (record, claimed) = rest
            .split_last_chunk::<DIGEST>()
            .ok_or(WireError::Truncated)?;
        if digest(&file[..file.len() - DIGEST]) != *claimed {
            return Err(WireError::Damaged);
        }
        Self::decode_record(record)
    }

    /// The same bytes as text: a word, a colon, lines of base64url, a full stop.
    ///
    /// # Errors
    /// As [`Letter::to_file`].
    fn to_text(&self) -> Result<String, WireError> {
        let code = URL_SAFE_NO_PAD.encode(self.to_file()?);
        let mut text = format!("{BEGIN}-{}:\n", Self::WORD);
        for line in code.as_bytes().chunks(LINE) {
            text.push_str(&String::from_utf8_lossy(line));
            text.push('\n');
        }
        text.push_str(".\n");
        Ok(text)
    }

    /// Finds the letter in a text, whatever stands around it.
    ///
    /// # Errors
    /// [`WireError::Magic`] when there is none of this kind, [`WireError::Truncated`] when
    /// its end is missing, [`WireError::Damaged`], and as [`Letter::from_file`].
    fn from_text(text: &str) -> Result<Self, WireError> {
        within(text.len(), 2 * INVITE_BYTES_MAX)?;
        let begin = format!("{BEGIN}-{}:", Self::WORD);
        let (_, rest) = text.split_once(&begin).ok_or(WireError::Magic)?;
        let (code, _) = rest.split_once('.').ok_or(WireError::Truncated)?;
        let code: String = code
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '>' && *c != '|')
            .collect();
        let file = URL_SAFE_NO_PAD
            .decode(code)
            .map_err(|_| WireError::Damaged)?;
        Self::from_file(&file)
    }
}

impl Letter for Invitation {
    const KIND: u8 = 1;
    const WORD: &'static str = "INBJUDAN";
}

impl Letter for SealedRequest {
    const KIND: u8 = 2;
    const WORD: &'static str = "ANSOKAN";
}

impl Letter for SealedWelcome {
    const KIND: u8 = 3;
    const WORD: &'static str = "VALKOMMEN";
}

fn digest(bytes: &[u8]) -> [u8; DIGEST] {
    let hash = blake3::derive_key("radrum 2026-11-22 letter file v1", bytes);
    let mut short = [0; DIGEST];
    short.copy_from_slice(&hash[..DIGEST]);
    short
}

#[cfg(test)]
mod tests {
    use super::Letter;
    use crate::{Nonce, Salt, SealedRequest, SealedWelcome, WireError};
    use proptest::prelude::*;

    fn letter(sealed: Vec<u8>) -> SealedRequest {
        SealedRequest {
            invitation: Salt::from_bytes([1; 16]),
            nonce: Nonce::from_bytes([2; 24]),
            sealed,
        }
    }

    #[test]
    fn a_letter_survives_a_mail_program() {
        let letter = letter(vec![7; 300]);
        let text = letter.to_text().expect("text");
        let quoted = format!(
            "Hej. Klistra in:\r\n> {}\r\nHälsningar",
            text.replace('\n', "\r\n> ")
        );
        assert_eq!(SealedRequest::from_text(&quoted), Ok(letter));
        assert_eq!(SealedWelcome::from_text(&text), Err(WireError::Magic));
    }

    #[test]
    fn a_letter_cut_or_damaged_is_told() {
        let letter = letter(vec![7; 300]);
        let text = letter.to_text().expect("text");
        let cut = &text[..text.len() - 9];
        assert_eq!(SealedRequest::from_text(cut), Err(WireError::Truncated));
        let damaged = text.replacen("BwcH", "BwdH", 1);
        assert_eq!(SealedRequest::from_text(&damaged), Err(WireError::Damaged));
        let file = letter.to_file().expect("file");
        for at in 0..file.len() {
            let mut other = file.clone();
            other[at] ^= 4;
            assert!(SealedRequest::from_file(&other).is_err(), "{at}");
        }
    }

    proptest! {
        #[test]
        fn letters_read_back_as_file_and_text(sealed in proptest::collection::vec(any::<u8>(), 0..400)) {
            let letter = letter(sealed);
            prop_assert_eq!(SealedRequest::from_text(&letter.to_text().expect("text")), Ok(letter.clone()));
            prop_assert_eq!(SealedRequest::from_file(&letter.to_file().expect("file")), Ok(letter));
        }

        #[test]
        fn any_text_is_refused_without_panic(text in "(RADRUM-ANSOKAN:)?[A-Za-z0-9_.> -]{0,90}") {
            prop_assert!(SealedRequest::from_text(&text).is_err());
        }
    }
}
