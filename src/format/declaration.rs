//! The kinds of files and their keys. To add a key, add one entry here; `.github/CONTRIBUTING.md`
//! lists what else a key needs.

use strum::{IntoStaticStr, VariantArray};

use super::key::Key;
use super::key::ValueType::{
    Boolean, Choice, Choices, ContactAddress, Date, Decimal, EmailAddress, EndDate, Entries, File,
    FolderAddress, InlineTable, InlineTables, LanguageCode, LanguageCodes, Line,
    LineOfTranslations, Lines, Markdown, Name, Names, Number, OneOrMoreNames, OneOrMoreTables,
    Table, Tables, WebAddress,
};
use super::key::{TableFormat, ValueType};
use crate::model::Vocabulary;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Kind {
    /// One promise of an action plan.
    Commitment,
    /// A plan with its chapters.
    ActionPlan,
    /// A body that carries out commitments.
    Agency,
    /// A body that assesses commitments.
    Assessor,
    /// A document that assesses commitments.
    Report,
    /// The settings.
    Site,
    /// The front matter of an article.
    Article,
    /// A language file of a theme.
    Language,
    /// The descriptions of the columns of the data in a language.
    Columns,
}

impl Kind {
    /// Returns the name on the command line, as in `action-plan`.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Returns the kinds that editors write as TOML files, in the order of the editors' guide.
    pub fn of_editors() -> Vec<Kind> {
        let is_other =
            |kind: &&Kind| matches!(kind, Kind::Article | Kind::Language | Kind::Columns);
        Kind::VARIANTS.iter().filter(|kind| !is_other(kind)).copied().collect()
    }

    /// Returns the paths of the files of this kind, relative to the site folder.
    pub fn files(self) -> &'static str {
        match self {
            Kind::Commitment => "content/commitments/<plan>/<number>.toml",
            Kind::ActionPlan => "content/action-plans/<plan>.toml",
            Kind::Agency => "content/agencies/<name>.toml",
            Kind::Assessor => "content/assessors/<name>.toml",
            Kind::Report => "content/reports/<name>.toml",
            Kind::Site => "site.toml",
            Kind::Article => "content/articles/<name>.md",
            Kind::Language => "themes/<theme>/languages/<language>.toml",
            Kind::Columns => "themes/<theme>/languages/<language>.columns.toml",
        }
    }

    /// Returns the keys of the file.
    pub fn table(self) -> &'static TableFormat {
        match self {
            Kind::Commitment => &COMMITMENT,
            Kind::ActionPlan => &ACTION_PLAN,
            Kind::Agency => &AGENCY,
            Kind::Assessor => &ASSESSOR,
            Kind::Report => &REPORT,
            Kind::Site => &SITE,
            Kind::Article => &ARTICLE,
            Kind::Language => &LANGUAGE,
            Kind::Columns => &COLUMNS,
        }
    }
}

/// Whether sections with this name can occur any number of times, as in `[[updates]]`.
pub fn is_repeated_section(name: &str) -> bool {
    let is_repeated = |key: &Key| matches!(key.value_type, Tables(_) | OneOrMoreTables(_));
    let tables = Kind::VARIANTS.iter().map(|kind| kind.table());
    tables.filter_map(|table| table.key(name)).any(is_repeated)
}

/// Whether there is a key with this name, and every such key has a type. Sections may have keys of the same
/// name and of different types.
fn each_key(name: &str, has_type: impl Fn(ValueType) -> bool) -> bool {
    let mut keys = all_keys().filter(|key| key.name == name).peekable();
    keys.peek().is_some() && keys.all(|key| has_type(key.value_type))
}

/// Whether a key with this name has a list of names or texts.
pub fn is_list(name: &str) -> bool {
    each_key(name, |value| matches!(value, Lines | Names | Choices(_) | LanguageCodes))
}

/// Whether a key with this name has a name or a list of names.
pub fn is_one_or_more(name: &str) -> bool {
    each_key(name, |value| matches!(value, OneOrMoreNames))
}

/// Whether a key with this name has the address of a page or a file.
pub fn is_address(name: &str) -> bool {
    each_key(name, |value| matches!(value, WebAddress | File))
}

/// Whether a key with this name has a number that can have decimals.
pub fn is_decimal(name: &str) -> bool {
    each_key(name, |value| matches!(value, Decimal))
}

/// Returns the keys of the entries in braces that a key with this name can have.
pub fn entry_keys(name: &str) -> Vec<&'static str> {
    let entry = |key: &Key| match key.value_type {
        InlineTable(entry) | InlineTables(entry) if key.name == name => Some(entry),
        _ => None,
    };
    let keys = all_keys().find_map(entry).into_iter().flat_map(TableFormat::originals);
    keys.map(|key| key.name).collect()
}

/// Returns the header of a section that belongs to another section: `[[indicators.values]]` for `values`.
pub fn inner_section(name: &str) -> Option<String> {
    let tables = Kind::VARIANTS.iter().map(|kind| kind.table());
    let mut sections =
        tables.flat_map(|table| table.keys).filter(|key| key.value_type.is_section());
    sections.find_map(|section| {
        let inner = section.value_type.table()?.key(name)?;
        match inner.value_type {
            Tables(_) => Some(format!("[[{}.{name}]]", section.name)),
            Table(_) => Some(format!("[{}.{name}]", section.name)),
            _ => None,
        }
    })
}

/// Returns the keys of an entry in braces if a key with this name has a list of such entries.
pub fn entries_of(name: &str) -> Option<Vec<&'static str>> {
    each_key(name, |value| matches!(value, InlineTables(_))).then(|| entry_keys(name))
}

/// Returns the keys of all files and sections.
pub fn all_keys() -> impl Iterator<Item = &'static Key> {
    let mut tables: Vec<&TableFormat> = Kind::VARIANTS.iter().map(|kind| kind.table()).collect();
    let mut keys = Vec::new();
    while let Some(table) = tables.pop() {
        for key in table.keys {
            tables.extend(key.value_type.table());
            keys.push(key);
        }
    }
    keys.into_iter()
}

/// The keys follow OGP's Commitment Completion Template.
static COMMITMENT: TableFormat = TableFormat {
    keys: &[
        Key::required(
            "title",
            Line,
            "what is promised, in one line",
            r#""Launch a transparent account system for public money""#,
        ),
        Key::optional("chapter", Name, "a chapter of the plan", r#""3.3.1""#),
        Key::required(
            "lead",
            OneOrMoreNames,
            "the agency's file name, or a list of several",
            r#""ministry-of-finance""#,
        ),
        Key::optional(
            "supporting",
            Names,
            "agencies that support it",
            r#"["national-data-center"]"#,
        ),
        Key::optional(
            "partners",
            Lines,
            "actors outside the government",
            r#"["Civil society organizations"]"#,
        ),
        Key::optional(
            "values",
            Choices(Vocabulary::OgpValue),
            "OGP's values",
            r#"["access-to-information"]"#,
        ),
        Key::optional(
            "policy_areas",
            Choices(Vocabulary::PolicyArea),
            "from OGP's list, at the end of `content/README.md`",
            r#"["open-contracting"]"#,
        ),
        Key::optional("ogp_id", Name, "OGP's identifier", r#""MN0020""#),
        Key::optional("start_date", Date, "when the work starts", r#""2014""#),
        Key::optional(
            "end_date",
            EndDate,
            r#"when it should be completed, or "not-applicable": the deadline that holds now. When it moves, change it here and add [[rescheduled]], the oldest first"#,
            r#""2015""#,
        ),
        Key::required(
            "objective",
            Markdown,
            "the result that it aims at",
            "'''What it should achieve.'''",
        ),
        Key::required(
            "description",
            Markdown,
            "the promise in brief",
            "'''What is promised, in up to 140 characters.'''",
        ),
        Key::optional(
            "relevance",
            Markdown,
            "how it serves OGP's values",
            "'''Why it matters for open government.'''",
        ),
        Key::optional(
            "ambition",
            Markdown,
            "what will be better once it is completed",
            "'''What should improve as a result.'''",
        ),
        Key::optional(
            "official_title",
            Line,
            "its title as the adopted plan prints it",
            r#""Establishing a transparent account system""#,
        )
        .in_language_of_plan(),
        Key::optional(
            "official_text",
            Markdown,
            "its text as the adopted plan prints it",
            "'''3.3.1.3. To establish a transparent account system.'''",
        )
        .in_language_of_plan(),
        Key::optional(
            "carried_from",
            OneOrMoreNames,
            "the commitment of an earlier plan that this one continues, or a list of several",
            r#""2012-2014/7""#,
        ),
        Key::optional(
            "merged_into",
            Name,
            "the commitment that includes this one now: plan/number, not a draft. This one is no longer \
             counted",
            r#""2014-2015/3.3.1.2""#,
        ),
        Key::optional(
            "draft",
            Boolean,
            "not yet published; only the preview shows it: `milepost serve`",
            "true",
        ),
        Key::optional(
            "aliases",
            Names,
            "its former numbers: their addresses lead here",
            r#"["3.3.1.2a"]"#,
        ),
        Key::section(
            "contact",
            OneOrMoreTables(&CONTACT),
            "who is responsible for it; several: `[[contact]]`",
        ),
        Key::section("withdrawn", Table(&WITHDRAWAL), "only if the government dropped it"),
        Key::section("milestones", Tables(&MILESTONE), "one section per step"),
        Key::section(
            "rescheduled",
            Tables(&RESCHEDULE),
            "one section for each time the deadline moved",
        ),
        Key::section("indicators", Tables(&INDICATOR), "what it counts or measures"),
        Key::section("assessments", Tables(&ASSESSMENT), "one section per report that assesses it"),
        Key::section("updates", Tables(&UPDATE), "news between reports, one section per item"),
        Key::section(
            "corrections",
            Tables(&CORRECTION),
            "errors of this portal that were corrected",
        ),
    ],
};

static CONTACT: TableFormat = TableFormat {
    keys: &[
        Key::optional("name", Line, "the person's name", r#""B. Munkh-Erdene""#),
        Key::optional("role", Line, "the person's position", r#""Specialist""#),
        Key::optional(
            "department",
            Line,
            "the department or unit",
            r#""Department of Policy of Budget and Planning""#,
        ),
        Key::optional(
            "email",
            EmailAddress,
            "the office's address, not a private one",
            r#""office@ministry.gov.mn""#,
        ),
        Key::optional("phone", Name, "the office's number", r#""+976 11 000000""#),
    ],
};

static WITHDRAWAL: TableFormat = TableFormat {
    keys: &[
        Key::optional("date", Date, "when it was dropped", r#""2015-03""#),
        Key::optional("reason", Markdown, "why it was dropped", "'''The law was repealed.'''"),
    ],
};

static INDICATOR: TableFormat = TableFormat {
    keys: &[
        Key::required("id", Name, "a short name, for data and addresses", r#""offices""#),
        Key::required("title", Line, "what is counted", r#""Offices in the system""#),
        Key::required("unit", Line, "what is counted: offices, %, million", r#""offices""#),
        Key::optional(
            "source",
            Markdown,
            "where the numbers come from",
            "'''The ministry's register.'''",
        ),
        Key::optional(
            "baseline",
            InlineTable(&DATED_QUANTITY),
            "the number at the start",
            r#"{ value = 0, date = "2013" }"#,
        ),
        Key::optional(
            "target",
            InlineTable(&DATED_QUANTITY),
            "the number that is promised",
            r#"{ value = 200, date = "2015" }"#,
        ),
        Key::section("values", Tables(&INDICATOR_VALUE), "one section per number"),
    ],
};

static DATED_QUANTITY: TableFormat = TableFormat {
    keys: &[
        Key::required("value", Decimal, "digits only, with a point for decimals: 1100, 3.5", "0"),
        Key::optional("date", Date, "when it holds", r#""2013""#),
    ],
};

static INDICATOR_VALUE: TableFormat = TableFormat {
    keys: &[
        Key::required("date", Date, "when it was counted", r#""2015""#),
        Key::required("value", Decimal, "digits only, with a point for decimals: 1100, 3.5", "40"),
        Key::optional(
            "report",
            Name,
            "the report that gives it",
            r#""2015-midterm-self-assessment""#,
        ),
        Key::optional("note", Markdown, "how exact it is", "'''The report says “some 40”.'''"),
    ],
};

static IRM: TableFormat = TableFormat {
    keys: &[
        Key::optional("verifiable", Boolean, "whether its completion can be verified", "true"),
        Key::optional(
            "specificity",
            Choice(Vocabulary::Specificity),
            "how specific its text is",
            r#""high""#,
        ),
        Key::optional(
            "relevance",
            Choices(Vocabulary::OgpValue),
            "the values to which it is relevant",
            r#"["access-to-information"]"#,
        ),
        Key::optional(
            "potential_impact",
            Choice(Vocabulary::PotentialImpact),
            "how much it could change, in plans until 2019",
            r#""moderate""#,
        ),
        Key::optional(
            "potential_for_results",
            Choice(Vocabulary::PotentialForResults),
            "the same, in plans from 2020",
            r#""modest""#,
        ),
        Key::optional(
            "did_it_open_government",
            Choice(Vocabulary::OpenedGovernment),
            "how far it changed government practice",
            r#""marginal""#,
        ),
        Key::optional(
            "early_results",
            Choice(Vocabulary::EarlyResults),
            "what it has changed so far, in plans from 2020",
            r#""moderate""#,
        ),
        Key::optional("starred", Boolean, "whether OGP gave it a star", "false"),
    ],
};

static RESCHEDULE: TableFormat = TableFormat {
    keys: &[
        Key::required("date", Date, "when it was decided", r#""2014-10""#),
        Key::required("from", Date, "the deadline before", r#""2014""#),
        Key::required("to", Date, "the deadline since then", r#""2015""#),
        Key::optional("reason", Markdown, "why it moved", "'''The tender was repeated.'''"),
    ],
};

static CORRECTION: TableFormat = TableFormat {
    keys: &[
        Key::required("date", Date, "when it was corrected", r#""2015-11-20""#),
        Key::required(
            "text",
            Markdown,
            "what was wrong, and what is right",
            "'''The number of offices was 40, not 400.'''",
        ),
    ],
};

static MILESTONE: TableFormat = TableFormat {
    keys: &[
        Key::optional("id", Name, "its number, for reports and addresses", r#""1""#),
        Key::required("title", Line, "the step, in one line", r#""First step""#),
        Key::optional(
            "lead",
            OneOrMoreNames,
            "who carries it out, if it is not the lead of the commitment",
            r#""national-data-center""#,
        ),
        Key::optional("start_date", Date, "when the work starts", r#""2014-07""#),
        Key::optional("end_date", EndDate, "when it should be completed", r#""2014-12""#),
        Key::optional("completed_date", Date, "when it was completed", r#""2014-11""#),
        Key::optional(
            "level",
            Choice(Vocabulary::CompletionLevel),
            "how much is done, as the lead agency says; what a report says belongs to the assessment",
            r#""completed""#,
        ),
        Key::optional(
            "description",
            Markdown,
            "more about it",
            "'''The standard says what to publish.'''",
        ),
        Key::optional(
            "evidence",
            InlineTables(&EVIDENCE),
            "as in an assessment",
            r#"[{ title = "The standard", url = "https://example.org/standard" }]"#,
        ),
    ],
};

static ASSESSMENT: TableFormat = TableFormat {
    keys: &[
        Key::required(
            "report",
            Name,
            "the report's file name",
            r#""2015-midterm-self-assessment""#,
        ),
        Key::optional(
            "level",
            Choice(Vocabulary::AssessedLevel),
            "how much is done; leave it out if the report does not say",
            r#""limited""#,
        ),
        Key::optional(
            "results",
            Markdown,
            "what was done",
            "'''The system shows the spending of 40 offices.'''",
        ),
        Key::optional(
            "next_steps",
            Markdown,
            "what comes next",
            "'''The other offices join in 2016.'''",
        ),
        Key::optional(
            "additional_information",
            Markdown,
            "what remains to be done, and what prevents it",
            "'''Two offices have no network.'''",
        ),
        Key::optional(
            "note",
            Markdown,
            "your remark on how the portal shows the report, not part of the report",
            "'''How the portal arrived at this.'''",
        ),
        Key::optional(
            "evidence",
            InlineTables(&EVIDENCE),
            "links, or files in content/files/",
            concat!(
                "[\n",
                "  { title = \"The decree\", url = \"https://example.org/decree\" },\n",
                "  { title = \"The budget\", file = \"files/budget.pdf\", language = \"mn\" },\n",
                "]"
            ),
        ),
        Key::optional(
            "challenges",
            Choices(Vocabulary::Challenge),
            "what stands in the way",
            r#"["funding"]"#,
        ),
        Key::section(
            "milestones",
            Tables(&ASSESSED_MILESTONE),
            "what the report says about each milestone: below its own [[assessments]], after all its other \
             keys",
        ),
        Key::section("irm", Table(&IRM), "only in an IRM report: OGP's own codes"),
    ],
};

static ASSESSED_MILESTONE: TableFormat = TableFormat {
    keys: &[
        Key::required("id", Name, "the id of the milestone", r#""1""#),
        Key::required(
            "level",
            Choice(Vocabulary::CompletionLevel),
            "how much is done, as the report says",
            r#""completed""#,
        ),
        Key::optional("note", Markdown, "what the report says about it", "'''It is in force.'''"),
    ],
};

static EVIDENCE: TableFormat = TableFormat {
    keys: &[
        Key::required("title", Line, "what the document is", r#""The budget""#),
        Key::optional("url", WebAddress, "where to read it", r#""https://example.org/decree""#),
        Key::optional(
            "file",
            File,
            "instead of url: a file in content/files/",
            r#""files/budget.pdf""#,
        ),
        Key::optional("language", LanguageCode, "the language of the document", r#""mn""#),
        Key::optional(
            "archived",
            WebAddress,
            "a permanent copy, in a web archive",
            r#""https://archive.example/decree""#,
        ),
        Key::optional("accessed", Date, "when you saw the page", r#""2015-10-01""#),
    ],
};

static UPDATE: TableFormat = TableFormat {
    keys: &[
        Key::required("date", Date, "when it happened", r#""2015-03-02""#),
        Key::required(
            "text",
            Markdown,
            "what happened",
            "'''The ministry published the first data.'''",
        ),
        Key::optional(
            "evidence",
            InlineTables(&EVIDENCE),
            "as in an assessment",
            r#"[{ title = "The list", url = "https://example.org/list" }]"#,
        ),
        Key::optional(
            "challenges",
            Choices(Vocabulary::Challenge),
            "as in an assessment",
            r#"["approvals"]"#,
        ),
    ],
};

static ACTION_PLAN: TableFormat = TableFormat {
    keys: &[
        Key::required("title", Line, "the plan's full name", r#""National Action Plan 2014–2015""#),
        Key::optional("number", Number(1, 99), "1 for the country's first plan", "1"),
        Key::required("start_date", Date, "when the plan starts", r#""2014""#),
        Key::required("end_date", Date, "when it ends", r#""2015""#),
        Key::optional(
            "next_report_due",
            Date,
            "when the next report on the plan is due; shown until a report of that date or later is there",
            r#""2015-09""#,
        ),
        Key::section("chapters", Tables(&CHAPTER), "one section per chapter"),
    ],
};

static CHAPTER: TableFormat = TableFormat {
    keys: &[
        Key::required("number", Name, "as printed in the plan", r#""3.3.1""#),
        Key::required("title", Line, "the chapter's title", r#""Open information""#),
    ],
};

static AGENCY: TableFormat = TableFormat {
    keys: &[
        Key::required("name", Line, "the full name", r#""Ministry of Finance""#),
        Key::optional("short_name", Line, "for tables and other narrow places", r#""MoF""#),
        Key::optional("website", WebAddress, "the agency's own site", r#""https://mof.example""#),
        Key::optional(
            "aliases",
            Names,
            "its former names, or other names that commitments use for it: the addresses of these \
             names lead here",
            r#"["finance-ministry"]"#,
        ),
        Key::optional("from", Date, "when it was founded", r#""2012""#),
        Key::optional("until", Date, "when it was abolished", r#""2016-07""#),
        Key::optional(
            "former_names",
            InlineTables(&FORMER_NAME),
            "names that it had; readers find it by them. Only a new name? Keep the file, change `name` and add \
             the old one here",
            r#"[{ name = "Ministry of Economy", until = "2012" }]"#,
        ),
        Key::section(
            "became",
            Tables(&SUCCESSION),
            "one section for each agency that took over its work: another one, with a file of its own",
        ),
    ],
};

static FORMER_NAME: TableFormat = TableFormat {
    keys: &[
        Key::required("name", Line, "the full name", r#""Ministry of Economy""#),
        Key::required("until", Date, "the last date on which it had the name", r#""2012""#),
    ],
};

static SUCCESSION: TableFormat = TableFormat {
    keys: &[
        Key::required("agency", Name, "the agency's file name", r#""national-data-center""#),
        Key::required("date", Date, "when it took over", r#""2016-07""#),
        Key::optional("kind", Choice(Vocabulary::SuccessionKind), "what happened", r#""merged""#),
    ],
};

static ASSESSOR: TableFormat = TableFormat {
    keys: &[
        Key::required("name", Line, "the full name", r#""Transparency Watch""#),
        Key::required("kind", Choice(Vocabulary::AssessorKind), "what it is", r#""civil-society""#),
        Key::optional("website", WebAddress, "its own site", r#""https://watch.example""#),
    ],
};

static REPORT: TableFormat = TableFormat {
    keys: &[
        Key::required("title", Line, "the report's title", r#""Midterm self-assessment report""#),
        Key::required(
            "assessor",
            Name,
            "who assesses: government, irm, civil-society, or a file name in content/assessors/",
            r#""government""#,
        ),
        Key::optional(
            "kind",
            Choice(Vocabulary::ReportKind),
            "what it is in OGP's cycle; OGP's dataset has columns for some kinds",
            r#""midterm-self-assessment""#,
        ),
        Key::required("action_plan", Name, "the plan's file name", r#""2014-2015""#),
        Key::required("date", Date, "when it was published", r#""2015""#),
        Key::optional("url", WebAddress, "where to read it", r#""https://example.org/report""#),
        Key::optional(
            "file",
            File,
            "instead of url: a file in content/files/",
            r#""files/report.pdf""#,
        ),
        Key::optional(
            "partial",
            Boolean,
            "only part of it is entered here; every page that shows it says so",
            "true",
        ),
        Key::optional(
            "note",
            Markdown,
            "your remark on how the portal reads the report; shown below each chart of its levels",
            "'''Levels as read from the scanned tables.'''",
        ),
        Key::section(
            "sections",
            Tables(&REPORT_SECTION),
            "its other sections, besides the commitments",
        ),
    ],
};

static REPORT_SECTION: TableFormat = TableFormat {
    keys: &[
        Key::required("title", Line, "the section's title", r#""Introduction""#),
        Key::optional("text", Markdown, "what it says", "'''What it says.'''"),
    ],
};

static SITE: TableFormat = TableFormat {
    keys: &[
        Key::required(
            "title",
            Line,
            "the portal's name",
            r#""Open Government Progress: Mongolia""#,
        ),
        Key::required(
            "base_url",
            FolderAddress,
            "the portal's address on the web",
            r#""https://example.org/""#,
        ),
        Key::required("language", LanguageCode, "the default language", r#""en""#),
        Key::optional("languages", LanguageCodes, "all languages", r#"["en", "mn"]"#),
        Key::optional(
            "headline",
            Name,
            "whose levels the charts show: as `assessor` in a report [government]. Commitments that this \
             assessor has not assessed become *Not reported*",
            r#""government""#,
        ),
        Key::optional(
            "country",
            Name,
            "the country's code (ISO 3166), for OGP's columns",
            r#""MN""#,
        ),
        Key::optional(
            "level_of_government",
            Choice(Vocabulary::LevelOfGovernment),
            "whose commitments these are [national]",
            r#""national""#,
        ),
        Key::optional("theme", Name, "how the portal looks [plain]", r#""plain""#),
        Key::optional(
            "logo",
            File,
            "a picture for the top of each page and for share images: an SVG or PNG file of `content/root/`",
            r#""root/logo.svg""#,
        ),
        Key::optional(
            "accent",
            Name,
            "the colour of links, buttons and lines. Milepost makes it darker or lighter where text in \
             it would be hard to read",
            r##""#0b5394""##,
        ),
        Key::optional(
            "repository",
            WebAddress,
            "where your host edits a file, for the \"Edit this page\" links",
            r#""https://git.example.org/ogp/edit/main/""#,
        ),
        Key::optional(
            "report_mistakes",
            ContactAddress,
            "where readers report mistakes",
            r#""mailto:ogp@example.org""#,
        ),
        Key::optional(
            "publisher",
            Line,
            "the organisation that runs the portal",
            r#""Milepost example site""#,
        ),
        Key::optional(
            "contact_fields",
            Choices(Vocabulary::ContactField),
            "the keys of a contact to publish [all but phone]",
            r#"["name", "role", "department", "email"]"#,
        ),
        Key::optional(
            "stale_after_months",
            Number(1, 120),
            "months without news after which `check` warns [6]",
            "6",
        ),
        Key::optional("cards", Boolean, "whether pages have a share image [true]", "true"),
        Key::optional(
            "links",
            Choice(Vocabulary::LinkStyle),
            "`files` makes links end with `index.html`, for hosts that show nothing at the address of a \
             folder [folders]",
            r#""files""#,
        ),
        Key::optional(
            "translation_note",
            LineOfTranslations,
            "what kind of translation this is; shown on every page",
            r#""An unofficial translation.""#,
        ),
        Key::optional(
            "licence",
            InlineTable(&LICENCE),
            "the licence of texts and data",
            concat!(
                r#"{ title = "CC BY 4.0", "#,
                r#"url = "https://creativecommons.org/licenses/by/4.0/" }"#
            ),
        ),
    ],
};

static LICENCE: TableFormat = TableFormat {
    keys: &[
        Key::required("title", Name, "the short name", r#""CC BY 4.0""#),
        Key::required(
            "url",
            WebAddress,
            "the licence's text",
            r#""https://creativecommons.org/licenses/by/4.0/""#,
        ),
    ],
};

static ARTICLE: TableFormat = TableFormat {
    keys: &[Key::optional(
        "aliases",
        Names,
        "its former names: their addresses lead here",
        r#"["about-us"]"#,
    )],
};

static LANGUAGE: TableFormat = TableFormat {
    keys: &[
        Key::required("name", Name, "the language's own name for itself", r#""Монгол""#),
        Key::optional("locale", Name, "for dates and numbers", r#""en-GB""#),
        Key::optional(
            "reviewed_by",
            Names,
            "who has read the texts as a native speaker; without it, they are a draft",
            r#"["A. Reader"]"#,
        ),
        Key::section("messages", Entries, "the portal's own texts"),
    ],
};

static COLUMNS: TableFormat =
    TableFormat { keys: &[Key::section("messages", Entries, "a description of each column")] };

/// The forms of a message, by the plural category of its number (Unicode CLDR, "Plural Rules").
pub static PLURAL_FORMS: TableFormat = TableFormat {
    keys: &[
        Key::optional("zero", Name, "for no things", ""),
        Key::optional("one", Name, "for one thing", ""),
        Key::optional("two", Name, "for two things", ""),
        Key::optional("few", Name, "for a few things", ""),
        Key::optional("many", Name, "for many things", ""),
        Key::optional("other", Name, "for all other numbers", ""),
    ],
};
