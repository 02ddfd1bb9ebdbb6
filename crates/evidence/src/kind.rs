//! The kinds of event: which fields each has, in which order, and who may see them.
//!
//! Kinds only grow. A published tag never changes its fields or its meaning; a new meaning is a
//! new tag. The verifier checks the number, the names and the places of items against this table.

/// Who may see a field by default, and how it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Stored in clear on the node.
    Plain,
    /// Sealed under the key of a secret point; opened only with the vault.
    Secret,
    /// Personal information: sealed under the key of a person or a partner, so that it can be
    /// erased (个人信息保护法 art. 47).
    Personal,
}

/// One field of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The item's name.
    pub name: &'static str,
    /// Who may see it.
    pub class: Class,
    /// Whether a dossier that shows the event must show this field: it says that something was
    /// only claimed, imported or corrected, and hiding it would change the story.
    pub qualifying: bool,
}

/// One kind of event.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Subject and past participle, such as `secret.registered`.
    pub tag: &'static str,
    /// The fields after the [`COMMON`] ones, in their order.
    pub fields: &'static [Field],
}

const fn plain(name: &'static str) -> Field {
    Field { name, class: Class::Plain, qualifying: false }
}
/// Plain, and never to be withheld: a claimed date, a correction, a limitation.
const fn claimed(name: &'static str) -> Field {
    Field { name, class: Class::Plain, qualifying: true }
}
const fn secret(name: &'static str) -> Field {
    Field { name, class: Class::Secret, qualifying: false }
}
const fn personal(name: &'static str) -> Field {
    Field { name, class: Class::Personal, qualifying: false }
}

/// The fields that every event starts with; a dossier always shows them.
///
/// `kind` is the tag, `id` a random number, `received` the journal's clock (RFC 3339, UTC), and
/// `after` the SHA-256 of the newest cosigned checkpoint that the node knew: the event is not
/// earlier than that one.
pub const COMMON: [Field; 4] =
    [claimed("kind"), claimed("id"), claimed("received"), claimed("after")];

/// All kinds ever published.
pub const KINDS: &[Kind] = &[
    Kind {
        tag: "node.created",
        fields: &[
            plain("by"),
            plain("name"),
            plain("role"),
            plain("origin"),
            plain("log_key"),
            plain("vault_key"),
            plain("shares"),
            plain("program"),
        ],
    },
    Kind {
        tag: "person.added",
        fields: &[
            plain("by"),
            plain("no"),
            personal("name"),
            plain("post"),
            plain("department"),
            claimed("joined"),
        ],
    },
    Kind {
        tag: "partner.added",
        fields: &[
            plain("by"),
            plain("no"),
            plain("name"),
            plain("relation"),
            plain("code"),
            personal("contact"),
        ],
    },
    Kind {
        tag: "secret.registered",
        fields: &[
            plain("by"),
            plain("no"),
            plain("title"),
            plain("class"),
            plain("form"),
            plain("level"),
            plain("owner"),
            plain("department"),
            plain("review"),
            claimed("happened"),
            secret("origin"),
            secret("public"),
            secret("value"),
        ],
    },
    Kind {
        tag: "secret.stated",
        fields: &[plain("by"), plain("secret"), plain("no"), claimed("edition"), secret("text")],
    },
    Kind {
        tag: "secret.unstated",
        fields: &[plain("by"), plain("secret"), plain("no"), claimed("why")],
    },
    Kind {
        tag: "secret.revised",
        fields: &[
            plain("by"),
            plain("secret"),
            plain("edition"),
            plain("title"),
            plain("form"),
            plain("owner"),
            plain("department"),
            plain("review"),
            claimed("happened"),
            claimed("why"),
            secret("origin"),
            secret("public"),
            secret("value"),
        ],
    },
    Kind {
        tag: "secret.levelled",
        fields: &[plain("by"), plain("secret"), claimed("from"), claimed("to"), claimed("why")],
    },
    Kind {
        tag: "secret.declassified",
        fields: &[plain("by"), plain("secret"), claimed("happened"), claimed("why")],
    },
    Kind {
        tag: "secret.viewed",
        fields: &[plain("by"), plain("secret"), plain("what"), plain("why")],
    },
    Kind {
        tag: "carrier.added",
        fields: &[
            plain("by"),
            plain("secret"),
            plain("no"),
            plain("statements"),
            plain("blob"),
            plain("size"),
            plain("sealed"),
            plain("media"),
            claimed("happened"),
            secret("name"),
            secret("digest"),
        ],
    },
    Kind {
        tag: "carrier.retired",
        fields: &[plain("by"), plain("secret"), plain("no"), claimed("why")],
    },
    Kind {
        tag: "measure.added",
        fields: &[
            plain("by"),
            plain("no"),
            plain("item"),
            plain("title"),
            plain("detail"),
            claimed("from"),
            claimed("until"),
        ],
    },
    Kind {
        tag: "measure.matched",
        fields: &[
            plain("by"),
            plain("measure"),
            plain("secret"),
            plain("statements"),
            plain("why"),
        ],
    },
    Kind {
        tag: "measure.ended",
        fields: &[plain("by"), plain("measure"), claimed("happened"), claimed("why")],
    },
    Kind {
        tag: "person.cleared",
        fields: &[
            plain("by"),
            plain("person"),
            plain("secret"),
            claimed("from"),
            claimed("until"),
            plain("why"),
        ],
    },
    Kind {
        tag: "person.barred",
        fields: &[
            plain("by"),
            plain("person"),
            plain("secret"),
            claimed("happened"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "partner.agreed",
        fields: &[
            plain("by"),
            plain("no"),
            plain("partner"),
            plain("title"),
            claimed("from"),
            claimed("until"),
            plain("secrets"),
        ],
    },
    Kind {
        tag: "paper.added",
        fields: &[
            plain("by"),
            plain("about"),
            plain("no"),
            plain("blob"),
            plain("size"),
            plain("sealed"),
            plain("media"),
            claimed("happened"),
            secret("name"),
            secret("digest"),
        ],
    },
    Kind {
        tag: "disclosure.made",
        fields: &[
            plain("by"),
            plain("no"),
            plain("secret"),
            plain("statements"),
            plain("carriers"),
            plain("partner"),
            plain("person"),
            claimed("happened"),
            plain("purpose"),
            claimed("until"),
            plain("agreement"),
        ],
    },
    Kind {
        tag: "disclosure.closed",
        fields: &[
            plain("by"),
            plain("disclosure"),
            plain("how"),
            claimed("happened"),
            plain("why"),
        ],
    },
    Kind {
        tag: "witness.added",
        fields: &[plain("by"), plain("name"), plain("key"), plain("url"), claimed("relation")],
    },
    Kind { tag: "witness.removed", fields: &[plain("by"), plain("name"), claimed("why")] },
    Kind {
        tag: "authority.added",
        fields: &[plain("by"), plain("name"), plain("url"), plain("roots"), claimed("relation")],
    },
    Kind { tag: "authority.removed", fields: &[plain("by"), plain("name"), claimed("why")] },
    Kind {
        tag: "dossier.built",
        fields: &[
            plain("by"),
            plain("no"),
            plain("purpose"),
            plain("secrets"),
            plain("manifest"),
            plain("withheld"),
        ],
    },
    Kind {
        tag: "clock.set_back",
        fields: &[plain("by"), claimed("from"), claimed("to"), claimed("why")],
    },
    Kind { tag: "keys.changed", fields: &[plain("by"), claimed("what"), claimed("why")] },
    Kind {
        tag: "company.added",
        fields: &[
            plain("by"),
            plain("no"),
            plain("name"),
            plain("sort"),
            plain("code"),
            plain("tags"),
            plain("field"),
            plain("park"),
            plain("street"),
            claimed("source"),
            personal("contact"),
        ],
    },
    Kind {
        tag: "company.revised",
        fields: &[
            plain("by"),
            plain("company"),
            plain("edition"),
            plain("name"),
            plain("sort"),
            plain("code"),
            plain("tags"),
            plain("field"),
            plain("park"),
            plain("street"),
            claimed("why"),
            claimed("source"),
            personal("contact"),
        ],
    },
    Kind {
        tag: "company.merged",
        fields: &[plain("by"), plain("company"), plain("into"), claimed("why")],
    },
    Kind {
        tag: "directory.imported",
        fields: &[
            plain("by"),
            plain("file"),
            plain("mapping"),
            plain("rows"),
            plain("added"),
            plain("revised"),
            plain("same"),
            plain("refused"),
        ],
    },
    Kind {
        tag: "service.given",
        fields: &[
            plain("by"),
            plain("company"),
            plain("service"),
            claimed("happened"),
            plain("what"),
            plain("who"),
        ],
    },
    Kind {
        tag: "link.offered",
        fields: &[
            plain("by"),
            plain("no"),
            plain("link"),
            plain("key"),
            plain("company"),
            plain("until"),
        ],
    },
    Kind {
        tag: "link.asked",
        fields: &[
            plain("by"),
            plain("no"),
            plain("link"),
            plain("name"),
            plain("key"),
            plain("recipient"),
            plain("witness"),
            plain("url"),
        ],
    },
    Kind {
        tag: "link.joined",
        fields: &[
            plain("by"),
            plain("no"),
            plain("name"),
            plain("key"),
            plain("recipient"),
            plain("witness"),
            plain("company"),
        ],
    },
    Kind { tag: "link.ended", fields: &[plain("by"), plain("no"), claimed("why")] },
    Kind {
        tag: "letter.sent",
        fields: &[
            plain("by"),
            plain("link"),
            plain("seq"),
            plain("before"),
            plain("digest"),
            plain("size"),
            plain("sort"),
        ],
    },
    Kind {
        tag: "letter.received",
        fields: &[
            plain("by"),
            plain("link"),
            plain("channel"),
            plain("seq"),
            plain("before"),
            plain("digest"),
            plain("size"),
        ],
    },
    Kind {
        tag: "letter.opened",
        fields: &[
            plain("by"),
            plain("link"),
            plain("way"),
            plain("seq"),
            plain("sort"),
            plain("why"),
        ],
    },
    Kind {
        tag: "index.built",
        fields: &[
            plain("by"),
            plain("secrets"),
            plain("parts"),
            plain("refused"),
            plain("fingerprints"),
            plain("guaranteed"),
            plain("digest"),
        ],
    },
    Kind {
        tag: "sweep.done",
        fields: &[
            plain("by"),
            plain("no"),
            plain("what"),
            claimed("partial"),
            plain("files"),
            plain("bytes"),
            claimed("faults"),
            plain("hits"),
            plain("secrets"),
            plain("guaranteed"),
            plain("index"),
            plain("manifest"),
            plain("report"),
        ],
    },
    Kind {
        tag: "release.asked",
        fields: &[
            plain("by"),
            plain("no"),
            plain("what"),
            plain("to"),
            claimed("verdict"),
            plain("files"),
            claimed("faults"),
            plain("secrets"),
            plain("approvers"),
            plain("guaranteed"),
            plain("index"),
            plain("manifest"),
            plain("report"),
        ],
    },
    Kind {
        tag: "release.approved",
        fields: &[plain("by"), plain("release"), plain("person"), claimed("why")],
    },
    Kind {
        tag: "release.refused",
        fields: &[plain("by"), plain("release"), plain("person"), claimed("why")],
    },
    Kind {
        tag: "copies.committed",
        fields: &[
            plain("by"),
            plain("no"),
            plain("secret"),
            plain("carrier"),
            plain("copies"),
            plain("recipients"),
            plain("seed"),
            plain("plan"),
            plain("sites"),
            plain("purpose"),
            claimed("until"),
            plain("notice"),
            plain("program"),
            secret("key"),
            secret("marks"),
        ],
    },
    Kind {
        tag: "copy.issued",
        fields: &[
            plain("by"),
            plain("no"),
            plain("batch"),
            plain("recipient"),
            claimed("chosen"),
            plain("nonce"),
            plain("beacon"),
            plain("file"),
            plain("size"),
        ],
    },
    Kind {
        tag: "copy.received",
        fields: &[plain("by"), plain("copy"), claimed("happened"), plain("file"), plain("how")],
    },
    Kind {
        tag: "copy.ended",
        fields: &[plain("by"), plain("copy"), plain("how"), claimed("happened"), plain("why")],
    },
    Kind {
        tag: "copy.recalled",
        fields: &[plain("by"), plain("copy"), claimed("until"), claimed("why")],
    },
    Kind {
        tag: "find.read",
        fields: &[
            plain("by"),
            plain("no"),
            plain("batches"),
            plain("live"),
            claimed("source"),
            plain("program"),
            secret("leak"),
            secret("readings"),
        ],
    },
    Kind {
        tag: "find.traced",
        fields: &[
            plain("by"),
            plain("find"),
            claimed("named"),
            claimed("epsilon"),
            claimed("among"),
            plain("report"),
            secret("findings"),
        ],
    },
    Kind {
        tag: "expert.added",
        fields: &[
            plain("by"),
            plain("no"),
            plain("fields"),
            plain("organisation"),
            claimed("from"),
            claimed("until"),
            claimed("conflicts"),
            personal("name"),
            personal("contact"),
        ],
    },
    Kind {
        tag: "expert.recused",
        fields: &[plain("by"), plain("expert"), plain("company"), claimed("why")],
    },
    Kind {
        tag: "expert.renewed",
        fields: &[plain("by"), plain("expert"), claimed("until"), claimed("why")],
    },
    Kind {
        tag: "expert.ended",
        fields: &[plain("by"), plain("expert"), claimed("happened"), claimed("why")],
    },
    Kind {
        tag: "request.received",
        fields: &[
            plain("by"),
            plain("no"),
            plain("company"),
            plain("channel"),
            plain("theme"),
            plain("title"),
            claimed("happened"),
            plain("due"),
            personal("text"),
        ],
    },
    Kind {
        tag: "request.routed",
        fields: &[
            plain("by"),
            plain("request"),
            plain("company"),
            plain("expert"),
            plain("body"),
            plain("urgent"),
            plain("due"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "request.replied",
        fields: &[
            plain("by"),
            plain("request"),
            plain("company"),
            plain("expert"),
            claimed("happened"),
            personal("text"),
        ],
    },
    Kind {
        tag: "request.closed",
        fields: &[
            plain("by"),
            plain("request"),
            plain("company"),
            plain("how"),
            claimed("happened"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "visit.planned",
        fields: &[
            plain("by"),
            plain("no"),
            plain("company"),
            plain("day"),
            plain("title"),
            plain("experts"),
            plain("checklist"),
            plain("request"),
            plain("follows"),
        ],
    },
    Kind {
        tag: "visit.cancelled",
        fields: &[plain("by"), plain("visit"), plain("company"), claimed("why")],
    },
    Kind {
        tag: "visit.made",
        fields: &[
            plain("by"),
            plain("visit"),
            plain("company"),
            claimed("happened"),
            plain("checklist"),
            plain("marks"),
            personal("note"),
        ],
    },
    Kind {
        tag: "prescription.written",
        fields: &[
            plain("by"),
            plain("no"),
            plain("company"),
            plain("visit"),
            plain("point"),
            plain("theme"),
            plain("grade"),
            claimed("happened"),
            plain("due"),
            personal("finding"),
            personal("advice"),
        ],
    },
    Kind {
        tag: "prescription.progressed",
        fields: &[
            plain("by"),
            plain("prescription"),
            plain("company"),
            plain("how"),
            claimed("happened"),
            personal("note"),
        ],
    },
    Kind {
        tag: "prescription.reviewed",
        fields: &[
            plain("by"),
            plain("prescription"),
            plain("company"),
            plain("visit"),
            plain("verdict"),
            claimed("happened"),
            plain("due"),
            personal("note"),
        ],
    },
    Kind {
        tag: "account.opened",
        fields: &[
            plain("by"),
            plain("no"),
            plain("role"),
            plain("holder"),
            plain("secrets"),
            claimed("until"),
            personal("name"),
        ],
    },
    Kind {
        tag: "account.changed",
        fields: &[
            plain("by"),
            plain("account"),
            plain("role"),
            plain("secrets"),
            claimed("until"),
            claimed("why"),
        ],
    },
    Kind { tag: "account.password_set", fields: &[plain("by"), plain("account"), plain("how")] },
    Kind { tag: "account.closed", fields: &[plain("by"), plain("account"), claimed("why")] },
    Kind {
        tag: "comparison.made",
        fields: &[
            plain("by"),
            plain("no"),
            plain("what"),
            claimed("source"),
            plain("secrets"),
            plain("files"),
            claimed("faults"),
            claimed("filters"),
            plain("left"),
            plain("right"),
            plain("figures"),
            plain("program"),
            plain("report"),
        ],
    },
    Kind {
        tag: "comparison.concluded",
        fields: &[
            plain("by"),
            plain("comparison"),
            plain("secret"),
            plain("person"),
            claimed("sameness"),
            secret("differences"),
            secret("effects"),
            secret("why"),
        ],
    },
    Kind {
        tag: "case.opened",
        fields: &[
            plain("by"),
            plain("no"),
            plain("procedure"),
            plain("version"),
            plain("state"),
            plain("company"),
            plain("title"),
            plain("source"),
            claimed("happened"),
            personal("text"),
        ],
    },
    Kind {
        tag: "case.assigned",
        fields: &[plain("by"), plain("case"), plain("unit"), personal("handler")],
    },
    Kind {
        tag: "case.filed",
        fields: &[
            plain("by"),
            plain("case"),
            plain("item"),
            plain("paper"),
            plain("bears"),
            claimed("happened"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "case.unfiled",
        fields: &[plain("by"), plain("case"), plain("item"), claimed("why")],
    },
    Kind {
        tag: "case.stepped",
        fields: &[
            plain("by"),
            plain("case"),
            plain("no"),
            plain("step"),
            plain("role"),
            claimed("happened"),
            claimed("minute"),
            claimed("planned"),
            plain("state"),
            plain("ends"),
            personal("note"),
        ],
    },
    Kind {
        tag: "case.unstepped",
        fields: &[plain("by"), plain("case"), plain("no"), plain("state"), claimed("why")],
    },
    Kind {
        tag: "recognition.applied",
        fields: &[
            plain("by"),
            plain("no"),
            plain("company"),
            plain("scheme"),
            plain("under"),
            plain("source"),
            claimed("happened"),
            personal("statement"),
        ],
    },
    Kind {
        tag: "recognition.evidenced",
        fields: &[
            plain("by"),
            plain("recognition"),
            plain("company"),
            plain("criterion"),
            plain("papers"),
            claimed("entry"),
            claimed("log"),
            personal("note"),
        ],
    },
    Kind {
        tag: "recognition.assigned",
        fields: &[
            plain("by"),
            plain("recognition"),
            plain("company"),
            plain("experts"),
            plain("due"),
        ],
    },
    Kind {
        tag: "recognition.reviewed",
        fields: &[
            plain("by"),
            plain("recognition"),
            plain("company"),
            plain("expert"),
            plain("marks"),
            plain("bars"),
            plain("score"),
            claimed("happened"),
            personal("note"),
        ],
    },
    Kind {
        tag: "recognition.visited",
        fields: &[plain("by"), plain("recognition"), plain("company"), plain("visit")],
    },
    Kind {
        tag: "recognition.agreed",
        fields: &[
            plain("by"),
            plain("recognition"),
            plain("company"),
            plain("marks"),
            plain("bars"),
            plain("score"),
            plain("passed"),
            claimed("happened"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "recognition.published",
        fields: &[
            plain("by"),
            plain("recognition"),
            plain("company"),
            plain("from"),
            plain("until"),
        ],
    },
    Kind {
        tag: "recognition.objected",
        fields: &[
            plain("by"),
            plain("recognition"),
            plain("company"),
            plain("no"),
            claimed("happened"),
            personal("name"),
            personal("text"),
        ],
    },
    Kind {
        tag: "recognition.answered",
        fields: &[
            plain("by"),
            plain("recognition"),
            plain("company"),
            plain("objection"),
            plain("upheld"),
            claimed("happened"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "recognition.awarded",
        fields: &[
            plain("by"),
            plain("recognition"),
            plain("company"),
            claimed("happened"),
            plain("until"),
            plain("check"),
            plain("code"),
        ],
    },
    Kind {
        tag: "recognition.checked",
        fields: &[
            plain("by"),
            plain("recognition"),
            plain("company"),
            plain("verdict"),
            claimed("happened"),
            plain("next"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "recognition.ended",
        fields: &[
            plain("by"),
            plain("recognition"),
            plain("company"),
            plain("how"),
            claimed("happened"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "case.drawn",
        fields: &[plain("by"), plain("case"), plain("item"), plain("lang"), personal("filled")],
    },
    Kind {
        tag: "letter.carried",
        fields: &[plain("by"), plain("link"), plain("seq"), plain("about"), plain("entry")],
    },
    Kind {
        tag: "letter.settled",
        fields: &[
            plain("by"),
            plain("link"),
            plain("seq"),
            plain("sort"),
            plain("about"),
            claimed("refused"),
        ],
    },
    Kind {
        tag: "prescription.reported",
        fields: &[
            plain("by"),
            plain("prescription"),
            plain("company"),
            plain("link"),
            plain("seq"),
            plain("how"),
            claimed("moved"),
            claimed("happened"),
            personal("note"),
        ],
    },
    Kind {
        tag: "task.received",
        fields: &[
            plain("by"),
            plain("no"),
            plain("link"),
            plain("seq"),
            plain("sort"),
            plain("theirs"),
            plain("theme"),
            plain("grade"),
            claimed("happened"),
            plain("due"),
            personal("title"),
            personal("finding"),
            personal("advice"),
        ],
    },
    Kind {
        tag: "task.progressed",
        fields: &[
            plain("by"),
            plain("task"),
            plain("link"),
            plain("seq"),
            plain("how"),
            claimed("happened"),
            personal("note"),
        ],
    },
    Kind {
        tag: "task.reviewed",
        fields: &[
            plain("by"),
            plain("task"),
            plain("link"),
            plain("seq"),
            plain("said"),
            claimed("happened"),
            plain("due"),
            personal("note"),
        ],
    },
    Kind {
        tag: "case.reckoned",
        fields: &[
            plain("by"),
            plain("case"),
            plain("sheet"),
            plain("method"),
            plain("gives"),
            plain("relied"),
            personal("counted"),
        ],
    },
    Kind {
        tag: "control.answered",
        fields: &[
            plain("by"),
            plain("no"),
            plain("control"),
            plain("edition"),
            plain("verdict"),
            claimed("from"),
            claimed("until"),
            plain("secrets"),
            plain("person"),
            claimed("why"),
        ],
    },
    Kind { tag: "control.withdrawn", fields: &[plain("by"), plain("answer"), claimed("why")] },
    Kind {
        tag: "control.assigned",
        fields: &[plain("by"), plain("control"), plain("person"), plain("due"), claimed("why")],
    },
    Kind {
        tag: "controls.adopted",
        fields: &[plain("by"), plain("catalogue"), claimed("from"), claimed("to"), claimed("why")],
    },
    Kind {
        tag: "backup.drilled",
        fields: &[
            plain("by"),
            plain("size"),
            plain("files"),
            plain("blobs"),
            plain("opened"),
            claimed("made"),
            claimed("problems"),
        ],
    },
    Kind {
        tag: "activity.planned",
        fields: &[
            plain("by"),
            plain("no"),
            plain("title"),
            plain("series"),
            plain("theme"),
            plain("day"),
            plain("from"),
            plain("until"),
            plain("place"),
            plain("seats"),
            plain("closes"),
            plain("keep"),
            plain("open"),
            plain("summary"),
        ],
    },
    Kind {
        tag: "activity.moved",
        fields: &[
            plain("by"),
            plain("activity"),
            plain("day"),
            plain("from"),
            plain("until"),
            plain("place"),
            claimed("why"),
        ],
    },
    Kind { tag: "activity.cancelled", fields: &[plain("by"), plain("activity"), claimed("why")] },
    Kind {
        tag: "activity.invited",
        fields: &[plain("by"), plain("activity"), plain("companies"), plain("condition")],
    },
    Kind {
        tag: "activity.registered",
        fields: &[
            plain("by"),
            plain("activity"),
            plain("no"),
            plain("company"),
            plain("channel"),
            plain("ticket"),
            personal("name"),
            personal("contact"),
            personal("organisation"),
        ],
    },
    Kind {
        tag: "activity.withdrawn",
        fields: &[plain("by"), plain("activity"), plain("registration")],
    },
    Kind {
        tag: "activity.checked_in",
        fields: &[plain("by"), plain("activity"), plain("registration"), plain("by_code")],
    },
    Kind { tag: "activity.held", fields: &[plain("by"), plain("activity"), plain("came")] },
    Kind {
        tag: "activity.asked",
        fields: &[
            plain("by"),
            plain("activity"),
            plain("no"),
            plain("registration"),
            personal("text"),
        ],
    },
    Kind {
        tag: "activity.answered",
        fields: &[
            plain("by"),
            plain("activity"),
            plain("question"),
            plain("expert"),
            plain("shown"),
            personal("text"),
        ],
    },
    Kind {
        tag: "activity.supplied",
        fields: &[plain("by"), plain("activity"), plain("title"), plain("url")],
    },
    Kind {
        tag: "activity.rated",
        fields: &[
            plain("by"),
            plain("activity"),
            plain("registration"),
            plain("mark"),
            personal("text"),
        ],
    },
    Kind {
        tag: "activity.erased",
        fields: &[plain("by"), plain("activity"), plain("registrations")],
    },
    Kind {
        tag: "inventory.done",
        fields: &[
            plain("by"),
            plain("no"),
            plain("what"),
            claimed("partial"),
            plain("files"),
            plain("bytes"),
            claimed("faults"),
            plain("proposals"),
            plain("adjustments"),
            plain("secrets"),
            plain("rules"),
            plain("manifest"),
            plain("program"),
            plain("report"),
            secret("paths"),
        ],
    },
    Kind {
        tag: "inventory.decided",
        fields: &[
            plain("by"),
            plain("inventory"),
            plain("proposal"),
            plain("answer"),
            plain("secret"),
            plain("reason"),
            secret("why"),
        ],
    },
    Kind {
        tag: "corpus.added",
        fields: &[
            plain("by"),
            plain("no"),
            plain("name"),
            plain("sort"),
            claimed("source"),
            claimed("day"),
            plain("files"),
            claimed("faults"),
            plain("documents"),
            claimed("undated"),
            claimed("first"),
            claimed("last"),
            plain("bytes"),
            plain("fingerprints"),
            plain("guaranteed"),
            plain("manifest"),
            plain("digest"),
            plain("program"),
        ],
    },
    Kind { tag: "corpus.removed", fields: &[plain("by"), plain("corpus"), claimed("why")] },
    Kind {
        tag: "public.checked",
        fields: &[
            plain("by"),
            plain("no"),
            plain("secret"),
            claimed("day"),
            plain("corpora"),
            plain("digests"),
            claimed("unasked"),
            plain("documents"),
            plain("parts"),
            claimed("left"),
            plain("found"),
            plain("earlier"),
            plain("leads"),
            plain("guaranteed"),
            plain("program"),
            plain("report"),
        ],
    },
    Kind {
        tag: "blind.begun",
        fields: &[
            plain("by"),
            plain("no"),
            plain("side"),
            plain("secrets"),
            claimed("partner"),
            plain("own"),
            claimed("theirs"),
            plain("guaranteed"),
            plain("messages"),
            plain("program"),
        ],
    },
    Kind {
        tag: "blind.done",
        fields: &[
            plain("by"),
            plain("blind"),
            plain("theirs"),
            plain("found"),
            plain("messages"),
            plain("report"),
        ],
    },
    Kind {
        tag: "blind.failed",
        fields: &[plain("by"), plain("blind"), plain("fault"), plain("message")],
    },
    Kind {
        tag: "work.recorded",
        fields: &[
            plain("by"),
            plain("no"),
            plain("what"),
            plain("secrets"),
            claimed("previous"),
            claimed("thread"),
            plain("commits"),
            plain("files"),
            claimed("faults"),
            claimed("first"),
            claimed("last"),
            plain("chain"),
            plain("program"),
            plain("report"),
        ],
    },
    Kind {
        tag: "incident.opened",
        fields: &[
            plain("by"),
            plain("no"),
            plain("title"),
            plain("conduct"),
            plain("secrets"),
            plain("persons"),
            plain("partners"),
            claimed("from"),
            claimed("until"),
            claimed("noticed"),
            personal("text"),
            personal("others"),
        ],
    },
    Kind {
        tag: "incident.revised",
        fields: &[
            plain("by"),
            plain("incident"),
            plain("conduct"),
            plain("secrets"),
            plain("persons"),
            plain("partners"),
            claimed("from"),
            claimed("until"),
            claimed("noticed"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "incident.noted",
        fields: &[plain("by"), plain("incident"), claimed("happened"), personal("text")],
    },
    Kind {
        tag: "incident.linked",
        fields: &[plain("by"), plain("incident"), plain("thing"), personal("text")],
    },
    Kind {
        tag: "incident.unlinked",
        fields: &[plain("by"), plain("incident"), plain("thing"), claimed("why")],
    },
    Kind {
        tag: "incident.preserved",
        fields: &[
            plain("by"),
            plain("incident"),
            plain("no"),
            plain("item"),
            plain("paper"),
            plain("bears"),
            claimed("dated"),
            claimed("happened"),
            personal("origin"),
            personal("collector"),
            personal("method"),
        ],
    },
    Kind {
        tag: "incident.handed",
        fields: &[
            plain("by"),
            plain("incident"),
            plain("exhibit"),
            claimed("happened"),
            personal("giver"),
            personal("taker"),
            personal("text"),
        ],
    },
    Kind {
        tag: "incident.dropped",
        fields: &[plain("by"), plain("incident"), plain("exhibit"), claimed("why")],
    },
    Kind {
        tag: "incident.reckoned",
        fields: &[
            plain("by"),
            plain("incident"),
            plain("sheet"),
            plain("method"),
            plain("gives"),
            plain("relied"),
            personal("counted"),
        ],
    },
    Kind {
        tag: "incident.closed",
        fields: &[
            plain("by"),
            plain("incident"),
            plain("outcome"),
            claimed("happened"),
            personal("text"),
        ],
    },
    Kind { tag: "incident.reopened", fields: &[plain("by"), plain("incident"), claimed("why")] },
    Kind {
        tag: "profile.filed",
        fields: &[
            plain("by"),
            plain("link"),
            plain("seq"),
            claimed("day"),
            plain("fields"),
            personal("given"),
        ],
    },
    Kind {
        tag: "profile.withdrawn",
        fields: &[plain("by"), plain("link"), plain("seq"), claimed("why")],
    },
    Kind {
        tag: "profile.received",
        fields: &[
            plain("by"),
            plain("company"),
            plain("link"),
            plain("seq"),
            claimed("day"),
            plain("fields"),
            plain("entries"),
            plain("size"),
            personal("given"),
        ],
    },
    Kind {
        tag: "profile.forgotten",
        fields: &[plain("by"), plain("company"), plain("link"), plain("seq")],
    },
    Kind {
        tag: "rule.scored",
        fields: &[
            plain("by"),
            plain("rule"),
            plain("version"),
            plain("twin"),
            plain("seed"),
            plain("companies"),
            plain("alerts"),
            plain("named"),
            plain("hits"),
            plain("harms"),
            plain("foreseen"),
            plain("lead"),
            plain("load"),
            plain("random"),
            plain("recent"),
            plain("score"),
        ],
    },
    Kind {
        tag: "rule.switched",
        fields: &[
            plain("by"),
            plain("rule"),
            plain("on"),
            plain("version"),
            plain("score"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "warning.raised",
        fields: &[
            plain("by"),
            plain("no"),
            plain("rule"),
            plain("edition"),
            plain("version"),
            plain("matter"),
            plain("figures"),
            plain("counted"),
            plain("companies"),
            plain("due"),
        ],
    },
    Kind {
        tag: "warning.assigned",
        fields: &[plain("by"), plain("warning"), plain("unit"), plain("due")],
    },
    Kind {
        tag: "warning.closed",
        fields: &[
            plain("by"),
            plain("warning"),
            plain("useful"),
            claimed("happened"),
            claimed("why"),
        ],
    },
    Kind { tag: "case.against", fields: &[plain("by"), plain("case"), plain("respondent")] },
    Kind {
        tag: "overseas.assessed",
        fields: &[
            plain("by"),
            plain("no"),
            plain("product"),
            plain("markets"),
            plain("answers"),
            plain("risks"),
            plain("guides"),
            plain("edition"),
        ],
    },
    Kind {
        tag: "export.answered",
        fields: &[
            plain("by"),
            plain("no"),
            plain("secrets"),
            plain("to"),
            plain("answers"),
            plain("proofs"),
            plain("edition"),
            plain("clear"),
        ],
    },
    Kind {
        tag: "hold.set",
        fields: &[plain("by"), plain("thing"), plain("no"), plain("ground"), claimed("why")],
    },
    Kind {
        tag: "hold.lifted",
        fields: &[plain("by"), plain("thing"), plain("hold"), plain("ground"), claimed("why")],
    },
    Kind {
        tag: "person.erased",
        fields: &[
            plain("by"),
            plain("person"),
            claimed("ground"),
            plain("approved"),
            claimed("items"),
            claimed("files"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "secret.destroyed",
        fields: &[
            plain("by"),
            plain("secret"),
            plain("approved"),
            claimed("items"),
            claimed("files"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "organisation.added",
        fields: &[
            plain("by"),
            plain("no"),
            plain("name"),
            plain("sort"),
            plain("area"),
            personal("contact"),
        ],
    },
    Kind {
        tag: "organisation.changed",
        fields: &[
            plain("by"),
            plain("organisation"),
            plain("name"),
            plain("area"),
            claimed("why"),
            personal("contact"),
        ],
    },
    Kind {
        tag: "organisation.ended",
        fields: &[plain("by"), plain("organisation"), claimed("happened"), claimed("why")],
    },
    Kind {
        tag: "member.joined",
        fields: &[
            plain("by"),
            plain("organisation"),
            plain("company"),
            claimed("happened"),
            plain("post"),
        ],
    },
    Kind {
        tag: "member.left",
        fields: &[
            plain("by"),
            plain("organisation"),
            plain("company"),
            claimed("happened"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "assistance.asked",
        fields: &[
            plain("by"),
            plain("no"),
            plain("from"),
            plain("to"),
            plain("sort"),
            plain("title"),
            plain("company"),
            plain("case"),
            plain("request"),
            plain("follows"),
            claimed("happened"),
            plain("due"),
            personal("text"),
        ],
    },
    Kind {
        tag: "assistance.received",
        fields: &[
            plain("by"),
            plain("assistance"),
            plain("organisation"),
            claimed("happened"),
            plain("reference"),
        ],
    },
    Kind {
        tag: "assistance.triaged",
        fields: &[plain("by"), plain("assistance"), plain("unit"), plain("urgent"), claimed("why")],
    },
    Kind {
        tag: "assistance.replied",
        fields: &[
            plain("by"),
            plain("assistance"),
            plain("organisation"),
            plain("answer"),
            claimed("happened"),
            personal("text"),
        ],
    },
    Kind {
        tag: "assistance.escalated",
        fields: &[
            plain("by"),
            plain("assistance"),
            plain("to"),
            claimed("happened"),
            plain("due"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "assistance.closed",
        fields: &[
            plain("by"),
            plain("assistance"),
            plain("how"),
            claimed("happened"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "request.taken",
        fields: &[
            plain("by"),
            plain("request"),
            plain("company"),
            plain("organisation"),
            plain("due"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "request.answered",
        fields: &[
            plain("by"),
            plain("request"),
            plain("company"),
            plain("organisation"),
            claimed("happened"),
            plain("again"),
            personal("text"),
        ],
    },
    Kind {
        tag: "request.followed",
        fields: &[
            plain("by"),
            plain("request"),
            plain("company"),
            plain("outcome"),
            claimed("happened"),
            plain("again"),
            personal("note"),
        ],
    },
    Kind {
        tag: "secret.merged",
        fields: &[
            plain("by"),
            plain("secret"),
            claimed("into"),
            claimed("statements"),
            claimed("carriers"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "secret.split",
        fields: &[
            plain("by"),
            plain("secret"),
            claimed("into"),
            claimed("statements"),
            claimed("carriers"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "procurement.recorded",
        fields: &[
            plain("by"),
            plain("no"),
            plain("title"),
            plain("reference"),
            claimed("happened"),
            plain("criteria"),
            plain("scores"),
            plain("awarded"),
            plain("contract"),
            plain("amount"),
            plain("from"),
            plain("until"),
        ],
    },
    Kind {
        tag: "engagement.opened",
        fields: &[
            plain("by"),
            plain("no"),
            plain("organisation"),
            plain("company"),
            plain("procurement"),
            plain("title"),
            plain("from"),
            plain("until"),
            plain("pilot"),
            claimed("declared"),
        ],
    },
    Kind {
        tag: "engagement.planned",
        fields: &[
            plain("by"),
            plain("engagement"),
            plain("item"),
            plain("sort"),
            plain("title"),
            plain("due"),
            plain("amount"),
            plain("waits"),
        ],
    },
    Kind {
        tag: "engagement.logged",
        fields: &[
            plain("by"),
            plain("engagement"),
            plain("item"),
            claimed("happened"),
            claimed("minutes"),
            plain("what"),
            personal("note"),
        ],
    },
    Kind {
        tag: "engagement.delivered",
        fields: &[
            plain("by"),
            plain("engagement"),
            plain("item"),
            claimed("happened"),
            personal("note"),
        ],
    },
    Kind {
        tag: "engagement.accepted",
        fields: &[
            plain("by"),
            plain("engagement"),
            plain("item"),
            plain("accepted"),
            claimed("happened"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "engagement.paid",
        fields: &[
            plain("by"),
            plain("engagement"),
            plain("item"),
            claimed("happened"),
            plain("amount"),
        ],
    },
    Kind {
        tag: "engagement.rated",
        fields: &[
            plain("by"),
            plain("engagement"),
            plain("mark"),
            claimed("happened"),
            personal("note"),
        ],
    },
    Kind {
        tag: "engagement.ended",
        fields: &[
            plain("by"),
            plain("engagement"),
            plain("how"),
            claimed("happened"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "firm.conflicted",
        fields: &[
            plain("by"),
            plain("organisation"),
            plain("company"),
            plain("reason"),
            plain("case"),
            plain("until"),
            claimed("why"),
        ],
    },
    Kind {
        tag: "firm.cleared",
        fields: &[
            plain("by"),
            plain("organisation"),
            plain("company"),
            claimed("happened"),
            claimed("why"),
        ],
    },
];

/// The kind with this tag, if this program knows it.
pub fn kind(tag: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.tag == tag)
}

impl Kind {
    /// All fields in their order, the common ones first.
    pub fn all_fields(&self) -> impl Iterator<Item = &'static Field> + use<> {
        COMMON.iter().chain(self.fields)
    }

    /// The place of a field among all fields.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.all_fields().position(|field| field.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_kind_twice_and_no_field_twice() {
        for (at, kind) in KINDS.iter().enumerate() {
            assert!(KINDS[..at].iter().all(|other| other.tag != kind.tag), "{}", kind.tag);
            let names: Vec<_> = kind.all_fields().map(|field| field.name).collect();
            for (place, name) in names.iter().enumerate() {
                assert!(!names[..place].contains(name), "{} has {name} twice", kind.tag);
            }
        }
    }
}
