//! What other programs read: the published log (C2SP tlog-tiles), and whether the node is alive.

use std::path::PathBuf;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use ledger::tile::{TILE_WIDTH, Tile};
use link::exchange::BUNDLE_BYTES_MAX;
use office::{Sort, Trouble};

use crate::desk::App;

/// How long a bundle may take to come in.
const BUNDLE_WAIT: Duration = Duration::from_secs(120);

/// `GET /checkpoint`: the newest published one.
pub(crate) async fn checkpoint(State(app): State<App>) -> Response {
    let file = app.office.tiles_dir().join("checkpoint");
    serve(file, "text/plain; charset=utf-8", "no-cache").await
}

/// `GET /tile/…`: hashes or entries. Only paths that name a tile in their one spelling are looked
/// up, so none leads out of the folder.
pub(crate) async fn tile(State(app): State<App>, Path(path): Path<String>) -> Response {
    let path = format!("tile/{path}");
    let Ok(tile) = path.parse::<Tile>() else { return StatusCode::NOT_FOUND.into_response() };
    // A tile never changes; a partial one may be taken away once the full one is there.
    let keep = match u64::from(tile.width) {
        TILE_WIDTH => "public, max-age=31536000, immutable",
        _ => "public, max-age=86400, immutable",
    };
    let file = app.office.tiles_dir().join(tile.to_string());
    serve(file, "application/octet-stream", keep).await
}

async fn serve(file: PathBuf, media: &'static str, keep: &'static str) -> Response {
    match tokio::fs::read(file).await {
        Ok(bytes) => {
            ([(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, keep)], bytes).into_response()
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            StatusCode::NOT_FOUND.into_response()
        }
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// `GET /healthz`: whether the ledger can be read.
pub(crate) async fn health(State(app): State<App>) -> Response {
    let read = move || app.office.reader().and_then(|reader| Ok(reader.chain()?.size)).is_ok();
    match tokio::task::spawn_blocking(read).await {
        Ok(true) => "ok\n".into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "failing\n").into_response(),
    }
}

/// `POST /exchange`: takes a node's bundle and answers with what that node is not known to hold.
/// Whoever sends it: only what is signed counts.
pub(crate) async fn exchange(State(app): State<App>, body: Body) -> Response {
    // A bundle is held in memory while it is read, so only a few at once.
    let Ok(_seat) = app.exchanging.acquire().await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let body = match tokio::time::timeout(BUNDLE_WAIT, to_bytes(body, BUNDLE_BYTES_MAX)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let office = app.office.clone();
    let work = move || {
        let taken = office.take(&body)?;
        office.pack(taken.link).map(|bundle| bundle.to_bytes())
    };
    let kind = [(header::CONTENT_TYPE, "application/octet-stream")];
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(bundle)) => (kind, bundle).into_response(),
        Ok(Err(trouble)) => (status(&trouble), format!("{}\n", trouble.key())).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn status(trouble: &Trouble) -> StatusCode {
    match trouble.sort() {
        Sort::NotFound => StatusCode::NOT_FOUND,
        Sort::Conflict => StatusCode::CONFLICT,
        Sort::Refused | Sort::Locked => StatusCode::UNPROCESSABLE_ENTITY,
        Sort::Broken => StatusCode::SERVICE_UNAVAILABLE,
    }
}
