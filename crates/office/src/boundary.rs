//! The boundary test of a secret point: attacked as the other side would, the cheapest cure first,
//! and looked at by the three elements of a trade secret.

use catalog::boundary::Flaw;
use domain::terms::Class;
use domain::{Day, Number};
use store::Reader;
use store::read::{MatchRow, SecretFilter, SecretState};
use vault::Unlocked;

use crate::{Office, SecretForm, Shown, Trouble, law};

/// The most other secret points that are compared; more would keep a page waiting.
const OTHERS_MAX: u32 = 2_000;

/// What a cure takes, the cheapest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cost {
    /// A date, a name or a sentence in a field.
    Field,
    /// A file, or a paragraph.
    Paragraph,
    /// Writing it anew.
    Rewrite,
    /// Something that others must do too.
    Others,
}

impl Cost {
    /// The fixed word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Paragraph => "paragraph",
            Self::Rewrite => "rewrite",
            Self::Others => "others",
        }
    }
}

/// Something that the other side would attack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attacked {
    /// The key of its words; with `-cure` that of what to do.
    pub key: &'static str,
    /// The statement, when it is about one.
    pub statement: Option<u32>,
    /// The other secret point, when it is about one.
    pub other: Option<Number>,
    /// The words of the statement that show it. They are secret as it is.
    pub words: Vec<String>,
    /// What the cure takes.
    pub cost: Cost,
}

/// How an element of art. 10 of the law stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was found against it.
    Stands,
    /// It can be attacked.
    Weak,
    /// Nothing shows it.
    Lacking,
}

impl Standing {
    /// The fixed word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stands => "stands",
            Self::Weak => "weak",
            Self::Lacking => "lacking",
        }
    }
}

/// The elements of a trade secret, by their words.
pub const ELEMENTS: [&str; 3] = ["unknown", "value", "measures"];

/// Attacks, what they bear on, and whether the element lacks then.
const ATTACKS: &[(&str, Cost, &str, Standing)] = &[
    ("point-no-date", Cost::Field, "unknown", Standing::Weak),
    ("point-no-owner", Cost::Field, "measures", Standing::Weak),
    ("point-no-why", Cost::Field, "measures", Standing::Weak),
    ("point-nobody-cleared", Cost::Field, "measures", Standing::Weak),
    ("point-unprotected", Cost::Field, "measures", Standing::Weak),
    ("point-same", Cost::Paragraph, "unknown", Standing::Weak),
    ("point-no-public", Cost::Paragraph, "unknown", Standing::Weak),
    ("point-no-value", Cost::Paragraph, "value", Standing::Lacking),
    ("point-no-origin", Cost::Paragraph, "unknown", Standing::Weak),
    ("point-no-carrier", Cost::Paragraph, "unknown", Standing::Weak),
    ("point-wide", Cost::Rewrite, "unknown", Standing::Lacking),
    ("point-public", Cost::Rewrite, "unknown", Standing::Lacking),
    ("point-published", Cost::Rewrite, "unknown", Standing::Weak),
    ("point-skill", Cost::Rewrite, "unknown", Standing::Lacking),
    ("point-bare", Cost::Rewrite, "unknown", Standing::Weak),
    ("point-no-statement", Cost::Rewrite, "unknown", Standing::Lacking),
    ("point-no-measure", Cost::Others, "measures", Standing::Lacking),
];

/// What a boundary test came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointCheck {
    /// What can be attacked, the cheapest cure first.
    pub attacks: Vec<Attacked>,
    /// How each element of [`ELEMENTS`] stands.
    pub elements: [Standing; 3],
    /// How many statements of other secret points it was compared with.
    pub compared: usize,
}

/// A secret point as the test looks at it.
struct Looked<'a> {
    statements: Vec<(u32, String)>,
    public: String,
    has_value: bool,
    has_origin: bool,
    has_owner: bool,
    has_carrier: bool,
    formed: Option<Day>,
    /// Whether the latest public check found something that may have been public in time.
    published: bool,
    /// The measures in force and who is cleared; `None` before it is registered.
    kept: Option<(Vec<&'a MatchRow>, usize)>,
}

impl PointCheck {
    /// The keys of all attacks.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        ATTACKS.iter().map(|(key, ..)| *key)
    }

    fn of(looked: &Looked<'_>, others: &[(Number, String)]) -> Self {
        let mut attacks = Vec::new();
        let mut attack = |key: &'static str, statement, other, words| {
            let cost =
                ATTACKS.iter().find(|(of, ..)| *of == key).map_or(Cost::Rewrite, |one| one.1);
            attacks.push(Attacked { key, statement, other, words, cost });
        };
        let mut whole = |is_so: bool, key| {
            if is_so {
                attack(key, None, None, Vec::new());
            }
        };
        whole(looked.statements.is_empty(), "point-no-statement");
        whole(looked.formed.is_none(), "point-no-date");
        whole(!looked.has_owner, "point-no-owner");
        whole(looked.public.is_empty(), "point-no-public");
        whole(!looked.has_value, "point-no-value");
        whole(!looked.has_origin, "point-no-origin");
        whole(!looked.has_carrier, "point-no-carrier");
        whole(looked.published, "point-published");
        if let Some((measures, cleared)) = &looked.kept {
            whole(measures.is_empty(), "point-no-measure");
            whole(*cleared == 0, "point-nobody-cleared");
            whole(measures.iter().any(|one| one.why.is_none()), "point-no-why");
        }
        let test = law().boundary();
        for (no, text) in &looked.statements {
            for found in test.attack(text, &looked.public) {
                attack(key_of(found.flaw), Some(*no), None, found.words);
            }
            let same = others.iter().find(|(_, other)| test.is_same(text, other));
            if let Some((other, _)) = same {
                attack(key_of(Flaw::Same), Some(*no), Some(*other), Vec::new());
            }
            let covers = |one: &&MatchRow| {
                one.statements.as_ref().is_none_or(|statements| statements.contains(no))
            };
            if let Some((measures, _)) = &looked.kept
                && !measures.is_empty()
                && !measures.iter().any(covers)
            {
                attack("point-unprotected", Some(*no), None, Vec::new());
            }
        }
        let rank = |key: &str| ATTACKS.iter().position(|(of, ..)| *of == key);
        attacks.sort_by_key(|one| (one.cost, rank(one.key), one.statement));
        let mut elements = [Standing::Stands; 3];
        for one in &attacks {
            let Some((_, _, of, standing)) = ATTACKS.iter().find(|(key, ..)| *key == one.key)
            else {
                continue;
            };
            let Some(at) = ELEMENTS.iter().position(|element| element == of) else { continue };
            if elements[at] != Standing::Lacking {
                elements[at] = *standing;
            }
        }
        if looked.kept.is_none() {
            elements[2] = Standing::Lacking;
        }
        Self { attacks, elements, compared: others.len() }
    }
}

const fn key_of(flaw: Flaw) -> &'static str {
    match flaw {
        Flaw::Wide => "point-wide",
        Flaw::Bare => "point-bare",
        Flaw::Skill => "point-skill",
        Flaw::Public => "point-public",
        Flaw::Same => "point-same",
    }
}

impl Office {
    /// Attacks a secret point that is about to be registered. `has_carrier` says whether files come
    /// with it.
    ///
    /// # Errors
    /// [`Trouble`] when other secret points can't be read.
    pub fn check_form(
        &self,
        reader: &Reader,
        form: &SecretForm,
        has_carrier: bool,
        unlocked: &Unlocked,
    ) -> Result<PointCheck, Trouble> {
        let there =
            |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        let looked = Looked {
            statements: (1..).zip(form.statements.iter().cloned()).collect(),
            public: form.public.clone().unwrap_or_default(),
            has_value: there(&form.value),
            has_origin: there(&form.origin),
            has_owner: form.owner.is_some(),
            has_carrier,
            formed: form.happened,
            published: false,
            kept: None,
        };
        let others = self.other_statements(reader, form.class, None, unlocked)?;
        Ok(PointCheck::of(&looked, &others))
    }

    /// Attacks a secret point that stands. Its statements are opened for the program alone: what
    /// comes out are kinds of attack and, for whoever may read it, the words that show them.
    ///
    /// # Errors
    /// [`Trouble::Unknown`] when there is none.
    pub fn check_point(
        &self,
        reader: &Reader,
        no: Number,
        unlocked: &Unlocked,
    ) -> Result<PointCheck, Trouble> {
        let card = reader.secret(no)?.ok_or(Trouble::Unknown(no))?;
        let open = |idx: Option<u64>, field: &str| -> Result<String, Trouble> {
            let Some(idx) = idx else { return Ok(String::new()) };
            let shown = self.field(reader, idx, field, Some(unlocked))?;
            Ok(shown.text().unwrap_or_default().to_owned())
        };
        let mut statements = Vec::new();
        for row in card.statements.iter().filter(|row| row.stands) {
            statements.push((row.no, open(Some(row.idx), "text")?));
        }
        let today = self.today();
        let measures = card.measures.iter().filter(|row| row.measure.in_force(today)).collect();
        let cleared = card.clearances.iter().filter(|row| row.barred_idx.is_none()).count();
        let looked = Looked {
            statements,
            public: open(card.public_idx, "public")?,
            has_value: card.value_idx.is_some(),
            has_origin: card.origin_idx.is_some(),
            has_owner: card.row.owner.is_some(),
            has_carrier: card.carriers.iter().any(|row| !row.retired),
            formed: card.row.happened,
            published: reader
                .public_checks(Some(no))?
                .first()
                .is_some_and(|check| check.earlier > 0 || check.day.is_none() && check.found > 0),
            kept: Some((measures, cleared)),
        };
        let others = self.other_statements(reader, card.row.class, Some(no), unlocked)?;
        Ok(PointCheck::of(&looked, &others))
    }

    /// The statements of the other secret points of a class that stand.
    fn other_statements(
        &self,
        reader: &Reader,
        class: Class,
        except: Option<Number>,
        unlocked: &Unlocked,
    ) -> Result<Vec<(Number, String)>, Trouble> {
        let filter = SecretFilter {
            class: Some(class),
            state: Some(SecretState::Active),
            limit: OTHERS_MAX,
            ..SecretFilter::default()
        };
        let mut found = Vec::new();
        for row in reader.secrets(&filter)?.rows.iter().filter(|row| Some(row.no) != except) {
            let Some(card) = reader.secret(row.no)? else { continue };
            for statement in card.statements.iter().filter(|statement| statement.stands) {
                if let Shown::Value(text) =
                    self.field(reader, statement.idx, "text", Some(unlocked))?
                {
                    found.push((row.no, text.as_str().unwrap_or_default().to_owned()));
                }
            }
        }
        Ok(found)
    }
}
