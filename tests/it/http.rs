//! Requests as bytes on a connection, so that a test can send what no client would.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// What a server said.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The lines of the head, names in small letters.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let line = |line: &'_ str| line.split_once(": ").is_some_and(|(it, _)| it == name);
        let line = self.head.lines().find(|it| line(it))?;
        Some(line.split_once(": ").unwrap().1)
    }
}

pub(crate) fn connect(to: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(to).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// Sends these bytes and reads until the server closes the connection.
pub(crate) fn send(to: SocketAddr, request: &str) -> Answer {
    let mut stream = connect(to);
    // A server may refuse, and close, before all is sent.
    let _ = stream.write_all(request.as_bytes());
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let end = bytes.windows(4).position(|it| it == b"\r\n\r\n");
    let end = end.unwrap_or_else(|| panic!("no answer to {:.60}", request));
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let lower = |line: &str| match line.split_once(':') {
        Some((name, value)) => format!("{}:{value}\n", name.to_lowercase()),
        None => String::new(),
    };
    Answer { status, head: head.lines().map(lower).collect(), body: bytes[end + 4..].to_vec() }
}

/// A request for `path` as `method`, with more lines of head.
pub(crate) fn ask(to: SocketAddr, method: &str, path: &str, more: &str) -> Answer {
    let host = if more.contains("Host:") { String::new() } else { format!("Host: {to}\r\n") };
    send(to, &format!("{method} {path} HTTP/1.1\r\n{host}{more}Connection: close\r\n\r\n"))
}

pub(crate) fn get(to: SocketAddr, path: &str) -> Answer {
    ask(to, "GET", path, "")
}
