"""What every answer carries, and what none tells."""

from __future__ import annotations

import logging
from dataclasses import replace

import httpx2
import pytest

from agent.web import page, session
from tests.rigs.inbox import Served, ask

POLICY = {
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


def check(answer: httpx2.Response, *, kept: bool = False) -> None:
    assert {part.strip() for part in answer.headers["content-security-policy"].split(";")} == POLICY
    for name, value in {
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "max-age=31536000, immutable" if kept else "no-store",
    }.items():
        assert answer.headers.get_list(name) == [value]
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "server" not in answer.headers
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def ill() -> None:
    raise RuntimeError("Ana wrote: our budget is 40,000")


def test_every_answer_carries_the_headers(served: Served) -> None:
    served.server.app.state.inbox = replace(served.inbox, metrics=ill)
    link, form = session.link(served.inbox.store, served.port, served.inbox.clock()), {"Content-Type": "text/plain"}
    with served.client() as client, served.client(signed_in=False) as stranger:
        token = {"csrf": session.csrf(next(iter(client.cookies.values())))}
        answers = {
            200: client.get("/healthz"),
            303: client.post("/round", data=token),
            403: stranger.get("/"),
            404: client.get("/nothing"),
            405: client.get("/round"),
            413: client.post("/round", data=token | {"x": "y" * 600_000}),
            415: client.post("/round", content="x", headers=form),
            422: client.post("/which", data=token),
            500: client.get("/metrics"),
        }
        more = [stranger.get(link), stranger.get(link), client.get("/static/0/x.css"), client.post("/round"), client.put("/round")]
        more += [client.post("/c/0123456789ab/approve", data=token), client.get("/healthz", headers={"Host": "evil.com"})]
    assert {status: answer.status_code for status, answer in answers.items()} == {status: status for status in answers}
    for answer in (*answers.values(), *more):
        check(answer)


def test_static_files_may_be_kept_because_their_address_changes_with_them(served: Served) -> None:
    name = next(iter(page._files()))
    with served.client(signed_in=False) as client:
        check(client.get(page.address(name)), kept=True)
        other = f"/static/{'0' * 16}/{name}"
        for address in (other, page.address("nothing.css"), page.address("%2e%2e/app.py"), page.address("%2e%2e%2fapp.py")):
            assert client.get(address).status_code == 404
    outside = f"GET {page.address('../app.py')} HTTP/1.1\nHost: localhost:{served.port}"
    assert ask(served.port, outside)[0] == 404


def test_a_fault_tells_neither_the_page_nor_the_log_what_it_was_about(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    served.server.app.state.inbox = replace(served.inbox, metrics=ill)
    with caplog.at_level(logging.DEBUG), served.client() as client:
        answer = client.get("/metrics")
    assert "RuntimeError" not in answer.text
    assert "Traceback" not in answer.text
    assert "budget" not in answer.text + caplog.text
    assert "RuntimeError in app.py:" in caplog.text


def test_requests_are_not_logged(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    """Addresses of pages hold ids of deals, and of the first one a secret."""
    with caplog.at_level(logging.DEBUG), served.client() as client:
        client.get("/deals/ACME-1?token=s3cret")
    said = " ".join(record.getMessage() for record in caplog.records if not record.name.startswith("http"))  # the client's own
    assert "ACME-1" not in said
    assert "token" not in said
