"""What holds until it is taken back, in the terminal: whom not to contact, which deal it is about, a pause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal

import click

from agent.cli.here import Here, act
from agent.errors import Rejected

if TYPE_CHECKING:
    from agent.desk.views.tray import Question


@click.command()
@click.argument("address")
@click.option("--why", default="", help="The reason, for you to read later.")
@act
def silence(here: Here, address: str, why: str) -> None:
    """Do not contact an ADDRESS, or a whole @domain, from now on."""
    here.desk.silence(address, why, here.now)
    here.check_now()
    here.say({"silenced": address}, "They will not be contacted: what was approved to them does not leave.")


@click.command()
@click.argument("item", required=False)
@click.argument("deal", required=False)
@click.option("--none", "nothing", is_flag=True, help="It is about no deal.")
@act
def which(here: Here, item: str | None, deal: str | None, nothing: bool) -> None:
    """Which deal? Without ITEM: the threads and meetings that fit several, or none. With it: the answer."""
    from agent.desk.views import tray

    with here.store.read() as connection:
        found = tray.tray(connection, here.settings.rules, here.now)
    if item is None:
        document = {"questions": [_question(q) for q in found.questions], "others": [_question(q) for q in found.others]}
        here.say(document, *_tray(found.questions, found.others))
        return
    if bool(deal) == nothing:
        raise click.UsageError("say which DEAL it is about, or --none")
    near = [q for q in (*found.questions, *found.others) if q.name == item or _short(q).startswith(item.lower())]
    if len(near) != 1:
        raise click.UsageError(f"there is no question {item[:40]!r}; `onward inbox which` lists them")
    name = here.deal(deal) if deal else None
    number = here.desk.answer(here.now, deal=name, **{near[0].field: near[0].name})
    here.check_now()
    here.say({"answer": number, "deal": name}, f"Remembered: it is about {name or 'no deal'}. The next round takes it into account.")


def _short(question: Question) -> str:
    from agent.store import schema

    return schema.ref(question.name)


def _question(question: Question) -> dict[str, Any]:
    named = {"item": _short(question), question.field: question.name, "title": question.title}
    return named | {"candidates": [deal.id for deal in question.candidates], "evidence": list(question.evidence)}


def _tray(questions: Iterable[Question], others: Iterable[Question]) -> Iterator[str]:
    from agent.cli.card_text import SHOWN
    from agent.cli.report import clean

    asked = list(questions)
    for question in asked:
        deals = " or ".join(f"{clean(deal.id)} ({clean(deal.name, 60)})" for deal in question.candidates)
        yield f"{_short(question)[:SHOWN]}  {clean(question.title, 80) or '(no subject)'}: {deals}?"
    if not asked:
        yield "Nothing to settle: every thread and meeting has its deal, or clearly none."
    rest = list(others)
    if rest:
        yield "\nFits no deal:"
    for question in rest:
        yield f"{_short(question)[:SHOWN]}  {clean(question.title, 80) or '(no subject)'}"


@click.command()
@click.argument("what", required=False, type=click.Choice(["answer", "silence", "lesson"]))
@click.argument("name", required=False)
@act
def revoke(here: Here, what: Literal["answer", "silence", "lesson"] | None, name: str | None) -> None:
    """Take back an answer, an entry of the do-not-contact list, or a lesson. Without words: list what holds."""
    from agent.cli.report import clean

    if what is None:
        found = list(_holds(here))
        lines = [f"{kind} {clean(each)}: {clean(says, 200)}" for kind, each, says in found]
        document = {"holds": [{"what": kind, "name": each, "says": says} for kind, each, says in found]}
        here.say(document, *(lines or ["Nothing was said so far."]))
        return
    if name is None:
        raise click.UsageError(f"say which {what}; `onward inbox revoke` lists them")
    here.desk.revoke(what, name, here.now)
    here.check_now()
    here.say({"revoked": what, "name": name}, "Taken back.")


def _holds(here: Here) -> Iterator[tuple[str, str, str]]:
    """What was said and is not in the settings: what kind of word it is, what `revoke` calls it, and what it says."""
    from agent.desk.views import health, tray

    rules = here.settings.rules
    with here.store.read() as connection:
        answers, view = tray.given(connection, rules), health.health(connection, rules)
    for a in answers:
        if a.id and not a.revoked_at:
            yield "answer", a.id, f"{a.about} is about {a.deal.name if a.deal else 'no deal'}"
    for s in view.silences:
        if s.at and not s.revoked_at:
            yield "silence", s.key, "is not to be contacted" + (f" ({s.why})" if s.why else "")
    yield from (("lesson", x.id, x.told) for x in view.lessons if not x.revoked_at)


@click.command()
@click.argument("until", nargs=-1, metavar="[2d | until DATE]")
@act
def pause(here: Here, until: tuple[str, ...]) -> None:
    """Nothing leaves and no card opens: for 3h, 2d or 1w, until tomorrow, monday, a date or a moment, or until you resume."""
    from agent.cli.card_text import when
    from agent.cli.document import moment
    from agent.desk import times

    working, words = here.settings.rules.rep.working, " ".join(until[1:] if until[:1] == ("until",) else until)
    if until and not words:
        raise click.UsageError("until when?")
    try:
        end = times.until(words, here.now, working) if words else None
    except Rejected as refused:
        raise click.UsageError(str(refused)) from None
    here.desk.pause(end, here.now)
    told = f"until {when(end, here.now, working.zone)}; before: onward resume" if end else "until you resume: onward resume"
    here.say({"paused_until": moment(end) if end else None, "paused": True}, f"Paused {told}")


@click.command()
@act
def resume(here: Here) -> None:
    """End a pause: what only it kept back is due now."""
    here.desk.resume(here.now)
    here.check_now()
    here.say({"paused": False}, "Resumed.")
