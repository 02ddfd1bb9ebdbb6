//! A node's side: hand checkpoints to witnesses, ask what they saw, get stamps. Blocking.
//!
//! Redirects are never followed: whoever is asked must answer. Answers are limited in size and
//! time, and are claims until their signatures are checked by the caller.

use std::sync::Arc;
use std::time::Duration;

use ledger::hash::Hash;
use ledger::note::{NOTE_BYTES_MAX, Note, Signature};
use ledger::witness::{AddCheckpoint, Answer, checkpoint_path};
use stamp::{AskFor, Refused, ReplyError, TOKEN_BYTES_MAX, Token};
use ureq::Agent;
use ureq::http::{Response, StatusCode};
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// Longest answer of a witness to a checkpoint, in bytes.
use crate::exchange::BUNDLE_BYTES_MAX;

const ANSWER_BYTES_MAX: u64 = 64 * 1024;
/// How much of a refusal's text is passed on, in characters.
const REASON_CHARS_MAX: usize = 200;

/// A connection pool to witnesses and authorities. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    agent: Agent,
}

/// What a witness said to a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submitted {
    /// Its cosignature lines. Add them to the note and verify it with the witness's key.
    Cosigned(Vec<Signature>),
    /// It has another size than the one the proof starts from (409 with a size). If `size` is not
    /// above the log's own, try again with a proof from there; if it is above, the log has lost
    /// entries and must sign nothing.
    Behind {
        /// The size that the witness cosigned last.
        size: u64,
    },
    /// It refused. Witnesses differ in status: 403 and 404 both occur for an unknown log, 409
    /// (without a size) and 422 for a log that did not just grow.
    Refused {
        /// The HTTP status, 4xx.
        status: u16,
        /// Its words, shortened, without control characters; may be empty.
        reason: String,
    },
}

/// No usable answer.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// The address is none, or the connection, the time or the answer's size failed.
    #[error("no answer from {url}")]
    NoAnswer {
        /// Whom we asked.
        url: String,
        /// What happened.
        #[source]
        source: Box<ureq::Error>,
    },
    /// It sent us elsewhere, where we don't go.
    #[error("{0} sends us elsewhere")]
    Redirected(String),
    /// It answered with a status that is neither yes nor a refusal.
    #[error("{url} answered {status}")]
    Status {
        /// Whom we asked.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// The answer has not the form it should have.
    #[error("{url} answered with something else: {what}")]
    Form {
        /// Whom we asked.
        url: String,
        /// What could not be read.
        what: &'static str,
    },
    /// The authority gave no token.
    #[error("{url} gave no stamp")]
    NoStamp {
        /// Whom we asked.
        url: String,
        /// Its reason.
        #[source]
        source: ReplyError,
    },
    /// The token does not belong to the request, or its signature is wrong.
    #[error("{url} gave a stamp that does not hold")]
    WrongStamp {
        /// Whom we asked.
        url: String,
        /// The step that failed.
        #[source]
        source: Refused,
    },
}

impl Client {
    /// A client for https (and http, as everything that matters is signed).
    ///
    /// `roots`: the certificates that https servers are trusted by, as DER; if empty, the list of
    /// Mozilla. Proxies are taken from the environment (`HTTPS_PROXY`, `NO_PROXY`).
    #[must_use]
    pub fn new(roots: &[Vec<u8>]) -> Self {
        let roots = if roots.is_empty() {
            RootCerts::WebPki
        } else {
            let owned = roots.iter().map(|der| Certificate::from_der(der).to_owned()).collect();
            RootCerts::Specific(Arc::new(owned))
        };
        let config = Agent::config_builder()
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent("midun")
            .build();
        Self { agent: config.new_agent() }
    }

    /// Hands a checkpoint to the witness at submission prefix `url`, with a consistency proof from
    /// `old_size`. Waits `timeout` at most.
    ///
    /// # Errors
    /// [`LinkError`] if there is no usable answer: try again later.
    pub fn submit_checkpoint(
        &self,
        url: &str,
        old_size: u64,
        proof: &[Hash],
        note: &Note,
        timeout: Duration,
    ) -> Result<Submitted, LinkError> {
        let url = format!("{}/add-checkpoint", url.trim_end_matches('/'));
        let request = AddCheckpoint { old: old_size, proof: proof.to_vec(), note: note.clone() };
        let kind = "text/plain; charset=utf-8";
        let mut response = self.post(&url, kind, request.to_string().as_bytes(), timeout)?;
        let status = response.status();
        let kind = content_type(&response);
        if !(status.is_success() || status.is_client_error()) {
            return Err(LinkError::Status { url, status: status.as_u16() });
        }
        let text = read_text(&url, &mut response, ANSWER_BYTES_MAX)?;
        match Answer::parse(status.as_u16(), &kind, text.as_bytes()) {
            Answer::Cosigned(lines) => Ok(Submitted::Cosigned(lines)),
            Answer::Conflict(size) => Ok(Submitted::Behind { size }),
            Answer::Refused(_) if status.is_success() => {
                Err(LinkError::Form { url, what: "cosignature lines" })
            }
            Answer::Refused(status) => {
                let reason = text.chars().filter(|char| !char.is_control());
                Ok(Submitted::Refused { status, reason: reason.take(REASON_CHARS_MAX).collect() })
            }
        }
    }

    /// Asks the witness at monitoring prefix `url` for the latest checkpoint of `origin`, with its
    /// signatures; `None` if it has none. Waits `timeout` at most.
    ///
    /// # Errors
    /// [`LinkError`].
    pub fn fetch_latest(
        &self,
        url: &str,
        origin: &str,
        timeout: Duration,
    ) -> Result<Option<Note>, LinkError> {
        let url = format!("{}/{}", url.trim_end_matches('/'), checkpoint_path(origin));
        let request = self.agent.get(&url).config().timeout_global(Some(timeout)).build();
        let mut response = answered(&url, request.call())?;
        match response.status() {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND => return Ok(None),
            other => return Err(LinkError::Status { url, status: other.as_u16() }),
        }
        let text = read_text(&url, &mut response, NOTE_BYTES_MAX as u64)?;
        match Note::parse(text.as_bytes()) {
            Ok(note) => Ok(Some(note)),
            Err(_) => Err(LinkError::Form { url, what: "checkpoint" }),
        }
    }

    /// Asks the authority at `url` to stamp `sha256`, with its certificates in the token. Waits
    /// `timeout` at most.
    ///
    /// The token answers this very request and is well signed by the certificate it carries.
    /// Whether that certificate deserves trust is for [`stamp::verify`] with roots to say.
    ///
    /// # Errors
    /// [`LinkError`].
    pub fn request_stamp(
        &self,
        url: &str,
        sha256: &[u8; 32],
        nonce: u64,
        timeout: Duration,
    ) -> Result<Token, LinkError> {
        let query = stamp::request(sha256, nonce, AskFor::Certificates);
        let mut response = self.post(url, "application/timestamp-query", &query, timeout)?;
        let url = url.to_owned();
        if response.status() != StatusCode::OK {
            return Err(LinkError::Status { url, status: response.status().as_u16() });
        }
        if content_type(&response) != "application/timestamp-reply" {
            return Err(LinkError::Form { url, what: "content type" });
        }
        let reply = read(&url, &mut response, TOKEN_BYTES_MAX as u64)?;
        let token = match stamp::parse_reply(&reply) {
            Ok(token) => token,
            Err(source) => return Err(LinkError::NoStamp { url, source }),
        };
        match stamp::verify(&token, sha256, &[], Some(nonce)) {
            Ok(_) => Ok(token),
            Err(source) => Err(LinkError::WrongStamp { url, source }),
        }
    }

    /// Hands a bundle (see [`crate::exchange`]) to the station at `url` and gives the one that
    /// comes back, unread. Waits `timeout` at most.
    ///
    /// # Errors
    /// [`LinkError`]; the status 4xx says that the station can't take it.
    pub fn exchange(
        &self,
        url: &str,
        bundle: &[u8],
        timeout: Duration,
    ) -> Result<Vec<u8>, LinkError> {
        let url = format!("{}/exchange", url.trim_end_matches('/'));
        let mut response = self.post(&url, "application/octet-stream", bundle, timeout)?;
        if response.status() != StatusCode::OK {
            return Err(LinkError::Status { url, status: response.status().as_u16() });
        }
        read(&url, &mut response, BUNDLE_BYTES_MAX as u64)
    }

    fn post(
        &self,
        url: &str,
        kind: &str,
        body: &[u8],
        timeout: Duration,
    ) -> Result<Response<ureq::Body>, LinkError> {
        let request = self.agent.post(url).config().timeout_global(Some(timeout)).build();
        answered(url, request.content_type(kind).send(body))
    }
}

fn answered(
    url: &str,
    result: Result<Response<ureq::Body>, ureq::Error>,
) -> Result<Response<ureq::Body>, LinkError> {
    let response = result.map_err(|source| no_answer(url, source))?;
    if response.status().is_redirection() {
        return Err(LinkError::Redirected(url.to_owned()));
    }
    Ok(response)
}

fn no_answer(url: &str, source: ureq::Error) -> LinkError {
    LinkError::NoAnswer { url: url.to_owned(), source: Box::new(source) }
}

fn content_type(response: &Response<ureq::Body>) -> String {
    let header = response.headers().get(ureq::http::header::CONTENT_TYPE);
    let kind = header.and_then(|value| value.to_str().ok()).unwrap_or("");
    kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

fn read(
    url: &str,
    response: &mut Response<ureq::Body>,
    bytes_max: u64,
) -> Result<Vec<u8>, LinkError> {
    let body = response.body_mut().with_config().limit(bytes_max);
    body.read_to_vec().map_err(|source| no_answer(url, source))
}

fn read_text(
    url: &str,
    response: &mut Response<ureq::Body>,
    bytes_max: u64,
) -> Result<String, LinkError> {
    let bytes = read(url, response, bytes_max)?;
    String::from_utf8(bytes).map_err(|_| LinkError::Form { url: url.to_owned(), what: "not UTF-8" })
}
