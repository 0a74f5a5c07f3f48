//! The declaration of the file format: the kinds of files, and their keys.
//!
//! Everything that needs to know the keys uses this declaration: reading, problems with keys, JSON
//! Schema, and the editors' guide. This module does not read files and does not validate values.

mod declaration;
mod file_name;
mod guide;
mod key;
mod path;
mod schema;
mod template;

pub use declaration::{
    Kind, PLURAL_FORMS, all_keys, entries_of, entry_keys, inner_section, is_address, is_decimal,
    is_list, is_one_or_more, is_repeated_section,
};
pub use file_name::{
    FONTS_FOLDER, MAX_FONTS, NameUse, file_type_list, is_device_name, is_font, is_harmless,
    is_host_file, is_left_over, use_of_name,
};
pub use guide::{example, policy_areas};
pub use key::{Key, TableFormat, ValueType};
pub use path::{SectionShape, TablePath};
pub use schema::schema;
pub use template::{KnownValue, later_sections, new_file, new_section};
