"""The plan out of the database: aims, objectives and counts of their actions. Reads only."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import NEVER_LATE_STATUSES, Brag, Status
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.model import UNRATED_KEY, AimRow, Basis, ObjectiveCard, ObjectiveRow, PlanView
from ahtc_tui.store.evidence.queries import build_word_test
from ahtc_tui.store.plan.versions_and_milestones import read_milestones, read_versions

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

LETTERS = (*(brag.value for brag in Brag), UNRATED_KEY)
STATUSES = tuple(status.value for status in Status)
NEVER_LATE_SQL = ", ".join(f"'{status}'" for status in NEVER_LATE_STATUSES)

Counts = dict[tuple[str, str], list[int]]
"""Status and letter to how many actions, and how many of them are late."""


def read_view(cursor: Cursor, today: date, words: str = "") -> PlanView:
    """The plan on one page; `words` narrow the objectives, never the totals."""
    counts = _count_actions(cursor, today)
    totals: Counts = {}
    for of_objective in counts.values():
        for state, (number, late) in of_objective.items():
            total = totals.setdefault(state, [0, 0])
            total[0] += number
            total[1] += late
    plans = read_versions(cursor)
    return PlanView(
        plans[0].title if plans else None,
        read_aims(cursor),
        tuple(_read_objectives(cursor, counts, words)),
        *_sum_counts(totals),
        plans[0] if plans else None,
    )


def read_aims(cursor: Cursor) -> tuple[AimRow, ...]:
    """Every aim, as they were entered."""
    rows = cursor.execute("SELECT ref, text, source FROM aims WHERE NOT deleted ORDER BY n")
    return tuple(AimRow(*row) for row in rows)


def read_aim_links(cursor: Cursor, objective: RowKey) -> dict[RowKey, RowKey]:
    """The aims that an objective serves, to the record that says so."""
    rows = cursor.execute("SELECT aim, id FROM objective_aims WHERE objective = ? AND NOT deleted", (objective,))
    return dict(rows.fetchall())


def is_number_taken(cursor: Cursor, number: int, excluded: RowKey | None = None) -> bool:
    """Whether another objective has this number."""
    query = "SELECT 1 FROM objectives WHERE number = ? AND NOT deleted AND id IS NOT ?"
    return cursor.execute(query, (number, excluded)).fetchone() is not None


def find_next_number(cursor: Cursor) -> int:
    """The number after that of the last objective."""
    number: int = cursor.execute("SELECT coalesce(max(number), 0) + 1 FROM objectives WHERE NOT deleted").fetchone()[0]
    return number


def _count_actions(cursor: Cursor, today: date) -> dict[RowKey | None, Counts]:
    """How the actions of every objective stand, in one pass over them."""
    rows = cursor.execute(
        f"SELECT objective, status, coalesce(brag, '{UNRATED_KEY}'), count(*),"
        f" sum(due_day < ? AND status NOT IN ({NEVER_LATE_SQL}))"
        " FROM actions WHERE NOT deleted GROUP BY 1, 2, 3",
        (today.isoformat(),),
    )
    counts: dict[RowKey | None, Counts] = {}
    for objective, status, letter, number, late in rows:
        counts.setdefault(objective, {})[status, letter] = [number, late]
    return counts


def _sum_counts(counts: Counts) -> tuple[int, tuple[tuple[str, int], ...], tuple[tuple[str, int], ...], int]:
    """Total, counts by status, counts by letter, and how many are late."""
    by_status = dict.fromkeys(STATUSES, 0)
    by_brag = dict.fromkeys(LETTERS, 0)
    for (status, letter), (number, _late) in counts.items():
        by_status[status] += number
        by_brag[letter] += number
    late = sum(late for _number, late in counts.values())
    return sum(by_status.values()), tuple(by_status.items()), tuple(by_brag.items()), late


def _read_objectives(cursor: Cursor, counts: dict[RowKey | None, Counts], words: str = "") -> list[ObjectiveRow]:
    test, parameters = build_word_test("objective", words)
    rows = cursor.execute(
        f"SELECT r.id, r.ref, r.number, r.title, r.basis, r.source FROM objectives r WHERE NOT r.deleted{test}"
        " ORDER BY r.number, r.n",
        parameters,
    )
    return [_build_objective(row, counts) for row in rows]


def _build_objective(row: tuple[Any, ...], counts: dict[RowKey | None, Counts]) -> ObjectiveRow:
    key, ref, number, title, basis, source = row
    total, by_status, by_brag, late = _sum_counts(counts.get(key, {}))
    return ObjectiveRow(key, ref, number, title, Basis(basis), total, by_status, by_brag, late, source)


def read_card(cursor: Cursor, key: RowKey, today: date) -> ObjectiveCard:
    """Everything about one objective."""
    row = next(row for row in _read_objectives(cursor, _count_actions(cursor, today)) if row.key == key)
    note = cursor.execute("SELECT note FROM objectives WHERE id = ?", (key,)).fetchone()[0]
    aim_rows = cursor.execute(
        "SELECT a.ref, a.text FROM objective_aims l JOIN aims a ON a.id = l.aim WHERE l.objective = ?"
        " AND NOT l.deleted AND NOT a.deleted ORDER BY l.n",
        (key,),
    ).fetchall()
    actions = cursor.execute(
        "SELECT ref, title, status FROM actions WHERE objective = ? AND NOT deleted ORDER BY ref_key", (key,)
    )
    action_rows = tuple((ref, title, status) for ref, title, status in actions.fetchall())
    milestone_rows = read_milestones(cursor, " AND m.objective = ?", key)
    return ObjectiveCard(
        row,
        tuple(text for _ref, text in aim_rows),
        action_rows,
        milestone_rows,
        note,
        tuple(ref for ref, _ in aim_rows),
    )
