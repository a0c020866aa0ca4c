"""The envelope around every transaction (interface document 2.1, 2.2), for both sides.

The desk uses :func:`write_request` and :func:`read_response`; the practice platform uses
:func:`read_request` and :func:`write_response`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Raw, Struct
from msgspec.structs import replace

from desktop.domain.discreet import Discreet
from desktop.nhsa.decoder import Fault, N, Unreadable, parse, parse_text, read
from desktop.nhsa.encoder import answer_tree, question_tree, to_json
from desktop.nhsa.messages.transaction import In, Out, Transaction
from desktop.nhsa.messages.voucher import VoucherAnswer, VoucherHolder, VoucherRequest
from desktop.nhsa.messages.wire import Node, NumberText, RowsAlone

__all__ = [
    "Fault",
    "N",
    "Request",
    "RequestHead",
    "Response",
    "ResponseHead",
    "Unreadable",
    "enveloped",
    "read_request",
    "read_response",
    "read_told",
    "read_voucher_answer",
    "read_voucher_request",
    "tree_of",
    "write_request",
    "write_response",
    "write_voucher_answer",
    "write_voucher_request",
]


class RequestHead(Node, frozen=True, kw_only=True):
    """The request envelope without ``input``; times ``yyyy-MM-dd HH:mm:ss`` in +08:00.

    Note the platform's own spellings: ``mdtrtarea_admvs`` but ``insuplc_admdvs``.
    """

    infno: str
    msgid: str
    mdtrtarea_admvs: str
    insuplc_admdvs: str | None = None
    recer_sys_code: str
    dev_no: str | None = None
    dev_safe_info: str | None = None
    cainfo: str | None = None
    signtype: str | None = None
    infver: str
    opter_type: str
    opter: str
    opter_name: str
    inf_time: str
    fixmedins_code: str
    fixmedins_name: str | None = None
    sign_no: str | None = None


class ResponseHead(Node, frozen=True, kw_only=True):
    """The response envelope without ``output``; times ``yyyyMMddHHmmssSSS`` in +08:00.

    ``infcode`` 0 is a yes; here it is the text that came, ``None`` when none came.
    """

    infcode: NumberText | None = None
    inf_refmsgid: str | None = None
    refmsg_time: str | None = None
    respond_time: str | None = None
    err_msg: str | None = None
    warn_msg: str | None = None
    cainfo: str | None = None
    signtype: str | None = None


class Request(Discreet, Struct, frozen=True):
    """A request read: the head at once, the input when its transaction is known."""

    said = ("head",)

    head: RequestHead
    raw_input: object

    def input_of(self, transaction: Transaction[In, Out]) -> In:
        """The typed input; raises :class:`Unreadable` naming the field."""
        return read(transaction.input, self.raw_input)


class Response(Discreet, Struct, frozen=True):
    """An answer read: the head at once, the output when its transaction is known."""

    said = ("head",)

    head: ResponseHead
    tree: Mapping[str, object]

    def output_of(self, transaction: Transaction[In, Out]) -> Out:
        """The typed output, with the nodes that stand beside it; raises :class:`Unreadable`.

        No ``output`` at all reads as an empty one, so that it is a fault exactly where
        something in it is needed.
        """
        return _read_inside(transaction.output, "output", self._output_tree(transaction))

    def _output_tree(self, transaction: Transaction[Any, Any]) -> object:
        """Rows that stand in ``output`` itself are read as those of ``data``."""
        output = self.tree.get("output", {})
        if isinstance(output, list) and transaction.rows:
            return {"data": output}
        strays = {name: self.tree[name] for name in transaction.beside if name in self.tree}
        return {**strays, **output} if isinstance(output, dict) else output


def write_request(head: RequestHead, question: Node) -> bytes:
    """The body of a request, UTF-8 JSON."""
    return enveloped(head, to_json(question_tree(question)))


def enveloped(head: RequestHead, encoded_input: bytes) -> bytes:
    """The body of a request around an ``input`` that is JSON already."""
    return to_json({**question_tree(head), "input": Raw(encoded_input)})


def read_request(body: bytes) -> Request:
    """Raises :class:`Unreadable` unless the envelope is whole."""
    tree = parse(body)
    if "input" not in tree:
        raise Unreadable(Fault.MISSING, "input")
    return Request(read(RequestHead, tree), tree["input"])


def write_response(head: ResponseHead, output: Node | None) -> bytes:
    """The body of an answer, UTF-8 JSON; ``output`` is null when there is none."""
    return to_json({**answer_tree(head), "output": _told(output)})


def _told(output: Node | None) -> object:
    if output is None:
        return None
    tree = answer_tree(output)
    return tree["data"] if isinstance(output, RowsAlone) else tree


def read_response(tree: Mapping[str, object]) -> Response:
    """The envelope in ``tree`` (from :func:`~desktop.nhsa.decoder.parse`).

    The old wrapper ``{"code":"0","data":{envelope}}`` is taken off. Raises :class:`Unreadable`.
    """
    inner = tree.get("data")
    if "infcode" not in tree and tree.get("code") == "0" and isinstance(inner, dict):
        tree = inner
    return Response(read(ResponseHead, tree), tree)


def _read_inside(node: type[N], name: str, tree: object) -> N:
    try:
        return read(node, tree)
    except Unreadable as error:
        raise error.inside(name) from error


def read_told(node: type[N], told: Mapping[str, object]) -> N:
    """A node in JSON that something else has read already; raises :class:`Unreadable`."""
    return read(node, parse(to_json(told)))


def tree_of(node: Node) -> dict[str, object]:
    """The JSON tree of a node that is no ``output``; what is not told is left out."""
    return {name: value for name, value in answer_tree(node).items() if value is not None}


def read_voucher_request(body: bytes) -> VoucherRequest:
    """The question of ``ec.query``; raises :class:`Unreadable`."""
    return read(VoucherRequest, parse(body))


def write_voucher_request(request: VoucherRequest) -> bytes:
    """The body of ``ec.query``: what is not told is left out, ``extra`` is an empty object."""
    tree = answer_tree(request)
    data = answer_tree(request.data)
    told = {name: value for name, value in data.items() if value is not None}
    return to_json({**tree, "data": told, "extra": {}})


def read_voucher_answer(tree: Mapping[str, object]) -> VoucherAnswer:
    """``ec.query`` answered, in ``tree`` (from :func:`~desktop.nhsa.decoder.parse`).

    ``data`` is an object or JSON text. A refusal is read without it: it may hold anything.
    Raises :class:`Unreadable`.
    """
    said = read(VoucherAnswer, {name: tree[name] for name in tree if name != "data"})
    data = tree.get("data")
    if said.code != 0 or data is None:
        return said
    holder = parse_text(data) if isinstance(data, str) else data
    return replace(said, data=_read_inside(VoucherHolder, "data", holder))


def write_voucher_answer(answer: VoucherAnswer, *, data_as_text: bool = False) -> bytes:
    """The body of an answer of ``ec.query``; some services send ``data`` as JSON text."""
    tree = answer_tree(answer)
    if data_as_text and answer.data is not None:
        tree["data"] = to_json(answer_tree(answer.data)).decode()
    return to_json(tree)
