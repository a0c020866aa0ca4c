"""The desk's own transport with an ear on it: what leaves, what comes back, what is changed.

Everything still goes over real HTTP to the real platform; a test may act just before a request
leaves, send it elsewhere, or change the platform's answer as a careless platform would.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.nhsa.transport import Reply, Transport

Tree = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """One request as it left."""

    infno: str
    msgid: str
    input: Tree
    head: Tree
    fresh: bool


Before = Callable[[Sent], None]
Edit = Callable[[Tree], None]
"""Changes the answer's tree in place."""


@dataclass
class Wire:
    """A :class:`~desktop.nhsa.transport.Transport` around the real one."""

    inner: Transport
    sent: list[Sent] = field(default_factory=list)
    _before: dict[str, Before] = field(default_factory=dict)
    _edits: dict[str, Edit] = field(default_factory=dict)
    _elsewhere: dict[str, str] = field(default_factory=dict)
    _headers: dict[str, Mapping[str, str]] = field(default_factory=dict)
    _refused: dict[str, str] = field(default_factory=dict)

    def before(self, infno: str, action: Before) -> None:
        """Do this while the request is about to leave; ``*`` for every one."""
        self._before[infno] = action

    def answer(self, infno: str, edit: Edit) -> None:
        """Change what the platform answers."""
        self._edits[infno] = edit

    def elsewhere(self, infno: str, url: str) -> None:
        """Send this transaction to another address."""
        self._elsewhere[infno] = url

    def headers(self, infno: str, headers: Mapping[str, str]) -> None:
        """Spoil headers of this transaction."""
        self._headers[infno] = headers

    def refuse(self, infno: str, text: str) -> None:
        """The platform says no, and does nothing; "" lets it go through again."""
        self._refused[infno] = text

    @property
    def infnos(self) -> list[str]:
        """Numbers of all that left, in order; ``ec.query`` for a voucher."""
        return [sent.infno for sent in self.sent]

    def of(self, infno: str) -> list[Sent]:
        return [sent for sent in self.sent if sent.infno == infno]

    def post(self, url: str, headers: Mapping[str, str], body: bytes, *, fresh: bool) -> Reply:
        sent = _sent(json.loads(body), fresh)
        for action in (self._before.get(sent.infno), self._before.get("*")):
            if action is not None:
                action(sent)
        self.sent.append(sent)
        if text := self._refused.get(sent.infno):
            return Reply(200, {}, json.dumps({"infcode": -1, "err_msg": text}).encode())
        reply = self.inner.post(
            self._elsewhere.get(sent.infno, url),
            {**headers, **self._headers.get(sent.infno, {})},
            body,
            fresh=fresh,
        )
        return self._edited(sent.infno, reply)

    def _edited(self, infno: str, reply: Reply) -> Reply:
        edit = self._edits.get(infno)
        if edit is None:
            return reply
        tree = json.loads(reply.body)
        edit(tree)
        return Reply(reply.status, reply.headers, json.dumps(tree).encode())


def _sent(tree: Tree, fresh: bool) -> Sent:
    head = {name: value for name, value in tree.items() if name != "input"}
    infno = str(tree.get("infno") or tree.get("transType"))
    return Sent(infno, str(tree.get("msgid", "")), tree.get("input", tree), head, fresh)


def refusing(text: str) -> Edit:
    """The answer becomes a business refusal with this sentence."""

    def edit(tree: Tree) -> None:
        tree.update(infcode=-1, err_msg=text, output=None)

    return edit


def setlinfo(**values: object) -> Edit:
    """Fields of ``setlinfo`` as a careless platform may send them."""

    def edit(tree: Tree) -> None:
        tree["output"]["setlinfo"].update(values)

    return edit
