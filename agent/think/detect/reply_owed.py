"""In a thread the last word is the customer's, and it wants an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from agent.model import Finding
from agent.think.case import QUICK, Case
from agent.think.dossier import Conversation, Letter, left_alone
from agent.think.language.acts import Kind

PLACE, FROM_ABSENCE, MUTED, AFTER_NO = 2, True, False, False
TITLE, SAYS = "They wait for an answer", "they are waiting for an answer"
ABOUT, WHOSE = "a question that waits for your answer", "mine"
SETTINGS = {"after": ("reply_after", "business days")}

ASKS: tuple[Kind, ...] = ("question", "request", "refusal", "doubt", "time_refused")


def find(case: Case) -> Finding | None:
    found = [f for f, due in owed(case) if case.fresh_find(due)]
    return min(found, key=lambda f: (f.due, f.anchor), default=None)


def pending(case: Case, since: datetime) -> Letter | None:
    """A letter since `since` that wants an answer and whose business day still runs."""
    for finding, due in owed(case):
        letter = next(x for x in case.letters if x.message is finding.message)
        if not case.clock.reached(due) and letter.at >= since and not _only_offers(letter):
            return letter
    return None


def owed(case: Case) -> Iterator[tuple[Finding, datetime]]:
    """Every thread's unanswered word, with the moment from which a reply is owed."""
    for conversation in sorted(case.dossier.conversations, key=lambda c: c.id):
        if conversation.id in case.muted_threads or not _still_fresh(case, conversation):
            continue
        letter, before = _last_words(case, conversation)
        if letter is None:
            continue
        days = _wants_answer(case, letter, before)
        if days is None or _answered(case, letter):
            continue
        due = case.business(letter.at, days)
        yield _finding(case, conversation, letter, due), due


def _still_fresh(case: Case, conversation: Conversation) -> bool:
    """Whether a reply to its last mail could still be found owed."""
    last = conversation.letters[-1].at if conversation.letters else None
    return last is not None and not case.clock.passed(case.business(last, max(case.rules.reply_after, case.quiet_after)) + QUICK)


def _last_words(case: Case, conversation: Conversation) -> tuple[Letter | None, Letter | None]:
    """The customer's word that is still open, and our last one before it.

    Of several in a row the last counts, unless it is a remark that asks nothing after one that did.
    """
    letters = [x for x in conversation.letters if case.counts(x)]
    run: list[Letter] = []
    while letters and letters[-1].side == "theirs":
        run.append(letters.pop())
    before = letters[-1] if letters else None
    if not run:
        return None, before
    for letter in run:
        if letter.reading.language and letter.reading.mere_acknowledgement and letter.reading.acts:
            return letter, before
        if _asks(letter) or _settles(letter):
            return letter, before
    return run[0], before


def _only_offers(letter: Letter) -> bool:
    """The other side's proposal owes no reply within the quiet time."""
    return letter.reading.has("proposal") and not letter.reading.has("question", "request", "refusal", "doubt")


def _asks(letter: Letter) -> bool:
    return letter.reading.has(*ASKS)


def _settles(letter: Letter) -> bool:
    """A promise, an acceptance, or a deferral to a date; "later this year" settles nothing."""
    return letter.reading.has("promise", "acceptance") or any(a.when for a in letter.reading.of("deferral"))


def _wants_answer(case: Case, letter: Letter, before: Letter | None) -> int | None:
    """In how many business days an answer is owed; None: it is not."""
    reading = letter.reading
    if not reading.language:
        return case.rules.reply_after if any(c.isalpha() or c == "?" for c in letter.body.text) else None
    if reading.has("stop", "missed"):
        return None
    if _only_offers(letter):
        return case.quiet_after
    if reading.has(*ASKS):
        if _settles(letter) and not reading.has("question", "request", "refusal"):
            return None
        return case.rules.reply_after
    if _settles(letter) or reading.mere_acknowledgement:
        return None
    if before is None or before.side != "ours":
        return None
    if before.reading.has("question", "request"):
        return case.rules.reply_after if reading.has("statement", "intention", "deferral") else None
    if before.reading.has("proposal"):  # "I'm travelling all of next week" takes no time up and names none
        return case.rules.reply_after if reading.has("absence") else None
    return None


def _answered(case: Case, letter: Letter) -> bool:
    person = letter.message.sender
    if left_alone(person, case.dossier.do_not_contact):
        return True
    return case.written_since(letter.at, person) or case.met_since(letter.at, person) or case.invited_since(letter.at, person)


def _finding(case: Case, conversation: Conversation, letter: Letter, due: datetime) -> Finding:
    reading = letter.reading
    order = ("refusal", "doubt", "question", "request", "time_refused", "proposal")
    asked = next((a for kind in order for a in reading.acts if a.kind == kind), None)
    tone: Literal["", "no", "maybe"] = "no" if reading.has("refusal") else "maybe" if reading.has("doubt") else ""
    return Finding(
        "reply_owed",
        anchor=letter.message.message_id,
        due=due,
        evidence=(
            case.says(letter, "wrote" if asked is None else "waits for an answer, having written", asked),
            case.nothing_seen("Nobody of us has written to them, invited them or met them since.", "mail"),
        ),
        thread=conversation.id,
        message=letter.message,
        matter=asked.matter if asked else "",
        tone=tone,
    )
