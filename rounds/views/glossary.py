from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rounds.models import FixedTerm
from rounds.old_addresses import former_keys
from rounds.sources.footnotes import Footnotes


def glossary(request: HttpRequest) -> HttpResponse:
    """The fixed terms of the process with their wording in each language."""
    terms = FixedTerm.objects.visible_to(request.user).for_page()
    former = former_keys(terms)
    for term in terms:
        term.former_slugs = former.get(term.pk, [])
    return render(request, "rounds/glossary.html", {"terms": terms, "footnotes": Footnotes()})
