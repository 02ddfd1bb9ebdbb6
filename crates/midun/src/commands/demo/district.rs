//! A fictional district: its companies, institutions and research teams, the same ones each time.
//!
//! Names say that they are made up, codes are of a division that nobody has, and telephone numbers
//! begin with 000.

use std::collections::BTreeSet;

use domain::CreditCode;
use domain::terms::CompanyKind;

/// Research teams and institutions of a whole district; fewer in a smaller one.
const TEAMS: u32 = 87;
const INSTITUTIONS: u32 = 24;
/// Companies of a whole district.
pub const WHOLE: u32 = 20_000;
/// Companies that the district calls its key ones.
const KEY_COMPANIES: usize = 29;
/// The tag of those.
pub const KEY: &str = "重点企业";

const FIRST: &str =
    "岚磐澄砚霁泓翊昀珩屿沐衡溪岫澜栖岑峤嵘泽漪汀沚洵湛珞琰璟瑾玥霖霄霏槿桐梓榆楠檀柏";
const SECOND: &str =
    "舟帆鹭雁鹤鸢麟骐骊骁隼翎羽翰翮翼云霞虹晖曦旭晴朔望朗峻峰岳崧峦壑溯涧泉津渚洲浦";
const SURNAMES: &str = "黎沈许韩顾何陆秦邵裴温祝简柳谈";

/// 园区, with its weight and how much of it the station has reached by its trainings, of 100.
pub const PARKS: [(&str, u32, u32); 8] = [
    ("北岭园区", 22, 62),
    ("南坞园区", 16, 41),
    ("东渚科创园", 14, 33),
    ("云峰软件园", 12, 24),
    ("澄湖生命科学园", 8, 48),
    ("松风智造园", 12, 9),
    ("西塘产业园", 10, 3),
    ("砚池文创园", 6, 0),
];

const STREETS: [(&str, u32); 10] = [
    ("松风街道", 16),
    ("云峰街道", 15),
    ("岚溪街道", 13),
    ("砚池街道", 11),
    ("澄湖街道", 10),
    ("磐石街道", 9),
    ("霁月街道", 8),
    ("汀洲街道", 7),
    ("竹坞街道", 6),
    ("石桥镇", 5),
];

/// 行业领域, with its weight, how many of 1,000 are high-tech, and what companies of it are called.
const FIELDS: [(&str, u32, u32, [&str; 4]); 12] = [
    ("新材料", 7, 320, ["新材料", "膜材料", "特种陶瓷", "高分子"]),
    ("装备制造", 12, 210, ["精密", "智能装备", "机床", "传动"]),
    ("电子信息", 10, 280, ["电子", "传感", "微电子", "显示"]),
    ("软件服务", 14, 190, ["软件", "数据", "信息技术", "云服务"]),
    ("生物医药", 6, 300, ["生物", "医药", "诊断", "医疗器械"]),
    ("节能环保", 6, 160, ["环保", "水处理", "节能", "再生资源"]),
    ("新能源", 5, 290, ["储能", "光伏", "氢能", "电池"]),
    ("汽车零部件", 9, 120, ["汽配", "制动", "内饰", "车灯"]),
    ("精细化工", 5, 150, ["化工", "涂料", "助剂", "香料"]),
    ("食品饮料", 7, 30, ["食品", "调味品", "饮品", "烘焙"]),
    ("设计文创", 8, 20, ["设计", "文化", "印艺", "会展"]),
    ("商贸物流", 11, 10, ["商贸", "供应链", "物流", "进出口"]),
];

/// An entry of the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name, which says that it is made up.
    pub name: String,
    /// What it is.
    pub kind: CompanyKind,
    /// Its code; a team has none.
    pub code: Option<CreditCode>,
    /// Tags in the words of lists.
    pub tags: Vec<&'static str>,
    /// 行业领域.
    pub field: &'static str,
    /// 园区.
    pub park: Option<&'static str>,
    /// 街道.
    pub street: &'static str,
    /// Whom to talk to.
    pub contact: String,
}

/// Chance that is the same each time (splitmix64): a demo, and a bench, can be told again.
pub struct Dice(u64);

impl Dice {
    /// Dice that fall as the seed says.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: u32) -> u32 {
        (self.roll() % u64::from(end.max(1))) as u32
    }

    /// Whether something happens that does so `of_1000` times of 1,000.
    pub fn happens(&mut self, of_1000: u32) -> bool {
        self.below(1_000) < of_1000
    }

    /// One of a list.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u32) as usize]
    }

    /// The place of one, by weights.
    fn weighed(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let mut left = self.below(weights.clone().sum());
        weights
            .take_while(|weight| {
                let over = left >= *weight;
                left = left.saturating_sub(*weight);
                over
            })
            .count()
    }
}

/// Everybody in a district of so many companies: these first, then teams and institutions.
pub fn entries(companies: u32) -> Vec<Entry> {
    let dice = &mut Dice::new(20_260_415);
    let (first, second) = (letters(FIRST), letters(SECOND));
    let mut taken = BTreeSet::new();
    let mut name = |dice: &mut Dice, end: &str| loop {
        let name = format!("云岫{}{}{end}（虚构）", dice.one(&first), dice.one(&second));
        if taken.insert(name.clone()) {
            return name;
        }
    };
    let mut entries = Vec::with_capacity(companies as usize + 111);
    for at in 0..companies {
        let (field, _, high_tech, ends) = FIELDS[dice.weighed(FIELDS.iter().map(|f| f.1))];
        let end = *dice.one(&ends);
        let entry = Entry {
            name: name(dice, end),
            kind: CompanyKind::Company,
            code: code("91", at + 1),
            tags: tags(dice, high_tech),
            ..somewhere(dice, field)
        };
        entries.push(entry);
    }
    name_key_ones(&mut entries);
    let part = |whole: u32| (whole * companies).div_ceil(WHOLE);
    for at in 0..part(INSTITUTIONS) {
        let field = FIELDS[at as usize % FIELDS.len()].0;
        let name = name(dice, &format!("{field}研究院"));
        let code = code("12", at + 1);
        let kind = CompanyKind::Institution;
        entries.push(Entry { name, kind, code, tags: vec![], ..somewhere(dice, field) });
    }
    for at in 0..part(TEAMS) {
        // The first fields are those that laboratories work in.
        let field = FIELDS[at as usize % 8].0;
        let name = name(dice, &format!("{field}团队"));
        let (kind, tags) = (CompanyKind::Team, vec!["院士团队"]);
        entries.push(Entry { name, kind, code: None, tags, ..somewhere(dice, field) });
    }
    entries
}

fn letters(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// A code of the division 990000, which is not assigned (GB/T 2260).
pub fn code(sort: &str, count: u32) -> Option<CreditCode> {
    CreditCode::completed(&format!("{sort}990000{count:09}"))
}

fn tags(dice: &mut Dice, high_tech: u32) -> Vec<&'static str> {
    let mut tags = Vec::new();
    if dice.happens(high_tech) {
        tags.push("高新技术企业");
        if dice.happens(260) {
            tags.push("专精特新");
            if dice.happens(110) {
                tags.push("小巨人");
            }
        }
        if dice.happens(16) {
            tags.push("上市企业");
        }
    }
    tags
}

/// The key companies are among those with most tags, as far as there are any.
fn name_key_ones(entries: &mut [Entry]) {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(entries[at].tags.len()));
    let most = KEY_COMPANIES.min(entries.len().div_ceil(10));
    for at in order.into_iter().take(most) {
        entries[at].tags.push(KEY);
    }
}

/// An entry with a place and a contact, and nothing else yet.
fn somewhere(dice: &mut Dice, field: &'static str) -> Entry {
    let park = dice.happens(460).then(|| PARKS[dice.weighed(PARKS.iter().map(|p| p.1))].0);
    let surnames = letters(SURNAMES);
    Entry {
        name: String::new(),
        kind: CompanyKind::Company,
        code: None,
        tags: Vec::new(),
        field,
        park,
        street: STREETS[dice.weighed(STREETS.iter().map(|s| s.1))].0,
        contact: format!(
            "{}示{} 000-{:05}",
            dice.one(&surnames),
            dice.below(99) + 1,
            dice.below(100_000)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_district_is_the_same_each_time_and_says_that_it_is_made_up() {
        let district = entries(2_000);
        assert_eq!(district, entries(2_000));
        let codes: BTreeSet<_> = district.iter().filter_map(|entry| entry.code).collect();
        let names: BTreeSet<_> = district.iter().map(|entry| &entry.name).collect();
        assert_eq!(names.len(), district.len());
        let coded = district.iter().filter(|entry| entry.kind != CompanyKind::Team).count();
        assert_eq!(codes.len(), coded);
        for entry in &district {
            assert!(entry.name.ends_with("（虚构）"), "{}", entry.name);
            assert!(entry.contact.contains(" 000-"), "{}", entry.contact);
            let division = entry.code.map(|code| code.to_string()[2..8].to_owned());
            assert_eq!(division.as_deref().unwrap_or("990000"), "990000");
        }
    }

    #[test]
    fn a_whole_district_has_its_known_sizes_and_all_tags() {
        let district = entries(WHOLE);
        let count = |keep: &dyn Fn(&&Entry) -> bool| district.iter().filter(keep).count();
        assert_eq!(count(&|entry| entry.kind == CompanyKind::Company), 20_000);
        assert_eq!(count(&|entry| entry.kind != CompanyKind::Company), 111);
        assert_eq!(count(&|entry| entry.tags.contains(&KEY)), 29);
        for tag in ["高新技术企业", "专精特新", "小巨人", "上市企业"] {
            assert!(count(&|entry| entry.tags.contains(&tag)) > 20, "{tag}");
        }
        for (park, ..) in PARKS {
            assert!(count(&|entry| entry.park == Some(park)) > 100, "{park}");
        }
        assert!(count(&|entry| entry.park.is_none()) > 5_000);
    }
}
