"""``SSCardDriver`` in a real helper, as a reader of the desk (cards.md A6, S0-29)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from card_reader import CardError, CardKind, CardReading
from card_reader.bridge.card_driver import (
    CardDriver,
    CardDriverFile,
    Interface,
    read_by_driver,
)
from card_reader.bridge.library import VendorFile
from card_reader.bridge.return_codes import (
    NEEDS_MODULE,
    problem_of_code,
    problem_of_pin,
    shown_code,
)
from card_reader.network_module import NetworkModule
from desktop.domain.problems import ProblemCode
from tests.card_reader.module import machine
from tests.rig.vendor_library import CARD_SN, NAME, NUMBER, RESET, Vendor, card_text

P = ProblemCode
PIN = {"pin_by_pad": True}


@pytest.fixture
def driver(vendor: Vendor) -> Iterator[CardDriver]:
    with closing(CardDriver(CardDriverFile(vendor.file(limit=5), pin_by_pad=True))) as driver:
        yield driver


def trouble(driver: CardDriver) -> CardError:
    with pytest.raises(CardError) as error:
        driver.read()
    return error.value


@pytest.mark.req("S0-29")
def test_a_card_is_read_like_any_other(driver: CardDriver) -> None:
    reading = driver.read()
    assert (reading.reader, reading.kind) == ("libSSCardDriver.so", CardKind.SOCIAL_SECURITY)
    assert reading.atr.hex().upper() == RESET
    assert reading.card is not None
    assert (reading.card.name, reading.card.id_number) == (NAME, NUMBER)


CHALLENGE = (
    f"990000|{RESET}|03|{CARD_SN}|1111111111111111|2222222222222222|"
    "3333333333333333|4444444444444444||"
)


def opened_by(vendor: Vendor, url: str) -> CardReading:
    return read_by_driver(CardDriverFile(vendor.file(limit=5), module=NetworkModule(url)))


@pytest.mark.req("S0-29")
@pytest.mark.parametrize("code", sorted(NEEDS_MODULE))
def test_a_third_generation_card_is_opened_in_two_steps_by_the_machine_on_the_network(
    vendor: Vendor, code: int
) -> None:
    """cards.md A6: the library's challenge goes out, the machine's own line comes back to it."""
    vendor.behaves(iReadCardBas=f"answer {code}")
    vendor.answers("iReadCardBas_HSM_Step1", CHALLENGE)
    vendor.answers("iReadCardBas_HSM_Step2", card_text(version="3.00"))
    with machine() as central:
        reading = opened_by(vendor, central.url)
        assert central.lines == [CHALLENGE]
        key = central.answer(CHALLENGE).decode()
    assert reading.card is not None
    assert (reading.card.version, reading.card.name) == ("3.00", NAME)
    assert vendor.asked("iReadCardBas_HSM_Step2") == key


@pytest.mark.parametrize("body", [b"", b"no", b"12|34|"])
def test_a_machine_that_answers_nonsense_leaves_the_card_closed(
    vendor: Vendor, body: bytes
) -> None:
    vendor.behaves(iReadCardBas="answer -2201")
    vendor.answers("iReadCardBas_HSM_Step1", CHALLENGE)
    with machine() as central:
        central.body = body
        with pytest.raises(CardError) as error:
            opened_by(vendor, central.url)
    assert error.value.kind is P.PSAM_NEEDED
    assert not [call for call in vendor.calls if "Step2" in call]


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        ({"iReadCardBas_HSM_Step1": "answer -2204"}, P.CARD_UNREADABLE),
        ({"iReadCardBas_HSM_Step2": "answer -21"}, P.CARD_NOT_GENUINE),
        ({"iReadCardBas_HSM_Step2": "answer -25"}, P.PSAM_NEEDED),
        ({"iReadCardBas_HSM_Step2": "abort"}, P.LIBRARY_FAILED),
    ],
)
def test_a_step_that_fails_says_why(
    vendor: Vendor, behaviour: dict[str, str], kind: ProblemCode
) -> None:
    vendor.behaves(iReadCardBas="answer -2201", **behaviour)
    vendor.answers("iReadCardBas_HSM_Step1", CHALLENGE)
    with machine() as central, pytest.raises(CardError) as error:
        opened_by(vendor, central.url)
    assert error.value.kind is kind


def test_without_a_machine_nothing_more_is_asked(driver: CardDriver, vendor: Vendor) -> None:
    vendor.behaves(iReadCardBas="answer -2201")
    assert trouble(driver).kind is P.PSAM_NEEDED
    assert vendor.calls == ["iReadCardBas "]


@pytest.mark.parametrize("interface", Interface)
def test_the_interface_is_handed_on(vendor: Vendor, interface: Interface) -> None:
    read_by_driver(CardDriverFile(vendor.file(), interface))
    assert vendor.asked("iReadCardBas") == str(interface.value)
    assert vendor.calls == ["iReadCardBas "], "no PIN where the site demands none"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (-2, P.NO_CARD), (-3, P.CARD_UNREADABLE), (-4, P.CARD_HUNG), (-5, P.LIBRARY_UNUSABLE),
        (-11, P.NO_READER), (-12, P.NO_READER), (-13, P.LIBRARY_UNUSABLE), (-15, P.CARD_UNREADABLE),
        (-21, P.CARD_NOT_GENUINE), (-24, P.PSAM_NEEDED), (-52, P.PIN_LOCKED),
        (-2201, P.PSAM_NEEDED), (-2203, P.PSAM_NEEDED),
        (-25537, P.PSAM_NEEDED), (-27010, P.PSAM_NEEDED),
        (-27011, P.PIN_LOCKED), (-27272, P.PSAM_NEEDED), (-37635, P.CARD_UNREADABLE),
        (1, P.CARD_UNREADABLE), (-999_999, P.CARD_UNREADABLE),
    ],
)  # fmt: skip
def test_every_code_has_its_problem(code: int, kind: ProblemCode) -> None:
    assert problem_of_code(code) is kind


def test_a_code_is_shown_with_its_status_word() -> None:
    assert [shown_code(code) for code in (-2, -27010, 1)] == ["-2", "-27010（6982）", "1"]


def test_a_code_of_the_library_is_a_problem_with_its_number(
    driver: CardDriver, vendor: Vendor
) -> None:
    vendor.behaves(iReadCardBas="answer -27010")
    error = trouble(driver)
    assert (error.kind, error.detail) == (
        P.PSAM_NEEDED, "libSSCardDriver.so -27010（6982）",
    )  # fmt: skip


@pytest.mark.parametrize("code", [-1, -27266])
def test_another_card_is_a_reading_without_a_card(
    driver: CardDriver, vendor: Vendor, code: int
) -> None:
    vendor.behaves(iReadCardBas=f"answer {code}")
    reading = driver.read()
    assert (reading.kind, reading.card) == (CardKind.OTHER, None)
    driver.confirm(reading)
    assert "iVerifyPIN " not in vendor.calls


def test_garbage_is_no_card(driver: CardDriver, vendor: Vendor) -> None:
    vendor.card("读卡成功，但是没有内容")
    error = trouble(driver)
    assert (error.kind, error.detail) == (
        P.CARD_UNREADABLE, "libSSCardDriver.so 返回的内容不是卡信息",
    )  # fmt: skip


@pytest.mark.parametrize(("verb", "end"), [("crash", "异常退出"), ("hang", "没有回应")])
def test_a_library_that_fails_is_the_readers_trouble(vendor: Vendor, verb: str, end: str) -> None:
    vendor.behaves(iReadCardBas=verb)
    with closing(CardDriver(CardDriverFile(vendor.file(limit=0.5)))) as driver:
        error = trouble(driver)
    assert error.kind is P.LIBRARY_FAILED
    assert error.detail.endswith(end)


def test_loading_for_the_self_test(driver: CardDriver, vendor: Vendor) -> None:
    driver.load()
    assert vendor.calls == []
    gone = CardDriver(CardDriverFile(VendorFile(vendor.folder / "gone.so")))
    with pytest.raises(CardError) as error:
        gone.load()
    assert error.value.kind is P.LIBRARY_UNUSABLE


# --- the PIN, on the vendor's pad --------------------------------------------------------------


def test_a_right_pin(driver: CardDriver, vendor: Vendor) -> None:
    driver.confirm(driver.read())
    assert vendor.calls == ["iReadCardBas ", "iVerifyPIN "]


@pytest.mark.parametrize(
    ("code", "words", "kind", "detail"),
    [
        (-51, "PIN错误，剩余3次", P.PIN_WRONG, "还可输 3 次"),
        (-51, "", P.PIN_WRONG, "-51"),
        (-51, "错误代码20230501", P.PIN_WRONG, "-51"),
        (-51, "第1次，共6次", P.PIN_WRONG, "-51"),
        (-51, "99", P.PIN_WRONG, "-51"),
        (-0x63C2, "", P.PIN_WRONG, "还可输 2 次"),
        (-0x63C0, "", P.PIN_LOCKED, "还可输 0 次"),
        (-52, "", P.PIN_LOCKED, "-52"),
        (-31, "", P.PIN_NOT_ENTERED, "-31"),
        (-32, "", P.PIN_NOT_ENTERED, "-32"),
        (-11, "", P.NO_READER, "-11"),
    ],
)
def test_a_pin_that_is_not_right(
    driver: CardDriver, vendor: Vendor, code: int, words: str, kind: ProblemCode, detail: str
) -> None:
    """The tries come from the card, never from us; none is made twice."""
    vendor.behaves(iVerifyPIN=f"answer {code}")
    vendor.answers("iVerifyPIN", words)
    reading = driver.read()
    with pytest.raises(CardError) as error:
        driver.confirm(reading)
    assert error.value.kind is kind
    assert error.value.detail.startswith(f"libSSCardDriver.so {detail}")
    assert vendor.calls.count("iVerifyPIN ") == 1


def test_the_pin_may_take_longer_than_a_call(vendor: Vendor) -> None:
    vendor.behaves(iVerifyPIN="slow 1700")
    with closing(CardDriver(CardDriverFile(vendor.file(limit=1.5), pin_by_pad=True))) as driver:
        driver.confirm(driver.read())


def test_the_words_of_a_wrong_pin() -> None:
    assert problem_of_pin(-51, "剩余 5 次".encode("gbk")) == (P.PIN_WRONG, 5)
    assert problem_of_pin(-2, b"") == (P.NO_CARD, None)


# --- one card, once ----------------------------------------------------------------------------


class Waiting:
    """Time passes only while somebody sleeps; then something may happen."""

    def __init__(self, vendor: Vendor, card_after: float) -> None:
        self.now = 0.0
        self._vendor = vendor
        self._card_after = card_after

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        if self.now >= self._card_after:
            self._vendor.card()


def test_the_first_card_that_comes(vendor: Vendor) -> None:
    vendor.no_card()
    waiting = Waiting(vendor, card_after=1)
    reading = read_by_driver(CardDriverFile(vendor.file()), 3, waiting.clock, waiting.sleep)
    assert reading.card is not None
    assert reading.card.card_sn == CARD_SN
    assert 1 <= waiting.now < 1.5


def test_no_card_within_the_time(vendor: Vendor) -> None:
    vendor.no_card()
    waiting = Waiting(vendor, card_after=99)
    with pytest.raises(CardError) as error:
        read_by_driver(CardDriverFile(vendor.file()), 1, waiting.clock, waiting.sleep)
    assert error.value.kind is P.NO_CARD
    assert waiting.now >= 1


def test_other_trouble_is_not_waited_for(vendor: Vendor) -> None:
    vendor.behaves(iReadCardBas="answer -11")
    with pytest.raises(CardError) as error:
        read_by_driver(CardDriverFile(vendor.file()), 60)
    assert error.value.kind is P.NO_READER


def test_a_wrong_pin_is_not_tried_again_by_itself(vendor: Vendor) -> None:
    vendor.behaves(iVerifyPIN="answer -51")
    with pytest.raises(CardError) as error:
        read_by_driver(CardDriverFile(vendor.file(), pin_by_pad=True), 60)
    assert error.value.kind is P.PIN_WRONG
    assert vendor.calls.count("iVerifyPIN ") == 1


def test_nothing_of_the_person_is_told_in_an_error(driver: CardDriver, vendor: Vendor) -> None:
    vendor.card(card_text().replace(CARD_SN, "x"))
    error = trouble(driver)
    assert [text for text in (NAME, NUMBER) if text in f"{error!r}{error.detail}"] == []
