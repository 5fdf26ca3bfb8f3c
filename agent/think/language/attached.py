"""Which of several days belongs to an act, and which to a thing beside it: "the December invoice by Monday"."""

from __future__ import annotations

import re

from agent.think.language.dates import Span
from agent.think.language.pack import Pack
from agent.think.language.whens import Clause

MARK = "\0"  # stands for a day, once for each of its letters
_JOINED = re.compile(r"-(?=[^\W\d])|'s?(?= [^\W\d])")  # "Dezember-Rechnung", "Thursday's call"
DEADLINES = ("by", "before")  # the firmer first


def own(part: Clause, pack: Pack) -> list[Span]:
    """The days of a clause that are not a thing's."""
    if not part.days:
        return []
    low = _marked(part)
    things = [m.span() for m in pack.cues["dated_thing"].finditer(low)] if "dated_thing" in pack.cues else []
    return [s for s in part.days if s.relation in DEADLINES or not _of_thing(low, s, part.start, things, pack)]


def bound(days: list[Span]) -> list[Span]:
    """The deadlines among some days, else all of them: a deadline says more than any other day."""
    for relation in DEADLINES:
        found = [s for s in days if s.relation == relation]
        if found:
            return found
    return days


def _marked(part: Clause) -> str:
    low = list(part.low)
    for span in part.days:
        start, end = max(0, span.start - part.start), min(len(low), span.end - part.start)
        low[start:end] = MARK * max(0, end - start)
    return "".join(low)


def _of_thing(low: str, span: Span, offset: int, things: list[tuple[int, int]], pack: Pack) -> bool:
    start, end = span.start - offset, span.end - offset
    around = low[max(0, start - 16) : start].replace(MARK, "x") + MARK + low[end : end + 3]
    return bool(_JOINED.match(low, end)) or pack.cues["foreign"].search(around) is not None or any(a < end and start < b for a, b in things)
