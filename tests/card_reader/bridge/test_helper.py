"""The helper in this process: what it answers, and that it stands alone."""

from __future__ import annotations

import ast
import ctypes
import json
import os
import resource
import runpy
import sys
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from card_reader.bridge import helper
from card_reader.bridge.programs import HELPER
from card_reader.bridge.wire import PROTOCOL
from tests.rig.vendor_library import Vendor, card_text

ROOM = {"room": 65_536}


@pytest.fixture
def at_home(vendor: Vendor, monkeypatch: pytest.MonkeyPatch) -> Vendor:
    """The library in this process, whose folder is its own."""
    monkeypatch.chdir(vendor.folder)
    return vendor


def ask(vendor: Vendor, function: str, *arguments: object, text: bool = False) -> Mapping[str, Any]:
    library = helper.loaded(str(vendor.path), stdcall=True)
    question = {"id": 7, "function": function, "arguments": arguments, "text": text}
    return helper.answer_to(library, question)


def test_a_number_and_a_text_come_back(at_home: Vendor) -> None:
    told = ask(at_home, "iReadCardBas", 3, ROOM)
    assert (told["id"], told["fault"], told["code"], told["text"]) == (7, "", 0, None)
    assert b64decode(told["outs"][0]) == card_text().encode("gb18030")
    assert at_home.asked("iReadCardBas") == "3"


def test_a_negative_number_comes_back(at_home: Vendor) -> None:
    at_home.no_card()
    assert ask(at_home, "iReadCardBas", 3, ROOM)["code"] == -2


def test_a_function_that_returns_text(at_home: Vendor) -> None:
    given = [b64encode(text).decode() for text in (b"http://x", b"{}")]
    told = ask(at_home, "NationEcTrans", *given, ROOM, text=True)
    assert (told["code"], b64decode(told["text"])) == (None, b"0000")
    assert at_home.asked("NationEcTrans") == "http://x\n{}"


def test_a_null_pointer_is_no_text(at_home: Vendor) -> None:
    assert ask(at_home, "Nothing", text=True)["text"] is None


def test_a_missing_function_is_told(at_home: Vendor) -> None:
    assert ask(at_home, "iNowhere", 3)["fault"] == "missing"


class Stdcall32(ctypes.CDLL):
    """What a 32-bit compiler makes of a name without a definition file; no linker here can."""

    def __init__(self) -> None:
        super().__init__(None)

    def __getitem__(self, name_or_ordinal: str) -> Any:
        if name_or_ordinal != "_iVerifyPIN@8":
            raise AttributeError(name_or_ordinal)
        return "the function"


def test_a_function_is_found_as_32_bit_windows_writes_it() -> None:
    assert helper.function_of(Stdcall32(), "iVerifyPIN", 2) == "the function"
    with pytest.raises(AttributeError):
        helper.function_of(Stdcall32(), "iVerifyPIN", 3)


@pytest.mark.parametrize("length", [65_536, 65_537, 100_000])
def test_what_is_longer_than_its_room_is_told_and_spoils_nothing(
    at_home: Vendor, length: int
) -> None:
    at_home.behaves(iReadCardBas=f"flood {length}")
    told = ask(at_home, "iReadCardBas", 3, ROOM)
    assert (told["fault"], told["outs"]) == ("overflow", [])


def test_what_just_fits_is_taken(at_home: Vendor) -> None:
    at_home.behaves(iReadCardBas="flood 65535")
    assert b64decode(ask(at_home, "iReadCardBas", 3, ROOM)["outs"][0]) == b"A" * 65_535


@pytest.mark.parametrize("convention", [(), ("cdecl",)])
def test_it_says_what_it_is_then_answers(at_home: Vendor, convention: tuple[str, ...]) -> None:
    said: list[Mapping[str, object]] = []
    question = {"id": 1, "function": "iReadCardBas", "arguments": [3, ROOM], "text": False}
    helper.serve((str(at_home.path), *convention), iter([json.dumps(question)]), said.append)
    hello, answer = said
    bits = 64 if sys.maxsize > 2**32 else 32
    assert hello == {"protocol": PROTOCOL, "bits": bits, "loaded": True, "why": ""}
    assert answer["id"] == 1


def test_a_library_that_cannot_be_loaded_ends_it(tmp_path: Path) -> None:
    said: list[Mapping[str, object]] = []
    helper.serve((str(tmp_path / "nowhere.so"),), iter(["{}"]), said.append)
    (hello,) = said
    assert not hello["loaded"]
    assert "nowhere.so" in str(hello["why"])


@pytest.fixture(autouse=True)
def cores() -> Iterator[None]:
    """A system that keeps core files, on which the helper forgoes them; this process is none."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_CORE, before)


def test_the_whole_of_it_over_pipes(at_home: Vendor) -> None:
    """From the first line to the end of its input; the library's own input and output are none."""
    ended: SimpleQueue[int] = SimpleQueue()
    question_out, question_in = os.pipe()
    answer_out, answer_in = os.pipe()
    arguments = [str(at_home.path)], question_out, answer_in, ended.put
    thread = threading.Thread(target=helper.main, args=arguments)
    thread.start()
    with os.fdopen(answer_out) as answers, os.fdopen(question_in, "w") as questions:
        assert json.loads(answers.readline())["loaded"]
        os.write(answer_in, b"the library's own words\n")
        assert os.read(question_out, 10) == b""
        questions.write(
            '{"id":1,"function":"iReadCardBas","arguments":[3,{"room":999}],"text":false}\n'
        )
        questions.flush()
        assert json.loads(answers.readline())["code"] == 0
        questions.close()
        assert ended.get(timeout=5) == 0
    thread.join(5)
    assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    os.close(question_out)
    os.close(answer_in)


def test_it_is_a_program(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Its input here is at its end from the start."""
    ended = threading.Event()
    monkeypatch.setattr(os, "_exit", lambda _code: ended.set())
    monkeypatch.setattr(sys, "argv", [str(HELPER), str(tmp_path / "nowhere.so")])
    kept = [os.dup(0), os.dup(1)]
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    try:
        runpy.run_path(str(HELPER), run_name="__main__")
        assert ended.wait(5)
    finally:
        for descriptor, copy in enumerate(kept):
            os.dup2(copy, descriptor)
            os.close(copy)
        os.close(nothing)
    assert json.loads(capfd.readouterr().out)["loaded"] is False


def test_no_window_waits_for_a_click_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []

    class Kernel:
        SetErrorMode = staticmethod(told.append)

    class Windows:
        kernel32 = Kernel

    monkeypatch.setattr(ctypes, "windll", Windows, raising=False)
    monkeypatch.setitem(sys.modules, "resource", None)
    helper.keep_quiet()
    assert told == [0x8003]


def test_it_stands_alone_and_runs_under_old_pythons() -> None:
    """Windows 7 ends with Python 3.8; a 32-bit helper brings nothing but its Python."""
    tree = ast.parse(HELPER.read_text(encoding="utf-8"), feature_version=(3, 8))
    named = [node.names[0].name for node in ast.walk(tree) if isinstance(node, ast.Import)]
    named += [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert {name.split(".")[0] for name in named} <= sys.stdlib_module_names
    assert len(HELPER.read_text(encoding="utf-8").splitlines()) < 200
