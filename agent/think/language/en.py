"""English."""

from __future__ import annotations

import re

from agent.think.language.pack import Pack, Times, alt, cue, tail
from agent.think.language.zones import ABBREVIATIONS, CITIES

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon mondays",
            "tuesday tue tues",
            "wednesday wed weds",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
NUMBERS = {w: n for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)} | {
    "a": 1,
    "an": 1,
    "another": 1,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "tenth": 10,
    "twelfth": 12,
    "fifteenth": 15,
    "twentieth": 20,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "ninety": 90,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "half a": 0,
}
UNITS = {
    "minute": "minute",
    "minutes": "minute",
    "hour": "hour",
    "hours": "hour",
    "day": "day",
    "days": "day",
    "working day": "workday",
    "working days": "workday",
    "business day": "workday",
    "business days": "workday",
    "week": "week",
    "weeks": "week",
    "month": "month",
    "months": "month",
    "quarter": "quarter",
    "quarters": "quarter",
    "year": "year",
    "years": "year",
    "weekend": "week",
    "wk": "week",
    "wks": "week",
    "mth": "month",
    "qtr": "quarter",
    "yr": "year",
    "yrs": "year",
    "mths": "month",
    "hrs": "hour",
    "mins": "minute",
}
FEASTS = {
    "easter": "easter",
    "the easter break": "easter",
    "the easter holidays": "easter",
    "the easter weekend": "easter",
    "christmas": "christmas",
    "xmas": "christmas",
    "the christmas break": "new_year",
    "the christmas holidays": "new_year",
    "the christmas holiday": "new_year",
    "the winter break": "new_year",
    "the festive season": "new_year",
    "the festive period": "new_year",
    "the holiday season": "new_year",
    "the holidays": "new_year",
    "new year": "new_year",
    "new year's": "new_year",
    "new year's day": "new_year",
    "new years": "new_year",
    "the new year": "new_year",
    "the turn of the year": "new_year",
    "thanksgiving": "thanksgiving",
    "pentecost": "pentecost",
    "whitsun": "pentecost",
    "epiphany": "epiphany",
    "labor day": "labor_day",
    "memorial day": "memorial_day",
    "labour day": "may_day",
    "may day": "may_day",
    "boxing day": "boxing_day",
    "independence day": "independence_day",
    "halloween": "halloween",
    "diwali": "moving",
    "ramadan": "moving",
    "eid": "moving",
    "holi": "moving",
    "carnival": "moving",
    "chinese new year": "moving",
    "lunar new year": "moving",
}

WD = rf"(?P<wd>{alt(WEEKDAYS)})\b\.?"
WDOPT = rf"(?:{WD},?\s+(?:the\s+)?)?"
MON = rf"(?P<mon>{alt(MONTHS)})\b\.?"
YEAR = r"(?:,?\s{1,3}(?P<y>(?:19|20)\d\d)\b)?"
D = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
UNIT = rf"(?P<unit>{alt(u.replace(' ', chr(92) + 's+') for u in UNITS)})\b"
NUM = rf"(?P<n>{alt(w for w in NUMBERS if not w[0].isdigit() and w not in ('first', 'second', 'third', 'fourth', 'fifth'))}|\d{{1,3}})"
TO = r"(?:-|\s?-\s?|\s+to\s+|\s+until\s+|\s+through\s+|\s+and\s+(?:the\s+)?|\s+till\s+)"
B = r"(?<![\w'./-])"


def rx(pattern: str) -> re.Pattern[str]:
    return re.compile(B + pattern.replace(" ?", r"\s?").replace(" ", r"\s{1,3}"))


def rxm(pattern: str) -> re.Pattern[str]:
    """May stand behind a dash: "mid-December"."""
    return re.compile(r"(?<![\w'./])" + pattern.replace(" ?", r"\s?").replace(" ", r"\s{1,3}"))


SPANS = (
    (
        "past",
        rx(
            r"(?:last|past|previous) (?:"
            + "|".join(WEEKDAYS)
            + "|"
            + "|".join(MONTHS)
            + r"|week|month|quarter|year|night|time)\b(?! of\b| in (?:the )?[a-z])"
        ),
    ),
    (
        "past",
        rx(
            r"(?:yesterday|the other day|(?:\d{1,3}|a few|several|a couple of|\w{1,9}) (?:days?|weeks?|months?|years?|hours?) ago|earlier (?:today|this week|this month))\b"
        ),
    ),
    (
        "vague",
        rx(
            r"(?:later|sometime|some time|at some point|one day|some day) (?:on )?(?:in |during )?(?:this|the) (?:year|month|quarter|season|summer|autumn|fall|winter|spring)\b"
        ),
    ),
    ("vague", rx(r"(?:in )?(?:a few|a couple of|a couple|several|some|a number of|many) (?:more )?(?:days|weeks|months|years)\b")),
    ("vague", rx(r"(?:in )?an? (?:day|week|month|year) or (?:two|three)\b")),
    ("vague", rx(r"(?:in )?\w{1,6}(?: or | to |-| - )\w{1,6} (?:days|weeks|months|years)\b")),
    ("vague", rx(r"fy ?'?(?:20)?\d\d\b")),
    ("vague", rx(r"(?:in |over |during )?the (?:coming|next few|next couple of|following) (?:days|weeks|months|years)\b")),
    ("vague", rx(r"(?:this|next|the|in|over the) (?:summer|autumn|fall|spring|winter)(?: (?:break|holidays?|season))?\b(?! (?:in love))")),
    ("iso", rx(r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")),
    (
        "day_month",
        rx(
            rf"{WDOPT}(?:the )?(?:(?P<from>\d{{1,2}})(?:st|nd|rd|th)?{TO}(?:the )?)?{D}(?:,? of | |-){MON}(?:[,-]? ?(?P<y>(?:19|20)\d\d)\b)?(?!\d)"
        ),
    ),
    (
        "day_month",
        rx(
            rf"{WDOPT}{MON} (?:the )?{D}(?!\d|:|[.]\d|\s?(?:[ap]\.?m\b|%|percent|[a-z]{{2,12}} (?:was|were)))(?:{TO}(?P<until>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]))?{YEAR}"
        ),
    ),
    ("numeric", rx(rf"{WDOPT}(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?:/(?P<y>\d{{4}}|\d\d))?(?![\d/])")),
    ("dotted", rx(rf"{WDOPT}(?P<a>\d{{1,2}})\.(?P<b>\d{{1,2}})\.(?P<y>\d{{4}}|\d\d)(?!\d|\.\d)")),
    ("numeric", rx(rf"{WDOPT}(?P<a>\d{{1,2}})-(?P<b>\d{{1,2}})-(?P<y>\d{{4}})(?![\d-])")),
    ("from_weekday", rx(rf"(?:(?P<n>a|one|two|three|four) )?weeks? (?:from|on|after) (?:next )?{WD}")),
    ("offset", rx(r"(?P<d2>the day after tomorrow|day after tomorrow|overmorrow)\b")),
    ("weekday", rx(rf"{WD} (?P<week>week|fortnight|after next)\b")),
    ("weekday", rx(rf"{WD},? (?:of )?(?P<next>next (?:week|wk))\b")),
    ("weekday", rx(rf"(?P<next>next (?:week|wk)) (?:on )?{WD}")),
    ("ordinal", rx(rf"{WD},? (?:the (?P<d>\d{{1,2}})(?:st|nd|rd|th)?|(?P<d_>\d{{1,2}})(?:st|nd|rd|th))\b(?: (?:of )?this month)?")),
    ("weekday_number", rx(rf"{WD},? (?P<d>\d{{1,2}})(?!\d|:|[./-]\d|\s?(?:[ap]\.?m\b|o'clock|%|percent|hours))(?: (?:of )?this month)?")),
    ("day_of_month", rx(rf"(?:the )?{D} (?:of )?(?P<next>next month)\b")),
    (
        "ordinal",
        rx(
            r"(?:the (?P<from>\d{1,2})(?:st|nd|rd|th)(?:-| to | and | or )(?:the )?)?(?:the )?(?P<d>\d{1,2})(?:st|nd|rd|th)\b(?! (?:floor|street|avenue|time|century|edition|version|anniversary|generation|place|party|parties|quarter|line|attempt|option|one|year|week))(?: of (?:this|the) month)?"
        ),
    ),
    ("ordinal", rx(r"the (?P<d>tenth|twelfth|fifteenth|twentieth)\b")),
    ("new_year", rx(r"(?:(?:early )?in|early in|into|at the (?:start|beginning) of|beginning of|start of|come|with) the new year\b")),
    ("this", rx(r"(?:through|past|done with|out of|beyond|after) (?:with )?(?P<span>the (?P<unit>month|quarter|year)\b)")),
    ("nth_week", rx(rf"(?:the )?(?P<n>first|second|third|fourth|last) (?:full )?week (?:of|in) {MON}{YEAR}")),
    ("month", rxm(rf"{MON},? (?:of )?(?P<next>next year)\b")),
    (
        "year",
        rx(
            r"(?:in|early|mid|late|until|till|by|before|after|into|for|of|from|during|through|to|sometime|beginning|start|end)(?: |(?<=mid)-)(?P<span>(?P<y>20[2-6]\d)\b)(?![.,:/-]\d|\s?[%€$])"
        ),
    ),
    ("quarter", rx(r"q ?(?P<n>[1-4]),? (?:of )?(?P<next>next year)\b")),
    ("quarter", rx(r"(?P<half>h) ?(?P<n>[12]),? (?:of )?(?P<next>next year)\b")),
    ("quarter", rx(r"(?:the )?(?P<n>first|second) (?P<half>half) of (?:(?P<y>20\d\d)|(?:the|this) year|(?P<next>next year))")),
    ("quarter", rx(r"(?:the )?(?P<n>first|second|third|fourth|1st|2nd|3rd|4th) quarter of (?P<next>next year)\b")),
    ("this", rx(r"(?:the|this) (?P<unit>weekend)\b")),
    ("end_of", rx(r"(?:the )?(?:end of|close of|last day of) (?:the |this |the current )?(?P<unit>week|month|quarter|year)\b")),
    ("end_of", rx(r"(?P<unit>week|month|quarter|year)(?:'s)?[ -]end\b(?! closing| in [a-z])")),
    ("end_of", rx(r"(?:the )?(?P<mid>mid|middle of|second half of)[ -](?:the |this )?(?P<unit>week|month|quarter|year)\b")),
    ("end_of", rx(r"(?:the )?(?P<begin>start of|beginning of|early) (?:the |this )?(?P<unit>month|quarter|year)\b")),
    ("end_of", rx(r"(?P<unit>eow|eom|eoq|eoy)\b")),
    ("next", rx(r"(?:the )?(?P<unit>week|month|quarter|year) (?P<over>after next)\b")),
    ("following", rx(r"(?:(?:at |in )?(?:the )?(?:start|beginning) of |early in |in |during )?the next one\b")),
    (
        "following",
        rx(
            r"(?:the )?(?P<unit>week|month|quarter|year) (?:after|thereafter)(?=\s*(?:$|[.,;!?)]|that\b|would|is\b|works|suits|please|pls|might|then|instead|should))"
        ),
    ),
    ("following", rx(r"the following (?P<unit>week|month|quarter|year)\b")),
    (
        "next",
        rx(
            r"(?:the )?(?:next|following|coming|upcoming) (?:calendar |financial |fiscal |business |working )?(?P<unit>week|wk|month|mth|quarter|qtr|year|yr)\b"
        ),
    ),
    ("this", rx(r"(?:later |still |within |during )?(?:this|the current) (?P<unit>week|wk)\b")),
    ("this", rx(r"(?:within |during )?(?:this|the current) (?P<unit>month|quarter|year)\b")),
    ("quarter", rxm(r"(?:(?P<next>next year's) )?q ?(?P<n>[1-4])\b(?:[ /'-]*(?P<y>(?:20)?\d\d)\b(?!:))?")),
    (
        "quarter",
        rx(r"(?:the )?(?P<n>first|second|third|fourth|1st|2nd|3rd|4th) quarter\b(?:(?: of)? (?P<y>20\d\d)| of (?P<next>next year))?"),
    ),
    ("quarter", rx(r"(?P<half>h)(?P<n>[12])\b(?:[ /'-]*(?P<y>(?:20)?\d\d)\b(?!:))?")),
    (
        "ahead",
        rx(
            rf"(?:in|within)(?: (?:about|around|roughly|approximately|the next|another|exactly|maybe))? {NUM} (?:more )?{UNIT}(?:'s time|' time)?"
        ),
    ),
    ("ahead", rx(rf"give (?:me|us) (?P<span>(?:another |about |around |roughly )?{NUM} (?:more )?{UNIT})")),
    ("ahead", rx(rf"{NUM} {UNIT} (?:from (?:now|today)|hence|time)\b")),
    ("ahead", rx(r"(?P<n>a|one|two|three) (?P<unit>weeks?) today\b")),
    ("fortnight", rx(r"(?:in |within )?(?:a )?fortnight(?:'s time)?\b")),
    ("week_number", rx(r"(?:calendar )?(?:week|cw|wk) ?(?:no\.? )?(?P<n>\d{1,2})\b(?:[ /](?P<y>20\d\d))?")),
    ("feast", rxm(rf"(?P<feast>{alt(f.replace(' ', chr(92) + 's+') for f in FEASTS)})\b(?!'s? (?:eve|party))")),
    (
        "offset",
        rx(
            r"(?P<d0>today|tonight|this (?:morning|afternoon|evening)|eod|cob|end of (?:the )?(?:business )?day|close of (?:business|play)|cob|end of business|end of play|right away|right now|(?:later|first thing) today|straight away|immediately)\b(?! (?:on |of )?(?:mon|tues|wednes|thurs|fri|satur|sun)day| (?:mon|tue|wed|thu|fri)\b| tomorrow| (?:on )?the \d| on \d| \d)"
        ),
    ),
    ("offset", rx(r"(?P<d1>tomorrow|tmrw|tmw|first thing in the morning)\b(?!'s world)")),
    ("weekday", rx(rf"(?:(?P<coming>next )|this |this coming |coming |upcoming )?{WD}(?! mornings| afternoons|ly)")),
    (
        "month",
        rxm(
            rf"(?:next |this |this coming )?(?P<mon>{alt(m for m in MONTHS if m not in ('may', 'mar', 'march', 'jan', 'dec', 'sep', 'apr', 'jun', 'jul', 'oct', 'nov', 'feb', 'aug'))})\b(?:,? (?:of )?(?:(?P<y>(?:19|20)\d\d|'\d\d)\b|(?P<next>next year)\b))?"
        ),
    ),
    (
        "month",
        rx(
            r"(?:in|by|until|till|before|after|since|from|early|mid|mid-|late|next|end of|beginning of|start of|middle of|during|through|around|about|for|of|between|and|or|to|once|when|over|maybe|perhaps|sometime|say|this)"
            r"(?: |(?<=-))(?P<span>(?P<mon>may|march|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?(?!'s| (?:i|we|be|have|not|you|the|our|it|take|need|want|well|also) )(?:,? (?:of )?(?:(?P<y>(?:19|20)\d\d|'\d\d)\b|(?P<next>next year)\b))?)"
        ),
    ),
    (
        "month",
        rx(
            r"(?P<mon>may|march)\b(?: (?P<y>20\d\d))?(?= (?:would|is (?:better|best|fine|good|realistic|more)|works|suits|looks|sounds|then|at the earliest)\b|$|[,.?!])"
        ),
    ),
)

# A month that could be another word ("may", "march") counts only behind a preposition; `span` is what of the match is the day.
ZONES = re.compile(
    rf"(?<!\w)(?:(?P<yours>(?:in |at )?your (?:local )?time(?: zone)?\b)|(?P<mine>(?:my|our) (?:local )?time(?: zone)?\b)"
    rf"|(?:utc|gmt)\s?(?P<offset>[+-]\d{{1,2}}(?::\d\d)?)|(?P<place>{CITIES})\s+(?:standard |daylight |summer |local )?time\b|(?<=[\d m(])(?P<abbr>{ABBREVIATIONS})\b)"
)
NOT_CLOCK = r"(?!\d|[.,:/-]\d|\s?(?:%|°|percent|per\b|euros?\b|dollars?\b|usd|eur|gbp|k\b|people|users|days|weeks|months|years|licen[cs]es|seats|sites|hours|minutes|mins|below|above|degrees|or more|of\b|million|thousand|units|pieces|items|points|stores|shops))"
HOUR = r"(?P<h>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
CLOCKS = (
    re.compile(
        r"(?<![\w:.,/])(?P<h>\d{1,2})(?:[:.](?P<m>[0-5]\d))?\s?(?:-|to|and|or|until|till)\s?\d{1,2}(?:[:.][0-5]\d)?\s?(?P<ap>[ap])\.?m\b"
    ),
    re.compile(rf"(?<![\w:.,/]){HOUR}(?:[:.](?P<m>[0-5]\d))?\s?(?P<ap>[ap])\.?\s?m\b\.?"),
    re.compile(r"(?<![\w:.,/])(?P<exact>(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d))(?![\d:])"),
    re.compile(rf"(?<!\w)(?:(?P<past>half past)|(?P<quarter>(?:a )?quarter past)|(?P<to>(?:a )?quarter to)) {HOUR}\b"),
    re.compile(rf"(?<!\w){HOUR}\s?o'clock\b"),
    re.compile(
        rf"(?<!\w)(?:between|from) {HOUR}(?:[:.](?P<m>[0-5]\d))?\s?(?:-|to|and|until) (?:\d{{1,2}}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b{NOT_CLOCK}"
    ),
    re.compile(
        rf"(?<!\w)(?:at|around|about|from|after|before|@) (?P<clock>(?P<h>\d{{1,2}})(?:\.(?P<m>[0-5]\d))?)\b{NOT_CLOCK}(?!\s?(?:st|nd|rd|th)\b)"
    ),
    re.compile(
        r"(?<!\w)(?:at|around|@) (?P<clock>(?P<h>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))\b"
        r"(?=\s*(?:$|[.,;:?!)]|sharp|on\b|tomorrow|today|your|my|our|then|and\b|or\b|works?|would|is\b|suits?|in the|instead|for\b|if\b|this|next|"
        + "|".join(WEEKDAYS)
        + "))"
    ),
    re.compile(
        rf"(?<![\w:.,/-])(?P<h>\d{{1,2}})(?:[:.](?P<m>[0-5]\d))?\s?-\s?\d{{1,2}}(?:[:.][0-5]\d)?(?=\s(?:on\s|o'clock|works?\b|would|{alt(WEEKDAYS)}\b))"
    ),
    re.compile(r"(?<!\w)(?P<noon>noon|midday|12 noon)\b"),
    re.compile(rf"(?<!\w)(?:do|say|or|make) (?P<clock>(?P<h>\d{{1,2}}))(?=\s(?:on\s)(?:{'|'.join(WEEKDAYS)})\b)"),
    re.compile(
        rf"(?:{'|'.join(WEEKDAYS)}),?\s(?P<clock>(?P<h>\d{{1,2}}))(?:-\d{{1,2}})?(?=\s*(?:$|[,?!]|(?:or|and|works?|would|is|suits?|sounds|then|it|please|for|your|my|our)\b))(?<!\d\d\d)"
    ),
)

TIMES = Times(
    months=MONTHS,
    weekdays=WEEKDAYS,
    numbers=NUMBERS,
    units=UNITS | {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"},
    feasts=FEASTS,
    spans=SPANS,
    clocks=CLOCKS,
    part=tail(
        start="(?:early(?: in| on in)?|(?:the )?(?:beginning|start) of|at the (?:beginning|start) of|(?:the )?first (?:half|days|(?:working |business )?day|thing) (?:of|in))",
        mid="(?:(?:the )?(?:middle|midst|second half|latter half|latter part) of|mid(?:dle)?|mid-|halfway through)",
        end="(?:(?:the )?(?:very )?end of|late(?: in)?|the last (?:days|week|(?:working |business )?day) of|towards the end of)",
    ),
    relation=tail(
        after=r"(?:after|post-?|any time after|past|(?:once|when|as soon as) (?:we're|we are|we have got|we've got|we get|i'm|i am|they are|things are)?(?: all)? ?(?:through|past|done with|out of|over|finished with|beyond)(?: with)?|following|beyond|(?:ends?|closes?|finishes|wraps up|is over|year[ -]end)(?: in| on| at)?)(?: the)?",
        week=r"(?:in |during )?(?:the )?week (?:of|commencing|starting|beginning|from)(?: the)?|w/c|wc",
        by=r"(?:by|no later than|not later than|at the latest|latest by|on or before|due|deadline)(?: the)?(?: end of| close of business)?",
        onward=r"(?:on or after|any time from)(?: the)?",
        week_after=r"(?:the )?week after(?: the)?",
        before=r"(?:before|pre-?|ahead of|prior to|earlier than|in time for)(?: the)?",
        moved=r"(?:push(?:ed|ing)?|slipp?(?:ed|ing)?|mov(?:ed?|ing)|postpon(?:ed?|ing)|delay(?:ed|ing)?|defer(?:red|ring)?|bump(?:ed|ing)?|shift(?:ed|ing)?|reschedul(?:ed?|ing))(?: (?:it|this|that|things|everything))?(?: back| out)? (?:to|until|into)",
        until=r"(?:until|till|til|'til|up to|through|thru|to|up until)(?: and including)?(?: the)?",
        since=r"(?:since|as of last|ever since)(?: the)?",
    ),
    zones=ZONES,
    words=re.compile(
        rf"(?<!\w)(?:{alt(WEEKDAYS)}|{alt(MONTHS)}|tomorrow|tmrw|tmw|yesterday|today|tonight|morning|afternoon|evening|noon|midday|weeks?|wks?|mths?|months?|quarters?|years?|days?|hours?|minutes?"
        r"|fortnight|easter|christmas|xmas|holidays?|thanksgiving|whitsun|pentecost|epiphany|diwali|ramadan|eid|holi|carnival|boxing|halloween|season|eod|cob|eow|eom|eoq|eoy|business|play|away|now|immediately|o'clock|half|break|period|weekend"
        r"|summer|autumn|fall|spring|winter|fifteenth|tenth|twelfth|twentieth|at|week-end|month-end|year-end|ago)(?!\w)"
    ),
    over=re.compile(r"\s{1,3}(?:is|are|has|have|will be)\s{1,3}(?:over|done|through|behind|past|finished|out of the way|passed)\b"),
)

# ------------------------------------------------------------------------------------------------------------- cues

MEETING = r"(?:call|meeting|demo|appointment|session|slot|chat|webinar|catch-up|catchup|conversation|presentation|meet|zoom|teams call|teams meeting|video call|conference|one)"
WE_WILL = (
    r"(?:i'll|we'll|ill|i will|we will|i shall|we shall|i'm going to|we're going to|i am going to|we are going to|i'm gonna|i can|we can|i could|let me|let us|i'd|we'd|i plan to|we plan to"
    r"|i intend to|we intend to|i aim to|we aim to|i promise to|we promise to|i hope to|we hope to|we expect to|i expect to|i'm happy to|happy to|glad to|i'll be able to|we'll be able to"
    r"|i'm planning to|we're planning to|i will be able to|i am planning to|we are aiming to|i'm aiming to|we're aiming to|(?:i'm|we're|i am|we are) hoping to|(?:i|we) should(?= (?:have|know|hear|get|receive)\b)|(?<!you\x20)(?<!they\x20)(?<!it\x20)(?<!users\x20)(?<!that\x20)should be able to|and will|and then|and"
    r"|will|will then|shall|(?:my|our) [\w-]{2,20}(?: [\w-]{2,20})?(?: [\w-]{2,20})? (?:will|is going to|are going to))"
)
ADVERBS = (
    r"(?: (?:then|also|gladly|happily|definitely|certainly|surely|just|personally|probably|try and|try to|make sure to|make sure we|make sure i|be sure to|do my best to|do our best to|quickly|shortly"
    r"|be able to|have to|need to|want to|either|both|of course|now|first|still|simply|immediately|be sending|get|[\w-]{3,14}ly)){0,3}"
)
THING = (
    r"(?:quotes?|quotation|offer|proposal|contract|agreement|nda|answer|reply|response|feedback|comments|decision|confirmation|approval|sign-off|invoice|order|po|purchase order|payment|documents?|papers|paperwork"
    r"|forms?|files?|figures|numbers|drawings|plans|slides|deck|samples?|prices|price list|draft|report|list|details|info|information|data|recording|minutes|summary|review|specs?|references|invite|redlines|markup)"
)
DO = (
    r"(?:send|sending|counter-?sign|co-?sign|shoot(?= (?:it|this|that|them|you|the|our|over|across|an?)\b)|have (?:my|our|the) [\w-]{2,16}(?: [\w-]{2,16})? (?:send|forward|share|call|get|prepare|confirm|check|reach|e-?mail|draw)|forward|e-?mail|mail|share|provide|get(?: (?:back|in touch|together)|(?= (?:it|you|them|this|that|the|our|your|an|a|my)\b))(?! (?:to|on) (?:this|it|the (?:topic|subject|matter|project))\b)|come back(?! to (?:this|it|the (?:topic|subject|matter|project))\b)|be back (?:to|with) you\b|revert|return(?= (?:it|the|your|to you|them|this|a)\b)|let you|let u|call|ring|phone|give you|prepare|draft"
    r"|(?:fire|whizz|zip|pop)(?= (?:it|this|that|them|over|you|across)\b)|drop (?:you|u) an? (?:quick |short )?(?:line|note|mail|message|e-?mail|call|ring|text)|turn (?:it|this|that|them|(?:the|your) [\w-]{2,16}) (?:around|round)|write|check|confirm|deliver|submit|circulate|upload|update|sign|have(?= (?:it|them|(?:that|this) (?:with|to|over|back|ready|done)|everything|something|news|clarity|feedback|made|decided|chosen|all|(?:(?:the|that|this|an?|our|your|my|some|two|three) )?(?:[\w'-]{2,16} ){0,2}(?:"
    + THING
    + r"|idea|version|look|view|results?|overview|estimate|budget|candidates|names|options|ready|for you|done|back|signed)|the (?:[\w-]{2,16} ){1,2}by)\b)|put (?:it |this |that |the |a )?(?:[\w-]{2,14} )?together"
    r"|pull together|follow up|reach out|contact|reply|respond|answer|review|look (?:into|at|over)|find out|ask|arrange|set up|set it up|organi[sz]e|schedule|book|finali[sz]e|introduce|present|pass (?:it|this|that|your|the|them|on to|on your|along)|ping|ship"
    r"|order|place(?= (?:the|an|our)\b)|pay|transfer|decide|drop|post|text|tell you|bring|show you|fix|install|complete|finish|be in touch(?! (?:soon|shortly|again soon))|know(?= (?:more|by|on|after|next|tomorrow|later)\b)|choose|select|set (?:something|it) up|(?:speak|talk) (?:to|with)(?! you\b)|do (?:it|that|this|so)|take care of|sort (?:it|this|that)|go through|go over|run it|take it|hand|keep|touch base|circle back|issue|release|make a decision|make our decision|report back)\b"
)
THEY_GET = (
    r"you can (?:count|rely|bank) on(?= (?:an?|the|our|my|having|getting|it|us|me)\b)|(?:i|we) commit to (?:having|getting|sending|delivering|returning)\b|(?:will|'ll|should) (?:land|arrive|drop|show up|turn up) (?:in|on|with) (?:your|you)\b|^(?:sending|forwarding|sharing|e-?mailing|shooting) (?:it|them|this|that|everything)\b|^(?:will be )?(?:sending|forwarding|sharing|e-?mailing|shooting) (?:over |you )?(?:the|our|my|your|an?) (?:[\w-]{2,16} ){1,3}(?:over|across|along|out|to you|your way|by|on|today|tomorrow|tmrw|first thing|this|later)\b(?!.{0,60}\b(?:would|could|is|was|takes|will|works)\b)|(?:you'll|you will|you shall|you should|you can expect to) (?:have(?! (?:noticed|seen|heard|got|received|to|read|guessed|understood))|get|receive|hear)\b|you (?:have|get) (?:it|them|an answer|my answer|our answer|the [\w-]{2,20}(?: [\w-]{2,20})?) by"
    r"|(?:goes|go|going) out (?:to you )?(?:on|by|tomorrow|today|this|next)|(?:will|'ll) be (?:sent|returned|delivered|e-?mailed|mailed|forwarded|posted|couriered|shipped) (?:on |over |back |across )?to you(?= (?:(?:by|on|before|at the) )?(?:(?:the )?(?:end|\d)|mon|tue|wed|thu|fri|tomorrow|today|next|this|cob|eod|noon|early|first thing))|(?:will|'ll|should) be (?:with you|in your inbox|on your desk)(?= (?:by|on|before|no later|early|first thing|tomorrow|tmrw|this|next|later|mon|tue|wed|thu|fri))|(?:will|'ll) be (?:with|sent to|delivered to|in your|on your|ready(?! to)|on its way)\b|(?:please )?expect(?:(?= (?:it|them|an? [\w-]{2,20}|the [\w-]{2,20}|my|our)\b)| to (?:hear|receive|get)\b)"
    rf"|^expect(?= (?:[\w-]{{2,14}} )?{THING}\b)|(?:you'll|you will) find (?:it|them|(?:the|our|my|your) (?:[\w-]{{2,16}} ){{1,3}})(?: ?in your (?:inbox|mailbox)| ?on your desk)\b|(?P<thing>{THING}) (?:will|'ll|shall|should|to) (?:follow|reach (?:you|your inbox)|come|arrive|go out|be (?:returned|e-?mailed|mailed|forwarded|posted|couriered|circulated|issued|sent|made|taken|signed|done|finished|ready|finali[sz]ed|delivered|completed|available|released|shared|in your inbox))\b"
    rf"|(?P<thing2>{THING}) (?:is |are )?(?:coming|heading|headed|on its way|on their way)\b|(?:will|'ll|should) be (?:done|finished|through)\b"
    r"|(?:i'm|i am|we're|we are) (?:sending|forwarding|e-?mailing|mailing|posting|delivering|submitting|sharing)\b"
)
LATER_VERBS = (
    r"(?:revisit|reconsider|do (?:this|it|that)|sync(?: up)?|align|reconvene|pick (?:this|it|things|that|up|the [\w-]{2,20})|take (?:this|it|that|things) (?:back )?up|talk|speak|reconnect|re-connect|regroup|resume|touch base|circle back|come back to|return to(?! (?:the office|work|my desk|our office))|get back to"
    r"|look at (?:this|it|that)|(?:have|take) (?:another|a fresh|a second|a) look|discuss|continue|carry on|catch up|meet|meet again|start|restart|reassess|re-?evaluate|review|decide|re-?open|go on|chat|get together|sit down|try again|follow up|check in"
    r"|be in touch|get in touch|connect|hear from you|have (?:a|another) (?:chat|call|talk|conversation|meeting)|arrange|schedule|move (?:ahead|forward)|proceed|tackle|address|think about|bring (?:this|it) up|come to this|plan|(?:call|ring|phone)(?= (?:me|us|you|back|again|in|on|after|next|once|when|around|at|tomorrow|then|the (?:week|day)|mon|tue|wed|thu|fri|early|mid|late)|[ ]?[.,!?]|$))"
)
WEEKDAYISH = alt(WEEKDAYS)
THAT = (
    r"(?:both|either|any|those|these|the (?:first|second|third|former|latter|last|earlier|later|proposed|suggested|new|morning|afternoon)(?: (?:one|option|slot|time|date|proposal|suggestion|day))?"
    r"|the (?:time|date|slot|day|option)s?|option \w{1,6}|any of (?:those|them|these)|all (?:three|of them)|your (?:suggestion|proposal)|both (?:options|dates|times|days|slots)|the \d{1,2}(?:st|nd|rd|th))"
)
SUITS = (
    r"(?:works?|suits?|fits?|is (?:absolutely |totally |also |just |all |both |the )?(?:gd|spot on|a goer|preferable|preferred|fine|good|perfect|great|ok|okay|ideal|possible|convenient|best|better|excellent|fantastic|confirmed|in (?:my|our|the) (?:diary|calendar))"
    r"|are (?:both |all )?(?:fine|good|ok|okay|possible|confirmed)|would (?:work|be (?:fine|good|perfect|great|ok|okay|ideal|best|better|possible|lovely)|suit)|sounds (?:good|great|fine|perfect)|looks (?:good|fine)|will (?:work|do|be fine|suit)"
    r"|'s (?:fine|good|perfect|great|ok|okay|confirmed|ideal|better|best)|does (?:work|suit)|can work|could work)"
)

CUES = {
    "greeting": cue(
        r"^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|morning|greetings|afternoon|hiya|howdy|to whom it may concern|happy [\w]{3,9}day|happy new year)\b"
    ),
    "closing": re.compile(
        r"(?:(?:(?:with |many |my |our )?(?:very )?(?:best|kind|kindest|warm|warmest|friendly|sincere|good) )?(?:regards|wishes)|best|all the best|cheers|sincerely|yours(?: sincerely| truly| faithfully)?|sincerely yours|thanks|thank you"
        r"|many thanks|thanks again|thanks in advance|thank you in advance|thanks and regards|thanks & regards|thanks and best regards|kind regards and thanks|with thanks|regards|rgds|br|kr|talk soon|speak soon|best to all|warmly|take care|respectfully|cordially"
        r"|have a (?:nice|great|good|lovely) (?:day|weekend|week|evening|one)|sent from my [\w ]{2,20}|get outlook for [\w ]{2,12})"
    ),
    "stop": cue(
        r"(?:nobody|no one|none of you|no-one)(?: [\w-]{1,16}){0,3} (?:contact|e-?mail|write|writes|wrote|call|calls|bother|message)\w{0,3}(?: to)? (?:me|us|any ?(?:one|body) (?:at|here|in|of us))\b(?! (?:back|about|yet|so far|since|for|because|when|with|on|in))",
        r"(?:rather|prefer|please|would like) (?:to )?not (?:to )?(?:receive|get|be (?:contacted|e-?mailed|mailed|written to|messaged))(?: (?:any ?more|again|any further|further|by you|from you|any|these|your|such|more|e-?mails?|mails?|messages?)){1,6}|not interested in (?:receiving|getting|reading) (?:your|any|these|such|further|more)|no more (?:of )?(?:these|your|such) (?:e-?mails?|mails?|messages|newsletters?|follow-?ups?)|(?:request|asked?|asking|time i ask) (?:you )?(?:to be|for being) (?:removed|unsubscribed|taken off|deleted|left alone)",
        r"(?:stop|quit|cease) (?:e-?mail|mail|writ|contact|messag|spam|call|sending|bother|pester|harass|reach|follow|text|prospect|solicit)\w{0,6}(?! (?:in|the|a|an|our|your) (?:line|machine))",
        r"(?:do not|don't|never) (?:(?:ever|please) )?(?:e-?mail|mail|write(?: to)?|contact|message|call|spam|bother|send) (?:me|us|our company|this address|anybody here|anyone here|any of us)(?: (?:again|any ?more|any (?:further|more) (?:e-?mails?|messages|mails?|letters|marketing|offers|ads|advertising)|e-?mails?|anything(?: else| more)?|further|at all|ever))?(?!,? (?:before|until|till|after|on|in|by|the|a|at|this|next|your|about|today|tomorrow|for|during|because|if|but|call|ring|phone|use|just call|text|instead|write|talk|speak))",
        r"(?:do not|don't) (?:want|wish) (?:to (?:receive|get|be (?:contacted|e-?mailed|mailed|written to|messaged))|any (?:more|further) (?:e-?mails?|mails?|messages|contact|marketing))",
        r"^(?:please )?un-?subscribe\b",
        r"unsubscribe (?:me|us|this|our|from)|(?:please|kindly|to) unsubscribe",
        r"(?:remove|delete|take|drop|strike|erase) (?:me|us|my (?:e-?mail|address|name|details|data|contact)|our (?:company|address|names?|details|organi[sz]ation|team|firm|data|contact|business|e-?mails?)|this (?:address|e-?mail))(?: [\w-]{1,12}){0,4} (?:from|off|out of) (?:all |any |every )?(?:(?:your|this|these|any|future)(?: [\w-]{1,12}){0,3}|the(?: (?:mailing|e-?mail|e-?mailing|mail|contact|distribution|newsletter|marketing|call|sales|address))?) ?(?:list|lists|mailings?|database|records|crm|distribution|mails?|e-?mails?|system|newsletter)",
        r"(?:please )?remove (?:me|us|our company|my address|our address|my email)\s*(?:[.!]|$|immediately|at once|now)",
        r"take (?:me|us|our company|my name) off\b(?! (?:the|this) (?:thread|invit\w{0,6}|call|meeting|cc|copy|loop|hook|e-?mail thread|project))",
        r"(?:want|like|wish|prefer|love) (?:you |for you )?to stop (?:receiving|getting|hearing)\b|enough (?:with|of) (?:the|these|your|all (?:the|these|your)) (?:[\w-]{2,12} )?(?:e-?mails?|mails?|messages|spam|follow-?ups?|newsletters?)\b",
        r"want (?:off|out of) (?:this|your|the) (?:[\w-]{2,12} )?list\b|^cease and desist\b",
        r"leave (?:me|us) alone|^stop\s*[.!]*$|^(?:please )?(?:just )?remove(?: (?:me|us))?(?: please)?\s*[.!]*$",
        r"(?:do not|don't|never)(?: please)? (?:call|e-?mail|mail|write|contact|text|message)(?:,? (?:or|and|nor) (?:call|e-?mail|mail|write|contact|text|message)){1,3} (?:to )?(?:me|us)\b(?! (?:before|until|till|after|on|in|by|about))",
        r"(?:you|your (?:team|company|colleagues)) (?:did not|didn't|would not|wouldn't|stopped|do not|don't|no longer) (?:contact|e-?mail|mail|writ|call|messag|contacting)\w{0,3}(?: to)? (?:me|us)(?: again| any ?more| any further)?\s*[.!]?$",
        r"(?:delete|erase) (?:all )?(?:my|our) (?:personal )?(?:data|details|information)\b",
        r"(?:like|want|wish|ask|asked|prefer|rather) (?:us |me )?(?:to |not )?(?:to )?be (?:removed|taken off|unsubscribed|deleted|left alone)",
        r"opt(?:ing)?[ -]?out(?: of)?|opt (?:me|us) out",
        r"(?:no|not) (?:want|wish|like)? ?(?:to be|be) contacted (?:again|any ?more|any further|by you)",
        r"no (?:more|further) (?:e-?mails?|mails?|messages|contact|marketing)(?: please)?\s*(?:[,.!]|$|from you)|cease (?:all )?(?:contact|communication)",
        r"(?:please|kindly|do) refrain from (?:contacting|writing|emailing|e-mailing|mailing|calling|messaging)",
        r"stop (?:the|these|all|your|with the|sending|with these|with your) (?:[\w-]{1,12} )?(?:e-?mails?|mails?|messages|mailings?|newsletters?|spam|contact|calls|follow-?ups?)",
        r"lose my (?:number|address|email)|(?:no longer|not) (?:wish|want) to (?:receive|hear|be contacted|get)|(?:don't|do not) (?:want|wish) to hear from you",
    ),
    "not_stop": cue(
        r"(?:want|wish|like) to (?:receive|get) (?:the|an?|this|that|our) (?!(?:[\w-]{2,12} )?(?:e-?mails?|mails?|mailings?|messages?|newsletters?|marketing|spam|calls?|updates?|offers?|ads)\b)[\w-]{2,}",
        r"(?:don't|do not|no need to|needn't) (?:please |ever )?stop\b|(?:we|i|they)(?:'d| would|'re| are|'m| am)? (?:want|like|plan|planning|decided|intend|need|hope|going|trying|had) to (?:stop|quit|cease) (?:e-?mailing|mailing|writing|calling|sending|texting|messaging|contacting)\b",
        r"stop by|unsubscribe (?:link|button|page|rate|feature|option|list)s?|(?:how|where|can|could) (?:do |can |could )?(?:i|we|users|people|our|customers|one|they)\b.{0,40}unsubscribe|opt(?:ing)?[ -]?out (?:rates?|feature|options?|clause|page|form|links?|mechanism)|(?:our|the|these|those) (?:users|customers|clients|guests|members|patients|machine|system)|(?:couldn't|can't|didn't|won't|never) stop|if (?:they|customers|users|you(?! (?:could|would|can|might|please|did not|didn't|would not|wouldn't|stopped|could stop|would stop|no longer)))",
    ),
    "company": cue(
        r"us",
        r"our (?:company|organi[sz]ation|team|firm|business|addresses|domain|office|staff|people|employees|colleagues|group|names|e-?mails|entire|whole|department|practice|school|clinic|shop|club|co-op|address list)",
        r"any(?:one|body) (?:here|at|in|from|of us|else)|all of us|every(?:one|body) (?:here|at|in)|any of us|the whole (?:company|team|firm)|the company|no one (?:here|at)|nobody (?:here|at)",
    ),
    "missed": cue(
        r"(?:(?:i|we) (?:wasn't|was not|weren't|were not)|not being|not having been) (?:on|in|at) (?:our|the|today's|yesterday's|this morning's) (?:[\w-]{2,16} )?(?:call|meeting|demo|session|appointment|zoom)\b(?! list)",
        rf"missed (?:our|the|today's|yesterday's|this (?:morning|afternoon)'s|your|my|{WEEKDAYISH}'s)(?! (?:first|beginning|start|point|deadline|e-?mail|message|mail|part|last|opening|question|fact|calls?\b(?! (?:at|on|this|today|yesterday)))) ?(?:[\w-]{{1,16}} ){{0,3}}{MEETING}s?\b",
        rf"missed (?:our|the|today's|this (?:morning|afternoon)'s|yesterday's) (?:[\w-]{{1,16}} )?{MEETING}\b",
        r"missed (?:our|the) (?:\d{1,2}(?:[:.]\d\d)?|one|two|three|four|nine|ten|eleven) ?(?:o'clock|a\.?m|p\.?m)\b",
        r"(?:spaced|blanked)(?: out)? on (?:our|the|today's|this|yesterday's)\b",
        r"(?:i missed you|missed (?:each other|it|the [\w-]{3,14})) (?:today|yesterday|this morning|this afternoon|earlier|on the call)",
        r"(?:couldn't|could not|wasn't able to|was not able to|was unable to|were unable to|weren't able to|were not able to|didn't manage to|did not manage to|didn't|did not|failed to|never) (?:manage to )?(?:make|join|attend|be there|dial in|get to|show up|turn up|come to|connect to|be at|get on|get into|log in)(?: (?:it|up))?(?: (?:to|for|at|on|in))?(?: (?:our|the|your|today's|this morning's|yesterday's|you|in|that))?(?: [\w-]{1,16}){0,2} ?(?:call|meeting|demo|appointment|session|today|yesterday|this morning|this afternoon|earlier|time|there|after all|it|$|[.,!])",
        rf"(?:completely |totally |clean )?(?:forgot|overlooked|slept through|mixed up|got (?:the )?(?:time|day|date)s? wrong)(?: about)? (?:our|the|today's|this morning's|about our|about the|that we had(?: a| our)?) (?:[\w-]{{1,16}} ){{0,2}}{MEETING}",
        r"(?:it|the meeting|our meeting|our call|the call|our appointment|the demo) (?:completely |totally |just )?(?:slipped my mind|escaped me|slipped past me)",
        r"(?:sorry|apolog\w{3,8})(?: for| about)? (?:not (?:making it|joining|showing up|attending|being there|turning up|being able to (?:join|make it|attend))|missing (?:our|the|today's|this|your|you|yesterday's|it)|standing you up|the no-show|my no-show|being a no-show|having missed)",
        r"got (?:the )?(?:time|day|date)s? (?:wrong|mixed up)|(?:sorry to have|and|and i|so i|and we|so we) missed (?:you|it|each other)\b(?! (?:e-?mail|message|mail|note))",
        r"something came up and (?:i|we) (?:had to|couldn't|wasn't|could|missed)|(?:i|we) (?:had to skip|stood you up|was a no-show|were no-shows|wasn't there|weren't there|was not there|were not there|overslept|no-showed)",
        rf"missing (?:our|today's|this morning's|yesterday's|this afternoon's) (?:[\w-]{{1,16}} )?{MEETING}",
    ),
    "not_missed": cue(
        r"make the (?:cut|grade|short-?list|deadline|list|numbers)\b|you (?:missed|couldn't|didn't|forgot|were unable|weren't|could not|did not)|(?:did|have|had) (?:i|we) (?:miss|missed)|if (?:i|we|you) (?:missed|couldn't|forgot)|(?:hope|hoping) (?:i|we) (?:didn't|haven't)|(?:he|she|they|my [\w-]{2,16}|our [\w-]{2,16}) (?:missed|couldn't make|could not make|was unable|forgot)|(?:don't|not) want to (?:have )?miss|almost missed|nearly missed|never missed|haven't missed|missed your (?:phone )?calls?\b(?! at| on| this| today| yesterday)|missed the (?:boat|point|deadline|chance)"
    ),
    "refusal": cue(
        r"(?:won't|will not|not) be needing (?:it|this|that|your|these|any)\b|(?:stay|stick|remain|carry on|continue) as (?:we are|it is|things are)\b",
        r"(?:quote|offer|bid|proposal|product|system|you) (?:didn't|did not|hasn't|haven't|has not|have not) (?:make|made) the (?:cut|grade)\b|no longer (?:on|part of) (?:our|the) (?:roadmap|agenda|plans?|list|radar)\b|(?:don't|do not|can't|cannot) see (?:a|any|much of a) fit\b|(?:bought|chosen|picked|ordered|gone for|gone with|went for|went with|chose) something else\b",
        r"(?:gone|going|went|go|stay|staying|stayed|stick|sticking|stuck|sticked) with (?:the|our) incumbent\b|(?:opted|chosen|decided|elected) to (?:retain|keep|stay with|stick with|renew|renew with) (?:our|the) (?:present|current|existing|incumbent|old)\b|^(?:(?:unfortunately|sadly|i'm afraid|sorry|but),? )*you came (?:a close )?second\b|(?:couldn't|could not|didn't|did not|unable to) get (?:it|this|that|your \w{2,12}) over the line\b|(?:it|this|that)(?: is|'s) not going to be you\b",
        r"(?:giving|give|gave) (?:it|this|that)(?: one)? a miss\b|(?:bid|offer|proposal|tender|application|quote|submission|you)(?:'ve| have| has)? (?:was|were|been|is|are) (?:\w{2,12} )?unsuccessful\b",
        r"(?:contract|order|job|project|tender|business|work|deal|award)(?: has| was| is)?(?: been)? (?:awarded|given|gone|went) to (?:(?:another|a different) (?:bidder|supplier|vendor|company|firm|provider|contractor|party)|someone else|somebody else|a competitor|one of your)\b|signed (?:up )?with (?!you\b|me\b|us\b|the\b|legal\b)[\w-]{2,20}(?: instead| now)?\s*[.!]?$",
        r"(?:projects?|plans?|idea|initiative|programme|program|purchase|deal|whole thing|it|this)(?:'s| has| was| is)?(?: been| got)? (?:canned|axed|scrapped|binned|nixed|mothballed)\b|no longer (?:have|see) (?:a|any|the) (?:need|use)\b|no longer need (?:this|it|your|a new)\b",
        r"(?:voted|shot|struck) (?:it|this|that|the (?:idea|plan|proposal|project)) down\b|(?:stick|stay|carry on|continue|go on|remain|live) with (?:our |the |good old )?(?:[\w-]{2,14} )?(?:spreadsheets?|excel|paper|pen and paper|what we(?:'ve| have)?(?: got)?|manual \w{3,12}|things as they are)\b(?! (?:sizes?|versions?|formats?|cop(?:y|ies)|you|that))",
        r"(?:(?:renewed|re-?signed|signed again)(?: [\w-]{1,16}){0,3}|(?:extended|prolonged)(?: (?:our|the) (?:contract|agreement|subscription|licen[cs]es?))?) with (?:our|the) (?:current|existing|old|present|incumbent|usual)\b",
        r"(?:won't|will not|not|aren't) (?:be )?(?:taking|take) (?:this|it|things) (?:any )?further\b|pull(?:ed|ing)? the plug\b",
        r"(?:decided|chosen|elected|opted|voted|resolved) (?:against|not to)",
        r"(?:not|no longer|won't|will not) (?:be )?(?:(?:going|planning|able|in a position) to )?(?:going|go|moving|move|proceeding|proceed|taking|pursue|pursuing|continue|continuing)(?: it| this| things)? (?:ahead|forward|further|with (?:this|it|you|your|the (?:offer|project|purchase|deal|proposal)))",
        r"(?:going|gone|went|go|working|signed|sign|stay|staying|stick|sticking|move|moved|moving forward|going ahead|partnered|settled|moving ahead|proceed|proceeding) (?:instead )?(?:with|on|for) (?:another|a different|someone|somebody|one of your|your competitor|a competitor|an alternative|a cheaper|a local|other|our (?:current|existing|old|present)|the (?:competition|competitor|other)|what we have)",
        r"(?:chose|chosen|selected|picked|opted for|decided (?:for|on|in favou?r of)|awarded (?:it|the (?:contract|job|order|project)) to|bought (?:from|one from)|gave (?:it|the (?:contract|job|order|project)) to|given (?:it|the (?:contract|job|order|project)) to) (?:another|a different|someone|somebody|your competitor|a competitor|an alternative|the competition|other|one of your)",
        r"(?:not|aren't|isn't|no longer) (?:really |currently |at all |that |particularly |so )?interested",
        r"(?:no|don't have any|have no) interest",
        r"(?:we'll|i'll|we will|i will|going to|have to|has to|must|we|need to) (?:have to |need to )?(?:pass|decline)\b(?! (?:straight|right|directly|immediately|back|down|it|this(?! (?:time|round|year|one)\b)|that|your|the|them|on to|along|on (?:your|the|my) (?:message|info\w*|details|word|news|slides|regards|feedback|comments|questions?|documents?|thanks|contact|name|number|link|file|request|mail|e-?mail))\b)",
        r"(?:decline|declining|turn down|turning down|reject|rejecting|turned down|rejected|declined) (?:your|the|this) (?:offer|proposal|quote|quotation|bid)",
        r"(?:chosen|decided|going|opted|chose|want) (?:to go |to take )?(?:down )?(?:a|another|an) (?:different |alternative |other )?(?:route|path|road)\b|(?:happy|satisfied|content|fine) with (?:our|the) (?:present|current|existing) (?:supplier|vendor|provider|system|solution|set-?up|partner|tool|software)|decided to (?:stop|cancel|drop|end|abandon|scrap) (?:the|this|our) (?:project|evaluation|search|initiative|purchase|process)|(?:not|no longer) relevant (?:for|to) (?:us|me|our)",
        r"(?:it|this|that)(?: is not| isn't|'s not| won't be) going to happen(?! (?:until|till|before|today|this week|tomorrow))|^(?:(?:sorry|unfortunately|so),? )*(?:this|it|that) won't happen\s*[.!]?$",
        r"(?:opted|gone|went) for (?:a|an|the|another) (?:\w{2,12} )?(?:rival|competing|competitor's|cheaper|local|different|in-house|alternative) ?(?:product|offer|solution|system|tool|vendor|supplier|provider|one|option|alternative|bid)?",
        r"(?:gone|went|going|stay|staying|doing (?:it|this)|do (?:it|this)|keep (?:it|this)|keeping (?:it|this)|built (?:it|this)|building (?:it|this)) in-?house|(?:build|building|built|make|making|develop|developing|developed) (?:it|this|that|one|something) (?:ourselves|on our own|internally)",
        r"(?:consider|treat|regard) (?:this|it|(?:the|this) (?:matter|topic|case|project)) (?:as )?closed|close (?:the|our|your) (?:file|case)\b|shelved (?:for good|indefinitely|permanently)",
        r"(?:no|not a|there is no|there's no|won't be a|will be no) (?:project|such project|purchase|order) (?:this|for|at|in|any|from)",
        r"(?:project|initiative|plan|tender|purchase|programme|program)s? (?:is|was|has been|got|have been) (?:cancell?ed|stopped|dropped|killed|scrapped|abandoned|discontinued|called off|axed)",
        r"(?:dropped|cancell?ed|scrapped|abandoned|killed|stopped) (?:the|this|our) (?:project|plan|plans|initiative|idea|purchase|tender)",
        r"(?:go|going|gone|went|move|moving) (?:in|into) (?:a|an) (?:different|other|another|new) direction|(?:in|into) another direction|(?:project|initiative|plan|deal|idea|whole thing) (?:is|was)(?: now)? (?:dead|off|history|no more)\b(?! (?:limits|the))",
        r"(?:not|won't|will not)(?: be)? (?:proceed|going to proceed|proceeding|moving forward|moving ahead|going forward|going ahead|progressing with|progressing this|continuing)\b(?! (?:until|till|before|without|unless))",
        r"(?:isn't|is not|not) something (?:we|for us|that we)|(?:not|no longer) (?:really |currently |actively )?(?:looking for (?:this|it|anything|any|a (?:new|solution|tool|supplier|vendor|system|provider))|in the market|on the lookout|looking to (?:buy|change|switch|replace))|(?:we're|we are|i'm|i am) (?:all )?(?:good|fine|ok|okay|sorted|covered) (?:for now|as we are|without|at the moment|as is|with what we have)",
        r"(?:did not|didn't|won't|will not|refused to|never) sign (?:off|it off|this off)\b|(?:did not|didn't|have not|haven't) (?:make|made|get|reach) (?:the|our|on the) (?:short-?list|next round|final)|without a purchase|(?:lost|losing) interest|interest has (?:faded|gone|waned|cooled)|^(?:ok,? |sorry,? |then )?(?:we're|we are|i'm) out\s*[.!]?$|let's (?:drop|forget|scrap|leave) (?:it|this)(?: there| altogether| completely)?\s*[.!]?$|(?:don't|do not|can't) see (?:this|it|that) (?:happening|working|going anywhere)",
        r"no (?:longer|more) (?:a )?(?:need|looking|require|required|needed|pursuing|relevant|considering|in the market)|no need for (?:it|this|your|such|a|an|any)",
        r"(?:don't|do not|won't|will not) (?:need|require|want) (?:it|this|your (?:product|service|solution|system|offer|help|services)|such a|any of (?:that|this)|a new (?:system|supplier|provider|vendor))",
        r"(?:won't|will not|not|can't|cannot) (?:be )?(?:buy|buying|purchase|purchasing|order|ordering|go for|going for|accept|accepting|sign|signing|renew|renewing)(?: (?:it|this|from you|your|the (?:offer|contract|proposal)|anything|any more|with you)| ?[.,!]| ?$)",
        r"no,? thank(?:s| you)|thanks,? but no(?: thanks)?\b|no from (?:us|me|our side)|it's a no(?!-)|is a no(?!-| go)|the answer is no|have to say no|must say no|not for us|nothing for us|(?:don't|do not) think (?:this|it|that) is (?:for|right for) us|(?:we're|we are) all set\b(?! (?:for|to))",
        r"(?:not|isn't|wasn't) (?:a|the) (?:right |good |great )?(?:fit|match) (?:for|at)|(?:isn't|is not) what we(?:'re| are)? (?:need|looking|after|want)",
        r"(?:another|a different|other|a cheaper) (?:supplier|vendor|provider|company|solution|firm|bidder) (?:won|got|was chosen|has been chosen|made the|has won|was selected|has been selected)",
        r"(?:board|management|boss|committee|cfo|ceo|director|partners|owner|team|council|head office) (?:has |have )?(?:rejected|turned (?:it|this) down|said no|voted against|decided against|vetoed|declined|refused|did not approve|didn't approve)",
        r"(?:found|have|signed|chosen|picked|selected) (?:already )?(?:another|a different) (?:supplier|vendor|provider|solution|partner)|already (?:signed|bought|ordered|decided on|chosen|went) (?:with|from|for)? ?(?:another|elsewhere|someone|a different|a competitor)",
        r"^(?:(?:i think |so |ok,? |hi,? |unfortunately,? |sorry,? |thanks,? (?:but )?)*(?:we|i)(?:'ll| will|'re going to)? )?(?:pass|give (?:it|this) a miss)(?: (?:on (?:this|it|that)|for (?:now|this|the))\b.{0,40}|\s*[.!,]|\s*$)",
        r"went elsewhere|gone elsewhere|go elsewhere|buy elsewhere|lost the (?:bid|tender)|(?:you|your offer) (?:were|was) not (?:selected|chosen|successful)|regret to inform|unfortunately (?:not|we cannot consider|you were not)",
    ),
    "not_refusal": cue(
        r"not to (?:keep|renew|extend|stay|stick|continue|go on)(?: with| on)? (?:[\w-]{2,12} ){0,3}(?:current|existing|old|present|incumbent|other)\b|against (?:the |a |an |your |their )?(?:competit\w{2,8}|rivals?|other (?:vendor|supplier|offer|option|product|system)|alternative|cheaper|old)|not (?:yet )?decided|haven't (?:yet )?decided|no decision|(?:not|haven't|hasn't|never) (?:decided against|rejected|turned|gone|went|cancelled|canceled)|if (?:you|we|they) (?:are not|aren't|decided|decide|go|pass)|(?:doesn't|does not) mean|(?:it's|it is|that's) not that"
    ),
    "doubt": cue(
        r"(?:it|this|that|which|price|quote|offer|figure|total)(?:'s| is| goes| comes in)? (?:well |way |far |slightly |a bit |a little )?over budget\b|still needs? (?:to get |the |formal |final |our )?(?:[\w']{2,12} )?(?:approval|sign-?off)\b",
        r"(?:pricier|dearer|costlier|more expensive) than\b(?! (?:we|i)(?:'d| had)? feared\b)|need (?:the )?(?:buy-in|blessing|go-ahead|backing) (?:from|of)\b",
        r"weighing (?:up )?(?:if|whether)\b|quot(?:ed|es) (?:us |me )?(?:about |around |roughly )?\d{1,3} ?(?:%|percent|per cent) (?:less|lower|cheaper|below)\b|budgets? (?:is|are) (?:still |currently )?(?:under review|being (?:reviewed|looked at|cut))\b|depends on (?:(?:if|whether) (?:we|they|our|the)\b|(?:the |our |their )?(?:budget|funding|approval|board)\b)",
        r"(?:team|board|committee|opinion|house|management)s? (?:is|are) (?:\w{2,10} )?(?:split|divided)\b|(?:is|are|were|keeps?|been) pushing back\b(?! (?:the|our|on the (?:date|time)))|(?:can't|cannot|struggle to|hard to) get (?:my|our) heads? a?round\b|(?:fallen|dropped|slid) (?:off|down) (?:the|our) (?:agenda|list|radar)\b",
        r"(?:money|budgets?|funds|cash)(?:'s| is| are) (?:\w{2,10} ){0,2}tight\b|jury(?:'s| is) (?:still )?out\b|(?:need|have|got) to (?:sell|pitch|justify) (?:this|it|that) (?:internally|upstairs|to (?:my|our|the) (?:board|boss|cfo|ceo|management|director))|(?:isn't|is not|aren't|not) (?:\w{2,12} )?(?:obvious|clear-cut) (?:to (?:me|us)|yet|here)\b",
        r"(?:don't|do not|doubt) (?:really )?(?:think |believe |that )*(?:we|i|they|our [\w-]{2,16}|the [\w-]{2,16})(?:'d| would| will|'ll| could| can) (?:\w{2,12} )?(?:get (?:this|that|it)|be able to|need|use|pay|afford|sign|buy|approve|accept|agree|go for)\b",
        r"(?:don't|do not|doesn't|haven't|hasn't) (?:really |currently |yet )?(?:have|got|see) (?:the |any |an |enough )?(?:headcount|manpower|staff|appetite|people)\b|(?:price|tag|quote|cost|figure|fee|total|number) (?:\w{2,12} ){0,2}?(?:is|seems|looks|feels) (?:\w{2,10} )?(?:hefty|steep|rich|on the (?:expensive|high|steep) side)|(?:a bit|a little|too|rather|pretty) rich for\b|(?:got|been|were|was) burn(?:ed|t) (?:by|with|before|once)\b|(?:some|a lot of|strong|internal|serious|considerable) (?:\w{2,10} )?(?:pushback|push-back|resistance|scepticism|skepticism)\b|^(?:i'm |we're |still )?not (?:yet )?sold\b",
        r"(?:competitors?|(?:other|another|different) (?:vendor|supplier|provider|quote|offer|company|firm|bidder)) (?:\w{2,10} ){0,2}?(?:came in|comes in|is|was|quoted|offered|asks|asked|charges|wants)(?: for| at)? (?:\w{2,14} ){0,3}?(?:half|two thirds|a third|a quarter|less|lower|cheaper|below|under)\b",
        r"(?:no|without|little|not enough|limited|lack of|lacking|out of|short of|short on) (?:\w{1,12} )?(?:budget|money|funds|funding|cash)\b",
        r"(?:don't|do not|doesn't|does not|didn't|haven't|have not|hasn't) (?:(?:yet|really|currently|actually|simply|have|got) ){0,3}(?:the |a |any |enough |that |sufficient |this year's )?(?:kind of |sort of )?(?:budget|money|funds|funding|resources|capacity|cash|bandwidth|manpower|approval)\b",
        r"(?:budgets?|spending|funds|funding|money|investments?|purchasing|capex) (?:for (?:it|this|that) )?(?:is|are|was|were|has been|have been|'s)(?: all| already| currently| still| very| pretty| really| quite)? (?:frozen|cut|gone|spent|tight|exhausted|not|on hold|limited|blocked|stretched|used up|allocated|an issue|a problem|unclear|uncertain)",
        r"(?:budget|spending|spend|hiring|purchasing|buying|procurement|capex|investment) (?:freeze|cuts?|stop|constraints?|problem|issue)",
        r"(?:over|beyond|above|outside|exceeds?|out of|more than|way over|blows) (?:of )?(?:our|the|my|what) (?:\w{1,12} )?(?:budget|means|limit|we can (?:spend|afford|pay)|(?:we|i)(?:'d|'ve| have)? (?:wanted|planned|hoped|expected|budgeted|set aside|allocated|had|have|were (?:thinking|expecting|hoping|looking)))",
        r"(?:north of|above|beyond|outside) what we\b|(?:have|need|needs|has) to (?:come|be|get|stay|land|fit) (?:in )?(?:under|below|within)\b|(?:is|be|'s|bit of|quite|rather) a (?:bit of a |real |big |huge )?stretch\b|more than (?:we|i) can (?:swing|stomach|manage|justify)|(?:isn't|aren't|not|wasn't|hardly) (?:\w{2,10} )?sold on\b|lean(?:ing)? towards (?:keeping|staying|sticking|not|another|an? |the other|our (?:current|existing|old))|quot(?:ed|es) (?:us |me )?(?:[a-z]{2,14}ly |quite a bit |a lot |much |far )?(?:less|lower|cheaper|half)\b",
        r"too (?:expensive|costly|pricey|high|steep|dear|much(?: money| for us)|complex|complicated|risky|big|early|rich)\b",
        r"(?:rather|quite|pretty|very|a bit|a little|bit|somewhat|really) (?:expensive|pricey|steep|costly|high|on the high side|sceptical|skeptical|hesitant|doubtful|unsure|uncertain)",
        r"(?:not|i'm not|we're not|not yet|not entirely|not quite|not fully|not really|not completely|not 100 ?%|not a hundred percent) (?:yet |entirely |quite |fully |really |completely |totally |so |very |100% |too )?(?:sure|certain|convinced|persuaded|comfortable|happy|ready|there yet|decided|a priority|the (?:right|best) (?:time|moment)|a good (?:time|moment)|keen)(?! (?:i|we) (?:understand|follow|sent|told|mentioned|said))",
        r"(?:isn't|wasn't|aren't) (?:yet |really |quite |currently )?(?:sure|convinced|ready|a priority|the (?:right|best) (?:time|moment)|a good (?:time|moment))",
        r"(?:a lot of|too much|much|quite some|serious) money\b",
        r"struggl(?:e|ing) to (?:see|justify|find|believe|understand why|get|secure|win|make|convince|sell)|a lot (?:to take on|to ask|of change|for (?:us|a team))|don't know (?:yet )?(?:if|whether|how) (?:i|my|our)\b|(?:can|could) (?:hardly|barely) (?:justify|afford)",
        r"unsure|undecided|(?:hesitant|hesitating|sceptical|skeptical|doubtful|reluctant)\b|on the fence|second thoughts|cold feet|in two minds",
        r"(?:need|needs|have|has|want) (?:to|some time to|more time to|time to) (?:think (?:about it|it over|about this|this over|about that|it through)|sleep on it|reflect|digest|consider)",
        r"(?:hard|difficult|tough|tricky) (?:to (?:justify|sell internally|defend|get (?:it |this )?(?:approved|through|past)|convince|argue|find the (?:money|budget))|sell)",
        r"(?:have|has|had|some|few|big|serious|our|my|several|raised) (?:\w{1,12} )?(?:doubts|concerns|reservations|worries|misgivings|objections)|(?:concerned|worried|nervous|anxious|uneasy) (?:about|that|by|with)|my (?:only |main |biggest )?(?:worry|concern|doubt) is|(?:concern|worry|problem|obstacle|sticking point|issue) (?:for us )?(?:is|remains) (?:the )?(?:price|cost|budget|timing)",
        r"(?:haven't|have not|hasn't|not) (?:yet )?(?:decided|made (?:up our|up my|a|our|any) (?:minds?|decision))|no (?:final )?decision (?:yet|has|so far|was)|still (?:undecided|deciding|thinking|weighing|unsure|hesitating|comparing)",
        r"(?:can't|cannot|can not|couldn't) (?:really |currently |quite )?(?:afford|justify|commit|spend|pay that|see (?:the|how))",
        r"(?:bad|wrong|poor|not the right|not a good|not great|difficult|unfortunate) (?:time|timing|moment)|timing (?:is|isn't|is not|'s) (?:not |bad|wrong|off|difficult|poor|great|right|good|ideal)",
        r"(?:is|are|was|seems|looks|found|much|offer|quote|quoted|offers|one) (?:a |much |a bit |a lot |far |considerably |significantly |something )?cheaper|cheaper (?:offer|quote|alternative|option|provider|supplier)|(?:price|cost|costs|figure|number|total) (?:is|are|seems?|looks?) (?:\w{1,10} )?(?:high|steep|a problem|an issue|too|more than|above|over|an obstacle)",
        r"(?:other|different|more urgent|higher|bigger) priorities|low(?:er)? priority|not a priority|on the back burner|not (?:\w{1,10} )?(?:on|high on) (?:our|the) (?:list|agenda|radar)",
        r"don't (?:know|see) (?:yet )?(?:if|whether|how) (?:we|it|this|the)|don't (?:really )?see (?:the|a|any) (?:need|value|benefit|point|reason|advantage)|(?:i|we) doubt",
        r"^(?:maybe|perhaps|possibly)\s*[.!]?$|it's a maybe|a (?:definite |big |firm )?maybe\b|(?:more|higher|dearer|pricier|steeper|bigger) than (?:(?:we|i)(?:'d|'ve| had| have)? (?:wanted|planned|hoped|expected|budgeted|can|could|had|thought|anticipated)|expected|anticipated|planned)|(?:is|are|came in|comes in|at|about|around|roughly) (?:\w{1,12} )?\d{1,3} ?(?:%|percent|per cent) (?:cheaper|less|lower|below)|(?:big|huge|major|significant|large|substantial) (?:investment|expense|outlay|spend|commitment|step|ask)\b|overkill|(?:more|bigger) than we need",
    ),
    "ponder": cue(r"(?:think|sleep on it|reflect|digest|consider|mull)\b"),
    "not_doubt": cue(
        r"if (?:that|this|it|\w{2,9}day)(?:'s| is) too\b",
        r"(?:other|another|competing|previous|old|last|cheapest) (?:vendor|supplier|provider|quote|offer|system|one|bid|company)s? (?:was|is|were|are|came) (?:much |far |way |simply |just )?too\b",
        r"no budget (?:problems?|issues?|constraints?|worries|questions?)",
        r"(?:had|have|got|noted|wrote(?: down)?|put) (?:down )?(?:the|a) wrong (?:time|date|day)|wrong time (?:in|zone)",
        r"(?:no|without|any|not a|don't have any|have no|not have any) (?:doubts?|objections?|reservations?|worries|misgivings)|(?:are|is) you(?:r| )? (?:not )?(?:sure|unsure)|if you(?:'re| are) (?:unsure|not sure|hesitant|worried|concerned)|not (?:too|that|so|at all) (?:expensive|pricey|high)|isn't (?:too )?(?:expensive|pricey)|not too (?:expensive|complex|complicated|high)|cheaper than (?:i|we) (?:thought|expected|feared)|never too (?:early|late)|no concerns",
    ),
    "deferral": cue(
        r"(?:next (?:month|quarter|year)|january|february|march|april|june|july|august|september|october|november|december|q[1-4]|the new year)(?: would| will|'d| might)? (?:suits?|works?|fits?) (?:me |us )?(?:much |a lot |far )?(?:better|best)\b",
        r"(?:this|it|that) (?:is|'s|will be|would be) (?:really |more |rather |probably |certainly )?(?:something|a (?:topic|subject|matter|project|conversation|discussion|question|job|thing)|one) for\b",
        r"(?:call|ring|phone|contact|ping|e-?mail|mail|message|write(?: to)?|text|reach out to|get back to|come back to|get in touch with|check back with|check in with|follow up with|touch base with|circle back with|circle back to|speak to|speak with|talk to|talk with|try|remind|ask|nudge|approach|chase|visit|see|catch|return to|be in touch with|revert to|give) (?:me|us)\b(?! (?:a (?:quote|price|discount|idea|hint|list|copy|minute|moment)|the(?! (?:day|week|month|first|second|third|last|end|start|beginning|middle|following|next|coming|\d|(?:mon|tues|wednes|thurs|fri)day))|your|about it|know|an? (?:offer|answer|update|overview|estimate)|more|some)\b)",
        r"(?:mind|consider) (?:calling|ringing|phoning|contacting|e-?mailing|writing to|trying|giving|dropping|pinging|chasing|reminding|nudging|getting back to|coming back to|getting in touch with|reaching out to) (?:me|us)\b(?! (?:the|your|more|some|an? (?:quote|price|idea|copy|discount|list|demo))\b)",
        r"(?:drop|shoot|send|give|hit) (?:me|us) (?:a|an|up)(?: (?:quick|short|line|note|mail|e-?mail|message|shout|bell|ring|buzz|nudge|poke|reminder|call)){0,2}\b(?! (?:quote|price|copy|list|offer|sample))",
        r"^(?:please |kindly |pls )?revert(?: back)?(?: to (?:me|us))?\b",
        r"^(?:ok,? |thanks,? |great,? |perfect,? )?(?:talk|speak|chat|catch up|sync(?: up)?|reconvene|meet again)(?: to you| with you| again)?\b",
        r"(?:reach out|check back|check in|follow up|get in touch|get back(?: in touch)?|come back(?: again)?|touch base|circle back|reconnect|try (?:me |us )?again|call back|call again|ask again|come again|write again|ring back|try later|ring again|be in touch|look again|pick (?:this|it|things) (?:back )?up)\b",
        rf"(?:let's|let us|can we|could we|shall we|may we|might we|we could|we should|we can|we'll|we will|we'd|we would|i'd|i would|we'd rather|i'd rather|i suggest(?: that)?(?: we)?|i propose(?: that)?(?: we)?|better (?:to|if we)|best (?:to|if we|we)|happy to|glad to|perhaps(?: we)?|maybe(?: we)?|like to|prefer to|want to|going to|plan to|planning to|hope to|expect to|have to|need to|only|suggest(?: that)?(?: we)?|suggest to|intend to|aim to|ready to|able to|possible to|please|and|then|to) (?:(?:then|only|perhaps|maybe|probably|all|just|please|be able to|instead|rather|definitely|happily|not) ){{0,3}}{LATER_VERBS}\b",
        r"(?:postpone|postponed|postponing|defer|deferred|deferring|delay|delayed|put (?:this|it|that|things|everything|the [\w-]{2,16}) (?:on hold|on ice|off)|put off|on hold|on ice|on pause|paused?|hold off|holding off|wait|waiting|push (?:this|it|that|things|(?:the|our) [\w-]{2,16}) (?:back|out|to|into)|pushed (?:back|out|to|into)|parked|park (?:this|it|that)|pin in (?:this|it|that)|shelved?|move (?:this|it|that|the [\w-]{2,16}) (?:back |out )?(?:to|into)|(?<!we\x20)(?<!we've\x20)(?<!i\x20)(?<!i've\x20)(?<!they\x20)(?<!office\x20)moved (?:to|into|back)|pushing (?:it|this|everything)|leave (?:it|this|that|things)(?: [\w-]{1,10}){0,2} (?:until|till|for)|revisit(?:ed|ing)?|resume[ds]?|picked up again|taken up again|put on)\b",
        r"(?:not|nothing|no|never|won't|can't|isn't|aren't|don't|hardly|unlikely)\b(?:[ ,][\w'-]{1,16}){0,9} (?:before|until|till|earlier than|ahead of)\b",
        r"(?:it|this|that|things|we) (?:will|'ll|would|is going to|are going to) (?:have to |need to |only |probably )?(?:wait|come up|become relevant|be relevant)\b",
        r"(?:(?:budgets?|spending|spend|hiring|purchasing|buying|procurement|capex|investments?|purchases)(?: is| are|'s)?(?: \w{2,10})? (?:freeze|frozen)|moratorium|embargo)\b.{0,24}\b(?:until|till|through|thru)\b|(?:is|will be|would be|'s) when (?:i|we|they|our|my)\b|allow (?:me|us) (?:until|till|another|an? (?:week|month|fortnight)|(?:two|three|four|\d{1,2}) (?:more )?(?:days|weeks|months))\b",
        r"(?:asks?|asked|wants|wanted|would like|prefers)(?: that)? you(?: to)? (?:call|ring|phone|contact|e-?mail|write to|try|chase) (?:him|her|them|me|us)\b|(?:better|best|good|great|ideal|right) (?:time|moment) to (?:call|talk|speak|chat|meet|connect|reconnect|have (?:this|that|the) conversation)\b",
        r"(?:^|please |pls |then |best |could you |can you )(?:call|ring|phone|contact|e-?mail|write to|try|chase) (?:him|her)(?: back| again)?(?= (?:on|in|after|from|once|when|next|then)\b)",
        r"^(?:please |pls |kindly |just |best |then |so )*(?:call|ring|phone) (?:after|on|in|once|around|next)\b",
        r"hold (?:this|it|that|fire|everything) (?:until|till|'til)\b|(?:best|better) (?:to )?(?:call|ring|talk|speak|chat|meet)(?: to (?:me|us))? (?:after|then|in|on|once|when|next)\b",
        r"re-?send (?:it|this|that|me|us|your [\w-]{2,16})\b|bear with (?:me|us) (?:until|till|'?til)\b",
        rf"(?:(?:put|pencil) (?:me|us) (?:down|in)|(?:diari[sz]e|pencil in|schedule|plan|arrange|set up) (?:it|this|(?:an?|our|another) [\w-]{{2,12}}(?: call| chat| meeting)?)) for (?:an? )?(?:[\w-]{{2,14}} ){{0,2}}(?:in |early |mid-?|late |next |the |start of |end of |beginning of ){{0,3}}(?:(?:{alt(MONTHS)})\b(?! \d)|month|quarter|year|q[1-4]|new year)",
        rf"^(?:more |most )?(?:realistically|likely|probably|maybe|perhaps|possibly)[, ]+(?:more like )?(?:in |early |mid-?|late |next ){{0,2}}(?:(?:{alt(MONTHS)})\b(?! \d)|(?<=next\x20)(?:month|quarter|year)|q[1-4]|h[12]|the new year)",
        r"(?:it|this|that) (?:will|'ll|would|is going to) (?:have to |need to |only |probably )?(?:happen|be(?= (?:in|after|next|from|around|early|mid|late|at the|not before|a topic|for) ))|(?:will|'ll|would|is going to|are going to) only (?:be|happen|start)\b",
        r"things (?:will|'ll|should) be (?:much |a bit |a little |a lot )?(?:quieter|calmer|easier|better|clearer|different)\b",
        r"only (?:in|after|from|by|around|next|once|when|at)\b(?! \w{2,10} (?:do|does|did|have|has|are|is)\b)",
        r"(?:maybe|perhaps|possibly|probably|rather|better|ideally|best|sometime|some time|preferably|definitely|certainly) (?:later|in|next|after|again|sometime|some time|from|once|early|mid|at|towards)\b",
        r"(?<!look\x20)(?<!looking\x20)(?<!open\x20)(?<!opens\x20)(?<!start\x20)(?<!starts\x20)(?<!begin\x20)(?<!begins\x20)(?<!close\x20)(?<!closes\x20)(?<!closed\x20)(?<!running\x20)(?:again|back|further|anew) (?:in|after|next|once|from|later|early|mid|on|at|towards|around|when|the)\b",
        rf"(?:it|that|this|timing|{alt(MONTHS)}|{WEEKDAYISH}|q[1-4]|quarter|year|month|week|spring|summer|autumn|fall|winter|easter|christmas|thanksgiving|holidays|\d{{1,4}}(?:st|nd|rd|th)?)(?: after(?: that)?)?(?:'s|,? (?:is|are|is looking|looks|seems|might be|may be|would be|will be|should be|'d be)) (?:(?:a|the|much|probably|far|way|definitely|rather|lot) ){{0,3}}(?:better|best|more realistic|realistic|more likely|good|right|ideal|easier)\b(?: (?:time|moment) to (?:call|talk|speak|chat|meet|connect)\b)?",
        rf"(?:{alt(MONTHS)}|q[1-4]|(?:next )?(?:quarter|year|month)|summer|autumn|fall|winter|easter|christmas|thanksgiving|holidays) (?:would|might|could) be (?:the (?:very )?earliest|perfect|great|more likely)\b",
        rf"let's (?:aim for|say|make it|do|go for|shoot for|plan (?:on|for)|target|look at) (?:(?:early|mid|late|the (?:start|beginning|middle|end) of)[ -])?(?:next (?:month|quarter|year)|(?:{alt(MONTHS)})(?! \d)|q[1-4]|the new year)\b",
        r"(?:we'll|we will|we|i'll|i will|i|we'd|we would|i'd|i would) (?:have|be|get) (?:more )?(?:time(?! (?:until|till|to))|ready|budget|capacity|able|free|available)\b",
    ),
    # what of the above puts off by itself, whatever date is named and even without one
    "politely": cue("please|pls"),
    # nobody need wait
    "no_wait": cue(
        r"(?:would|should|could|'d) not (?:wait|hold off|postpone|delay)\b|wouldn't (?:wait|hold off|postpone|delay)\b",
        r"(?:no need|no reason|no point|needn't|need not|(?:don't|do not|doesn't|won't|shouldn't|should not|can't|cannot)(?: have| need| want)?)(?: to| in)?(?: really)? (?:wait(?:ing)?|hold(?:ing)? off|postpon(?:e|ing)|delay(?:ing)?|put(?:ting)? (?:it|this) off|defer(?:ring)?)\b(?! (?:too|that|very|much|so))",
        r"rather than (?:wait(?:ing)?|hold(?:ing)? off|postpon(?:e|ing)|delay(?:ing)?)\b",
    ),
    # what would only be if
    "unreal": cue(
        r"^(?:and |but |so )?if (?!you\b).{0,60}\b(?:[a-z]{3,}ed|were|had|said|didn't|fell|went|came|got)\b.{0,40}\b(?:would|might|'d) have to\b"
    ),
    "tag": cue(
        r"^(?:would you|will you|could you|can you|shall we|ok|okay|right|alright|please|deal|fair enough|sounds? good|does that work|is that (?:ok|okay|fine|alright|all right)|if (?:that's|that is|it's) (?:ok|okay|alright|all right|fine)(?: with you)?)\s*\?*$",
    ),
    "resumes": cue(
        r"(?:regroup|revisit|reconnect|reconvene|resume|pick (?:this|it|things|up)|again|come back|get back|check back|circle back|return to)\b",
    ),
    "puts_off": cue(
        r"(?:postpone|postponed|postponing|defer|deferred|put (?:this|it|that|things|everything|the [\w-]{2,16}) (?:on hold|on ice|off)|on hold|on ice|on pause|hold off|holding off|parked|park (?:this|it|that)|pin in (?:this|it|that)|shelved?|revisit(?:ed|ing)?|back burner)\b",
        r"down the (?:road|line|track)|later (?:this|in the) (?:year|month|quarter|spring|summer|autumn|fall|winter)|later on|at a later (?:stage|date|point|time)|some other time|another time|in the (?:distant |near |not too distant )?future|not right now|not now|not at the moment|not at present|not for now|not at this (?:time|point|stage)|some ?time (?:next|in the)|some ?day|one day|at some point|when (?:the )?time (?:is right|comes|allows)|in a few (?:weeks|months)|in a couple of (?:weeks|months)|in (?:some|several) (?:weeks|months)|once (?:things|it|everything) (?:calms?|settles?|quietens?|gets?)|when (?:things|it|everything) (?:calms?|settles?|quietens?|gets?)",
        r"^(?:maybe|perhaps|possibly|probably) (?:later|next|after|in)\b",
        r"(?:wait|hold off|holding off|hold (?:this|it|that|fire|everything)) (?:until|till)\b|(?:pushed|slipped|bumped|kicked)(?: back| out)? (?:to|into|until)\b|needs? (?:some |a bit |a little |a bit of )?more time\b",
        r"give (?:me|us) (?:another |about |around |roughly )?(?:a|one|two|three|four|five|six|eight|ten|\d{1,2}) (?:more )?(?:days?|weeks?|months?)\b",
        r"(?:call|contact|write|reach out|get back|come back|try|ask|talk|speak)(?: to)?(?: me| us)?(?: again)? later\b",
    ),
    "callback_start": cue(
        r"(?:^|please |then |just )(?:drop|shoot|give) (?:me|us) an? (?:line|note|call|ring|shout|bell|buzz|nudge)\b",
        r"(?:^|please |then |just )(?:please )?(?:call|ring|phone|contact|ping|e-?mail|mail|message|write|reach out|get back|come back|get in touch|check back|check in|follow up|touch base|circle back|try|remind|let's|let us|we can|we could|we should|can we|could we|we'll)\b",
        r"(?:let's|we can|we could|we should|can we|could we|we'll|happy to) (?:talk|speak|meet|revisit|pick|continue|reconnect|discuss|look)\b",
    ),
    "callback": cue(
        r"(?:call|ring|phone|contact|e-?mail|write to|try|chase) (?:him|her)(?: back| again)?(?= (?:on|in|after|from|once|when|next|then)\b)",
        r"(?:asks?|asked|wants|wanted|would like|prefers)(?: that)? you(?: to)? (?:call|ring|phone|contact|e-?mail|write to|try|chase) (?:him|her|them|me|us)\b",
        r"(?:mind|consider) (?:calling|ringing|phoning|contacting|e-?mailing|writing to|trying|giving|dropping|pinging|chasing|reminding|nudging|getting back to|coming back to|getting in touch with|reaching out to) (?:me|us)\b(?! (?:the|your|more|some|an? (?:quote|price|idea|copy|discount|list|demo))\b)",
        r"(?:drop|shoot|send|give|hit) (?:me|us) (?:a|an|up)(?: (?:quick|short|line|note|mail|e-?mail|message|shout|bell|ring|buzz|nudge|poke|reminder|call)){0,2}\b(?! (?:quote|price|copy|list|offer|sample))|^(?:please |kindly |pls )?revert(?: back)?(?: to (?:me|us))?\b",
        r"(?:call|ring|phone|contact|ping|e-?mail|mail|message|write(?: to)?|text|reach out(?: to)?|get back(?: to)?|come back(?: to)?|re-?send(?: (?:it|this|that|your [\w-]{2,16})(?: to)?)?|get in touch(?: with)?|check back(?: with)?|check in(?: with)?|follow up(?: with)?|touch base(?: with)?|circle back(?: to| with)?|(?:speak|talk) (?:to|with)(?! you)|try|remind|ask|nudge|approach|chase|return to(?! (?:the|work|my|our|office))|revert to|give) ?(?:me|us)?(?: a (?:call|ring|shout|buzz|nudge|reminder|bell))?(?: back)?(?: again)?\b",
    ),
    "talk": cue(
        r"(?:talk|speak|meet|chat|call|connect|catch up|get together|sit down|discuss|have (?:a|another) (?:chat|call|talk|conversation|meeting|look)|see you|go (?:through|over)|do|show you|walk)\b"
    ),
    "again": cue(
        r"(?:again|(?:another|fresh|second) look|back|later|revisit|pick|resume|postpone|push|wait|hold|continue|return|reconnect|regroup|until|till|instead|rather|follow up)\b"
    ),
    "subject_lead": re.compile(r"(?<!\w)(?:the|an?|your|our|my)\s+(?:[\w-]{1,20}\s+){0,3}$"),
    "needs": cue(r"deadline|needs?|due|must"),
    "no_promise_after": cue(
        r"be able to (?:\w{2,10}ly )?(?:look|review|discuss|talk|focus|consider|deal)\b",
        r"(?:look at|look into|review|discuss|talk|decide|have a look)(?: \w{1,10}){0,3} again\b",
    ),
    "promise": cue(rf"(?:{WE_WILL}){ADVERBS} {DO}", THEY_GET),
    "firm": cue(
        r"^(?:(?:and|but|so|then|yes|ok),? )?(?!it |this |that |which |what |you |there )[\w'-]{2,16}(?: team| department| dept)? will (?:get|provide|deliver|turn|draft|prepare|circulate|ping|mail|answer|reply)\b",
        r"you can (?:count|rely|bank) on|(?:i|we) commit to|(?:will|'ll) (?:land|arrive|drop|show up|turn up) (?:in|on|with)",
        r"(?:i'll|we'll|ill|i will|we will|i shall|we shall|i'm going to|we're going to|i am going to|we are going to|i'm gonna|let me|i promise|we promise|i plan|we plan|i intend|we intend|i aim|we aim|i'll be able|you'll|you will|you shall|will be with|i'm planning|we're planning|we expect|i expect|my [\w-]{2,20}(?: [\w-]{2,20}){0,2} will|our [\w-]{2,20}(?: [\w-]{2,20}){0,2} (?:will|is going to|are going to)|expect|you have|you get|'ll be|and (?:then )?will|but will|goes out|going out|(?:will|shall|'ll) (?:follow|reach you|be (?:sent|returned|e-?mailed|mailed|forwarded|posted|couriered|circulated|issued|made|signed|done|finished|ready|finali[sz]ed|delivered|completed|available|released|shared|through)))\b",
        r"^(?:(?:and|but|so|then|yes|ok),? )?(?!it |this |that |which |what |you |there )[\w'-]{2,16}(?: team| department| dept| \([^()]{1,18}\))? will (?:send|forward|get back|come back|let you|reach out|contact|share|confirm|sign|return|e-?mail|be in touch|call you|follow up|revert)\b",
    ),
    "not_callback": cue(
        r"(?:do not|don't|never|no need to|needn't|rather not|please not)(?: (?:please|ever|just|bother|have to|need to|to)){0,2} (?:call|ring|phone|contact|ping|e-?mail|mail|message|write|text|reach out|get back|come back|follow up|check in|try|remind|visit|come)\b"
    ),
    "books": cue(
        r"^(?:(?:please|pls|kindly|then|so|yes|ok|okay|great|perfect|let's|and|just|feel free to|you can|can you|could you|would you)[, ]+)*(?:go ahead and )?(?:book|lock in|put (?:me|us|it|that|this) (?:in|down)|pencil (?:me|us|it|that) in|set (?:it|that) up|schedule (?:it|us|me|a (?:call|meeting)|the (?:call|meeting))|send (?:(?:me|us|over|out|through|across) ){0,2}(?:an?|the|your) (?:\w{2,10} )?invit\w{0,6}|have you down|count (?:me|us) in)\b",
        r"(?:have|got) (?:you|us|it|that) (?:down|in (?:my|our|the) (?:diary|calendar)) (?:for|on)\b",
        r"^(?:talk|speak|chat|meet|catch you|catch up)(?: (?:to|with) you)?(?: on)? (?:(?:mon|tues|wednes|thurs|fri)day|tomorrow|today|later today)",
    ),
    "soft": cue(
        r"(?:i can|we can|i could|we could|i hope to|we hope to|happy to|glad to|i'd|we'd|should be able to|you should|i'm aiming|we're aiming|are aiming|hoping to|(?:i|we) should|should be (?:in your|on your|delivered|done|finished|ready|through|signed|sent|with)|should (?:follow|reach|arrive)|to follow|coming|on its way|will be|'ll be|sending|forwarding|e-?mailing|mailing|posting|delivering|submitting|sharing)\b"
    ),
    "not_promise": cue(
        r"(?:is|will be|would be|'s) when (?:i|we)\b",
        r"(?:can't|cannot|can not|couldn't|won't|will not|wouldn't|not be able|unable|not going to|'ll not|shall not|never|don't|do not|doesn't)\b",
        r"(?:^|[,;] )(?:if|unless|provided|assuming|as soon as|once|when|after|should) you\b|(?:if|unless|provided|assuming|as soon as|once) you\b",
        r"(?:i|we) doubt\b",
        r"(?:i|we) (?:said|thought|told|promised|meant|wished|wanted) (?:that )?(?:i|we|you)?'?",
    ),
    "let_know": cue(r"let (?:me|us) know"),
    "intention": cue(
        r"(?:i|we)(?:'ll| will|'d| would|'re going to| are going to| want to| need to| have to|'m going to|'d like to| would like to| hope to| plan to| intend to|'re| are) (?:\w{2,12} ){0,2}(?:think|check with|ask|clear it|run (?:it|this|that)|consult|thinking|consider|considering|discuss|discussing|talk|talk it over|reflect|mull|look (?:at|into|over)|evaluate|evaluating|review|reviewing|compare|comparing|digest|see|keep|be in touch|stay in touch|read|study|explore|work through|weigh|bear|take (?:it|this) (?:to|up|from)|go through|have a look)",
        r"(?:let's|let us|we should|we must|we could|hope to|would love to|we'd love to|look forward to|looking forward to) (?:definitely |surely |really )?(?:talk|speak|catch up|stay in touch|keep in touch|meet|chat|get together|connect|be in touch|touch base|continue|do (?:it|this|that)|talking|speaking|continuing) ?(?:again|up|more|further|this)? ?(?:soon|some ?time|again|one day|shortly|more|in touch|at some point|when)",
        r"(?:talk|speak|chat|more|catch up|in touch|be in touch|write|hear from us|back to you|from us) (?:again )?(?:soon|shortly|asap|in due course|later)\b",
        r"(?:let's|let us|we'll|i'll|we will|i will|will) (?:stay|keep|be) in touch",
        r"keep (?:you|me|us) (?:posted|updated|informed|in the loop)|in due course|as soon as (?:i|we|they) (?:know|have|hear|can|get)|when (?:i|we) (?:know|have) more|let me (?:think|see|sleep|chew)|let us (?:think|see|sleep)|leave it with me|give (?:me|us) (?:some|a bit of|a little|a few) (?:time|days|weeks)|bear with (?:me|us)|under (?:consideration|review|discussion)",
        r"(?:(?:^|(?<=[,;]\x20)|and |we |i )will|we'll|i'll) (?:discuss|consider|evaluate|review|think|talk|look|(?:take|have) a (?:proper |closer |good )?(?:look|read)|sleep|reflect|digest|study|decide|see)\b",
    ),
    "not_time": cue(
        r"(?:i|we)(?:'ve| have|'ll have| will have)(?: got)?(?: already)? (?:an?|our|the|my|some) (?:[\w-]{2,16} ){0,2}(?:all-hands|off-?site|meeting|training|workshop|appointment|board|call|event|conference|wedding|funeral|class|inspection|audit|exam|review|trip) (?:at (?:that|the same) time|then|that (?:day|morning|afternoon)|already|on (?:both|those|these|that) (?:days?|dates?))\b",
        rf"(?:anything|anytime|(?:any|every|all|each)(?: other)? (?:days?|dates?|times?)) (?:but|except(?: for)?|other than|apart from|besides)\b|^(?:please |rather |but |just )*not (?:on |this |next )*(?:{'|'.join(WEEKDAYS)})s?\b",
        r"rain[-]? ?check\b|(?:neither|none)(?: of (?:us|my \w{2,14}|our \w{2,14}|the \w{2,14}))? can (?:make|do|join|attend|come)\b|(?:nobody|no ?one)(?: [\w-]{2,12}){0,3} can (?:make|do|join|attend|come)\b",
        rf"(?:{WEEKDAYISH}|tomorrow|today|that|it|this|then)'s (?:a bit |a little |really |very |rather |unfortunately |already |quite |totally |pretty |too )?(?:bad|out|full|difficult|tricky|busy|taken|tight|packed|impossible|no good|hectic|blocked|gone|off|a no-?go|a no go|short notice)\b(?! (?:there|here|of (?:date|order|reach|stock|the (?:box|question|way))))",
        r"(?:will|i'll|we'll|have to|has to|going to|must) (?:have to )?miss (?:the|our|it|that|this|tomorrow|today|mon|tues|wednes|thurs|fri)",
        r"no (?:good|go|can do)\b(?! (?:news|reason|to))",
        r"(?:doesn't|does not|don't|do not|won't|will not|wouldn't|would not|can't|cannot|isn't going to|not going to|didn't|no longer) (?:really |quite |actually |unfortunately |currently |both |now )?(?:work|works|suit|fit|do|fly|happen)\b(?! (?:until|till|before))",
        r"(?:can't|cannot|can not|couldn't|unable to|not able to|won't be able to|will not be able to|won't|not) (?:make|do|manage|join|attend|meet|be there|come|take part|talk|speak)(?: it| that| this| then)?\b",
        r"(?:not|isn't|aren't|wasn't|won't be|no longer) (?:really |so |very |that |going to be )?(?:available|free|possible|convenient|good|ideal|around|in(?: the office)?|feasible|an option|great|doable|suitable)\b",
        r"(?:is|are|looks?|'s|will be|has become|became|has got|has turned out) (?:a bit |a little |really |very |rather |unfortunately |already |completely |fully |quite |totally |pretty |too )?(?:bad|out|full|difficult|tricky|booked|busy|taken|tight|packed|impossible|no good|hectic|blocked|gone|early|late|short notice|hard)\b",
        r"(?:i'm|i am|we're|we are|i'll be|we'll be|i will be|we will be) (?:\w{2,12} )?(?:busy|tied up|booked|travell?ing|away|out|in meetings|in a meeting|on site|on holiday|on vacation|on leave|off|at a|abroad|unavailable)\b",
        r"(?:neither|none|no)\b(?: of)?(?: the| these| those| them)? ?(?:\w{2,12} )?(?:works?|suits?|fits?|date|dates|time|times|slots?|options?|is possible)\b",
        r"(?:clash(?:es)?|conflicts?|collides?|double-booked|overlaps?)(?: with)?|(?:another|other|prior|previous) (?:appointment|meeting|commitment|engagement|call|obligation)|have a (?:conflict|clash)|(?:have|need) to (?:cancel|reschedule|move|postpone|rearrange|skip|push|shift)\b",
    ),
    "that": cue(
        THAT + r"(?= )",
        r"that|this|those|then|there|neither|none|either|at that time|on that day|that day|your (?:suggestions?|proposals?)|the times?",
    ),
    "accepts": cue(
        rf"^(?:(?:yes|ok|okay|sure|great|perfect|then)[,.!]? )*(?:on |the )?{WEEKDAYISH}\b[^,]{{0,24}} would (?:suit|work|be (?:fine|good|great|perfect|ok|okay|ideal|lovely))\b(?!.{{0,20}}(?:better|best|\bif\b|\bbut\b|instead))",
        r"^(?:i have |i've |we have |we've )?no (?:problem|objection|issue)s? with (?:either|both|those|these)(?: (?:one|slot|time|date|day|option)s?)?\s*(?:[.,!]|$)",
        rf"^(?:yes|yep|ok|okay|happy)(?: please)? (?:to|with|for) (?:{THAT})(?: (?:one|slot|time|date|day|option)s?)?(?=\s*(?:[.,!]|$|please|thanks))|^(?:the )?(?:first|second|third|last) of the (?:two|three)(?=,? (?:please|pls|works|suits|would)\b|\s*(?:[.,!]|$))",
        r"(?:i|we)(?:'m|'re|'ll be|'d be| am| are| will be| would be| should be) able to (?:join|attend|make|meet|be there)\b",
        rf"(?:{WEEKDAYISH}|tomorrow|\d|[ap]m|that|it|either|both)(?: would| should| will|'d| is| looks| seems) (?:be )?(?:doable|workable|feasible)\b",
        rf"(?:i've|i have|we've|we have) (?:now |just |already )?(?:blocked|cleared|reserved|pencil+ed in|kept|held)(?= (?:on |for )?(?:(?:{WEEKDAYISH}|tomorrow|that|it|this|those|the (?:slot|time|date)|the \d{{1,2}}(?:st|nd|rd|th))\b|\d{{1,2}}(?:st|nd|rd|th|:|[ap]m| ?(?:{alt(MONTHS)})\b)))",
        r"^(?:either|any|both|all)(?: (?:one|of (?:them|those|these|the two)))?,? (?:you (?:decide|choose|pick)|your (?:call|choice|pick)|(?:it's )?up to you)\b",
        r"^(?:yes |ok |great |perfect |please |pls |just |then |so |and |go ahead |feel free to |you can )*send (?:(?:me|us|over|out|through|across) ){0,2}(?:an?|the|your) (?:\w{2,10} )?invit\w{0,6}(?= (?:for (?:it|that|then)|please|over|across)|\s*(?:[.!]|$))",
        rf"{THAT} (?:time |day |date |one |slot )?(?:(?:[a-z]{{2,10}}ly|also|both|all|still|just|too|then|here|of course|may|might|should|one of them) )?{SUITS}",
        r"(?:that|this|it|which) (?:suits?|fits?) (?:me|us|everyone)\b",
        r"^(?:yes|yep|sure|ok|okay|perfect|great|absolutely|sounds (?:good|great))\b[,.!]?(?: (?:please|thanks|thank you|go ahead|and|do|just|you can)[,.!]?){0,5} send (?:(?:me|us|over|out|through|across) ){0,2}(?:an?|the|your) (?:\w{2,10} )?invit\w{0,6}",
        r"^(?:(?:yes|ok|okay|great|perfect|then|so)[,.!]? )*(?:the )?(?:first|second|third|former|latter|last|earlier|later|morning|afternoon)(?: one| option| slot| time| date)?,?(?: please| pls| plz| then| it is)?(?:,? (?:thanks|thx|ta|cheers))?\s*[.!]?$|^option \w{1,6},?(?: please| pls| then| it is)?\s*[.!]?$|^(?:that )?works?(?: (?:great|fine|perfectly|nicely|well))?(?: (?:on |at )?(?:my|our|this) (?:end|side))?\s*(?:[.!]*$|,)|^chat then",
        r"(?<!times\x20)(?<!time\x20)(?<!slots\x20)(?<!slot\x20)(?<!dates\x20)(?<!date\x20)(?<!something\x20)(?<!solution\x20)(?<!options\x20)(?:that|this|it)(?: (?:time|day|date|one|slot))?(?: (?:also|all|both|still|definitely|certainly|perfectly|just))? ?(?:works?|suits?|fits?|'s fine|'s ok|'s okay|is fine|is ok|is okay|is confirmed|would work|will work|would suit|would be fine|'ll work|can work|will do|'ll do|works out)(?: (?:perfectly|just|very|well|fine|great|too|as well|then|nicely|wonderfully|out))*(?= (?:for|with|by) (?:me|us|both|everyone|everybody|the team|all)| (?:(?:on|at) )?(?:my|our|this) (?:end|side)\b|\s*[.,!;:)]|\s*$| thanks| thank you)",
        r"^(?:(?:yes|yep|ok|okay|sure|great|perfect|hi|good|fine|absolutely|thanks|thank you)[,.!]? )*(?:works?|suits?|fits?|fine|ok|okay|good|perfect|great|all good|no problem)(?: very| perfectly| just| absolutely)?(?: well| fine| good| great)? (?:for|by|with) (?:me|us|both|everyone|everybody|the team|all)",
        r"(?:works|suits|fine|ok|okay|good|perfect|great) (?:for|by|with) (?:me|us|both of us|everyone|everybody|the team|all of us)",
        r"see you (?:then|there|at|on)\b|see you (?:all )?(?:"
        + "|".join(WEEKDAYS)
        + r"|tomorrow|next week|in|later today|this)\b|(?:talk|speak|meet) (?:to you |with you |you )?(?:then|there)\b|looking forward to it",
        r"(?:^|[,.!] ?|great |perfect |so |bye )(?:until|till) then\b",
        r"let's (?:do|go with|go for|take|say|make it|plan (?:on|for)|fix|keep|use|pick|lock in|stick (?:with|to)|aim for|settle on|book)\b",
        r"(?:i'll|we'll|i will|we will|i'd|we'd) (?:\w{2,12} )?(?:be there|take (?:the|"
        + "|".join(WEEKDAYS)
        + r"|that|it)|join|dial in|go (?:with|for)|attend|see you|be (?:available|free|ready|in) (?:then|at|on)|prefer (?:the|"
        + "|".join(WEEKDAYS)
        + r")|expect you|call you then|talk to you then|make (?:it|that) work|come)\b",
        r"(?:i'm|we're|i am|we are|count me|count us) in\b(?=\s*(?:[.,!;]|$|on\b|then\b|thanks|as well|too\b)|(?<=me\x20in) for| for (?:it|that|then|mon|tue|wed|thu|fri|the \d))|(?:i'm|we're|i am|we are) (?:free|available|both free|all free) (?:then|at that time)",
        r"(?:i|we) (?:can |hereby |gladly |happily |will |would like to |would )?(?:confirm|accept|agree to|am happy with|are happy with)\b(?! (?:the (?:receipt|order|offer|quote|price|terms|number|delivery)|receipt|that we (?:have )?(?:received|got)))",
        rf"(?:i|we|i'd|we'd|i'll|we'll) (?:can |gladly |happily |will |would like to |would |rather )?(?:pick|choose|take|prefer|vote for|opt for)(?= (?:to (?:meet|talk|speak|have|do) )?(?:it\b|that\b(?! we)|option|(?:on |at |the )*(?:{THAT}|{WEEKDAYISH}|{alt(MONTHS)}|first|second|third|next|tomorrow|\d|slot|one\b)))",
        rf"(?:just |to |i'm |we're )?(?:re)?confirm(?:ing)? (?:our|the|your|today's|tomorrow's) (?:[\w-]{{2,14}} )?{MEETING}\b(?= (?:on|at|for|tomorrow|this|next|today))",
        r"^(?:(?:yes|ok|okay|great|perfect|all|good|thanks)[,.!]? )*(?:confirmed|accepted|agreed|deal|booked)\b(?! (?:to|that|with the (?:price|terms)))|(?:it's a date|it's a deal|noted in (?:my|our) (?:diary|calendar)|(?:i've|i have|we've|we have|just) (?:just |already )?(?:accepted|confirmed)\b(?! (?:another|an|the|a|your|that) (?:[\w-]{1,14} )?(?:offer|bid|proposal|quote|supplier|price|terms))|blocked (?:it|the|that)|in (?:my|our|the) (?:diary|calendar)|put (?:it|that) in|saved the date|marked (?:it|the))\b",
        r"(?:can do|could do|can make|could make|happy with|happy to do|good with|ok with|okay with|fine with|go for|go with|goes for|would go for|suits?|works?) (?:that|this|the (?:first|second|third|former|latter|last|earlier|later|morning|afternoon|\d{1,2}(?:st|nd|rd|th))|"
        + "|".join(WEEKDAYS)
        + r"|both|either|\d)",
        r"(?:the )?(?:first|second|third|former|latter|last|earlier|later)(?: one| option| slot| time| date)?,? (?:please|for (?:me|us)|would be|is better|is best|suits|works)",
    ),
    "nth": re.compile(
        r"\b(?:the )?(?:(?P<first>first|1st|former)|(?P<second>second|2nd)|(?P<third>third|3rd)|(?P<last>last|latter)|(?P<earlier>earlier|earliest)|(?P<later>later|latest))"
        r"(?=,? (?:one|option|slot|time|date|proposal|suggestion|day|please|of the (?:two|three)|works?|suits?|is|would|for)\b|\s*[.,!]|\s*$)"
        r"|\boption (?:(?P<first_>one|1|a)|(?P<second_>two|2|b)|(?P<third_>three|3|c))\b"
    ),
    # says of a time that it is not certain yet
    "hedged": cue(
        r"(?:not|isn't|aren't) (?:yet )?(?:sure|certain|clear|confirmed)|unsure|might (?:work|suit|be|do)|may (?:work|suit|be)|check (?:if|whether|that)|could possibly|would have (?:worked|suited|been)\b"
    ),
    "date_accepts": cue(
        rf"{WEEKDAYISH}'s (?:fine|good|better|best|perfect|great|ok|okay|gd|a goer|spot on|doable)\b|gets (?:my|our) vote\b",
        SUITS + r"\b",
        r"it is\b",
        r"(?:please|done)\s*[.!]?$",
        r"(?:yes|yep|ok|okay|sure|perfect|great|good|fine|(?<!we\x20)(?<!i\x20)(?<!already\x20)agreed|confirmed|absolutely|lovely|excellent|deal)\b",
        r"(?<!until\x20)(?<!till\x20)(?<!since\x20)(?<!by\x20)then\s*[.!]?$",
        r"look(?:ing)? forward (?:to (?:seeing|meeting|talking|speaking|our|the|" + "|".join(WEEKDAYS) + r"))",
    ),
    "offers": cue(
        r"(?:works?|suits?|fits?|convenient|ok|okay|fine|good|possible|free|available|availability|any joy (?:with|for|on)|(?:got|have) an? (?:window|gap|slot|opening)|(?:you|you all|you both|you guys) around|(?:we|i|to) say|any chance (?:of|for|on)|pick one|choose one|meet|talk|speak|call|chat|catch up|have time|find (?:some )?time|make it|moving|rescheduling|pushing|shifting|shall we|join|come (?:by|over|round|to)|visit|move|moved|reschedule|rearrange|push|postpone|shift|do|better|instead|alternatively|prefer|spare|squeeze|fit|get together|connect|show you|walk you|go through|discuss|ideal|drop by|stop by|schedule|set up|book|hop on|jump on|see (?:you|us|each)|demo|meeting|how|about|what|perhaps|maybe|suggest|propose|offer|host|see you)\b"
    ),
    "offers_plainly": cue(
        r"(?:i'm|i am|we're|we are|i'd be|we'd be|i would be|i'll be|we'll be|we would be|my team is|our team is|she is|he is|they are|both are|am|are) (?:also |both |all |generally |usually |currently |still |quite |completely |totally |only )?(?:free|available|open|flexible|around|in the (?:office|area))\b",
        r"(?:i|we)(?: can| could| would| might|'d)(?: also| only| both| easily| rather| sooner)? (?:do|offer|make|manage|meet|talk|speak|be available|be free|call|propose|suggest|come|join|host|visit|drop by|have time)\b",
        r"(?:i|we)(?:'d| would|'d like to| would like to)? (?:suggest|propose|offer|prefer|have (?:time|availability|a slot|slots|a gap|an opening|a free))\b",
        r"(?:let's|let us) (?:meet|talk|speak|call|chat|have|schedule|catch up|connect|get together|do|plan|try|discuss|say|set up)\b",
        r"(?:how about|what about|would|alternatively|instead|proposed? (?:times?|dates?)|suggest(?:ed|ion|ions)?|possible (?:times?|dates?|slots?)|available (?:times?|slots?|dates?)|(?:times?|slots?|dates?|options?) (?:that|which|for|are|would|:)|following (?:times?|slots?|dates?|options?)|my availability|our availability|availability|options?:|could also|would also|either)\b",
        r"(?:move|reschedule|rearrange|push|postpone|shift|moving) (?:it|this|that|our|the)\b|(?:pick|choose|select) (?:one|any|whichever|either)\b",
        r"(?:would|'d) (?:be (?:better|best|possible)|(?:work|suit)(?: (?:me|us|everyone))? (?:better|best))",
        r"(?:i've|i have|we've|we have) (?:put|blocked|reserved|kept|held|pencilled|penciled|some (?:time|slots)|time|a slot|slots|an opening)",
        r"(?:pencil(?:led)? in|keep free|reserve)\b|(?:happy|glad|able|delighted|keen|love|like) to (?:meet|talk|speak|chat|come|jump|hop|join|host|do)\b",
        r"^(?:please |pls |kindly |you can |feel free to |then |so )*(?:come (?:by|over|round|to|and)|join us|visit us|stop by|drop by|drop in)\b",
        r"(?:have|got) (?:an? )?(?:openings?|gaps?|availability|windows?|free slots?|room)\b|(?:my|our) (?:calendar|diary|schedule|day|afternoon|morning) is (?:\w{2,10} )?(?:open|free|clear|empty)|(?:is|are) (?:wide |completely |totally |still )?(?:open|free) (?:for|on) (?:me|us|my|our)",
    ),
    "about_things": cue(
        rf"deliver(?:y|ed)?|ship(?:ped|ping|ment)?|(?:get|have|receive|send|see|read|sign) (?:me |us )?(?:the|an?|your|our|that|this) (?:[\w-]{{2,14}} )?{THING}\b"
    ),
    "meets": cue(rf"{MEETING}s?|meet|talk|speak|chat|join|free|available for a"),
    "asks_times": cue(
        r"(?:is|was|are|will|would|were|does|do|can|could) (?:the|this|that|our|your) (?:[\w-]{2,14} ){0,3}?(?:[\w',-]{1,14} ){0,5}?(?:be )?(?:recorded|recording|streamed|remote|virtual|online|in person|on ?site|on-?line|at your (?:office|place|site)|open to|mandatory|needed|necessary|required|about|going to cover|cover|include|be in (?:english|german|french|dutch|spanish))\b",
        r"^(?:[\w, ]{0,16})(?:do you want|would you like|want) (?:me|us) to (?!call|come|meet|join|visit|ring|phone|drop)\w+|(?:shall|should) (?:i|we) (?:send|forward|prepare|draft|share|e-?mail|ask|check|add|include|order|start|sign)",
        r"^(?:so |and |but |then |also |hi [\w]{1,12},? )?(?:when|what time|which (?:day|date|time|slot|of)|who|why|where|whose|how (?:long|many|much|often|far|do|does|did|can|is|was|come|will|would|was|were|are|has|have)|what (?:is|are|was|were|do|does|did|day|date|times?|happens|happened|would you)|did|have you|has|had|was|were)\b",
    ),
    # asks which of the times offered: with an offer in the same mail it is part of that
    "picks": cue(
        r"(?:which|what|whichever|whatever|when)\b.{0,30}\b(?:works?|suits?|fits?|prefer\w{0,4}|best|better|convenient|easier|easiest|ideal)\b(?: (?:best|better|well|for|on|with|at|to|you|your|the|team|side|end|everyone|colleagues?|schedule|diary|calendar|and|i|i'll|we|we'll|will|send|the|an|a|invite|invitation|instead|please|then|so)\b[.,]?){0,12}\s*[?.!]*$",
        r"(?:does|do|would|will|could|can|is|are|if|whether)\b(?: (?:of|any|either|one|some|both|that|this|these|those|them|the|two|three|it|you|your|team|time|times|slot|slots|date|dates|day|days|options?|be|also|make|manage|do|free|on|at)\b){1,8} ?(?:works?|suits?|fits?|possible|ok|okay|fine|good|convenient|feasible|doable|available|acceptable)?(?: (?:best|well|for|on|with|at|to|you|your|the|team|side|end|everyone|colleagues?|schedule|diary|calendar|then|too|please)\b){0,6}\s*[?.!]*$",
        r"^(?:please |just |kindly |then |so |and |do |could you |can you |would you )*(?:let (?:me|us) know|confirm|advise|pick|choose|select|tell (?:me|us)|say)(?: (?:which|one|either|asap|soon|today|please|me|us|it|your (?:choice|pick|choices)|whichever|a time|the time|a slot|by [a-z]{2,12}|if (?:so|not)|here|back))*\s*[?.!]*$",
        r"(?:your|any|a|which|have you a|you have a) preferences?\b|(?:how|what) (?:does|do) (?:that|this|it|these|those|they) (?:sound|look|work)(?: (?:to|for|like|with) (?:you|your end|your side))?\s*\?|what (?:do you )?(?:say|think)(?: you)?\s*\?|(?:which|what) would you (?:like|choose|pick|take|rather)\s*\?",
    ),
    "starts_proposal": cue(
        rf"what (?:does|do|is) (?:your )?(?:{WEEKDAYISH}|tomorrow)\b.{{0,20}} look(?:ing)? like|"
        r"(?:how|what) about\b|let's say\b|what would you say|how would\b|how does .{1,40} (?:look|sound|work|suit)|how is .{1,30} (?:for you|looking)"
    ),
    "book_link": cue(
        r"(?:book|schedule|pick|choose|find|grab|reserve|select|block|arrange|set up)\b.{0,40}\b(?:time|times|slot|slots|appointment|meeting|call|date|moment|demo|session|here|calendar)|(?:my|our|the) (?:[\w-]{2,12} )?(?:calendar|availability|booking)|booking (?:link|page|site|calendar)|calendly|book (?:it|me|us|directly)|(?:time|times|slot|slots|date) (?:that|which) (?:suits?|works?|fits?)"
    ),
    "request": cue(
        r"(?:totals?|sums?|figures?|numbers?|prices?|dates?|quantit\w{1,3}|names?|addresses|amounts?) (?:in|on|of) (?:the|your|my|our|page|slide|line) ?(?:[\w-]{1,16} ){0,3}(?:is|are|seems?|looks?) (?:wrong|incorrect|missing|off|outdated|too)\b",
        r"could do with (?:an?|the|your|some|more)\b|(?:doesn't|don't|does not|do not) (?:quite )?add up\b|it(?:'d| would|'ll| will) (?:really )?help(?: (?:me|us))? (?:to (?:see|have|know|get|understand)|if)\b|^(?:also |still |and |just )*looking for (?:an?|the|some|your)\b|^(?:very |also |and |i'm |we're )*keen to (?:understand|learn|know|hear|see)\b|^(?:just |only |still |also |and )*need(?:ing)? (?:the|your|an?|one|two|some)\b",
        r"(?:still (?:has|have|shows?|says?|lists?|states?|contains?|mentions?|got)|(?:quote|offer|contract|invoice|proposal|document|header|page|page \w{1,5}|slide \w{1,5}) (?:has|shows?|says?|lists?|states?|contains?|mentions?)) (?:the |our |my |an? )(?:old|wrong|previous|former|outdated|incorrect)\b",
        r"^(?:just |only )?one (?:more |small |little |quick )?(?:thing|point|remark|correction)(?: though)?\s*$",
        r"(?:link|file|attachment|document|pdf|video|login|log-in|password|form|page) (?:does not|doesn't|won't|did not|didn't) (?:work|open|load|arrive|come through)|(?:can't|cannot|could not|couldn't|unable to|not able to) (?:seem to )?(?:open|access|download|read|find) (?:the|your|it|this)\b|(?:invoice|quote|offer|order|price|total|figures?|numbers?|address|date|contract) (?:doesn't|don't|does not|do not) (?:match|tally|agree)\b",
        rf"(?:haven't|have not|hasn't|has not) (?:yet |still )?(?:received|got|seen) (?:the|your|any) (?:[\w-]{{2,14}} )?{THING}|(?:the|your) (?:[\w-]{{2,14}} )?{THING} (?:has|have)(?:n't| not| still not) (?:yet )?(?:arrived|reached|come)",
        r"^(?:would (?:really |much |greatly )?appreciate (?:an?|any|some|the|your|more)|(?:would be |i'd be |we'd be )?grateful for (?:an?|any|some|clarification|confirmation|details|more))\b",
        r"(?:please|pls|(?<!you\x20)(?<!thanks\x20)kindly)(?:,? (?:do|also|just|could you|can you|would you|be so kind|feel free))? (?!note|find|see (?:the )?(?:attach|below|enclos)|accept my|accept our|excuse|forgive|don't worry|do not worry|bear with|be (?:aware|assured|informed)|rest assured|disregard|ignore|pass on my|give my|send my (?:regards|best)|consider the environment|pardon|allow)[a-z]{2,}",
        r"(?:could|can|would|will) (?:you|u|ya|somebody|someone|anyone|your (?:team|colleague|[\w-]{2,16}))(?: (?:please|kindly|also|maybe|perhaps|possibly|just|then))? (?!believe|imagine)[a-z]{2,}",
        r"let (?:me|us) (?:know|have)",
        r"(?:i'd|i would|we'd|we would|i|we) (?:also |really |just |very much )?(?:like|love|want|appreciate|be (?:grateful|happy|glad|interested)|need|require) (?:to (?:see|know|have|get|receive|understand|hear|learn|discuss|talk|order|try|test|book|arrange|invite|request|ask)|you to|(?:it )?if you|a (?:quote|quotation|demo|call|copy|list|price|sample|reference|discount|meeting|breakdown|trial|proposal)|an? (?:\w{2,14} )?(?:offer|overview|estimate|update|invoice|example|explanation|answer|quote|contract|proposal)|your (?:help|input|feedback|advice|answer|confirmation|offer|quote|thoughts|approval|price)|more (?:information|details|data)|(?<=need\x20)(?:an?|the|your|some|it|this|that|them|two|three|\d{1,3}) (?!few|couple|bit|weeks?|months?|days?|minutes?|moment|while|budget|new budget|time|break|hours?)[\w-]{2,}|the (?:[\w-]{2,16} )?(?:quote|offer|contract|price|prices|documents?|data|figures|details|invoice|proposal|list|slides|link|specs?|specifications?|drawings?|report))",
        r"(?:i|we) (?:request|ask for|await|expect) (?:you|your|the|a|an)\b|^request(?:ing)? (?:you|your)\b|(?:awaiting|waiting for|need) your (?:reply|answer|response|feedback|confirmation|quote|offer|approval)",
        r"^(?:(?:and|also|then|so|ok|okay|great|hi|thanks|(?!you|we|they|to|will|can|he|she|who|that|not)[\w]{2,14}),? )?(?:send|give(?! (?:my|our) (?:regards|best|love))|tell|share|provide|forward|e-?mail|add|remove|check|confirm|explain|advise|attach|update|change|include|show|quote|call|ring|ask|make sure|bring|put|set up|fill|sign|complete|correct|invite|mark|look|get|find(?!.{0,60}(?:attached|enclosed|below))|name|describe|cancel|move|drop|keep|consider|try|compare|return|write|book|resend|schedule|deliver|prepare) (?:me|us|it|the|your|a|an|this|that|them|him|her|our|my|whether|if|in|at|over|back|all|both|two|three|out)\b",
        r"(?:it would be|would be|that would be|it'd be) (?:great|good|helpful|nice|useful|appreciated|lovely|ideal|perfect|wonderful) (?:if|to (?:see|have|get|know|receive)|to you)|(?:would|could) you mind|if you (?:could|can|would|might)(?: please| just| also)? (?:send|give|tell|share|provide|let|forward|confirm|check|explain|add|include|call|have|get)",
        r"(?:seems? to be|is|are|found|spotted|noticed|there's) (?:an?|some|two|several) (?:\w{2,12} )?(?:errors?|mistakes?|typos?)\b|(?:quote|quotation|offer|contract|invoice|address|price|total|date|name|attachment|file|link|quantity|figures?|numbers?) (?:is|are|seems?|looks?) (?:wrong|incorrect|missing|broken|off)\b|never (?:arrived|came|turned up)\b",
        r"(?:i'm|we're|i am|we are|still|am) (?:still )?(?:waiting for|missing|lacking|looking for|in need of|interested in)\b",
        r"(?:any|your) (?:thoughts|feedback|comments|input|questions)(?: (?:on|about))?.{0,40}(?:welcome|appreciated)|(?:feedback|reply|answer|response) (?:is|would be) (?:welcome|appreciated)",
    ),
    "question": cue(
        r"^(?:(?:and|but|so|also|then),? )?which of (?:the|these|those|your|them)\b",
        r"(?:have|need|want|like|love|important) to (?:know|understand|see|hear|learn) (?:if|whether|where|how|what|when|who|why|which)\b|(?:isn't|is not|not|un) ?(?:quite |entirely |yet )?clear (?:yet )?(?:to (?:me|us) )?(?:if|whether|how|what|why|who|where|when|which)\b",
        r"(?<!you\x20)(?:asked|asks|is asking|are asking|wants to know|want to know|wonders?) (?:me |us )?(?:if|whether|how|what|when|who|why|which)\b",
        r"^(?:(?:and|but|so|also|then|ok|okay|hi|just|[\w]{2,14}(?: [\w]{2,14})?[,:]) (?:is )?)?(?:how (?:many|much|long|often|far|big|soon|fast|do|does|is|are|can|could|would|will|should)|what (?:is|are|does|do|would|about|will|can|should|kind|sort|if)|whats? (?:the|your|our)\b|what's|which [\w-]{2,20} (?:\w{2,14} )?(?:do|does|is|are|would|should|can|will)|when (?:can|could|will|would|do|does|is|are|should) (?:you|we|i|it|the|this|that|they)|where (?:is|are|can|do|does|should)|who (?:is|will|can|would(?! have (?:thought|guessed|known))|should|do)|why (?:is|do|does|are|did|would)|do you|does (?:the|it|your|this|that)|did you|are you|is (?:there|it|the|this|that|your)|are (?:there|the|these|your)|can (?:you|u|we|i|it|the)|could (?:you|u|we|i|it)|would (?:you|it|that|this)|will (?:you|it|the|there|this)|have you|has (?:the|your|it)|should (?:we|i))\b",
        r"(?:wants?|would like|needs?|asks?|asking|asked|keen) (?:me |us )?to know (?:if|whether|how|what|when|why|who|where|which)\b",
        r"^(?:also |still )?wondering (?:if|whether|how|what|when|who)|(?:i was|i'm|i am|we were|we are|we're|just|was) wondering (?:if|whether|how|what|when|why|who|about)|(?:i|we) wonder (?:if|whether|how|what)|(?:could|can|would) you (?:tell|explain|confirm|clarify|say)|(?:do|would) you (?:happen to )?know|(?<!answers\x20)(?<!answered\x20)(?<!answer\x20)(?<!answering\x20)my question|(?:one|two|a few|some|another|several|three|a couple of|a) (?:more |quick |further |small |last |other )?questions?\b|want(?:ed)? to (?:ask|know|check|find out) (?:if|whether|how|what|when|about|you)|curious (?:if|whether|how|what|about|to)|(?:unclear|not clear|confused) (?:on|about|as to)\b|(?:not clear|unclear) (?:to (?:me|us) )?(?:if|whether|how|what|why)|let (?:me|us) know (?:if|whether|what|when|how|which|who|where)",
    ),
    "no_question": cue(
        r"^(?:(?:please|pls|just|and|so|as always|of course|also|kindly|but)[, ]+)*(?:(?:do )?feel free to (?:reach out|ask|contact (?:me|us)|get in touch|let (?:me|us) know|shout)|let (?:me|us) know|shout|give (?:me|us) a shout|(?:don't|do not) hesitate.{0,40}|reach out|get in touch)(?: (?:to (?:me|us)|any ?time|at any time|here))*,? (?:if|should|in case|when|whenever) (?:you|there)(?:'ve| have| is| are| should)? ?(?:(?:ever|still|got|have|need|want|require|would like|run into|think of|find|be) )*(?:any(?:thing)?|some|further|more|other|additional|questions?|queries|help|something)\b[^?]{0,60}[.!]?$",
        r"^(?:if|should) (?:you|there) (?:should |are |is |do )?(?:have |need |want |be )?(?:any|further|more|other|additional)(?: (?:further|more|other|additional))? ?(?:questions?|queries|concerns|help|info\w*|thing)?\b[^?]{0,30}(?:let (?:me|us) know|feel free|shout|hesitate|reach out|get in touch|just ask)[^?]{0,40}[.!]?$",
        r"^(?:any (?:questions|queries|issues|problems),? )(?:just |please |pls )?(?:let (?:me|us) know|shout|ask|give (?:me|us) a shout)[^?]{0,20}[.!]?$",
        r"^(?:(?:and|hi|hello|hey|so|but|dear)?[ ,]*(?:[\w]{2,14}[ ,]+)?)?(?:how(?:'re| are) (?:you|things|u)(?: (?:doing|today|all|both|going|these days|keeping|there))*|how(?:'s| is) (?:it going|everything|life|things|business|your (?:week|day|morning|weekend|summer))(?: going| so far| today| been)*|how (?:was|were|did) (?:your|the) (?:weekend|holiday|holidays|vacation|break|summer|christmas|easter)(?: \w{2,10})?|how have you been|how do you do|all well|everything (?:ok|okay|alright|well|good)(?: with you)?|are you (?:well|ok|okay|alright)|you well|hope (?:you are|you're|all is|all's|everything is|this finds you) .{0,30}|what's up|is everything (?:ok|okay|well|alright|all right)(?: with you)?|did you have a (?:good|nice|great|relaxing|lovely) (?:weekend|holiday|break|trip|time|flight|journey|christmas|easter|start).{0,20})\s*\?",
        r"^(?:(?:and|but|oh|well|so)[, ]+)?(?:who knows|why not|who (?:would have|would've|could have) (?:thought|guessed|known)(?: (?:it|that))?|what can i say|you know what|guess what|what more (?:can|could) .{1,40}|isn't (?:it|that|this) (?:great|nice|wonderful|lovely|funny|amazing|good|something|fantastic)|how (?:cool|great|nice|good|awesome) is that|can you believe (?:it|that)|how about that|who (?:doesn't|wouldn't) .{1,40}|what could (?:possibly )?go wrong|what's not to (?:like|love)|right|ok|okay|no|really|yes|huh|eh|isn't it|don't you think|wouldn't you say|what else (?:could|can) .{1,40}|need i say more|is the pope catholic|wow|remember)\s*[?!]",
    ),
    "acknowledgement": cue(
        r"what an? (?:\w{2,12} )?(?:great|good|nice|lovely|wonderful|fantastic|super|brilliant|impressive|fun) [\w-]{2,16}(?: (?:that|it|this) was)?|who would have (?:thought|guessed|known)(?: (?:it|that))?",
        r"^(?:hi|hello|hey|dear)(?: \w{2,14}){1,2}(?=\s*[,.!-])|(?:thanks|thank you|thx|cheers|regards|best),? (?!for\b|to\b|that\b|you\b|but\b|and\b|so\b|again\b|very\b|in\b)[a-z]{2,14}\s*[.!]?$",
        r"(?:that|this|which|it) (?:all |really |totally |certainly |definitely )?(?:answers|helps|clarifies|clears|explains|does it|does the trick|is (?:exactly|just|all)|was (?:exactly|just|all))\b.{0,60}|(?:i|we)(?: now)? have (?:everything|all)(?: (?:that )?(?:i|we) need(?:ed)?.{0,30}| now)|that(?:'s| is) (?:all|everything)(?: (?:i|we) need(?:ed)?)?(?: for (?:now|the moment))?",
        r"(?:many |huge |big |lots of |a thousand |warm |very many )?(?:thanks|thank you|thx|thank-you|ty|cheers|tks)(?: again| so much| very much| a lot| a million| a bunch| a ton| loads| heaps| mate| guys| folks| team| kindly| indeed| all| both| everyone| ever so much| once again| in advance)*(?: to (?:you|all|everyone|everybody)(?: (?:both|all|and your team|and the team))?(?= for|\s*[.,!]|\s*$))?(?: (?:for|that|from|and)\b.{0,160})?(?! to your)",
        r"(?:i |we )?(?:really |very much |greatly |truly |much )?(?:appreciate|appreciated|grateful)(?: (?:it|that|this|your|the|all|you (?:getting|coming|taking|making|sending|letting|being|reaching|following|doing|helping))\b.{0,100})?",
        r"(?:well |duly |safely |all |just |i |we |i've |we've |have )*(?:(?:rec'?v?d|rcvd)(?: (?:it|with thanks|safely|ok))?|got (?:it|that|this|them|(?:your|the) [\w-]{2,16}(?: [\w-]{2,16})?)|received(?: (?:it|with thanks|in good order|safely|this|your [\w-]{2,16}(?: [\w-]{2,16})?|the [\w-]{2,16}))?|noted|understood|copy that|copied|roger(?: that)?|makes sense|(?:that is |that's |it is |it's )?(?:all )?clear(?: now)?|fair enough|duly noted|acknowledged|message received|arrived(?: safely)?|i see|i understand|we understand)(?: (?:now|with thanks|all|today|this morning|safely|yesterday))*",
        r"(?:it|that|this)?(?: was| is|'s| has been|'d be)? ?(?:a |an |my |our |such a |so |very |really |truly |great |good |lovely |nice |real )*(?:pleasure|nice|great|good|lovely|wonderful|delight|honou?r|joy|treat) (?:to |in )?(?:meet|meeting|see|seeing|talk|talking|speak|speaking|hear|hearing|chat|chatting|have|having|e-?meet|catch|catching|work|working|connect|connecting)\b.{0,120}",
        r"(?:(?:that|this|it|which|all)(?:'s| is| was| sounds| looks| all sounds| were| all looks)? )?(?:all |just |really |very |so |absolutely |simply |quite |most |pretty )?(?:perfect|great|excellent|wonderful|fantastic|super|awesome|brilliant|lovely|fine|good|ok|okay|nice|cool|fun|amazing|terrific|helpful|useful|interesting|impressive|good to know|good to hear|great to hear|nice to hear|great news|good news|clear|kind(?: of you)?|very kind|splendid|superb|marvellous|good stuff|great stuff|well done|sounds good|sounds great|sounds fine|sounds perfect|looks good|looks great|alright|all right|all good|no problem(?: at all)?|much obliged|sounds like a plan|all good (?:here|on (?:my|our) (?:end|side))|no worries(?: at all)?|not a problem|of course|sure(?: thing)?|certainly|absolutely|indeed|exactly|yes|yep|yeah|right|will do|happy to help|my pleasure|our pleasure|you're welcome|you are welcome|welcome|don't mention it|likewise|same here|same to you|you too|and to you|to you too|agreed|ta|legend|star|you(?:'re| are) (?:a |an |the )?(?:star|legend|best|lifesaver|hero|angel)|(?:congratulations|congrats)(?: (?:on|to|for)\b.{0,60})?)(?: (?:indeed|to me|to us|then|too|as well|with (?:me|us)|by (?:me|us)|news|work|job|stuff|idea|presentation|demo|meeting|call|talk|session|for (?:me|us)|to (?:know|hear|see)|thanks|so far|now|today|yesterday|this (?:morning|afternoon)|summary|overview))*",
        r"(?:i|we|i'm|we're|i am|we are)? ?(?:(?:am|are) )?(?:really |very |very much |much |all |so |truly )?(?:look|looking) forward\b.{0,100}",
        r"(?:i|we|the (?:team|whole team|nurses|board|kids|staff|guys|colleagues|boss)|everyone|everybody|they|you|he|she|my [\w-]{2,16}|our [\w-]{2,16})? ?(?:all |really |very much |thoroughly |quite |both )*(?:enjoyed|loved|liked|was impressed|were impressed|am impressed|are impressed|was thrilled|were thrilled|impressed)\b.{0,100}",
        r"(?:that|it|this|they|these|those|the (?:samples|demo|meeting|call|presentation|session|tour|visit|workshop|talk|offer|slides|material|team|product|tool|system|software|event|lunch|conversation|discussion)|today|yesterday|everything|your (?:demo|presentation|product|team|tool|offer|slides|help|visit))(?: today| yesterday| this morning| looks?| went)? ?(?:was|is|are|were|look|looks|looked|went|'s|are)? ?(?:really |very |so |quite |absolutely |extremely |just |most |truly |all )*(?:great|excellent|impressive|helpful|useful|fun|perfect|wonderful|interesting|fantastic|informative|well|good|clear|nice|brilliant|super|amazing|lovely|insightful|inspiring|awesome|outstanding|convincing|enjoyable|valuable|productive)(?: (?:indeed|today|yesterday|and .{1,30}|for (?:us|me|the team)|as always))?",
        r"(?:great|good|nice|excellent|impressive|lovely|wonderful|fantastic|super|brilliant|interesting|helpful|useful|amazing|awesome|perfect|solid|productive|fruitful) (?:demo|meeting|call|presentation|session|work|job|talk|chat|team|product|visit|tour|conversation|discussion|summary|overview|stuff|idea|news|one|day|service|support|slides|material)\b.{0,60}",
        r"(?:i |we )?(?:wish|hope|wishing|hoping) (?:you|to (?:see|hear|meet)|all is|everything|that helps|this helps|your|you're|the)\b.{0,100}",
        r"(?:have an? (?:nice|great|good|lovely|wonderful|fantastic|safe|pleasant|relaxing)|have fun|enjoy|happy (?:new|easter|holidays|birthday|friday|monday|christmas)|merry|all the best|good luck|take care|safe (?:travels|trip|journey|flight)|best of luck|get well|kind regards|best regards|regards|best wishes|see you(?: soon| around| later)?|bye|goodbye|cheers|same to you|keep up the good work)\b.{0,60}",
        r"(?:sorry|apologies|my apologies|i apologi[sz]e|pardon|no hurry|no rush|take your time|excuse) ?(?:for|about|that)?\b.{0,80}",
        r"(?:(?:i|we)(?:'ve| have)? )?(?:just )?(?:(?:found|solved|fixed|sorted|resolved)(?: (?:it|that|this|them))?(?: out)?(?: (?:in the meantime|already|now|myself|ourselves))?|got it (?:working|to work|sorted|fixed)|figured (?:it|that) out)|(?:that|it|this)(?:'s| is| has been)? (?:solved|sorted|fixed|resolved)(?: now| already)?|no need to (?:reply|answer|respond)|never mind|nevermind|fyi|for your information|please ignore (?:this|that|my last (?:mail|email|message))",
        r"(?:ok|okay|yes|yep|yeah|sure|right|alright|indeed|of course|certainly|absolutely|hi|hello|hey|dear|great|perfect|wow|oh|ah|well|super|good morning|good afternoon|good evening|good day|happy new year|mr|ms|mrs|dr|team|all|everyone|everybody|folks|guys|there|so|and|too|again|much|very|as always|as promised|as discussed)",
    ),
    "assent": cue(
        r"^(?:\w{1,14}, )?(?:(?:ok|okay|yes|yep|yeah|(?:that )?sounds (?:like a plan|good|great|fine|perfect|lovely)|sure(?: thing)?|perfect|great|fine|good|excellent|absolutely|agreed|of course|certainly|alright|all right|will do|with pleasure|gladly|lovely|super|wonderful|no problem|cool|brilliant|fantastic)(?:,? (?:thanks|thank you|thx|great|perfect|good|fine|please|that is fine|for (?:me|us)|with (?:me|us)|by (?:me|us)|to me)\b.{0,30})?)(?=\s*(?:[-.,!]|$))"
    ),
    # looks back at a meeting, whatever day is named
    "met": cue(
        r"(?:thanks|thank you|thx|cheers)(?: so much| very much| a lot| again| all)? for (?:(?:all|your|the|a|such|taking|making|giving|sparing) ){1,3}(?:us )?(?:\w{2,14} ){0,2}(?:time|demo|call|visit|meeting|session|chat|talk|presentation|conversation|tour|workshop|hospitality)\b",
        r"^(?:\w{1,14}, )?(?:it was |what a )?(?:so |really |very |a )?(?:lovely|nice|great|good|wonderful|fantastic|pleasure|delighted|brilliant) (?:to (?:meet|see|speak|talk|chat|catch up)|meeting|seeing|speaking|talking|chatting|catching up)(?: (?:to|with))? (?:you|everyone|everybody|the team|all)\b(?!.{0,30}\b(?:then|again|next)\b)",
    ),
    "thanks_for": cue(
        r"^(?:\w{1,14}, |hi \w{1,14}, )?(?:many |huge |big |lots of |a thousand )?(?:thanks|thank you|thx|cheers)\b",
        r"(?:great|good|nice|lovely|wonderful|productive|fantastic|excellent|super|helpful|useful|interesting|pleasure) (?:to |in )?(?:demo|meeting|call|presentation|session|talk|chat|visit|tour|conversation|discussion|see|seeing|talk|talking|speak|speaking|meet|chatting)\b",
        r"(?:enjoyed|appreciated?|impressed|loved)\b",
    ),
    "any_when": cue(
        r"(?:once|when|after|as soon as) (?:the|we|we're|our|this|i'm|things|it's|it|everything|that|all|they|i've|we've)\b(?! (?:can|have (?:a )?(?:time|minute|moment)|get (?:a )?(?:chance|time|minute)))"
    ),
    "word_line": cue(
        r"(?:thanks|thank|perfect|great|noted|received|understood|ok|okay|yes|no|agreed|confirmed|good|fine|excellent|wonderful|sure|absolutely|deal|done|interested|never|maybe|nothing|stop|unsubscribe|please|will|works|sounds|both|either|neither|got|super|lovely|cool|exactly|correct|approved|accepted)"
    ),
    "yes": cue(r"yes|yep|ok|okay|sure|agreed|confirmed"),
    "absence": cue(
        r"^(?:(?:on )?(?:annual|parental|maternity|paternity|sick) leave|on holiday|on vacation|ooo)\b|(?:no longer|not) (?:work(?:ing)?|employed|with) (?:for|at|by|with|here|the company)\b|(?:has|have|'ve) (?:now )?left (?:the (?:company|organi[sz]ation|firm|team)|our (?:company|team|firm))|(?:mailbox|address|account|inbox) is (?:no longer|not) (?:monitored|in use|active|being)",
        r"(?:out of (?:the )?office|ooo|oof)\b|(?:not|away|absent|out|offline) (?:in|from|of) (?:the |my |our )?(?:office|desk|work)|(?:on|taking|my|in my|during my) (?:annual |parental |maternity |paternity |sick |family |medical |summer |well-deserved |a short )?(?:holidays?|vacation|leave|pto|sabbatical|honeymoon|break|business trip)\b|on a business trip",
        r"(?:i'm|i am|i will be|i'll be|we're|we are|we will be|we'll be|currently|office (?:is|will be)|be|am) (?:(?!signed|laid|written|paid|cut|set|ruled|sold|kicked|put|take|taken)\w{2,12} )?(?:away|out|travell?ing|absent|unavailable|offline|off|on the road|abroad|closed|not available|unable to (?:read|check|answer|respond|reply))\b",
        r"(?:(?<!come\x20)(?<!get\x20)(?<!call\x20)(?<!write\x20)(?<!go\x20)(?<!circle\x20)(?<!check\x20)(?<!report\x20)(?<!push\x20)(?<!up\x20)(?<!this\x20)(?<!it\x20)(?<!look\x20)(?<!ring\x20)(?<!heard\x20)(?<!hear\x20)(?<!you\x20)(?<!me\x20)(?<!us\x20)back|return(?:ing)?|returned|reachable again|available again|in the office again) (?:to (?:the office|work|my desk) |in (?:the office|my office) |at (?:work|my desk) |from [\w ]{2,16} )?(?:on|in|from|after|by|next|at|the \d|as of|again|tomorrow|today|mon|tue|wed|thu|fri|sat|sun|\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|once|(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
        r"(?:limited|no|without|only sporadic|only occasional|intermittent|restricted) access to (?:my |our )?(?:e-?mails?|mails?|internet|messages|inbox)|(?:will not|won't|cannot|can't|not) (?:be )?(?:reading|checking|read|check|access|accessing|monitoring|answering) (?:my |our )?(?:e-?mails?|mails?|messages)",
        r"(?:i|we) (?:will |shall |'ll |am )?(?:return|be back|returning)\b(?! (?:the|your|it|this|to you|them|our|a))|(?:i|we)'ll (?:return|be back)\b(?! (?:the|your|it|this|to you|them|our|a))|(?:my|our) (?:return|absence)\b|during my absence|office (?:is )?closed|closed (?:for|until|from|between)",
    ),
    "returns": cue(r"(?:back|return|returning|returns|resume|available again|reachable again|reopen\w{0,3})\b"),
    "past": cue(
        r"^(?:and |so |thanks,? |please )?have an? (?:very )?(?:great|nice|good|lovely|wonderful|fantastic|pleasant|relaxing|restful|productive) \w{2,16}|(?:merry|happy) (?:christmas|xmas|easter|holidays|new year|mon|tues|wednes|thurs|fri)",
        rf"(?:thanks|thank you|thx|cheers)(?: so much| very much| a lot| again| all)? for (?:{WEEKDAYISH}|yesterday)(?! (?:morning |afternoon )?(?:slot|option|invit))\b",
        rf"(?<!be\x20)(?<!a\x20)(?<!for\x20)(?:great|good|nice|excellent|lovely|productive|super|fantastic|wonderful|interesting|helpful) {MEETING} (?:on|yesterday|today|this morning|earlier)\b",
        r"(?<!be\x20)(?<!get\x20)(?<!gets\x20)(?<!being\x20)(?:was(?! agreed (?:that|to)\b)|were|met|had|did|went|spoke|talked|discussed|said|told|saw|showed|sent|(?<!'ve\x20)(?<!have\x20)(?<!has\x20)got|received|signed|decided|visited|started|asked(?! (?:that )?you (?:to )?(?:call|ring|phone|contact|e-?mail|write|try)\b)|wrote|called|promised|happened|took|used to)\b|(?:agreed|discussed|mentioned|said) (?:in|on|during|at) (?:our|the|your|my)\b(?! phone\b)",
    ),
    "firm_start": re.compile(r"^\s*(?:and |then |so |yes,? |sure,? |ok,? |okay,? )*(?:will|sending|shall)\b"),
    "condition": cue(
        r"(?:if|unless|provided(?: that)?|assuming)\b.{3,50}\b(?:i'd|we'd|i would|we would)\b|if (?:i|we|they) could\b|(?:if|unless|provided(?: that)?|assuming|as soon as|once|when|after|should) you(?:'d| would| could| can|r|'re| are|'ve| have| need| want| like)?\b(?!r (?:call|visit|meeting|demo|holiday|vacation|trip))"
    ),
    # an object between verb and day; how an object behind the day begins
    "named": re.compile(r"(?<!\w)(?:it|them|this|that|these|those|something)(?!\w)"),
    "article": re.compile(r"\s*(?:the(?! latest)|our|your|my|an?(?! (?:hour|day|week|bit|few|little))|two|three)\s"),
    # a day that belongs to a thing; each day is written as a run of \0
    "dated_thing": re.compile(
        r"(?<!\w)(?:the|our|your|my|an?|this|that|these|those|last|signed)(?: [\w'-]{1,16}){0,2} \0+(?:(?:,| and| or| to|-|/| &)? ?\0+){0,3} (?!(?:at|on|in|by|to|for|of|or|and|is|are|was|works?|would|will|i|we|you|it|the|an?|our|your|my|with|before|after|until|from|but|if|when|once|morning|afternoon|evening|please|as|than|that|which|too|then|latest|instead|onwards?|so|about|again|we'll|i'll)\b)[^\W\d]"
        rf"|\0+ (?:(?!(?:the|an?|our|your|my|this|that|you|to|with|and)\b)[\w-]{{2,16}} ){{0,2}}{THING}\b"
    ),
    # whoever is asked is not what was promised: "check with legal", "ping Tom"
    "asks_others": re.compile(r"(?<!\w)(?:check|ping|ask|chase|remind|nudge|(?:speak|talk)(?: (?:to|with))?)\s*$"),
    "foreign": re.compile(r"(?:from|for|of|about|dated|regarding|since)(?: the)?\s{1,3}\0|\0's"),
    "intention_only": cue(
        r"(?:check|(?:speak|talk) (?:to|with)|review|look (?:into|at|over)|decide|go (?:through|over)|take it|be in touch|touch base|keep|discuss)\b(?!.{0,40}(?:\band\b|get back|come back|let you))"
    ),
    "on_hold": cue(r"on hold|on ice|postponed|deferred|paused|parked|shelved|put off|pushed|delayed"),
    "not_before": cue(
        r"(?:not|nothing|no|never|won't|can't|isn't|aren't|don't|hardly|unlikely|no one|nobody)\b(?:[ ,][\w'-]{1,16}){0,9} (?:before|until|till|earlier than|ahead of)\b"
    ),
    "instead": cue(r"(?:instead|rather than)\b"),
    "day_first": cue(SUITS),
    # a second promise behind one that has a day: "I'll see Marie on Thursday and let you know by Friday"
    "and_then": cue(
        r"and (?:then |will |we'll |i'll )*(?:let you know|get back|come back|revert|call you|send you|give you|report back|confirm|(?:return|send|share|forward|get) (?:it|them|this))\b"
    ),
    "habit": cue(
        r"(?:mon|tues|wednes|thurs|fri|satur|sun)days\b|(?:every|each) (?:[\w-]{2,8} )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)?day|week|month|quarter|year|morning|afternoon|evening|night|spring|summer|autumn|winter)\b|usually|normally|typically|(?<!as\x20)always|as a rule|year round"
    ),
    "asks_if": cue(
        r"(?:if|whether)\b(?! you don't mind\b| possible\b| need be\b| (?:that's|that is|it's) (?:ok|okay|fine|all right|alright)\b)(?! you(?:'d| would)? (?:like|want|wish|prefer|fancy|care|need)\b)"
    ),
    "fits": cue(
        SUITS + r"\b",
        rf"(?:can|could|able to) (?:make|do) (?:it )?(?:on |for |at )?(?:the )?(?:(?:{WEEKDAYISH}|tomorrow)\b|\d)",
        r"(?:work|suit|fit|be (?:an option|doable|feasible|workable|preferable|ok|okay|fine|good|possible|convenient|better))\b",
    ),
    "object_lead": re.compile(
        r"\s*(?:(?:you|know|it|them|over|across|back|along|us|out|to you|together|on|with you|the team|everyone|all)\b\s*)*"
    ),
    "object_end": cue(
        r"(?:from|with) (?:me|us|you)\b",
        r"to (?:my|our|the|your)\b|(?:in|on) your (?:inbox|desk|hands|mailbox)\b|(?:right|straight|directly) (?:after|afterwards)\b",
        rf"(?:to you|by|no later than|not later than|at the latest|until|before|as soon|so that|so|and(?= (?:then|also|i|we|you|it|that|this|will|i'll|we'll|you'll|let|hopefully|of course|(?:then |also )?{DO}(?= (?:you|it|them|the|our|your|my|an?|back|to|with|on|up|over|out|in|by|for|how|what|whether|if|everything|this|that|me|us)\b|\s*$))\b)|in the course|during|within|this|next|later|over|when|once|after|if|the (?:day|week|month|moment|minute)|today|tomorrow|asap|shortly|soon|right away|immediately|on (?:mon|tue|wed|thu|fri|sat|sun|the)\w*|in (?:a|the|an|one|two|three|my|\d)|first thing|then|which|that|to (?:review|sign|see|check|look)|via|through|again)\b",
        r"with (?:(?:my|our|the) (?:[\w-]{2,16} )?)?(?:team|boss|managers?|colleagues?|legal|finance|board|procurement|purchasing|cfo|cto|ceo|coo|directors?|it)\b",
        r"(?:on|in|at|for|for you|ready|over|of)\s*$",
    ),
    "about": cue(
        r"(?:about|regarding|concerning|with)(?= \w)(?! (?:mon|tue|wed|thu|fri|sat|sun)\w*| the \d| \d| you\b| me\b| us\b| by\b| it\b| this\b| that\b)"
    ),
    "speaks": re.compile(
        r"(?:back|call|ring|phone|check|ask|know|in touch|touch base|circle back|up|out|reply|respond|answer|contact|ping|find out|decide|reach out|decision|tell you|text|revert|look (?:into|at|over)|hear|news|something|everything)\s*$"
    ),
    "pronoun": re.compile(
        r"(?:know|hear|if|whether|it|that|this|them|these|those|something|everything|anything|you|back|one|all|both|more|some|him|her|us|me|out|up|in|on|over|there|again)?"
    ),
    "after_that": cue(r"(?:after that|afterwards|thereafter|after this|after which|the day after|right after)\b"),
    "then": cue(r"(?:then|after that|afterwards|thereafter|after this|by then|from then|that day|at that time|that week|after which)\b"),
    "undated": cue(r"(?:later|soon|some ?time|eventually|one day|some day|in due course|shortly)\b"),
    "any_time": cue(r"(?:any ?time|whenever|at your convenience|as soon as|asap|when you (?:can|have|are|get)|if you)\b"),
    "offer_sent": cue(
        r"(?:pfa|sharing|sending over|sent over|sending across|find attached) (?:[\w-]{1,14} ){0,3}(?:offer|proposal|quote|quotation|contract|agreement|nda|order form|estimate|statement of work|sow|commercials)\b",
        r"(?:here(?:'s| is| are| comes)?|attached|enclosed|please find|find|i've attached|i have attached|i attach|we attach|sending you|i'm sending|i am sending|i send|see|below|you'll find|you will find|as promised|as discussed|this is|sent you|hereby|with this)\b.{0,60}\b(?:offer|offers|proposal|quote|quotation|contract|agreement|nda|order form|estimate|purchase order|statement of work|sow|pricing proposal|terms|bid|tender)\b",
        r"(?:offer|proposal|quote|quotation|contract|agreement|nda|order form|estimate|statement of work|sow) (?:[\w-]{1,14} ){0,4}(?:is|are) (?:\w{2,10} )?(?:attached|enclosed|below|ready)|(?:for (?:your )?signature|to sign|for you to sign|for countersignature|for signing)",
    ),
    "filler": cue(
        r"(?:or|and|at|on|in|the|for|us|me|then|please|ok|okay|yes|yep|sure|perfect|great|fine|good|it|is|also|too|a|about|around|sharp|o'clock|your|my|time|am|pm|both|either|maybe|perhaps|only|of|to|from|between|until|well|hi|hello|thanks|thank|you|we|ah|oh|any|day|(?:your|my|our) end)\b"
    ),
}

PACK = Pack(
    code="en",
    times=TIMES,
    cues=CUES,
    breaks=re.compile(
        r"\s*(?:;|(?<=\w)\s+and\s+(?=(?:would|we'd|i'd|let's|please|(?:i'll|we'll|i will|we will) .{3,40}\b(?:same day|that day|afterwards|after that|there and then))\b)|,(?=\s(?:ok|okay|right|alright|shall)\b)|:(?=\s)|\((?=[^()]{20})|,(?!\d)(?=\s+(?:but|so|and|however|though|please|kindly|pls|call|give|drop|ping|come back|get back|get in touch|circle back|touch base|follow up|nudge|chase|reach out|try|check|contact|shoot|ring|let|can|could|i|we|would|will|then|or|the(?=\s\d)|it|this|that|my|our|nor|instead|how|what|maybe|perhaps|which|who|as|because|since|unfortunately|sorry|thank|thanks)\b)|\s-\s|(?<=\w)(?<!anything)(?<!anytime)(?<!any\sday)(?<!any\stime)(?<!every\sday)(?<!other\sday)\s+(?:but|however|though|although|because|whereas)\s+)\s*"
    ),
    abbreviations=frozenset(
        "mr mrs ms dr prof st e.g i.e approx no vs inc ltd co corp jr sr dept est fig a.m p.m jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri ca min max incl excl ext tel attn w.r.t ph.d u.s u.k".split()
    ),
)
