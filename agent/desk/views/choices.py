"""The deals that a rep can choose from."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from agent.desk.views import look
from agent.store.schema import deal

MOST = 100  # where there are more, the rest is named by its id


def deals(c: Connection, near: look.DealLine | None = None) -> tuple[tuple[str, str], ...]:
    """Id and name: those of the same account, then, unless there are very many, open ones by name and closed ones."""
    account = near.account.casefold() if near else ""
    many = (c.execute(select(func.count()).select_from(deal)).scalar() or 0) > 5 * MOST
    found = look.brief(c, look.naming(c, account) if many and account else () if many else None)

    def order(deal: look.DealLine) -> tuple[object, ...]:
        same = bool(account) and deal.account.casefold() == account
        return not same, deal.status != "open", deal.name.casefold(), deal.id

    return tuple((d.id, d.name) for d in sorted(found.values(), key=order) if near is None or d.id != near.id)[:MOST]


def all_there(c: Connection) -> bool:
    """Whether `deals` names every one."""
    return (c.execute(select(func.count()).select_from(deal)).scalar() or 0) <= MOST
