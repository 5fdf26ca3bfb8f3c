"""`onward doctor` and `onward erase` from outside: what is said, and the exit status."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from agent.cli import main
from agent.daemon import schedule
from agent.model import Address, Message
from agent.store import Store, codec, schema

NOW = datetime.now(UTC)  # noqa: TID251 - the commands ask the clock
CONFIG = """\
rep: {name: Dana Reyes, email: dana@northwind.example, timezone: America/New_York}
mail: {kind: folder, path: mail}
calendar: {kind: folder, path: calendar.ics}
deals: {kind: folder, path: deals.yaml}
"""


@pytest.fixture
def config(tmp_path: Path, blank: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "onward.yaml").write_text(CONFIG)
    (tmp_path / "mail").mkdir()
    (tmp_path / "calendar.ics").write_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n")
    (tmp_path / "deals.yaml").write_text("[]\n")
    shutil.copy(blank, tmp_path / "onward.db")
    return tmp_path / "onward.yaml"


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main.run(words)
    said = capsys.readouterr()
    return status, said.out, said.err


def diagnosed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, dict[str, Any]]]:
    status, out, _ = ran(capsys, "doctor", "--json", *words)
    found = json.loads(out)
    assert found["ok"] == (status == 0)
    return status, {c["name"]: c for c in found["checks"]}


def read(config: Path, **changes: Any) -> None:
    store = Store.open(f"sqlite:///{config.parent}/onward.db")
    with store.begin() as tx:
        for place, section in enumerate(("mail", "calendar", "deals")):
            row = {"id": place, "section": section, "kind": "folder", "settings": "", "status": "ok", "items": 2, "fresh_as_of": NOW}
            tx.execute(insert(schema.source).values(**(row | (changes if place == 0 else {}))))
    schedule.ended(store, NOW, "")
    store.close()


def test_all_well_is_exit_status_0(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read(config)
    status, found = diagnosed(capsys)
    assert status == 0, found
    assert {name: c["level"] for name, c in found.items()} == dict.fromkeys(found, "pass")
    assert {"configuration", "disk", "store", "mail (folder)", "deals (folder) now", "rounds", "outbox"} <= found.keys()


def test_before_the_first_round_it_says_how_to_begin_and_makes_no_store(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (config.parent / "onward.db").unlink()
    status, found = diagnosed(capsys, "--offline")
    assert (status, found["store"]["level"], found["store"]["todo"]) == (0, "warn", "onward run")
    assert not (config.parent / "onward.db").exists()


def test_what_needs_a_person_is_exit_status_1_with_one_thing_to_do(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read(config, status="failed", says="mail: the folder is gone")
    status, out, _ = ran(capsys, "doctor", "--offline")
    assert status == 1
    lines = out.splitlines()
    place = next(i for i, line in enumerate(lines) if line.startswith("✗"))
    assert "mail (folder): failed" in lines[place]
    assert lines[place + 1].strip() == "→ onward check"
    assert sum(line.startswith("✗") for line in lines) == 1


def test_each_source_is_asked_now_unless_offline(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read(config)
    (config.parent / "deals.yaml").unlink()
    status, found = diagnosed(capsys)
    assert (status, found["deals (folder) now"]["level"], found["mail (folder) now"]["level"]) == (1, "fail", "pass")
    assert found["deals (folder) now"]["todo"]
    assert diagnosed(capsys, "--offline")[0] == 0


@pytest.mark.parametrize("damage", ["all", "middle"])
def test_a_damaged_store_is_found(config: Path, capsys: pytest.CaptureFixture[str], damage: str) -> None:
    read(config)
    path = config.parent / "onward.db"
    data = bytearray(path.read_bytes())
    data[4096 * 3 :] = b"\xff" * (len(data) - 4096 * 3)
    path.write_bytes(b"no database" * 999 if damage == "all" else bytes(data))
    path.with_name("onward.db-wal").unlink(missing_ok=True)
    status, found = diagnosed(capsys, "--offline")
    assert (status, found["store"]["level"]) == (1, "fail")
    assert "backup" in found["store"]["todo"]


def test_a_store_that_others_can_read_is_refused_with_the_command(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (config.parent / "onward.db").chmod(0o644)
    status, found = diagnosed(capsys, "--offline")
    assert status == 1
    assert "chmod 600" in found["store"]["todo"]


# --------------------------------------------------------------------------------------------------------------- erase


def wrote(config: Path, *names: str) -> None:
    store = Store.open(f"sqlite:///{config.parent}/onward.db")
    with store.begin() as tx:
        for name in names:
            who = Address(f"{name}@acme.example", f"{name}@acme.example", name.title())
            data = Message(f"{name}.eml", f"<{name}@acme.example>", who, (), (), (), "Hello", NOW)
            row = {"source": 0, "item": data.id, "message_id": data.message_id, "sent": NOW, "data": codec.dumps(data)}
            tx.execute(insert(schema.message).values(**row))
    store.close()


def mails(config: Path) -> int:
    store = Store.open(f"sqlite:///{config.parent}/onward.db")
    with store.read() as tx:
        found = int(tx.scalar(select(func.count()).select_from(schema.message)) or 0)
    store.close()
    return found


def test_a_person_is_forgotten_and_counted_and_nobody_else(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrote(config, "pat", "lee")
    status, out, err = ran(capsys, "erase", "Pat@acme.example", "--yes")
    assert (status, out, err) == (0, "Forgotten: 1 mail.\n", "")
    assert mails(config) == 1
    assert b"pat@acme.example" not in b"".join(p.read_bytes() for p in config.parent.glob("onward.db*"))
    assert ran(capsys, "erase", "pat@acme.example", "--yes")[1].startswith("Forgotten: nothing was kept")


def test_without_somebody_to_confirm_it_nothing_is_forgotten(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrote(config, "pat")
    status, _, err = ran(capsys, "erase", "pat@acme.example")
    assert (status, mails(config)) == (2, 1)
    assert "--yes" in err


def test_who_is_forgotten_while_a_page_is_being_read_is_told_of_as_such(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its bytes go later, and the command waits for it, or says so; what it took out it says either way."""
    monkeypatch.setattr("agent.store.engine.PATIENCE", 0.01)
    wrote(config, "pat")
    store = Store.open(f"sqlite:///{config.parent}/onward.db")
    with store.read() as reader:
        reader.execute(select(schema.message)).all()
        monkeypatch.setattr("time.sleep", lambda _seconds: reader.close())
        assert ran(capsys, "erase", "pat@acme.example", "--yes") == (0, "Forgotten: 1 mail.\n", "")
    wrote(config, "kim")
    monkeypatch.setattr("agent.cli.erase.PATIENCE", 0)
    with store.read() as reader:
        reader.execute(select(schema.message)).all()
        status, _, err = ran(capsys, "erase", "kim@acme.example", "--yes")
    assert (status, mails(config)) == (1, 0)
    assert "the person is forgotten; what is left of the old pages goes with the next round" in err
    store.close()


@pytest.mark.parametrize(("person", "says"), [("Pat Lee", "no email address"), ("dana@northwind.example", "the rep's own address")])
def test_who_cannot_be_forgotten(config: Path, capsys: pytest.CaptureFixture[str], person: str, says: str) -> None:
    status, _, err = ran(capsys, "erase", person, "--yes")
    assert status == 2
    assert says in err


def test_the_configuration_is_the_reps_own_to_change(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text(CONFIG + "do_not_contact: [pat@acme.example]\n")
    status, out, err = ran(capsys, "erase", "pat@acme.example", "--yes", "--json")
    assert (status, set(json.loads(out).values())) == (0, {0})
    assert "onward.yaml:5: names this person" in err


def test_retention_drops_by_age_once_a_day_and_never_because_of_a_wrong_clock(config: Path) -> None:
    """A clock ten years ahead would else make everything old at once."""
    wrote(config, "pat")
    store = Store.open(f"sqlite:///{config.parent}/onward.db")
    kept = {"bodies": timedelta(days=90), "facts": timedelta(days=400)}
    try:
        assert schedule.tidy(store, kept, NOW) is None
        assert schedule.tidy(store, kept, NOW + timedelta(days=3650)) is None
        assert schedule.tidy(store, kept, NOW) is None  # the clock is right again
        assert schedule.tidy(store, kept, NOW + timedelta(hours=23)) is None
        day = schedule.tidy(store, kept, NOW + timedelta(hours=24))
        assert day is not None
        assert day.messages == 0
        for days in range(25, 405, 24):
            day = schedule.tidy(store, kept, NOW + timedelta(days=days))
        assert day is not None
        assert day.messages == 0
        last = schedule.tidy(store, kept, NOW + timedelta(days=405))
        assert last is not None
        assert last.messages == 1
    finally:
        store.close()
