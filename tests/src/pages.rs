//! The bytes of a database file without its encryption: every page as SQLite sees it, free
//! pages and the WAL included. A word that was erased must be in none of them.

use aes::cipher::{BlockCipherDecrypt as _, KeyInit as _};
use anyhow::{Result, bail};
use radrum_store::DbKey;
use std::path::Path;

/// Bytes of a page.
const PAGE: usize = 4_096;

/// Bytes at the end of each page: initialisation vector and HMAC.
const RESERVED: usize = 80;

/// Bytes before the first page, and before each page, of a WAL.
const WAL_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// The file and its WAL, decrypted.
///
/// # Errors
/// When they cannot be read, or are not pages of this key.
pub fn plain(folder: &Path, key: &DbKey) -> Result<Vec<u8>> {
    let cipher = aes::Aes256::new(key.expose().into());
    let mut out = Vec::new();
    let file = std::fs::read(folder.join("radrum.db"))?;
    for (n, page) in file.chunks(PAGE).enumerate() {
        // The first 16 bytes of the file are its salt.
        decrypt(&cipher, page, if n == 0 { 16 } else { 0 }, &mut out)?;
    }
    if !out
        .windows(12)
        .take(PAGE)
        .any(|at| at.starts_with(b"\x10\x00"))
    {
        bail!("not a page size in the first page: another key");
    }
    let wal = std::fs::read(folder.join("radrum.db-wal")).unwrap_or_default();
    let frames = wal.get(WAL_HEADER..).unwrap_or_default();
    for frame in frames.chunks_exact(FRAME_HEADER + PAGE) {
        let first = frame[..4] == 1_u32.to_be_bytes();
        decrypt(
            &cipher,
            &frame[FRAME_HEADER..],
            if first { 16 } else { 0 },
            &mut out,
        )?;
    }
    Ok(out)
}

fn decrypt(cipher: &aes::Aes256, page: &[u8], from: usize, out: &mut Vec<u8>) -> Result<()> {
    if page.len() != PAGE {
        bail!("half a page");
    }
    let end = PAGE - RESERVED;
    let mut before: [u8; 16] = page[end..end + 16].try_into()?;
    for chunk in page[from..end].chunks_exact(16) {
        let sealed: [u8; 16] = chunk.try_into()?;
        let mut block = sealed.into();
        cipher.decrypt_block(&mut block);
        out.extend(block.iter().zip(before).map(|(byte, mask)| byte ^ mask));
        before = sealed;
    }
    Ok(())
}

/// Whether a word stands in some bytes, in UTF-8 or as it is folded for search.
#[must_use]
pub fn holds(bytes: &[u8], word: &str) -> bool {
    let folded = word.to_lowercase();
    [word, &folded].iter().any(|word| {
        let word = word.as_bytes();
        bytes.windows(word.len()).any(|at| at == word)
    })
}
