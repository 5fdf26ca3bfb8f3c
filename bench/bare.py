"""The yardstick: what it costs to read every file, take eight headers from it and put them into SQLite, with nothing else.

`python -m bench.bare PARSER FOLDER`; a parser is one function from a whole mail to its headers.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from email.parser import BytesHeaderParser

WANTED = ("from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references")
NAMES = {name.encode(): place for place, name in enumerate(WANTED)}
Row = list[str]


def stdlib() -> Callable[[bytes], Row]:
    parse = BytesHeaderParser().parsebytes

    def row(data: bytes) -> Row:
        message = parse(data)
        return [str(message[name] or "") for name in WANTED]

    return row


def hand() -> Callable[[bytes], Row]:
    """A loop over the lines up to the empty one."""

    def row(data: bytes) -> Row:
        end = data.find(b"\r\n\r\n")
        found = [b""] * len(WANTED)
        place: int | None = None
        for line in (data[:end] if end >= 0 else data.partition(b"\n\n")[0]).splitlines():
            if line[:1] in b" \t":
                if place is not None:
                    found[place] += line
                continue
            name, _, value = line.partition(b":")
            place = NAMES.get(name.lower())
            if place is not None:
                found[place] = value
        return [value.decode("utf-8", "replace") for value in found]

    return row


def rust() -> Callable[[bytes], Row]:
    """Decodes bodies and attached files too: it has no way to stop after the headers but to be given no more."""
    from fast_mail_parser import parse_email

    def row(data: bytes) -> Row:
        end = data.find(b"\r\n\r\n")
        headers = {name.lower(): value for name, value in parse_email(data[: end + 4] if end >= 0 else data).headers.items()}
        return [headers.get(name, [""])[0] for name in WANTED]

    return row


PARSERS = {"stdlib": stdlib, "hand": hand, "rust": rust}


def files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from files(entry.path)
            else:
                yield entry.path


def rows(parser: str, folder: str) -> Iterator[Row]:
    parse = PARSERS[parser]()
    for path in files(folder):
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123  as bare as it gets
            yield parse(file.read())


def main(parser: str, folder: str) -> None:
    base = sqlite3.connect("")  # a temporary file
    columns = ", ".join(f'"{name}"' for name in WANTED)
    base.execute(f"create table mail ({columns})")
    base.executemany(f"insert into mail values ({', '.join('?' * len(WANTED))})", rows(parser, folder))
    base.commit()
    print(base.execute("select count(*) from mail").fetchone()[0])


if __name__ == "__main__":
    main(*sys.argv[1:])
