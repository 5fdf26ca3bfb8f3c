"""Secrets: where they come from, where they are kept, and that they show up nowhere else."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from agent.errors import Misconfigured, NeedsHuman
from agent.settings import load, outside, vault

CANARY = "kestrel-canary-91x"
BASE = """\
rep: {name: Dana Reyes, email: dana@northwind.example, timezone: America/New_York}
mail: {kind: imap, host: 127.0.0.1, port: 9, security: none, user: dana, password: SECRET}
calendar: {kind: folder, path: calendar.ics}
deals: {kind: folder, path: deals.yaml}
outbox: {kind: imap, host: 127.0.0.1, port: 9, security: none, user: dana, password: SECRET}
"""
RING = """
import json, pathlib, keyring.backend
class Ring(keyring.backend.KeyringBackend):
    priority = {priority}
    file = pathlib.Path({file!r})
    def _all(self):
        return json.loads(self.file.read_text()) if self.file.exists() else {{}}
    def get_password(self, service, name):
        return self._all().get(service + "/" + name)
    def set_password(self, service, name, text):
        if {keeps}:
            self.file.write_text(json.dumps(self._all() | {{service + "/" + name: text}}))
    def delete_password(self, service, name):
        pass
"""


def configured(folder: Path, tag: str) -> Path:
    path = folder / "onward.yaml"
    path.write_text(BASE.replace("SECRET", tag))
    (folder / "calendar.ics").write_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nEND:VCALENDAR\r\n")
    (folder / "deals.yaml").write_text("- {id: D-1, name: Rollout, stage: Demo, account: Acme}\n")
    return path


def told(folder: Path, tag: str) -> str:
    """The only problem of a configuration that takes its secret so."""
    with pytest.raises(Misconfigured) as fault:
        load(configured(folder, tag), {})
    assert len(fault.value.problems) == 2  # mail and outbox
    return fault.value.problems[0]


def ring(folder: Path, *, priority: int = 5, keeps: bool = True) -> dict[str, str]:
    """The environment of a process of its own whose keyring keeps its secrets in `ring.json`."""
    (folder / "ring_of_test.py").write_text(RING.format(file=str(folder / "ring.json"), priority=priority, keeps=keeps))
    return {"PYTHON_KEYRING_BACKEND": "ring_of_test.Ring", "PYTHONPATH": f"{Path(__file__).parent.parent}{os.pathsep}{folder}"}


def apart(folder: Path, *words: str, given: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    own = {"PYTHONPATH": str(Path(__file__).parent.parent), "HOME": str(folder), "PATH": ""} | environ
    command = [sys.executable, "-m", "agent", *words]
    return subprocess.run(command, input=given, check=False, capture_output=True, encoding="utf-8", cwd=folder, env=own, timeout=60)


# ---------------------------------------------------------------------------------------------------------- files


def test_what_was_kept_in_a_file_is_read_again(tmp_path: Path) -> None:
    vault.into_file("dana@northwind.example", CANARY, tmp_path, {})
    found = load(configured(tmp_path, "!secret dana@northwind.example"), {})
    assert found.sections["mail"][0].options["password"] == CANARY


def test_nothing_that_is_kept_is_readable_by_others_or_in_clear(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        vault.into_file("mail", CANARY, tmp_path, {})
    finally:
        os.umask(before)
    folder = tmp_path / "secrets"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert all(CANARY.encode() not in path.read_bytes() for path in files)


@pytest.mark.parametrize(
    ("name", "mode", "mend"), [("", 0o750, "chmod 700"), ("key", 0o640, "chmod 600"), ("mail.enc", 0o604, "chmod 600")]
)
def test_what_others_could_read_is_refused(tmp_path: Path, name: str, mode: int, mend: str) -> None:
    vault.into_file("mail", CANARY, tmp_path, {})
    (tmp_path / "secrets" / name).chmod(mode)
    assert mend in told(tmp_path, "!secret mail")


def test_a_file_of_another_name_or_another_key_does_not_open(tmp_path: Path) -> None:
    vault.into_file("mail", CANARY, tmp_path, {})
    vault.into_file("other", "else", tmp_path, {})
    folder = tmp_path / "secrets"
    (folder / "other.enc").write_bytes((folder / "mail.enc").read_bytes())
    assert "cannot be opened" in told(tmp_path, "!secret other")
    (folder / "key").write_text("00" * 32)
    assert "cannot be opened" in told(tmp_path, "!secret mail")
    (folder / "key").write_text("zz")
    assert "is no key" in told(tmp_path, "!secret mail")
    (folder / "key").unlink()
    assert "is not there" in told(tmp_path, "!secret mail")


@pytest.mark.parametrize("at", [0, 10, 25, -1])
def test_a_changed_byte_anywhere_is_noticed(tmp_path: Path, at: int) -> None:
    vault.into_file("mail", CANARY, tmp_path, {})
    path = tmp_path / "secrets" / "mail.enc"
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    assert "cannot be opened" in told(tmp_path, "!secret mail")


@pytest.mark.parametrize("left", [0, 8, 12, 20, 30])
def test_a_file_that_was_cut_short_does_not_open(tmp_path: Path, left: int) -> None:
    vault.into_file("mail", CANARY, tmp_path, {})
    path = tmp_path / "secrets" / "mail.enc"
    path.write_bytes(path.read_bytes()[:left])
    assert "cannot be opened" in told(tmp_path, "!secret mail")


def test_the_key_may_come_from_systemd(tmp_path: Path) -> None:
    handed = tmp_path / "handed"
    handed.mkdir()
    (handed / "onward.key").write_text("ab" * 32)
    (handed / "onward.key").chmod(0o400)
    environ = {"CREDENTIALS_DIRECTORY": str(handed)}
    vault.into_file("mail", CANARY, tmp_path, environ)
    assert not (tmp_path / "secrets" / "key").exists()
    assert vault.from_file("mail", tmp_path, environ) == CANARY
    with pytest.raises(NeedsHuman, match="key of the secrets"):
        vault.from_file("mail", tmp_path, {})


def test_a_secret_kept_without_systemd_opens_under_it_too(tmp_path: Path) -> None:
    vault.into_file("mail", CANARY, tmp_path, {})
    handed = tmp_path / "handed"
    handed.mkdir()
    (handed / "onward.key").write_text("ab" * 32)
    (handed / "onward.key").chmod(0o400)
    assert vault.from_file("mail", tmp_path, {"CREDENTIALS_DIRECTORY": str(handed)}) == CANARY


@pytest.mark.parametrize("name", ["../mail", "a/b", ".mail", "a b", "x" * 121, ""])
def test_a_name_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    says = told(tmp_path, f"!secret '{name}'")
    assert "onward.yaml:2: " in says
    assert "letters, digits" in says or "names no secret" in says


def test_a_link_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    vault.into_file("mail", CANARY, tmp_path, {})
    path = tmp_path / "secrets" / "mail.enc"
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert "cannot be read" in told(tmp_path, "!secret mail")


def test_a_secret_that_is_not_there_says_how_to_put_it_there(tmp_path: Path) -> None:
    assert "onward secret mail --keep file" in told(tmp_path, "!secret mail")


# -------------------------------------------------------------------------------------------------------- keyring


def test_the_keyring_keeps_and_gives(tmp_path: Path) -> None:
    configured(tmp_path, "!keyring mail")
    environ = ring(tmp_path)
    kept = apart(tmp_path, "secret", "mail", "--keep", "keyring", "--stdin", given=f"{CANARY}\n", **environ)
    assert (kept.returncode, kept.stderr) == (0, "")
    assert json.loads((tmp_path / "ring.json").read_text()) == {"onward/mail": CANARY}
    assert apart(tmp_path, "check", "--offline", **environ).returncode == 0


@pytest.mark.parametrize("more", [{"keeps": False}, {"priority": 0}, {"priority": -1}])
def test_a_keyring_that_keeps_nothing_or_not_safely_is_refused(tmp_path: Path, more: dict[str, int]) -> None:
    done = apart(tmp_path, "secret", "mail", "--keep", "keyring", "--stdin", given=f"{CANARY}\n", **ring(tmp_path, **more))  # type: ignore[arg-type]
    assert done.returncode == 1
    assert "keyring" in done.stderr
    assert CANARY not in done.stderr + done.stdout


def test_without_a_choice_the_keyring_is_used_where_it_works_else_a_file(tmp_path: Path) -> None:
    assert "!secret mail" in apart(tmp_path, "secret", "mail", "--stdin", given=CANARY, **ring(tmp_path, priority=-1)).stdout
    assert vault.from_file("mail", tmp_path, {}) == CANARY
    assert "!keyring mail" in apart(tmp_path, "secret", "mail", "--stdin", given=CANARY, **ring(tmp_path)).stdout


def test_a_keyring_without_the_secret_or_that_keeps_nothing_is_a_problem_of_its_line(tmp_path: Path) -> None:
    configured(tmp_path, "!keyring mail")
    done = apart(tmp_path, "check", "--offline", **ring(tmp_path))
    assert done.returncode == 2
    assert "onward.yaml:2: the keyring holds no secret 'mail'" in done.stderr
    done = apart(tmp_path, "check", "--offline", PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring")
    assert done.returncode == 2
    assert "onward.yaml:2: this machine has no keyring that keeps secrets safe" in done.stderr


# ------------------------------------------------------------------------------------------------------- canaries


@pytest.mark.parametrize("words", [["check"], ["doctor", "--json"], ["run", "--once"]])
def test_a_secret_is_in_no_output_log_or_file(tmp_path: Path, words: list[str]) -> None:
    vault.into_file("mail", CANARY, tmp_path, {})
    configured(tmp_path, "!secret mail")
    done = apart(tmp_path, *words, ONWARD_DEBUG="1")
    assert done.stdout or done.stderr
    assert CANARY not in done.stdout + done.stderr
    assert all(CANARY.encode() not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_secret_is_in_no_text_of_the_settings(tmp_path: Path) -> None:
    vault.into_file("mail", CANARY, tmp_path, {})
    found = load(configured(tmp_path, "!secret mail"), {})
    assert CANARY not in repr(found)


def test_a_secret_that_does_not_fit_is_not_shown(tmp_path: Path) -> None:
    vault.into_file("mail", CANARY, tmp_path, {})
    path = configured(tmp_path, "!secret mail")
    path.write_text(path.read_text() + "rounds: !secret mail\n")
    with pytest.raises(Misconfigured) as fault:
        load(path, {})
    assert fault.value.problems == ["onward.yaml:6: rounds: the secret cannot be used here"]


@pytest.mark.parametrize(
    "line",
    [
        f"# password: {CANARY}",
        f"mail: {{kind: imap, password: {CANARY}, user: dana}}",
        f"calendar: {{kind: ics_url, url: https://calendar.example/{CANARY}/basic.ics}}",
        f'  url: "https://calendar.example/?key={CANARY}"',
        f"# url: webcal://{CANARY}@calendar.example/x",
        f"api_key = {CANARY}",
    ],
)
def test_a_page_shows_the_configuration_without_what_gives_access(line: str) -> None:
    assert CANARY not in outside.masked(f"a: 1\n{line}\nb: 2\n")


def test_a_page_shows_the_rest_of_the_configuration_as_it_is() -> None:
    text = (
        "mail: {kind: imap, host: imap.example.com, password: !secret mail, user: dana}\nmatching: {deal_url: https://crm.example/{id}}\n"
    )
    assert outside.masked(text) == text
    assert outside.masked("url: https://cal.example/x.ics\n") == "url: https://cal.example/••••\n"
