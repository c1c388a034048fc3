//! Limits of everything that crosses a device boundary. Each reader of outside bytes checks
//! against these before it allocates (house rule 7). FORMAT.md lists the same figures, and a
//! test compares them.

/// Largest encoded entry body, in bytes.
pub const BODY_BYTES_MAX: usize = 256 * 1024;

/// Most changes in one entry. One *Spara* makes one change; a long pasted note makes a few.
pub const CHANGES_MAX: usize = 1_024;

/// Most heads one change may stand on, so that a change's dependency list stays under 2 KiB.
pub const DEPS_MAX: usize = 64;

/// Most operations in one change (automerge-notes 5: 0.03 s and 13 MB at this size).
pub const CHANGE_OPS_MAX: usize = 20_000;

/// Most characters that one change may insert into or delete from a running text.
pub const TEXT_OPS_MAX: usize = 15_000;

/// Bytes at the start of every envelope that mean the same in every version.
pub const PLACE_BYTES: usize = 73;

/// Bytes of the outer header of version 1: place, epoch, nonce.
pub const HEADER_BYTES: usize = 129;

/// Bytes of the envelope that stands for an erased one: place, its tag, hash of the rest.
pub const STUB_BYTES: usize = PLACE_BYTES + 1 + 32;

/// Bytes of the Poly1305 tag at the end of each envelope.
pub const TAG_BYTES: usize = 16;

/// Smallest padded plaintext, in bytes; each next size is twice the one before.
pub const PADDED_BYTES_MIN: usize = 512;

/// Largest padded plaintext, in bytes. Twice [`BODY_BYTES_MAX`], so that a body at its own
/// limit which does not compress can still be sealed: no row of a log is ever stuck.
pub const PADDED_BYTES_MAX: usize = 512 * 1024;

/// Largest envelope of version 1, in bytes.
pub const ENVELOPE_BYTES_MAX: usize = HEADER_BYTES + PADDED_BYTES_MAX + TAG_BYTES;

/// Largest frame content of any version, in bytes. Larger ones are refused unread, so a
/// newer program keeps to this too.
pub const FRAME_BYTES_MAX: usize = 1024 * 1024;

/// Largest body after inflating, in bytes. The reader stops there.
pub const INFLATED_BYTES_MAX: usize = 1024 * 1024;

/// Most entries that one entry may name as what it stands on.
pub const REFS_MAX: usize = 16;

/// Largest fact, in bytes; an epoch package for [`WRAPS_MAX`] devices fits.
pub const FACT_BYTES_MAX: usize = 240 * 1024;

/// Most facts in one entry.
pub const FACTS_MAX: usize = 256;

/// Most signatures under one fact.
pub const FACT_SIGNATURES_MAX: usize = 8;

/// Most devices that one epoch package wraps for; more take a second package.
pub const WRAPS_MAX: usize = 2_000;

/// Most earlier epochs that one epoch package opens.
pub const PARENTS_MAX: usize = 8;

/// Most members who share one device.
pub const MEMBERS_MAX: usize = 16;

/// Most logs that one revocation cuts.
pub const CUTOFFS_MAX: usize = 64;

/// Facts that one confirmation names.
pub const CONFIRMED_MAX: usize = 256;

/// Most heads in one version vector: one for each log, one more for each fork.
pub const HEADS_MAX: usize = 16_384;

/// Most ranges in one request.
pub const RANGES_MAX: usize = 4_096;

/// Most changed heads in one heartbeat.
pub const HEARTBEAT_HEADS_MAX: usize = 64;

/// Largest heartbeat envelope in bytes: its padded plaintext is at most 4 KiB.
pub const HEARTBEAT_BYTES_MAX: usize = HEADER_BYTES + 4 * 1024 + TAG_BYTES;

/// Most items that one erasure names.
pub const ERASE_TARGETS_MAX: usize = 64;

/// Most entries that an erasure names of one item, and that one entry of kind DROP names.
pub const ERASE_ENTRIES_MAX: usize = 2_048;

/// Most heads in one receipt of erasures.
pub const RECEIPT_HEADS_MAX: usize = 2_048;

/// Most items in one part of a snapshot.
pub const SNAPSHOT_ITEMS_MAX: usize = 4_096;

/// Most heads that one snapshot names, so that its first part can be sealed.
pub const SNAPSHOT_HEADS_MAX: usize = 8_192;

/// Most parts of one snapshot.
pub const SNAPSHOT_PARTS_MAX: usize = 4_096;

/// Bytes of an attachment in one blob chunk: the most that fits the largest padded size.
pub const BLOB_CHUNK_BYTES: usize = 511 * 1024;

/// Largest bundle file, in bytes. More is written as several files.
pub const BUNDLE_BYTES_MAX: usize = 256 * 1024 * 1024;

/// Most bytes in one request to, or answer from, a relay.
pub const RELAY_BODY_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Longest time that a relay holds a waiting request, in seconds.
pub const RELAY_WAIT_S_MAX: u64 = 50;

/// Lifetime of a relay token, in seconds.
pub const RELAY_TOKEN_S: u64 = 15 * 60;

/// Lifetime of a relay challenge, in seconds.
pub const RELAY_CHALLENGE_S: u64 = 60;

/// Most devices in one relay roster.
pub const ROSTER_DEVICES_MAX: usize = 4_096;

/// Largest relay roster, in bytes.
pub const ROSTER_BYTES_MAX: usize = 256 * 1024;

/// Largest invitation, join request or answer, in bytes.
pub const INVITE_BYTES_MAX: usize = 512 * 1024;

/// Longest name of a krets, a member or a relay address, in bytes of UTF-8.
pub const NAME_BYTES_MAX: usize = 240;

/// Most bytes in one message of a round on the local network.
pub const LAN_MESSAGE_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Longest time from connecting to both proofs, in seconds.
pub const LAN_HANDSHAKE_S: u64 = 10;

/// Longest time between two rounds on one line, in seconds. Each end begins one in half of it.
pub const LAN_IDLE_S: u64 = 120;

/// Blind signatures that a device asks for in a week, used or not: the count tells nothing.
pub const TOKENS_WEEKLY: usize = 5;

/// Bytes of a blinded message, of a blind signature and of a token's signature: RSA-2048.
pub const TOKEN_BYTES: usize = 256;

/// Bytes of a hint: what somebody follows, as a relay knows it.
pub const HINT_BYTES: usize = 16;

/// Hints of an order for letters, whatever is followed.
pub const HINTS_FOLLOWED: usize = 128;

/// Hints that a device tells at once, whatever it has written about.
pub const HINTS_TOLD: usize = 16;

/// Longest address of mail, in bytes (RFC 5321 as corrected by RFC 3696 erratum 1690).
pub const MAIL_ADDRESS_BYTES_MAX: usize = 254;

/// Largest public key of an issuer, in bytes of DER.
pub const ISSUER_KEY_BYTES_MAX: usize = 512;

/// Smallest padded plaintext of an anonymous entry, in bytes.
pub const ANONYMOUS_PADDED_BYTES_MIN: usize = 2_048;

#[cfg(test)]
mod tests {
    #[test]
    fn every_limit_stands_in_format_md_with_its_value() {
        let format = include_str!("../FORMAT.md");
        let source = include_str!("limits.rs");
        let limits: Vec<(&str, u64)> = vec![
            ("BODY_BYTES_MAX", super::BODY_BYTES_MAX as u64),
            ("CHANGES_MAX", super::CHANGES_MAX as u64),
            ("DEPS_MAX", super::DEPS_MAX as u64),
            ("CHANGE_OPS_MAX", super::CHANGE_OPS_MAX as u64),
            ("TEXT_OPS_MAX", super::TEXT_OPS_MAX as u64),
            ("PLACE_BYTES", super::PLACE_BYTES as u64),
            ("HEADER_BYTES", super::HEADER_BYTES as u64),
            ("STUB_BYTES", super::STUB_BYTES as u64),
            ("TAG_BYTES", super::TAG_BYTES as u64),
            ("PADDED_BYTES_MIN", super::PADDED_BYTES_MIN as u64),
            ("PADDED_BYTES_MAX", super::PADDED_BYTES_MAX as u64),
            ("ENVELOPE_BYTES_MAX", super::ENVELOPE_BYTES_MAX as u64),
            ("FRAME_BYTES_MAX", super::FRAME_BYTES_MAX as u64),
            ("INFLATED_BYTES_MAX", super::INFLATED_BYTES_MAX as u64),
            ("REFS_MAX", super::REFS_MAX as u64),
            ("FACT_BYTES_MAX", super::FACT_BYTES_MAX as u64),
            ("FACTS_MAX", super::FACTS_MAX as u64),
            ("FACT_SIGNATURES_MAX", super::FACT_SIGNATURES_MAX as u64),
            ("WRAPS_MAX", super::WRAPS_MAX as u64),
            ("PARENTS_MAX", super::PARENTS_MAX as u64),
            ("MEMBERS_MAX", super::MEMBERS_MAX as u64),
            ("CUTOFFS_MAX", super::CUTOFFS_MAX as u64),
            ("CONFIRMED_MAX", super::CONFIRMED_MAX as u64),
            ("HEADS_MAX", super::HEADS_MAX as u64),
            ("RANGES_MAX", super::RANGES_MAX as u64),
            ("HEARTBEAT_HEADS_MAX", super::HEARTBEAT_HEADS_MAX as u64),
            ("HEARTBEAT_BYTES_MAX", super::HEARTBEAT_BYTES_MAX as u64),
            ("ERASE_TARGETS_MAX", super::ERASE_TARGETS_MAX as u64),
            ("ERASE_ENTRIES_MAX", super::ERASE_ENTRIES_MAX as u64),
            ("RECEIPT_HEADS_MAX", super::RECEIPT_HEADS_MAX as u64),
            ("SNAPSHOT_ITEMS_MAX", super::SNAPSHOT_ITEMS_MAX as u64),
            ("SNAPSHOT_HEADS_MAX", super::SNAPSHOT_HEADS_MAX as u64),
            ("SNAPSHOT_PARTS_MAX", super::SNAPSHOT_PARTS_MAX as u64),
            ("BLOB_CHUNK_BYTES", super::BLOB_CHUNK_BYTES as u64),
            ("BUNDLE_BYTES_MAX", super::BUNDLE_BYTES_MAX as u64),
            ("RELAY_BODY_BYTES_MAX", super::RELAY_BODY_BYTES_MAX as u64),
            ("RELAY_WAIT_S_MAX", super::RELAY_WAIT_S_MAX),
            ("RELAY_TOKEN_S", super::RELAY_TOKEN_S),
            ("RELAY_CHALLENGE_S", super::RELAY_CHALLENGE_S),
            ("ROSTER_DEVICES_MAX", super::ROSTER_DEVICES_MAX as u64),
            ("ROSTER_BYTES_MAX", super::ROSTER_BYTES_MAX as u64),
            ("INVITE_BYTES_MAX", super::INVITE_BYTES_MAX as u64),
            ("NAME_BYTES_MAX", super::NAME_BYTES_MAX as u64),
            ("LAN_MESSAGE_BYTES_MAX", super::LAN_MESSAGE_BYTES_MAX as u64),
            ("LAN_HANDSHAKE_S", super::LAN_HANDSHAKE_S),
            ("LAN_IDLE_S", super::LAN_IDLE_S),
            ("TOKENS_WEEKLY", super::TOKENS_WEEKLY as u64),
            ("TOKEN_BYTES", super::TOKEN_BYTES as u64),
            ("HINT_BYTES", super::HINT_BYTES as u64),
            ("HINTS_FOLLOWED", super::HINTS_FOLLOWED as u64),
            ("HINTS_TOLD", super::HINTS_TOLD as u64),
            (
                "MAIL_ADDRESS_BYTES_MAX",
                super::MAIL_ADDRESS_BYTES_MAX as u64,
            ),
            ("ISSUER_KEY_BYTES_MAX", super::ISSUER_KEY_BYTES_MAX as u64),
            (
                "ANONYMOUS_PADDED_BYTES_MIN",
                super::ANONYMOUS_PADDED_BYTES_MIN as u64,
            ),
        ];
        let consts = source.lines().filter(|line| line.starts_with("pub const"));
        assert_eq!(limits.len(), consts.count());
        for (name, value) in limits {
            let row = format!("| `{name}` | {value} |");
            assert!(format.contains(&row), "FORMAT.md lacks {row}");
        }
    }
}
