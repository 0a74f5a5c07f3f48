//! Values of templates that are markup of our own.

use minijinja::Value;
use minijinja::value::ValueKind;

use crate::html::Html;

/// The markup in a value; `None` if the value is anything else.
pub(super) fn markup_of(value: &Value) -> Option<Value> {
    let is_map = value.kind() == ValueKind::Map;
    is_map.then(|| value.get_attr(Html::KEY).ok()).flatten().filter(|it| it.as_str().is_some())
}
