//! Rules 2 to 14, as far as the text of the files shows them.

use super::Fault;
use super::tree::{Tree, code, strings};

pub fn check(tree: &Tree, house: &toml::Table) -> Vec<Fault> {
    let mut faults = Vec::new();
    pure_crates(tree, house, &mut faults);
    for rule in PLACES {
        rule.check(tree, &mut faults);
    }
    projection(tree, &mut faults);
    genesis(tree, &mut faults);
    migrations(tree, &mut faults);
    faults
}

/// Rule 2: no clock, randomness, files, environment or threads in the pure crates.
fn pure_crates(tree: &Tree, house: &toml::Table, faults: &mut Vec<Fault>) {
    const RULE: &str = "2 pure crates";
    for name in strings(house, &["pure", "crates"]) {
        let clippy = tree
            .file(&format!("crates/{name}/.clippy.toml"))
            .unwrap_or_default();
        for method in strings(house, &["pure", "disallowed"]) {
            if !clippy.contains(&format!("\"{method}\"")) {
                let what = format!("crates/{name}/.clippy.toml does not disallow {method}");
                faults.push(Fault::new(RULE, what));
            }
        }
        let folder = format!("crates/{name}/src/");
        for (path, text) in tree.files(&folder, ".rs") {
            let code = code(text);
            for forbidden in strings(house, &["pure", "forbidden"]) {
                if code.contains(&forbidden) {
                    faults.push(Fault::new(RULE, format!("{path}: {forbidden}")));
                }
            }
        }
    }
}

/// A phrase that may stand only in certain files.
struct Place {
    rule: &'static str,
    /// Any of these.
    phrases: &'static [&'static str],
    /// Below these folders.
    folders: &'static [&'static str],
    /// But here.
    except: &'static [&'static str],
}

const PLACES: &[Place] = &[
    Place {
        rule: "3 one door into the database",
        phrases: &[
            "writer.begin(",
            "Writer::begin",
            ".transaction_with_behavior(",
        ],
        folders: &["crates/app/", "src-tauri/", "tests/", "crates/store/src/"],
        except: &["crates/app/src/commit", "crates/store/src/open.rs"],
    },
    Place {
        rule: "3 synchronous=FULL",
        phrases: &[
            "\"synchronous\", \"NORMAL\"",
            "\"synchronous\", \"OFF\"",
            "synchronous=OFF",
            "synchronous=NORMAL",
        ],
        folders: &["crates/"],
        // The durability proof must fail without it.
        except: &["crates/xtask/", "crates/store/src/fault.rs"],
    },
    Place {
        rule: "5 documents are loaded to edit and for history only",
        phrases: &["Document::load"],
        folders: &["crates/app/src/", "crates/store/src/", "src-tauri/"],
        except: &[
            "crates/app/src/commit/batch.rs",
            // A card as it was laid down: one page, and the export.
            "crates/app/src/rulings.rs",
            "crates/app/src/commit/anonymous/said.rs",
            "crates/app/src/commit/ingest/documents/known.rs",
            // Once after joining, for cards that both sides had.
            "crates/app/src/commit/twins.rs",
            // Once, when what was restored begins a log of its own.
            "crates/app/src/commit/reissue.rs",
            // Once, when somebody's end takes out of a document what she wrote after it.
            "crates/app/src/commit/ingest/ended.rs",
            // For the admins, who look through that and take it up.
            "crates/app/src/commit/ingest/after_end.rs",
            "crates/app/src/command/page/past.rs",
            // A snapshot that is dropped: its items show what has come of their documents.
            "crates/app/src/commit/snapshot.rs",
            // Once after an update that reads more from documents than was stored.
            "crates/store/src/projection.rs",
        ],
    },
    Place {
        rule: "6 the log is append-only",
        phrases: &[
            "UPDATE log ",
            "DELETE FROM log ",
            "DELETE FROM changes",
            "UPDATE changes",
            "UPDATE entries",
        ],
        folders: &["crates/", "migrations/", "src-tauri/"],
        except: &[
            "crates/xtask/",
            // What an erasure reaches becomes a stub; the chain stays whole.
            "crates/store/src/table/erased.rs",
            "crates/store/src/table/stubs.rs",
            // What somebody wrote after her end leaves the documents; its entries stay.
            "crates/store/src/table/aside.rs",
            // Everything stands in the new log of a restored computer before the old ones go.
            "crates/store/src/table/restored.rs",
            "crates/relay/src/store/",
        ],
    },
    Place {
        rule: "7 bytes from outside enter through wire",
        phrases: &["minicbor::"],
        folders: &["crates/", "src-tauri/"],
        except: &["crates/wire/", "crates/xtask/"],
    },
    Place {
        rule: "7 automerge is met in one module",
        phrases: &["automerge::", "use automerge"],
        folders: &["crates/", "src-tauri/"],
        except: &[
            "crates/domain/src/document",
            "crates/domain/src/history.rs",
            "crates/domain/src/genesis.rs",
            "crates/domain/examples/genesis.rs",
            "crates/xtask/",
        ],
    },
    Place {
        rule: "9 nothing is deleted to recover",
        phrases: &[
            "remove_file(",
            "remove_dir",
            "DROP TABLE IF EXISTS docs",
            "DELETE FROM docs",
        ],
        folders: &[
            "crates/app/src/",
            "crates/store/src/",
            "crates/domain/",
            "src-tauri/src/",
        ],
        except: &[
            // A half-written export is the user's own new file, made a moment ago.
            "crates/app/src/export.rs",
            // What a snapshot said and no entry of the logs did.
            "crates/store/src/table/snapshot.rs",
            // Erasure is no recovery.
            "crates/store/src/table/erased.rs",
            // A document of which nothing counts that was written in it; its entries stay.
            "crates/store/src/table/aside.rs",
            // What this computer knows to be erased is left out of what is restored.
            "crates/store/src/table/restored.rs",
            // A profile that was made to try a backup: a copy of the copy.
            "crates/app/src/backup/trial.rs",
        ],
    },
    Place {
        rule: "12 the zero actor stands in committed bytes only",
        phrases: &["ActorId::from([0"],
        folders: &["crates/", "src-tauri/", "tests/"],
        except: &["crates/domain/examples/genesis.rs", "crates/xtask/"],
    },
    Place {
        rule: "13 no rule compares clocks",
        phrases: &[
            "updated_at <",
            "updated_at >",
            "written_at <",
            "written_at >",
            "created_at <",
            "created_at >",
            "merged_at <",
            "merged_at >",
        ],
        folders: &[
            "crates/app/src/",
            "crates/domain/src/",
            "crates/store/src/",
            "crates/wire/",
        ],
        except: &[],
    },
    Place {
        rule: "14 roles guide the interface only",
        phrases: &["Duty::", ".duty"],
        folders: &[
            "crates/app/src/commit",
            "crates/store/src/",
            "crates/domain/src/document",
        ],
        except: &[],
    },
    Place {
        rule: "10 logs carry codes, ids, counts and sizes",
        phrases: &[
            "tracing::info!(text",
            "tracing::info!(title",
            "?args",
            "%args",
            "?value",
            "%value",
            "?plain",
            "?query",
            "%query",
            "?text",
            "%text",
            "?title",
            "%title",
            "?body",
        ],
        folders: &["crates/app/src/", "crates/store/src/", "src-tauri/src/"],
        except: &[],
    },
];

impl Place {
    fn check(&self, tree: &Tree, faults: &mut Vec<Fault>) {
        for folder in self.folders {
            for (path, text) in tree.files(folder, "") {
                let known = path.ends_with(".rs") || path.ends_with(".sql");
                if !known || self.except.iter().any(|except| path.starts_with(except)) {
                    continue;
                }
                let code = code(text);
                for phrase in self.phrases.iter().filter(|phrase| code.contains(**phrase)) {
                    faults.push(Fault::new(self.rule, format!("{path}: {phrase}")));
                }
            }
        }
    }
}

/// Rule 4: derived tables stand in the disposable schema, durable ones in migrations.
fn projection(tree: &Tree, faults: &mut Vec<Fault>) {
    const RULE: &str = "4 projections are derived";
    let durable = [
        "profile", "logs", "log", "changes", "docs", "merges", "drafts", "ticks", "settings",
    ];
    let schema = tree
        .file("migrations/projection/schema.sql")
        .unwrap_or_default();
    for table in durable {
        if schema.contains(&format!("CREATE TABLE {table} ")) {
            faults.push(Fault::new(
                RULE,
                format!("projection/schema.sql makes {table}"),
            ));
        }
    }
    for (path, text) in tree.files("migrations/client/", ".sql") {
        for derived in [
            "items",
            "links",
            "experience",
            "responsibility",
            "core_",
            "posts_",
            "questions",
        ] {
            if text.contains(&format!("CREATE TABLE {derived}")) {
                faults.push(Fault::new(RULE, format!("{path} makes {derived}")));
            }
        }
    }
}

/// Rule 12: every genesis file is named with its hash. The hashes are checked by a test.
fn genesis(tree: &Tree, faults: &mut Vec<Fault>) {
    const RULE: &str = "12 genesis bytes are committed files";
    let source = tree
        .file("crates/domain/src/genesis.rs")
        .unwrap_or_default();
    let kinds = tree.file("crates/domain/src/kind.rs").unwrap_or_default();
    for line in kinds
        .lines()
        .filter(|line| line.contains(" = \"") && line.ends_with("\";"))
    {
        let name = line.split('"').nth(1).unwrap_or_default();
        if !source.contains(&format!("\"{name}.1.bin\"")) {
            faults.push(Fault::new(RULE, format!("no genesis of {name}")));
        }
    }
}

/// Migrations are numbered without gaps, so that a late merge never renumbers a file.
fn migrations(tree: &Tree, faults: &mut Vec<Fault>) {
    const RULE: &str = "migrations are numbered";
    let folder = "migrations/client/";
    for ((path, _), number) in tree.files(folder, ".sql").zip(1..) {
        if !path
            .trim_start_matches(folder)
            .starts_with(&format!("{number:04}_"))
        {
            faults.push(Fault::new(
                RULE,
                format!("{path} is not number {number:04}"),
            ));
        }
    }
}
