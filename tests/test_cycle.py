"""Rounds over a store: what sources tell is kept, what is concluded follows it, and cards follow what is concluded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from agent import life
from agent.cycle import Cycle, Feed
from agent.daemon.health import health
from agent.errors import NeedsHuman, Unavailable
from agent.model import Answer, Mail
from agent.ports import Batch, Brief, Text
from agent.store import Store, decisions, said, schema
from agent.store.erase import erase
from tests.builders import Story
from tests.rounds import Home, differences, fingerprint

NOW = datetime.fromisoformat("2026-03-05T20:00:00+00:00")
DEAL: dict[str, Any] = {
    "id": "D-17",
    "name": "Acme – Analytics",
    "account": {"name": "Acme Corp", "domains": ["acme.example"]},
    "contacts": [{"name": "Pat Lee", "email": "pat@acme.example"}],
    "stage": "Demo",
    "amount": 1000,
}
MEETING = {"uid": "m1", "title": "Acme demo", "start": "2026-03-05T09:00", "end": "2026-03-05T10:00", "attendees": ["pat@acme.example"]}
HELLO = {
    "id": "a1",
    "from": "Pat Lee <pat@acme.example>",
    "to": ["dana@northwind.example"],
    "date": "2026-03-04T10:00",
    "subject": "Demo",
    "body": "See you tomorrow.",
}
REPLY = {**HELLO, "id": "a2", "reply_to": "a1", "date": "2026-03-05T16:00", "body": "Could you send me the price list?"}


@dataclass
class Scripted:
    """A source that gives what it is told to, page by page; an error among them is raised."""

    pages: list[Any] = field(default_factory=list)
    asked: list[str | None] = field(default_factory=list)

    def pull(self, since: str | None) -> Batch[Any]:
        self.asked.append(since)
        if not self.pages:
            return Batch((), since or "0")
        page = self.pages.pop(0)
        if isinstance(page, Exception):
            raise page
        return page

    def read(self, ids: Sequence[str]) -> Iterator[Any]:
        return iter(())


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Lays the rep's folder down anew: mails, events and deals."""

    def laid(mail: Sequence[Any] = (HELLO,), events: Sequence[Any] = (MEETING,), deals: Sequence[Any] = (DEAL,)) -> Path:
        folder = tmp_path / "rep"
        for path in [*(folder / "mail").glob("*")] if folder.exists() else ():
            path.unlink()
        return Story({"story": "", "now": "2026-03-05T15:00", "mail": mail, "events": events, "deals": deals, "expect": {}}).write(folder)

    return laid


@pytest.fixture
def home(write: Callable[..., Path], store: Store) -> Home:
    return Home(write(), store)


def cards(home: Home) -> dict[str, tuple[str, str]]:
    return {row["key"]: (row["state"], row["reason"]) for row in home.rows(schema.card)}


FOUND = "no_next_step:D-17:m1@cal.example"

# ------------------------------------------------------------------------------------------------------------- cards


def test_a_meeting_without_a_next_step_opens_a_card_with_words(home: Home) -> None:
    report = home.cycle.round(NOW)
    assert (report.opened, report.deals) == (1, 1)
    assert cards(home) == {FOUND: ("review", "")}
    with home.store.read() as connection:
        assert "pat@acme.example" in decisions.draft(connection, decisions.known(connection, FOUND)).draft.to[0].email


def test_a_reply_withdraws_the_card_and_says_who_wrote(home: Home, write: Callable[..., Path]) -> None:
    home.cycle.round(NOW)
    write(mail=[HELLO, REPLY])
    later = NOW + timedelta(hours=2)
    assert home.cycle.premise(FOUND, later) == ""
    assert home.cycle.premise(FOUND, later, fresh=True) == "Already moved: Pat Lee wrote on 5 March."
    report = home.cycle.round(later)
    assert report.withdrawn == 1
    assert cards(home)[FOUND] == ("withdrawn", "Already moved: Pat Lee wrote on 5 March.")


def test_the_sources_are_asked_once_for_all_that_leaves_at_one_moment_and_anew_for_the_next(
    home: Home, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, source = list[str](), type(home.feeds(NOW)[0].source)
    pull = source.pull
    monkeypatch.setattr(source, "pull", lambda self, since: asked.append("mail") or pull(self, since))
    home.cycle.round(NOW)
    later = NOW + timedelta(hours=2)
    assert [home.cycle.premise(FOUND, later, fresh=True) for _ in range(3)] == [""] * 3
    write(mail=[HELLO, REPLY])
    for _ in range(2):
        assert home.cycle.premise(FOUND, later + timedelta(seconds=1), fresh=True) == "Already moved: Pat Lee wrote on 5 March."
    assert len(asked) == 3


def test_a_source_that_failed_is_not_fresh_for_the_second_mail_either(home: Home, store: Store) -> None:
    mail = Scripted([Batch(messages(home), "1", reset=True), Unavailable("no answer")])
    cycle = scripted(store, home, mail)
    cycle.round(NOW)
    for _ in range(2):
        with pytest.raises(Unavailable, match="no answer"):
            cycle.premise(FOUND, NOW + timedelta(hours=2), fresh=True)


def test_what_was_withdrawn_does_not_come_back_when_the_reason_goes(home: Home, write: Callable[..., Path]) -> None:
    home.cycle.round(NOW)
    write(mail=[HELLO, REPLY])
    home.cycle.round(NOW + timedelta(hours=2))
    write()
    home.cycle.round(NOW + timedelta(hours=3))
    assert cards(home)[FOUND][0] == "withdrawn"


BOOKED = {**MEETING, "uid": "m2", "start": "2026-03-12T10:00", "end": "2026-03-12T11:00"}
RAW = b"From: dana@northwind.example\r\nMessage-ID: <ours@northwind.example>\r\n\r\nHello"


def approve(home: Home, *acts: life.Act) -> None:
    mail = Mail("a-1", RAW, "<ours@northwind.example>", "dana@northwind.example", ("pat@acme.example",), digest="d")
    with home.store.begin() as connection:
        row = decisions.move(connection, decisions.known(connection, FOUND), "approve", NOW, who="rep")
        decisions.agree(connection, row, mail, "draft", NOW, NOW + timedelta(hours=9))
        for act in acts:
            row = decisions.move(connection, row, act, NOW, who="onward")
        if acts:
            connection.execute(schema.delivery.update().values(state="laid", handle="h"))


def deliveries(home: Home) -> list[str]:
    return [row["state"] for row in home.rows(schema.delivery)]


def test_an_approved_mail_whose_premise_fell_does_not_leave(home: Home, write: Callable[..., Path]) -> None:
    home.cycle.round(NOW)
    approve(home)
    write(events=[MEETING, BOOKED])
    home.cycle.round(NOW + timedelta(hours=1))
    assert cards(home)[FOUND] == ("withdrawn", "Already moved: Acme demo is booked for 12 March 2026, 10:00.")
    assert deliveries(home) == ["withdrawn"]


def test_a_draft_that_lies_in_drafts_is_given_up_when_its_premise_falls(home: Home, write: Callable[..., Path]) -> None:
    home.cycle.round(NOW)
    approve(home, "begin", "lay")
    write(events=[MEETING, BOOKED])
    home.cycle.round(NOW + timedelta(hours=1))
    assert (cards(home)[FOUND][0], deliveries(home)) == ("withdrawn", ["withdrawn"])


def test_a_draft_that_the_rep_sent_from_drafts_is_no_reason_to_give_it_up(home: Home, write: Callable[..., Path]) -> None:
    home.cycle.round(NOW)
    approve(home, "begin", "lay")
    ours = {"id": "ours", "from": "dana@northwind.example", "to": ["pat@acme.example"], "date": "2026-03-05T16:00", "reply_to": "a1"}
    write(mail=[HELLO, {**ours, "subject": "Re: Demo", "body": "Shall we meet on Tuesday at 10:00?"}])
    home.cycle.round(NOW + timedelta(hours=2))
    assert (cards(home)[FOUND][0], deliveries(home)) == ("laid", ["laid"])


def test_what_is_in_doubt_is_left_to_the_courier(home: Home, write: Callable[..., Path]) -> None:
    home.cycle.round(NOW)
    approve(home, "begin", "doubt")
    write(mail=[HELLO, REPLY])
    home.cycle.round(NOW + timedelta(days=3))
    assert list(cards(home).items()) == [(FOUND, ("held", ""))]  # and no other card beside it


def test_a_reply_that_came_late_is_told_as_one(home: Home, write: Callable[..., Path]) -> None:
    home.cycle.round(NOW)
    write(mail=[HELLO, {**REPLY, "date": "2026-03-05T14:30"}])
    home.cycle.round(NOW + timedelta(hours=1))
    assert cards(home)[FOUND] == ("withdrawn", "Already moved: Pat Lee wrote on 5 March.")


def test_nothing_is_withdrawn_from_not_seeing_while_a_source_is_out_of_sight(home: Home, write: Callable[..., Path]) -> None:
    home.cycle.round(NOW)
    write(deals=[{**DEAL, "amount": 2000}])
    (home.path.parent / "calendar.ics").rename(home.path.parent / "away.ics")
    later = NOW + timedelta(days=1)
    report = home.cycle.round(later)
    assert [s.status for s in report.sources] == ["ok", "failed", "ok"]
    assert report.held == 1
    assert cards(home)[FOUND][0] == "review"
    with pytest.raises(Unavailable):
        home.cycle.premise(FOUND, later, fresh=True)
    assert home.rows(schema.deal_state)[0]["held"]
    (home.path.parent / "away.ics").rename(home.path.parent / "calendar.ics")
    home.cycle.round(later)
    assert not home.rows(schema.deal_state)[0]["held"]


def test_a_deal_that_is_closed_or_gone_takes_its_card_along(home: Home, write: Callable[..., Path]) -> None:
    home.cycle.round(NOW)
    write(deals=[{**DEAL, "status": "won", "close_date": "2026-03-05"}])
    home.cycle.round(NOW)
    assert cards(home)[FOUND] == ("withdrawn", "The deal was closed: it is won.")


def test_words_are_renewed_until_the_rep_has_edited_them(home: Home, write: Callable[..., Path]) -> None:
    home.cycle.round(NOW)
    lou = {"name": "Lou May", "email": "lou@acme.example"}
    write(deals=[{**DEAL, "contacts": [*DEAL["contacts"], lou]}], events=[{**MEETING, "attendees": ["pat@acme.example", lou["email"]]}])
    assert home.cycle.round(NOW).refreshed == 1
    with home.store.begin() as connection:
        row = decisions.known(connection, FOUND)
        words = decisions.draft(connection, row).draft
        assert (row.version, len(words.to)) == (2, 2)
        decisions.move(connection, row, "edit", NOW, who="rep", draft=replace(words, body="Mine.", written_by="rep"))
    write()
    assert home.cycle.round(NOW).refreshed == 0
    with home.store.read() as connection:
        assert decisions.draft(connection, decisions.known(connection, FOUND)).draft.body == "Mine."


def test_what_was_taught_to_be_no_follow_up_is_not_asked_until_it_is_revoked(home: Home) -> None:
    home.cycle.round(NOW)
    with home.store.begin() as connection:
        row = decisions.known(connection, FOUND)
        said.add_lesson(connection, row, "internal", NOW)
        connection.execute(schema.card.delete())
    home.cycle.round(NOW)
    assert cards(home) == {}
    with home.store.begin() as connection:
        said.revoke(connection, "lesson", "1", NOW)
    home.cycle.round(NOW)
    assert list(cards(home)) == [FOUND]


def test_of_more_cards_than_a_day_holds_the_most_valuable_open_and_the_others_wait(store: Store, write: Callable[..., Path]) -> None:
    people = {n: [{"name": "Pat Lee", "email": f"pat@a{n}.example"}] for n in range(1, 13)}
    accounts = {n: {"name": f"A{n}", "domains": [f"a{n}.example"]} for n in people}
    deals = [{**DEAL, "id": f"D-{n}", "account": accounts[n], "contacts": people[n], "amount": n} for n in people]
    events = [{**MEETING, "uid": f"m{n}", "attendees": [f"pat@a{n}.example"]} for n in range(1, 13)]
    home = Home(write(mail=[], events=events, deals=deals), store)
    report = home.cycle.round(NOW)
    assert (report.opened, report.waiting) == (10, 2)
    assert sorted(row["deal"] for row in home.rows(schema.card) if row["state"] == "waiting") == ["D-1", "D-2"]
    assert home.cycle.round(NOW + timedelta(hours=2)).opened == 0
    assert home.cycle.round(NOW + timedelta(hours=12)).opened == 2  # the next day of the rep


def test_a_snoozed_card_wakes_when_its_time_has_come(home: Home) -> None:
    home.cycle.round(NOW)
    with home.store.begin() as connection:
        row = decisions.known(connection, FOUND)
        decisions.move(connection, row, "snooze", NOW, who="rep", columns={"wake_at": NOW + timedelta(hours=3)})
    home.cycle.round(NOW + timedelta(hours=2))
    assert cards(home)[FOUND][0] == "snoozed"
    home.cycle.round(NOW + timedelta(hours=3))
    assert cards(home)[FOUND][0] == "review"


# ------------------------------------------------------------------------------------------------- what the rep says


def test_a_request_to_be_left_alone_is_kept_and_once_revoked_the_same_mail_does_not_bring_it_back(
    home: Home, write: Callable[..., Path]
) -> None:
    stop = {**HELLO, "id": "a3", "date": "2026-03-05T14:30", "body": "Please remove me from your list and do not contact me again."}
    write(mail=[HELLO, stop])
    home.cycle.round(NOW)
    assert [(r["key"], r["source"]) for r in home.rows(schema.silence)] == [("pat@acme.example", "message:<a3@acme.example>")]
    assert cards(home) == {}
    with home.store.begin() as connection:
        said.revoke(connection, "silence", "pat@acme.example", NOW)
    home.cycle.round(NOW + timedelta(minutes=5))
    with home.store.read() as connection:
        assert said.silent(connection) == frozenset()


ALONE = {**HELLO, "id": "a2", "date": "2026-03-05T09:00", "headers": {"In-Reply-To": "<a1@acme.example>"}}


def test_a_mail_joins_what_it_answers_also_where_another_mail_of_the_same_id_keeps_the_thread(
    home: Home, write: Callable[..., Path]
) -> None:
    other = {**HELLO, "id": "b1", "message_id": "<a1@acme.example>", "date": "2026-03-05T11:00", "subject": "Something else"}
    for mails in [[ALONE], [ALONE, HELLO, other]]:
        write(mails, deals=())
        home.cycle.round(NOW)
        assert differences(home.stored_view(), home.fresh_view(NOW)) == []


def test_a_mail_that_lies_there_twice_has_no_thread_of_its_own_once_what_it_answers_came(home: Home, write: Callable[..., Path]) -> None:
    for mails in [[{**HELLO, "id": "b1"}, ALONE], [ALONE, ALONE, HELLO]]:
        write(mails)
        home.cycle.round(NOW)
        assert differences(home.stored_view(), home.fresh_view(NOW)) == []


def test_an_answer_moves_the_past_in_the_next_round(home: Home, write: Callable[..., Path]) -> None:
    other = {**DEAL, "id": "D-18", "name": "Acme – Storage"}
    write(deals=[DEAL, other])
    home.cycle.round(NOW)
    assert [row["status"] for row in home.rows(schema.thread)] == ["ambiguous"]
    with home.store.begin() as connection:
        said.add_answer(connection, Answer("D-18", thread="<a1@acme.example>"), NOW)
        said.add_answer(connection, Answer("D-18", series="m1@cal.example"), NOW)
    home.cycle.round(NOW)
    assert [row["deal"] for row in home.rows(schema.thread)] == ["D-18"]
    assert list(cards(home)) == ["no_next_step:D-18:m1@cal.example"]


# -------------------------------------------------------------------------------------------------------------- sync


def scripted(store: Store, home: Home, mail: Scripted) -> Cycle:
    def feeds(now: datetime) -> list[Feed]:
        return [Feed("mail", "scripted", mail, mail), *home.feeds(now)[1:]]

    template = home.cycle._pens.fallback
    return Cycle(store, feeds, home.settings.rules, template, template)


def messages(home: Home) -> list[Any]:
    found: list[Any] = []
    for batch in [home.feeds(NOW)[0].source.pull(None)]:
        found += batch.items
    return found


def held(home: Home) -> list[str]:
    return sorted(row["item"] for row in home.rows(schema.message))


def test_a_first_reading_that_breaks_off_goes_on_where_it_was(store: Store, write: Callable[..., Path]) -> None:
    home = Home(write(mail=[HELLO, REPLY]), store)
    one, other = messages(home)
    source = Scripted([Batch([one], "page", reset=True, more=True, durable=True), Unavailable("no answer")])
    report = scripted(store, home, source).round(NOW)
    assert report.sources[0].status == "failed"
    assert held(home) == [one.id]
    source.pages = [Batch([other], "2")]
    report = scripted(store, home, source).round(NOW + timedelta(hours=2))
    assert source.asked == [None, "page", "page"]
    assert report.sources[0].status == "ok"
    assert held(home) == sorted([one.id, other.id])


@pytest.mark.parametrize("durable", [False, True])
def test_a_reset_that_breaks_off_takes_nothing_out(store: Store, write: Callable[..., Path], durable: bool) -> None:
    home = Home(write(mail=[HELLO, REPLY]), store)
    one, other = messages(home)
    source = Scripted([Batch([one, other], "1", reset=True)])
    cycle = scripted(store, home, source)
    cycle.round(NOW)
    source.pages = [Batch([one], "page", reset=True, more=True, durable=durable), Unavailable("no answer")]
    report = cycle.round(NOW)
    assert report.sources[0].status == "stale"
    assert held(home) == sorted([one.id, other.id])
    source.pages = [Batch([one], "page", reset=True, more=True), Batch([], "2")]
    cycle.round(NOW + timedelta(hours=2))
    assert source.asked[-2:] == ["1", "page"]  # what was not finished is asked for again
    assert held(home) == [one.id]


def test_what_does_not_answer_is_asked_later_and_later_and_the_others_go_on(store: Store, home: Home) -> None:
    source = Scripted([Unavailable("no answer", retry_after=600), Unavailable("no answer"), Unavailable("no answer")])
    cycle = scripted(store, home, source)
    report = cycle.round(NOW)
    assert [s.status for s in report.sources] == ["failed", "ok", "ok"]
    cycle.round(NOW + timedelta(seconds=599))
    assert len(source.asked) == 1
    cycle.round(NOW + timedelta(seconds=600))
    assert len(source.asked) == 2
    cycle.round(NOW + timedelta(seconds=719))
    assert len(source.asked) == 2
    cycle.round(NOW + timedelta(seconds=720))
    assert len(source.asked) == 3


def test_a_clock_that_was_set_back_makes_nothing_wait(store: Store, home: Home) -> None:
    source = Scripted([Unavailable("no answer")])
    cycle = scripted(store, home, source)
    cycle.round(NOW)
    assert cycle.round(NOW - timedelta(days=2)).sources[0].status == "ok"


def test_a_warning_that_is_given_again_is_nothing_new(store: Store, home: Home) -> None:
    source = Scripted([Batch(messages(home), "1", reset=True), *[Batch((), "1", warnings=("odd",)) for _ in range(2)]])
    cycle = scripted(store, home, source)
    for _ in range(2):
        cycle.round(NOW)
    before = fingerprint(store)
    cycle.round(NOW)
    assert fingerprint(store) == before
    assert {row["section"]: row["warnings"] for row in home.rows(schema.source)}["mail"] == ["odd"]


def test_what_only_a_person_can_mend_is_looked_at_each_time(store: Store, home: Home) -> None:
    source = Scripted([NeedsHuman("access was revoked", "sign in again")] * 2)
    cycle = scripted(store, home, source)
    for _ in range(2):
        assert cycle.round(NOW).sources[0].says == "access was revoked; sign in again"
    assert len(source.asked) == 2
    assert {row["says"] for row in home.rows(schema.notice)} == {"access was revoked; sign in again"}


def test_what_the_sources_say_that_can_hardly_be_meant_is_told_until_it_is_mended(home: Home, write: Callable[..., Path]) -> None:
    write(events=[{**MEETING, "attendees": []}], deals=[{**DEAL, "stage": "Charming"}])
    home.cycle.round(NOW)
    assert [says[:14] for says in sorted(health(home.store, home.settings, NOW).doubts)] == ["1 event of the", "deal D-17: the"]
    before = fingerprint(home.store)
    assert not home.cycle.round(NOW).wrote
    assert fingerprint(home.store) == before
    write(deals=[{**DEAL, "stage": "Charming"}])
    home.cycle.round(NOW)
    assert [says[:9] for says in health(home.store, home.settings, NOW).doubts] == ["deal D-17"]
    write()
    home.cycle.round(NOW)
    found = health(home.store, home.settings, NOW)
    assert (found.doubts, found.ok) == ((), True)


def test_how_a_source_stands_is_told_once(home: Home) -> None:
    (home.path.parent / "calendar.ics").unlink()
    home.cycle.round(NOW)
    assert [row["kind"] for row in home.rows(schema.notice)] == ["source"]
    assert health(home.store, home.settings, NOW).doubts == ()


def test_sudden_emptiness_is_not_believed(store: Store, home: Home) -> None:
    source = Scripted([Batch(messages(home), "1", reset=True), Batch((), "1", suspect=True)])
    cycle = scripted(store, home, source)
    cycle.round(NOW)
    assert cycle.round(NOW).sources[0].status == "suspect"
    assert len(held(home)) == 1


def test_a_stop_between_reading_and_concluding_loses_nothing(store: Store, home: Home, write: Callable[..., Path]) -> None:
    home.cycle.round(NOW)
    write(mail=[HELLO, REPLY])

    def stop(section: str, _done: int, _total: int | None) -> None:
        if section == "threads":
            raise KeyboardInterrupt

    later = NOW + timedelta(hours=2)
    with pytest.raises(KeyboardInterrupt):
        home.cycle.round(later, stop)
    home.restart()
    home.cycle.round(later)
    assert differences(home.stored_view(), home.fresh_view(later)) == []
    assert cards(home)[FOUND][0] == "withdrawn"


def test_a_source_that_is_no_more_is_forgotten(store: Store, home: Home) -> None:
    home.cycle.round(NOW)
    every = home.feeds

    cycle = Cycle(
        store, lambda now: [*every(now)[:1], *every(now)[2:]], home.settings.rules, home.cycle._pens.fallback, home.cycle._pens.fallback
    )
    cycle.round(NOW)
    assert home.rows(schema.component) == []
    assert home.rows(schema.meeting) == []


def test_a_mailbox_that_was_away_leaves_no_empty_texts_behind(store: Store, home: Home, write: Callable[..., Path]) -> None:
    home.cycle.round(NOW)
    with store.begin() as connection:
        connection.execute(schema.body.delete())
    write(mail=[], deals=[{**DEAL, "amount": 5}])
    assert home.cycle.round(NOW).sources[0].status == "suspect"
    write(mail=[HELLO])
    home.cycle.round(NOW)
    assert ["See you tomorrow." in row["data"] for row in home.rows(schema.body)] == [True]


def test_bodies_of_old_mail_are_not_kept(store: Store, home: Home, write: Callable[..., Path]) -> None:
    write(mail=[HELLO, {**HELLO, "id": "old", "date": "2025-10-01T10:00"}])
    home.cycle.round(NOW)
    with store.read() as connection:
        kept = select(schema.message.c.message_id).join(schema.body, schema.body.c.message == schema.message.c.id)
        assert connection.execute(kept).scalars().all() == ["<a1@acme.example>"]


def test_who_is_forgotten_while_words_to_them_are_written_does_not_come_back_with_what_the_round_had_read(
    home: Home, store: Store, store_url: str
) -> None:
    others, erased = Store.open(store_url), list[int]()
    template = home.cycle._pens.fallback

    class Slow:
        def write(self, brief: Brief) -> Text:
            if not erased:
                erased.append(erase(others, "pat@acme.example", NOW).deals)
            return template.write(brief)

    Cycle(store, home.feeds, home.settings.rules, Slow(), template).round(NOW)
    others.close()
    assert erased == [1]
    assert cards(home) == {}
    assert "pat@acme.example" not in str([row for name, rows in fingerprint(store).items() if name != "source" for row in rows])
