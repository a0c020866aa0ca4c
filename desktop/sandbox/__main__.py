"""``python -m desktop.sandbox [--port N] [--data DIR]``: the platform without the desk."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.sandbox.server import serve


def main() -> None:
    parser = argparse.ArgumentParser(prog="desktop.sandbox", description="practice platform")
    parser.add_argument("--port", type=int, default=0, metavar="N")
    parser.add_argument("--data", type=Path, metavar="DIR")
    arguments = parser.parse_args()
    serve(arguments.port, arguments.data)


if __name__ == "__main__":
    main()
