//! The client against real sockets: our servers, and servers that answer what they like.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use axum::Router;
use ledger::note::Note;
use link::{Client, LinkError, Submitted, authority_router, witness_router};

use crate::bench::{History, Log, witness};

const WAIT: Duration = Duration::from_secs(20);

/// Serves `router` on this machine for as long as the test runs.
fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, router).await.unwrap();
        });
    });
    url
}

/// Answers each call with these bytes, whatever was asked.
fn serve_bytes(answer: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut buffer = [0; 65_536];
            let _ = stream.read(&mut buffer);
            let _ = stream.write_all(&answer);
        }
    });
    url
}

fn answer(status: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

fn submit(
    client: &Client,
    url: &str,
    log: &Log,
    old: u64,
    size: u64,
) -> Result<Submitted, LinkError> {
    let request = log.request(old, size, History::True);
    client.submit_checkpoint(url, request.old, &request.proof, &request.note, WAIT)
}

#[test]
fn a_checkpoint_is_cosigned_watched_and_caught_up() {
    let (_folder, witness) = witness();
    let log = Log::new("log.example/one");
    witness.add_log(log.origin(), &log.key.verifier()).unwrap();
    // Mounted below a prefix, as a station does it; a slash at the end does not matter.
    let url = serve(Router::new().nest("/witness", witness_router(witness.clone())));
    let (url, with_slash) = (format!("{url}/witness"), format!("{url}/witness/"));
    let client = Client::new(&[]);
    assert_eq!(client.fetch_latest(&url, log.origin(), WAIT).unwrap(), None);
    let Submitted::Cosigned(lines) = submit(&client, &url, &log, 0, 5).unwrap() else { panic!() };
    let mut note = log.note(5, History::True);
    note.signatures.extend(lines);
    let keys = [log.key.verifier(), witness.vkey()];
    assert_eq!(note.verify(&keys).unwrap().len(), 2);
    assert_eq!(client.fetch_latest(&with_slash, log.origin(), WAIT).unwrap(), Some(note));
    let behind = submit(&client, &with_slash, &log, 0, 9).unwrap();
    assert_eq!(behind, Submitted::Behind { size: 5 });
    assert!(matches!(submit(&client, &url, &log, 5, 9), Ok(Submitted::Cosigned(_))));
    let stranger = Log::new("log.example/two");
    let refused = submit(&client, &url, &stranger, 0, 1).unwrap();
    assert!(matches!(refused, Submitted::Refused { status: 404, .. }), "{refused:?}");
}

#[test]
fn a_stamp_comes_back_checked() {
    let url = serve(authority_router(crate::authority::service()));
    let client = Client::new(&[]);
    let token = client.request_stamp(&url, &[5; 32], u64::MAX, WAIT).unwrap();
    assert!(stamp::verify(&token, &[5; 32], &[], Some(u64::MAX)).is_ok());
}

#[test]
fn stamps_that_do_not_hold_are_refused() {
    use stamp::{AskFor, Authority, request};
    let authority = Authority::from_seed(&[3; 32], "x", 0, 9_000_000_000_000).unwrap();
    let reply = authority.answer(&request(&[5; 32], 7, AskFor::Certificates), 1, &[1; 16]);
    let serve_reply = |kind: &str, bytes: &[u8]| serve_bytes(answer("200 OK", kind, bytes));
    let kind = "application/timestamp-reply";
    let ask = |url: &str, hash: [u8; 32], nonce| {
        Client::new(&[]).request_stamp(url, &hash, nonce, WAIT).map(|_| ())
    };
    let url = serve_reply(kind, &reply);
    assert!(ask(&url, [5; 32], 7).is_ok());
    let expect_wrong = |result: Result<(), LinkError>, step| match result {
        Err(LinkError::WrongStamp { source, .. }) => assert_eq!(source, step),
        other => panic!("{other:?}"),
    };
    expect_wrong(ask(&url, [5; 32], 8), stamp::Refused::Nonce);
    expect_wrong(ask(&url, [6; 32], 7), stamp::Refused::Imprint);
    let rejected = authority.answer(b"", 1, &[1; 16]);
    let url = serve_reply(kind, &rejected);
    assert!(matches!(ask(&url, [5; 32], 7), Err(LinkError::NoStamp { .. })));
    let url = serve_reply("text/html", &reply);
    assert!(matches!(ask(&url, [5; 32], 7), Err(LinkError::Form { .. })));
    let url = serve_reply(kind, &vec![0x30; stamp::TOKEN_BYTES_MAX + 1]);
    assert!(matches!(ask(&url, [5; 32], 7), Err(LinkError::NoAnswer { .. })), "too long");
}

#[test]
fn refusals_of_any_witness_are_understood() {
    // The specification says 404 and 422; other witnesses say 403 and 409 for the same.
    let cases: [(&str, &str, &str, Submitted); 6] = [
        ("409 Conflict", "text/x.tlog.size", "12\n", Submitted::Behind { size: 12 }),
        ("409 Conflict", "text/x.tlog.size; charset=utf-8", "0\n", Submitted::Behind { size: 0 }),
        ("409 Conflict", "text/plain", "12\n", refused(409, "12")),
        ("409 Conflict", "text/x.tlog.size", "012\n", refused(409, "012")),
        ("403 Forbidden", "text/plain", "unknown\tlog\n", refused(403, "unknownlog")),
        ("422 Unprocessable Content", "text/plain", "", refused(422, "")),
    ];
    let (client, log) = (Client::new(&[]), Log::new("log.example/one"));
    for (status, kind, body, expected) in cases {
        let url = serve_bytes(answer(status, kind, body.as_bytes()));
        assert_eq!(submit(&client, &url, &log, 0, 5).unwrap(), expected, "{status} {body}");
    }
}

fn refused(status: u16, reason: &str) -> Submitted {
    Submitted::Refused { status, reason: reason.to_owned() }
}

#[test]
fn answers_that_are_none_are_errors() {
    let (client, log) = (Client::new(&[]), Log::new("log.example/one"));
    let ask = |bytes: Vec<u8>| submit(&client, &serve_bytes(bytes), &log, 0, 5);
    let text = "text/plain";
    assert!(matches!(ask(answer("200 OK", text, b"")), Err(LinkError::Form { .. })));
    assert!(matches!(ask(answer("200 OK", text, b"hello\n")), Err(LinkError::Form { .. })));
    assert!(matches!(ask(answer("200 OK", text, &[0xff])), Err(LinkError::Form { .. })));
    let long = vec![b'x'; 70_000];
    assert!(matches!(ask(answer("200 OK", text, &long)), Err(LinkError::NoAnswer { .. })));
    for status in ["500 Oops", "503 Not Now"] {
        assert!(matches!(ask(answer(status, text, b"")), Err(LinkError::Status { .. })));
    }
    assert!(matches!(ask(b"no http at all\r\n\r\n".to_vec()), Err(LinkError::NoAnswer { .. })));
    let latest = |bytes: Vec<u8>| client.fetch_latest(&serve_bytes(bytes), log.origin(), WAIT);
    assert!(matches!(latest(answer("200 OK", text, b"hello")), Err(LinkError::Form { .. })));
    assert!(matches!(latest(answer("410 Gone", text, b"")), Err(LinkError::Status { .. })));
    let good = log.note(3, History::True).to_string();
    let found: Option<Note> = latest(answer("200 OK", text, good.as_bytes())).unwrap();
    assert_eq!(found, Some(log.note(3, History::True)));
}

#[test]
fn redirects_are_not_followed() {
    let (_folder, witness) = witness();
    let log = Log::new("log.example/one");
    witness.add_log(log.origin(), &log.key.verifier()).unwrap();
    let real = serve(witness_router(witness.clone()));
    for status in ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"] {
        let head = format!(
            "HTTP/1.1 {status}\r\nLocation: {real}/add-checkpoint\r\nContent-Length: 0\r\n\
             Connection: close\r\n\r\n"
        );
        let url = serve_bytes(head.into_bytes());
        let client = Client::new(&[]);
        assert!(matches!(submit(&client, &url, &log, 0, 5), Err(LinkError::Redirected(_))));
        let latest = client.fetch_latest(&url, log.origin(), WAIT);
        assert!(matches!(latest, Err(LinkError::Redirected(_))));
    }
    assert_eq!(witness.latest(log.origin()).unwrap(), None, "nothing arrived there");
}

#[test]
fn silence_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let log = Log::new("log.example/one");
    let request = log.request(0, 5, History::True);
    let started = Instant::now();
    let wait = Duration::from_millis(300);
    let given_up = Client::new(&[]).submit_checkpoint(&url, 0, &[], &request.note, wait);
    assert!(matches!(given_up, Err(LinkError::NoAnswer { .. })));
    assert!(started.elapsed() < WAIT);
    drop(listener);
    for nowhere in [url.as_str(), "", "not a url", "ftp://example.com", "http://"] {
        let asked = Client::new(&[]).submit_checkpoint(nowhere, 0, &[], &request.note, wait);
        assert!(matches!(asked, Err(LinkError::NoAnswer { .. })), "{nowhere}");
    }
}
