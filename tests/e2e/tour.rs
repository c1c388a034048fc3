//! The tour, from the offer on the start page to its last stop, without a mouse.

use crate::access::Looks;
use crate::driver::open_example;
use crate::keyboard::step_to;
use crate::stage::Stage;
use anyhow::Result;
use fantoccini::key::Key;

/// Headings of the pages that it leads to, in order; the first page has none.
const PAGES: [&str; 6] = [
    "Handlingskort",
    "Frågor",
    "Personer",
    "Vem gör vad",
    "Vad får delas här?",
    "Nytt för dig",
];

#[test]
fn the_tour_is_walked_by_keyboard_ended_by_escape_and_not_offered_again() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    let mut looks = Looks::new("visning");
    window.wait_text("main button", "Visa mig runt (under fem minuter)")?;
    looks.at(&window, "1-erbjuds")?;
    step_to(
        &window,
        &[Key::Tab],
        "e.innerText === 'Visa mig runt (under fem minuter)'",
    )?;
    window.press(&[Key::Return])?;
    window.wait_text("aside p", "Visning, 1 av 7")?;
    window.wait("no offer", "!seen('main button', 'Visa mig runt')")?;
    looks.at(&window, "2-sok")?;
    window.wait(
        "the focus on the way on",
        "document.activeElement.innerText === 'Nästa'",
    )?;
    for (n, heading) in PAGES.iter().enumerate() {
        window.press(&[Key::Return])?;
        window.wait_text("h1", heading)?;
        window.wait_text("aside p", &format!("Visning, {} av 7", n + 2))?;
        window.wait(
            "the focus on the way on",
            "['Nästa', 'Klart'].includes(document.activeElement.innerText)",
        )?;
    }
    looks.at(&window, "3-nytt")?;
    window.press(&[Key::Escape])?;
    window.wait("its end", "!seen('aside p', 'Visning')")?;
    window.ask("location.hash = '#/sok'")?;
    window.wait_text("h2", "Nytt i kretsen")?;
    window.wait("no offer", "!seen('main button', 'Visa mig runt')")?;
    // It is found again under Krets.
    window.ask("location.hash = '#/krets'")?;
    window.click("button", "Visa mig runt (under fem minuter)")?;
    window.wait_text("aside p", "Visning, 1 av 7")?;
    window.click("button", "Avsluta visningen")?;
    window.wait("its end", "!seen('aside p', 'Visning')")?;
    looks.assert_clean();
    Ok(())
}
