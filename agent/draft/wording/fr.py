"""French."""

from __future__ import annotations

from agent.draft.wording.words import Topic, Words
from agent.model import Step

WORDS = Words(
    weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    months=(
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    day_format="{weekday} {day} {month}",
    time_format="{day} à {time} {zone}",
    theirs="{time} chez vous, {zone}",
    subject="Notre prochaine étape",
    who_else="Qui d'autre doit examiner ce point ?",
    meet=Step("Pouvons-nous prendre 30 minutes pour fixer la prochaine étape ?", "Quel point ouvert dois-je préparer en premier ?"),
    generic=Step(
        "Pouvons-nous prendre 30 minutes pour fixer la prochaine étape ?", "Quel point ouvert compte le plus pour vous aujourd'hui ?"
    ),
    kinds={
        "agreed_not_booked": Step(
            "Puis-je vous envoyer l'invitation pour ce créneau ?", "Quelqu'un d'autre doit-il y participer ?", meeting=False
        ),
        "fell_through": Step("Pouvons-nous trouver une nouvelle date pour notre échange ?", "Préférez-vous quelques lignes par écrit ?"),
        "promise_due": Step("Avez-vous ainsi ce qu'il vous faut pour avancer ?", "Que dois-je éventuellement compléter ?", meeting=False),
        "callback_due": Step(
            "Qu'est-ce qui a changé de votre côté depuis ?", "S'il est encore trop tôt, quand serait-ce préférable ?", meeting=False
        ),
        "their_promise_due": Step("Quel jour est réaliste pour vous ?", "Manque-t-il quelque chose de mon côté ?", meeting=False),
        "slipping": Step(
            "Que faudrait-il de votre côté pour que nous puissions avancer ?",
            "Quelle étape prend le plus de temps chez vous ?",
            meeting=False,
        ),
        "stalled": Step(
            "Que faudrait-il pour que nous passions à l'étape suivante ?", "Qu'est-ce qui a changé depuis le début ?", meeting=False
        ),
        "park": Step("Dois-je clore le sujet de mon côté pour l'instant ?", "Un simple oui ou non suffit.", meeting=False),
    },
    no=Step(
        "Qu'est-ce qui a été décisif : pas de projet, un autre fournisseur ou un mauvais moment ?",
        "Si vous préférez ne pas entrer dans le détail, dois-je simplement clore le sujet ?",
        meeting=False,
    ),
    maybe=Step("Que faudrait-il d'abord pour que cela devienne concret ?", "Qui d'autre participe à la décision ?", meeting=False),
    topics=(
        Topic(("budget*", "argent", "credits*", "financement*"), "le budget", "Quand commence votre préparation budgétaire ?"),
        Topic(("prix*", "cher", "cout*", "tarif*"), "le prix", "À quoi comparez-vous le prix ?"),
        Topic(
            ("direction*", "comite*", "validation*", "patron", "decideur*"),
            "la décision chez vous",
            "Quand les décideurs se réunissent-ils la prochaine fois ?",
        ),
        Topic(("contrat*", "fournisseur*", "prestataire*"), "votre contrat actuel", "Quand votre contrat actuel arrive-t-il à échéance ?"),
        Topic(
            ("priorit*", "capacite*", "temps", "moment"),
            "le calendrier",
            "Que devez-vous terminer avant que cela puisse commencer ?",
        ),
    ),
    first_day="1er",
)
