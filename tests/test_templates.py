"""Every letter that the templates can write keeps the rules of drafts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from desk import ANA, BEN, DANA, STAGES, contact, deal, dossier, drafted, event, letter, moment, plan, template_drafter, thread
from hypothesis import given, settings
from hypothesis import strategies as st

from agent import bundled
from agent.draft.lint import lint
from agent.draft.wording import PACKS
from agent.model import Brief

KINDS = (
    "agreed_not_booked reply_owed fell_through promise_due no_next_step callback_due their_promise_due park gone_quiet slipping "
    "stalled touch_due"
).split()
NAMES = [*(stage.name for stage in STAGES), "a stage nobody knows"]
HOSTILE = [
    "{{7*7}}", "{% include '/etc/passwd' %}", "</script>", "line\nbreak", "x" * 200, "checking in Ltd", "[Name]", "nan", "None",
    "undefined",
    "act now", "https://evil.example", "a@evil.example", "50% off", "\u202eevil", "Ana\u200b", "TBD", "?" * 50, "the attached", " ", "",
    "Store audio", "Renewal 2026", "Booking.com", "Müller & Söhne", "Acme | Demo", "word " * 60,
]  # fmt: skip
words = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=120))


def letter_of(kind: str, language: str, stage: str, tone: str, alone: bool, strange: str, person: str, agreed: str) -> Any:
    """A draft in which every name and every mail says `strange`."""
    about = deal(name=strange, account=strange, stage=stage, criteria=(strange, "SSO"), contacts=(contact(ANA, name=person), contact(BEN)))
    mail = letter(ANA, [DANA], "2026-03-08T10:00", subject=strange, language=language, text=strange)
    met = event("2026-03-09T08:00", [ANA, BEN], title=strange)
    found = plan(
        kind, message=mail.message, meeting=met if kind in ("no_next_step", "fell_through") else None, matter=strange, tone=tone,
        when=moment(agreed), also=["single_threaded"] if alone else [],
    )  # fmt: skip
    return drafted(found, dossier(thread(mail), deal=about))


@pytest.mark.parametrize("language", sorted(PACKS))
@pytest.mark.parametrize("kind", KINDS)
def test_every_stage_and_tone_has_its_letter(kind: str, language: str) -> None:
    for stage in NAMES:
        for tone in ("", "no", "maybe") if kind == "reply_owed" else ("",):
            for alone in (False, True):
                made = letter_of(kind, language, stage, tone, alone, "Store audio", "Ana Duarte", "2026-03-12T15:00")
                assert (made.written_by, made.language) == ("template", language)
                assert "?" in made.body
                assert "Ana" in made.body
                assert len(made.times) == (1 if kind == "agreed_not_booked" else len(made.times))
                assert not tone or not made.times
                assert kind not in ("no_next_step", "fell_through") or len(made.times) == 2


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(KINDS), st.sampled_from(sorted(PACKS)), st.sampled_from(NAMES), st.sampled_from(["", "no", "maybe"]), st.booleans(),
    words, words, st.sampled_from(["2026-03-12T15:00", "2026-04-01T09:30"]),
)  # fmt: skip
def test_no_name_breaks_a_letter(
    kind: str, language: str, stage: str, tone: str, alone: bool, strange: str, person: str, agreed: str
) -> None:
    made = letter_of(kind, language, stage, tone if kind == "reply_owed" else "", alone, strange, person, agreed)
    assert made.written_by == "template"
    assert made.body.endswith("\n\nDana")
    assert "\n" not in made.subject


@pytest.mark.parametrize(
    "path", sorted((bundled.folder() / "templates").rglob("*.txt")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_every_template_is_of_a_known_kind_and_language(path: Path) -> None:
    assert path.parent.name in PACKS
    assert path.stem in (*KINDS, "_letter")


def test_every_language_has_every_kind() -> None:
    for language in PACKS:
        assert {path.stem for path in (bundled.folder() / "templates" / language).glob("*.txt")} == {*KINDS, "_letter"}


def test_data_is_never_a_template() -> None:
    told = Brief(
        "touch_due", "en", "Demo", "{{ 7 * 7 }}", "Acme", ("{{ 7 * 7 }}",), "Dana", "Shall we meet?", "Who decides?", meeting=False
    )
    assert "{{ 7 * 7 }}" in template_drafter().write(told).body


@pytest.mark.parametrize("language", sorted(PACKS))
def test_without_times_the_letter_asks_to_name_one(language: str) -> None:
    pack = PACKS[language]
    told = Brief("no_next_step", language, "Demo", "", "", (), "Dana", pack.meet.ask, pack.meet.backup, meeting=True)
    written = template_drafter().write(told)
    assert lint(written, told) == ()
    assert "\n- " not in written.body
