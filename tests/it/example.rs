//! The example site of the repository: what its pages must contain, and what they must never
//! contain.

use crate::fixture::example;

/// The texts of every file of the portal.
fn all_texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    example().files.iter().map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
}

#[test]
fn it_has_no_errors() {
    let errors: Vec<_> =
        example().diagnostics.lines().filter(|line| line.contains(": error[")).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn the_home_page_states_the_number_of_completed_commitments_in_both_languages() {
    let home = example().main("index.html");
    let claim = "The government says (2015): 1\u{a0}of\u{a0}21 commitments completed";
    assert!(home.contains(claim), "{home}");
    let claim = "Засгийн газар, 2015: 21 амлалтаас 1 нь бүрэн хэрэгжсэн";
    assert!(example().main("mn/index.html").contains(claim));
}

#[test]
fn each_level_lists_the_commitments_that_the_report_marks() {
    let expected = [
        ("completed", vec!["3.3.1.3"]),
        (
            "substantial",
            vec![
                "3.3.1.6", "3.3.1.7", "3.3.2.2", "3.3.2.3", "3.3.2.5", "3.3.2.6", "3.3.3.2",
                "3.3.3.3", "3.3.3.4", "3.3.3.7",
            ],
        ),
        (
            "limited",
            vec![
                "3.3.1.2", "3.3.1.4", "3.3.1.5", "3.3.1.8", "3.3.2.4", "3.3.3.1", "3.3.3.5",
                "3.3.3.6",
            ],
        ),
        ("not-started", vec!["3.3.2.1"]),
        ("not-reported", vec!["3.3.1.1"]),
        ("no-evidence", vec![]),
        ("withdrawn", vec![]),
    ];
    for (level, numbers) in expected {
        let page = example().main(&format!("levels/{level}/index.html"));
        let listed: Vec<&str> = page
            .split("<span class=\"number\">")
            .skip(1)
            .map(|rest| rest.split('<').next().unwrap())
            .collect();
        assert_eq!(listed, numbers, "{level}");
    }
}

#[test]
fn a_real_disagreement_is_shown_beside_the_level() {
    let page = example().main("commitments/2014-2015/3.3.3.6/index.html");
    let (government, irm) = page.split_once("Not started").unwrap();
    assert!(government.contains("Limited"));
    assert!(irm.contains("IRM end-of-term report"));
    assert!(irm.contains("This site shows only part of this report."));
    assert!(page.contains("The assessors disagree."));
    let dissent = "Independent Reporting Mechanism (IRM) says (2017): Not started";
    assert!(example().main("index.html").contains(dissent));
}

#[test]
fn every_page_that_shows_a_partial_report_says_so() {
    for (path, text) in all_texts().filter(|(path, _)| path.ends_with(".html")) {
        let main = example().main(path);
        let shows = ["2016-irm-progress-report/\"", "2017-irm-end-of-term-report/\""]
            .iter()
            .map(|link| main.matches(link).count())
            .sum::<usize>();
        let says = [
            "This site shows only part of this report.",
            "Энэ сайт тайлангийн зөвхөн нэг хэсгийг харуулна.",
        ];
        let says = says.iter().map(|sentence| text.matches(sentence).count()).sum::<usize>();
        // The page of a commitment names the report a second time, above the results.
        assert!(says >= shows, "{path} names a partial report {shows} times and says so {says}");
    }
}

#[test]
fn english_on_a_mongolian_page_is_marked() {
    let page = example().main("mn/commitments/2014-2015/3.3.3.6/index.html");
    let english = "Citizens take part when decisions are made";
    let before = &page[..page.find(english).unwrap()];
    let block = &before[before.rfind("<div").unwrap()..];
    assert!(block.contains("lang=\"en\""), "{block}");
    assert!(block.contains("dir=\"ltr\""), "{block}");
    let note =
        "<p class=\"untranslated\">Энэ хуудасны зарим бичвэр зөвхөн энэ хэлээр байгаа: English</p>";
    assert_eq!(page.matches(note).count(), 1, "{page}");
    assert!(example().text("mn/index.html").contains("албан бус орчуулга"));
    assert!(!example().text("index.html").contains("орчуулга"));
}

#[test]
fn no_private_mailbox_telephone_or_remark_is_published() {
    // Parts of texts in the report that the portal must not publish.
    let never = ["yahoo", "99909977", "99099893", "264522", "70112468", "tel:", "дарга аа", "!!)"];
    for (path, text) in all_texts() {
        for word in never {
            assert!(!text.to_lowercase().contains(word), "{path} contains `{word}`");
        }
    }
    let page = example().main("commitments/2014-2015/3.3.1.2/index.html");
    assert!(page.contains("The report describes no results for this commitment."));
}

#[test]
fn the_data_files_contain_the_facts_of_the_pages() {
    let json: serde_json::Value =
        serde_json::from_slice(&example().files["data/commitments.json"]).unwrap();
    let commitments = json["commitments"].as_array().unwrap();
    assert_eq!(commitments.len(), 21);
    let disputed = commitments.iter().find(|commitment| commitment["id"] == "3.3.3.6").unwrap();
    assert_eq!(disputed["plan"], "2014-2015");
    assert_eq!(disputed["url"], "https://example.org/commitments/2014-2015/3.3.3.6/");
    assert_eq!(disputed["lead"], "ministry-of-justice");
    assert_eq!(disputed["chapter"], "3.3.3");
    assert_eq!(disputed["standing"], "limited");
    assert_eq!(disputed["end_date"], "2015");
    assert_eq!(disputed["assessments"][2]["report"], "2017-irm-end-of-term-report");
    assert_eq!(disputed["assessments"][2]["assessor"], "irm");
    assert_eq!(disputed["assessments"][2]["level"], "not-started");
    let csv = example().text("data/commitments.csv");
    let row = csv.lines().find(|line| line.contains(",3.3.1.2,")).unwrap();
    assert!(row.contains(",2014-07,limited,"), "{row}");
    assert_eq!(csv.lines().count(), 22);
    let one: serde_json::Value =
        serde_json::from_slice(&example().files["commitments/2014-2015/3.3.1.2/index.json"])
            .unwrap();
    assert!(one["translations"]["mn"]["title"].is_string());
}

#[test]
fn a_date_is_as_exact_as_the_report_gives_it() {
    let page = example().main("commitments/2014-2015/3.3.1.2/index.html");
    assert!(page.contains("<time datetime=\"2014-07\">July 2014</time>"));
    let page = example().main("mn/commitments/2014-2015/3.3.1.2/index.html");
    let mongolian = "<time datetime=\"2014-07\">2014 оны долоодугаар сар</time>";
    assert!(page.replace('\u{202f}', " ").contains(mongolian), "{page}");
    let page = example().main("commitments/2014-2015/3.3.3.4/index.html");
    assert!(page.contains("no end date"));
}
