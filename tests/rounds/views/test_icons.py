"""The icon where browsers look for it beside what is no page."""

import pytest
from django.contrib.staticfiles import finders

from tests.pages import get_page

pytestmark = pytest.mark.django_db


def test_browsers_find_the_icon_that_pages_name(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    icon = get_page(client, "/about/").one('link[rel="icon"]')
    assert response.headers["Location"] == icon.attributes["href"]
    assert finders.find(response.headers["Location"].removeprefix("/static/"))
