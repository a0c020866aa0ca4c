"""Who stands at the window, before an insurance is chosen."""

from __future__ import annotations

from msgspec import Struct

from desktop.domain.credential import Credential
from desktop.domain.identity import ToldOtherwise
from desktop.domain.person import Person
from desktop.domain.problems import Problem
from desktop.domain.record import VisitRecord
from desktop.services.credentials import remembered


class Shown(Struct, frozen=True):
    """The person, and the credential that they showed."""

    credential: Credential
    person: Person
    otherwise: ToldOtherwise = ToldOtherwise()
    """What the credential tells otherwise than the centre."""

    @property
    def remarks(self) -> tuple[Problem, ...]:
        return self.otherwise.remarks


def shown_before(record: VisitRecord) -> Shown | None:
    """Who stood at the window, where their credential may serve again."""
    credential = remembered(record)
    if credential is None or record.person is None:
        return None
    return Shown(credential, record.person)
