"""Writes the next migration: what `agent.store.schema` has and a database of the last revision has not.

    python -m tools.revision "deals remember their currency"
    python -m tools.revision --first      # writes the first one anew; only before the first release

It is read and corrected before it is committed: a renamed column looks like one that went and one that came.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine

from agent.store import Store, migrations, schema

VERSIONS = Path(migrations.__file__).parent / "versions"
FIRST = "The first tables."


def main(words: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        if words == ["--first"]:
            engine = create_engine("sqlite://")
            with engine.connect() as connection:
                _write(_changes(connection), FIRST, "0001", None)
            engine.dispose()
        else:
            store = Store.open(f"sqlite:///{folder}/onward.db")
            with store.begin() as connection:
                _write(_changes(connection), " ".join(words), f"{int(migrations.HEAD) + 1:04}", migrations.HEAD)
            store.close()


def _changes(connection: Connection) -> str:
    options = {"version_table": migrations.TABLE, "render_as_batch": True, "render_item": _rendered, "user_module_prefix": None}
    context = MigrationContext.configure(connection, opts=options | {"sqlalchemy_module_prefix": "sa.", "alembic_module_prefix": "op."})
    found = produce_migrations(context, schema.metadata)
    assert found.upgrade_ops is not None
    return str(render_python_code(found.upgrade_ops, render_as_batch=True, render_item=_rendered, migration_context=context))


def _rendered(kind: str, item: Any, _context: AutogenContext) -> str | bool:
    """A revision holds what the database knows, nothing that can change later."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, schema.Moment) else False


def _write(body: str, says: str, number: str, before: str | None) -> None:
    name = "tables" if before is None else "_".join(re.findall(r"[a-z0-9]+", says.lower())[:4])
    path = VERSIONS / f"r{number}_{name}.py"
    body = re.sub(r"^\s*# ###.*\n?", "", body, flags=re.MULTILINE).strip()
    path.write_text(f'''"""{says}"""
# ruff: noqa: PLR0915 -- one statement per table or index

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = {f'"{before}"' if before else None}


def upgrade() -> None:
    {body}
''')
    for task in (["check", "--fix"], ["format"]):
        subprocess.run([sys.executable, "-m", "ruff", *task, "--quiet", path], check=True)  # noqa: S603 -- a file of ours
    sys.stdout.write(f"{path}: read it, then set migrations.HEAD to {number!r}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
