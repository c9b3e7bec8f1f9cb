"""Reads the seats matrix, the forum areas and the list of our seats."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.groups.membership import ClassMembers, ForumArea
from ahtc_tui.domain.groups.model import CLASSES, MemberKind, SeatRow, find_class
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_mapping, select_row, select_rows
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, EXISTS_ON_DAY, GROUP_CHAIR, HOLDS, SHOWN_TITLE

PARTY_ORGANISATIONS = """WITH RECURSIVE up(id, at, kind) AS (SELECT o.id, o.id, o.kind FROM organisations o UNION ALL
 SELECT up.id, o.id, o.kind FROM up JOIN organisations u ON u.id = up.at JOIN organisations o ON o.id = u.parent
 WHERE up.kind = 'government-unit'),
 home(id, at) AS (SELECT id, at FROM up WHERE kind <> 'government-unit' OR NOT EXISTS
 (SELECT 1 FROM organisations u WHERE u.id = up.at AND u.parent IS NOT NULL))
 SELECT p.ref, h.name, h.ref AS organisation_ref FROM named_parties p
 LEFT JOIN people e ON e.id = p.id LEFT JOIN posts t ON t.id = p.id
 JOIN home ON home.id = CASE p.kind WHEN 'organisation' THEN p.id ELSE coalesce(t.organisation, e.organisation) END
 JOIN named_parties h ON h.id = home.at WHERE NOT p.deleted"""
"""Organisation of each party; a unit of a government counts as the government."""

IN_CLASS = """SELECT p.ref AS key, p.name AS value FROM organisations o JOIN named_parties p ON p.id = o.id
 JOIN named_parties g ON g.ref = :group JOIN areas x ON x.id = g.area
 AND x.kind IN ('nation', 'forum-area') WHERE o.kind = :kind AND NOT o.deleted
 AND (p.id = x.police OR o.forum_area = x.id
 OR p.area = x.id OR (x.kind = 'nation' AND p.area IN (SELECT id FROM areas WHERE parent = x.id)))
 ORDER BY sort_key(p.name)"""
"""Organisations of a kind in the area of a group: by the force or forum of the area, or by the nation."""

FORA = f"""SELECT x.name AS area, x.ref AS area_ref, p.name AS forum, p.ref AS forum_ref, g.state,
 CASE c.kind WHEN 'post' THEN coalesce({CURRENT_HOLDER.format(field="name", post="c.id")}, c.name) ELSE c.name END
 AS chair, 0 AS seats, 0 AS unnamed, NULL AS next_meeting, f.name AS police,
 (SELECT group_concat(name, char(10)) FROM (SELECT q.name FROM organisations o JOIN named_parties q ON q.id = o.id
 WHERE o.kind = 'local-authority' AND o.forum_area = x.id AND NOT o.deleted ORDER BY sort_key(q.name))) AS authorities
 FROM named_areas x LEFT JOIN named_parties p ON p.area = x.id AND p.kind = 'group' AND NOT p.deleted
 AND EXISTS (SELECT 1 FROM groups k WHERE k.id = p.id AND k.kind = 'forum' AND k.state <> 'closed')
 LEFT JOIN groups g ON g.id = p.id LEFT JOIN named_parties c ON c.id = {GROUP_CHAIR.format(group="g")}
 LEFT JOIN named_parties f ON f.id = x.police
 WHERE x.kind = 'forum-area' AND NOT x.deleted AND {EXISTS_ON_DAY.format("x")} ORDER BY x.n, p.n"""

LAST_ATTENDED = f"""SELECT m.day AS day, m.marking FROM attendances t JOIN meetings m ON m.id = t.meeting
 WHERE m."group" = :group AND NOT t.deleted AND NOT m.deleted AND m.state <> 'cancelled'
 AND substr(m.day, 1, 10) <= :today AND t.state IN ('present', 'online', 'part', 'in_attendance', 'deputy')
 AND (t.party = :post OR t.deputy_for = :post OR t.party IN (SELECT h.person FROM holdings h WHERE h.post = :post
 AND {HOLDS.replace(":today", "substr(m.day, 1, 10)")}))
 ORDER BY substr(m.day, 1, 10) DESC LIMIT 1"""

PAPERS_DUE = """SELECT r.due_on AS day, m.marking FROM papers r JOIN meetings m ON m.id = r.meeting
 WHERE m."group" = :group AND m.state NOT IN ('held', 'cancelled') AND substr(r.due_on, 1, 10) >= :today
 AND NOT r.published AND NOT r.deleted AND NOT m.deleted ORDER BY r.due_on LIMIT 1"""

OUR_ACTIONS = f"""SELECT a.ref || ' ' || {SHOWN_TITLE.format("a")} FROM actions a WHERE a.is_open = 1 AND
 (a.lead = :post OR a.id IN (SELECT action FROM action_parties WHERE party = :post AND NOT deleted))
 AND a.id IN ({{of_group}}) ORDER BY a.ref_key"""

KIND_ORDER = (
    "ministerial", "uk-board", "uk-group", "sub-group", "leadership", "forum", "network", "initiative", "cross-party",
    "scrutiny", "case-conference",
)  # fmt: skip
"""Order of our seats in lists: UK groups first."""

MATRIX_ORDER = ("leadership", "forum", *(kind for kind in KIND_ORDER if kind not in ("leadership", "forum")))
"""Order of groups in the matrix: Welsh groups first."""


class PostHistory(NamedTuple):
    """Attendance, next paper and open actions of a post in a group, each day with the marking of its meeting."""

    last_attended: DateAsKnown | None
    last_marking: Marking
    papers_due: DateAsKnown | None
    papers_marking: Marking
    actions: tuple[str, ...]


class _MarkedDay(NamedTuple):
    day: DateAsKnown | None
    marking: Marking


NO_MEETING = _MarkedDay(None, Marking.OFFICIAL)


class PartyHome(NamedTuple):
    """Party with the name and the reference of its organisation."""

    ref: str
    name: str
    organisation_ref: str | None


def read_party_organisations(cursor: Cursor) -> dict[str, tuple[str, str | None]]:
    """Return name and reference of the organisation by reference of the party."""
    rows = select_rows(cursor, PartyHome, PARTY_ORGANISATIONS)
    return {row.ref: (row.name, row.organisation_ref) for row in rows}


def read_class_members(cursor: Cursor, seats: list[SeatRow]) -> list[ClassMembers]:
    """Return the organisations that each seat of a class means; none for a class that the register cannot list."""
    class_members = []
    for seat in seats:
        kind = CLASSES.get(find_class(seat.member) or "") if seat.member_kind is MemberKind.CLASS else None
        if kind is not None:
            members = select_mapping(cursor, IN_CLASS, {"group": seat.group_ref, "kind": kind.value})
            pairs = tuple((name, ref) for ref, name in members.items())
            class_members.append(ClassMembers(seat.group_ref, seat.member, pairs))
    return class_members


def read_forum_areas(cursor: Cursor, today: date) -> list[ForumArea]:
    """Return each forum area with its forum, if any; seats are not counted."""
    return select_rows(cursor, ForumArea, FORA, {"today": today.isoformat()})


def read_authorities_outside_fora(cursor: Cursor) -> tuple[str, ...]:
    """Return the local authorities that are not in a forum area."""
    query = """SELECT p.name FROM organisations o JOIN named_parties p ON p.id = o.id WHERE o.kind = 'local-authority'
 AND o.forum_area IS NULL AND NOT o.deleted ORDER BY sort_key(p.name)"""
    return tuple(select_column(cursor, query))


def read_post_history(cursor: Cursor, group: str, post: RowKey, today: date) -> PostHistory:
    """Return the last attendance of a post in a group, the next paper due, and its open actions."""
    from ahtc_tui.store.groups.queries import ACTIONS_OF_GROUPS

    (key,) = cursor.execute("SELECT id FROM parties WHERE ref = ?", (group,)).fetchone()
    parameters = {"group": key, "post": post, "today": today.isoformat()}
    last = select_row(cursor, _MarkedDay, LAST_ATTENDED, parameters) or NO_MEETING
    papers = select_row(cursor, _MarkedDay, PAPERS_DUE, parameters) or NO_MEETING
    of_group = f"SELECT d.id FROM ({ACTIONS_OF_GROUPS}) d WHERE d.of = :group"
    actions = cursor.execute(OUR_ACTIONS.format(of_group=of_group), parameters)
    return PostHistory(
        last.day,
        last.marking,
        papers.day,
        papers.marking,
        tuple(title for (title,) in actions),
    )


def read_group_kinds(cursor: Cursor) -> dict[str, str]:
    """Return the kind of each group by reference."""
    return select_mapping(
        cursor,
        "SELECT p.ref AS key, g.kind AS value FROM groups g JOIN parties p ON p.id = g.id WHERE NOT g.deleted",
    )
