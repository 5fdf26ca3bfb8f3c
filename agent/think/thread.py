"""Which mails are one conversation.

A thread is what In-Reply-To, References or the provider's thread id join, also through a message that is missing here;
never the subject. The tree follows RFC 5256 (REFERENCES) but for three rules of our own: a message joins the one thread
of its nearest known ancestor, strangers are shown without joining, and answers of separate customers to one mail part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from agent.facts import people
from agent.model import Address, Message, Rep


@dataclass(frozen=True, slots=True)
class Thread:
    """`messages` are oldest first; those whose `Message.id` is in `strangers` are shown in it but are no part of it."""

    messages: tuple[Message, ...]
    strangers: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        return self.messages[0].message_id

    @property
    def subject(self) -> str:
        return self.messages[0].subject

    @property
    def latest(self) -> datetime:
        return self.messages[-1].sent

    @property
    def joined(self) -> tuple[Message, ...]:
        """Without what strangers wrote."""
        return tuple(m for m in self.messages if m.id not in self.strangers) if self.strangers else self.messages


def distinct(messages: Iterable[Message]) -> list[Message]:
    """Mail sent twice or lying in two folders is one message; two different mails under one Message-ID are two."""
    kept: dict[tuple[str, str, datetime, str], Message] = {}
    for message in messages:
        key = (message.message_id, message.sender.key, message.sent, message.subject)
        held = kept.get(key)
        # The copy in Sent knows the Bcc; of equals the smaller id, so that the order of reading plays no part.
        if held is None or (-len(message.bcc), message.id) < (-len(held.bcc), held.id):
            kept[key] = message
    return sorted(kept.values(), key=lambda m: (m.sent, m.message_id, m.id))


def threads(messages: Iterable[Message], rep: Rep, failed: Callable[[Message], bool]) -> list[Thread]:
    """All threads, by their first message's time. `failed` says whose authentication failed."""
    ordered = distinct(messages)
    parents = _parents(ordered, failed)
    children: dict[int, list[int]] = defaultdict(list)
    roots: list[int] = []
    for node, parent in parents.items():
        if parent is None:
            roots.append(node)
        else:
            children[parent].append(node)
    made: list[Thread] = []
    for root in roots:
        made.extend(_split(root, children, ordered, rep, failed))
    made.sort(key=lambda t: (t.messages[0].sent, t.id))
    return made


# A node is an index into the messages, or a negative number for a message that is missing here.


def _parents(ordered: Sequence[Message], failed: Callable[[Message], bool]) -> dict[int, int | None]:
    known = _by_message_id(ordered, failed)
    missing: dict[str, int] = {}
    parents: dict[int, int | None] = {}

    def node(message_id: str) -> int:
        found = known.get(message_id)
        if found is None:
            found = missing.get(message_id)
            if found is None:
                found = missing[message_id] = -1 - len(missing)
                parents[found] = None
        return found

    hints: dict[str, int] = {}
    for index, message in enumerate(ordered):
        chain = [r for r in message.references if r != message.message_id]
        answered = message.in_reply_to or message.returned_id
        if answered == message.message_id:
            answered = ""
        if answered and answered not in chain:
            chain.append(answered)
        known_chain = (answered, *reversed(chain)) if answered else reversed(chain)
        parent = next((known[r] for r in known_chain if known.get(r, index) != index), None)
        if parent is None and chain:
            parent = node(chain[-1])
        if message.thread_hint:
            parent = hints.get(message.thread_hint) if parent is None else parent
            hints.setdefault(message.thread_hint, index)
        parents[index] = parent
        # What stands in References is joined through messages that are missing here.
        for upper, lower in pairwise(chain):
            if lower not in known and parents.get(node(lower)) is None and not _above(parents, node(upper), node(lower)):
                parents[node(lower)] = node(upper)
    for index in range(len(ordered)):
        _cut_loop(parents, index)
    return parents


def _by_message_id(ordered: Sequence[Message], failed: Callable[[Message], bool]) -> dict[str, int]:
    """Of two different mails under one Message-ID the answers belong to the one that is not forged, then to the older."""
    known: dict[str, int] = {}
    for index, message in enumerate(ordered):
        held = known.setdefault(message.message_id, index)
        if held != index and failed(ordered[held]) and not failed(message):
            known[message.message_id] = index
    return known


def _above(parents: dict[int, int | None], node: int | None, sought: int) -> bool:
    steps = 0
    while node is not None and steps < 10_000:
        if node == sought:
            return True
        node = parents.get(node)
        steps += 1
    return False


def _cut_loop(parents: dict[int, int | None], node: int) -> None:
    """Mails that name each other as parents: the older becomes the root."""
    seen = {node}
    at = parents.get(node)
    while at is not None:
        if at == node:
            parents[node] = None
            return
        if at in seen:
            return
        seen.add(at)
        at = parents.get(at)


def _split(
    root: int, children: dict[int, list[int]], ordered: Sequence[Message], rep: Rep, failed: Callable[[Message], bool]
) -> list[Thread]:
    nodes = _below(root, children)
    messages = [ordered[n] for n in sorted(n for n in nodes if n >= 0)]
    if not messages:
        return []
    if len(messages) == 1:
        return [Thread((messages[0],))]
    strangers = _strangers(messages, rep, failed)
    parts: list[list[Message]] = []
    heads = [root]
    while heads:
        head = heads.pop()
        part, cut = _trunk(head, children, ordered, strangers, rep)
        heads.extend(cut)
        if part:
            parts.append(sorted(part, key=lambda m: (m.sent, m.message_id, m.id)))
    return [Thread(tuple(p), frozenset(m.id for m in p if m.id in strangers)) for p in parts]


def _below(root: int, children: dict[int, list[int]]) -> list[int]:
    found, open_ = [], [root]
    while open_:
        node = open_.pop()
        found.append(node)
        open_.extend(children.get(node, ()))
    return found


def _trunk(
    head: int, children: dict[int, list[int]], ordered: Sequence[Message], strangers: frozenset[str], rep: Rep
) -> tuple[list[Message], list[int]]:
    """What stays with `head`, and the branches that are threads of their own."""
    part: list[Message] = []
    cut: list[int] = []
    open_ = [head]
    while open_:
        node = open_.pop()
        if node >= 0:
            part.append(ordered[node])
        below = children.get(node, [])
        if len(below) > 1:
            stay, leave = _branches(node, below, children, ordered, strangers, rep)
            open_.extend(stay)
            cut.extend(leave)
        else:
            open_.extend(below)
    return part, cut


def _branches(
    node: int, below: list[int], children: dict[int, list[int]], ordered: Sequence[Message], strangers: frozenset[str], rep: Rep
) -> tuple[list[int], list[int]]:
    groups: list[tuple[set[str], list[int]]] = []
    loose: list[int] = []
    for child in below:
        marks = {
            mark
            for n in _below(child, children)
            if n >= 0 and ordered[n].id not in strangers
            for mark in _marks((ordered[n].sender, *ordered[n].recipients), rep)
        }
        if not marks:
            loose.append(child)
            continue
        mine = [g for g in groups if g[0] & marks]
        groups = [g for g in groups if not g[0] & marks]
        groups.append((marks.union(*(g[0] for g in mine)), [child, *(c for g in mine for c in g[1])]))
    if len(groups) < 2:
        return below, []
    common = _marks((ordered[node].sender, *ordered[node].recipients), rep) if node >= 0 else set()

    def first(group: tuple[set[str], list[int]]) -> tuple[bool, datetime]:
        times = [ordered[n].sent for c in group[1] for n in _below(c, children) if n >= 0]
        return not group[0] & common, min(times)

    groups.sort(key=first)
    head = groups[0][1] + loose
    # Every further group is one thread: its branches hang below its first.
    leave: list[int] = []
    for _, members in groups[1:]:
        members.sort(key=lambda c: min(ordered[n].sent for n in _below(c, children) if n >= 0))
        leave.append(members[0])
        for other in members[1:]:
            children.setdefault(members[0], []).append(other)
    return head, leave


def _marks(addresses: Iterable[Address], rep: Rep) -> set[str]:
    """What branches are compared by: outsiders' addresses and, free mail aside, their registrable domains."""
    marks: set[str] = set()
    for address in addresses:
        if people.role(address, rep) == "outsider":
            marks.add(address.key)
            if not people.free_mail(address.domain):
                marks.add("@" + people.registrable(address.domain))
    return marks


def _strangers(messages: Sequence[Message], rep: Rep, failed: Callable[[Message], bool]) -> frozenset[str]:
    """Mails from people who neither wrote nor received anything in the thread.

    Somebody of a company that already takes part, and a colleague, is no stranger: the mail was passed on to them.
    """
    inside: set[str] = set()
    pending = list(messages)
    first = True
    while pending:
        waiting: list[Message] = []
        for message in pending:
            sender = message.sender
            mine = _marks((sender,), rep)
            own = people.role(sender, rep) in ("rep", "colleague")
            if first or (not failed(message) and (own or sender.key in inside or bool(mine & inside))) or _automatic(message):
                if not _automatic(message):
                    inside.add(sender.key)
                    inside |= mine if not failed(message) else set()
                    for to in message.recipients:
                        inside.add(to.key)
                        inside |= _marks((to,), rep)
                    # A mail to nobody in particular: whoever answers it received it.
                    if own and not any(people.role(a, rep) != "rep" for a in message.recipients):
                        inside |= {m.sender.key for m in messages if m.in_reply_to == message.message_id}
                first = False
            else:
                waiting.append(message)
        if len(waiting) == len(pending):
            return frozenset(m.id for m in waiting)
        pending = waiting
    return frozenset()


def _automatic(message: Message) -> bool:
    return message.auto is not None
