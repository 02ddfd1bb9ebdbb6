//! Files that hold a trade secret: fifteen sorts, four of each, half of them without any mark.

use super::Dice;
use super::pack::{docx, gb18030, mail, ole, scan, xlsx};

const MATERIALS: &[&str] =
    &["银粉", "玻璃粉 G-7", "乙基纤维素", "松油醇", "丁基卡必醇", "氧化铋", "分散剂 D-12", "铝粉"];
const MATERIALS_EN: &[&str] =
    &["silver flake", "glass frit G-7", "ethyl cellulose", "terpineol", "bismuth oxide", "D-12"];
const PRODUCTS: &[&str] = &["C-17", "C-21", "K-3", "TZ-40"];
const FIRMS: &[&str] =
    &["海棠电子(虚构)", "北屿光能(虚构)", "松溪精工(虚构)", "白鹭动力(虚构)", "青禾半导体(虚构)"];
const PEOPLE: &[&str] = &["陈一帆", "林若溪", "周牧野", "沈听澜", "何知秋"];

/// Four of a sort: with a mark, without, in Chinese, in English.
fn mark(variant: usize) -> &'static str {
    match variant {
        0 => "岚屿新材料（虚构） 商业秘密·核心\n",
        2 => "LANYU MATERIALS (fictional) - COMPANY CONFIDENTIAL\n",
        _ => "",
    }
}

/// The `n`th carrier: where it lies, and what is in it.
pub fn carrier(dice: &mut Dice, n: usize) -> (String, Vec<u8>) {
    let (sort, variant) = (n % 15, n / 15);
    let product = PRODUCTS[variant];
    let english = variant >= 2;
    let head = mark(variant);
    match sort {
        0 => {
            let text = recipe(dice, product, english);
            (
                format!("研发部/{product}/浆料/{product} 配比 v{}.docx", dice.below(9)),
                docx(&format!("{head}{text}")),
            )
        }
        1 => {
            let text = process(dice, product, english);
            let bytes = if english { text.into_bytes() } else { gb18030(&format!("{head}{text}")) };
            (format!("生产/作业卡/{product}-烧成-{}.txt", dice.below(100)), bytes)
        }
        2 => {
            let mut rows = vec![heads(if english {
                "Account,Contact,Mobile,Last order,Agreed price,Payment habit"
            } else {
                "单位名称,对接人,手机,上次下单,成交单价,付款习惯"
            })];
            for _ in 0..25 + dice.below(60) {
                rows.push(vec![
                    dice.pick(FIRMS).into(),
                    dice.pick(PEOPLE).into(),
                    format!("1390000{:04}", dice.below(10_000)),
                    format!("2025-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28)),
                    dice.value(400, 900),
                    dice.pick(&["月结60天", "款到发货", "net 30", "承兑"]).into(),
                ]);
            }
            (format!("销售/{}/在册{product}.xlsx", 2022 + variant), xlsx(&rows))
        }
        3 => {
            let mut rows = vec![heads(if english {
                "Item,Floor price,List price,Margin,Discount limit"
            } else {
                "品名,底价,挂牌价,毛利率,折扣下限"
            })];
            for _ in 0..12 + dice.below(30) {
                rows.push(vec![
                    format!("{product}-{}", dice.below(90)),
                    dice.value(300, 500),
                    dice.value(500, 800),
                    format!("{}%", dice.value(18, 45)),
                    format!("{}%", dice.value(2, 12)),
                ]);
            }
            (format!("销售/内部/{product}-2026H1.xlsx"), xlsx(&rows))
        }
        4 => (
            format!(
                "研发部/控制软件/src/{}_{}.c",
                ["profile", "feeder", "kiln", "vision"][variant],
                variant
            ),
            source(dice, product, head).into_bytes(),
        ),
        5 => (
            format!("图纸/{product}/喷嘴组件-{}.dxf", dice.below(100)),
            drawing(dice, product, head),
        ),
        6 => {
            let mut text = String::from(if english {
                "batch,solids %,viscosity mPa·s,peak ℃,dwell min,adhesion N\n"
            } else {
                "批次,固含量%,黏度 mPa·s,峰值温度 ℃,保温 min,附着力 N\n"
            });
            for batch in 0..40 + dice.below(80) {
                text.push_str(&format!(
                    "{product}-{batch},{},{},{},{},{}\n",
                    dice.value(46, 52),
                    1200 + dice.below(200),
                    820 + dice.below(60),
                    dice.value(9, 14),
                    dice.value(3, 9)
                ));
            }
            (format!("研发部/{product}/试制/第{}轮.csv", dice.below(30)), text.into_bytes())
        }
        7 => {
            let text = format!(
                "{head}关于{}年度浆料采购项目的投标文件（商务部分）\n投标报价：人民币 {} 万元，其中材料 {} 万元、\
                 加工 {} 万元。\n报价策略：首轮按底价上浮 {}%，次轮可让至 {}%。\n评标方 {} 关注交期，承诺 {} 天。\n",
                2024 + variant,
                dice.value(300, 900),
                dice.value(100, 300),
                dice.value(50, 100),
                dice.value(4, 9),
                dice.value(1, 3),
                dice.pick(FIRMS),
                10 + dice.below(20)
            );
            (format!("市场/投标/{}/商务标-{variant}.docx", 2024 + variant), docx(&text))
        }
        8 => {
            let text = format!(
                "{}\n请按下面的改，周一开始执行：\n{}",
                dice.pick(PEOPLE),
                process(dice, product, english)
            );
            let subject = if english {
                "Fwd: kiln settings for next week"
            } else {
                "转发：下周的窑炉设定"
            };
            (
                format!("邮件归档/{}/{}.eml", dice.pick(&["2025", "2026"]), 40_000 + variant),
                mail("chen", "line2", subject, &text),
            )
        }
        9 => {
            let text = format!(
                "# Why {product} does not sag\n\n{head}We load {} % of {} first and only then {} %. The gel point \
                 moves by {} K for each 0.1 % of D-12.\n\n    tau = {} * exp(-{} / T) + {} * s^2\n\nBelow {} ℃ the film tears. \
                 Nobody else runs it at {} rpm for {} h.\n",
                dice.value(40, 60),
                dice.pick(MATERIALS_EN),
                dice.value(2, 6),
                dice.value(1, 5),
                dice.value(1, 9),
                dice.below(9000),
                dice.value(0, 3),
                300 + dice.below(90),
                200 + dice.below(90),
                dice.value(20, 40)
            );
            (format!("rnd/notes/{product}-sag-{variant}.md"), text.into_bytes())
        }
        10 => {
            let mut rows = vec![heads(if english {
                "Part,Unit cost,Labour,Overhead,Scrap rate"
            } else {
                "物料,单位成本,人工,制造费用,报废率"
            })];
            for _ in 0..20 + dice.below(20) {
                let part = dice.pick(if english { MATERIALS_EN } else { MATERIALS });
                rows.push(vec![
                    part.into(),
                    dice.value(10, 90),
                    dice.value(1, 9),
                    dice.value(1, 9),
                    format!("{}%", dice.value(1, 6)),
                ]);
            }
            (format!("财务/成本核算/{product}-{}.xlsx", 2023 + variant), xlsx(&rows))
        }
        11 => (format!("图纸/{product}/模具-{variant}.stp"), step(dice, product)),
        12 => (format!("档案室/扫描/{product} 烧成曲线 手写记录 {variant}.pdf"), scan()),
        13 => {
            let text = format!(
                "{head}{}{}",
                recipe(dice, product, english),
                process(dice, product, english)
            );
            (
                format!(
                    "研发部/旧资料/{product} 中试总结.{}",
                    if variant % 2 == 0 { "wps" } else { "doc" }
                ),
                ole(&text),
            )
        }
        _ => {
            let text = format!(
                "{head}{} 三年产品路线\n一、{} 年停掉 {}，产能转到 {}，预计毛利率提高 {} 个百分点。\n\
                 二、与 {} 谈独家供货，底线为年采购 {} 万元。\n三、并购对象 {}，估值不高于 {} 万元，尚未公开。\n",
                2026 + variant,
                2027 + variant,
                dice.pick(PRODUCTS),
                product,
                dice.value(3, 9),
                dice.pick(FIRMS),
                100 + dice.below(900),
                dice.pick(FIRMS),
                1000 + dice.below(9000)
            );
            (format!("总经办/{}/路线-{variant}.docx", 2026 + variant), docx(&text))
        }
    }
}

fn heads(text: &str) -> Vec<String> {
    text.split(',').map(str::to_owned).collect()
}

fn recipe(dice: &mut Dice, product: &str, english: bool) -> String {
    let mut rest = 1000;
    let mut text = if english {
        format!("Composition of paste {product} (fictional), by weight\n")
    } else {
        format!("{product} 浆料组成（虚构），按质量计\n")
    };
    for n in 0..4 {
        let part = 60 + dice.below(rest / 2 - 60);
        rest -= part;
        let name = if english { MATERIALS_EN[n] } else { MATERIALS[n] };
        text.push_str(&format!("{name}  {}.{}%\n", part / 10, part % 10));
    }
    let last = if english { "solvent" } else { "其余溶剂" };
    text.push_str(&format!("{last}  {}.{}%\n", rest / 10, rest % 10));
    text
}

fn process(dice: &mut Dice, product: &str, english: bool) -> String {
    if english {
        return format!(
            "Firing of {product} (fictional)\n1. Heat to {} ℃ at {} ℃/min.\n2. Dwell {} min, then {} ℃ for {} min.\n\
             3. Belt speed {} mm/min, air {} L/min, dew point below -{} ℃.\n4. Reject when the film is thinner than {} µm.\n",
            300 + dice.below(90),
            dice.value(2, 9),
            dice.value(8, 14),
            820 + dice.below(60),
            dice.value(2, 6),
            200 + dice.below(90),
            20 + dice.below(40),
            30 + dice.below(20),
            dice.value(9, 15)
        );
    }
    format!(
        "{product} 烧成（虚构）\n1. 以每分钟 {} ℃ 升到 {} ℃。\n2. 停 {} min，再升到 {} ℃，停 {} min。\n3. 网带 {} mm/min，\
         进气 {} L/min，露点低于 -{} ℃。\n4. 膜厚低于 {} µm 的退回。\n",
        dice.value(2, 9),
        300 + dice.below(90),
        dice.value(8, 14),
        820 + dice.below(60),
        dice.value(2, 6),
        200 + dice.below(90),
        20 + dice.below(40),
        30 + dice.below(20),
        dice.value(9, 15)
    )
}

fn source(dice: &mut Dice, product: &str, head: &str) -> String {
    let mut text = String::new();
    for line in head.lines() {
        text.push_str(&format!("/* {line} */\n"));
    }
    text.push_str(&format!(
        "/* Lanyu (fictional): second knee of {product} */\n#include \"board.h\"\n\n"
    ));
    for n in 0..8 + dice.below(12) {
        text.push_str(&format!(
            "static float knee_{n}(float t, float s)\n{{\n    float g = {} * t - {} * s;\n    if (g > {}f) {{ g = \
             {}f + (g - {}f) * 0.{}f; }}\n    return g * gain_{}[(int)s & 7];\n}}\n\n",
            dice.value(0, 9), dice.value(0, 9), dice.value(100, 900), dice.value(100, 900), dice.value(10, 90),
            dice.below(99), dice.below(9)
        ));
    }
    text
}

fn drawing(dice: &mut Dice, product: &str, head: &str) -> Vec<u8> {
    let mut text = String::from(
        "0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1015\n0\nENDSEC\n0\nSECTION\n2\nENTITIES\n",
    );
    for line in [head.trim(), &format!("喷嘴 {product} 公差 ±0.0{} 1:2", dice.below(9))] {
        text.push_str(&format!("0\nTEXT\n8\n标题栏\n1\n{line}\n"));
    }
    for _ in 0..200 {
        text.push_str(&format!(
            "0\nLINE\n10\n{}\n20\n{}\n11\n{}\n21\n{}\n",
            dice.value(0, 90),
            dice.value(0, 90),
            dice.value(0, 90),
            dice.value(0, 90)
        ));
    }
    text.push_str("0\nENDSEC\n0\nEOF\n");
    text.into_bytes()
}

fn step(dice: &mut Dice, product: &str) -> Vec<u8> {
    let mut text = format!(
        "ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION((''),'2;1');\nFILE_NAME('{product} mould','2025-05-01',('lin'),('Lanyu (fictional)'),'','','');\nENDSEC;\nDATA;\n"
    );
    for n in 1..300 {
        text.push_str(&format!(
            "#{n}=CARTESIAN_POINT('',({},{},{}));\n",
            dice.value(0, 90),
            dice.value(0, 90),
            dice.value(0, 90)
        ));
    }
    text.push_str("ENDSEC;\nEND-ISO-10303-21;\n");
    text.into_bytes()
}
