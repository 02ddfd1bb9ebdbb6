//! 出境审查: what is answered before material leaves China. A dossier for use abroad waits for it.

use std::sync::LazyLock;

use axum::extract::{Path, State};
use axum::response::Response;
use catalog::overseas::{Leads, Said};
use domain::terms::Action;
use domain::{Number, Series};
use office::{ExportForm, export_check};
use store::read::{ExportRow, SecretFilter};

use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form};
use crate::input::{Errors, Input, Posted};
use crate::list::{Act, Cell, List, Table};
use crate::pages::{number, submit};
use crate::problem::Problem;
use crate::shell::Section;
use crate::show::{Status, query};
use crate::thing::Thing;
use crate::visitor::Member;

/// So many secret points are offered by name; with more, numbers are typed.
const OFFERED_MAX: u32 = 40;

/// The names of the fields for papers, one for each question.
static PROOFS: LazyLock<Vec<String>> = LazyLock::new(|| {
    export_check().question.iter().map(|gate| format!("proof-{}", gate.id.id)).collect()
});

fn status(desk: &Desk, row: &ExportRow) -> Status {
    match row.clear {
        true => Status::new("ok", desk.t("export-clear")),
        false => Status::new("bad", desk.t("export-stopped")),
    }
}

/// `GET /overseas/exports`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let heads = [
            ("w-col-no", ""),
            ("field-destination", ""),
            ("w-col-export-state", ""),
            ("field-secrets", "p2"),
            ("w-col-made", "p2"),
        ];
        let rows = desk.reader.exports()?;
        let table = Table::new(desk, &heads).with(rows.iter().map(|row| {
            vec![
                Cell::link(href(row.no), row.no.to_string()),
                Cell::text(row.to.clone()),
                Cell::status(status(desk, row)),
                Cell::text(desk.names(&row.secrets)),
                Cell::text(desk.minute(row.at)),
            ]
        }));
        let mut list = List::new(desk, "/overseas/exports", "export-check", table);
        list.lead = desk.t("w-exports-lead");
        list.none = (desk.t("w-exports-none"), desk.t("w-exports-none-why"));
        if desk.may(Action::KeepControls) {
            list.acts.push(Act::new(desk, "/overseas/exports/new", "w-export-new").first());
        }
        list.acts.push(Act::new(desk, "/overseas", "w-nav-overseas"));
        list.page(desk, Section::Overseas)
    })
    .await
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let stated = SecretFilter { limit: OFFERED_MAX + 1, ..SecretFilter::default() };
    let stated = desk.reader.secrets(&stated)?;
    let secrets = match stated.total <= u64::from(OFFERED_MAX) {
        true => {
            let choices = stated.rows.into_iter().map(|row| {
                let no = row.no.to_string();
                let on = input.has("secret", &no);
                Choice::new(&no, format!("{} {no}", row.title), on)
            });
            Field::ticks(desk, "secret", "field-secrets", choices.collect(), input)
        }
        false => {
            Field::text(desk, "secret", "field-secrets", input).hint(desk, "w-dossier-type-hint")
        }
    };
    let mut form = Form::new(desk, "w-export-new", "/overseas/exports/new".into(), "w-export-do")
        .lead(desk.law(&export_check().note))
        .crumb(desk, "/overseas/exports", "export-check")
        .aside(desk, &["w-export-aside", "w-export-aside-1", "w-export-aside-2"])
        .ask(secrets)
        .ask(Field::text(desk, "to", "field-destination", input).hint(desk, "w-export-to-hint"));
    for (gate, proof) in export_check().question.iter().zip(PROOFS.iter()) {
        let name = gate.id.id.as_str();
        let choices = gate.choice.iter().map(|choice| {
            let on = input.get(name) == choice.id.id;
            Choice::new(&choice.id.id, desk.law(&choice.name), on)
        });
        let bases: Vec<String> =
            gate.cites.iter().map(|cite| desk.basis(cite, None).cite).collect();
        let open = match gate.open {
            true => format!(" [{}]", desk.t("law-mark-recalled")),
            false => String::new(),
        };
        let hint = format!("{}{open}", bases.join(&desk.t("w-comma")));
        let field = Field::radio(desk, name, "field-destination", choices.collect(), input);
        form = form.ask(field.labelled(desk.law(&gate.name)).hinted(hint));
        if gate.choice.iter().any(|choice| choice.is == Leads::Proof) {
            let field = Field::text(desk, proof, "field-proof", input);
            form = form.ask(field.hint(desk, "w-export-proof-hint").skip());
        }
    }
    Ok(form)
}

/// `GET /overseas/exports/new`.
pub(crate) async fn form(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::default();
        make(desk, &input)?.page(desk, Section::Overseas, &input, &Errors::new())
    })
    .await
}

/// `POST /overseas/exports/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Overseas, &posted, make, |r| {
            let typed = r.input.all("secret").flat_map(|typed| typed.split([' ', ',', '，', '、']));
            let secrets: Vec<Option<Number>> = typed
                .filter(|typed| !typed.is_empty())
                .map(|typed| Number::parse(typed).ok().filter(|no| no.series == Series::Secret))
                .collect();
            if secrets.is_empty() || secrets.contains(&None) {
                r.wrong("secret", "w-dossier-which");
            }
            let to = r.must_text("to", "field-destination");
            let mut said = Vec::new();
            for (gate, proof) in export_check().question.iter().zip(PROOFS.iter()) {
                let name = gate.id.id.as_str();
                let Some(choice) = gate.choice(r.input.get(name)) else {
                    r.wrong(name, "w-export-unanswered");
                    continue;
                };
                let paper = r.text(proof);
                if choice.is == Leads::Proof && paper.is_none() {
                    r.wrong(proof, "w-export-unproved");
                }
                said.push(Said {
                    question: name.to_owned(),
                    choice: choice.id.id.clone(),
                    proof: paper.filter(|_| choice.is == Leads::Proof),
                });
            }
            if !r.is_right() {
                return Ok(None);
            }
            let form = ExportForm { secrets: secrets.into_iter().flatten().collect(), to, said };
            let receipt = r.desk.office().answer_export(&r.ask(), form)?;
            Ok(receipt.number.map(|no| (href(no), receipt)))
        })
    })
    .await
}

/// `GET /overseas/exports/CJ-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Export)?;
        let row = desk.reader.export(no)?.ok_or(Problem::NotFound)?;
        let crumb = ("/overseas/exports", "export-check");
        let mut thing = Thing::new(desk, no, crumb, row.to.clone())?;
        thing.lead = status(desk, &row).text;
        let mut newest = true;
        for secret in &row.secrets {
            newest &= desk.reader.export_of(*secret)?.is_some_and(|(of, _)| of == no);
            thing.fact_of(desk, "field-secrets", Some(*secret));
        }
        if !newest {
            thing.notes.push(("warn", desk.t("export-newer")));
        }
        if row.clear && newest && desk.may(Action::BuildDossiers) {
            let secrets: Vec<String> = row.secrets.iter().map(ToString::to_string).collect();
            let mut pairs: Vec<(&str, &str)> =
                secrets.iter().map(|no| ("secret", no.as_str())).collect();
            pairs.push(("purpose", "abroad"));
            let to = query("/dossiers/new", &pairs);
            thing.acts.push(Act::new(desk, to, "w-do-dossier").first());
        }
        let said = ExportForm::of(&row);
        let heads = [("w-col-question", ""), ("w-export-answer", ""), ("field-proof", "p2")];
        let rows = export_check().question.iter().map(|gate| {
            let given = said.iter().find(|one| one.question == gate.id.id);
            let choice = given.and_then(|one| gate.choice(&one.choice));
            let proof = given.and_then(|one| one.proof.clone()).unwrap_or_default();
            let status = choice.map(|choice| match choice.is {
                Leads::Stop => Status::new("bad", desk.t("export-stops")),
                Leads::Proof | Leads::Pass => Status::new("ok", desk.t("export-passes")),
            });
            let answer = choice.map(|choice| desk.law(&choice.name)).unwrap_or_default();
            vec![
                Cell::text(desk.law(&gate.name)),
                Cell { status, ..Cell::text(answer) },
                Cell::text(proof),
            ]
        });
        let table = Table::new(desk, &heads).with(rows);
        thing.table(desk, "w-export-answers", table, "w-exports-none");
        thing.notes.push(("", desk.law(&export_check().note)));
        thing.page(desk, Section::Overseas)
    })
    .await
}
