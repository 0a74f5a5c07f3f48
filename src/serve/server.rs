//! Accepts connections, limits their time, and closes them. hyper implements HTTP.

use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;

use super::answer::{self, AllowedHosts};
use super::snapshot::Preview;

/// The longest time for a client to send the head of a request, including the next request on an
/// open connection.
const HEAD_TIMEOUT: Duration = Duration::from_secs(9);

/// Answers requests until the process receives a signal to end.
pub(super) fn run(
    listener: TcpListener,
    listening: SocketAddr,
    preview: Arc<Preview>,
) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let hosts = Arc::new(AllowedHosts::new(listening));
    let served = runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let end = end_signal().context("cannot listen for system signals")?;
        tokio::select! {
            () = accept(&listener, &preview, &hosts) => {}
            () = end => {}
        }
        anyhow::Ok(())
    });
    // Does not wait for pages that are still being rendered.
    runtime.shutdown_background();
    served
}

async fn accept(
    listener: &tokio::net::TcpListener,
    preview: &Arc<Preview>,
    hosts: &Arc<AllowedHosts>,
) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(connection(stream, Arc::clone(preview), Arc::clone(hosts)));
            }
            // The system has too many open connections. Some of them end soon.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn connection(stream: TcpStream, preview: Arc<Preview>, hosts: Arc<AllowedHosts>) {
    let service = service_fn(|request| {
        let (preview, hosts) = (Arc::clone(&preview), Arc::clone(&hosts));
        async move { Ok::<_, Infallible>(answer::answer(request, preview, &hosts).await) }
    });
    // A broken connection is not an error of the preview.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// Completes when the process receives SIGINT (Ctrl-C) or SIGTERM.
#[cfg(unix)]
fn end_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn end_signal() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
