//! Hostile themes: whatever a theme contains, the program ends soon, with little memory, and names the
//! file and the line.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::check_requirements;
use crate::fixture::Site;

const MAX_TIME: Duration = Duration::from_secs(10);
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

/// Checks and builds a site with one file replaced. Returns the longest time and the most memory.
#[track_caller]
fn expect_problem(path: &str, text: &str) -> (Duration, u64) {
    let folder = tempfile::tempdir().unwrap();
    Site::new(&format!("\n//- {path}\n\n")).write_to(folder.path());
    fs::write(folder.path().join(path), text).unwrap();
    let mut most = (Duration::ZERO, 0);
    for command in ["check", "build"] {
        let start = Instant::now();
        let mut process = Command::new("sh")
            .args(["-c", "ulimit -v 3000000; exec \"$0\" \"$1\" >out 2>err"])
            .args([env!("CARGO_BIN_EXE_milepost"), command])
            .current_dir(folder.path())
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
        let beginning: String = text.chars().take(80).collect();
        let output = fs::read_to_string(folder.path().join("out")).unwrap()
            + &fs::read_to_string(folder.path().join("err")).unwrap();
        assert_eq!(status.code(), Some(1), "{command}: {beginning}\n{output:.600}");
        assert!(output.contains(&format!("--> {path}:")), "{command}: {beginning}\n{output:.600}");
        assert!(memory < MAX_MEMORY, "{command}: {memory} kB: {beginning}");
        most = (most.0.max(start.elapsed()), most.1.max(memory));
    }
    most
}

fn expect_problems(path: &str, texts: impl Iterator<Item = String>) {
    let (mut time, mut memory, mut count) = (Duration::ZERO, 0, 0);
    for text in texts {
        let most = expect_problem(path, &text);
        (time, memory, count) = (time.max(most.0), memory.max(most.1), count + 1);
    }
    println!("{count} files {path}: at most {time:?} and {memory} kB");
}

fn repeated((start, part, count, end): &(&str, &str, usize, &str)) -> String {
    format!("{start}{}{end}", part.repeat(*count))
}

#[test]
fn a_hostile_template_is_a_problem() {
    check_requirements();
    let repeated = REPEATED_TEMPLATES.iter().map(repeated);
    let texts = repeated.chain(TEMPLATES.iter().map(|text| (*text).to_owned()));
    expect_problems("themes/plain/templates/not-found.html", texts);
}

#[test]
fn a_hostile_style_sheet_is_a_problem() {
    check_requirements();
    expect_problems("themes/plain/styles/main.css", STYLES.iter().map(repeated));
}
