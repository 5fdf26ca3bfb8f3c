"""German."""

from __future__ import annotations

import re

from agent.think.language.pack import Pack, Times, alt, cue, tail
from agent.think.language.zones import ABBREVIATIONS

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner jan",
            "februar feber feb",
            "märz maerz mär mrz",
            "april apr",
            "mai",
            "juni jun",
            "juli jul",
            "august aug",
            "september sept sep",
            "oktober okt",
            "november nov",
            "dezember dez",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("montag mo", "dienstag di", "mittwoch mi", "donnerstag do", "freitag fr", "samstag sonnabend sa", "sonntag so")
    )
    for name in names.split()
}
LONG_DAYS = [w for w in WEEKDAYS if len(w) > 2]
NUMBERS = {w: n for n, w in enumerate("eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split(), 1)} | {
    "ein": 1,
    "einer": 1,
    "einem": 1,
    "einen": 1,
    "eine": 1,
    "erste": 1,
    "zweite": 2,
    "dritte": 3,
    "vierte": 4,
    "einem halben": 0,
    "ersten": 1,
    "zweiten": 2,
    "dritten": 3,
    "vierten": 4,
    "fuenf": 5,
    "zwoelf": 12,
    "vierzehn": 14,
}
UNITS = {
    "minute": "minute",
    "minuten": "minute",
    "stunde": "hour",
    "stunden": "hour",
    "tag": "day",
    "tage": "day",
    "tagen": "day",
    "tages": "day",
    "arbeitstag": "workday",
    "arbeitstage": "workday",
    "arbeitstagen": "workday",
    "werktag": "workday",
    "werktage": "workday",
    "werktagen": "workday",
    "woche": "week",
    "wochen": "week",
    "monat": "month",
    "monate": "month",
    "monaten": "month",
    "monats": "month",
    "quartal": "quarter",
    "quartals": "quarter",
    "quartale": "quarter",
    "quartalen": "quarter",
    "jahr": "year",
    "jahre": "year",
    "jahren": "year",
    "jahres": "year",
    "wochenende": "week",
    "monatsende": "month",
    "quartalsende": "quarter",
    "jahresende": "year",
    "monatsmitte": "month",
    "jahresmitte": "year",
    "jahresanfang": "year",
    "monatsanfang": "month",
}
FEASTS = {
    "ostern": "easter",
    "den osterferien": "easter",
    "den osterfeiertagen": "easter",
    "weihnachten": "christmas_two",
    "den weihnachtsferien": "new_year",
    "den weihnachtsfeiertagen": "christmas_two",
    "den feiertagen": "new_year",
    "den festtagen": "new_year",
    "die feiertage": "new_year",
    "neujahr": "new_year",
    "silvester": "new_year",
    "dem jahreswechsel": "new_year",
    "den jahreswechsel": "new_year",
    "pfingsten": "pentecost",
    "dreikönig": "epiphany",
    "heilige drei könige": "epiphany",
}

WD = rf"(?P<wd>{alt(WEEKDAYS)})\b\.?"
WDL = rf"(?P<wd>{alt(LONG_DAYS)})\b"
WDOPT = rf"(?:{WD},?\s+(?:(?:den|dem|der)\s+)?)?"
MON = rf"(?P<mon>{alt(MONTHS)})\b\.?"
YEAR = r"(?:\s{1,3}(?P<y>(?:19|20)\d\d)\b)?"
UNIT = rf"(?P<unit>{alt(UNITS)})\b"
NUM = rf"(?P<n>{alt(w for w in NUMBERS if not w.endswith('ten') or w == 'zehn')}|\d{{1,3}})"
NEXT = r"(?:nächste[rnms]?|naechste[rnms]?|kommende[rnms]?|folgende[rnms]?)"
B = r"(?<![\w'./-])"


def rx(pattern: str) -> re.Pattern[str]:
    return re.compile(B + pattern.replace(" ?", r"\s?").replace(" ", r"\s{1,3}"))


SPANS = (
    ("nth_week", rx(rf"(?P<n>erste|zweite|dritte|vierte|letzte)[rn]? (?P<mon>{alt(MONTHS)})woche\b")),
    ("nth_week", rx(rf"(?P<n>erste|zweite|dritte|vierte|letzte)[rn]? woche (?:im |des |vom )?{MON}{YEAR}")),
    ("half_month", rx(rf"(?P<n>erste|zweite)[rn]? (?P<mon>{alt(MONTHS)})hälfte\b")),
    ("past", rx(rf"(?:letzte[rnms]?|vergangene[rnms]?|vorige[rnms]?) (?:{alt(LONG_DAYS)}|{alt(MONTHS)}|woche|monat|quartal|jahr|mal)\b")),
    (
        "past",
        rx(
            r"(?:gestern|vorgestern|neulich|kürzlich|vor (?:\d{1,3}|\w{2,10}) (?:tag|tagen|woche|wochen|monat|monaten|jahr|jahren|stunde|stunden|minuten))\b"
        ),
    ),
    ("vague", rx(r"(?:später|irgendwann|im laufe|im verlauf) (?:in )?(?:diese[smn]|des|im) (?:jahr|jahres|monat|monats|quartals?)\b")),
    ("vague", rx(r"(?:in )?(?:ein paar|einigen|wenigen|mehreren|einige|mehrere) (?:tagen?|wochen|monaten?|jahren?)\b")),
    ("vague", rx(r"(?:in )?\w{1,6}(?: bis | oder |-| - )\w{1,6} (?:tagen?|wochen|monaten?|jahren?)\b")),
    (
        "vague",
        rx(
            rf"(?:im|nach dem|den|in diesem|im {NEXT}) (?:sommer|herbst|frühjahr|frühling|winter|sommerurlaub)\b|nach den sommerferien\b|(?:der )?sommerpause\b"
        ),
    ),
    ("iso", rx(r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")),
    (
        "day_month",
        rx(rf"{WDOPT}(?:(?P<from>\d{{1,2}})\.?(?:-| - | ?bis (?:zum )?| und )(?:(?:dem )?))?(?P<d>\d{{1,2}})\.? ?{MON}{YEAR}"),
    ),
    (
        "dotted",
        rx(
            rf"{WDOPT}(?:(?P<from>\d{{1,2}})\.(?:-| - | ?bis (?:zum )?))?(?P<a>\d{{1,2}})\. ?(?P<b>\d{{1,2}})\.(?: ?(?P<y>\d{{4}}|(?<=\.)\d\d)(?![\d.:]| ?(?:uhr|h\b)))?"
        ),
    ),
    (
        "dotted",
        rx(
            rf"{WDOPT}(?P<a>\d{{1,2}})\.(?P<b>\d{{1,2}})(?=[ ,?!]|$|\.$)(?! ?(?:uhr|h\b|%|prozent|euro|eur|€|chf|m\b|km|kg|mm|cm|meter))(?<=\.1[0-2]|\.0\d)"
        ),
    ),
    ("numeric", rx(rf"{WDOPT}(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?:/(?P<y>\d{{4}}|\d\d))?(?![\d/])")),
    ("offset", rx(r"(?P<d2>übermorgen|uebermorgen)\b")),
    ("weekday", rx(rf"{WDL} in (?P<week>einer woche|8 tagen|acht tagen)\b")),
    ("weekday", rx(rf"{WDL},? (?P<next>{NEXT} woche|der {NEXT}n? woche)\b")),
    ("weekday", rx(rf"(?P<next>(?:in der )?{NEXT} woche),? (?:am )?{WDL}")),
    ("day_of_month", rx(rf"(?P<d>\d{{1,2}})\. (?P<next>des {NEXT} monats)")),
    ("ordinal", rx(rf"{WD},? (?:den |dem |der )?(?P<d>\d{{1,2}})\.(?!\d|:| ?(?:\d|{alt(MONTHS)}))")),
    (
        "ordinal",
        rx(
            rf"(?:am|zum|vom|dem|den|der|ab|bis|nach|ab dem|bis zum)(?: dem)? (?P<span>(?P<d>\d{{1,2}})\.)(?!\d|:| ?(?:\d|{alt(MONTHS)}| ?(?:stock|etage|version|quartal|platz|halbjahr|woche)))"
        ),
    ),
    (
        "new_year",
        rx(r"(?:im|ins|zum|anfang im|dem) neuen jahr|das neue jahr\b|im neuen jahr\b|(?:zu |zum )?jahresbeginn|anfang des jahres\b"),
    ),
    ("end_of", rx(r"ende (?P<unit>woche|monat|quartal|jahr)\b")),
    ("end_of", rx(r"(?P<mid>mitte) (?P<unit>woche|monat|quartal|jahr)\b")),
    ("end_of", rx(r"(?P<begin>anfang|beginn) (?P<unit>monat|quartal|jahr)\b")),
    ("end_of", rx(r"(?P<unit>wochenende|monatsende|quartalsende|jahresende)\b")),
    (
        "end_of",
        rx(r"(?:ende|schluss) (?:der|des|dieser|dieses|diesen|der laufenden|des laufenden) (?P<unit>woche|monats|quartals|jahres)\b"),
    ),
    ("end_of", rx(r"(?P<mid>mitte) (?:der|des|dieser|dieses) (?P<unit>woche|monats|quartals|jahres)\b")),
    ("end_of", rx(r"(?P<mid>)(?P<unit>monatsmitte|jahresmitte)\b")),
    (
        "next",
        rx(r"(?:der |die |im |dem )?(?P<over>übernächste[rnms]?|uebernaechste[rnms]?) (?P<unit>woche|monats?|quartals?|jahr(?:es)?)\b"),
    ),
    ("next", rx(rf"(?:der |die |im |dem |des )?{NEXT} (?P<unit>woche|monats?|quartals?|jahr(?:es)?)\b")),
    ("this", rx(r"(?:noch |später |im laufe |innerhalb )?(?:diese|dieser|der laufenden|laufende) (?P<unit>woche)\b")),
    ("this", rx(r"(?:noch |im laufe |innerhalb )?(?:diesen|diesem|dieses) (?P<unit>monats?|quartals?|jahr(?:es)?)\b")),
    ("quarter", rx(r"q ?(?P<n>[1-4])\b(?:[ /'-]*(?P<y>(?:20)?\d\d)\b(?!:))?")),
    (
        "quarter",
        rx(
            r"(?:im |dem |des |das )?(?P<n>ersten?|zweiten?|dritten?|vierten?|1\.|2\.|3\.|4\.) quartals?\b(?: (?P<y>20\d\d))?(?: des (?P<next>nächsten jahres))?"
        ),
    ),
    ("quarter", rx(r"(?:im |ins |dem |des |das )?(?P<n>ersten?|zweiten?|1\.|2\.) (?P<half>halbjahr)(?:es)?\b(?: (?P<y>20\d\d))?")),
    ("ahead", rx(rf"(?:in|innerhalb von|binnen|innerhalb|in etwa|in ca\.|in rund) {NUM} {UNIT}")),
    ("ahead", rx(rf"heute in {NUM} {UNIT}")),
    (
        "ahead",
        rx(
            rf"um (?!\S{{1,6}} (?:stunde|minute)){NUM} {UNIT}(?= (?:nach hinten )?(?:verschieben|vertagen|zurückstellen|schieben|aufschieben))"
        ),
    ),
    ("ahead", rx(rf"(?:gib|gebt|geben sie|lass|lassen sie) (?:mir|uns) (?:bitte |noch |mal )*(?P<span>{NUM} {UNIT})")),
    ("week_number", rx(r"(?:kw|kalenderwoche|woche) ?(?P<n>\d{1,2})\b(?:[ /](?P<y>20\d\d))?")),
    ("week_number", rx(r"(?P<n>\d{1,2})\. ?(?:kw|kalenderwoche)\b(?:[ /](?P<y>20\d\d))?")),
    ("feast", rx(rf"(?P<feast>{alt(f.replace(' ', chr(92) + 's+') for f in FEASTS)})\b")),
    (
        "offset",
        rx(
            r"(?P<d0>(?:noch )?heute(?: (?:noch|vormittag|nachmittag|abend|mittag))?|heute|tagesende|feierabend|im laufe des (?:tages|vormittags|nachmittags|abends)|umgehend|sofort|gleich jetzt)\b"
        ),
    ),
    ("offset", rx(r"(?<!guten\x20)(?P<d1>morgen(?: (?:früh|vormittag|nachmittag|abend|mittag))?)\b(?!s)")),
    (
        "weekday",
        rx(
            rf"(?:(?:am|bis|zum|ab|vor|nach|auf|für|oder|und|diesen|{NEXT}|nä\. ?)(?: dem)? )?(?P<span>{WDL}(?: ?(?:vormittag|nachmittag|abend|morgen|mittag))?)(?!s?(?:abends|morgens))"
        ),
    ),
    ("weekday", rx(r"(?P<wd>montag|dienstag|mittwoch|donnerstag|freitag)(?:vormittag|nachmittag|abend|morgen|mittag)\b")),
    ("weekday", rx(r"(?:am|bis|oder|und) (?P<span>(?P<wd>mo|di|mi|do|fr)\b\.?)(?= |$|[,.?!])")),
    (
        "month",
        rx(
            rf"(?P<mon>{alt(m for m in MONTHS if len(m) > 3 or m == 'mai')})\b(?: (?:(?P<y>(?:19|20)\d\d)\b|(?P<next>(?:des )?{NEXT} jahres|nächstes jahr)))?"
        ),
    ),
)

ZONES = re.compile(
    rf"(?<!\w)(?:(?P<yours>ihrer (?:orts)?zeit|deiner zeit|eurer zeit|ihre zeit)|(?P<mine>(?:meiner|unserer) (?:orts)?zeit|unsere zeit)|(?:utc|gmt)\s?(?P<offset>[+-]\d{{1,2}}(?::\d\d)?)"
    rf"|(?P<place>indische|mitteleuropäische|new york|london)r?\s?(?:ortszeit|zeit)\b|(?<=[\d rh(])(?P<abbr>{ABBREVIATIONS})\b)"
)
HOUR = r"(?P<h>\d{1,2}|eins|ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)"
CLOCKS = (
    re.compile(rf"(?<![\w:.,/]){HOUR}(?P<exact>)(?:[:.](?P<m>[0-5]\d))?\s?(?:-|bis|und|oder)\s?\d{{1,2}}(?:[:.][0-5]\d)?\s?(?:uhr|h)\b"),
    re.compile(r"(?<![\w:.,/])(?P<exact>)(?P<h>\d{1,2})(?:[:.](?P<m>[0-5]\d))?\s?(?:uhr|h)\b(?:\s?(?P<m2>[0-5]\d)\b)?"),
    re.compile(r"(?<!\w)(?P<h>eins|ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)\s?uhr\b"),
    re.compile(r"(?<![\w:.,/])(?P<exact>(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d))(?![\d:])"),
    re.compile(rf"(?<!\w)(?:(?P<half>halb)|(?P<quarter>viertel nach)|(?P<to>viertel vor)) {HOUR}\b".replace(" ", r"\s")),
    re.compile(
        rf"(?<!\w)(?:zwischen|von)\s{HOUR}\s?(?:und|bis|-)\s?(?:\d{{1,2}}|drei|vier|fünf|sechs|zehn|elf|zwölf)\b(?!\s?(?:%|prozent|euro|wochen|tage|stück|mitarbeiter|personen|\.|leute|monate|jahre))"
    ),
    re.compile(
        rf"(?<!\w)(?:um|gegen|ab)\s(?P<clock>{HOUR}(?:[:.](?P<m>[0-5]\d))?)\b(?!\d|\.\d|\s?(?:%|prozent|euro|€|wochen|tage|stück|mitarbeiter|personen|grad|punkte|leute|monate|jahre|cm|mm|kg|tausend|\.\s?[a-zäöü]))"
    ),
    re.compile(r"(?<!\w)(?P<noon>mittags|12 uhr mittags)\b"),
)

TIMES = Times(
    months=MONTHS,
    weekdays=WEEKDAYS,
    numbers=NUMBERS,
    units=UNITS,
    feasts=FEASTS,
    spans=SPANS,
    clocks=CLOCKS,
    part=tail(
        start="(?:anfangs?|zu beginn|beginn|zum anfang)(?: (?:des|der|im))?",
        mid="(?:mitte|zweite[rn]? hälfte)(?: (?:des|der|im|vom))?",
        end="(?:ende|gegen ende|ausgangs)(?: (?:des|der|im))?",
    ),
    relation=tail(
        after=r"(?:nach|erst nach|wenn wir (?:durch|mit)(?: den| dem)?|sobald wir (?:durch|mit)(?: den| dem)?|jenseits)(?: (?:dem|der|den))?(?: ende(?: der| des)?)?",
        week=r"(?:in der |die |der )?woche (?:vom|ab(?: dem)?|des|um den|nach dem)",
        by=r"(?:bis (?:einschließlich|einschliesslich|inklusive|inkl\.?|und mit)(?: zum| dem| am)?|bis spätestens(?: am| zum)?|spätestens(?: am| bis| bis zum)?|bis(?: zum| zur| am| anfang)?)(?: dem)?",
        before=r"(?:vor|bevor|noch vor)(?: (?:dem|der|den))?",
        since=r"(?:seit|(?:mail|schreiben|brief|nachricht|angebot|anfrage) vom)(?: (?:dem|der|den))?",
    ),
    zones=ZONES,
    words=re.compile(
        rf"(?<!\w)(?:{alt(LONG_DAYS)}|{alt(m for m in MONTHS if len(m) > 3 or m == 'mai')}|am|bis|um|halb|viertel|morgen|übermorgen|uebermorgen|heute|gestern|vorgestern|\w{{0,12}}(?:woche|wochen|monats?|monate|monaten|quartals?|jahr|jahre|jahren|jahres|tage?[ns]?|stunden?|minuten|ende|mitte|hälfte|beginn|wechsel)"
        r"|ostern|weihnachten|neujahr|silvester|pfingsten|feiertagen?|festtagen|\w{1,12}ferien|sommer|herbst|frühjahr|frühling|winter|kw|kalenderwoche|mittags|uhr|umgehend|sofort|feierabend|(?:montag|dienstag|mittwoch|donnerstag|freitag)\w{1,10}|neulich|kürzlich)(?!\w)"
    ),
    over=re.compile(r"\s{1,3}(?:vorbei|vorüber|(?:um|rum)(?=\s*[,.!]|$)|geschafft|überstanden|hinter uns)\b"),
)

# ------------------------------------------------------------------------------------------------------------- cues

YOU = r"(?:ihnen|dir|euch|sie|dich)"
WE = r"(?:ich|wir)"
MEETING = r"(?:termin|anruf|meeting|besprechung|call|gespräch|telefonat|demo|treffen|telefontermin|videocall|videokonferenz|präsentation|webinar|verabredung|online-termin)"
SEND1 = r"(?:schicke|schick|schicken|sende|senden|maile|mailen|liefere|liefern|übersende|übersenden|überlasse|bereite|bereiten|erstelle|erstellen|leite|leiten|reiche|reichen|(?:stelle|stellen)(?! (?:[\w-]{1,16} ){1,5}?zurück)|gebe|geben|lasse|lassen|kläre|klären|prüfe|prüfen|bringe|bringen|(?:mache|machen)(?! (?:[\w.]{1,14} ){0,4}(?:inventur|urlaub|pause|\w{0,10}ferien|\w{0,10}feier|revision|umbau|feierabend|\w{0,10}ausflug)\b)|besorge|bespreche|rufe|rufen|melde|melden|(?:komme|kommen)(?= (?:[\w.,-]{1,16} ){0,8}?(?:auf (?:sie|dich|euch|das|ihr)|darauf|zurück|vorbei|zu (?:ihnen|euch|dir)))|antworte|antworten|schreibe|schreiben|unterschreibe|unterschreiben|bestätige|bestätigen|informiere|informieren|frage|fragen|kümmere|kümmern|bekomme|entscheide|entscheiden|teile|teilen|übermittle|übermitteln|veranlasse|überarbeite|überarbeiten|faxe|reserviere|buche|bestelle|bestellen|hake)"
SEND0 = r"(?:schicken|zuschicken|senden|zusenden|übermitteln|nachsenden|abschicken|rausschicken|losschicken|durchgeben|rückmelden|weitergeben|anbieten|präsentieren|zukommen|mailen|liefern|nachliefern|nachreichen|übersenden|vorbereiten|erstellen|weiterleiten|einreichen|geben|zukommen lassen|klären|abklären|prüfen|bringen|machen|besorgen|besprechen|anrufen|melden|zurückmelden|zurückkommen|zurückrufen|antworten|schreiben|unterschreiben|bestätigen|informieren|fragen|kümmern|entscheiden|mitteilen|bescheid geben|bescheid sagen|überarbeiten|aktualisieren|fertigstellen|bereitstellen|hochladen|verschicken|buchen|bestellen|nachhaken|unterzeichnen|vorlegen|(?:klarheit|antwort|entscheidung|ergebnis|ergebnisse|zahlen|angebot|rückmeldung|beschluss|unterschrift|unterlagen|beisammen|fertig|vorliegen|es|das|alles)\b(?: \w{1,12})? haben)"
CALL_US = (
    r"(?:bitte (?:[\w.-]{1,14} ){1,8}?(?:melden|anrufen|kontaktieren|anfragen|nachfragen|nachhaken|zurückrufen|ansprechen|zurückkommen)\b|"
    r"(?:melden sie sich|melde dich|meld dich|meldet euch|rufen sie(?: \w{1,12}){0,3} (?:mich|uns)|rufen sie|ruf(?:e)? (?:mich|uns)|ruft (?:mich|uns)|kontaktieren sie|kontaktiere|schreiben sie (?:mir|uns)|schreib (?:mir|uns)|sprechen sie (?:mich|uns)|sprich (?:mich|uns)"
    r"|wenden sie sich|wende dich|(?:kommen sie|komm)(?! (?:doch |gerne? |einfach |mal )*vorbei)|fragen sie|frag|haken sie|hak|erinnern sie|erinnere (?:mich|uns)|versuchen sie es|probieren sie es|um (?:ihren )?(?:rückruf|anruf|rückmeldung)|(?:bitte )?um (?:einen )?(?:rückruf|anruf)|(?:mich|uns) (?:[\w.]{1,14} ){0,6}?(?:anzurufen|zu kontaktieren|anrufen|kontaktieren|zurückrufen|zurückzurufen|ansprechen|anzusprechen)"
    r"|sich (?:\w{1,14}\.? ){0,6}?(?:bei (?:mir|uns) )?(?:\w{2,14} ){0,3}?(?:zu melden|melden|zurückmelden|zurückzumelden)))"
)
LATER0 = r"(?:sprechen|schieben|weiterreden|weiterdiskutieren|dranbleiben|anstoßen|anpacken|durchgehen|einplanen|konkretisieren|loslegen|darangehen|vertiefen|zusammenkommen|telefonieren|reden|unterhalten|angehen|anschauen|ansehen|aufgreifen|aufnehmen|wiederaufnehmen|weitersprechen|weitermachen|zusammensetzen|treffen|austauschen|verschieben|vertagen|starten|beginnen|entscheiden|prüfen|diskutieren|melden|hören|einsteigen|zurückkommen|fortsetzen|neu bewerten|zusammenkommen|kümmern|besprechen|klären|planen|beschäftigen|befassen|machen|schauen)"

CUES = {
    "greeting": cue(
        r"^(?:hallo|hi|hey|guten (?:tag|morgen|abend)|sehr geehrter?|sehr geehrte|lieber?|liebe|moin|servus|grüezi|grüß gott|grüss gott|werte[rs]?|geschätzter?|tag)\b"
    ),
    "closing": re.compile(
        r"(?:(?:mit )?(?:(?:den )?(?:besten|freundlichen|freundlichem|herzlichen|vielen|lieben|schönen|sonnigen)|freundliche|beste|liebe|viele|herzliche|schöne|sonnige) (?:grüßen|grüßem|grüssen|gruß|gruss|grüße|grüsse|dank)(?: aus \w{2,20})?|mfg|lg|vg|bg|gruß|gruss|grüße|grüsse|herzlichst|hochachtungsvoll|bis bald|bis dann|danke|vielen dank|besten dank|danke und (?:gruß|grüße|viele grüße|beste grüße)|vielen dank und (?:beste|viele|freundliche) grüße|danke im voraus|vielen dank im voraus|schöne(?:s|n) (?:tag|woche|wochenende|abend)(?: noch)?|von meinem \w{2,12} gesendet|ihr|ihre|dein|deine)"
    ),
    "stop": cue(
        r"(?:sehen|sieh|seht) (?:sie )?(?:bitte |künftig |zukünftig |in zukunft )*von (?:solchen|derartigen|diesen|weiteren|ihren) (?:[\w-]{3,20}) ab\b",
        r"(?:nehmt|streicht|löscht|entfernt|nimm|streich|lösch) (?:mich|uns) (?:bitte )?(?:aus|von) (?:\w{2,10} ){0,2}?\w{0,14}(?:verteiler|liste|datenbank)\b",
        r"(?:sehen|sieh|seht) (?:sie )?(?:bitte )?von (?:weiteren|jeglichen|künftigen|zukünftigen|weiterer) (?:[\w-]{3,20} )(?:[\w-]{1,14} ){0,4}?ab\b",
        r"(?:löschen|entfernen) (?:sie )?(?:bitte )?(?:alle )?(?:meine|unsere) (?:kontaktdaten|daten|e-?mail-?adresse|adresse|mailadresse)\b",
        r"^(?:bitte )?keine (?:weitere )?(?:werbung|e-?mails?|mails|newsletter|anrufe) mehr(?:,? bitte)?\s*[.!]?$",
        r"(?:melden|meldet|melde|tragen|trage|trag|nehmen|nehmt) (?:sie )?(?:mich|uns) (?:bitte )?(?:[\w-]{1,14} ){1,5}?(?:ab|aus|raus|heraus)\s*[.!]?$",
        r"bitte keine (?:weiteren |weitere )?(?:e-?mails?|mails|nachrichten|werbung|newsletter|anrufe|werbemails)(?: mehr)?\s*[.!]?$|(?:wünsche|wünschen|möchte|möchten|will|wollen) (?:\w{2,10} ){0,3}?keine(?:n|rlei)? (?:weitere[nr]? )?(?:kontaktaufnahmen?|kontakt|kontaktierung|zusendung\w*|zusendungen|anrufe)\b|von (?:weiteren|jeglichen|künftigen|weiterer) (?:e-?mails?|mails|anrufen|nachrichten|kontaktaufnahmen?|kontaktversuchen|zusendungen|anfragen) (?:bitte )?(?:ab|abzusehen|absehen)\b",
        r"(?:schreiben|mailen|kontaktieren|schicken|senden|rufen|belästigen) sie (?:mir|uns|mich) (?:bitte )?(?:nicht mehr|nicht weiter|nicht länger|nicht noch einmal|nie wieder|nie mehr|keine (?:weiteren )?(?:e-?mails?|mails|nachrichten|werbung|newsletter|angebote))(?! (?:vor|am|bis|in|heute|diese))",
        r"(?:schreib|mail|kontaktier|schick|ruf)e?t? (?:mir|uns|mich) (?:bitte )?(?:nicht mehr|nie wieder|keine (?:weiteren )?(?:e-?mails?|mails|nachrichten|werbung))",
        r"(?:keine|keinerlei) (?:weiteren |weitere )?(?:e-?mails?|mails|nachrichten|werbung|newsletter|kontaktaufnahmen?|werbemails|anrufe)(?: mehr)?(?: (?:von ihnen|zu|zusenden|schicken|senden|erhalten|bekommen|wünschen|wünsche|an mich|an uns|bitte))+",
        r"(?:nicht (?:mehr|weiter|länger)) (?:\w{2,12} )?(?:von ihnen )?(?:kontaktiert|angeschrieben|angemailt|angerufen|belästigt|zu kontaktieren|kontaktieren|anzuschreiben|anschreiben|angesprochen)",
        r"(?:unterlassen|stoppen|beenden) sie (?:bitte )?(?:weitere |die |diese |jede |das )?(?:\w{2,14} )?(?:e-?mails?|mails|nachrichten|kontaktaufnahmen?|werbung|zusendung\w*|kontakt|anrufe|anschreiben)",
        r"hören sie (?:bitte )?(?:endlich )?auf,? (?:mir|uns|mich)|lassen sie (?:mich|uns) (?:bitte )?in ruhe|lass (?:mich|uns) in ruhe",
        r"(?:nehmen|streichen|löschen|entfernen|tragen|nimm|streich|lösch|entfern)\w* (?:sie )?(?:bitte )?(?:mich|uns|unsere (?:firma|adresse|daten|e-?mail-?adresse\w*)|unser (?:unternehmen|team)|meine (?:adresse|daten|e-?mail-?adresse|e-?mail|kontaktdaten|mailadresse)|diese adresse)(?: \w{1,14}){0,3} (?:aus|von|vom) (?:\w{2,12} )?(?:\w{0,20}(?:verteiler|liste|datenbank|system|mailingliste|adressliste|newsletter|kartei)\w{0,3}|crm)",
        r"(?:abmelden|austragen|newsletter abbestellen|abbestellen)\s*[.!]?$|^(?:bitte )?abmelden|ich (?:möchte|will) mich (?:\w{2,12} ){0,3}(?:abmelden|austragen)|unsubscribe|(?:möchte|möchten|wünsche|wünschen|will|wollen) (?:\w{2,12} )?(?:keine|keinen|nichts) (?:weiteren |weitere |mehr )?(?:e-?mails?|mails|nachrichten|kontakt|werbung|von ihnen)(?! (?:vor|bis))",
    ),
    "not_stop": cue(r"unsere (?:kunden|nutzer|anwender)|(?:wie|wo) (?:kann|können)"),
    "company": cue(
        r"wir (?:wünschen|möchten|wollen|bitten)",
        r"uns|unser|unsere|unserer|unseren|unserem|niemanden|alle (?:mitarbeiter|kollegen)|unsere firma|unser unternehmen|die ganze firma",
    ),
    "missed": cue(
        r"(?:habe|haben) es (?:(?!noch)\w{2,14} ){0,4}?nicht (?:(?:in|zu|zum|zur|ins|an) (?:\w{2,16} ){1,3}?)?geschafft(?!,? (?:das|die|den|ihr|zu|mir|uns|es))|(?:dass|weil) ich (?:\w{2,12} ){0,4}?(?:nicht (?:da|dabei|erschienen|am telefon)|gefehlt)",
        rf"(?:unser(?:en|e|er|em)?|den|das|die|ihren|ihre|heutigen|heutige|gestrigen|gestrige) (?:\w{{2,14}} ){{0,3}}?\w{{0,14}}{MEETING}\w{{0,3}} (?:\w{{2,14}} ){{0,7}}?(?:verpasst|versäumt|vergessen|verschwitzt|verschlafen|verpennt)",
        rf"(?:habe|haben|hab) (?:\w{{2,14}} ){{0,4}}?\w{{0,14}}{MEETING} (?:\w{{2,14}} ){{0,4}}?(?:verpasst|versäumt|vergessen|verschwitzt|verschlafen)",
        r"(?:konnte|konnten) (?:\w{2,14} ){0,6}?nicht (?:\w{2,14} ){0,3}?(?:teilnehmen|dabei sein|kommen|dazukommen|erscheinen|da sein|einwählen|wahrnehmen|einhalten|dazustoßen)",
        rf"(?:es )?(?:leider )?nicht (?:\w{{2,14}} ){{0,2}}?(?:zum|zu unserem|zur|in den|in das|ins) (?:\w{{2,14}} )?{MEETING} geschafft|(?:habe|haben) es (?:\w{{2,14}} ){{0,4}}?nicht geschafft",
        r"(?:entschuldigung|sorry|verzeihung|tut mir leid|entschuldigen sie)[,]? (?:\w{2,14} ){0,5}?(?:verpasst|versäumt|nicht da war|nicht dabei war|nicht erschienen|vergessen)",
        r"(?:ist|war) (?:\w{2,14} ){0,3}?(?:etwas )?dazwischengekommen",
    ),
    "not_missed": cue(
        r"(?:muss|müssen) (?:\w{2,14} ){0,6}?(?:absagen|verschieben|verlegen)\b",
        r"(?:haben|hast|habt|konnten|konntest) (?:sie|du|ihr)\b",
        r"(?:sie|du|ihr) (?:haben|hast|habt|konnten|konntest) |(?:hat|haben) (?:er|sie) |nicht verpassen|ihren anruf verpasst|anruf von ihnen verpasst|deinen anruf verpasst|nichts verpasst|dazwischengekommen sein",
    ),
    "refusal": cue(
        r"(?:kommt|kommen) (?:[\w-]{2,16} ){0,5}?nicht in betracht\b",
        r"nicht weiter zu verfolgen\b",
        r"(?:für|fuer) (?:die |das |den )?\w{3,16} (?:eines?|einer|von) (?:ander\w{2}|mitbewerber\w{0,2}|wettbewerber\w{0,2}|konkurrenten|konkurrenz)\b.{0,12}\bentschieden|(?:müssen|muss) (?:wir |ich )?(?:sie|dich|euch) (?:\w{2,8} )?enttäuschen\b",
        r"(?:für|fuer) (?:den|die|einen) (?:mitbewerb|konkurrenz|wettbewerb)\b.{0,20}\bentschieden|(?:abgeblasen|eingestampft)\b|(?:da|hier|damit|wir) (?:sind|bin) (?:wir |ich )?(?:hier |da |damit |leider |also )*raus(?=\s*[.!,]|$)",
        r"(?:projekt|vorhaben|thema|planung|anschaffung) (?:\w{2,10} ){0,3}?vom tisch\b",
        r"pass(?:t|en) (?:\w{2,8} )?(?:leider )?nicht zu (?:unser\w{0,2}|dem|den)|(?:entspricht|entsprechen|erfüllt) (?:\w{2,8} )?nicht (?:unser\w{0,2}|den)|dagegen (?:ausgesprochen|gestimmt|votiert)|(?:wir )?(?:lösen|machen) (?:wir )?das (?:\w{2,8} )?(?:selbst|selber|intern)\b",
        r"nicht (?:weiterzuverfolgen|fortzuführen|fortzusetzen|umzusetzen|anzuschaffen|zu (?:kaufen|beauftragen|verlängern|bestellen))|entscheidung (?:\w{2,12} ){0,3}?gegen\b|entscheidung (?:\w{2,12} ){0,3}?(?:negativ|nicht zu ihren gunsten)",
        r"(?:müssen|muss) (?:wir |ich )?(?:ihnen|dir|euch) (?:\w{2,12} ){0,2}?absagen|(?:verfolgen|verfolge) (?:\w{2,14} ){0,4}?nicht (?:mehr )?weiter|(?:zuschlag|auftrag|wahl|entscheidung) (?:\w{2,12} ){0,3}?(?:ging|geht|fiel|gefallen|gegangen|vergeben)?(?:\w{2,12} ){0,2}?(?:an|auf|zugunsten) (?:einen |eine |ein |eines |die |den )?(?:ander|mitbewerb|wettbewerb|konkurr|lokal)\w{0,8}",
        r"(?:für|fuer) (?:die|den|das) (?:konkurrenz\w{0,12}|mitbewerber|wettbewerber|andere\w? \w{3,16}) entschieden|(?:nehmen|nehme) (?:[\w-]{1,14} ){0,5}?nicht an\b|abstand (?:genommen|nehmen)|(?:nehmen|nehme) (?:[\w-]{1,14} ){0,4}?abstand\b|(?:machen|mache) (?:[\w-]{1,14} ){0,3}?nicht (?:weiter|mit)\b|nicht mehr in (?:der )?(?:auswahl|engere)",
        r"(?:gegen (?:ihr|das|dieses|den|die|ihre|sie|es|eine|einen)(?: \w{2,20}){0,3}? entschieden|dagegen entschieden|haben uns dagegen)",
        r"(?:für|fuer) (?:einen|eine|ein) (?:ander\w{2,3}|anderweitig\w*|mitbewerber|wettbewerber|lokalen|günstiger\w*)(?: \w{2,20}){0,2}? (?:entschieden|ausgesprochen)|(?:uns|mich) anderweitig (?:entschieden|orientiert)|anderweitig (?:entschieden|vergeben|beauftragt|orientiert)",
        r"(?:kein|keinen|ohne) (?:interesse|bedarf)|nicht (?:mehr |weiter )?interessiert|kein thema (?:mehr )?für uns|nichts für uns|kommt (?:für uns )?(?:leider )?nicht (?:in ?frage|infrage)",
        r"(?:einen|einem|mit einem|beim|zum) (?:ander\w{2} (?:anbieter|lieferanten|dienstleister|partner)|mitbewerber|wettbewerber|konkurrenten)\w* (?:beauftragt|gewählt|ausgewählt|gegangen|unterschrieben|genommen|zusammen|weiter|abgeschlossen)",
        r"(?:sagen|sage|absagen|müssen) (?:ihnen |wir |ich )?(?:\w{2,12} ){0,2}?ab\b(?! \d)|(?:wir|ich) (?:müssen|muss) (?:ihnen )?(?:leider )?(?:ab|absage erteilen)|(?:lehnen|lehne) (?:\w{2,14} ){0,4}?ab\b|(?:ihr|das|dieses) angebot (?:\w{2,14} ){0,3}?(?:abgelehnt|ablehnen|nicht annehmen)|abgelehnt",
        r"(?:projekt|vorhaben|planung|ausschreibung|beschaffung) (?:\w{2,14} ){0,3}?(?:gestrichen|gestoppt|abgesagt|eingestellt|beendet|abgebrochen|begraben|gestorben)|kein projekt (?:\w{2,14} ?){0,3}|(?:es gibt|gibt es) (?:\w{2,14} ){0,3}?kein projekt",
        r"(?:verzichten|verzichte) (?:\w{2,14} ){0,3}?(?:darauf|auf)|nicht (?:weiter ?)?(?:verfolgen|weiterverfolgen|umsetzen|beauftragen|bestellen|kaufen|fortführen|weitermachen)(?! vor)|nein,? danke|danke,? nein|brauchen (?:\w{2,14} ){0,3}?nicht mehr|nicht mehr (?:nötig|erforderlich|benötigt|gebraucht|aktuell|relevant)|bleiben (?:\w{2,14} ){0,2}?(?:bei|beim) (?:\w{2,14} ){0,2}?(?:anbieter|lieferanten|system|lösung|dienstleister)",
    ),
    "not_refusal": cue(r"noch nicht (?:dagegen )?entschieden|nicht abgelehnt|nicht dagegen entschieden|falls|wenn sie kein"),
    "doubt": cue(
        r"(?:keinen|kaum einen) (?:\w{2,10} )?(?:mehrwert|nutzen)\b|den (?:\w{2,10} )?(?:mehrwert|nutzen|vorteil) (?:[\w-]{2,16} ){0,8}?(?:noch )?nicht\b",
        r"(?:bekomme|bekommen|kriege|krieg|kriegen|bringe|bringen) (?:ich|wir) (?:das|es|so was|so etwas) (?:\w{2,8} )?(?:nie|nicht|niemals|kaum) (?:\w{2,8} )?durch\b",
        r"zu viel geld\b",
        r"überzeug(?:t|en) (?:mich|uns) (?:\w{2,10} )?nicht\b",
        r"(?:ganz schön|sehr|so|ziemlich|schon|eine menge|verdammt) (?:viel )?geld\b|ob (?:sich )?(?:das|es|sich das|das sich) (?:\w{2,10} )?(?:rechnet|lohnt|trägt)|bauchschmerzen|bauchweh|magenschmerzen|kopfzerbrechen",
        r"(?:über|jenseits) (?:unsere[nr]?|meine[nr]?|den|dem,? was) (?:\w{2,14} )?(?:vorstellungen|möglichkeiten|wir)|(?:tut|tun) sich (?:\w{2,10} )?schwer\b|(?:wettbewerb\w{0,4}|mitbewerber|konkurrenz|anbieter|angebot|alternative) (?:ist|war|liegt|wäre) (?:\w{3,12} ){0,2}?(?:günstiger|billiger|preiswerter)",
        r"(?:übersteigt|überschreitet) (?:\w{2,12} ){0,2}?(?:budget|rahmen|möglichkeiten)|(?:günstiger|billiger) (?:vorgestellt|gedacht|erwartet)",
        r"sprengt (?:\w{2,14} ){0,2}?(?:rahmen|möglichkeiten)|(?:anbieter|angebote?|mitbewerber|konkurrenz|alternative) (?:\w{2,12} ){0,3}?(?:günstiger|billiger|preiswerter)|(?:weiß|weiss|wissen) (?:noch )?nicht(?: recht| so recht)?,? (?:ob (?:wir|ich|das|es|sich))|(?:nicht|kaum) (?:zu )?(?:stemmen|finanzierbar|darstellbar|leistbar|drin)\b|schwer(?:e)? (?:zu überzeugen|im vorstand)",
        r"(?:kein|keinen|keine|zu wenig|nicht genug|nicht genügend|nicht das|begrenztes|knappes|fehlendes|fehlt (?:\w{2,12} ){0,3}?das|fehlen (?:\w{2,12} ){0,3}?die) (?:\w{2,14} ){0,2}?(?:budget|geld|mittel|kapazitäten?|ressourcen|zeit dafür)",
        r"budget (?:\w{2,14} ){0,5}?(?:nicht|eingefroren|gestrichen|gekürzt|ausgeschöpft|aufgebraucht|knapp|gesperrt|überschritten|verplant)|budgetsperre|ausgabenstopp|investitionsstopp|(?:ausgaben|mittel|investitionen) (?:\w{2,14} ){0,3}?(?:eingefroren|gesperrt|gestoppt)|über (?:\w{2,14} )?budget|sprengt (?:\w{2,14} )?budget",
        r"(?:zu|etwas|ziemlich|recht|sehr|relativ) (?:teuer|hoch|kostspielig|aufwendig|aufwändig|komplex|riskant|früh)\b",
        r"(?:nicht|noch nicht|nicht ganz|noch) (?:ganz |so |völlig |wirklich |recht |hundertprozentig )?(?:sicher|überzeugt|unsicher|unentschlossen|entschieden|soweit|so weit)|(?:unsicher|unschlüssig|skeptisch|unentschlossen|zögerlich|zögern)\b|(?:bin|sind) (?:\w{2,12} ){0,2}?(?:nicht sicher|unsicher|skeptisch)",
        r"(?:bedenken|zweifel|vorbehalte)\b|(?:schwer|schwierig) (?:\w{2,12} ){0,3}?(?:zu (?:rechtfertigen|begründen|vermitteln|verkaufen)|durchzusetzen|vermittelbar)|(?:müssen|muss|möchten|möchte) (?:\w{2,14} ){0,4}?(?:überlegen|überdenken|nachdenken|überschlafen|darüber schlafen)",
        r"(?:noch )?(?:keine|nicht) (?:\w{2,14} )?(?:entscheidung|entschieden)|(?:nicht|kaum) leisten|(?:falscher|schlechter|ungünstiger|nicht der richtige|kein guter) zeitpunkt|günstiger(?:es|e|en)? (?:angebot|angebote|anbieter|alternative)|andere (?:prioritäten|themen)|keine priorität|niedrige priorität|(?:preis|kosten) (?:\w{2,14} ){0,3}?(?:zu hoch|problem|hoch)",
    ),
    "ponder": cue(r"(?:überlegen|nachdenken|nachzudenken|bedenken|(?:darüber|drüber) schlafen)\b"),
    "not_doubt": cue(
        r"(?:keine|ohne) (?:\w{2,12} )?(?:zweifel|bedenken|vorbehalte)|nicht (?:zu|so|sehr) (?:teuer|hoch|aufwendig)|falls sie"
    ),
    # a meeting moved away from its day, not to it
    "not_callback": cue(
        r"(?:termin|treffen|gespräch|besprechung|call|meeting|besuch) (?:am|vom|um) (?:(?!auf\b)[\w.:,]{1,14} ){1,5}?(?:verschieben|verlegen|absagen|vertagen)"
    ),
    "deferral": cue(
        r"(?:schieben|verschieben|vertagen|legen) wir(?:'s|s| es| das| das thema)\b|vorher (?:\w{2,10} ){0,4}?(?:nichts|nix|nicht|keinen sinn)\b",
        r"kommen wir (?:[\w.]{1,12} ){0,3}?darauf zurück\b|wir kommen (?:[\w.]{1,12} ){0,6}?darauf zurück\b",
        r"wir (?:sprechen|reden|telefonieren|hören|sehen|treffen|machen|setzen|schauen)(?: uns)? (?:[\w.]{1,12} ){1,5}?(?:weiter|wieder|fort|erneut|nochmals?|noch mal|an)\b|(?:setzen|führen) wir (?:[\w.]{1,14} ){1,6}?fort",
        r"(?:nächstes jahr|kommendes jahr|nächstes quartal|nächsten monat) (?:gerne|gern)\b|(?:stelle|stellen|schieben|schiebe|verschiebe|legen|lege|liegt|liegen) (?:[\w-]{1,16} ){0,5}?(?:zurück|auf eis|auf\b)|(?:gern|gerne) (?:wieder|dann)\b",
        CALL_US,
        rf"(?:lassen sie uns|lass uns|lasst uns|können wir|könnten wir|sollten wir|sollen wir|wollen wir|wir können|wir könnten|wir sollten|wir würden|wir möchten|wir wollen|ich würde|ich möchte|am besten|gerne|gern|würde gerne|vielleicht|vorschlagen|vorschlag|schlage vor|würden wir|möchten wir|werden wir|wir werden|ich schlage vor,? dass wir|dass wir)(?: [\w.,-]{{1,16}}){{0,9}}? {LATER0}",
        r"(?:sprechen|telefonieren|hören|reden|treffen|sehen|schauen|starten|beginnen|entscheiden|befassen|machen|unterhalten|kümmern|verschieben|vertagen|melden|setzen) wir(?: uns)?\b",
        r"(?:verschieben|verschoben|vertagen|vertagt|zurückstellen|zurückgestellt|auf eis|pausieren|pausiert|ruht|ruhen|warten|abwarten|aufschieben|aufgeschoben|hintangestellt|auf später|zurückstellen)\b",
        r"(?:nicht|nichts|kein|keine|keinen|frühestens) (?:[\w.-]{1,16} ){0,5}?(?:vor|bevor)\b|frühestens\b|vor (?:\w{1,14}\.? ){1,4}?(?:[\w]{1,12} ){0,6}?(?:nichts?|nix|keine?n?)\b",
        r"(?:erst|lieber|eher|besser|vielleicht|am besten|am liebsten|wieder|nochmals?|noch ?mal|erneut|dann|gerne|gern) (?:wieder |erst |gerne |gern |dann |bitte )?(?:im|in|nach|ab|anfang|mitte|ende|nächste\w{0,2}|kommende\w{0,2}|am|zu|zum|mit)\b",
        r"(?:im|in|nach|ab|anfang|mitte|ende|nächste\w{0,2}|kommende\w{0,2}) (?:\w{1,14}\.? ){1,5}?(?:wieder|nochmals?|noch ?mal|erneut|besser|passt|passen|zeit|ginge|geht)\b",
        r"(?:wäre|ist|passt|passt uns|ginge|geht) (?:\w{2,12} ){0,3}?(?:besser|realistischer|günstiger|gut|ideal|möglich)\b|(?:passt|ginge|geht)\b",
    ),
    # what becomes of things and seasons: "Die Saison beginnt wieder im Mai"
    "supposes": cue(r"^(?:wenn|falls|sofern) (?:wir|ich|man|sie|das|die|der)\b"),
    "not_deferral": cue(
        r"^(?:und |auch |denn )?(?:das (?!ist|wäre|wird|geht|ginge|passt|würde|können|kann|könnte|muss|müss|mach|schau|lass|soll|hat|klär|nehm|besprech|verschieb|stell|entscheid|verleg|vertag|thema|themen|projekt|ganze|gespräch|treffen|vorhaben|budget|angebot|nächste|neue jahr|erste|zweite|dritte|vierte|sehen|werden|sollten|reicht|eilt|bitte|hängt|dauert|liegt|ruht)\w{1,30}"
        rf"|(?:der|die|unsere?r?|mein|meine) (?!\w+ (?:entscheide|beschließ|befinde|tag)|thema|entscheidung|sache|termin|investition|anschaffung|frage|budget|mittel|gelder|beste|nächste|erste|zweite|dritte|vierte|letzte|kommende|planung|umsetzung|woche|zeit|mitte|tage|kolleg|(?:{alt(MONTHS)}|{alt(WEEKDAYS)}|chef)\b|projekt)\w{{1,30}})",
        r"(?:in betrieb|auf (?:der|einer|die) \w{0,12}messe|öffnen|eröffnen|umziehen|ziehen wir (?:um|in))\b|(?:im|in der|am|ende|anfang|mitte) [\w. ]{2,20} geht (?:[\w.-]{1,14} ){0,4}(?:nichts|nicht|kein)\b",
    ),
    "habit": cue(
        r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|vormittag|nachmittag|abend|morgen)s\b|jede[nrsm]? (?:[\w.]{2,10} )?(?:tag|woche|monat|jahr|quartal|morgen|abend|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|winter|sommer|herbst|frühling|frühjahr)\b|meist(?:ens)?\b|üblicherweise|normalerweise|gewöhnlich|in der regel|(?<!wie\x20)immer(?! (?:noch|wieder))\b"
    ),
    "no_wait": cue(
        r"(?:nicht|nicht erst|nicht extra|nicht mehr) (?:bis |auf )(?:[\w.]{1,14} ){1,3}?(?:zu )?warten\b|kein grund zu warten",
    ),
    "politely": cue(
        r"bitte|gerne?",
    ),
    "tag": cue(
        r"^(?:ja|ok|okay|einverstanden|in ordnung|oder|passt das|geht das|wäre das (?:ok|okay|möglich|in ordnung)|ist das (?:ok|okay|in ordnung))\s*\?*$",
    ),
    "resumes": cue(
        r"(?:wieder|nochmals?|noch ?mal|noch einmal|erneut|aufgreifen|weiter\w*|fortsetzen)\b",
    ),
    "nth": cue(
        r"(?:der|die|das|den|dem) (?:(?P<first>erste[nr]?)|(?P<second>zweite[nr]?)|(?P<third>dritte[nr]?)|(?P<last>letzte[nr]?)|(?P<earlier>frühere[nr]?)|(?P<later>spätere[nr]?))\b(?! (?:quartal|halbjahr|monat|woche|stock))",
    ),
    "unreal": cue(
        r"^(?:und |aber )?(?:wenn|falls|sollte) (?!sie\b|du\b|ihr\b).{0,60}, ?(?:dann )?müssten? (?:wir|ich|man)\b",
    ),
    "for_now": cue(
        r"(?:derzeit|aktuell|momentan|zur ?zeit|im moment|im augenblick|dieses jahr|heuer|vorerst)(?: \w{2,12}){0,4} (?:kein|keinen|keine) (?:\w{2,12} )?(?:bedarf|interesse|projekt)\b|(?:kein|keinen) (?:bedarf|interesse)(?: \w{2,12}){0,2} (?:derzeit|aktuell|momentan|zur ?zeit|im moment|im augenblick|dieses jahr|heuer|vorerst)\b",
    ),
    "asks_leave": cue(
        r"(?<=,\x20)(?:ok|okay|ja|einverstanden|in ordnung)\s*\?$",
    ),
    "puts_off": cue(
        r"(?:stelle|stellen|schieben|schiebe|legen|lege) (?:[\w-]{1,16} ){0,5}?(?:zurück|auf eis)\b",
        r"(?:verschieben|verschoben|vertagen|vertagt|zurückstellen|zurückgestellt|auf eis|pausieren|pausiert|aufgeschoben|aufschieben|auf später)\b",
        r"(?:später (?:im|in diesem|dieses) (?:jahr|jahres|monat|quartal)|zu einem späteren zeitpunkt|zu gegebener zeit|irgendwann|ein andermal|ein anderes mal|nicht jetzt|jetzt nicht|im moment nicht(?! (?:im|erreichbar|am|da|in|auf))|(?:derzeit|aktuell|momentan|zur ?zeit) nicht(?! (?:im|erreichbar|am|da|verfügbar|in|auf|außer))|vorerst nicht|noch nicht jetzt|in (?:ein paar|einigen) (?:wochen|monaten)|wenn (?:es|die lage|alles) (?:\w{2,14} )?(?:ruhiger|passt|besser))",
        r"^(?:vielleicht|eventuell|evtl\.?|womöglich|möglicherweise) (?:später|nächste\w{0,2}|nach|im|in)\b|(?:melden|rufen|schreiben)\b.{0,30}\bspäter\b|(?:kommen|versuchen|probieren|fragen) sie .{0,30}\bspäter\b",
    ),
    "callback": cue(CALL_US),
    "callback_start": cue(
        r"^(?:dann |bitte )?(?:melden|meld|rufen|ruf|kontaktieren|schreiben|sprechen|telefonieren|lassen|lass|können|könnten|kommen|bitte)\b"
    ),
    "talk": cue(
        r"(?:sprechen|telefonieren|reden|treffen|unterhalten|austauschen|besprechen|zusammensetzen|anschauen|ansehen|hören|sehen|schauen|wir uns)\b"
    ),
    "again": cue(
        r"(?:wieder|nochmals?|noch ?mal|erneut|verschieben|vertagen|warten|aufgreifen|weiter\w*|später|fortsetzen|zurückkommen|erst)\b"
    ),
    "any_when": cue(
        r"(?:bis )?nach (?:dem|der|meinem|meiner|unserem|unserer|unseren) [a-zäöüß-]{4,24}\b",
        r"(?:wenn|sobald|nachdem) (?:wir|die|das|der|unser|unsere|ich|alles|es)\b(?! (?:zeit|kurz|eine minute))",
    ),
    "promise": cue(
        r"(?:unser|unsere|mein|meine) [\w-]{3,20} .{0,60}\bund (?:meldet sich|kommt auf (?:sie|dich|euch)|(?:gibt|schickt|sendet) (?:ihnen|dir|euch))\b",
        r"(?:ich|wir) (?:\w{2,14} ){0,2}?(?:geb|meld|ruf|sag|klär|prüf|bring|frag|schreib|send|mail|liefer|leit)\b|(?:geb|meld|ruf|sag|klär|prüf|bring|frag|schreib|send|mail|liefer|leit) ich\b|(?:und|dann) (?:geb|meld|ruf|sag|klär|prüf|bring|frag|schreib|send|mail|liefer|leit) (?:dir|ihnen|euch)\b",
        r"(?:bis|spätestens)(?: [\w.:-]{1,14}){1,4}? (?:habe|haben|hab) (?:ich|wir) (?:[\w]{1,12} ){0,3}?\w{0,12}(?:freigabe|antwort|zahlen|angebot|entscheidung|unterlagen|rückmeldung|ergebnis|ergebnisse|unterschrift|daten|vertrag|klarheit)\b(?! (?:\w{2,8} )?(?:erhalten|bekommen|gesehen|gelesen|geschickt|nicht))",
        r"(?:bis|am|spätestens|ende|anfang|morgen)(?: [\w.:,-]{1,14}){0,4}? (?:liegt|liegen) (?:ihnen|dir|euch)\b",
        r"(?:bekommst|kriegst|erhältst|hast) du\b(?= (?:[\w.,:/-]{1,24} ){0,6}?(?:bis|am|morgen|heute|nächste|spätestens|ende|anfang|kommende|innerhalb|in)\b)",
        r"(?:das|es|die|sie|den vertrag|das angebot|alles) (?:bekommst|kriegst|bekommen|kriegen|erhältst|erhalten|hast|haben) (?:du|sie|ihr) (?:\w{2,10} ){0,2}?(?:heute|morgen|bis|am|noch|spätestens)\b",
        r"(?:der|die|unser|unsere|mein|meine) (?:kolleg\w{1,3}|chef\w{0,2}|einkauf|rechtsabteilung|buchhaltung|kollegin)(?: [\w-]{2,16}){0,3} (?:meldet|melden|schickt|schicken|sendet|ruft|gibt|kommt)\b(?= (?:[\w.,:/-]{1,24} ){0,10}?(?:bei|ihnen|dir|euch|bescheid|auf sie|zurück)\b)",
        rf"(?:hoffe|hoffen)(?=,? (?:[\w.:-]{{1,16}} ){{1,10}}?(?:zu können|{SEND0}))",
        r"(?:bis|am|heute|morgen|übermorgen|nächste|ende|spätestens)(?: [\w.:-]{1,14}){0,4}? (?:kommt|kommen|folgt|folgen|geht|gehen) (?:die|der|das|unser|unsere|mein|meine|ihnen|euch)\b",
        r"(?:bis|am|heute|morgen|übermorgen|nächste|kommende|ende|anfang|spätestens)(?: [\w.:-]{1,14}){0,4}? (?:bekommen|kriegen|erhalten|hören|haben|bekommst|erhältst|hörst|hast) (?:sie|du)\b(?! (?:schon|bereits|zeit|lust|noch|interesse|kurz|eventuell|vielleicht))",
        rf"{WE} (?:[\w-]{{2,14}} ){{0,2}}?{SEND1}\b(?! ?(?:wir|wollen|möchten|können|müssen|nicht)\b)",
        rf"(?:und |dann |gerne |gern |morgen |heute )?{SEND1} {WE}\b(?! uns (?:sehen|sprechen))",
        rf"(?:und|dann|,) (?:\w{{2,12}} ){{0,3}}?{SEND1}(?= (?:{YOU}|uns|mich|bei|auf|das|die|den|bis|am|es))",
        rf"{WE} (?:werde|werden|kann|können|versuche|will|wollen)(?= (?:[\w.,:/-]{{1,24}} ){{0,14}}?{SEND0}\b)",
        rf"(?:werde|werden|kann|können) {WE}(?= (?:[\w.,:/-]{{1,24}} ){{0,14}}?{SEND0}\b)",
        r"(?:sie|du|ihr) (?:bekommen|kriegen|kriegst|erhalten|haben|hören|bekommst|erhältst|hast|hörst|werden)\b(?= (?:[\w.,:/-]{1,24} ){0,10}?(?:bis|am|morgen|heute|nächste|spätestens|ende|anfang|kommende|noch|im laufe|innerhalb|in|von (?:mir|uns)))",
        r"(?:bekommen|kriegen|erhalten|hören|haben) sie\b(?= (?:[\w.,:/-]{1,24} ){0,6}?(?:bis|am|morgen|heute|nächste|spätestens|ende|anfang|kommende|noch|innerhalb|in|von (?:mir|uns))\b)",
        r"(?:geht|gehen|folgt|folgen|kommt|kommen) (?:ihnen )?(?:\w{2,12} ){0,3}?(?:bis|am|morgen|heute|nächste|spätestens|ende|zu|raus|noch)\b",
        rf"(?:mein|meine|unser|unsere) [\w-]{{2,20}}(?: [\w-]{{2,20}})?(?: [\w-]{{2,20}})? (?:wird|werden|schickt|sendet|meldet|ruft)(?= (?:[\w.,:/-]{{1,24}} ){{1,12}}?(?:{SEND0}|sich|an)\b|(?= {YOU}))",
    ),
    "firm": cue(
        r"(?:liegt|liegen|geb|ruf|schreib|meld)\b",
        r"(?:kolleg\w{1,3}|chef\w{0,2}|einkauf|rechtsabteilung|buchhaltung)\b",
        r"(?:ich|wir|sie|du|ihr|mein|meine|unser|unsere|geht|gehen|folgt|folgen)\b",
    ),
    "soft": cue(r"kann|können|kommt|versuche|kommt|kommen"),
    "not_promise": cue(
        r"(?:nicht|kein|keine|keinen|nie|niemals|kaum)\b",
        r"(?:wir|ich) (?:haben|habe|hatten|hatte|bekommen|erhalten)\b|(?:bitte )?(?:senden|schicken|melden|rufen|geben|teilen|kommen|stellen|bringen|schreiben|prüfen|klären|lassen|bestätigen) sie\b|(?:könnten|können|würden) sie",
    ),
    "no_promise_after": cue(
        r"(?:schicke|schick|sende|stelle|erstelle) (?:ich )?(?:dir |ihnen |euch |uns )?(?:gleich |noch |dann )*(?:eine|die|den) (?:\w{0,9})(?:einladung|kalendereintrag|terminanfrage)(?: raus)?\s*[.!]?$",
        r"(?:q ?[1-4]|quartal|jahr|halbjahr|januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)(?: [\w.]{1,12}){0,2} kommen wir (?:[\w.]{1,12} ){0,3}?darauf zurück\b|wir kommen (?:[\w.]{1,12} ){0,3}?(?:q ?[1-4]|quartal|jahr|halbjahr|januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember) (?:\w{2,10} ){0,2}?darauf zurück\b",
        r"(?:anbei|im anhang|hiermit|beiliegend|beigefügt|in der anlage|als anlage)\b",
        r"termin\b.{0,40}\bbestätige|bestätigen?\b.{0,30}\btermin|(?:machen|nehmen|sagen) wir (?:dann |also |doch )?(?:den|am|um|montag|dienstag|mittwoch|donnerstag|freitag|gerne|gern)\b|so machen wir|machen wir (?:so|das so|es so)",
        r"(?:nicht|keine?n?|nie|niemals|kaum)\b",
    ),
    "condition": cue(r"(?:wenn|falls|sobald|sofern|nachdem|sollten) (?:sie|du|ihr)\b"),
    "and_noun": re.compile(r"und\s+(?!(?:Sie|Ihnen|Ihr)\b)[A-ZÄÖÜ]"),
    "named": re.compile(r"(?<!\w)(?:es|das|dies|sie alle|etwas|bescheid)(?!\w)"),
    "article": re.compile(r"\s*(?:die|das|den|eine?n?|unsere?n?|meine?n?|ihre?n?)\s"),
    "dated_thing": re.compile(
        r"(?<!\w)(?:für|über|zum|zur) (?:(?:den|die|das|der|dem|einen|eine|ein|unseren|unsere|ihren|ihre) )?[^\W\d][\w-]{2,24} (?:im |in |am |vom |von |für )?\0"
    ),
    "foreign": re.compile(r"(?<!\w)(?:vom|von|für|seit|des|zum thema)(?: (?:dem|den|das|die|der))?\s{1,3}\0"),
    "intention_only": cue(
        r"(?:kläre|klären|prüfe|prüfen|frage|fragen|kümmere|kümmern|entscheide|entscheiden|bespreche|mache|machen)\b(?!.{0,60}(?:\bund\b|melde|bescheid|zurück))"
    ),
    "on_hold": cue(r"auf eis|verschoben|vertagt|zurückgestellt|pausiert|ruht"),
    "not_before": cue(
        r"vor (?:\w{1,14}\.? ){1,4}?(?:[\w]{1,12} ){0,6}?(?:nichts?|nix|keine?n?)\b|(?:nicht|nichts|kein|keine|keinen) (?:[\w.-]{1,16} ){0,5}?(?:vor|bevor)\b|frühestens\b|erst\b"
    ),
    "instead": cue(r"stattdessen|statt dessen|anstatt|anstelle"),
    "about_things": cue(r"(?:liefer|rechnung|zahlung|versand|paket|bestellung|reparatur|wartung)\w{0,14}"),
    "asks_if": cue(r"(?:ob|falls|wenn)\b"),
    "fits": cue(
        r"(?:passt|passen|passend|recht|möglich|geht|ginge|gehen|klappt|klappen|einrichten|in ordnung|ok|okay|genehm|funktioniert|besser)\b"
    ),
    "object_lead": re.compile(
        r"\s*(?:(?:wir|ich|ihnen|dir|euch|sie|es|ihm|mich|uns|gerne|gern|dann|auch|noch|sofort|umgehend|schnellstmöglich|dazu|hierzu|von mir|von uns|also|natürlich|selbstverständlich)\b\s*)*"
    ),
    "object_end": cue(
        rf"(?:bis|spätestens|am|im|in (?:den|der|einer|zwei|\d)|heute|morgen|übermorgen|nächste\w{{0,2}}|kommende\w{{0,2}}|diese|zu\b(?=[.,!]|$)|zur verfügung|und(?! (?:die|der|das|den|dem|eine?|einen|unsere?n?|meine?n?|ihre?n?) )|sobald|wenn|nach|gleich|bald|umgehend|noch|per (?:mail|e-?mail)|an (?:sie|dich)|für (?:sie|dich)|fertig|{SEND0}|ab\b|ein\b(?=$)|zukommen)\b",
        r"(?:am|im|in|zu|zum|für|an|auf)\s*$",
    ),
    "about": cue(
        r"(?:bezüglich|wegen|über|zum thema|mit)(?= \w)(?! (?:mir|uns|ihnen|dir|dem (?:team|kollegen|chef)|meine[mr]|unsere[mr]))"
    ),
    "fronted": re.compile(
        r"(?:^|[ ,])(?P<what>(?:der|den|die|das|ein|eine|einen|mein|meine|meinen|unser|unsere|unseren|ihr|ihre|ihren) [\w-]{3,24}(?: [\w-]{3,24}){0,3})\s*$"
    ),
    "speaks": re.compile(
        r"(?:meld(?:en?)?|ruf(?:en?)?|sag|frag|kommen?|antworten?|schreiben?|fragen?|klären?|kläre|prüfen?|prüfe|gebe|geben|informieren?|kümmere?n?|entscheiden?|hören|hört?|teilen?|(?:werde|werden|kann|können)(?= .{0,60}(?:melden|anrufen|antworten|zurückkommen|informieren|bescheid|entscheiden|klären|prüfen)))(?: (?:ich|wir))?\s*$"
    ),
    "pronoun": re.compile(
        r"(?:es|das|dies|dieses|ihnen|sie|ihn|alles|etwas|was|mich|uns|sich|bescheid|an|auf|zurück|zu|von uns|von mir|dir|wieder|ihnen bescheid|sich wieder|ihnen das|dazu|rückmeldung|eine rückmeldung|eine antwort)?(?: (?:wieder|zurück|bescheid|an))?"
    ),
    "intention": cue(
        r"(?:wir|ich) (?:werde|werden|überlegen|überlege|denken|denke|besprechen|bespreche|beraten|berate|schauen|schaue|prüfen|prüfe|sehen|sehe|klären|kläre|lassen|lasse|möchten|würden|müssen|wollen)\b(?: [\w-]{1,16}){0,8}? ?(?:nach|drüber|darüber|überlegen|besprechen|beraten|prüfen|anschauen|ansehen|durchlesen|an|intern|im (?:team|haus|kreis|vorstand|gremium)|mit (?:\w{2,12} ){0,2}?(?:team|chef|chefin|vorstand|kollegen|geschäftsführung|geschäftsleitung|partner)|in ruhe|bleiben|diskutieren|klären|melden|auf dem laufenden)",
        r"(?:lassen sie uns|lass uns|sprechen wir|wir hören uns|bis|hören uns|in) (?:\w{2,14} ){0,4}?(?:bald|demnächst|in kürze|verbindung|kontakt)\b",
        r"(?:bald|demnächst|in kürze|zeitnah) (?:\w{2,14} ){0,3}?(?:sprechen|telefonieren|treffen|melden|hören|austauschen)|(?:melde|melden) (?:\w{2,14} ){0,4}?(?:bald|demnächst|in kürze|zeitnah|sobald)|halte (?:sie|dich|euch) auf dem laufenden|ich überlege|wir überlegen|muss (?:ich|das) (?:erst )?(?:überlegen|besprechen)|so bald wie möglich",
    ),
    "not_time": cue(
        r"(?:bin|sind) (?:ich|wir) (?:(?!wieder)\w{2,10} ){0,3}?(?:auf|in|beim?) (?:\w{2,8} )?(?:schulung|\w{0,8}messe|fortbildung|montage|seminar|weiterbildung|sitzung|besprechung|kunden\w{0,8})\b",
        rf"(?:außer|ausser|nur nicht|bloß nicht) (?:am |den |diesen |kommenden |nächsten )?(?:{'|'.join(WEEKDAYS)})s?\b|^(?:bitte |aber |nur )*nicht (?:am |den |diesen |kommenden )?(?:{'|'.join(WEEKDAYS)})s?\b",
        r"(?:wird|ist|wäre) (?:es |das )?(?:\w{2,10} ){0,3}?(?:eng|knapp|stressig|dicht|voll)\b",
        r"(?:auf |einer )?(?:dienstreise|geschäftsreise)\b|auf reisen|außer haus|(?:gehen|kommen|liegen|liegt|käme|wird|werde|schaff|schaffen) (?:[\w.:-]{1,16} ){0,7}?(?:nicht|leider nicht|ungelegen|ungünstig)\b|(?:schon|bereits) (?:etwas vor|was vor|vergeben|belegt|besetzt|verplant|einen (?:anderen )?termin|termine)\b|einen (?:anderen|auswärtigen) termin|(?:habe|haben) (?:ich |wir )?(?:da |dort |leider |an dem tag )*(?:urlaub|frei)\b",
        r"(?:passt|passen|geht|ginge|klappt|klappen|funktioniert|schaffe|schaffen|kann|können|könnte|bin|sind|habe|haben|wäre|ist)\b(?:[ ,][\w.:-]{1,16}){0,7}? ?(?:nicht|keine zeit|leider nicht|schlecht|verhindert|unterwegs|im urlaub|ausgebucht|belegt|unmöglich|schon was|schon einen termin|einen anderen termin|ungünstig|schwierig|verplant|auswärts|außer haus|voll)\b",
        r"(?:leider )?(?:nicht (?:möglich|verfügbar|machbar|einrichten)|verhindert|keiner der|keines der|kein(?:er|es|e) (?:von|der|dieser)|beide termine nicht|weder)\b|(?:muss|müssen) (?:\w{2,14} ){0,6}?(?:absagen|verschieben|verlegen)\b|(?:überschneidet|kollidiert)",
    ),
    "that": cue(
        r"(?:an )?(?:beiden? )?(?:tagen|tage|termine|terminen)(?= )",
        r"das|dies|dieser|dieser termin|der termin|die termine|beide|beides|keiner|keines|der vorschlag|ihr vorschlag|weder|da\b|dann|die zeit|der (?:erste|zweite|dritte|letzte)",
    ),
    "accepts": cue(
        r"machen wir so,? (?:dann )?bis (?:dann|montag|dienstag|mittwoch|donnerstag|freitag|morgen)\b",
        r"^(?:bitte |dann |lieber |gerne? |nehmen wir |wir nehmen |ich nehme )*(?:den|die|das) (?:erste[n]?|zweite[n]?|dritte[n]?|letzte[n]?|früheren?|späteren?)(?: (?:termin|option|vorschlag|variante|slot))?(?: (?:bitte|dann|gerne|gern|danke))*\s*[.!]?$",
        r"(?:schicken|senden|stellen) sie (?:mir |uns )?(?:bitte |gerne |dann |einfach )*(?:die|eine|den) (?:\w{3,12})?(?:einladung|termin|kalendereintrag)\b|(?:schick|sende?) (?:mir |uns )?(?:bitte |gerne |dann |einfach |mal )*(?:die|eine|den) (?:\w{3,12})?(?:einladung|termin|kalendereintrag)\b",
        r"(?:der|die|das) (?:erste|zweite|dritte|letzte|frühere|spätere)(?: (?:termin|option|vorschlag|zeitpunkt|variante))? (?:wäre|ist|passt|ginge|geht)(?: (?:mir|uns|für (?:mich|uns)|da))? (?:lieber|besser|am besten|am liebsten|recht|gut)\b",
        r"(?:termin steht|ist (?:damit |also |somit )?fix|steht fest|steht der termin|der termin bleibt)\b",
        r"(?:dann )?(?:sehen|hören|sprechen|treffen) wir uns (?:dann |also )?(?:am|um|morgen|montag|dienstag|mittwoch|donnerstag|freitag)\b|dann (?:bleibt es|bleiben wir|telefonieren wir|sprechen wir|halten wir)\b|es (?:passt|geht|klappt)\b(?! nicht| leider)|geht sich (?:bei (?:mir|uns) |gut |locker )?aus|geht (?:klar|in ordnung)",
        r"(?:ich|wir) (?:nehme|nehmen|wähle|wählen|bevorzuge|bevorzugen|favorisiere|präferiere) (?:gerne |gern |dann |also )?(?:(?:den|die|das)(?= (?:\w{2,10} )?(?:erste|zweite|dritte|letzte|spätere|frühere|option|variante|slot|termin|vorschlag|zeit|uhrzeit|vormittag|nachmittag|\d|montag|dienstag|mittwoch|donnerstag|freitag))|lieber|montag|dienstag|mittwoch|donnerstag|freitag)|termin (?:[\w.:,]{1,16} ){0,6}?bestätige|bestätige (?:ich|wir)|(?:halte|halten|habe|haben) (?:[\w.:,]{1,14} ){0,4}?(?:frei|geblockt|eingetragen|vorgemerkt)\b",
        r"(?:das|dies|der (?:erste|zweite|dritte|letzte|frühere|spätere)(?: (?:termin|vorschlag))?|die (?:erste|zweite|dritte) (?:option|variante)|der termin|der vorschlag|ihr vorschlag|beides|beide(?: termine)?|termin) (?:\w{2,12} )?(?:passt|passen|geht|klappt|klappen|würde passen|wäre (?:gut|prima|super|ideal|mir recht)|ist (?:mir |uns |für uns |für mich )?(?:recht|ok|okay|in ordnung|gut|prima|perfekt|super)|funktioniert|nehmen wir|nehme ich)\b(?! nicht| leider| zusammen)",
        r"passt (?:mir|uns|für (?:mich|uns)|bei (?:mir|uns)|gut|prima|sehr gut|perfekt|super|bestens|wunderbar|hervorragend|genau)\b",
        r"(?:nehmen|nehme|machen|sagen) (?:wir|ich) (?:gerne |gern |dann |doch |also )?(?:den|das|die|am|um|montag|dienstag|mittwoch|donnerstag|freitag)\b|(?:einverstanden|abgemacht|bestätigt|gebongt|vereinbart)\b(?! (?:mit (?:dem preis|den))| war| hatten)",
        r"(?:ich|wir) (?:bestätige|bestätigen|nehme|nehmen|bin|sind|komme|kommen|merke|notiere|freue|freuen) (?:(?!nicht\b)[\w.:,]{1,16} ){0,5}?(?:den termin|dabei|da|gerne an|an|gerne|vor|ein)\b(?! (?:unser|ihr) (?:angebot))|^(?:(?:ja|gut|ok|perfekt|prima|danke|super|also|dann)[,!.]? ){0,2}bis (?:dann|montag|dienstag|mittwoch|donnerstag|freitag|morgen|nächste woche|übermorgen)\b(?=\s*(?:[.,!]|um|$))|(?:bin|sind) dabei|wir sehen uns (?:dann|am|montag|dienstag|mittwoch|donnerstag|freitag|morgen)|termin (?:ist )?(?:notiert|bestätigt|eingetragen)",
    ),
    "date_accepts": cue(
        r"haut (?:\w{2,8} )?hin\b|gebucht\b|trag(?:e)?(?:'s)? (?:ich )?(?:mir )?ein\b",
        r"(?:notiert|eingetragen|vorgemerkt|geblockt|reserviert|klingt (?:\w{2,6} )?(?:gut|prima|super|perfekt|ideal)|bin ich dabei|sind wir dabei|bestens|ausgezeichnet|hervorragend|soll (?:mir|uns) recht sein|passt|passen|klappt|geht (?:klar|in ordnung|gut|bei|für|auch)|geht|gerne|gern|bitte(?=\s*[.!]?$)|perfekt|prima|super|wunderbar|ok|okay|in ordnung|einverstanden|ist (?:gut|super|ok|okay|mir recht|perfekt|prima|recht)|bestätigt|wäre (?:gut|prima|super|ideal|perfekt)|ja|freue mich auf|freuen uns auf|sehen uns|abgemacht|recht)\b",
    ),
    "offers": cue(
        r"luft\b",
        r"(?:passt|passen|passend|zeit|sprechen|telefonieren|treffen|treffe|termin|möglich|ginge|geht|gehen|klappt|klappen|einrichten|frei|verfügbar|recht|ok|okay|vorbeikommen|besuchen|verschieben|verlegen|stattdessen|lieber|besser|wie wäre|wie sieht|sehen|machen|demo|anrufen|besprechen|austauschen|vorschlagen|genehm|alternativ|in ordnung|zusammensetzen|zusammenkommen|erreichbar|anbieten|offerieren|skypen|anrufe|vorbeischauen|vorstellen|abhalten|ausgehen|stattfinden|verfügung)\b",
    ),
    "offers_plainly": cue(
        r"(?:würde|könnte|ginge|passt|passte) (?:es )?(?:bei mir|bei uns|mir|uns) (?:\w{2,8} )?(?:gehen|passen)\b|würde (?:bei )?(?:mir|uns) (?:\w{2,8} )?(?:gehen|passen)",
        r"(?:ich|wir|mir|uns) (?:(?:bin|sind)(?! (?:[\w.]{1,12} ){0,2}(?:in|auf|bei|beim|unterwegs|im(?! (?:büro|haus)))\b)|hätte|hätten|könnte|könnten|kann|können|würde|würden|habe|haben|schlage|schlagen|passt|passen|biete|bieten)\b|(?:hätte|hätten|könnte|könnten|kann|können|schlage|schlagen|passt|würde|würden) (?:ich|wir|mir|uns)\b|(?:bin|sind) (?:ich|wir)\b(?! (?:[\w.]{1,12} ){0,2}(?:in|auf|bei|beim|unterwegs|im(?! (?:büro|haus)))\b)|(?:wie wäre|vorschlag|alternativ|terminvorschläge?|mögliche termine|folgende termine|zur auswahl|anbieten|vorschlagen|frei\b|verfügbar|lassen sie uns|lass uns|würde (?:es )?(?:passen|gehen)|ginge|besser wäre|wäre (?:besser|möglich)|lieber|stattdessen|ich hätte)",
    ),
    "asks_times": cue(
        r"^(?:und |aber |also )?(?:wann|um wie viel uhr|wie viel|wie viele|wieviel|wieviele|wie lange|wie oft|wie hoch|wie weit|wie funktioniert|warum|wieso|weshalb|wer|wen|wem|wo|woher|wohin|welche[rnms]?|was (?:ist|kostet|sind|passiert|macht|war|bedeutet)|haben sie (?:\w{2,14} ){0,4}?(?:erhalten|bekommen|gesehen)|hat|hatte|hatten|war|waren|wurde|wurden)\b"
    ),
    # asks which of the times offered: with an offer in the same mail it is part of that
    "picks": cue(
        r"(?:was|welche[rsnm]?|wann|ob)\b.{0,40}\b(?:passt|passen|passend|passender|lieber|recht|besser|gut|am besten|genehm|geht|ginge|klappt|möglich|bevorzug\w{1,4}|zusagt|zeit)\b(?: (?:ihnen|dir|euch|besser|gut|am|besten|ist|wäre|hätten|haben|sie|du|ihr|und))*\s*[?.!]*$",
        r"(?:passt|passen|ginge|ginge[sn]|geht|ging|klappt|klappte|wäre|ist|würde|haben|hätten|könnten)(?: (?:ihnen|dir|euch|sie|du|ihr|da|dann|das|es|einer|eines|eine|einen|davon|dieser|diese|der|die|den|termine?n?|zeiten|tage?n?|beiden|beide|vorschläge|von|zeit|möglich|recht|gut|in ordnung|machbar|so|passen|gehen|klappen))+\s*\?",
        r"(?:bescheid|rückmeldung|wissen|wunschtermin|ihren favoriten)\s*[.!?]*$|^(?:bitte |um |kurz )*(?:\w{2,12} )?bestätig\w{1,5}(?: sie)?(?: (?:bitte|kurz|mir|einfach|den termin|einen))*\s*[.!?]*$|was (?:meinen|sagen|halten) sie(?: dazu| davon)?\s*\?",
    ),
    "starts_proposal": cue(r"wie (?:wäre|wär's|wärs|sieht|passt|klingt|schaut)\b|was halten sie von|was hältst du von|sagen wir\b"),
    "book_link": cue(r"(?:termin|zeitfenster|kalender|slot|zeitpunkt|terminbuchung|buchungslink|wunschtermin|buchen|reservieren)\b"),
    "request": cue(
        r"(?:seid|sei|seien sie|wären sie|wärst du) so (?:gut|nett|lieb|freundlich)\b|(?:müsst|musst|müsstet|müsstest) (?:ihr|du) (?:bitte )?(?:nochmals?|noch ?mal|noch|uns)\b",
        r"entgegen(?:zu)?kommen\b|(?:müssten|müssen|sollten|dürften) sie (?:uns |da |hier )?(?:noch |schon )?(?:\w{2,16} ){0,3}?(?:nachbessern|ändern|anpassen|ergänzen|nachreichen|korrigieren)\b",
        r"(?:im|in (?:der|dem|den|ihrem|ihrer|ihren|eurem|deinem)) (?:angebot|offerte|vertrag|vertragsentwurf|unterlagen|liste|mail|aufstellung|rechnung) (?:fehlt|fehlen)\b|(?:finde|finden|sehe|sehen) (?:ich |wir )?(?:[\w-]{2,20} ){1,5}?(?:leider |noch )?nicht\s*[.!]?$",
        r"^(?:und |aber |leider )?(?:(?:mir|uns) (?:fehlt|fehlen)|es (?:fehlt|fehlen))(?: (?:noch|leider|aber|nur))* (?:der|die|das|ein|eine|einen|ihre?|eure?)\b(?! (?:zeit|budget|geld|mittel|kapazität\w{0,2}|leute|personal|lust|überzeugung|mut|erfahrung|freigabe|zustimmung|vergleich)\b)|(?:summe|betrag|preis|adresse|anschrift|menge|datum|position|angabe|zahl|name|endbetrag)\w{0,4} (?:[\w.]{1,12} ){0,5}?(?:stimmt|stimmen|passt) (?:\w{2,8} )?nicht\b|(?:ist|sind) (?:\w{2,8} )?(?:falsch|veraltet|fehlerhaft)\b",
        r"(?:link|datei|anhang|dokument|pdf|video|zugang|passwort|formular) (?:funktioniert|geht|öffnet|lädt|klappt)(?: \w{2,12}){0,3} nicht\b|(?:kann|können|konnte|konnten)(?: (?:ich|wir))? (?:den|die|das|ihr|ihre|ihren) (?:link|datei|anhang|dokument|pdf|video|angebot) (?:\w{2,12} ){0,2}?nicht (?:öffnen|lesen|herunterladen|finden)\b|(?:ihr|ihre|das|die|der) (?:angebot|offerte|vertrag|unterlagen|muster|rechnung|datenblatt) (?:ist|sind) (?:\w{2,12} )?(?:noch )?nicht (?:angekommen|eingetroffen|da)\b",
        r"^wenn (?:sie|du|ihr) (?:[\w-]{1,16} ){1,8}?(?:könnten|könntest|könntet|würden|würdest)\b",
        r"bitte (?!beachten|finden|entschuldigen|sehr|schön|verzeihen|nicht wundern|um entschuldigung)[\w-]{2,}|(?:können|könnten|würden|könntest|kannst|würdest) (?:sie|du|ihr|wir (?:noch )?(?:bitte )?(?:einen|eine|ein|die|das|den))\b|(?:sagen|geben|teilen) sie (?:mir|uns)\b|(?:lassen sie|lass) (?:mich|uns) wissen|geben sie (?:mir|uns) (?:bitte )?bescheid|gib (?:mir|uns) bescheid",
        r"(?:ich|wir) (?:brauche|brauchen|benötige|benötigen|bitte|bitten|hätte gern\w*|hätten gern\w*|erwarte|erwarten|ersuche|ersuchen|wünsche|wünschen|warte|warten)\b|(?:bräuchte|bräuchten|hätte|hätten|möchte|möchten|würde|würden) (?:ich |wir )?(?:noch |auch |gerne |gern )?(?:ein|eine|einen|das|die|den|mehr|wissen|sehen|erfahren|gerne|gern)\b|(?:ich|wir) (?:möchte|möchten|hätte|hätten|würde|würden) (?:noch |auch |gerne |gern )?(?:ein|eine|einen|das|die|den|mehr|wissen|sehen|erfahren)\b|(?:brauchen|bräuchten|benötigen) wir\b",
        r"^(?:und |dann )?(?:schicken|senden|geben|nennen|zeigen|teilen|schreiben|erklären|prüfen|bestätigen|ergänzen|ändern|legen|machen|rufen|erstellen|kommen|melden|bringen|mailen) sie\b|^(?:schick|sende|gib|nenn|zeig|schreib|mach|ruf|prüf|leg|meld)e? (?:mir|uns|mich|dich|das|die|den|bitte)\b|wäre (?:\w{2,12} )?(?:nett|schön|toll|hilfreich|dankbar|super|prima),? wenn sie|(?:wäre|wären) (?:ich |wir )?(?:ihnen )?(?:sehr )?dankbar|um (?:ihre )?(?:rückmeldung|antwort|zusendung|rückruf|bestätigung)|freue mich (?:über|auf) (?:ihr|das|ein) angebot",
    ),
    "question": cue(
        r"^was (?:mir|uns) (?:noch |jetzt |allerdings )*fehlt\b",
        r"^(?:sind|ist|wäre|wären) .{3,60} (?:möglich|enthalten|inbegriffen|inklusive|verfügbar|machbar)\s*$",
        r"(?:nicht|un) ?(?:ganz |so )?klar,? (?:wer|ob|wie|was|wann|welche\w?|wo|womit|woher)\b|(?:verstehe|verstehen|sehe|sehen) (?:ich |wir )?(?:noch |leider )?nicht(?: ganz)?,? (?:wer|ob|wie|was|wann|welche\w?|wo)\b",
        r"mich würde interessieren|(?:es )?interessiert (?:mich|uns)\b",
        r"(?:interessieren|interessiert)(?: (?:mich|uns))?,? (?:wie|ob|was|wann|wer|welche\w?)\b|(?:würde|wird) (?:mich|uns) (?:\w{2,10} )?interessieren",
        r"(?:fragt|fragte|fragen sich|fragt sich|will wissen|wollen wissen|möchte wissen|wüsste gern|wüssten gern),? (?:ob|wie|was|wann|wer|warum|welche\w?)\b",
        r"w[üu]sste[n]? (?:ich |wir )?(?:gerne|gern|noch|auch)\b|unklar(?:,? (?:ob|wie|was|wann|welche)|\s*$)|(?:wäre|bleibt|ist) (?:mir |uns )?(?:noch )?(?:interessant|wichtig|offen),? (?:zu wissen|ob|wie)",
        r"^(?:und |aber |also |eine frage[,:]? |frage[,:]? )?(?:wie (?:viel|viele|lange|hoch|oft|funktioniert|sieht|weit|groß|schnell)|was (?:kostet|ist|sind|bedeutet|würde|passiert)|wann (?:kann|können|ist|sind|kommt|kommen|wird|werden|haben|hätten)|welche[rnms]? \w{2,24} (?:ist|sind|hat|haben|brauchen|passt|empfehlen)|wo (?:ist|finde|kann)|wer (?:ist|kann|macht)|gibt es|haben sie|ist (?:es|das|der|die|ihr)|können sie|könnten sie|kann (?:man|ich|das)|bieten sie|unterstützt)\b",
        r"(?:ich|wir) (?:frage|fragen) (?:mich|uns),|(?:meine|unsere|noch eine|eine|zwei|ein paar|einige|folgende|weitere|kurze) fragen?\b|(?:würde|würden|möchte|möchten) (?:ich |wir )?(?:gerne |gern |noch |auch )?(?:wissen|erfahren|fragen)|interessieren,? (?:ob|wie|was|wann)|(?:wissen|sagen|klären|mitteilen|erklären) (?:sie )?(?:\w{2,12} )?,? ?(?:ob|wie|was|wann|welche)|unklar,? (?:ob|wie|was)",
    ),
    "no_question": cue(
        r"^(?:(?:und|hallo|hi|na)[ ,]+(?:\w{2,14}[ ,]+)?)?(?:wie geht(?:'s| es|s)(?: (?:ihnen|dir|euch|so|heute))*|alles (?:gut|klar|ok|okay|in ordnung|bestens)(?: bei (?:ihnen|dir|euch))?|wie läuft(?:'s| es)(?: (?:so|bei \w{3,6}))*|hatten sie (?:ein(?:en)? )?(?:schön\w*|gut\w*) (?:wochenende|urlaub|feiertage|start|tage?).{0,20}|wie war (?:ihr|dein|das|der|euer) (?:wochenende|urlaub).{0,10}|gut (?:angekommen|erholt))\s*\?",
        r"^(?:wer weiß|warum (?:auch )?nicht|wieso nicht|was will man mehr|oder|nicht wahr|gell|wer hätte das gedacht|ist das nicht (?:schön|toll|super)|wer nicht|echt|wirklich|ja|nein)\s*[?!]",
    ),
    "acknowledgement": cue(
        r"(?:das |alles )?(?:sieht|hört sich|schaut) (?:\w{2,10} )?(?:gut|super|prima|toll) (?:aus|an)|passt (?:so|alles)",
        r"(?:das |es )?war (?:wirklich |echt )?ein(?:e)? (?:\w{2,12} ){0,3}?(?:gespräch|termin|demo|präsentation|austausch|treffen|telefonat|meeting|vorführung|besuch)\b.{0,60}|(?:das |es )?hilft (?:mir|uns) (?:\w{2,10} ?){0,3}|so machen wir (?:das|es)|machen wir so|(?:das )?klingt (?:\w{2,10} )?(?:gut|super|vernünftig|spannend|interessant)|hab(?:e)?(?: ich|'s)? (?:alles |schon |gut |es )?(?:bekommen|erhalten|gesehen|gelesen)|ihnen|dir|euch|ein|eine|einen|das wäre super|wunderbar",
        r"(?:vielen |herzlichen |besten |tausend |lieben |schönen |recht herzlichen |ganz herzlichen |nochmals |noch ?mal )*(?:danke|dank|merci|dankeschön|danke schön|danke sehr|bedanke mich|ich danke|wir danken|bedanken uns|wir bedanken uns|ich bedanke mich)(?: (?:ihnen|dir|euch|schön|sehr|vielmals|nochmals?|noch ?mal|im voraus|bestens|allen|auch|herzlich|recht|und))*(?: (?:für|fürs|dass|von|an|auch)\b.{0,160})?",
        r"(?:das |die |der |es |alles |ihre (?:e-?mail|mail|nachricht|unterlagen)|die (?:unterlagen|mail|datei|folien)|unterlagen|mail )*(?:ist |sind |hat |haben wir |habe ich |haben |habe |wir haben |ich habe |wurde )?(?:alles |alle |es |sie |gut |heute |dankend |soeben |eben )*(?:erhalten|angekommen|eingegangen|notiert|verstanden|gelesen|vermerkt|zur kenntnis genommen|bekommen|klar|geklärt)",
        r"(?:das |es |die |der |alles )?(?:ist |sind |war |waren |klingt |hört sich |sieht |passt |geht |läuft )?(?:alles |sehr |wirklich |echt |so |ganz |schon |wie immer |auch |ja )*(?:perfekt|prima|super|toll|klasse|wunderbar|ausgezeichnet|sehr gut|gut|gut an|gut aus|schön|ok|okay|bestens|spitze|großartig|hervorragend|fein|top|alles klar|alles gut|klar|passt|passt so|passt alles|geht klar|in ordnung|kein problem|gerne|gern|gern geschehen|gerne geschehen|keine ursache|bitte|bitte schön|bitte sehr|ja|jawohl|jo|genau|stimmt|richtig|natürlich|selbstverständlich|sicher|mach ich|machen wir|wird gemacht|wird erledigt|ebenfalls|ebenso|gleichfalls|danke gleichfalls|interessant|spannend|hilfreich|beeindruckend|aufschlussreich|informativ|verstehe|nachvollziehbar|verständlich|freut mich|freut uns|einverstanden|glückwunsch|gratuliere|freundlich|nett)(?: (?:so|von ihnen|von dir|zu wissen|zu hören|für uns|mit|gewesen|dann|auch))*",
        r"(?:ich |wir )?(?:freue mich|freuen uns|freu mich|bin gespannt|sind gespannt|sind begeistert|waren begeistert|war begeistert|bin begeistert)\b.{0,100}",
        r"(?:es |das )?(?:hat (?:mich|uns|allen|dem team) (?:\w{2,12} ){0,3}?(?:gefreut|gefallen|spaß gemacht|geholfen|überzeugt)|war (?:mir |uns )?(?:eine freude|ein vergnügen)).{0,60}|(?:hat|haben) (?:\w{2,14} ){0,5}?(?:gut |sehr |sehr gut )?(?:gefallen|spaß gemacht|geholfen|gefreut)",
        r"(?:die|der|das|ihre?|eure) (?:demo|präsentation|vorführung|besprechung|gespräch|termin|besuch|unterlagen|vorstellung|führung|treffen|team) (?:war|waren|ist|sind) (?:\w{2,12} ){0,3}?(?:gut|super|toll|interessant|spannend|hilfreich|prima|klasse|beeindruckend|informativ|aufschlussreich|überzeugend|schön|angenehm)",
        r"(?:ich |wir )?(?:wünsche|wünschen|hoffe|hoffen)\b.{0,100}|(?:schön\w{1,2}|gut\w{1,2}|angenehm\w{1,2}) (?:tag|wochenende|abend|woche|feiertage|urlaub|reise|fahrt|feierabend|start|zeit|idee|arbeit|gespräch|demo|präsentation|termin|treffen|zusammenfassung)\b.{0,40}|frohe \w{4,14}.{0,40}|alles gute.{0,40}|bis (?:bald|später|dann)|viel (?:erfolg|spaß|glück).{0,40}|guten rutsch.{0,30}|gute besserung",
        r"(?:entschuldigung|sorry|entschuldigen sie|tut mir leid|verzeihung)\b.{0,80}|(?:und|sehr|auch|hallo|hi|ja|oh|ach|na|dann|so|also|lieber?|herr|frau|guten|tag|morgen|abend|zusammen|mal|doch|nochmals?|mit|freundlichen|grüßen|besten)",
    ),
    "assent": cue(
        r"^(?:\w{1,14}, )?(?:ja|ok|okay|gerne|gern|passt|perfekt|prima|super|klingt gut|in ordnung|geht klar|einverstanden|sehr gut|wunderbar|alles klar|klar|natürlich|machen wir|top)\b"
    ),
    "word_line": cue(
        r"(?:danke|dank|passt|perfekt|prima|super|gut|gerne|gern|ja|nein|einverstanden|erhalten|verstanden|ok|okay|notiert|vielleicht|bitte|alles|klingt|geht|angekommen|klasse|top|abmelden|bestätigt|keine|kein|merci|toll|wunderbar)"
    ),
    "yes": cue(r"ja|ok|okay|einverstanden"),
    "absence": cue(
        r"(?:nicht|außer|ausser) (?:im (?:büro|haus|hause)|haus|hause|am (?:platz|arbeitsplatz)|da\b)|(?:im|in|auf|meinem|meines|mein) (?:\w{3,12} )?(?:urlaub|urlaubs|elternzeit|mutterschutz|dienstreise|geschäftsreise|ferien|betriebsferien)|abwesend|abwesenheit|nicht (?:\w{2,10} )?(?:erreichbar|im dienst)|ortsabwesend|krank(?:geschrieben)?\b|verreist",
        r"(?:wieder|zurück) (?:\w{2,14} ){0,3}?(?:erreichbar|im büro|im haus|da|verfügbar|zurück|für sie da)|(?:bin|sind) (?:ich |wir )?(?:[\w.:-]{1,14} ){0,6}?(?:wieder(?= (?:\w{2,8} )?(?:erreichbar|im|da|zurück|verfügbar|für|am|vor ort|hier|ansprechbar|regulär|persönlich|in)\b|\s*(?:$|[.,!]))|zurück)|(?:kehre|kehren|komme) (?:ich )?(?:[\w.:]{1,14} ){0,6}?zurück(?! auf)|keinen (?:\w{2,10} )?zugriff|nicht (?:gelesen|weitergeleitet|bearbeitet)|(?:büros?|betrieb|firma|ordination|kanzlei) (?:ist |bleibt |sind |bleiben )?(?:[\w.]{1,12} ){0,6}?geschlossen|ab (?:dem )?\d{1,2}\. .{0,20}(?:wieder(?! (?:melden|anrufen|kontakt))|zurück|erreichbar)",
    ),
    "returns": cue(r"(?:wieder|zurück|rückkehr|kehre)\b"),
    "past": cue(
        r"(?:war|waren|hatte|hatten|hat|(?:haben wir|habe ich|ich habe|wir haben) (?:[\w.,-]{1,16} ){0,8}?(?:ge\w{2,14}(?:t|en)|\w{2,6}ge\w{2,12}(?:t|en)|(?:be|er|ver|ent)\w{3,12}(?:t|en))|wurde|wurden|konnte|konnten|trafen|traf|sprachen|sprach|ging|gingen|kam|kamen|bekamen|besprochen|getroffen|gesprochen|geschickt|gesendet|erhalten|gesehen|gestern)\b"
    ),
    "after_that": cue(r"(?:danach|anschließend|im anschluss|hinterher)\b"),
    "then": cue(r"(?:dann|danach|anschließend|im anschluss|darauf|hinterher)\b"),
    "offer_sent": cue(
        r"(?:anbei|beiliegend|im anhang|angehängt|hiermit|hier (?:ist|kommt|sind)|sende(?:n)?|schicke(?:n)?|übersende(?:n)?|erhalten sie|finden sie|wie (?:besprochen|versprochen|vereinbart))\b.{0,80}\b\w{0,16}(?:angebot|angebots|offerte|vertrag|vertrags|kostenvoranschlag|vertragsentwurf|auftragsbestätigung|vereinbarung|nda)\b",
        r"(?:angebot|offerte|vertrag|kostenvoranschlag|vereinbarung|nda) (?:[\w-]{1,14} ){0,4}(?:anbei|im anhang|angehängt|beigefügt|beiliegend)|zur (?:unterschrift|unterzeichnung)",
    ),
    "filler": cue(
        r"(?:oder|und|um|am|im|in|der|die|das|den|dem|bitte|gerne|gern|ja|ok|okay|gut|dann|uhr|ihrer|meiner|zeit|auch|ab|bis|von|zwischen|gegen|also|h|mir|uns|noch|früh|vormittags|nachmittags|wäre|sonst|danke|perfekt|super|prima|etwa|ca)\b"
    ),
}

PACK = Pack(
    code="de",
    times=TIMES,
    cues=CUES,
    breaks=re.compile(
        r"\s*(?:;|(?<=\w)\s+und\s+(?=(?:möchten?|würden?|wollen|bitten?)\b)|:(?=\s)|\((?=[^()]{20})|,(?!\d)(?=\s(?:danach|kommen|kontaktieren|sprechen|schicken|senden|geben|gib|schreib|schreiben|haken|fragen|telefonieren|aber|und|sondern|jedoch|bitte|ich|wir|dann|können|könnten|kann|melden|rufen|lassen|lass|das|es|danke|vielen|leider|weil|da|denn|damit|oder|wie|passt|sie|unser|mein|würde|wäre|vielleicht|deshalb|daher|doch|weshalb|der|die|so|dazu|falls|wenn|gerne|meld|ruf)\b)|\s-\s(?!\d)|(?<=\w)\s(?:aber|jedoch|allerdings|sondern|weil)\s)\s*"
    ),
    abbreviations=frozenset(
        "z.b z.bsp bzw ca dr hr fr nr str tel d.h u.a usw evtl ggf inkl exkl max min mind bspw etc vgl abs st prof dipl ing mo di mi do sa so jan feb mär apr aug sept sep okt nov dez zzgl i.d.r u.u o.ä s.o s.u sog geb gest art z".split()
    ),
)
