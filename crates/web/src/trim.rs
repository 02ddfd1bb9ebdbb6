//! Takes from a page what leads where the account may not go, by the same table that would refuse
//! it there: menus, buttons and forms need no rules of their own.
//!
//! The pages are our own and well formed: `<a>` and `<form>` never stand inside another of their
//! kind. What leads to a deed goes; what names a thing stays as plain words.

use axum::body::Body;
use axum::http::header;
use axum::response::Response;
use domain::terms::Role;

use crate::rights::{Access, of_path};
use crate::visitor::Visitor;

/// The longest page; ours are under 60 kB, lists of rows under a few MB.
const PAGE_BYTES_MAX: usize = 32 << 20;

/// An answer without what leads to a refusal.
pub(crate) async fn page(role: Role, visitor: &Visitor, response: Response) -> Response {
    let media = response.headers().get(header::CONTENT_TYPE);
    let is_page = media.and_then(|media| media.to_str().ok()).unwrap_or_default();
    if !is_page.starts_with("text/html") {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, PAGE_BYTES_MAX).await else {
        return crate::problem::Problem::TooLarge.bare(visitor.lang);
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => trimmed(text, |path, act| allowed(role, visitor, path, act)),
        Err(_) => return Response::from_parts(parts, Body::from(bytes)),
    };
    Response::from_parts(parts, Body::from(text))
}

/// Whether a link or a form leads somewhere the account may go.
fn allowed(role: Role, visitor: &Visitor, path: &str, act: bool) -> bool {
    let Some((_, access)) = of_path(role, path) else { return true };
    match access[usize::from(act)] {
        Access::May(action) => visitor.may(action),
        Access::Anybody | Access::Never => true,
    }
}

fn trimmed(text: &str, allowed: impl Fn(&str, bool) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let link = rest.starts_with("<a ");
        let form = rest.starts_with("<form ");
        let head = if link || form { rest.split_inclusive('>').next() } else { None };
        let Some(head) = head else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        let name = if link { "href" } else { "action" };
        let path = attribute(head, name).unwrap_or_default();
        let act = form && attribute(head, "method").is_some_and(|method| method == "post");
        let close = if link { "</a>" } else { "</form>" };
        if !path.starts_with('/') || allowed(path, act) {
            out.push_str(head);
            rest = &rest[head.len()..];
            continue;
        }
        let Some((inside, after)) = rest[head.len()..].split_once(close) else {
            out.push_str(head);
            rest = &rest[head.len()..];
            continue;
        };
        if link && names_a_thing(path) && attribute(head, "class").is_none_or(|c| !is_button(c)) {
            // A row of a list whose only content it was goes with it.
            if !(out.ends_with("<li>") && after.starts_with("</li>")) {
                out.push_str("<span>");
                out.push_str(inside);
                out.push_str("</span>");
            }
        }
        rest = after;
        // A row that was nothing but this link.
        if out.ends_with("<li>")
            && let Some(after) = rest.strip_prefix("</li>")
        {
            out.truncate(out.len() - "<li>".len());
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn is_button(class: &str) -> bool {
    class.split(' ').any(|class| class == "btn")
}

/// Whether a path is a thing's own page or a list, not a deed: `/people/RY-0001`, `/measures`.
fn names_a_thing(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let pieces: Vec<&str> = path.split('/').skip(1).collect();
    match pieces[..] {
        [_] => true,
        [_, thing] => thing.bytes().any(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

/// An attribute's value as written.
fn attribute<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = head.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_to_a_refusal_goes_and_names_stay() {
        let allowed = |path: &str, act: bool| match path {
            "/secrets" => true,
            "/lock" => act,
            _ => false,
        };
        for (page, left) in [
            (r#"<a href="/secrets">密点</a>"#, r#"<a href="/secrets">密点</a>"#),
            (r##"<a href="#main">跳过</a>"##, r##"<a href="#main">跳过</a>"##),
            (r#"<li><a href="/people">人员 <b>3</b></a></li>后"#, "后"),
            (r#"由<a href="/people/RY-0001">甲</a>"#, "由<span>甲</span>"),
            (r#"<td><a href="/secrets/MD-0001/bar/RY-0001">撤销</a></td>"#, "<td></td>"),
            (r#"<p><a class="btn pri" href="/people/new">添加</a></p>"#, "<p></p>"),
            (r#"<a class="btn" href="/measures">x</a>"#, ""),
            (
                r#"a<form class="line" method="post" action="/secrets/MD-0001/reveal"><a href="/x">y</a></form>b"#,
                "ab",
            ),
            (
                r#"<form method="post" action="/lock">x</form>"#,
                r#"<form method="post" action="/lock">x</form>"#,
            ),
            ("1 < 2 <a", "1 < 2 <a"),
        ] {
            assert_eq!(trimmed(page, allowed), left);
        }
    }
}
