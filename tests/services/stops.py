"""How a step ends that does not go on: that it stops is asserted, and its codes are what it said."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

import pytest

from desktop.domain.problems import DeskError
from desktop.services.ending import Stopped

P = ParamSpec("P")


def stopped_with(step: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> list[str]:
    """A person must hear of it."""
    with pytest.raises(Stopped) as stop:
        step(*args, **kwargs)
    return [problem.code for problem in stop.value.problems]


def refused_with(step: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> list[str]:
    """It is an error as a whole."""
    with pytest.raises(DeskError) as error:
        step(*args, **kwargs)
    return [problem.code for problem in error.value.problems]
