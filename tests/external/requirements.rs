//! What the tests of this suite need besides Rust. If anything is missing, no test runs: the suite
//! ends with one line for each missing program, which says how to install it.

use std::io::{Write, stderr};
use std::process::{Command, Stdio, exit};
use std::sync::LazyLock;

use crate::fixture::repository;

struct Requirement {
    name: &'static str,
    /// A shell command that succeeds if the requirement is met. It runs in the repository's folder.
    check: &'static str,
    /// How to meet the requirement on Debian.
    install: &'static str,
}

const REQUIREMENTS: &[Requirement] = &[
    Requirement {
        name: "nginx",
        check: "command -v nginx",
        install: "apt-get install nginx-light",
    },
    Requirement {
        name: "apache2",
        check: "command -v apache2",
        install: "apt-get install apache2",
    },
    Requirement {
        name: "valgrind",
        check: "command -v valgrind",
        install: "apt-get install valgrind",
    },
    Requirement { name: "strip", check: "command -v strip", install: "apt-get install binutils" },
    Requirement { name: "strace", check: "command -v strace", install: "apt-get install strace" },
    Requirement {
        name: "python3",
        check: "command -v python3",
        install: "apt-get install python3-pip",
    },
    Requirement {
        name: "a Python package",
        check: "python3 -c 'import frictionless, jsonschema, check_jsonschema'",
        install: "pip install frictionless check-jsonschema",
    },
    Requirement { name: "node", check: "command -v node", install: "apt-get install nodejs npm" },
    Requirement {
        name: "a package for Node.js",
        check: "cd tests/browser/node_modules && test -d playwright-core -a -d @taplo/cli",
        install: "npm ci --prefix tests/browser",
    },
    Requirement {
        name: "chromium",
        check: "command -v chromium || command -v chromium-browser || command -v google-chrome",
        install: "apt-get install chromium",
    },
    Requirement {
        name: "cargo-deb",
        check: "cargo deb --version",
        install: "cargo install cargo-deb --locked",
    },
    Requirement { name: "git", check: "command -v git", install: "apt-get install git" },
    Requirement {
        name: "java",
        check: "command -v java",
        install: "apt-get install default-jre-headless",
    },
    Requirement {
        name: "LibreOffice",
        check: "command -v soffice",
        install: "apt-get install --no-install-recommends libreoffice-calc",
    },
    Requirement {
        name: "unshare",
        check: "command -v unshare",
        install: "apt-get install util-linux",
    },
    Requirement {
        name: "the permission to mount file systems in a namespace",
        check: "unshare --map-root-user --mount mount -t tmpfs none /mnt",
        install: "run the tests as root, or, on Ubuntu, \
                  `sysctl kernel.apparmor_restrict_unprivileged_userns=0`",
    },
];

/// Ends the process if a requirement is not met. Every test of the suite calls this function first,
/// and the first call checks all requirements.
pub(crate) fn check_requirements() {
    static CHECKED: LazyLock<()> = LazyLock::new(|| {
        let missing: Vec<_> =
            REQUIREMENTS.iter().filter(|requirement| !is_met(requirement)).collect();
        for Requirement { name, install, .. } in &missing {
            // The test harness does not capture what is written to the handle.
            let _ = writeln!(stderr(), "{name} is missing: {install}");
        }
        if !missing.is_empty() {
            exit(1);
        }
    });
    LazyLock::force(&CHECKED);
}

fn is_met(requirement: &Requirement) -> bool {
    let mut command = Command::new("sh");
    command.args(["-c", requirement.check]).current_dir(repository());
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}
