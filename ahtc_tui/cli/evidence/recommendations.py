"""`ahtc recommendations`: what others recommend, where it stands, and the answer."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_fields, format_records, print_json, print_lines
from ahtc_tui.cli.evidence import recommendation_write_commands
from ahtc_tui.domain.evidence.recommendations import RecommendationFilter
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_date, serialize_value
from ahtc_tui.services.evidence import recommendations

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.evidence.recommendations import DocumentRow, RecommendationRow


def build(parser: ArgumentParser, _command: str) -> None:
    """The verbs of recommendations."""
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for name, run, words in (
        ("list", print_recommendations, "recommendations that match"),
        ("documents", print_documents, "the documents that they stand in"),
    ):
        verb = verbs.add_parser(name, help=words, allow_abbrev=False)
        verb.add_argument("words", nargs="*", metavar="WORDS")
        verb.add_argument("--json", action="store_true")
        verb.set_defaults(run=run)
        if run is print_recommendations:
            verb.add_argument("--document", metavar="X", default="", help="a part of its title, reference or body")
            verb.add_argument("--open", action="store_true", help="with no action, or one that is not done")
            verb.add_argument("--without-action", action="store_true")
        else:
            verb.add_argument("--awaited", action="store_true", help="what others still owe the office")
    showing = verbs.add_parser("show", help="one recommendation", allow_abbrev=False)
    showing.add_argument("ref")
    showing.add_argument("--json", action="store_true")
    showing.set_defaults(run=print_recommendation)
    answering = verbs.add_parser("answer", help="what the office answers", allow_abbrev=False)
    answering.add_argument("ref")
    answering.add_argument("text")
    answering.add_argument("--owner", metavar="X")
    answering.add_argument("--objective", metavar="N")
    answering.set_defaults(run=answer_recommendation)
    recommendation_write_commands.add_verbs(verbs)


def print_recommendations(context: Context, args: Namespace) -> int:
    """`recommendations list`."""
    with context.open_workspace() as workspace:
        recommendation_filter = RecommendationFilter(
            " ".join(args.words), args.document, args.open, args.without_action
        )
        rows = recommendations.list_recommendations(workspace, recommendation_filter=recommendation_filter)
    if args.json:
        print_json([_recommendation_data(row) for row in rows])
    else:
        cells = [
            (row.ref, row.title, row.document_ref, row.response or _("no answer yet"), row.source or "–")
            for row in rows
        ]
        print_lines(format_records(cells, (28, None, 22, 32, 24)))
        context.print_notice(ngettext("1 recommendation", "{n} recommendations", len(rows)))
    return 0


def _recommendation_data(row: RecommendationRow) -> dict[str, Any]:
    return {
        **serialize_value(row),
        **serialize_date("made_on", row.made_on),
        "answered": row.is_answered,
        "open": row.is_open,
    }


def print_recommendation(context: Context, args: Namespace) -> int:
    """`recommendations show`."""
    with context.open_workspace() as workspace:
        row = recommendations.show_recommendation(workspace, args.ref)
    if args.json:
        print_json(_recommendation_data(row))
    else:
        print_lines(_format_card(row))
    return 0


def _format_card(row: RecommendationRow) -> list[str]:
    pairs = (
        (_("Document"), f"{row.document_ref}  {row.document}"),
        (_("Part of"), row.part_of),
        (_("Made"), row.made_on),
        (_("Answer"), row.response or _("none yet")),
        (_("Owner"), row.owner),
        (_("Objective"), row.objective),
        (_("Actions"), ", ".join(row.actions)),
        (_("Evidence"), row.evidence),
        (_("Stands for"), _("the whole report") if row.whole_report else None),
        (_("Source"), row.source),
        (_("Note"), row.note),
    )
    return [f"{row.ref}  {row.title}", "", *format_fields(pairs)]


def print_documents(context: Context, args: Namespace) -> int:
    """`recommendations documents`."""
    with context.open_workspace() as workspace:
        today = workspace.today()
        if args.awaited:
            rows = recommendations.list_awaited_documents(workspace)
        else:
            rows = recommendations.list_documents(workspace, " ".join(args.words))
    if args.json:
        print_json([{**_document_data(row), "overdue": row.is_overdue(today)} for row in rows])
    elif args.awaited:
        lines = [(row.ref, row.title, row.body or "–", format_expected(row, today)) for row in rows]
        print_lines(format_records(lines, (26, None, 40, 40)))
        context.print_notice(_("{n} awaited from others").format(n=len(rows)))
    else:
        print_lines(format_records([_document_cells(row) for row in rows], (26, None, 28, 16, 20, 26)))
        context.print_notice(ngettext("1 document", "{n} documents", len(rows)))
    return 0


def format_expected(row: DocumentRow, today: date) -> str:
    """When it should come, and whether that is past."""
    expected = str(row.expected_on) if row.expected_on else _("no date given")
    return _("{when}, OVERDUE").format(when=expected) if row.is_overdue(today) else expected


def _document_data(row: DocumentRow) -> dict[str, Any]:
    return {
        **serialize_value(row),
        **serialize_date("published_on", row.published_on),
        **serialize_date("expected_on", row.expected_on),
    }


def _document_cells(row: DocumentRow) -> tuple[str, ...]:
    counts = _("{answered} of {n} answered").format(n=row.recommendations, answered=row.answered)
    return (
        row.ref,
        row.title,
        row.body or "–",
        str(row.published_on or "–"),
        counts if row.recommendations else "–",
        row.source or "–",
    )


def answer_recommendation(context: Context, args: Namespace) -> int:
    """`recommendations answer`."""
    from ahtc_tui.domain.drafts.recommendations import build_answer_draft

    draft = build_answer_draft(args.text, args.owner, args.objective)
    with context.open_workspace() as workspace:
        row = recommendations.answer_recommendation(workspace, args.ref, draft)
    print_lines([row.ref])
    sentence = (
        _("{ref} is answered. `ahtc undo` takes it back.")
        if row.response
        else _("{ref} has no answer now. `ahtc undo` takes it back.")
    )
    context.print_notice(sentence.format(ref=row.ref))
    return 0
