//! Recognition in plain words: schemes, applications with their evidence, reviews, notice, award.

use std::collections::BTreeMap;

use catalog::Scheme;
use domain::recognition::{Agree, Apply, Evidence, Review, Rules, Wish};
use domain::terms::{Check, RecognitionState, Unrecognition};
use domain::{Command, Day, Number, Refusal};
use ledger::note::VerifierKey;
use ledger::tlog_proof::TlogProof;
use store::read::{EvidenceRow, RecognitionRow};
use store::{Reader, Receipt};
use words::Lang;

use crate::{Ask, Office, Sort, Source, Trouble, law};

/// The letters of codes: none of them is taken for another one.
const CODE_LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a code: sixty bits, so that nobody finds one by trying.
const CODE_LENGTH: usize = 12;

/// The schemes, the layer that others stand under first.
pub fn schemes() -> Vec<&'static Scheme> {
    let mut schemes: Vec<_> = law().schemes().iter().collect();
    schemes.sort_by_key(|scheme| {
        std::iter::successors(Some(*scheme), |one| law().scheme(&one.under.as_ref()?.id))
            .take(law().schemes().len())
            .count()
    });
    schemes
}

/// A scheme by its name, with or without its edition. An edition that this program no longer has
/// reads as the one it has: criteria keep their names.
pub fn scheme(mark: &str) -> Option<&'static Scheme> {
    law().scheme(Rules::stem(mark))
}

/// A score in tenths as people read it: `81.5`.
pub fn score_words(tenths: u32) -> String {
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}.{rest}", tenths / 10),
    }
}

/// An application.
#[derive(Clone, Debug)]
pub struct ApplyForm {
    /// Who applies.
    pub company: Number,
    /// By which scheme, by its name.
    pub scheme: String,
    /// The recognition under which it would stand.
    pub under: Option<Number>,
    /// The letter it came by.
    pub source: Option<String>,
    /// When.
    pub happened: Day,
    /// What the applicant says.
    pub statement: Option<String>,
}

/// Evidence for a criterion.
pub struct EvidenceForm {
    /// The recognition.
    pub recognition: Number,
    /// The criterion.
    pub criterion: String,
    /// What it shows.
    pub note: Option<String>,
    /// Papers.
    pub papers: Vec<Source>,
    /// The date on them.
    pub happened: Option<Day>,
    /// A proof of an entry of the company's own ledger (C2SP tlog-proof).
    pub proof: Option<Vec<u8>>,
}

/// A review.
#[derive(Clone, Debug)]
pub struct ReviewForm {
    /// The recognition.
    pub recognition: Number,
    /// Who reviewed.
    pub expert: Number,
    /// Points of every criterion.
    pub marks: BTreeMap<String, u32>,
    /// What excludes from recognition and was found.
    pub bars: Vec<String>,
    /// When.
    pub happened: Day,
    /// A remark.
    pub note: Option<String>,
}

/// What the reviewers agreed on.
#[derive(Clone, Debug)]
pub struct AgreeForm {
    /// The recognition.
    pub recognition: Number,
    /// Points of every criterion; empty to let the mean stand.
    pub marks: BTreeMap<String, u32>,
    /// What excludes from recognition and was found.
    pub bars: Vec<String>,
    /// When.
    pub happened: Day,
    /// Why.
    pub why: Option<String>,
}

/// A criterion with what there is for it.
#[derive(Clone, Debug)]
pub struct Gauge {
    /// The axis.
    pub axis: &'static catalog::recognition::Axis,
    /// The criterion.
    pub criterion: &'static catalog::recognition::Criterion,
    /// What was given.
    pub evidence: Vec<EvidenceRow>,
}

impl Gauge {
    /// Whether something that must be there is missing.
    pub fn is_missing(&self) -> bool {
        self.criterion.must && self.evidence.is_empty()
    }
}

impl Office {
    /// Takes in an application.
    ///
    /// # Errors
    /// [`Trouble`]; when there is no such scheme.
    pub fn apply_for(&self, ask: &Ask, form: ApplyForm) -> Result<Receipt, Trouble> {
        let rules = rules(known(&form.scheme)?);
        let ApplyForm { company, under, source, happened, statement, .. } = form;
        let (key, [statement]) = self.seal_about(Some(company), [("statement", statement)])?;
        let wish = Apply { company, under, source, happened, statement, key, rules };
        self.recognise(ask, Wish::Apply(Box::new(wish)))
    }

    /// Takes in evidence. A proof is compared with the keys of the company's links first.
    ///
    /// # Errors
    /// [`Trouble`]; when the proof does not hold, or is of another ledger than the company's.
    pub fn give_evidence(&self, ask: &Ask, form: EvidenceForm) -> Result<Receipt, Trouble> {
        let reader = self.reader()?;
        let row = self.recognition(&reader, form.recognition)?;
        let rules = rules(known(&row.scheme)?);
        let proved = form.proof.map(|bytes| proved(&reader, row.company, &bytes)).transpose()?;
        let EvidenceForm { recognition, criterion, note, papers, happened, .. } = form;
        let (key, [note]) = self.seal_about(Some(row.company), [("note", note)])?;
        let papers = self.papers(Some(recognition), papers, happened)?;
        let wish = Evidence { recognition, criterion, note, key, papers, proved, rules };
        self.recognise(ask, Wish::Evidence(Box::new(wish)))
    }

    /// Takes an application and hands it to two reviewers.
    ///
    /// # Errors
    /// [`Trouble`]; refused when evidence is missing, or a reviewer is not independent.
    pub fn assign_reviewers(
        &self,
        ask: &Ask,
        recognition: Number,
        experts: Vec<Number>,
        due: Day,
    ) -> Result<Receipt, Trouble> {
        let rules = self.rules_of(recognition)?;
        self.recognise(ask, Wish::Assign { recognition, experts, due, rules })
    }

    /// Records a review.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn review_recognition(&self, ask: &Ask, form: ReviewForm) -> Result<Receipt, Trouble> {
        let row = self.recognition(&self.reader()?, form.recognition)?;
        let rules = rules(known(&row.scheme)?);
        let ReviewForm { recognition, expert, marks, bars, happened, note } = form;
        let (key, [note]) = self.seal_about(Some(row.company), [("note", note)])?;
        let wish = Review { recognition, expert, marks, bars, happened, note, key, rules };
        self.recognise(ask, Wish::Review(Box::new(wish)))
    }

    /// Names the visit that looked on the spot.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn visit_recognition(
        &self,
        ask: &Ask,
        recognition: Number,
        visit: Number,
    ) -> Result<Receipt, Trouble> {
        self.recognise(ask, Wish::Visit { recognition, visit })
    }

    /// Records what the reviewers agreed on.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn agree_recognition(&self, ask: &Ask, form: AgreeForm) -> Result<Receipt, Trouble> {
        let rules = self.rules_of(form.recognition)?;
        let AgreeForm { recognition, marks, bars, happened, why } = form;
        let wish = Agree { recognition, marks, bars, happened, why, rules };
        self.recognise(ask, Wish::Agree(Box::new(wish)))
    }

    /// Asks the public for objections, from today on.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn publish_recognition(
        &self,
        ask: &Ask,
        recognition: Number,
        until: Option<Day>,
    ) -> Result<Receipt, Trouble> {
        let rules = self.rules_of(recognition)?;
        self.recognise(ask, Wish::Publish { recognition, until, rules })
    }

    /// Takes in an objection.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn object(
        &self,
        ask: &Ask,
        recognition: Number,
        happened: Day,
        name: Option<String>,
        text: String,
    ) -> Result<Receipt, Trouble> {
        let company = self.recognition(&self.reader()?, recognition)?.company;
        if text.trim().is_empty() {
            return Err(Refusal::Blank("field-objection").into());
        }
        let texts = [("name", name), ("text", Some(text))];
        let (key, [name, text]) = self.seal_about(Some(company), texts)?;
        let text = text.ok_or(Trouble::Erased)?;
        self.recognise(ask, Wish::Object { recognition, happened, name, text, key })
    }

    /// Answers an objection.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn answer_objection(
        &self,
        ask: &Ask,
        (recognition, objection): (Number, u32),
        upheld: bool,
        happened: Day,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.recognise(ask, Wish::Answer { recognition, objection, upheld, happened, why })
    }

    /// Awards a recognition, with a fresh code.
    ///
    /// # Errors
    /// [`Trouble`]; refused while the notice runs or an objection is open.
    pub fn award(&self, ask: &Ask, recognition: Number, happened: Day) -> Result<Receipt, Trouble> {
        let row = self.recognition(&self.reader()?, recognition)?;
        let scheme = known(&row.scheme)?;
        let months = |months| happened.plus_months(months).unwrap_or(happened);
        let lang = Lang::from_tag(&self.home().settings.language).unwrap_or_default();
        let title = words::law::text(lang, &scheme.title);
        let wish = Wish::Award {
            recognition,
            happened,
            until: months(scheme.valid_months),
            check: months(scheme.check_months),
            code: self.code(),
            what: words::tr(lang, "recognition-service", &[("title", title)]),
        };
        self.recognise(ask, wish)
    }

    /// Records a yearly check; the next one is when the scheme says so, if nothing else is said.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn check_recognition(
        &self,
        ask: &Ask,
        recognition: Number,
        (verdict, happened): (Check, Day),
        next: Option<Day>,
        why: Option<String>,
    ) -> Result<Receipt, Trouble> {
        let row = self.recognition(&self.reader()?, recognition)?;
        let months = known(&row.scheme)?.check_months;
        let next = next.or_else(|| happened.plus_months(months)).unwrap_or(happened);
        self.recognise(ask, Wish::Check { recognition, verdict, happened, next, why })
    }

    /// Ends an application or a recognition.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn end_recognition(
        &self,
        ask: &Ask,
        recognition: Number,
        how: Unrecognition,
        happened: Day,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.recognise(ask, Wish::End { recognition, how, happened, why })
    }

    /// The criteria of a recognition, each with what there is for it.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn gauges(&self, reader: &Reader, row: &RecognitionRow) -> Result<Vec<Gauge>, Trouble> {
        let given = reader.recognition_evidence(row.no)?;
        let of = |id: &str| given.iter().filter(|one| one.criterion == id).cloned().collect();
        let all = known(&row.scheme)?.criteria();
        Ok(all
            .map(|(axis, criterion)| Gauge { axis, criterion, evidence: of(&criterion.id.id) })
            .collect())
    }

    /// A recognition.
    ///
    /// # Errors
    /// [`Trouble::Unknown`].
    pub fn recognition(&self, reader: &Reader, no: Number) -> Result<RecognitionRow, Trouble> {
        reader.recognition(no)?.ok_or(Trouble::Unknown(no))
    }

    /// The certificate of a recognition that was awarded, as PDF. `url` leads to the page where
    /// anybody looks the code up; without one the code alone is printed.
    ///
    /// # Errors
    /// [`Trouble`]; refused when it is not recognised.
    pub fn certificate(
        &self,
        reader: &Reader,
        row: &RecognitionRow,
        lang: Lang,
        url: Option<&str>,
    ) -> Result<Vec<u8>, Trouble> {
        let said = row.awarded.zip(row.until).zip(row.code.clone());
        let (RecognitionState::Awarded, Some(((awarded, until), code))) = (row.state, said) else {
            return Err(Refusal::NotAtThisStep(row.no, row.state).into());
        };
        let scheme = known(&row.scheme)?;
        let certificate = dossier::Certificate {
            lang,
            no: row.no.to_string(),
            code,
            holder: row.name.clone(),
            title: words::law::text(lang, &scheme.title).to_owned(),
            station: reader.node()?.map(|node| node.name).unwrap_or_default(),
            awarded,
            until,
            url: url.unwrap_or_default().to_owned(),
            squares: url.and_then(crate::qr).unwrap_or_default(),
            printed: self.today(),
        };
        dossier::certificate_pdf(&certificate)
            .map_err(|error| crate::dossier::trouble(error.into()))
    }

    fn rules_of(&self, recognition: Number) -> Result<Rules, Trouble> {
        Ok(rules(known(&self.recognition(&self.reader()?, recognition)?.scheme)?))
    }

    fn recognise(&self, ask: &Ask, wish: Wish) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::Recognition(wish))
    }

    /// A fresh code that nobody finds by trying.
    fn code(&self) -> String {
        code_letters(&self.random::<CODE_LENGTH>())
    }
}

/// A code out of random bytes, one letter each.
pub(crate) fn code_letters(bytes: &[u8]) -> String {
    let letter = |byte: &u8| char::from(CODE_LETTERS[usize::from(byte % 32)]);
    bytes.iter().take(CODE_LENGTH).map(letter).collect()
}

/// A code as somebody typed it off a paper: letters that are taken for others are put right.
pub fn typed_code(code: &str) -> String {
    let kept = code.chars().filter(char::is_ascii_alphanumeric).take(40);
    kept.map(|c| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        'U' => 'V',
        c => c,
    })
    .collect()
}

fn known(mark: &str) -> Result<&'static Scheme, Trouble> {
    scheme(mark).ok_or_else(|| {
        let known: Vec<&str> = schemes().iter().map(|scheme| &*scheme.id).collect();
        let args = vec![("text", mark.chars().take(40).collect()), ("known", known.join(", "))];
        Trouble::Other("trouble-no-scheme", args, Sort::Refused)
    })
}

fn rules(scheme: &Scheme) -> Rules {
    let criteria = || scheme.criteria().map(|(_, one)| one);
    Rules {
        scheme: scheme.mark(),
        under: scheme.under.as_ref().map(|under| under.id.clone()),
        points: criteria().map(|one| (one.id.id.clone(), one.points)).collect(),
        must: criteria().filter(|one| one.must).map(|one| one.id.id.clone()).collect(),
        bars: scheme.bar.iter().map(|bar| bar.id.id.clone()).collect(),
        pass: scheme.pass,
        apart: scheme.apart,
        notice_days: scheme.notice_days,
    }
}

/// The entry that a proof brings along, when it is of the ledger of one of the company's links: its
/// place, and that ledger's name.
fn proved(reader: &Reader, company: Number, bytes: &[u8]) -> Result<(u64, String), Trouble> {
    let trouble = |key| Trouble::Other(key, vec![], Sort::Refused);
    let proof = TlogProof::parse(bytes).map_err(|_| trouble("trouble-proof-form"))?;
    let entry = proof.extra.as_deref().ok_or_else(|| trouble("trouble-proof-form"))?;
    let keys = reader.links_of(company)?.into_iter().filter_map(|link| link.key);
    let keys: Vec<VerifierKey> = keys.filter_map(|key| key.parse().ok()).collect();
    if keys.is_empty() {
        return Err(trouble("trouble-proof-no-link"));
    }
    for key in &keys {
        if let Ok(checkpoint) = proof.verify(entry, key) {
            return Ok((proof.index, checkpoint.origin));
        }
    }
    Err(trouble("trouble-proof-other"))
}
