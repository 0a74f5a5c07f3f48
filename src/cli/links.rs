//! `milepost links`: asks every page of another site that the site links to whether it still exists.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;

use super::arguments::{LinksArguments, PROBLEMS_FOUND};
use super::check::default_format;
use super::print::write_diagnostics;
use crate::diagnostic::Diagnostics;
use crate::disk;
use crate::pipeline::{self, OutsideLinks};
use crate::problems;
use crate::problems::words::Count;
use crate::source::{Span, Spanned};
use crate::web::{self, Answer};

pub(super) fn run(arguments: &LinksArguments) -> Result<ExitCode> {
    let LinksArguments { path, timeout, format } = arguments;
    let folder = disk::folder_in_repository(path);
    let (sources, mut found) = disk::read_site(path)?;
    let links = pipeline::outside_links(&sources, &mut found);
    // Warnings about the content itself are those of `check`.
    let errors = found.into_sorted(&sources).into_iter().filter(|problem| problem.is_error());
    let mut diagnostics = Diagnostics::default();
    diagnostics.extend(errors);
    let mut asked = 0;
    if let Some(links) = links {
        asked = ask(&links, Duration::from_secs((*timeout).into()), &mut diagnostics);
    }
    let has_errors = diagnostics.has_errors();
    let format = format.unwrap_or_else(default_format);
    let mut out = io::stdout().lock();
    write_diagnostics(&mut out, &diagnostics.into_sorted(&sources), &sources, format, &folder)?;
    if format.is_for_people() {
        writeln!(out, "Asked for {} of other sites.", Count(asked, "page"))?;
    }
    out.flush()?;
    Ok(if has_errors { ExitCode::from(PROBLEMS_FOUND) } else { ExitCode::SUCCESS })
}

/// Asks for each address once, and adds a problem at each link to it. Returns the number of addresses.
fn ask(links: &OutsideLinks, timeout: Duration, diagnostics: &mut Diagnostics) -> usize {
    let mut places: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for Spanned { value, span } in &links.links {
        // A server does not get the part after `#`.
        let address = value.split('#').next().unwrap_or(value);
        places.entry(address).or_default().push(*span);
    }
    let addresses: Vec<&str> = places.keys().copied().collect();
    let answers = web::ask_all(&addresses, timeout);
    for (answer, (address, spans)) in answers.iter().zip(&places) {
        let problem = |span: &Span| match answer {
            Answer::Found => None,
            Answer::Moved(target) => Some(problems::moved_link(*span, address, target)),
            Answer::Gone(reason) => Some(problems::gone_link(*span, address, reason)),
            Answer::Uncertain(reason) => Some(problems::unclear_link(*span, address, reason)),
        };
        diagnostics.extend(spans.iter().filter_map(problem));
    }
    diagnostics.extend(links.unarchived.iter().map(|span| problems::no_archive(*span)));
    addresses.len()
}
