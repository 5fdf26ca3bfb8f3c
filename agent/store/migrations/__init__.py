"""Brings a database to the shape of `agent.store.schema`, one revision after the other, all in one transaction."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from agent.errors import NeedsHuman
from agent.store import schema

HEAD = "0001"  # of `versions`: told here so that opening a database that is up to date costs no import of Alembic
TABLE = "onward_version"


def bring_up(engine: Engine, place: str) -> None:
    """Raises `NeedsHuman` for a database of a newer version, or of something else."""
    with engine.connect() as connection:
        if version(connection, place) == HEAD:
            return
    with engine.connect().execution_options(onward="migrate") as connection:
        try:
            with connection.begin():
                if version(connection, place) != HEAD:  # another process may have been first
                    _upgrade(connection)
        finally:
            connection.invalidate()  # it does not enforce foreign keys


def version(connection: Connection, place: str) -> str:
    """Of the database; "" for an empty one."""
    tables = set(inspect(connection).get_table_names())
    found: str = (connection.execute(text(f"SELECT version_num FROM {TABLE}")).scalar() or "") if TABLE in tables else ""  # noqa: S608 -- a constant
    if not found and tables & set(schema.metadata.tables):
        raise NeedsHuman(f"{place} holds tables of something else", "name another place for the store")
    if found > HEAD:
        raise NeedsHuman(f"{place} was written by a newer version of Onward", "install that version or a newer one")
    return found


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    command.upgrade(config, "head")
