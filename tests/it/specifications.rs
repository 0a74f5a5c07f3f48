//! The rules of TOML 1.0 and CommonMark 0.31 that the files of a site touch, one case or more for each.
//! In a commitment, a valid text is published, and an invalid text is a problem in its line.

use crate::fixture::Site;

/// Builds a site whose commitment ends with these lines. Returns the page, or the problems with the
/// number of the line, counted from the first of `lines`.
fn result_of(lines: &str) -> String {
    let site = Site::new(&format!("\n//- content/commitments/2014-2015/1.toml\n…\n{lines}\n"));
    let outcome = site.build();
    let problems = outcome.diagnostics.lines().filter_map(|problem| {
        let position = problem.strip_prefix("content/commitments/2014-2015/1.toml:")?;
        let line: usize = position.split(':').next()?.parse().unwrap();
        let code = problem.split(['[', ']']).nth(1).unwrap();
        Some(format!("{} {code}", line - 4))
    });
    let problems: Vec<String> = problems.collect();
    match problems.is_empty() {
        true => outcome.main("commitments/2014-2015/1/index.html").to_owned(),
        false => problems.join(", "),
    }
}

/// Asserts what becomes of each text: section, text, and problems or a part of the page.
#[track_caller]
fn expect(cases: &[(&str, &str, &str)], lines: impl Fn(&str) -> String) {
    let mut failures = String::new();
    for (section, text, expected) in cases {
        let result = result_of(&lines(text));
        let is_expected = match expected.starts_with(char::is_numeric) {
            true => result == *expected,
            false => result.contains(expected),
        };
        if !is_expected {
            let start = result.find("<h3>Relevance").unwrap_or_default();
            failures +=
                &format!("{section}: {text:?}: {expected:?}\n  {:.400}\n", &result[start..]);
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

const TOML: &[(&str, &str, &str)] = &[
    ("comment", "relevance = \"A # b\" # c", "A # b<"),
    ("comment", "# a \u{0} b", "1 control-character"),
    ("key/value pair", "relevance = ", "1 missing-value"),
    ("key/value pair", "relevance = \"A\" risks = \"B\"", "1 two-on-a-line"),
    ("key/value pair", "= \"A\"", "1 odd-key"),
    ("keys", "\"relevance\" = \"A\"", "<p>A</p>"),
    ("keys", "'relevance' = \"A\"", "<p>A</p>"),
    ("keys", "\"rel\\u0065vance\" = \"A\"", "<p>A</p>"),
    ("keys", "relevance = \"A\"\n\"relevance\" = \"B\"", "2 duplicate-key"),
    ("keys", "relevance = \"A\"\nrelevance.a = \"B\"", "2 odd-key"),
    ("keys", "contact.name = \"A\"\ncontact.email = \"a@example.org\"", "mailto:a@example.org"),
    ("keys", "contact . name = \"A\"", ">A<"),
    ("keys", "1.2 = \"A\"", "1 unknown-key"),
    ("basic string", r#"relevance = "A \"b\" \\ \t\u00e9\U0001F600""#, "A &quot;b&quot; \\ \té😀"),
    ("basic string", r#"relevance = "A \q""#, "1 backslash"),
    ("basic string", r#"relevance = "\uD800""#, "1 backslash"),
    ("basic string", r#"relevance = "\U00110000""#, "1 backslash"),
    ("basic string", "relevance = \"A\nB\"", "1 unclosed-quote"),
    ("multi-line basic string", "relevance = \"\"\"\nA\nB\"\"\"", "<p>A\nB</p>"),
    ("multi-line basic string", "relevance = \"\"\"A \\\n\n   B\"\"\"", "<p>A B</p>"),
    (
        "multi-line basic string",
        "relevance = \"\"\"A \"\"b\"\" \"\"\"",
        "A &quot;&quot;b&quot;&quot;",
    ),
    ("multi-line basic string", "relevance = \"\"\"A", "1 unclosed-text"),
    ("literal string", r"relevance = 'C:\new'", r"C:\new"),
    ("multi-line literal string", "relevance = '''\nI'm ''here''\n'''", "I'm ''here''"),
    ("integer", "relevance = 1", "1 wrong-type"),
    ("integer", "relevance = 01", "1 missing-quotes"),
    ("float", "relevance = 1.5", "1 wrong-type"),
    ("float", "relevance = 1.", "1 missing-quotes"),
    ("boolean", "relevance = true", "1 wrong-type"),
    ("boolean", "relevance = True", "1 missing-quotes"),
    ("local date", "relevance = 2015-01-01", "1 wrong-type"),
    ("local date", "end_date = 2015-01-01", "January 2015"),
    ("array", "supporting = [\n  # a\n  \"finance\",\n]", "3 duplicate"),
    ("array", "partners = [\n  \"A\", # a\n  'B',\n]", "B"),
    ("array", "partners = [\"A\" \"B\"]", "1 missing-comma"),
    ("array", "partners = [\"A\"", "1 unclosed-list"),
    ("array", "partners = [\"A\", 1]", "1 wrong-type"),
    ("table", "[contact]\nname = \"A\"\n[contact]", "3 duplicate-key"),
    ("table", "[ contact ]\nname = \"A\"", ">A<"),
    ("table", "[contact", "1 broken-header"),
    ("table", "[]", "1 broken-header"),
    ("table", "[title.a]", "1 odd-key"),
    ("inline table", "contact = { name = \"A\" }", ">A<"),
    (
        "inline table",
        "contact = { name = \"A\" }\n[contact]\nemail = \"a@b.mn\"",
        "2 duplicate-key",
    ),
    (
        "array of tables",
        "[[updates]]\ndate = \"2015\"\ntext = \"A\"\n[[updates]]\ndate = \"2016\"\ntext = \"B\"",
        "<p>B</p>",
    ),
    ("array of tables", "updates = []\n[[updates]]\ndate = \"2015\"", "2 duplicate-key"),
    ("array of tables", "[updates]\ndate = \"2015\"", "1 wrong-type"),
];

#[test]
fn toml() {
    expect(TOML, str::to_owned);
}

const COMMONMARK: &[(&str, &str, &str)] = &[
    ("2.2 tabs", "-\tA", "<li>A</li>"),
    ("2.4 backslash escapes", "\\*A\\*", "<p>*A*</p>"),
    ("2.5 references", "&copy; &#35; &nosuch;", "© # &amp;nosuch;"),
    ("4.1 thematic breaks", "A\n\n* * *\n\nB", "<hr"),
    ("4.2 ATX headings", "# A\n\n### B ###", "<h4>A</h4>\n<h5>B</h5>"),
    ("4.2 ATX headings", "#A", "<p>#A</p>"),
    ("4.2 ATX headings", "####### A", "<p>####### A</p>"),
    ("4.2 ATX headings", "A\n\n#\n\nB", "4 no-words"),
    ("4.2 ATX headings", "A\n\n## ##", "4 no-words"),
    ("4.3 setext headings", "A\n===", "<p>A\n===</p>"),
    ("4.3 setext headings", "A\n---", "<p>A</p>"),
    ("4.4 indented code", "    A", "<p>A</p>"),
    ("4.5 fenced code", "```\nA < b\n```", "<pre><code>A &lt; b\n</code></pre>"),
    ("4.5 fenced code", "~~~\nA", "<pre><code>A"),
    ("4.6 HTML blocks", "<div>\nA", "2 raw-html"),
    ("4.6 HTML blocks", "<!-- A -->", "2 raw-html"),
    (
        "4.7 link reference definitions",
        "[A][b]\n\n[b]: https://b.mn 'C'",
        "<a href=\"https://b.mn\" title=\"C\">A</a>",
    ),
    ("4.7 link reference definitions", "[A][b]\n\n[b]: javascript:1", "2 forbidden-link"),
    ("4.8 paragraphs", "A\nB\n\nC", "<p>A\nB</p>\n<p>C</p>"),
    ("5.1 block quotes", "> A\nB", "3 no-empty-line"),
    ("5.2 list items", "- A\n\n  B", "<p>B</p>"),
    ("5.2 list items", "3. A\n4. B", "<ol start=\"3\">"),
    ("5.3 lists", "- A\n- B\n\n* C", "</ul>\n<ul>"),
    ("6.1 code spans", "`` A ` b ``", "<code>A ` b</code>"),
    ("6.2 emphasis", "*A* __B__ c_d_e", "<em>A</em> <strong>B</strong> c_d_e"),
    ("6.3 links", "[A](<https://b.mn/x y> \"C\")", "href=\"https://b.mn/x%20y\""),
    ("6.3 links", "[A](https://b.mn/(x))", "href=\"https://b.mn/(x)\""),
    ("6.3 links", "[](https://b.mn)", "2 no-words"),
    ("6.3 links", "[A](https://../)", "2 not-an-address"),
    ("6.3 links", "[A]()", "2 forbidden-link"),
    ("6.3 links", "[A](b.md)", "2 forbidden-link"),
    ("6.3 links", "[A](//b.mn)", "2 forbidden-link"),
    ("6.4 images", "![A](/files/a.png)", "2 image"),
    ("6.5 autolinks", "<https://b.mn>", "<a href=\"https://b.mn\">https://b.mn</a>"),
    ("6.5 autolinks", "<a@b.mn>", "<a href=\"mailto:a@b.mn\">a@b.mn</a>"),
    ("6.5 autolinks", "<made-up:A>", "2 forbidden-link"),
    ("6.6 raw HTML", "A <b>b</b>", "2 raw-html"),
    ("6.7 hard line breaks", "A  \nB", "A<br />\nB"),
    ("6.8 soft line breaks", "A \n B", "<p>A\nB</p>"),
];

#[test]
fn commonmark() {
    expect(COMMONMARK, |text| format!("relevance = '''\n{text}\n'''"));
}
