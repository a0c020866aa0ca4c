"""The fonts of a build: the files that were looked at, each with its licence text."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from printing import collect_fonts
from printing.collect_fonts import FontsMissing, Shipped, collect, shipped_fonts
from printing.font_places import CANDIDATES, SHIPPED, font_folders
from printing.fonts import find_fonts


def test_every_font_of_the_list_is_one_that_forms_are_set_in() -> None:
    known = {candidate.file for candidate in CANDIDATES}
    assert {font.file for font in shipped_fonts()} <= known


def test_this_machine_has_them_as_they_were_looked_at() -> None:
    """What `make fonts` would copy here; the small files by their sums."""
    there = {path.name: path for path in Path("/usr/share/fonts").rglob("*.tt[fc]")}
    for font in shipped_fonts():
        assert font.file in there
        assert Path(f"/usr/share/doc/{font.package}/copyright").exists()
        if font.file.startswith(("OpenSans", "wqy")):
            data = there[font.file].read_bytes()
            assert hashlib.sha256(data).hexdigest() == font.sha256


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system with one font, and a list that names it."""
    share = tmp_path / "share"
    for place, text in (
        ("fonts/truetype/One.ttf", "font"),
        ("doc/fonts-one/copyright", "licence"),
        ("common-licenses/Apache-2.0", "whole text"),
    ):
        (share / place).parent.mkdir(parents=True, exist_ok=True)
        (share / place).write_text(text)
    digest = hashlib.sha256(b"font").hexdigest()
    one = Shipped("One.ttf", "fonts-one", "Apache-2.0", ("Apache-2.0",), digest)
    monkeypatch.setattr(collect_fonts, "shipped_fonts", lambda: (one,))
    return share


def test_fonts_and_licences_are_copied(share: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    assert collect(target, share) == (target / "One.ttf",)
    copied = sorted(str(path.relative_to(target)) for path in target.rglob("*.*"))
    assert copied == ["One.ttf", "licences/Apache-2.0.txt", "licences/fonts-one.txt"]


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("fonts/truetype/One.ttf", "not installed"),
        ("doc/fonts-one/copyright", "fonts-one.txt"),
        ("common-licenses/Apache-2.0", "Apache-2.0.txt"),
    ],
)
def test_what_is_missing_is_named(place: str, says: str, share: Path, tmp_path: Path) -> None:
    (share / place).unlink()
    with pytest.raises(FontsMissing, match=says):
        collect(tmp_path / "out", share)


def test_another_version_of_a_font_is_not_taken_unseen(share: Path, tmp_path: Path) -> None:
    (share / "fonts/truetype/One.ttf").write_text("newer font")
    with pytest.raises(FontsMissing, match="not the file that was looked at"):
        collect(tmp_path / "out", share)


def test_the_command_says_what_it_did(
    share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(collect_fonts, "SHIPPED", tmp_path / "out")
    monkeypatch.setattr(collect_fonts, "collect", lambda target: collect(target, share))
    assert collect_fonts.main() == 0
    assert "1 fonts" in capsys.readouterr().out
    (share / "doc/fonts-one/copyright").unlink()
    assert collect_fonts.main() == 1
    assert "fonts-one" in capsys.readouterr().err


def test_the_fonts_of_the_product_come_before_those_of_the_system() -> None:
    folders = font_folders(Path("program"), Path("home"))
    assert folders[:2] == (Path("program/fonts"), SHIPPED)
    assert find_fonts(folders).line("结算 1.00").missing == ()
