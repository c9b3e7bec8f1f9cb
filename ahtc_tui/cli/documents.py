"""The kinds `agenda` and `minutes` of `ahtc export`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from ahtc_tui.cli.context import Context
from ahtc_tui.cli.output import print_json, print_lines, tell
from ahtc_tui.domain.actions import Marking
from ahtc_tui.domain.documents import Cut, DocumentKind
from ahtc_tui.domain.words import _


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
    paper.add_argument(
        "--cut", choices=[cut.value for cut in Cut], default=Cut.CIRCULATED.value, help="who reads it (circulated)"
    )
    paper.set_defaults(run=export, paper=kind)
    return paper


def export(context: Context, chosen: Namespace) -> int:
    """Agenda or minutes; exit code 1 where the marking forbids the publication that was asked for."""
    from ahtc_tui.services.documents import export_document

    target = Path(chosen.out).expanduser().absolute()
    cut, marking = Cut(chosen.cut), Marking(chosen.marking)
    with context.workspace() as workspace:
        report = export_document(workspace, chosen.paper, chosen.meeting, target, cut, marking, chosen.force)
    if chosen.json:
        from ahtc_tui.domain.as_data import plain

        print_json(plain(report))
    else:
        print_lines([str(report.file)])
    if not report.not_for_publication:
        return 0
    sentence = _("{file} is marked {marking}: decide before it is published.")
    tell(sentence.format(file=report.file.name, marking=report.marking.label))
    return 1
