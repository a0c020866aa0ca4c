"""Whatever the e-voucher service or a face terminal answers: nobody, or the one whom it names."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from desktop.domain.credential import Credential, CredentialKind
from desktop.nhsa.outcome import Accepted, NotSent, Outcome, Refused, Unknown
from desktop.nhsa.transport import Reply
from desktop.nhsa.voucher import voucher_outcome
from tests.nhsa import samples

TOKEN = "370000ec000000000000000000000000000001"
NAMES = ("李𠮷祥", "买买提·艾力", "张三", "赵龴")
ODD: tuple[object, ...] = (
    None, "", " ", 0, 1, -1, 1.5, True, (), (None,), "0", "x" * 300, "370800", 370800,
    "济宁", "\0", "张\n三", "\ud800", 10**30,
)  # fmt: skip
"""None of them can be changed by the next trial."""
SHORT, LONG = 2_000, 150_000


def answer(dice: random.Random) -> dict[str, Any]:
    """A yes as services send it: the holder as an object, in a list, or as its JSON text."""
    holder = {
        "userName": dice.choice(NAMES),
        "idNo": samples.ID_NUMBER,
        "idType": "01",
        "ecToken": TOKEN,
        "insuOrg": dice.choice(("370800", 370800, "", None)),
        "gender": None,
    }
    return {"code": dice.choice((0, "0")), "type": "success", "message": "成功", "data": holder}


def spoilt(dice: random.Random, tree: dict[str, Any]) -> dict[str, Any]:
    """A field or two of another kind, gone, or known by another name."""
    for _ in range(dice.randrange(3)):
        place = tree["data"] if isinstance(tree.get("data"), dict) and dice.random() < 0.7 else tree
        name = dice.choice((*place, "other"))
        match dice.randrange(3):
            case 0:
                place[name] = dice.choice(ODD)
            case 1:
                place.pop(name, None)
            case _:
                place[name.upper()] = place.pop(name, None)
    return tree


def as_sent(dice: random.Random, tree: dict[str, Any]) -> bytes:
    way = dice.randrange(4)
    if way == 0 and "data" in tree:
        tree = {**tree, "data": json.dumps(tree["data"])}
    elif way == 1 and "data" in tree:
        tree = {**tree, "data": [tree["data"]]}
    return json.dumps(tree, ensure_ascii=True).encode()


def torn(dice: random.Random, body: bytes) -> bytes:
    """Bytes lost, changed, inserted, doubled, or the rest cut off."""
    raw = bytearray(body)
    for _ in range(dice.randrange(1, 4)):
        at, length = dice.randrange(len(raw) + 1), dice.randrange(12)
        new = dice.choice((b"", dice.randbytes(length), bytes(raw[at : at + length]), b'"', b"}"))
        raw[at : at + (length if dice.random() < 0.7 else len(raw))] = new
    return bytes(raw)


def nobody_or_whole(outcome: Outcome[Credential]) -> Credential | None:
    """No half-read person: a token alone, or a person without one, serves nobody."""
    if not isinstance(outcome, Accepted):
        assert isinstance(outcome, Refused | Unknown | NotSent)
        return None
    holder = outcome.value
    assert holder.kind is CredentialKind.VOUCHER
    for told in (holder.number, holder.name, holder.cert_no):
        assert told.strip()
        assert not [sign for sign in told if sign < " " or "\ud800" <= sign <= "\udfff"], "torn"
    return holder


def told(body: bytes) -> Credential | None:
    return nobody_or_whole(voucher_outcome(Reply(200, {}, body)))


def fields(dice: random.Random) -> None:
    """What is accepted stands in the answer, each part in its own place."""
    tree = spoilt(dice, answer(dice))
    holder = told(as_sent(dice, tree))
    if holder is not None:
        data = tree["data"]
        written = tuple(str(data[name]) for name in ("ecToken", "userName", "idNo"))
        assert (holder.number, holder.name, holder.cert_no) == written


def bodies(dice: random.Random) -> None:
    """A body that arrived torn: a person who is read from it is one whom JSON still tells whole."""
    body = torn(dice, as_sent(dice, answer(dice)))
    holder = told(body)
    if holder is not None:
        json.loads(body)


@pytest.mark.parametrize("trial", [fields, bodies])
@pytest.mark.parametrize("times", [SHORT, pytest.param(LONG, marks=pytest.mark.slow)])
def test_an_answer_is_nobody_or_somebody_whole(
    trial: Callable[[random.Random], None], times: int
) -> None:
    dice = random.Random(20261122)  # noqa: S311 - to be found again, not to be secret
    for _ in range(times):
        trial(dice)


def test_most_of_the_answers_are_read() -> None:
    """So that the fuzzing proves something."""
    dice = random.Random(1)  # noqa: S311
    found = [told(as_sent(dice, spoilt(dice, answer(dice)))) for _ in range(400)]
    assert 100 < len([holder for holder in found if holder]) < 390
