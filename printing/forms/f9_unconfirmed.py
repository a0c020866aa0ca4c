"""F9: the settlement was sent and nobody knows yet what became of it (visit.md B29, B30)."""

from __future__ import annotations

from printing.document import Document
from printing.forms.waiting import Waiting, waiting
from printing.layout import Layout

LAYOUT = "f9_unconfirmed"


def unconfirmed_slip(slip: Waiting, layout: Layout) -> Document:
    return waiting("F9", slip, layout, alarm=True)
