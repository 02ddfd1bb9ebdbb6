//! The witness over HTTP.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::{Decision, Witness};

/// Longest body of `add-checkpoint` that is read, in bytes: 63 lines of proof and a note with some
/// dozen signatures, post-quantum ones included.
pub const BODY_BYTES_MAX: usize = 128 * 1024;
/// How long a body may take to come in.
const BODY_WAIT: Duration = Duration::from_secs(10);
const TEXT: &str = "text/plain; charset=utf-8";

/// The routes of a witness: `POST /add-checkpoint` and `GET /<hex SHA-256 of origin>/checkpoint`.
/// Submission and monitoring prefix are both where this router is mounted.
pub fn witness_router(witness: Witness) -> Router {
    Router::new()
        .route("/add-checkpoint", post(add_checkpoint))
        .route("/{hash}/checkpoint", get(checkpoint))
        .with_state(witness)
}

async fn add_checkpoint(State(witness): State<Witness>, body: Body) -> Response {
    let body = match tokio::time::timeout(BODY_WAIT, to_bytes(body, BODY_BYTES_MAX)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    match witness.add_checkpoint(&body).await {
        Decision::Cosigned(line) => ([(CONTENT_TYPE, TEXT)], line.to_string()).into_response(),
        Decision::Refused(refusal) => {
            let (kind, text) = refusal.body();
            let status = StatusCode::from_u16(refusal.status());
            let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, [(CONTENT_TYPE, kind)], text).into_response()
        }
        Decision::Unavailable => unavailable(),
    }
}

async fn checkpoint(State(witness): State<Witness>, Path(hash): Path<String>) -> Response {
    let asked = tokio::task::spawn_blocking(move || witness.latest_by_hash(&hash)).await;
    match asked {
        Ok(Ok(Some(note))) => {
            ([(CONTENT_TYPE, TEXT), (CACHE_CONTROL, "no-cache")], note).into_response()
        }
        Ok(Ok(None)) => (StatusCode::NOT_FOUND, "no checkpoint of this log here\n").into_response(),
        Ok(Err(_)) | Err(_) => unavailable(),
    }
}

fn unavailable() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "5")], "not now\n").into_response()
}
