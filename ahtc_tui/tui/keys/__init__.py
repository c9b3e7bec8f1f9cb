"""Registry of all keys. Bindings, hints, the help page and docs/keys.md are built from it; ahtc.toml can remap keys."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from ahtc_tui.domain.i18n import gettext_noop
from ahtc_tui.tui.keys import (
    actions,
    contacts,
    desk,
    evidence,
    groups,
    meetings,
    minutes,
    plan,
    reports,
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
    *reports.KEYS,
)

BY_ID = {key.id: key for key in KEYS}

GROUPS = {
    "today": gettext_noop("Today"),
    "action": gettext_noop("Actions"),
    "delivery": gettext_noop("Plan"),
    "periods": gettext_noop("The plan over time"),
    "milestones": gettext_noop("Milestones"),
    "meeting": gettext_noop("Meetings"),
    "publish": gettext_noop("Publishing"),
    "answer": gettext_noop("Agreement by correspondence"),
    "retention": gettext_noop("The retention schedule"),
    "poll": gettext_noop("Date polls"),
    "calendar": gettext_noop("The calendar"),
    "invitee": gettext_noop("Who is invited"),
    "agenda": gettext_noop("Agenda"),
    "minute": gettext_noop("Live minutes"),
    "attend": gettext_noop("Attendance"),
    "chair": gettext_noop("The chair's view"),
    "life": gettext_noop("Issuing minutes"),
    "decision": gettext_noop("Decisions"),
    "conflict": gettext_noop("Conflicting edits"),
    "sync": gettext_noop("The office hub"),
    "group": gettext_noop("Groups"),
    "table": gettext_noop("Tables of groups"),
    "versions": gettext_noop("Versions of the plan"),
    "plan-end": gettext_noop("The end of a plan"),
    "seat": gettext_noop("Seats of a group"),
    "area": gettext_noop("Areas"),
    "contact": gettext_noop("Contacts"),
    "handover": gettext_noop("Handover of a post"),
    "protect": gettext_noop("Data protection of a person"),
    "pairs": gettext_noop("Duplicates"),
    "merge": gettext_noop("Two records side by side"),
    "evidence": gettext_noop("Evidence"),
    "cascade": gettext_noop("The table of practices"),
    "report": gettext_noop("Reports"),
    "backup": gettext_noop("Backups"),
    "setting": gettext_noop("Settings"),
    "welsh": gettext_noop("Text to translate"),
    "promise": gettext_noop("Promises"),
    "leaving": gettext_noop("A person who leaves"),
    "commission": gettext_noop("Commissions"),
    "import": gettext_noop("Import"),
    "files": gettext_noop("Files to import"),
    "plan": gettext_noop("The plan of an import"),
    "columns": gettext_noop("The columns of a log"),
    "question": gettext_noop("A question from an import"),
    "date": gettext_noop("Row dates"),
    "list": gettext_noop("The list"),
    "card": gettext_noop("The card"),
    "filter": gettext_noop("The filter"),
    "page": gettext_noop("Pictures and pages"),
    "message": gettext_noop("Messages"),
    "desk": gettext_noop("Everywhere"),
    "mode": gettext_noop("Modes"),
}
"""First part of the key ids of a group to its heading on the help page and in docs/keys.md."""


def build_bindings(*ids: str) -> list[BindingType]:
    """Return the Textual bindings of these key ids; "action.*" means all keys of that group.

    Their texts are messages, which the line of hints and the help page translate.
    """
    return [
        Binding(
            key.keys,
            key.action,
            key.label,
            show=bool(key.label),
            key_display=key.show_as,
            tooltip=key.help,
            id=key.id,
        )
        for key_id in ids
        for key in (
            [key for key in KEYS if key.id.startswith(key_id[:-1])] if key_id.endswith("*") else [BY_ID[key_id]]
        )
    ]


__all__ = [
    "BY_ID",
    "GROUPS",
    "KEYS",
    "actions",
    "build_bindings",
    "contacts",
    "desk",
    "evidence",
    "groups",
    "key",
    "meetings",
    "minutes",
    "plan",
    "reports",
    "today",
]
