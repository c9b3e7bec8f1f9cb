"""An input for dates, with its interpretation next to it. The date parser is passed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Unpack

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input

from ahtc_tui.domain.dates.calendar_names import format_short_weekday
from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision, format_long_date
from ahtc_tui.domain.dates.formatting import format_weekday_date
from ahtc_tui.domain.dates.relative import may_name_record
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.suggestions import format_example
from ahtc_tui.tui.widgets.plain import PlainLabel, WidgetNaming, join_lines

DateReader = Callable[[str], DateAsKnown]
"""Parses typed text; raises BadInput with the message to show."""


def format_date(value: DateAsKnown) -> str:
    """Return a date in full: "Friday 29 November 2013", or its text and its latest day."""
    if value.latest == NO_DAY or value.precision is Precision.WORDS:
        return str(value)
    if value.precision is Precision.DAY and not value.words:
        return format_weekday_date(value.latest)
    return _("{words}, by {date}").format(words=value, date=_format_short_day(value))


def format_short_meaning(value: DateAsKnown) -> str:
    """Return the latest day of a date with a short weekday: "Fri 29 November 2013"; its text where it has no day."""
    return _format_short_day(value) if value.has_day else str(value)


def _format_short_day(value: DateAsKnown) -> str:
    return f"{format_short_weekday(value.latest.weekday())} {format_long_date(value.latest)}"


def format_meaning(value: DateAsKnown) -> str:
    """Return the day of a date as typed, or that its words name none."""
    if not value.has_day and may_name_record(value.words):
        return _("counted from the meeting once it has a date")
    if not value.has_day:
        return _("kept as text, without a date, so never late")
    return format_date(value).removeprefix(f"{value}, ")


class DateField(Horizontal):
    """An input with the date in full next to it."""

    DEFAULT_CSS = """
    DateField {
        height: 1;

        & > Input { width: 1fr; max-width: 22; min-width: 20; }
        & > PlainLabel { width: 2fr; padding-left: 1; color: $foreground-muted; }
        & > PlainLabel { text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    input = query_one(Input)
    meaning = query_one(PlainLabel)

    class Changed(Message):
        """The text changed; `value` is None if it is empty or not a date."""

        def __init__(self, date_field: DateField, value: DateAsKnown | None) -> None:
            super().__init__()
            self.date_field, self.value = date_field, value

        @property
        def control(self) -> DateField:
            return self.date_field

    def __init__(
        self,
        reader: DateReader,
        value: str = "",
        placeholder: str = "",
        *,
        doubt: Callable[[DateAsKnown], str] = lambda _value: "",
        is_past: bool = False,
        **naming: Unpack[WidgetNaming],
    ) -> None:
        """`doubt` returns a warning shown instead of the date in full; empty for none.

        Without a placeholder, an empty field has an example next to it: of a day that has been, where `is_past`.
        """
        super().__init__(**naming)
        self._doubt, self._is_past = doubt, is_past
        self._reader, self._initial_text, self._placeholder = reader, value, placeholder
        self._value: DateAsKnown | None = None
        self._error: BadInput | None = None

    def compose(self) -> ComposeResult:
        yield Input(join_lines(self._initial_text), self._placeholder, compact=True)
        yield PlainLabel("" if self._initial_text else self._example)

    @property
    def _example(self) -> str:
        if self._placeholder:
            return ""
        return format_example("24/11/13" if self._is_past else _("2w, 10 dec"))

    @property
    def form_value(self) -> DateAsKnown | None:
        """The date; None if the field is empty. Raises BadInput if the text is not a date."""
        if self._error is not None:
            raise self._error
        return self._value

    @property
    def typed_text(self) -> str:
        """The text as typed."""
        return self.input.value

    @on(Input.Changed)
    def _read_input(self, event: Input.Changed) -> None:
        event.stop()
        self._value, self._error, meaning = None, None, self._example
        if event.value.strip():
            try:
                self._value = self._reader(event.value)
                meaning = self._doubt(self._value) or format_meaning(self._value)
            except BadInput as error:
                self._error, meaning = error, str(error)
        self.meaning.update(meaning)
        self.post_message(self.Changed(self, self._value))
