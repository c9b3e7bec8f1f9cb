"""`ahtc commissions`: commissioned papers, the records behind their paragraphs, and what changed since."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from ahtc_tui.cli.commissions import write_commands
from ahtc_tui.cli.console.argument_types import collect_flags
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.output import (
    format_card_rows,
    format_conflict,
    format_records,
    print_json,
    print_lines,
    print_message,
    print_result,
)
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import (
    JSON,
    REF,
    Argument,
    EditVerb,
    Verb,
    add_verbs,
    declare_filter_words,
    declare_options,
)
from ahtc_tui.cli.console.write_messages import edit_draft, print_kept_words, print_written_ref
from ahtc_tui.cli.publication import commands as publication
from ahtc_tui.domain.commissions.fields import COMMISSION_FIELDS, build_fact_rows
from ahtc_tui.domain.commissions.model import ClaimLink, CommissionCard, CommissionRow, ParagraphRow
from ahtc_tui.domain.fields.model import Place, list_names
from ahtc_tui.domain.filters.model import FilterNoun, join_arguments
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_date, serialize_record
from ahtc_tui.services.commissions import service as commissions


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `commissions`."""
    question = Argument("--question", "TEXT", _("one for each question, in order"), action="append", default=[])
    add_verbs(
        parser,
        Verb(
            "list",
            print_commissions,
            _("papers commissioned from the office"),
            declare_filter_words(FilterNoun.COMMISSIONS),
            JSON,
        ),
        Verb("show", print_commission, _("the questions, and the records behind each paragraph"), REF, JSON),
        Verb("stale", print_stale_paragraphs, _("paragraphs with changed records since the last check"), REF, JSON),
        Verb("add", add_commission, _("add a commissioned paper; prints the reference")).takes(
            Argument("title"), *declare_options(COMMISSION_FIELDS), question
        ),
        EditVerb(edit_commission, "commissions.CommissionDraft"),
        *write_commands.declare_verbs(),
        publication.declare_commission_verb(),
    )


def print_commissions(context: Context, args: Namespace) -> None:
    """Print the commissioned papers that match."""
    with context.open_workspace() as workspace:
        rows = commissions.list_commissions(workspace, join_arguments(args.words))
    count = ngettext("1 commission", "{n} commissions", len(rows))
    print_list(context, rows, _row_data, _commission_cells, (18, None, 40, 18, 14), count, format_records)


def _row_data(row: CommissionRow) -> dict[str, Any]:
    return serialize_record(row, "due", "sent_on")


def _commission_cells(row: CommissionRow) -> tuple[str, ...]:
    paragraphs = ngettext("1 paragraph", "{n} paragraphs", row.paragraphs)
    return row.ref, row.shown_title, row.asked_by or "–", str(row.due or "–"), paragraphs


def print_commission(context: Context, args: Namespace) -> None:
    """Print one paper: its questions, paragraphs and the records behind them."""
    with context.open_workspace() as workspace:
        card = commissions.show_commission(workspace, args.ref)
    print_result(
        args.json,
        lambda: _commission_data(card),
        lambda: [*_format_commission(card), *format_conflict(context.marks, card.row.ref)],
        marks=context.marks,
    )


def _commission_data(card: CommissionCard) -> dict[str, Any]:
    row = card.row
    return {
        **serialize_record(row, "due", "sent_on"),
        **serialize_date("from_on", card.from_on),
        **serialize_date("to_on", card.to_on),
        "follows": card.follows,
        "cleared_by": card.cleared_by,
        "marking": card.marking.value,
        "note": card.note,
        "questions": [
            {
                "number": question.number,
                "text": question.text,
                "text_cy": question.text_cy,
                "takes": question.takes,
                "paragraphs": [_paragraph_data(paragraph) for paragraph in question.paragraphs],
            }
            for question in card.questions
        ],
        "stale": [paragraph.number for paragraph in card.stale_paragraphs],
    }


def _paragraph_data(paragraph: ParagraphRow) -> dict[str, Any]:
    return {
        "number": paragraph.number,
        "title": paragraph.title,
        "title_cy": paragraph.title_cy,
        "text": paragraph.text,
        "text_cy": paragraph.text_cy,
        **serialize_date("as_at", paragraph.as_at),
        "stale": paragraph.is_stale,
        "rests": [_basis_data(basis) for basis in paragraph.claim_links],
    }


def _basis_data(basis: ClaimLink) -> dict[str, Any]:
    claim = basis.claim
    return {
        "kind": basis.kind.value,
        "ref": claim.ref if claim else None,
        "said": basis.confirmed_sentence,
        "says": claim.sentence if claim else None,
        "standing": claim.status.value if claim else None,
        "stale": basis.is_stale,
    }


def _format_commission(card: CommissionCard) -> Iterator[str]:
    row = card.row
    yield f"{row.ref}  {row.shown_title}"
    yield ""
    yield from format_card_rows(build_fact_rows(card))
    for question in card.questions:
        yield ""
        yield f"{question.number}. {question.shown_text}"
        yield from [_("   topics: {topics}").format(topics=question.takes)] if question.takes else []
        for paragraph in question.paragraphs:
            yield from _format_paragraph(paragraph)
        if not question.paragraphs:
            yield "   " + _("no paragraph yet")


def _format_paragraph(paragraph: ParagraphRow) -> Iterator[str]:
    changed = _("  (changed)") if paragraph.is_stale else ""
    yield f"   {paragraph.number}  {paragraph.shown_heading}{changed}".rstrip()
    if paragraph.text:
        yield f"        {', '.join(paragraph.refs)}"
        return
    for basis in paragraph.claim_links:
        yield (
            f"        {basis.claim.ref}  {basis.claim.sentence}"
            if basis.claim
            else f"        –  {basis.confirmed_sentence}"
        )


def print_stale_paragraphs(context: Context, args: Namespace) -> int:
    """Print the paragraphs whose records changed since the last check; returns 1 if there are any."""
    with context.open_workspace() as workspace:
        paragraphs = commissions.show_commission(workspace, args.ref).stale_paragraphs
    if args.json:
        print_json([_paragraph_data(paragraph) for paragraph in paragraphs], marks=context.marks)
    else:
        for paragraph in paragraphs:
            print_lines(f"{paragraph.number}  {line}" for line in _format_changes(paragraph))
        context.print_notice(ngettext("1 paragraph changed", "{n} paragraphs changed", len(paragraphs)))
    if paragraphs:
        print_message(
            _("To confirm them against the records, run `ahtc commissions confirm {ref}`.").format(ref=args.ref)
        )
    return 1 if paragraphs else 0


def _format_changes(paragraph: ParagraphRow) -> Iterator[str]:
    for basis in paragraph.claim_links:
        if basis.is_stale:
            now = basis.claim.sentence if basis.claim else _("removed")
            yield _("{was}  →  {now}").format(was=basis.confirmed_sentence, now=now)


def add_commission(context: Context, args: Namespace) -> None:
    """Add a commissioned paper with its questions and print its reference."""
    from ahtc_tui.domain.drafts.commissions import build_commission_draft

    with context.open_workspace() as workspace:
        values = collect_flags(args, ("title", *list_names(COMMISSION_FIELDS, Place.ADD)))
        draft = build_commission_draft(values, workspace.today())
        row = commissions.add_commission(workspace, draft, args.question)
    print_written_ref(context, row.ref)
    print_kept_words(context, draft, row)


def edit_commission(context: Context, args: Namespace) -> None:
    """Edit the fields of a commissioned paper."""
    from ahtc_tui.domain.drafts.commissions import build_commission_draft

    row = edit_draft(context, args, build_commission_draft, commissions.edit_commission)
    print_written_ref(context, row.ref)
