"""A person is forgotten everywhere, down to the bytes; what is old is forgotten, but for decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, select

from agent.cycle import kept
from agent.errors import Rejected, Unavailable
from agent.facts.calendar.component import Component
from agent.model import Body, Deal, Draft, Event, Message, Quarantined
from agent.store import Store, audit, codec, schema
from agent.store.erase import Counts, erase, erased, retention, sifted, silenced, without
from tests.desk import BEN, DANA, contact, deal, event, everybody, who

NOW = datetime(2026, 3, 9, 15, tzinfo=UTC)
PAT = "Pat Lee <pat@acme.example>"
ASHPAT = "Ash Pat <ashpat@acme.example>"  # whose address ends like Pat's
DAY = timedelta(days=1)


class Desk:
    """Fills a store; `canary()` is a word that nobody else uses."""

    def __init__(self, store: Store) -> None:
        self.store, self._numbers, self._open = store, count(1), None
        self.canaries = ["pat@acme.example", "pat+news@acme.example", "Pat Lee"]

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One transaction, also for what is begun within it."""
        if self._open is not None:
            yield self._open
            return
        with self.store.begin() as self._open:
            yield self._open
        self._open = None

    def canary(self) -> str:
        self.canaries.append(f"quetzal{next(self._numbers)}x")
        return self.canaries[-1]

    def put(self, table: Any, **values: Any) -> Any:
        with self.begin() as connection:
            made = connection.execute(insert(table).values(**values)).inserted_primary_key
            assert made is not None
            return made[0]

    def mail(self, name: str, sender: str, to: str, text: str, *, thread: str = "", sent: datetime = NOW, **more: Any) -> None:
        number = f"<{name}@x.example>"
        message = Message(name, number, who(sender), everybody(to), (), (), more.pop("subject", "Hello"), sent, **more)
        row = {"source": 0, "item": name, "message_id": number, "sent": sent, "thread": thread or number}
        made = self.put(schema.message, **row, data=codec.dumps(message))
        self.put(schema.message_mark, message=made, mark=message.sender.key)
        self.put(schema.message_link, message=made, ref=number)
        body = Body(name, text, forwarded=more.pop("forwarded", ""), quoted=f"quoted {text}")
        self.put(schema.body, message=made, data=codec.dumps(body), read_at=sent)

    def event(self, one: Event) -> None:
        component = Component(one, one.start, UTC, (timedelta(), timedelta(hours=1)))
        made = self.put(schema.component, source=1, uid=one.uid, digest="d", data=kept.dumps(component))
        for address in one.participants:
            self.put(schema.component_mark, component=made, mark=address.key)
        row = {"uid": one.uid, "key": one.key, "start": one.start, "end": one.end}
        self.put(schema.occurrence, **row, data=codec.dumps(one))

    def card(self, key: str, to: str, text: str, *, state: str = "review", delivery: str = "sent", **more: Any) -> None:
        row = {"key": key, "ref": schema.ref(key), "kind": key.split(":")[0], "deal": "D-1", "state": state, "due": NOW, "also": []}
        row |= {"evidence": [], "warnings": [], "version": 1, "opened_at": NOW, "changed_at": NOW}
        self.put(schema.card, **(row | more))
        draft = Draft(everybody(to), (), "Next step", text, "en", (), "Ask?", "Or?", "template")
        self.put(schema.draft, card=key, version=1, author="template", data=codec.dumps(draft), at=NOW)
        row = {"id": "A" + key, "card": key, "version": 1, "digest": "d", "raw": f"To: {to}\r\n\r\n{text}".encode(), "sender": DANA}
        row |= {"recipients": [who(to).email], "mode": "send", "at": NOW, "leave_at": NOW}
        self.put(schema.approval, **row)
        self.put(schema.delivery, id="A" + key, card=key, state=delivery, next_at=NOW, changed_at=NOW)

    def act(self, card: str, reason: str) -> None:
        with self.begin() as connection:
            audit.append(connection, NOW, "rep", "dismiss", card=card, deal="D-1", reason=reason)

    def rows(self, table: Any) -> list[Any]:
        with self.store.read() as connection:
            return list(connection.execute(select(table)))

    def fill(self) -> None:
        """A canary in every place where something of Pat can come to lie."""
        with self.begin():
            self._fill(self.canary)

    def _fill(self, c: Callable[[], str]) -> None:
        invitation = f"BEGIN:VEVENT\r\nATTENDEE:mailto:PAT@acme.example\r\nSUMMARY:{c()}\r\n".encode()
        self.canaries.pop()  # it is stored in base64: the mail itself must go
        self.mail("invited", BEN, DANA, c(), calendars=(("REQUEST", invitation),))
        for n in range(6):
            self.mail(f"from{n}", PAT, DANA, c(), subject=c(), thread="<from0@x.example>")
            self.mail(f"to{n}", DANA, PAT, c(), subject=c())
        self.mail("news", "Pat Lee <pat+news@acme.example>", DANA, c())
        self.mail("beside", BEN, DANA, f"They wrote: {c()}", thread="<from0@x.example>")
        self.mail("talk", BEN, DANA, f"Ask pat@acme.example about {c()}")
        self.event(event("2026-03-12T10:00", [PAT, BEN], uid="m1", title="Pat Lee and Ben", location="at Pat Lee's"))
        self.put(schema.deal, id="D-1", source=2, data=codec.dumps(deal(contacts=(contact(PAT), contact(BEN)), next_step="Call Pat Lee")))
        self.put(schema.thread, id="t", subject=c(), latest=NOW, status="matched", candidates=[], by="x", confidence=1, evidence=[c()])
        row = {"key": "m1", "start": NOW, "end": NOW, "uid": "m1", "title": c(), "all_day": False, "verdict": "booked", "reason": c()}
        self.put(schema.meeting, **row, candidates=[], people=["pat@acme.example"])
        self.put(schema.deal_state, deal="D-1", rung="nothing", why=c(), findings=[{"says": c()}], held=False, thought_at=NOW)
        self.put(schema.notice, kind="bounced", says=c())
        self.card("no_next_step:D-1:m1", PAT, c())
        self.card("reply_owed:D-1:m2", BEN, f"As Pat Lee said, {c()}", state="sent", reason=c(), evidence=[{"source": "x", "says": c()}])
        self.card("gone_quiet:D-1:m3", BEN, c(), evidence=[{"source": "message:from0", "says": c()}])
        self.card("single_threaded:D-1:pat@acme.example", BEN, c(), state="dismissed")
        self.act("reply_owed:D-1:m2", c())
        self.act("single_threaded:D-1:pat@acme.example", "no need")
        self.put(schema.answer, deal="D-1", person="pat@acme.example", account=c(), at=NOW)
        self.put(schema.silence, key="pat@acme.example", why=c(), source="message:from0", at=NOW)
        self.put(schema.silence, key="@other.example", why=c(), source="message:from1", at=NOW)
        self.put(schema.lesson, kind="gone_quiet", deal="D-1", thread="<from0@x.example>", why=c(), at=NOW)
        self.put(schema.quarantined, source=0, item="i", why="?", names=["pat@acme.example", "ben@acme.example"], seen_at=NOW)
        self.put(schema.quarantined, source=0, item="pat@acme.example.eml", why=c(), seen_at=NOW)
        row = {"section": "mail", "kind": "folder", "settings": "s", "status": "failed", "cursor": '{"pat@acme.example.eml": 1}'}
        self.put(schema.source, id=0, **row, says="pat@acme.example.eml", warnings=["Pat Lee has no address", "sound"])
        self.put(schema.dirty, kind="person", key="pat@acme.example")


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


@pytest.fixture
def kept_bytes(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> Callable[[], bytes]:
    """Everything that the database holds, as one lower-case byte string: of SQLite all files of the folder, of PostgreSQL a dump."""

    def files() -> bytes:
        return b"\n".join(path.read_bytes() for path in sorted((tmp_path / "data").iterdir())).lower()

    def dump() -> bytes:
        url = store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        text = request.getfixturevalue("cluster").dump(url)
        blobs = (bytes.fromhex(part.split("'")[0]) for part in text.split("'\\x")[1:])
        return text.encode().lower() + b"\n".join(blobs).lower()

    return files if store.path else dump


def found(canaries: list[str], held: bytes) -> list[str]:
    return [word for word in canaries if word.lower().encode() in held.replace(b"ashpat@acme.example", b"")]


def test_no_byte_of_the_person_is_left(desk: Desk, kept_bytes: Any) -> None:
    desk.fill()
    desk.mail("ash", ASHPAT, DANA, "mine")
    assert len(desk.canaries) >= 50
    assert found(desk.canaries, kept_bytes()) == desk.canaries, "each is stored before"
    counts = erase(desk.store, "Pat@Acme.example", NOW)
    assert found(desk.canaries, kept_bytes()) == []
    assert counts == Counts(messages=14, bodies=16, events=1, deals=1, cards=4, words=4)


def test_what_is_not_about_the_person_stays(desk: Desk) -> None:
    desk.fill()
    desk.mail("ash", ASHPAT, DANA, "mine")
    desk.card("no_next_step:D-2:m9", BEN, "Shall we?")
    desk.act("no_next_step:D-2:m9", "not now")
    erase(desk.store, "pat@acme.example", NOW)
    assert {row.item for row in desk.rows(schema.message)} == {"ash", "beside", "talk"}
    assert len(desk.rows(schema.body)) == 1
    (row,) = desk.rows(schema.occurrence)
    left = codec.loads(Event, row.data)
    assert [a.email for a in left.participants] == [DANA, "ben@acme.example"]
    assert (left.title, left.uid, left.location) == ("… and Ben", "m1", "at …'s")
    (row,) = desk.rows(schema.component)
    assert kept.loads(row.data).event == left
    assert "ben@acme.example" in {row.mark for row in desk.rows(schema.component_mark)}
    (row,) = desk.rows(schema.deal)
    known = codec.loads(Deal, row.data)
    assert ([c.name for c in known.contacts], known.next_step) == (["Ben Osei"], "Call …")
    assert "not now" in {row.reason for row in desk.rows(schema.act)}
    assert {row.key for row in desk.rows(schema.card)} == {"reply_owed:D-1:m2", "no_next_step:D-2:m9"}
    assert [row.names for row in desk.rows(schema.quarantined)] == [["ben@acme.example"]]
    assert desk.rows(schema.source)[0].warnings == ["sound"]


def test_a_closed_card_stays_closed_without_a_word(desk: Desk) -> None:
    desk.card("reply_owed:D-1:m2", PAT, "Dear Pat", state="sent", reason="sent at noon")
    erase(desk.store, "pat@acme.example", NOW)
    (card,), (draft,) = desk.rows(schema.card), desk.rows(schema.draft)
    assert (card.key, card.state, card.reason, card.evidence) == ("reply_owed:D-1:m2", "sent", "", [])
    assert codec.loads(Draft, draft.data).to == ()
    assert not desk.rows(schema.approval)
    assert not desk.rows(schema.delivery)


def test_the_audit_trail_still_holds(desk: Desk) -> None:
    desk.fill()
    with desk.store.read() as connection:
        anchor = audit.head(connection)
    erase(desk.store, "pat@acme.example", NOW)
    with desk.store.read() as connection:
        assert audit.verify(connection, anchor) is None
    assert desk.rows(schema.act)[-1].act == "erase"


def test_whoever_asked_for_silence_is_left_in_peace(desk: Desk) -> None:
    desk.put(schema.silence, key="pat@acme.example", why="asked", source="rep", at=NOW)
    erase(desk.store, "pat@acme.example", NOW)
    with desk.store.read() as connection:
        hidden = silenced(connection)
    assert hidden("pat@acme.example")
    assert hidden("Pat@acme.example")
    assert not hidden("ben@acme.example")


def test_whoever_was_forgotten_does_not_come_back_with_the_next_sync(desk: Desk) -> None:
    desk.mail("news", "Pat Lee <pat+news@acme.example>", DANA, "x")
    erase(desk.store, "pat+news@acme.example", NOW)
    with desk.store.read() as connection:
        gone, silent = erased(connection), silenced(connection)
    assert gone("pat@acme.example"), "all addresses of one key are one person"
    assert not gone("ben@acme.example")
    assert not silent("pat@acme.example"), "who never asked for silence may be written to anew"
    mail = Message("a", "<a@x>", who(BEN), everybody(DANA), everybody(PAT), (), "s", NOW)
    assert without(mail, gone) is None
    assert without(replace(mail, cc=()), gone) == replace(mail, cc=())
    met = without(event("2026-03-12T10:00", [PAT, BEN], title="Pat Lee + Ben", organizer=who(PAT)), gone)
    assert ([g.address.email for g in met.guests], met.organizer, met.title) == (["ben@acme.example"], None, "… + Ben")
    assert [c.name for c in without(deal(contacts=(contact(PAT), contact(BEN))), gone).contacts] == ["Ben Osei"]


def test_what_a_source_brings_is_sifted(desk: Desk) -> None:
    erase(desk.store, "pat@acme.example", NOW)
    with desk.store.read() as connection:
        gone = erased(connection)
    mails = [Message(n, n, who(author), everybody(DANA), (), (), "s", NOW) for n, author in (("a", PAT), ("b", BEN))]
    met = event("2026-03-12T10:00", [PAT, BEN])
    one = Component(met, met.start, UTC, (timedelta(), timedelta(hours=1)), sent_by=who(PAT))
    crm = deal(contacts=(contact(PAT), contact(BEN)))
    assert sifted([*mails, one, crm], gone) == [
        mails[1],
        replace(one, event=without(met, gone), sent_by=None),
        without(crm, gone),
    ]
    bad = Quarantined("mail", "x", "?", frozenset({"pat@acme.example", "ben@acme.example"}))
    assert sifted([bad], gone) == [replace(bad, names=frozenset({"ben@acme.example"}))]
    assert sifted([*mails, one, crm], lambda _: False) == [*mails, one, crm]


def test_all_is_judged_anew_by_the_next_round(desk: Desk) -> None:
    desk.fill()
    erase(desk.store, "pat@acme.example", NOW)
    assert [tuple(row) for row in desk.rows(schema.dirty)] == [("all", "again")]
    assert not any(desk.rows(table) for table in schema.CONCLUSIONS)


def test_nothing_is_erased_while_a_mail_to_the_person_is_leaving(desk: Desk) -> None:
    desk.card("no_next_step:D-1:m1", PAT, "Dear Pat", state="sending", delivery="sending")
    desk.mail("from", PAT, DANA, "x")
    with pytest.raises(Unavailable):
        erase(desk.store, "pat@acme.example", NOW)
    assert len(desk.rows(schema.message)) == len(desk.rows(schema.approval)) == 1


def test_a_draft_that_lies_in_drafts_is_told_of(desk: Desk) -> None:
    """Whoever holds the mail holds it; from now on nobody looks after it."""
    desk.card("no_next_step:D-1:m1", PAT, "Dear Pat", state="laid", delivery="laid")
    desk.card("no_next_step:D-1:m2", PAT, "Dear Pat", state="sent", delivery="sent")
    with desk.begin() as connection:
        connection.execute(schema.delivery.update().values(handle="h"))
    assert erase(desk.store, "pat@acme.example", NOW).drafts == 1


def test_erasing_twice_finds_nothing_more(desk: Desk) -> None:
    desk.fill()
    erase(desk.store, "pat@acme.example", NOW)
    assert erase(desk.store, "pat@acme.example", NOW).nothing


@pytest.mark.parametrize("nobody", ["", " ", "Pat", "@acme.example", "a b@acme.example"])
def test_what_is_no_address_erases_nothing(desk: Desk, nobody: str) -> None:
    desk.mail("from", PAT, DANA, "x")
    with pytest.raises(Rejected):
        erase(desk.store, nobody, NOW)
    assert desk.rows(schema.message)


def test_a_page_that_is_being_read_puts_the_scrubbing_off_and_it_is_made_up_for(desk: Desk, kept_bytes: Any, store_url: str) -> None:
    if not desk.store.path:
        pytest.skip("a server keeps its readers apart")
    desk.mail("from", PAT, DANA, word := desk.canary())
    desk.store.engine.dispose()
    hasty = Store.open(store_url)
    with desk.store.read() as reader:
        reader.execute(select(schema.message)).all()
        with hasty.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=0")
        with pytest.raises(Unavailable):
            erase(hasty, "pat@acme.example", NOW)
    assert found([word], kept_bytes()) == [word]
    retention(hasty, DAY, DAY, NOW)
    assert found([word], kept_bytes()) == []
    hasty.close()


def test_texts_and_facts_are_dropped_when_their_time_is_over(desk: Desk) -> None:
    for name, age in (("new", 1), ("read", 100), ("old", 500)):
        desk.mail(name, BEN, DANA, "x", sent=NOW - age * DAY)
        desk.event(replace(event("2026-03-12T10:00", [BEN], uid=name), start=NOW - age * DAY, end=NOW - age * DAY))
        desk.put(schema.quarantined, source=0, item=name, why="?", seen_at=NOW - age * DAY)
    counts = retention(desk.store, 90 * DAY, 400 * DAY, NOW)
    assert (counts.messages, counts.events) == (1, 1)
    assert {row.item for row in desk.rows(schema.message)} == {"new", "read"}
    assert len(desk.rows(schema.body)) == 1
    assert {row.uid for row in desk.rows(schema.occurrence)} == {"new", "read"}
    assert {row.uid for row in desk.rows(schema.component)} == {"new", "read"}, "else it would be worked out again"
    assert {row.item for row in desk.rows(schema.quarantined)} == {"new", "read"}


def test_a_series_is_kept_as_long_as_one_of_its_events_is(desk: Desk) -> None:
    for days in (500, 1):
        desk.event(replace(event("2026-03-12T10:00", [BEN]), start=NOW - days * DAY, end=NOW - days * DAY, instance=str(days)))
    retention(desk.store, DAY, 400 * DAY, NOW)
    assert [row.key for row in desk.rows(schema.occurrence)] == ["m1/1"]
    assert len(desk.rows(schema.component)) == 2


def test_decisions_are_never_dropped_and_an_open_card_keeps_what_it_stands_on(desk: Desk) -> None:
    old = NOW - 500 * DAY
    desk.mail("root", BEN, DANA, "x", sent=old)
    desk.mail("answer", BEN, DANA, "x", sent=old, thread="<root@x.example>")
    desk.mail("evidence", BEN, DANA, "x", sent=old)
    desk.mail("closed", BEN, DANA, "x", sent=old)
    desk.card("reply_owed:D-1:a", BEN, "x", thread="<root@x.example>", opened_at=old)
    desk.card("promise_due:D-1:b", BEN, "x", evidence=[{"source": "message:evidence", "says": "x"}])
    desk.card("promise_due:D-2:c", BEN, "x", state="sent", thread="<closed@x.example>", changed_at=old)
    retention(desk.store, DAY, DAY, NOW)
    assert {row.item for row in desk.rows(schema.message)} == {"root", "answer", "evidence"}
    assert len(desk.rows(schema.body)) == 3
    assert len(desk.rows(schema.card)) == len(desk.rows(schema.approval)) == 3


def test_what_is_not_old_is_not_touched(desk: Desk) -> None:
    desk.mail("new", BEN, DANA, "x")
    with desk.store.read() as connection:
        before = [connection.execute(select(func.count()).select_from(t)).scalar() for t in schema.metadata.sorted_tables]
    assert retention(desk.store, 90 * DAY, 400 * DAY, NOW).nothing
    with desk.store.read() as connection:
        assert before == [connection.execute(select(func.count()).select_from(t)).scalar() for t in schema.metadata.sorted_tables]
