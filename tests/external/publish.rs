//! Publishing under hostile conditions, and the portal behind a real web server.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustix::fs::{CWD, RenameFlags, renameat_with};

use crate::check_requirements;
use crate::disk::{build, entries, files, large_site, milepost, rename_site};
use crate::fixture::{Site, links, machine, resolve, text};
use crate::hosting::WebServer;
use crate::http::get;

#[test]
fn two_hundred_kills_leave_the_old_portal_or_the_new_one() {
    check_requirements();
    const KILLS: u32 = 200;
    let _machine = machine();
    // In memory if possible: on a disk, it takes long to remove the files after each kill.
    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = tempfile::tempdir_in(parent).unwrap();
    let folder = folder.path();
    large_site(folder, 1000);
    let public = folder.join("public");
    let mut portals = Vec::new();
    let mut time = Duration::ZERO;
    for title in ["Site A", "Site B"] {
        rename_site(folder, title);
        // As after a kill: the time includes removing an incomplete portal.
        if public.exists() {
            let mut copy = Command::new("cp");
            copy.args(["-r", "public", ".public.new"]).current_dir(folder);
            assert!(copy.status().unwrap().success());
        }
        let start = Instant::now();
        build(folder, &[]);
        time = time.max(start.elapsed());
        portals.push(files(&public));
    }
    fs::write(public.join("CNAME"), "example.org\n").unwrap();
    for portal in &mut portals {
        portal.insert("CNAME".into(), b"example.org\n".to_vec());
    }
    let mut seen = [0, 0];
    let mut is_b = true;
    for kill in 1..=KILLS {
        rename_site(folder, if is_b { "Site A" } else { "Site B" });
        let mut run = Command::new(env!("CARGO_BIN_EXE_milepost"))
            .arg("build")
            .current_dir(folder)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // Each build is killed at a different moment.
        std::thread::sleep(time * 5 / 4 * kill / KILLS);
        run.kill().unwrap();
        run.wait().unwrap();
        let found = files(&public);
        let which = portals.iter().position(|portal| *portal == found);
        let which = which.unwrap_or_else(|| panic!("kill {kill} left a mixture"));
        seen[which] += 1;
        is_b = which == 1;
    }
    assert!(seen.iter().all(|&times| times > 0), "{seen:?}");
    build(folder, &[]);
    assert_eq!(entries(folder), ["content", "public", "site.toml"]);
}

/// Returns the system calls of a build, one per line and in order.
fn system_calls(names: &str, folder: &Path) -> Vec<String> {
    let log = folder.join("calls.txt");
    let status = Command::new("strace")
        .args(["--follow-forks", "--string-limit=200", "--trace", names, "--output"])
        .arg(&log)
        .args([env!("CARGO_BIN_EXE_milepost"), "build"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .status();
    assert!(status.unwrap().success());
    let calls = fs::read_to_string(&log).unwrap();
    fs::remove_file(log).unwrap();
    calls.lines().map(str::to_owned).collect()
}

#[test]
fn the_new_portal_is_on_the_disk_before_it_replaces_the_old_one() {
    check_requirements();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    large_site(folder, 20);
    build(folder, &[]);
    rename_site(folder, "Another title");
    // An added commitment changes the manifest too.
    let commitments = folder.join("content/commitments/2014-2015");
    fs::copy(commitments.join("20.toml"), commitments.join("21.toml")).unwrap();
    let calls = system_calls("openat,linkat,write,syncfs,fsync,renameat2,unlink,unlinkat", folder);
    let is_manifest = |call: &str| call.contains("/.milepost\"");
    let is_created = |call: &str| call.contains(".public.new/") && call.contains("O_CREAT");
    let last_file = calls
        .iter()
        .rposition(|call| (is_created(call) || call.contains("linkat(")) && !is_manifest(call));
    let find = |start: usize, is_wanted: &dyn Fn(&str) -> bool| {
        let found = calls[start..].iter().position(|call| is_wanted(call));
        start + found.unwrap_or_else(|| panic!("not in order after {}", calls[start])) + 1
    };
    let files = find(last_file.unwrap(), &|call| call.contains("syncfs("));
    let created = find(files, &|call| is_created(call) && is_manifest(call));
    let written = find(created, &|call| call.contains("write("));
    let manifest = find(written, &|call| call.contains("fsync("));
    let names = find(manifest, &|call| call.contains("fsync("));
    let exchange = find(names, &|call| call.contains("RENAME_EXCHANGE"));
    let exchanged = find(exchange, &|call| call.contains("fsync("));
    find(exchanged, &|call| call.contains("unlink") && call.contains(".public.new/"));
    let removed_early = calls[files..exchanged].iter().any(|call| call.contains("unlink"));
    assert!(!removed_early, "{:?}", &calls[files..exchanged]);
}

/// Replaces a path with a link to `target` and back, again and again, until the flag is set. Each
/// replacement is one step, so something is always there.
fn swap(path: &Path, target: &Path, is_stopped: &AtomicBool) {
    // Milepost ignores names that begin with a dot and end with `~`.
    let name = path.file_name().unwrap().to_string_lossy();
    let other = path.with_file_name(format!(".{name}~"));
    symlink(target, &other).unwrap();
    let exchange = || renameat_with(CWD, &other, CWD, path, RenameFlags::EXCHANGE).unwrap();
    while !is_stopped.load(Ordering::Relaxed) {
        exchange();
        std::thread::sleep(Duration::from_millis(2));
        exchange();
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Runs Milepost many times while paths of the site are replaced by links to files outside. Asserts
/// that nothing from outside is printed or published.
#[test]
fn links_that_are_swapped_in_meanwhile_are_not_followed() {
    check_requirements();
    const RUNS: usize = 50;
    let outside = tempfile::tempdir().unwrap();
    let outside = outside.path();
    for (path, text) in [
        ("secret.pdf", "SECRET"),
        ("secret.toml", "SECRET = nothing"),
        ("folder/SECRET.pdf", "SECRET"),
        ("folder/decree.pdf", "SECRET"),
    ] {
        fs::create_dir_all(outside.join(path).parent().unwrap()).unwrap();
        fs::write(outside.join(path), text).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    Site::new(
        "//- content/files/decree.pdf\nx\n//- content/files/2014/decree.pdf\nx\n\
         //- content/agencies/justice.toml\nname = \"Justice\"\n",
    )
    .write_to(folder);
    build(folder, &[]);
    let is_stopped = AtomicBool::new(false);
    let is_leaked = |command: &str| {
        let output = milepost(&[command], folder);
        let printed = text(&output.stdout) + &text(&output.stderr);
        let portal = files(&folder.join("public"));
        let is_secret = |(path, bytes): (&PathBuf, &Vec<u8>)| {
            path.to_string_lossy().contains("SECRET")
                || bytes.windows(6).any(|bytes| bytes == b"SECRET")
        };
        let is_leaked = printed.contains("SECRET") || portal.iter().any(is_secret);
        (is_leaked, output.status.code())
    };
    let runs: Vec<(bool, Option<i32>)> = std::thread::scope(|scope| {
        for (path, target) in [
            ("content/files/decree.pdf", "secret.pdf"),
            ("content/files/2014", "folder"),
            ("content/agencies/justice.toml", "secret.toml"),
        ] {
            let (path, target) = (folder.join(path), outside.join(target));
            let is_stopped = &is_stopped;
            scope.spawn(move || swap(&path, &target, is_stopped));
        }
        let runs = (0..RUNS).flat_map(|_| ["check", "build"]).map(is_leaked).collect();
        is_stopped.store(true, Ordering::Relaxed);
        runs
    });
    let count = |status| runs.iter().filter(|(_, other)| *other == Some(status)).count();
    assert!(runs.iter().all(|(is_leaked, _)| !is_leaked));
    assert_eq!(count(0) + count(1) + count(2), runs.len());
    assert!(count(1) > 0, "no run saw a link");
}

/// Runs a script in a namespace in which it can mount file systems.
fn in_namespace(script: &str, folder: &Path) -> Output {
    Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-euc", script])
        .env("MILEPOST", env!("CARGO_BIN_EXE_milepost"))
        .current_dir(folder)
        .output()
        .expect("`unshare` of util-linux")
}

#[test]
fn a_full_disk_leaves_the_old_portal() {
    check_requirements();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    large_site(folder, 60);
    fs::create_dir(folder.join("disk")).unwrap();
    let script = r#"
        mount -t tmpfs -o size=50m none disk
        $MILEPOST build --out disk/public >/dev/null
        mount --options-source=disable -o remount,size=$(($(du -sk disk | cut -f1) * 3 / 2))k disk
        (cd disk/public; find . -type f | sort | xargs ls -li --time-style=full-iso) >before
        sed -i 's/Test site/Another site/' site.toml
        $MILEPOST build --out disk/public && exit 7 || echo "status $?"
        (cd disk/public; find . -type f | sort | xargs ls -li --time-style=full-iso) >after
        cmp before after
        ls -A disk
    "#;
    let output = in_namespace(script, folder);
    assert_eq!(text(&output.stdout), "status 2\npublic\n", "{}", text(&output.stderr));
    let stderr = text(&output.stderr);
    assert!(stderr.contains("cannot be written: No space left on device"), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
}

#[test]
fn every_link_works_on_a_real_server_at_the_root_and_in_a_folder() {
    check_requirements();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    // The workers of nginx may run as another user.
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    Site::example().write_to(folder);
    for (base_url, location) in
        [("https://example.org/", "/"), ("https://example.org/ogp/", "/ogp/")]
    {
        build(folder, &["--base-url", base_url]);
        let public = folder.join("public");
        let nginx = WebServer::nginx(folder, |address| {
            let public = public.display();
            format!(
                "server {{ listen {address}; location {location} {{ alias {public}/; error_page 404 \
                 {location}404.html; }} }}"
            )
        });
        let mut targets = BTreeSet::new();
        for (path, bytes) in files(&public) {
            let path = path.to_str().unwrap();
            if !path.ends_with(".html") {
                continue;
            }
            targets.insert(format!("{location}{path}"));
            for link in links(std::str::from_utf8(&bytes).unwrap()) {
                let link = link.split('#').next().unwrap();
                let inside = match link.strip_prefix(base_url) {
                    Some(inside) => inside.to_owned(),
                    None if link.contains(':') || link.is_empty() => continue,
                    None => resolve(path, link, location),
                };
                targets.insert(format!("{location}{inside}"));
            }
        }
        assert!(targets.len() > 200, "{} links", targets.len());
        for target in &targets {
            let response = get(nginx.address, target);
            assert_eq!(response.status, 200, "{target}");
        }
        let unknown = get(nginx.address, &format!("{location}commitments/nowhere/"));
        assert_eq!(unknown.status, 404);
        assert!(unknown.text().contains("Page not found"));
    }
}
