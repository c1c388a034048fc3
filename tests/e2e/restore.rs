//! A backup is written in one desktop window, and a new computer starts from it in another.

use crate::access::Looks;
use crate::chooser::choose;
use crate::driver::open_desktop;
use crate::stage::Stage;
use crate::starts::{PASSPHRASE, found_with_passphrase};
use anyhow::{Result, ensure};
use radrum_tests::krets::note;

const OF_FILE: &str = "tre älgar på vägen";
const NEW: &str = "fyra vanliga ord räcker";

#[test]
fn a_new_computer_starts_from_the_backup_of_one_that_is_gone() -> Result<()> {
    let (gone, stage) = (Stage::new()?, Stage::new()?);
    let file = stage.home().join("kopia.age");
    let window = open_desktop(&gone, &[])?;
    found_with_passphrase(&window, "Dorotea", "Maja Lundmark")?;
    note(&window, "Ring före nio, säger Åsa", "Annars svarar ingen.")?;
    window.ask("location.hash = '#/krets/sakerhetskopia'")?;
    window.wait_text("h1", "Säkerhetskopia")?;
    window.fill("#first-passphrase", OF_FILE)?;
    window.fill("#first-again", OF_FILE)?;
    window.click("button", "Välj plats och skriv filen")?;
    choose(&gone, &file)?;
    window.wait_text("[role=status]", "Klart.")?;
    ensure!(file.exists(), "it lies where it was put");
    window.kill(&gone)?;
    drop(gone);

    let mut looks = Looks::new("aterstall");
    let window = open_desktop(&stage, &[])?;
    window.click("button", "Återställ från säkerhetskopia")?;
    window.wait_text("h1", "Återställ från säkerhetskopia")?;
    window.click("button", "Välj fil")?;
    choose(&stage, &file)?;
    window.wait_text("[role=status]", "En fil är vald.")?;
    for (field, typed) in [
        ("#first-opens", PASSPHRASE),
        ("#first-passphrase", NEW),
        ("#first-again", NEW),
    ] {
        window.fill(field, typed)?;
    }
    window.click("button", "Återställ")?;
    window.wait("what is said", "seen('[role=alert]')?.innerText.length > 3")?;
    looks.at(&window, "1-fel-fras")?;
    window.fill("#first-opens", OF_FILE)?;
    window.click("button", "Återställ")?;
    window.wait_text("h2", "Nytt i kretsen")?;
    window.ask("location.hash = '#/anteckningar'")?;
    window.wait_text("a.t", "Ring före nio, säger Åsa")?;
    looks.at(&window, "2-aterstalld")?;

    // It is a whole profile of its own, with the new passphrase.
    window.kill(&stage)?;
    let window = open_desktop(&stage, &[])?;
    window.wait_text("h1", "Lås upp Rådrum")?;
    window.fill("#passphrase", NEW)?;
    window.click("button", "Lås upp")?;
    window.wait_text("h2", "Nytt i kretsen")?;
    window.ask("location.hash = '#/anteckningar'")?;
    window.wait_text("a.t", "Ring före nio, säger Åsa")?;
    looks.assert_clean();
    Ok(())
}
