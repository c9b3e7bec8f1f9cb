"""The list of groups: its columns. Never filters or sorts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ahtc_tui.domain.dates.formatting import format_due
from ahtc_tui.domain.groups.model import GroupRow, GroupState
from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.record_line import Column

NOT_YET = (GroupState.PROPOSED, GroupState.DEVELOPING)
INACTIVE = (GroupState.DORMANT, GroupState.CLOSED)


def group_columns(today: date) -> Sequence[Column[GroupRow]]:
    """Name, kind, state, seats, open actions and next meeting."""
    return (
        Column(_("Group"), None, format_full_name),
        Column(_("Kind"), 11, lambda row: row.kind.label, hide_below=92),
        Column(_("State"), 11, lambda row: row.state.label, style=_choose_state_style),
        Column(_("Seats"), 5, lambda row: str(row.seats or "–"), "right", lambda row: "" if row.seats else "muted"),
        Column(
            _("Open"),
            4,
            lambda row: str(row.open_actions or "–"),
            "right",
            lambda row: "" if row.open_actions else "muted",
        ),
        Column(
            _("Next meeting"),
            12,
            lambda row: format_due(row.next_meeting, today, False) if row.next_meeting else _("none planned"),
            style=lambda row: "" if row.next_meeting else "muted",
        ),
    )


def format_full_name(row: GroupRow) -> str:
    """The name, its short form first."""
    return f"{row.short}  {row.name}" if row.short else row.name


def _choose_state_style(row: GroupRow) -> str:
    return "soon" if row.state in NOT_YET else "muted" if row.state in INACTIVE else ""
