//! Who asks, and how they want to read.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;
use domain::rights;
use domain::terms::{AccountRole, Action};
use office::Trouble;
use store::read::AccountRow;
use words::Lang;

use crate::desk::App;
use crate::reply;
use crate::session::Session;

/// Whoever asks. The guard puts it into every request.
#[derive(Clone)]
pub(crate) struct Visitor {
    /// The language: by `?lang=`, the cookie, the browser, the node's setting, in this order.
    pub(crate) lang: Lang,
    /// `light` or `dark`, when chosen.
    pub(crate) theme: Option<&'static str>,
    /// Whether large text was chosen.
    pub(crate) large: bool,
    /// Path and query of this request, without `lang`.
    pub(crate) path: String,
    /// Whether a proxy in front says that the browser came by TLS.
    pub(crate) secure: bool,
    /// From where, as far as is known.
    pub(crate) address: String,
    /// The session, when signed in.
    pub(crate) session: Option<Arc<Session>>,
    /// The account of the session as it is now; `None` for the passphrase of the node.
    pub(crate) account: Option<Arc<AccountRow>>,
}

impl Visitor {
    pub(crate) fn read(app: &App, parts: &Parts) -> Self {
        let query = parts.uri.query().unwrap_or_default();
        let cookie = |name: &str| cookie(&parts.headers, name);
        let asked = form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == "lang")
            .and_then(|(_, tag)| Lang::from_tag(&tag));
        let lang = asked
            .or_else(|| cookie("midun-lang").and_then(|tag| Lang::from_tag(&tag)))
            .or_else(|| accepted(&parts.headers))
            .or_else(|| Lang::from_tag(&app.office.home().settings.language))
            .unwrap_or_default();
        let theme = match cookie("midun-theme").as_deref() {
            Some("dark") => Some("dark"),
            Some("light") => Some("light"),
            _ => None,
        };
        let session =
            cookie(&app.cookie).and_then(|token| app.sessions.find(&token, app.office.now()));
        let path = match parts.method {
            Method::GET | Method::HEAD => without_lang(parts.uri.path(), query),
            // What was posted can't be asked for again.
            _ => parts.uri.path().to_owned(),
        };
        let large = cookie("midun-size").as_deref() == Some("l");
        let secure = parts.headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https");
        let address = address(parts);
        Self { lang, theme, large, path, secure, address, session, account: None }
    }

    /// Looks up what the account of the session is now: one that was closed, changed or ran out, or
    /// a session that was ended from elsewhere, signs in anew. Waits for the database.
    pub(crate) fn admit(mut self, app: &App) -> Result<Self, Trouble> {
        let Some(session) = self.session.clone() else { return Ok(self) };
        let (reader, office) = (app.full_reader()?, &app.office);
        let ended = reader.session_ended(&session.id)?;
        self.account = match session.account {
            Some(no) => reader.account(no)?.filter(|row| office.account_stands(row)).map(Arc::new),
            None => None,
        };
        if ended || (session.account.is_some() && self.account.is_none()) {
            (self.session, self.account) = (None, None);
        } else if session.is_to_be_noted(office.now()) {
            office.touch_session(&session.id)?;
        }
        Ok(self)
    }

    /// What whoever is signed in may do.
    pub(crate) fn role(&self) -> Option<AccountRole> {
        self.session.as_ref()?;
        Some(self.account.as_ref().map_or(AccountRole::Owner, |account| account.role))
    }

    /// Whether whoever is signed in may do something.
    pub(crate) fn may(&self, action: Action) -> bool {
        self.role().is_some_and(|role| rights::may(role, action))
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        Ok(match parts.extensions.get::<Self>() {
            Some(visitor) => visitor.clone(),
            None => Self::read(app, parts),
        })
    }
}

/// A visitor who is signed in; others are led to the sign-in page.
pub(crate) struct Member(pub(crate) Visitor);

impl FromRequestParts<App> for Member {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let visitor = Visitor::from_request_parts(parts, app).await?;
        if visitor.session.is_some() { Ok(Self(visitor)) } else { Err(to_unlock(&visitor)) }
    }
}

/// Leads to the sign-in page and back.
pub(crate) fn to_unlock(visitor: &Visitor) -> Response {
    match &*visitor.path {
        "/" => reply::see_other("/unlock"),
        path => {
            let next: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
            reply::see_other(&format!("/unlock?next={next}"))
        }
    }
}

/// The address a request came from. What a proxy on this machine says of the browser is believed.
fn address(parts: &Parts) -> String {
    let Some(peer) = parts.extensions.get::<ConnectInfo<SocketAddr>>() else {
        return String::new();
    };
    let forwarded = parts.headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let last = forwarded.and_then(|line| line.rsplit(',').next()?.trim().parse().ok());
    let peer = peer.0.ip();
    match last {
        Some(browser) if peer.is_loopback() => IpAddr::to_string(&browser),
        _ => peer.to_string(),
    }
}

/// A cookie's value.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then(|| value.to_owned()))
}

/// The first language of `Accept-Language` that there are words for.
fn accepted(headers: &HeaderMap) -> Option<Lang> {
    let line = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    line.split(',').find_map(|part| Lang::from_tag(part.split(';').next()?))
}

fn without_lang(path: &str, query: &str) -> String {
    let mut rest = form_urlencoded::Serializer::new(String::new());
    let mut any = false;
    for (name, value) in form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "lang")
    {
        rest.append_pair(&name, &value);
        any = true;
    }
    if any { format!("{path}?{}", rest.finish()) } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_way_back_has_no_language_in_it() {
        assert_eq!(without_lang("/secrets", "q=a+b&lang=en&page=2"), "/secrets?q=a+b&page=2");
        assert_eq!(without_lang("/", "lang=en"), "/");
    }

    #[test]
    fn browsers_are_answered_in_their_language() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::ACCEPT_LANGUAGE,
            HeaderValue::from_static("fr-FR,en-GB;q=0.8,zh;q=0.5"),
        );
        assert_eq!(accepted(&headers), Some(Lang::En));
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("fr"));
        assert_eq!(accepted(&headers), None);
    }
}
