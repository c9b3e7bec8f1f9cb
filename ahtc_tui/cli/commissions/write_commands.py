"""The verbs of `ahtc commissions` that write questions and paragraphs."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console.argument_types import collect_flags, parse_field_values
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, print_message
from ahtc_tui.cli.console.verbs import JSON, REF, Argument, OneOf, Switch, Verb, declare_dry_run, declare_fields
from ahtc_tui.cli.console.write_messages import print_data, print_written_ref
from ahtc_tui.domain.commissions.claims import Claim
from ahtc_tui.domain.commissions.model import DraftProposal, translate_topic
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext


def declare_verbs() -> list[Verb]:
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
        Verb("draft", draft_paragraphs, _("write paragraphs from the records, each record once")).takes(
            REF, declare_dry_run(_("show the paragraphs, without writing them")), JSON
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


def edit_questions(context: Context, args: Namespace) -> None:
    """Add, edit or remove a question."""
    from ahtc_tui.domain.drafts.commissions import build_question_draft
    from ahtc_tui.services.commissions import service as commissions

    with context.open_workspace() as workspace:
        if args.add is not None:
            details = collect_flags(args, ("takes", "text_cy"))
            number = commissions.add_question(workspace, args.ref, build_question_draft({"text": args.add, **details}))
        elif args.edit:
            number = _parse_number(args.edit[0])
            commissions.edit_question(
                workspace, args.ref, number, build_question_draft(parse_field_values(args.edit[1:]))
            )
        else:
            number = _parse_number(args.remove)
            commissions.remove_question(workspace, args.ref, number)
    print_written_ref(context, str(number))


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
            print_lines(f"     {claim.ref}  {claim.sentence}" for claim in paragraph.claims)
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
    return {"kind": claim.kind.value, "ref": claim.ref, "says": claim.sentence, "standing": claim.status.value}


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
    print_written_ref(context, number)


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
