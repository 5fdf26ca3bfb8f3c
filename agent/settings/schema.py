"""The JSON Schema of `onward.yaml`, for editors: `python -m agent.settings.schema > config/onward.schema.json`.

It says less than the program checks: times, zones and addresses are texts here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from agent.settings.readers import Schema
from agent.settings.shape import everything


def document() -> Schema:
    shape = everything(Path(), provided=True).schema()
    by_hand = {"required": ["mail", "calendar"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "onward.yaml",
        **shape,
        "anyOf": [{"required": ["provider"]}, by_hand],
    }


def text() -> str:
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
