"""A mark ``req`` names a row of the ledger, and what carries it is never skipped."""

from __future__ import annotations

import pytest

from tests.plugins.time_budget import TESTS

HEAD = "import pytest\nreq = pytest.mark.req\n"


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setenv("PYTHONPATH", str(TESTS.parent))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeini("[pytest]\nmarkers = req(*rows, side=None): proves")
    return pytester


def run(inner: pytest.Pytester, *bodies: str) -> pytest.RunResult:
    inner.makepyfile(HEAD + "\n".join(bodies))
    return inner.runpytest_subprocess("-p", "tests.plugins.requirement_marks")


@pytest.mark.parametrize("mark", ['"S0-18", "S4-33"', '"S0-18", side="platform"'])
def test_rows_of_the_ledger_are_taken(inner: pytest.Pytester, mark: str) -> None:
    run(inner, f"@req({mark})", "def test_it(): pass").assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ('"S0-18", "S9-99"', "*::test_it: mark req names S9-99, not a row*"),
        ("", "*::test_it: mark req names no row, not a row*"),
        ('"S0-18", side="till"', "*takes rows and side= desk or platform*"),
        ('"S0-18", row="S0-19"', "*takes rows and side= desk or platform*"),
    ],
)
def test_a_mark_that_says_nothing_ends_the_collection(
    inner: pytest.Pytester, mark: str, said: str
) -> None:
    told = run(inner, f"@req({mark})", "def test_it(): pass")
    assert told.ret == pytest.ExitCode.USAGE_ERROR
    told.stderr.fnmatch_lines([f"ERROR: {said}"])


@pytest.mark.parametrize(
    ("doubt", "taken"),
    [
        ("skip", ""),
        ("skipif(False, reason='')", ""),
        ("xfail", ""),
        ('parametrize("nothing", [])', "nothing"),
    ],
)
def test_what_may_be_skipped_or_may_fail_proves_nothing(
    inner: pytest.Pytester, doubt: str, taken: str
) -> None:
    told = run(inner, f'@req("S0-18")\n@pytest.mark.{doubt}', f"def test_it({taken}): pass")
    assert told.ret == pytest.ExitCode.USAGE_ERROR
    told.stderr.fnmatch_lines(["ERROR: *::test_it*, so its mark req proves nothing"])


@pytest.mark.parametrize("doubt", ["skip", "xfail"])
def test_a_proof_that_skips_itself_fails(inner: pytest.Pytester, doubt: str) -> None:
    told = run(inner, f'@req("S0-18")\ndef test_it(): pytest.{doubt}("later")')
    told.assert_outcomes(failed=1)
    told.stdout.fnmatch_lines(["*proves a requirement: it may not be skipped*"])
