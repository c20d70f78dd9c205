"""Where the pages are."""

from django.db.models import Model
from django.urls import reverse

from rounds.exports.examples import KEYS
from rounds.exports.tables import NAMED
from tests.record import ROUND_NUMBERS

# The pages that lead into the record, for whoever looks at each of them.
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
    "/statements/",
    "/statements/topics/refugee-return/",
    "/statements/compare/21/22/",
    "/compare/21/22/",
    "/disputes/",
    "/commitments/",
    "/commitments/r4-four-areas/",
    "/gaps/",
    "/glossary/",
    "/changes/",
    "/data/",
    "/data/codebook/",
    "/data/releases/",
    "/about/",
]
# Those that nobody keeps, since they take a form or tell what became of it.
OF_THE_MOMENT = [
    "/report/",
    "/report/?page=/rounds/22/&fact=outcome-1",
    "/report/?page=/topics/hostages/",
    "/report/?page=//example.org/",
    "/report/thanks/?page=/rounds/22/",
]
# Every kind of page that is found, and the shapes that it takes.
PAGES = [
    "/",
    "/?topic=hostages&stage=statement",
    "/?milestones=on&order=oldest",
    "/?topic=nothing&date_after=never&year=1999&unknown=1",
    "/?absent=lebanon&year=2018",
    "/?q=detainees&person=alexander-lavrentyev",
    "/?topic=hostages&outcome=statement&commitment=kept&view=table",
    "/?view=table",
    *(f"/rounds/{number}/" for number in ROUND_NUMBERS),
    *WAYS_IN,
    "/topics/refugee-return/?stage=statement",
    "/topics/refugee-return/?stage=x",
    "/participants/qatar/",
    "/people/agnes-marcaillou/",
    "/sources/?language=ru&year=2017&round=1",
    "/sources/?year=1066",
    "/matrix/topics/?sort=frequency",
    "/matrix/attendance/?order=newest",
    "/commitments/?topic=hostages&verdict=kept",
    "/commitments/?round=4&participant=x",
    "/changes/?round=22",
    "/compare/",
    "/search/",
    "/search/?q=",
    "/search/?q=turkey",
    "/search/?q=%22safe+return%22+%3Cb%3E",
    "/search/?q=syria&kind=source&page=2",
    "/search/?q=hostges",
    "/search/?q=%00",
    "/search/?q=syria&kind=nonsense",
    "/api/v1/docs/",
]
# What is no page in HTML, each kind once.
FORMATS = [
    "/matrix/topics.csv",
    "/matrix/topics.json",
    "/matrix/attendance.csv",
    "/matrix/attendance.json",
    "/search/suggest/?q=iran",
    "/oembed/?url=http://testserver/rounds/22/",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-topics.xml",
    "/rounds.csv?topic=hostages&stage=statement",
    "/rounds.json?topic=hostages&stage=statement",
    "/rounds/22.json",
    "/citations.csv?year=2018",
    "/picture.svg?topic=hostages&stage=statement",
    "/picture.png?year=2018",
    "/cards/timeline.png?topic=hostages&stage=statement",
    "/cards/rounds/22.png",
    "/cards/topics/hostages.png",
    "/data/CODEBOOK.md",
    "/data/metadata.json",
    *(f"/{name}.{form}" for name in (*NAMED, "statements") for form in ("csv", "json")),
]
# The API: what there is, each list, and a record of each kind.
API = [
    "/api/v1/",
    "/api/v1/schema/",
    "/api/v1/schema.json",
    "/api/v1/rounds/?topic=hostages&stage=statement&page_size=5",
    *(f"/api/v1/{name}/" for name in NAMED),
    *(f"/api/v1/{name}/{str(key).strip('/')}/" for name, key in KEYS.items() if NAMED[name].place),
]
# The cards for other sites, and what they are where nothing is, or the address makes no sense.
EMBEDS = [
    "/embed/rounds/22/",
    "/embed/rounds/1/?theme=dark",
    "/embed/topics/refugee-return/",
    "/embed/timeline/",
    "/embed/timeline/?topic=hostages&stage=statement&theme=light",
]
EMBEDS_OF_NOTHING = {
    "/embed/rounds/9999/": 404,
    "/embed/topics/refugees/": 404,
    "/embed/timeline/?topic=x&year=1066": 400,
    "/embed/timeline/?view=table": 400,
    "/embed/rounds/22/?theme=pink": 400,
}
# What programs subscribe to.
FEEDS = [
    "/rounds.ics",
    "/rounds.ics?topic=hostages&stage=statement&order=oldest",
    "/rounds/22.ics",
    "/rounds.atom",
    "/rounds.atom?topic=hostages&stage=statement",
    "/topics/hostages/feed.atom",
    "/participants/turkiye/feed.atom",
    "/changes.atom",
    "/changes.atom?round=22",
]
# References to take along.
REFERENCES = [
    f"/{path}.{ending}"
    for path in ("rounds", "rounds/22", "sources", "sources/tass-2017-01-24")
    for ending in ("bib", "ris", "csl.json")
]
# The addresses that others begin with, and where they lead.
PARENTS = {
    "/rounds/": "/",
    "/matrix/": "/matrix/topics/",
    "/statements/topics/": "/statements/",
    "/statements/compare/": "/statements/",
    "/statements/compare/21/": "/statements/",
    "/compare/21/": "/compare/",
    "/api/": "/api/v1/",
    "/embed/": "/about/",
    "/embed/rounds/": "/",
    "/embed/topics/": "/topics/",
}
NOT_FOUND = [
    "/rounds/9999/",
    "/topics/refugees/",
    "/participants/turkey/",
    "/people/ahmed-yildiz/",
    "/sources/tass-2017-01-99/",
    "/commitments/r4-five-areas/",
    "/compare/22/22/",
    "/compare/22/9999/",
    "/statements/topics/refugees/",
    "/statements/compare/22/22/",
    "/statements/compare/22/9999/",
    "/data/rounds.xls",
    "/data/releases/2020.1/",
    "/data/releases/2020.1/astana.json",
    "/no/such/page/",
    "/sitemap-nothing.xml",
    "/.well-known/security.txt",  # without a contact
    "/?year=2018&page=99",
]


def admin_address(model: type[Model], page: str, *args: object) -> str:
    """Where the admin has the page of a model, such as ``change``."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)
