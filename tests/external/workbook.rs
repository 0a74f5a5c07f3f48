//! The form for ministries in LibreOffice: what its users see, and what comes back when they save it.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::Command;

use crate::check_requirements;
use crate::disk::milepost;
use crate::fixture::{Site, text, texts_between};

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
        assert!(text(&output.stdout).contains("2 rows with answers, 0 conflicts"));
    }
}
