"""Reads actions: pages, single rows and cards."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.actions.filters import ActionFilter, Ordering
from ahtc_tui.domain.actions.model import (
    CLOSED_STATUSES,
    ActionCard,
    ActionRow,
    MonthCounts,
    PartyRole,
    SlipRow,
    Status,
    UpdateRow,
)
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.actions.filter_sql import Page, build_page_sql, build_query, find_order
from ahtc_tui.store.actions.state_sql import BLOCKED, BLOCKING
from ahtc_tui.store.records.cursor import KEYS, Cursor, encode_keys
from ahtc_tui.store.records.rows import (
    iterate_rows,
    select_column,
    select_mapping,
    select_one,
    select_rows,
    select_value,
)
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, IS_VACANT, SHOWN_TITLE, build_columns

if TYPE_CHECKING:
    from ahtc_tui.store.records.packed_rows import PackedRows


COLUMNS = f"""a.id AS key, a.ref, a.title, CAST(o.number AS TEXT) AS objective, o.title AS objective_title, a.status,
 a.title_cy, o.title_cy AS objective_title_cy,
 a.brag, a.confidence, a.priority, lead.name AS lead, lead.ref AS lead_ref, lead.kind AS lead_kind,
 lead.short AS lead_short,
 CASE WHEN a.closed_by IS NOT NULL THEN (SELECT name FROM named_parties WHERE id = a.closed_by)
  WHEN lead.kind = 'post' AND a.status NOT IN ('done', 'cancelled') THEN
  {CURRENT_HOLDER.format(field="name", post="a.lead")} END AS lead_holder,
 (SELECT group_concat(name, char(10)) FROM (SELECT p.name FROM action_parties l JOIN named_parties p ON p.id = l.party
   WHERE l.action = a.id AND l.role = 'support' AND NOT l.deleted ORDER BY l.n)) AS support,
 a.due, a.original_due, (SELECT count(*) FROM slips WHERE action = a.id AND NOT deleted) AS slips, a.review_on,
 a.closed_on, a.raised_on, coalesce(a.source, m.ref) AS source, m.ref AS meeting, u.text AS latest_update,
 u.said_on AS latest_update_on, a.marking, a.evidence, {BLOCKED} AS blocked, {BLOCKING} AS blocking,
 a.status NOT IN ('done', 'cancelled') AND {IS_VACANT.format(post="a.lead")} AS lead_vacant
 {build_columns(ActionRow, "a")}"""
"""Columns of an `ActionRow`."""

JOINS = """LEFT JOIN objectives o ON o.id = a.objective LEFT JOIN named_parties lead ON lead.id = a.lead
 LEFT JOIN meetings m ON m.id = a.meeting
 LEFT JOIN updates u ON u.n = (SELECT n FROM updates WHERE action = a.id AND NOT deleted
  ORDER BY said_on DESC, n DESC LIMIT 1)"""

NUMBERED = f"""SELECT {COLUMNS} FROM json_each(:numbers) page CROSS JOIN actions a ON a.n = page.value {JOINS}
 ORDER BY page.key"""
"""Actions by their row numbers, in the order of the numbers."""

ANSWERED = """recommendations r WHERE NOT r.deleted AND (r.id = a.recommendation OR r.id IN
 (SELECT l.recommendation FROM action_recommendations l WHERE l.action = a.id AND NOT l.deleted)) ORDER BY r.n"""
"""The recommendations that the action `a` answers."""

CARD = f"""SELECT a.detail, a.detail_cy, a.partner_text, g.name AS "group",
 w.ref || ' ' || {SHOWN_TITLE.format("w")} AS part_of,
 (SELECT group_concat(title, '; ') FROM (SELECT r.title FROM {ANSWERED})) AS recommendation,
 (SELECT group_concat(ref, char(10)) FROM (SELECT r.ref FROM {ANSWERED})) AS recommendations,
 a.in_plan, a.note, a.source, a.brag_reason,
 (SELECT ref FROM meetings WHERE id = a.closing_meeting) AS closing_meeting,
 (SELECT i.position || ' ' || i.title FROM minute_lines l JOIN agenda_items i ON i.id = l.item
 WHERE l.id = a.line AND NOT l.deleted AND NOT i.deleted) AS agenda_item{build_columns(ActionCard, "a")}
 FROM actions a LEFT JOIN named_parties g ON g.id = a."group" LEFT JOIN actions w ON w.id = a.part_of
 WHERE a.id = ?"""

PARTIES = f"""SELECT l.role, p.name, CASE p.kind WHEN 'post' THEN
 {CURRENT_HOLDER.format(field="name", post="l.party")} END AS holder
 FROM action_parties l JOIN named_parties p ON p.id = l.party
 WHERE l.action = :key AND NOT l.deleted ORDER BY l.n"""

AREAS = "SELECT x.name FROM action_areas l JOIN named_areas x ON x.id = l.area WHERE l.action = ? AND NOT l.deleted"

BLOCKED_BY = f"""SELECT b.ref || ' ' || {SHOWN_TITLE.format("b")} FROM dependencies d
 JOIN actions b ON b.id = d.blocked_by WHERE d.action = ? AND NOT d.deleted AND NOT b.deleted"""

BLOCKS = f"""SELECT b.ref || ' ' || {SHOWN_TITLE.format("b")} FROM dependencies d JOIN actions b ON b.id = d.action
 WHERE d.blocked_by = ? AND NOT d.deleted AND NOT b.deleted"""

DECISIONS = """SELECT x.ref || ' ' || x.text FROM decision_actions l JOIN decisions x ON x.id = l.decision
 WHERE l.action = ? AND NOT l.deleted AND NOT x.deleted"""

JOINED = f"""SELECT b.ref || ' ' || {SHOWN_TITLE.format("b")} FROM actions b WHERE {{}} AND NOT b.deleted
 ORDER BY b.ref_key, b.n"""
"""Actions that were merged or split with another."""

CHASES = """SELECT c.chased_on, p.name FROM chases c JOIN named_parties p ON p.id = c.party
 WHERE c.action = ? AND NOT c.deleted ORDER BY c.chased_on DESC, c.n DESC"""

MOST_MONTHS = 24
WHOLE_ROW = "_row"
"""Field of the change that adds a record, with all its values."""


class Position(NamedTuple):
    """Position of an action in a list: its sort key and its number."""

    place: Any
    n: int


def select_actions(cursor: Cursor, condition: str, parameters: dict[str, Any]) -> list[ActionRow]:
    """Return the actions `a` that match an SQL condition, which may end in ORDER BY; `:today` selects the holders."""
    return select_rows(cursor, ActionRow, f"SELECT {COLUMNS} FROM actions a {JOINS} WHERE {condition}", parameters)


def read_numbered_actions(cursor: Cursor, numbers: Iterable[int], today: date) -> list[ActionRow]:
    """Return the actions with these row numbers, in the order of the numbers."""
    return select_rows(cursor, ActionRow, NUMBERED, _build_numbered_parameters(numbers, today))


def _build_numbered_parameters(numbers: Iterable[int], today: date) -> dict[str, str]:
    return {"numbers": json.dumps(list(numbers)), "today": today.isoformat()}


def read_all_actions(cursor: Cursor, action_filter: ActionFilter, sort: Ordering, today: date) -> PackedRows[ActionRow]:
    """Return all actions that match a filter, read in pages; `begin_snapshot` makes them one state of the database."""
    from array import array

    from ahtc_tui.store.records.packed_rows import ROWS_PER_BLOCK, PackedRows

    query = build_query(cursor, action_filter, today)
    positions = iterate_rows(cursor, Position, build_page_sql(query, sort, Page()), query.parameters)
    numbers = array("q", (position.n for position in positions))
    rows = PackedRows(ActionRow)
    for start in range(0, len(numbers), ROWS_PER_BLOCK):
        page = numbers[start : start + ROWS_PER_BLOCK]
        rows.add(cursor.execute(NUMBERED, _build_numbered_parameters(page, today)))
    return rows


def read_actions(
    cursor: Cursor, action_filter: ActionFilter, sort: Ordering, today: date, page: Page | None = None
) -> list[tuple[tuple[Any, int], ActionRow]]:
    """Return the actions of a page, each with its position for `Page.after` and `Page.before`."""
    page = page or Page()
    query = build_query(cursor, action_filter, today)
    positions = select_rows(cursor, Position, build_page_sql(query, sort, page), query.parameters)
    if page.before is not None or page.from_end:
        positions.reverse()
    actions = read_numbered_actions(cursor, (position.n for position in positions), today)
    return [(position, action) for position, action in zip(positions, actions, strict=True)]


def count_actions(cursor: Cursor, action_filter: ActionFilter, today: date) -> int:
    """Return the number of actions that match a filter."""
    query = build_query(cursor, action_filter, today)
    return select_value(cursor, f"SELECT count(*) FROM {query.source} WHERE {query.where}", query.parameters) or 0


def count_before(
    cursor: Cursor, action_filter: ActionFilter, sort: Ordering, today: date, place: tuple[Any, int]
) -> int:
    """Return the number of matching actions before a position in the list."""
    query = build_query(cursor, action_filter, today)
    column, direction = find_order(sort)
    before = f"({column} {'<' if direction == 'ASC' else '>'} :edge OR ({column} = :edge AND a.n < :edge_n))"
    total: int = cursor.execute(
        f"SELECT count(*) FROM {query.source} WHERE {query.where} AND {before}",
        {**query.parameters, "edge": place[0], "edge_n": place[1]},
    ).fetchone()[0]
    return total


def read_action(cursor: Cursor, key: RowKey, today: date) -> ActionRow:
    """Return one action, with the holder of its leading post on `today`."""
    parameters = {"key": key, "today": today.isoformat()}
    return select_actions(cursor, "a.id = :key", parameters)[0]


def read_action_pattern(cursor: Cursor) -> str:
    """Return the reference pattern for actions of the plan in force, or the default."""
    row = cursor.execute("SELECT action_pattern FROM plans WHERE NOT deleted ORDER BY n DESC LIMIT 1").fetchone()
    return str(row[0]) if row else "DP-{n:02}"


class PartyColumns(NamedTuple):
    """Party with a role in an action."""

    role: PartyRole
    name: str
    holder: str | None


class ChaseColumns(NamedTuple):
    """Day and addressee of a chaser."""

    chased_on: date
    name: str


def read_card(cursor: Cursor, key: RowKey, today: date) -> ActionCard:
    """Return everything about one action, with the holders of its posts on `today`.

    A closed action has the holders of the day on which it was closed.
    """
    from ahtc_tui.store.actions.recurrence import find_recurrence
    from ahtc_tui.store.journal.queries import count_changes

    head = read_action(cursor, key, today)
    closed_on = head.closed_on.latest if head.closed_on else date.min
    day = today if head.is_open else closed_on
    parties = select_rows(cursor, PartyColumns, PARTIES, {"key": key, "today": day.isoformat()})
    recurrence_link = find_recurrence(cursor, key)
    return select_one(
        cursor,
        ActionCard,
        CARD,
        (key,),
        row=head,
        changes=count_changes(cursor, "actions", key),
        parties=tuple((party.role, party.name) for party in parties),
        areas=tuple(select_column(cursor, AREAS, (key,))),
        blocked_by=tuple(select_column(cursor, BLOCKED_BY, (key,))),
        blocks=tuple(select_column(cursor, BLOCKS, (key,))),
        decisions=tuple(select_column(cursor, DECISIONS, (key,))),
        updates=read_updates(cursor, key),
        slips=read_slips(cursor, key),
        repeats=str(recurrence_link.recurrence) if recurrence_link else None,
        holders=tuple((party.name, party.holder) for party in parties if party.holder),
        chases=tuple(select_rows(cursor, ChaseColumns, CHASES, (key,))),
        merged_into=_read_joined(cursor, "b.id = (SELECT merged_into FROM actions WHERE id = ?)", key),
        merged=_read_joined(cursor, "b.merged_into = ?", key),
        split_from=_read_joined(cursor, "b.id = (SELECT split_from FROM actions WHERE id = ?)", key),
        split_into=_read_joined(cursor, "b.split_from = ?", key),
    )


def _read_joined(cursor: Cursor, condition: str, key: RowKey) -> tuple[str, ...]:
    return tuple(select_column(cursor, JOINED.format(condition), (key,)))


def read_updates(cursor: Cursor, key: RowKey) -> tuple[UpdateRow, ...]:
    """Return the updates of an action, newest first."""
    query = """SELECT u.said_on, u.text, u.brag, u.status, p.name AS said_by FROM updates u
 LEFT JOIN named_parties p ON p.id = u.said_by WHERE u.action = ? AND NOT u.deleted ORDER BY u.said_on DESC, u.n DESC"""
    return tuple(select_rows(cursor, UpdateRow, query, (key,)))


def read_update_keys(cursor: Cursor, key: RowKey) -> list[RowKey]:
    """Return the keys of the updates of an action, in the order of `read_updates`."""
    query = "SELECT id FROM updates WHERE action = ? AND NOT deleted ORDER BY said_on DESC, n DESC"
    return select_column(cursor, query, (key,))


def read_status_before_closing(cursor: Cursor, key: RowKey) -> Status | None:
    """Return the last status of an action that was open; None where it was added as closed."""
    query = """SELECT value FROM (SELECT seq, wall_ms, id, value FROM change WHERE "table" = 'actions' AND row_id = :key
 AND field = 'status' UNION ALL SELECT seq, wall_ms, id, json_extract(value, '$.status') FROM change
 WHERE "table" = 'actions' AND row_id = :key AND field = :row) ORDER BY seq DESC, wall_ms DESC, id DESC"""
    values = select_column(cursor, query, {"key": key, "row": WHOLE_ROW})
    statuses = [Status(value.strip('"')) for value in values if value]
    return next((status for status in statuses if status not in CLOSED_STATUSES), None)


def read_slips(cursor: Cursor, key: RowKey) -> tuple[SlipRow, ...]:
    """Return the changes of the due date of an action, oldest first."""
    query = "SELECT from_due, to_due, reason, slipped_on FROM slips WHERE action = ? AND NOT deleted ORDER BY n"
    return tuple(select_rows(cursor, SlipRow, query, (key,)))


def read_slips_by_action(cursor: Cursor, keys: Iterable[RowKey]) -> dict[RowKey, list[SlipRow]]:
    """Return the changes of the due dates of some actions, oldest first."""
    condition = f"FROM slips WHERE action IN {KEYS.format('?')} AND NOT deleted ORDER BY n"
    parameters = (encode_keys(keys),)
    actions = select_column(cursor, f"SELECT action {condition}", parameters)
    slips = select_rows(cursor, SlipRow, f"SELECT from_due, to_due, reason, slipped_on {condition}", parameters)
    slips_by_action: dict[RowKey, list[SlipRow]] = {}
    for action, slip in zip(actions, slips, strict=True):
        slips_by_action.setdefault(action, []).append(slip)
    return slips_by_action


def read_party_links(cursor: Cursor, key: RowKey, role: PartyRole) -> dict[RowKey, RowKey]:
    """Return the keys of links by party, for the parties that have a role in an action."""
    query = "SELECT party AS key, id AS value FROM action_parties WHERE action = ? AND role = ? AND NOT deleted"
    return select_mapping(cursor, query, (key, role.value))


def read_blocker_links(cursor: Cursor, key: RowKey) -> dict[RowKey, RowKey]:
    """Return the keys of dependencies by blocking action, for the actions that block one."""
    query = "SELECT blocked_by AS key, id AS value FROM dependencies WHERE action = ? AND NOT deleted"
    return select_mapping(cursor, query, (key,))


class Dependency(NamedTuple):
    """Action that waits for another."""

    action: RowKey
    blocked_by: RowKey


def read_dependency_chain(cursor: Cursor, key: RowKey) -> list[Dependency]:
    """Return every dependency reached from an action, to detect cycles."""
    query = """WITH RECURSIVE chain(action, blocked_by) AS (SELECT action, blocked_by FROM dependencies
 WHERE action = ? AND NOT deleted UNION SELECT d.action, d.blocked_by FROM dependencies d
 JOIN chain c ON d.action = c.blocked_by WHERE NOT d.deleted) SELECT action, blocked_by FROM chain"""
    return select_rows(cursor, Dependency, query, (key,))


def read_dependencies(cursor: Cursor) -> list[Dependency]:
    """Return every dependency between open actions."""
    query = """SELECT d.action, d.blocked_by FROM dependencies d JOIN actions a ON a.id = d.action AND a.is_open = 1
 JOIN actions b ON b.id = d.blocked_by AND b.is_open = 1 WHERE NOT d.deleted ORDER BY d.n"""
    return select_rows(cursor, Dependency, query)


def count_opened_and_closed(cursor: Cursor) -> list[MonthCounts]:
    """Return the counts of the last months, the oldest first; a month between two others may have neither."""
    query = """SELECT month, sum(opened) AS opened, sum(closed) AS closed FROM (
 SELECT substr(raised_on, 1, 7) AS month, 1 AS opened, 0 AS closed FROM actions WHERE NOT deleted
 AND raised_on IS NOT NULL AND raised_on NOT LIKE '____-__-__ year%' AND raised_on < '9999'
 UNION ALL SELECT substr(closed_on, 1, 7), 0, 1 FROM actions WHERE NOT deleted AND closed_on IS NOT NULL
 AND closed_on NOT LIKE '____-__-__ year%' AND closed_on < '9999') GROUP BY month ORDER BY month DESC LIMIT ?"""
    counted = {row.month: row for row in select_rows(cursor, MonthCounts, query, (MOST_MONTHS,))}
    if not counted or not all(re.fullmatch(r"\d{4}-\d{2}", month) for month in counted):
        return list(counted.values())[::-1]
    last, first = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (max(counted), min(counted)))
    months = [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(max(first, last - MOST_MONTHS + 1), last + 1)]
    return [counted.get(month, MonthCounts(month, 0, 0)) for month in months]


CALENDAR_FIELDS = "'title', 'due', 'status', 'closed_on', 'priority', 'lead', 'marking'"
"""Fields of an action that a calendar entry shows: a change of one of them raises its SEQUENCE."""


class ActionChanges(NamedTuple):
    """Last change of an action, in milliseconds since 1970, and number of transactions that changed its entry."""

    action: RowKey
    wall_ms: int
    steps: int


def read_calendar_changes(cursor: Cursor) -> dict[RowKey, tuple[datetime, int]]:
    """Return, by key of action, the time (UTC) of its last change, updates included, and its number of visible changes.

    Both only grow, because the journal is append-only: an undo adds a change. Actions without changes are absent.
    """
    query = f"""SELECT row_id AS action, max(wall_ms) AS wall_ms, count(DISTINCT CASE WHEN field IN ({CALENDAR_FIELDS})
 THEN "transaction" END) AS steps FROM change WHERE "table" = 'actions' GROUP BY row_id"""
    changes = select_rows(cursor, ActionChanges, query)
    steps = {change.action: change.steps for change in changes}
    updates = select_mapping(
        cursor,
        "SELECT u.action AS key, max(c.wall_ms) AS value FROM change c CROSS JOIN updates u ON u.id = c.row_id"
        " WHERE c.\"table\" = 'updates' GROUP BY u.action",
    )
    last_changes = {change.action: max(change.wall_ms, updates.pop(change.action, 0)) for change in changes} | updates
    return {
        key: (datetime.fromtimestamp(wall_ms / 1000, UTC), steps.get(key, 0)) for key, wall_ms in last_changes.items()
    }
