"""The ladder of next steps: the highest rung that holds since the end of the deal's latest customer meeting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agent.facts import people
from agent.model import Event, Evidence, Rung
from agent.think import gatherings
from agent.think.case import Case, Spoken
from agent.think.dossier import Letter
from agent.think.language.acts import Act, Kind, When

NEAR = timedelta(minutes=30)  # what stands this close to an agreed time is the meeting that was agreed


@dataclass(frozen=True, slots=True)
class Agreement:
    """A time that one side proposed and the other took up in mail; `at` is None if only a day was agreed."""

    day: datetime
    at: datetime | None
    proposal: Letter
    acceptance: Spoken


@dataclass(frozen=True, slots=True)
class Talk:
    """Where the two sides stand about a time: an open proposal, or an agreement, or neither."""

    proposal: Spoken | None = None
    times: tuple[When, ...] = ()
    agreement: Agreement | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    rung: Rung
    evidence: Evidence
    next: Event | None = None


@dataclass(frozen=True, slots=True)
class Deferral:
    """A customer put us off; `until` is None where no date is to be had. `over`: the date has come."""

    spoken: Spoken
    until: When
    due: datetime
    over: bool


def standing(case: Case) -> Standing:
    booked = next_event(case)
    if booked:
        return Standing("booked", case.about(booked, f"on {case.day(booked.start)} is in the calendar"), booked)
    return (
        proposed(case)
        or dated(case)
        or undated(case)
        or Standing("nothing", case.nothing_seen("No later meeting, no proposed time and no named date was found."))
    )


# ------------------------------------------------------------------------------------------------------------ booked


def next_event(case: Case) -> Event | None:
    """The first live event with a customer that is still to come or in progress, later than the latest meeting."""
    every = sorted((*case.dossier.meetings, *case.dossier.possible), key=gatherings.order)
    for event in every:
        if not gatherings.live(event, case.circle) or case.clock.reached(event.end):
            continue
        if case.base and gatherings.order(event) <= gatherings.order(case.base):
            continue
        if counts_as_booked(event, case):
            return event
    return None


def counts_as_booked(event: Event, case: Case) -> bool:
    """An invitation that lies only in mail is a proposal until the rep accepts; the rep's own counts. One that another
    outsider organised counts once the rep or a customer has accepted."""
    rep = case.rules.rep
    accepted = {g.address.key for g in event.guests if g.status == "accepted"}
    rep_accepted = any(people.role(g.address, rep) == "rep" and g.status == "accepted" for g in event.guests)
    by = case.circle.role(event.organizer) if event.organizer else "rep"
    if event.source == "mail":
        return by == "rep" or rep_accepted
    if by in ("other", "bot"):
        return rep_accepted or any(a.key in accepted for a in gatherings.customers(event, case.circle))
    return True


# ---------------------------------------------------------------------------------------------------------- proposed


def talk(case: Case, letters: Iterable[Letter]) -> Talk:
    """What the letters say about a time, in order. An agreed time that was called off in the calendar since is agreed no more."""
    state = Talk()
    for letter in letters:
        state = _next(state, letter)
    return Talk() if state.agreement and _called_off(case, state.agreement) else state


def _called_off(case: Case, agreement: Agreement) -> bool:
    if agreement.at is None:
        return False
    near = (e for e in case.events if abs(e.start - agreement.at) <= NEAR and not gatherings.live(e, case.circle))
    changes = ((e.modified or e.stamp) for e in near if gatherings.would_be_meeting(e, case.circle, case.rules))
    return any(changed and agreement.acceptance.at < changed and case.clock.reached(changed) for changed in changes)


def _next(state: Talk, letter: Letter) -> Talk:
    accepted = [Spoken(letter, a) for a in _acts(state, letter, "acceptance")]
    if state.proposal is not None and state.proposal.letter.side != letter.side:
        accepted = _taken(state, letter)
    offered = [Spoken(letter, a) for a in _acts(state, letter, "proposal")]
    open_to_them = state.proposal is not None and state.proposal.letter.side != letter.side
    if open_to_them and state.proposal:
        agreed = _agreed(state, [s for s in accepted if not _another(state, s)])
        if agreed:
            return Talk(agreement=agreed)
    if not offered and open_to_them:  # "I could do the 27th", where the 26th was offered
        offered = [s for s in accepted if _another(state, s) and _ahead(s)]
    elif not offered:  # "Tuesday at ten works for me", out of the blue, offers it
        offered = [s for s in accepted if _ahead(s) and not (state.agreement and _same_day(s.act.when, state.agreement))]
    if offered:
        return Talk(offered[0], tuple(w for s in offered for w in s.act.when))
    if letter.reading.has("time_refused"):
        return Talk()
    return state


def _acts(state: Talk, letter: Letter, kind: Kind) -> list[Act]:
    """The letter's acts of this kind; "Thursday is fine" means the Thursday spoken of, be it not the next one."""
    times = list(state.times)
    if state.agreement:
        times = [When((state.agreement.at or state.agreement.day).date(), state.agreement.at)]
    elif state.proposal is None or state.proposal.letter.side == letter.side:
        times = []
    return [replace(a, when=tuple(_meant(w, times) for w in a.when)) for a in letter.reading.of(kind)]


def _meant(named: When, times: list[When]) -> When:
    days = {t.day for t in times if t.day.weekday() == named.day.weekday()}
    if not named.loose or len(days) != 1:
        return named
    day = days.pop()
    return replace(named, day=day, at=named.at and named.at + (day - named.day))


def _taken(state: Talk, letter: Letter) -> list[Spoken]:
    """What takes up the other side's times: an acceptance, the very time named ("Thursday at three would be great"), or a
    plain yes to a single one. An acceptance of the day with another hour beside it is a counter-proposal."""
    reading = letter.reading
    offers = _acts(state, letter, "proposal")
    named = [a for a in offers if len(a.when) == 1 and any(_meets(t, a.when[0]) for t in state.times)]
    counter = [w for a in offers if a not in named for w in a.when if any(w.day == t.day for t in state.times)]
    if counter:
        return []
    plain = len(state.times) == 1 and not reading.has("proposal", "time_refused", "refusal", "doubt", "deferral")
    yes = [a for a in reading.of("acknowledgement") if a.assent and plain]
    return [Spoken(letter, a) for a in (*_acts(state, letter, "acceptance"), *named, *yes)]


def _meets(offered: When, named: When) -> bool:
    if offered.at is None or named.at is None:
        return offered.day == named.day and offered.at == named.at
    return offered.at == named.at or (offered.day == named.day and _same_clock(offered.at, named.at))


def _another(state: Talk, spoken: Spoken) -> bool:
    """Names a time, but none that was offered."""
    return bool(spoken.act.when) and not any(_fits(t, w) for t in state.times for w in spoken.act.when)


def _fits(offered: When, named: When) -> bool:
    if offered.at is None or named.at is None:
        return offered.day == named.day
    return offered.at == named.at or (offered.day == named.day and _same_clock(offered.at, named.at))


def _ahead(spoken: Spoken) -> bool:
    """Names a time that was still to come; "thank you for today" names none."""
    return any(w.at > spoken.at if w.at else w.day > spoken.at.date() for w in spoken.act.when)


def _same_day(named: tuple[When, ...], agreement: Agreement) -> bool:
    return any(w.day == agreement.day.date() for w in named)


def _agreed(state: Talk, accepted: list[Spoken]) -> Agreement | None:
    assert state.proposal is not None
    for spoken in accepted:
        options = _chosen(list(state.times), spoken)
        for named in spoken.act.when:
            options = [t for t in state.times if t.day == named.day] or options
            timed = [t for t in options if named.at is None or t.at is None or t.at == named.at or _same_clock(t.at, named.at)]
            options = timed or [named]
            if len(options) == 1 and options[0].at is None and named.at is not None:
                options = [named]
        if len(options) == 1:
            only = options[0]
            day = only.at or datetime.combine(only.day, datetime.min.time(), spoken.letter.at.tzinfo)
            return Agreement(day, only.at, state.proposal.letter, spoken)
    return None


def _chosen(times: list[When], spoken: Spoken) -> list[When]:
    """What a bare hour ("3 pm is fine") or a count ("the second one") leaves of the offered times."""
    clock, zone = spoken.act.clock, spoken.letter.at.tzinfo
    if clock is not None:
        fitting = [t for t in times if t.at and clock in (t.at.time(), t.at.astimezone(zone).time())]
        days = {t.day for t in times}
        if fitting or len(days) != 1 or any(t.at for t in times):
            return fitting
        day = days.pop()
        return [When(day, datetime.combine(day, clock, zone))]
    place = {"first": 0, "second": 1, "third": 2, "last": -1, "earlier": 0, "later": -1}.get(spoken.act.choice)
    if place is None or len(times) < 2 or place >= len(times):
        return times
    if spoken.act.choice in ("earlier", "later"):
        times = sorted(times, key=lambda t: (t.day, t.at.timestamp() if t.at else 0.0))
    return [times[place]]


def _same_clock(one: datetime, other: datetime) -> bool:
    """ "Friday at 11" in the answer means the 11 that was offered, whichever zone the answer was written in."""
    return one.timetuple()[3:5] == other.timetuple()[3:5]


def proposed(case: Case) -> Standing | None:
    state = talk(case, case.recent(case.letters))
    if state.agreement:
        end = state.agreement.at or state.agreement.day + timedelta(days=1)
        if not case.clock.reached(end):
            letter = state.agreement.acceptance.letter
            return Standing("proposed", case.says(letter, "agreed to a time", state.agreement.acceptance.act))
    if state.proposal:
        open_until = case.business(state.proposal.at, case.quiet_after)
        if not case.clock.reached(open_until):
            return Standing("proposed", case.says(state.proposal.letter, "proposed a time", state.proposal.act))
    return _invitation(case)


def _invitation(case: Case) -> Standing | None:
    """Invitations that lie only in mail and that the rep has not taken up yet."""
    for event in case.near:
        if event.source == "mail" and not case.clock.reached(event.start) and not counts_as_booked(event, case):
            return Standing("proposed", case.about(event, f"was proposed for {case.day(event.start)} by invitation"))
    return None


# ------------------------------------------------------------------------------------------------- dated and undated


def dated(case: Case) -> Standing | None:
    put_off = deferral(case)
    if put_off and not put_off.over:
        return Standing("dated", case.says(put_off.spoken.letter, "put us off to a date", put_off.spoken.act))
    for spoken in reversed(case.spoken(case.recent(case.letters), "promise")):
        if any(not case.clock.reached(case.due(w)) for w in spoken.act.when):
            return Standing("dated", case.says(spoken.letter, "promised something by a date", spoken.act))
    return None


def undated(case: Case) -> Standing | None:
    for spoken in reversed(case.spoken(case.recent(case.letters), "intention", "promise", "deferral")):
        if not spoken.act.when:
            return Standing("undated", case.says(spoken.letter, "named no date", spoken.act))
    return None


def deferral(case: Case) -> Deferral | None:
    """The customer's standing deferral to a date, running or come.

    A newer message of any customer that is more than an acknowledgement ends it, and so does a customer meeting held since.
    """
    for letter in reversed(case.theirs):
        if any(e.start >= letter.at for e in case.held):
            return None
        if letter.reading.language and letter.reading.mere_acknowledgement:
            continue
        dated_ = [Spoken(letter, a) for a in letter.reading.of("deferral") if a.when]
        if not dated_ or letter not in case.letters:
            return None
        spoken = dated_[-1]
        until = spoken.act.when[-1]
        due = case.due(When(until.day))
        return Deferral(spoken, until, due, case.clock.reached(due))
    return None
