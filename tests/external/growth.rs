//! Work grows linearly with the portal. The tests count instructions, which are reproducible, and
//! never measure time.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use rayon::prelude::*;
use tempfile::TempDir;

use crate::check_requirements;
use crate::fixture::{Site, machine, text};

/// Writes a site with this number of commitments, and an agency for every ten.
fn site_of(commitments: usize, folder: &Path) {
    Site::new("\n//- site.toml\n…\ncards = false\n").write_to(folder);
    for number in 0..commitments.div_ceil(10) {
        let name = format!("name = \"Agency {number}\"\n");
        fs::write(folder.join(format!("content/agencies/agency-{number}.toml")), name).unwrap();
    }
    for number in 2..=commitments {
        let (lead, supporting) = (number / 10, (number / 10 + 1) % commitments.div_ceil(10));
        let text = format!(
            "title = \"Promise {number}\"\nlead = \"agency-{}\"\nsupporting = [\"agency-{supporting}\"]\n\
             objective = \"Objective\"\ndescription = \"Description\"\n\
             [[assessments]]\nreport = \"midterm\"\nlevel = \"{}\"\nresults = '''\n\
             Work has **begun**.\n\n- step one\n- step two\n'''\n",
            lead.min(commitments.div_ceil(10) - 1),
            ["limited", "substantial", "completed"][number % 3],
        );
        let file = format!("content/commitments/2014-2015/{number}.toml");
        fs::write(folder.join(file), text).unwrap();
    }
}

/// A folder with the program without its symbols, which Valgrind would read each time.
static PROGRAM: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let mut strip = Command::new("strip");
    strip.args([env!("CARGO_BIN_EXE_milepost"), "-o"]).arg(folder.path().join("milepost"));
    assert!(strip.status().unwrap().success());
    folder
});

/// The number of instructions that the command `name` takes for the site in a folder, on one thread.
fn instructions(name: &str, folder: &Path) -> f64 {
    let mut command = Command::new("valgrind");
    command.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
    command.arg(PROGRAM.path().join("milepost")).arg(name).arg(folder);
    let output = command.env("RAYON_NUM_THREADS", "1").output().expect("valgrind is installed");
    let stderr = text(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    let count = stderr.lines().find_map(|line| line.split_once("refs:")).expect("a count").1;
    count.trim().replace(',', "").parse().unwrap()
}

#[test]
fn a_portal_of_four_times_the_size_takes_at_most_four_times_the_work() {
    check_requirements();
    let _machine = machine();
    let folders = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let sizes = [1, 250, 1000];
    let counts: Vec<f64> = sizes
        .iter()
        .zip(&folders)
        .map(|(&size, folder)| {
            site_of(size, folder.path());
            instructions("build", folder.path())
        })
        .collect();
    let growth = (counts[2] - counts[0]) / (counts[1] - counts[0]);
    assert!(growth < 4.2, "{counts:?}: {growth}");

    let public = folders[2].path().join("public");
    let read = |path: &str| fs::read_to_string(public.join(path)).unwrap();
    assert_eq!(read("sitemap.xml").matches("/commitments/2014-2015/").count(), 1000);
    let rows = |path: &str| read(path).matches("<span class=\"number\">").count();
    let later_pages: usize =
        (2..=4).map(|page| rows(&format!("commitments/page-{page}/index.html"))).sum();
    assert_eq!(rows("commitments/index.html") + later_pages, 1000);
    assert!(read("commitments/2014-2015/1000/index.html").contains("<h1>Promise 1000</h1>"));
    assert_eq!(
        read("data/assessments.csv").lines().filter(|line| line.starts_with("2014")).count(),
        999
    );
}

/// Files with something of this size.
type LongThing = fn(usize) -> String;

/// What can be long, each with a size that takes more work than the rest of the site.
const LONG_THINGS: &[(&str, usize, LongThing)] = &[
    ("title of one word", 5_000, |size| commitment(&format!("title = \"{}\"", "W".repeat(size)))),
    ("title of words", 5_000, |size| commitment(&format!("title = \"{}\"", "W ".repeat(size)))),
    ("name", 2_000, |size| {
        format!("//- content/agencies/finance.toml\nname = \"{}\"\n", "Name ".repeat(size))
    }),
    ("text", 5_000, |size| format!("{}results = \"{}\"\n", judged(), "Word ".repeat(size))),
    ("text from Word", 200, |size| {
        format!("{}results = \'\'\'\n{}\'\'\'\n", judged(), "•\ta\n2014. b\n    c\n".repeat(size))
    }),
    ("list", 250, |size| {
        commitment(&format!("title = \"T\"\npartners = [{}]", "\"Union\", ".repeat(size)))
    }),
    ("agencies", 100, |size| {
        let agency =
            |number| format!("//- content/agencies/a{number}.toml\nname = \"A {number}\"\n");
        (0..size).map(agency).collect()
    }),
    ("reports", 60, |size| {
        let report = |number| {
            format!(
                "//- content/reports/r{number}.toml\ntitle = \"R\"\nassessor = \"government\"\n\
                 action_plan = \"2014-2015\"\ndate = \"2015-01-01\"\n"
            )
        };
        let judged =
            |number| format!("[[assessments]]\nreport = \"r{number}\"\nlevel = \"limited\"\n");
        let reports: String = (0..size).map(report).collect();
        reports + &commitment("title = \"T\"") + &(0..size).map(judged).collect::<String>()
    }),
    ("updates", 200, |size| {
        commitment("title = \"T\"")
            + &"[[updates]]\ndate = \"2015\"\ntext = \"News\"\n".repeat(size)
    }),
    ("plans", 30, |size| {
        let plan = |number: usize| {
            format!(
                "//- content/action-plans/p{number}.toml\ntitle = \"P\"\nstart_date = \"2014\"\n\
                 end_date = \"2015\"\n//- content/commitments/p{number}/1.toml\ntitle = \"T\"\n\
                 lead = \"finance\"\nobjective = \"O\"\ndescription = \"D\"\n"
            )
        };
        (0..size).map(plan).collect()
    }),
    ("aliases", 200, |size| {
        let aliases: String = (0..size).map(|number| format!("\"a{number}\", ")).collect();
        commitment(&format!("title = \"T\"\naliases = [{aliases}]"))
    }),
];

fn commitment(lines: &str) -> String {
    format!(
        "//- content/commitments/2014-2015/1.toml\nlead = \"finance\"\nobjective = \"O\"\n\
         description = \"D\"\n{lines}\n"
    )
}

fn judged() -> String {
    commitment("title = \"T\"\n[[assessments]]\nreport = \"midterm\"\nlevel = \"limited\"")
}

#[test]
fn a_thing_of_four_times_the_length_takes_at_most_four_times_the_work() {
    check_requirements();
    let _machine = machine();
    let count = |text: &str| {
        let folder = tempfile::tempdir().unwrap();
        Site::new(&format!("\n{text}")).write_to(folder.path());
        instructions("check", folder.path())
    };
    let base = count("");
    let growth = LONG_THINGS.par_iter().map(|(name, size, site)| {
        let counts = [count(&site(*size)), count(&site(size * 4))];
        (*name, (counts[1] - base) / (counts[0] - base))
    });
    let too_much: Vec<_> = growth.filter(|(_, growth)| *growth > 4.6).collect();
    assert!(too_much.is_empty(), "{too_much:?}");
}
