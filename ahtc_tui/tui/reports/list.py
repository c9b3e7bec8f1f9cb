"""What goes out and what comes in, one line each: its key, its name, and what it makes. Makes nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import HeadingLine


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that goes out or comes in."""

    name: str
    key: str
    title: str
    makes: str


def ways() -> list[Way | HeadingLine]:
    """All of them; those of the last part are made where their subject stands."""
    return [
        HeadingLine(_("OUT"), _("into the folder exports")),
        Way("returns", "r", _("Returns"), _("a workbook and a covering note for each lead of open actions")),
        Way("chasers", "c", _("Chasers"), _("a mail draft for each lead of what is late or soon due")),
        Way("actions", "a", _("Action log"), _("every action as an Excel workbook")),
        Way("decisions", "d", _("Decisions"), _("the decision register as a workbook")),
        Way("contacts", "p", _("People"), _("persons, posts and organisations as a workbook")),
        Way("attendance", "t", _("Attendance"), _("by seat and by person, as a workbook")),
        Way("since", "s", _("Since"), _("what happened since the last Leadership Group, on one page")),
        Way("dashboard", "h", _("Dashboard"), _("the position as a page for people without a terminal")),
        Way("calendar", "v", _("Calendar"), _("every meeting in one file that calendars open")),
        Way("commissions", "o", _("Papers"), _("what others ask for, question by question, with the cascade")),
        Way("request", "f", _("FOI request"), _("everything held on a subject, and the day the answer is due")),
        Way("pack", "w", _("Pack"), _("everything in one encrypted file, to take to a forum")),
        Way("everything", "e", _("Everything"), _("every record and all history as CSV and JSON, one archive")),
        HeadingLine(),
        HeadingLine(_("KEPT"), _("into the folder data/backups")),
        Way("backup", "b", _("Backup"), _("a whole copy of the database, checked when it is made")),
        HeadingLine(),
        HeadingLine(_("IN")),
        Way("import", "i", _("Import"), _("returns, other logs, calendars, answers to invitations, contacts")),
        HeadingLine(),
        HeadingLine(_("WHERE THE SUBJECT STANDS")),
        Way("meetings", "4", _("Meetings"), _("agenda, minutes, the pack of a meeting, invitations")),
        Way("groups", "5", _("Groups"), _("the brief for a board")),
        Way("contacts-mode", "6", _("Contacts"), _("the hand-over of a post")),
    ]


def columns() -> Sequence[Column[Way]]:
    """Key, name, what it makes."""
    return (
        Column("", 3, lambda way: way.key, style=lambda _way: "mark"),
        Column("", 12, lambda way: way.title),
        Column("", None, lambda way: way.makes, style=lambda _way: "muted"),
    )
