//! A company's profile: put together on the node, field by field as the company ticks, and taken in
//! by the station, which checks its proofs and forgets it when the company takes it back.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use assess::{Ground, Standing};
use domain::effect::{FileProfile, TakeProfile, Wish};
use domain::terms::{LetterSort, Level, ProfileField};
use domain::{Command, CreditCode, Day, Moment, Number, Refusal};
use evidence::dossier::{ShownEvent, ShownItem};
use ledger::checkpoint::Checkpoint;
use ledger::tlog_proof::TlogProof;
use link::exchange::{Content, Effect, Given, Grounds, PROOF_FILE, ScoreGiven};
use serde::{Deserialize, Serialize};
use store::read::{LetterRow, ProfileRow, SecretFilter};
use store::{Reader, Receipt};
use words::Lang;

use super::{key_of, other};
use crate::recognition::score_words;
use crate::{Ask, Office, Shown, Sort, Trouble};

/// The most entries that are shown with a profile.
const ENTRIES_MAX: usize = 1_000;
/// The longest thing that is typed, in characters.
const TYPED_MAX: usize = 200;

/// What is to be filed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileForm {
    /// What was ticked.
    pub ticked: BTreeSet<ProfileField>,
    /// What was typed; what is not ticked of it stays here.
    pub typed: BTreeMap<ProfileField, String>,
}

/// What would be filed.
#[derive(Clone, Debug)]
pub struct ProfilePlan {
    /// As of this day.
    pub day: Day,
    /// What was ticked, in the order of the form.
    pub fields: Vec<ProfileField>,
    /// What the fields say.
    pub given: Given,
    /// What shows the score and the points to be of this ledger.
    pub grounds: Grounds,
}

/// What is kept of a profile, sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptProfile {
    /// What the company filed.
    pub given: Given,
    /// How many entries decided, by the company's word.
    pub of: u64,
    /// The entries that were shown, by kind.
    pub kinds: BTreeMap<String, u64>,
    /// When the first and the last of them were received by its ledger.
    pub received: Option<(i64, i64)>,
}

impl Office {
    /// What would be filed of this company today.
    ///
    /// # Errors
    /// [`Trouble`]; refused when something ticked is blank, too long, or no credit code.
    pub fn profile_plan(
        &self,
        reader: &Reader,
        form: &ProfileForm,
    ) -> Result<ProfilePlan, Trouble> {
        let day = self.today();
        let mut plan = ProfilePlan {
            day,
            fields: form.ticked.iter().copied().collect(),
            given: Given::default(),
            grounds: Grounds::default(),
        };
        if plan.fields.is_empty() {
            return Err(Refusal::NothingTicked.into());
        }
        for field in plan.fields.iter().filter(|field| !field.is_reckoned()) {
            let typed = form.typed.get(field).map(|text| text.trim()).unwrap_or_default();
            let text = match field {
                _ if typed.is_empty() => return Err(Refusal::Blank(field.key()).into()),
                _ if typed.chars().count() > TYPED_MAX => {
                    return Err(Refusal::TooLong(field.key(), TYPED_MAX).into());
                }
                ProfileField::Code => {
                    CreditCode::parse(typed).map_err(Refusal::from)?.as_str().to_owned()
                }
                _ => typed.to_owned(),
            };
            plan.given.typed.insert(field.word().to_owned(), text);
        }
        let mut places = BTreeSet::new();
        if form.ticked.contains(&ProfileField::Points) {
            let counts = reader.secrets_by_level()?;
            let levels = Level::ALL.iter().map(|level| level.word().to_owned());
            plan.given.points = Some(levels.zip(counts).collect());
            let filter = SecretFilter { limit: u32::MAX >> 1, ..SecretFilter::default() };
            let rows = reader.secrets(&filter)?.rows;
            places.extend(rows.iter().filter(|row| row.state.is_open()).map(|row| row.idx));
        }
        if form.ticked.contains(&ProfileField::Score) {
            let found = self.assessment(reader, day)?;
            plan.given.score = Some(ScoreGiven {
                score: found.score,
                steps: found.steps.iter().map(|step| (step.met, step.of)).collect(),
                edition: format!("{}@{}", found.controls.id, found.controls.edition),
            });
            let met = found.lines.iter().filter(|line| line.standing == Standing::Met);
            places.extend(met.flat_map(|line| &line.grounds).filter_map(|ground| match ground {
                Ground::Entry(idx) => Some(*idx),
                Ground::Checkpoint(_) => None,
            }));
        }
        plan.grounds = self.grounds(reader, &places)?;
        Ok(plan)
    }

    /// Entries of the ledger with nothing shown but their kind and when they were received.
    fn grounds(&self, reader: &Reader, places: &BTreeSet<u64>) -> Result<Grounds, Trouble> {
        let chain = reader.chain()?;
        let origin = self.home.settings.origin.clone();
        let checkpoint = Checkpoint::new(origin, chain.size, chain.root);
        let checkpoint = checkpoint.sign(&self.home.log_key()?).to_string();
        let mut grounds = Grounds { of: places.len() as u64, entries: Vec::new() };
        for &index in places.iter().take(ENTRIES_MAX) {
            let leaf = reader.leaf(index)?.ok_or(Trouble::UnknownEntry(index))?;
            let received = evidence::kind::COMMON.iter().position(|f| f.name == "received");
            let items = leaf.texts.into_iter().zip(leaf.digests).enumerate();
            let items = items.map(|(at, (text, digest))| match text {
                Some(text) if at == 0 || Some(at) == received => ShownItem::Shown(text),
                _ => ShownItem::Withheld(digest),
            });
            let event = ShownEvent { index, items: items.collect() };
            let path = reader.inclusion(index, chain.size)?;
            let checkpoint = checkpoint.clone();
            let proof = TlogProof { extra: None, index, path, checkpoint };
            grounds.entries.push((event, proof.to_string()));
        }
        Ok(grounds)
    }

    /// On a node: files what the plan says, to which whoever asks has agreed. Gives the letter's
    /// number.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn file_profile(
        &self,
        ask: &Ask,
        link: Number,
        plan: &ProfilePlan,
    ) -> Result<(u64, Receipt), Trouble> {
        let (lang, day) = (self.language(), plan.day);
        let subject = words::tr(lang, "profile-subject", &[("day", &day.to_string())]);
        let mut lines: Vec<String> = given_lines(lang, &plan.given)
            .into_iter()
            .map(|(name, says)| {
                words::tr(lang, "profile-line", &[("name", &name), ("says", &says)])
            })
            .collect();
        lines.push(words::t(lang, "profile-agreed"));
        let effect = Effect::Profile { day: day.to_string(), given: plan.given.clone() };
        let sort = LetterSort::Profile;
        let mut content = self.effect_letter(sort, (subject, lines), None, None, Some(&effect))?;
        if !plan.grounds.entries.is_empty() {
            let proof = serde_json::to_vec(&plan.grounds).map_err(|_| Trouble::TextTooLong)?;
            content.attach(PROOF_FILE, proof);
        }
        let kept = KeptProfile {
            given: plan.given.clone(),
            of: plan.grounds.of,
            ..KeptProfile::default()
        };
        let (key, given) = self.seal_profile(Some(link), &kept)?;
        self.post(ask, link, &content, &|letter| {
            let (given, key) = (given.clone(), key.clone());
            let fields = plan.fields.clone();
            let filed = FileProfile { link, letter, day, fields, given, key };
            Command::Effect(Wish::FileProfile(Box::new(filed)))
        })
    }

    /// On a node: takes back the agreement to everything filed over a link.
    ///
    /// # Errors
    /// [`Trouble`]; refused when nothing stands.
    pub fn withdraw_profile(
        &self,
        ask: &Ask,
        link: Number,
        why: Option<String>,
    ) -> Result<(u64, Receipt), Trouble> {
        let lang = self.language();
        let why = why.map(|why| why.trim().to_owned()).filter(|why| !why.is_empty());
        let subject = words::t(lang, "profile-unfiled");
        let lines = [words::t(lang, "profile-unfiled-says")].into_iter().chain(why.clone());
        let (sort, effect) = (LetterSort::Profile, Effect::Unfiled { why: why.clone() });
        let lines = (subject, lines.collect());
        let content = self.effect_letter(sort, lines, None, None, Some(&effect))?;
        self.post(ask, link, &content, &|letter| {
            Command::Effect(Wish::WithdrawProfile { link, letter, why: why.clone() })
        })
    }

    fn seal_profile(
        &self,
        of: Option<Number>,
        kept: &KeptProfile,
    ) -> Result<(Option<domain::command::NewKey>, domain::Envelope), Trouble> {
        let text = serde_json::to_string(kept).map_err(|_| Trouble::TextTooLong)?;
        let (key, [given]) = self.seal_about(of, [("given", Some(text))])?;
        Ok((key, given.ok_or(Trouble::Erased)?))
    }

    /// What is kept of a profile; `None` once it was forgotten.
    ///
    /// # Errors
    /// As [`Office::field`].
    pub fn kept_profile(
        &self,
        reader: &Reader,
        row: &ProfileRow,
    ) -> Result<Option<KeptProfile>, Trouble> {
        let shown = self.field(reader, row.idx, "given", None)?;
        if shown == Shown::Erased {
            return Ok(None);
        }
        let kept = shown.text().and_then(|text| serde_json::from_str(text).ok());
        kept.ok_or(Trouble::NotAsRecorded(row.idx)).map(Some)
    }

    /// On a station: what a company's profile brings about; the word of the reason when it can't be
    /// taken.
    pub(super) fn profile_of(
        &self,
        row: &LetterRow,
        (day, given): (String, Given),
        content: &Content,
    ) -> Result<Result<Wish, &'static str>, Trouble> {
        let (Ok(day), Some(fields)) = (Day::parse(&day), fields_of(&given)) else {
            return Ok(Err("malformed"));
        };
        let link = self.reader()?.link(row.link)?.ok_or(Trouble::Unknown(row.link))?;
        let place = content.head.files.iter().position(|file| file.name == PROOF_FILE);
        let grounds = place.map(|at| serde_json::from_slice::<Grounds>(&content.files[at]));
        let grounds = match grounds {
            Some(Ok(grounds)) => grounds,
            Some(Err(_)) => return Ok(Err("proof")),
            // Without entries there is nothing that a score could rest on but itself.
            None => Grounds::default(),
        };
        let Ok(shown) = grounds.check(&key_of(&link)?) else { return Ok(Err("proof")) };
        let zone = self.zone_minutes();
        if shown.received.is_some_and(|(_, last)| Moment(last).day_at(zone) > day) {
            return Ok(Err("proof"));
        }
        let of = grounds.of;
        let (entries, size) = (shown.entries, shown.size);
        let kept = KeptProfile { given, of, kinds: shown.kinds, received: shown.received };
        let (Some(key), given) = self.seal_profile(None, &kept)? else {
            return Err(Trouble::Erased);
        };
        let letter = (row.link, row.seq);
        let take = TakeProfile { letter, day, fields, entries, size, given, key };
        Ok(Ok(Wish::TakeProfile(Box::new(take))))
    }

    /// On a station: destroys the keys of what was filed before a letter, and the letters that
    /// brought it. The entry comes after: cut off between, it is done again.
    pub(super) fn forget_profiles(&self, row: &LetterRow) -> Result<Wish, Trouble> {
        let reader = self.reader()?;
        let mut keys = Vec::new();
        for profile in reader.profiles_of(row.link)?.iter().filter(|one| one.seq < row.seq) {
            keys.extend(reader.sealed(profile.idx, "given")?.map(|item| item.key_id));
        }
        store::erase_keys(&self.home.dir, &keys)?;
        for (_, digest) in reader.filed_before(row.link, row.seq)? {
            let mut bytes = [0; 32];
            if hex::decode_to_slice(&digest, &mut bytes).is_err() {
                return Err(other("trouble-letter-forgotten", Sort::NotFound));
            }
            let path = self.parcel_path(&bytes);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Trouble::disk(&path, error));
                }
                _ => {}
            }
        }
        Ok(Wish::ForgetProfile { letter: (row.link, row.seq) })
    }
}

/// What was ticked, by what is given; `None` when something is not of the form.
fn fields_of(given: &Given) -> Option<Vec<ProfileField>> {
    let mut fields = Vec::new();
    for (word, text) in &given.typed {
        let field = ProfileField::from_word(word).filter(|field| !field.is_reckoned())?;
        if text.trim().is_empty() || text.chars().count() > TYPED_MAX {
            return None;
        }
        fields.push(field);
    }
    let of = |is: bool, field| is.then_some(field);
    fields.extend(of(given.score.is_some(), ProfileField::Score));
    fields.extend(of(given.points.is_some(), ProfileField::Points));
    if given.score.as_ref().is_some_and(|score| score.score > 1000 || score.steps.len() > 20) {
        return None;
    }
    if given.points.iter().flatten().any(|(word, _)| Level::from_word(word).is_none()) {
        return None;
    }
    fields.sort_unstable();
    Some(fields).filter(|fields| !fields.is_empty())
}

/// What is given in words: each field's name and what it says, in the order of the form.
pub fn given_lines(lang: Lang, given: &Given) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for field in ProfileField::ALL {
        let says = match field {
            ProfileField::Score => given.score.as_ref().map(|score| {
                let met: usize = score.steps.iter().map(|step| step.0).sum();
                let of: usize = score.steps.iter().map(|step| step.1).sum();
                let args = [
                    ("score", &score_words(score.score)),
                    ("met", &met.to_string()),
                    ("of", &of.to_string()),
                    ("edition", &score.edition),
                ];
                words::tr(lang, "profile-score-says", &args)
            }),
            ProfileField::Points => given.points.as_ref().map(|points| {
                let levels = Level::ALL.iter().map(|level| {
                    let n = points.get(level.word()).copied().unwrap_or(0);
                    format!("{} {n}", words::t(lang, &format!("level-{}", level.word())))
                });
                levels.collect::<Vec<_>>().join(&words::t(lang, "w-comma"))
            }),
            field => given.typed.get(field.word()).cloned(),
        };
        lines.extend(says.map(|says| (words::t(lang, field.key()), says)));
    }
    lines
}
