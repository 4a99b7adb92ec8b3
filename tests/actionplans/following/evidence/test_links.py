"""Which links are taken, and which machines are never visited."""

import pytest

from actionplans.domain.following.evidence.links import (
    NOT_A_LINK,
    NOT_FOR_ALL,
    full_link,
    is_public_address,
    link_flaw,
)


@pytest.mark.parametrize(
    "link",
    [
        "https://www.cartago.gov.co/acta.pdf",
        "http://drive.example.com/d/abc?x=1#y",
        "https://example.com:8443/á",
        "https://8.8.8.8/",
    ],
)
def test_a_link_that_anybody_opens_is_taken(link):
    assert link_flaw(link) == ""


@pytest.mark.parametrize(
    "link",
    ["", "acta", "www.cartago.gov.co", "javascript:alert(1)", "ftp://x.example/a", "file:///etc/passwd", "https://",
     "https://ejem plo.com/", "https://x.example/\nb", "http://[::1", "https://x.example:port/"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(link):
    assert link_flaw(link) == NOT_A_LINK


@pytest.mark.parametrize(
    "link",
    ["http://localhost/a", "http://127.0.0.1/", "http://10.1.2.3/a", "http://192.168.0.10/", "http://[::1]/",
     "http://169.254.169.254/latest", "http://intranet/a", "http://archivos.local/a", "http://[::ffff:10.0.0.1]/"],
)  # fmt: skip
def test_what_only_the_own_network_opens_is_refused(link):
    assert link_flaw(link) == NOT_FOR_ALL


def test_a_link_with_a_password_or_without_end_is_refused():
    assert "usuario o una contraseña" in link_flaw("https://yo:clave@x.example/")
    assert "1000 caracteres" in link_flaw("https://x.example/" + "a" * 1000)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("172.16.3.4", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_only_addresses_of_the_whole_network_are_public(address, public):
    assert is_public_address(address) is public


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        (" www.cartago.gov.co/a ", "https://www.cartago.gov.co/a"),
        ("WWW.x.example", "https://WWW.x.example"),
        ("http://www.x.example", "http://www.x.example"),
        ("acta.pdf", "acta.pdf"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("", ""),
    ],
)
def test_an_address_copied_without_its_beginning_gets_it(typed, link):
    assert full_link(typed) == link
