//! What words are drawn from: a seed that is committed before release, and for each copy what its
//! recipient and a witness added, so that nobody alone chooses a word.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// Said in front of a seed when it is committed to.
const COMMITMENT: &[u8] = b"midun trace seed 1\n";

/// The secret that all words of one document are drawn from: 32 uniformly random bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Seed([u8; 32]);

impl std::fmt::Debug for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seed(…)")
    }
}

impl Seed {
    /// A seed of these bytes, which must be random.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, for sealing.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// What goes into the ledger before anything is released: SHA-256 of a label and the seed.
    #[must_use]
    pub fn commitment(&self) -> [u8; 32] {
        Sha256::new().chain_update(COMMITMENT).chain_update(self.0).finalize().into()
    }

    /// The bytes that biases are drawn from, for the plan of sites with this digest.
    pub(crate) fn biases(&self, plan: &[u8; 32]) -> Stream {
        Stream::new(&mac(&self.0, &[b"bias", plan]))
    }

    /// The key of one copy.
    #[must_use]
    pub fn copy_key(&self, plan: &[u8; 32], draw: &Draw<'_>) -> CopyKey {
        CopyKey(mac(&self.0, &[b"copy", plan, draw.copy.as_bytes(), draw.nonce, draw.beacon]))
    }
}

/// What a copy's word depends on besides the seed. All of it stands in the ledger.
#[derive(Clone, Copy, Debug)]
pub struct Draw<'a> {
    /// The copy's public number.
    pub copy: &'a str,
    /// What the recipient chose after the seed was committed to. Without it the issuer could have
    /// tried seeds until a word pleased.
    pub nonce: &'a [u8],
    /// What a witness said after the seed was committed to, such as the digest of a cosigned
    /// checkpoint; empty when no witness is there.
    pub beacon: &'a [u8],
}

/// The key of one copy: who has it can make that copy.
#[derive(Clone, PartialEq, Eq)]
pub struct CopyKey([u8; 32]);

impl std::fmt::Debug for CopyKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CopyKey(…)")
    }
}

impl CopyKey {
    pub(crate) fn stream(&self) -> Stream {
        Stream::new(&self.0)
    }
}

/// Pseudorandom bytes: block `n` is HMAC-SHA256 of the four bytes of `n`, the highest first.
pub(crate) struct Stream {
    keyed: Hmac<Sha256>,
    next: u32,
}

impl Stream {
    fn new(key: &[u8; 32]) -> Self {
        Self { keyed: keyed(key), next: 0 }
    }

    pub(crate) fn block(&mut self) -> [u8; 32] {
        let block = self.keyed.clone().chain_update(self.next.to_be_bytes()).finalize();
        self.next += 1;
        block.into_bytes().into()
    }
}

fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes keys of any length")
}

/// HMAC-SHA256 over fields, each after its length in four bytes: no two lists of fields are alike.
fn mac(key: &[u8; 32], fields: &[&[u8]]) -> [u8; 32] {
    let mut mac = keyed(key);
    for field in fields {
        mac.update(&(field.len() as u32).to_be_bytes());
        mac.update(field);
    }
    mac.finalize().into_bytes().into()
}
