"""The kinds `agenda` and `minutes` of `ahtc export`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, tell
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import Cut, DocumentKind, Language
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import plain
from ahtc_tui.services.paths import place

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


def add_kinds(kinds: _SubParsersAction[ArgumentParser]) -> list[ArgumentParser]:
    """Both kinds with the flags that are theirs alone."""
    help_words = {
        DocumentKind.AGENDA: "the agenda of a meeting: .docx .md .txt",
        DocumentKind.MINUTES: "the minutes of a meeting: .docx .md .txt",
    }
    return [_add(kinds, kind, words) for kind, words in help_words.items()]


def _add(kinds: _SubParsersAction[ArgumentParser], kind: DocumentKind, words: str) -> ArgumentParser:
    paper = kinds.add_parser(kind.value, help=words, allow_abbrev=False)
    paper.add_argument("meeting", metavar="MEETING")
    paper.add_argument("out", metavar="OUT")
    paper.add_argument("--cut", choices=[cut.value for cut in Cut], help="who reads it (circulated)")
    if kind is DocumentKind.MINUTES:
        paper.add_argument("--issued", type=int, metavar="N", help="the copy that was issued as version N, as it was")
    paper.set_defaults(run=export, paper=kind, issued=None)
    return paper


def export(context: Context, chosen: Namespace) -> int:
    """Agenda or minutes; exit code 1 where the marking forbids the publication, or something is to be read first."""
    from ahtc_tui.services.documents.meeting_documents import export_document, sentences

    target = place(chosen.out)
    cut, marking, language = Cut(chosen.cut or Cut.CIRCULATED), Marking(chosen.marking), Language(context.language)
    with context.workspace() as workspace:
        if chosen.issued is not None:
            return _issued(workspace, chosen, target)
        report = export_document(workspace, chosen.paper, chosen.meeting, target, cut, marking, chosen.force, language)
    if chosen.json:
        print_json(plain(report))
    else:
        print_lines([str(report.file)])
    doubts = sentences(report)
    for sentence in doubts:
        tell(sentence)
    if report.not_for_publication:
        sentence = _("{file} is marked {marking}: decide before it is published.")
        tell(sentence.format(file=report.file.name, marking=report.marking.label))
    return 1 if report.not_for_publication or doubts else 0


def _issued(workspace: Workspace, chosen: Namespace, target: Path) -> int:
    """A copy as it was issued, byte for byte: its own cut, language and marking hold. Refuses another cut."""
    from ahtc_tui.services.minutes.lifecycle import issued, write_issued

    for copy in issued(workspace, chosen.meeting):
        if copy.version == chosen.issued and chosen.cut not in (None, copy.cut.value):
            sentence = _("Version {n} was issued as the {cut} copy, and stays that: leave out --cut, or issue another.")
            raise Refused(sentence.format(n=copy.version, cut=copy.cut.value))
    row = write_issued(workspace, chosen.meeting, chosen.issued, target, chosen.force)
    if chosen.json:
        print_json({"file": str(target), **plain(row)})
    else:
        print_lines([str(target)])
    return 0


def add_after(kinds: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """The kind `after`: everything that goes out after a meeting."""
    pack = kinds.add_parser(
        "after", help="after a meeting: minutes, action log, chasers and the next invitation", allow_abbrev=False
    )
    pack.add_argument("meeting", metavar="MEETING")
    pack.add_argument("out", metavar="OUT_FOLDER")
    pack.set_defaults(run=after)
    return pack


def after(context: Context, chosen: Namespace) -> int:
    """`export after`: exit code 1 where something is missing in the minutes or left to a person."""
    from ahtc_tui.cli.minutes.lifecycle import tell_gaps
    from ahtc_tui.services.exports.post_meeting_pack import write_after

    with context.office() as workspace:
        missing = tell_gaps(workspace, chosen.meeting)
        target = place(chosen.out)
        report = write_after(workspace, chosen.meeting, target, chosen.force, Marking(chosen.marking))
    if chosen.json:
        print_json(plain(report))
    else:
        print_lines(str(path) for path in report.files)
    for sentence in report.left:
        tell(sentence)
    return 1 if report.left or missing else 0
