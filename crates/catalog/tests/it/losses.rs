//! Loss worksheets count exactly, and say what stands in the way.

use std::collections::BTreeMap;

use catalog::Catalog;
use catalog::loss::{Miscount, Unit};
use proptest::prelude::*;

fn given(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn each_way_counts_as_by_hand() {
    let catalog = Catalog::shipped().expect("the shipped data is checked");
    let sheet = &catalog.worksheets()[0];
    let reckon = |id: &str, pairs: &[(&str, &str)]| {
        sheet.method(id).expect("a way of counting").reckon(&given(pairs))
    };
    // 120 units of 2,500.50 yuan are 300,060 yuan; 1,000 of repair come on top.
    let sold = [("units", "120"), ("profit", "2,500.50"), ("repair", "1000")];
    assert_eq!(reckon("lost_sales", &sold), Ok(30_106_000));
    assert_eq!(reckon("lost_sales", &sold[..2]), Ok(30_006_000));
    assert_eq!(reckon("licence_fee", &[("fee", "299999.99")]), Ok(29_999_999));
    assert_eq!(reckon("acquisitions", &[("times", "3")]), Ok(3));
    let missing = Err(Miscount::Missing("profit".into()));
    assert_eq!(reckon("lost_sales", &[("units", "120")]), missing);
    assert_eq!(reckon("lost_sales", &[("x", "1")]), Err(Miscount::Unknown("x".into())));
    for odd in ["一百", "1e5", "-1", "1.005", ".", "1.5.5"] {
        let answer = reckon("licence_fee", &[("fee", odd)]);
        assert_eq!(answer, Err(Miscount::Odd("fee".into())), "{odd}");
    }
    let vast = [("units", "18446744073709551615"), ("profit", "184467440737095516")];
    assert_eq!(reckon("lost_sales", &vast), Err(Miscount::TooLarge));
}

proptest! {
    #[test]
    fn amounts_are_read_as_they_are_written(fen in 0_u64..1_000_000_000_000) {
        let text = format!("{}.{:02}", fen / 100, fen % 100);
        prop_assert_eq!(Unit::Yuan.read(&text), Some(fen));
        let grouped = text.split_once('.').map(|(whole, part)| {
            let digits: Vec<char> = whole.chars().rev().collect();
            let groups: Vec<String> = digits.chunks(3).map(|g| g.iter().collect()).collect();
            let whole: String = groups.join(",").chars().rev().collect();
            format!("{whole}.{part}")
        });
        prop_assert_eq!(Unit::Yuan.read(&grouped.unwrap_or_default()), Some(fen));
    }

    #[test]
    fn odd_texts_are_never_more_than_refused(text in "\\PC{0,40}") {
        let any = text.chars().any(|c| c.is_ascii_digit());
        prop_assert!(any || Unit::Yuan.read(&text).is_none());
        prop_assert!(any || Unit::Count.read(&text).is_none());
    }
}
