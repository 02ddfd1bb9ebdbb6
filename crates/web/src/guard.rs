//! What holds for every request: hosts, origins, time, headers.

use std::net::IpAddr;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use office::Trouble;

use crate::desk::App;
use crate::problem::Problem;
use crate::reply;
use crate::visitor::Visitor;

/// Nothing may be loaded but from here, nothing framed, nothing sent elsewhere.
const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; \
                   form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/// The longest a request may take until its answer begins.
const ANSWER_WITHIN: Duration = Duration::from_secs(300);
/// The same for who is signed in: large files arrive slowly, each piece within a limit of its own.
const MEMBER_ANSWER_WITHIN: Duration = Duration::from_secs(3600);

/// Checks a request before any page sees it, and adds headers to the answer.
pub(crate) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let (visitor, admitted) = admit(&app, Visitor::read(&app, &parts)).await;
    let lang = visitor.lang;
    let chose = parts.method == Method::GET
        && parts.uri.query().is_some_and(|query| {
            form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "lang")
        });
    let public = is_for_machines(parts.uri.path());
    let secure = visitor.secure;
    let within = if visitor.session.is_some() { MEMBER_ANSWER_WITHIN } else { ANSWER_WITHIN };

    let mut response = if !host_is_ours(&app, &parts.headers) {
        Problem::Foreign(StatusCode::MISDIRECTED_REQUEST, "w-foreign-host").bare(lang)
    } else if parts.method != Method::GET
        && parts.method != Method::HEAD
        && !origin_is_ours(&parts.headers)
    {
        Problem::Foreign(StatusCode::FORBIDDEN, "w-foreign-origin").bare(lang)
    } else if let Err(trouble) = admitted {
        Problem::from(trouble).bare(lang)
    } else {
        parts.extensions.insert(visitor);
        let answer = next.run(Request::from_parts(parts, body));
        match tokio::time::timeout(within, answer).await {
            Ok(response) => response,
            Err(_) => Problem::Slow.bare(lang),
        }
    };

    let headers = response.headers_mut();
    if chose {
        reply::add_cookie(headers, &reply::preference("midun-lang", lang.tag()));
    }
    let mut set = |name: header::HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, CSP);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Not `no-referrer`: with it browsers hide the origin of our own forms, too.
    set(header::REFERRER_POLICY, "same-origin");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(
        header::HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), clipboard-write=(self)",
    );
    if !public {
        set(header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
        set(header::CACHE_CONTROL, "no-store");
        set(header::VARY, "Cookie, Accept-Language");
    }
    if secure {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

/// Looks up the account of who is signed in; who can't be looked up is nobody.
async fn admit(app: &App, visitor: Visitor) -> (Visitor, Result<(), Trouble>) {
    if visitor.session.is_none() {
        return (visitor, Ok(()));
    }
    let nobody = Visitor { session: None, ..visitor.clone() };
    let app = app.clone();
    match tokio::task::spawn_blocking(move || visitor.admit(&app)).await {
        Ok(Ok(visitor)) => (visitor, Ok(())),
        Ok(Err(trouble)) => (nobody, Err(trouble)),
        Err(_) => (nobody, Err(Trouble::Locked)),
    }
}

/// Paths that witnesses and monitors read.
fn is_for_machines(path: &str) -> bool {
    path == "/checkpoint" || path.starts_with("/tile/") || path.starts_with("/witness/")
}

/// Whether the request names this node. A foreign name that was bound to our address would let a
/// foreign page read ours (DNS rebinding); an address can't be bound anew.
fn host_is_ours(app: &App, headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else {
        return false;
    };
    let name = host_name(host);
    name.parse::<IpAddr>().is_ok()
        || name.eq_ignore_ascii_case("localhost")
        || app.hosts.iter().any(|ours| host_name(ours).eq_ignore_ascii_case(name))
}

/// A host without its port and brackets.
fn host_name(host: &str) -> &str {
    if let Some(rest) = host.strip_prefix('[') {
        return rest.split(']').next().unwrap_or_default();
    }
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Whether a form was sent from a page of ours. Programs that are no browsers send neither header;
/// they have no cookies to abuse.
fn origin_is_ours(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site")
        && site != "same-origin"
    {
        return false;
    }
    let host = text("host").unwrap_or_default();
    match text("origin") {
        Some(origin) => origin.split_once("://").is_some_and(|(_, of)| of == host),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_lose_port_and_brackets() {
        for (host, name) in [
            ("localhost:8080", "localhost"),
            ("[::1]:8080", "::1"),
            ("127.0.0.1", "127.0.0.1"),
            ("node.example", "node.example"),
        ] {
            assert_eq!(host_name(host), name);
        }
    }

    #[test]
    fn forms_of_other_sites_are_refused() {
        let check = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            headers.insert("host", HeaderValue::from_static("127.0.0.1:8080"));
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            origin_is_ours(&headers)
        };
        assert!(check(&[]));
        assert!(check(&[("origin", "http://127.0.0.1:8080"), ("sec-fetch-site", "same-origin")]));
        for wrong in ["null", "http://evil.example", "http://127.0.0.1:9090"] {
            assert!(!check(&[("origin", wrong)]), "{wrong}");
        }
        assert!(!check(&[("sec-fetch-site", "cross-site")]));
        assert!(!check(&[("sec-fetch-site", "same-site")]));
    }
}
