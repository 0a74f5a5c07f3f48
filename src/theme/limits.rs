//! What a template may contain. The template engine counts the work of most operations, but not of
//! all, and some of its functions call themselves once per nested part.
//!
//! Templates come from strangers. This module refuses, before a template is parsed, what would let one
//! use unlimited time, memory or stack: long and deep expressions, and everything that builds or
//! compares lists. A template can still show every value of its view.

use std::ops::Range;

use minijinja::machinery::{Token, tokenize};
use minijinja::syntax::SyntaxConfig;

use crate::problems::templates;
use crate::problems::words::is_harmful;

/// The largest template, in bytes. The engine counts lines and columns with 16 bits.
const MAX_SIZE: usize = 0xffff;
/// The largest number of words and symbols between two delimiters.
const MAX_TOKENS: usize = 250;
/// The largest number of `elif` in a template: each is nested in the one before it.
const MAX_ELIF: usize = 100;

/// The largest number in brackets: the engine does not count the work of finding a letter of a text.
const MAX_INDEX: u64 = 1000;

/// Words that can be before a parenthesis without being called.
const KEYWORDS: [&str; 14] = [
    "and", "or", "not", "in", "is", "if", "else", "elif", "for", "set", "include", "extends",
    "import", "from",
];

/// Where a template exceeds a limit, and which.
type Excess = (Range<usize>, String);

/// The first part of a template that exceeds a limit. What is not a template at all is left to the
/// parser.
pub(super) fn excess(text: &str, syntax: &SyntaxConfig) -> Option<Excess> {
    if text.len() > MAX_SIZE {
        return Some((0..0, templates::too_large(text.len(), MAX_SIZE)));
    }
    if let Some((start, letter)) = harmful_character(text) {
        return Some((start..start + letter.len_utf8(), templates::control_character(letter)));
    }
    let mut tag: Vec<(Token<'_>, Range<usize>)> = Vec::new();
    let mut elif = 0;
    for token in tokenize(text, false, syntax.clone()) {
        let Ok((token, span)) = token else { return None };
        let range = span.start_offset as usize..span.end_offset as usize;
        match token {
            Token::TemplateData(_) => {}
            Token::VariableStart | Token::BlockStart => tag.clear(),
            Token::VariableEnd | Token::BlockEnd => {
                let tokens: Vec<_> = tag.iter().map(|(token, _)| token).collect();
                if let Some((index, reason)) =
                    (0..tokens.len()).find_map(|index| Some((index, refusal(&tokens, index)?)))
                {
                    return Some((tag[index].1.clone(), reason));
                }
                elif += usize::from(matches!(tokens.first(), Some(Token::Ident("elif"))));
                if elif > MAX_ELIF {
                    return Some((range, templates::too_many_elif(MAX_ELIF)));
                }
            }
            _ if tag.len() == MAX_TOKENS => {
                return Some((range, templates::too_long(MAX_TOKENS)));
            }
            token => tag.push((token, range)),
        }
    }
    None
}

/// The first character of a text that must not be published, and where it is.
fn harmful_character(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, letter)| is_harmful(*letter))
}

/// Why the token at `index` of a tag is refused.
fn refusal(tag: &[&Token<'_>], index: usize) -> Option<String> {
    let before = index.checked_sub(1).map(|before| tag[before]);
    let is_for = matches!(tag.first(), Some(Token::Ident("for")));
    match tag[index] {
        // A literal with escapes, such as "\u000b".
        Token::String(text) => {
            harmful_character(text).map(|(_, letter)| templates::control_character(letter))
        }
        Token::Mul | Token::Pow => Some(templates::refused("*")),
        Token::BraceOpen => Some(templates::refused("{")),
        Token::Colon => Some(templates::refused(":")),
        Token::Ident("import") if index == 0 => Some(templates::refused_import()),
        Token::Ident("changed") if matches!(before, Some(Token::Dot)) => {
            Some(templates::refused("changed"))
        }
        Token::Plus => {
            let is_number = matches!(tag.get(index + 1), Some(Token::Int(_)));
            let is_alone = !matches!(tag.get(index + 2), Some(Token::Pipe | Token::ParenOpen));
            (!(is_number && is_alone)).then(templates::refused_sum)
        }
        Token::Eq | Token::Ne | Token::Lt | Token::Lte | Token::Gt | Token::Gte => {
            let is_alone = !matches!(tag.get(index + 2), Some(Token::Pipe | Token::ParenOpen));
            let is_literal = tag.get(index + 1).is_some_and(|token| is_literal(token)) && is_alone;
            (!is_literal).then(templates::refused_comparison)
        }
        Token::Ident("in") if !(is_for && first_in(tag) == Some(index)) => {
            let is_name = matches!(before, Some(Token::Dot | Token::Pipe));
            (!is_name && !is_constant_list(tag, index + 1)).then(templates::refused_in)
        }
        Token::Ident("include" | "extends" | "from") if index == 0 => {
            (!is_constant_name(tag)).then(templates::refused_name)
        }
        Token::Int(_) if matches!(before, Some(Token::Dot)) => Some(templates::refused_index()),
        Token::BracketOpen if is_callable(before) => {
            let is_short = match tag.get(index + 1) {
                Some(Token::Str(_) | Token::String(_)) => true,
                Some(Token::Int(number)) => *number <= MAX_INDEX,
                _ => false,
            };
            let is_constant = is_short && matches!(tag.get(index + 2), Some(Token::BracketClose));
            (!is_constant).then(templates::refused_index)
        }
        Token::BracketOpen => {
            let is_after_in = matches!(before, Some(Token::Ident("in")));
            (!(is_after_in && is_constant_list(tag, index))).then(|| templates::refused("["))
        }
        Token::Comma => (!is_separator(tag, index)).then(|| templates::refused(",")),
        _ => None,
    }
}

/// Whether a tag names another template with one literal.
fn is_constant_name(tag: &[&Token<'_>]) -> bool {
    let is_text = matches!(tag.get(1), Some(Token::Str(_) | Token::String(_)));
    is_text
        && matches!(tag.get(2), None | Some(Token::Ident("ignore" | "import" | "with" | "without")))
}

/// The index of the `in` of a `for`, if there is one.
fn first_in(tag: &[&Token<'_>]) -> Option<usize> {
    tag.iter().position(|token| matches!(token, Token::Ident("in")))
}

fn is_literal(token: &Token<'_>) -> bool {
    matches!(
        token,
        Token::Str(_)
            | Token::String(_)
            | Token::Int(_)
            | Token::Float(_)
            | Token::Ident("true" | "false" | "none")
    )
}

/// Whether a token ends a value, so that `(` calls it and `[` takes a part of it.
fn is_callable(before: Option<&Token<'_>>) -> bool {
    match before {
        Some(Token::Ident(name)) => !KEYWORDS.contains(name),
        Some(Token::ParenClose | Token::BracketClose | Token::Str(_) | Token::String(_)) => true,
        _ => false,
    }
}

/// Whether a list of literals starts at `index`, and is not part of a longer expression.
fn is_constant_list(tag: &[&Token<'_>], index: usize) -> bool {
    let Some((Token::BracketOpen, rest)) = tag.get(index..).and_then(|rest| rest.split_first())
    else {
        return false;
    };
    let is_part = |token: &&&Token<'_>| matches!(token, Token::Comma) || is_literal(token);
    let length = rest.iter().take_while(is_part).count();
    let is_closed = matches!(rest.get(length), Some(Token::BracketClose));
    let is_alone = match rest.get(length + 1) {
        None => true,
        Some(Token::ParenClose) => !matches!(rest.get(length + 2), Some(Token::Plus)),
        Some(Token::Ident(word)) => ["and", "or", "if", "else", "recursive"].contains(word),
        Some(_) => false,
    };
    is_closed && is_alone
}

/// Whether a comma separates arguments, names or literals, and does not build a list.
fn is_separator(tag: &[&Token<'_>], index: usize) -> bool {
    let mut depth = 0;
    for (position, token) in tag[..index].iter().enumerate().rev() {
        match token {
            Token::ParenClose | Token::BracketClose => depth += 1,
            Token::ParenOpen | Token::BracketOpen if depth > 0 => depth -= 1,
            Token::ParenOpen => {
                return is_callable(position.checked_sub(1).map(|before| tag[before]));
            }
            Token::BracketOpen => return is_constant_list(tag, position),
            _ => {}
        }
    }
    match tag.first() {
        Some(Token::Ident("for")) => first_in(tag).is_some_and(|first| index < first),
        Some(Token::Ident("from" | "with")) => true,
        _ => false,
    }
}
