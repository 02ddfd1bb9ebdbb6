//! The company's own work, recorded twice: notes that lie beside the demo, made up.

use std::path::Path;

use domain::{Number, Series};
use office::Office;
use office::matching::{Control, WorkForm};
use vault::Unlocked;

use super::BY;

/// Notes, and whether they are there when the first record is made.
const NOTES: [(&str, bool, &str); 3] = [
    (
        "2024-03 小试.txt",
        true,
        "小试记录（虚构）。分散盘线速度每秒十二米，温度不高于三十八摄氏度，粒度不合格，重做。",
    ),
    (
        "2024-06 中试.txt",
        true,
        "中试记录（虚构）。间隔十五分钟取样一次，粒度合格后方可进入三辊，三辊间隙依次收窄。",
    ),
    (
        "2025-01 定型.txt",
        false,
        "定型记录（虚构）。最后一道不大于五微米；出料后静置二十四小时，复测黏度与固含量，合格后分装。",
    ),
];

/// Writes the notes into `dir` and records them.
pub fn record(office: &Office, unlocked: &Unlocked, dir: &Path) -> anyhow::Result<()> {
    let notes = dir.join("研发笔记（虚构）");
    std::fs::create_dir_all(&notes)?;
    let mut form = WorkForm {
        paths: vec![notes.clone()],
        what: "端浆分散工艺开发（虚构）".into(),
        secrets: vec![Number { series: Series::Secret, count: 1 }],
        after: None,
    };
    for first in [true, false] {
        for (name, _, text) in NOTES.iter().filter(|(_, early, _)| *early == first) {
            std::fs::write(notes.join(name), text)?;
        }
        let mut report = office.read_work(&form, unlocked, &Control::default())?;
        form.after = office.record_work(&office.ask(BY), &mut report)?.number;
    }
    Ok(())
}
