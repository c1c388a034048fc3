use radrum_tests::krets::{invited, office};
use radrum_tests::writers::*;
use radrum_wire::*;
use serde_json::json;
use std::time::Instant;
fn main() -> anyhow::Result<()> {
    let items: u32 = std::env::args()
        .nth(1)
        .map_or(500, |a| a.parse().expect("n"));
    let home = tempfile::tempdir_in("/work")?;
    let a = office(home.path(), "Maja", "Dorotea")?;
    a.call("found_krets", json!({"name":"K"}))?;
    let mut writers: Vec<Writer> = (0..8)
        .map(|n| Writer::join(&a, n, "Dorotea"))
        .collect::<Result<_, _>>()?;
    let b = invited(&a, &home.path().join("b"), "Anna", "Sorsele")?;
    let t = Instant::now();
    let entries = write_volume(&mut writers, Volume { items, changes: 24 })?;
    let bytes: usize = entries.iter().map(Vec::len).sum();
    println!(
        "{} entries {} MB made in {:?}",
        entries.len(),
        bytes as f64 / 1e6,
        t.elapsed()
    );
    let region = Envelope::decode(&entries[0])?.place().region;
    let mut w = BundleWriter::new(region)?;
    for e in &entries {
        w.push(e)?;
    }
    let file = home.path().join("x.knyte");
    std::fs::write(&file, w.finish())?;
    for (name, o) in [("a", &a), ("b", &b)] {
        if name == "b" {
            let f = home.path().join("a.knyte");
            let t = o.host.tickets().give(&o.host.world(), f.clone())?;
            let t2 = a.host.tickets().give(&a.host.world(), f)?;
            let _ = t;
            let s = Instant::now();
            a.call("write_bundle", json!({"ticket":t2}))?;
            println!("write bundle {:?}", s.elapsed());
        }
        let f = if name == "a" {
            file.clone()
        } else {
            home.path().join("a.knyte")
        };
        let t = o.host.tickets().give(&o.host.world(), f)?;
        let s = Instant::now();
        let r = o.call("read_bundle", json!({"ticket": t}))?;
        println!(
            "{name} ingest {:?} {:.0}/s {r}",
            s.elapsed(),
            entries.len() as f64 / s.elapsed().as_secs_f64()
        );
    }
    Ok(())
}
