"""The pages that lead into the record, for whoever looks at each of them."""

WAYS_IN = [
    "/topics/",
    "/topics/refugee-return/",
    "/participants/",
    "/participants/turkiye/",
    "/people/",
    "/people/alexander-lavrentyev/",
    "/sources/",
    "/sources/tass-2017-01-24/",
    "/matrix/topics/",
    "/matrix/attendance/",
    "/promises/",
    "/compare/21/22/",
    "/disputes/",
    "/gaps/",
]
