"""What a person added to calendar mail, apart from what the calendar program wrote around it."""

from __future__ import annotations

import re

_MACHINE = re.compile(
    r"has invited you to|invites you to|you have been invited|you are invited to|has (?:accepted|declined|tentatively accepted|replied)|"
    r"has (?:cancell?ed|updated|been cancell?ed|been updated)|this event has been|this invitation has been|"
    r"is inviting you to a scheduled|invitation from google calendar|view (?:event|your event|all guest info)|^more details\b|"
    r"you are receiving this|to stop receiving|forwarding this invitation|^reply for\b|going \(|\byes\s*-\s*maybe\b|^event details$|"
    r"^need help\?|"
    r"hat sie (?:zu|eingeladen)|eingeladen zu|hat (?:zugesagt|abgesagt|mit vorbehalt zugesagt)|einladung von google|dieser termin wurde|"
    r"vous a invité|vous invite à|a accepté|a refusé|invitation de google|"
    r"te ha invitado|ha aceptado|ha rechazado|invitación de google|heeft (?:je|u) uitgenodigd|"
    r"heeft geaccepteerd|uitnodiging van google",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\W{0,4}(?:when|where|who|what|topic|time|calendar|title|location|organi[sz]er|guests|attendees|joining info|video call|"
    r"video call link|"
    r"meeting id|passcode|password|dial by|dial in|one tap mobile|join\b.{0,60}|find (?:a|your) local number|phone conference id|"
    r"conference id|"
    r"or dial|or call|learn more|meeting options|reset pin|download teams|tenant key|video id|"
    r"wann|wo|wer|wann:|ort|zeit|thema|teilnehmer|kalender|besprechungs-id|kenncode|teilnehmen|quand|où|qui|lieu|"
    r"cuándo|cuando|dónde|donde|quién|wanneer|waar|wie|deelnemers)\s*(?::|$)",
    re.IGNORECASE,
)
_JOIN = re.compile(
    r"microsoft teams|join zoom|join with google meet|zoom meeting|google meet|webex|join the meeting|click here to join|jetzt teilnehmen|"
    r"an der besprechung teilnehmen|rejoindre la réunion|unirse a la reunión|deelnemen aan de vergadering|join on your computer|"
    r"audio only|one tap mobile|find your local number|meet\.google\.com|zoom\.us|teams\.microsoft\.com|teams\.live\.com",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\W{0,3}(?:invitation from google calendar|you are receiving this (?:email|courtesy)|einladung von google kalender)", re.IGNORECASE
)
_DATE = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|jue|vie|sáb|dom|ma|wo|za|zo)[a-zäéûá]{0,10}\b|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez|fév|avr|juin|juil|aoû|déc|ene|abr|ago|dic|mrt|mei)[a-zäéûáè]{0,9}\b|"
    r"\b(?:am|pm|from|to|at|until|bis|um|uhr|de|à|du|au|van|tot|a|las|utc|gmt|time|daylight|standard|eastern|pacific|central|european|weekly|on|every)\b",
    re.IGNORECASE,
)


def added(text: str) -> str:
    """The lines that the calendar program did not write."""
    kept: list[str] = []
    block = False  # between two rules of underscores, as Teams writes them
    for row in text.split("\n"):
        bare = row.strip()
        if _BEGINS.match(bare):
            break
        if len(bare) > 8 and not bare.strip("_-~*:. "):
            block = False
            continue
        block = (block or (bool(_JOIN.search(bare[:300])) and not _asks(bare))) and bool(bare or block)
        if block or not bare:
            block = block and bool(bare)
            kept.append("")
        elif not _written_by_machine(bare[:300]):
            kept.append(row)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")


def _asks(row: str) -> bool:
    return row.endswith("?") and not row.casefold().startswith("need help")


def _written_by_machine(row: str) -> bool:
    if _MACHINE.search(row) or _LABEL.match(row) or row.startswith(("http://", "https://", "<http", "tel:", "+1 ", "+4")):
        return True
    return any(char.isdigit() for char in row) and not re.search(r"[^\W\d_]{2,}", _DATE.sub("", re.sub(r"\([^()]{0,60}\)", "", row)))
