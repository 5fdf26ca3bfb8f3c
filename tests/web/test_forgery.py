"""Requests that another page makes the rep's browser send."""

from __future__ import annotations

from itertools import product
from urllib.parse import urlencode

import httpx2
import pytest

from agent.web import session
from tests.rigs.inbox import NO_TLS, Served

FORM, PLAIN, SCRIPT = "application/x-www-form-urlencoded", "text/plain", "application/json"
ABSENT = ""
SITES = ("same-origin", "same-site", "cross-site", "none", ABSENT)


def origins(served: Served) -> tuple[str, ...]:
    return (served.url, f"http://127.0.0.1:{served.port + 1}", "https://evil.example", "null", ABSENT)


def right(served: Served, origin: str, site: str, kind: str, cookie: bool, token: str) -> bool:
    from_here = (origin == served.url and site in ("same-origin", ABSENT)) or (origin in ("null", ABSENT) and site == "same-origin")
    return from_here and kind == FORM and cookie and token == "right"


def test_only_the_inboxs_own_forms_act(served: Served) -> None:
    """All 450 combinations of Origin, Sec-Fetch-Site, content type, cookie and token of a POST: 4 of them act."""
    cookies, acted = served.sign_in(), 0
    tokens = {"right": session.csrf(next(iter(cookies.values()))), "wrong": "0" * 64, "absent": ABSENT}
    cells = list(product(origins(served), SITES, (FORM, PLAIN, SCRIPT), (True, False), tokens))
    assert len(cells) == 450
    with httpx2.Client(base_url=served.url, trust_env=False, verify=NO_TLS) as client:
        for origin, site, kind, cookie, token in cells:
            named = {"Origin": origin, "Sec-Fetch-Site": site, "Content-Type": kind, "Cookie": crumbs(cookies) if cookie else ABSENT}
            body = urlencode({"csrf": tokens[token]} if tokens[token] else {"x": "y"})
            answer = client.post("/round", content=body, headers={name: value for name, value in named.items() if value})
            good = right(served, origin, site, kind, cookie, token)
            acted += good
            assert (answer.status_code == 303) is good, (origin, site, kind, cookie, token, answer.status_code)
            assert len(served.rounds) == acted
    assert acted == 4 == len(served.rounds)


def crumbs(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_no_other_method_acts(served: Served, method: str) -> None:
    with served.client() as client:
        token = session.csrf(next(iter(client.cookies.values())))
        for path in ("/round", f"/round?csrf={token}"):
            answer = client.request(method, path, content=urlencode({"csrf": token}), headers={"Content-Type": FORM})
            assert answer.status_code in (400, 403, 404, 405)
    assert not served.rounds


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_get_does_not_become_a_post(served: Served, header: str) -> None:
    with served.client() as client:
        client.get("/round", headers={header: "POST"}, params={"_method": "POST"})
    assert not served.rounds


def test_the_token_of_another_session_is_refused(served: Served) -> None:
    other = session.csrf(next(iter(served.sign_in().values())))
    with served.client() as client:
        assert client.post("/round", data={"csrf": other}).status_code == 403
    assert not served.rounds


def test_two_origins_are_none(served: Served) -> None:
    cookies = served.sign_in()
    headers = [("Origin", served.url), ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "same-origin"), ("Cookie", crumbs(cookies))]
    with httpx2.Client(base_url=served.url, trust_env=False, verify=NO_TLS) as client:
        answer = client.post("/round", data={"csrf": session.csrf(next(iter(cookies.values())))}, headers=headers)
    assert answer.status_code == 403
    assert not served.rounds


def test_other_sites_cannot_load_pages_as_images_scripts_or_frames(served: Served) -> None:
    with served.client() as client:
        for site, mode, dest in product(("cross-site", "same-site"), ("no-cors", "cors", "navigate"), ("image", "script", "iframe")):
            headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
            assert client.get("/healthz", headers=headers).status_code == 403
        followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
        assert client.get("/healthz", headers=followed).status_code == 200


def test_a_long_form_is_refused_whether_or_not_it_says_so(served: Served) -> None:
    with served.client() as client:
        token = session.csrf(next(iter(client.cookies.values())))
        body = urlencode({"csrf": token, "x": "y" * 600_000}).encode()
        assert client.post("/round", content=body, headers={"Content-Type": FORM}).status_code == 413
        pieces = (body[i : i + 10_000] for i in range(0, len(body), 10_000))
        assert client.post("/round", content=pieces, headers={"Content-Type": FORM}).status_code == 413
        assert client.post("/round", data={"csrf": token} | {f"f{n}": "x" for n in range(120)}).status_code == 400
        assert client.post("/round", data={"csrf": token}, files={"x": ("x.txt", b"x")}).status_code == 400
    assert not served.rounds


def test_a_form_in_parts_acts_too(served: Served) -> None:
    with served.client() as client:
        token = session.csrf(next(iter(client.cookies.values())))
        part = f'--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{token}\r\n--b--\r\n'
        answer = client.post("/round", content=part.encode(), headers={"Content-Type": "multipart/form-data; boundary=b"})
    assert answer.status_code == 303
    assert len(served.rounds) == 1
