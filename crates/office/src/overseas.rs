//! Going abroad: pre-judgements kept by the node, the export check, and guides put together for one
//! company. Reports quote complete guides only.

use catalog::overseas::{Country, Export, Questions, Said, Statement, Topic};
use domain::command::Command;
use domain::overseas::{Assess, Export as Answered, Wish};
use domain::terms::{LetterSort, Purpose};
use domain::{Day, Number, Refusal};
use dossier::{Block, Line, Report, Say};
use store::read::{AssessmentRow, ExportRow};
use store::{Reader, Receipt};
use words::Lang;
use words::law as words_of;

use crate::exchange::{LetterForm, content_of};
use crate::{Ask, Office, Sort, Trouble, law};

/// The procedure on which a station gives aid in matters abroad.
pub const AID: &str = "overseas-aid";

/// A pre-judgement as people fill it in.
#[derive(Clone, Debug, Default)]
pub struct AssessForm {
    /// What it is about: a product or project.
    pub product: String,
    /// The countries, by their names in the catalogue.
    pub markets: Vec<String>,
    /// The answers, as `question:choice`.
    pub answers: Vec<String>,
}

/// Answers of the export check as people fill them in.
#[derive(Clone, Debug, Default)]
pub struct ExportForm {
    /// The secret points that are to go.
    pub secrets: Vec<Number>,
    /// To whom and where.
    pub to: String,
    /// What was said.
    pub said: Vec<Said>,
}

/// The guides, complete ones first.
pub fn countries() -> Vec<&'static Country> {
    law().countries()
}

/// What is asked before going abroad.
///
/// # Panics
/// Never: tests keep the shipped catalogue whole.
#[allow(clippy::missing_panics_doc)]
pub fn questions() -> &'static Questions {
    law().questions().expect("the shipped catalogue has them")
}

/// What is asked before material leaves China.
///
/// # Panics
/// Never: tests keep the shipped catalogue whole.
#[allow(clippy::missing_panics_doc)]
pub fn export_check() -> &'static Export {
    law().export().expect("the shipped catalogue has it")
}

fn unknown(key: &'static str, text: &str) -> Trouble {
    Trouble::Other(key, vec![("text", text.chars().take(60).collect())], Sort::Refused)
}

fn country(id: &str) -> Result<&'static Country, Trouble> {
    law().country(id).ok_or_else(|| unknown("trouble-no-country", id))
}

impl Office {
    /// Records a pre-judgement and what it named.
    ///
    /// # Errors
    /// [`Trouble`] for a country or an answer that isn't in the catalogue, or the journal's.
    pub fn assess_overseas(&self, ask: &Ask, form: AssessForm) -> Result<Receipt, Trouble> {
        let guides = form.markets.iter().map(|id| Ok(country(id)?.mark()));
        let guides = guides.collect::<Result<Vec<_>, Trouble>>()?;
        if let Some(answer) = form.answers.iter().find(|answer| !questions().knows(answer)) {
            return Err(unknown("trouble-no-such-answer", answer));
        }
        let risks = questions().risks(&form.answers);
        let wish = Wish::Assess(Assess {
            product: form.product,
            markets: form.markets.clone(),
            risks: risks.iter().map(|(risk, _)| risk.id.id.clone()).collect(),
            answers: form.answers.clone(),
            guides,
            edition: questions().edition,
        });
        self.submit(ask, Command::Overseas(Box::new(wish)))
    }

    /// Records answers of the export check, and whether they let the secret points go.
    ///
    /// # Errors
    /// [`Trouble`] when a question has no answer or a paper is missing, or the journal's.
    pub fn answer_export(&self, ask: &Ask, form: ExportForm) -> Result<Receipt, Trouble> {
        let check = export_check();
        let verdict = check.judge(&form.said);
        if let Some(gate) = verdict.unanswered.first() {
            return Err(unknown("trouble-export-unanswered", &gate.id.id));
        }
        if let Some(gate) = verdict.unproved.first() {
            return Err(unknown("trouble-export-unproved", &gate.id.id));
        }
        let asked = |one: &&Said| check.question.iter().any(|gate| gate.id.id == one.question);
        let said: Vec<&Said> = form.said.iter().filter(asked).collect();
        let proof = |one: &&Said| {
            let text = one.proof.as_ref()?.split_whitespace().collect::<Vec<_>>().join(" ");
            (!text.is_empty()).then(|| format!("{}:{text}", one.question))
        };
        let wish = Wish::Export(Answered {
            secrets: form.secrets.clone(),
            to: form.to.clone(),
            answers: said.iter().map(|one| format!("{}:{}", one.question, one.choice)).collect(),
            proofs: said.iter().filter_map(proof).collect(),
            edition: check.edition,
            clear: verdict.is_clear(),
        });
        self.submit(ask, Command::Overseas(Box::new(wish)))
    }

    /// Whether a dossier for this purpose may be begun: one for use abroad only when the newest
    /// answers on each secret point are clear. Asked again when it is recorded.
    pub(crate) fn may_leave(&self, purpose: Purpose, secrets: &[Number]) -> Result<(), Trouble> {
        if purpose != Purpose::Abroad {
            return Ok(());
        }
        // The whole register decides, not what an account sees of it.
        let reader = self.reader()?;
        for &no in secrets {
            if !reader.export_of(no)?.is_some_and(|(_, clear)| clear) {
                return Err(Refusal::ExportOpen(no).into());
            }
        }
        Ok(())
    }

    /// The guides of some countries put together for the company, as PDF/A-2b.
    ///
    /// # Errors
    /// [`Trouble`] when one is a draft, or it can't be printed.
    pub fn guide_pdf(
        &self,
        reader: &Reader,
        ids: &[String],
        lang: Lang,
    ) -> Result<Vec<u8>, Trouble> {
        let chosen = ids.iter().map(|id| country(id)).collect::<Result<Vec<_>, _>>()?;
        if let Some(draft) = chosen.iter().find(|country| !country.is_complete()) {
            return Err(unknown("trouble-guide-draft", &draft.id));
        }
        let say = Say { lang, zone_minutes: self.zone_minutes() };
        let names: Vec<&str> =
            chosen.iter().map(|country| words_of::text(lang, &country.name)).collect();
        let names = names.join(&say.t("w-comma"));
        let mut blocks: Vec<Block> = chosen.iter().flat_map(|one| guide(say, one)).collect();
        blocks.extend(gates(say));
        let marks: Vec<String> = chosen.iter().map(|one| one.mark()).collect();
        let title = say.tr("guide-title", &[("countries", &names)]);
        let holder = reader.node()?.map(|node| node.name).unwrap_or_default();
        let facts = vec![("guide-editions", marks.join(", "))];
        self.overseas_paper(say, title, (holder, marks.join(" ")), facts, blocks)
    }

    /// A pre-judgement as PDF/A-2b: the answers, the risks with reasons, and what complete guides say
    /// on the field each rests on.
    ///
    /// # Errors
    /// [`Trouble`] when it can't be read or printed.
    pub fn assessment_paper(
        &self,
        reader: &Reader,
        row: &AssessmentRow,
        lang: Lang,
    ) -> Result<Vec<u8>, Trouble> {
        let say = Say { lang, zone_minutes: self.zone_minutes() };
        let blocks = prejudgement(say, row);
        let title = say.tr("assessment-title", &[("product", &row.product)]);
        let holder = reader.node()?.map(|node| node.name).unwrap_or_default();
        let facts = vec![
            ("field-product", row.product.clone()),
            ("guide-editions", row.guides.join(", ")),
            ("assessment-made", say.moment(row.at)),
        ];
        self.overseas_paper(say, title, (holder, row.no.to_string()), facts, blocks)
    }

    /// Asks the station for aid in a matter abroad: a letter with the pre-judgement as a file. The
    /// station opens a case from it on the procedure of aid.
    ///
    /// # Errors
    /// [`Trouble`] when there is no such pre-judgement, or the letter's.
    pub fn ask_aid(
        &self,
        ask: &Ask,
        reader: &Reader,
        (no, link): (Number, Number),
        text: &str,
        due: Option<Day>,
    ) -> Result<(u64, Receipt), Trouble> {
        let row = reader.assessment(no)?.ok_or(Trouble::Unknown(no))?;
        let lang = self.language();
        let names = row.markets.iter().filter_map(|id| law().country(id));
        let names: Vec<&str> = names.map(|of| words_of::text(lang, &of.name)).collect();
        let names = names.join(&words::t(lang, "w-comma"));
        let args = [("product", row.product.clone()), ("countries", names)];
        let form = LetterForm {
            sort: LetterSort::Question,
            subject: words::tr(lang, "aid-subject", &args),
            text: text.to_owned(),
            re: None,
            due,
            files: vec![(format!("{no}.pdf"), self.assessment_paper(reader, &row, lang)?)],
        };
        let mut content = content_of(&form, self.way()?)?;
        content.head.data.insert("procedure".into(), AID.into());
        let sort = form.sort;
        self.post(ask, link, &content, &|letter| Command::SendLetter { link, letter, sort })
    }

    fn overseas_paper(
        &self,
        say: Say,
        title: String,
        (holder, no): (String, String),
        facts: Vec<(&str, String)>,
        blocks: Vec<Block>,
    ) -> Result<Vec<u8>, Trouble> {
        let fact = |key: &str, value: String| (say.t(key), Line::plain(value));
        let mut all = vec![fact("report-holder", holder.clone())];
        all.extend(facts.into_iter().map(|(key, value)| fact(key, value)));
        all.push(fact("report-made", format!("{} ({})", say.moment(self.now()), say.zone())));
        let paper = Report {
            lang: say.lang.tag(),
            title,
            kicker: say.t("guide-kicker"),
            footer: say.tr("report-footer", &[("no", &no), ("holder", &holder)]),
            contents: String::new(),
            facts: all,
            notices: vec![say.t("guide-not-advice"), say.t("guide-how-verified")],
            holder,
            no,
            blocks,
        };
        self.paper_pdf(&paper)
    }
}

/// What a statement rests on, in one line.
fn ground(say: Say, one: &Statement) -> String {
    let seen = one.seen.map(|day| day.to_string()).unwrap_or_default();
    let version = one.version.clone().unwrap_or_default();
    let args = [
        ("article", &*one.article),
        ("source", &*one.source),
        ("seen", &*seen),
        ("version", &*version),
    ];
    say.tr("guide-ground", &args)
}

fn said_on(say: Say, country: &Country, topic: Topic) -> Vec<Block> {
    let says = country.on(topic).flat_map(|one| {
        let text = words_of::text(say.lang, &one.says).to_owned();
        [Block::Para { text }, Block::Note { text: ground(say, one) }]
    });
    says.collect()
}

fn guide(say: Say, country: &Country) -> Vec<Block> {
    let text = words_of::text(say.lang, &country.name).to_owned();
    let mut blocks = vec![Block::Heading { level: 1, text }];
    blocks.extend(
        country
            .note
            .as_ref()
            .map(|note| Block::Note { text: words_of::text(say.lang, note).to_owned() }),
    );
    for topic in Topic::ALL {
        let text = say.t(&format!("topic-{}", topic.key()));
        blocks.push(Block::Heading { level: 2, text });
        blocks.extend(said_on(say, country, topic));
    }
    blocks
}

/// What Chinese law asks before anything leaves.
fn gates(say: Say) -> Vec<Block> {
    let norms = law().norms();
    let mut blocks = vec![
        Block::Heading { level: 1, text: say.t("export-check") },
        Block::Para { text: words_of::text(say.lang, &export_check().note).to_owned() },
    ];
    for gate in &export_check().question {
        let cites: Vec<String> =
            gate.cites.iter().map(|cite| words_of::cite(say.lang, norms, cite)).collect();
        let open = match gate.open {
            true => format!(" [{}]", say.t("law-mark-recalled")),
            false => String::new(),
        };
        let text = format!("{}{open}", words_of::text(say.lang, &gate.name));
        blocks.push(Block::Para { text });
        blocks.push(Block::Note { text: cites.join(&say.t("w-comma")) });
    }
    blocks
}

fn prejudgement(say: Say, row: &AssessmentRow) -> Vec<Block> {
    let words = |text: &'static catalog::Text| words_of::text(say.lang, text).to_owned();
    let mut rows: Vec<(String, Vec<Line>)> = Vec::new();
    for question in &questions().question {
        let given = row.answers.iter().filter_map(|answer| questions().choice(answer));
        let given = given.filter(|(of, _)| of.id.id == question.id.id);
        let given: Vec<String> = given.map(|(_, choice)| words(&choice.name)).collect();
        let given = given.join(&say.t("w-comma"));
        rows.push((words(&question.name), Line::plain(given)));
    }
    let markets: Vec<&'static Country> =
        row.markets.iter().filter_map(|id| law().country(id)).collect();
    let names: Vec<String> = markets.iter().map(|one| words(&one.name)).collect();
    rows.push((say.t("field-markets"), Line::plain(names.join(&say.t("w-comma")))));
    let mut blocks = vec![
        Block::Heading { level: 1, text: say.t("assessment-answers") },
        Block::Facts { rows },
        Block::Heading { level: 1, text: say.t("assessment-risks") },
    ];
    let named = row.risks.iter().filter_map(|id| questions().risk(id)).collect::<Vec<_>>();
    if named.is_empty() {
        blocks.push(Block::Para { text: say.t("assessment-none") });
    }
    for risk in named {
        blocks.push(Block::Heading { level: 2, text: words(&risk.name) });
        let by = row.answers.iter().filter(|said| risk.when.iter().any(|of| of.id == **said));
        let by = by.filter_map(|said| questions().choice(said));
        let by: Vec<String> = by.map(|(_, choice)| words(&choice.name)).collect();
        let by = [("answers", &*by.join(&say.t("w-comma")))];
        blocks.push(Block::Para { text: words(&risk.reason) });
        blocks.push(Block::Para {
            text: say.tr("assessment-advice", &[("advice", &words(&risk.advice))]),
        });
        blocks.push(Block::Note { text: say.tr("assessment-because", &by) });
        for country in &markets {
            let (name, topic) =
                (words(&country.name), say.t(&format!("topic-{}", risk.field.key())));
            let args = [("country", &*name), ("topic", &*topic)];
            if country.is_complete() {
                let text = say.tr("assessment-says", &args);
                blocks.push(Block::Heading { level: 3, text });
                blocks.extend(said_on(say, country, risk.field));
            } else {
                blocks.push(Block::Note { text: say.tr("assessment-draft", &args) });
            }
        }
    }
    blocks
}

impl ExportForm {
    /// The answers of a record, as they were given.
    pub fn of(row: &ExportRow) -> Vec<Said> {
        let proof = |question: &str| {
            let found = row.proofs.iter().filter_map(|one| one.split_once(':'));
            let mut found =
                found.filter(|(of, _)| *of == question).map(|(_, text)| text.to_owned());
            found.next_back()
        };
        let said = row.answers.iter().filter_map(|one| one.split_once(':'));
        said.map(|(question, choice)| Said {
            question: question.to_owned(),
            choice: choice.to_owned(),
            proof: proof(question),
        })
        .collect()
    }
}
