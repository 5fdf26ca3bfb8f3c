"""The nouns. Frozen, made of the standard library alone; addresses and times are normalised before they get here.

All datetimes are aware. Where a field says UTC it is in UTC; `Message.sent` keeps the sender's offset, because the
dates in a text are resolved in the sender's zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

# ---------------------------------------------------------------------------------------------------------- facts


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox. `email` is lower-case with an A-label domain, fit to be written to; `key` is what addresses are
    compared by: sub-address folded, dots of gmail folded, googlemail.com = gmail.com. Build with `facts.people.address`.
    """

    email: str
    key: str
    name: str = ""

    @property
    def domain(self) -> str:
        return self.key.rpartition("@")[2]


AutoKind = Literal["auto_reply", "report"]
Authentication = Literal["passed", "failed", "unverified"]


@dataclass(frozen=True, slots=True)
class Message:
    """The headers of one mail (RFC 5322), with what of its body belongs to the envelope: invitations and reports."""

    id: str  # opaque to all but the source that made it
    message_id: str  # with angle brackets; made of the content where the header is missing
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    bcc: tuple[Address, ...]
    subject: str  # decoded, without control, bidi and zero-width characters or line breaks
    sent: datetime  # with the sender's offset; UTC where that is unknown
    zone_known: bool = True  # False: `sent` has no offset of the sender's (missing, "-0000", or taken from Received)
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    reply_to: tuple[Address, ...] = ()  # shown, never adopted
    list_domains: tuple[str, ...] = ()  # where List-Id and List-Unsubscribe point; () if there are none
    bulk: bool = False  # List-Id, List-Unsubscribe or Precedence bulk/list
    auto: AutoKind | None = None  # RFC 3834, X-Autoreply, Precedence auto_reply, known subject prefix; or RFC 3464
    auto_bulk: bool = False  # Auto-Submitted: auto-generated without being an answer
    authentication: tuple[tuple[str, str], ...] = ()  # (authserv-id, results) of each Authentication-Results, top first
    received: datetime | None = None  # topmost Received, UTC
    thread_hint: str = ""  # the provider's thread id
    labels: tuple[str, ...] = ()
    calendars: tuple[tuple[str, bytes], ...] = ()  # (METHOD, text/calendar as bytes) of each iTIP part
    failed: tuple[Address, ...] = ()  # RFC 3464: recipients whose delivery failed for good
    returned_id: str = ""  # Message-ID in the returned part of a report

    @property
    def recipients(self) -> tuple[Address, ...]:
        return self.to + self.cc + self.bcc

    @property
    def at(self) -> datetime:
        return self.sent


@dataclass(frozen=True, slots=True)
class Body:
    """What a person newly wrote in one mail, and what was set apart from it."""

    id: str  # Message.id
    text: str  # visible, newly written: quotes, signature and disclaimer cut; line breaks kept
    forwarded: str = ""  # a forwarded block: shown to the rep, no word of the sender
    signature: str = ""
    quoted: str = ""
    hidden: bool = False  # held text that a reader would not see (dropped from `text`)
    attachments: tuple[str, ...] = ()  # names of attached files (not inline images, not calendar parts)
    links: tuple[str, ...] = ()  # targets of links in the newly written part


@dataclass(frozen=True, slots=True)
class Guest:
    """An ATTENDEE. `kind` is CUTYPE in lower case, `status` PARTSTAT in lower case (missing: needs-action)."""

    address: Address
    status: str = "needs-action"
    kind: str = "individual"
    role: str = "req-participant"


@dataclass(frozen=True, slots=True)
class Event:
    """One event instance (RFC 5545), times in UTC."""

    uid: str
    start: datetime
    end: datetime
    title: str
    organizer: Address | None = None
    guests: tuple[Guest, ...] = ()
    instance: str = ""  # RECURRENCE-ID of a recurring event's instance as RFC 3339 UTC ("2026-03-05T15:00:00Z"), else ""
    all_day: bool = False  # runs from midnight to midnight of the rep
    cancelled: bool = False
    private: bool = False
    free: bool = False
    sequence: int = 0
    stamp: datetime | None = None  # DTSTAMP
    modified: datetime | None = None  # LAST-MODIFIED
    recurring: bool = False
    location: str = ""
    shared: bool = False  # from a calendar marked `shared: true`
    source: str = "calendar"  # or "mail": an invitation that no calendar holds
    earlier: tuple[datetime, ...] = ()  # other start times this instance was seen at before (a smaller SEQUENCE)

    @property
    def participants(self) -> tuple[Address, ...]:
        """Organiser and guests, each once."""
        seen: dict[str, Address] = {}
        for who in ((self.organizer,) if self.organizer else ()) + tuple(g.address for g in self.guests):
            seen.setdefault(who.key, who)
        return tuple(seen.values())

    @property
    def key(self) -> str:
        return f"{self.uid}/{self.instance}" if self.instance else self.uid


@dataclass(frozen=True, slots=True)
class Contact:
    """A person of a deal in the CRM; `addresses` has the main one first."""

    name: str
    addresses: tuple[Address, ...]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Deal:
    id: str
    name: str
    stage: str  # as written; `Playbook.stage` resolves aliases
    account: str = ""
    domains: tuple[str, ...] = ()  # registrable, free-mail domains taken out
    contacts: tuple[Contact, ...] = ()
    owner: str = ""  # key of the owner's address, or the name in lower case where the CRM has no address; "" for nobody's
    status: Literal["open", "won", "lost"] = "open"
    amount: float | None = None
    currency: str = ""
    opened: date | None = None
    stage_since: date | None = None
    close_date: date | None = None
    next_step: str = ""
    criteria: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    url: str = ""
    stage_history: tuple[tuple[str, date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An item that cannot be read as what it claims to be. `names` are the address keys its raw text mentions."""

    source: str  # the section: mail, calendar, deals
    item: str  # file name, UID or deal id (with its line)
    why: str
    names: frozenset[str] = frozenset()


SourceStatus = Literal["ok", "stale", "failed", "suspect"]


@dataclass(frozen=True, slots=True)
class SourceState:
    section: str
    kind: str
    status: SourceStatus
    items: int = 0
    quarantined: int = 0
    fresh_as_of: datetime | None = None
    says: str = ""  # what is wrong and what to do


# ---------------------------------------------------------------------------------------------------------- rules


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """The rep's working days and hours; `holidays` are dates that do not work. 1 January never does."""

    zone: ZoneInfo
    days: frozenset[int] = frozenset({0, 1, 2, 3, 4})  # Monday is 0
    opens: time = time(9)
    closes: time = time(17, 30)
    holidays: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rep:
    name: str
    address: Address
    aliases: tuple[Address, ...]
    working: WorkingTime
    signature: str = ""
    domains: frozenset[str] = frozenset()  # the company's, registrable
    keys: frozenset[str] = field(init=False, repr=False, compare=False)  # what the rep's own addresses are compared by

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", frozenset(a.key for a in (self.address, *self.aliases)))


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the playbook; `place` orders them. Periods: `quiet_after` in business days, `max_days` in days."""

    name: str
    place: float
    aliases: tuple[str, ...] = ()
    quiet_after: int = 4
    max_days: int = 30
    max_touches: int | None = None
    trigger: str = ""
    steps: Mapping[str, Step] = field(default_factory=dict)  # by language
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """The next micro-conversion of a stage: one request and a smaller one, each a question in one language."""

    ask: str
    backup: str
    meeting: bool = True  # the ask is for a meeting (the draft then names two times)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the rep said of a thread (a Message-ID), a series (a UID) or a person at an account. `deal` None: no deal."""

    deal: str | None
    thread: str = ""
    series: str = ""
    person: str = ""  # address key
    account: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that is set and not seen: the rep, the playbook, the settings of every finding kind."""

    rep: Rep
    stages: tuple[Stage, ...]
    off: frozenset[str] = frozenset()  # kinds switched off
    grace: timedelta = timedelta(hours=3)
    look_back: timedelta = timedelta(days=14)
    reply_after: int = 1  # business days
    agreed_after: timedelta = timedelta(hours=1)
    fell_through_after: timedelta = timedelta(hours=2)
    their_promise_after: int = 1  # business days
    quiet_after: int | None = None  # business days; None: the stage's
    max_days: int | None = None  # None: the stage's
    touch_after: int = 30  # days
    park_touches: int = 7
    park_after: int = 90  # days
    cards_a_day: int = 10
    do_not_contact: frozenset[str] = frozenset()  # address keys, or "@domain"
    lifted: Mapping[str, datetime] = field(default_factory=dict)  # as these, and since when: a request in an older mail counts no more
    ignore_senders: frozenset[str] = frozenset()
    ignore_domains: frozenset[str] = frozenset()
    ignore_titles: tuple[str, ...] = ()
    ignore_labels: frozenset[str] = frozenset()
    authserv_id: str = ""  # of the mailboxes' servers, separated by spaces
    answers: tuple[Answer, ...] = ()
    muted_threads: frozenset[str] = frozenset()  # nothing is found of them; by the Message-ID of one of their mails
    bcc: str = ""  # "crm+{id}@northwind.example"
    deal_url: str = ""  # "https://crm.example/deals/{id}"


# ---------------------------------------------------------------------------------------------------- conclusions


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence and where it comes from: `event:UID`, `message:<id>`, `deal:ID.field`, `source:calendar`."""

    source: str
    says: str


Verdict = str  # the words of the table in the documentation: "flagged", "booked", "ignored:private", …
Rung = Literal["booked", "proposed", "dated", "undated", "nothing"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind found on one deal. `anchor` makes the card's key stable; `due` is when it became true."""

    kind: str
    anchor: str
    due: datetime
    evidence: tuple[Evidence, ...]
    meeting: Event | None = None
    thread: str = ""  # id of the thread it is about
    message: Message | None = None  # the mail it is about
    matter: str = ""  # what was promised or asked, in the words of the mail
    when: datetime | None = None  # the agreed, promised or deferred time
    tone: Literal["", "no", "maybe"] = ""  # of a customer's answer that refuses or doubts


# --------------------------------------------------------------------------------------------------------- drafts


@dataclass(frozen=True, slots=True)
class Slot:
    start: datetime  # UTC
    end: datetime


@dataclass(frozen=True, slots=True)
class Brief:
    """All that a drafter may know: one deal, no address, no header. Times come as finished sentences' parts."""

    kind: str
    language: str
    stage: str
    deal: str  # the team's own name for it: to understand, never to write
    account: str
    greeting: tuple[str, ...]  # first names that are sure; () for a neutral greeting
    signature: str
    ask: str  # the primary request, a question
    backup: str  # the smaller one
    meeting: bool  # the ask is for a meeting
    times: tuple[str, ...] = ()  # "Thursday 12 March, 15:00 (CET) / 09:00 your time", in the draft's language
    title: str = ""  # of the meeting it is about
    met_on: str = ""  # weekday and date of that meeting, in the draft's language
    matter: str = ""  # what was promised or asked
    said: str = ""  # what they said, in short, in the words of their mail
    tone: Literal["", "no", "maybe"] = ""
    attached: bool = False
    criteria: tuple[str, ...] = ()
    promised_by: str = ""  # a day, in the draft's language
    topic: str = ""  # what the thread or our meeting is called; the deal's own name is the team's and never written
    full_names: tuple[str, ...] = ()  # first and last name of everybody greeted, () where one is not known
    answer: Literal["", "delivery", "time"] = ""  # of an owed reply: they asked to be sent `matter`, or when we are free
    theirs: bool = False  # it was the customers who called the meeting off, declined or missed it


@dataclass(frozen=True, slots=True)
class Text:
    """What a drafter wrote: the body with greeting and signature, and its two requests."""

    body: str
    ask: str
    backup: str
    written_by: str
    subject: str = ""  # for a new thread


@dataclass(frozen=True, slots=True)
class Invitation:
    """To a meeting whose time is agreed; it leaves with the mail. `written` is how the text names the time: without those words
    in it, the mail invites nobody. `moves` is when the meeting was to be that this one is, by the invitation before."""

    uid: str
    start: datetime
    end: datetime
    title: str
    written: str
    sequence: int = 0
    moves: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    body: str
    language: str
    times: tuple[Slot, ...]
    ask: str
    backup: str
    written_by: str
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    left_out: tuple[tuple[Address, str], ...] = ()  # not in copy, and why
    thread: str = ""  # id of the thread that it answers, "" for a new one
    todo: tuple[str, ...] = ()  # what the rep must add or do before sending; not part of the mail
    invitation: Invitation | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """One outgoing mail, byte for byte. `key` is that of the approval: an outbox knows the mail by it for ever."""

    key: str
    raw: bytes  # RFC 5322, CRLF, without Bcc
    message_id: str
    sender: str  # envelope
    recipients: tuple[str, ...]  # envelope
    thread_hint: str = ""  # the provider's id of the thread that it answers, in this same mailbox
    digest: str = ""  # SHA-256 of `raw` in hex, as it was approved


@dataclass(frozen=True, slots=True)
class Card:
    key: str
    kind: str
    deal: str
    due: datetime
    also: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    meeting: str | None = None
    thread: str | None = None
    draft: Draft | None = None
    warnings: tuple[str, ...] = ()
    waiting: bool = False  # beyond today's number of new cards


@dataclass(frozen=True, slots=True)
class Notice:
    kind: Literal["bounced", "do_not_contact", "source", "no_recipient"]
    deal: str | None
    says: str
