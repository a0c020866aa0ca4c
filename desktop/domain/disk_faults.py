"""Why a file could not be written, in words that a cashier can pass on."""

from __future__ import annotations

import errno

_CAUSES = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "磁盘是只读的",
    errno.EACCES: "没有写入的权限",
    errno.EPERM: "没有写入的权限",
    errno.EEXIST: "要用的文件夹名被一个文件占着",
    errno.ENOTDIR: "要用的文件夹名被一个文件占着",
    errno.ENOENT: "文件夹不见了",
    errno.EISDIR: "要用的文件名被一个文件夹占着",
    errno.EIO: "磁盘读写出错",
}


def why_not_written(fault: OSError) -> str:
    """The cause in Chinese; one without words of its own by the system's code: ``EMFILE``."""
    number = fault.errno or 0
    known = _CAUSES.get(number)
    return known or f"系统不让写文件 {errno.errorcode.get(number, '')}".strip()
