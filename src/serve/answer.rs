//! Answers one request: refuses it, or responds with a file of the current snapshot or of the
//! preview itself.

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
use crate::web_address::percent_decoded;

type Body = BoxBody<Bytes, io::Error>;

/// The longest address that is accepted, in bytes. Addresses of pages are much shorter.
const MAX_ADDRESS_LENGTH: usize = 8 << 10;

/// The largest total size of the headers of a request, in bytes.
const MAX_HEAD_SIZE: usize = 16 << 10;

/// The number of bytes of a file that are sent in one chunk.
const CHUNK_SIZE: usize = 64 << 10;

/// The interval between comments on an idle event stream. Without them, browsers and proxies close
/// it.
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(15);

/// The hosts that requests may name. They protect against DNS rebinding: a page of another site
/// that makes its own host name resolve to this computer still sends that name.
pub(super) struct AllowedHosts {
    listening: SocketAddr,
}

impl AllowedHosts {
    pub(super) fn new(listening: SocketAddr) -> Self {
        AllowedHosts { listening }
    }

    /// Whether `host`, with its port, names this server.
    fn contains(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (name, port),
            _ => (host, "80"),
        };
        let name = name.trim_start_matches('[').trim_end_matches(']');
        let address: Option<IpAddr> = name.parse().ok();
        if self.listening.ip().is_loopback() {
            let is_loopback = address.is_some_and(|address| address.is_loopback());
            let is_own_port = port.parse() == Ok(self.listening.port());
            return is_own_port && (is_loopback || name.eq_ignore_ascii_case("localhost"));
        }
        // Other computers may use any address and port. An IP address is safe, because it is not a
        // name that another site could control.
        address.is_some() || name.eq_ignore_ascii_case("localhost")
    }
}

pub(super) async fn answer(
    request: Request<Incoming>,
    preview: Arc<Preview>,
    hosts: &AllowedHosts,
) -> Response<Body> {
    let mut response = match refusal(&request, hosts) {
        Some(refusal) => refusal,
        None => respond(&request, preview).await,
    };
    let headers = response.headers_mut();
    for (name, value) in SECURITY {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The response to a request that is refused; `None` if the request is acceptable.
fn refusal(request: &Request<Incoming>, hosts: &AllowedHosts) -> Option<Response<Body>> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response =
            text_response(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD are allowed");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Some(response);
    }
    let address = request.uri().path_and_query().map_or("", |address| address.as_str());
    if address.len() > MAX_ADDRESS_LENGTH {
        return Some(text_response(StatusCode::URI_TOO_LONG, "the address is too long"));
    }
    let head_size: usize =
        request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if head_size > MAX_HEAD_SIZE {
        return Some(text_response(
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            "too many headers",
        ));
    }
    if request.headers().get_all(header::HOST).iter().count() > 1 {
        return Some(text_response(StatusCode::BAD_REQUEST, "a request has one host"));
    }
    // A request to a proxy has the host in its address too (RFC 9112, 3.2.2).
    let in_address = request.uri().authority().map(|authority| authority.as_str());
    let is_same = |host: &&str| in_address.is_none_or(|other| other == *host);
    let Some(host) = host(request).filter(|host| hosts.contains(host)).filter(is_same) else {
        return Some(text_response(
            StatusCode::FORBIDDEN,
            "the preview does not answer at this address",
        ));
    };
    let origin = request.headers().get(header::ORIGIN);
    let is_foreign =
        origin.is_some_and(|origin| origin.as_bytes() != format!("http://{host}").as_bytes());
    if is_part_of_another_site(request) {
        return Some(text_response(
            StatusCode::FORBIDDEN,
            "pages of other sites cannot contain parts of the preview",
        ));
    }
    if is_foreign && request.uri().path().starts_with(decorate::PREVIEW_PATH) {
        return Some(text_response(
            StatusCode::FORBIDDEN,
            "requests from other sites are not allowed",
        ));
    }
    None
}

/// Whether a page of another site requests this as a part of itself (W3C, "Fetch Metadata Request
/// Headers"). A link from another site is harmless.
fn is_part_of_another_site(request: &Request<Incoming>) -> bool {
    let has = |name: &str, value: &str| {
        request.headers().get(name).is_some_and(|found| found.as_bytes() == value.as_bytes())
    };
    has("sec-fetch-site", "cross-site")
        && !(has("sec-fetch-mode", "navigate") && has("sec-fetch-dest", "document"))
}

fn host(request: &Request<Incoming>) -> Option<&str> {
    request.headers().get(header::HOST)?.to_str().ok()
}

async fn respond(request: &Request<Incoming>, preview: Arc<Preview>) -> Response<Body> {
    let host = host(request).unwrap_or_default().to_owned();
    let path = request.uri().path();
    let snapshot = preview.current();
    if let Some(name) = path.strip_prefix(decorate::PREVIEW_PATH) {
        return match name {
            "preview.js" => ok_response("text/javascript", decorate::SCRIPT),
            "preview.css" => ok_response("text/css", decorate::STYLE),
            "problems.json" => ok_response(
                "application/json",
                emit::json(&snapshot.diagnostics(), &snapshot.sources),
            ),
            "panel" => ok_response("text/html", decorate::panel(&snapshot, &preview)),
            "events" if *request.method() == Method::GET => events(&preview),
            _ => text_response(StatusCode::NOT_FOUND, "there is no such file"),
        };
    }
    let base_path = preview.base_path();
    let query = request.uri().query().map_or(String::new(), |query| format!("?{query}"));
    let Some(relative) = path.strip_prefix(base_path.as_str()) else {
        let is_above_portal = path == "/" || format!("{path}/") == base_path;
        return match is_above_portal {
            true => redirect(&base_path),
            false => text_response(StatusCode::NOT_FOUND, "the portal is at another path"),
        };
    };
    let (relative, path) = (percent_decoded(relative), path.to_owned());
    let rendered = tokio::task::spawn_blocking(move || {
        let relative = relative.unwrap_or_else(|| "404.html".to_owned());
        page_response(&preview, &snapshot, &relative, &host)
            .unwrap_or_else(|| redirect(&format!("{path}/{query}")))
    });
    rendered.await.unwrap_or_else(|_| {
        text_response(
            StatusCode::INTERNAL_SERVER_ERROR,
            "this is a bug in Milepost, not a problem in your site; please report it",
        )
    })
}

/// The response for a path relative to the portal; `None` if the path needs a `/` at its end.
fn page_response(
    preview: &Preview,
    snapshot: &Snapshot,
    path: &str,
    host: &str,
) -> Option<Response<Body>> {
    let Some(portal) = &snapshot.portal else {
        let html = decorate::nothing_to_show(snapshot, preview);
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
            let mut diagnostics = Diagnostics::default();
            diagnostics.add(*failure.diagnostic);
            preview.add(snapshot, diagnostics);
            let snapshot = preview.current();
            Some(last_good_page(preview, &snapshot, page, status, host))
        }
    }
}

/// The page from the last good portal, or only the errors if it is not there.
fn last_good_page(
    preview: &Preview,
    snapshot: &Snapshot,
    page: &Page,
    status: StatusCode,
    host: &str,
) -> Response<Body> {
    let path = page.output.as_str();
    let before = snapshot.last_good.as_ref().and_then(|portal| Some((portal, portal.page(path)?)));
    if let Some((portal, page)) = before
        && let Ok(rendered) = portal.render(page)
    {
        return send(preview, snapshot, portal, page, rendered, status, host);
    }
    html_page(StatusCode::INTERNAL_SERVER_ERROR, decorate::nothing_to_show(snapshot, preview))
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
        Rendered::Copy(path) => return file_response(preview, &path),
        Rendered::Card(drawing) => card::png(&drawing, None),
    };
    match page.content {
        Content::Html(..) => {
            html_page(status, decorate::decorate_page(bytes, snapshot, preview, host))
        }
        // A redirect contains an absolute address of the published portal. In the preview, it must
        // lead to the preview.
        Content::Redirect(..) => {
            let preview_url = format!("http://{host}{}", preview.base_path());
            let html = String::from_utf8_lossy(&bytes).replace(portal.base_url(), &preview_url);
            html_page(status, html)
        }
        _ => with_type(status, media_type(page.output.as_str()), full(bytes)),
    }
}

/// Sends a file of the site in chunks.
fn file_response(preview: &Preview, path: &str) -> Response<Body> {
    let Ok((mut file, size)) = disk::open_attachment(preview.folder(), path) else {
        return text_response(StatusCode::NOT_FOUND, "the file no longer exists");
    };
    let (mut sender, body) = Channel::<Bytes, io::Error>::new(2);
    let runtime = tokio::runtime::Handle::current();
    tokio::task::spawn_blocking(move || {
        let mut chunk = vec![0; CHUNK_SIZE];
        loop {
            match file.read(&mut chunk) {
                Ok(0) => break,
                Ok(length) => {
                    let data = Bytes::copy_from_slice(&chunk[..length]);
                    // The client has closed the connection.
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
    let mut response = with_type(StatusCode::OK, media_type(path), body.boxed());
    response.headers_mut().insert(header::CONTENT_LENGTH, size.into());
    response
}

/// Sends an event for each new snapshot (server-sent events, HTML standard 9.2).
fn events(preview: &Arc<Preview>) -> Response<Body> {
    let (mut snapshots, closed) = preview.open_stream();
    let (mut sender, body) = Channel::<Bytes, io::Error>::new(2);
    let stream = async move {
        loop {
            let event = decorate::event(&snapshots.borrow_and_update());
            if sender.send_data(Bytes::from(event)).await.is_err() {
                return;
            }
            while tokio::time::timeout(KEEP_ALIVE_INTERVAL, snapshots.changed()).await.is_err() {
                if sender.send_data(Bytes::from_static(b":\n\n")).await.is_err() {
                    return;
                }
            }
        }
    };
    tokio::spawn(async {
        tokio::select! {
            () = stream => {}
            _ = closed => {}
        }
    });
    with_type(StatusCode::OK, "text/event-stream".to_owned(), body.boxed())
}

fn media_type(path: &str) -> String {
    let media_type = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = media_type.type_() == mime_guess::mime::TEXT
        || matches!(media_type.subtype().as_str(), "json" | "javascript" | "xml" | "svg" | "atom");
    match is_text {
        true => format!("{}; charset=utf-8", media_type.essence_str()),
        false => media_type.essence_str().to_owned(),
    }
}

fn redirect(address: &str) -> Response<Body> {
    let mut response = text_response(StatusCode::FOUND, "the page is at another address");
    // An address from a request is a valid header value.
    if let Ok(address) = HeaderValue::from_str(address) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    response
}

fn html_page(status: StatusCode, html: String) -> Response<Body> {
    with_type(status, "text/html; charset=utf-8".to_owned(), full(html))
}

fn ok_response(media_type: &str, text: impl Into<Bytes>) -> Response<Body> {
    with_type(StatusCode::OK, format!("{media_type}; charset=utf-8"), full(text))
}

fn text_response(status: StatusCode, message: &'static str) -> Response<Body> {
    with_type(status, "text/plain; charset=utf-8".to_owned(), full(message.to_owned() + "\n"))
}

fn with_type(status: StatusCode, media_type: String, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    if let Ok(media_type) = HeaderValue::from_str(&media_type) {
        response.headers_mut().insert(header::CONTENT_TYPE, media_type);
    }
    response
}

fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed()
}
