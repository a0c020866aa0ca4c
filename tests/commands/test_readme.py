"""What the READMEs tell a newcomer to type works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.rig.kuasheng import ROOT, kuasheng
from tests.rig.practice import Practice


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_settlement_by_hand(readme: str, platform: Practice, tmp_path: Path) -> None:
    """The documented command, with the port of this test's platform and a profile of its own."""
    text = (ROOT / readme).read_text(encoding="utf-8").replace("\\\n", " ")
    typed = re.search(r"\.venv/bin/kuasheng (settle [^#\n]*)", text)
    assert typed is not None
    words = shlex.split(typed[1].replace("http://127.0.0.1:8020", platform.url))
    slip = tmp_path / "slip.pdf"
    words[words.index("--receipt") + 1] = str(slip)
    ran = kuasheng(*words, "--profile", tmp_path / "profile")
    assert (ran.exit, ran.body["state"]) == (0, "settled")
    assert slip.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_every_file_it_points_to_is_there(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#]+)\)", text) + re.findall(r"`(docs/[^`]+)`", text)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
