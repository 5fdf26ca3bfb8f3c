"""Dutch."""

from __future__ import annotations

import re

from agent.think.language.pack import Pack, Times, alt, cue, tail
from agent.think.language.zones import ABBREVIATIONS

MONTHS = {
    w: n
    for n, names in enumerate(
        (
            "januari jan",
            "februari feb",
            "maart mrt",
            "april apr",
            "mei",
            "juni jun",
            "juli jul",
            "augustus aug",
            "september sept sep",
            "oktober okt",
            "november nov",
            "december dec",
        ),
        1,
    )
    for w in names.split()
}
WEEKDAYS = {
    w: n
    for n, names in enumerate(("maandag ma", "dinsdag di", "woensdag wo", "donderdag do", "vrijdag vr", "zaterdag za", "zondag zo"))
    for w in names.split()
}
LONG_DAYS = [w for w in WEEKDAYS if len(w) > 2]
FULL = [m for m in MONTHS if len(m) > 4 or m in ("juni", "juli", "mei")]
NUMBERS = {w: n for n, w in enumerate("één twee drie vier vijf zes zeven acht negen tien elf twaalf".split(), 1)} | {
    "een": 1,
    "eerste": 1,
    "tweede": 2,
    "laatste kwartaal": 4,
    "derde": 3,
    "vierde": 4,
    "veertien": 14,
    "een half": 0,
}
UNITS = {
    "minuut": "minute",
    "minuten": "minute",
    "uur": "hour",
    "uren": "hour",
    "dag": "day",
    "dagen": "day",
    "werkdag": "workday",
    "werkdagen": "workday",
    "week": "week",
    "weken": "week",
    "maand": "month",
    "maanden": "month",
    "kwartaal": "quarter",
    "kwartalen": "quarter",
    "jaar": "year",
    "jaren": "year",
    "weekeinde": "week",
    "weekend": "week",
}
FEASTS = {
    "pasen": "easter",
    "kerst": "christmas_two",
    "kerstmis": "christmas_two",
    "de kerstvakantie": "new_year",
    "de feestdagen": "new_year",
    "nieuwjaar": "new_year",
    "de jaarwisseling": "new_year",
    "oud en nieuw": "new_year",
    "pinksteren": "pentecost",
}

WD = rf"(?P<wd>{alt(LONG_DAYS)})\b"
WDOPT = rf"(?:{WD},?\s+(?:de\s+)?)?"
MON = rf"(?P<mon>{alt(MONTHS)})\b\.?"
YEAR = r"(?:\s{1,3}(?P<y>(?:19|20)\d\d)\b)?"
UNIT = rf"(?P<unit>{alt(UNITS)})\b"
NUM = r"(?P<n>een half|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|veertien|\d{1,3})"
NEXT = r"(?:volgende?|komende?|aanstaande|aankomende?|eerstvolgende)"
B = r"(?<![\w./-])"


def rx(pattern: str) -> re.Pattern[str]:
    return re.compile(B + pattern.replace(" ?", r"\s?").replace(" ", r"\s{1,3}"))


SPANS = (
    ("quarter", rx(r"(?:naar|tot|voor|vanaf) het (?P<n>laatste kwartaal)\b")),
    ("nth_week", rx(rf"(?P<n>eerste|tweede|derde|vierde|laatste) (?:volle )?week (?:van|in) {MON}{YEAR}")),
    ("past", rx(rf"(?:afgelopen|vorige?|laatste) (?:{alt(LONG_DAYS)}|{alt(FULL)}|week|maand|kwartaal|jaar|keer)\b")),
    ("past", rx(r"(?:gisteren|eergisteren|laatst|onlangs|(?:\d{1,3}|\w{2,9}) (?:dag|dagen|week|weken|maand|maanden|jaar|uur) geleden)\b")),
    ("vague", rx(r"(?:later|ergens|in de loop) (?:van )?(?:dit|deze|het|de|in) (?:jaar|maand|kwartaal)\b")),
    ("vague", rx(r"(?:over |binnen )?(?:een paar|enkele|een aantal|meerdere) (?:dagen|weken|maanden|jaren|jaar)\b")),
    ("vague", rx(r"(?:over |binnen )?\w{1,6}(?: of | à | tot |-| - )\w{1,6} (?:dagen|weken|maanden|jaar)\b")),
    (
        "vague",
        rx(
            r"(?:in de|na de|deze|dit|het|in het|van de|komende|volgende) (?:zomer|herfst|najaar|lente|voorjaar|winter|zomervakantie|bouwvak|vakantie)\b"
        ),
    ),
    ("iso", rx(r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")),
    (
        "day_month",
        rx(
            rf"{WDOPT}(?:(?P<from>\d{{1,2}})(?:-| - | tot en met | t/m | tot | en | of )(?:de )?)?(?P<d>\d{{1,2}})(?:e|ste|de)? {MON}{YEAR}"
        ),
    ),
    ("numeric", rx(rf"{WDOPT}(?P<a>\d{{1,2}})[/-](?P<b>\d{{1,2}})(?:[/-](?P<y>\d{{4}}|\d\d))?(?![\d/-])(?! ?(?:uur|weken|dagen|u\b))")),
    ("dotted", rx(rf"{WDOPT}(?P<a>\d{{1,2}})\.(?P<b>\d{{1,2}})\.(?P<y>\d{{4}}|\d\d)(?!\d|\.\d)")),
    ("offset", rx(r"(?P<d2>overmorgen)\b")),
    ("weekday", rx(rf"{WD} over (?P<week>een week)\b")),
    ("weekday", rx(rf"{WD} (?P<next>(?:in )?{NEXT} week)\b")),
    ("weekday", rx(rf"(?P<next>{NEXT} week) (?:op )?{WD}")),
    ("ordinal", rx(rf"{WD},? (?:de )?(?P<d>\d{{1,2}})(?:e|ste|de)?(?!\d|:|/|[.,-]\d|\s?(?:uur|u\b|%|{alt(FULL)}))(?=\s|$|[,.?!])")),
    ("ordinal", rx(r"(?:de )(?P<d>\d{1,2})(?:e|ste|de)\b(?! (?:verdieping|etage|versie|keer|kwartaal|week|plaats))")),
    ("ordinal", rx(r"(?:op|na|voor|tot|vanaf|tegen|tot en met|rond) de (?P<span>(?P<d>\d{1,2}))\b(?!\d|:|[.,]\d)")),
    ("new_year", rx(r"(?:in het|het|begin van het|begin) nieuwe? jaar\b")),
    ("end_of", rx(r"(?:het )?(?:einde?|eind) (?:van )?(?:de |deze |het |dit )?(?P<unit>week|maand|kwartaal|jaar)\b")),
    ("end_of", rx(r"(?P<mid>midden|half|halverwege) (?:van )?(?:de |deze |het |dit )?(?P<unit>week|maand|kwartaal|jaar)\b")),
    ("end_of", rx(r"(?P<mid>medio) (?P<unit>xx)")),
    ("next", rx(r"(?:de |het )?(?P<over>daaropvolgende|over xx) (?P<unit>week|maand|kwartaal|jaar)\b")),
    ("next", rx(rf"(?:de |het |in de |in het )?{NEXT} (?P<unit>week|maand|kwartaal|jaar)\b")),
    ("this", rx(r"(?:nog |later |in de loop van )?(?:deze|van de) (?P<unit>week)\b")),
    ("this", rx(r"(?:nog |binnen )?(?:deze|dit) (?P<unit>maand|kwartaal|jaar)\b")),
    ("quarter", rx(r"(?:q|kwartaal) ?(?P<n>[1-4])\b(?:[ /'-]*(?P<y>(?:20)?\d\d)\b(?!:))?")),
    (
        "quarter",
        rx(
            r"(?:het |in het )?(?P<n>eerste|tweede|derde|vierde|1e|2e|3e|4e) kwartaal\b(?: (?:van )?(?P<y>20\d\d))?(?: van (?P<next>volgend jaar))?"
        ),
    ),
    ("quarter", rx(r"(?:het |in het |de )?(?P<n>eerste|tweede) (?P<half>halfjaar|helft van het jaar)\b(?: (?:van )?(?P<y>20\d\d))?")),
    ("ahead", rx(rf"(?:over|binnen|in) {NUM} {UNIT}")),
    ("ahead", rx(rf"(?!\S{{1,6}} (?:uur|uren|minu)){NUM} {UNIT}(?= (?:uitstellen|verschuiven|opschuiven|doorschuiven))")),
    ("ahead", rx(rf"(?:geef|gun|geeft u) (?:me|mij|ons) (?:nog |even )*(?P<span>{NUM} {UNIT})")),
    ("week_number", rx(r"(?:week|wk|weeknummer) ?(?P<n>\d{1,2})\b(?:[ /](?P<y>20\d\d))?")),
    ("feast", rx(rf"(?P<feast>{alt(f.replace(' ', chr(92) + 's+') for f in FEASTS)})\b")),
    (
        "offset",
        rx(r"(?P<d0>vandaag(?: nog)?|vanmiddag|vanavond|vanochtend|vanmorgen|einde (?:van de )?(?:werk)?dag|direct|meteen|onmiddellijk)\b"),
    ),
    ("offset", rx(r"(?<!goede\x20)(?P<d1>morgen(?:ochtend|middag|avond|vroeg)?)\b")),
    ("weekday", rx(rf"(?:{NEXT} )?(?P<wd>{alt(LONG_DAYS)})(?:ochtend|middag|avond|morgen)?\b")),
    ("month", rx(rf"(?P<mon>{alt(FULL)})\b(?: (?:(?P<y>(?:19|20)\d\d)\b|(?P<next>(?:van )?volgend jaar)))?")),
)

ZONES = re.compile(
    rf"(?<!\w)(?:(?P<yours>(?:uw|jullie|jouw) (?:lokale )?tijd)|(?P<mine>(?:mijn|onze) (?:lokale )?tijd)|(?:utc|gmt)\s?(?P<offset>[+-]\d{{1,2}}(?::\d\d)?)"
    rf"|(?P<place>nederlandse|indian|london|new york|amsterdam)\s?tijd\b|(?<=[\d ru(])(?P<abbr>{ABBREVIATIONS})\b)"
)
HOUR = r"(?P<h>\d{1,2}|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)"
CLOCKS = (
    re.compile(
        r"(?<!\w)(?:van|tussen)\s(?P<exact>)(?P<h>\d{1,2})(?:[:.u](?P<m>[0-5]\d))?\s?(?:uur\s|u\s)?(?:tot|en|-)\s?\d{1,2}(?:[:.u][0-5]\d)?\s?(?:uur|u)\b"
    ),
    re.compile(r"(?<![\w:.,/])(?P<exact>)(?P<h>\d{1,2})\s?u(?:ur)?\s?(?P<m>[0-5]\d)?(?!\w)"),
    re.compile(r"(?<![\w:.,/])(?P<exact>)(?P<h>\d{1,2})[:.](?P<m>[0-5]\d)\s?(?:uur|u\b)"),
    re.compile(r"(?<![\w:.,/])(?P<exact>(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d))(?![\d:])"),
    re.compile(rf"(?<!\w)(?P<half>half)\s{HOUR}\b"),
    re.compile(rf"(?<!\w)(?:(?P<quarter>kwart over)|(?P<to>kwart voor))\s{HOUR}\b"),
    re.compile(rf"(?<!\w)(?:om|rond|vanaf|tussen)\s(?P<clock>{HOUR})\b(?!\d|[.,:]\d|\s?(?:%|procent|euro|weken|dagen|stuks|mensen|de\b))"),
    re.compile(rf"(?<!\w)(?<!over\s)(?<!binnen\s)(?<!paar\s){HOUR}\s?uur\b(?!\sgeleden)"),
    re.compile(r"(?<!\w)(?P<noon>12 uur 's middags|twaalf uur 's middags)\b"),
)

TIMES = Times(
    months=MONTHS,
    weekdays=WEEKDAYS,
    numbers=NUMBERS | {"1e": 1, "2e": 2, "3e": 3, "4e": 4},
    units=UNITS,
    feasts=FEASTS,
    spans=SPANS,
    clocks=CLOCKS,
    part=tail(
        start="(?:(?:de )?eerste helft van|(?:het )?begin(?: van)?(?: de| het)?)",
        mid="(?:medio|(?:de )?tweede helft van(?: de| het)?|(?:het )?midden(?: van)?(?: de| het)?|half|halverwege)",
        end="(?:(?:het )?eind(?:e)?(?: van)?(?: de| het)?)",
    ),
    relation=tail(
        after=r"(?:na|pas na|zodra we (?:door|klaar met)|als we (?:door|klaar met))(?: (?:de|het))?",
        week=r"(?:in )?de week van(?: de)?",
        by=r"(?:uiterlijk(?: op)?|vóór|tegen|op zijn laatst)(?: (?:de|het))?",
        before=r"(?:voor|voordat)(?: (?:de|het))?",
        until=r"(?:tot en met|t/m|t\.e\.m\.|tem|tot)(?: (?:de|het|na))?",
        since=r"(?:sinds|(?:mail|bericht|offerte|brief) van)(?: (?:de|het))?",
    ),
    zones=ZONES,
    words=re.compile(
        rf"(?<!\w)(?:(?:{alt(LONG_DAYS)})(?:ochtend|middag|avond|morgen)?|{alt(FULL)}|morgen\w{{0,8}}|overmorgen|vandaag|gisteren|eergisteren|van(?:middag|avond|ochtend|morgen)|week|weken|weekend|halfjaar|helft|maand|maanden|kwartaal|jaar|jaren|dagen?|werkdagen|uur|uren|minuten|pasen|kerst|kerstmis|kerstvakantie|feestdagen|nieuwjaar|jaarwisseling|nieuw|pinksteren|zomer|herfst|najaar|lente|voorjaar|winter|zomervakantie|vakantie|bouwvak|om|half|kwart|direct|meteen|onmiddellijk|werkdag|laatst|onlangs)(?!\w)"
    ),
    over=re.compile(r"\s{1,3}(?:voorbij|achter de rug|is geweest)\b"),
)

# ------------------------------------------------------------------------------------------------------------- cues

CALL_US = (
    r"(?:gelieve (?:[\w.]{1,14} ){0,8}?te (?:bellen|contacteren|mailen|hernemen)|contacteer(?:t u)? (?:me|mij|ons)|(?:kunt|kun|wilt|wil|mag|mogen|zou|zoudt) (?:u|je|jullie)(?: (?:me|mij|ons))? (?:[\w.]{1,14} ){0,6}?(?:bellen|terugbellen|contacteren|contact opnemen|terugkomen|aankloppen)|bel(?:t u)? (?:me|mij|ons)|neem(?:t u)? (?:\w{2,12} ){0,4}?contact|benader (?:me|mij|ons)|mail (?:me|mij|ons)|schrijf (?:me|mij|ons)|(?:me|mij|ons) (?:[\w.]{1,14} ){0,9}?(?:te bellen|terug te bellen|terugbellen|bellen|benaderen|te benaderen|mailen|te mailen|herinneren)|contact (?:\w{1,14} ){0,5}?(?:op te nemen|opnemen|op)"
    r"|kom (?:\w{1,14} ){0,5}?(?:terug|op terug)|meld je|laat (?:\w{2,10} ){0,3}?(?:van je|van u|iets) horen|herinner (?:me|mij|ons)|probeer het|vraag het|spreek (?:me|mij|ons)|geef (?:me|mij|ons) (?:\w{2,8} )?een (?:seintje|belletje|teken)|bel (?:gerust|maar|dan|in|na|begin|eind|volgende?|vanaf)\b)"
)
LATER0 = r"(?:spreken|praten|bellen|overleggen|afspreken|oppakken|kijken|bekijken|bespreken|schuiven|verschuiven|verzetten|uitstellen|starten|beginnen|beslissen|verder gaan|verdergaan|terugkomen|samenzitten|zitten|contact hebben|hervatten|doorschuiven|wachten|zien|doen|doorpraten|evalueren|plannen|vervolgen)"
SEND1 = r"(?:stuur|sturen|mail|mailen|bezorg|lever|leveren|geef|geven|kom|komen|bel|bellen|laat|laten|reageer|reageren|antwoord|antwoorden|bevestig|bevestigen|neem|nemen|vraag|vragen|check|checken|controleer|maak|maken|regel|regelen|zorg|zorgen|bespreek|teken|tekenen|deel|delen|onderteken|zoek|zoeken|breng|verwittig|verwittigen|overleg|overleggen|beslis|beslissen)"
SEND0 = r"(?:sturen|toesturen|opsturen|mailen|bezorgen|leveren|geven|doorgeven|terugkomen|bellen|terugbellen|weten|reageren|antwoorden|bevestigen|opnemen|vragen|navragen|checken|controleren|maken|regelen|bespreken|tekenen|ondertekenen|delen|uitzoeken|doorsturen|nakijken|voorbereiden|aanleveren|hebben|horen|klaar hebben|beslissen|overleggen)"
MEETING = r"(?:afspraak|gesprek|vergadering|overleg|meeting|call|demo|belafspraak|bespreking|videogesprek|presentatie|afspraakje)"

CUES = {
    "greeting": cue(
        r"^(?:hallo|hoi|hi|hey|beste|geachte|goedemorgen|goedemiddag|goedenavond|goede(?:n)? (?:morgen|middag|avond|dag)|dag|lieve|goedendag)\b"
    ),
    "closing": re.compile(
        r"(?:(?:met )?(?:vriendelijke|hartelijke|beste|warme|zonnige) (?:groet(?:en)?|groetjes)|(?:hartelijke |vriendelijke |veel |vele )?groet(?:en|jes)?|mvg|gr|hoogachtend|(?:hartelijk |alvast |nogmaals )?(?:bedankt|dank)(?: alvast)?|dank je wel|dank u wel|tot (?:snel|gauw|ziens)|fijne (?:dag|avond|week|weekend)(?: nog)?|fijn weekend|verstuurd vanaf mijn \w{2,12}|met dank|liefs)"
    ),
    "stop": cue(
        r"(?:haal|schrap|verwijder) (?:mij|me|ons) (?:a\.u\.b\. |aub |alstublieft )?(?:van|uit) (?:uw|je|jullie|de) (?:\w{0,12}lijst|bestand|mailing|systeem)\b",
        r"(?:neem|nemen|neemt) (?:u |je |alstublieft |aub )?(?:geen contact meer|niet meer contact|geen verder contact)\b",
        r"(?:mij|me|ons|onze gegevens|mijn gegevens) (?:uit|van) (?:uw|je|jullie|de|het) (?:[\w-]{2,16} ){0,2}?(?:bestand|lijst|mailinglijst|maillijst|database|systeem|verzendlijst) (?:te )?(?:halen|verwijderen|schrappen|haalt|verwijdert)|stel(?:len)? (?:\w{2,10} ){0,2}?geen prijs op (?:verdere|meer|uw|jullie|nog meer) (?:berichten|mails?|e-?mails?|contact|communicatie|reclame)",
        r"(?:gelieve|verzoek\w{0,2}|graag) (?:mij|me|ons|onze \w{3,12}) (?:van|uit) (?:\w{2,12} ){1,3}?te (?:halen|verwijderen|schrappen)",
        r"(?:graag |gelieve (?:mij |ons )?(?:te )?)(?:uitschrijven|afmelden|uit te schrijven|af te melden)\b|(?:gelieve|verzoek\w{0,2}) (?:mij |me |ons )?(?:\w{2,10} )?niet (?:meer|langer|verder) te (?:contacteren|mailen|bellen|benaderen|schrijven)|(?:schrijf|schrijft u|meld|meldt u) (?:mij|me|ons) (?:aub |alstublieft )?(?:uit|af)\b",
        r"(?:stop|stopt u|houd op|stoppen|hou op)(?: alstublieft| aub| a\.u\.b\.)? met (?:\w{2,12} ){0,5}?(?:mailen|sturen|schrijven|bellen|contacteren|benaderen|mails|e-?mails|berichten|spammen|lastigvallen)",
        r"(?:mail|bel|benader|contacteer|schrijf|stuur|mailt u|stuurt u) (?:mij|me|ons) (?:aub |alstublieft |a\.u\.b\. )?(?:niet meer|nooit meer|geen (?:mails?|e-?mails?|berichten|reclame)(?: meer)?)(?! (?:voor|op|tot|deze))",
        r"geen (?:verdere |nieuwe )?(?:mails?|e-?mails?|berichten|reclame|nieuwsbrieven?) (?:meer )?(?:\w{2,12} ){0,4}?(?:ontvangen|krijgen|sturen|toesturen|te sturen|te ontvangen|meer|alstublieft|aub)",
        r"(?:verwijder|schrap|haal|wis|verwijdert u|haalt u) (?:mij|me|ons|onze|mijn|dit) (?:[\w-]{1,16} ){0,5}?(?:uit|van) (?:\w{2,10} ){0,2}?(?:lijst|mailinglijst|mailinglist|maillijst|bestand|database|systeem|adressenbestand|verzendlijst|nieuwsbrief|verzendlijst)|(?:mij|me|ons) (?:uit te schrijven|uitschrijven|af te melden|afmelden|te verwijderen)|^(?:afmelden|uitschrijven)\s*[.!]?$|unsubscribe|schrijf (?:mij|me|ons) uit",
        r"(?:niet (?:meer|langer|verder)) (?:\w{2,10} ){0,3}?(?:benaderd|gecontacteerd|gemaild|gebeld|benaderen|te benaderen|contacteren|lastiggevallen)|laat (?:mij|me|ons) met rust",
    ),
    "not_stop": cue(
        r"(?:niet|niet meer) te (?:bellen|mailen|storen) (?:vandaag|deze|voor|na|tijdens|tussen|op)\b|onze (?:klanten|gebruikers)|hoe (?:kan|kunnen)"
    ),
    "company": cue(
        r"ons|(?:wij|we) (?:willen|wensen|wilden|hebben liever)|onze (?:firma|organisatie|afdeling|adressen)|ons (?:bedrijf|team|kantoor)|niemand (?:bij|van)"
    ),
    "missed": cue(
        rf"(?:onze?|de|het|uw|je) (?:\w{{2,12}} )?{MEETING} (?:\w{{2,12}} ){{0,4}}?(?:gemist|vergeten|misgelopen)|(?:heb|hebben) (?:\w{{2,12}} ){{0,3}}?{MEETING} (?:\w{{2,12}} ){{0,4}}?(?:gemist|vergeten)",
        r"(?:kon|konden) (?:\w{2,12} ){0,6}?niet (?:\w{2,12} ){0,4}?(?:aanwezig zijn|bij zijn|aansluiten|deelnemen|komen|inloggen|inbellen|erbij zijn|meedoen)|(?:niet gelukt|niet in geslaagd) (?:om )?(?:\w{2,12} ){0,4}?(?:aan te sluiten|aanwezig te zijn|erbij te zijn|te komen|in te loggen)",
        r"(?:sorry|excuses|het spijt me|mijn excuses|excuus)[, ](?:\w{2,12} ){0,6}?(?:gemist|vergeten|niet bij was|er niet was|niet aanwezig was|afwezigheid|te missen)|(?:kwam|is) (?:\w{2,10} ){0,3}?(?:iets )?tussen(?:gekomen)?",
    ),
    "not_missed": cue(
        r"(?:u|je|jij|jullie) (?:hebt|heeft|hebben|kon|konden)|uw telefoontje|(?:niet|niets) (?:willen )?missen|telefoontje gemist|oproep gemist"
    ),
    "refusal": cue(
        r"(?:offerte|voorstel|aanbod|kandidatuur) (?:\w{2,12} )?niet (?:weerhouden|gekozen|geselecteerd)\b",
        r"niet (?:\w{2,8} )?(?:mee )?(?:door|verder) te gaan\b",
        r"gekozen voor (?:de |een |het )?(?:\w{3,16} )?van (?:een |de )?(?:concurrent\w{0,2}|ander\w{0,2})\b|(?:moet|moeten) (?:we |wij |ik )?(?:u|je|jullie) (?:helaas )?teleurstellen\b|gaan (?:we |wij )?(?:\w{2,10} )?niet in op (?:uw|je|jullie|het|de) (?:voorstel|aanbod|offerte)\b",
        r"(?:gaan|ga|zullen) (?:(?:we|wij|ik) )?(?:het|dit) project (?:\w{3,12} )?niet (?:uitvoeren|doen|starten|doorzetten)\b",
        r"bij (?:onze|ons|de|het) (?:huidige|bestaande|vaste|vertrouwde) \w{3,16} (?:te )?blijven\b",
        r"houden (?:we |wij )?het (?:\w{2,10} )?bij (?:ons|onze|het huidige|de huidige|wat we)\b|(?:gaan|ga) (?:we |wij |ik )?(?:\w{2,10} ){0,2}?niet (?:\w{2,10} )?op (?:uw|je|jullie|het|de) (?:aanbod|voorstel|offerte) in\b|van de baan\b",
        r"pas(?:t|sen) (?:\w{2,8} )?niet bij (?:onze?|ons|de)|(?:voldoet|beantwoordt) niet aan|tegen gestemd",
        r"(?:keuze|opdracht|order) (?:\w{2,10} ){0,3}?(?:op|naar|aan) (?:een |de )?(?:ander\w{0,2}|concurrent\w{0,3}|collega)|(?:moet|moeten|wil|willen) (?:\w{2,12} ){0,5}?(?:afslaan|afwijzen|weigeren|bedanken)\b|(?:we|wij) zijn (?:al|reeds) voorzien|niet (?:\w{2,10} )?in zee|past niet (?:bij|in) (?:ons|onze) (?!budget|agenda|planning)\w{3,}",
        r"(?:besloten|gekozen) (?:om )?(?:\w{2,12} ){0,4}?(?:niet|ertegen|tegen)|(?:gekozen|gegaan|besloten|ingegaan|in zee gegaan|doorgegaan|kiezen|gaan) (?:voor|met) (?:een |de )?(?:ander\w{0,2}|concurrent|concurrentie|goedkopere|lokale)|(?:een |de )?(?:andere (?:leverancier|partij|aanbieder|partner)|concurrent) (?:\w{2,12} ){0,2}?(?:gekozen|gegaan|in zee)",
        r"geen (?:interesse|belangstelling|behoefte)|niet (?:\w{2,10} )?geïnteresseerd|(?:niet|geen) (?:verder|door) (?:\w{2,10} ){0,2}?(?:gaan|te gaan|met)|gaan (?:\w{2,10} ){0,3}?niet (?:\w{2,10} ){0,2}?(?:door|mee|verder)|nee,? (?:dank|bedankt)|bedankt,? maar nee|zien (?:\w{2,10} ){0,2}?(?:ervan|er van) af|(?:wijzen|wijs|sla|slaan) (?:\w{2,12} ){0,3}?(?:af|over)\b|afgewezen|niets voor ons|haken af",
        r"(?:project|plan|aanbesteding) (?:\w{2,10} ){0,2}?(?:geannuleerd|gestopt|afgeblazen|geschrapt|stopgezet|gaat niet door)|geen project\b|niet meer nodig|hebben (?:\w{2,10} ){0,2}?niet (?:meer )?nodig|blijven (?:\w{2,10} )?bij (?:onze|ons|de|het) (?:huidige |bestaande |vertrouwde )?(?:leverancier|partner|systeem|oplossing|partij|aanbieder)",
    ),
    "not_refusal": cue(r"nog niet (?:besloten|gekozen)|als u geen"),
    "doubt": cue(
        r"(?:zie|zien) (?:ik |we |wij )?de (?:\w{2,10} )?meerwaarde (?:[\w-]{2,16} ){0,8}?niet\b|(?:geen|weinig) meerwaarde\b",
        r"krijg(?:en)? (?:ik|we|wij) (?:het|dat|dit) (?:\w{2,8} )?(?:nooit|niet) (?:\w{2,8} )?(?:door|rond|erdoor|verkocht|goedgekeurd)\b",
        r"er (?:\w{2,10} )?niet (?:\w{2,10} )?uit\b",
        r"(?:krijg|krijgen) (?:ik|we|wij) (?:\w{2,10} ){0,3}?niet (?:\w{2,10} )?(?:verkocht|erdoor|rond|verantwoord|uitgelegd)\b",
        r"valt (?:\w{2,8} ){0,4}?tegen\b",
        r"meer dan (?:we|wij|ik) (?:\w{2,10} )?(?:in gedachten|verwacht\w{0,3}|gedacht|dachten|gehoopt|hoopten|gepland|begroot)",
        r"\ber (?:\w{2,10} ){0,2}?niet uit\b|struikelblok|drempel|knelpunt|(?:ligt|gaat) (?:\w{2,8} )?(?:boven|over) (?:ons|het|mijn) budget",
        r"niet (?:binnen|in) (?:ons|het|mijn) budget|(?:weet|weten) (?:nog )?niet (?:goed |zeker )?of (?:we|ik|het|dit|wij)|goedkoper|(?:geen|nog geen) beslissing|geen prioriteit|(?:moet|moeten|wil|willen) (?:er |hier )?(?:\w{2,10} ){0,3}?(?:nadenken|bezinnen|een nachtje over slapen)",
        r"(?:geen|onvoldoende|niet genoeg|te weinig|beperkt) (?:\w{2,10} )?(?:budget|geld|middelen|capaciteit)|budget (?:\w{2,10} ){0,3}?(?:bevroren|op|krap|beperkt|geschrapt|niet|overschreden)|(?:uitgaven|investeringen) (?:\w{2,10} ){0,2}?(?:bevroren|stopgezet)|(?:boven|buiten) (?:\w{2,10} )?budget|budgetstop",
        r"(?:te|erg|vrij|nogal|best|behoorlijk|wat|heel|tamelijk) (?:duur|prijzig|hoog|kostbaar|complex|vroeg|riskant)\b|(?:nog |er )?(?:niet|nog niet) (?:\w{2,12} )?(?:zeker|overtuigd|klaar voor|besloten|een prioriteit|het juiste moment|een goed moment)|(?:twijfel|twijfels|twijfelen|bedenkingen|aarzelen|aarzel|sceptisch|onzeker|huiverig)\b",
        r"(?:moet|moeten|wil|willen) (?:\w{2,10} ){0,5}?(?:nadenken|over nadenken|overdenken|laten bezinken|een nachtje)|(?:moeilijk|lastig) (?:\w{2,10} )?te (?:rechtvaardigen|verantwoorden|verkopen|verdedigen)|(?:geen|nog geen) (?:beslissing|besluit)|niet (?:kunnen )?veroorloven|(?:slecht|verkeerd|geen goed|niet het juiste) moment|andere prioriteiten|geen prioriteit|goedkoper\w?|(?:prijs|kosten) (?:\w{2,10} ){0,3}?(?:hoog|probleem)",
    ),
    "ponder": cue(r"(?:nadenken|na te denken|overdenken|overwegen|over slapen)\b"),
    "not_doubt": cue(r"(?:geen|zonder) (?:\w{2,10} )?(?:twijfels?|bedenkingen)|niet (?:zo|te|erg) duur|bij twijfel|als u twijfelt"),
    # a meeting moved away from its day, not to it
    "not_callback": cue(
        r"(?:afspraak|gesprek|meeting|overleg|bezoek) (?:van|op) (?:(?!naar\b)[\w.:]{1,12} ){1,4}?(?:verzetten|verplaatsen|afzeggen|verschuiven|annuleren)"
    ),
    "deferral": cue(
        r"kom(?:en)? (?:we|wij) (?:hier|er|daar) ?(?:\w{2,10} )?op terug\b|(?:we|wij) komen (?:[\w.]{1,12} ){0,5}?(?:hier|er|daar) ?(?:\w{2,10} )?op terug\b",
        r"komt (?:ons|mij|me) (?:\w{2,8} )?(?:beter|best|het beste) uit\b",
        r"(?:dat|het|dit) wordt (?:\w{2,12} ){0,2}?(?:volgende?|in|na|pas|begin|eind)\b",
        r"heb(?:ben)? (?:we|wij|ik) (?:\w{2,10} ){0,2}?(?:tijd|ruimte|budget|capaciteit)\b",
        r"(?:we|wij|ik) (?:hervatten|hernemen|hervat|herneem|bekijken|bespreken)\b|(?:naar|tot) (?:\w{2,14} ){1,2}(?:verzetten|verplaatsen|verschuiven)|(?:verzetten|verplaatsen|verschuiven) naar",
        r"(?:na|in|vanaf|volgend jaar|volgende maand|begin|eind) (?:\w{1,12} ){0,4}?graag\b|(?:bespreken|bekijken|spreken|hernemen|bekijk|bespreek) (?:we|wij|ik) (?:het|dit|dat|elkaar|u)?|(?:stel|stellen|schuif|schuiven|zet|zetten) (?:[\w-]{1,14} ){0,5}?(?:uit|op|door|stil|on hold|in de wacht)\b|ligt (?:\w{2,10} )?stil",
        CALL_US,
        rf"(?:laten we|zullen we|kunnen we|we kunnen|we zouden|zouden we|we moeten|we willen|ik stel voor|wij stellen voor|stel voor om|liever|misschien|graag|het beste|beter om|wil ik|willen we|voorstel)(?: [\w.,]{{1,14}}){{0,9}}? {LATER0}\b",
        r"(?:spreken|praten|bellen|zien|kijken|starten|beginnen|beslissen|pakken) we(?: elkaar)?\b|we (?:spreken|bellen|pakken|komen|kijken|hebben|zullen|gaan) (?:elkaar |er |het |dit )?",
        r"(?:uitstellen|uitgesteld|verschuiven|verschoven|verzetten|on hold|in de wacht|in de ijskast|pauzeren|wachten|doorschuiven|opgeschort|later oppakken|parkeren|geparkeerd)\b",
        r"(?:niet|niets|geen|nooit) (?:[\w.-]{1,14} ){0,5}?(?:voor|vóór|voordat|eerder dan)\b|(?:voor|vóór) (?:\w{1,14} ){1,4}?(?:\w{1,12} ){0,5}?(?:niets?|niks|geen)\b|pas (?:in|na|vanaf|op|over|begin|eind|medio)\b|op zijn vroegst\b",
        r"(?:liever|beter|misschien|eventueel|graag|opnieuw|weer|nogmaals|nog eens|dan) (?:weer |pas |dan |graag )?(?:in|na|vanaf|begin|medio|eind|volgende?|komende?|op|over|rond)\b|(?:in|na|vanaf|begin|medio|eind|volgende?) (?:\w{1,12} ){1,4}?(?:weer|opnieuw|nogmaals|nog eens|beter|tijd|past|schikt)\b",
        r"(?:is|lijkt|zou) (?:\w{2,10} ){0,3}?(?:beter|realistischer|handiger|goed|ideaal|mogelijk)\b",
    ),
    "no_wait": cue(
        r"(?:hoeft|hoef|hoeven|moet|moeten|wil|willen) (?:u |je |jullie |we |wij |ik )?(?:daar )?niet (?:[\w.]{1,14} ){0,4}?(?:te )?wachten\b|geen reden om te wachten",
    ),
    "politely": cue(
        r"graag|a\.?u\.?b\.?|alstublieft|alsjeblieft",
    ),
    "tag": cue(
        r"^(?:goed|oké|ok|akkoord|is dat (?:goed|oké|ok|akkoord)|past dat|kan dat|ja)\s*\?*$",
    ),
    "resumes": cue(
        r"(?:weer|opnieuw|nog eens|nogmaals|oppakken|hervatten|terugkomen)\b",
    ),
    "nth": cue(
        r"(?:de|het) (?:(?P<first>eerste)|(?P<second>tweede)|(?P<third>derde)|(?P<last>laatste)|(?P<earlier>vroegste)|(?P<later>latere))\b(?! (?:kwartaal|helft|maand|week|verdieping|keer))",
    ),
    "unreal": cue(
        r"^(?:en |maar )?als .{0,50}\b(?:afkeur\w{0,2}|afwijs\w?|weigert|nee zegt|niet doorgaat),? .{0,12}\b(?:moeten|zouden|moet)\b",
    ),
    "for_now": cue(
        r"(?:momenteel|op dit moment|voorlopig|dit jaar)\b.{0,20}\bgeen (?:interesse|behoefte|nood|project|belangstelling)\b|geen (?:interesse|behoefte|nood|project)\b.{0,20}\b(?:momenteel|op dit moment|voorlopig|dit jaar)\b",
    ),
    "asks_leave": cue(
        r"(?<=,\x20)(?:ok|oké|goed|akkoord|ja)\s*\?$",
    ),
    "puts_off": cue(
        r"(?:stel|stellen|schuif|schuiven) (?:[\w-]{1,14} ){0,5}?(?:uit|op|door)\b|ligt (?:\w{2,10} )?stil\b",
        r"(?:uitstellen|uitgesteld|verschoven|in de wacht|on hold|in de ijskast|pauzeren|doorschuiven|opgeschort|parkeren|geparkeerd)\b|later (?:dit|in het|deze) (?:jaar|maand|kwartaal)|op een later (?:moment|tijdstip)|te zijner tijd|een andere keer|nu (?:even )?niet(?! (?:op|in|bereikbaar|beschikbaar))|niet nu|(?:op dit moment|voorlopig|momenteel) niet(?! (?:op|in|bereikbaar|beschikbaar|aanwezig|achter))|ooit|in de toekomst|over (?:een paar|enkele) (?:weken|maanden)|(?:kom|bel|mail|neem|probeer)\b.{0,30}\blater\b|als het (?:rustiger|uitkomt)",
        r"^(?:misschien|wellicht|mogelijk) (?:later|in|na|volgend|begin|eind)\b",
    ),
    "callback": cue(CALL_US),
    "callback_start": cue(r"^(?:dan |graag |gelieve )?(?:bel|neem|mail|laten we|zullen we|kunnen we|benader|kom)\b"),
    "talk": cue(r"(?:kijken|bekijken|spreken|praten|bellen|overleggen|afspreken|zien|bespreken|contact|samenzitten|we elkaar)\b"),
    "again": cue(r"(?:verder|weer|opnieuw|nogmaals|nog eens|uitstellen|verschuiven|wachten|later|terugkomen|hervatten|oppakken|pas)\b"),
    "any_when": cue(r"(?:als|zodra|wanneer|nadat) (?:we|wij|de|het|ons|onze|ik|alles)\b(?! (?:tijd|even))"),
    # what becomes of things and seasons, and habits
    "not_deferral": cue(r"(?:open|dicht)\s*[.!]?$|(?:het|ons) seizoen\b|het weer (?:is|wordt|was)\b"),
    "habit": cue(
        r"(?:elke|elk|iedere|ieder) (?:\w{2,8} )?(?:maandag|dinsdag|woensdag|donderdag|vrijdag|dag|week|maand|jaar|kwartaal|ochtend|avond)\b|(?<!zoals\x20)(?<!als\x20)altijd\b|meestal|gewoonlijk|normaal gesproken|doorgaans|'s (?:maandags|woensdags)"
    ),
    "promise": cue(
        r"de (?:plannen|documenten|cijfers|tekeningen|stalen|papieren) (?:komen|volgen)\b(?= (?:maandag|dinsdag|woensdag|donderdag|vrijdag|morgen|uiterlijk|begin|eind|volgende))",
        r"(?:de|het|uw|je) (?:bestelling|offerte|contract|factuur|monsters?|order|tekeningen) (?:komt|komen)\b(?= (?:[\w.]{1,14} ){0,5}?(?:binnen|aan|toe)\b)",
        r"en (?:antwoordt|belt|mailt|contacteert|verwittigt|stuurt|laat) (?:u|je|jullie)\b",
        r"(?:de|het|alles|dat) (?:[\w-]{2,20} ){0,3}?(?:heb|heeft|hebt|krijgt|krijg|ontvangt|ontvang) (?:u|je|jullie) (?:maandag|dinsdag|woensdag|donderdag|vrijdag|morgen|uiterlijk|tegen|eind|begin|volgende|vandaag)\b",
        r"(?:inkoop|de directie|de inkoper|juridische zaken|legal|mijn (?:collega|baas|chef|compagnon)|onze (?:inkoper|jurist|inkoopafdeling)) (?:reageert|antwoordt|belt|mailt|stuurt|laat|komt|neemt)\b(?= (?:[\w.]{1,14} ){0,8}?(?:u|je|jullie|uiterlijk|voor|tegen|maandag|dinsdag|woensdag|donderdag|vrijdag|morgen|bij|contact|de \d))",
        r"(?:ligt|liggen|zit|zitten) (?:de|het|uw|je|onze) [\w-]{3,20}(?: [\w-]{3,20})? (?:bij|in) (?:u|je|jullie|uw)\b",
        r"(?:dat|het|die|deze|alles) (?:krijgt|krijg|ontvangt|hoort|hoor) (?:u|je|jullie)\b(?= (?:[\w.,:/-]{1,24} ){0,6}?(?:morgen|vandaag|nog|uiterlijk|eind|begin|op|voor|vóór|van (?:mij|me|ons)|maandag|dinsdag|woensdag|donderdag|vrijdag)\b)",
        rf"(?:hoop|hopen)(?= (?:[\w.:-]{{1,16}} ){{1,10}}?te (?:kunnen )?{SEND0})",
        r"(?:vrijdag|maandag|dinsdag|woensdag|donderdag|morgen\w{0,7}|tegen|uiterlijk|eind|begin|voor|vóór)(?: [\w.:-]{1,14}){0,4}? (?:krijgt|ontvangt|hoort|hebt|heeft|heb|krijg|krijgen|hebben|ontvang) (?:u|je|jullie)\b(?! (?:al|tijd|misschien|nog|zin))",
        r"(?:volgt|volgen|komt eraan|vertrekt|wordt (?:u )?(?:bezorgd|verstuurd|gestuurd))\b(?= ?(?:[\w.:-]{1,14} ){0,5}?(?:maandag|dinsdag|woensdag|donderdag|vrijdag|morgen|vandaag|deze|volgende|begin|eind|uiterlijk|binnen|op|over)\b)",
        rf"(?:ik|wij|we) (?:\w{{2,10}} )?{SEND1}\b(?! (?:we|wij|ik|niet|elkaar|(?:\w+ )?graag ))",
        rf"(?:en |dan |vandaag |morgen |graag )?{SEND1} (?:ik|wij|we)\b(?! elkaar)",
        rf"(?:en|dan) (?:\w{{2,10}} )?{SEND1}(?= (?:u|je|jullie|er|het|de|een|morgen|op|uiterlijk|bij))",
        rf"(?:ik|wij|we) (?:zal|zullen|kan|kunnen|ga|gaan|probeer|proberen)(?= (?:[\w.,:/-]{{1,24}} ){{0,14}}?(?:te )?{SEND0}\b)",
        rf"(?:zal|zullen|kan|kunnen|ga|gaan) (?:ik|wij|we)(?= (?:[\w.,:/-]{{1,24}} ){{0,14}}?{SEND0}\b)",
        r"(?:u|je|jullie) (?:krijgt|ontvangt|hoort|krijgen|ontvangen|horen|heeft|hebt)\b(?= (?:[\w.,:/-]{1,24} ){0,10}?(?:morgen|vandaag|volgende|uiterlijk|eind|begin|deze|op|voor|vóór|binnen|van (?:mij|ons)|maandag|dinsdag|woensdag|donderdag|vrijdag)\b)|(?:krijgt|ontvangt|hoort) (?:u|je)\b",
        r"(?:mijn|onze|ons) [\w-]{2,20}(?: [\w-]{2,20})? (?:stuurt|belt|mailt|neemt|zal|zullen)(?= (?:u|je|jullie|[\w]{1,14} ))",
    ),
    "firm": cue(
        r"(?:komt|komen)\b",
        r"(?:inkoop|directie|inkoper|juridische zaken|legal)\b",
        r"(?:ik|wij|we|u|je|jullie|mijn|onze|ons|krijgt|ontvangt|hoort|volgt|volgen|vertrekt|wordt)\b",
    ),
    "soft": cue(r"kan|kunnen|probeer|proberen"),
    "not_promise": cue(
        r"(?:niet|geen|nooit)\b|(?:kunt|kan|wilt|wil|zou|zouden) (?:u|je|jullie)\b|(?:stuur|geef|laat|neem|mail) (?:me|mij|ons)\b"
    ),
    "no_promise_after": cue(
        r"(?:stuur|zend) (?:ik )?(?:\w{1,7} )?(?:een|de) (?:invite|uitnodiging|agenda-uitnodiging)\s*[.!]?$",
        r"laten we\b(?! (?:het |dat |iets )?(?:u|je|jullie)\b)",
        r"(?:q ?[1-4]|kwartaal|jaar|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)(?: [\w.]{1,12}){0,1} kom(?:en)? (?:we|wij|ik) (?:hier|er|daar) ?(?:\w{2,10} )?op terug\b|(?:we|wij) komen (?:[\w.]{1,12} ){0,3}?(?:q ?[1-4]|kwartaal|jaar|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december) (?:\w{2,8} )?(?:hier|er|daar) ?(?:\w{2,10} )?op terug\b",
        r"per (?:dag|uur|week|maand|jaar)\b|inventaris\b|(?:bus|trein|vlucht|boot|veerboot) (?:\w{2,12} ){0,2}?vertrekt\b",
        r"(?:hierbij|bijgaand\w{0,1}|in (?:de )?bijlage|bijgevoegd)\b",
        r"(?:niet|geen)\b",
        r"bevestig\w{0,2} (?:\w{2,10} ){0,3}?(?:afspraak|overleg|meeting|komst|aanwezigheid|datum|dinsdag|maandag|woensdag|donderdag|vrijdag)\b",
    ),
    "condition": cue(r"(?:als|indien|zodra|wanneer|mits) (?:u|je|jullie)\b"),
    "named": re.compile(r"(?<!\w)(?:het|dit|dat|ze|iets)(?!\w)"),
    "article": re.compile(r"\s*(?:de|het|een|onze|ons|uw|mijn)\s"),
    "dated_thing": re.compile(r"(?<!\w)(?:voor|over) (?:de|het|een|onze|ons|uw) [^\W\d][\w-]{2,24} (?:in |van |op )\0"),
    "foreign": re.compile(r"(?<!\w)(?:van|voor|sinds)(?: (?:de|het))?\s{1,3}\0"),
    "intention_only": cue(
        r"(?:check|checken|controleer|vraag|vragen|regel|beslis|beslissen|overleg|overleggen|bespreek)\b(?!.{0,60}(?:\ben\b|kom|laat))"
    ),
    "on_hold": cue(r"on hold|uitgesteld|in de wacht|verschoven|opgeschort"),
    "not_before": cue(
        r"(?:niet|niets|geen|nooit) (?:[\w.-]{1,14} ){0,5}?(?:voor|vóór|voordat|eerder dan)\b|(?:voor|vóór) (?:\w{1,14} ){1,4}?(?:\w{1,12} ){0,5}?(?:niets?|niks|geen)\b|pas\b"
    ),
    "instead": cue(r"in plaats daarvan|liever"),
    "about_things": cue(
        r"(?:offertes?|contract(?:en)?|documenten|tekeningen|cijfers|factuur|prijslijst) (?:toe|op|door|na)?(?:sturen|mailen)|leveringen|levering|facturen|factuur|bestellingen|bestelling|betaling"
    ),
    "asks_if": cue(
        r"(?:of|als|indien)\b(?= (?:dat|dit|het|u|je|jullie)\b)|(?:als|indien|weten of|horen of|zeggen of|bevestigen of)(?= (?:maandag|dinsdag|woensdag|donderdag|vrijdag))"
    ),
    "fits": cue(
        r"(?:haalbaar|doenbaar|te doen|schikt|schikken|past|passen|uitkomt|uitkomen|komt uit|lukt|mogelijk|ok|oké|akkoord|gelegen|(?:is|zou) (?:\w{1,12} ){0,4}?goed)\b"
    ),
    "object_lead": re.compile(
        r"\s*(?:(?:ik|we|wij|u|je|jullie|hem|graag|ook|dan|even|zo snel mogelijk|direct|natuurlijk|uiteraard|nog)\b\s*)*"
    ),
    "object_end": cue(
        rf"(?:uiterlijk|voor (?:maandag|dinsdag|woensdag|donderdag|vrijdag|de \d|eind|het eind)|vóór|op|morgen|vandaag|vanmiddag|volgende|deze|eind|begin|en(?! (?:de|het|een|mijn|onze|ons|uw) )|zodra|als|na|binnen|in de|per (?:mail|e-?mail)|naar (?:u|je|jullie)|toe\b|{SEND0}|zo snel|nog|te)\b",
        r"(?:op|in|voor|aan|de|het|naar|tegen)\s*$",
    ),
    "about": cue(r"(?:over|betreffende|met betrekking tot|met)(?= \w)(?! (?:u|je|jullie|mijn|onze|het team|een|twee|drie|\d))"),
    "fronted": re.compile(r"(?:^|[ ,])(?P<what>(?:de|het|een|mijn|onze|ons|uw) [\w-]{3,24}(?: [\w-]{3,24}){0,3})\s*$"),
    "speaks": re.compile(
        r"(?:kom|komen|bel|bellen|laat|laten|reageer|reageren|antwoord\w{0,2}|neem|nemen|vraag|vragen|check\w{0,2}|controleer|overleg\w{0,3}|beslis\w{0,3}|hoort|horen)(?: (?:ik|we|wij))?\s*$"
    ),
    "pronoun": re.compile(
        r"(?:het|dit|dat|er|hem|ze|alles|iets|weten|contact|terug|u|je|op|bij u|een reactie|reactie|u weten|er op terug|erop terug|hierop terug|contact met u)?"
    ),
    "intention": cue(
        r"(?:ik|we|wij) (?:bekijk|bekijken|bestudeer|bestuderen|bespreek|bespreken|onderzoek|onderzoeken|overweeg|overwegen|neem|nemen) (?:\w{2,12} ){0,3}?(?:voorstel|offerte|aanbod|intern|in overweging|mee|door|samen|collega's|team)",
        r"(?:ik|we|wij) (?:zal|zullen|ga|gaan|moet|moeten|wil|willen|denk|denken|overleg|overleggen|bekijk|bekijken|kijk|kijken|bespreek|bespreken)\b(?: [\w-]{1,14}){0,8}? ?(?:nadenken|over na|bekijken|overleggen|bespreken|bestuderen|kijken|intern|door|naar|na|doornemen|denken)\b",
        r"(?:tot (?:snel|gauw)|spreken elkaar (?:snel|binnenkort|gauw)|houden contact|hou(?:d)? (?:u|je|jullie) op de hoogte|(?:binnenkort|snel|spoedig|zo snel mogelijk)\s*[.!]?$)|laten we (?:snel|binnenkort)|denk(?:en)? er (?:nog )?over na",
    ),
    "not_time": cue(
        r"een andere (?:afspraak|verplichting|vergadering|meeting)\b|komt (?:\w{2,8} ){0,3}?(?:slecht uit|ongelegen|beroerd uit)\b",
        r"zit(?:ten)? (?:ik|we|wij) (?:\w{2,10} )?(?:vol|volgeboekt|bezet)\b|komen (?:helaas |mij |ons |allebei )*niet uit\b",
        rf"liever niet\b|(?:behalve|uitgezonderd|alleen niet) (?:op |de |deze )?(?:{'|'.join(WEEKDAYS)})\b|^(?:liever |maar |graag )*niet (?:op |deze )?(?:{'|'.join(WEEKDAYS)})\b",
        r"(?:in het buitenland|al een (?:andere )?(?:afspraak|verplichting|vergadering|meeting)|agenda (?:al |helemaal )?vol|(?:wordt|is|ligt) (?:\w{2,10} )?(?:moeilijk|lastig|krap|slecht|onhandig|ongelegen)|(?:ben|zijn) (?:ik |we )?(?:\w{2,10} )?(?:op cursus|op de baan|onderweg|op verplaatsing|niet vrij|bezet))\b",
        r"(?:kan|kunnen|past|schikt|lukt|komt|gaat|ben|zijn|is|(?:heb|hebben)(?! (?:\w{2,8} ){0,3}?niet (?:meer )?nodig)|zou|red|haal)\b(?:[ ,][\w.:-]{1,14}){0,7}? ?(?:niet|helaas niet|geen tijd|niet uit|onmogelijk|lastig|bezet|verhinderd|vol|volgeboekt|al een afspraak|(?<=\s)weg|op reis|op vakantie|moeilijk)\b|(?:niet (?:mogelijk|beschikbaar|haalbaar)|verhinderd|geen van (?:beide|de)|moet (?:\w{2,12} ){0,5}?(?:afzeggen|verzetten|annuleren))\b",
    ),
    "that": cue(
        r"(?:op )?dat moment",
        r"(?:beide|die|deze|allebei de) (?:momenten|dagen|data|tijden|tijdstippen|opties)",
        r"dat|dit|die (?:dag|tijd|datum)|dan|beide|geen van beide|het voorstel|de (?:tijd|datum|eerste|tweede)|het tijdstip",
    ),
    "accepts": cue(
        r"(?:doe|neem|pak) (?:dan |maar )?(?:de|het) (?:eerste|tweede|derde|laatste|vroegste|latere)\b",
        r"^(?:graag |liever |dan |toch )*(?:de|het) (?:eerste|tweede|derde|laatste|vroegste|latere)(?: (?:optie|datum|moment|voorstel|afspraak))?(?:,? (?:graag|a\.?u\.?b\.?|alstublieft|dan|bedankt|liever))*\s*[.!]?$",
        r"(?:beide|allebei de|die|deze) (?:momenten|dagen|data|tijden|tijdstippen|opties) (?:\w{2,8} )?(?:passen|schikken|kunnen|lukken|komen (?:\w{2,8} ){0,2}uit|zijn (?:prima|goed|akkoord|mogelijk))\b(?! (?:helaas|niet))",
        r"staat (?:\w{2,10} )?in (?:de|mijn|onze) agenda\b|staat erin\b|(?<!ik\x20)stuur (?:me |mij |ons )?(?:maar |even |gerust )*(?:een|de) (?:\w{3,12})?uitnodiging\b",
        r"(?:heeft|hebben) (?:mijn|onze) voorkeur\b",
        r"houden we het (?:dan |maar )?(?:op|bij)",
        r"(?:ik|we|wij) bevestig\w{0,2} (?:\w{2,10} ){0,3}?(?:afspraak|overleg|meeting|komst|aanwezigheid|datum)|laten we (?:[\w.:]{1,12} ){1,6}?(?:doen|aanhouden|vastleggen)\b|dan (?:spreken|zien|horen|treffen) we elkaar\b|(?:doe|doen we|zet|noteer|hou) (?:maar |dan )?(?:maandag|dinsdag|woensdag|donderdag|vrijdag)\b|daar kan ik mee leven|ik ben erbij|ik zal er zijn",
        r"(?:dat|dit|de (?:eerste|tweede|derde|laatste)(?: (?:optie|datum|afspraak))?|het (?:eerste|tweede|voorstel|tijdstip)|beide|die (?:dag|tijd|datum)|de (?:tijd|datum)) (?:\w{2,8} )?(?:schikt|past|komt (?:\w{2,8} ){0,3}?uit|kan|lukt|werkt|is (?:prima|goed|akkoord|ok|oké|perfect|mogelijk))\b(?! niet| helaas)",
        r"(?:schikt|past|komt (?:\w{2,8} )?goed uit) (?:mij|me|ons|voor (?:mij|ons)|prima|goed|perfect|uitstekend)|(?:akkoord|afgesproken|bevestigd|genoteerd|staat genoteerd)\b(?! met de (?:prijs|offerte))|(?:^|[,.!] ?|graag |prima |oké? |perfect |goed |dan )tot (?:dan|maandag|dinsdag|woensdag|donderdag|vrijdag|morgen|volgende week)\b|(?:ik|we|wij) (?:ben|zijn|bevestig|bevestigen|kies|kiezen|neem|nemen|noteer|zet) (?:[\w.:]{1,14} ){0,4}?(?:erbij|er bij|aanwezig|de afspraak|de eerste|de tweede|voor|in de agenda|maandag|dinsdag|woensdag|donderdag|vrijdag)\b|laten we (?:\w{2,10} )?(?:maandag|dinsdag|woensdag|donderdag|vrijdag) (?:doen|aanhouden|afspreken)|doen we\b(?! (?:\w{1,8} )?(?:inventaris|onderhoud|boodschappen|de (?:boekhouding|oogst)))",
    ),
    "date_accepts": cue(
        r"kijk(?:en)? (?:er )?(?:al )?(?:erg )?uit naar",
        r"(?:staat (?:genoteerd|in)|in (?:mijn|onze|de) agenda|genoteerd|vastgelegd|ingepland|geblokkeerd|is (?:haalbaar|akkoord|in orde|oké)|ben ik erbij|zijn we erbij|uitstekend|dan zien we|dan spreken we)\b",
        r"(?:prima|perfect|akkoord|goed|graag|oké|ok|schikt|past|lukt|is (?:prima|goed|perfect|ok|oké|akkoord|mogelijk)|komt (?:goed |prima )?uit|ja|afgesproken|bevestigd|top|kan(?! (?:[\w.]{1,14} ){0,8}?niet)|zien we elkaar)\b(?! niet)",
    ),
    "offers": cue(
        r"(?:schikt|schikken|past|passen|tijd|spreken|bellen|afspreken|afspraak|mogelijk|uitkomen|uitkomt|komt|lukt|lukken|vrij|beschikbaar|ok|oké|langskomen|verzetten|verplaatsen|verschuiven|liever|beter|goed|gelegen|kunnen|zien|ontmoeten|overleg|demo|doen|kan|praten)\b"
    ),
    "offers_plainly": cue(
        r"(?:ik|wij|we) (?:(?:ben|zijn)(?! (?:in (?!de\b|het\b|principe|ieder|elk)|naar|bij|onderweg|op (?:reis|vakantie|de beurs)))|kan|kunnen|zou|zouden|stel|stellen|(?:heb|hebben)(?! (?:[\w.]{1,14} ){0,8}?nodig))\b|(?:kan|kunnen|zou|zouden|heb|stel|schikt|past) (?:ik|wij|we|mij|ons)\b|ben ik\b(?! (?:in (?!de\b|het\b|principe|ieder|elk)|naar|bij|onderweg|op (?:reis|vakantie|de beurs)))|(?:voorstel|alternatief|mogelijke (?:data|tijden|momenten|tijdstippen)|momenten|opties|beschikbaar|vrij|liever|laten we|wat dacht|zou (?:beter|goed|mogelijk|kunnen|schikken|passen)|zou .{0,20}(?:schikken|passen|uitkomen|kunnen))\b"
    ),
    "asks_times": cue(
        r"^(?:en |maar |dus )?(?:wanneer|hoe laat|welke|welk|wat (?:is|kost|zijn|betekent)|hoeveel|hoe lang|hoe vaak|waarom|wie|waar|hoe werkt|heeft u (?:\w{2,10} ){0,4}?(?:ontvangen|gezien|gekregen)|had|was|waren|werd)\b"
    ),
    # asks which of the times offered: with an offer in the same mail it is part of that
    "picks": cue(
        r"(?:wat|welke?|wanneer|of)\b.{0,40}\b(?:past|passen|uitkomt|schikt|voorkeur|beste?|liever|gelegen|lukt|kan|uit)\b(?: (?:u|je|jullie|het|best|beste|beter|voor|uit))*\s*[?.!]*$",
        r"(?:komt|komen|past|passen|zou|schikt|lukt|kan|is)(?: (?:u|je|jullie|dat|dit|een|één|van|beide|daarvan|deze|die|tijden|data|momenten|opties|mogelijk|voor|uit|kunnen|lukken|passen|goed|akkoord|ok|oké|haalbaar))+\s*\?",
        r"^(?:graag |gelieve |even |kunt u |kun je |laat (?:me |het |mij |ons )?(?:maar |even |graag )?)*(?:even |me |mij |het )*(?:bevestigen|weten|horen|laten weten|een bevestiging|bevestig)(?: (?:alstublieft|alsjeblieft|aub|wat|graag|even))*\s*[.!?]*$|(?:uw|je|een) voorkeur\b|wat (?:vindt|denkt) u(?: ervan)?\s*\?",
    ),
    "starts_proposal": cue(r"(?:wat dacht|wat vindt?|hoe klinkt|hoe zit|zullen we|schikt|is .{1,30} (?:ok|oké|goed|akkoord))\b"),
    "book_link": cue(r"(?:afspraak|tijdstip|agenda|moment|boek|boeken|plan|plannen|inplannen|reserveer|kies|tijdslot|beschikbaarheid)\b"),
    "request": cue(
        r"(?:ik|we|wij) mis(?:sen)? (?:alleen |enkel |eigenlijk )?nog\b",
        r"(?:kan|kunnen|kon|konden) (?:ik |we |wij )?(?:de|het|uw|je|jullie|geen) (?:[\w-]{2,20} ){1,4}?(?:niet )?(?:terug)?vinden\b|(?:zie|zien) (?:ik |we |wij )?(?:de|het) (?:[\w-]{2,20} ){1,3}?niet (?:staan|terug)\b",
        r"(?:ik|we|wij) mis(?:sen)? (?:nog |alleen )?(?:de|het|een|uw|je|jullie)\b|(?:bedrag|totaal|prijs|adres|datum|aantal|naam|totaalbedrag) (?:[\w]{1,12} ){0,5}?(?:klopt|kloppen) (?:\w{2,8} )?niet\b",
        r"(?:link|bestand|bijlage|document|pdf|video|formulier|wachtwoord) (?:werkt|opent|laadt|doet het) (?:\w{2,10} )?niet\b|(?:kan|kunnen|krijg|krijgen)(?: (?:ik|wij|we))? (?:de|het|uw|je) (?:link|bestand|bijlage|document|pdf|video|offerte) (?:\w{2,10} )?niet (?:openen|lezen|downloaden|vinden|open)\b|(?:uw|je|de|het) (?:offerte|contract|documenten|monsters?) (?:is|zijn) (?:\w{2,10} )?nog niet (?:aangekomen|binnen|ontvangen)\b",
        r"(?:(?<!ja,\x20)(?<!ja\x20)graag(?= \w)|gelieve|alstublieft|alsjeblieft|a\.u\.b|aub|svp)\b(?! (?:gedaan|tot))|(?<!ik\x20)(?<!we\x20)(?<!wij\x20)(?:kunt|kan|wilt|wil|zou|zouden|kun) (?:u|je|jij|jullie)\b|(?:laat (?:me|mij|ons|het)(?: \w{2,8})? weten|(?<!ik\x20)(?<!we\x20)(?<!wij\x20)(?:stuur|geef|mail|bezorg|vertel|zeg|bevestig|toon|laat|check|leg) (?:me|mij|ons|het|de|een|u)\b)|(?:ik|wij|we) (?:wil|willen|zou|zouden|heb|hebben|ontvang|ontvangen|verneem|vernemen|verzoek|verzoeken|wacht|wachten|zoek|zoeken) (?:\w{2,10} )?(?:graag|nodig|u |op uw|een offerte|een demo)|(?:nodig|verzoek(?:en)? (?:ik|wij|u))\b",
    ),
    "question": cue(
        r"niet (?:helemaal |echt |goed )?duidelijk (?:of|wie|hoe|wat|wanneer|welke|waar)\b|(?:snap|snappen|begrijp|begrijpen|zie|zien) (?:ik|we|wij)? ?(?:nog )?niet (?:goed |helemaal )?(?:of|wie|hoe|wat|wanneer|welke|waar)\b",
        r"(?:vraagt|vragen|vraagt zich|wil weten|willen weten|zou graag weten)(?: af)? (?:of|hoe|wat|wanneer|wie|waarom|welke?)\b",
        r"^(?:en |maar |dus |vraag[,:]? |een vraag[,:]? )?(?:hoe(?:veel| lang| vaak| werkt| groot| snel| hoog)|wat (?:kost|is|zijn|betekent|gebeurt)|wanneer (?:kan|kunnen|is|zijn|komt)|welke? \w{2,20} (?:is|zijn|heeft|past|hebben)|waar (?:is|kan|vind)|wie (?:is|kan)|is (?:er|het|de)|zijn er|kan (?:het|ik|dat)|kunnen (?:we|jullie)|kunt u|heeft u|hebben jullie|heb je|biedt u|ondersteunt)\b|(?:ik vraag me af|we vragen ons af|vroeg (?:me|mij) af|(?:een|nog een|twee|enkele|wat|een paar|volgende|mijn|onze) vra(?:ag|gen)|(?:wil|willen|zou|zouden) (?:ik |we )?(?:\w{2,8} )?(?:graag )?(?:weten|vragen)|benieuwd (?:of|hoe|wat|naar)|weten of)\b",
    ),
    "no_question": cue(
        r"^(?:(?:hallo|hoi|hi|en)[ ,]+(?:\w{2,14}[ ,]+)?)?(?:hoe (?:gaat het|is het|gaat 't|maak je het|maakt u het)(?: (?:met (?:u|je|jou|jullie)|ermee|vandaag|daar))*|alles (?:goed|oké|ok|wel)(?: (?:met|bij) (?:u|je|jou|jullie))?|gaat alles goed|hoe was (?:je|uw|het|jullie) (?:weekend|vakantie).{0,10}|heeft u een (?:fijn|goed|prettig) .{0,20}|goed weekend gehad)\s*\?",
        r"^(?:wie weet|waarom niet|toch|nietwaar|wat wil je nog meer|echt|ja|nee|wie had dat gedacht|is dat niet (?:leuk|mooi|geweldig))\s*[?!]",
    ),
    "acknowledgement": cue(
        r"(?:een )?(?:fijne?|prettige?|goede?|goed|mooie?|leuke?) (?:dag|weekend|avond|week|vakantie|feestdagen|middag|kerst|reis|namiddag)\b.{0,40}",
        r"(?:dat |het |alles )?ziet er (?:\w{2,10} )?(?:goed|prima|mooi|netjes) uit|een",
        r"het was (?:een )?(?:\w{2,14} ){0,2}?(?:gesprek|demo|presentatie|overleg|bezoek|meeting|boeiend|leerrijk|verhelderend)\b.{0,60}|(?:mooie?|goede?|sterke?|fijne?|boeiende?|knappe?) (?:presentatie|demo|uitleg|gesprek|voorstel|samenvatting|overleg)|(?:wij hebben|we hebben|ik heb) (?:uw|je|de|het|alles) ?(?:\w{2,12} )?(?:goed |in goede orde )?ontvangen|geen dank|jij ook|u ook|jullie ook|super|heel|erg",
        r"(?:heel |hartelijk |veel |erg |zeer |nogmaals |alvast |ontzettend |super |vriendelijk |duizendmaal )*(?:bedankt|dank|dankjewel|dankuwel|dank je wel|dank u wel|dank je|dank u|merci|thanks|danken u|dank jullie wel)(?: (?:wel|u|je|jullie|hartelijk|alvast|nogmaals|zeer|allemaal|ook|en))*(?: (?:voor|van|dat|aan)\b.{0,160})?",
        r"(?:ik heb |we hebben |wij hebben |heb |uw (?:mail|bericht|offerte) |het |alles |de (?:mail|stukken|documenten) )*(?:is |zijn |het |in |goede |goed |alles |netjes |orde )*(?:ontvangen|binnen|aangekomen|begrepen|genoteerd|gelezen|duidelijk|helder|in goede orde ontvangen|gezien|snap ik|begrijp ik|goed ontvangen)",
        r"(?:dat |het |dit |alles |de (?:demo|presentatie|meeting) )*(?:is |was |klinkt |lijkt |ziet er |gaat |komt )*(?:heel |erg |zeer |echt |helemaal |ook |super |allemaal |wel )*(?:prima|perfect|goed|goed uit|top|super|mooi|fijn|leuk|geweldig|uitstekend|fantastisch|uitstekend|akkoord|oké|ok|okay|in orde|duidelijk|interessant|nuttig|leerzaam|indrukwekkend|prettig|helder|geen probleem|graag|graag gedaan|ja|nee|zeker|natuurlijk|uiteraard|inderdaad|precies|klopt|doe ik|doen we|komt goed|komt voor elkaar|gefeliciteerd|proficiat|insgelijks|hetzelfde|goed om te (?:weten|horen)|fijn om te (?:weten|horen)|vriendelijk|aardig|goed idee|goed nieuws)(?: (?:voor (?:mij|ons)|van (?:u|je|jullie)|dan|zo|hoor|zeg|gesprek|demo|presentatie|te horen|om te weten))*",
        r"(?:ik |we |wij )?(?:kijk|kijken|verheug|verheugen) (?:er |ernaar |uit |naar |me |ons )*.{0,100}|(?:het |dat )?(?:was )?(?:een |mij een |ons een )?(?:waar |groot )?genoegen\b.{0,80}|(?:leuk|fijn|prettig|goed) (?:om |je |u |jullie )*(?:te |kennis|gesproken|gezien|ontmoet).{0,80}|(?:het team|iedereen|we|wij|ik|de collega's) (?:was|waren|vond|vonden|zijn|ben) (?:\w{2,10} ){0,4}?(?:enthousiast|onder de indruk|goed|leuk|interessant|tevreden|blij|mooi)\b.{0,60}",
        r"(?:ik |we |wij )?(?:wens|wensen|hoop|hopen)\b.{0,100}|(?:fijne?|prettige?|goede?|mooie?) (?:dag|weekend|avond|week|vakantie|feestdagen|middag|kerst|reis|demo|presentatie|gesprek|idee|werk)\b.{0,40}|tot (?:ziens|snel|later)|succes.{0,30}|gelukkig nieuwjaar.{0,20}|(?:sorry|excuses|het spijt me)\b.{0,80}|(?:en|hallo|hoi|ja|dan|zo|ook|nog|wel|oh|ah|nou|allemaal|heer|mevrouw|beste|dag|weer|maar|de|het)",
    ),
    "assent": cue(
        r"^(?:\w{1,14}, )?(?:ja|ok|oké|okay|prima|perfect|graag|akkoord|goed|klinkt goed|top|natuurlijk|uitstekend|is goed|doen we|in orde)\b"
    ),
    "word_line": cue(
        r"(?:dank|bedankt|prima|perfect|ontvangen|akkoord|ja|nee|ok|oké|goed|graag|top|misschien|begrepen|genoteerd|bevestigd|afmelden|uitschrijven|super|mooi|klopt|duidelijk)"
    ),
    "yes": cue(r"ja|ok|oké|akkoord"),
    "absence": cue(
        r"(?:afwezig|afwezigheid|niet (?:op|in) (?:het )?kantoor|met (?:vakantie|verlof|zwangerschapsverlof)|op (?:vakantie|reis|zakenreis)|buiten kantoor|niet bereikbaar|vrij van|kantoor (?:is )?gesloten|gesloten (?:van|tot)|out of office)\b|(?:weer|terug) (?:\w{2,10} ){0,3}?(?:bereikbaar|aanwezig|op kantoor|terug|beschikbaar)|(?:ben|zijn) (?:ik |we )?(?:[\w.:]{1,14} ){0,6}?(?:weer|terug)\b|geen toegang tot"
    ),
    "returns": cue(r"(?:weer|terug)\b"),
    "past": cue(
        r"(?:was|waren|had|hadden|(?:heeft|hebben|hebt|heb) (?:[\w.,-]{1,16} ){0,8}?(?:ge\w{2,14}(?:d|t|en)|\w{2,6}ge\w{2,12}(?:d|t|en)|(?:ont|be|ver)\w{3,12}(?:d|t|en))|kon|konden|werd|werden|spraken|sprak|ontmoet|gesproken|gestuurd|gezien|ontvangen|bezocht|besproken|ontmoetten|kwam|kwamen|ging|gingen)\b"
    ),
    "after_that": cue(r"(?:daarna|vervolgens|nadien)\b"),
    "then": cue(r"(?:die|diezelfde) dag", r"(?:dan|daarna|vervolgens|nadien)\b"),
    "offer_sent": cue(
        r"(?:hierbij|bijgaand|in (?:de )?bijlage|bijgevoegd|hier is|stuur|sturen|zoals (?:beloofd|besproken|afgesproken)|vindt u)\b.{0,80}\b(?:offerte|aanbod|voorstel|contract|overeenkomst|prijsopgave)\b",
        r"(?:offerte|aanbod|voorstel|contract|overeenkomst) (?:[\w-]{1,14} ){0,4}(?:bijgevoegd|in (?:de )?bijlage)|ter ondertekening|om te ondertekenen",
    ),
    "filler": cue(
        r"(?:of|en|om|op|de|het|een|graag|ja|ok|oké|goed|dan|uur|uw|mijn|tijd|ook|vanaf|tot|tussen|rond|mij|ons|aub|alstublieft|bij|voor|prima|perfect|maar|liever|dank|u|in|van|wel|eventueel|kun je|kan je|kunt u|kunnen jullie)\b"
    ),
}

PACK = Pack(
    code="nl",
    times=TIMES,
    cues=CUES,
    breaks=re.compile(
        r"\s*(?:;|:(?=\s)|\((?=[^()]{20})|,(?!\d)(?=\s(?:maar|en|dus|want|graag|ik|we|wij|dan|kunt|kunnen|kan|bel|spreek|neem|mail|laten|laat|dat|het|helaas|omdat|of|hoe|wat|past|u|onze|mijn|zou|misschien|zullen|daarom|echter|bedankt|dank|wanneer|is|als)\b)|\s-\s(?!\d)|(?<=\w)(?<!stuur)(?<!doe)(?<!bel)(?<!mail)(?<!zet)(?<!kom)(?<!dan)\s(?:maar|echter|omdat|want)\s)\s*"
    ),
    abbreviations=frozenset(
        "dhr mw mevr dr drs ir ing mr prof bijv bv b.v n.v nv evt ca o.a d.w.z m.b.t t.a.v nr tel incl excl max min a.u.b a.s e.k e.v t.e.m jl i.v.m jan feb mrt apr jun jul aug sept okt nov dec ma di wo do vr za zo st".split()
    ),
)
