"""The drop folder cannot be reached: the cashier is told which, what to do, and when it is back."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from threading import Event

from PySide6.QtWidgets import QLabel

from desktop.hospital.drop_folder import DropFolder, FolderSeen
from tests.journey.journey import charges_of
from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth, seen
from tests.ui.cashier.standing import standing
from tests.ui.conftest import Wait
from ui.cashier.key_wording import news
from ui.cashier.news import News
from ui.cashier.shell import CashierShell
from ui.cashier.state import Page
from ui.cashier.window import CashierWindow

PERSON = townsman(0)
LOST = FolderSeen(Path("/srv/his/charges"), reachable=False)


def words(window: CashierWindow) -> str:
    """What stands on the window; a path may be broken anywhere after a folder's name."""
    labels = (label for label in window.findChildren(QLabel) if label.isVisible())
    return "\n".join(label.text() for label in labels).replace("\u200b", "")


def test_a_real_folder_goes_and_comes_back(
    shell: CashierShell, tmp_path: Path, wait_until: Wait
) -> None:
    """As a share that is taken away: its bills stay known, and what came meanwhile is found."""
    folder, away = tmp_path / "drop", tmp_path / "away"
    folder.mkdir()
    charges_of(PERSON).write(folder / "B0001.json")
    drops = DropFolder(folder, time.monotonic)
    shell.watch_folder(drops.look, folder)
    wait_until(lambda: len(drops.bills()) == 1)
    folder.rename(away)
    wait_until(lambda: f"收费文件夹打不开：{folder}。" in words(shell.window))
    assert "请检查网络" in words(shell.window)
    assert len(drops.bills()) == 1
    replace(charges_of(PERSON), bill_no="B0002", visit_no="V0002").write(away / "B0002.json")
    away.rename(folder)
    wait_until(lambda: shell.presenter.state.note is News.FOLDER_BACK)
    assert "打不开" not in words(shell.window)
    wait_until(lambda: len(drops.bills()) == 2)


def test_a_share_that_does_not_answer_is_told_too(
    shell: CashierShell, wait_until: Wait, tmp_path: Path
) -> None:
    answers = Event()

    def hangs() -> FolderSeen:
        answers.wait(30)
        return FolderSeen(tmp_path)

    shell.watch_folder(hangs, tmp_path, hangs_ms=1)
    wait_until(lambda: shell.presenter.state.desk.lost_folder == str(tmp_path))
    answers.set()
    wait_until(lambda: shell.presenter.state.note is News.FOLDER_BACK)
    assert shell.presenter.state.desk.lost_folder == ""


def test_it_is_told_where_a_bill_is_waited_for(booth: Booth, qt_app: WatchedApplication) -> None:
    """The bills that were read before can still be chosen."""
    first, second = booth.drop(PERSON), booth.drop(PERSON)
    with standing(qt_app, booth) as window:
        booth.show(PERSON)
        assert booth.state.bills == (first, second)
        booth.presenter.folder_looked_at(LOST)
        assert "收费文件夹打不开：/srv/his/charges。" in words(window)
        assert booth.state.bills == (first, second)
        booth.presenter.folder_looked_at(seen())
        assert "打不开" not in words(window)
        told = news(booth.state)
        assert told is not None
        assert told.word == "收费文件夹又能读了，新单据会自动出现"


def test_that_it_is_back_takes_the_place_of_no_other_news(booth: Booth) -> None:
    booth.presenter.folder_looked_at(LOST)
    booth.presenter.stage.change(note=News.DEFERRED)
    booth.presenter.folder_looked_at(seen())
    assert booth.state.note is News.DEFERRED
    assert booth.state.desk.lost_folder == ""


def test_it_hides_no_page_and_stops_nobody(booth: Booth) -> None:
    """A patient whose bill is on the window is settled as ever."""
    booth.to_offer(PERSON)
    booth.presenter.folder_looked_at(LOST)
    booth.presenter.settle()
    booth.work.run_all()
    assert booth.on(Page.SETTLED)
