"""The outbox of files: the contract, and what only files have."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent.errors import NeedsHuman, OnwardError, Unavailable, Unsure
from agent.ports import Placed
from connectors.folder import Outbox
from tests.contracts.outbox import OutboxContract, mail
from tests.rigs.outbox_folder import FolderOutboxRig


@pytest.fixture
def rig(tmp_path: Path) -> FolderOutboxRig:
    return FolderOutboxRig(tmp_path)


class TestOutbox(OutboxContract):
    pass


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, call: str, number: int, after: int = 0) -> Iterator[None]:
    """The disk answers `call` with that error, once it has answered `after` times as it should."""
    real, count = getattr(os, call), iter(range(10_000))

    def answer(*args: object, **more: object) -> object:
        if next(count) >= after:
            raise OSError(number, os.strerror(number))
        return real(*args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, answer)
        yield


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}


def test_a_folder_that_is_missing_is_made_and_is_the_reps_alone(tmp_path: Path) -> None:
    root = tmp_path / "far" / "outbox"
    before = os.umask(0)
    try:
        outbox = Outbox(root)
        outbox.put(mail("a"))
        outbox.send(outbox.put(mail("b")))
    finally:
        os.umask(before)
    assert modes(root) == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in [root, *root.iterdir()]} == {0o700}


def test_what_others_could_read_in_drafts_is_the_reps_alone_once_it_is_sent(rig: FolderOutboxRig) -> None:
    handle = rig.outbox().put(mail())
    next((rig.root / "drafts").iterdir()).chmod(0o644)
    rig.outbox().send(handle)
    assert modes(rig.root / "sent") == {0o600}


def test_every_draft_opens_in_a_mail_client_and_nothing_else_lies_there(rig: FolderOutboxRig) -> None:
    for key in ("a", "b", "../../c"):
        rig.outbox().put(mail(key))
    assert all(path.suffix == ".eml" and path.is_file() for path in (rig.root / "drafts").iterdir())
    assert {path.name for path in rig.root.parent.iterdir()} == {"outbox"}


def test_a_draft_that_was_copied_to_sent_is_sent_and_not_sent_again(rig: FolderOutboxRig) -> None:
    handle = rig.outbox().put(mail())
    draft = next((rig.root / "drafts").iterdir())
    (rig.root / "sent" / draft.name).write_bytes(b"my own words")
    assert rig.outbox().look([handle])[0] == Placed("sent", edited=True, receipt=rig.outbox().send(handle).id)
    assert rig.sent() == [b"my own words"]


def test_a_draft_that_was_taken_away_is_not_laid_again(rig: FolderOutboxRig) -> None:
    handle = rig.outbox().put(mail())
    rig.delete(mail())
    assert rig.outbox().put(mail()) == handle
    assert rig.drafts() == []


@pytest.mark.parametrize("call", ["write", "fsync", "open"])
def test_a_disk_that_is_full_is_asked_again_later_and_nothing_is_half_there(
    rig: FolderOutboxRig, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    outbox = rig.outbox()
    outbox.put(mail("first"))
    with failing(monkeypatch, call, errno.ENOSPC, after=call == "open"), pytest.raises(Unavailable, match="full"):
        outbox.put(mail())
    assert rig.drafts() == [mail("first").raw]
    outbox.put(mail())
    assert sorted(rig.drafts()) == sorted([mail("first").raw, mail().raw])


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_a_folder_that_cannot_be_written_needs_a_person(rig: FolderOutboxRig, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    outbox = rig.outbox()
    handle = outbox.put(mail())
    for call in ("open", "rename"):
        with failing(monkeypatch, call, number), pytest.raises(NeedsHuman, match=r"outbox: .*cannot be used") as told:
            outbox.send(handle)
        assert "change `path` of `outbox`" in told.value.told
    assert rig.sent() == []


def test_a_folder_that_is_gone_is_no_proof_that_the_draft_is(rig: FolderOutboxRig) -> None:
    handle = rig.outbox().put(mail())
    rig.root.rename(rig.root.with_name("unplugged"))
    outbox = rig.outbox()
    calls: list[Callable[[], object]] = [lambda: outbox.look([handle]), lambda: outbox.send(handle), lambda: outbox.withdraw(handle)]
    for call in calls:
        with pytest.raises(NeedsHuman, match="outbox"):
            call()
    rig.root.with_name("unplugged").rename(rig.root)
    assert outbox.look([handle])[0] == Placed("draft")


def test_a_disk_that_does_not_confirm_the_move_leaves_it_in_doubt_and_looking_settles_it(
    rig: FolderOutboxRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle = rig.outbox().put(mail())
    with failing(monkeypatch, "fsync", errno.EIO), pytest.raises(Unsure):
        rig.outbox().send(handle)
    assert rig.outbox().look([handle])[0].state == "sent"


def test_a_move_that_fails_in_an_unknown_way_is_in_doubt(rig: FolderOutboxRig, monkeypatch: pytest.MonkeyPatch) -> None:
    handle = rig.outbox().put(mail())
    with failing(monkeypatch, "rename", errno.EIO), pytest.raises(Unsure):
        rig.outbox().send(handle)
    assert rig.outbox().look([handle])[0] == Placed("draft")


@pytest.mark.parametrize("calls", range(1, 12))
def test_a_put_that_ends_anywhere_is_finished_by_the_next(rig: FolderOutboxRig, monkeypatch: pytest.MonkeyPatch, calls: int) -> None:
    """Old bytes or new ones, never a mixture, never two; and what is put at last is what can be sent."""
    outbox = rig.outbox()
    old, new = mail(body="old\r\n"), mail(body="new\r\n")
    outbox.put(old)
    with failing(monkeypatch, "open", errno.EIO, after=calls):
        try:
            outbox.put(new)
        except OnwardError:
            assert rig.drafts() in ([old.raw], [new.raw])
    outbox.send(outbox.put(new))
    assert rig.sent() == [new.raw]


def test_a_link_in_the_place_of_a_draft_is_not_followed(rig: FolderOutboxRig, tmp_path: Path) -> None:
    handle = rig.outbox().put(mail())
    secret = tmp_path / "secret"
    secret.write_bytes(mail().raw)
    draft = next((rig.root / "drafts").iterdir())
    draft.unlink()
    draft.symlink_to(secret)
    with pytest.raises(NeedsHuman):
        rig.outbox().send(handle)
    assert rig.sent() == []


def test_an_outbox_in_another_folder_tells_nothing_of_a_draft(rig: FolderOutboxRig) -> None:
    handle = rig.outbox().put(mail())
    other = Outbox(rig.root.with_name("other"))
    other.put(mail("b"))
    assert other.look([handle])[0] == Placed("elsewhere")
    rig.delete(mail())
    assert rig.outbox().look([handle])[0] == Placed("gone")
