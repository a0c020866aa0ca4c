"""Printers as the desk sees them: one small port, and everything that can come of a job.

A job is one copy of one paper. Printing never changes money (visit.md 3.1, rule 4): whatever comes
of it is told, and nothing is sent twice by itself.
"""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.problems import Problem, ProblemCode
from printing.thermal_slip import ThermalSlip


class PrintJob(Discreet, Struct, frozen=True):
    """One copy on its way to a printer."""

    said = ("name",)

    name: str
    """Its own, and nothing of a person: it stands in the spooler's list."""
    pdf: bytes
    slip: ThermalSlip | None = None
    """The same for a roll of 80 mm; None where the form has none."""


class CameOut(Struct, frozen=True):
    """The printer, or whoever stands for it, says that it is done."""

    printer: str


class NotPrinted(Struct, frozen=True):
    """Surely no paper of this copy."""

    printer: str
    problem: Problem


class Unclear(Struct, frozen=True):
    """It broke off in the middle: somebody must look whether paper came out."""

    printer: str
    problem: Problem


Outcome = CameOut | NotPrinted | Unclear


class Printer(Protocol):
    """Takes its time: belongs on a thread of its own. Never raises."""

    @property
    def name(self) -> str:
        """As people know it."""
        ...

    def print(self, job: PrintJob) -> Outcome: ...


class Broken(Struct, frozen=True):
    """A printer that cannot be used as the settings have it."""

    name: str
    problem: Problem

    def print(self, _job: PrintJob) -> Outcome:
        return NotPrinted(self.name, self.problem)


def unknown(name: str) -> Problem:
    """The system, or this desk's settings, have no printer of that name."""
    return Problem(ProblemCode.PRINTER_UNKNOWN, name)
