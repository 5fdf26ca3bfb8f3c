"""Dutch."""

from __future__ import annotations

from agent.draft.wording.words import Topic, Words
from agent.model import Step

WORDS = Words(
    weekdays=("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    months=(
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    day_format="{weekday} {day} {month}",
    time_format="{day}, {time} uur {zone}",
    theirs="{time} uur bij u, {zone}",
    subject="Onze volgende stap",
    who_else="Wie moet hier bij u nog naar kijken?",
    meet=Step("Zullen we in een halfuur de volgende stap afspreken?", "Welk open punt zal ik als eerste voorbereiden?"),
    generic=Step("Zullen we in een halfuur de volgende stap afspreken?", "Welk open punt weegt voor u nu het zwaarst?"),
    kinds={
        "agreed_not_booked": Step(
            "Zal ik u de uitnodiging voor dat tijdstip sturen?", "Moet er van uw kant nog iemand bij zijn?", meeting=False
        ),
        "fell_through": Step("Zullen we een nieuw moment voor ons gesprek zoeken?", "Hebt u liever een paar regels op papier?"),
        "promise_due": Step("Hebt u hiermee wat u nodig hebt voor de volgende stap?", "Wat moet ik eventueel aanvullen?", meeting=False),
        "callback_due": Step(
            "Wat is er aan uw kant sindsdien veranderd?", "Als het nog te vroeg is: wanneer komt het beter uit?", meeting=False
        ),
        "their_promise_due": Step("Welke dag is voor u haalbaar?", "Ontbreekt er nog iets van mijn kant?", meeting=False),
        "slipping": Step("Wat moet er aan uw kant geregeld zijn om verder te kunnen?", "Welke stap duurt bij u het langst?", meeting=False),
        "stalled": Step("Wat moet er geregeld zijn om de volgende stap te zetten?", "Wat is er sinds het begin veranderd?", meeting=False),
        "park": Step("Zal ik het onderwerp aan mijn kant voorlopig sluiten?", "Een kort ja of nee is genoeg.", meeting=False),
    },
    no=Step(
        "Wat gaf de doorslag: geen project, een andere leverancier of het verkeerde moment?",
        "Als u dat liever openlaat: zal ik het onderwerp gewoon sluiten?",
        meeting=False,
    ),
    maybe=Step("Wat moet er eerst gebeuren om dit concreet te maken?", "Wie beslist er nog meer over mee?", meeting=False),
    topics=(
        Topic(("budget*", "begroting*", "geld", "middelen*"), "het budget", "Wanneer begint uw begrotingsronde?"),
        Topic(("prijs*", "duur", "kosten*", "tarief*"), "de prijs", "Waarmee vergelijkt u de prijs?"),
        Topic(
            ("directie*", "bestuur*", "goedkeuring*", "leiding*", "baas"),
            "de beslissing bij u",
            "Wanneer komen de beslissers weer bij elkaar?",
        ),
        Topic(("contract*", "leverancier*"), "uw huidige contract", "Wanneer loopt uw huidige contract af?"),
        Topic(
            ("priorit*", "capaciteit*", "tijd", "moment"),
            "de planning",
            "Wat moet er bij u klaar zijn voordat dit kan beginnen?",
        ),
    ),
)
