"""The verbs of the command line (contracts), one file each; none imports Qt."""

from __future__ import annotations

import argparse
from typing import TypeAlias

Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What a verb adds itself to; argparse has no public name for it."""
