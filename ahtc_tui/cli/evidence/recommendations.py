"""`ahtc recommendations`: documents of others, their recommendations and the answers of the office."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import (
    format_card_rows,
    format_conflict,
    format_records,
    print_json,
    print_lines,
    print_result,
)
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.record_verbs import declare_record_verbs, print_record_ref
from ahtc_tui.cli.console.verbs import (
    JSON,
    REF,
    Argument,
    Noun,
    Switch,
    Verb,
    add_verbs,
    declare_filter_words,
    declare_options,
)
from ahtc_tui.cli.console.write_messages import print_written_ref
from ahtc_tui.domain.actions.model import is_late
from ahtc_tui.domain.evidence.fields import DOCUMENT_FIELDS, RECOMMENDATION_FIELDS, build_recommendation_rows
from ahtc_tui.domain.evidence.recommendations import DocumentRow, RecommendationFilter, RecommendationRow
from ahtc_tui.domain.fields.model import build_row
from ahtc_tui.domain.filters.model import FilterNoun, join_arguments
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.replication.conflict_marks import ConflictMarks
from ahtc_tui.domain.serialization import serialize_record
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.services.evidence import recommendations

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.evidence import DocumentDraft, RecommendationDraft


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `recommendations`."""
    action = Argument("action", "ACTION")
    add_verbs(
        parser,
        Verb("list", print_recommendations, _("matching recommendations")).takes(
            declare_filter_words(FilterNoun.RECOMMENDATIONS),
            JSON,
            Argument("--document", "X", _("part of the title, reference or body"), default=""),
            Switch("--open", _("without an action, or with an open one")),
            Switch("--without-action"),
        ),
        Verb("documents", print_documents, _("documents with recommendations")).takes(
            declare_filter_words(),
            JSON,
            Switch("--awaited", _("documents awaited from other organisations")),
        ),
        Verb("show", print_recommendation, _("one recommendation"), REF, JSON),
        Verb("answer", answer_recommendation, _("record the office's answer")).takes(
            REF, Argument("text"), Argument("--owner", "X"), Argument("--objective", "N")
        ),
        *declare_record_verbs(
            "title",
            RECOMMENDATION_FIELDS,
            _build_recommendation_draft,
            recommendations.add_recommendation,
            recommendations.edit_recommendation,
            print_record_ref,
        ),
        Verb("link", link_action, _("link an action to answer it"), REF, action, unlink=False),
        Verb("unlink", link_action, _("remove the link to an action"), REF, action, unlink=True),
        _declare_document_verbs(),
    )


def _build_recommendation_draft(values: dict[str, Any], today: date) -> RecommendationDraft:
    from ahtc_tui.domain.drafts.evidence import build_recommendation_draft

    return build_recommendation_draft(values, today)


def _declare_document_verbs() -> Noun:
    options = declare_options(field for field in DOCUMENT_FIELDS if field.name != "awaited")
    help_text = _("other organisations have still to publish it")
    awaited_document = Switch("--awaited", help_text, default=None)  # no value where it is not typed
    return Noun(
        "document",
        _("add or edit documents"),
        *declare_record_verbs(
            "title",
            DOCUMENT_FIELDS,
            _build_document_draft,
            recommendations.add_document,
            recommendations.edit_document,
            _print_written_document,
            options=(*options, awaited_document),
        ),
    )


def _print_written_document(context: Context, row: DocumentRow) -> None:
    print_written_ref(context, row.ref, data=lambda: _document_data(row))


def _build_document_draft(values: dict[str, Any], today: date) -> DocumentDraft:
    from ahtc_tui.domain.drafts.evidence import build_document_draft

    return build_document_draft(values, today)


def print_recommendations(context: Context, args: Namespace) -> None:
    """Print the recommendations that match."""
    with context.open_workspace() as workspace:
        recommendation_filter = RecommendationFilter(
            join_arguments(args.words), args.document, args.open, args.without_action
        )
        rows = recommendations.list_recommendations(workspace, recommendation_filter=recommendation_filter)
        today = workspace.today()
    if args.json:
        print_json([_recommendation_data(row) | _linked_data(row, today) for row in rows], marks=context.marks)
        return
    print_lines(line for row in rows for line in _format_recommendation(row, today, context.marks))
    context.print_notice(ngettext("1 recommendation", "{n} recommendations", len(rows)))


def _format_recommendation(row: RecommendationRow, today: date, marks: ConflictMarks) -> list[str]:
    """Return a recommendation with its whole answer, and its actions with their states."""
    title = marks.mark_title(row.ref, row.shown_title)
    answer = row.response or _("no answer yet")
    source = format_source(row.source)
    return [
        f"{row.ref}  {title}",
        f"  {row.document_ref}: {answer}",
        *(f"  {line}" for line in row.explain(today)),
        *([f"  {source}"] if source else []),
    ]


def _linked_data(row: RecommendationRow, today: date) -> dict[str, Any]:
    linked = [serialize_record(action, "due", "closed_on") for action in row.linked]
    for action, data in zip(row.linked, linked, strict=True):
        data["late"] = is_late(action.status, action.due, today)
    return {"linked": linked, "why": row.explain(today)}


def _recommendation_data(row: RecommendationRow) -> dict[str, Any]:
    return {**serialize_record(row, "made_on"), "answered": row.is_answered, "open": row.is_open}


def print_recommendation(context: Context, args: Namespace) -> None:
    """Print one recommendation with its document, answer and actions."""
    with context.open_workspace() as workspace:
        row, today = recommendations.show_recommendation(workspace, args.ref), workspace.today()
    print_result(
        args.json,
        lambda: _recommendation_data(row) | _linked_data(row, today),
        lambda: [*_format_card(row, today), *format_conflict(context.marks, row.ref)],
        marks=context.marks,
    )


def _format_card(row: RecommendationRow, today: date) -> list[str]:
    rows = (
        build_row(_("Answer"), row.response or _("none yet")),
        *build_recommendation_rows(row),
        build_row(_("Action"), *(row.explain(today) if row.linked else ())),
        build_row(_("Source"), format_source(row.source)),
        build_row(_("Note"), row.note),
    )
    return [f"{row.ref}  {row.shown_title}", "", *format_card_rows(rows)]


def print_documents(context: Context, args: Namespace) -> None:
    """Print the documents that match, or with --awaited those not yet published."""
    with context.open_workspace() as workspace:
        today = workspace.today()
        if args.awaited:
            rows = recommendations.list_awaited_documents(workspace)
        else:
            rows = recommendations.list_documents(workspace, join_arguments(args.words))
    if args.json:
        print_json([{**_document_data(row), "overdue": row.is_overdue(today)} for row in rows], marks=context.marks)
    elif args.awaited:
        lines = [(row.ref, row.marked_title, row.body or "–", format_expected(row, today)) for row in rows]
        print_lines(format_records(lines, (26, None, 40, 40), marks=context.marks))
        context.print_notice(_("{n} awaited from others").format(n=len(rows)))
    else:
        print_lines(
            format_records([_document_cells(row) for row in rows], (26, None, 28, 16, 20, 26), marks=context.marks)
        )
        context.print_notice(ngettext("1 document", "{n} documents", len(rows)))


def format_expected(row: DocumentRow, today: date) -> str:
    """Return the expected date of a document, marked if it is overdue."""
    expected = str(row.expected_on) if row.expected_on else _("no date given")
    return _("{when}, LATE").format(when=expected) if row.is_overdue(today) else expected


def _document_data(row: DocumentRow) -> dict[str, Any]:
    return serialize_record(row, "published_on", "expected_on")


def _document_cells(row: DocumentRow) -> tuple[str, ...]:
    counts = _("{answered} of {n} answered").format(n=row.recommendations, answered=row.answered)
    return (
        row.ref,
        row.marked_title,
        row.body or "–",
        str(row.published_on or "–"),
        counts if row.recommendations else "–",
        format_source(row.source) or "–",
    )


def answer_recommendation(context: Context, args: Namespace) -> None:
    """Write the answer to a recommendation; an empty text removes it."""
    from ahtc_tui.domain.drafts.evidence import build_answer_draft

    draft = build_answer_draft(args.text, args.owner, args.objective)
    with context.open_workspace() as workspace:
        row = recommendations.answer_recommendation(workspace, args.ref, draft)
    print_written_ref(context, row.ref, _("answer saved") if row.response else _("answer removed"))


def link_action(context: Context, args: Namespace) -> None:
    """Link an action to a recommendation, or remove the link."""
    with context.open_workspace() as workspace:
        row = recommendations.link_action(workspace, args.ref, args.action, unlink=args.unlink)
    print_written_ref(context, row.ref, ", ".join(row.actions) or _("no action"))
