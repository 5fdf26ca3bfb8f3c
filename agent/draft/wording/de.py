"""German."""

from __future__ import annotations

from agent.draft.wording.words import Thing, Topic, Words
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
            "Ich schicke Ihnen die Einladung für diesen Termin; soll noch jemand von Ihrer Seite dabei sein?",
            "Sollte der Termin nicht mehr passen, genügt eine Zeile.",
            meeting=False,
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
        "park": Step(
            "Soll ich das Thema bei mir vorerst schließen?",
            "Ein kurzes Ja oder Nein genügt; kommt es später wieder auf, reicht eine Zeile von Ihnen.",
            meeting=False,
        ),
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
    things=(
        Thing(("*vertrag*",), "der Vertrag", "Vertrag"),
        Thing(("preisliste*", "preisubersicht*"), "die Preisliste", "Preisliste"),
        Thing(("*angebot*", "kostenvoranschlag*", "offerte*"), "das Angebot", "Angebot"),
        Thing(("rechnung*",), "die Rechnung", "Rechnung"),
        Thing(("*fragebogen*",), "der Fragebogen", "Fragebogen"),
        Thing(("referenz*",), "die Referenzen", "Referenzen"),
        Thing(("datenblatt*", "spezifikation*", "produktblatt*"), "das Datenblatt", "Datenblatt"),
        Thing(("broschure*", "prospekt*", "katalog*"), "die Broschüre", "Broschüre"),
        Thing(("folie*", "prasentation*"), "die Folien", "Folien"),
        Thing(("zertifikat*",), "das Zertifikat", "Zertifikat"),
        Thing(("agenda*", "tagesordnung*"), "die Agenda", "Agenda"),
        Thing(("unterlage*",), "die Unterlagen", "Unterlagen"),
        Thing(("preis*", "kosten*", "kostet"), "die Preise", "Preis"),
    ),
    sends=(
        "schick*",
        "send*",
        "zusend*",
        "zuschick*",
        "zuzusend*",
        "zuzuschick*",
        "zukommen",
        "ubersend*",
        "ubermitt*",
        "weiterleit*",
        "mail*",
    ),
    not_to_us=(
        "wer ",
        "wem ",
        "was ",
        "wie ",
        "wohin ",
        "wo ",
        "warum ",
        "welche",
        "soll ich",
        "sollen wir",
        "darf ich",
        "schicke ich",
        "sende ich",
        "ich schick",
        "ich send",
        "ich werde",
        "wir schicken",
        "wir senden",
        "wir werden",
    ),
    our_time=(
        "wann haben sie zeit",
        "wann hatten sie zeit",
        "wann sind sie frei",
        "wann konnen sie",
        "wann konnten sie",
        "wann passt es ihnen",
        "wann wurde es ihnen",
        "wann ware es ihnen",
        "haben sie zeit",
        "hatten sie zeit",
        "woche zeit",
        "wann hatten sie",
        "wann haben sie",
        "wann konnen wir sprechen",
        "wann konnen wir telefonieren",
        "wann hast du zeit",
        "wann sie zeit haben",
        "ihre verfugbarkeit",
        "freie termine",
        "welche termine",
    ),
    speak="Wollen wir uns 30 Minuten nehmen?",
)
