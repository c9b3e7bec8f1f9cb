"""The kinds `note`, `signin` and `nameplates` of `ahtc export`: papers that every meeting needs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_message, print_result
from ahtc_tui.cli.console.verbs import OUT, Argument, Verb
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.i18n import Language, _, ngettext
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.paths import resolve_path

if TYPE_CHECKING:
    from ahtc_tui.services.documents.desk_papers import DeskPaperReport
    from ahtc_tui.services.workspace import Workspace

    WritePaper = Callable[[Workspace, str, Path, Marking, bool], DeskPaperReport]


def declare_kinds() -> list[Verb]:
    """Return the kinds `note`, `signin` and `nameplates`."""
    meeting = Argument("meeting", "MEETING")
    return [
        Verb(
            "note",
            write_note,
            _("the note of a meeting, in both languages, due in seven working days: .docx .odt .pdf .html .md"),
        ).takes(meeting, OUT),
        Verb(
            "signin", write_attendance_sheet, _("the attendance sheet of a meeting, to sign: .docx .odt .pdf .html .md")
        ).takes(meeting, OUT),
        Verb(
            "nameplates", write_name_plates, _("name plates for a meeting, one folded A4 page each: .docx .odt .pdf")
        ).takes(meeting, OUT),
    ]


def write_note(context: Context, args: Namespace) -> int:
    """Write the note, in both languages unless --lang asks for one; returns 1 if something in it is left."""
    from ahtc_tui.services.documents.meeting_note import export_note

    target, marking = resolve_path(args.out), Marking(args.marking)
    language = context.language if context.has_language_flag else Language.BOTH
    with context.open_workspace() as workspace:
        report = export_note(workspace, args.meeting, target, marking, args.force, language)
    print_result(args.json, lambda: serialize_value(report), lambda: [str(report.file)])
    english = _("No Welsh text, so English is used: {words}")
    print_message(*(english.format(words=words) for words in report.missing_welsh), *map(str, report.unresolved))
    if report.due and not args.json:
        sentence = _("It was to be published by {day}.") if report.overdue else _("It is to be published by {day}.")
        context.print_notice(sentence.format(day=format_long_date(report.due)))
    return 1 if report.missing_welsh or report.unresolved else 0


def write_attendance_sheet(context: Context, args: Namespace) -> None:
    """Write the attendance sheet."""
    from ahtc_tui.services.documents.desk_papers import export_attendance_sheet

    _write_paper(context, args, export_attendance_sheet)


def write_name_plates(context: Context, args: Namespace) -> None:
    """Write the name plates."""
    from ahtc_tui.services.documents.desk_papers import export_name_plates

    _write_paper(context, args, export_name_plates)


def _write_paper(context: Context, args: Namespace, write: WritePaper) -> None:
    """Write a paper with the people who are expected; print how many, and which bodies have not named a person."""
    target = resolve_path(args.out)
    with context.open_for_export() as workspace:
        report = write(workspace, args.meeting, target, Marking(args.marking), args.force)
    print_result(args.json, lambda: serialize_value(report), lambda: [str(report.file)])
    if not args.json:
        context.print_notice(ngettext("1 person or body.", "{n} people and bodies.", report.people))
        if report.unnamed:
            sentence = _("No name is known for: {names}")
            context.print_notice(sentence.format(names=", ".join(report.unnamed)))
