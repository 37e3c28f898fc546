"""Web addresses that name a host a browser can ask, and those that do not."""

import pytest

from expoarchive.nodes.host import LONGEST_HOST, parts_of


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "https://example.org.",
        "http://localhost:8000/a?b#c",
        "https://a_b.example/",
        "https://192.0.2.1:65535",
        "https://[2001:db8::1]",
        "https://[::1]:80/x",
        "https://青洽会.中国/展会",
        "https://例え。jp",
        "https://bücher.example",
        "https://xn--fiqs8s",
        "https://１９２.０.２.１",
    ],
)
def test_a_host_has_any_script_and_any_form(address: str) -> None:
    """Names, addresses of both sorts, and a port."""
    assert parts_of(address) is not None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "ftp://example.org",
        "javascript:x",
        "https:host.example",
        "https://",
        "https:///x",
        "https://.",
        "https://a..b",
        "https://-a.b",
        "https://a-.b",
        f"https://{'a' * 64}.b",
        f"https://{'a.' * LONGEST_HOST}b",
        "https://h:",
        "https://h:abc",
        "https://h:0",
        "https://h:080",
        "https://h:８０",
        "https://h:65536",
        "https://h:-1",
        "https://user@h",
        "https://user:pw@h",
        "https://@h",
        "https://[::1",
        "https://[::1]]",
        "https://[bad]",
        "https://[fe80::1%25eth0]",
        "https://256.1.1.1",
        "https://0x7f",
        "https://xn--",
        "https://℀.com",
        "https://h%41",
        "https://a b",
        "https://h\\@x",
        "https://h/\x07",
        "https://h/\udcff",
        "https://\u202eh",
        "https://h\n/",
    ],
)
def test_what_no_browser_could_ask_is_no_address(address: str) -> None:
    """No host, one that cannot be, no port that can, a user, or signs that no address has."""
    assert parts_of(address) is None
