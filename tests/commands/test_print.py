"""``kuasheng print``: the forms of one visit and of the desk, from the command line alone."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from desktop.__main__ import main
from tests.commands.desk import CommandDesk
from tests.rig.kuasheng import Ran
from tests.rig.town import townsman
from tests.services.counter import bill_of

Says = Callable[..., Ran]


@pytest.fixture
def says(desk: CommandDesk, capsysbinary: pytest.CaptureFixture[bytes]) -> Says:
    """A verb in this process, which is quicker; its exit code and its JSON."""

    def run(*words: str | Path) -> Ran:
        code = main([*map(str, (*words, *desk.place)), "--json"])
        return Ran(code, json.loads(capsysbinary.readouterr().out), "")

    return run


@pytest.fixture
def printed(says: Says) -> Says:
    return lambda *what: says("print", *what)


def text(file: Path) -> str:
    told = subprocess.run(("pdftotext", "-layout", file, "-"), capture_output=True, check=True)
    return told.stdout.decode()


@pytest.fixture
def visit(desk: CommandDesk, says: Says) -> str:
    """A settled one."""
    desk.settle(bill_of(townsman(0)))
    return str(says("visits").body["items"][0]["visit"])


@pytest.mark.req("S1-39", "S1-40", "S1-41")
def test_papers_of_a_visit_and_of_the_desk_are_printed_into_files(
    desk: CommandDesk, visit: str, printed: Says, says: Says
) -> None:
    forms = printed("forms", visit).body["items"]
    assert {"form": "F6", "words": "结算小票"} in forms
    slip = desk.folder / "slip.pdf"
    first = printed("visit", "F1", visit, "--out", slip)
    assert (first.exit, first.body["state"], first.body["file"]) == (0, "out", str(slip))
    setl_id = first.body["about"]
    assert setl_id in text(slip)
    again = printed("visit", "F1", visit, "--reason", "lost", "--out", slip)
    assert again.body["reprint"] == 1
    assert "补打原因：患者遗失" in text(slip)
    none = printed("visit", "F8", visit)
    assert (none.exit, none.body["problems"][0]["code"]) == (1, "no-such-form")

    rows, month = desk.folder / "rows.xlsx", desk.folder / "month.pdf"
    detail = printed("detail", "2023-05", "--out", month, "--rows", rows)
    assert (detail.exit, detail.body["form"]) == (0, "F3")
    assert setl_id in text(month)
    with ZipFile(rows) as package:
        assert setl_id in package.read("xl/sharedStrings.xml").decode()
    assert rows.stat().st_mode & 0o077 == 0
    table = desk.folder / "rows.csv"
    summary = printed("summary", "2023-05", "--rows", table)
    assert (summary.body["copies_out"], summary.body["printer"]) == (1, ""), "the archive alone"
    assert "医疗费总额" in table.read_text("utf-8-sig")
    day = printed("day", "--day", "2023-05-02", "--out", month)
    assert day.body["form"] == "F10-day"
    assert "无差异" in text(month)
    shift = printed("shift", "--from", "2023-05-01T08:00", "--name", "白班", "--out", month)
    assert shift.exit == 0
    assert "白班" in text(month)
    assert len(says("visits").body["items"]) == 1


def test_a_paper_that_waits_is_told_and_goes_on(
    desk: CommandDesk, printed: Says, says: Says
) -> None:
    """A system printer belongs to the window; what waits for it is in the queue of both."""
    (desk.profile / "settings.toml").write_text(
        '[printers.laser]\nkind = "system"\nname = "HP"\n'
        '[printers.forms]\nother = { printer = "laser" }\n',
        encoding="utf-8",
    )
    guide = printed("guide", "--area", "370800")
    assert (guide.exit, guide.body["state"]) == (1, "waiting")
    assert guide.body["problems"][0]["code"] == "printer-unknown"
    (item,) = says("queue", "list").body["items"]
    assert (item["kind"], item["state"]) == ("print", "waiting")
    nothing = printed("rest", item["id"], "--came", "1")
    assert (nothing.exit, nothing.body["problems"][0]["code"]) == (1, "no-such-item")
    rest = printed("rest", item["id"], "--out", desk.folder / "guide.pdf")
    assert (rest.exit, rest.body["copies_out"]) == (0, 1)
    assert "济宁" in text(desk.folder / "guide.pdf")
    assert printed("rest", item["id"]).exit == 1
    assert printed("forms", "nobody").exit == 1
    assert printed("guide", "--area", "37x").exit == 1


@pytest.mark.parametrize(
    "words",
    [
        ("detail", "2023-13"),
        ("shift", "--from", "morning"),
        ("visit", "F1", "v", "--reason", "bored"),
    ],
)
def test_what_is_no_month_no_time_and_no_reason_is_wrong_usage(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["print", *words])
    assert ended.value.code == 2


def test_rows_that_cannot_be_written_print_nothing(
    desk: CommandDesk, printed: Says, says: Says
) -> None:
    target = desk.folder / "nowhere" / "rows.csv"
    ran = printed("detail", "2023-05", "--rows", target)
    assert ran.exit == 1
    assert says("archive", "list").body["items"] == []
