"""A camera by OpenCV: an extra (``pip install kuasheng-desk[camera]``), not needed otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from card_reader.faults import CardError, DeviceGone
from desktop.domain.problems import ProblemCode

if TYPE_CHECKING:
    from cv2 import VideoCapture


class OpenCvCamera:
    """``name``: the camera's number, or a file or address that OpenCV opens.

    Raises ``DeviceGone``, and ``CardError`` (CAMERA_LOST) where OpenCV is not installed.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._capture = _opened(name)
        if not self._capture.isOpened():
            raise DeviceGone(name)

    def picture(self) -> object:
        came, picture = self._capture.read()
        if not came:
            raise DeviceGone(self._name)
        return picture

    def close(self) -> None:
        self._capture.release()


def _opened(name: str) -> VideoCapture:
    try:
        import cv2  # 200 ms, and absent where no camera is
    except ImportError:
        raise CardError(ProblemCode.CAMERA_LOST, "没有安装 opencv-python-headless") from None
    cv2.utils.logging.setLogLevel(
        cv2.utils.logging.LOG_LEVEL_SILENT
    )  # it would write to stderr each time that the camera is away
    return cv2.VideoCapture(int(name) if name.isdigit() else name)
