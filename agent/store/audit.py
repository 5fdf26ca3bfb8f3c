"""The audit trail: a chain of digests over the rows of `act`, so that a row changed, added or taken out later is found.

What a person could be recognised by (card key, deal id, reason) enters the chain as its SHA-256. Forgetting a person puts
that digest in the place of the text, and the chain still holds. A chain alone does not show that its end was cut off or
that all of it was written anew: for that, `head` is kept outside and given to `verify`.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, select

from agent.store.schema import act as acts

LONGEST = 200  # of a reason: a sentence, not a mail
_DIGEST = "sha256:"


def append(  # noqa: PLR0913 -- one argument per column
    connection: Connection,
    at: datetime,
    who: str,
    act: str,
    *,
    card: str | None = None,
    deal: str | None = None,
    before: str = "",
    after: str = "",
    version_before: int | None = None,
    version_after: int | None = None,
    reason: str = "",
) -> int:
    """The act's id. To be called within `Store.begin()`, where nobody else writes. `reason` never holds text of a mail; it is
    cut to one line of `LONGEST` characters."""
    row = {
        "at": at,
        "who": who,
        "act": act,
        "card": card,
        "deal": deal,
        "before": before,
        "after": after,
        "version_before": version_before,
        "version_after": version_after,
        "reason": " ".join(reason.split())[:LONGEST],
    }
    last = connection.execute(select(acts.c.chain).order_by(acts.c.id.desc()).limit(1)).scalar()
    made = connection.execute(insert(acts).values(**row, chain=_link(last or "", row)))
    assert made.inserted_primary_key is not None
    return int(made.inserted_primary_key[0])


def verify(connection: Connection, anchor: str = "") -> int | None:
    """The id of the first act that does not follow from those before it; None for a sound trail.

    `anchor` is what `head` once gave: if that act is not there as it was, its id is given.
    """
    number, _, digest = anchor.partition(":")
    chain, found = "", not anchor
    with connection.execute(select(acts).order_by(acts.c.id).execution_options(yield_per=1000)) as rows:
        for row in rows:
            chain = _link(chain, row._mapping)
            if chain != row.chain:
                return int(row.id)
            found = found or (str(row.id), chain) == (number, digest)
    return None if found else int(number)


def head(connection: Connection) -> str:
    """The last act's id and digest, to be kept where the database's owner cannot change it; "" before the first act."""
    last = connection.execute(select(acts.c.id, acts.c.chain).order_by(acts.c.id.desc()).limit(1)).first()
    return f"{last.id}:{last.chain}" if last else ""


def digest(text: str) -> str:
    """What stands in a row in the place of a text that was forgotten."""
    return text if text.startswith(_DIGEST) else _DIGEST + sha256(text.encode()).hexdigest()


def _link(before: str, row: Any) -> str:
    hidden = [None if row[name] is None else digest(row[name]) for name in ("card", "deal", "reason")]
    plain = [row[name] for name in ("who", "act", "before", "after", "version_before", "version_after")]
    return sha256(json.dumps([before, row["at"].astimezone(UTC).isoformat(), *plain, *hidden]).encode()).hexdigest()
