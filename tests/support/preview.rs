//! A preview of a site in a temporary folder.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use super::fixture::{Site, wait_until};
use super::http::get;

/// The address of the page of the default site's commitment.
pub(crate) const PROMISE: &str = "/commitments/2014-2015/1/";

/// A site with a preview. Both end with the test.
pub(crate) struct Preview {
    pub(crate) folder: tempfile::TempDir,
    process: Child,
    pub(crate) address: SocketAddr,
    /// The lines that it prints after its address.
    output: Receiver<String>,
}

impl Preview {
    pub(crate) fn of(site: &str) -> Self {
        Preview::with(site, &[])
    }

    pub(crate) fn with(site: &str, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Site::new(site).write_to(folder.path());
        let mut command = Command::new(env!("CARGO_BIN_EXE_milepost"));
        command.args(["serve", "--port", "0"]).args(arguments);
        Preview::start(folder, command)
    }

    pub(crate) fn start(folder: tempfile::TempDir, mut command: Command) -> Self {
        let mut process =
            command.current_dir(folder.path()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = BufReader::new(process.stderr.take().unwrap());
        let (sender, output) = mpsc::channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            while stderr.read_line(&mut line).is_ok_and(|length| length > 0) {
                if sender.send(std::mem::take(&mut line)).is_err() {
                    return;
                }
            }
        });
        let mut printed = String::new();
        let address = loop {
            let line = output.recv_timeout(Duration::from_secs(30));
            printed += &line.unwrap_or_else(|_| panic!("no address in: {printed}"));
            if let Some((_, rest)) = printed.split_once("http://") {
                break rest.split('/').next().unwrap().replace("0.0.0.0", "127.0.0.1");
            }
        };
        Preview { folder, process, address: address.parse().unwrap(), output }
    }

    pub(crate) fn page(&self, path: &str) -> String {
        get(self.address, path).text().to_owned()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.folder.path().join(path)).unwrap();
        assert!(text.contains(from), "no `{from}` in {path}");
        self.write(path, &text.replace(from, to));
    }

    /// Waits until a page contains a text.
    #[track_caller]
    pub(crate) fn wait_for_page(&self, path: &str, text: &str) {
        wait_until(text, || self.page(path).contains(text));
    }

    /// Waits until the output contains a text.
    #[track_caller]
    pub(crate) fn wait_for_output(&self, text: &str) {
        let mut printed = String::new();
        wait_until(text, || {
            printed.extend(self.output.try_iter());
            printed.contains(text)
        });
    }

    pub(crate) fn end(&mut self, signal: &str) -> Option<i32> {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        self.process.wait().unwrap().code()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
