from __future__ import annotations

import html
import shlex
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import select

from agent.cli.run import opening
from agent.store import Store
from agent.store.schema import setting
from agent.web import session
from tests.desk import rules
from tests.rigs.inbox import NO_TLS, NOW, Served, serving


def link(served: Served) -> str:
    return session.link(served.inbox.store, served.port, NOW)


def test_a_link_signs_in_once(served: Served) -> None:
    address = link(served)
    with served.client(signed_in=False) as first, served.client(signed_in=False) as second:
        assert first.get(address).status_code == 303
        again = second.get(address)
        assert again.status_code == 403
        assert "set-cookie" not in again.headers
        assert "onward run --open" in again.text


def test_who_is_not_signed_in_is_told_the_command_of_this_very_configuration(store: Store, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert opening(tmp_path / "onward" / "onward.yaml") == "onward run --open"
    other = opening(tmp_path / "my <b> & co" / "onward.yaml")
    assert shlex.split(other) == ["onward", "run", "--open", "--config", f"{tmp_path}/my <b> & co/onward.yaml"]
    with serving(store, rules(), command=other) as served, served.client(signed_in=False) as client:
        assert f"<code>{html.escape(other).replace('&#x27;', '&#39;')}</code>" in client.get("/").text


def test_the_token_leaves_the_address(served: Served) -> None:
    with served.client(signed_in=False) as client:
        assert client.get(link(served)).headers["location"] == "/"


def test_asking_for_the_head_does_not_use_the_link_up(served: Served) -> None:
    address = link(served)
    with served.client(signed_in=False) as client:
        client.head(address)
        assert client.get(address).status_code == 303


def test_a_link_is_good_for_a_quarter_of_an_hour(served: Served) -> None:
    store = served.inbox.store
    token = session.link(store, 1, NOW).partition("token=")[2]
    assert session.redeem(store, token, NOW + timedelta(minutes=15)) is None
    assert session.redeem(store, token, NOW) is None, "and it does not come back"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(served: Served) -> None:
    with served.client(signed_in=False) as client:
        given = client.get(link(served)).headers["set-cookie"]
    name, _, rest = given.partition("=")
    assert name.startswith("onward_")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {part.strip() for part in rest.split(";")}
    assert "domain" not in given.lower()


def test_every_store_has_a_cookie_name_of_its_own(tmp_path) -> None:
    stores = [Store.open(f"sqlite:///{tmp_path}/{n}.db") for n in range(2)]
    assert session.cookie(stores[0]) != session.cookie(stores[1])
    assert session.cookie(stores[0]) == session.cookie(stores[0])
    for store in stores:
        store.close()


def test_a_restart_signs_nobody_out(served: Served) -> None:
    cookies = served.sign_in()
    with serving(served.inbox.store, rules()) as restarted, restarted.client(signed_in=False, cookies=cookies) as later:
        assert later.get("/nothing").status_code == 404


def test_a_session_ends(served: Served) -> None:
    with served.client() as client:
        assert client.get("/nothing").status_code == 404
        served.server.app.state.inbox = replace(served.inbox, clock=lambda: NOW + session.LASTS)
        assert client.get("/nothing").status_code == 403


def test_the_store_does_not_hold_what_signs_in(served: Served) -> None:
    address = link(served)
    with served.client() as client, served.inbox.store.begin() as tx:
        rows = str(tx.execute(select(setting)).all())
        assert not any(value in rows for value in client.cookies.values())
        assert address.partition("token=")[2] not in rows


def test_without_a_session_every_page_is_the_same_short_one(served: Served) -> None:
    with served.client(signed_in=False) as client:
        for path in ("/", "/c/0123456789ab", "/nothing", "/live"):
            answer = client.get(path)
            assert answer.status_code == 403
            assert "not signed in" in answer.text
            assert "Dana" not in answer.text
        assert client.post("/round", data={"csrf": "x"}).status_code == 403


def test_health_is_told_without_a_session_and_names_nobody(served: Served) -> None:
    with served.client(signed_in=False) as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        assert client.get("/metrics").text == "onward_up 1\n"


def test_a_failing_daemon_is_unavailable(served: Served) -> None:
    class Ill:
        ok = False

    served.server.app.state.inbox = replace(served.inbox, health=Ill)
    with served.client(signed_in=False) as client:
        assert client.get("/healthz").status_code == 503


def test_made_up_and_empty_cookies_are_no_session(served: Served) -> None:
    with served.client() as client:
        name = next(iter(client.cookies))
    for value in ("", "x", "é".encode().hex(), "a" * 3000, '"'):
        with httpx2.Client(base_url=served.url, headers={"Cookie": f"{name}={value}"}, verify=NO_TLS) as other:
            assert other.get("/nothing").status_code == 403


def test_a_link_names_the_address_that_is_served(served: Served) -> None:
    assert session.link(served.inbox.store, 8765, NOW, "::1").startswith("http://[::1]:8765/start?token=")
    assert session.link(served.inbox.store, 8765, NOW).startswith("http://127.0.0.1:8765/start?token=")
