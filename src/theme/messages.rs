//! `t("key", count=3)`: the interface texts in the language of the page.

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Kwargs, Object, from_args};
use minijinja::{Error, ErrorKind, State, Value};

use crate::language::{Argument, Language};
use crate::problems::templates;

pub(super) struct MessageFunction {
    language: Arc<Language>,
}

impl fmt::Debug for MessageFunction {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "messages in {}", self.language.code)
    }
}

impl Object for MessageFunction {
    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let (key, named): (&str, Kwargs) = from_args(args)?;
        let mut values = Vec::new();
        for name in named.args() {
            values.push((name, named.get::<Value>(name)?));
        }
        self.message(key, &values).map(Value::from)
    }
}

impl MessageFunction {
    pub(super) fn new(language: &Arc<Language>) -> Self {
        MessageFunction { language: Arc::clone(language) }
    }

    fn message(&self, key: &str, values: &[(&str, Value)]) -> Result<String, Error> {
        let arguments: Vec<(&str, Argument<'_>)> = values
            .iter()
            .map(|(name, value)| match (value.as_str(), value.as_usize()) {
                (Some(text), _) => Ok((*name, Argument::Text(text))),
                (None, Some(number)) => Ok((*name, Argument::Number(number))),
                (None, None) => {
                    Err(Error::new(ErrorKind::InvalidOperation, templates::not_an_argument(name)))
                }
            })
            .collect::<Result<_, _>>()?;
        self.language
            .try_message(key, &arguments)
            .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, templates::no_message(key)))
    }
}
