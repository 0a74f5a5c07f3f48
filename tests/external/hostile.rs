//! Hostile themes and content: whatever they contain, the program ends soon, with little memory, and a
//! theme that it refuses is a problem with file and line. `check` touches nothing outside the site.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::check_requirements;
use crate::fixture::Site;

/// The most processor time of a run, in seconds. Other tests run meanwhile, so the time on the wall says
/// nothing.
const MAX_CPU_TIME: u32 = 10;
/// The time on the wall after which a run counts as stuck.
const MAX_TIME: Duration = Duration::from_secs(120);
/// In kilobytes.
const MAX_MEMORY: u64 = 400_000;

/// What a template repeats: the text before, the repeated text and its number, and the text after.
const REPEATED_TEMPLATES: &[(&str, &str, usize, &str)] = &[
    ("{{ ", "not ", 12_000, "1 }}"),
    ("{{ 1", "+1", 30_000, " }}"),
    ("{% set a = 1 %}{{ a", "~a", 30_000, " }}"),
    ("{% set a = 1 %}{{ a", " and a", 10_000, " }}"),
    ("{% set a = 0 %}{{ a", " or a", 10_000, " }}"),
    ("{% set a = 1 %}{{ ", "-", 60_000, "a }}"),
    ("{% set a = 1 %}{{ a", "**a", 20_000, " }}"),
    ("{% set a = 0 %}{{ ", "1 if a else ", 5000, "1 }}"),
    ("{% if view.a %}", "{% elif view.a %}", 3000, "{% endif %}"),
    ("", "{% if 1 %}", 6000, ""),
    ("", "{% for a in [1] %}", 3000, ""),
    ("", "{% set a %}", 5000, ""),
    ("", "{% with a = 1 %}", 4000, ""),
    ("", "{% filter upper %}", 3000, ""),
    ("{% macro a() %}{% endmacro %}", "{% call a() %}", 4000, ""),
    ("{{ ", "[", 60_000, ""),
    ("{{ ", "(", 60_000, ""),
    ("{{ ", "{1:", 20_000, ""),
    ("{{ 1", "|string", 9000, " }}"),
    ("{{ view", ".a", 30_000, " }}"),
    ("{{ view", "()", 30_000, " }}"),
    ("{{ view", "[0]", 20_000, " }}"),
    ("{# ", "x", 200_000, ""),
    ("{{ '", "a", 200_000, ""),
    ("{{ ", "9", 200_000, " }}"),
    ("{% set a = \"xxxxxxxxxxxxxxxx\" %}", "{% set a = a ~ a %}", 40, ""),
    ("{% set a = \"&&&&&&&&&&&&&&&&\" %}", "{% set a %}{{ a }}{{ a }}{% endset %}", 40, ""),
    ("{% set a = view.page.menu %}", "{% set a = [a, a] %}", 64, "{{ a }}"),
    ("{% set a = view.page.menu %}", "{% set a = a + a %}", 64, "{{ a }}"),
];

const TEMPLATES: &[&str] = &[
    "{% set ns = namespace(s=[1]) %}{% for i in range(34) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
    "{% set ns = namespace(s=\"x\") %}{% for i in range(34) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
    "{% set ns = namespace() %}{% set ns.s = ns %}{{ ns }}",
    "{{ debug() }}{{ dict(a=1) }}",
    "{{ \"%999999999d\"|format(1) }}",
    "{{ \"%.999999999f\"|format(1) }}",
    "{{ \"x\" * 1000000000 }}",
    "{{ ([1] * 99000000)|length }}",
    "{{ range(100000000)|list|length }}",
    "{{ \"x\"|center(999999999) }}",
    "{{ \"x\"|indent(999999999) }}",
    "{{ range(99999)|join(view.page.title.text) }}",
    "{{ range(99999)|map(\"string\")|list|join(\"xxxxxxxxxxxxxx\") }}",
    "{{ \"x\"|batch(999999999, 0)|list }}",
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{% set a %}{% for a in range(9999) %}{% for b in range(9999) %}xxxxxxxxxx{% endfor %}{% endfor %}{% endset %}",
    "{% for a in range(99999) %}{% if view == view %}{% endif %}{% endfor %}",
    "{% for a in range(99999) %}{{ loop.changed(view) }}{% endfor %}",
    "{% for a in range(99999) %}{% set b = view ~ \"\" %}{% endfor %}{% for a in range(99999) %}{% set b = view ~ view %}{% endfor %}{{ view }}",
    "{% autoescape false %}{% for a in range(99999) %}{{ view }}{% endfor %}{% endautoescape %}",
    "{% include \"not-found.html\" %}",
    "{% extends \"not-found.html\" %}",
    "{% from \"not-found.html\" import a %}",
    "{% import \"not-found.html\" as a %}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{% macro a(n) %}{% if n < 8 %}{{ a(n+1) }}{{ a(n+1) }}{{ a(n+1) }}{% endif %}{{ a(n+1) }}{% endmacro %}{{ a(0) }}",
    "{% for a in range(3) recursive %}{{ loop(range(3)) }}{% endfor %}",
    "{% block a %}{{ self.a() }}{% endblock %}",
    "{{ view.page.menu }}",
    "{{ view|pprint }}",
    "a\u{b}b",
];

const STYLES: &[(&str, &str, usize, &str)] = &[
    ("", "a{", 80_000, ""),
    ("", "@media screen{", 18_000, ""),
    ("", "@supports (a:b){", 16_000, ""),
    ("", "@layer a{", 25_000, ""),
    ("", "@container (width>1px){", 11_000, ""),
    ("", ":is(", 60_000, "a"),
    ("", ":not(", 50_000, "a"),
    ("a{width:", "calc(", 50_000, "1px"),
    ("a{width:calc", "(", 200_000, "1px"),
    ("a{width:", "min(1px,", 30_000, "1px"),
    ("a{color:", "color-mix(in srgb,red,", 11_000, "red"),
    ("@media ", "(not ", 50_000, "(width>1px)"),
    ("a{b:url(\"});", "a{/*}*/", 30_000, ""),
    ("a{background:url(\")", "a{", 80_000, ""),
    ("/*", "/*", 100_000, ""),
    ("a{background:src(\"http://x.org/a\")", "}", 1, ""),
    ("a{background:IMAGE(\"http://x.org/a\")", "}", 1, ""),
    ("a{background:s\\72 c(\"http://x.org/a\")", "}", 1, ""),
    ("a{--x:\"http://x.org/a\";background:image-set(var(--x) 1x)", "}", 1, ""),
    ("@import \"missing.css\";", "a{}", 1, ""),
];

/// What a file of the content repeats. The first group is TOML after the valid lines of a commitment, the
/// second is a text.
const REPEATED_TOML: &[(&str, &str, usize, &str)] = &[
    ("a = ", "[", 200_000, ""),
    ("a = ", "[[],", 60_000, ""),
    ("a = ", "{a=", 60_000, ""),
    ("a", ".a", 100_000, " = 1"),
    ("[a", ".a", 100_000, "]"),
    ("", "[[updates]]\n", 20_000, ""),
    ("", "[a]\n", 60_000, ""),
    ("", "a = 1\n", 40_000, ""),
    ("", "a\n", 100_000, ""),
    ("", "= \n", 80_000, ""),
    ("", "a = \"\n", 50_000, ""),
    ("", "a = '''\n", 30_000, ""),
    ("", "\"\"\"", 80_000, ""),
    ("a = ", "9", 250_000, ""),
    ("", "\u{feff}", 80_000, ""),
    ("", "<<<<<<< a\n", 20_000, ""),
    ("", "#", 250_000, ""),
    ("", "\n", 250_000, ""),
    ("partners = [", "\"a\",", 50_000, "]"),
    ("supporting = [", "\"a\",", 50_000, "]"),
    ("policy_areas = [", "\"a\",", 50_000, "]"),
    ("aliases = [", "\"a\",", 50_000, "]"),
    ("evidence = [", "{},", 60_000, "]"),
    ("title_short = \"", "a", 250_000, "\""),
];

const REPEATED_TEXTS: &[(&str, &str, usize, &str)] = &[
    ("", "> ", 100_000, "a"),
    ("", "- ", 100_000, "a"),
    ("", "1. ", 80_000, "a"),
    ("", "*", 250_000, "a"),
    ("", "*a ", 80_000, ""),
    ("", "*a **a ", 35_000, ""),
    ("", "_a ", 80_000, ""),
    ("", "a**b", 60_000, "c* "),
    ("", "[", 250_000, ""),
    ("", "[a](", 60_000, ""),
    ("", "![", 120_000, ""),
    ("", "[a](/about/)", 20_000, ""),
    ("", "[a](<b", 40_000, ""),
    ("", "[a]: https://b.mn\n\n", 12_000, "[a]"),
    ("[a]: https://b.mn\n\n", "[a]", 80_000, ""),
    ("", "`", 250_000, ""),
    ("", "`` a ` ", 35_000, ""),
    ("", "```\n", 60_000, ""),
    ("", "<", 250_000, ""),
    ("", "<a>", 80_000, ""),
    ("", "<!--", 60_000, ""),
    ("", "<?", 120_000, ""),
    ("", "&", 250_000, ""),
    ("", "&#11;", 50_000, ""),
    ("", "\\\\", 120_000, ""),
    ("| a |\n|---|\n", "| a ", 60_000, "|"),
    ("", "| a |\n|---|\n", 20_000, ""),
    ("", "a | b\n", 40_000, ""),
    ("", "a\tb\n", 60_000, ""),
    ("", "•\ta\n", 40_000, ""),
    ("", "2014. a\n", 30_000, ""),
    ("", "# a\n", 60_000, ""),
    ("", "#\n", 120_000, ""),
    ("", "a\n===\n", 40_000, ""),
    ("", "https://b.mn/ ", 17_000, ""),
    ("", "[^a]", 60_000, ""),
    ("", "a\u{300}", 80_000, ""),
    ("", "\u{fdfa}", 80_000, ""),
];

/// How a run ended, and what it used.
struct Run {
    status: Option<i32>,
    output: String,
    time: Duration,
    /// In kilobytes.
    memory: u64,
}

/// Runs a command for the site in a folder, for at most [`MAX_CPU_TIME`].
fn run(command: &str, folder: &Path) -> Run {
    let start = Instant::now();
    let mut process = Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -v 3000000; ulimit -t {MAX_CPU_TIME}; exec \"$0\" \"$1\" >out 2>err"))
        .args([env!("CARGO_BIN_EXE_milepost"), command])
        .current_dir(folder)
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let mut memory = 0;
    let status = loop {
        let proc = fs::read_to_string(format!("/proc/{}/status", process.id()));
        let peak = proc.as_deref().ok().and_then(|status| status.split("VmHWM:").nth(1));
        let peak = peak.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
        memory = memory.max(peak.unwrap_or(0));
        if let Some(status) = process.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > MAX_TIME {
            process.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let read = |name| fs::read_to_string(folder.join(name)).unwrap();
    let output = read("out") + &read("err");
    Run { status: status.code(), output, time: start.elapsed(), memory }
}

/// Checks and builds a site with each of the texts in place of one file. Each run ends in time, within
/// the memory, and as `is_expected` says.
fn expect_end(path: &str, texts: impl Iterator<Item = String>, is_expected: impl Fn(&Run) -> bool) {
    let (mut time, mut memory, mut files, mut refused) = (Duration::ZERO, 0, 0, 0);
    for text in texts {
        let folder = tempfile::tempdir().unwrap();
        Site::new(&format!("\n//- {path}\n\n")).write_to(folder.path());
        fs::write(folder.path().join(path), &text).unwrap();
        for command in ["check", "build"] {
            let run = run(command, folder.path());
            let about = format!("{command}: {text:.80}\n{:.600}", run.output);
            assert!(is_expected(&run), "{:?} {about}", run.status);
            assert!(run.memory < MAX_MEMORY, "{} kB: {about}", run.memory);
            (time, memory) = (time.max(run.time), memory.max(run.memory));
            refused += usize::from(run.status == Some(1) && command == "check");
        }
        files += 1;
    }
    println!("{files} files {path}, {refused} refused: at most {time:?} and {memory} kB");
}

/// A problem in the file at `path`.
fn is_problem(path: &str) -> impl Fn(&Run) -> bool {
    move |run| run.status == Some(1) && run.output.contains(&format!("--> {path}:"))
}

fn repeated((start, part, count, end): &(&str, &str, usize, &str)) -> String {
    format!("{start}{}{end}", part.repeat(*count))
}

#[test]
fn a_hostile_template_is_a_problem() {
    check_requirements();
    let path = "themes/plain/templates/not-found.html";
    let repeated = REPEATED_TEMPLATES.iter().map(repeated);
    let texts = repeated.chain(TEMPLATES.iter().map(|text| (*text).to_owned()));
    expect_end(path, texts, is_problem(path));
}

#[test]
fn a_hostile_style_sheet_is_a_problem() {
    check_requirements();
    let path = "themes/plain/styles/main.css";
    expect_end(path, STYLES.iter().map(repeated), is_problem(path));
}

#[test]
fn hostile_content_is_published_or_a_problem() {
    check_requirements();
    let valid = "title = \"T\"\nlead = \"finance\"\nobjective = \"O\"\n";
    let toml = REPEATED_TOML.iter().map(repeated).map(|part| format!("{valid}{part}\n"));
    let texts = REPEATED_TEXTS.iter().map(repeated);
    let texts = texts.map(|part| format!("{valid}description = '''\n{part}\n'''\n"));
    let is_end = |run: &Run| matches!(run.status, Some(0 | 1));
    expect_end("content/commitments/2014-2015/1.toml", toml.chain(texts), is_end);
}

#[test]
fn check_opens_only_files_of_the_site_and_the_system_and_starts_nothing() {
    check_requirements();
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().canonicalize().unwrap();
    Site::example().write_to(&site);
    let log = site.join(".calls");
    let status = Command::new("strace")
        .args(["--follow-forks", "--string-limit=4000", "--trace=%file,%network,%process,write"])
        .arg("--decode-fds=path")
        .arg("--output")
        .arg(&log)
        .args([env!("CARGO_BIN_EXE_milepost"), "check"])
        .current_dir(&site)
        // Cargo sets it.
        .env_remove("LD_LIBRARY_PATH")
        .env_remove("GITHUB_STEP_SUMMARY")
        .stdout(Stdio::null())
        .status();
    assert!(status.unwrap().success());
    let calls = fs::read_to_string(&log).unwrap();
    let inside = site.to_str().unwrap();
    let (mut opened, mut other) = (0, Vec::new());
    for call in calls.lines() {
        let call = call.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ' ');
        let name = call.split('(').next().unwrap();
        let path = call.split('"').nth(1).unwrap_or_default();
        match name {
            "openat" | "openat2" | "open" if call.contains("O_RDONLY") => {
                let base = call.split(['<', '>']).nth(1).unwrap_or_default();
                let is_inside = !path.contains("..")
                    && (path.starts_with(inside)
                        || (!path.starts_with('/') && base.starts_with(inside)));
                opened += usize::from(is_inside);
                let system = ["/etc/ld.so", "/lib", "/usr/lib", "/proc/", "/sys/"];
                if !is_inside && !system.iter().any(|start| path.starts_with(start)) {
                    other.push(call);
                }
            }
            "write" if call.contains("<pipe:") || call.contains("(1<") => {}
            "clone" | "clone3" | "exit" | "exit_group" | "wait4" | "execve" => {}
            "access" | "newfstatat" | "statx" | "readlink" | "getcwd" | "stat" | "lstat" => {}
            _ if call.starts_with("+++") || call.starts_with("<...") => {}
            _ => other.push(call),
        }
    }
    assert!(opened > 50, "{opened} files of the site");
    assert_eq!(calls.matches("execve(").count(), 1);
    assert!(other.is_empty(), "{}", other.join("\n"));
}
