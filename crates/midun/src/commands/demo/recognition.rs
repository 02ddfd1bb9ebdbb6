//! Whom the fictional station recognised: a base, under it rights-service stations, under these parks,
//! under parks companies; some are under way, one is put up for objections.

use std::collections::BTreeMap;

use domain::terms::{Check, CompanyKind, Mark};
use domain::workstation::PlanVisit;
use domain::{Day, Number};
use office::{AgreeForm, ApplyForm, CompanyForm, EvidenceForm, Office, ReviewForm, VisitForm};

use super::district::{Dice, Entry, code};
use super::{BY, Clock};

/// Who applies in which month, as what.
const APPLY: [(u32, &str, usize); 9] = [
    (8, "base", 1),
    (10, "service-station", 2),
    (12, "park", 2),
    (14, "company", 3),
    (16, "park", 1),
    (18, "company", 3),
    (20, "company", 2),
    (22, "company", 2),
    (23, "company", 4),
];

/// Bodies that are recognised and are no companies of the lists, by layer.
const BODIES: [(&str, &str); 6] = [
    ("base", "云岫区商业秘密保护中心（虚构）"),
    ("service-station", "云岫区知识产权协会（虚构）"),
    ("service-station", "松风街道企业服务中心（虚构）"),
    ("park", "北岭园区管理中心（虚构）"),
    ("park", "南坞园区管理中心（虚构）"),
    ("park", "澄湖生命科学园管理中心（虚构）"),
];

/// How far an application of the last month is.
#[derive(Clone, Copy, PartialEq)]
enum Far {
    Applied,
    Complete,
    Reviewed,
    Published,
}

/// What was recognised so far, month by month.
pub struct Recognised {
    dice: Dice,
    /// Published, to be awarded in the next month.
    published: Vec<Number>,
    /// Recognised, by layer, and the month.
    awarded: BTreeMap<&'static str, Vec<(Number, u32)>>,
    layer_of: BTreeMap<Number, &'static str>,
    taken: Vec<Number>,
}

impl Recognised {
    /// Nobody yet.
    pub fn new() -> Self {
        Self {
            dice: Dice::new(5),
            published: Vec::new(),
            awarded: BTreeMap::new(),
            layer_of: BTreeMap::new(),
            taken: Vec::new(),
        }
    }

    /// A month; `days` is how long ago its last days are.
    pub fn month(
        &mut self,
        (office, clock): (&Office, &Clock),
        known: &[(&Entry, Number)],
        (month, days): (u32, i64),
    ) -> anyhow::Result<()> {
        clock.days_ago(days, 16);
        let today = office.today();
        for no in std::mem::take(&mut self.published) {
            office.award(&office.ask(BY), no, today)?;
            let layer = self.layer_of[&no];
            self.awarded.entry(layer).or_default().push((no, month));
        }
        for (no, at) in self.awarded.values().flatten() {
            if at + 12 == month {
                let found = (Check::Kept, today);
                office.check_recognition(&office.ask(BY), *no, found, None, None)?;
            }
        }
        for (_, layer, count) in APPLY.into_iter().filter(|(at, ..)| *at == month) {
            let fits = match layer {
                "company" => known
                    .iter()
                    .filter(|(entry, no)| {
                        let fits = entry.kind == CompanyKind::Company && entry.tags.len() > 1;
                        fits && !self.taken.contains(no)
                    })
                    .map(|(_, no)| *no)
                    .collect(),
                layer => self.bodies(office, layer, count)?,
            };
            for at in 0..count.min(fits.len()) {
                let company = fits
                    [if layer == "company" { (at * 7 + month as usize) % fits.len() } else { at }];
                if self.taken.contains(&company) {
                    continue;
                }
                let far = match (month, at) {
                    (23, 0) => Far::Applied,
                    (23, 1) => Far::Complete,
                    (23, 2) => Far::Reviewed,
                    _ => Far::Published,
                };
                self.taken.push(company);
                self.apply(office, layer, company, far, month)?;
            }
        }
        Ok(())
    }

    /// The next bodies of a layer, taken into the directory.
    fn bodies(&self, office: &Office, layer: &str, count: usize) -> anyhow::Result<Vec<Number>> {
        let known = self.layer_of.values().filter(|of| **of == layer).count();
        let all = (1..).zip(BODIES).filter(|(_, (of, _))| *of == layer);
        let mut made = Vec::new();
        for (at, (_, name)) in all.skip(known).take(count) {
            let form = CompanyForm {
                name: name.to_owned(),
                kind: CompanyKind::Institution,
                code: code("12", 9_000 + at).map(|code| code.to_string()),
                tags: Vec::new(),
                field: None,
                park: None,
                street: None,
                contact: None,
            };
            made.extend(office.add_company(&office.ask(BY), form)?.number);
        }
        Ok(made)
    }

    fn apply(
        &mut self,
        office: &Office,
        layer: &'static str,
        company: Number,
        far: Far,
        month: u32,
    ) -> anyhow::Result<()> {
        let (scheme, today) = (office::scheme(layer).expect("it is shipped"), office.today());
        let above = scheme.under.as_ref().and_then(|under| self.awarded.get(&*under.id));
        let under = above.map(|above| self.dice.one(above).0);
        let form = ApplyForm {
            company,
            scheme: layer.to_owned(),
            under,
            source: None,
            happened: today,
            statement: Some("对照标准自评达标，申请认定。（虚构）".to_owned()),
        };
        let Some(no) = office.apply_for(&office.ask(BY), form)?.number else { return Ok(()) };
        self.layer_of.insert(no, layer);
        for (_, criterion) in scheme.criteria() {
            let skipped = far == Far::Applied && criterion.id.id == "list";
            if skipped || !(criterion.must || self.dice.happens(600)) {
                continue;
            }
            let form = EvidenceForm {
                recognition: no,
                criterion: criterion.id.id.clone(),
                note: Some("材料齐全，附台账与样本。（虚构）".to_owned()),
                papers: Vec::new(),
                happened: None,
                proof: None,
            };
            office.give_evidence(&office.ask(BY), form)?;
        }
        let Some(experts) = reviewers(office, company, today)? else { return Ok(()) };
        if matches!(far, Far::Applied | Far::Complete) {
            return Ok(());
        }
        let due = today.plus_days(14).unwrap_or(today);
        office.assign_reviewers(&office.ask(BY), no, experts.clone(), due)?;
        for (at, &expert) in experts.iter().enumerate() {
            if far == Far::Reviewed && at == 1 {
                return Ok(());
            }
            let marks = scheme.criteria().map(|(_, criterion)| {
                let less = u32::from(criterion.points > 4 && self.dice.happens(550));
                (criterion.id.id.clone(), criterion.points - less)
            });
            let form = ReviewForm {
                recognition: no,
                expert,
                marks: marks.collect(),
                bars: Vec::new(),
                happened: today,
                note: Some("总体符合，个别环节可以加强。（虚构）".to_owned()),
            };
            office.review_recognition(&office.ask(BY), form)?;
        }
        let visit = visit(office, company, experts[0])?;
        office.visit_recognition(&office.ask(BY), no, visit)?;
        let form = AgreeForm {
            recognition: no,
            marks: BTreeMap::new(),
            bars: Vec::new(),
            happened: today,
            why: None,
        };
        office.agree_recognition(&office.ask(BY), form)?;
        let until = if month == 23 { today.plus_days(45) } else { None };
        office.publish_recognition(&office.ask(BY), no, until)?;
        if month == 23 {
            let text = "据了解该企业去年曾发生外泄事件，请核实整改情况。（虚构）".to_owned();
            office.object(&office.ask(BY), no, today, None, text)?;
        } else {
            self.published.push(no);
        }
        Ok(())
    }
}

/// Two experts of different organisations who need not keep away.
fn reviewers(office: &Office, company: Number, today: Day) -> anyhow::Result<Option<Vec<Number>>> {
    let reader = office.reader()?;
    let away = reader.kept_away(company)?;
    let mut free = reader.experts()?;
    free.retain(|row| row.serves(today) && !away.contains(&row.no));
    let start = company.count as usize % free.len().max(1);
    free.rotate_left(start);
    let Some(first) = free.first() else { return Ok(None) };
    let second = free.iter().find(|row| row.organisation != first.organisation);
    Ok(second.map(|second| vec![first.no, second.no]))
}

/// A look on the spot, which found what it should.
fn visit(office: &Office, company: Number, expert: Number) -> anyhow::Result<Number> {
    let plan = PlanVisit {
        company,
        day: office.today(),
        title: "认定现场查验".to_owned(),
        experts: vec![expert],
        checklist: "diagnosis".to_owned(),
        request: None,
        follows: None,
    };
    let receipt = office.plan_visit(&office.ask(BY), plan)?;
    let visit = receipt.number.expect("a visit has a number");
    let list = office::checklist("diagnosis").expect("it is shipped");
    let form = VisitForm {
        visit,
        happened: office.today(),
        marks: list.points().map(|(_, point)| (point.id.id.clone(), Mark::Fine)).collect(),
        note: None,
        findings: Vec::new(),
    };
    office.record_visit(&office.ask(BY), form)?;
    Ok(visit)
}
