//! How a node joins: the station hands out a one-time key with its own keys, and the node signs
//! its wish with both that key and its own.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64URL;
use ledger::note::{Note, SigningKey, VerifierKey};
use serde::{Deserialize, Serialize};

use super::{ExchangeError, LinkId, hex, hex_of};

const PREFIX: &str = "midun-join:";
const FIRST_LINE: &str = "midun.join/v1";

/// What a station hands to a company, on paper, by mail or as a picture: whoever holds it can join
/// once, in the company's place.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    /// The link, in hex.
    pub link: String,
    /// The station's name.
    pub name: String,
    /// The station's log key; its name is the log's origin.
    pub key: String,
    /// The station's vault, to which letters are sealed.
    pub recipient: String,
    /// The station's witness key.
    pub witness: String,
    /// Where the station answers; without it bundles are carried by hand.
    pub url: Option<String>,
    /// The last day on which it can be used.
    pub until: String,
    /// The seed of the one-time key, in hex.
    pub seed: String,
}

/// The one-time key's name.
fn one_time_name(link: &LinkId) -> String {
    format!("midun-join-{}", hex(link))
}

impl Invitation {
    /// The text that is handed over: one word.
    pub fn to_text(&self) -> String {
        let json = serde_json::to_vec(self).expect("an invitation is JSON");
        format!("{PREFIX}{}", B64URL.encode(json))
    }

    /// Reads [`Invitation::to_text`]; white space, which mail programs like to add, is ignored.
    ///
    /// # Errors
    /// [`ExchangeError::Form`].
    pub fn parse(text: &str) -> Result<Self, ExchangeError> {
        let form = ExchangeError::Form("invitation");
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let json = text.strip_prefix(PREFIX).and_then(|text| B64URL.decode(text).ok());
        let read: Self = serde_json::from_slice(&json.ok_or(form)?).map_err(|_| form)?;
        read.link_id()?;
        read.one_time_key()?;
        read.log_key()?;
        let _: VerifierKey = read.witness.parse().map_err(|_| form)?;
        Ok(read)
    }

    /// The link.
    ///
    /// # Errors
    /// [`ExchangeError::Form`].
    pub fn link_id(&self) -> Result<LinkId, ExchangeError> {
        hex_of(&self.link).ok_or(ExchangeError::Form("invitation"))
    }

    /// The station's log key.
    ///
    /// # Errors
    /// [`ExchangeError::Form`].
    pub fn log_key(&self) -> Result<VerifierKey, ExchangeError> {
        self.key.parse().map_err(|_| ExchangeError::Form("invitation"))
    }

    /// The one-time key, by which the wish to join is signed.
    ///
    /// # Errors
    /// [`ExchangeError::Form`].
    pub fn one_time_key(&self) -> Result<SigningKey, ExchangeError> {
        let form = ExchangeError::Form("invitation");
        let seed = hex_of(&self.seed).ok_or(form)?;
        SigningKey::log(&one_time_name(&self.link_id()?), &seed).map_err(|_| form)
    }
}

impl std::fmt::Debug for Invitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Invitation({})", self.link)
    }
}

/// A node's wish to join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// The link.
    pub link: LinkId,
    /// The station's log key: the wish is for no other station.
    pub station: String,
    /// The company's name.
    pub name: String,
    /// The node's log key.
    pub key: String,
    /// The node's vault, to which letters are sealed.
    pub recipient: String,
    /// The node's witness key.
    pub witness: String,
    /// 统一社会信用代码.
    pub code: Option<String>,
}

impl Join {
    fn text(&self) -> String {
        format!(
            "{FIRST_LINE}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n",
            hex(&self.link),
            self.station,
            self.name,
            self.key,
            self.recipient,
            self.witness,
            self.code.as_deref().unwrap_or("-")
        )
    }

    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next()? != FIRST_LINE {
            return None;
        }
        let link = hex_of(lines.next()?)?;
        let mut line = || lines.next().map(str::to_owned);
        Some(Self {
            link,
            station: line()?,
            name: line()?,
            key: line()?,
            recipient: line()?,
            witness: line()?,
            code: line().map(|code| (code != "-").then_some(code))?,
        })
    }

    /// Signs the wish with the one-time key and the node's own. Line ends in the name become
    /// blanks.
    pub fn sign(mut self, one_time: &SigningKey, own: &SigningKey) -> String {
        self.name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = self.text();
        let signatures = vec![one_time.sign(&text), own.sign(&text)];
        Note { text, signatures }.to_string()
    }

    /// Reads a wish and checks both signatures; `one_time` is the key that was handed out.
    ///
    /// # Errors
    /// [`ExchangeError`].
    pub fn open(note: &str, one_time: &VerifierKey) -> Result<(Self, VerifierKey), ExchangeError> {
        let form = ExchangeError::Form("join");
        let note = Note::parse(note.as_bytes()).map_err(|_| form)?;
        let join = Self::read(&note.text).filter(|join| join.text() == note.text).ok_or(form)?;
        let own: VerifierKey = join.key.parse().map_err(|_| form)?;
        let keys = [one_time.clone(), own.clone()];
        let signed = note.verify(&keys).map_err(|_| ExchangeError::Signature)?;
        if signed.len() == 2 { Ok((join, own)) } else { Err(ExchangeError::Signature) }
    }
}
