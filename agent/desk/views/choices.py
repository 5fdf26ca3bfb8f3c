"""The deals that a rep can choose from."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from agent.desk.views import look

MOST = 400


def deals(c: Connection, near: look.DealLine | None = None, first: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """Id and name: those of `first`, those of the same account, open ones by name, then closed ones."""
    before = {name: n for n, name in enumerate(first)}
    account = near.account.casefold() if near else ""

    def order(deal: look.DealLine) -> tuple[object, ...]:
        same = bool(account) and deal.account.casefold() == account
        return before.get(deal.id, MOST), not same, deal.status != "open", deal.name.casefold(), deal.id

    found = sorted((look.line(d, d.id) for d in look.all_deals(c)), key=order)
    return tuple((d.id, d.name) for d in found if near is None or d.id != near.id)[:MOST]
