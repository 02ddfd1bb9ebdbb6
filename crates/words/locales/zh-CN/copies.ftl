# 标记副本与溯源
help-bench-trace = 在一万份副本中判定泄露来源要多久
bench-trace =
    { $copies } 份副本，{ $sites } 个标记位（各取中位数）
    把全部码字逐位看一遍（下限）：{ $floor } 毫秒
    给全部副本评分：{ $score } 毫秒，是下限的 { $ratio } 倍
    判定单一来源（含分段检验）：{ $single } 毫秒
    判定三份混合来源（含联合检验）：{ $joint } 毫秒
    由种子算出全部码字：{ $draw } 毫秒
