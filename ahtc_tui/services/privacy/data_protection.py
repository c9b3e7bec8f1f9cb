"""Use cases of the review of personal data: the list of due reviews, and the review of one person."""

from __future__ import annotations

from datetime import date

from ahtc_tui.domain.privacy.data_protection import LastUse, ReviewRow, compute_review_day
from ahtc_tui.domain.text.collation import build_sort_key
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.contacts.queries import KINDS
from ahtc_tui.store.privacy import data_protection as queries


def list_reviews(workspace: Workspace, *, everybody: bool = False) -> list[ReviewRow]:
    """Return the people whose review is due, longest overdue first; or everybody by day of review."""
    with workspace.database.read() as cursor:
        people = queries.list_people(cursor, workspace.today())
    rows = [_build_row(person, workspace.today()) for person in people]
    return sorted(
        (row for row in rows if everybody or row.days_over >= 0),
        key=lambda row: (row.review_on, build_sort_key(row.name)),
    )


def show_review(workspace: Workspace, words: str) -> ReviewRow | None:
    """Return the review of one person; None for a post or an organisation. Raises NotFound."""
    with workspace.database.read() as cursor:
        people = queries.list_people(cursor, workspace.today(), find_party(cursor, words, KINDS).key)
    return _build_row(people[0], workspace.today()) if people else None


def _build_row(person: queries.PersonHeld, today: date) -> ReviewRow:
    use: LastUse = person.used
    review_on = compute_review_day(person.review_on, use.on)
    return ReviewRow(
        person.ref,
        person.name,
        person.organisation,
        review_on,
        person.review_on is None,
        use.on,
        use.purpose,
        (today - review_on).days,
        person.lawful_basis,
        person.told_on,
    )
