"""Facts of the project as a whole, read from its files."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.plugins.time_budget import TESTS, read_budgets, suite_of

ROOT = TESTS.parent
LOCKS = ROOT / "requirements"
PRODUCT = ("desktop", "ui", "printing", "card_reader")
HOUSE = {*PRODUCT, "installer", "tests"}
BESIDE = {".ci", ".git", "benchmarks", "docs", "requirements"}
TEXT = {".cfg", ".json", ".md", ".ps1", ".py", ".sh", ".toml", ".txt", ".yml", ""}

REGISTRIES = re.compile(r"pypi\.org|pythonhosted\.org|[/]simple[/]")
OUTSIDE = re.compile(r"\.\.[/]shared|[/]work[/]")


def ignored_names() -> set[str]:
    """The plain folder names of .gitignore."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    return {line.strip("/") for line in lines if line.endswith("/") and "*" not in line}


IGNORED = ignored_names() | {".git"}


def texts(root: Path = ROOT) -> Iterator[Path]:
    for path in sorted(root.iterdir()):
        if path.is_dir() and path.name not in IGNORED:
            yield from texts(path)
        elif path.is_file() and path.suffix in TEXT:
            yield path


def sources(*folders: str) -> list[Path]:
    return [path for name in folders for path in texts(ROOT / name) if path.suffix == ".py"]


def containing(pattern: re.Pattern[str], files: Iterable[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in files
        if (found := pattern.search(path.read_text(encoding="utf-8")))
    ]


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def canonical(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name is not None, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def pins(lock: str) -> dict[str, str]:
    """Each requirement of a lock file: its name, and everything up to the next one."""
    text = (LOCKS / lock).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    return {canonical(block): block for block in blocks}


def version(pin: str) -> str:
    return pin.partition("==")[2].partition(" ")[0]


def test_no_file_names_a_package_index() -> None:
    assert containing(REGISTRIES, texts()) == []


@pytest.mark.parametrize("lock", ["build.txt", "dev.txt", "runtime.txt"])
def test_every_pin_has_an_exact_version_and_hashes_and_no_address(lock: str) -> None:
    for pin in pins(lock).values():
        assert re.match(r"[a-z0-9-]+==\S+ ", pin), pin
        assert "--hash=sha256:" in pin, pin
        assert "://" not in pin, pin
    assert not re.search(r"^\s*-", (LOCKS / lock).read_text(encoding="utf-8").replace("--hash", ""))


def test_the_locks_cover_every_direct_dependency() -> None:
    project = pyproject()["project"]
    runtime = {canonical(requirement) for requirement in project["dependencies"]}
    dev = {canonical(requirement) for requirement in project["optional-dependencies"]["dev"]}
    assert runtime <= pins("runtime.txt").keys()
    assert runtime | dev <= pins("dev.txt").keys()


def test_the_build_lock_covers_the_build_backend() -> None:
    build = {canonical(requirement) for requirement in pyproject()["build-system"]["requires"]}
    assert build <= pins("build.txt").keys()


def test_development_runs_on_the_versions_that_are_shipped() -> None:
    dev = pins("dev.txt")
    for name, pin in pins("runtime.txt").items():
        assert version(dev[name]) == version(pin), name


@pytest.mark.parametrize(
    ("name", "marker"),
    [
        ("pyscard", None),
        ("sqlcipher3", None),
        ("pywin32-ctypes", "sys_platform == 'win32'"),
        ("secretstorage", "sys_platform == 'linux'"),
    ],
)
def test_one_lock_serves_linux_and_windows(name: str, marker: str | None) -> None:
    first_line = pins("runtime.txt")[name].splitlines()[0]
    assert marker in first_line if marker else ";" not in first_line


def test_the_top_level_folders_are_those_of_the_house() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()}
    built = {name for name in folders if name in IGNORED or name.endswith(".egg-info")}
    assert folders - built - BESIDE == HOUSE


def test_nothing_reads_what_lies_outside_the_clone() -> None:
    code = (p for p in texts() if p.suffix in {".py", ".sh", ".toml", ""})
    assert containing(OUTSIDE, code) == []


def imported_modules(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("source", sources("desktop/domain"), ids=lambda path: path.name)
def test_the_domain_imports_the_standard_library_only(source: Path) -> None:
    foreign = [
        name
        for name in imported_modules(source)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not name.startswith("desktop.domain")
    ]
    assert foreign == []


def test_every_room_has_its_floor() -> None:
    """Only the practice platform stands beside the house; its own contracts bind it."""
    contracts = pyproject()["tool"]["importlinter"]["contracts"]
    house = next(contract for contract in contracts if contract["id"] == "floors")
    floors = {room for floor in house["layers"] for room in floor.split(" | ")}
    modules = {path.stem for path in (ROOT / "desktop").iterdir() if path.name not in IGNORED}
    rooms = {f"desktop.{name}" for name in modules - {"__init__"}} | set(PRODUCT) - {"desktop"}
    assert rooms - {"desktop.sandbox"} == floors


def function_lengths(source: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield f"{source.relative_to(ROOT)}:{node.name}", lines


def test_no_function_is_longer_than_a_page() -> None:
    lengths = [pair for path in sources(*PRODUCT) for pair in function_lengths(path)]
    assert [pair for pair in lengths if pair[1] > 60] == []


def test_no_file_wants_a_table_of_contents() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in sources(*PRODUCT)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_every_suite_has_a_budget_and_every_budget_a_folder() -> None:
    budgets = read_budgets(TESTS / "budgets.toml").suites.keys()
    suites = {suite_of(path) for path in TESTS.rglob("test_*.py")}
    folders = {path.name for path in TESTS.iterdir() if path.is_dir()}
    assert suites <= budgets
    assert budgets <= folders | {"project"}


def test_the_budgets_keep_the_promise_of_the_make_targets() -> None:
    budgets = read_budgets(TESTS / "budgets.toml")
    assert budgets.whole < 600
    assert budgets.long < 2400


@pytest.mark.parametrize(
    ("asked", "played"),
    [
        (("sim", "SEEDS=100000"), "tests.simulation --seeds 100000"),
        (("sim", "SEED=7"), "tests.simulation --seed 7"),
        (("crash", "N=5"), "tests.crash 5 1"),
    ],
)
def test_a_make_target_plays_what_was_asked(asked: tuple[str, ...], played: str) -> None:
    """SEED has a default for the crash test alone: with one, ``make sim`` is a single day."""
    told = subprocess.run(
        ["make", "-n", *asked], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert played in told.stdout


def test_the_command_is_the_front_door() -> None:
    assert pyproject()["project"]["scripts"] == {"kuasheng": "desktop.__main__:main"}
