//! The configurations of web servers in the README, with the real servers.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::check_requirements;
use crate::disk::build;
use crate::fixture::{Site, repository, texts_between, wait_until};
use crate::http::{get, request};

/// A web server on a free port. It stops when it is dropped.
pub(crate) struct WebServer {
    process: Child,
    pub(crate) address: SocketAddr,
}

impl WebServer {
    /// Starts nginx in `work` with this content of its `http` block.
    pub(crate) fn nginx(work: &Path, sites: impl Fn(SocketAddr) -> String) -> Self {
        let address = free_address();
        let configuration = format!(
            "daemon off; pid nginx.pid; error_log error.log; worker_processes 1;\n\
             events {{}}\n\
             http {{ access_log off; client_body_temp_path body; proxy_temp_path proxy;\n\
             fastcgi_temp_path fastcgi; scgi_temp_path scgi; uwsgi_temp_path uwsgi;\n\
             include /etc/nginx/mime.types;\n{} }}\n",
            sites(address)
        );
        let file = work.join("nginx.conf");
        fs::write(&file, configuration).unwrap();
        let mut command = Command::new("nginx");
        command.arg("-p").arg(work).arg("-c").arg(&file);
        WebServer::start(command, address)
    }

    /// Starts Apache in `work` with this configuration of its sites.
    fn apache(work: &Path, sites: impl Fn(SocketAddr) -> String) -> Self {
        let address = free_address();
        let modules = "/usr/lib/apache2/modules";
        let loaded = ["mpm_event", "authz_core", "dir", "mime", "headers", "rewrite", "alias"];
        let load = |name: &str| format!("LoadModule {name}_module {modules}/mod_{name}.so\n");
        let configuration = format!(
            "ServerRoot {work}\nPidFile {work}/apache.pid\nErrorLog {work}/error.log\n\
             DefaultRuntimeDir {work}\nServerName localhost\nListen {address}\n{}\
             TypesConfig /etc/mime.types\nDirectoryIndex index.html\n{}\n",
            loaded.map(load).concat(),
            sites(address),
            work = work.display(),
        );
        let file = work.join("apache.conf");
        fs::write(&file, configuration).unwrap();
        let mut command = Command::new("apache2");
        command.arg("-f").arg(&file).args(["-D", "FOREGROUND"]);
        WebServer::start(command, address)
    }

    fn start(mut command: Command, address: SocketAddr) -> Self {
        let process = command.stderr(Stdio::null()).spawn().unwrap();
        let server = WebServer { process, address };
        wait_until("the web server answers", || TcpStream::connect(address).is_ok());
        server
    }
}

impl Drop for WebServer {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.process.id().to_string()).status();
        let _ = self.process.wait();
    }
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// The configuration in the README, for the portal in this folder at this address.
fn configuration(language: &str, public: &Path, address: SocketAddr) -> String {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let block = texts_between(&readme, &format!("```{language}\n"), "```")[0];
    block
        .replace("/srv/portal/public", public.to_str().unwrap())
        .replace("listen 80;", &format!("listen {address};"))
        .replace("*:80", &address.to_string())
}

/// Checks what every host should do with a portal.
fn assert_is_well_served(server: &WebServer, public: &Path) {
    let address = server.address;
    let headers = fs::read_to_string(public.join("_headers")).unwrap();
    let every_page = headers.lines().skip(1).take_while(|line| line.starts_with("  "));
    let security: Vec<(String, &str)> = every_page
        .map(|line| line.trim().split_once(": ").unwrap())
        .map(|(name, value)| (name.to_lowercase(), value))
        .collect();
    assert_eq!(security.len(), 5);
    for path in ["/", "/commitments/2014-2015/3.3.1.2/", "/data/commitments.csv", "/nowhere/"] {
        let response = get(address, path);
        for (name, value) in &security {
            assert_eq!(response.header(name), Some(*value), "{path}: {}", response.head);
        }
    }
    let media_type = |path: &str| {
        let response = get(address, path);
        assert_eq!(response.status, 200, "{path}");
        response.header("content-type").unwrap_or_default().to_lowercase()
    };
    let stylesheet =
        texts_between(get(address, "/").text(), "rel=\"stylesheet\" href=\"", "\"")[0].to_owned();
    let stylesheet = format!("/{stylesheet}");
    assert_eq!(media_type("/"), "text/html; charset=utf-8");
    assert_eq!(media_type("/mn/"), "text/html; charset=utf-8");
    assert_eq!(media_type("/data/commitments.csv"), "text/csv; charset=utf-8");
    assert_eq!(media_type(&stylesheet), "text/css; charset=utf-8");
    assert!(media_type("/data/commitments.json").starts_with("application/json"));
    assert!(media_type("/feed.xml").contains("xml"));
    assert!(media_type("/assets/icon.svg").starts_with("image/svg+xml"));
    assert!(media_type("/assets/search.js").contains("javascript"));

    let unknown = get(address, "/nowhere/");
    assert_eq!(unknown.status, 404);
    assert!(unknown.text().contains("Page not found"));
    for path in ["/.milepost", "/_headers"] {
        assert!(public.join(&path[1..]).is_file());
        assert_eq!(get(address, path).status, 404, "{path}");
    }
    let immutable = Some("public, max-age=31536000, immutable");
    assert_eq!(get(address, &stylesheet).header("cache-control"), immutable);
    assert_eq!(get(address, "/").header("cache-control"), None);
    let origin = get(address, "/data/commitments.csv");
    assert_eq!(origin.header("access-control-allow-origin"), Some("*"));
    for path in ["/", "/mn/agencies/", stylesheet.as_str(), "/data/commitments.csv"] {
        let response = request(address, "GET", path, "Accept-Encoding: gzip\r\n");
        assert_eq!(response.header("content-encoding"), Some("gzip"), "{path}: {}", response.head);
        assert_eq!(response.body[..2], [0x1f, 0x8b], "{path}");
        let media = response.header("content-type").map(str::to_lowercase);
        assert_eq!(media, Some(media_type(path)), "{path}");
    }
}

/// The example, built for a web server that runs as another user.
fn portal() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    Site::example().write_to(folder.path());
    build(folder.path(), &["--precompress"]);
    folder
}

#[test]
fn nginx_serves_a_portal_well_with_the_configuration_of_the_readme() {
    check_requirements();
    let folder = portal();
    let public = folder.path().join("public");
    let server =
        WebServer::nginx(folder.path(), |address| configuration("nginx", &public, address));
    assert_is_well_served(&server, &public);
}

#[test]
fn apache_serves_a_portal_well_with_the_configuration_of_the_readme() {
    check_requirements();
    let folder = portal();
    let public = folder.path().join("public");
    let server =
        WebServer::apache(folder.path(), |address| configuration("apache", &public, address));
    assert_is_well_served(&server, &public);
}
