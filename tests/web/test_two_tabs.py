"""Two tabs, or a tab and the terminal, on one card: one acts, the other sees what is different."""

from __future__ import annotations

from threading import Barrier, Thread

from selectolax.lexbor import LexborHTMLParser

from tests.rigs.inbox import Served
from tests.web.cards import Tab, fields, found, put, words


def test_the_second_approval_is_refused_with_the_difference(served: Served) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as one, Tab(served) as two:
        one.post(f"/c/{ref}/edit", version=1, **fields(body="Hi Ana,\r\n\r\nTuesday?\r\n\r\nDana"))
        answer = two.post(f"/c/{ref}/approve", version=1, **fields(subject="My own subject"))
    assert answer.status_code == 409
    page = LexborHTMLParser(answer.text)
    mine, now = ([node.text() for node in page.css(f".line.{side} .text")] for side in ("mine", "now"))
    assert "Subject: My own subject" in mine
    assert "Subject: Re: Renewal" in now
    assert "Tuesday?" in now
    assert found(served.inbox.store, ref).state == "review"


def test_what_was_typed_in_the_second_tab_can_still_be_kept(served: Served) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as one, Tab(served) as two:
        one.post(f"/c/{ref}/edit", version=1, **fields(body="One"))
        page = LexborHTMLParser(two.post(f"/c/{ref}/edit", version=1, **fields(body="Two\r\n\r\nlines")).text)
        form = page.css_first(f'form[action="/c/{ref}/edit"]')
        sent = {node.attributes["name"]: node.attributes["value"] or "" for node in form.css("input")}
        sent["body"] = form.css_first("textarea").text().removeprefix("\n")
        assert two.client.post(f"/c/{ref}/edit", data=sent).status_code == 303
    assert words(served.inbox.store, ref).body.rstrip() == "Two\n\nlines"
    assert found(served.inbox.store, ref).version == 3


def test_an_old_page_sees_what_became_of_the_card(served: Served) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as one, Tab(served) as two:
        one.post(f"/c/{ref}/approve", version=1, **fields())
        answer = two.post(f"/c/{ref}/approve", version=1, **fields(body="But I wrote this"))
    assert answer.status_code == 409
    page = LexborHTMLParser(answer.text)
    assert "approved" in page.css_first("[role=alert]").text()
    assert page.css_first("textarea[readonly]").text().strip() == "But I wrote this"


def test_of_two_approvals_at_once_one_is_taken(served: Served) -> None:
    ref, together, got = put(served.inbox.store), Barrier(4), []
    tabs = [Tab(served) for _ in range(4)]

    def approve(tab: Tab) -> None:
        together.wait()
        got.append(tab.post(f"/c/{ref}/approve", version=1, **fields()).status_code)

    threads = [Thread(target=approve, args=(tab,)) for tab in tabs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for tab in tabs:
        tab.client.close()
    assert sorted(got) == [303, 409, 409, 409]
