"""What the admin proposes as a slug."""

import pytest
from django.contrib.staticfiles.finders import find
from playwright.sync_api import Browser


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Әбдірахманов", "abdirahmanov"),
        ("ҚАЙРАТ Өмірғали", "kajrat-omirgali"),
        ("Ḥusayn al-Ṣāliḥ", "husayn-al-salih"),
        ("Yıldız Şükrü", "yildiz-sukru"),
        ("Idlib (north)", "idlib-north"),
        ("Лаврентьев", "lavrentev"),
    ],
)
def test_no_letter_of_a_name_is_lost_in_its_slug(browser: Browser, name, slug):
    page = browser.new_page()
    page.add_script_tag(path=find("admin/js/urlify.js"))
    page.add_script_tag(path=find("js/slugs.js"))
    assert page.evaluate("name => URLify(name, 50)", name) == slug
    page.close()
