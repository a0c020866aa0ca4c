"""``kuasheng``'s window with the named points in it: it may kill itself at one of them.

``python -m tests.crash.window_desk REPORT LAST …options``: what is passed is said in ``REPORT``;
``LAST`` is the number of the point at which it dies, 0 for none.
"""

from __future__ import annotations

import sys
from pathlib import Path

from desktop.__main__ import main
from tests.crash.points import Points, watch

if __name__ == "__main__":
    report, last = Path(sys.argv[1]), int(sys.argv[2])
    watch(Points(report, last or None))
    sys.exit(main(sys.argv[3:]))
