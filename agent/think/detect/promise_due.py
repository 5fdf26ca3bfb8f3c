"""The rep promised something by a date that has come, and has not written about it since."""

from __future__ import annotations

from functools import lru_cache

from agent import bundled
from agent.model import Finding
from agent.think import words
from agent.think.case import Case, Spoken
from agent.think.dossier import Letter

PLACE, FROM_ABSENCE, MUTED, AFTER_NO = 4, True, False, False
TITLE, SAYS = "You promised something", "something you promised is due"
ABOUT, WHOSE = "something you promised", "mine"


def find(case: Case) -> Finding | None:
    papers = max((x.at for x in case.sent_anywhere if x.body.attachments), default=None)  # what was promised before counts as kept
    mine = [x for x in case.letters if x.by_rep and x.side == "ours" and (papers is None or x.at >= papers)]
    promises = case.promises(mine)
    found = [f for i, s in enumerate(promises) if case.heard(s.letter) and (f := _judge(case, s, promises[i + 1 :]))]
    return min(found, key=lambda f: f.due, default=None)


def _judge(case: Case, spoken: Spoken, later: list[Spoken]) -> Finding | None:
    due = case.due(spoken.act.when[-1])
    if not case.fresh_find(due) or any(_moves(spoken, s) for s in later) or _kept(case, spoken):
        return None
    conversation = case.conversation(spoken.letter)
    return Finding(
        "promise_due",
        anchor=f"{spoken.letter.message.message_id}/{spoken.act.when[-1].day}",
        due=due,
        evidence=(
            case.says(spoken.letter, "promised", spoken.act),
            case.nothing_seen("Nobody of us has written to them about it or sent a document since.", "mail"),
        ),
        thread=conversation.id if conversation else "",
        message=spoken.letter.message,
        matter=spoken.act.matter,
        when=due,
    )


def _moves(old: Spoken, new: Spoken) -> bool:
    """A newly named date for the same matter (or for what is not named) moves it."""
    if new.at <= old.at:
        return False
    one, other = _stems(old.act.matter), _stems(new.act.matter)
    return not one or not other or bool(one & other)


def _kept(case: Case, spoken: Spoken) -> bool:
    """One of us has since sent a document, or written about the matter (about anything, where none was named)."""
    matter = _stems(spoken.act.matter)
    return any(_delivers(x, matter) for x in case.sent_anywhere if x.at > spoken.at)


def _delivers(letter: Letter, matter: frozenset[str]) -> bool:
    if letter.body.attachments or not matter:
        return True
    renewed = frozenset().union(*(_stems(a.quote) for a in letter.reading.of("promise")))
    fresh_subject = "" if letter.message.in_reply_to else words.subject(letter.message.subject)
    return bool(matter & ((_stems(letter.body.text) | _stems(fresh_subject)) - renewed))


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    """Words that can name a thing, without their endings; small numbers ("two references") name none."""
    weak = frozenset(bundled.lines("number_words"))
    return frozenset(w[:6] for w in words.of(text) - weak if len(w) > 2)
