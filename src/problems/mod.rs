//! The catalogue of problems: one function for each, and all of the wording.
//!
//! The messages are for editors who do not program. A message names the subject first and says what
//! is wrong; the help says what is allowed and gives one action. Both start in lower case, have no
//! final period, and quote the editor's text in backticks. This module does not decide whether
//! there is a problem: the module that detects one calls its function.

mod addresses;
mod cards;
mod content;
pub mod doubts;
pub mod explain;
mod failures;
mod files;
mod labels;
mod markdown;
mod numbers;
mod parts;
mod references;
mod refusals;
mod syntax;
pub mod templates;
mod theme;
mod values;
pub mod words;
pub mod workbook;

pub use addresses::*;
pub use cards::*;
pub use content::*;
pub use doubts::{DateDoubt, Doubt, ImportProblem};
pub use failures::{Action, DiffFailure, Failure};
pub use files::*;
pub use markdown::*;
pub use numbers::number_of;
pub use references::*;
pub use refusals::{ImportRefusal, Refusal};
pub use syntax::*;
pub use theme::*;
pub use values::*;
pub use workbook::{Conflict, WorkbookFailure};
