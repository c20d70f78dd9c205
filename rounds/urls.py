from django.urls import URLPattern, path, register_converter

from rounds.addresses import RoundNumber
from rounds.api import urls as api
from rounds.sitemaps import sitemaps
from rounds.views import (
    about,
    cards,
    changes,
    commitments,
    comparisons,
    crawlers,
    data,
    disputes,
    embeds,
    exports,
    feeds,
    gaps,
    glossary,
    icons,
    matrices,
    messages,
    oembed,
    parents,
    participants,
    people,
    pictures,
    previews,
    promises,
    references,
    rounds,
    search,
    security,
    sources,
    statements,
    topics,
)

register_converter(RoundNumber, "round")


def parent(route: str, leads_to: str, name: str) -> URLPattern:
    return path(route, parents.ParentView.as_view(pattern_name=f"rounds:{leads_to}"), name=name)


LISTED = {"sitemaps": sitemaps}

app_name = "rounds"
urlpatterns = [
    path("", rounds.RoundListView.as_view(), name="list"),
    parent("rounds/", "list", name="details"),
    path("rounds/<round:number>/", rounds.RoundDetailView.as_view(), name="detail"),
    path("topics/", topics.topic_list, name="topics"),
    path("topics/<slug:slug>/", topics.topic_detail, name="topic"),
    path("participants/", participants.participant_list, name="participants"),
    path("participants/<slug:slug>/", participants.participant_detail, name="participant"),
    path("people/", people.person_list, name="people"),
    path("people/<slug:slug>/", people.person_detail, name="person"),
    path("sources/", sources.SourceListView.as_view(), name="sources"),
    path("sources/<slug:slug>/", sources.source_detail, name="source"),
    parent("matrix/", "topic_matrix", name="matrices"),
    path("matrix/topics/", matrices.topic_matrix, name="topic_matrix"),
    path("matrix/topics.csv", matrices.topic_matrix_csv, name="topic_matrix_csv"),
    path("matrix/topics.json", matrices.topic_matrix_json, name="topic_matrix_json"),
    path("matrix/attendance/", matrices.attendance_matrix, name="attendance_matrix"),
    path("matrix/attendance.csv", matrices.attendance_matrix_csv, name="attendance_matrix_csv"),
    path("matrix/attendance.json", matrices.attendance_matrix_json, name="attendance_matrix_json"),
    path("promises/", promises.promise_list, name="promises"),
    path("statements/", statements.statement_list, name="statements"),
    parent("statements/topics/", "statements", name="statement_topics"),
    path("statements/topics/<slug:slug>/", statements.statement_topic, name="statement_topic"),
    parent("statements/compare/", "statements", name="statement_pairs"),
    parent("statements/compare/<round:first>/", "statements", name="statement_pair"),
    path(
        "statements/compare/<round:first>/<round:second>/",
        statements.statement_compare,
        name="statement_compare",
    ),
    path("disputes/", disputes.dispute_list, name="disputes"),
    path("commitments/", commitments.CommitmentListView.as_view(), name="commitments"),
    path("commitments/<slug:slug>/", commitments.commitment_detail, name="commitment"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("changes/", changes.ChangeListView.as_view(), name="changes"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("about/", about.about, name="about"),
    path("report/", messages.report, name="report"),
    path("report/thanks/", messages.thanks, name="thanks"),
    path("compare/", comparisons.choose, name="compare_choose"),
    parent("compare/<round:first>/", "compare_choose", name="compare_pair"),
    path("compare/<round:first>/<round:second>/", comparisons.compare, name="compare"),
    path("preview/<str:token>/", previews.preview, name="preview"),
    path("rounds.ics", feeds.rounds_ics, name="rounds_ics"),
    path("rounds/<round:number>.ics", feeds.round_ics, name="round_ics"),
    path("rounds.atom", feeds.rounds_atom, name="rounds_atom"),
    path("topics/<slug:slug>/feed.atom", feeds.topic_atom, name="topic_atom"),
    path("participants/<slug:slug>/feed.atom", feeds.participant_atom, name="participant_atom"),
    path("changes.atom", feeds.changes_atom, name="changes_atom"),
    path("rounds.csv", exports.rounds_csv, name="rounds_csv"),
    path("rounds.json", exports.rounds_json, name="rounds_json"),
    path("rounds/<round:number>.json", exports.round_json, name="round_json"),
    *(
        view
        for name, form in references.FORMS.items()
        for view in (
            path(f"rounds.{form.ending}", references.rounds_in(form), name=f"rounds_{name}"),
            path(
                f"rounds/<round:number>.{form.ending}",
                references.round_in(form),
                name=f"round_{name}",
            ),
            path(f"sources.{form.ending}", references.sources_in(form), name=f"sources_{name}"),
            path(
                f"sources/<slug:slug>.{form.ending}",
                references.source_in(form),
                name=f"source_{name}",
            ),
        )
    ),
    path("citations.csv", exports.citations_csv, name="citations_csv"),
    path("statements.csv", exports.csv_of(exports.STATEMENTS), name="statements_csv"),
    path("statements.json", exports.json_of(exports.STATEMENTS), name="statements_json"),
    *(
        path(f"{table.name}.csv", exports.csv_of(table), name=f"{table.name}_csv")
        for table in exports.OTHERS
    ),
    *(
        path(f"{table.name}.json", exports.json_of(table), name=f"{table.name}_json")
        for table in exports.OTHERS
    ),
    parent("embed/", "about", name="embeds"),
    parent("embed/rounds/", "list", name="embed_rounds"),
    path("embed/rounds/<round:number>/", embeds.embed_round, name="embed_round"),
    path("embed/timeline/", embeds.embed_timeline, name="embed_timeline"),
    parent("embed/topics/", "topics", name="embed_topics"),
    path("embed/topics/<slug:slug>/", embeds.embed_topic, name="embed_topic"),
    path("oembed/", oembed.oembed, name="oembed"),
    path("picture.svg", pictures.picture_svg, name="picture_svg"),
    path("picture.png", pictures.picture_png, name="picture_png"),
    path("cards/timeline.png", cards.timeline_png, name="timeline_card"),
    path("cards/rounds/<round:number>.png", cards.round_png, name="round_card"),
    path("cards/topics/<slug:slug>.png", cards.topic_png, name="topic_card"),
    path("favicon.ico", icons.favicon, name="favicon"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap_index, LISTED, name="sitemap"),
    path("sitemap-<slug:section>.xml", crawlers.sitemap_section, LISTED, name="sitemap_section"),
    path(".well-known/security.txt", security.security_txt, name="security"),
    path("data/", data.data, name="data"),
    path("data/codebook/", data.codebook, name="codebook"),
    path("data/releases/", data.release_list, name="releases"),
    path("data/releases/<str:name>/", data.release_detail, name="release"),
    path("data/releases/<str:name>/<str:file>", data.release_file, name="release_file"),
    path("data/<str:name>", data.file, name="data_file"),
    path("search/", search.SearchView.as_view(), name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
    parent("api/", "api", name="apis"),
    *api.urlpatterns,
]
