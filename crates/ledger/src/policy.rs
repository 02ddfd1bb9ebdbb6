//! Whose word counts (C2SP tlog-policy, draft): logs, witnesses, groups and a quorum.
//!
//! Policies are read as UTF-8, which the draft strongly recommends; it would also allow other bytes
//! in names, URLs and comments.

use crate::checkpoint::{Checkpoint, CheckpointError, decimal};
use crate::note::{KeyKind, Note, NoteError, VerifierKey};

/// The most logs, the most witnesses and the most groups of a policy, each; the draft asks for 32.
pub const NAMED_MAX: usize = 256;

/// A log or witness that a policy names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What the policy calls it; a log by its origin.
    pub name: String,
    /// Its key.
    pub key: VerifierKey,
    /// Where it answers.
    pub url: Option<String>,
}

/// Some of the witnesses and groups named before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What the policy calls it.
    pub name: String,
    /// How many members are enough, at least 1 and at most all.
    pub enough: usize,
    /// Names of witnesses and groups.
    pub members: Vec<String>,
}

/// Whose word counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Logs whose checkpoints are believed.
    pub logs: Vec<Named>,
    /// Witnesses.
    pub witnesses: Vec<Named>,
    /// Groups.
    pub groups: Vec<Group>,
    /// The witness or group that must have cosigned; `None` for nobody.
    pub quorum: Option<String>,
}

/// A policy that can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the policy: {why}")]
pub struct PolicyError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: &'static str,
}

/// A witness that has cosigned, each named once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosigned {
    /// What the policy calls the witness.
    pub name: String,
    /// When, in seconds since 1970; the earliest, if it cosigned more than once.
    pub time: u64,
}

/// What a policy makes of a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The checkpoint.
    pub checkpoint: Checkpoint,
    /// The witnesses that have cosigned it.
    pub cosigned: Vec<Cosigned>,
    /// Whether the quorum is met.
    pub quorum: bool,
}

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    /// [`PolicyError`] with the line.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        let mut policy = Self::default();
        let mut quorum_said = false;
        for (line, words) in (1..).zip(text.split('\n')) {
            let error = |why| PolicyError { line, why };
            if words.chars().any(|c| c.is_ascii_control() && c != '\t') {
                return Err(error("a control character other than a tab"));
            }
            // Spaces and tabs only part the words, not all that Unicode calls a space.
            let words: Vec<&str> = words.split([' ', '\t']).filter(|w| !w.is_empty()).collect();
            match words.as_slice() {
                [] => {}
                [first, ..] if first.starts_with('#') => {}
                ["log", key, url @ ..] if url.len() <= 1 => {
                    policy.add_log(key, url.first()).map_err(error)?;
                }
                ["witness", name, key, url @ ..] if url.len() <= 1 => {
                    policy.add_witness(name, key, url.first()).map_err(error)?;
                }
                ["group", name, enough, members @ ..] if !members.is_empty() => {
                    policy.add_group(name, enough, members).map_err(error)?;
                }
                ["quorum", _] if quorum_said => return Err(error("the quorum is already said")),
                ["quorum", name] => {
                    quorum_said = true;
                    policy.quorum = policy.quorum_of(name).map_err(error)?;
                }
                _ => return Err(error("not understood")),
            }
        }
        if quorum_said {
            Ok(policy)
        } else {
            Err(PolicyError { line: text.split('\n').count(), why: "the quorum is not said" })
        }
    }

    fn add_log(&mut self, key: &str, url: Option<&&str>) -> Result<(), &'static str> {
        let key = read_key(key)?;
        let name = key.name().to_owned();
        add_named(&mut self.logs, Named { name, key, url: url.map(|&url| url.to_owned()) })
    }

    fn add_witness(
        &mut self,
        name: &str,
        key: &str,
        url: Option<&&str>,
    ) -> Result<(), &'static str> {
        let key = read_key(key)?;
        if key.kind() != KeyKind::Cosigner {
            return Err("not a witness's key");
        }
        self.expect_new(name)?;
        let (name, url) = (name.to_owned(), url.map(|&url| url.to_owned()));
        add_named(&mut self.witnesses, Named { name, key, url })
    }

    fn add_group(
        &mut self,
        name: &str,
        enough: &str,
        members: &[&str],
    ) -> Result<(), &'static str> {
        self.expect_new(name)?;
        let enough = match enough {
            "all" => members.len(),
            "any" => 1,
            number => match decimal(number).map(usize::try_from) {
                Some(Ok(number)) => number,
                _ => return Err("not a number"),
            },
        };
        if enough == 0 || enough > members.len() {
            return Err("the group has fewer members, or none are asked for");
        }
        for (at, member) in members.iter().enumerate() {
            if !self.knows(member) {
                return Err("a member is not named before");
            }
            let mut elsewhere = self.groups.iter().flat_map(|group| &group.members);
            if members[..at].contains(member) || elsewhere.any(|other| other == member) {
                return Err("a member is already in a group");
            }
        }
        if self.groups.len() == NAMED_MAX {
            return Err(TOO_MANY);
        }
        let members = members.iter().map(|&member| member.to_owned()).collect();
        self.groups.push(Group { name: name.to_owned(), enough, members });
        Ok(())
    }

    fn quorum_of(&self, name: &str) -> Result<Option<String>, &'static str> {
        match name {
            "none" => Ok(None),
            name if self.knows(name) => Ok(Some(name.to_owned())),
            _ => Err("the quorum is not named before"),
        }
    }

    fn expect_new(&self, name: &str) -> Result<(), &'static str> {
        let used = name == "none" || self.knows(name);
        if used { Err("this name is already used") } else { Ok(()) }
    }

    fn knows(&self, name: &str) -> bool {
        self.witnesses.iter().any(|witness| witness.name == name)
            || self.groups.iter().any(|group| group.name == name)
    }

    /// Judges a checkpoint that is signed by a log of this policy.
    ///
    /// # Errors
    /// [`CheckpointError`] when it is of no log named here, is not signed by one of that log's keys,
    /// or a known signature is wrong.
    pub fn judge(&self, note: &[u8]) -> Result<Judgement, CheckpointError> {
        let logs: Vec<VerifierKey> = self.logs.iter().map(|log| log.key.clone()).collect();
        self.judge_of(note, &logs)
    }

    /// Judges a checkpoint that is signed by a log known from elsewhere, as with a policy that names
    /// no logs. A log's key bears its origin as name.
    ///
    /// # Errors
    /// As [`Policy::judge`].
    pub fn judge_of(
        &self,
        note: &[u8],
        logs: &[VerifierKey],
    ) -> Result<Judgement, CheckpointError> {
        let note = Note::parse(note)?;
        let checkpoint = Checkpoint::parse(&note.text)?;
        let of_origin = logs.iter().filter(|key| key.name() == checkpoint.origin);
        let log: Vec<VerifierKey> = of_origin.cloned().collect();
        if log.is_empty() {
            return Err(CheckpointError::OtherOrigin(checkpoint.origin));
        }
        note.verify(&log)?;
        let keys: Vec<VerifierKey> = self.witnesses.iter().map(|w| w.key.clone()).collect();
        let verified = match note.verify(&keys) {
            Err(NoteError::NoKnownKey) => Vec::new(),
            other => other?,
        };
        let cosigned: Vec<Cosigned> = verified
            .into_iter()
            .filter_map(|verified| {
                let witness = self.witnesses.iter().find(|w| w.key == verified.key)?;
                Some(Cosigned { name: witness.name.clone(), time: verified.time? })
            })
            .collect();
        let quorum = self.quorum.as_deref().is_none_or(|name| self.met(name, &cosigned));
        Ok(Judgement { checkpoint, cosigned, quorum })
    }

    fn met(&self, name: &str, cosigned: &[Cosigned]) -> bool {
        match self.groups.iter().find(|group| group.name == name) {
            // Members are always named before their group, and groups are few, so this ends.
            Some(group) => {
                let met = group.members.iter().filter(|member| self.met(member, cosigned));
                met.count() >= group.enough
            }
            None => cosigned.iter().any(|one| one.name == name),
        }
    }
}

const TOO_MANY: &str = "more than 256 of a kind";

fn read_key(text: &str) -> Result<VerifierKey, &'static str> {
    VerifierKey::parse(text).map_err(|_| "not a key, or of a type that is not known here")
}

/// Adds a log or witness, unless its raw key is there already: under another name it is the same.
fn add_named(all: &mut Vec<Named>, new: Named) -> Result<(), &'static str> {
    if all.len() == NAMED_MAX {
        return Err(TOO_MANY);
    }
    if all.iter().any(|named| named.key.public() == new.key.public()) {
        return Err("this key is already named");
    }
    all.push(new);
    Ok(())
}
