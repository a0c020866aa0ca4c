"""A month detail of 20 000 settlements as PDF and as XLSX: how long, and how much memory more.

Each runs in a process of its own, whose peak is what it holds over the rows themselves.
``python -m benchmarks.month pdf`` is one such run.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile
from time import process_time
from typing import IO, NamedTuple

from benchmarks.measures import Measure
from printing.composer import to_pdf
from printing.font_places import font_folders
from printing.fonts import Fonts, find_fonts
from printing.forms.f3_month_detail import LAYOUT, MonthDetail, detail_sheet, month_detail
from printing.layout import Layouts
from printing.workbook import write_workbook
from tests.printing import every_form

ROWS = 20_000
ROUNDS = 3


class Run(NamedTuple):
    """Seconds of the processor, and MiB at the peak over those before."""

    seconds: float
    more: float


def measure() -> tuple[Measure, ...]:
    return tuple(measured for kind in ("pdf", "xlsx") for measured in _measures(kind))


def _measures(kind: str) -> tuple[Measure, ...]:
    runs = [_run(kind) for _round in range(ROUNDS)]
    speeds = sorted(ROWS / run.seconds for run in runs)
    peaks = sorted(run.more for run in runs)
    name = f"month of {ROWS} as {kind}"
    middle = ROUNDS // 2
    return (
        Measure(name, speeds[middle], speeds[0], speeds[-1], " rows/s", detail="processor time"),
        Measure(f"– memory of {kind}", peaks[middle], peaks[0], peaks[-1], " MiB"),
    )


def _run(kind: str) -> Run:
    command = (sys.executable, "-m", "benchmarks.month", kind)
    told = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    seconds, more = told.split()
    return Run(float(seconds), float(more))


def _memory(field: str) -> float:
    """MiB by the kernel: VmRSS what is held now, VmHWM the most since it was last reset."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field)) / 1024


def _write(kind: str, month: MonthDetail, fonts: Fonts, out: IO[bytes]) -> None:
    if kind == "xlsx":
        write_workbook(detail_sheet(month), out)
    else:
        out.write(to_pdf(month_detail(month, Layouts().of(LAYOUT)), fonts).pdf)


def once(kind: str) -> Run:
    """Warm the libraries with a few rows, then write the whole month."""
    month = every_form.month_detail(ROWS)
    fonts = find_fonts(font_folders(Path.cwd(), Path.home()))
    with TemporaryFile() as out:
        _write(kind, every_form.month_detail(20), fonts, out)
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        before, begun = _memory("VmRSS"), process_time()
        _write(kind, month, fonts, out)
        return Run(process_time() - begun, _memory("VmHWM") - before)


if __name__ == "__main__":
    print(*once(sys.argv[1]))
