//! `midun bench blind`: a whole blind comparison, beside the bare multiplications that it needs.

use std::hint::black_box;
use std::time::Instant;

use blind::{Answer, Key, Offer, Reply, Thing, answer, finish, offer, settle};
use serde_json::json;

use super::super::Desk;

/// Each point is multiplied by both keys.
const TIMES: u64 = 4;

pub fn run(desk: &Desk<'_>, things: u32) -> anyhow::Result<()> {
    let side = |from: u32| -> Vec<Thing> {
        (from..from + things).map(|n| Thing::new("bench", &n.to_le_bytes())).collect()
    };
    // Half of it is shared.
    let (ours, theirs) = (side(0), side(things / 2));
    let (a, b) = (Key::new(&[1; 64]), Key::new(&[2; 64]));
    let most = u64::from(things);
    let mut steps = Vec::new();
    let mut bytes = Vec::new();
    let begun = Instant::now();
    let mut lap = begun;
    let mut step = |name: &'static str, message: &[u8]| {
        steps.push((name, lap.elapsed().as_secs_f64()));
        bytes.push(message.len());
        lap = Instant::now();
    };
    let (sent, _) = offer(&a, [7; 32], &ours);
    let message = sent.to_bytes();
    step("offer", &message);
    let sent = Offer::read(&message, most)?;
    let (answered, _) = answer(&b, &sent, &theirs, &[3; 64]);
    let message = answered.to_bytes();
    step("answer", &message);
    let answered = Answer::read(&message, most)?;
    let (replied, mine) = settle(&a, &sent, &answered, &[4; 64])?;
    let message = replied.to_bytes();
    step("settle", &message);
    let others = finish(&sent, &answered, &Reply::read(&message, most)?)?;
    step("finish", &[]);
    let all = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    black_box(blind::bench::multiply(TIMES * most));
    let floor = begun.elapsed().as_secs_f64();
    let sent: usize = bytes.iter().sum();
    let value = json!({
        "things": things, "shared": [mine.len(), others.len()], "seconds": all,
        "steps": steps.iter().map(|(name, time)| json!({ "step": name, "seconds": time })).collect::<Vec<_>>(),
        "floor_seconds": floor, "times_floor": all / floor, "bytes": sent,
    });
    desk.say.result(&value, || {
        let mut text = String::new();
        for (name, time) in &steps {
            text += &format!("{name:8} {time:.2} s\n");
        }
        let args = [
            ("n", things.to_string()),
            ("shared", mine.len().to_string()),
            ("seconds", format!("{all:.1}")),
            ("floor", format!("{floor:.1}")),
            ("ratio", format!("{:.2}", all / floor)),
            ("megabytes", format!("{:.1}", sent as f64 / 1e6)),
        ];
        text + &format!("{}\n", desk.say.tr("bench-blind", &args))
    });
    Ok(())
}
