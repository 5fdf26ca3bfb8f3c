"""Laws of threads: the order of reading plays no part, and a mailing list's archive is threaded as an IMAP server does it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from agent.facts import people
from agent.model import Address, Message
from agent.think.thread import threads
from tests.desk import everybody, rep, who

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
PEOPLE = everybody(*(f"p{i}@c{i % 4}.example" for i in range(6)), "dana@northwind.example", "lee@northwind.example")
LIST = who("talk@lists.example")


def no(_: Message) -> bool:
    return False


@st.composite
def mails(draw: st.DrawFn) -> list[Message]:
    """Any headers at all: wrong order, loops, missing mail, ids used twice, thread ids of the provider."""
    names = [f"<{i}>" for i in range(10)]
    made = []
    for place in range(draw(st.integers(1, 9))):
        sender, to = draw(st.sampled_from(PEOPLE)), draw(st.lists(st.sampled_from(PEOPLE), max_size=3))
        made.append(
            Message(
                id=str(place),
                message_id=draw(st.sampled_from(names)),
                sender=sender,
                to=tuple(to),
                cc=(),
                bcc=(),
                subject="Vans",
                sent=START + timedelta(minutes=draw(st.integers(0, 20))),
                in_reply_to=draw(st.sampled_from(["", *names])),
                references=tuple(draw(st.lists(st.sampled_from(names), max_size=4, unique=True))),
                thread_hint=draw(st.sampled_from(["", "", "7"])),
            )
        )
    return made


@given(mails(), st.randoms())
def test_threads_do_not_depend_on_the_order_of_messages(messages: list[Message], random: Random) -> None:
    shuffled = messages[:]
    random.shuffle(shuffled)
    assert threads(messages, rep(), no) == threads(shuffled, rep(), no)


@given(mails())
def test_every_mail_is_in_exactly_one_thread(messages: list[Message]) -> None:
    kept = {(m.message_id, m.sender, m.sent) for m in messages}
    told = [(m.message_id, m.sender, m.sent) for t in threads(messages, rep(), no) for m in t.messages]
    assert len(told) == len(kept)
    assert set(told) == kept


@st.composite
def archives(draw: st.DrawFn) -> list[Message]:
    """What a mailing list gathers: every mail goes to the list; clients shorten or drop References; some mail is missing."""
    made: list[Message] = []
    for place in range(draw(st.integers(1, 14))):
        above = draw(st.sampled_from([None, *made]))
        chain = (*above.references, above.message_id) if above else ()
        form = draw(st.sampled_from(("whole", "shortened", "in-reply-to only", "references only")))
        if form == "shortened":
            chain = (*chain[:1], *chain[-2:]) if len(chain) > 3 else chain
        references = () if form == "in-reply-to only" else chain
        sender: Address = draw(st.sampled_from(PEOPLE))
        answered = "" if form == "references only" or not above else above.message_id
        sent = START + timedelta(minutes=place)
        made.append(Message(str(place), f"<{place}>", sender, (LIST,), (), (), "Vans", sent, in_reply_to=answered, references=references))
    return [m for m in made if draw(st.integers(0, 4))]


@given(archives())
def test_a_mailing_lists_archive_is_threaded_by_references(messages: list[Message]) -> None:
    """RFC 5256, THREAD=REFERENCES, steps 1 to 4; subjects join nothing."""
    mine = {frozenset(m.id for m in t.messages) for t in threads(messages, rep(), no)}
    assert mine == by_references(messages)


def by_references(messages: Sequence[Message]) -> set[frozenset[str]]:
    """The sets of messages that the RFC's algorithm brings under one root, here or missing."""
    above: dict[str, str] = {}

    def root(name: str) -> str:
        while name in above:
            name = above[name]
        return name

    def lineage(name: str) -> set[str]:
        found = {name}
        while name in above:
            name = above[name]
            found.add(name)
        return found

    for message in messages:
        chain = message.references or ((message.in_reply_to,) if message.in_reply_to else ())
        for upper, lower in pairwise(chain):
            if lower not in above and lower not in lineage(upper):
                above[lower] = upper
        above.pop(message.message_id, None)
        if chain and message.message_id not in lineage(chain[-1]):
            above[message.message_id] = chain[-1]
    found: dict[str, set[str]] = defaultdict(set)
    for message in messages:
        found[root(message.message_id)].add(message.id)
    return set(map(frozenset, found.values()))


@given(archives(), st.sampled_from(("pat@other.example", "ana@c1.example")))
def test_a_strangers_mail_parts_and_joins_nobody_else(messages: list[Message], email: str) -> None:
    stranger = people.address(email)
    assert stranger
    if not messages:
        return
    last = replace(messages[-1], id="x", message_id="<x>", sender=stranger, in_reply_to=messages[0].message_id, references=())
    without = {t.messages for t in threads(messages, rep(), no)}
    beside = {tuple(m for m in t.messages if m.id != "x") for t in threads([*messages, last], rep(), no)} - {()}
    assert beside == without
