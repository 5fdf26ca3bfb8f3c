"""French."""

from __future__ import annotations

from agent.draft.wording.words import Thing, Topic, Words
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
            "Je vous envoie l'invitation pour ce créneau ; quelqu'un d'autre doit-il y participer ?",
            "Si ce créneau ne vous convient plus, une ligne suffit.",
            meeting=False,
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
        "park": Step(
            "Dois-je clore le sujet de mon côté pour l'instant ?",
            "Un simple oui ou non suffit ; si le sujet revient plus tard, une ligne de votre part suffira.",
            meeting=False,
        ),
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
    things=(
        Thing(("contrat*",), "le contrat", "contrat"),
        Thing(("liste de prix", "liste des prix", "grille tarifaire", "grille de prix"), "la liste de prix", "liste de prix"),
        Thing(("devis",), "le devis", "devis"),
        Thing(("offre", "offres"), "l'offre", "offre"),
        Thing(("proposition*",), "la proposition", "proposition"),
        Thing(("facture*",), "la facture", "facture"),
        Thing(("questionnaire*",), "le questionnaire", "questionnaire"),
        Thing(("reference*",), "les références", "références"),
        Thing(("fiche technique", "fiches techniques", "specification*"), "la fiche technique", "fiche technique"),
        Thing(("brochure*", "catalogue*", "plaquette*"), "la brochure", "brochure"),
        Thing(("diapo*", "presentation*", "support*"), "la présentation", "présentation"),
        Thing(("certificat*",), "le certificat", "certificat"),
        Thing(("document*",), "les documents", "documents"),
        Thing(("prix", "tarif*", "cout*", "coute*"), "les tarifs", "tarifs"),
    ),
    sends=("envoy*", "envoie*", "renvoy*", "transmet*", "parvenir", "communiqu*", "recev*", "partag*"),
    not_to_us=(
        "a qui ",
        "qui ",
        "comment ",
        "pourquoi ",
        "ou ",
        "quel",
        "dois-je",
        "devons-nous",
        "puis-je vous envoyer",
        "je vous envoie",
        "j'enverrai",
        "je vous enverrai",
        "nous vous enver",
    ),
    our_time=(
        "quand seriez-vous",
        "quand etes-vous",
        "quand avez-vous",
        "quand auriez-vous",
        "vos disponibilites",
        "quand pouvez-vous",
        "quand pourriez-vous",
        "quelles sont vos dispo",
        "avez-vous du temps",
        "auriez-vous du temps",
        "etes-vous disponible",
        "seriez-vous disponible",
        "quand pouvons-nous",
        "quand pourrions-nous",
        "quand vous etes disponible",
        "quand vous seriez disponible",
    ),
    speak="Pouvons-nous prendre 30 minutes ?",
    first_day="1er",
)
