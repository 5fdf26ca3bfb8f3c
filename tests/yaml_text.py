"""YAML as a person writes it, the same bytes under every version of every library."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

PLAIN = re.compile(r"(?!(?:true|false|null|yes|no|on|off)$)[A-Za-z<][\w .@/&()<>–-]*(?<! )", re.IGNORECASE)


def scalar(value: Any) -> str:
    if isinstance(value, str):
        return value if PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, (date, datetime)) else json.dumps(value)


def flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def yaml(value: Any, indent: int = 0) -> str:
    """Block style outside, flow style where it is short."""
    pad = " " * indent
    if isinstance(value, Mapping) and value:
        return "".join(f"{pad}{scalar(k)}:{below(v, indent + 2)}" for k, v in value.items())
    if isinstance(value, (list, tuple)) and value:
        return "".join(f"{pad}-{below(v, indent + 2, item=True)}" for v in value)
    return f"{pad}{flow(value)}\n"


def below(value: Any, indent: int, item: bool = False) -> str:
    short = flow(value)
    if not isinstance(value, (Mapping, list, tuple)) or not value or (len(short) + indent < 100 and not (item and len(value) > 4)):
        return f" {short}\n"
    text = yaml(value, indent)
    return " " + text[indent:] if item else "\n" + text
