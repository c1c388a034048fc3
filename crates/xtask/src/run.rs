//! `cargo xtask run`: the window in the Exempelkrets, or the same interface in a browser.

use crate::build::{Profile, desktop, webhost};
use crate::picture;
use crate::shell::{command, run as run_command};
use crate::system::{For, ensure, has_display};
use crate::wish::Wish;
use anyhow::Result;
use std::process::ExitCode;

/// Opens the Exempelkrets.
///
/// # Errors
/// When something cannot be built or started.
pub fn run(args: &[String]) -> Result<ExitCode> {
    let wish = Wish::parse(args)?;
    let purpose = if wish.picture.is_some() {
        For::Picture
    } else {
        For::Window
    };
    if let Some(code) = ensure(purpose)? {
        return Ok(code);
    }
    if let Some(file) = &wish.picture {
        let program = desktop(Profile::Dev)?;
        picture::take(&program, &wish, file)?;
        return Ok(ExitCode::SUCCESS);
    }
    if !has_display() {
        return in_browser(&wish);
    }
    let program = desktop(Profile::Dev)?;
    let args = wish.arguments();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    run_command(&mut command(&program.to_string_lossy(), &args))?;
    Ok(ExitCode::SUCCESS)
}

fn in_browser(wish: &Wish) -> Result<ExitCode> {
    println!(
        "There is no display here. The same interface is served to a browser on this machine:"
    );
    println!("open the link below (it works once); Ctrl+C ends.");
    let program = webhost(Profile::Dev)?;
    let mut args = vec!["--demo", "small"];
    if let Some(now) = &wish.now {
        args.extend(["--now", now]);
    }
    run_command(&mut command(&program.to_string_lossy(), &args))?;
    Ok(ExitCode::SUCCESS)
}
