"""Reads agendas: items, papers, matters arising, templates and forward plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.dates.date_as_known import Precision, read_stored_date
from ahtc_tui.domain.documents.meeting_document import is_about_matters_arising
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.agenda import ForwardRow, TemplateRow
from ahtc_tui.domain.meetings.model import AgendaRow, MatterRow, PaperRow
from ahtc_tui.domain.minutes.item_lengths import ItemLength, TimedLine, measure_items
from ahtc_tui.domain.minutes.model import compute_running_times
from ahtc_tui.store.actions.queries import select_actions
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import read_field
from ahtc_tui.store.records.rows import select_mapping, select_rows, select_value
from ahtc_tui.store.sql_fragments import IS_GATHERING

TIME_BYTES = 6
"""Length of the time in milliseconds at the start of a key."""

EARLIER = """SELECT e.id FROM meetings m JOIN meetings e ON e."group" = m."group" AND e.id <> m.id
 WHERE m.id = :meeting AND NOT e.deleted AND e.day < coalesce(m.day, '9999')"""


class ItemPosition(NamedTuple):
    """Where an item is on its agenda; closing items are kept at the end."""

    key: RowKey
    position: int
    closing: bool


class ItemLine(NamedTuple):
    """A line of minutes with its item and its meeting, whose day is known."""

    ref: str
    position: int
    title: str
    key: RowKey
    tz: str
    day: date
    start_time: time | None

    @property
    def typed_at(self) -> datetime:
        """Wall time in the zone of the meeting, naive."""
        milliseconds = int.from_bytes(self.key[:TIME_BYTES])
        return datetime.fromtimestamp(milliseconds / 1000, ZoneInfo(self.tz)).replace(tzinfo=None)


class StandingItem(NamedTuple):
    """Standing item, with the fields of a template."""

    section: str | None
    title: str
    title_cy: str | None
    presenter: RowKey | None
    minutes: int | None
    closing: int


def read_item_positions(cursor: Cursor, meeting: RowKey) -> list[ItemPosition]:
    """Return the items of an agenda in order."""
    query = """SELECT id AS key, position, closing FROM agenda_items WHERE meeting = ? AND NOT deleted
 ORDER BY position, n"""
    return select_rows(cursor, ItemPosition, query, (meeting,))


def read_title_keys(cursor: Cursor, meeting: RowKey) -> dict[str, RowKey]:
    """Return the keys of agenda items by case-folded title."""
    query = "SELECT title AS key, id AS value FROM agenda_items WHERE meeting = ? AND NOT deleted ORDER BY n"
    return {title.casefold(): key for title, key in select_mapping(cursor, query, (meeting,)).items()}


def read_standing_items(cursor: Cursor, meeting: RowKey) -> list[dict[str, Any]]:
    """Return the standing items of an agenda, with the fields of a template."""
    query = """SELECT section, title, title_cy, presenter, minutes, closing FROM agenda_items WHERE meeting = ?
 AND standing AND NOT deleted ORDER BY position"""
    items = select_rows(cursor, StandingItem, query, (meeting,))
    return [item._asdict() for item in items]


def has_minutes(cursor: Cursor, item: RowKey) -> bool:
    """Return whether an item has lines of minutes."""
    query = "SELECT EXISTS (SELECT 1 FROM minute_lines WHERE item = ? AND NOT deleted)"
    return bool(select_value(cursor, query, (item,)))


def read_agenda(cursor: Cursor, meeting: RowKey, starts: datetime | None) -> tuple[AgendaRow, ...]:
    """Return the agenda of a meeting: items with papers, matters arising and computed start times."""
    query = """SELECT i.position, i.section, i.title, p.name AS presenter, i.minutes, i.standing, i.discussed, i.id AS
 key, i.closing, i.carried_from IS NOT NULL AS carried, i.note, p.ref AS presenter_ref,
 i.title_cy, i.outcome, p.name_cy AS presenter_cy
 FROM agenda_items i
 LEFT JOIN named_parties p ON p.id = i.presenter WHERE i.meeting = ? AND NOT i.deleted ORDER BY i.position, i.n"""
    items = select_rows(cursor, AgendaRow, query, (meeting,))
    papers = read_papers(cursor, meeting)
    rows = [
        replace(
            item,
            papers=tuple(paper for paper in papers if paper.item == item.position),
            matters=read_matters_arising(cursor, meeting) if is_about_matters_arising(item.title) else (),
        )
        for item in items
    ]
    times = compute_running_times(rows, starts if any(row.minutes for row in rows) else None)
    return tuple(replace(row, starts=start.time() if start else None) for row, start in times)


def read_papers(cursor: Cursor, meeting: RowKey) -> list[PaperRow]:
    """Return the papers of a meeting by agenda item."""
    query = """SELECT r.ref, i.position AS item, r.title, a.name AS author, r.due_on AS due, r.published,
 r.withheld_because, r.id AS key, r.marking, f.name AS file, f.size AS file_size, f.digest AS file_digest,
 r.title_cy, r.withheld_reason
 FROM papers r LEFT JOIN agenda_items i ON i.id = r.item AND NOT i.deleted
 LEFT JOIN paper_files f ON f.n = (SELECT max(n) FROM paper_files WHERE paper = r.id AND NOT deleted
  AND content <> '')
 LEFT JOIN named_parties a ON a.id = r.author WHERE r.meeting = ? AND NOT r.deleted
 ORDER BY i.position IS NULL, i.position, r.n"""
    return select_rows(cursor, PaperRow, query, (meeting,))


def read_item_lengths(cursor: Cursor, meeting: RowKey) -> dict[str, ItemLength]:
    """Return how long items took at the latest earlier meeting of the group that has them, by title in lower case.

    Only meetings count whose minutes were typed on their day: the key of a line begins with its time.
    """
    query = f"""SELECT m.ref, i.position, i.title, l.id AS key, m.tz, m.day, m.start_time
 FROM minute_lines l JOIN agenda_items i ON i.id = l.item AND NOT i.deleted JOIN meetings m ON m.id = l.meeting
 WHERE l.meeting IN ({EARLIER}) AND NOT l.deleted AND length(m.day) = 10 ORDER BY m.day, m.ref"""
    lengths: dict[str, ItemLength] = {}
    for _ref, rows in groupby(select_rows(cursor, ItemLine, query, {"meeting": meeting}), key=attrgetter("ref")):
        live_rows = [row for row in rows if row.typed_at.date() == row.day]
        starts = next((datetime.combine(row.day, row.start_time) for row in live_rows if row.start_time), None)
        lengths |= measure_items(
            starts, [TimedLine(row.ref, row.position, row.title, row.typed_at) for row in live_rows]
        )
    return lengths


def read_open_from_earlier(cursor: Cursor, meeting: RowKey) -> list[ActionRow]:
    """Return the actions of the group's earlier meetings that were open when this one began, in log order."""
    (day,) = cursor.execute("SELECT substr(day, 1, 10) FROM meetings WHERE id = ?", (meeting,)).fetchone()
    condition = f"""a.meeting IN ({EARLIER}) AND NOT a.deleted
 AND (a.is_open OR substr(a.closed_on, 1, 10) >= :today) ORDER BY a.ref_key"""
    return select_actions(cursor, condition, {"meeting": meeting, "today": day})


def read_matters_arising(cursor: Cursor, meeting: RowKey) -> tuple[MatterRow, ...]:
    """Return the matters arising, computed from the action log."""
    actions = read_open_from_earlier(cursor, meeting)
    return tuple(MatterRow(row.ref, row.title, row.lead_short or row.lead, row.due, row.title_cy) for row in actions)


def read_template(cursor: Cursor, group: RowKey) -> list[TemplateRow]:
    """Return the items of a group's agenda template; none where the group has no template."""
    query = """SELECT row_number() OVER (ORDER BY t.closing, t.position, t.n) AS position, t.section, t.title, p.name AS
 presenter, t.minutes, t.closing, t.id AS key, t.presenter AS presenter_key, t.title_cy FROM template_items t
 LEFT JOIN named_parties p ON p.id = t.presenter WHERE t."group" = ? AND NOT t.deleted
 ORDER BY t.closing, t.position, t.n"""
    return select_rows(cursor, TemplateRow, query, (group,))


def read_forward_plan(cursor: Cursor, group: RowKey) -> list[ForwardRow]:
    """Return the forward plan of a group by date, then by order of entry.

    An item is back in the plan once the agenda item made from it has been removed.
    """
    order = "ORDER BY f.for_on IS NULL, substr(f.for_on, 1, 10), f.n"
    query = f"""SELECT row_number() OVER ({order}) AS position, f.section, f.title, p.name AS presenter, f.minutes,
 f.for_on, f.note, f.id AS key, f.title_cy FROM forward_items f LEFT JOIN named_parties p ON p.id = f.presenter
 LEFT JOIN agenda_items i
 ON i.id = f.taken WHERE f."group" = ? AND NOT f.deleted AND (f.taken IS NULL OR i.deleted) {order}"""
    return select_rows(cursor, ForwardRow, query, (group,))


def find_group(cursor: Cursor, meeting: RowKey) -> RowKey | None:
    """Return the key of the group of a meeting."""
    key: RowKey | None = read_field(cursor, "meetings", meeting, "group")
    return key


def find_next_meeting_day(cursor: Cursor, meeting: RowKey, day: date) -> date | None:
    """Return the day of the next meeting of the group after a day; None where there is none, or not known to the day.

    Cancelled meetings are skipped. Of a recurring meeting only the days with their own record count.
    """
    query = f"""SELECT min(n.day) FROM meetings m JOIN meetings n ON n."group" = m."group" AND n.id <> m.id
 AND {IS_GATHERING.format("n")} AND NOT n.deleted AND n.state <> 'cancelled' AND n.recurrence IS NULL
 AND substr(n.day, 1, 10) > :day WHERE m.id = :meeting"""
    next_day = read_stored_date(select_value(cursor, query, {"meeting": meeting, "day": day.isoformat()}))
    return next_day.latest if next_day and next_day.precision is Precision.DAY else None
