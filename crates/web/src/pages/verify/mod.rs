//! 核验卷宗: anybody may bring a dossier; nothing of it is kept.
//!
//! The file is read once, while it arrives, by the same verifier as `midun verify`.

use askama::Template;
use axum::extract::{FromRequest as _, Multipart, Request, State};
use axum::response::Response;
use domain::terms::Purpose;
use evidence::verify::{Claim, KeysFrom, Options, Outcome, State as Held, Verdict, Verifier};
use tokio::sync::mpsc;

use crate::desk::{App, Desk, at_desk};
use crate::input::piece;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell, thousands};
use crate::show::{self, Status};
use crate::visitor::Visitor;

/// The longest policy and certificates that are taken.
const KEYS_BYTES_MAX: usize = 256 << 10;
/// The longest dossier: what the format allows.
const DOSSIER_BYTES_MAX: u64 = u32::MAX as u64;

#[derive(Template)]
#[template(path = "pages/verify/page.html")]
struct Page {
    s: Shell,
    error: String,
    verdict: Option<Shown>,
}

/// A verdict in words.
pub(crate) struct Shown {
    pub(crate) class: &'static str,
    pub(crate) title: String,
    pub(crate) about: Vec<(String, String)>,
    pub(crate) claims: Vec<ClaimRow>,
    pub(crate) fails: usize,
    pub(crate) open: usize,
}

/// A claim in words.
pub(crate) struct ClaimRow {
    status: Status,
    claim: String,
    subject: String,
    why: String,
}

impl Shown {
    pub(crate) fn of(desk: &Desk, verdict: &Verdict) -> Self {
        let own_words = verdict.keys_from == KeysFrom::DossierItself;
        let (class, key) = match (verdict.outcome, own_words) {
            (Outcome::Valid, _) if verdict.proof.is_some() => ("ok", "page-proof-valid"),
            (Outcome::Unreadable, _) if verdict.proof.is_some() => ("due", "page-proof-open"),
            (Outcome::Valid, false) => ("ok", "page-valid"),
            (Outcome::Valid, true) => ("ok", "page-valid-own-words"),
            (Outcome::NotValid, _) => ("bad", "page-not-valid"),
            (Outcome::Unreadable, _) => ("due", "page-unreadable"),
        };
        let mut about = Vec::new();
        let mut say = |key: &str, value: String| about.push((desk.t(key), value));
        if let Some(dossier) = &verdict.dossier {
            say("w-col-no", dossier.no.clone());
            let known = Purpose::from_word(&dossier.purpose);
            let purpose = known.map(|purpose| desk.t(&format!("purpose-{}", purpose.word())));
            say("w-purpose", purpose.unwrap_or_else(|| dossier.purpose.clone()));
            say("w-secrets-shown", dossier.secrets.join(&desk.t("w-comma")));
            let made = domain::Moment::parse(&dossier.made).map(|at| desk.second(at));
            say("w-made", made.unwrap_or_else(|_| dossier.made.clone()));
            say("w-withheld", super::build::withheld(desk, &dossier.withheld));
        }
        if let Some(holder) = &verdict.holder {
            say("w-holder", holder.clone());
        }
        if let Some(key) = &verdict.log_key {
            say("w-log-key", key.clone());
        }
        if let Some(proof) = &verdict.proof {
            say("w-proof-log", proof.log.clone());
            say("w-proof-entry", proof.index.to_string());
            say("w-leaves", proof.size.to_string());
            say("w-proof-names", proof.cosigners.join(&desk.t("w-comma")));
            for (name, at) in &proof.seen {
                let at = desk.second(domain::Moment(*at));
                let seen = desk.tr("w-proof-seen", &[("by", name), ("at", &at)]);
                say("w-proof-witness", seen);
            }
            return Self::with(desk, verdict, (class, key), about);
        }
        let counts = verdict.counts;
        let leaves = counts.leaves.map_or_else(show::nothing, thousands);
        say("w-leaves", leaves);
        say("w-events-shown", counts.events.to_string());
        say("w-files-shown", counts.files.to_string());
        let neutral = if verdict.neutral { "w-neutral-yes" } else { "w-neutral-no" };
        say("w-neutral", desk.t(neutral));
        Self::with(desk, verdict, (class, key), about)
    }

    fn with(
        desk: &Desk,
        verdict: &Verdict,
        (class, key): (&'static str, &str),
        about: Vec<(String, String)>,
    ) -> Self {
        let of = |state| verdict.claims.iter().filter(|claim| claim.state == state).count();
        Self {
            class,
            title: desk.t(key),
            about,
            claims: verdict.claims.iter().map(|claim| row(desk, claim)).collect(),
            fails: of(Held::Fails),
            open: of(Held::Open),
        }
    }
}

fn row(desk: &Desk, claim: &Claim) -> ClaimRow {
    let (class, key) = match claim.state {
        Held::Holds => ("ok", "page-holds"),
        Held::Fails => ("bad", "page-fails"),
        Held::Open => ("due", "page-open"),
    };
    let arg = |name: &str| claim.args.iter().find(|(of, _)| *of == name).map(|(_, value)| &**value);
    let count = match (arg("count"), arg("total")) {
        (Some(count), Some(total)) if claim.subject.is_empty() => format!("{count}/{total}"),
        _ => claim.subject.clone(),
    };
    let why = claim.why.map(|why| words::tr(desk.lang(), why, &claim.args)).unwrap_or_default();
    ClaimRow {
        status: Status::new(class, desk.t(key)),
        claim: words::tr(desk.lang(), claim.id, &claim.args),
        subject: count,
        why,
    }
}

/// `GET /verify`.
pub(crate) async fn form(State(app): State<App>, visitor: Visitor) -> Response {
    at_desk(app, visitor, |desk| page(desk, String::new(), None)).await
}

fn page(desk: &Desk, error: String, verdict: Option<Shown>) -> Result<Response, Problem> {
    reply::html(&Page { s: desk.shell(Section::Verify)?, error, verdict })
}

/// `POST /verify`.
pub(crate) async fn send(State(app): State<App>, visitor: Visitor, request: Request) -> Response {
    // Waiting costs nothing: what is not read yet stays with the sender.
    let seat = app.verifying.acquire().await;
    let result = match Multipart::from_request(request, &app).await {
        Ok(parts) => verify(&app, parts).await,
        Err(_) => Err(Problem::CutOff),
    };
    drop(seat);
    at_desk(app, visitor, move |desk| match result? {
        Ok(verdict) => page(desk, String::new(), Some(Shown::of(desk, &verdict))),
        Err(key) => page(desk, desk.t(key), None),
    })
    .await
}

/// Feeds the file to the verifier while it arrives. The inner error is a translation key.
async fn verify(app: &App, mut parts: Multipart) -> Result<Result<Verdict, &'static str>, Problem> {
    let mut keys = String::new();
    while let Some(mut field) = parts.next_field().await.map_err(|_| Problem::CutOff)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "keys" {
            let mut bytes = Vec::new();
            while let Some(piece) = piece(&mut field).await? {
                if bytes.len() + piece.len() > KEYS_BYTES_MAX {
                    return Err(Problem::TooLarge);
                }
                bytes.extend_from_slice(&piece);
            }
            keys = String::from_utf8(bytes).map_err(|_| Problem::CutOff)?;
            continue;
        }
        if name != "dossier" {
            continue;
        }
        if field.file_name().is_none_or(str::is_empty) {
            return Ok(Err("w-choose-file"));
        }
        let now = app.office.now().seconds();
        let Ok(options) = Options::from_text(&keys, Some(now)) else {
            return Ok(Err("page-keys-wrong"));
        };
        let (send, mut receive) = mpsc::channel::<axum::body::Bytes>(8);
        let work = tokio::task::spawn_blocking(move || {
            let mut verifier = Verifier::new(options);
            while let Some(piece) = receive.blocking_recv() {
                verifier.feed(&piece);
            }
            verifier.finish()
        });
        let mut size = 0_u64;
        while let Some(piece) = piece(&mut field).await? {
            size += piece.len() as u64;
            if size > DOSSIER_BYTES_MAX {
                return Err(Problem::TooLarge);
            }
            if send.send(piece).await.is_err() {
                break;
            }
        }
        drop(send);
        return work.await.map(Ok).map_err(|_| Problem::Broken("w-broken"));
    }
    Ok(Err("w-choose-file"))
}
