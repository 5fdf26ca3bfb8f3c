"""Whatever is asked for answers why it has a card, or has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent import bundled, settings
from agent.cli import demo, scan
from agent.cli.explain import Answers
from agent.cli.main import run

EMPTY = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nEND:VCALENDAR\r\n"
NOW = "2026-03-05T15:00:00-05:00"
CONFIG = """\
rep: {name: Dana Reyes, email: dana@northwind.example, timezone: America/New_York}
mail: {kind: folder, path: mail}
calendar: [{kind: folder, path: calendar.ics}, {kind: folder, path: team.ics, shared: true}]
deals: {kind: folder, path: deals.yaml}
"""
DEALS = """\
- {id: D-1, name: Acme rollout, account: {name: Acme, domains: [acme.example]}, stage: Demo, opened: 2026-02-20}
- {id: D-2, name: Nameless, stage: Demo}
"""


@pytest.fixture(scope="module")
def answers() -> Answers:
    found = settings.load(bundled.folder() / "demo" / "onward.yaml")
    return Answers(scan.run(found, demo.moment()), found.rules)


def event(uid: str, day: str, title: str) -> str:
    return (
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T090000Z\r\nDTSTART:{day}T150000Z\r\nDTEND:{day}T160000Z\r\nSUMMARY:{title}\r\n"
        "ORGANIZER:mailto:lee@northwind.example\r\nATTENDEE:mailto:pat@acme.example\r\nEND:VEVENT\r\n"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mail").mkdir()
    own = event("old@x", "20251201", "Kick-off") + event("far@x", "20260901", "Review of autumn")
    (tmp_path / "calendar.ics").write_bytes(EMPTY.replace("END:VC", own + "END:VC").encode())
    (tmp_path / "team.ics").write_bytes(EMPTY.replace("END:VC", event("team@x", "20260310", "Team talk") + "END:VC").encode())
    (tmp_path / "deals.yaml").write_text(DEALS)
    (tmp_path / "onward.yaml").write_text(CONFIG)
    return tmp_path


def said(folder: Path, capsys: pytest.CaptureFixture[str], what: str) -> tuple[int, str, str]:
    status = run(["--config", str(folder / "onward.yaml"), "explain", what, "--now", NOW])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize(
    ("deal", "because"),
    [
        ("LF-117", "too_early"),
        ("LF-118", "until 2026-04-01"),
        ("LF-125", "the deal is won"),
        ("LF-126", "the deal is lost"),
        ("LF-127", "the deal is priya@larkfield.example's"),
        ("LF-128", "something quarantined names somebody of this deal"),
        ("LF-119", "snoozed"),
        ("LF-120", "nobody is left to write to"),
        ("LF-102", "a next meeting is booked"),
        ("LF-103", "times are on the table"),
    ],
)
def test_a_deal_without_a_card_says_why(answers: Answers, deal: str, because: str) -> None:
    lines = [line for line in answers.about(deal) if line.startswith("  No card: ")]
    assert len(lines) == 1
    assert because in lines[0]


def test_every_deal_thread_and_meeting_of_the_sample_answers(answers: Answers) -> None:
    """With its card, or with why there is none, or with why it is not listed."""
    names = [d.id for d in answers.done.facts.deals]
    names += [t.id for t, _ in answers.done.survey.threads]
    names += [e.key for e, _ in answers.done.survey.events]
    names += [q.item for q in answers.done.facts.quarantined]
    for name in names:
        assert any(line.startswith(("  Card: ", "  No card: ", "  Not listed: ")) for line in answers.about(name)), name


def test_a_card_is_told_with_its_evidence_and_to_whom_it_goes(answers: Answers) -> None:
    lines = list(answers.about("LF-101"))
    assert any(line.startswith("  Card: no_next_step, the meeting ended without a next step") for line in lines)
    assert any("event “Halden Foods: Pulse demo”" in line for line in lines)
    assert "    Not in copy: tom@larkfield.example (only in the meeting)" in lines


def test_case_brackets_and_part_of_a_title_are_enough(answers: Answers) -> None:
    assert next(answers.about("lf-101")).startswith("Deal LF-101")
    assert next(answers.about("internal-4-1@larkfield.example")).startswith("Thread “Expenses”")
    assert any(line.startswith("Meeting “Kestrel: baggage demo”") for line in answers.about("kestrel"))


def test_of_a_long_series_the_nearest_are_told_and_one_can_be_named(answers: Answers) -> None:
    lines = list(answers.about("standup@cal.example"))
    assert sum(line.startswith("Meeting ") for line in lines) == 5
    days = [line.split(", ")[1][:10] for line in lines if line.startswith("Meeting ")]
    assert days[:2] == ["Mon 9 Mar ", "Mon 16 Mar"]
    assert lines[-1].startswith("… and ")
    assert sum(line.startswith("Meeting ") for line in answers.about("standup@cal.example/2026-03-09T13:00:00Z")) == 1


@pytest.mark.parametrize("what", ["Halden Foods", "Petra Holm", "petra@haldenfoods.example", "haldenfoods.example"])
def test_a_deal_is_found_by_its_account_and_its_people(answers: Answers, what: str) -> None:
    assert next(answers.about(what)).startswith("Deal LF-101")


def test_the_draft_of_a_card_is_shown(answers: Answers) -> None:
    lines = list(answers.about("LF-101"))
    assert any(line.startswith("    Subject: ") for line in lines)
    draft = next(c["draft"] for c in answers.document["cards"] if c["deal"] == "LF-101")
    assert draft["body"].splitlines()[0] in "\n".join(lines)


def test_no_sentence_is_told_twice(answers: Answers) -> None:
    for deal in answers.done.facts.deals:
        said = [part for line in answers.about(deal.id) for part in line.strip().split(": ", 1)[-1].split(". ") if len(part) > 40]
        assert len({*said}) >= len(said) - 1, deal.id  # why a deal stands where it does is evidence of its card as well


def test_several_words_are_one_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = run(["--config", str(folder / "onward.yaml"), "explain", "--now", NOW, "Review", "of", "autumn"])
    assert status == 0
    assert "Meeting “Review of autumn”" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("what", "because"),
    [
        ("old@x", "it ended more than 30 days ago"),
        ("far@x", "it starts more than 90 days from now; with a customer it counts as booked"),
        ("team@x", "it stands in a shared calendar and you take no part"),
        ("D-2", "it could not be read"),
    ],
)
def test_what_is_not_listed_says_why(folder: Path, capsys: pytest.CaptureFixture[str], what: str, because: str) -> None:
    status, out, err = said(folder, capsys, what)
    assert (status, err) == (0, "")
    assert because in out


def test_a_name_of_nothing_is_wrong_usage(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = said(folder, capsys, "D-99")
    assert (status, out) == (2, "")
    assert "nothing is called 'D-99'" in err


def test_a_name_of_nothing_where_a_source_failed_may_be_unread(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "deals.yaml").unlink()
    status, out, err = said(folder, capsys, "D-1")
    assert (status, out) == (1, "")
    assert "onward: deals: " in err
    assert "as far as could be read" in err
