"""Which mails are one conversation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from agent.model import Message
from agent.think.thread import Thread, threads
from tests.desk import ANA, BEN, DANA, LEE, everybody, rep, who

PAT, SAM, TIM = "Pat <pat@birch.example>", "Sam <sam@cedar.example>", "Tim <tim@birch.example>"
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def mail(name: str, sender: str, *to: str, minute: int = 0, **changes: Any) -> Message:
    """`answers` sets In-Reply-To."""
    answers = changes.pop("answers", "")
    given = {"cc": (), "bcc": (), "subject": "Vans", "sent": START + timedelta(minutes=minute)} | changes
    answered = f"<{answers}>" if answers else ""
    return Message(id=name, message_id=f"<{name}>", sender=who(sender), to=everybody(*(to or (DANA,))), in_reply_to=answered, **given)


def grouped(messages: Iterable[Message], failed: Callable[[Message], bool] = lambda _: False) -> list[str]:
    """Each thread as the names of its messages; a stranger's in brackets."""
    return [told(thread) for thread in threads(messages, rep(), failed)]


def told(thread: Thread) -> str:
    return " ".join(f"({m.id})" if m.id in thread.strangers else m.id for m in thread.messages)


def test_a_reply_joins_what_it_answers() -> None:
    assert grouped([mail("a", PAT), mail("b", DANA, PAT, minute=1, answers="a"), mail("c", PAT, minute=2)]) == ["a b", "c"]


def test_mail_joins_through_a_message_that_is_missing_here() -> None:
    assert grouped([mail("a", PAT, answers="gone"), mail("b", PAT, minute=1, references=("<gone>", "<gone2>"))]) == ["a b"]


def test_in_reply_to_comes_before_references() -> None:
    both = mail("c", PAT, minute=2, answers="a", references=("<a>", "<b>"))
    assert grouped([mail("a", PAT), mail("b", PAT, minute=1), both]) == ["a c", "b"]


def test_of_references_the_last_that_is_here_counts() -> None:
    late = mail("c", PAT, minute=2, answers="gone", references=("<a>", "<b>", "<gone2>"))
    assert grouped([mail("a", PAT), mail("b", PAT, minute=1), late]) == ["a", "b c"]


def test_one_mails_references_join_no_two_threads() -> None:
    both = mail("c", PAT, minute=2, references=("<a>", "<b>"))
    assert grouped([mail("a", PAT), mail("b", PAT, minute=1), both]) == ["a", "b c"]


def test_the_providers_thread_id_joins_what_names_no_parent_here() -> None:
    first, second = mail("a", PAT, thread_hint="7"), mail("b", PAT, minute=1, thread_hint="7", answers="gone")
    assert grouped([first, second, mail("c", PAT, minute=2, answers="gone")]) == ["a b c"]


def test_mails_that_name_each_other_are_one_thread() -> None:
    assert grouped([mail("a", PAT, answers="b"), mail("b", PAT, minute=1, answers="a")]) == ["a b"]


def test_the_copy_in_sent_tells_the_bcc() -> None:
    sent = mail("a", DANA, PAT, bcc=everybody(SAM))
    copy = replace(sent, id="0", bcc=())
    assert [m.bcc for t in threads([copy, sent], rep(), lambda _: False) for m in t.messages] == [everybody(SAM)]


def test_two_mails_under_one_message_id_are_two() -> None:
    other = replace(mail("b", SAM, minute=1), message_id="<a>")
    assert grouped([mail("a", PAT), other, mail("c", DANA, PAT, minute=2, answers="a")]) == ["a c", "b"]


def test_answers_of_separate_customers_to_one_bcc_are_threads_of_their_own() -> None:
    root = mail("a", DANA, DANA, bcc=everybody(PAT, SAM))
    answers = [mail("b", SAM, minute=1, answers="a"), mail("c", PAT, minute=2, answers="a"), mail("d", TIM, minute=3, answers="a")]
    assert grouped([root, *answers]) == ["a b", "c d"]


def test_a_lost_bcc_makes_no_strangers() -> None:
    assert grouped([mail("a", DANA, DANA), mail("b", SAM, minute=1, answers="a"), mail("c", PAT, minute=2, answers="a")]) == ["a b", "c"]


def test_answers_to_a_missing_mail_part_too() -> None:
    assert grouped([mail("b", SAM, answers="gone"), mail("c", PAT, minute=2, answers="gone")]) == ["b", "c"]


def test_people_of_one_free_mail_provider_share_no_company() -> None:
    root = mail("a", DANA, "x@gmail.com", "y@gmail.com")
    assert grouped([root, mail("b", "x@gmail.com", minute=1, answers="a"), mail("c", "y@gmail.com", minute=2, answers="a")]) == ["a b", "c"]


def test_a_stranger_is_shown_and_joins_nothing() -> None:
    assert grouped([mail("a", DANA, ANA), mail("b", SAM, minute=1, answers="a"), mail("c", ANA, minute=2, answers="a")]) == ["a (b) c"]


def test_whom_somebody_inside_wrote_to_is_no_stranger() -> None:
    passed = [mail("a", DANA, ANA), mail("b", ANA, DANA, SAM, minute=1, answers="a"), mail("c", SAM, minute=2, answers="a")]
    assert grouped(passed) == ["a b c"]


def test_colleagues_and_people_of_a_company_inside_are_no_strangers() -> None:
    assert grouped([mail("a", DANA, ANA), mail("b", BEN, minute=1, answers="a"), mail("c", LEE, ANA, minute=2, answers="b")]) == ["a b c"]


def test_who_belongs_to_the_same_deal_is_no_stranger() -> None:
    passed = [mail("a", DANA, ANA), mail("b", SAM, minute=1, answers="a")]
    assert [told(t) for t in threads(passed, rep(), lambda _: False, lambda _: ("deal D-1",))] == ["a b"]


def test_forged_mail_is_a_strangers() -> None:
    assert grouped([mail("a", DANA, ANA), mail("b", ANA, minute=1, answers="a")], lambda m: m.id == "b") == ["a (b)"]


def test_a_machine_is_no_stranger() -> None:
    back = mail("b", "mailer-daemon@mx.example", minute=1, auto="report", returned_id="<a>")
    assert grouped([mail("a", DANA, ANA), back]) == ["a b"]


def test_a_long_thread_and_many_answers_take_no_time() -> None:
    chain = [mail(f"a{i}", PAT, minute=i, answers=f"a{i - 1}" if i else "") for i in range(1500)]
    star = [mail(f"b{i}", f"p{i}@c{i}.example", minute=i, answers="b0" if i else "") for i in range(1500)]
    assert len(threads([*chain, *star], rep(), lambda _: False)) == 2
