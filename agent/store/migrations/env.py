"""Run by Alembic: the connection and its transaction come from `agent.store.migrations`."""

from __future__ import annotations

from alembic import context

from agent.store import schema
from agent.store.migrations import TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
    version_table=TABLE,
    render_as_batch=True,  # SQLite changes a column by making the table anew
)
context.run_migrations()
