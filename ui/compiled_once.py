"""What PySide compiles of its own at every start, kept from start to start as Python keeps modules.

Its libraries carry a dozen modules as text, zipped, and compile them whenever they are loaded: 20 ms
before there is any window. Python's own way of keeping what it compiled does not see them; PySide's
(``SBK_EMBED=0``) unpacks them into its own folder, which an update would leave behind.

The file is made where and when Python makes those of modules. Who installs into a folder that nobody
may write calls :func:`ui.imports.import_as_usual` once, beside ``compileall``.
"""

from __future__ import annotations

import builtins
import marshal
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash
from pathlib import Path
from types import CodeType
from typing import TypeAlias

Kept: TypeAlias = dict[tuple[str, bytes], CodeType]
"""By the name of the file and the hash of its text: whatever else is there, is not used."""


@contextmanager
def compiled_once(file: Path) -> Iterator[None]:
    """Within the block, ``compile`` takes from the file what was compiled before.

    A file that cannot be read is none; one that cannot be written is not.
    """
    kept = _read(file)
    before, usual = len(kept), builtins.compile
    builtins.compile = _keeping(kept, usual)  # type: ignore[assignment]
    try:
        yield
    finally:
        builtins.compile = usual
    if len(kept) > before and not sys.dont_write_bytecode:
        _write(file, kept)


def beside(module: str) -> Path:
    """Where Python would keep the module of that name, of the folder of this one."""
    return Path(cache_from_source(str(Path(__file__).with_name(f"{module}.py"))))


def _keeping(kept: Kept, usual: Callable[..., object]) -> Callable[..., object]:
    def compile_once(
        source: object, name: object, mode: str, *args: object, **more: object
    ) -> object:
        plain = mode == "exec" and not args and not more
        if not plain or not isinstance(source, bytes) or not isinstance(name, str):
            return usual(source, name, mode, *args, **more)
        key = name, source_hash(source)
        if key not in kept:
            made = usual(source, name, mode)
            assert isinstance(made, CodeType)
            kept[key] = made
        return kept[key]

    return compile_once


def _read(file: Path) -> Kept:
    with suppress(OSError, EOFError, ValueError, TypeError):
        data = file.read_bytes()
        if data.startswith(MAGIC_NUMBER):
            kept: Kept = marshal.loads(data[len(MAGIC_NUMBER) :])  # noqa: S302 - as Python's own
            return kept
    return {}


def _write(file: Path, kept: Kept) -> None:
    """Whole or not at all: another window may start now."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_name(f"{file.name}.{os.getpid()}")
        unfinished.write_bytes(MAGIC_NUMBER + marshal.dumps(kept))
        unfinished.replace(file)
