//! One request, one answer.

use std::io::{self, Read};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Channel, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};

use super::decorate;
use super::snapshot::{Preview, PreviewPortal, Snapshot};
use crate::card;
use crate::diagnostic::Diagnostics;
use crate::disk;
use crate::emit;
use crate::export::SECURITY;
use crate::page::{Content, Page};
use crate::render::Rendered;
use crate::route::percent_decoded;

type Body = BoxBody<Bytes, io::Error>;

/// The longest address, in bytes. No page of a portal has one near it.
const MAX_ADDRESS_LENGTH: usize = 8 << 10;

/// The largest head of a request, in bytes, without its address.
const MAX_HEAD_SIZE: usize = 16 << 10;

/// How much of a file is sent at a time.
const CHUNK_SIZE: usize = 64 << 10;

/// An open stream says something at least so often, or browsers and proxies take it for dead.
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(15);

/// The names by which a browser may call this server. A page of somebody else's that gets its own
/// name to lead here (DNS rebinding) calls it by that name.
pub(super) struct AllowedHosts {
    listening: SocketAddr,
}

impl AllowedHosts {
    pub(super) fn new(listening: SocketAddr) -> Self {
        AllowedHosts { listening }
    }

    /// Whether `host`, with its port, names this server.
    fn has(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|it| it.is_ascii_digit()) => (name, port),
            _ => (host, "80"),
        };
        let name = name.trim_start_matches('[').trim_end_matches(']');
        let address: Option<IpAddr> = name.parse().ok();
        let own = self.listening.ip();
        if own.is_loopback() {
            let is_loopback = address.is_some_and(|it| it.is_loopback());
            let is_own_port = port.parse() == Ok(self.listening.port());
            return is_own_port && (is_loopback || name.eq_ignore_ascii_case("localhost"));
        }
        // Others reach it by whatever address they see, perhaps through another port; a number is
        // nobody's name.
        address.is_some() || name.eq_ignore_ascii_case("localhost")
    }
}

/// Answers a request.
pub(super) async fn answer(
    request: Request<Incoming>,
    preview: Arc<Preview>,
    hosts: &AllowedHosts,
) -> Response<Body> {
    let mut response = match refused(&request, hosts) {
        Some(refusal) => refusal,
        None => found(&request, preview).await,
    };
    let headers = response.headers_mut();
    for (name, value) in SECURITY {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Why a request is not answered.
fn refused(request: &Request<Incoming>, hosts: &AllowedHosts) -> Option<Response<Body>> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD are allowed");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Some(response);
    }
    let address = request.uri().path_and_query().map_or("", |it| it.as_str());
    if address.len() > MAX_ADDRESS_LENGTH {
        return Some(plain(StatusCode::URI_TOO_LONG, "the address is too long"));
    }
    let head: usize =
        request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if head > MAX_HEAD_SIZE {
        return Some(plain(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "too many headers"));
    }
    let Some(host) = host(request).filter(|host| hosts.has(host)) else {
        return Some(plain(StatusCode::FORBIDDEN, "the preview does not answer at this address"));
    };
    let origin = request.headers().get(header::ORIGIN);
    let is_foreign = origin.is_some_and(|it| it.as_bytes() != format!("http://{host}").as_bytes());
    if is_foreign && request.uri().path().starts_with(decorate::OWN) {
        return Some(plain(StatusCode::FORBIDDEN, "requests from other sites are not allowed"));
    }
    None
}

fn host(request: &Request<Incoming>) -> Option<&str> {
    request.headers().get(header::HOST)?.to_str().ok()
}

async fn found(request: &Request<Incoming>, preview: Arc<Preview>) -> Response<Body> {
    let host = host(request).unwrap_or_default().to_owned();
    let path = request.uri().path();
    let snapshot = preview.current();
    if let Some(own) = path.strip_prefix(decorate::OWN) {
        return match own {
            "preview.js" => text("text/javascript", decorate::SCRIPT),
            "preview.css" => text("text/css", decorate::STYLE),
            "problems.json" => {
                text("application/json", emit::json(&snapshot.diagnostics(), &snapshot.sources))
            }
            "panel" => text("text/html", decorate::panel(&snapshot)),
            "events" if *request.method() == Method::GET => events(&preview),
            _ => plain(StatusCode::NOT_FOUND, "there is no such file"),
        };
    }
    let base_path = preview.base_path();
    let query = request.uri().query().map_or(String::new(), |query| format!("?{query}"));
    let Some(below) = path.strip_prefix(base_path.as_str()) else {
        let is_on_the_way = path == "/" || format!("{path}/") == base_path;
        return match is_on_the_way {
            true => redirect(&base_path),
            false => plain(StatusCode::NOT_FOUND, "the portal is at another path"),
        };
    };
    let (below, path) = (percent_decoded(below), path.to_owned());
    let rendered = tokio::task::spawn_blocking(move || {
        let below = below.unwrap_or_else(|| "404.html".to_owned());
        page(&preview, &snapshot, &below, &host)
            .unwrap_or_else(|| redirect(&format!("{path}/{query}")))
    });
    rendered.await.unwrap_or_else(|_| {
        plain(
            StatusCode::INTERNAL_SERVER_ERROR,
            "this is a bug in Milepost, not a problem in your site; please report it",
        )
    })
}

/// The answer for a path below the portal; `None` if a `/` is missing at its end.
fn page(preview: &Preview, snapshot: &Snapshot, path: &str, host: &str) -> Option<Response<Body>> {
    let Some(portal) = &snapshot.portal else {
        let html = decorate::nothing_to_show(snapshot);
        return Some(html_page(StatusCode::INTERNAL_SERVER_ERROR, html));
    };
    let file = match path.is_empty() || path.ends_with('/') {
        true => format!("{path}index.html"),
        false => path.to_owned(),
    };
    let (page, status) = match portal.page(&file) {
        Some(page) => (page, StatusCode::OK),
        None if portal.page(&format!("{file}/index.html")).is_some() => return None,
        None => (portal.page("404.html")?, StatusCode::NOT_FOUND),
    };
    let status = if file == "404.html" { StatusCode::NOT_FOUND } else { status };
    match portal.render(page) {
        Ok(rendered) => Some(send(preview, snapshot, portal, page, rendered, status, host)),
        Err(failure) => {
            let mut found = Diagnostics::default();
            found.add(*failure.diagnostic);
            preview.add(snapshot, found);
            let snapshot = preview.current();
            Some(earlier(preview, &snapshot, &file, host))
        }
    }
}

/// The page as it was before the theme got its fault, or else the list of faults.
fn earlier(preview: &Preview, snapshot: &Snapshot, file: &str, host: &str) -> Response<Body> {
    let before = snapshot.last_good.as_ref().and_then(|portal| Some((portal, portal.page(file)?)));
    if let Some((portal, page)) = before
        && let Ok(rendered) = portal.render(page)
    {
        return send(preview, snapshot, portal, page, rendered, StatusCode::OK, host);
    }
    html_page(StatusCode::INTERNAL_SERVER_ERROR, decorate::nothing_to_show(snapshot))
}

fn send(
    preview: &Preview,
    snapshot: &Snapshot,
    portal: &PreviewPortal,
    page: &Page,
    rendered: Rendered<'_>,
    status: StatusCode,
    host: &str,
) -> Response<Body> {
    let bytes = match rendered {
        Rendered::Bytes(bytes) => bytes.into_owned(),
        Rendered::Copy(path) => return file(preview, &path),
        Rendered::Card(drawing) => card::png(&drawing, None),
    };
    match page.content {
        Content::Html(..) => html_page(status, decorate::page(bytes, snapshot, host)),
        // Where a page once was, readers are led to where it is now: here, and not to the portal
        // that is published.
        Content::Redirect(..) => {
            let here = format!("http://{host}{}", preview.base_path());
            let html = String::from_utf8_lossy(&bytes).replace(portal.base_url(), &here);
            html_page(status, html)
        }
        _ => with_type(status, kind(page.output.as_str()), full(bytes)),
    }
}

/// A file of the site, piece by piece.
fn file(preview: &Preview, path: &str) -> Response<Body> {
    let Ok((mut file, size)) = disk::open_attachment(preview.folder(), path) else {
        return plain(StatusCode::NOT_FOUND, "the file no longer exists");
    };
    let (mut sender, body) = Channel::<Bytes, io::Error>::new(2);
    let runtime = tokio::runtime::Handle::current();
    tokio::task::spawn_blocking(move || {
        let mut piece = vec![0; CHUNK_SIZE];
        loop {
            match file.read(&mut piece) {
                Ok(0) => break,
                Ok(length) => {
                    let data = Bytes::copy_from_slice(&piece[..length]);
                    // The reader of it has gone.
                    if runtime.block_on(sender.send_data(data)).is_err() {
                        break;
                    }
                }
                Err(error) => {
                    sender.abort(error);
                    break;
                }
            }
        }
    });
    let mut response = with_type(StatusCode::OK, kind(path), body.boxed());
    response.headers_mut().insert(header::CONTENT_LENGTH, size.into());
    response
}

/// Tells of each new snapshot (server-sent events, HTML standard 9.2).
fn events(preview: &Arc<Preview>) -> Response<Body> {
    let mut snapshots = preview.subscribe();
    let (mut sender, body) = Channel::<Bytes, io::Error>::new(2);
    tokio::spawn(async move {
        loop {
            let said = decorate::event(&snapshots.borrow_and_update());
            if sender.send_data(Bytes::from(said)).await.is_err() {
                return;
            }
            while tokio::time::timeout(KEEP_ALIVE_INTERVAL, snapshots.changed()).await.is_err() {
                if sender.send_data(Bytes::from_static(b":\n\n")).await.is_err() {
                    return;
                }
            }
        }
    });
    with_type(StatusCode::OK, "text/event-stream".to_owned(), body.boxed())
}

fn kind(path: &str) -> String {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = kind.type_() == mime_guess::mime::TEXT
        || matches!(kind.subtype().as_str(), "json" | "javascript" | "xml" | "svg" | "atom");
    match is_text {
        true => format!("{}; charset=utf-8", kind.essence_str()),
        false => kind.essence_str().to_owned(),
    }
}

fn redirect(to: &str) -> Response<Body> {
    let mut response = plain(StatusCode::FOUND, "the page is at another address");
    // What stood in the request is an address.
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

fn html_page(status: StatusCode, html: String) -> Response<Body> {
    with_type(status, "text/html; charset=utf-8".to_owned(), full(html))
}

fn text(kind: &str, text: impl Into<Bytes>) -> Response<Body> {
    with_type(StatusCode::OK, format!("{kind}; charset=utf-8"), full(text))
}

fn plain(status: StatusCode, said: &'static str) -> Response<Body> {
    with_type(status, "text/plain; charset=utf-8".to_owned(), full(said.to_owned() + "\n"))
}

fn with_type(status: StatusCode, kind: String, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    if let Ok(kind) = HeaderValue::from_str(&kind) {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    response
}

fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed()
}
