"""The addresses of the site, and one that fails."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from astana import urls


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("a fault of ours")


urlpatterns = [path("broken/", broken), *urls.urlpatterns]
