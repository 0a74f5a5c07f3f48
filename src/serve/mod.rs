//! The preview: the portal as it would be published now, on this computer.
//!
//! One unchanging picture of the site is kept in memory; a page is rendered when a browser asks for
//! it, and a change of the site makes a new picture. The output folder is neither read nor written,
//! so a preview cannot be stale, half-written, or outside the site. What is printed about it is not
//! known here.

mod answer;
mod decorate;
mod picture;
mod server;
mod watch;

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use anyhow::{Context, Result, bail};

use crate::diagnostic::Diagnostic;
use crate::pipeline::Circumstances;
use crate::source::Sources;
use picture::Preview;

/// What a preview is asked for.
pub struct Options {
    /// The folder of the site.
    pub folder: PathBuf,
    /// What is known besides its files.
    pub circumstances: Circumstances,
    /// Where to listen.
    pub address: SocketAddr,
}

/// What happens while a preview runs.
pub enum News<'n> {
    /// It can be seen at this address.
    Listening(&'n str),
    /// The site was looked at: the errors in it, sorted; and how many problems there are in all.
    Looked(&'n [Diagnostic], usize, &'n Sources),
    /// The site cannot be read any more.
    Lost(&'n anyhow::Error),
    /// The system does not tell of changes, so they are looked for twice a second.
    Polling,
}

/// Shows the site until the process is asked to end.
///
/// # Errors
/// If the folder is not that of a site, or nothing can be listened to at the address.
pub fn run(options: Options, tell: impl Fn(News<'_>) + Send + Sync + 'static) -> Result<()> {
    let Options { folder, circumstances, address } = options;
    let (preview, site) = Preview::begin(&folder, circumstances, Box::new(tell))?;
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
    preview.tell(News::Listening(&preview.address_of(listening)));
    preview.tell_what_is_wrong();
    let preview = Arc::new(preview);
    let (renders, watches) = (Arc::clone(&preview), Arc::clone(&preview));
    thread::spawn(move || picture::render_all_again_and_again(&renders));
    thread::spawn(move || watch::run(&folder, site, &watches));
    server::run(listener, listening, preview)
}
