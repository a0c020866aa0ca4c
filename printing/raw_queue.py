"""An 80 mm printer behind a queue of the system that passes bytes on as they are (CUPS)."""

from __future__ import annotations

from msgspec import Struct

from desktop.domain.problems import Problem, ProblemCode
from printing.escpos import to_bytes
from printing.ipp import NoSpooler
from printing.printer import NotPrinted, Outcome, PrintJob
from printing.spooler import Spooler
from printing.thermal_printer import NO_SLIP
from printing.thermal_slip import COLUMNS


class RawQueue(Struct, frozen=True):
    """The queue tells paper and cover where its backend does; the printer itself is not asked."""

    name: str
    queue: str
    spooler: Spooler
    columns: int = COLUMNS

    def print(self, job: PrintJob) -> Outcome:
        if job.slip is None:
            return NotPrinted(self.name, NO_SLIP)
        stopped = self.spooler.refuses(self.queue)
        if stopped is not None:
            return NotPrinted(self.name, stopped)
        try:
            taken = self.spooler.send(self.queue, job.name, to_bytes(job.slip, self.columns))
        except NoSpooler:
            return NotPrinted(self.name, Problem(ProblemCode.PRINTER_OFF, "打印服务没有运行"))
        if taken is None:
            problem = Problem(ProblemCode.PRINTER_FAILED, "打印服务不收这份任务")
            return NotPrinted(self.name, problem)
        return self.spooler.follow(self.queue, job.name, taken)
