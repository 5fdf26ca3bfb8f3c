"""Signing in: a link that works once gives a cookie that lasts.

Both are 256 random bits; the store holds only their digests, in `setting`, so that a restart signs nobody out and a reader of
the database signs in as nobody. Any process that can open the store can make a link: it is the rep's own file.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from starlette.responses import Response

from agent.store import Store
from agent.store.schema import setting

LINK = timedelta(minutes=15)
LASTS = timedelta(days=30)


def link(store: Store, port: int, now: datetime, host: str = "127.0.0.1") -> str:
    """An address that signs in once, within `LINK`; `host` is where it is served, for the cookie stays with that name. It is a
    secret: for a terminal or a browser, never for a log."""
    name = f"[{host.strip('[]')}]" if ":" in host else host
    return f"http://{name}:{port}/start?token={_issue(store, 'web.link', now, LINK)}"


def redeem(store: Store, token: str, now: datetime) -> str | None:
    """The id of a new session; None for a link that is used up, too old or unknown. Of two at once, one gets it."""
    name = _name("web.link", token)
    with store.begin() as tx:
        good = _stands(tx.scalar(select(setting.c.value).where(setting.c.name == name)), now)
        if tx.execute(delete(setting).where(setting.c.name == name)).rowcount != 1 or not good:
            return None
    return _issue(store, "web.session", now, LASTS)


def known(store: Store, session: str, now: datetime) -> bool:
    with store.read() as tx:
        until: str | None = tx.scalar(select(setting.c.value).where(setting.c.name == _name("web.session", session)))
    return _stands(until, now)


def cookie(store: Store) -> str:
    """The cookie's name, random for each store: all ports of a host share their cookies."""
    with store.read() as tx:
        found = tx.scalar(select(setting.c.value).where(setting.c.name == "web.cookie"))
    if found:
        return str(found)
    try:
        with store.begin() as tx:
            tx.execute(insert(setting).values(name="web.cookie", value=f"onward_{secrets.token_hex(4)}"))
    except IntegrityError:
        pass  # another process was faster
    return cookie(store)


def give(response: Response, name: str, session: str) -> None:
    seconds = int(LASTS.total_seconds())
    response.set_cookie(
        name, session, max_age=seconds, path="/", httponly=True, samesite="strict"
    )  # no Secure: it is plain HTTP on loopback


def csrf(session: str) -> str:
    """The token in every form; only who holds the cookie's value can make it."""
    return hmac.digest(session.encode(), b"onward form", sha256).hex()


def genuine(session: str, token: str) -> bool:
    return hmac.compare_digest(csrf(session).encode(), token.encode())


def _issue(store: Store, kind: str, now: datetime, lasts: timedelta) -> str:
    token = secrets.token_urlsafe(32)
    with store.begin() as tx:
        for name, value in tx.execute(select(setting.c.name, setting.c.value).where(setting.c.name.startswith(f"{kind}:"))).all():
            if not _stands(value, now):
                tx.execute(delete(setting).where(setting.c.name == name))
        tx.execute(insert(setting).values(name=_name(kind, token), value=(now + lasts).isoformat()))
    return token


def _name(kind: str, token: str) -> str:
    return f"{kind}:{sha256(token.encode()).hexdigest()}"


def _stands(until: str | None, now: datetime) -> bool:
    return until is not None and now < datetime.fromisoformat(until)
