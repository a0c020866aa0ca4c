"""What PySide compiles at each start is compiled once; a bad file of it keeps nothing from starting."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Sequence
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import pytest

from ui.compiled_once import beside, compiled_once

_TEXT = b"answer = 6 * 7\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "made" / "kept.pyc"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The names of what Python really compiles."""
    usual, names = builtins.compile, list[object]()

    def watched(source: object, name: object, *args: object, **more: object) -> object:
        names.append(name)
        return usual(source, name, *args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(builtins, "compile", watched)
    return names


def _answer(file: Path, text: bytes = _TEXT, name: str = "first.py") -> object:
    room: dict[str, object] = {}
    with compiled_once(file):
        exec(compile(text, name, "exec"), room)  # noqa: S102
    return room["answer"]


def test_the_second_start_compiles_nothing(file: Path, compiled: list[object]) -> None:
    assert [_answer(file), _answer(file)] == [42, 42]
    assert compiled == ["first.py"]


@pytest.mark.parametrize(
    ("text", "name", "answer"), [(b"answer = 1\n", "first.py", 1), (_TEXT, "second.py", 42)]
)
def test_another_text_or_file_is_compiled(
    text: bytes, name: str, answer: int, file: Path, compiled: list[object]
) -> None:
    _answer(file)
    assert _answer(file, text, name) == answer
    assert compiled == ["first.py", name]


@pytest.mark.parametrize("content", [b"", b"of another Python", MAGIC_NUMBER, MAGIC_NUMBER + b"?"])
def test_a_file_that_cannot_be_read_is_none(content: bytes, file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    assert _answer(file) == 42


def test_a_folder_that_cannot_be_written_is_left_alone(file: Path) -> None:
    file.parent.write_bytes(b"a file where the folder should be")
    assert _answer(file) == 42


def test_who_wants_no_bytecode_gets_none(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert _answer(file) == 42
    assert not file.exists()


@pytest.mark.parametrize(
    ("arguments", "flags"), [(("6 * 7", "a", "eval"), ()), ((b"", "a", "exec"), (0,))]
)
def test_every_other_way_to_compile_is_as_ever(
    arguments: tuple[str | bytes, str, str], flags: Sequence[int], file: Path
) -> None:
    with compiled_once(file):
        compile(*arguments, *flags)
    assert not file.exists()


def test_python_compiles_as_before_afterwards(file: Path) -> None:
    usual = builtins.compile
    with pytest.raises(ZeroDivisionError), compiled_once(file):
        raise ZeroDivisionError
    assert builtins.compile is usual


def test_it_lies_where_python_keeps_the_modules_of_the_window() -> None:
    assert beside("imports").name == Path(__import__("ui.imports").imports.__cached__).name
