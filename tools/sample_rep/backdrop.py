"""The older correspondence of the deals, and all the mail that is about none: seeded, so always the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from tools.sample_rep.scenes import NOW, Entry, event, moment, people, thread, trace
from tools.sample_rep.write import COLLEAGUES, ME, Person, body, seeded

HISTORY_UNTIL = "02-06"  # more than 30 days before now: nothing written here can still be owed, due or quiet
FIRST = moment("12-08 09:00")


def office(when: datetime) -> datetime:
    """The same minute at a time of day and week at which people work."""
    if when.hour >= 17:
        when = when.replace(hour=9) + timedelta(days=1)
    when = when.replace(hour=max(when.hour, 8))
    while when.weekday() > 4 or (when.month, when.day) in {(12, 24), (12, 25), (12, 26), (12, 31), (1, 1)}:
        when += timedelta(days=1)
    return when


def somewhen(first: datetime, last: datetime, dice: Random) -> datetime:
    return office(first + timedelta(minutes=dice.randrange(int((last - first).total_seconds() // 60))))


def history(deal: Entry, prose: Mapping[str, Any], dice: Random) -> Iterator[Entry]:
    """Three or four threads of the deal that ended well."""
    language = deal.get("language", "en")
    topics = prose["topics" if language == "en" else f"topics_{language}"]
    chosen = dice.sample(topics, min(len(topics), dice.choice([3, 3, 4])))
    last = moment(deal.get("history_until", HISTORY_UNTIL)) - timedelta(days=6)
    for number, topic in enumerate(chosen):
        start = somewhen(max(FIRST, datetime.fromisoformat(f"{deal['opened']}T09:00") + timedelta(days=1)), last, dice)
        yield from thread(f"{deal['id'].lower()}-{number + 1}", dialogue(deal, topic, prose["asides"], start, dice), people(deal), dice)


def dialogue(deal: Entry, topic: Entry, asides: Mapping[str, list[str]], start: datetime, dice: Random) -> Entry:
    nicks = list(deal["people"])
    roles = {"a": nicks[0], "b": nicks[-1], "me": "me", "tom": "tom"}
    slots = deal["words"] | {"product": deal.get("products", ["Pulse"])[0], "b": people(deal)[nicks[-1]].first}
    when, mail = start, []
    used: set[str] = set()
    for role, variants in topic["turns"]:
        text = dice.choice(variants).format(**slots)
        if deal.get("language", "en") == "en" and dice.random() < 0.25:
            aside = dice.choice(asides["me" if role == "me" else "them"]).format(**slots)
            text, used = (text if aside in used else f"{text} {aside}"), used | {aside}
        mail.append([roles[role], when, text])
        when = office(when + timedelta(minutes=dice.randrange(35, 1400)))
    subject = dice.choice(topic["subjects"]).format(**slots)
    return {"subject": subject[:1].upper() + subject[1:], "with": nicks[:2], "mail": mail}


def earlier_meetings(deal: Entry, dice: Random) -> Iterator[Entry]:
    """One before Christmas or in January."""
    day = somewhen(FIRST, moment(deal.get("history_until", HISTORY_UNTIL)), dice).replace(minute=dice.choice([0, 30]))
    title = dice.choice(["first call", "introduction", "questions and answers", "visit", "figures"])
    guests = [*list(deal["people"])[: dice.choice([1, 2])], *dice.choice([[], ["tom"]])]
    entry = {"uid": f"{deal['id'].lower()}-h", "title": f"{deal['account']}: {title}", "at": f"{day:%m-%d %H:%M}", "guests": guests}
    yield event(entry, people(deal))


def machines(prose: Mapping[str, Any], dice: Random) -> Iterator[Entry]:
    """Newsletters and notifications, all through the quarter."""
    number = 0
    for kind, count in (("newsletters", 8), ("notifications", 7)):
        for source in prose[kind]:
            for at in sorted(somewhen(FIRST, NOW - timedelta(hours=8), dice) for _ in range(count)):
                number += 1
                entry = {"id": f"auto-{number}", "from": source["from"], "to": [ME.wire], "date": at.isoformat()}
                words = {"subject": dice.choice(source["subjects"]), "body": dice.choice(source["bodies"]) + "\n"}
                yield entry | words | {"headers": marks(source), "folder": "Lists"}


def marks(source: Entry) -> dict[str, str]:
    host = source.get("list")
    if not host:
        return {"Auto-Submitted": "auto-generated"}
    return {"List-Id": f"<weekly.{host}>", "List-Unsubscribe": f"<https://{host}/leave>", "Precedence": "bulk"}


def internal(deals: list[Entry], prose: Mapping[str, Any], dice: Random) -> Iterator[Entry]:
    for number, deal in enumerate(dice.sample(deals, 14)):
        plan = prose["internal"][number % len(prose["internal"])]
        when, mail = somewhen(FIRST, NOW - timedelta(days=3), dice), []
        for nick, text in plan["turns"]:
            mail.append([nick, when, text.format(account=deal["account"])])
            when += timedelta(minutes=dice.randrange(5, 45))
        subject = plan["subject"].format(account=deal["account"])
        yield from thread(f"internal-{number + 1}", {"subject": subject, "with": [plan["turns"][0][0]], "mail": mail}, COLLEAGUES, dice)


def strangers(prose: Mapping[str, Any], dice: Random) -> Iterator[Entry]:
    for number, source in enumerate(prose["strangers"]):
        name, _, email = source["from"].partition(" <")
        writer = Person("stranger", name, email.rstrip(">"), "", "")
        at = somewhen(FIRST + timedelta(days=60), NOW - timedelta(days=2), dice)
        text = body(source["body"], writer, ME, seeded(number))
        text = text.split("\n\n-- \n")[0] + "\n"
        yield {"id": f"stranger-{number + 1}", "from": writer.wire, "to": [ME.wire], "date": at.isoformat(),
               "subject": source["subject"], "body": text, "headers": trace(writer)}  # fmt: skip
