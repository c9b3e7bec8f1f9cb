"""What happened to actions between two days, out of the days that were written down and the journal. Reads only."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import CLOSED, NEVER_LATE, ActionRow, Marking
from ahtc_tui.domain.dates.date_as_known import from_stored
from ahtc_tui.domain.documents.office_paper import highest
from ahtc_tui.domain.plan.changes_since import Began, Moved, Reading, Said, Silent, Since, Slipped, moves
from ahtc_tui.store.actions.queries import COLUMNS, JOINS
from ahtc_tui.store.actions.queries import row as action_row
from ahtc_tui.store.groups.queries import ACTIONS_OF_GROUPS

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

SHUT = ", ".join(f"'{status}'" for status in CLOSED)
NEVER = ", ".join(f"'{status}'" for status in NEVER_LATE)

OURS = f"NOT a.deleted AND (:group IS NULL OR a.id IN (SELECT d.id FROM ({ACTIONS_OF_GROUPS}) d WHERE d.of = :group))"
IN_PERIOD = "substr({0}, 1, 10) BETWEEN :first AND :last"
OPEN_THEN = f"""{OURS} AND (a.raised_on IS NULL OR substr(a.raised_on, 1, 10) <= :last)
 AND (a.status NOT IN ({SHUT}) OR substr(a.closed_on, 1, 10) > :last)"""
"""Not closed by the end of the period; what was closed on no known day was."""

SLIPPED = f"""SELECT a.ref, a.title, s.slipped_on, s.from_due, s.to_due, s.reason, a.marking FROM slips s
 JOIN actions a ON a.id = s.action WHERE NOT s.deleted AND {IN_PERIOD.format("s.slipped_on")} AND {OURS}
 ORDER BY s.slipped_on, s.n"""
SAID = f"""SELECT a.ref, a.title, u.said_on, u.text, p.name, a.marking FROM updates u JOIN actions a ON a.id = u.action
 LEFT JOIN parties p ON p.id = u.said_by WHERE NOT u.deleted AND {IN_PERIOD.format("u.said_on")} AND {OURS}
 ORDER BY a.ref_key, u.said_on, u.n"""
SILENT = f"""SELECT p.name, p.ref, a.ref FROM actions a LEFT JOIN parties p ON p.id = a.lead WHERE {OPEN_THEN}
 AND NOT EXISTS (SELECT 1 FROM updates u WHERE u.action = a.id AND NOT u.deleted AND {IN_PERIOD.format("u.said_on")})
 ORDER BY p.name IS NULL, p.name, p.ref, a.ref_key"""
IN_NUMBERS = f"""SELECT count(*), coalesce(sum(a.due_day < :last AND a.status NOT IN ({NEVER})), 0)
 FROM actions a WHERE {OPEN_THEN}"""
UNDATED = f"""SELECT count(*) FILTER (WHERE a.raised_on IS NULL),
 count(*) FILTER (WHERE a.status IN ({SHUT}) AND a.closed_on IS NULL) FROM actions a WHERE {OURS}"""

LAST_HELD = """SELECT ref, title, day FROM meetings WHERE "group" = :group AND NOT deleted AND kind = 'meeting'
 AND recurrence IS NULL AND day IS NOT NULL
 AND ((state = 'held' AND substr(day, 1, 10) <= :last) OR (state <> 'cancelled' AND substr(day, 1, 10) < :last))
 ORDER BY substr(day, 1, 10) DESC, n DESC LIMIT 1"""

WRITTEN = """SELECT c.row_id, c.value, c.seq, c.wall_ms, (SELECT count(*) FROM change o WHERE
 o."transaction" = c."transaction" AND o."table" = 'updates' AND o.field = '_row'),
 (SELECT k.value FROM change k WHERE k."transaction" = c."transaction" AND k."table" = 'actions'
  AND k.row_id = c.row_id AND k.field = 'closed_on'), c."transaction"
 FROM change c WHERE c."table" = 'actions' AND c.field = :field ORDER BY c.seq, c.wall_ms, c.id"""
WITH_IT = """SELECT u.said_on, u.brag, u.deleted FROM change o JOIN updates u ON u.id = o.row_id
 WHERE o."transaction" = ? AND o."table" = 'updates' AND o.field = '_row' AND u.action = ?"""
RATED_IN_UPDATES = """SELECT u.action, u.said_on, u.brag, u.n, coalesce((SELECT max(c.seq) FROM change c
 WHERE c."table" = 'updates' AND c.row_id = u.id AND c.field = '_row'), 0)
 FROM updates u WHERE u.brag IS NOT NULL AND NOT u.deleted"""
BEGAN_AS = """SELECT value FROM change WHERE "table" = 'actions' AND row_id = ? AND field = '_row' LIMIT 1"""
NAMED = f"SELECT a.ref, a.title, a.marking FROM actions a WHERE a.id = :key AND {OURS}"

Placed = tuple[date, int, int]
"""The day of a reading; within the day, which step of the journal, and which line of it."""


def last_held(cursor: Cursor, group: bytes, last: date) -> Began | None:
    """The last meeting of a group: held by a day, or simply before it; None where there was none."""
    found = cursor.execute(LAST_HELD, {"group": group, "last": last.isoformat()}).fetchone()
    return Began(_day(found[2]), found[0], found[1]) if found else None


def since(cursor: Cursor, began: Began, last: date, today: date, group: tuple[bytes, str] | None) -> Since:
    """Everything that happened from one day to another; to the actions of one group where it is given."""
    asked = {
        "first": began.day.isoformat(),
        "last": last.isoformat(),
        "today": last.isoformat(),
        "group": group[0] if group else None,
    }
    added, closed = _actions(cursor, "a.raised_on", asked), _actions(cursor, "a.closed_on", asked)
    slipped, said = cursor.execute(SLIPPED, asked).fetchall(), cursor.execute(SAID, asked).fetchall()
    brag, confidence = (_moved(cursor, field, asked, began.day, last, today) for field in ("brag", "confidence"))
    markings = [row.marking for row in (*added, *closed)]
    markings += [Marking(line[-1]) for line in (*slipped, *said)]
    markings += [marking for _move, marking in (*brag, *confidence)]
    still_open, late = cursor.execute(IN_NUMBERS, asked).fetchone()
    raised_on_no_day, closed_on_no_day = cursor.execute(UNDATED, asked).fetchone()
    return Since(
        began.day,
        last,
        began.meeting,
        began.title,
        group[1] if group else None,
        added,
        closed,
        tuple(
            Slipped(ref, title, _day(on), from_stored(was), from_stored(now), reason)
            for ref, title, on, was, now, reason, _marking in slipped
        ),
        tuple(move for move, _marking in brag),
        tuple(move for move, _marking in confidence),
        tuple(Said(ref, title, _day(on), text, by) for ref, title, on, text, by, _marking in said),
        _silent(cursor, asked),
        still_open,
        late,
        highest(Marking.OFFICIAL, markings),
        raised_on_no_day,
        closed_on_no_day,
    )


def _actions(cursor: Cursor, column: str, asked: dict[str, Any]) -> tuple[ActionRow, ...]:
    shut = f" AND a.status IN ({SHUT})" if column == "a.closed_on" else ""
    lines = cursor.execute(
        f"SELECT {COLUMNS} FROM actions a {JOINS} WHERE {IN_PERIOD.format(column)}{shut} AND {OURS} ORDER BY a.ref_key",
        asked,
    )
    return tuple(action_row(line) for line in lines)


def _silent(cursor: Cursor, asked: dict[str, Any]) -> tuple[Silent, ...]:
    by_lead: dict[tuple[str | None, str | None], list[str]] = {}
    for lead, lead_ref, ref in cursor.execute(SILENT, asked):
        by_lead.setdefault((lead, lead_ref), []).append(ref)
    return tuple(Silent(*lead, tuple(refs)) for lead, refs in by_lead.items())


def _moved(
    cursor: Cursor, field: str, asked: dict[str, Any], first: date, last: date, today: date
) -> list[tuple[Moved, Marking]]:
    """The actions whose rating or confidence moved, by reference."""
    found = []
    for key, placed in _readings(cursor, field, today).items():
        if not any(first <= day <= last for day, _seq, _n in placed):
            continue
        line = cursor.execute(BEGAN_AS, (key,)).fetchone()
        began = json.loads(line[0]).get(field) if line else None
        readings = [Reading(date.min, began), *(Reading(place[0], value) for place, value in sorted(placed.items()))]
        before, steps = moves(readings, first, last)
        named = cursor.execute(NAMED, {**asked, "key": key}).fetchone() if steps else None
        if named:
            ref, title, marking = named
            found.append((Moved(ref, title, before, steps), Marking(marking)))
    return sorted(found, key=lambda pair: pair[0].ref)


def _readings(cursor: Cursor, field: str, today: date) -> dict[bytes, dict[Placed, str | None]]:
    """Every reading of a field that has a day: said with an update, or written alone."""
    readings: dict[bytes, dict[Placed, str | None]] = defaultdict(dict)
    if field == "brag":
        for key, said_on, brag, n, seq in cursor.execute(RATED_IN_UPDATES).fetchall():
            readings[key][_day(said_on), seq, n] = brag
    for number, line in enumerate(cursor.execute(WRITTEN, {"field": field}).fetchall()):
        key, value, seq, wall_ms, updates, closed_on, step = line
        said = cursor.execute(WITH_IT, (step, key)).fetchall() if updates else []
        day = _said_day(said, field) if said else _written_day(wall_ms, closed_on, today)
        if day is not None:
            readings[key][day, seq, number] = json.loads(value) if value else None
    return readings


def _said_day(said: Iterable[tuple[str, str | None, int]], field: str) -> date | None:
    """The day of the update that a value was written with; none where the update says it itself, or was taken back."""
    standing = [(on, brag) for on, brag, deleted in said if not deleted]
    if not standing or (field == "brag" and any(brag for _on, brag in standing)):
        return None
    return _day(max(on for on, _brag in standing))


def _written_day(wall_ms: int, closed_on: str | None, today: date) -> date:
    """The day of closing where that was written with it, else that of writing: today, where the clock is set back."""
    closed = json.loads(closed_on) if closed_on else None
    day = _day(closed) if closed else datetime.fromtimestamp(wall_ms / 1000).astimezone().date()
    return min(day, today)


def _day(stored: str) -> date:
    return date.fromisoformat(stored[:10])
