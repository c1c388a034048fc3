use super::{PARTS, Part, Round, Row, Until, Wish, confirmed, go_on, read, told};
use anyhow::{Result, bail};

fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_string).collect()
}

fn good(confirmed: Option<u64>) -> Round {
    Round {
        has_fallen: false,
        confirmed,
    }
}

#[test]
fn a_wish_names_time_or_rounds_the_first_seed_and_parts() -> Result<()> {
    let wish = |until, base, parts: &[&str]| Wish {
        until,
        base,
        parts: parts.iter().map(|part| (*part).to_string()).collect(),
    };
    assert_eq!(read(&[])?, wish(Until::Minutes(10), 0, &[]));
    assert_eq!(
        read(&words("--minutes 480 --base 70000 sim fuzz"))?,
        wish(Until::Minutes(480), 70_000, &["sim", "fuzz"])
    );
    assert_eq!(read(&words("--rounds 3"))?.until, Until::Rounds(3));
    for odd in ["--minutes", "--rounds many", "backup", "--seconds 3"] {
        assert!(read(&words(odd)).is_err(), "{odd}");
    }
    Ok(())
}

#[test]
fn rounds_go_on_as_long_as_wished_and_each_is_another() -> Result<()> {
    let mut seen = Vec::new();
    let row = go_on(300, Until::Rounds(3), |n| {
        seen.push(n);
        Ok(good(Some(1_000 + n)))
    })?;
    assert_eq!(seen, [0, 1, 2]);
    let expected = Row {
        runs: 900,
        faults: 0,
        confirmed: Some(3_003),
    };
    assert_eq!(row, expected);
    let row = go_on(300, Until::Minutes(0), |_| Ok(good(None)))?;
    assert_eq!((row.runs, row.confirmed), (300, None));
    Ok(())
}

#[test]
fn what_falls_ends_its_part_and_is_counted_and_nothing_is_called_kept() -> Result<()> {
    let row = go_on(300, Until::Rounds(9), |n| {
        if n > 1 {
            bail!("a round after the one that fell");
        }
        Ok(Round {
            has_fallen: n == 1,
            confirmed: Some(50),
        })
    })?;
    assert_eq!((row.runs, row.faults), (600, 1));
    let told = told(&PARTS[2], &row);
    assert!(told.ends_with("600 kills         1"), "{told}");
    Ok(())
}

#[test]
fn a_line_says_how_many_of_what_was_confirmed_are_lost() {
    let said = "running 1 test\n300 kills, 43669 entries confirmed\nok\n";
    assert_eq!(confirmed(said), Some(43_669));
    assert_eq!(confirmed("ok"), None);
    let row = Row {
        runs: 300,
        faults: 0,
        confirmed: Some(43_669),
    };
    let told = told(&PARTS[3], &row);
    assert!(told.ends_with("0 of 43669"), "{told}");
}

/// A part that is renamed would run nothing; nextest is told to fail then, and this says it now.
#[test]
fn the_test_and_the_knob_of_each_part_are_there() -> Result<()> {
    let root = crate::shell::root();
    let is_there = |part: &Part| -> Result<bool> {
        let folder = match part.package {
            "radrum-tests" => root.join("tests"),
            other => root
                .join("crates")
                .join(other.trim_start_matches("radrum-"))
                .join("tests"),
        };
        let named = part.test.rsplit("test(").next().unwrap_or_default();
        let named = format!("fn {}", named.trim_end_matches(')'));
        let mut folders = vec![folder];
        let (mut test, mut knob) = (false, false);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ext| ext == "rs") {
                    let text = std::fs::read_to_string(&path)?;
                    test |= text.contains(&named);
                    knob |= text.contains(&format!("(\"{}\"", part.knob));
                }
            }
        }
        Ok(test && knob)
    };
    for part in PARTS {
        assert!(is_there(part)?, "{}", part.name);
    }
    Ok(())
}
