"""A profile: where everything of one desk lies, and that one process holds it at a time."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from desktop.domain.problems import DeskError, ProblemCode
from desktop.profile import PROFILE_VARIABLE, Profile, find_profile, held


def test_what_is_named_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROFILE_VARIABLE, str(tmp_path / "environment"))
    assert find_profile(str(tmp_path / "given")).folder == tmp_path / "given"
    assert find_profile(None).folder == tmp_path / "environment"
    monkeypatch.delenv(PROFILE_VARIABLE)
    assert "kuasheng-desk" in str(find_profile(None).folder)


def test_a_folder_is_taken_from_here_and_from_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    assert find_profile("desk").folder == tmp_path / "desk"
    assert find_profile("~/desk").folder == tmp_path / "home" / "desk"


def test_everything_lies_inside() -> None:
    profile = Profile(Path("desk"))
    files = (
        profile.settings_file, profile.journal_file, profile.practice_key_file,
        profile.practice_data, profile.lock_file, profile.holder_file,
    )  # fmt: skip
    assert {file.parent for file in files} == {Path("desk")}
    assert len({file.name for file in files}) == len(files)


def test_a_held_profile_says_who_holds_it(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "desk")
    with held(profile, "settle"):
        assert json.loads(profile.holder_file.read_text()) == {"pid": os.getpid(), "verb": "settle"}
        with pytest.raises(DeskError) as refused, held(profile, "check"):
            pass
    (problem,) = refused.value.problems
    assert problem.kind is ProblemCode.PROFILE_IN_USE
    assert "settle" in problem.detail
    assert str(os.getpid()) in problem.detail


def test_the_holder_leaves_the_profile_to_the_next(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "desk")
    for _ in range(2):
        with held(profile, "settle"):
            assert profile.holder_file.exists()
        assert not profile.holder_file.exists()


def test_a_failure_inside_lets_go(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "desk")
    with pytest.raises(ZeroDivisionError), held(profile, "settle"):
        raise ZeroDivisionError
    with held(profile, "settle"):
        pass


def test_a_refused_second_leaves_the_first_ones_name(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "desk")
    with held(profile, "settle"):
        with pytest.raises(DeskError), held(profile, "check"):
            pass
        assert "settle" in profile.holder_file.read_text()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1}', "\udcff"])
def test_a_spoilt_name_of_the_holder_still_refuses(tmp_path: Path, text: str) -> None:
    profile = Profile(tmp_path / "desk")
    with held(profile, "settle"):
        profile.holder_file.write_bytes(text.encode(errors="surrogateescape"))
        with pytest.raises(DeskError) as refused, held(profile, "check"):
            pass
    assert refused.value.problems[0].detail == str(profile.folder)


def _unusable(profile: Profile) -> str:
    with pytest.raises(DeskError) as refused, held(profile, "settle"):
        pass
    (problem,) = refused.value.problems
    assert problem.kind is ProblemCode.PROFILE_UNUSABLE
    return problem.detail


def test_a_folder_that_cannot_be_made_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    profile = Profile(tmp_path / "file" / "desk")
    assert str(profile.folder) in _unusable(profile)


def test_a_lock_that_cannot_be_made_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    profile.lock_file.mkdir()
    assert str(profile.folder) in _unusable(profile)


def test_the_home_of_nobody(tmp_path: Path) -> None:
    with pytest.raises(DeskError) as refused:
        find_profile("~nobody-of-this-name/desk")
    assert refused.value.problems[0].kind is ProblemCode.PROFILE_UNUSABLE


def test_trouble_with_the_holders_name_changes_nothing(tmp_path: Path) -> None:
    """A second process of Windows may hold the file open: it can be neither written nor removed."""
    profile = Profile(tmp_path)
    (profile.holder_file / "in the way").mkdir(parents=True)
    for _ in range(2):
        with held(profile, "settle"), pytest.raises(DeskError) as refused, held(profile, "check"):
            pass
        assert refused.value.problems[0].kind is ProblemCode.PROFILE_IN_USE


@pytest.mark.skipif(sys.platform == "win32", reason="modes are a Unix thing")
def test_a_new_folder_is_its_owners_alone(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "desk")
    with held(profile, "settle"):
        assert stat.S_IMODE(profile.folder.stat().st_mode) == 0o700
