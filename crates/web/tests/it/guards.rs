//! Who gets in, and from where.

use axum::body::Body;

use crate::house::{CODE, HOST, House, PASSPHRASE};
use crate::routes;

#[test]
fn whoever_is_not_signed_in_is_led_to_the_sign_in() {
    let house = House::new(true);
    let before = house.size();
    for route in routes::private() {
        for method in ["GET", "POST"] {
            if (method == "GET" && !route.get) || (method == "POST" && !route.post) {
                continue;
            }
            let request = house.request(method, &route.path).body(Body::empty());
            let answer = house.ask(request.expect("a request"));
            let place = format!("{method} {}", route.path);
            assert_eq!(answer.status.as_u16(), 303, "{place}");
            assert!(answer.to().starts_with("/unlock"), "{place}: {}", answer.to());
            assert!(answer.body.is_empty(), "{place}");
        }
    }
    assert_eq!(house.size(), before);
}

#[test]
fn the_code_of_the_terminal_works_once() {
    let mut house = House::new(true);
    assert_eq!(house.get("/enter?code=guess").to(), "/unlock");
    house.enter();
    assert_eq!(house.get("/").status.as_u16(), 200);
    house.cookie.clear();
    assert_eq!(house.get(&format!("/enter?code={CODE}")).to(), "/unlock");
    let mut locked = House::new(false);
    assert_eq!(locked.get("/enter?code=").to(), "/unlock");
    locked.unlock(PASSPHRASE);
    assert_eq!(locked.get("/").status.as_u16(), 200);
}

#[test]
fn the_passphrase_leads_back_and_only_to_this_node() {
    let mut house = House::new(false);
    assert_eq!(house.get("/secrets?q=a").to(), "/unlock?next=%2Fsecrets%3Fq%3Da");
    let wrong = house.unlock("wrong horse");
    assert_eq!(wrong.status.as_u16(), 403);
    assert!(wrong.header("set-cookie").is_empty());
    assert!(!wrong.all().contains("wrong horse"), "what was typed is not repeated");
    assert_eq!(house.unlock(PASSPHRASE).to(), "/ledger");
    for (next, to) in [("//evil.example", "/"), ("/people?page=2", "/people?page=2")] {
        let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
        assert_eq!(house.get(&format!("/unlock?next={next}")).to(), to);
    }
}

#[test]
fn each_sign_in_has_a_token_of_its_own_and_ends_the_one_before() {
    let mut house = House::new(true);
    house.enter();
    let (old, old_csrf) = (house.cookie.clone(), house.csrf.clone());
    house.unlock(PASSPHRASE);
    assert!(house.cookie != old && house.csrf != old_csrf);
    let new = std::mem::replace(&mut house.cookie, old);
    assert_eq!(house.get("/").to(), "/unlock");
    house.cookie = new;
    assert_eq!(house.get("/").status.as_u16(), 200);
    let gone = house.post("/lock", &[]);
    assert_eq!(gone.to(), "/unlock");
    assert!(gone.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(house.get("/").to(), "/unlock");
}

#[test]
fn sessions_end_when_nobody_uses_them_and_some_day_anyway() {
    let mut house = House::new(true);
    house.enter();
    house.wait(29 * 60);
    assert_eq!(house.get("/").status.as_u16(), 200);
    house.wait(31 * 60);
    assert_eq!(house.get("/").to(), "/unlock");
    house.unlock(PASSPHRASE);
    for _ in 0..24 {
        house.wait(29 * 60);
        house.get("/");
    }
    house.wait(29 * 60);
    assert_eq!(house.get("/").to(), "/unlock");
}

#[test]
fn guessing_the_passphrase_is_slowed_down() {
    let mut house = House::new(true);
    house.enter();
    let inside = std::mem::take(&mut house.cookie);
    let tries: Vec<u16> = (0..5).map(|_| house.unlock("guess").status.as_u16()).collect();
    assert_eq!(tries, [403, 403, 403, 429, 429]);
    assert_eq!(house.unlock(PASSPHRASE).status.as_u16(), 429, "the right one waits, too");
    house.cookie = inside;
    assert_eq!(house.get("/").status.as_u16(), 200, "who is inside stays inside");
    house.wait(3);
    assert_eq!(house.unlock(PASSPHRASE).status.as_u16(), 303);
}

#[test]
fn requests_for_other_hosts_are_refused() {
    let mut house = House::new(true);
    house.enter();
    let ask = |host: &str| {
        let request = axum::http::Request::builder().uri("/").header("host", host);
        let request = request.header("cookie", &house.cookie).body(Body::empty());
        house.ask(request.expect("a request")).status.as_u16()
    };
    for ours in [HOST, "localhost:8470", "[::1]:8470", "node.example", "NODE.example:80"] {
        assert_eq!(ask(ours), 200, "{ours}");
    }
    for foreign in ["evil.example", "localhost.evil.example:8470", "", "127.0.0.1.evil.example"] {
        assert_eq!(ask(foreign), 421, "{foreign}");
    }
}

#[test]
fn forms_of_other_sites_are_refused_even_with_the_token() {
    let mut house = House::new(true);
    house.enter();
    let before = house.size();
    for (name, value) in [
        ("origin", "http://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        for route in routes::all().into_iter().filter(|route| route.post) {
            let request = house.request("POST", &route.path).header(name, value);
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            let body = Body::from(format!("csrf={}&name=x", house.csrf));
            let answer = house.ask(request.body(body).expect("a request"));
            assert_eq!(answer.status.as_u16(), 403, "{} {name}: {value}", route.path);
        }
    }
    assert_eq!(house.size(), before);
}

#[test]
fn forms_without_the_session_s_token_are_refused() {
    let house = House::furnished();
    let before = house.size();
    for route in routes::private().filter(|route| route.post) {
        for csrf in ["", "00000000000000000000000000000000"] {
            let answer = house.post_with(&route.path, csrf, &[("why", "x"), ("name", "x")]);
            assert_eq!(answer.status.as_u16(), 403, "{}", route.path);
            let answer = house.upload(&route.path, csrf, &[], &[("files", "a.txt", b"a")]);
            assert_eq!(answer.status.as_u16(), 403, "{} with files", route.path);
        }
    }
    assert_eq!(house.size(), before);
    assert_eq!(house.get("/").status.as_u16(), 200, "nobody was signed out");
}

#[test]
fn addresses_that_take_only_forms_lead_to_their_thing() {
    let house = House::furnished();
    for path in ["/secrets/MD-0001/reveal", "/secrets/MD-0001/carriers/1"] {
        assert_eq!(house.get(path).to(), "/secrets/MD-0001", "{path}");
    }
    assert_eq!(house.get("/preferences").status.as_u16(), 404);
}

#[test]
fn every_answer_forbids_framing_sniffing_and_foreign_content() {
    let house = House::furnished();
    for path in ["/", "/unlock", "/nothing", "/healthz", "/calendar.ics", "/assets/none"] {
        let answer = house.get(path);
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}");
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
}

#[test]
fn what_machines_read_stays_inside_its_folder() {
    let house = House::new(true);
    let reader = house.office.reader().expect("a reader");
    office::publish(house.office.home(), &reader).expect("it is published");
    assert!(house.get("/checkpoint").text().starts_with("midun.log/"));
    assert_eq!(house.get("/tile/0/000.p/1").body.len(), 32);
    for path in ["/tile/../midun.toml", "/tile/0/..%2f..%2fmidun.toml", "/tile/%2e%2e/log.key"] {
        assert_eq!(house.get(path).status.as_u16(), 404, "{path}");
    }
}
