"""`onward init`: asks at most five questions, finds the servers of a mail address, tries them, and writes a commented onward.yaml."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from agent.cli import first_file
from agent.cli.answers import Answers
from agent.cli.secret import kept, named
from agent.cli.servers import Login, told
from agent.errors import Misconfigured, NeedsHuman
from agent.settings import words

LATER = {
    "gmail": "Gmail's own interface is not part of this version yet; use --from imap with an app password of your Google account",
    "microsoft": "Microsoft 365 is not part of this version yet; use --from folder with exported mail and calendar",
}
EMPTY = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Onward//init//EN\r\nEND:VCALENDAR\r\n"


@click.command()
@click.option("--from", "origin", type=click.Choice(["folder", "imap", "gmail", "microsoft"]), required=True, help="Where the mail is.")
@click.option("--name", help="Your name.")
@click.option("--email", help="Your address.")
@click.option("--password-stdin", is_flag=True, help="imap: read the password from standard input.")
@click.option("--password-env", metavar="NAME", help="imap: take the password from this variable, now and later.")
@click.option("--mail", metavar="PATH", help="folder: a Maildir, an mbox file or a folder of .eml files.")
@click.option("--calendar", metavar="WHERE", help="Web address (CalDAV or .ics) or path; none: no calendar.")
@click.option("--deals", metavar="PATH", help="YAML or CSV; one that is not there is begun.")
@click.option("--timezone", metavar="ZONE", help="Like Europe/Paris (default: this machine's).")
@click.option("--user", help="imap: what to sign in as (default: the address).")
@click.option("--imap", metavar="HOST[:PORT]", help="imap: the server, instead of finding it.")
@click.option("--smtp", metavar="HOST[:PORT]", help="imap: the server for sending.")
@click.option("--send", is_flag=True, help="imap: approved mail is sent, not only laid among the drafts.")
@click.option("--keep", type=click.Choice(["auto", "keyring", "file"]), default="auto", help="Where the password is kept.")
@click.option("--no-input", is_flag=True, help="Ask nothing.")
@click.option("--config", metavar="PATH", help="What to write (default: ./onward.yaml).")
def command(origin: str, config: str | None, **given: Any) -> int:
    """Write a configuration: asks at most five questions, finds the servers of your address, tries them. Overwrites nothing."""
    if origin in LATER:
        raise click.UsageError(LATER[origin])
    path = Path(config or click.get_current_context().find_root().params.get("config") or "onward.yaml")
    _free(path)
    answers = Answers(given, path.absolute().parent, ask=not given["no_input"] and sys.stdin.isatty())
    if not answers.ask and (missing := _missing(origin, given)):
        raise click.UsageError(f"nobody is there to be asked; add {', '.join(missing)}")
    return made(path, answers, _by_imap if origin == "imap" else _by_folder)


def made(path: Path, answers: Answers, by: Callable[[Answers], first_file.Parts]) -> int:
    """Writes and tries it; 1 if something of it does not work yet."""
    from agent.cli.check import tried

    parts = by(answers)
    settings = _written(path, first_file.text(parts), answers.folder)
    click.echo(f"Written: {path}")
    status = tried(settings)
    for says in parts.told:
        click.echo(says, err=True)
    click.echo("Next: onward scan" if not status else f"Mend what failed in {path}, then: onward check", err=bool(status))
    return status


def _missing(origin: str, given: Mapping[str, Any]) -> list[str]:
    missing = [f"--{name}" for name in ("name", "email") if not given[name]]
    if origin == "imap" and not (given["password_stdin"] or given["password_env"]):
        missing.append("--password-stdin or --password-env NAME")
    return missing


def _free(path: Path) -> None:
    if os.path.lexists(path):
        raise Misconfigured([f"{path} is there already, and is not overwritten; move it away or write another one with --config PATH"])


def _written(path: Path, text: str, folder: Path) -> Any:
    """The settings of the file; nothing is left of one that could not be used."""
    from agent.settings import load

    new = folder / f".{path.name}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            new.unlink()
        _lay(new, text)
        load(new)
        os.link(new, path)  # never over another
    except FileExistsError:
        _free(path)
    except Misconfigured as fault:
        raise Misconfigured([problem.replace(new.name, path.name, 1) for problem in fault.problems]) from None
    except OSError as fault:
        raise NeedsHuman(f"{path} cannot be written ({(fault.strerror or 'unknown fault').lower()})") from None
    finally:
        with suppress(OSError):
            new.unlink()
    return load(path)


def _lay(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline="") as file:
        file.write(text)


# ------------------------------------------------------------------------------------------------------------------ kinds


def _by_folder(answers: Answers) -> first_file.Parts:
    rep = _rep(answers)
    mail = first_file.Section("folder", {"path": answers.get("mail", "Mail (a Maildir, an mbox file or a folder of .eml)", "mail")})
    where = answers.get("calendar", "Calendar (an .ics file, a folder of them, or a web address; none)", "calendar.ics", _web)
    own = _calendar(answers, where, rep["email"])
    return first_file.Parts(rep, mail, own, _deals(answers), first_file.Section("folder", {"path": "outbox"}))


def _by_imap(answers: Answers) -> first_file.Parts:
    from agent import wiring

    rep = _rep(answers)
    discovery = wiring.discovery()
    search = discovery.Search(rep["email"], answers.lookups or discovery.Lookups())
    login = Login(answers, rep["email"], search)
    found = login.found(discovery)
    where = found.guess.calendar or "none"
    calendar = answers.get("calendar", "Calendar (web address, CalDAV or .ics, or a path; none)", where, _web)
    tag = login.tag()
    user = found.guess.user
    mail = first_file.Section("imap", {**first_file.end(found.guess.imap), "user": user, "password": tag})
    to = first_file.Section("imap", {**first_file.end(found.guess.imap), "user": user, "password": tag})
    sends = first_file.end(found.smtp) if found.smtp else {}
    own = _calendar(answers, calendar, rep["email"], {"user": user, "password": tag})
    send = bool(answers.given.get("send"))
    says = tuple(told(found, search, tag, send=send))
    return first_file.Parts(rep, mail, own, _deals(answers), to, sends, send, says)


# ---------------------------------------------------------------------------------------------------------------- answers


def _rep(answers: Answers) -> dict[str, str]:
    name = answers.get("name", "Your name")
    email = answers.get("email", "Your address", check=words.email)
    zone = answers.given.get("timezone") or local_zone()
    try:
        words.zone(zone)
    except ValueError as fault:
        raise click.UsageError(f"--timezone: {fault}") from None
    return {"name": name, "email": str(words.email(email).email), "timezone": zone}


def local_zone(etc: Path = Path("/etc")) -> str:
    """The IANA name of this machine's zone; UTC where it cannot be told."""
    places = [os.environ.get("TZ", "").lstrip(":")]
    with suppress(OSError):
        places.append(str((etc / "localtime").resolve()).rpartition("zoneinfo/")[2])
    with suppress(OSError, UnicodeDecodeError):
        places.append((etc / "timezone").read_text("utf-8").strip())
    for place in places:
        with suppress(ValueError, OSError, KeyError):
            if "/" in place and ZoneInfo(place).key:
                return place
    return "UTC"


def _web(text: str) -> None:
    """Raises `ValueError` for an address that nobody should be asked at."""
    from agent import wiring

    if "://" in text:
        try:
            wiring.web_address(text)
        except ValueError as fault:
            raise ValueError(f"the address {fault}") from None


def _calendar(answers: Answers, where: str, email: str, login: Mapping[str, str] | None = None) -> first_file.Section:
    low = where.lower()
    if low in ("none", ""):
        path = answers.folder / "calendar.ics"
        if not path.exists():
            _begun(path, EMPTY)
        return first_file.Section("folder", {"path": "calendar.ics"}, "no calendar yet: this file is empty")
    if low.startswith(("webcal://", "webcals://")) or (low.startswith(("http://", "https://")) and low.split("?")[0].endswith(".ics")):
        address = kept(named(f"{email}-calendar"), where, answers.folder, answers.given.get("keep", "auto"))
        return first_file.Section(
            "ics_url", {"url": first_file.Reference(address)}, "whoever has the address can read it, so it is kept like a password"
        )
    if low.startswith(("http://", "https://")):
        return first_file.Section("caldav", {"url": where, **(login or {})})
    return first_file.Section("folder", {"path": where})


def _deals(answers: Answers) -> first_file.Section:
    where = answers.get("deals", "Deals (a YAML or CSV file)", "deals.yaml")
    path = answers.folder / Path(where).expanduser()
    if not path.exists() and path.suffix in (".yaml", ".yml"):
        _begun(path, first_file.DEALS)
    return first_file.Section("folder", {"path": where})


def _begun(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _lay(path, text)
    except OSError as fault:
        raise NeedsHuman(f"{path} cannot be written ({(fault.strerror or 'unknown fault').lower()})") from None
