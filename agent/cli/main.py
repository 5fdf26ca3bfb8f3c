"""The command `onward`: finds the command's file, and turns what goes wrong into a sentence and an exit status.

0 done; 1 something needs a person; 2 wrong usage or configuration.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

import click

from agent.errors import Misconfigured, OnwardError

# A command is a file of this folder with a click command named `command`. The sentence is here, so that the list of
# commands costs no import.
COMMANDS: Mapping[str, str] = {
    "demo": "Show a round on a sample rep: no account, no network.",
    "init": "Write a configuration: asks, finds the servers, tries them.",
    "check": "Check the configuration, then try each connection read-only.",
    "scan": "One round, read-only: read, match, detect, draft, print.",
    "explain": "Why a meeting, thread or deal has a card, or has none.",
    "run": "Work until stopped: rounds on schedule, and the inbox on this machine.",
    "inbox": "The cards in the terminal: list, show, approve, edit, reject, snooze.",
    "pause": "Nothing leaves and no card opens: 2d, until a date, or until you resume.",
    "resume": "End a pause.",
    "service": "Keep Onward running: install, uninstall, status.",
    "doctor": "Say what is fresh, what is not and what to do.",
    "secret": "Keep a password or token for the configuration.",
    "erase": "Forget a person in everything that is kept here.",
}


LATER = ("login", "replay")  # named in the documentation, and not here yet


UNWRITABLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})  # faults of the output, the one thing written


class Commands(click.Group):
    """Imports a command's file when it is called."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Of a command that is not there, says what is meant or that it comes later."""
        known = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in known:
            ctx.fail(f"{args[0][:60]!r} is no command{_instead(args[0], known)}")
        return super().resolve_command(ctx, args)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return [name for name in COMMANDS if Path(__file__).with_name(f"{name}.py").is_file()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        found = import_module(f"agent.cli.{cmd_name}").command
        found.name = cmd_name
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])


def _instead(word: str, known: Sequence[str]) -> str:
    if word in ("help", "version"):
        return f"; write onward --{word}"
    if word in LATER:
        return " of this version yet"
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), known, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(known)}"


def _version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        number = "0.0.0"
        with suppress(PackageNotFoundError):
            number = version("onward")
        click.echo(f"onward {number}")
        ctx.exit()


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--config", metavar="PATH", help="The configuration (default: ./onward.yaml, then the user's configuration folder).")
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version and exit.")
@click.pass_context
def group(ctx: click.Context, config: str | None) -> None:
    """Onward notices sales meetings without a next step, and drafts the follow-up for approval."""
    ctx.obj = config


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and ends the process with its exit status."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit status; everything to be said has been said."""
    _readable(sys.stdout)
    _readable(sys.stderr)
    try:
        status = _guarded(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has had enough, as in `onward scan | head`
        _silence()
        return 0
    except OSError as error:
        _silence()
        return _say([f"onward: the output cannot be written ({(error.strerror or 'unknown fault').lower()})"], 1)
    return status


def _silence() -> None:
    """What is still to be written goes nowhere, also when the process ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _guarded(arguments: Sequence[str] | None) -> int:
    try:
        result: Any = group.main(args=None if arguments is None else list(arguments), prog_name="onward", standalone_mode=False)
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except Misconfigured as error:
        return _say(error.problems, 2)
    except OnwardError as error:
        return _say([error.told], 1)
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else int(bool(exit_.code))
    except BrokenPipeError:
        raise
    except Exception as error:  # the last resort; the text of an unforeseen error may hold mail, so it stays out
        if os.environ.get("ONWARD_DEBUG") or (isinstance(error, OSError) and error.errno in UNWRITABLE):
            raise
        return _unforeseen(error)
    return result if isinstance(result, int) else 0


def _unforeseen(error: Exception) -> int:
    import traceback

    place = traceback.extract_tb(error.__traceback__)[-1]
    says = f"onward: a fault in the program ({type(error).__name__} in {Path(place.filename).name}:{place.lineno})"
    return _say([f"{says}; please report it, with what ONWARD_DEBUG=1 shows"], 1)


def _say(lines: Sequence[str], status: int) -> int:
    for line in lines:
        click.echo(line, err=True)
    return status


def _readable(stream: TextIO) -> None:
    """UTF-8 into files and pipes; to a terminal what it can show, without failing on the rest."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
