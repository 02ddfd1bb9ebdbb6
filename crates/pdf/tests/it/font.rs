use crate::{extract, render};

#[test]
fn rare_characters_of_personal_names_have_glyphs() {
    let names = "㐂䶮𬱖龘镕㛃𬭚堃喆赟翀";
    assert_eq!(pdf::missing_glyphs(names), Vec::<char>::new());
    let pdf = render("#json(\"data.json\").names", &format!(r#"{{"names":"{names}"}}"#)).unwrap();
    if let Some(text) = extract(&pdf) {
        assert_eq!(text.trim_end_matches('\u{c}'), names);
    }
}

#[test]
fn punctuation_and_signs_of_legal_papers_have_glyphs() {
    let signs = "〔2020〕第5号《》“”‘’、。;:!?·—…①②③№℃㎡¥×±≤≥→【】「」";
    assert_eq!(pdf::missing_glyphs(signs), Vec::<char>::new());
}

#[test]
fn missing_characters_are_found_once_in_order_and_spelled() {
    let text = "甲😀乙\u{1}😀丙\n丁\té";
    assert_eq!(pdf::missing_glyphs(text), vec!['😀', '\u{1}']);
    assert_eq!(pdf::spell_missing(text), "甲[U+1F600]乙[U+0001][U+1F600]丙\n丁\té");
    assert!(matches!(pdf::spell_missing("甲乙"), std::borrow::Cow::Borrowed("甲乙")));
}

#[test]
fn any_text_in_the_data_still_gives_a_document() {
    // Escaped and plain, controls, zero width, right to left, private use, unassigned, combining.
    let data = r##"{"list":["\u0001\u0007\u001f","😀👨‍👩‍👧","\ufeff\u200b\u200d\u202e","שלום مرحبا",
        "\ue000\uf8ff","\ud83d\ude00","e\u0301 q\u0323","𠀀𪛟","\u2028\u2029","#panic() $x$ <a> @b"],
        "deep":{"a":[{"b":"😀"}]}}"##;
    let template = "#let d = json(\"data.json\")\n#for t in d.list [+ #t\n]\n#d.deep.a.at(0).b";
    let pdf = render(template, data).unwrap();
    if let Some(text) = extract(&pdf) {
        assert!(text.contains("[U+1F600]"), "{text}");
        assert!(text.contains("#panic()$x$<a>@b"), "data is text, never code: {text}");
    }
}
