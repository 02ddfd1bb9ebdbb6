//! Loss and gain of a case, by each lawful way of counting; one of a sort is relied on.
//!
//! Inputs, result and vouchers are sealed under the case's key. Whether a threshold is reached is
//! reckoned from what is relied on, by the standards of evidence.

use std::collections::BTreeMap;

use catalog::loss::{Gives, Method, Miscount, Worksheet};
use catalog::standard::{Fen, Figures};
use domain::casework::{Reckon, Wish};
use domain::{Command, Number, Series, incident};
use serde::{Deserialize, Serialize};
use store::{Reader, Receipt};
use words::Lang;

use crate::{Ask, Office, Sort, Trouble, law};

/// A way of counting, and what was reckoned by it.
pub struct Reckoned {
    /// The worksheet.
    pub sheet: &'static Worksheet,
    /// The way of counting.
    pub method: &'static Method,
    /// What was put in and what came out; `None` before anybody reckoned.
    pub counted: Option<Counted>,
    /// Whether it counts towards a threshold.
    pub relied: bool,
}

/// What was put into a way of counting, and what came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The inputs, as typed.
    pub inputs: BTreeMap<String, String>,
    /// Fen, or a count.
    pub result: u64,
    /// The vouchers and how they were used.
    #[serde(default)]
    pub basis: String,
}

/// A reckoning to be recorded.
#[derive(Clone, Debug)]
pub struct ReckonForm {
    /// The case or the incident.
    pub case: Number,
    /// The worksheet.
    pub sheet: String,
    /// The way of counting.
    pub method: String,
    /// The inputs, as typed.
    pub inputs: BTreeMap<String, String>,
    /// The vouchers and how they were used.
    pub basis: String,
    /// Whether it is to count towards a threshold.
    pub relied: bool,
}

/// A result for people: `300,060.00 元`, or a count.
pub fn result_words(lang: Lang, gives: Gives, result: u64) -> String {
    if !gives.is_money() {
        return result.to_string();
    }
    let digits = (result / 100).to_string();
    let mut yuan = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            yuan.push(',');
        }
        yuan.push(digit);
    }
    words::tr(lang, "money-yuan", &[("sum", &format!("{yuan}.{:02}", result % 100))])
}

/// The method by its names; the trouble names those there are.
fn method_of(sheet: &str, method: &str) -> Result<(&'static Worksheet, &'static Method), Trouble> {
    let found = law().worksheets().iter().find(|known| known.id == sheet);
    found.and_then(|found| Some((found, found.method(method)?))).ok_or_else(|| {
        let known: Vec<_> = law()
            .worksheets()
            .iter()
            .flat_map(|sheet| sheet.method.iter().map(|method| &*method.id.id))
            .collect();
        let args = vec![("text", method.chars().take(40).collect()), ("known", known.join(", "))];
        Trouble::Other("trouble-no-way-of-counting", args, Sort::Refused)
    })
}

fn miscount(lang: Lang, method: &Method, why: &Miscount) -> Trouble {
    let name = |id: &String| {
        let input = method.input.iter().find(|input| input.id.id == *id);
        input.map_or_else(|| id.clone(), |of| words::law::text(lang, &of.name).to_owned())
    };
    let known: Vec<_> = method.input.iter().map(|input| &*input.id.id).collect();
    let (key, args) = match why {
        Miscount::Missing(id) => ("trouble-input-missing", vec![("what", name(id))]),
        Miscount::Odd(id) => ("trouble-input-odd", vec![("what", name(id))]),
        Miscount::TooLarge => ("trouble-sum-too-large", vec![]),
        Miscount::Unknown(id) => {
            let text = id.chars().take(40).collect();
            ("trouble-no-such-field", vec![("text", text), ("known", known.join(", "))])
        }
    };
    Trouble::Other(key, args, Sort::Refused)
}

impl Office {
    /// All ways of counting, and what was reckoned of a case by each.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn reckonings(&self, reader: &Reader, case: Number) -> Result<Vec<Reckoned>, Trouble> {
        let rows = reader.case_reckonings(case)?;
        let mut list = Vec::new();
        for sheet in law().worksheets() {
            for method in &sheet.method {
                let row =
                    rows.iter().find(|row| row.sheet == sheet.id && row.method == method.id.id);
                let counted = match row {
                    Some(row) => self.counted(reader, row.idx)?,
                    None => None,
                };
                let relied = row.is_some_and(|row| row.relied) && counted.is_some();
                list.push(Reckoned { sheet, method, counted, relied });
            }
        }
        Ok(list)
    }

    /// What is relied on, as thresholds ask for it.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn figures(&self, reader: &Reader, case: Number) -> Result<Figures, Trouble> {
        let mut figures = Figures::default();
        for row in reader.case_reckonings(case)?.into_iter().filter(|row| row.relied) {
            let Some(result) = self.counted(reader, row.idx)?.map(|counted| counted.result) else {
                continue;
            };
            let all = [Gives::Loss, Gives::Gain, Gives::Acquisitions, Gives::Punishments];
            match all.into_iter().find(|gives| gives.key() == row.gives) {
                Some(Gives::Loss) => figures.loss = Some(Fen(result)),
                Some(Gives::Gain) => figures.gain = Some(Fen(result)),
                Some(Gives::Acquisitions) => figures.acquisitions = Some(result),
                Some(Gives::Punishments) => figures.punished_before = Some(result > 0),
                None => {}
            }
        }
        Ok(figures)
    }

    /// Reckons by one way of counting and records it.
    ///
    /// # Errors
    /// [`Trouble`]; refused with the input that stands in the way.
    pub fn reckon(&self, ask: &Ask, form: ReckonForm, lang: Lang) -> Result<Receipt, Trouble> {
        let (_, method) = method_of(&form.sheet, &form.method)?;
        let result = method.reckon(&form.inputs).map_err(|why| miscount(lang, method, &why))?;
        let counted = Counted { inputs: form.inputs, result, basis: form.basis };
        let json = serde_json::to_string(&counted).expect("texts become JSON");
        let (key, sealed) = self.seal_all(Some(form.case), vec![("counted", Some(json))])?;
        let counted = sealed.into_iter().next().flatten().expect("an object is never blank");
        if form.case.series == Series::Incident {
            let wish = incident::Reckon {
                incident: form.case,
                sheet: form.sheet,
                method: form.method,
                gives: method.gives.key().to_owned(),
                relied: form.relied,
                counted,
                key,
            };
            let wish = incident::Wish::Reckon(Box::new(wish));
            return self.submit(ask, Command::Incident(Box::new(wish)));
        }
        let wish = Reckon {
            case: form.case,
            sheet: form.sheet,
            method: form.method,
            gives: method.gives.key().to_owned(),
            relied: form.relied,
            counted,
            key,
        };
        self.submit(ask, Command::Casework(Wish::Reckon(Box::new(wish))))
    }

    fn counted(&self, reader: &Reader, idx: u64) -> Result<Option<Counted>, Trouble> {
        let shown = self.field(reader, idx, "counted", None)?;
        let Some(text) = shown.text() else { return Ok(None) };
        serde_json::from_str(text).map(Some).map_err(|_| Trouble::NotAsRecorded(idx))
    }
}
