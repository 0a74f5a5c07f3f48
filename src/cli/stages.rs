//! `-v`: prints what the program does, stage by stage, with counts and times.

use std::cell::Cell;
use std::io::{self, Write};
use std::time::Instant;

use crate::pipeline::Stage;
use crate::problems::words::Count;

/// Prints a line on standard error for each stage, if the user asked for it.
pub(super) struct Stages {
    /// The end of the last stage; `None` if nothing is printed.
    last: Option<Cell<Instant>>,
}

impl Stages {
    pub(super) fn silent() -> Self {
        Stages { last: None }
    }

    pub(super) fn printed() -> Self {
        Stages { last: Some(Cell::new(Instant::now())) }
    }

    /// Prints a stage that has ended, with the time since the one before it.
    pub(super) fn end(&self, stage: &Stage) {
        let Some(last) = &self.last else { return };
        let seconds = last.replace(Instant::now()).elapsed().as_secs_f64();
        // Nothing happens if standard error is closed.
        let _ = writeln!(io::stderr(), "{seconds:8.3} s  {}", describe(stage));
    }
}

fn describe(stage: &Stage) -> String {
    match stage {
        Stage::Read(files) => {
            format!("read {}, including those of the built-in theme", Count(*files, "file"))
        }
        Stage::Parsed(files) => format!("parsed {} of `content/`", Count(*files, "file")),
        Stage::Checked { commitments, problems } => format!(
            "checked {}: {} so far",
            Count(*commitments, "commitment"),
            Count(*problems, "problem")
        ),
        Stage::Themed(languages) => {
            format!("loaded the theme and {}", Count(*languages, "language file"))
        }
        Stage::Planned(files) => format!("planned {}", Count(*files, "file")),
        Stage::Rendered(files) => format!("rendered {}", Count(*files, "file")),
        Stage::Published { written, unchanged } => {
            format!("published {}, {unchanged} unchanged", Count(*written, "new or changed file"))
        }
    }
}
