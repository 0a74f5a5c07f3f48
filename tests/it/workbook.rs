//! The form that ministries fill in: what they do to it, and what comes back into the files.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use calamine::{DataType, Reader, Xlsx};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Url, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::disk::{files, milepost, site_of};
use crate::fixture::{Site, repository, text};

const FIRST: &str = "content/commitments/2022-2024/1.toml";

/// The rich site with a report that nobody has answered for yet.
fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    Site::rich().write_to(folder.path());
    let report = "title = \"End-of-term report\"\nassessor = \"government\"\n\
                  action_plan = \"2022-2024\"\ndate = \"2024-09\"\n[ar]\ntitle = \"تقرير\"\n";
    fs::write(folder.path().join("content/reports/2024-end.toml"), report).unwrap();
    folder
}

/// Runs a command that succeeds, and returns what it prints.
#[track_caller]
fn run(arguments: &[&str], folder: &Path) -> String {
    let output = milepost(arguments, folder);
    assert_eq!(text(&output.stderr), "");
    assert!(output.status.success(), "{}", text(&output.stdout));
    text(&output.stdout)
}

#[track_caller]
fn import(file: &Path, folder: &Path, arguments: &[&str]) -> String {
    let file = file.to_str().unwrap();
    run(&[&["import", file, "--report", "2024-end"], arguments].concat(), folder)
}

/// Runs a command that refuses to do anything, and returns its one line.
#[track_caller]
fn refusal(arguments: &[&str], folder: &Path) -> String {
    let before = files(folder);
    let output = milepost(arguments, folder);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
    assert_eq!(text(&output.stdout), "");
    assert!(files(folder) == before, "files changed");
    let line = text(&output.stderr);
    assert_eq!(line.matches('\n').count(), 1, "{line}");
    line.trim_end().trim_start_matches("milepost: ").to_owned()
}

enum Value {
    Text(String),
    Number(f64),
    Date(u16, u8, u8),
    /// A formula and the value that the spreadsheet program computed.
    Formula(&'static str, &'static str),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

/// The first sheet of an exported workbook, as somebody changes it.
struct Form {
    folder: tempfile::TempDir,
    name: String,
    cells: BTreeMap<(u32, u32), Value>,
    /// Rows of a column that are merged.
    merged: Vec<(u32, u32, u32)>,
    /// The addresses to which cells are linked.
    links: BTreeMap<(u32, u32), &'static str>,
}

impl Form {
    #[track_caller]
    fn export(site: &Path, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("form.xlsx");
        run(&[&["export", "--xlsx", file.to_str().unwrap()], arguments].concat(), site);
        let mut workbook: Xlsx<_> = calamine::open_workbook(&file).unwrap();
        let name = workbook.sheet_names()[0].clone();
        let range = workbook.worksheet_range(&name).unwrap();
        let cells = range.used_cells().filter_map(|(row, column, value)| {
            Some(((row as u32, column as u32), value.as_string()?.as_str().into()))
        });
        Form { folder, name, cells: cells.collect(), merged: Vec::new(), links: BTreeMap::new() }
    }

    fn text(&self, cell: (u32, u32)) -> &str {
        match self.cells.get(&cell) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    fn column(&self, key: &str) -> u32 {
        (0..).find(|column| self.text((0, *column)) == key).unwrap()
    }

    fn row(&self, id: &str) -> u32 {
        let (commitment, milestone) = id.split_once('#').unwrap_or((id, ""));
        let columns = [self.column("commitment"), self.column("milestone")];
        let is_wanted = |row: &u32| {
            self.text((*row, columns[0])) == format!("2022-2024/{commitment}")
                && self.text((*row, columns[1])) == milestone
        };
        (2..99).find(is_wanted).unwrap()
    }

    /// Fills in a cell. `id` is the number of a commitment, or that with `#` and the milestone's.
    fn set(&mut self, id: &str, key: &str, value: impl Into<Value>) {
        let cell = (self.row(id), self.column(key));
        self.cells.insert(cell, value.into());
    }

    /// Puts the columns in the opposite order.
    fn reverse_columns(&mut self) {
        let last = self.cells.keys().map(|(_, column)| *column).max().unwrap();
        let cells = std::mem::take(&mut self.cells).into_iter();
        self.cells = cells.map(|((row, column), value)| ((row, last - column), value)).collect();
    }

    fn save(&self) -> PathBuf {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.set_name(&self.name).unwrap();
        for (row, end, column) in &self.merged {
            let (column, format) = (*column as u16, Format::new());
            sheet.merge_range(*row, column, *end, column, "", &format).unwrap();
        }
        for ((row, column), value) in &self.cells {
            let link = self.links.get(&(*row, *column));
            let (row, column) = (*row, *column as u16);
            match value {
                Value::Text(text) if link.is_some() => {
                    let link = Url::new(*link.unwrap()).set_text(text);
                    sheet.write_url(row, column, link)
                }
                Value::Text(text) => sheet.write_string(row, column, text),
                Value::Number(number) => sheet.write_number(row, column, *number),
                Value::Date(year, month, day) => {
                    let date = ExcelDateTime::from_ymd(*year, *month, *day).unwrap();
                    let format = Format::new().set_num_format("d mmm yyyy");
                    sheet.write_datetime_with_format(row, column, &date, &format)
                }
                Value::Formula(formula, result) => {
                    sheet.write_formula(row, column, Formula::new(*formula).set_result(*result))
                }
            }
            .unwrap();
        }
        sheet.set_row_hidden(2).unwrap();
        let file = self.folder.path().join("filled.xlsx");
        workbook.save(&file).unwrap();
        file
    }

    /// Saves the form as CSV as a program does in a country that writes decimals with a comma.
    fn save_csv(&self) -> PathBuf {
        let mut lines = String::new();
        let (rows, columns) = self
            .cells
            .keys()
            .fold((0, 0), |(rows, columns), (row, column)| (rows.max(*row), columns.max(*column)));
        for row in 0..=rows {
            let fields = (0..=columns).map(|column| self.text((row, column)).replace('"', "\"\""));
            let fields: Vec<String> = fields.map(|field| format!("\"{field}\"")).collect();
            lines.push_str(&format!("{}\r\n", fields.join(";")));
        }
        let file = self.folder.path().join("filled.csv");
        fs::write(&file, lines).unwrap();
        file
    }
}

#[test]
fn a_form_that_nobody_filled_in_changes_nothing() {
    let site = site();
    let before = files(site.path());
    for report in ["2023-midterm", "2024-end"] {
        for arguments in [&[][..], &["--language", "ar"], &["--agency", "justice"]] {
            let arguments = &[&["--report", report], arguments].concat();
            let form = Form::export(site.path(), arguments);
            for file in [form.save(), form.save_csv()] {
                let printed =
                    run(&["import", file.to_str().unwrap(), "--report", report], site.path());
                assert!(printed.ends_with(": nothing was written.\n"), "{printed}");
                assert!(printed.contains("0 conflicts, 0 warnings"), "{printed}");
            }
        }
    }
    assert!(files(site.path()) == before);
}

#[test]
fn documents_with_unusual_addresses_come_back_as_they_were() {
    let site = site();
    for file in ["files/Decree 5%.pdf", "root/plan.pdf"] {
        let path = site.path().join("content").join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
    }
    let path = site.path().join("content/commitments/2022-2024/3.toml");
    let evidence = [
        ("url", "https://en.wikipedia.org/wiki/Law_(2014)"),
        ("url", "https://example.org/Acme_Inc."),
        ("file", "files/Decree 5%.pdf"),
        ("file", "root/plan.pdf"),
    ];
    let evidence =
        evidence.map(|(key, address)| format!("{{ title = \"A\", {key} = \"{address}\" }}"));
    let commitment = fs::read_to_string(&path).unwrap();
    let assessment = format!(
        "\n[[assessments]]\nreport = \"2024-end\"\nlevel = \"limited\"\nresults = \"Some.\"\nevidence = [{}]\n",
        evidence.join(", ")
    );
    fs::write(&path, commitment + &assessment).unwrap();
    let before = files(site.path());
    let mut form = Form::export(site.path(), &["--report", "2024-end"]);
    let printed = import(&form.save(), site.path(), &[]);
    assert!(printed.ends_with(": nothing was written.\n"), "{printed}");
    assert!(files(site.path()) == before);
    // People write addresses in sentences.
    form.set(
        "3",
        "evidence",
        "The law (https://example.org/law_(2015)), and the list https://example.org/list.",
    );
    import(&form.save(), site.path(), &[]);
    let file = fs::read_to_string(&path).unwrap();
    for address in ["https://example.org/law_(2015)", "https://example.org/list"] {
        assert!(file.contains(&format!("url = \"{address}\" }}")), "{file}");
    }
}

#[test]
fn sheets_have_names_whatever_the_language_file_says() {
    for (form, help) in [("???", "Help"), ("Same", "SAME"), ("A", "A")] {
        let site = site();
        let language = site.path().join("themes/plain/languages/en.toml");
        fs::create_dir_all(language.parent().unwrap()).unwrap();
        let text = fs::read_to_string(repository().join("themes/plain/languages/en.toml")).unwrap();
        let line = |key: &str| {
            text.lines().find(|line| line.starts_with(&format!("{key} = "))).unwrap().to_owned()
        };
        let text = text
            .replace(&line("workbook_form"), &format!("workbook_form = \"{form}\""))
            .replace(&line("workbook_help"), &format!("workbook_help = \"{help}\""));
        fs::write(language, text).unwrap();
        assert_eq!(Form::export(site.path(), &["--report", "2024-end"]).name, "Form");
    }
}

#[test]
fn an_update_in_two_copies_of_a_row_is_written_once() {
    let site = site();
    let mut form = Form::export(site.path(), &["--report", "2024-end"]);
    form.set("1", "update_date", "2024-07-01");
    form.set("1", "update", "A new office opened.");
    let row = form.row("1");
    let last = form.cells.keys().map(|(row, _)| *row).max().unwrap();
    for column in 0..30 {
        let text = form.text((row, column)).to_owned();
        form.cells.insert((last + 1, column), text.as_str().into());
    }
    import(&form.save(), site.path(), &[]);
    let file = fs::read_to_string(site.path().join(FIRST)).unwrap();
    assert_eq!(file.matches("A new office opened.").count(), 1, "{file}");
}

#[test]
fn the_form_has_the_last_answers_beside_the_questions() {
    let site = site();
    let form = Form::export(site.path(), &["--report", "2024-end"]);
    let row = form.row("1");
    let cell = |key: &str| form.text((row, form.column(key)));
    assert_eq!(cell("last_level"), "Substantial");
    assert_eq!(cell("last_results"), "The register opened in July 2023 with 2,315 contracts.");
    assert_eq!(cell("last_challenges"), "staff and skills; work of others");
    assert_eq!([cell("level"), cell("results"), cell("challenges")], ["", "", ""]);
    assert_eq!([cell("end_date"), cell("report")], ["2024-06", "2024-end"]);
    assert_eq!(form.text((1, form.column("last_level"))), "Completion level (last report)");
    // The answers that the site has.
    let form = Form::export(site.path(), &["--report", "2023-midterm"]);
    let row = form.row("1");
    assert_eq!(form.text((row, form.column("level"))), "Substantial");
    let evidence = "The register https://register.maridia.example/";
    assert_eq!(form.text((row, form.column("evidence"))), evidence);
    // One agency has its commitments, and a milestone of another's.
    let ids = |form: &Form| {
        let columns = [form.column("commitment"), form.column("milestone")];
        let rows = (2..99).map(|row| columns.map(|column| form.text((row, column)).to_owned()));
        let rows = rows.filter(|[commitment, _]| !commitment.is_empty());
        rows.map(|row| row.join("#")).collect::<Vec<_>>()
    };
    let justice = Form::export(site.path(), &["--agency", "justice"]);
    assert_eq!(ids(&justice), ["2022-2024/2#", "2022-2024/3#"]);
    let all = ["2022-2024/1#", "2022-2024/1#1.1", "2022-2024/1#1.2", "2022-2024/1#1.3"];
    assert_eq!(ids(&form)[..4], all);
    let arabic = Form::export(site.path(), &["--language", "ar"]);
    let title = arabic.text((2, arabic.column("title")));
    assert_eq!(title, "سجل واحد للمال العام من الموازنة إلى العقد");
}

/// What the first ministry does, none of which needs a person to decide.
#[test]
fn what_people_do_to_workbooks_does_no_harm() {
    let site = site();
    let mut form = Form::export(site.path(), &["--report", "2024-end"]);
    form.set("1", "level", " completed. ");
    form.set("1", "results", "The register has 4,000 contracts.\r\nAll ministries deliver. ");
    form.set("1", "next_steps", Value::Formula("=CONCAT(\"Add \",\"aid\")", "Add aid"));
    form.set("1", "challenges", "the law;\nStaff and skills");
    form.set(
        "1",
        "evidence",
        "The decree:\nhttps://maridia.example/decree\nhttps://maridia.example/data – Data",
    );
    form.set("1", "update_date", Value::Number(2024.0));
    form.set("1", "update", "The minister’s “open day”.");
    form.set("1#1.2", "level", "“Completed”");
    form.set("1#1.2", "completed_date", Value::Date(2023, 7, 31));
    form.set("1#1.1", "evidence", "The minutes https://maridia.example/minutes");
    let results = form.column("results");
    form.cells.insert((1, results), "What did you do?".into());
    form.cells.insert((1, 25), "Remarks".into());
    form.cells.insert((4, 25), "call me".into());
    form.reverse_columns();
    let old = fs::read_to_string(site.path().join(FIRST)).unwrap();
    let printed = import(&form.save(), site.path(), &[]);
    assert_eq!(
        printed,
        "sheet *Form*, cell A2 (*Remarks*): the column is not one of the form: 1 cell not read\n\
         3 rows with answers, 0 conflicts, 1 not read, 0 warnings.\n\
         Wrote 10 answers to 1 file. `git diff` shows each.\n"
    );
    let assessment = "\n[[assessments]]\nreport = \"2024-end\"\nlevel = \"completed\"\n\
         results = '''The register has 4,000 contracts.\n\nAll ministries deliver.'''\n\
         next_steps = '''Add aid'''\nevidence = [\n  \
         { title = \"The decree\", url = \"https://maridia.example/decree\" },\n  \
         { title = \"Data\", url = \"https://maridia.example/data\" },\n]\n\
         challenges = [\"resources\", \"law\"]\n\n\
         [[assessments.milestones]]\nid = \"1.2\"\nlevel = \"completed\"\n";
    let update = "\n[[updates]]\ndate = \"2024\"\ntext = '''The minister’s “open day”.'''\n";
    let end = "ثلث العقود يخلو من اسم الشركة.'''\n";
    let watch = "رُفضت طلباتنا للحصول على 12 عقداً.'''\n";
    assert!(old.contains(end) && old.contains(watch));
    let expected = old
        .replace(watch, &format!("{watch}{assessment}"))
        .replace(
            "end_date = \"2023-06\"\n",
            "end_date = \"2023-06\"\ncompleted_date = \"2023-07-31\"\n",
        )
        .replace(
            "file = \"files/standard.txt\" }]",
            "file = \"files/standard.txt\" }, { title = \"The minutes\", url = \
             \"https://maridia.example/minutes\" }]",
        );
    let expected = format!("{expected}{update}");
    assert_eq!(fs::read_to_string(site.path().join(FIRST)).unwrap(), expected);
    assert_eq!(milepost(&["check"], site.path()).status.code(), Some(0));
    // The same file again changes nothing.
    assert!(import(&form.save(), site.path(), &[]).ends_with("nothing was written.\n"));
    // The keys are gone, and nobody has renamed the headers.
    let mut form = Form::export(site.path(), &["--report", "2024-end", "--language", "ar"]);
    form.set("2", "level", "محدود");
    form.cells.retain(|(row, _), _| *row > 0);
    let printed = import(&form.save_csv(), site.path(), &[]);
    assert!(printed.contains("Wrote 1 answer to 1 file"), "{printed}");
}

/// What the second ministry does. All of it is reported in one run, and nothing is written.
#[test]
fn mistakes_are_reported_with_sheet_cell_and_column() {
    let site = site();
    let mut form = Form::export(site.path(), &["--report", "2024-end"]);
    form.set("1", "level", "Finished");
    form.set("1", "challenges", "money");
    form.set("1", "evidence", "The decree");
    form.set("1", "update_date", "31.07.2024");
    form.set("1", "update", "A <b>bold</b> step.");
    form.set("1#1.3", "completed_date", Value::Number(45_000.0));
    form.set("1#1.2", "evidence", "The list https://localhost/list");
    form.set("2", "level", "Limited / Substantial");
    form.set("2", "evidence", "https://maridia.example/");
    form.set("2", "update", "News");
    form.set("3", "results", "Done.");
    form.set("3", "completed_date", "2024");
    let copy = form.row("3") + 1;
    let columns = ["commitment", "results", "report"].map(|key| form.column(key));
    for (row, values) in [
        ["2022-2024/3", "Not done.", "2024-end"],
        ["2022-2024/9", "Done.", ""],
        ["", "Done.", ""],
        ["2019-2021/1", "Done.", ""],
        ["2022-2024/2", "Done.", "2023-midterm"],
    ]
    .into_iter()
    .enumerate()
    {
        for (column, value) in columns.iter().zip(values) {
            form.cells.insert((copy + row as u32, *column), value.into());
        }
    }
    form.set("2", "next_steps", "More.");
    let (row, column) = (form.row("2"), form.column("next_steps"));
    form.merged.push((row, row + 1, column));
    let before = files(site.path());
    let file = form.save();
    let arguments = ["import", file.to_str().unwrap(), "--report", "2024-end"];
    let output = milepost(&arguments, site.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(files(site.path()) == before);
    assert_eq!(text(&output.stdout), PROBLEMS);
    let output = milepost(&[&arguments[..], &["--dry-run"]].concat(), site.path());
    assert_eq!(text(&output.stdout), PROBLEMS);
}

const PROBLEMS: &str = r#"sheet *Form*, cell A10 (*Number*): there is no commitment `2022-2024/9`: copy the number from a new form; a form cannot add a commitment
sheet *Form*, cell A12 (*Number*): `2019-2021/1` is not a commitment of the plan `2022-2024`: this seems to be the form of an earlier plan: copy the answers to the new form
sheet *Form*, cell G3 (*Completion level*): `Finished` is not a completion level: write `Not started`, `Limited`, `Substantial` or `Completed`; if you cannot say, leave the cell empty
sheet *Form*, cell G7 (*Completion level*): `Limited / Substantial` gives more than one completion level: write the one that holds
sheet *Form*, cell H6 (*Completion date*): `45000` is how a spreadsheet stores a day, not a date that readers know: write "2023-03-15"
sheet *Form*, cell H8 (*Completion date*): a commitment cannot have this: write it in the row of a milestone
sheet *Form*, cell J9 (*Results*): sheet *Form*, cell J8 (*Results*) has another answer: delete the one that does not hold
sheet *Form*, cell J11 (*Results*): the row has answers and no commitment: copy the number of the commitment from the form
sheet *Form*, cell J13 (*Results*): the row is for the report `2023-midterm`, not `2024-end`: this seems to be an old form: copy the answers to the new one, or name the report in `--report`
sheet *Form*, cell L7 (*Next steps*): the cell is merged with those of other rows: unmerge the cells, and write the answer in each row
sheet *Form*, cell P3 (*Obstacles*): `money` is not a challenge: write `funding`, `staff and skills`, `other priorities`, `approvals`, `work of others`, `the law` or `other reasons`; if you cannot say, leave the cell empty
sheet *Form*, cell Q3 (*Evidence*): `The decree` has no address: write the address after the title: https://…
sheet *Form*, cell Q5 (*Evidence*): only your own computer or network can open the address `https://localhost/list`: write the address that everyone can open: https://…; or put the document in `content/files/`, and write `files/…` as its address
sheet *Form*, cell Q7 (*Evidence*): `https://maridia.example/` has no title: write before the address what the document is
sheet *Form*, cell R3 (*Date of the update*): the date `31.07.2024` must start with the year: write "2024-07-31"
sheet *Form*, cell S3 (*Update*): HTML is not published: `<b>` would be left out: delete it; if readers should see the character `<`, put a `\` before it
sheet *Form*, cell S7 (*Update*): the update has no date: write beside it when it happened: 2015, 2015-07 or 2015-07-31
11 rows with answers, 0 conflicts, 17 errors.
Nothing was written: correct the 17 errors first.
"#;

/// A whole round, and the form of the next one.
#[test]
fn three_ministries_answer_and_the_next_form_shows_what_they_said() {
    let site = site();
    let old = tempfile::tempdir().unwrap();
    Site::rich().write_to(old.path());
    let report = "content/reports/2024-end.toml";
    fs::copy(site.path().join(report), old.path().join(report)).unwrap();
    let form =
        |agency: &str| Form::export(site.path(), &["--report", "2024-end", "--agency", agency]);
    let (mut finance, mut digital, mut justice) =
        (form("finance"), form("digital"), form("justice"));

    finance.set("1", "level", "substantial");
    finance.set("1", "results", "Nine ministries deliver.  \n• contracts\n• budgets");
    finance.set("1#1.1", "level", "“Completed”");
    finance.set("1#1.3", "level", " Not  started");
    let printed = import(&finance.save(), site.path(), &[]);
    assert_eq!(
        printed,
        "sheet *Form*, cell G3 (*Completion level*): this level has no evidence: OGP asks for it: write the \
         title of a document and its address in the column for evidence\n\
         3 rows with answers, 0 conflicts, 1 warning.\nWrote 4 answers to 1 file. `git diff` shows each.\n"
    );

    // The second ministry leads the same commitment, and sees it in another way.
    digital.set("1", "level", "Limited");
    digital.set("1#1.2", "level", "Completed");
    digital.set("1#1.2", "completed_date", "'2023-07'");
    digital.set("1#1.2", "evidence", "The register: https://register.maridia.example/.");
    let printed = import(&digital.save_csv(), site.path(), &[]);
    assert_eq!(
        printed,
        "cell G3 (*Completion level*): the site says `substantial`, the workbook says `limited`: left as it is\n\
         3 rows with answers, 1 conflict, 0 warnings.\n\
         `--overwrite` writes the answers of these cells, too: first empty those that should not win.\n\
         Wrote 3 answers to 1 file. `git diff` shows each.\n"
    );

    // The third one makes mistakes, corrects them, and sends the form twice.
    justice.set("2", "level", "Done");
    justice.set("2", "update_date", "March 2024");
    justice.set("2", "update", "All courts publish.");
    justice.set("3", "results", "Forty officers are trained.");
    let file = justice.save();
    let output = milepost(&["import", file.to_str().unwrap(), "--report", "2024-end"], site.path());
    let found = text(&output.stdout);
    assert!(found.contains("`Done` is not a completion level"), "{found}");
    assert!(found.contains("(*Date of the update*)"), "{found}");
    assert!(found.ends_with("Nothing was written: correct the 2 errors first.\n"), "{found}");
    justice.set("2", "level", "Completed");
    justice.set("2", "update_date", "2024-03");
    for end in ["Wrote 4 answers to 2 files. `git diff` shows each.\n", "nothing was written.\n"] {
        let printed = import(&justice.save(), site.path(), &[]);
        assert!(printed.ends_with(end), "{printed}");
    }

    assert_eq!(milepost(&["check"], site.path()).status.code(), Some(0));
    let folders = [old.path(), site.path()].map(|folder| folder.to_str().unwrap());
    let difference = run(&[&["diff"], &folders[..]].concat(), site.path());
    assert!(difference.contains("### Commitments: 3 changed"), "{difference}");
    let next = "title = \"Last report\"\nassessor = \"government\"\naction_plan = \"2022-2024\"\n\
                date = \"2024-12\"\n[ar]\ntitle = \"تقرير\"\n";
    fs::write(site.path().join("content/reports/2024-last.toml"), next).unwrap();
    let form = Form::export(site.path(), &["--report", "2024-last"]);
    let last = |id: &str| form.text((form.row(id), form.column("last_level"))).to_owned();
    let levels = ["1", "1#1.1", "1#1.2", "1#1.3", "2", "3"].map(last);
    let expected = ["Substantial", "Completed", "Completed", "Not started", "Completed", ""];
    assert_eq!(levels, expected);
}

#[test]
fn a_report_says_something_about_a_milestone_that_nobody_has_named() {
    let folder = site_of(
        "\n//- content/commitments/2014-2015/1.toml\n…\n[[milestones]]\ntitle = \"Step\" # first\n\n\
         [[assessments]]\nreport = \"midterm\"\nresults = \"R\"\n",
    );
    let path = folder.path().join("content/commitments/2014-2015/1.toml");
    let old = fs::read_to_string(&path).unwrap();
    let mut form = Form::export(folder.path(), &["--report", "midterm"]);
    let (column, milestone) =
        (form.column("level"), form.text((3, form.column("milestone"))).to_owned());
    form.cells.insert((3, column), "Limited".into());
    let file = form.save();
    let arguments = ["import", file.to_str().unwrap(), "--report", "midterm"];
    run(&arguments, folder.path());
    let expected = old
        .replace("[[milestones]]\n", &format!("[[milestones]]\nid = \"{milestone}\"\n"))
        + &format!("\n[[assessments.milestones]]\nid = \"{milestone}\"\nlevel = \"limited\"\n");
    assert_eq!(fs::read_to_string(&path).unwrap(), expected);
    form.cells.insert((3, column), "Completed".into());
    form.save();
    run(&[&arguments[..], &["--overwrite"]].concat(), folder.path());
    assert_eq!(fs::read_to_string(&path).unwrap(), expected.replace("limited", "completed"));
}

const OVERWRITE: &str = "`--overwrite` writes the answers of these cells, too: first empty those that should not win.\n";

#[test]
fn the_site_wins_unless_the_workbook_is_to_win() {
    let site = site();
    let mut form = Form::export(site.path(), &["--report", "2023-midterm"]);
    form.set("1", "level", "Limited");
    form.set("1", "results", "The register opened.");
    form.set("1", "additional_information", "The search is slow.");
    form.set("1#1.1", "completed_date", "2022-08");
    let file = form.save();
    let old = fs::read_to_string(site.path().join(FIRST)).unwrap();
    let import = |arguments: &[&str]| {
        let all = ["import", file.to_str().unwrap(), "--report", "2023-midterm"];
        run(&[&all[..], arguments].concat(), site.path())
    };
    let conflicts = "\
         sheet *Form*, cell G3 (*Completion level*): the site says `substantial`, the workbook says `limited`\n\
         sheet *Form*, cell H4 (*Completion date*): the site says `2022-09`, the workbook says `2022-08`\n\
         sheet *Form*, cell J3 (*Results*): the site says `The register opened in July 2023 with 2,315 \
         contracts.`, the workbook says `The register opened.`\n";
    let rows = "4 rows with answers, 3 conflicts, 0 warnings.\n";
    let left = conflicts.replace("`\n", "`: left as it is\n");
    let left = format!("{left}{rows}{OVERWRITE}");
    let dry = import(&["--dry-run"]);
    let difference = dry.strip_prefix(left.as_str()).unwrap_or_else(|| panic!("{dry}"));
    assert!(difference.starts_with("## What changes in the portal\n"), "{difference}");
    assert!(difference.contains("The search is slow"), "{difference}");
    assert_eq!(fs::read_to_string(site.path().join(FIRST)).unwrap(), old);
    let end = "next_steps = '''Municipalities join in 2024.'''\n";
    let added =
        old.replace(end, &format!("{end}additional_information = '''The search is slow.'''\n"));
    assert_eq!(import(&[]), format!("{left}Wrote 1 answer to 1 file. `git diff` shows each.\n"));
    assert_eq!(fs::read_to_string(site.path().join(FIRST)).unwrap(), added);
    let replaced = conflicts.replace("`\n", "`: replaced\n");
    let wrote = "Wrote 3 answers to 1 file. `git diff` shows each.\n";
    let nothing = "In 3 cells, the site says something else: nothing was written.\n";
    assert_eq!(import(&[]), format!("{left}{nothing}"));
    assert_eq!(import(&["--overwrite"]), format!("{replaced}{rows}{wrote}"));
    let expected = added
        .replacen("level = \"substantial\"", "level = \"limited\"", 1)
        .replace("opened in July 2023 with 2,315 contracts.", "opened.")
        .replace("completed_date = \"2022-09\"", "completed_date = \"2022-08\"");
    assert_eq!(fs::read_to_string(site.path().join(FIRST)).unwrap(), expected);
}

/// What is printed for a form in a language that somebody changes, without the name of the sheet.
#[track_caller]
fn findings(language: &str, change: impl Fn(&mut Form)) -> String {
    let site = site();
    let mut form = Form::export(site.path(), &["--report", "2024-end", "--language", language]);
    change(&mut form);
    let file = form.save();
    let arguments = ["import", file.to_str().unwrap(), "--report", "2024-end"];
    let output = milepost(&arguments, site.path());
    assert_eq!(text(&output.stderr), "");
    text(&output.stdout).replace(&format!("sheet *{}*, ", form.name), "")
}

#[test]
fn an_answer_goes_nowhere_if_the_number_and_the_title_of_its_row_differ() {
    let swap = |form: &mut Form, a: &str, b: &str| {
        let column = form.column("title");
        let (a, b) = ((form.row(a), column), (form.row(b), column));
        let (first, second) = (form.text(a).to_owned(), form.text(b).to_owned());
        form.cells.insert(a, Value::Text(second));
        form.cells.insert(b, Value::Text(first));
    };
    for (found, expected) in [
        (
            findings("en", |form| {
                form.set("2", "level", "Limited");
                swap(form, "2", "3");
            }),
            "cell C7 (*Commitment or milestone*): the row has the number `2022-2024/2` and the title of 2022-2024/3: ",
        ),
        (
            findings("ar", |form| {
                form.set("1#1.3", "level", "محدود");
                swap(form, "1#1.1", "1#1.3");
            }),
            "cell C6 (*الالتزام أو المرحلة*): the row has the number `2022-2024/1, milestone 1.3` and the title of \
             2022-2024/1, milestone 1.1: ",
        ),
        (
            findings("en", |form| {
                form.set("1#1.3", "level", "Limited");
                let cell = (form.row("1#1.3"), form.column("milestone"));
                form.cells.remove(&cell);
            }),
            "cell C6 (*Commitment or milestone*): the row has the number `2022-2024/1` and the title of 2022-2024/1, \
             milestone 1.3: ",
        ),
    ] {
        assert!(found.contains(expected), "{found}");
        assert!(found.contains("Nothing was written: correct the "), "{found}");
    }
}

#[test]
fn what_is_not_read_is_said() {
    let found = findings("en", |form| {
        form.set("1", "results", "n/a");
        form.set("1", "next_steps", "–");
        form.set("1", "challenges", "None");
        form.set("1#1.2", "level", "-");
        form.set("2", "end_date", "2025-12");
        form.set("3", "lead", "Ministry of Health");
    });
    assert_eq!(
        found,
        "cell J3 (*Results*): `n/a` says nothing, and is not read\n\
         cell L3 (*Next steps*): `–` says nothing, and is not read\n\
         cell P3 (*Obstacles*): `None` says nothing, and is not read\n\
         cell G5 (*Completion level*): `-` says nothing, and is not read\n\
         cell E7 (*Due*): the site says `2023-03`, and a form cannot change it to `2025-12`\n\
         cell D8 (*Lead agency*): the site says `Ministry of Justice`, and a form cannot change it to `Ministry of \
         Health`\n\
         1 row with answers, 0 conflicts, 6 not read, 0 warnings.\n\
         The site has every answer already: nothing was written.\n"
    );
}

#[test]
fn columns_are_found_below_a_row_that_somebody_put_in_and_not_twice() {
    let moved = findings("en", |form| {
        form.set("2", "level", "Limited");
        let cells = std::mem::take(&mut form.cells).into_iter();
        form.cells = cells
            .map(|((row, column), value)| ((row + u32::from(row > 0), column), value))
            .collect();
        form.cells.insert((1, 0), "Form of the ministry".into());
    });
    assert!(moved.contains("cell G8 (*Completion level*): "), "{moved}");
    assert!(moved.ends_with("Wrote 1 answer to 1 file. `git diff` shows each.\n"), "{moved}");
    let without_keys = findings("en", |form| {
        form.set("2", "level", "Limited");
        let level = form.column("level");
        form.cells.insert((1, level), " COMPLETION  level:".into());
        form.cells.retain(|(row, _), _| *row > 0);
    });
    assert!(without_keys.contains("Wrote 1 answer to 1 file."), "{without_keys}");
    let twice = findings("en", |form| {
        form.set("2", "results", "All courts publish.");
        form.cells.retain(|(row, _), _| *row > 0);
        form.cells.insert((1, 25), "Results".into());
        form.cells.insert((6, 25), "internal".into());
    });
    assert!(
        twice.contains("cell Z2 (*Results*): cell J2 (*Results*) has the same header: "),
        "{twice}"
    );
}

#[test]
fn the_advice_is_in_the_language_of_the_form() {
    let found = findings("ar", |form| {
        form.set("2", "level", "Done");
        form.set("2", "challenges", "القانون؛ التمويل");
        form.set("1#1.3", "completed_date", "٢٠٢٤-٠٥");
    });
    assert_eq!(
        found,
        "cell G7 (*مستوى الإنجاز*): `Done` is not a completion level: write `لم يبدأ`, `محدود`, `متقدم` or `مكتمل`; if \
         you cannot say, leave the cell empty\n\
         3 rows with answers, 0 conflicts, 1 error.\nNothing was written: correct the 1 error first.\n"
    );
}

#[test]
fn links_numbers_and_formulas_are_read_as_people_see_them_or_are_problems() {
    let site = site();
    let mut form = Form::export(site.path(), &["--report", "2024-end"]);
    form.set("1", "evidence", "1. The decree");
    form.set("1#1.2", "evidence", "The law https://maridia.example/old");
    form.set("1", "results", Value::Number(0.85));
    form.set("1", "next_steps", "=CONCATENATE(\"a\",\"b\")");
    form.set("1#1.3", "completed_date", "2022-09-31");
    form.set("1#1.1", "completed_date", "soon");
    let cell = |form: &Form, id: &str| (form.row(id), form.column("evidence"));
    form.links.insert(cell(&form, "1"), "https://maridia.example/decree");
    form.links.insert(cell(&form, "1#1.2"), "https://maridia.example/new");
    let file = form.save();
    let arguments = ["import", file.to_str().unwrap(), "--report", "2024-end"];
    let found = text(&milepost(&arguments, site.path()).stdout).replace("sheet *Form*, ", "");
    assert_eq!(
        found,
        "cell H4 (*Completion date*): the answer is not a valid date: `soon`: write the year first, as precisely as \
         you know: \"2014\", \"2014-07\" or \"2014-07-31\"\n\
         cell H6 (*Completion date*): the date `2022-09-31` does not exist: correct the date; if you know only the \
         month, write the year and the month\n\
         cell J3 (*Results*): the cell contains the number `0.85`, whatever it shows: write it as part of a sentence\n\
         cell L3 (*Next steps*): `=CONCATENATE(\"a\",\"b\")` is a formula that was typed as text: write the answer \
         instead of the formula\n\
         cell Q5 (*Evidence*): the link of the cell leads to another address: `https://maridia.example/new`: write the \
         address that holds, and remove the link\n\
         3 rows with answers, 0 conflicts, 5 errors.\nNothing was written: correct the 5 errors first.\n"
    );
    form.set("1", "results", "");
    form.set("1", "next_steps", "");
    form.set("1#1.3", "completed_date", "");
    form.set("1#1.1", "completed_date", "");
    form.links.remove(&cell(&form, "1#1.2"));
    form.save();
    run(&arguments, site.path());
    let written = fs::read_to_string(site.path().join(FIRST)).unwrap();
    let decree = "{ title = \"The decree\", url = \"https://maridia.example/decree\" }";
    assert!(written.contains(decree), "{written}");
}

/// A ZIP file with one part of this size.
fn archive(part: &str, size: usize) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(part, SimpleFileOptions::default()).unwrap();
    let zeros = vec![0; 1 << 20];
    for _ in 0..size.div_ceil(zeros.len()) {
        archive.write_all(&zeros[..size.min(zeros.len())]).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn files_that_are_no_form_are_refused_in_one_line() {
    let site = site();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("answers.xlsx");
    for (bytes, expected) in [
        (b"PK\x03\x04 cut".to_vec(), "the file is not a workbook, or it is damaged: "),
        (b"\xd0\xcf\x11\xe0\xa1\xb1".to_vec(), "the file has another format or a password: "),
        (archive("mimetype", 9), "the file has another format or a password: "),
        (archive("xl/vbaProject.bin", 9), "the workbook contains macros: "),
        (archive("xl/workbook.xml", 300 << 20), "the workbook is too large: "),
        (vec![b' '; (20 << 20) + 1], "the workbook is too large: "),
        (b"a;b\n\xff".to_vec(), "the file is neither a workbook nor a table in UTF-8: "),
        (b"a,b\n1,2\n".to_vec(), "no sheet has the columns of the form: "),
        (Vec::new(), "no sheet has the columns of the form: "),
    ] {
        fs::write(&file, bytes).unwrap();
        let arguments = ["import", file.to_str().unwrap(), "--report", "2024-end"];
        let line = refusal(&arguments, site.path());
        assert!(line.starts_with(expected), "{line}");
    }
}

#[test]
fn a_site_that_cannot_be_changed_is_left_alone() {
    let site = site();
    let mut form = Form::export(site.path(), &[]);
    form.set("1", "level", "Limited");
    form.set("2", "level", "Limited");
    let file = form.save();
    let file = file.to_str().unwrap();
    let line = refusal(&["import", file, "--report", "2024-ende"], site.path());
    assert_eq!(line, "the site has no report `2024-ende`: did you mean `2024-end`?");
    for (option, name, expected) in [
        ("--agency", "justise", "the site has no agency `justise`: did you mean `justice`?"),
        ("--language", "fr", "the site has no language `fr`"),
    ] {
        let line = refusal(&["export", "--csv", "form.csv", option, name], site.path());
        assert_eq!(line, expected);
    }
    let second = site.path().join("content/commitments/2022-2024/2.toml");
    let mut permissions = fs::metadata(&second).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&second, permissions).unwrap();
    let before = files(site.path());
    let output = milepost(&["import", file, "--report", "2024-end"], site.path());
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr),
        "milepost: `content/commitments/2022-2024/2.toml` is read-only: nothing was written; make the file \
         writable first\n"
    );
    assert!(files(site.path()) == before);
    fs::write(site.path().join("content/agencies/broken.toml"), "nom = \"x\"\n").unwrap();
    let line = refusal(&["import", file, "--report", "2024-end"], site.path());
    assert_eq!(line, "the site has 2 errors: correct what `milepost check` lists first");
    let line = refusal(&["export", "--xlsx", "form.xlsx"], site.path());
    assert_eq!(line, "the site has 2 errors: correct what `milepost check` lists first");
    let line = refusal(&["export", "--xlsx", "site.toml"], site.path());
    assert!(line.starts_with("the site has 2 errors"), "{line}");
}

/// The parts of a workbook by their names.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut content = String::new();
        part.read_to_string(&mut content).unwrap();
        parts.insert(part.name().unwrap().to_string(), content);
    }
    parts
}

#[test]
fn a_workbook_is_consistent_and_always_the_same() {
    let site = site();
    let file = site.path().join("form.xlsx");
    let export = |language: &str| {
        let _ = fs::remove_file(&file);
        run(&["export", "--xlsx", "form.xlsx", "--language", language], site.path());
        fs::read(&file).unwrap()
    };
    let english = export("en");
    assert!(export("en") == english);
    for bytes in [english, export("ar")] {
        let parts = parts(&bytes);
        let types = &parts["[Content_Types].xml"];
        for (name, content) in &parts {
            let xml = roxmltree::Document::parse(content).unwrap();
            let extension = name.rsplit('.').next().unwrap();
            let is_typed = types.contains(&format!("PartName=\"/{name}\""))
                || types.contains(&format!("Extension=\"{extension}\""));
            assert!(is_typed, "{name}");
            // A part can only refer to parts that exist.
            for target in xml.descendants().filter_map(|node| node.attribute("Target")) {
                let target = target.trim_start_matches("../").trim_start_matches('/');
                assert!(parts.keys().any(|part| part.ends_with(target)), "{name}: {target}");
            }
            for cell in xml.descendants().filter(|node| node.has_tag_name("t")) {
                assert!(cell.text().unwrap_or_default().chars().count() <= 32_767);
            }
        }
    }
}
