"""Hold the files named in ``perfect_coverage.txt`` at 100 % of lines and branches.

Run after pytest: ``python -m tests.perfect_coverage [--update] [coverage.json]``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePath

import msgspec

ROOT = Path(__file__).parents[1]
NAMED = ROOT / "tests" / "perfect_coverage.txt"
MEASURED = ROOT / "out" / "coverage" / "coverage.json"
EXEMPTION = "~"


class Summary(msgspec.Struct, frozen=True):
    covered_lines: int = 0
    percent_covered: float = 0.0


class Measured(msgspec.Struct, frozen=True):
    """What SlipCover says of one file; a branch goes from one line to another, 0 is an exit."""

    summary: Summary
    missing_lines: tuple[int, ...] = ()
    missing_branches: tuple[tuple[int, int], ...] = ()

    @property
    def is_perfect(self) -> bool:
        return not self.missing_lines and not self.missing_branches


class Coverage(msgspec.Struct, frozen=True):
    files: dict[str, Measured]
    summary: Summary


@dataclass(frozen=True, slots=True)
class Floor:
    """The list: ``named`` paths with slashes, and patterns that ``exempt`` from being added."""

    named: tuple[str, ...]
    exempt: tuple[str, ...]

    def may_join(self, file: str) -> bool:
        return file not in self.named and not any(fnmatch(file, p) for p in self.exempt)


def parse_floor(text: str) -> Floor:
    lines = [line.split("#")[0].strip() for line in text.splitlines()]
    return Floor(
        named=tuple(line for line in lines if line and not line.startswith(EXEMPTION)),
        exempt=tuple(line[1:].strip() for line in lines if line.startswith(EXEMPTION)),
    )


def read_coverage(file: Path) -> Coverage:
    """Paths get slashes, so that the list reads the same on Windows."""
    raw = msgspec.json.decode(file.read_bytes(), type=Coverage)
    return Coverage({PurePath(n).as_posix(): m for n, m in raw.files.items()}, raw.summary)


def fallen(floor: Floor, coverage: Coverage) -> Iterator[str]:
    """One line for each named file that is not perfect."""
    for file in floor.named:
        measured = coverage.files.get(file)
        if measured is None:
            yield f"{file}: named in {NAMED.name}, but not measured"
        elif not measured.is_perfect:
            yield f"{file}: {_gaps(measured)}"


def risen(floor: Floor, coverage: Coverage) -> list[str]:
    """Perfect files that should stand on the list; a file without statements proves nothing."""
    return sorted(
        file
        for file, measured in coverage.files.items()
        if measured.is_perfect and measured.summary.covered_lines and floor.may_join(file)
    )


def _gaps(measured: Measured) -> str:
    lines = " ".join(str(line) for line in measured.missing_lines)
    branches = " ".join(f"{a}→{b if b > 0 else 'exit'}" for a, b in measured.missing_branches)
    return f"lines [{lines}] branches [{branches}] not tested"


def add(file: Path, newcomers: Sequence[str]) -> None:
    """Append and keep the list sorted below its comments and exemptions."""
    lines = file.read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if not line or line[0] in f"#{EXEMPTION}"]
    named = {line for line in lines if line not in head} | set(newcomers)
    file.write_text("\n".join([*head, *sorted(named)]) + "\n", encoding="utf-8")


def _report(floor: Floor, coverage: Coverage) -> int:
    problems = list(fallen(floor, coverage))
    problems += [f"{f}: perfect now; `make perfect` adds it" for f in risen(floor, coverage)]
    for problem in problems:
        print(f"COVERAGE {problem}")
    share = coverage.summary.percent_covered
    print(f"coverage {share:.1f} % in all, {len(floor.named)} files named perfect")
    return 1 if problems else 0


def main(arguments: Sequence[str]) -> int:
    """0 when every named file is perfect and no perfect file is unnamed; else 1."""
    paths = [Path(a) for a in arguments if not a.startswith("-")]
    coverage = read_coverage(paths[0] if paths else MEASURED)
    if "--update" in arguments:
        add(NAMED, risen(parse_floor(NAMED.read_text(encoding="utf-8")), coverage))
    return _report(parse_floor(NAMED.read_text(encoding="utf-8")), coverage)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
