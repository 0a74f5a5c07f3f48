//! `milepost links` and a server whose certificate nobody has signed.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::check_requirements;
use crate::fixture::{Site, repository, text};

/// A proxy that leads every connection to a server with the certificate in the file that is its argument. It
/// prints its port.
const SERVER: &str = "
import socket, ssl, sys
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1])
listener = socket.create_server(('127.0.0.1', 0))
print(listener.getsockname()[1], flush=True)
while True:
    connection, _ = listener.accept()
    request = b''
    while not request.endswith(b'\\r\\n\\r\\n'):
        request += connection.recv(4096)
    connection.sendall(b'HTTP/1.1 200 OK\\r\\n\\r\\n')
    try:
        page = context.wrap_socket(connection, server_side=True)
        page.recv(4096)
        page.sendall(b'HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n')
    except OSError:
        pass
";

#[test]
fn a_page_with_a_broken_certificate_is_not_opened() {
    check_requirements();
    let mut server = Command::new("python3")
        .args(["-c", SERVER])
        .arg(repository().join("tests/external/self-signed.pem"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut port = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut port).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = "\n//- content/commitments/2014-2015/1.toml\n…\nrelevance = \"See https://pages.example.org/\"\n";
    Site::new(file).write_to(folder.path());
    let output = Command::new(env!("CARGO_BIN_EXE_milepost"))
        .args(["links", "--timeout", "5", "--format", "short"])
        .current_dir(folder.path())
        .env("https_proxy", format!("http://127.0.0.1:{}", port.trim()))
        .output()
        .unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    let output = text(&output.stdout) + &text(&output.stderr);
    assert!(output.contains("warning[unclear-link]"), "{output}");
    assert!(output.to_lowercase().contains("certificate"), "{output}");
}
