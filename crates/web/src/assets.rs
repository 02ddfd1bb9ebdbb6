//! Style sheet, script and icon: embedded, and named by their hash so that browsers keep them.

use std::io::Write as _;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

struct Asset {
    name: String,
    media: &'static str,
    bytes: &'static [u8],
    /// The same by gzip. Pages are never packed: what is asked and what is secret stand in them
    /// side by side, and their size would tell (BREACH).
    packed: Vec<u8>,
}

impl Asset {
    fn new(stem: &str, ext: &str, media: &'static str, bytes: &'static [u8]) -> Self {
        let hash = hex::encode(&Sha256::digest(bytes)[..6]);
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        let packed = packer.write_all(bytes).and_then(|()| packer.finish());
        let packed = packed.expect("memory takes what is written");
        Self { name: format!("{stem}-{hash}.{ext}"), media, bytes, packed }
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

/// The style sheet as text, for a page that stands alone.
pub(crate) const CSS_TEXT: &str = include_str!("../assets/midun.css");

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
pub(crate) async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let about = [
        (header::CONTENT_TYPE, asset.media),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
    ];
    if takes_gzip(&headers) {
        let packed = [(header::CONTENT_ENCODING, "gzip")];
        return (about, packed, asset.packed.as_slice()).into_response();
    }
    (about, asset.bytes).into_response()
}

/// Whether a browser reads gzip (RFC 9110, section 12.5.3); one that weighs it with 0 does not.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let codings = headers.get_all(header::ACCEPT_ENCODING).iter();
    let codings = codings.filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(','));
    codings.into_iter().any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let weight = parts.next().and_then(|weight| weight.strip_prefix("q=")?.parse::<f32>().ok());
        named && weight != Some(0.0)
    })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn gzip_goes_only_to_those_who_take_it() {
        for (line, takes) in [
            ("gzip, deflate, br", true),
            ("br;q=1.0, GZIP;q=0.5", true),
            ("gzip;q=0", false),
            ("br", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(line));
            assert_eq!(takes_gzip(&headers), takes, "{line}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }

    #[test]
    fn what_is_packed_is_the_same() {
        use std::io::Read as _;
        for asset in ASSETS.iter() {
            let mut bytes = Vec::new();
            flate2::read::GzDecoder::new(&*asset.packed).read_to_end(&mut bytes).expect("gzip");
            assert_eq!(bytes, asset.bytes);
        }
    }
}
