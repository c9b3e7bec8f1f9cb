"""How the plan stood on a day, out of the days that were written down. Counted by SQL; it never asks what day it is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import CLOSED, NEVER_LATE
from ahtc_tui.domain.plan.model import UNRATED
from ahtc_tui.domain.plan.periods import NOT_SAID, BurnMonth, By, Counts, Stood, StoodRow, Undated
from ahtc_tui.store.plan.queries import LETTERS, STATUSES

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

SHUT = ", ".join(f"'{status}'" for status in CLOSED)
NEVER = ", ".join(f"'{status}'" for status in NEVER_LATE)

_SAID = (
    "(SELECT u.{0} FROM updates u WHERE u.action = a.id AND u.said_on {1} :upto AND u.{0} IS NOT NULL AND NOT u.deleted"
    " ORDER BY u.said_on DESC, u.n DESC LIMIT 1)"
)
_LATER = _SAID.replace(" ORDER BY u.said_on DESC, u.n DESC LIMIT 1", "")
_SHUT_THEN = f"(a.status IN ({SHUT}) AND (a.closed_on IS NULL OR a.closed_on < :upto))"
_SHUT_LATER = f"(a.status IN ({SHUT}) AND a.closed_on >= :upto)"

STATUS_THEN = f"""CASE WHEN {_SHUT_THEN} THEN a.status
 WHEN {_SHUT_LATER} OR (:statuses AND EXISTS {_LATER.format("status", ">=")})
 THEN CASE WHEN :statuses THEN coalesce({_SAID.format("status", "<")}, '{NOT_SAID}') ELSE '{NOT_SAID}' END
 ELSE a.status END"""
"""Closed by its day; else the last status written down by then, if another came later; else what it is."""

BRAG_THEN = f"""CASE WHEN NOT {_SHUT_THEN} AND ({_SHUT_LATER} OR EXISTS {_LATER.format("brag", ">=")})
 THEN {_SAID.format("brag", "<")} ELSE a.brag END"""
"""The same for the rating."""

DUE_THEN = """CASE WHEN :slips THEN coalesce((SELECT s.from_due FROM slips s WHERE s.action = a.id
 AND s.slipped_on >= :upto AND NOT s.deleted ORDER BY s.slipped_on, s.n LIMIT 1), a.due) ELSE a.due END"""
"""The due date before the first slip that came later."""

STOOD = f"""WITH stood AS MATERIALIZED (SELECT {{who}} AS who, {STATUS_THEN} AS status, {BRAG_THEN} AS brag,
 {DUE_THEN} AS due FROM actions a WHERE NOT a.deleted AND (a.raised_on IS NULL OR a.raised_on < :upto))
 SELECT who, status, coalesce(brag, '{UNRATED}'), count(*), sum(due < :day AND status NOT IN ({NEVER}))
 FROM stood GROUP BY 1, 2, 3"""
"""Materialized, or SQLite asks twice for each status."""

WHO = {By.OBJECTIVE: "a.objective", By.LEAD: "a.lead", By.GROUP: 'a."group"'}
NAMES = {
    By.OBJECTIVE: "SELECT id, ref, number || '. ' || title FROM objectives WHERE NOT deleted ORDER BY number, n",
    By.LEAD: "SELECT id, ref, name FROM parties ORDER BY name, ref",
    By.GROUP: "SELECT id, ref, name FROM parties WHERE kind = 'group' ORDER BY name, ref",
}

Lines = dict[tuple[str, str], tuple[int, int]]
"""Status and letter to how many actions, and how many of them were late."""


def stood(cursor: Cursor, day: date, by: By | None = None) -> Stood:
    """The plan at the end of a day, whole and by objective, lead or group."""
    found = cursor.execute(STOOD.format(who=WHO[by] if by else "NULL"), _asked(cursor, day)).fetchall()
    each: dict[bytes | None, Lines] = {}
    whole: Lines = {}
    for who, status, letter, number, late in found:
        each.setdefault(who, {})[status, letter] = number, late or 0
        before = whole.get((status, letter), (0, 0))
        whole[status, letter] = before[0] + number, before[1] + (late or 0)
    return Stood(day, _counts(whole), tuple(_rows(cursor, by, each)) if by else ())


def _asked(cursor: Cursor, day: date) -> dict[str, object]:
    """The day; and whether there are statuses and slips at all, so that a plan without them pays for none."""
    statuses, slips = cursor.execute(
        "SELECT EXISTS (SELECT 1 FROM updates WHERE status IS NOT NULL), EXISTS (SELECT 1 FROM slips)"
    ).fetchone()
    return {"day": day.isoformat(), "upto": f"{day.isoformat()}!", "statuses": statuses, "slips": slips}


def _rows(cursor: Cursor, by: By, each: dict[bytes | None, Lines]) -> list[StoodRow]:
    names = cursor.execute(NAMES[by]).fetchall()
    rows = [StoodRow(ref, name, _counts(each[key])) for key, ref, name in names if key in each]
    if by is By.OBJECTIVE:
        rows = [StoodRow(ref, name, _counts(each.get(key, {}))) for key, ref, name in names]
    return [*rows, *([StoodRow(None, by.none, _counts(each[None]))] if None in each else [])]


def _counts(lines: Lines) -> Counts:
    by_status = dict.fromkeys((*STATUSES, NOT_SAID), 0)
    by_brag = dict.fromkeys(LETTERS, 0)
    for (status, letter), (number, _late) in lines.items():
        by_status[status] += number
        by_brag[letter] += number
    total = sum(by_status.values())
    still = total - sum(by_status[status] for status in CLOSED)
    late = sum(late for _number, late in lines.values())
    return Counts(total, still, late, tuple(by_status.items()), tuple(by_brag.items()))


def undated(cursor: Cursor) -> Undated:
    """How many facts have no day."""
    return Undated(
        *cursor.execute(
            f"SELECT count(*) FILTER (WHERE raised_on IS NULL), count(*) FILTER (WHERE status IN ({SHUT})"
            f" AND closed_on IS NULL), count(*) FILTER (WHERE brag IS NOT NULL AND status NOT IN ({SHUT})"
            " AND NOT EXISTS (SELECT 1 FROM updates u WHERE u.action = a.id AND u.brag IS NOT NULL AND NOT u.deleted))"
            " FROM actions a WHERE NOT deleted"
        ).fetchone()
    )


def last_fact(cursor: Cursor) -> date | None:
    """The latest day on which something was raised, closed, said or moved; None where nothing was."""
    day = cursor.execute(
        "SELECT max(day) FROM (SELECT max(raised_on) AS day FROM actions WHERE NOT deleted UNION ALL"
        " SELECT max(closed_on) FROM actions WHERE NOT deleted AND closed_on < '9999' UNION ALL"
        " SELECT max(said_on) FROM updates WHERE NOT deleted UNION ALL"
        " SELECT max(slipped_on) FROM slips WHERE NOT deleted)"
    ).fetchone()[0]
    return date.fromisoformat(day[:10]) if day else None


def burn_down(cursor: Cursor, months: int) -> list[BurnMonth]:
    """Raised, closed and still open by month, without a gap from the first to the last that has a fact."""
    raised = dict(cursor.execute(_BY_MONTH.format("raised_on", "NOT deleted")).fetchall())
    closed = dict(cursor.execute(_BY_MONTH.format("closed_on", f"NOT deleted AND status IN ({SHUT})")).fetchall())
    still = (raised.pop(None, 0)) - (closed.pop(None, 0))
    found: list[BurnMonth] = []
    for month in _months(sorted({*raised, *closed})):
        still += raised.get(month, 0) - closed.get(month, 0)
        found.append(BurnMonth(month, raised.get(month, 0), closed.get(month, 0), still))
    return found[-months:]


_BY_MONTH = "SELECT substr({0}, 1, 7), count(*) FROM actions WHERE {1} GROUP BY 1"


def _months(seen: list[str]) -> list[str]:
    if not seen:
        return []
    year, month = int(seen[0][:4]), int(seen[0][5:])
    found = []
    while (name := f"{year:04}-{month:02}") <= seen[-1]:
        found.append(name)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found
