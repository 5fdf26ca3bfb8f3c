"""What the mail that waits for an answer asks for: to be sent something, when we are free, or anything else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from agent.draft import names
from agent.draft.answer import letters
from agent.draft.text import fold
from agent.draft.wording import Thing, Words, begins, spoken
from agent.draft.wording.words import MOST_READ
from agent.model import Finding
from agent.think.case import shorten
from agent.think.dossier import Dossier, Letter
from agent.think.language.acts import Act

Answer = Literal["", "delivery", "time"]
ADDS = 100  # characters of a question in what the rep has to do
MOST_TODO = 5
TO_US = frozenset("us me uns mir nous moi m nos ons mij envieme envienos mandeme mandenos".split())  # folded
NO_THING = frozenset("invite invites invitation einladung terminvorschlag invitacion uitnodiging times slots termine creneaux".split())


def letter_of(finding: Finding, dossier: Dossier) -> Letter | None:
    """The mail that a finding is about."""
    wanted = finding.message.message_id if finding.message else None
    return next((x for x in letters(dossier) if x.message.message_id == wanted), None) if wanted else None


def asked(finding: Finding, dossier: Dossier) -> tuple[Act, ...]:
    """The questions and requests of the mail that is owed a reply."""
    letter = letter_of(finding, dossier) if finding.kind == "reply_owed" else None
    return letter.reading.of("question", "request") if letter else ()


def wanted(finding: Finding, dossier: Dossier, wording: Words) -> tuple[Answer, str]:
    """How to answer, and the name of what is to be sent. A refusal or a doubt is answered as such."""
    acts = asked(finding, dossier) if not finding.tone else ()
    wishes = [act for act in acts if _sends(act, wording)]
    named = next((name for act in wishes if (name := _thing(act, wording))), "")
    if named:
        return "delivery", named
    if any(_asks_our_time(act, wording) for act in acts):
        return "time", ""
    return ("delivery", "") if any(map(_plain_wish, wishes)) else ("", "")


def topic(finding: Finding, dossier: Dossier, wording: Words) -> str:
    """What their question is about, if it names a thing that we know by name."""
    return next((thing.topic for act in asked(finding, dossier) if (thing := _known(act, wording))), "")


def _sends(act: Act, wording: Words) -> bool:
    text = " " + fold(act.quote[:MOST_READ]).lstrip("¿¡ -")
    elsewhere = any(text.startswith(f" {phrase}") if phrase.endswith(" ") else f" {phrase}" in text for phrase in wording.not_to_us)
    return not elsewhere and any(begins(word, wording.sends) for word in spoken(text))


def _plain_wish(act: Act) -> bool:
    """To be sent something that we do not know by name."""
    words = set(spoken(act.quote))
    return not words & NO_THING and (act.kind == "request" or bool(words & TO_US))


def _thing(act: Act, wording: Words) -> str:
    """By the words that we know, else what the request itself calls it."""
    known = _known(act, wording)
    return known.name if known else names.topic(act.matter, longest=6) if act.kind == "request" else ""


def _known(act: Act, wording: Words) -> Thing | None:
    text = fold(act.quote[:MOST_READ])
    return next((thing for thing in wording.things if thing.named_in(text)), None)


def _asks_our_time(act: Act, wording: Words) -> bool:
    text = fold(act.quote[:MOST_READ])
    return any(phrase in text for phrase in wording.our_time)


def todo(finding: Finding, dossier: Dossier, wording: Words, *, invites: bool = False) -> tuple[str, ...]:
    """What the rep has to add to the draft before it can go, since no program can."""
    return tuple(dict.fromkeys(_todo(finding, dossier, wording, invites)))[:MOST_TODO]


def _todo(finding: Finding, dossier: Dossier, wording: Words, invites: bool) -> Iterator[str]:
    if finding.kind == "promise_due":
        yield f"attach {names.topic(finding.matter) or 'what was promised'}, or write it into the mail"
    if finding.kind == "agreed_not_booked":
        alone = "put the meeting into the calendar and invite them"
        yield "see that it stands in your calendar; the mail invites them" if invites else alone
    how, _ = wanted(finding, dossier, wording)
    for act in asked(finding, dossier):
        what = _thing(act, wording) if how == "delivery" and _sends(act, wording) else ""
        if what:
            yield f"attach {what}"
        elif not (how == "time" and _asks_our_time(act, wording)):
            yield f"answer “{shorten(act.quote, ADDS)}”"
