"""What is wrong with a charges file: every fault at once, each with its place and words."""

from __future__ import annotations

from msgspec import Struct

from desktop.domain.problems import DeskError, Problem, ProblemCode

HEAD = "文件头"
"""The place of a fault in the patient, the visit or the bill."""


class Fault(Struct, frozen=True):
    """One fault; ``line`` and ``field`` are "" when the whole file is meant.

    ``message`` is Chinese, says what to do, and never repeats what the field held: a column that
    slipped may hold a name.
    """

    line: str
    """``第7行`` of a CSV or of broken JSON, ``第2条明细（行号A2）`` of JSON, or :data:`HEAD`."""
    field: str
    """As the charges file names it: ``amount``, ``visit.diagnoses[2].code``."""
    message: str

    def to_problem(self) -> Problem:
        place = " ".join(part for part in (self.line, self.field) if part)
        detail = f"{place}：{self.message}" if place else self.message
        return Problem(ProblemCode.CHARGES_INVALID, detail)


class ChargesInvalid(DeskError):
    """The file has faults; nothing of it is taken over."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(*(fault.to_problem() for fault in faults))
        self.faults = faults

    def to_problems(self) -> tuple[Problem, ...]:
        """One ``charges-invalid`` for each fault, in the order of the file."""
        return self.problems
