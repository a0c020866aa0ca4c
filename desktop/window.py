"""The cashier window's start: the window stands at once, and its desk is opened beside it.

``kuasheng`` without a verb opens it. The only module beside ``ui/`` that knows Qt.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import sys
from collections.abc import Callable, MutableMapping
from contextlib import ExitStack, suppress
from threading import Event, Thread
from traceback import walk_tb
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop.domain.problems import DeskError, ProblemCode, desk_error
from ui.cashier.doorway import Doorway
from ui.language import LANGUAGE_VARIABLE, speak
from ui.scale import application as made
from ui.theme.stylesheet import STYLE, apply
from ui.work import QtPost

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Protocol

    from desktop.app import OpenDesk
    from desktop.knowledge.areas import Areas
    from ui.cashier.shell import CashierShell
    from ui.cashier.window import CashierWindow
    from ui.input.wedge import Scan

    class Options(Protocol):
        """What the command line told."""

        profile: str | None
        platform: str | None
        json: bool

    ShellOf = Callable[[OpenDesk, CashierWindow, Callable[[], None], ExitStack], CashierShell]

_log = logging.getLogger(__name__)

_SWITCH_SECONDS = 0.00002
"""So long the Qt thread waits for the interpreter while another one computes. It asks for it at each
of the hundreds of calls that a window needs until it has answered: with the usual 5 ms a key that is
pressed while the desk opens is answered half a second later, with half a millisecond 160 ms."""


_PAINTERS = frozenset(("paintEvent", "paint"))
"""Qt's names of what paints."""


def run(arguments: Options) -> int:
    """Show the window and open its desk; returns when the window is closed.

    Raises ``DeskError`` when the desk did not open: the window has said why, and was closed.
    """
    print_through_memory(os.environ)
    application = QApplication.instance() or made([*sys.argv[:1], *STYLE], os.environ)
    assert isinstance(application, QApplication)
    speak(application, os.environ.get(LANGUAGE_VARIABLE, ""))
    theme = apply(application)
    opening = Opening(application, arguments)
    sys.excepthook = opening.slipped
    application.commitDataRequest.connect(opening.session_ends)
    opening.doorway.show(opening.begin)
    code = application.exec()
    theme.deleteLater()
    opening.close()
    return code


class Opening(QObject):
    """Opens the desk on a thread of its own, then hands the window over to its shell.

    What takes a second (modules, the keyring, the journal, the practice platform) is done while
    the window stands; :meth:`close` closes it all again, wherever that was.
    """

    def __init__(self, application: QApplication, arguments: Options) -> None:
        super().__init__()
        self.doorway = Doorway(_areas, application.quit)
        self._application = application
        self._arguments = arguments
        self._post = QtPost(self)
        self._stack = ExitStack()
        self._thread = Thread(target=self._open, name="opening")
        self._error: Exception | None = None
        self._shell: CashierShell | None = None
        self._taken_over = Event()

    def begin(self) -> None:
        let_qt_through()
        self._thread.start()

    def close(self) -> None:
        """Close what was opened; raises what kept it from opening."""
        self._taken_over.set()
        if self._thread.is_alive():
            self._thread.join()
        self._stack.close()
        if isinstance(self._error, DeskError):
            raise self._error
        if self._error is not None:
            _log.error("the desk does not open", exc_info=self._error)
            raise desk_error(ProblemCode.FAILED, type(self._error).__name__) from self._error

    def slipped(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """A fault of the program itself, on the Qt thread: it is kept, and the cashier is told.

        In a slot of its own: the fault may lie in showing a state, in the midst of a step.
        """
        _log.error("a slot failed", exc_info=(kind, error, trace))
        if self._shell is not None:
            self._post(self._shell.presenter.slipped)
            if _of_painting(trace):
                self._post(self._shell.window.could_not_paint)

    def session_ends(self, _manager: object) -> None:
        """The session, or the PC, goes down, and asks every window to close."""
        if self._shell is not None:
            self._shell.session_ends()

    def _open(self) -> None:
        try:
            prefix = _scanner_prefix(self._arguments.profile)
            importlib.import_module("ui.cashier.scanner")  # here, not on the Qt thread
            self._post(lambda: self.doorway.listen(prefix))
            from desktop.app import open_desk
            from desktop.at_the_window import shell_of
            from ui.cashier.pages.book import load_pages

            opened = self._stack.enter_context(
                open_desk(self._arguments.profile, self._arguments.platform, "window")
            )
        except Exception as error:  # noqa: BLE001 - raised again by close, on its own thread
            self._error = error
            importlib.import_module("ui.cashier.pages.halted")
            self._post(self._stay_shut)
        else:
            self._post(lambda: self._opened(opened, shell_of))
            self._taken_over.wait()  # beside it the Qt thread would wait for the interpreter
            try:
                load_pages()
            finally:  # what waits is followed whatever page fails
                self._post(self._furnish)

    def _opened(self, opened: OpenDesk, shell_of: ShellOf) -> None:
        early = self.doorway.leave()
        window, gone = self.doorway.window, self._application.quit
        try:
            self._shell = shell_of(opened, window, gone, self._stack)
            _take(self._shell, early)
            spare_the_collector()
        finally:
            self._taken_over.set()

    def _stay_shut(self) -> None:
        if self._error is not None:
            self.doorway.stay_shut(self._error)

    def _furnish(self) -> None:
        if self._shell is not None:
            self._shell.furnish()


def _take(shell: CashierShell, early: Scan | str) -> None:
    """What was shown while the desk was not open yet."""
    if not isinstance(early, str):
        shell.scanned(early)
    elif early:
        shell.window.typed_number.emit(early)


def _of_painting(trace: TracebackType | None) -> bool:
    """Whether Qt had asked a widget, or what draws the rows of a list, to paint itself."""
    return any(frame.f_code.co_name in _PAINTERS for frame, _line in walk_tb(trace))


def _scanner_prefix(profile: str | None) -> str:
    """Read before the desk opens, since a code may be scanned before; its faults are told then."""
    from desktop.profile import find_profile
    from desktop.settings import load

    with suppress(DeskError):
        return load(find_profile(profile).settings_file).desk.scanner_prefix
    return ""


def _areas() -> Areas:
    from desktop.knowledge.areas import load_areas

    return load_areas()


def print_through_memory(environment: MutableMapping[str, str]) -> None:
    """What Qt writes for the print service, a picture of a slip, never lies on a disk.

    The folder of the session is memory, this user's own, and gone with the session. Before any thread
    is there: the environment is the whole process's.
    """
    session = environment.get("XDG_RUNTIME_DIR", "")
    if session and "TMPDIR" not in environment and os.access(session, os.W_OK):
        environment["TMPDIR"] = session


def let_qt_through() -> None:
    """From now on a thread that computes gives the interpreter up at once when Qt asks for it."""
    sys.setswitchinterval(_SWITCH_SECONDS)


def spare_the_collector() -> None:
    """What stands as long as the window is no work for the collector, which stops every thread.

    A full collection took 70 ms at each visit, and takes 15 ms without modules and widgets. None is
    made here: it took 40 ms of the Qt thread, and of 62 000 objects 13 were garbage.
    """
    gc.freeze()
    gc.enable()
