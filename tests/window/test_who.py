"""Who stands at the window: every card, code and person that is no ordinary one (B01–B12, S1-24).

At the real window, with real readers, ports and keys. What one sees is what one is told to do.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.identity import CheckWay
from tests.journey.at_the_window import SEEN_AFTER, Surroundings
from tests.journey.journey import card_of
from tests.rig.id_card import card_of as id_card_of
from tests.rig.id_card import new_foreigner
from tests.rig.serial_device import IdReaderDevice
from tests.rig.town import named, townsman
from tests.rig.virtual_card import bank_card, other_card
from tests.window.till import BILL_AWAITED, OFFER, READY, SETTLED, Till, records, till_among

pytestmark = pytest.mark.slow

Person = Mapping[str, Any]
WARE = "6901234567892"
"""An EAN-13, as long as a PIN may be."""
ORDINARY, RETIRED, TWO_INSURANCES = (townsman(place) for place in (0, 1, 5))
PAUSED, INPATIENT, SUSPENDED, IN_PROVINCE, ENDED = (townsman(at) for at in (11, 12, 13, 39, 40))
REFUSED, PERSON_NEEDED = "不能直接结算", "需要人工处理"
ALIPAY, WECHAT, BANK_CARD, HEALTH_LINK = (
    "281234567890123456", "134512345678901234", "6228480402564890018", "https://example.invalid/jkm",
)  # fmt: skip


@contextmanager
def till_with(around: Surroundings, profile: Path, settings: str) -> Iterator[Till]:
    profile.mkdir()
    (profile / "settings.toml").write_text(settings, encoding="utf-8")
    with till_among(around, profile) as till:
        yield till


def with_bill(till: Till, person: Person, **changes: Any) -> None:
    till.booth.drop(person, **changes)
    time.sleep(SEEN_AFTER)


def shown_id(till: Till, person: Person) -> None:
    till.press("F2")
    till.screen.scan(person["certno"])


def holds_nobody(till: Till, person: Person) -> None:
    """Nothing was booked, and nobody's name is left on the window."""
    assert till.booth.settlements(person) == []
    till.press("F2")
    till.sees(READY)
    till.booth.await_that("姓名还在窗口上", lambda: person["name"] not in "\n".join(till.words()))


# --- cards ------------------------------------------------------------------------------------


@pytest.mark.req("S0-29")
def test_a_card_that_hangs_is_to_be_taken_out_and_the_next_one_is_read(till: Till) -> None:
    till.booth.readers.insert(0, dataclasses.replace(card_of(ORDINARY), hang_at=4))
    till.says("取出来")
    till.booth.readers.remove(0)
    till.booth.readers.insert(0, card_of(RETIRED))
    till.says(RETIRED["name"])


def test_a_bank_card_is_named_as_such(till: Till) -> None:
    till.booth.readers.insert(0, bank_card())
    till.says("这是银行卡")
    till.says("请换社会保障卡")


def test_a_foreign_card_and_one_with_its_chip_downwards(till: Till) -> None:
    till.booth.readers.insert(0, other_card())
    till.says("不是社会保障卡")
    till.booth.readers.remove(0)
    till.press("F2")
    till.sees(READY)
    till.booth.readers.insert(0, other_card(atr="3b" * 34))
    till.says("芯片朝上")


def test_an_expired_card_is_told_with_its_day(till: Till) -> None:
    card = card_of(ORDINARY)
    card.files["ef05"]["06"] = "20200131"
    till.booth.readers.insert(0, card)
    till.says("2020-01-31")
    assert "社会保障卡已过有效期" in "\n".join(till.words())


def test_a_card_of_the_third_generation_is_asked_for_by_its_number(till: Till) -> None:
    card = card_of(ORDINARY)
    card.files["ef05"]["03"] = b"3.00".hex()
    card.closed["ef06"] = 0x6982
    till.booth.readers.insert(0, card)
    till.says(ORDINARY["name"])


def test_a_card_whose_birth_is_not_the_registers(till: Till) -> None:
    """B08: both are shown, and the cashier decides."""
    card = card_of(ORDINARY)
    card.files["ef06"]["0d"] = "19300203"
    till.booth.readers.insert(0, card)
    till.says("1930-02-03")
    assert "不一致" in "\n".join(till.words())


def test_a_name_that_is_spelt_otherwise_on_the_card(till: Till) -> None:
    rare = named("龴")
    till.booth.readers.insert(0, card_of({**rare, "name": "赵YAN"}))
    till.says("写法不同")
    assert rare["name"] in "\n".join(till.words())


@pytest.mark.req("S4-18")
def test_a_card_of_somebody_else_stops_politely(till: Till) -> None:
    """B08: number and name of another person on a card that the centre knows as the first's."""
    stranger = card_of({**ORDINARY, "name": RETIRED["name"], "certno": RETIRED["certno"]})
    till.booth.readers.insert(0, stranger)
    till.sees(f"{PERSON_NEEDED}|{REFUSED}")
    words = "\n".join(till.words())
    assert "不是同一人" in words or "查不到" in words


# --- the card's password ------------------------------------------------------------------------


def test_a_pin_is_typed_masked_and_a_wrong_one_tells_the_tries_left(
    around: Surroundings, profile: Path
) -> None:
    with till_with(around, profile, '[card]\npin = "ask"\n') as till:
        card = dataclasses.replace(card_of(ORDINARY), pin="246813", pin_tries=3)
        till.booth.readers.insert(0, card)
        till.says("请患者输入")
        till.takes_keys("社会保障卡密码")
        till.screen.scan(WARE)
        till.says("扫到的码不是密码")
        till.screen.type("000000", delay_ms=150)
        till.press("Return")
        till.says("还可输 2 次")
        assert "000000" not in "\n".join(till.words())
        till.booth.readers.remove(0)
        till.press("F2")
        till.sees(READY)
        till.booth.readers.insert(0, dataclasses.replace(card, pin_tries=2))
        till.says("请患者输入")
        till.takes_keys("社会保障卡密码")
        till.screen.type("246813", delay_ms=150)
        till.press("Return")
        till.says(ORDINARY["name"])
        assert "246813" not in "\n".join(till.words())
    for file in profile.rglob("*"):
        assert not (file.is_file() and b"246813" in file.read_bytes()), file


# --- ID cards -----------------------------------------------------------------------------------


def test_an_expired_id_card_and_a_foreigner_of_2023(
    around: Surroundings, profile: Path, tmp_path: Path
) -> None:
    with (
        IdReaderDevice(tmp_path / "ttyID") as reader,
        till_with(around, profile, f"[id_reader]\nport='{reader.port}'\n") as till,
    ):
        reader.put(id_card_of(ORDINARY, expires="20200131"))
        till.says("身份证已过有效期")
        assert "2020-01-31" in "\n".join(till.words())
        till.press("F2")
        till.sees(READY)
        reader.put(new_foreigner())
        till.says("查不到")


# --- codes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (ALIPAY, "支付宝"),
        (WECHAT, "微信"),
        (BANK_CARD, "银行卡号"),
        (HEALTH_LINK, "健康码或网页"),
        ("42412345678901234567894300", "没有扫全"),
    ],
)
def test_a_code_that_is_none_is_refused_with_the_right_words(
    till: Till, code: str, words: str
) -> None:
    """B01: told what it looks like and what to open instead, and never repeated."""
    till.screen.scan(code)
    till.says(words)
    told = "\n".join(till.words())
    assert "不是医保码" in told
    assert code not in told
    assert till.screen.windows(READY)


@pytest.mark.req("S2-29")
def test_a_code_that_was_used_asks_for_a_fresh_one(till: Till) -> None:
    """B03."""
    code = till.platform.voucher(ORDINARY["certno"])
    till.screen.scan(code)
    till.sees(BILL_AWAITED)
    till.says(ORDINARY["name"])
    till.press("Escape")
    till.sees(READY)
    till.screen.scan(code)
    till.says("该码已使用，请刷新")


# --- people -------------------------------------------------------------------------------------


def test_of_several_insurances_enter_takes_one_that_is_active(till: Till) -> None:
    """B06: the platform tells the one that ended first; it is not what Enter takes."""
    told = {key: value for key, value in TWO_INSURANCES.items() if key != "note"}
    ended = {**told["insured"][0], "insutype": "340", "status": "4"}
    till.platform.put_person(told["certno"], {**told, "insured": [ended, *told["insured"]]})
    shown_id(till, TWO_INSURANCES)
    till.sees("请选参保")
    till.press("Return")
    till.says("职工医保")
    assert "终止参保" not in "\n".join(till.words())


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (IN_PROVINCE, "省内"),
        (INPATIENT, "住院"),
        (PAUSED, "暂停"),
        (ENDED, "终止"),
        (SUSPENDED, "暂不能直接结算"),
    ],
    ids=["in-province", "inpatient", "paused", "ended", "suspended"],
)
@pytest.mark.req("S3-17", "S1-53")
def test_who_cannot_be_settled_here_is_told_why_and_where_to_go(
    till: Till, person: Person, words: str
) -> None:
    """B07, B10, B11, B12."""
    till.booth.drop(person)
    shown_id(till, person)
    till.sees(REFUSED)
    till.says(words)
    holds_nobody(till, person)


def test_the_hospitals_patient_is_somebody_else(till: Till) -> None:
    """B09: both names, and nothing is overwritten."""
    with_bill(till, ORDINARY, name="孔令合")
    shown_id(till, ORDINARY)
    till.sees(f"{PERSON_NEEDED}|{REFUSED}")
    till.says("孔令合")
    assert ORDINARY["name"] in "\n".join(till.words())
    assert till.booth.settlements(ORDINARY) == []


# --- the face terminal --------------------------------------------------------------------------


@pytest.mark.req("S1-24")
def test_a_face_is_one_way_of_looking_and_a_failure_leaves_the_other(
    around: Surroundings, profile: Path
) -> None:
    with till_with(around, profile, "[desk]\nface_terminal = true\n") as till:
        with_bill(till, ORDINARY)
        shown_id(till, ORDINARY)
        till.sees(OFFER)
        till.platform.terminal(None)
        till.press("shift+F8")
        till.says("人脸认证没有通过")
        till.platform.terminal(RETIRED["certno"])
        till.press("shift+F8")
        till.says("人脸不是")
        till.platform.terminal(ORDINARY["certno"])
        till.press("shift+F8")
        till.says("人脸已认证")
        till.press("F9")
        till.sees(SETTLED)
    (visit,) = records(profile)
    assert visit.checked is not None
    assert visit.checked.way is CheckWay.FACE
    assert visit.checked.by == "0001"
