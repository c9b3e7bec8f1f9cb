"""Labels of agenda and minutes in the current language. Templates use them as `say.action_by`."""

from __future__ import annotations

from ahtc_tui.domain.i18n import _, gettext_noop

_LABELS = {
    "page": gettext_noop("Page"),
    "of": gettext_noop("of"),
    "meeting": gettext_noop("Meeting"),
    "date": gettext_noop("Date"),
    "time": gettext_noop("Time"),
    "venue": gettext_noop("Venue"),
    "link": gettext_noop("Link"),
    "reference": gettext_noop("Reference"),
    "attendance": gettext_noop("Attendance"),
    "organisation": gettext_noop("Organisation"),
    "name": gettext_noop("Name"),
    "agenda": gettext_noop("Agenda"),
    "item": gettext_noop("Item"),
    "presenter": gettext_noop("Presenter"),
    "minutes": gettext_noop("Length"),
    "starts": gettext_noop("Time"),
    "number": gettext_noop("No."),
    "presence": gettext_noop("Presence"),
    "paper": gettext_noop("Paper"),
    "papers": gettext_noop("Papers"),
    "title": gettext_noop("Title"),
    "author": gettext_noop("Author"),
    "due": gettext_noop("Due"),
    "standing": gettext_noop("Publication"),
    "discussion": gettext_noop("Discussion"),
    "action_by": gettext_noop("Action by"),
    "action": gettext_noop("Action"),
    "lead": gettext_noop("Lead"),
    "actions": gettext_noop("Summary of actions"),
    "decision": gettext_noop("Decision"),
    "decisions": gettext_noop("Decisions"),
    "brief": gettext_noop("Open actions from previous meetings"),
    "next_meeting": gettext_noop("Date of next meeting"),
    "note": gettext_noop("Secretariat note"),
    "state": gettext_noop("Status"),
    "version": gettext_noop("Version"),
    "amendments": gettext_noop("Amendments"),
    "paragraph": gettext_noop("Paragraph"),
    "was": gettext_noop("As agreed"),
    "now": gettext_noop("As amended"),
    "amended_by": gettext_noop("Amended by"),
    "no_actions": gettext_noop("No actions."),
    "no_decisions": gettext_noop("No decisions were recorded."),
    "none_agreed": gettext_noop("No actions were agreed."),
    "no_attendance": gettext_noop("Attendance was not recorded."),
    "no_items": gettext_noop("No items yet."),
}


def build_labels() -> dict[str, str]:
    """Return name to label, for Word templates, Markdown and plain text."""
    return {name: _(label) for name, label in _LABELS.items()}
