"""Erasures that another copy brings: sorted into those of persons, those of their rows, and invalid ones.

Nothing is erased here: a person accepts each erasure of a person before the merge carries it out. What goes is computed
from the words of this copy and the names that it finds itself (`redaction_of_names`); rows that only the other copy
counts to a person have an answer of their own.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ahtc_tui.domain.i18n import gettext_noop
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.privacy.data_protection import ErasureEffect
from ahtc_tui.store.privacy.erasure import PersonErasure
from ahtc_tui.store.privacy.erasure_register import DESTROYED_TABLES, PERSON_TABLES, RETENTION_GROUND
from ahtc_tui.store.privacy.erasure_scope import build_scope, list_person_columns
from ahtc_tui.store.privacy.redaction import DROPPED_TABLES, FileRewriter
from ahtc_tui.store.records.cursor import RecordKey, Table
from ahtc_tui.store.records.fields import read_fields
from ahtc_tui.store.records.rows import iterate_rows, select_column, select_rows

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

NO_PERSON = "[]"
"""The hashes of a record that was erased with a person."""
HASH = re.compile("[0-9a-f]{32}")
MOST_HASHES = 200
LONGEST_GROUND = 1_000
KEY_BYTES = 16

INVALID_FORM = gettext_noop("ahtc does not make such an erasure.")
NOT_A_PERSON = gettext_noop("It is an erasure without a person.")
NOT_OF_A_PERSON = gettext_noop("It is an erasure of a record of somebody else.")


class ErasureRow(NamedTuple):
    """A row of the table `erasure`."""

    row_id: RowKey
    erased_on: str
    ground: str
    marks: str


class ErasureAnswer(Protocol):
    """Says whether a person accepted an erasure, or with `part` that part of it, which has a question of its own."""

    def __call__(self, key: RowKey, part: str = "", /) -> bool: ...


ROWS = "rows"
"""The part of an erasure with rows that only the other copy counts to an erased person."""


class _StepOfChange(NamedTuple):
    """A change of the peer, with the kind of its step."""

    change_id: RowKey
    row_id: RowKey
    kind: str | None


class RefusedErasure(NamedTuple):
    """An invalid erasure, and the reason as a text to translate."""

    row_id: object
    reason: str


@dataclass
class PersonToErase:
    """A person whom the peer erased."""

    rows: list[ErasureRow]
    """One row; for rows that remain after an erasure in both copies, all of them."""
    name: str = ""
    """Empty where this copy has nothing of the person."""
    ref: str = ""
    is_accepted: bool = False
    counts: Counter[tuple[str, ErasureEffect]] = field(default_factory=Counter)
    """Rows of this copy by table and effect."""
    dependents: list[ErasureRow] = field(default_factory=list)
    """Erased rows that refer to the person here."""
    named_records: set[RecordKey] = field(default_factory=set)
    """Records of this copy that refer to the person or name them."""

    @property
    def key(self) -> RowKey:
        """The key that identifies the question."""
        return self.rows[0].row_id


@dataclass
class ErasurePlan:
    """The erasures of the peer that this copy does not have."""

    people: list[PersonToErase] = field(default_factory=list)
    remaining_rows: PersonToErase | None = None
    """Rows that went with a person there but remain here, because the person was erased in both copies."""
    destroyed: PersonToErase | None = None
    """Records that the other copy destroyed under its retention schedule."""
    refused: list[RefusedErasure] = field(default_factory=list)

    @property
    def all_items(self) -> list[PersonToErase]:
        """Everything that a person accepts or not."""
        return self.people + [item for item in (self.remaining_rows, self.destroyed) if item]

    @property
    def pending(self) -> list[PersonToErase]:
        """The items that nobody accepted yet."""
        return [item for item in self.all_items if not item.is_accepted]

    @property
    def withheld_records(self) -> set[RecordKey]:
        """The records of this copy that are about a person whose erasure is pending."""
        return {record for item in self.pending for record in item.named_records}


def read_erasures(cursor: Cursor) -> dict[RowKey, ErasureRow]:
    """Return the erasures of a database by record."""
    query = "SELECT row_id, erased_on, ground, marks FROM erasure"
    return {row.row_id: row for row in select_rows(cursor, ErasureRow, query)}


def plan_erasures(local: Cursor, peer: Cursor, accepts: ErasureAnswer) -> ErasurePlan:
    """Sort the erasures of the peer that are new here; `accepts` answers for the key of an item."""
    known = read_erasures(local)
    plan = ErasurePlan()
    dependents: list[ErasureRow] = []
    for key, row in read_erasures(peer).items():
        if not is_valid_row(row):
            plan.refused.append(RefusedErasure(key, INVALID_FORM))
        elif key in known:
            continue
        elif row.marks == NO_PERSON:
            dependents.append(row)
        elif not (_may_be_person(local, key) and _may_be_person(peer, key)):
            plan.refused.append(RefusedErasure(key, NOT_A_PERSON))
        else:
            plan.people.append(_build_person(local, row))
    for item in plan.people:
        item.is_accepted = accepts(item.key)
    _assign_dependents(local, plan, dependents, has_erased=any(row.marks != NO_PERSON for row in known.values()))
    if plan.remaining_rows:
        plan.remaining_rows.is_accepted = accepts(plan.remaining_rows.key, ROWS)
    if plan.destroyed:
        plan.destroyed.is_accepted = accepts(plan.destroyed.key)
    return plan


def is_valid_row(row: ErasureRow) -> bool:
    """Return whether an erasure has the form that ahtc writes."""
    if not (isinstance(row.row_id, bytes) and len(row.row_id) == KEY_BYTES):
        return False
    if not all(isinstance(text, str) for text in row[1:]) or len(row.ground) > LONGEST_GROUND:
        return False
    try:
        row.ground.encode()
        marks = json.loads(row.marks) if len(row.marks) < MOST_HASHES * 40 else None
        is_day = date.fromisoformat(row.erased_on).isoformat() == row.erased_on
    except (ValueError, RecursionError):
        return False
    if not isinstance(marks, list) or not is_day:
        return False
    return all(isinstance(mark, str) and HASH.fullmatch(mark) for mark in marks)


def _may_be_person(cursor: Cursor, key: RowKey) -> bool:
    """Return whether a key is that of a person, or of nothing in this database."""
    kinds = select_column(cursor, "SELECT kind FROM parties WHERE id = ?", (key,))
    tables = select_column(cursor, 'SELECT DISTINCT "table" FROM change WHERE row_id = ?', (key,))
    return kinds in ([], ["person"]) and set(tables) <= set(PERSON_TABLES)


def find_known_person(cursor: Cursor, person: PersonToErase) -> RowKey | None:
    """Return the key of the person; None where this copy never had or already erased them."""
    query = "SELECT 1 FROM parties WHERE id = ? AND kind = 'person' AND ref NOT GLOB 'erased-*'"
    return person.key if cursor.execute(query, (person.key,)).fetchone() else None


def _build_person(cursor: Cursor, row: ErasureRow) -> PersonToErase:
    person = PersonToErase([row])
    if find_known_person(cursor, person) is not None:
        fields = read_fields(cursor, "parties", row.row_id, ("name", "ref"))
        person.name, person.ref = fields["name"], fields["ref"]
    return person


def _assign_dependents(cursor: Cursor, plan: ErasurePlan, rows: Iterable[ErasureRow], *, has_erased: bool) -> None:
    """Add each row that refers to a person here to that person. Rows that this copy never had need nothing."""
    columns: dict[str, set[str]] = defaultdict(set)
    for table, column, is_required in list_person_columns(cursor):
        if is_required or table in DROPPED_TABLES:
            columns[table].add(column)
    owners = {row.row_id: person for person in plan.people for row in person.rows}
    for row in rows:
        record_table = _find_table(cursor, row.row_id)
        if record_table is None:
            continue
        if row.ground == RETENTION_GROUND and record_table in DESTROYED_TABLES:
            plan.destroyed = plan.destroyed or PersonToErase([])
            plan.destroyed.rows.append(row)
            plan.destroyed.counts[record_table, ErasureEffect.DROPPED] += 1
            plan.destroyed.named_records.add((record_table, row.row_id))
            continue
        people = _read_people(cursor, record_table, row, columns)
        owner = next((owners[key] for key in people if key in owners), None)
        if owner is not None:
            owner.dependents.append(row)
        elif columns[record_table] and (has_erased or plan.people):
            plan.remaining_rows = plan.remaining_rows or PersonToErase([])
            plan.remaining_rows.rows.append(row)
            plan.remaining_rows.counts[record_table, ErasureEffect.DROPPED] += 1
            plan.remaining_rows.named_records.add((record_table, row.row_id))
        else:
            plan.refused.append(RefusedErasure(row.row_id, NOT_OF_A_PERSON))


def _find_table(cursor: Cursor, key: RowKey) -> Table | None:
    tables = select_column(cursor, 'SELECT "table" FROM change WHERE row_id = ? LIMIT 1', (key,))
    return tables[0] if tables else None


def _read_people(cursor: Cursor, table: Table, row: ErasureRow, columns: Mapping[str, set[str]]) -> set[RowKey]:
    """Return the keys to which the person columns of a record refer now."""
    names = ", ".join(f'"{name}"' for name in sorted(columns[table]))
    values = cursor.execute(f'SELECT {names} FROM "{table}" WHERE id = ?', (row.row_id,)).fetchone() if names else None
    return set(values or ()) - {None}


def count_effects(cursor: Cursor, plan: ErasurePlan, rewrite_file: FileRewriter) -> None:
    """Count what each pending erasure would remove here, and list the records that name the person."""
    for person in plan.pending:
        key = None if person is plan.destroyed else find_known_person(cursor, person)
        if key is None:
            continue
        erasure = PersonErasure(cursor, build_scope(cursor, key), rewrite_file)
        erasure.run()
        person.counts = erasure.rows
        person.named_records = set(erasure.touched)


def list_held_back_changes(peer: Cursor, plan: ErasurePlan) -> set[RowKey]:
    """Return the ids of the peer's changes that are part of a pending erasure: they come in with it."""
    keys = {row.row_id for item in plan.pending for row in item.rows}
    if not keys:
        return set()
    query = """SELECT c.id AS change_id, c.row_id, s.kind FROM change c LEFT JOIN step s ON s.id = c."transaction" """
    rows = iterate_rows(peer, _StepOfChange, query)
    return {row.change_id for row in rows if row.kind == "erase" or row.row_id in keys}
