//! Answers in their few forms.

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::problem::Problem;

/// A page.
pub(crate) fn html(page: &impl Template) -> Result<Response, Problem> {
    html_with(StatusCode::OK, page)
}

/// A page with another status.
pub(crate) fn html_with(status: StatusCode, page: &impl Template) -> Result<Response, Problem> {
    let text = page.render().map_err(|_| Problem::Broken("w-broken"))?;
    let media = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    Ok((status, media, text).into_response())
}

/// Leads on after something was done: the browser asks for the next page with GET.
pub(crate) fn see_other(to: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, to);
    response
}

/// A file for the browser to keep.
pub(crate) fn file(media: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    file_headers(response.headers_mut(), media, name);
    response
}

/// The headers of a file to keep. Names may hold any letters (RFC 6266, RFC 8187).
pub(crate) fn file_headers(headers: &mut HeaderMap, media: &str, name: &str) {
    let mut plain = String::new();
    let mut full = String::new();
    for byte in name.bytes() {
        let simple = byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        plain.push(if simple { byte as char } else { '_' });
        if simple {
            full.push(byte as char);
        } else {
            full.push_str(&format!("%{byte:02X}"));
        }
    }
    let value = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}");
    if let Ok(value) = HeaderValue::from_str(&value) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    let media = HeaderValue::from_str(media)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, media);
}

/// A cookie that remembers how somebody likes to read, for a year.
pub(crate) fn preference(name: &str, value: &str) -> String {
    format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly")
}

/// Adds a cookie to an answer.
pub(crate) fn add_cookie(headers: &mut HeaderMap, cookie: &str) {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        headers.append(header::SET_COOKIE, cookie);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_cannot_leave_their_header() {
        let mut headers = HeaderMap::new();
        file_headers(&mut headers, "text/plain", "配方\"\r\nX: y.txt");
        let value = headers[header::CONTENT_DISPOSITION].to_str().expect("ASCII only");
        assert!(value.starts_with("attachment; filename=\""));
        assert!(value.ends_with("%22%0D%0AX%3A%20y.txt"));
    }
}
