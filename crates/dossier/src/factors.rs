//! How far the records answer the questions that a court asks about electronic data: the seven
//! factors of 民事诉讼证据规定 art. 93, the presumptions of art. 94, and what is known of the time
//! before recording (人民法院在线诉讼规则 art. 18).
//!
//! Every answer is taken from the data. What the data does not answer is *not proved*.

use domain::terms::Standing;
use domain::{Event, Series};

use crate::contents::{Entry, Field};
use crate::page::Say;
use crate::story::Story;

/// How far something is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Far {
    /// The records answer it, and it can be checked in this dossier.
    Shown,
    /// In part.
    Partly,
    /// A presumption of art. 94 that can be argued; whether it applies is for the court.
    Arguable,
    /// Not at all.
    Unproved,
}

impl Far {
    /// The translation key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Shown => "far-shown",
            Self::Partly => "far-partly",
            Self::Arguable => "far-arguable",
            Self::Unproved => "far-unproved",
        }
    }
}

/// An answer to one factor.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answer {
    /// The translation key of the question.
    pub question: &'static str,
    /// How far it is answered.
    pub far: Far,
    /// What the records say.
    pub text: String,
}

/// All answers about an exhibit. Exhibits with the same answers can be shown together.
pub fn answers(story: &Story<'_>, say: Say, entry: &Entry) -> Vec<Answer> {
    let mut answers = of_article_93(story, say, entry);
    answers.extend(of_article_94(story, say, entry));
    answers.push(before_recording(story, say, entry));
    answers
}

fn answer(question: &'static str, far: Far, parts: Vec<String>) -> Answer {
    Answer { question, far, text: parts.join(" ") }
}

fn of_article_93(story: &Story<'_>, say: Say, entry: &Entry) -> Vec<Answer> {
    let unproved = |question, key: &str| answer(question, Far::Unproved, vec![say.t(key)]);
    vec![
        environment(story, say),
        running(story, say),
        checks(story, say, entry),
        storage(story, say, entry),
        unproved("factor-5", course(story, entry)),
        person(say, entry),
        unproved("factor-7", "factor-7-none"),
    ]
}

/// (1) Hardware and software: the versions are recorded, the machine is not.
fn environment(story: &Story<'_>, say: Say) -> Answer {
    let first = story.node.map_or(String::new(), |(_, node)| node.program.clone());
    let args = [("first", first.as_str()), ("now", story.contents.program.as_str())];
    answer(
        "factor-1",
        Far::Partly,
        vec![say.tr("factor-1-software", &args), say.t("factor-1-open")],
    )
}

/// (2) Normal running: what the check of the ledger found, and whether the clock went back.
fn running(story: &Story<'_>, say: Say) -> Answer {
    let Some(check) = &story.contents.self_check else {
        return answer("factor-2", Far::Unproved, vec![say.t("factor-2-unchecked")]);
    };
    let back = story.contents.entries.iter();
    let back = back.filter(|entry| matches!(entry.event, Event::ClockSetBack(_))).count();
    let args = [
        ("entries", &*check.entries.to_string()),
        ("anchors", &*check.anchors.to_string()),
        ("problems", &*check.problems.len().to_string()),
        ("back", &*back.to_string()),
    ];
    let key = if check.problems.is_empty() { "factor-2-sound" } else { "factor-2-problems" };
    answer("factor-2", Far::Partly, vec![say.tr(key, &args), say.t("factor-2-open")])
}

/// (3) Means against errors: hashes and signatures are in this dossier; outside eyes may be.
fn checks(story: &Story<'_>, say: Say, entry: &Entry) -> Answer {
    let bounds = story.times.not_later(entry.index());
    let mut parts = vec![say.t("factor-3-hashes")];
    let far = match bounds.first() {
        Some(bound) => {
            let standing = bound.standing.map_or_else(
                || say.t("report-standing-unsaid"),
                |standing| say.term("standing", standing.word()),
            );
            let args = [("by", bound.by.as_str()), ("relation", standing.as_str())];
            parts.push(say.tr("factor-3-outside", &args));
            let is_neutral = bound.standing == Some(Standing::Independent);
            if is_neutral { Far::Shown } else { Far::Partly }
        }
        None => {
            parts.push(say.t("factor-3-alone"));
            Far::Partly
        }
    };
    answer("factor-3", far, parts)
}

/// (4) Whole and reliably kept, sent and taken out.
fn storage(story: &Story<'_>, say: Say, entry: &Entry) -> Answer {
    let sealed = matches!(entry.event, Event::CarrierAdded(_) | Event::PaperAdded(_));
    let mut parts = Vec::new();
    match (&entry.file, sealed) {
        (Some(_), _) => parts.push(say.t("factor-4-file")),
        (None, true) => parts.push(say.t("factor-4-not-enclosed")),
        (None, false) => parts.push(say.t("factor-4-record")),
    }
    let is_age = story.node.is_some_and(|(_, node)| node.vault_key.starts_with("age1"));
    if sealed && is_age {
        parts.push(say.t("factor-4-sealed"));
    }
    parts.push(say.t("factor-4-open"));
    answer("factor-4", Far::Partly, parts)
}

/// (5) Normal course of business: the ledger can't show it; when recording came after a
/// disclosure, that is said.
fn course(story: &Story<'_>, entry: &Entry) -> &'static str {
    let first = story.disclosures.iter().map(|one| one.made.0.index()).min();
    match first {
        Some(first) if entry.index() > first => "factor-5-after",
        Some(_) => "factor-5-before",
        None => "factor-5-open",
    }
}

/// (6) The right person: an account is recorded, not who used it.
fn person(say: Say, entry: &Entry) -> Answer {
    match entry.by() {
        Some(by) => {
            let parts = vec![say.tr("factor-6-account", &[("by", &by)]), say.t("factor-6-open")];
            answer("factor-6", Far::Partly, parts)
        }
        None => answer("factor-6", Far::Unproved, vec![say.t("factor-6-withheld")]),
    }
}

fn of_article_94(story: &Story<'_>, say: Say, entry: &Entry) -> Vec<Answer> {
    let adverse = is_adverse(story, entry);
    let neutral = story.times.not_later(entry.index());
    let standing = neutral.first().map(|bound| bound.standing);
    let one = |question, far, key: &str| answer(question, far, vec![say.t(key)]);
    vec![
        if adverse {
            one("presumed-1", Far::Arguable, "presumed-1-yes")
        } else {
            one("presumed-1", Far::Unproved, "presumed-1-no")
        },
        match standing {
            Some(Some(Standing::Independent)) => {
                one("presumed-2", Far::Arguable, "presumed-2-independent")
            }
            Some(Some(Standing::Station)) => one("presumed-2", Far::Unproved, "presumed-2-station"),
            Some(_) => one("presumed-2", Far::Unproved, "presumed-2-related"),
            None => one("presumed-2", Far::Unproved, "presumed-2-nobody"),
        },
        one("presumed-3", Far::Unproved, "presumed-3-open"),
        one("presumed-4", Far::Unproved, "presumed-4-open"),
        one("presumed-5", Far::Unproved, "presumed-5-open"),
    ]
}

/// Whether a record speaks against whoever submits it: a disclosure without an agreement in force,
/// a measure that ended, a statement taken back, a secret point given up.
fn is_adverse(story: &Story<'_>, entry: &Entry) -> bool {
    match &entry.event {
        Event::DisclosureMade(event) => {
            !matches!(story.covered(event), crate::story::Covered::By(..))
        }
        Event::SecretUnstated(_) | Event::SecretDeclassified(_) | Event::MeasureEnded(_) => true,
        _ => false,
    }
}

/// What is known of the time before recording: only claims, unless somebody else signed.
fn before_recording(story: &Story<'_>, say: Say, entry: &Entry) -> Answer {
    let origin = match &entry.event {
        Event::SecretRegistered(event) => Some(event.no),
        Event::SecretStated(event) => Some(event.secret),
        Event::CarrierAdded(event) => Some(event.secret),
        _ => None,
    };
    let origin = origin.and_then(|no| story.secret(no)).and_then(|one| one.origin.as_ref());
    let mut parts = Vec::new();
    match &entry.event {
        Event::CarrierAdded(event) if event.happened.is_some() => {
            parts.push(say.t("before-mtime"));
        }
        Event::PaperAdded(event) => {
            let signed = matches!(event.about.series, Series::Agreement | Series::Disclosure);
            parts.push(say.t(if signed { "before-counterpart" } else { "before-paper" }));
        }
        _ => {}
    }
    match origin {
        Some((_, Field::Shown(_))) => parts.push(say.t("before-origin")),
        Some(_) => parts.push(say.t("before-origin-withheld")),
        None => {}
    }
    parts.push(say.t("before-open"));
    answer("before", Far::Unproved, parts)
}
