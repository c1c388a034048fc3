//! Texts that are made to run: shown in the real window as what they are, and nothing of them
//! runs, becomes an element or calls anybody (security.md T9, 3.12).

mod texts;

use crate::driver::open_example;
use crate::stage::Stage;
use crate::window::Window;
use anyhow::{Context as _, Result};
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Notes what runs, what asks the reader, and what the policy of the window had to stop.
const WATCH: &str = "
window.ran = [];
window.stopped = [];
window.fell = (what) => ran.push(what);
window.alert = window.confirm = window.prompt = (what) => ran.push(what);
addEventListener('securitypolicyviolation', (event) => stopped.push(event.violatedDirective));";

/// What the page must not hold: in a note anything but what marks become, and anywhere an
/// attribute that runs or leads somewhere with a word of ours in it.
const FOUND: &str = r"
const [port] = arguments;
const found = [];
const marks = ['DIV', 'P', 'EM', 'STRONG', 'BUTTON', 'BR', 'UL', 'OL', 'LI', 'BLOCKQUOTE', 'PRE', 'HR'];
const told = (element) => found.push(element.outerHTML.slice(0, 200));
for (const element of document.querySelectorAll('.rich, .rich *')) {
  const odd = element.getAttributeNames().some((name) => name !== 'class' && name !== 'type');
  if (odd || !marks.includes(element.tagName)) told(element);
}
const never = 'iframe, object, embed, base, frame, frameset, applet, audio, video, math, portal, ' +
  'marquee, template, foreignObject, animate, set, meta[http-equiv], main img, main script, main style, main link';
document.querySelectorAll(never).forEach(told);
for (const element of document.querySelectorAll('*')) {
  for (const { name, value } of element.attributes) {
    const leads = ['href', 'src', 'srcset', 'srcdoc', 'action', 'formaction', 'style', 'data', 'poster',
      'background', 'xlink:href', 'content', 'ping'].includes(name);
    const ours = value.includes('fell(') || value.includes(':' + port);
    if (name.startsWith('on') || (leads && ours && !value.startsWith('#/'))) told(element);
  }
}
return found;";

/// Counts who calls. It stands until the program ends.
struct Listener {
    port: u16,
    calls: Arc<AtomicUsize>,
}

impl Listener {
    fn new() -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let port = listener.local_addr()?.port();
        let calls = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&calls);
        std::thread::spawn(move || {
            for _ in listener.incoming() {
                count.fetch_add(1, Ordering::SeqCst);
            }
        });
        Ok(Self { port, calls })
    }

    fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }
}

fn found(window: &Window, listener: &Listener) -> Result<Value> {
    window.script(FOUND, &[json!(listener.port)])
}

/// The page stands there, and is nothing but text.
fn is_text(window: &Window, listener: &Listener, at: &str, ready: (&str, &str)) -> Result<()> {
    window.script("location.hash = arguments[0];", &[json!(at)])?;
    window.wait_text(ready.0, ready.1)?;
    window.settle()?;
    for (what, now) in [
        ("elements", found(window, listener)?),
        ("ran", window.ask("ran")?),
        ("stopped", window.ask("stopped")?),
    ] {
        assert_eq!(now, json!([]), "{what} at {at}");
    }
    Ok(())
}

/// Notes of all texts, each as often as there are ways to write it. Gives their names.
fn notes(window: &Window, port: u16) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for (n, text) in texts::notes(port).into_iter().enumerate() {
        let title = format!("Prov {n} <img src=x onerror=fell('title')>");
        let edits = json!([
            { "edit": "set", "field": "title", "value": title },
            { "edit": "write", "field": "body", "text": text },
        ]);
        let args = json!({ "kind": "note", "window": "w", "edits": edits });
        let made = window.rpc("create_item", args)?;
        let key = made["key"].as_str().context("key")?;
        names.push(key.trim_start_matches("note:").to_string());
    }
    Ok(names)
}

/// The texts as steps of a card, some in each.
fn steps(window: &Window, port: u16) -> Result<()> {
    let key = "playbook:lvm";
    let card = window.rpc("playbook", json!({ "key": key }))?;
    let steps = card["card"]["steps"].as_array().context("steps")?;
    let texts = texts::texts(port);
    let some = texts.len().div_ceil(steps.len());
    for (step, texts) in steps.iter().zip(texts.chunks(some)) {
        let heads = window.rpc("head", json!({ "key": key }))?["heads"].clone();
        let edit = json!({ "edit": "set_in", "list": "steps", "id": step["id"], "field": "text",
                           "value": format!("Prov {}", texts.join(" ")) });
        let args = json!({ "key": key, "heads": heads, "window": "w", "edits": [edit] });
        window.rpc("edit_item", args)?;
    }
    Ok(())
}

#[test]
fn hostile_texts_are_shown_as_text_and_nothing_of_them_runs() -> Result<()> {
    let (stage, listener) = (Stage::new()?, Listener::new()?);
    let window = open_example(&stage)?;
    window.script(WATCH, &[])?;
    let names = notes(&window, listener.port)?;
    steps(&window, listener.port)?;

    for (n, name) in names.iter().enumerate() {
        let at = format!("#/anteckning/{name}");
        let heading = format!("Prov {n} <img src=x onerror=fell('title')>");
        is_text(&window, &listener, &at, ("article h1", &heading))?;
        window.wait("its text", "seen('.rich')?.innerText.includes('fell(')")?;
        // Its links ask first, and name where they lead.
        let links = "[...document.querySelectorAll('.rich button')]";
        window.script(&format!("{links}.forEach((link) => link.click());"), &[])?;
        if window.ask(&format!("{links}.length"))? != json!(0) {
            window.wait_text("dialog", "evil.example")?;
            window.press(&[Key::Escape])?;
            window.wait("no dialog", "!document.querySelector('dialog[open]')")?;
        }
    }
    let first = names.first().context("a note")?;
    let history = format!("#/anteckning/{first}/historik");
    for (at, ready) in [
        ("#/kort/lvm", ("main", "Prov <script>")),
        ("#/kort/lvm?las=1", ("main", "Prov <script>")),
        ("#/kort/lvm/redigera", ("#edit-steps", "")),
        ("#/kort/lvm/historik", ("h1", "Historik")),
        (&history, ("h1", "Historik")),
        ("#/anteckningar", ("a.t", "Prov 0 <img")),
        ("#/sok?q=onerror", ("a[data-row]", "<img")),
    ] {
        is_text(&window, &listener, at, ready)?;
    }
    assert_eq!(listener.calls(), 0, "somebody was called");

    // The same looks see an element that got in, which the policy stops.
    window.script(
        "document.querySelector('main').insertAdjacentHTML('beforeend', arguments[0]);",
        &[json!(format!(
            "<img src='http://127.0.0.1:{}/' onerror='fell(1)'>",
            listener.port
        ))],
    )?;
    assert_ne!(found(&window, &listener)?, json!([]));
    window.wait("a word of the policy", "stopped.length > 0")?;
    assert_eq!((window.ask("ran")?, listener.calls()), (json!([]), 0));
    Ok(())
}

/// Ways out that a script has. Each alone; a refusal may be an exception or nothing at all.
const WAYS_OUT: [&str; 11] = [
    "fetch(away)",
    "new XMLHttpRequest().open('GET', away, false)",
    "navigator.sendBeacon(away, 'x')",
    "new WebSocket(away.replace('http', 'ws'))",
    "new EventSource(away)",
    "new Image().src = away",
    "document.body.append(Object.assign(document.createElement('script'), { src: away }))",
    "document.body.append(Object.assign(document.createElement('iframe'), { src: away }))",
    "{ const form = document.createElement('form'); form.action = away; document.body.append(form); form.submit(); }",
    "window.open(away)",
    "location.href = away",
];

/// Ways to make a text run.
const WAYS_IN: [&str; 5] = [
    "eval('fell(1)')",
    "new Function('fell(2)')()",
    "setTimeout('fell(3)')",
    "document.body.append(Object.assign(document.createElement('script'), { text: 'fell(4)' }))",
    "location.href = 'javascript:fell(5)'",
];

#[test]
fn even_a_script_that_got_in_makes_no_text_run_and_calls_nobody() -> Result<()> {
    let (stage, listener) = (Stage::new()?, Listener::new()?);
    let window = open_example(&stage)?;
    window.script(WATCH, &[])?;
    // The route after the number sign is the page's own.
    let page = "location.href.split('#')[0]";
    let home = window.ask(page)?;
    let away = format!("http://127.0.0.1:{}/", listener.port);
    for way in WAYS_IN.iter().chain(&WAYS_OUT) {
        let tried = format!("const [away] = arguments; try {{ {way}; }} catch {{}}");
        window.script(&tried, &[json!(away)])?;
        window.settle()?;
    }
    window.wait_text("h2", "Nytt i kretsen")?;
    assert_eq!(window.ask(page)?, home);
    let stopped = window.ask("stopped")?.to_string();
    for directive in ["script-src", "connect-src", "img-src", "form-action"] {
        assert!(stopped.contains(directive), "{directive}: {stopped}");
    }
    assert_eq!((window.ask("ran")?, listener.calls()), (json!([]), 0));
    Ok(())
}
