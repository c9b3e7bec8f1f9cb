"""Drafts of agenda items and attendance."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, field_validator

from ahtc_tui.domain.drafts.meetings import Minutes
from ahtc_tui.domain.drafts.text import Draft, FactDate, Line, Prose, Title, build_choice_validator
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.meetings.attended_items import ITEMS, add_arrival, add_departure
from ahtc_tui.domain.meetings.kinds import DecisionStatus, Presence


class AgendaDraft(Draft):
    """Checked input for an item of an agenda; a standing item returns at the next meeting."""

    title: Title
    title_cy: Line | None = None
    presenter: Line | None = None
    """Name of a contact in the register."""
    minutes: Minutes = None
    section: Line | None = None
    standing: bool = False


class AttendanceDraft(Draft):
    """Attendance of one party at a meeting. Absent fields are not changed; None clears a field."""

    state: Annotated[Presence | None, build_choice_validator(Presence, gettext_noop("state"))] = None
    deputy_for: Line | None = None
    items: Line | None = None
    """Items that the party attended: "2-4", "3, 5", "3-" for a late arrival or "-4" for an early departure."""
    reason: Line | None = None
    arrived: Annotated[int | None, Field(ge=1)] = None
    """Item at which the party arrived late."""
    left: Annotated[int | None, Field(ge=1)] = None
    """Item after which the party left early."""

    @field_validator("items")
    @classmethod
    def _check_items(cls, value: str | None) -> str | None:
        if value and not ITEMS.fullmatch(value):
            raise ValueError(_('"{text}" is not a list of items. Enter numbers, like 2-4 or 3, 5.').format(text=value))
        for first, last in re.findall(r"(\d+)\s*[-–]\s*(\d+)", value or ""):
            if int(last) < int(first):
                raise ValueError(
                    _('"{text}" goes backwards. Enter {last}-{first}.').format(text=value, first=first, last=last)
                )
        return value

    def add_movements(self, items: str | None) -> str | None:
        """Return a list of items with the late arrival and the early departure."""
        items = add_arrival(items, self.arrived) if self.arrived else items
        return add_departure(items, self.left) if self.left else items


build_agenda_draft = AgendaDraft.read
build_attendance_draft = AttendanceDraft.read


class DecisionDraft(Draft):
    """Writable fields of a decision; empty text clears a field."""

    text: Title | None = None
    text_cy: Line | None = None
    reason: Prose | None = None
    group: Line | None = None
    meeting: Line | None = None
    superseded_by: Line | None = None
    note: Prose | None = None
    decided_on: FactDate = None
    decided_by: Line | None = None
    status: Annotated[DecisionStatus | None, build_choice_validator(DecisionStatus, gettext_noop("status"))] = None


build_decision_draft = DecisionDraft.read
