//! Style sheet, script and icon: embedded, and named by their hash so that browsers keep them.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};

struct Asset {
    name: String,
    media: &'static str,
    bytes: &'static [u8],
}

impl Asset {
    fn new(stem: &str, ext: &str, media: &'static str, bytes: &'static [u8]) -> Self {
        let hash = hex::encode(&Sha256::digest(bytes)[..6]);
        Self { name: format!("{stem}-{hash}.{ext}"), media, bytes }
    }

    fn href(&self) -> String {
        format!("/assets/{}", self.name)
    }
}

static ASSETS: LazyLock<[Asset; 3]> = LazyLock::new(|| {
    [
        Asset::new(
            "midun",
            "css",
            "text/css; charset=utf-8",
            include_bytes!("../assets/midun.css"),
        ),
        Asset::new(
            "midun",
            "js",
            "text/javascript; charset=utf-8",
            include_bytes!("../assets/midun.js"),
        ),
        Asset::new("icon", "svg", "image/svg+xml", include_bytes!("../assets/icon.svg")),
    ]
});

/// Where the style sheet is.
pub(crate) fn css() -> String {
    ASSETS[0].href()
}

/// Where the script is.
pub(crate) fn js() -> String {
    ASSETS[1].href()
}

/// Where the icon is.
pub(crate) fn icon() -> String {
    ASSETS[2].href()
}

/// `GET /assets/{name}`.
pub(crate) async fn serve(Path(name): Path<String>) -> Response {
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) => (
            [
                (header::CONTENT_TYPE, asset.media),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ],
            asset.bytes,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
