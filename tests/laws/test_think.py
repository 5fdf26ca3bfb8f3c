"""Laws of the core: pure, independent of order, and silent until it says it will wake."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from agent.facts import people
from agent.model import Address, Body, Contact, Deal, Event, Guest, Message, Rep, Rules, WorkingTime
from agent.settings.playbook import shipped
from agent.think.detect import kinds
from agent.think.dossier import Circle, Conversation, Dossier, Letter
from agent.think.language import read
from agent.think.think import Conclusions, think
from tests.needs import often

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 3, 5, 15, tzinfo=ZONE)
WORKING = WorkingTime(ZONE, holidays={date(2026, 2, 16): "Presidents' Day"})


def at(email: str) -> Address:
    found = people.address(email)
    assert found
    return found


DANA, PAT, SAM = at("dana@northwind.example"), at("pat@acme.example"), at("sam@acme.example")
REP = Rep("Dana Reyes", DANA, (), WORKING, "Dana", frozenset({"northwind.example"}))
RULES = Rules(REP, shipped())
SENTENCES = (
    "Thanks, got it.",
    "Could you send us the price list?",
    "Would Tuesday 10 March at 10:00 work?",
    "Tuesday at 10 works for us.",
    "I'll send you the quote by Friday.",
    "Call me in April.",
    "Let's talk soon.",
    "We have decided against it.",
    "We don't have the budget for it yet.",
    "We run six vans out of two shops.",
    "I am so sorry, I missed our call.",
    "Please stop writing to me.",
)

moments = st.integers(-60 * 24 * 4, 0).map(lambda quarters: NOW + timedelta(minutes=15 * quarters))


@st.composite
def letters(draw: st.DrawFn) -> Letter:
    sent = draw(moments)
    ours = draw(st.booleans())
    who = draw(st.sampled_from((PAT, SAM)))
    text = " ".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=2)))
    name = f"<{draw(st.integers(0, 10**9))}@x.example>"
    sender, to = (DANA, who) if ours else (who, DANA)
    message = Message(name, name, sender, (to,), (), (), "Vans", sent)
    return Letter(message, Body(name, text), read(text, sent, WORKING), "ours" if ours else "theirs", by_rep=ours)


@st.composite
def events(draw: st.DrawFn) -> Event:
    start = NOW + timedelta(minutes=30 * draw(st.integers(-2 * 24 * 30, 2 * 24 * 30)))
    status = draw(st.sampled_from(("accepted", "accepted", "declined", "needs-action")))
    changed = draw(moments)
    return Event(
        str(draw(st.integers(0, 10**9))),
        start.astimezone(UTC),
        (start + timedelta(minutes=draw(st.sampled_from((0, 30, 60))))).astimezone(UTC),
        "Vans",
        DANA,
        (Guest(draw(st.sampled_from((PAT, SAM))), status),),
        cancelled=draw(st.sampled_from((False, False, False, True))),
        stamp=changed,
        modified=changed,
    )


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    deal = Deal(
        "D1",
        "Vans",
        draw(st.sampled_from(("Discovery", "Proposal", "Negotiation"))),
        "Acme",
        ("acme.example",),
        (Contact("Pat Lee", (PAT,)), Contact("Sam Roe", (SAM,))),
        opened=date(2025, 12, 1),
        stage_since=draw(st.sampled_from((None, date(2026, 1, 5), date(2026, 2, 20)))),
        close_date=draw(st.sampled_from((None, date(2026, 3, 4), date(2026, 4, 30)))),
    )
    parts = draw(st.lists(st.lists(letters(), min_size=1, max_size=5), max_size=3))
    assume(len({x.message.id for part in parts for x in part}) == sum(map(len, parts)))  # a mail lies in one thread
    talks = tuple(
        Conversation(f"<t{i}@x.example>", "Vans", tuple(sorted(part, key=lambda x: (x.at, x.message.message_id))))
        for i, part in enumerate(parts)
    )
    found = draw(st.lists(events(), max_size=5, unique_by=lambda e: e.uid))
    return Dossier(deal, Circle(deal, REP), talks, meetings=tuple(found), mail_fresh=draw(st.sampled_from((True, True, False))))


def gist(found: Conclusions) -> Conclusions:
    return replace(found, wake_at=None)


@given(dossiers())
@settings(max_examples=often(80, 800), deadline=None)
def test_same_dossier_and_moment_give_the_same_conclusions(dossier: Dossier) -> None:
    assert think(dossier, NOW, RULES) == think(dossier, NOW, RULES)


@given(dossiers(), st.randoms(use_true_random=False))
@settings(max_examples=often(80, 800), deadline=None)
def test_the_order_of_facts_is_irrelevant(dossier: Dossier, random: object) -> None:
    talks, meetings = list(dossier.conversations), list(dossier.meetings)
    random.shuffle(talks)  # type: ignore[attr-defined]
    random.shuffle(meetings)  # type: ignore[attr-defined]
    assert think(replace(dossier, conversations=tuple(talks), meetings=tuple(meetings)), NOW, RULES) == think(dossier, NOW, RULES)


@given(dossiers(), st.floats(0, 0.999))
@settings(max_examples=often(200, 2000), deadline=None)
def test_nothing_changes_before_wake_at(dossier: Dossier, share: float) -> None:
    found = think(dossier, NOW, RULES)
    wake_at = found.wake_at or NOW + timedelta(days=1000)  # never
    assert wake_at >= NOW
    between = NOW.astimezone(UTC) + (wake_at.astimezone(UTC) - NOW.astimezone(UTC)) * share
    assert gist(think(dossier, between, RULES)) == gist(found)


@given(dossiers())
@settings(max_examples=often(80, 800), deadline=None)
def test_a_card_is_the_first_kind_that_was_found(dossier: Dossier) -> None:
    found = think(dossier, NOW, RULES)
    able = [f.kind for f in found.findings if kinds()[f.kind].PLACE is not None]
    assert (found.plan.finding.kind if found.plan else None) == next((k for k in kinds() if k in able), None)


@given(dossiers())
@settings(max_examples=often(100, 1000), deadline=None)
def test_nothing_is_claimed_from_absence_on_stale_mail(dossier: Dossier) -> None:
    found = think(replace(dossier, mail_fresh=False), NOW, RULES)
    assert all(not kinds()[f.kind].FROM_ABSENCE for f in found.findings)
    assert all(v.verdict not in ("flagged", "proposed", "dated") for v in found.verdicts)
