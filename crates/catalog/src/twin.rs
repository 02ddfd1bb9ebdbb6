//! The parameters of a made-up district (数字孪生): how many companies, how often staff move, how
//! suppliers leak, what a station sees of it. They are frozen: a test holds their digest.

use serde::Deserialize;

/// The parameters. Chances are of 10,000, lengths are days, where nothing else is said.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Twin {
    /// Its name.
    pub id: String,
    /// Counted up when a parameter changes; scores of another edition no longer count.
    pub edition: u32,
    /// The seed, when no other is given.
    pub seed: u32,
    /// Companies, when no other number is given.
    pub companies: u32,
    /// Officers who look at alerts, of a whole district.
    pub officers: u32,
    /// Days that are told.
    pub days: u32,
    /// Days before anything is looked for.
    pub warm_up: u32,
    /// Every how many days rules are run.
    pub step: u32,
    /// After how many days an alert is closed, so that its matter may be raised again.
    pub open: u32,
    /// The directory.
    pub map: Map,
    /// What goes on in companies, which no station sees.
    pub inside: Inside,
    /// What is noticed and told.
    pub told: Told,
    /// What a station does.
    pub station: Station,
    /// How cases go.
    pub cases: Cases,
}

/// The directory.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// Parks.
    pub parks: u32,
    /// Chance to be in one.
    pub in_park: u32,
    /// Sub-districts.
    pub streets: u32,
    /// Weights of the fields.
    pub fields: Vec<u32>,
    /// Chance to carry a tag of public policy.
    pub key: u32,
}

/// What goes on in companies.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inside {
    /// The largest staff; most are far smaller.
    pub staff: u32,
    /// Of those who know secrets: how many leave in a year, per ten thousand of the staff.
    pub leave: u32,
    /// Chance that one who leaves goes to a competitor of the same field.
    pub competitor: u32,
    /// Chance that a secret goes along, where nothing is protected.
    pub leak: u32,
    /// The longest time until it does.
    pub delay: u32,
    /// Suppliers a company has at most.
    pub suppliers: u32,
    /// Chance of a leak by a supplier in a year, where nothing is protected.
    pub supplier_leak: u32,
    /// Times in which staff of a field moves a lot, per whole district.
    pub bursts: u32,
    /// How long one lasts.
    pub burst_days: u32,
    /// How many times as often staff leaves then.
    pub burst_times: u32,
    /// Organisations that draw staff from several others, per whole district.
    pub magnets: u32,
    /// From how many others each does, at most.
    pub magnet_from: u32,
    /// Over how many days.
    pub magnet_days: u32,
    /// How many go from each, at most.
    pub magnet_takes: u32,
}

/// What is noticed and told.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// Chance that somebody asks about people when one who knows secrets leaves.
    pub asks: u32,
    /// Chance that a leak is noticed.
    pub noticed: u32,
    /// The longest time until it is.
    pub notice_days: u32,
    /// Chance that a noticed one is asked about.
    pub asked: u32,
    /// Chance that it is reported by letter.
    pub reported: u32,
    /// Chance that it becomes a case.
    pub case: u32,
    /// Chance that the case says against whom.
    pub respondent: u32,
    /// Requests about anything, in a year.
    pub other_requests: u32,
    /// Cases about anything, in a year.
    pub other_cases: u32,
}

/// What a station does.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Station {
    /// Chance of a visit in a year.
    pub visit: u32,
    /// The same of a company with a tag of public policy.
    pub visit_key: u32,
    /// Chance that a theme is found wanting, where nothing is protected.
    pub wanting: u32,
    /// Chance that a prescription is grave.
    pub grave: u32,
    /// Days given for it, at least and at most.
    pub given: [u32; 2],
    /// How much better protected a company is after one was done, of 1,000.
    pub cured_gain: u32,
    /// Chance of another service in a year.
    pub service: u32,
    /// How much better protected a company is after it, of 1,000.
    pub service_gain: u32,
    /// Chance to be recognised.
    pub recognised: u32,
    /// How much less protected a company is that lets its yearly check slip, of 1,000.
    pub slip_loss: u32,
    /// Chance to be invited to an activity in a month.
    pub invited: u32,
}

/// How cases go.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cases {
    /// Offices in charge.
    pub units: u32,
    /// How many of them send packages that lack the same thing again and again.
    pub weak_units: u32,
    /// Chance that a case goes to the police.
    pub transferred: u32,
    /// Chance that a package comes back.
    pub back: u32,
    /// The same, from a weak office.
    pub back_weak: u32,
    /// Days of the agreed clock.
    pub agreed_days: u32,
    /// Days of the statutory clock.
    pub statute_days: u32,
    /// Chance that the agreed clock is missed.
    pub agreed_late: u32,
    /// Chance that the statutory one is missed, when the agreed one was kept.
    pub late: u32,
    /// The same, when it was missed.
    pub late_after: u32,
    /// The longest time until a case ends.
    pub lasts: u32,
}
