"""`ahtc commissions`: commissioned papers, the records behind their paragraphs, and what changed since."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from ahtc_tui.cli.console.argument_types import collect_flags, parse_field_values, refuse_without_add
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
    OneOf,
    Switch,
    Verb,
    add_verbs,
    declare_dry_run,
    declare_fields,
    declare_filter_words,
    declare_options,
)
from ahtc_tui.cli.console.write_messages import edit_draft, print_data, print_kept_words, print_written_ref
from ahtc_tui.cli.publication import commands as publication
from ahtc_tui.domain.commissions.claims import Claim
from ahtc_tui.domain.commissions.fields import COMMISSION_FIELDS, build_fact_rows
from ahtc_tui.domain.commissions.model import (
    ClaimLink,
    CommissionCard,
    CommissionRow,
    DraftProposal,
    ParagraphRow,
    translate_topic,
)
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.fields.model import Place, list_choices_by_field, list_names
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
        EditVerb(edit_commission, list_choices_by_field(COMMISSION_FIELDS)),
        *_declare_paragraph_verbs(),
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
        "says": claim.shown_sentence if claim else None,
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
            f"        {basis.claim.ref}  {basis.claim.shown_sentence}"
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


def _declare_paragraph_verbs() -> list[Verb]:
    """Return the verbs that write questions and paragraphs."""
    refs_added = _("a record the paragraph is based on")
    refs_removed = _("a record it is no longer based on")
    return [
        Verb("question", edit_questions, _("--add, --edit or --remove a question")).takes(
            REF,
            OneOf(
                Argument("--add", "TEXT"),
                Argument("--edit", nargs="+", metavar=("N", "field=value")),
                Argument("--remove", "N"),
                required=True,
            ),
            *declare_fields(("text_cy",)),
            Argument("--takes", "TOPICS", _("topics of the draft with --add, like 1, 2, fora, practice")),
        ),
        Verb("draft", draft_paragraphs, _("draft paragraphs from the records, each record once")).takes(
            REF, declare_dry_run(_("show the paragraphs, without saving them")), JSON
        ),
        Verb("paragraph", edit_paragraph, _("edit a paragraph (2.9), or add one to a question (2)")).takes(
            REF,
            Argument("number", "N", _("2.9 edits this paragraph; 2 adds one to question 2")),
            Argument("text", nargs="?"),
            Argument("--title", "T"),
            Argument("--cy", "TEXT", _("the Welsh text of the paragraph")),
            Argument("--title-cy", "T", _("the title in Welsh")),
            Argument("--on", "REF", refs_added, action="append", default=[]),
            Argument("--off", "REF", refs_removed, action="append", default=[]),
            Switch("--remove"),
        ),
        Verb(
            "confirm", confirm_paragraphs, _("confirm stale paragraphs against their records, all or the ones given")
        ).takes(REF, Argument("numbers", "N", nargs="*")),
    ]


QUESTION_FLAGS = ("takes", "text_cy")


def edit_questions(context: Context, args: Namespace) -> None:
    """Add, edit or remove a question."""
    from ahtc_tui.domain.drafts.commissions import build_question_draft

    refuse_without_add(args, *QUESTION_FLAGS)
    with context.open_workspace() as workspace:
        if args.add is not None:
            details = collect_flags(args, QUESTION_FLAGS)
            number = commissions.add_question(workspace, args.ref, build_question_draft({"text": args.add, **details}))
        elif args.edit:
            number = _parse_number(args.edit[0])
            commissions.edit_question(
                workspace, args.ref, number, build_question_draft(parse_field_values(args.edit[1:]))
            )
        else:
            number = _parse_number(args.remove)
            commissions.remove_question(workspace, args.ref, number)
    print_written_ref(context, str(number), data=lambda: context.serialize_record(args.ref) or {})


def _parse_number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise BadInput(_('"{text}" is not the number of a question.').format(text=text))
    return int(text[:9])


def draft_paragraphs(context: Context, args: Namespace) -> int:
    """Write a draft from the records; returns 1 if an action, forum or practice fits no question."""
    from ahtc_tui.services.commissions import paragraphs

    write = paragraphs.propose_draft if args.dry_run else paragraphs.write_draft
    with context.open_workspace() as workspace:
        draft = write(workspace, args.ref)
    if args.json:
        print_json(_draft_data(draft, applied=not args.dry_run))
    else:
        for paragraph in draft.paragraphs:
            print_lines([f"{paragraph.question}  {translate_topic(paragraph.title)}"])
            print_lines(f"     {claim.ref}  {claim.shown_sentence}" for claim in paragraph.claims)
        number = ngettext("1 paragraph", "{n} paragraphs", len(draft.paragraphs))
        if args.dry_run:
            context.print_notice(_("{number} would be added.").format(number=number))
        else:
            context.print_undoable(_("{number} added.").format(number=number))
        for claim in draft.unfiled_claims:
            print_message(_("{ref} does not match a question: {title}").format(ref=claim.ref, title=claim.title))
        for claim in draft.claims_outside_period:
            context.print_notice(_("{ref} is outside the period: {title}").format(ref=claim.ref, title=claim.title))
    return 1 if draft.unfiled_claims else 0


def _draft_data(draft: DraftProposal, *, applied: bool) -> dict[str, object]:
    return {
        "applied": applied,
        "paragraphs": [
            {
                "question": paragraph.question,
                "title": paragraph.title,
                "rests": [_claim_data(claim) for claim in paragraph.claims],
            }
            for paragraph in draft.paragraphs
        ],
        "left": [_claim_data(claim) for claim in draft.unfiled_claims],
        "outside": [_claim_data(claim) for claim in draft.claims_outside_period],
    }


def _claim_data(claim: Claim) -> dict[str, str]:
    return {"kind": claim.kind.value, "ref": claim.ref, "says": claim.shown_sentence, "standing": claim.status.value}


def edit_paragraph(context: Context, args: Namespace) -> None:
    """Edit, add or remove a paragraph, and the records that it is based on."""
    from ahtc_tui.domain.drafts.commissions import build_paragraph_draft
    from ahtc_tui.services.commissions import paragraphs

    ref, number = args.ref, args.number.strip()
    typed = {"title": args.title, "title_cy": args.title_cy, "text": args.text, "text_cy": args.cy}
    values = {name: text for name, text in typed.items() if text is not None}
    draft = build_paragraph_draft(values)
    added_refs, removed_refs = _split_refs(args.on), _split_refs(args.off)
    if args.remove and (values or added_refs or removed_refs):
        raise BadInput(_("--remove cannot be combined with changes to the paragraph."))
    with context.open_workspace() as workspace:
        if args.remove:
            paragraphs.remove_paragraph(workspace, ref, number)
        elif "." in number:
            paragraphs.edit_paragraph(workspace, ref, number, draft, added_refs, removed_refs)
        else:
            number = paragraphs.add_paragraph(workspace, ref, _parse_number(number), draft, added_refs)
    print_written_ref(context, number, data=lambda: context.serialize_record(ref) or {})


def _split_refs(texts: list[str]) -> list[str]:
    """Return references given in several options or separated by commas."""
    return [ref.strip() for text in texts for ref in text.split(",") if ref.strip()]


def confirm_paragraphs(context: Context, args: Namespace) -> None:
    """Mark stale paragraphs as checked against their records."""
    from ahtc_tui.services.commissions import paragraphs

    with context.open_workspace() as workspace:
        numbers = paragraphs.confirm_paragraphs(workspace, args.ref, args.numbers)
    print_data(context, numbers, confirmed=numbers)
    context.print_undoable(_("Confirmed against the records."))
