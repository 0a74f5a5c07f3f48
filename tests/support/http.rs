//! HTTP requests as bytes, so that a test can send what no client would.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// The lines of the head, with names in lower case.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Response {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.head.lines().filter_map(|line| line.split_once(": "));
        headers.find(|(header, _)| *header == name).map(|(_, value)| value)
    }
}

pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// Sends a request, and reads until the server closes the connection.
pub(crate) fn send(address: SocketAddr, request: &str) -> Response {
    let mut stream = connect(address);
    // The server may refuse the request and close the connection before everything is sent.
    let _ = stream.write_all(request.as_bytes());
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let end = bytes.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    let end = end.unwrap_or_else(|| panic!("no response to {:.60}", request));
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let lower = |line: &str| match line.split_once(':') {
        Some((name, value)) => format!("{}:{value}\n", name.to_lowercase()),
        None => String::new(),
    };
    Response { status, head: head.lines().map(lower).collect(), body: bytes[end + 4..].to_vec() }
}

/// Requests `path` with a method and additional headers.
pub(crate) fn request(address: SocketAddr, method: &str, path: &str, headers: &str) -> Response {
    let host =
        if headers.contains("Host:") { String::new() } else { format!("Host: {address}\r\n") };
    send(address, &format!("{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n"))
}

pub(crate) fn get(address: SocketAddr, path: &str) -> Response {
    request(address, "GET", path, "")
}
