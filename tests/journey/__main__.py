"""``make run``: one settlement with every part real, one line a step, ``out/receipt.pdf``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.journey.journey import JourneyFailed, play
from tests.rig.pcsc import PcscUnavailable
from tests.rig.town import townsman


def main() -> int:
    out = Path("out")
    out.mkdir(exist_ok=True)
    steps = iter(range(1, 100))
    try:
        with tempfile.TemporaryDirectory(prefix="kuasheng-") as work:
            play(townsman(0), out, Path(work), lambda line: print(f"[{next(steps)}] {line}"))
    except (JourneyFailed, PcscUnavailable) as error:
        print(f"没有走完：{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
