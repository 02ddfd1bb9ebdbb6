//! Procedures, deadlines and standards as pages: public knowledge for whoever is signed in.

use crate::house::House;

/// An address, its status, and what the page says or doesn't (`!`).
const TOLD: &[(&str, u16, &[&str])] = &[
    ("/procedures", 200, &["涉嫌犯罪案件移送", "/procedures/labour"]),
    ("/procedures?lang=en", 200, &["Transfer of a suspected crime"]),
    ("/procedures/transfer", 200, &["<svg", "aria-describedby=\"steps\"", "id=\"steps\"", "待核"]),
    ("/procedures/administrative", 200, &["市场监督管理行政处罚程序规定第18条第1款"]),
    ("/procedures/nothing", 404, &[]),
    ("/procedures/transfer/diagram", 200, &["<desc", "!<script"]),
    ("/procedures/nothing/diagram", 404, &[]),
    ("/deadlines", 200, &["<optgroup", "核查并决定是否立案"]),
    ("/deadlines?deadline=transfer/hand_over_by", 200, &["批准移送", "!role=\"status\""]),
    (
        "/deadlines?deadline=transfer/hand_over_by&approve=2026-03-02+15:00",
        200,
        &["2026-03-03 15:00 周二", "自该时起算24小时", "已核原文"],
    ),
    ("/deadlines?deadline=transfer/hand_over_by&approve=2026-03-02", 200, &["有错误", "时分"]),
    ("/deadlines?deadline=transfer/hand_over_by&approve=gestern", 200, &["有错误", "f-approve"]),
    ("/deadlines?deadline=transfer/hand_over_by&hand_over=2026-03-02", 200, &["还没有起算"]),
    (
        "/deadlines?deadline=administrative/verify&register_clue=2026-02-10",
        200,
        &["2026-03-09 周一", "春节", "调休上班"],
    ),
    (
        "/deadlines?deadline=preservation/renewal_opens&take_measure.to=2026-09-30",
        200,
        &["2026-09-23"],
    ),
    (
        "/deadlines?deadline=mediation/term_before_filing&accept_referral=2026-04-01&extend_mediation=2026-04-20",
        200,
        &["有错误", "f-extend_mediation.to"],
    ),
    (
        "/deadlines?deadline=labour/accept_by&apply=2099-12-31&lang=en",
        200,
        &["To be checked", "Provisional"],
    ),
    ("/deadlines?deadline=transfer/nothing", 404, &[]),
    ("/deadlines?deadline=nothing", 404, &[]),
    (
        "/deadlines?deadline=transfer/hand_over_by&approve=%22%3E%3Cscript%3E",
        200,
        &["!<script>", "有错误"],
    ),
    ("/standards", 200, &["/standards/criminal-219-breach", "刑法第219条"]),
    ("/standards/criminal-219-breach", 200, &["密点表", "任一事实即可", "待核"]),
    ("/standards/nothing", 404, &[]),
];

#[test]
fn the_law_is_shown() {
    let mut house = House::new(true);
    house.enter();
    for (path, status, told) in TOLD {
        let answer = house.get(path);
        assert_eq!(answer.status.as_u16(), *status, "{path}");
        let text = answer.text();
        for words in *told {
            match words.strip_prefix('!') {
                Some(unsaid) => assert!(!text.contains(unsaid), "{path} says {unsaid}"),
                None => assert!(text.contains(words), "{path} does not say {words}"),
            }
        }
    }
}
