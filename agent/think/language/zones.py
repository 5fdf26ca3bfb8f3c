"""Time zones as people write them."""

from __future__ import annotations

from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

PLACES = {
    "Europe/Berlin": "cet cest mez mesz german germany berlin swiss zurich central european mitteleuropäische",
    "Europe/London": "bst uk london british wet",
    "Europe/Paris": "paris french française francesa hec",
    "Europe/Madrid": "madrid spanish española peninsular",
    "Europe/Amsterdam": "amsterdam dutch nederlandse",
    "Europe/Athens": "eet eest athens",
    "Europe/Lisbon": "lisbon",
    "America/New_York": "et est edt eastern new york boston",
    "America/Chicago": "ct cst cdt central chicago texas",
    "America/Denver": "mt mst mdt mountain denver",
    "America/Los_Angeles": "pt pst pdt pacific california",
    "America/Mexico_City": "mexico cdmx",
    "America/Sao_Paulo": "brt brasilia",
    "Asia/Kolkata": "ist indian india mumbai indische",
    "Asia/Tokyo": "jst japan tokyo japanese",
    "Asia/Singapore": "sgt singapore",
    "Asia/Hong_Kong": "hkt",
    "Asia/Dubai": "gst dubai gulf",
    "Australia/Sydney": "aest aedt sydney",
    "Africa/Lagos": "wat lagos nigerian",
    "Africa/Johannesburg": "sast",
    "Africa/Nairobi": "eat nairobi",
    "UTC": "utc gmt z",
}
BY_WORD = {word: zone for zone, words in PLACES.items() for word in words.split()} | {
    "new york": "America/New_York",
    "central european": "Europe/Berlin",
}
ABBREVIATIONS = (
    "cet|cest|mez|mesz|gmt|bst|wet|eet|eest|et|est|edt|ct|cst|cdt|mst|mdt|pt|pst|pdt|ist|jst|sgt|hkt|gst|aest|aedt|wat|sast|eat|utc"
)
CITIES = (
    "central european|new york|eastern|central|mountain|pacific|uk|london|british|berlin|german|swiss|zurich|paris|french"
    "|madrid|spanish|amsterdam|dutch"
    "|athens|lisbon|boston|chicago|texas|denver|california|mexico|indian|india|mumbai|japan|tokyo|japanese|singapore|dubai|gulf|sydney|lagos|nigerian|nairobi"
)


@lru_cache(maxsize=256)
def zone(word: str) -> tzinfo | None:
    """The zone that a word or an offset such as "+5:30" stands for."""
    word = " ".join(word.split())
    if word[:1] in "+-" and word[1:2].isdigit():
        hours, _, minutes = word[1:].partition(":")
        offset = timedelta(hours=int(hours[:2]), minutes=int(minutes or 0))
        return timezone(offset if word[0] == "+" else -offset) if offset <= timedelta(hours=14) else None
    name = BY_WORD.get(word)
    return ZoneInfo(name) if name else None
