"""What French mail says: each sentence of the table does exactly this (kind, then its days or times; `!` for the same day).

All are written on Tuesday 7 October 2025, 09:00 in Zurich.
"""

from __future__ import annotations

import pytest

from tests.reading import said

TABLE = [
    (
        "Bonjour Monsieur Weber,\n\nnous sommes en pleines vendanges. Merci de me rappeler en décembre.\n\nChloé Morel",
        "statement; deferral 2025-12-01",
    ),
    ("Merci beaucoup.", "acknowledgement"),
    ("Merci pour votre retour rapide.", "acknowledgement"),
    ("Bien reçu, merci.", "acknowledgement"),
    ("Merci de me rappeler après le 15.", "deferral 2025-10-16"),
    ("Rappelez-moi dans deux semaines.", "deferral 2025-10-21"),
    ("Recontactez-nous le mois prochain.", "deferral 2025-11-03"),
    ("Pouvez-vous me rappeler en janvier ?", "deferral 2026-01-02"),
    ("Reparlons-en après Pâques.", "deferral 2026-04-06"),
    ("Pas avant mars.", "deferral 2026-03-02"),
    ("On en reparle à la rentrée.", "deferral"),
    ("Peut-être plus tard dans l'année.", "deferral"),
    ("Merci de revenir vers moi la semaine du 20.", "deferral 2025-10-20"),
    ("Recontactez-moi début janvier.", "deferral 2026-01-02"),
    ("Recontactez-moi mi-novembre.", "deferral 2025-11-17"),
    ("Nous préférons attendre le premier trimestre.", "deferral 2026-01-02"),
    ("Je suis en congés jusqu'au 12, appelez-moi le 20.", "deferral 2025-10-20; absence 2025-10-13"),
    ("Je vous envoie le devis d'ici vendredi.", "promise 2025-10-10"),
    ("Je vous enverrai le contrat lundi.", "promise 2025-10-13"),
    ("Nous reviendrons vers vous la semaine prochaine.", "promise 2025-10-13"),
    ("Je reviens vers vous.", "promise"),
    ("Vous recevrez l'offre demain.", "promise 2025-10-08"),
    ("Seriez-vous disponible mardi 14 octobre à 15h ?", "proposal 2025-10-14T15:00"),
    ("Que diriez-vous de jeudi à 10h30 ?", "proposal 2025-10-09T10:30"),
    ("Mardi ou mercredi à 14 h vous conviendrait ?", "proposal 2025-10-14 2025-10-08T14:00"),
    ("Êtes-vous disponible la semaine prochaine ?", "question"),
    ("Quand seriez-vous disponible ?", "question"),
    ("Jeudi à 15h me convient.", "acceptance 2025-10-09T15:00"),
    ("Oui, jeudi c'est parfait.", "acceptance 2025-10-09"),
    ("La deuxième option nous convient.", "acceptance"),
    ("D'accord pour mardi.", "acceptance 2025-10-14"),
    ("À jeudi !", "acceptance 2025-10-09"),
    ("Mardi ne me convient pas.", "time_refused 2025-10-14"),
    (
        "Malheureusement je ne suis pas disponible mardi, mais mercredi à 10h me conviendrait.",
        "time_refused 2025-10-14; proposal 2025-10-08T10:00",
    ),
    ("Nous avons choisi un autre prestataire.", "refusal"),
    ("Nous ne sommes pas intéressés.", "refusal"),
    ("C'est trop cher pour nous.", "doubt"),
    ("Nous n'avons pas de budget cette année.", "doubt"),
    ("Je ne suis pas sûr.", "doubt"),
    ("J'ai manqué notre rendez-vous ce matin, désolé.", "missed"),
    ("Désolée, je n'ai pas pu assister à la réunion.", "missed"),
    ("Merci de ne plus me contacter.", "stop"),
    ("Merci de nous retirer de votre liste.", "stop"),
    ("Je suis absent jusqu'au 15 août.", "absence 2026-08-17"),
    ("Je serai de retour le lundi 18 août 2025.", "absence 2025-08-18"),
    ("Comment allez-vous ?", "acknowledgement"),
    ("Pourriez-vous nous envoyer la liste des prix ?", "question"),
    ("Quel est le délai de livraison ?", "question"),
    ("Merci de nous envoyer votre offre avant vendredi.", "request"),
    ("Nous avons trois sites.", "statement"),
    ("Lundi nous avons rencontré votre collègue.", "statement"),
    ("Je vais y réfléchir.", "intention"),
    ("Parfait, merci.", "acknowledgement"),
]


@pytest.mark.parametrize(("text", "acts"), TABLE)
def test_french_mail_says(text: str, acts: str) -> None:
    assert said(text) == ("fr", acts)
