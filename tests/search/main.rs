//! Search quality over the golden queries.

use anyhow::Result;
use radrum_tests::golden::{Miss, miss, queries};
use radrum_tests::office::{Office, Start};
use serde_json::json;

#[test]
fn nineteen_of_twenty_golden_queries_lead_to_the_right_answer() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::founded(Start::own(folder.path()))?;
    office.call("warm_up", json!({}))?;
    let (mut right, mut all, mut misses) = (0, 0, Vec::new());
    for golden in queries().iter().filter(|golden| !golden.blind) {
        let answer = office.call("search", json!({ "text": golden.query }))?;
        all += 1;
        match miss(golden, &answer) {
            None => right += 1,
            Some(Miss::NotFound(key)) => misses.push(format!("{}  → {key}", golden.query)),
            Some(Miss::WrongPlace(place)) => {
                misses.push(format!("{}  wanted {:?}, got {place}", golden.query, golden.place));
            }
        }
    }
    println!("{right} of {all}");
    for miss in &misses { println!("{miss}"); }
    assert!(right * 100 >= all * 95, "{right} of {all}");
    Ok(())
}
