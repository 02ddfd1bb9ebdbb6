//! The drill authority over HTTP (RFC 3161 §3.4). Its tokens have no legal effect, and say so.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderMap};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use stamp::Authority;

use crate::{Chance, Clock};

/// Longest request that is read, in bytes.
const REQUEST_BYTES_MAX: usize = 4096;
/// How long a body may take to come in.
const BODY_WAIT: Duration = Duration::from_secs(10);

/// A drill authority with its clock and its source of serial numbers.
#[derive(Clone)]
pub struct AuthorityService {
    authority: Arc<Authority>,
    clock: Clock,
    chance: Chance,
}

impl AuthorityService {
    /// Puts the parts together.
    #[must_use]
    pub fn new(authority: Authority, clock: Clock, chance: Chance) -> Self {
        Self { authority: Arc::new(authority), clock, chance }
    }
}

/// The routes of a drill authority: `POST /` answers `application/timestamp-query`, and
/// `GET /chain.pem` hands out its certificates.
pub fn authority_router(service: AuthorityService) -> Router {
    Router::new().route("/", post(answer)).route("/chain.pem", get(chain)).with_state(service)
}

async fn answer(
    State(service): State<AuthorityService>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim();
    if !kind.eq_ignore_ascii_case("application/timestamp-query") {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    let body = match tokio::time::timeout(BODY_WAIT, to_bytes(body, REQUEST_BYTES_MAX)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let (now_ms, entropy) = ((service.clock)(), (service.chance)());
    let reply = service.authority.answer(&body, now_ms, &entropy);
    ([(CONTENT_TYPE, "application/timestamp-reply")], reply).into_response()
}

async fn chain(State(service): State<AuthorityService>) -> Response {
    let pem = service.authority.chain_pem();
    ([(CONTENT_TYPE, "application/x-pem-file")], pem).into_response()
}
