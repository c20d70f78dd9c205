"""No request goes to a machine that not everybody reaches, whatever its name is."""

import socket

import httpx
import pytest

from rounds.links.asking import Asker
from rounds.links.ways import NoWayError, UnknownHostError, WalledTransport, is_public, public_way
from tests.rounds.links.conftest import run

PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "1.1.1.1"]
OTHERS = [
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",  # noqa: S104
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "2002:7f00:1::",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "::7f00:1",
    "localhost",
    "2130706433",
]


def test_public_addresses_are_told_from_all_others():
    assert [one for one in PUBLIC if not is_public(one)] == []
    assert [one for one in OTHERS if is_public(one)] == []


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "https://169.254.169.254/latest/meta-data/",
        "http://93.184.215.14:8080/",
        "https://93.184.215.14:80/",
        "ftp://93.184.215.14/",
        "file:///etc/passwd",
        "gopher://93.184.215.14/",
    ],
)
def test_addresses_within_are_not_asked_for(address):
    with pytest.raises((NoWayError, UnknownHostError)):
        run(Asker("Test").ask(address))


class Network:
    """Names that lead elsewhere each time they are looked for, and the requests that went out."""

    def __init__(self, monkeypatch, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.sent: list[httpx.Request] = []
        monkeypatch.setattr(socket, "getaddrinfo", self.find)

    def find(self, host, port, *args, **options):
        found = self.answers.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        return httpx.Response(200, request=request)

    async def aclose(self) -> None:
        pass


def test_a_name_that_is_led_elsewhere_meanwhile_leads_nowhere_else(monkeypatch):
    network = Network(monkeypatch, [PUBLIC[0]], ["127.0.0.1"])
    transport = WalledTransport(public_way)
    transport.inner = network

    async def ask() -> None:
        async with httpx.AsyncClient(transport=transport) as client:
            await client.get("https://example.org/a?b=c")
            with pytest.raises(NoWayError):
                await client.get("https://example.org/a")

    run(ask())
    (sent,) = network.sent
    assert str(sent.url) == f"https://{PUBLIC[0]}/a?b=c"
    assert sent.headers["Host"] == "example.org"
    assert sent.extensions["sni_hostname"] == "example.org"  # of which the certificate has to be


@pytest.mark.parametrize("found", [["127.0.0.1"], [PUBLIC[0], "10.0.0.1"], []])
def test_a_name_of_a_machine_within_is_not_asked_for(monkeypatch, found):
    Network(monkeypatch, found)
    with pytest.raises(NoWayError):
        run(public_way(httpx.URL("https://example.org/")))


def test_an_address_of_the_new_kind_is_asked_for_too(monkeypatch):
    network = Network(monkeypatch, [PUBLIC[1]])
    transport = WalledTransport(public_way)
    transport.inner = network
    run(transport.handle_async_request(httpx.Request("GET", "http://example.org/")))
    assert network.sent[0].url.host == PUBLIC[1]
