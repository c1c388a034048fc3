use radrum_tests::office::{Office, Start};
use serde_json::json;
fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let office = if std::env::var("EX").is_ok() { Office::open(Start::example(folder.path(), radrum_app::Size::Small))? } else { Office::founded(Start::own(folder.path()))? };
    office.call("warm_up", json!({}))?;
    for q in std::env::args().skip(1) {
        println!("=== {q}");
        let query = office.host.session().unwrap().debug_parse(&q);
        for c in query.concepts { println!("  [{}]", c.text); for e in c.expansions.iter().take(14) { println!("     {:.2} {:?}", e.weight, e.terms); } }
        let a = office.call("search", json!({ "text": q }))?;
        for g in a["groups"].as_array().unwrap() { println!("  -- {}", g["kind"]); for r in g["items"].as_array().unwrap().iter().take(5) { println!("     {} | {} | {}", r["key"], r["title"], r["where"]); } }
    }
    Ok(())
}
