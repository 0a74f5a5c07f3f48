//! The preview with a thousand readers, and on a system that does not report file changes.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::check_requirements;
use crate::fixture::Site;
use crate::http::{connect, get};
use crate::preview::{PROMISE, Preview};

#[test]
fn a_thousand_idle_connections_do_not_block_other_clients() {
    check_requirements();
    // Another process opens the connections, so that they do not use up the file handles of the
    // tests.
    let preview = Preview::of("");
    let mut partial = connect(preview.address);
    partial.write_all(b"GET / HTTP/1.1\r\nHost: half").unwrap();
    let start = Instant::now();
    let script = "import socket, sys\n\
                  idle = [socket.create_connection(('127.0.0.1', int(sys.argv[1]))) for _ in range(1000)]\n\
                  print(len(idle), flush=True)\n\
                  sys.stdin.read()\n";
    let mut idle = Command::new("python3")
        .args(["-c", script, &preview.address.port().to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3");
    let mut count = String::new();
    BufReader::new(idle.stdout.as_mut().unwrap()).read_line(&mut count).unwrap();
    assert_eq!(count, "1000\n");
    assert_eq!(get(preview.address, PROMISE).status, 200);
    // The preview answered while all connections were open, because none had timed out.
    assert!(start.elapsed() < Duration::from_secs(10));
    idle.kill().unwrap();
    idle.wait().unwrap();
    let mut rest = Vec::new();
    partial.set_read_timeout(Some(Duration::from_secs(11))).unwrap();
    partial.read_to_end(&mut rest).expect("the connection with the partial request is closed");
}

#[test]
fn changes_are_found_if_the_system_does_not_report_them() {
    check_requirements();
    let folder = tempfile::tempdir().unwrap();
    Site::new("").write_to(folder.path());
    let mut command = Command::new("unshare");
    let script = "echo 0 >/proc/sys/user/max_inotify_instances; exec \"$0\" serve --port 0";
    command.args(["--map-root-user", "sh", "-euc", script, env!("CARGO_BIN_EXE_milepost")]);
    let preview = Preview::start(folder, command);
    preview.wait_for_output("checking for them twice a second");
    preview.edit("content/commitments/2014-2015/1.toml", "\"Promise\"", "\"Polled\"");
    preview.wait_for_page(PROMISE, "<h1>Polled</h1>");
}
