from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from rounds.messages.forms import PERIOD, MessageForm, TooManyError
from rounds.messages.mail import send
from rounds.messages.places import Place, place_of
from rounds.pages.addresses import of_the_moment
from rounds.selection.parameters import takes


@csrf_exempt  # its token would be a cookie; the form has a stamp instead
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_moment
@takes(page="", fact="")
def report(request: HttpRequest) -> HttpResponse:
    """The form by which a reader reports a mistake to the editors, and what is done with it."""
    is_sent = request.method == "POST"
    asked = request.POST if is_sent else request.GET
    form = MessageForm(
        place_of(asked.get("page", "")), request.POST if is_sent else None, asked.get("fact", "")
    )
    status = 200
    if is_sent and is_from_elsewhere(request):
        form.add_error(None, gettext("This came from another site. Send it again from here."))
    elif is_sent and form.is_valid():
        try:
            message = form.keep()
        except TooManyError:
            status = 429
            form.add_error(
                None,
                gettext(
                    "So many messages came within an hour that no more are taken just now. Keep "
                    "this page open, and send it again in a while."
                ),
            )
        else:
            if message:
                screen = reverse("admin:rounds_message_change", args=[message.pk])
                send(message, request.build_absolute_uri(screen))
            return redirect(thanks_for(form.place))
    response = render(request, "messages/report.html", {"form": form}, status=status)
    if status != 200:
        response.headers["Retry-After"] = str(int(PERIOD.total_seconds()))
    return response


@require_safe
@of_the_moment
@takes(page="")
def thanks(request: HttpRequest) -> HttpResponse:
    """What becomes of a message that was sent."""
    place = place_of(request.GET.get("page", ""))
    return render(request, "messages/thanks.html", {"place": place or Place()})


def thanks_for(place: Place) -> str:
    query = f"?{urlencode({'page': place.path})}" if place.path else ""
    return reverse("rounds:thanks") + query


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser says that a form was sent from a page of another site."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site not in ("same-origin", "none")
    try:
        origin = urlsplit(request.headers.get("Origin", "")).hostname
    except ValueError:
        return True
    return origin is not None and origin != split_domain_port(request.get_host())[0]
