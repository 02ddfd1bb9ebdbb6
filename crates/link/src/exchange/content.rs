//! What a letter says: a line of JSON, then the bytes of its files one after the other. This is
//! what lies sealed in the body.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{ExchangeError, hex};

/// The longest first line, in bytes.
const HEAD_BYTES_MAX: usize = 1 << 20;

/// The first line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentHead {
    /// What sort of letter, a word of the domain.
    pub sort: String,
    /// What it is about.
    pub subject: String,
    /// What it says.
    #[serde(default)]
    pub text: String,
    /// The letter it answers: who wrote that (`node`, `station`) and its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub re: Option<(String, u64)>,
    /// The day by which something is to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Figures and facts that go with this sort.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub data: serde_json::Map<String, serde_json::Value>,
    /// The files that follow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileHead>,
}

/// A file of a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileHead {
    /// Its name, without folders.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256, in hex.
    pub sha256: String,
}

/// A letter's content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// What it says.
    pub head: ContentHead,
    /// The bytes of its files.
    pub files: Vec<Vec<u8>>,
}

impl Content {
    /// Adds a file.
    pub fn attach(&mut self, name: &str, bytes: Vec<u8>) {
        let sha256 = hex(&Sha256::digest(&bytes));
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
        self.head.files.push(FileHead { name, size: bytes.len() as u64, sha256 });
        self.files.push(bytes);
    }

    /// The bytes to be sealed.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = serde_json::to_vec(&self.head).expect("a content is JSON");
        out.push(b'\n');
        self.files.iter().for_each(|file| out.extend_from_slice(file));
        out
    }

    /// Reads [`Content::to_bytes`].
    ///
    /// # Errors
    /// [`ExchangeError`] when it is not of the form, or a file is not the one announced.
    pub fn parse(bytes: &[u8]) -> Result<Self, ExchangeError> {
        let form = ExchangeError::Form("content");
        let end = bytes.iter().take(HEAD_BYTES_MAX).position(|&byte| byte == b'\n').ok_or(form)?;
        let head: ContentHead = serde_json::from_slice(&bytes[..end]).map_err(|_| form)?;
        let mut rest = &bytes[end + 1..];
        let mut files = Vec::new();
        for file in &head.files {
            let size = usize::try_from(file.size).map_err(|_| form)?;
            let (content, after) = rest.split_at_checked(size).ok_or(form)?;
            if hex(&Sha256::digest(content)) != file.sha256 {
                return Err(ExchangeError::Digest);
            }
            files.push(content.to_vec());
            rest = after;
        }
        if rest.is_empty() { Ok(Self { head, files }) } else { Err(form) }
    }
}
