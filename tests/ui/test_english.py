"""English: every text has one, the built file is fresh, and no Chinese is left in the window.

Names, the platform's and the hospital's own words, places, and 大写 stay as they are; so does the
case for the office, which is a paper for somebody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QListView, QWidget

from desktop.domain.balance import Identity
from desktop.domain.disk_faults import why_not_written
from desktop.domain.money import in_words
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.scanned import ScannedKind
from desktop.domain.split import AMOUNT_WORDS
from desktop.hospital.charges_file import read_charges
from desktop.hospital.drop_folder import Broken, FolderSeen
from desktop.hospital.faults import ChargesInvalid, Fault
from desktop.knowledge.areas import load_areas
from tests.rig import details, translations
from tests.rig.practice import Practice
from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from tests.services.counter import TODAY
from tests.ui.cashier.booth import Booth, booth_at
from tests.ui.cashier.cut_off import cut_off, settle
from tests.ui.cashier.test_looks import faulty_files, line_down, settled, typed_item
from tests.ui.cashier.test_refund import agree, chosen, paid
from tests.ui.cashier.test_unknown import lose
from tests.ui.cashier.test_waiting import deferred
from ui.cashier.detail_words import told
from ui.cashier.state import Halt, Intent, Page, Stop, ViewState
from ui.cashier.window import CashierWindow
from ui.input.credential_text import ForeignCode, WrongIdNumber, read_typed
from ui.language import Language, english, language_for
from ui.widgets.trail import StepTrail

ORDINARY, TWO_INSURANCES, UNFILED = (townsman(place) for place in (0, 5, 7))
AREAS = load_areas()
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.UserRole + 1)


def test_every_text_has_its_english_and_none_is_left_over() -> None:
    """``python -m tests.rig.translations`` brings the file up to date."""
    told = translations.told()
    assert sorted(translations.wanted() ^ told.keys()) == []
    assert [message for message, text in told.items() if not text] == []


def test_no_english_has_chinese_in_it_and_every_gap_is_kept() -> None:
    for (_context, source), text in translations.told().items():
        assert not translations.CHINESE.search(text), text
        assert {gap for gap in ("{0}", "{1}", "{2}") if gap in source} == {
            gap for gap in ("{0}", "{1}", "{2}") if gap in text
        }, source


def test_the_built_file_is_fresh(tmp_path: Path) -> None:
    translations.build(tmp_path / "fresh.qm")
    assert translations.BUILT.read_bytes() == (tmp_path / "fresh.qm").read_bytes()


@pytest.mark.parametrize(
    ("wanted", "system", "language"),
    [
        ("", "zh_CN", Language.CHINESE),
        ("", "en_US", Language.ENGLISH),
        ("", "C", Language.CHINESE),
        ("", "de_DE", Language.CHINESE),
        ("en", "zh_CN", Language.ENGLISH),
        ("ZH ", "en_US", Language.CHINESE),
        ("fr", "en_GB", Language.ENGLISH),
    ],
)
def test_the_wanted_language_goes_before_the_system(
    wanted: str, system: str, language: Language
) -> None:
    assert language_for(wanted, QLocale(system)) is language


@pytest.fixture
def booth(running_platform: Practice, tmp_path: Path) -> Iterator[Booth]:
    running_platform.reset()
    running_platform.clock(TODAY.isoformat())
    with booth_at(running_platform, tmp_path / "profile", tmp_path) as opened:
        yield opened


@pytest.fixture
def window(qt_app: WatchedApplication, booth: Booth) -> Iterator[CashierWindow]:
    translator = english(qt_app)
    qt_app.installTranslator(translator)
    with qt_app.watch.off():
        made = CashierWindow(lambda: AREAS, lambda: 0.0)
        made.attach(booth.presenter)
        assert all(made.furnish())
        booth.presenter.listen(qt_app.watch.listening(made.present))
        made.present(booth.state)
        made.show()
    yield made
    with qt_app.watch.off():
        made.let_close()
        qt_app.removeTranslator(translator)
        translator.deleteLater()


def half_done(booth: Booth) -> None:
    """A partial refund after its 2208."""
    paid(booth)
    chosen(booth)
    booth.presenter.refund.taken("2")
    booth.platform.fault("2206", "before", "reset")
    agree(booth)


@pytest.mark.parametrize("walk", [typed_item, faulty_files, half_done, settled, line_down])
def test_nothing_is_cut_off_in_english(
    walk: Callable[[Booth], None],
    qt_app: WatchedApplication,
    window: CashierWindow,
    booth: Booth,
) -> None:
    """English is longer: the pages with the least room for it, on the smallest screen."""
    window.resize(1366, 768)
    walk(booth)
    settle(qt_app)
    assert cut_off(window) == []


def test_no_chinese_of_ours_is_left_on_the_whole_way(
    qt_app: WatchedApplication, window: CashierWindow, booth: Booth
) -> None:
    for page in _the_whole_way(window, booth):
        settle(qt_app)
        assert booth.state.page is page
        assert chinese_of(window, booth.state) == []


def _the_whole_way(window: CashierWindow, booth: Booth) -> Iterator[Page]:
    presenter = booth.presenter
    yield Page.READY
    window._toggle_keys()
    yield Page.READY
    window._toggle_keys()
    booth.show(TWO_INSURANCES)
    yield Page.CHOOSE
    presenter.leave()
    booth.work.run_all()
    booth.show(UNFILED)
    yield Page.STOPPED
    presenter.next_patient()
    booth.show(ORDINARY)
    yield Page.PERSON
    window._take(Intent.TYPE_CHARGES)
    booth.work.run_all()
    yield Page.CHARGES
    window._take(Intent.BACK)
    yield Page.PERSON
    presenter.take_bill(booth.drop(ORDINARY))
    booth.work.run_one()
    yield Page.PERSON
    booth.work.run_all()
    yield Page.OFFER
    presenter.settle()
    yield Page.OFFER
    presenter.confirm_identity()
    presenter.settle()
    booth.work.run_all()
    yield Page.SETTLED
    presenter.collect()
    booth.work.run_all()
    yield Page.DONE


def test_no_chinese_of_ours_is_left_where_work_is_left(
    qt_app: WatchedApplication, window: CashierWindow, booth: Booth
) -> None:
    """The line down, an unknown outcome, the list and its case, a refund to its end."""
    for step in _what_is_left(window, booth):
        qt_app.processEvents()
        assert chinese_of(window, booth.state) == [], step


def _what_is_left(window: CashierWindow, booth: Booth) -> Iterator[str]:
    deferred(booth)
    yield "deferred"
    lose(booth)
    yield "unknown"
    booth.wait(2)
    yield "counted down"
    window._take(Intent.QUEUE)
    yield "list"
    presenter = booth.presenter
    presenter.queue.choose(booth.state.desk.open_visits[-1].visit)
    window._take(Intent.HAND_TO_OFFICE)
    booth.work.run_all()
    yield "case"
    window._take(Intent.BACK)
    window._take(Intent.NEXT_PATIENT)
    presenter.queue.show()
    window._take(Intent.FINISH)
    booth.work.run_all()
    yield "errand"
    window._take(Intent.LEAVE)
    booth.bills.clear()
    yield from _refund(window, booth)


def _refund(window: CashierWindow, booth: Booth) -> Iterator[str]:
    paid(booth)
    window._take(Intent.REFUND)
    booth.work.run_all()
    yield "settlements"
    booth.presenter.refund.taken(0)
    booth.work.run_all()
    yield "whole"
    booth.presenter.refund.taken("2")
    yield "lines"
    window._take(Intent.REFUND_AGREED)
    booth.work.run_all()
    yield "true sum"
    window._take(Intent.REFUND_AGREED)
    booth.work.run_all()
    yield "cash"


def test_no_chinese_of_ours_is_left_where_something_is_amiss(
    qt_app: WatchedApplication, window: CashierWindow, booth: Booth
) -> None:
    """A mistyped number, a foreign code, the reader, faulty files, a lost folder, a stop."""
    for step in _amiss(window, booth):
        qt_app.processEvents()
        assert chinese_of(window, booth.state) == [], step


def _amiss(window: CashierWindow, booth: Booth) -> Iterator[str]:
    presenter = booth.presenter
    for number in ("12", "99000019660405302", "990000196613053029", "99000019660405302A"):
        read = read_typed(number)
        assert isinstance(read, WrongIdNumber)
        presenter.warn(read.problem)
        yield number
    for kind in ScannedKind:
        presenter.warn(ForeignCode(kind).problem)
        yield kind.code
    presenter.folder_looked_at(FolderSeen(Path("/srv/charges"), reachable=False))
    yield "lost folder"
    presenter.folder_looked_at(FolderSeen(Path("/srv/charges"), broken=tuple(_faulty(booth))))
    yield "folder back"
    presenter.show_broken()
    yield "faulty files"
    presenter.back()
    booth.show(ORDINARY)
    window._take(Intent.TYPE_CHARGES)
    booth.work.run_all()
    presenter.hand_over()
    yield "an empty form"
    for problem in _OURS:
        presenter.halt(Stop(Halt.NEEDS_PERSON, (problem, problem)))
        yield problem.code


_OURS = (
    Problem(ProblemCode.OUTCOME_UNKNOWN, "报文 H4301000000120261122170000000001"),
    Problem(ProblemCode.REFUND_HALF_DONE, "退第 2 行，下一步 2206"),
    Problem(ProblemCode.CASH_DIFFERS, "预结算 12.50 元，患者看到 13.00 元"),
    Problem(ProblemCode.AMOUNTS_CHANGED, "统筹基金 450.00 → 0.00 元、个人现金 150.00 → 600.00 元"),
    Problem(ProblemCode.CHARGES_INVALID, "第2条明细（行号A2） amount：不是单价 × 数量，应为 65.00"),
    Problem(
        ProblemCode.SPLIT_DOES_NOT_ADD_UP,
        f"C3 {Identity.C3.words}（返回 9.00，应为 1.00 + 7.00 = 8.00）",
    ),
    Problem(ProblemCode.PIN_WRONG, "ACS ACR39U 00 还可输 2 次"),
    Problem(
        ProblemCode.SETTINGS_INVALID, "platform.read_timeout 应当是 大于 0、不超过 600 的数（秒）"
    ),
    Problem(ProblemCode.PROFILE_IN_USE, "kuasheng settle（进程 4711）"),
)


def _faulty(booth: Booth) -> Iterator[Broken]:
    """Every way in which the examples of the documents are spoilt here, of both formats."""
    texts = ("", "[]", "{", '{"version": 2, "lines": [{}, {"line_no": "A2"}]}', "#version=1\na,b\n")
    for suffix in (".json", ".csv"):
        for at, text in enumerate(texts):
            file = booth.folder / f"faulty-{at}{suffix}"
            file.write_text(text, encoding="utf-8")
            try:
                read_charges(file)
            except ChargesInvalid as invalid:
                yield Broken(file.name, invalid.faults)


def test_every_detail_that_the_floors_below_put_in_has_its_english(
    qt_app: WatchedApplication,
) -> None:
    """Whatever value stands in its gaps; and what the platform says stays as it came."""
    translator = english(qt_app)
    qt_app.installTranslator(translator)
    with ExitStack() as stack:
        stack.callback(translator.deleteLater)
        stack.callback(qt_app.removeTranslator, translator)
        stack.enter_context(qt_app.watch.off())
        texts = {text.replace("{0}", "A1") for text in details.details()}
        texts |= {why_not_written(OSError(number, "")) for number in range(200)}
        texts |= {"、".join(AMOUNT_WORDS.values()), *(one.words for one in Identity)}
        left = [text for text in sorted(texts) if translations.CHINESE.search(told(text))]
        assert len(texts) > 150
        assert left == []
        said = "FSI-未查询到有效的异地就医备案信息，报文 4301"
        assert told(said) == said
        assert told("姓名 孔*和 / 孟*") == "name 孔*和 / 孟*"


def chinese_of(window: CashierWindow, state: ViewState) -> list[str]:
    """Chinese on the window that is nobody's name and nobody else's word."""
    foreign = sorted(_foreign(state), key=len, reverse=True)
    left = []
    for text in _texts(window):
        rest = text
        for known in foreign:
            rest = rest.replace(known, "")
        if translations.CHINESE.search(rest):
            left.append(text)
    return left


def _foreign(state: ViewState) -> set[str]:
    known = set(_strings(state)) | _told_by_the_platform(state)
    people = [row.area for row in (*state.choices, *filter(None, [state.insurance]))]
    shown = [s.split.cash for s in (state.offer, state.settlement) if s and s.split.cash]
    known |= {AREAS.name(area) for area in people} | {in_words(cash) for cash in shown}
    return {text for text in known if translations.CHINESE.search(text)}


def _told_by_the_platform(state: ViewState) -> set[str]:
    """Why it refuses, in its own sentence. Any other detail of a problem is ours."""
    refused = state.stop is not None and state.stop.halt in (Halt.REFUSED, Halt.NEEDS_FILING)
    return {state.stop.problems[0].detail} if state.stop and refused else set()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str) and not isinstance(value, Enum):
        yield value
    elif isinstance(value, tuple | list | frozenset):
        for part in value:
            yield from _strings(part)
    else:
        for part in _parts(value):
            yield from _strings(getattr(value, part))


def _parts(value: object) -> tuple[str, ...]:
    """The fields of a value of the window's or of the domain's; of anything else none.

    What is amiss is told by us, whoever's file or card it is.
    """
    if isinstance(value, type | Problem | Fault):
        return ()
    if isinstance(value, Struct):
        return value.__struct_fields__
    return tuple(part.name for part in fields(value)) if is_dataclass(value) else ()


def _texts(window: CashierWindow) -> Iterator[str]:
    yield window.windowTitle()
    for widget in window.findChildren(QWidget):
        if widget.isVisibleTo(window):
            yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
            yield from _of(widget)


def _of(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel():
            yield widget.text()
        case QLineEdit():
            yield widget.placeholderText()
        case StepTrail():
            yield from widget._trail.steps
        case QAbstractItemView():
            yield from _in_rows(widget)


def _in_rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for column in range(1 if isinstance(view, QListView) else model.columnCount()):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(model.rowCount()):
            for role in _ROLES:
                yield from _strings(model.index(row, column).data(role))
