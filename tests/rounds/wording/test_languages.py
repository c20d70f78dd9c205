import pytest

from rounds.wording.languages import language_name


@pytest.mark.parametrize(("code", "name"), [("ru", "Russian"), ("kk", "Kazakh"), ("xx", "xx")])
def test_language_name(code, name):
    assert language_name(code) == name
