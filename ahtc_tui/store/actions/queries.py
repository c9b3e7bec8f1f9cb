"""Actions out of the database: pages, single rows and whole cards. Reads only; every write goes through a Ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.filters import ActionFilter, Sort
from ahtc_tui.domain.actions.model import (
    ActionCard,
    ActionRow,
    Brag,
    Confidence,
    Marking,
    PartyRole,
    Priority,
    SlipRow,
    Status,
    UpdateRow,
)
from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.actions.filter_sql import ORDER, Page, build_page_sql, build_query
from ahtc_tui.store.actions.recurrence import find_recurrence
from ahtc_tui.store.actions.urgency_sql import BLOCKED, BLOCKING
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

COLUMNS = f"""a.id, a.ref, a.title, o.number, o.title, a.status, a.brag, a.confidence, a.priority,
 lead.name, lead.ref, lead.kind, lead.short,
 CASE WHEN a.closed_by IS NOT NULL THEN (SELECT name FROM parties WHERE id = a.closed_by)
  WHEN lead.kind = 'post' AND a.status NOT IN ('done', 'cancelled') THEN
  {CURRENT_HOLDER.format(field="name", post="a.lead")} END,
 (SELECT group_concat(name, char(10)) FROM (SELECT p.name FROM action_parties l JOIN parties p ON p.id = l.party
   WHERE l.action = a.id AND l.role = 'support' AND NOT l.deleted ORDER BY l.n)),
 a.due, a.original_due, (SELECT count(*) FROM slips WHERE action = a.id AND NOT deleted), a.review_on, a.closed_on,
 a.raised_on, coalesce(m.ref, a.source), m.ref, u.text, u.said_on, a.marking, a.evidence, {BLOCKED}, {BLOCKING}"""

JOINS = """LEFT JOIN objectives o ON o.id = a.objective LEFT JOIN parties lead ON lead.id = a.lead
 LEFT JOIN meetings m ON m.id = a.meeting
 LEFT JOIN updates u ON u.n = (SELECT n FROM updates WHERE action = a.id AND NOT deleted
  ORDER BY said_on DESC, n DESC LIMIT 1)"""


def build_row(row: Sequence[Any]) -> ActionRow:
    """The row that a line of the database is."""
    (key, ref, title, objective, objective_title, status, brag, confidence, priority, *middle_columns) = row
    (
        lead,
        lead_ref,
        lead_kind,
        lead_short,
        holder,
        support,
        due,
        original,
        slips,
        review,
        closed,
        raised,
        *last_columns,
    ) = middle_columns
    (source, meeting, update, said_on, marking, evidence, blocked, blocking) = last_columns
    return ActionRow(
        key,
        ref,
        title,
        None if objective is None else str(objective),
        objective_title,
        Status(status),
        Brag(brag) if brag else None,
        Confidence(confidence) if confidence else None,
        Priority(priority) if priority else None,
        lead,
        lead_ref,
        lead_kind,
        lead_short,
        holder,
        tuple(support.split("\n")) if support else (),
        read_stored_date(due),
        read_stored_date(original),
        slips,
        read_stored_date(review),
        read_stored_date(closed),
        read_stored_date(raised),
        source,
        meeting,
        update,
        date.fromisoformat(said_on[:10]) if said_on else None,
        Marking(marking),
        evidence,
        bool(blocked),
        bool(blocking),
    )


def read_actions(
    cursor: Cursor, action_filter: ActionFilter, sort: Sort, today: date, page: Page | None = None
) -> list[tuple[tuple[Any, int], ActionRow]]:
    """The actions of a page, each with its place in the list: what a next page is asked `after` or `before`."""
    bounds = page or Page()
    query = build_query(cursor, action_filter, today)
    inner = build_page_sql(query, sort, bounds)
    rows = cursor.execute(
        f"WITH page AS MATERIALIZED ({inner}) SELECT page.place, page.n, {COLUMNS} FROM page"
        f" CROSS JOIN actions a ON a.n = page.n {JOINS}",
        query.parameters,
    )
    actions = [((line[0], line[1]), build_row(line[2:])) for line in rows]
    return actions[::-1] if bounds.before is not None or bounds.from_end else actions


def count_actions(cursor: Cursor, action_filter: ActionFilter, today: date) -> int:
    """How many actions a filter finds."""
    query = build_query(cursor, action_filter, today)
    total: int = cursor.execute(
        f"SELECT count(*) FROM {query.source} WHERE {query.where}", query.parameters
    ).fetchone()[0]
    return total


def count_before(cursor: Cursor, action_filter: ActionFilter, sort: Sort, today: date, place: tuple[Any, int]) -> int:
    """How many actions of the list come before a place in it."""
    query = build_query(cursor, action_filter, today)
    column, direction = ORDER[sort]
    before = f"({column} {'<' if direction == 'ASC' else '>'} :edge OR ({column} = :edge AND a.n < :edge_n))"
    total: int = cursor.execute(
        f"SELECT count(*) FROM {query.source} WHERE {query.where} AND {before}",
        {**query.parameters, "edge": place[0], "edge_n": place[1]},
    ).fetchone()[0]
    return total


def read_action(cursor: Cursor, key: RowKey, today: date = date.max) -> ActionRow:
    """One action; `today` says who holds the post that leads it, the last holder unless it is given."""
    parameters = {"key": key, "today": today.isoformat()}
    return build_row(
        cursor.execute(f"SELECT {COLUMNS} FROM actions a {JOINS} WHERE a.id = :key", parameters).fetchone()
    )


CARD = """SELECT a.detail, a.partner_text, g.name, w.ref || ' ' || w.title, r.title, a.started_on, a.outcome, a.in_plan,
 a.note, a.source, a.brag_reason, (SELECT ref FROM meetings WHERE id = a.closing_meeting),
 (SELECT count(*) FROM change WHERE "table" = 'actions' AND row_id = a.id AND field <> '_row')
 FROM actions a LEFT JOIN parties g ON g.id = a."group" LEFT JOIN actions w ON w.id = a.part_of
 LEFT JOIN recommendations r ON r.id = a.recommendation WHERE a.id = ?"""

PARTIES = f"""SELECT l.role, p.name, CASE p.kind WHEN 'post' THEN
 {CURRENT_HOLDER.format(field="name", post="l.party")} END FROM action_parties l JOIN parties p ON p.id = l.party
 WHERE l.action = :key AND NOT l.deleted ORDER BY l.n"""

AREAS = "SELECT x.name FROM action_areas l JOIN areas x ON x.id = l.area WHERE l.action = ? AND NOT l.deleted"

BLOCKED_BY = """SELECT b.ref || ' ' || b.title FROM dependencies d JOIN actions b ON b.id = d.blocked_by
 WHERE d.action = ? AND NOT d.deleted AND NOT b.deleted"""

BLOCKS = """SELECT b.ref || ' ' || b.title FROM dependencies d JOIN actions b ON b.id = d.action
 WHERE d.blocked_by = ? AND NOT d.deleted AND NOT b.deleted"""

DECISIONS = """SELECT x.ref || ' ' || x.text FROM decision_actions l JOIN decisions x ON x.id = l.decision
 WHERE l.action = ? AND NOT l.deleted AND NOT x.deleted"""

CHASES = """SELECT c.chased_on, p.name FROM chases c JOIN parties p ON p.id = c.party
 WHERE c.action = ? AND NOT c.deleted ORDER BY c.chased_on DESC, c.n DESC"""


def read_card(cursor: Cursor, key: RowKey, today: date = date.max) -> ActionCard:
    """Everything about one action; `today` says who holds the posts that lead and help, else the last holder.

    Of closed work it is whoever held them on its last day.
    """
    head = read_action(cursor, key, today)
    day = today if head.is_open else head.closed_on.latest if head.closed_on else date.min
    party_rows = cursor.execute(PARTIES, {"key": key, "today": day.isoformat()}).fetchall()
    detail, partner_text, group, part_of, recommendation, started, *later_columns = cursor.execute(
        CARD, (key,)
    ).fetchone()
    outcome, in_plan, note, source, brag_reason, closing_meeting, changes = later_columns

    def read_names(query: str) -> tuple[str, ...]:
        return tuple(name for (name,) in cursor.execute(query, (key,)))

    return ActionCard(
        head,
        detail,
        tuple((PartyRole(role), name) for role, name, _holder in party_rows),
        partner_text,
        read_names(AREAS),
        group,
        part_of,
        read_names(BLOCKED_BY),
        read_names(BLOCKS),
        read_names(DECISIONS),
        recommendation,
        read_stored_date(started),
        outcome,
        bool(in_plan),
        note,
        source,
        read_updates(cursor, key),
        read_slips(cursor, key),
        changes,
        brag_reason=brag_reason,
        closing_meeting=closing_meeting,
        repeats=str(link.recurrence) if (link := find_recurrence(cursor, key)) else None,
        holders=tuple((name, holder) for _role, name, holder in party_rows if holder),
        chases=tuple((date.fromisoformat(day[:10]), recipient) for day, recipient in cursor.execute(CHASES, (key,))),
    )


def read_updates(cursor: Cursor, key: RowKey) -> tuple[UpdateRow, ...]:
    """The progress lines of an action, newest first."""
    rows = cursor.execute(
        "SELECT u.said_on, u.text, u.brag, u.status, p.name FROM updates u LEFT JOIN parties p ON p.id = u.said_by"
        " WHERE u.action = ? AND NOT u.deleted ORDER BY u.said_on DESC, u.n DESC",
        (key,),
    )
    return tuple(
        UpdateRow(
            date.fromisoformat(day[:10]), text, Brag(brag) if brag else None, Status(status) if status else None, author
        )
        for day, text, brag, status, author in rows
    )


def read_slips(cursor: Cursor, key: RowKey) -> tuple[SlipRow, ...]:
    """How the due date of an action moved, oldest first."""
    rows = cursor.execute(
        "SELECT from_due, to_due, reason, slipped_on FROM slips WHERE action = ? AND NOT deleted ORDER BY n", (key,)
    )
    return tuple(
        SlipRow(read_stored_date(before), read_stored_date(after), reason, date.fromisoformat(day[:10]))
        for before, after, reason, day in rows
    )


def read_party_links(cursor: Cursor, key: RowKey, role: PartyRole) -> dict[RowKey, RowKey]:
    """Who has this part in an action, to the record that says so."""
    rows = cursor.execute(
        "SELECT party, id FROM action_parties WHERE action = ? AND role = ? AND NOT deleted", (key, role.value)
    )
    return dict(rows.fetchall())


def read_blocker_links(cursor: Cursor, key: RowKey) -> dict[RowKey, RowKey]:
    """What an action waits for, to the record that says so."""
    rows = cursor.execute("SELECT blocked_by, id FROM dependencies WHERE action = ? AND NOT deleted", (key,))
    return dict(rows.fetchall())


def read_dependency_chain(cursor: Cursor, key: RowKey) -> list[tuple[RowKey, RowKey]]:
    """Every dependency reached from an action, as (action, blocked by): what a loop would be made of."""
    return cursor.execute(
        "WITH RECURSIVE chain(action, blocked_by) AS (SELECT action, blocked_by FROM dependencies WHERE action = ?"
        " AND NOT deleted UNION SELECT d.action, d.blocked_by FROM dependencies d JOIN chain c"
        " ON d.action = c.blocked_by WHERE NOT d.deleted) SELECT action, blocked_by FROM chain",
        (key,),
    ).fetchall()
