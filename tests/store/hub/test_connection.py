"""Opening a hub on a computer that has not installed the extra `hub`."""

from __future__ import annotations

import sys

import pytest

from ahtc_tui.domain.errors import ProgramError
from ahtc_tui.store.hub.connection import open_hub


def test_a_missing_driver_is_one_sentence_with_the_extra_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    address = "postgresql+psycopg://clerk@hub.example.org/ahtc"
    with pytest.raises(ProgramError, match=r"ahtc\[hub\]"), open_hub(address, read_only=True):
        pass
