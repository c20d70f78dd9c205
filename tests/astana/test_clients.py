"""Who asks, and how much of it is told."""

import pytest

from astana.clients import client_of, is_proxy, is_trusted, shortened


@pytest.fixture
def proxies(settings):
    def set_to(*addresses: str) -> None:
        settings.FORWARDED_ALLOW_IPS = list(addresses)
        is_proxy.cache_clear()

    yield set_to
    is_proxy.cache_clear()


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "client"),
    [
        (["127.0.0.1"], "203.0.113.7", "", "203.0.113.7"),
        (["127.0.0.1"], "203.0.113.7", "198.51.100.1", "203.0.113.7"),  # forged
        (["127.0.0.1"], "127.0.0.1", "198.51.100.1", "198.51.100.1"),
        (["127.0.0.1"], "127.0.0.1", "192.0.2.9, 198.51.100.1", "198.51.100.1"),  # forged in part
        (["127.0.0.1", "10.0.0.0/8"], "127.0.0.1", "9.9.9.9, 192.0.2.1, 10.1.2.3", "192.0.2.1"),
        (["10.0.0.0/8"], "10.1.1.1", "10.2.2.2, 10.3.3.3", "10.2.2.2"),
        (["127.0.0.1"], "127.0.0.1", "198.51.100.1, unknown", "127.0.0.1"),
        (["127.0.0.1"], "127.0.0.1", "", "127.0.0.1"),
        (["*"], "203.0.113.7", "192.0.2.9, 198.51.100.1", "198.51.100.1"),
        ([], "", "192.0.2.9, 198.51.100.1", "198.51.100.1"),  # a socket of the file system
        (["::1"], "::1", "2001:db8::1", "2001:db8::1"),
        (["127.0.0.1"], "::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ([], "", "", ""),
    ],
)  # fmt: skip
def test_a_client_is_known_by_what_nobody_can_forge(proxies, trusted, peer, forwarded, client):
    proxies(*trusted)
    meta = {"REMOTE_ADDR": peer} | ({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {})
    assert client_of(meta) == client


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("", "-"),
        ("nonsense", "-"),
    ],
)
def test_no_full_address_is_told(address, told):
    assert shortened(address) == told


@pytest.mark.django_db
def test_only_a_trusted_proxy_says_that_it_was_asked_over_https(client, proxies, settings):
    settings.SECURE_SSL_REDIRECT = True
    headers = {"X-Forwarded-Proto": "https"}
    proxies("127.0.0.1")
    assert client.get("/no/such/page/", headers=headers).status_code == 404
    proxies("10.0.0.1")
    assert client.get("/no/such/page/", headers=headers).status_code == 301
    assert not is_trusted("127.0.0.1")
