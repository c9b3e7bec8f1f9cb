"""Kinds of `ahtc export` for one meeting: agenda, minutes, note, attendance sheet, name plates, pack and more."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.argument_types import parse_position
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, print_message, print_result
from ahtc_tui.cli.console.terminal_signs import format_file
from ahtc_tui.cli.console.verbs import Argument, Switch, Verb, declare_export
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.documents.meeting_document import Cut, DocumentKind, Edition
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import Language, _, ngettext, use_language
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.paths import resolve_folder, resolve_path
from ahtc_tui.services.workspace import Workspace

if TYPE_CHECKING:
    from ahtc_tui.services.documents.desk_papers import DeskPaperReport
    from ahtc_tui.services.workspace import Workspace

    WritePaper = Callable[[Workspace, str, Path, Marking, bool], DeskPaperReport]


def declare_kinds() -> list[Verb]:
    """Return the kinds of export that are about one meeting."""
    cut = Argument("--cut", None, _("the readers of the copy (circulated by default)"), choices=list(Cut))
    issued = Argument("--issued", "N", _("the copy issued as version N, unchanged"), type=parse_position)
    papers = Argument("--papers", "FOLDER", _("the files of the papers for a .pdf, named by number, like P1, P2"))
    pdf = Switch("--pdf", _("the minutes as PDF too, by LibreOffice"), dest="with_pdf")
    letter_format = Argument(
        "--format", None, _("the format of the letters"), choices=["docx", "odt", "pdf"], default="docx"
    )
    return [
        declare_export("agenda", write_meeting_document, cut, paper=DocumentKind.AGENDA, issued=None),
        declare_export("minutes", write_meeting_document, cut, issued, paper=DocumentKind.MINUTES),
        declare_export("after", write_files_after_meeting, pdf),
        declare_export("pack", write_meeting_pack, papers),
        declare_export("letters", write_letters, Argument("--to", "X", _("one of those invited")), letter_format),
        declare_export("note", write_note),
        declare_export("signin", write_attendance_sheet),
        declare_export("nameplates", write_name_plates),
    ]


def write_meeting_document(context: Context, args: Namespace) -> int:
    """Write an agenda or minutes; returns 1 if something needs a check before the file is sent."""
    from ahtc_tui.services.documents.meeting_documents import export_document, format_warnings

    target = resolve_path(args.out)
    cut, marking, language = Cut(args.cut or Cut.CIRCULATED), Marking(args.marking), context.language
    with context.open_workspace() as workspace:
        if args.issued is not None:
            return _write_issued_copy(workspace, args, target, language)
        report = export_document(
            workspace, args.paper, args.subject, target, Edition(cut, marking, language), force=args.force
        )
    print_result(args.json, lambda: serialize_value(report), lambda: [format_file(report.file)])
    doubts = format_warnings(report)
    absent = context.show_names(report.without_address)
    print_message(*doubts, *(_("{name} has no address").format(name=name) for name in absent))
    return 1 if doubts or report.without_address else 0


def _write_issued_copy(workspace: Workspace, args: Namespace, target: Path, language: Language) -> int:
    """Write a copy as it was issued, unchanged: in the language of the command where there is one."""
    from ahtc_tui.services.minutes.lifecycle import list_issues, write_issued_copy

    cut = Cut(args.cut) if args.cut else None
    copies = [row for row in list_issues(workspace, args.subject) if row.version == args.issued]
    if copies and cut and cut not in {row.cut for row in copies}:
        sentence = _("Version {n} was issued as the {cut} copy. Leave out --cut, or issue another version.")
        raise Refused(sentence.format(n=args.issued, cut=copies[0].cut.value))
    in_language = any(row.language is language and row.cut in (cut, row.cut) for row in copies)
    row = write_issued_copy(
        workspace, args.subject, args.issued, target, args.force, cut=cut, language=language if in_language else None
    )
    print_result(args.json, lambda: {"file": str(target), **serialize_value(row)}, lambda: [str(target)])
    return 0


def write_files_after_meeting(context: Context, args: Namespace) -> int:
    """Write the files after a meeting; returns 1 if the minutes have gaps or something is left to decide."""
    from ahtc_tui.cli.minutes.lifecycle import warn_of_gaps
    from ahtc_tui.services.exports.post_meeting_pack import write_post_meeting_pack

    target = resolve_folder(args.out)
    language, marking = context.requested_language, Marking(args.marking)
    with context.open_workspace() as workspace:
        missing = warn_of_gaps(context, workspace, args.subject)
        with use_language(context.language):
            report = write_post_meeting_pack(
                workspace, args.subject, target, args.force, marking, args.with_pdf, language
            )
    print_result(args.json, lambda: serialize_value(report), lambda: (format_file(path) for path in report.files))
    print_message(*report.left, *report.notes)
    return 1 if report.left or missing else 0


def write_meeting_pack(context: Context, args: Namespace) -> int:
    """Write the meeting pack; returns 1 if an invitee has no address or a part was left out."""
    from ahtc_tui.services.exports import meeting_pack

    if Path(args.out).suffix.lower() == ".pdf":
        return _write_pack_pdf(context, args)
    if args.papers:
        raise BadInput(_("--papers is for a pack as one PDF: name a .pdf file."))
    target = resolve_folder(args.out)
    with context.open_for_export() as workspace:
        report = meeting_pack.write_meeting_pack(workspace, args.subject, target, args.force, Marking(args.marking))
    if args.json:
        print_json(serialize_value(report))
    else:
        print_lines(format_file(path) for path in report.files)
        context.print_notice(ngettext("1 open action", "{n} open actions", report.actions) + ".")
        for name in context.show_names(report.without_address):
            print_message(_("{name} has no address").format(name=name))
        print_message(*report.left)
    return 1 if report.without_address or report.left else 0


def _write_pack_pdf(context: Context, args: Namespace) -> int:
    """Write the pack as one PDF; returns 1 if a paper is not in it."""
    from ahtc_tui.services.exports.pack_pdf import check_pack_target, write_pack_pdf

    target, papers = resolve_path(args.out), resolve_path(args.papers) if args.papers else None
    check_pack_target(target, papers, args.force)
    with context.open_for_export() as workspace:
        report = write_pack_pdf(workspace, args.subject, target, papers, Marking(args.marking), args.force)
    print_result(args.json, lambda: serialize_value(report), lambda: [format_file(report.file)])
    if not args.json:
        context.print_notice(ngettext("1 page.", "{n} pages.", report.pages))
    print_message(*report.missing)
    return 1 if report.missing else 0


def write_note(context: Context, args: Namespace) -> int:
    """Write the note, in both languages unless --lang asks for one; returns 1 if something in it is left."""
    from ahtc_tui.services.documents.meeting_note import export_note

    target, marking = resolve_path(args.out), Marking(args.marking)
    language = context.requested_language or Language.BOTH
    with context.open_workspace() as workspace:
        is_published = args.cut is not None
        report = export_note(workspace, args.subject, target, marking, args.force, language, is_published=is_published)
    print_result(args.json, lambda: serialize_value(report), lambda: [format_file(report.file)])
    english = _("No Welsh text, so English is used: {words}")
    print_message(*(english.format(words=words) for words in report.missing_welsh))
    if report.due and not report.published_on and not args.json:
        sentence = _("It was to be published by {day}.") if report.overdue else _("It is to be published by {day}.")
        context.print_notice(sentence.format(day=format_long_date(report.due)))
    return 1 if report.missing_welsh else 0


def write_letters(context: Context, args: Namespace) -> None:
    """Write the letters of invitation; print each file."""
    from ahtc_tui.services.documents.invitation_letters import export_letters

    folder, ending = resolve_path(args.out), f".{args.format}"
    with context.open_for_export() as workspace:
        report = export_letters(
            workspace,
            args.subject,
            folder,
            args.to,
            ending,
            Marking(args.marking),
            args.force,
            context.requested_language,
        )
    print_result(args.json, lambda: serialize_value(report), lambda: map(str, report.files))
    if not args.json:
        context.print_notice(ngettext("{n} letter.", "{n} letters.", len(report.files)))
        for gap in report.changed_figures:
            context.print_notice(str(gap))


def write_attendance_sheet(context: Context, args: Namespace) -> None:
    """Write a sheet on which those who are expected at a meeting sign."""
    from ahtc_tui.services.documents.desk_papers import export_attendance_sheet

    _write_paper(context, args, export_attendance_sheet)


def write_name_plates(context: Context, args: Namespace) -> None:
    """Write a folded page with name and organisation for each person who is expected at a meeting."""
    from ahtc_tui.services.documents.desk_papers import export_name_plates

    _write_paper(context, args, export_name_plates)


def _write_paper(context: Context, args: Namespace, write: WritePaper) -> None:
    """Write a paper with the people who are expected; print how many, and which bodies have not named a person."""
    target = resolve_path(args.out)
    with context.open_for_export() as workspace:
        report = write(workspace, args.subject, target, Marking(args.marking), args.force)
    print_result(args.json, lambda: serialize_value(report), lambda: [format_file(report.file)])
    if not args.json:
        context.print_notice(ngettext("1 person or body.", "{n} people and bodies.", report.people))
        if report.unnamed:
            sentence = _("No name is known for: {names}")
            context.print_notice(sentence.format(names=", ".join(context.show_names(report.unnamed))))
