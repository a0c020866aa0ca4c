"""``[card]`` and ``[voucher]`` decide by what a desk reads; only one of the two ways is ever taken."""

from __future__ import annotations

import time

import pytest

from card_reader import CardError
from card_reader.cards import CardEvent, Inserted
from card_reader.watch import CardWatch
from desktop.domain.problems import ProblemCode
from desktop.settings import CardSettings, PlatformSettings, Settings, VoucherSettings
from desktop.vendor import (
    card_watch,
    read_one_card,
    reader_names,
    voucher_library,
    voucher_library_name,
)
from tests.card_reader.real import WAIT, told
from tests.rig.pcsc import PcscStack
from tests.rig.vendor_library import CARD_SN, Vendor
from tests.rig.virtual_card import social_security_card

PCSC = CardSettings()
CARD = social_security_card(name="张三", id_number="990000198503121038")


def by_library(vendor: Vendor, **more: object) -> CardSettings:
    return CardSettings(library=str(vendor.path), timeout=5, **more)  # type: ignore[arg-type]


def test_the_systems_readers_without_a_library(stack: PcscStack) -> None:
    stack.insert(0, CARD)
    assert told(read_one_card(PCSC, None, WAIT)).name == "张三"
    assert stack.reader_name(0) in reader_names(PCSC)
    watch = card_watch(PCSC, lambda _event: None)
    assert isinstance(watch, CardWatch)
    watch.start()
    watch.stop()


def test_the_library_and_nothing_else(stack: PcscStack, vendor: Vendor) -> None:
    """A card in a PC/SC reader beside it is nobody's business."""
    stack.insert(0, CARD)
    assert told(read_one_card(by_library(vendor), None, WAIT)).card_sn == CARD_SN
    assert reader_names(by_library(vendor)) == (vendor.path.name,)


@pytest.mark.parametrize(
    ("interface", "number"),
    [("contact", 1), ("contactless", 2), ("contact-first", 3), ("contactless-first", 4)],
)
def test_every_interface_of_the_settings(vendor: Vendor, interface: str, number: int) -> None:
    read_one_card(by_library(vendor, interface=interface), "SSCard", 0)
    assert vendor.asked("iReadCardBas") == str(number)


def test_a_reader_of_another_name_is_not_there(vendor: Vendor) -> None:
    with pytest.raises(CardError) as error:
        read_one_card(by_library(vendor), "ACS", 0)
    assert error.value.kind is ProblemCode.NO_READER
    assert vendor.calls == []


@pytest.mark.parametrize(("verb", "works"), [("answer -2", True), ("answer -11", False)])
def test_what_the_self_test_asks_for(vendor: Vendor, verb: str, works: bool) -> None:
    vendor.behaves(iReadCardBas=verb)
    if works:
        assert reader_names(by_library(vendor)) == (vendor.path.name,)
        return
    with pytest.raises(CardError):
        reader_names(by_library(vendor))


def test_a_watch_over_the_library(vendor: Vendor) -> None:
    events: list[CardEvent] = []
    watch = card_watch(by_library(vendor, pin="pad"), events.append)
    watch.start()
    try:
        deadline = time.monotonic() + 10
        while not events and time.monotonic() < deadline:
            time.sleep(0.01)
    finally:
        watch.stop()
    (event,) = events
    assert isinstance(event, Inserted)
    assert vendor.calls[:2] == ["iReadCardBas ", "iVerifyPIN "]


def settings_with(vendor: Vendor, url: str = "https://fsi.example.invalid") -> Settings:
    voucher = VoucherSettings(library=str(vendor.path), url="http://ec", convention="cdecl")
    return Settings(platform=PlatformSettings(url=url), voucher=voucher)


def test_vouchers_through_the_library(vendor: Vendor) -> None:
    vendor.answers("NationEcTrans", b'{"code":0}')
    assert voucher_library_name(settings_with(vendor).voucher) == vendor.path.name
    with voucher_library(settings_with(vendor)) as vouchers:
        assert vouchers is not None
        assert vouchers(b"{}").body == b'{"code":0}'


def test_vouchers_over_our_own_line(vendor: Vendor) -> None:
    """Practice never asks a real service, whatever the settings name."""
    for settings in (Settings(), settings_with(vendor, url="")):
        with voucher_library(settings) as vouchers:
            assert vouchers is None
