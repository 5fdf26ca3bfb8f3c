"""Bytes of unsure charset and encoded words (RFC 2047) to text; and text without what a reader cannot see."""

from __future__ import annotations

import binascii
import re
import unicodedata
from functools import lru_cache

WORDS = 500  # encoded words of one header that are decoded; the rest stays as written

_BREAKS = re.compile("[\t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]+"
)
_WORD = re.compile(r"=\?([\w.:-]{1,40})(?:\*[\w-]{0,20})?\?([bBqQ])\?([^?]*)\?=", re.ASCII)
_SOFT = {  # what a label means in practice; "" where it says nothing
    **dict.fromkeys(("us-ascii", "ascii", "unknown-8bit", "binary", "default", "8bit", "7bit"), ""),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk"), "gb18030"),
    **dict.fromkeys(("shift_jis", "x-sjis", "windows-31j"), "cp932"),
    "utf8": "utf-8",
    "unicode": "utf-16",
    "iso-8859-8-i": "iso-8859-8",
    "ks_c_5601-1987": "cp949",
    "x-mac-roman": "mac-roman",
}
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_REFUSED = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "unicode-escape", "raw-unicode-escape", "undefined"})


def clean(text: str) -> str:
    """One line without control, bidi and zero-width characters; runs of white space become one space."""
    if not (text.isascii() and text.isprintable()):
        text = _UNSEEN.sub("", _BREAKS.sub(" ", text))
    return " ".join(text.split())


def fold(text: str) -> str:
    """What two spellings of a word have in common: case and accents folded."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_STROKES)
    return "".join(c for c in unicodedata.normalize("NFKD", decomposed) if not unicodedata.combining(c))


def visible(text: str) -> str:
    """Text of several lines without control, bidi and zero-width characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() and "\x00" not in text else _UNSEEN.sub("", text.replace("\u2028", "\n").replace("\u2029", "\n"))


def guessed(data: bytes) -> str:
    """UTF-8 if it can be, else Windows-1252."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def text_of(data: bytes, charset: str) -> str:
    """The text that a charset label promises; a label that is wrong or unknown is a guess's turn."""
    codec = _codec(charset.strip("\"' ").lower())
    if not codec:
        return guessed(data)
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        pass
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(codec, "replace")


@lru_cache(maxsize=512)
def _codec(charset: str) -> str:
    """ "" where the label says nothing."""
    name = _SOFT.get(charset, charset)
    if not name or name in _REFUSED or not re.fullmatch(r"[\w.:-]{1,40}", name, re.ASCII):
        return ""
    try:
        b"a".decode(name)
    except (LookupError, UnicodeError, ValueError):
        return "utf-16" if name == "utf-16" else ""
    return name


def decoded(text: str) -> str:
    """A header value with its encoded words decoded; those that are broken stay as written."""
    if "=?" not in text:
        return text
    out: list[str] = []
    held: list[bytes] = []  # neighbours of one charset are joined before decoding: a character may be cut between them
    charset, at = "", 0
    for count, match in enumerate(_WORD.finditer(text)):
        if count == WORDS:
            break
        between, data = text[at : match.start()], _word(match[2], match[3])
        neighbours = bool(held) and not between.strip()
        if held and not (neighbours and match[1].lower() == charset):
            out.append(text_of(b"".join(held), charset))
            held = []
        if not neighbours:
            out.append(between)
        held.append(data)
        charset, at = match[1].lower(), match.end()
    if held:
        out.append(text_of(b"".join(held), charset))
    return "".join(out) + text[at:]


def _word(encoding: str, payload: str) -> bytes:
    data = payload.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(data.replace(b"\n", b""), header=True)
    return base64(data)


def base64(data: bytes) -> bytes:
    """What can be decoded of base64: foreign characters skipped, missing padding added."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        pure = re.sub(rb"[^A-Za-z0-9+/]", b"", data.split(b"=")[0])
        pure = pure[: len(pure) - (len(pure) % 4 == 1)]
        return binascii.a2b_base64(pure + b"=" * (-len(pure) % 4))
