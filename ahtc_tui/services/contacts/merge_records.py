"""Merges two records of one contact, field by field, in one step with one undo.

Reference and key of the removed record lead to the kept one. Minutes keep their text.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.contacts.contact_points import POINT_COLUMNS, normalize_point
from ahtc_tui.domain.contacts.merge_records import KeptSide, MergeField, MergePlan, choose_kept_side
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import PRESENT_STATES
from ahtc_tui.domain.text.suggestions import add_choices
from ahtc_tui.services.contacts.writer import TABLES, write_points
from ahtc_tui.store.contacts import merge_records as stored
from ahtc_tui.store.contacts.contact_points import read_points
from ahtc_tui.store.contacts.names import read_aliases
from ahtc_tui.store.contacts.party_lookup import Party, find_party_exactly
from ahtc_tui.store.contacts.queries import KINDS, is_under
from ahtc_tui.store.records.columns import read_columns
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.records.fields import read_field

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

EXCLUDED_COLUMNS = frozenset(("ref", "kind", "card_uid", "merged_into", "source_notes"))
"""Columns of the party that are not merged; the UID of a removed card is resolved through the pointer."""
DISPLAY_NAMES = {"kind": "type"}
"""Columns that are shown under another name."""

ColumnPair = tuple[Table, str, Any, Any]
"""Table, column and the stored values of A and B."""


def preview_merge(workspace: Workspace, a: str, b: str, take: Mapping[str, str] | None = None) -> MergePlan:
    """Return what merging B into A would do; write nothing. Raises as `merge_contacts`."""
    with workspace.database.read() as cursor:
        kept, duplicate = _find_pair(cursor, a, b)
        fields = _build_fields(cursor, kept, duplicate, take or {})
        pointers = stored.find_pointers(cursor, duplicate.key)
        repeated = [pointer for pointer in pointers if stored.find_duplicate(cursor, pointer, kept.key)]
        moved = Counter(pointer.table for pointer in pointers) - Counter(pointer.table for pointer in repeated)
        shown = tuple(field for field, _place in fields)
        return _build_plan(kept, duplicate, shown, moved, Counter(pointer.table for pointer in repeated), ())


def merge_contacts(workspace: Workspace, a: str, b: str, take: Mapping[str, str] | None = None) -> MergePlan:
    """Merge B into A and return what was done. `take` chooses "A" or "B" for a field.

    Raises NotFound, BadInput for an unknown field or choice, Refused for the same record or different kinds.
    """
    with workspace.database.write("contacts merge") as ledger:
        kept, duplicate = _find_pair(ledger.cursor, a, b)
        ledger.label = f"contacts merge {kept.ref} {duplicate.ref}"
        ledger.may_amend = True  # only the party of an attendance row changes, not the minutes
        fields = _build_fields(ledger.cursor, kept, duplicate, take or {})
        points = [read_points(ledger.cursor, party.key) for party in (kept, duplicate)]
        moved, repeated = _move_references(ledger, kept.key, duplicate.key)
        _merge_into(ledger, kept, duplicate, fields)
        for column in POINT_COLUMNS:
            taken = read_field(ledger.cursor, "parties", kept.key, column) or ""
            ours, theirs = (side[column] for side in points)
            first = [point for point in (*ours, *theirs) if normalize_point(point.value) == normalize_point(taken)]
            write_points(ledger, kept.key, column, (*first, *ours, *theirs))
        ledger.update("parties", duplicate.key, {"merged_into": kept.key})
        ledger.remove("parties", duplicate.key)
        doubles = stored.find_double_entries(ledger.cursor, kept.key, workspace.today().isoformat())
        to_decide = _format_decisions(doubles, kept.name)
        return _build_plan(kept, duplicate, tuple(field for field, _place in fields), moved, repeated, to_decide)


def _build_plan(
    kept: Party,
    duplicate: Party,
    fields: tuple[MergeField, ...],
    moved: Counter[Table],
    repeated: Counter[Table],
    to_decide: tuple[str, ...],
) -> MergePlan:
    moved_counts: dict[str, int] = dict(moved.items())
    repeated_counts: dict[str, int] = dict(repeated.items())
    return MergePlan(
        kept.ref, kept.name, kept.kind, duplicate.ref, duplicate.name, fields, moved_counts, repeated_counts, to_decide
    )


def _find_pair(cursor: Cursor, a: str, b: str) -> tuple[Party, Party]:
    kept, duplicate = find_party_exactly(cursor, a, KINDS), find_party_exactly(cursor, b, KINDS)
    if kept.key == duplicate.key:
        raise Refused(_("{a} and {b} are the same record: {name}.").format(a=a, b=b, name=kept.shown_name))
    if kept.kind != duplicate.kind:
        sentence = _("{a} ({kind}) and {b} ({other}) are not of the same kind and cannot be merged.")
        raise Refused(sentence.format(a=kept.ref, kind=kept.kind, b=duplicate.ref, other=duplicate.kind))
    if kept.kind is PartyKind.ORGANISATION:
        _refuse_cycle(cursor, kept, duplicate)
    return kept, duplicate


def _refuse_cycle(cursor: Cursor, kept: Party, duplicate: Party) -> None:
    """Raise Refused where an organisation between the two would become its own part."""
    for low, high in ((kept, duplicate), (duplicate, kept)):
        parent = stored.read_values(cursor, "organisations", low.key)["parent"]
        if parent not in (None, high.key) and is_under(cursor, parent, high.key):
            sentence = _("{a} is an indirect part of {b}. Change what it is a part of first.")
            raise Refused(sentence.format(a=low.ref, b=high.ref))


def _build_fields(
    cursor: Cursor, kept: Party, duplicate: Party, take: Mapping[str, str]
) -> list[tuple[MergeField, ColumnPair]]:
    """Return every field that one of the two fills, with the choice between them. Raises BadInput."""
    unknown = dict(take)
    tables: tuple[Table, ...] = ("parties", TABLES[kept.kind])
    fields = [
        _build_field(column_pair, labels, is_date, unknown)
        for table in tables
        for column_pair, labels, is_date in _read_column_pairs(cursor, table, kept, duplicate)
    ]
    if unknown:
        sentence = _('There is no field "{field}".').format(field=next(iter(unknown)))
        raise BadInput(add_choices(sentence, (field.name for field, _place in fields)))
    return sorted(fields, key=lambda entry: entry[0].name.removeprefix("own_") in stored.SOURCE_COLUMNS)


def _read_column_pairs(
    cursor: Cursor, table: Table, kept: Party, duplicate: Party
) -> Iterator[tuple[ColumnPair, dict[RowKey, str], bool]]:
    """Yield each column of a table that one of the two fills, with labels of references, and whether it is a date."""
    a, b = stored.read_values(cursor, table, kept.key), stored.read_values(cursor, table, duplicate.key)
    table_columns = read_columns(cursor, table)
    keys = {row[name] for row in (a, b) for name in table_columns.keys if row[name]}
    labels = stored.read_names(cursor, keys)
    for name in table_columns.names:
        is_excluded = name in EXCLUDED_COLUMNS if table == "parties" else name == "source_notes"
        shown_already = table != "parties" and name in stored.SOURCE_COLUMNS and a[name] is not None
        if not (is_excluded or shown_already or (a[name], b[name]) == (None, None)):
            yield (table, name, a[name], b[name]), labels, name in table_columns.dates


def _build_field(
    column_pair: ColumnPair, labels: dict[RowKey, str], is_date: bool, take: dict[str, str]
) -> tuple[MergeField, ColumnPair]:
    table, name, a, b = column_pair
    own_name = f"own_{name}" if name in stored.SOURCE_COLUMNS else DISPLAY_NAMES.get(name, name)
    field_name = name if table == "parties" else own_name
    choice = take.pop(field_name, None)
    shown_a, shown_b = _format_value(a, is_date, labels), _format_value(b, is_date, labels)
    return MergeField(
        field_name, shown_a, shown_b, _read_choice(field_name, choice) if choice else choose_kept_side(a, b)
    ), column_pair


def _read_choice(field: str, choice: str) -> KeptSide:
    try:
        return KeptSide(choice.strip().upper())
    except ValueError:
        raise BadInput(_('{field} is taken from A or B, not "{text}".').format(field=field, text=choice)) from None


def _format_value(value: Any, is_date: bool, labels: dict[RowKey, str]) -> str | None:
    if value is None:
        return None
    if isinstance(value, bytes):
        return labels.get(RowKey(value), value.hex())
    if is_date:
        return str(read_stored_date(value))
    return "; ".join(json.loads(value)) if isinstance(value, str) and value.startswith('["') else str(value)


def _move_references(ledger: Ledger, kept: RowKey, duplicate: RowKey) -> tuple[Counter[Table], Counter[Table]]:
    """Redirect every reference to the duplicate to the kept record, and remove rows that would repeat."""
    moved, repeated = Counter[Table](), Counter[Table]()
    for pointer in stored.find_pointers(ledger.cursor, duplicate):
        if pointer.key in (kept, duplicate) and pointer.table in TABLES.values():
            ledger.update(pointer.table, pointer.key, {pointer.column: None})
        elif pointer.table == "not_duplicates" and kept in stored.read_values(ledger.cursor, *pointer[::2]).values():
            ledger.remove(pointer.table, pointer.key)
        elif existing := stored.find_duplicate(ledger.cursor, pointer, kept):
            _keep_better_row(ledger, pointer, existing)
            repeated[pointer.table] += 1
        else:
            ledger.update(pointer.table, pointer.key, {pointer.column: kept})
            moved[pointer.table] += 1
    return moved, repeated


def _keep_better_row(ledger: Ledger, pointer: stored.Pointer, existing: RowKey) -> None:
    """Remove the repeated row; of two attendance rows a presence wins over an absence."""
    if pointer.table == "attendances":
        ours = stored.read_values(ledger.cursor, "attendances", existing)
        theirs = stored.read_values(ledger.cursor, "attendances", pointer.key)
        if theirs["state"] in PRESENT_STATES and ours["state"] not in PRESENT_STATES:
            values = {name: theirs[name] for name in ("state", "deputy_for", "items", "reason")}
            ledger.update("attendances", existing, values)
    ledger.remove(pointer.table, pointer.key)


def _merge_into(ledger: Ledger, kept: Party, duplicate: Party, fields: list[tuple[MergeField, ColumnPair]]) -> None:
    """Write the values of B that were chosen, and keep the other names as aliases."""
    former = [
        tuple(read_field(ledger.cursor, "parties", party.key, name) for name in ("name", "name_cy"))
        for party in (kept, duplicate)
    ]
    changed: dict[Table, dict[str, Any]] = {}
    for field, (table, column, _a, b) in fields:
        if field.take is KeptSide.B and b not in (kept.key, duplicate.key):
            changed.setdefault(table, {})[column] = b
    for table, values in changed.items():
        ledger.update(table, kept.key, values)
    taken = {read_field(ledger.cursor, "parties", kept.key, name) for name in ("name", "name_cy")} | {
        name for alias in read_aliases(ledger.cursor, kept.key) for name in (alias.name, alias.name_cy)
    }
    for name, name_cy in former:
        if name not in taken or (name_cy and name_cy not in taken):
            ledger.add("aliases", {"party": kept.key, "name": name, "name_cy": name_cy})


def _format_decisions(doubled: dict[str, list[str]], name: str) -> tuple[str, ...]:
    sentences = {
        "seats": _("{name} has two seats on {what}. End or remove one"),
        "posts": _("{name} holds the post {what} twice. Correct the dates"),
        "holders": _("{what} lists {name} twice. Correct the dates"),
        "deputies": _("{name} deputised for themselves at {what}. Correct the attendance"),
    }
    return tuple(sentences[kind].format(name=name, what=value) for kind, values in doubled.items() for value in values)
