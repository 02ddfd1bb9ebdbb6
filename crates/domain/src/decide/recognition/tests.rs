use std::collections::BTreeMap;

use crate::command::{Command, Envelope, Papers};
use crate::decide::{Decision, decide};
use crate::facts::{CompanyHead, DeskHead, ExpertHead, Facts, RecognitionHead, VisitHead};
use crate::moment::{Day, Moment};
use crate::number::{Number, Series};
use crate::recognition::{Agree, Apply, Evidence, Review, Rules, Wish};
use crate::refusal::Refusal;
use crate::terms::{Check, CompanyKind, RecognitionState, Role, Unrecognition, VisitState};

fn no(series: Series, count: u32) -> Number {
    Number { series, count }
}
fn qy(count: u32) -> Number {
    no(Series::Company, count)
}
fn zj(count: u32) -> Number {
    no(Series::Expert, count)
}
const RD: Number = Number { series: Series::Recognition, count: 1 };
fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}
fn sealed() -> Envelope {
    Envelope { key_id: "k".into(), digest: [0; 32], sealed: vec![1] }
}

/// Two criteria, of which `list` must be shown: 60 and 40 points, 80 are enough.
fn rules() -> Rules {
    Rules {
        scheme: "company@1".into(),
        under: Some("park".into()),
        points: [("list".to_owned(), 60), ("people".to_owned(), 40)].into(),
        must: vec!["list".into()],
        bars: vec!["false".into()],
        pass: 80,
        apart: 10,
        notice_days: 7,
    }
}

/// 2026-11-25: RD-0001 of QY-0001 in a state, with its reviewers ZJ-0001 and ZJ-0002 of two houses;
/// ZJ-0003 is of the first one's house, ZJ-0004 keeps away from QY-0001.
fn facts(change: impl FnOnce(&mut RecognitionHead)) -> Facts {
    let mut facts = Facts::at(Moment(1_795_000_000_000), day("2026-11-25"), None);
    facts.role = Some(Role::Station);
    let head = CompanyHead { edition: 1, kind: CompanyKind::Team, code: None, merged_into: None };
    facts.companies.extend([(qy(1), head), (qy(2), head)]);
    for (count, house, conflicts) in
        [(1, "甲所", vec![]), (2, "乙所", vec![]), (3, "甲所", vec![]), (4, "丙所", vec![qy(1)])]
    {
        let organisation = house.to_owned();
        let head = ExpertHead { until: None, ended: false, organisation, conflicts };
        facts.desk.insert(zj(count), DeskHead::Expert(head));
    }
    for (count, company, state) in
        [(1, 1, VisitState::Made), (2, 1, VisitState::Planned), (3, 2, VisitState::Made)]
    {
        let (title, checklist) = ("查验".into(), "diagnosis@1".into());
        let head = VisitHead { company: qy(company), title, checklist, state };
        facts.desk.insert(no(Series::Visit, count), DeskHead::Visit(head));
    }
    let mut head = RecognitionHead {
        company: qy(1),
        scheme: "company@1".into(),
        state: RecognitionState::Applied,
        evidenced: vec!["list".into()],
        papers: 2,
        experts: vec![],
        reviews: vec![],
        visited: false,
        until: None,
        objections: vec![],
    };
    change(&mut head);
    facts.recognitions.insert(RD, head);
    facts
}

fn decided(facts: &Facts, wish: Wish) -> Result<Decision, Refusal> {
    decide(facts, "owner", Command::Recognition(wish))
}

fn tags(decision: Result<Decision, Refusal>) -> Result<Vec<&'static str>, Refusal> {
    decision.map(|made| made.drafts.iter().map(|draft| draft.event.tag()).collect())
}

fn apply(company: Number, under: Option<Number>) -> Wish {
    Wish::Apply(Box::new(Apply {
        company,
        under,
        source: None,
        happened: day("2026-11-24"),
        statement: None,
        key: None,
        rules: rules(),
    }))
}

fn assign(experts: &[u32]) -> Wish {
    let experts = experts.iter().map(|&count| zj(count)).collect();
    Wish::Assign { recognition: RD, experts, due: day("2026-12-09"), rules: rules() }
}

fn marks(list: u32, people: u32) -> BTreeMap<String, u32> {
    [("list".to_owned(), list), ("people".to_owned(), people)].into()
}

fn review(expert: u32, marks: BTreeMap<String, u32>, bars: &[&str]) -> Wish {
    Wish::Review(Box::new(Review {
        recognition: RD,
        expert: zj(expert),
        marks,
        bars: bars.iter().map(|&bar| bar.to_owned()).collect(),
        happened: day("2026-11-25"),
        note: None,
        key: None,
        rules: rules(),
    }))
}

fn agree(marks: BTreeMap<String, u32>, why: Option<&str>) -> Wish {
    let (recognition, happened, rules) = (RD, day("2026-11-25"), rules());
    let why = why.map(str::to_owned);
    Wish::Agree(Box::new(Agree { recognition, marks, bars: vec![], happened, why, rules }))
}

fn award(happened: &str) -> Wish {
    Wish::Award {
        recognition: RD,
        happened: day(happened),
        until: day("2029-11-25"),
        check: day("2027-11-25"),
        code: "ABCD".into(),
        what: "认定".into(),
    }
}

#[test]
fn one_applies_once_for_a_layer_and_stands_only_under_the_layer_above() {
    let mut facts = facts(|head| head.state = RecognitionState::Awarded);
    assert!(decided(&facts, apply(qy(2), None)).is_ok());
    assert_eq!(decided(&facts, apply(qy(2), Some(RD))), Err(Refusal::WrongLayer(RD)));
    facts.recognitions.get_mut(&RD).expect("it is there").scheme = "park@3".into();
    assert!(decided(&facts, apply(qy(2), Some(RD))).is_ok(), "whatever its edition");
    facts.recognitions.get_mut(&RD).expect("it is there").state = RecognitionState::Notice;
    let early = Refusal::NotAtThisStep(RD, RecognitionState::Notice);
    assert_eq!(decided(&facts, apply(qy(2), Some(RD))), Err(early));
    facts.recognised.insert((qy(1), "company".into()), RD);
    assert_eq!(decided(&facts, apply(qy(1), None)), Err(Refusal::AppliedBefore(RD)));
}

#[test]
fn evidence_names_a_criterion_and_says_something() {
    let facts = facts(|_| {});
    let give = |criterion: &str, note, proved| {
        decided(
            &facts,
            Wish::Evidence(Box::new(Evidence {
                recognition: RD,
                criterion: criterion.into(),
                note,
                key: None,
                papers: Papers::default(),
                proved,
                rules: rules(),
            })),
        )
    };
    assert!(give("people", Some(sealed()), None).is_ok());
    assert!(give("people", None, Some((7, "node.example".into()))).is_ok());
    assert_eq!(give("people", None, None), Err(Refusal::Blank("field-evidence")));
    assert_eq!(give("dance", Some(sealed()), None), Err(Refusal::NoCriterion("dance".into())));
}

#[test]
fn two_independent_experts_review_what_is_complete() {
    let ready = facts(|_| {});
    assert_eq!(tags(decided(&ready, assign(&[2, 1]))), Ok(vec!["recognition.assigned"]));
    for (experts, refusal) in [
        (&[1][..], Refusal::TwoReviewers),
        (&[1, 1], Refusal::TwoReviewers),
        (&[1, 2, 3], Refusal::TwoReviewers),
        (&[1, 3], Refusal::SameHouse(zj(1), zj(3))),
        (&[1, 4], Refusal::Recused(zj(4), qy(1))),
        (&[1, 9], Refusal::Unknown(zj(9))),
    ] {
        assert_eq!(decided(&ready, assign(experts)), Err(refusal), "{experts:?}");
    }
    let bare = facts(|head| head.evidenced.clear());
    assert_eq!(decided(&bare, assign(&[1, 2])), Err(Refusal::EvidenceMissing(RD, 1)));
    let begun = facts(|head| {
        head.state = RecognitionState::Assigned;
        head.reviews = vec![(zj(1), 900, vec![])];
    });
    assert_eq!(decided(&begun, assign(&[2, 3])), Err(Refusal::ReviewBegun(RD)));
}

#[test]
fn a_review_gives_points_to_every_criterion_and_is_given_once() {
    let facts = facts(|head| {
        head.state = RecognitionState::Assigned;
        head.experts = vec![zj(1), zj(2)];
        head.reviews = vec![(zj(2), 900, vec![])];
    });
    assert_eq!(
        tags(decided(&facts, review(1, marks(60, 0), &["false"]))),
        Ok(vec!["recognition.reviewed"])
    );
    let half: BTreeMap<_, _> = [("list".to_owned(), 5)].into();
    let mut odd = marks(1, 1);
    odd.insert("dance".into(), 1);
    for (wish, refusal) in [
        (review(3, marks(1, 1), &[]), Refusal::NotAReviewer(zj(3), RD)),
        (review(2, marks(1, 1), &[]), Refusal::Reviewed(zj(2), RD)),
        (review(1, half, &[]), Refusal::PointsMissing("people".into())),
        (review(1, marks(61, 0), &[]), Refusal::TooManyPoints("list".into(), 60)),
        (review(1, odd, &[]), Refusal::NoCriterion("dance".into())),
        (review(1, marks(1, 1), &["ugly"]), Refusal::NoCriterion("ugly".into())),
    ] {
        assert_eq!(decided(&facts, wish), Err(refusal));
    }
}

/// What came of agreeing: the score in tenths, and whether it is enough.
fn agreed([one, two]: [(u32, &[&str]); 2], wish: Wish) -> Result<(String, String), Refusal> {
    let bars = |bars: &[&str]| bars.iter().map(|&bar| bar.to_owned()).collect();
    let facts = facts(|head| {
        head.state = RecognitionState::Assigned;
        head.experts = vec![zj(1), zj(2)];
        head.reviews = vec![(zj(1), one.0, bars(one.1)), (zj(2), two.0, bars(two.1))];
        head.visited = true;
    });
    decided(&facts, wish).map(|made| {
        let fields = made.drafts[0].event.fields();
        (fields["score"].to_string(), fields["passed"].to_string())
    })
}

#[test]
fn close_reviews_stand_by_their_mean_and_far_ones_are_settled_one_by_one() {
    let said = |score: &str, passed: &str| Ok((score.to_owned(), passed.to_owned()));
    let mean = || agree(BTreeMap::new(), None);
    assert_eq!(agreed([(800, &[]), (810, &[])], mean()), said("805", "true"));
    assert_eq!(agreed([(790, &[]), (800, &[])], mean()), said("795", "false"));
    assert_eq!(agreed([(800, &[]), (900, &[])], mean()), said("850", "true"), "ten points apart");
    assert_eq!(agreed([(900, &["false"]), (900, &["false"])], mean()), said("900", "false"));
    let apart = Err(Refusal::ReviewsApart(RD));
    assert_eq!(agreed([(790, &[]), (900, &[])], mean()), apart);
    assert_eq!(agreed([(900, &[]), (900, &["false"])], mean()), apart);
    let settled = |why| agree(marks(60, 20), why);
    assert_eq!(agreed([(600, &[]), (900, &[])], settled(Some("合议"))), said("800", "true"));
    let unsaid = Err(Refusal::Blank("field-why"));
    assert_eq!(agreed([(600, &[]), (900, &[])], settled(None)), unsaid);
    let unseen = facts(|head| {
        head.state = RecognitionState::Assigned;
        head.reviews = vec![(zj(1), 900, vec![]), (zj(2), 900, vec![])];
    });
    assert_eq!(decided(&unseen, mean()), Err(Refusal::NotVisited(RD)));
    let single = facts(|head| {
        head.state = RecognitionState::Assigned;
        head.reviews = vec![(zj(1), 900, vec![])];
        head.visited = true;
    });
    assert_eq!(decided(&single, mean()), Err(Refusal::ReviewsMissing(RD)));
    // Only a visit that was made there counts.
    for (visit, refusal) in [
        (2, Refusal::VisitNotMade(no(Series::Visit, 2))),
        (3, Refusal::OfOtherCompany(no(Series::Visit, 3), qy(1))),
    ] {
        let wish = Wish::Visit { recognition: RD, visit: no(Series::Visit, visit) };
        assert_eq!(decided(&unseen, wish), Err(refusal));
    }
    let wish = Wish::Visit { recognition: RD, visit: no(Series::Visit, 1) };
    assert!(decided(&unseen, wish).is_ok());
}

#[test]
fn nothing_is_awarded_before_the_public_was_heard() {
    let passed = facts(|head| head.state = RecognitionState::Passed);
    let publish = |until: Option<&str>| {
        let wish = Wish::Publish { recognition: RD, until: until.map(day), rules: rules() };
        tags(decided(&passed, wish))
    };
    assert_eq!(publish(Some("2026-12-02")), Ok(vec!["recognition.published"]));
    assert_eq!(publish(None), Ok(vec!["recognition.published"]));
    assert_eq!(publish(Some("2026-12-01")), Err(Refusal::NoticeTooShort(day("2026-12-02"))));
    let noticed = |until: &str, objections: Vec<Option<bool>>| {
        facts(|head| {
            head.state = RecognitionState::Notice;
            head.until = Some(day(until));
            head.objections = objections;
        })
    };
    let over = noticed("2026-11-24", vec![Some(false)]);
    assert_eq!(
        tags(decided(&over, award("2026-11-25"))),
        Ok(vec!["recognition.awarded", "service.given"])
    );
    for (facts, refusal) in [
        (noticed("2026-11-25", vec![]), Refusal::NoticeRuns(RD, day("2026-11-25"))),
        (noticed("2026-11-24", vec![Some(false), None]), Refusal::ObjectionOpen(RD, 2)),
        (noticed("2026-11-24", vec![Some(true)]), Refusal::ObjectionUpheld(RD, 1)),
        (passed.clone(), Refusal::NotAtThisStep(RD, RecognitionState::Passed)),
    ] {
        assert_eq!(decided(&facts, award("2026-11-25")), Err(refusal));
    }
    let object = |facts: &Facts| {
        let (happened, text) = (day("2026-11-25"), sealed());
        tags(decided(
            facts,
            Wish::Object { recognition: RD, happened, name: None, text, key: None },
        ))
    };
    assert_eq!(object(&noticed("2026-11-25", vec![])), Ok(vec!["recognition.objected"]));
    assert_eq!(object(&over), Err(Refusal::NoticeOver(RD)));
    let answer = |objection| {
        let (happened, why) = (day("2026-11-25"), "查无此事".to_owned());
        let wish = Wish::Answer { recognition: RD, objection, upheld: false, happened, why };
        decided(&noticed("2026-11-24", vec![Some(false), None]), wish)
    };
    assert!(answer(2).is_ok());
    assert_eq!(answer(1), Err(Refusal::ObjectionAnswered(RD, 1)));
    assert_eq!(answer(0), Err(Refusal::NoObjection(RD, 0)));
    assert_eq!(answer(3), Err(Refusal::NoObjection(RD, 3)));
}

#[test]
fn what_was_awarded_is_checked_or_revoked_and_what_was_not_is_refused() {
    let awarded = facts(|head| head.state = RecognitionState::Awarded);
    let check = |verdict, why: Option<&str>| {
        let (happened, next) = (day("2026-11-25"), day("2027-11-25"));
        let why = why.map(str::to_owned);
        decided(&awarded, Wish::Check { recognition: RD, verdict, happened, next, why })
    };
    assert!(check(Check::Kept, None).is_ok());
    assert_eq!(check(Check::Improve, None), Err(Refusal::Blank("field-why")));
    let end = |facts: &Facts, how| {
        let (happened, why) = (day("2026-11-25"), "查实弄虚作假".to_owned());
        decided(facts, Wish::End { recognition: RD, how, happened, why })
    };
    let applied = facts(|_| {});
    for how in Unrecognition::ALL {
        assert_eq!(end(&awarded, *how).is_ok(), how.after_award());
        assert_eq!(end(&applied, *how).is_ok(), !how.after_award());
    }
    let ended = facts(|head| head.state = RecognitionState::Ended);
    assert!(end(&ended, Unrecognition::Refused).is_err());
}
