"""DNS rebinding and its relatives: what the inbox may be called, and from where it may be asked."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import Any

import pytest

from agent.errors import NeedsHuman
from agent.web.security import Guard, check_bind
from agent.web.serve import bind
from tests.rigs.inbox import Served, ask


def good(port: int) -> list[str]:
    return [f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"]


def foreign(port: int) -> list[str]:
    names = """127.0.0.1.evil.com localhost.evil.com evil.com evil.com.localhost sub.localhost localhost. 127.0.0.1. 127.1 127.0.1
    0x7f.1 0x7f.0.0.1 0x7f000001 2130706433 017700000001 0177.0.0.1 127.0.0.01 127.0.0.001 127.0.0.2 127.127.127.127 0.0.0.0 0 ::1 [::]
    [::ffff:127.0.0.1] [0:0:0:0:0:0:0:1] [::1%25lo] [::1%lo] [::1]. [fe80::1] ::ffff:7f00:1 1.0.0.127.in-addr.arpa localtest.me
    lvh.me 127.0.0.1.nip.io 127-0-0-1.sslip.io localhost.localdomain localhost6 ip6-localhost LOCALHOST Localhost lOcAlHoSt
    localhost%00 localhost%2eevil.com localhost,evil.com localhost;evil.com localhost/evil localhost#evil localhost?evil
    user@localhost localhost@evil.com evil.com@localhost localhost\\evil ①②⑦.0.0.1 ⓛocalhost ｌocalhost lоcalhost loca1host
    xn--lcalhost-wdc.com xn--localhost 192.168.0.1 10.0.0.1 172.16.0.1 100.64.0.1 127.0.0.1%20 localhost%20 localhost%0a
    169.254.169.254 metadata.google.internal onward onward.local - * null
    undefined localhost:http [] [::1 ::1] 127.0.0.1] [127.0.0.1] http://localhost //localhost""".split()
    ports = [f":{port}", "", ":80", f":{port}1", f":0{port}"]
    made = [name + suffix for name, suffix in product(names, ports[:2])]
    made += [host.partition(":")[0] + suffix for host in ("127.0.0.1", "localhost") for suffix in ports[1:]]
    made += [f"[::1]{suffix}" for suffix in ports[1:]] + ["", ":", f":{port}", " ", f"localhost :{port}", f"localhost: {port}"]
    made += [f"localhost:{port}:{port}", f"localhost:+{port}", f"localhost:{port:x}", f"localhost:{port}/", f"localhost:{port}."]
    made += [f"{host}, {other}" for host, other in product(good(port), [*good(port), "evil.com"])]
    made += [f"{host}\t{'x' * n}" for host in good(port) for n in (1, 300)]
    return made


def test_only_the_three_names_with_the_port_are_answered(served: Served) -> None:
    wrong = foreign(served.port)
    assert len(set(wrong)) == len(wrong) >= 200
    for host in good(served.port):
        assert ask(served.port, f"GET /healthz HTTP/1.1\nHost: {host}")[0] == 200
    for host in wrong:
        assert ask(served.port, f"GET /healthz HTTP/1.1\nHost: {host}")[0] in (400, 403), host


def test_a_request_has_exactly_one_host(served: Served) -> None:
    ours = good(served.port)[0]
    for hosts in ("", f"\nHost: {ours}\nHost: {ours}", f"\nHost: {ours}\nHost: evil.com"):
        for version in ("1.0", "1.1"):
            assert ask(served.port, f"GET /healthz HTTP/{version}{hosts}")[0] in (400, 403), hosts


def test_a_proxys_word_for_the_host_or_the_peer_counts_nothing(served: Served) -> None:
    for name in ("X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-Host"):
        assert ask(served.port, f"GET /healthz HTTP/1.1\nHost: evil.com\n{name}: localhost:{served.port}")[0] == 403
    forwarded = "X-Forwarded-For: 203.0.113.9\nX-Forwarded-Proto: https"
    assert ask(served.port, f"GET /healthz HTTP/1.1\nHost: localhost:{served.port}\n{forwarded}")[0] == 200


def test_a_host_in_the_request_line_does_not_stand_for_the_header(served: Served) -> None:
    assert ask(served.port, f"GET http://localhost:{served.port}/healthz HTTP/1.1\nHost: evil.com")[0] == 403


@pytest.mark.parametrize("peer", [("192.168.0.7", 5000), ("::ffff:192.168.0.7", 5000), ("", 0), ("localhost.evil", 1), None])
def test_a_peer_on_another_machine_is_refused(peer: tuple[str, int] | None) -> None:
    """Asked as ASGI: a socket of this machine has no such peer."""
    sent: list[Any] = []

    async def app(*_: Any) -> None:
        raise AssertionError("it was let in")

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"host", b"localhost:8765")], "client": peer}
    asking = Guard(app, 8765)(scope, None, send)  # type: ignore[arg-type]
    with ThreadPoolExecutor(1) as apart:  # a browser test of the same process may have left a loop running in this thread
        apart.submit(asyncio.run, asking).result()
    assert sent[0]["status"] == 403


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.168.0.2", "example.com", "127.0.0.1.evil.com", "[::]", "fe80::1", "*"])
def test_the_inbox_is_not_served_to_others(host: str) -> None:
    with pytest.raises(NeedsHuman, match="this machine alone"):
        bind(host, 0)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.0.0.2"])
def test_loopback_addresses_may_be_bound(host: str) -> None:
    check_bind(host)


def test_a_taken_port_is_told(served: Served) -> None:
    with pytest.raises(NeedsHuman, match=str(served.port)):
        bind("127.0.0.1", served.port)


def test_no_websocket_is_opened(served: Served) -> None:
    upgrade = "Connection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="
    assert ask(served.port, f"GET /live HTTP/1.1\nHost: localhost:{served.port}\n{upgrade}")[0] == 403
