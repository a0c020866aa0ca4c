"""``kuasheng practice``: the practice platform, on the loopback address only."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.commands.result import Exit, Result
from desktop.commands.verbs import Verbs
from desktop.domain.problems import ProblemCode, desk_error

if TYPE_CHECKING:
    from desktop.sandbox.play.wish import Wish
    from desktop.sandbox.server import Playing


def add(verbs: Verbs, common: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser("practice", parents=[common], help="run the practice platform")
    parser.add_argument("--port", type=_port, default=0, metavar="N", help="0: any free port")
    parser.add_argument("--data", type=Path, metavar="DIR", help="keep everything in this folder")
    parser.add_argument(
        "--play",
        type=_wish,
        metavar="TEXT",
        help='first fill it with a month: "2023-11, 12000 visits"',
    )
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="end with the program that started it"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Result:
    """Serve until SIGTERM; the ready line is printed by the server itself.

    Raises ``practice-unavailable`` for a port or a folder that cannot be had, and for a month
    without rules.
    """
    from desktop.sandbox.bad_data import BadData
    from desktop.sandbox.play.month import NoRules
    from desktop.sandbox.server import serve
    from desktop.sandbox.shell.store import StoreUnusable

    if arguments.until_stdin_closes:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    try:
        serve(arguments.port, arguments.data, _playing(arguments.play))
    except StoreUnusable:
        raise desk_error(
            ProblemCode.PRACTICE_UNAVAILABLE, f"目录 {arguments.data} 用不了"
        ) from None
    except BadData as error:
        raise desk_error(ProblemCode.PRACTICE_UNAVAILABLE, f"规则文件 {error}") from None
    except NoRules:
        month = f"{arguments.play.first:%Y-%m}"
        raise desk_error(
            ProblemCode.PRACTICE_UNAVAILABLE, f"{month} 没有任何参保地的待遇规则"
        ) from None
    except OSError:
        raise desk_error(
            ProblemCode.PRACTICE_UNAVAILABLE, f"端口 {arguments.port} 用不了"
        ) from None
    return Result(Exit.DONE, None)


def _playing(wish: Wish | None) -> Playing | None:
    from desktop.sandbox.server import Playing

    return Playing(wish, _say) if wish else None


def _say(text: str) -> None:
    """Beside stdout, which belongs to the ready line."""
    print(text, file=sys.stderr, flush=True)


def _wish(text: str) -> Wish:
    from desktop.sandbox.play.wish import BadWish, read_wish

    try:
        return read_wish(text)
    except BadWish as error:
        raise argparse.ArgumentTypeError(str(error)) from None


_STDIN = 0


def _end_with_stdin() -> None:
    """A desk that is killed cannot end its practice platform; its pipe closes all the same."""
    while os.read(_STDIN, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return port
