//! `milepost theme`: copies files of the built-in theme to a site, or lists them.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;

use super::arguments::ThemeArguments;
use crate::diagnostic::Diagnostics;
use crate::disk;
use crate::settings::{self, DEFAULT_THEME};
use crate::starter;

pub(super) fn run(arguments: &ThemeArguments) -> Result<ExitCode> {
    let ThemeArguments { files, site } = arguments;
    let text: String = match files.as_slice() {
        [] => starter::theme_files().iter().map(|path| format!("{path}\n")).collect(),
        names => {
            let (sources, _) = disk::read_site(site)?;
            // `check` reports the problems of the site.
            let settings = settings::read(&sources, &mut Diagnostics::default());
            let theme = settings.map_or_else(|| DEFAULT_THEME.to_owned(), |all| all.site.theme);
            let copies = starter::copies(&theme, names)?;
            disk::create_files(site, &copies)?;
            let wrote = copies.iter().map(|copy| format!("Wrote `{}`.\n", copy.path));
            wrote
                .chain(["The site uses its own file instead of the built-in one now.\n".to_owned()])
                .collect()
        }
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
