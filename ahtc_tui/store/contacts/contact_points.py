"""Reads the telephone numbers and email addresses of contacts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ahtc_tui.domain.contacts.contact_points import POINT_COLUMNS, normalize_point
from ahtc_tui.domain.contacts.model import ContactPoint, ContactPointKind
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_one, select_rows

ALL_EMAILS = """(SELECT id AS party, lower(trim(email)) AS email FROM parties WHERE NOT deleted AND email <> ''
 UNION SELECT l.party, lower(trim(l.email)) FROM contact_points l JOIN parties p ON p.id = l.party
 WHERE NOT l.deleted AND NOT p.deleted AND l.email <> '')"""
"""Every email address in lower case, with its party."""


class PointRow(NamedTuple):
    """Stored contact point: either `email` or `phone` is filled."""

    key: RowKey
    party: RowKey
    email: str | None
    phone: str | None
    kind: ContactPointKind | None


class _Preferred(NamedTuple):
    email: str | None
    phone: str | None


QUERY = "SELECT id AS key, party, email, phone, kind FROM contact_points WHERE NOT deleted"


def list_point_rows(cursor: Cursor, party: RowKey | None = None) -> list[PointRow]:
    """Return the stored contact points of a party, or of all, in order of entry."""
    if party is None:
        return select_rows(cursor, PointRow, f"{QUERY} ORDER BY n")
    return select_rows(cursor, PointRow, f"{QUERY} AND party = ? ORDER BY n", (party,))


def read_points(cursor: Cursor, party: RowKey) -> dict[str, tuple[ContactPoint, ...]]:
    """Return the email addresses and the telephone numbers of a party, the preferred one of each first."""
    preferred = select_one(cursor, _Preferred, "SELECT email, phone FROM parties WHERE id = ?", (party,))
    rows = list_point_rows(cursor, party)
    return {column: build_points(column, getattr(preferred, column), rows) for column in POINT_COLUMNS}


def build_points(column: str, preferred: str | None, rows: Iterable[PointRow]) -> tuple[ContactPoint, ...]:
    """Return the points of one column; a row with the preferred value has only its kind."""
    points: dict[str, ContactPoint] = {}
    if preferred:
        points[normalize_point(preferred)] = ContactPoint(preferred, None, preferred=True)
    for row in rows:
        if value := getattr(row, column):
            known = points.get(normalize_point(value))
            if known is None:
                points[normalize_point(value)] = ContactPoint(value, row.kind)
            elif known.kind is None:
                points[normalize_point(value)] = ContactPoint(known.value, row.kind, known.preferred)
    return tuple(points.values())
