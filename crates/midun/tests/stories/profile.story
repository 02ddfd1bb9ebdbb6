# A company files a profile of itself with the station, field by field, and takes it back. Fictional.

write passphrase.txt 虚构口令 grey crane at dusk
MIDUN_PASSPHRASE_FILE=passphrase.txt

MIDUN_DIR=station
midun init --role station --name 云岫区商业秘密保护工作站(虚构) --kdf-log-n 12
midun company add --name 岚屿新材料(虚构) --code 919900000000000018
midun exchange offer --company QY-0001
keep invitation.txt midun-join:
midun exchange profile
> 没有企业报送过

MIDUN_DIR=node
midun init --role enterprise --name 岚屿新材料(虚构) --kdf-log-n 12
midun exchange join invitation.txt --code 919900000000000018
write statement.txt 浆料配比7:2:1(虚构)
midun secret add --title 浆料配方(虚构) --kind technical --level core --statement statement.txt
[2] midun exchange profile --tick park
> 园区
[2] midun exchange profile --tick code --set code=919900000000000019
[2] midun exchange profile --tick park --set 园区
> 项目=内容
[2] midun exchange write --sort profile --subject 随手写
> 逐项勾选
[2] midun exchange unfile
> 无可撤回

# What would be filed is shown first; nothing is filed by looking.
midun exchange profile --tick park,score,points --set park=云岫科创园(虚构) contact=没有勾选的联系人
> 云岫科创园
> 还没有报送
!> 没有勾选的联系人
midun exchange list
!> 企业概况
midun exchange profile --tick park,score,points --set park=云岫科创园(虚构) contact=没有勾选的联系人 --agree
> 第 1 封函件
midun exchange export --out up.bundle
nowhere 云岫科创园 up.bundle

MIDUN_DIR=station
midun exchange import up.bundle
midun exchange profile
> QY-0001
> 云岫科创园
> 记录已核对
!> 没有勾选的联系人
!> 浆料
midun --json exchange profile
> "secret.registered":1
midun --json coverage --by kind
> "filed":1
midun timeline QY-0001
> 收到企业概况
midun fsck --replay

# The company takes it back: the fact stays, the content is gone.
MIDUN_DIR=node
midun exchange unfile --why 改由专人报送(虚构)
[2] midun exchange unfile
midun exchange export --out up2.bundle
MIDUN_DIR=station
midun exchange import up2.bundle
midun exchange profile
> 没有企业报送过
midun timeline QY-0001
> 销毁企业概况内容
[3] midun exchange read in 1
> 已按企业的撤回销毁
midun --json coverage --by kind
> "filed":0
midun exchange import up.bundle
midun exchange profile
> 没有企业报送过
midun fsck --replay
MIDUN_DIR=node
midun fsck --replay
