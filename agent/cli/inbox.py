"""`onward inbox`: what the web inbox does, in the terminal and for scripts."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import datetime
from typing import IO

import click

from agent.cli import for_good
from agent.cli.here import Here, act
from agent.cli.options import when_option
from agent.errors import OnwardError, Rejected


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
@act
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
@act
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
@act
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
@act
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
@act
def reject(here: Here, ref: str, why: str, teach: bool) -> None:
    """No follow-up is needed."""
    card = here.card(ref)
    here.desk.dismiss(card.key, card.version, why, here.now, teach=teach)
    here.moved(card, "No follow-up needed." + (" It will not be asked again." if teach else ""))


@command.command()
@click.argument("ref")
@click.argument("until", metavar="UNTIL")
@act
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
@act
def undo(here: Here, ref: str) -> None:
    """Take the last act back: an approval before it leaves, or what closed or snoozed the card."""
    card = here.card(ref)
    here.desk.undo(card.key, here.now)
    here.moved(card, "Taken back: it is to be reviewed.")


@command.command()
@click.argument("ref")
@act
def handled(here: Here, ref: str) -> None:
    """It is done already, elsewhere; a draft that was laid for it, unless you have changed it, is taken away."""
    card = here.card(ref)
    here.desk.handle(card.key, card.version, here.now)
    here.moved(card, "Marked as done.")


@command.command()
@click.argument("ref")
@act
def mute(here: Here, ref: str) -> None:
    """Make no card of this thread any more, whatever comes in it."""
    card = here.card(ref)
    here.desk.mute(card.key, card.version, here.now)
    here.moved(card, "Muted: no card is made of this thread any more.")


@command.command("wrong-deal")
@click.argument("ref")
@click.argument("deal", required=False)
@act
def wrong_deal(here: Here, ref: str, deal: str | None) -> None:
    """What the card is about belongs to DEAL, or without one to no deal."""
    card = here.card(ref)
    here.desk.misplace(card.key, card.version, here.deal(deal) if deal else None, here.now)
    here.moved(card, f"Remembered: it is about {deal or 'no deal'}.")


@command.command()
@click.argument("ref")
@click.argument("what", type=click.Choice(["sent", "unsent"]))
@act
def settle(here: Here, ref: str, what: str) -> None:
    """Say of a mail in doubt whether it left."""
    card = here.card(ref)
    here.desk.settle(card.key, what == "sent", here.now)
    here.moved(card, "Noted as sent." if what == "sent" else "Noted as not sent; it can be approved again.")


for each in (for_good.silence, for_good.which, for_good.revoke, for_good.pause, for_good.resume):
    command.add_command(each)
