"""What the parts of the presenter ask of the whole: a visit comes back to the window, or a person."""

from __future__ import annotations

from typing import Protocol

from desktop.domain.credential import Credential
from desktop.services.desk_visit import DeskVisit
from ui.cashier.news import News
from ui.cashier.waiting import Errand


class Front(Protocol):
    """The cashier's presenter, as its parts know it."""

    @property
    def free_for_next(self) -> bool:
        """Whether another patient, or another visit, may come to the window now."""
        ...

    @property
    def takes_credential(self) -> bool:
        """Whether a credential shown now is taken: by the next patient, or by a refund."""
        ...

    @property
    def takes_stand_in(self) -> bool:
        """Whether it is that of who came in the patient's place."""
        ...

    def run_errand(self, errand: Errand, credential: Credential | None, note: News) -> None:
        """Settle this bill anew, the normal way; without a credential one is asked for."""
        ...

    def open_again(self, visit: DeskVisit, note: News | None = None) -> None:
        """Show a visit where it stands: its cash, its check, its refund."""
        ...
