"""Every problem the desk can meet: a closed set, each with Chinese words and a next step.

Code raises or returns a :class:`Problem`, never prose (house rule 6). ``detail`` is a fact that
belongs to this case — a field, a reader's name, the platform's own sentence (then ``quoted``) —
never an unmasked name or number of a person.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.domain.problem_codes import ProblemCode

__all__ = ["DeskError", "Problem", "ProblemCode", "desk_error"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of one case."""

    kind: ProblemCode
    detail: str = ""
    quoted: bool = field(default=False, compare=False)
    """The detail is somebody else's sentence, word for word: the platform's, a gateway's."""

    @property
    def code(self) -> str:
        return self.kind.code

    @property
    def message(self) -> str:
        """What happened, in Chinese, with the fact of this case."""
        return f"{self.kind.message}：{self.detail}" if self.detail else self.kind.message

    @property
    def next_step(self) -> str:
        """What the person at the desk does next, in Chinese."""
        return self.kind.next_step


class DeskError(Exception):
    """Something ended with problems that a person must read."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.code for problem in problems))
        self.problems = problems


def desk_error(kind: ProblemCode, detail: str = "") -> DeskError:
    return DeskError(Problem(kind, detail))
