//! Two blind comparisons: one that ended, and one whose answer is awaited.

use domain::{Number, Series};
use office::Office;
use office::matching::{BlindForm, Body, Control, THEIRS_MAX, blind_things};
use vault::Unlocked;

use super::BY;
use crate::world::random;

/// What the other side, made up, puts in: a line that both have, and lines of its own.
const THEIRS: &str = "甲方提供的试样记录（虚构）。分散盘线速度每秒十二米，温度不高于三十八摄氏度，\
    间隔十五分钟取样一次，粒度合格后方可进入三辊，三辊间隙依次收窄，最后一道不大于五微米。\
    其余为我方自有的浸渍工艺，与上述无关，槽液温度、停留时间和提拉速度另有记录。";
/// What the company puts in of its own, beside the secret point.
const OURS: &str = "端浆工艺卡（虚构）。分散盘线速度每秒十二米，温度不高于三十八摄氏度，\
    间隔十五分钟取样一次，粒度合格后方可进入三辊，三辊间隙依次收窄，最后一道不大于五微米。\
    出料后静置二十四小时，复测黏度与固含量，合格后分装。";

/// Makes both.
pub fn compare(office: &Office, unlocked: &Unlocked) -> anyhow::Result<()> {
    let control = Control::default();
    let secret = Body::Secret(Number { series: Series::Secret, count: 1 });
    let card = Body::Texts(vec![("工艺卡.txt".into(), OURS.into())]);
    let form = |count, bodies| BlindForm {
        bodies,
        public: vec![],
        partner: Some(Number { series: Series::Partner, count }),
        most: THEIRS_MAX,
    };
    let first = form(1, vec![secret.clone(), card]);
    let receipt = office.offer_blind(&office.ask(BY), &first, unlocked, &control)?;
    let no = receipt.number.unwrap_or(Number { series: Series::Blind, count: 1 });
    let (mut key, mut noise) = ([0; 64], [0; 64]);
    random(&mut key);
    random(&mut noise);
    let offer = blind::Offer::read(&office.blind_message(no)?.1, THEIRS_MAX)?;
    let things = blind_things(THEIRS.as_bytes());
    let (answer, _) = blind::answer(&blind::Key::new(&key), &offer, &things, &noise);
    office.take_blind(&office.ask(BY), no, &answer.to_bytes(), unlocked)?;
    office.offer_blind(&office.ask(BY), &form(2, vec![secret]), unlocked, &control)?;
    Ok(())
}
