"""The decision register out of the database. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.decisions import Decision
from ahtc_tui.store.sql_fragments import build_word_condition

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

COLUMNS = """d.ref, d.decided_on, g.name, g.ref, m.ref, d.text, d.text_cy, d.reason, s.ref,
 (SELECT group_concat(ref, ' ') FROM (SELECT o.ref FROM decisions o WHERE o.superseded_by = d.id AND NOT o.deleted
 ORDER BY o.n)),
 (SELECT group_concat(ref, ' ') FROM (SELECT a.ref FROM decision_actions l JOIN actions a ON a.id = l.action
 WHERE l.decision = d.id AND NOT l.deleted AND NOT a.deleted ORDER BY a.ref_key)), d.source, d.note, d.id
 FROM decisions d LEFT JOIN parties g ON g.id = d."group" LEFT JOIN meetings m ON m.id = d.meeting
 LEFT JOIN decisions s ON s.id = d.superseded_by"""


def read_decisions(cursor: Cursor, words: str = "", group: RowKey | None = None) -> list[Decision]:
    """The decisions that hold all the words, of one body if one is named, the latest first."""
    test, match = build_word_condition(words, ("decision",), "d.id")
    rows = cursor.execute(
        f'SELECT {COLUMNS} WHERE NOT d.deleted AND {test} AND (:group IS NULL OR d."group" = :group)'
        " ORDER BY substr(d.decided_on, 1, 10) DESC, d.n DESC",
        {**match, "group": group},
    )
    return [_build_decision(row) for row in rows]


def read_decision(cursor: Cursor, key: RowKey) -> Decision:
    """One decision."""
    return _build_decision(cursor.execute(f"SELECT {COLUMNS} WHERE d.id = ?", (key,)).fetchone())


def _build_decision(row: tuple[Any, ...]) -> Decision:
    ref, day, body, body_ref, meeting, text, text_cy, reason, superseded_by, supersedes, actions, source, note, key = (
        row
    )
    return Decision(
        ref,
        read_stored_date(day),
        body,
        body_ref,
        meeting,
        text,
        text_cy,
        reason,
        superseded_by,
        tuple(supersedes.split(" ")) if supersedes else (),
        tuple(actions.split(" ")) if actions else (),
        source,
        note,
        key,
    )


def read_superseding_decisions(cursor: Cursor, key: RowKey) -> set[RowKey]:
    """The decisions that take the place of one, the next and those after it."""
    rows = cursor.execute(
        "WITH RECURSIVE later(id) AS (VALUES(?) UNION SELECT d.superseded_by FROM decisions d JOIN later l ON"
        " d.id = l.id WHERE d.superseded_by IS NOT NULL) SELECT id FROM later",
        (key,),
    )
    return {decision for (decision,) in rows}


def find_line(cursor: Cursor, key: RowKey) -> RowKey | None:
    """The line of the minutes that made a decision, while it stands."""
    row = cursor.execute(
        "SELECT l.id FROM decisions d JOIN minute_lines l ON l.id = d.line WHERE d.id = ? AND NOT l.deleted", (key,)
    ).fetchone()
    return row[0] if row else None


def find_action_link(cursor: Cursor, key: RowKey, action: RowKey) -> RowKey | None:
    """The key of the link between a decision and an action; None where there is none."""
    row = cursor.execute(
        "SELECT id FROM decision_actions WHERE decision = ? AND action = ? AND NOT deleted", (key, action)
    ).fetchone()
    return row[0] if row else None
