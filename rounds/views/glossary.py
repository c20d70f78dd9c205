from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rounds.models import FixedTerm
from rounds.sources.footnotes import Footnotes


def glossary(request: HttpRequest) -> HttpResponse:
    """The fixed terms of the process with their wording in each language."""
    terms = FixedTerm.objects.visible_to(request.user).for_page()
    return render(request, "rounds/glossary.html", {"terms": terms, "footnotes": Footnotes()})
