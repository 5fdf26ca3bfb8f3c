"""Newly written text apart from quotation, forwarded mail, signature and notices."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.facts.reply import split
from agent.facts.words import visible

ATTRIBUTIONS = [
    "On Fri, 30 May 2025 at 16:10, Owen Price <owen@frostguard.example> wrote:",
    "On Fri, 30 May 2025 at 16:10, Owen Price\n<owen@frostguard.example> wrote:",
    "On Fri, May 30, 2025 at 4:10 PM Owen Price <\nowen@frostguard.example> wrote:",
    "Am Fr., 30. Mai 2025 um 16:10 Uhr schrieb Owen Price <owen@frostguard.example>:",
    "Am 30.05.25 um 16:10 schrieb Owen Price:",
    "Owen Price schrieb am 30. Mai 2025 um 16:10:",
    "Le ven. 30 mai 2025 à 16:10, Owen Price <owen@frostguard.example> a écrit :",
    "El vie, 30 may 2025 a las 16:10, Owen Price (<owen@frostguard.example>) escribió:",
    "Op vr 30 mei 2025 om 16:10 schreef Owen Price <owen@frostguard.example>:",
    "Il giorno ven 30 mag 2025 alle ore 16:10 Owen Price <owen@frostguard.example> ha scritto:",
    "Em sex., 30 de mai. de 2025 às 16:10, Owen Price <owen@frostguard.example> escreveu:",
    "Den fre. 30. maj 2025 kl. 16.10 skrev Owen Price <owen@frostguard.example>:",
    "fre. 30. mai 2025 kl. 16:10 skrev Owen Price <owen@frostguard.example>:",
    "pe 30. toukok. 2025 klo 16.10 Owen Price <owen@frostguard.example> kirjoitti:",
    "pt., 30 maj 2025 o 16:10 Owen Price <owen@frostguard.example> napisał(a):",
    "2025年5月30日(金) 16:10 Owen Price <owen@frostguard.example>:",
    "Owen Price <owen@frostguard.example> wrote:",
    "---- On Fri, 30 May 2025 16:10:00 +0100 Owen Price <owen@frostguard.example> wrote ----",
]
RULES = [
    "-----Original Message-----",
    "----- Original Message -----",
    "-----Ursprüngliche Nachricht-----",
    "-------- Message d'origine --------",
    "-----Mensaje original-----",
    "-----Oorspronkelijk bericht-----",
    "From: Owen Price <owen@frostguard.example>\nSent: Friday, May 30, 2025 4:10 PM\nTo: Pat Lee\nSubject: Price",
    "________________________________\nVon: Owen Price\nGesendet: Freitag, 30. Mai 2025 16:10\nAn: Pat Lee\nBetreff: Preis",
    "De : Owen Price\nEnvoyé : vendredi 30 mai 2025 16:10\nÀ : Pat Lee\nObjet : Prix",
    "De: Owen Price\nEnviado: viernes, 30 de mayo de 2025 16:10\nPara: Pat Lee\nAsunto: Precio",
    "Van: Owen Price\nVerzonden: vrijdag 30 mei 2025 16:10\nAan: Pat Lee\nOnderwerp: Prijs",
    "Da: Owen Price\nInviato: venerdì 30 maggio 2025 16:10\nA: Pat Lee\nOggetto: Prezzo",
    "Fra: Owen Price\nSendt: fredag 30. mai 2025 16:10\nTil: Pat Lee\nEmne: Pris",
    "Från: Owen Price\nSkickat: den 30 maj 2025 16:10\nTill: Pat Lee\nÄmne: Pris",
    "*From:* Owen Price\n*Date:* Friday, May 30, 2025\n*To:* Pat Lee\n*Subject:* Price",
]


@pytest.mark.parametrize("above", ATTRIBUTIONS)
@pytest.mark.parametrize("mark", ["> ", ""])
def test_what_follows_an_attribution_is_quoted(above: str, mark: str) -> None:
    found = split(f"That works for us.\n\n{above}\n{mark}Shall we say Monday?\n{mark}Owen\n")
    assert found.text == "That works for us."
    assert "Monday" in found.quoted


@pytest.mark.parametrize("above", RULES)
def test_all_below_a_rule_or_a_block_of_headers_is_quoted(above: str) -> None:
    found = split(f"That works for us.\n\n{above}\n\nShall we say Monday?\n\nOwen\n")
    assert found.text == "That works for us."
    assert "Monday" in found.quoted


@pytest.mark.parametrize(
    "text",
    [
        "On Monday I wrote:\nplease send the quote, and nobody did.",
        "On the one hand it is cheap.\nOn the other hand it is slow.",
        "On Friday 12 June 2026 at 10:00 we could meet.",
        "As Pat wrote: the price is too high.",
        "From: our side there is nothing to add.",
        "The agenda:\nFrom: Leeds\nby train",
        "Am Montag schrieb ich Ihnen, dass der Preis zu hoch ist.",
        "Here is what we need:\n- a price\n- a date",
    ],
)
def test_sentences_that_only_begin_like_a_quotation_stay(text: str) -> None:
    assert split(text).text == text


def test_answers_between_and_below_quotations_are_new() -> None:
    found = split("On Fri, 30 May 2025 at 16:10, Owen wrote:\n> Monday?\nYes.\n> At ten?\n\nBetter at eleven.\n> Owen\n")
    assert found.text.split("\n\n") == ["Yes.", "Better at eleven."]
    assert found.quoted.count(">") == 3


def test_text_below_the_quotation_counts() -> None:
    assert split("On Fri, 30 May 2025 at 16:10, Owen wrote:\n> Monday?\n> Owen\n\nMonday is fine.").text == "Monday is fine."


@pytest.mark.parametrize(
    "above",
    [
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "-----Weitergeleitete Nachricht-----",
        "Anfang der weitergeleiteten Nachricht:",
        "---------- Message transféré ---------",
        "---------- Mensaje reenviado ---------",
        "---------- Doorgestuurd bericht ---------",
        "Begin doorgestuurd bericht:",
    ],
)
def test_a_forwarded_mail_is_no_word_of_the_sender(above: str) -> None:
    found = split(f"FYI, see below.\n\n{above}\nFrom: Bob <bob@x.example>\nDate: Friday\nSubject: x\nTo: Pat\n\nWe want it cheaper.\n")
    assert found.text == "FYI, see below."
    assert "cheaper" in found.forwarded
    assert not found.quoted


def test_a_block_of_headers_in_a_forwarded_mail_begins_the_forwarded_part() -> None:
    found = split("FYI\n\nFrom: Bob\nSent: Friday\nTo: Pat\nSubject: x\n\nWe want it cheaper.\n", forward=True)
    assert (found.text, found.quoted) == ("FYI", "")
    assert "cheaper" in found.forwarded


@pytest.mark.parametrize(
    "ending",
    [
        "-- \nPat Lee\nAcme Corp\n+1 555 0100",
        "--\nPat Lee",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
        "Enviado desde mi iPhone",
        "Verstuurd vanaf mijn iPhone",
        "Get Outlook for iOS",
        "Kind regards,\nPat",
        "Best,\nPat Lee\nVP Operations | Acme Corp\nwww.acme.example",
        "Mit freundlichen Grüßen\n\nPat Lee\nAcme GmbH",
        "Cordialement,\nPat Lee",
        "Saludos,\nPat",
        "Met vriendelijke groet,\nPat Lee",
        "Regards, Pat",
        "Cheers\nPat\n\nSent from my iPhone",
        "Best regards,\nPat\n\n-- \nPat Lee\nAcme Corp",
        "Pat",
        "Pat Lee\nVP Operations\n+1 555 0100",
        "Pat Lee\nAcme Corp\nNew roof? Ask for our free survey!",
    ],
)
def test_signatures_are_cut(ending: str) -> None:
    found = split(f"Please send the quote.\n\n{ending}\n", sender="Pat Lee")
    assert (found.text, found.signature) == ("Please send the quote.", ending.replace("-- ", "--"))


def test_thanks_that_close_a_mail_stay_and_their_name_goes() -> None:
    found = split("Got it.\n\nThanks,\nPat Lee\nVP Operations\nAcme Corp\n")
    assert found.text == "Got it.\n\nThanks,"


@pytest.mark.parametrize(
    "text",
    [
        "With regards to the price, we are fine.",
        "Best would be Monday.",
        "Pat,\n\nplease send the quote.",
        "Two things:\n--\nfirst the price?\nsecond the date?\n" + "\nand so on, line by line" * 20,
        "The alert was sent from my phone.",
        "Thanks\n\nCould you also send the list?",
        "Great.\n\nPat\nOne more thing\ncould you add Ben?",
        "Great.\n\nPat Lee\nCould you add Ben?\nAnd Zoe.",
    ],
)
def test_what_only_looks_like_a_signature_stays(text: str) -> None:
    assert split(text, sender="Pat Lee").text == text


def test_a_postscript_below_the_name_is_written() -> None:
    assert "Friday" in split("All good.\n\nBest,\nPat\n\nPS: could we move to Friday?", sender="Pat Lee").text


@pytest.mark.parametrize(
    "notice",
    [
        "CONFIDENTIALITY NOTICE: This email and any attachments are for the sole use of the addressee.",
        "If you are not the intended recipient, please call me in December and delete it.",
        "Diese E-Mail enthält vertrauliche und/oder rechtlich geschützte Informationen.",
        "Ce message et toutes les pièces jointes sont confidentiels.",
        "Este mensaje y sus archivos adjuntos son confidenciales.",
        "Dit bericht is vertrouwelijk.",
        "CAUTION: This email originated from outside of the organization.",
    ],
)
@pytest.mark.parametrize("place", ["{0}\n\nPlease send the quote.", "Please send the quote.\n\n{0}"])
def test_notices_are_no_words_of_the_sender(notice: str, place: str) -> None:
    found = split(place.format(notice))
    assert (found.text, found.signature) == ("Please send the quote.", notice)


PIECES = st.sampled_from(
    [*ATTRIBUTIONS, *RULES, "> quoted", ">> twice", "", "Text.", "-- ", "Pat", "Kind regards,", "Sent from my iPhone", "Begin forwarded message:", "PS: x",  # noqa: E501 - one case, one line
     "This email and any attachments", "On", "From:", "wrote:", "________", "----", "\x00", "\u202e\u2028x", "a" * 500]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.one_of(PIECES, st.text(max_size=60)), max_size=40), st.sampled_from(["", "Pat Lee"]))
def test_every_line_goes_to_one_pile_and_none_is_invented(rows: list[str], sender: str) -> None:
    text = "\n".join(rows)
    found = split(text, sender)
    piles = (found.text, found.quoted, found.forwarded, found.signature)
    seen = [row for pile in piles for row in pile.split("\n") if row.strip()]
    plain = visible(text).replace("\xa0", " ")
    assert sorted(seen) == sorted(row.rstrip() for row in plain.split("\n") if row.strip())


@settings(max_examples=100)
@given(st.lists(st.one_of(PIECES, st.text(max_size=60)), max_size=30))
def test_a_second_look_at_the_new_text_finds_no_quotation_by_marks(rows: list[str]) -> None:
    assert not any(row.lstrip().startswith(">") for row in split("\n".join(rows)).text.split("\n"))


@pytest.mark.parametrize("row", ["t", "--", "On", "> x", "From: a@b.example", "On 1 May 2025 at 10:00,", "Pat", "", "wrote:", "a@b.example 10:00 wrote:", "Best,", "PS", "-" * 79,  # noqa: E501 - one case, one line
                                 "confidential intended", "x" * 199_999])  # fmt: skip
def test_a_long_text_costs_less_than_a_second(row: str) -> None:
    began = time.process_time()
    split((row + "\n") * (400_000 // (len(row) + 1)), "Pat Lee")
    assert time.process_time() - began < 1


def test_no_more_than_200_kilobytes_are_looked_at() -> None:
    found = split("x\n" * 200_000)
    assert len(found.text) <= 200_000
