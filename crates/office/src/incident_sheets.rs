//! What an incident's record comes to, in words: the options board, a door, the go/no-go sheet and
//! the moot court. Each is made when it is looked at, and the same for pages, paper and terminal.

use assess::{Drawn, FactLine, Hit, Mend, Raised};
use catalog::standard::{Cover, Reached};
use catalog::{Cite, Mark};
use domain::Number;
use dossier::{Block, Line, Look, Report, Say};
use store::Reader;
use store::read::IncidentRow;
use words::Lang;
use words::law as words_of;

use crate::incidents::{Held, Limited, moot, place, routes};
use crate::{Office, Trouble, law, result_words};

/// Places in the ledger that are shown of one line.
const GROUNDS_MAX: usize = 6;

/// A sheet in words.
#[derive(Clone, Debug)]
pub struct Brief {
    /// Its title.
    pub title: String,
    /// The sentence below it.
    pub lead: String,
    /// Remarks above all: a class and words.
    pub notes: Vec<(&'static str, String)>,
    /// What it says.
    pub tables: Vec<BriefTable>,
}

/// A table of a sheet.
#[derive(Clone, Debug)]
pub struct BriefTable {
    /// Its title.
    pub title: String,
    /// The key of each column, its class, and its share of a page in hundredths.
    pub heads: Vec<(&'static str, &'static str, u16)>,
    /// Its rows.
    pub rows: Vec<Vec<BriefCell>>,
}

/// A cell.
#[derive(Clone, Debug, Default)]
pub struct BriefCell {
    /// What it says.
    pub text: String,
    /// A small line below.
    pub sub: String,
    /// Where it leads.
    pub href: String,
    /// A state: a class and words.
    pub state: Option<(&'static str, String)>,
}

impl BriefCell {
    fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    fn sub(self, sub: impl Into<String>) -> Self {
        Self { sub: sub.into(), ..self }
    }

    fn link(self, href: impl Into<String>) -> Self {
        Self { href: href.into(), ..self }
    }

    fn state(class: &'static str, words: String) -> Self {
        Self { state: Some((class, words)), ..Self::default() }
    }
}

/// Makes the sheets of one incident in one language.
struct Maker<'a> {
    office: &'a Office,
    reader: &'a Reader,
    row: &'a IncidentRow,
    lang: Lang,
}

impl Office {
    /// All routes side by side.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn options_board(
        &self,
        reader: &Reader,
        row: &IncidentRow,
        lang: Lang,
    ) -> Result<Brief, Trouble> {
        let held = self.held(reader, row, None)?;
        Ok(Maker { office: self, reader, row, lang }.board(&held))
    }

    /// One route: what it asks for, what is covered by which entries, and the cheapest cure. `None`
    /// when there is no such route.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn door_sheet(
        &self,
        reader: &Reader,
        row: &IncidentRow,
        route: &str,
        lang: Lang,
    ) -> Result<Option<Brief>, Trouble> {
        let held = self.held(reader, row, Some(route))?;
        let Some(held) = held.first() else { return Ok(None) };
        Maker { office: self, reader, row, lang }.door(held).map(Some)
    }

    /// The go/no-go sheet of a route. Never recorded. `None` when there is no such route.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn go_sheet(
        &self,
        reader: &Reader,
        row: &IncidentRow,
        route: &str,
        lang: Lang,
    ) -> Result<Option<Brief>, Trouble> {
        let held = self.held(reader, row, Some(route))?;
        let maker = Maker { office: self, reader, row, lang };
        Ok(held.first().map(|held| maker.go(held)))
    }

    /// The arguments of the other side. Never recorded.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn moot_sheet(
        &self,
        reader: &Reader,
        row: &IncidentRow,
        lang: Lang,
    ) -> Result<Brief, Trouble> {
        let raised = self.argue(reader, row.no)?;
        Ok(Maker { office: self, reader, row, lang }.moot(&raised))
    }

    /// A sheet as PDF/A-2b.
    ///
    /// # Errors
    /// [`Trouble`] when it can't be printed.
    pub fn sheet_pdf(
        &self,
        reader: &Reader,
        row: &IncidentRow,
        sheet: &Brief,
        lang: Lang,
    ) -> Result<Vec<u8>, Trouble> {
        let say = Say { lang, zone_minutes: self.zone_minutes() };
        let holder = reader.node()?.map(|node| node.name).unwrap_or_default();
        let no = row.no.to_string();
        let fact = |key: &str, value: String| (say.t(key), Line::plain(value));
        let mut blocks = Vec::new();
        for table in &sheet.tables {
            blocks.push(Block::Heading { level: 1, text: table.title.clone() });
            let columns = table.heads.iter().map(|(key, _, share)| (say.t(key), *share)).collect();
            let rows = table.rows.iter().map(|row| row.iter().map(lines).collect()).collect();
            blocks.push(Block::Table { columns, rows });
        }
        let mut notices: Vec<String> = sheet.notes.iter().map(|(_, words)| words.clone()).collect();
        notices.push(words_of::text(lang, &routes().note).to_owned());
        notices.push(say.t("report-notice-secrecy"));
        let report = Report {
            lang: lang.tag(),
            title: sheet.title.clone(),
            kicker: say.t("incident-kicker"),
            footer: say.tr("report-footer", &[("no", &no), ("holder", &holder)]),
            contents: String::new(),
            facts: vec![
                fact("report-holder", holder.clone()),
                fact("field-incident", format!("{no} {}", row.title)),
                fact("field-act", say.period(Some(row.from), Some(row.until))),
                fact("report-made", format!("{} ({})", say.moment(self.now()), say.zone())),
                fact("report-program", self.world.program.to_owned()),
            ],
            notices,
            holder,
            no,
            blocks,
        };
        self.paper_pdf(&report)
    }

    /// A number with the name of what it stands for, as far as this reader sees it.
    pub fn called(&self, reader: &Reader, no: Number) -> String {
        use domain::Series;
        let name = match no.series {
            Series::Secret => reader.secret_row(no).ok().flatten().map(|row| row.title),
            Series::Person => {
                let person = reader.person(no).ok().flatten();
                person.and_then(|row| self.person_name(reader, &row).ok().flatten())
            }
            Series::Partner => reader.partner(no).ok().flatten().map(|row| row.name),
            Series::Measure => reader.measure(no).ok().flatten().map(|row| row.title),
            _ => None,
        };
        name.map_or_else(|| no.to_string(), |name| format!("{no} {name}"))
    }
}

/// A cell as lines of a paper.
fn lines(cell: &BriefCell) -> Vec<Line> {
    let mut lines = Vec::new();
    if !cell.text.is_empty() {
        lines.extend(Line::plain(cell.text.clone()));
    }
    if let Some((class, words)) = &cell.state {
        let look = if *class == "bad" { Look::Flag } else { Look::Plain };
        lines.push(Line::of(look, words.clone()));
    }
    if !cell.sub.is_empty() {
        lines.push(Line::of(Look::Small, cell.sub.clone()));
    }
    lines
}

impl Maker<'_> {
    fn t(&self, key: &str) -> String {
        words::t(self.lang, key)
    }

    fn tr(&self, key: &str, args: &[(&str, &str)]) -> String {
        words::tr(self.lang, key, args)
    }

    fn law(&self, text: &catalog::Text) -> String {
        words_of::text(self.lang, text).to_owned()
    }

    fn join(&self, parts: impl IntoIterator<Item = String>) -> String {
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(&self.t("w-semicolon"))
    }

    /// An article, and whether it is to be checked.
    fn cite(&self, cite: &Cite) -> String {
        let words = words_of::cite(self.lang, law().norms(), cite);
        match law().norms().mark(cite) {
            Mark::Seen => words,
            _ => self.tr("incident-unverified", &[("cite", &words)]),
        }
    }

    fn here(&self, word: &str) -> String {
        format!("/incidents/{}/{word}", self.row.no)
    }

    fn cover(&self, cover: Cover) -> (&'static str, String) {
        let class = match cover {
            Cover::Covered => "ok",
            Cover::Weak => "due",
            Cover::Missing => "bad",
        };
        (class, self.t(&format!("law-cover-{}", cover.key())))
    }

    fn call(&self, held: &Held) -> (&'static str, String) {
        let class = match held.call {
            assess::Call::Go => "ok",
            assess::Call::Mend => "due",
            assess::Call::NoGo => "bad",
            assess::Call::Ask => "part",
        };
        (class, self.t(&format!("incident-call-{}", held.call.key())))
    }

    fn item(&self, id: &str) -> String {
        let item = law().elements().item(id);
        item.map_or_else(|| id.to_owned(), |item| self.law(&item.name))
    }

    /// What shows something: the exhibit or the thing of the register, with its places.
    fn shown(&self, drawn: &[Drawn]) -> BriefCell {
        let words = drawn.iter().map(|one| {
            let of = match (one.exhibit, one.thing) {
                (Some(no), _) => self.tr("w-exhibit-no", &[("n", &no.to_string())]),
                (None, Some(thing)) => self.office.called(self.reader, thing),
                (None, None) => String::new(),
            };
            let places: Vec<String> =
                one.grounds.iter().take(GROUNDS_MAX).map(ToString::to_string).collect();
            let args =
                [("item", &*self.item(&one.item)), ("of", &of), ("places", &places.join(", "))];
            self.tr("incident-shown", &args)
        });
        let mut once: Vec<String> = Vec::new();
        for words in words {
            if !once.contains(&words) {
                once.push(words);
            }
        }
        BriefCell::text(self.join(once))
    }

    fn mend(&self, mend: &Mend<'_>) -> String {
        let item = self.law(&mend.item.name);
        match mend.lacks {
            Some(form) => {
                let form = self.t(&format!("law-form-{}", form.key()));
                self.tr("w-fault-of-form", &[("item", &item), ("form", &form)])
            }
            None => {
                let how = self.law(&mend.cure.how);
                self.tr("incident-mend", &[("item", &item), ("how", &how)])
            }
        }
    }

    fn effort(&self, mend: &Mend<'_>) -> String {
        let (money, work) = mend.effort();
        let money = self.t(&format!("incident-money-{}", money.key()));
        let work = self.t(&format!("incident-work-{}", work.key()));
        self.tr("w-two-words", &[("one", &work), ("two", &money)])
    }

    fn cure(&self, fact: &FactLine<'_>) -> BriefCell {
        let late = match fact.late.is_empty() {
            true => String::new(),
            false => self.tr("incident-late", &[("what", &self.shown(&fact.late).text)]),
        };
        let Some(mend) = fact.mends.first() else { return BriefCell::text(late) };
        let effort = self.effort(mend);
        let cell = BriefCell::text(self.mend(mend)).link(format!(
            "{}?item={}",
            self.here("preserve"),
            mend.item.id.id
        ));
        if fact.only_before {
            let state = Some(("bad", self.t("incident-only-before")));
            return BriefCell { state, ..cell.sub(late) };
        }
        cell.sub(self.join([effort, late]))
    }

    fn limit(&self, limited: &Limited) -> String {
        let name = self.law(&limited.clock.deadline.name);
        let end = limited.clock.end.map(|end| words_of::end(self.lang, end)).unwrap_or_default();
        let key = if limited.over { "incident-limit-over" } else { "incident-limit" };
        self.tr(key, &[("name", &name), ("end", &end)])
    }

    /// How far the elements and the threshold are.
    fn requirements(&self, held: &Held) -> BriefCell {
        let (good, all) = held.door.covered();
        let open: Vec<String> = held
            .door
            .elements
            .iter()
            .filter(|line| line.cover != Cover::Covered)
            .map(|line| self.law(&line.element.name))
            .collect();
        let lacking = held.door.needs.iter().filter(|need| need.shown == Some(false));
        let lacking = lacking.map(|need| self.law(&need.need.name));
        let missing = self.join(open.into_iter().chain(lacking));
        let text = match all {
            0 => self.t("incident-no-elements"),
            _ => self
                .tr("incident-covered", &[("good", &good.to_string()), ("all", &all.to_string())]),
        };
        let sub = match missing.is_empty() {
            true => String::new(),
            false => self.tr("incident-missing", &[("what", &missing)]),
        };
        let reached = match held.door.threshold {
            Reached::NotNeeded => String::new(),
            reached => self.t(&format!("law-reached-{}", reached.key())),
        };
        BriefCell::text(self.join([text, reached])).sub(sub)
    }

    fn board(&self, held: &[Held]) -> Brief {
        let heads = vec![
            ("w-col-route", "", 16),
            ("w-col-requirements", "", 27),
            ("w-col-limit", "", 15),
            ("w-col-takes", "p2", 18),
            ("w-col-brings", "p2", 24),
        ];
        let row = |one: &Held| {
            let route = one.door.route;
            let limits = self.join(one.limits.iter().map(|limit| self.limit(limit)));
            let class = if one.limits.iter().any(|limit| limit.over) { "bad" } else { "" };
            let until = match (limits.is_empty(), class) {
                (true, _) => BriefCell::text(self.t("incident-no-limit")),
                (_, "bad") => BriefCell::state("bad", limits),
                _ => BriefCell::text(limits),
            };
            let cost = self.t(&format!("incident-cost-{}", route.cost.key()));
            let first = BriefCell::text(self.law(&route.title))
                .link(self.here(&format!("doors/{}", route.id.id)))
                .sub(self.cite(&route.cites));
            vec![
                BriefCell { state: Some(self.call(one)), ..first },
                self.requirements(one),
                until,
                BriefCell::text(self.law(&route.takes)).sub(cost),
                BriefCell::text(self.law(&route.brings)),
            ]
        };
        let (doors, others): (Vec<&Held>, Vec<&Held>) =
            held.iter().partition(|one| one.door.route.door);
        let table = |title: &str, of: Vec<&Held>| BriefTable {
            title: self.t(title),
            heads: heads.clone(),
            rows: of.into_iter().map(row).collect(),
        };
        Brief {
            title: self.t("w-incident-options"),
            lead: self.t("w-incident-options-lead"),
            notes: vec![("", self.law(&routes().note))],
            tables: vec![
                table("w-incident-doors", doors),
                table("w-incident-other-routes", others),
            ],
        }
    }

    fn door(&self, held: &Held) -> Result<Brief, Trouble> {
        let route = held.door.route;
        let two = |title: String, rows: Vec<Vec<BriefCell>>| BriefTable {
            title,
            heads: vec![("w-col-matter", "", 26), ("w-col-says", "", 74)],
            rows,
        };
        let said = |key: &str, text: &catalog::Text| {
            vec![BriefCell::text(self.t(key)), BriefCell::text(self.law(text))]
        };
        let mut about = vec![
            said("incident-who", &route.who),
            said("incident-where", &route.place),
            said("incident-brings", &route.brings),
            said("incident-takes", &route.takes),
            said("incident-risk", &route.risk),
        ];
        about.extend(held.laws.iter().map(|law| {
            let days = match (law.from, law.until) {
                (Some(from), _) => self.tr("incident-law-from", &[("day", &from.to_string())]),
                (None, until) => {
                    let day = until.map(|day| day.to_string()).unwrap_or_default();
                    self.tr("incident-law-until", &[("day", &day)])
                }
            };
            let text = BriefCell::text(self.law(&law.text)).sub(self.cite(&law.cites));
            vec![BriefCell::text(self.t("incident-law")).sub(days), text]
        }));
        if held.laws.len() > 1 {
            let cell = BriefCell::text(self.t("incident-law-both"));
            about.push(vec![BriefCell::text(self.t("incident-law")), cell]);
        }
        let mut tables = vec![two(self.t("incident-about"), about)];
        if !held.limits.is_empty() {
            let rows = held.limits.iter().map(|one| {
                let mut versions = law().procedures().iter().filter(|p| p.id == route.procedure.id);
                let counted = versions.next_back().map(|procedure| {
                    words_of::counted(self.lang, law(), procedure, &one.clock).join(" ")
                });
                let end = one.clock.end.map(|end| words_of::end(self.lang, end));
                let mut cell =
                    BriefCell::text(end.unwrap_or_default()).sub(counted.unwrap_or_default());
                cell.state = one.over.then(|| ("bad", self.t("incident-over")));
                let name = BriefCell::text(self.law(&one.clock.deadline.name));
                vec![name.sub(self.cite(one.clock.cites)), cell]
            });
            tables.push(two(self.t("incident-limits"), rows.collect()));
        }
        tables.extend(held.door.elements.iter().map(|line| {
            let (_, words) = self.cover(line.cover);
            let both = [("one", &*self.law(&line.element.name)), ("two", &words)];
            let rows = line.facts.iter().map(|fact| {
                vec![
                    BriefCell::text(self.law(&fact.fact.name)).sub(self.cite(&fact.fact.cites)),
                    BriefCell { state: Some(self.cover(fact.cover)), ..BriefCell::default() },
                    self.shown(&fact.shown),
                    self.cure(fact),
                ]
            });
            BriefTable {
                title: self.tr("w-two-words", &both),
                heads: vec![
                    ("w-col-fact", "", 24),
                    ("w-col-state", "", 12),
                    ("w-col-shown", "", 30),
                    ("w-col-cure", "", 34),
                ],
                rows: rows.collect(),
            }
        }));
        tables.extend(self.needs(held));
        if !held.door.standard.is_none_or(|standard| standard.threshold.is_empty()) {
            tables.push(self.losses(held)?);
        }
        Ok(Brief {
            title: self.law(&route.title),
            lead: self.tr("incident-door-lead", &[("title", &self.row.title)]),
            notes: vec![("", self.t("w-standard-no-verdict"))],
            tables,
        })
    }

    fn needs(&self, held: &Held) -> Option<BriefTable> {
        let rows = held.door.needs.iter().map(|line| {
            let (class, key) = match line.shown {
                Some(true) => ("ok", "incident-need-shown"),
                Some(false) => ("bad", "incident-need-lacks"),
                None => ("", "incident-need-own"),
            };
            vec![
                BriefCell::text(self.law(&line.need.name)).sub(self.cite(&line.need.cites)),
                BriefCell::state(class, self.t(key)),
                self.shown(&line.by),
            ]
        });
        let rows: Vec<_> = rows.collect();
        (!rows.is_empty()).then(|| BriefTable {
            title: self.t("incident-needs"),
            heads: vec![("w-col-matter", "", 44), ("w-col-state", "", 18), ("w-col-shown", "", 38)],
            rows,
        })
    }

    /// Each way of counting side by side, and each threshold.
    fn losses(&self, held: &Held) -> Result<BriefTable, Trouble> {
        let figures = self.office.figures(self.reader, self.row.no)?;
        let mut rows: Vec<Vec<BriefCell>> = Vec::new();
        for threshold in held.door.standard.iter().flat_map(|standard| &standard.threshold) {
            let reached = threshold.reached(figures, law().norms()).key();
            rows.push(vec![
                BriefCell::text(self.law(&threshold.name)).sub(self.cite(&threshold.cites)),
                BriefCell::state("", self.t(&format!("law-reached-{reached}"))),
            ]);
        }
        for one in self.office.reckonings(self.reader, self.row.no)? {
            let method = one.method;
            let to = self.here(&format!("figures/{}/{}", one.sheet.id, method.id.id));
            let sum = one.counted.as_ref();
            let sum = sum.map(|of| result_words(self.lang, method.gives, of.result));
            let mut cell = BriefCell::text(sum.unwrap_or_else(|| self.t("incident-uncounted")));
            cell.state = one.relied.then(|| ("ok", self.t("w-relied")));
            let name = BriefCell::text(self.law(&method.name)).link(to);
            rows.push(vec![name.sub(self.cite(&method.cites)), cell]);
        }
        Ok(BriefTable {
            title: self.t("incident-losses"),
            heads: vec![("w-method", "", 62), ("w-result", "n", 38)],
            rows,
        })
    }

    fn go(&self, held: &Held) -> Brief {
        let (class, call) = self.call(held);
        let (lost, open): (Vec<_>, Vec<_>) =
            held.door.gaps().into_iter().partition(|(_, fact)| fact.only_before);
        let gap = |(element, fact): (&catalog::standard::Element, &FactLine<'_>)| {
            let effort = fact.mends.first().map(|mend| self.effort(mend)).unwrap_or_default();
            let cure = self.cure(fact);
            vec![
                BriefCell {
                    state: Some(self.cover(fact.cover)),
                    ..BriefCell::text(self.law(&element.name))
                }
                .sub(self.law(&fact.fact.name)),
                BriefCell { sub: String::new(), ..cure },
                BriefCell::text(effort),
                BriefCell::text(self.cite(&fact.fact.cites)),
            ]
        };
        let heads = vec![
            ("w-col-element", "", 26),
            ("w-col-cure", "", 40),
            ("w-col-effort", "", 16),
            ("w-col-basis", "p2", 18),
        ];
        let mut tables = Vec::new();
        if !open.is_empty() {
            let rows = open.into_iter().map(gap).collect();
            let title = self.t("incident-go-gaps");
            tables.push(BriefTable { title, heads: heads.clone(), rows });
        }
        if !lost.is_empty() {
            let rows = lost.into_iter().map(gap).collect();
            tables.push(BriefTable { title: self.t("incident-go-lost"), heads, rows });
        }
        tables.extend(self.needs(held));
        let mut notes = vec![(class, call)];
        notes.extend(
            held.limits
                .iter()
                .map(|limit| (if limit.over { "bad" } else { "" }, self.limit(limit))),
        );
        if held.door.threshold != Reached::NotNeeded {
            let reached = held.door.threshold.key();
            notes.push(("", self.t(&format!("law-reached-{reached}"))));
        }
        notes.push(("", self.t("incident-not-kept")));
        let title = self.law(&held.door.route.title);
        Brief {
            title: self.tr("incident-go-title", &[("route", &title)]),
            lead: self.t("incident-go-lead"),
            notes,
            tables,
        }
    }

    fn hit(&self, hit: &Hit) -> String {
        let of = [hit.secret, hit.person, hit.partner, hit.thing].into_iter().flatten();
        let mut of: Vec<String> = of.map(|no| self.office.called(self.reader, no)).collect();
        of.extend(hit.exhibit.map(|no| self.tr("w-exhibit-no", &[("n", &no.to_string())])));
        let args = [
            ("idx", &*hit.idx.to_string()),
            ("day", &hit.day.to_string()),
            ("of", &of.join(&self.t("w-comma"))),
        ];
        self.tr("incident-hit", &args)
    }

    fn moot(&self, raised: &[Raised<'_>]) -> Brief {
        let all = moot().argument.len();
        let rows = raised.iter().map(|one| {
            let argument = one.argument;
            let first = &one.hits[0];
            let holes = [
                ("{secret}", first.secret),
                ("{person}", first.person),
                ("{partner}", first.partner),
                ("{incident}", Some(self.row.no)),
            ];
            let at = argument.at.as_deref().and_then(|at| place(at, &holes));
            let to = at.unwrap_or_else(|| {
                let item = argument.items.first().map(|item| &*item.id).unwrap_or_default();
                format!("{}?item={item}", self.here("preserve"))
            });
            let hits = one.hits.iter().take(GROUNDS_MAX).map(|hit| self.hit(hit));
            let mut hits: Vec<String> = hits.collect();
            if one.hits.len() > GROUNDS_MAX {
                let n = (one.hits.len() - GROUNDS_MAX).to_string();
                hits.push(self.tr("cli-control-more", &[("n", &n)]));
            }
            let before = match argument.before {
                true => self.tr("incident-by-act", &[("day", &self.row.from.to_string())]),
                false => String::new(),
            };
            vec![
                BriefCell::text(self.law(&argument.title)).sub(self.cite(&argument.cites)),
                BriefCell::text(self.law(&argument.says)),
                BriefCell::text(self.join(hits)).link(format!("/ledger/{}", first.idx)),
                BriefCell::text(self.law(&argument.answer)).link(to).sub(before),
            ]
        });
        let table = BriefTable {
            title: self.t("incident-moot-raised"),
            heads: vec![
                ("w-col-argument", "", 18),
                ("w-col-says", "", 28),
                ("w-col-trigger", "", 24),
                ("w-col-answer", "", 30),
            ],
            rows: rows.collect(),
        };
        let counts = [("n", &*raised.len().to_string()), ("all", &all.to_string())];
        Brief {
            title: self.law(&moot().title),
            lead: self.tr("incident-moot-lead", &counts),
            notes: vec![("", self.law(&moot().note)), ("", self.t("incident-not-kept"))],
            tables: if table.rows.is_empty() { Vec::new() } else { vec![table] },
        }
    }
}
