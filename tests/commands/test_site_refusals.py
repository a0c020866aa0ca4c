"""``refusals.toml`` of a profile: a site's own wordings, tried before the program's."""

from __future__ import annotations

import pytest

from tests.commands.desk import CommandDesk, bill_of
from tests.rig.kuasheng import Ran, in_this_process
from tests.rig.town import townspeople


def settled(desk: CommandDesk) -> Ran:
    """Somebody who is not filed."""
    person = next(each for each in townspeople() if each["note"].startswith("未备案："))
    charges = desk.charges(bill_of(person))
    who = ("--id", person["certno"], "--charges", charges)
    return in_this_process("settle", *who, *desk.place, "--json")


def write(desk: CommandDesk, text: str) -> None:
    desk.profile.mkdir(exist_ok=True)
    (desk.profile / "refusals.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("own", "code"), [(False, "not-filed"), (True, "suspended")])
def test_a_site_s_own_row_is_believed(desk: CommandDesk, own: bool, code: str) -> None:
    if own:
        write(desk, '[[refusal]]\nwhy = "suspended"\npatterns = ["备案"]\n')
    assert settled(desk).codes == [code]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[[refusal]]\nwhy = "no-such"\npatterns = ["x"]\n', "refusal 1: why"),
        ('[[refusal]]\nwhy = "suspended"\npatterns = ["("]\n', "refusal 1: '('"),
        ("[[refusal]", "line 1"),
    ],
)
def test_a_bad_row_keeps_the_desk_shut(desk: CommandDesk, text: str, place: str) -> None:
    write(desk, text)
    ran = settled(desk)
    assert (ran.exit, ran.codes) == (1, ["settings-invalid"])
    (problem,) = ran.body["problems"]
    assert "refusals.toml：" in problem["message"]
    assert place in problem["message"]
    assert "Traceback" not in ran.words
