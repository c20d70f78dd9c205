"""What those who look through sites want to know: where everything is, and where to stay away."""

from collections.abc import Callable
from typing import Any

from django.contrib.sitemaps import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse

from rounds.selection.parameters import takes

Sitemaps = Callable[..., dict[str, Any]]  # those of the sections that are named, or all

# They fetch the one page that somebody shares, such as a filtered timeline, to show what it is.
SHARING = (
    "facebookexternalhit",
    "Twitterbot",
    "LinkedInBot",
    "Slackbot-LinkExpanding",
    "TelegramBot",
    "WhatsApp",
    "Discordbot",
    "Iframely",
)


@takes()
def sitemap_index(request: HttpRequest, sitemaps: Sitemaps) -> TemplateResponse:
    """The sitemaps of all sections; of a section with more than 50,000 pages several."""
    return views.index(request, sitemaps(), sitemap_url_name="rounds:sitemap_section")


@takes(p="1")
def sitemap_section(request: HttpRequest, section: str, sitemaps: Sitemaps) -> TemplateResponse:
    """The pages of a section."""
    return views.sitemap(request, sitemaps(section), section)


@takes()
def robots(request: HttpRequest) -> HttpResponse:
    """Where not to look: behind each question is another, and there is no end of them."""
    context = {"sharing": SHARING, "root": request.build_absolute_uri("/")[:-1]}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")
