//! Claims as they are made.

use super::verdict::{Claim, State};

/// Whether something holds, and if not, why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub state: State,
    pub why: Option<&'static str>,
    pub args: Vec<(&'static str, String)>,
}

impl Finding {
    pub fn holds() -> Self {
        Self { state: State::Holds, why: None, args: Vec::new() }
    }

    pub fn fails(why: &'static str) -> Self {
        Self { state: State::Fails, why: Some(why), args: Vec::new() }
    }

    pub fn open(why: &'static str) -> Self {
        Self { state: State::Open, why: Some(why), args: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// All claims, in the order in which they were made.
#[derive(Debug, Default)]
pub struct Findings {
    pub claims: Vec<Claim>,
}

impl Findings {
    /// One claim about one thing.
    pub fn claim(&mut self, id: &'static str, subject: impl Into<String>, finding: Finding) {
        let Finding { state, why, args } = finding;
        self.claims.push(Claim { id, subject: subject.into(), state, why, args });
    }

    /// One claim about many things alike: those that hold are counted in one claim, as are those
    /// that stay open for the same reason with the same values; each that fails gets a claim of its own.
    pub fn each(
        &mut self,
        id: &'static str,
        findings: impl IntoIterator<Item = (String, Finding)>,
    ) {
        let (mut held, mut total) = (0_usize, 0_usize);
        let mut open: Vec<(Finding, usize)> = Vec::new();
        let mut failed = Vec::new();
        for (subject, finding) in findings {
            total += 1;
            match finding.state {
                State::Holds => held += 1,
                State::Fails => failed.push((subject, finding)),
                State::Open => match open.iter_mut().find(|(known, _)| *known == finding) {
                    Some((_, count)) => *count += 1,
                    None => open.push((finding, 1)),
                },
            }
        }
        for (subject, finding) in failed {
            self.claim(id, subject, finding.with("count", 1).with("total", total));
        }
        if held > 0 {
            self.claim(id, "", Finding::holds().with("count", held).with("total", total));
        }
        for (finding, count) in open {
            self.claim(id, "", finding.with("count", count).with("total", total));
        }
    }
}
