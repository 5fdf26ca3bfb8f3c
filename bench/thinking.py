"""What it costs to think about one deal, by the size of the mailbox: `python -m bench.thinking SETTINGS` prints JSON.

Everything is read and matched once; then each deal's dossier is thought about anew, as a round does for a deal whose facts changed.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

from agent import settings
from agent.cli import scan
from agent.think.think import think
from bench.mailbox import NOW


def main(path: Path) -> None:
    loaded = settings.load(path)
    dossiers = scan.run(loaded, NOW).survey.dossiers.values()
    costs = []
    for dossier in dossiers:
        fresh = replace(dossier, circle=replace(dossier.circle))  # without what an earlier thought worked out
        began = time.process_time()
        think(fresh, NOW, loaded.rules)
        costs.append((time.process_time() - began) * 1000)
    letters = sum(len(talk.letters) for dossier in dossiers for talk in dossier.conversations)
    deciles = statistics.quantiles(costs, n=10)
    print(json.dumps({"deals": len(costs), "letters": letters, "median": statistics.median(costs), "slow": deciles[8]}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
