//! Asks others to vouch for the ledger: witnesses cosign its checkpoint, authorities stamp that.

use std::fs;
use std::time::Duration;

use domain::Moment;
use ledger::checkpoint::Checkpoint;
use ledger::note::{Note, VerifierKey};
use link::{Client, LinkError, Submitted};
use sha2::{Digest as _, Sha256};
use store::Reader;
use store::read::{AuthorityRow, WitnessRow};

use crate::{Office, Sort, Trouble, home};

/// How long one witness or authority is waited for.
const WAIT: Duration = Duration::from_secs(20);

/// What one of those asked said.
#[derive(Debug)]
pub struct Answer {
    /// Its name.
    pub name: String,
    /// The time it vouches for; or why there is none.
    pub said: Result<Moment, Trouble>,
}

/// What came of asking.
#[derive(Debug)]
pub struct Asked {
    /// The size of the checkpoint.
    pub size: u64,
    /// The checkpoint with the cosignatures got.
    pub note: String,
    /// The number under which it is kept; `None` when nobody cosigned and nobody stamped.
    pub anchor: Option<u64>,
    /// The witnesses' answers.
    pub witnesses: Vec<Answer>,
    /// The authorities' answers.
    pub authorities: Vec<Answer>,
}

/// Whom to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Witnesses only.
    Witnesses,
    /// Witnesses, then authorities over what these cosigned.
    WitnessesAndAuthorities,
}

impl Office {
    /// Asks for cosignatures and stamps over the newest checkpoint, and keeps what holds.
    ///
    /// # Errors
    /// [`Trouble`] when a witness knows a longer log than this directory holds: then it is an old
    /// copy, and nothing must be signed. Those who don't answer are in the result.
    pub fn vouch(&self, whom: Whom) -> Result<Asked, Trouble> {
        let reader = self.reader()?;
        let chain = reader.chain()?;
        let log_key = self.home.log_key()?;
        let checkpoint = Checkpoint::new(self.home.settings.origin.clone(), chain.size, chain.root);
        let mut note = checkpoint.sign(&log_key);
        let client = Client::new(&[]);
        let mut witnesses = Vec::new();
        for witness in reader.witnesses()?.into_iter().filter(|witness| witness.asked) {
            let Some(url) = witness.url.clone() else { continue };
            let said = self.cosigned(&client, &reader, &witness, &url, &mut note, chain.size);
            // Whatever else happens: after a roll-back nothing more may be said.
            if let Err(trouble @ Trouble::Other("trouble-rolled-back", ..)) = said {
                return Err(trouble);
            }
            witnesses.push(Answer { name: witness.name, said });
        }
        let text = note.to_string();
        let mut anchor = None;
        if witnesses.iter().any(|answer| answer.said.is_ok()) {
            anchor = Some(store::add_anchor(&self.home.dir, &text, chain.size, self.now())?);
        }
        let mut authorities = Vec::new();
        if whom == Whom::WitnessesAndAuthorities {
            for authority in reader.authorities()?.into_iter().filter(|row| row.asked) {
                let said = self.stamped(&client, &authority, &text, chain.size, &mut anchor);
                authorities.push(Answer { name: authority.name, said });
            }
        }
        Ok(Asked { size: chain.size, note: text, anchor, witnesses, authorities })
    }

    /// Gets one witness's cosignature and adds it to the note.
    fn cosigned(
        &self,
        client: &Client,
        reader: &Reader,
        witness: &WitnessRow,
        url: &str,
        note: &mut Note,
        size: u64,
    ) -> Result<Moment, Trouble> {
        let key: VerifierKey =
            witness.key.parse().map_err(|_| Trouble::NotAsRecorded(witness.idx))?;
        let mut old = last_cosigned(reader, &key)?;
        // Once more when the witness stands elsewhere than remembered.
        for _ in 0..2 {
            let proof = reader.consistency(old, size)?;
            // Only the log's own signature is sent: what others said is none of its business.
            let bare = Note { text: note.text.clone(), signatures: note.signatures[..1].to_vec() };
            match client.submit_checkpoint(url, old, &proof, &bare, WAIT) {
                Ok(Submitted::Cosigned(lines)) => {
                    let mut signed = Note { text: note.text.clone(), signatures: lines };
                    let verified = signed
                        .verify(std::slice::from_ref(&key))
                        .map_err(|_| said("trouble-witness-signature", witness, ""))?;
                    let time = verified.iter().find_map(|one| one.time).unwrap_or(0);
                    signed.signatures.retain(|line| key.is_of(line));
                    note.signatures.append(&mut signed.signatures);
                    return Ok(Moment(i64::try_from(time).unwrap_or(0).saturating_mul(1000)));
                }
                Ok(Submitted::Behind { size: theirs }) if theirs > size => {
                    let args = vec![
                        ("name", witness.name.clone()),
                        ("theirs", theirs.to_string()),
                        ("ours", size.to_string()),
                    ];
                    return Err(Trouble::Other("trouble-rolled-back", args, Sort::Broken));
                }
                Ok(Submitted::Behind { size: theirs }) => old = theirs,
                Ok(Submitted::Refused { status, .. }) => {
                    return Err(said("trouble-witness-refused", witness, &status.to_string()));
                }
                Err(error) => return Err(no_answer(&witness.name, &error)),
            }
        }
        Err(said("trouble-witness-refused", witness, "409"))
    }

    /// A stamp over any bytes by the first authority that answers, with its name.
    pub(crate) fn stamp_of(&self, reader: &Reader, bytes: &[u8]) -> Option<(String, Vec<u8>)> {
        let hash: [u8; 32] = Sha256::digest(bytes).into();
        let client = Client::new(&[]);
        let asked = reader.authorities().ok()?.into_iter().filter(|row| row.asked);
        asked.into_iter().find_map(|authority| {
            let (token, _, _) = self.token(&client, &authority, &hash).ok()?;
            Some((authority.name, token.der().to_vec()))
        })
    }

    /// A token of an authority over a hash that holds under its roots, with these and its time.
    fn token(
        &self,
        client: &Client,
        authority: &AuthorityRow,
        hash: &[u8; 32],
    ) -> Result<(stamp::Token, String, Moment), Trouble> {
        let nonce = u64::from_be_bytes(self.random());
        let token = client
            .request_stamp(&authority.url, hash, nonce, WAIT)
            .map_err(|error| no_answer(&authority.name, &error))?;
        let chain = self.root_certificates(authority)?;
        let named = || vec![("name", authority.name.clone()), ("why", String::new())];
        let roots = stamp::certificates_from_pem(&chain)
            .map_err(|_| Trouble::Other("trouble-roots", named(), Sort::Broken))?;
        let verified = stamp::verify(&token, hash, &roots, Some(nonce))
            .map_err(|_| Trouble::Other("trouble-stamp-untrusted", named(), Sort::Refused))?;
        Ok((token, chain, Moment(verified.time_ms)))
    }

    /// Gets one authority's stamp over the note and keeps it.
    fn stamped(
        &self,
        client: &Client,
        authority: &AuthorityRow,
        note: &str,
        size: u64,
        anchor: &mut Option<u64>,
    ) -> Result<Moment, Trouble> {
        let hash: [u8; 32] = Sha256::digest(note.as_bytes()).into();
        let (token, chain, at) = self.token(client, authority, &hash)?;
        let id = match *anchor {
            Some(id) => id,
            None => *anchor.insert(store::add_anchor(&self.home.dir, note, size, self.now())?),
        };
        store::add_stamp(&self.home.dir, id, &authority.name, token.der(), &chain, at)?;
        Ok(at)
    }

    /// Keeps an authority's root certificates; gives SHA-256 of each, in hex.
    ///
    /// # Errors
    /// [`Trouble`] when the text holds no certificate, or can't be kept.
    pub fn keep_roots(&self, pem: &str) -> Result<Vec<String>, Trouble> {
        let none = || Trouble::Other("trouble-roots", vec![], Sort::Refused);
        let certificates = stamp::certificates_from_pem(pem).map_err(|_| none())?;
        if certificates.is_empty() {
            return Err(none());
        }
        let dir = self.home.dir.join("roots");
        fs::create_dir_all(&dir).map_err(|error| Trouble::disk(&dir, error))?;
        let mut names = Vec::new();
        for certificate in certificates {
            let name = hex::encode(Sha256::digest(&certificate));
            let path = dir.join(format!("{name}.pem"));
            home::private_file(&path, stamp::certificates_to_pem(&[certificate]).as_bytes())?;
            names.push(name);
        }
        Ok(names)
    }

    fn root_certificates(&self, authority: &AuthorityRow) -> Result<String, Trouble> {
        let mut pem = String::new();
        for root in &authority.roots {
            let path = self.home.dir.join("roots").join(format!("{root}.pem"));
            pem += &fs::read_to_string(&path).map_err(|error| Trouble::disk(&path, error))?;
        }
        Ok(pem)
    }
}

/// The size of the newest kept checkpoint that a witness cosigned.
fn last_cosigned(reader: &Reader, key: &VerifierKey) -> Result<u64, Trouble> {
    let anchors = reader.anchors()?;
    let by_key = anchors.iter().rev().find(|anchor| {
        Note::parse(anchor.note.as_bytes())
            .is_ok_and(|note| note.signatures.iter().any(|line| key.is_of(line)))
    });
    Ok(by_key.map_or(0, |anchor| anchor.size))
}

fn said(key: &'static str, witness: &WitnessRow, status: &str) -> Trouble {
    let args = vec![("name", witness.name.clone()), ("status", status.to_owned())];
    Trouble::Other(key, args, Sort::Refused)
}

fn no_answer(name: &str, error: &LinkError) -> Trouble {
    let key = match error {
        LinkError::NoAnswer { .. } => "trouble-unreached",
        _ => "trouble-no-answer",
    };
    let args = vec![("name", name.to_owned()), ("why", error.to_string())];
    Trouble::Other(key, args, Sort::Broken)
}
