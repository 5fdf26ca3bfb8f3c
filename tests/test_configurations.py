"""What a configuration may say: each row is one, with what `check` must answer. Those that act have stories of their own.

A row of the good ones is understood with 0 and not a word on stderr; a row of the bad ones is refused with 2 and exactly
its problems, each on a line of stderr with the file and the line where it stands.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agent.cli.main import run

REP = """\
rep:
  name: Dana Reyes
  email: dana@northwind.example
  timezone: America/New_York
"""
SOURCES = """\
mail: {kind: folder, path: mail}
calendar: {kind: folder, path: calendar.ics}
deals: {kind: folder, path: deals.yaml}
"""
BASE = REP + SOURCES  # seven lines; what is added begins in line 8
PLAYBOOK = "stages:\n- {name: Demo, aliases: [Trial], quiet_after: 3 business days, max_days: 10, max_touches: 4}\n"


def rep(line: str) -> str:
    """The base with another line 5, in `rep`."""
    return f"{REP}  {line}\n{SOURCES}"


def instead(old: str, new: str) -> str:
    assert old in BASE
    return BASE.replace(old, new)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mail").mkdir()
    (tmp_path / "calendar.ics").write_bytes(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nEND:VCALENDAR\r\n")
    (tmp_path / "deals.yaml").write_text("- {id: D-1, name: Rollout, stage: Demo, account: Acme}\n")
    (tmp_path / "playbook.yaml").write_text(PLAYBOOK)
    (tmp_path / "secret.txt").write_text("postgresql://onward:hunter2@db/onward\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONWARD_STORE", "postgresql://onward:hunter2@db/onward")
    monkeypatch.delenv("ONWARD_NOT_SET", raising=False)
    return tmp_path


def told(folder: Path, capsys: pytest.CaptureFixture[str], text: str | bytes, *arguments: str) -> tuple[int, str, str]:
    (folder / "onward.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    status = run(arguments or ("check",))
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    assert "hunter2" not in out + err
    return status, out, err


GOOD: dict[str, str | bytes] = {
    "the least": BASE,
    "with mark": b"\xef\xbb\xbf" + BASE.encode(),
    "carriage returns": BASE.replace("\n", "\r\n"),
    "no line break at the end": BASE.rstrip(),
    "a document start": "---\n" + BASE,
    "json is yaml": '{"rep": {"name": "D", "email": "d@n.example", "timezone": "UTC"}, "mail": {"kind": "folder", "path": "mail"},'
    ' "calendar": {"kind": "folder", "path": "calendar.ics"}, "deals": {"kind": "folder", "path": "deals.yaml"}}',
    "an emoji in a name": instead("Reyes", "😀"),
    "Norway": rep("holidays: NO"),
    "yes is a name": instead("Dana Reyes", "Yes"),
    "an old zone name": instead("America/New_York", "US/Eastern"),
    "address in capitals": instead("dana@northwind", "DANA@Northwind"),
    "an international address": instead("northwind.example", "nörd.example"),
    "free mail": instead("northwind.example", "gmail.com"),
    "aliases": rep("aliases: [d.reyes@northwind.example, dana@old.example]"),
    "aliases left empty": rep("aliases:"),
    "sunday to thursday": rep("working_hours: sun-thu 8:00-16:00"),
    "single days": rep("working_hours: mon,wed,fri 10:00-14:00"),
    "days written out": rep("working_hours: Monday-Friday 9-17"),
    "over the weekend": rep("working_hours: fri-mon 09:00-17:30"),
    "a dash": rep("working_hours: mon–fri 09:00–17:30"),
    "holidays of a region": rep("holidays: de/by"),
    "no holidays": rep("holidays: none"),
    "unquoted times": rep("follow_up_blocks: [9:00, 16:00]"),
    "quoted times": rep('follow_up_blocks: ["09:00", "16:00"]'),
    "a signature of lines": rep("signature: |\n    Dana\n    Northwind"),
    "no signature": rep("signature: ''"),
    "company": BASE + "company: {domains: [northwind.example, eu.northwind.co.uk]}\n",
    "two mailboxes": instead("mail: {kind: folder, path: mail}", "mail: [{kind: folder, path: mail}, {kind: folder, path: ./mail}]"),
    "who signs": instead("path: mail}", "path: mail, authserv_id: mx.northwind.example}"),
    "a shared calendar": instead("path: calendar.ics}", "path: calendar.ics, shared: true}"),
    "an anchor for a section": REP + "mail: &m {kind: folder, path: mail}\ncalendar: {kind: folder, path: calendar.ics}\n"
    "outbox: *m\ndeals: {kind: folder, path: deals.yaml}\n",
    "one hundred aliases": BASE + "do_not_contact: [&a x@y.example" + ", *a" * 100 + "]\n",
    "outbox and drafter": BASE + "outbox: {kind: folder, path: out}\ndrafter: {kind: template}\n",
    "deliver": BASE + "deliver: send\n",
    "sqlite": BASE + "store: sqlite:///x.db\n",
    "postgres": BASE + "store: postgresql://onward@db:5432/onward\n",
    "store from the environment": BASE + "store: !env ONWARD_STORE\n",
    "store from a file": BASE + "store: !file secret.txt\n",
    "rounds": BASE + "rounds: every 5 minutes\n",
    "an hour": BASE + "rounds: every hour\n",
    "history": BASE + "history: 52 weeks\n",
    "retention": BASE + "retention: {bodies: 30d, facts: 400 days}\n",
    "playbook": BASE + "playbook: playbook.yaml\n",
    "detect as in the example": BASE + "detect:\n  no_next_step: {grace: 3h, look_back: 14d}\n"
    "  gone_quiet: {after: 4 business days}\n  single_threaded: off\n",
    "off in every spelling": BASE + "detect: {slipping: off, park: false, bounced: no, stalled: on, touch_due: true, reply_owed: {}}\n",
    "numbers alone": BASE + "detect: {gone_quiet: {after: 4}, touch_due: {after: 30}, stalled: {max_days: 21}, park: {max_touches: 7}}\n",
    "ignore": BASE + "ignore: {senders: [a@b.example], domains: ['@c.example'], titles: ['Lunch*', 2026], labels: [Promotions]}\n",
    "empty lists": BASE + "ignore: {senders: [], domains: [], titles: [], labels: []}\ndo_not_contact: []\n",
    "do not contact": BASE + "do_not_contact: [pat@acme.example, acme.example, '@beta.example', '*@gamma.example']\n",
    "matching as in the example": BASE + 'matching:\n  {answers: [{thread: "<a1@acme.example>", deal: D-1}],'
    ' bcc: "crm+{id}@northwind.example", deal_url: "https://crm.example/deals/{id}"}\n',
    "answers": BASE + "matching: {answers: [{series: w@x, deal: none}, {person: p@a.example, account: Acme, deal: 17},"
    " {person: q@a.example, deal: D-1}]}\n",
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_understood(folder: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    status, out, err = told(folder, capsys, GOOD[name])
    assert (status, err) == (0, "")
    assert "deals (folder): ok, 1 item\n" in out


BAD: dict[str, tuple[str | bytes, list[str]]] = {
    "the example of the documentation": (
        "# one\n# two\n" + REP + "mail: {kind: folder, pth: mail}\n" + SOURCES.partition("\n")[2],
        ["7: unknown key 'pth' in mail; did you mean 'path'?"],
    ),
    "empty": (b"", ["1: rep is missing", "1: mail is missing", "1: calendar is missing", "1: deals is missing"]),
    "only a remark": ("# nothing yet\n", ["1: rep is missing", "1: mail is missing", "1: calendar is missing", "1: deals is missing"]),
    "a list": ("- rep\n- mail\n", ["1: the file must hold keys with values"]),
    "a word": ("hello\n", ["1: the file must hold keys with values"]),
    "utf-16": (BASE.encode("utf-16"), ["1: it is not UTF-8 text; save it as UTF-8"]),
    "windows-1252": (instead("Reyes", "Ré").encode("cp1252"), ["2: it is not UTF-8 text; save it as UTF-8"]),
    "a control character": (instead("Reyes", "\x07"), ["2: it holds a character that YAML does not allow"]),
    "too large": (BASE + "#" + "x" * 1_000_000, ["1: it is larger than 1 MB"]),
    "a tab": ("rep:\n\tname: Dana\n", ["2: a tab or special character stands where none can stand"]),
    "indentation": (instead("  email", "   email"), ["3: a ':' stands where none can stand"]),
    "quotes": (instead("Dana Reyes", "'Dana"), ["8: quotes are not closed"]),
    "a bracket": (instead("path: mail}", "path: mail"), ["6: a mapping is not closed"]),
    "a second document": (BASE + "---\na: b\n", ["8: a second document begins here"]),
    "a key twice": (BASE + "mail: {kind: folder, path: x}\n", ["8: the key 'mail' stands twice (first in line 5)"]),
    "a key twice inside": (instead("  name: Dana Reyes\n", "  name: A\n  name: B\n"), ["3: the key 'name' stands twice (first in line 2)"]),
    "a tag": (instead("Dana Reyes", "!vault x"), ["2: the tag !vault is not allowed; only !env, !file, !keyring and !secret are"]),
    "a tag where no text would do": (BASE + "store: !vault x\n", ["8: the tag !vault is not allowed"]),
    "a standard tag": (instead("Dana Reyes", "!!str x"), ["2: the tag tag:yaml.org,2002:str is not allowed"]),
    "one alias too many": (BASE + "do_not_contact: [&a x@y.example" + ", *a" * 101 + "]\n", ["8: it has more than 100 aliases"]),
    "an alias of nothing": (BASE + "do_not_contact: [*zz]\n", ["8: the alias *zz has no anchor before it"]),
    "a merge key": (BASE + "company: {<<: {a: b}}\n", ["8: unknown key '<<' in company; YAML 1.2 has no merge keys"]),
    "a merge key for a kind": (REP + "mail: &m {kind: folder, path: mail}\ncalendar: {<<: *m, path: calendar.ics}\ndeals: {kind: folder, <<: *m}\n", [
        "6: unknown key '<<' in calendar; YAML 1.2 has no merge keys", "7: unknown key '<<' in deals; YAML 1.2 has no merge keys",
    ]),
    "too deep": (BASE + "company: " + "[" * 2000 + "]" * 2000 + "\n", ["8: it is nested more than 30 levels deep"]),
    "rep left empty": ("rep:\n" + SOURCES, ["1: rep is missing"]),
    "mail left empty": (instead("mail: {kind: folder, path: mail}", "mail:"), ["5: mail is missing; write mail: {kind: folder, path: mail}"]),
    "no time zone": (instead("  timezone: America/New_York\n", ""), ["1: timezone is missing in rep; write timezone: America/New_York"]),
    "nothing in rep": ("rep: {}\n" + SOURCES, ["1: name is missing in rep", "1: email is missing in rep", "1: timezone is missing in rep"]),
    "a misspelt section": (instead("calendar:", "calender:"), ["6: unknown key 'calender'; did you mean 'calendar'?"]),
    "a key in the wrong place": (BASE + "timezone: UTC\nno_next_step: off\n", [
        "8: unknown key 'timezone'; it belongs in rep", "9: unknown key 'no_next_step'; it belongs in detect",
    ]),
    "a zone without case": (instead("America/New_York", "america/new_york"), ["4: rep.timezone: 'america/new_york' is no IANA time zone; did you mean 'America/New_York'?"]),
    "a zone of Windows": (instead("America/New_York", "W. Europe Standard Time"), ["4: rep.timezone: 'W. Europe Standard Time' is no IANA time zone; did you mean 'Europe/Berlin'?"]),
    "a city": (instead("America/New_York", "Berlin"), ["4: rep.timezone: 'Berlin' is no IANA time zone; did you mean 'Europe/Berlin'?"]),
    "an offset": (instead("America/New_York", "'+01:00'"), ["4: rep.timezone: '+01:00' is no IANA time zone"]),
    "a number as a name": (instead("Dana Reyes", "017"), ["2: rep.name: 017 must be text; put it in quotes"]),
    "true as a name": (instead("Dana Reyes", "true"), ["2: rep.name: true must be text; put it in quotes"]),
    "no address": (instead("dana@northwind.example", "dana"), ["3: rep.email: 'dana' is no email address"]),
    "an address with a name": (instead("email: dana@northwind.example", "email: Dana <dana@northwind.example>"), ["3: rep.email: "]),
    "one alias of the rep": (rep("aliases: d@northwind.example"), ["5: rep.aliases: must be a list; write [d@northwind.example]"]),
    "hours without days": (rep("working_hours: 9-17"), ["5: rep.working_hours: '9-17' is not understood; write it like 'mon-fri 09:00-17:30'"]),
    "hours backwards": (rep("working_hours: mon-fri 17:00-09:00"), ["5: rep.working_hours: "]),
    "no weekday": (rep("working_hours: mon-fry 9-17"), ["5: rep.working_hours: 'fry' is no weekday; did you mean 'fri'?"]),
    "no hour": (rep("working_hours: mon-fri 25:00-26:00"), ["5: rep.working_hours: '25:00' is no time of day"]),
    "no country": (rep("holidays: Germany"), ["5: rep.holidays: 'Germany' is no country whose holidays are known"]),
    "no region": (rep("holidays: DE/XX"), ["5: rep.holidays: DE has no region 'XX'; it has "]),
    "a region by a dash": (rep("holidays: US-CA"), ["5: rep.holidays: 'US-CA' is no country whose holidays are known; did you mean 'US/CA'?"]),
    "holidays off": (rep("holidays: off"), ["5: rep.holidays: 'off' is no country whose holidays are known; write none"]),
    "no block": (rep("follow_up_blocks: [noon]"), ["5: rep.follow_up_blocks: 'noon' is no time of day; write it like 09:00"]),
    "a company's domain": (BASE + "company: {domains: ['http://n.example', a@b.example]}\n", [
        "8: company.domains: 'http://n.example' is no domain", "8: company.domains: 'a@b.example' is no domain; write b.example",
    ]),
    "a provider": (BASE + "provider: gogle\n", ["8: provider: 'gogle' is not known; did you mean 'google'?"]),
    "a kind": (instead("mail: {kind: folder", "mail: {kind: foldr"), ["5: unknown kind 'foldr' in mail; did you mean 'folder'?"]),
    "a kind of another port": (instead("mail: {kind: folder", "mail: {kind: caldav"), ["5: unknown kind 'caldav' in mail; it is one of "]),
    "a form of file as kind": (instead("mail: {kind: folder", "mail: {kind: maildir"), ["5: mail.kind: 'maildir' is read by the kind folder; write kind: folder"]),
    "no kind": (instead("mail: {kind: folder, path", "mail: {path"), ["5: kind is missing in mail; it is one of "]),
    "no path": (instead("mail: {kind: folder, path: mail}", "mail: {kind: folder}"), ["5: path is missing in mail; write path: mail"]),
    "no path of deals": (instead("{kind: folder, path: deals.yaml}", "{kind: folder}"), ["7: path is missing in deals; write path: deals.yaml"]),
    "a path alone": (instead("mail: {kind: folder, path: mail}", "mail: mail"), ["5: mail: must be a mapping"]),
    "an empty list of mailboxes": (instead("mail: {kind: folder, path: mail}", "mail: []"), ["5: mail: is an empty list"]),
    "one of two mailboxes": (instead("mail: {kind: folder, path: mail}", "mail:\n- {kind: folder, path: mail}\n- {kind: folder, pth: x}"), ["7: unknown key 'pth' in mail"]),
    "a list of deals": (instead("deals: {kind: folder, path: deals.yaml}", "deals: [{kind: folder, path: d}]"), ["7: deals: must be one section, not a list"]),
    "shared mail": (instead("path: mail}", "path: mail, shared: true}"), ["5: unknown key 'shared' in mail"]),
    "shared perhaps": (instead("calendar.ics}", "calendar.ics, shared: perhaps}"), ["6: calendar.shared: 'perhaps' must be true or false"]),
    "a password in a url": (instead("path: calendar.ics", "path: 'https://u:hunter2@x.example/c.ics'"), ["6: a password does not stand in a URL here"]),
    "a password of the store": (BASE + "store: postgresql://u:hunter2@db/x\n", ["8: a password does not stand in a URL here; write the whole URL as !env NAME or !file PATH"]),
    "a password": (instead("calendar: {kind: folder, path: calendar.ics}", "calendar: {kind: caldav, url: 'https://x.example', password: hunter2}"), ["6: calendar.password: a secret does not stand in this file"]),
    "a password further down": (BASE + "outbox: {kind: imap, host: h, user: d, smtp: {host: s, password: hunter2}}\n", ["8: outbox.smtp.password: a secret does not stand in this file"]),
    "sending without a server for it": (BASE + "deliver:\n  mode: send\noutbox:\n  kind: imap\n  host: h\n  user: d\n  password: !file secret.txt\n", [
        "10: outbox: there is nothing set to send with; add smtp: {} to it, with host, port, user and password where they are not those of IMAP, or write deliver: draft"
    ]),
    "a variable that is not set": (BASE + "store: !env ONWARD_NOT_SET\n", ["8: the environment variable ONWARD_NOT_SET is not set"]),
    "a secret's file that is not there": (BASE + "store: !file gone.txt\n", ["8: the secret's file 'gone.txt' cannot be used: no such file or directory"]),
    "a secret that does not fit": (BASE + "rounds: !env ONWARD_STORE\n", ["8: rounds: the secret cannot be used here"]),
    "a playbook that is not there": (BASE + "playbook: gone.yaml\n", ["8: playbook: "]),
    "a folder as playbook": (BASE + "playbook: mail\n", ["8: playbook: "]),
    "a store": (BASE + "store: mysql://h/x\n", ["8: store: no store of that kind"]),
    "a store's port": (BASE + "store: postgresql://onward@db:pg/onward\n", ["8: store: its port is no number; write postgresql://host:5432/name"]),
    "a port": (instead("{kind: folder, path: mail}", "{kind: imap, host: h, port: 99999, user: d, password: !file secret.txt}"), ["5: mail.port: '99999' must be a whole number from 1 to 65535"]),
    "a port in the host": (instead("{kind: folder, path: mail}", "{kind: imap, host: 'h.example:993', user: d, password: !file secret.txt}"), ["5: mail: host must be the name of a server alone; its port stands under port"]),
    "mail in the clear": (instead("{kind: folder, path: mail}", "{kind: imap, host: h.example, security: none, user: d, password: !file secret.txt}"), ["5: mail: security: none is for a server on this machine alone"]),
    "smtp in the clear": (BASE + "outbox: {kind: imap, host: h, user: d, password: !file secret.txt, smtp: {port: 25, security: none}}\n", ["8: outbox: security: none is for a server on this machine alone"]),
    "deliver later": (BASE + "deliver: later\n", ["8: deliver: 'later' is not known; it is one of draft, send"]),
    "rounds without unit": (BASE + "rounds: 5\n", ["8: rounds: '5' is no rhythm; write it like 'every 5 minutes'"]),
    "rounds of nothing": (BASE + "rounds: every 0 minutes\n", ["8: rounds: "]),
    "history without unit": (BASE + "history: 90\n", ["8: history: '90' is no period; write 90d or 90h"]),
    "history backwards": (BASE + "history: -5d\n", ["8: history: '-5d' is no period"]),
    "retention": (BASE + "retention: {body: 30d}\n", ["8: unknown key 'body' in retention; did you mean 'bodies'?"]),
    "detect off as a whole": (BASE + "detect: off\n", ["8: detect: must be a mapping"]),
    "an unknown kind of finding": (BASE + "detect: {no_next_stp: off}\n", ["8: unknown key 'no_next_stp' in detect; did you mean 'no_next_step'?"]),
    "an unknown setting": (BASE + "detect:\n  no_next_step:\n    graec: 3h\n", ["10: unknown key 'graec' in detect.no_next_step; did you mean 'grace'?"]),
    "neither on nor off": (BASE + "detect: {slipping: perhaps}\n", ["8: detect.slipping: 'perhaps' must be on or off"]),
    "calendar days for business days": (BASE + "detect: {gone_quiet: {after: 4d}}\n", ["8: detect.gone_quiet.after: '4d' must be business days; write '4 business days'"]),
    "hours for business days": (BASE + "detect: {gone_quiet: {after: 36h}}\n", ["8: detect.gone_quiet.after: '36h' must be business days; write '1 business day'"]),
    "business days for hours": (BASE + "detect: {no_next_step: {grace: 1 business day}}\n", ["8: detect.no_next_step.grace: "]),
    "grace beyond look back": (BASE + "detect: {no_next_step: {grace: 3h, look_back: 2h}}\n", ["8: detect.no_next_step: grace must be shorter than look_back"]),
    "look back within the usual grace": (BASE + "detect: {no_next_step: {look_back: 3h}}\n", ["8: detect.no_next_step: grace must be shorter than look_back"]),
    "no touches": (BASE + "detect: {park: {max_touches: 0}}\n", ["8: detect.park.max_touches: '0' must be a whole number from 1 to 1000"]),
    "a domain as sender": (BASE + "ignore: {senders: [b.example]}\n", ["8: ignore.senders: 'b.example' is no email address; a domain stands in ignore.domains"]),
    "a word as person": (BASE + "do_not_contact: [pat]\n", ["8: do_not_contact: 'pat' is no domain"]),
    "an answer about nothing": (BASE + "matching: {answers: [{deal: D-1}]}\n", ["8: matching.answers: an answer is about one of thread, series or person"]),
    "an answer about two things": (BASE + "matching: {answers: [{thread: a, series: b, deal: D-1}]}\n", ["8: matching.answers: "]),
    "an answer without deal": (BASE + "matching: {answers: [{thread: a}]}\n", ["8: matching.answers: deal is missing; write its id, or none"]),
    "an answer with a misspelt deal": (BASE + "matching: {answers: [{thread: a, dael: D-1}]}\n", ["8: unknown key 'dael' in matching.answers; did you mean 'deal'?"]),
    "a bcc without id": (BASE + "matching: {bcc: crm@x.example}\n", ["8: matching.bcc: 'crm@x.example' must hold {id}"]),
    "a link without id": (BASE + "matching: {deal_url: 'https://crm.example/deals'}\n", ["8: matching.deal_url: "]),
    "several at once, in their order": ("rep:\n  nme: D\n  email: x\nmail: {kind: foldr}\ncalender: {kind: folder, path: c}\ndetct: {}\n", [
        "1: timezone is missing in rep", "1: deals is missing", "2: unknown key 'nme' in rep; did you mean 'name'?",
        "3: rep.email: 'x' is no email address", "4: unknown kind 'foldr' in mail; did you mean 'folder'?",
        "5: unknown key 'calender'; did you mean 'calendar'?", "6: unknown key 'detct'; did you mean 'detect'?",
    ]),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_refused(folder: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    text, problems = BAD[name]
    status, out, err = told(folder, capsys, text)
    assert (status, out) == (2, "")
    lines = err.splitlines()
    assert len(lines) == len(problems), lines
    for line, problem in zip(lines, problems, strict=True):
        assert line.startswith(f"onward.yaml:{problem}")


def test_a_scan_refuses_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = told(folder, capsys, BASE + "deliver: later\nrounds: 5\n", "scan", "--json")
    assert (status, out, len(err.splitlines())) == (2, "", 2)


STAGES: dict[str, tuple[str, list[str]]] = {
    "empty": ("", ["1: must be a mapping; write {stages: …}"]),
    "no stage": ("stages: []\n", ["1: stages is empty; name at least one stage"]),
    "misspelt": ("stages:\n- name: A\n  quiet_afte: 3\n- nme: B\n", ["3: unknown key 'quiet_afte' in stages", "4: unknown key 'nme' in stages"]),
    "days": ("stages:\n- {name: A, quiet_after: 3d}\n- {name: B, max_days: soon}\n", ["2: stages.quiet_after: ", "3: stages.max_days: "]),
    "one name twice": ("stages:\n- {name: Demo}\n- {name: Trial, aliases: [demo]}\n", ["3: the stage name 'demo' stands twice (first in line 2)"]),
    "no question": ("stages:\n- {name: A, steps: {en: {ask: Meet us., backup: 'Why?'}}}\n", ["2: stages.steps.en.ask: 'Meet us.' must be one question"]),
    "no backup": ("stages:\n- {name: A, steps: {en: {ask: 'Meet?'}}}\n", ["2: backup is missing in stages.steps.en"]),
    "no language": ("stages:\n- {name: A, steps: {it: {ask: 'A?', backup: 'B?'}}}\n", ["2: unknown key 'it' in stages.steps"]),
    "an anchor twice over": ("stages: [&a {name: A}, *a]\n", ["1: the stage name 'A' stands twice (first in line 1)"]),
}  # fmt: skip


@pytest.mark.parametrize("name", STAGES)
def test_a_playbook_is_checked_the_same_way(folder: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    text, problems = STAGES[name]
    (folder / "team.yaml").write_text(text)
    status, out, err = told(folder, capsys, BASE + "playbook: team.yaml\n")
    assert (status, out) == (2, "")
    assert [line[: len(f"team.yaml:{p}")] for line, p in zip(err.splitlines(), problems, strict=True)] == [
        f"team.yaml:{p}" for p in problems
    ]


@pytest.mark.parametrize(
    ("port", "section"),
    [
        *(("mail", f"mail: {{kind: {kind}}}") for kind in ("gmail", "microsoft")),
        *(("calendar", f"calendar: {{kind: {kind}}}") for kind in ("google_calendar", "microsoft")),
        *(("deals", f"deals: {{kind: {kind}}}") for kind in ("hubspot", "salesforce", "pipedrive", "odoo")),
        ("mail", "mail: {kind: folder, path: nowhere}"),
        ("calendar", "calendar: {kind: folder, path: nowhere.ics}"),
        ("deals", "deals: {kind: folder, path: nowhere.csv}"),
    ],
)
def test_a_source_that_cannot_be_read_fails_alone(folder: Path, capsys: pytest.CaptureFixture[str], port: str, section: str) -> None:
    text = "\n".join(section if line.startswith(f"{port}:") else line for line in BASE.splitlines())
    status, out, err = told(folder, capsys, text, "scan", "--json")
    states = {s["section"]: s["status"] for s in json.loads(out)["sources"]}
    assert status == 1
    assert states == {"mail": "ok", "calendar": "ok", "deals": "ok"} | {port: "failed"}
    assert err.startswith(f"onward: {port}: ")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("section", ["outbox: {kind: gmail}", "drafter: {kind: llm}", "provider: google"])
def test_what_a_scan_does_not_read_only_warns(folder: Path, capsys: pytest.CaptureFixture[str], section: str) -> None:
    status, out, err = told(folder, capsys, BASE + section + "\n", "scan", "--json")
    assert (status, err) == (0, "")
    assert "is not part of this version yet" in json.loads(out)["warnings"][0]


@pytest.mark.parametrize(
    ("now", "is_"),
    [
        ("2026-03-05T15:00", "2026-03-05T20:00:00Z"),
        ("2026-03-05 15:00", "2026-03-05T20:00:00Z"),
        ("2026-03-05", "2026-03-05T05:00:00Z"),
        ("2026-03-05T15:00Z", "2026-03-05T15:00:00Z"),
        ("2026-03-05T15:00:00+01:00", "2026-03-05T14:00:00Z"),
        ("20260305T150000Z", "2026-03-05T15:00:00Z"),
        ("2026-07-05T15:00", "2026-07-05T19:00:00Z"),
    ],
)
def test_now_without_offset_is_the_reps(folder: Path, capsys: pytest.CaptureFixture[str], now: str, is_: str) -> None:
    status, out, _ = told(folder, capsys, BASE, "scan", "--json", "--now", now)
    assert (status, json.loads(out)["now"]) == (0, is_)


@pytest.mark.parametrize("now", ["noon", "", "2026-13-05", "9999-12-31T23:59", "0001-01-01", "2026-03-05T15:00+25:00"])
def test_a_now_that_is_none_is_wrong_usage(folder: Path, capsys: pytest.CaptureFixture[str], now: str) -> None:
    status, out, err = told(folder, capsys, BASE, "scan", "--json", "--now", now)
    assert (status, out) == (2, "")
    assert "--now" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["scna"], "did you mean 'scan'?"),
        (["replay"], "'replay' is no command of this version yet"),
        (["scan", "--jsn"], "--json"),
        (["scan", "more"], "more"),
        (["explain"], "MEETING|THREAD|DEAL"),
        (["check", "--config", "gone.yaml"], "gone.yaml: there is no such file"),
        (["check", "--config", ""], ".: the configuration cannot be read: is a directory"),
        (["--config", "mail", "check"], "mail: the configuration cannot be read: is a directory"),
        (["demo", "--into", "mail/.."], "is not empty"),
        ([], "Commands:"),
    ],
)
def test_wrong_usage_says_what_is_right(folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str) -> None:
    status = run(arguments) if not arguments else told(folder, capsys, BASE, *arguments)
    found = (status, *capsys.readouterr()) if isinstance(status, int) else status
    assert (found[0], found[1]) == (2, "")
    assert says in found[2]


def test_an_unknown_stage_and_an_answer_that_leads_nowhere_are_warnings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "deals.yaml").write_text(
        "- {id: D-1, name: A, stage: Bogus, account: A}\n- {id: D-2, name: B, stage: PRICING, account: B}\n"
        "- {id: D-3, name: C, stage: Closed Won, account: C}\n"
    )
    _, out, _ = told(folder, capsys, BASE + "matching: {answers: [{thread: x, deal: D-9}, {thread: y, deal: d-1}]}\n", "scan", "--json")
    warnings = json.loads(out)["warnings"]
    assert [w.partition(";")[0] for w in warnings if "playbook" in w or "matching" in w] == [
        "deal D-1: the stage 'Bogus' is not in the playbook", "matching.answers names the deal D-9, but no deal has that id",
    ]  # fmt: skip


def test_plays_and_phrases_of_a_playbook_are_not_used_yet(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "playbook.yaml").write_text(PLAYBOOK + "plays: [a]\nphrases: {en: []}\n")
    status, _, err = told(folder, capsys, BASE + "playbook: playbook.yaml\n")
    assert status == 0
    assert err.splitlines() == [
        f"warning: playbook.yaml:{n}: {what}: this version does not use it yet" for n, what in ((3, "plays"), (4, "phrases"))
    ]


def test_paths_begin_beside_the_file_wherever_the_program_runs(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "onward.yaml").write_text(BASE + "playbook: playbook.yaml\nstore: !file secret.txt\n")
    monkeypatch.chdir(folder / "mail")
    assert run(["--config", "../onward.yaml", "check"]) == 0
    assert "hunter2" not in capsys.readouterr().out
