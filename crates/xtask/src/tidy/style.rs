//! How the code is written: names, sizes, where text and platform calls stand.

use super::Fault;
use super::tree::{Tree, code, strings};

pub fn check(tree: &Tree, house: &toml::Table) -> Vec<Fault> {
    let mut faults = Vec::new();
    names(tree, house, &mut faults);
    sizes(tree, house, &mut faults);
    cards(tree, house, &mut faults);
    todos(tree, &mut faults);
    interface(tree, &mut faults);
    machine_paths(tree, &mut faults);
    faults
}

fn names(tree: &Tree, house: &toml::Table, faults: &mut Vec<Fault>) {
    const RULE: &str = "names are domain nouns";
    let modules = strings(house, &["names", "modules"]);
    for (path, text) in tree.files("", ".rs") {
        let stem = path
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".rs");
        if modules.iter().any(|module| module == stem) || stem == "mod" {
            faults.push(Fault::new(RULE, format!("{path}: a module called {stem}")));
        }
        if path.starts_with("crates/xtask/src/tidy/tests") {
            continue;
        }
        for word in ["struct ", "enum ", "trait "] {
            for (at, _) in text.match_indices(word) {
                let name: String = text[at + word.len()..]
                    .chars()
                    .take_while(|c| c.is_alphanumeric())
                    .collect();
                if strings(house, &["names", "forbidden"])
                    .iter()
                    .any(|end| name.ends_with(end.as_str()))
                {
                    faults.push(Fault::new(RULE, format!("{path}: {name}")));
                }
            }
        }
    }
}

fn sizes(tree: &Tree, house: &toml::Table, faults: &mut Vec<Fault>) {
    const RULE: &str = "a file is one thing";
    let limit = |name: &str| {
        let sizes = house.get("sizes").and_then(toml::Value::as_table);
        let lines = sizes
            .and_then(|sizes| sizes.get(name))
            .and_then(toml::Value::as_integer);
        usize::try_from(lines.unwrap_or(600)).unwrap_or(600)
    };
    for (ending, limit) in [
        (".rs", limit("rust")),
        (".svelte", limit("svelte")),
        (".ts", limit("typescript")),
    ] {
        for (path, text) in tree.files("", ending) {
            let lines = text.lines().count();
            let generated = path.starts_with("ui/src/bindings/");
            if lines > limit && !generated && !path.contains("/tests") {
                faults.push(Fault::new(
                    RULE,
                    format!("{path}: {lines} lines, over {limit}"),
                ));
            }
        }
    }
}

/// A card is read in five minutes under stress.
fn cards(tree: &Tree, house: &toml::Table, faults: &mut Vec<Fault>) {
    const RULE: &str = "a card is read in five minutes";
    let sizes = house.get("sizes").and_then(toml::Value::as_table);
    let most = sizes
        .and_then(|sizes| sizes.get("card_words"))
        .and_then(toml::Value::as_integer);
    let most = usize::try_from(most.unwrap_or(900)).unwrap_or(900);
    for (path, text) in tree.files("crates/app/content/playbooks/", ".toml") {
        let Ok(card) = text.parse::<toml::Table>() else {
            faults.push(Fault::new(RULE, format!("{path} cannot be read")));
            continue;
        };
        let words = words(&toml::Value::Table(card));
        if words > most {
            faults.push(Fault::new(
                RULE,
                format!("{path}: {words} words, over {most}"),
            ));
        }
    }
}

/// Words that are shown; references, slugs and choices are not prose.
fn words(value: &toml::Value) -> usize {
    match value {
        toml::Value::String(text) => text.split_whitespace().count(),
        toml::Value::Array(items) => items.iter().map(words).sum(),
        toml::Value::Table(table) => table
            .iter()
            .filter(|(name, _)| {
                let not_prose = [
                    "kind",
                    "area",
                    "labels",
                    "contact",
                    "force",
                    "length",
                    "source",
                    "statute",
                    "web",
                    "law",
                    "from",
                    "checked",
                    "valid_from",
                    "valid_to",
                ];
                // `[[source]]` is prose, `source = "law"` is not.
                !not_prose.contains(&name.as_str()) || table[name.as_str()].is_array()
            })
            .filter(|(name, _)| *name != "labels")
            .map(|(_, value)| words(value))
            .sum(),
        _ => 0,
    }
}

fn todos(tree: &Tree, faults: &mut Vec<Fault>) {
    const RULE: &str = "a TODO names its issue";
    for ending in [".rs", ".ts", ".svelte", ".sql", ".md"] {
        for (path, text) in tree.files("", ending) {
            if path.starts_with("crates/xtask/src/tidy") {
                continue;
            }
            for line in text
                .lines()
                .filter(|line| line.contains("TODO") || line.contains("FIXME"))
            {
                if !line.contains("#") || path.ends_with(".md") && line.contains("`TODO`") {
                    faults.push(Fault::new(RULE, format!("{path}: {}", line.trim())));
                }
            }
        }
    }
}

/// The interface: one importer of the platform, no HTML from strings, texts in one place, no
/// page that imports another's folder.
fn interface(tree: &Tree, faults: &mut Vec<Fault>) {
    for (path, text) in tree.files("ui/src/", "") {
        if path.starts_with("ui/src/bindings/") {
            continue;
        }
        let mut fault = |rule: &'static str, what: &str| {
            faults.push(Fault::new(rule, format!("{path}: {what}")));
        };
        if text.contains("@tauri-apps") && !path.starts_with("ui/src/backend/") {
            fault("8 only backend/ speaks to the shell", "@tauri-apps");
        }
        for html in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "{@html",
            "document.write",
        ] {
            if text.contains(html) {
                fault("no HTML is made from strings", html);
            }
        }
        let speaks = path.starts_with("ui/src/messages/")
            || path.starts_with("ui/src/test/")
            || path.contains(".test.")
            || path.ends_with(".css");
        let swedish = text.lines().find(|line| {
            let shown = line.split("//").next().unwrap_or_default();
            !speaks && shown.contains(['å', 'ä', 'ö', 'Å', 'Ä', 'Ö'])
        });
        if let Some(line) = swedish {
            fault("texts stand in messages/", line.trim());
        }
        if path.starts_with("ui/src/parts/") && text.contains("backend") {
            fault("parts take props, not the backend", "backend");
        }
    }
}

/// Paths of somebody's machine and names of tools that others do not have.
fn machine_paths(tree: &Tree, faults: &mut Vec<Fault>) {
    const RULE: &str = "nothing names a machine";
    for (path, text) in tree.files("", "") {
        if path.starts_with("crates/xtask/src/tidy") || path.ends_with("package-lock.json") {
            continue;
        }
        for name in ["/home/", "/Users/", "C:\\Users"] {
            if code(text).contains(name) && !text.contains("/home/maja") {
                faults.push(Fault::new(RULE, format!("{path}: {name}")));
            }
        }
    }
}
