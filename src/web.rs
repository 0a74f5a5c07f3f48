//! Asks web servers whether pages still exist. This is the only module that opens connections, and only
//! `milepost links` calls it. It does not know where the addresses are from.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ureq::http::{Response, StatusCode, header};
use ureq::{Agent, Body, Error};

use crate::web_address;

/// What is known of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Found,
    /// The page has moved for good, to this address.
    Moved(String),
    /// There is no such page, or no such site.
    Gone(String),
    /// Whether the page exists is not certain, for this reason.
    Uncertain(String),
}

/// The number of pages that are asked for at the same time.
const MAX_CONNECTIONS: usize = 4;

/// The number of times that a page can have moved.
const MAX_MOVES: usize = 8;

/// Asks for each of the addresses, and returns the answers in the same order. No page is asked for longer
/// than `timeout`, twice at most.
pub fn ask_all(addresses: &[&str], timeout: Duration) -> Vec<Answer> {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(timeout))
        .user_agent(concat!("milepost/", env!("CARGO_PKG_VERSION")))
        .build();
    let agent = Agent::new_with_config(config);
    let (next, answers) = (AtomicUsize::new(0), Mutex::new(vec![Answer::Found; addresses.len()]));
    let work = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(address) = addresses.get(index) else { break };
            let answer = ask(&agent, address);
            answers.lock().unwrap_or_else(PoisonError::into_inner)[index] = answer;
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..MAX_CONNECTIONS.min(addresses.len()) {
            scope.spawn(work);
        }
    });
    answers.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Asks for a page, and follows it where it has moved.
fn ask(agent: &Agent, address: &str) -> Answer {
    let mut current = address.to_owned();
    let mut moved_for_good = None;
    for moves in 0..=MAX_MOVES {
        let response = match request(agent, &current) {
            Ok(response) => response,
            Err(error) => return failure(&error),
        };
        let status = response.status();
        let Some(target) = target(&response, &current).filter(|_| status.is_redirection()) else {
            return match status {
                StatusCode::NOT_FOUND | StatusCode::GONE => Answer::Gone(status.to_string()),
                status if status.is_success() => {
                    moved_for_good.map_or(Answer::Found, Answer::Moved)
                }
                status => Answer::Uncertain(status.to_string()),
            };
        };
        if web_address::is_private(&target) {
            return Answer::Uncertain("it has moved to a private network".to_owned());
        }
        let is_for_good =
            matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
        // What comes after a temporary move is temporary too.
        if is_for_good && (moves == 0 || moved_for_good.is_some()) {
            moved_for_good = Some(target.clone());
        }
        current = target;
    }
    Answer::Uncertain("it moves in a circle".to_owned())
}

/// Asks for the head of a page. Some servers answer only if they are asked for the whole page.
fn request(agent: &Agent, address: &str) -> Result<Response<Body>, Error> {
    let head = agent.head(address).call()?;
    if head.status().is_client_error() || head.status().is_server_error() {
        return agent.get(address).call();
    }
    Ok(head)
}

/// The address to which a page has moved.
fn target(response: &Response<Body>, address: &str) -> Option<String> {
    let location = response.headers().get(header::LOCATION)?.to_str().ok()?;
    web_address::join(address, location)
}

fn failure(error: &Error) -> Answer {
    match error {
        Error::HostNotFound => Answer::Gone("there is no such site".to_owned()),
        Error::Timeout(_) => Answer::Uncertain("it did not answer in time".to_owned()),
        error => Answer::Uncertain(error.to_string()),
    }
}
