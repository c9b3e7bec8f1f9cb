"""Labels of agenda and minutes in the current language. Templates use them as `say.action_by`."""

from __future__ import annotations

from ahtc_tui.domain.i18n import _


def build_labels() -> dict[str, str]:
    """Return name to label, for Word templates, Markdown and plain text."""
    return {
        **_build_heading_labels(),
        **_build_lifecycle_labels(),
        **_build_sentences(),
        "page": _("Page"),
        "of": _("of"),
    }


def _build_heading_labels() -> dict[str, str]:
    return {
        "meeting": _("Meeting"),
        "date": _("Date"),
        "time": _("Time"),
        "venue": _("Venue"),
        "link": _("Link"),
        "reference": _("Reference"),
        "attendance": _("Attendance"),
        "organisation": _("Organisation"),
        "name": _("Name"),
        "agenda": _("Agenda"),
        "item": _("Item"),
        "presenter": _("Presenter"),
        "minutes": _("Length"),
        "starts": _("Time"),
        "number": _("No."),
        "presence": _("Presence"),
        "paper": _("Paper"),
        "papers": _("Papers"),
        "title": _("Title"),
        "author": _("Author"),
        "due": _("Due"),
        "standing": _("Publication"),
        "discussion": _("Discussion"),
        "action_by": _("Action by"),
        "action": _("Action"),
        "lead": _("Lead"),
        "actions": _("Summary of actions"),
        "decision": _("Decision"),
        "decisions": _("Decisions"),
        "brief": _("Open actions from before this meeting"),
        "next_meeting": _("Date of next meeting"),
        "note": _("Note of the office"),
    }


def _build_lifecycle_labels() -> dict[str, str]:
    return {
        "state": _("State"),
        "version": _("Version"),
        "amendments": _("Amendments"),
        "paragraph": _("Paragraph"),
        "was": _("As agreed"),
        "now": _("As amended"),
        "amended_by": _("Amended by"),
    }


def _build_sentences() -> dict[str, str]:
    return {
        "no_actions": _("Actions: none"),
        "no_decisions": _("No decisions were recorded."),
        "none_agreed": _("No actions were agreed."),
        "no_attendance": _("Attendance was not recorded."),
        "no_items": _("No items yet."),
    }
