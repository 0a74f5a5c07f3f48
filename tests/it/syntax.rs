//! Files that do not follow TOML: each error is reported once, at its position, with specific help.

use crate::fixture::Site;

/// The problems of an agency's file, without the path.
fn problems_of(text: &str) -> String {
    let site = Site::new("").with("content/agencies/finance.toml", |_| text.to_owned());
    site.build().diagnostics.replace("content/agencies/finance.toml:", "")
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let diagnostics = problems_of(text);
    let found: Vec<&str> =
        diagnostics.lines().map(|line| line.split(':').nth(2).unwrap()).collect();
    let positions: Vec<String> = diagnostics
        .lines()
        .zip(&found)
        .map(|(line, code)| {
            let (line_number, rest) = line.split_once(':').unwrap();
            let column = rest.split(':').next().unwrap();
            let code = code.trim().trim_start_matches("error[").trim_end_matches(']');
            format!("{line_number}:{column} {code}")
        })
        .collect();
    assert_eq!(positions, expected, "{text}\n{diagnostics}");
}

#[test]
fn an_error_in_a_line_is_one_problem() {
    for (line, expected) in [
        ("name = Ministry of Finance", "1:8 missing-quotes"),
        ("name = “Ministry”", "1:8 smart-quotes"),
        ("name = «Яам»", "1:8 smart-quotes"),
        ("name = „Яам“", "1:8 smart-quotes"),
        ("name = \"Ministry”", "1:8 smart-quotes"),
        ("aliases = [“a”, \"b\"]", "1:11 smart-quotes"),
        ("aliases = [\"a\"],", "1:11 trailing-comma"),
        ("name = 2015/03", "1:8 date-form"),
        ("name = 12/31/2015", "1:8 date-form"),
        ("name: \"Ministry\"", "1:1 colon"),
        ("name: Ministry of Finance", "1:1 colon"),
        ("name = 'Ministry", "1:8 unclosed-quote"),
        ("name = \"Ministry", "1:8 unclosed-quote"),
        ("name = \"Ministry\",", "1:8 trailing-comma"),
        ("name\u{a0}= \"Ministry\"", "1:5 odd-space"),
        ("name =\u{a0}\"Ministry\"", "1:7 odd-space"),
        ("name = \"Ministry\"\u{a0}", "1:18 odd-space"),
        ("name = \"The \"M\" of Finance\"", "1:8 quote-in-text"),
        ("name = 'it's'", "1:8 quote-in-text"),
        ("name = \"C:\\path\"", "1:12 backslash"),
        ("name = \"\\uD800\"", "1:9 backslash"),
        ("name = \"C:\\Users\"", "1:13 backslash"),
        ("name = \"x\\U00110000 y\"", "1:10 backslash"),
        ("name = \"x\\u12\"", "1:10 backslash"),
        (&(["a"; 200].join(".") + " = 1"), "1:1 nested-too-deep"),
        ("name =", "1:1 missing-value"),
        ("name", "1:1 missing-value"),
        ("Ministry of Finance", "1:1 no-key"),
        ("Note: a remark", "1:1 no-key"),
        ("name == \"Ministry\"", "1:1 syntax"),
        ("name = \"Ministry\";", "1:8 trailing-comma"),
        ("na\u{200b}me = \"Ministry\"", "1:3 odd-space"),
        ("aliases = [‘a’, ‘b’]", "1:11 smart-quotes"),
        ("name = 11-26-54", "1:8 missing-quotes"),
        ("- Ministry of Finance", "1:1 dashed-list"),
        ("нэр = \"Яам\"", "1:1 odd-key"),
        ("= \"Ministry\"", "1:1 odd-key"),
        ("name = \"a\" website = \"b\"", "1:8 two-on-a-line"),
        ("aliases = [\"a\" \"b\"]", "1:16 missing-comma"),
        ("aliases = [\"a\", b]", "1:11 missing-quotes"),
        ("[mn", "1:1 broken-header"),
        ("[[mn]", "1:1 broken-header"),
        ("name = 31.12.2015", "1:8 date-form"),
        ("name = 31/12/2015", "1:8 date-form"),
        ("name = 2014-07", "1:8 unquoted-date"),
        ("name = 2015-02-30", "1:8 impossible-date"),
        ("name = yes", "1:8 missing-quotes"),
        ("name = 'x\u{1}y'", "1:10 control-character"),
        ("name = \"x\0y\"", "1:10 control-character"),
        ("<<<<<<< HEAD", "1:1 merge-conflict"),
    ] {
        check(&format!("{line}\n"), &[expected]);
        // Also with a byte-order mark and Windows line endings.
        check(&format!("\u{feff}{line}\r\nwebsite = \"https://x.example\"\r\n"), &[expected]);
    }
}

#[test]
fn every_line_with_an_error_is_reported() {
    check(
        "name = Ministry\nwebsite: x\naliases = [\"a\" \"b\"]\n[mn\nname = «Яам»\n",
        &[
            "1:8 missing-quotes",
            "2:1 colon",
            "3:16 missing-comma",
            "4:1 broken-header",
            "5:8 smart-quotes",
        ],
    );
}

#[test]
fn lines_without_a_key_are_one_problem() {
    check(
        "name = \"Ministry\"\nIt has offices.\nIt has many offices.\nwebsite: x\n",
        &["2:1 no-key", "4:1 colon"],
    );
}

#[test]
fn lines_within_a_text_are_not_keys_or_lists() {
    check(
        "name = \"\"\"\nevidence = [\n{ title = “a” }\n]\nC:\\dir\n\"\"\"\nwebsite: x\n",
        &["5:4 backslash", "7:1 colon"],
    );
}

#[test]
fn a_merge_conflict_is_one_problem() {
    check(
        "<<<<<<< HEAD\nname = \"a\"\n=======\nname = b\n>>>>>>> other\nwebsite = x\n",
        &["1:1 merge-conflict"],
    );
    check("name = '''\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n'''\n", &["2:1 merge-conflict"]);
}

#[test]
fn an_unclosed_text_is_reported_at_its_start_and_the_rest_is_read() {
    check("name = '''Ministry\nof Finance\n", &["1:8 unclosed-text"]);
    check(
        "name = '''Ministry\nwebsite = https\n[mn]\nname = \"Яам\"\n",
        &["1:8 unclosed-text", "2:11 missing-quotes"],
    );
    check(
        "name = '''Ministry\nshort_name = '''MoF'''\nwebsite: x\n",
        &["1:8 unclosed-text", "3:1 colon"],
    );
}

#[test]
fn an_unclosed_list_is_reported_at_its_start_and_the_rest_is_read() {
    check("aliases = [\"a\", \"b\"\nname = x\n", &["1:11 unclosed-list", "2:8 missing-quotes"]);
    check("aliases = [\n  \"a\",\n  \"b\",\n[mn]\nname = \"x\"\n", &["1:11 unclosed-list"]);
}

#[test]
fn a_duplicate_key_is_reported() {
    let site = Site::new("").with("content/agencies/finance.toml", |_| {
        "name = \"a\"\n[mn]\nname = \"b\"\n[mn]\n".to_owned()
    });
    assert_eq!(
        site.build().diagnostics,
        "content/agencies/finance.toml:4:2: error[duplicate-key]: there is already a section `[mn]`, \
         in line 2\n"
    );
}

#[test]
fn the_lines_of_the_keys_of_an_article_are_those_of_its_file() {
    let article = "+++\naliases = [\"a\"]\naliases = [\"b\"]\n+++\n# About\n";
    let site = Site::new(&format!("\n//- content/articles/about.md\n{article}"));
    assert_eq!(
        site.build().diagnostics,
        "content/articles/about.md:3:1: error[duplicate-key]: `aliases` already has a different value in line 2\n"
    );
}

#[test]
fn too_many_brackets_are_one_problem() {
    check(&format!("name = {}1{}\n", "[".repeat(200), "]".repeat(200)), &["1:88 nested-too-deep"]);
}

#[test]
fn line_breaks_of_classic_mac_os_are_one_problem() {
    check("name = \"a\"\rwebsite = \"b\"\r", &["1:11 control-character"]);
}
