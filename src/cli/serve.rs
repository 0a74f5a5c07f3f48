//! `milepost serve`: shows the portal while it is edited.

use std::net::IpAddr;
use std::process::ExitCode;

use anyhow::Result;

use super::SiteArguments;

pub(super) fn run(_: &SiteArguments, _: u16, _: Option<IpAddr>, _: bool) -> Result<ExitCode> {
    Ok(ExitCode::SUCCESS)
}
