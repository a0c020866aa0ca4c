"""The complete area that the policies' README shows, and files that are refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.sandbox.insured_place.policy_files import HERE, BadPolicy, read_policies

README = (HERE / "README.md").read_text(encoding="utf-8")
EXAMPLE: str
(EXAMPLE,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)


def refused(folder: Path, text: str) -> BadPolicy:
    (folder / "X.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadPolicy) as bad:
        read_policies(folder)
    return bad.value
