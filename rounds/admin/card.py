"""The card for editors: a round in ten minutes, on one page to print."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe


@require_safe
def card(request: HttpRequest) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": gettext("A round in ten minutes")}
    return render(request, "admin/card.html", context)
