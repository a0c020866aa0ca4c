"""The real PC/SC stack of this room: started once, emptied after every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.rig.pcsc import PcscStack

_READERS = 4
_PAD = 3
"""The last of them has keys for a PIN."""


@pytest.fixture(scope="session")
def running_stack() -> Iterator[PcscStack]:
    """The client library reads its socket's path once per process, hence one stack for all."""
    with PcscStack(_READERS, pad=_PAD) as stack, pytest.MonkeyPatch.context() as patch:
        for name, value in stack.environment.items():
            patch.setenv(name, value)
        yield stack


@pytest.fixture
def stack(running_stack: PcscStack) -> Iterator[PcscStack]:
    yield running_stack
    running_stack.empty(_READERS)
