"""A vendor's library in the tests: a real one, built by the system's compiler, misbehaving on demand."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from card_reader.bridge.library import VendorFile
from desktop.domain.credential import Credential

SOURCE = Path(__file__).with_suffix(".c")

AREA, NUMBER, CARD_NO = "990000", "990000198503121038", "X00000019"
CARD_SN = "990000D15600000500BF7C7A48FB4966"
RESET = "00814E43238697159900BF7C7A"
NAME = "欧阳娜"


def card_text(
    *, name: str = NAME, number: str = NUMBER, version: str = "2.00", more: str = "410100813475|T1|"
) -> str:
    """What ``iReadCardBas`` writes of a whole card."""
    head = f"{AREA}|{number}|{CARD_NO}|{CARD_SN}|{name}|{RESET}|{version}"
    return f"{head}|20180501|20380501|{more}"


def build(target: Path, *defines: str) -> Path:
    """Compile the library, with the system's compiler; with ``EMPTY`` it has no functions."""
    flags = [f"-D{define}" for define in defines]
    order = ["cc", "-shared", "-fPIC", "-O1", "-w", *flags, "-o", str(target), str(SOURCE)]
    subprocess.run([*order, "-lpthread"], check=True)
    return target


@dataclass(frozen=True, slots=True)
class Vendor:
    """One installed library, and how it shall behave."""

    path: Path

    @property
    def folder(self) -> Path:
        return self.path.parent

    def file(self, limit: float = 20.0) -> VendorFile:
        return VendorFile(self.path, limit, helpers=self.folder / "helpers")

    def behaves(self, **verbs: str) -> None:
        """``iReadCardBas="crash"``, ``iVerifyPIN="answer -51"``; ``load`` is loading itself."""
        lines = "".join(f"{name} {verb}\n" for name, verb in verbs.items())
        (self.folder / "behaviour").write_text(lines, encoding="ascii")

    def answers(self, function: str, text: bytes | str) -> None:
        """What it writes; text in GBK."""
        raw = text if isinstance(text, bytes) else text.encode("gb18030")
        (self.folder / f"{function}.answer").write_bytes(raw)

    def card(self, text: bytes | str = "") -> None:
        """A card lies in the reader."""
        self.behaves()
        self.answers("iReadCardBas", text or card_text())

    def no_card(self) -> None:
        self.behaves(iReadCardBas="answer -2")

    @property
    def calls(self) -> list[str]:
        file = self.folder / "calls"
        return file.read_text().splitlines() if file.exists() else []

    def asked(self, function: str) -> str:
        return (self.folder / f"{function}.asked").read_text(encoding="ascii")


def holder_answer(credential: Credential, *, as_text: bool = True) -> str:
    """What ``NationEcTrans`` writes about the holder; ``data`` as JSON text or as an object."""
    area = credential.area.code if credential.area else ""
    holder = {
        "userName": credential.name, "idNo": credential.cert_no, "idType": "01",
        "ecToken": credential.number, "insuOrg": area,
    }  # fmt: skip
    data = json.dumps(holder, ensure_ascii=False) if as_text else holder
    return json.dumps({"code": 0, "message": "成功", "data": data}, ensure_ascii=False)


def install(built: Path, folder: Path) -> Vendor:
    """The library in a folder of its own, as its vendor's set-up lays it."""
    folder.mkdir(parents=True, exist_ok=True)
    return Vendor(Path(shutil.copy(built, folder / built.name)))
