"""Why people are held and when that is looked at again: the list of overdue ones, and one person's dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.privacy.data_protection import ReviewRow, Use, review_day
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.contacts.queries import KINDS
from ahtc_tui.store.privacy import data_protection as stored

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.services.workspace import Workspace


def reviews(workspace: Workspace, *, everybody: bool = False) -> list[ReviewRow]:
    """The people whose review is due, the longest overdue first; or everybody by the day of their review."""
    with workspace.database.read() as cursor:
        held = stored.people(cursor, workspace.today())
    rows = [_row(one, workspace.today()) for one in held]
    return sorted((row for row in rows if everybody or row.days_over >= 0), key=lambda row: (row.review_on, row.name))


def review_of(workspace: Workspace, words: str) -> ReviewRow | None:
    """When one person is looked at again; None for a post or an organisation. Raises NotFound."""
    with workspace.database.read() as cursor:
        held = stored.people(cursor, workspace.today(), find_party(cursor, words, KINDS).key)
    return _row(held[0], workspace.today()) if held else None


def _row(held: stored.Held, today: date) -> ReviewRow:
    use: Use = held.used
    due = review_day(held.review_on, use.on)
    return ReviewRow(
        held.ref,
        held.name,
        held.organisation,
        due,
        held.review_on is None,
        use.on,
        use.what,
        (today - due).days,
        held.lawful_basis,
        held.told_on,
    )
