"""`onward inbox`: the whole way from a round to an approved mail, at a terminal and for scripts."""

from __future__ import annotations

import json
import re
import shutil
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from agent.cli import card_text, main
from agent.daemon import schedule
from agent.errors import Rejected
from agent.model import Draft
from agent.store import Store, decisions, schema
from tests.builders import Story

NOW = "2026-05-06T15:00:00-04:00"
STORY = {
    "now": "2026-05-06T15:00",
    "deals": [
        {"id": "K-1", "name": "Kiln monitoring", "stage": "Demo", "opened": "2026-04-13", "stage_since": "2026-04-27"}
        | {"account": {"name": "Terra Cotta", "domains": ["terra.example"]}, "contacts": [{"name": "Ines Prado",
        "email": "ines@terra.example"}]},
        {"id": "K-2", "name": "Oven", "stage": "Demo", "account": {"name": "Oven Works", "domains": ["oven.example"]}},
    ],
    "events": [{"uid": "walk", "title": "Kiln walkthrough", "start": "2026-05-06T10:00",
        "attendees": ["Ines Prado <ines@terra.example>"]}],
    "mail": [
        {"id": "k1", "from": "dana@northwind.example", "to": ["ines@terra.example"], "date": "2026-05-05T16:00",
        "subject": "Kiln walkthrough"}
        | {"body": "Ines,\n\nsee you tomorrow at ten.\n\nDana\n"},
        {"id": "k2", "from": "Ines Prado <ines@terra.example>", "to": ["dana@northwind.example"], "date": "2026-05-06T11:20"}
        | {"subject": "Re: Kiln walkthrough", "reply_to": "k1", "body": "Thank you, that was very clear.\n\nInes\n"},
    ],
    "config": {"deliver": "send"},
}  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rep's folder after one round: a meeting without a next step has its card."""
    folder = tmp_path_factory.mktemp("filled")
    Story(STORY).write(folder)
    assert main.run(["--config", str(folder / "onward.yaml"), "run", "--once", "--json", "--now", NOW]) == 0
    return folder


@pytest.fixture
def onward(filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Runs `onward inbox …` there: exit status, stdout, stderr. With `--json` stdout comes parsed."""
    folder = tmp_path / "rep"
    shutil.copytree(filled, folder, copy_function=shutil.copy2)
    monkeypatch.setenv("COLUMNS", "200")
    capsys.readouterr()

    def run(*words: str, at: str = NOW) -> tuple[int, Any, str]:
        status = main.run(["--config", str(folder / "onward.yaml"), "inbox", *words, *(["--now", at] if at else [])])
        out, err = capsys.readouterr()
        return status, json.loads(out) if "--json" in words and not status else out, err

    run.folder = folder  # type: ignore[attr-defined]
    return run


@pytest.fixture
def ref(onward: Callable[..., Any]) -> str:
    return str(onward("list", "--json")[1]["cards"][0]["ref"])


def rows(onward: Callable[..., Any], table: Any) -> list[Any]:
    store = Store.open(f"sqlite:///{onward.folder / 'onward.db'}")  # type: ignore[attr-defined]
    try:
        with store.read() as connection:
            return list(connection.execute(select(table)))
    finally:
        store.close()


def state(onward: Callable[..., Any], ref: str) -> str:
    return str(onward("show", ref, "--json")[1]["state"])


def test_the_list_says_what_waits_and_how_to_go_on(onward: Callable[..., Any], ref: str) -> None:
    status, out, err = onward()
    assert (status, err) == (0, "")
    for part in (
        "1 to review",
        ref[:7],
        "Kiln monitoring [K-1]",
        "The meeting ended without a next step.",
        "To Ines Prado",
        "onward inbox show",
    ):
        assert part in out


def test_the_list_for_scripts_is_one_document(onward: Callable[..., Any], ref: str) -> None:
    found = onward("--json")[1]
    card = found["cards"][0]
    assert (found["now"], found["tab"], found["counts"]["review"], found["paused_until"]) == ("2026-05-06T19:00:00Z", "review", 1, None)
    assert (card["kind"], card["deal"], card["state"], card["version"], card["to"]) == ("no_next_step", "K-1", "review", 1, ["Ines Prado"])
    assert card["due"] == "2026-05-06T18:00:00Z"
    assert re.fullmatch(r"[0-9a-f]{12}", ref)


def test_a_card_is_shown_with_its_reason_and_its_mail(onward: Callable[..., Any], ref: str) -> None:
    out = onward("show", ref[:4])[1]
    for part in (
        "Kiln walkthrough ended",
        "No later meeting",
        "To: Ines Prado <ines@terra.example>",
        "Subject: Re: Kiln walkthrough",
        "Dana",
    ):
        assert part in out
    found = onward("show", ref, "--json")[1]
    assert (found["draft"]["to"], found["draft"]["in_reply_to"], len(found["draft"]["times"])) == (
        ["ines@terra.example"],
        "<k2@terra.example>",
        2,
    )
    assert {"approve", "edit", "snooze"} <= set(found["acts"])
    assert found["delivery"] is None


def test_what_was_approved_is_what_was_shown(onward: Callable[..., Any], ref: str) -> None:
    body = onward("show", ref, "--json")[1]["draft"]["body"]
    status, out, _ = onward("approve", ref)
    assert status == 0
    for part in ("To: Ines Prado", "Approved. Leaves in 10 s", "`onward run`", f"onward inbox undo {ref[:7]}"):
        assert part in out
    kept = rows(onward, schema.approval)[0]
    assert message_from_bytes(kept.raw).get_payload(decode=True).decode().replace("\r\n", "\n").strip() == body
    assert "On the way out" in onward()[1]
    assert onward("--json")[1]["leaving"][0]["leave_at"] == "2026-05-06T19:00:10Z"


def test_a_script_approves_the_version_that_it_has_read(onward: Callable[..., Any], ref: str) -> None:
    assert onward("approve", ref, "--version", "2")[0] == 1
    assert rows(onward, schema.approval) == []
    found = onward("approve", ref, "--version", "1", "--json")[1]
    assert (found["state"], found["leave_at"], found["mode"], found["remarks"]) == ("approved", "2026-05-06T19:00:10Z", "send", [])
    status, out, err = onward("approve", ref)
    assert (status, out) == (1, "")
    assert "it was approved" in err


def test_what_is_to_be_done_first_is_said_to_be_done(onward: Callable[..., Any], ref: str) -> None:
    store = Store.open(f"sqlite:///{onward.folder / 'onward.db'}")  # type: ignore[attr-defined]
    with store.begin() as connection:
        card = decisions.known(connection, ref)
        words = replace(decisions.draft(connection, card).draft, todo=("attach the offer",))
        decisions.move(connection, card, "refresh", datetime.fromisoformat(NOW), who="onward", draft=words)
    store.close()
    status, out, err = onward("approve", ref, "--yes")
    assert (status, out) == (1, "")
    assert "Before it leaves: attach the offer. When that is done: onward inbox approve" in err
    assert onward("approve", ref, "--done", "--json")[1]["state"] == "approved"


def test_an_approval_is_undone(onward: Callable[..., Any], ref: str) -> None:
    onward("approve", ref)
    assert "Taken back" in onward("undo", ref)[1]
    assert state(onward, ref) == "review"
    assert rows(onward, schema.delivery)[0].state == "undone"


def editor(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(path))


def test_an_edit_in_the_editor_is_a_new_version(
    onward: Callable[..., Any], ref: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(
        tmp_path,
        """sed -i 's/^Cc:.*/Cc: "Lee, W." <lee@northwind.example>; eve@evil.example/; s/^Hi Ines,/Dear Ines,/' "$1" """,
        monkeypatch,
    )
    status, out, err = onward("edit", ref)
    assert status == 0
    assert "Saved as version 2" in out
    assert "eve@evil.example is new here" in err
    words = onward("show", ref, "--json")[1]["draft"]
    assert (words["cc"], words["body"][:10], words["written_by"]) == (["lee@northwind.example", "eve@evil.example"], "Dear Ines,", "rep")


@pytest.mark.parametrize("script", ["true", ': > "$1"', 'touch "$1"'])
def test_what_is_unchanged_or_empty_changes_nothing(
    onward: Callable[..., Any], ref: str, script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, script, monkeypatch)
    assert onward("edit", ref)[:2] == (0, "Nothing was changed.\n")
    assert len(rows(onward, schema.draft)) == 1


def test_what_was_typed_is_not_lost_with_what_is_wrong_in_it(
    onward: Callable[..., Any], ref: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, """printf 'To: nobody\\nSubject: x\\n\\nLong thoughts\\n' > "$1"; touch -d '+1 minute' "$1" """, monkeypatch)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    status, _, err = onward("edit", ref)
    assert status == 1
    assert "nobody is no address" in err
    kept = Path(re.findall(r"kept in (\S+)", err)[0])
    assert "Long thoughts" in kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert len(rows(onward, schema.draft)) == 1


def test_a_script_edits_from_a_file(onward: Callable[..., Any], ref: str, tmp_path: Path) -> None:
    path = tmp_path / "mail.txt"
    path.write_text("To: Ines <ines@terra.example>\nSubject: Other\n\nHello [Name]\n", encoding="utf-8")
    found = onward("edit", ref, "--file", str(path), "--json")[1]
    assert (found["version"], found["changed"]) == (2, True)
    assert "[Name]" in found["remarks"][0]
    status, _, err = onward("approve", ref)
    assert status == 1
    assert "still to be filled in" in err


@pytest.mark.parametrize(
    ("words", "after", "says"),
    [
        (["reject", "--why", "They buy alone."], "dismissed", "No follow-up needed."),
        (["reject", "--teach"], "dismissed", "not be asked again"),
        (["handled"], "handled", "Marked as done."),
        (["wrong-deal"], "misplaced", "it is about no deal"),
        (["mute"], "muted", "no card is made of this thread"),
        (["snooze", "UNTIL"], "snoozed", "Snoozed until Thu 7 May 09:00."),
    ],
)
def test_an_act_says_what_became_of_the_card_and_can_be_taken_back(
    onward: Callable[..., Any], ref: str, words: list[str], after: str, says: str
) -> None:
    given = [words[0], ref, *("2026-05-07" if word == "UNTIL" else word for word in words[1:])]
    status, out, _ = onward(*given)
    assert status == 0
    assert says in out
    assert state(onward, ref) == after
    assert onward("undo", ref, "--json")[1]["state"] == "review"


def test_the_other_deal_is_named_by_its_id(onward: Callable[..., Any], ref: str) -> None:
    assert onward("wrong-deal", ref, "K-9")[0] == 2
    assert onward("wrong-deal", ref, "k-2")[0] == 0
    assert {row.deal for row in rows(onward, schema.answer)} == {"K-2"}


def test_a_snoozed_card_stands_under_its_tab(onward: Callable[..., Any], ref: str) -> None:
    onward("snooze", ref, "later")
    assert onward("--json")[1]["cards"] == []
    assert onward("--tab", "snoozed", "--json")[1]["cards"][0]["wake_at"] == "2026-05-06T22:00:00Z"
    assert "1 snoozed" in onward()[1]


def test_who_is_silenced_gets_no_mail(onward: Callable[..., Any], ref: str) -> None:
    onward("approve", ref)
    assert onward("silence", "ines@terra.example", "--why", "She asked.")[0] == 0
    assert (state(onward, ref), rows(onward, schema.delivery)[0].state) == ("withdrawn", "withdrawn")
    assert "Taken back: They are on the do-not-contact list now." in onward("show", ref)[1]


def test_what_was_said_for_good_is_listed_and_taken_back(onward: Callable[..., Any], ref: str) -> None:
    assert onward("revoke")[1] == "Nothing was said so far.\n"
    onward("silence", "@oven.example", "--why", "they asked")
    onward("mute", ref)
    held = onward("revoke", "--json")[1]["holds"]
    assert [(x["what"], x["says"]) for x in held] == [
        ("silence", "is not to be contacted (they asked)"),
        ("lesson", "Kiln monitoring: the thread “Kiln walkthrough” is muted"),
    ]
    for each in held:
        assert onward("revoke", each["what"], each["name"], "--json")[1] == {"revoked": each["what"], "name": each["name"]}
        status, _, err = onward("revoke", each["what"], each["name"])
        assert (status, "no such entry" in err) == (1, True)
    assert onward("revoke", "--json")[1] == {"holds": []}
    assert onward("revoke", "lesson")[0] == 2


@pytest.mark.parametrize("words", [["silence", "@oven.example"], ["resume"]])
def test_what_bears_on_all_cards_asks_the_one_that_works_for_a_round(onward: Callable[..., Any], ref: str, words: list[str]) -> None:
    def due(at: str) -> bool:
        store = Store.open(f"sqlite:///{onward.folder / 'onward.db'}")  # type: ignore[attr-defined]
        with store.read() as connection:
            now = datetime.fromisoformat(at)
            found = schedule.round_due(connection, timedelta(hours=9), now) <= now
        store.close()
        return found

    soon, later = "2026-05-06T15:01:00-04:00", "2026-05-06T15:02:00-04:00"
    assert not due(soon)
    onward(*words, at=soon)
    assert due(soon)
    main.run(["--config", str(onward.folder / "onward.yaml"), "run", "--once", "--json", "--now", later])  # type: ignore[attr-defined]
    assert not due(later)


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ([], None),
        (["2d"], "2026-05-08T13:00:00Z"),
        (["3h"], "2026-05-06T22:00:00Z"),
        (["1w"], "2026-05-13T13:00:00Z"),
        (["until", "2026-05-11"], "2026-05-11T13:00:00Z"),
        (["until", "monday"], "2026-05-11T13:00:00Z"),
    ],
)
def test_everything_is_paused_and_resumed(onward: Callable[..., Any], ref: str, words: list[str], until: str | None) -> None:
    assert onward("pause", *words, "--json")[1] == {"paused_until": until, "paused": True}
    assert "Paused until" in onward()[1]
    assert onward("resume", "--json")[1] == {"paused": False}
    assert "Paused" not in onward()[1]


def test_pause_and_resume_are_words_of_their_own_too(onward: Callable[..., Any], capsys: pytest.CaptureFixture[str]) -> None:
    path = str(onward.folder / "onward.yaml")  # type: ignore[attr-defined]
    assert main.run(["--config", path, "pause", "2d", "--now", NOW]) == 0
    assert capsys.readouterr().out == "Paused until Fri 8 May 09:00; before: onward resume\n"
    assert main.run(["--config", path, "resume", "--now", NOW]) == 0
    assert "Paused" not in onward()[1]


def test_a_mail_that_goes_to_drafts_is_not_said_to_leave(onward: Callable[..., Any], ref: str) -> None:
    config = onward.folder / "onward.yaml"  # type: ignore[attr-defined]
    config.write_text(config.read_text().replace("deliver: send", "deliver: draft"))
    onward("approve", ref)
    assert "approved, is laid in Drafts today 15:00" in onward()[1]


def test_what_lies_in_drafts_is_closed_as_handled_and_the_draft_is_taken_away(onward: Callable[..., Any], ref: str) -> None:
    folder = onward.folder  # type: ignore[attr-defined]
    config = folder / "onward.yaml"
    config.write_text(config.read_text().replace("deliver: send", "deliver: draft"))
    onward("approve", ref)
    for minute, became, drafts in ((1, "laid", 1), (2, "handled", 0)):
        now = f"2026-05-06T15:0{minute}:00-04:00"
        assert main.run(["--config", str(config), "run", "--once", "--now", now]) == 0
        assert ([card.state for card in rows(onward, schema.card)], len(list(folder.rglob("drafts/*.eml")))) == ([became], drafts)
        onward("handled", ref, at=now)


def test_who_was_erased_from_a_closed_card_is_said_to_be_forgotten(onward: Callable[..., Any], ref: str) -> None:
    onward("handled", ref)
    assert main.run(["--config", str(onward.folder / "onward.yaml"), "erase", "ines@terra.example", "--yes"]) == 0  # type: ignore[attr-defined]
    assert "To forgotten" in onward("--tab", "done")[1]


def test_only_what_is_in_doubt_is_settled(onward: Callable[..., Any], ref: str) -> None:
    assert onward("settle", ref, "sent")[0] == 1
    assert state(onward, ref) == "review"


@pytest.mark.parametrize(
    "words",
    [
        ["show", "zzz"],
        ["approve", ""],
        ["snooze", "REF", "someday"],
        ["settle", "REF", "maybe"],
        ["which", "zzz", "K-1"],
        ["pause", "until"],
        ["pause", "0d"],
        ["pause", "2y"],
    ],
)
def test_wrong_usage_is_told_and_changes_nothing(onward: Callable[..., Any], ref: str, words: list[str]) -> None:
    before = rows(onward, schema.act)
    status, out, err = onward(*(ref if word == "REF" else word for word in words))
    assert (status, out) == (2, "")
    assert "Error" in err
    assert rows(onward, schema.act) == before


def test_a_card_whose_premise_fell_is_not_approved(onward: Callable[..., Any], ref: str) -> None:
    """They have answered since, and a round has seen it."""
    later = "2026-05-07T15:00:00-04:00"
    mail = Story(STORY | {"mail": [*STORY["mail"], ANSWER]})  # type: ignore[misc]
    mail.write(onward.folder)  # type: ignore[attr-defined]
    main.run(["--config", str(onward.folder / "onward.yaml"), "run", "--once", "--json", "--now", later])  # type: ignore[attr-defined]
    status, _, err = onward("approve", ref, at=later)
    assert status == 1
    assert "cannot be done any more" in err
    assert onward("--tab", "done", "--json", at=later)[1]["cards"][0]["state"] == "withdrawn"


ANSWER = {
    "id": "k3",
    "from": "Ines Prado <ines@terra.example>",
    "to": ["dana@northwind.example"],
    "date": "2026-05-07T09:00",
    "subject": "Re: Kiln walkthrough",
    "reply_to": "k2",
    "body": "Could we meet on Tuesday 12 May at 15:00 to go on?\n\nInes\n",
}

# ---------------------------------------------------------------------------------------------------------- the page


def words_(**changes: Any) -> Draft:
    given = {"to": (), "cc": (), "subject": "Re: x", "body": "One\n\nTwo: three\n", "language": "en", "times": (), "ask": "", "backup": ""}
    return Draft(**(given | {"written_by": "template"} | changes))


def test_a_page_is_read_as_it_was_written() -> None:
    read = card_text.read(card_text.page(words_()))
    assert (read["subject"], read["body"].strip(), read["to"], read["cc"]) == ("Re: x", "One\n\nTwo: three", [], [])


def test_a_head_may_be_folded_and_repeated() -> None:
    read = card_text.read('to: a@b.example,\n "Lee, W." <c@d.example>\nTo: e@f.example\nsubject: One:\n two\r\n\r\nText')
    assert read["to"] == ["a@b.example", '"Lee, W." <c@d.example>', "e@f.example"]
    assert (read["subject"], read["body"]) == ("One: two", "Text")


@pytest.mark.parametrize("head", ["Hello", "Bcc: eve@evil.example", "To: a@b.example\nX-Evil: 1", " folded"])
def test_a_head_holds_nothing_else(head: str) -> None:
    with pytest.raises(Rejected):
        card_text.read(f"{head}\n\nText")
