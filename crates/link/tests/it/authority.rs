//! The drill authority over HTTP.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use link::{AuthorityService, authority_router};
use stamp::{AskFor, Authority, certificates_from_pem, parse_reply, request, verify};

use crate::bench::{NOW_MS, Reply, call, clock};

pub(crate) fn service() -> AuthorityService {
    let year_ms = 365 * 86_400_000;
    let authority =
        Authority::from_seed(&[3; 32], "link", NOW_MS - 1000, NOW_MS + year_ms).unwrap();
    let count = AtomicU8::new(1);
    AuthorityService::new(
        authority,
        clock(),
        Arc::new(move || [count.fetch_add(1, Ordering::Relaxed); 16]),
    )
}

async fn ask(service: &AuthorityService, kind: &str, body: Vec<u8>) -> Reply {
    let request = Request::post("/").header(header::CONTENT_TYPE, kind);
    call(authority_router(service.clone()), request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn it_stamps_what_it_is_asked() {
    let service = service();
    let (status, _, pem) = call(
        authority_router(service.clone()),
        Request::get("/chain.pem").body(Body::empty()).unwrap(),
    )
    .await;
    assert_eq!(status, StatusCode::OK);
    let roots = certificates_from_pem(std::str::from_utf8(&pem).unwrap()).unwrap().split_off(1);
    let mut serials = Vec::new();
    for nonce in [1, 2] {
        let query = request(&[6; 32], nonce, AskFor::Certificates);
        let (status, kind, reply) = ask(&service, "application/timestamp-query", query).await;
        assert_eq!((status, kind.as_str()), (StatusCode::OK, "application/timestamp-reply"));
        let verified =
            verify(&parse_reply(&reply).unwrap(), &[6; 32], &roots, Some(nonce)).unwrap();
        assert_eq!(verified.time_ms, NOW_MS);
        assert!(verified.authority.contains("演练"));
        serials.push(verified.serial);
    }
    assert_ne!(serials[0], serials[1]);
}

#[tokio::test]
async fn other_things_are_turned_away() {
    let service = service();
    let query = request(&[6; 32], 1, AskFor::Certificates);
    let text = ask(&service, "text/plain", query.clone()).await;
    assert_eq!(text.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let kind = "application/timestamp-query";
    assert_eq!(ask(&service, kind, vec![0; 5000]).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    // What is no request gets a reply of the protocol that says so (RFC 3161 §2.4.2).
    let (status, _, reply) = ask(&service, kind, b"hello".to_vec()).await;
    assert_eq!(status, StatusCode::OK);
    assert!(parse_reply(&reply).is_err());
}
