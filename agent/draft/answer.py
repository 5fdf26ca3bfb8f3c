"""Which mail a draft answers, and with which subject."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from agent.draft.text import visible
from agent.model import Message
from agent.think import words
from agent.think.dossier import Conversation, Dossier, Letter, Plan

REVIVED_WITHIN = timedelta(days=30)
LONGEST_SUBJECT = 250  # characters
MOST_REFERENCES = 50
ABOUT_ONE_THREAD = frozenset({"reply_owed", "agreed_not_booked"})
_ANSWER = re.compile(rf"\s{{0,9}}{words.REPLY}\s{{0,3}}(?:\[\d{{1,3}}\]|\(\d{{1,3}}\))?\s{{0,3}}:", re.IGNORECASE)


def letters(dossier: Dossier, *, own: bool = False) -> Iterator[Letter]:
    """Mail between us and the customers that a person wrote; `own`: only in the deal's own threads."""
    for conversation in dossier.conversations:
        yield from (letter for letter in conversation.letters if letter.human and letter.side != "other")
    if not own:
        yield from (letter for letter in dossier.elsewhere if letter.human and letter.side != "other")


def latest_letter(found: Iterable[Letter]) -> Letter | None:
    """The latest by time; of two at once the greater id, so that the order of facts plays no part."""
    return max(found, key=lambda letter: (letter.at, letter.message.message_id), default=None)


def newest(dossier: Dossier) -> Conversation | None:
    """The deal's thread with the latest mail of a person."""
    last = latest_letter(letters(dossier, own=True))
    return next((c for c in dossier.conversations if last in c.letters), None) if last else None


def answered(plan: Plan, dossier: Dossier, persons: Collection[str], now: datetime) -> Letter | None:
    """The latest mail of a person that one of these wrote or received, in the deal's newest thread with them; None if it is too old.

    An answer that is owed belongs into the thread in which it was asked for.
    """
    circle = dossier.circle

    def theirs(conversation: Conversation) -> Iterator[Letter]:
        for letter in conversation.letters:
            around = (letter.message.sender, *letter.message.recipients)
            if letter.human and letter.side != "other" and any(circle.person(who) in persons for who in around):
                yield letter

    asked = [c for c in dossier.conversations if plan.finding.kind in ABOUT_ONE_THREAD and c.id == plan.finding.thread]
    last = latest_letter(x for c in asked for x in theirs(c)) or latest_letter(x for c in dossier.conversations for x in theirs(c))
    return last if last and now.astimezone(UTC) - last.at.astimezone(UTC) <= REVIVED_WITHIN else None


def kept_subject(message: Message, topic: str) -> str:
    """The subject of an answer: as it is, with one mark of answering before it."""
    subject = visible(message.subject[: 2 * LONGEST_SUBJECT]).strip()[:LONGEST_SUBJECT].strip() or topic
    return subject if _ANSWER.match(subject) else f"Re: {subject}"


def references(message: Message) -> tuple[str, ...]:
    """RFC 5322, 3.6.4; the middle of a very long chain is left out."""
    chain = message.references or ((message.in_reply_to,) if message.in_reply_to else ())
    ids = tuple(dict.fromkeys((*(i for i in chain if i != message.message_id), message.message_id)))
    return ids if len(ids) <= MOST_REFERENCES else ids[:1] + ids[1 - MOST_REFERENCES :]
