"""The verb `publish` of meetings, commissions and exports: the release list, its answers, and the release."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.answers_file import read_answers_file
from ahtc_tui.cli.console.argument_types import read_day
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_message, print_result
from ahtc_tui.cli.console.verbs import JSON, REF, Argument, Verb, declare_dry_run
from ahtc_tui.cli.desk import ask_desk_person
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.publication.answers import parse_answers
from ahtc_tui.domain.publication.model import ListState, PublishedDocument, ReleaseList, TextRow
from ahtc_tui.domain.serialization import serialize_value

if TYPE_CHECKING:
    from ahtc_tui.services.exports.issued_files import FileComparison
    from ahtc_tui.services.publication.service import BuildPage

OFFICE_DOCUMENTS = (PublishedDocument.DASHBOARD, PublishedDocument.HIGHLIGHT, PublishedDocument.TRANSPARENCY)
ISSUED_ENDINGS = frozenset({".docx", ".odt", ".html", ".htm", ".md", ".pdf", ".txt"})
"""Formats of a published file that `ahtc verify` compares with its release."""
UNREAD_ENDINGS = frozenset({".csv", ".eml", ".pptx"})
"""Further formats of published files."""
MEETING_DOCUMENTS = (PublishedDocument.MINUTES, PublishedDocument.AGENDA, PublishedDocument.NOTE)


def declare_options() -> tuple[Argument, ...]:
    """Return the options of every verb `publish`."""
    answers = Argument("--answers", "FILE.json", _("the decision about each text, by key"))
    return (answers, declare_dry_run(), JSON)


def declare_meeting_verb() -> Verb:
    """Return `ahtc meetings publish`."""
    documents = Argument("--document", None, choices=list(MEETING_DOCUMENTS), default=PublishedDocument.MINUTES.value)
    help_text = _("the text of published minutes, agenda or note, and the release once all is decided")
    return Verb("publish", publish_meeting, help_text).takes(REF, documents, *declare_options())


def declare_commission_verb() -> Verb:
    """Return `ahtc commissions publish`."""
    help_text = _("the text of an outgoing paper, and the release once all is decided")
    return Verb("publish", publish_paper, help_text).takes(REF, *declare_options())


def declare_export_verb() -> Verb:
    """Return `ahtc exports publish`."""
    help_text = _("the text of a dashboard, report or return, and the release once all is decided")
    first = Argument("--from", "D", _("the first date, or for the highlight report a date or a meeting"), dest="first")
    last = Argument("--to", "D", _("the last day of a return"), dest="last")
    document = Argument("document", "DOCUMENT", _("the document to publish"), choices=list(OFFICE_DOCUMENTS))
    return Verb("publish", publish_export, help_text).takes(document, first, last, *declare_options())


def publish_meeting(context: Context, args: Namespace) -> int:
    """Publish a document of a meeting; returns 1 while a text waits."""
    from ahtc_tui.services.documents.meeting_pages import find_page

    return _publish(context, args, find_page(PublishedDocument(args.document), args.ref))


def publish_paper(context: Context, args: Namespace) -> int:
    """Publish a commissioned paper; returns 1 while a text waits."""
    from ahtc_tui.services.exports.commission import find_page

    return _publish(context, args, find_page(args.ref))


def publish_export(context: Context, args: Namespace) -> int:
    """Publish the dashboard, the highlight report or the transparency return; returns 1 while a text waits."""
    from ahtc_tui.services.documents import transparency
    from ahtc_tui.services.exports import dashboard, highlight

    document = PublishedDocument(args.document)
    if args.last and document is not PublishedDocument.TRANSPARENCY:
        raise BadInput(_("--to is for the transparency return."))
    if document is PublishedDocument.DASHBOARD:
        if args.first:
            raise BadInput(_("A dashboard has no period. Leave out --from."))
        return _publish(context, args, dashboard.build_dashboard_page)
    if document is PublishedDocument.HIGHLIGHT:
        return _publish(context, args, highlight.find_page(args.first))
    first, last = (_read_day(context, day) for day in (args.first, args.last))
    return _publish(context, args, transparency.find_page(first or date.min, last or date.max))


def _read_day(context: Context, text: str | None) -> date | None:
    """Return a date typed by a person. Raises BadInput unless it is a single day."""
    if text is None:
        return None
    with context.open_workspace() as workspace:
        return read_day(workspace.today(), text)


def _publish(context: Context, args: Namespace, build_page: BuildPage) -> int:
    from ahtc_tui.services.publication import service as publication

    answers = parse_answers(read_answers_file(args.answers), args.answers)
    with context.open_workspace() as workspace:
        if not args.dry_run:
            ask_desk_person(context, workspace)
        with context.open_state(workspace) as state:
            source = args.answers or ""
            report = publication.publish(
                workspace, build_page, answers, source=source, dry_run=args.dry_run, state=state
            )
    print_result(args.json, lambda: serialize_value(report), lambda: _format_list(report))
    if not args.json:
        print_message(_format_outcome(report, dry_run=args.dry_run))
    return 1 if report.waiting else 0


def verify_issued_file(context: Context, args: Namespace, path: Path) -> int:
    """Print the release of a published file and the paragraphs that differ; returns 6 where one does."""
    from ahtc_tui.services.exports.issued_files import compare_with_release

    with context.open_workspace() as workspace:
        comparison = compare_with_release(workspace, path)
    print_result(args.json, lambda: serialize_value(comparison), lambda: _format_comparison(comparison))
    return Refused.exit_code if comparison.differs else 0


def _format_comparison(comparison: FileComparison) -> Iterator[str]:
    day = format_long_date(comparison.released_on)
    name = f"{comparison.document.label}, {comparison.ref}"
    release = _("{name}: release {n}, {day}").format(name=name, n=comparison.release, day=day)
    same = _("The text is the released one.")
    yield release if comparison.differs else f"{release}. {same}"
    for altered in comparison.differs:
        yield f"{altered.place or '–'}  {altered.text or '–'}"
        yield "    " + _("The release says: {text}").format(text=altered.was or "–")


def _format_list(report: ReleaseList) -> Iterator[str]:
    for text in report.texts:
        yield from _format_text(text)
    for release in report.releases:
        yield _("Release {n}, {day}").format(n=release.number, day=release.signature)


def _format_text(text: TextRow) -> Iterator[str]:
    decision = text.decision.label if text.decision else _("waits")
    marks = ", ".join(mark.label for mark in text.marks)
    yield "  ".join(part for part in (text.id, text.place, decision, f"[{marks}]" if marks else "") if part)
    yield f"    {text.text}"
    printed = text.printed if text.decision is None else text.released
    if printed and printed != text.text:
        yield "    " + _("It would be printed as: {text}").format(text=printed)


def _format_outcome(report: ReleaseList, *, dry_run: bool) -> str:
    if waiting := len(report.waiting):
        sentence = ngettext(
            "{n} passage waits. Keep, reword or withhold it, with --answers.",
            "{n} passages wait. Keep, reword or withhold each, with --answers.",
            waiting,
        )
        return sentence.format(n=waiting)
    if report.state is ListState.RELEASED and report.released_on:
        day = format_long_date(report.released_on)
        return _("Release {n}, {day}: every text is decided.").format(n=report.release, day=day)
    return _("Every text is decided. Without --dry-run this makes release {n}.").format(n=report.release)
