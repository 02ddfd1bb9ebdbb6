//! Decides commands into events. May say no, and writes nothing.

mod accounts;
mod activity;
mod blind;
mod casework;
mod compare;
mod controls;
mod copies;
mod corpora;
mod custody;
pub mod directory;
mod effect;
pub mod exchange;
mod incident;
mod inventory;
mod lineage;
mod organisation;
mod overseas;
mod profile;
mod programme;
mod recognition;
mod release;
mod warning;
mod work;
mod workstation;

use crate::command::{
    AddMeasure, AddPartner, AddPerson, AgreePartner, Command, CreateNode, Disclose, Envelope,
    NewKey, Papers, RegisterSecret, Remarks, ReviseSecret, Stored,
};
use crate::event::{self, Event};
use crate::facts::{Facts, SecretHead, ThingHead};
use crate::moment::Day;
use crate::number::{Number, Series};
use crate::refusal::Refusal;
use crate::terms::{Class, Form, LetterWay, LinkState};

/// The clock may lag this much behind the last entry before it is said to have gone back:
/// machines that are set right over the network jump a little.
pub const CLOCK_SLACK_MILLIS: i64 = 120_000;

/// The longest text kept in clear, in characters.
const TEXT_MAX: usize = 2_000;
/// The longest title or name, in characters.
const TITLE_MAX: usize = 120;

/// An event about to be written, with its sealed fields by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The plain fields.
    pub event: Event,
    /// The sealed fields.
    pub envelopes: Vec<(&'static str, Envelope)>,
}

/// What a command was decided into.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The events, in their order; never empty.
    pub drafts: Vec<Draft>,
    /// Keys to be stored beside them, and whose each is.
    pub keys: Vec<(Number, NewKey)>,
    /// The number of what was made, when something was.
    pub number: Option<Number>,
}

impl Decision {
    fn one(event: impl Into<Event>) -> Self {
        Self { drafts: vec![Draft::plain(event)], keys: Vec::new(), number: None }
    }

    fn made(mut self, number: Number) -> Self {
        self.number = Some(number);
        self
    }
}

impl Draft {
    fn plain(event: impl Into<Event>) -> Self {
        Self { event: event.into(), envelopes: Vec::new() }
    }
}

/// Decides a command.
///
/// `by` names who wishes it; `facts` must hold what [`Command::needs`] asked for.
///
/// # Errors
/// A [`Refusal`]; nothing is to be written then.
pub fn decide(facts: &Facts, by: &str, command: Command) -> Result<Decision, Refusal> {
    let desk = Desk { facts, by };
    if !matches!(command, Command::SetClockBack { .. }) {
        desk.clock_stands()?;
    }
    desk.role_fits(&command)?;
    match command {
        Command::CreateNode(c) => desk.create_node(c),
        Command::AddPerson(c) => desk.add_person(c),
        Command::AddPartner(c) => desk.add_partner(c),
        Command::RegisterSecret(c) => desk.register_secret(*c),
        Command::ReviseSecret(no, c) => desk.revise_secret(no, *c),
        Command::LevelSecret { secret, to, why } => {
            let head = desk.open_secret(secret)?;
            if head.level == to {
                return Err(Refusal::SameLevel(secret));
            }
            let why = text("field-why", why)?;
            let (by, from) = (desk.by(), head.level);
            Ok(Decision::one(event::SecretLevelled { by, secret, from, to, why }))
        }
        Command::DeclassifySecret { secret, happened, why } => {
            desk.open_secret(secret)?;
            desk.not_in_future("field-happened", happened)?;
            let why = text("field-why", why)?;
            Ok(Decision::one(event::SecretDeclassified { by: desk.by(), secret, happened, why }))
        }
        Command::ViewSecret { secret, what, why } => {
            desk.secret(secret)?;
            let why = maybe_text("field-why", why)?;
            Ok(Decision::one(event::SecretViewed { by: desk.by(), secret, what, why }))
        }
        Command::AddMeasure(c) => desk.add_measure(c),
        Command::MatchMeasure { measure, secret, statements, why } => {
            desk.thing_of(measure, Series::Measure)?.open(measure)?;
            let head = desk.open_secret(secret)?;
            has_statements(secret, head, statements.as_deref())?;
            let why = maybe_text("field-why", why)?;
            let by = desk.by();
            Ok(Decision::one(event::MeasureMatched { by, measure, secret, statements, why }))
        }
        Command::EndMeasure { measure, happened, why } => {
            desk.thing_of(measure, Series::Measure)?.open(measure)?;
            desk.not_in_future("field-happened", happened)?;
            let why = text("field-why", why)?;
            Ok(Decision::one(event::MeasureEnded { by: desk.by(), measure, happened, why }))
        }
        Command::ClearPerson { person, secret, from, until, why } => {
            desk.living(person)?;
            desk.open_secret(secret)?;
            in_order(from, until)?;
            let why = maybe_text("field-why", why)?;
            let by = desk.by();
            Ok(Decision::one(event::PersonCleared { by, person, secret, from, until, why }))
        }
        Command::BarPerson { person, secret, happened, why } => {
            desk.thing_of(person, Series::Person)?;
            desk.secret(secret)?;
            if !desk.facts.clearances.contains(&(person, secret)) {
                return Err(Refusal::NotCleared(person, secret));
            }
            let why = text("field-why", why)?;
            let by = desk.by();
            Ok(Decision::one(event::PersonBarred { by, person, secret, happened, why }))
        }
        Command::AgreePartner(c) => desk.agree_partner(c),
        Command::AddPapers { about, papers } => {
            let head = desk.thing(about)?;
            if head.erased {
                return Err(Refusal::Erased(about));
            }
            if papers.stored.is_empty() {
                return Err(Refusal::NothingToChange(about));
            }
            let mut decision = Decision { drafts: vec![], keys: vec![], number: None };
            desk.add_papers(&mut decision, about, head.papers, papers)?;
            Ok(decision)
        }
        Command::Disclose(c) => desk.disclose(c),
        Command::CloseDisclosure { disclosure, how, happened, why, papers } => {
            let head = desk.thing_of(disclosure, Series::Disclosure)?;
            head.open(disclosure)?;
            desk.not_in_future("field-happened", happened)?;
            let why = maybe_text("field-why", why)?;
            let by = desk.by();
            let closed = event::DisclosureClosed { by, disclosure, how, happened, why };
            let mut decision = Decision::one(closed);
            desk.add_papers(&mut decision, disclosure, head.papers, papers)?;
            Ok(decision)
        }
        Command::AddWitness { name, key, url, relation } => {
            if desk.facts.witnesses.contains(&name) {
                return Err(Refusal::WitnessKnown(name));
            }
            let by = desk.by();
            Ok(Decision::one(event::WitnessAdded { by, name, key, url, relation }))
        }
        Command::RemoveWitness { name, why } => {
            if !desk.facts.witnesses.contains(&name) {
                return Err(Refusal::WitnessUnknown(name));
            }
            let why = text("field-why", why)?;
            Ok(Decision::one(event::WitnessRemoved { by: desk.by(), name, why }))
        }
        Command::AddAuthority { name, url, roots, relation } => {
            let name = title("field-name", name)?;
            if desk.facts.authorities.contains(&name) {
                return Err(Refusal::AuthorityKnown(name));
            }
            let by = desk.by();
            Ok(Decision::one(event::AuthorityAdded { by, name, url, roots, relation }))
        }
        Command::RemoveAuthority { name, why } => {
            if !desk.facts.authorities.contains(&name) {
                return Err(Refusal::AuthorityUnknown(name));
            }
            let why = text("field-why", why)?;
            Ok(Decision::one(event::AuthorityRemoved { by: desk.by(), name, why }))
        }
        Command::BuildDossier { no, purpose, secrets, manifest, withheld } => {
            if no != desk.next(Series::Dossier) {
                return Err(Refusal::NumberTaken(no));
            }
            for &secret in &secrets {
                if desk.secret(secret)?.statements.is_empty() {
                    return Err(Refusal::Unstated(secret));
                }
            }
            desk.may_leave(purpose, &secrets)?;
            let by = desk.by();
            let built = event::DossierBuilt { by, no, purpose, secrets, manifest, withheld };
            Ok(Decision::one(built).made(no))
        }
        Command::SetClockBack { why } => {
            let (now, Some(last)) = (facts.now, facts.last_received) else {
                return Err(Refusal::ClockIsFine);
            };
            if desk.clock_stands().is_ok() {
                return Err(Refusal::ClockIsFine);
            }
            let (from, to) = (last.to_rfc3339(), now.to_rfc3339());
            let why = text("field-why", why)?;
            Ok(Decision::one(event::ClockSetBack { by: desk.by(), from, to, why }))
        }
        Command::ChangeKeys { what, why } => {
            Ok(Decision::one(event::KeysChanged { by: desk.by(), what, why }))
        }
        Command::AddCompany(c) => desk.add_company(*c),
        Command::ReviseCompany(c) => desk.revise_company(*c),
        Command::MergeCompany { company, into, why } => desk.merge_company(company, into, why),
        Command::ImportDirectory(c) => desk.import_directory(*c),
        Command::Workstation(wish) => desk.workstation(wish),
        Command::Account(wish) => desk.account(wish),
        Command::Casework(wish) => desk.casework(wish),
        Command::Recognition(wish) => desk.recognition(wish),
        Command::Effect(wish) => desk.effect(wish),
        Command::Control(wish) => desk.controls(wish),
        Command::Warning(wish) => desk.warning(wish),
        Command::Organisation(wish) => desk.organisation(wish),
        Command::Programme(wish) => desk.programme(wish),
        Command::RecordDrill { size, files, blobs, opened, made, problems } => {
            let by = desk.by();
            Ok(Decision::one(event::BackupDrilled {
                by,
                size,
                files,
                blobs,
                opened,
                made,
                problems,
            }))
        }
        Command::Activity(wish) => desk.activity(wish),
        Command::GiveService { companies, service, happened, what, who } => {
            desk.give_service(companies, service, happened, (what, who))
        }
        Command::OfferLink(c) => desk.offer_link(c),
        Command::AskLink(c) => desk.ask_link(*c),
        Command::JoinLink(c) => desk.join_link(*c),
        Command::EndLink { link, why } => {
            let head = desk.link(link)?;
            if head.state == LinkState::Ended {
                return Err(Refusal::LinkEnded(link));
            }
            let why = text("field-why", why)?;
            Ok(Decision::one(event::LinkEnded { by: desk.by(), no: link, why }))
        }
        Command::SendLetter { link, letter, sort } => desk.send_letter(link, letter, sort),
        Command::ReceiveLetter { link, letter } => desk.receive_letter(link, letter),
        Command::OpenLetter { link, way, seq, sort, why } => {
            let head = desk.link(link)?;
            let (last, _) = if way == LetterWay::In { &head.received } else { &head.sent };
            if seq == 0 || seq > *last {
                return Err(Refusal::NoLetter(link, seq));
            }
            let (by, why) = (desk.by(), maybe_text("field-why", why)?);
            Ok(Decision::one(event::LetterOpened { by, link, way, seq, sort, why }))
        }
        Command::BuildIndex(c) => desk.build_index(*c),
        Command::RecordSweep(c) => desk.record_sweep(*c),
        Command::AskRelease(c) => desk.ask_release(*c),
        Command::AnswerRelease { release, answer, person, why } => {
            desk.answer_release(release, answer, person, why)
        }
        Command::RecordComparison(c) => desk.record_comparison(*c),
        Command::ConcludeComparison(c) => desk.conclude_comparison(*c),
        Command::Inventory(wish) => desk.inventory(*wish),
        Command::Corpora(wish) => desk.corpora(*wish),
        Command::Blind(wish) => desk.blind(*wish),
        Command::Overseas(wish) => desk.overseas(*wish),
        Command::RecordWork(c) => desk.record_work(*c),
        Command::Incident(wish) => desk.incident(*wish),
        Command::Custody(wish) => desk.custody(*wish),
        Command::Lineage(wish) => desk.lineage(*wish),
        Command::CommitCopies(c) => desk.commit_copies(*c),
        Command::IssueCopies { batch, copies } => desk.issue_copies(batch, copies),
        Command::ReceiveCopy { copy, happened, file, how, papers } => {
            desk.receive_copy(copy, happened, (file, how), papers)
        }
        Command::EndCopy { copy, how, happened, why, papers } => {
            desk.end_copy(copy, how, (happened, why), papers)
        }
        Command::RecallCopies { copies, until, why } => desk.recall_copies(copies, until, why),
        Command::ReadFind { batches, source, program, key, leak, readings, papers } => {
            desk.read_find(batches, (source, program), key, (leak, readings), papers)
        }
        Command::TraceFind { find, named, epsilon, among, report, findings } => {
            desk.trace_find(find, named, (epsilon, among), (report, findings))
        }
    }
}

/// Who decides, and on what.
struct Desk<'a> {
    facts: &'a Facts,
    by: &'a str,
}

impl Desk<'_> {
    fn by(&self) -> String {
        self.by.to_owned()
    }

    /// An entry dated before its predecessor would put all dates in doubt.
    fn clock_stands(&self) -> Result<(), Refusal> {
        match self.facts.last_received {
            Some(last) if self.facts.now.0 < last.0 - CLOCK_SLACK_MILLIS => {
                Err(Refusal::ClockWentBack { last, now: self.facts.now })
            }
            _ => Ok(()),
        }
    }

    /// A station holds no secrets, and an enterprise keeps no directory of others.
    fn role_fits(&self, command: &Command) -> Result<(), Refusal> {
        match (self.facts.role, command.role()) {
            (Some(role), Some(wanted)) if role != wanted => Err(Refusal::WrongRole(role)),
            _ => Ok(()),
        }
    }

    fn next(&self, series: Series) -> Number {
        let last = self.facts.last.get(&series).copied().unwrap_or(0);
        Number { series, count: last + 1 }
    }

    fn secret(&self, no: Number) -> Result<&SecretHead, Refusal> {
        if no.series != Series::Secret {
            return Err(Refusal::WrongSeries(no, Series::Secret));
        }
        self.facts.secrets.get(&no).ok_or(Refusal::Unknown(no))
    }

    fn open_secret(&self, no: Number) -> Result<&SecretHead, Refusal> {
        let head = self.secret(no)?;
        match head.merged {
            Some(into) => Err(Refusal::Merged(no, into)),
            None if head.declassified => Err(Refusal::Declassified(no)),
            None => Ok(head),
        }
    }

    fn thing(&self, no: Number) -> Result<&ThingHead, Refusal> {
        self.facts.things.get(&no).ok_or(Refusal::Unknown(no))
    }

    fn thing_of(&self, no: Number, series: Series) -> Result<&ThingHead, Refusal> {
        if no.series == series { self.thing(no) } else { Err(Refusal::WrongSeries(no, series)) }
    }

    fn not_in_future(&self, field: &'static str, day: Option<Day>) -> Result<(), Refusal> {
        match day {
            Some(day) if day > self.facts.today => Err(Refusal::InFuture(field, day)),
            _ => Ok(()),
        }
    }

    fn create_node(&self, c: CreateNode) -> Result<Decision, Refusal> {
        if self.facts.last_received.is_some() {
            return Err(Refusal::AlreadyCreated);
        }
        Ok(Decision::one(event::NodeCreated {
            by: self.by(),
            name: title("field-name", c.name)?,
            role: c.role,
            origin: c.origin,
            log_key: c.log_key,
            vault_key: c.vault_key,
            shares: c.shares,
            program: c.program,
        }))
    }

    fn add_person(&self, c: AddPerson) -> Result<Decision, Refusal> {
        let no = self.next(Series::Person);
        let added = event::PersonAdded {
            by: self.by(),
            no,
            post: maybe_text("field-post", c.post)?,
            department: maybe_text("field-department", c.department)?,
            joined: c.joined,
        };
        let draft = Draft { event: added.into(), envelopes: vec![("name", c.name)] };
        Ok(Decision { drafts: vec![draft], keys: vec![(no, c.key)], number: Some(no) })
    }

    fn add_partner(&self, c: AddPartner) -> Result<Decision, Refusal> {
        let no = self.next(Series::Partner);
        let added = event::PartnerAdded {
            by: self.by(),
            no,
            name: title("field-name", c.name)?,
            relation: c.relation,
            code: maybe_text("field-code", c.code)?,
        };
        let envelopes = c.contact.map(|contact| ("contact", contact)).into_iter().collect();
        let draft = Draft { event: added.into(), envelopes };
        let keys = c.key.map(|key| (no, key)).into_iter().collect();
        Ok(Decision { drafts: vec![draft], keys, number: Some(no) })
    }

    fn register_secret(&self, c: RegisterSecret) -> Result<Decision, Refusal> {
        let no = self.next(Series::Secret);
        let title = secret_title(c.title)?;
        form_fits(c.class, c.form)?;
        if let Some(owner) = c.owner {
            self.living(owner)?;
        }
        self.not_in_future("field-happened", c.happened)?;
        let registered = event::SecretRegistered {
            by: self.by(),
            no,
            title,
            class: c.class,
            form: c.form,
            level: c.level,
            owner: c.owner,
            department: maybe_text("field-department", c.department)?,
            review: c.review,
            happened: c.happened,
        };
        let mut drafts = vec![Draft { event: registered.into(), envelopes: remarks(c.remarks) }];
        for (at, envelope) in (1..).zip(c.statements) {
            drafts.push(self.stated(no, at, 1, envelope));
        }
        for (at, stored) in (1..).zip(c.carriers) {
            drafts.push(self.carrier(no, at, stored));
        }
        Ok(Decision { drafts, keys: vec![(no, c.key)], number: Some(no) })
    }

    fn revise_secret(&self, no: Number, c: ReviseSecret) -> Result<Decision, Refusal> {
        let head = self.open_secret(no)?;
        let why = text("field-why", c.why)?;
        if let Some(owner) = c.owner {
            self.living(owner)?;
        }
        self.not_in_future("field-happened", c.happened)?;
        let mut drafts = Vec::new();
        let envelopes = remarks(c.remarks);
        let properties = c.title.is_some()
            || c.form.is_some()
            || c.owner.is_some()
            || c.department.is_some()
            || c.review.is_some()
            || c.happened.is_some()
            || !envelopes.is_empty();
        if properties {
            let revised = event::SecretRevised {
                by: self.by(),
                secret: no,
                edition: head.edition + 1,
                title: c.title.map(secret_title).transpose()?,
                form: c.form,
                owner: c.owner,
                department: maybe_text("field-department", c.department)?,
                review: c.review,
                happened: c.happened,
                why: why.clone(),
            };
            drafts.push(Draft { event: revised.into(), envelopes });
        }
        for (part, envelope) in c.restate {
            let edition = head.statements.get(&part).ok_or(Refusal::NoStatement(no, part))?;
            drafts.push(self.stated(no, part, edition + 1, envelope));
        }
        for (at, envelope) in (head.last_statement + 1..).zip(c.state) {
            drafts.push(self.stated(no, at, 1, envelope));
        }
        for part in c.unstate {
            has_statements(no, head, Some(&[part]))?;
            let (by, why) = (self.by(), why.clone());
            drafts.push(Draft::plain(event::SecretUnstated { by, secret: no, no: part, why }));
        }
        for (at, stored) in (head.last_carrier + 1..).zip(c.carriers) {
            drafts.push(self.carrier(no, at, stored));
        }
        for part in c.retire {
            has_carriers(no, head, &[part])?;
            let (by, why) = (self.by(), why.clone());
            drafts.push(Draft::plain(event::CarrierRetired { by, secret: no, no: part, why }));
        }
        if drafts.is_empty() {
            return Err(Refusal::NothingToChange(no));
        }
        Ok(Decision { drafts, keys: vec![], number: Some(no) })
    }

    fn stated(&self, secret: Number, no: u32, edition: u32, text: Envelope) -> Draft {
        let stated = event::SecretStated { by: self.by(), secret, no, edition };
        Draft { event: stated.into(), envelopes: vec![("text", text)] }
    }

    fn carrier(&self, secret: Number, no: u32, stored: Stored) -> Draft {
        let added = event::CarrierAdded {
            by: self.by(),
            secret,
            no,
            statements: None,
            blob: stored.blob,
            size: stored.size,
            sealed: stored.sealed,
            media: stored.media,
            happened: stored.changed,
        };
        let envelopes = vec![("name", stored.name), ("digest", stored.digest)];
        Draft { event: added.into(), envelopes }
    }

    fn add_measure(&self, c: AddMeasure) -> Result<Decision, Refusal> {
        let no = self.next(Series::Measure);
        in_order(c.from, c.until)?;
        let added = event::MeasureAdded {
            by: self.by(),
            no,
            item: c.item,
            title: title("field-title", c.title)?,
            detail: maybe_text("field-detail", c.detail)?,
            from: c.from,
            until: c.until,
        };
        let mut decision = Decision::one(added).made(no);
        self.add_papers(&mut decision, no, 0, c.papers)?;
        Ok(decision)
    }

    fn agree_partner(&self, c: AgreePartner) -> Result<Decision, Refusal> {
        let no = self.next(Series::Agreement);
        self.thing_of(c.partner, Series::Partner)?;
        in_order(c.from, c.until)?;
        for &secret in c.secrets.iter().flatten() {
            self.secret(secret)?;
        }
        let agreed = event::PartnerAgreed {
            by: self.by(),
            no,
            partner: c.partner,
            title: title("field-title", c.title)?,
            from: c.from,
            until: c.until,
            secrets: c.secrets,
        };
        let mut decision = Decision::one(agreed).made(no);
        self.add_papers(&mut decision, no, 0, c.papers)?;
        Ok(decision)
    }

    fn disclose(&self, c: Disclose) -> Result<Decision, Refusal> {
        let no = self.next(Series::Disclosure);
        let head = self.open_secret(c.secret)?;
        has_statements(c.secret, head, c.statements.as_deref())?;
        has_carriers(c.secret, head, &c.carriers)?;
        self.thing_of(c.partner, Series::Partner)?;
        if let Some(person) = c.person {
            self.thing_of(person, Series::Person)?;
        }
        if let Some(agreement) = c.agreement {
            let head = self.thing_of(agreement, Series::Agreement)?;
            if head.partner != Some(c.partner) {
                return Err(Refusal::AgreementOfOther(agreement, c.partner));
            }
        }
        self.not_in_future("field-happened", c.happened)?;
        in_order(c.happened, c.until)?;
        let made = event::DisclosureMade {
            by: self.by(),
            no,
            secret: c.secret,
            statements: c.statements,
            carriers: c.carriers,
            partner: c.partner,
            person: c.person,
            happened: c.happened,
            purpose: text("field-purpose", c.purpose)?,
            until: c.until,
            agreement: c.agreement,
        };
        let mut decision = Decision::one(made).made(no);
        self.add_papers(&mut decision, no, 0, c.papers)?;
        Ok(decision)
    }

    fn add_papers(
        &self,
        decision: &mut Decision,
        about: Number,
        have: u32,
        papers: Papers,
    ) -> Result<(), Refusal> {
        self.not_in_future("field-happened", papers.happened)?;
        for (no, stored) in (have + 1..).zip(papers.stored) {
            let added = event::PaperAdded {
                by: self.by(),
                about,
                no,
                blob: stored.blob,
                size: stored.size,
                sealed: stored.sealed,
                media: stored.media,
                happened: papers.happened,
            };
            let envelopes = vec![("name", stored.name), ("digest", stored.digest)];
            decision.drafts.push(Draft { event: added.into(), envelopes });
        }
        decision.keys.extend(papers.key.map(|key| (about, key)));
        Ok(())
    }
}

impl ThingHead {
    fn open(&self, no: Number) -> Result<(), Refusal> {
        if self.ended { Err(Refusal::Ended(no)) } else { Ok(()) }
    }
}

fn remarks(remarks: Remarks) -> Vec<(&'static str, Envelope)> {
    let Remarks { origin, public, value } = remarks;
    [("origin", origin), ("public", public), ("value", value)]
        .into_iter()
        .filter_map(|(name, envelope)| Some((name, envelope?)))
        .collect()
}

fn form_fits(class: Class, form: Option<Form>) -> Result<(), Refusal> {
    match form.and_then(Form::class) {
        Some(of_form) if of_form != class => Err(Refusal::FormOfOtherClass),
        _ => Ok(()),
    }
}

fn has_statements(secret: Number, head: &SecretHead, parts: Option<&[u32]>) -> Result<(), Refusal> {
    match parts.unwrap_or_default().iter().find(|part| !head.statements.contains_key(part)) {
        Some(&part) => Err(Refusal::NoStatement(secret, part)),
        None => Ok(()),
    }
}

fn has_carriers(secret: Number, head: &SecretHead, parts: &[u32]) -> Result<(), Refusal> {
    match parts.iter().find(|part| !head.carriers.contains(part)) {
        Some(&part) => Err(Refusal::NoCarrier(secret, part)),
        None => Ok(()),
    }
}

fn in_order(from: Option<Day>, until: Option<Day>) -> Result<(), Refusal> {
    match (from, until) {
        (Some(from), Some(until)) if until < from => Err(Refusal::EndsBeforeStart(from, until)),
        _ => Ok(()),
    }
}

/// A title of a secret point. Words of state secrets don't belong into this program: such
/// matters are registered elsewhere (保守国家秘密法).
fn secret_title(value: String) -> Result<String, Refusal> {
    let value = title("field-title", value)?;
    for word in ["绝密", "机密"] {
        if value.contains(word) {
            return Err(Refusal::StateSecretWord(word));
        }
    }
    Ok(value)
}

fn title(field: &'static str, value: String) -> Result<String, Refusal> {
    checked(field, value, TITLE_MAX)
}

fn text(field: &'static str, value: String) -> Result<String, Refusal> {
    checked(field, value, TEXT_MAX)
}

fn maybe_text(field: &'static str, value: Option<String>) -> Result<Option<String>, Refusal> {
    match value {
        Some(value) if !value.trim().is_empty() => text(field, value).map(Some),
        _ => Ok(None),
    }
}

fn checked(field: &'static str, value: String, most: usize) -> Result<String, Refusal> {
    let value = value.trim();
    if value.is_empty() {
        return Err(Refusal::Blank(field));
    }
    if value.chars().count() > most {
        return Err(Refusal::TooLong(field, most));
    }
    if value.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Refusal::NotPrintable(field));
    }
    Ok(value.to_owned())
}
