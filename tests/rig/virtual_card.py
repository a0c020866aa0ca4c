"""A virtual card as a process of its own: speaks vpcd's protocol to pcscd (cards.md B3).

Standard library only. Connecting inserts the card, ending the process pulls it:
``python virtual_card.py --port 41101 --dialogue FILE DESCRIPTION.json``. The dialogue file gets
one JSON line per APDU, ``{"apdu", "answer"}`` in hex, so that a test sees what went over the wire.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import select
import socket
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

SOCIAL_SECURITY = "sx1.sh.社会保障".encode("gbk").hex()
UNIONPAY = "a000000333010101"
ATR_T0 = "3b6d000000815431008660110816000001"
ATR_T1 = "3b800181"
"""The shortest ATR that offers T=1 only."""
ATR_CONTACTLESS = "3b8880010073c8400000900083"
"""As readers make it up for a contactless card: 8 historical bytes, a check byte."""
INTERNAL_KEY, EXTERNAL_KEY = "11" * 16, "22" * 16
"""Invented; what a 3.0 card and its security module share."""
OK, NOT_FOUND, NO_RECORD, NO_FILE = 0x9000, 0x6A82, 0x6A83, 0x6986
_POWER = {0: "off", 1: "on", 2: "reset"}
_ATR_REQUEST = 4


@dataclass(frozen=True)
class CardDescription:
    """What the chip holds and how it behaves; all bytes as hex."""

    atr: str = ATR_T0
    applications: tuple[str, ...] = (SOCIAL_SECURITY,)
    """Names or name prefixes that SELECT finds; a prefix given by the reader counts too."""
    files: dict[str, dict[str, str]] = field(default_factory=dict)
    """``{"ef05": {"01": value, …}, "ef06": …}``: values by tag, in the order of the records."""
    closed: dict[str, int] = field(default_factory=dict)
    """Files that answer READ RECORD with this status word (EF06 of a 3.0 card)."""
    said_lengths: dict[str, int] = field(default_factory=dict)
    """Tags whose length byte lies."""
    t0: bool = True
    """``61xx`` after SELECT and ``6Cxx`` for a wrong Le; otherwise as T=1 answers."""
    reads_by_get_response: bool = False
    """READ RECORD answers ``61xx`` too."""
    short_ids: bool = True
    """READ RECORD with a short file identifier works."""
    file_select_p1: tuple[int, ...] = (0x00, 0x02)
    """P1 with which SELECT finds an EF."""
    keys: tuple[str, str] = ("", "")
    """The card's internal and external (RKSSSE) key; with them it can be opened."""
    algorithm: int = 0
    """What the FCI names; 0: nothing."""
    key_tries: int = 3
    pin: str = ""
    """Digits; "" for a card that knows no VERIFY."""
    pin_tries: int = 6
    psam: dict[str, str] = field(default_factory=dict)
    """Keys of a PSAM by P1 and P2 of ``80 1A``."""
    directory: str = ""
    """Of the PSAM's keys: selected first, or they are not found."""
    delay: float = 0.0
    """Seconds before each answer; a real T=0 card needs about 0.04."""
    hang_at: int = 0
    """From the n-th APDU on there is no answer; 0: never."""
    leave_at: int = 0
    """At the n-th APDU the card is pulled instead of answering; 0: never."""

    def dump(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, text: str) -> CardDescription:
        return cls(**json.loads(text))


def social_security_card(
    *,
    name: str | bytes,
    id_number: str,
    version: str = "2.00",
    card_no: str = "X00000019",
    card_sn: str = "990000D15600000500BF7C7A48FB4966",
    issued: str = "20180501",
    expires: str = "20380501",
    **behaviour: object,
) -> CardDescription:
    """A card of an invented person; ``name`` as bytes when its coding matters."""
    raw = name if isinstance(name, bytes) else name.encode("gb18030")
    issuer = {
        "01": card_sn,
        "02": b"1".hex(),
        "03": version.encode().hex(),
        "04": "99" * 6 + "ff" * 6,
        "05": issued,
        "06": expires,
        "07": card_no.encode().ljust(9, b"\0").hex(),
    }
    holder = {
        "08": id_number.encode().ljust(18, b"\0").hex(),
        "09": raw[:30].ljust(30, b"\0").hex(),
        "4e": raw[30:].ljust(20, b"\0").hex(),
        "0a": b"21"[int(id_number[16]) % 2 :][:1].hex(),
        "0b": "01",
        "0c": "990000",
        "0d": id_number[6:14],
    }
    given: dict[str, object] = {"files": {"ef05": issuer, "ef06": holder}}
    if version == "3.00":
        given["closed"] = {"ef06": 0x6982}
    return CardDescription(**(given | behaviour))  # type: ignore[arg-type]


def bank_card(**behaviour: object) -> CardDescription:
    return CardDescription(**({"applications": (UNIONPAY,)} | behaviour))  # type: ignore[arg-type]


def other_card(**behaviour: object) -> CardDescription:
    return CardDescription(**({"applications": ()} | behaviour))  # type: ignore[arg-type]


def psam(directory: str = "", **behaviour: object) -> CardDescription:
    """The PSAM that fits :func:`third_generation_card`; its keys are ``4801`` and ``480a``."""
    keys = {"4801": INTERNAL_KEY, "480a": EXTERNAL_KEY}
    given: dict[str, object] = {"applications": (), "psam": keys, "directory": directory}
    return CardDescription(**(given | behaviour))  # type: ignore[arg-type]


def third_generation_card(**behaviour: object) -> CardDescription:
    """A 3.0 card that a security module can open."""
    given: dict[str, object] = {"version": "3.00", "keys": (INTERNAL_KEY, EXTERNAL_KEY)}
    return social_security_card(**(given | {"algorithm": 3} | behaviour))  # type: ignore[arg-type]


def sealed(key: str, serial: bytes, factor: bytes, data: bytes) -> bytes:
    """Eight bytes that nobody makes without the key; no real card's algorithm."""
    work = hashlib.blake2b(serial + factor + data, key=bytes.fromhex(key), digest_size=8)
    return work.digest()


class Chip:
    """Answers APDUs; powering it forgets the selection, but not how often it was lied to."""

    def __init__(self, description: CardDescription) -> None:
        self.description = description
        self._pin_tries = description.pin_tries
        self._key_tries = description.key_tries
        self.reset()

    def reset(self) -> None:
        self._application = self._file = self._directory = ""
        self._waiting = b""
        self._challenges: list[bytes] = []
        self._opened = False
        self._psam_key, self._psam_factors = "", b""

    def answer(self, apdu: bytes, /) -> bytes:
        if len(apdu) < 4:
            return _status(0x6700)
        waiting, self._waiting = self._waiting, b""
        match apdu[1]:
            case 0xA4:
                return self._select(apdu)
            case 0xB2:
                return self._read(apdu[2], apdu[3], apdu[4] if len(apdu) > 4 else 0)
            case 0xC0:
                return waiting[: apdu[4] or 256] + _status(OK)
            case 0x20 if self.description.pin:
                return self._verify(apdu[5:])
        return self._secure(apdu)

    def _secure(self, apdu: bytes) -> bytes:
        """What only cards with keys know."""
        keyed = any(self.description.keys) and self._application == SOCIAL_SECURITY
        match apdu[1]:
            case 0x84 if keyed:
                self._challenges.append(os.urandom(apdu[4]))
                return self._challenges[-1] + _status(OK)
            case 0x88 if keyed:
                return self._prove(apdu)
            case 0x82 if keyed:
                return self._open(apdu[3], apdu[5:])
            case 0x1A if self.description.psam:
                return self._choose_key(apdu[2:4].hex(), apdu[5:])
            case 0xFA if self._psam_key:
                serial, factor = self._psam_factors[:8], self._psam_factors[8:]
                return self._back(apdu, sealed(self._psam_key, serial, factor, apdu[5:13]))
        return _status(0x6D00)

    def _serial(self) -> bytes:
        return bytes.fromhex(self.description.files["ef05"]["01"])[-8:]

    def _prove(self, apdu: bytes) -> bytes:
        factor, data = apdu[5:13], apdu[13:21]
        proof = sealed(self.description.keys[0], self._serial(), factor, data)
        return self._back(apdu, proof + data)

    def _open(self, key: int, told: bytes) -> bytes:
        """The factor is the last random number, the data the one before it."""
        if not self._key_tries:
            return _status(0x6983)
        if key != 0x0A or len(self._challenges) < 2:
            return _status(0x6984)
        data, factor = self._challenges[-2:]
        self._challenges = []
        right = factor + sealed(self.description.keys[1], self._serial(), factor, data)
        if told == right:
            self._opened, self._key_tries = True, self.description.key_tries
            return _status(OK)
        self._key_tries -= 1
        return _status(0x63C0 | self._key_tries)

    def _choose_key(self, number: str, factors: bytes) -> bytes:
        if number not in self.description.psam or self._directory != self.description.directory:
            return _status(0x6A88)
        self._psam_key, self._psam_factors = self.description.psam[number], factors
        return _status(OK)

    def _verify(self, block: bytes) -> bytes:
        if not self._pin_tries:
            return _status(0x6983)
        if block.hex().rstrip("f") == self.description.pin:
            self._pin_tries = self.description.pin_tries
            return _status(OK)
        self._pin_tries -= 1
        return _status(0x63C0 | self._pin_tries)

    def _select(self, apdu: bytes) -> bytes:
        p1, name = apdu[2], apdu[5 : 5 + apdu[4]]
        if p1 == 0x04:
            known = [a for a in self.description.applications if a.startswith(name.hex())]
            if not known:
                return _status(NOT_FOUND)
            self._application, self._file, self._opened = known[0], "", False
            return self._back(apdu, self._told(name))
        if p1 == 0x00 and name.hex() == self.description.directory:
            self._directory = name.hex()
            return _status(OK)
        known_file = p1 in self.description.file_select_p1 and name.hex() in self.description.files
        if self._application != SOCIAL_SECURITY or not known_file:
            return _status(NOT_FOUND)
        self._file = name.hex()
        return _status(OK)

    def _told(self, name: bytes) -> bytes:
        """The FCI."""
        algorithm = self.description.algorithm
        more = bytes.fromhex(f"a5069f0c038601{algorithm:02x}") if algorithm else b""
        inner = bytes((0x84, len(name))) + name + more
        return bytes((0x6F, len(inner))) + inner

    def _read(self, number: int, p2: int, wanted: int) -> bytes:
        if p2 >> 3:
            if not self.description.short_ids or self._application != SOCIAL_SECURITY:
                return _status(NO_FILE)
            self._file = f"ef{p2 >> 3:02x}"
        if self._file not in self.description.files:
            return _status(NO_FILE)
        closed = self.description.closed.get(self._file)
        if closed and not self._opened:
            return _status(closed)
        record = self._record(number, by_number=p2 & 7 == 4)
        if record is None:
            return _status(NO_RECORD)
        if self.description.t0 and wanted != len(record):
            return _status(0x6C00 | len(record))
        if self.description.reads_by_get_response:
            return self._with_data(record)
        return record + _status(OK)

    def _record(self, number: int, *, by_number: bool) -> bytes | None:
        records = self.description.files[self._file]
        tag = ([*records, ""][number - 1]) if by_number else f"{number:02x}"
        if tag not in records:
            return None
        value = bytes.fromhex(records[tag])
        return bytes((int(tag, 16), self.description.said_lengths.get(tag, len(value)))) + value

    def _back(self, apdu: bytes, data: bytes) -> bytes:
        """An answer to a command with data: T=1 sends it only when Le asks for it."""
        if self.description.t0 or len(apdu) > 5 + apdu[4]:
            return self._with_data(data)
        return _status(OK)

    def _with_data(self, data: bytes) -> bytes:
        if not self.description.t0 and not self.description.reads_by_get_response:
            return data + _status(OK)
        self._waiting = data
        return _status(0x6100 | len(data))


def _status(sw: int) -> bytes:
    return sw.to_bytes(2, "big")


class Slot:
    """The card's side of one vpcd connection."""

    def __init__(self, link: socket.socket, chip: Chip, dialogue: IO[str]) -> None:
        self._link = link
        self._chip = chip
        self._dialogue = dialogue
        self._apdus = 0

    def serve(self) -> bool:
        """Until pcscd ends the connection (True), or the card leaves by itself (False)."""
        with contextlib.suppress(ConnectionError):
            return self._converse()
        return True

    def _converse(self) -> bool:
        while message := self._receive():
            if len(message) > 1 or message[0] not in (*_POWER, _ATR_REQUEST):
                if not self._apdu(message):
                    return False
            elif message[0] == _ATR_REQUEST:
                self._send(bytes.fromhex(self._chip.description.atr))
            else:
                self._chip.reset()
        return True

    def _apdu(self, apdu: bytes) -> bool:
        self._apdus += 1
        behaviour = self._chip.description
        if self._apdus == behaviour.leave_at:
            return False
        if behaviour.hang_at and self._apdus >= behaviour.hang_at:
            _wait_for()  # for nothing: silent until the process ends
        time.sleep(behaviour.delay)
        answer = self._chip.answer(apdu)
        self._dialogue.write(json.dumps({"apdu": apdu.hex(), "answer": answer.hex()}) + "\n")
        self._send(answer)
        return True

    def _receive(self) -> bytes:
        length = int.from_bytes(self._exactly(2), "big")
        return self._exactly(length) if length else b""

    def _exactly(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            # vpcd sends in two pieces: without this every APDU takes 44 ms (cards.md B4.1)
            self._link.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            _wait_for(self._link)
            more = self._link.recv(count - len(data))
            if not more:
                return b""
            data += more
        return data

    def _send(self, answer: bytes) -> None:
        self._link.sendall(len(answer).to_bytes(2, "big") + answer)


def _wait_for(*links: socket.socket, seconds: float | None = None) -> None:
    """Until something arrives; standard input closes when whoever started us is gone."""
    if sys.stdin in select.select([sys.stdin, *links], [], [], seconds)[0]:
        raise SystemExit


def _connect(port: int) -> socket.socket:
    """pcscd opens its port a moment after it starts."""
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port))
        except ConnectionRefusedError:
            _wait_for(seconds=0.005)


def main() -> None:
    """Stay in the slot, also over restarts of pcscd, until standard input or the process ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--dialogue", type=Path, required=True)
    parser.add_argument("description", type=Path)
    options = parser.parse_args()
    chip = Chip(CardDescription.load(options.description.read_text("utf-8")))
    with options.dialogue.open("w", buffering=1, encoding="utf-8") as dialogue:
        stays = True
        while stays:
            with _connect(options.port) as link:
                dialogue.write(json.dumps({"inserted": options.port}) + "\n")
                chip.reset()
                stays = Slot(link, chip, dialogue).serve()


if __name__ == "__main__":
    main()
