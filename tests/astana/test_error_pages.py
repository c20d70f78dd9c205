"""What is shown where no page can be."""

import pytest

from astana.errors import server_error
from tests.pages import get_page, page_of


@pytest.mark.django_db
def test_other_unknown_addresses_are_in_the_design(client):
    page = get_page(client, "/no/such/page/", status=404)
    assert page.one("h1").text == "There is no such page"


def test_a_fault_is_told_in_the_design(rf):
    response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Something went wrong here" in page_of(response).one("h1").text


@pytest.mark.django_db
def test_who_may_not_do_something_is_told_so_in_the_design(editor_client):
    page = get_page(editor_client, "/admin/auth/user/", status=403)
    assert page.one("h1").text == "You may not do this"
    assert page.has("header nav")
