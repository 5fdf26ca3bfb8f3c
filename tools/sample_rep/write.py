"""How people write: greeting, sign-off, signature, and the mail below that they answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from random import Random

REP = "Maya Lindqvist <maya@larkfield.example>"
MONTHS = {"fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split()}
CLOSINGS = {
    "en": ["Best,", "Best regards,", "Thanks,", "Kind regards,", "Cheers,", "Regards,"],
    "de": ["Mit freundlichen Grüßen", "Viele Grüße", "Beste Grüße"],
    "fr": ["Cordialement,", "Bien à vous,"],
}


@dataclass(frozen=True)
class Person:
    """Somebody who writes; `nick` is the name scenes use."""

    nick: str
    name: str
    email: str
    job: str = ""
    firm: str = ""
    language: str = "en"
    german_form: str = ""  # "Frau Vogt"

    @property
    def wire(self) -> str:
        return f"{self.name} <{self.email}>"

    @property
    def first(self) -> str:
        return self.name.split()[0]


ME = Person("me", "Maya Lindqvist", "maya@larkfield.example", "Account Executive", "Larkfield")
COLLEAGUES = {
    "me": ME,
    "tom": Person("tom", "Tom Okafor", "tom@larkfield.example", "Solutions Engineer", "Larkfield"),
    "priya": Person("priya", "Priya Raman", "priya@larkfield.example", "Account Executive", "Larkfield"),
    "finance": Person("finance", "Joyce Hale", "joyce@larkfield.example", "Finance", "Larkfield"),
}


def seeded(seed: int | str) -> Random:
    return Random(seed)  # noqa: S311  no secret: the same seed must give the same bytes


def body(text: str, writer: Person, reader: Person, dice: Random) -> str:
    """What somebody newly writes, with greeting and signature."""
    language = spoken(writer, reader)
    parts = [greeting(writer, reader, language, dice), text, sign_off(writer, language, dice)]
    return "\n\n".join(part for part in parts if part)


def below(writer: Person, reader: Person, before: tuple[datetime, Person, str] | None, dice: Random) -> str:
    """Some people leave the mail they answer below, everybody in the way of their language."""
    return quotation(*before, spoken(writer, reader)) if before and dice.random() < 0.45 else ""


def spoken(writer: Person, reader: Person) -> str:
    return reader.language if writer.firm == "Larkfield" else writer.language


def html(text: str, quoted: str) -> str:
    """The same mail as a web mailer writes it."""
    paragraphs = "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>\n" for part in text.split("\n\n"))
    if not quoted:
        return f"<html><body>\n{paragraphs}</body></html>\n"
    head, _, lines = quoted.partition("\n")
    old = "<br>\n".join(escape(line.removeprefix(">").removeprefix(" ")) for line in lines.splitlines())
    said = f'<div class="gmail_attr">{escape(head)}</div>'
    quote = f'<div class="gmail_quote">{said}\n<blockquote class="gmail_quote">{old}</blockquote></div>'
    return f"<html><body>\n{paragraphs}{quote}\n</body></html>\n"


def greeting(writer: Person, reader: Person, language: str, dice: Random) -> str:
    if language == "de":
        return f"Guten Tag {'Frau Lindqvist' if reader is ME else reader.german_form},"
    if language == "fr":
        return f"Bonjour {reader.first},"
    if writer is ME:
        return f"{reader.first},"
    return dice.choice([f"Hi {reader.first},", f"{reader.first},", f"Hello {reader.first},", f"Dear {reader.first},", ""])


def sign_off(writer: Person, language: str, dice: Random) -> str:
    signed = writer.name if language == "de" else writer.first
    if writer is ME:
        return f"{CLOSINGS[language][0]}\n{signed}\n\n-- \nMaya Lindqvist\nAccount Executive, Larkfield\n+1 555 0142"
    closing = seeded(writer.email).choice(CLOSINGS[language])
    block = f"{writer.name}\n{writer.job[:1].upper()}{writer.job[1:]}, {writer.firm}"
    return f"{closing}\n{signed}\n\n-- \n{block}" if dice.random() < 0.6 else f"{closing}\n{signed}"


def quotation(when: datetime, writer: Person, text: str, language: str) -> str:
    lines = "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())
    if language == "de":
        return f"Am {when:%d.%m.%Y} um {when:%H:%M} schrieb {writer.name} <{writer.email}>:\n{lines}"
    if language == "fr":
        return f"Le {when.day} {MONTHS['fr'][when.month - 1]} {when.year} à {when:%H:%M}, {writer.name} <{writer.email}> a écrit :\n{lines}"
    clock = f"{when.hour % 12 or 12}:{when:%M %p}"
    return f"On {when:%a, %b} {when.day}, {when.year} at {clock} {writer.name} <{writer.email}> wrote:\n{lines}"
