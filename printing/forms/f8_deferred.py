"""F8: the line was down, the bill waits for its settlement (visit.md B22)."""

from __future__ import annotations

from printing.document import Document
from printing.forms.waiting import Waiting, waiting
from printing.layout import Layout

LAYOUT = "f8_deferred"


def deferred_slip(slip: Waiting, layout: Layout) -> Document:
    return waiting("F8", slip, layout, alarm=False)
