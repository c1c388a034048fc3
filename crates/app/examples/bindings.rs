//! Writes `ui/src/bindings/index.ts`, the contract of the interface, from the command list:
//! `cargo xtask codegen`. With `--check` it only says whether the file is current.

#![allow(clippy::print_stderr, reason = "a tool, not the library")]

use radrum_app::command::{contract, declarations};
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use ts_rs::Config;

fn main() -> ExitCode {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/bindings/index.ts");
    let text = bindings();
    let current = std::fs::read_to_string(&path).unwrap_or_default();
    if std::env::args().any(|arg| arg == "--check") {
        if current == text {
            return ExitCode::SUCCESS;
        }
        eprintln!("ui/src/bindings/index.ts is stale: run cargo xtask codegen");
        return ExitCode::FAILURE;
    }
    match std::fs::write(&path, text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}

fn bindings() -> String {
    let config = Config::default();
    let mut out = String::from(
        "// Generated from the command list by `cargo xtask codegen`. Do not edit.\n\n",
    );
    for declaration in declarations(&config).values() {
        let _ = writeln!(out, "export {declaration}\n");
    }
    out.push_str(
        "/** Every command with its arguments and its result. */\nexport type Commands = {\n",
    );
    for command in contract(&config) {
        let _ = writeln!(
            out,
            "  {}: {{ args: {}; result: {} }};",
            command.name, command.args, command.result
        );
    }
    out.push_str("};\n");
    out
}
