"""How the rep likes the inbox: its theme, and which key does what. Single settings of the store."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from agent.store import said
from agent.store.schema import setting

THEMES: Mapping[str, str] = {"auto": "Like the system", "light": "Light", "dark": "Dark"}
_THEME, _KEYS = "web.theme", "web.keys"
MOST = 2  # keys for one command


@dataclass(frozen=True, slots=True)
class Command:
    """What a key does, and the keys that do it unless the rep says otherwise."""

    says: str
    keys: tuple[str, ...]


COMMANDS: Mapping[str, Command] = {
    "next": Command("Next card", ("j",)),
    "previous": Command("Previous card", ("k",)),
    "open": Command("Open the card", ("o",)),
    "back": Command("Back to the list", ("u",)),
    "approve": Command("Approve", ("a",)),
    "edit": Command("Edit the mail", ("r",)),
    "snooze": Command("Snooze", ("h", "b")),
    "dismiss": Command("No follow-up needed", ("e",)),
    "more": Command("Wrong deal, and more", ("l",)),
    "mute": Command("Mute the thread", ("m",)),
    "undo": Command("Undo", ("z",)),
    "why": Command("Why am I seeing this", ("w",)),
    "select": Command("Select the card", ("x",)),
    "approve_selected": Command("Approve what is selected", ("A",)),
    "search": Command("Search", ("/",)),
}
RESERVED: Mapping[str, str] = {"g": "it begins the way to a page", "?": "it lists the keys"} | dict.fromkeys("123", "it inserts a time")


@dataclass(frozen=True, slots=True)
class Taste:
    theme: str
    keys: Mapping[str, tuple[str, ...]]  # of each of `COMMANDS`


def of(connection: Connection) -> Taste:
    held = {row.name: row.value for row in connection.execute(select(setting).where(setting.c.name.in_((_THEME, _KEYS))))}
    chosen = {name: tuple(keys) for name, keys in json.loads(held.get(_KEYS, "{}")).items() if name in COMMANDS}
    taken = {key for keys in chosen.values() for key in keys}
    usual = {name: tuple(key for key in command.keys if key not in taken) for name, command in COMMANDS.items()}
    return Taste(held.get(_THEME, "auto"), usual | chosen)


def put_theme(connection: Connection, theme: str) -> None:
    """One of `THEMES`."""
    said.put_setting(connection, _THEME, theme if theme != "auto" else None)


def put_keys(connection: Connection, typed: Mapping[str, str]) -> None:
    """Keys by command, apart by blanks, in which nothing is `wrong`; {} restores the usual ones."""
    keys = {name: text.split() for name, text in typed.items() if name in COMMANDS}
    chosen = {name: some for name, some in keys.items() if tuple(some) != COMMANDS[name].keys}
    said.put_setting(connection, _KEYS, json.dumps(chosen) if chosen else None)


def wrong(typed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Command and sentence: one key does one thing, and some are not to be had."""
    taken: dict[str, str] = {}
    for name, text in typed.items():
        if len(text.split()) > MOST:
            yield name, f"At most {MOST} keys."
        for key in text.split():
            if len(key) != 1 or not key.isprintable():
                yield name, f"“{key[:20]}” is no single key."
            elif key in RESERVED:
                yield name, f"“{key}” is not to be had: {RESERVED[key]}."
            elif key in taken:
                yield name, f"“{key}” is taken: {COMMANDS[taken[key]].says.lower()}."
            taken.setdefault(key, name)
