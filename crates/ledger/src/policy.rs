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
                    let key: VerifierKey = key.parse().map_err(|_| error("not a key"))?;
                    full(&policy.logs).map_err(error)?;
                    if policy.logs.iter().any(|log| log.key.public() == key.public()) {
                        return Err(error("this key is already named"));
                    }
                    let (name, url) = (key.name().to_owned(), url.first().map(|&u| u.into()));
                    policy.logs.push(Named { name, key, url });
                }
                ["witness", name, key, url @ ..] if url.len() <= 1 => {
                    let key: VerifierKey = key.parse().map_err(|_| error("not a key"))?;
                    if key.kind() != KeyKind::Cosigner {
                        return Err(error("not a witness's key"));
                    }
                    full(&policy.witnesses).map_err(error)?;
                    if policy.knows(name) || *name == "none" {
                        return Err(error("this name is already used"));
                    }
                    if policy.witnesses.iter().any(|w| w.key.public() == key.public()) {
                        return Err(error("this key is already named"));
                    }
                    let (name, url) = ((*name).to_owned(), url.first().map(|&u| u.into()));
                    policy.witnesses.push(Named { name, key, url });
                }
                ["group", name, enough, members @ ..] if !members.is_empty() => {
                    full(&policy.groups).map_err(error)?;
                    if policy.knows(name) || *name == "none" {
                        return Err(error("this name is already used"));
                    }
                    let enough = match *enough {
                        "all" => members.len(),
                        "any" => 1,
                        number => match decimal(number).map(usize::try_from) {
                            Some(Ok(number)) => number,
                            _ => return Err(error("not a number")),
                        },
                    };
                    if enough == 0 || enough > members.len() {
                        return Err(error("the group has fewer members, or none are asked for"));
                    }
                    for (at, member) in members.iter().enumerate() {
                        if !policy.knows(member) {
                            return Err(error("a member is not named before"));
                        }
                        let elsewhere = policy.groups.iter().flat_map(|group| &group.members);
                        if members[..at].contains(member)
                            || elsewhere.into_iter().any(|m| m == member)
                        {
                            return Err(error("a member is already in a group"));
                        }
                    }
                    let members = members.iter().map(|&member| member.to_owned()).collect();
                    policy.groups.push(Group { name: (*name).to_owned(), enough, members });
                }
                ["quorum", name] => {
                    if quorum_said {
                        return Err(error("the quorum is already said"));
                    }
                    quorum_said = true;
                    if *name != "none" {
                        if !policy.knows(name) {
                            return Err(error("the quorum is not named before"));
                        }
                        policy.quorum = Some((*name).to_owned());
                    }
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

/// Refuses one more than [`NAMED_MAX`].
fn full<T>(named: &[T]) -> Result<(), &'static str> {
    if named.len() < NAMED_MAX { Ok(()) } else { Err("more than 256 of a kind") }
}
