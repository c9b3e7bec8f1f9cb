"""Files to import on the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.hands import Hands

LogWriter = Callable[..., Path]


@pytest.fixture
def log(tmp_path: Path) -> LogWriter:
    """Return a function that writes a CSV file outside the workspace."""

    def write_log(*lines: str, name: str = "log.csv", head: str = "Ref,Action,Lead,Status,Progress") -> Path:
        (tmp_path / name).write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
        return tmp_path / name

    return write_log


async def import_path(hands: Hands, path: Path | str) -> None:
    """Import a file by typing its path."""
    await hands.press_keys("8", "i", "/")
    await hands.type_text(str(path))
    await hands.press_keys("enter")
