"""Mail in folders: Maildir, mbox and `.eml` as programs really leave them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import NeedsHuman
from agent.model import Message
from connectors import _folder_mail, _folder_tree
from connectors._folder_mbox import separators
from connectors.folder import Mail, Settings
from tests.contracts.source import Held, news
from tests.rigs.folder import Maildir, Mbox, letter

SEPARATOR = b"From pat@acme.example Thu Mar  5 11:30:00 2026\n"


def pulled(path: Path, since: datetime | None = None) -> list[Message]:
    return list(Mail(Settings(path), since).pull(None).items)


def subjects(path: Path) -> list[str]:
    return sorted(message.subject for message in pulled(path))


def refused(path: Path) -> dict[str, str]:
    return {bad.item: bad.why for bad in Mail(Settings(path)).pull(None).quarantined}


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


# -------------------------------------------------------------------------------------------------------- Maildir


@pytest.fixture
def maildir(tmp_path: Path) -> Maildir:
    return Maildir(tmp_path)


def test_reading_and_flagging_a_mail_is_no_change(maildir: Maildir) -> None:
    mark = maildir.add()
    held = Held(maildir, maildir.source())
    held.pull()
    for flags in ("S", "RS", "FRS", ""):
        maildir.see(mark, flags)
        (batch,) = held.pull()
        assert news([batch]) == 0


def test_body_of_a_mail_that_was_read_meanwhile_is_found(maildir: Maildir) -> None:
    mark = maildir.add()
    source = maildir.source()
    (message,) = source.pull(None).items
    maildir.see(mark, "S")
    (body,) = source.read([message.id])
    assert body.text.strip() == maildir.text(mark)


@contextmanager
def listed() -> Iterator[list[str]]:
    """Which folders are listed meanwhile, by name."""
    seen: list[str] = []
    _LISTENING.append(seen)
    try:
        yield seen
    finally:
        _LISTENING.remove(seen)


_LISTENING: list[list[str]] = []


def _hook(event: str, args: tuple[object, ...]) -> None:
    if event == "os.scandir":
        for seen in _LISTENING:
            seen.append(Path(str(args[0])).name)


sys.addaudithook(_hook)  # cannot be taken out again; idle unless something is watched


@pytest.fixture
def coarse(monkeypatch: pytest.MonkeyPatch) -> None:
    """No time is too short to tell whether a folder changed: the file system of the tests tells nanoseconds."""
    monkeypatch.setattr(_folder_tree, "_GRAIN", -(10**12))


@pytest.mark.usefixtures("coarse")
def test_a_maildir_s_folders_that_did_not_change_are_not_listed(maildir: Maildir, monkeypatch: pytest.MonkeyPatch) -> None:
    """But once a day."""
    held = Held(maildir, maildir.source())
    marks = [maildir.add() for _ in range(4)]
    held.pull()
    before = held.cursor
    with listed() as seen:
        held.pull()
    assert "new" not in seen
    assert held.cursor == before
    with monkeypatch.context() as later, listed() as seen:
        later.setattr(_folder_tree, "_DAY", 1)
        held.pull()
    assert "new" in seen
    maildir.remove(marks[0])
    held.pull()
    changed = maildir.change(marks[1])
    held.pull()
    assert changed in held.marks
    assert held.marks == sorted(maildir.there())


@pytest.mark.parametrize(("mails", "again"), [(4, True), (5, False)])
def test_a_large_folder_that_changed_just_now_is_listed_once_more_only(
    maildir: Maildir, monkeypatch: pytest.MonkeyPatch, mails: int, again: bool
) -> None:
    """Not until its next change: what it holds was looked at when its times told already. Of a small one no cursor is written."""
    monkeypatch.setattr(_folder_mail, "WORTH", 5)
    for _ in range(mails):
        maildir.add()
    held = Held(maildir, maildir.source())
    held.pull()
    before = held.cursor
    monkeypatch.setattr(_folder_tree, "_GRAIN", -(10**12))
    (batch,) = held.pull()
    assert news([batch]) == 0
    assert (held.cursor == before) is again
    with listed() as seen:
        held.pull()
    assert ("new" in seen) is again
    added = maildir.add()
    held.pull()
    assert added in held.marks


@pytest.mark.usefixtures("coarse")
def test_body_of_a_mail_in_a_folder_that_was_not_listed_is_found(maildir: Maildir) -> None:
    mark = maildir.add()
    held = Held(maildir, maildir.source())
    held.pull()
    held.source = maildir.source()
    held.pull()
    (body,) = held.source.read(list(held.items))
    assert body.text.strip() == maildir.text(mark)


def test_a_maildir_that_changed_just_now_is_listed_again(maildir: Maildir) -> None:
    """Its times may be too coarse to tell that it changed once more."""
    maildir.add()
    held = Held(maildir, maildir.source())
    held.pull()
    with listed() as seen:
        held.pull()
    assert {"cur", "new"} <= set(seen)


@pytest.mark.usefixtures("coarse")
def test_what_could_not_be_opened_is_tried_again_though_its_maildir_did_not_change(maildir: Maildir) -> None:
    held = Held(maildir, maildir.source())
    mark = maildir.add()
    (path,) = maildir.files().values()
    beside = path.rename(maildir.root / "away")
    path.symlink_to(beside.with_name("nowhere"))
    held.pull()
    assert held.marks == []
    beside.rename(beside.with_name("nowhere"))
    held.pull()
    assert held.marks == [mark]


@pytest.mark.usefixtures("coarse")
def test_a_file_that_is_written_in_place_is_a_change(tmp_path: Path) -> None:
    path = put(tmp_path / "a.eml", letter(1, "Before", "text"))
    source = Mail(Settings(tmp_path))
    cursor = source.pull(None).cursor
    path.write_bytes(letter(1, "After it", "text"))
    assert [message.subject for message in source.pull(cursor).items] == ["After it"]


@pytest.fixture
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was written for a while."""
    monkeypatch.setattr(_folder_tree, "_CALM", -(10**12))


@pytest.mark.usefixtures("calm")
def test_a_folder_of_files_in_which_nothing_was_written_for_a_while_is_not_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """But once a day: a file that is written in place does not change its folder."""
    monkeypatch.setattr(_folder_mail, "WORTH", 1)
    path = put(tmp_path / "a" / "1.eml", letter(1, "Before", "text"))
    source = Mail(Settings(tmp_path))
    first = source.pull(None).cursor
    with listed() as seen:
        cursor = source.pull(first).cursor
    assert "a" in seen
    path.write_bytes(letter(1, "After it", "text"))
    with listed() as seen:
        assert source.pull(cursor).items == ()
    assert "a" not in seen
    with monkeypatch.context() as later:
        later.setattr(_folder_tree, "_DAY", 1)
        assert [message.subject for message in source.pull(cursor).items] == ["After it"]
    put(tmp_path / "a" / "2.eml", letter(2, "Another", "text"))
    assert sorted(message.subject for message in source.pull(cursor).items) == ["After it", "Another"]


@pytest.mark.usefixtures("coarse")
def test_a_folder_with_a_file_that_may_still_be_written_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_folder_mail, "WORTH", 1)
    put(tmp_path / "a" / "1.eml", letter(1, "Before", "text"))
    source = Mail(Settings(tmp_path))
    cursor = source.pull(source.pull(None).cursor).cursor
    with listed() as seen:
        source.pull(cursor)
    assert "a" in seen


@pytest.mark.usefixtures("coarse")
def test_a_removal_is_confirmed_where_it_took_place_alone(tmp_path: Path) -> None:
    for name in ("A", "B"):
        put(tmp_path / name / "cur" / f"{name}1:2,S", letter(1, name, "text"))
    source = Mail(Settings(tmp_path))
    cursor = source.pull(None).cursor
    (tmp_path / "A" / "cur" / "A1:2,S").unlink()
    with listed() as seen:
        assert source.pull(cursor).removed == ["A/A1"]
    assert seen.count("cur") == 2


def test_mail_read_while_the_pages_are_pulled_is_not_lost(tmp_path: Path) -> None:
    rig = Maildir(tmp_path)
    marks = [rig.add() for _ in range(5)]
    held = Held(rig, Mail(Settings(rig.root), page=2))
    batch = held.source.pull(None)
    held.fold(batch)
    held.cursor = batch.cursor
    for mark in marks:
        rig.see(mark, "S")
    held.pull()
    assert held.marks == sorted(marks)


def test_folders_of_a_maildir_nested_either_way_are_read(tmp_path: Path) -> None:
    for number, folder in enumerate(("cur", ".Sent/new", ".Archive.2026/cur", "Customers/Acme/cur")):
        put(tmp_path / "cur" / "placeholder", letter(99, "in the inbox", "x"))
        put(tmp_path / folder / f"1.M{number}.host", letter(number, folder, "x"))
    assert subjects(tmp_path) == sorted([".Archive.2026/cur", ".Sent/new", "Customers/Acme/cur", "cur", "in the inbox"])


def test_maildir_whose_folders_are_links_is_read(tmp_path: Path) -> None:
    put(tmp_path / "disk/1.M1.host:2,S", letter(1, "on another disk", "x"))
    (tmp_path / "Maildir").mkdir()
    (tmp_path / "Maildir/cur").symlink_to(tmp_path / "disk")
    assert [(message.id, message.subject) for message in pulled(tmp_path / "Maildir")] == [("1.M1.host", "on another disk")]


def test_unfinished_deliveries_drafts_and_dot_files_are_no_mail(tmp_path: Path) -> None:
    put(tmp_path / "cur/1.M1.host:2,S", letter(1, "mail", "x"))
    put(tmp_path / "cur/1.M2.host:2,DS", letter(2, "draft", "x"))
    put(tmp_path / "cur/.index", b"binary")
    put(tmp_path / "tmp/1.M3.host", letter(3, "unfinished", "x"))
    put(tmp_path / "dovecot-uidlist", b"3 V1 N4")
    assert subjects(tmp_path) == ["mail"]
    assert refused(tmp_path) == {}


# ----------------------------------------------------------------------------------------------------------- .eml


def test_other_names_are_ignored_and_folders_are_searched(tmp_path: Path) -> None:
    put(tmp_path / "a.eml", letter(1, "a", "x"))
    put(tmp_path / "deep/er/B.EML", letter(2, "b", "x"))
    put(tmp_path / "folder.eml/c.eml", letter(3, "c", "x"))
    for name in ("notes.txt", "deep/d.eml.bak", "._a.eml", "eml"):
        put(tmp_path / name, b"not mail")
    assert subjects(tmp_path) == ["a", "b", "c"]
    assert refused(tmp_path) == {}


def test_what_cannot_be_opened_or_is_empty_is_quarantined_by_its_path(tmp_path: Path) -> None:
    put(tmp_path / "good.eml", letter(1, "good", "x"))
    put(tmp_path / "sub/empty.eml", b"")
    put(tmp_path / "blank.eml", b"\r\n \r\n")
    (tmp_path / "dangling.eml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "itself.eml").symlink_to(tmp_path / "itself.eml")
    os.mkfifo(tmp_path / "pipe.eml")
    assert refused(tmp_path).keys() == {"sub/empty.eml", "blank.eml", "dangling.eml", "itself.eml", "pipe.eml"}
    assert subjects(tmp_path) == ["good"]


def test_what_cannot_be_opened_is_said_once_and_tried_again(tmp_path: Path) -> None:
    (tmp_path / "late.eml").symlink_to(tmp_path / "target")
    source = Mail(Settings(tmp_path))
    first = source.pull(None)
    assert not source.pull(first.cursor).quarantined
    put(tmp_path / "target", letter(1, "late", "x"))
    assert [message.subject for message in source.pull(first.cursor).items] == ["late"]


def test_links_in_circles_end(tmp_path: Path) -> None:
    put(tmp_path / "a/one.eml", letter(1, "one", "x"))
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "a/self").symlink_to(tmp_path / "a/self")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert [message.id for message in pulled(tmp_path)] == ["a/one.eml"]


def test_name_of_any_bytes_gives_a_printable_id_that_has_a_body(tmp_path: Path) -> None:
    put(tmp_path / os.fsdecode(b"gr\xfc\xdfe\n.eml"), letter(1, "greetings", "Hello there."))
    put(tmp_path / "größe.eml", letter(2, "size", "Hello."))
    source = Mail(Settings(tmp_path))
    names = [message.id for message in source.pull(None).items]
    assert len(names) == 2
    assert all(name.isprintable() for name in names)
    assert all(body.text for body in source.read(names))


def test_mail_over_25_mb_is_quarantined_with_the_addresses_it_names(tmp_path: Path) -> None:
    with put(tmp_path / "large.eml", letter(1, "large", "x")).open("r+b") as file:
        file.truncate(25 * 2**20 + 1)
    (bad,) = Mail(Settings(tmp_path)).pull(None).quarantined
    assert "25 MB" in bad.why
    assert {"pat@acme.example", "dana@northwind.example"} <= bad.names


def test_invitation_behind_a_large_attachment_is_found(tmp_path: Path) -> None:
    parts = letter(1, "invitation", "").replace(b"Subject:", b'Content-Type: multipart/mixed; boundary="b"\nSubject:')
    parts += b"--b\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n" + b"QUJD\n" * 100_000
    parts += b"--b\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n--b--\n"
    put(tmp_path / "a.eml", parts)
    (message,) = pulled(tmp_path)
    assert [method for method, _ in message.calendars] == ["REQUEST"]


def test_mail_older_than_the_window_is_left_out_until_the_window_widens(tmp_path: Path) -> None:
    put(tmp_path / "a.eml", letter(1, "March 2026", "x"))
    put(tmp_path / "b.eml", letter(2, "long ago", "x").replace(b"2026", b"2020"))
    narrow = Mail(Settings(tmp_path), datetime(2026, 1, 1, tzinfo=UTC)).pull(None)
    assert [message.subject for message in narrow.items] == ["March 2026"]
    later = Mail(Settings(tmp_path), datetime(2026, 2, 1, tzinfo=UTC)).pull(narrow.cursor)
    assert news([later]) == 0
    set_back = Mail(Settings(tmp_path), datetime(2025, 12, 31, tzinfo=UTC)).pull(narrow.cursor)
    assert (set_back.reset, news([set_back])) == (False, 0)
    earlier = Mail(Settings(tmp_path), datetime(2025, 12, 1, tzinfo=UTC)).pull(narrow.cursor)
    assert earlier.reset
    wide = Mail(Settings(tmp_path)).pull(narrow.cursor)
    assert wide.reset
    assert len(wide.items) == 2


# ---------------------------------------------------------------------------------------------------------- pages


@pytest.mark.parametrize("kind", [Maildir, Mbox])
def test_pages_fold_to_the_whole(kind: type[Maildir | Mbox], tmp_path: Path) -> None:
    rig = kind(tmp_path)
    for _ in range(7):
        rig.add()
    held = Held(rig, Mail(Settings(rig.root), page=3))
    assert [(len(batch.items), batch.more, batch.reset) for batch in held.pull()] == [(3, True, True), (3, True, False), (1, False, False)]
    assert held.marks == sorted(rig.there())


def test_page_of_another_object_begins_anew(tmp_path: Path) -> None:
    rig = Maildir(tmp_path)
    for _ in range(5):
        rig.add()
    held = Held(rig, Mail(Settings(rig.root), page=2))
    held.cursor = held.source.pull(None).cursor
    held.source = Mail(Settings(rig.root), page=2)
    assert held.pull()[0].reset
    assert held.marks == sorted(rig.there())


def test_mail_that_goes_while_the_pages_are_pulled_is_simply_gone(tmp_path: Path) -> None:
    rig = Maildir(tmp_path)
    marks = [rig.add() for _ in range(5)]
    source = Mail(Settings(rig.root), page=2)
    held = Held(rig, source)
    batch = source.pull(None)
    held.fold(batch)
    held.cursor = batch.cursor
    rig.remove(marks[4])
    held.pull()
    assert held.marks == sorted(rig.there())
    assert held.quarantined == {}


# ----------------------------------------------------------------------------------------------------------- mbox


def mbox(tmp_path: Path, *texts: bytes, separator: bytes = SEPARATOR) -> Path:
    return put(tmp_path / "mbox", b"".join(separator + text + b"\n" for text in texts))


@pytest.mark.parametrize(
    "separator",
    [
        b"From pat@acme.example Thu Mar  5 11:30:00 2026",
        b"From pat@acme.example  Thu Mar  5 11:30:00 EST 2026",
        b"From MAILER-DAEMON Thu Mar  5 11:30:00 2026",
        b"From - Thu Mar 05 11:30:00 2026",
        b"From 1790000000000000000@xxx Thu Mar 05 16:30:00 +0000 2026",
        b"From pat@acme.example Thu, 5 Mar 2026 11:30:00 -0500",
        b"From pat@acme.example Thu Mar  5 11:30:00 2026 remote from host",
    ],
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_separators_that_programs_write(tmp_path: Path, separator: bytes, end: bytes) -> None:
    text = b"".join(separator + b"\n" + letter(n, f"mail {n}", "x") + b"\n" for n in range(3))
    assert subjects(put(tmp_path / "mbox", text.replace(b"\n", end))) == ["mail 0", "mail 1", "mail 2"]


@pytest.mark.parametrize(
    "line",
    [
        "From Monday on we are closed.",
        "From pat@acme.example we heard nothing.",
        "From Pat Thu Mar  5 11:30:00 2026",
        "From pat@acme.example on Thu Mar  5 at noon",
        ">From pat@acme.example Thu Mar  5 11:30:00 2026",
    ],
)
def test_line_of_a_text_is_no_separator(tmp_path: Path, line: str) -> None:
    assert subjects(mbox(tmp_path, letter(1, "one", f"Hello.\n\n{line}\nSubject: no\n"), letter(2, "two", "x"))) == ["one", "two"]


def test_separator_needs_an_empty_line_before_it(tmp_path: Path) -> None:
    assert subjects(mbox(tmp_path, letter(1, "one", "Hello.\n" + SEPARATOR.decode()), letter(2, "two", "x"))) == ["one", "two"]


def test_quoted_from_loses_one_mark(tmp_path: Path) -> None:
    source = Mail(Settings(mbox(tmp_path, letter(1, "one", "Hi.\n\n>From here on we are closed."))))
    (message,) = source.pull(None).items
    (body,) = source.read([message.id])
    assert body.text.split() == "Hi. From here on we are closed.".split()


def test_status_lines_are_no_change(tmp_path: Path) -> None:
    path = mbox(tmp_path, letter(1, "one", "x"), letter(2, "two", "x"))
    source = Mail(Settings(path))
    cursor = source.pull(None).cursor
    path.write_bytes(path.read_bytes().replace(b"Subject: one", b"Status: RO\nX-Mozilla-Status: 0001\nSubject: one"))
    batch = source.pull(cursor)
    assert news([batch]) == 0
    (body,) = source.read([message.id for message in pulled(path) if message.subject == "two"])
    assert body.text.strip() == "x"


def test_expunging_one_mail_leaves_the_others_unchanged(tmp_path: Path) -> None:
    path = mbox(tmp_path, *(letter(n, f"mail {n}", "x") for n in range(4)))
    source = Mail(Settings(path))
    cursor = source.pull(None).cursor
    mbox(tmp_path, *(letter(n, f"mail {n}", "x") for n in (0, 2, 3)))
    batch = source.pull(cursor)
    assert (len(batch.items), len(batch.removed), batch.reset) == (0, 1, False)


def test_same_mail_twice_is_two_items(tmp_path: Path) -> None:
    messages = pulled(mbox(tmp_path, letter(1, "one", "x"), letter(1, "one", "x")))
    assert len({message.id for message in messages}) == 2


def test_appended_mail_comes_alone(tmp_path: Path) -> None:
    path = mbox(tmp_path, *(letter(n, f"mail {n}", "x") for n in range(3)))
    source = Mail(Settings(path))
    cursor = source.pull(None).cursor
    with path.open("ab") as file:
        file.write(SEPARATOR + letter(9, "new", "x") + b"\n")
    batch = source.pull(cursor)
    assert [message.subject for message in batch.items] == ["new"]
    assert not batch.removed


def test_file_that_is_no_mbox_is_quarantined_and_one_mail_is_read(tmp_path: Path) -> None:
    assert len(refused(put(tmp_path / "picture", b"\x89PNG\r\n\x1a\n" * 50))) == 1
    assert subjects(put(tmp_path / "one.eml", letter(1, "one", "x"))) == ["one"]


def test_empty_lines_around_mails_are_nothing(tmp_path: Path) -> None:
    path = put(tmp_path / "mbox", b"\n\n" + SEPARATOR + letter(1, "one", "x") + b"\n\n\n")
    assert subjects(path) == ["one"]
    assert refused(path) == {}


LINES = st.sampled_from(
    [b"\n", b"\r\n", b"text\n", SEPARATOR, b"From \n", b"From pat@acme.example\n", b"x" * 700 + b"\n", b">" + SEPARATOR]
)


def reference(text: bytes) -> Iterator[int]:
    """Line by line, all at once."""
    at, empty = 0, True
    for line in text.splitlines(keepends=True):
        if empty and line == SEPARATOR:
            yield at
        at, empty = at + len(line), line in (b"\n", b"\r\n")


@given(lines=st.lists(LINES, max_size=40), size=st.integers(1, 3000))
def test_separators_are_found_wherever_the_pieces_are_cut(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], size: int) -> None:
    path = put(tmp_path_factory.getbasetemp() / "cut", b"".join(lines))
    fd = os.open(path, os.O_RDONLY)
    try:
        assert [line for _, line in separators(fd, 0, size)] == list(reference(path.read_bytes()))
    finally:
        os.close(fd)


# --------------------------------------------------------------------------------------------------------- faults


@pytest.mark.parametrize("name", ["missing", "circle", "file/below"])
def test_path_that_leads_nowhere_needs_a_person(tmp_path: Path, name: str) -> None:
    put(tmp_path / "file", b"")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    with pytest.raises(NeedsHuman, match=re.escape(str(tmp_path / name))) as fault:
        pulled(tmp_path / name)
    assert "path" in fault.value.hint
