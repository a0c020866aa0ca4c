"""``SSCardDriver``-style libraries: one card read whole, its PIN by the pad (cards.md A6)."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from enum import IntEnum

from msgspec import Struct

from card_reader.bridge.card_text import NoCardText, read_card_text
from card_reader.bridge.library import LibraryError, VendorFile, VendorLibrary
from card_reader.bridge.return_codes import (
    NEEDS_MODULE,
    OK,
    WRONG_CARD,
    problem_of_code,
    problem_of_pin,
    shown_code,
)
from card_reader.bridge.wire import Answer, Call, Room
from card_reader.faults import CardError
from card_reader.network_module import NetworkModule, forwarded
from card_reader.readers import CardReading
from card_reader.recognise import CardKind
from card_reader.security_module import ModuleFailed
from desktop.domain.problems import ProblemCode

_ROOM = Room(65_536)
"""The widest buffer that any vendor asks for is 8192."""
_PIN_PATIENCE = 90.0
"""Seconds for a person at the pad; the library itself gives up earlier (-32)."""
_BETWEEN_LOOKS = 0.3
NOT_THE_CARD = frozenset(
    (ProblemCode.NO_READER, ProblemCode.LIBRARY_UNUSABLE, ProblemCode.LIBRARY_FAILED)
)
"""Trouble that has nothing to do with the card that is in."""


class Interface(IntEnum):
    """``iType``: by which way the library talks to the card."""

    CONTACT = 1
    CONTACTLESS = 2
    CONTACT_FIRST = 3
    CONTACTLESS_FIRST = 4


class CardDriverFile(Struct, frozen=True):
    """A card library and how this site uses it."""

    file: VendorFile
    interface: Interface = Interface.CONTACT_FIRST
    pin_by_pad: bool = False
    """The site demands the card's PIN."""
    module: NetworkModule | None = None
    """Opens 3.0 cards where the library has no PSAM of its own."""


class CardDriver:
    """The reader behind a vendor's library. Close it at the end."""

    def __init__(self, driver: CardDriverFile, library: VendorLibrary | None = None) -> None:
        self._driver = driver
        self._library = library or VendorLibrary(driver.file)

    @property
    def name(self) -> str:
        """The library's name stands for its reader's."""
        return self._driver.file.name

    def read(self) -> CardReading:
        """The card that is in now; raises :class:`CardError` (NO_CARD when there is none)."""
        answer = self._card()
        if answer.code in WRONG_CARD:
            return CardReading(self.name, b"", CardKind.OTHER, None, 0)
        if answer.code != OK:
            raise self._error(problem_of_code(answer.code or 0), answer.code)
        try:
            told = read_card_text(answer.outs[0])
        except NoCardText:
            raise self._error(ProblemCode.CARD_UNREADABLE, "返回的内容不是卡信息") from None
        return CardReading(self.name, told.reset, CardKind.SOCIAL_SECURITY, told.card, 0)

    def _card(self) -> Answer:
        answer, module = self._call("iReadCardBas"), self._driver.module
        if module is None or answer.code not in NEEDS_MODULE:
            return answer
        challenge = self._call("iReadCardBas_HSM_Step1")
        return challenge if challenge.code != OK else self._opened(module, challenge.outs[0])

    def _opened(self, module: NetworkModule, challenge: bytes) -> Answer:
        """The second step, in which the library reads the card with the machine's answer."""
        try:
            key = forwarded(module, challenge, time.monotonic)
        except ModuleFailed as why:
            raise self._error(ProblemCode.PSAM_NEEDED, str(why)) from None
        return self._asked(Call("iReadCardBas_HSM_Step2", (key, _ROOM)))

    def confirm(self, reading: CardReading) -> None:
        """Have the PIN entered on the pad where the site demands it; one try for a card put in.

        Raises :class:`CardError`.
        """
        if not self._driver.pin_by_pad or reading.card is None:
            return
        answer = self._call("iVerifyPIN", max(_PIN_PATIENCE, self._driver.file.limit))
        if answer.code != OK:
            problem, left = problem_of_pin(answer.code or 0, answer.outs[0])
            raise self._error(problem, answer.code if left is None else f"还可输 {left} 次")

    def load(self) -> None:
        """Load the library now; raises :class:`CardError`."""
        try:
            self._library.load()
        except LibraryError as error:
            raise CardError(error.kind, error.detail) from error

    def close(self) -> None:
        self._library.close()

    def _call(self, function: str, limit: float | None = None) -> Answer:
        return self._asked(Call(function, (self._driver.interface.value, _ROOM)), limit)

    def _asked(self, call: Call, limit: float | None = None) -> Answer:
        try:
            return self._library.call(call, limit)
        except LibraryError as error:
            raise CardError(error.kind, error.detail) from error

    def _error(self, kind: ProblemCode, why: int | str | None) -> CardError:
        shown = shown_code(why) if isinstance(why, int) else why
        return CardError(kind, f"{self.name} {shown}")


def read_by_driver(
    driver: CardDriverFile,
    wait: float = 0.0,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> CardReading:
    """One card, once, or the first that comes within ``wait`` seconds.

    For a program that then ends; raises :class:`CardError`.
    """
    until = clock() + wait
    with closing(CardDriver(driver)) as reader:
        while True:
            try:
                reading = reader.read()
                reader.confirm(reading)
                return reading
            except CardError as problem:
                if problem.kind is not ProblemCode.NO_CARD or clock() >= until:
                    raise
            sleep(_BETWEEN_LOOKS)
