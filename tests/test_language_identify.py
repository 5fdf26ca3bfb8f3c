"""Which language a mail is in; what has no pack is told apart from what has one."""

from __future__ import annotations

import pytest

from agent.think.language import identify

TOLD = [
    ("Thanks, got it.", "en"),
    ("Thanks!", "en"),
    ("Sounds good.", "en"),
    ("Will do.", "en"),
    ("See you Tuesday.", "en"),
    ("Please call me in December.", "en"),
    ("Passt, danke.", "de"),
    ("Vielen Dank!", "de"),
    ("Alles klar.", "de"),
    ("Rufen Sie mich im Dezember an.", "de"),
    ("Merci beaucoup.", "fr"),
    ("Bien reçu.", "fr"),
    ("Rappelez-moi en décembre.", "fr"),
    ("Muchas gracias.", "es"),
    ("Llámame en diciembre.", "es"),
    ("De acuerdo.", "es"),
    ("Dank je wel.", "nl"),
    ("Bel me in december.", "nl"),
    ("Prima, tot dinsdag.", "nl"),
    ("Dzień dobry,\n\nproszę zadzwonić do mnie w grudniu.\n\nMarek Zawada", ""),
    ("Grazie mille, ci sentiamo a dicembre.", ""),
    ("La richiamo la prossima settimana.", ""),
    ("Muito obrigado pela reunião.", ""),
    ("Por favor, ligue-me em dezembro. Obrigado.", ""),
    ("Tack för mötet, jag återkommer nästa vecka.", ""),
    ("Tak for mødet, jeg vender tilbage i næste uge.", ""),
    ("Dobrý den, děkujeme za nabídku.", ""),
    ("Спасибо, позвоните мне в декабре.", ""),
    ("ありがとうございます。", ""),
    ("", ""),
    ("12345", ""),
]


@pytest.mark.parametrize(("text", "language"), TOLD)
def test_language_is_told(text: str, language: str) -> None:
    assert identify(text) == language


def test_a_hint_decides_where_the_text_does_not() -> None:
    assert identify("12345", "de") == "de"
