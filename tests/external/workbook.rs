//! The form for ministries in LibreOffice: what its users see, and what comes back when they save it.
//! Imports that are killed.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::check_requirements;
use crate::disk::{files, large_site, milepost};
use crate::fixture::{Site, machine, repository, text, texts_between};

/// Lets LibreOffice save a file in a format.
fn convert(file: &Path, format: &str, folder: &Path) {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut command = Command::new("soffice");
    command.args([profile.as_str(), "--headless", "--convert-to", format, "--outdir"]);
    let output = command.arg(folder).arg(file).output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
}

fn part(file: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(File::open(file).unwrap()).unwrap();
    let mut content = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut content).unwrap();
    content
}

#[test]
fn libreoffice_keeps_the_form_as_it_is() {
    check_requirements();
    let folder = tempfile::tempdir().unwrap();
    let (site, saved) = (folder.path().join("site"), folder.path().join("saved"));
    Site::rich().write_to(&site);
    fs::create_dir(&saved).unwrap();
    let file = site.join("form.xlsx");
    let arguments = ["export", "--xlsx", "form.xlsx", "--report", "2023-midterm"];
    assert_eq!(text(&milepost(&arguments, &site).stdout), "Wrote `form.xlsx`.\n");
    convert(&file, "xlsx", &saved);
    let sheet = part(&saved.join("form.xlsx"), "xl/worksheets/sheet1.xml");
    let lists = texts_between(&sheet, "<dataValidation ", "</dataValidation>");
    let places: Vec<&str> =
        lists.iter().flat_map(|list| texts_between(list, "sqref=\"", "\"")).collect();
    assert_eq!(places, ["G3:G8", "P3:P8"]);
    let sources: Vec<&str> =
        lists.iter().flat_map(|list| texts_between(list, "<formula1>", "</formula1>")).collect();
    let sources: Vec<&str> = sources.iter().map(|list| list.rsplit('!').next().unwrap()).collect();
    assert_eq!(sources, ["$A$13:$A$16", "$A$19:$A$25"]);
    assert!(lists.iter().all(|list| list.contains("type=\"list\"")), "{lists:?}");
    assert!(sheet.contains("<sheetProtection sheet=\"true\""));
    let first_row = texts_between(&sheet, "<row r=\"1\"", ">")[0];
    assert!(first_row.contains("hidden=\"true\""), "{first_row}");
    let notes = part(&saved.join("form.xlsx"), "xl/comments1.xml");
    assert_eq!(notes.matches("<comment ").count(), 20);
    // What LibreOffice saves, in either format, has the same answers.
    convert(&file, "csv", &saved);
    for name in ["form.xlsx", "form.csv"] {
        let name = saved.join(name);
        let arguments = ["import", name.to_str().unwrap(), "--report", "2023-midterm"];
        let output = milepost(&arguments, &site);
        let nothing = "The site has every answer already: nothing was written.\n";
        assert!(text(&output.stdout).ends_with(nothing), "{}", text(&output.stdout));
        assert!(text(&output.stdout).contains("4 rows with answers, 0 conflicts"));
    }
}

/// Starts a command in copies of a folder, and kills it at another moment each time. Each file is then as it was
/// before the command or as it is after it. Both occur.
fn kill_again_and_again(arguments: &[&str], folder: &Path) {
    const KILLS: u32 = 40;
    let copy = || {
        let copy = tempfile::tempdir().unwrap();
        let mut command = Command::new("cp");
        command.arg("-r").arg(folder.join(".")).arg(copy.path());
        assert!(command.status().unwrap().success());
        copy
    };
    let old = files(folder);
    let done = copy();
    let start = Instant::now();
    assert!(milepost(arguments, done.path()).status.success());
    let time = start.elapsed();
    let new = files(done.path());
    let (mut unchanged, mut changed) = (0, 0);
    for kill in 1..=KILLS {
        let copy = copy();
        let mut command = Command::new(env!("CARGO_BIN_EXE_milepost"));
        command.args(arguments).current_dir(copy.path()).stdout(Stdio::null());
        let mut run = command.spawn().unwrap();
        // In a copy, the same takes longer: the disk is still busy with the copy.
        std::thread::sleep(time * 4 * kill / KILLS);
        run.kill().unwrap();
        run.wait().unwrap();
        for (path, bytes) in files(copy.path()) {
            // Milepost skips such a file, and replaces it.
            if path.to_string_lossy().ends_with(".milepost~") {
                continue;
            }
            let is_old = old.get(&path) == Some(&bytes);
            assert!(is_old || new.get(&path) == Some(&bytes), "kill {kill}: {}", path.display());
            if is_old { unchanged += 1 } else { changed += 1 }
        }
    }
    assert!(unchanged > 0 && changed > 0, "{unchanged} {changed}");
}

#[test]
fn an_import_that_is_killed_leaves_every_file_whole() {
    check_requirements();
    let _machine = machine();
    let folder = tempfile::tempdir().unwrap();
    large_site(folder.path(), 300);
    assert!(milepost(&["export", "--csv", "form.csv"], folder.path()).status.success());
    let form = folder.path().join("form.csv");
    // The cells after the lead agency are the deadline, the level in the last report, and the level. All are empty.
    let answered = fs::read_to_string(&form)
        .unwrap()
        .replace(",Ministry of Finance,,,,", ",Ministry of Finance,,,limited,");
    assert_eq!(answered.matches(",limited,").count(), 300);
    fs::write(&form, answered).unwrap();
    kill_again_and_again(&["import", "form.csv", "--report", "midterm"], folder.path());

    let folder = tempfile::tempdir().unwrap();
    Site::new("\n//- site.toml\n…\ncountry = \"MN\"\n").write_to(folder.path());
    let table = repository().join("tests/import/ogp-sample.csv");
    let table = table.to_str().unwrap();
    kill_again_and_again(&["import", "--ogp", table, "--country", "XAA"], folder.path());
}
