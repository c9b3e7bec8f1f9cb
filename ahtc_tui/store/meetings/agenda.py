"""Agendas out of the database: items and their free places, papers, matters arising, templates, forward plans.

Reads only.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.dates.date_as_known import Precision, read_stored_date
from ahtc_tui.domain.documents.meeting_document import is_about_matters_arising
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.agenda import ForwardRow, MatterRow, PaperRow, TemplateRow
from ahtc_tui.domain.meetings.model import AgendaRow
from ahtc_tui.domain.minutes.model import compute_running_times
from ahtc_tui.store.actions.queries import COLUMNS, JOINS, build_row
from ahtc_tui.store.records.fields import read_field

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.store.records.cursor import Cursor


class ItemPosition(NamedTuple):
    """Where an item stands."""

    key: RowKey
    position: int
    closing: bool


def read_item_positions(cursor: Cursor, meeting: RowKey) -> list[ItemPosition]:
    """The items of an agenda in order."""
    rows = cursor.execute(
        "SELECT id, position, closing FROM agenda_items WHERE meeting = ? AND NOT deleted ORDER BY position, n",
        (meeting,),
    )
    return [ItemPosition(key, position, bool(closing)) for key, position, closing in rows]


def read_title_keys(cursor: Cursor, meeting: RowKey) -> dict[str, RowKey]:
    """The titles of an agenda, folded for comparing, with the key of each."""
    rows = cursor.execute("SELECT title, id FROM agenda_items WHERE meeting = ? AND NOT deleted", (meeting,))
    return {title.casefold(): key for title, key in rows}


def read_standing_items(cursor: Cursor, meeting: RowKey) -> list[dict[str, Any]]:
    """The items of an agenda that stand on every one of its group, as a template has them."""
    names = ("section", "title", "presenter", "minutes", "closing")
    rows = cursor.execute(
        f"SELECT {', '.join(names)} FROM agenda_items WHERE meeting = ? AND standing AND NOT deleted ORDER BY position",
        (meeting,),
    )
    return [dict(zip(names, row, strict=True)) for row in rows]


def has_minutes(cursor: Cursor, item: RowKey) -> bool:
    """Whether anything was minuted under an item."""
    row = cursor.execute("SELECT 1 FROM minute_lines WHERE item = ? AND NOT deleted LIMIT 1", (item,)).fetchone()
    return row is not None


def read_agenda(cursor: Cursor, meeting: RowKey, starts: datetime | None) -> tuple[AgendaRow, ...]:
    """The agenda of a meeting: each item with its papers, what arises from earlier meetings, and when it begins."""
    item_rows = cursor.execute(
        "SELECT i.position, i.section, i.title, p.name, i.minutes, i.standing, i.discussed, i.id, i.closing,"
        " i.carried_from IS NOT NULL, i.note, p.ref FROM agenda_items i LEFT JOIN parties p ON p.id = i.presenter"
        " WHERE i.meeting = ? AND NOT i.deleted ORDER BY i.position, i.n",
        (meeting,),
    ).fetchall()
    paper_rows = read_papers(cursor, meeting)
    rows = []
    for (
        position,
        section,
        title,
        presenter,
        minutes,
        is_standing,
        discussed,
        key,
        closing,
        carried,
        note,
        ref,
    ) in item_rows:
        row = AgendaRow(position, section, title, presenter, minutes, bool(is_standing), bool(discussed), key)
        item_papers = tuple(paper for paper in paper_rows if paper.item == position)
        arising = read_matters_arising(cursor, meeting) if is_about_matters_arising(title) else ()
        details = {"carried": bool(carried), "note": note, "presenter_ref": ref, "closing": bool(closing)}
        rows.append(replace(row, papers=item_papers, matters=arising, **details))
    if starts is None or not any(row.minutes for row in rows):
        return tuple(rows)
    return tuple(replace(row, starts=start.time()) for row, start in compute_running_times(rows, starts))


def read_papers(cursor: Cursor, meeting: RowKey) -> list[PaperRow]:
    """The papers of a meeting by the item they belong to."""
    rows = cursor.execute(
        "SELECT r.ref, i.position, r.title, a.name, r.due_on, r.published, r.withheld_because, r.id FROM papers r"
        " LEFT JOIN agenda_items i ON i.id = r.item AND NOT i.deleted LEFT JOIN parties a ON a.id = r.author"
        " WHERE r.meeting = ? AND NOT r.deleted ORDER BY i.position IS NULL, i.position, r.n",
        (meeting,),
    )
    return [
        PaperRow(ref, item, title, author, read_stored_date(due), bool(published), reason, key)
        for ref, item, title, author, due, published, reason, key in rows
    ]


EARLIER = """SELECT e.id FROM meetings m JOIN meetings e ON e."group" = m."group" AND e.id <> m.id
 WHERE m.id = :meeting AND NOT e.deleted AND e.day < coalesce(m.day, '9999')"""


def read_open_from_earlier(cursor: Cursor, meeting: RowKey) -> list[ActionRow]:
    """The actions agreed at the group's earlier meetings that were open when this one began, as the log has them."""
    (day,) = cursor.execute("SELECT substr(day, 1, 10) FROM meetings WHERE id = ?", (meeting,)).fetchone()
    rows = cursor.execute(
        f"SELECT {COLUMNS} FROM actions a {JOINS} WHERE a.meeting IN ({EARLIER}) AND NOT a.deleted"
        " AND (a.is_open OR substr(a.closed_on, 1, 10) >= :today) ORDER BY a.ref_key",
        {"meeting": meeting, "today": day},
    )
    return [build_row(line) for line in rows]


def read_matters_arising(cursor: Cursor, meeting: RowKey) -> tuple[MatterRow, ...]:
    """Matters arising: nothing of it is typed again."""
    actions = read_open_from_earlier(cursor, meeting)
    return tuple(
        MatterRow(action.ref, action.title, action.lead_short or action.lead, action.due) for action in actions
    )


def read_template(cursor: Cursor, group: RowKey) -> list[TemplateRow]:
    """The items that a new agenda of a group begins with; none where it has no template of its own."""
    rows = cursor.execute(
        "SELECT t.section, t.title, p.name, t.minutes, t.closing, t.id, t.presenter FROM template_items t"
        ' LEFT JOIN parties p ON p.id = t.presenter WHERE t."group" = ? AND NOT t.deleted'
        " ORDER BY t.closing, t.position, t.n",
        (group,),
    )
    return [
        TemplateRow(place, section, title, presenter, minutes, bool(closing), key, presenter_key)
        for place, (section, title, presenter, minutes, closing, key, presenter_key) in enumerate(rows, 1)
    ]


def read_forward_plan(cursor: Cursor, group: RowKey) -> list[ForwardRow]:
    """What a group means to take later and has not taken: by when, then as it was put down.

    What was taken and fell off that agenda again is back.
    """
    rows = cursor.execute(
        "SELECT f.section, f.title, p.name, f.minutes, f.for_on, f.note, f.id FROM forward_items f"
        " LEFT JOIN parties p ON p.id = f.presenter LEFT JOIN agenda_items i ON i.id = f.taken"
        ' WHERE f."group" = ? AND NOT f.deleted AND (f.taken IS NULL OR i.deleted)'
        " ORDER BY f.for_on IS NULL, substr(f.for_on, 1, 10), f.n",
        (group,),
    )
    return [
        ForwardRow(place, section, title, presenter, minutes, read_stored_date(for_on), note, key)
        for place, (section, title, presenter, minutes, for_on, note, key) in enumerate(rows, 1)
    ]


def find_group(cursor: Cursor, meeting: RowKey) -> RowKey | None:
    """The group whose meeting it is."""
    key: RowKey | None = read_field(cursor, "meetings", meeting, "group")
    return key


def read_meeting_days(cursor: Cursor, meeting: RowKey) -> tuple[date | None, date | None]:
    """The day of a meeting, and of the group's next one that is not called off; None where not known to the day.

    Of a series only the days that have a record of their own count.
    """
    own, following = cursor.execute(
        'SELECT m.day, (SELECT min(n.day) FROM meetings n WHERE n."group" = m."group" AND n.id <> m.id'
        " AND NOT n.deleted AND n.state <> 'cancelled' AND n.recurrence IS NULL"
        " AND substr(n.day, 1, 10) > substr(m.day, 1, 10))"
        " FROM meetings m WHERE m.id = ?",
        (meeting,),
    ).fetchone()
    return _parse_exact_day(own), _parse_exact_day(following)


def _parse_exact_day(stored: str | None) -> date | None:
    day = read_stored_date(stored)
    return day.latest if day and day.precision is Precision.DAY else None
