//! What a declaration says about a key.

use crate::model::Vocabulary;

/// The keys of a table.
#[derive(Debug)]
pub struct TableFormat {
    /// In the order of the editors' guide. Tables come last, as TOML requires.
    pub keys: &'static [Key],
}

/// A key of a table.
#[derive(Debug)]
pub struct Key {
    pub name: &'static str,
    pub value_type: ValueType,
    pub is_required: bool,
    /// What the value means, for editors: a phrase without a final period.
    pub meaning: &'static str,
    /// A value as it is written in the editors' guide; empty for a section. The example of a table in
    /// braces contains its keys.
    pub example: &'static str,
    /// The version of Milepost that introduced the key. The constructors set the first version: a later
    /// key is `Key { since: "0.2.0", ..Key::optional(…) }`.
    pub since: &'static str,
    /// Whether a missing translation is normal: the wording of a plan exists in the languages of the plan.
    pub may_lack_translation: bool,
}

/// The type of a value.
#[derive(Debug, Clone, Copy)]
pub enum ValueType {
    /// A text of one line, which can be translated.
    Line,
    /// A Markdown text, which can be translated.
    Markdown,
    /// A list of texts of one line, which can be translated.
    Lines,
    /// A text of one line that only translations have.
    LineOfTranslations,
    /// A text of one line that is the same in every language, such as an id.
    Name,
    Names,
    /// A name, or a list of names.
    OneOrMoreNames,
    /// One of a closed list of values.
    Choice(Vocabulary),
    Choices(Vocabulary),
    /// A BCP 47 language tag.
    LanguageCode,
    LanguageCodes,
    /// A year, month or day.
    Date,
    /// A date, or `not-applicable`.
    EndDate,
    Boolean,
    /// A number with at most four decimals.
    Decimal,
    /// A whole number between two numbers, inclusive.
    Number(u16, u16),
    /// The path of a file, such as `files/decree.pdf`.
    File,
    /// An `https` or `http` URL.
    WebAddress,
    /// The URL of a folder, to which the paths of pages can be appended.
    FolderAddress,
    /// A URL, or an email address that starts with `mailto:`.
    ContactAddress,
    EmailAddress,
    /// A section: `[key]`.
    Table(&'static TableFormat),
    /// Any number of sections: `[[key]]`.
    Tables(&'static TableFormat),
    /// One section, `[key]`, or any number: `[[key]]`.
    OneOrMoreTables(&'static TableFormat),
    /// A table in braces: `{ title = "…" }`.
    InlineTable(&'static TableFormat),
    /// A list of tables in braces.
    InlineTables(&'static TableFormat),
    /// A section whose keys are data.
    Entries,
}

impl TableFormat {
    /// The format of a table whose keys are data.
    pub const EMPTY: TableFormat = TableFormat { keys: &[] };

    /// Returns the key with a name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// Returns the keys that the table itself can contain.
    pub fn originals(&self) -> impl Iterator<Item = &'static Key> {
        let is_original = |key: &&Key| !matches!(key.value_type, ValueType::LineOfTranslations);
        self.keys.iter().filter(is_original)
    }

    /// Returns the keys that the tables of translations can contain.
    pub fn translated(&self) -> impl Iterator<Item = &'static Key> {
        self.keys.iter().filter(|key| key.value_type.is_translated())
    }
}

impl Key {
    pub(super) const fn required(
        name: &'static str,
        value_type: ValueType,
        meaning: &'static str,
        example: &'static str,
    ) -> Key {
        Key {
            name,
            value_type,
            is_required: true,
            meaning,
            example,
            since: "0.1.0",
            may_lack_translation: false,
        }
    }

    pub(super) const fn optional(
        name: &'static str,
        value_type: ValueType,
        meaning: &'static str,
        example: &'static str,
    ) -> Key {
        Key {
            name,
            value_type,
            is_required: false,
            meaning,
            example,
            since: "0.1.0",
            may_lack_translation: false,
        }
    }

    /// The same key, whose translations nobody misses.
    pub(super) const fn in_language_of_plan(self) -> Key {
        Key { may_lack_translation: true, ..self }
    }

    /// An optional section.
    pub(super) const fn section(
        name: &'static str,
        value_type: ValueType,
        meaning: &'static str,
    ) -> Key {
        Key::optional(name, value_type, meaning, "")
    }
}

impl ValueType {
    /// Whether the tables of translations can contain a key of this type.
    pub fn is_translated(self) -> bool {
        matches!(
            self,
            ValueType::Line
                | ValueType::Markdown
                | ValueType::Lines
                | ValueType::LineOfTranslations
        )
    }

    /// Whether the values stand below a header.
    pub fn is_section(self) -> bool {
        matches!(self, ValueType::Table(_) | ValueType::Tables(_) | ValueType::OneOrMoreTables(_))
    }

    /// Returns the format of the table or tables, or `None` for any other type.
    pub fn table(self) -> Option<&'static TableFormat> {
        match self {
            ValueType::Table(table)
            | ValueType::Tables(table)
            | ValueType::OneOrMoreTables(table)
            | ValueType::InlineTable(table)
            | ValueType::InlineTables(table) => Some(table),
            _ => None,
        }
    }
}
