"""A camera as a scanner: pictures from a source behind a port, their codes by zxing-cpp."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from card_reader.hardware import Pulse
from card_reader.noticed import CodeSeen, Noticed, Source
from card_reader.repeats import Repeats

_OUT_OF_SIGHT = 2.0
"""Seconds; a code that was away so long is shown anew."""


class CameraSource(Protocol):
    """Where pictures come from. Both calls may be made on one thread only."""

    def picture(self) -> object:
        """The next picture: rows of grey or BGR bytes, as a buffer with its shape.

        Raises :class:`~card_reader.faults.DeviceGone`; may block for as long as the driver does.
        """
        ...

    def close(self) -> None:
        """Never raises."""
        ...


class CodeCamera:
    """The camera as a device of a lane."""

    rest = 0.1

    def __init__(self, source: CameraSource, clock: Callable[[], float]) -> None:
        self._source = source
        self._clock = clock
        self._repeats = Repeats(_OUT_OF_SIGHT)

    def step(self, _pulse: Pulse) -> tuple[Noticed, ...]:
        """The codes of one picture that were not there before. Raises ``DeviceGone``."""
        codes, now = codes_in(self._source.picture()), self._clock()
        return tuple(
            CodeSeen(Source.CAMERA, code) for code in codes if self._repeats.is_new(code, now)
        )

    def close(self) -> None:
        self._source.close()


def codes_in(picture: object) -> tuple[str, ...]:
    """The texts of all QR codes and 医保码 bars in the picture.

    Other bars are left alone: every box of medicine that is put down has one.
    """
    import zxingcpp  # 10 ms, and absent where no camera is

    wanted = zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128
    formats = zxingcpp.BarcodeFormats(wanted)
    found = zxingcpp.read_barcodes(picture, formats, text_mode=zxingcpp.TextMode.Plain)
    return tuple(code.text for code in found if code.text)
