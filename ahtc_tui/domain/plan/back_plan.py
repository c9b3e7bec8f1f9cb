"""Back-plans: tasks scheduled backwards from the day of an event, from a text template.

All due days are working days in Wales: days before the event move to the working day before, days after it to the
working day after. A template is plain text in which `@` marks the lead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.dates.calendar_names import format_bank_holiday, format_weekday
from ahtc_tui.domain.dates.date_as_known import add_units, format_long_date
from ahtc_tui.domain.dates.working_days import (
    SATURDAY,
    find_bank_holiday,
    move_back_to_working_day,
    move_on_to_working_day,
)
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext, ngettext_noop

LINE_PATTERN = re.compile(
    r"(?:(?P<count>\d{1,3})\s*(?P<unit>days?|weeks?|months?|d?diwrnod|niwrnod|wythnos|[mf]is)"
    r"\s*(?P<side>before|after|cyn|ar ôl)|on the day|ar y diwrnod)(?:\s*[:–-]\s*|\s+)"
    r"(?P<text>[^\s:–-].*)",
    re.IGNORECASE,
)
WELSH_UNITS = {
    "diwrnod": "day",
    "ddiwrnod": "day",
    "niwrnod": "day",
    "wythnos": "week",
    "mis": "month",
    "fis": "month",
}
"""Units in Welsh, with the mutations after numbers."""
LEAD_PATTERN = re.compile(r"(?:^|\s)@\s*(?P<lead>[^@]+)$")
LONGEST_TASK = 300
MOST_TASKS = 200
"""Largest number of tasks in a template."""


@dataclass(frozen=True, slots=True)
class Task:
    """A line of a template: what is done how long before or after the event, and who leads it."""

    count: int
    unit: str
    """day, week or month."""
    after: bool
    text: str
    lead: str | None

    @property
    def timing(self) -> str:
        """Readable offset: "20 weeks before"."""
        if not self.count:
            return _("on the day")
        words = {
            ("day", False): ngettext_noop("1 day before", "{n} days before"),
            ("day", True): ngettext_noop("1 day after", "{n} days after"),
            ("week", False): ngettext_noop("1 week before", "{n} weeks before"),
            ("week", True): ngettext_noop("1 week after", "{n} weeks after"),
            ("month", False): ngettext_noop("1 month before", "{n} months before"),
            ("month", True): ngettext_noop("1 month after", "{n} months after"),
        }
        return ngettext(*words[self.unit, self.after], self.count)

    def shift_day(self, day: date) -> date:
        """Return the day of the event moved by the offset of the task."""
        count = self.count if self.after else -self.count
        return add_units(day, count, f"{self.unit}s")

    def compute_due(self, day: date) -> date:
        """Return the working day on which it is due, for the day of the event."""
        due = self.shift_day(day)
        if not self.count:
            return due
        return move_on_to_working_day(due) if self.after else move_back_to_working_day(due)


@dataclass(frozen=True, slots=True)
class Step:
    """A scheduled task, from which an action is created."""

    due: date
    when: str
    text: str
    title: str
    """Text prefixed by the name and year of the event, to distinguish it from other years."""
    lead: str | None
    """Name of the lead."""
    lead_ref: str | None
    past: bool
    """Whether its day is past."""
    here: str | None = None
    """Reference of an existing open action with the same title."""
    ref: str | None = None
    """Reference of the created action."""


@dataclass(frozen=True, slots=True)
class BackPlan:
    """The schedule of an event."""

    title: str
    asked: date
    day: date
    """Day of the event: the requested day, or the working day before it."""
    template: str
    steps: tuple[Step, ...]
    group: str | None = None
    event: str | None = None
    """Reference of the event among the meetings."""
    invited: tuple[str, ...] = ()
    """References of the contacts invited to the event with its actions."""

    @property
    def move_reason(self) -> str:
        """Sentence with the reason for another day than requested; empty if not moved."""
        if self.day == self.asked:
            return ""
        is_weekend = self.asked.weekday() >= SATURDAY
        weekday, holiday = format_weekday(self.asked.weekday()), find_bank_holiday(self.asked) or ""
        reason = weekday if is_weekend else format_bank_holiday(holiday)
        sentence = _("{asked} is not a working day ({reason}), so {day} is proposed.")
        day = f"{format_weekday(self.day.weekday())} {format_long_date(self.day)}"
        return sentence.format(asked=format_long_date(self.asked), reason=reason, day=day)

    @property
    def new_steps(self) -> tuple[Step, ...]:
        """Steps without an existing action."""
        return tuple(step for step in self.steps if step.here is None)


def read_template(text: str, name: str) -> tuple[Task, ...]:
    """Return the tasks of a template, earliest first. Raises BadInput that names the line."""
    tasks = []
    for number, line in enumerate(text.splitlines(), 1):
        stripped = " ".join(line.split())
        if not stripped or stripped.startswith("#"):
            continue
        match = LINE_PATTERN.fullmatch(stripped)
        if match is None:
            sentence = _('{name}, line {n}: "{line}" must begin like "6 weeks before:" or "on the day:".')
            raise BadInput(sentence.format(name=name, n=number, line=stripped[:60]))
        tasks.append(_build_task(match, name, number))
    if not tasks:
        raise BadInput(
            _("{name} has no tasks. Enter a line like 6 weeks before: Send the invitations.").format(name=name)
        )
    if len(tasks) > MOST_TASKS:
        raise BadInput(_("{name} has more than {n} tasks.").format(name=name, n=MOST_TASKS))
    anchor = date(2000, 6, 1)
    return tuple(sorted(tasks, key=lambda task: task.shift_day(anchor)))


def _build_task(match: re.Match[str], name: str, number: int) -> Task:
    text = match["text"]
    lead = LEAD_PATTERN.search(text)
    words = text[: lead.start()].strip() if lead else text
    if not words or len(words) > LONGEST_TASK:
        raise BadInput(
            _("{name}, line {n}: a task must have 1 to {most} characters.").format(
                name=name, n=number, most=LONGEST_TASK
            )
        )
    unit = (match["unit"] or "day").lower()
    after = (match["side"] or "").lower() in ("after", "ar ôl")
    return Task(
        int(match["count"] or 0),
        WELSH_UNITS.get(unit) or unit.rstrip("s"),
        after,
        words,
        lead["lead"].strip() if lead else None,
    )
