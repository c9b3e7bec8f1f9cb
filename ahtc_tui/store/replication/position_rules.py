"""Numbers that are unique within a parent: after concurrent writes two records may have one number.

The records keep their order, first by number, then by creation. Every copy with the same changes numbers them alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.journal.ledger import Ledger, read_changes
from ahtc_tui.store.journal.replay import find_heads
from ahtc_tui.store.records.rows import select_mapping
from ahtc_tui.store.records.table_names import RecordKey, Table
from ahtc_tui.store.replication.compensating_changes import list_head_ids

if TYPE_CHECKING:
    from ahtc_tui.store.journal.projection import Projection
    from ahtc_tui.store.records.cursor import Cursor


class NumberRule(NamedTuple):
    """Where a number is unique."""

    column: str
    parents: tuple[str, ...]
    """Columns with the same values in all records that share one sequence of numbers."""
    keeps_numbers: bool = False
    """Whether a number names its record, so that the later record gets the next free one and no other moves."""


NUMBER_RULES: dict[Table, NumberRule] = {
    "agenda_items": NumberRule("position", ("meeting",)),
    "template_items": NumberRule("position", ("group",)),
    "commission_questions": NumberRule("number", ("commission",), keeps_numbers=True),
    "objectives": NumberRule("number", ("plan",), keeps_numbers=True),
}


class Renumbered(NamedTuple):
    """A record that got another number, because another had the same."""

    former: int
    current: int


def renumber_duplicates(ledger: Ledger, projections: Mapping[RecordKey, Projection]) -> dict[RecordKey, Renumbered]:
    """Write new numbers where touched records share one with another; return the records that got another number."""
    sequences = {
        (table, tuple(projection.values[name] for name in NUMBER_RULES[table].parents))
        for (table, _key), projection in projections.items()
        if table in NUMBER_RULES and not projection.values["deleted"]
    }
    renumbered: dict[RecordKey, Renumbered] = {}
    for table, parent_values in sorted(sequences, key=repr):
        rule = NUMBER_RULES[table]
        numbers = _read_numbers(ledger.cursor, table, parent_values, projections)
        for key, number in _assign_numbers(numbers, rule).items():
            heads = find_heads(read_changes(ledger.cursor, table, key), rule.column)
            ledger.log_change(table, key, rule.column, number, list_head_ids(heads))
            renumbered[table, key] = Renumbered(numbers[key], number)
    return renumbered


def _read_numbers(
    cursor: Cursor, table: Table, parent_values: tuple[Any, ...], projections: Mapping[RecordKey, Projection]
) -> dict[RowKey, int]:
    """Return the number of each record of a sequence, in order."""
    rule = NUMBER_RULES[table]
    condition = " AND ".join(f'"{name}" IS ?' for name in rule.parents)
    query = f'SELECT id AS key, "{rule.column}" AS value FROM "{table}" WHERE NOT deleted AND {condition}'
    stored = select_mapping(cursor, query, parent_values)
    numbers = {key: number for key, number in stored.items() if (table, key) not in projections}
    for (other_table, key), projection in projections.items():
        values = projection.values
        if other_table == table and not values["deleted"] and parent_values == tuple(map(values.get, rule.parents)):
            numbers[key] = values[rule.column]
    return dict(sorted(numbers.items(), key=lambda item: (item[1], item[0])))


def _assign_numbers(numbers: Mapping[RowKey, int], rule: NumberRule) -> dict[RowKey, int]:
    """Return the new number of each record that gets one; none where all numbers differ."""
    ordered = list(numbers)
    duplicates = [right for left, right in pairwise(ordered) if numbers[left] == numbers[right]]
    if rule.keeps_numbers:
        return {key: number for number, key in enumerate(duplicates, max(numbers.values(), default=0) + 1)}
    assigned: dict[RowKey, int] = {}
    last: int | None = None
    for key in ordered:
        number = numbers[key] if last is None else max(numbers[key], last + 1)
        if number != numbers[key]:
            assigned[key] = number
        last = number
    return assigned
