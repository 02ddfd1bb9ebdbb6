//! What a corpus finds again, and what it says of files that are none.

use std::collections::BTreeSet;
use std::path::PathBuf;

use corpus::dump::{Fields, Form, Record, records};
use corpus::{Builder, Corpus, CorpusError, Dated, Entry, Words};
use matcher::prints::{Density, Prints};
use proptest::prelude::*;

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("corpus")
    }

    fn build(&self, texts: &[&str]) -> Corpus {
        let mut builder = Builder::create(&self.file()).expect("a builder");
        for (n, text) in texts.iter().enumerate() {
            let name = format!("{n}.txt");
            builder.add(&Entry { name: &name, text, ..Entry::default() }).expect("added");
        }
        builder.finish().expect("finished");
        Corpus::open(&self.file()).expect("opened")
    }
}

fn asked(text: &str) -> Vec<u64> {
    let mut prints = Vec::new();
    Prints::default().of(text.as_bytes(), Density::Every, &mut prints);
    prints
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn every_run_as_long_as_the_guarantee_is_found_in_its_document(
        texts in prop::collection::vec("[a-z0-9温度压力时间，。 \n]{0,400}", 1..6),
        run in "[一-龥a-z]{63,80}", at in 0..6usize,
    ) {
        let place = Place::new();
        let mut texts = texts;
        let at = at % texts.len();
        texts[at].push_str(&run);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let corpus = place.build(&texts);
        let shared = corpus.sharing(&asked(&format!("前言：{run}。")))?;
        let names: BTreeSet<String> = shared
            .keys()
            .map(|row| corpus.stored(*row).map(|stored| stored.name))
            .collect::<Result<_, _>>()?;
        prop_assert!(names.contains(&format!("{at}.txt")), "{names:?}");
    }
}

#[test]
fn a_long_text_is_cut_and_what_lies_across_a_cut_is_found() {
    let place = Place::new();
    let run = "浆料固含量控制在百分之四十八点五黏度以旋转黏度计测量取值一千二百到一千三百五十";
    let filler = "滚动的句子没有意义。".repeat((4 << 20) / 30 + 7);
    let cut = filler.floor_char_boundary((4 << 20) - 60);
    let text = format!("{}{run}{}", &filler[..cut], &filler[..90_000]);
    let corpus = place.build(&["别的", &text]);
    assert_eq!(corpus.figures().documents, 2);
    let shared = corpus.sharing(&asked(run)).expect("asked");
    assert!(!shared.is_empty());
    for row in shared.keys() {
        assert_eq!(corpus.stored(*row).expect("stored").name, "1.txt");
    }
}

#[test]
fn words_lead_to_documents_that_say_it_otherwise() {
    let place = Place::new();
    let corpus = place.build(&[
        "用旋转黏度计在二十五度下测出浆料的黏度，然后球磨并静置脱泡。",
        "展位在三号馆，报到时间为上午九点，请携带证件。",
        "The slurry is milled, then its viscosity is measured.",
    ]);
    let mut words = Vec::new();
    let statement = "浆料黏度以旋转黏度计测量，球磨后静置脱泡";
    Words::default().of(statement, |word| words.push(word.to_owned()));
    let near = corpus.near(&words, 5).expect("asked");
    let best = near.first().expect("one is near");
    assert_eq!(corpus.stored(best.row).expect("stored").name, "0.txt");
    assert!(best.share > 0.6, "{best:?} of {words:?}");
    assert!(near.get(1).is_none_or(|next| next.share < 0.3), "{near:?}");
    assert!(corpus.near(&["没有的词".to_owned()], 5).expect("asked").is_empty());
}

fn read(form: Form, text: &str, fields: &Fields) -> (Vec<Record>, bool) {
    let mut found = Vec::new();
    let whole = records(form, text.as_bytes(), fields, &mut |record| found.push(record));
    (found, whole)
}

#[test]
fn dumps_of_each_form_give_the_same_records() {
    let json = r#"{"total": 2, "items": [
        {"id": "CN1", "标题": "一种浆料", "公开日": "20190304", "摘要": "球磨", "ipc": ["C04B"]},
        {"id": "CN2", "title": "Another", "year": 2020, "text": ["one", "two"]}]}"#;
    let lines = "{\"id\":\"CN1\",\"title\":\"一种浆料\",\"date\":\"2019-03-04\",\"text\":\"球磨\"}\n\n\
        {\"id\":\"CN2\",\"title\":\"Another\",\"date\":\"2020\",\"text\":\"one\\ntwo\"}\n";
    let xml = "<?xml version=\"1.0\"?><all><doc id='x'><doc-number>CN1</doc-number>\
        <publication-date><date>2019年3月4日</date></publication-date>\
        <invention-title>一种<b>浆料</b></invention-title><abstract><p>球&#30952;</p></abstract></doc>\
        <doc><doc-number>CN2</doc-number><date>2020</date><title>Another</title>\
        <p>one</p><p>two</p></doc></all>";
    for (form, text) in [(Form::Json, json), (Form::Lines, lines), (Form::Xml, xml)] {
        let (found, whole) = read(form, text, &Fields::default());
        assert!(whole, "{form:?}");
        let [one, two] = &found[..] else { panic!("{form:?}: {found:?}") };
        assert_eq!((&*one.id, &*two.id), ("CN1", "CN2"), "{form:?}");
        assert_eq!(one.dated.as_ref().map(|d| &*d.last), Some("2019-03-04"), "{form:?}");
        assert_eq!(two.dated.as_ref().map(|d| &*d.last), Some("2020-12-31"), "{form:?}");
        assert!(one.text.contains("球磨") && two.text.contains("one\ntwo"), "{form:?} {found:?}");
    }
}

#[test]
fn fields_are_named_and_what_is_no_dump_is_told() {
    let mut fields = Fields::default();
    assert!(fields.set("text=lehre, exempel") && fields.set("record=patent"));
    for wrong in ["text", "text=", "colour=red", "=x"] {
        assert!(!fields.set(wrong), "{wrong}");
    }
    let xml = "<a><head>x</head><patent><lehre>eins</lehre><text>nein</text></patent></a>";
    let (found, whole) = read(Form::Xml, xml, &fields);
    assert!(whole && found.len() == 1 && found[0].text == "eins", "{found:?}");
    for (form, text) in [
        (Form::Json, "[{\"text\": \"a\"}, {\"text\": \"b\""),
        (Form::Lines, "{\"text\": \"a\"}\nno json\n"),
        (Form::Xml, "<all><d><p>a</p></d><d><p>b</p></d><d>"),
    ] {
        let (found, whole) = read(form, text, &Fields::default());
        assert!(!whole && !found.is_empty(), "{form:?} {found:?}");
    }
    let (found, whole) =
        read(Form::Json, "{\"name\": \"left-pad\", \"version\": \"1\"}", &Fields::default());
    assert!(whole && found.len() == 1, "{found:?}");
    let bomb = "<!DOCTYPE a [<!ENTITY x 'yyyyyyyy'>]><a><p>&x;&x;</p></a>";
    let (found, _) = read(Form::Xml, bomb, &Fields::default());
    assert!(found.iter().all(|record| !record.text.contains("yyyy")), "{found:?}");
}

proptest! {
    #[test]
    fn no_dump_makes_it_panic(text in "[<>/a-c\"&;{}\\[\\]:,0-9 ]{0,120}", any: String) {
        for form in [Form::Json, Form::Lines, Form::Xml] {
            read(form, &text, &Fields::default());
            read(form, &any, &Fields::default());
        }
    }
}

#[test]
fn days_are_kept_and_counted() {
    let place = Place::new();
    let mut builder = Builder::create(&place.file()).expect("a builder");
    for day in ["2019", "2015-02", ""] {
        let dated = Dated::read(day);
        let entry = Entry { name: day, title: None, dated: dated.as_ref(), text: "一个句子" };
        builder.add(&entry).expect("added");
    }
    builder.add(&Entry { name: "blank", text: " \n", ..Entry::default() }).expect("added");
    let figures = builder.finish().expect("finished");
    assert_eq!((figures.documents, figures.undated), (3, 1));
    assert_eq!(figures.days, Some(["2015-02-28".to_owned(), "2019-12-31".to_owned()]));
}

#[test]
fn what_is_no_corpus_or_damaged_is_told_and_nothing_panics() {
    let place = Place::new();
    std::fs::write(place.file(), "text").expect("written");
    assert!(matches!(Corpus::open(&place.file()), Err(CorpusError::NotACorpus)));
    std::fs::remove_file(place.file()).expect("removed");
    let text = "浆料固含量控制在百分之四十八点五，黏度以旋转黏度计测量。".repeat(400);
    drop(place.build(&[&text, "another one", &text]));
    let whole = std::fs::read(place.file()).expect("read");
    let prints = asked(&text);
    for at in (0..whole.len()).step_by(whole.len() / 90 + 1) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0xA5;
        if at % 2 == 0 {
            damaged.truncate(at);
        }
        std::fs::write(place.file(), &damaged).expect("written");
        let Ok(corpus) = Corpus::open(&place.file()) else { continue };
        let _ = corpus.near(&["黏度".to_owned(), "another".to_owned()], 5);
        for row in corpus.sharing(&prints).unwrap_or_default().into_keys() {
            let _ = corpus.stored(row);
        }
    }
}
