// Not a module: the build script and the room both include it.
&[
    "norms",
    "calendars",
    "procedures",
    "standards",
    "checklists",
    "recognition",
    "documents",
    "losses",
    "points",
    "controls",
    "inventory",
    "warnings",
    "twin",
]
