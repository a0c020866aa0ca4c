"""PDF as a printer: a file, for its owner alone; in a folder each copy is one."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from desktop.domain.disk_faults import why_not_written
from desktop.domain.problems import Problem, ProblemCode
from printing.composer import write_whole
from printing.printer import CameOut, NotPrinted, Outcome, PrintJob


class FilePrinter(Struct, frozen=True):
    """One file, which somebody named."""

    name: str
    target: Path

    def print(self, job: PrintJob) -> Outcome:
        try:
            self.target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.target, job.pdf)
        except OSError as fault:
            problem = Problem(ProblemCode.PRINTER_FAILED, why_not_written(fault))
            return NotPrinted(self.name, problem)
        return CameOut(self.name)


class FolderPrinter(Struct, frozen=True):
    """A file for each copy, by the name of the job."""

    name: str
    folder: Path

    def print(self, job: PrintJob) -> Outcome:
        return FilePrinter(self.name, self.folder / f"{job.name}.pdf").print(job)
