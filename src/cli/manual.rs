//! `milepost completions` and `milepost man`: what a system needs to know about the commands.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::CommandFactory;
use clap_complete::Shell;

use super::arguments::Arguments;
use crate::problems::words::quote;

/// Prints the script that completes commands in a shell.
pub(super) fn print_completions(shell: Shell) -> Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "milepost", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the manual page of the program or of a command.
pub(super) fn print_manual(command: Option<&str>) -> Result<ExitCode> {
    let mut program = Arguments::command();
    // Gives each command its full name.
    program.build();
    let described = match command {
        None => program,
        Some(name) => program.find_subcommand(name).cloned().with_context(|| {
            format!("there is no command {}: `milepost help` lists all", quote(name))
        })?,
    };
    let mut page = Vec::new();
    let source = concat!("Milepost ", env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(described).source(source).render(&mut page)?;
    io::stdout().lock().write_all(&page)?;
    Ok(ExitCode::SUCCESS)
}
