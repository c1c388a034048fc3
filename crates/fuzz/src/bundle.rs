//! Bundle files: as they come, and with a right length and digest.

use crate::krets::KRETS;
use radrum_wire::{BUNDLE_MAGIC, Bundle, BundleWriter, Frames};

const HEAD: usize = 12 + 1 + 16 + 4 + 8;
const DIGEST: usize = 32;

pub(crate) fn run(bytes: &[u8]) {
    file(bytes);
    // Whatever stands between head and digest, and all of it.
    let between = bytes.len().checked_sub(DIGEST);
    if let Some(frames) = between.and_then(|end| bytes.get(HEAD..end)) {
        file(&around(frames));
    }
    file(&around(bytes));
}

/// A bundle is one when all its frames are, and has one form.
fn file(bytes: &[u8]) {
    let region = KRETS.region;
    let read = Bundle::decode(bytes, region).map(|bundle| bundle.count());
    let again = Bundle::decode(bytes, region).map(|bundle| bundle.count());
    assert_eq!(read, again, "the same twice");
    let Ok(bundle) = Bundle::decode(bytes, region) else {
        return;
    };
    let mut writer = BundleWriter::new(region).expect("a krets");
    for envelope in bundle.envelopes() {
        assert_eq!(writer.push(envelope.bytes()), Ok(()));
    }
    assert_eq!(writer.count(), bundle.count());
    assert!(writer.finish() == bytes, "one form");
}

fn around(frames: &[u8]) -> Vec<u8> {
    let count = Frames::new(frames).filter(Result::is_ok).count();
    let mut file = BUNDLE_MAGIC.to_vec();
    file.push(1);
    file.extend(KRETS.region.as_bytes());
    file.extend(u32::try_from(count).unwrap_or(u32::MAX).to_be_bytes());
    file.extend((frames.len() as u64).to_be_bytes());
    file.extend(frames);
    file.extend(blake3::derive_key(
        "radrum 2026-11-22 bundle file v1",
        &file,
    ));
    file
}
