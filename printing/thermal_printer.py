"""An 80 mm printer that is asked how it is before and after: paper, cover, knife, and all done."""

from __future__ import annotations

from contextlib import closing

from msgspec import Struct

from desktop.domain.problems import Problem, ProblemCode
from printing.escpos import STATUS, is_status, to_bytes, trouble
from printing.links import Dial, Link
from printing.printer import CameOut, NotPrinted, Outcome, PrintJob, Unclear
from printing.thermal_slip import COLUMNS, ThermalSlip

ANSWER_SECONDS = 2.0
"""A printer that is on answers its status at once."""
SLIP_SECONDS = 30.0
"""The longest slip, at 100 mm a second, with time to spare."""
NO_SLIP = Problem(ProblemCode.PRINTER_FAILED, "这张单据没有 80 毫米的样式")


class ThermalPrinter(Struct, frozen=True):
    """One printer; ``answers`` is False for one that cannot tell how it is."""

    name: str
    dial: Dial
    answers: bool = True
    columns: int = COLUMNS
    patience: float = SLIP_SECONDS
    """Seconds until a slip that was sent counts as lost."""

    def print(self, job: PrintJob) -> Outcome:
        if job.slip is None:
            return NotPrinted(self.name, NO_SLIP)
        try:
            link = self.dial()
        except OSError as fault:
            return NotPrinted(self.name, _off(fault))
        with closing(link):
            return self._print(link, job.slip)

    def trouble(self) -> Problem | None:
        """What keeps it from printing now; one that cannot answer is only called."""
        try:
            with closing(self.dial()) as link:
                return self._trouble(link)
        except OSError as fault:
            return _off(fault)

    def _print(self, link: Link, slip: ThermalSlip) -> Outcome:
        try:
            stopped = self._trouble(link)
        except OSError as fault:
            stopped = _off(fault)
        if stopped is not None:
            return NotPrinted(self.name, stopped)
        try:
            link.send(to_bytes(slip, self.columns))
            return self._after(link)
        except OSError as fault:
            return Unclear(self.name, self._why(link, fault))

    def _after(self, link: Link) -> Outcome:
        """It is out when the question behind it is answered."""
        if not self.answers or _all_done(link, self.patience):
            return CameOut(self.name)
        return Unclear(self.name, self._trouble(link) or Problem(ProblemCode.PRINTER_OFF))

    def _trouble(self, link: Link) -> Problem | None:
        if not self.answers:
            return None
        found = []
        for question in STATUS:
            link.send(question)
            found.append(_status(link))
        printer, offline, error, paper = found
        return trouble((printer, offline, error, paper))

    def _why(self, link: Link, fault: OSError) -> Problem:
        """A printer that stopped reading may still say why."""
        try:
            return self._trouble(link) or _off(fault)
        except OSError:
            return _off(fault)


def _status(link: Link) -> int:
    """One answer; what was left from before is passed over. Raises ``OSError`` without any."""
    while data := link.receive(ANSWER_SECONDS):
        for answer in data:
            if is_status(answer):
                return answer
    raise TimeoutError("no answer")


def _all_done(link: Link, patience: float) -> bool:
    while data := link.receive(patience):
        if not all(map(is_status, data)):
            return True
    return False


def _off(fault: OSError) -> Problem:
    return Problem(ProblemCode.PRINTER_OFF, fault.strerror or str(fault))
