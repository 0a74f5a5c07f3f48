//! `milepost serve`: previews the portal during editing, and prints its errors.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::sync::Mutex;

use anyhow::Result;

use super::arguments::ServeArguments;
use super::print::{print_errors, print_line};
use crate::diagnostic::Diagnostic;
use crate::pipeline::BuildOptions;
use crate::problems::words::Count;
use crate::serve::{self, PreviewEvent, ServeOptions};
use crate::source::Sources;

/// The environment variable with the address that opens a place in the editor's program, such as
/// `vscode://file/{path}:{line}:{column}`.
const EDITOR_URL: &str = "MILEPOST_EDITOR_URL";

pub(super) fn run(arguments: &ServeArguments) -> Result<ExitCode> {
    let ServeArguments { site, port, host, open } = arguments;
    let opens_browser = *open;
    let ip = host.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let options = ServeOptions {
        folder: site.path.clone(),
        build_options: BuildOptions { shows_drafts: true, ..site.build_options()? },
        address: SocketAddr::new(ip, *port),
        editor_url: std::env::var(EDITOR_URL).ok().map(|url| {
            let folder = site.path.canonicalize().unwrap_or_else(|_| site.path.clone());
            url.replace("{path}", &format!("{}/{{path}}", folder.display()))
        }),
    };
    let printed = Mutex::new(Vec::new());
    serve::run(options, move |event| match event {
        PreviewEvent::Listening(address) => {
            print_line(format_args!("Preview at {address} (press Ctrl-C to stop)"));
            if !ip.is_loopback() {
                print_line(
                    "WARNING: everyone who can reach this computer can see the preview, drafts \
                     included",
                );
            }
            if opens_browser && let Err(error) = open::that_detached(address) {
                print_line(format_args!("milepost: cannot open the browser: {error}"));
            }
        }
        PreviewEvent::Checked(errors, problem_count, sources) => {
            // The preview continues if the terminal no longer exists.
            let _ = print_changes(errors, problem_count, sources, &printed);
        }
        PreviewEvent::Unreadable(error) => {
            print_line(format_args!("milepost: {error:#}; the preview shows the last good version"))
        }
        PreviewEvent::Polling => print_line(
            "the system does not report changes in this folder: checking for them twice a second",
        ),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the errors if they differ from those that were `printed` last, and one line when all are
/// fixed.
fn print_changes(
    errors: &[Diagnostic],
    problem_count: usize,
    sources: &Sources,
    printed: &Mutex<Vec<Diagnostic>>,
) -> Result<()> {
    let Ok(mut printed) = printed.lock() else { return Ok(()) };
    if errors.is_empty() && !printed.is_empty() {
        print_line(format_args!("No errors left ({}).", Count(problem_count, "warning")));
    }
    if !errors.is_empty() && errors != *printed {
        print_errors(errors, sources)?;
    }
    *printed = errors.to_vec();
    Ok(())
}
