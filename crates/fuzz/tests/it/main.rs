//! The checked-in corpus and mutations of it, on every machine and with any compiler.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test; the runner shows which input fell"
)]

mod mutate;

use mutate::Mutator;
use radrum_fuzz::TARGETS;
use std::fs;
use std::path::{Path, PathBuf};

/// Mutations of one replay, spread over the corpus.
const MUTATIONS: u64 = 3_000;

/// Each of these is a first start of the program.
const FIRST_STARTS: u64 = 120;

/// Of all inputs that are checked in.
const CORPUS_BYTES_MAX: usize = 350_000;

fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(target)
}

/// Inputs in the order of their names. The gate also has those of its own tests.
fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let mut folders = vec![folder(target)];
    if target == "automerge_gate" {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        folders.push(here.join("../domain/tests/corpus/gate"));
    }
    let mut inputs = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(&folder).expect("a folder of each target") {
            let path = entry.expect("entry").path();
            let name = path.display().to_string();
            inputs.push((name, fs::read(&path).expect("input")));
        }
    }
    inputs.sort();
    inputs
}

fn replay(target: &str) {
    replay_near(target, MUTATIONS);
}

/// Runs the corpus of a target and mutations of it; the name of an input that falls is printed.
fn replay_near(target: &str, mutations: u64) {
    let run = TARGETS.iter().find(|known| known.name == target);
    let run = run.expect("a target").run;
    let inputs = corpus(target);
    assert!(inputs.len() >= 5, "the corpus of {target} is there");
    for (name, bytes) in &inputs {
        println!("{name}");
        run(bytes);
    }
    for seed in 0..mutations {
        let at = usize::try_from(seed).expect("small") % inputs.len();
        let mutated = Mutator::new(seed).mutated(&inputs, at);
        println!("mutation {seed}: {}", hex::encode(&mutated));
        run(&mutated);
    }
}

#[test]
fn envelopes_of_the_corpus_and_near_it_are_read_or_refused() {
    replay("envelope_parse");
}

#[test]
fn inner_records_of_the_corpus_and_near_it_are_read_or_refused() {
    replay("inner_cbor");
}

#[test]
fn bundles_of_the_corpus_and_near_it_are_read_or_refused() {
    replay("bundle_reader");
}

#[test]
fn changes_of_the_corpus_and_near_it_get_one_verdict_and_do_no_harm() {
    replay("automerge_gate");
}

#[test]
fn facts_of_the_corpus_and_near_it_make_one_krets_in_any_order() {
    replay("membership_facts");
}

#[test]
fn epoch_packages_of_the_corpus_and_near_it_give_the_keys_they_name() {
    replay("key_package");
}

#[test]
fn letters_of_the_corpus_and_near_it_are_read_or_refused() {
    replay("invite");
}

#[test]
fn what_a_relay_reads_of_the_corpus_and_near_it_is_read_or_refused() {
    replay("relay_http_body");
}

#[test]
fn requests_of_the_corpus_and_near_it_are_answered_as_the_format_says() {
    replay("relay_request");
}

#[test]
fn texts_of_the_corpus_and_near_it_become_flat_trees_with_safe_links() {
    replay("markdown_to_nodes");
}

#[test]
fn no_text_of_the_corpus_or_near_it_hides_a_personnummer() {
    replay("personnummer");
}

#[test]
fn searches_of_the_corpus_and_near_it_are_answered_with_bounded_work() {
    replay("search_query");
}

#[test]
fn backups_of_the_corpus_and_near_it_become_a_whole_profile_or_nothing() {
    replay_near("backup_restore", FIRST_STARTS);
}

#[test]
fn each_target_has_a_folder_and_each_folder_a_target_and_all_is_small() {
    let mut folders: Vec<String> = fs::read_dir(folder(""))
        .expect("corpus")
        .map(|entry| entry.expect("entry").file_name().display().to_string())
        .collect();
    folders.sort();
    let mut targets: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    targets.sort_unstable();
    assert_eq!(folders, targets);
    let files = folders.iter().flat_map(|target| {
        let files = fs::read_dir(folder(target)).expect("folder");
        files.map(|file| fs::read(file.expect("file").path()).expect("input").len())
    });
    assert!(files.sum::<usize>() < CORPUS_BYTES_MAX);
}
