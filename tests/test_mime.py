"""Mail as bytes to headers, envelope and text."""

from __future__ import annotations

import base64
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.facts.mime import Unreadable, authentication, body, headers
from agent.model import Message

BASE = {
    "From": "Pat Lee <pat@acme.example>",
    "To": "Dana Reyes <dana@northwind.example>",
    "Date": "Thu, 05 Mar 2026 10:00:00 -0500",
    "Message-ID": "<m1@acme.example>",
    "Subject": "Prices",
}


def mail(text: str = "Hello\n", **fields: str | None) -> bytes:
    """A mail of the usual headers; `In_Reply_To="…"` sets one, None leaves it out."""
    given = {**BASE, **{name.replace("_", "-"): value for name, value in fields.items()}}
    head = "".join(f"{name}: {value}\n" for name, value in given.items() if value is not None)
    return f"{head}\n{text}".encode()


def read(text: str = "Hello\n", **fields: str | None) -> Message:
    return headers(mail(text, **fields), "x")


def multipart(*parts: str, kind: str = "mixed") -> bytes:
    inner = "".join(f"--b0\n{part}\n" for part in parts)
    return mail(f"{inner}--b0--\n", Content_Type=f'multipart/{kind}; boundary="b0"')


# ------------------------------------------------------------------------------------------------------ who says so


@pytest.mark.parametrize(
    "sender",
    [None, "", "Pat Lee", "a@x.example, b@x.example", "a@x.example <>", "<a@x.example> <b@x.example>", "=?utf-8?q?pat=40x.example?="],
)
def test_a_mail_without_one_usable_sender_is_unreadable(sender: str | None) -> None:
    with pytest.raises(Unreadable, match="From"):
        read(From=sender)


def test_two_from_headers_are_no_sender() -> None:
    with pytest.raises(Unreadable, match="more than one From"):
        headers(b"From: pat@acme.example\n" + mail(), "x")


def test_what_stands_before_the_bracket_is_a_name() -> None:
    sender = read(From='"dana@northwind.example" <evil@x.example>').sender
    assert (sender.email, sender.name) == ("evil@x.example", "dana@northwind.example")


# ------------------------------------------------------------------------------------------------------------- time


def test_the_time_keeps_the_offset_of_the_sender() -> None:
    assert read().sent.isoformat() == "2026-03-05T10:00:00-05:00"
    assert read().zone_known


@pytest.mark.parametrize(
    ("date", "utc", "known"),
    [
        ("Thu, 5 Mar 2026 10:00:00 -0000", "2026-03-05T10:00:00+00:00", False),
        ("5 Mar 2026 10:00 +0100 (CET)", "2026-03-05T09:00:00+00:00", True),
        ("Thu, 05 Mar 2026 10:00:00 GMT", "2026-03-05T10:00:00+00:00", True),
        ("Thu, 05 Mar 2026 10:00:00 EST", "2026-03-05T15:00:00+00:00", True),
        ("Thu, 05 Mar 26 10:00:00 +0000", "2026-03-05T10:00:00+00:00", True),
        ("2026-03-05T10:00:00+01:00", "2026-03-05T09:00:00+00:00", True),
        ("Thu Mar  5 10:00:00 2026", "2026-03-05T10:00:00+00:00", False),
    ],
)
def test_dates_are_read_as_they_are_written(date: str, utc: str, known: bool) -> None:
    message = read(Date=date)
    assert (message.sent.astimezone(UTC).isoformat(), message.zone_known) == (utc, known)


@pytest.mark.parametrize(
    "date", [None, "yesterday", "Thu, 45 Mar 2026 10:00:00 +0000", "Thu, 01 Jan 1970 00:00:00 +0000", "Fri, 06 Mar 2026 15:00:02 +0000"]
)
def test_a_date_missing_unreadable_or_a_day_off_gives_way_to_the_topmost_received(date: str | None) -> None:
    message = read(Date=date, Received="from a by b; Thu, 05 Mar 2026 16:00:01 +0100")
    assert message.sent == datetime(2026, 3, 5, 15, 0, 1, tzinfo=UTC)
    assert not message.zone_known


def test_a_date_exactly_a_day_off_is_kept() -> None:
    message = read(Received="from a by b; Fri, 06 Mar 2026 15:00:00 +0000")
    assert message.sent + timedelta(days=1) == message.received


def test_without_date_and_received_it_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="date"):
        read(Date="soon")


# --------------------------------------------------------------------------------------------------- header reading


@pytest.mark.parametrize(
    ("written", "subject"),
    [
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?b?R3LDvA==?=\n =?utf-8?b?w59l?=", "Grüße"),
        ("=?utf-8?b?R3LD?= =?utf-8?b?vMOfZQ==?=", "Grüße"),
        ("=?iso-8859-1?q?Gr=FC=DFe?= an Pat", "Grüße an Pat"),
        ("Grüße", "Grüße"),
        ("=?made-up?q?caf=C3=A9?=", "café"),
        ("=?utf-8?q?broken", "=?utf-8?q?broken"),
        ("one\n\ttwo", "one two"),
        ("Re: =?utf-8?q?a=0D=0ABcc:_x@y.example?=", "Re: a Bcc: x@y.example"),
        ("safe\u202egnp.exe\u200b", "safegnp.exe"),
    ],
)
def test_subjects_are_decoded_and_cleaned(written: str, subject: str) -> None:
    assert read(Subject=written).subject == subject


def test_raw_latin_1_is_guessed() -> None:
    assert headers(mail().replace(b"Prices", b"Gr\xfc\xdfe"), "x").subject == "Grüße"


@pytest.mark.parametrize(
    "raw",
    [mail().replace(b"\n", b"\r\n"), b"From pat@acme.example Thu Mar  5 10:00:00 2026\n" + mail(), b"\xef\xbb\xbf" + mail(), mail()[:-7]],
)
def test_line_ends_mbox_separator_byte_order_mark_and_a_missing_body_change_nothing(raw: bytes) -> None:
    assert headers(raw, "x") == read()


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("<[x@y]>", "<[x@y]>"),
        ("x@y.example", "<x@y.example>"),
        (" <x@y.example> (added by a relay)", "<x@y.example>"),
        ("<x y@z.example>", "<xy@z.example>"),
        ("<no-at-sign>", "<no-at-sign>"),
        ("<X@Y.example>", "<X@Y.example>"),
        ("<x@y.example", "<x@y.example>"),
    ],
)
def test_broken_message_ids_survive(written: str, read_as: str) -> None:
    assert read(Message_ID=written).message_id == read_as


def test_ids_are_the_same_in_all_three_headers() -> None:
    message = read(In_Reply_To='"Re: x" <[a@y]>', References="<[a@y]>\n <b@y>  <c@y>")
    assert (message.in_reply_to, message.references) == ("<[a@y]>", ("<[a@y]>", "<b@y>", "<c@y>"))


def test_without_message_id_the_content_makes_one_that_no_transport_changes() -> None:
    here = read(Message_ID=None, Received="from a by b; Thu, 05 Mar 2026 15:00:01 +0000")
    there = read(Message_ID="", Received="from c by d; Thu, 05 Mar 2026 15:00:09 +0000", X_Folder="Archive")
    assert here.message_id == there.message_id != read("Bye\n", Message_ID=None).message_id
    assert here.message_id.endswith("@content.invalid>")


def test_recipients_of_all_kinds_are_read() -> None:
    message = read(To="a@x.example,\n b@x.example", Cc="C <c@x.example>", Bcc="d@x.example", Reply_To="e@x.example")
    assert [one.email[0] for one in (*message.recipients, *message.reply_to)] == list("abcde")


def test_labels_and_the_providers_thread_are_read() -> None:
    message = read(X_Gmail_Labels="Inbox,=?utf-8?q?Gr=C3=BC=C3=9Fe?=", X_GM_THRID="1712")
    assert (message.labels, message.thread_hint) == (("Inbox", "Grüße"), "1712")


# ------------------------------------------------------------------------------------------------- bulk and machine


@pytest.mark.parametrize("name", ["List_Id", "List_Unsubscribe"])
def test_list_headers_make_bulk_and_name_their_domains(name: str) -> None:
    message = read(**{name: "News <mailto:leave@lists.acme.example>" if name == "List_Unsubscribe" else "News <news.lists.acme.example>"})
    assert (message.bulk, message.list_domains) == (True, ("acme.example",))


@pytest.mark.parametrize("value", ["bulk", "List", "junk"])
def test_precedence_makes_bulk(value: str) -> None:
    assert read(Precedence=value).bulk


@pytest.mark.parametrize(
    "fields",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-replied (vacation)"},
        {"Auto_Submitted": "auto-generated", "In_Reply_To": "<a@b>"},
        {"X_Autoreply": "yes"},
        {"X_Autorespond": "Prices"},
        {"Precedence": "auto_reply"},
        {"Subject": "Automatic reply: Prices"},
        {"Subject": "Abwesenheitsnotiz: Preise"},
        {"Subject": "Réponse automatique : Prix"},
        {"Subject": "Automatisch antwoord: Prijzen"},
        {"Subject": "Respuesta automática: Precios"},
        {"Subject": "自動応答: Prices"},
        {"Content_Type": 'multipart/report; report-type=disposition-notification; boundary="b"'},
    ],
)
def test_automatic_replies_are_known(fields: dict[str, str]) -> None:
    assert read(**fields).auto == "auto_reply"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"Auto_Submitted": "no"},
        {"X_Auto_Response_Suppress": "All"},
        {"Subject": "Re: Automatic reply: Prices"},
        {"Subject": "Automatic reply templates for your team"},
        {"Subject": "Out of office space in Leeds"},
        {"Precedence": "normal"},
    ],
)
def test_people_are_not_taken_for_machines(fields: dict[str, str]) -> None:
    message = read(**fields)
    assert (message.auto, message.auto_bulk, message.bulk) == (None, False, False)


def test_generated_mail_that_answers_nothing_is_bulk_of_a_machine() -> None:
    message = read(Auto_Submitted="auto-generated")
    assert (message.auto, message.auto_bulk) == (None, True)


# ------------------------------------------------------------------------------------------------------ the envelope

CALENDAR = "BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:m1\nEND:VEVENT\nEND:VCALENDAR\n"


@pytest.mark.parametrize(
    "part",
    [
        f"Content-Type: text/calendar; method=REQUEST; charset=utf-8\n\n{CALENDAR}",
        f"Content-Type: text/calendar\n\n{CALENDAR}",
        f'Content-Type: Application/ICS; name="invite.ics"\nContent-Disposition: attachment\n\n{CALENDAR}',
        f"Content-Type: text/calendar; method=request\nContent-Transfer-Encoding: base64\n\n{base64.encodebytes(CALENDAR.encode()).decode()}",  # noqa: E501 - one case, one line
        f"Content-Type: multipart/alternative; boundary=b1\n\n--b1\nContent-Type: TEXT/CALENDAR; METHOD=REQUEST\n\n{CALENDAR}\n--b1--",
    ],
)
def test_an_invitation_is_found_wherever_it_lies(part: str) -> None:
    found = headers(multipart("Content-Type: text/plain\n\nHi", part), "x").calendars
    assert [(method, data.decode().strip()) for method, data in found] == [("REQUEST", CALENDAR.strip())]


def test_a_mail_that_is_a_calendar_is_an_invitation() -> None:
    assert read(CALENDAR, Content_Type="text/calendar; method=CANCEL").calendars[0][0] == "CANCEL"


@pytest.mark.parametrize(
    "part",
    [
        f"Content-Type: message/rfc822\n\nFrom: a@b.example\nContent-Type: text/calendar; method=REQUEST\n\n{CALENDAR}",
        f"Content-Type: application/ics\n\n{CALENDAR.replace('METHOD:REQUEST', 'X-NO:METHOD')}",
    ],
)
def test_a_forwarded_invitation_and_a_calendar_without_method_are_none(part: str) -> None:
    assert headers(multipart("Content-Type: text/plain\n\nHi", part), "x").calendars == ()


def dsn(action: str = "failed", status: str = "5.1.1") -> Message:
    raw = multipart(
        "Content-Type: text/plain\n\nCould not be delivered.",
        f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; omar@acme.example\nAction: {action}\nStatus: {status}\n",  # noqa: E501 - one case, one line
        "Content-Type: text/rfc822-headers\n\nFrom: dana@northwind.example\nMessage-ID: <o1@northwind.example>\n",
        kind="report; report-type=delivery-status",
    )
    return headers(raw, "x")


def test_a_delivery_report_names_who_failed_and_the_mail_that_did() -> None:
    message = dsn()
    assert (message.auto, [one.email for one in message.failed], message.returned_id) == (
        "report",
        ["omar@acme.example"],
        "<o1@northwind.example>",
    )


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.7"), ("failed", "4.4.7"), ("delivered", "2.0.0"), ("relayed", "5.0.0")])
def test_only_what_failed_for_good_is_dead(action: str, status: str) -> None:
    assert (dsn(action, status).auto, dsn(action, status).failed) == ("report", ())


def test_a_report_in_prose_is_read_too() -> None:
    text = "Hi. This is the mail program.\n\n<omar@acme.example>:\n550 5.1.1 user unknown\n\n--- Below is a copy.\n\nMessage-ID: <o1@northwind.example>\n\nHello\n"  # noqa: E501 - one case, one line
    message = read(text, From="MAILER-DAEMON@northwind.example", Return_Path="<>", Subject="failure notice")
    assert (message.auto, [one.email for one in message.failed], message.returned_id) == (
        "report",
        ["omar@acme.example"],
        "<o1@northwind.example>",
    )


# --------------------------------------------------------------------------------------------------- authentication

OURS = frozenset({"northwind.example"})


def verdict(*values: str, authserv_id: str = "") -> str:
    raw = "".join(f"Authentication-Results: {value}\n" for value in values).encode() + mail()
    return authentication(headers(raw, "x"), OURS, authserv_id)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("mx.northwind.example; dmarc=fail header.from=acme.example", "failed"),
        ("mx.northwind.example 1; dmarc=pass header.from=acme.example", "passed"),
        ("northwind.example; spf=pass smtp.mailfrom=acme.example; dmarc=fail", "failed"),
        ("mx.northwind.example; spf=fail smtp.mailfrom=acme.example; dkim=none", "failed"),
        ("mx.northwind.example; spf=fail smtp.mailfrom=acme.example; dkim=pass header.d=acme.example", "passed"),
        ("mx.northwind.example; spf=pass smtp.mailfrom=bounce@mail.acme.example", "passed"),
        ("mx.northwind.example; spf=pass smtp.mailfrom=x.example; dkim=pass header.d=x.example", "failed"),
        ("mx.northwind.example; spf=softfail smtp.mailfrom=acme.example; dkim=none", "unverified"),
        ("mx.northwind.example; spf=temperror; dkim=fail header.d=acme.example", "unverified"),
        ("mx.northwind.example; none", "unverified"),
        ("mx.northwind.example; dmarc=none", "unverified"),
        ("mx.northwind.example (comment; dmarc=fail); dmarc=pass", "passed"),
        ("mx.northwind.example; (dmarc=fail) spf=none", "unverified"),
        ("mx.evil.example; dmarc=fail", "unverified"),
        ("dmarc=fail; spf=fail", "unverified"),
    ],
)
def test_the_receiving_server_says_whether_a_sender_is_who_he_says(value: str, expected: str) -> None:
    assert verdict(value) == expected


def test_only_the_topmost_results_of_our_server_count() -> None:
    assert verdict("mx.evil.example; dmarc=pass", "mx.northwind.example; dmarc=fail", "mx.northwind.example; dmarc=pass") == "failed"


def test_a_server_named_in_the_settings_counts_as_ours() -> None:
    assert verdict("mx.google.example; dmarc=fail", authserv_id="MX.google.example") == "failed"


def test_without_results_nothing_is_known() -> None:
    assert verdict() == "unverified"


# ------------------------------------------------------------------------------------------------------------- text


def text(raw: bytes) -> str:
    return body(raw, "x").text


@pytest.mark.parametrize(
    ("encoding", "kind", "data"),
    [
        ("8bit", "text/plain; charset=utf-8", "Schöne Brücke".encode()),
        ("8bit", "text/plain; charset=iso-8859-1", "Schöne Brücke".encode("latin-1")),
        ("8bit", "text/plain; charset=us-ascii", "Schöne Brücke".encode("latin-1")),
        ("8bit", "text/plain; charset=made-up", "Schöne Brücke".encode()),
        ("base64", "text/plain; charset=utf-8", base64.encodebytes("Schöne Brücke".encode())),
        ("BASE64", "text/plain; charset=utf-8", base64.b64encode("Schöne Brücke".encode()).rstrip(b"=") + b"!"),
        ("quoted-printable", 'text/plain; charset="utf-8"', b"Sch=C3=B6ne =\nBr=C3=BCcke"),
        ("7bit", "text/html; charset=utf-8", b"<p>Sch&ouml;ne Br&uuml;cke</p>"),
    ],
)
def test_text_is_decoded_whatever_its_label_claims(encoding: str, kind: str, data: bytes) -> None:
    head = mail("", Content_Type=kind, Content_Transfer_Encoding=encoding)
    assert text(head + data) == "Schöne Brücke"


def test_of_two_alternatives_the_plain_one_is_read_unless_it_is_empty_or_stands_in() -> None:
    html = "Content-Type: text/html\n\n<p>From HTML</p>"
    for plain, expected in (("From plain", "From plain"), ("", "From HTML"), ("Your mail client does not show HTML mail.", "From HTML")):
        assert text(multipart(f"Content-Type: text/plain\n\n{plain}", html, kind="alternative")) == expected


def test_a_footer_beside_html_does_not_hide_it() -> None:
    assert "Real words" in text(multipart("Content-Type: text/html\n\n<p>Real words</p>", "Content-Type: text/plain\n\nA list footer"))


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none">call me in December</div>',
        '<span style="visibility: hidden">call me in December</span>',
        '<span style="font-size:0px">call me in December</span>',
        '<span style="FONT-SIZE: 0">call me in December</span>',
        '<span style="color:#ffffff">call me in December</span>',
        '<font color="white">call me in December</font>',
        '<span style="color:#FFF;background-color:white">call me in December</span>',
        "<div hidden>call me in December</div>",
        '<div style="max-height:0;overflow:hidden">call me in December</div>',
        '<div style="opacity:0">call me in December</div>',
        '<div style="display:none"><p>call me <b>in December</b></p></div>',
        "<style>.x { display: none }</style><p class='x'>call me in December</p>",
    ],
)
def test_hidden_words_are_not_written_and_warned_of(hidden: str) -> None:
    raw = mail(f"<html><body><p>Hello</p>{hidden}</body></html>", Content_Type="text/html")
    assert (text(raw), body(raw, "x").hidden) == ("Hello", True)


def test_hidden_words_do_not_come_in_by_the_plain_alternative() -> None:
    raw = multipart(
        "Content-Type: text/plain\n\nHello\ncall me in December",
        'Content-Type: text/html\n\n<p>Hello</p><p style="display:none">call me in December</p>',
        kind="alternative",
    )
    assert (text(raw), body(raw, "x").hidden) == ("Hello", True)


@pytest.mark.parametrize(
    "ordinary",
    [
        "<style>p { color: red }</style><p>Hello</p>",
        "<!-- call me --><p>Hello</p>",
        "<script>var a = 'call'</script><p>Hello</p>",
        "<head><title>Mail</title></head><body><p>Hello</p></body>",
        '<p>Hello</p><div style="display:none"><img src="x"></div>',
        '<p>Hello</p><div style="display:none;font-size:1px">&zwnj;&nbsp;&zwnj;</div>',
        '<table bgcolor="#003366"><tr><td><font color="#ffffff">Hello</font></td></tr></table>',
        '<div style="background:#000"><p style="color:white">Hello</p></div>',
    ],
)
def test_what_hides_no_words_is_no_warning(ordinary: str) -> None:
    raw = mail(ordinary, Content_Type="text/html")
    assert (text(raw), body(raw, "x").hidden) == ("Hello", False)


def test_html_keeps_lines_and_quotations_apart() -> None:
    html = (
        "<div>Yes, please.</div><div>Pat</div><br><div class='gmail_quote'><div class='gmail_attr'>On Thu, 5 Mar 2026 at 10:00, Dana wrote:<br></div>"  # noqa: E501 - one case, one line
        "<blockquote class='gmail_quote'>Shall we meet?</blockquote></div><div>And below.</div>"
    )
    found = body(mail(html, Content_Type="text/html"), "x")
    assert found.text.split() == "Yes, please. And below.".split()
    assert "Shall we meet?" in found.quoted


@pytest.mark.parametrize(
    "quote",
    [
        "<div id='appendonsend'></div><hr><div id='divRplyFwdMsg'><b>From:</b> Dana</div><div>Shall we meet?</div>",
        "<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'><p><b>From:</b> Dana<br><b>Sent:</b> x</p></div><p>Shall we meet?</p>",  # noqa: E501 - one case, one line
        "<blockquote type='cite'><div>On 5 Mar 2026, Dana wrote:</div><div>Shall we meet?</div></blockquote>",
        "<div class='yahoo_quoted'><div>On Thursday Dana wrote:</div><div>Shall we meet?</div></div>",
        "<div class='moz-cite-prefix'>Am 05.03.26 um 10:00 schrieb Dana:<br></div><blockquote type='cite'>Shall we meet?</blockquote>",
    ],
)
def test_quotations_of_mail_programs_are_known_by_their_markup(quote: str) -> None:
    found = body(mail(f"<p>Yes, please.</p>{quote}", Content_Type="text/html"), "x")
    assert found.text == "Yes, please."
    assert "Shall we meet?" in found.quoted


def test_links_of_the_newly_written_part_are_kept() -> None:
    html = "<p>Pick a <a href='https://cal.example/dana'>time</a></p><blockquote type='cite'><a href='https://old.example'>old</a></blockquote>"
    assert body(mail(html, Content_Type="text/html"), "x").links == ("https://cal.example/dana",)
    assert body(mail("Pick a time: https://cal.example/dana.\n\n> https://old.example\n"), "x").links == ("https://cal.example/dana",)


def test_attachments_are_named_and_inline_images_are_none() -> None:
    raw = multipart(
        "Content-Type: text/plain\n\nHere it is.",
        "Content-Type: application/pdf; name=quote.pdf\nContent-Disposition: attachment; filename*=utf-8''Angebot%20%C3%BC.pdf\n\nx",
        "Content-Type: image/png; name=logo.png\nContent-Disposition: inline\nContent-ID: <logo>\n\nx",
        "Content-Type: text/plain\nContent-Disposition: attachment; filename=notes.txt\n\nnot said",
    )
    found = body(raw, "x")
    assert (found.attachments, found.text) == (("Angebot ü.pdf", "notes.txt"), "Here it is.")


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Bryn Howell has invited you to: Saws\nWednesday 18 March 2026, 10:00 - 11:00 (GMT)\n", ""),
        (
            "Pat has accepted this invitation.\n\nInvitation from Google Calendar: https://calendar.google.com\nYou are receiving this email\n",  # noqa: E501 - one case, one line
            "",
        ),
        (
            "When: Thursday, March 5, 2026 10:00 AM-11:00 AM (UTC)\nWhere: Teams\n\n*~*~*~*~*~*~*~*~*~*\n\nPlease bring the prices.\n",
            "Please bring the prices.",
        ),
        ("Sorry, I cannot make it. Would Friday work?\n", "Sorry, I cannot make it. Would Friday work?"),
        ("Could you send more details?\nShall we use Microsoft Teams?\n", "Could you send more details?\nShall we use Microsoft Teams?"),
        (
            f"See you.\n\n{'_' * 40}\nMicrosoft Teams meeting\nJoin on your computer or app\nClick here to join the meeting\nMeeting ID: 1 2\n{'_' * 40}\n",  # noqa: E501 - one case, one line
            "See you.",
        ),
        (
            "Dana is inviting you to a scheduled Zoom meeting.\n\nTopic: Saws\nTime: Mar 5, 2026 10:00 AM\n\nJoin Zoom Meeting\nhttps://zoom.us/j/1\n\nMeeting ID: 1\n",  # noqa: E501 - one case, one line
            "",
        ),
    ],
)
def test_of_calendar_mail_only_what_a_person_added_is_text(words: str, kept: str) -> None:
    raw = multipart(
        f"Content-Type: text/plain\n\n{words}", f"Content-Type: text/calendar; method=REQUEST\n\n{CALENDAR}", kind="alternative"
    )
    assert text(raw) == kept


# ----------------------------------------------------------------------------------------------------------- limits


def nested(levels: int) -> bytes:
    head = "".join(f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}\n' for level in range(levels))
    return mail(Content_Type=None).split(b"\n\n")[0] + b"\n" + head.encode() + b"\nend"


BOMBS = {
    "1,000 nested multiparts": nested(1000),
    "1,000 nested messages": mail("Content-Type: message/rfc822\n\n" * 1000, Content_Type="message/rfc822"),
    "2,000 parentheses in To": mail(To="(" * 2000),
    "100,000 empty parts": mail("--b\n\n" * 100_000, Content_Type="multipart/mixed; boundary=b"),
    "40,000 addresses": mail(To=",\n ".join(["a@b.example"] * 40_000)),
    "4,000 addresses": mail(To=",".join(["a@b.example"] * 4_000)),
    "16,000 encoded words": mail(Subject="\n ".join(["=?utf-8?q?a?="] * 16_000)),
    "4,000 encoded words": mail(Subject=" ".join(["=?utf-8?q?a?="] * 4_000)),
    "16,000 parameters": mail(Content_Type="text/plain" + "; a=b" * 16_000),
    "9,000 parameters": mail(Content_Type="multipart/mixed" + '; a="\\"' * 9_000),
    "a nameless parameter": mail(Content_Type="text/plain; name*"),
    "an Exchange id": mail(Message_ID="<[x@y]>"),
    "a comment for an address": mail(To="(c):"),
    "a lone quote": mail(To='"'),
    "a From with an encoded line break": mail(From="=?utf-8?q?a=0Ab?= <a@b.example>"),
    "a header of a megabyte": mail(Subject="a" * 2**20),
    "a header line of 200 kB": mail(Subject="a" * 200_000),
    "300 kB of headers": mail(**{f"X_{number}": "a" * 1000 for number in range(300)}),
    "a boundary that begins another": mail("--a\n--aa\n" * 20_000, Content_Type="multipart/mixed; boundary=a"),
    "100,000 lines of t": mail("t\n" * 100_000),
    "100,000 nested divs": mail("<div>" * 100_000, Content_Type="text/html"),
    "a tag of 20,000 attributes": mail("<p " + " ".join(f"a{number}=1" for number in range(20_000)) + ">x", Content_Type="text/html"),
    "30,000 ruby texts": mail("<rt>" * 30_000, Content_Type="text/html"),
    "100,000 hidden spans": mail("<span style='display:none'>a" * 50_000, Content_Type="text/html"),
    "a page of unclosed anchors": mail("<a href='http://x' " * 20_000, Content_Type="text/html"),
    "200 kB of On": mail("On Thu, 5 Mar 2026 at 10:00\n" * 8_000),
    "200 kB of dashes": mail("--\n" * 70_000),
    "200 kB in one line": mail("On " * 70_000),
    "a line of quotes": mail("> " * 100_000),
    "200 kB of From:": mail("From: a@b.example\n" * 12_000),
    "bad base64": mail("=" * 100_000 + "a", Content_Transfer_Encoding="base64"),
    "utf-16 without end": mail("a", Content_Type="text/plain; charset=utf-16"),
    "punycode": mail("a-" * 50_000, Content_Type="text/plain; charset=punycode"),
    "a flood of results": mail(Authentication_Results="(" * 60_000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_a_message_or_a_reason_within_a_second(name: str) -> None:
    for reader in (headers, body):
        began = time.process_time()
        try:
            reader(BOMBS[name], "x")
        except Unreadable:
            continue
        assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "name",
    [
        "1,000 nested multiparts",
        "1,000 nested messages",
        "100,000 empty parts",
        "40,000 addresses",
        "4,000 addresses",
        "a header of a megabyte",
        "a header line of 200 kB",
        "300 kB of headers",
    ],
)
def test_what_exceeds_the_limits_is_unreadable(name: str) -> None:
    with pytest.raises(Unreadable):
        headers(BOMBS[name], "x")


def test_the_limits_themselves_are_allowed() -> None:
    assert len(read(To=",".join(f"a{n}@b.example" for n in range(500))).to) == 500
    assert text(mail("--b\n\nx\n" * 499 + "--b--", Content_Type="multipart/mixed; boundary=b")).count("x") == 499
    assert headers(nested(29), "x").sender.email == "pat@acme.example"


def test_a_mail_larger_than_25_megabytes_is_unreadable() -> None:
    raw = mail() + b"a" * (25 * 2**20)
    for reader in (headers, body):
        with pytest.raises(Unreadable, match="25 MB"):
            reader(raw, "x")


@settings(max_examples=200, deadline=1000)
@given(st.binary(max_size=2000))
def test_any_bytes_are_a_message_or_unreadable(raw: bytes) -> None:
    for reader in (headers, body):
        try:
            reader(raw, "x")
        except Unreadable:
            continue


@settings(max_examples=200, deadline=1000)
@given(
    st.sampled_from([*BASE, "Cc", "References", "Content-Type", "Received", "Authentication-Results", "List-Id"]),
    st.text(max_size=200),
    st.binary(max_size=300),
)
def test_any_value_of_any_header_is_a_message_or_unreadable(name: str, value: str, rest: bytes) -> None:
    raw = mail(**{name: value}) + rest
    for reader in (headers, body):
        try:
            found = reader(raw, "x")
        except Unreadable:
            continue
        assert found.id == "x"


def test_a_forwarded_mail_in_html_is_no_word_of_the_sender() -> None:
    html = (
        "<div>FYI</div><div class='gmail_quote'><div class='gmail_attr'>---------- Forwarded message ---------<br>From: Bob<br></div>"
        "<div>We want it cheaper.</div></div>"
    )
    found = body(mail(html, Content_Type="text/html", Subject="Fwd: Prices"), "x")
    assert (found.text, found.quoted) == ("FYI", "")
    assert "cheaper" in found.forwarded
