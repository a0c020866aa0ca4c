"""PDF as a printer: each copy is a file in a folder, for its owner alone."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from desktop.domain.disk_faults import why_not_written
from desktop.domain.problems import Problem, ProblemCode
from printing.printer import CameOut, NotPrinted, Outcome, PrintJob
from printing.settlement_slip import write_whole


class FolderPrinter(Struct, frozen=True):
    name: str
    folder: Path

    def print(self, job: PrintJob) -> Outcome:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(self.folder / f"{job.name}.pdf", job.pdf)
        except OSError as fault:
            problem = Problem(ProblemCode.PRINTER_FAILED, why_not_written(fault))
            return NotPrinted(self.name, problem)
        return CameOut(self.name)
