# Looking for pieces of secret points: what is looked for, what is found, what could not be read.

write passphrase.txt 青鹳落在旧码头的口令
write one.txt 浆料固含量控制在百分之四十八点五，黏度以旋转黏度计在二十五摄氏度下测量，取值一千二百到一千三百五十毫帕秒，球磨三十六小时后静置脱泡，再按第二曲线升温烧结并保温四十分钟。
write short.txt 保密
write public.txt 公开手册：黏度以旋转黏度计在二十五摄氏度下测量。
write known.txt 本公司严格遵守国家法律法规和行业标准，建立健全质量管理体系，持续改进产品质量和服务水平，努力满足客户的合理需求与期望。
MIDUN_DIR=node
MIDUN_PASSPHRASE_FILE=passphrase.txt
midun init --name 岚屿新材料(虚构) --kdf-log-n 12

# nothing to look for yet
folder found
write found/other.txt 别的内容
[2] midun sweep found
> midun secret add

midun secret add --title 浆料配方 --kind technical --level core --statement one.txt --public public.txt
midun secret add --title 太短 --kind technical --level general --statement short.txt
midun secret add --title 套话 --kind business --level general --statement known.txt

# what is looked for, and what not and why
midun index --public known.txt
> MD-0001
> MD-0002
> 太短
> known.txt
unsaid 浆料固含量
midun --json index
> "too-short"
> "public"

# nothing is there
midun sweep found
> QC-0001
> 0 个文件含有密点内容
> 95

# a piece of it in another file, in another layout and encoding
write found/copy.txt 转发：浆料固含量控制在 百分之四十八点五，黏度以旋转黏度计在二十五摄氏度下测量，取值一千二百 到一千三百五十毫帕秒；球磨三十六小时后静置脱泡
midun sweep found --out report
> QC-0002
> copy.txt
> MD-0001
> 陈述 1
nowhere 三十六小时 report
midun sweep found --excerpts --what 离职人员电脑
> 三十六小时
> 1 个文件含有密点内容
midun sweep found --secret MD-0003
> 0 个文件含有密点内容
[3] midun sweep found --secret MD-0099
> MD-0099
[2] midun sweep found --secret RY-0001
[3] midun sweep nowhere
> nowhere
midun --lang en sweep found
> normalised
midun --json sweep found
> "share"
> "manifest"

# the ledger holds counts and digests, never the content
midun timeline MD-0001
> 清查
> 离职人员电脑
> 建立指纹索引
nowhere 浆料固含量 node
nowhere copy.txt node
nowhere 浆料固含量 report

# a changed register is a changed index
midun secret declassify MD-0001 --why 已公开
[2] midun sweep found
> midun index --all
write two.txt 第二曲线：以每分钟五摄氏度升到一千一百五十摄氏度，保温四十分钟，随后以每分钟三摄氏度降到六百摄氏度，氮气流量每分钟十二升，露点低于零下四十摄氏度。
midun secret add --title 曲线 --kind technical --level important --statement two.txt
copy two.txt found/two.md
midun sweep found
> MD-0004
> two.md
!> MD-0001

# what could not be read is said
bytes found/cut.zip 504b0304140000000800000021005a
midun sweep found
> cut.zip
> 已损坏
midun fsck --replay
unix
link found/loop .
midun sweep found
> 符号链接
[2] midun sweep found/loop/loop/loop/two.md --secret 17

# what an office file says is looked for, though it lies in files of marks
write film.txt 膜层以磁控溅射沉积，靶材纯度四个九，基片温度维持在三百一十度，氩气流量每分钟二十五标准毫升，沉积后原位退火两小时，表面粗糙度低于一纳米。
write rows.csv 9.428,60.37,1246.9
line rows.csv 6.914,71.42,1217.6
line rows.csv 8.053,66.81,1231.5
line rows.csv 4.137,82.65,1190.4
bytes film.docx 504b03041400000008000000215cc71c173c0a00000008000000130000005b436f6e74656e745f54797065735d2e786d6cb309a92c482dd6b70300504b03041400000008000000215c9ac9e1804e000000520000000f000000776f72642f7374796c65732e786d6c0dc9510a80200c00d0ab840768d2471f52dd45cc54704eb68175fbfc7cbc6338d1af46595eac4ddc384d56ed0e40428ee865a51edbbc8718bd4e7282417c77a610454a4b5861b37607f4a519b87e504b03041400000008000000215c8f9e14c72e0100005e01000011000000776f72642f646f63756d656e742e786d6c4590cd4ec25010855fc5f0005ee2c24583bc0b420512fa93b6a6ba6b895249a01043420834f80fc8a20594d48bf832de994b57be82b7b870f34de6ccc99ccce46ca9a415cf1559b50e2e949a6a4af649a66259ba448859acc84ac13cd4745915b333cd500a96688d32b135a3a41b5a5136cdaa5a566ae4289b3d264aa1aa66f2395b3ad54a9769d5531829acfcae3182459d6d9ef9a38bfe04e9354457b86cf249f8f3d94a8235065d4e43a02f301cb2f8957d04428731e54d0fe399d0f9e60d5b2e8ca62c6ef2c1178b1d68bb4217368c6618f5f0dd4dbc0e861db86924b763465bc2c0680fef3cf01a18cea1eda5e67d28747df0c76cdb4e1c87bb73163f41d4c1fe5a1876f7d32478e0cb3e5f0dc47eb6f519f5451ca72bbe587d3bf51c492f4a69eca9eff97735f9ff68fe17504b010214031400000008000000215cc71c173c0a000000080000001300000000000000000000008001000000005b436f6e74656e745f54797065735d2e786d6c504b010214031400000008000000215c9ac9e1804e000000520000000f000000000000000000000080013b000000776f72642f7374796c65732e786d6c504b010214031400000008000000215c8f9e14c72e0100005e0100001100000000000000000000008001b6000000776f72642f646f63756d656e742e786d6c504b05060000000003000300bd000000130200000000
bytes rows.xlsx 504b03041400000008000000215cc71c173c0a00000008000000130000005b436f6e74656e745f54797065735d2e786d6cb309a92c482dd6b70300504b03041400000008000000215c5b7a953c4b0000004d0000000f000000786c2f776f726b626f6f6b2e786d6c0dc9510e40300c00d0abc80ea08b0f1f82bb1465b2755dda261c9fcf97373fa27913c9ddcba5da12927b9b006c4fc468bd34aaff9ca28cfe532fb0a684872522e702438c2330de35c0fa01504b03041400000008000000215c396d2857bb000000c901000018000000786c2f776f726b7368656574732f7368656574312e786d6c75d1d10e82201406e057693ec0391c44c4465cf522cc285ba20e98f5f839d72ad9bce467ff073b473fc7f0889d73e9f0f2fd104f4597d274448c6de7bc8d304e6e586eae63f0362dc770c33805672f6bc9f7c81993e8ed7d288c5eb3b34dd6e8303e8d6e8d9e8d002a6b8db3d1d87e22c54156db88a86120be19aefd1f52015772dba86ba02643382b41ed22121a12194220788e500d721751c0aa72db901214e5484950ed22cdf2aaca1006f998888be5cb19827f43c6eff6cc1b504b010214031400000008000000215cc71c173c0a000000080000001300000000000000000000008001000000005b436f6e74656e745f54797065735d2e786d6c504b010214031400000008000000215c5b7a953c4b0000004d0000000f000000000000000000000080013b000000786c2f776f726b626f6f6b2e786d6c504b010214031400000008000000215c396d2857bb000000c90100001800000000000000000000008001b3000000786c2f776f726b7368656574732f7368656574312e786d6c504b05060000000003000300c4000000a40100000000
midun secret add --title 膜层 --kind technical --level core --statement one.txt --carrier film.docx
> MD-0005
midun secret add --title 参数表 --kind technical --level core --statement one.txt --carrier rows.xlsx
> MD-0006
midun sweep film.txt rows.csv
> MD-0005
> MD-0006
> 2 个文件含有密点内容
