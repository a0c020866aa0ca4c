"""Waits until the card service sees what lies in its readers: ``python reader_states.py NAME…``.

The readers named hold a card, every other one is empty; ends with 1 when that does not come true.
A program of its own, for the client library reads the service's place once per process.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Collection

from card_reader.monitor import Monitor
from card_reader.pcsc import Winscard


def main(full: Collection[str], seconds: float = 20.0) -> int:
    monitor, until = Monitor(Winscard(lambda: None), time.sleep), time.monotonic() + seconds
    while time.monotonic() < until:
        monitor.poll(0.3)
        seen = {name for name, state in monitor.states.items() if state.present}
        if monitor.service_up and seen == set(full):
            return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
