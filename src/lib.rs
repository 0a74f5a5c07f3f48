//! Milepost turns a folder of TOML files, one per government commitment, into a public progress
//! portal: a static website that any host can serve.
//!
//! # Architecture
//!
//! The program is a pipeline that runs one way. `pipeline` contains its stages in order:
//!
//! ```text
//! folder ──disk──▶ Sources ──draft::read──▶ Drafts ──check::resolve──▶ Portal ──page::plan──▶ [Page]
//!                                                                                              │
//! Diagnostics ◀── each stage adds its problems and continues            render ──▶ bytes ◀────┘
//! ```
//!
//! * A **draft** is content as written, with the position of every value. The **portal** is valid
//!   content. One function, `check::resolve`, consumes the first and returns the second.
//! * **Problems do not end a stage.** A stage returns them beside its result and continues. Their
//!   wording is in `problems`.
//! * **A page** (any file of the portal) **is a small value.** It can be rendered at any time, on any
//!   thread.
//! * **Every build renders every page.** `disk` compares each file with the old one and leaves equal
//!   files unchanged. Only cards are cached, because drawing them is expensive.
//! * **`starter` returns the files of a new site**, new content and copies of the theme, as paths with texts.
//! * **Only `disk` opens, writes or deletes files**, except that `card` reads the system's fonts if a portal
//!   needs them; only `cli` prints and reads today's date.
//!
//! # Floors
//!
//! A module imports only modules on lower floors. The same holds for the files of a folder: no imports
//! are circular. `tests/it/tidy.rs` derives this table from the code, and enforces that only its owners
//! use an external crate.
//!
//! | floor | modules |
//! |---|---|
//! | 0 | `compress`, `edit`, `hash`, `html`, `output`, `source`, `unicode`, `web_address` |
//! | 1 | `changes`, `diagnostic`, `git_host`, `linked_data`, `model`, `web` |
//! | 2 | `chart`, `format`, `route` |
//! | 3 | `figure`, `problems` |
//! | 4 | `document`, `markdown` |
//! | 5 | `draft` |
//! | 6 | `settings` |
//! | 7 | `check`, `difference`, `theme_files` |
//! | 8 | `emit`, `language`, `stylesheet` |
//! | 9 | `card`, `export`, `starter`, `theme`, `view` |
//! | 10 | `page`, `workbook` |
//! | 11 | `render` |
//! | 12 | `pipeline` |
//! | 13 | `disk`, `import` |
//! | 14 | `serve` |
//! | 15 | `cli` |

mod card;
mod changes;
mod chart;
mod check;
mod cli;
mod compress;
mod diagnostic;
mod difference;
mod disk;
mod document;
mod draft;
mod edit;
mod emit;
mod export;
mod figure;
mod format;
mod git_host;
mod hash;
mod html;
mod import;
mod language;
mod linked_data;
mod markdown;
mod model;
mod output;
mod page;
mod pipeline;
mod problems;
mod render;
mod route;
mod serve;
mod settings;
mod source;
mod starter;
mod stylesheet;
mod theme;
mod theme_files;
mod unicode;
mod view;
mod web;
mod web_address;
mod workbook;

pub use cli::run;

/// The parts of the program that its tests call. This is not a stable interface.
pub mod testing {
    pub use crate::card::FontSources;
    pub use crate::diagnostic::{Code, Diagnostic, Diagnostics, Related, Severity, SourceLocation};
    pub use crate::disk::{MAX_FILE_SIZE, MAX_FILES, read_site};
    pub use crate::emit::{Style, github, human, json, sarif, short};
    pub use crate::export::{MAX_ADDRESSES, MAX_LINKS, sitemap_index};
    pub use crate::format::{Kind, example, file_type_list, policy_areas, schema};
    pub use crate::import::{Import, ImportError, Target, check as check_import, table, template};
    pub use crate::model::{LanguageCode, PartialDate, Standing};
    pub use crate::page::{Page, sitemap_files};
    pub use crate::pipeline::{BuildOptions, assemble, check_pages, plan, render_all};
    pub use crate::problems::{
        gone_link, moved_link, no_archive, too_many_files, unclear_link, unreadable_file,
    };
    pub use crate::render::Rendered;
    pub use crate::source::{Attachment, Source, Sources, Span};
    pub use crate::starter::{Addition, Change, add};
    pub use crate::theme_files::with_built_in;
    pub use crate::workbook::{
        Target as FormTarget, Winner, find_answers, merge, read as read_form,
    };
}
