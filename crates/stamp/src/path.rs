//! From the signer's certificate up to one that the verifier trusts (RFC 5280 §6, without policies
//! and name constraints: a certificate that makes those critical is refused).

use crate::certificate::{CONTENT_COMMITMENT, Certificate, DIGITAL_SIGNATURE, KEY_CERT_SIGN};
use crate::error::Refused;
use crate::oid;

/// Longest chain, signer and root included.
const CHAIN_MAX: usize = 8;
/// Most signatures checked while looking for a chain; cross-signed ones need a few tries.
const CHECKS_MAX: u32 = 32;

/// The certificates from the signer up to the anchor.
pub(crate) struct Chain<'a> {
    pub(crate) links: Vec<Certificate<'a>>,
    pub(crate) anchor: Anchor,
}

/// What the last certificate of a chain is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// One of the given roots.
    Given,
    /// Signed by itself; nobody else vouches for it.
    SelfSigned,
    /// Its issuer is not known.
    Dangling,
}

/// Whom to trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Roots {
    Given,
    NoneGiven,
}

/// Looks for a chain from `signer` through `carried` to one of `roots`, every link valid at
/// `at_ms`. With [`Roots::NoneGiven`] it ends wherever the carried certificates end.
pub(crate) fn find<'a>(
    signer: &Certificate<'a>,
    carried: &[Certificate<'a>],
    roots: &[Certificate<'a>],
    mode: Roots,
    at_ms: i64,
) -> Result<Chain<'a>, Refused> {
    check_signer(signer)?;
    let mut search = Search { carried, roots, mode, at_ms, checks: 0 };
    let mut links = vec![signer.clone()];
    let anchor = search.climb(&mut links)?;
    Ok(Chain { links, anchor })
}

/// RFC 3161 §2.3: the key is for time-stamping only, and says so critically.
fn check_signer(signer: &Certificate<'_>) -> Result<(), Refused> {
    let purposes = signer.extensions.purposes.as_ref().ok_or(Refused::KeyPurpose)?;
    if !purposes.critical || purposes.list != [oid::TIME_STAMPING] {
        return Err(Refused::KeyPurpose);
    }
    match signer.extensions.key_usage {
        Some(usage) if usage & (DIGITAL_SIGNATURE | CONTENT_COMMITMENT) == 0 => {
            Err(Refused::KeyUsage(signer.name()))
        }
        _ => Ok(()),
    }
}

struct Search<'s, 'a> {
    carried: &'s [Certificate<'a>],
    roots: &'s [Certificate<'a>],
    mode: Roots,
    at_ms: i64,
    checks: u32,
}

impl<'a> Search<'_, 'a> {
    /// Extends `links`, whose last certificate is vouched for by none yet, up to an anchor.
    fn climb(&mut self, links: &mut Vec<Certificate<'a>>) -> Result<Anchor, Refused> {
        let top = links.last().expect("a chain starts with its signer").clone();
        self.check_itself(&top)?;
        if self.roots.iter().any(|root| root.der == top.der) {
            return Ok(Anchor::Given);
        }
        let mut failure = None;
        for root in self.roots.iter().filter(|root| root.subject.raw == top.issuer.raw) {
            match self.check_link(links, root).and_then(|()| self.check_itself(root)) {
                Ok(()) => {
                    links.push(root.clone());
                    return Ok(Anchor::Given);
                }
                Err(Refused::TooTangled) => return Err(Refused::TooTangled),
                Err(why) => failure = Some(why),
            }
        }
        for issuer in self.carried.iter().filter(|other| other.subject.raw == top.issuer.raw) {
            if links.iter().any(|link| link.der == issuer.der) {
                continue;
            }
            let height = links.len();
            let end = self.check_link(links, issuer).and_then(|()| {
                links.push(issuer.clone());
                self.climb(links)
            });
            match end {
                Ok(anchor) => return Ok(anchor),
                Err(Refused::TooTangled) => return Err(Refused::TooTangled),
                Err(why) => failure = Some(why),
            }
            links.truncate(height);
        }
        match (failure, self.mode) {
            (Some(why), _) => Err(why),
            (None, Roots::Given) => Err(Refused::NoRoot(top.name())),
            (None, Roots::NoneGiven) => self.loose_end(&top),
        }
    }

    /// Nobody vouches for `top` and no roots were given: at least its own signature must hold.
    fn loose_end(&mut self, top: &Certificate<'_>) -> Result<Anchor, Refused> {
        if top.subject.raw != top.issuer.raw {
            return Ok(Anchor::Dangling);
        }
        self.count_check()?;
        if top.is_signed_by(top)? { Ok(Anchor::SelfSigned) } else { Err(Refused::Link(top.name())) }
    }

    /// What holds for each certificate, whatever its place.
    fn check_itself(&self, certificate: &Certificate<'_>) -> Result<(), Refused> {
        if let Some(extension) = &certificate.extensions.not_understood {
            return Err(Refused::CriticalExtension(extension.clone()));
        }
        if (certificate.not_before_ms..=certificate.not_after_ms.saturating_add(999))
            .contains(&self.at_ms)
        {
            Ok(())
        } else {
            Err(Refused::Validity(certificate.name()))
        }
    }

    /// Whether `issuer` may and did sign the last of `links`.
    fn check_link(
        &mut self,
        links: &[Certificate<'_>],
        issuer: &Certificate<'_>,
    ) -> Result<(), Refused> {
        if links.len() >= CHAIN_MAX {
            return Err(Refused::TooTangled);
        }
        let constraints = issuer.extensions.authority.filter(|found| found.is_authority);
        let constraints = constraints.ok_or_else(|| Refused::NotAnAuthority(issuer.name()))?;
        // RFC 5280 §4.2.1.9: intermediates below this one; the signer and self-issued ones
        // (which renew a key) do not count.
        let below = links[1..].iter().filter(|link| link.subject.raw != link.issuer.raw).count();
        if constraints.path_length_max.is_some_and(|max| below as u64 > max) {
            return Err(Refused::PathLength(issuer.name()));
        }
        if issuer.extensions.key_usage.is_some_and(|usage| usage & KEY_CERT_SIGN == 0) {
            return Err(Refused::KeyUsage(issuer.name()));
        }
        let purposes = issuer.extensions.purposes.as_ref();
        if purposes.is_some_and(|purposes| {
            !purposes.list.contains(&oid::TIME_STAMPING)
                && !purposes.list.contains(&oid::ANY_PURPOSE)
        }) {
            return Err(Refused::KeyUsage(issuer.name()));
        }
        self.count_check()?;
        let top = links.last().expect("a chain starts with its signer");
        if top.is_signed_by(issuer)? { Ok(()) } else { Err(Refused::Link(top.name())) }
    }

    fn count_check(&mut self) -> Result<(), Refused> {
        self.checks += 1;
        if self.checks > CHECKS_MAX { Err(Refused::TooTangled) } else { Ok(()) }
    }
}
