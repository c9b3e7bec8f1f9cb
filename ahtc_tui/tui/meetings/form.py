"""The form of a meeting. Only changed fields are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from datetime import time as clock_time
from typing import Any, ClassVar

from textual.widgets import Input

from ahtc_tui.domain.dates.calendar_names import format_weekday
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, format_long_date
from ahtc_tui.domain.dates.formatting import format_clock, format_short_weekday_date
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.dates.working_days import SATURDAY, subtract_working_days
from ahtc_tui.domain.drafts.meetings import Moment, build_meeting_draft, read_clock, read_moment
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.fields.model import Place
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.meetings.fields import GROUPS, MEETING_FIELDS, PARTIES
from ahtc_tui.domain.meetings.kinds import OnHoliday
from ahtc_tui.domain.meetings.model import MeetingCard, MeetingRow
from ahtc_tui.domain.meetings.series_words import format_typed_rule
from ahtc_tui.domain.record_names import name_record
from ahtc_tui.domain.text.suggestions import format_example
from ahtc_tui.services.meetings import series
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.widgets.date_field import DateField, format_meaning
from ahtc_tui.tui.widgets.field_rows import build_row
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.owner_field import Candidate
from ahtc_tui.tui.widgets.plain import join_lines
from ahtc_tui.tui.widgets.select import build_select, translate_options

HOLIDAYS = [
    (gettext_noop("keep the date"), OnHoliday.KEEP.value),
    (gettext_noop("move it to the next working day"), OnHoliday.MOVE.value),
    (gettext_noop("skip it"), OnHoliday.SKIP.value),
]
WHOLE, FOLLOWING, ONE_DAY = "whole", "following", "one"
"""The days of a series that a form changes."""


def format_weekend_doubt(value: DateAsKnown) -> str:
    """Return a warning for a Saturday or Sunday, with the working day before: "Saturday; Fri 17 Oct before"."""
    day = value.latest
    if value.precision is not Precision.DAY or day.weekday() < SATURDAY:
        return ""
    day_text = format_short_weekday_date(subtract_working_days(day))
    return _("{weekday}; {date} before").format(weekday=format_weekday(day.weekday()), date=day_text)


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
        parties: Sequence[Candidate] = (),
        card: MeetingCard | None = None,
        typed: Mapping[str, str] | None = None,
        next_day: date | None = None,
    ) -> None:
        """`typed` has values of a new meeting, `next_day` the next day of a series, from which on it changes."""
        row = card.row if card else None
        name = name_record(row.ref, row.shown_title) if row else ""
        super().__init__(_("New meeting") if row is None else _("Edit {ref}").format(ref=join_lines(name)), desk.seen)
        self._desk, self._card, self._row = desk, card, row
        self._registers = {GROUPS: groups, PARTIES: parties}
        self._initial_texts = _read_initial_values(row, desk.today) | dict(typed or {})
        self._next_day = next_day
        self._time_of_date: clock_time | None = None
        """Time that was typed in the field of the date."""
        self.written: MeetingRow | None = None

    def rows(self) -> Iterable[FormRow]:
        for field in MEETING_FIELDS:
            if field.name == "starts":
                yield from self._build_time_rows()
            elif field.name == "on_holiday":
                yield from self._build_series_rows()
            elif Place.FORM not in field.not_in:
                row = build_row(
                    field, self._card, self._desk.today, self._registers, self._initial_texts.get(field.name)
                )
                yield replace(row, hint=self._group_hint, required=self._needs_group) if field.name == "group" else row

    @property
    def _needs_group(self) -> bool:
        """Whether the meeting has a group; records of other kinds have none."""
        return self._row is None or self._row.group_ref is not None

    @property
    def _group_hint(self) -> str:
        return "" if self._registers[GROUPS] else _("type the name; the group is added when you save")

    def _build_time_rows(self) -> Iterable[FormRow]:
        shown = self._initial_texts
        day = DateField(self._read_day, shown["date"], doubt=self._format_doubt)
        yield FormRow("date", _("Date"), day, required=True)
        yield FormRow("time", _("Time"), Input(shown["time"], format_example(_("10am, 14:30")), compact=True))

    def _build_series_rows(self) -> Iterable[FormRow]:
        if self._row is None or self._row.series is None:
            holiday_rule = self._row.on_holiday if self._row else OnHoliday.KEEP
            select = build_select(translate_options(HOLIDAYS), holiday_rule.value, blank=False)
            is_extra = self._row is None or not self._row.recurrence
            yield FormRow("on_holiday", _("Bank holidays"), select, is_extra=is_extra)
        if self._next_day is not None:
            following = _("{day} and all later dates").format(day=format_long_date(self._next_day))
            scopes = [(_("the whole series"), WHOLE), (following, FOLLOWING)]
            scopes.append((_("{day} only").format(day=format_long_date(self._next_day)), ONE_DAY))
            yield FormRow("scope", _("Changes"), build_select(scopes, WHOLE, blank=False))

    def _read_day(self, text: str) -> DateAsKnown:
        """Return the date of the meeting if the text is unchanged, else parse the text.

        A time after the date is kept for the start: "10 dec, 2pm". Raises BadInput, also for a time alone.
        """
        self._time_of_date = None
        if self._row is not None and self._row.day is not None and text == self._initial_texts["date"]:
            return self._row.day
        if text.strip().isdecimal():
            return read_date(text, self._desk.today)
        moment = read_moment(text.replace(",", " "), self._desk.today)
        if moment.day is None:
            raise BadInput(_("A time needs a date. Enter it like 10 December 2013, 10am."))
        self._time_of_date = moment.at
        return moment.day

    def _format_doubt(self, value: DateAsKnown) -> str:
        """Return the warning of a weekend, and the time that was typed with the date."""
        doubt, at = format_weekend_doubt(value), self._time_of_date
        return ", ".join((doubt or format_meaning(value), format_clock(at))) if at else doubt

    async def accept(self, values: dict[str, Any]) -> None:
        """Add the meeting, or write its changed fields."""
        texts = {name: value or "" for name, value in values.items() if name not in ("date", "time", "scope")}
        fields = {name: text for name, text in texts.items() if text or self._row}
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
        if self._time_of_date and day is not None:
            return Moment(day, self._read_only_time(time, self._time_of_date))
        if not time:
            if row is not None and row.start_time and day is not None and day == row.day:
                self.show_error(_("The time can be changed, but not removed."), "time")
                raise BadInput(_("The time can be changed, but not removed."))
            return Moment(day, None)
        try:
            return Moment(day, read_clock(time))
        except BadInput as error:
            self.show_error(str(error), "time")
            raise

    def _read_only_time(self, time: str, typed: clock_time) -> clock_time:
        """Return the time that was typed with the date. Raises BadInput where the field of the time has another."""
        if time and time != self._initial_texts["time"] and read_clock(time) != typed:
            message = _("The date has another time, {time}. Give the time once.").format(time=format_clock(typed))
            self.show_error(message, "time")
            raise BadInput(message)
        return typed


def _read_initial_values(row: MeetingRow | None, today: date) -> dict[str, str]:
    """Return the initial text of the fields whose value for people is another one."""
    if row is None:
        return {"date": "", "time": ""}
    return {
        "date": str(row.day) if row.day else "",
        "time": format_clock(row.start_time) if row.start_time else "",
        "repeat": format_typed_rule(row.recurrence, today) if row.recurrence else "",
    }
