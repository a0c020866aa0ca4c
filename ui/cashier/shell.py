"""One cashier window with everything that drives it: presenter, work, readers, scanners, drop folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from card_reader.cards import Inserted, ReadersChanged, Removed, Trouble
from card_reader.id_text import IdCard
from card_reader.noticed import CodeSeen, IdCardSeen, Noticed, SourceTrouble, SourceWell
from card_reader.readers import CardReading
from desktop.domain.credential import Credential
from desktop.domain.problems import Problem, ProblemCode
from desktop.hospital.drop_folder import FolderSeen
from desktop.services.card import credential_of, credential_of_id_card
from desktop.services.identify import from_id_number, from_qr
from ui.cashier.counter import Counter
from ui.cashier.next_card import CardIn
from ui.cashier.pin_desk import Confirm, PinDesk
from ui.cashier.pin_prompt import PinPrompt
from ui.cashier.presenter import CashierPresenter
from ui.cashier.problem_words import problem_message, problem_sentence
from ui.cashier.scanner import Scanner
from ui.cashier.state import Desk, ShownBy
from ui.cashier.window import CashierWindow
from ui.input.credential_text import (
    CredentialText,
    ForeignCode,
    IdText,
    NoText,
    VoucherCode,
    WrongIdNumber,
    read_scanned,
    read_typed,
)
from ui.input.wedge import Scan
from ui.work import QtPost, qt_work
from ui.work_port import Completed, Ended

_LOOK_MS = 700
_HANGS_MS = 8000
"""A share that has not answered by then is out of reach for whoever waits for a bill."""
_TICK_MS = 1000
"""Between two looks at what is due of the queue, and two steps of a count-down."""
_BETWEEN_PAGES_MS = 20
_FAREWELL = 2.0
"""Seconds: longer than any slip is drawn or printed, shorter than a line's time-out."""
_CARDS = "cards"
"""All readers of chip cards together, as one of the devices that may be in trouble."""


class Facts(Struct, frozen=True):
    """What of the desk the window shows and needs, beside the counter's ports."""

    desk: Desk
    scanner_prefix: str = ""


class CashierShell(QObject):
    """Owns the window and what runs beside it; the caller shows :attr:`window`, if it has not."""

    def __init__(
        self,
        window: CashierWindow,
        counter: Counter,
        facts: Facts,
        gone: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._counter = counter
        self._gone = gone
        self._prefix, self._clock = facts.scanner_prefix, clock
        self._post = QtPost(self)
        self._work = qt_work(self._post)
        self._troubles: dict[str, str] = {}
        self._pins: PinDesk | None = None
        self.window = window
        self.window.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.presenter = CashierPresenter(
            counter, self._work, clock, facts.desk, self.window.present
        )
        self.window.attach(self.presenter)
        self.window.typed_number.connect(self._typed)
        self.window.closing.connect(self._close)
        self.presenter.gone = self.window.close
        self.window.typing.connect(self._expect_patient)
        self._expecting = False
        self._loading = False
        self._may_stay = True
        self._ticks = QTimer(self, interval=_TICK_MS)
        self._ticks.timeout.connect(self.presenter.queue.tick)
        self._scanner = Scanner(self.window, facts.scanner_prefix, clock, self.scanned)

    def furnish(self) -> None:
        """Make the window's pages before they are needed, in moments of idleness."""
        self._in_moments(self._furnishing())

    def _furnishing(self) -> Iterator[QWidget]:
        """First the list: what an earlier process left is shown as soon as it can be (B50)."""
        try:
            yield from self.window.furnish_list()
        finally:
            self.watch_queue()
        yield from self.window.furnish_at_rest()

    def _expect_patient(self) -> None:
        """The first one comes: what only patients need is loaded while they are read, then made."""
        if not self._expecting:
            self._expecting = self._loading = True
            self._work.start(self._counter.make_ready, self._loaded)
            self._in_moments(self.window.furnish_for_patient())

    def _loaded(self, _end: Ended[None]) -> None:
        self._loading = False

    def _in_moments(self, pages: Iterator[QWidget]) -> None:
        """One step now and then; none beside a job, for which it would wait in mid-step."""

        def one_more() -> None:
            if self._loading or self.presenter.state.busy is not None:
                return
            if next(pages, None) is None:
                timer.stop()

        timer = QTimer(self.window, interval=_BETWEEN_PAGES_MS)
        timer.timeout.connect(one_more)
        timer.start()

    def watch_queue(self) -> None:
        """Show what an earlier process left, then work at what is due while the window is open."""
        self.presenter.queue.start()
        self._ticks.start()

    def leave(self) -> None:
        """After the window has gone, before the desk is closed and the program ends.

        What hangs longer ends with the program, and tells the window nothing any more.
        """
        self._work.leave(_FAREWELL)
        self._post.close()

    def noticed(self, event: Noticed) -> None:
        """What a reader, scanner or camera noticed; may be called from its own thread."""
        self._post(lambda: self._heard(event))

    def demand_pin(self, confirm: Confirm, *, typed: bool) -> None:
        """From now on no card counts without its PIN; ``typed``: also by a field of the window."""

        prompt = PinPrompt(self.window, self._prefix, self._clock)
        self._pins = PinDesk(self.window, confirm, prompt, self._post, typed=typed)
        self._pins.ready.connect(self._show_card)
        self._pins.says.connect(lambda words: self._says(_CARDS, words))

    def watch_folder(
        self, look: Callable[[], FolderSeen], folder: Path, hangs_ms: int = _HANGS_MS
    ) -> None:
        """Have ``look`` read the drop folder now and then, on a thread: a share may hang."""

        def begin() -> None:
            hangs.start()
            self._work.start(look, seen)

        def seen(end: Ended[FolderSeen]) -> None:
            hangs.stop()
            if isinstance(end, Completed):
                self.presenter.folder_looked_at(end.value)
            timer.start()

        hangs = QTimer(self, interval=hangs_ms, singleShot=True)
        hangs.timeout.connect(lambda: self.presenter.folder_out_of_reach(folder))
        timer = QTimer(self, interval=_LOOK_MS, singleShot=True)
        timer.timeout.connect(begin)
        timer.start()

    def _heard(self, event: Noticed) -> None:
        match event:
            case Inserted(reading, resting):
                self._read(reading, resting=resting)
            case IdCardSeen(card=card):
                self._read_id_card(card)
            case CodeSeen(text=text):
                self._shown(read_scanned(text))
            case Trouble(problem, reader):
                told = problem_sentence if reader else problem_message
                self._says(_CARDS, told(problem))
            case Removed(reader):
                self._says(_CARDS, "")
                self.presenter.cards.taken_out(reader)
                self._forget_pin(reader)
            case ReadersChanged():
                self._says(_CARDS, "")
                self._forget_pin()
            case SourceTrouble(source, problem):
                self._says(source, _trouble(problem))
            case SourceWell(source):
                self._says(source, "")

    def _says(self, source: str, words: str) -> None:
        """The latest trouble that stands; a device that is well again silences no other."""
        self._troubles.pop(source, None)
        if words:
            self._troubles[source] = words
        self.presenter.reader_says(next(reversed(self._troubles.values()), ""))

    def _read(self, reading: CardReading, *, resting: bool) -> None:
        """A card that lay there before, and is no patient's, is nobody's business."""
        if reading.card is None and resting:
            return
        self._expect_patient()
        self.presenter.cards.put_in(
            CardIn(
                reading.reader,
                lambda: self._present(reading),
                reading.card.id_number if reading.card else "",
                reading.card.card_sn if reading.card else "",
            )
        )

    def _forget_pin(self, reader: str = "") -> None:
        """``reader``: whose card went; "" for any."""
        if self._pins is not None:
            self._pins.removed(reader)

    def _present(self, reading: CardReading) -> None:
        self._says(_CARDS, _not_opened(reading))
        today = self._counter.desk.clock().date()
        if self._pins is None or reading.card is None:
            self._show_card(lambda: credential_of(reading, today))
        else:
            self._pins.read(reading, today)

    def _show_card(self, credential: Callable[[], Credential]) -> None:
        self.presenter.show_credential(credential, ShownBy.CARD)

    def _read_id_card(self, card: IdCard) -> None:
        self._expect_patient()
        today = self._counter.desk.clock().date()
        self.presenter.show_credential(lambda: credential_of_id_card(card, today), ShownBy.ID_CARD)

    def scanned(self, scan: Scan) -> None:
        """Somebody held something before the scanner."""
        self._shown(read_scanned(scan.text))

    def _typed(self, text: str) -> None:
        """A number typed, or a code that an input method kept from being seen as a scan."""
        self._shown(read_typed(text))

    def _shown(self, read: CredentialText) -> None:
        """What is no credential asks nobody: it is told beside the keys, the text stays (B01)."""
        self._expect_patient()
        match read:
            case VoucherCode(code):
                self.presenter.show_credential(
                    lambda: from_qr(self._counter.desk, code), ShownBy.CODE
                )
            case IdText(number):
                self.presenter.show_credential(
                    lambda: from_id_number(number.number), ShownBy.NUMBER
                )
            case WrongIdNumber() | ForeignCode():
                self.presenter.warn(read.problem)
            case NoText():
                pass

    def _close(self) -> None:
        """Whatever must finish is waited for; then the window goes (a settlement is never cut).

        It stays where that brought something for the patient who still stands there. Before that a
        bill that is half typed is asked about: nothing else holds it.
        """
        if self._may_stay and self.presenter.asks_to_close():
            return
        closing = self.presenter.closing
        self._ticks.stop()
        closing.begins(waits=self._work.must_wait)
        self._work.close(self._closed, self._stays)

    def session_ends(self) -> None:
        """The session, or the PC, goes down: the window waits for no person any more."""
        self._may_stay = False

    def _stays(self) -> bool:
        """Shown when what the last step began, and the closing cut off, has been heard of too."""
        stays = self._may_stay and self.presenter.closing.stays
        if stays:
            self._post(self._stay)
        return stays

    def _stay(self) -> None:
        self.presenter.closing.stay()
        self._ticks.start()

    def _closed(self) -> None:
        self._scanner.stop()
        self.window.let_close()
        self._gone()


def _not_opened(reading: CardReading) -> str:
    """Why a 3.0 card told no name although there is a security module: for the IT department."""
    problems = reading.card.problems if reading.card else ()
    closed = (p for p in problems if p.kind is ProblemCode.CARD_NOT_OPENED)
    return next((problem_message(problem) for problem in closed), "")


def _trouble(problem: Problem) -> str:
    """A card on the reader is the patient's, who waits: what to do with it is told too."""
    waits = problem.kind is ProblemCode.ID_CARD_UNREADABLE
    return problem_sentence(problem) if waits else problem_message(problem)
