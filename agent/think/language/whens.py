"""What a sentence says of time, clause by clause, and the moments that an act takes from it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from agent.think.language.acts import When
from agent.think.language.dates import LONG, Clock, Context, Span, after_named, clocks, day_for, moment, spans
from agent.think.language.pack import Pack
from agent.think.language.sentences import Sentence

DAY = timedelta(days=1)
NO_DAY = frozenset({"vague", "past"})


@dataclass(slots=True)
class Clause:
    """A part of a sentence with the days and times named in it."""

    low: str
    start: int  # offset in the sentence
    spans: list[Span] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    asks: bool = False
    taken: bool = False  # an act has used it

    @property
    def days(self) -> list[Span]:
        """Spans that can be meant by an act: not past ones."""
        return [s for s in self.spans if s.grain != "past" and s.relation != "since"] if self.spans else []

    @property
    def fine(self) -> bool:
        """Whether a day or a clock time is named, not merely a week or a month."""
        return bool(self.clocks) or any(
            s.first and s.grain not in LONG | {"week", "part"} and not s.grain.startswith("this ") for s in self.days
        )

    @property
    def timed(self) -> bool:
        return bool(self.clocks) or any(s.grain != "vague" for s in self.days)

    @property
    def past(self) -> bool:
        return any(s.grain == "past" for s in self.spans)


def clauses(sentence: Sentence, pack: Pack, context: Context, named: Span | None = None) -> list[Clause]:
    """`named` is the span that was spoken of last, before this sentence."""
    low = sentence.low
    found = after_named(spans(low, pack.times, context), named, context)
    hours = clocks(low, pack.times, context, found)
    edges = _edges(low, found, pack)
    made = [
        Clause(low[a:b], a, [s for s in found if a <= s.start < max(b, a + 1)], [c for c in hours if a <= c.start < max(b, a + 1)])
        for a, b in edges[:40]
        if low[a:b].strip()
    ]
    if made and sentence.asks:
        made[-1].asks = True
    return made


def _edges(low: str, found: list[Span], pack: Pack) -> list[tuple[int, int]]:
    """Where the clauses begin and end; also before a day behind one turned down or past ("Monday is bad, Tuesday works")."""
    cuts = [(c.start(), c.end()) for c in pack.breaks.finditer(low) if not any(s.start < c.end() and c.start() < s.end for s in found)]
    for span in found:
        head = low[: span.start].rstrip()
        if head.endswith(",") and (pack.has("past", head) or (span is not found[0] and pack.has("not_time", head))):
            cuts.append((len(head) - 1, span.start))
    seconds = pack.cues["and_then"].finditer(low) if "and_then" in pack.cues and len(found) > 1 else ()
    cuts += [(m.start(), m.start()) for m in seconds if found[0].end <= m.start() and m.end() <= found[-1].start]
    edges, at = [], 0
    for start, end in sorted(cuts):
        if start > at:
            edges.append((at, start))
            at = end
    return [*edges, (at, len(low))]


def proposed(clause: Clause, context: Context, day: date | None) -> tuple[When, ...]:
    """The times of a proposal, an acceptance or a refusal of a time; `day` is the one spoken of before."""
    days = [s for s in clause.days if s.grain not in NO_DAY]
    if not days:
        return tuple(_clock_only(clock, context, day) for clock in clause.clocks)
    whens: list[When] = []
    until = next((s for s in days if s.relation == "by" and s.first == context.today), None)
    if until:  # "Bis Dienstag!", written on a Tuesday
        coming = replace(until, first=context.today + 7 * DAY, last=context.today + 7 * DAY)
        days = [coming if s is until else s for s in days]
    for span in days:
        on = day_for(span, "proposal", context)
        if on is None:
            continue
        hours = [c for c in clause.clocks if _nearest(c, days) is span]
        whens += [When(on, moment(on, c, context), loose=span.loose) for c in hours] or [When(on, loose=span.loose)]
        if span.last and span.first and span.grain == "day" and span.last == span.first + DAY:
            whens.append(When(span.last))  # "the 3rd or 4th"
    return tuple(dict.fromkeys(whens))


def _nearest(clock: Clock, days: list[Span]) -> Span:
    """The day that a clock time belongs to: the one before it, unless only one after is at hand."""
    before = [s for s in days if s.end <= clock.start]
    after = [s for s in days if s.start >= clock.end]
    if before and after and after[0].start - clock.end < 6 and clock.start - before[-1].end > 12:
        return after[0]
    return before[-1] if before else (after[0] if after else days[0])


def _clock_only(clock: Clock, context: Context, day: date | None) -> When:
    """A clock time without a day: the day spoken of, else the next time the clock shows it."""
    if day is not None:
        return When(day, moment(day, clock, context))
    at = moment(context.today, clock, context)
    if at <= context.sent:
        at = moment(context.today + DAY, clock, context)
    return When(at.date(), at)


def single(span: Span, kind: str, clause: Clause, context: Context) -> tuple[When, ...]:
    """The one day that a promise, deferral or absence means."""
    day = day_for(span, kind, context)
    if day is None:
        return ()
    same = kind == "promise" and day == context.today
    hour = next((c for c in clause.clocks if _nearest(c, clause.days or [span]) is span), None) if kind != "absence" else None
    return (When(day, moment(day, hour, context) if hour else None, same),)
