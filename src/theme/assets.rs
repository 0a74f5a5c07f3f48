//! `asset("logo.svg")`: the link from a page to a file in the theme's `assets/`.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use minijinja::value::{Object, from_args};
use minijinja::{Error, ErrorKind, State, Value};

use crate::problems::templates;
use crate::theme_files::ThemeFiles;
use crate::web_address::percent_encoded;

/// The paths of the theme's assets, relative to `assets/`.
pub(super) type Assets = Arc<BTreeSet<String>>;

pub(super) fn assets(files: &ThemeFiles) -> Assets {
    let texts = files.in_folder("assets").into_iter().map(|(path, ..)| path.to_owned());
    Arc::new(texts.chain(files.binary_assets().map(|(path, _)| path.to_owned())).collect())
}

/// The function on one page.
pub(super) struct AssetFunction {
    pub assets: Assets,
    /// The address of the portal's root, relative to the page.
    pub root: String,
}

impl fmt::Debug for AssetFunction {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "links to assets from {}", self.root)
    }
}

impl Object for AssetFunction {
    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let (name,): (&str,) = from_args(args)?;
        if !self.assets.contains(name) {
            let detail = templates::no_asset(name, self.assets.iter().map(String::as_str));
            return Err(Error::new(ErrorKind::InvalidOperation, detail));
        }
        Ok(Value::from(format!("{}assets/{}", self.root, percent_encoded(name))))
    }
}
