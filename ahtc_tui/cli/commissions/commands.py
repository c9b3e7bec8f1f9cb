"""`ahtc commissions`: papers that others ask for, what each paragraph rests on, and what changed since."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.commissions import write_commands
from ahtc_tui.cli.console import write_messages
from ahtc_tui.cli.console.argument_types import edit_verb, flags_given, pairs
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import facts, listing, print_json, print_lines, tell
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import date_data, plain
from ahtc_tui.services.commissions import service as commissions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ahtc_tui.domain.commissions.model import CommissionCard, ParagraphRow, Rest

FIELDS = ("asked_by", "reference", "due", "from_on", "to_on", "follows", "marking", "note")
FLAGS = {"asked_by": "--for", "from_on": "--from", "to_on": "--to", "follows": "--like"}
"""Fields whose flag is called otherwise."""


def build(parser: ArgumentParser, _command: str) -> None:
    """The verbs of commissions."""
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    listed = verbs.add_parser("list", help="what is asked of the office", allow_abbrev=False)
    listed.add_argument("words", nargs="*", metavar="WORDS")
    listed.set_defaults(run=list_)
    showing = verbs.add_parser("show", help="the questions, and what each paragraph rests on", allow_abbrev=False)
    showing.set_defaults(run=show)
    changed = verbs.add_parser(
        "stale", help="paragraphs whose records changed since a person last looked", allow_abbrev=False
    )
    changed.set_defaults(run=stale)
    for verb in (showing, changed):
        verb.add_argument("ref")
    for verb in (listed, showing, changed):
        verb.add_argument("--json", action="store_true")
    adding = verbs.add_parser("add", help="a paper that is asked for; prints its reference", allow_abbrev=False)
    adding.add_argument("title")
    for field in FIELDS:
        adding.add_argument(FLAGS.get(field, f"--{field}"), dest=field, metavar="X")
    adding.add_argument("--question", action="append", default=[], metavar="TEXT", help="once for each, in order")
    adding.set_defaults(run=add)
    edit_verb(verbs, "field=value ...", edit)
    write_commands.add_verbs(verbs)


def list_(context: Context, chosen: Namespace) -> int:
    """`commissions list`."""
    with context.workspace() as workspace:
        rows = commissions.list_commissions(workspace, " ".join(chosen.words))
    if chosen.json:
        print_json([{**plain(row), **date_data("due", row.due), **date_data("sent_on", row.sent_on)} for row in rows])
    else:
        cells = [
            (row.ref, row.title, row.asked_by or "–", str(row.due or "–"), _paragraphs(row.paragraphs)) for row in rows
        ]
        print_lines(listing(cells, (18, None, 40, 18, 14)))
        context.say(say_number(len(rows), _("1 commission"), _("{n} commissions")))
    return 0


def _paragraphs(number: int) -> str:
    return say_number(number, _("1 paragraph"), _("{n} paragraphs"))


def show(context: Context, chosen: Namespace) -> int:
    """`commissions show`."""
    with context.workspace() as workspace:
        card = commissions.show_commission(workspace, chosen.ref)
    if chosen.json:
        print_json(_data(card))
    else:
        print_lines(_lines(card))
    return 0


def _data(card: CommissionCard) -> dict[str, Any]:
    row = card.row
    return {
        **plain(row),
        **date_data("due", row.due),
        **date_data("sent_on", row.sent_on),
        **date_data("from_on", card.from_on),
        **date_data("to_on", card.to_on),
        "follows": card.follows,
        "cleared_by": card.cleared_by,
        "marking": card.marking.value,
        "note": card.note,
        "questions": [
            {
                "number": question.number,
                "text": question.text,
                "takes": question.takes,
                "paragraphs": [_paragraph_data(own) for own in question.paragraphs],
            }
            for question in card.questions
        ],
        "stale": [own.number for own in card.stale],
    }


def _paragraph_data(own: ParagraphRow) -> dict[str, Any]:
    return {
        "number": own.number,
        "title": own.title,
        "text": own.text,
        **date_data("as_at", own.as_at),
        "stale": own.stale,
        "rests": [_rest_data(rest) for rest in own.rests],
    }


def _rest_data(rest: Rest) -> dict[str, Any]:
    now = rest.now
    return {
        "kind": rest.kind.value,
        "ref": now.ref if now else None,
        "said": rest.then,
        "says": now.sentence if now else None,
        "standing": now.standing.value if now else None,
        "stale": rest.stale,
    }


def _lines(card: CommissionCard) -> Iterator[str]:
    row = card.row
    yield f"{row.ref}  {row.title}"
    yield ""
    yield from facts(
        (
            (_("For"), row.asked_by),
            (_("Reference"), row.reference),
            (_("From"), card.from_on),
            (_("To"), card.to_on),
            (_("Due"), row.due),
            (_("Follows"), card.follows),
            (_("Cleared by"), card.cleared_by),
            (_("Sent"), row.sent_on),
            (_("Marking"), card.marking.label),
            (_("Source"), row.source),
            (_("Note"), card.note),
        )
    )
    for question in card.questions:
        yield ""
        yield f"{question.number}. {question.text}"
        yield from [_("   takes {topics}").format(topics=question.takes)] if question.takes else []
        for own in question.paragraphs:
            yield from _paragraph_lines(own)


def _paragraph_lines(own: ParagraphRow) -> Iterator[str]:
    head = own.text or own.title or ""
    changed = _("  (changed since)") if own.stale else ""
    yield f"   {own.number}  {head}{changed}".rstrip()
    if own.text:
        yield f"        {', '.join(own.refs)}"
        return
    for rest in own.rests:
        yield f"        {rest.now.ref}  {rest.now.sentence}" if rest.now else f"        –  {rest.then}"


def stale(context: Context, chosen: Namespace) -> int:
    """`commissions stale`: exit code 1 where a paragraph does not say any more what its records say."""
    with context.workspace() as workspace:
        found = commissions.show_commission(workspace, chosen.ref).stale
    if chosen.json:
        print_json([_paragraph_data(own) for own in found])
    else:
        for own in found:
            print_lines(f"{own.number}  {line}" for line in _changes(own))
        context.say(say_number(len(found), _("1 paragraph changed"), _("{n} paragraphs changed")))
    if found:
        tell(_("`ahtc commissions confirm {ref}` says that they hold as the records stand.").format(ref=chosen.ref))
    return 1 if found else 0


def _changes(own: ParagraphRow) -> Iterator[str]:
    for rest in own.rests:
        if rest.stale:
            now = rest.now.sentence if rest.now else _("taken away")
            yield _("{was}  →  {now}").format(was=rest.then, now=now)


def add(context: Context, chosen: Namespace) -> int:
    """`commissions add`."""
    from ahtc_tui.domain.drafts.commissions import commission_draft

    with context.workspace() as workspace:
        fields = {"title": chosen.title, **flags_given(chosen, FIELDS)}
        draft = commission_draft(fields, workspace.today())
        row = commissions.add_commission(workspace, draft, chosen.question)
    return write_messages.record(context, row.ref)


def edit(context: Context, chosen: Namespace) -> int:
    """`commissions edit`."""
    from ahtc_tui.domain.drafts.commissions import commission_draft

    with context.workspace() as workspace:
        draft = commission_draft(pairs(chosen.fields), workspace.today())
        row = commissions.edit_commission(workspace, chosen.ref, draft)
    return write_messages.record(context, row.ref)
