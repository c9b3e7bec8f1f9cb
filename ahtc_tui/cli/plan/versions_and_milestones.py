"""The verbs of `ahtc plan` for versions and milestones."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import collect_flags, parse_field_values
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.output import (
    format_fields,
    format_section,
    format_table,
    print_json,
    print_lines,
    print_result,
)
from ahtc_tui.cli.console.record_verbs import declare_record_verbs
from ahtc_tui.cli.console.verbs import (
    JSON,
    REF,
    Argument,
    EditVerb,
    Noun,
    Switch,
    Verb,
    declare_fields,
    declare_options,
    declare_yes,
)
from ahtc_tui.cli.console.write_messages import print_data, print_removed_ref, print_written_ref, save_draft
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _, ngettext, pgettext
from ahtc_tui.domain.plan.fields import MILESTONE_FIELDS
from ahtc_tui.domain.plan.model import MilestoneRow, PlanEnd, PlanVersion
from ahtc_tui.domain.serialization import serialize_record
from ahtc_tui.services.plan import service as plan
from ahtc_tui.services.plan import versions_and_milestones

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.drafts.plan import MilestoneDraft

FIELDS = ("title_cy", "agreed_on", "owner", "note")
EDITED_FIELDS = dict.fromkeys(
    ("title", "title_cy", "version", "agreed_on", "from_on", "to_on", "owner", "blue", "red", "amber", "green", "note"),
    (),
)
"""The fields of the plan that `edit` takes; none has choices."""


def declare_verbs() -> list[Verb | Noun]:
    """Return the verbs of versions and milestones."""
    return [
        Verb("versions", print_versions, _("all versions, the one in force first"), JSON),
        EditVerb(edit_current_plan, EDITED_FIELDS, takes_ref=False),
        Verb("version", create_version, _("add a version and bring it into force")).takes(
            Argument("version"), *declare_fields(FIELDS)
        ),
        Verb("close", close_plan, _("close a plan, and list what goes on to the next one")).takes(
            Argument("version", "VERSION", _("the reference, version or title of the plan")),
            Argument(
                "--carry", "FILTER", _("the open actions to carry over; all by default, and others are cancelled")
            ),
            Argument("--on", "D", _("the plan's last date; today by default")),
            Switch("--dry-run", _("list what would go on, and change nothing")),
            declare_yes(),
            JSON,
        ),
        Verb("open", open_plan, _("open the next plan with a period")).takes(
            Argument("title"),
            Argument("--from", "D", _("the first date"), dest="from_on"),
            Argument("--to", "D", _("the last date"), dest="to_on"),
            *declare_fields(("version", *FIELDS)),
            JSON,
        ),
        _declare_milestone_verbs(),
    ]


def _declare_milestone_verbs() -> Noun:
    return Noun(
        "milestone",
        _("the milestones of objectives"),
        Verb("list", print_milestones, _("all milestones"), JSON),
        *declare_record_verbs(
            "title",
            MILESTONE_FIELDS,
            _build_milestone_draft,
            versions_and_milestones.add_milestone,
            versions_and_milestones.edit_milestone,
            _print_written,
            options=(
                Argument("--objective", "N", required=True),
                *declare_options(field for field in MILESTONE_FIELDS if field.name != "objective"),
            ),
        ),
        Verb("met", meet_milestone, _("mark it as met"), REF, Argument("--on", "D")),
        Verb("remove", remove_milestone, _("remove it"), REF),
    )


def _build_milestone_draft(values: dict[str, Any], today: date) -> MilestoneDraft:
    from ahtc_tui.domain.drafts.plan import build_milestone_draft

    return build_milestone_draft(values, today)


def print_versions(context: Context, args: Namespace) -> None:
    """Print all versions of the plan, the one in force first."""
    with context.open_workspace() as workspace:
        versions = plan.list_versions(workspace)
    print_result(
        args.json,
        lambda: [_serialize_version(version) for version in versions],
        lambda: (line for version in versions for line in [*_format_version(version), ""]),
        marks=context.marks,
    )


def _serialize_version(version: PlanVersion) -> dict[str, Any]:
    return serialize_record(version, "agreed_on", "from_on", "to_on", "closed_on")


def _format_version(version: PlanVersion) -> list[str]:
    fields = (
        (_("Version"), version.version or _("not numbered")),
        (_("In force"), pgettext("in force", "yes") if version.in_force else pgettext("in force", "no")),
        (_("Period"), version.period or None),
        (_("Agreed on"), version.agreed_on or _("not stated")),
        (_("Closed"), version.closed_on),
        (_("Owner"), version.owner),
        *((rating.brag.label, rating.phrase) for rating in version.brag),
        (_("Note"), version.note),
    )
    return [version.shown_title, *format_fields(fields)]


def edit_current_plan(context: Context, args: Namespace) -> None:
    """Edit the fields of the version in force."""
    from ahtc_tui.domain.drafts.plan import build_plan_draft
    from ahtc_tui.services.plan.versions_and_milestones import edit_plan

    version = save_draft(context, build_plan_draft, edit_plan, parse_field_values(args.fields))
    print_data(context, _format_version(version), ref=version.ref)


def create_version(context: Context, args: Namespace) -> None:
    """Add a version, put it in force and print its reference."""
    from ahtc_tui.domain.drafts.plan import build_plan_draft
    from ahtc_tui.services.plan.versions_and_milestones import add_version

    version = save_draft(context, build_plan_draft, add_version, collect_flags(args, ("version", *FIELDS)))
    print_data(context, [version.ref], ref=version.ref)
    context.print_undoable(_("Version {name} is in force.").format(name=version.version))


def close_plan(context: Context, args: Namespace) -> int:
    """List what goes on to the next plan, then close this one; returns 1 where a person at a terminal declines."""
    from ahtc_tui.domain.dates.parser import read_date

    with context.open_workspace() as workspace:
        on = read_date(args.on, workspace.today()) if args.on else None
        end = versions_and_milestones.show_plan_end(workspace, args.version, args.carry, on)
        if end.version.closed_on:
            raise Refused(_("{title} is closed already.").format(title=end.version.shown_title))
        print_lines([] if args.json else format_plan_end(end))
        is_confirmed = args.yes or not sys.stdin.isatty() or context.confirm(_("Close this plan?"), False)
        if not args.dry_run and is_confirmed:
            end = versions_and_milestones.close_plan(workspace, args.version, args.carry, on)
    if args.json:
        print_json(serialize_plan_end(end), context.marks)
    if not is_confirmed or args.dry_run:
        context.print_notice(_("Nothing was changed."))
        return int(not is_confirmed)
    title = end.version.shown_title
    context.print_undoable(_("{title} is closed. Open the next one with `ahtc plan open`.").format(title=title))
    return 0


def serialize_plan_end(end: PlanEnd) -> dict[str, Any]:
    """Return the end of a plan as JSON data."""
    data = _serialize_version(end.version)
    actions = [serialize_record(action, "due") for action in end.actions]
    return {
        **data,
        "closed_on": end.closed_on.isoformat(),
        "carried": [serialize_record(action, "due") for action in end.carried],
        "ended": [serialize_record(action, "due") for action in end.ended],
        "actions": actions,
    }


def format_plan_end(end: PlanEnd) -> list[str]:
    """Return the lines of the end of a plan: what goes on, what is cancelled, and what had been closed before."""
    others = [action for action in end.actions if action not in end.carried and action not in end.ended]
    carried = ngettext("1 action goes on to the next plan", "{n} actions go on to the next plan", len(end.carried))
    sections = (
        (carried, end.carried),
        (ngettext("1 open action does not go on", "{n} open actions do not go on", len(end.ended)), end.ended),
        (ngettext("1 action was closed before", "{n} actions were closed before", len(others)), others),
    )
    lines = [", ".join((end.version.shown_title, *end.version.descriptions))]
    for heading, actions in sections:
        cells = [
            (action.ref, action.shown_title, action.lead or "–", str(action.due or "–"), action.status.label)
            for action in actions
        ]
        lines += format_section(heading, format_table(cells, (12, None, 30, 20, 18)))
    return lines


def open_plan(context: Context, args: Namespace) -> None:
    """Open the next plan and print its reference."""
    from ahtc_tui.domain.drafts.plan import build_plan_draft
    from ahtc_tui.services.plan.versions_and_milestones import open_plan

    values = collect_flags(args, ("title", "from_on", "to_on", "version", *FIELDS))
    version = save_draft(context, build_plan_draft, open_plan, values)
    print_data(context, [version.ref], ref=version.ref)
    context.print_undoable(_("{title} is open.").format(title=version.shown_title))


def print_milestones(context: Context, args: Namespace) -> None:
    """Print all milestones."""
    with context.open_workspace() as workspace:
        milestones = plan.list_milestones(workspace)
    count = ngettext("1 milestone", "{n} milestones", len(milestones))
    print_list(context, milestones, serialize_milestone, _format_cells, (10, 3, None, 24, 24), count)


def _format_cells(milestone: MilestoneRow) -> tuple[str, ...]:
    return milestone.ref, str(milestone.objective), milestone.shown_title, *format_milestone_dates(milestone)


def serialize_milestone(milestone: MilestoneRow) -> dict[str, Any]:
    """Return a milestone as JSON data."""
    return serialize_record(milestone, "due", "met_on")


def format_milestone_dates(milestone: MilestoneRow) -> tuple[str, str]:
    """Return the due date of a milestone, and the date when it was met."""
    met = _("met {day}").format(day=milestone.met_on) if milestone.met_on else _("not yet met")
    return str(milestone.due or "–"), met


def meet_milestone(context: Context, args: Namespace) -> None:
    """Mark a milestone as met."""
    from ahtc_tui.domain.dates.parser import read_date

    with context.open_workspace() as workspace:
        met_on = read_date(args.on, workspace.today()) if args.on else None
        _print_written(context, versions_and_milestones.meet_milestone(workspace, args.ref, met_on))


def remove_milestone(context: Context, args: Namespace) -> None:
    """Remove a milestone from its objective and print its reference."""
    with context.open_workspace() as workspace:
        print_removed_ref(context, versions_and_milestones.remove_milestone(workspace, args.ref))


def _print_written(context: Context, milestone: MilestoneRow) -> None:
    due, met = format_milestone_dates(milestone)
    description = _("due {due}, {met}").format(due=due, met=met)
    print_written_ref(context, milestone.ref, description, lambda: serialize_milestone(milestone))
