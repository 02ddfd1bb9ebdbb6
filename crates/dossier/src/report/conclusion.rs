//! Part 1: what is proved, to which time, by whose witness; and what is not.

use domain::terms::Standing;

use super::Desk;
use crate::page::Block;
use crate::times::Bound;

/// What is never proved, whatever the dossier holds.
const NEVER: [&str; 6] = [
    "conclusion-not-true",
    "conclusion-not-secret",
    "conclusion-not-owner",
    "conclusion-not-before",
    "conclusion-not-who",
    "conclusion-not-complete",
];

impl Desk<'_> {
    pub(super) fn conclusion(&mut self) {
        self.heading(1, "report-part-conclusion");
        let say = self.say;
        let proved = self.proved();
        let times = self.proved_times();
        let mut open: Vec<String> = NEVER.iter().map(|key| say.t(key)).collect();
        open.extend(self.gap_lines(None));
        open.extend(self.problems());
        self.blocks.push(Block::Boxed {
            parts: vec![
                (say.t("conclusion-proved"), proved),
                (say.t("conclusion-times"), times),
                (say.t("conclusion-not"), open),
            ],
        });
        let zone = say.zone();
        self.note(say.tr("conclusion-columns", &[("zone", &zone)]));
    }

    fn proved(&self) -> Vec<String> {
        let (say, contents) = (self.say, self.story.contents);
        let entries = contents.entries.len().to_string();
        let leaves = contents.leaves.to_string();
        let mut lines =
            vec![say.tr("conclusion-records", &[("count", &entries), ("leaves", &leaves)])];
        let files = contents.entries.iter().filter(|entry| entry.file.is_some()).count();
        if files > 0 {
            lines.push(say.tr("conclusion-files", &[("count", &files.to_string())]));
        }
        if contents.withheld != crate::Withheld::default() {
            lines.push(say.t("conclusion-withheld"));
        }
        lines
    }

    /// What the check of the ledger found, each with its place.
    fn problems(&self) -> Vec<String> {
        /// So many are named; the count of all stands in the line before.
        const NAMED: usize = 20;
        let found = self.story.contents.self_check.iter().flat_map(|check| &check.problems);
        found.take(NAMED).map(|(key, which)| self.say.tr(key, &[("which", which)])).collect()
    }

    /// How many records whose word covers, and for each secret point the earliest outside time of
    /// its statements.
    fn proved_times(&self) -> Vec<String> {
        let (say, contents) = (self.say, self.story.contents);
        let total = contents.entries.len().to_string();
        let mut lines = Vec::new();
        let best: Vec<Option<Bound>> = contents
            .entries
            .iter()
            .map(|entry| self.story.times.not_later(entry.index()).into_iter().next())
            .collect();
        let standings = [
            (Some(Standing::Independent), "conclusion-time-independent"),
            (Some(Standing::Station), "conclusion-time-station"),
            (None, "conclusion-time-unsaid"),
            (Some(Standing::Own), "conclusion-time-own"),
            (Some(Standing::Drill), "conclusion-time-drill"),
        ];
        for (standing, key) in standings {
            let of = || best.iter().flatten().filter(|bound| bound.standing == standing);
            let count = of().count();
            if count == 0 {
                continue;
            }
            let mut names: Vec<&str> = of().map(|bound| bound.by.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            let args =
                [("count", &*count.to_string()), ("total", &*total), ("by", &*say.join(names))];
            lines.push(say.tr(key, &args));
        }
        let none = best.iter().filter(|bound| bound.is_none()).count();
        if none > 0 {
            let args = [("count", &*none.to_string()), ("total", &*total)];
            lines.push(say.tr("conclusion-time-none", &args));
        }
        let independent =
            best.iter().flatten().any(|bound| bound.standing == Some(Standing::Independent));
        if !independent {
            lines.push(say.t("conclusion-no-independent"));
        }
        lines.extend(self.story.secrets.iter().map(|secret| self.earliest_of(secret)));
        lines
    }

    /// By when all statements claimed of a secret point were fixed.
    fn earliest_of(&self, secret: &crate::story::Secret<'_>) -> String {
        let say = self.say;
        let no = secret.no.to_string();
        // A checkpoint that covers the last of them covers all: one word for every statement.
        let last = secret.standing().map(|statement| statement.entry.index()).max();
        let bound = last.and_then(|last| self.story.times.not_later(last).into_iter().next());
        match bound {
            None => say.tr("conclusion-secret-no-time", &[("no", &no)]),
            Some(bound) => {
                let (at, by) = (say.moment(bound.at), say.bound(&bound));
                say.tr("conclusion-secret-time", &[("no", &no), ("at", &at), ("by", &by)])
            }
        }
    }
}
