# marked copies and tracing
help-bench-trace = how long it takes to name the sources of a leak among 10,000 copies
bench-trace =
    { $copies } copies, { $sites } sites (medians)
    looking at each bit of all words once (the floor): { $floor } ms
    scoring all copies: { $score } ms, { $ratio } times the floor
    naming a single source, with tests on pieces: { $single } ms
    naming three mixed sources, with joint tests: { $joint } ms
    drawing all words from the seed: { $draw } ms
