"""One cashier window with everything that drives it: presenter, work, scanner, card, drop folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from card_reader.readers import CardReading
from card_reader.watch import CardEvent, Inserted, ReadersChanged, Removed, Trouble
from desktop.hospital.drop_folder import Broken
from desktop.services.card import credential_of
from desktop.services.identify import from_id_number, from_qr
from ui.cashier.counter import Counter
from ui.cashier.presenter import CashierPresenter
from ui.cashier.problem_words import problem_message
from ui.cashier.scanner import Scanner
from ui.cashier.state import Desk
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
_TICK_MS = 1000
"""Between two looks at what is due of the queue, and two steps of a count-down."""
_BETWEEN_PAGES_MS = 20


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
        self._work = qt_work(self)
        self._post = QtPost(self)
        self.window = window
        self.window.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.presenter = CashierPresenter(
            counter, self._work, clock, facts.desk, self.window.present
        )
        self.window.attach(self.presenter)
        self.window.typed_number.connect(self._typed)
        self.window.closing.connect(self._close)
        self.window.typing.connect(self._expect_patient)
        self._expecting = False
        self._ticks = QTimer(self, interval=_TICK_MS)
        self._ticks.timeout.connect(self.presenter.queue.tick)
        self._scanner = Scanner(self.window, facts.scanner_prefix, clock, self.scanned)

    def furnish(self) -> None:
        """Make the window's pages before they are needed, in moments of idleness."""
        self._in_moments(self.window.furnish_at_rest())

    def _expect_patient(self) -> None:
        """The first one comes: what only patients need is loaded, and made, while they are read."""
        if not self._expecting:
            self._expecting = True
            self._work.start(self._counter.make_ready, lambda _end: None)
            self._in_moments(self.window.furnish_for_patient())

    def _in_moments(self, pages: Iterator[QWidget]) -> None:
        def one_more() -> None:
            if next(pages, None) is None:
                timer.stop()

        timer = QTimer(self.window, interval=_BETWEEN_PAGES_MS)
        timer.timeout.connect(one_more)
        timer.start()

    def watch_queue(self) -> None:
        """Show what an earlier process left, then work at what is due while the window is open."""
        self.presenter.queue.start()
        self._ticks.start()

    def card_event(self, event: CardEvent) -> None:
        """What the card watch saw; may be called from its thread."""
        self._post(lambda: self._heard(event))

    def watch_folder(self, look: Callable[[], tuple[Broken, ...]]) -> None:
        """Have ``look`` read the drop folder now and then, on a thread: a share may hang."""

        def seen(end: Ended[tuple[Broken, ...]]) -> None:
            if isinstance(end, Completed):
                self.presenter.folder_looked_at(end.value)
            timer.start()

        timer = QTimer(self, interval=_LOOK_MS, singleShot=True)
        timer.timeout.connect(lambda: self._work.start(look, seen))
        timer.start()

    def _heard(self, event: CardEvent) -> None:
        match event:
            case Inserted(reading, resting):
                self._read(reading, resting=resting)
            case Trouble(problem):
                self.presenter.reader_says(problem_message(problem))
            case Removed() | ReadersChanged():
                self.presenter.reader_says("")

    def _read(self, reading: CardReading, *, resting: bool) -> None:
        """A card that lay there before, and is no patient's, is nobody's business."""
        if reading.card is None and resting:
            return
        self._expect_patient()
        today = self._counter.desk.clock().date()
        self.presenter.show_credential(lambda: credential_of(reading, today), self.tr("社会保障卡"))

    def scanned(self, scan: Scan) -> None:
        """Somebody held something before the scanner."""
        self._expect_patient()
        self._shown(read_scanned(scan.text))

    def _typed(self, text: str) -> None:
        """A number typed, or a code that an input method kept from being seen as a scan."""
        self._shown(read_typed(text))

    def _shown(self, read: CredentialText) -> None:
        """What is no credential asks nobody: it is told beside the keys, the text stays (B01)."""
        match read:
            case VoucherCode(code):
                self.presenter.show_credential(
                    lambda: from_qr(self._counter.desk, code), self.tr("医保码")
                )
            case IdText(number):
                self.presenter.show_credential(
                    lambda: from_id_number(number.number), self.tr("身份证号")
                )
            case WrongIdNumber() | ForeignCode():
                self.presenter.warn(read.problem)
            case NoText():
                pass

    def _close(self) -> None:
        """Whatever must finish is waited for; then the window goes (a settlement is never cut)."""
        self._ticks.stop()
        self._work.close(self._closed)

    def _closed(self) -> None:
        self._scanner.stop()
        self.window.let_close()
        self._gone()
