//! What the tests of both suites share: sites, portals, previews and HTTP requests.
#![allow(dead_code, reason = "each suite uses a part")]

pub(crate) mod disk;
pub(crate) mod fixture;
pub(crate) mod http;
pub(crate) mod preview;
pub(crate) mod well_formed;
