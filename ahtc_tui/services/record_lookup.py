"""From what people type to the record that they mean: references, names, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.plan.versions_and_milestones import objective_key
from ahtc_tui.store.records import references
from ahtc_tui.store.records.fields import above

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ahtc_tui.store.records.cursor import Cursor

PEOPLE = ("person", "post", "organisation")


def record(cursor: Cursor, table: str, ref: str, noun: str) -> tuple[bytes, str]:
    """Key and reference of a record. Raises NotFound that names what was looked for."""
    found = references.find_key(cursor, table, ref)
    if found is None:
        raise NotFound(_('There is no {noun} "{ref}".').format(noun=noun, ref=ref))
    return found[0], found[1]


def action(cursor: Cursor, ref: str) -> tuple[bytes, str]:
    """Key and reference of an action."""
    return record(cursor, "actions", ref, _("action"))


def meeting(cursor: Cursor, ref: str) -> tuple[bytes, str]:
    """Key and reference of a meeting."""
    return record(cursor, "meetings", ref, _("meeting"))


def party(cursor: Cursor, words: str | None) -> bytes | None:
    """The key of whoever is named; None for no words."""
    return find_party(cursor, words).key if words and words.strip() else None


def group(cursor: Cursor, words: str | None) -> bytes | None:
    """The key of a group; None for no words."""
    return find_party(cursor, words, ("group",)).key if words and words.strip() else None


def objective(cursor: Cursor, words: str | None) -> bytes | None:
    """The key of an objective by its number or reference; None for no words."""
    if not words or not words.strip():
        return None
    key = objective_key(cursor, words.strip().rstrip("."))
    if key is None:
        raise NotFound(_('There is no objective "{words}".').format(words=words))
    return key


def area(cursor: Cursor, words: str) -> bytes:
    """The key of an area by its name in either language. Raises NotFound."""
    from ahtc_tui.store.evidence.practice import place_key

    found = place_key(cursor, words)
    if found is None:
        raise NotFound(_('There is no area "{words}".').format(words=words))
    return found[0]


def refuse_ring(cursor: Cursor, table: str, key: bytes, values: Mapping[str, Any], names: tuple[str, ...]) -> None:
    """Raises Refused where a record would stand under itself, at once or by way of others."""
    for name in names:
        other = values.get(name)
        if isinstance(other, bytes) and key in above(cursor, table, name, other):
            said = _("That would go round in a circle: {name} leads back to the record itself.")
            raise Refused(said.format(name=name))


def objective_number(cursor: Cursor, words: str | None) -> str | None:
    """An objective as a filter names it. Raises NotFound where there is none."""
    return words.strip().rstrip(".") if words and objective(cursor, words) else None


def columns(
    cursor: Cursor, given: Mapping[str, object], named: Callable[[Cursor, str, str], bytes | str | None]
) -> dict[str, Any]:
    """Given fields as a table stores them: a date as known, a truth as 0 or 1, words as what they name."""
    values: dict[str, Any] = {}
    for name, value in given.items():
        if isinstance(value, DateAsKnown):
            values[name] = value.stored
        elif isinstance(value, bool):
            values[name] = int(value)
        elif isinstance(value, str):
            values[name] = named(cursor, name, value) if value else None
        else:
            values[name] = value
    return values
