"""A vendor's library in a real helper: what it does to itself it does not do to the desk (house rule 7)."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from card_reader.bridge.library import LibraryError, VendorFile, VendorLibrary
from card_reader.bridge.process import HelperProcess
from card_reader.bridge.wire import Answer, Call, Room
from desktop.domain.problems import ProblemCode
from tests.rig.vendor_library import NAME, NUMBER, Vendor, build, card_text, install

READ = Call("iReadCardBas", (3, Room(65_536)))
FIRST_REST = 0.5


class Clock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def failure(library: VendorLibrary, call: Call = READ, limit: float | None = None) -> LibraryError:
    with pytest.raises(LibraryError) as error:
        library.call(call, limit)
    return error.value


def pid_of(library: VendorLibrary) -> int:
    assert library._helper is not None
    return library._helper.pid


def alive(pid: int) -> bool:
    """A zombie is not."""
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


def test_one_helper_serves_every_call_on_one_thread(vendor: Vendor, library: VendorLibrary) -> None:
    texts = [library.call(READ).outs[0] for _ in range(3)]
    threads = [threading.Thread(target=library.call, args=(READ,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    first = pid_of(library)
    for thread in threads:
        thread.join()
    assert texts == [card_text().encode("gb18030")] * 3
    assert vendor.calls == ["iReadCardBas "] * 7
    assert pid_of(library) == first != os.getpid()


def test_a_slow_answer_within_its_time_is_taken(vendor: Vendor, library: VendorLibrary) -> None:
    vendor.behaves(iReadCardBas="slow 300")
    assert library.call(READ).code == 0


@pytest.mark.parametrize("verb", ["crash", "abort", "leave"])
def test_a_library_that_takes_its_process_down(vendor: Vendor, verb: str) -> None:
    with closing(VendorLibrary(vendor.file(), Clock())) as library:
        vendor.behaves(iReadCardBas=verb)
        error = failure(library)
        assert (error.kind, error.asked) == (ProblemCode.LIBRARY_FAILED, True)
        assert error.detail == "libSSCardDriver.so 异常退出"
        assert not list(vendor.folder.glob("core*"))


def test_a_library_that_hangs_is_killed_in_time(vendor: Vendor) -> None:
    with closing(VendorLibrary(vendor.file(), Clock())) as library:
        library.load()
        hung = pid_of(library)
        vendor.behaves(iReadCardBas="hang")
        began = time.monotonic()
        error = failure(library, limit=0.5)
        assert 0.5 <= time.monotonic() - began < 3
        assert (error.kind, error.asked) == (ProblemCode.LIBRARY_FAILED, True)
        assert error.detail == "libSSCardDriver.so 没有回应"
        assert not alive(hung)


def test_a_library_that_hangs_while_it_is_loaded_was_asked_nothing(vendor: Vendor) -> None:
    vendor.behaves(load="hang")
    with closing(VendorLibrary(vendor.file(limit=0.5), Clock())) as library:
        error = failure(library)
    assert (error.kind, error.asked) == (ProblemCode.LIBRARY_FAILED, False)
    assert error.detail == "libSSCardDriver.so 没有回应"


def test_a_library_that_crashes_while_it_is_loaded_was_asked_nothing(vendor: Vendor) -> None:
    vendor.behaves(load="crash")
    with closing(VendorLibrary(vendor.file(), Clock())) as library:
        error = failure(library)
    assert (error.kind, error.asked) == (ProblemCode.LIBRARY_FAILED, False)


def test_a_new_helper_comes_after_a_rest_that_grows(vendor: Vendor) -> None:
    clock = Clock()
    with closing(VendorLibrary(vendor.file(), clock)) as library:
        vendor.behaves(iReadCardBas="abort")
        for rest in (0.5, 1, 2, 4, 8, 16, 30, 30):
            assert failure(library).asked
            calls = len(vendor.calls)
            clock.now += rest - 0.01
            resting = failure(library)
            assert (resting.detail, resting.asked) == ("libSSCardDriver.so 异常退出", False)
            assert len(vendor.calls) == calls, "while it rests nobody is started"
            clock.now += 0.02
        vendor.card()
        assert library.call(READ).code == 0
        vendor.behaves(iReadCardBas="abort")
        assert failure(library).asked
        clock.now += FIRST_REST
        assert failure(library).asked, "an answer makes the next rest a short one again"


@pytest.mark.parametrize("length", [65_536, 120_000])
def test_a_library_that_writes_too_much_is_replaced(vendor: Vendor, length: int) -> None:
    clock = Clock()
    with closing(VendorLibrary(vendor.file(), clock)) as library:
        library.call(READ)
        spoilt = pid_of(library)
        vendor.behaves(iReadCardBas=f"flood {length}")
        assert failure(library).detail.endswith("写出了缓冲区")
        assert not alive(spoilt)
        vendor.card()
        clock.now += FIRST_REST
        assert library.call(READ).code == 0


def test_what_it_prints_and_reads_itself_disturbs_nothing(
    vendor: Vendor, library: VendorLibrary, capfd: pytest.CaptureFixture[str]
) -> None:
    """It prints a line as the helper would, and waits for input: there is none."""
    vendor.behaves(iReadCardBas="spill")
    assert [library.call(READ).code for _ in range(2)] == [0, 0]
    assert capfd.readouterr() == ("", "")


def test_processes_that_it_starts_go_with_it(vendor: Vendor) -> None:
    with closing(VendorLibrary(vendor.file(), Clock())) as library:
        vendor.behaves(iReadCardBas="offspring")
        library.call(READ)
        children = Path(f"/proc/{pid_of(library)}/task/{pid_of(library)}/children")
        (child,) = map(int, children.read_text(encoding="ascii").split())
        assert alive(child)
    deadline = time.monotonic() + 5
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not alive(child)


def test_closing_does_not_wait_for_a_call_that_hangs(vendor: Vendor) -> None:
    vendor.behaves(iReadCardBas="hang")
    library = VendorLibrary(vendor.file(limit=60))
    errors: list[LibraryError] = []
    thread = threading.Thread(target=lambda: errors.append(failure(library)))
    thread.start()
    while not vendor.calls:
        time.sleep(0.01)
    began = time.monotonic()
    library.close()
    thread.join(5)
    assert time.monotonic() - began < 3
    assert errors[0].detail.endswith("异常退出")
    assert failure(library).detail.endswith("已关闭")


def test_closing_waits_for_who_is_just_starting_a_helper(vendor: Vendor) -> None:
    library = VendorLibrary(vendor.file())
    library._turn.acquire()
    threading.Timer(0.15, library._turn.release).start()
    began = time.monotonic()
    library.close()
    assert 0.1 < time.monotonic() - began < 2


def test_a_helper_that_has_ended_is_not_killed_again(vendor: Vendor) -> None:
    """Its number may be another process's by then."""
    helper = HelperProcess([sys.executable, "-c", ""], vendor.folder)
    helper.end()
    with subprocess.Popen(["sleep", "5"], start_new_session=True) as other:
        helper._process.pid = other.pid
        helper.kill()
        assert other.poll() is None
        other.kill()


def test_a_helper_ends_with_its_desk_though_its_library_hangs(vendor: Vendor) -> None:
    """A desk that is killed leaves nobody behind who holds the reader."""
    vendor.behaves(iReadCardBas="hang")
    program = (
        "import sys; from pathlib import Path\n"
        "from card_reader.bridge.library import *\n"
        "from card_reader.bridge.wire import *\n"
        "library = VendorLibrary(VendorFile(Path(sys.argv[1])))\n"
        "library.load(); print(library._helper.pid, flush=True)\n"
        "library.call(Call('iReadCardBas', (3, Room(99))))\n"
    )
    order = [sys.executable, "-c", program, str(vendor.path)]
    with subprocess.Popen(order, stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        helper = int(desk.stdout.readline())
        while not vendor.calls:
            time.sleep(0.01)
        desk.kill()
    deadline = time.monotonic() + 5
    while alive(helper) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not alive(helper)


def test_nothing_of_a_person_stands_in_a_command_line_or_a_log(
    vendor: Vendor, library: VendorLibrary, caplog: pytest.LogCaptureFixture
) -> None:
    """House rule 8."""
    answer = library.call(READ)
    line = Path(f"/proc/{pid_of(library)}/cmdline").read_bytes().decode()
    assert str(vendor.path) in line
    asked = Call("NationEcTrans", (b"http://x", NUMBER.encode(), Room(99)), text=True)
    vendor.behaves(iReadCardBas="abort")
    told = [line, repr(answer), repr(asked), repr(Answer(1, text=NUMBER.encode()))]
    told += [repr(failure(library)), caplog.text]
    for text in told:
        assert NAME not in text
        assert NUMBER not in text


# --- what is not installed as it should be -----------------------------------------------------


def unusable(file: VendorFile, call: Call = READ) -> str:
    with closing(VendorLibrary(file, Clock())) as library:
        error = failure(library, call)
        assert failure(library, call).detail == error.detail, "told again while it rests"
    assert (error.kind, error.asked) == (ProblemCode.LIBRARY_UNUSABLE, False)
    return error.detail


def test_a_library_without_the_function(tmp_path: Path) -> None:
    empty = install(build(tmp_path / "libOther.so", "EMPTY"), tmp_path / "there")
    assert unusable(empty.file()) == "libOther.so 缺少函数 iReadCardBas"


def test_a_library_that_is_not_there(vendor: Vendor) -> None:
    vendor.path.unlink()
    assert unusable(vendor.file()).startswith("libSSCardDriver.so No such file")


def test_a_file_that_is_no_library(vendor: Vendor) -> None:
    vendor.path.write_bytes(b"MZ, but nothing else")
    assert unusable(vendor.file()) == "libSSCardDriver.so not a library"


def test_a_library_that_the_system_cannot_load(vendor: Vendor) -> None:
    vendor.path.write_bytes(vendor.path.read_bytes()[:200])
    assert "装载失败（64 位）" in unusable(vendor.file())


def as_32_bits(vendor: Vendor) -> None:
    raw = bytearray(vendor.path.read_bytes())
    raw[4] = 1
    vendor.path.write_bytes(raw)


def test_a_32_bit_library_needs_a_32_bit_helper(vendor: Vendor) -> None:
    as_32_bits(vendor)
    assert unusable(vendor.file()) == "libSSCardDriver.so 没有随装 32 位助手程序"


def lay_program(vendor: Vendor, name: str, script: str) -> None:
    program = vendor.file().helpers / "32" / name
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def test_a_helper_of_the_wrong_bits_is_told(vendor: Vendor) -> None:
    """Somebody laid a 64-bit Python where the 32-bit one belongs."""
    as_32_bits(vendor)
    lay_program(vendor, "python", f'exec {sys.executable} "$@"')
    assert "装载失败（64 位）" in unusable(vendor.file())


@pytest.mark.parametrize(
    ("script", "detail"),
    [
        ("""echo '{"protocol":9,"bits":32,"loaded":true}'""", "助手程序是第 9 版，应为第 1 版"),
        ("", None),
        ("echo hello", None),
        ("""echo '{"protocol":1,"bits":32,"loaded":true}'; read q; echo '{"id":99}'""", None),
        ("""echo '{"protocol":1,"bits":32,"loaded":true}'; read q; echo '{"id":1}'""", None),
        ("""echo '{"protocol":1,"bits":32,"loaded":true}'; exec <&-; sleep 0.1""", None),
    ],
    ids=["another version", "silent end", "nonsense", "another's answer", "half an answer", "deaf"],
)
def test_a_helper_that_is_none(vendor: Vendor, script: str, detail: str | None) -> None:
    as_32_bits(vendor)
    lay_program(vendor, "library-helper", script)
    if detail:
        assert unusable(vendor.file()).endswith(detail)
        return
    with closing(VendorLibrary(vendor.file(), Clock())) as library:
        assert failure(library).detail.endswith("异常退出")


def test_a_helper_that_cannot_be_started(vendor: Vendor) -> None:
    as_32_bits(vendor)
    lay_program(vendor, "library-helper", "")
    (vendor.file().helpers / "32" / "library-helper").write_bytes(b"\x7fno program")
    assert "助手程序起不来" in unusable(vendor.file())
