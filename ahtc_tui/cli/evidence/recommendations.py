"""`ahtc recommendations`: what others recommend, where it stands, and the answer."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import facts, listing, print_json, print_lines
from ahtc_tui.cli.evidence import recommendation_write_commands
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.evidence.recommendations import RecommendationFilter
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import date_data, plain
from ahtc_tui.services.evidence import recommendations

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.evidence.recommendations import DocumentRow, RecommendationRow


def build(parser: ArgumentParser, _command: str) -> None:
    """The verbs of recommendations."""
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for name, run, words in (
        ("list", list_, "recommendations that match"),
        ("documents", documents, "the documents that they stand in"),
    ):
        verb = verbs.add_parser(name, help=words, allow_abbrev=False)
        verb.add_argument("words", nargs="*", metavar="WORDS")
        verb.add_argument("--json", action="store_true")
        verb.set_defaults(run=run)
        if run is list_:
            verb.add_argument("--document", metavar="X", default="", help="a part of its title, reference or body")
            verb.add_argument("--open", action="store_true", help="with no action, or one that is not done")
            verb.add_argument("--without-action", action="store_true")
        else:
            verb.add_argument("--awaited", action="store_true", help="what others still owe the office")
    showing = verbs.add_parser("show", help="one recommendation", allow_abbrev=False)
    showing.add_argument("ref")
    showing.add_argument("--json", action="store_true")
    showing.set_defaults(run=show)
    answering = verbs.add_parser("answer", help="what the office answers", allow_abbrev=False)
    answering.add_argument("ref")
    answering.add_argument("text")
    answering.add_argument("--owner", metavar="X")
    answering.add_argument("--objective", metavar="N")
    answering.set_defaults(run=answer)
    recommendation_write_commands.add_verbs(verbs)


def list_(context: Context, chosen: Namespace) -> int:
    """`recommendations list`."""
    with context.workspace() as workspace:
        asked = RecommendationFilter(" ".join(chosen.words), chosen.document, chosen.open, chosen.without_action)
        rows = recommendations.list_recommendations(workspace, asked=asked)
    if chosen.json:
        print_json([_data(row) for row in rows])
    else:
        cells = [
            (row.ref, row.title, row.document_ref, row.response or _("no answer yet"), row.source or "–")
            for row in rows
        ]
        print_lines(listing(cells, (28, None, 22, 32, 24)))
        context.say(say_number(len(rows), _("1 recommendation"), _("{n} recommendations")))
    return 0


def _data(row: RecommendationRow) -> dict[str, Any]:
    return {**plain(row), **date_data("made_on", row.made_on), "answered": row.answered, "open": row.open}


def show(context: Context, chosen: Namespace) -> int:
    """`recommendations show`."""
    with context.workspace() as workspace:
        row = recommendations.show_recommendation(workspace, chosen.ref)
    if chosen.json:
        print_json(_data(row))
    else:
        print_lines(_card_lines(row))
    return 0


def _card_lines(row: RecommendationRow) -> list[str]:
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
    return [f"{row.ref}  {row.title}", "", *facts(pairs)]


def documents(context: Context, chosen: Namespace) -> int:
    """`recommendations documents`."""
    with context.workspace() as workspace:
        today = workspace.today()
        if chosen.awaited:
            rows = recommendations.list_awaited(workspace)
        else:
            rows = recommendations.list_documents(workspace, " ".join(chosen.words))
    if chosen.json:
        print_json([{**_document_data(row), "overdue": row.overdue(today)} for row in rows])
    elif chosen.awaited:
        lines = [(row.ref, row.title, row.body or "–", expected_words(row, today)) for row in rows]
        print_lines(listing(lines, (26, None, 40, 40)))
        context.say(_("{n} awaited from others").format(n=len(rows)))
    else:
        print_lines(listing([_document_line(row) for row in rows], (26, None, 28, 16, 20, 26)))
        context.say(say_number(len(rows), _("1 document"), _("{n} documents")))
    return 0


def expected_words(row: DocumentRow, today: date) -> str:
    """When it should come, and whether that is past."""
    when = str(row.expected_on) if row.expected_on else _("no date given")
    return _("{when}, OVERDUE").format(when=when) if row.overdue(today) else when


def _document_data(row: DocumentRow) -> dict[str, Any]:
    return {
        **plain(row),
        **date_data("published_on", row.published_on),
        **date_data("expected_on", row.expected_on),
    }


def _document_line(row: DocumentRow) -> tuple[str, ...]:
    counts = _("{answered} of {n} answered").format(n=row.recommendations, answered=row.answered)
    return (
        row.ref,
        row.title,
        row.body or "–",
        str(row.published_on or "–"),
        counts if row.recommendations else "–",
        row.source or "–",
    )


def answer(context: Context, chosen: Namespace) -> int:
    """`recommendations answer`."""
    from ahtc_tui.domain.drafts.recommendations import answer_draft

    draft = answer_draft(chosen.text, chosen.owner, chosen.objective)
    with context.workspace() as workspace:
        row = recommendations.answer_recommendation(workspace, chosen.ref, draft)
    print_lines([row.ref])
    said = (
        _("{ref} is answered. `ahtc undo` takes it back.")
        if row.response
        else _("{ref} has no answer now. `ahtc undo` takes it back.")
    )
    context.say(said.format(ref=row.ref))
    return 0
