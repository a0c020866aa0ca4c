"""``kuasheng practice``: the practice platform, on the loopback address only."""

from __future__ import annotations

import argparse
import os
import signal
import threading
from pathlib import Path

from desktop.commands.result import Exit, Result
from desktop.commands.verbs import Verbs


def add(verbs: Verbs, common: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser("practice", parents=[common], help="run the practice platform")
    parser.add_argument("--port", type=_port, default=0, metavar="N", help="0: any free port")
    parser.add_argument("--data", type=Path, metavar="DIR", help="keep everything in this folder")
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="end with the program that started it"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Result:
    """Serve until SIGTERM; the ready line is printed by the server itself."""
    from desktop.sandbox.server import serve

    if arguments.until_stdin_closes:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    serve(arguments.port, arguments.data)
    return Result(Exit.DONE, None)


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
