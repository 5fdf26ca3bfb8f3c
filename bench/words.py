"""What the made-up mailbox says: names, sentences and templates. All of it invented."""

from __future__ import annotations

FIRST = (
    "Ada Ben Clara David Elif Femi Grace Hugo Ines Jonas Kira Liam Mara Nils Olga Pablo Quinn Rosa Sven Tara Uwe Vera Wim Xenia Yann Zoe "
    "Amélie Björn Chloé Dörte Étienne Frédéric Göran Hélène Iñigo José Käthe Léa Muñoz Núria"
).split()
LAST = (
    "Adams Baker Costa Duarte Eriksen Fischer Garcia Haas Ivanova Jansen Keller Lopez Moreau Novak Okafor Peeters Rossi Schmidt Tanaka "
    "Ueda Vogel Weber Yilmaz Zimmer Müller Lefèvre Peña Sørensen Gómez"
).split()
PLACES = (
    "Amber Birch Cedar Delta Ember Fjord Grove Harbor Indigo Juniper Kestrel Lumen Meadow Nimbus Orchard Pioneer Quartz River Summit "
    "Umber Vertex Willow Xylo Yarrow Zephyr Aurora Basalt Copper Dune"
).split()
TRADES = (
    "Analytics Bakery Bank Energy Foods Freight Health Hotels Insurance Labs Logistics Media Motors Retail Software Steel Travel".split()
)
PRODUCTS = "Analytics Billing Connect Desk Edge Flow Gateway Hub Insight Portal".split()
STAGES = ("Lead", "Qualification", "Discovery", "Demo", "Proposal", "Negotiation")

# Weights are those of a rep who sells mostly in English.
LANGUAGES = {"en": 72, "de": 10, "fr": 8, "es": 6, "nl": 4}

SAID = {
    "en": [
        "Thanks for the call today, that was helpful.",
        "Could you send us the revised quote?",
        "Would Tuesday at 3 pm work for you?",
        "I'll talk to our security team and come back to you by Friday.",
        "We are still waiting for the budget to be approved.",
        "Attached you will find the signed document.",
        "Let's talk again in the first week of next month.",
        "Thursday at 10 works for us.",
        "Does the product support single sign-on?",
        "I'll send the contract tomorrow.",
        "We had a look at the numbers and they make sense to us.",
        "My colleague will join the next call, she runs the data team.",
        "The pilot went well so far, two teams are using it every day.",
        "Please find the agenda for our next session below.",
    ],
    "de": [
        "Vielen Dank für das Gespräch heute.",
        "Könnten Sie uns bitte das Angebot schicken?",
        "Passt Ihnen Dienstag um 15 Uhr?",
        "Ich melde mich bis Freitag bei Ihnen.",
        "Das Budget ist leider noch nicht freigegeben.",
        "Unterstützt das Produkt die Anmeldung über unser Verzeichnis?",
    ],
    "fr": [
        "Merci pour notre échange d'aujourd'hui.",
        "Pourriez-vous nous envoyer le devis ?",
        "Mardi à 15 h vous conviendrait-il ?",
        "Je reviens vers vous d'ici vendredi.",
        "Le budget n'est pas encore validé.",
    ],
    "es": [
        "Gracias por la llamada de hoy.",
        "¿Podría enviarnos el presupuesto?",
        "¿Le viene bien el martes a las 15:00?",
        "Le enviaré el contrato mañana.",
        "Todavía no tenemos aprobado el presupuesto.",
    ],
    "nl": [
        "Bedankt voor het gesprek van vandaag.",
        "Kunt u ons de offerte sturen?",
        "Schikt dinsdag om 15 uur?",
        "Ik kom er voor vrijdag op terug.",
        "Het budget is nog niet goedgekeurd.",
    ],
}
GREETING = {"en": "Hi {},", "de": "Hallo {},", "fr": "Bonjour {},", "es": "Hola {}:", "nl": "Beste {},"}
CLOSING = {"en": "Best,", "de": "Viele Grüße", "fr": "Cordialement,", "es": "Un saludo,", "nl": "Met vriendelijke groet,"}
WROTE = {
    "en": "On {day}, {name} wrote:",
    "de": "Am {day} schrieb {name}:",
    "fr": "Le {day}, {name} a écrit :",
    "es": "El {day}, {name} escribió:",
    "nl": "Op {day} schreef {name}:",
}
INTERNAL = [
    "Can somebody review the numbers before the board meeting?",
    "The build is green again.",
    "I moved the planning to Monday.",
    "Please add your forecast to the sheet by tonight.",
    "Lunch order is open until 11.",
    "The onboarding page has a new section on travel.",
    "Who owns the renewal for the north region?",
]
TOPICS = ["rollout", "pilot", "pricing", "security questions", "contract", "kick-off", "demo", "renewal", "data protection", "integration"]
NEWS = [
    "Weekly digest",
    "What is new in May",
    "Five ideas for better pipelines",
    "Your invitation to our webinar",
    "Product update",
    "Big sale",
]
TOOLS = ["tracker", "builds", "crm", "travel", "bank", "shop", "cloud", "survey", "calendar", "helpdesk"]
