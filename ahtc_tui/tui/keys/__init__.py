"""Registry of all keys. Bindings, hints, the help page and docs/keys.md are built from it; ahtc.toml can remap keys."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.keys import (
    actions,
    commissions,
    contacts,
    desk,
    evidence,
    groups,
    imports,
    meetings,
    minutes,
    plan,
    today,
)

KEYS = (
    *desk.KEYS,
    *today.KEYS,
    *actions.KEYS,
    *plan.KEYS,
    *evidence.KEYS,
    *meetings.KEYS,
    *groups.KEYS,
    *contacts.KEYS,
    *minutes.KEYS,
    *commissions.KEYS,
    *imports.KEYS,
)

BY_ID = {key.id: key for key in KEYS}

GROUPS = {
    "today": "Today",
    "action": "Actions",
    "delivery": "Plan",
    "periods": "The plan over time",
    "milestones": "Milestones",
    "meeting": "Meetings",
    "agenda": "Agenda",
    "minute": "Live minutes",
    "attend": "Attendance",
    "life": "The life of minutes",
    "decision": "Decisions",
    "conflict": "What two people wrote apart",
    "group": "Groups",
    "table": "Tables of groups",
    "seat": "Seats of a group",
    "contact": "Contacts",
    "handover": "Hand-over of a post",
    "protect": "Data protection of a person",
    "pairs": "Duplicates",
    "merge": "Two records side by side",
    "evidence": "Evidence",
    "cascade": "The table of practices",
    "report": "Reports",
    "commission": "Commissions",
    "import": "Bringing in",
    "files": "Files to bring in",
    "plan": "The plan of an import",
    "columns": "The columns of a log",
    "question": "A question of an import",
    "list": "The list",
    "card": "The card",
    "filter": "The filter",
    "desk": "Everywhere",
    "mode": "Modes",
}
"""First part of the key ids of a group to its heading on the help page and in docs/keys.md."""


def build_bindings(*ids: str) -> list[BindingType]:
    """Return the Textual bindings of these key ids."""
    return [
        Binding(
            key.keys, key.action, _(key.label), show=key.hint, key_display=key.show_as, tooltip=_(key.help), id=key.id
        )
        for key in (BY_ID[key_id] for key_id in ids)
    ]
