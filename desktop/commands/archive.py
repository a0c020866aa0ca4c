"""``kuasheng archive``: every paper that this desk printed, as it was printed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.commands.option_types import day, month
from desktop.commands.result import Exit, Result
from desktop.commands.verbs import Verbs
from desktop.domain.problems import DeskError, ProblemCode, desk_error

if TYPE_CHECKING:
    from desktop.ledger.journal import Journal
    from desktop.ledger.papers import Search
    from desktop.services.archive import Kept

Act = Callable[["Journal", "Search", argparse.Namespace], Result]
_ZIP = ".zip"


def add(verbs: Verbs, common: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser("archive", help="papers as they were printed")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listed = actions.add_parser("list", parents=[common], help="which papers there are")
    _add_search(listed)
    listed.set_defaults(run=run, act=_list)
    shown = actions.add_parser("show", parents=[common], help="one paper into a file")
    shown.add_argument("id", metavar="ID")
    shown.add_argument("--out", type=Path, metavar="FILE", required=True)
    shown.set_defaults(run=run, act=_show)
    exported = actions.add_parser(
        "export", parents=[common], help="papers and their index into a folder, or FILE.zip"
    )
    _add_search(exported)
    exported.add_argument("--out", type=Path, metavar="PLACE", required=True)
    exported.set_defaults(run=run, act=_export)


def _add_search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--visit", metavar="ID", default="")
    parser.add_argument("--setl-id", metavar="ID", default="")
    parser.add_argument(
        "--id-stdin", action="store_true", help="the person's ID number is read from stdin"
    )
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--day", type=day, metavar="YYYY-MM-DD")
    when.add_argument("--month", type=month, metavar="YYYY-MM")


def run(arguments: argparse.Namespace) -> Result:
    """Exit 0; 1 when the file cannot be written, or there is no such paper. Needs no line."""
    act: Act = arguments.act
    try:
        with _journal(arguments.profile) as journal:
            return act(journal, _search(arguments), arguments)
    except DeskError as error:
        return Result(Exit.FAILED, None, (), error.problems)


@contextmanager
def _journal(profile: str | None) -> Iterator[Journal]:
    from desktop.app import open_journal
    from desktop.profile import find_profile, held
    from desktop.settings import load

    with (
        held(find_profile(profile), "archive") as home,
        open_journal(home, load(home.settings_file)) as journal,
    ):
        yield journal


def _search(arguments: argparse.Namespace) -> Search:
    from desktop.ledger.papers import Search

    if arguments.action == "show":
        return Search()
    first, last = arguments.month or (arguments.day, arguments.day)
    number = sys.stdin.readline().strip() if arguments.id_stdin else ""
    return Search(arguments.visit, arguments.setl_id, number, first, last)


def _found(journal: Journal, search: Search) -> tuple[Kept, ...]:
    from desktop.domain.record import VisitRecord, replay
    from desktop.ledger.journal import VisitId
    from desktop.services.archive import kept

    class Told:
        """The journal alone: no desk is opened for this."""

        def record(self, visit: VisitId) -> VisitRecord:
            return replay(recorded.entry for recorded in journal.entries(visit))

    return kept(journal, Told(), search)


def _list(journal: Journal, search: Search, _arguments: argparse.Namespace) -> Result:
    from desktop.services.archive import as_row

    rows = [as_row(each) for each in _found(journal, search)]
    words = tuple(f"{row['at']} {row['job']} {row['form']} {row['title']}" for row in rows)
    return Result(Exit.DONE, {"items": rows}, words or ("没有单据",))


def _show(journal: Journal, _search: Search, arguments: argparse.Namespace) -> Result:
    from desktop.services.archive import content

    _write(arguments.out, content(journal, arguments.id))
    return Result(Exit.DONE, {"file": str(arguments.out)}, (str(arguments.out),))


def _export(journal: Journal, search: Search, arguments: argparse.Namespace) -> Result:
    """One paper in memory at a time; a ZIP is there whole or not at all."""
    from desktop.services.archive import export

    files = export(journal, _found(journal, search))
    place: Path = arguments.out
    try:
        count = _zipped(place, files) if place.suffix == _ZIP else _in_folder(place, files)
    except OSError as error:
        raise _not_written(error) from error
    told = f"{count - 1} 张单据已导出到 {place}"
    return Result(Exit.DONE, {"file": str(place), "count": count - 1}, (told,))


def _in_folder(place: Path, files: Iterator[tuple[str, bytes]]) -> int:
    from desktop.ledger.durable import create_private

    place.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, data in files:
        create_private(place / name, data)
        count += 1
    return count


def _zipped(place: Path, files: Iterator[tuple[str, bytes]]) -> int:
    from zipfile import ZIP_DEFLATED, ZipFile

    from desktop.ledger.durable import create_private

    unfinished = place.with_name(f"{place.name}.part")
    create_private(unfinished, b"")
    count = 0
    try:
        with ZipFile(unfinished, "w", ZIP_DEFLATED) as archive:
            for name, data in files:
                archive.writestr(name, data)
                count += 1
        unfinished.replace(place)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return count


def _write(target: Path, data: bytes) -> None:
    from desktop.ledger.durable import create_private

    try:
        create_private(target, data)
    except OSError as error:
        raise _not_written(error) from error


def _not_written(error: OSError) -> DeskError:
    from desktop.domain.disk_faults import why_not_written

    return desk_error(ProblemCode.FAILED, why_not_written(error))
