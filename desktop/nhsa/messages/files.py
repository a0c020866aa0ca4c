"""9101 文件上传, 9102 文件下载 (interface document 1.5)."""

from __future__ import annotations

import msgspec

from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.wire import Node


class UploadData(Node, frozen=True, kw_only=True):
    """``fsUploadIn``; the zip travels as an array of byte numbers inside the envelope."""

    content: bytes = msgspec.field(name="in")
    filename: str
    fixmedins_code: str


class UploadInput(Node, frozen=True, kw_only=True):
    upload: UploadData = msgspec.field(name="fsUploadIn")


class UploadOutput(Node, frozen=True, kw_only=True):
    """Without a node: the fields stand in ``output`` itself."""

    file_qury_no: str
    filename: str
    fixmedins_code: str | None = None
    dld_endtime: str | None = None


class DownloadData(Node, frozen=True, kw_only=True):
    """``fsDownloadIn``; for a 3202 result the own ``fixmedins_code``."""

    file_qury_no: str
    filename: str
    fixmedins_code: str


class DownloadInput(Node, frozen=True, kw_only=True):
    download: DownloadData = msgspec.field(name="fsDownloadIn")


class DownloadOutput(Node, frozen=True, kw_only=True):
    """The body of a yes, which has no envelope."""

    content: bytes


def _downloaded(body: bytes) -> DownloadOutput:
    return DownloadOutput(content=body)


UPLOAD = Transaction("9101", "fileupload/upload", UploadInput, UploadOutput)
DOWNLOAD = Transaction(
    "9102", "fileupload/download", DownloadInput, DownloadOutput, of_file=_downloaded
)
