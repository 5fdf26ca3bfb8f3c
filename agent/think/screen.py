"""Whose mail counts: what is excluded, what is internal, what is forged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from agent.facts import people
from agent.facts.mime import authentication
from agent.model import Address, Message, Rules
from agent.think.references import is_crm


@dataclass(frozen=True)
class Screen:
    """`ours` are the Message-IDs of mail that the rep or a colleague wrote: what answers them is no bulk mail."""

    rules: Rules
    ours: frozenset[str] = frozenset()

    @staticmethod
    def of(messages: Iterable[Message], rules: Rules) -> Screen:
        bare = Screen(rules)
        return Screen(rules, frozenset(m.message_id for m in messages if bare.own(m)))

    def failed(self, message: Message) -> bool:
        """The receiving server's own Authentication-Results say that the sender is not who he claims to be."""
        if not message.authentication:
            return False
        return authentication(message, self.rules.rep.domains, self.rules.authserv_id) == "failed"

    def own(self, message: Message) -> bool:
        """Written by the rep or a colleague, not forged."""
        return people.role(message.sender, self.rules.rep) in ("rep", "colleague") and not self.failed(message)

    def counts(self, message: Message) -> bool:
        """Neither excluded nor among rep, colleagues and bots only."""
        own = self.own(message)
        return not (self._excluded(message, own) or (own and self._among_us(message)))

    def _among_us(self, message: Message) -> bool:
        """Addressed to rep, colleagues and bots only."""
        rep = self.rules.rep
        return all(people.role(a, rep) != "outsider" or is_crm(a, self.rules) for a in message.recipients)

    def excluded(self, message: Message) -> bool:
        """Incoming bulk and machine mail that answers nothing of ours, and what the settings ignore."""
        return self._excluded(message, self.own(message))

    def _excluded(self, message: Message, own: bool) -> bool:
        if self._labels and message.labels and self._labels & {label.casefold() for label in message.labels}:
            return True
        if self._ignored_sender(message.sender):
            return True
        if own:
            return False
        if self._ignored_domain(message.sender):
            return True
        if message.auto:  # a fact of the thread that it answers
            return False
        bulk = message.bulk and not self._own_group(message)
        if bulk or message.auto_bulk or people.role(message.sender, self.rules.rep) == "bot":
            return message.in_reply_to not in self.ours and self.ours.isdisjoint(message.references)
        return False

    @cached_property
    def _labels(self) -> frozenset[str]:
        return frozenset(label.casefold() for label in self.rules.ignore_labels)

    def _ignored_sender(self, sender: Address) -> bool:
        """Naming the rep would leave nothing to judge by."""
        named = sender.key in self.rules.ignore_senders or sender.email in self.rules.ignore_senders
        return named and people.role(sender, self.rules.rep) != "rep"

    def _ignored_domain(self, sender: Address) -> bool:
        if not self.rules.ignore_domains:
            return False
        domain = sender.email.rpartition("@")[2]
        return any(domain == d or domain.endswith("." + d) for d in self.rules.ignore_domains)

    def _own_group(self, message: Message) -> bool:
        """List headers of the company's own groups do not count."""
        domains = {people.registrable(d) for d in message.list_domains}
        return bool(domains & self.rules.rep.domains)
