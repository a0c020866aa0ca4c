"""9101 文件上传, 9102 文件下载: each institution's own files, for a week of the real clock.

The catalogue files of 1301…1309 are in a keeping of their own, ``plc``, open to everyone.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from desktop.nhsa.messages.catalogue_download import CATALOGUE_KEEPING
from desktop.nhsa.messages.files import (
    DownloadInput,
    DownloadOutput,
    UploadInput,
    UploadOutput,
)
from desktop.sandbox.calls import Call, time_text
from desktop.sandbox.model import StoredFile
from desktop.sandbox.refusals import Reason, Refused
from desktop.sandbox.state import file_key

KEPT: Final = timedelta(days=7)


def upload(call: Call, asked: UploadInput) -> UploadOutput:
    data = asked.upload
    _check_institution(call, data.fixmedins_code)
    stored = keep(call, data.filename, data.content)
    return UploadOutput(
        file_qury_no=stored.number,
        filename=stored.filename,
        fixmedins_code=stored.institution,
        dld_endtime=time_text(stored.ends),
    )


def download(call: Call, asked: DownloadInput) -> DownloadOutput:
    data = asked.download
    if data.fixmedins_code != CATALOGUE_KEEPING:
        _check_institution(call, data.fixmedins_code)
    stored = stored_file(call, data.file_qury_no, data.fixmedins_code)
    if stored.filename != data.filename:
        raise Refused(Reason.FILE_UNKNOWN, number=data.file_qury_no)
    return DownloadOutput(content=stored.content)


def keep(call: Call, filename: str, content: bytes, keeping: str = "") -> StoredFile:
    """A new file of the asking institution, or in another keeping.

    Numbers look like paths, as genuine ones do.
    """
    stored = StoredFile(
        number=call.state.number("fsi/plc/", 24),
        institution=keeping or call.head.fixmedins_code,
        filename=filename,
        content=content,
        ends=call.real_now + KEPT,
    )
    return call.state.files.put(file_key(stored.institution, stored.number), stored)


def stored_file(call: Call, number: str, keeping: str = "") -> StoredFile:
    """A file of the asking institution, or in another keeping; raises :class:`Refused`."""
    stored = call.state.files.get(file_key(keeping or call.head.fixmedins_code, number))
    if stored is None:
        elsewhere = any(number == each.number for each in call.state.files)
        raise Refused(Reason.FILE_ELSEWHERE if elsewhere else Reason.FILE_UNKNOWN, number=number)
    if call.real_now >= stored.ends:
        raise Refused(Reason.FILE_EXPIRED, number=number)
    return stored


def _check_institution(call: Call, code: str) -> None:
    if code != call.head.fixmedins_code:
        raise Refused(Reason.FIELD_WRONG, field="fixmedins_code")
