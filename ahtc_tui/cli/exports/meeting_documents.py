"""The kinds `agenda` and `minutes` of `ahtc export`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, print_message
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import Cut, DocumentKind, Language
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.paths import resolve_path

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


def add_kinds(kinds: _SubParsersAction[ArgumentParser]) -> list[ArgumentParser]:
    """Both kinds with the flags that are theirs alone."""
    help_words = {
        DocumentKind.AGENDA: "the agenda of a meeting: .docx .md .txt",
        DocumentKind.MINUTES: "the minutes of a meeting: .docx .md .txt",
    }
    return [_add_kind(kinds, kind, words) for kind, words in help_words.items()]


def _add_kind(kinds: _SubParsersAction[ArgumentParser], kind: DocumentKind, words: str) -> ArgumentParser:
    paper = kinds.add_parser(kind.value, help=words, allow_abbrev=False)
    paper.add_argument("meeting", metavar="MEETING")
    paper.add_argument("out", metavar="OUT")
    paper.add_argument("--cut", choices=[cut.value for cut in Cut], help="who reads it (circulated)")
    if kind is DocumentKind.MINUTES:
        paper.add_argument("--issued", type=int, metavar="N", help="the copy that was issued as version N, as it was")
    paper.set_defaults(run=write_meeting_document, paper=kind, issued=None)
    return paper


def write_meeting_document(context: Context, args: Namespace) -> int:
    """Agenda or minutes; exit code 1 where the marking forbids the publication, or something is to be read first."""
    from ahtc_tui.services.documents.meeting_documents import export_document, format_warnings

    target = resolve_path(args.out)
    cut, marking, language = Cut(args.cut or Cut.CIRCULATED), Marking(args.marking), Language(context.language)
    with context.open_workspace() as workspace:
        if args.issued is not None:
            return _write_issued_copy(workspace, args, target)
        report = export_document(workspace, args.paper, args.meeting, target, cut, marking, args.force, language)
    if args.json:
        print_json(serialize_value(report))
    else:
        print_lines([str(report.file)])
    doubts = format_warnings(report)
    for sentence in doubts:
        print_message(sentence)
    if report.not_for_publication:
        sentence = _("{file} is marked {marking}: decide before it is published.")
        print_message(sentence.format(file=report.file.name, marking=report.marking.label))
    return 1 if report.not_for_publication or doubts else 0


def _write_issued_copy(workspace: Workspace, args: Namespace, target: Path) -> int:
    """A copy as it was issued, byte for byte: its own cut, language and marking hold. Refuses another cut."""
    from ahtc_tui.services.minutes.lifecycle import list_issues, write_issued_copy

    for copy in list_issues(workspace, args.meeting):
        if copy.version == args.issued and args.cut not in (None, copy.cut.value):
            sentence = _("Version {n} was issued as the {cut} copy, and stays that: leave out --cut, or issue another.")
            raise Refused(sentence.format(n=copy.version, cut=copy.cut.value))
    row = write_issued_copy(workspace, args.meeting, args.issued, target, args.force)
    if args.json:
        print_json({"file": str(target), **serialize_value(row)})
    else:
        print_lines([str(target)])
    return 0


def add_post_meeting_kind(kinds: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """The kind `after`: everything that goes out after a meeting."""
    pack = kinds.add_parser(
        "after", help="after a meeting: minutes, action log, chasers and the next invitation", allow_abbrev=False
    )
    pack.add_argument("meeting", metavar="MEETING")
    pack.add_argument("out", metavar="OUT_FOLDER")
    pack.set_defaults(run=write_files_after_meeting)
    return pack


def write_files_after_meeting(context: Context, args: Namespace) -> int:
    """`export after`: exit code 1 where something is missing in the minutes or left to a person."""
    from ahtc_tui.cli.minutes.lifecycle import warn_of_gaps
    from ahtc_tui.services.exports.post_meeting_pack import write_post_meeting_pack

    with context.open_for_export() as workspace:
        missing = warn_of_gaps(workspace, args.meeting)
        target = resolve_path(args.out)
        report = write_post_meeting_pack(workspace, args.meeting, target, args.force, Marking(args.marking))
    if args.json:
        print_json(serialize_value(report))
    else:
        print_lines(str(path) for path in report.files)
    for sentence in report.left:
        print_message(sentence)
    return 1 if report.left or missing else 0
