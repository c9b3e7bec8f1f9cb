"""Values that context variables have inside a block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Value = TypeVar("Value")


@contextmanager
def hold_value(variable: ContextVar[Value], value: Value) -> Iterator[None]:
    """Set a variable inside the block; afterwards it has its former value."""
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)
