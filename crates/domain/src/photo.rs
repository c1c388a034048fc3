//! A small picture of a colleague, as base64 text of a JPEG that says nothing but its dots.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Sides of a picture, in dots. It is square.
pub const PHOTO_DOTS: u16 = 192;

/// Largest picture, in bytes of JPEG. In base64 it fits the padded size of 16,384 bytes, since an
/// entry is deflated.
pub const PHOTO_BYTES_MAX: usize = 12 * 1024;

/// In base64.
const TEXT_MAX: usize = PHOTO_BYTES_MAX.div_ceil(3) * 4;

const MARK: u8 = 0xff;
const BEGIN: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
/// Tables of quantisation and of codes, and their pace. But for them and JFIF's head no segment
/// has a place: EXIF, colour profiles, thumbnails and comments tell more than a face.
const TABLES: [u8; 3] = [0xdb, 0xc4, 0xdd];
const HEAD: u8 = 0xe0;
/// Head of a picture, baseline and progressive.
const FRAMES: [u8; 2] = [0xc0, 0xc2];
/// JFIF's head without a thumbnail.
const HEAD_BYTES: usize = 16;

/// Whether a text is a picture that may stand on somebody's page.
#[must_use]
pub fn is_photo(text: &str) -> bool {
    text.len() <= TEXT_MAX
        && STANDARD
            .decode(text)
            .is_ok_and(|bytes| bytes.len() <= PHOTO_BYTES_MAX && is_plain_jpeg(&bytes).is_some())
}

/// Goes from segment to segment; none when something stands there that should not.
fn is_plain_jpeg(bytes: &[u8]) -> Option<()> {
    let mut rest = bytes.strip_prefix(&[MARK, BEGIN])?;
    let mut framed = false;
    let mut scanned = false;
    loop {
        let (&[mark, sort], after) = rest.split_first_chunk()?;
        if mark != MARK {
            return None;
        }
        if sort == END {
            return (framed && scanned && after.is_empty()).then_some(());
        }
        let (length, _) = after.split_first_chunk()?;
        let (segment, behind) = after.split_at_checked(u16::from_be_bytes(*length).into())?;
        let body = segment.get(2..)?;
        rest = match sort {
            SCAN if framed => {
                scanned = true;
                behind_scan(behind)?
            }
            _ if FRAMES.contains(&sort) && !framed && is_frame(body) => {
                framed = true;
                behind
            }
            HEAD if segment.len() == HEAD_BYTES && body.starts_with(b"JFIF\0") => behind,
            _ if TABLES.contains(&sort) => behind,
            _ => return None,
        };
    }
}

/// Eight bits a dot, the right sides, grey or three colours.
fn is_frame(body: &[u8]) -> bool {
    let side = PHOTO_DOTS.to_be_bytes();
    matches!(body, [8, a, b, c, d, 1 | 3, ..] if [*a, *b] == side && [*c, *d] == side)
}

/// From the next mark that is none of the scan's own.
fn behind_scan(bytes: &[u8]) -> Option<&[u8]> {
    let at = bytes
        .windows(2)
        .position(|two| matches!(two, [MARK, sort] if !matches!(sort, 0 | 0xd0..=0xd7)))?;
    bytes.get(at..)
}
