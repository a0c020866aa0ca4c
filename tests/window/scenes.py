"""Every state of the window, each reached as a cashier reaches it.

A scene leaves a window that waits for the next credential.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.commands.careless import Edit
from tests.journey.at_the_window import SEEN_AFTER
from tests.journey.journey import BILL, charges_of
from tests.rig.bills import Item
from tests.rig.town import townsman
from tests.window.camera import Camera
from tests.window.till import DONE, OFFER, READY, SETTLED, Till

Person = Mapping[str, Any]
Scene = Callable[[Camera], None]

ORDINARY, RETIRED, TWO_INSURANCES, UNFILED, SUSPENDED = (townsman(at) for at in (0, 1, 5, 7, 13))
LONG_NAMED = townsman(28)
MOTHER, CHILD = townsman(2), townsman(43)
_COUNTED = 3.5
"""Seconds after which a busy window says how long it has taken."""
_TRIES = 6
_VISIT = ("A03", "内科", "D430102000001", "演练医师", "J06.900", "急性上呼吸道感染")
_MANY = (*BILL[:4], *(replace(BILL[4 + at % 4], quantity=str(1 + at % 3)) for at in range(36)))
"""The care place takes no service twice on one bill."""
_LONG_NAME = Item(
    "XM01AEA035A001010100035",
    "布洛芬缓释胶囊(国家集采,限二级及以上医疗机构使用) 0.3g*20粒/盒 铝塑泡罩包装",
    "21.80",
)


# --- nobody there -----------------------------------------------------------------------------


def ready(camera: Camera) -> None:
    camera.take()
    camera.till.press("F1")
    camera.till.says("按键一览")
    camera.take("keys")
    camera.till.press("Escape")


def reader_trouble(camera: Camera) -> None:
    readers = camera.till.booth.readers
    readers.stop_service()
    camera.till.says("读卡服务没有运行")
    camera.take("reader-trouble")
    readers.start_service()
    time.sleep(1.0)


def faulty_file(camera: Camera) -> None:
    """A charges file with several faults: told at once, listed by F6, gone when it is mended."""
    file = camera.till.booth.profile / "charges" / "B0404.json"
    file.write_text(_faulty(charges_of(ORDINARY).write(file)), encoding="utf-8")
    camera.till.says("收费文件有误")
    camera.take("faulty-file")
    camera.till.press("F6")
    camera.till.says("没有被采用")
    camera.take()
    camera.till.press("Escape")
    file.unlink()
    time.sleep(SEEN_AFTER)


def _faulty(file: Path) -> str:
    written = file.read_text(encoding="utf-8")
    changes = (('"quantity": "1.0000"', '"quantity": "0"'), ('"D430102000001"', '""'))
    for right, wrong in changes:
        written = written.replace(right, wrong, 3)
    return written.replace('"amount": "65.00"', '"amount": "66.00"')


def foreign_code(camera: Camera) -> None:
    camera.till.screen.scan("134512345678901234")
    camera.till.says("不是医保码")
    camera.take("foreign-code")


def busy(camera: Camera) -> None:
    camera.till.platform.fault("1101", "before", "delay", seconds=_COUNTED + 18)
    show(camera.till, ORDINARY, "请稍候")
    time.sleep(_COUNTED)
    camera.take("busy", moving=True)
    camera.till.sees("请稍候")  # still: it was busy on every picture
    camera.till.sees(f"等待单据|{OFFER}|请选")
    leave(camera.till)


# --- somebody there, no bill ------------------------------------------------------------------


def choose_insurance(camera: Camera) -> None:
    show(camera.till, TWO_INSURANCES, "请选参保")
    camera.take()
    leave(camera.till)


def stand_in(camera: Camera) -> None:
    """A mother comes for her child: empty, faulty, filled by her ID number, taken down."""
    till = camera.till
    offered(till, CHILD)
    till.press("F11")
    till.sees("登记代办人")
    camera.take()
    _fill(till, "曾小满")
    till.screen.type("12")
    till.press("Return")
    till.says("请核对")
    camera.take("fault")
    till.screen.scan(MOTHER["certno"])
    till.says(MOTHER["certno"])
    till.press("ctrl+Return")
    till.sees(OFFER)
    till.says("代办未核对")
    camera.take("stood-in")
    leave(till)
    withdraw(till)


def doubted(camera: Camera) -> None:
    """人证不符: the reasons, and what is said then (B08)."""
    till = camera.till
    offered(till, ORDINARY)
    till.press("F12")
    till.sees("人证不符")
    camera.take()
    till.press("Return")
    till.sees("需要人工处理")
    camera.take()
    withdraw(till)


def rare_names(camera: Camera) -> None:
    """Characters that few fonts have, and one that none has."""
    for at, state in ((23, "rare-name"), (26, "rare-name-extension-i")):
        show(camera.till, townsman(at), "等待单据")
        camera.take(state)
        leave(camera.till)


def no_bill(camera: Camera) -> None:
    show(camera.till, ORDINARY, "等待单据")
    camera.take()
    leave(camera.till)


def typed(camera: Camera) -> None:
    """Charges typed here: nothing yet, a search, faults, lines, a search above lines."""
    till = camera.till
    show(till, LONG_NAMED, "等待单据")
    till.press("F4")
    till.says("还没有明细")
    time.sleep(1.0)
    camera.take()
    till.press("ctrl+Return")
    till.says("请先加入收费项目")
    camera.take("faults")
    for fact in _VISIT:
        _fill(till, fact)
    till.press("Escape", "F4")
    for item, price, quantity in (("amxl", "12.5", "2"), ("blf", "21.8", "1"), ("xcg", "20", "1")):
        _charge(till, item, price, quantity)
    camera.take("lines")
    till.screen.type("x")
    time.sleep(0.5)
    camera.take("search")
    till.press("Return")
    till.screen.type("18.60")
    camera.take("line")
    till.ask_to_close()
    till.says("录了一半")
    camera.take()
    till.press("Escape", "Escape")
    leave(till)


def _fill(till: Till, fact: str) -> None:
    """xdotool makes keys for Chinese as it types; the first may come before Qt knows of them."""
    for _try in range(_TRIES):
        till.screen.type(fact)
        if _stands(till, fact):
            break
        till.press("ctrl+a")
    till.press("Return")


def _stands(till: Till, fact: str) -> bool:
    """What was typed has come, however busy the machine is."""
    until = time.monotonic() + _COUNTED
    while time.monotonic() < until:
        if fact in till.words():
            return True
        time.sleep(0.1)
    return False


def _charge(till: Till, item: str, price: str, quantity: str) -> None:
    for part in (item, price, quantity):
        _fill(till, part)
        time.sleep(0.2)


# --- stopped ----------------------------------------------------------------------------------


def refused(camera: Camera) -> None:
    show(camera.till, SUSPENDED, "不能直接结算")
    camera.take()


def needs_filing(camera: Camera) -> None:
    show(camera.till, UNFILED, "需要备案")
    camera.take()


def line_down(camera: Camera) -> None:
    camera.till.platform.fault("1101", "before", "reset")
    show(camera.till, ORDINARY, "线路中断")
    camera.take()


def line_down_later(camera: Camera) -> None:
    camera.till.platform.fault("2001", "before", "reset")
    show(camera.till, RETIRED, "线路中断")
    camera.take("later")


def other_patient(camera: Camera) -> None:
    """The hospital's patient is not the person of the credential (B09)."""
    _stopped_by_bill(camera, "other-patient", name="孔令合")


def trauma(camera: Camera) -> None:
    _stopped_by_bill(camera, "trauma-letter", changed={"trauma": "no-third-party"})
    _stopped_by_bill(camera, "trauma-third-party", changed={"trauma": "third-party"})


def emergency(camera: Camera) -> None:
    _stopped_by_bill(camera, "emergency-mark", kind="13")


def _stopped_by_bill(camera: Camera, state: str, **changes: Any) -> None:
    drop(camera.till, ORDINARY, **changes)
    show(camera.till, ORDINARY, "需要人工处理|不能直接结算")
    camera.take(state)
    withdraw(camera.till)


def needs_check(camera: Camera) -> None:
    offered(camera.till, ORDINARY)
    camera.till.press("F8", "F9")
    camera.till.sees("待核对")
    camera.take()


# --- money ------------------------------------------------------------------------------------


def choose_bill(camera: Camera) -> None:
    drop(camera.till, RETIRED)
    drop(camera.till, RETIRED, bill_no="B0002", visit_no="V0002", items=BILL[:2])
    show(camera.till, RETIRED, "等待单据")
    camera.take("bills")
    leave(camera.till)
    withdraw(camera.till)


def many_lines(camera: Camera) -> None:
    offered(camera.till, RETIRED, items=(_LONG_NAME, *_MANY))
    camera.take("many-lines")
    leave(camera.till)
    withdraw(camera.till)


def no_cash(camera: Camera) -> None:
    """The account pays all that the funds do not: nothing is beyond its scope."""
    offered(camera.till, ORDINARY, bill_no="B0003", visit_no="V0003", items=BILL[2:7])
    camera.till.press("F7")
    camera.till.says("用本人账户")
    camera.take("no-cash")
    leave(camera.till)
    withdraw(camera.till)


def unknown_fund(camera: Camera) -> None:
    """A long name, and a fund that nobody here has heard of."""
    offered(camera.till, LONG_NAMED)
    camera.take("unknown-fund")
    leave(camera.till)
    withdraw(camera.till)


def paid(camera: Camera) -> None:
    """From the amounts to the slip."""
    till = camera.till
    offered(till, ORDINARY)
    camera.take()
    till.press("F9")
    till.says("请先核对人证")
    camera.take("unchecked")
    till.platform.fault("2207", "before", "delay", seconds=_COUNTED + 14)
    till.press("F8", "F9")
    time.sleep(_COUNTED)
    camera.take("settling", moving=True)
    till.sees(SETTLED)
    camera.take()
    _pay(camera)
    till.press("F10")
    till.sees(DONE)
    time.sleep(1.0)
    camera.take()
    till.press("F11")
    till.says("为什么补打")
    camera.take()
    till.press("Return")
    till.sees(DONE)
    time.sleep(1.5)
    camera.take("printed-again")
    withdraw(till)


def _pay(camera: Camera) -> None:
    """Too little at first."""
    till = camera.till
    till.screen.type("500")
    till.press("F10")
    till.says("现金不够")
    camera.take("too-little")
    till.press("ctrl+a")
    till.screen.type("600")
    camera.take("change")


def not_printed(camera: Camera) -> None:
    """The slip cannot be written: the money is safe, the paper waits for 补打."""
    till = camera.till
    (till.booth.profile / "slips").write_text("no folder", encoding="utf-8")
    offered(till, ORDINARY)
    paid_in_full(till)
    till.says("未打印")
    camera.take()


# --- what scenes are made of ------------------------------------------------------------------


def show(till: Till, person: Person, title: str) -> None:
    """The next patient's ID card is scanned, once F2 has had its effect: the function key before a
    burst is the scanner's.
    """
    till.press("F2")
    till.sees(READY)
    till.screen.scan(person["certno"])
    till.sees(title)


def offered(till: Till, person: Person, **changes: Any) -> None:
    """With a bill, up to what it costs whom."""
    drop(till, person, **changes)
    show(till, person, OFFER)


def paid_in_full(till: Till) -> None:
    """From there to the slip."""
    till.press("F8", "F9")
    till.sees(SETTLED)
    till.press("F10")
    till.sees(DONE)


def leave(till: Till) -> None:
    till.press("Escape")
    till.sees(READY)


def drop(till: Till, person: Person, **changes: Any) -> None:
    till.booth.drop(person, **changes)
    time.sleep(SEEN_AFTER)


def withdraw(till: Till) -> None:
    """Take every bill out of the drop folder."""
    for file in (till.booth.profile / "charges").glob("*.json"):
        file.unlink()
    time.sleep(SEEN_AFTER)


def wrong_split(tree: dict[str, Any]) -> None:
    """The platform's answer does not add up."""
    tree["output"]["setlinfo"]["psn_part_amt"] = "0.01"


def new_fund(tree: dict[str, Any]) -> None:
    """A fund without a name pays twenty yuan of the cash; everything else adds up as before."""
    totals = tree["output"]["setlinfo"]
    for name, more in (("fund_pay_sumamt", 20), ("psn_part_amt", -20), ("psn_cash_pay", -20)):
        totals[name] = f"{Decimal(str(totals[name])) + more:.2f}"
    tree["output"]["setldetail"].append({"fund_pay_type": "991234", "fund_payamt": "20.00"})


HONEST: tuple[tuple[Scene, ...], ...] = (
    (ready, reader_trouble, faulty_file, foreign_code, choose_insurance, no_bill, typed),
    (stand_in, doubted, rare_names),
    (refused, needs_filing, line_down, line_down_later, other_patient, trauma, emergency, busy),
    (choose_bill, many_lines, no_cash, paid),
    (not_printed,),
)
"""A desk of its own for each row."""
CARELESS: tuple[tuple[Scene, str, Edit], ...] = (
    (unknown_fund, "2206", new_fund),
    (needs_check, "2207", wrong_split),
)
"""With a platform that changes its answers to one transaction."""
