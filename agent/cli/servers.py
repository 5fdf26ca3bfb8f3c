"""The account's servers for `onward init`: found, tried with the password, and what is said of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import click

from agent.cli import first_file
from agent.cli.answers import Answers
from agent.cli.secret import asked_secret, kept, named, piped_secret
from agent.errors import NeedsHuman

TRIES = 3  # of a password that is typed


@dataclass
class Login:
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
            return (self._named(guess, discovery) for guess in self.search.guesses(provider))
        try:
            return discovery.given(given["imap"], given.get("smtp") or "", given.get("user") or self.email)
        except ValueError as fault:
            raise click.UsageError(str(fault)) from None

    def _named(self, guess: Any, discovery: Any) -> Any:
        """With what was named instead of being found."""
        user, smtp = self.answers.given.get("user"), self.answers.given.get("smtp")
        try:
            return replace(guess, user=user or guess.user, smtp=tuple(discovery.ends(smtp, "smtp")) if smtp else guess.smtp)
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
        return first_file.Reference(kept(named(self.email), self.password, self.answers.folder, self.answers.given.get("keep", "auto")))


def told(found: Any, search: Any, tag: str, *, send: bool) -> Iterator[str]:
    """What was found, and what of it works."""
    yield f"Mail: {found.guess.imap}, {found.guess.told_by}; signing in {'does not work' if found.imap_fault else 'works'}."
    kind, _, name = tag.partition(" ")
    if found.wrong_login and kind in ("!secret", "!keyring"):
        yield f"To change the password: onward secret {name}{' --keep file' if kind == '!secret' else ''}"
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
