//! The preview: what it shows, when it updates, and whose requests it answers.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use crate::disk::milepost;
use crate::fixture::{Site, text, wait_until, walk};
use crate::http::{connect, get, request, send};
use crate::preview::{PROMISE, Preview};

fn commitment(title: &str) -> String {
    format!("title = \"{title}\"\nlead = \"finance\"\nobjective = \"O\"\ndescription = \"D\"\n")
}

fn main_of(page: &str) -> &str {
    &page[page.find("<main").unwrap()..page.find("</main>").unwrap()]
}

#[test]
fn a_preview_shows_what_a_build_publishes_and_a_build_contains_none_of_its_markup() {
    let preview = Preview::of(
        "\n//- content/files/decree 1.pdf\nPDF\n//- content/articles/about.md\n# About\n",
    );
    let folder = preview.folder.path();
    assert!(milepost(&["build"], folder).status.success());
    let public = folder.join("public");
    for path in walk(&public) {
        let relative = path.strip_prefix(&public).unwrap().to_str().unwrap().replace(' ', "%20");
        let published = fs::read(&path).unwrap();
        assert!(!String::from_utf8_lossy(&published).contains("__milepost"), "{relative}");
        if relative == ".milepost" {
            continue;
        }
        let shown = get(preview.address, &format!("/{relative}"));
        if relative.ends_with(".html") {
            let published = String::from_utf8(published).unwrap();
            assert_eq!(main_of(shown.text()), main_of(&published), "{relative}");
            assert!(shown.text().contains("/__milepost/preview.js"), "{relative}");
        } else {
            assert_eq!(shown.status, 200, "{relative}");
            assert_eq!(shown.body, published, "{relative}");
        }
    }
    assert_eq!(get(preview.address, "/nowhere/").status, 404);
    assert!(preview.page("/nowhere/").contains("Page not found"));
    let moved = get(preview.address, "/agencies?x=1");
    assert_eq!((moved.status, moved.header("location")), (302, Some("/agencies/?x=1")));
    for path in ["/../site.toml", "/..%2fsite.toml", "/%2e%2e/site.toml", "//etc/passwd", "/%ff"] {
        assert_eq!(get(preview.address, path).status, 404, "{path}");
    }
}

#[test]
fn every_kind_of_change_of_the_site_updates_the_preview() {
    let preview = Preview::of("");
    let folder = preview.folder.path();
    let file = "content/commitments/2014-2015/1.toml";
    // Saved in place.
    preview.edit(file, "\"Promise\"", "\"Saved in place\"");
    preview.wait_for_page(PROMISE, "<h1>Saved in place</h1>");
    preview.wait_for_page("/commitments/", "Saved in place");
    // Written to another file, then renamed, as many editors do.
    preview.write("content/commitments/2014-2015/.1.toml.swp", &commitment("Renamed over"));
    fs::rename(folder.join("content/commitments/2014-2015/.1.toml.swp"), folder.join(file))
        .unwrap();
    preview.wait_for_page(PROMISE, "<h1>Renamed over</h1>");
    // A file is created, renamed and deleted.
    preview.write("content/commitments/2014-2015/2.toml", &commitment("Second"));
    preview.wait_for_page("/commitments/", "Second");
    let commitments = folder.join("content/commitments/2014-2015");
    fs::rename(commitments.join("2.toml"), commitments.join("3.toml")).unwrap();
    preview.wait_for_page("/commitments/2014-2015/3/", "<h1>Second</h1>");
    assert_eq!(get(preview.address, "/commitments/2014-2015/2/").status, 404);
    fs::remove_file(commitments.join("3.toml")).unwrap();
    wait_until("gone", || !preview.page("/commitments/").contains("Second"));
    assert_eq!(get(preview.address, "/commitments/2014-2015/3/").status, 404);
    // A new folder with files in it.
    preview.write(
        "content/action-plans/2016-2018.toml",
        "title = \"Next plan\"\nstart_date = \"2016\"\nend_date = \"2018\"\n",
    );
    preview.write("content/commitments/2016-2018/1.toml", &commitment("In a new folder"));
    preview.wait_for_page("/commitments/2016-2018/1/", "<h1>In a new folder</h1>");
    // A change of branches: many files change together, and the whole folder is replaced.
    for number in 10..210 {
        preview.write(
            &format!("content/commitments/2014-2015/{number}.toml"),
            &commitment(&format!("Branch {number}")),
        );
    }
    preview.wait_for_page("/commitments/", "Branch 209");
    preview.wait_for_page("/", "for 201 commitments");
    fs::rename(folder.join("content"), folder.join("old")).unwrap();
    fs::rename(folder.join("old"), folder.join("content")).unwrap();
    preview.edit(file, "Renamed over", "After the switch");
    preview.wait_for_page(PROMISE, "<h1>After the switch</h1>");
    // Settings, agency, template, style.
    preview.edit("site.toml", "Test site", "Another name");
    preview.wait_for_page("/", "<title>Another name</title>");
    preview.write("content/agencies/finance.toml", "name = \"Treasury\"\n");
    preview.wait_for_page(PROMISE, "Treasury");
    preview.write(
        "themes/plain/templates/not-found.html",
        "{% extends \"base.html\" %}{% block main %}<h1>Lost</h1>{% endblock %}",
    );
    preview.wait_for_page("/nowhere", "<h1>Lost</h1>");
    preview.write("themes/plain/styles/main.css", "body { color: rebeccapurple }");
    wait_until("another style sheet", || {
        let home = preview.page("/");
        let href = home.split("stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap();
        preview.page(&format!("/{href}")).contains("color:#639")
    });
}

#[test]
fn errors_are_shown_over_the_last_good_page_until_they_are_fixed() {
    let preview = Preview::of("");
    let file = "content/commitments/2014-2015/1.toml";
    preview.edit(file, "\"finance\"", "\"finanse\"");
    preview.wait_for_page(PROMISE, "milepost-panel");
    let page = preview.page(PROMISE);
    assert!(page.contains("<h1>Promise</h1>"));
    let item = "<p class=\"what\">there is no agency <code>finanse</code>.</p>\n\
                <p class=\"place\">content/commitments/2014-2015/1.toml, line 2</p>\n\
                <p class=\"line\">lead = <mark>\"finanse\"</mark></p>\n\
                <p class=\"help\">To correct it: did you mean <code>finance</code>? If not, create the file \
                <code>content/agencies/finanse.toml</code>.</p>";
    assert!(page.replace("&quot;", "\"").contains(item), "{page}");
    preview.wait_for_output("error[unknown-agency]");
    let diagnostics: serde_json::Value =
        serde_json::from_str(&preview.page("/__milepost/problems.json")).unwrap();
    assert_eq!(diagnostics["problems"][0]["line"], 2);
    preview.edit(file, "\"finanse\"", "\"finance\"");
    wait_until("no panel", || !preview.page(PROMISE).contains("milepost-panel"));
    preview.wait_for_output("No errors left");
}

#[test]
fn a_site_that_does_not_build_is_shown_as_a_list_of_errors() {
    let preview = Preview::of("\n//- site.toml\ntitle = Site\n");
    let page = get(preview.address, "/");
    assert_eq!(page.status, 500);
    assert!(page.text().contains("Nothing to show yet"));
    assert!(
        page.text().contains("the text <code>Site</code> needs quotation marks"),
        "{}",
        page.text()
    );
    preview.write(
        "site.toml",
        "title = \"Site\"\nbase_url = \"https://example.org/\"\nlanguage = \"en\"\n",
    );
    preview.wait_for_page("/agencies/finance/", "<h1>Ministry of Finance</h1>");
}

#[test]
fn a_site_with_an_error_at_the_start_shows_every_page_that_can_be_made() {
    let agency = "content/agencies/health.toml";
    let preview = Preview::of(&format!("\n//- {agency}\nname = Ministry\n"));
    let page = get(preview.address, PROMISE);
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<h1>Promise</h1>"));
    assert!(
        page.text().contains("1 error: the pages show what is right so far"),
        "{}",
        page.text()
    );
    // Another error appears in another file: the preview stays up to date.
    preview.edit("content/commitments/2014-2015/1.toml", "\"Promise\"", "\"Better\"");
    preview.wait_for_page(PROMISE, "<h1>Better</h1>");
    preview.write(agency, "name = \"Ministry\"\n");
    wait_until("no panel", || !preview.page(PROMISE).contains("milepost-panel"));
    preview.write(agency, "name = \"Ministry of Health\"\n");
    preview.wait_for_page("/agencies/health/", "<h1>Ministry of Health</h1>");
}

#[test]
fn an_error_in_a_template_leaves_the_last_good_page() {
    let preview = Preview::of("");
    preview.wait_for_page(PROMISE, "<h1>Promise</h1>");
    let template = "themes/plain/templates/commitment.html";
    preview.write(template, "{{ view.titel }}");
    preview.wait_for_page(PROMISE, "milepost-panel");
    assert!(preview.page(PROMISE).contains("<h1>Promise</h1>"));
    // The preview finds the error even if no browser requests the page.
    preview.wait_for_output("error[template-fault]");
    fs::remove_file(preview.folder.path().join(template)).unwrap();
    wait_until("no panel", || !preview.page(PROMISE).contains("milepost-panel"));
}

#[test]
fn an_error_in_the_template_of_missing_pages_leaves_the_last_good_page() {
    let preview = Preview::of("");
    let missing = || get(preview.address, "/nowhere/");
    let last_good = main_of(missing().text()).to_owned();
    preview.write("themes/plain/templates/not-found.html", "{{ view.titel }}");
    wait_until("the error", || missing().text().contains("milepost-panel"));
    let response = missing();
    assert_eq!(response.status, 404);
    assert!(response.text().contains(&last_good), "{}", response.text());
}

#[test]
fn an_open_page_receives_an_event_for_each_change() {
    let preview = Preview::of("");
    let mut stream = connect(preview.address);
    let request = format!("GET /__milepost/events HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address);
    stream.write_all(request.as_bytes()).unwrap();
    let mut lines = BufReader::new(stream).lines();
    let mut event = || {
        let line = lines.by_ref().map(Result::unwrap).find(|line| line.starts_with("data: "));
        line.unwrap().split(' ').skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let first = event();
    assert!(preview.page("/").contains(&format!("data-version=\"{}\"", first[0])));
    preview.edit("content/commitments/2014-2015/1.toml", "\"Promise\"", "\"Other\"");
    let second = event();
    assert_eq!(second[1..], [first[0].clone(), "false".to_owned(), String::new()]);
    assert!(preview.page(PROMISE).contains("<h1>Other</h1>"));
    preview.write("themes/plain/styles/main.css", "body { color: red }");
    let third = event();
    assert!(third[3].starts_with("assets/main-"), "{third:?}");
}

#[test]
fn requests_from_other_sites_are_refused() {
    let preview = Preview::of("");
    let address = preview.address;
    let port = address.port();
    for host in [format!("localhost:{port}"), format!("127.0.0.1:{port}"), format!("[::1]:{port}")]
    {
        assert_eq!(
            request(address, "GET", "/", &format!("Host: {host}\r\n")).status,
            200,
            "{host}"
        );
    }
    for host in ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1.evil.example", ""] {
        assert_eq!(
            request(address, "GET", "/", &format!("Host: {host}\r\n")).status,
            403,
            "{host}"
        );
    }
    for origin in ["http://evil.example", "null", "https://127.0.0.1"] {
        let origin = format!("Origin: {origin}\r\n");
        assert_eq!(request(address, "GET", "/__milepost/events", &origin).status, 403, "{origin}");
        assert_eq!(
            request(address, "GET", "/__milepost/problems.json", &origin).status,
            403,
            "{origin}"
        );
    }
    let own_origin = format!("Origin: http://{address}\r\n");
    assert_eq!(request(address, "GET", "/__milepost/problems.json", &own_origin).status, 200);
    for method in ["POST", "PUT", "DELETE", "TRACE", "OPTIONS", "PATCH"] {
        let response = request(address, method, "/", "");
        assert_eq!(
            (response.status, response.header("allow")),
            (405, Some("GET, HEAD")),
            "{method}"
        );
    }
    let (head, full) = (request(address, "HEAD", "/", ""), get(address, "/"));
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), full.header("content-length"));
    assert_eq!(get(address, &format!("/{}", "a".repeat(9000))).status, 414);
    assert_eq!(get(address, &format!("/{}", "a".repeat(100_000))).status, 414);
    for size in [20_000, 900_000] {
        let line = format!("X: {}\r\n", "a".repeat(size));
        assert_eq!(request(address, "GET", "/", &line).status, 431, "{size}");
    }
    for path in ["/", "/404.html", "/data/commitments.json", "/__milepost/preview.js"] {
        let response = get(address, path);
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
        ] {
            assert_eq!(response.header(name), Some(value), "{path}");
        }
        let policy = response.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
    }
}

#[test]
fn idle_connections_do_not_block_other_clients() {
    let preview = Preview::of("");
    let mut partial = connect(preview.address);
    partial.write_all(b"GET / HTTP/1.1\r\nHost: half").unwrap();
    let idle = [(); 100].map(|()| connect(preview.address));
    assert_eq!(get(preview.address, PROMISE).status, 200);
    drop((partial, idle));
}

#[test]
fn a_portal_in_a_folder_is_previewed_in_that_folder() {
    let preview = Preview::with("", &["--base-url", "https://example.org/ogp/mn/"]);
    for path in ["/", "/ogp/mn"] {
        let moved = get(preview.address, path);
        assert_eq!((moved.status, moved.header("location")), (302, Some("/ogp/mn/")), "{path}");
    }
    assert!(preview.page("/ogp/mn/commitments/2014-2015/1/").contains("<h1>Promise</h1>"));
    assert_eq!(get(preview.address, "/commitments/").status, 404);
    assert!(preview.page("/ogp/mn/nowhere/").contains("href=\"/ogp/mn/commitments/\""));
}

#[test]
fn a_redirect_leads_to_a_page_of_the_preview() {
    let preview = Preview::of("\n//- content/agencies/finance.toml\n…\naliases = [\"treasury\"]\n");
    let page = preview.page("/agencies/treasury/");
    assert!(page.contains(&format!("url=http://{}/agencies/finance/", preview.address)), "{page}");
}

#[test]
fn a_signal_ends_the_preview_immediately() {
    for signal in ["-INT", "-TERM"] {
        let mut preview = Preview::of("");
        let before = walk(preview.folder.path());
        assert_eq!(get(preview.address, "/").status, 200);
        let mut events = connect(preview.address);
        let host = preview.address;
        let request = format!("GET /__milepost/events HTTP/1.1\r\nHost: {host}\r\n\r\n");
        events.write_all(request.as_bytes()).unwrap();
        let start = Instant::now();
        assert_eq!(preview.end(signal), Some(0), "{signal}");
        // The preview does not wait for the open stream. This does not measure speed.
        assert!(start.elapsed() < Duration::from_secs(10), "{signal}");
        assert!(TcpListener::bind(preview.address).is_ok(), "{signal}: the port is free");
        assert_eq!(walk(preview.folder.path()), before);
    }
}

#[test]
fn a_port_in_use_is_reported() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let folder = tempfile::tempdir().unwrap();
    Site::new("").write_to(folder.path());
    let output = milepost(&["serve", "--port", &port.to_string()], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr),
        format!(
            "milepost: port {port} is in use: stop the program that uses it, or choose another \
             with `--port`\n"
        )
    );
}

#[test]
fn a_preview_for_other_computers_prints_a_warning() {
    let preview = Preview::with("", &["--host", "0.0.0.0"]);
    preview.wait_for_output("WARNING: everyone who can reach this computer can see the preview");
    assert_eq!(request(preview.address, "GET", "/", "Host: evil.example\r\n").status, 403);
    assert_eq!(request(preview.address, "GET", "/", "Host: 192.0.2.7:8000\r\n").status, 200);
}

#[test]
fn two_requests_on_one_connection_get_two_responses() {
    let preview = Preview::of("");
    let host = preview.address;
    let first = format!("HEAD / HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let second = format!("GET {PROMISE} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    let both = send(preview.address, &(first + &second));
    assert!(String::from_utf8(both.body).unwrap().contains("<h1>Promise</h1>"));
}

#[test]
fn a_request_that_names_two_hosts_is_refused() {
    let preview = Preview::of("");
    let address = preview.address;
    let own = format!("Host: {address}\r\n");
    let two = [own.clone() + &own, own.clone() + "Host: evil.example\r\n"];
    for headers in two {
        assert_eq!(request(address, "GET", "/", &headers).status, 400, "{headers}");
    }
    assert_eq!(request(address, "GET", &format!("http://{address}/"), &own).status, 200);
    assert_eq!(request(address, "GET", "http://evil.example/", &own).status, 403);
}

#[test]
fn a_page_of_another_site_cannot_contain_the_preview() {
    let preview = Preview::of("");
    let fetch = |site: &str, mode: &str, dest: &str| {
        let headers = format!(
            "Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\nSec-Fetch-Dest: {dest}\r\n"
        );
        request(preview.address, "GET", "/", &headers).status
    };
    assert_eq!(fetch("cross-site", "no-cors", "script"), 403);
    assert_eq!(fetch("cross-site", "navigate", "iframe"), 403);
    assert_eq!(fetch("cross-site", "navigate", "document"), 200);
    assert_eq!(fetch("same-origin", "cors", "empty"), 200);
    assert_eq!(fetch("none", "navigate", "document"), 200);
}

#[test]
fn the_oldest_of_too_many_event_streams_is_closed() {
    let preview = Preview::of("");
    let open = || {
        let mut stream = connect(preview.address);
        let host = preview.address;
        let request = format!("GET /__milepost/events HTTP/1.1\r\nHost: {host}\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut start = [0; 15];
        stream.read_exact(&mut start).unwrap();
        assert_eq!(&start, b"HTTP/1.1 200 OK");
        stream
    };
    let mut streams: Vec<_> = (0..65).map(|_| open()).collect();
    let mut rest = Vec::new();
    streams[0].read_to_end(&mut rest).unwrap();
    streams[1].set_nonblocking(true).unwrap();
    rest.clear();
    let error = streams[1].read_to_end(&mut rest).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::WouldBlock, "the second one is still open");
}

#[test]
fn a_save_that_keeps_the_size_and_the_time_of_a_file_changes_the_preview() {
    let preview = Preview::of("");
    let path = preview.folder.path().join("content/commitments/2014-2015/1.toml");
    let time = std::fs::metadata(&path).unwrap().modified().unwrap();
    let text = std::fs::read_to_string(&path).unwrap().replace("Promise", "Premise");
    std::fs::write(&path, text).unwrap();
    std::fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    preview.wait_for_page(PROMISE, "<h1>Premise</h1>");
}

#[test]
fn a_portal_in_a_folder_of_another_alphabet_has_a_preview() {
    let preview = Preview::of(
        "\n//- site.toml\ntitle = \"Site\"\nbase_url = \"https://example.org/амлалт/\"\nlanguage = \"en\"\n",
    );
    let folder = "/%D0%B0%D0%BC%D0%BB%D0%B0%D0%BB%D1%82/";
    let page = get(preview.address, folder);
    assert_eq!(page.status, 200, "{page:?}");
    assert_eq!(get(preview.address, "/").header("location"), Some(folder));
}
