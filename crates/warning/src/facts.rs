//! What a station holds, as far as rules ask for it: companies and facts about them and their
//! matters. There is no place in it for a natural person.

use catalog::warning::Sort;

/// A place in a list of names: a park, a field, a word.
pub type Place = u16;

/// A company.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Company {
    /// Its count in the directory's numbers.
    pub no: u32,
    /// 园区, by its place among the parks.
    pub park: Option<Place>,
    /// 街道.
    pub street: Option<Place>,
    /// 行业领域.
    pub field: Option<Place>,
    /// The weight of its tags of public policy; 0 for none.
    pub weight: u32,
}

/// A fact. Days are those since 1970-01-01.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What sort.
    pub sort: Sort,
    /// The company it is about, by its place.
    pub company: Option<u32>,
    /// When it began.
    pub day: i32,
    /// When it is or was due.
    pub due: Option<i32>,
    /// When it ended.
    pub ended: Option<i32>,
    /// Its word, by its place.
    pub word: Place,
    /// The office in charge, by its place.
    pub unit: Option<Place>,
    /// The other company it names, by its place.
    pub other: Option<u32>,
    /// The count of the number it stands under.
    pub no: u32,
}

/// Companies and facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct District {
    /// The companies.
    pub companies: Vec<Company>,
    /// Names of parks.
    pub parks: Vec<String>,
    /// Names of sub-districts.
    pub streets: Vec<String>,
    /// Names of fields.
    pub fields: Vec<String>,
    /// Names of offices.
    pub units: Vec<String>,
    /// Words of facts.
    pub words: Vec<String>,
    /// The facts of each sort, by their days.
    facts: [Vec<Fact>; Sort::ALL.len()],
}

impl Fact {
    /// A fact of a sort about a company on a day, and nothing else.
    pub fn new(sort: Sort, company: Option<u32>, day: i32) -> Self {
        Self { sort, company, day, due: None, ended: None, word: 0, unit: None, other: None, no: 0 }
    }

    /// Whether it is open on a day on which it is known.
    pub fn is_open(&self, on: i32) -> bool {
        self.ended.is_none_or(|ended| ended > on)
    }
}

/// The place of a name in a list; it is put there when it is not in it.
pub(crate) fn place(of: &mut Vec<String>, name: &str) -> Place {
    let at = of.iter().position(|known| known == name).unwrap_or_else(|| {
        of.push(name.to_owned());
        of.len() - 1
    });
    Place::try_from(at).unwrap_or(Place::MAX)
}

impl District {
    /// Companies without facts yet.
    pub fn new(companies: Vec<Company>) -> Self {
        Self { companies, ..Self::default() }
    }

    /// The place of a word.
    pub fn word(&mut self, word: &str) -> Place {
        place(&mut self.words, word)
    }

    /// The place of a park.
    pub fn park(&mut self, park: &str) -> Place {
        place(&mut self.parks, park)
    }

    /// The place of a sub-district.
    pub fn street(&mut self, street: &str) -> Place {
        place(&mut self.streets, street)
    }

    /// The place of a field.
    pub fn field(&mut self, field: &str) -> Place {
        place(&mut self.fields, field)
    }

    /// The place of an office.
    pub fn unit(&mut self, unit: &str) -> Place {
        place(&mut self.units, unit)
    }

    /// Adds facts.
    pub fn add(&mut self, facts: impl IntoIterator<Item = Fact>) {
        for fact in facts {
            self.facts[fact.sort as usize].push(fact);
        }
        for facts in &mut self.facts {
            facts.sort_by_key(|fact| (fact.day, fact.company, fact.no));
        }
    }

    /// The facts of a sort that are known on a day, by their days.
    pub fn known(&self, sort: Sort, on: i32) -> &[Fact] {
        let facts = &self.facts[sort as usize];
        &facts[..facts.partition_point(|fact| fact.day <= on)]
    }

    /// All facts.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.facts.iter().flatten()
    }
}
