"""From sentences to acts: the rules that are the same in every language; what the words are is in the packs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from agent.bundled import lines
from agent.think.language.acts import Act, Kind, When
from agent.think.language.attached import bound, own
from agent.think.language.dates import LONG, Context, Span
from agent.think.language.matter import behind, fronted, matter, written
from agent.think.language.pack import Pack
from agent.think.language.sentences import Sentence
from agent.think.language.whens import Clause, clauses, proposed, single

FAR = 10  # days from which on "let's talk on the 20th" puts off rather than proposes


@dataclass(slots=True)
class Reader:
    """Reads the sentences of one text in order; remembers what day was spoken of last, for "then" and for bare hours."""

    pack: Pack
    context: Context
    span: Span | None = None
    day: date | None = None
    listing: bool = False  # what follows are items of a list of times

    def read(self, sentence: Sentence) -> list[Act]:
        parts = clauses(sentence, self.pack, self.context, self.span)
        found = list(self._acts(sentence, parts))
        unique: dict[tuple[Kind, tuple[When, ...]], Act] = {(a.kind, a.when): a for a in reversed(found)}
        acts = list(reversed(unique.values())) or [self._rest(sentence, parts)]
        self._remember(sentence, parts, acts)
        return [replace(a, quote=sentence.text, start=sentence.start) for a in acts]

    def _remember(self, sentence: Sentence, parts: list[Clause], acts: list[Act]) -> None:
        named = [s for c in parts for s in c.days if s.first]
        if named:
            self.span = named[-1]
        days = {w.day for a in acts if a.kind in ("proposal", "acceptance", "deferral") for w in a.when}
        if len(days) == 1:
            self.day = days.pop()
        self.listing = sentence.low.endswith(":") or any(a.kind == "proposal" for a in acts)

    # ---------------------------------------------------------------------------------------------------- whole sentence

    def _acts(self, sentence: Sentence, parts: list[Clause]) -> Iterator[Act]:
        pack, low = self.pack, sentence.low
        if pack.has("no_question", low):
            yield _act("acknowledgement", assent="?" not in low and pack.has("assent", low))
            return
        if pack.has("stop", low) and not pack.has("not_stop", low):
            yield _act("stop", company=pack.has("company", low))
            return
        if sentence.links and self._books(sentence):
            yield _act("proposal", link=True)
            return
        if pack.has("missed", low) and not pack.has("not_missed", low):
            yield _act("missed")
            for part in parts:
                part.taken = part.taken or pack.has("missed", part.low)
        if pack.has("unreal", low):
            parts = []
        verdict = list(self._verdict(parts))
        yield from verdict
        for place in range(len(parts)):
            yield from self._times(sentence, parts, place)
        yield from self._absence(parts)
        yield from self._asks(sentence, parts, bool(verdict))

    def _books(self, sentence: Sentence) -> bool:
        """A link to pick a time: by its host, or by the words around it."""
        hosts = (link.split("://")[-1].split("/")[0].lower() for link in sentence.links)
        known = lines("booking_link_domains")
        return any(h == d or h.endswith("." + d) for h in hosts for d in known) or self.pack.has("book_link", sentence.low)

    def _verdict(self, parts: list[Clause]) -> Iterator[Act]:
        """A no or a maybe to the matter."""
        for part in parts:
            if part.asks:
                continue
            later = bool(part.days) and self.pack.has("not_before", part.low)
            if self.pack.has("refusal", part.low) and not later and not self.pack.has("not_refusal", part.low):
                yield _act("refusal")
            elif self.pack.has("doubt", part.low) and not self.pack.has("not_doubt", part.low):
                yield _act("doubt")
                if self.pack.has("ponder", part.low):
                    yield _act("intention")

    # -------------------------------------------------------------------------------------------------------- by clause

    def _times(self, sentence: Sentence, parts: list[Clause], place: int) -> Iterator[Act]:
        """At most one of promise, deferral, refused time, proposal, acceptance for each clause."""
        part = parts[place]
        if part.taken:
            return
        act = self._promise(sentence, parts, place) or self._deferral(parts, place)
        if act is None and not self._leads(parts, place):
            act = self._slot(parts, place)
            if act and act.kind in ("acceptance", "time_refused") and part.clocks and not _has_day(parts, place, self.day):
                act = replace(act, when=(), clock=part.clocks[0].at)
            if act and act.kind == "acceptance" and not act.when and not act.clock:
                act = replace(act, choice=self._choice(part))
        part.taken = act is not None or self.pack.has("no_wait", part.low)
        if act:
            yield act

    def _choice(self, part: Clause) -> str:
        """Which of several times is taken: "the second one"."""
        nth = self.pack.find("nth", part.low)
        return (nth.lastgroup or "").rstrip("_") if nth else ""

    def _leads(self, parts: list[Clause], place: int) -> bool:
        """Whether the day of this clause belongs to a request or promise in the next: "Once we are through March, call me"."""
        after = parts[place + 1] if place + 1 < len(parts) else None
        return bool(
            after
            and parts[place].timed
            and not own(after, self.pack)
            and not self.pack.has("not_time", parts[place].low)
            and (
                (self.pack.has("promise", after.low) and not self.pack.has("no_promise_after", after.low))
                or self.pack.has("callback_start", after.low)
            )
        )

    def _nearby(self, parts: list[Clause], place: int, at: int, promise: bool = False) -> tuple[Span, Clause] | None:
        """The day attached to a cue that stands at `at` in the sentence: behind it, before it, in the clause beside it, or by "then"."""
        part = parts[place]
        days = own(part, self.pack)
        if part.days and not days and not (place and not parts[place - 1].taken and own(parts[place - 1], self.pack)):
            days = part.days
        if days:
            days = bound(days) if promise else days
            behind = [s for s in days if s.end > at]
            exact = next((s for s in behind if s.grain != "vague"), None)  # "after the summer, say on 1 September"
            day, past = exact or (behind[0] if behind else days[-1]), self.pack.find("after_that", part.low)
            return _left(day, past=True) if past and day.end <= part.start + past.start() else day, part
        before = parts[place - 1] if place else None
        if before and before.days and not before.taken:
            day = (own(before, self.pack) or before.days)[-1]
            if promise and day.relation == "by" and self._bare(before):
                return day, before  # "D'ici lundi, je vous envoie le devis"
            return _left(day, past=self.pack.has("after_that", part.low)), before
        after = parts[place + 1] if place + 1 < len(parts) else None
        if after and after.days and after.days[0].start - after.start < 12 and not after.asks and not self._cued(after):
            return after.days[0], after
        if self.pack.has("then", part.low):
            past_it = self.pack.has("after_that", part.low)  # "the board meets on the 3rd, I'll call you afterwards"
            dated = [p for p in parts[:place] if p.days]
            if dated:
                return _left(dated[-1].days[-1], past=past_it), dated[-1]
            if self.span is None:
                return None
            span = replace(self.span, start=-1, end=-1)  # it stands in a sentence before
            told = replace(span, relation="") if promise and span.relation == "until" else _left(span, "before", past_it)
            return told, part
        return None

    def _cued(self, part: Clause) -> bool:
        return any(self.pack.has(name, part.low) for name in ("promise", "deferral", "accepts", "date_accepts", "not_time"))

    def _promise(self, sentence: Sentence, parts: list[Clause], place: int) -> Act | None:
        pack, part = self.pack, parts[place]
        cue = pack.find("promise", part.low)
        if cue is None or (part.asks and not pack.has("asks_leave", part.low)) or pack.has("habit", part.low):
            return None
        so_far = sentence.low[: part.start + cue.end()]
        firm = pack.has("firm", so_far) or pack.has("firm_start", part.low)
        if pack.has("not_promise", part.low[: cue.end()]) or (place and not firm and pack.has("not_promise", so_far)):
            return None
        if pack.has("no_promise_after", part.low):
            return None
        if pack.has("condition", sentence.low):
            return _act("intention")
        near = self._nearby(parts, place, part.start + cue.start(), promise=True)
        if near and near[0] not in own(near[1], pack) and near[0] in near[1].days:
            near = None  # a thing's: "the numbers for Q3"
        if not firm and (near is None or not pack.has("soft", so_far) or (part.fine and pack.has("offers_plainly", part.low))):
            return None
        if near is None and pack.has("intention_only", part.low):
            return _act("intention")
        if near and near[0].end <= part.start + cue.start() and pack.has("absence", sentence.low):
            near = (_left(near[0]) if near[0].relation == "until" else near[0]), near[1]
        when = single(near[0], "promise", near[1], self.context) if near else self._by_the_clock(part)
        if near:
            near[1].taken = True
        end = near[0].start if near and near[0].start >= part.start + cue.end() else part.start + len(part.low)
        begin, mine = part.start + cue.end(), own(part, pack)
        through = max((s.end for s in part.days if begin <= s.start and s.end <= end and s not in mine), default=begin)
        what = self._subject(sentence, part, cue) or matter(sentence, begin, end, pack, through)
        if near and not what and end == near[0].start:
            what = behind(sentence, begin, near[0], part.start + len(part.low), pack)
        return _act("promise", when=when, matter=what or fronted(sentence, part.start, part.start + cue.start(), pack))

    def _by_the_clock(self, part: Clause) -> tuple[When, ...]:
        """A promise for an hour without a day: "by noon"."""
        if not part.clocks or part.spans or self.day is not None:
            return ()
        return tuple(replace(w, same_day=w.day == self.context.today) for w in proposed(part, self.context, None)[-1:])

    def _subject(self, sentence: Sentence, part: Clause, cue: re.Match[str]) -> str:
        """What is promised where it stands before the verb: "the drawings will follow"."""
        name = "thing" if cue.groupdict().get("thing") else "thing2" if cue.groupdict().get("thing2") else ""
        if not name:
            return ""
        lead = self.pack.find("subject_lead", part.low[: cue.start(name)])
        words = written(sentence, part.start + (lead.start() if lead else cue.start(name)), part.start + cue.end(name))
        return words[:1].lower() + words[1:] if lead else words

    def _deferral(self, parts: list[Clause], place: int) -> Act | None:
        pack, part = self.pack, parts[place]
        off = pack.has("puts_off", part.low)
        cue = pack.find("deferral", part.low) or pack.find("puts_off", part.low)
        if cue is None and self._curt(parts, part):
            return _act("deferral", when=single(part.days[0], "deferral", part, self.context))
        if cue is None or (part.past and not part.days) or pack.has("habit", part.low) or pack.has("no_wait", part.low):
            return None
        callback = pack.has("callback", cue.group())
        before = pack.has("not_before", part.low)
        away = pack.has("absence", part.low) and not pack.has("callback_start", part.low)  # "let's reconnect in May, when I'm back"
        if not callback and not off and (away or (pack.has("not_deferral", part.low) and not before)):
            return None
        if pack.has("not_callback", part.low) and not before:
            return None
        if part.asks and not callback and pack.has("supposes", part.low):
            return None
        near = self._nearby(parts, place, part.start + cue.start())
        if near is None or near[0].grain == "vague":
            past = pack.has("past", part.low) and not pack.has("on_hold", part.low)
            lead = parts[place - 1].low if place and not parts[place - 1].taken else ""
            again = callback or pack.has("again", part.low) or (bool(lead) and pack.has("talk", cue.group()))
            off = off or near is not None or (again and (pack.has("any_when", part.low) or pack.has("any_when", lead)))
            return _act("deferral") if off and not past and not part.clocks else None
        span = near[0]
        if not self._puts_off(part, span, cue.group(), off):
            return None
        near[1].taken = True
        return _act("deferral", when=single(span, "deferral", near[1], self.context))

    def _curt(self, parts: list[Clause], part: Clause) -> bool:
        """Nothing but a distant time and a "please": "In October, please."."""
        if len(part.days) != 1 or part.clocks or not any(self.pack.has("politely", p.low) for p in parts):
            return False
        day = part.days[0]
        far = day.grain == "part" and day.first is not None and (day.first - self.context.today).days >= FAR
        later = day.grain in LONG or day.relation == "after" or far
        rest = "".join(self.pack.without("filler", p.low) for p in parts if p is not part)
        return later and self._bare(part) and not any(c.isalnum() for c in rest)

    def _puts_off(self, part: Clause, span: Span, cue: str, off: bool) -> bool:
        """Whether a cue and its day put off, rather than set a deadline, propose a time or tell of something past."""
        pack = self.pack
        later = span.relation in ("after", "until") or span.grain in LONG or span.grain in ("settled", "feast", "end", "part")
        if span.first and span.first <= self.context.today and not later:
            return False
        if pack.has("past", part.low) and not off:
            return False
        refuses = pack.has("not_before", part.low)
        if span.relation in ("by", "before") and not refuses and not (off and span.relation == "by"):
            return False
        if pack.has("callback", cue):
            return not (part.asks and pack.has("asks_times", part.low))
        if refuses:
            return later or span.relation == "before" or span.grain == "week"
        if part.clocks:
            return False
        again, talk = pack.has("again", part.low), pack.has("talk", cue)
        resumed = later and pack.has("resumes", part.low)  # "Shall we pick this up again in December?"
        if part.asks and (pack.has("asks_times", part.low) or (pack.has("starts_proposal", part.low) and not resumed)):
            return False
        if later or span.first is None:
            return not (part.asks and span.grain == "end" and not again)
        if span.grain == "week":
            return again or off or (not part.asks and (talk or not pack.has("offers_plainly", part.low)))
        distant = (span.first - self.context.today).days >= FAR
        if part.asks:  # "Could we regroup in three weeks?"
            return off or (distant and pack.has("resumes", part.low) and not pack.has("instead", part.low))
        return off or (again and not pack.has("instead", part.low)) or (talk and distant)

    def _slot(self, parts: list[Clause], place: int) -> Act | None:
        """A time turned down, proposed or taken."""
        pack, part = self.pack, parts[place]
        source = self._lead(parts, place) or part
        earlier = [s.first for p in parts[:place] for s in p.days if s.first and s.grain == "day"]
        day = earlier[-1] if earlier else self.day
        when = proposed(source, self.context, day)
        told = pack.has("past", part.low) or part.past or pack.has("habit", source.low) or self._thanks_for_today(source)
        if part.asks or pack.has("asks_if", part.low):
            return _act("proposal", when=when) if self._asks_time(part, source) else None
        if part.low.rstrip().endswith(":") and not source.timed:
            return None
        if source.fine and pack.has("books", part.low):
            return _act("acceptance", when=when)
        until = any(s.relation in ("until", "after", "by") for s in source.days)
        away = self._away(part, source)
        if (
            not away
            and (pack.has("not_time", part.low) or pack.has("not_callback", part.low))
            and not pack.has("promise", part.low)
            and ((source.timed and not until) or (pack.has("that", part.low) and not pack.has("doubt", part.low)))
            and not told
        ):
            return _act("time_refused", when=when)
        near = bool(source.clocks) or any(s.grain not in LONG | {"part"} and not _wide(s) for s in source.days)
        if source.timed and near and not told and self._bare(part) and not self._judged_after(parts, place):
            listing = self.listing or pack.has("instead", part.low) or any(pack.has("offers_plainly", p.low) for p in parts[:place])
            return _act("proposal" if listing else "acceptance", when=when)
        if away:
            return None
        if len(when) > 1 and source.fine and not told and pack.has("offers_plainly", part.low):
            return _act("proposal", when=when)
        told = told or (pack.has("about_things", part.low) and not pack.has("meets", part.low) and not pack.has("books", part.low))
        told = told or pack.has("hedged", part.low)
        if pack.has("accepts", part.low) and not told:
            return _act("acceptance", when=when)
        plainly = pack.has("offers_plainly", part.low) and (bool(part.clocks) or not pack.has("promise", part.low))
        if source.fine and not told and not until and plainly:
            return _act("proposal", when=when)
        if source.timed and near and not told and self._date_accepts(part, source) and not pack.has("request", part.low):
            return _act("acceptance", when=when)
        if source.timed and not told and pack.has("offers_plainly", part.low) and pack.has("talk", part.low):
            return _act("request")
        return None

    def _date_accepts(self, part: Clause, source: Clause) -> bool:
        """Where the word order tells, the day stands before what is said of it: "Thursday works", not "they work on Thursday"."""
        cue = self.pack.find("date_accepts", part.low)
        if cue is None or not cue.start() or not self.pack.has("day_first", cue.group()):
            return cue is not None
        ends = [s.end for s in source.days] + [c.end for c in source.clocks]
        return min(ends) <= part.start + cue.start()

    def _lead(self, parts: list[Clause], place: int) -> Clause | None:
        """The clause before, where it holds the time that this one speaks of: "Thursday at 3, would that suit you?"."""
        before = parts[place - 1] if place else None
        if before is None or before.taken or parts[place].timed or not before.timed:
            return None
        bounded = any(s.relation in ("by", "before") or (s.relation == "until" and not before.clocks) for s in before.days)
        # "We need it before the 20th, so let me know if that is possible"
        needed = bounded or self.pack.has("request", before.low) or self.pack.has("needs", before.low)
        return None if needed else before

    def _thanks_for_today(self, part: Clause) -> bool:
        """ "Thank you for your time today", "Good to see you on Monday" take up no time."""
        if part.days and not part.clocks and self.pack.has("met", part.low):
            return True
        if part.clocks or any(s.first != self.context.today for s in part.days):
            return False
        return bool(part.days) and self.pack.has("thanks_for", part.low)

    def _asks_time(self, part: Clause, source: Clause) -> bool:
        if part.asks:
            return source.timed and self._proposes(part, source)
        bounded = any(s.relation in ("by", "before", "until") for s in source.days)
        return source.fine and not bounded and self.pack.has("fits", part.low)

    def _away(self, part: Clause, source: Clause) -> bool:
        """Whether the days named are those of an absence."""
        if not self.pack.has("absence", part.low):
            return False
        return self.pack.has("returns", part.low) or any(s.relation in ("until", "after", "by") or s.first != s.last for s in source.days)

    def _judged_after(self, parts: list[Clause], place: int) -> bool:
        """Whether the clause behind a bare time says what to make of it: "Thursday at 3, would that suit you?"."""
        after = parts[place + 1] if place + 1 < len(parts) else None
        if after is None or after.timed:
            return False
        if after.asks:
            return self._proposes(after, parts[place])
        return any(self.pack.has(name, after.low) for name in ("accepts", "date_accepts", "not_time"))

    def _proposes(self, part: Clause, source: Clause) -> bool:
        pack = self.pack
        if pack.has("starts_proposal", part.low):
            return True
        if pack.has("asks_times", part.low) or (pack.has("about_things", part.low) and not pack.has("meets", part.low)):
            return False
        if pack.has("fits", part.low):
            return True
        if source.days and not part.clocks and all(s.relation == "by" for s in own(source, pack) or source.days):
            return False  # a deadline
        return source.fine and (pack.has("offers", part.low) or self._bare(part))

    def _bare(self, part: Clause) -> bool:
        """Nothing but days, times and small words: "Tuesday at 10, please"."""
        if not part.timed or len(part.low) > 90:
            return False
        rest = list(part.low)
        taken = [(s.start, s.end) for s in part.spans] + [(c.start, c.end) for c in part.clocks]
        for start, end in taken:
            for i in range(max(0, start - part.start), min(len(rest), end - part.start)):
                rest[i] = " "
        left = self.pack.times.zones.sub(" ", "".join(rest))
        return not any(c.isalnum() for c in self.pack.without("filler", left))

    def _absence(self, parts: list[Clause]) -> Iterator[Act]:
        """The writer is away: until the day named as the return, else the working day after the last day away."""
        pack = self.pack
        if not any(pack.has("absence", p.low) for p in parts if not p.asks):
            return
        named = [(s, p) for p in parts for s in p.days if s.first]
        returns = [(s, p) for s, p in named if pack.has("returns", p.low) and s.relation != "until"]
        ends = [(s, p) for s, p in named if s.relation in ("until", "by") or (s.last != s.first and s.grain == "day")]
        chosen = returns[-1:] or ends[:1]
        yield _act("absence", when=single(chosen[0][0], "absence", chosen[0][1], self.context) if chosen else ())

    def _asks(self, sentence: Sentence, parts: list[Clause], judged: bool) -> Iterator[Act]:
        pack, low = self.pack, sentence.low
        if sentence.asks:
            if len(parts) > 1 and parts[-2].taken and pack.has("tag", parts[-1].low):
                return  # "Try me after the 30th, would you?"
            if not parts or not parts[-1].taken or (pack.has("puts_off", parts[-1].low) and not parts[-1].timed):
                yield _act("question")
            return
        some = any(p.taken for p in parts)  # ", por favor" behind what was asked asks nothing more
        open_parts = [p for p in parts if not p.taken and not (some and len(p.low.split()) < 3)]
        if any(pack.has("question", p.low) for p in open_parts):
            yield _act("question")
        elif any(pack.has("request", p.low) for p in open_parts):
            yield _act("request")
        if not judged and not any(p.taken for p in parts) and pack.has("intention", low) and not pack.has("request", low):
            yield _act("intention")

    def _rest(self, sentence: Sentence, parts: list[Clause]) -> Act:
        """A sentence that does none of all this: an acknowledgement if it is thanks and praise throughout, else a statement."""
        thanks = bool(parts) and all(self._thanks(sentence, p) for p in parts)
        return _act("acknowledgement" if thanks else "statement", assent=thanks and self.pack.has("assent", sentence.low))

    def _thanks(self, sentence: Sentence, part: Clause) -> bool:
        left = self.pack.without("acknowledgement", part.low)
        pieces = [p.strip(" .!:-()\"'*") for p in left.replace("!", ",").split(",")]
        return all(not p or not any(c.isalnum() for c in p) or _name(p, sentence.text) for p in pieces)


def _act(
    kind: Kind, *, when: tuple[When, ...] = (), matter: str = "", company: bool = False, link: bool = False, assent: bool = False
) -> Act:
    return Act(kind, "", 0, when, matter, company, link, assent=assent)


def _has_day(parts: list[Clause], place: int, day: date | None) -> bool:
    """Whether a clock time in this clause has a day to stand on."""
    return day is not None or any(s.first for p in parts[: place + 1] for s in p.days)


def _wide(span: Span) -> bool:
    """Whether a span is more than a week of days: the end of March is no time that one takes."""
    return bool(span.first and span.last and (span.last - span.first).days > 6)


def _left(span: Span, then: str = "", past: bool = False) -> Span:
    """A time to be away or busy "until", seen from a request for afterwards; "not before December, call me then" means December."""
    if then and span.relation == then:
        return replace(span, relation="")
    return replace(span, relation="after") if span.relation in ("until", "by") or (past and not span.relation) else span


def _name(piece: str, text: str) -> bool:
    """Whether a piece of a sentence is a form of address: one to three words, each written with a capital."""
    words = piece.split()
    if not 0 < len(words) <= 3:
        return False
    at = text.lower().find(piece)
    return at >= 0 and all(w[:1].isupper() for w in text[at : at + len(piece)].split())
