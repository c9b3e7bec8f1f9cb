"""Two records of one contact become one: field by field, every reference moves, one step and one undo.

The record that goes keeps its reference and key: both lead to the one that stays. Minutes keep their words.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.contacts.merge_records import MergeField, MergePlan, Take, default_take
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import from_stored
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.seating import THERE
from ahtc_tui.services.contacts.writer import TABLES
from ahtc_tui.store.contacts import merge_records as stored
from ahtc_tui.store.contacts.aliases import aliases
from ahtc_tui.store.contacts.party_lookup import Party, find_exactly
from ahtc_tui.store.contacts.queries import KINDS, stands_under
from ahtc_tui.store.records.columns import columns

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

KEPT = frozenset(("ref", "kind", "card_uid", "merged_into", "source_notes"))
"""Columns of the common part that are never taken over: what a UID meant, the pointer keeps."""
SHOWN_AS = {"kind": "type"}
"""Columns that people know by another name."""


def preview_merge(workspace: Workspace, a: str, b: str, take: Mapping[str, str] | None = None) -> MergePlan:
    """What merging B into A would do; writes nothing. Raises NotFound, BadInput, Refused."""
    with workspace.database.read() as cursor:
        one, other = _both(cursor, a, b)
        fields = _fields(cursor, one, other, take or {})
        pointers = stored.pointers(cursor, other.key)
        repeated = [pointer for pointer in pointers if stored.repeats(cursor, pointer, one.key)]
        moved = Counter(pointer.table for pointer in pointers) - Counter(pointer.table for pointer in repeated)
        shown = tuple(field for field, _place in fields)
        return _plan(one, other, shown, moved, Counter(pointer.table for pointer in repeated), ())


def merge(workspace: Workspace, a: str, b: str, take: Mapping[str, str] | None = None) -> MergePlan:
    """Merge B into A. `take` says by field whose value stays ("A" or "B"). Raises NotFound, BadInput, Refused."""
    with workspace.database.write("contacts merge") as ledger:
        one, other = _both(ledger.cursor, a, b)
        ledger.label = f"contacts merge {one.ref} {other.ref}"
        ledger.amends = True  # whose record a line of attendance means changes, and not what the minutes say
        fields = _fields(ledger.cursor, one, other, take or {})
        moved, repeated = _move(ledger, one.key, other.key)
        _take_over(ledger, one, other, fields)
        ledger.change("parties", other.key, {"merged_into": one.key})
        ledger.remove(TABLES[PartyKind(other.kind)], other.key)
        ledger.remove("parties", other.key)
        to_decide = _to_decide(stored.doubled(ledger.cursor, one.key, workspace.today().isoformat()), one.name)
        return _plan(one, other, tuple(field for field, _place in fields), moved, repeated, to_decide)


def _plan(
    one: Party,
    other: Party,
    fields: tuple[MergeField, ...],
    moved: Counter[str],
    repeated: Counter[str],
    to_decide: tuple[str, ...],
) -> MergePlan:
    return MergePlan(one.ref, one.name, one.kind, other.ref, other.name, fields, dict(moved), dict(repeated), to_decide)


def _both(cursor: Cursor, a: str, b: str) -> tuple[Party, Party]:
    one, other = find_exactly(cursor, a, KINDS), find_exactly(cursor, b, KINDS)
    if one.key == other.key:
        raise Refused(_("{a} and {b} are the same record: {name}.").format(a=a, b=b, name=one.name))
    if one.kind != other.kind:
        sentence = _("{a} ({kind}) and {b} ({other}) are not of one kind, and cannot be one.")
        raise Refused(sentence.format(a=one.ref, kind=one.kind, b=other.ref, other=other.kind))
    if one.kind == "organisation":
        _refuse_ring(cursor, one, other)
    return one, other


def _refuse_ring(cursor: Cursor, one: Party, other: Party) -> None:
    """An organisation between the two would become a part of itself."""
    for low, high in ((one, other), (other, one)):
        parent = stored.values(cursor, "organisations", low.key)["parent"]
        if parent not in (None, high.key) and stands_under(cursor, parent, high.key):
            sentence = _("{a} is a part of a part of {b}: say first what it is a part of.")
            raise Refused(sentence.format(a=low.ref, b=high.ref))


Place = tuple[str, str, Any, Any]
"""Table, column, and the stored values of A and B."""


def _fields(cursor: Cursor, one: Party, other: Party, take: Mapping[str, str]) -> list[tuple[MergeField, Place]]:
    """Every field in which one of the two says something, and whose value stays. Raises BadInput."""
    unknown = dict(take)
    found = [
        _field(place, labels, is_date, unknown)
        for table in ("parties", TABLES[PartyKind(one.kind)])
        for place, labels, is_date in _places(cursor, table, one, other)
    ]
    if unknown:
        names = ", ".join(field.name for field, _place in found)
        sentence = _('There is no field "{field}" to choose: {names}.')
        raise BadInput(sentence.format(field=next(iter(unknown)), names=names))
    return sorted(found, key=lambda one: one[0].name.removeprefix("own_") in stored.ABOUT)


def _places(cursor: Cursor, table: str, one: Party, other: Party) -> Iterator[tuple[Place, dict[bytes, str], bool]]:
    """The columns of a table that the two fill, with the names of what they point at, and whether it is a date."""
    a, b = stored.values(cursor, table, one.key), stored.values(cursor, table, other.key)
    of_table = columns(cursor, table)
    keys = {row[name] for row in (a, b) for name in of_table.keys if row[name]}
    labels = stored.named(cursor, keys)
    for name in of_table.names:
        kept = name in KEPT if table == "parties" else name == "source_notes"
        told = table != "parties" and name in stored.ABOUT and a[name] is not None
        if not (kept or told or (a[name], b[name]) == (None, None)):
            yield (table, name, a[name], b[name]), labels, name in of_table.dates


def _field(place: Place, labels: dict[bytes, str], is_date: bool, take: dict[str, str]) -> tuple[MergeField, Place]:
    table, name, a, b = place
    own = f"own_{name}" if name in stored.ABOUT else SHOWN_AS.get(name, name)
    shown = name if table == "parties" else own
    said = take.pop(shown, None)
    of_a, of_b = _words(a, is_date, labels), _words(b, is_date, labels)
    return MergeField(shown, of_a, of_b, _chosen(shown, said) if said else default_take(a, b)), place


def _chosen(field: str, said: str) -> Take:
    try:
        return Take(said.strip().upper())
    except ValueError:
        raise BadInput(_('{field} is taken from A or B, not "{said}".').format(field=field, said=said)) from None


def _words(value: Any, is_date: bool, labels: dict[bytes, str]) -> str | None:
    """A stored value as people read it."""
    if value is None:
        return None
    if isinstance(value, bytes):
        return labels.get(value, value.hex())
    if is_date:
        return str(from_stored(value))
    return "; ".join(json.loads(value)) if isinstance(value, str) and value.startswith('["') else str(value)


def _move(ledger: Ledger, one: bytes, other: bytes) -> tuple[Counter[str], Counter[str]]:
    """Let everything that names the one record name the other; what says the same already is removed."""
    moved, repeated = Counter[str](), Counter[str]()
    for pointer in stored.pointers(ledger.cursor, other):
        if pointer.key in (one, other) and pointer.table in TABLES.values():
            ledger.change(pointer.table, pointer.key, {pointer.column: None})
        elif pointer.table == "not_duplicates" and one in stored.values(ledger.cursor, *pointer[::2]).values():
            ledger.remove(pointer.table, pointer.key)
        elif standing := stored.repeats(ledger.cursor, pointer, one):
            _keep_the_better(ledger, pointer, standing)
            repeated[pointer.table] += 1
        else:
            ledger.change(pointer.table, pointer.key, {pointer.column: one})
            moved[pointer.table] += 1
    return moved, repeated


def _keep_the_better(ledger: Ledger, pointer: stored.Pointer, standing: bytes) -> None:
    """Of two lines that say the same one goes; somebody who was there was there, whatever the other line says."""
    if pointer.table == "attendances":
        now = stored.values(ledger.cursor, "attendances", standing)
        theirs = stored.values(ledger.cursor, "attendances", pointer.key)
        if theirs["state"] in THERE and now["state"] not in THERE:
            said = {name: theirs[name] for name in ("state", "deputy_for", "items", "reason")}
            ledger.change("attendances", standing, said)
    ledger.remove(pointer.table, pointer.key)


def _take_over(ledger: Ledger, one: Party, other: Party, fields: list[tuple[MergeField, Place]]) -> None:
    """Write the values of B that stay; B's name is one of A's names afterwards."""
    changed: dict[str, dict[str, Any]] = {}
    for field, (table, column, _a, b) in fields:
        if field.take is Take.B and b not in (one.key, other.key):
            changed.setdefault(table, {})[column] = b
    for table, values in changed.items():
        ledger.change(table, one.key, values)
    taken = changed.get("parties", {}).get("name", one.name)
    known = {taken, *(alias.name for alias in aliases(ledger.cursor, one.key))}
    for name in dict.fromkeys((one.name, other.name)):
        if name not in known:
            ledger.add("aliases", {"party": one.key, "name": name})


def _to_decide(doubled: dict[str, list[str]], name: str) -> tuple[str, ...]:
    sentences = {
        "seats": _("{name} has two seats on {what}: end or remove one"),
        "posts": _("{name} is in the post {what} twice: put the dates right"),
        "holders": _("{what} holds {name} twice: put the dates right"),
        "deputies": _("{name} deputised for themselves at {what}: put the attendance right"),
    }
    return tuple(sentences[kind].format(name=name, what=what) for kind, found in doubled.items() for what in found)
