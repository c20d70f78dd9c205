"""Addresses of the admin that come before Django's own."""

from django.contrib import admin
from django.urls import path

from rounds.admin.card import card
from rounds.admin.choices import choices
from rounds.admin.entering import views as entering
from rounds.admin.history import bring_back, deleted, history, restore
from rounds.admin.links import view_on_site
from rounds.admin.merging import merge
from rounds.admin.opened.presence import presence
from rounds.admin.sheets import record_file, round_file, sheets

urlpatterns = [
    path("r/<path:content_type_id>/<path:object_id>/", admin.site.admin_view(view_on_site)),
    path("autocomplete/", admin.site.admin_view(choices)),
    path("entering/names/", admin.site.admin_view(entering.names), name="entering_names"),
    path("entering/source/", admin.site.admin_view(entering.source), name="entering_source"),
    path(
        "entering/delegations/<int:number>/",
        admin.site.admin_view(entering.delegations),
        name="entering_delegations",
    ),
    path("card/", admin.site.admin_view(card), name="card"),
    path("deleted/", admin.site.admin_view(deleted), name="deleted"),
    path("deleted/<int:key>/", admin.site.admin_view(bring_back), name="bring_back"),
    path("<str:app>/<str:name>/merge/", admin.site.admin_view(merge), name="merge"),
    path("<str:app>/<str:name>/<path:key>/history/", admin.site.admin_view(history)),
    path(
        "<str:app>/<str:name>/<int:key>/history/<int:until>/",
        admin.site.admin_view(restore),
        name="restore",
    ),
    path("open/", admin.site.admin_view(presence), name="presence"),
    path("sheets/", admin.site.admin_view(sheets), name="sheets"),
    path("sheets/record-<str:form>.zip", admin.site.admin_view(record_file), name="sheets_record"),
    path(
        "sheets/round-<int:number>.<str:form>",
        admin.site.admin_view(round_file),
        name="sheets_round",
    ),
]
