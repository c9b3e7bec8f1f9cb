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
    "agenda": gettext_noop("Items"),
    "item": gettext_noop("Item"),
    "presenter": gettext_noop("Presenter"),
    "minutes": gettext_noop("Length"),
    "starts": gettext_noop("Time"),
    "number": gettext_noop("No."),
    "agenda_table": gettext_noop("Items of the agenda with presenter, length and time"),
    "action_table": gettext_noop("Actions with their number, lead and due date"),
    "decision_table": gettext_noop("Decisions with their number"),
    "amendment_table": gettext_noop("Amendments by paragraph"),
    "paper": gettext_noop("Paper"),
    "papers": gettext_noop("Papers"),
    "due": gettext_noop("Due"),
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
    "none_agreed": gettext_noop("No actions were agreed."),
    "no_attendance": gettext_noop("Attendance was not recorded."),
    "no_items": gettext_noop("No items yet."),
}


def build_labels() -> dict[str, str]:
    """Return name to label, for Word templates, Markdown and plain text."""
    return {name: _(label) for name, label in _LABELS.items()}
