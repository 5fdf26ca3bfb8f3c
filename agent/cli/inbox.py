"""`onward inbox`: what the web inbox does, in the terminal and for scripts."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import IO, TYPE_CHECKING, Any

import click

from agent.cli.options import config_option, when_option
from agent.errors import OnwardError, Rejected
from agent.settings import Settings

if TYPE_CHECKING:
    from agent.desk import Desk
    from agent.desk.views.tray import Question
    from agent.store import Store
    from agent.store.decisions import CardRow


@dataclass(frozen=True)
class Here:
    """One command's view of the inbox."""

    settings: Settings
    store: Store
    desk: Desk
    now: datetime
    as_json: bool

    def card(self, word: str) -> CardRow:
        """By its ref, a beginning of it that names one card, or its key."""
        from agent.store import decisions

        with self.store.read() as connection:
            found = decisions.find(connection, word)
            near = [] if found or len(word) < 3 else decisions.named(connection, word.lower())
        if found or len(near) == 1:
            return found or near[0]
        if near:
            raise click.UsageError(f"{word[:40]!r} is the beginning of several cards: {', '.join(card.ref for card in near[:5])}")
        raise click.UsageError(f"there is no card {word[:40]!r}; `onward inbox` lists them")

    def deal(self, name: str) -> str:
        from agent.desk.views import look

        with self.store.read() as connection:
            known = list(look.brief(connection))
        same = [each for each in known if each == name] or [each for each in known if each.casefold() == name.casefold()]
        if len(same) != 1:
            raise click.UsageError(f"there is no deal {name[:60]!r}")
        return same[0]

    def say(self, document: dict[str, Any], *lines: str) -> None:
        if self.as_json:
            json.dump(document, sys.stdout, ensure_ascii=False, indent=1)
            sys.stdout.write("\n")
        for each in () if self.as_json else lines:
            click.echo(each)

    def moved(self, card: CardRow, says: str, **more: Any) -> None:
        """What an act has made of a card."""
        from agent.store import decisions

        with self.store.read() as connection:
            now_is = decisions.known(connection, card.key)
        self.say({"ref": now_is.ref, "state": now_is.state, "version": now_is.version, **more}, says)

    def show(self, lines: Iterable[Any]) -> None:
        from rich.console import Console

        from agent.cli.report import show

        console = Console()
        for each in lines:
            show(each, console)


@contextmanager
def _opened(settings: Settings, now: datetime | None, as_json: bool) -> Iterator[Here]:
    from agent.office import Office

    moment = now or datetime.now(UTC)
    office = Office.open(settings, moment)
    try:
        yield Here(settings, office.store, office.desk, moment, as_json)
    finally:
        office.close()


def _act(command: Callable[..., None]) -> Callable[..., Any]:
    """`--json`, `--now` and `--config`; the command is called with what it works on."""

    @click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
    @when_option
    @config_option
    @wraps(command)
    def wrapped(settings: Settings, now: datetime | None, as_json: bool, **arguments: Any) -> None:
        with _opened(settings, now, as_json) as here:
            command(here, **arguments)

    return wrapped


@click.group(invoke_without_command=True)
@click.option("--tab", type=click.Choice(["review", "promised", "waiting", "snoozed", "done"]), default="review", help="Which cards.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@click.option("--config", metavar="PATH", help="The configuration (default: ./onward.yaml, then the user's configuration folder).")
@when_option
@click.pass_context
def command(ctx: click.Context, tab: str, as_json: bool, config: str | None, now: datetime | None) -> None:
    """The cards that wait for you; without a command, their list. REF is a card's short name, or a beginning of it."""
    if config:
        ctx.find_root().params["config"] = config
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_, tab=tab, as_json=as_json, now=now)


@command.command("list")
@click.option("--tab", type=click.Choice(["review", "promised", "waiting", "snoozed", "done"]), default="review", help="Which cards.")
@_act
def list_(here: Here, tab: str) -> None:
    """List the cards."""
    from agent.cli import card_text
    from agent.desk.views import inbox, outbox, sources
    from agent.store import said

    with here.store.read() as connection:
        found = inbox.inbox(connection, inbox.Query(tab))
        out = outbox.outbox(connection)
        trouble = [source for source in sources.sources(connection) if source.status != "ok"]
        paused = said.paused_until(connection, here.now)
    leaving = (*out.leaving, *out.laid) if tab == "review" else ()
    if here.as_json:
        here.say(card_text.list_document(found, leaving, trouble, paused, here.now))
    else:
        here.show(card_text.listed(found, leaving, trouble, paused, here.now, here.settings.rules.rep.working.zone))


@command.command()
@click.argument("ref")
@_act
def show(here: Here, ref: str) -> None:
    """Show a card: why it is there, and the mail."""
    from agent.cli import card_text
    from agent.desk.views.card import card_view

    card = here.desk.look(here.card(ref).key, here.now)
    with here.store.read() as connection:
        view = card_view(connection, card.ref, here.settings.rules)
    assert view is not None
    remarks = [] if card.closed else here.desk.warnings(card.key)
    if here.as_json:
        here.say(card_text.card_document(view, remarks))
    else:
        here.show(card_text.shown(view, remarks, here.now, here.settings.rules.rep.working.zone))


@command.command()
@click.argument("ref")
@click.option("--version", type=int, metavar="N", help="The version you have read; another one is not approved.")
@click.option("--done", is_flag=True, help="What it asks you to do before it leaves is done.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_act
def approve(here: Here, ref: str, version: int | None, done: bool, yes: bool) -> None:
    """Approve a card's mail as it stands: it leaves after the undo window."""
    from agent.cli import card_text
    from agent.cli.document import moment
    from agent.cli.report import clean
    from agent.store import decisions

    card = here.card(ref)
    with here.store.read() as connection:
        words = decisions.draft(connection, card).draft
    unread = version is None and not here.as_json
    if unread and not yes and sys.stdin.isatty():
        here.show(card_text.mail(words))
        for each in () if done else words.todo:
            done = click.confirm(f"\nIs this done: {clean(each)}?", abort=True)
        click.confirm("\nApprove this mail?", abort=True)
        unread = False
    if words.todo and not done:
        how = f"onward inbox approve {card.ref[: card_text.SHOWN]} --done"
        raise Rejected(f"Before it leaves: {'; '.join(words.todo)}. When that is done: {how}")
    remarks = here.desk.warnings(card.key)
    here.desk.approve(card.key, card.version if version is None else version, here.now, words.todo)
    with here.store.read() as connection:
        agreed = decisions.approval(connection, card.key)
    assert agreed is not None
    if unread:  # what was approved is to be seen
        here.show(card_text.mail(words))
    for remark in () if here.as_json else remarks:
        click.echo(f"Careful: {remark}", err=True)
    told = card_text.leaves(agreed, here.now, here.settings.rules.rep.working.zone)
    text = f"Approved. {told}, when `onward run` is at work; until then: onward inbox undo {card.ref[: card_text.SHOWN]}"
    text += f"\nIt waits for now: {agreed.says}" if agreed.says else ""
    here.moved(card, text, approval=agreed.id, leave_at=moment(agreed.leave_at), mode=agreed.mode, waits=agreed.says, remarks=remarks)


@command.command()
@click.argument("ref")
@click.option("--version", type=int, metavar="N", help="The version you have read; another one is not changed.")
@click.option(
    "--file", "file", type=click.File(encoding="utf-8"), help="Read the mail from here (- for stdin) instead of from your editor."
)
@_act
def edit(here: Here, ref: str, version: int | None, file: IO[str] | None) -> None:
    """Edit a card's mail in $VISUAL or $EDITOR: To, Cc, Subject, an empty line, the text."""
    from agent.cli import card_text
    from agent.store import decisions

    card = here.card(ref)
    with here.store.read() as connection:
        words = decisions.draft(connection, card).draft
    before = card_text.page(words)
    text = file.read() if file else click.edit(before, extension=".eml")
    if text is None or not text.strip() or text.strip() == before.strip():
        here.moved(card, "Nothing was changed.", changed=False)
        return
    try:
        made = here.desk.edit(card.key, card.version if version is None else version, here.now, **card_text.read(text))
    except OnwardError:
        if not file:
            click.echo(f"onward: your text is kept in {_kept(text)}", err=True)
        raise
    remarks = here.desk.warnings(card.key)
    for remark in () if here.as_json else remarks:
        click.echo(f"Careful: {remark}", err=True)
    says = f"Saved as version {made}. Approve it: onward inbox approve {card.ref[: card_text.SHOWN]}"
    here.moved(card, says, changed=made != card.version, remarks=remarks)


def _kept(text: str) -> str:
    """What was typed is not lost with what is wrong in it; the file is the rep's alone."""
    handle, path = tempfile.mkstemp(prefix="onward-", suffix=".eml")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return path


@command.command()
@click.argument("ref")
@click.option("--why", default="", help="The reason, for you to read later.")
@click.option("--teach", is_flag=True, help="Do not ask this again about this thread, meeting or deal.")
@_act
def reject(here: Here, ref: str, why: str, teach: bool) -> None:
    """No follow-up is needed."""
    card = here.card(ref)
    here.desk.dismiss(card.key, card.version, why, here.now, teach=teach)
    here.moved(card, "No follow-up needed." + (" It will not be asked again." if teach else ""))


@command.command()
@click.argument("ref")
@click.argument("until", metavar="UNTIL")
@_act
def snooze(here: Here, ref: str, until: str) -> None:
    """Ask again UNTIL: later, tomorrow, monday, a date or a moment."""
    from agent.cli.card_text import when
    from agent.cli.document import moment
    from agent.desk import times

    card, working = here.card(ref), here.settings.rules.rep.working
    try:
        wake_at = times.until(until, here.now, working)
    except Rejected as refused:
        raise click.UsageError(str(refused)) from None
    here.desk.snooze(card.key, card.version, wake_at, here.now)
    here.moved(card, f"Snoozed until {when(wake_at, here.now, working.zone)}.", wake_at=moment(wake_at))


@command.command()
@click.argument("ref")
@_act
def undo(here: Here, ref: str) -> None:
    """Take the last act back: an approval before it leaves, or what closed or snoozed the card."""
    card = here.card(ref)
    here.desk.undo(card.key, here.now)
    here.moved(card, "Taken back: it is to be reviewed.")


@command.command()
@click.argument("ref")
@_act
def handled(here: Here, ref: str) -> None:
    """It is done already, elsewhere."""
    card = here.card(ref)
    here.desk.handle(card.key, card.version, here.now)
    here.moved(card, "Marked as done.")


@command.command()
@click.argument("ref")
@_act
def mute(here: Here, ref: str) -> None:
    """Make no card of this thread any more, whatever comes in it."""
    card = here.card(ref)
    here.desk.mute(card.key, card.version, here.now)
    here.moved(card, "Muted: no card is made of this thread any more.")


@command.command("wrong-deal")
@click.argument("ref")
@click.argument("deal", required=False)
@_act
def wrong_deal(here: Here, ref: str, deal: str | None) -> None:
    """What the card is about belongs to DEAL, or without one to no deal."""
    card = here.card(ref)
    here.desk.misplace(card.key, card.version, here.deal(deal) if deal else None, here.now)
    here.moved(card, f"Remembered: it is about {deal or 'no deal'}.")


@command.command()
@click.argument("ref")
@click.argument("what", type=click.Choice(["sent", "unsent"]))
@_act
def settle(here: Here, ref: str, what: str) -> None:
    """Say of a mail in doubt whether it left."""
    card = here.card(ref)
    here.desk.settle(card.key, what == "sent", here.now)
    here.moved(card, "Noted as sent." if what == "sent" else "Noted as not sent; it can be approved again.")


@command.command()
@click.argument("address")
@click.option("--why", default="", help="The reason, for you to read later.")
@_act
def silence(here: Here, address: str, why: str) -> None:
    """Do not contact an ADDRESS, or a whole @domain, from now on."""
    here.desk.silence(address, why, here.now)
    here.say({"silenced": address}, "They will not be contacted: what was approved to them does not leave.")


@command.command()
@click.argument("item", required=False)
@click.argument("deal", required=False)
@click.option("--none", "nothing", is_flag=True, help="It is about no deal.")
@_act
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
