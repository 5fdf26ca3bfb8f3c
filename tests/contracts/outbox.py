"""Outbox: one draft for one key, sent once, byte for byte, and never a word more than is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from typing import Any, Protocol

import pytest

from agent.errors import OnwardError, Rejected, Unsure
from agent.model import Mail
from agent.ports import Outbox, Placed, Receipt


class Rig(Protocol):
    """An outbox, and the mail client through which its rep sees and changes the same mailbox."""

    faults: Sequence[type[OnwardError]]  # what a killed outbox raises
    place: str  # and what its sentence must name

    def outbox(self) -> Outbox:
        """A new connector object, as after a restart."""

    def drafts(self) -> list[bytes]:
        """What the rep sees in Drafts."""

    def sent(self) -> list[bytes]:
        """What went out, by whoever's hand, each as often as it did."""

    def edit(self, mail: Mail) -> bytes:
        """The rep changes words of the draft; the new bytes."""

    def send(self, mail: Mail) -> None:
        """The rep sends the draft as it is."""

    def delete(self, mail: Mail) -> None:
        """The rep deletes the draft."""

    def kill(self) -> None: ...
    def restore(self) -> None: ...
    def state(self) -> object:
        """All that looking could have changed: names, bytes, times."""


def mail(key: str = "4f1c", body: str = "Hi Pat,\r\n\r\nshall we speak on Thursday?\r\n") -> Mail:
    head = (
        "From: Dana Reyes <dana@northwind.example>\r\nTo: Pat Lee <pat@acme.example>\r\nSubject: Re: Acme demo\r\n"
        f"Date: Thu, 05 Mar 2026 20:00:00 +0000\r\nMessage-ID: <{sha256(key.encode()).hexdigest()[:12]}@northwind.example>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    raw = (head + body).encode()
    name = f"<{sha256(key.encode()).hexdigest()[:12]}@northwind.example>"
    return Mail(key, raw, name, "dana@northwind.example", ("pat@acme.example",), digest=sha256(raw).hexdigest())


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each gave, or the fault that it raised."""

    def told(call: Callable[[], Any]) -> Any:
        try:
            return call()
        except OnwardError as fault:
            return fault

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(told, call) for call in calls]]


class OutboxContract:
    """Subclasses give the fixture `rig`."""

    # ------------------------------------------------------------------------------------------------------------ put

    def test_what_is_put_is_a_draft_byte_for_byte(self, rig: Rig) -> None:
        handle = rig.outbox().put(mail())
        assert rig.drafts() == [mail().raw]
        assert rig.outbox().look([handle])[0] == Placed("draft")

    def test_putting_sends_nothing(self, rig: Rig) -> None:
        rig.outbox().put(mail())
        assert rig.sent() == []

    def test_the_same_key_is_the_same_handle_and_one_draft_also_after_a_restart(self, rig: Rig) -> None:
        outbox = rig.outbox()
        handles = {outbox.put(mail()), outbox.put(mail()), rig.outbox().put(mail())}
        assert len(handles) == 1
        assert rig.drafts() == [mail().raw]

    def test_other_bytes_under_the_same_key_replace_the_draft(self, rig: Rig) -> None:
        rig.outbox().put(mail())
        other = mail(body="Hi Pat,\r\n\r\nFriday is fine as well.\r\n")
        handle = rig.outbox().put(other)
        assert rig.drafts() == [other.raw]
        assert rig.outbox().look([handle])[0] == Placed("draft")

    def test_however_often_other_bytes_are_put_under_one_key_there_is_one_draft_and_it_is_what_leaves(self, rig: Rig) -> None:
        for number in range(4):
            handle = rig.outbox().put(mail(body=f"Hi Pat,\r\n\r\nthe {number + 1}th try.\r\n"))
            assert rig.drafts() == [mail(body=f"Hi Pat,\r\n\r\nthe {number + 1}th try.\r\n").raw]
        rig.outbox().send(handle)
        assert rig.sent() == [mail(body="Hi Pat,\r\n\r\nthe 4th try.\r\n").raw]

    def test_other_keys_are_other_drafts(self, rig: Rig) -> None:
        keys = ["a", "A", "a/../b", "../b", "b", "no_next_step:D-17:m1@x/2026-03-05T15:00:00Z", "\0", "ü", "u" * 5000]
        handles = {rig.outbox().put(mail(key)) for key in keys}
        assert len(handles) == len(rig.drafts()) == len(keys)
        assert sorted(rig.drafts()) == sorted(mail(key).raw for key in keys)

    def test_two_who_put_at_once_lay_one_draft(self, rig: Rig) -> None:
        one, other = rig.outbox(), rig.outbox()
        for number in range(5):
            first, second = at_once(lambda n=number: one.put(mail(str(n))), lambda n=number: other.put(mail(str(n))))
            assert first == second
            assert len(rig.drafts()) == number + 1

    def test_putting_what_was_sent_gives_its_handle_and_sends_and_lays_nothing(self, rig: Rig) -> None:
        outbox = rig.outbox()
        handle = outbox.put(mail())
        outbox.send(handle)
        assert rig.outbox().put(mail()) == handle
        rig.outbox().put(mail(body="Other words\r\n"))
        assert (rig.drafts(), rig.sent()) == ([], [mail().raw])

    def test_putting_again_leaves_the_words_of_the_rep_alone(self, rig: Rig) -> None:
        outbox = rig.outbox()
        outbox.put(mail())
        changed = rig.edit(mail())
        outbox.put(mail())
        assert rig.drafts() == [changed]

    # ----------------------------------------------------------------------------------------------------------- look

    def test_looking_changes_nothing(self, rig: Rig) -> None:
        outbox = rig.outbox()
        draft, sent = outbox.put(mail("a")), outbox.put(mail("b"))
        outbox.send(sent)
        before = rig.state()
        for handle in (draft, sent, "elsewhere:17"):
            outbox.look([handle])[0]
        assert rig.state() == before

    def test_what_became_of_several_is_told_in_their_order(self, rig: Rig) -> None:
        outbox = rig.outbox()
        draft, sent, deleted = outbox.put(mail("a")), outbox.put(mail("b")), outbox.put(mail("c"))
        outbox.send(sent)
        rig.delete(mail("c"))
        asked = [deleted, draft, "elsewhere:17", sent, draft]
        assert [found.state for found in rig.outbox().look(asked)] == ["gone", "draft", "elsewhere", "sent", "draft"]
        assert rig.outbox().look([]) == []

    def test_a_draft_that_the_rep_has_changed_is_an_edited_one(self, rig: Rig) -> None:
        handle = rig.outbox().put(mail())
        rig.edit(mail())
        found = rig.outbox().look([handle])[0]
        assert (found.state, found.edited) == ("draft", True)

    def test_a_draft_that_the_rep_sends_is_sent_with_a_receipt(self, rig: Rig) -> None:
        handle = rig.outbox().put(mail())
        rig.send(mail())
        found = rig.outbox().look([handle])[0]
        assert (found.state, found.edited) == ("sent", False)
        assert found.receipt

    def test_a_draft_that_the_rep_changes_and_sends_is_sent_and_edited(self, rig: Rig) -> None:
        handle = rig.outbox().put(mail())
        changed = rig.edit(mail())
        rig.send(mail())
        found = rig.outbox().look([handle])[0]
        assert (found.state, found.edited) == ("sent", True)
        assert rig.sent() == [changed]

    def test_a_draft_that_the_rep_deletes_is_gone(self, rig: Rig) -> None:
        handle = rig.outbox().put(mail())
        rig.delete(mail())
        assert rig.outbox().look([handle])[0] == Placed("gone")

    @pytest.mark.parametrize("handle", ["", "elsewhere:17", "../drafts/x", "0" * 32, "\0", "ü" * 300])
    def test_a_handle_that_it_did_not_make_is_elsewhere_and_never_sent(self, rig: Rig, handle: str) -> None:
        outbox = rig.outbox()
        outbox.put(mail())
        assert outbox.look([handle])[0] == Placed("elsewhere")
        with pytest.raises((Unsure, Rejected)):
            outbox.send(handle)
        assert not outbox.withdraw(handle)
        assert (rig.drafts(), rig.sent()) == ([mail().raw], [])

    # ----------------------------------------------------------------------------------------------------------- send

    def test_what_is_sent_are_the_bytes_that_were_put(self, rig: Rig) -> None:
        outbox = rig.outbox()
        receipt = outbox.send(outbox.put(mail()))
        assert (rig.drafts(), rig.sent()) == ([], [mail().raw])
        assert receipt.id

    def test_what_is_sent_is_found_sent_after_a_restart_with_the_same_receipt(self, rig: Rig) -> None:
        outbox = rig.outbox()
        handle = outbox.put(mail())
        receipt = outbox.send(handle)
        assert rig.outbox().look([handle])[0] == Placed("sent", receipt=receipt.id)

    def test_sending_again_gives_the_receipt_and_sends_nothing(self, rig: Rig) -> None:
        outbox = rig.outbox()
        handle = outbox.put(mail())
        receipts = {outbox.send(handle), outbox.send(handle), rig.outbox().send(handle)}
        assert len(receipts) == 1
        assert rig.sent() == [mail().raw]

    def test_sending_what_the_rep_sent_sends_nothing(self, rig: Rig) -> None:
        handle = rig.outbox().put(mail())
        rig.send(mail())
        assert isinstance(rig.outbox().send(handle), Receipt)
        assert rig.sent() == [mail().raw]

    def test_what_the_rep_has_changed_is_not_sent(self, rig: Rig) -> None:
        handle = rig.outbox().put(mail())
        changed = rig.edit(mail())
        with pytest.raises(Rejected):
            rig.outbox().send(handle)
        assert (rig.drafts(), rig.sent()) == ([changed], [])

    def test_what_the_rep_has_deleted_is_not_sent(self, rig: Rig) -> None:
        handle = rig.outbox().put(mail())
        rig.delete(mail())
        with pytest.raises((Unsure, Rejected)):
            rig.outbox().send(handle)
        assert rig.sent() == []

    def test_two_who_send_at_once_send_one_mail(self, rig: Rig) -> None:
        one, other = rig.outbox(), rig.outbox()
        for number in range(5):
            handle = one.put(mail(str(number)))
            found = at_once(lambda h=handle: one.send(h), lambda h=handle: other.send(h))
            assert any(isinstance(each, Receipt) for each in found)
            assert all(isinstance(each, Receipt | Unsure) for each in found)
            assert len(rig.sent()) == number + 1

    # ------------------------------------------------------------------------------------------------------- withdraw

    def test_a_draft_that_is_withdrawn_is_gone_and_certainly_not_sent(self, rig: Rig) -> None:
        outbox = rig.outbox()
        handle = outbox.put(mail())
        assert outbox.withdraw(handle)
        assert (rig.drafts(), rig.sent()) == ([], [])
        assert rig.outbox().look([handle])[0] == Placed("gone")
        with pytest.raises((Unsure, Rejected)):
            rig.outbox().send(handle)

    def test_what_was_sent_cannot_be_withdrawn(self, rig: Rig) -> None:
        outbox = rig.outbox()
        handle = outbox.put(mail())
        outbox.send(handle)
        assert not rig.outbox().withdraw(handle)
        assert rig.outbox().look([handle])[0].state == "sent"

    def test_of_what_is_gone_it_is_not_certain_that_it_was_not_sent(self, rig: Rig) -> None:
        handle = rig.outbox().put(mail())
        rig.delete(mail())
        assert not rig.outbox().withdraw(handle)

    def test_withdrawing_leaves_the_other_drafts(self, rig: Rig) -> None:
        outbox = rig.outbox()
        outbox.withdraw(outbox.put(mail("a")))
        outbox.put(mail("b"))
        outbox.withdraw(outbox.put(mail("c")))
        assert rig.drafts() == [mail("b").raw]

    def test_of_sending_and_withdrawing_at_once_one_happens(self, rig: Rig) -> None:
        one, other = rig.outbox(), rig.outbox()
        for number in range(5):
            handle = one.put(mail(str(number)))
            before = len(rig.sent())
            sent, withdrawn = at_once(lambda h=handle: one.send(h), lambda h=handle: other.withdraw(h))
            assert len(rig.sent()) - before == (0 if withdrawn is True else 1)
            assert isinstance(sent, Receipt) != (withdrawn is True)

    # --------------------------------------------------------------------------------------------------------- faults

    def test_an_outbox_that_is_away_says_so_and_goes_on_where_it_was(self, rig: Rig) -> None:
        outbox = rig.outbox()
        draft, sent = outbox.put(mail("a")), outbox.put(mail("b"))
        outbox.send(sent)
        rig.kill()
        calls: list[Callable[[], Any]] = [
            lambda: outbox.put(mail("c")),
            lambda: outbox.look([draft])[0],
            lambda: outbox.look([sent])[0],
            lambda: outbox.send(draft),
            lambda: outbox.withdraw(draft),
        ]
        for call in calls:
            with pytest.raises(tuple(rig.faults), match=rig.place):
                call()
        rig.restore()
        assert (outbox.look([draft])[0].state, outbox.look([sent])[0].state) == ("draft", "sent")
        assert rig.sent() == [mail("b").raw]
        outbox.send(draft)
        assert sorted(rig.sent()) == sorted([mail("a").raw, mail("b").raw])

    def test_a_mail_with_any_bytes_is_kept_as_it_is(self, rig: Rig) -> None:
        plain = mail()
        raw = plain.raw + "Grüße, 你好\r\n.\r\n..\r\nFrom here on\r\n".encode() + b"x" * 20_000 + b"\r\n"
        odd = replace(plain, raw=raw, digest=sha256(raw).hexdigest())
        outbox = rig.outbox()
        outbox.send(outbox.put(odd))
        assert rig.sent() == [raw]
