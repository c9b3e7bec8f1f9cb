"""Finds the records that people name, and encodes the fields of a draft as columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.errors import BadInput, NotFound, Refused, UnknownName
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.suggestions import propose_name, propose_reference
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.records import references
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.records.fields import find_ancestors

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from ahtc_tui.domain.drafts.text import Draft
    from ahtc_tui.store.records.cursor import Cursor

    Lookup = Callable[[Cursor, str], RowKey | None]
    """Finds the key of the record that a text names."""

CONTACT_KINDS = (PartyKind.PERSON, PartyKind.POST, PartyKind.ORGANISATION)


def find_record(cursor: Cursor, table: Table, ref: str, noun: str) -> tuple[RowKey, str]:
    """Return key and reference of a record. Raises NotFound with the noun and the text."""
    match = references.find_by_ref(cursor, table, ref)
    if match is None:
        proposal = propose_reference(ref, references.list_refs(cursor, table))
        raise NotFound(_('There is no {noun} "{ref}".').format(noun=noun, ref=ref) + proposal)
    return match.key, match.ref


def find_action(cursor: Cursor, ref: str) -> tuple[RowKey, str]:
    """Return key and reference of an action. Raises NotFound."""
    return find_record(cursor, "actions", ref, _("action"))


def find_meeting(cursor: Cursor, ref: str) -> tuple[RowKey, str]:
    """Return key and reference of a meeting. Raises NotFound."""
    return find_record(cursor, "meetings", ref, _("meeting"))


def find_meeting_key(cursor: Cursor, ref: str) -> RowKey:
    """Return the key of a meeting. Raises NotFound."""
    return find_meeting(cursor, ref)[0]


def find_party_key(cursor: Cursor, words: str | None) -> RowKey | None:
    """Return the key of a party by reference, name or alias; None for empty text. Raises NotFound, BadInput."""
    return find_party(cursor, words).key if words and words.strip() else None


def find_group_key(cursor: Cursor, words: str | None) -> RowKey | None:
    """Return the key of a group; None for empty text. Raises NotFound, BadInput."""
    return find_party(cursor, words, ("group",)).key if words and words.strip() else None


def find_organisation_key(cursor: Cursor, words: str) -> RowKey:
    """Return the key of an organisation. Raises NotFound, BadInput."""
    return find_party(cursor, words, ("organisation",)).key


def find_objective_key(cursor: Cursor, words: str | None) -> RowKey | None:
    """Return the key of an objective by number or reference; None for empty text. Raises NotFound."""
    if not words or not words.strip():
        return None
    from ahtc_tui.store.plan.versions_and_milestones import find_objective

    key = find_objective(cursor, words.strip().rstrip("."))
    if key is None:
        raise NotFound(_('There is no objective "{words}".').format(words=words))
    return key


def find_area_key(cursor: Cursor, words: str) -> RowKey:
    """Return the key of an area by reference or its name in either language. Raises NotFound."""
    return find_area(cursor, words).key


def find_area(cursor: Cursor, words: str) -> references.RefMatch:
    """Return key and reference of an area, as `find_area_key`. Raises NotFound."""
    from ahtc_tui.store.areas import queries

    match = queries.find_area(cursor, words)
    if match is None:
        proposal = propose_name(words, queries.list_names(cursor))
        raise UnknownName(_('There is no area "{words}".').format(words=words) + proposal, words, ("area",))
    return references.RefMatch(match.key, match.ref)


def refuse_cycle(cursor: Cursor, table: Table, key: RowKey, values: Mapping[str, Any], names: tuple[str, ...]) -> None:
    """Raise Refused where one of the named columns makes the record its own ancestor."""
    for name in names:
        parent = values.get(name)
        if isinstance(parent, bytes) and key in find_ancestors(cursor, table, name, RowKey(parent)):
            sentence = _("{name}: a record cannot be part of itself, directly or indirectly.")
            raise Refused(sentence.format(name=name))


def find_objective_number(cursor: Cursor, words: str | None) -> str | None:
    """Return the number or reference of an objective as filters store it; None for empty text. Raises NotFound."""
    return words.strip().rstrip(".") if words and find_objective_key(cursor, words) else None


def refuse_empty_draft(draft: Draft) -> None:
    """Raise BadInput for an edit without a field."""
    if not draft.given_fields:
        raise BadInput(_("Give at least one field to change: field=value."))


def resolve_columns(
    cursor: Cursor, draft: Draft, lookups: Mapping[str, Lookup], omitted: Collection[str] = ()
) -> dict[str, Any]:
    """Return the given fields of a draft as the table stores them: dates and booleans encoded, named records as keys.

    `lookups` has the function that finds the record for each field that names one; `omitted` are the fields that are
    stored elsewhere. Empty text is stored as NULL.
    """
    values: dict[str, Any] = {}
    for name, value in draft.given_fields.items():
        if name in omitted:
            continue
        if isinstance(value, DateAsKnown):
            values[name] = value.stored_text
        elif isinstance(value, bool):
            values[name] = int(value)
        elif isinstance(value, str) and name in lookups:
            values[name] = lookups[name](cursor, value) if value else None
        else:
            values[name] = value if value != "" else None
    return values
