"""What Dutch mail says: each sentence of the table does exactly this (kind, then its days or times; `!` for the same day).

All are written on Tuesday 7 October 2025, 09:00 in Zurich.
"""

from __future__ import annotations

import pytest

from tests.reading import said

TABLE = [
    ("Beste Jan,\n\nhoeveel kost de installatie?\n\nMet vriendelijke groet,\nPiet", "question"),
    ("Dank je wel.", "acknowledgement"),
    ("Ontvangen, bedankt.", "acknowledgement"),
    ("Bedankt voor de informatie.", "acknowledgement"),
    ("Bel me in december.", "deferral 2025-12-01"),
    ("Neem na de 15e weer contact met ons op.", "deferral 2025-10-16"),
    ("Bel me over twee weken terug.", "deferral 2025-10-21"),
    ("Neem volgende maand contact op.", "deferral 2025-11-03"),
    ("Kunnen we dit na Pasen weer oppakken?", "deferral 2026-04-06"),
    ("Laten we in januari verder praten.", "deferral 2026-01-02"),
    ("Niet voor maart.", "deferral 2026-03-02"),
    ("Misschien later dit jaar.", "deferral"),
    ("Bel mij in de week van de 20e.", "deferral 2025-10-20"),
    ("Liever begin januari.", "deferral 2026-01-02"),
    ("Ik ben tot de 12e op vakantie, bel me op 20 oktober.", "deferral 2025-10-20; absence 2025-10-13"),
    ("Ik stuur u de offerte uiterlijk vrijdag.", "promise 2025-10-10"),
    ("Ik zal u het contract maandag toesturen.", "promise 2025-10-13"),
    ("We komen er volgende week op terug.", "promise 2025-10-13"),
    ("U ontvangt de offerte morgen.", "promise 2025-10-08"),
    ("Schikt dinsdag 14 oktober om 15:00 uur?", "proposal 2025-10-14T15:00"),
    ("Wat dacht u van donderdag om half elf?", "proposal 2025-10-09T10:30"),
    ("Zullen we woensdag om 14.00 uur afspreken?", "proposal 2025-10-08T14:00"),
    ("Heeft u volgende week tijd?", "question"),
    ("Wanneer heeft u tijd?", "question"),
    ("Donderdag om 15:00 past mij.", "acceptance 2025-10-09T15:00"),
    ("Ja, donderdag is prima.", "acceptance 2025-10-09"),
    ("De tweede optie komt ons goed uit.", "acceptance"),
    ("Tot dinsdag!", "acceptance 2025-10-14"),
    ("Dinsdag kan ik niet.", "time_refused 2025-10-14"),
    ("Maandag lukt niet, maar dinsdag om 10 uur kan wel.", "time_refused 2025-10-13; acceptance 2025-10-14T10:00"),
    ("We hebben voor een andere leverancier gekozen.", "refusal"),
    ("We hebben geen interesse.", "refusal"),
    ("Het is te duur.", "doubt"),
    ("We hebben dit jaar geen budget.", "doubt"),
    ("Ik weet het niet zeker.", "doubt"),
    ("Sorry, ik heb onze afspraak vanochtend gemist.", "missed"),
    ("Ik kon vandaag helaas niet aanwezig zijn.", "missed"),
    ("Stop met mailen.", "stop"),
    ("Verwijder ons uit uw lijst.", "stop"),
    ("Ik ben tot en met 15 augustus afwezig.", "absence 2026-08-17"),
    ("Ik ben maandag 18 augustus 2025 weer op kantoor.", "absence 2025-08-18"),
    ("Hoe gaat het met u?", "acknowledgement"),
    ("Kunt u ons de prijslijst sturen?", "question"),
    ("Graag ontvangen we de offerte voor vrijdag.", "request"),
    ("We hebben drie winkels.", "statement"),
    ("Maandag hebben we uw collega ontmoet.", "statement"),
    ("Tot snel.", "intention"),
    ("Ik denk er over na.", "intention"),
]


@pytest.mark.parametrize(("text", "acts"), TABLE)
def test_dutch_mail_says(text: str, acts: str) -> None:
    assert said(text) == ("nl", acts)
