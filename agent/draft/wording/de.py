"""German."""

from __future__ import annotations

from agent.draft.wording.words import Topic, Words
from agent.model import Step

WORDS = Words(
    weekdays=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    months=(
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
    day_format="{weekday}, {day}. {month}",
    time_format="{day}, {time} Uhr {zone}",
    theirs="bei Ihnen {time} Uhr, {zone}",
    subject="Unser nächster Schritt",
    who_else="Wer muss sich das bei Ihnen noch ansehen?",
    meet=Step(
        "Wollen wir den nächsten Schritt in einem halbstündigen Gespräch festlegen?",
        "Welchen offenen Punkt soll ich als Erstes vorbereiten?",
    ),
    generic=Step(
        "Wollen wir den nächsten Schritt in einem halbstündigen Gespräch festlegen?",
        "Welcher offene Punkt ist Ihnen gerade am wichtigsten?",
    ),
    kinds={
        "agreed_not_booked": Step(
            "Darf ich Ihnen die Einladung für diesen Termin schicken?", "Soll noch jemand von Ihrer Seite dabei sein?", meeting=False
        ),
        "fell_through": Step(
            "Wollen wir einen neuen Termin für unser Gespräch finden?", "Wären Ihnen ein paar schriftliche Zeilen lieber?"
        ),
        "promise_due": Step(
            "Haben Sie damit alles, was Sie für den nächsten Schritt brauchen?", "Was soll ich gegebenenfalls ergänzen?", meeting=False
        ),
        "callback_due": Step(
            "Was hat sich bei Ihnen seitdem verändert?", "Falls es noch zu früh ist: Wann passt es besser?", meeting=False
        ),
        "their_promise_due": Step("Welcher Tag ist für Sie realistisch?", "Fehlt Ihnen dafür noch etwas von mir?", meeting=False),
        "slipping": Step(
            "Was müsste bei Ihnen gegeben sein, damit wir loslegen können?", "Welcher Schritt dauert bei Ihnen am längsten?", meeting=False
        ),
        "stalled": Step(
            "Was müsste gegeben sein, damit wir den nächsten Schritt gehen können?",
            "Was hat sich seit dem Beginn verändert?",
            meeting=False,
        ),
        "park": Step("Soll ich das Thema bei mir vorerst schließen?", "Ein kurzes Ja oder Nein genügt.", meeting=False),
    },
    no=Step(
        "Was gab den Ausschlag: kein Projekt, ein anderer Anbieter oder der falsche Zeitpunkt?",
        "Wenn Sie es lieber offenlassen: Soll ich das Thema einfach schließen?",
        meeting=False,
    ),
    maybe=Step("Was müsste zuerst geschehen, damit es konkret wird?", "Wer entscheidet darüber noch mit?", meeting=False),
    topics=(
        Topic(("budget*", "haushalt*", "geld", "mittel"), "das Budget", "Wann beginnt Ihre Budgetplanung?"),
        Topic(("preis*", "teuer*", "kosten*"), "den Preis", "Womit vergleichen Sie den Preis?"),
        Topic(
            ("geschaftsfuhr*", "vorstand*", "chef", "freigabe*", "gremium*", "leitung*"),
            "die Entscheidung bei Ihnen",
            "Wann kommen die Entscheider das nächste Mal zusammen?",
        ),
        Topic(("vertrag*", "anbieter*", "lieferant*"), "Ihren laufenden Vertrag", "Wann steht Ihr laufender Vertrag zur Verlängerung an?"),
        Topic(
            ("prioritat*", "kapazitat*", "zeit", "ressource*"),
            "den Zeitpunkt",
            "Was muss bei Ihnen abgeschlossen sein, bevor es losgehen kann?",
        ),
    ),
)
