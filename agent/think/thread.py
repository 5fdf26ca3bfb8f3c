"""Which mails are one conversation.

A thread is what In-Reply-To, References or the provider's thread id join, also through a message that is missing here;
never the subject. The tree follows RFC 5256 (REFERENCES) but for three rules of our own: a message joins the one thread
of its nearest known ancestor, strangers are shown without joining, and answers of separate customers to one mail part.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
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


TAGS = re.compile(r"(?:\[[^\[\]]{1,80}\]\s*)+")  # what mailing lists put before a subject


def distinct(messages: Iterable[Message]) -> list[Message]:
    """Mail sent twice, by a list or lying in two folders is one message; two different mails under one Message-ID are two."""
    kept: dict[str, Message] = {}
    again = [m for m in messages if kept.setdefault(m.message_id, m) is not m]
    shared = {m.message_id for m in again}
    alone = [m for m in kept.values() if m.message_id not in shared] if shared else list(kept.values())
    return sorted(alone + _unlike([kept[i] for i in shared] + again), key=_order)


def _order(message: Message) -> tuple[float, str, str]:
    """Oldest first. Numbers are compared faster than times with offsets."""
    return message.sent.timestamp(), message.message_id, message.id


def _unlike(messages: Iterable[Message]) -> list[Message]:
    """One of each, of messages that share their Message-IDs."""
    kept: dict[tuple[str, str, datetime, str], Message] = {}
    for message in messages:
        subject = TAGS.sub("", message.subject) if "[" in message.subject else message.subject
        key = (message.message_id, message.sender.key, message.sent, subject)
        held = kept.get(key)
        if held is None or _worth(message) < _worth(held):
            kept[key] = message
    return list(kept.values())


def _worth(message: Message) -> tuple[int, bool, str]:
    """The copy in Sent knows the Bcc, a list's copy has another subject; of equals the smaller id, whatever is read first."""
    return -len(message.bcc), message.bulk, message.id


Akin = Callable[[Address], Iterable[str]]


def nobody(_: Address) -> Iterable[str]:
    """Where nothing is known of deals, nobody belongs together but by address and domain."""
    return ()


def threads(messages: Iterable[Message], rep: Rep, failed: Callable[[Message], bool], akin: Akin = nobody) -> list[Thread]:
    """All threads, by their first message's time. `failed` says whose authentication failed; `akin` gives marks that
    people who belong together have in common, such as the deals that they are customers of.
    """

    known: dict[str, frozenset[str]] = {}  # the same people write again and again

    def marks(who: Address) -> frozenset[str]:
        found = known.get(who.key)
        if found is None:
            own = _marks((who,), rep)
            found = known[who.key] = frozenset(own.union(akin(who)) if own else (who.key,))
        return found

    ordered = distinct(messages)
    forest = _Forest(ordered, _children(_parents(ordered, failed)), rep, failed, marks)
    made = [thread for root in forest.children[None] for thread in forest.split(root)]
    made.sort(key=lambda t: (t.messages[0].sent, t.id, t.messages[0].id))
    return made


# A node is an index into the messages, or a negative number for a message that is missing here.


def _parents(ordered: Sequence[Message], failed: Callable[[Message], bool]) -> Mapping[int, int | None]:
    tree = _Tree(_by_message_id(ordered, failed))
    for index, message in enumerate(ordered):
        tree.add(index, message)
    for index in range(len(ordered)):
        above = tree.parents[index]
        if above is not None and not 0 <= above < index:  # the oldest of a loop hangs on a younger one, or on a missing one
            tree.cut_loop(index)
    tree.join_hinted()
    return tree.parents


class _Tree:
    """`known` gives the node of a Message-ID that is here."""

    def __init__(self, known: Mapping[str, int]) -> None:
        self.parents: dict[int, int | None] = {}
        self._known = known
        self._missing: dict[str, int] = {}
        self._hints: dict[str, int] = {}  # the provider's thread id to its first message
        self._hinted: list[tuple[int, int]] = []

    def add(self, index: int, message: Message) -> None:
        answered = message.in_reply_to or message.returned_id
        if not (answered or message.references or message.thread_hint):
            self.parents[index] = None
            return
        chain = [r for r in message.references if r != message.message_id]
        if answered and answered != message.message_id and answered not in chain:
            chain.append(answered)
        nearest = (self._known[r] for r in (answered, *reversed(chain)) if self._known.get(r, index) != index)
        parent = next(nearest, self._node(chain[-1]) if chain else None)
        self.parents[index] = self._hint(index, message.thread_hint, parent) if message.thread_hint else parent
        # What stands in References is joined through messages that are missing here.
        for upper, lower in pairwise(chain):
            below = None if lower in self._known else self._node(lower)
            if below is not None and self.parents[below] is None and not self._above(self._node(upper), below):
                self.parents[below] = self._node(upper)

    def _hint(self, index: int, hint: str, parent: int | None) -> int | None:
        """The provider's thread id joins what names no parent that is here."""
        held = self._hints.setdefault(hint, index)
        if held == index:
            return parent
        if parent is not None and parent < 0:
            self._hinted.append((parent, held))
        return held if parent is None else parent

    def _node(self, message_id: str) -> int:
        found = self._known.get(message_id, self._missing.get(message_id))
        if found is None:
            found = self._missing[message_id] = -1 - len(self._missing)
            self.parents[found] = None
        return found

    def _above(self, node: int | None, sought: int) -> bool:
        """Whether `sought` is `node` or above it; not yet so where a loop is in the way."""
        steps = 0
        while node is not None and steps < 10_000:
            if node == sought:
                return True
            node = self.parents.get(node)
            steps += 1
        return node is not None

    def cut_loop(self, node: int) -> None:
        """Of mails that name each other as parents the oldest becomes the root."""
        seen = {node}
        at = self.parents[node]
        while at is not None and at not in seen:
            seen.add(at)
            at = self.parents[at]
        if at == node:
            self.parents[node] = None

    def join_hinted(self) -> None:
        """Only after loops have been cut."""
        for below, held in self._hinted:
            top = self._top(below)
            if top < 0 and top != self._top(held):
                self.parents[top] = held

    def _top(self, node: int) -> int:
        while (parent := self.parents[node]) is not None:
            node = parent
        return node


def _children(parents: Mapping[int, int | None]) -> dict[int | None, list[int]]:
    found: dict[int | None, list[int]] = defaultdict(list)
    for node, parent in parents.items():
        found[parent].append(node)
    return found


def _by_message_id(ordered: Sequence[Message], failed: Callable[[Message], bool]) -> dict[str, int]:
    """Of two different mails under one Message-ID the answers belong to the one that is not forged, then to the older."""
    known: dict[str, int] = {}
    for index, message in enumerate(ordered):
        held = known.setdefault(message.message_id, index)
        if held != index and failed(ordered[held]) and not failed(message):
            known[message.message_id] = index
    return known


@dataclass(frozen=True)
class _Forest:
    """`children` by node; those of None are the roots."""

    ordered: Sequence[Message]
    children: Mapping[int | None, list[int]]
    rep: Rep
    failed: Callable[[Message], bool]
    marks: Callable[[Address], frozenset[str]]  # what somebody and those who belong to the same have in common

    def split(self, root: int) -> list[Thread]:
        """The threads of one tree."""
        if root >= 0 and root not in self.children:
            return [Thread((self.ordered[root],))]
        return [thread for heads in self._tops(root) for thread in self._divided(heads)]

    def below(self, heads: Iterable[int]) -> list[int]:
        found: list[int] = []
        open_ = list(heads)
        while open_:
            node = open_.pop()
            found.append(node)
            open_.extend(self.children.get(node, ()))
        return found

    def messages(self, heads: Iterable[int]) -> list[Message]:
        """Oldest first."""
        return [self.ordered[n] for n in sorted(n for n in self.below(heads) if n >= 0)]

    def _tops(self, root: int) -> list[list[int]]:
        """Who received a first message that is missing here is not known: whoever answers it is no stranger to it."""
        top = root
        while top < 0 and len(self.children.get(top, ())) == 1:
            top = self.children[top][0]
        below = self.children.get(top, [])
        return self._branches(top, below, frozenset()) if top < 0 and below else [[root]]

    def _divided(self, heads: list[int]) -> Iterable[Thread]:
        messages = self.messages(heads)
        strangers = _strangers(messages, self.rep, self.failed, self.marks) if len(messages) > 1 else frozenset()
        waiting = [heads]
        while waiting:
            part, cut = self._trunk(waiting.pop(), strangers)
            waiting.extend(cut)
            if part:
                told = tuple(self.ordered[n] for n in sorted(part))
                yield Thread(told, frozenset(m.id for m in told if m.id in strangers))

    def _trunk(self, heads: list[int], strangers: frozenset[str]) -> tuple[list[int], list[list[int]]]:
        """What stays together, and the branches that are threads of their own."""
        part: list[int] = []
        cut: list[list[int]] = []
        open_ = list(heads)
        while open_:
            node = open_.pop()
            if node >= 0:
                part.append(node)
            below = self.children.get(node, ())
            if len(below) > 1:
                stay, *leave = self._branches(node, below, strangers)
                open_.extend(stay)
                cut.extend(leave)
            else:
                open_.extend(below)
        return part, cut

    def _branches(self, node: int, below: Sequence[int], strangers: frozenset[str]) -> list[list[int]]:
        """The branches in groups whose outsiders have something in common; the first group keeps the message above."""
        loose: list[int] = []
        groups = _Groups()
        for child in below:
            nodes = sorted(n for n in self.below([child]) if n >= 0)
            counted = (self.ordered[n] for n in nodes if self.ordered[n].id not in strangers)
            marks = {mark for m in counted for mark in _marks((m.sender, *m.recipients), self.rep)}
            if marks:
                groups.add(nodes[0], child, marks)
            else:
                loose.append(child)
        if len(groups.members) < 2:
            return [list(below)]
        common = _marks((self.ordered[node].sender, *self.ordered[node].recipients), self.rep) if node >= 0 else set()
        made = sorted(groups.members, key=lambda g: (not groups.marks[g] & common, min(groups.members[g])))
        first, *rest = ([child for _, child in sorted(groups.members[g])] for g in made)
        return [[*first, *loose], *rest]


class _Groups:
    """Children that share a mark, directly or through others, are one group. `members` are (place, child)."""

    def __init__(self) -> None:
        self.members: dict[int, list[tuple[int, int]]] = {}
        self.marks: dict[int, set[str]] = {}
        self._owner: dict[str, int] = {}

    def add(self, place: int, child: int, marks: set[str]) -> None:
        self.members[child], self.marks[child] = [(place, child)], set()
        sharing = {self._owner[m] for m in marks if m in self._owner} | {child}
        kept = max(sharing, key=lambda g: len(self.marks[g]))  # the smaller is merged into the larger
        for other in sharing - {kept}:
            self.members[kept] += self.members.pop(other)
            self._own(kept, self.marks.pop(other))
        self._own(kept, marks)

    def _own(self, group: int, marks: set[str]) -> None:
        new = marks - self.marks[group]
        self.marks[group] |= new
        self._owner.update(dict.fromkeys(new, group))


def _marks(addresses: Iterable[Address], rep: Rep) -> set[str]:
    """What branches are compared by: outsiders' addresses and, free mail aside, their registrable domains."""
    marks: set[str] = set()
    for address in addresses:
        if people.role(address, rep) == "outsider":
            marks.add(address.key)
            if not people.free_mail(address.domain):
                marks.add("@" + people.registrable(address.domain))
    return marks


def _strangers(
    messages: Sequence[Message], rep: Rep, failed: Callable[[Message], bool], marks: Callable[[Address], frozenset[str]]
) -> frozenset[str]:
    """Mails from people who neither wrote nor received anything in the thread.

    A colleague, somebody of a company that already takes part, and whoever belongs to the same deal as somebody who does
    are no strangers: the mail was passed on to them.
    """

    def unaddressed(message: Message) -> set[str]:
        """Of our mail to nobody in particular those who answer it received it."""
        if any(people.role(a, rep) != "rep" for a in message.recipients):
            return set()
        return {m.sender.key for m in messages if message.message_id in (m.in_reply_to, *m.references[-1:])}

    inside: set[str] = set()
    met = False  # whether any outsider is inside: nobody is a stranger to mail among ourselves and machines
    pending = list(messages)
    while pending:
        waiting: list[Message] = []
        for message in pending:
            if _automatic(message):
                continue
            own = people.role(message.sender, rep) in ("rep", "colleague")
            if met and (failed(message) or not (own or marks(message.sender) & inside)):
                waiting.append(message)
                continue
            met = met or any(people.role(a, rep) == "outsider" for a in (message.sender, *message.recipients))
            inside |= {message.sender.key} if failed(message) else marks(message.sender)
            if own and not failed(message):
                inside |= unaddressed(message)
            inside.update(*map(marks, message.recipients))
        if len(waiting) == len(pending):
            break
        pending = waiting
    return frozenset(m.id for m in pending)


def _automatic(message: Message) -> bool:
    return message.auto is not None
