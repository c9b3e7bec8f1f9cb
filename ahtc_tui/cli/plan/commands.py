"""`ahtc plan`: the plan with its aims, objectives and counts; other modules add further verbs."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.output import (
    format_card_rows,
    format_conflict,
    format_fields,
    format_table,
    print_json,
    print_lines,
    print_message,
    print_result,
)
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.record_verbs import declare_record_verbs
from ahtc_tui.cli.console.verbs import JSON, REF, Argument, LateVerbs, Noun, Switch, Verb, add_verbs, declare_dry_run
from ahtc_tui.cli.console.write_messages import print_removed_ref, print_written_ref
from ahtc_tui.domain.actions.model import Status, format_status_counts
from ahtc_tui.domain.dates.formatting import format_weekday_date
from ahtc_tui.domain.fields.model import build_plain_rows
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.plan.back_plan import BackPlan
from ahtc_tui.domain.plan.fields import AIM_FIELDS, OBJECTIVE_FIELDS
from ahtc_tui.domain.plan.model import (
    AimRow,
    MilestoneRow,
    ObjectiveCard,
    ObjectiveRow,
    PlanView,
    format_rating_name,
)
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.services.plan import objectives
from ahtc_tui.services.plan import service as plan

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.drafts.plan import AimDraft, ObjectiveDraft


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `plan`."""
    objective = Argument("objective", "N", nargs="?")
    add_verbs(
        parser,
        Verb("show", print_plan, _("the plan, or one objective by number")).takes(
            objective, Argument("--version", "V", _("a closed plan, as it was when it closed")), JSON
        ),
        LateVerbs("ahtc_tui.cli.plan.periods", "compare", "trend", "burn-down", "timeline", "counts"),
        LateVerbs(
            "ahtc_tui.cli.plan.versions_and_milestones",
            *("versions", "edit", "version", "close", "open", "milestone"),
        ),
        *_declare_aims_and_objectives(),
        LateVerbs("ahtc_tui.cli.plan.changes_since", "since"),
        *declare_verbs(),
    )


def print_plan(context: Context, args: Namespace) -> None:
    """Print the plan with counts of its actions, or all of one objective."""
    with context.open_workspace() as workspace:
        if args.version is not None:
            from ahtc_tui.cli.plan import versions_and_milestones
            from ahtc_tui.services.plan.versions_and_milestones import show_plan_end

            end = show_plan_end(workspace, args.version)
            data, lines = versions_and_milestones.serialize_plan_end(end), versions_and_milestones.format_plan_end(end)
        elif args.objective is not None:
            card = plan.show_objective(workspace, args.objective)
            data = _card_data(card)
            lines = [*_format_card(card), *format_conflict(context.marks, card.row.ref)]
        else:
            view = plan.show_plan(workspace)
            data, lines = _view_data(view), _format_view(view)
    print_result(args.json, lambda: data, lambda: lines, marks=context.marks)


def _objective_data(row: ObjectiveRow) -> dict[str, Any]:
    return {
        **serialize_value(row),
        "basis_text": row.basis.label,
        "open": row.open,
        "by_status": dict(row.by_status),
        "by_brag": dict(row.by_brag),
    }


def _view_data(view: PlanView) -> dict[str, Any]:
    return {
        **serialize_value(view),
        "open": view.open,
        "objectives": [_objective_data(row) for row in view.objectives],
        "by_status": dict(view.by_status),
        "by_brag": dict(view.by_brag),
    }


def _card_data(card: ObjectiveCard) -> dict[str, Any]:
    from ahtc_tui.cli.plan.versions_and_milestones import serialize_milestone

    data = serialize_value(card)
    data.pop("row")
    actions = [{"ref": ref, "title": title, "status": status} for ref, title, status in card.actions]
    milestones = [serialize_milestone(milestone) for milestone in card.milestones]
    return {**data, **_objective_data(card.row), "actions": actions, "milestones": milestones}


def _format_counts(by_status: tuple[tuple[str, int], ...], by_brag: tuple[tuple[str, int], ...]) -> tuple[str, str]:
    """Return the counts by status and by BRAG in words, without zeros."""
    letters = ", ".join(f"{count} {format_rating_name(letter)}" for letter, count in by_brag if count)
    return format_status_counts(by_status), letters or "–"


def _format_version(view: PlanView) -> list[str]:
    """Return the title of the version of the plan, and its details; nothing without a version."""
    if view.version is None:
        return []
    details = view.version.descriptions
    return [view.version.shown_title, *([", ".join(details)] if details else [])]


def _format_view(view: PlanView) -> list[str]:
    lines = [*_format_version(view), ""] if view.version else []
    lines += [
        _("Aims"),
        *format_table([(aim.shown_text, format_source(aim.source) or "") for aim in view.aims], (None, 24)),
    ]
    for row in view.objectives:
        statuses, letters = _format_counts(row.by_status, row.by_brag)
        lines += ["", f"{row.number}. {row.shown_title}", f"   {row.basis.label}; {format_source(row.source) or '–'}"]
        lines += [f"   {line}" for line in format_fields(_count_fields(row.total, row.late, statuses, letters))]
    statuses, letters = _format_counts(view.by_status, view.by_brag)
    return [
        *lines,
        "",
        _("All actions"),
        *(f"   {fact}" for fact in format_fields(_count_fields(view.total, view.late, statuses, letters))),
    ]


def _count_fields(total: int, late: int, statuses: str, letters: str) -> tuple[tuple[str, object], ...]:
    actions = _("{total}, {late} late").format(total=total, late=late) if late else str(total)
    return (_("Actions"), actions), (_("Status"), statuses), (_("BRAG"), letters)


def _format_milestone(milestone: MilestoneRow) -> str:
    from ahtc_tui.cli.plan.versions_and_milestones import format_milestone_dates

    dates = ", ".join(format_milestone_dates(milestone))
    return f"{milestone.ref} {milestone.shown_title}: {dates}"


def _format_card(card: ObjectiveCard) -> list[str]:
    row = card.row
    statuses, letters = _format_counts(row.by_status, row.by_brag)
    pairs = (
        *_count_fields(row.total, row.late, statuses, letters),
        *((milestone.kind_label, _format_milestone(milestone)) for milestone in card.milestones),
    )
    facts = format_card_rows(build_plain_rows(OBJECTIVE_FIELDS, card))
    actions = format_table(
        [(ref, card.show_text(title), Status(status).label) for ref, title, status in card.actions], (14, None, 20)
    )
    return [f"{row.number}. {row.shown_title}", "", *format_fields(pairs), *facts, *(["", *actions] if actions else [])]


def declare_verbs() -> list[Verb]:
    """Return the verb `back-plan`."""
    return [
        Verb(
            "back-plan", create_back_plan, _("actions for the tasks before an event, planned back from the date")
        ).takes(
            Argument("title", "TITLE"),
            Argument(
                "--on", "D", _("the date; for a weekend or bank holiday the day before is proposed"), required=True
            ),
            Switch("--keep-day", _("keep the date, whatever day it is")),
            Argument("--template", "NAME", _("another list of tasks: templates/back-plan-NAME.txt")),
            Argument("--lead", "X", _("the lead of tasks without one")),
            Argument("--group", "X", _("the host group; adds the event and invites the seats")),
            declare_dry_run(_("show the actions, without saving them")),
            JSON,
        )
    ]


def create_back_plan(context: Context, args: Namespace) -> None:
    """Add an action for each task, or show them with --dry-run."""
    from ahtc_tui.domain.dates.parser import read_date_alone
    from ahtc_tui.services.plan.back_plan import DEFAULT_TEMPLATE, build_back_plan, create_actions

    with context.open_workspace() as workspace:
        plan = build_back_plan(
            workspace,
            args.title,
            read_date_alone(args.on, workspace.today()).latest,
            template=args.template or DEFAULT_TEMPLATE,
            lead=args.lead,
            group=args.group,
            keep_day=args.keep_day,
        )
        if not args.dry_run:
            plan = create_actions(workspace, plan, args.group)
    if args.json:
        data = serialize_value(plan)
        steps = data.pop("steps")
        print_json({**data, "moved": plan.move_reason or None, "dry_run": args.dry_run, "actions": steps})
    else:
        print_lines(_format_plan(plan))
    _print_summary(context, plan, args.dry_run)


def _format_plan(plan: BackPlan) -> list[str]:
    rows = [
        (step.ref or step.here or "", format_weekday_date(step.due), step.when, step.text, step.lead or "–")
        for step in plan.steps
    ]
    head = [f"{plan.title}: {format_weekday_date(plan.day)}"]
    if plan.event:
        head.append(_("In the diary: {ref}").format(ref=plan.event))
    return [*head, "", *format_table(rows, (12, 27, 16, None, 20))]


def _print_summary(context: Context, plan: BackPlan, dry_run: bool) -> None:
    if plan.move_reason:
        print_message(plan.move_reason)
    if past := sum(step.past for step in plan.new_steps):
        print_message(ngettext("1 date is in the past.", "{n} dates are in the past.", past))
    if existing := len(plan.steps) - len(plan.new_steps):
        print_message(ngettext("1 is already an open action.", "{n} are already open actions.", existing))
    number = ngettext("1 action", "{n} actions", len(plan.new_steps))
    if dry_run:
        context.print_notice(_("{made} would be added. Nothing was saved.").format(made=number))
    else:
        context.print_undoable(_("{made} added.").format(made=number))


def _declare_aims_and_objectives() -> list[Noun]:
    """Return the nouns `aim` and `objective` with their verbs."""
    remove_help = _("remove it")
    return [
        Noun(
            "aim",
            _("the aims of the plan"),
            Verb("list", print_aims, _("all aims, with their references"), JSON),
            *declare_record_verbs(
                "text", AIM_FIELDS, _build_aim_draft, objectives.add_aim, objectives.edit_aim, _print_written_aim
            ),
            Verb("remove", remove_record, remove_help, REF, remove=objectives.remove_aim),
        ),
        Noun(
            "objective",
            _("the objectives of the actions; `plan show` lists them"),
            *declare_record_verbs(
                "title",
                OBJECTIVE_FIELDS,
                _build_objective_draft,
                objectives.add_objective,
                objectives.edit_objective,
                _print_written_objective,
            ),
            Verb("remove", remove_record, remove_help, REF, remove=objectives.remove_objective),
        ),
    ]


def _build_objective_draft(values: dict[str, Any], today: date) -> ObjectiveDraft:
    from ahtc_tui.domain.drafts.plan import build_objective_draft

    return build_objective_draft(values, today)


def _build_aim_draft(values: dict[str, Any], today: date) -> AimDraft:
    from ahtc_tui.domain.drafts.plan import build_aim_draft

    return build_aim_draft(values, today)


def print_aims(context: Context, args: Namespace) -> None:
    """Print the aims of the plan with their references."""
    with context.open_workspace() as workspace:
        aims = plan.list_aims(workspace)
    count = ngettext("1 aim", "{n} aims", len(aims))
    print_list(context, aims, serialize_value, _aim_cells, (16, None, 24), count)


def _aim_cells(aim: AimRow) -> tuple[str, ...]:
    return aim.ref, aim.shown_text, format_source(aim.source) or "–"


def remove_record(context: Context, args: Namespace) -> None:
    """Remove an aim or an objective from the plan and print its reference."""
    with context.open_workspace() as workspace:
        print_removed_ref(context, args.remove(workspace, args.ref))


def _print_written_aim(context: Context, aim: AimRow) -> None:
    print_written_ref(context, aim.ref, aim.text, lambda: serialize_value(aim))


def _print_written_objective(context: Context, card: ObjectiveCard) -> None:
    row = card.row
    sentence = _("objective {n}, {title} ({basis})").format(n=row.number, title=row.shown_title, basis=row.basis.label)
    print_written_ref(context, row.ref, sentence, lambda: _card_data(card))
