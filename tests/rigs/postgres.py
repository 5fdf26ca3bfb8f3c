"""A real PostgreSQL for the tests: a cluster of its own on a Unix socket, which ends with the process that began it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from time import monotonic

import psycopg

from agent.store import Store

# Nothing here outlives a test, so nothing need be safe from a power cut.
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=60", "shared_buffers=16MB")
# The server ends when its standard input does: with us, however we end.
_LEASH = '"$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server'


def binaries() -> Path | None:
    """Where `initdb` and `postgres` are, the newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]), reverse=True)
    onpath = shutil.which("initdb")
    return found[0].parent if found else Path(onpath).resolve().parent if onpath else None


class Cluster:
    def __init__(self, folder: Path) -> None:
        self._folder, self._names = folder, count()

    def url(self, database: str) -> str:
        return f"postgresql://{_user()}@/{database}?host={self._folder}"

    def run(self, statement: str) -> None:
        with psycopg.connect(host=str(self._folder), user=_user(), dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    @contextmanager
    def database(self, template: str = "onward") -> Iterator[str]:
        """The URL of a new database: with our tables, or from `template0` without any."""
        name = f"test{next(self._names)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def dump(self, url: str) -> str:
        """Every row of a database as text."""
        bin_, (database, _, _) = binaries(), url.rpartition("/")[2].partition("?")
        assert bin_ is not None
        told = [bin_ / "pg_dump", "--host", self._folder, "--username", _user(), "--data-only", "--inserts", database]
        return subprocess.run(told, check=True, capture_output=True, text=True).stdout


@contextmanager
def cluster() -> Iterator[Cluster]:
    bin_ = binaries()
    assert bin_ is not None
    folder = Path(tempfile.mkdtemp(prefix="onward-pg-"))  # short: the path of a socket has at most 107 bytes
    who = _as(folder)
    data = folder / "data"
    made = [bin_ / "initdb", "--auth=trust", "--no-sync", "--no-instructions", "--encoding=UTF8", "--locale=C", "--pgdata", data]
    try:
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, cwd=folder, **who)  # type: ignore[call-overload]
        settings = [word for each in (*_FAST, f"unix_socket_directories={folder}") for word in ("-c", each)]
        command = ["sh", "-c", _LEASH, "sh", bin_ / "postgres", "-D", data, *settings]
        with (folder / "log").open("w") as log:
            server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=folder, **who)  # type: ignore[call-overload]
        try:
            _await(folder)
            yield _filled(Cluster(folder))
        finally:
            server.stdin.close()
            server.wait(30)
    finally:
        shutil.rmtree(folder)


def _filled(made: Cluster) -> Cluster:
    made.run("CREATE DATABASE onward TEMPLATE template0")
    Store.open(made.url("onward")).close()
    return made


def _await(folder: Path) -> None:
    until = monotonic() + 30
    while True:
        try:
            return psycopg.connect(host=str(folder), user=_user(), dbname="postgres").close()
        except psycopg.OperationalError:
            if monotonic() > until:
                raise RuntimeError((folder / "log").read_text()) from None


def _user() -> str:
    """PostgreSQL does not run as root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _as(folder: Path) -> dict[str, object]:
    """What `subprocess` needs to run as that user, who is given `folder`."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(_user())
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
