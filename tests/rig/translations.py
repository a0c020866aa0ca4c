"""The English of the windows: what has to be said, what is said, and the file that Qt reads.

``python -m tests.rig.translations`` brings ``kuasheng_en.ts`` up to date with the sources (a new
text comes in unfinished, a text that is gone goes) and builds ``kuasheng_en.qm`` from it.
"""

from __future__ import annotations

import ast
import dataclasses
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec.structs import fields

from desktop.domain import who_pays
from desktop.domain.identity import Document, Doubt, Relation
from desktop.domain.money import Money
from desktop.domain.person import FilingKind
from desktop.domain.prints import ReprintReason
from desktop.domain.problems import ProblemCode
from desktop.domain.split import Split
from desktop.services import beside_the_rule, notices
from desktop.services.case_text import PLAIN
from desktop.services.explain import Sentences
from desktop.services.visit_forms import VISIT_FORMS
from ui.cashier.detail_words import known_words

ROOT = Path(__file__).parents[2]
UI = ROOT / "ui"
SOURCE = UI / "translations" / "kuasheng_en.ts"
BUILT = SOURCE.with_suffix(".qm")
FAULTS = ROOT / "desktop" / "hospital" / "kinds.py"
"""What may be wrong with a field of a bill: of a typed one it stands at the field."""
COMMON = "Cashier"
"""The context of ``ui.cashier.translate``; ``self.tr`` has the name of its class."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
_NOT_SHOWN = ("gallery", "input")
"""A window of the developers; parts that tell what they saw by members, not by words."""

Message = tuple[str, str]
"""Context and Chinese text."""


def wanted() -> set[Message]:
    """Everything Chinese that the windows say themselves."""
    files = (file for file in UI.rglob("*.py") if not set(_NOT_SHOWN) & set(file.parts))
    said = {message for file in files for message in _messages(file)}
    return said | {(COMMON, text) for text in _below()} | set(_messages(FAULTS))


def _below() -> Iterator[str]:
    """Words of the floors below, for which the windows have an English too."""
    for problem in ProblemCode:
        yield from (problem.message, problem.next_step)
    yield from (kind.words for kind in FilingKind)
    yield from (
        member.words for kind in (Doubt, Relation, Document, ReprintReason) for member in kind
    )
    yield from (str(part.default) for part in fields(Sentences))
    yield from PLAIN.values()
    yield from notices.SENTENCES
    yield from beside_the_rule.SENTENCES
    yield from beside_the_rule.LEVELS.values()
    yield from known_words()
    yield from (each.words for each in VISIT_FORMS)
    yield from _payers()


def _payers() -> Iterator[str]:
    """Who pays what, with every amount told."""
    told = {field.name: Money(1) for field in dataclasses.fields(Split)}
    untold = {"pooled_rate": None, "shares": (), "pre_self_pay": Money(2)}
    split = Split(**told | untold)  # type: ignore[arg-type]
    payers = (*who_pays.payment(split), *who_pays.equation(split))
    yield from (figure.payer for figure in payers)
    yield from (figure.words for figure in (*payers, *who_pays.division(split, Money(1))))
    yield from who_pays.FUNDS.values()


def _messages(file: Path) -> Iterator[Message]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    yield from _in(tree, COMMON)


def _in(node: ast.AST, owner: str) -> Iterator[Message]:
    if isinstance(node, ast.ClassDef):
        owner = node.name
    if _is_docstring(node):
        return
    if isinstance(node, ast.JoinedStr):  # its own words cannot be translated, what it calls can
        node = ast.Tuple([part for part in node.values if isinstance(part, ast.FormattedValue)])
    if (message := _said(node, owner)) is not None:
        yield message
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str) and CHINESE.search(node.value):
            yield COMMON, node.value
    else:
        for child in ast.iter_child_nodes(node):
            yield from _in(child, owner)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _said(node: ast.AST, owner: str) -> Message | None:
    """What ``self.tr("…")`` or ``tr("…")`` says."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id=whose), attr="tr"),
            args=[ast.Constant(value=str(text))],
        ):
            return (owner if whose == "self" else COMMON), text
        case ast.Call(func=ast.Name(id="tr"), args=[ast.Constant(value=str(text))]):
            return COMMON, text
    return None


def told() -> Mapping[Message, str]:
    """What ``kuasheng_en.ts`` says; "" where it is unfinished."""
    if not SOURCE.exists():
        return {}
    return {
        (context.findtext("name", ""), message.findtext("source", "")): _finished(message)
        for context in ET.parse(SOURCE).iter("context")  # noqa: S314 - our own file
        for message in context.iter("message")
    }


def _finished(message: ET.Element) -> str:
    translation = message.find("translation")
    if translation is None or translation.get("type") == "unfinished":
        return ""
    return translation.text or ""


def write(english: Mapping[Message, str]) -> None:
    """``kuasheng_en.ts`` with these texts, in an order that does not change."""
    root = ET.Element("TS", version="2.1", language="en", sourcelanguage="zh_CN")
    for name in sorted({context for context, _ in english}):
        context = ET.SubElement(root, "context")
        ET.SubElement(context, "name").text = name
        for at, source in sorted(english):
            if at == name:
                _add(context, source, english[at, source])
    ET.indent(root, "    ")
    body = ET.tostring(root, "unicode")
    SOURCE.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8"
    )


def _add(context: ET.Element, source: str, english: str) -> None:
    message = ET.SubElement(context, "message")
    ET.SubElement(message, "source").text = source
    translation = ET.SubElement(message, "translation")
    translation.text = english or None
    if not english:
        translation.set("type", "unfinished")


def build(target: Path) -> None:
    """What Qt reads, made of ``kuasheng_en.ts``."""
    program = Path(sys.executable).parent / "pyside6-lrelease"
    subprocess.run([str(program), str(SOURCE), "-qm", str(target)], check=True, capture_output=True)


def update() -> list[Message]:
    """Bring both files up to date; what still has no English."""
    before = told()
    write({message: before.get(message, "") for message in wanted()})
    build(BUILT)
    return [message for message, english in told().items() if not english]


if __name__ == "__main__":
    missing = update()
    print("\n".join(f"{context}: {text}" for context, text in missing))  # noqa: T201
