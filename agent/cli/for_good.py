"""What the rep says for good, in the terminal: whom not to contact, which deal it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from agent.cli.here import Here, act

if TYPE_CHECKING:
    from agent.desk.views.tray import Question


@click.command()
@click.argument("address")
@click.option("--why", default="", help="The reason, for you to read later.")
@act
def silence(here: Here, address: str, why: str) -> None:
    """Do not contact an ADDRESS, or a whole @domain, from now on."""
    here.desk.silence(address, why, here.now)
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
