//! Whose word counts (C2SP tlog-policy, draft): logs, witnesses, groups and a quorum.

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::note::{KeyKind, Note, VerifierKey};

/// A log or witness that a policy names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What the policy calls it.
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
    /// How many members are enough.
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

/// A witness that has cosigned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosigned {
    /// What the policy calls the witness.
    pub name: String,
    /// When, in seconds since 1970.
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
        for (line, words) in (1..).zip(text.lines()) {
            let error = |why| PolicyError { line, why };
            let words: Vec<&str> = words.split_whitespace().collect();
            match words.as_slice() {
                [] => {}
                [first, ..] if first.starts_with('#') => {}
                ["log", key, url @ ..] if url.len() <= 1 => {
                    let key: VerifierKey = key.parse().map_err(|_| error("not a key"))?;
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
                    if policy.knows(name) || *name == "none" {
                        return Err(error("this name is already used"));
                    }
                    let enough = match *enough {
                        "all" => members.len(),
                        "any" => 1,
                        number => number.parse().map_err(|_| error("not a number"))?,
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
            Err(PolicyError { line: text.lines().count(), why: "the quorum is not said" })
        }
    }

    fn knows(&self, name: &str) -> bool {
        self.witnesses.iter().any(|witness| witness.name == name)
            || self.groups.iter().any(|group| group.name == name)
    }

    /// Judges a signed checkpoint.
    ///
    /// # Errors
    /// [`CheckpointError`] when it is of no log named here, or a known signature is wrong.
    pub fn judge(&self, note: &[u8]) -> Result<Judgement, CheckpointError> {
        let note = Note::parse(note)?;
        let checkpoint = Checkpoint::parse(&note.text)?;
        let Some(log) = self.logs.iter().find(|log| log.key.name() == checkpoint.origin) else {
            return Err(CheckpointError::OtherOrigin(checkpoint.origin));
        };
        note.verify(std::slice::from_ref(&log.key))?;
        let keys: Vec<VerifierKey> = self.witnesses.iter().map(|w| w.key.clone()).collect();
        let verified = match note.verify(&keys) {
            Err(crate::note::NoteError::NoKnownKey) => Vec::new(),
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
            // Members are always named before their group, so this ends.
            Some(group) => {
                let met = group.members.iter().filter(|member| self.met(member, cosigned));
                met.count() >= group.enough
            }
            None => cosigned.iter().any(|one| one.name == name),
        }
    }
}
