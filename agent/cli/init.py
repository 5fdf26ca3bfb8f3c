"""`onward init`: asks at most five questions, finds the servers of a mail address, tries them, and writes a commented onward.yaml."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from agent.cli import first_file
from agent.cli.secret import asked_secret, kept, piped_secret
from agent.errors import Misconfigured, NeedsHuman
from agent.settings import words

TRIES = 3  # of a password that is typed
LATER = {
    "gmail": "Gmail's own interface is not part of this version yet; use --from imap with an app password of your Google account",
    "microsoft": "Microsoft 365 is not part of this version yet; use --from folder with exported mail and calendar",
}
_EMPTY = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Onward//init//EN\r\nEND:VCALENDAR\r\n"


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


@dataclass
class Answers:
    """What was given on the command line, and asking for the rest."""

    given: Mapping[str, Any]
    folder: Path
    ask: bool
    lookups: Any = None  # for the search; None: the network's

    def get(self, name: str, question: str, default: str = "", check: Callable[[str], Any] = str.strip) -> str:
        """The answer, as it was given; `check` raises `ValueError` for what is none."""
        text = self.given.get(name)
        if text is None and not self.ask:
            text = default
        while True:
            text = click.prompt(question, default=default or None, err=True) if text is None else text
            try:
                check(text)
            except ValueError as fault:
                if not self.ask or self.given.get(name) is not None:
                    raise click.UsageError(f"--{name}: {fault}") from None
                click.echo(str(fault), err=True)
                text = None
            else:
                return str(text).strip()


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
    login = _Login(answers, rep["email"], search)
    found = login.found(discovery)
    where = found.guess.calendar or "none"
    calendar = answers.get("calendar", "Calendar (web address, CalDAV or .ics, or a path; none)", where, _web)
    tag = login.tag()
    user = found.guess.user
    mail = first_file.Section("imap", {**first_file.end(found.guess.imap), "user": user, "password": tag})
    to = first_file.Section("imap", {**first_file.end(found.guess.imap), "user": user, "password": tag})
    sends = first_file.end(found.smtp) if found.smtp else {}
    own = _calendar(answers, calendar, rep["email"], {"user": user, "password": tag})
    told = tuple(_told(found, search, send=answers.given.get("send", False)))
    return first_file.Parts(rep, mail, own, _deals(answers), to, sends, answers.given.get("send", False), told)


@dataclass
class _Login:
    """The password, and the servers that it opens."""

    answers: Answers
    email: str
    search: Any
    password: str = ""

    def found(self, discovery: Any) -> Any:
        """What was found, whether it lets in or not: the answers are not lost for a password that was mistyped."""
        given = self.answers.given
        provider = None if given.get("imap") else self.search.provider()
        if provider and provider.password == "none":  # noqa: S105 - how the provider lets in
            raise NeedsHuman(f"onward: mail at {provider.name} cannot be read yet", provider.note)
        if provider and provider.advice:
            click.echo(f"Note: {provider.advice}.", err=True)
        found = self._tried(discovery, provider)
        for _ in range(TRIES - 1):
            if not (self._typed and found.wrong_login):
                break
            click.echo(found.imap_fault, err=True)
            found = self._tried(discovery, provider)
        return found

    def _tried(self, discovery: Any, provider: Any) -> Any:
        self._ask()
        click.echo("Looking for the servers and trying them …", err=True)
        return discovery.tried(self._guesses(discovery, provider), self.password, self.search.lookups.patience)

    def _guesses(self, discovery: Any, provider: Any) -> Any:
        given = self.answers.given
        if not given.get("imap"):
            user = given.get("user")
            return (replace(guess, user=user or guess.user) for guess in self.search.guesses(provider))
        try:
            return discovery.given(given["imap"], given.get("smtp") or "", given.get("user") or self.email)
        except ValueError as fault:
            raise click.UsageError(str(fault)) from None

    @property
    def _typed(self) -> bool:
        return self.answers.ask and not self.answers.given.get("password_stdin") and not self.answers.given.get("password_env")

    def _ask(self) -> None:
        given = self.answers.given
        if variable := given.get("password_env"):
            self.password = os.environ.get(variable, "")
            if not self.password:
                raise click.UsageError(f"the environment variable {variable[:60]} is not set")
        elif given.get("password_stdin"):
            self.password = self.password or piped_secret()
        else:
            self.password = asked_secret("Password")

    def tag(self) -> first_file.Reference:
        """What stands in the file for it."""
        if variable := self.answers.given.get("password_env"):
            return first_file.Reference(f"!env {variable}")
        return first_file.Reference(kept(self.email, self.password, self.answers.folder, self.answers.given.get("keep", "auto")))


def _told(found: Any, search: Any, *, send: bool) -> Any:
    """What was found, and what of it works."""
    yield f"Mail: {found.guess.imap}, {found.guess.told_by}; signing in {'does not work' if found.imap_fault else 'works'}."
    if found.imap_fault and search.untrusted:
        others = ", ".join(search.untrusted[:3])
        yield f"DNS names {others} for this address; your password was not sent there. If that is right, begin again with --imap HOST."
    if not found.smtp:
        yield "Sending: no server was found."
    elif found.imap_fault:
        yield f"Sending: {found.smtp} was not tried."
    elif found.smtp_fault:
        yield f"Sending: {found.smtp} does not work: {found.smtp_fault.removeprefix('outbox: ')}."
    else:
        yield f"Sending: {found.smtp} works{'' if send else '; it is not used as long as deliver is draft'}."


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
        with suppress(ValueError, OSError):
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
            _begun(path, _EMPTY)
        return first_file.Section("folder", {"path": "calendar.ics"}, "no calendar yet: this file is empty")
    if low.startswith(("webcal://", "webcals://")) or (low.startswith(("http://", "https://")) and low.split("?")[0].endswith(".ics")):
        address = kept(f"{email}-calendar", where, answers.folder, answers.given.get("keep", "auto"))
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
