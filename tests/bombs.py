"""Small inputs that cost a careless reader seconds, gigabytes or its stack; each generated, each with what must come of it.

`python -m tests.bombs SECTION` scans each of a section beside a sound neighbour, a line of JSON for each.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from time import process_time

NOW = datetime.fromisoformat("2026-03-05T15:00:00-05:00")
PLAIN = "From: Pat Lee <pat@acme.example>\nTo: dana@northwind.example\nSubject: Scales\nDate: Wed, 4 Mar 2026 10:00:00 -0500\n"
FOUND = "Content-Type: text/plain; charset=utf-8\n"
OK, BAD, FAILED = "ok", "quarantined", "failed"  # several joined: any of them
MIB = 2**20


def mail(headers: str = "", text: str = "Could you send the price list?\n", plain: str = PLAIN) -> bytes:
    return f"{plain}Message-ID: <bomb@acme.example>\n{headers}\n{text}".encode("utf-8", "surrogateescape")


def html(text: str) -> bytes:
    return mail("Content-Type: text/html; charset=utf-8\n", text)


def without(name: str) -> str:
    return "".join(line + "\n" for line in PLAIN.splitlines() if not line.startswith(name + ":"))


def nested(depth: int) -> bytes:
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth))
    return mail().partition(b"\n\n")[0] + b"\n" + head.encode() + b"Content-Type: text/plain\n\nHello?\n"


def carried(depth: int) -> bytes:
    return mail().partition(b"\n\n")[0] + b"\n" + b"Content-Type: message/rfc822\n\n" * depth + b"Subject: x\n\nHello?\n"


def many(parts: int, size: int = 0, kind: str = "mixed") -> bytes:
    part = "--b\nContent-Type: text/plain\n\n" + "x" * size + "\n"
    return mail(f"Content-Type: multipart/{kind}; boundary=b\n", part * parts + "--b--\n")


def attached(encoding: str, content: str, kind: str = "text/plain") -> bytes:
    return mail(f"Content-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n", content)


def mails() -> Iterator[tuple[str, bytes, str]]:  # noqa: PLR0915 - a table
    """Name, bytes, outcome."""
    yield "1,000 nested multiparts", nested(1000), BAD
    yield "31 nested multiparts", nested(31), BAD
    yield "29 nested multiparts", nested(29), OK
    yield "1,000 nested messages", carried(1000), BAD
    yield "100,000 empty parts", many(100_000), BAD
    yield "501 parts", many(501), BAD
    yield "600 parts beyond the first 256 kB", many(600, 1000), BAD
    yield "40 levels beyond the first 256 kB", _deep_below(40), BAD
    yield "450 parts", many(450), OK
    yield "450 alternatives", many(450, kind="alternative"), OK
    yield "a boundary that is in every line", mail("Content-Type: multipart/mixed; boundary=-\n", "---\n" * 400_000), BAD
    yield "a boundary that only begins lines", mail("Content-Type: multipart/mixed; boundary=b\n", "--bx\n" * 400_000), OK
    yield "a boundary of 60,000 characters", mail("Content-Type: multipart/mixed; boundary=" + "b" * 60_000 + "\n", "--b\n" * 1000), OK
    yield "no boundary", mail("Content-Type: multipart/mixed\n", "--\n" * 1000), OK
    yield "2,000 ( in To", mail("Cc: " + "(" * 2000 + "\n"), OK
    yield "60,000 ( in From", mail(plain=without("From") + "From: " + "(" * 60_000 + "pat@acme.example\n"), BAD
    yield "60,000 quotes in Cc", mail("Cc: " + '"' * 60_000 + "\n"), OK
    yield "60,000 backslashes in Cc", mail("Cc: " + "\\" * 60_000 + "\n"), OK
    yield "60,000 angle brackets in Cc", mail("Cc: " + "<" * 30_000 + ">" * 30_000 + "\n"), OK
    yield "60,000 commas in Cc", mail("Cc: " + "," * 60_000 + "\n"), OK
    yield "60,000 at signs in Cc", mail("Cc: " + "@" * 60_000 + "\n"), OK
    yield "30,000 colons and semicolons in Cc", mail("Cc: " + "a:;" * 20_000 + "\n"), OK
    yield "40,000 addresses", mail("".join("Cc: " + ", ".join(f"a{n}{i}@x.example" for i in range(2000)) + "\n" for n in range(6))), BAD
    yield "501 addresses", mail("Cc: " + ", ".join(f"a{i}@x.example" for i in range(501)) + "\n"), BAD
    yield "499 addresses", mail("Cc: " + ", ".join(f"a{i}@x.example" for i in range(499)) + "\n"), OK
    yield "3,500 encoded words", mail(plain=without("Subject") + "Subject: " + "\n ".join(["=?utf-8?q?a?="] * 3500) + "\n"), OK
    yield "encoded words without end", mail(plain=without("Subject") + "Subject: " + "=?utf-8?q?" * 6000 + "\n"), OK
    yield "an encoded word of 60,000", mail(plain=without("Subject") + "Subject: =?utf-8?b?" + "QUFB" * 15_000 + "?=\n"), OK
    yield "encoded words in utf-7", mail(plain=without("Subject") + "Subject: =?utf-7?q?+ADw-script+AD4-?=\n"), OK
    yield (
        "encoded words of codecs that unpack",
        mail(plain=without("Subject") + "Subject: =?zlib?b?eJw=?= =?bz2?q?x?= =?rot13?q?x?= =?idna?q?xn--a?=\n"),
        OK,
    )
    yield "a header of 65 kB", mail("X-Long: " + "x" * 66_000 + "\n"), BAD
    yield "headers of 300 kB", mail("".join(f"X-{n}: {'x' * 1000}\n" for n in range(300))), BAD
    yield "100,000 header lines", mail("X: 1\n" * 50_000), OK
    yield "60,000 folded lines", mail("X-Fold: a\n" + " \n" * 30_000), OK
    yield "16,000 parameters", mail("Content-Type: text/plain" + "; a=b" * 12_000 + "\n"), OK
    yield "4,000 continued parameters", mail("Content-Type: text/plain; " + "; ".join(f"name*{n}*=%41" for n in range(4000)) + "\n"), OK
    yield "a parameter without end", mail('Content-Type: text/plain; name="' + "\\" * 60_000 + "\n"), OK
    yield "10,000 references", mail("References: " + " ".join(f"<{n}@x>" for n in range(6000)) + "\n"), OK
    yield "references without end", mail("References: " + "<" * 60_000 + "\n"), OK
    yield "itself as its reference", mail("References: <bomb@acme.example>\nIn-Reply-To: <bomb@acme.example>\n"), OK
    yield "authentication of 60,000 (", mail("Authentication-Results: mx.northwind.example; " + "(" * 60_000 + "\n"), OK
    yield "authentication of 60,000 spaces", mail("Authentication-Results: mx.northwind.example; spf" + " " * 60_000 + "=\n"), OK
    yield "a date of 60,000 characters", mail(plain=without("Date") + "Date: " + "Mon, " * 12_000 + "\n"), BAD
    yield "a date of digits", mail(plain=without("Date") + "Date: " + "9" * 60_000 + "\n"), BAD
    yield "a date in the year 99999", mail(plain=without("Date") + "Date: Mon, 1 Jan 99999 00:00:00 +0000\n"), BAD
    yield "an offset of 99 hours", mail(plain=without("Date") + "Date: Wed, 4 Mar 2026 10:00:00 +9999\n"), OK + BAD
    yield "day 0", mail(plain=without("Date") + "Date: 0 Mar 2026 10:00:00 +0000\n"), BAD
    yield "exchange's bracketed id", mail().replace(b"<bomb@acme.example>", b"<[bomb@acme.example]>"), OK
    yield "an id of nothing", mail().replace(b"<bomb@acme.example>", b"<>"), OK
    yield "nothing but zero bytes", b"\0" * 100_000, BAD
    yield "zero bytes in text", mail(text="Could\0 you\0 send it?\n" * 1000), OK
    yield "zero bytes in headers", mail(plain=PLAIN.replace("Scales", "Sca\0les")), OK
    yield "nothing but line ends", b"\r\n" * 100_000, BAD
    yield "bare carriage returns", mail().replace(b"\n", b"\r"), OK + BAD
    yield "26 MB", mail(text="x" * 99 + "\n") + b"x" * 26 * MIB, BAD
    yield "24 MB in one line", mail(text="x" * 24 * MIB), OK
    yield "24 MB of line ends", mail(text="\n" * 24 * MIB), OK
    yield "3 MB of questions", mail(text="Could you send the price by Friday? " * 80_000), OK
    yield "3 MB of one word", mail(text="a" * 3 * MIB), OK
    yield "3 MB of digits", mail(text="1" * 3 * MIB), OK
    yield "3 MB of dates", mail(text="12/03/04 " * 300_000), OK
    yield "3 MB of weekdays", mail(text="next friday the 12th at 10 or " * 100_000), OK
    yield "3 MB of spaces", mail(text=" " * 3 * MIB + "x"), OK
    yield "3 MB of quotation signs", mail(text=">" * 3 * MIB), OK
    yield "a million quoted lines", mail(text="> a\n" * MIB), OK
    yield "one sentence a line", mail(text="Can you call me tomorrow?\n" * 100_000), OK
    yield "lines of t", mail(text="t\n" * 300_000), OK
    yield "On … wrote without end", mail(text="On Monday, " * 100_000 + "wrote"), OK
    yield "a million On lines", mail(text="On Mon, 2 Mar 2026 Pat <\n" * 100_000), OK
    yield "From: lines", mail(text="From: a\nSent: b\nTo: c\n" * 60_000), OK
    yield "dashes", mail(text="-- \n" * 300_000), OK
    yield "underscores", mail(text="_" * 2 * MIB + "\n"), OK
    yield "an unending URL", mail(text="https://" + "a/" * MIB), OK
    yield "a million URLs", mail(text="https://a.example " * 100_000), OK
    yield "at signs", mail(text="a@" * MIB), OK
    yield "brackets", mail(text="[" * MIB + "]" * MIB), OK
    yield "times", mail(text="10:00, 11:00 or " * 100_000), OK
    yield "base64 of nothing", attached("base64", "=" * 2 * MIB), OK
    yield "base64 with foreign characters", attached("base64", "A=!\n" * MIB), OK
    yield "quoted-printable of signs", attached("quoted-printable", "=" * 2 * MIB), OK
    yield "an unknown charset", mail('Content-Type: text/plain; charset="nobody\'s"\n'), OK
    yield "utf-7 text", mail("Content-Type: text/plain; charset=utf-7\n", "+ADw-script+AD4- Could you call me?\n"), OK
    yield "utf-16 cut off", mail("Content-Type: text/plain; charset=utf-16\n", "abc"), OK
    yield "100,000 nested elements", html("<div>" * 100_000 + "Hello?"), OK
    yield "500,000 nested tables", html("<table>" * 150_000), OK
    yield "open formatting", html("<b><i><u>" * 100_000 + "Hello?"), OK
    yield "a tag without end", html("<a " + "x=y " * 250_000), OK
    yield "a comment without end", html("<!--" + "-" * MIB), OK
    yield "a million comments", html("<!---->" * 150_000), OK
    yield "a million entities", html("&amp;" * 200_000), OK
    yield "entities without end", html("&" * MIB), OK
    yield "a style of 1 MB", html("<style>" + ".a{" * 300_000 + "</style>Hello?"), OK
    yield "a style of many rules", html("<style>" + ".a{color:#fff;display:none}" * 30_000 + "</style>Hello?"), OK
    yield "50,000 paragraphs", html("<p>Could you call me?</p>" * 40_000), OK
    yield "50,000 styled cells", html('<td style="color: white; font-size: 0">a</td>' * 20_000), OK
    yield "anchors", html("<a href='https://a.example'>" * 40_000), OK
    yield "anchors without end", html("<a " * 300_000), OK
    yield "nested quotations", html("<blockquote type=cite>" * 1500 + "Hello?"), OK
    yield "a data image of 1 MB", html('<img src="data:image/png;base64,' + "A" * MIB + '">Hello?'), OK
    yield "unclosed quotation marks", html('<a href="' * 100_000), OK
    yield "a calendar of nothing but BEGIN", invited("BEGIN:VEVENT\r\n" * 50_000), OK
    yield "a calendar without end", invited("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\n"), OK
    yield "a calendar mail with SECONDLY", invited(calendar(event("DTSTART:20260310T150000Z", "RRULE:FREQ=SECONDLY")).decode()), OK
    yield (
        "a report of 10,000 recipients",
        _report("Final-Recipient: rfc822; a@acme.example\nAction: failed\nStatus: 5.1.1\n\n" * 10_000),
        OK,
    )
    yield "a report of one endless field", _report("Final-Recipient: rfc822;" + " \n" * 100_000), OK
    yield "separators within", mail(text="\nFrom pat@acme.example Wed Mar  4 10:00:00 2026\n" * 2000), OK
    yield "binary", bytes(range(256)) * 4000, BAD
    yield "headers of 8 bit", mail(plain=PLAIN.replace("Scales", "Gr\udcfc\udcdfe")), OK
    yield "a subject of directions", mail(plain=PLAIN.replace("Scales", "\u202e\u200b\u2066" * 5000 + "x")), OK
    yield "combining marks", mail(text="a" + "\u0301" * 500_000 + " can you call?"), OK
    yield "a ligature that unfolds", mail(text="\ufdfa" * 100_000), OK
    yield "a name of 60,000", mail(plain=PLAIN.replace("Pat Lee", "a " * 30_000)), OK
    yield "a domain of 60,000 dots", mail("Cc: a@" + "a." * 30_000 + "example\n"), OK
    yield "idn without end", mail("Cc: a@xn--" + "a" * 200 + ".example, b@" + "ü" * 200 + ".example\n"), OK
    yield "list headers", mail("List-Id: " + "<" * 30_000 + "\nList-Unsubscribe: " + "<mailto:" * 7000 + "\n"), OK


def _deep_below(depth: int) -> bytes:
    inner = "".join(f"Content-Type: multipart/mixed; boundary=c{n}\n\n--c{n}\n" for n in range(depth))
    filler = "--b\nContent-Type: text/plain\n\n" + "x" * 300_000 + "\n"
    return mail("Content-Type: multipart/mixed; boundary=b\n", filler + "--b\n" + inner + "Content-Type: text/plain\n\nHello?\n")


def _report(status: str) -> bytes:
    text = f"--b\nContent-Type: text/plain\n\nUndeliverable.\n--b\nContent-Type: message/delivery-status\n\n{status}\n--b--\n"
    plain = PLAIN.replace("Pat Lee <pat@acme.example>", "mailer-daemon@northwind.example")
    return mail("Content-Type: multipart/report; report-type=delivery-status; boundary=b\n", text, plain)


def invited(text: str) -> bytes:
    return mail("Content-Type: text/calendar; method=REQUEST; charset=utf-8\n", text)


def event(*lines: str, uid: str = "bomb@acme.example") -> str:
    head = [
        f"UID:{uid}",
        "DTSTAMP:20260301T100000Z",
        "SUMMARY:Scales",
        "ATTENDEE:mailto:pat@acme.example",
        "ORGANIZER:mailto:dana@northwind.example",
    ]
    return "\r\n".join(["BEGIN:VEVENT", *head, *lines, "END:VEVENT", ""])


def calendar(*events: str) -> bytes:
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bombs//EN\r\n" + "".join(events) + "END:VCALENDAR\r\n").encode(
        "utf-8", "surrogateescape"
    )


def repeated(rule: str, start: str = "DTSTART:20260302T150000Z", *more: str) -> bytes:
    return calendar(event(start, f"RRULE:{rule}", *more))


def zone(*lines: str) -> str:
    return "\r\n".join(
        [
            "BEGIN:VTIMEZONE",
            "TZID:Bomb",
            "BEGIN:STANDARD",
            "TZOFFSETFROM:+0000",
            "TZOFFSETTO:+0100",
            *lines,
            "END:STANDARD",
            "END:VTIMEZONE",
            "",
        ]
    )


def calendars() -> Iterator[tuple[str, bytes, str]]:  # noqa: PLR0915 - a table
    """As `mails`; `failed` is a file that does not end properly."""
    local = event("DTSTART;TZID=Bomb:20260302T150000")
    yield "SECONDLY", repeated("FREQ=SECONDLY"), BAD
    yield "MINUTELY since 1970", repeated("FREQ=MINUTELY", "DTSTART:19700101T000000Z"), BAD
    yield "MINUTELY with an interval", repeated("FREQ=MINUTELY;INTERVAL=1440"), BAD
    yield "INTERVAL 0", repeated("FREQ=DAILY;INTERVAL=0"), BAD
    yield "a negative interval", repeated("FREQ=DAILY;INTERVAL=-1"), BAD
    yield "an interval of 10^18", repeated(f"FREQ=DAILY;INTERVAL={10**18}"), OK + BAD
    yield "a count of 10^9", repeated("FREQ=DAILY;COUNT=1000000000", "DTSTART:20200101T150000Z"), OK
    yield "a count of 10^30", repeated(f"FREQ=DAILY;COUNT={10**30}"), OK + BAD
    yield "count 0", repeated("FREQ=DAILY;COUNT=0"), OK + BAD
    yield "HOURLY", repeated("FREQ=HOURLY"), BAD
    yield "HOURLY at no hour there is", repeated("FREQ=HOURLY;BYHOUR=25"), BAD
    yield "HOURLY since the year 1", repeated("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "DTSTART:00010101T000000Z"), OK + BAD
    yield (
        "DAILY at each minute",
        repeated("FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=" + ",".join(map(str, range(60)))),
        BAD,
    )
    yield "YEARLY on 30 February", repeated("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), OK + BAD
    yield "every 5,000 years", repeated("FREQ=YEARLY;INTERVAL=5000"), OK
    yield "week 53 and day 1", repeated("FREQ=YEARLY;BYWEEKNO=53;BYYEARDAY=100"), OK + BAD
    yield (
        "all of everything",
        repeated("FREQ=YEARLY;BYYEARDAY=" + ",".join(map(str, range(1, 367))) + ";BYHOUR=" + ",".join(map(str, range(24)))),
        BAD,
    )
    yield "10,000 days named", repeated("FREQ=MONTHLY;BYDAY=" + ",".join(["1MO"] * 10_000)), OK + BAD
    yield "BYSETPOS without end", repeated("FREQ=YEARLY;BYDAY=MO;BYSETPOS=" + ",".join(["1"] * 10_000)), OK + BAD
    yield "a rule equal to its exception rule", repeated("FREQ=DAILY", "DTSTART:20200302T150000Z", "EXRULE:FREQ=DAILY"), OK + BAD
    yield "10,000 rules", calendar(event("DTSTART:20260302T150000Z", *["RRULE:FREQ=DAILY"] * 10_000)), OK + BAD
    yield (
        "100,000 RDATEs",
        calendar(
            event(
                "DTSTART:20260302T150000Z", "RDATE:" + ",".join(f"202603{n % 28 + 1:02}T{n % 24:02}{n % 60:02}00Z" for n in range(100_000))
            )
        ),
        OK + BAD,
    )
    yield "20,000 EXDATE lines", repeated("FREQ=DAILY", "DTSTART:20260302T150000Z", *["EXDATE:20260303T150000Z"] * 20_000), BAD
    yield (
        "20,000 overrides",
        calendar(
            event("DTSTART:20260302T150000Z", "RRULE:FREQ=DAILY"),
            *(event("DTSTART:20260303T160000Z", "RECURRENCE-ID:20260303T150000Z", f"SEQUENCE:{n}") for n in range(5_000)),
        ),
        OK,
    )
    yield (
        "5,000 overrides of nothing",
        calendar(
            *(
                event(
                    f"DTSTART:2026030{n % 9 + 1}T{n % 24:02}{n % 60:02}00Z", f"RECURRENCE-ID:2026030{n % 9 + 1}T{n % 24:02}{n % 60:02}01Z"
                )
                for n in range(5_000)
            )
        ),
        OK + BAD,
    )
    yield (
        "10,000 guests",
        calendar(event("DTSTART:20260302T150000Z", *(f"ATTENDEE:mailto:a{n}@x.example" for n in range(10_000)))),
        OK + BAD,
    )
    yield (
        "10,000 parameters",
        calendar(event("DTSTART:20260302T150000Z", "ATTENDEE" + ";X-A=b" * 10_000 + ":mailto:pat@acme.example")),
        OK + BAD,
    )
    yield (
        "a quotation without end",
        calendar(event("DTSTART:20260302T150000Z", 'ATTENDEE;CN="' + "a" * 100_000 + ":mailto:pat@acme.example")),
        OK + BAD,
    )
    yield "backslashes", calendar(event("DTSTART:20260302T150000Z", "DESCRIPTION:" + "\\" * 500_001)), OK
    yield "2 MB in one line", calendar(event("DTSTART:20260302T150000Z", "DESCRIPTION:" + "a" * 2 * MIB)), OK
    yield "500,000 folds", calendar(event("DTSTART:20260302T150000Z", "DESCRIPTION:a\r\n " + "\r\n " * 300_000)), OK
    yield "10,000 nested components", calendar("BEGIN:VEVENT\r\n" * 10_000 + "END:VEVENT\r\n" * 10_000), OK + BAD + FAILED
    yield (
        "20,000 alarms",
        calendar(
            event(
                "DTSTART:20260302T150000Z", "BEGIN:VALARM\r\nREPEAT:1000000000\r\nDURATION:PT1S\r\nTRIGGER:-PT1M\r\nEND:VALARM\r\n" * 20_000
            )
        ),
        OK,
    )
    yield "a duration of 10^12 weeks", calendar(event("DTSTART:20260302T150000Z", f"DURATION:P{10**12}W")), OK + BAD
    yield "a duration of 60,000 digits", calendar(event("DTSTART:20260302T150000Z", "DURATION:PT" + "9" * 60_000 + "S")), OK + BAD
    yield "a start in the year 9999", repeated("FREQ=DAILY", "DTSTART:99991231T235959Z"), OK + BAD
    yield "a start of digits", calendar(event("DTSTART:" + "2" * 60_000)), BAD
    yield "a start in the year 1", calendar(event("DTSTART;TZID=Asia/Tokyo:00010101T000000")), OK
    yield "a series since the year 1", repeated("FREQ=DAILY;UNTIL=99991231T235959Z", "DTSTART;TZID=Asia/Tokyo:00010101T000000"), OK
    yield "an all-day event in the year 9999", calendar(event("DTSTART;VALUE=DATE:99991231", "DTEND;VALUE=DATE:99991231")), OK
    yield "a duration of 20,000 years", calendar(event("DTSTART:20260302T150000Z", "DURATION:P9999999D")), OK
    yield (
        "an override in the year 9999",
        calendar(
            event("DTSTART:20260302T150000Z", "RRULE:FREQ=DAILY"), event("DTSTART:20260302T150000Z", "RECURRENCE-ID:99991231T235959Z")
        ),
        OK + BAD,
    )
    yield (
        "exceptions in the years 1 and 9999",
        repeated("FREQ=DAILY", "DTSTART:20260302T150000Z", "EXDATE:99991231T235959Z", "EXDATE:00010101T000000Z"),
        OK,
    )
    yield "dates in the years 1 and 9999", calendar(event("DTSTART:20260302T150000Z", "RDATE:99991231T235959Z,00010101T000000Z")), OK
    yield (
        "stamps in the years 1 and 9999",
        calendar(event("DTSTART:20260304T150000Z", "STATUS:CANCELLED", "LAST-MODIFIED:99991231T235959Z", "CREATED:00010101T000000Z")),
        OK,
    )
    yield (
        "a zone without offsets",
        calendar("BEGIN:VTIMEZONE\r\nTZID:Bomb\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n", local),
        BAD,
    )
    yield "an end in the year 9999", calendar(event("DTSTART:20260302T150000Z", "DTEND:99991231T235959Z")), OK
    yield (
        "a zone of 10,000 observances",
        calendar(
            zone(
                "DTSTART:19700101T000000",
                *["END:STANDARD\r\nBEGIN:STANDARD\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nDTSTART:19700101T000000"] * 10_000,
            ),
            local,
        ),
        OK + BAD,
    )
    yield "a zone that changes each second", calendar(zone("DTSTART:19700101T000000", "RRULE:FREQ=SECONDLY"), local), OK + BAD
    yield "a zone that changes each day", calendar(zone("DTSTART:16010101T000000", "RRULE:FREQ=DAILY"), local), OK + BAD
    yield "a zone of interval 0", calendar(zone("DTSTART:19700101T000000", "RRULE:FREQ=YEARLY;INTERVAL=0"), local), OK + BAD
    yield "a zone on 30 February", calendar(zone("DTSTART:19700101T000000", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), local), OK + BAD
    yield (
        "a zone of 100,000 RDATEs",
        calendar(zone("DTSTART:19700101T000000", "RDATE:" + ",".join(["20200101T000000"] * 100_000)), local),
        OK + BAD,
    )
    yield "a zone offset of 99 hours", calendar(zone("DTSTART:19700101T000000", "TZOFFSETTO:+9999"), local), OK + BAD
    yield "a zone of nothing", calendar("BEGIN:VTIMEZONE\r\nTZID:Bomb\r\nEND:VTIMEZONE\r\n", local), BAD
    yield (
        "2,000 zones",
        calendar(
            *(zone("DTSTART:19700101T000000").replace("Bomb", f"Bomb{n}") for n in range(2000)), event("DTSTART;TZID=Bomb7:20260302T150000")
        ),
        OK,
    )
    yield "a zone as a path", calendar(event("DTSTART;TZID=../../../../etc/passwd:20260302T150000")), BAD
    yield "a zone name of 60,000", calendar(event("DTSTART;TZID=" + "A/" * 30_000 + ":20260302T150000")), BAD
    yield "a zone of zero bytes", calendar(event("DTSTART;TZID=A\0B:20260302T150000")), BAD
    yield "not closed", calendar(event("DTSTART:20260302T150000Z")).replace(b"END:VCALENDAR\r\n", b""), FAILED
    yield "cut within an event", calendar(event("DTSTART:20260302T150000Z"))[:-60], FAILED


def deals() -> Iterator[tuple[str, bytes, str]]:
    """Files of deals. Whole files that are no list of deals fail as a source."""
    one = "- {id: D-9, name: Scales, stage: Demo, account: {name: Bolt}"
    laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
    yield "a billion laughs", laughs.encode(), FAILED
    yield "101 aliases", ("- &a {id: D-9, name: Scales, stage: Demo, account: {name: Bolt}}\n" + "- *a\n" * 101).encode(), BAD + FAILED
    yield "2,000 nested lists", b"[" * 2000, FAILED
    yield "2,000 nested lists in a field", (one + ", x: " + "[" * 2000 + "]" * 2000 + "}\n").encode(), OK + BAD + FAILED
    yield "100,000 nested mappings", b"- " * 100_000, FAILED
    yield "100,000 question marks", b"? " * 100_000, FAILED
    yield "an anchor of itself", b"- &a [*a]\n", BAD + FAILED
    yield "a merge of itself", b"- &a {<<: *a, id: D-9}\n", BAD + FAILED
    yield "a key twice", (one + ", name: Other}\n").encode(), BAD + FAILED
    yield "a foreign tag", b"- !!python/object/apply:os.system ['true']\n", BAD + FAILED
    yield "a zero byte", (one + "}\n").replace("Scales", "Sc\0ales").encode(), BAD + FAILED
    yield "no utf-8", b"- {id: D-9, name: \xff\xfe, stage: Demo, account: {name: Bolt}}\n", OK + BAD + FAILED
    yield "a number of 60,000 digits", (one + f", amount: {'9' * 60_000}}}\n").encode(), OK
    yield "an amount that is none", (one + ", amount: .nan}\n").encode(), OK
    yield "an endless amount", (one + ", amount: 1e999}\n").encode(), OK
    yield "sexagesimal without end", (one + f", amount: {'1:' * 3000}1}}\n").encode(), OK
    yield "a name of 1 MB", (one + f", next_step: {'a' * MIB}}}\n").encode(), OK
    yield (
        "20,000 contacts",
        (one + ", contacts: [" + ", ".join(f"{{email: a{n}@x.example}}" for n in range(1500)) + "]}\n").encode(),
        OK + BAD,
    )
    yield (
        "dates in the years 1 and 9999",
        (
            one.replace("Bolt", "Bolt, domains: [acme.example]")
            + ", opened: 0001-01-01, stage_since: 9999-12-31, close_date: 9999-12-31, stage_history: [{stage: Lead, since: 0001-01-01}]}\n"
        ).encode(),
        OK,
    )
    yield (
        "closed in the year 9999",
        (one.replace("Bolt", "Bolt, domains: [acme.example]") + ", status: won, close_date: 9999-12-31}\n").encode(),
        OK,
    )
    yield "a file of one word", b"x" * MIB, FAILED
    yield "an empty file", b"", OK
    yield "a file of spaces", b" \n" * 10_000, OK


def tables() -> Iterator[tuple[str, bytes, str]]:
    head = b"id,name,stage,account,contacts\n"
    yield "a quotation without end", head + b'"' + b"D-9,a\n" * 10_000, OK + BAD + FAILED
    yield "a cell of 1 MB", head + b"D-9," + b"a" * MIB + b",Demo,Bolt,\n", OK + BAD + FAILED
    yield "100,000 columns", b"id," * 100_000 + b"\n", BAD + OK + FAILED
    yield "100,000 cells in a row", head + b"D-9,Scales,Demo,Bolt," + b"," * 100_000 + b"\n", OK + BAD
    yield "quotation marks", head + b'"' * 100_000 + b"\n", BAD + OK + FAILED
    yield "a zero byte", head + b"D-9,Sc\0ales,Demo,Bolt,\n", OK + BAD + FAILED
    yield "bare carriage returns", head.replace(b"\n", b"\r") + b"D-9,Scales,Demo,Bolt,\r", OK
    yield "no header", b"\n" * 100_000, OK + FAILED
    yield "a contact of 60,000 (", head + b"D-9,Scales,Demo,Bolt," + b"(" * 60_000 + b"\n", OK + BAD


SECTIONS = {"mail": (mails, "x.eml"), "calendar": (calendars, "x.ics"), "deals": (deals, "x.yaml"), "tables": (tables, "x.csv")}
SETTINGS = """
rep: {name: Dana Reyes, email: dana@northwind.example, timezone: America/New_York, signature: Dana}
mail: {kind: folder, path: mail}
calendar: {kind: folder, path: calendar}
deals: {kind: folder, path: deals}
"""
NEIGHBOURS = {
    "mail/neighbour.eml": mail().replace(b"bomb@", b"neighbour@"),
    "calendar/neighbour.ics": calendar(event("DTSTART:20260304T130000Z", uid="neighbour@acme.example")),
    "deals/neighbour.yaml": b"- {id: D-1, name: Scales, stage: Demo, account: {name: Acme, domains: [acme.example]},\n"
    b"   contacts: [{email: pat@acme.example}]}\n",
}


def scanned(section: str, file: str, bomb: bytes, folder: Path) -> dict[str, object]:
    """One scan of the bomb beside its neighbours: outcome, whether the neighbour arrived, seconds of CPU."""
    from agent import settings
    from agent.cli import scan

    for name, content in {**NEIGHBOURS, f"{section}/{file}": bomb, "onward.yaml": SETTINGS.encode()}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    began = process_time()
    found = scan.document(settings.load(folder / "onward.yaml"), NOW)
    seconds = process_time() - began
    state = next(s for s in found["sources"] if s["section"] == section)
    there = {
        "mail": any("<neighbour@acme.example>" in t["messages"] for t in found["threads"]),
        "calendar": any(m["uid"] == "neighbour@acme.example" for m in found["meetings"]),
        "deals": any(d["id"] == "D-1" for d in found["deals"]),
    }
    outcome = "failed" if state["status"] == "failed" else BAD if state["quarantined"] else OK
    return {"outcome": outcome, "neighbour": there[section], "seconds": seconds}


def main(section: str) -> None:
    table, file = SECTIONS[section]
    for name, bomb, _ in table():
        with tempfile.TemporaryDirectory() as folder:
            try:
                result = scanned("deals" if section == "tables" else section, file, bomb, Path(folder))
            except Exception as fault:  # noqa: BLE001 - any at all is the finding
                result = {"outcome": f"{type(fault).__name__}: {fault}"[:300], "neighbour": False, "seconds": 0.0}
        sys.stdout.write(json.dumps({"name": name, **result}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
