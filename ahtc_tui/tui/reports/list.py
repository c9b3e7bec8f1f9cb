"""The list of exports, backups and imports, with their keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import HeadingLine


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """An export, backup or import."""

    name: str
    key: str
    title: str
    description: str


def list_reports() -> list[ReportEntry | HeadingLine]:
    """Return all entries; those of the last section open another mode."""
    return [
        HeadingLine(_("OUT"), _("into the folder exports")),
        ReportEntry("returns", "r", _("Returns"), _("a workbook and a covering note for each lead of open actions")),
        ReportEntry("chasers", "c", _("Chasers"), _("a mail draft for each lead of what is late or soon due")),
        ReportEntry("actions", "a", _("Action log"), _("every action as an Excel workbook")),
        ReportEntry("decisions", "d", _("Decisions"), _("the decision register as a workbook")),
        ReportEntry("contacts", "p", _("People"), _("persons, posts and organisations as a workbook")),
        ReportEntry("attendance", "t", _("Attendance"), _("by seat and by person, as a workbook")),
        ReportEntry("since", "s", _("Since"), _("what happened since the last Leadership Group, on one page")),
        ReportEntry("dashboard", "h", _("Dashboard"), _("the position as a page for people without a terminal")),
        ReportEntry("calendar", "v", _("Calendar"), _("every meeting in one file that calendars open")),
        ReportEntry("commissions", "o", _("Papers"), _("what others ask for, question by question, with the cascade")),
        ReportEntry("request", "f", _("FOI request"), _("everything held on a subject, and the day the answer is due")),
        ReportEntry("pack", "w", _("Pack"), _("everything in one encrypted file, to take to a forum")),
        ReportEntry("everything", "e", _("Everything"), _("every record and all history as CSV and JSON, one archive")),
        HeadingLine(),
        HeadingLine(_("KEPT"), _("into the folder data/backups")),
        ReportEntry("backup", "b", _("Backup"), _("a whole copy of the database, checked when it is made")),
        HeadingLine(),
        HeadingLine(_("IN")),
        ReportEntry("import", "i", _("Import"), _("returns, other logs, calendars, answers to invitations, contacts")),
        HeadingLine(),
        HeadingLine(_("WHERE THE SUBJECT STANDS")),
        ReportEntry("meetings", "4", _("Meetings"), _("agenda, minutes, the pack of a meeting, invitations")),
        ReportEntry("groups", "5", _("Groups"), _("the brief for a board")),
        ReportEntry("contacts-mode", "6", _("Contacts"), _("the hand-over of a post")),
    ]


def report_columns() -> Sequence[Column[ReportEntry]]:
    return (
        Column("", 3, lambda entry: entry.key, style=lambda _entry: "mark"),
        Column("", 12, lambda entry: entry.title),
        Column("", None, lambda entry: entry.description, style=lambda _entry: "muted"),
    )
