"""Why a file could not be written: never the system's English."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from desktop.domain.disk_faults import why_not_written


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "slips").write_text("", encoding="utf-8")
    with pytest.raises(OSError, match="slips") as caught:
        (tmp_path / "slips").mkdir()
    assert why_not_written(caught.value) == "要用的文件夹名被一个文件占着"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
        (OSError(errno.EMFILE, "Too many open files"), "系统不让写文件 EMFILE"),
        (OSError("nothing told"), "系统不让写文件"),
    ],
)
def test_the_cause_is_named(fault: OSError, words: str) -> None:
    assert why_not_written(fault) == words
