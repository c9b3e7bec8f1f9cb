"""Drafts of meetings: typed fields, checked before they are written.

Groups and organisers are given by name and resolved by the service.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from ahtc_tui.domain.actions.model import Marking, PaperMarking
from ahtc_tui.domain.dates.components import NotADate
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, refuse_distant_due
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.drafts.text import (
    Draft,
    DueDate,
    KnownDate,
    Line,
    Link,
    Prose,
    Title,
    build_choice_validator,
    build_minutes_reader,
    build_text_reader,
    forbid_empty,
    with_columns,
)
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.meetings.durations import WEEK_MINUTES
from ahtc_tui.domain.meetings.kinds import ItemOutcome, MeetingKind, MeetingState, OnHoliday
from ahtc_tui.domain.meetings.model import MeetingRow

CLOCK_PATTERN = (
    r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))? ?(?P<half>[ap]\.?m|y\.?b|y\.?[ph])\.?"
    r"|(?P<hour24>[0-9]{1,2}):(?P<minute24>[0-9]{2})(?::00)?"
)
"""Times of day: "10am" is "10yb" in Welsh (y bore), "2pm" is "2yp" (y prynhawn), "8pm" also "8yh" (yr hwyr)."""
MORNING = ("am", "yb")
_CLOCK = re.compile(CLOCK_PATTERN, re.IGNORECASE)
_BARE_CLOCK = re.compile(r"(?P<hour>[0-9]{1,2})(?:[.:]?(?P<minute>[0-9]{2}))?")
_DAY_AND_HOUR = re.compile(r"(?P<day>.*?\S)(?: +(?:at|am))? +(?P<hour>[0-9]{1,2})", re.IGNORECASE)
_NAMED_TIMES = {
    **dict.fromkeys(("noon", "midday", "hanner dydd", "canol dydd", "ganol dydd"), time(12)),
    **dict.fromkeys(("midnight", "hanner nos", "canol nos", "ganol nos"), time(0)),
}
_DAY_AND_NAMED_TIME = re.compile(
    rf"(?P<day>.*?[^\s,]),?(?: +(?:at|am))? +(?P<name>{'|'.join(_NAMED_TIMES)})", re.IGNORECASE
)
_DAY_AND_CLOCK = re.compile(
    rf"(?P<day>.*?[^\s,])(?:,? +(?:at|am) +|,? +|(?<=[0-9])T(?=[0-9]))(?:{CLOCK_PATTERN})", re.IGNORECASE
)

RULE_PARTS = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9][0-9]{0,2}",
    "COUNT": r"[1-9][0-9]{0,3}",
    "UNTIL": r"[0-9]{8}(T[0-9]{6}Z?)?",
    "BYDAY": r"([+-]?[1-5]?[0-9]?(MO|TU|WE|TH|FR|SA|SU))(,[+-]?[1-5]?[0-9]?(MO|TU|WE|TH|FR|SA|SU))*",
    "BYMONTHDAY": r"-?[1-9][0-9]?(,-?[1-9][0-9]?)*",
    "BYMONTH": r"([1-9]|1[0-2])(,([1-9]|1[0-2]))*",
    "BYSETPOS": r"-?[1-9][0-9]{0,2}(,-?[1-9][0-9]{0,2})*",
    "BYYEARDAY": r"-?[1-9][0-9]{0,2}(,-?[1-9][0-9]{0,2})*",
    "BYWEEKNO": r"-?[1-9][0-9]?(,-?[1-9][0-9]?)*",
    "WKST": r"MO|TU|WE|TH|FR|SA|SU",
}
"""Accepted parts of a recurrence rule (RFC 5545 section 3.3.10) with a pattern of their values."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and a wall time, each optional."""

    day: DateAsKnown | None
    at: time | None


def read_moment(text: str, today: date) -> Moment:
    """Read a day, a day and time, or a time: "2013-12-10 10:00", "tue 2pm", "14:30", "June 2014".

    A number alone is an hour, and after a day too where the two are not a date ("tue 10", "10 dec 2013 at 10").
    Raises BadInput for other text, and for a time without an exact day.
    """
    words = " ".join(text.split())
    if _CLOCK.fullmatch(words) or words.lower() in _NAMED_TIMES or re.fullmatch("[0-9]{1,2}", words):
        return Moment(None, read_clock(words))
    if match := _DAY_AND_NAMED_TIME.fullmatch(words):
        return _build_moment(read_date(match["day"], today), read_clock(match["name"]), words)
    day_and_clock = _DAY_AND_CLOCK.fullmatch(words)
    if day_and_clock:
        return _build_moment(read_date(day_and_clock["day"], today), _read_hour(day_and_clock, words), words)
    try:
        return Moment(read_date(words, today), None)
    except NotADate:
        day_and_hour = _DAY_AND_HOUR.fullmatch(words)
        if day_and_hour is None:
            raise
        return _build_moment(read_date(day_and_hour["day"], today), _read_hour(day_and_hour, words), words)


def _build_moment(day: DateAsKnown, at: time, words: str) -> Moment:
    if day.precision is not Precision.DAY:
        raise BadInput(_('"{text}" has a time but no date. Enter one like 10 December 2013, 10am.').format(text=words))
    return Moment(day, at)


def _refuse_distant(moment: Moment | None, info: ValidationInfo[date]) -> Moment | None:
    if moment and info.context:
        refuse_distant_due(moment.day, info.context)
    return moment


_TypedMoment = Annotated[Moment | None, build_text_reader(read_moment), AfterValidator(_refuse_distant)]


def read_clock(text: str) -> time:
    """Read a time of day: "10", "10:00", "10.30", "10am", "2 pm", "2yp" or "midday". Raises BadInput for other text."""
    words = " ".join(text.split())
    if named := _NAMED_TIMES.get(words.lower()):
        return named
    match = _CLOCK.fullmatch(words) or _BARE_CLOCK.fullmatch(words)
    if match is None:
        raise BadInput(_('"{text}" is not a time. Enter one like 10am or 2:30pm.').format(text=words))
    return _read_hour(match, words)


def _read_hour(match: re.Match[str], words: str) -> time:
    parts = match.groupdict()
    hour, minute = int(parts.get("hour24") or parts["hour"]), int(parts.get("minute24") or parts.get("minute") or 0)
    half = (parts.get("half") or "").lower().replace(".", "")
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (0 if half in MORNING else 12)
    elif half:
        hour = 99
    if hour > 23 or minute > 59:
        raise BadInput(_('"{text}" has no valid time. Enter one from 00:00 to 23:59.').format(text=words))
    return time(hour, minute)


@with_columns(MeetingRow)
class MeetingDraft(Draft):
    """Writable fields of a meeting; group and organiser are given by name."""

    title: Title | None = None
    title_cy: Line | None = None
    group: Line | None = None
    starts: _TypedMoment = None
    ends: _TypedMoment = None
    """End; without a day it is on the day of the start."""
    minutes: Annotated[int | None, Field(ge=1, le=WEEK_MINUTES), build_minutes_reader(WEEK_MINUTES)] = None
    venue: Line | None = None
    place: Line | None = None
    link: Link | None = None
    repeat: Line | None = None
    """RRULE value, typed as such or in words; empty ends the series."""
    on_holiday: Annotated[
        OnHoliday | None, build_choice_validator(OnHoliday, gettext_noop("rule for bank holidays"))
    ] = None
    kind: Annotated[MeetingKind | None, build_choice_validator(MeetingKind, gettext_noop("kind of meeting"))] = None
    state: Annotated[MeetingState | None, build_choice_validator(MeetingState, gettext_noop("state"))] = None
    marking: Annotated[Marking | None, build_choice_validator(Marking, gettext_noop("marking"))] = None
    organiser: Line | None = None
    occasion: Line | None = None
    note: Prose | None = None

    _filled = forbid_empty(
        gettext_noop("Title, kind, status and marking cannot be empty."),
        *("title", "kind", "state", "marking", "on_holiday"),
    )

    @field_validator("repeat")
    @classmethod
    def _check_rule(cls, value: str | None, info: ValidationInfo[date]) -> str | None:
        from ahtc_tui.domain.meetings.series_words import read_series_words

        if not value:
            return None
        rule = None if "=" in value else read_series_words(value, info.context or date.min)
        return check_series_rule(rule or value)


build_meeting_draft = MeetingDraft.read


def check_series_rule(text: str) -> str:
    """Return the RRULE value in upper case. Raises ValueError with one sentence if a part is not accepted."""
    rule = text.strip().upper().removeprefix("RRULE:").rstrip(";")
    parts = [part.partition("=") for part in rule.split(";")]
    names = [name for name, _equals, _value in parts]
    is_well_formed = all(name in RULE_PARTS and re.fullmatch(RULE_PARTS[name], value) for name, _equals, value in parts)
    is_unique = len(set(names)) == len(names)
    if (
        not is_well_formed
        or not is_unique
        or "FREQ" not in names
        or {"COUNT", "UNTIL"} <= set(names)
        or not _has_valid_until(rule)
    ):
        raise ValueError(
            _(
                '"{text}" is not a rule for a series. Enter one like monthly on the second Tuesday, or '
                "FREQ=MONTHLY;BYDAY=2TU;COUNT=6."
            ).format(text=text)
        )
    return rule


def _has_valid_until(rule: str) -> bool:
    match = re.search(r"UNTIL=([0-9]{4})([0-9]{2})([0-9]{2})", rule)
    if not match:
        return True
    try:
        date(*map(int, match.groups()))
    except ValueError:
        return False
    return True


LONGEST_ITEM = 24 * 60
"""Longest item of an agenda, in minutes: a day."""

Minutes = Annotated[int | None, Field(ge=1, le=LONGEST_ITEM), build_minutes_reader(LONGEST_ITEM)]


class ItemEdit(Draft):
    """Changed fields of an agenda item; empty text clears a field."""

    title: Title | None = None
    title_cy: Line | None = None
    presenter: Line | None = None
    minutes: Minutes = None
    section: Line | None = None
    standing: bool | None = None
    outcome: Annotated[ItemOutcome | None, build_choice_validator(ItemOutcome, gettext_noop("kind of outcome"))] = None

    _filled = forbid_empty(gettext_noop("Title and status cannot be empty."), "title", "standing")


class TemplateDraft(Draft):
    """An item of the agenda template of a group."""

    title: Title
    title_cy: Line | None = None
    presenter: Line | None = None
    minutes: Minutes = None
    section: Line | None = None
    closing: bool = False


class ForwardDraft(Draft):
    """An item of the forward plan of a group."""

    title: Title
    title_cy: Line | None = None
    presenter: Line | None = None
    minutes: Minutes = None
    section: Line | None = None
    note: Line | None = None
    for_on: KnownDate = None


class PaperDraft(Draft):
    """A paper of a meeting; without a day it is due on the day when papers are sent."""

    title: Title
    title_cy: Line | None = None
    author: Line | None = None
    item: Annotated[int | None, Field(ge=1)] = None
    due: DueDate = None
    marking: Annotated[PaperMarking | None, build_choice_validator(PaperMarking, gettext_noop("marking"))] = None


build_item_edit = ItemEdit.read
build_template_draft = TemplateDraft.read
build_forward_draft = ForwardDraft.read
build_paper_draft = PaperDraft.read
