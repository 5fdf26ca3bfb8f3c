"""Addresses, domains and roles."""

from __future__ import annotations

import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.facts.people import address, addresses, clean, cutype_bot, free_mail, looks_like, machine, registrable, role
from agent.model import Address, Rep, WorkingTime


def who(email: str, name: str = "") -> Address:
    found = address(email, name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Pat@Acme.Example", "pat@acme.example"),
        ("pat+crm@acme.example", "pat@acme.example"),
        ("p.a.t@googlemail.com", "pat@gmail.com"),
        ("p.at+x@gmail.com", "pat@gmail.com"),
        ("p.at@acme.example", "p.at@acme.example"),
        ("pat@bücher.example", "pat@xn--bcher-kva.example"),
        ("pat@xn--bcher-kva.example", "pat@xn--bcher-kva.example"),
        ("pat@acme.example.", "pat@acme.example"),
        ("+tag@acme.example", "+tag@acme.example"),
    ],
)
def test_addresses_are_compared_by_a_folded_key(written: str, key: str) -> None:
    assert who(written).key == key


def test_an_address_is_written_to_as_it_stands_but_for_case() -> None:
    assert who("Pat+CRM@Acme.example").email == "pat+crm@acme.example"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "pat",
        "@acme.example",
        "pat@",
        "pat@@acme.example",
        "p at@acme.example",
        "pat@ac me.example",
        "pat\x00@acme.example",
        "pat@acme.example\nBcc: x@y.example",
        "pat\u200b@acme.example",
        "a" * 400 + "@b.c",
    ],
)
def test_what_is_no_address_is_none(text: str) -> None:
    assert address(text) is None


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("Pat Lee <pat@acme.example>", [("pat@acme.example", "Pat Lee")]),
        ('"Lee, Pat" <pat@acme.example>, bob@x.example', [("pat@acme.example", "Lee, Pat"), ("bob@x.example", "")]),
        ("Lee, Pat <pat@acme.example>", [("pat@acme.example", "Lee, Pat")]),
        ("pat@acme.example (Pat Lee)", [("pat@acme.example", "Pat Lee")]),
        ("Team: a@x.example, B <b@x.example>;", [("a@x.example", ""), ("b@x.example", "B")]),
        ("undisclosed-recipients:;", []),
        ("=?utf-8?q?J=C3=B6rg_M?= <j@x.example>", [("j@x.example", "Jörg M")]),
        ("=?utf-8?b?SsO2?= =?utf-8?b?cmc=?= <j@x.example>", [("j@x.example", "Jörg")]),
        ("'Pat' <'pat@x.example'>", [("pat@x.example", "Pat")]),
        ("a@x.example; b@x.example", [("a@x.example", ""), ("b@x.example", "")]),
        ("Pat <pat@x.example", [("pat@x.example", "Pat")]),
        ('Pat "the" Lee <pat@x.example>', [("pat@x.example", "Pat the Lee")]),
        ('"john doe"@x.example', [('"john doe"@x.example', "")]),
        ("<@a.example,@b.example:pat@x.example>", [("pat@x.example", "")]),
        ("mailto:pat@x.example", [("pat@x.example", "")]),
        ('"', []),
        ("(c):", []),
        ("", []),
    ],
)
def test_an_address_header_is_read_tolerantly(header: str, found: list[tuple[str, str]]) -> None:
    assert [(one.email, one.name) for one in addresses(header)] == found


@pytest.mark.parametrize("name", ['"pat@acme.example"', "pat@acme.example", "=?utf-8?q?pat=40acme.example?="])
def test_before_an_angle_bracket_stands_a_name_even_if_it_looks_like_an_address(name: str) -> None:
    assert [(one.email, one.name) for one in addresses(f"{name} <evil@x.example>")] == [("evil@x.example", "pat@acme.example")]


def test_an_encoded_word_is_no_address() -> None:
    assert addresses("=?utf-8?q?pat=40acme.example?=") == ()


def test_names_lose_what_a_reader_cannot_see() -> None:
    assert who("p@x.example", "Pat\u202e\u200b\x00\r\n Lee").name == "Pat Lee"
    assert addresses("=?utf-8?q?Pat=0ABcc:_x?= <p@x.example>")[0].name == "Pat Bcc: x"


@pytest.mark.parametrize(
    "hostile",
    [
        "(" * 60_000,
        '"\\' * 30_000,
        "a@b.example," * 5_000,
        "<" * 60_000,
        "<" + "@," * 30_000,
        '"' * 60_001,
        "a(" * 30_000,
        "=?utf-8?q?a?= " * 4_000 + "<a@b.example>",
        ":" * 60_000,
        "\\" * 60_000,
    ],
)
def test_a_hostile_header_costs_less_than_a_second(hostile: str) -> None:
    began = time.process_time()
    addresses(hostile)
    assert time.process_time() - began < 1


@given(st.text(max_size=200))
def test_any_text_can_stand_in_an_address_header(text: str) -> None:
    for one in addresses(text):
        assert address(one.email) is not None
        assert "\n" not in one.email + one.name


@given(st.text(max_size=100))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean(text).isprintable() or not clean(text).isascii()


@pytest.mark.parametrize(
    ("domain", "own"),
    [
        ("eu.acme.co.uk", "acme.co.uk"),
        ("acme.example", "acme.example"),
        ("x.team.github.io", "team.github.io"),
        ("mail.bücher.example", "xn--bcher-kva.example"),
        ("co.uk", "co.uk"),
        ("", ""),
        ("LOCALHOST", "localhost"),
    ],
)
def test_a_domain_is_compared_by_its_registrable_part(domain: str, own: str) -> None:
    assert registrable(domain) == own


def test_providers_identify_no_company() -> None:
    for domain in "gmail.com yahoo.co.jp hotmail.fr outlook.com t-online.de orange.fr comcast.net qq.com ziggo.nl proton.me gmx.net icloud.com".split():  # noqa: E501 - one case, one line
        assert free_mail(domain), domain
    assert not free_mail("acme.example")
    assert not free_mail("yahoo-consulting.example")


@pytest.mark.parametrize(
    "email",
    [
        "noreply@x.example",
        "no-reply@x.example",
        "sales-noreply@x.example",
        "DoNotReply@x.example",
        "mailer-daemon@x.example",
        "postmaster@x.example",
        "notifications@x.example",
        "bounce-1=a@x.example",
        "fred@fireflies.ai",
        "bot@eu.otter.ai",
        "c_18@resource.calendar.google.com",
        "calendar-notification@google.com",
    ],
)
def test_senders_that_nobody_reads_are_bots(email: str) -> None:
    assert machine(who(email))


@pytest.mark.parametrize(
    "email", ["pat@x.example", "info@x.example", "sales@x.example", "support@x.example", "norep@x.example", "robot.miller@x.example"]
)
def test_people_and_shared_mailboxes_are_no_bots(email: str) -> None:
    assert not machine(who(email))


def test_a_bot_is_a_bot_before_anything_else() -> None:
    rep = Rep(
        "Dana",
        who("dana@northwind.example"),
        (who("d.reyes@other.example"),),
        WorkingTime(ZoneInfo("UTC")),
        domains=frozenset({"northwind.example"}),
    )
    said = {
        email: role(who(email), rep)
        for email in (
            "dana+x@northwind.example",
            "d.reyes@other.example",
            "lee@eu.northwind.example",
            "noreply@northwind.example",
            "x@other.example",
        )
    }
    assert list(said.values()) == ["rep", "rep", "colleague", "bot", "outsider"]


def test_rooms_and_resources_are_bots() -> None:
    assert cutype_bot("ROOM")
    assert cutype_bot("resource")
    assert not cutype_bot("INDIVIDUAL")


NELL = who("nell@cedarpointmarina.example", "Nell Ash")


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("nell@cedarpoint-marina.example", ""),
        ("nell@cedarpointmarina.com", ""),
        ("nell@cedarpointrnarina.example", ""),
        ("nell@cedarpoinmtarina.example", ""),
        ("nell@cedarp\u043eintmarina.example", ""),
        ("x@gmail.com", "Nell Ash"),
        ("x@gmail.com", "Ash, Nell"),
        ("x@other.example", "nell@cedarpointmarina.example"),
    ],
)
def test_a_look_alike_is_noticed(email: str, name: str) -> None:
    assert looks_like(who(email, name), [NELL]) == NELL


def test_the_customer_herself_her_colleagues_and_strangers_are_no_look_alikes() -> None:
    for one in (NELL, who("bob@cedarpointmarina.example", "Bob"), who("x@zebra.example", "Zoe Zebra"), who("nell@gmail.com", "Nell")):
        assert looks_like(one, [NELL]) is None
