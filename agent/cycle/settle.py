"""From changed facts to threads and events that are matched anew, and to the deals on which they bear.

Each step takes its part of `dirty` out in the transaction that writes what it found: stopped anywhere, a round goes on from there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from agent.cycle import kept, marks, neighbourhood, occurrences, told
from agent.cycle.report import unforeseen
from agent.cycle.world import View, World
from agent.errors import OnwardError
from agent.model import Message, Rules
from agent.store import conclusions, facts, said, schema
from agent.think import meetings
from agent.think.dossier import is_own
from agent.think.match import Match
from agent.think.meetings import Judged
from agent.think.thread import Thread

CLUSTERS = 200  # changed threads that are looked at together
LISTED = "listed_at"  # the setting that holds the moment of the last round that wrote


def settle(world: World, progress: Callable[[int], None]) -> None:
    """Until nothing is left but deals to think about, and what has to wait for the next round: mail whose texts cannot be read now,
    and what the program fails at."""
    done = 0
    while True:
        _spread(world)
        occurrences.work_out(world)
        with world.store.read() as connection:
            links = facts.noted(connection, "link") + ["uid:" + uid for uid in facts.noted(connection, "uid")]
            threads = facts.noted(connection, "thread")
        left = deque(sorted(set(links) - world.stuck))
        if not (left or threads):
            return
        settled: set[str] = set()
        while left:
            some = [ref for ref in (left.popleft() for _ in range(min(CLUSTERS, len(left)))) if ref not in settled]
            if some:
                settled |= _each_matched_anew(world, some)
                done += len(some)
                progress(done)
        with world.begin() as connection:
            facts.note(connection, "deal", {name for deals in conclusions.deals_of_threads(connection, threads).values() for name in deals})
            conclusions.drop_empty(connection, threads, world.now)
            facts.forget(connection, "thread", threads)


# ---------------------------------------------------------------------------------------------------------- spread


def _spread(world: World) -> None:
    """From what changed to the mails, events and deals that it bears on."""
    kinds = ("all", "mark", "person", "named")
    with world.store.read() as connection:
        if not any(facts.noted(connection, kind, 1) for kind in kinds):
            return
    with world.begin() as connection:
        for how in facts.noted(connection, "all"):
            _everything(connection, world.rules, remark=how == "marks")
        found = neighbourhood.marked(connection, facts.noted(connection, "mark"))
        facts.note(connection, "link", (ref for ref in found if not ref.startswith("uid:")))
        facts.note(connection, "uid", {ref[4:] for ref in found if ref.startswith("uid:")} | _invited(connection, found))
        facts.note(connection, "deal", marks.deals(facts.noted(connection, "person"), world.directory))
        facts.note(connection, "deal", marks.named(facts.noted(connection, "named"), world.directory))
        for kind in kinds:
            facts.forget(connection, kind)


def _everything(connection: Connection, rules: Rules, *, remark: bool) -> None:
    if remark:
        facts.remark(connection, lambda m: facts.Mailed(m, marks.links(m, rules), marks.of_message(m, rules)), _component_marks(rules))
    facts.note(connection, "link", connection.execute(select(schema.message.c.message_id)).scalars())
    facts.note(connection, "uid", connection.execute(select(schema.component.c.uid)).scalars())
    refs = connection.execute(select(schema.message_link.c.ref).where(schema.message_link.c.ref.like("uid:%"))).scalars()
    facts.note(connection, "uid", (ref[4:] for ref in refs))
    facts.note(connection, "thread", connection.execute(select(schema.thread.c.id)).scalars())
    facts.note(connection, "deal", connection.execute(select(schema.deal.c.id)).scalars())
    facts.note(connection, "deal", connection.execute(select(schema.deal_state.c.deal)).scalars())


def _component_marks(rules: Rules) -> Callable[[bytes], Collection[str]]:
    return lambda data: marks.of_component(kept.loads(data), rules)


def _invited(connection: Connection, refs: Collection[str]) -> set[str]:
    """UIDs of the events whose invitations are among these mails."""
    m, link = schema.message.c, schema.message_link.c
    rows = [row.id for row in facts.some(connection, (m.id,), m.message_id, refs)]
    return {row.ref[4:] for row in facts.some(connection, (link.ref,), link.message, rows, link.ref.like("uid:%"))}


def passing(world: World) -> bool:
    """What time alone brings: mail and events whose moment has come, what leaves the list. Whether there was anything."""
    with world.store.read() as connection:
        text = said.setting(connection, LISTED)
        before = datetime.fromisoformat(text) if text else None
        if before is None:
            return True
        mails = facts.passed(connection, before, world.now)
        uids = occurrences.entering(connection, before + meetings.AHEAD, world.now + meetings.AHEAD)
        if world.now < before:
            uids |= occurrences.entering(connection, world.now - meetings.PAST, before - meetings.PAST, ended=True)
        gone = conclusions.outside(connection, world.now - meetings.PAST, world.now + meetings.AHEAD)
    if not (mails or uids or gone):
        return False
    with world.begin() as connection:
        facts.note_passed(connection, before, world.now)
        facts.note(connection, "uid", uids)
        conclusions.drop_outside(connection, world.now - meetings.PAST, world.now + meetings.AHEAD)
    return True


def window_turned(world: World) -> bool:
    with world.store.read() as connection:
        return occurrences.turned(connection, world.now)


def listed_now(connection: Connection, now: datetime) -> None:
    said.put_setting(connection, LISTED, now.isoformat())


# ----------------------------------------------------------------------------------------------------- match anew


def _each_matched_anew(world: World, refs: Sequence[str]) -> set[str]:
    """As `_matched_anew`; what cannot be matched keeps nothing else from it, and stays noted."""
    try:
        return _matched_anew(world, refs)
    except OnwardError:
        raise
    except Exception as fault:  # noqa: BLE001 -- whatever it is, it is in one of them
        if len(refs) > 1:
            return {ref for one in refs for ref in _each_matched_anew(world, [one])}
        unforeseen("matching", fault)
        world.stuck.update(refs)
        return set()


def _matched_anew(world: World, refs: Collection[str]) -> set[str]:
    """The threads and events that these join; what else was settled with them."""
    view = world.look(lambda _: refs)
    threads = [(t, found) for t, found in view.seen.survey.threads if any(m.message_id in view.part.refs for m in t.messages)]
    with world.begin() as connection:
        before = conclusions.deals_of_threads(connection, set(view.part.threads.values()))
        view.keep(connection, world)
        view.mark(connection, world)
        conclusions.put_threads(connection, _rows(view, threads), view.part.threads, world.now)
        touched = _touched(world, view, threads, before) | _met(world, view, connection)
        facts.note(connection, "deal", touched)
        fresh = _silenced(connection, world, view)
        if world.failing:
            world.stuck.update(view.part.refs, refs)
        else:
            facts.forget(connection, "link", view.part.refs | set(refs))
            facts.forget(connection, "uid", view.part.uids)
    if fresh:
        world.renew()
    return set(view.part.refs)


def _rows(view: View, threads: Iterable[tuple[Thread, Match]]) -> Iterator[conclusions.Told]:
    for thread, found in threads:
        rows = [view.part.rows[m.id][0] for m in thread.messages]
        yield conclusions.Told(
            thread.id,
            thread.subject,
            thread.latest,
            found.status,
            found.deal,
            found.candidates,
            found.by,
            found.confidence,
            found.evidence,
            rows,
        )


def _touched(world: World, view: View, threads: Iterable[tuple[Thread, Match]], before: dict[str, set[str]]) -> set[str]:
    """The deals that these threads are about or could be, or were, and those of everybody who takes part."""
    found = {name for deals in before.values() for name in deals}
    who: set[str] = set()
    for thread, match in threads:
        found.update(match.candidates)
        claimed = match.candidates or any(view.part.threads.get(view.part.rows[m.id][0]) in before for m in thread.messages)
        who.update(*(_people(m, world.rules) for m in thread.messages if claimed or m.authentication))
    return found | marks.deals(who, world.directory)


def _people(message: Message, rules: Rules) -> set[str]:
    return marks.of_people((message.sender, *message.recipients, *message.failed), rules)


def _met(world: World, view: View, connection: Connection) -> set[str]:
    """Deals of these events, now or before; of those that are no deal's of the rep's the verdict is written."""
    uids = view.part.uids
    found = conclusions.deals_of_events(connection, uids)
    own = {d.id for d in world.directory.deals if is_own(d, world.rules.rep)}
    rows: list[Judged] = []
    keep: set[tuple[str, datetime]] = set()
    for event, match in view.seen.survey.events:
        if event.uid not in uids:
            continue
        found |= {*match.candidates, *marks.deals(marks.of_people(event.participants, world.rules), world.directory)}
        if meetings.listed(event, world.now, world.rules):
            keep.add((event.key, event.start))
            if match.deal not in own:
                circle = world.directory.circles.get(match.deal or "")
                rows.append(meetings.unjudged(event, match, circle, world.rules, view.seen.survey.silent))
    conclusions.put_meetings(connection, told.meetings(rows))
    conclusions.drop_meetings(connection, keep, uids=uids)
    return found


def _silenced(connection: Connection, world: World, view: View) -> bool:
    """Who asks not to be written to is not, from now on."""
    held = said.silent(connection) | world.settings.do_not_contact
    new = {key: asked for key, asked in view.seen.survey.asked.items() if key not in held}
    for key, asked in sorted(new.items()):
        said.add_silence(connection, key, asked.says, asked.source, world.now, who="onward")
    if new:
        facts.note(connection, "person", new)
    return bool(new)
