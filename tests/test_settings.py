"""A configuration is understood whole, or every fault of it is told with its line."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import fields
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent import bundled
from agent.errors import Misconfigured
from agent.settings import Inbox, Settings, find, load
from agent.settings import schema as json_schema
from agent.settings.words import period, working_hours
from connectors import caldav, ics_url, imap

BASE = """\
rep:
  name: Dana Reyes
  email: dana@northwind.example
  timezone: America/New_York
mail: {kind: folder, path: mail}
calendar: {kind: folder, path: calendar.ics}
deals: {kind: folder, path: deals.yaml}
"""
ENVIRON = {"TOKEN": "swordfish", "STORE": "postgresql://onward:swordfish@db/onward"}


def loaded(folder: Path, text: str | bytes) -> Settings:
    path = folder / "onward.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(path, ENVIRON)


def problems(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(Misconfigured) as caught:
        loaded(folder, text)
    return caught.value.problems


def replaced(old: str, new: str) -> str:
    assert old in BASE
    return BASE.replace(old, new)


# ------------------------------------------------------------------------------------------------------ good ones


def test_everything_but_rep_and_sources_has_a_default(tmp_path: Path) -> None:
    found = loaded(tmp_path, BASE)
    assert (found.deliver, found.rounds, found.history) == ("draft", timedelta(minutes=5), timedelta(days=365))
    assert found.retention == {"bodies": timedelta(days=90), "facts": timedelta(days=400)}
    assert found.store == f"sqlite:///{tmp_path}/onward.db"
    assert (found.undo, found.within_hours, found.inbox) == (timedelta(seconds=10), False, Inbox("127.0.0.1", 8765))
    assert found.sections["outbox"][0].options == {"path": tmp_path / "outbox"}
    assert found.sections["drafter"][0].kind == "template"
    assert (found.rules.rep.signature, found.rules.rep.domains) == ("Dana Reyes", {"northwind.example"})
    assert found.rules.stages[0].name == "Lead"
    assert found.warnings == ()


def test_the_example_loads_and_changes_no_default(tmp_path: Path) -> None:
    example = loaded(tmp_path, (bundled.folder() / "onward.example.yaml").read_bytes())
    assert example.rules == loaded(tmp_path, BASE).rules
    assert example.warnings == ()


def test_the_example_still_loads_with_its_examples_switched_on(tmp_path: Path) -> None:
    text = (bundled.folder() / "onward.example.yaml").read_text("utf-8")
    on = text.replace("  # aliases", "  aliases").replace("  # holidays", "  holidays").replace("  # follow_up", "  follow_up")
    on = on.replace("  # signature", "  signature").replace("# company:\n#   domains", "company:\n  domains")
    start, end = on.index("# matching:"), on.index("deliver:")
    on = on[:start] + re.sub(r"(?m)^# ", "", on[start:end]) + on[end:]
    found = loaded(tmp_path, on)
    assert len(found.rules.answers) == 3
    assert found.follow_up_blocks == (time(9), time(16))


def test_the_example_shows_every_option_of_an_account_once(tmp_path: Path) -> None:
    text = (bundled.folder() / "onward.example.yaml").read_text("utf-8")
    start, end = text.index("# mail:\n"), text.index("# matching:")
    accounts = re.sub(r"(?m)^# ?", "", text[start:end])
    rep, deals = BASE[: BASE.index("\nmail:") + 1], "deals: {kind: folder, path: deals.yaml}\n"
    secrets = {"MAIL_PASSWORD": "swordfish", "CALENDAR_URL": "https://calendar.example/x.ics"}
    (tmp_path / "onward.yaml").write_text(rep + deals + accounts)
    found = load(tmp_path / "onward.yaml", secrets).sections
    assert [s.kind for s in (*found["mail"], *found["calendar"], *found["outbox"])] == ["imap", "caldav", "ics_url", "imap"]
    shapes = ((found["mail"][0].options, imap.Settings), (found["calendar"][0].options, caldav.Settings))
    shapes += ((found["calendar"][1].options, ics_url.Settings), (found["outbox"][0].options, imap.OutboxSettings))
    for options, shape in (*shapes, (found["outbox"][0].options["smtp"], imap.Smtp)):
        assert set(options) == {f.name for f in fields(shape)} - {"token"}
    assert accounts.count("# token: ") == 4


def test_a_byte_order_mark_and_windows_line_ends_are_let_pass(tmp_path: Path) -> None:
    assert loaded(tmp_path, b"\xef\xbb\xbf" + BASE.replace("\n", "\r\n").encode()).rules == loaded(tmp_path, BASE).rules


def test_scalars_are_what_was_written_and_no_yaml_1_1(tmp_path: Path) -> None:
    """`NO` is Norway and `09:00` a time of day, without quotes."""
    found = loaded(tmp_path, replaced("  timezone:", "  holidays: NO\n  follow_up_blocks: [09:00, 17:30]\n  timezone:"))
    assert date(2026, 5, 17) in found.rules.rep.working.holidays
    assert found.follow_up_blocks == (time(9), time(17, 30))


@pytest.mark.parametrize("off", ["off", "false", "no", "OFF"])
def test_a_kind_is_switched_off_by_off_or_false(tmp_path: Path, off: str) -> None:
    assert loaded(tmp_path, f"{BASE}detect: {{single_threaded: {off}, gone_quiet: on}}").rules.off == {"single_threaded"}


def test_each_kind_takes_its_own_settings(tmp_path: Path) -> None:
    rules = loaded(
        tmp_path,
        BASE
        + "detect: {no_next_step: {grace: 90m, look_back: 10d}, gone_quiet: {after: 6 business days}, reply_owed: {after: 2 working days},"
        " stalled: {max_days: 20}, touch_due: {after: 45 days}, park: {max_touches: 5, after: 60d}, agreed_not_booked: {after: 2h}}",
    ).rules
    assert (rules.grace, rules.look_back, rules.quiet_after, rules.reply_after) == (timedelta(minutes=90), timedelta(days=10), 6, 2)
    assert (rules.max_days, rules.touch_after, rules.park_touches, rules.park_after) == (20, 45, 5, 60)
    assert rules.agreed_after == timedelta(hours=2)


@pytest.mark.parametrize(
    ("text", "mode", "seconds", "within_hours"),
    [
        ("send", "send", 10, False),
        ("{mode: send, undo: 30s, working_hours: true}", "send", 30, True),
        ("{mode: send, undo: 1 minute}", "send", 60, False),
        ("{undo: 0s}", "draft", 0, False),
    ],
)
def test_delivery_is_a_word_or_says_more(tmp_path: Path, text: str, mode: str, seconds: int, within_hours: bool) -> None:
    found = loaded(tmp_path, f"{BASE}deliver: {text}")
    assert (found.deliver, found.undo, found.within_hours) == (mode, timedelta(seconds=seconds), within_hours)


@pytest.mark.parametrize(
    ("host", "read"), [("127.0.0.1", "127.0.0.1"), ("'[::1]'", "::1"), ("LocalHost", "localhost"), ("127.8.8.8", "127.8.8.8")]
)
def test_the_inbox_answers_on_this_machine_at_the_port_that_is_set(tmp_path: Path, host: str, read: str) -> None:
    assert loaded(tmp_path, f"{BASE}inbox: {{host: {host}, port: 9000}}").inbox == Inbox(read, 9000)


def test_a_provider_stands_for_mail_calendar_and_outbox_where_they_are_left_out(tmp_path: Path) -> None:
    text = BASE.replace("mail: {kind: folder, path: mail}\n", "") + "provider: google\n"
    sections = loaded(tmp_path, text).sections
    assert {port: found[0].kind for port, found in sections.items()} == {
        "mail": "gmail", "calendar": "folder", "deals": "folder", "outbox": "gmail", "drafter": "template",
    }  # fmt: skip


def test_mail_and_calendar_may_be_lists_and_carry_the_options_of_their_port(tmp_path: Path) -> None:
    text = replaced(
        "calendar: {kind: folder, path: calendar.ics}", "calendar: [{kind: folder, path: a.ics}, {kind: folder, path: b.ics, shared: true}]"
    )
    found = loaded(tmp_path, text.replace("path: mail}", "path: mail, authserv_id: mx.example}"))
    assert [(s.options["path"].name, s.shared) for s in found.sections["calendar"]] == [("a.ics", False), ("b.ics", True)]
    assert found.rules.authserv_id == "mx.example"


def test_paths_begin_beside_the_file(tmp_path: Path) -> None:
    assert loaded(tmp_path, BASE).sections["mail"][0].options["path"] == tmp_path / "mail"


def test_people_and_domains_are_compared_in_their_one_form(tmp_path: Path) -> None:
    text = "do_not_contact: [H.Boone+x@GMail.com, eu.acme.co.uk, '@Beta.example']\n"
    text += "ignore: {senders: [News@x.example], domains: [a.b.example]}"
    rules = loaded(tmp_path, BASE + text).rules
    assert rules.do_not_contact == {"hboone@gmail.com", "@acme.co.uk", "@beta.example"}
    assert (rules.ignore_senders, rules.ignore_domains) == ({"news@x.example"}, {"b.example"})


def test_answers_name_a_thread_a_series_or_a_person(tmp_path: Path) -> None:
    text = "matching: {answers: [{thread: a1@acme.example, deal: 17}, {series: w, deal: none},"
    text += " {person: Pat+x@a.example, account: A, deal: D}]}"
    answers = loaded(tmp_path, BASE + text).rules.answers
    assert [(a.deal, a.thread, a.series, a.person, a.account) for a in answers] == [
        ("17", "<a1@acme.example>", "", "", ""), (None, "", "w", "", ""), ("D", "", "", "pat@a.example", "A"),
    ]  # fmt: skip


def test_a_free_mail_domain_names_no_company(tmp_path: Path) -> None:
    assert loaded(tmp_path, BASE.replace("northwind.example", "gmail.com")).rules.rep.domains == frozenset()
    found = loaded(tmp_path, BASE + "company: {domains: [northwind.example, gmail.com]}")
    assert found.rules.rep.domains == {"northwind.example"}
    assert "gmail.com is a free-mail domain" in found.warnings[0]


def test_a_secret_comes_from_a_variable_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("swordfish\n")
    for secret in ("!env TOKEN", "!file secret"):
        assert loaded(
            tmp_path, replaced("mail: {kind: folder, path: mail}", f"mail: {{kind: imap, host: imap.example, user: d, password: {secret}}}")
        )
    assert loaded(tmp_path, BASE + "store: !env STORE").store == ENVIRON["STORE"]


def test_aliases_of_yaml_may_be_used(tmp_path: Path) -> None:
    rules = loaded(tmp_path, BASE + "do_not_contact: &who [a@b.example]\nignore: {senders: *who}\n").rules
    assert rules.do_not_contact == rules.ignore_senders == {"a@b.example"}


@pytest.mark.parametrize(
    ("text", "days", "opens", "closes"),
    [
        ("mon-fri 09:00-17:30", "01234", "09:00", "17:30"),
        ("sun-thu 8:00-16:00", "01236", "08:00", "16:00"),
        ("mon-thu,sat 09:00-17:00", "01235", "09:00", "17:00"),
        ("Monday, Wed 10:00 – 12:00", "02", "10:00", "12:00"),
        ("fri-mon 09:00-17:00", "0456", "09:00", "17:00"),
    ],
)
def test_working_hours(text: str, days: str, opens: str, closes: str) -> None:
    assert working_hours(text) == ({int(d) for d in days}, time.fromisoformat(opens), time.fromisoformat(closes))


@pytest.mark.parametrize(("text", "hours"), [("3h", 3), ("90m", 1.5), ("14d", 336), ("30 days", 720), ("2 weeks", 336), ("1 Hour", 1)])
def test_periods(text: str, hours: float) -> None:
    assert period(text) == timedelta(hours=hours)


# ------------------------------------------------------------------------------------------------------- bad ones

BAD = [
    (replaced("path: mail}", "pth: mail}"), 5, "unknown key 'pth' in mail; did you mean 'path'?"),
    (BASE + "delivr: draft", 8, "unknown key 'delivr'; did you mean 'deliver'?"),
    (BASE + "timezone: Europe/Berlin", 8, "it belongs in rep"),
    (replaced("mail: {kind: folder", "mail: {kind: floder"), 5, "unknown kind 'floder' in mail; did you mean 'folder'?"),
    (replaced("mail: {kind: folder", "mail: {kind: hubspot"), 5, "unknown kind 'hubspot' in mail"),
    (replaced("mail: {kind: folder", "mail: {kid: folder"), 5, "did you mean 'kind'?"),
    (replaced("mail: {kind: folder, path: mail}", "mail: mail"), 5, "write {kind: folder"),
    (replaced("mail: {kind: folder, path: mail}", "mail: []"), 5, "empty list"),
    (replaced("mail: {kind: folder, path: mail}", "mail:\n  kind: folder"), 5, "path is missing in mail"),
    (replaced("mail: {kind: folder, path: mail}", "mail:\n  - {kind: folder, path: a}\n  - kind: folder"), 7, "path is missing in mail"),
    (replaced("deals: {kind: folder, path: deals.yaml}", "deals: [{kind: folder, path: deals.yaml}]"), 7, "not a list"),
    (replaced("mail: {kind: folder, path: mail}\n", ""), 1, "mail is missing"),
    (replaced("  email: dana@northwind.example\n", ""), 1, "email is missing in rep"),
    (replaced("dana@northwind.example", "dana"), 3, "no email address"),
    (replaced("dana@northwind.example", "Dana <dana@northwind.example>"), 3, "no email address"),
    (replaced("Dana Reyes", "42"), 2, "put it in quotes"),
    (replaced("Dana Reyes", "[Dana]"), 2, "not a list"),
    (replaced("America/New_York", "America/NewYork"), 4, "did you mean 'America/New_York'?"),
    (replaced("America/New_York", "Berlin"), 4, "did you mean 'Europe/Berlin'?"),
    (replaced("  timezone:", "  holidays: Atlantis\n  timezone:"), 4, "no country"),
    (replaced("  timezone:", "  holidays: DE/XX\n  timezone:"), 4, "no region 'XX'; it has"),
    (replaced("  timezone:", "  aliases: d@northwind.example\n  timezone:"), 4, "must be a list"),
    (replaced("  timezone:", "  follow_up_blocks: [540]\n  timezone:"), 4, "no time of day"),
    (BASE + "deals: {kind: folder, path: x}", 8, "'deals' stands twice (first in line 7)"),
    (BASE + "store: mysql://h/db", 8, "postgresql://"),
    (BASE + "store: postgresql://u:swordfish@h/db", 8, "a password does not stand in a URL"),
    (replaced("mail: {kind: folder, path: mail}", "mail: {kind: imap, password: swordfish}"), 5, "a secret does not stand in this file"),
    (replaced("mail: {kind: folder, path: mail}", "mail: {kind: imap, password: !env NOPE}"), 5, "variable NOPE is not set"),
    (replaced("mail: {kind: folder, path: mail}", "mail: {kind: imap, password: !file nope}"), 5, "no such file"),
    (replaced("Dana Reyes", "!vault x"), 2, "the tag !vault is not allowed"),
    (replaced("Dana Reyes", "!!python/name:os.system x"), 2, "is not allowed"),
    (BASE + "history: 365", 8, "write 365d"),
    (BASE + "history: 0d", 8, "more than nothing"),
    (BASE + "rounds: often", 8, "every 5 minutes"),
    (BASE + "deliver: now", 8, "draft, send"),
    (BASE + "deliver: {mode: now}", 8, "draft, send"),
    (BASE + "deliver:\n  mode: send\n  undo: 2m", 10, "between 0s and 60s"),
    (BASE + "deliver: {undo: 10}", 8, "write 10s"),
    (BASE + "deliver: {working_hours: mon-fri 9-17}", 8, "true or false"),
    (BASE + "deliver: {hold: 10s}", 8, "known are mode, undo, working_hours"),
    (BASE + "deliver: [send]", 8, "draft, send"),
    *((BASE + f"inbox: {{host: {host}}}", 8, "no sign-in guards the inbox; write 127.0.0.1") for host in ("0.0.0.0", "'::'", "10.0.0.4")),
    (BASE + "inbox: {host: onward.example}", 8, "write 127.0.0.1"),
    (BASE + "inbox: {port: 70000}", 8, "from 1 to 65535"),
    (BASE + "inbox: 8765", 8, "must be a mapping"),
    (BASE + "store: postgresql://h/db?user=u&password=swordfish", 8, "a password does not stand in a URL"),
    (BASE + "provider: gogle", 8, "did you mean 'google'?"),
    (BASE + "playbook: nope.yaml", 8, "no such file"),
    (BASE + "detect: {no_next_stp: off}", 8, "did you mean 'no_next_step'?"),
    (BASE + "detect: {no_next_step: {lookback: 3d}}", 8, "did you mean 'look_back'?"),
    (BASE + "detect:\n  no_next_step: {grace: 20d}", 9, "shorter than look_back"),
    (BASE + "detect: {gone_quiet: {after: 4d}}", 8, "write '4 business days'"),
    (BASE + "detect: {park: {max_touches: 0}}", 8, "whole number from 1"),
    (BASE + "detect: off", 8, "must be a mapping"),
    (BASE + "company: {domains: northwind.example}", 8, "write [northwind.example]"),
    (BASE + "company: {domains: [dana@northwind.example]}", 8, "write northwind.example"),
    (BASE + "ignore: {senders: [acme.example]}", 8, "ignore.domains"),
    (BASE + "do_not_contact: [nobody]", 8, "no domain"),
    (BASE + "matching: {bcc: crm@northwind.example}", 8, "{id}"),
    (BASE + "matching: {deal_url: 'https://crm.example/'}", 8, "{id}"),
    (BASE + "matching: {answers: [{deal: D-17}]}", 8, "one of thread, series or person"),
    (BASE + "matching: {answers: [{thread: a, series: b, deal: c}]}", 8, "not 2"),
    (BASE + "matching: {answers: [{thread: a}]}", 8, "deal is missing"),
    (BASE + "a: b: c", 8, "put the text in quotes"),
    (BASE + "\ta: b", 8, "tab"),
    (BASE + "x: *nowhere", 8, "no anchor"),
    (BASE + "---\nrep: {}", 8, "second document"),
    ("- rep", 1, "must hold keys"),
    ("", 1, "rep is missing"),
    (BASE.encode().replace(b"Reyes", b"R\xe9yes"), 2, "not UTF-8"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "says"), BAD)
def test_a_fault_is_told_with_its_line_and_a_hint(tmp_path: Path, text: str | bytes, line: int, says: str) -> None:
    found = problems(tmp_path, text)
    assert any(p.startswith(f"onward.yaml:{line}: ") and says in p for p in found), found
    assert not any("swordfish" in p or "\n" in p for p in found)


@pytest.mark.parametrize(
    "hours",
    [
        "mon-fri 17:00-09:00",
        "mon-fri",
        "9-17",
        "mon-fry 09:00-17:00",
        "mon-fri 09:00-25:00",
        "mon-fri 09:60-10:00",
        "all day",
        "mon-fri 09:00-09:00",
    ],
)
def test_nonsense_is_no_working_time(tmp_path: Path, hours: str) -> None:
    assert problems(tmp_path, replaced("  timezone:", f"  working_hours: {hours}\n  timezone:"))[0].startswith(
        "onward.yaml:4: rep.working_hours"
    )


def test_all_faults_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = replaced("America/New_York", "Mars").replace("path: mail}", "pth: mail}") + "deliver: now\ndetect: {nothing: off}\n"
    assert [p.split(":")[1] for p in problems(tmp_path, text)] == ["4", "5", "8", "9"]


def test_a_misspelt_key_is_not_called_missing_as_well(tmp_path: Path) -> None:
    assert len(problems(tmp_path, replaced("path: mail}", "pth: mail}"))) == 1
    assert len(problems(tmp_path, replaced("mail: {", "mial: {"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x]\nb: [" + ", ".join(["*a"] * 101) + "]",
        "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)),
        "a: " + "[" * 3000,
        "a: " + "x" * 1_000_001,
        "a: &a [*a]",
    ],
)
def test_what_makes_yaml_dangerous_is_refused(tmp_path: Path, text: str) -> None:
    assert len(problems(tmp_path, BASE + text)) == 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.sampled_from("rep:mail{}[],&*!|>-#'\" \n\tkind0é"), max_size=60))
def test_no_text_makes_it_fail_otherwise(tmp_path: Path, text: str) -> None:
    with suppress(Misconfigured):
        loaded(tmp_path, text)


def test_a_configuration_that_is_not_there_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with pytest.raises(Misconfigured, match="--config PATH"):
        find(None)
    (tmp_path / "config" / "onward").mkdir(parents=True)
    (tmp_path / "config" / "onward" / "onward.yaml").write_text(BASE)
    assert find(None) == tmp_path / "config" / "onward" / "onward.yaml"
    (tmp_path / "onward.yaml").write_text(BASE)
    assert find(None) == Path("onward.yaml")


def test_the_json_schema_is_up_to_date() -> None:
    """Made by `python -m agent.settings.schema > config/onward.schema.json`."""
    written = (bundled.folder() / "onward.schema.json").read_text("utf-8")
    assert json.loads(written) == json_schema.document(), "run the command above"


@pytest.mark.parametrize(
    ("zone", "better"), [("EST", "America/New_York"), ("HST", "Pacific/Honolulu"), ("Etc/GMT+5", "the zone of a city")]
)
def test_a_zone_without_summer_time_is_warned_of(tmp_path: Path, zone: str, better: str) -> None:
    (warning,) = loaded(tmp_path, replaced("America/New_York", zone)).warnings
    assert "fixed offset" in warning
    assert better in warning


@pytest.mark.parametrize(("zone", "better"), [("PST", "write America/Los_Angeles"), ("GMT+5", "write the zone of a city")])
def test_a_short_name_of_a_zone_is_refused_with_what_to_write(tmp_path: Path, zone: str, better: str) -> None:
    assert better in problems(tmp_path, replaced("America/New_York", zone))[0]


@pytest.mark.parametrize("answers", ["D-1", "[D-1]", "[{deal: D-1}]"])
def test_what_an_answer_looks_like_is_shown(tmp_path: Path, answers: str) -> None:
    assert '{thread: "<a1@acme.example>", deal: D-17}' in problems(tmp_path, BASE + f"matching: {{answers: {answers}}}")[0]


def test_a_backslash_in_double_quotes_gets_a_hint(tmp_path: Path) -> None:
    assert "single quotes" in problems(tmp_path, BASE + 'playbook: "C:\\Users\\dana"\n')[0]


def test_names_of_stages_that_lead_to_one_another_are_refused(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("stages: [{name: Contract sent}, {name: contract_sent}]")
    assert "stands twice" in problems(tmp_path, BASE + "playbook: p.yaml\n")[0]
