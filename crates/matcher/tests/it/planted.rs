//! Fragments of secrets planted in ordinary files, by seed.

use encoding_rs::GB18030;

/// A small generator whose stream depends on its seed alone (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

const ENGLISH: &[&str] = &[
    "pressure", "the", "of", "valve", "heating", "stirring", "and", "must", "then", "curing",
    "alloy", "with", "sample", "rate", "before", "after", "each", "batch", "quality", "supplier",
];
const CHINESE: &[&str] = &[
    "温度",
    "压力",
    "搅拌",
    "反应釜",
    "催化剂",
    "保温",
    "冷却",
    "原料",
    "配比",
    "供应商",
    "客户",
    "合金",
    "烧结",
    "转速",
    "流量",
    "的",
    "在",
    "后",
    "加入",
    "控制",
    "参数",
    "批次",
    "检验",
];
const CODE: &[&str] = &[
    "if (x > 0) {",
    "return value;",
    "}",
    "for (int i = 0; i < n; i++) {",
    "buffer[i] = next(i);",
    "float gain = table[k];",
    "update(state, gain);",
    "while (!ready()) {",
    "count += 1;",
];

/// Ordinary text of about `len` bytes, as UTF-8.
pub fn prose(dice: &mut Dice, len: usize) -> String {
    let mut text = String::new();
    let kind = dice.below(3);
    while text.len() < len {
        match kind {
            0 => text.push_str(dice.pick::<&str>(ENGLISH)),
            1 => text.push_str(dice.pick::<&str>(CHINESE)),
            _ => text.push_str(dice.pick::<&str>(CODE)),
        }
        match dice.below(8) {
            0 => text.push('\n'),
            1 => text.push_str(&format!(" {} ", dice.below(100_000))),
            2 if kind == 1 => text.push(','),
            _ if kind != 1 => text.push(' '),
            _ => {}
        }
    }
    text
}

/// How a fragment is disguised before it is planted.
#[derive(Clone, Copy, Debug)]
pub enum Disguise {
    None,
    UpperCase,
    Spaced,
    FullWidth,
    LineNumbers,
    Traditional,
    Gb18030,
    Utf16Le,
    Utf16Be,
}

pub const DISGUISES: [Disguise; 9] = [
    Disguise::None,
    Disguise::UpperCase,
    Disguise::Spaced,
    Disguise::FullWidth,
    Disguise::LineNumbers,
    Disguise::Traditional,
    Disguise::Gb18030,
    Disguise::Utf16Le,
    Disguise::Utf16Be,
];

pub fn disguise(dice: &mut Dice, fragment: &str, how: Disguise) -> Vec<u8> {
    let text = match how {
        Disguise::UpperCase => fragment.to_uppercase(),
        Disguise::Spaced => {
            // Digits stay together: apart, they may look like the number of a line.
            let mut pad = |c: char| match c.is_ascii_digit() {
                true => c.to_string(),
                false => format!("{c}{}", dice.pick::<&str>(&["", " ", "  ", "\t"])),
            };
            fragment.chars().map(&mut pad).collect()
        }
        Disguise::FullWidth => {
            let wide = |c: char| match c {
                '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap(),
                _ => c,
            };
            fragment.chars().map(wide).collect()
        }
        Disguise::LineNumbers => {
            let line = |(n, line)| format!("{:4}: {line}\n", n + 1);
            fragment
                .split_inclusive('\n')
                .map(|line| line.trim_end_matches('\n'))
                .enumerate()
                .map(line)
                .collect()
        }
        Disguise::Traditional => {
            let pairs = [
                ('压', '壓'),
                ('搅', '攪'),
                ('应', '應'),
                ('剂', '劑'),
                ('温', '溫'),
                ('转', '轉'),
                ('后', '後'),
            ];
            let old = |c| pairs.iter().find(|(new, _)| *new == c).map_or(c, |(_, old)| *old);
            fragment.chars().map(old).collect()
        }
        _ => fragment.to_owned(),
    };
    match how {
        Disguise::Gb18030 => GB18030.encode(&text).0.into_owned(),
        Disguise::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Disguise::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => text.into_bytes(),
    }
}
