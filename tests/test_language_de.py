"""What German mail says: each sentence of the table does exactly this (kind, then its days or times; `!` for the same day).

All are written on Tuesday 7 October 2025, 09:00 in Zurich.
"""

from __future__ import annotations

import pytest

from tests.reading import said

TABLE = [
    ("Guten Tag Herr Weber,\n\nwie viele Module passen auf das kleinere Dach?\n\nMit freundlichen Grüßen\nJutta Voss", "question"),
    ("Passt, danke.", "acknowledgement"),
    ("Vielen Dank, habe ich erhalten.", "acknowledgement"),
    ("Danke für das Gespräch.", "acknowledgement"),
    ("Bitte rufen Sie mich im Dezember an.", "deferral 2025-12-01"),
    ("Bitte melden Sie sich nach dem 15. wieder.", "deferral 2025-10-16"),
    ("Melden Sie sich bitte Mitte November noch einmal.", "deferral 2025-11-17"),
    ("Rufen Sie mich am 3.4. an.", "deferral 2026-04-03"),
    ("Bitte rufen Sie mich nach dem 15. November an.", "deferral 2025-11-17"),
    ("Melden Sie sich gerne im neuen Jahr.", "deferral 2026-01-02"),
    ("Lassen Sie uns nach Ostern noch einmal sprechen.", "deferral 2026-04-06"),
    ("Können wir das auf Januar verschieben?", "deferral 2026-01-02"),
    ("Vor März geht bei uns nichts.", "deferral 2026-03-02"),
    ("Vielleicht später in diesem Jahr.", "deferral"),
    ("Kommen Sie in zwei Wochen wieder auf uns zu.", "deferral 2025-10-21"),
    ("Ich bin bis 12. November im Urlaub, rufen Sie mich am 20. November an.", "deferral 2025-11-20; absence 2025-11-13"),
    ("Ich schicke Ihnen das Angebot bis Freitag.", "promise 2025-10-10"),
    ("Ich werde Ihnen das Angebot bis Freitag zusenden.", "promise 2025-10-10"),
    ("Wir melden uns nächste Woche bei Ihnen.", "promise 2025-10-13"),
    ("Ich melde mich.", "promise"),
    ("Das Angebot bekommen Sie morgen.", "promise 2025-10-08"),
    ("Sie erhalten den Vertrag bis Ende der Woche.", "promise 2025-10-10"),
    ("Ich kläre das intern und melde mich bis Donnerstag.", "promise 2025-10-09"),
    ("Wir können das Angebot bis Freitag nicht schicken.", "statement"),
    ("Würde Ihnen Dienstag, 14. Oktober um 15 Uhr passen?", "proposal 2025-10-14T15:00"),
    ("Wie wäre es am Donnerstag um 10:00 Uhr?", "proposal 2025-10-09T10:00"),
    ("Passt Ihnen Mittwoch, der 15.10. um 14.30 Uhr oder Donnerstag um 9 Uhr?", "proposal 2025-10-15T14:30 2025-10-09T09:00"),
    ("Haben Sie nächste Woche Zeit?", "question"),
    ("Wann hätten Sie nächste Woche Zeit?", "question"),
    ("Donnerstag um 15 Uhr passt.", "acceptance 2025-10-09T15:00"),
    ("Ja, Donnerstag passt mir gut.", "acceptance 2025-10-09"),
    ("Der zweite Termin passt.", "acceptance"),
    ("Einverstanden.", "acceptance"),
    ("Montag passt leider nicht.", "time_refused 2025-10-13"),
    ("Montag geht nicht, aber Dienstag um 10 Uhr würde passen.", "time_refused 2025-10-13; proposal 2025-10-14T10:00"),
    ("Bis Donnerstag!", "acceptance 2025-10-09"),
    ("Wir haben uns dagegen entschieden.", "refusal"),
    ("Wir haben uns für einen anderen Anbieter entschieden.", "refusal"),
    ("Wir haben kein Interesse.", "refusal"),
    ("Das ist uns leider zu teuer.", "doubt"),
    ("Wir haben dieses Jahr kein Budget.", "doubt"),
    ("Ich bin mir nicht sicher.", "doubt"),
    ("Wir müssen das noch überlegen.", "doubt; intention"),
    ("Ich habe unseren Termin heute leider verpasst.", "missed"),
    ("Leider konnte ich heute nicht teilnehmen.", "missed"),
    ("Bitte schreiben Sie uns nicht mehr.", "stop"),
    ("Bitte nehmen Sie mich aus Ihrem Verteiler.", "stop"),
    ("Ich bin bis zum 15. August im Urlaub.", "absence 2026-08-17"),
    (
        "Ich bin vom 3. bis 14. August nicht im Büro. In dringenden Fällen wenden Sie sich an Herrn Maier.",
        "absence 2026-08-17; statement",
    ),
    ("Ich bin ab Montag, 18. August 2025 wieder erreichbar.", "absence 2025-08-18"),
    ("Wie geht es Ihnen?", "acknowledgement"),
    ("Könnten Sie uns die Preisliste schicken?", "question"),
    ("Bitte schicken Sie uns ein Angebot bis Freitag.", "request"),
    ("Wir brauchen noch die Maße.", "request"),
    ("Unsere Werkstatt hat drei Tore.", "statement"),
    ("Anbei das Angebot.", "statement"),
    ("Sprechen wir bald wieder.", "intention"),
    ("Ich überlege es mir.", "intention"),
    ("Am Montag haben wir Ihren Kollegen getroffen.", "statement"),
    ("Melden Sie sich in KW 45.", "deferral 2025-11-03"),
    ("Lassen Sie uns im ersten Quartal wieder sprechen.", "deferral 2026-01-02"),
    ("Ich melde mich nach den Feiertagen.", "promise 2026-01-02"),
]


@pytest.mark.parametrize(("text", "acts"), TABLE)
def test_german_mail_says(text: str, acts: str) -> None:
    assert said(text) == ("de", acts)
