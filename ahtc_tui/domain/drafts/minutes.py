"""What may be written at a meeting: an item of its agenda, somebody's attendance. Checked before it is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, field_validator

from ahtc_tui.domain.drafts.actions import build_choice_validator
from ahtc_tui.domain.drafts.text import Draft, Line, Title, validate_draft
from ahtc_tui.domain.meetings.model import Presence


class AgendaDraft(Draft):
    """One item of an agenda."""

    title: Title
    presenter: Line | None = None
    """Whoever in the register answers to these words."""
    minutes: Annotated[int | None, Field(ge=1, le=1440)] = None
    section: Line | None = None
    standing: bool = False


class AttendanceDraft(Draft):
    """How somebody was at a meeting."""

    state: Annotated[Presence, build_choice_validator(Presence, "state")]
    deputy_for: Line | None = None
    items: Line | None = None
    """The items somebody was there for: "2-4" or "3, 5"."""
    reason: Line | None = None

    @field_validator("items")
    @classmethod
    def _check_items(cls, value: str | None) -> str | None:
        if value and not re.fullmatch(r"\d+(\s*[-–,]\s*\d+)*", value):
            raise ValueError(f'"{value}" are no items: write numbers, like 2-4 or 3, 5.')
        for first, last in re.findall(r"(\d+)\s*[-–]\s*(\d+)", value or ""):
            if int(last) < int(first):
                raise ValueError(f'"{value}" goes backwards: write {last}-{first}.')
        return value

    @property
    def presence(self) -> Presence:
        """The state to store: whoever was present for some items was there in part."""
        return Presence.PART if self.items and self.state is Presence.PRESENT else self.state


def build_agenda_draft(fields: Mapping[str, Any]) -> AgendaDraft:
    """A checked item. Raises BadInput with one sentence."""
    return validate_draft(AgendaDraft, dict(fields))


def build_attendance_draft(fields: Mapping[str, Any]) -> AttendanceDraft:
    """A checked attendance. Raises BadInput with one sentence."""
    return validate_draft(AttendanceDraft, dict(fields))
