"""Forms come as browsers send them."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("charset", ["hex", "utf-7", "unicode_escape", "undefined", "latin-1"])
@pytest.mark.parametrize("address", ["/report/", "/admin/login/"])
def test_a_form_in_another_charset_is_refused(client, address, charset):
    kind = f"multipart/form-data; boundary=B; charset={charset}"
    form = b'--B\r\nContent-Disposition: form-data; name="text"\r\n\r\n\\ud800\r\n--B--\r\n'
    assert client.generic("POST", address, form, kind).status_code == 400
    plain = "application/x-www-form-urlencoded; charset=UTF-8"
    assert client.post(address, b"text=1", content_type=plain).status_code in (200, 403)
