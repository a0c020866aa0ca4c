"""What the system's print service (CUPS) knows: how a printer is, and what became of a job.

Qt hands a job over and hears nothing more. Here it is found by its name, followed to its end by its
number, its trouble is told by name, and its files are taken out of the spool: by default CUPS keeps
every printed document on disk for a day.

The number, because a list of jobs has no name of one that CUPS has put out of its memory, as it does
with a job in the second in which it ends; whoever looks for the name alone takes it for forgotten.
"""

from __future__ import annotations

import getpass
import logging
import time
from collections.abc import Callable
from enum import IntEnum
from urllib.parse import quote

from msgspec import Struct

from desktop.domain.problems import Problem, ProblemCode
from printing import ipp
from printing.printer import CameOut, NotPrinted, Outcome, Unclear, unknown

_log = logging.getLogger(__name__)

SOCKET = "/run/cups/cups.sock"
_STEP = 0.1
_PATIENCE = 90.0
"""Seconds that a job may take; a printer that warms up takes thirty."""
_GRACE = 2.0
"""Seconds that a trouble lasts before it counts: what stopped the last job may still be told."""
_TROUBLES = (
    ("media-jam", ProblemCode.PRINTER_JAM),
    ("media-empty", ProblemCode.PRINTER_OUT_OF_PAPER),
    ("media-needed", ProblemCode.PRINTER_OUT_OF_PAPER),
    ("input-tray-missing", ProblemCode.PRINTER_OUT_OF_PAPER),
    ("cover-open", ProblemCode.PRINTER_COVER_OPEN),
    ("door-open", ProblemCode.PRINTER_COVER_OPEN),
    ("interlock-open", ProblemCode.PRINTER_COVER_OPEN),
    ("offline", ProblemCode.PRINTER_OFF),
    ("shutdown", ProblemCode.PRINTER_OFF),
    ("timed-out", ProblemCode.PRINTER_OFF),
)
"""Keyword of ``printer-state-reasons`` (RFC 8011 5.4.12) → what it is here; the first that fits."""
_HARMLESS = ("-warning", "-report")
_EVEN_SO = ("offline-report",)
"""CUPS reports a printer that is off in this way."""


class JobState(IntEnum):
    """``job-state`` (RFC 8011 5.3.7)."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


_NOT_BEGUN = frozenset((JobState.PENDING, JobState.HELD))
_STOPPED = 5
"""``printer-state``."""


class Job(Struct, frozen=True):
    """A job of the spooler."""

    number: int
    state: JobState


class Spooler(Struct, frozen=True):
    """One print service; ``wait`` passes seconds, ``clock`` tells them."""

    ask: ipp.Ask
    wait: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    user: Callable[[], str] = getpass.getuser
    patience: float = _PATIENCE
    grace: float = _GRACE

    def refuses(self, printer: str) -> Problem | None:
        """Why a job would not be begun; None where it would be.

        Paper and cover say nothing yet: a service knows them only while a job runs, and keeps
        telling what stopped the last one.
        """
        try:
            answer = self._printer(printer)
        except ipp.NoSpooler:
            return Problem(ProblemCode.PRINTER_OFF, "打印服务没有运行")
        return _standstill(answer.first) if answer.ok else unknown(printer)

    def _trouble(self, printer: str) -> Problem | None:
        table = self._printer(printer).first
        return _trouble(table) or _standstill(table)

    def _printer(self, printer: str) -> ipp.Answer:
        return self.ask(ipp.GET_PRINTER, "/", self._about(printer, _OF_PRINTER), b"")

    def send(self, printer: str, name: str, data: bytes) -> int | None:
        """Bytes for the printer itself, past every filter; the job, None when it is not taken.

        Raises :class:`printing.ipp.NoSpooler`.
        """
        attributes: ipp.Attributes = {
            "printer-uri": (_uri(printer),),
            "requesting-user-name": (self.user(),),
            "job-name": (name,),
            "document-format": ("application/vnd.cups-raw",),
        }
        answer = self.ask(ipp.PRINT_JOB, f"/printers/{quote(printer)}", attributes, data)
        return _number(answer.first.get("job-id")) if answer.ok else None

    def follow(self, printer: str, name: str, number: int | None = None) -> Outcome:
        """What became of the job that was handed over, whose number somebody may know; its files
        are gone after.
        """
        try:
            return self._follow(printer, self._numbered(printer, name, number))
        except ipp.NoSpooler:
            return Unclear(printer, Problem(ProblemCode.PRINTER_OFF, "打印服务没有回答"))

    def _follow(self, printer: str, number: int | None) -> Outcome:
        began = well = self.clock()
        while (job := self._job(number)) is not None:
            if job.state >= JobState.CANCELED:
                return self._ended(printer, job)
            stopped, now = self._trouble(printer), self.clock()
            if stopped is None:
                well = now
            if now - began > self.patience:
                stopped = stopped or Problem(ProblemCode.PRINTER_OFF)
            elif now - well <= self.grace:
                stopped = None
            if stopped is not None:
                return self._broken_off(printer, job, stopped)
            self.wait(_STEP)
        return CameOut(printer)  # a service without a history forgets what is printed

    def _ended(self, printer: str, job: Job) -> Outcome:
        self._cancel(job, purge=True)
        if job.state is JobState.COMPLETED:
            return CameOut(printer)
        return Unclear(printer, self._trouble(printer) or Problem(ProblemCode.PRINTER_FAILED))

    def _broken_off(self, printer: str, job: Job, why: Problem) -> Outcome:
        """Nothing of it may come out hours later. It may have come to its end meanwhile."""
        self._cancel(job, purge=False)
        last = self._job(job.number)
        self._cancel(job, purge=True)
        if last is not None and last.state is JobState.COMPLETED:
            return CameOut(printer)
        surely_not = job.state in _NOT_BEGUN
        return NotPrinted(printer, why) if surely_not else Unclear(printer, why)

    def _numbered(self, printer: str, name: str, number: int | None) -> int | None:
        """The newest of that name; its own, for no two papers share one. None: it is forgotten."""
        if number is not None:
            return number
        tables = (
            table
            for which in ("not-completed", "completed")
            for table in self._listed(printer, which)
        )
        return next((_number(t["job-id"]) for t in tables if self._name(t) == name), None)

    def _listed(self, printer: str, which: str) -> tuple[ipp.Attributes, ...]:
        about = self._about(printer, ("job-id", "job-name"))
        return self.ask(ipp.GET_JOBS, "/", {**about, "which-jobs": (which,)}, b"").tables

    def _name(self, table: ipp.Attributes) -> str:
        """A job that is asked for by its number is read in again, name and all."""
        told = table.get("job-name")
        if told is None:
            told = self._attributes(_number(table.get("job-id")), "job-name").get("job-name")
        return str(told[0]) if told else ""

    def _job(self, number: int | None) -> Job | None:
        """None once the service has forgotten it."""
        state = _number(self._attributes(number, "job-state").get("job-state"))
        return Job(number, JobState(state)) if number is not None and state is not None else None

    def _attributes(self, number: int | None, wanted: str) -> ipp.Attributes:
        if number is None:
            return {}
        attributes: ipp.Attributes = {
            "job-uri": (_job_uri(number),),
            "requesting-user-name": (self.user(),),
            "requested-attributes": (wanted,),
        }
        return self.ask(ipp.GET_JOB, "/jobs/", attributes, b"").first

    def _cancel(self, job: Job, *, purge: bool) -> None:
        """End what is left of it; a ``purge`` takes its files out of the spool too."""
        attributes: ipp.Attributes = {
            "job-uri": (_job_uri(job.number),),
            "requesting-user-name": (self.user(),),
            "purge-job": (purge,),
        }
        answer = self.ask(ipp.CANCEL_JOB, "/jobs/", attributes, b"")
        if purge and not answer.ok and answer.status != ipp.NOT_FOUND:
            _log.warning("the print service may keep the files of job %d", job.number)

    def _about(self, printer: str, wanted: tuple[str, ...]) -> ipp.Attributes:
        return {
            "printer-uri": (_uri(printer),),
            "requesting-user-name": (self.user(),),
            "requested-attributes": wanted,
        }


_OF_PRINTER = ("printer-state", "printer-state-reasons", "printer-is-accepting-jobs")


def _job_uri(number: int) -> str:
    return f"ipp://localhost/jobs/{number}"


def _uri(printer: str) -> str:
    return f"ipp://localhost/printers/{quote(printer)}"


def _trouble(table: ipp.Attributes) -> Problem | None:
    """What keeps the job that runs from coming out, as its driver reports it."""
    reasons = [str(reason) for reason in table.get("printer-state-reasons", ())]
    serious = [r for r in reasons if not r.endswith(_HARMLESS) or r in _EVEN_SO]
    for keyword, kind in _TROUBLES:
        if any(reason.startswith(keyword) for reason in serious):
            return Problem(kind)
    return None


def _standstill(table: ipp.Attributes) -> Problem | None:
    """Somebody stopped the printer, or its queue."""
    if table.get("printer-is-accepting-jobs") == (False,):
        return Problem(ProblemCode.PRINTER_FAILED, "打印服务不收这台打印机的任务")
    stopped = table.get("printer-state") == (_STOPPED,)
    return Problem(ProblemCode.PRINTER_FAILED, "打印机已暂停") if stopped else None


def _number(values: tuple[ipp.Value, ...] | None) -> int | None:
    return next((value for value in values or () if isinstance(value, int)), None)
