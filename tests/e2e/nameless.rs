//! What is written without a name, in the window of a real member of 24 computers in 8
//! municipalities: it waits, is taken back, stepped forward with, and taken away.

use crate::access::Looks;
use crate::driver::open_desktop;
use crate::stage::Stage;
use crate::window::Window;
use anyhow::{Context as _, Result};
use radrum_tests::crowd::{Crowd, DEVICES};

const PASSPHRASE: &str = "tre vanliga ord räcker";

/// Elin in Sorsele, who asks, and Moa in Malå, who answers.
const ELIN: usize = 1;
const MOA: usize = 2;

const LVM: &str = "Vem har haft ett LVM?";
const REGRETTED: &str = "Hur långt är det till Åsele?";

/// Her window, after two questions of hers and an answer have come back to everybody.
fn hers(stage: &Stage) -> Result<Window> {
    let mut crowd = Crowd::of(DEVICES, None)?;
    crowd.seats[ELIN].ask(LVM)?;
    crowd.seats[ELIN].ask(REGRETTED)?;
    crowd.travel()?;
    let key = crowd.seats[MOA].question(LVM)?.context("question")?;
    crowd.seats[MOA].answer(&key, "answer", "Vi hade ett i våras.")?;
    crowd.travel()?;
    let elin = crowd.seats.remove(ELIN);
    elin.move_out(&stage.profile(), PASSPHRASE)?;
    let window = open_desktop(stage, &["--now", "2026-11-24"])?;
    window.wait_text("h1", "Lås upp Rådrum")?;
    window.fill("#passphrase", PASSPHRASE)?;
    window.click("button", "Lås upp")?;
    window.wait_text("h2", "Nytt i kretsen")?;
    Ok(window)
}

fn open_thread(window: &Window, title: &str) -> Result<()> {
    window.click("nav a", "Frågor")?;
    window.click("a.t", title)?;
    window.wait_text("article h1", title)
}

#[test]
fn a_letter_is_ordered_changed_and_ended_by_its_address_alone() -> Result<()> {
    let stage = Stage::new()?;
    let window = hers(&stage)?;
    let mut looks = Looks::new("brev");
    window.ask("location.hash = '#/krets'")?;
    window.wait_text("section p", "Inga brev är beställda.")?;
    window.fill("#mail-to", "elin")?;
    window.click("button", "Beställ brev")?;
    window.wait_text("section", "Det ser inte ut som en e-postadress.")?;
    window.fill("#mail-to", "elin.ask@sorsele.example")?;
    window.click("button", "Beställ brev")?;
    window.wait_text("section p", "Beställningen går iväg nästa gång reläet nås.")?;
    window.click("summary", "Vad reläet då vet")?;
    window.wait_text("details li", "Inte vilken dator som beställde")?;
    looks.at(&window, "1-bestalld")?;
    window.click("button", "Sluta få brev")?;
    window.wait_text("section p", "Inga brev är beställda.")?;
    looks.assert_clean();
    Ok(())
}

#[test]
fn what_is_written_without_a_name_waits_and_is_taken_back() -> Result<()> {
    let stage = Stage::new()?;
    let window = hers(&stage)?;
    let mut looks = Looks::new("utan-namn-vantar");
    window.click("a.btn", "Fråga kretsen")?;
    window.wait_text("h1", "Fråga kretsen")?;
    window.fill("#f-text", "Hur länge är en LOB?")?;
    window.click(".nameless label", "Utan namn")?;
    window.wait_text(".nameless", "Det här lovar vi inte")?;
    looks.at(&window, "1-fraga")?;
    window.click("button", "Publicera")?;
    window.wait_text("section h2", "Väntar på att skickas utan namn")?;
    window.wait_text(".row .t", "Hur länge är en LOB?")?;
    looks.at(&window, "2-vantar")?;
    window.click(".row button", "Ångra")?;
    window.wait(
        "nothing waits",
        "!seen('section h2', 'Väntar på att skickas utan namn')",
    )?;

    // Her word on what has come back goes the same way.
    open_thread(&window, LVM)?;
    window.wait_text("article", "Utan namn")?;
    window.wait_text(".thread", "Vi hade ett i våras.")?;
    window.click("button", "Klar för mig")?;
    window.wait_text(".row .t", &format!("Klar för mig: {LVM}"))?;
    looks.at(&window, "3-klar-vantar")?;
    window.click(".row button", "Ångra")?;
    window.wait_text("button", "Klar för mig")?;
    looks.assert_clean();
    Ok(())
}

#[test]
fn whoever_wrote_without_a_name_steps_forward_or_takes_it_away() -> Result<()> {
    let stage = Stage::new()?;
    let window = hers(&stage)?;
    let mut looks = Looks::new("utan-namn");
    open_thread(&window, REGRETTED)?;
    window.click("button", "Ta bort…")?;
    window.wait_text("dialog h2", &format!("Ta bort ”{REGRETTED}”?"))?;
    window.wait_text("dialog p", "det tas bort utan namn")?;
    window.click("dialog label", "Något annat")?;
    looks.at(&window, "1-ta-bort")?;
    window.click("dialog button", "Ta bort för alla")?;
    window.wait_text(".row .t", &format!("Tas bort: {REGRETTED}"))?;
    looks.at(&window, "2-tas-bort")?;

    open_thread(&window, LVM)?;
    window.click("button", "Träd fram")?;
    window.wait_text("[role=group]", "det går inte att ta tillbaka")?;
    looks.at(&window, "3-trad-fram")?;
    window.click("button", "Avbryt")?;
    window.wait("it is not said", "!seen('article', 'Elin Ask')")?;
    window.click("button", "Träd fram")?;
    window.click("button", "Visa mitt namn")?;
    window.wait_text("article", "Elin Ask har trätt fram")?;
    window.wait(
        "that it cannot be done twice",
        "!seen('button', 'Träd fram')",
    )?;
    looks.at(&window, "4-har-tratt-fram")?;
    looks.assert_clean();
    Ok(())
}
