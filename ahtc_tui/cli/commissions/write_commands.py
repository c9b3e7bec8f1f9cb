"""What `ahtc commissions` writes beside the commission itself: its questions, its draft, its paragraphs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING

from ahtc_tui.cli.console import write_messages
from ahtc_tui.cli.console.argument_types import pairs
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, tell
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    from ahtc_tui.domain.commissions.claims import Claim
    from ahtc_tui.domain.commissions.model import Draft


def add_verbs(verbs: _SubParsersAction[ArgumentParser]) -> None:
    """The verbs that write."""
    asking = verbs.add_parser("question", help="--add, --edit or --remove a question", allow_abbrev=False)
    asking.add_argument("ref")
    act = asking.add_mutually_exclusive_group(required=True)
    act.add_argument("--add", metavar="TEXT")
    asking.add_argument(
        "--takes", metavar="TOPICS", help="with --add: what a draft puts under it: 1, 2, fora, practice"
    )
    act.add_argument("--edit", nargs="+", metavar=("N", "field=value"))
    act.add_argument("--remove", metavar="N")
    asking.set_defaults(run=question)
    drafting = verbs.add_parser("draft", help="paragraphs from the records, each record once", allow_abbrev=False)
    drafting.add_argument("ref")
    drafting.add_argument("--dry-run", action="store_true", help="only say what it would add")
    drafting.add_argument("--json", action="store_true")
    drafting.set_defaults(run=draft)
    wording = verbs.add_parser("paragraph", help="word a paragraph (2.9), or one more under a question (2)")
    wording.add_argument("ref")
    wording.add_argument("number", metavar="N", help="2.9 edits it; 2 puts one more under question 2")
    wording.add_argument("text", nargs="?")
    wording.add_argument("--title", metavar="T")
    wording.add_argument("--on", action="append", default=[], metavar="REF", help="a record that it rests on")
    wording.add_argument("--off", action="append", default=[], metavar="REF", help="one that it rests on no more")
    wording.add_argument("--remove", action="store_true")
    wording.set_defaults(run=paragraph)
    holding = verbs.add_parser("confirm", help="they hold as the records stand: all that changed, or those named")
    holding.add_argument("ref")
    holding.add_argument("numbers", nargs="*", metavar="N")
    holding.set_defaults(run=confirm)


def question(context: Context, chosen: Namespace) -> int:
    """`commissions question`."""
    from ahtc_tui.domain.drafts.commissions import question_draft
    from ahtc_tui.services.commissions import service as commissions

    with context.workspace() as workspace:
        if chosen.add is not None:
            takes = {"takes": chosen.takes} if chosen.takes is not None else {}
            number = commissions.add_question(workspace, chosen.ref, question_draft({"text": chosen.add, **takes}))
        elif chosen.edit:
            number = _number(chosen.edit[0])
            commissions.edit_question(workspace, chosen.ref, number, question_draft(pairs(chosen.edit[1:])))
        else:
            number = _number(chosen.remove)
            commissions.remove_question(workspace, chosen.ref, number)
    return write_messages.record(context, str(number))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise BadInput(_('"{text}" is not the number of a question.').format(text=text))
    return int(text[:9])


def draft(context: Context, chosen: Namespace) -> int:
    """`commissions draft`: exit code 1 where an action, a forum or a practice belongs under no question."""
    from ahtc_tui.services.commissions import paragraphs

    act = paragraphs.propose_draft if chosen.dry_run else paragraphs.write_draft
    with context.workspace() as workspace:
        made = act(workspace, chosen.ref)
    if chosen.json:
        print_json(_draft_data(made, applied=not chosen.dry_run))
    else:
        for paragraph in made.paragraphs:
            print_lines([f"{paragraph.question}  {paragraph.title}"])
            print_lines(f"     {claim.ref}  {claim.sentence}" for claim in paragraph.claims)
        number = say_number(len(made.paragraphs), _("1 paragraph"), _("{n} paragraphs"))
        said = _("{number} would be added.") if chosen.dry_run else _("{number} added. `ahtc undo` takes them back.")
        context.say(said.format(number=number))
        for claim in made.left:
            tell(_("{ref} belongs under no question: {title}").format(ref=claim.ref, title=claim.title))
        for claim in made.outside:
            context.say(_("{ref} lies outside the period: {title}").format(ref=claim.ref, title=claim.title))
    return 1 if made.left else 0


def _draft_data(made: Draft, *, applied: bool) -> dict[str, object]:
    return {
        "applied": applied,
        "paragraphs": [
            {"question": one.question, "title": one.title, "rests": [_claim_data(claim) for claim in one.claims]}
            for one in made.paragraphs
        ],
        "left": [_claim_data(claim) for claim in made.left],
        "outside": [_claim_data(claim) for claim in made.outside],
    }


def _claim_data(claim: Claim) -> dict[str, str]:
    return {
        "kind": claim.kind.value,
        "ref": claim.ref,
        "says": claim.sentence,
        "standing": claim.standing.value,
    }


def paragraph(context: Context, chosen: Namespace) -> int:
    """`commissions paragraph`."""
    from ahtc_tui.domain.drafts.commissions import paragraph_draft
    from ahtc_tui.services.commissions import paragraphs as own

    ref, number = chosen.ref, chosen.number.strip()
    fields = {name: getattr(chosen, name) for name in ("title", "text") if getattr(chosen, name) is not None}
    words = paragraph_draft(fields)
    on, off = _refs(chosen.on), _refs(chosen.off)
    if chosen.remove and (fields or on or off):
        raise BadInput(_("--remove stands alone: a paragraph that goes is not worded."))
    with context.workspace() as workspace:
        if chosen.remove:
            own.remove_paragraph(workspace, ref, number)
        elif "." in number:
            own.edit_paragraph(workspace, ref, number, words, on, off)
        else:
            number = own.add_paragraph(workspace, ref, _number(number), words, on)
    return write_messages.record(context, number)


def _refs(given: list[str]) -> list[str]:
    """References, whether given one by one or with commas."""
    return [ref.strip() for words in given for ref in words.split(",") if ref.strip()]


def confirm(context: Context, chosen: Namespace) -> int:
    """`commissions confirm`."""
    from ahtc_tui.services.commissions.paragraphs import confirm as hold

    with context.workspace() as workspace:
        numbers = hold(workspace, chosen.ref, chosen.numbers)
    print_lines(numbers)
    context.say(_("They hold as the records stand. `ahtc undo` takes it back."))
    return 0
