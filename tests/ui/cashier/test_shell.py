"""What is shown to the whole window: a credential is taken, anything else is told and kept."""

from __future__ import annotations

from threading import current_thread

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from card_reader.cards import ReadersChanged, Removed, Trouble
from card_reader.id_text import id_card_of
from card_reader.noticed import CodeSeen, IdCardSeen, Source, SourceTrouble, SourceWell
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.scanned import ScannedKind
from desktop.knowledge.areas import load_areas
from tests.rig.id_card import card_of
from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.standing import await_focus
from tests.ui.conftest import Wait
from ui.cashier.key_wording import news
from ui.cashier.news import News
from ui.cashier.pages.charges import ChargesPage
from ui.cashier.shell import CashierShell, Facts
from ui.cashier.state import Page, ShownBy
from ui.cashier.window import CashierWindow
from ui.input.wedge import Scan
from ui.theme.tokens import Tone

PERSON = townsman(0)
NUMBER = str(PERSON["certno"])
WRONG = NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")


def field_of(shell: CashierShell) -> QLineEdit:
    found = shell.window.focusWidget()
    assert isinstance(found, QLineEdit)
    return found


def enter(shell: CashierShell, text: str) -> None:
    field = field_of(shell)
    field.setText(text)
    field.returnPressed.emit()


def told(shell: CashierShell) -> str:
    badge = news(shell.presenter.state)
    assert badge is not None
    assert badge.tone is Tone.WARNING
    return badge.word


def test_a_mistyped_number_is_told_and_can_be_mended(shell: CashierShell) -> None:
    """Nobody is asked, no problem page comes: the number stands there to be mended (S4-17)."""
    enter(shell, WRONG)
    assert "最后一位校验码不符" in told(shell)
    assert shell.presenter.state.page is Page.READY
    assert field_of(shell).text() == WRONG
    enter(shell, NUMBER[:-1])
    assert "现有17位" in told(shell)


def test_the_last_news_is_the_one_that_stands(shell: CashierShell) -> None:
    enter(shell, WRONG)
    shell.presenter.stage.change(note=News.TOO_LITTLE_CASH)
    assert told(shell) == "收到的现金不够"


def test_a_code_that_an_input_method_typed_is_still_a_code(
    shell: CashierShell, booth: Booth, wait_until: Wait
) -> None:
    """cards.md A8: a whole code in full-width signs, put into the field, then Enter."""
    code = booth.platform.voucher(NUMBER)
    enter(shell, code.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789"}))
    wait_until(lambda: shell.presenter.state.page is Page.PERSON)
    assert shell.presenter.state.credential is ShownBy.CODE


def test_no_input_method_stands_before_the_field_of_numbers(shell: CashierShell) -> None:
    assert not field_of(shell).testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("134512345678901234", "像是微信付款码"),
        ("https://example.invalid/health", "健康码"),
        ("42412345", "没有扫全"),
    ],
)
def test_a_foreign_code_is_told_by_what_it_looks_like(
    shell: CashierShell, text: str, words: str
) -> None:
    """B01: the patient opened the wrong code; the cashier can say which."""
    shell.scanned(Scan(ScannedKind.UNKNOWN, text, ()))
    assert words in told(shell)
    assert "请打开国家医保服务平台" in told(shell)
    assert shell.presenter.state.trouble is not None
    assert shell.presenter.state.trouble.kind is ProblemCode.NOT_A_VOUCHER


def test_the_first_digit_has_the_rest_loaded_once(booth: Booth, qt_app: WatchedApplication) -> None:
    """What only patients need is not held while nobody comes, nor waited for when one does."""
    loaded: list[str] = []
    with qt_app.watch.off():
        window = CashierWindow(load_areas, lambda: 0.0)
        counter = replace(booth.counter, make_ready=lambda: loaded.append(current_thread().name))
        made = CashierShell(window, counter, Facts(booth.state.desk), lambda: None)
        window.show()
        await_focus(window, qt_app)
        assert not loaded
        for digit in "99":
            QTest.keyClicks(field_of(made), digit)
        while not (loaded and window.findChild(ChargesPage)):
            qt_app.processEvents()
        assert loaded == ["general-0"]
        made.presenter.listen(lambda _state: None)
        window.let_close()
        made.leave()


# --- what stands on the counter -----------------------------------------------------------------


def reader_says(shell: CashierShell) -> str:
    return shell.presenter.state.desk.reader


@pytest.mark.req("S0-29", "S4-17")
def test_an_id_card_on_the_reader_is_a_person(shell: CashierShell, wait_until: Wait) -> None:
    shell.noticed(IdCardSeen(Source.ID_READER, id_card_of(card_of(PERSON))))
    wait_until(lambda: shell.presenter.state.page is Page.PERSON)
    assert shell.presenter.state.credential is ShownBy.ID_CARD
    assert shell.presenter.state.person is not None
    assert shell.presenter.state.person.name == PERSON["name"]


def test_an_expired_id_card_is_said_to_be(shell: CashierShell, wait_until: Wait) -> None:
    """B05: nobody is asked with it, and what else may serve is told."""
    shell.noticed(IdCardSeen(Source.ID_READER, id_card_of(card_of(PERSON, expires="20200101"))))
    wait_until(lambda: shell.presenter.state.page is Page.STOPPED)
    stop = shell.presenter.state.stop
    assert stop is not None
    (problem,) = stop.problems
    assert (problem.kind, problem.detail) == (ProblemCode.ID_CARD_EXPIRED, "2020-01-01")


@pytest.mark.req("S0-29", "S2-29")
@pytest.mark.parametrize("source", [Source.SCANNER, Source.CAMERA])
def test_a_code_from_a_port_or_a_camera_is_a_scan(
    shell: CashierShell, booth: Booth, wait_until: Wait, source: Source
) -> None:
    shell.noticed(CodeSeen(source, booth.platform.voucher(NUMBER)))
    wait_until(lambda: shell.presenter.state.page is Page.PERSON)
    assert shell.presenter.state.credential is ShownBy.CODE


def test_a_foreign_code_from_a_port_is_told_as_from_the_keys(
    shell: CashierShell, wait_until: Wait
) -> None:
    shell.noticed(CodeSeen(Source.SCANNER, "6212345678901234567"))
    wait_until(lambda: shell.presenter.state.trouble is not None)
    assert "像是云闪付付款码或银行卡号" in told(shell)


@pytest.mark.parametrize(
    ("kind", "words"),
    [(ProblemCode.CARD_HUNG, "请把卡取出来"), (ProblemCode.CARD_MUTE, "请芯片朝上")],
)
def test_a_card_in_trouble_says_what_to_do_with_it(
    shell: CashierShell, wait_until: Wait, kind: ProblemCode, words: str
) -> None:
    """B04: the patient stands there; the service's trouble is another's business."""
    shell.noticed(Trouble(Problem(kind), "SS Window 1"))
    wait_until(lambda: words in reader_says(shell))
    shell.noticed(Removed("SS Window 1"))
    wait_until(lambda: reader_says(shell) == "")


def test_the_trouble_of_one_device_is_not_silenced_by_another(
    shell: CashierShell, wait_until: Wait
) -> None:
    unreadable = Problem(ProblemCode.ID_CARD_UNREADABLE, "81")
    shell.noticed(Trouble(Problem(ProblemCode.READER_SERVICE_DOWN)))
    shell.noticed(SourceTrouble(Source.SCANNER, Problem(ProblemCode.SCANNER_LOST, "COM3")))
    wait_until(lambda: reader_says(shell) == "扫码器没有连上：COM3")
    shell.noticed(SourceTrouble(Source.ID_READER, unreadable))
    wait_until(lambda: "请拿开再放一次" in reader_says(shell))
    shell.noticed(SourceWell(Source.ID_READER))
    wait_until(lambda: reader_says(shell) == "扫码器没有连上：COM3")
    shell.noticed(SourceWell(Source.SCANNER))
    wait_until(lambda: reader_says(shell) == "读卡服务没有运行")
    shell.noticed(ReadersChanged(()))
    wait_until(lambda: reader_says(shell) == "")
