"""Parameters of which the ordinary run takes a part, because they are many of one kind; `make test-all` takes all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from _pytest.mark import ParameterSet

NARROW_AND_WIDE = ((80, 24), pytest.param((120, 40), marks=pytest.mark.long))
"""Both sizes of the screen; the ordinary run takes the narrow one, where less fits."""


def keep_every(step: int, rows: Iterable[Any]) -> list[ParameterSet]:
    """Return the rows as parameters; only the first of each `step` is without the marker `long`."""
    return [
        pytest.param(*(row if isinstance(row, tuple) else (row,)), marks=() if number % step == 0 else pytest.mark.long)
        for number, row in enumerate(rows)
    ]
