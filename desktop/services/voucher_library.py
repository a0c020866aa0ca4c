"""The question about a 医保码 through a vendor's library instead of our own line (6.1, B01–B03).

The answer is the same as over HTTP (6.2), so it is read by the same code.
"""

from __future__ import annotations

from msgspec import Struct

from card_reader.bridge.ec_code import VoucherLibrary
from card_reader.bridge.library import LibraryError
from desktop.domain.problems import ProblemCode
from desktop.nhsa.decoder import Unreadable, parse
from desktop.nhsa.envelope import read_voucher_answer
from desktop.nhsa.transport import LostError, NotSentError, Reply, WhyLost, WhyNotSent


class VouchersByLibrary(Struct, frozen=True):
    """``vouchers`` of a :class:`~desktop.nhsa.client.PlatformClient`."""

    library: VoucherLibrary

    def __call__(self, body: bytes) -> Reply:
        """Ask once. Raises ``NotSentError`` when the library did not get the question, ``LostError``
        when nobody knows what became of it: the code may be spent.
        """
        try:
            answer = self.library.ask(body)
        except LibraryError as error:
            raise _as_line(error) from error
        if not (answer.done or _says_no(answer.body)):
            raise LostError(WhyLost.LIBRARY_FAILED)
        return Reply(200, {}, answer.body)


def _as_line(error: LibraryError) -> NotSentError | LostError:
    if error.asked:
        return LostError(WhyLost.LIBRARY_FAILED)
    unusable = error.kind is ProblemCode.LIBRARY_UNUSABLE
    return NotSentError(WhyNotSent.LIBRARY_UNUSABLE if unusable else WhyNotSent.LIBRARY_FAILED)


def _says_no(body: bytes) -> bool:
    """A library that failed is believed when the service's own no stands in its answer."""
    try:
        return read_voucher_answer(parse(body)).code != 0
    except Unreadable:
        return False
