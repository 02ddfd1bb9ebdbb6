# 卷宗作为 ASiC-E 容器
claim-asic = 作为 ASiC-E 容器的清单和时间戳有效
cli-asic = 卷宗同时是 ASiC-E 容器（ETSI EN 319 162-1），整体由{ $name }加盖时间戳，通用的验证工具也能打开。
cli-asic-none = 没有授时机构应答：卷宗照常可以核验，但整体没有时间戳，不是 ASiC-E 容器。可用 midun stamp add 登记授时机构后重新生成。
w-asic = 同时是 ASiC-E 容器（ETSI EN 319 162-1），整体由{ $name }加盖时间戳。
w-asic-none = 没有授时机构应答：照常可以核验，但整体没有时间戳，不是 ASiC-E 容器。
