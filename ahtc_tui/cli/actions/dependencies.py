"""`ahtc actions blocked` and `whatif`: what waits for what, and what would move with a date."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ahtc_tui.cli.actions.filter_flags import build_filter, choose_sort, declare_filters, declare_sort
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_result
from ahtc_tui.cli.console.verbs import LIMIT, Argument, Verb
from ahtc_tui.domain.actions.filters import Sort
from ahtc_tui.domain.actions.model import BLOCKED_SIGN
from ahtc_tui.domain.actions.serialization import serialize_action
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_date
from ahtc_tui.services.workspace import Workspace

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.dependencies import BlockedAction


def declare_verbs() -> list[Verb]:
    """Return the verbs `blocked` and `whatif`."""
    move = Argument("move", "+3w", _("how far its date would move (+3w, -10d, +2m), or a day"))
    ref = Argument("ref", "REF", _("the reference of an action, or of the event of a back-plan"))
    return [
        Verb("blocked", print_blocked, _("actions waiting for others, and which ones they wait for")).takes(
            *declare_filters(), declare_sort(), LIMIT
        ),
        Verb("whatif", print_moves, _("which dates would move with a date; writes nothing")).takes(ref, move),
    ]


def print_blocked(context: Context, args: Namespace) -> None:
    """Print the open actions that are blocked, each with the open actions that it waits for."""
    from ahtc_tui.services.actions.dependencies import list_blocked

    with context.open_workspace() as workspace:
        sort = choose_sort(workspace, args, Sort.DUE)
        blocked = list_blocked(workspace, build_filter(workspace, args), sort, args.limit)
        today = workspace.today()
    print_result(
        args.json,
        lambda: [
            {
                **serialize_action(action.row, today),
                "blocked_by": [serialize_action(row, today) for row in action.blockers],
            }
            for action in blocked
        ],
        lambda: format_table([cells for action in blocked for cells in _list_cells(action)], (18, None, 26, 24)),
        marks=context.marks,
    )
    context.print_notice(ngettext("1 action is blocked.", "{n} actions are blocked.", len(blocked)))


def _list_cells(blocked: BlockedAction) -> list[tuple[str, ...]]:
    """Return the cells of an action, then those of each action that it waits for, with a sign."""
    rows = ((blocked.row.ref, blocked.row), *((f"{BLOCKED_SIGN} {row.ref}", row) for row in blocked.blockers))
    return [(ref, row.shown_title, row.lead_label, str(row.due or "–")) for ref, row in rows]


def print_moves(context: Context, args: Namespace) -> None:
    """Print the dates that would move with the date of an action or event, and to which day."""
    from ahtc_tui.services.actions.dependencies import preview_move

    with context.open_workspace() as workspace:
        moves = preview_move(workspace, args.ref, args.move)
    late = _("late")
    print_result(
        args.json,
        lambda: [
            {
                "ref": move.ref,
                "title": move.title,
                **serialize_date("due", move.due),
                "would_be": move.would_be.isoformat(),
                "late": move.late,
            }
            for move in moves
        ],
        lambda: format_table(
            [(move.ref, move.title, f"{move.due} → {DateAsKnown(move.would_be)}", late * move.late) for move in moves],
            (14, None, 44, 6),
        ),
    )
    number = ngettext("1 date", "{n} dates", len(moves))
    context.print_notice(_("{dates} would move; nothing was written.").format(dates=number))


def confirm_closing(context: Context, workspace: Workspace, refs: Sequence[str], yes: bool) -> None:
    """Ask before actions are closed that wait for an open one or are continuing duties.

    Raises Refused without a confirmation.
    """
    from ahtc_tui.services.actions.dependencies import list_closing_doubts

    if doubts := list_closing_doubts(workspace, refs):
        sentence = " ".join(doubts)
        question = ngettext("Close it anyway?", "Close them anyway?", len(doubts))
        if not context.confirm(f"{sentence} {question}", yes):
            raise Refused(_("{blocked} --yes closes it anyway.").format(blocked=sentence))
