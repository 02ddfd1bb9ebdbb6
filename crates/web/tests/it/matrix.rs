//! 某日对照 on pages: any day, gaps first, nothing secret.

use crate::house::{House, PLANTED};

#[test]
fn any_day_is_shown_with_its_gaps_first() {
    let house = House::furnished();
    let page = house.get("/secrets/MD-0001");
    assert!(page.text().contains("href=\"/secrets/MD-0001/matrix\""), "its page leads there");
    let before = house.size();
    // Nothing was recorded on that day: all that stands is claimed, and it says so.
    let page = house.get("/secrets/MD-0001/matrix?day=2026-10-05");
    let text = page.text();
    assert_eq!(page.status.as_u16(), 200, "{text}");
    for part in ["沈示一", "磐溪精密", "PL-0001", "XY-0001", "CS-0001", "2026-11-24 才入账"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let gaps = text.find("不能补救").expect("it has gaps");
    assert!(gaps < text.find("当日能接触的").expect("and who could reach it"));
    assert!(!PLANTED[..5].iter().any(|word| page.all().contains(word)), "nothing secret");
    // Before the agreement and the disclosure there is one holder less.
    let earlier = house.get("/secrets/MD-0001/matrix?day=2025-06-01").text();
    assert!(earlier.contains("沈示一") && !earlier.contains("PL-0001"));
    let today = house.get("/secrets/MD-0001/matrix").text();
    assert!(today.contains("2026-11-24") && !today.contains("不能补救"));
    assert_eq!(house.size(), before, "looking at records changes nothing");
    let pdf = house.get("/secrets/MD-0001/matrix.pdf?day=2026-10-05");
    assert!(pdf.body.starts_with(b"%PDF-") && pdf.header("content-type") == "application/pdf");
}

#[test]
fn a_day_that_is_none_is_said_where_it_was_typed() {
    let house = House::furnished();
    for (typed, words) in [("2026-02-30", "2024-03-11"), ("2027-01-01", "还没有到")] {
        let page = house.get(&format!("/secrets/MD-0001/matrix?day={typed}"));
        assert_eq!(page.status.as_u16(), 422, "{typed}");
        assert!(page.text().contains(words) && page.text().contains(typed), "{typed}");
        let pdf = house.get(&format!("/secrets/MD-0001/matrix.pdf?day={typed}"));
        assert_eq!(pdf.status.as_u16(), 404, "{typed}");
    }
    assert_eq!(house.get("/secrets/MD-0009/matrix").status.as_u16(), 404);
}
