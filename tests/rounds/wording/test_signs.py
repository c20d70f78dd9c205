import pytest
from django.http import QueryDict

from rounds.selection.filters import RoundFilterSet
from rounds.wording.signs import storable


def test_what_no_database_stores_is_replaced():
    assert (
        storable("a\0b\ud800\U0001f54a")
        == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}\U0001f54a"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["\0", "\ud800", "%ED%A0%80"])
def test_no_filter_fails_for_half_a_sign(client, value):
    names = RoundFilterSet.base_filters
    for name in names:
        data = QueryDict(f"{name}={value}") if value.isascii() and "%" in value else {name: value}
        assert not RoundFilterSet(data).qs.exists()
    for address in ("/?q={}", "/search/?q={}", "/search/suggest/?q={}", "/?topic={}"):
        assert client.get(address.format("%ED%A0%80%00")).status_code == 200
