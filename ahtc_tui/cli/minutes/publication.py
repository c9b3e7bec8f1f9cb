"""`ahtc meetings publication`: what a published copy of the minutes shares and withholds."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_section, print_result
from ahtc_tui.cli.console.verbs import JSON, REF, Verb
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.documents.publication_check import PaperCheck, PublicationCheck, check_meeting


def declare_verbs() -> list[Verb]:
    """Return the verb `publication`."""
    help_text = _("what published minutes share and withhold; exit code 1 while they cannot be published")
    return [Verb("publication", print_check, help_text, REF, JSON)]


def print_check(context: Context, args: Namespace) -> int:
    """Print the check; returns 1 while the minutes cannot be published or a paper is undecided."""
    with context.open_workspace() as workspace:
        check = check_meeting(workspace, args.ref)
    print_result(args.json, lambda: serialize_value(check), lambda: _format_check(check))
    return 0 if check.ready else 1


def _format_check(check: PublicationCheck) -> Iterator[str]:
    state = (
        _("can be published")
        if check.ready
        else check.problems or _("marked {marking}").format(marking=check.marking.label)
    )
    yield f"{check.ref}  {check.minutes}: {state}"
    counts = (
        (_("People attending or absent"), check.attendance),
        (_("Lines of minutes"), check.lines),
        (_("Decisions"), check.decisions),
        (_("Actions"), check.actions),
    )
    shared = [f"{label}: {number}" for label, number in counts if number]
    yield from format_section(
        _("Shared"), shared + [f"{row.ref}  {row.title}" for row in check.papers if row.published]
    )
    withheld = [f"{part.part}: {part.reason}" for part in check.withheld]
    yield from format_section(_("Withheld"), withheld + [_format_paper(row) for row in check.papers if row.reason])
    missing = _("No Welsh text: {words}")
    places = [*map(str, check.unresolved), *(missing.format(words=words) for words in check.missing_welsh)]
    undecided = [
        _("{paper}: publish or withhold it").format(paper=_format_paper(row))
        for row in check.papers
        if row.is_undecided
    ]
    yield from format_section(_("To resolve"), places + undecided)


def _format_paper(row: PaperCheck) -> str:
    return "  ".join(part for part in (row.ref, row.title, row.reason or "") if part)
