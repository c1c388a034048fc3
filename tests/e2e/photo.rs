//! A picture of oneself is chosen from a file in the real window, seen, and taken away.

use crate::access::Looks;
use crate::driver::open_example;
use crate::stage::Stage;
use crate::window::Window;
use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

const OTHER: &[u8] = include_bytes!("../fixtures/photos/other.jpg");

/// Whose computer the Exempelkrets plays.
const ME: &str = "member:elin-granstrom";

const WIDTH: u32 = 40;
const HEIGHT: u32 = 30;

/// A driven web view asks nobody for a file: what is chosen is what `window.chosen` holds.
const FILES: &str = "
HTMLInputElement.prototype.click = function () {
  const given = new DataTransfer();
  given.items.add(new File([new Uint8Array(window.chosen)], 'semester'));
  this.files = given.files;
  this.dispatchEvent(new Event('change'));
};";

/// A picture that is neither small nor square nor a JPEG: a bitmap of one colour.
fn bitmap() -> Vec<u8> {
    let size = WIDTH * HEIGHT * 3;
    let mut bytes = b"BM".to_vec();
    for number in [54 + size, 0, 54, 40, WIDTH, HEIGHT] {
        bytes.extend(number.to_le_bytes());
    }
    // One plane, 24 bits a dot.
    bytes.extend([1, 0, 24, 0]);
    for number in [0, size, 0, 0, 0, 0] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend([0x6a, 0x6f, 0x2a].repeat((WIDTH * HEIGHT) as usize));
    bytes
}

fn choose(window: &Window, bytes: &[u8]) -> Result<()> {
    window.script("window.chosen = arguments[0];", &[json!(bytes)])?;
    window.click("dialog button", "Välj fil")
}

#[test]
fn a_picture_is_chosen_from_a_file_seen_and_taken_away() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    window.script(FILES, &[])?;
    let mut looks = Looks::new("bild");
    window.ask("location.hash = '#/person/elin-granstrom'")?;
    window.click("button", "Lägg in en bild")?;
    window.wait_text("dialog p", "Helt frivilligt")?;
    looks.at(&window, "1-dialog")?;
    choose(&window, b"Hej")?;
    window.wait_text("dialog .said", "gick inte att läsa som en bild")?;
    choose(&window, &bitmap())?;
    let loaded = "seen('img')?.complete && seen('img').naturalWidth === 192";
    window.wait("what was chosen", loaded)?;
    looks.at(&window, "2-vald")?;
    let heads = window.rpc("head", json!({ "key": ME }))?["heads"].clone();
    window.click("dialog button", "Spara")?;
    window.wait("the end of the dialog", "!document.querySelector('dialog')")?;
    window.wait("her picture", loaded)?;
    let alt = window.ask("seen('img').alt")?;
    assert_eq!(alt, "Bild på Elin Granström");
    looks.at(&window, "3-sidan")?;

    // Her other computer put in another meanwhile: both are shown until she chooses.
    let edit = json!({ "edit": "set", "field": "photo", "value": STANDARD.encode(OTHER) });
    let args = json!({ "key": ME, "heads": heads, "window": "w", "edits": [edit] });
    window.rpc("edit_item", args)?;
    window.wait(
        "both pictures",
        "document.querySelectorAll('.voices img').length === 2",
    )?;
    looks.at(&window, "4-tva")?;
    window.click(".voices button", "Låt denna gälla")?;
    window.wait(
        "one picture",
        "document.querySelectorAll('img').length === 1",
    )?;

    // On her page alone.
    window.click("nav a", "Personer")?;
    window.wait_text("a", "Elin Granström")?;
    assert_eq!(window.ask("document.querySelector('img')")?, Value::Null);
    window.ask("location.hash = '#/person/elin-granstrom/historik'")?;
    window.wait_text("li", "lade in en bild")?;
    window.ask("location.hash = '#/person/elin-granstrom'")?;
    window.click("button", "Ta undan bilden")?;
    window.wait_text("button", "Lägg in en bild")?;
    window.wait("no picture", "!document.querySelector('img')")?;
    // A colleague's is hers to put in.
    window.ask("location.hash = '#/person/maja-lundmark'")?;
    window.wait_text("h1", "Maja Lundmark")?;
    window.wait("no such button", "!seen('button', 'Lägg in en bild')")?;
    looks.assert_clean();
    Ok(())
}
