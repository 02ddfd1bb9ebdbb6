//! The node's pages: HTML that works without JavaScript, in Chinese and English.
//!
//! [`app`] gives a router; it opens no socket and owns no clock (time and chance come from the
//! office). One folder a page below `pages/`: `mod.rs` asks the store or sends one wish, `page.html`
//! shows the answer. Every string that people read is in the translation files of crate `words`.
//!
//! What a page may do with secret content: it is opened only in a signed-in session, only when it
//! is asked for with a POST that the ledger records, and it never stands in a URL, a title, a
//! header, a log or an error. Files that are uploaded never touch the disk in clear (see `spool`).

mod assets;
mod body;
mod chart;
mod describe;
mod desk;
mod form;
mod guard;
mod input;
mod law;
mod list;
mod pages;
mod problem;
mod reply;
mod report;
mod rights;
mod runs;
mod session;
mod shell;
mod show;
mod spool;
mod thing;
mod throttle;
mod trim;
mod visitor;

use std::sync::Arc;

use axum::Router;
use domain::terms::Role;
use office::Office;
use vault::Unlocked;

use desk::App;

pub use report::report_html;
pub use rights::{Access, access};

/// What the pages work with.
pub struct Parts {
    /// The opened data directory.
    pub office: Arc<Office>,
    /// The vault's key, when the node was started unlocked: then `code` signs in.
    pub unlocked: Option<Arc<Unlocked>>,
    /// The one-time code of the link `/enter?code=…` that the terminal prints.
    pub code: Option<String>,
    /// Names by which the node is reached, besides `localhost` and addresses; others are refused,
    /// so that a foreign site can't rebind its name to this node.
    pub hosts: Vec<String>,
    /// Whether the data is made up, which each page then says.
    pub fictional: bool,
}

/// All routes of a node.
///
/// # Errors
/// [`office::Trouble`] when the folder for files on their way into the vault can't be made.
pub fn app(parts: Parts) -> Result<Router, office::Trouble> {
    let app = App::new(parts)?;
    let check = axum::middleware::from_fn_with_state(app.clone(), rights::check);
    let mut routes = pages::routes(app.role).route_layer(check);
    if app.role == Role::Station {
        // The same witness that answers bundles, for logs that ask it by the standard protocol.
        routes = routes.nest_service("/witness", link::witness_router(app.office.witness()?));
    }
    let router = routes
        .fallback(pages::not_found)
        .layer(axum::middleware::from_fn_with_state(app.clone(), guard::guard))
        .with_state(app);
    Ok(router)
}
