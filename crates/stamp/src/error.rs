//! What can be wrong with a reply, a token or a certificate. One cause, one variant.

/// The bytes are not what the format asks for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a time-stamp: {what}")]
pub struct Malformed {
    /// The part that could not be read, in the names of RFC 3161, RFC 5652 and RFC 5280.
    pub what: &'static str,
}

/// An authority's reply holds no token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplyError {
    /// The authority refused, and may have said why.
    #[error("the authority refused (status {status}): {text}")]
    Rejected {
        /// `PKIStatus`: 2 rejection, 3 waiting, 4 revocation warning, 5 revocation notice.
        status: u8,
        /// Bit of `PKIFailureInfo`, such as 0 `badAlg`, 2 `badRequest`, 14 `timeNotAvailable`.
        failure: Option<u8>,
        /// The authority's own words, without control characters; may be empty.
        text: String,
    },
    /// The bytes are not a reply.
    #[error(transparent)]
    Malformed(#[from] Malformed),
}

/// Why a token does not prove what it should; named after the step that failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A part that is only looked at while verifying cannot be read.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// The token stamps another hash: other data, or data changed since.
    #[error("the token stamps other data")]
    Imprint,
    /// The token's hash is not SHA-256.
    #[error("the token's hash is not SHA-256 but {0}")]
    ImprintAlgorithm(String),
    /// The token answers another request.
    #[error("the token answers another request (nonce differs)")]
    Nonce,
    /// The signed attributes do not name the content as `TSTInfo`.
    #[error("the signed content type is not TSTInfo")]
    ContentType,
    /// The signed attributes carry another digest than that of the content.
    #[error("the content was changed after signing")]
    MessageDigest,
    /// Neither `SigningCertificate` nor `SigningCertificateV2` is present.
    #[error("the token does not bind its signing certificate")]
    NoSigningCertificate,
    /// `SigningCertificate(V2)` names another certificate than the signer's.
    #[error("the token binds another signing certificate")]
    SigningCertificate,
    /// The signer's certificate is neither in the token nor among the roots.
    #[error("the signer's certificate is missing")]
    NoSigner,
    /// The signature does not fit the signed attributes.
    #[error("the authority's signature is wrong")]
    Signature,
    /// An algorithm that this room does not know, or refuses as too weak.
    #[error("algorithm {0} is not accepted")]
    Algorithm(String),
    /// A public key that cannot be used: not a point, too small, or an odd encoding.
    #[error("a public key is not accepted")]
    Key,
    /// The signer's extended key usage is not critical, or not time-stamping only.
    #[error("the signer's certificate is not for time-stamping only")]
    KeyPurpose,
    /// A key usage extension forbids what the key was used for.
    #[error("a certificate's key usage forbids this use: {0}")]
    KeyUsage(String),
    /// A certificate that was used was not yet, or no longer, valid at the stamped time.
    #[error("a certificate was not valid at the stamped time: {0}")]
    Validity(String),
    /// A certificate signed another one, but is none of an authority (CA).
    #[error("a certificate in the chain is no certificate authority: {0}")]
    NotAnAuthority(String),
    /// More intermediate certificates than `pathLenConstraint` allows.
    #[error("the chain is longer than a certificate allows: {0}")]
    PathLength(String),
    /// A critical extension that is not understood (RFC 5280 §4.2 asks to refuse).
    #[error("a critical extension is not understood: {0}")]
    CriticalExtension(String),
    /// A certificate's signature does not fit the key of its issuer.
    #[error("a certificate was not signed by its issuer: {0}")]
    Link(String),
    /// The chain ends before any of the given roots; the certificate named has no known issuer.
    #[error("no chain to a given root: nobody vouches for {0}")]
    NoRoot(String),
    /// Checking would take more signature checks or a longer chain than allowed.
    #[error("the chain is too long or too tangled")]
    TooTangled,
}
