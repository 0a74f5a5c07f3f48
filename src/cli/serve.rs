//! `milepost serve`: shows the portal while it is edited, and tells what is wrong with it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::sync::Mutex;

use anyhow::Result;

use super::{SiteArguments, tell};
use crate::diagnostic::Diagnostic;
use crate::problems::words::count;
use crate::serve::{self, PreviewEvent, ServeOptions};
use crate::source::Sources;

pub(super) fn run(
    site: &SiteArguments,
    port: u16,
    host: Option<IpAddr>,
    opens: bool,
) -> Result<ExitCode> {
    let ip = host.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let options = ServeOptions {
        folder: site.path.clone(),
        build_options: site.build_options()?,
        address: SocketAddr::new(ip, port),
    };
    let told = Mutex::new(Vec::new());
    serve::run(options, move |event| match event {
        PreviewEvent::Listening(address) => {
            eprintln!("Preview at {address} (press Ctrl-C to stop)");
            if !ip.is_loopback() {
                eprintln!(
                    "WARNING: everyone who can reach this computer can see the preview, drafts \
                     included"
                );
            }
            if opens && let Err(error) = open::that_detached(address) {
                eprintln!("milepost: cannot open the browser: {error}");
            }
        }
        PreviewEvent::Checked(errors, diagnostics, sources) => {
            // A terminal that is gone is no reason to end the preview.
            let _ = looked(errors, diagnostics, sources, &told);
        }
        PreviewEvent::Unreadable(error) => {
            eprintln!("milepost: {error:#}; the preview shows the last good version")
        }
        PreviewEvent::Polling => eprintln!(
            "the system does not report changes in this folder: checking for them twice a second"
        ),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Tells of the mistakes that are there, each list once, and of their end.
fn looked(
    errors: &[Diagnostic],
    diagnostics: usize,
    sources: &Sources,
    told: &Mutex<Vec<Diagnostic>>,
) -> Result<()> {
    let Ok(mut told) = told.lock() else { return Ok(()) };
    if errors.is_empty() && !told.is_empty() {
        eprintln!("No errors left ({}).", count(diagnostics, "warning"));
    }
    if !errors.is_empty() && errors != *told {
        tell(errors, sources)?;
    }
    *told = errors.to_vec();
    Ok(())
}
