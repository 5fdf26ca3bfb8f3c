"""The tables, in three groups: facts (thrown away and fetched again at will), conclusions (what the last round drew from
them, for the pages and for the next round), decisions (sacred).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Moment(TypeDecorator[datetime]):
    """A time as microseconds since 1970, UTC: it sorts and compares alike in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        return None if value is None else (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(microseconds=int(value))


def ref(key: str) -> str:
    """A card's key as it stands in addresses of pages and on the command line."""
    return sha256(key.encode()).hexdigest()[:12]


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)
_id = BigInteger().with_variant(Integer, "sqlite")

# --------------------------------------------------------------------------------------------------------- facts

source = Table(  # one row per configured source
    "source",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # its place in the configuration
    Column("section", Text, nullable=False),  # mail, calendar, deals
    Column("kind", Text, nullable=False),
    Column("settings", Text, nullable=False),  # digest of what it was configured with: another one begins anew
    Column("cursor", Text),
    Column("status", Text, nullable=False),  # model.SourceStatus
    Column("says", Text, nullable=False, default=""),
    Column("items", Integer, nullable=False, default=0),
    Column("fresh_as_of", Moment),
    Column("failing_since", Moment),
    Column("failures", Integer, nullable=False, default=0),  # in a row
    Column("retry_at", Moment),  # not asked before
    Column("warnings", JSON, nullable=False, default=list),
)

message = Table(
    "message",
    metadata,
    Column("id", _id, primary_key=True, autoincrement=True),
    Column("source", Integer, nullable=False),
    Column("item", Text, nullable=False),  # the source's id
    Column("message_id", Text, nullable=False, index=True),
    Column("sent", Moment, nullable=False, index=True),
    Column("thread", Text, index=True),  # thread.id, once a round has looked
    Column("data", Text, nullable=False),  # model.Message, by codec
    UniqueConstraint("source", "item"),
)
message_link = Table(  # what joins mails: their own ids and those they answer, "hint:" the provider's thread, "uid:" an invitation's event
    "message_link",
    metadata,
    Column("message", _id, ForeignKey("message.id", ondelete="CASCADE"), primary_key=True),
    Column("ref", Text, primary_key=True),
    Index("ix_message_link_ref", "ref"),
)
message_mark = Table(  # whom and what it could be about: address keys, "@domain", "[deal id]", "url:" a link
    "message_mark",
    metadata,
    Column("message", _id, ForeignKey("message.id", ondelete="CASCADE"), primary_key=True),
    Column("mark", Text, primary_key=True),
    Index("ix_message_mark_mark", "mark"),
)
body = Table(  # of mail that a deal claims; dropped after `retention.bodies`, read again when needed
    "body",
    metadata,
    Column("message", _id, ForeignKey("message.id", ondelete="CASCADE"), primary_key=True),
    Column("data", Text, nullable=False),  # model.Body
    Column("read_at", Moment, nullable=False),
)
component = Table(
    "component",
    metadata,
    Column("id", _id, primary_key=True, autoincrement=True),
    Column("source", Integer, nullable=False),
    Column("uid", Text, nullable=False, index=True),
    Column("digest", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
component_mark = Table(  # whom and what it could be about, as of a message
    "component_mark",
    metadata,
    Column("component", _id, ForeignKey("component.id", ondelete="CASCADE"), primary_key=True),
    Column("mark", Text, primary_key=True),
    Index("ix_component_mark_mark", "mark"),
)
occurrence = Table(  # event instances worked out around now: of series two months back and four ahead, of single events all
    "occurrence",
    metadata,
    Column("id", _id, primary_key=True, autoincrement=True),
    Column("uid", Text, nullable=False, index=True),
    Column("key", Text, nullable=False),
    Column("start", Moment, nullable=False, index=True),
    Column("end", Moment, nullable=False),
    Column("data", Text, nullable=False),  # model.Event
)
deal = Table(
    "deal",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source", Integer, nullable=False),
    Column("data", Text, nullable=False),  # model.Deal
)
quarantined = Table(
    "quarantined",
    metadata,
    Column("source", Integer, primary_key=True),  # -1: a series that proved unreadable when it was worked out
    Column("item", Text, primary_key=True),
    Column("why", Text, nullable=False),
    Column("names", JSON, nullable=False, default=list),
    Column("seen_at", Moment, nullable=False),
)
dirty = Table(  # what changed since the last round drew its conclusions; written with the facts, taken out with the conclusions
    "dirty",
    metadata,
    Column("kind", Text, primary_key=True),  # of `key`: link, mark, uid, person, named, thread, deal; or all
    Column("key", Text, primary_key=True),
)

# --------------------------------------------------------------------------------------------------- conclusions

thread = Table(
    "thread",
    metadata,
    Column("id", Text, primary_key=True),  # Message-ID of its first mail
    Column("subject", Text, nullable=False),
    Column("latest", Moment, nullable=False, index=True),
    Column("status", Text, nullable=False, index=True),  # matched, ambiguous, unmatched, excluded
    Column("deal", Text, index=True),
    Column("candidates", JSON, nullable=False),
    Column("by", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("evidence", JSON, nullable=False),
)
thread_deal = Table(  # every deal that a thread is or could be about
    "thread_deal",
    metadata,
    Column("thread", Text, ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True),
    Column("deal", Text, primary_key=True),
    Index("ix_thread_deal_deal", "deal"),
)
meeting = Table(  # every event instance of the listed window with its verdict
    "meeting",
    metadata,
    Column("key", Text, primary_key=True),  # Event.key
    Column("start", Moment, primary_key=True),
    Column("end", Moment, nullable=False, index=True),
    Column("uid", Text, nullable=False, index=True),
    Column("title", Text, nullable=False),  # "(private)" for a private one
    Column("all_day", Boolean, nullable=False),
    Column("deal", Text, index=True),
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("candidates", JSON, nullable=False),
    Column("people", JSON, nullable=False),  # e-mail addresses of who takes part; [] for a private one
    Column("next_uid", Text),
    Column("next_start", Moment),
)
deal_state = Table(  # of the rep's deals and nobody's
    "deal_state",
    metadata,
    Column("deal", Text, primary_key=True),
    Column("rung", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("muted_until", Text),  # ISO date in the rep's zone
    Column("findings", JSON, nullable=False),  # [{"kind", "due" (RFC 3339), "evidence": [{"source", "says"}]}]
    Column("held", Boolean, nullable=False),  # nothing is concluded from absence: a source is not fresh, or an item unreadable
    Column("last_contact", Moment),  # latest human word or meeting, either way
    Column("next_start", Moment),  # of the next booked meeting
    Column("offered", JSON, nullable=False, default=list),  # starts (RFC 3339) that the rep has put to its customers in mail
    Column("wake_at", Moment, index=True),
    Column("thought_at", Moment, nullable=False),
)
notice = Table(
    "notice",
    metadata,
    Column("id", _id, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    Column("deal", Text, index=True),
    Column("says", Text, nullable=False),
)

# ----------------------------------------------------------------------------------------------------- decisions

card = Table(
    "card",
    metadata,
    Column("key", Text, primary_key=True),  # kind:deal:anchor
    Column("ref", Text, nullable=False, unique=True),  # what pages and the terminal call it: `schema.ref(key)`
    Column("kind", Text, nullable=False),
    Column("deal", Text, nullable=False, index=True),
    Column("state", Text, nullable=False, index=True),  # life.State
    Column("due", Moment, nullable=False),
    Column("meeting", Text),
    Column("thread", Text),
    Column("also", JSON, nullable=False),
    Column("evidence", JSON, nullable=False),  # [{"source", "says"}]
    Column("warnings", JSON, nullable=False),
    Column("value", Float, nullable=False, default=0.0),  # amount of the deal
    Column("version", Integer, nullable=False),  # of the draft that is current; every act that changes words raises it
    Column("opened_at", Moment, nullable=False),  # first seen by a round
    Column("shown_at", Moment),  # first seen by the rep
    Column("changed_at", Moment, nullable=False),
    Column("wake_at", Moment),  # snoozed until
    Column("reason", Text, nullable=False, default=""),  # why it was closed, held, or failed, in a sentence
)
draft = Table(
    "draft",
    metadata,
    Column("card", Text, ForeignKey("card.key", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("author", Text, nullable=False),  # rep, or model.Draft.written_by
    Column("data", Text, nullable=False),  # model.Draft
    Column("at", Moment, nullable=False),
)
approval = Table(  # what exactly the rep agreed to
    "approval",
    metadata,
    Column("id", Text, primary_key=True),
    Column("card", Text, ForeignKey("card.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("digest", Text, nullable=False),  # SHA-256 of `raw`, in hex
    Column("raw", LargeBinary, nullable=False),  # the exact message (RFC 5322)
    Column("sender", Text, nullable=False),
    Column("recipients", JSON, nullable=False),  # envelope addresses
    Column("mode", Text, nullable=False),  # send, draft
    Column("at", Moment, nullable=False),
    Column("leave_at", Moment, nullable=False, index=True),
    Column("undone_at", Moment),
)
delivery = Table(  # one per approval; its id is the approval's, and the key that the outbox knows it by
    "delivery",
    metadata,
    Column("id", Text, ForeignKey("approval.id", ondelete="CASCADE"), primary_key=True),
    Column("card", Text, nullable=False, index=True),
    Column("state", Text, nullable=False, index=True),  # due, putting, put, sending, laid, sent, held, refused, undone, withdrawn
    Column("handle", Text),  # ports.Handle, once it was put
    Column("receipt", Text),  # what the outbox calls the sent mail
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_at", Moment, nullable=False, index=True),  # when its owner looks at it again: every state that is not final has one
    Column("says", Text, nullable=False, default=""),
    Column("changed_at", Moment, nullable=False),
)
act = Table(  # the audit trail: digests and ids, no text; the texts are the versions in `draft`
    "act",
    metadata,
    Column("id", _id, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),  # rep, onward, outbox
    Column("act", Text, nullable=False),  # life.Act, or what else was done: answer, silence, lesson, revoke, pause, resume, erase
    Column("card", Text, index=True),
    Column("deal", Text, index=True),
    Column("before", Text, nullable=False, default=""),  # life.State
    Column("after", Text, nullable=False, default=""),
    Column("version_before", Integer),
    Column("version_after", Integer),
    Column("reason", Text, nullable=False, default=""),
    Column("chain", Text, nullable=False),  # SHA-256 over the chain of the row before and this row
)
answer = Table(  # what the rep said a thread, series or person is about
    "answer",
    metadata,
    Column("id", _id, primary_key=True, autoincrement=True),
    Column("deal", Text),  # NULL: about no deal
    Column("thread", Text, nullable=False, default=""),
    Column("series", Text, nullable=False, default=""),
    Column("person", Text, nullable=False, default=""),
    Column("account", Text, nullable=False, default=""),
    Column("at", Moment, nullable=False),
    Column("revoked_at", Moment),
)
silence = Table(  # the do-not-contact list beside that of the settings
    "silence",
    metadata,
    Column("key", Text, primary_key=True),  # address key or "@domain"
    Column("why", Text, nullable=False),
    Column("source", Text, nullable=False),  # message:<id>, or rep
    Column("at", Moment, nullable=False),
    Column("revoked_at", Moment),
)
lesson = Table(  # "not a follow-up": what is not to be asked again
    "lesson",
    metadata,
    Column("id", _id, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),  # of finding
    Column("deal", Text, nullable=False),
    Column("thread", Text, nullable=False, default=""),
    Column("series", Text, nullable=False, default=""),
    Column("why", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("revoked_at", Moment),
)
setting = Table(  # single values: paused_until, the web session's secret, the digest of the rules last judged by
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
lease = Table(  # who works for this rep; one row
    "lease",
    metadata,
    Column("rep", Text, primary_key=True),
    Column("holder", Text, nullable=False),  # host, process and start, for a person to read
    Column("token", Integer, nullable=False),  # grows with every holder: what an old one still wants to write is refused
    Column("seen_at", Moment, nullable=False),
)

CONCLUSIONS = (thread, thread_deal, meeting, deal_state, notice)
