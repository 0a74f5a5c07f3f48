//! `milepost links` asks a server that behaves badly. The server is a proxy, so that the links can have public
//! addresses.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

use crate::fixture::{Site, text};

/// Starts the server, and returns its address and the requests that it gets.
fn serve() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&requests);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let log = Arc::clone(&log);
            thread::spawn(move || answer(stream, &log));
        }
    });
    (address, requests)
}

/// Reads a request: its first line and its headers.
fn read_request(reader: &mut impl BufRead) -> (String, Vec<String>) {
    let mut lines = reader.lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    (lines.next().unwrap_or_default(), lines.collect())
}

fn answer(mut stream: TcpStream, log: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (connect, _) = read_request(&mut reader);
    assert!(connect.starts_with("CONNECT "), "{connect}");
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
    let (request, headers) = read_request(&mut reader);
    log.lock().unwrap().push(request.trim_end_matches(" HTTP/1.1").to_owned());
    let mut words = request.split(' ');
    let (method, path) = (words.next().unwrap(), words.next().unwrap_or_default());
    let (status, location) = match path {
        "/moved" => ("301 Moved Permanently", "Location: /found\r\n"),
        "/moved-today" => ("302 Found", "Location: /found\r\n"),
        "/moved-inside" => ("301 Moved Permanently", "Location: http://localhost/found\r\n"),
        "/circle" => ("301 Moved Permanently", "Location: /circle\r\n"),
        "/gone" => ("404 Not Found", ""),
        "/broken" => ("500 Internal Server Error", ""),
        "/no-head" if method == "HEAD" => ("405 Method Not Allowed", ""),
        // The client waits until its time is over, and closes the connection.
        "/silent" => return drop(reader.read_line(&mut String::new())),
        _ => ("200 OK", ""),
    };
    let agent = headers.iter().find(|header| header.to_lowercase().starts_with("user-agent:"));
    assert!(agent.unwrap().contains("milepost/"), "{headers:?}");
    let rest = "Content-Length: 0\r\nConnection: close";
    let _ = write!(stream, "HTTP/1.1 {status}\r\n{location}{rest}\r\n\r\n");
}

/// Runs `milepost links` for a site with links to these pages, and returns the output and the exit status.
fn links(proxy: &str, pages: &[&str]) -> (String, Option<i32>) {
    let folder = tempfile::tempdir().unwrap();
    let links: Vec<String> =
        pages.iter().map(|page| format!("- http://pages.example.org/{page}#part")).collect();
    let file = format!(
        "\n//- content/commitments/2014-2015/1.toml\n…\nrelevance = '''\n{}\n'''\n",
        links.join("\n")
    );
    Site::new(&file).write_to(folder.path());
    let output = Command::new(env!("CARGO_BIN_EXE_milepost"))
        .args(["links", "--timeout", "1", "--format", "short"])
        .current_dir(folder.path())
        .env("http_proxy", proxy)
        .env_remove("GITHUB_ACTIONS")
        .output()
        .unwrap();
    (text(&output.stdout) + &text(&output.stderr), output.status.code())
}

#[test]
fn each_kind_of_answer_has_its_problem() {
    let (proxy, _) = serve();
    for (page, problem, status) in [
        ("found", "", 0),
        ("no-head", "", 0),
        ("moved-today", "", 0),
        ("moved", "warning[moved-link]: the page `http://pages.example.org/moved` has moved", 0),
        ("gone", "error[gone-link]: the page `http://pages.example.org/gone` is gone: 404", 1),
        ("broken", "warning[unclear-link]: the page `http://pages.example.org/broken`", 0),
        ("silent", "could not be opened: it did not answer in time", 0),
        ("circle", "could not be opened: it moves in a circle", 0),
        ("moved-inside", "it has moved to a private network", 0),
    ] {
        let (output, code) = links(&proxy, &[page]);
        assert_eq!(code, Some(status), "{page}: {output}");
        assert!(output.contains(problem), "{page}: {output}");
        let place = "content/commitments/2014-2015/1.toml:6:3: ";
        assert_eq!(output.contains(place), !problem.is_empty(), "{page}: {output}");
    }
}

#[test]
fn each_page_is_asked_for_once() {
    let (proxy, requests) = serve();
    links(&proxy, &["found", "gone", "found", "no-head"]);
    let mut requests = requests.lock().unwrap().clone();
    requests.sort();
    assert_eq!(
        requests,
        ["GET /gone", "GET /no-head", "HEAD /found", "HEAD /gone", "HEAD /no-head"]
    );
}
