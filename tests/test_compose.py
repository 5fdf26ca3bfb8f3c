"""What leaves is what the draft says, byte for byte, whatever hostile names, subjects and texts hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.draft import compose
from agent.errors import Rejected
from agent.facts import people
from agent.model import Address, Draft, Mail, Rep, WorkingTime
from tests.needs import often

AT = datetime(2026, 3, 5, 20, 0, 7, 123, tzinfo=UTC)
MIME = ["Content-Type", "Content-Transfer-Encoding", "MIME-Version"]


def to(email: str, name: str = "") -> Address:
    return Address(email, email, name)


def rep(name: str = "Dana Reyes", email: str = "dana@northwind.example") -> Rep:
    return Rep(name, to(email), (), WorkingTime(ZoneInfo("America/New_York")))


def draft(**changes: Any) -> Draft:
    given_ = {"to": (to("pat@acme.example", "Pat Lee"),), "cc": (), "subject": "Re: Acme demo", "body": "Hello Pat,\n\nfine?\n\nDana"}
    given_ |= {"language": "en", "times": (), "ask": "", "backup": "", "written_by": "template"} | changes
    return Draft(**given_)


def made(at: datetime = AT, key: str = "a-1", **changes: Any) -> Mail:
    return compose.mail(draft(**changes), rep(), key, at)


def headers(raw: bytes) -> list[tuple[str, str]]:
    """Read by hand, as a mail server would: one header a line, continued by white space."""
    head = re.sub(rb"\r\n(?=[ \t])", b"", raw.partition(b"\r\n\r\n")[0])
    return [(name.decode(), value.decode()) for name, _, value in (line.partition(b": ") for line in head.split(b"\r\n"))]


def test_a_mail_has_exactly_these_headers() -> None:
    mail = made(in_reply_to="<b@acme.example>", references=("<a@acme.example>",), cc=(to("ben@acme.example"),))
    found = dict(headers(mail.raw))
    assert list(found)[:9] == ["From", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "X-Onward-Key"]
    assert sorted(list(found)[9:]) == sorted(MIME)
    assert found["From"] == "Dana Reyes <dana@northwind.example>"
    assert found["To"] == "Pat Lee <pat@acme.example>"
    assert found["Cc"] == "ben@acme.example"
    assert found["References"] == "<a@acme.example> <b@acme.example>"
    assert found["X-Onward-Key"] == mail.key == "a-1"


def test_spaces_in_the_name_of_the_rep_do_no_harm() -> None:
    mail = compose.mail(draft(), rep("  Dana   Reyes "), "a-1", AT)
    assert dict(headers(mail.raw))["From"] == "Dana Reyes <dana@northwind.example>"


def test_a_new_thread_has_no_threading_headers() -> None:
    assert {"In-Reply-To", "References", "Cc", "Bcc"}.isdisjoint(dict(headers(made().raw)))


def test_the_date_is_the_moment_it_leaves_in_the_zone_of_the_rep() -> None:
    written = dict(headers(made().raw))["Date"]
    assert written == "Thu, 05 Mar 2026 15:00:07 -0500"
    assert parsedate_to_datetime(written) == AT.replace(microsecond=0)


def test_the_same_arguments_give_the_same_bytes_and_another_key_another_id() -> None:
    one, same, other = made(), made(), made(key="a-2")
    assert one == same
    assert one.message_id != other.message_id
    assert re.fullmatch(r"<[0-9a-f]{32}@northwind\.example>", one.message_id)
    assert dict(headers(one.raw))["Message-ID"] == one.message_id


def test_the_digest_is_that_of_the_bytes_and_changes_with_each_word() -> None:
    mails = [made(), made(body="Hello"), made(subject="Re: Other"), made(to=(to("pat@acme.example"),)), made(in_reply_to="<x@y.example>")]
    assert all(mail.digest == sha256(mail.raw).hexdigest() for mail in mails)
    assert len({mail.digest for mail in mails}) == len(mails)


def test_the_envelope_names_each_recipient_once_and_the_rep_as_sender() -> None:
    both = (to("pat@acme.example"), to("ben@acme.example"))
    mail = made(to=both, cc=both[:1])
    assert (mail.sender, mail.recipients) == ("dana@northwind.example", ("pat@acme.example", "ben@acme.example"))


@pytest.mark.parametrize(
    "body",
    ["Grüße aus Köln", "x" * 5000, "wort " * 900, ".", ".\n..\n.x", "From me\nFrom you", "a\n\n\nb", "tab\there", "=41=3D",
        "日本語 " * 100, "👩‍💻 fine", "שלום", "end "],
)  # fmt: skip
def test_a_text_arrives_as_it_was_written(body: str) -> None:
    read = message_from_bytes(made(body=body).raw, policy=policy.default)
    assert read.get_content().replace("\r\n", "\n") == body + "\n"


@pytest.mark.parametrize("subject", ["Größe", "日本語の件名", "x" * 2000, "Wörter und mehr " * 100 + "Ende", "a " * 500 + "b",
    "a, b; c <d@e.example>", "", "Re: [JIRA] \\\"x\\\" (y)"])  # fmt: skip
def test_a_subject_arrives_as_it_was_written(subject: str) -> None:
    mail = made(subject=subject)
    assert str(message_from_bytes(mail.raw, policy=policy.default)["Subject"]) == subject
    assert max(map(len, mail.raw.split(b"\r\n"))) <= 998
    assert all(len(word) <= 75 for word in re.findall(rb"=\?[^ ?]*\?[bq]\?[^ ?]*\?=", mail.raw))  # RFC 2047, 2


@pytest.mark.parametrize("name", ["Lee, Pat", 'José "Pepe" Núñez', "Müller, Jürgen", "李小龍", "Åsa " * 30 + "B", "a@b.example",
    "<x@evil.example>", "O'Brien; x", "Pat (CEO)", "=?utf-8?q?x?=", "Smith, Évé <c@evil.example>", ","])  # fmt: skip
def test_a_name_is_never_read_as_an_address(name: str) -> None:
    mail = made(to=(to("pat@acme.example", name), to("ben@acme.example", "Ben")))
    read = message_from_bytes(mail.raw, policy=policy.default)
    assert [a.addr_spec for a in read["To"].addresses] == ["pat@acme.example", "ben@acme.example"]
    assert [email for _, email in getaddresses([dict(headers(mail.raw))["To"]])] == ["pat@acme.example", "ben@acme.example"]


def test_long_ids_stay_whole() -> None:
    """No encoded word in what threads a mail: no reader decodes it there."""
    long = f"<{'A' * 120}@EUR05.prod.outlook.example>"
    found = dict(headers(made(in_reply_to=long, references=(long[:-1] + "x>", long)).raw))
    assert found["In-Reply-To"] == long
    assert found["References"] == f"{long[:-1]}x> {long}"


def test_an_id_that_no_server_takes_is_left_out_and_the_mail_made() -> None:
    found = dict(headers(made(in_reply_to="<a b@c.example>", references=("no brackets", "<ü@c.example>", "<ok@c.example>")).raw))
    assert "In-Reply-To" not in found
    assert found["References"] == "<ok@c.example>"


def test_of_many_references_the_root_and_the_last_are_kept() -> None:
    names = tuple(f"<{n}@x.example>" for n in range(200))
    kept = dict(headers(made(in_reply_to=names[-1], references=names).raw))["References"].split(" ")
    assert (kept[0], kept[-1], len(kept)) == (names[0], names[-1], 50)


CONTROLS = ["\r", "\n", "\r\n", "\0", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\ud800"]


@pytest.mark.parametrize("char", CONTROLS)
@pytest.mark.parametrize("where", ["subject", "name", "own name", "in_reply_to", "references"])
def test_control_characters_are_refused_with_a_sentence(char: str, where: str) -> None:
    hostile = f"a{char}Bcc: eve@evil.example"
    changes: dict[str, Any] = {
        "subject": {"subject": hostile},
        "name": {"to": (to("pat@acme.example", hostile),)},
        "own name": {},
        "in_reply_to": {"in_reply_to": f"<{hostile}>"},
        "references": {"references": (f"<{hostile}>",)},
    }[where]
    with pytest.raises(Rejected, match=r"^[A-Z].*\.$"):
        compose.mail(draft(**changes), rep(hostile) if where == "own name" else rep(), "a-1", AT)


@pytest.mark.parametrize("char", ["\r", "\0", "\x1b", "\u2028", "\ud800", "\x85"])
def test_control_characters_in_a_text_are_refused(char: str) -> None:
    with pytest.raises(Rejected, match="The text holds"):
        made(body=f"Hello{char}you")


@pytest.mark.parametrize(
    "email",
    ["", "pat", "@acme.example", "pat@", "pat@acme", "müller@acme.example", "pat@ácme.example", "a b@acme.example",
        "a..b@acme.example", ".a@acme.example", "a.@acme.example",
     "pat@acme.example,eve@evil.example", "pat@acme.example\r\nBcc: eve@evil.example", "<pat@acme.example>",
     '"a b"@acme.example', "pat@-acme.example", "pat@acme..example",
     "x" * 65 + "@acme.example", "x@" + "y." * 130 + "example", "pat@[127.0.0.1]", "pat@127.0.0.1", "a(b)@acme.example",
     "pat%evil.example@acme.example\0", "pat@acme.example\n"],
)  # fmt: skip
@pytest.mark.parametrize("place", ["to", "cc", "from"])
def test_what_is_no_address_is_refused(email: str, place: str) -> None:
    sender, people_ = (email, {}) if place == "from" else (rep().address.email, {place: (to(email),)})
    with pytest.raises(Rejected, match=r"\.$"):
        compose.mail(draft(**people_), rep(email=sender), "a-1", AT)


@pytest.mark.parametrize("changes", [{"to": ()}, {"body": " \n"}, {"subject": "a  b"}, {"subject": " a"},
    {"subject": "x" * 2001}, {"body": "x" * 100_001}, {"to": (to("a@b.example"),) * 101}])  # fmt: skip
def test_what_makes_no_mail_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Rejected):
        made(**changes)


@pytest.mark.parametrize("key", ["", "a b", "a\r\nBcc: x@y.example", "ü", "x" * 201])
def test_a_key_is_a_word(key: str) -> None:
    with pytest.raises(Rejected):
        made(key=key)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"subject": "Hello\r\nBcc: eve@evil.example"}, "a-1"),
        ({"subject": "Hello\n Bcc: eve@evil.example"}, "a-1"),
        ({"to": (to("pat@acme.example", "Pat\r\nBcc: eve@evil.example"),)}, "a-1"),
        ({"to": (to("pat@acme.example, eve@evil.example"),)}, "a-1"),
        ({"to": (to("pat@acme.example>\r\nBcc: <eve@evil.example"),)}, "a-1"),
        ({"cc": (to("eve@evil.example\n"),)}, "a-1"),
        ({"body": "one\rtwo"}, "a-1"),
        ({}, "a\r\nBcc: eve@evil.example"),
        ({}, "a\r\n\r\nAnother text"),
    ],
)
def test_the_finished_mail_is_proved_also_where_a_check_were_missing(
    changes: dict[str, Any], key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compose, "_check", lambda *_: None)
    with pytest.raises(Rejected, match="cannot be written"):
        made(key=key, **changes)


# ------------------------------------------------------------------------------------------------------------ law

_NASTY = ["\r\nBcc: eve@evil.example", "\n", "\r", "\0", "\u202e", "\ud800", "=?utf-8?q?=0D=0ABcc=3A_eve=40evil.example?=",
    "=?utf-8?b?", "?=", '"', "\\", ",", ";", ":", "<eve@evil.example>",
          "(", ")", "@", " ", "\t", "é", "李", "👩‍💻", "=?", "\u2028", "\x85", "..", "From ", "undisclosed-recipients:;",
          "x" * 90, "ü" * 40]  # fmt: skip
HOSTILE = st.lists(st.sampled_from(_NASTY) | st.text(max_size=8), max_size=8).map("".join)
NAMES = HOSTILE | st.text(max_size=40)
EMAILS = st.sampled_from(["pat@acme.example", "ben.o'x+y@sub.acme.example", "a" * 64 + "@" + "b" * 60 + ".example"]) | HOSTILE.map(
    lambda x: x + "@acme.example"
)
PEOPLE = st.lists(st.builds(to, EMAILS, NAMES), max_size=4).map(tuple)
IDS = st.builds("<{}@acme.example>".format, HOSTILE | st.text("abc$%.-", min_size=1, max_size=120))


def tame(who: Sequence[Address]) -> tuple[Address, ...]:
    """As the readers of mail and calendars hand them on."""
    return tuple(
        found for each in who if (found := people.address(each.email, each.name)) and re.fullmatch(r"[a-z'+.]+@[a-z.]+", found.email)
    )


def accepted(words: Draft, sender: Rep) -> Mail | None:
    with suppress(Rejected):
        return compose.mail(words, sender, "k", AT)
    return None


@pytest.mark.timeout(often(120, 20_000))
@settings(max_examples=often(150, 100_000), deadline=None)
@given(PEOPLE, PEOPLE, HOSTILE, HOSTILE, NAMES, st.none() | IDS, st.lists(IDS, max_size=3).map(tuple), st.booleans())
def test_no_value_adds_a_header_or_a_recipient(
    first: tuple[Address, ...],
    copies: tuple[Address, ...],
    subject: str,
    body: str,
    own: str,
    answers: str | None,
    refs: tuple[str, ...],
    cleaned: bool,
) -> None:
    """It is refused, or the message holds exactly what was meant."""
    if cleaned:
        first, copies, subject, body = (
            tame(first),
            tame(copies),
            compose.one_line(people.clean(subject)),
            compose.normal(people.clean(body)),
        )
        own, answers, refs = "Dana", None, ()
    words = draft(to=first, cc=copies, subject=subject, body=body, in_reply_to=answers, references=refs)
    mail = accepted(words, rep(own))
    if mail is None:
        return
    found = headers(mail.raw)
    optional = {"Cc": copies, "In-Reply-To": answers, "References": refs}
    most = ["From", "To", "Subject", "Date", "Message-ID", compose.KEY, *MIME, *(name for name, value in optional.items() if value)]
    assert set(most) - {"In-Reply-To", "References"} <= {name for name, _ in found} <= set(most) | {"References"}
    assert len({name.lower() for name, _ in found}) == len(found)
    read = message_from_bytes(mail.raw, policy=policy.default)
    assert [a.addr_spec for a in read["To"].addresses] == [who.email for who in first]
    assert [a.addr_spec for a in (read["Cc"].addresses if read["Cc"] else ())] == [who.email for who in copies]
    assert set(mail.recipients) == {who.email for who in (*first, *copies)}
    assert str(read["Subject"]) == subject
    assert read.get_content().replace("\r\n", "\n").rstrip("\n") == body.rstrip("\n")
    assert "evil.example" not in " ".join(mail.recipients)
    assert not read.defects


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=60),
    st.text(st.characters(exclude_categories=["C"]), max_size=300), st.text(st.characters(exclude_categories=["Cc", "Cs",
        "Zl", "Zp"]) | st.sampled_from("\n\t"), min_size=1))  # fmt: skip
def test_honest_mail_in_any_script_is_never_refused(name: str, subject: str, body: str) -> None:
    """Any name, subject and text without control characters; an encoded word spelled out is none of them."""
    who = people.address("pat@acme.example", name.replace("=?", ""))
    assert who is not None
    text, title = compose.normal(body), compose.one_line(subject.replace("=?", ""))
    if text:
        assert made(to=(who,), subject=title, body=text).recipients == ("pat@acme.example",)
