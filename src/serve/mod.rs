//! The preview: the portal as it would be published now, on this computer.
//!
//! One immutable snapshot of the site is in memory. A page is rendered when a browser requests it, and
//! a change of the site makes a new snapshot. The output folder is neither read nor written, so a
//! preview cannot be stale, half-written, or outside the site. This module does not print anything.

mod answer;
mod decorate;
mod server;
mod snapshot;
mod watch;

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use anyhow::{Context, Result, bail};

use crate::pipeline::BuildOptions;
use snapshot::Preview;
pub use snapshot::PreviewEvent;

/// The options of a preview.
pub struct ServeOptions {
    /// The folder of the site.
    pub folder: PathBuf,
    pub build_options: BuildOptions,
    /// The address to listen on.
    pub address: SocketAddr,
}

/// Shows the site until the process is asked to end.
///
/// # Errors
/// If the folder is not that of a site, or nothing can be listened to at the address.
pub fn run(
    options: ServeOptions,
    on_event: impl Fn(PreviewEvent<'_>) + Send + Sync + 'static,
) -> Result<()> {
    let ServeOptions { folder, build_options, address } = options;
    let (preview, builder) = Preview::begin(&folder, build_options, Box::new(on_event))?;
    let listener = match TcpListener::bind(address) {
        Ok(listener) => listener,
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => bail!(
            "port {} is in use: stop the program that uses it, or choose another with `--port`",
            address.port()
        ),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot listen on `{address}`"));
        }
    };
    let listening = listener.local_addr()?;
    preview.report(PreviewEvent::Listening(&preview.address_of(listening)));
    preview.report_problems();
    let preview = Arc::new(preview);
    let (renders, watches) = (Arc::clone(&preview), Arc::clone(&preview));
    thread::spawn(move || snapshot::check_pages_when_idle(&renders));
    thread::spawn(move || watch::run(&folder, builder, &watches));
    server::run(listener, listening, preview)
}
