//! Files that hold no trade secret: what lies on any share, and what looks like a secret and is none.

use super::Dice;
use super::pack::{docx, gb18030, mail, scan, xlsx};

const TOPICS: &[&str] =
    &["消防演练", "年会", "班车", "食堂", "体检", "团建", "停车", "空调检修", "保洁", "图书角"];
const PACKAGES: &[&str] =
    &["leftpad", "router", "colors", "yaml", "http-kit", "tinydate", "ring", "semver"];
const NAMES: &[&str] = &["陈一帆", "林若溪", "周牧野", "沈听澜", "何知秋", "Ann", "Bob", "Wei"];

/// The `n`th file that is none: where it lies, and what is in it.
pub fn chaff(dice: &mut Dice, n: usize) -> (String, Vec<u8>) {
    match n % 20 {
        0..=4 => package(dice, n),
        5 | 6 => manual(dice, n),
        7 => {
            let text = format!(
                "(12) 发明专利申请公布说明书\n(10) 申请公布号 CN 1{:08} A\n权利要求书\n1. 一种导电浆料，其特征在于，银粉 {}%，玻璃粉 {}%，\
                 在 {} ℃ 下保温 {} min。\n2. 根据权利要求1所述的浆料，黏度为 {} mPa·s。\n说明书\n背景技术……\n",
                n,
                dice.value(60, 80),
                dice.value(2, 9),
                300 + dice.below(600),
                dice.value(5, 20),
                900 + dice.below(900)
            );
            (format!("资料库/专利/CN1{n:08}A.txt"), text.into_bytes())
        }
        8 => {
            let text = format!(
                "GB/T {}-20{:02} 导电浆料试验方法\n中华人民共和国国家标准\n1 范围\n本标准规定了黏度、细度、附着力的测定。\n4.1 在 (23±2) ℃、\
                 相对湿度 {}% 下放置 {} h。\n4.2 以 {} r/min 测定黏度。\n",
                10_000 + n,
                dice.below(24),
                45 + dice.below(10),
                12 + dice.below(12),
                5 + dice.below(90)
            );
            (format!("资料库/标准/GBT{}.docx", 10_000 + n), docx(&text))
        }
        9 => {
            let topic = dice.pick(TOPICS);
            let text = format!(
                "关于{topic}的通知\n各部门：定于 {} 月 {} 日 {}:00 进行{topic}，地点在 {} 号楼 {} 层，请提前 {} 分钟到场。\n联系人：{}\n",
                1 + dice.below(12),
                1 + dice.below(28),
                8 + dice.below(9),
                1 + dice.below(6),
                1 + dice.below(9),
                5 + dice.below(20),
                dice.pick(NAMES)
            );
            (
                format!("行政/通知/{topic}-{n}.txt"),
                if n % 40 == 9 { gb18030(&text) } else { text.into_bytes() },
            )
        }
        10 => {
            let mut text =
                format!("会议纪要 {n}\n参加：{}、{}\n", dice.pick(NAMES), dice.pick(NAMES));
            for _ in 0..4 + dice.below(6) {
                text.push_str(&format!(
                    "- {}：{}，{} 月 {} 日前完成。\n",
                    dice.pick(NAMES),
                    dice.pick(&[
                        "整理客户拜访记录的格式",
                        "核对价格公示牌",
                        "打印工艺培训签到表",
                        "更新值班表",
                        "把参数表的字体改大",
                        "买茶叶"
                    ]),
                    1 + dice.below(12),
                    1 + dice.below(28)
                ));
            }
            (format!("行政/纪要/{n}.docx"), docx(&text))
        }
        11 => letter(dice, n),
        12 => {
            let text = format!(
                "保密协议（范本 第{n}版）\n甲方：　　　　乙方：　　　　\n第一条 本协议所称商业秘密，包括但不限于技术信息、经营信息、客户名单、价格、配方、\
                 工艺参数等。\n第二条 乙方应当承担保密义务，不得披露、使用。\n第三条 违约金为人民币 {} 万元。\n",
                1 + dice.below(50)
            );
            (format!("法务/范本/保密协议-{n}.docx"), docx(&text))
        }
        13 => {
            let text = format!(
                "岚屿新材料（虚构）产品宣传册 第 {n} 期\n我们的导电浆料性能优异：固含量高、附着力强，服务全国客户。\n公开发布 欢迎转发 \
                 www.lanyu.example\n全国热线 400-000-{:04}\n",
                dice.below(10_000)
            );
            (format!("市场/宣传/宣传册-{n}.docx"), docx(&text))
        }
        14 => {
            let mut rows =
                vec![["日期", "城市", "最高气温", "最低气温", "降水"].map(str::to_owned).to_vec()];
            for day in 0..40 {
                rows.push(vec![
                    format!("2025-01-{day:02}"),
                    dice.pick(&["岚屿", "青州", "北港"]).into(),
                    dice.value(1, 30),
                    dice.value(1, 10),
                    dice.value(0, 40),
                ]);
            }
            (format!("下载/公开数据/天气-{n}.xlsx"), xlsx(&rows))
        }
        15 => {
            let mut rows =
                vec![["报销单号", "姓名", "事由", "金额", "发票号"].map(str::to_owned).to_vec()];
            for _ in 0..10 {
                rows.push(vec![
                    format!("BX{n}{}", dice.below(99)),
                    dice.pick(NAMES).into(),
                    dice.pick(&["打车", "住宿", "复印", "茶叶"]).into(),
                    dice.value(20, 900),
                    format!("{:08}", dice.below(99_999_999)),
                ]);
            }
            (format!("财务/报销/{n}.xlsx"), xlsx(&rows))
        }
        16 => {
            let mut text = String::new();
            for line in 0..60 {
                text.push_str(&format!(
                    "2026-03-02T08:{:02}:00 INFO node{} temp={} C fan={} rpm latency={} ms\n",
                    line % 60,
                    dice.below(9),
                    dice.value(30, 60),
                    900 + dice.below(900),
                    dice.value(1, 90)
                ));
            }
            (format!("运维/日志/app-{n}.log"), text.into_bytes())
        }
        17 => (format!("资料库/扫描/公开期刊-{n}.pdf"), scan()),
        18 => {
            let text = format!(
                "# Licensed under the Apache License, Version 2.0 (the \"License\")\n# SPDX-License-Identifier: Apache-2.0\n\
                 \"\"\"Helper {n} we publish on our public repository.\"\"\"\n\ndef scale_{n}(price, secret_key=None):\n    \"\"\"Formula: y = a * x + b.\"\"\"\n    return {} * price + {}\n",
                dice.value(0, 9),
                dice.value(0, 9)
            );
            (format!("opensource/tools/scale_{n}.py"), text.into_bytes())
        }
        _ => {
            let text = format!(
                "招聘启事 {n}\n岗位：{}\n要求：熟悉导电浆料、烧成工艺、客户沟通，{} 年以上经验。\n待遇：{}-{} 万元/年\n",
                dice.pick(&["工艺工程师", "客户经理", "软件工程师", "质检员"]),
                1 + dice.below(8),
                8 + dice.below(5),
                14 + dice.below(20)
            );
            (format!("人事/招聘/{n}.txt"), text.into_bytes())
        }
    }
}

fn package(dice: &mut Dice, n: usize) -> (String, Vec<u8>) {
    let package = dice.pick(PACKAGES);
    let mut text = format!(
        "/*! {package} v{}.{}.{} | (c) 20{:02} its authors | MIT License */\n'use strict';\n",
        dice.below(9),
        dice.below(20),
        dice.below(9),
        10 + dice.below(14)
    );
    for f in 0..10 + dice.below(20) {
        text.push_str(&format!(
            "function step{f}(secret, price) {{ var token = secret || {}; return token * {} + price; }}\n",
            dice.below(999), dice.value(0, 9)
        ));
    }
    text.push_str(
        "// Permission is hereby granted, free of charge, to any person obtaining a copy\n",
    );
    (format!("研发部/控制软件/web/node_modules/{package}/lib/{n}.js"), text.into_bytes())
}

fn manual(dice: &mut Dice, n: usize) -> (String, Vec<u8>) {
    let mut text = format!(
        "<html><head><title>网带炉 MF-{n} 用户手册</title></head><body><h1>网带炉 MF-{n} 用户手册</h1><p>版权所有 © 制造商（虚构）。可在官网下载。</p>"
    );
    for chapter in 0..8 + dice.below(10) {
        text.push_str(&format!(
            "<p>{chapter}. 最高温度 {} ℃，升温速率不大于 {} ℃/min，电压 {} V，功率 {} kW，网带速度 {}～{} mm/min。</p>",
            900 + dice.below(200), dice.value(5, 20), 220 + dice.below(160), dice.value(10, 60), 20 + dice.below(30), 200 + dice.below(300)
        ));
    }
    text.push_str("</body></html>");
    (format!("下载/设备手册/MF-{n}.html"), text.into_bytes())
}

fn letter(dice: &mut Dice, n: usize) -> (String, Vec<u8>) {
    let text = format!(
        "{}，你好：\n{}\n\n--\nThis e-mail and any attachments are confidential and intended solely for the addressee. \
         If you are not the intended recipient, please delete it.\n本邮件可能含有保密信息，如误收请删除。\n",
        dice.pick(NAMES),
        dice.pick(&[
            "周五的会改到三点。",
            "快递到了，在前台。",
            "请把发票补一下。",
            "Lunch at noon?",
            "The projector in room 4 is broken."
        ])
    );
    (
        format!("邮件归档/{}/{}.eml", dice.pick(&["2024", "2025", "2026"]), 10_000 + n),
        mail("wei", "all", &format!("{} {n}", dice.pick(TOPICS)), &text),
    )
}
