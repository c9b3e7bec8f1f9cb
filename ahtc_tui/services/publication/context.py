"""Reads what the register has about people and bodies for the marks on the texts of a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.publication.marks import MarkContext, count_labels
from ahtc_tui.domain.publication.personal_details import WithheldNames
from ahtc_tui.store.documents import published_names

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


def read_mark_context(
    cursor: Cursor, day: date, concerned: Iterable[str] = (), terms: Iterable[str] = ()
) -> MarkContext:
    """Return the context of a page on a day.

    `concerned` are the people without public office that it is about, `terms` are words that are not names.
    """
    people = published_names.read_registered_people(cursor, day)
    details = published_names.read_public_details(cursor)
    private = {person.name: person for person in people if not person.is_public}
    concerned_names = frozenset(concerned)
    names = WithheldNames(
        concerned_names,
        frozenset(private) - concerned_names,
        frozenset(person.name for person in people if person.is_public),
        details.terms | frozenset(terms),
    )
    posts_and_bodies = {(person.post, person.organisation, person.key) for person in private.values()}
    labels = count_labels(label for post, body, _key in posts_and_bodies for label in (post, body))
    return MarkContext(names, details.numbers, details.addresses, labels)
