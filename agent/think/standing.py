"""What holds of a person whichever deal it is about: asked to be left alone, out of office, a dead address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from agent.facts import names
from agent.model import Address, Evidence, Rules
from agent.think import workdays
from agent.think.directory import Directory
from agent.think.dossier import Letter
from agent.think.match import Match
from agent.think.screen import Screen

UNDATED_ABSENCE = 5  # working days


@dataclass(frozen=True, slots=True)
class Standings:
    """`silent` are address keys and "@domain"s not to be written to; `stops` who asked for that, with the deal ("": not clear which);
    `asked` what each of these keys is silent for, of those that a mail asked for."""

    silent: frozenset[str]
    stops: tuple[tuple[str, Evidence], ...]
    away: Mapping[str, date]
    dead: Mapping[str, tuple[datetime, Address, Evidence]]
    asked: Mapping[str, Evidence]


def of(letters: Iterable[tuple[Match, Letter]], directory: Directory, rules: Rules, screen: Screen) -> Standings:
    silent = _with_every_address(rules.do_not_contact, directory)
    stops: dict[tuple[str, str], Evidence] = {}
    away: dict[str, tuple[datetime, date]] = {}
    dead: dict[str, tuple[datetime, Address, Evidence]] = {}
    alive: dict[str, datetime] = {}
    asked: dict[str, Evidence] = {}
    for match, letter in letters:
        if letter.side == "theirs" and letter.human:
            sender = letter.message.sender
            alive[sender.key] = max(letter.at, alive.get(sender.key, letter.at))
            keys = _silenced(match, letter, directory, rules) if letter.reading.has("stop") else ()
            for key in sorted(keys):
                asked.setdefault(key, _request(letter))
            if keys:
                silent.update(keys)
                for deal in match.candidates if match.status == "matched" else ("",):
                    stops[deal, letter.message.message_id] = _stopped(letter)
        elif letter.message.auto == "auto_reply" and letter.side == "theirs":
            back = _back(letter, rules)
            for key in _addresses(letter.message.sender, match, directory) if back else ():
                held = away.get(key)
                if back and (held is None or letter.at >= held[0]):
                    away[key] = (letter.at, back)
        elif letter.message.auto == "report" and _answers_ours(letter, screen):
            for address in letter.message.failed:
                says = Evidence(f"message:{letter.message.message_id}", f"Mail to {address.email} came back: the address does not work.")
                dead[address.key] = (letter.at, address, says)
    return Standings(
        frozenset(silent),
        tuple((deal, says) for (deal, _), says in sorted(stops.items())),
        {key: back for key, (_, back) in away.items()},
        {key: (at, who, says) for key, (at, who, says) in dead.items() if alive.get(key, at) <= at},
        asked,
    )


def _with_every_address(listed: Iterable[str], directory: Directory) -> set[str]:
    """A person who stands on the list with one address is meant with all of them."""
    silent = set(listed)
    for circle in directory.circles.values():
        for contact in circle.deal.contacts:
            keys = {a.key for a in contact.addresses}
            if keys & silent:
                silent |= keys
    return silent


def _addresses(who: Address, match: Match, directory: Directory) -> set[str]:
    """Keys of all that the CRM knows of this person in the deals that the mail could be about."""
    found = {who.key}
    for deal in match.candidates:
        contact = directory.circles[deal].contacts.get(who.key)
        found |= {a.key for a in contact.addresses} if contact else set()
    return found


def _request(letter: Letter) -> Evidence:
    who = names.in_order(letter.message.sender.name) or letter.message.sender.email
    quote = letter.reading.of("stop")[0].quote.strip()
    end = "" if quote[-1:] in ".!?" else "."
    return Evidence(f"message:{letter.message.message_id}", f"{who} asked not to be written to any more: “{quote}”{end}")


def _stopped(letter: Letter) -> Evidence:
    found = _request(letter)
    advice = f"Add {letter.message.sender.email} to do_not_contact: the request is seen only as long as the mail is within history."
    return Evidence(found.source, f"{found.says} {advice}")


def _silenced(match: Match, letter: Letter, directory: Directory, rules: Rules) -> set[str]:
    """The writer with all addresses; "us" and "our company" mean every customer of the deal. Not who was taken off the list since."""
    keys = _addresses(letter.message.sender, match, directory)
    company = any(a.company for a in letter.reading.of("stop"))
    for deal in match.candidates:
        circle = directory.circles[deal]
        if company and match.status == "matched":
            keys |= {*circle.contacts, *("@" + d for d in circle.domains)}
    return {key for key in keys if key not in rules.lifted or letter.at > rules.lifted[key]} if rules.lifted else keys


def _back(letter: Letter, rules: Rules) -> date | None:
    """The day an absent person is back; an automatic receipt is no absence."""
    working = rules.rep.working
    local = letter.at.astimezone(working.zone).date()
    absences = letter.reading.of("absence")
    if absences:
        days = [w.day for a in absences for w in a.when]
        if days:
            return max(days)
    elif letter.reading.language:
        return None
    day = workdays.on_or_after(working, local)
    for _ in range(UNDATED_ABSENCE):
        day = workdays.on_or_after(working, day + timedelta(days=1))
    return day


def _answers_ours(letter: Letter, screen: Screen) -> bool:
    message = letter.message
    return bool({message.in_reply_to, message.returned_id, *message.references} & screen.ours)
