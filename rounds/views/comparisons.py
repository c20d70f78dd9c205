from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rounds.findings.comparison import Comparison
from rounds.models import Round
from rounds.selection.pair import PairForm
from rounds.selection.parameters import takes
from rounds.views.momentary import momentary
from rounds.views.moved import moved


def compare(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """Two rounds side by side; whichever order they are given in, the earlier comes first."""
    rounds = Round.objects.visible_to(request.user)
    found = {round_.number: round_ for round_ in rounds.with_comparison().numbered(first, second)}
    unknown = [number for number in (first, second) if number not in found]
    if unknown and (response := moved(request, rounds)):
        return response
    if unknown or first == second:
        context = {
            "unknown": unknown,
            "number": first,
            "nearest": rounds.nearest(unknown[0] if unknown else first),
            "numbers": [row.number for row in rounds.outline()],
        }
        return render(request, "rounds/compare_missing.html", context, status=404)
    if first > second:
        return redirect("rounds:compare", second, first)
    comparison = Comparison(found[first], found[second])
    numbers = [row.number for row in rounds.outline()]
    context = {"comparison": comparison, "numbers": numbers}
    return render(request, "rounds/compare.html", context)


@takes(first=None, second=None)
def choose(request: HttpRequest) -> HttpResponse:
    """Lead the form with two numbers to the address of their comparison."""
    form = PairForm(request.GET if request.GET.keys() & PairForm.base_fields.keys() else None)
    if form.is_valid():
        return redirect("rounds:compare", *form.cleaned_data.values())
    numbers = [row.number for row in Round.objects.visible_to(request.user).outline()]
    context = {"numbers": numbers, "is_form": True, "form": form}
    response = render(request, "rounds/compare_missing.html", context)
    return momentary(response) if form.is_bound else response
