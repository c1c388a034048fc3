//! What a person does in a window, and what she sees.

use crate::stage::{Stage, TICK, WITHIN};
use anyhow::{Context as _, Result, bail};
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, elements::ElementRef};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Child;
use std::time::Instant;
use tokio::runtime::Runtime;

/// Words that every script may use. `seen` gives the first element that can be seen and
/// holds the text.
const PRELUDE: &str = "
const isSeen = (e) => e.checkVisibility({ visibilityProperty: true });
const seen = (selector, text = '') =>
  [...document.querySelectorAll(selector)].find((e) => isSeen(e) && e.innerText.includes(text)) ?? null;
";

/// Keeps what the page throws.
const LISTEN: &str = "
window.thrown = [];
addEventListener('error', (event) => thrown.push(`${event.message} ${event.error?.stack}`));
addEventListener('unhandledrejection', (event) => thrown.push(`${event.reason}`));";

/// Where the window is, what the page threw, and what it shows.
const SHOWN: &str = "
[location.href, ...(window.thrown ?? []), document.body.innerText.slice(0, 1500)].join('\\n')";

/// What names an element in WebDriver's answers.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// An open window.
pub struct Window {
    client: Client,
    driver: Child,
    program: PathBuf,
    runtime: Runtime,
}

impl Window {
    pub(crate) fn new(runtime: Runtime, client: Client, driver: Child, program: PathBuf) -> Self {
        Self {
            client,
            driver,
            program,
            runtime,
        }
    }

    /// kill -9 of the program, without a word to it.
    pub fn kill(self, stage: &Stage) -> Result<()> {
        stage.kill(&self.program)
    }

    /// A driver whose window has died answers no more.
    fn within<T>(&self, call: impl Future<Output = Result<T, CmdError>>) -> Result<T> {
        within(&self.runtime, async { Ok(call.await?) })
    }

    /// Goes to an address.
    pub fn visit(&self, address: &str) -> Result<()> {
        self.within(self.client.goto(address))
    }

    /// Runs a script and gives what it returns.
    pub fn script(&self, body: &str, args: &[Value]) -> Result<Value> {
        let script = format!("{PRELUDE}{body}");
        let run = self.client.execute(&script, args.to_vec());
        self.within(run)
    }

    /// Runs a script that calls its last argument with its answer.
    pub fn script_async(&self, body: &str, args: &[Value]) -> Result<Value> {
        let run = self.client.execute_async(body, args.to_vec());
        self.within(run)
    }

    /// Calls a command of the desktop as the interface does.
    pub fn rpc(&self, command: &str, args: Value) -> Result<Value> {
        let body = "const [command, args, done] = arguments;
            window.__TAURI_INTERNALS__.invoke('rpc', { command, args })
              .then((value) => done({ value }), (error) => done({ error }));";
        let answer = self.script_async(body, &[json!(command), args])?;
        let value = answer.get("value").cloned();
        value.with_context(|| format!("{command}: {answer}"))
    }

    /// What an expression gives.
    pub fn ask(&self, expression: &str) -> Result<Value> {
        self.script(&format!("return {expression};"), &[])
    }

    /// Keeps what the page throws from now on, to tell of it when something is waited for in
    /// vain.
    pub fn listen(&self) -> Result<()> {
        self.script(LISTEN, &[]).map(drop)
    }

    /// Waits until an expression is true.
    pub fn wait(&self, what: &str, expression: &str) -> Result<()> {
        self.until(what, || Ok(self.ask(&format!("!!({expression})"))? == true))
    }

    /// Waits until a text can be seen.
    pub fn wait_text(&self, selector: &str, text: &str) -> Result<()> {
        self.find(selector, text).map(drop)
    }

    /// Looks until it is so.
    pub fn until(&self, what: &str, mut is_so: impl FnMut() -> Result<bool>) -> Result<()> {
        let began = Instant::now();
        while !is_so().with_context(|| what.to_string())? {
            if began.elapsed() > WITHIN {
                let shown = self.ask(SHOWN.trim_start())?;
                bail!(
                    "waited in vain for {what} at {}",
                    shown.as_str().unwrap_or_default()
                );
            }
            std::thread::sleep(TICK);
        }
        Ok(())
    }

    /// The first element that can be seen and holds the text; waits for it.
    pub fn find(&self, selector: &str, text: &str) -> Result<Element> {
        let mut found = None;
        self.until(&format!("{selector} with {text:?}"), || {
            let args = [json!(selector), json!(text)];
            let one = self.script("return seen(...arguments);", &args)?;
            found = one[ELEMENT].as_str().map(str::to_string);
            Ok(found.is_some())
        })?;
        let found = ElementRef::from(found.context("element")?);
        Ok(Element::from_element_id(self.client.clone(), found))
    }

    /// Waits until two pictures have been painted: a new page scrolls to its place first.
    pub fn settle(&self) -> Result<()> {
        let body = "const [done] = arguments;
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));";
        self.script_async(body, &[]).map(drop)
    }

    /// Scrolls it to the middle and clicks it with the mouse.
    pub fn click(&self, selector: &str, text: &str) -> Result<()> {
        let element = self.find(selector, text)?;
        self.settle()?;
        let args = [serde_json::to_value(&element)?];
        self.script("arguments[0].scrollIntoView({ block: 'center' });", &args)?;
        let click = self.within(element.click());
        click.with_context(|| format!("click on {selector} with {text:?}"))
    }

    /// Replaces what stands in a field.
    pub fn fill(&self, selector: &str, text: &str) -> Result<()> {
        self.click(selector, "")?;
        self.press_letter(&[Key::Control], 'a')?;
        self.press(&[Key::Delete])?;
        if !text.is_empty() {
            let element = self.find(selector, "")?;
            self.within(element.send_keys(text))?;
        }
        let typed = self.script("return seen(arguments[0]).value;", &[json!(selector)])?;
        if typed != text {
            bail!("{selector} holds {typed} instead of {text:?}");
        }
        Ok(())
    }

    /// Presses keys together: the last while the others are held.
    pub fn press(&self, keys: &[Key]) -> Result<()> {
        let letters: Vec<char> = keys.iter().map(|key| char::from(*key)).collect();
        self.chord(&letters)
    }

    /// Presses a letter while keys are held.
    pub fn press_letter(&self, held: &[Key], letter: char) -> Result<()> {
        let mut letters: Vec<char> = held.iter().map(|key| char::from(*key)).collect();
        letters.push(letter);
        self.chord(&letters)
    }

    fn chord(&self, letters: &[char]) -> Result<()> {
        let mut keys = KeyActions::new("keyboard".to_string());
        for value in letters {
            keys = keys.then(KeyAction::Down { value: *value });
        }
        for value in letters.iter().rev() {
            keys = keys.then(KeyAction::Up { value: *value });
        }
        self.within(self.client.perform_actions(keys))
    }

    /// Types letter by letter into what has the focus.
    pub fn type_text(&self, text: &str) -> Result<()> {
        let mut keys = KeyActions::new("keyboard".to_string());
        for value in text.chars() {
            keys = keys
                .then(KeyAction::Down { value })
                .then(KeyAction::Up { value });
        }
        self.within(self.client.perform_actions(keys))
    }

    /// What the window shows, as PNG.
    pub fn picture(&self) -> Result<Vec<u8>> {
        self.within(self.client.screenshot())
    }
}

/// Runs a call to the driver, and gives up after the longest time that anything may take.
pub fn within<T>(runtime: &Runtime, call: impl Future<Output = Result<T>>) -> Result<T> {
    runtime
        .block_on(async { tokio::time::timeout(WITHIN, call).await })
        .context("the window does not answer")?
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
