//! The form that ministries fill in: a workbook for spreadsheet programs, or CSV. The portal and a language
//! go in and bytes come out; bytes go in, and answers, problems and the changed files of the site come out.
//!
//! A workbook comes back from other people: it is measured before it is unpacked, and the columns are found
//! wherever they are. What is wrong with an answer is for the checks of the site to say, as for a file that
//! somebody edits; this module knows from which cell it came. It does not know the disk or the clock.

mod address;
mod answer;
mod column;
mod form;
mod merge;
mod sheet;
mod value;
mod write;

pub use answer::{Answers, Target, find_answers};
pub use form::Form;
pub use merge::{Merged, Winner, merge};
pub use sheet::{MAX_FILE, read};
pub use write::{csv, xlsx};
