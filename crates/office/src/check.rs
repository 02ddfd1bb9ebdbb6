//! The whole directory, looked at: journal, tree, projections, stamps and vault.

use sha2::{Digest as _, Sha256};

use crate::{Office, Trouble};

/// What was looked at, and what is not as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Entries read.
    pub events: u64,
    /// Committed roots compared.
    pub roots: u64,
    /// Cosigned checkpoints compared.
    pub anchors: u64,
    /// Time-stamps verified.
    pub stamps: u64,
    /// Files of the vault compared with the ledger.
    pub blobs: u64,
    /// Whether the projections were rebuilt and compared.
    pub replayed: bool,
    /// Translation key and which, for each problem.
    pub problems: Vec<(&'static str, String)>,
}

impl Office {
    /// Looks whether everything is as it was written; with `replay` rebuilds the projections
    /// beside the live ones and compares.
    ///
    /// # Errors
    /// [`Trouble`] when it can't be looked at.
    pub fn fsck(&self, replay: bool) -> Result<Findings, Trouble> {
        let found = store::fsck::fsck(&self.home.dir, &self.home.log_vkey()?, replay)?;
        let mut findings = Findings {
            events: found.events,
            roots: found.roots,
            anchors: found.anchors,
            replayed: replay,
            problems: found.problems.iter().map(|p| (p.key(), p.which())).collect(),
            ..Findings::default()
        };
        let reader = self.reader()?;
        for anchor in reader.anchors()? {
            let hash: [u8; 32] = Sha256::digest(anchor.note.as_bytes()).into();
            for kept in &anchor.stamps {
                findings.stamps += 1;
                let roots = stamp::certificates_from_pem(&kept.chain).unwrap_or_default();
                let holds = stamp::Token::parse(&kept.token)
                    .is_ok_and(|token| stamp::verify(&token, &hash, &roots, None).is_ok());
                if !holds {
                    let which = format!("{} {}", anchor.id, kept.authority);
                    findings.problems.push(("problem-stamp", which));
                }
            }
        }
        for kept in reader.blobs()? {
            findings.blobs += 1;
            let sound = kept.blob.parse().is_ok_and(|id| {
                self.blobs
                    .check(&id)
                    .is_ok_and(|checked| hex::encode(checked.sealed_sha256) == kept.sealed)
            });
            if !sound {
                findings.problems.push(("problem-blob", kept.of));
            }
        }
        for gone in reader.erased_blobs()? {
            if gone.blob.parse().is_ok_and(|id| self.blobs.check(&id).is_ok()) {
                findings.problems.push(("problem-erased-left", gone.of));
            }
        }
        let left = reader.erased_keys_left()?;
        if left > 0 {
            findings.problems.push(("problem-erased-keys", left.to_string()));
        }
        let unfinished = reader.erasing()?.into_iter();
        findings.problems.extend(unfinished.map(|no| ("problem-erasing", no.to_string())));
        Ok(findings)
    }
}
