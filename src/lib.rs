//! Milepost turns a folder of TOML files, one per government commitment, into a public progress
//! portal: a static website that any host can serve.
//!
//! # The map of the house
//!
//! The program is a pipeline that runs one way. [`pipeline`] has its stages in order:
//!
//! ```text
//! folder ──disk──▶ Sources ──draft::read──▶ Drafts ──check::resolve──▶ Portal ──page::plan──▶ [Page]
//!                                                                                              │
//! Problems ◀── every stage adds what it finds, and goes on              render ──▶ bytes ◀────┘
//! ```
//!
//! * A **draft** is what somebody wrote, with the place of every word; the **portal** is what holds.
//!   One function, [`check::resolve`], consumes the first and makes the second.
//! * **Diagnostics are values** beside the result, never an `Err` and never a panic. All of their
//!   wording is in [`problems`].
//! * **A page is a small value**, and any page can be rendered at any time, on any thread.
//! * **A file that is made of the same is the same**: [`ingredients`] says what each is made of, and a second
//!   build keeps those files. The model is made whole every time.
//! * **Only [`disk`] touches files**, only [`cli`] prints and reads the clock.
//!
//! # Floors
//!
//! A module uses the floors below its own; never its own floor or a higher one. A test holds this plan,
//! and that each foreign crate has one owner. Addresses lie below the checks, because a check has to
//! know which names would take the address of something else.
//!
//! | floor | modules |
//! |---|---|
//! | 0 | [`source`], [`html`], [`output`], [`memory`], [`fingerprint`] |
//! | 1 | [`diagnostic`], [`model`] |
//! | 2 | [`problems`] |
//! | 3 | [`document`] |
//! | 4 | [`settings`], [`draft`] |
//! | 5 | [`route`], [`theme_files`] |
//! | 6 | [`check`] |
//! | 7 | [`markdown`], [`chart`], [`stylesheet`], [`language`], [`compress`], [`linked_data`] |
//! | 8 | [`theme`], [`export`], [`view`], [`card`] |
//! | 9 | [`page`] |
//! | 10 | [`render`], [`ingredients`] |
//! | 11 | [`pipeline`] |
//! | 12 | [`disk`], [`emit`] |
//! | 13 | [`serve`] |
//! | 14 | [`cli`] |

pub mod card;
pub mod changes;
pub mod chart;
pub mod check;
pub mod cli;
pub mod compress;
pub mod diagnostic;
pub mod disk;
pub mod document;
pub mod draft;
pub mod emit;
pub mod export;
pub mod hash;
pub mod html;
pub mod language;
pub mod linked_data;
pub mod markdown;
pub mod model;
pub mod output;
pub mod page;
pub mod pipeline;
pub mod problems;
pub mod render;
pub mod route;
pub mod serve;
pub mod settings;
pub mod source;
pub mod stylesheet;
pub mod theme;
pub mod theme_files;
pub mod unicode;
pub mod view;
