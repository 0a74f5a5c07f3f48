//! Work grows linearly with the portal. The tests count instructions, which are reproducible, and
//! never measure time.

use std::fs;
use std::path::Path;
use std::process::Command;

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

/// The number of instructions to build a portal with this number of commitments, on one thread.
fn instructions(commitments: usize, folder: &Path) -> f64 {
    site_of(commitments, folder);
    let mut command = Command::new("valgrind");
    command.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
    command.args([env!("CARGO_BIN_EXE_milepost"), "build"]).arg(folder);
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
        .map(|(&size, folder)| instructions(size, folder.path()))
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
