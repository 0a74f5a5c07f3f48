//! Our own markup in the values of templates.

use minijinja::Value;
use minijinja::value::ValueKind;

use crate::html::Html;

/// The markup in a value; `None` if the value is not markup.
pub(super) fn markup_of(value: &Value) -> Option<Value> {
    let is_map = value.kind() == ValueKind::Map;
    let markup = is_map.then(|| value.get_attr(Html::KEY).ok()).flatten();
    markup.filter(|markup| markup.as_str().is_some())
}
