"""Circulation lists: the row class."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.keys import RowKey


@dataclass(frozen=True, slots=True)
class ListRow:
    """A circulation list with its filter and those added or dropped by hand, and its members without an address."""

    key: RowKey
    name: str
    filter: str
    members: int
    added: tuple[str, ...]
    """References of members added by hand."""
    dropped: tuple[str, ...]
    """References of members removed by hand."""
    no_address: int
    """Number of members without an e-mail address."""
    fault: str = ""
    """Why the filter cannot be used; empty where it can."""
