"""Serving the inbox: a socket on this machine, and a server that ends its open pages when it is told to stop."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from contextlib import suppress

from uvicorn import Config, Server

from agent.errors import NeedsHuman
from agent.web.app import Inbox, create
from agent.web.security import check_bind


def bind(host: str, port: int) -> socket.socket:
    """Listening; port 0 takes a free one (`getsockname`). Raises `NeedsHuman` for an address of others, or a port that is taken."""
    check_bind(host)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP: only then does asyncio turn Nagle's algorithm off, which costs 40 ms an answer.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host.strip("[]"), port))
    except OSError as error:
        made.close()
        why = (error.strerror or "unknown fault").lower()
        raise NeedsHuman(f"the inbox cannot be served on {host}:{port} ({why})", "set another port under `inbox`, or 0 for any") from None
    made.listen(64)
    return made


class InboxServer(Server):
    """`run(sockets=[…])` blocks, also in a thread; `stop()` from any thread ends it within seconds."""

    def __init__(self, inbox: Inbox) -> None:
        self.app = create(inbox)
        self._ends: tuple[asyncio.AbstractEventLoop, asyncio.Event] | None = None
        super().__init__(
            Config(
                self.app,
                proxy_headers=False,  # a header must not say who the peer is
                server_header=False,
                access_log=False,  # addresses of pages hold names
                log_config=None,
                log_level="warning",
                ws="none",
                http="h11",
                lifespan="off",
                timeout_keep_alive=30,
                timeout_graceful_shutdown=3,
                limit_concurrency=64,
                h11_max_incomplete_event_size=32 * 1024,
            )
        )

    def stop(self) -> None:
        self.should_exit = True
        if self._ends:
            loop, ends = self._ends
            with suppress(RuntimeError):  # it ended by itself
                loop.call_soon_threadsafe(ends.set)
        self.app.state.inbox.changed.close()

    async def main_loop(self) -> None:
        """Wakes once a second where uvicorn does ten times: most of what an idle daemon would cost."""
        ends, tick = asyncio.Event(), 0
        self._ends = asyncio.get_running_loop(), ends
        while not await self.on_tick(tick):
            tick += 10  # on each tenth the date of the answers is renewed
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(ends.wait(), 1)

    async def shutdown(self, sockets: Sequence[socket.socket] | None = None) -> None:
        self.app.state.inbox.changed.close()
        await super().shutdown(None if sockets is None else list(sockets))
