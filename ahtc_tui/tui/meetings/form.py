"""The form of a meeting. Only changed fields are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar

from textual.widgets import Input

from ahtc_tui.domain.dates.calendar_names import format_weekday
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, format_long_date
from ahtc_tui.domain.dates.formatting import format_clock, format_short_weekday_date
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.dates.working_days import SATURDAY, subtract_working_days
from ahtc_tui.domain.drafts.meetings import Moment, build_meeting_draft, read_clock
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.meetings.kinds import MeetingState, OnHoliday
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.domain.meetings.series_words import format_typed_rule
from ahtc_tui.domain.record_names import name_record
from ahtc_tui.domain.text.suggestions import format_example
from ahtc_tui.services.meetings import series
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField
from ahtc_tui.tui.widgets.plain import join_lines
from ahtc_tui.tui.widgets.select import build_enum_select, build_select, translate_options

HOLIDAYS = [
    (gettext_noop("keep the day"), OnHoliday.KEEP.value),
    (gettext_noop("move it to the next working day"), OnHoliday.MOVE.value),
    (gettext_noop("skip it"), OnHoliday.SKIP.value),
]
WHOLE, FOLLOWING, ONE_DAY = "whole", "following", "one"
"""The days of a series that a form changes."""
TEXT_FIELDS = ("title", "title_cy", "venue", "place", "link")
"""Fields stored as typed."""


def format_weekend_doubt(value: DateAsKnown) -> str:
    """Return a warning for a Saturday or Sunday, with the working day before: "Saturday; Fri 17 Oct before"."""
    day = value.latest
    if value.precision is not Precision.DAY or day.weekday() < SATURDAY:
        return ""
    day_text = format_short_weekday_date(subtract_working_days(day))
    return _("{weekday}; {day} before").format(weekday=format_weekday(day.weekday()), day=day_text)


class MeetingForm(FormScreen):
    """A new meeting, or an edit of one."""

    fields_of_column: ClassVar = {
        "day": ("date", "time"),
        "start_time": ("time", "date"),
        "ends": ("minutes", "time", "date"),
        "recurrence": ("repeat",),
    }

    def __init__(
        self,
        desk: Desk,
        groups: Sequence[Candidate],
        row: MeetingRow | None = None,
        day: str = "",
        next_day: date | None = None,
    ) -> None:
        """`day` is the date of a new meeting, `next_day` the next day of a series, from which on it can be changed."""
        name = name_record(row.ref, row.shown_title) if row else ""
        super().__init__(_("New meeting") if row is None else _("Edit {ref}").format(ref=join_lines(name)), desk.seen)
        self._desk, self._groups, self._row = desk, groups, row
        self._initial_texts = _read_initial_values(row, desk.today)
        self._new_day, self._next_day = day, next_day
        self.written: MeetingRow | None = None

    def rows(self) -> Iterable[FormRow]:
        shown = self._initial_texts
        hint = _("the group that meets") if self._groups else _("no groups yet: esc, then 5 n adds one")
        is_required = self._row is None or bool(shown["group"])  # records of other kinds have no group
        yield FormRow("group", _("Group"), OwnerField(self._groups, shown["group"], hint), required=is_required)
        yield FormRow("title", _("Title"), _build_input(shown["title"], _("the group's name unless given")))
        yield FormRow(
            "date",
            _("Date"),
            DateField(self._read_day, shown["date"] or self._new_day, doubt=format_weekend_doubt),
            required=True,
        )
        yield FormRow("time", _("Time"), _build_input(shown["time"], format_example(_("10am, 14:30"))))
        yield FormRow("minutes", _("Length"), _build_input(shown["minutes"], format_example("90, 1h30")))
        yield FormRow("venue", _("Venue"), _build_input(shown["venue"], _("the building or the room")))
        yield FormRow("place", _("Place"), _build_input(shown["place"], _("the town")))
        yield FormRow("link", _("Link"), _build_input(shown["link"], _("address to join online")))
        yield FormRow(
            "repeat",
            _("Repeats"),
            _build_input(shown["repeat"], format_example(_("monthly on the second Tuesday"))),
        )
        if self._row is None or self._row.series is None:
            holiday_rule = self._initial_texts["on_holiday"]
            yield FormRow(
                "on_holiday", _("Bank holidays"), build_select(translate_options(HOLIDAYS), holiday_rule, blank=False)
            )
        if self._next_day is not None:
            following = _("{day} and all later days").format(day=format_long_date(self._next_day))
            scopes = [(_("the whole series"), WHOLE), (following, FOLLOWING)]
            scopes.append((_("{day} only").format(day=format_long_date(self._next_day)), ONE_DAY))
            yield FormRow("scope", _("Changes"), build_select(scopes, WHOLE, blank=False))
        if self._row is not None:
            yield FormRow("state", _("Status"), build_enum_select(MeetingState, self._row.state.value, blank=False))
            yield FormRow("title_cy", _("Welsh title"), _build_input(shown["title_cy"], ""))

    def _read_day(self, text: str) -> DateAsKnown:
        """Return the date of the meeting if the text is unchanged, else parse the text."""
        if self._row is not None and self._row.day is not None and text == self._initial_texts["date"]:
            return self._row.day
        return read_date(text, self._desk.today)

    async def accept(self, values: dict[str, Any]) -> None:
        """Add the meeting, or write its changed fields."""
        names = (*TEXT_FIELDS, "group", "minutes", "repeat", "on_holiday", "state")
        fields = {name: values[name] or "" for name in names if values.get(name) or (self._row and name in values)}
        scope = values.get("scope", WHOLE)
        moment = self._read_changed_moment(values)
        if moment is not None:
            if scope != WHOLE and "date" not in values:
                moment = Moment(None, moment.at)
            fields["starts"] = moment if moment.day or moment.at else None
        draft = build_meeting_draft(fields, self._desk.today)
        if self._row is None:
            self.written = await self._desk.run(meetings.add_meeting, draft)
        elif draft.given_fields and scope != WHOLE and self._next_day:
            edit = series.edit_following if scope == FOLLOWING else series.edit_day
            self.written = await self._desk.run(edit, self._row.ref, self._next_day, draft)
        elif draft.given_fields:
            self.written = await self._desk.run(meetings.edit_meeting, self._row.ref, draft)

    def _read_changed_moment(self, values: dict[str, Any]) -> Moment | None:
        """Return the start if date or time changed, else None. Raises BadInput."""
        row = self._row
        if not ("date" in values or "time" in values):
            return None
        day: DateAsKnown | None = values.get("date", row.day if row else None)
        time = values.get("time", self._initial_texts["time"])
        if not (day or time or row):
            return None
        if not time:
            if row is not None and row.start_time and day is not None and day == row.day:
                self.show_error(_("The time can be changed here, but not removed."), "time")
                raise BadInput(_("The time can be changed here, but not removed."))
            return Moment(day, None)
        try:
            return Moment(day, read_clock(time))
        except BadInput as error:
            self.show_error(str(error), "time")
            raise


def _build_input(value: str, placeholder: str) -> Input:
    return Input(value, placeholder, compact=True)


def _read_initial_values(row: MeetingRow | None, today: date) -> dict[str, str]:
    """Return the initial text of the fields."""
    if row is None:
        empty = dict.fromkeys(("group", "date", "time", "minutes", "repeat", *TEXT_FIELDS), "")
        return {**empty, "on_holiday": OnHoliday.KEEP.value}
    return {
        "group": row.group_ref or "",
        "title": row.title,
        "title_cy": row.title_cy or "",
        "date": str(row.day) if row.day else "",
        "time": format_clock(row.start_time) if row.start_time else "",
        "minutes": str(int(row.length.total_seconds() // 60)) if row.length else "",
        "venue": row.venue or "",
        "place": row.place or "",
        "link": row.link or "",
        "repeat": format_typed_rule(row.recurrence, today) if row.recurrence else "",
        "on_holiday": row.on_holiday.value,
        "state": row.state.value,
    }
