"""What is printed of a message by accident, as in a traceback, tells nothing about a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from desktop.domain.money import Money
from desktop.domain.quantities import Quantity, Rate, UnitPrice
from desktop.nhsa.envelope import Request, RequestHead, Response, ResponseHead
from desktop.nhsa.messages import by_number
from desktop.nhsa.messages.voucher import VoucherAnswer, VoucherHolder, VoucherRequest
from desktop.nhsa.messages.wire import Node
from desktop.nhsa.outcome import Accepted, By, Refused
from desktop.nhsa.questions.identify import identify
from desktop.nhsa.shapes import shape_of
from desktop.nhsa.transport import Reply
from tests.nhsa import samples

SECRET = "李𠮷祥990000197001010018"
ROOTS: list[type[Node]] = [
    RequestHead,
    ResponseHead,
    VoucherRequest,
    VoucherAnswer,
    VoucherHolder,
    *(t.input for t in by_number.TRANSACTIONS.values()),
    *(t.output for t in by_number.TRANSACTIONS.values()),
]


def _with_inner(node: type[Node]) -> Iterator[type[Node]]:
    yield node
    for field in msgspec.structs.fields(node):
        shape = shape_of(field.type)
        if shape.is_node:
            yield from _with_inner(shape.kind)


NODES = sorted({node for root in ROOTS for node in _with_inner(root)}, key=lambda n: n.__name__)
_NUMBERS: dict[object, object] = {
    int: 1,
    Money: Money(1),
    UnitPrice: UnitPrice.parse("1"),
    Quantity: Quantity.parse("1"),
    Rate: Rate.parse("1"),
}


def _full(node: type[Node]) -> Node:
    """Every text of it is the secret."""
    return node(**{f.name: _value(f.type) for f in msgspec.structs.fields(node)})


def _value(hint: Any) -> object:
    shape = shape_of(hint)
    one = _full(shape.kind) if shape.is_node else _NUMBERS.get(shape.kind, SECRET)
    return (one,) if shape.many else one


def _says_nothing(thing: object) -> None:
    for text in (repr(thing), str(thing), f"{thing}"):
        assert SECRET not in text
        assert SECRET[:3] not in text
        assert SECRET[3:] not in text


@pytest.mark.parametrize("node", NODES, ids=lambda node: node.__name__)
def test_a_message_names_its_fields_and_no_values(node: type[Node]) -> None:
    full = _full(node)
    _says_nothing(full)
    _says_nothing(Accepted(full, None))
    assert repr(full).startswith(f"{node.__name__}(")


def test_every_message_type_is_among_them() -> None:
    found = {node for node in vars(by_number).values() if isinstance(node, type)}
    assert len(NODES) > 40
    assert {n for n in found if issubclass(n, Node)} <= set(NODES)


def test_what_is_told_can_still_be_seen() -> None:
    node = by_number.TRANSACTIONS["1101"].output
    assert repr(_full(node)) == f"{node.__name__}(baseinfo, insuinfo, idetinfo)"


def test_refusals_bodies_and_trees_say_nothing_either() -> None:
    head = ResponseHead(err_msg=SECRET)
    _says_nothing(Refused(SECRET, "-1", By.PLATFORM, None))
    _says_nothing(Reply(200, {}, SECRET.encode()))
    _says_nothing(Response(head, {"err_msg": SECRET}))
    request = _full(RequestHead)
    assert isinstance(request, RequestHead)
    _says_nothing(Request(request, {"data": SECRET}))


def test_a_question_says_nothing_about_the_person() -> None:
    told = repr(identify(samples.CREDENTIAL))
    assert samples.ID_NUMBER not in told
    assert samples.PERSON.name not in told
