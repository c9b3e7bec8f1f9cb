"""`ahtc recommendations`: documents of others, their recommendations and the answers of the office."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Any

from ahtc_tui.cli.console.argument_types import collect_flags
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import (
    format_conflict,
    format_fields,
    format_records,
    print_json,
    print_lines,
    print_result,
)
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import (
    JSON,
    REF,
    Argument,
    EditVerb,
    Noun,
    Switch,
    Verb,
    add_verbs,
    declare_filter_words,
    declare_options,
)
from ahtc_tui.cli.console.write_messages import edit_draft, print_written_ref, save_draft
from ahtc_tui.domain.actions.model import is_late
from ahtc_tui.domain.evidence.fields import DOCUMENT_FIELDS, RECOMMENDATION_FIELDS
from ahtc_tui.domain.evidence.recommendations import DocumentRow, RecommendationFilter, RecommendationRow
from ahtc_tui.domain.fields.model import Place, list_names
from ahtc_tui.domain.filters.model import FilterNoun, join_arguments
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.replication.conflict_marks import ConflictMarks
from ahtc_tui.domain.serialization import serialize_record
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.domain.welsh.model import name_other_language
from ahtc_tui.services.evidence import recommendations


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `recommendations`."""
    title, add_help = Argument("title"), _("add one; prints the reference")
    action = Argument("action", "ACTION")
    options = declare_options(field for field in DOCUMENT_FIELDS if field.name != "awaited")
    awaited_document = Switch("--awaited", _("other organisations have still to publish it"))
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
        Verb("answer", answer_recommendation, _("write the answer of the office")).takes(
            REF, Argument("text"), Argument("--owner", "X"), Argument("--objective", "N")
        ),
        Verb("add", add_recommendation, add_help, title, *declare_options(RECOMMENDATION_FIELDS)),
        EditVerb(edit_recommendation, "recommendations.RecommendationDraft"),
        Verb("link", link_action, _("link an action to answer it"), REF, action, unlink=False),
        Verb("unlink", link_action, _("remove the link to an action"), REF, action, unlink=True),
        Noun(
            "document",
            _("add or edit documents"),
            Verb("add", add_document, add_help, title, *options, awaited_document),
            EditVerb(edit_document, "recommendations.DocumentDraft"),
        ),
    )


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
    pairs = (
        name_other_language(row.title, row.title_cy),
        (_("Document"), f"{row.document_ref}  {row.document}"),
        (_("Part of"), row.part_of),
        (_("Made"), row.made_on),
        (_("Answer"), row.response or _("none yet")),
        (_("Owner"), row.owner),
        (_("Objective"), row.objective),
        *((_("Action"), line) for line in (row.explain(today) if row.linked else ())),
        (_("Evidence"), row.evidence),
        (_("Covers"), _("the whole report") if row.whole_report else None),
        (_("Source"), format_source(row.source)),
        (_("Note"), row.note),
    )
    return [f"{row.ref}  {row.shown_title}", "", *format_fields(pairs)]


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
    return _("{when}, OVERDUE").format(when=expected) if row.is_overdue(today) else expected


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
    from ahtc_tui.domain.drafts.recommendations import build_answer_draft

    draft = build_answer_draft(args.text, args.owner, args.objective)
    with context.open_workspace() as workspace:
        row = recommendations.answer_recommendation(workspace, args.ref, draft)
    print_written_ref(context, row.ref, _("answer saved") if row.response else _("answer removed"))


def add_recommendation(context: Context, args: Namespace) -> None:
    """Add a recommendation and print its reference."""
    from ahtc_tui.domain.drafts.recommendations import build_recommendation_draft

    values = collect_flags(args, ("title", *list_names(RECOMMENDATION_FIELDS, Place.ADD)))
    row = save_draft(context, build_recommendation_draft, recommendations.add_recommendation, values)
    print_written_ref(context, row.ref)


def edit_recommendation(context: Context, args: Namespace) -> None:
    """Edit the fields of a recommendation."""
    from ahtc_tui.domain.drafts.recommendations import build_recommendation_draft

    row = edit_draft(context, args, build_recommendation_draft, recommendations.edit_recommendation)
    print_written_ref(context, row.ref)


def link_action(context: Context, args: Namespace) -> None:
    """Link an action to a recommendation, or remove the link."""
    with context.open_workspace() as workspace:
        row = recommendations.link_action(workspace, args.ref, args.action, unlink=args.unlink)
    print_written_ref(context, row.ref, ", ".join(row.actions) or _("no action"))


def add_document(context: Context, args: Namespace) -> None:
    """Add a document and print its reference."""
    from ahtc_tui.domain.drafts.recommendations import build_document_draft

    values = collect_flags(args, ("title", *list_names(DOCUMENT_FIELDS, Place.ADD)))
    values |= {"awaited": True} if args.awaited else {}
    row = save_draft(context, build_document_draft, recommendations.add_document, values)
    print_written_ref(context, row.ref)


def edit_document(context: Context, args: Namespace) -> None:
    """Edit the fields of a document."""
    from ahtc_tui.domain.drafts.recommendations import build_document_draft

    row = edit_draft(context, args, build_document_draft, recommendations.edit_document)
    print_written_ref(context, row.ref)
