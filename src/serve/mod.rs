//! The preview: serves the portal on this computer as it would be published now.
//!
//! The preview keeps one immutable snapshot of the site in memory. It renders a page when a browser
//! requests it, and takes a new snapshot when the site changes. It neither reads nor writes the
//! output folder, so it cannot be stale or half-written. This module prints nothing, and does not
//! know about the command line.

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
use crate::problems::Failure;
use snapshot::Preview;
pub use snapshot::PreviewEvent;

pub struct ServeOptions {
    /// The folder of the site.
    pub folder: PathBuf,
    pub build_options: BuildOptions,
    /// The address to listen on.
    pub address: SocketAddr,
    /// The address that opens a place in the editor's program, with `{path}`, `{line}` and `{column}` in it.
    pub editor_url: Option<String>,
}

/// Serves the preview until the process receives a signal to end.
///
/// # Errors
/// If the folder does not contain a site, or the address is not available.
pub fn run(
    options: ServeOptions,
    on_event: impl Fn(PreviewEvent<'_>) + Send + Sync + 'static,
) -> Result<()> {
    let ServeOptions { folder, build_options, address, editor_url } = options;
    let (preview, builder) = Preview::begin(folder, build_options, editor_url, Box::new(on_event))?;
    let listener = match TcpListener::bind(address) {
        Ok(listener) => listener,
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            bail!(Failure::PortInUse(address.port()))
        }
        Err(error) => {
            return Err(error).context(Failure::CannotListen(address.to_string()));
        }
    };
    let listening = listener.local_addr()?;
    preview.report(PreviewEvent::Listening(&preview.address_of(listening)));
    preview.report_problems();
    let preview = Arc::new(preview);
    let (checked, watched) = (Arc::clone(&preview), Arc::clone(&preview));
    thread::spawn(move || snapshot::check_pages_when_idle(&checked));
    thread::spawn(move || watch::run(builder, &watched));
    server::run(listener, listening, preview)
}
