"""The plan out of the database: aims, objectives and counts of their actions. Reads only."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import NEVER_LATE, Brag, Status
from ahtc_tui.domain.plan.model import UNRATED, AimRow, Basis, ObjectiveCard, ObjectiveRow, PlanView
from ahtc_tui.store.evidence.queries import word_test
from ahtc_tui.store.plan.versions_and_milestones import milestones, versions

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

LETTERS = (*(brag.value for brag in Brag), UNRATED)
STATUSES = tuple(status.value for status in Status)
NEVER = ", ".join(f"'{status}'" for status in NEVER_LATE)

Counts = dict[tuple[str, str], list[int]]
"""Status and letter to how many actions, and how many of them are late."""


def view(cursor: Cursor, today: date, words: str = "") -> PlanView:
    """The plan on one page; `words` narrow the objectives, never the totals."""
    counts = _counts(cursor, today)
    whole: Counts = {}
    for of_objective in counts.values():
        for place, (number, late) in of_objective.items():
            standing = whole.setdefault(place, [0, 0])
            standing[0] += number
            standing[1] += late
    plans = versions(cursor)
    return PlanView(
        plans[0].title if plans else None,
        aims(cursor),
        tuple(_objectives(cursor, counts, words)),
        *_totals(whole),
        plans[0] if plans else None,
    )


def aims(cursor: Cursor) -> tuple[AimRow, ...]:
    """Every aim, as they were entered."""
    found = cursor.execute("SELECT ref, text, source FROM aims WHERE NOT deleted ORDER BY n")
    return tuple(AimRow(*line) for line in found)


def aims_of(cursor: Cursor, objective: bytes) -> dict[bytes, bytes]:
    """The aims that an objective serves, to the record that says so."""
    found = cursor.execute("SELECT aim, id FROM objective_aims WHERE objective = ? AND NOT deleted", (objective,))
    return dict(found.fetchall())


def number_is_taken(cursor: Cursor, number: int, but: bytes | None = None) -> bool:
    """Whether another objective has this number."""
    query = "SELECT 1 FROM objectives WHERE number = ? AND NOT deleted AND id IS NOT ?"
    return cursor.execute(query, (number, but)).fetchone() is not None


def next_number(cursor: Cursor) -> int:
    """The number after that of the last objective."""
    found: int = cursor.execute("SELECT coalesce(max(number), 0) + 1 FROM objectives WHERE NOT deleted").fetchone()[0]
    return found


def _counts(cursor: Cursor, today: date) -> dict[bytes | None, Counts]:
    """How the actions of every objective stand, in one pass over them."""
    lines = cursor.execute(
        f"SELECT objective, status, coalesce(brag, '{UNRATED}'), count(*), sum(due_day < ? AND status NOT IN ({NEVER}))"
        " FROM actions WHERE NOT deleted GROUP BY 1, 2, 3",
        (today.isoformat(),),
    )
    counts: dict[bytes | None, Counts] = {}
    for objective, status, letter, number, late in lines:
        counts.setdefault(objective, {})[status, letter] = [number, late]
    return counts


def _totals(counts: Counts) -> tuple[int, tuple[tuple[str, int], ...], tuple[tuple[str, int], ...], int]:
    """Total, counts by status, counts by letter, and how many are late."""
    by_status = dict.fromkeys(STATUSES, 0)
    by_brag = dict.fromkeys(LETTERS, 0)
    for (status, letter), (number, _late) in counts.items():
        by_status[status] += number
        by_brag[letter] += number
    late = sum(late for _number, late in counts.values())
    return sum(by_status.values()), tuple(by_status.items()), tuple(by_brag.items()), late


def _objectives(cursor: Cursor, counts: dict[bytes | None, Counts], words: str = "") -> list[ObjectiveRow]:
    test, parameters = word_test("objective", words)
    lines = cursor.execute(
        f"SELECT r.id, r.ref, r.number, r.title, r.basis, r.source FROM objectives r WHERE NOT r.deleted{test}"
        " ORDER BY r.number, r.n",
        parameters,
    )
    return [_objective(line, counts) for line in lines]


def _objective(line: tuple[Any, ...], counts: dict[bytes | None, Counts]) -> ObjectiveRow:
    key, ref, number, title, basis, source = line
    total, by_status, by_brag, late = _totals(counts.get(key, {}))
    return ObjectiveRow(key, ref, number, title, Basis(basis), total, by_status, by_brag, late, source)


def card(cursor: Cursor, key: bytes, today: date) -> ObjectiveCard:
    """Everything about one objective."""
    row = next(row for row in _objectives(cursor, _counts(cursor, today)) if row.key == key)
    note = cursor.execute("SELECT note FROM objectives WHERE id = ?", (key,)).fetchone()[0]
    served = cursor.execute(
        "SELECT a.ref, a.text FROM objective_aims l JOIN aims a ON a.id = l.aim WHERE l.objective = ?"
        " AND NOT l.deleted AND NOT a.deleted ORDER BY l.n",
        (key,),
    ).fetchall()
    actions = cursor.execute(
        "SELECT ref, title, status FROM actions WHERE objective = ? AND NOT deleted ORDER BY ref_key", (key,)
    )
    found = tuple((ref, title, status) for ref, title, status in actions.fetchall())
    points = milestones(cursor, " AND m.objective = ?", key)
    return ObjectiveCard(
        row, tuple(text for _ref, text in served), found, points, note, tuple(ref for ref, _ in served)
    )
