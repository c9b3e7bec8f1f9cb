"""The sample of the tour: the 2013 data with a year of work in it, which is invented and says so."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from importlib import resources
from typing import Any

from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.contacts import engagement
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.workspace import Workspace

LAST_DAY = date(2014, 1, 27)
INVENTED = "Invented for the tour"
"""Note of its meetings."""


def live_in(workspace: Workspace) -> None:
    """Add the year of work, each entry on its date, in English as the data around it.

    Meetings of the days after the tour are planned on its last one.
    """
    tables = tomllib.loads((resources.files("ahtc_tui.reference") / "tour.toml").read_text(encoding="utf-8"))
    entries = [
        (str(entry.get("on", entry.get("starts")))[:10], table, entry) for table in tables for entry in tables[table]
    ]
    with use_language(Language.EN):
        for day, table, entry in sorted(entries, key=lambda entry: entry[0]):
            ADDERS[table](_set_day(workspace, min(date.fromisoformat(day), LAST_DAY)), entry)


def _set_day(workspace: Workspace, day: date) -> Workspace:
    return replace(workspace, today=lambda: day)


def _set_due_date(workspace: Workspace, entry: Mapping[str, Any]) -> None:
    from ahtc_tui.domain.drafts.actions import build_action_draft

    values = {name: entry[name] for name in ("due", "reason") if name in entry}
    actions.edit_action(workspace, entry["action"], build_action_draft(values, workspace.today()))


def _add_update(workspace: Workspace, entry: Mapping[str, Any]) -> None:
    from ahtc_tui.domain.drafts.actions import build_update_draft

    actions.update_action(workspace, entry["action"], build_update_draft(entry["text"], brag=entry["brag"]))


def _add_engagement(workspace: Workspace, entry: Mapping[str, Any]) -> None:
    from ahtc_tui.domain.drafts.contacts import build_engagement_draft

    values = {name: entry[name] for name in ("kind", "subject", "on")}
    engagement.add_engagement(workspace, (entry["who"],), build_engagement_draft(values, workspace.today()))


def _add_meeting(workspace: Workspace, entry: Mapping[str, Any]) -> None:
    from ahtc_tui.domain.drafts.meetings import build_meeting_draft

    values = {name: entry[name] for name in ("group", "starts", "place")} | {"note": INVENTED, "minutes": 120}
    ref = meetings.add_meeting(workspace, build_meeting_draft(values, workspace.today())).ref
    for line in entry.get("lines", ()):
        minutes.add_lines(workspace, ref, line)
    if "lines" in entry:
        meetings.edit_meeting(workspace, ref, build_meeting_draft({"state": "held"}, workspace.today()))


ADDERS: Mapping[str, Callable[[Workspace, Mapping[str, Any]], None]] = {
    "due": _set_due_date,
    "update": _add_update,
    "engagement": _add_engagement,
    "meeting": _add_meeting,
}
"""How each kind of entry is added."""
