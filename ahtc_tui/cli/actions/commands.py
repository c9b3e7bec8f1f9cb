"""`ahtc actions list`, `show`, `why`, `blocked`, `whatif` and the saved views; write_commands has the other verbs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.actions import write_commands
from ahtc_tui.cli.actions.filter_flags import build_filter, choose_sort, declare_filters, declare_sort, find_named_view
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.output import (
    LATE_COLOUR,
    add_colour,
    format_card_rows,
    format_conflict,
    format_rating,
    format_table,
    is_accessible,
    print_json,
    print_lines,
    print_result,
)
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import JSON, LIMIT, REF, Argument, Switch, Verb, add_verbs, declare_filter_words
from ahtc_tui.cli.console.write_messages import print_data
from ahtc_tui.domain.actions.filters import ActionScope, Sort
from ahtc_tui.domain.actions.list_columns import DEFAULT_COLUMNS, LIST_COLUMNS
from ahtc_tui.domain.actions.model import BLOCKED_SIGN, ActionCard, ActionRow, Status, UpdateRow
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.formatting import format_short_date
from ahtc_tui.domain.filters.model import FilterNoun, join_arguments
from ahtc_tui.domain.i18n import _, choose_language, ngettext
from ahtc_tui.domain.replication.conflict_marks import ConflictMarks
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.workspace import Workspace

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.dependencies import BlockedAction
    from ahtc_tui.domain.actions.saved_views import SavedView
    from ahtc_tui.domain.plan.changes_since import Period

DEFAULT_LIMIT = 200
"""Actions that are printed as text without --limit; JSON has all."""


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `actions`."""
    add_verbs(
        parser,
        Verb("list", print_actions, _("matching actions"), *declare_filters(), declare_sort(), LIMIT, JSON),
        Verb("show", print_action, _("one action with the updates"), REF, JSON),
        Verb("why", print_urgency_terms, _("how the urgency is calculated"), REF, JSON),
        *_declare_dependencies(),
        *_declare_views(),
        *write_commands.declare_verbs(),
    )


def print_actions(context: Context, args: Namespace) -> None:
    """Print the actions that match the filters, in the columns of the view."""
    with context.open_workspace() as workspace:
        action_filter, today = build_filter(workspace, args), workspace.today()
        limit = args.limit if args.limit is not None or args.json else DEFAULT_LIMIT
        rows = actions.list_actions(workspace, action_filter, choose_sort(workspace, args, Sort.DUE), limit)
        if args.json:
            from ahtc_tui.domain.actions.serialization import serialize_action
            from ahtc_tui.domain.serialization import serialize_value

            slips = actions.list_slips(workspace, rows)
            items = (
                {**serialize_action(row, today), "slipped": serialize_value(slips.get(row.key, ()))} for row in rows
            )
            print_json(list(items), marks=context.marks)
            return
        view = find_named_view(workspace, args.view)
        print_lines(format_action_table(rows, view.columns if view else DEFAULT_COLUMNS, today, context.marks))
        total = len(rows) if len(rows) != limit else actions.count_actions(workspace, action_filter)
        more = _(", {m} more (--limit 0 shows all)").format(m=total - len(rows)) if total > len(rows) else ""
        context.print_notice(ngettext("1 action", "{n} actions", len(rows)) + more)


def print_action(context: Context, args: Namespace) -> None:
    """Print all of one action: fields, updates by quarter, slips, chasers."""
    with context.open_workspace() as workspace:
        card = actions.show_action(workspace, args.ref)
        print_result(
            args.json,
            lambda: _card_data(card, workspace),
            lambda: [*_format_card(card, workspace), *format_conflict(context.marks, card.row.ref)],
            marks=context.marks,
        )


def _card_data(card: ActionCard, workspace: Workspace) -> dict[str, Any]:
    from ahtc_tui.domain.actions.serialization import serialize_action
    from ahtc_tui.domain.actions.urgency import suggest_rating
    from ahtc_tui.domain.dates.quarters import format_quarter_code
    from ahtc_tui.domain.plan.changes_since import count_silent_quarters, group_updates_by_quarter
    from ahtc_tui.domain.serialization import serialize_value

    data = serialize_value(card)
    data.pop("row")
    data["holders"] = dict(card.holders)
    suggestion = suggest_rating(card.row, workspace.today())
    rating = {
        "brag_suggested": suggestion[0].value if suggestion else None,
        "brag_suggested_because": suggestion[1] if suggestion else None,
    }
    quarters = group_updates_by_quarter(card, workspace.today())
    period_data = {
        "periods": [
            {"period": format_quarter_code(period.end), "updates": serialize_value(period.updates)}
            for period in quarters
        ],
        "periods_without_update": count_silent_quarters(quarters),
    }
    more = {"slipped": serialize_value(card.slips), "paragraph": card.source}
    return {**data, **serialize_action(card.row, workspace.today()), **rating, **period_data, **more}


def _format_card(card: ActionCard, workspace: Workspace) -> list[str]:
    from ahtc_tui.domain.actions.card import build_fact_rows, build_state_rows, find_other_rating
    from ahtc_tui.domain.fields.model import build_row

    row, today = card.row, workspace.today()
    rows = (
        *build_state_rows(card),
        build_row(_("Suggested"), ": ".join(find_other_rating(row, today) or ())),
        *build_fact_rows(card, today),
        build_row(_("Detail"), choose_language(card.detail or "", card.detail_cy)),
    )
    return [f"{row.ref}  {row.shown_title}", "", *format_card_rows(rows), *_format_history(card, workspace)]


def _format_history(card: ActionCard, workspace: Workspace) -> list[str]:
    """Return the updates by quarter, the slips and the chasers of an action."""
    from ahtc_tui.domain.plan.changes_since import count_silent_quarters, group_updates_by_quarter

    quarters = group_updates_by_quarter(card, workspace.today())
    numbers = {update: number for number, update in enumerate(card.updates, 1)}
    update_lines = [line for period in quarters for line in _format_period(period, numbers)]
    if quarters_without_update := count_silent_quarters(quarters):
        update_lines.append(
            _("No update given in {n} of {all} quarters.").format(n=quarters_without_update, all=len(quarters))
        )
    without_reason = _("no reason given")
    slip_lines = [
        f"{slip.from_due or '–'} → {slip.to_due or '–'}  {slip.reason or without_reason}" for slip in card.slips
    ]
    chase_lines = [f"{format_short_date(day)}  {to}" for day, to in card.chases]
    parts = ((_("Updates"), update_lines), (_("Slips"), slip_lines), (_("Chased"), chase_lines))
    return [line for name, lines in parts if lines for line in ("", name, *lines)]


def _format_period(period: Period, numbers: Mapping[UpdateRow, int]) -> list[str]:
    """Return a line for each update of a quarter, with its number and reporter, or a line that says there are none."""
    from ahtc_tui.domain.dates.quarters import format_quarter

    head = format_quarter(period.end)
    if not period.updates:
        return [f"{head}  –  " + _("no update given")]
    number_text = _("update {n}") if is_accessible() else "{n}"
    cells = (
        (head, number_text.format(n=numbers[row]), format_short_date(row.said_on), format_rating(row.brag), row.text)
        for row in period.updates
    )
    lines = map("  ".join, cells)
    return [
        f"{line} ({update.said_by})" if update.said_by else line
        for line, update in zip(lines, period.updates, strict=True)
    ]


def print_urgency_terms(context: Context, args: Namespace) -> None:
    """Print the terms of the urgency of an action and their sum."""
    from ahtc_tui.domain.actions import urgency

    with context.open_workspace() as workspace:
        terms = actions.explain_urgency(workspace, args.ref)
    total = urgency.sum_urgency_terms(terms)
    print_result(
        args.json,
        lambda: {
            "urgency": total,
            "terms": [{"term": term, "contribution": contribution} for term, contribution in terms],
        },
        lambda: [
            *(f"{contribution:8.2f}  " + _(urgency.TERM_LABELS[term]) for term, contribution in terms),
            f"{total:8.2f}  " + _("urgency"),
        ],
        marks=context.marks,
    )


def format_action_table(
    rows: Sequence[ActionRow], column_names: Sequence[str], today: date, marks: ConflictMarks | None = None
) -> list[str]:
    """Return a line for each action with the columns of a view; `marks` as in `format_table`."""
    ref = list(column_names).index("ref") if "ref" in column_names else None
    return format_table(
        [[_format_cell(name, row, today) for name in column_names] for row in rows],
        [LIST_COLUMNS[name].printed_width for name in column_names],
        marks=marks if ref is not None else None,
        ref=ref or 0,
    )


def _format_due(row: ActionRow, today: date) -> str:
    if row.is_late(today):
        days = -(row.days_left(today) or 0)
        return add_colour(ngettext("{due}, {n} day late", "{due}, {n} days late", days, due=row.due), LATE_COLOUR)
    if row.status is Status.CONTINUING:
        return _("continuing")
    return str(row.due) if row.due else "–"


def _format_cell(name: str, row: ActionRow, today: date) -> str:
    """Return the cell of a column, in colour where it is a rating or late."""
    match name:
        case "brag":
            return format_rating(row.brag)
        case "due":
            return _format_due(row, today)
    return LIST_COLUMNS[name].format_cell(row, today)


def _declare_views() -> list[Verb]:
    """Return the verbs `views` and `view`."""
    return [
        Verb("views", print_views, _("the saved views"), JSON),
        Verb("view", save_or_remove_view, _("save a view, or remove it")).takes(
            Argument("name"),
            declare_filter_words(FilterNoun.ACTIONS),
            Argument("--which", choices=list(ActionScope), default=ActionScope.OPEN.value),
            Argument("--sort", choices=list(Sort), default=Sort.DUE.value),
            Argument("--columns", "A,B", default=""),
            Switch("--context", _("open the list on the screen with this view")),
            Switch("--remove"),
        ),
    ]


def print_views(context: Context, args: Namespace) -> None:
    """Print the saved views with their filters, orders and columns."""
    from ahtc_tui.domain.serialization import serialize_value
    from ahtc_tui.services.actions.saved_views import list_views

    with context.open_workspace() as workspace:
        views = list_views(workspace)
    count = ngettext("1 view", "{n} views", len(views))
    print_list(context, views, serialize_value, _view_cells, (24, None, 8, 12, 10), count)


def _view_cells(view: SavedView) -> tuple[str, ...]:
    order, context = _("by {sort}").format(sort=view.sort), "context" if view.context else ""
    return view.name, view.words or "–", view.which, order, context


def save_or_remove_view(context: Context, args: Namespace) -> None:
    """Save a view under its name, or remove it with --remove."""
    from ahtc_tui.domain.actions.saved_views import SavedView, read_columns
    from ahtc_tui.services.actions.saved_views import remove_view, save_view

    with context.open_workspace() as workspace:
        if args.remove:
            remove_view(workspace, args.name)
            print_data(context, [], name=args.name, removed=True)
            context.print_undoable(_("View {name} removed.").format(name=args.name))
            return
        view = SavedView(
            args.name,
            join_arguments(args.words),
            ActionScope(args.which),
            Sort(args.sort),
            read_columns(args.columns),
            args.context,
        )
        saved = save_view(workspace, view)
    print_data(context, [saved.name], name=saved.name)
    context.print_notice(_("Saved: `ahtc actions list --view {name}`.").format(name=f'"{saved.name}"'))


def _declare_dependencies() -> list[Verb]:
    """Return the verbs `blocked` and `whatif`."""
    move = Argument("move", "+3w", _("how far the date would move (+3w, -10d, +2m), or a date"))
    ref = Argument("ref", "REF", _("the reference of an action, or of the event of a back-plan"))
    return [
        Verb("blocked", print_blocked, _("actions waiting for others, with the actions they wait for")).takes(
            *declare_filters(), declare_sort(), LIMIT
        ),
        Verb("whatif", print_moves, _("show the dates affected by a changed date, and save nothing")).takes(ref, move),
    ]


def print_blocked(context: Context, args: Namespace) -> None:
    """Print the open actions that are blocked, each with the open actions that it waits for."""
    from ahtc_tui.domain.actions.serialization import serialize_action
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
    """Return the cells of an action, followed by the cells of each action that it waits for, with a sign."""
    rows = ((blocked.row.ref, blocked.row), *((f"{BLOCKED_SIGN} {row.ref}", row) for row in blocked.blockers))
    return [(ref, row.shown_title, row.lead_label, str(row.due or "–")) for ref, row in rows]


def print_moves(context: Context, args: Namespace) -> None:
    """Print the dates that would move with the date of an action or event, and to which day."""
    from ahtc_tui.domain.serialization import serialize_date
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
    context.print_notice(_("{dates} would move. Nothing was saved.").format(dates=number))
