"""The first settlement with every part real: what ``make run`` plays, and a test with it.

Practice platform in its own process, pcscd with a virtual card in namespaces of its own, the
desk's command line, the receipt. The person is one of the practice platform's invented town.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desktop.domain.times import CHINA
from tests.rig.bills import BillOf, Item
from tests.rig.kuasheng import Ran, kuasheng
from tests.rig.pcsc import PcscStack
from tests.rig.practice import Practice, practice
from tests.rig.virtual_card import CardDescription, social_security_card

Say = Callable[[str], None]

BILL = (
    Item("000202000020000-0002", "副主任医师门诊诊察费", "25.00", kind="02"),
    Item("000339000390000-0039", "胸部CT平扫", "220.00", kind="03"),
    Item("000412000120000-0012", "血常规(五分类)", "20.00", kind="04"),
    Item("000423000230000-0023", "降钙素原", "120.00", kind="04"),
    Item("XJ01DCA002A001010100002", "头孢呋辛酯片 0.25g*12片", "32.50", "2"),
    Item("XM01AEA035A001010100035", "布洛芬缓释胶囊 0.3g*20粒", "21.80"),
    Item("ZA07CAB00070101000007", "蓝芩口服液 10ml*6支", "38.60", "2", kind="11"),
    Item("ZA20CAB00200101000020", "阿胶(滋补) 250g", "68.00", kind="11"),
)


@dataclass(frozen=True, slots=True)
class Played:
    """What the journey left behind."""

    card: Ran
    settled: Ran
    receipt: Path
    booked: list[Mapping[str, Any]]
    """What the platform itself holds of this person."""


class JourneyFailed(RuntimeError):
    """A step did not end as it must; the text says which."""


def play(person: Mapping[str, Any], out: Path, work: Path, say: Say) -> Played:
    """Settle one bill of ``person`` (of the demonstration town) by card.

    ``out`` receives ``receipt.pdf``; ``work`` is an empty folder for profile and charges.
    Raises :class:`JourneyFailed`.
    """
    with practice() as platform, PcscStack(readers=1) as readers:
        say(f"演练平台已在独立进程中启动：{platform.url}")
        readers.insert(0, card_of(person))
        say(f"读卡服务已启动（独立命名空间，不对外监听），{readers.reader_name(0)} 里有一张卡")
        return _settle(person, platform, readers, out, work, say)


def _settle(
    person: Mapping[str, Any],
    platform: Practice,
    readers: PcscStack,
    out: Path,
    work: Path,
    say: Say,
) -> Played:
    charges = charges_of(person).write(work / "charges.json")
    card = _well(kuasheng("card", "--wait", "10", environment=readers.environment), "读卡")
    say(f"读到社会保障卡 {card.body['version']}：{card.body['name']} {card.body['id_number']}")
    receipt = out / "receipt.pdf"
    options = ("--profile", work / "profile", "--platform", platform.url)
    settle = ("settle", "--card", "--charges", charges, "--receipt", receipt)
    settled = _well(kuasheng(*settle, *options, environment=readers.environment), "结算")
    say(_sentence(settled.body))
    verified = _well(kuasheng("journal", "verify", *options), "核对账本")
    say(f"加密账本 {verified.body['entries']} 条记录，校验链完好")
    say(f"结算单已打印到 {receipt}")
    return Played(card, settled, receipt, platform.settlements(person["certno"]))


def _sentence(body: Mapping[str, Any]) -> str:
    amounts = body["amounts"]
    return (
        f"已结算 {body['setl_id']}：总费用 {amounts['medfee_sumamt']} 元，"
        f"基金 {amounts['fund_pay_sumamt']} 元，个人现金 {amounts['psn_cash_pay']} 元"
    )


def card_of(person: Mapping[str, Any]) -> CardDescription:
    return social_security_card(
        name=person["name"],
        id_number=person["certno"],
        card_no=person["card_no"],
        card_sn=person["card_sn"],
    )


def charges_of(person: Mapping[str, Any]) -> BillOf:
    now = datetime.now(CHINA).replace(tzinfo=None, microsecond=0)
    began = max(now - timedelta(minutes=40), now.replace(hour=0, minute=0, second=0))
    return BillOf(person["name"], person["certno"], began, BILL)


def _well(ran: Ran, step: str) -> Ran:
    if ran.exit != 0:
        raise JourneyFailed(f"{step}：{ran.body} {ran.words}")
    return ran
