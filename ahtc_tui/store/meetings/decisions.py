"""The decision register out of the database. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import from_stored
from ahtc_tui.domain.meetings.decisions import Decision
from ahtc_tui.store.sql_fragments import word_test

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

COLUMNS = """d.ref, d.decided_on, g.name, g.ref, m.ref, d.text, d.text_cy, d.reason, s.ref,
 (SELECT group_concat(ref, ' ') FROM (SELECT o.ref FROM decisions o WHERE o.superseded_by = d.id AND NOT o.deleted
 ORDER BY o.n)),
 (SELECT group_concat(ref, ' ') FROM (SELECT a.ref FROM decision_actions l JOIN actions a ON a.id = l.action
 WHERE l.decision = d.id AND NOT l.deleted AND NOT a.deleted ORDER BY a.ref_key)), d.source, d.note, d.id
 FROM decisions d LEFT JOIN parties g ON g.id = d."group" LEFT JOIN meetings m ON m.id = d.meeting
 LEFT JOIN decisions s ON s.id = d.superseded_by"""


def listed(cursor: Cursor, words: str = "", group: bytes | None = None) -> list[Decision]:
    """The decisions that hold all the words, of one body if one is named, the latest first."""
    test, match = word_test(words, ("decision",), "d.id")
    found = cursor.execute(
        f'SELECT {COLUMNS} WHERE NOT d.deleted AND {test} AND (:group IS NULL OR d."group" = :group)'
        " ORDER BY substr(d.decided_on, 1, 10) DESC, d.n DESC",
        {**match, "group": group},
    )
    return [_decision(line) for line in found]


def by_key(cursor: Cursor, key: bytes) -> Decision:
    """One decision."""
    return _decision(cursor.execute(f"SELECT {COLUMNS} WHERE d.id = ?", (key,)).fetchone())


def _decision(line: tuple[Any, ...]) -> Decision:
    ref, day, body, body_ref, meeting, text, text_cy, reason, later, earlier, actions, source, note, key = line
    return Decision(
        ref,
        from_stored(day),
        body,
        body_ref,
        meeting,
        text,
        text_cy,
        reason,
        later,
        tuple(earlier.split(" ")) if earlier else (),
        tuple(actions.split(" ")) if actions else (),
        source,
        note,
        key,
    )


def later_ones(cursor: Cursor, key: bytes) -> set[bytes]:
    """The decisions that take the place of one, the next and those after it."""
    found = cursor.execute(
        "WITH RECURSIVE later(id) AS (VALUES(?) UNION SELECT d.superseded_by FROM decisions d JOIN later l ON"
        " d.id = l.id WHERE d.superseded_by IS NOT NULL) SELECT id FROM later",
        (key,),
    )
    return {one for (one,) in found}


def line_of(cursor: Cursor, key: bytes) -> bytes | None:
    """The line of the minutes that made a decision, while it stands."""
    found = cursor.execute(
        "SELECT l.id FROM decisions d JOIN minute_lines l ON l.id = d.line WHERE d.id = ? AND NOT l.deleted", (key,)
    ).fetchone()
    return found[0] if found else None


def link(cursor: Cursor, key: bytes, action: bytes) -> bytes | None:
    """The key of the link between a decision and an action; None where there is none."""
    found = cursor.execute(
        "SELECT id FROM decision_actions WHERE decision = ? AND action = ? AND NOT deleted", (key, action)
    ).fetchone()
    return found[0] if found else None
