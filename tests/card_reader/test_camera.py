"""QR pictures really decoded, from a camera that is really opened (S0-29, S2-29)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import zxingcpp

from card_reader.camera import CodeCamera, codes_in
from card_reader.counter_devices import CounterDevices, lanes
from card_reader.faults import CardError, DeviceGone
from card_reader.hardware import Pulse
from card_reader.noticed import CodeSeen, Source
from card_reader.opencv_camera import OpenCvCamera
from desktop.domain.problems import ProblemCode
from tests.card_reader.witness import Witness

VOUCHER = "4241234567890123456789430000"
OTHER = "opcAbCdEfGhIjKlMnOpQrStUvWxY"
PULSE = Pulse(lambda: 0.0)
EMPTY = np.full((480, 640), 200, np.uint8)


def shown(*texts: str, kind: Any = zxingcpp.BarcodeFormat.QRCode, scale: int = 4) -> Any:
    """A counter of 640 x 480 grey dots on which phones show these codes side by side."""
    picture = EMPTY.copy()
    for place, text in enumerate(texts):
        code = np.array(zxingcpp.create_barcode(text, kind).to_image(scale=scale))
        left = 40 + place * 300
        picture[100 : 100 + code.shape[0], left : left + code.shape[1]] = code
    return picture


def tilted(picture: Any, degrees: float) -> Any:
    turn = cv2.getRotationMatrix2D((320, 240), degrees, 0.9)
    return cv2.warpAffine(picture, turn, (640, 480), borderValue=(200,))


@pytest.mark.req("S0-29", "S2-29")
@pytest.mark.parametrize("text", [VOUCHER, OTHER, "https://example.invalid/健康码"])
@pytest.mark.parametrize("degrees", [0, 17, 90, 200])
def test_a_code_on_a_phone_is_read_however_it_is_held(text: str, degrees: float) -> None:
    picture = tilted(shown(text), degrees)
    assert codes_in(picture) == (text,)
    assert codes_in(cv2.GaussianBlur(picture, (3, 3), 0)) == (text,)
    assert codes_in(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)) == (text,)
    assert codes_in(255 - picture) == (text,)


def test_two_phones_are_two_codes() -> None:
    assert set(codes_in(shown(VOUCHER, OTHER))) == {VOUCHER, OTHER}


def test_bars_of_a_voucher_are_read_and_those_of_a_box_are_not() -> None:
    bars = zxingcpp.BarcodeFormat
    assert codes_in(shown(VOUCHER, kind=bars.Code128, scale=2)) == (VOUCHER,)
    assert codes_in(shown("6901234567892", kind=bars.EAN13, scale=2)) == ()


def test_a_picture_without_a_code() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (480, 640), np.uint8)
    assert codes_in(EMPTY) == ()
    assert codes_in(noise) == ()


class Pictures:
    """A camera that sees these pictures, one after the other."""

    def __init__(self, *pictures: Any) -> None:
        self._pictures = iter(pictures)
        self.closed = False

    def picture(self) -> object:
        return next(self._pictures)

    def close(self) -> None:
        self.closed = True


def test_a_phone_held_before_the_camera_is_one_scan_until_it_was_away() -> None:
    one, two = shown(VOUCHER), shown(VOUCHER, OTHER)
    source = Pictures(EMPTY, one, one, two, one, EMPTY, one)
    times = iter((0.0, 0.1, 1.5, 1.6, 3.0, 3.1, 5.1))
    camera = CodeCamera(source, lambda: next(times))
    told = [tuple(event.text for event in _codes(camera)) for _ in range(7)]
    assert told == [(), (VOUCHER,), (), (OTHER,), (), (), (VOUCHER,)]
    camera.close()
    assert source.closed


def _codes(camera: CodeCamera) -> Iterator[CodeSeen]:
    for event in camera.step(PULSE):
        assert isinstance(event, CodeSeen)
        assert event.source is Source.CAMERA
        yield event


def film(folder: Path, *pictures: Any) -> str:
    """A file that OpenCV opens as it opens a camera, and whose pictures end."""
    for number, picture in enumerate(pictures):
        assert cv2.imwrite(str(folder / f"picture{number:03}.png"), picture)
    return str(folder / "picture%03d.png")


def test_a_camera_really_opened(tmp_path: Path) -> None:
    camera = OpenCvCamera(film(tmp_path, EMPTY, shown(VOUCHER)))
    assert [codes_in(camera.picture()) for _ in range(2)] == [(), (VOUCHER,)]
    with pytest.raises(DeviceGone):
        camera.picture()
    camera.close()


@pytest.mark.parametrize("name", ["99", "nowhere.png"])
def test_a_camera_that_is_not_there(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    """OpenCV would write about it each half second."""
    with pytest.raises(DeviceGone):
        OpenCvCamera(name)
    assert capfd.readouterr().err == ""


def test_without_the_library_it_is_said_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "cv2", None)
    with pytest.raises(CardError) as missing:
        OpenCvCamera("0")
    assert missing.value.kind is ProblemCode.CAMERA_LOST
    assert "opencv" in missing.value.detail


def test_from_the_camera_to_the_window_by_its_own_lane(tmp_path: Path) -> None:
    """The film ends, the camera is gone and opened anew: what it sees again at once is no news
    for the first lane, but a new one for the next.
    """
    name = film(
        tmp_path,
        *(picture for picture, _ in zip(cycle((EMPTY, shown(VOUCHER))), range(9), strict=False)),
    )
    witness = Witness()
    (lane,) = lanes(CounterDevices(camera=name), witness)
    lane.start()
    assert witness.next(CodeSeen, 5.0) == CodeSeen(Source.CAMERA, VOUCHER)
    lane.stop()
