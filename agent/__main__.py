"""`python -m agent`: the same as the command `onward`, without an installation."""

from __future__ import annotations

from agent.cli.main import main

main()
