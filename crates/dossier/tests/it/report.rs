//! What the report says of a company, in both languages and as page, print and data.

use domain::terms::{MeasureItem, Purpose};
use dossier::{Gap, SelfCheck, Withheld, gaps, report, report_html, report_pdf};
use ledger::policy::Policy;
use serde_json::json;
use words::{Lang, has};

use crate::sample::{
    ACCOUNT, CARRIER, Company, DAY, ORIGIN, PAPER, PERSON, STATEMENT, company, no, station, witness,
};

const ALL_WITHHELD: Withheld =
    Withheld { statements: true, carriers: true, papers: true, names: true };

/// All texts of a report.
fn texts(contents: &dossier::Contents) -> String {
    fn walk(value: &serde_json::Value, out: &mut String) {
        match value {
            serde_json::Value::String(text) => {
                out.push_str(text);
                out.push('\n');
            }
            serde_json::Value::Array(all) => all.iter().for_each(|one| walk(one, out)),
            serde_json::Value::Object(all) => all.values().for_each(|one| walk(one, out)),
            _ => {}
        }
    }
    let mut out = String::new();
    walk(&serde_json::to_value(report(contents)).unwrap(), &mut out);
    out
}

fn gap_keys(contents: &dossier::Contents) -> Vec<(&'static str, Option<String>)> {
    let today = contents.made.day_at(contents.zone_minutes);
    let key = |gap: Gap| (gap.key, gap.secret.map(|no| no.to_string()));
    gaps(contents, today).into_iter().map(key).collect()
}

#[test]
fn no_key_is_printed_raw() {
    for lang in Lang::ALL {
        for purpose in Purpose::ALL {
            for withheld in [Withheld::default(), ALL_WITHHELD] {
                let mut contents = company().contents(withheld);
                (contents.lang, contents.purpose) = (lang, *purpose);
                let text = texts(&contents);
                assert!(!text.contains("Unknown localization"), "{text}");
                let raw = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
                let raw: Vec<&str> = raw.filter(|word| has(lang, word)).collect();
                assert!(raw.iter().all(|word| !word.contains('-')), "{raw:?}");
                assert!(!text.contains("{ $") && !text.contains("{$"), "a value is missing");
            }
        }
    }
}

#[test]
fn the_report_says_what_is_proved_and_what_not() {
    let text = texts(&company().contents(Withheld::default()));
    let independent = "MD-0001 现主张的全部陈述，不晚于 2026-11-24 08:10:00 \
        已在账本中（neutral-witness.association.example.org.cn，见证签名，独立第三方）";
    let station = "MD-0002 现主张的全部陈述，不晚于 2026-12-24 08:00:00 \
        已在账本中（station.example/district，见证签名，保护工作站）";
    for words in [
        "商业秘密诉讼证据说明",
        "是否构成商业秘密：未证明",
        "实际操作的是谁：未证明",
        "保护工作站的见证不单独作为中立第三方的见证",
        "时间戳，仅供演练",
        independent,
        station,
        STATEMENT,
    ] {
        assert!(text.contains(words), "{words} is missing");
    }
    for never in ["系商业秘密", "属于商业秘密。", "泄露者", "中立的保护工作站"]
    {
        assert!(!text.contains(never), "{never}");
    }
}

#[test]
fn a_word_for_some_statements_is_not_one_for_all() {
    let mut company = company();
    let fields = json!({"secret": "MD-0001", "no": 3, "edition": 1, "text": "后加的一条"});
    company.push("secret.stated", 30, fields);
    let text = texts(&company.contents(Withheld::default()));
    assert!(text.contains("MD-0001 现主张的陈述没有外部时间"), "the third was seen by nobody");
    company.anchor(&[(&station(), 31 * DAY)], &[]);
    let text = texts(&company.contents(Withheld::default()));
    assert!(text.contains(
        "MD-0001 现主张的全部陈述，不晚于 2026-12-25 08:00:00 \
         已在账本中（station.example/district"
    ));
}

#[test]
fn every_factor_is_answered_and_most_are_not_proved() {
    let value = serde_json::to_value(report(&company().contents(Withheld::default()))).unwrap();
    let blocks = value["blocks"].as_array().unwrap();
    let tables: Vec<_> = blocks
        .iter()
        .filter(|block| block["columns"][0][0] == "因素")
        .map(|block| block["rows"].as_array().unwrap())
        .collect();
    assert!(!tables.is_empty());
    for rows in &tables {
        // Seven of art. 93, five of art. 94, and the time before.
        assert_eq!(rows.len(), 13);
        let far = |row: usize| rows[row][1][0]["text"].as_str().unwrap();
        for unproved in [4, 6, 9, 10, 11, 12] {
            assert_eq!((far(unproved), &rows[unproved][1][0]["look"]), ("未证明", &json!("flag")));
        }
        assert!(
            ["可以主张", "未证明"].contains(&far(7)) && ["可以主张", "未证明"].contains(&far(8))
        );
    }
    // An independent witness can be argued; the station alone can't.
    let second: Vec<&str> =
        tables.iter().map(|rows| rows[8][1][0]["text"].as_str().unwrap()).collect();
    assert!(second.contains(&"可以主张") && second.contains(&"未证明"), "{second:?}");
    // A disclosure without an agreement speaks against whoever submits it.
    assert!(tables.iter().any(|rows| rows[7][1][0]["text"] == "可以主张"));
}

#[test]
fn gaps_are_found() {
    let found = gap_keys(&company().contents(Withheld::default()));
    let of = |secret: &str| -> Vec<&str> {
        let wanted = Some(secret.to_owned());
        found.iter().filter(|(_, of)| *of == wanted).map(|(key, _)| *key).collect()
    };
    assert_eq!(of("MD-0001"), Vec::<&str>::new());
    assert_eq!(
        of("MD-0002"),
        [
            "gap-no-public",
            "gap-no-value",
            "gap-no-origin",
            "gap-no-carrier",
            "gap-unprotected",
            "gap-one-item",
            "gap-measure-papers",
            "gap-measure-ended",
            "gap-late-measures",
            // PL-0002, the day after the old agreement's end and before the new one's start.
            "gap-no-agreement",
            "gap-disclosure-papers",
            "gap-disclosure-overdue",
            // PL-0003, without a day.
            "gap-no-day",
            "gap-disclosure-papers",
            "gap-disclosure-overdue",
            // PL-0004, under an agreement that was written down later.
            "gap-late-agreement",
            "gap-agreement-papers",
            "gap-disclosure-papers",
            "gap-disclosure-overdue",
        ]
    );
    let whole: Vec<_> = found.iter().filter(|(_, of)| of.is_none()).map(|(key, _)| *key).collect();
    assert_eq!(whole, ["gap-not-neutral"], "half of it was seen by the station only");
}

#[test]
fn nothing_recorded_is_said() {
    let mut company = Company::new();
    let fields =
        json!({"no": "MD-0001", "title": "草稿", "class": "technical", "level": "general"});
    company.push("secret.registered", 0, fields);
    company.push("secret.declassified", 1, json!({"secret": "MD-0001", "why": "已公开"}));
    let contents = company.contents(Withheld::default());
    let found: Vec<_> = gap_keys(&contents).into_iter().map(|(key, _)| key).collect();
    for key in [
        "gap-no-time",
        "gap-not-neutral",
        "gap-declassified",
        "gap-no-statement",
        "gap-no-measure",
        "gap-nobody-cleared",
    ] {
        assert!(found.contains(&key), "{key}: {found:?}");
    }
    let text = texts(&contents);
    assert!(text.contains("没有独立第三方为任何一条记录的时间作证"));
    assert!(text.contains("MD-0001 现主张的陈述没有外部时间"));
    assert!(text.contains("已解密：自述日期 未自述"));
}

#[test]
fn a_drill_is_called_a_drill() {
    let mut company = Company::new();
    company.know(&witness(), "drill");
    company.know_authority("drill");
    company.anchor(&[(&witness(), 100)], &[200]);
    let contents = company.contents(Withheld::default());
    let found = gap_keys(&contents);
    assert!(found.iter().any(|(key, _)| *key == "gap-drill"), "{found:?}");
    assert!(texts(&contents).contains("演练见证没有证明作用"));
}

#[test]
fn a_measure_counts_from_when_it_was_written_down_and_in_force() {
    // The disclosure is of the third day. Each case: recorded on, in force from, whether late.
    for (recorded, from, late) in [
        (1, "2026-11-20", false),
        (1, "2026-11-27", false),
        (1, "2026-11-28", true),
        (5, "2026-11-20", true),
    ] {
        let mut company = Company::new();
        let fields = json!({"no": "MD-0001", "title": "x", "class": "technical", "level": "core"});
        company.push("secret.registered", 0, fields);
        let measure = |company: &mut Company| {
            let fields = json!({"no": "CS-0001", "item": MeasureItem::Zone.word(), "title": "门禁",
                "from": from});
            company.push("measure.added", recorded, fields);
            let fields = json!({"measure": "CS-0001", "secret": "MD-0001"});
            company.push("measure.matched", recorded, fields);
        };
        let disclose = |company: &mut Company| {
            let fields = json!({"no": "PL-0001", "secret": "MD-0001", "carriers": [],
                "partner": "HZ-0001", "happened": "2026-11-27", "purpose": "x"});
            company.push("disclosure.made", 3, fields);
        };
        if recorded < 3 {
            measure(&mut company);
            disclose(&mut company);
        } else {
            disclose(&mut company);
            measure(&mut company);
        }
        let found = gap_keys(&company.contents(Withheld::default()));
        let is_late = found.iter().any(|(key, _)| *key == "gap-late-measures");
        assert_eq!(is_late, late, "recorded on day {recorded}, in force from {from}");
    }
}

#[test]
fn problems_of_the_ledger_show_up() {
    let mut contents = company().contents(Withheld::default());
    contents.self_check = Some(SelfCheck {
        entries: 9,
        anchors: 1,
        problems: vec![("problem-leaf".into(), "17".into())],
    });
    let text = texts(&contents);
    assert!(text.contains("账本自检发现不一致：1 处"));
    assert!(text.contains("第 17 条记录的叶哈希不符"));
    assert!(text.contains("发现不一致 1 处，见第一部分"));
    contents.self_check = None;
    assert!(texts(&contents).contains("制作卷宗时没有自检"));
}

#[test]
fn withheld_words_are_nowhere() {
    let shown = company().contents(Withheld::default());
    let hidden = company().contents(ALL_WITHHELD);
    let planted = [STATEMENT, ORIGIN, PERSON, ACCOUNT, CARRIER, PAPER];
    for lang in Lang::ALL {
        let (mut shown, mut hidden) = (shown.clone(), hidden.clone());
        (shown.lang, hidden.lang) = (lang, lang);
        let outputs = [
            report_html(&hidden),
            texts(&hidden),
            dossier::howto(&hidden, lang),
            dossier::policy(&hidden),
        ];
        for word in planted {
            assert!(outputs.iter().all(|text| !text.contains(word)), "{word} is shown");
        }
        // The test can fail: what is not withheld is there.
        for word in [STATEMENT, ORIGIN, PERSON, ACCOUNT, CARRIER] {
            assert!(report_html(&shown).contains(word), "{word}");
        }
    }
}

#[test]
fn the_page_has_no_script_and_escapes() {
    let html = report_html(&company().contents(Withheld::default()));
    assert!(html.contains("烧结曲线 &lt;虚构&gt;") && !html.contains("<虚构>"));
    for never in ["<script", "javascript:", "src=", "http://", "https://", " onclick", "<form"] {
        assert!(!html.contains(never), "{never}");
    }
    assert!(html.contains("default-src 'none'"));
    // Marks that turn the direction of writing are made visible.
    let mut company = Company::new();
    let fields = json!({"no": "MD-0001", "title": "a\u{202e}b\u{7}c", "class": "technical",
        "level": "core"});
    company.push("secret.registered", 0, fields);
    assert!(report_html(&company.contents(Withheld::default())).contains("a[U+202E]bc"));
}

#[test]
fn the_print_can_be_read() {
    for (lang, title) in
        [(Lang::Zh, "商业秘密诉讼证据说明"), (Lang::En, "Tradesecretrecordsforcivilproceedings")]
    {
        let mut contents = company().contents(Withheld::default());
        contents.lang = lang;
        // A mark that turns the direction of writing must not work in print either.
        if let Some(domain::Event::SecretRegistered(event)) = contents
            .entries
            .iter_mut()
            .map(|entry| &mut entry.event)
            .find(|event| matches!(event, domain::Event::SecretRegistered(_)))
        {
            event.title.push('\u{202e}');
        }
        print_and_read(&contents, title);
    }
}

/// Looks at the boxes of all words: none reaches over another, nor over the margin by more than the
/// blank half of a Chinese mark.
fn nothing_is_overprinted(boxes: &str) {
    const LEFT: f64 = 85.0;
    const RIGHT: f64 = 595.3 - 56.7;
    let mut words: Vec<([f64; 4], &str)> = Vec::new();
    let mut seen = 0;
    for line in boxes.lines().map(str::trim) {
        if line.starts_with("<page") {
            words.clear();
        }
        let Some(line) = line.strip_prefix("<word ") else { continue };
        let (edges, text) = line.split_once('>').unwrap();
        let numbers: Vec<f64> =
            edges.split('"').skip(1).step_by(2).map(|edge| edge.parse().unwrap()).collect();
        let [left, top, right, bottom] = numbers[..] else { panic!("{line}") };
        assert!(left > LEFT - 6.0 && right < RIGHT + 6.0, "over the margin: {text}");
        for ([l, t, r, b], other) in &words {
            let across = right.min(*r) - left.max(*l);
            let down = bottom.min(*b) - top.max(*t);
            let is_over = across > 0.7 && down > 0.5 * (bottom - top).min(b - t);
            assert!(!is_over, "{text} stands over {other}");
        }
        words.push(([left, top, right, bottom], text));
        seen += 1;
    }
    assert!(seen > 500, "only {seen} words");
}

fn print_and_read(contents: &dossier::Contents, title: &str) {
    let pdf = report_pdf(contents).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.7"));
    assert_eq!(report_pdf(contents).unwrap(), pdf, "the same contents give the same bytes");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.pdf");
    std::fs::write(&path, &pdf).unwrap();
    if let Some(keep) = std::env::var_os("MIDUN_KEEP") {
        std::fs::write(
            std::path::Path::new(&keep).join(format!("{}.pdf", contents.lang.tag())),
            &pdf,
        )
        .unwrap();
        std::fs::write(std::path::Path::new(&keep).join("report.html"), report_html(contents))
            .unwrap();
    }
    let read = |more: &[&str]| {
        std::process::Command::new("pdftotext").args(more).arg(&path).arg("-").output()
    };
    let Ok(answer) = read(&[]) else {
        eprintln!("skipped: pdftotext is not installed");
        return;
    };
    let boxes = String::from_utf8(read(&["-bbox"]).unwrap().stdout).unwrap();
    nothing_is_overprinted(&boxes);
    let text: String =
        String::from_utf8(answer.stdout).unwrap().split_whitespace().collect::<Vec<_>>().concat();
    let unproved = words::t(contents.lang, "far-unproved").replace(' ', "");
    for words in [title, STATEMENT, &unproved] {
        assert!(text.contains(words), "{words}");
    }
    assert!(text.contains("[U+202E]") && !text.contains('\u{202e}'), "writing can be turned");
}

#[test]
fn the_policy_is_one() {
    let parsed = Policy::parse(&dossier::policy(&company().contents(Withheld::default()))).unwrap();
    assert_eq!(parsed.logs.len(), 1);
    let names: Vec<_> = parsed.witnesses.iter().map(|one| one.key.name().to_owned()).collect();
    assert_eq!(names, [witness().name(), station().name()]);
    // Without witnesses there is no quorum, and it still parses.
    let bare = Company::new().contents(Withheld::default());
    assert!(Policy::parse(&dossier::policy(&bare)).unwrap().witnesses.is_empty());
}

#[test]
fn an_entry_of_before_a_witness_was_known_has_its_word_too() {
    let contents = company().contents(Withheld::default());
    let times = dossier::Times::new(
        &crate::sample::company().log.verifier().to_string(),
        &contents.entries,
        &contents.anchors,
    );
    let bounds = times.not_later(0);
    assert_eq!(bounds[0].by, witness().name());
    assert_eq!(bounds[0].at.seconds(), crate::sample::START + 600);
    // The last event was seen by the station only, thirty days later.
    let last = times.not_later(contents.leaves - 1);
    assert_eq!(last.len(), 1);
    assert_eq!(last[0].at.seconds(), crate::sample::START + 30 * DAY);
    assert!(times.not_later(contents.leaves).is_empty());
    assert_eq!(contents.secrets, [no("MD-0001"), no("MD-0002")]);
}
