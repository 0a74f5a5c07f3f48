//! The command line: parses the arguments, reads the date, and prints. No other module prints.

mod arguments;
mod build;
mod check;
mod diff;
mod explain;
mod export;
mod export_form;
mod import;
mod import_form;
mod init;
mod links;
mod manual;
mod new;
mod print;
mod schema;
mod serve;
mod stages;
mod theme;
mod version;

use std::any::Any;
use std::io;
use std::panic::{self, PanicHookInfo};
use std::process::ExitCode;

use clap::Parser;

use crate::problems::words::quote;
use arguments::{Arguments, Command};

/// The exit status if the program cannot run.
const COULD_NOT_RUN: u8 = 2;
/// The exit status if Milepost has a bug (`EX_SOFTWARE` of BSD's sysexits).
const INTERNAL_ERROR: u8 = 70;

/// Runs the program with the arguments of the process, and returns its exit status.
pub fn run() -> ExitCode {
    let command = Arguments::parse().command;
    panic::set_hook(Box::new(report_panic));
    let outcome = panic::catch_unwind(|| match command {
        Command::Init(arguments) => init::run(arguments),
        Command::New { addition } => new::run(&addition),
        Command::Theme(arguments) => theme::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Build(arguments) => build::run(arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Links(arguments) => links::run(&arguments),
        Command::Schema { kind } => schema::run(kind.as_deref()),
        Command::Explain { html: true, .. } => explain::print_page(),
        Command::Explain { code, .. } => explain::run(code.as_deref()),
        Command::Completions { shell } => manual::print_completions(shell),
        Command::Man { command } => manual::print_manual(command.as_deref()),
    });
    match outcome {
        Ok(Ok(code)) => code,
        // The reader has closed the output, as in `milepost check | head`.
        Ok(Err(error)) if is_broken_pipe(&error) => ExitCode::from(COULD_NOT_RUN),
        Ok(Err(error)) => {
            print::print_line(format_args!("milepost: {error:#}"));
            ExitCode::from(COULD_NOT_RUN)
        }
        Err(_) => ExitCode::from(INTERNAL_ERROR),
    }
}

/// Prints one line with everything that a bug report needs.
fn report_panic(panic: &PanicHookInfo<'_>) {
    let reason = quote(panic_message(panic.payload()));
    let location = panic.location().map(|location| format!(" ({location})")).unwrap_or_default();
    print::print_line(format_args!(
        "milepost: this is a bug in Milepost, not a problem in your site; please report it: \
         {reason}{location}"
    ));
}

fn panic_message(payload: &dyn Any) -> &str {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("no reason given")
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let error = error.downcast_ref::<io::Error>();
    error.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
