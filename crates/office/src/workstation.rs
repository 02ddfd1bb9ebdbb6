//! The workstation in plain words: experts, requests, visits with their checklist, prescriptions.
//!
//! What a company asks and what was found there is sealed under the company's own key: it can be
//! erased without breaking the ledger, and lists and figures do without it.

use catalog::Checklist;
use domain::terms::{Channel, Closing, Grade, Mark, Pace, Review, Theme};
use domain::workstation::{AddExpert, PlanVisit, Prescribe, Receive, RecordVisit, Route, Wish};
use domain::{Command, Day, Envelope, NewKey, Number};
use store::read::{ExpertRow, VisitRow};
use store::{Reader, Receipt};

use crate::{Ask, Office, Sort, Trouble, law};

/// The checklists that visits take along.
pub fn checklists() -> &'static [Checklist] {
    law().checklists()
}

/// The checklist that a visit took along, by its name with edition. An edition that this program no
/// longer has reads as the one it has: points keep their names.
pub fn checklist(mark: &str) -> Option<&'static Checklist> {
    law().checklist(mark.split('@').next().unwrap_or_default())
}

/// An expert to be taken into the committee.
#[derive(Clone, Debug)]
pub struct ExpertForm {
    /// The name.
    pub name: String,
    /// How to reach the expert.
    pub contact: Option<String>,
    /// What the expert knows about.
    pub fields: Vec<Theme>,
    /// 所在单位.
    pub organisation: String,
    /// First day of the term.
    pub from: Day,
    /// Last day of the term.
    pub until: Option<Day>,
    /// Companies to keep away from.
    pub conflicts: Vec<Number>,
}

/// A company's request.
#[derive(Clone, Debug)]
pub struct RequestForm {
    /// Whose it is.
    pub company: Number,
    /// How it came.
    pub channel: Channel,
    /// What it is about.
    pub theme: Theme,
    /// A title without anything secret.
    pub title: String,
    /// When it came.
    pub happened: Day,
    /// When it should be answered.
    pub due: Day,
    /// The request itself.
    pub text: Option<String>,
}

/// What a visit saw.
#[derive(Clone, Debug)]
pub struct VisitForm {
    /// The visit.
    pub visit: Number,
    /// When it was.
    pub happened: Day,
    /// What was seen at points; those not named were not looked at.
    pub marks: Vec<(String, Mark)>,
    /// A remark.
    pub note: Option<String>,
    /// What was found at wanting points.
    pub findings: Vec<Finding>,
}

/// What was found at a wanting point, and what is prescribed. What is left out is taken from the
/// checklist.
#[derive(Clone, Debug, Default)]
pub struct Finding {
    /// The point.
    pub point: String,
    /// What was found.
    pub finding: String,
    /// What is advised.
    pub advice: Option<String>,
    /// How grave it is.
    pub grade: Option<Grade>,
    /// By when it is to be done.
    pub due: Option<Day>,
}

impl Office {
    /// Takes an expert into the committee.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn add_expert(&self, ask: &Ask, form: ExpertForm) -> Result<Receipt, Trouble> {
        let name = form.name.trim();
        if name.is_empty() {
            return Err(domain::Refusal::Blank("field-name").into());
        }
        let contact = form.contact.filter(|contact| !contact.trim().is_empty());
        let texts = [("name", Some(name.to_owned())), ("contact", contact)];
        let (key, [name, contact]) = self.seal_about(None, texts)?;
        let (Some(key), Some(name)) = (key, name) else { return Err(Trouble::Erased) };
        self.station(
            ask,
            Wish::AddExpert(Box::new(AddExpert {
                key,
                name,
                contact,
                fields: form.fields,
                organisation: form.organisation,
                from: form.from,
                until: form.until,
                conflicts: form.conflicts,
            })),
        )
    }

    /// Notes that an expert must keep away from a company.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn recuse_expert(
        &self,
        ask: &Ask,
        expert: Number,
        company: Number,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.station(ask, Wish::Recuse { expert, company, why })
    }

    /// Gives an expert another term.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn renew_expert(
        &self,
        ask: &Ask,
        expert: Number,
        until: Day,
        why: Option<String>,
    ) -> Result<Receipt, Trouble> {
        self.station(ask, Wish::Renew { expert, until, why })
    }

    /// Records that an expert left.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn end_expert(
        &self,
        ask: &Ask,
        expert: Number,
        happened: Day,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.station(ask, Wish::EndExpert { expert, happened, why })
    }

    /// Takes in a request.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn receive_request(&self, ask: &Ask, form: RequestForm) -> Result<Receipt, Trouble> {
        let RequestForm { company, channel, theme, title, happened, due, text } = form;
        let (key, [text]) = self.seal_about(Some(company), [("text", text)])?;
        let wish = Receive { company, channel, theme, title, happened, due, text, key };
        self.station(ask, Wish::Receive(Box::new(wish)))
    }

    /// Hands a request to an expert or a body.
    ///
    /// # Errors
    /// [`Trouble`]; refused when the expert must keep away or serves no more.
    pub fn route_request(&self, ask: &Ask, route: Route) -> Result<Receipt, Trouble> {
        self.station(ask, Wish::Route(Box::new(route)))
    }

    /// Records a reply.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn reply_request(
        &self,
        ask: &Ask,
        request: Number,
        expert: Option<Number>,
        happened: Day,
        text: String,
    ) -> Result<Receipt, Trouble> {
        let row = self.reader()?.request(request)?.ok_or(Trouble::Unknown(request))?;
        if text.trim().is_empty() {
            return Err(domain::Refusal::Blank("field-reply").into());
        }
        let (key, [text]) = self.seal_about(Some(row.company), [("text", Some(text))])?;
        let text = text.ok_or(Trouble::Erased)?;
        self.station(ask, Wish::Reply { request, expert, happened, text, key })
    }

    /// Closes a request.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn close_request(
        &self,
        ask: &Ask,
        request: Number,
        how: Closing,
        happened: Day,
        why: Option<String>,
    ) -> Result<Receipt, Trouble> {
        self.station(ask, Wish::Close { request, how, happened, why })
    }

    /// Arranges a visit; the checklist by its name alone.
    ///
    /// # Errors
    /// [`Trouble`]; when there is no such checklist.
    pub fn plan_visit(&self, ask: &Ask, mut plan: PlanVisit) -> Result<Receipt, Trouble> {
        let list = checklist(&plan.checklist).ok_or_else(|| {
            let known: Vec<&str> = checklists().iter().map(|list| &*list.id).collect();
            let args = vec![("text", plan.checklist.clone()), ("known", known.join(", "))];
            Trouble::Other("trouble-no-checklist", args, Sort::Refused)
        })?;
        plan.checklist = list.mark();
        self.station(ask, Wish::PlanVisit(Box::new(plan)))
    }

    /// Records that a visit does not take place.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn cancel_visit(&self, ask: &Ask, visit: Number, why: String) -> Result<Receipt, Trouble> {
        self.station(ask, Wish::CancelVisit { visit, why })
    }

    /// Records a visit. Each wanting point becomes a prescription.
    ///
    /// # Errors
    /// [`Trouble`]; when a point is not on the checklist, or is wanting and nothing was found there.
    pub fn record_visit(&self, ask: &Ask, form: VisitForm) -> Result<Receipt, Trouble> {
        let visit = self.reader()?.visit(form.visit)?.ok_or(Trouble::Unknown(form.visit))?;
        let list = self.list_of(&visit)?;
        let unknown = |point: &str| {
            let args = vec![("text", point.chars().take(40).collect())];
            Trouble::Other("trouble-no-point", args, Sort::Refused)
        };
        for (point, _) in &form.marks {
            list.point(point).ok_or_else(|| unknown(point))?;
        }
        let mut texts = vec![("note", form.note)];
        let mut rows = Vec::new();
        for finding in form.findings {
            let (theme, point) =
                list.point(&finding.point).ok_or_else(|| unknown(&finding.point))?;
            if finding.finding.trim().is_empty() {
                let args = vec![("point", point.ask.zh.clone())];
                return Err(Trouble::Other("trouble-finding-blank", args, Sort::Refused));
            }
            let said = finding.advice.filter(|advice| !advice.trim().is_empty());
            let advice = said.unwrap_or_else(|| {
                let lang = words::Lang::from_tag(&self.home().settings.language);
                words::law::text(lang.unwrap_or_default(), &point.advice).to_owned()
            });
            texts.push(("finding", Some(finding.finding)));
            texts.push(("advice", Some(advice)));
            let grade = finding.grade.or_else(|| Grade::from_word(point.grade.key()));
            rows.push((
                finding.point,
                Theme::from_word(&theme.id.id).unwrap_or(Theme::Other),
                grade.unwrap_or(Grade::Medium),
                finding.due.unwrap_or_else(|| {
                    form.happened.plus_days(point.days.into()).unwrap_or(form.happened)
                }),
            ));
        }
        let (key, sealed) = self.seal_all(Some(visit.company), texts)?;
        let mut sealed = sealed.into_iter();
        let note = sealed.next().flatten();
        let mut prescriptions = Vec::with_capacity(rows.len());
        for (point, theme, grade, due) in rows {
            let (Some(finding), Some(advice)) = (sealed.next().flatten(), sealed.next().flatten())
            else {
                return Err(Trouble::Erased);
            };
            prescriptions.push(Prescribe { point, theme, grade, due, finding, advice });
        }
        let company = visit.company;
        let (visit, happened, marks) = (form.visit, form.happened, form.marks);
        let wish = RecordVisit { visit, happened, marks, note, prescriptions, key };
        let receipt = self.station(ask, Wish::RecordVisit(Box::new(wish)))?;
        self.tell_company(company);
        Ok(receipt)
    }

    /// The checklist of a visit.
    ///
    /// # Errors
    /// [`Trouble::Other`] when this program has none of that name.
    pub fn list_of(&self, visit: &VisitRow) -> Result<&'static Checklist, Trouble> {
        checklist(&visit.checklist).ok_or_else(|| {
            let args = vec![("text", visit.checklist.clone()), ("known", String::new())];
            Trouble::Other("trouble-no-checklist", args, Sort::Refused)
        })
    }

    /// Records how far a company says it has come.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn progress(
        &self,
        ask: &Ask,
        prescription: Number,
        how: Pace,
        happened: Day,
        note: Option<String>,
    ) -> Result<Receipt, Trouble> {
        let company = self.patient(prescription)?;
        let (key, [note]) = self.seal_about(Some(company), [("note", note)])?;
        let receipt =
            self.station(ask, Wish::Progress { prescription, how, happened, note, key })?;
        self.tell_company(company);
        Ok(receipt)
    }

    /// Records what a look at a prescription saw.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn review(
        &self,
        ask: &Ask,
        prescription: Number,
        (verdict, due): (Review, Option<Day>),
        visit: Option<Number>,
        happened: Day,
        note: Option<String>,
    ) -> Result<Receipt, Trouble> {
        let company = self.patient(prescription)?;
        let (key, [note]) = self.seal_about(Some(company), [("note", note)])?;
        let wish = Wish::Review { prescription, visit, verdict, happened, due, note, key };
        let receipt = self.station(ask, wish)?;
        self.tell_company(company);
        Ok(receipt)
    }

    /// An expert's name; the number when the name was erased.
    ///
    /// # Errors
    /// As [`Office::field`].
    pub fn expert_name(&self, reader: &Reader, expert: &ExpertRow) -> Result<String, Trouble> {
        self.expert_called(reader, expert.no, expert.idx)
    }

    /// The same by the event that names the expert, for lists that need no more.
    ///
    /// # Errors
    /// As [`Office::field`].
    pub fn expert_called(&self, reader: &Reader, no: Number, idx: u64) -> Result<String, Trouble> {
        let name = self.field(reader, idx, "name", None)?;
        Ok(name.text().map_or_else(|| no.to_string(), str::to_owned))
    }

    /// The report of a visit that took place, as PDF.
    ///
    /// # Errors
    /// [`Trouble`]; refused when the visit has not been recorded.
    pub fn diagnosis(
        &self,
        reader: &Reader,
        visit: &VisitRow,
        lang: words::Lang,
    ) -> Result<Vec<u8>, Trouble> {
        let Some(made) = visit.made_idx else {
            let args = vec![("no", visit.no.to_string())];
            return Err(Trouble::Other("trouble-visit-not-made", args, Sort::Refused));
        };
        let list = self.list_of(visit)?;
        let text = |idx: u64, field: &str| -> Result<String, Trouble> {
            Ok(self.field(reader, idx, field, None)?.text().unwrap_or_default().to_owned())
        };
        let say = |of: &catalog::Text| words::law::text(lang, of).to_owned();
        let mut experts = Vec::new();
        for no in reader.visit_experts(visit.no)? {
            let row = reader.expert(no)?;
            experts.extend(row.map(|row| self.expert_name(reader, &row)).transpose()?);
        }
        let marked = |id: &str| visit.marks.iter().find(|(point, _)| point == id);
        let seen = list.theme.iter().map(|theme| {
            let points = theme.point.iter().filter_map(|point| {
                let (_, mark) = marked(&point.id.id)?;
                Some((say(&point.ask), *mark))
            });
            (say(&theme.name), points.collect())
        });
        let mut prescriptions = Vec::new();
        for row in reader.prescriptions_of(visit.no)? {
            let point = list.point(&row.point).map(|(_, point)| point);
            let basis = point.and_then(|point| point.cites.as_ref());
            let basis = basis.map(|cite| words::law::cite(lang, law().norms(), cite));
            prescriptions.push(dossier::Prescribed {
                no: row.no.to_string(),
                point: point.map_or_else(|| row.point.clone(), |point| say(&point.ask)),
                grade: row.grade,
                finding: text(row.idx, "finding")?,
                advice: text(row.idx, "advice")?,
                due: row.due,
                basis: basis.unwrap_or_default(),
                state: words::t(lang, &format!("cure-{}", row.state.word())),
            });
        }
        let diagnosis = dossier::Diagnosis {
            lang,
            no: visit.no.to_string(),
            station: reader.node()?.map(|node| node.name).unwrap_or_default(),
            company: (visit.name.clone(), visit.company.to_string()),
            title: visit.title.clone(),
            day: visit.day,
            experts,
            checklist: say(&list.title),
            note: text(made, "note")?,
            seen: seen.collect(),
            prescriptions,
            program: self.world.program.to_owned(),
            printed: self.today(),
        };
        dossier::diagnosis_pdf(&diagnosis).map_err(|error| crate::dossier::trouble(error.into()))
    }

    /// For whom a prescription is.
    fn patient(&self, prescription: Number) -> Result<Number, Trouble> {
        let row = self.reader()?.prescription(prescription)?;
        Ok(row.ok_or(Trouble::Unknown(prescription))?.company)
    }

    fn station(&self, ask: &Ask, wish: Wish) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::Workstation(wish))
    }

    /// Seals texts under one key: that of the subject, or a new one.
    pub(crate) fn seal_about<const N: usize>(
        &self,
        of: Option<Number>,
        texts: [(&'static str, Option<String>); N],
    ) -> Result<(Option<NewKey>, [Option<Envelope>; N]), Trouble> {
        let (key, sealed) = self.seal_all(of, texts.into())?;
        let sealed = sealed.try_into();
        Ok((key, sealed.unwrap_or_else(|_| std::array::from_fn(|_| None))))
    }
}
