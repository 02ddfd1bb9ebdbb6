//! Text: what never changes, and what a leak still says.

use proptest::prelude::*;
use trace::code::{Biases, Codebook, Reading, Seen, Word};
use trace::key::{Draw, Seed};
use trace::text::wear::Wear;
use trace::text::{Asked, Kind, Site, Variant, find, read, write};

/// A fictional process sheet, and an English one; long enough for every attack below.
const CHINESE: &str = include_str!("../data/chinese.txt");
const ENGLISH: &str = include_str!("../data/english.txt");

fn asked() -> Asked {
    let pairs = [("因此", "所以"), ("如果", "若"), ("必须", "务必"), ("立即", "马上")];
    let variants = pairs.iter().map(|(a, b)| Variant::new(a, b).unwrap()).collect();
    Asked { variants, free_order: true, ..Asked::default() }
}

fn word(sites: usize, copy: &str) -> Word {
    let (seed, plan) = (Seed::new([7; 32]), [1; 32]);
    let biases = Biases::draw(&seed, &plan, sites);
    Word::draw(&seed.copy_key(&plan, &Draw { copy, nonce: &[], beacon: &[] }), &biases)
}

fn copy(original: &str, sites: &[Site], name: &str) -> String {
    write(original, sites, &word(sites.len(), name))
}

/// Whatever computes or is looked up: numbers, units, identifiers, formulas, code, addresses.
fn hard(text: &str) -> Vec<&str> {
    let part = |c: char| c.is_ascii_alphanumeric() || "._+-*/=<>%^#@$&~|\\{}[]℃°µΩ±×".contains(c);
    text.split(|c| !part(c))
        .filter(|piece| piece.bytes().any(|b| b.is_ascii_alphanumeric()))
        .collect()
}

fn share(sites: &[Site], reading: &Reading, word: &Word) -> (usize, usize) {
    let live: Vec<usize> =
        (0..sites.len()).filter(|&at| reading.seen[at] != Seen::Nothing).collect();
    let wrong = live.iter().filter(|&&at| reading.seen[at] != Seen::bit(word.bit(at))).count();
    (live.len(), wrong)
}

#[test]
fn a_copy_reads_back_as_its_word() {
    for original in [CHINESE, ENGLISH] {
        let sites = find(original, &asked());
        assert!(sites.len() >= 60, "{}", sites.len());
        for name in ["FB-0001", "FB-0002"] {
            let word = word(sites.len(), name);
            let reading = read(original, &sites, &write(original, &sites, &word));
            assert_eq!(share(&sites, &reading, &word), (sites.len(), 0));
        }
        let words: Vec<String> = (0..2).map(|n| copy(original, &sites, &n.to_string())).collect();
        assert_ne!(words[0], words[1]);
    }
}

#[test]
fn numbers_identifiers_formulas_and_code_stay() {
    for original in [CHINESE, ENGLISH] {
        let sites = find(original, &asked());
        for n in 0..20 {
            let copy = copy(original, &sites, &n.to_string());
            let mut was: Vec<&str> = hard(original);
            let mut is: Vec<&str> = hard(&copy);
            // Items that were put in another order keep their numbers.
            was.sort_unstable();
            is.sort_unstable();
            let one = |text: &[&str]| text.join("\n").replace("'", "");
            assert_eq!(one(&was), one(&is));
        }
    }
}

/// What is left after each attack, site by site: (attack, at least so many in a hundred live, at
/// most so many in a thousand of them wrong).
#[test]
fn each_attack_leaves_what_the_table_says() {
    for (original, wear, live, wrong) in [
        (CHINESE, Wear::Copied, 100, 0),
        (CHINESE, Wear::Normalised, 50, 10),
        (CHINESE, Wear::Collapsed, 85, 0),
        (CHINESE, Wear::Stripped, 35, 0),
        (CHINESE, Wear::Gbk, 99, 0),
        (CHINESE, Wear::Straightened, 90, 10),
        (CHINESE, Wear::Half, 40, 0),
        (CHINESE, Wear::Retyped, 3, 200),
        (ENGLISH, Wear::Copied, 100, 0),
        (ENGLISH, Wear::Gbk, 99, 0),
        (ENGLISH, Wear::Collapsed, 30, 50),
    ] {
        let sites = find(original, &asked());
        for name in ["FB-0001", "FB-0002", "FB-0003"] {
            let word = word(sites.len(), name);
            let leak = wear.apply(&write(original, &sites, &word));
            let (found, bad) = share(&sites, &read(original, &sites, &leak), &word);
            let text = format!("{wear:?}: {found} of {}, {bad} wrong", sites.len());
            assert!(found * 100 >= live * sites.len(), "{text}");
            assert!(bad * 1000 <= wrong * found, "{text}");
        }
    }
}

/// A source among ten thousand is named from what is left.
#[test]
fn leaks_of_chinese_text_are_traced() {
    use trace::accuse::{Budget, accuse};
    let sites = find(CHINESE, &asked());
    let (seed, plan) = (Seed::new([7; 32]), [1; 32]);
    let mut book = Codebook::new(Biases::draw(&seed, &plan, sites.len()));
    for n in 0..10_000 {
        let name = format!("FB-{n:04}");
        book.push(&word(sites.len(), &name));
    }
    let copy = copy(CHINESE, &sites, "FB-4711");
    for wear in [Wear::Copied, Wear::Collapsed, Wear::Gbk, Wear::Normalised, Wear::Laundered] {
        let reading = read(CHINESE, &sites, &wear.apply(&copy));
        let outcome = accuse(&book, &reading, &Budget::of(10_000));
        let named: Vec<usize> = outcome.named.iter().map(|named| named.copy).collect();
        assert_eq!(named, [4711], "{wear:?}, {} live", outcome.live);
    }
    // Another document says nothing, and so does nothing.
    for other in [ENGLISH, "", "密"] {
        assert_eq!(read(CHINESE, &sites, other).live(), 0);
    }
}

#[test]
fn paragraphs_in_another_order_and_mixed_copies_are_read() {
    let sites = find(CHINESE, &Asked::default());
    let (one, two) = (copy(CHINESE, &sites, "1"), copy(CHINESE, &sites, "2"));
    let halves = |text: &str| {
        let at = text.find("五、").unwrap();
        (text[..at].to_owned(), text[at..].to_owned())
    };
    let mixed = format!("{}\n{}", halves(&two).1, halves(&one).0);
    let reading = read(CHINESE, &sites, &mixed);
    assert!(reading.live() * 10 >= sites.len() * 9);
    let cut = CHINESE.find("五、").unwrap();
    for (at, (seen, site)) in reading.seen.iter().zip(&sites).enumerate() {
        let from = if site.spots[0].at.start < cut { "1" } else { "2" };
        let right = Seen::bit(word(sites.len(), from).bit(at));
        assert!(*seen == right || *seen == Seen::Nothing, "{at} {site:?}");
    }
}

#[test]
fn what_may_be_code_is_left_alone() {
    for text in [
        "参数 `温度,压力` 与 ```温度 AB```",
        "```\n温度,压力,时间 3秒\n```\n",
        "$温度T,压力p$",
        "见 https://example.com/文,件 与 www.例子",
        "零件密B17号、GB/T 1234、A型、3.5mm厚",
        "f(x), 5'3\" 12,345.6",
        "[说明](路径（一）.png)",
    ] {
        let text = format!("开头文字\n{text}\n结尾文字");
        let asked = Asked { without: vec![Kind::Trailing, Kind::Blank], ..Asked::default() };
        let sites = find(&text, &asked);
        assert!(sites.is_empty(), "{text}: {sites:?}");
    }
}

#[test]
fn variants_hold_words_only() {
    assert!(Variant::new("因此", "所以").is_ok());
    for (a, b) in [("10", "11"), ("a1", "b"), ("", "x"), ("same", "Same"), ("3℃", "3度")] {
        assert!(Variant::new(a, b).is_err(), "{a} {b}");
    }
    assert_eq!(
        Variant::list("# 说明\n\n因此|所以\n"),
        Ok(vec![Variant::new("因此", "所以").unwrap()])
    );
    assert_eq!(Variant::list("因此|所以\n没有竖线\n"), Err(2));
    // Part of a longer word is another word.
    let only = |text: &str| {
        let asked =
            Asked { variants: vec![Variant::new("use", "employ").unwrap()], ..Asked::default() };
        find(text, &asked).iter().filter(|site| site.kind == Kind::Wording).count()
    };
    assert_eq!(only("They use it, because others used it and will use more."), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// For any text: nothing hard changes, every copy reads back, and no text is too odd.
    #[test]
    fn any_text_keeps_its_numbers_and_reads_back(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "温度", "压力", "保温", "铝", "3.5", "40%", "10 kg", "PLC", "A3", "GB/T 1234", "，", ",", "；",
                "：", "（", "）", "(", ")", "“", "”", "\"", "——", " ", "  ", "\n", "\n\n", "- ", "。", ". ", "It",
                "doesn't", "x = 3,5", "`c,d`", "$a,b$", "http://a.b/c,d", "\r\n", "\u{200B}", "—", "、", "<b>",
            ]),
            0..60,
        ),
    ) {
        let text: String = pieces.concat();
        let sites = find(&text, &Asked { free_order: true, ..Asked::default() });
        for name in ["a", "b"] {
            let word = word(sites.len().max(1), name);
            let copy = write(&text, &sites, &word);
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            if sites.iter().all(|site| site.kind != Kind::Order) {
                prop_assert_eq!(letters(&text), letters(&copy));
                let (was, is) = (hard(&text), hard(&copy));
                prop_assert_eq!(was, is);
            }
            let reading = read(&text, &sites, &copy);
            let (_, wrong) = share(&sites, &reading, &word);
            prop_assert_eq!(wrong, 0);
        }
        prop_assert_eq!(read(&text, &sites, &Wear::Laundered.apply(&text)).seen.len(), sites.len());
    }
}
