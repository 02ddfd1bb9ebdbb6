//! A blind comparison: what of one's own another party has too, without showing it.
//!
//! ```text
//!  documents ─► fingerprints ─► blind ─► match/blind/MB-0001.offer, .answer, .reply   (may be sent)
//!                    │
//!                    └─► match/blind/MB-0001.age: key, and where each fingerprint stands (sealed)
//! ```
//! What is sent is recorded before it is handed out, so neither side can say later that it put in
//! something else. The key goes when the comparison ends.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::PathBuf;

use ::blind::{Answer, Bad, Key, Offer, Reply, Thing};
use domain::blind::{Begin, Done, Wish};
use domain::command::Command;
use domain::terms::{BlindFault, BlindSide};
use domain::{Number, Refusal, Series};
use matcher::index::Window;
use matcher::prints::{Density, Piece, Pieces};
use matcher::text::fold_text;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::Receipt;
use store::read::BlindRow;
use vault::Unlocked;

use super::report::FaultRow;
use super::side::{Body, Taken};
use super::sweep::{Control, json};
use crate::home::private_file;
use crate::{Ask, Office, Sort, Trouble};

/// How far apart fingerprints may lie: each shared run of 95 folded bytes (32 汉字) has one.
const WINDOW: Window = Window::Wide;
/// Fingerprints that one side can put in.
const OWN_MAX: usize = 500_000;
/// Fingerprints that are taken from the other side unless more are allowed.
pub const THEIRS_MAX: u64 = 200_000;
/// Stretches of lines that are listed of a part.
const PLACES_MAX: usize = 200;

/// What is put into a blind comparison.
#[derive(Clone, Debug)]
pub struct BlindForm {
    /// What is compared: secret points and files.
    pub bodies: Vec<Body>,
    /// What does not count since anybody could read it.
    pub public: Vec<Body>,
    /// The partner it is with.
    pub partner: Option<Number>,
    /// Fingerprints that the other side may put in at most.
    pub most: u64,
}

/// What came of a blind comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BlindReport {
    /// Of this structure.
    pub version: u32,
    /// Its number.
    pub no: Number,
    /// The program's version.
    pub program: String,
    /// Which side this one is.
    pub side: BlindSide,
    /// The partner it is with.
    pub partner: Option<Number>,
    /// When it began and when it ended, RFC 3339.
    pub times: [String; 2],
    /// Fingerprints that this side put in.
    pub own: u64,
    /// Fingerprints that this side left out, since they are in public material.
    pub set_aside: u64,
    /// Fingerprints that the other put in.
    pub theirs: u64,
    /// Fingerprints of this side that the other has, too.
    pub found: u64,
    /// The shortest run of a text, in folded bytes, that is always found.
    pub guaranteed: u32,
    /// SHA-256 of the three messages.
    pub messages: Vec<String>,
    /// What was put in, and what of it was found.
    pub parts: Vec<BlindPart>,
    /// What could not be put in.
    pub left: Vec<FaultRow>,
}

/// A document that was put in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlindPart {
    /// The secret point, and `statement/1` or the like.
    pub of: Option<(Number, String)>,
    /// The file's name; empty for a statement.
    pub name: String,
    /// Fingerprints of it.
    pub own: u64,
    /// Of them, those that the other has, too.
    pub found: u64,
    /// The lines, from 1, on which what was found stands; empty until the end.
    pub lines: Vec<[u32; 2]>,
    /// Stretches that are not listed.
    pub more: u64,
}

/// What is kept, sealed, until the end.
#[derive(Serialize, Deserialize)]
struct State {
    key: String,
    begun: String,
    most: u64,
    set_aside: u64,
    parts: Vec<BlindPart>,
    left: Vec<FaultRow>,
    /// The point, its part, and the lines from and to which it stands.
    spots: Vec<[u32; 4]>,
}

/// What the other's message told.
struct Learnt {
    /// Fingerprints that they put in.
    theirs: u64,
    /// Own points that they have, too.
    shared: BTreeSet<u32>,
    /// The offerer's reply.
    reply: Option<Vec<u8>>,
}

/// What one side puts in.
#[derive(Default)]
struct Own {
    things: Vec<Thing>,
    parts: Vec<BlindPart>,
    left: Vec<FaultRow>,
    set_aside: u64,
    /// The thing, its part, and the lines.
    spots: Vec<[u32; 4]>,
}

impl Office {
    /// Begins a blind comparison. What is to be sent is [`Office::blind_message`].
    ///
    /// # Errors
    /// [`Trouble`]: there is nothing to put in, or too much.
    pub fn offer_blind(
        &self,
        ask: &Ask,
        form: &BlindForm,
        unlocked: &Unlocked,
        control: &Control,
    ) -> Result<Receipt, Trouble> {
        let own = self.own_things(form, unlocked, control)?;
        let key = Key::new(&self.random());
        let (offer, order) = ::blind::offer(&key, self.random(), &own.things);
        self.begin_blind(ask, form, (own, key, order), None, |files, no| {
            files.write(no, Step::Offer, &offer.to_bytes())
        })
    }

    /// Answers the offer of another. What is to be sent is [`Office::blind_message`].
    ///
    /// # Errors
    /// [`Trouble`]: the offer can't be read or has more fingerprints than allowed, or as
    /// [`Office::offer_blind`].
    pub fn answer_blind(
        &self,
        ask: &Ask,
        form: &BlindForm,
        offer: &[u8],
        unlocked: &Unlocked,
        control: &Control,
    ) -> Result<Receipt, Trouble> {
        let offer = Offer::read(offer, form.most).map_err(trouble)?;
        if self.reader()?.blinds()?.iter().any(|row| row.messages[0] == hex::encode(offer.digest()))
        {
            return Err(Trouble::Other("trouble-blind-own-offer", vec![], Sort::Refused));
        }
        let own = self.own_things(form, unlocked, control)?;
        let key = Key::new(&self.random());
        let (answer, order) = ::blind::answer(&key, &offer, &own.things, &self.random());
        let theirs = Some(offer.points.len() as u64);
        self.begin_blind(ask, form, (own, key, order), theirs, |files, no| {
            files.write(no, Step::Offer, &offer.to_bytes())?;
            files.write(no, Step::Answer, &answer.to_bytes())
        })
    }

    /// Takes in what the other sent: the answer to an own offer, or the reply to an own answer. Then
    /// the comparison has ended; after an answer, the reply is to be sent.
    ///
    /// # Errors
    /// [`Trouble`]: the message can't be read, belongs to another comparison, or does not hold; the
    /// last is recorded.
    pub fn take_blind(
        &self,
        ask: &Ask,
        no: Number,
        message: &[u8],
        unlocked: &Unlocked,
    ) -> Result<Receipt, Trouble> {
        let row = self.reader()?.blind(no)?.ok_or(Trouble::Unknown(no))?;
        if row.ended.is_some() {
            return Err(Trouble::Refused(Refusal::Ended(no)));
        }
        let files = self.blind_files();
        let state: State = files.state(no, unlocked).ok_or(Trouble::NotAsRecorded(row.idx))?;
        match self.compared(&row, &state, message) {
            Ok(Learnt { theirs, shared, reply }) => {
                let mut messages = files.digests(no);
                if let Some(reply) = reply {
                    files.write(no, Step::Answer, message)?;
                    files.write(no, Step::Reply, &reply)?;
                    messages = files.digests(no);
                } else {
                    messages.push(digest(message));
                }
                let report = self.blind_report(&row, state, theirs, &shared, messages.clone());
                let report = json(&report)?;
                private_file(&files.report(no), &self.seal_for_vault(&report)?)?;
                let wish = Wish::Done(Done {
                    blind: no,
                    theirs,
                    found: shared.len() as u64,
                    messages,
                    report: digest(&report),
                });
                let receipt = self.submit(ask, Command::Blind(Box::new(wish)))?;
                // Without its key nobody can say any more what else is in what was sent.
                drop(fs::remove_file(files.state_path(no)));
                Ok(receipt)
            }
            Err(bad) => {
                let fault = match bad {
                    Bad::Proof => Some(BlindFault::Proof),
                    Bad::Count => Some(BlindFault::Count),
                    Bad::Point => Some(BlindFault::Point),
                    _ => None,
                };
                if let Some(fault) = fault {
                    let wish = Wish::Failed { blind: no, fault, message: digest(message) };
                    self.submit(ask, Command::Blind(Box::new(wish)))?;
                }
                Err(trouble(bad))
            }
        }
    }

    /// The message of this side that is to be sent now: its name and content; none for an answerer
    /// whose answer is gone.
    ///
    /// # Errors
    /// [`Trouble::Unknown`], or [`Trouble::Erased`] when it is gone.
    pub fn blind_message(&self, no: Number) -> Result<(String, Vec<u8>), Trouble> {
        let row = self.reader()?.blind(no)?.ok_or(Trouble::Unknown(no))?;
        let step = match (row.side, row.ended) {
            (BlindSide::Answerer, _) => Step::Answer,
            (BlindSide::Offerer, None) => Step::Offer,
            (BlindSide::Offerer, Some(_)) => Step::Reply,
        };
        let bytes = self.blind_files().read(no, step).ok_or(Trouble::Erased)?;
        Ok((format!("{no}.{}", step.word()), bytes))
    }

    /// What came of a blind comparison that has ended.
    ///
    /// # Errors
    /// As [`Office::kept_report`].
    pub fn kept_blind(&self, row: &BlindRow, unlocked: &Unlocked) -> Result<BlindReport, Trouble> {
        let idx = row.ended.unwrap_or(row.idx);
        let expected = row.report.as_deref().ok_or(Trouble::Erased)?;
        let sealed = fs::read(self.blind_files().report(row.no)).map_err(|_| Trouble::Erased)?;
        let report = unlocked.open(&sealed)?;
        if digest(&report) != expected {
            return Err(Trouble::NotAsRecorded(idx));
        }
        serde_json::from_slice(&report).map_err(|_| Trouble::NotAsRecorded(idx))
    }

    /// Reads the other's message.
    fn compared(&self, row: &BlindRow, state: &State, message: &[u8]) -> Result<Learnt, Bad> {
        let files = self.blind_files();
        let mut key = [0; 32];
        hex::decode_to_slice(&state.key, &mut key).map_err(|_| Bad::Key)?;
        let key = Key::from_bytes(key)?;
        // What this side made itself, of any size.
        let offer = files.read(row.no, Step::Offer).ok_or(Bad::Key)?;
        let offer = Offer::read(&offer, u64::MAX)?;
        match row.side {
            BlindSide::Offerer => {
                let most = state.most.max(row.own);
                let answer = Answer::read(message, most)?;
                let theirs = answer.points.len() as u64;
                if theirs > state.most {
                    return Err(Bad::TooMany(theirs));
                }
                let (reply, shared) = ::blind::settle(&key, &offer, &answer, &self.random())?;
                let (shared, reply) = (shared.into_iter().collect(), Some(reply.to_bytes()));
                Ok(Learnt { theirs, shared, reply })
            }
            BlindSide::Answerer => {
                let answer = files.read(row.no, Step::Answer).ok_or(Bad::Key)?;
                let answer = Answer::read(&answer, u64::MAX)?;
                let reply = Reply::read(message, row.own)?;
                let shared = ::blind::finish(&offer, &answer, &reply)?;
                let theirs = offer.points.len() as u64;
                Ok(Learnt { theirs, shared: shared.into_iter().collect(), reply: None })
            }
        }
    }

    fn begin_blind(
        &self,
        ask: &Ask,
        form: &BlindForm,
        (own, key, order): (Own, Key, Vec<u32>),
        theirs: Option<u64>,
        send: impl Fn(&Files, Number) -> Result<(), Trouble>,
    ) -> Result<Receipt, Trouble> {
        let files = self.blind_files();
        fs::create_dir_all(&files.0).map_err(|error| Trouble::disk(&files.0, error))?;
        let mut point_of = vec![0; own.things.len()];
        (0u32..).zip(&order).for_each(|(point, thing)| point_of[*thing as usize] = point);
        let secrets = form.bodies.iter().filter_map(|body| match body {
            Body::Secret(no) => Some(*no),
            _ => None,
        });
        let secrets: Vec<Number> = secrets.collect();
        let count = own.things.len() as u64;
        let spots = own
            .spots
            .into_iter()
            .map(|[thing, part, from, to]| [point_of[thing as usize], part, from, to]);
        let state = State {
            key: hex::encode(key.to_bytes()),
            begun: self.now().to_rfc3339(),
            most: form.most,
            set_aside: own.set_aside,
            parts: own.parts,
            left: own.left,
            spots: spots.collect(),
        };
        let state = json(&state)?;
        let side = if theirs.is_some() { BlindSide::Answerer } else { BlindSide::Offerer };
        self.next_number(Series::Blind, |no| {
            private_file(&files.state_path(no), &self.seal_for_vault(&state)?)?;
            send(&files, no)?;
            let wish = Wish::Begin(Begin {
                no,
                side,
                secrets: secrets.clone(),
                partner: form.partner,
                own: count,
                theirs,
                guaranteed: WINDOW.guaranteed() as u32,
                messages: files.digests(no),
                program: self.world.program.to_owned(),
            });
            let recorded = self.submit(ask, Command::Blind(Box::new(wish)));
            let taken = matches!(recorded, Err(Trouble::Refused(Refusal::NumberTaken(_))));
            if !taken && !recorded.as_ref().is_ok_and(|receipt| receipt.number == Some(no)) {
                // What was not recorded must not stand among the messages of whoever comes next.
                files.forget(no);
            }
            recorded
        })
    }

    fn blind_files(&self) -> Files {
        Files(self.home().dir.join("match").join("blind"))
    }

    /// Reads what is to be put in and takes it to pieces.
    fn own_things(
        &self,
        form: &BlindForm,
        unlocked: &Unlocked,
        control: &Control,
    ) -> Result<Own, Trouble> {
        let mut public = BTreeSet::new();
        for body in &form.public {
            self.set_aside(body, unlocked, control, &mut public)?;
        }
        let mut own = Own::default();
        let mut known = HashMap::new();
        for body in &form.bodies {
            if let Some(stated) = self.public_part(body, Some(unlocked))? {
                self.set_aside(&stated, unlocked, control, &mut public)?;
            }
            let taken = self.side(body, Some(unlocked), control)?;
            own.add(body, taken, &public, &mut known);
        }
        if own.things.is_empty() {
            let args = vec![("guaranteed", WINDOW.guaranteed().to_string())];
            return Err(Trouble::Other("trouble-blind-nothing", args, Sort::Refused));
        }
        if own.things.len() > OWN_MAX {
            let args = vec![("n", own.things.len().to_string()), ("most", OWN_MAX.to_string())];
            return Err(Trouble::Other("trouble-blind-much", args, Sort::Refused));
        }
        Ok(own)
    }

    fn set_aside(
        &self,
        body: &Body,
        unlocked: &Unlocked,
        control: &Control,
        public: &mut BTreeSet<Thing>,
    ) -> Result<(), Trouble> {
        let mut pieces = Pieces::default();
        for document in self.side(body, Some(unlocked), control)?.documents {
            // Whatever stands next to it there, it is public.
            pieces.each(&document.text, Density::Every, |piece| {
                public.insert(thing(&piece));
            });
        }
        Ok(())
    }

    fn blind_report(
        &self,
        row: &BlindRow,
        state: State,
        theirs: u64,
        shared: &BTreeSet<u32>,
        messages: Vec<String>,
    ) -> BlindReport {
        let mut parts = state.parts;
        let mut points: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        let mut lines: BTreeMap<u32, Vec<[u32; 2]>> = BTreeMap::new();
        for [point, part, from, to] in state.spots {
            if shared.contains(&point) {
                points.entry(part).or_default().insert(point);
                lines.entry(part).or_default().push([from, to]);
            }
        }
        for (part, stretches) in lines {
            let Some(of) = parts.get_mut(part as usize) else { continue };
            of.found = points.get(&part).map_or(0, |points| points.len() as u64);
            of.lines = joined(stretches);
            of.more = of.lines.len().saturating_sub(PLACES_MAX) as u64;
            of.lines.truncate(PLACES_MAX);
        }
        BlindReport {
            version: 1,
            no: row.no,
            program: self.world.program.to_owned(),
            side: row.side,
            partner: row.partner,
            times: [state.begun, self.now().to_rfc3339()],
            own: row.own,
            set_aside: state.set_aside,
            theirs,
            found: shared.len() as u64,
            guaranteed: row.guaranteed,
            messages,
            parts,
            left: state.left,
        }
    }
}

impl Own {
    fn add(
        &mut self,
        body: &Body,
        taken: Taken,
        public: &BTreeSet<Thing>,
        known: &mut HashMap<Thing, u32>,
    ) {
        let mut pieces = Pieces::default();
        for (document, part) in taken.documents.iter().zip(taken.parts) {
            let at = fold_text(&document.text).at;
            let starts: Vec<usize> = memchr::memchr_iter(b'\n', &document.text).collect();
            let line = |byte: u32| starts.partition_point(|end| *end < byte as usize) as u32 + 1;
            let place = self.parts.len() as u32;
            let (mut aside, mut mine) = (0, BTreeSet::new());
            pieces.each(&document.text, Density::Chosen(WINDOW), |piece| {
                let thing = thing(&piece);
                if public.contains(&thing) {
                    aside += 1;
                    return;
                }
                let byte = |folded: usize| at.get(folded).or(at.last()).copied().unwrap_or(0);
                let [from, to] = match piece {
                    Piece::Gram { at, gram } => [byte(at), byte(at + gram.len() - 1)],
                    Piece::Row { at, .. } => [at, at],
                };
                let number = *known.entry(thing).or_insert_with(|| {
                    self.things.push(thing);
                    self.things.len() as u32 - 1
                });
                mine.insert(number);
                self.spots.push([number, place, line(from), line(to)]);
            });
            self.set_aside += aside;
            if mine.is_empty() {
                continue;
            }
            let of = match (body, part) {
                (Body::Secret(no), Some(part)) => Some((*no, part)),
                _ => None,
            };
            let own = mine.len() as u64;
            let name = document.name.clone();
            self.parts.push(BlindPart { of, name, own, found: 0, lines: Vec::new(), more: 0 });
        }
        self.left.extend(taken.faults);
    }
}

/// What a text is in a blind comparison: for benchmarks, and for the other side of the demo.
#[must_use]
pub fn blind_things(text: &[u8]) -> Vec<Thing> {
    let mut things = Vec::new();
    Pieces::default().each(text, Density::Chosen(WINDOW), |piece| things.push(thing(&piece)));
    things
}

fn thing(piece: &Piece<'_>) -> Thing {
    match piece {
        Piece::Gram { gram, .. } => Thing::new("text", gram.as_slice()),
        Piece::Row { row, .. } => Thing::new("row", row),
    }
}

/// Stretches of lines, joined where they touch.
fn joined(mut stretches: Vec<[u32; 2]>) -> Vec<[u32; 2]> {
    stretches.sort_unstable();
    let mut out: Vec<[u32; 2]> = Vec::new();
    for [from, to] in stretches {
        match out.last_mut().filter(|last| last[1] + 1 >= from) {
            Some(last) => last[1] = last[1].max(to),
            None => out.push([from, to]),
        }
    }
    out
}

fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// A fault of a message in words that say what to do.
fn trouble(bad: Bad) -> Trouble {
    let key = match bad {
        Bad::Form => "trouble-blind-form",
        Bad::Step => "trouble-blind-step",
        Bad::Newer => "trouble-blind-newer",
        Bad::Point => "trouble-blind-point",
        Bad::TooMany(n) => {
            let args = vec![("n", n.to_string())];
            return Trouble::Other("trouble-blind-many", args, Sort::Refused);
        }
        Bad::OtherOffer => "trouble-blind-other-offer",
        Bad::OtherAnswer => "trouble-blind-other-answer",
        Bad::Count => "trouble-blind-count",
        Bad::Proof => "trouble-blind-proof",
        Bad::Key => "trouble-blind-key",
    };
    Trouble::Other(key, vec![], Sort::Refused)
}

/// One of the three messages.
#[derive(Clone, Copy)]
enum Step {
    Offer,
    Answer,
    Reply,
}

impl Step {
    const ALL: [Self; 3] = [Self::Offer, Self::Answer, Self::Reply];

    const fn word(self) -> &'static str {
        match self {
            Self::Offer => "offer",
            Self::Answer => "answer",
            Self::Reply => "reply",
        }
    }
}

/// The folder of blind comparisons. Messages lie there in clear: they are made to be sent.
struct Files(PathBuf);

impl Files {
    fn path(&self, no: Number, end: &str) -> PathBuf {
        self.0.join(format!("{no}.{end}"))
    }

    fn state_path(&self, no: Number) -> PathBuf {
        self.path(no, "age")
    }

    fn report(&self, no: Number) -> PathBuf {
        self.path(no, "report.age")
    }

    fn state(&self, no: Number, unlocked: &Unlocked) -> Option<State> {
        let sealed = fs::read(self.state_path(no)).ok()?;
        serde_json::from_slice(&unlocked.open(&sealed).ok()?).ok()
    }

    fn write(&self, no: Number, step: Step, bytes: &[u8]) -> Result<(), Trouble> {
        private_file(&self.path(no, step.word()), bytes)
    }

    fn read(&self, no: Number, step: Step) -> Option<Vec<u8>> {
        fs::read(self.path(no, step.word())).ok()
    }

    fn forget(&self, no: Number) {
        drop(fs::remove_file(self.state_path(no)));
        for step in Step::ALL {
            drop(fs::remove_file(self.path(no, step.word())));
        }
    }

    /// SHA-256 of the messages that are there, in order.
    fn digests(&self, no: Number) -> Vec<String> {
        let there = Step::ALL.into_iter().map_while(|step| self.read(no, step));
        there.map(|bytes| digest(&bytes)).collect()
    }
}
