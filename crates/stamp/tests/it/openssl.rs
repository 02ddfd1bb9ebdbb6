//! OpenSSL as the second opinion: `ts` checks what we issue; `ts` and `cms` make what we check.
//! Where `openssl` is missing these tests say so and pass.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use stamp::{AskFor, Refused, Token, Trust, certificates_from_pem, parse_reply, request, verify};
use tempfile::TempDir;

use crate::bench::{NOW_MS, authority, sha256};

const DATA: &[u8] = b"fictional data\n";
const P256: &[&str] = &["ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
const P384: &[&str] = &["ec", "-pkeyopt", "ec_paramgen_curve:P-384"];
const RSA: &[&str] = &["rsa:2048"];
const GOOD: &str = "keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n";
const CA: &str = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n";

/// A folder in which OpenSSL works.
struct Bench(TempDir);

impl Bench {
    fn new() -> Option<Self> {
        if Command::new("openssl").arg("version").output().is_err() {
            eprintln!("skipped: openssl is not installed");
            return None;
        }
        Some(Self(TempDir::new().unwrap()))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path().join(name), bytes).unwrap();
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path().join(name)).unwrap()
    }

    fn try_run<S: AsRef<OsStr>>(&self, args: &[S]) -> Result<Vec<u8>, String> {
        let output = Command::new("openssl").args(args).current_dir(self.path()).output().unwrap();
        if output.status.success() {
            Ok(output.stdout)
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }

    fn run(&self, line: &str) -> Vec<u8> {
        let args: Vec<&str> = line.split(' ').collect();
        self.try_run(&args).unwrap_or_else(|why| panic!("openssl {line}: {why}"))
    }

    /// `root.pem` and `root.key`; returns the certificate as DER.
    fn root(&self, key: &[&str], extra: &str) -> Vec<u8> {
        let key = key.join(" ");
        self.run(&format!(
            "req -x509 -newkey {key} -nodes -keyout root.key -out root.pem -subj /CN=root \
             -days 3650{extra}"
        ));
        self.der("root.pem")
    }

    /// `NAME.pem` and `NAME.key` with these extensions, signed by `issuer`; returns DER.
    fn issue(&self, name: &str, key: &[&str], issuer: &str, extensions: &str) -> Vec<u8> {
        self.write("extensions.cnf", extensions);
        let key = key.join(" ");
        self.run(&format!(
            "req -newkey {key} -nodes -keyout {name}.key -out {name}.csr -subj /CN={name}"
        ));
        self.run(&format!(
            "x509 -req -in {name}.csr -CA {issuer}.pem -CAkey {issuer}.key -CAcreateserial \
             -extfile extensions.cnf -days 365 -out {name}.pem"
        ));
        self.der(&format!("{name}.pem"))
    }

    fn der(&self, pem: &str) -> Vec<u8> {
        let text = String::from_utf8(self.read(pem)).unwrap();
        certificates_from_pem(&text).unwrap().remove(0)
    }

    /// A reply of `openssl ts` to our own request.
    fn reply(&self, signer: &str, digest: &str, nonce: u64, chain: Option<&str>) -> Vec<u8> {
        self.write(
            "ts.cnf",
            format!(
                "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_digest={digest}\n\
                 default_policy=1.2.3.4.1\ndigests=sha256\ness_cert_id_alg=sha256\n"
            ),
        );
        self.write("query", request(&sha256(DATA), nonce, AskFor::Certificates));
        let chain = chain.map_or(String::new(), |file| format!(" -chain {file}"));
        self.run(&format!(
            "ts -reply -config ts.cnf -queryfile query -signer {signer}.pem \
             -inkey {signer}.key{chain} -out reply"
        ));
        self.read("reply")
    }

    /// A token over `content` by `openssl cms`, which looks at no rule of RFC 3161.
    fn sign(&self, content: &[u8], signer: &str, options: &str) -> Vec<u8> {
        self.write("content", content);
        self.run(&format!(
            "cms -sign -binary -nodetach -econtent_type 1.2.840.113549.1.9.16.1.4 -in content \
             -outform DER -signer {signer}.pem -inkey {signer}.key -md sha256 -out token{options}"
        ));
        self.read("token")
    }

    /// `TSTInfo` over [`DATA`], stamped now, as `openssl ts` writes it. Certificates that shall
    /// sign it must be made before, or they would start too late.
    fn content(&self) -> Vec<u8> {
        self.issue("stamper", P256, "root", GOOD);
        let reply = self.reply("stamper", "sha256", 5, None);
        self.write("bare", parse_reply(&reply).unwrap().der());
        // `cms -verify` without checking writes the content.
        self.run("cms -verify -noverify -inform DER -in bare -binary -out content.der");
        self.read("content.der")
    }
}

fn check(token: &[u8], roots: &[Vec<u8>]) -> Result<stamp::Verified, Refused> {
    verify(&Token::parse(token)?, &sha256(DATA), roots, None)
}

#[test]
fn openssl_accepts_what_we_issue() {
    let Some(bench) = Bench::new() else { return };
    let authority = authority();
    let query = request(&sha256(DATA), 0xfeed_beef_dead_cafe, AskFor::Certificates);
    let reply = authority.answer(&query, NOW_MS + 340, &[0xaa; 16]);
    bench.write("data", DATA);
    bench.write("query", &query);
    bench.write("reply", &reply);
    bench.write("bare", parse_reply(&reply).unwrap().der());
    bench.write("root.pem", stamp::certificates_to_pem(&[authority.root().to_vec()]));
    let at = NOW_MS / 1000;
    bench.run(&format!("ts -verify -data data -in reply -CAfile root.pem -attime {at}"));
    bench.run(&format!("ts -verify -queryfile query -in reply -CAfile root.pem -attime {at}"));
    bench.run(&format!("ts -verify -data data -token_in -in bare -CAfile root.pem -attime {at}"));
    let text = String::from_utf8(bench.run("ts -reply -in reply -text")).unwrap();
    assert!(text.contains("Mar  2 07:00:00.34 2026 GMT"), "{text}");
    // And it has teeth: other data, another time.
    bench.write("data", b"other data");
    let line = format!("ts -verify -data data -in reply -CAfile root.pem -attime {at}");
    assert!(bench.try_run(&line.split(' ').collect::<Vec<_>>()).is_err());
}

#[test]
fn openssl_reads_our_request_and_refusals() {
    let Some(bench) = Bench::new() else { return };
    bench.write("query", request(&sha256(DATA), 255, AskFor::Certificates));
    let text = String::from_utf8(bench.run("ts -query -in query -text")).unwrap();
    for expected in ["Hash Algorithm: sha256", "Nonce: 0xFF", "Certificate required: yes"] {
        assert!(text.contains(expected), "{text}");
    }
    bench.write("reply", authority().answer(b"", NOW_MS, &[1; 16]));
    let text = String::from_utf8(bench.run("ts -reply -in reply -text")).unwrap();
    assert!(text.contains("Status: Rejected"), "{text}");
    assert!(text.contains("transaction not permitted or supported"), "{text}");
}

#[test]
fn we_answer_what_openssl_asks() {
    let Some(bench) = Bench::new() else { return };
    bench.write("data", DATA);
    bench.run("ts -query -data data -sha256 -cert -out query");
    let authority = authority();
    let token = parse_reply(&authority.answer(&bench.read("query"), NOW_MS, &[1; 16])).unwrap();
    assert!(verify(&token, &sha256(DATA), &[authority.root().to_vec()], None).is_ok());
}

#[test]
fn tokens_of_openssl_are_accepted() {
    for (root_key, key, digest) in [
        (P256, P256, "sha256"),
        (P256, P384, "sha384"),
        (P384, P256, "sha512"),
        (P384, P384, "sha256"),
        (RSA, RSA, "sha256"),
        (RSA, P256, "sha384"),
        (P384, RSA, "sha512"),
    ] {
        let Some(bench) = Bench::new() else { return };
        let root = bench.root(root_key, "");
        bench.issue("signer", key, "root", GOOD);
        let nonce = 0x8000_0000_0000_0001;
        let reply = bench.reply("signer", digest, nonce, None);
        let token = parse_reply(&reply).unwrap();
        let verified = verify(&token, &sha256(DATA), std::slice::from_ref(&root), Some(nonce));
        assert_eq!(verified.unwrap().trust, Trust::GivenRoot, "{root_key:?} {key:?} {digest}");
        // Only the signer came along: without the root the chain is not whole, and it says so.
        let loose = verify(&token, &sha256(DATA), &[], None).unwrap();
        assert_eq!(loose.trust, Trust::Incomplete);
        let other = verify(&token, &sha256(DATA), &[root], Some(nonce - 1));
        assert_eq!(other, Err(Refused::Nonce));
    }
}

#[test]
fn longer_chains_need_each_link() {
    let Some(bench) = Bench::new() else { return };
    let root = bench.root(P256, "");
    let upper = bench.issue("upper", P256, "root", CA);
    let lower = bench.issue("lower", P384, "upper", CA);
    bench.issue("signer", P256, "lower", GOOD);
    bench.write("both", [bench.read("upper.pem"), bench.read("lower.pem")].concat());
    let reply = bench.reply("signer", "sha256", 1, Some("both"));
    assert!(check(&reply, std::slice::from_ref(&root)).is_ok());
    assert!(check(&reply, std::slice::from_ref(&upper)).is_ok(), "any of them can be the root");
    let alone = bench.reply("signer", "sha256", 1, None);
    assert_eq!(
        check(&alone, std::slice::from_ref(&root)),
        Err(Refused::NoRoot("signer".to_owned())),
        "the links between are missing"
    );
    assert!(check(&alone, &[lower]).is_ok());
    let half = bench.reply("signer", "sha256", 1, Some("lower.pem"));
    assert_eq!(check(&half, &[root]), Err(Refused::NoRoot("lower".to_owned())));
}

#[test]
fn certificates_that_may_not_sign_are_refused() {
    let cases: [(&str, &str, Refused); 8] = [
        ("", "keyUsage=digitalSignature\n", Refused::KeyPurpose),
        ("", "extendedKeyUsage=timeStamping\n", Refused::KeyPurpose),
        ("", "extendedKeyUsage=critical,serverAuth\n", Refused::KeyPurpose),
        ("", "extendedKeyUsage=critical,timeStamping,serverAuth\n", Refused::KeyPurpose),
        (
            "",
            "extendedKeyUsage=critical,timeStamping\nkeyUsage=keyEncipherment\n",
            Refused::KeyUsage("signer".to_owned()),
        ),
        (
            "",
            "extendedKeyUsage=critical,timeStamping\n1.2.3.4=critical,ASN1:NULL\n",
            Refused::CriticalExtension("1.2.3.4".to_owned()),
        ),
        (
            "basicConstraints=CA:FALSE\nkeyUsage=keyCertSign\n",
            GOOD,
            Refused::NotAnAuthority("issuer".to_owned()),
        ),
        (
            "basicConstraints=critical,CA:TRUE\nkeyUsage=digitalSignature\n",
            GOOD,
            Refused::KeyUsage("issuer".to_owned()),
        ),
    ];
    for (issuer, signer, expected) in cases {
        let Some(bench) = Bench::new() else { return };
        let root = bench.root(P256, "");
        bench.issue("issuer", P256, "root", if issuer.is_empty() { CA } else { issuer });
        bench.issue("signer", P256, "issuer", signer);
        let content = bench.content();
        let token = bench.sign(&content, "signer", " -cades -certfile issuer.pem");
        assert_eq!(check(&token, &[root]), Err(expected), "{signer}");
    }
}

#[test]
fn a_chain_longer_than_allowed_is_refused() {
    let Some(bench) = Bench::new() else { return };
    let root = bench.root(P256, "");
    bench.issue("upper", P256, "root", &CA.replace("CA:TRUE", "CA:TRUE,pathlen:0"));
    bench.issue("lower", P256, "upper", CA);
    bench.issue("signer", P256, "lower", GOOD);
    bench.write("both", [bench.read("upper.pem"), bench.read("lower.pem")].concat());
    let reply = bench.reply("signer", "sha256", 1, Some("both"));
    assert_eq!(check(&reply, &[root]), Err(Refused::PathLength("upper".to_owned())));
}

#[test]
fn a_link_signed_by_another_key_is_refused() {
    let Some(bench) = Bench::new() else { return };
    let forger = bench.root(P256, "");
    bench.issue("signer", P256, "root", GOOD);
    let reply = bench.reply("signer", "sha256", 1, None);
    let root = bench.root(P256, ""); // same name, new key
    assert_ne!(root, forger);
    assert_eq!(check(&reply, &[root]), Err(Refused::Link("signer".to_owned())));
    assert!(check(&reply, &[forger]).is_ok());
}

#[test]
fn times_outside_a_life_are_refused() {
    let Some(bench) = Bench::new() else { return };
    let root = bench.root(P256, "");
    bench.issue("signer", P256, "root", GOOD);
    let content = bench.content();
    let at = content.windows(2).position(|two| two == [0x18, 15]).unwrap() + 2;
    for (year, expected) in [("2019", false), ("2099", false)] {
        let mut moved = content.clone();
        moved[at..at + 4].copy_from_slice(year.as_bytes());
        let token = bench.sign(&moved, "signer", " -cades");
        let verified = check(&token, std::slice::from_ref(&root));
        assert_eq!(verified.is_ok(), expected);
        assert_eq!(verified, Err(Refused::Validity("signer".to_owned())));
    }
    assert!(check(&bench.sign(&content, "signer", " -cades"), &[root]).is_ok());
}

#[test]
fn unbound_unknown_and_second_signers_are_refused() {
    let Some(bench) = Bench::new() else { return };
    let root = bench.root(P256, "");
    bench.issue("signer", P256, "root", GOOD);
    bench.issue("second", P256, "root", GOOD);
    let content = bench.content();
    let roots = [root];
    let unbound = bench.sign(&content, "signer", "");
    assert_eq!(check(&unbound, &roots), Err(Refused::NoSigningCertificate));
    let by_key_id = bench.sign(&content, "signer", " -cades -keyid");
    assert!(check(&by_key_id, &roots).is_ok(), "signers may be named by key");
    let without = bench.sign(&content, "signer", " -cades -nocerts");
    assert_eq!(check(&without, &roots), Err(Refused::NoSigner));
    let bare = bench.sign(&content, "signer", " -noattr");
    assert!(matches!(check(&bare, &roots), Err(Refused::Malformed(_))));
    let both = bench.sign(&content, "signer", " -cades -signer second.pem -inkey second.key");
    assert!(matches!(check(&both, &roots), Err(Refused::Malformed(_))));
    // The content under another name is no time-stamp.
    bench.run(
        "cms -sign -binary -nodetach -in content -outform DER -signer signer.pem \
         -inkey signer.key -cades -out token",
    );
    let other = bench.read("token");
    assert!(matches!(check(&other, &roots), Err(Refused::Malformed(_))));
}

#[test]
fn weak_and_unknown_algorithms_are_refused() {
    let Some(bench) = Bench::new() else { return };
    let root = bench.root(P256, "");
    bench.issue("signer", P256, "root", GOOD);
    bench.issue("pss", RSA, "root", GOOD);
    bench.issue("small", &["rsa:1024"], "root", GOOD);
    bench.issue("curve", &["ec", "-pkeyopt", "ec_paramgen_curve:secp256k1"], "root", GOOD);
    let content = bench.content();
    let roots = [root];
    let sha1 = bench.sign(&content, "signer", " -cades -md sha1");
    assert_eq!(check(&sha1, &roots), Err(Refused::Algorithm("1.3.14.3.2.26".to_owned())));
    let pss = bench.sign(&content, "pss", " -cades -keyopt rsa_padding_mode:pss");
    assert!(matches!(check(&pss, &roots), Err(Refused::Malformed(_) | Refused::Algorithm(_))));
    let small = bench.sign(&content, "small", " -cades");
    assert_eq!(check(&small, &roots), Err(Refused::Key));
    let curve = bench.sign(&content, "curve", " -cades");
    assert_eq!(check(&curve, &roots), Err(Refused::Algorithm("1.3.132.0.10".to_owned())));
}

#[test]
fn another_hash_than_sha256_is_named() {
    let Some(bench) = Bench::new() else { return };
    let root = bench.root(P256, "");
    bench.issue("signer", P256, "root", GOOD);
    bench.reply("signer", "sha256", 1, None); // writes ts.cnf
    let configuration = String::from_utf8(bench.read("ts.cnf")).unwrap();
    bench.write("ts.cnf", configuration.replace("digests=sha256", "digests=sha512"));
    bench.write("data", DATA);
    bench.run("ts -query -data data -sha512 -cert -out query");
    bench.run(
        "ts -reply -config ts.cnf -queryfile query -signer signer.pem -inkey signer.key -out reply",
    );
    let refused = check(&bench.read("reply"), &[root]).unwrap_err();
    assert_eq!(refused, Refused::ImprintAlgorithm("2.16.840.1.101.3.4.2.3".to_owned()));
}
