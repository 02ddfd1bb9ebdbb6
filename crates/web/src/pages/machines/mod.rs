//! What other programs read: the published log (C2SP tlog-tiles), and whether the node is alive.

use std::path::PathBuf;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use ledger::tile::{TILE_WIDTH, Tile};

use crate::desk::App;

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
