//! A public corpus of made-up patents, and the paste looked for in it.

use domain::terms::CorpusSort;
use domain::{Number, Series};
use office::Office;
use office::matching::{Control, CorpusForm, PublicCheckForm};
use serde_json::json;
use vault::Unlocked;

use super::{BY, Clock};

/// Made-up patents: number, days ago, title, abstract.
const PATENTS: [(&str, i64, &str, &str); 4] = [
    (
        "CN000000001A（虚构）",
        2_600,
        "一种导电浆料及其制备方法（虚构）",
        "将有机载体分次加入粉体，其间控制温度与间隔，三辊研磨之后加入消泡助剂，脱泡后过滤。",
    ),
    (
        "CN000000002A（虚构）",
        1_900,
        "端浆用玻璃粉（虚构）",
        "玻璃粉由氧化物熔制、水淬、球磨而得，软化温度依组成而定。",
    ),
    (
        "CN000000003A（虚构）",
        60,
        "一种端浆（虚构）",
        "优选地，粉体 A 与粉体 B 的质量比为 61.5 : 38.5，其中粉体 A 的中位粒径为 0.83 微米，其余同前。",
    ),
    (
        "CN000000004A（虚构）",
        1_400,
        "烧结炉的气氛控制（虚构）",
        "向保温段通入加湿氮气，流量按炉膛温差调节。",
    ),
];

/// Adds the corpus and asks it.
pub fn look_up(office: &Office, clock: &Clock, unlocked: &Unlocked) -> anyhow::Result<()> {
    let lines = PATENTS.map(|(id, days, title, text)| {
        let day = clock.day_before(days).map(|day| day.to_string());
        format!("{}\n", json!({ "id": id, "公开日": day, "标题": title, "摘要": text }))
    });
    let dump = ("样本.jsonl".to_owned(), lines.concat().into_bytes());
    let form = CorpusForm {
        texts: vec![dump],
        source: Some("演示数据，全部虚构".into()),
        ..CorpusForm::new("专利样本（虚构）".into(), CorpusSort::Patents, Vec::new())
    };
    let built = office.build_corpus(form, &Control::default())?;
    office.record_corpus(&office.ask(BY), built)?;
    let form = PublicCheckForm {
        secret: Number { series: Series::Secret, count: 1 },
        day: clock.day_before(200),
        corpora: Vec::new(),
    };
    let mut check = office.public_check(&form, unlocked, &Control::default())?;
    office.record_public_check(&office.ask(BY), &mut check)?;
    Ok(())
}
