use super::{Path, PathError, Refusal, RefusalCode};
use crate::{LogId, RegionId, Salt};
use proptest::prelude::*;

fn paths() -> Vec<Path> {
    let region = RegionId::from_bytes([0xab; 16]);
    let salt = Salt::from_bytes([0xcd; 16]);
    vec![
        Path::Challenge,
        Path::Token,
        Path::State(region),
        Path::Entries(region),
        Path::Wait(region),
        Path::Heads(region),
        Path::Ranges(region),
        Path::Slots(region),
        Path::Slot(region, LogId::from_bytes([0xef; 16])),
        Path::Snapshot(region),
        Path::Roster(region),
        Path::LetterRequest(region, salt),
        Path::LetterWelcome(region, salt),
        Path::BlindTokens(region),
        Path::Anonymous(region),
        Path::Mail(region),
        Path::Hints(region),
        Path::Blob(region, salt),
        Path::Drop(region),
    ]
}

#[test]
fn paths_read_back_and_stand_in_format_md() {
    let format = include_str!("../../FORMAT.md");
    for path in paths() {
        let text = path.to_string();
        assert_eq!(text.parse(), Ok(path));
        let shown = text
            .replace(&"ab".repeat(16), "{krets}")
            .replace(&"cd".repeat(16), "{id}")
            .replace(&"ef".repeat(16), "{log}");
        assert!(format.contains(&format!("`{shown}`")), "{shown}");
    }
}

#[test]
fn codes_stand_in_format_md_with_their_status() {
    let format = include_str!("../../FORMAT.md");
    for code in [
        RefusalCode::Malformed,
        RefusalCode::Unauthorized,
        RefusalCode::NotOnRoster,
        RefusalCode::Example,
        RefusalCode::UnknownRegion,
        RefusalCode::NotFound,
        RefusalCode::RosterBehind,
        RefusalCode::TooLarge,
        RefusalCode::TooManyRequests,
        RefusalCode::QuotaExceeded,
        RefusalCode::RegionFull,
        RefusalCode::Unavailable,
    ] {
        let name = serde_json::to_value(code).expect("name");
        let name = name.as_str().expect("text");
        let row = format!("| {} | `{name}` |", code.status());
        assert!(format.contains(&row), "FORMAT.md lacks {row}");
    }
}

#[test]
fn a_code_of_a_newer_relay_is_read_as_unknown() {
    let refusal: Refusal = serde_json::from_str(r#"{"code":"moon_phase"}"#).expect("read");
    assert_eq!(refusal.code, RefusalCode::Unknown);
}

proptest! {
    #[test]
    fn any_text_as_path_is_refused_or_reads_back(text in "/v1/(krets/)?[0-9a-f/]{0,60}[a-z/]{0,12}") {
        let parsed: Result<Path, PathError> = text.parse();
        if let Ok(path) = parsed {
            prop_assert_eq!(path.to_string(), text);
        }
    }
}
