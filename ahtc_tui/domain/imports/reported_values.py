"""Values of an import report, for people."""

from __future__ import annotations

from datetime import date

from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.meetings.kinds import Reply


def format_reported_value(field_name: str, value: str | None) -> str:
    """Return a value for display: labels of statuses, ratings and replies, long dates, a dash for None."""
    if not value:
        return "–"
    try:
        if field_name.startswith("status"):
            return Status(value).label
        if field_name == "reply":
            return Reply(value).label
        if field_name == "brag":
            return f"{value} {Brag(value).label}"
        if field_name in ("due", "closed_on", "due_text"):
            return format_long_date(date.fromisoformat(value))
    except ValueError:
        return value
    return value
