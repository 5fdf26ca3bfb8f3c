"""French."""

from __future__ import annotations

import re

from agent.think.language.pack import Pack, Times, alt, cue, tail
from agent.think.language.zones import ABBREVIATIONS

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv",
            "février fevrier févr",
            "mars",
            "avril avr",
            "mai",
            "juin",
            "juillet juil",
            "août aout",
            "septembre sept",
            "octobre oct",
            "novembre nov",
            "décembre decembre déc",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS = {w: n for n, w in enumerate("lundi mardi mercredi jeudi vendredi samedi dimanche".split())}
NUMBERS = {w: n for n, w in enumerate("un deux trois quatre cinq six sept huit neuf dix onze douze".split(), 1)} | {
    "une": 1,
    "1er": 1,
    "1ère": 1,
    "premier": 1,
    "première": 1,
    "deuxième": 2,
    "second": 2,
    "seconde": 2,
    "dernier": 4,  # "le dernier trimestre"
    "troisième": 3,
    "quatrième": 4,
    "quinzaine": 15,
}
UNITS = {
    "minute": "minute",
    "minutes": "minute",
    "heure": "hour",
    "heures": "hour",
    "jour": "day",
    "jours": "day",
    "jours ouvrés": "workday",
    "jours ouvrables": "workday",
    "semaine": "week",
    "semaines": "week",
    "mois": "month",
    "trimestre": "quarter",
    "trimestres": "quarter",
    "semestre": "half",
    "an": "year",
    "ans": "year",
    "année": "year",
    "années": "year",
}
FEASTS = {
    "pâques": "easter",
    "paques": "easter",
    "les vacances de pâques": "easter",
    "noël": "christmas",
    "noel": "christmas",
    "les fêtes": "new_year",
    "les fêtes de fin d'année": "new_year",
    "les vacances de noël": "new_year",
    "le nouvel an": "new_year",
    "nouvel an": "new_year",
    "le jour de l'an": "new_year",
    "la pentecôte": "pentecost",
    "pentecôte": "pentecost",
}

WD = rf"(?P<wd>{alt(WEEKDAYS)})\b"
WDOPT = rf"(?:{WD},?\s+(?:le\s+)?)?"
MON = rf"(?P<mon>{alt(MONTHS)})\b\.?"
YEAR = r"(?:\s{1,3}(?P<y>(?:19|20)\d\d)\b)?"
UNIT = rf"(?P<unit>{alt(u.replace(' ', chr(92) + 's+') for u in UNITS)})\b"
NUM = r"(?P<n>une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|\d{1,3})"
NEXT = r"(?:prochaine?s?|suivante?s?|qui vient|à venir)"
B = r"(?<![\w./-])"


def rx(pattern: str) -> re.Pattern[str]:
    return re.compile(B + pattern.replace(" ?", r"\s?").replace(" ", r"\s{1,3}"))


def rxm(pattern: str) -> re.Pattern[str]:
    """May stand behind a dash: "mi-décembre"."""
    return re.compile(r"(?<![\w./])" + pattern.replace(" ?", r"\s?").replace(" ", r"\s{1,3}"))


SPANS = (
    (
        "nth_week",
        rx(rf"(?P<n>première|1ère|deuxième|seconde|2e|2ème|troisième|3e|dernière) semaine (?:de |d'|du mois de |du mois d'){MON}{YEAR}"),
    ),
    (
        "past",
        rx(
            rf"(?:{alt(WEEKDAYS)}|{alt(MONTHS)}|la semaine|le mois|l'année|l'an|le trimestre) (?:derniers?|dernières?|passée?|précédente?)\b"
        ),
    ),
    ("past", rx(r"(?:hier|avant-hier|l'autre jour|il y a (?:\d{1,3}|\w{2,9}) (?:jours?|semaines?|mois|ans?|heures?))\b")),
    (
        "vague",
        rx(
            r"(?:plus tard|courant|dans le courant de|au cours de|à un moment) (?:dans )?(?:de )?(?:l'année|cette année|le mois|ce mois|ce trimestre|le trimestre|du mois)\b|courant (?:de l'année)\b"
        ),
    ),
    ("vague", rx(r"(?:dans |d'ici )?(?:quelques|plusieurs) (?:jours|semaines|mois|années)\b")),
    ("vague", rx(r"(?:dans |d'ici )?\w{1,6}(?: à | ou |-| - )\w{1,6} (?:jours|semaines|mois|ans)\b")),
    (
        "vague",
        rx(
            r"(?:cet|l'|à l'|après l'|au|ce|le|en) ?(?:été|automne|hiver|printemps)(?: prochain)?\b|la rentrée\b|les (?:grandes )?vacances(?: d'été)?\b(?! de)|les vendanges\b"
        ),
    ),
    ("iso", rx(r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")),
    ("day_month", rx(rf"{WDOPT}(?:(?P<from>\d{{1,2}}|1er)(?:-| - | au | et | ou )(?:le )?)?(?P<d>\d{{1,2}}|1er|premier) {MON}{YEAR}")),
    ("numeric", rx(rf"{WDOPT}(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?:/(?P<y>\d{{4}}|\d\d))?(?![\d/])")),
    ("dotted", rx(rf"{WDOPT}(?P<a>\d{{1,2}})\.(?P<b>\d{{1,2}})\.(?P<y>\d{{4}}|\d\d)(?!\d|\.\d)")),
    ("offset", rx(r"(?P<d2>après-demain|apres-demain)\b")),
    ("weekday", rx(rf"{WD} (?P<week>en huit)\b")),
    ("weekday", rx(rf"{WD} (?:de )?(?P<next>(?:la )?semaine {NEXT})")),
    ("weekday", rx(rf"(?P<next>la semaine {NEXT}),? (?:le )?{WD}")),
    ("day_of_month", rx(rf"(?:le )?(?P<d>\d{{1,2}}) (?P<next>du mois {NEXT})")),
    ("ordinal", rx(rf"{WD},? (?:le )?(?P<d>\d{{1,2}})(?!\d|:|/|\s?(?:h\b|h\d|heures?|%|euros?|€|{alt(MONTHS)}))")),
    (
        "ordinal",
        rx(
            rf"(?:le|du|au|après le|avant le|d'ici le|jusqu'au|dès le|à partir du) (?P<span>(?P<d>\d{{1,2}}|1er))\b(?!\d|:|/|[.,]\d|\s?(?:h\b|h\d|heures?|%|euros?|€|{alt(MONTHS)}|[eè]me|ans|jours|semaines|rue|avenue|pièces|unités|mètres|personnes))"
        ),
    ),
    (
        "new_year",
        rx(
            r"(?:en début d'année|début d'année|au début de l'année(?: prochaine)?|(?:à )?la nouvelle année|en janvier prochain xx|à la rentrée de janvier|début de l'année prochaine xx)\b"
        ),
    ),
    (
        "end_of",
        rx(
            r"(?:la |en )?fin (?:de la |de |du |d'|de l'|de cette |de ce )(?P<unit>semaine|mois|trimestre|année|an)\b(?! (?:prochaine?|suivante?))"
        ),
    ),
    ("end_of", rx(r"(?:la )?fin (?P<next>de la|du|de l'|de) ?(?P<unit>semaine|mois|trimestre|année) (?:prochaine?|suivante?)")),
    ("end_of", rx(r"(?P<mid>mi-|au milieu (?:du |de la |de l')|milieu (?:du |de la |de l'|de ))(?P<unit>semaine|mois|trimestre|année)\b")),
    ("next", rx(rf"(?:la |le |l'|au |du |de la |de l')?(?P<unit>semaine|mois|trimestre|semestre|année|an) {NEXT}")),
    ("next", rx(r"(?:le |la |l'|au |du |de la |dès le )?prochaine? (?P<unit>semaine|mois|trimestre|semestre|année)\b")),
    ("next", rx(r"dans (?P<over>xx)?(?P<unit>xx)")),
    ("this", rx(r"(?:dans |au cours de |courant |encore |d'ici la fin de )?(?:cette) (?P<unit>semaine)\b")),
    ("this", rx(r"(?:dans |au cours de |courant |encore )?(?:ce|cette) (?P<unit>mois|trimestre|année)\b(?! (?:-là|prochain))")),
    ("quarter", rx(r"(?:t|q) ?(?P<n>[1-4])\b(?:[ /'-]*(?P<y>(?:20)?\d\d)\b(?![:h]))?")),
    (
        "quarter",
        rx(
            r"(?:au |du |le |le courant du )?(?P<n>premier|deuxième|second|troisième|quatrième|dernier|1er|2e|2ème|3e|3ème|4e|4ème) trimestre\b(?: (?P<y>20\d\d))?(?: de (?P<next>l'année prochaine))?"
        ),
    ),
    ("quarter", rx(r"(?:au |du |le )?(?P<n>premier|deuxième|second|1er|2e|2ème) (?P<half>semestre)\b(?: (?P<y>20\d\d))?")),
    ("ahead", rx(rf"(?:dans|d'ici|sous|dans un délai de|d'ici à) {NUM} {UNIT}")),
    ("ahead", rx(rf"(?:laissez|laisse|donnez|donne)-(?:moi|nous) (?:encore )?(?P<span>{NUM} {UNIT})")),
    ("ahead", rx(rf"(?:reporter|décaler|repousser) (?:[\w']{{2,8}} )?de (?P<span>(?!\S{{1,6}} (?:heure|minute)){NUM} {UNIT})")),
    ("fortnight", rx(r"(?:dans |d'ici )?(?:une quinzaine|quinze jours|15 jours)(?: de jours)?\b")),
    ("week_number", rx(r"(?:semaine|sem\.?|s) ?(?:n° ?)?(?P<n>\d{1,2})\b(?! ?(?:h|/))(?:[ /](?P<y>20\d\d))?")),
    ("feast", rx(rf"(?P<feast>{alt(f.replace(' ', chr(92) + 's+') for f in FEASTS)})\b")),
    (
        "offset",
        rx(
            r"(?P<d0>aujourd'hui|ce (?:matin|soir|midi)|cet après-midi|ce jour|dans la journée|d'ici ce soir|fin de journée|immédiatement|tout de suite|dans l'heure)\b"
        ),
    ),
    ("offset", rx(r"(?P<d1>demain(?: (?:matin|soir|après-midi|midi))?)\b")),
    ("weekday", rx(rf"{WD}(?: (?:prochain|matin|soir|après-midi|midi))?(?!s)")),
    (
        "month",
        rxm(
            rf"(?P<mon>{alt(m for m in MONTHS if len(m) > 4 or m in ('mars', 'mai', 'juin', 'août', 'aout'))})\b(?: (?:prochain )?(?:(?P<y>(?:19|20)\d\d)\b|(?P<next>de l'année prochaine|l'année prochaine)))?"
        ),
    ),
)

ZONES = re.compile(
    rf"(?<!\w)(?:(?P<yours>(?:heure de chez vous|votre heure|heure locale chez vous|à votre heure))|(?P<mine>(?:notre heure|mon heure|heure de chez nous))|(?:utc|gmt)\s?(?P<offset>[+-]\d{{1,2}}(?::\d\d)?)"
    rf"|heure (?:de |d')?(?P<place>paris|londres|berlin|new york|madrid|française)\b|(?<=[\d h(])(?P<abbr>(?!est\b|et\b)(?:{ABBREVIATIONS}))\b)"
)
HOUR = r"(?P<h>\d{1,2}|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze)"
CLOCKS = (
    re.compile(
        r"(?<![\w:.,/])(?P<exact>)(?P<h>\d{1,2})(?:\s?h(?:eures?)?\s?|:)(?P<m>[0-5]\d)?\s?(?:-|à)\s?\d{1,2}(?:\s?h(?:eures?)?\s?|:)(?:[0-5]\d)?(?!\w)"
    ),
    re.compile(
        r"(?<![\w:.,/])(?P<h>\d{1,2}|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze)\s?h(?:eures?)?\set\s(?P<quarter>quart)\b"
    ),
    re.compile(
        r"(?<![\w:.,/])(?P<h>\d{1,2}|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze)\s?h(?:eures?)?\s(?P<to>moins\s(?:le\s)?quart)\b"
    ),
    re.compile(
        r"(?<![\w:.,/])(?P<h>\d{1,2}|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze)\s?h(?:eures?)?\set\s(?P<past>demie?)\b"
    ),
    re.compile(r"(?<![\w:.,/])(?P<exact>)(?P<h>\d{1,2})\s?h(?:eures?)?\s?(?P<m>[0-5]\d)?(?![\w])"),
    re.compile(r"(?<![\w:.,/])(?P<exact>(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d))(?![\d:])"),
    re.compile(rf"(?<!\w){HOUR}\sheures?\set\s(?P<past>demie)\b"),
    re.compile(r"(?<!\w)(?P<h>une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze)\sheures?\b(?!\s(?:de\s|par\s))"),
    re.compile(r"(?<!\w)(?P<noon>midi)\b"),
    re.compile(r"(?<!\w)entre\s(?P<exact>)(?P<h>\d{1,2})\s?(?:h)?\s?et\s\d{1,2}\s?h"),
)

TIMES = Times(
    months=MONTHS,
    weekdays=WEEKDAYS,
    numbers=NUMBERS | {"2e": 2, "2ème": 2, "3e": 3, "3ème": 3, "4e": 4, "4ème": 4},
    units=UNITS,
    feasts=FEASTS,
    spans=SPANS,
    clocks=CLOCKS,
    part=tail(
        start="(?:première quinzaine(?: de| du| d')?|(?:au |en |dès le |le |tout )?début(?: du mois)?(?: de| du| d'| de la| de l')?|au commencement (?:de|du))",
        mid="(?:(?:deuxième|seconde|2e|2ème) (?:quinzaine|moitié)(?: de| du| d'| de la| de l')?|(?:à la |la |vers la )?mi-|(?:au |à )?(?:milieu|mi)(?: de| du| de la| de l')?)",
        end="(?:(?:à la |la |en |vers la )?fin(?: de| du| de la| d'| de l')?)",
    ),
    relation=tail(
        after=r"(?:après|apres|passé|une fois|une fois passé|au-delà de|au delà du|à l'issue (?:de|du)|à partir d'après)(?: (?:le|la|les|l'))?",
        week=r"(?:(?:dans |de |pour )?la )?semaine (?:du|qui commence le|commençant le|débutant le)",
        by=r"(?:d'ici(?: à| au| le| la)?|au plus tard(?: le)?|avant fin|avant la fin|jusqu'au plus tard)(?: (?:le|la))?",
        before=r"(?:avant)(?: (?:le|la|les))?",
        until=r"(?:jusqu'(?:à|au|en|à la|aux|à fin)|jusque)(?: (?:le|la))?|du .{2,14} au",
        since=r"(?:depuis|(?:mail|courrier|message|devis|courriel) du)(?: (?:le|la))?",
    ),
    zones=ZONES,
    words=re.compile(
        rf"(?<!\w)(?:{alt(WEEKDAYS)}|{alt(m for m in MONTHS if len(m) > 4 or m in ('mars', 'mai', 'juin', 'août', 'aout'))}|demain|après-demain|aujourd'hui|hier|matin|soir|midi|après-midi|semaines?|mois|trimestre|semestre|années?|ans?|jours?|heures?|quinzaine|pâques|paques|noël|noel|fêtes|nouvel|pentecôte|été|automne|hiver|printemps|rentrée|vacances|journée|vendanges|immédiatement|suite)(?!\w)"
    ),
    over=re.compile(r"\s{1,3}(?:passée?|terminée?|derrière nous|finie?)\b"),
)

# ------------------------------------------------------------------------------------------------------------- cues

CALL_US = (
    r"(?:(?:me|nous) (?:rappeler|recontacter|contacter|relancer|appeler|écrire|reparler|joindre|solliciter)|(?:rappelez|recontactez|contactez|relancez|appelez|écrivez|rappelle|recontacte|relance|appelle|contacte|écris|sollicitez)-(?:moi|nous)"
    r"|(?:revenez|reviens|revenir) (?:vers|me voir|nous voir)(?: (?:moi|nous))?|(?:reprenez|reprendre|reprends) contact|(?:faites|fais)-(?:moi|nous) signe|(?:me|nous) faire signe|(?:adressez-vous|adresse-toi) à|(?:contactez|rappelez|recontactez|contacte|rappelle)-(?:la|le|les)\b|(?:rappelez|recontactez|relancez|rappelle|relance)(?= (?:la|en|au|fin|début|dans|après|vers|plutôt|mi-))|(?:vous|tu) (?:pouvez|peux|pourrez|pourriez|pourrais) (?:me|nous) (?:rappeler|recontacter|contacter|relancer|appeler|écrire))"
)
LATER0 = r"(?:reparler|en reparler|reprendre|revoir|rediscuter|recontacter|rappeler|discuter|parler|échanger|voir|rencontrer|reporter|décaler|repousser|revenir|faire le point|refaire|relancer|attendre|démarrer|commencer|étudier|retrouver|remettre|avancer|regarder|décider|continuer|poursuivre|se voir)"
SENDF = r"(?:enverrai|enverrons|transmettrai|transmettrons|ferai|ferons|reviendrai|reviendrons|recontacterai|rappellerai|rappellerons|appellerai|appellerons|répondrai|répondrons|donnerai|donnerons|confirmerai|confirmerons|tiendrai|préparerai|préparerons|adresserai|adresserons|fournirai|fournirons|signerai|signerons|communiquerai|communiquerons|partagerai|partagerons|vérifierai|vérifierons|livrerai|livrerons|proposerai|proposerons|informerai|informerons|dirai|dirons|retournerai|retournerons|remettrai|finaliserai|finaliserons|demanderai|demanderons|déciderons|prendrai|prendrons|(?:aurai|aurons)(?= (?:[\w']{1,14} ){0,3}?(?:[ld]')?(?:réponse|retour|chiffres?|décision|devis|résultats?|feu vert|validation|offre|nouvelles?|signature|accord|avis|éléments|informations?|documents?|plans?|prix|liste|version|visibilité|budget|terminé|fini)\b)|posterai|écrirai|écrirons|préviendrai|préviendrons|aviserai|aviserons)"
SENDP = r"(?:envoie|envoyons|renvoie|renvoyons|transmets|transmettons|(?:fais|faisons)(?! (?:\w{1,12} )?(?:l'inventaire|le pont|la fête|(?:une )?pause|relâche|les vendanges))|reviens|revenons|rappelle|rappelons|recontacte|recontactons|réponds|répondons|donne|donnons|confirme|confirmons|prépare|préparons|adresse|adressons|fournis|tiens|communique|communiquons|vérifie|vérifions|appelle|appelons|retourne|redis|dis)"
SEND0 = r"(?:envoyer|transmettre|faire parvenir|faire|revenir|rappeler|recontacter|répondre|donner|confirmer|préparer|adresser|fournir|tenir|communiquer|vérifier|livrer|signer|retourner|appeler|demander|partager|finaliser|remettre)"
MEETING = r"(?:rendez-vous|rdv|réunion|appel|entretien|visio|visioconférence|démo|démonstration|point|call|rencontre|échange|présentation)"

CUES = {
    "greeting": cue(r"^(?:bonjour|bonsoir|salut|cher|chère|chers|chères|hello|madame|monsieur|mesdames|messieurs|coucou)\b"),
    "closing": re.compile(
        r"(?:(?:bien )?cordialement|(?:bien |très )?cordialement(?: vôtre)?|bien à (?:vous|toi)|amicalement|sincèrement|(?:sincères |meilleures |cordiales )?salutations(?: distinguées)?|merci(?: d'avance| beaucoup| par avance| et (?:bonne journée|à bientôt|cordialement))?|(?:bonne|belle|excellente) (?:journée|soirée|semaine|fin de journée)(?: à (?:vous|tous))?|bon(?:ne)? (?:week-end|weekend|après-midi)|à bientôt|a bientôt|à très vite|(?:je vous prie|veuillez) .{0,60}(?:salutations|sentiments).{0,30}|respectueusement|cdlt|bàv|envoyé de mon \w{2,12})"
    ),
    "stop": cue(
        r"(?:effacez|efface|supprimez|retirez|supprime) (?:mes|nos|mon|notre) (?:coordonnées|données|adresse|contact|e-?mail)\b",
        r"(?:cesser|cessez|arrêter|arrêtez|stopper|stoppez) (?:tout|toute|vos|ces|les|immédiatement) ?(?:\w{2,12} )?(?:envois?|contacts?|sollicitations?|prospection|communications?|mails?|e-?mails?|messages?|relances?|démarchage)|(?:me|nous|m') ?(?:désinscrire|désabonner|radier)\b|(?:désinscrivez|désabonnez|radiez|désinscris)-(?:moi|nous)",
        r"(?:ne|n') ?(?:plus|pas) (?:me |nous |m')(?:contacter|écrire|envoyer|solliciter|relancer|démarcher|appeler|recontacter|adresser)(?! (?:avant|ce|cette|demain|aujourd'hui|le|en|pendant))",
        r"(?:ne|n') ?(?:me|nous) (?:contactez|écrivez|envoyez|sollicitez|relancez|démarchez|appelez|recontactez) (?:plus|pas)(?! (?:avant|ce|cette|demain|le|en|pendant|tard))",
        r"(?:arrêtez|cessez|arrête|cesse|arrêter|cesser) (?:de |d')(?:me|nous|m') ?(?:contacter|écrire|envoyer|solliciter|relancer|démarcher|appeler|harceler|spammer)|(?:arrêtez|cessez) (?:ces|vos|les) (?:mails|e-?mails|messages|relances|envois|appels|sollicitations|courriels)",
        r"(?:retirez|supprimez|enlevez|désinscrivez|désabonnez|retirer|supprimer|enlever|désinscrire|désabonner|rayez|ôtez)(?:-(?:moi|nous)| (?:me|nous|mon|ma|notre|nos|mes|cette))(?: [\w'-]{1,16}){0,6}|(?:me|nous) (?:désinscrire|désabonner|retirer|supprimer|enlever) (?:de|du)|^(?:désinscription|désabonnement|désabonner|se désinscrire|stop)\s*[.!]?$|unsubscribe",
        r"(?:ne (?:souhaite|souhaitons|veux|voulons|désire|désirons)|n'(?:accepte|acceptons)) (?:plus|pas) (?:recevoir|être (?:contactée?s?|sollicitée?s?|démarchée?s?|relancée?s?|recontactée?s?)|que vous)|plus (?:de|aucun) (?:mails?|e-?mails?|messages?|courriels?|relances?|publicités?)(?:, s'il| de votre part| svp| s'il vous plaît|\s*[.!]|$)|laissez-(?:moi|nous) tranquilles?",
    ),
    "not_stop": cue(r"nos (?:clients|utilisateurs)|comment (?:puis|peut|faire)|avant (?:le|lundi|mardi|mercredi|jeudi|vendredi|demain)"),
    "company": cue(
        r"nous|notre (?:société|entreprise|équipe|adresse|service|organisation|groupe|cabinet|domaine)|nos (?:adresses|équipes|collaborateurs|coordonnées)|personne chez"
    ),
    "missed": cue(
        rf"(?:manqué|raté|loupé|oublié|zappé) (?:(?:notre|le|la|l'|cette|votre) ?)(?:\w{{2,12}} )?{MEETING}\b",
        r"(?:pas pu|pas réussi à|été dans l'impossibilité de?|incapable de?|empêchée? de?) (?:\w{2,10} )?(?:être présente?s?|assister|participer|venir|me connecter|nous connecter|honorer|me joindre|vous rejoindre|être là|me libérer|rejoindre)",
        r"(?:désolée?s?|pardon|excusez-moi|navrée?s?|mes excuses|toutes mes excuses|veuillez m'excuser)(?: \w{2,12}){0,4} (?:d'avoir (?:manqué|raté|loupé|oublié)|pour (?:mon absence|le rendez-vous manqué|l'absence)|de ne pas avoir (?:pu|été)|absente?)",
        rf"(?:un (?:imprévu|empêchement|contretemps))\b.{{0,60}}(?:pas pu|manqué|empêché)|(?:j'ai|nous avons) (?:\w{{2,12}} )?(?:manqué|raté|loupé|oublié) (?:notre|le|la|l') ?(?:\w{{2,12}} )?{MEETING}",
    ),
    "not_missed": cue(
        r"vous (?:avez|aviez) (?:manqué|raté|oublié)|votre appel|n'ai pas (?:manqué|raté)|ne (?:veux|voudrais) pas (?:manquer|rater)"
    ),
    "refusal": cue(
        r"(?:au regret de|regrettons de|regrette de) (?:devoir )?(?:décliner|refuser|ne pas)\b|(?:choisi|retenu|opté pour) (?:la |une |le |l')?(?:solution|offre|proposition) (?:d'une? |d'|de )(?:autre|concurrent|la concurrence|vos concurrents)\w{0,2}",
        r"ne (?:réaliserons|réaliserai|lancerons|mènerons|ferons) (?:\w{3,12} )?pas (?:\w{3,12} )?(?:ce|le) projet\b",
        r"en (?:rester|restons|resterons) là\b",
        r"ne (?:retiendrons|retiendrai|retenons|retiens) pas\b",
        r"(?:ce n'est|c'est) (?:finalement |vraiment )?pas (?:finalement )?(?:fait )?pour (?:nous|moi)\b(?! déplaire)",
        r"(?:prononcée?s?|voté) contre",
        r"choix (?:s'est|se) porte?é? (?:sur|vers)|(?:nous avons|j'ai) (?:opté|signé|tranché) (?:pour|avec|en faveur d'une?) (?:une? )?(?:autre|solution concurrente|concurrent)",
        r"ne (?:nous |m'|me |les |le )?intéress\w{1,3} (?:pas|plus)|(?:a|ont|avons) (?:\w{2,12} )?(?:refusé|rejeté|dit non|opposé son veto|écarté)|(?:partons|allons|partis?|partir|partie|orientés?|tournés?|tournons) (?:sur|avec|vers|chez) (?:une? )?(?:autre|concurrent)|(?:n'en avons|n'en ai|n'avons|n'ai) (?:pas|plus|aucun) (?:l'|d'|de )?(?:utilité|besoin|usage)|ne (?:correspond|répond) (?:pas|plus) à (?:nos|notre|mes)|ne (?:ferons|ferai) pas (?:affaire|appel)|(?:restons|rester|restera|continuons|continuer) (?:chez|avec) (?:notre|nos|le)|passer notre tour|sommes déjà équipés",
        r"(?:décidé|choisi|préféré) (?:de ne pas|de renoncer|d'abandonner|de s'abstenir)|(?:choisi|retenu|opté pour|signé avec|pris|sélectionné|partis? (?:avec|sur|chez)|allons (?:avec|travailler avec)|travailler avec) (?:un |une |l'un |le |la |chez un |vers un )?(?:autre|concurrent|concurrence|de vos concurrents|autre prestataire|solution concurrente)",
        r"(?:ne (?:sommes|suis)|pas) (?:\w{2,10} )?(?:pas )?intéressée?s?\b|(?:aucun|pas d'|sans) ?intérêt|(?:pas|plus|aucun) (?:de |d'|un )?(?:projet|besoin)s?\b(?! (?:de (?:plus|m)|d'y|urgent))|ne (?:donnerons|donnons|donne|donnerai) pas (?:de )?suite|pas donner (?:de )?suite|n'irons pas plus loin|ne pas aller plus loin|pas poursuivre|ne (?:souhaitons|souhaite) pas (?:donner suite|poursuivre|aller plus loin)",
        r"(?:projet|dossier|achat) (?:est |a été |a ete )?(?:annulé|abandonné|arrêté|stoppé|enterré)|non,? merci|merci,? (?:mais )?non|(?:déclinons|décline|refusons|refuse|rejeté|refusé) (?:votre|l'|la|cette) ?(?:offre|proposition|devis)|(?:offre|proposition|candidature|devis) (?:[\w']{1,12} ){0,3}(?:pas (?:été )?retenue|refusée|rejetée)|(?:restons|rester) (?:chez|avec) notre|nous passons notre tour|devons décliner|renonçons|avons renoncé",
    ),
    "not_refusal": cue(r"pas encore (?:décidé|choisi)|si vous n'|besoin de plus|sans intérêt pour vous xx"),
    "doubt": cue(
        r"ne (?:vois|voyons) pas (?:\w{2,8} ){0,2}?(?:la (?:valeur ajoutée|plus-value)|l'(?:intérêt|avantage|utilité)|le (?:bénéfice|gain))\b",
        r"ne passera (?:\w{2,8} )?(?:jamais|pas) (?:\w{2,8} )?(?:en|au|auprès|devant)\b",
        r"du mal à (?:voir|justifier|convaincre|défendre|croire|y croire|me projeter)\b",
        r"(?:falloir|faut|faudra|faudrait|reste à|restera à|difficile de|dur de|peine à) (?:encore |d'abord )?convaincre\b",
        r"(?:au-dessus|au-delà) de (?:ce que|nos|notre|mon)\b",
        r"(?:dépass\w{1,5}|excède\w{0,2}) (?:\w{4,14} )?(?:notre|le|mon|nos|les) (?:budget|moyens|enveloppe)|(?:prix|budget|coût|tarif) (?:nous|me) (?:freine|bloque|pose|fait)|(?:freins?|réticences?)\b",
        r"ne (?:sais|savons) pas (?:encore |trop )?(?:si (?:nous|on|je|cela|c'est|ça)|s'il)|(?:reste|restons) (?:\w{2,10} )?(?:à convaincre|sceptique|prudente?s?)|(?:un peu|assez|plutôt|trop) (?:juste|serré|tôt)|(?:hors de prix|hors de portée|pas donné)|moins ch(?:ers?|ères?)|plus avantageu\w{1,3}",
        r"(?:pas|plus|aucun|sans|manque|manquons) (?:encore )?(?:de |le |d'|un |du |les |assez de |suffisamment de )?(?:\w{2,10} )?(?:budget|moyens|fonds|financement|ressources|trésorerie)\b|budgets? (?:\w{2,12} ){0,3}?(?:gelée?s?|serrés?|bloqués?|épuisés?|coupés?|limités?|dépassés?|pas|consommés?|restreints?)|dépenses (?:\w{2,12} ){0,2}?(?:gelées|bloquées|suspendues)|hors budget|gel (?:des|du) (?:dépenses|budget)|(?:dépasse|au-dessus de|supérieur à) (?:\w{2,12} )?budget",
        r"(?:trop|assez|très|un peu|plutôt|bien trop|vraiment) (?:cher|chers|chère|chères|élevée?s?|coûteu\w{1,4}|onéreu\w{1,4}|compliquée?s?|complexe|lourd|risqué|tôt|juste)\b",
        r"(?:pas|pas encore|pas vraiment|pas tout à fait|pas totalement) (?:\w{2,12} )?(?:sûre?s?|certaine?s?|convaincue?s?|prête?s?|décidée?s?|la priorité|une priorité|prioritaire|le bon moment)|(?:hésitons|hésite|hésitante?s?|sceptiques?|réticente?s?|dubitatifs?|indécise?s?)\b|(?:des|quelques|mes|nos|un) (?:doutes?|réserves|réticences|inquiétudes|craintes)|(?:difficile|dur|compliqué) (?:à |de )(?:justifier|défendre|vendre|faire (?:passer|accepter))",
        r"(?:devons|dois|faut|besoin d'|voudrais|voulons) ?(?:y |encore |en |que (?:j'y|nous y) )*(?:réfléchir|réfléchisse|réfléchissions|temps de réflexion|peser)|pas encore (?:pris (?:de |la |notre )?décision|décidé|tranché)|aucune décision|mauvais moment|pas le (?:bon )?moment|(?:autres?|d'autres) priorités|(?:moins cher|meilleur prix|offre plus compétitive)|ne (?:pouvons|peux|peut) pas (?:nous |me |se )?(?:le )?permettre|(?:prix|coût|tarif)s? (?:\w{2,12} ){0,3}?(?:élevé|problème|frein|obstacle)",
    ),
    "ponder": cue(r"(?:réfléchir|réflexion)\b"),
    "not_doubt": cue(r"aucun doute|sans (?:aucun )?doute|pas trop (?:cher|élevé)|si vous (?:hésitez|n'êtes pas sûr)"),
    # a meeting moved away from its day, not to it
    "not_callback": cue(
        r"(?:reporter|décaler|déplacer|annuler|repousser) (?:le |notre |la |l')(?:rendez-vous|rdv|réunion|appel|visite|point|entretien) (?:de|du|prévue?)\b(?!.{0,40} (?:au|à)\b)"
    ),
    "deferral": cue(
        r"on (?:le |la |les |y )?(?:regardera|verra|étudiera|discutera|décidera|reviendra)\b",
        r"on (?:s'appelle|se rappelle|se téléphone|se recontacte|s'en reparle|se refait un point)\b|on (?:remet|décale|repousse|reporte) (?:ça|cela|tout ça|le sujet|le projet)\b|remettons (?:ça|cela|le sujet)\b",
        r"(?:préfère|préférerais|préférons|préférerions|propose|suggère|vaut mieux|vaudrait mieux|aimerais) qu'(?:on|nous) (?:en |s'|nous )*(?:regard|fass|trait|étudi|discut|abord|lanc|attaqu|décid)\w{1,5}\b",
        r"(?:préfère|préférerais|préférons|préférerions|propose|suggère|vaut mieux|vaudrait mieux|aimerais) qu'(?:on|nous) (?:se |en |s'|nous )*(?:rappel|reparl|recontact|voi|voy|revoi|repren|parl|appel|rediscut|report)\w{1,6}\b",
        CALL_US,
        rf"(?:on|nous|pourrait-on|peut-on|pouvons-nous|pourrions-nous|on pourrait|nous pourrions|nous pouvons|on peut|il vaut mieux|il vaudrait mieux|mieux vaut|je préfère|nous préférons|je préférerais|nous préférerions|je propose (?:de|d')|je (?:vous|te) propose(?: de)?|proposer de|faudra|faudrait|allons|va|devons|doit|souhaite|souhaitons|préférable de|d'accord pour|disponibles? pour|aimerais|aimerions|puis|pour)(?: [\w',-]{{1,14}}){{0,4}}? (?:d')?(?:nous |se |en |vous |y |le |la )*{LATER0}\b",
        r"(?:reparlons|rediscutons|revoyons|reprenons|reportons|décalons|repoussons|parlons|discutons|échangeons|attendons|refaisons|retrouvons|voyons|rappelons)(?:-nous|-en)*\b|on (?:en )?(?:se )?(?:reparle|en reparle|rediscute|voit|reprend|rappelle|parle|verra|reporte|décale|retrouve)(?:ra)?\b|on fait le point|nous (?:en )?(?:reparlerons|rediscuterons|reprendrons|reviendrons sur|verrons|étudierons|regarderons|pourrons|déciderons|serons prêts)\b",
        r"(?:reporter|reporté|reportée|repoussé|repoussée|repousser|décaler|décalé|décalée|suspendu|suspendue|en attente|en pause|en suspens|gelé xx|attendre|mis de côté|différé|différée|remis|remise)\b",
        r"(?:pas|rien|aucun|aucune|impossible|jamais)\b(?:[ ,][\w'-]{1,14}){0,6}? avant\b|au plus tôt\b|pas avant\b",
        r"(?:plutôt|peut-être|seulement|uniquement|idéalement|de préférence|à nouveau|de nouveau|plus) (?:en|après|à|au|début|fin|courant|mi|le|la|tard|dans|vers|pour|l'année|l'an)\b|à nouveau\b|de nouveau\b",
        r"(?:serait|est|sera|semble|paraît) (?:\w{2,10} )?(?:mieux|préférable|plus (?:réaliste|simple|adapté)|idéal|bien|possible)\b",
    ),
    "no_wait": cue(
        r"(?:inutile|(?:pas|plus) (?:besoin|la peine|nécessaire|obligé)) d'attendre\b|n'attend\w{1,4} pas\b",
    ),
    "politely": cue(
        r"s'il (?:vous|te) plaît|svp|stp|merci",
    ),
    "tag": cue(
        r"^(?:ok|d'accord|ça (?:te|vous) va|cela (?:te|vous) (?:va|convient)|non|si (?:cela|ça) (?:te|vous) (?:va|convient)|qu'en (?:pensez-vous|penses-tu)|c'est possible)\s*\?*$",
    ),
    "resumes": cue(
        r"(?:reparl\w{1,4}|recontact\w{1,4}|rediscut\w{1,4}|repren\w{1,5}|à nouveau|de nouveau|revoi\w{1,3}|rappel\w{1,4})\b",
    ),
    "nth": cue(
        r"(?:le|la) (?:(?P<first>premi(?:er|ère))|(?P<second>deuxième|second|seconde)|(?P<third>troisième)|(?P<last>derni(?:er|ère)))\b(?! (?:trimestre|semestre|mois|semaine|étage|fois))",
    ),
    "for_now": cue(
        r"(?:pas|aucun|plus)(?: de| d')? ?(?:besoin|projet|intérêt)(?: \w{2,12}){0,2} (?:actuellement|pour le moment|pour l'instant|en ce moment|cette année)\b|(?:actuellement|pour le moment|pour l'instant|en ce moment|cette année)\b.{0,30}\b(?:pas|aucun)\b.{0,8}\b(?:besoin|projet|intérêt)\b",
    ),
    "asks_leave": cue(
        r"(?<=,\x20)(?:ok|d'accord|ça (?:te|vous) va|oui)\s*\?$",
    ),
    "puts_off": cue(
        r"(?:reporter|reporté|reportée|repoussé|repoussée|repousser|différé|différée|en suspens|en pause|mis de côté|remis à plus tard|reportons|repoussons)\b|(?<!au\x20)plus tard(?: (?:dans|cette|en|au))?\b|ultérieurement|un autre moment|une autre fois|pas maintenant|pas pour (?:le moment|l'instant)|pas (?:en ce moment|actuellement|dans l'immédiat|tout de suite)|un jour(?! férié|s\b| par| sur| de)|à terme|à l'avenir|quand (?:ce|les choses|la situation|tout) |le moment venu|(?:dans|d'ici) quelques (?:semaines|mois)",
        r"^peut-être (?:plus tard|en|après|l'année|le|au|dans)\b",
    ),
    "callback": cue(CALL_US),
    "callback_start": cue(
        r"(?:merci de|veuillez|prière de|rappelez|recontactez|appelez|contactez|reparlons|reprenons|on (?:peut|pourra|en reparle)|revenez)\b"
    ),
    "talk": cue(
        r"(?:s'appelle|parl\w{1,4}|discut\w{1,4}|échang\w{1,4}|voir|voit|rencontrer|appeler|reparl\w{1,5}|faire le point|retrouver)\b"
    ),
    "again": cue(
        r"(?:on remet|remettons|reparl\w{1,6}|rediscut\w{1,5}|reprend\w{1,4}|revoir|revoyons|report\w{1,4}|repouss\w{1,4}|décal\w{1,4}|à nouveau|de nouveau|plus tard|attend\w{1,4}|recontact\w{1,4}|rappel\w{1,4}|plutôt|jusqu'\w{1,2})\b"
    ),
    "any_when": cue(r"(?:une fois|quand|lorsque|dès que|après que) (?:les?|la|nous|notre|nos|l'|tout|ce|on)\b(?! (?:avez|pouvez))"),
    # what becomes of things and seasons, and habits
    "not_deferral": cue(
        r"portes ouvertes\b",
        r"attendons (?:\d{1,6}|une?\b|des\b|de\b|nos\b|plus\b|environ\b|beaucoup\b)|férié|(?:re)?commence|rouvr\w{2,4}|il fait (?:meilleur|beau|chaud|froid)|(?:la|notre) saison\b",
    ),
    "habit": cue(
        r"tou(?:s|tes) les (?:\w{2,10} )?(?:lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?|jours|semaines|mois|ans|matins|soirs|deux)\b|chaque\b|(?:lun|mar|mercre|jeu|vendre|same)dis\b|(?<!que\x20)(?<!comme\x20)d'habitude|habituellement|généralement|en général|[\w]{3,14}ons toujours\b"
    ),
    "promise": cue(
        r"(?:les|le|la) (?:plans?|documents?|chiffres|contrat|devis|bon de commande|échantillons?) (?:arrivent|arrive|partent|suivent)\b(?= (?:lundi|mardi|mercredi|jeudi|vendredi|demain|d'ici|la semaine|en début))",
        r"(?:et|puis) (?:vous|te) (?:répond|recontacte|rappelle|envoie|revient|fait (?:un |son )?retour|transmet)\b",
        r"(?:sera|seront) (?:\w{2,10} )?(?:dans (?:votre|ta|vos) (?:boîte|messagerie|mails)|sur (?:votre|ton) bureau|entre vos mains|chez vous)\b",
        r"(?:le service|la direction|le comité|les achats|l'équipe|la compta|le juridique|mon chef|ma chef\w{0,2})(?: [\w-]{2,20}){0,2} (?:vous |te |t')(?:enverra|enverront|transmettra|contactera|rappellera|recontactera|répondra|répondront|adressera|fera|donnera)\b",
        r"(?:mon|ma|notre|nos|le|la) (?:collègue|associée?|responsable|direction|service|équipe|juriste|comptable)(?: [\w-]{2,20}){0,2} (?:vous |te )(?:envoie|transmet|contacte|rappelle|recontacte|répond|adresse|fait)\b",
        r"(?:et|puis) (?:reviens|revenons|recontacte|recontactons|rappelle|rappelons|reviendrai|reviendrons)(?: vers)? (?:vous|toi)\b",
        r"(?:vous|tu) (?:l'|les |le |la )(?:recevrez|aurez|recevras|auras|recevez)\b|(?:part|partira|arrive|arrivera|suit|suivra)\b(?= (?:lundi|mardi|mercredi|jeudi|vendredi|demain|d'ici|cette|la semaine|avant|au plus tard|le \d|en début|en fin|ce soir))",
        r"on(?: vous| te| le| la| les| l')* ?(?:envoie|transmet|fait (?:parvenir|suivre|un retour)|revient|recontacte|répond|donne|confirme|prépare|adresse|fournit|tient|communique)\b(?! pas)",
        rf"(?:et|puis)(?: vous| te| le| la| les| l'){{1,3}} ?{SENDP}\b",
        rf"(?:je|nous)(?: vous| te)? l'{SENDP}\b",
        rf"(?:je |nous |j'|et |puis |on )?(?:ne |n')?(?:vous |te |le |la |les |lui |vous le |vous la |vous les |y |en |l')*{SENDF}\b",
        rf"(?:je|nous|j')(?: vous| te| le| la| les| vous le| vous la| vous les| me| nous)* ?{SENDP}\b(?! (?:plus|pas|à faire|de (?:vous|mon|la part)|que|confiance))",
        rf"(?:je|nous|on|j') ?(?:vais|allons|va|peux|pouvons|compte|comptons|pense|espère|espérons|essaie|essaierai|essaie d')(?: vous| te| le| la| les| de| d'| vous le| vous la| essayer de| pouvoir| en| me| nous)* ?{SEND0}\b",
        r"(?:vous|tu) (?:recevrez|aurez|recevras|auras|recevez)\b",
        r"(?:mon|ma|notre|nos) [\w-]{2,20}(?: [\w-]{2,20})?(?: [\w-]{2,20})? (?:vous |te )(?:enverra|enverront|transmettra|contactera|rappellera|recontactera|répondra|adressera|fera|donnera)\b",
        r"(?:vous (?:sera|seront)|sera|seront) (?:envoyée?s?|transmise?s?|adressée?s?|livrée?s?|remise?s?|prête?s?)\b",
    ),
    "firm": cue(
        r"(?:arrivent|partent|suivent)\b",
        r"(?:le service|la direction|le comité|les achats|l'équipe|la compta|le juridique)\b",
        r"(?:je|nous|on)\b(?! (?:vous |te |t'|les? |la )*(?:peux|pouvons|pourrais|pourrions|espère|espérons|essaie))|(?:j'\w{0,14}|vous (?:l'|les |le |la )?(?:recevrez|aurez|recevez|sera|seront)|part|partira|arrive|arrivera|suit|suivra|mon|ma|notre|nos|sera|seront|tu|et|puis)\b",
        SENDF,
    ),
    "firm_start": cue(SENDF),
    "soft": cue(r"peux|pouvons|espère|espérons|essaie"),
    "not_promise": cue(
        r"(?:ne|n'\w{1,12}) (?:[\w']{1,14} ){0,3}?(?:pas|plus|jamais)\b|(?:ne|n')\b|merci de|veuillez|(?:pouvez|pourriez|voulez)[ -]vous|(?:pourrais|peux|veux)[ -]tu|vous (?:pouvez|pourriez)"
    ),
    "no_promise_after": cue(
        r"(?:j'|je (?:vous |te )?)(?:envoie|fais|lance|transmets) (?:\w{2,5} )?(?:une |l')invitation\s*[.!]?$",
        r"(?:bus|car|train|avion|vol|ferry|bateau|camion|navette) (?:\w{2,12} )?(?:part|partira|arrive|arrivera)\b",
        r"(?:ci-joint\w{0,2}|en pièce jointe|en annexe|par la présente|ci-inclus\w{0,1}|en fichier joint)\b",
        r"confirm\w{1,4} (?!(?:ça|cela|tout|tout ça) )(?:\w{2,10} ){0,3}?(?:rendez-vous|rdv|disponibilités?|présence|participation|réunion|créneau|date|lundi|mardi|mercredi|jeudi|vendredi|demain)\b",
    ),
    "condition": cue(r"(?:si|dès que|une fois que|quand|lorsque|à condition que|sous réserve que) (?:vous|tu)\b"),
    "named": re.compile(r"(?<!\w)(?:le|la|les|ça|cela)(?!\w)"),
    "article": re.compile(r"\s*(?:le|la|les|une?|des|notre|nos|votre|vos|mon|ma|mes)\s"),
    "dated_thing": re.compile(
        r"(?<!\w)(?:pour|sur|concernant) (?:(?:le|la|les|un|une|notre|votre) |l')?[^\W\d][\w-]{2,24} (?:en |de |du |d'|d’)\0"
    ),
    "foreign": re.compile(r"(?<!\w)(?:de|du|pour|depuis|des)(?: (?:le|la|les))?\s{1,3}\0"),
    "intention_only": cue(r"(?:vérifie\w{0,3}|décider\w{0,4}|demande\w{0,4})\b(?!.{0,60}(?:\bet\b|reviens|recontacte))"),
    "on_hold": cue(r"reportée?|en attente|suspendue?|en pause|repoussée?"),
    "not_before": cue(
        r"(?:pas|rien|aucune?|impossible|jamais)\b(?:[ ,][\w'-]{1,14}){0,6}? avant\b|au plus tôt\b|avant\b.{0,30}\b(?:rien|pas|impossible)\b"
    ),
    "instead": cue(r"plutôt|à la place"),
    "about_things": cue(r"livraisons?|factures?|colis|commandes?|paiements?"),
    "asks_if": cue(r"(?:si|s'il)\b(?! (?:vous|te) pla)"),
    "fits": cue(
        r"(?:convien\w{1,5}|conviendrait|irait|va|iraient|possible|ok|arrange\w{0,5}|bon|bonne|faisable|colle|marche|préférable)\b"
    ),
    "object_lead": re.compile(
        r"\s*(?:(?:vous|te|le|la|les|y|en|parvenir|également|aussi|bien|sûr|volontiers|dès|rapidement|ensuite|alors|donc|envoyer|transmettre|à|faire)\b(?=\s+(?:le|la|les|l'|un|une|des|mon|ma|mes|notre|nos|votre|vos|ce|cette|deux|trois|\d)|\s*$)\s*)*"
    ),
    "object_end": cue(
        r"(?:d'ici|avant|pour|au plus tard|lundi|mardi|mercredi|jeudi|vendredi|demain|aujourd'hui|la semaine|cette|dès|dans|par (?:mail|retour|courriel|e-?mail)|et(?! (?:(?:le|la|les|un|une|des|mon|ma|mes|notre|nos|votre|vos) |l'))|afin|sous|le \d|en début|en fin|fin|début|ce soir|ce matin|rapidement|très vite|quand|si|après|qui|que|à (?:vous|votre)|courant)\b",
        r"(?:le|la|en|au|à|de|du|pour|dans|par)\s*$",
    ),
    "about": cue(
        r"(?:concernant|au sujet d[eu]s?|à propos d[eu]s?|sur|avec)(?= \w)(?! (?:vous|toi|moi|nous|mon|ma|mes|notre|nos|l'équipe))"
    ),
    "fronted": re.compile(
        r"(?:^|[ ,])(?P<what>(?:le |la |les |l'|un |une |mon |ma |mes |notre |nos |votre |vos )[\w-]{3,24}(?: [\w'-]{2,24}){0,4})\s*$"
    ),
    "speaks": re.compile(
        r"(?:revien\w{1,6}|recontact\w{1,6}|rappel\w{1,6}|appel\w{1,6}|répond\w{1,4}|revenir|vérifi\w{1,6}|demand\w{1,6}|tien\w{1,4}|tiendr\w{1,4}|inform\w{1,6}|dir\w{1,4}|décid\w{1,6}|fais|ferai|ferons|écri\w{1,5})\s*$"
    ),
    "pronoun": re.compile(
        r"(?:vers vous|vers toi|ça|cela|le|la|les|vous|tout|au courant|informée?s?|signe|retour|un retour|un point|contact|réponse|une réponse|suite|part|y|en|de mes nouvelles)?"
    ),
    "intention": cue(
        r"(?:je|nous|on|j')(?!\s?(?:\w{1,3} )?(?:avons|ai|a|ont|avez)\b) ?(?:vais|allons|va|dois|devons|aimerais|aimerions|souhaite|souhaitons|compte|y|en)?(?: [\w']{1,8}){0,2}?(?: |(?<='))(?:réfléchi\w{1,5}|étudi\w{1,6}|examin\w{1,6}|regard\w{1,6}|discut\w{1,6}|en parl\w{1,5}|analys\w{1,6}|voir|lire|évalu\w{1,6}|consult\w{1,6})\b",
        r"(?:à bientôt|à très vite|restons en contact|on reste en contact|reparlons-en (?:bientôt|prochainement|vite)|parlons-en (?:bientôt|vite)|on se (?:parle|voit|rappelle|tient au courant) (?:bientôt|vite|prochainement)|(?:bientôt|prochainement|rapidement|au plus vite|dès que possible|sous peu|très vite)\s*[.!]?$|tiens? au courant|tiendrai au courant|tenons au courant)",
    ),
    "not_time": cue(
        r"ne (?:m'|nous )\s?(?:arrange\w{0,3}|conviennent|convient) (?:\w{2,12} )?(?:pas|plus)\b",
        rf"(?:sauf|excepté|hormis|à part) (?:le |ce )?(?:{'|'.join(WEEKDAYS)})s?\b|^(?:surtout |mais )*pas (?:le |ce )?(?:{'|'.join(WEEKDAYS)})s?\b",
        r"(?:ai|avons|aurai|j'ai) (?:malheureusement )?(?:déjà |encore )?(?:une? (?:autre )?(?:réunion|rendez-vous|rdv|engagement|obligation|déplacement|contrainte|empêchement|formation)|quelque chose)\b|(?:suis|sommes|serai|serons) (?:\w{2,12} )?(?:prise?s?|retenue?s?|absente?s?|à l'étranger|en (?:formation|congés?|vacances|clientèle|tournage|audience))\b|agenda (?:\w{2,8} )?(?:plein|complet|chargé)",
        r"(?:ne|n')\s?(?:[\w']{1,14} ){0,3}?(?:convien\w{1,4}|va|vont|peux|pouvons|suis|sommes|serai|serons|arrange|arrangent|marche|est|sera|pourrai|pourrons) (?:[\w']{1,12} ){0,2}?(?:pas|plus|malheureusement pas)\b|(?:pas|in)\s?(?:possible|disponibles?|libres?)\b|(?:impossible|indisponibles?|pas possible|compliqué|difficile pour|déjà pris|déjà prise|occupée?s?|complète?|en déplacement|en réunion|un empêchement|un autre rendez-vous|autre engagement)\b|(?:aucune? (?:de|des|d'|date|créneau|proposition|option|ne)|ni l'un ni l'autre|ni (?:le|la|lundi|mardi|mercredi|jeudi|vendredi))\b|(?:dois|devons) (?:\w{2,16} )?(?:annuler|reporter|décaler|déplacer)\b",
    ),
    "that": cue(
        r"(?:à )?(?:cette heure|ce jour|ce moment)(?:-là)?",
        r"cela|ça|ce créneau|cette date|ces (?:dates|créneaux)|cet horaire|aucun|aucune|ni|la date|le créneau|l'heure|les deux|votre proposition",
    ),
    "accepts": cue(
        r"^(?:va pour |plutôt |alors |je prends |prenons |on prend |ok pour )*(?:le|la) (?:premi(?:er|ère)|deuxième|second|seconde|troisième|derni(?:er|ère))(?: (?:créneau|option|date|proposition|horaire))?(?:,? (?:svp|stp|s'il (?:vous|te) plaît|merci|alors|donc|plutôt))*\s*[.!]?$",
        r"(?:les deux|ces) (?:dates |créneaux |horaires |options )?(?:me |nous )?(?:convien\w{2,4}|vont|iraient)\b",
        r"(?:envoyez|envoie)(?:-(?:moi|nous))? (?:donc |simplement )?(?:une |l'|votre |ton )?invitation\b",
        r"m'(?:irait|arrange|arrangerait|va)\b",
        r"(?:je|nous) (?:vous |te )?(?:confirme|confirmons) (?:[\w'-]{1,14} ){0,3}?(?:disponibilités?|participation|réunion|rendez-vous|rdv|présence|créneau|date)|(?:je|nous) (?:préfère|préférons|préférerais|préférerions|choisis|opte) (?:pour )?(?:le|la|lundi|mardi|mercredi|jeudi|vendredi|demain)\b|on se (?:voit|parle|retrouve|appelle) (?:donc |alors )?(?:le |lundi|mardi|mercredi|jeudi|vendredi|demain|à \d)|c'est (?:bon|parfait|ok|entendu|noté) (?:pour|de)\b",
        r"(?:cela|ça|ce créneau|cette (?:date|heure|proposition)|cet horaire|le (?:premier|deuxième|second|troisième|dernier)(?: créneau)?|la (?:première|deuxième|seconde|troisième|dernière)(?: (?:date|option|proposition))?|les deux|l'heure|la date|le créneau|c'est) (?:[\w]{1,10} )?(?:me |nous |m'|nous )?(?:convien\w{1,4}|va(?: bien| très bien| parfaitement)?(?! (?:au|être|falloir|coûter|prendre|dépendre|faire|changer|trop))|vont|arrange|marche|est (?:parfaite?|bonne?|ok|notée?|possible|bien)|bon|noté|parfait pour (?:moi|nous)|d'accord|ok|colle)\b",
        r"(?:me|nous) (?:convien\w{1,4}|va|vont|arrange)\b(?! pas)|(?:ok|parfait|bon|d'accord|très bien|entendu|partant|partante|partants) pour (?:moi|nous|le|la|ce|cette|lundi|mardi|mercredi|jeudi|vendredi|demain|\d|midi)|(?:je|nous) (?:confirme|confirmons|accepte|acceptons|retiens|retenons|prends|prenons|note|notons|choisis|serai|serons) (?:pour |bien |donc )?(?:[\w'-]{1,12} ){0,3}?(?:rendez-vous|rdv|date|créneau|lundi|mardi|mercredi|jeudi|vendredi|présente?s?|là|au rendez-vous|présence|le \d|la première|le premier|la seconde|le second|le deuxième|la deuxième)",
        r"(?:à|a) (?:lundi|mardi|mercredi|jeudi|vendredi|demain|la semaine prochaine|tout à l'heure)\b(?=\s*(?:[.,!]|à|alors|donc|donc|$|prochain))|(?:confirmé|c'est noté|va pour|rendez-vous (?:est )?(?:pris|noté|confirmé)|c'est d'accord|marché conclu)\b|(?:on dit|disons|prenons|retenons|partons sur|gardons|faisons) (?:donc )?(?:le |la |lundi|mardi|mercredi|jeudi|vendredi|demain|\d)",
    ),
    "date_accepts": cue(
        r"(?:au plaisir de|hâte de|ravie?s? de) (?:vous |te )?(?:voir|rencontrer|retrouver|échanger|parler)|je me réjouis",
        r"(?:dans|à) (?:mon|notre|nos|mes|l')\s?agendas?|c'est (?:noté|bon|ok|parfait|d'accord)|bloqué|réservé|inscrit|je (?:serai|suis) (?:là|présente?|des vôtres)|on se voit",
        r"(?:convien\w{1,4}|parfait|ok|d'accord|très bien|entendu|ça marche|ça me va|va bien|va très bien|bonne?|noté|oui|volontiers|avec plaisir|confirmé|nous va|me va|est (?:bien|bon|possible|parfait)|impeccable|super)\b(?! pas)",
    ),
    "offers": cue(
        r"(?:auriez|avez|aurais|as|aurez)-(?:vous|tu) (?:un moment|du temps|le temps|une minute|une heure|un créneau|un peu de temps|une petite heure)\b",
        r"(?:convien\w{1,6}|appelle|appelons|passe|passons|dispos?|disponibles?|disponibilités?|libres?|possible|rencontrer|voir|parler|échanger|appeler|rendez-vous|rdv|réunion|appel|iraient?|va|ok|arrange\w{0,5}|proposer?|propose|visio|décaler|déplacer|reporter|venir|passer|plutôt|créneau|point|démo|fixer|caler|retrouver|discuter|se voir|disponibilité|faire)\b",
    ),
    "offers_plainly": cue(
        r"(?:je|nous) (?:suis|sommes|serais|serai) (?:\w{2,12} )?dispos?\b",
        r"(?:je|nous) (?:suis|sommes|serais|serions|serai|serons) (?:\w{2,12} )?(?:disponibles?|libres?)|(?:je|nous|j') ?(?:vous )?(?:peux|pouvons|pourrais|pourrions|propose|proposons|suggère|suggérons|ai|avons|aurais) (?:\w{2,12} ){0,3}?(?:le|la|lundi|mardi|mercredi|jeudi|vendredi|demain|un créneau|des créneaux|de|d'|vous|nous|une|un|\d|disponible|libre)|(?:pourquoi pas|que diriez-vous|plutôt|alternativement|sinon|propositions?|créneaux? (?:possibles?|disponibles?|suivants?)|dates? (?:possibles?|suivantes?)|disponibilités|disponible|libre|voyons-nous|parlons-nous|retrouvons-nous|rencontrons-nous)\b|(?:serait|conviendrait|irait) (?:mieux|bien|possible|parfait)|me conviendrait|nous conviendrait",
    ),
    "asks_times": cue(
        r"^(?:et |mais |alors |donc )?(?:quand|à quelle heure|quelle?s? |combien|pourquoi|qui |où |comment |avez-vous (?:reçu|vu|pu|eu)|qu'est-ce|que |quel jour)"
    ),
    # asks which of the times offered: with an offer in the same mail it is part of that
    "picks": cue(
        r"(?:quel|quelle|quels|quelles|lequel|laquelle|lesquels|ce qui|quand|qu'est-ce qui|si)\b.{0,40}\b(?:convien\w{1,5}|arrang\w{1,5}|préf\w{1,7}|va|vont|irait|mieux|possible|disponibles?)\b(?:-vous|-tu|-t-il)?(?: (?:le|mieux|vous|te|bien|plus))*\s*[?.!]*$",
        r"(?:est-ce que |qu'est-ce que )?(?:cela|ça|l'un|l'une|un|une|serait-ce|est-ce|ces|ce)\b(?: (?:de|des|d'entre|ces|deux|créneaux?|dates?|horaires?|vous|te|eux))* ?(?:convien\w{1,5}|va|vont|irait|iraient|possible|arrang\w{1,5})(?:-\w{1,4})?(?: (?:bien|à|vous|mieux|pour))*\s*\?",
        r"^(?:merci de |pouvez-vous |pourriez-vous )?(?:me |nous )?(?:le |la )?(?:confirmer|dire|indiquer|dites-moi|tenez-moi au courant|tenir au courant)(?: (?:votre|vos|préférences?|s'il vous plaît|svp|cela|au courant))*\s*[.!?]*$|(?:votre|une) préférence\b|qu'en (?:pensez|dites)-vous\s*\?",
    ),
    "starts_proposal": cue(
        r"(?:que diriez-vous|qu'est-ce que (?:vous diriez|tu dirais|vous dites)|que dites-vous|pourquoi pas|qu'en (?:dites|pensez)-vous|ça vous (?:dit|va|convient|irait)|disons|et si)\b"
    ),
    "book_link": cue(
        r"(?:créneau|rendez-vous|rdv|réserver|réservez|agenda|calendrier|horaire|disponibilités|moment qui|choisir une date)\b"
    ),
    "request": cue(
        r"(?:n'ai|n'avons|ne) (?:trouve |trouvons |vois |voyons )?pas (?:trouvé |retrouvé |vu |reçu )?(?:encore )?(?:le |la |les |l'|vos |votre )(?:[\w'-]{2,16} ?){1,4}(?:dans|sur|en|de|$|[.!])",
        r"(?:l')?(?:montant|total|prix|adresse|date|nom|quantité|chiffre)s? (?:[\w']{1,12} ){0,5}?(?:est|sont|semble|paraît) (?:\w{2,12} )?(?:erronée?s?|fau(?:x|sses?)|incorrecte?s?|inexacte?s?)\b",
        r"(?:lien|fichier|document|pdf|vidéo|accès|formulaire|mot de passe) ne (?:fonctionne|marche|s'ouvre|passe) pas\b|(?:n'arrive|n'arrivons|ne parviens|ne parvenons|ne peux|ne pouvons) pas (?:à )?(?:ouvrir|lire|télécharger|trouver) (?:le|la|les|votre|vos)\b|(?:votre|vos|le|les) (?:devis|offre|contrat|documents?|échantillons?) (?:n'est|ne sont) (?:\w{2,12} )?(?:pas (?:encore )?)?(?:arrivée?s?|parvenue?s?)\b",
        r"(?:serais|serions|saurais|saurions) (?:\w{2,8} )?(?:reconnaissante?s?|gré|ravie?s?|heureu\w{1,3}) (?:de (?:bien vouloir|recevoir|pouvoir|m'|nous)|si)|(?:dis|envoie|donne|fais|transmets|précise|confirme|explique|montre|tiens|indique|renvoie|rappelle|renvoyez|rappelez|précisez|adresse|appelle)-(?:moi|nous|le|la|les)\b|(?:dans l'attente|en attente) (?:de|d'un) (?:votre|vos|retour|recevoir)",
        r"(?:merci de|merci de bien vouloir|veuillez|prière de|je vous (?:prie|demande|saurais gré) de|nous vous (?:prions|demandons|saurions gré) de) (?!trouver|m'excuser|nous excuser|croire|agréer|recevoir|noter|votre|vos|(?:la|cette|ta) (?:célérité|rapidité|réactivité|promptitude|réponse|précision|clarté|confirmation|confiance)|ne pas tenir|accepter)[\w']{2,}|(?:pouvez|pourriez|voulez|voudriez|pourras|peux|pourrais|sauriez)[ -](?:vous|tu)\b|(?:dites|envoyez|donnez|faites|transmettez|précisez|indiquez|confirmez|expliquez|montrez|adressez|communiquez|tenez)-(?:moi|nous)\b|(?:j'aurais|nous aurions|j'ai|nous avons) besoin|(?:je|nous) (?:voudrais|voudrions|souhaite|souhaitons|souhaiterais|souhaiterions|aimerais|aimerions|désire|désirons|attends|attendons|cherche|cherchons)\b(?! (?:une bonne|une belle|vous remercier|remercier|bonne|plus))|(?:il (?:me|nous) (?:faudrait|faut|manque)|en attente de votre|dans l'attente de (?:votre|vos) (?:réponse|retour|devis|offre))|(?:envoyez|envoie|appelez|confirmez|préparez|joignez|ajoutez|corrigez) (?:le|la|les|un|une|des|nos|votre|moi|ce)\b",
    ),
    "question": cue(
        r"(?:ne|n') ?(?:vois|voyons|comprends|comprenons|sais|savons) pas (?:bien |encore |très bien |trop )?(?:qui|comment|quand|où|ce que|quel\w{0,3}|pourquoi|combien)\b|(?:pas|peu) (?:très |tout à fait )?clair (?:si|qui|comment|quand|pour (?:moi|nous))",
        r"(?:demande|demandent|se demande|veut savoir|veulent savoir|aimerait savoir|voudrait savoir) (?:si|s'il|comment|quand|combien|pourquoi|qui|ce que)\b",
        r"(?:j')?(?:aurais|aurions|aurait|voulais|voulions|souhaitais) (?:bien )?(?:aimé )?savoir\b",
        r"(?:qu'en est-il|savez-vous|sais-tu|auriez-vous|pensez-vous|seriez-vous|serait-ce|est-ce possible|c'est possible)\b|(?:me|nous) (?:dire|préciser|indiquer|confirmer) (?:si|combien|quand|comment|ce que|quel\w{0,3})\b|curieu(?:x|se) de savoir",
        r"^(?:et |mais |alors |bonjour,? |une question ?: ?)?(?:combien|comment|pourquoi|quand|quelle?s? (?:est|sont|serait|seraient|\w{2,20} )|est-ce|qu'est-ce|avez-vous|êtes-vous|pouvez-vous|pourriez-vous|peut-on|pourrait-on|y a-t-il|où |qui |faut-il|est-il|serait-il|proposez-vous|disposez-vous)",
        r"(?:je me demande|nous nous demandons|j'aimerais savoir|nous aimerions savoir|je voudrais savoir|nous voudrions savoir|savoir si|(?:une|deux|quelques|plusieurs|d'autres|dernière|petite|autre) questions?|ma question|dites-moi si|me dire (?:si|combien|quand|comment))\b",
    ),
    "no_question": cue(
        r"^(?:(?:bonjour|salut|et)[ ,]+(?:\w{2,14}[ ,]+)?)?(?:comment (?:allez-vous|vas-tu|ça va|va)|(?:vous )?(?:allez-vous|vas-tu) bien|ça va(?: bien)?|tout va bien|vous allez bien|la forme|comment s'est passé(?:es)? (?:votre|vos|ton|tes|le) (?:week-end|vacances|weekend)|avez-vous passé (?:un|de) (?:bon|bonnes|belles|agréable).{0,30})\s*\?",
        r"^(?:qui sait|pourquoi pas|n'est-ce pas|que demander de plus|que dire de plus|qui l'eût cru|ah bon|vraiment|non|oui)\s*[?!]",
    ),
    "acknowledgement": cue(
        r"(?:très |un |une |d'un |d'une )?(?:bon|bonne|belle|beau|excellente?) (?:journée|soirée|week-end|weekend|semaine|continuation|vacances|année|fêtes|fin de (?:journée|semaine)|retour|après-midi|réception)\b.{0,40}",
        r"(?:super|belle|très (?:bonne|belle)|excellente?|bonne|magnifique) (?:présentation|démo|démonstration|réunion|visite|échange|proposition|idée|nouvelle)(?: hier| d'hier| aujourd'hui| ce matin)?|hier",
        r"(?:nous |j'|je vous )?(?:accusons|accuse) (?:bonne |bien )?réception\b.{0,80}|bonne réception\b.{0,60}|(?:cela|ça|c'est) (?:nous |m' ?|me )?(?:aide|éclaire|rassure|fait plaisir)\b.{0,30}|pas de quoi|top|vous aussi|à vous aussi|de même|pareillement|c'est (?:super |très )?gentil(?: à vous| de votre part)?",
        r"(?:un |grand |mille |tous mes |tous nos |avec (?:tous )?mes |sincères |encore |nous vous |je vous |je te )*(?:merci|mercis|remerciements?|remercie|remercions)(?: (?:beaucoup|infiniment|bien|encore|à vous|à toi|à tous|d'avance|par avance|vivement|chaleureusement|sincèrement|à l'équipe|à toute l'équipe|mille fois|et))*(?: (?:pour|de|d'|à)\b.{0,160}| (?:d')[\w]{2,}.{0,140})?",
        r"(?:c'est |tout est |j'ai |nous avons |je l'ai |nous l'avons |votre (?:mail|message|devis|offre|envoi) |document |le tout )*(?:bien |est |a été )*(?:reçue?s?|noté|notée?s?|entendu|compris|comprise?|arrivée?s?|pris note|bonne note|bien reçu|lu|enregistré|ok)(?: (?:votre|vos|le|la|les|l') ?[\w'-]{2,20}(?: [\w'-]{2,16})?)?",
        r"(?:c'est |c'était |cela |ça |tout |le tout |tout ça )*(?:est |était |a été |semble |me |nous |sera )*(?:tout |très |vraiment |absolument |bien |fort |tout à fait |plus que )*(?:parfaite?|super|génial|excellente?|formidable|impeccable|top|nickel|bien|bon|bonne|clair|claire|utile|intéressante?|instructive?|enrichissante?|impressionnante?|agréable|sympa|ok|d'accord|très bien|ça marche|ça roule|volontiers|avec plaisir|pas de (?:souci|problème)|aucun (?:souci|problème)|oui|non|certainement|bien sûr|évidemment|entendu|en effet|exact|exactement|tout à fait|de rien|je vous en prie|je t'en prie|bravo|félicitations|chouette|magnifique|gentil|aimable|réussie?|convaincante?)(?: (?:de votre part|à savoir|à vous|pour (?:moi|nous|tout)|nouvelle|idée|travail|présentation|démo|démonstration|réunion|merci|alors|aussi))*",
        r"(?:au |c'était un |un |quel |ce fut un |avec )(?:vrai |grand |réel )?plaisir\b.{0,100}|(?:ravie?s?|enchantée?s?|heureu(?:x|se)s?|hâte)\b.{0,100}|(?:j'ai|nous avons|l'équipe a|tout le monde a|les équipes ont) (?:\w{2,12} )?(?:apprécié|adoré|aimé)\b.{0,100}",
        r"(?:la |le |votre |cette |l')(?:démo|démonstration|présentation|réunion|visite|échange|rendez-vous|entretien|équipe|documentation|point) (?:était|est|a été|fut|nous a|m'a) (?:\w{2,12} ){0,2}?(?:très )?(?:bien|intéressante?|utile|claire?|plue?|parfaite?|super|excellente?|instructive?|enrichissante?|convaincante?|convaincus?|réussie?|agréable)",
        r"(?:je |nous )?(?:vous |te )?(?:souhaite|souhaitons|espère|espérons)\b.{0,100}|(?:bon|bonne|belle|beau|excellente?|joyeu\w{1,4}|meilleurs) (?:journée|soirée|week-end|weekend|semaine|continuation|vacances|année|noël|fêtes|vœux|courage|retour|réception|appétit|après-midi|chance|nouvelle|idée|travail).{0,40}|à bientôt|à très (?:vite|bientôt)|au revoir|cordialement|bien à vous",
        r"(?:désolée?s?|pardon|toutes mes excuses|excusez-moi|mes excuses)\b.{0,80}|(?:et|bonjour|bonsoir|salut|oui|alors|donc|bien|très|encore|tous?|toutes?|monsieur|madame|cher|chère|à|vous|aussi|également|ah|oh)",
    ),
    "assent": cue(
        r"^(?:\w{1,14}, )?(?:c'est )?(?:oui|ok|d'accord|parfait|très bien|entendu|ça marche|volontiers|avec plaisir|super|excellent|bien sûr|impeccable|c'est bon|ça me va)\b"
    ),
    "word_line": cue(
        r"(?:merci|parfait|reçu|entendu|noté|compris|oui|non|ok|d'accord|super|volontiers|très|bien|peut-être|confirmé|désinscription|stop|impeccable|nickel|excellent)"
    ),
    "yes": cue(r"oui|ok|d'accord"),
    "absence": cue(
        r"(?:reprends|reprendrai|reprenons) (?:le (?:travail|\d)|lundi|mardi|mercredi|jeudi|vendredi|mon poste|en |début)|(?:serai|suis) (?:\w{2,12} )?(?:de nouveau|à nouveau) (?:disponible|joignable|au bureau)|joignable (?:à nouveau |de nouveau )?(?:à partir|dès|le)|hors (?:de )?bureau",
        r"(?:absente?s?|absence|en (?:congés?|vacances|déplacement|arrêt|formation)|hors du bureau|pas au bureau|pas joignable|injoignable|congé (?:maternité|paternité|parental)|bureaux? (?:sont |est |seront |sera )?fermés?|fermeture|fermés? (?:du|jusqu'|pour))\b|(?:de retour|serai de retour|(?<!un\x20)retour (?:au bureau |prévu )?(?:le|lundi|mardi|mercredi|jeudi|vendredi|à partir)|reviendrai|reviens (?:le|au bureau)|rentre(?:rai)? le)\b|(?:pas|sans) (?:d')?accès à (?:ma|mes|la|notre)",
    ),
    "returns": cue(r"(?:retour|reprends|reprendrai|de nouveau|dès|reviendrai|reviens|rentre|rentrerai|à nouveau|reprise|à partir)\b"),
    "past": cue(
        r"^(?:\w{2,12},? )?(?:très )?(?:bonne|bon|belle|beau|excellente?|super) (?:lundi|mardi|mercredi|jeudi|vendredi|week-end)\b|(?:bonne|belle|excellente|super|intéressante) (?:réunion|visite|présentation|démonstration|démo|rencontre) (?:lundi|mardi|mercredi|jeudi|vendredi|hier|ce matin)\b",
        r"(?:était|étaient|avait|avaient|fut|sommes allée?s|suis allée?|rencontré|parlé|vu|discuté|reçu|eu lieu)\b|(?:avons|avez|a|ont|j'ai|ai|l'ai) (?:\w{2,10} ){0,2}?(?:(?!noté|bloqué|réservé|prévu)\w{2,14}ée?s?|eu|pu|tenu|convenu|rendu|lu|dit|fait|pris|mis|choisi|écrit)\b",
    ),
    "after_that": cue(r"la semaine (?:d'après|suivante)\b", r"(?:ensuite|après(?! (?:le|la|les|l'|que|avoir|\d)))\b"),
    "then": cue(
        r"la semaine (?:d'après|suivante)\b", r"(?:alors|après|ensuite|à ce moment(?:-là)?|à cette date|le jour même|ce jour-là)\b"
    ),
    "offer_sent": cue(
        r"(?:voici|ci-joint\w{0,2}|en pièce jointe|veuillez trouver|vous trouverez|je vous (?:envoie|transmets|adresse)|nous vous (?:envoyons|transmettons|adressons)|comme (?:promis|convenu))\b.{0,80}\b(?:devis|offre|proposition|contrat|accord|avenant|convention|bon de commande)\b",
        r"(?:devis|offre|proposition|contrat|accord) (?:[\w'-]{1,14} ){0,4}(?:ci-joint\w{0,2}|en pièce jointe|joint\w{0,2})|(?:pour|à) signature|à signer",
    ),
    "filler": cue(
        r"(?:ou|même|heure|et|le|la|à|au|du|de|en|pour|moi|nous|me|merci|svp|oui|ok|d'accord|parfait|alors|donc|plutôt|heures?|h|aussi|vers|entre|bien|très|bon|s'il|vous|te|plaît|stp|matin|votre|chez)\b"
    ),
}

PACK = Pack(
    code="fr",
    times=TIMES,
    cues=CUES,
    breaks=re.compile(
        r"\s*(?:;|:(?=\s)|\((?=[^()]{20})|,(?!\d)(?=\s(?:mais|et|donc|car|merci|je|j'|nous|vous|on|puis|rappelez|recontactez|contactez|appelez|rappelle|recontacte|relance|appelle|écris|fais|reviens|pouvez|pourriez|pouvons|le (?:lundi|mardi|mercredi|jeudi|vendredi|\d)|ça|cela|c'est|malheureusement|désolée?|peut-être|par contre|en revanche|sinon|veuillez|reparlons|reprenons|quel|combien|que|est-ce|parce|votre|notre|il|elle|ce(?! serait))\b)|\s-\s(?!\d)|(?<=\w)\s(?:mais|cependant|toutefois|par contre|parce que)\s)\s*"
    ),
    abbreviations=frozenset(
        "m mme mlle mm dr pr st ste p.ex ex etc tél tel env av janv févr avr juil sept oct nov déc n° no cf réf svp sem".split()
    ),
)
