//! Whether other programs can read the files of a portal.

use std::fmt::Write;

use html5ever::tokenizer::{
    BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::fixture::Outcome;

/// The errors that a parser finds in an HTML page.
#[derive(Default)]
struct HtmlErrors(std::cell::RefCell<String>);

impl TokenSink for HtmlErrors {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        if let Token::ParseError(error) = token {
            let _ = write!(self.0.borrow_mut(), "line {line}: {error}; ");
        }
        TokenSinkResult::Continue
    }
}

fn html_errors(page: &str) -> String {
    let tokenizer = Tokenizer::new(
        HtmlErrors::default(),
        TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() },
    );
    let input = BufferQueue::default();
    input.push_back(page.into());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

/// Asserts that programs can read every file of a portal.
#[track_caller]
pub(crate) fn assert_well_formed(outcome: &Outcome, about: &str) {
    for path in outcome.files.keys() {
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        match extension {
            "xml" | "png" | "svg" => {
                let parsed = roxmltree::Document::parse(outcome.text(path));
                assert!(parsed.is_ok(), "{about}: {path}: {parsed:?}");
            }
            "json" => {
                let parsed = serde_json::from_str::<serde_json::Value>(outcome.text(path));
                assert!(parsed.is_ok(), "{about}: {path}: {parsed:?}");
            }
            "html" => assert_eq!(html_errors(outcome.text(path)), "", "{about}: {path}"),
            _ => {}
        }
    }
}
