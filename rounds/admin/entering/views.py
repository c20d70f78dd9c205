"""What the page of a round asks for while it is filled in."""

from typing import Any

from django import forms
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from rounds.access import may_edit
from rounds.admin.entering.fields import day_field
from rounds.admin.entering.reading import NAMED
from rounds.admin.entering.sections import help_of
from rounds.models import Delegation, Round
from rounds.search.words import folded
from rounds.sources.admin import shown_to
from rounds.sources.models import Source


@require_GET
def names(request: HttpRequest) -> HttpResponse:
    """Everything that is found by its names: of each the first name, and the others."""
    check(request)
    found: dict[str, Any] = {}
    for model in NAMED:
        rows = shown_to(request.user, model.objects.with_names())
        found[model._meta.model_name] = [[str(one), *one.known_as] for one in rows]
    return JsonResponse(found)


@require_GET
def delegations(request: HttpRequest, number: int) -> HttpResponse:
    """The delegations of a round as they may come again: participants and roles, nothing else."""
    check(request)
    round_ = get_object_or_404(shown_to(request.user, Round.objects.all()), number=number)
    rows = Delegation.objects.filter(round=round_).select_related("participant")
    return JsonResponse(
        {"delegations": [{"participant": str(one), "role": one.role} for one in rows]}
    )


class SourceForm(forms.ModelForm[Source]):
    """What is asked of a source whose address was given."""

    prefix = "new"

    class Meta:
        model = Source
        fields = ["url", "title", "publisher", "published", "language"]
        widgets = {"title": forms.TextInput}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["language"].initial = "en"
        self.fields["published"] = day_field(Source._meta.get_field("published"))

    def _post_clean(self) -> None:
        self.instance.slug = free_slug(self.cleaned_data)
        super()._post_clean()  # type: ignore[misc]


def free_slug(said: dict[str, Any]) -> str:
    """A slug of publisher and day that no source has yet."""
    day = f"{said['published']:%Y-%m-%d}" if said.get("published") else ""
    publisher = slugify(folded(said.get("publisher") or ""))[:30].strip("-")
    wanted = "-".join(filter(None, (publisher or "source", day)))
    taken = set(Source.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    places = [wanted, *(f"{wanted}-{place}" for place in range(2, len(taken) + 3))]
    return next(one for one in places if one not in taken)


@require_POST
def source(request: HttpRequest) -> HttpResponse:
    """The source with an address, on record or put there; else the form that asks what it is.

    200 with the source as it stands in the tray, 202 with a form to fill in.
    """
    check(request)
    form = SourceForm(request.POST if "new-title" in request.POST else None)
    address = request.POST.get("new-url") or request.POST.get("address", "")
    found = shown_to(request.user, Source.objects.at(address)).first()
    if found:
        return tray_row(request, found)
    if not request.user.has_perm("sources.add_source"):
        raise PermissionDenied
    if form.is_bound and form.is_valid():
        made = form.save()
        LogEntry.objects.log_actions(request.user.pk or 0, [made], ADDITION, "", single_object=True)
        return tray_row(request, made)
    if not form.is_bound:
        form = SourceForm(initial={"url": address.strip()})
    context = {"form": form, "help": help_of(form.fields.values())}
    return render(request, "admin/entering/new_source.html", context, status=202)


def tray_row(request: HttpRequest, one: Source) -> HttpResponse:
    context = {"source": one, "is_of_round": True}
    return render(request, "admin/entering/source.html", context)


def check(request: HttpRequest) -> None:
    if not may_edit(request.user, Round):
        raise PermissionDenied
