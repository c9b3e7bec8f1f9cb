"""`ahtc plan since` and `ahtc export since`: what became of the plan since the last meeting, printed or as a paper."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, section, table, width
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import Language
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import action_data, date_data, plain
from ahtc_tui.services.paths import place

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from ahtc_tui.domain.plan.changes_since import Moved, Since

PAPER = 16.4
"""How wide the columns of a paper are together, in centimetres."""


def add_verb(verbs: Any) -> None:
    """The verb of `ahtc plan`."""
    verb = verbs.add_parser("since", help="what happened since the last meeting, or since a day", allow_abbrev=False)
    _add_flags(verb)
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=show)


def add_kind(kinds: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """The kind of `ahtc export`."""
    kind: ArgumentParser = kinds.add_parser(
        "since", help="what happened since the last meeting, on one page: .docx .md", allow_abbrev=False
    )
    kind.add_argument("out", metavar="OUT")
    _add_flags(kind)
    kind.set_defaults(run=export)
    return kind


def _add_flags(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="first", metavar="D", help="a day or a meeting; the last one that the Leadership Group held"
    )
    parser.add_argument("--to", dest="last", metavar="D", help="the last day; today")
    parser.add_argument("--group", metavar="X", help="the actions of one group, since its last meeting")


def show(context: Context, chosen: Namespace) -> int:
    """`plan since`."""
    from ahtc_tui.services.plan.changes_since import paper_of, since

    with context.workspace() as workspace:
        found = since(workspace, chosen.first, chosen.last, chosen.group)
        today = workspace.today()
    if chosen.json:
        data = {
            **period_data(found),
            "added": [action_data(row, today) for row in found.added],
            "closed": [action_data(row, today) for row in found.closed],
            "slipped": [_slip_data(one) for one in found.slipped],
            "brag": [_move_data(one) for one in found.brag],
            "confidence": [_move_data(one) for one in found.confidence],
            "updates": plain(found.updates),
            "no_update": plain(found.no_update),
        }
        print_json(data)
        return 0
    paper = paper_of(found, Marking.OFFICIAL)
    lines = [paper.title, paper.subtitle, "", *(f"{label}: {value}" for label, value in paper.facts)]
    *parts, silent = paper.parts
    for part in parts:
        widths = [round(size * (width() - 4) / PAPER) - 2 for size in part.widths]
        lines += section(part.heading, table(part.rows, widths))
    leads = [(one.lead or _("No lead"), ", ".join(one.actions)) for one in found.no_update]
    print_lines([*lines, *section(silent.heading, table(leads, (40, None)) or [silent.none])])
    return 0


def period_data(found: Since) -> dict[str, Any]:
    """The period and its counts as `--json` gives them."""
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "meeting": found.meeting,
        "group": found.group,
        "counts": found.counts,
        "raised_on_no_day": found.raised_on_no_day,
        "closed_on_no_day": found.closed_on_no_day,
    }


def _slip_data(one: Any) -> dict[str, Any]:
    return {
        "ref": one.ref,
        "title": one.title,
        "on": one.on.isoformat(),
        **date_data("from_due", one.from_due),
        **date_data("to_due", one.to_due),
        "reason": one.reason,
    }


def _move_data(one: Moved) -> dict[str, Any]:
    return {"ref": one.ref, "title": one.title, "from": one.before, "to": one.after, "steps": plain(one.steps)}


def export(context: Context, chosen: Namespace) -> int:
    """`export since`."""
    from ahtc_tui.services.documents.office_papers import check_ending
    from ahtc_tui.services.plan.changes_since import export_since, since

    target = place(chosen.out)
    check_ending(target)
    with context.workspace() as workspace:
        found = since(workspace, chosen.first, chosen.last, chosen.group)
        language = Language(context.language)
        path = export_since(workspace, target, found, Marking(chosen.marking), chosen.force, language)
    if chosen.json:
        print_json({"file": str(path), **period_data(found)})
    else:
        print_lines([str(path)])
    return 0
