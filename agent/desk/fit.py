"""What a rep is told of his own words before they leave: what cannot be sent, and what he may want to read again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from agent.draft import compose, lint, names
from agent.errors import Rejected
from agent.facts import people
from agent.facts.domains import a_label
from agent.model import Address, Deal, Draft, Message, Rules
from agent.store import codec, decisions, erase, said, schema
from agent.store.decisions import CardRow
from agent.think.dossier import left_alone

_OPEN = re.compile(
    r"\{\{.*?\}\}|\{\{|\}\}|\{%|\$\{|\[(?=[^\]\n]{0,120}(?:[^\W\d]|…|\.\.))[^\]\n]{1,120}\]|\b(?:TODO|TBD|XXX+|xxx+)\b|_{3,}"
)
LEFT = "not to be contacted any more"
_SPANISH = frozenset({"es", "pt"})  # TODO is a word


# --------------------------------------------------------------------------------------------------- whom not to write to


def barred(connection: Connection, card: CardRow, draft: Draft, rules: Rules) -> Iterator[str]:
    """A sentence for each recipient that must not or cannot be written to."""
    silent, dead = silenced(connection, {card.deal}, rules), bounced(connection, card.deal)
    forgotten = erase.silenced(connection)
    for who in (*draft.to, *draft.cc):
        if left_alone(who, silent) or forgotten(who.key) or forgotten(who.email):
            yield f"{who.email} is on the do-not-contact list."
        elif who.key in dead:
            yield f"Mail to {who.email} came back: the address does not work."


def whom(written: str, rules: Rules) -> str:
    """The key by which the do-not-contact list names this person or domain. Raises `Rejected`."""
    written = written.strip()
    if written.startswith("@"):
        domain = a_label(written[1:].strip().rstrip(".").lower())
        found = people.address(f"a@{domain}")
        if found is None or "." not in domain or people.free_mail(domain):
            raise Rejected(f"{written[:80]} is no domain of a company.")
        return f"@{domain}"
    name, _, email = written.removesuffix(">").rpartition("<")
    who = people.address(email, name)
    if who is None or "." not in who.domain:
        raise Rejected(f"{written[:80]} is no address.")
    if left_alone(who, rules.rep.keys):
        raise Rejected("That is your own address.")
    return who.key


def silenced(connection: Connection, deals: Collection[str], rules: Rules) -> frozenset[str]:
    """Address keys and "@domain"s not to be written to. A contact of these deals who is named by one address is meant with all."""
    listed = rules.do_not_contact | said.silent(connection)
    contacts = (contact for deal in _deals(connection, deals) for contact in deal.contacts)
    named = (c.addresses for c in contacts if any(left_alone(address, listed) for address in c.addresses))
    return listed.union(address.key for addresses in named for address in addresses) if listed else listed


def bounced(connection: Connection, deal: str) -> frozenset[str]:
    """Address keys that the last round found dead, by the reports that it names."""
    state, table = schema.deal_state.c, schema.message.c
    findings = connection.execute(select(state.findings).where(state.deal == deal)).scalar() or ()
    named = {e["source"].removeprefix("message:") for f in findings if f["kind"] == "bounced" for e in f["evidence"]}
    reports = connection.execute(select(table.data).where(table.message_id.in_(named))).scalars() if named else ()
    return frozenset(address.key for data in reports for address in codec.loads(Message, data).failed)


def without(draft: Draft, silent: frozenset[str]) -> Draft:
    """The draft to the others. Whom it leaves out makes it another one than a round would write: it writes that then."""
    to, cc = (tuple(who for who in some if not left_alone(who, silent)) for some in (draft.to, draft.cc))
    gone = tuple((who, LEFT) for who in (*draft.to, *draft.cc) if who not in (*to, *cc))
    return replace(draft, to=to, cc=cc, left_out=(*draft.left_out, *gone))


def greets(connection: Connection, card: CardRow, draft: Draft) -> Iterator[str]:
    """A sentence for each person who gets no mail any more, but whom the first line still greets by first name."""
    lines = (line for line in draft.body.splitlines() if line.strip())
    greeting = set(re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", next(lines, "")))
    here = {who.key for who in (*draft.to, *draft.cc)}
    spoken = {names.first_name(who.name, who.email) for who in (*draft.to, *draft.cc)}
    gone = {names.first_name(who.name, who.email): who for who in _written_to(connection, card) if who.key not in here}
    for name in sorted(gone.keys() & greeting - spoken):
        yield f"The text greets {name}, who is not among the recipients."


def _written_to(connection: Connection, card: CardRow) -> Iterator[Address]:
    """In any version of this card."""
    for version in decisions.versions(connection, card.key):
        yield from (*version.draft.to, *version.draft.cc)


def _deals(connection: Connection, ids: Collection[str]) -> Iterator[Deal]:
    query = select(schema.deal.c.data).where(schema.deal.c.id.in_(sorted(ids)))
    yield from (codec.loads(Deal, data) for data in connection.execute(query).scalars())


# ------------------------------------------------------------------------------------------------------------------ words


def check(draft: Draft, given: Collection[str]) -> None:
    """Raises `Rejected` for what the rep has still to fill in. `given`: subjects that the program wrote, of threads like "[EXT] Offer"."""
    for gap in _gaps(draft, given):
        raise Rejected(gap)


def _gaps(draft: Draft, given: Collection[str]) -> Iterator[str]:
    kept = [(found, "".join(given)) for found in _OPEN.findall(draft.subject)]
    for found, known in (*kept, *((found, "") for found in _OPEN.findall(draft.body))):
        if found not in known and not (found == "TODO" and draft.language in _SPANISH):
            yield f"Something is still to be filled in: “{found[:60]}”."


def subjects(connection: Connection, card: CardRow) -> frozenset[str]:
    """That the program has written for this card."""
    return frozenset(v.draft.subject for v in decisions.versions(connection, card.key) if v.author != "rep")


def remarks(connection: Connection, card: CardRow, draft: Draft, rules: Rules) -> Iterator[str]:
    """Sentences: what stands against sending, then what the rep may want to change; he may also leave it."""
    yield from barred(connection, card, draft, rules)
    yield from greets(connection, card, draft)
    gaps = list(_gaps(draft, subjects(connection, card)))
    yield from gaps
    yield from (f"The text: {found}." for found in lint.wording(draft.body) if not (gaps and "placeholder" in found))
    if draft.invitation and (was := draft.invitation.moves):
        yield f"The invitation moves the meeting of {was.astimezone(rules.rep.working.zone):%A %-d %B, %H:%M} to the new time."
    known = {who.key for who in _known(connection, card)}
    for who in (*draft.to, *draft.cc):
        if who.key not in known and people.role(who, rules.rep) == "outsider":
            yield f"{who.email} is new here: neither a contact of this deal nor in its mail."


def _known(connection: Connection, card: CardRow) -> Iterable[Address]:
    """Whom the program put into a draft of this card or left out of it, and the deal's contacts."""
    for version in decisions.versions(connection, card.key):
        if version.author != "rep":
            yield from (*version.draft.to, *version.draft.cc, *(who for who, _ in version.draft.left_out))
    yield from (address for deal in _deals(connection, {card.deal}) for contact in deal.contacts for address in contact.addresses)


# ----------------------------------------------------------------------------------------------------------------- edits


def edited(old: Draft, *, subject: str, body: str, to: Sequence[str], cc: Sequence[str]) -> Draft:
    """The draft in the rep's words. Each recipient is an address, or `Name <address>`; nobody is named twice.

    Raises `Rejected` with what is wrong with the text or an address; the finished draft can be composed.
    """
    known = {who.email: who for who in (*old.to, *old.cc, *(each for each, _ in old.left_out))}
    wanted = {who.key: who for who in _mailboxes(to, known)}
    copied = {who.key: who for who in _mailboxes(cc, known) if who.key not in wanted}
    new = replace(old, to=tuple(wanted.values()), cc=tuple(copied.values()), subject=compose.one_line(subject), body=compose.normal(body))
    if new.invitation and compose.one_line(new.invitation.written) not in compose.one_line(new.body):
        new = replace(new, invitation=None)
    return new if new == old else replace(new, written_by="rep")


def _mailboxes(written: Sequence[str], known: dict[str, Address]) -> Iterator[Address]:
    for text in filter(None, map(str.strip, written)):
        name, _, email = text.removesuffix(">").rpartition("<") if text.endswith(">") else ("", "", text)
        found = people.address(email, name.strip().strip('"'))
        if found is None:
            raise Rejected(f"{''.join(c if c.isprintable() else '?' for c in text[:80])} is no address.")
        yield found if found.name else known.get(found.email, found)
