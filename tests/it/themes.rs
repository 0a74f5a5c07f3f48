//! Themes from strangers: what is refused, with its line, and what the preview does meanwhile.
#![cfg(unix)]

use std::fs;

use crate::fixture::{Site, repository};
use crate::preview::Preview;

const TEMPLATE: &str = "themes/plain/templates/not-found.html";
const STYLE: &str = "themes/plain/styles/main.css";
const CUSTOM_STYLE: &str = "themes/plain/styles/custom.css";

#[track_caller]
fn check(path: &str, text: &str, expected: &str) {
    let site = Site::new(&format!("\n//- {path}\n{text}\n"));
    let diagnostics = site.build().diagnostics;
    match expected {
        "" => assert_eq!(diagnostics, "", "{text:.80}"),
        expected => {
            assert!(diagnostics.starts_with(&format!("{path}:1:")), "{text:.80}: {diagnostics}");
            assert!(diagnostics.contains(expected), "{text:.80}: {diagnostics}");
        }
    }
}

#[test]
fn templates_that_could_use_unlimited_resources_are_refused() {
    for (text, expected) in [
        (format!("{{{{ {}1 }}}}", "not ".repeat(9999)), "words and symbols"),
        (format!("{{% if 1 %}}{}{{% endif %}}", "{% elif 1 %}".repeat(999)), "`elif`"),
        ("x".repeat(70_000), "the limit is 65535"),
        ("{% set a = [view] %}".to_owned(), "cannot use `[`"),
        ("{% set a = view, view %}".to_owned(), "cannot use `,`"),
        ("{% set a = (view, view) %}".to_owned(), "cannot use `,`"),
        ("{% set a = 0|default(view, true) + 0|default(view, true) %}".to_owned(), "`+` needs"),
        ("{% if view == view %}{% endif %}".to_owned(), "a comparison needs"),
        ("{% if view is eq(view) %}{% endif %}".to_owned(), "can be compared"),
        ("{% if view in view.page.menu %}{% endif %}".to_owned(), "`in` needs"),
        ("{{ namespace() }}".to_owned(), "namespace"),
        ("{{ \"a\\u000bb\" }}".to_owned(), "U+000B"),
        ("{{ \"a\\u202eb\" }}".to_owned(), "U+202E"),
        ("{{ \"%9d\"|format(1) }}".to_owned(), "format"),
        ("{{ view.page.menu }}".to_owned(), "cannot be printed"),
    ] {
        check(TEMPLATE, &text, expected);
    }
}

#[test]
fn ordinary_templates_are_accepted() {
    for text in [
        "{% for item in view.page.menu %}{{ loop.index + 1 }}{{ item.text }}{% endfor %}",
        "{% if view.page.kind in [\"a\", \"b\"] and not (view.page.kind == \"a\") %}a{% endif %}",
        "{% if view.page.kind is ne(view.page.title.text) %}{{ \"a\" ~ view.page.kind }}{% endif %}",
        "{% macro a(b, c=1) %}{{ b }}{{ c }}{% endmacro %}{{ a(1, c=2) }}",
        "{{ view.page.kind|replace(\"a\", \"b\")|upper|default(\"x\") }}{{ view.page[\"kind\"] }}",
    ] {
        check(TEMPLATE, text, "");
    }
}

#[test]
fn style_sheets_that_are_nested_deeply_or_load_from_other_hosts_are_refused() {
    for (text, expected) in [
        ("a{".repeat(9999), "brackets within each other"),
        (format!("a{{width:{}", "calc(".repeat(9999)), "brackets within each other"),
        ("a { background: src(\"http://a.org/b\") }".to_owned(), "src()"),
        ("a { background: image(\"http://a.org/b\") }".to_owned(), "image()"),
        ("a { background: image-set(var(--x) 1x) }".to_owned(), "image-set()"),
        ("a { background: s\\72 c(\"http://a.org/b\") }".to_owned(), "quotation marks"),
    ] {
        check(STYLE, &text, expected);
    }
    check(CUSTOM_STYLE, "a { content: \"\\2014 (((\"; color: red }", "");
}

#[test]
fn a_template_links_to_an_asset_relative_to_its_page() {
    let site = Site::new(
        "\n//- site.toml\n…\n[mn]\ntitle = \"Сайт\"\n\
         //- themes/plain/assets/img/лого.svg\n<svg/>\n\
         //- themes/plain/assets/photo.bin\n0\n\
         //- themes/plain/templates/base.html\n\
         <a href=\"{{ asset(\"img/лого.svg\") }}\"></a><a href=\"{{ asset(\"photo.bin\") }}\"></a>\n\
         {% block main %}{% endblock %}\n\
         //- themes/plain/templates/redirect.html\n<a href=\"{{ asset(\"icon.svg\") }}\"></a>\n\
         //- content/articles/about.md\n+++\naliases = [\"us\"]\n+++\n# About\n\nText\n",
    )
    .with("site.toml", |text| {
        text.replace("example.org/", "example.org/ogp/").replace("[mn]", "languages = [\"en\", \"mn\"]\n[mn]")
    });
    let outcome = site.build();
    assert!(!outcome.diagnostics.contains("error"), "{}", outcome.diagnostics);
    for (page, root) in [
        ("index.html", ""),
        ("mn/index.html", "../"),
        ("commitments/2014-2015/1/index.html", "../../../"),
        ("404.html", "/ogp/"),
    ] {
        let logo = format!("{root}assets/img/%D0%BB%D0%BE%D0%B3%D0%BE.svg");
        let links = crate::fixture::links(outcome.text(page));
        assert_eq!(links[..2], [logo, format!("{root}assets/photo.bin")], "{page}");
    }
    let redirect = outcome.files.keys().find(|path| path.ends_with("us/index.html")).unwrap();
    let links = crate::fixture::links(outcome.text(redirect));
    assert_eq!(crate::fixture::resolve(redirect, &links[0], "/ogp/"), "assets/icon.svg");
    check(TEMPLATE, "{{ asset(\"logo.svg\") }}", "the theme has no file `assets/logo.svg`");
    check(TEMPLATE, "{{ asset(\"icom.svg\") }}", "did you mean `icon.svg`?");
    check(TEMPLATE, "{{ asset(view) }}", "not a string");
}

#[test]
fn a_link_from_the_root_of_the_host_is_an_error() {
    let template = "\
{% extends \"base.html\" %}
{% block main %}
{# <a href=\"/a\"> #}<!-- <a href=\"/b\"> -->
<h1>{{ view.page.title.text }}</h1>
<p>href=/ <a data-href=\"/c\" href=\"//example.org/d\">D</a> <a href=\"e\">href=\"/e</a></p>
<p><a{% if view %} class=\"{{ \"x\" }}\"{% endif %}href=\"/about/{{ view.page.kind }}\">A</a></p>
<p><img alt='' SRC = '/x' src = '/assets/logo.svg'><a href=/>B</a></p>
{% endblock %}
";
    let site = Site::new(&format!("\n//- {TEMPLATE}\n{template}"));
    let positions: Vec<String> = site
        .build()
        .diagnostics
        .lines()
        .map(|line| line.strip_prefix(TEMPLATE).unwrap_or(line).to_owned())
        .collect();
    let expected = [(6, 54, "/about/"), (7, 34, "/assets/logo.svg"), (7, 60, "/")];
    let expected = expected.map(|(line, column, link)| {
        format!(
            ":{line}:{column}: error[link-from-root]: the link `{link}` breaks if the portal is in a folder \
             of its host"
        )
    });
    assert_eq!(positions, expected);
}

#[test]
fn a_style_sheet_without_the_classes_of_the_templates_is_one_warning() {
    let build = |files: &str| Site::new(&format!("\n{files}")).build().diagnostics;
    let rule = "h1 { color: #123456 }\n";
    let diagnostics = build(&format!("//- {STYLE}\n{rule}"));
    let start = format!("{STYLE}:1:1: warning[missing-styles]: the style sheet lacks rules for ");
    assert!(diagnostics.starts_with(&start), "{diagnostics}");
    assert_eq!(diagnostics.lines().count(), 1, "{diagnostics}");
    // A changed copy has them, also one that imports them, and so have custom styles.
    let path = crate::fixture::repository().join(STYLE);
    let copy = std::fs::read_to_string(path).unwrap();
    assert_eq!(build(&format!("//- {STYLE}\n{copy}\n{rule}")), "");
    let import = format!(
        "//- {STYLE}\n@import \"copy.css\";\n{rule}//- themes/plain/styles/copy.css\n{copy}\n"
    );
    assert_eq!(build(&import), "");
    assert_eq!(build(&format!("//- {CUSTOM_STYLE}\n{rule}")), "");
    // The site's own templates count, too.
    let templates =
        crate::fixture::walk(&crate::fixture::repository().join("themes/plain/templates"));
    let with_classes = |classes: &str| {
        let template = |path: &std::path::PathBuf| {
            let name = path.file_name().unwrap().to_str().unwrap();
            format!("//- themes/plain/templates/{name}\n{classes}\n")
        };
        let own: String = templates.iter().map(template).collect();
        build(&format!("{own}//- {STYLE}\n.a {{ color: red }} .b.c {{ color: red }}\n"))
    };
    assert_eq!(with_classes("<p>"), "");
    assert_eq!(
        with_classes("<p class='a {{ 1 }} d'><p class=b><p class=\"e x{{ 1 }}\">").lines().next(),
        None
    );
    let diagnostics = with_classes("<p class=\"a d e f\">");
    assert!(
        diagnostics.contains(" 3 of the 4 classes that the templates use: `.d`, `.e`, `.f`\n"),
        "{diagnostics}"
    );
}

#[test]
fn custom_styles_follow_those_of_the_theme() {
    let css = |files: &str| {
        let outcome = Site::new(files).build();
        assert_eq!(outcome.diagnostics, "");
        let path = outcome.files.keys().find(|path| path.ends_with(".css")).unwrap();
        outcome.text(path).to_owned()
    };
    let built_in = css("");
    let custom = "\n//- themes/plain/styles/custom.css\n@import \"fonts.css\";\nh1 { color: #123456 }\n\
                  //- themes/plain/styles/fonts.css\nh2 { color: #abcdef }\n";
    assert_eq!(css(custom), format!("{built_in}h2{{color:#abcdef}}h1{{color:#123456}}"));
    // Also with a theme of the site, and with styles of its own.
    let own = "\n//- site.toml\n…\ntheme = \"own\"\n\
               //- themes/own/styles/custom.css\nh1 { color: #123456 }\n";
    assert_eq!(css(own), format!("{built_in}h1{{color:#123456}}"));
    check(CUSTOM_STYLE, "a { background: src(\"http://a.org/b\") }", "src()");
    check(CUSTOM_STYLE, "a { background: url(http://a.org/b) }", "http://a.org/b");
    check(CUSTOM_STYLE, "@import \"colours.css\";", "no style sheet `colours.css`");
    check(CUSTOM_STYLE, "@import \"main.css\";", "");
}

#[test]
fn a_theme_that_is_slow_on_every_page_is_stopped() {
    let mut site = "\n//- themes/plain/templates/base.html\n\
                    {% for a in range(90000) %}{% endfor %}{{ 1 }}\n"
        .to_owned();
    for number in 2..400 {
        site += &format!("//- content/agencies/a{number}.toml\nname = \"Agency {number}\"\n");
    }
    let diagnostics = Site::new(&site).build().diagnostics;
    let is_reported = |line: &str| line.contains("too much work for all pages");
    assert!(diagnostics.lines().any(is_reported), "{diagnostics:.900}");
}

#[test]
fn the_preview_survives_a_hostile_theme() {
    let preview = Preview::of("");
    let deep = format!("{{{{ {}1 }}}}", "not ".repeat(9999));
    let limit = format!(
        "{}{{{{ {}1 }}}}{}{{{{ view.titel }}}}",
        "{% if 1 %}".repeat(140),
        "not ".repeat(240),
        "{% endif %}".repeat(140)
    );
    for (path, text) in [(TEMPLATE, deep.as_str()), (STYLE, &"a{".repeat(9999))] {
        preview.write(path, text);
        preview.wait_for_page("/", "milepost-panel");
        std::fs::remove_file(preview.folder.path().join(path)).unwrap();
        crate::fixture::wait_until("no panel", || !preview.page("/").contains("milepost-panel"));
    }
    preview.write(TEMPLATE, &limit);
    preview.wait_for_output("error[template-fault]");
}

#[test]
fn a_fault_at_a_letter_of_several_bytes_has_its_position() {
    for (path, text, column) in [
        (STYLE, "·", 2),
        (STYLE, "a { color: Өө 😀 } b { : }", 25),
        (TEMPLATE, "{% ·", 4),
        (TEMPLATE, "{{ t(ڧbout) }}", 6),
        (TEMPLATE, "Өө 😀 {% set a = ·", 17),
    ] {
        let site = Site::new(&format!("\n//- {path}\n\n")).with(path, |_| text.to_owned());
        let (diagnostics, sources) = site.diagnostics();
        let style = milepost::testing::Style { is_coloured: false, width: 80 };
        let printed = milepost::testing::human(&diagnostics, &sources, style);
        let position = format!("--> {path}:1:{column}\n");
        assert!(printed.contains(&position), "{text}: {printed}");
    }
}

#[test]
fn the_style_sheet_works_in_both_directions_of_writing() {
    let css = fs::read_to_string(repository().join("themes/plain/styles/main.css")).unwrap();
    for (number, line) in css.lines().enumerate().filter(|(_, line)| !line.contains("[align=")) {
        let physical = ["-left", "-right", "left:", "right:", ": left", ": right", "float"];
        let found = physical.iter().find(|word| line.contains(**word));
        assert_eq!(found, None, "line {}: {line}", number + 1);
        for declaration in line.split(['{', '}', ';']) {
            let Some((_, values)) = declaration.split_once(": ") else { continue };
            if let [_, right, _, left] = values.split_whitespace().collect::<Vec<_>>()[..]
                && ["margin", "padding", "inset"].iter().any(|name| declaration.contains(name))
            {
                assert_eq!(right, left, "line {}: {line}", number + 1);
            }
        }
    }
}
