"""ID card reader, serial scanner and camera at the real window (S0-29, cards.md A7, A8)."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import zxingcpp

from tests.journey.at_the_window import SEEN_AFTER, Surroundings
from tests.rig.id_card import card_of
from tests.rig.serial_device import IdReaderDevice, SerialDevice
from tests.rig.town import townsman
from tests.window.till import DONE, OFFER, READY, SETTLED, Till, till_among

ORDINARY, RETIRED = townsman(0), townsman(1)


def with_settings(profile: Path, text: str) -> None:
    profile.mkdir()
    (profile / "settings.toml").write_text(text, encoding="utf-8")


def with_bill(till: Till, person: Mapping[str, Any], **bill: Any) -> None:
    till.booth.drop(person, **bill)
    time.sleep(SEEN_AFTER)


@pytest.mark.req("S0-29", "S4-17")
def test_from_the_id_card_to_the_slip_and_the_next_patient_by_a_scanner_on_a_port(
    around: Surroundings, profile: Path, tmp_path: Path
) -> None:
    """The scanner is pulled out and put back meanwhile: nobody waits, nothing is restarted."""
    with IdReaderDevice(tmp_path / "ttyID") as reader, SerialDevice(tmp_path / "ttyQR") as scanner:
        with_settings(
            profile, f"[id_reader]\nport='{reader.port}'\n[scanner]\nport='{scanner.port}'\n"
        )
        with till_among(around, profile) as till:
            with_bill(till, ORDINARY)
            reader.put(card_of(ORDINARY))
            till.sees(OFFER)
            assert ORDINARY["name"] in till.words()
            scanner.unplug()
            till.press("F8", "F9")
            till.sees(SETTLED)
            till.press("F10")
            till.sees(DONE)
            till.press("F2")
            till.says("扫码器没有连上")
            scanner.plug()
            till.sees(READY)
            till.booth.await_that(
                "扫码器没有恢复", lambda: "扫码器没有连上" not in "\n".join(till.words())
            )
            with_bill(till, RETIRED, bill_no="B0002", visit_no="V0002")
            scanner.send(f"{till.platform.voucher(RETIRED['certno'])}\r\n".encode(), 7, 0.01)
            till.sees(OFFER)
            assert RETIRED["name"] in till.words()


@pytest.mark.slow
def test_an_expired_id_card_and_one_that_cannot_be_read(
    around: Surroundings, profile: Path, tmp_path: Path
) -> None:
    with IdReaderDevice(tmp_path / "ttyID") as reader:
        with_settings(profile, f"[id_reader]\nport='{reader.port}'\n")
        with till_among(around, profile) as till:
            reader.behave("refuses-select", 2)
            reader.put(card_of(ORDINARY))
            till.says("拿开再放一次")
            reader.put(card_of(ORDINARY, expires="20200101"))
            till.says("身份证已过有效期")


@pytest.mark.slow
def test_a_phone_before_the_camera(around: Surroundings, profile: Path, tmp_path: Path) -> None:
    """A camera that sees an empty counter for a while, then a voucher; its file ends, it is opened
    anew, and the patient is asked about once all the same: the code was used.
    """
    empty = np.full((480, 640), 200, np.uint8)
    with_settings(profile, f"[scanner]\ncamera='{tmp_path}/see%03d.png'\n")
    with till_among(around, profile) as till:
        with_bill(till, ORDINARY)
        code = zxingcpp.create_barcode(
            till.platform.voucher(ORDINARY["certno"]), zxingcpp.BarcodeFormat.QRCode
        )
        phone = empty.copy()
        image = np.array(code.to_image(scale=6))
        phone[50 : 50 + image.shape[0], 50 : 50 + image.shape[1]] = image
        for number, picture in enumerate((*[empty] * 3, phone)):
            assert cv2.imwrite(str(tmp_path / f"see{number:03}.png"), picture)
        till.sees(OFFER)
        assert ORDINARY["name"] in till.words()
