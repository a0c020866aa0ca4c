"""A site that demands the card's PIN: the reader's keys, or a masked field (visit.md B04)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from card_reader import CardError, CardKind, CardReading, SocialSecurityCard
from card_reader.cards import Inserted, Removed
from desktop.domain.problems import Problem, ProblemCode
from tests.rig.town import townsman
from tests.ui.conftest import Wait
from tests.ui.widgets.conftest import words
from ui.cashier.pin_prompt import PinPrompt
from ui.cashier.shell import CashierShell
from ui.cashier.state import Page

PERSON = townsman(0)
BEGAN = 5_000
CARD = SocialSecurityCard(
    version="3.00",
    card_sn=PERSON["card_sn"],
    card_no=PERSON["card_no"],
    issued=date(2018, 5, 1),
    expires=date(2048, 5, 1),
    name=PERSON["name"],
    name_raw=PERSON["name"].encode("gb18030"),
    id_number=PERSON["certno"],
    sex=str(PERSON["gend"]),
    birth=None,
    partial=False,
    problems=(),
)


class Card:
    """Compares the PIN, and remembers by what way it was asked."""

    def __init__(self, pin: str = "246813") -> None:
        self.pin = pin
        self.asked: list[str | None] = []

    def confirm(self, reading: CardReading, digits: str | None) -> None:
        self.asked.append(digits)
        if digits not in (None, self.pin):
            raise CardError(ProblemCode.PIN_WRONG, f"{reading.reader} 还可输 5 次")


def put_in(shell: CashierShell, *, pad: bool = False) -> None:
    reading = CardReading("R", b"\x3b", CardKind.SOCIAL_SECURITY, CARD, 11, pad)
    shell.noticed(Inserted(reading, resting=False))


@pytest.fixture
def prompt(shell: CashierShell) -> Iterator[tuple[PinPrompt, QLineEdit, Card]]:
    card = Card()
    shell.demand_pin(card.confirm, typed=True)
    found = shell.window.findChild(PinPrompt)
    assert isinstance(found, PinPrompt)
    field = found.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    yield found, field, card
    found.reject()


Prompt = tuple[PinPrompt, QLineEdit, Card]


@pytest.fixture
def asked(shell: CashierShell, prompt: Prompt, wait_until: Wait) -> Prompt:
    """A card is in, and its PIN is asked for."""
    put_in(shell)
    wait_until(prompt[0].isVisible, 5)
    return prompt


def test_the_digits_are_masked_and_the_person_comes(
    shell: CashierShell, asked: Prompt, wait_until: Wait
) -> None:
    asking, field, card = asked
    assert shell.presenter.state.page is Page.READY
    assert field.echoMode() is QLineEdit.EchoMode.Password
    field.setText(card.pin)
    field.returnPressed.emit()
    wait_until(lambda: shell.presenter.state.person is not None, 20)
    assert (card.asked, field.text(), asking.isVisible()) == (["246813"], "", False)


def test_a_wrong_pin_is_told_with_its_tries_and_not_repeated(
    shell: CashierShell, asked: Prompt, wait_until: Wait
) -> None:
    """Trying the visit again would send the same digits, and cost a second try."""
    _asking, field, card = asked
    field.setText("000000")
    field.returnPressed.emit()
    wait_until(lambda: shell.presenter.state.stop is not None, 20)
    assert shell.presenter.state.stop is not None
    (problem,) = shell.presenter.state.stop.problems
    assert problem.message == "社会保障卡密码不对：R 还可输 5 次"
    shell.presenter.ask_again()
    wait_until(lambda: not shell.presenter.state.busy, 20)
    assert card.asked == ["000000"]
    assert shell.presenter.state.person is None


@pytest.mark.parametrize(("reader", "asks"), [("other", True), ("R", False)])
def test_only_its_own_card_takes_the_question_away(
    shell: CashierShell, asked: Prompt, wait_until: Wait, reader: str, asks: bool
) -> None:
    asking, _field, card = asked
    shell.noticed(Removed(reader))
    heard: list[bool] = []
    shell._post(lambda: heard.append(True))
    wait_until(lambda: bool(heard), 5)
    assert (asking.isVisible(), card.asked) == (asks, [])


@pytest.mark.parametrize("typed", ["", "123", "12a4"])
def test_what_is_no_pin_costs_no_try(asked: Prompt, typed: str) -> None:
    asking, field, card = asked
    field.setText(typed)
    field.returnPressed.emit()
    assert (asking.isVisible(), field.text(), card.asked) == (True, typed, [])


@pytest.mark.parametrize("scanned", ["9900001985031210", "3601"])
def test_a_scanned_code_is_no_pin(asked: Prompt, scanned: str) -> None:
    """A voucher's 28 digits with the scanner's Enter: the patient keeps the try."""
    asking, field, card = asked
    QTest.keyClicks(field, scanned + "0" * (28 - len(scanned)))
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (asking.isVisible(), field.text(), card.asked) == (True, "", [])


def strike(prompt: PinPrompt, code: str, gap: int) -> None:
    """The system hands over these keys and Enter, struck ``gap`` milliseconds apart."""
    window = prompt.windowHandle()
    assert window is not None
    for at, character in enumerate((*code, "\r")):
        key = Qt.Key.Key_Return if character == "\r" else Qt.Key(ord(character))
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, character)
        event.setTimestamp(BEGAN + at * gap)
        QCoreApplication.sendEvent(window, event)


@pytest.mark.parametrize(
    "code", ["2468", "24681", "246813", "6901234567892", "6222020200112233", "134512345678901234"]
)
def test_a_code_as_long_as_a_pin_is_no_pin(asked: Prompt, code: str) -> None:
    """Of a ware, a bank card, a payment: the scanner is told by its speed, and the card not asked."""
    asking, field, card = asked
    strike(asking, code, 4)
    assert (asking.isVisible(), field.text(), card.asked) == (True, "", [])
    assert "扫到的码不是密码，没有送给卡：请按键输入" in words(asking)


def test_after_a_scan_the_pin_is_typed(
    shell: CashierShell, asked: Prompt, wait_until: Wait
) -> None:
    """By hand, however late the window hears of it; the next question begins without a reproach."""
    asking, _field, card = asked
    strike(asking, "6901234567892", 4)
    wait_until(lambda: asking.focusWidget() is not None)
    strike(asking, card.pin, 120)
    wait_until(lambda: shell.presenter.state.person is not None, 20)
    assert card.asked == [card.pin]
    asking.ask()
    assert not any("扫到" in word for word in words(asking))


def test_a_card_that_is_pulled_takes_the_question_along(
    shell: CashierShell, asked: Prompt, wait_until: Wait
) -> None:
    asking, field, card = asked
    field.setText("2468")
    shell.noticed(Removed("R"))
    wait_until(lambda: not asking.isVisible(), 5)
    asking.entered.emit("246813")
    assert (field.text(), card.asked) == ("", [])
    assert shell.presenter.state.page is Page.READY


def test_a_card_that_its_module_did_not_open_says_why(
    shell: CashierShell, wait_until: Wait
) -> None:
    """The person is asked for by card number all the same (B04)."""
    closed = Problem(ProblemCode.CARD_NOT_OPENED, "SAM 里没有 PSAM")
    card = replace(CARD, name="", name_raw=b"", id_number="", partial=True, problems=(closed,))
    reading = CardReading("R", b"\x3b", CardKind.SOCIAL_SECURITY, card, 7)
    shell.noticed(Inserted(reading, resting=False))
    wait_until(lambda: shell.presenter.state.person is not None, 20)
    assert shell.presenter.state.desk.reader == "安全模块没有打开这张三代卡：SAM 里没有 PSAM"


@pytest.mark.parametrize("typed", [True, False])
def test_a_reader_with_keys_asks_by_itself(
    shell: CashierShell, wait_until: Wait, typed: bool
) -> None:
    card = Card()
    shell.demand_pin(card.confirm, typed=typed)
    put_in(shell, pad=typed)
    wait_until(lambda: shell.presenter.state.person is not None, 20)
    assert card.asked == [None]
    wait_until(lambda: shell.presenter.state.desk.reader == "", 5)
