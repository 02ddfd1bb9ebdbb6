//! A card for one proposal: its reasons with their weights, its files, and what becomes of it.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::terms::{Form as InfoForm, Judgement, Level, NoSecret};
use domain::{Number, Series};
use office::matching::inventory::{AcceptForm, DecideForm, Proposal};

use super::{Opened, called, opened, reason, state_status};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, levels, terms};
use crate::input::{Errors, Input, Posted};
use crate::list::{Act, Cell, Table};
use crate::pages::{number, submit};
use crate::problem::Problem;
use crate::shell::{Section, thousands};
use crate::show::size;
use crate::visitor::Member;

/// Files of one proposal that the card lists; the rest is counted and goes with them.
const FILES: usize = 60;

fn make(desk: &Desk, opened: &Opened, part: u32, input: &Input) -> Result<Form, Problem> {
    let no = opened.inventory.no.ok_or(Problem::NotFound)?;
    let proposal = opened.inventory.proposal(part)?;
    let here = href(no);
    let mut form = Form::new(desk, "w-inventory-card", format!("{here}/{part}"), "w-do-write")
        .crumb(desk, "/inventories", "w-nav-inventories")
        .about(desk, no);
    form.title = format!("{no}/{part} {}", called(desk, proposal));
    form.lead = desk.n("w-inventory-card-rank", proposal.rank);
    form.back.clone_from(&here);
    form.above.push((desk.t("w-inventory-reasons"), reasons(desk, proposal)));
    if !proposal.files.is_empty() {
        form.above.push((files_title(desk, proposal), files(desk, proposal)));
    }
    let state = opened.state(part);
    let status = state_status(desk, state);
    form.aside = vec![desk.t("w-inventory-aside"), status.text];
    if proposal.state_word {
        form.aside.push(desk.t("inventory-state-word"));
    }
    form.aside.extend(["w-inventory-aside-1", "w-inventory-aside-2"].map(|key| desk.t(key)));
    let neighbour =
        |to: Option<u32>, label: &str| to.map(|to| Act::new(desk, format!("{here}/{to}"), label));
    let before = part.checked_sub(1).filter(|no| *no > 0);
    form.acts.extend(neighbour(before, "w-inventory-before"));
    let after = Some(part + 1).filter(|no| *no <= opened.inventory.proposals.len() as u32);
    form.acts.extend(neighbour(after, "w-inventory-after"));
    form.acts.extend(neighbour(opened.next(part), "w-inventory-next"));
    if let Some(secret) = opened.decided.get(&part).and_then(|row| row.secret) {
        form.acts.push(Act::new(desk, href(secret), "w-inventory-secret").first());
        form.closed = true;
        return Ok(form);
    }
    Ok(questions(desk, form, proposal, input))
}

fn questions(desk: &Desk, form: Form, proposal: &Proposal, input: &Input) -> Form {
    let words = Judgement::ALL.iter().map(|answer| answer.word());
    let mut answers = terms(desk, input, "answer", "w-inventory-answer", words);
    for (choice, answer) in answers.iter_mut().zip(Judgement::ALL) {
        let adjusts = proposal.adjust.is_some() && *answer == Judgement::Accepted;
        let key = if adjusts { "adjust" } else { answer.word() };
        choice.sub = desk.t(&format!("w-inventory-answer-{key}-sub"));
    }
    let mut form = form.ask(Field::radio(desk, "answer", "w-inventory-answer", answers, input));
    if proposal.adjust.is_none() {
        let kinds = terms(desk, input, "form", "form", InfoForm::ALL.iter().map(|f| f.word()));
        let ticks = proposal.files.iter().take(FILES).enumerate().map(|(at, file)| {
            let label = file.path.clone();
            let mut choice = Choice::new(at, label, input.has("files", &at.to_string()));
            choice.sub = desk.t(&format!("inventory-tie-{}", file.tie.word()));
            choice
        });
        form = form
            .ask(
                Field::text(desk, "title", "w-title", input)
                    .hint(desk, "w-inventory-title-hint")
                    .skip(),
            )
            .ask(Field::select(desk, "form", "w-form", kinds, input).skip())
            .ask(Field::radio(desk, "level", "w-level", levels(desk, input), input).row().skip())
            .ask_more(
                Field::ticks(desk, "files", "w-inventory-files", ticks.collect(), input)
                    .hint(desk, "w-inventory-files-hint")
                    .skip(),
            );
    }
    let mut whys =
        terms(desk, input, "reason", "no-secret", NoSecret::ALL.iter().map(|reason| reason.word()));
    whys.insert(0, Choice::new("", desk.t("w-inventory-no-reason"), false));
    form.ask(
        Field::select(desk, "reason", "w-inventory-reason", whys, input)
            .hint(desk, "w-inventory-reason-hint")
            .skip(),
    )
    .ask(
        Field::area(desk, "why", "w-inventory-words", input)
            .hint(desk, "w-inventory-words-hint")
            .skip(),
    )
}

fn reasons(desk: &Desk, proposal: &Proposal) -> Table {
    let heads = [("w-inventory-reason-head", ""), ("w-inventory-weight", "n")];
    let rows = proposal.reasons.iter();
    Table::new(desk, &heads).with(
        rows.map(|why| {
            vec![Cell::text(reason(desk, why)), Cell::text(format!("{:+}", why.weight))]
        }),
    )
}

fn files_title(desk: &Desk, proposal: &Proposal) -> String {
    desk.n("w-inventory-files-head", proposal.files.len() as u64 + proposal.more_files)
}

fn files(desk: &Desk, proposal: &Proposal) -> Table {
    let heads = [
        ("w-inventory-file", ""),
        ("w-inventory-tie", ""),
        ("w-inventory-size", "n p2"),
        ("w-inventory-changed", "p2"),
    ];
    let rows = proposal.files.iter().take(FILES).map(|file| {
        vec![
            Cell::text(file.path.clone()),
            Cell::text(desk.t(&format!("inventory-tie-{}", file.tie.word()))),
            Cell::text(size(file.size)),
            Cell::text(desk.minute(domain::Moment(file.changed))),
        ]
    });
    let mut table = Table::new(desk, &heads).with(rows);
    let more = proposal.files.len().saturating_sub(FILES) as u64 + proposal.more_files;
    if more > 0 {
        table.caption = desk.n("inventory-more-files", thousands(more));
    }
    table
}

/// What the form begins with: the kind that was proposed, and all files but copies.
fn as_proposed(proposal: &Proposal) -> Input {
    let form = proposal.form.unwrap_or(InfoForm::Other);
    Input::of([
        ("answer", Judgement::Accepted.word().to_owned()),
        ("form", form.word().to_owned()),
        ("level", Level::Important.word().to_owned()),
    ])
}

/// `GET /inventories/SL-0001/3`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, part)): Path<(String, u32)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Inventory)?;
        let opened = opened(desk, no)?;
        let input = as_proposed(opened.inventory.proposal(part)?);
        make(desk, &opened, part, &input)?.page(desk, Section::Inventories, &input, &Errors::new())
    })
    .await
}

/// `POST /inventories/SL-0001/3`; leads on to the next open card.
pub(crate) async fn send(
    State(app): State<App>,
    Path((no, part)): Path<(String, u32)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no: Number = number(&no, Series::Inventory)?;
        let opened = opened(desk, no)?;
        let proposal = opened.inventory.proposal(part)?;
        submit(
            desk,
            Section::Inventories,
            &posted,
            |desk, input| make(desk, &opened, part, input),
            |r| {
                let Some(answer) = r.must_term("answer", Judgement::from_word) else {
                    return Ok(None);
                };
                let reason = r.term("reason", NoSecret::from_word);
                if answer == Judgement::NotSecret && reason.is_none() && r.is_right() {
                    r.wrong("reason", "w-inventory-reason-missing");
                }
                let form = r.term("form", InfoForm::from_word);
                let level = r.term("level", Level::from_word).unwrap_or(Level::Important);
                if !r.is_right() {
                    return Ok(None);
                }
                let receipt = match answer {
                    Judgement::Accepted => {
                        let wish = AcceptForm {
                            title: r
                                .text("title")
                                .unwrap_or_else(|| untitled(desk, no, part, form)),
                            form,
                            class: None,
                            level,
                            files: r
                                .parts("files")
                                .map(|places| places.iter().map(|n| *n as usize).collect()),
                            why: r.text("why").unwrap_or_else(|| adjusted(desk, no, part)),
                        };
                        let [_, decided] = desk.office().accept_proposal(
                            &r.ask(),
                            &opened.inventory,
                            part,
                            wish,
                        )?;
                        decided
                    }
                    Judgement::Aside | Judgement::NotSecret => {
                        let form = DecideForm { answer, reason, why: r.text("why") };
                        desk.office().decide_proposal(&r.ask(), (no, proposal.no), form)?
                    }
                };
                let to =
                    opened.next(part).map_or_else(|| href(no), |n| format!("{}/{n}", href(no)));
                Ok(Some((to, receipt)))
            },
        )
    })
    .await
}

/// A title that says nothing: it is stored in clear, so no name of a file becomes one by itself.
fn untitled(desk: &Desk, no: Number, part: u32, form: Option<InfoForm>) -> String {
    let kind = form.filter(|form| *form != InfoForm::Other);
    let kind = kind.map_or_else(
        || desk.t("inventory-untitled"),
        |form| desk.t(&format!("form-{}", form.word())),
    );
    format!("{kind} {no}/{part}")
}

fn adjusted(desk: &Desk, no: Number, part: u32) -> String {
    desk.tr("inventory-adjust-why", &[("no", &no.to_string()), ("part", &part.to_string())])
}
